// surplus.hpp: the gains from trade that there were, those that were made, and how the rest was lost. Demand is units
// of land by their value to projects (no more than land costs outside), supply is units by their cost; the most that
// could be gained is the best assignment, without regard to when each came. At a price p between the last good unit of
// either side and the first bad one,
//   lost by missed trades = Σ (v − p) of good demand not bought + Σ (p − c) of good supply not sold
//   lost by wrong trades  = Σ (p − v) of bad demand bought + Σ (c − p) of bad supply sold + p · what was sold, not used
// and maximum = realised + missed + wrong, exactly. Pure.
#pragma once
#include <cstdint>
#include <vector>

namespace landex::simulator {

/// Units of one kind: how many there were, how many of them traded, at what value (or cost).
struct Units {
  int64_t quantity, traded;  // 0.0001 mu
  int64_t at;                // ticks
};

struct Gains {
  double maximum = 0, realised = 0, missed = 0, wrong = 0;  // wan yuan
};

/// `demand` and `supply` are sorted here.
Gains gains(std::vector<Units>& demand, std::vector<Units>& supply);

}  // namespace landex::simulator
