// pair_table.hpp: who may trade with whom, and from which price on (decisions 12). Rows are the seller's class, columns
// the buyer's. Matching does not know which clause made a rule; clearing's policy does, and hands this table over while
// the book is closed.
#pragma once
#include <array>
#include <optional>

#include "matching/types/district.hpp"
#include "matching/types/price.hpp"

namespace landex::matching {

struct PairRule {
  bool limited = false;        // the pair is under a rule
  std::optional<Price> floor;  // lowest price of a limited pair; none: the pair may not trade at all
};

inline constexpr size_t kMaxClasses = 16;  // the named ones of a rule set, and those of experiments

class PairTable {
 public:
  const PairRule& operator()(ParticipantClass seller, ParticipantClass buyer) const {
    return rules_[at(seller, buyer)];
  }
  void limit(ParticipantClass seller, ParticipantClass buyer, std::optional<Price> floor) {
    rules_[at(seller, buyer)] = {.limited = true, .floor = floor};
  }

 private:
  static constexpr size_t at(ParticipantClass seller, ParticipantClass buyer) {
    return static_cast<size_t>(index_of(seller)) * kMaxClasses + static_cast<size_t>(index_of(buyer));
  }
  std::array<PairRule, kMaxClasses * kMaxClasses> rules_;
};

/// The price at which `ask` and `bid` may meet for this pair when the ask rests: the ask, or the floor where that is
/// higher. Only resting asks are lifted. Nothing if the pair may not trade.
inline std::optional<Price> ask_for_pair(const PairRule& rule, Price ask) {
  if (!rule.limited) return ask;
  if (!rule.floor) return std::nullopt;
  return ask < *rule.floor ? *rule.floor : ask;
}

/// The price of a resting bid for this pair: itself, if it is not below the floor.
inline std::optional<Price> bid_for_pair(const PairRule& rule, Price bid) {
  if (!rule.limited) return bid;
  if (!rule.floor || bid < *rule.floor) return std::nullopt;
  return bid;
}

}  // namespace landex::matching
