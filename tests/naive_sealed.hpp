// naive_sealed.hpp: the judge of sealed_auction. It sells unit by unit: every bid is cut into units of one, the units
// are sorted, the first of them win. It states every reason against a command and takes the first of the list. It
// shares with the machine only the words. For small numbers. One thread.
#pragma once
#include <map>
#include <optional>
#include <set>

#include "matching/sealed_auction.hpp"

namespace landex::naive {

struct Sealed {
  using Reason = matching::SealedReason;
  using Answer = std::optional<Reason>;

  static Answer against_terms(const matching::SealedTerms& terms, const matching::SealedLimits& limits, Instant now);

  Answer against_enlarge(Quantity by, Instant now) const;
  Answer against_bid(const matching::SealedBid& bid, const matching::PairTable& pairs, Instant now) const;
  Answer against_amend(const matching::SealedBid& bid, const matching::PairTable& pairs, Instant now) const;
  Answer against_withdraw(BidId bid, Seat seat, Instant now) const;
  Answer against_seed() const;
  Answer against_opening(Instant now) const;
  Answer against_cancel() const;

  matching::SealedOpened open(const matching::PairTable& pairs);

  AuctionId id;
  matching::SealedTerms terms;
  matching::SealedLimits limits;
  std::map<BidId, matching::SealedBid> bids = {};
  std::optional<uint64_t> seed = {};
  bool decided = false;

 private:
  std::set<Reason> window(Instant now) const;
  void words(std::set<Reason>& against, const matching::SealedBid& bid, const matching::PairTable& pairs) const;
  int64_t floor(const matching::PairTable& pairs) const;  // in ticks; 0: none
};

}  // namespace landex::naive
