// checksum.hpp: one number for a whole book (decisions 21), by which whoever keeps a copy from the increments knows
// that the copy is whole. It is the wrapping sum, over all levels, of mix64(side, price, quantity, count): a change of
// one level costs the same whatever the size of the book, and the order of the changes does not matter.
// FORMAT 1, for other languages: all arithmetic is unsigned, modulo 2^64.
//   finalise(z):  z ^= z >> 30; z *= 0xBF58476D1CE4E5B9; z ^= z >> 27; z *= 0x94D049BB133111EB; z ^= z >> 31
//   mix64:        h = 0; for v in side (1 buy, 2 sell), price in ticks, quantity in units, count of orders:
//                 h = finalise(h + 0x9E3779B97F4A7C15 + v)
// These are the constants of splitmix64 (Steele, Lea, Flood 2014; finaliser by Stafford, variant 13). It finds errors,
// not attackers. Test vectors: tests/statistics_test.cpp. Pure.
#pragma once
#include <cassert>

#include "matching/types/trade.hpp"

namespace landex::matching {

constexpr uint64_t finalise64(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

constexpr uint64_t mix64(Side side, Price price, Quantity quantity, uint32_t count) {
  uint64_t h = 0;
  for (const uint64_t v : {static_cast<uint64_t>(side), static_cast<uint64_t>(price.raw()),
                           static_cast<uint64_t>(quantity.raw()), static_cast<uint64_t>(count)})
    h = finalise64(h + 0x9E3779B97F4A7C15 + v);
  return h;
}

/// What stands at one price. Empty: no quantity and no order.
struct LevelContent {
  Quantity quantity;
  uint32_t orders = 0;
  friend constexpr bool operator==(const LevelContent&, const LevelContent&) = default;
};

class BookChecksum {
 public:
  /// The level at `price` held `before` and now holds `after`; a level that comes or goes is empty before or after.
  constexpr void change(Side side, Price price, LevelContent before, LevelContent after) {
    value_ += part(side, price, after) - part(side, price, before);
  }
  /// 0 for an empty book.
  constexpr uint64_t value() const { return value_; }

 private:
  static constexpr uint64_t part(Side side, Price price, LevelContent level) {
    assert((level.quantity.raw() > 0) == (level.orders > 0));
    return level.orders == 0 ? 0 : mix64(side, price, level.quantity, level.orders);
  }
  uint64_t value_ = 0;
};

}  // namespace landex::matching
