#include "tests/naive_sealed.hpp"

#include <algorithm>

#include "matching/types/bounds.hpp"
#include "tests/random_market.hpp"

namespace landex::naive {
namespace {

using namespace matching;
using Reason = SealedReason;
using Reasons = std::set<Reason>;

Sealed::Answer first(const Reasons& against) {
  for (const Reason r : kSealedPrecedence)
    if (against.contains(r)) return r;
  return {};
}

void add(Reasons& against, bool holds, Reason r) {
  if (holds) against.insert(r);
}

bool too_dear(Quantity q, Price p) {
  return q.raw() > 0 && p.raw() > 0 && static_cast<__int128_t>(q.raw()) * p.raw() > kMaxMoney.raw();
}

/// Where a bid stands among equal prices: so often the generator is asked.
uint64_t drawn(uint64_t seed, BidId bid) {
  testing::Random random{seed};
  uint64_t number = 0;
  for (uint64_t n = 0; n < bid.raw(); ++n) number = random.next();
  return number;
}

}  // namespace

Sealed::Answer Sealed::against_terms(const SealedTerms& t, const SealedLimits& l, Instant now) {
  Reasons r;
  add(r, l.bids == 0 || l.bids > 65'536 || l.bids_per_seat == 0 || l.roll_over == 0 || l.roll_over > 64,
      Reason::limits_not_usable);
  add(r, !(now <= t.opens && t.opens < t.closes && t.closes.us < (int64_t{1} << 53)), Reason::window_not_usable);
  add(r, t.offered.raw() < 1 || t.offered > kMaxQuantity, Reason::quantity_out_of_range);
  add(r, t.least_bid.raw() < 1 || t.least_bid > t.offered, Reason::least_bid_out_of_range);
  add(r, t.reserve && t.reserve->price.raw() < 1, Reason::price_out_of_range);
  add(r, t.reserve && too_dear(t.offered, t.reserve->price), Reason::total_out_of_range);
  return first(r);
}

int64_t Sealed::floor(const PairTable& pairs) const {
  int64_t floor = 0;
  for (int c = 1; c <= 16; ++c) {
    // classes of experiments have no name. NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange)
    const auto& rule = pairs(terms.seller_kind, static_cast<ParticipantClass>(c));
    if (rule.limited && rule.floor && rule.floor->raw() > floor) floor = rule.floor->raw();
  }
  return floor;
}

Reasons Sealed::window(Instant now) const {
  Reasons r;
  add(r, decided, Reason::decided);
  add(r, now < terms.opens, Reason::bidding_not_begun);
  add(r, !(now < terms.closes), Reason::bidding_over);
  return r;
}

void Sealed::words(Reasons& r, const SealedBid& b, const PairTable& pairs) const {
  const auto& pair = pairs(terms.seller_kind, b.kind);
  add(r, b.quantity < terms.least_bid || b.quantity > terms.offered, Reason::quantity_out_of_range);
  add(r, b.price.raw() <= 0, Reason::price_out_of_range);
  add(r, too_dear(b.quantity, b.price), Reason::total_out_of_range);
  add(r, b.seat == terms.seller, Reason::own_auction);
  add(r, pair.limited && !pair.floor, Reason::pair_barred);
  add(r, b.price.raw() < floor(pairs), Reason::below_floor);
  add(r, terms.reserve && terms.reserve->disclosure != Disclosure::hidden && b.price < terms.reserve->price,
      Reason::below_reserve);
}

Sealed::Answer Sealed::against_enlarge(Quantity by, Instant now) const {
  Reasons r;
  add(r, decided, Reason::decided);
  add(r, terms.opens <= now, Reason::bidding_begun);
  add(r, by.raw() <= 0 || by > kMaxQuantity - terms.offered, Reason::quantity_out_of_range);
  return first(r);
}

Sealed::Answer Sealed::against_bid(const SealedBid& b, const PairTable& pairs, Instant now) const {
  Reasons r = window(now);
  words(r, b, pairs);
  uint32_t own = 0;
  for (const auto& [number, other] : bids) own += other.seat == b.seat;
  add(r, own >= limits.bids_per_seat, Reason::too_many_bids_of_seat);
  add(r, bids.size() >= limits.bids, Reason::auction_full);
  return first(r);
}

Sealed::Answer Sealed::against_amend(const SealedBid& b, const PairTable& pairs, Instant now) const {
  Reasons r = window(now);
  words(r, b, pairs);
  add(r, !bids.contains(b.id), Reason::unknown_bid);
  add(r, bids.contains(b.id) && bids.at(b.id).seat != b.seat, Reason::not_your_bid);
  return first(r);
}

Sealed::Answer Sealed::against_withdraw(BidId bid, Seat seat, Instant now) const {
  Reasons r = window(now);
  add(r, !bids.contains(bid), Reason::unknown_bid);
  add(r, bids.contains(bid) && bids.at(bid).seat != seat, Reason::not_your_bid);
  return first(r);
}

Sealed::Answer Sealed::against_seed() const {
  Reasons r;
  add(r, decided, Reason::decided);
  add(r, seed.has_value(), Reason::seed_already_given);
  return first(r);
}

Sealed::Answer Sealed::against_opening(Instant now) const {
  Reasons r;
  add(r, decided, Reason::decided);
  add(r, now < terms.closes, Reason::bidding_not_over);
  add(r, !seed, Reason::seed_missing);
  return first(r);
}

Sealed::Answer Sealed::against_cancel() const { return decided ? Answer{Reason::decided} : Answer{}; }

SealedOpened Sealed::open(const PairTable& pairs) {
  int64_t least = floor(pairs);
  if (terms.reserve) least = std::max(least, terms.reserve->price.raw());
  bool some_below = false;
  const auto standing = [&](const SealedBid& b) {
    const auto& pair = pairs(terms.seller_kind, b.kind);
    if (pair.limited && !pair.floor) return SealedStanding::barred;
    return b.price.raw() < least ? SealedStanding::below_least : SealedStanding::not_reached;
  };

  std::vector<SealedBid> order;
  order.reserve(bids.size());
  for (const auto& [number, bid] : bids) order.push_back(bid);
  std::ranges::sort(order, [&](const SealedBid& a, const SealedBid& b) {
    if (a.price != b.price) return a.price > b.price;
    const uint64_t x = drawn(*seed, a.id), y = drawn(*seed, b.id);
    return x != y ? x < y : a.id < b.id;
  });
  std::vector<SealedBid> units;  // one for each unit of land that is wanted at a price that counts
  for (const auto& bid : order) {
    some_below |= standing(bid) == SealedStanding::below_least;
    if (standing(bid) == SealedStanding::not_reached)
      for (int64_t n = 0; n < bid.quantity.raw(); ++n) units.push_back(bid);
  }

  const auto offered = static_cast<size_t>(terms.offered.raw());
  const bool sold = units.size() >= offered;
  SealedOpened out{.auction = id,
                   .stage = sold ? SealedStage::sold : SealedStage::undersubscribed,
                   .price = {},
                   .demand = Quantity::from_raw(static_cast<int64_t>(units.size())),
                   .offered = terms.offered,
                   .least = {},
                   .seed = *seed,
                   .bids = {},
                   .rolled_over = {}};
  std::map<BidId, int64_t> won;
  if (sold) {
    for (size_t n = 0; n < offered; ++n) ++won[units[n].id];
    out.price = units[offered - 1].price;
  } else {
    out.rolled_over.resize(limits.roll_over);
    for (size_t n = 0; n < offered; ++n) out.rolled_over[n % limits.roll_over] += Quantity::from_raw(1);
  }
  for (const bool counted : {true, false})
    for (const auto& bid : order) {
      auto place = standing(bid);
      if ((place == SealedStanding::not_reached) != counted) continue;
      const Quantity got = Quantity::from_raw(won[bid.id]);
      if (got.raw() > 0) place = got == bid.quantity ? SealedStanding::accepted : SealedStanding::in_part;
      out.bids.push_back({.bid = bid, .standing = place, .awarded = got});
    }
  const bool told = some_below || (terms.reserve && terms.reserve->disclosure == Disclosure::published);
  if (told) out.least = Price::ticks(least);
  decided = true;
  return out;
}

}  // namespace landex::naive
