// tape.hpp: what the last command did, in the order in which it happened. One buffer, written over and over: to clear
// it is to set one pointer. It grows if one command does more than any before it.
#pragma once
#include <cstring>
#include <memory>
#include <new>

#include "matching/book/order.hpp"

namespace landex::matching {

class Tape {
 public:
  Tape() { grow(256); }
  const Happening* begin() const { return bytes_as_happenings(); }
  const Happening* end() const { return end_; }
  size_t size() const { return static_cast<size_t>(end_ - begin()); }
  bool empty() const { return end_ == begin(); }
  const Happening& operator[](size_t i) const { return begin()[i]; }

  void clear() { end_ = bytes_as_happenings(); }
  template <class H>
  void push(const H& h) {
    if (end_ == limit_) [[unlikely]]
      grow(2 * size());
    ::new (static_cast<void*>(end_)) Happening{std::in_place_type<H>, h};
    ++end_;
  }

 private:
  Happening* bytes_as_happenings() const { return static_cast<Happening*>(static_cast<void*>(bytes_.get())); }
  [[gnu::noinline, gnu::cold]] void grow(size_t capacity) {
    auto bigger = std::make_unique_for_overwrite<std::byte[]>(capacity * sizeof(Happening));
    const size_t used = bytes_ ? size() : 0;
    if (used != 0) std::memcpy(bigger.get(), bytes_.get(), used * sizeof(Happening));
    bytes_ = std::move(bigger);
    end_ = bytes_as_happenings() + used;
    limit_ = bytes_as_happenings() + capacity;
  }
  std::unique_ptr<std::byte[]> bytes_;
  Happening* end_ = nullptr;
  Happening* limit_ = nullptr;
};

}  // namespace landex::matching
