#include "clients/simulator/city/rules.hpp"

#include <algorithm>
#include <cmath>

namespace landex::simulator {
namespace {

using policy::Parameter;

constexpr int64_t kWhole = 10'000;  // shares are in 1/10 000

int64_t share_of(double x) { return static_cast<int64_t>(std::lround(x * kWhole)); }

void set(policy::Pack& pack, Parameter parameter, int64_t value) {
  for (auto& row : pack.rows)
    if (row.parameter == parameter && row.value != value) {
      row.value = value;
      row.origin = policy::Origin::our_default;
    }
}

}  // namespace

const policy::Pack& pack_of(const Regimes& regimes, RuleSet rules) {
  return rules == RuleSet::post_2025 ? regimes.post_2025.pack : regimes.h66_2022.pack;
}

policy::Pack levered(const policy::Pack& base, const Point& point, Day stage) {
  policy::Pack pack = base;
  set(pack, Parameter::pooled_share_supplementary, share_of(point[Factor::pool_share]));
  set(pack, Parameter::advance_share, share_of(point[Factor::advance_share]));
  set(pack, Parameter::gap_consequence, point.choice<GapSwitch>(Factor::gap_switch) == GapSwitch::refuse ? 2 : 1);
  set(pack, Parameter::release_price, point.choice<Payer>(Factor::payer) == Payer::project ? 1 : 3);
  if (!point.on(Factor::floor)) pack.floor_routes.clear();

  // The stage is set on a day of its own, even if the year begins with the rule set.
  const Day begin = pack.from;
  if (stage < begin) {
    pack.from = stage;
    for (auto& unit : pack.units)
      if (unit.from == begin) unit.from = stage;
  }
  std::vector<policy::Row> staged;
  for (auto& row : pack.rows)
    if (row.parameter == Parameter::pooled_share_supplementary && row.until > stage) {
      if (row.from <= stage || row.from == begin) {
        staged.push_back(row);
        staged.back().from = std::min(row.from, stage);
        staged.back().until = stage;
        staged.back().value = 0;
        staged.back().origin = policy::Origin::our_default;
        row.from = Day::from_raw(stage.raw() + 1);
      }
    } else if (row.parameter == Parameter::pooled_share_supplementary && row.period().contains(stage)) {
      row.value = 0;
      row.origin = policy::Origin::our_default;
    }
  pack.rows.insert(pack.rows.end(), staged.begin(), staged.end());
  for (uint32_t n = 0; n < point.count(Factor::speculators); ++n)
    pack.units.push_back({.district = speculator(n),
                          .kind = ParticipantClass::urban,
                          .from = pack.from,
                          .until = pack.until,
                          .clause = policy::Clause::h66_7_6,
                          .origin = policy::Origin::our_default});
  return pack;
}

}  // namespace landex::simulator
