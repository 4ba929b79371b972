// naive_ascending.hpp: the judge of ascending_auction. It has no stage and no timer: it keeps the log of what was done
// and when, and works out from the log alone how things stand at any moment. It states every reason against a command
// and takes the first of the list. It shares with the machine only the words. One thread.
#pragma once
#include <optional>
#include <set>
#include <vector>

#include "matching/ascending_auction.hpp"

namespace landex::naive {

struct Ascending {
  using Reason = matching::AscendingReason;
  using Answer = std::optional<Reason>;

  struct View {
    matching::AscendingStage stage;
    Instant since;
    std::optional<Instant> due;
    std::optional<matching::AscendingBid> highest;
    std::optional<Price> reserve;  // if it decided
    std::set<Seat> wanted_by;
    uint32_t extensions;
  };
  View at(Instant now) const;

  static Answer against_terms(const matching::AscendingTerms& terms, const matching::AscendingRules& rules,
                              Instant now);
  Answer against_bid(const matching::AscendingBid& bid, const matching::PairRule& pair, Instant now) const;
  Answer against_declare(Seat seat, const matching::PairRule& pair, Instant now) const;
  Answer against_withdraw(Instant now) const;

  matching::AscendingTerms terms;
  matching::AscendingRules rules;
  Instant announced;
  struct Entry {
    Instant at;
    Seat seat;
    std::optional<matching::AscendingBid> bid;  // none: a declaration
  };
  std::vector<Entry> log = {};
  std::optional<Instant> withdrawn = {};
  struct Night {  // the venue was closed at the first and opened again at the second: between them nothing begins
    Instant closed, opened;
  };
  std::vector<Night> nights = {};
  matching::PairRule at_decision = {};  // between the seller and the highest bidder, on the day of the decision

 private:
  Instant awake(Instant t) const;
};

}  // namespace landex::naive
