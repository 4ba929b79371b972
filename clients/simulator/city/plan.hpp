// plan.hpp: what a run's districts need and can make, drawn from the scenario before the year begins: projects with
// their areas, values and deadlines, and lots with their costs and sessions. Each unit draws from its own stream, so
// that another unit changes nothing of it. Nobody in the market sees another's plan. 模拟假设, all of it: shares,
// purposes and times are drawn evenly.
#pragma once
#include <vector>

#include "clearing/allocation_case.hpp"
#include "clients/simulator/city/timeline.hpp"
#include "clients/simulator/city/year.hpp"
#include "matching/types/price.hpp"

namespace landex::simulator {

/// A construction project that needs supplementary farmland, and perhaps as much linkage quota.
struct PlannedProject {
  uint32_t unit;  // place in Scenario::units
  Quantity need;
  Price value;  // of a mu to it
  uint32_t begins, deadline;
  clearing::RequestClass purpose;
  bool linked;
  Price linkage_value;  // of a mu of linkage to it; the pair is worth the sum
};

/// Land that a unit can reclaim and file.
struct PlannedLot {
  uint32_t unit;
  Quantity area, paddy;
  int64_t capacity_kg;
  Price cost;  // of a mu
  uint32_t session;
};

struct Plan {
  std::vector<PlannedProject> projects;  // by unit, session in which they begin
  std::vector<PlannedLot> lots;          // by unit, session; the cheapest first

  void draw(const Scenario& scenario, const Factors& factors, Seeds seeds, uint32_t sessions);
};

}  // namespace landex::simulator
