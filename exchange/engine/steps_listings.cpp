// steps_listings.cpp: ascending listings 挂牌, 限时竞价. The seller announces a lot, which is held; districts bid or
// declare; time decides. The highest bid alone is held for. Who wins has a deal from there on.
#include <algorithm>
#include <set>

#include "exchange/engine/auction_helpers.hpp"
#include "exchange/engine/deals.hpp"
#include "exchange/engine/deposit.hpp"
#include "exchange/engine/listing_law.hpp"
#include "exchange/engine/needs.hpp"
#include "exchange/engine/posting.hpp"

namespace landex::engine {
namespace {

using matching::AscendingAuction;
using matching::AscendingReason;
using matching::AscendingRefusal;
using matching::AscendingStage;

const Listing* require_listing(const Asked& a, AuctionId id) {
  const auto at = a.state.auctions.listings.find(id);
  if (at != a.state.auctions.listings.end()) return &at->second;
  refuse_unknown(a, id);
  return nullptr;
}

/// Each instrument once and none priced; behind the first only what may go with an area.
bool sound_legs(const std::vector<command::Leg>& legs) {
  std::set<Instrument> named;
  for (const auto& leg : legs) {
    const bool goes_with_area =
        legs.front().instrument == Instrument::supplementary_area &&
        (leg.instrument == Instrument::supplementary_paddy || leg.instrument == Instrument::supplementary_capacity);
    if (leg.price || (&leg != &legs.front() && !goes_with_area) || !named.insert(leg.instrument).second) return false;
  }
  return !legs.empty();
}

Fen amount_of(const Listing& l, Price price) { return consideration(l.auction.terms().quantity, price); }

/// The law between the seller and who asks. Without a price: may it buy at all?
void require_law(const Asked& a, const Listing& l, std::optional<Rate> price) {
  const District seller = district_of(a.state, l.auction.terms().seller);
  for (auto leg : l.legs) {
    require_acquirable(a, leg.instrument);
    if (leg.instrument == l.auction.terms().instrument) leg.price = price.value_or(kMaxRate);
    require_floor(a, seller, a.who.participant, leg);
  }
}

/// What the machine says, in the engine's words. Who is who, and the law, the caller has said.
void refuse(const Asked& a, const AscendingAuction& l, const AscendingRefusal& r, Rate price) {
  switch (r.reason) {
    case AscendingReason::over:
      return refuse_auction(a, Reason::auction_over, l.id());
    case AscendingReason::not_listed_yet:
      return refuse_auction(a, Reason::bidding_not_begun, l.id(), l.terms().from);
    case AscendingReason::total_out_of_range:
      return refuse_amount(a);
    case AscendingReason::below_start:
    case AscendingReason::below_step:
      return refuse_too_low(a, l.terms().instrument, price, r.least);
    case AscendingReason::too_many_seats:
      return refuse_full(a, r.most, "bidders");
    default:
      assert(a.verdict.refused() && "the engine has said it itself");
  }
}

/// Neither the seller, nor somebody who comes when only those who came before may bid.
void require_bidder(const Asked& a, const AscendingAuction& l) {
  if (*a.seat == l.terms().seller) refuse_same_party(a);
  if (l.stage() == AscendingStage::timed && !std::ranges::binary_search(l.wanted_by(), *a.seat))
    a.verdict.refuse({Reason::not_among_bidders,
                      {},
                      {{FactName::number, fact(l.id())}, {FactName::participant, fact(a.who.participant)}},
                      {}});
}

/// The public sees bidders by number, in the order in which they came.
void number_bidder(Doing& d, Listing& l) {
  if (number_of(l, *d.seat)) return;
  l.bidders.push_back(*d.seat);
  d.events.emplace_back(event::BidderNumbered{
      .auction = l.auction.id(), .participant = d.who, .bidder = static_cast<uint32_t>(l.bidders.size())});
}

/// When the listing begins, if its seller does not say.
Instant begin_of(const State& s, const command::AnnounceListing& c) {
  return c.from.value_or(Instant{.us = s.at.us + auction_rules(s).listing.least_notice_us});
}

void set_due(Doing& d, const AscendingAuction& l) {
  if (l.next_due()) d.state.auctions.due.insert({.due = *l.next_due(), .auction = l.id()});
}
void forget_due(Doing& d, const AscendingAuction& l) {
  if (l.next_due()) d.state.auctions.due.erase({.due = *l.next_due(), .auction = l.id()});
}

void sell(Doing& d, const Listing& l) {
  const auto& highest = *l.auction.highest();
  auto legs = l.legs;
  legs.front().price = rate_of(legs.front().instrument, highest.price);
  award(d, l.auction.id(), highest.id, district_of(d.state, l.auction.terms().seller),
        district_of(d.state, highest.seat), std::move(legs), amount_of(l, highest.price));
}

void free_all(Doing& d, const Listing& l) {
  const District seller = district_of(d.state, l.auction.terms().seller);
  for (const auto& leg : l.legs) deliver_from_hold(d, l.auction.id(), seller, seller, leg.instrument, leg.quantity, {});
  if (const auto& highest = l.auction.highest()) {
    const District bidder = district_of(d.state, highest->seat);
    hold_exactly(d, highest->id, bidder, Fen{});
  }
}

}  // namespace

void check(const Asked& a, const command::AnnounceListing& c) {
  if (!require_party(a)) return;
  require_auctions(a, matching::WindowKind::listing, "listing");
  const auto& rules = auction_rules(a.state).listing;
  if (a.seat) {  // the times alone: of the rest the engine says more
    matching::AscendingTerms when{};
    when.from = begin_of(a.state, c);
    when.deadline = c.deadline;
    if (const auto r = AscendingAuction::check_terms(when, rules, a.state.at)) {
      if (r->reason == AscendingReason::time_out_of_range)
        refuse_time(a, when.from > matching::kLatestDeadline ? "from" : "deadline", {}, r->most);
      if (r->reason == AscendingReason::notice_too_short) refuse_time(a, "from", r->least, {});
      if (r->reason == AscendingReason::listing_too_short) refuse_time(a, "deadline", r->least, {});
    }
  }
  if (!sound_legs(c.legs) || c.legs.size() > kInstruments.size())
    a.verdict.refuse({Reason::legs_not_valid,
                      {},
                      {{FactName::given, static_cast<int64_t>(c.legs.size())},
                       {FactName::most, static_cast<int64_t>(kInstruments.size())}},
                      {}});
  if (c.legs.empty()) return;
  bool sound = a.seat.has_value();
  for (const auto& leg : c.legs)
    sound &= require_instrument(a, leg.instrument) && require_acquirable(a, leg.instrument) &&
             require_range(a, "quantity", leg.quantity.raw(), 1, kMaxQuantity.raw(), leg.instrument);
  if (c.priority) {
    if (require_account(a, *c.priority)) require_county(a, *c.priority);
    if (*c.priority == a.who.participant) refuse_same_party(a);
  }
  const auto& lot = c.legs.front();
  if (!exists(lot.instrument)) return;
  const auto price = [&](const char* field, Rate rate) {
    const auto ticks = require_rate(a, field, lot.instrument, rate);
    if (ticks && sound) require_total(a, lot.quantity, *ticks);
  };
  price("start", c.start);
  price("step", c.step);
  if (c.reserve) {
    price("reserve", *c.reserve);
    if (c.start <= kMaxRate)
      require_range(a, "reserve", c.reserve->raw(), c.start.raw(), kMaxRate.raw(), lot.instrument);
  }
  if (!sound) return;
  for (const auto& leg : c.legs) {
    require_land(a, *a.seat, leg.instrument, leg.quantity);
    require_own_need(a, a.who.participant, leg.instrument, leg.quantity);
    require_held_long_enough(a, a.who.participant, leg.instrument, leg.quantity);
  }
}

void move(Doing& d, const command::AnnounceListing& c) {
  const AuctionId id{d.seq.value};
  const auto& lot = c.legs.front();
  const auto ticks = [&](Rate rate) { return *on_tick(lot.instrument, rate); };
  const matching::AscendingTerms terms{.instrument = lot.instrument,
                                       .seller = *d.seat,
                                       .quantity = lot.quantity,
                                       .start = ticks(c.start),
                                       .step = ticks(c.step),
                                       .reserve = c.reserve ? std::optional{ticks(*c.reserve)} : std::nullopt,
                                       .priority = c.priority ? std::optional{seat_of(d, *c.priority)} : std::nullopt,
                                       .from = begin_of(d.state, c),
                                       .deadline = c.deadline};
  d.events.emplace_back(event::ListingAnnounced{.auction = id,
                                                .seller = d.who,
                                                .legs = c.legs,
                                                .start = terms.start,
                                                .step = terms.step,
                                                .reserve = c.reserve.has_value(),
                                                .priority = c.priority,
                                                .from = terms.from,
                                                .deadline = c.deadline});
  for (const auto& leg : c.legs) {
    hold_land(d, id, d.who, leg.instrument, leg.quantity);
    warn_own_need(d, d.who, leg.instrument, id.value);
  }
  const auto& kept =
      d.state.auctions.listings
          .emplace(id, Listing{.auction = {id, terms, auction_rules(d.state).listing}, .legs = c.legs, .bidders = {}})
          .first->second;
  set_due(d, kept.auction);
}

void check(const Asked& a, const command::BidListing& c) {
  if (!require_party(a)) return;
  const Listing* l = require_listing(a, c.auction);
  if (!l || !a.seat) return;
  const auto& t = l->auction.terms();
  const auto ticks = require_rate(a, "price", t.instrument, c.price);
  require_bidder(a, l->auction);
  require_law(a, *l, c.price);
  for (const auto& leg : l->legs) {
    require_gap(a, district_of(a.state, t.seller), a.who.participant, leg.instrument, leg.quantity);
    require_may_buy(a, a.who.participant, leg.instrument, leg.quantity);
  }
  const matching::AscendingBid bid{.id = {}, .seat = *a.seat, .price = ticks.value_or(Price::ticks(1))};
  if (const auto r = l->auction.check_bid(bid, {}, a.state.at)) refuse(a, l->auction, *r, c.price);
  if (!ticks || !affordable_number(t.quantity, *ticks)) return;
  const auto& highest = l->auction.highest();
  const bool own = highest && highest->seat == *a.seat;  // then that bid's deposit is free first
  const Fen held = own ? a.state.holds.money({.purpose = highest->id.value, .owner = a.who.participant}) : Fen{};
  require_money(a, *a.seat, deposit_for(a.state, amount_of(*l, *ticks)) - held);
}

void move(Doing& d, const command::BidListing& c) {
  Listing& l = d.state.auctions.listings.at(c.auction);
  const Instrument i = l.auction.terms().instrument;
  const BidId id{d.seq.value};
  const Price price = *on_tick(i, c.price);
  forget_due(d, l.auction);
  const auto raised = l.auction.do_bid({.id = id, .seat = *d.seat, .price = price}, d.state.at);
  set_due(d, l.auction);
  number_bidder(d, l);
  d.events.emplace_back(event::ListingRaised{.auction = c.auction,
                                             .bid = id,
                                             .bidder = *number_of(l, *d.seat),
                                             .instrument = i,
                                             .price = price,
                                             .by_priority = raised.by_priority,
                                             .due = raised.due,
                                             .extended = raised.extended});
  if (const auto& before = raised.displaced) {
    const District owner = district_of(d.state, before->seat);
    hold_exactly(d, before->id, owner, Fen{});
  }
  hold_money(d, id, d.who, deposit_for(d.state, amount_of(l, price)));
}

void check(const Asked& a, const command::DeclareBidder& c) {
  if (!require_party(a)) return;
  const Listing* l = require_listing(a, c.auction);
  if (!l || !a.seat) return;
  require_bidder(a, l->auction);
  if (std::ranges::binary_search(l->auction.wanted_by(), *a.seat))
    a.verdict.refuse({Reason::already_declared,
                      {},
                      {{FactName::number, fact(c.auction)}, {FactName::participant, fact(a.who.participant)}},
                      {}});
  require_law(a, *l, {});
  if (const auto r = l->auction.check_declare(*a.seat, {}, a.state.at)) refuse(a, l->auction, *r, {});
}

void move(Doing& d, const command::DeclareBidder& c) {
  Listing& l = d.state.auctions.listings.at(c.auction);
  l.auction.do_declare(*d.seat);
  number_bidder(d, l);
}

void fire_listing(Doing& d) {
  const ListingDue next = *d.state.auctions.due.begin();
  Listing& l = d.state.auctions.listings.at(next.auction);
  const auto& t = l.auction.terms();
  const auto highest = l.auction.highest();
  const ListingLaw law = highest ? law_of(d.state, l.legs, t.seller, highest->seat) : ListingLaw{};
  d.state.auctions.due.erase(next);
  const auto moved = l.auction.on_time(std::max(next.due, d.state.opened_at), law.rule);
  set_due(d, l.auction);
  const bool forbidden =
      moved.stage == AscendingStage::unsold && highest && !matching::bid_for_pair(law.rule, highest->price);
  d.events.emplace_back(event::ListingMoved{.auction = moved.auction,
                                            .stage = moved.stage,
                                            .at = moved.at,
                                            .due = moved.due,
                                            .instrument = t.instrument,
                                            .highest = highest ? std::optional{highest->price} : std::nullopt,
                                            .bidder = highest ? number_of(l, highest->seat) : std::nullopt,
                                            .reserve = moved.reserve,
                                            .rule = forbidden ? std::optional{law.route->clause} : std::nullopt,
                                            .floor = forbidden ? law.floor : std::nullopt});
  if (moved.stage == AscendingStage::sold) sell(d, l);
  if (moved.stage == AscendingStage::unsold) free_all(d, l);
}

void resume_auctions(Doing& d) {
  for (auto& [id, l] : d.state.auctions.listings) {
    forget_due(d, l.auction);
    l.auction.resume(d.state.at);
    set_due(d, l.auction);
  }
}

void forget_decided_auctions(Doing& d) {
  std::erase_if(d.state.auctions.sealed,
                [](const auto& s) { return s.second.auction.stage() != matching::SealedStage::undecided; });
  std::erase_if(d.state.auctions.listings,
                [](const auto& l) { return l.second.auction.stage() > AscendingStage::timed; });
}

}  // namespace landex::engine
