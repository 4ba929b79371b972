#include "matching/sealed_auction.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "matching/types/bounds.hpp"

namespace landex::matching {
namespace {

using Answer = std::optional<SealedRefusal>;

Answer refused(SealedReason reason, std::optional<int64_t> given = {}, std::optional<int64_t> least = {},
               std::optional<int64_t> most = {}) {
  return SealedRefusal{.reason = reason, .given = given, .least = least, .most = most};
}

bool within(Quantity least, Quantity q, Quantity most) { return least <= q && q <= most; }

bool barred(const PairRule& rule) { return rule.limited && !rule.floor; }

bool below(Price price, std::optional<Price> least) { return least && price < *least; }

/// The highest floor that `seller` has with any class.
std::optional<Price> highest_floor(const PairTable& pairs, ParticipantClass seller) {
  std::optional<Price> highest;
  for (size_t c = 1; c <= kMaxClasses; ++c) {
    // classes of experiments have no name. NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange)
    const PairRule& rule = pairs(seller, static_cast<ParticipantClass>(c));
    if (rule.limited && rule.floor) highest = std::max(highest, rule.floor);
  }
  return highest;
}

bool counts(const SealedResult& r) {
  return r.standing != SealedStanding::barred && r.standing != SealedStanding::below_least;
}

/// Gives the offer to the bids that count, which stand in front in order of rank and cover it. The price all pay.
Price award(std::vector<SealedResult>& ranked, Quantity offered) {
  Quantity left = offered;
  for (auto& r : ranked) {
    assert(counts(r));
    r.awarded = std::min(left, r.bid.quantity);
    r.standing = r.awarded == r.bid.quantity ? SealedStanding::accepted : SealedStanding::in_part;
    left -= r.awarded;
    if (left == Quantity{}) return r.bid.price;
  }
  assert(false);
  return {};
}

}  // namespace

std::vector<Quantity> roll_over(Quantity quantity, uint32_t auctions) {
  const int64_t each = quantity.raw() / auctions, over = quantity.raw() % auctions;
  std::vector<Quantity> parts;
  parts.reserve(auctions);
  for (uint32_t n = 0; n < auctions; ++n) parts.push_back(Quantity::from_raw(each + (n < over ? 1 : 0)));
  return parts;
}

Answer SealedAuction::check_terms(const SealedTerms& t, const SealedLimits& limits, Instant now) {
  const bool usable = 1 <= limits.bids && limits.bids <= kMostSealedBids && limits.bids_per_seat >= 1 &&
                      1 <= limits.roll_over && limits.roll_over <= kMostRollOver;
  if (!usable) return refused(SealedReason::limits_not_usable);
  if (t.opens < now) return refused(SealedReason::window_not_usable, t.opens.us, now.us);
  if (t.closes <= t.opens) return refused(SealedReason::window_not_usable, t.closes.us, t.opens.us);
  if (t.closes.us > kLargestExact) return refused(SealedReason::window_not_usable, t.closes.us, {}, kLargestExact);
  if (const auto one = Quantity::from_raw(1); !within(one, t.offered, kMaxQuantity))
    return refused(SealedReason::quantity_out_of_range, t.offered.raw(), 1, kMaxQuantity.raw());
  else if (!within(one, t.least_bid, t.offered))
    return refused(SealedReason::least_bid_out_of_range, t.least_bid.raw(), 1, t.offered.raw());
  if (!t.reserve) return {};
  if (t.reserve->price < Price::ticks(1)) return refused(SealedReason::price_out_of_range, t.reserve->price.raw(), 1);
  if (!affordable_number(t.offered, t.reserve->price))
    return refused(SealedReason::total_out_of_range, {}, {}, kMaxMoney.raw());
  return {};
}

SealedAuction::SealedAuction(AuctionId id, const SealedTerms& terms, const SealedLimits& limits)
    : id_{id}, terms_{terms}, limits_{limits} {
  bids_.reserve(limits.bids);
}

Answer SealedAuction::check_enlarge(Quantity by, Instant now) const {
  if (const auto r = check_undecided()) return r;
  if (now >= terms_.opens) return refused(SealedReason::bidding_begun, now.us, {}, terms_.opens.us);
  const Quantity room = kMaxQuantity - terms_.offered;
  if (!within(Quantity::from_raw(1), by, room))
    return refused(SealedReason::quantity_out_of_range, by.raw(), 1, room.raw());
  return {};
}

Answer SealedAuction::check_window(Instant now) const {
  if (const auto r = check_undecided()) return r;
  if (now < terms_.opens) return refused(SealedReason::bidding_not_begun, now.us, terms_.opens.us);
  if (now >= terms_.closes) return refused(SealedReason::bidding_over, now.us, {}, terms_.closes.us);
  return {};
}

Answer SealedAuction::check_own(BidId bid, Seat seat) const {
  const auto given = static_cast<int64_t>(bid.raw());
  const SealedBid* found = find(bid);
  if (!found) return refused(SealedReason::unknown_bid, given);
  if (found->seat != seat) return refused(SealedReason::not_your_bid, given);
  return {};
}

Answer SealedAuction::check_words(const SealedBid& bid, const PairTable& pairs) const {
  if (!within(terms_.least_bid, bid.quantity, terms_.offered))
    return refused(SealedReason::quantity_out_of_range, bid.quantity.raw(), terms_.least_bid.raw(),
                   terms_.offered.raw());
  if (bid.price < Price::ticks(1)) return refused(SealedReason::price_out_of_range, bid.price.raw(), 1);
  if (!affordable_number(bid.quantity, bid.price))
    return refused(SealedReason::total_out_of_range, {}, {}, kMaxMoney.raw());
  if (bid.seat == terms_.seller) return refused(SealedReason::own_auction);
  if (barred(pairs(terms_.seller_kind, bid.kind))) return refused(SealedReason::pair_barred);
  if (const auto floor = highest_floor(pairs, terms_.seller_kind); below(bid.price, floor))
    return refused(SealedReason::below_floor, bid.price.raw(), floor->raw());
  if (const auto& r = terms_.reserve; r && r->disclosure == Disclosure::published && bid.price < r->price)
    return refused(SealedReason::below_reserve, bid.price.raw(), r->price.raw());
  return {};
}

Answer SealedAuction::check_bid(const SealedBid& bid, const PairTable& pairs, Instant now) const {
  if (const auto r = check_window(now)) return r;
  if (const auto r = check_words(bid, pairs)) return r;
  if (std::ranges::count(bids_, bid.seat, &SealedBid::seat) >= limits_.bids_per_seat)
    return refused(SealedReason::too_many_bids_of_seat, {}, {}, limits_.bids_per_seat);
  if (bids_.size() >= limits_.bids) return refused(SealedReason::auction_full, {}, {}, limits_.bids);
  return {};
}

SealedChanged SealedAuction::do_bid(const SealedBid& bid) {
  assert(bids_.size() < limits_.bids && (bids_.empty() || bids_.back().id < bid.id));
  bids_.push_back(bid);
  return {.auction = id_, .bid = bid.id, .seat = bid.seat};
}

Answer SealedAuction::check_amend(const SealedBid& changed, const PairTable& pairs, Instant now) const {
  if (const auto r = check_window(now)) return r;
  if (const auto r = check_own(changed.id, changed.seat)) return r;
  return check_words(changed, pairs);
}

SealedChanged SealedAuction::do_amend(const SealedBid& changed) {
  const auto at = std::ranges::lower_bound(bids_, changed.id, {}, &SealedBid::id);
  assert(at != bids_.end() && at->id == changed.id && at->seat == changed.seat);
  *at = changed;
  return {.auction = id_, .bid = changed.id, .seat = changed.seat};
}

Answer SealedAuction::check_withdraw(BidId bid, Seat seat, Instant now) const {
  if (const auto r = check_window(now)) return r;
  return check_own(bid, seat);
}

SealedChanged SealedAuction::do_withdraw(BidId bid) {
  const auto at = std::ranges::lower_bound(bids_, bid, {}, &SealedBid::id);
  assert(at != bids_.end() && at->id == bid);
  const SealedChanged gone{.auction = id_, .bid = bid, .seat = at->seat};
  bids_.erase(at);
  return gone;
}

Answer SealedAuction::check_seed() const {
  if (const auto r = check_undecided()) return r;
  if (seed_) return refused(SealedReason::seed_already_given);
  return {};
}

Answer SealedAuction::check_opening(Instant now) const {
  if (const auto r = check_undecided()) return r;
  if (now < terms_.closes) return refused(SealedReason::bidding_not_over, now.us, terms_.closes.us);
  if (!seed_) return refused(SealedReason::seed_missing);
  return {};
}

SealedOpened SealedAuction::do_opening(const PairTable& pairs) {
  assert(stage_ == SealedStage::undecided && seed_);
  std::optional<Price> least = highest_floor(pairs, terms_.seller_kind);
  if (terms_.reserve) least = std::max(least, std::optional{terms_.reserve->price});

  SealedOpened out{.auction = id_,
                   .stage = {},
                   .price = {},
                   .demand = {},
                   .offered = terms_.offered,
                   .least = {},
                   .seed = *seed_,
                   .bids = {},
                   .rolled_over = {}};
  out.bids.reserve(bids_.size());
  bool tell_least = terms_.reserve && terms_.reserve->disclosure == Disclosure::published;
  for (const auto& bid : bids_) {
    auto standing = SealedStanding::not_reached;
    if (barred(pairs(terms_.seller_kind, bid.kind)))
      standing = SealedStanding::barred;
    else if (below(bid.price, least))
      standing = SealedStanding::below_least;
    else
      out.demand += bid.quantity;
    tell_least |= standing == SealedStanding::below_least;
    out.bids.push_back({.bid = bid, .standing = standing, .awarded = {}});
  }
  if (tell_least) out.least = least;

  std::ranges::sort(out.bids, {}, [&](const SealedResult& r) {
    return std::tuple{!counts(r), -r.bid.price.raw(), tie_rank(*seed_, r.bid.id), r.bid.id};
  });
  if (out.demand < terms_.offered) {
    stage_ = SealedStage::undersubscribed;
    out.rolled_over = roll_over(terms_.offered, limits_.roll_over);
  } else {
    stage_ = SealedStage::sold;
    out.price = award(out.bids, terms_.offered);
  }
  out.stage = stage_;
  return out;
}

Answer SealedAuction::check_undecided() const {
  if (stage_ != SealedStage::undecided) return refused(SealedReason::decided);
  return {};
}

const SealedBid* SealedAuction::find(BidId bid) const {
  const auto at = std::ranges::lower_bound(bids_, bid, {}, &SealedBid::id);
  return at != bids_.end() && at->id == bid ? &*at : nullptr;
}

}  // namespace landex::matching
