// steps_deals.cpp: directed sales 协议: one seller, one buyer, a lot of legs and titles, all or none. One side names
// terms and holds its part of them; the other accepts, ends it, or answers with terms of its own, and is then the side
// that holds. A proposal lapses at the instant it names, and with its day at the latest. Terms are named and accepted
// in the profile's windows; to end a proposal there is always time. A block 大宗 is a negotiated deal above a size: it
// needs nothing more here. From acceptance on: steps_settlement.cpp.
#include <algorithm>
#include <set>

#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/deals.hpp"
#include "exchange/engine/deposit.hpp"
#include "exchange/engine/needs.hpp"
#include "exchange/engine/posting.hpp"
#include "exchange/engine/titles.hpp"

namespace landex::engine {
namespace {

constexpr size_t kMaxLegs = kInstruments.size();

Fen amount_of(const command::Leg& leg) {
  return leg.price ? consideration(leg.quantity, *on_tick(leg.instrument, *leg.price)) : Fen{};
}

/// A leg may go without a price if it is paddy or capacity that goes with the area, whose price covers it.
bool may_go_unpriced(const std::vector<command::Leg>& legs, const command::Leg& leg) {
  const bool part_of_area =
      leg.instrument == Instrument::supplementary_paddy || leg.instrument == Instrument::supplementary_capacity;
  return part_of_area &&
         std::ranges::any_of(legs, [](const auto& l) { return l.instrument == Instrument::supplementary_area; });
}

/// The profile's band for negotiated deals, around the close before. No close, no band; a leg that has no price is not
/// in it, for the area's price covers it.
void require_in_band(const Asked& a, const command::Leg& leg) {
  const auto& profile = a.state.market.profile;
  const auto& close = a.state.market.session(leg.instrument).previous_close;
  if (!profile || !profile->negotiated_band_permille || !close || !leg.price) return;
  const auto price = on_tick(leg.instrument, *leg.price);
  const auto band = matching::band_around(*close, *profile->negotiated_band_permille);
  if (price && !band.contains(*price)) refuse_outside_band(a, leg.instrument, *price, band);
}

/// What this side must have, to be held.
void require_side(const Asked& a, District side, District seller, const std::vector<command::Leg>& legs, Fen amount) {
  if (side != seller) return require_money(a, side, deposit_for(a.state, amount));
  for (const auto& leg : legs) {
    require_land(a, side, leg.instrument, leg.quantity);
    require_own_need(a, side, leg.instrument, leg.quantity);
    require_held_long_enough(a, side, leg.instrument, leg.quantity);
  }
}

/// What is asked of the buyer, whichever side names the terms or accepts them. The day is open.
void require_purchase(const Asked& a, District seller, District buyer, const command::Leg& leg) {
  require_gap(a, seller, buyer, leg.instrument, leg.quantity);
  require_may_buy(a, buyer, leg.instrument, leg.quantity);
}

void hold_side(Doing& d, const Deal& deal, District side) {
  if (side != deal.seller) return hold_money(d, deal.id, side, deposit_for(d.state, deal.amount));
  for (const auto& leg : deal.legs) {
    hold_land(d, deal.id, side, leg.instrument, leg.quantity);
    warn_own_need(d, side, leg.instrument, deal.id.value);
  }
  offer_titles(d, deal);
}

/// The proposer's side is free again, leg by leg as it was held.
void free_proposer(Doing& d, const Deal& deal) {
  const District side = deal.proposer;
  if (side != deal.seller) return hold_exactly(d, deal.id, side, Fen{});
  free_legs(d, deal);
}

District asked_side(const Deal& deal) { return deal.proposer == deal.seller ? deal.buyer : deal.seller; }

/// The floor of the route today, unless it is asked at the confirmation alone.
void require_floor_at_match(const Asked& a, District seller, District buyer, const command::Leg& leg) {
  const bool later =
      a.state.venue == Venue::production && floor_moment(a.state, *a.state.day) == FloorMoment::confirmation;
  if (!later) require_floor(a, seller, buyer, leg);
}

/// What one side names, and the other may answer.
struct Terms {
  District seller, buyer;
  const std::vector<command::Leg>& legs;
  const std::vector<command::TitleLeg>& titles;
  const std::optional<command::Landing>& landing;
  std::optional<Instant> until;
  std::optional<DealId> answers = {};  // a proposal, whose hold an answer frees
};

/// The terms of a proposal or of an answer to one: the legs, their floors and bands, the titles, when it ends, and what
/// the side that names them must have. `sound`: the parties and the day are such that the last can be asked.
void require_terms(const Asked& a, const Terms& terms, bool sound) {
  const auto& [seller, buyer, legs, titles, landing, until, answers] = terms;
  std::set<Instrument> named;
  for (const auto& leg : legs) named.insert(leg.instrument);
  if ((legs.empty() && titles.empty()) || legs.size() > kMaxLegs || named.size() != legs.size())
    a.verdict.refuse(
        {Reason::legs_not_valid,
         {},
         {{FactName::given, static_cast<int64_t>(legs.size())}, {FactName::most, static_cast<int64_t>(kMaxLegs)}},
         {}});
  if (until && *until <= a.state.at)
    a.verdict.refuse({Reason::expiry_not_later, {}, {{FactName::instant, fact(a.state.at)}}, "until"});

  Fen amount;
  for (const auto& leg : legs) {
    if (!require_instrument(a, leg.instrument)) {
      sound = false;
      continue;
    }
    require_acquirable(a, leg.instrument);
    if (!leg.price) {
      sound &= require_range(a, "quantity", leg.quantity.raw(), 1, kMaxQuantity.raw(), leg.instrument);
      if (!may_go_unpriced(legs, leg))
        a.verdict.refuse({Reason::price_missing, {}, {{FactName::instrument, fact(leg.instrument)}}, {}});
    } else if (!require_quantity_and_price(a, leg.instrument, leg.quantity, *leg.price)) {
      sound = false;
    } else if (const Fen more = amount_of(leg); more > kMaxMoney - amount) {
      sound = false;
      a.verdict.refuse({Reason::total_out_of_range, {}, {{FactName::most, kMaxMoney.raw()}}, "amount"});
    } else {
      amount += more;
    }
    if (a.state.day && a.state.ledger.is_open(seller) && a.state.ledger.is_open(buyer)) {
      require_floor_at_match(a, seller, buyer, leg);
      require_purchase(a, seller, buyer, leg);
    }
    require_in_band(a, leg);
  }
  sound &= require_titles(a, seller, titles, answers, amount);
  require_landing(a, titles, landing);
  if (sound) require_side(a, a.who.participant, seller, legs, amount);
}

/// The terms stand: this side's part is held, and their end is waited for.
void set_terms(Doing& d, Deal& deal, District proposer, const std::vector<command::Leg>& legs,
               std::vector<command::TitleLeg> titles, std::optional<Instant> until) {
  deal.proposer = proposer;
  deal.legs = legs;
  deal.amount = {};
  for (const auto& leg : legs) deal.amount += amount_of(leg);
  deal.titles = std::move(titles);
  deal.amount += amount_of(d.state, deal.titles);
  deal.until = until;
  if (until) d.state.deal_expiries.insert({.due = *until, .deal = deal.id});
}

const std::vector<command::TitleLeg>& titles_of(const command::ProposeDeal& c) {
  static const std::vector<command::TitleLeg> none;
  return c.titles ? *c.titles : none;
}
/// Those that were proposed, unless the answer names its own.
const std::vector<command::TitleLeg>& titles_of(const command::CounterDeal& c, const Deal& deal) {
  return c.titles ? *c.titles : deal.titles;
}

/// It is no longer a proposal, or has other terms: nothing falls due by these.
void forget_expiry(Doing& d, const Deal& deal) {
  if (deal.until) d.state.deal_expiries.erase({.due = *deal.until, .deal = deal.id});
}

/// A proposal is over without a deal.
void give_up(Doing& d, Deal& deal, DealState why) {
  forget_expiry(d, deal);
  free_proposer(d, deal);
  deal.state = why;
  tell(d, deal);
}

}  // namespace

Refusal below_floor(const policy::FloorRoute& route, const clearing::PriceRow& row, Instrument i, Rate given) {
  return {Reason::below_floor,
          route.clause,
          {{FactName::given_rate, fact(given)},
           {FactName::floor_rate, fact(rate_of(i, floor_price(i, row.rate)))},
           {FactName::instrument, fact(i)},
           {FactName::from_day, fact(row.from)},
           {FactName::until_day, fact(row.until)},
           {FactName::seller_class, fact(route.seller)},
           {FactName::buyer_class, fact(route.buyer)}},
          row.document};
}

std::optional<Refusal> against_floor(const State& s, Day on, District seller, District buyer, const command::Leg& leg) {
  const auto* route = route_of(s, leg.instrument, seller, buyer, on);
  if (!route) return std::nullopt;
  const auto* row = s.prices.in_force(leg.instrument, on);
  if (!leg.price) {
    if (!row) return std::nullopt;
    return Refusal{Reason::price_missing, route->clause, {{FactName::instrument, fact(leg.instrument)}}, row->document};
  }
  if (!row)
    return Refusal{Reason::no_price_in_force,
                   route->clause,
                   {{FactName::instrument, fact(leg.instrument)}, {FactName::day, fact(on)}},
                   {}};
  const auto price = on_tick(leg.instrument, *leg.price);
  if (!price || *price >= floor_price(leg.instrument, row->rate)) return std::nullopt;
  return below_floor(*route, *row, leg.instrument, *leg.price);
}

void check(const Asked& a, const command::ProposeDeal& c) {
  require_district(a);
  require_policy(a);
  const bool open = require_day(a);
  if (!a.state.venue)
    a.verdict.refuse({Reason::mode_not_open, policy::Clause::h66_21_4, {venue_fact(a.state)}, "negotiated"});
  require_window(a, matching::WindowKind::negotiated, "negotiated");
  bool sound = open;
  for (const District side : {c.seller, c.buyer}) {
    sound &= require_account(a, side);
    require_county(a, side);
  }
  require_yours(a, a.who.participant == c.seller || a.who.participant == c.buyer);
  if (c.seller == c.buyer)
    a.verdict.refuse({Reason::same_party_twice, {}, {{FactName::participant, fact(c.seller)}}, {}});

  require_terms(a,
                {.seller = c.seller,
                 .buyer = c.buyer,
                 .legs = c.legs,
                 .titles = titles_of(c),
                 .landing = c.landing,
                 .until = c.until},
                sound);
}

void move(Doing& d, const command::ProposeDeal& c) {
  Deal deal{.id = {d.seq.value},
            .proposer = d.who,
            .seller = c.seller,
            .buyer = c.buyer,
            .legs = {},
            .amount = {},
            .state = DealState::proposed,
            .until = {},
            .matched = {},
            .notice_until = {},
            .pay_by = {}};
  deal.landing = c.landing;
  set_terms(d, deal, d.who, c.legs, titles_of(c), c.until);
  d.events.emplace_back(event::DealProposed{.deal = deal.id,
                                            .proposer = d.who,
                                            .seller = c.seller,
                                            .buyer = c.buyer,
                                            .legs = c.legs,
                                            .amount = deal.amount,
                                            .until = c.until,
                                            .titles = deal.titles,
                                            .landing = deal.landing});
  hold_side(d, deal, d.who);
  d.state.deals.emplace(deal.id, std::move(deal));
}

void check(const Asked& a, const command::CounterDeal& c) {
  require_district(a);
  require_policy(a);
  bool sound = require_day(a);
  require_window(a, matching::WindowKind::negotiated, "negotiated");
  const Deal* deal = require_deal(a, c.deal);
  if (!deal) return;
  const bool asked = a.who.participant == asked_side(*deal);
  require_yours(a, asked);
  require_state(a, *deal, {DealState::proposed});
  require_terms(a,
                {.seller = deal->seller,
                 .buyer = deal->buyer,
                 .legs = c.legs,
                 .titles = titles_of(c, *deal),
                 .landing = deal->landing,
                 .until = c.until,
                 .answers = deal->id},
                sound && asked);
}

void move(Doing& d, const command::CounterDeal& c) {
  Deal& deal = d.state.deals.at(c.deal);
  forget_expiry(d, deal);
  free_proposer(d, deal);
  set_terms(d, deal, d.who, c.legs, titles_of(c, deal), c.until);
  d.events.emplace_back(event::DealCountered{.deal = deal.id,
                                             .proposer = d.who,
                                             .seller = deal.seller,
                                             .buyer = deal.buyer,
                                             .legs = deal.legs,
                                             .amount = deal.amount,
                                             .until = c.until,
                                             .titles = deal.titles});
  hold_side(d, deal, d.who);
}

void check(const Asked& a, const command::AcceptDeal& c) {
  require_district(a);
  require_policy(a);
  require_day(a);
  require_window(a, matching::WindowKind::negotiated, "negotiated");
  const Deal* deal = require_deal(a, c.deal);
  if (!deal) return;
  const District other = asked_side(*deal);
  require_yours(a, a.who.participant == other);
  require_state(a, *deal, {DealState::proposed});
  require_side(a, other, deal->seller, deal->legs, deal->amount);
  if (a.state.day)
    for (const auto& leg : deal->legs) {
      require_acquirable(a, leg.instrument);
      require_purchase(a, deal->seller, deal->buyer, leg);
    }
  if (other == deal->seller && deal->state == DealState::proposed) require_titles_stand(a, *deal);
}

void move(Doing& d, const command::AcceptDeal& c) {
  Deal& deal = d.state.deals.at(c.deal);
  forget_expiry(d, deal);
  hold_side(d, deal, d.who);
  accept(d, deal);
}

void check(const Asked& a, const command::EndDeal& c) {
  require_district(a);
  require_policy(a);
  require_day(a);
  const Deal* deal = require_deal(a, c.deal);
  if (!deal) return;
  require_yours(a, a.who.participant == deal->seller || a.who.participant == deal->buyer);
  require_state(a, *deal, {DealState::proposed});
}

void move(Doing& d, const command::EndDeal& c) { give_up(d, d.state.deals.at(c.deal), DealState::ended); }

void lapse_proposals(Doing& d) {
  for (auto& [id, deal] : d.state.deals)
    if (deal.state == DealState::proposed) give_up(d, deal, DealState::lapsed);
}

void lapse_proposal(Doing& d, DealId id) { give_up(d, d.state.deals.at(id), DealState::lapsed); }

}  // namespace landex::engine
