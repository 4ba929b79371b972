// schedule.hpp: what a unit is worth to each buyer and costs each seller in a published experiment: one unit each, in
// ticks. The traders are numbered: buyers from 0 on, then sellers. Pure.
#pragma once
#include <cstdint>
#include <vector>

#include "clients/simulator/draw/stream.hpp"

namespace landex::simulator {

struct Schedule {
  std::vector<int64_t> values, costs;  // of buyers, of sellers

  uint32_t traders() const { return static_cast<uint32_t>(values.size() + costs.size()); }
  bool buys(uint32_t trader) const { return trader < values.size(); }
  int64_t limit(uint32_t trader) const { return buys(trader) ? values[trader] : costs[trader - values.size()]; }
  /// The most that trade can gain: the best pairs first, while the value is above the cost.
  int64_t most_surplus() const;
};

/// Smith, JPE 1962, test 1, in hundredths: values 325 … 75 and costs 75 … 325 by 25. P0 200, Q0 6, most surplus 750.
/// Also market A of Cliff & Bruten.
Schedule smith_1();
/// Market C of Cliff & Bruten: eleven buyers at 200 and six sellers at 50; P0 200, Q0 6.
Schedule cliff_c();
/// In the manner of Gode & Sunder, whose schedules are printed only as drawings, so this is 模拟数据, ours: six buyers
/// and six sellers with four units each there, here a trader for each unit: 24 values and 24 costs, a step further
/// each.
Schedule gode_sunder_like(int64_t highest_value, int64_t lowest_cost, int64_t step);
/// Zhan & Friedman 2007: `n` values and `n` costs ~ U(0, highest), each at least 1.
Schedule uniform_schedule(uint32_t n, int64_t highest, Stream& stream);

}  // namespace landex::simulator
