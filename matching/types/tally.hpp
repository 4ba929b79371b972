// tally.hpp: what every counted quantity shares: a signed 64-bit number of whole units that adds only to its own kind.
// Overflow cannot happen inside the bounds that the engine checks (bounds.hpp); should it happen all the same, we are
// wrong and stop. Nothing here rounds.
#pragma once
#include <cassert>
#include <compare>
#include <cstdint>

namespace landex {

/// Sum, difference and product of whole numbers; stops the process rather than wrap.
constexpr int64_t checked_add(int64_t a, int64_t b) {
  int64_t r = 0;
  [[maybe_unused]] const bool overflow = __builtin_add_overflow(a, b, &r);
  assert(!overflow);
  return r;
}
constexpr int64_t checked_sub(int64_t a, int64_t b) {
  int64_t r = 0;
  [[maybe_unused]] const bool overflow = __builtin_sub_overflow(a, b, &r);
  assert(!overflow);
  return r;
}
constexpr int64_t checked_mul(int64_t a, int64_t b) {
  int64_t r = 0;
  [[maybe_unused]] const bool overflow = __builtin_mul_overflow(a, b, &r);
  assert(!overflow);
  return r;
}

/// Base of Area, Capacity, Fen and Quantity. No operator*: land × land means nothing.
template <class Self>
class Tally {
 public:
  using Raw = int64_t;
  constexpr Tally() = default;
  static constexpr Self from_raw(int64_t units) {
    Self s;
    s.units_ = units;
    return s;
  }
  constexpr int64_t raw() const { return units_; }

  friend constexpr Self operator+(Self a, Self b) { return Self::from_raw(checked_add(a.raw(), b.raw())); }
  friend constexpr Self operator-(Self a, Self b) { return Self::from_raw(checked_sub(a.raw(), b.raw())); }
  friend constexpr Self operator-(Self a) { return Self::from_raw(checked_sub(0, a.raw())); }
  friend constexpr Self& operator+=(Self& a, Self b) { return a = a + b; }
  friend constexpr Self& operator-=(Self& a, Self b) { return a = a - b; }
  friend constexpr bool operator==(Self a, Self b) { return a.raw() == b.raw(); }
  friend constexpr auto operator<=>(Self a, Self b) { return a.raw() <=> b.raw(); }

 private:
  int64_t units_ = 0;
};

}  // namespace landex
