// reckon_protection.hpp: farmland-protection compensation 耕地保护补偿 (H66-3): who gets how much of the year's fund.
// The clause asks for a coefficient by grade, for leaving out what is not farmed, and for half as much again where rice
// grows «if the total is not exceeded»; it states no formula. The two sharings, and what becomes of the uplift when it
// does not fit into the fund, are switches of ours. Pure.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "clearing/governments/runs.hpp"

namespace landex::clearing {

/// What is left after 非农化, 非粮化 and 长期抛荒 (H66-3.2). Not negative in facts that were checked.
constexpr Area eligible_area(const ProtectionFact& f) {
  return f.cultivated - f.non_agricultural - f.non_grain - f.abandoned;
}

/// The values of the rows in force. Shares in 1/10 000.
struct ProtectionRules {
  int64_t sharing;                  // 1 = area × standard × coefficient, within the fund; 2 = the fund pro rata
  std::array<int64_t, 4> by_grade;  // the coefficients, from excellent to fail
  int64_t rice_uplift;
  int64_t over_budget;  // 1 = no uplift, 2 = the uplift is scaled, 3 = everything is scaled
};

/// The lines by county code, each county's area first, then its rice. Where the sum exceeds the fund even without the
/// uplift, all is shared out in proportion, so that no more than the fund is ever paid. Nothing if a number of it
/// exceeds what can be written.
std::optional<std::vector<RunLine>> reckon_protection(const ProtectionRun& run, const ProtectionRules& rules,
                                                      Rate standard, District city);

}  // namespace landex::clearing
