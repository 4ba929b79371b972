#include "clients/simulator/city/plan.hpp"

#include <algorithm>

#include "clients/simulator/city/amounts.hpp"
#include "clients/simulator/city/normal.hpp"

namespace landex::simulator {
namespace {

/// 1 … n, evenly.
uint32_t one_of(Stream& stream, uint32_t n) { return static_cast<uint32_t>(stream.below(n)) + 1; }

/// A unit's projects: areas in proportion to draws from 0.5 to 1.5, so that they sum to the need of the year; then each
/// is scaled by the demand of the session in which it begins.
void draw_projects(const UnitPlan& unit, uint32_t place, const Factors& factors, Stream stream, uint32_t sessions,
                   std::vector<PlannedProject>& out) {
  const uint32_t count = unit.need_mu > 0 ? std::max(unit.projects, 1u) : 0;
  const size_t first = out.size();
  double all = 0;
  for (uint32_t n = 0; n < count; ++n) {
    PlannedProject p{.unit = place,
                     .need = {},
                     .value = {},
                     .begins = 0,
                     .deadline = 0,
                     .purpose = {},
                     .linked = {},
                     .linkage_value = {}};
    const double weight = .5 + stream.unit();
    p.begins = one_of(stream, sessions);
    p.deadline = p.begins + static_cast<uint32_t>(stream.below(sessions - p.begins + 1));
    const Point& then = factors.at(p.begins);
    const double spread = then[Factor::value_spread];
    p.value = price_of(unit.value_wan * (1 + spread * standard_normal(stream)));
    p.linkage_value = price_of(unit.linkage_value_wan * (1 + spread * standard_normal(stream)));
    p.purpose = static_cast<clearing::RequestClass>(one_of(stream, 4));  // national … key_zone
    p.linked = stream.unit() < then[Factor::linked_share];
    p.need = Quantity::from_raw(static_cast<int64_t>(weight * (int64_t{1} << 30)));  // the weight, for now
    all += static_cast<double>(p.need.raw());
    out.push_back(p);
  }
  for (auto& p : std::span{out}.subspan(first))
    p.need = quantity_of(unit.need_mu * static_cast<double>(p.need.raw()) / all *
                         factors.at(p.begins)[Factor::demand_scale]);
  std::erase_if(out, [](const auto& p) { return p.need == Quantity{}; });
  std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(std::min(first, out.size())), out.end(),
                   [](const auto& a, const auto& b) { return a.begins < b.begins; });
}

/// A unit's lots, of equal areas up the cost curve, each at the cost of its middle; sessions drawn, the cheapest first.
void draw_lots(const UnitPlan& unit, uint32_t place, const Factors& factors, Stream stream, uint32_t sessions,
               std::vector<PlannedLot>& out) {
  const uint32_t count = unit.capacity_mu > 0 ? std::max(factors.at(1).count(Factor::filings), 1u) : 0;
  std::vector<uint32_t> when(count);
  for (auto& s : when) s = one_of(stream, sessions);
  std::ranges::sort(when);
  for (uint32_t n = 0; n < count; ++n) {
    const Point& then = factors.at(when[n]);
    const double along = (n + .5) / count;
    const double cost = (unit.cost_wan + (unit.last_cost_wan - unit.cost_wan) * along) * then[Factor::cost_scale] *
                        (1 + then[Factor::cost_spread] * standard_normal(stream));
    const double area = unit.capacity_mu * then[Factor::capacity_scale] / count;
    const PlannedLot lot{.unit = place,
                         .area = quantity_of(area),
                         .paddy = quantity_of(area * unit.paddy_share),
                         .capacity_kg = amounts::whole(area * unit.capacity_kg),
                         .cost = std::max(price_of(cost), Price::ticks(1)),
                         .session = when[n]};
    if (lot.area > Quantity{}) out.push_back(lot);
  }
}

}  // namespace

void Plan::draw(const Scenario& scenario, const Factors& factors, Seeds seeds, uint32_t sessions) {
  projects.clear();
  lots.clear();
  if (sessions == 0) return;
  for (uint32_t n = 0; n < scenario.units.size(); ++n) {
    const auto& unit = scenario.units[n];
    // Two streams, so that a project more is not a lot less: the even agent numbers are needs, the odd ones lots.
    const auto stream = [&](uint64_t which) {
      return Stream{{.seed = seeds.study,
                     .run = seeds.run,
                     .agent = uint64_t{unit.district.raw()} * 8 + which,
                     .purpose = Purpose::plan}};
    };
    draw_projects(unit, n, factors, stream(0), sessions, projects);
    draw_lots(unit, n, factors, stream(1), sessions, lots);
  }
}

}  // namespace landex::simulator
