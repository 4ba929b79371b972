// run_facts.cpp: the runs that are reckoned from facts of their own: protection (H66-3), permanent basic farmland
// (H66-4), rewards (H66-8, 12, 16), and the reversal of a run that was paid. What is demanded of the facts, and which
// rows and figures of the day they are reckoned with; the reckoning itself is in clearing/governments.
#include <set>
#include <utility>

#include "clearing/governments/reckon_pbf.hpp"
#include "clearing/governments/reckon_protection.hpp"
#include "clearing/governments/reckon_rewards.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/runs.hpp"

namespace landex::engine {
namespace {

using clearing::RunKind;
using clearing::RunState;
using clearing::StandardKind;
using policy::Clause;
using policy::Parameter;

constexpr int64_t kMostCounties = 64, kMostAwards = 500;

/// The clause and the key of each row that a run of protection is reckoned with.
struct Needed {
  Parameter parameter;
  std::string_view key;
};
constexpr Needed kCoefficientRows[] = {
    {Parameter::protection_sharing, "protection.sharing"}, {Parameter::protection_excellent, "protection.excellent"},
    {Parameter::protection_good, "protection.good"},       {Parameter::protection_pass, "protection.pass"},
    {Parameter::protection_fail, "protection.fail"},
};
constexpr Needed kUpliftRows[] = {
    {Parameter::rice_uplift, "protection.rice_uplift"},
    {Parameter::over_budget, "protection.over_budget"},
};

std::string_view key_of(RunKind reward) {
  if (reward == RunKind::homestead_reward) return "reward.homestead_share";
  if (reward == RunKind::standard_farmland_reward) return "reward.standard_farmland_share";
  return "reward.mountain4_tilt";
}

/// A county that can be a party: with an account, and not the city.
bool require_party(const Asked& a, District county) {
  const bool has_account = require_account(a, county);
  require_county(a, county);
  return has_account;
}

void refuse_twice(const Asked& a, District county, Clause rule) {
  a.verdict.refuse({Reason::county_twice, rule, {{FactName::participant, fact(county)}}, {}});
}

bool require_area(const Asked& a, std::string_view field, Area area) {
  return require_range(a, field, area.raw(), 0, kMaxQuantity.raw());
}

/// One reported figure cannot be more than another.
void require_within(const Asked& a, District county, Area part, Area whole, std::string_view field, Clause rule) {
  if (part > whole)
    a.verdict.refuse({Reason::figures_conflict,
                      rule,
                      {{FactName::participant, fact(county)},
                       {FactName::needed_area, fact(part)},
                       {FactName::available_area, fact(whole)}},
                      std::string{field}});
}

int64_t value_of(const State& s, Parameter p) { return s.pack->row(p, *s.day)->value; }
Rate rate_of_year(const State& s, StandardKind kind, uint16_t year) { return s.standards.in_force(kind, year)->rate; }

// ---- each kind, once for both: the check asks whether it can be written, the step asks for the lines ---------------

std::optional<Lines> reckoned(const State& s, const clearing::ProtectionRun& run) {
  const auto row = [&](Parameter p) { return value_of(s, p); };
  const clearing::ProtectionRules rules{
      .sharing = row(Parameter::protection_sharing),
      .by_grade = {row(Parameter::protection_excellent), row(Parameter::protection_good),
                   row(Parameter::protection_pass), row(Parameter::protection_fail)},
      .rice_uplift = row(Parameter::rice_uplift),
      .over_budget = row(Parameter::over_budget)};
  return reckon_protection(run, rules, rate_of_year(s, StandardKind::city_protection, run.year), *city_of(*s.pack));
}

std::optional<Lines> reckoned(const State& s, const clearing::PbfRun& run) {
  return reckon_pbf(run, value_of(s, Parameter::pbf_rate_base), rate_of_year(s, StandardKind::pbf_price, run.year),
                    *city_of(*s.pack));
}

std::optional<Lines> reckoned(const State& s, const clearing::RewardRun& run) {
  return reckon_rewards(run, value_of(s, clearing::reward_rule(run.kind).row), *city_of(*s.pack),
                        [&](District county) { return s.ledger.kind_of(county); });
}

/// The last thing that is asked of facts: that what comes of them can be written.
template <class Facts>
void require_reckonable(const Asked& a, const Facts& run) {
  if (!a.verdict.refused() && a.state.pack && a.state.day && !reckoned(a.state, run)) refuse_amount(a);
}

}  // namespace

void require_facts(const Asked& a, const clearing::ProtectionRun& run) {
  require_year(a, run.year);
  require_range(a, "budget", run.budget.raw(), 1, kMaxMoney.raw());
  require_range(a, "counties", static_cast<int64_t>(run.counties.size()), 1, kMostCounties);
  std::set<District> named;
  for (const auto& f : run.counties) {
    require_party(a, f.county);
    if (!named.insert(f.county).second) refuse_twice(a, f.county, Clause::h66_3_1);
    require_range(a, "grade", fact(f.grade), 1, fact(clearing::AssessmentGrade::fail));
    // One & and not &&: each figure is looked at.
    const bool in_range = require_area(a, "cultivated", f.cultivated) &
                          require_area(a, "non_agricultural", f.non_agricultural) &
                          require_area(a, "non_grain", f.non_grain) & require_area(a, "abandoned", f.abandoned) &
                          require_area(a, "rice", f.rice);
    if (!in_range) continue;
    const Area left_out = f.non_agricultural + f.non_grain + f.abandoned;
    require_within(a, f.county, left_out, f.cultivated, "excluded", Clause::h66_3_2);
    if (left_out <= f.cultivated) require_within(a, f.county, f.rice, eligible_area(f), "rice", Clause::h66_3_4);
  }
  for (const auto& row : kCoefficientRows) require_row(a, row.parameter, Clause::h66_3_1, row.key);
  require_clause(a, Clause::h66_3_2);
  require_clause(a, Clause::h66_3_3);
  for (const auto& row : kUpliftRows) require_row(a, row.parameter, Clause::h66_3_4, row.key);
  const auto* city = require_standard(a, StandardKind::city_protection, run.year, Clause::h66_3_3);
  const auto* provincial = require_standard(a, StandardKind::provincial_protection, run.year, Clause::h66_3_3);
  if (city && provincial && city->rate < provincial->rate)
    a.verdict.refuse({Reason::below_provincial,
                      Clause::h66_3_3,
                      {{FactName::mu_rate, fact(city->rate)}, {FactName::least_mu_rate, fact(provincial->rate)}},
                      {}});
  require_reckonable(a, run);
}

void require_facts(const Asked& a, const clearing::PbfRun& run) {
  require_year(a, run.year);
  std::set<District> named;
  for (const auto& f : run.counties) {
    require_party(a, f.county);
    if (!named.insert(f.county).second) refuse_twice(a, f.county, Clause::h66_4_1);
    const bool in_range =
        require_area(a, "pbf", f.pbf) & require_area(a, "cultivated", f.cultivated) & require_area(a, "land", f.land);
    if (!in_range) continue;
    require_within(a, f.county, f.pbf, f.cultivated, "pbf", Clause::h66_4_1);
    require_within(a, f.county, f.cultivated, f.land, "cultivated", Clause::h66_4_1);
  }
  require_row(a, Parameter::pbf_rate_base, Clause::h66_4_1, "pbf.rate_base");
  require_standard(a, StandardKind::pbf_price, run.year, Clause::h66_4_1);
  if (!a.state.pack || !a.state.day) return;
  // The average is that of the whole city: every county of the day, and no place that is none.
  std::set<District> missing;
  for (const auto& u : a.state.pack->units)
    if (u.kind != ParticipantClass::city && u.period().contains(*a.state.day)) missing.insert(u.district);
  for (const District county : named)
    if (a.state.ledger.is_open(county) && missing.erase(county) == 0)
      a.verdict.refuse({Reason::unknown_unit, {}, {{FactName::participant, fact(county)}}, {}});
  if (!missing.empty())
    a.verdict.refuse({Reason::run_incomplete, Clause::h66_4_1, {{FactName::participant, fact(*missing.begin())}}, {}});
  require_reckonable(a, run);
}

void require_facts(const Asked& a, const clearing::RewardRun& run) {
  const bool a_reward = require_range(a, "kind", fact(run.kind), fact(RunKind::consolidation_reward),
                                      fact(RunKind::standard_farmland_reward));
  require_year(a, run.year);
  require_range(a, "awards", static_cast<int64_t>(run.awards.size()), 1, kMostAwards);
  std::set<std::pair<District, std::string_view>> named;
  for (const auto& award : run.awards) {
    require_party(a, award.county);
    require_text(a, "project", award.project);
    require_text(a, "document", award.document);
    require_range(a, "base", award.base.raw(), 1, kMaxMoney.raw());
    if (!named.insert({award.county, award.project}).second)
      refuse_twice(a, award.county, clearing::reward_rule(run.kind).clause);
  }
  if (!a_reward) return;
  const auto rule = clearing::reward_rule(run.kind);
  require_row(a, rule.row, rule.clause, key_of(run.kind));
  require_reckonable(a, run);
}

void require_facts(const Asked& a, const clearing::ReversalRun& run) {
  const auto* target = a.state.runs.find(run.run);
  if (!target) return a.verdict.refuse({Reason::unknown_run, {}, {{FactName::number, fact(run.run)}}, {}});
  if (target->state != RunState::paid || target->reverses)
    a.verdict.refuse({Reason::run_state_forbids,
                      {},
                      {{FactName::number, fact(target->id)}, {FactName::run_state, fact(target->state)}},
                      {}});
}

Lines lines_of(const State& s, const clearing::ProtectionRun& run) { return *reckoned(s, run); }
Lines lines_of(const State& s, const clearing::PbfRun& run) { return *reckoned(s, run); }
Lines lines_of(const State& s, const clearing::RewardRun& run) { return *reckoned(s, run); }

Lines lines_of(const State& s, const clearing::ReversalRun& run) {
  const auto& lines = s.runs.find(run.run)->lines;
  Lines back{lines.rbegin(), lines.rend()};
  for (auto& line : back) std::swap(line.from, line.to);
  return back;
}

}  // namespace landex::engine
