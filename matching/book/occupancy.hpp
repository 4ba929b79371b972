// occupancy.hpp: which of the numbers 0 … n-1 are taken, as a tree of 64-bit words: a word of one level says which
// words of the level below are not empty. Next in at most two steps up and down for what lies near, in five for any
// distance up to 2^30; one bit a number and 1/63 more.
#pragma once
#include <array>
#include <bit>
#include <cstdint>

#include "matching/book/lazy_array.hpp"

namespace landex::matching {

class Occupancy {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  explicit Occupancy(uint32_t numbers) {
    uint32_t words = numbers;
    do {
      words = (words + 63) / 64;
      levels_[depth_] = LazyArray<uint64_t>(words);
      words_[depth_++] = words;
    } while (words > 1);
  }

  bool has(uint32_t n) const { return (levels_[0][n >> 6] >> (n & 63)) & 1; }

  void set(uint32_t n) {
    for (uint32_t d = 0; d < depth_; ++d, n >>= 6) {
      uint64_t& word = levels_[d][n >> 6];
      const bool was_empty = word == 0;
      word |= bit(n);
      if (!was_empty) return;
    }
  }

  void clear(uint32_t n) {
    for (uint32_t d = 0; d < depth_; ++d, n >>= 6)
      if ((levels_[d][n >> 6] &= ~bit(n)) != 0) return;
  }

  /// The lowest taken number that is not below `n`, or kNone.
  uint32_t at_or_after(uint32_t n) const {
    for (uint32_t d = 0; d < depth_; ++d) {
      const uint32_t at = n >> 6;
      if (at >= words_[d]) return kNone;
      if (const uint64_t rest = levels_[d][at] & (~uint64_t{0} << (n & 63)); rest != 0) {
        uint32_t found = (at << 6) + static_cast<uint32_t>(std::countr_zero(rest));
        while (d-- > 0) found = (found << 6) + static_cast<uint32_t>(std::countr_zero(levels_[d][found]));
        return found;
      }
      n = at + 1;
    }
    return kNone;
  }

 private:
  static uint64_t bit(uint32_t n) { return uint64_t{1} << (n & 63); }

  std::array<LazyArray<uint64_t>, 5> levels_;
  std::array<uint32_t, 5> words_{};
  uint32_t depth_ = 0;
};

}  // namespace landex::matching
