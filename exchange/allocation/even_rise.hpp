// even_rise.hpp: everybody rises evenly until something binds; who is bound stays, the others rise on. It is how a
// class shares what its members may draw, and how counties share what is drawn from them.
//
// The rule, in one sentence: one unit at a time goes to the one whose ratio got/need is lowest, among those who can
// still take a unit; between equal ratios to the smaller need, then to the earlier in the list. Where the possible
// amounts form an integral polymatroid (nested stocks; what flows out of a transport network) the outcome is the best
// there is: the sorted list of ratios, lowest first, is lexicographically the greatest, and the total is the most that
// can be had.
//
// It is not run unit by unit. The k-th unit of a need n (k from 0) is due at the ratio k/n, so at the ratio r everybody
// has had ceil(r·n), and the highest ratio that is still possible is found by bisection, on whole multiples of 2^-74.
// That is exact: two different ratios of needs up to 10^11 < 2^37 are more than 2^-74 apart, so in the interval where
// the bisection ends lies one ratio at most, that is one unit of each, and these are handed out one by one.
// Rounds: one for each time that something binds; in each 74 questions whether amounts are possible.
#pragma once
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace landex::allocation {

inline constexpr int kRatioBits = 74;
inline constexpr int64_t kMostNeed = int64_t{1} << 37;

/// How many units of a need of `n` are due below the ratio at/2^74: ceil(at·n / 2^74).
constexpr int64_t due_below(__int128_t at, int64_t n) {
  return static_cast<int64_t>((at * n + ((__int128_t{1} << kRatioBits) - 1)) >> kRatioBits);
}

struct RiseEffort {
  uint64_t rounds = 0, questions = 0;  // how often something bound; how often `fits` was asked
};

/// The amounts that each gets. `room` knows what is possible:
///   bool fits(span<const int64_t> amounts)   are these possible together?
///   void settle(span<const int64_t> amounts) they are possible; from here on they are what everybody has
///   bool can_rise(size_t who)                one unit more for `who`, the others as they are?
///   void rise(size_t who)                    it has it
template <class Room>
std::vector<int64_t> rise_evenly(std::span<const int64_t> needs, Room&& room, RiseEffort* effort = nullptr) {
  constexpr __int128_t kFull = __int128_t{1} << kRatioBits;
  std::vector<int64_t> tried(needs.size(), 0);  // what is asked about, and in the end what each has
  std::vector<size_t> open;
  for (size_t who = 0; who < needs.size(); ++who) {
    assert(needs[who] >= 0 && needs[who] < kMostNeed);
    if (needs[who] > 0) open.push_back(who);
  }
  std::ranges::stable_sort(open, {}, [&](size_t who) { return needs[who]; });

  const auto at_ratio = [&](__int128_t at) {
    for (const size_t who : open) tried[who] = due_below(at, needs[who]);
  };
  const auto fits = [&](__int128_t at) {
    if (effort != nullptr) ++effort->questions;
    at_ratio(at);
    return room.fits(std::span<const int64_t>{tried});
  };
  for (__int128_t low = 0; !open.empty();) {  // all that is due below `low` has been given to those who are open
    if (effort != nullptr) ++effort->rounds;
    __int128_t high = kFull;
    if (fits(high)) {
      low = high;
    } else {
      while (high - low > 1) {
        const __int128_t middle = low + (high - low) / 2;
        (fits(middle) ? low : high) = middle;
      }
    }
    at_ratio(low);
    room.settle(std::span<const int64_t>{tried});
    if (low == kFull) break;
    low = high;
    for (const size_t who : open)
      if (due_below(high, needs[who]) > tried[who] && room.can_rise(who)) {
        room.rise(who);
        ++tried[who];
      }
    std::erase_if(open, [&](size_t who) { return tried[who] == needs[who] || !room.can_rise(who); });
  }
  return tried;
}

}  // namespace landex::allocation
