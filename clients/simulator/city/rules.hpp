// rules.hpp: the policy pack of a point: that of its rule set, with the levers written into its rows. A row whose value
// a lever changes is ours from then on (origin our_default), never the law's. Pure.
#pragma once
#include "clearing/policy/pack.hpp"
#include "clients/simulator/city/year.hpp"

namespace landex::simulator {

/// Speculators have codes of their own: no place of the city. 模拟假设.
constexpr District speculator(uint32_t n) { return District::code(990'001 + n); }
constexpr bool is_speculator(District d) { return d.raw() > 990'000; }

const policy::Pack& pack_of(const Regimes& regimes, RuleSet rules);

/// `stage`: the day on which the stock of before the year is filed. Of it the pool takes nothing: it took its share
/// when that land was really filed. So the share of that day is a row of its own, of 0.
policy::Pack levered(const policy::Pack& base, const Point& point, Day stage);

}  // namespace landex::simulator
