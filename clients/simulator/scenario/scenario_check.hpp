// scenario_check.hpp: what only the whole of a scenario can show to be wrong: numbers that say "law" without it, a year
// outside the rule set, shocks beyond the year, units that do not hold together, factors that nobody set. Private to
// scenario/.
#pragma once
#include <array>
#include <map>
#include <vector>

#include "clients/simulator/scenario/faults.hpp"
#include "exchange/host/policy_files.hpp"

namespace landex::simulator {

/// A scenario while it is put together, and where each part of it was said last.
struct Draft {
  Scenario scenario;
  FilePlace file;  // of the scenario itself
  std::array<bool, kFactors> said{};
  std::array<FilePlace, kFactors> settings_at;
  std::map<District, FilePlace> units_at;
  std::vector<FilePlace> shocks_at;  // beside scenario.shocks
  FilePlace first_day_at;
  bool has_first_day = false, has_seed = false;
};

/// "levers.pool_share".
std::string field_of(const Scenario& s, Factor f);
/// A number of a factor as people write it: a choice by its word.
std::string value_text(const FactorFacts& facts, double value);

void check_whole(const Draft& d, const host::PolicyBook& policy, Faults& faults);

}  // namespace landex::simulator
