#include "matching/ascending_auction.hpp"

#include <algorithm>
#include <cassert>

namespace landex::matching {
namespace {

using Answer = std::optional<AscendingRefusal>;

Answer refused(AscendingReason reason, std::optional<int64_t> given = {}, std::optional<int64_t> least = {},
               std::optional<int64_t> most = {}) {
  return AscendingRefusal{.reason = reason, .given = given, .least = least, .most = most};
}

Instant after(Instant t, int64_t us) { return {checked_add(t.us, us)}; }

Price plus(Price a, Price b) { return Price::ticks(checked_add(a.raw(), b.raw())); }

bool within(int64_t least, int64_t value, int64_t most) { return least <= value && value <= most; }

bool usable(const AscendingRules& r) {
  return within(0, r.least_notice_us, kLongest_us) && within(1, r.least_listing_us, kLongest_us) &&
         within(1, r.countdown_us, kLongest_us) && within(1, r.seats, kMostAscendingSeats) &&
         (!r.late ||
          (within(1, r.late->extension_us, kLongest_us) && within(1, r.late->window_us, r.late->extension_us)));
}

}  // namespace

Answer AscendingAuction::check_terms(const AscendingTerms& t, const AscendingRules& rules, Instant now) {
  if (!usable(rules)) return refused(AscendingReason::rules_not_usable);
  for (const Instant given : {t.from, t.deadline})
    if (given > kLatestDeadline) return refused(AscendingReason::time_out_of_range, given.us, {}, kLatestDeadline.us);
  if (const auto least = after(now, rules.least_notice_us); t.from < least)
    return refused(AscendingReason::notice_too_short, t.from.us, least.us);
  if (const auto least = after(t.from, rules.least_listing_us); t.deadline < least)
    return refused(AscendingReason::listing_too_short, t.deadline.us, least.us);
  if (!within(1, t.quantity.raw(), kMaxQuantity.raw()))
    return refused(AscendingReason::quantity_out_of_range, t.quantity.raw(), 1, kMaxQuantity.raw());
  if (t.start < Price::ticks(1)) return refused(AscendingReason::start_out_of_range, t.start.raw(), 1);
  if (t.step < Price::ticks(1)) return refused(AscendingReason::step_out_of_range, t.step.raw(), 1);
  if (t.reserve && *t.reserve < t.start)
    return refused(AscendingReason::reserve_below_start, t.reserve->raw(), t.start.raw());
  const auto affordable = [&](Price p) { return affordable_number(t.quantity, p); };
  if (!affordable(t.start) || !affordable(t.step) || (t.reserve && !affordable(*t.reserve)))
    return refused(AscendingReason::total_out_of_range, {}, {}, kMaxMoney.raw());
  if (t.priority == t.seller) return refused(AscendingReason::priority_of_seller);
  return {};
}

AscendingAuction::AscendingAuction(AuctionId id, const AscendingTerms& terms, const AscendingRules& rules)
    : id_{id}, terms_{terms}, rules_{rules}, due_{terms.from} {
  wanted_by_.reserve(rules.seats);
}

AscendingMoved AscendingAuction::on_time(Instant at, const PairRule& pair) {
  assert(due_ && *due_ <= at);
  if (stage_ == AscendingStage::announced) return move(AscendingStage::listed, at, terms_.deadline);
  const bool to_timed = stage_ == AscendingStage::listed && wanted_by_.size() >= 2;
  return to_timed ? move(AscendingStage::timed, at, after(at, rules_.countdown_us)) : decide(at, pair);
}

void AscendingAuction::resume(Instant at) {
  if (stage_ == AscendingStage::timed) due_ = after(at, rules_.countdown_us);
}

AscendingMoved AscendingAuction::decide(Instant at, const PairRule& pair) {
  const bool lawful = highest_ && bid_for_pair(pair, highest_->price);
  const bool reserve_decides = lawful && terms_.reserve && highest_->price < *terms_.reserve;
  AscendingMoved moved = move(lawful && !reserve_decides ? AscendingStage::sold : AscendingStage::unsold, at, {});
  if (reserve_decides) moved.reserve = terms_.reserve;
  return moved;
}

AscendingMoved AscendingAuction::move(AscendingStage to, Instant at, std::optional<Instant> due) {
  stage_ = to;
  due_ = due;
  return {.auction = id_, .stage = to, .at = at, .due = due, .highest = highest_, .reserve = {}};
}

bool AscendingAuction::wants(Seat seat) const { return std::ranges::binary_search(wanted_by_, seat); }

bool AscendingAuction::may_match(Seat seat) const {
  return terms_.priority == seat && highest_ && highest_->seat != seat;
}

Price AscendingAuction::next_price() const { return highest_ ? plus(highest_->price, terms_.step) : terms_.start; }

Price AscendingAuction::least_bid(Seat seat) const { return may_match(seat) ? highest_->price : next_price(); }

Answer AscendingAuction::check_time(Instant now) const {
  assert(!due_ || now < *due_);  // whatever is due has been fired
  if (over()) return refused(AscendingReason::over);
  if (stage_ == AscendingStage::announced) return refused(AscendingReason::not_listed_yet, now.us, terms_.from.us);
  return {};
}

Answer AscendingAuction::check_bid(const AscendingBid& bid, const PairRule& pair, Instant now) const {
  if (const auto r = check_time(now)) return r;
  if (bid.price.raw() > 0 && !affordable_number(terms_.quantity, bid.price))
    return refused(AscendingReason::total_out_of_range, {}, {}, kMaxMoney.raw());
  if (bid.seat == terms_.seller) return refused(AscendingReason::own_auction);
  const bool newcomer = !wants(bid.seat);
  if (newcomer && stage_ == AscendingStage::timed) return refused(AscendingReason::not_among_bidders);
  if (pair.limited && !pair.floor) return refused(AscendingReason::pair_barred);
  if (pair.limited && bid.price < *pair.floor)
    return refused(AscendingReason::below_floor, bid.price.raw(), pair.floor->raw());
  if (bid.price < terms_.start) return refused(AscendingReason::below_start, bid.price.raw(), terms_.start.raw());
  if (const bool matches = may_match(bid.seat) && bid.price == highest_->price; !matches && bid.price < next_price())
    return refused(AscendingReason::below_step, bid.price.raw(), next_price().raw());
  if (newcomer && wanted_by_.size() >= rules_.seats)
    return refused(AscendingReason::too_many_seats, {}, {}, rules_.seats);
  return {};
}

AscendingRaised AscendingAuction::do_bid(const AscendingBid& bid, Instant now) {
  assert((stage_ == AscendingStage::listed || stage_ == AscendingStage::timed) && now < *due_);
  assert(bid.price >= least_bid(bid.seat));
  AscendingRaised raised{.auction = id_,
                         .bid = bid,
                         .by_priority = highest_ && highest_->price == bid.price,
                         .displaced = highest_,
                         .due = {},
                         .extended = false};
  highest_ = bid;
  if (!wants(bid.seat)) do_declare(bid.seat);
  if (stage_ == AscendingStage::timed) {
    due_ = after(now, rules_.countdown_us);
  } else if (const auto& late = rules_.late;
             late && due_->us - now.us < late->window_us && (!late->most || extensions_ < *late->most)) {
    due_ = after(now, late->extension_us);
    ++extensions_;
    raised.extended = true;
  }
  raised.due = *due_;
  return raised;
}

Answer AscendingAuction::check_declare(Seat seat, const PairRule& pair, Instant now) const {
  if (const auto r = check_time(now)) return r;
  if (stage_ == AscendingStage::timed) return refused(AscendingReason::listing_over);
  if (seat == terms_.seller) return refused(AscendingReason::own_auction);
  if (wants(seat)) return refused(AscendingReason::already_wants);
  if (pair.limited && !pair.floor) return refused(AscendingReason::pair_barred);
  if (wanted_by_.size() >= rules_.seats) return refused(AscendingReason::too_many_seats, {}, {}, rules_.seats);
  return {};
}

void AscendingAuction::do_declare(Seat seat) {
  assert(!wants(seat) && wanted_by_.size() < rules_.seats);
  wanted_by_.insert(std::ranges::lower_bound(wanted_by_, seat), seat);
}

Answer AscendingAuction::check_withdraw() const {
  if (over()) return refused(AscendingReason::over);
  if (highest_) return refused(AscendingReason::has_bid, static_cast<int64_t>(highest_->id.raw()));
  return {};
}

AscendingMoved AscendingAuction::do_withdraw(Instant now) {
  assert(!highest_ && !over());
  return move(AscendingStage::withdrawn, now, {});
}

}  // namespace landex::matching
