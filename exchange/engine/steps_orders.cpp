// steps_orders.cpp: orders come in, change and leave. What an order may cost is held first; then the book walks.
// Every condition of an order that the phase, the band or another condition forbids is refused before anything moves.
#include <algorithm>
#include <cstring>

#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/limits.hpp"
#include "exchange/engine/needs.hpp"
#include "exchange/engine/orders.hpp"

namespace landex::engine {
namespace {

using matching::Action;
using matching::EndReason;

/// What a new order is, whichever command brought it.
struct Wanted {
  Instrument instrument;
  Side side;
  Quantity quantity;
  std::optional<Rate> price;  // none: at best
  const std::optional<OrderConditions>& conditions;
};

/// Asked of every order: the length first, then five bytes at once.
bool plain(const State& s) {
  constexpr std::string_view kPlain = "plain";
  if (!s.pack) return false;
  const std::string& rule_set = s.pack->rule_set;
  return rule_set.size() == kPlain.size() && std::memcmp(rule_set.data(), kPlain.data(), kPlain.size()) == 0;
}

/// What at-best is taken to be: the edge of the band. None: there is no band.
std::optional<Price> at_best_limit(const State& s, Instrument i, Side side) {
  if (side == Side::sell) {
    const auto& band = s.market.session(i).band;
    return band ? band->low : Price::ticks(1);
  }
  const auto& band = s.market.session(i).band;
  return band ? std::optional{band->high} : std::nullopt;
}

void refuse_conflict(const Asked& a, std::string_view field) {
  a.verdict.refuse({Reason::conditions_conflict, {}, {}, std::string{field}});
}

[[gnu::cold, gnu::noinline]] void refuse_phase(const Asked& a, Instrument i, std::string_view name) {
  a.verdict.refuse({Reason::phase_forbids,
                    {},
                    {{FactName::phase, fact(a.state.market.session(i).phase)}, {FactName::instrument, fact(i)}},
                    std::string{name}});
}
void require_phase(const Asked& a, Instrument i, Action action, std::string_view name) {
  if (!matching::allows(a.state.market.session(i).phase, action)) refuse_phase(a, i, name);
}

/// A price of an order: on a tick, in the book's range, and within the day's band.
void require_in_band(const Asked& a, Instrument i, Price price) {
  const auto& band = a.state.market.session(i).band;
  if (band && !band->contains(price)) refuse_outside_band(a, i, price, *band);
}

/// Conditions among themselves: two that cannot hold together name the second. True if each is in its range.
bool require_conditions(const Asked& a, const Wanted& w, const OrderConditions& c) {
  bool sound = require_range(a, "lifetime", fact(c.lifetime), fact(Lifetime::day), fact(Lifetime::fill_or_kill)) &
               require_range(a, "self_trade", fact(c.self_trade), fact(SelfTrade::refuse), fact(SelfTrade::allow));
  if (c.minimum) sound &= require_range(a, "quantity", c.minimum->raw(), 1, w.quantity.raw(), w.instrument);
  if (c.peak)
    sound &=
        require_range(a, "quantity", c.peak->raw(), (w.quantity.raw() + matching::kMaxPeaks - 1) / matching::kMaxPeaks,
                      w.quantity.raw(), w.instrument);
  if (c.cap) sound &= require_range(a, "amount", c.cap->raw(), 1, kMaxMoney.raw());
  if (c.trigger) {
    sound &= require_range(a, "price", c.trigger->raw(), 1, rate_of(w.instrument, kHighestTick).raw(), w.instrument);
    if (sound && !on_tick(w.instrument, *c.trigger)) {
      a.verdict.refuse({Reason::price_off_tick,
                        {},
                        {{FactName::given_rate, fact(*c.trigger)}, {FactName::instrument, fact(w.instrument)}},
                        {}});
      sound = false;
    }
  }
  const bool at_once = c.lifetime == Lifetime::immediate || c.lifetime == Lifetime::fill_or_kill;
  const bool at_best = !w.price;
  const auto conflict = [&](bool wrong, std::string_view field) {
    if (wrong) refuse_conflict(a, field);
    sound &= !wrong;
  };
  conflict(c.last_day.has_value() != (c.lifetime == Lifetime::until_day), "last_day");
  conflict(c.until.has_value() != (c.lifetime == Lifetime::until_instant), "until");
  conflict(c.post_only && (at_best || at_once || c.minimum || c.all_or_none), "post_only");
  conflict(c.all_or_none && (c.peak || c.minimum), "all_or_none");
  conflict(c.peak && (at_best || at_once), "peak");
  conflict(c.cap && (!at_best || w.side == Side::sell || c.trigger), "cap");
  conflict(at_best && !at_once && c.lifetime != Lifetime::day, "lifetime");
  conflict(c.self_trade == SelfTrade::allow && !plain(a.state), "self_trade");
  if (c.last_day && a.state.day && *c.last_day < *a.state.day)
    a.verdict.refuse({Reason::expiry_not_later,
                      {},
                      {{FactName::day, fact(*a.state.day)}, {FactName::until_day, fact(*c.last_day)}},
                      "last_day"});
  if (c.until && *c.until <= a.state.at)
    a.verdict.refuse({Reason::expiry_not_later, {}, {{FactName::instant, fact(a.state.at)}}, "until"});
  return sound;
}

/// What the phase has to allow for this order.
void require_phase_for(const Asked& a, const Wanted& w) {
  require_phase(a, w.instrument, Action::place, "place");
  if (!w.price) require_phase(a, w.instrument, Action::at_best, "at_best");
  if (!w.conditions) return;
  const OrderConditions& c = *w.conditions;
  if (c.all_or_none || c.minimum) require_phase(a, w.instrument, Action::all_or_none, "all_or_none");
  if (c.lifetime == Lifetime::immediate || c.lifetime == Lifetime::fill_or_kill)
    require_phase(a, w.instrument, Action::immediate, "immediate");
  if (c.post_only) require_phase(a, w.instrument, Action::post_only, "post_only");
  if (c.trigger || c.cap) require_phase(a, w.instrument, Action::match, c.trigger ? "trigger" : "cap");
}

/// Where an order does not say, own orders are not met; under `plain` they are like any other.
SelfTrade self_trade_of(const State& s, const Wanted& w) {
  if (w.conditions) return w.conditions->self_trade;
  return plain(s) ? SelfTrade::allow : SelfTrade::refuse;
}

void require_room(const Asked& a) {
  if (a.state.market.books.room({a.state.last.value}) != matching::Room::enough)
    a.verdict.refuse({Reason::book_full, {}, {{FactName::most, a.state.market.books.capacity()}}, {}});
}

void require_no_own(const Asked& a, Instrument i, Side side, SelfTrade mode, Price limit) {
  if (mode != SelfTrade::refuse || !a.seat) return;
  if (!matching::allows(a.state.market.session(i).phase, Action::match)) return;
  if (const auto own = a.state.market.books.own_crossing(book_of(i), *a.seat, side, limit))
    a.verdict.refuse(
        {Reason::crosses_own_order, {}, {{FactName::number, fact(*own)}, {FactName::instrument, fact(i)}}, {}});
}

/// What needs and limits ask of an order of this size, of which `more` is new. What must be held for days is asked of
/// none: then the book takes none.
void require_size(const Asked& a, Instrument i, Side side, Quantity whole, Quantity more) {
  if (side == Side::sell) return require_own_need(a, a.who.participant, i, more);
  require_gap(a, *a.seat, i, whole);
  require_may_buy(a, a.who.participant, i, whole);
}

void require_book(const Asked& a) {
  if (!a.state.pack || !a.state.day || without_limits(a.state) || book_may_open(a.state)) return;
  a.verdict.refuse({Reason::mode_not_open, policy::Clause::h66_21_4, {venue_fact(a.state)}, "continuous_book"});
}

void check_order(const Asked& a, const Wanted& w) {
  require_district(a);
  require_policy(a);
  const bool open = require_day(a);
  require_book(a);
  if (a.state.venue != Venue::simulation)
    a.verdict.refuse({Reason::mode_not_open, policy::Clause::h66_21_4, {venue_fact(a.state)}, "continuous_book"});
  const bool has_account = require_own_account(a);
  const bool has_side = require_range(a, "side", fact(w.side), fact(Side::buy), fact(Side::sell));
  if (!require_instrument(a, w.instrument)) return;
  require_acquirable(a, w.instrument);
  std::optional<Price> limit;
  bool sound = true;
  if (w.price) {
    limit = require_price(a, w.instrument, w.quantity, *w.price, rate_of(w.instrument, kHighestTick));
    sound = limit.has_value();
  } else {
    sound = require_range(a, "quantity", w.quantity.raw(), 1, kMaxQuantity.raw(), w.instrument);
  }
  if (has_side && w.conditions) sound &= require_conditions(a, w, *w.conditions);
  if (!sound || !has_side || !has_account || !open || a.state.venue != Venue::simulation) return;

  require_phase_for(a, w);
  require_room(a);
  require_size(a, w.instrument, w.side, w.quantity, w.quantity);
  if (!w.price) limit = at_best_limit(a.state, w.instrument, w.side);
  const auto cap = w.conditions ? w.conditions->cap : std::nullopt;
  if (!limit && cap) limit = kHighestTick;
  if (!limit) {
    a.verdict.refuse({Reason::no_price_band, {}, {{FactName::instrument, fact(w.instrument)}}, {}});
    return;
  }
  if (w.price) require_in_band(a, w.instrument, *limit);
  if ((w.price || (w.side == Side::buy && !cap)) && !require_total(a, w.quantity, *limit)) return;
  if (!w.conditions || !w.conditions->trigger)  // a stop meets nobody before it is triggered
    require_no_own(a, w.instrument, w.side, self_trade_of(a.state, w), *limit);
  if (w.side == Side::sell)
    require_land(a, *a.seat, w.instrument, w.quantity);
  else
    require_money(a, *a.seat, cap ? *cap : consideration(w.quantity, *limit));
}

matching::NewOrder order_of(const Doing& d, const Wanted& w) {
  matching::NewOrder o{.id = {d.seq.value},
                       .quantity = w.quantity,
                       .terms = {},
                       .seat = *d.seat,
                       .kind = d.state.ledger.account(*d.seat).kind,
                       .side = w.side,
                       .residue = matching::Residue::rests,
                       .self_trade = self_trade_of(d.state, w),
                       .outlives_day = false,
                       .conditions = {}};
  if (w.price)
    o.terms = AtLimit{*on_tick(w.instrument, *w.price)};
  else
    o.terms = AtBest{};
  if (!w.conditions) return o;
  const OrderConditions& c = *w.conditions;
  if (c.lifetime == Lifetime::immediate) o.residue = matching::Residue::ends;
  if (c.lifetime == Lifetime::fill_or_kill) o.residue = matching::Residue::all_now_or_end;
  o.outlives_day = c.lifetime == Lifetime::until_cancelled || c.lifetime == Lifetime::until_day;
  if (c.post_only || c.all_or_none || c.minimum || c.peak || c.trigger || c.cap)
    o.conditions = matching::Conditions{.post_only = c.post_only,
                                        .all_or_none = c.all_or_none,
                                        .minimum = c.minimum,
                                        .peak = c.peak,
                                        .trigger = c.trigger ? on_tick(w.instrument, *c.trigger) : std::nullopt,
                                        .cap = c.cap};
  return o;
}

void move_order(Doing& d, const Wanted& w) {
  Market& market = d.state.market;
  const auto cap = w.conditions ? w.conditions->cap : std::nullopt;
  const Price limit =
      w.price ? *on_tick(w.instrument, *w.price) : at_best_limit(d.state, w.instrument, w.side).value_or(kHighestTick);
  const matching::NewOrder order = order_of(d, w);
  d.events.emplace_back(event::OrderAccepted{.order = order.id,
                                             .participant = d.who,
                                             .instrument = w.instrument,
                                             .side = w.side,
                                             .quantity = w.quantity,
                                             .price = limit});
  if (w.conditions || !w.price)
    d.events.emplace_back(
        event::OrderTerms{.order = order.id, .participant = d.who, .at_best = !w.price, .conditions = w.conditions});
  if (w.side == Side::sell)
    hold_for_order(d, order.id, *d.seat, w.instrument, w.quantity);
  else
    hold_for_order(d, order.id, *d.seat, cap ? *cap : consideration(w.quantity, limit));
  if (w.side == Side::sell)
    warn_own_need(d, d.who, w.instrument, order.id.value);
  else if (may_be_on_route(d.state, w.instrument, order.kind))
    warn_gap(d, d.who, w.instrument, w.quantity, order.id.value);
  if (w.conditions && (w.conditions->last_day || w.conditions->until)) {
    market.lasting[order.id] = {.last_day = w.conditions->last_day, .until = w.conditions->until};
    if (w.conditions->until) market.expiries.insert({.due = *w.conditions->until, .order = order.id});
  }
  const std::optional<Arrived> arrived{
      {.order = order.id, .kind = order.kind, .side = w.side, .quantity = w.quantity, .limit = limit, .cap = cap}};
  if (matching::allows(market.session(w.instrument).phase, Action::match)) {
    market.books.place(book_of(w.instrument), order);
    tell_tape(d, w.instrument, arrived);
  } else {
    market.books.collect(book_of(w.instrument), order);
    tell_tape(d, w.instrument, arrived);
    tell_indicative(d, w.instrument);
  }
}

/// The order that a command names, if it is the asker's own; its phase has to let it shrink or leave.
std::optional<matching::Owner> require_own_order(const Asked& a, OrderId id) {
  const auto owner = a.state.market.books.owner_of(id);
  if (!owner) {
    a.verdict.refuse({Reason::unknown_order, {}, {{FactName::number, fact(id)}}, {}});
    return std::nullopt;
  }
  if (owner->seat != a.seat) {
    a.verdict.refuse({Reason::not_your_order, {}, {{FactName::number, fact(id)}}, {}});
    return std::nullopt;
  }
  require_phase(a, instrument_of(owner->book), Action::reduce, "reduce");
  return owner;
}

}  // namespace

void check(const Asked& a, const command::PlaceOrder& c) {
  check_order(a, {c.instrument, c.side, c.quantity, c.price, c.conditions});
}
void move(Doing& d, const command::PlaceOrder& c) {
  move_order(d, {c.instrument, c.side, c.quantity, c.price, c.conditions});
}
void check(const Asked& a, const command::PlaceAtBest& c) {
  check_order(a, {c.instrument, c.side, c.quantity, std::nullopt, c.conditions});
}
void move(Doing& d, const command::PlaceAtBest& c) {
  move_order(d, {c.instrument, c.side, c.quantity, std::nullopt, c.conditions});
}

void check(const Asked& a, const command::CancelOrder& c) {
  require_district(a);
  require_policy(a);
  require_day(a);
  require_own_order(a, c.order);
}

void move(Doing& d, const command::CancelOrder& c) {
  const Instrument i = instrument_of(*d.state.market.books.book_of(c.order));
  end_order(d, c.order, EndReason::cancelled);
  tell_indicative(d, i);
}

void check(const Asked& a, const command::ReplaceOrder& c) {
  require_district(a);
  require_policy(a);
  require_day(a);
  const auto owner = require_own_order(a, c.order);
  if (!owner) return;
  const auto order = a.state.market.books.find(c.order);
  const Instrument i = instrument_of(owner->book);
  const Rate price = order->at_best ? rate_of(i, order->limit) : c.price;
  bool sound = require_price(a, i, c.left, price, rate_of(i, kHighestTick)).has_value();
  if (order->peak) sound &= require_range(a, "quantity", c.left.raw(), 1, order->peak->raw() * matching::kMaxPeaks, i);
  if (!sound) return;
  if (order->left != c.left_before)
    a.verdict.refuse({Reason::order_has_moved,
                      {},
                      {{FactName::number, fact(c.order)},
                       {FactName::instrument, fact(i)},
                       {FactName::available_quantity, fact(order->left)},
                       {FactName::needed_quantity, fact(c.left_before)}},
                      {}});
  const Price limit = *on_tick(i, price);
  const bool total = require_total(a, c.left, limit);
  if (limit == order->limit && c.left <= order->left) return;  // smaller in place
  require_acquirable(a, i);
  require_phase(a, i, Action::place, "place");
  require_in_band(a, i, limit);
  require_book(a);
  if (c.left > order->left) require_size(a, i, order->side, c.left, c.left - order->left);
  if (!total) return;
  if (!order->trigger) {
    require_no_own(a, i, order->side, order->self_trade, limit);
  }
  if (order->side == Side::sell) {
    if (c.left > order->left) require_land(a, a.who.participant, i, c.left - order->left);
  } else {
    const Fen now = consideration(order->left, order->limit), then = consideration(c.left, limit);
    if (then > now) require_money(a, a.who.participant, then - now);
  }
}

void move(Doing& d, const command::ReplaceOrder& c) {
  Market& market = d.state.market;
  const auto was = *market.books.find(c.order);
  const Instrument i = instrument_of(*market.books.book_of(c.order));
  const Price limit = was.at_best ? was.limit : *on_tick(i, c.price);
  std::optional<Arrived> arrived;
  if (limit != was.limit || c.left > was.left) {
    d.events.emplace_back(
        event::OrderReplaced{.order = c.order, .participant = d.who, .remaining = c.left, .price = limit});
    if (was.side == Side::sell) {
      if (c.left > was.left)
        hold_for_order(d, c.order, was.seat, i, c.left - was.left);
      else if (c.left < was.left)
        free_from_order(d, c.order, was.seat, i, was.left - c.left);
      if (c.left > was.left) warn_own_need(d, d.who, i, c.order.value);
    } else {
      const Fen now = consideration(was.left, was.limit), then = consideration(c.left, limit);
      if (then > now)
        hold_for_order(d, c.order, was.seat, then - now);
      else
        free_from_order(d, c.order, was.seat, now - then);
    }
    arrived = {.order = c.order, .kind = was.kind, .side = was.side, .quantity = c.left, .limit = limit, .cap = {}};
  }
  market.books.replace(d.seq, c.order, c.left, limit, matching::allows(market.session(i).phase, Action::match));
  tell_tape(d, i, arrived);
  tell_indicative(d, i);
}

void check(const Asked& a, const command::CancelOrders& c) {
  require_role(a, a.who.role == Role::bureau || (a.who.role == Role::district && a.who.participant == c.participant));
  require_policy(a);
  require_day(a);
  if (!require_account(a, c.participant)) return;
  if (c.instrument && !require_instrument(a, *c.instrument)) return;
  if (c.side && !require_range(a, "side", fact(*c.side), fact(Side::buy), fact(Side::sell))) return;
  for (const Instrument i : kInstruments)
    if (!c.instrument || *c.instrument == i) require_phase(a, i, Action::reduce, "reduce");
}

void move(Doing& d, const command::CancelOrders& c) {
  const Market& market = d.state.market;
  const auto seat = d.state.ledger.seat_of(c.participant);
  std::vector<OrderId> theirs;
  for (const Instrument i : kInstruments)
    for (const Side side : {Side::buy, Side::sell}) {
      if ((c.instrument && *c.instrument != i) || (c.side && *c.side != side)) continue;
      market.books.for_each_order(book_of(i), side, [&](const matching::Resting& r) {
        if (r.seat == seat) theirs.push_back(r.id);
      });
    }
  std::ranges::sort(theirs);
  for (const OrderId id : theirs) end_order(d, id, EndReason::cancelled);
  for (const Instrument i : kInstruments) tell_indicative(d, i);
}

}  // namespace landex::engine
