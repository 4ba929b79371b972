// levels.hpp: lots of one component by grade, best first, lots of unknown grade last; a request reaches every level up
// to its own. So all that requests up to a level draw comes from the lots up to that level, and amounts are possible
// exactly if at each level the sum of those up to it is not more than the stock up to it (Hall's condition for nested
// sets: the other sums follow). That is why no flow is needed to share among a thousand requests: 16 sums say all.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "exchange/allocation/even_rise.hpp"

namespace landex::allocation {

/// One number for each level, from 1; place 0 is not used and holds 0.
using ByLevel = std::vector<int64_t>;

/// Sums of all levels up to each.
ByLevel up_to(ByLevel amounts);

/// One who asks for up to `need` from the levels up to `level`.
struct Claim {
  int64_t need = 0;
  size_t level = 0;
};

/// What each claim gets when all rise evenly, if up to each level there is `room` (sums up to it; not negative). `room`
/// becomes what is left of them.
std::vector<int64_t> share_levels(std::span<const Claim> claims, ByLevel& room, RiseEffort* effort = nullptr);

/// How much of each level's stock to draw, so that `granted[level]`, in all, can be served to those who reach that
/// level and no further, with no better grade than needed: the sum of (own level − level drawn) over all units is
/// least. The answer is one only: each sum up to a level is as small as what those below and those above leave it.
ByLevel draw_levels(const ByLevel& stock, const ByLevel& granted);

}  // namespace landex::allocation
