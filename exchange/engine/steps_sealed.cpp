// steps_sealed.cpp: sealed auctions with one price 密封统一价. The seller announces and its land is held; districts bid
// in secret and their money is held; the bureau opens all bids at once. Who wins has a deal from there on; what an
// undersubscribed auction could not sell goes over to the seller's next ones.
#include <algorithm>
#include <tuple>

#include "exchange/engine/auction_helpers.hpp"
#include "exchange/engine/deals.hpp"
#include "exchange/engine/deposit.hpp"
#include "exchange/engine/needs.hpp"
#include "exchange/engine/orders.hpp"

namespace landex::engine {
namespace {

using matching::SealedAuction;
using matching::SealedReason;
using matching::SealedRefusal;

const SealedAuction* require_sealed(const Asked& a, AuctionId id) {
  const auto at = a.state.auctions.sealed.find(id);
  if (at != a.state.auctions.sealed.end()) return &at->second.auction;
  refuse_unknown(a, id);
  return nullptr;
}

/// What an auction of this series would take over from those before it: no more than the seller has free. Land that
/// waits is free, so it can be used, sold, expire or be deducted meanwhile; what is gone is given up with the place
/// that it had (the announcement tells what went over), and does not keep the seller from announcing.
Quantity next_part(const State& s, const Series& series) {
  const auto at = s.auctions.waiting.find(series);
  if (at == s.auctions.waiting.end()) return Quantity{};
  return std::min(at->second.front(), s.ledger.land(series.instrument, series.seller, Purse::free));
}

matching::SealedTerms terms_of(const State& s, Seat seller, const command::AnnounceSealed& c, Quantity part) {
  std::optional<matching::SealedReserve> reserve;
  if (c.reserve)
    reserve = {.price = on_tick(c.instrument, c.reserve->price).value_or(Price::ticks(1)),
               .disclosure = c.reserve->disclosure};
  return {.instrument = c.instrument,
          .seller = seller,
          .seller_kind = s.ledger.account(seller).kind,
          .offered = c.quantity + part,
          .least_bid = c.least_bid,
          .reserve = reserve,
          .opens = c.opens.value_or(s.at),
          .closes = c.closes};
}

/// The law on the side of the seller's class: all pay one price, so it is the highest floor of any buyer's class.
void require_law(const Asked& a, const matching::SealedTerms& t, Rate price) {
  const auto& pack = *a.state.pack;
  if (!is_supplementary(t.instrument) || !require_acquirable(a, t.instrument)) return;
  const auto* row = a.state.prices.in_force(t.instrument, *a.state.day);
  if (const auto* own = route_of(a.state, t.instrument, t.seller, *a.seat); own && !row)
    a.verdict.refuse({Reason::no_price_in_force,
                      own->clause,
                      {{FactName::instrument, fact(t.instrument)}, {FactName::day, fact(*a.state.day)}},
                      {}});
  const auto ticks = on_tick(t.instrument, price);
  if (!row || !ticks || *ticks >= floor_price(t.instrument, row->rate)) return;
  for (int k = 1; k <= kParticipantClasses; ++k)
    if (const auto* route = pack.floor_route(t.seller_kind, static_cast<ParticipantClass>(k), *a.state.day))
      return a.verdict.refuse(below_floor(*route, *row, t.instrument, price));
}

/// What the machine says against a command about a bid, in the engine's words. That nobody bids in his own auction, and
/// the law, the caller has said. A bid of another is told like one that does not exist: whoever tries numbers must not
/// learn how many there are.
void refuse(const Asked& a, const SealedAuction& s, const SealedRefusal& r, Rate price) {
  const Instrument i = s.terms().instrument;
  switch (r.reason) {
    case SealedReason::decided:
      return refuse_auction(a, Reason::auction_over, s.id());
    case SealedReason::bidding_not_begun:
      return refuse_auction(a, Reason::bidding_not_begun, s.id(), s.terms().opens);
    case SealedReason::bidding_over:
      return refuse_auction(a, Reason::bidding_over, s.id(), s.terms().closes);
    case SealedReason::bidding_not_over:
      return refuse_auction(a, Reason::bidding_not_over, s.id(), s.terms().closes);
    case SealedReason::unknown_bid:
    case SealedReason::not_your_bid:
      return a.verdict.refuse({Reason::unknown_bid, {}, {{FactName::number, r.given.value_or(0)}}, {}});
    case SealedReason::quantity_out_of_range:
      refuse_range(a, "quantity", r.given.value_or(0), r.least.value_or(0), r.most.value_or(0), i);
      return;
    case SealedReason::total_out_of_range:
      return refuse_amount(a);
    case SealedReason::below_reserve:
      return refuse_too_low(a, i, price, r.least);
    case SealedReason::too_many_bids_of_seat:
      return refuse_full(a, r.most, "bids_of_one_participant");
    case SealedReason::auction_full:
      return refuse_full(a, r.most, "bids");
    default:
      assert(a.verdict.refused() && "the engine has said it itself");
  }
}

/// What a bid, new or changed, must be; and that what it holds more than before is there.
void require_bid(const Asked& a, const SealedAuction& s, std::optional<BidId> changed, Quantity quantity, Rate price) {
  const auto& t = s.terms();
  const auto ticks = require_price(a, t.instrument, quantity, price);
  const matching::SealedBid bid{.id = changed.value_or(BidId{}),
                                .seat = *a.seat,
                                .kind = a.state.ledger.account(*a.seat).kind,
                                .quantity = quantity,
                                .price = ticks.value_or(Price::ticks(1))};
  if (bid.seat == t.seller) refuse_same_party(a);
  require_law(a, t, price);
  if (ticks) {
    require_gap(a, district_of(a.state, t.seller), a.who.participant, t.instrument, quantity);
    require_may_buy(a, a.who.participant, t.instrument, quantity);
  }
  const matching::PairTable no_law;  // it has been asked
  if (const auto r = changed ? s.check_amend(bid, no_law, a.state.at) : s.check_bid(bid, no_law, a.state.at))
    refuse(a, s, *r, price);
  if (!ticks || !affordable_number(quantity, *ticks)) return;
  const Fen held = changed ? a.state.holds.money({.purpose = changed->value, .owner = a.who.participant}) : Fen{};
  require_money(a, bid.seat, deposit_for(a.state, consideration(quantity, *ticks)) - held);
}

void tell(Doing& d, const matching::SealedChanged& e) {
  d.events.emplace_back(
      event::SealedBidChanged{.auction = e.auction, .bid = e.bid, .participant = district_of(d.state, e.seat)});
}

/// The parts go to the seller's auctions of this instrument that are announced and take no bids yet, the nearest first;
/// those left over wait. Land that waits is free.
void roll_over(Doing& d, const SealedAuction& from, const std::vector<Quantity>& parts) {
  const auto& t = from.terms();
  std::vector<SealedAuction*> next;
  for (auto& [id, s] : d.state.auctions.sealed)
    if (const auto& other = s.auction.terms(); other.seller == t.seller && other.instrument == t.instrument &&
                                               s.auction.stage() == matching::SealedStage::undecided &&
                                               d.state.at < other.opens)
      next.push_back(&s.auction);
  std::ranges::sort(next, {}, [](const SealedAuction* s) { return std::pair{s->terms().opens, s->id()}; });
  const District seller = district_of(d.state, t.seller);
  for (size_t n = 0; n < parts.size(); ++n) {
    if (parts[n] == Quantity{}) continue;
    event::RolledOver told{.from = from.id(), .to = {}, .instrument = t.instrument, .quantity = parts[n]};
    if (n < next.size() && !next[n]->check_enlarge(parts[n], d.state.at)) {
      told.to = next[n]->id();
      d.events.emplace_back(told);
      next[n]->do_enlarge(parts[n]);
      hold_land(d, *told.to, seller, t.instrument, parts[n]);
      continue;
    }
    d.events.emplace_back(told);
    auto& waiting = d.state.auctions.waiting[{.seller = seller, .instrument = t.instrument}];
    const size_t place = n < next.size() ? 0 : n - next.size();
    if (waiting.size() <= place) waiting.resize(place + 1);
    waiting[place] = std::min(waiting[place] + parts[n], kMaxQuantity);
  }
}

/// One bid after the opening: what it won is a deal, what it holds beyond that is free again.
void decide(Doing& d, const SealedAuction& s, const matching::SealedOpened& opened,
            const matching::SealedResult& result) {
  const auto& bid = result.bid;
  const District buyer = district_of(d.state, bid.seat), seller = district_of(d.state, s.terms().seller);
  const Instrument i = s.terms().instrument;
  d.events.emplace_back(event::BidDecided{.auction = s.id(),
                                          .bid = bid.id,
                                          .participant = buyer,
                                          .instrument = i,
                                          .quantity = bid.quantity,
                                          .price = bid.price,
                                          .standing = result.standing,
                                          .awarded = result.awarded});
  const Fen amount = opened.price ? consideration(result.awarded, *opened.price) : Fen{};
  if (result.awarded == Quantity{}) return hold_exactly(d, bid.id, buyer, Fen{});
  award(d, s.id(), bid.id, seller, buyer,
        {{.instrument = i, .quantity = result.awarded, .price = rate_of(i, *opened.price)}}, amount);
}

}  // namespace

void check(const Asked& a, const command::AnnounceSealed& c) {
  if (!require_party(a)) return;
  require_auctions(a, matching::WindowKind::auction, "auction");
  matching::SealedTerms when{};  // the times alone: of the rest the engine says more
  when.opens = c.opens.value_or(a.state.at);
  when.closes = c.closes;
  const auto r = SealedAuction::check_terms(when, auction_rules(a.state).sealed, a.state.at);
  if (r && r->reason == SealedReason::window_not_usable) {
    const bool late = when.opens >= a.state.at;  // it closes when it opens, or before
    refuse_time(a, late ? "closes" : "opens", r->least ? std::optional{*r->least + (late ? 1 : 0)} : std::nullopt,
                r->most);
  }
  if (!require_instrument(a, c.instrument) || !require_acquirable(a, c.instrument)) return;
  const Quantity part = next_part(a.state, {.seller = a.who.participant, .instrument = c.instrument});
  // Where a part waits, the auction may be of that part alone.
  const int64_t least = part == Quantity{} ? 1 : 0, most = (kMaxQuantity - part).raw();
  bool sound = require_range(a, "quantity", c.quantity.raw(), least, most, c.instrument);
  const Quantity offered = sound ? c.quantity + part : kMaxQuantity;
  sound &= require_range(a, "least_bid", c.least_bid.raw(), 1, offered.raw(), c.instrument);
  if (c.reserve) {
    require_range(a, "disclosure", fact(c.reserve->disclosure), fact(matching::Disclosure::published),
                  fact(matching::Disclosure::hidden));
    const auto ticks = require_rate(a, "reserve", c.instrument, c.reserve->price);
    sound &= ticks && require_total(a, offered, *ticks);
  }
  if (!sound || !a.seat) return;
  require_land(a, *a.seat, c.instrument, offered);
  require_own_need(a, a.who.participant, c.instrument, offered);
  require_held_long_enough(a, a.who.participant, c.instrument, offered);
}

void move(Doing& d, const command::AnnounceSealed& c) {
  const AuctionId id{d.seq.value};
  const Series series{.seller = d.who, .instrument = c.instrument};
  const Quantity part = next_part(d.state, series);
  if (const auto at = d.state.auctions.waiting.find(series); at != d.state.auctions.waiting.end()) {
    at->second.erase(at->second.begin());
    if (std::ranges::all_of(at->second, [](Quantity q) { return q == Quantity{}; })) d.state.auctions.waiting.erase(at);
  }
  const auto terms = terms_of(d.state, *d.seat, c, part);
  const bool published = terms.reserve && terms.reserve->disclosure == matching::Disclosure::published;
  d.events.emplace_back(
      event::SealedAnnounced{.auction = id,
                             .seller = d.who,
                             .instrument = c.instrument,
                             .offered = terms.offered,
                             .rolled_over = part,
                             .least_bid = c.least_bid,
                             .reserve = published ? std::optional{terms.reserve->price} : std::nullopt,
                             .opens = terms.opens,
                             .closes = c.closes});
  hold_land(d, id, d.who, c.instrument, terms.offered);
  warn_own_need(d, d.who, c.instrument, id.value);
  d.state.auctions.sealed.emplace(id, Sealed{.auction = {id, terms, auction_rules(d.state).sealed}, .price = {}});
}

void check(const Asked& a, const command::BidSealed& c) {
  if (!require_party(a)) return;
  if (const auto* s = require_sealed(a, c.auction); s && a.seat) require_bid(a, *s, {}, c.quantity, c.price);
}

void move(Doing& d, const command::BidSealed& c) {
  auto& s = d.state.auctions.sealed.at(c.auction).auction;
  const BidId id{d.seq.value};
  const Price price = *on_tick(s.terms().instrument, c.price);
  tell(d, s.do_bid({.id = id,
                    .seat = *d.seat,
                    .kind = d.state.ledger.account(*d.seat).kind,
                    .quantity = c.quantity,
                    .price = price}));
  hold_money(d, id, d.who, deposit_for(d.state, consideration(c.quantity, price)));
}

void check(const Asked& a, const command::AmendBid& c) {
  if (!require_party(a)) return;
  if (const auto* s = require_sealed(a, c.auction); s && a.seat) require_bid(a, *s, c.bid, c.quantity, c.price);
}

void move(Doing& d, const command::AmendBid& c) {
  auto& s = d.state.auctions.sealed.at(c.auction).auction;
  auto bid = *s.find(c.bid);
  bid.quantity = c.quantity;
  bid.price = *on_tick(s.terms().instrument, c.price);
  tell(d, s.do_amend(bid));
  hold_exactly(d, c.bid, d.who, deposit_for(d.state, consideration(bid.quantity, bid.price)));
}

void check(const Asked& a, const command::WithdrawBid& c) {
  if (!require_party(a)) return;
  const auto* s = require_sealed(a, c.auction);
  if (!s || !a.seat) return;
  if (const auto r = s->check_withdraw(c.bid, *a.seat, a.state.at)) refuse(a, *s, *r, {});
}

void move(Doing& d, const command::WithdrawBid& c) {
  auto& s = d.state.auctions.sealed.at(c.auction).auction;
  tell(d, s.do_withdraw(c.bid));
  hold_exactly(d, c.bid, d.who, Fen{});
}

void check(const Asked& a, const command::OpenBids& c) {
  require_bureau(a);
  require_policy(a);
  if (!require_day(a)) return;
  const auto* s = require_sealed(a, c.auction);
  if (!s) return;
  if (const auto r = s->check_opening(a.state.at); r && r->reason != SealedReason::seed_missing) refuse(a, *s, *r, {});
}

void move(Doing& d, const command::OpenBids& c) {
  Sealed& sealed = d.state.auctions.sealed.at(c.auction);
  SealedAuction& s = sealed.auction;
  const auto& t = s.terms();
  s.do_seed(c.seed);
  const auto opened = s.do_opening(pair_table(d.state, t.instrument));
  sealed.price = opened.price;
  d.events.emplace_back(event::SealedOpened{.auction = s.id(),
                                            .stage = opened.stage,
                                            .instrument = t.instrument,
                                            .price = opened.price,
                                            .demand = opened.demand,
                                            .offered = opened.offered,
                                            .least = opened.least,
                                            .seed = opened.seed});
  for (const auto& result : opened.bids) decide(d, s, opened, result);
  if (opened.stage == matching::SealedStage::sold) return;
  const District seller = district_of(d.state, t.seller);
  deliver_from_hold(d, s.id(), seller, seller, t.instrument, t.offered, {});
  roll_over(d, s, opened.rolled_over);
}

void check(const Asked& a, const command::CancelAuction& c) {
  const bool bureau = a.who.role == Role::bureau;
  require_role(a, bureau || a.who.role == Role::district);
  require_policy(a);
  if (!require_day(a)) return;
  const auto& auctions = a.state.auctions;
  if (const auto at = auctions.sealed.find(c.auction); at != auctions.sealed.end()) {
    const auto& s = at->second.auction;
    require_role(a, bureau || a.seat == s.terms().seller);
    if (const auto r = s.check_cancel())
      refuse(a, s, *r, {});
    else if (!bureau && a.state.at >= s.terms().opens)  // refusing it for a bid would tell that there is one
      refuse_auction(a, Reason::bidding_begun, s.id());
  } else if (const auto listing = auctions.listings.find(c.auction); listing != auctions.listings.end()) {
    const auto& l = listing->second.auction;
    require_role(a, bureau || a.seat == l.terms().seller);
    if (const auto r = l.check_withdraw())
      refuse_auction(a, r->reason == matching::AscendingReason::over ? Reason::auction_over : Reason::bidding_begun,
                     l.id());
  } else {
    refuse_unknown(a, c.auction);
  }
}

void move(Doing& d, const command::CancelAuction& c) {
  auto& auctions = d.state.auctions;
  d.events.emplace_back(event::AuctionCancelled{.auction = c.auction});
  if (const auto at = auctions.sealed.find(c.auction); at != auctions.sealed.end()) {
    const auto& t = at->second.auction.terms();
    for (const auto& bid : at->second.auction.bids()) hold_exactly(d, bid.id, district_of(d.state, bid.seat), Fen{});
    const District seller = district_of(d.state, t.seller);
    deliver_from_hold(d, c.auction, seller, seller, t.instrument, t.offered, {});
    auctions.sealed.erase(at);
    return;
  }
  const auto at = auctions.listings.find(c.auction);
  const District seller = district_of(d.state, at->second.auction.terms().seller);
  for (const auto& leg : at->second.legs)
    deliver_from_hold(d, c.auction, seller, seller, leg.instrument, leg.quantity, {});
  if (const auto& highest = at->second.auction.highest())  // only where its land has expired (steps_expiry.cpp)
    hold_exactly(d, highest->id, district_of(d.state, highest->seat), Fen{});
  auctions.due.erase({.due = *at->second.auction.next_due(), .auction = c.auction});
  auctions.listings.erase(at);
}

}  // namespace landex::engine
