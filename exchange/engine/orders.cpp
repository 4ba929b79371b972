#include "exchange/engine/orders.hpp"

#include <algorithm>
#include <utility>

#include "exchange/engine/check_helpers.hpp"

namespace landex::engine {
namespace {

using matching::EndReason;

/// Walks one tape. What the floors did is told after the trades of the command's own order, before the first level.
class Teller {
 public:
  Teller(Doing& d, Instrument i, const std::optional<Arrived>& arrived)
      : d_{d}, i_{i}, session_{d.state.market.session(i)}, arrived_{arrived} {
    if (arrived_) left_ = arrived_->quantity;
  }

  void operator()(const matching::Filled& f) {
    const bool buying = f.taker_side == Side::buy;
    const OrderId buy = buying ? f.taker : f.maker, sell = buying ? f.maker : f.taker;
    const Seat buyer = buying ? f.taker_seat : f.maker_seat, seller = buying ? f.maker_seat : f.taker_seat;
    const Price buyers_limit = buying ? f.taker_limit : f.maker_limit;
    const Fen amount = consideration(f.quantity, f.price);
    const auto clause = clause_of(seller, buyer);
    d_.events.emplace_back(event::Traded{.index = d_.trades++,
                                         .instrument = i_,
                                         .buy_order = buy,
                                         .sell_order = sell,
                                         .buyer = owner(buyer),
                                         .seller = owner(seller),
                                         .quantity = f.quantity,
                                         .price = f.price,
                                         .amount = amount});
    pay_for_trade(d_, buyer, seller, amount, clause);
    deliver_for_trade(d_, seller, buyer, i_, f.quantity, clause);
    if (is_capped(buy))
      spent_ += amount;
    else
      free_from_order(d_, buy, buyer, consideration(f.quantity, buyers_limit) - amount);
    session_.statistics.add_trade(d_.state.at, f.quantity, f.price);
    if (arrived_ && f.taker == arrived_->order) {
      left_ -= f.quantity;
      if (f.price != f.maker_limit) lifted_ += f.quantity;
      if (arrived_->cap && left_ == Quantity{}) free_from_order(d_, buy, buyer, *arrived_->cap - spent_);
    }
    if (!d_.state.market.lasting.empty()) {
      forget_if_gone(f.maker);
      forget_if_gone(f.taker);
    }
  }

  void operator()(const matching::Ended& e) {
    const bool lapsed = e.reason == EndReason::lapsed || e.reason == EndReason::expired;
    d_.events.emplace_back(event::OrderEnded{
        .order = e.order, .participant = owner(e.seat), .remaining = e.left, .lapsed = lapsed, .reason = e.reason});
    if (is_capped(e.order))
      free_from_order(d_, e.order, e.seat, *arrived_->cap - spent_);
    else
      give_back(e.order, e.seat, e.side, e.left, e.limit);
    if (!d_.state.market.lasting.empty()) forget_if_gone(e.order);
  }

  void operator()(const matching::Reduced& r) {
    d_.events.emplace_back(
        event::OrderReduced{.order = r.order, .participant = owner(r.seat), .by = r.by, .remaining = r.left});
    if (!is_capped(r.order)) give_back(r.order, r.seat, r.side, r.by, r.limit);
    if (arrived_ && r.order == arrived_->order) left_ -= r.by;
  }

  void operator()(const matching::Joined& j) {
    if (arrived_ && j.order == arrived_->order && j.shown == j.left) return;  // plain from OrderAccepted
    d_.events.emplace_back(event::OrderShown{
        .order = j.order, .participant = owner(j.seat), .remaining = j.left, .shown = j.shown, .price = j.limit});
  }

  void operator()(const matching::Triggered& t) {
    if (!arrived_ || t.order != arrived_->order) tell_floor();  // its own trigger comes before its walk
    d_.events.emplace_back(event::StopTriggered{.order = t.order, .participant = owner(t.seat)});
  }

  void operator()(const matching::LevelMoved& l) {
    tell_floor();
    d_.state.market.note_levels_moved(i_);
    d_.events.emplace_back(event::LevelChanged{
        .instrument = i_, .side = l.side, .price = l.price, .quantity = l.shown, .orders = l.orders});
  }

  /// What the floors did to the command's own order, once.
  void tell_floor() {
    if (!arrived_ || floor_told_ || !is_supplementary(i_)) return;
    floor_told_ = true;
    Quantity passed_over;
    if (left_ > Quantity{})
      passed_over = d_.state.market.books.barred(book_of(i_), arrived_->kind, arrived_->side, arrived_->limit);
    if (lifted_ == Quantity{} && passed_over == Quantity{}) return;
    for (const auto& route : d_.state.pack->floor_routes) {
      if (!route.period().contains(*d_.state.day)) continue;
      if ((arrived_->side == Side::buy ? route.buyer : route.seller) != arrived_->kind) continue;
      const auto* row = d_.state.prices.in_force(i_, *d_.state.day);
      d_.events.emplace_back(
          event::FloorApplied{.order = arrived_->order,
                              .rule = route.clause,
                              .instrument = i_,
                              .floor = row ? std::optional{floor_price(i_, row->rate)} : std::nullopt,
                              .lifted = lifted_,
                              .passed_over = passed_over});
      return;
    }
  }

 private:
  District owner(Seat s) const { return d_.state.ledger.account(s).district; }
  bool is_capped(OrderId o) const { return arrived_ && arrived_->cap && arrived_->order == o; }

