// steps_settlement.cpp: what becomes of a deal that both sides have agreed on, by hand or in an auction. At the
// `simulation` venue it is settled at once. At `production` the bureau confirms it, or finds that the law of the day of
// the match no longer allows it; it is on public notice; the buyer pays, or is in default; the bureau hands over. Money
// and land change hands together, or not at all: both are held when they do.
#include <algorithm>

#include "exchange/engine/deals.hpp"
#include "exchange/engine/deposit.hpp"
#include "exchange/engine/needs.hpp"
#include "exchange/engine/posting.hpp"
#include "exchange/engine/titles.hpp"

namespace landex::engine {
namespace {

using policy::Parameter;

std::optional<policy::Clause> route_clause(const State& s, const Deal& deal, Instrument i) {
  const auto* route = route_of(s, i, deal.seller, deal.buyer, *deal.matched);
  return route ? std::optional{route->clause} : std::nullopt;
}

/// Both legs, and the fee: what the buyer holds is the price and the fee by now.
void settle(Doing& d, Deal& deal) {
  std::optional<policy::Clause> clause;
  for (const auto& leg : deal.legs)
    if (!clause) clause = route_clause(d.state, deal, leg.instrument);
  if (!clause) clause = clause_of_titles(d.state, deal.titles);
  pay_from_hold(d, deal.id, deal.buyer, deal.seller, deal.amount, clause);
  if (deal.fee != Fen{}) pay_from_hold(d, deal.id, deal.buyer, *city_of(*d.state.pack), deal.fee, deal.fee_clause);
  for (const auto& leg : deal.legs)
    deliver_from_hold(d, deal.id, deal.seller, deal.buyer, leg.instrument, leg.quantity,
                      route_clause(d.state, deal, leg.instrument));
  deliver_titles(d, deal);
  deal.state = DealState::settled;
  tell(d, deal);
}

void forget_payment(Doing& d, const Deal& deal) {
  if (deal.pay_by) d.state.deal_payments.erase({.by = *deal.pay_by, .deal = deal.id});
}

/// The price of a leg that went without one was published after the deal was accepted: the deal is not bound by it.
bool published_since(const State& s, const Deal& deal, const command::Leg& leg) {
  const auto* row = s.prices.in_force(leg.instrument, *deal.matched);
  return row && row->id.value > deal.matched_by->value;
}

/// Why the law of the day of the match does not allow the deal now. A row that was revoked since does not stand; the
/// price is held against the floor again unless that is asked at the match alone.
std::optional<Refusal> against_law(const State& s, const Deal& deal) {
  for (const auto& leg : deal.legs) {
    auto refusal = against_floor(s, *deal.matched, deal.seller, deal.buyer, leg);
    if (refusal && !leg.price && published_since(s, deal, leg)) continue;
    if (refusal && refusal->reason == Reason::below_floor && floor_moment(s, *s.day) == FloorMoment::match) continue;
    if (refusal) return refusal;
  }
  return std::nullopt;
}

/// The notice, and the time to pay after it, can be told: from rows of today and the working calendar.
void require_deadlines(const Asked& a) {
  constexpr auto kRule = policy::Clause::h66_21_4;
  const auto* notice = a.state.pack->row(Parameter::notice_days, *a.state.day);
  const auto* payment = a.state.pack->row(Parameter::payment_days, *a.state.day);
  if (!notice) refuse_no_rule(a, kRule, "settlement.notice_days");
  if (!payment) refuse_no_rule(a, kRule, "settlement.payment_days");
  if (!notice || !payment) return;
  if (const auto until = require_due(a, static_cast<int>(notice->value), {}, kRule))
    require_due(a, static_cast<int>(payment->value), until, kRule);
}

/// The working day that row counts to, after `from`: require_deadlines has asked.
Day counted(const State& s, Parameter days, Day from) {
  return *plus_working_days(*s.pack, from, static_cast<int>(s.pack->row(days, *s.day)->value));
}

}  // namespace

void make_void(Doing& d, Deal& deal, std::optional<Refusal> refusal, std::string reason, std::string document) {
  forget_payment(d, deal);
  deal.state = DealState::voided;
  tell(d, deal);
  d.events.emplace_back(event::DealVoided{.deal = deal.id,
                                          .seller = deal.seller,
                                          .buyer = deal.buyer,
                                          .refusal = std::move(refusal),
                                          .reason = std::move(reason),
                                          .document = std::move(document)});
  hold_exactly(d, deal.id, deal.buyer, Fen{});
  free_legs(d, deal);
}

void tell(Doing& d, const Deal& deal) {
  d.events.emplace_back(event::DealMoved{
      .deal = deal.id, .seller = deal.seller, .buyer = deal.buyer, .state = deal.state, .amount = deal.amount});
}

void free_legs(Doing& d, const Deal& deal) {
  for (const auto& leg : deal.legs)
    deliver_from_hold(d, deal.id, deal.seller, deal.seller, leg.instrument, leg.quantity, {});
  free_titles(d, deal);
}

void award(Doing& d, AuctionId auction, BidId bid, District seller, District buyer, std::vector<command::Leg> legs,
           Fen amount) {
  Deal deal{.id = {bid.value},
            .proposer = seller,
            .seller = seller,
            .buyer = buyer,
            .legs = std::move(legs),
            .amount = amount,
            .state = DealState::accepted,
            .until = {},
            .matched = {},
            .notice_until = {},
            .pay_by = {}};
  for (const auto& leg : deal.legs) hold_for_deal(d, auction, deal.id, seller, leg.instrument, leg.quantity);
  // The bid was made under the venue and the share of its day. Under those of today less may do; more is not taken, for
  // nobody has asked whether it is there.
  const Fen held = d.state.holds.money({.purpose = bid.value, .owner = buyer});
  hold_exactly(d, bid, buyer, std::min(held, deposit_for(d.state, amount)));
  d.events.emplace_back(event::Awarded{
      .auction = auction, .deal = deal.id, .seller = seller, .buyer = buyer, .legs = deal.legs, .amount = amount});
  accept(d, d.state.deals.emplace(deal.id, std::move(deal)).first->second);
}

void accept(Doing& d, Deal& deal) {
  deal.state = DealState::accepted;
  deal.matched = *d.state.day;
  deal.matched_by = d.seq;
  deal.fee = fee_on(d.state, deal.amount, *d.state.day);
  if (deal.fee != Fen{}) deal.fee_clause = d.state.pack->row(Parameter::fee_share, *d.state.day)->clause;
  tell(d, deal);
  for (const auto& leg : deal.legs)
    if (route_of(d.state, leg.instrument, deal.seller, deal.buyer, *d.state.day))
      warn_gap(d, deal.buyer, leg.instrument, leg.quantity, deal.id.value);
  // What was bid for at another venue may hold a deposit alone: such a deal is paid like any there.
  const Fen held = d.state.holds.money({.purpose = deal.id.value, .owner = deal.buyer});
  if (d.state.venue == Venue::simulation && held == cost_of(deal)) settle(d, deal);
}

void check(const Asked& a, const command::ConfirmDeal& c) {
  require_bureau(a);
  require_policy(a);
  const bool open = require_day(a);
  require_text(a, "document", c.document);
  if (const Deal* deal = require_deal(a, c.deal)) require_state(a, *deal, {DealState::accepted});
  if (open && a.state.pack) require_deadlines(a);
}

void move(Doing& d, const command::ConfirmDeal& c) {
  Deal& deal = d.state.deals.at(c.deal);
  if (auto refusal = against_law(d.state, deal)) return make_void(d, deal, std::move(refusal), {}, c.document);
  const Day notice_until = counted(d.state, Parameter::notice_days, *d.state.day);
  const Day pay_by = counted(d.state, Parameter::payment_days, notice_until);
  deal.state = DealState::confirmed;
  deal.notice_until = notice_until;
  deal.pay_by = pay_by;
  d.state.deal_payments.insert({.by = pay_by, .deal = deal.id});
  tell(d, deal);
  d.events.emplace_back(event::DealConfirmed{.deal = deal.id,
                                             .seller = deal.seller,
                                             .buyer = deal.buyer,
                                             .document = c.document,
                                             .notice_until = notice_until,
                                             .pay_by = pay_by});
}

void lapse_unconfirmed_deals(Doing& d) {
  const policy::Pack& pack = *d.state.pack;
  for (auto& [id, deal] : d.state.deals) {
    if (deal.state != DealState::accepted || !deal.matched) continue;
    const auto* days = pack.row(Parameter::confirm_days, *deal.matched);
    if (!days) continue;  // where no row says when, nobody is late
    const auto last = plus_working_days(pack, *deal.matched, static_cast<int>(days->value));
    if (!last || *d.state.day <= *last) continue;
    deal.state = DealState::lapsed;
    tell(d, deal);
    hold_exactly(d, deal.id, deal.buyer, Fen{});
    free_legs(d, deal);
  }
}

void check(const Asked& a, const command::PayDeal& c) {
  require_district(a);
  require_policy(a);
  require_day(a);
  const Deal* deal = require_deal(a, c.deal);
  if (!deal) return;
  const bool yours = a.who.participant == deal->buyer;
  require_yours(a, yours);
  require_state(a, *deal, {DealState::confirmed});
  if (yours && deal->matched)
    require_money(a, deal->buyer,
                  cost_of(*deal) - a.state.holds.money({.purpose = deal->id.value, .owner = deal->buyer}));
}

void move(Doing& d, const command::PayDeal& c) {
  Deal& deal = d.state.deals.at(c.deal);
  forget_payment(d, deal);
  hold_exactly(d, deal.id, deal.buyer, cost_of(deal));
  deal.state = DealState::paid;
  tell(d, deal);
}

void check(const Asked& a, const command::SettleDeal& c) {
  require_bureau(a);
  require_policy(a);
  const bool open = require_day(a);
  const Deal* deal = require_deal(a, c.deal);
  if (!deal) return;
  require_state(a, *deal, {DealState::paid});
  if (open && deal->notice_until && *a.state.day <= *deal->notice_until)
    a.verdict.refuse({Reason::notice_not_over,
                      policy::Clause::h66_21_4,
                      {{FactName::number, fact(deal->id)}, {FactName::until_day, fact(*deal->notice_until)}},
                      {}});
}

void move(Doing& d, const command::SettleDeal& c) { settle(d, d.state.deals.at(c.deal)); }

void check(const Asked& a, const command::VoidDeal& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_text(a, "reason", c.reason);
  require_text(a, "document", c.document);
  if (const Deal* deal = require_deal(a, c.deal))
    require_state(a, *deal, {DealState::accepted, DealState::confirmed, DealState::paid});
}

void move(Doing& d, const command::VoidDeal& c) { make_void(d, d.state.deals.at(c.deal), {}, c.reason, c.document); }

void default_unpaid_deals(Doing& d) {
  auto& payments = d.state.deal_payments;
  while (!payments.empty() && payments.begin()->by < *d.state.day) {
    Deal& deal = d.state.deals.at(payments.begin()->deal);
    payments.erase(payments.begin());
    deal.state = DealState::defaulted;
    tell(d, deal);
    const auto* consequence = d.state.pack->row(Parameter::default_consequence, *deal.pay_by);
    const District city = *city_of(*d.state.pack);
    const bool to_city = consequence && consequence->value == 2 && d.state.ledger.is_open(city);
    // Where no row says what becomes of the deposit, nobody may keep it.
    const District to = !consequence ? deal.buyer : to_city ? city : deal.seller;
    pay_from_hold(d, deal.id, deal.buyer, to, d.state.holds.money({.purpose = deal.id.value, .owner = deal.buyer}),
                  consequence ? std::optional{consequence->clause} : std::nullopt);
    free_legs(d, deal);
  }
}

}  // namespace landex::engine
