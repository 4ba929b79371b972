// told.hpp: what of a refusal is for whom. How much money somebody has free tells what it holds for sealed bids
// (decisions 16), so that fact leaves for its owner alone: a district hears of its own money, the bureau of the city's.
// Everybody else is told that it is not enough. Whatever carries a refusal out of the engine asks here: answers, the
// feed, the paper of a proposal. Pure.
#pragma once
#include <algorithm>

#include "exchange/engine/refusal.hpp"
#include "matching/types/ids.hpp"

namespace landex::engine {

/// `refusal` as somebody of this participant is told it. `acts`: his role acts for the participant (district, bureau)
/// and does not only read.
inline Refusal told_to(Refusal refusal, District participant, bool acts) {
  const auto owner = std::ranges::find(refusal.facts, FactName::participant, &Fact::name);
  const bool own = acts && owner != refusal.facts.end() && owner->value == static_cast<int64_t>(participant.raw());
  if (own) return refusal;
  // What somebody else holds or lacks is not told either.
  const bool of_land = refusal.reason == Reason::over_holding_limit || refusal.reason == Reason::no_certified_gap;
  std::erase_if(refusal.facts, [of_land](const Fact& f) {
    return f.name == FactName::available_fen ||
           (of_land && (f.name == FactName::needed_quantity || f.name == FactName::available_quantity));
  });
  return refusal;
}

}  // namespace landex::engine