  std::optional<policy::Clause> clause_of(Seat seller, Seat buyer) const {
    const auto* route = route_of(d_.state, i_, seller, buyer);
    return route ? std::optional{route->clause} : std::nullopt;
  }
  void give_back(OrderId order, Seat seat, Side side, Quantity q, Price limit) {
    if (side == Side::buy)
      free_from_order(d_, order, seat, consideration(q, limit));
    else
      free_from_order(d_, order, seat, i_, q);
  }
  void forget_if_gone(OrderId order) {
    auto& m = d_.state.market;
    const auto at = m.lasting.find(order);
    if (at == m.lasting.end() || m.books.find(order)) return;
    if (at->second.until) m.expiries.erase({.due = *at->second.until, .order = order});
    m.lasting.erase(at);
  }

  Doing& d_;
  Instrument i_;
  Session& session_;
  const std::optional<Arrived>& arrived_;
  Quantity left_, lifted_;
  Fen spent_;
  bool floor_told_ = false;
};

}  // namespace

matching::PairTable pair_table(const State& s, Instrument i) {
  matching::PairTable table;
  if (!is_supplementary(i)) return table;
  if (s.pack->ended_by(policy::Clause::h66_7_1, *s.day)) {  // with the law its floors went: nobody may trade at all
    for (int seller = 1; seller <= kParticipantClasses; ++seller)
      for (int buyer = 1; buyer <= kParticipantClasses; ++buyer)
        table.limit(static_cast<ParticipantClass>(seller), static_cast<ParticipantClass>(buyer), std::nullopt);
    return table;
  }
  const auto* row = s.prices.in_force(i, *s.day);
  for (const auto& route : s.pack->floor_routes)
    if (route.period().contains(*s.day))
      table.limit(route.seller, route.buyer, row ? std::optional{floor_price(i, row->rate)} : std::nullopt);
  return table;
}

void tell_tape(Doing& d, Instrument i, const std::optional<Arrived>& arrived) {
  Teller teller{d, i, arrived};
  const auto& tape = d.state.market.books.tape();
  for (const auto& happening : tape) std::visit(teller, happening);
  if (!tape.empty()) teller.tell_floor();  // a stop that waits has met nobody
}

void tell_best(Doing& d) {
  const uint32_t moved = std::exchange(d.state.market.levels_moved, 0);
  if (moved == 0) return;
  for (const Instrument i : kInstruments) {
    if ((moved >> index_of(i) & 1) == 0) continue;
    Session& session = d.state.market.session(i);
    const matching::Books& books = d.state.market.books;
    if (!books.limits_pairs(book_of(i))) continue;
    for (int k = 0; k < kParticipantClasses; ++k) {
      const auto kind = static_cast<ParticipantClass>(k + 1);
      const auto bid = books.best_dealable(book_of(i), kind, Side::sell);
      const auto ask = books.best_dealable(book_of(i), kind, Side::buy);
      const Session::Best now{.bid = bid ? std::optional{bid->price} : std::nullopt,
                              .ask = ask ? std::optional{ask->price} : std::nullopt};
      auto& told = session.best[static_cast<size_t>(k)];
      if (now == told) continue;
      told = now;
      d.events.emplace_back(event::BestChanged{.instrument = i, .kind = kind, .bid = now.bid, .ask = now.ask});
    }
  }
}

void end_order(Doing& d, OrderId id, EndReason why) {
  auto& books = d.state.market.books;
  const auto where = books.book_of(id);
  assert(where);
  books.cancel(id, why);
  tell_tape(d, instrument_of(*where), {});
}

void lapse_orders(Doing& d) {
  const auto& market = d.state.market;
  std::vector<std::pair<OrderId, EndReason>> over;
  for (const Instrument i : kInstruments)
    for (const Side side : {Side::buy, Side::sell})
      market.books.for_each_order(book_of(i), side, [&](const matching::Resting& r) {
        const auto lasts = market.lasting.find(r.id);
        const bool last_day =
            lasts != market.lasting.end() && lasts->second.last_day && *lasts->second.last_day <= *d.state.day;
        if (!r.outlives_day)
          over.emplace_back(r.id, EndReason::lapsed);
        else if (last_day)
          over.emplace_back(r.id, EndReason::expired);
      });
  std::ranges::sort(over, {}, &std::pair<OrderId, EndReason>::first);
  for (const auto& [id, why] : over) end_order(d, id, why);
}

void expire_orders(Doing& d) {
  std::vector<OrderId> over;
  for (const auto& [id, lasts] : d.state.market.lasting)
    if (lasts.last_day && *lasts.last_day < *d.state.day) over.push_back(id);
  for (const OrderId id : over) end_order(d, id, EndReason::expired);
}

void end_outside_band(Doing& d, Instrument i) {
  const auto& band = d.state.market.session(i).band;
  if (!band) return;
  std::vector<OrderId> over;
  for (const Side side : {Side::buy, Side::sell})
    d.state.market.books.for_each_order(book_of(i), side, [&](const matching::Resting& r) {
      if (side == Side::buy ? r.limit > band->high : r.limit < band->low) over.push_back(r.id);
    });
  std::ranges::sort(over);
  for (const OrderId id : over) end_order(d, id, EndReason::outside_band);
}

}  // namespace landex::engine
