// steps_book.cpp: orders in the continuous book: what they may cost is held first, the walk makes trades, and each
// trade is paid and delivered in the same step.
#include <algorithm>

#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/posting.hpp"

namespace landex::engine {
namespace {

/// Today's table of who may trade with whom: on a floor route the published price is the floor; without one the pair
/// may not trade (H66-7.6).
matching::PairTable pair_table(const State& s, Instrument i) {
  matching::PairTable table;
  if (!is_supplementary(i)) return table;
  const auto* row = s.prices.in_force(i, *s.day);
  for (const auto& route : s.pack->floor_routes)
    if (route.period().contains(*s.day))
      table.limit(route.seller, route.buyer, row ? std::optional{floor_price(i, row->rate)} : std::nullopt);
  return table;
}

event::LevelChanged told(Instrument i, const matching::Level& l) {
  return {.instrument = i, .side = l.side, .price = l.price, .quantity = l.quantity, .orders = l.orders};
}

Trade trade_of(const matching::Order& arriving, Instrument i, const matching::Fill& fill) {
  const bool buying = arriving.side == Side::buy;
  const matching::Order& buy = buying ? arriving : fill.resting;
  const matching::Order& sell = buying ? fill.resting : arriving;
  assert(buy.limit() >= fill.price && sell.limit() <= fill.price);
  return {.instrument = i,
          .buy_order = buy.id,
          .sell_order = sell.id,
          .buyer = buy.owner,
          .seller = sell.owner,
          .quantity = fill.quantity,
          .price = fill.price,
          .arriving = arriving.side};
}

/// A trade is paid and delivered in the same step; what the buyer had held beyond the price is free again.
void settle_trade(Doing& d, const Trade& t, Price buyers_limit, uint32_t index) {
  const Fen amount = consideration(t.quantity, t.price);
  const auto* route = route_of(d.state, t.instrument, t.seller, t.buyer);
  const auto clause = route ? std::optional{route->clause} : std::nullopt;
  d.events.push_back(event::Traded{.index = index,
                                   .instrument = t.instrument,
                                   .buy_order = t.buy_order,
                                   .sell_order = t.sell_order,
                                   .buyer = t.buyer,
                                   .seller = t.seller,
                                   .quantity = t.quantity,
                                   .price = t.price,
                                   .amount = amount});
  pay_from_hold(d, t.buy_order.value, t.buyer, t.seller, amount, clause, d.seq.value);
  deliver_from_hold(d, t.sell_order.value, t.seller, t.buyer, t.instrument, t.quantity, clause, d.seq.value);
  pay_from_hold(d, t.buy_order.value, t.buyer, t.buyer, consideration(t.quantity, buyers_limit) - amount, {},
                t.buy_order.value);
}

void tell_floor(Doing& d, const matching::Order& arriving, Instrument i, const matching::RuleEffect& effect) {
  if (effect.lifted == Quantity{} && effect.passed_over == Quantity{}) return;
  const bool buying = arriving.side == Side::buy;
  for (const auto& route : d.state.pack->floor_routes) {
    if (!route.period().contains(*d.state.day) || (buying ? route.buyer : route.seller) != arriving.kind) continue;
    const auto* row = d.state.prices.in_force(i, *d.state.day);
    d.events.push_back(event::FloorApplied{.order = arriving.id,
                                           .rule = route.clause,
                                           .instrument = i,
                                           .floor = row ? std::optional{floor_price(i, row->rate)} : std::nullopt,
                                           .lifted = effect.lifted,
                                           .passed_over = effect.passed_over});
    return;
  }
}

/// Takes a resting order out of its book and frees what it held.
void end_order(Doing& d, Instrument i, OrderId id, bool lapsed) {
  const auto cancelled = d.state.book(i).cancel(id);
  assert(cancelled);
  const auto& order = cancelled->order;
  d.events.push_back(
      event::OrderEnded{.order = id, .participant = order.owner, .remaining = order.quantity, .lapsed = lapsed});
  if (order.side == Side::buy)
    pay_from_hold(d, id.value, order.owner, order.owner, consideration(order.quantity, order.limit()), {}, id.value);
  else
    deliver_from_hold(d, id.value, order.owner, order.owner, i, order.quantity, {}, id.value);
  d.events.push_back(told(i, cancelled->level));
}

const matching::Order* resting(const State& s, OrderId id, Instrument* where = nullptr) {
  for (const Instrument i : kInstruments)
    if (const auto* order = s.book(i).find(id)) {
      if (where) *where = i;
      return order;
    }
  return nullptr;
}

}  // namespace

void check(const Asked& a, const command::PlaceOrder& c) {
  require_district(a);
  require_policy(a);
  const bool open = require_day(a);
  if (a.state.venue != Venue::simulation)
    a.verdict.refuse({Reason::mode_not_open, policy::Clause::h66_21_4, {venue_fact(a.state)}, "continuous_book"});
  const bool has_account = require_account(a, a.who.participant);
  const bool has_side = require_range(a, "side", fact(c.side), fact(Side::buy), fact(Side::sell));
  if (!require_instrument(a, c.instrument)) return;
  if (!require_quantity_and_price(a, c.instrument, c.quantity, c.price) || !has_side || !has_account || !open) return;

  const Price limit = *on_tick(c.instrument, c.price);
  if (const auto own = a.state.book(c.instrument).own_crossing(a.who.participant, c.side, limit))
    a.verdict.refuse({Reason::crosses_own_order,
                      {},
                      {{FactName::number, fact(*own)}, {FactName::instrument, fact(c.instrument)}},
                      {}});
  if (c.side == Side::buy)
    require_money(a, a.who.participant, consideration(c.quantity, limit));
  else
    require_land(a, a.who.participant, c.instrument, c.quantity);
}

void move(Doing& d, const command::PlaceOrder& c) {
  const Price limit = *on_tick(c.instrument, c.price);
  const matching::Order order{.id = {d.seq.value},
                              .owner = d.who,
                              .kind = d.state.ledger.kind_of(d.who),
                              .side = c.side,
                              .quantity = c.quantity,
                              .terms = AtLimit{limit}};
  d.events.push_back(event::OrderAccepted{.order = order.id,
                                          .participant = d.who,
                                          .instrument = c.instrument,
                                          .side = c.side,
                                          .quantity = c.quantity,
                                          .price = limit});
  if (c.side == Side::buy)
    hold_money(d, order.id.value, d.who, consideration(c.quantity, limit));
  else
    hold_land(d, order.id.value, d.who, c.instrument, c.quantity);

  const auto placed = d.state.book(c.instrument).place(order, pair_table(d.state, c.instrument));
  uint32_t index = 0;
  for (const auto& fill : placed.fills) {
    const Price buyers_limit = c.side == Side::buy ? limit : fill.resting.limit();
    settle_trade(d, trade_of(order, c.instrument, fill), buyers_limit, index++);
  }
  tell_floor(d, order, c.instrument, placed.rule);
  for (const auto& level : placed.levels) d.events.push_back(told(c.instrument, level));
}

void check(const Asked& a, const command::CancelOrder& c) {
  require_district(a);
  require_policy(a);
  require_day(a);
  const auto* order = resting(a.state, c.order);
  if (!order)
    a.verdict.refuse({Reason::unknown_order, {}, {{FactName::number, fact(c.order)}}, {}});
  else if (order->owner != a.who.participant)
    a.verdict.refuse({Reason::not_your_order, {}, {{FactName::number, fact(c.order)}}, {}});
}

void move(Doing& d, const command::CancelOrder& c) {
  Instrument where{};
  resting(d.state, c.order, &where);
  end_order(d, where, c.order, /*lapsed=*/false);
}

void lapse_orders(Doing& d) {
  std::map<OrderId, Instrument> all;
  for (const Instrument i : kInstruments)
    for (const auto& order : d.state.book(i).orders()) all.emplace(order.id, i);
  for (const auto& [id, i] : all) end_order(d, i, id, /*lapsed=*/true);
}

}  // namespace landex::engine
