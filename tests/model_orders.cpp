// The model's orders: they come in, change and leave. All that an order asks for is looked at before anything moves;
// then the judge of books says what happens, and here it becomes events and entries.
#include <algorithm>
#include <array>
#include <cassert>

#include "matching/types/bounds.hpp"
#include "tests/model.hpp"

namespace landex::model {
using namespace engine;
using matching::Action;
using matching::EndReason;
using policy::Clause;

namespace {

template <class T>
bool within(T value, int64_t least, T most) {
  return value.raw() >= least && value.raw() <= most.raw();
}

Rate highest_rate(Instrument i) { return rate_of(i, kHighestTick); }

matching::BookNumber book_of(Instrument i) {
  const auto at = std::ranges::find(kInstruments, i) - kInstruments.begin();
  return matching::BookNumber{static_cast<uint16_t>(at)};
}

bool at_once(Lifetime l) { return l == Lifetime::immediate || l == Lifetime::fill_or_kill; }

}  // namespace

// Conditions.

void Exchange::require_action(Instrument instrument, Action action) {
  if (!matching::allows(sessions_[instrument].phase, action)) refuse(Reason::phase_forbids);
}

void Exchange::require_in_band(Instrument instrument, Price limit) {
  const auto& band = sessions_[instrument].band;
  if (band && (limit < band->first || band->second < limit)) refuse(Reason::outside_price_band);
}

/// In continuous trading an order that would reach one of its own is not accepted, unless it asks for something else.
void Exchange::require_none_own(Instrument instrument, Side side, Price limit, SelfTrade mode) {
  if (mode != SelfTrade::refuse || !matching::allows(sessions_[instrument].phase, Action::match)) return;
  for (const auto& [id, own] : orders_) {
    if (own.owner != who_ || own.instrument != instrument || own.side == side) continue;
    if (books_.find(id)->trigger) continue;  // a stop that waits meets nobody
    if (side == Side::buy ? own.limit <= limit : own.limit >= limit) refuse(Reason::crosses_own_order);
  }
}

/// What each condition may be by itself, and which do not go together.
void Exchange::require_conditions(const Wanted& w) {
  const OrderConditions& c = *w.conditions;
  const int64_t all = w.quantity.raw();
  if (!exists(c.lifetime) || !exists(c.self_trade)) refuse(Reason::value_out_of_range);
  if (c.minimum && (c.minimum->raw() < 1 || c.minimum->raw() > all)) refuse(Reason::value_out_of_range);
  if (c.peak && (c.peak->raw() * 1'000 < all || c.peak->raw() < 1 || c.peak->raw() > all))
    refuse(Reason::value_out_of_range);
  if (c.cap && !within(*c.cap, 1, kMaxMoney)) refuse(Reason::value_out_of_range);
  if (c.trigger && !within(*c.trigger, 1, highest_rate(w.instrument))) refuse(Reason::value_out_of_range);
  if (c.trigger && !on_tick(w.instrument, *c.trigger)) refuse(Reason::price_off_tick);

  const bool at_best = !w.price;
  const std::array conflicts{
      c.last_day.has_value() != (c.lifetime == Lifetime::until_day),
      c.until.has_value() != (c.lifetime == Lifetime::until_instant),
      c.post_only && at_best,                                          // it always takes
      c.post_only && at_once(c.lifetime),                              // it always takes
      c.post_only && c.minimum,                                        // it must take
      c.post_only && c.all_or_none,                                    // a lot trades whole with what arrives
      c.all_or_none && c.minimum,                                      // the minimum would be all
      c.all_or_none && c.peak,                                         // a lot is shown whole
      c.peak && at_best,                                               // it never rests
      c.peak && at_once(c.lifetime),                                   // it never rests
      c.cap && w.price,                                                // the price is the cap
      c.cap && w.side == Side::sell,                                   // a sale spends nothing
      c.cap && c.trigger,                                              // a cap is spent at once
      at_best && c.lifetime != Lifetime::day && !at_once(c.lifetime),  // it never rests
      c.self_trade == SelfTrade::allow && pack_->rule_set != "plain",  // published experiments only
  };
  if (std::ranges::find(conflicts, true) != conflicts.end()) refuse(Reason::conditions_conflict);
  if (c.last_day && *c.last_day < *day_) refuse(Reason::expiry_not_later);
  if (c.until && *c.until <= now_) refuse(Reason::expiry_not_later);
}

void Exchange::require_phases(const Wanted& w) {
  require_action(w.instrument, Action::place);
  if (!w.price) require_action(w.instrument, Action::at_best);
  if (!w.conditions) return;
  const OrderConditions& c = *w.conditions;
  if (c.all_or_none || c.minimum) require_action(w.instrument, Action::all_or_none);
  if (at_once(c.lifetime)) require_action(w.instrument, Action::immediate);
  if (c.post_only) require_action(w.instrument, Action::post_only);
  if (c.trigger || c.cap) require_action(w.instrument, Action::match);
}

/// The edge of the band. A sale may always go down to one tick; a purchase without a band is boundless.
std::optional<Price> Exchange::at_best_limit(Instrument instrument, Side side) const {
  const auto& band = sessions_.at(instrument).band;
  if (side == Side::sell) return band ? band->first : Price::ticks(1);
  if (band) return band->second;
  return std::nullopt;
}

// Coming in.

void Exchange::run(const command::PlaceOrder& c) { place({c.instrument, c.side, c.quantity, c.price, c.conditions}); }

void Exchange::run(const command::PlaceAtBest& c) {
  place({c.instrument, c.side, c.quantity, std::nullopt, c.conditions});
}

void Exchange::place(const Wanted& w) {
  const bool buying = w.side == Side::buy;
  if (venue_ != Venue::simulation || book_is_shut()) refuse(Reason::mode_not_open, Clause::h66_21_4);
  require_account(who_);
  if (!exists(w.instrument)) refuse(Reason::unknown_instrument, Clause::h66_21_2);
  if (refusal_) return;  // the conditions left all come later in the precedence
  if (!exists(w.side) || !within(w.quantity, 1, kMaxQuantity)) refuse(Reason::value_out_of_range);
  if (w.price && !within(*w.price, 1, highest_rate(w.instrument))) refuse(Reason::value_out_of_range);
  if (w.price && !on_tick(w.instrument, *w.price)) refuse(Reason::price_off_tick);
  if (w.conditions) require_conditions(w);
  if (refusal_ && (refusal_->reason == Reason::value_out_of_range || refusal_->reason == Reason::price_off_tick))
    return;  // as above
  require_phases(w);
  if (buying)
    require_purchase(route_is_possible(who_, w.instrument), who_, w.instrument, w.quantity);
  else
    require_offer(who_, w.instrument, w.quantity);
  std::optional<Fen> cap;
  if (w.conditions) cap = w.conditions->cap;
  std::optional<Price> limit = w.price ? on_tick(w.instrument, *w.price) : at_best_limit(w.instrument, w.side);
  if (!limit && cap) limit = kHighestTick;
  if (!limit) return refuse(Reason::no_price_band);
  if (w.price) require_in_band(w.instrument, *limit);
  // What a sale at best will bring is not known, so nothing is reckoned for it.
  const bool reckoned = w.price || (buying && !cap);
  if (reckoned && !affordable_number(w.quantity, *limit)) return refuse(Reason::total_out_of_range);
  const SelfTrade unsaid = pack_->rule_set == "plain" ? SelfTrade::allow : SelfTrade::refuse;
  const SelfTrade mode = w.conditions ? w.conditions->self_trade : unsaid;
  if (!w.conditions || !w.conditions->trigger) require_none_own(w.instrument, w.side, *limit, mode);
  Fen cost;
  if (cap.has_value())
    cost = *cap;
  else if (buying)
    cost = consideration(w.quantity, *limit);
  if (buying && money(who_, Purse::free) < cost) refuse(Reason::not_enough_money);
  if (!buying && land(w.instrument, who_, Purse::free) < w.quantity) refuse(Reason::not_enough_land);
  if (refusal_) return;

  const OrderId id{seq_};
  out_.push_back(event::OrderAccepted{id, who_, w.instrument, w.side, w.quantity, *limit});
  if (w.conditions || !w.price) out_.push_back(event::OrderTerms{id, who_, !w.price, w.conditions});
  Order& order = orders_[id];
  order = {.owner = who_,
           .instrument = w.instrument,
           .side = w.side,
           .limit = *limit,
           .left = w.quantity,
           .money = buying ? cost : Fen{},
           .land = buying ? Quantity{} : w.quantity,
           .capped = cap.has_value(),
           .lifetime = w.conditions ? w.conditions->lifetime : Lifetime::day,
           .last_day = w.conditions ? w.conditions->last_day : std::nullopt,
           .until = w.conditions ? w.conditions->until : std::nullopt};
  move(who_, Purse::free, who_, Purse::held, order.money, {}, seq_);
  move(w.instrument, who_, Purse::free, who_, Purse::held, order.land, {}, seq_);
  if (!buying) warn_offer(who_, w.instrument, seq_);
  if (buying && route_is_possible(who_, w.instrument)) warn_purchase(who_, w.instrument, w.quantity, seq_);

  matching::NewOrder asked{.id = id,
                           .quantity = w.quantity,
                           .terms = AtBest{},
                           .seat = Seat{static_cast<uint16_t>(std::ranges::find(seats_, who_) - seats_.begin())},
                           .kind = classes_.at(who_),
                           .side = w.side,
                           .residue = matching::Residue::rests,
                           .self_trade = mode,
                           .outlives_day = false,  // kept here
                           .conditions = {}};
  if (w.price) asked.terms = AtLimit{*limit};
  if (order.lifetime == Lifetime::immediate) asked.residue = matching::Residue::ends;
  if (order.lifetime == Lifetime::fill_or_kill) asked.residue = matching::Residue::all_now_or_end;
  if (w.conditions) {
    const OrderConditions& c = *w.conditions;
    asked.conditions = {.post_only = c.post_only,
                        .all_or_none = c.all_or_none,
                        .minimum = c.minimum,
                        .peak = c.peak,
                        .trigger = {},
                        .cap = c.cap};
    if (c.trigger) asked.conditions->trigger = on_tick(w.instrument, *c.trigger);
  }
  Arrival arrival{id, who_, w.instrument, w.side, *limit, w.quantity};
  if (matching::allows(sessions_[w.instrument].phase, Action::match)) {
    books_.place(book_of(w.instrument), asked);
    tell(w.instrument, &arrival);
  } else {
    books_.collect(book_of(w.instrument), asked);
    tell(w.instrument, &arrival);
    tell_indicative(w.instrument);
  }
}

// Changing and leaving. Of an order that is not one's own nothing else is asked.

Exchange::Order* Exchange::own_order(OrderId id) {
  const auto found = orders_.find(id);
  if (found == orders_.end()) return refuse(Reason::unknown_order), nullptr;
  if (found->second.owner != who_) return refuse(Reason::not_your_order), nullptr;
  require_action(found->second.instrument, Action::reduce);
  return &found->second;
}

void Exchange::run(const command::CancelOrder& c) {
  const Order* order = own_order(c.order);
  if (refusal_) return;
  const Instrument instrument = order->instrument;
  end_order(c.order, EndReason::cancelled);
  tell_indicative(instrument);
}

void Exchange::run(const command::CancelOrders& c) {
  require_account(c.participant);
  if (c.instrument && !exists(*c.instrument)) refuse(Reason::unknown_instrument, Clause::h66_21_2);
  if (c.side && !exists(*c.side)) refuse(Reason::value_out_of_range);
  if (refusal_) return;
  for (const Instrument i : kInstruments)
    if (!c.instrument || *c.instrument == i) require_action(i, Action::reduce);
  if (refusal_) return;
  std::vector<OrderId> theirs;
  for (const auto& [id, order] : orders_)
    if (order.owner == c.participant && (!c.instrument || *c.instrument == order.instrument) &&
        (!c.side || *c.side == order.side))
      theirs.push_back(id);
  for (const OrderId id : theirs) end_order(id, EndReason::cancelled);
  for (const Instrument i : kInstruments) tell_indicative(i);
}

void Exchange::run(const command::ReplaceOrder& c) {
  Order* const order = own_order(c.order);
  if (order == nullptr) return;
  const Instrument i = order->instrument;
  const matching::Resting was = *books_.find(c.order);
  if (!within(c.left, 1, kMaxQuantity)) refuse(Reason::value_out_of_range);
  if (!was.at_best && !within(c.price, 1, highest_rate(i))) refuse(Reason::value_out_of_range);
  if (was.peak && c.left.raw() > was.peak->raw() * 1'000) refuse(Reason::value_out_of_range);
  if (refusal_ && refusal_->reason == Reason::value_out_of_range) return;
  if (!was.at_best && !on_tick(i, c.price)) return refuse(Reason::price_off_tick);
  if (order->left != c.left_before) refuse(Reason::order_has_moved);
  const Price limit = was.at_best ? order->limit : *on_tick(i, c.price);
  const bool affordable = affordable_number(c.left, limit);
  if (!affordable) refuse(Reason::total_out_of_range);
  const bool buying = order->side == Side::buy;
  const bool anew = limit != order->limit || c.left > order->left;
  if (anew) {
    require_action(i, Action::place);
    require_in_band(i, limit);
    if (book_is_shut()) refuse(Reason::mode_not_open, Clause::h66_21_4);
    if (c.left > order->left && buying) require_purchase(route_is_possible(who_, i), who_, i, c.left);
    if (c.left > order->left && !buying) require_offer(who_, i, c.left - order->left);
    if (!affordable) return;
    if (!was.trigger) require_none_own(i, order->side, limit, was.self_trade);
    if (buying && order->money + money(who_, Purse::free) < consideration(c.left, limit))
      refuse(Reason::not_enough_money);
    if (!buying && order->land + land(i, who_, Purse::free) < c.left) refuse(Reason::not_enough_land);
  }
  if (refusal_) return;

  const bool continuous = matching::allows(sessions_[i].phase, Action::match);
  Arrival arrival{c.order, who_, i, order->side, limit, c.left};
  if (anew) {
    out_.push_back(event::OrderReplaced{c.order, who_, c.left, limit});
    const Fen money_now = buying ? consideration(c.left, limit) : Fen{};
    const Quantity land_now = buying ? Quantity{} : c.left;
    if (money_now > order->money)
      move(who_, Purse::free, who_, Purse::held, money_now - order->money, {}, c.order.value);
    else
      move(who_, Purse::held, who_, Purse::free, order->money - money_now, {}, c.order.value);
    if (land_now > order->land)
      move(i, who_, Purse::free, who_, Purse::held, land_now - order->land, {}, c.order.value);
    else
      move(i, who_, Purse::held, who_, Purse::free, order->land - land_now, {}, c.order.value);
    if (!buying && c.left > order->left) warn_offer(who_, i, c.order.value);
    order->money = money_now;
    order->land = land_now;
    order->left = c.left;
    order->limit = limit;
  }
  books_.replace({seq_}, c.order, c.left, limit, continuous);
  tell(i, anew ? &arrival : nullptr);
  tell_indicative(i);
}

void Exchange::end_order(OrderId id, EndReason why) {
  const Instrument instrument = orders_.at(id).instrument;
  books_.cancel(id, why);
  tell(instrument);
}

// What the book did.

void Exchange::tell(Instrument instrument, Arrival* arrival) {
  const testing::Told tape = books_.tape();
  for (const auto& happening : tape) std::visit([&](const auto& h) { tell(h, instrument, arrival); }, happening);
  if (!tape.empty()) tell_floor(arrival);  // a stop that waits has met nobody
}

/// Part of what an order holds is free again.
void Exchange::give_back(OrderId id, Fen money, Quantity land) {
  Order& o = orders_.at(id);
  o.money -= money;
  o.land -= land;
  move(o.owner, Purse::held, o.owner, Purse::free, money, {}, id.value);
  move(o.instrument, o.owner, Purse::held, o.owner, Purse::free, land, {}, id.value);
}

void Exchange::tell(const matching::Filled& f, Instrument instrument, Arrival* arrival) {
  const OrderId buy_id = f.taker_side == Side::buy ? f.taker : f.maker;
  const OrderId sell_id = f.taker_side == Side::buy ? f.maker : f.taker;
  Order &buy = orders_.at(buy_id), &sell = orders_.at(sell_id);
  const policy::FloorRoute* on_route = route(instrument, sell.owner, buy.owner);
  const Rule rule = on_route != nullptr ? Rule{on_route->clause} : Rule{};
  const Fen amount = consideration(f.quantity, f.price);
  out_.push_back(
      event::Traded{trades_++, instrument, buy_id, sell_id, buy.owner, sell.owner, f.quantity, f.price, amount});
  move(buy.owner, Purse::held, sell.owner, Purse::free, amount, rule, seq_);
  move(instrument, sell.owner, Purse::held, buy.owner, Purse::free, f.quantity, rule, seq_);
  buy.money -= amount;
  sell.land -= f.quantity;
  buy.left -= f.quantity;
  sell.left -= f.quantity;
  if (!buy.capped) give_back(buy_id, buy.money - consideration(buy.left, buy.limit), {});
  if (buy.capped && buy.left == Quantity{}) give_back(buy_id, buy.money, {});
  sessions_[instrument].trades.push_back({now_, f.quantity, f.price});
  if (arrival != nullptr && arrival->order == f.taker) {
    arrival->left -= f.quantity;
    if (f.taker == buy_id && f.price > sell.limit) arrival->lifted += f.quantity;
  }
  for (const OrderId id : {buy_id, sell_id})
    if (orders_.at(id).left == Quantity{}) {
      assert(orders_.at(id).money == Fen{} && orders_.at(id).land == Quantity{});
      orders_.erase(id);
    }
}

void Exchange::tell(const matching::Ended& e, Instrument, Arrival*) {
  const Order order = orders_.at(e.order);
  const bool lapsed = e.reason == EndReason::lapsed || e.reason == EndReason::expired;
  out_.push_back(event::OrderEnded{e.order, order.owner, order.left, lapsed, e.reason});
  give_back(e.order, order.money, order.land);
  orders_.erase(e.order);
}

void Exchange::tell(const matching::Reduced& r, Instrument, Arrival* arrival) {
  Order& order = orders_.at(r.order);
  order.left -= r.by;
  out_.push_back(event::OrderReduced{r.order, order.owner, r.by, order.left});
  if (order.side == Side::sell)
    give_back(r.order, {}, r.by);
  else if (!order.capped)
    give_back(r.order, consideration(r.by, order.limit), {});
  if (arrival != nullptr && arrival->order == r.order) arrival->left -= r.by;
}

void Exchange::tell(const matching::Joined& j, Instrument, Arrival* arrival) {
  if (arrival != nullptr && arrival->order == j.order && j.shown == j.left) return;  // plain from its acceptance
  const Order& order = orders_.at(j.order);
  out_.push_back(event::OrderShown{j.order, order.owner, order.left, j.shown, order.limit});
}

void Exchange::tell(const matching::Triggered& t, Instrument, Arrival* arrival) {
  if (arrival != nullptr && t.order != arrival->order) tell_floor(arrival);
  out_.push_back(event::StopTriggered{t.order, orders_.at(t.order).owner});
}

void Exchange::tell(const matching::LevelMoved& l, Instrument instrument, Arrival* arrival) {
  tell_floor(arrival);
  sessions_[instrument].levels_moved = true;
  out_.push_back(event::LevelChanged{instrument, l.side, l.price, l.shown, l.orders});
}

/// Once for the command's own order, between its trades and the first level.
void Exchange::tell_floor(Arrival* arrival) {
  if (arrival == nullptr || arrival->floor_told) return;
  arrival->floor_told = true;
  const Instrument i = arrival->instrument;
  const ParticipantClass kind = classes_.at(arrival->owner);
  const Quantity passed_over =
      arrival->left > Quantity{} ? books_.barred(book_of(i), kind, arrival->side, arrival->limit) : Quantity{};
  if (arrival->lifted == Quantity{} && passed_over == Quantity{}) return;
  const auto covers = [&](const policy::FloorRoute& r) {
    return r.period().contains(*day_) && kind == (arrival->side == Side::buy ? r.buyer : r.seller);
  };
  const auto applied = std::ranges::find_if(pack_->floor_routes, covers);
  assert(applied != pack_->floor_routes.end());
  std::optional<Price> floor;
  if (const PriceRow* row = price_row(i)) floor = floor_price(i, row->rate);
  out_.push_back(event::FloorApplied{arrival->order, applied->clause, i, floor, arrival->lifted, passed_over});
}

/// What each class could deal at now, where that is not the same for all: told when it is not what was told last.
void Exchange::tell_best() {
  for (const Instrument i : kInstruments) {
    Session& session = sessions_[i];
    const bool moved = std::exchange(session.levels_moved, false);
    if (!moved || !session.limits_pairs) continue;
    for (int k = 1; k <= kParticipantClasses; ++k) {
      const auto kind = static_cast<ParticipantClass>(k);
      Best now;
      if (const auto bid = books_.best_dealable(book_of(i), kind, Side::sell)) now.first = bid->price;
      if (const auto ask = books_.best_dealable(book_of(i), kind, Side::buy)) now.second = ask->price;
      if (now == session.best[kind]) continue;
      session.best[kind] = now;
      out_.push_back(event::BestChanged{i, kind, now.first, now.second});
    }
  }
}

}  // namespace landex::model
