// refusal_text.hpp: the words of refusals, one row for each reason, in both languages: what is wrong with which value,
// the rule it hangs from, and the way out. The engine gives numbers only; here they become sentences, at the edge.
// A reason that no clause of the policy stands behind hangs from a rule of the house (LX-…), which `rules explain`
// tells.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/wire/messages.hpp"

namespace landex::wire {

struct PlaceName {
  std::string zh, en;
};
using PlaceNames = std::map<District, PlaceName>;

ToldRefusal tell(const engine::Refusal& refusal, const PlaceNames& places);

/// A rule of the house.
struct HouseRule {
  std::string_view id;
  std::string_view zh, en;
};
const std::vector<HouseRule>& house_rules();

/// The row of a reason, for tests and documents. Templates name facts in braces.
struct RefusalRow {
  engine::Reason reason;
  std::string_view house_rule;
  std::string_view zh, en, way_out_zh, way_out_en;
};
const std::vector<RefusalRow>& refusal_rows();

}  // namespace landex::wire
