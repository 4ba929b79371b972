#include "tests/naive_books.hpp"

#include <algorithm>
#include <deque>
#include <tuple>

namespace landex::testing {

using namespace matching;

// --- looking ---------------------------------------------------------------------------------------------------------

NaiveBooks::Order* NaiveBooks::at(OrderId id) {
  const auto found = std::ranges::find(orders_, id, &Order::id);
  return found == orders_.end() ? nullptr : &*found;
}
const NaiveBooks::Order* NaiveBooks::at(OrderId id) const { return const_cast<NaiveBooks*>(this)->at(id); }

std::vector<const NaiveBooks::Order*> NaiveBooks::by_ticket(BookNumber b) const {
  std::vector<const Order*> out;
  for (const auto& o : orders_)
    if (o.book == b) out.push_back(&o);
  std::ranges::sort(out, {}, [](const Order* o) { return std::tuple{o->ticket, o->id()}; });
  return out;
}

NaiveBooks::Depth NaiveBooks::depth(BookNumber b, Side side, Price price) const {
  Depth sum;
  for (const auto& o : orders_)
    if (o.book == b && o.side() == side && o.limit == price && o.is_public()) {
      sum.shown += o.shown;
      ++sum.orders;
    }
  return sum;
}

PairRule NaiveBooks::rule(BookNumber b, ParticipantClass seller, ParticipantClass buyer) const {
  return book(b).pairs ? (*book(b).pairs)(seller, buyer) : PairRule{};
}

std::optional<Price> NaiveBooks::dealable(const Order& arriving, const Order& resting) const {
  if (resting.book != arriving.book || resting.side() == arriving.side() || resting.waits) return std::nullopt;
  const auto price = arriving.side() == Side::buy
                         ? ask_for_pair(rule(arriving.book, resting.asked.kind, arriving.asked.kind), resting.limit)
                         : bid_for_pair(rule(arriving.book, arriving.asked.kind, resting.asked.kind), resting.limit);
  return price && within(arriving.side(), arriving.limit, *price) ? price : std::nullopt;
}

NaiveBooks::Order* NaiveBooks::first_for(const Order& arriving, const std::vector<OrderId>& passed_over) {
  Order* first = nullptr;
  const auto ranking = [&](const Order& o) {
    return std::tuple{rank(o.side(), *dealable(arriving, o)), rank(o.side(), o.limit), o.ticket};
  };
  for (auto& o : orders_) {
    if (!dealable(arriving, o) || std::ranges::find(passed_over, o.id()) != passed_over.end()) continue;
    if (!first || ranking(o) < ranking(*first)) first = &o;
  }
  return first;
}

bool NaiveBooks::due(const Order& stop) const {
  const auto& b = book(stop.book);
  if (!stop.waits || stop.due || !b.highest) return false;
  return stop.side() == Side::buy ? *stop.conditions.trigger <= *b.highest : *stop.conditions.trigger >= *b.lowest;
}

// --- telling ---------------------------------------------------------------------------------------------------------

void NaiveBooks::begin(Sequence command) {
  tape_.clear();
  if (command != command_) tickets_ = 0;
  command_ = command;
}

void NaiveBooks::tell_end(const Order& o, EndReason why) {
  tell(Ended{.order = o.id(), .left = o.left, .limit = o.limit, .seat = o.asked.seat, .side = o.side(), .reason = why});
}

void NaiveBooks::tell_fill(const Order& taker, const Order& maker, Quantity quantity, Price price) {
  tell(Filled{.taker = taker.id(),
              .maker = maker.id(),
              .quantity = quantity,
              .price = price,
              .taker_limit = taker.limit,
              .maker_limit = maker.limit,
              .taker_seat = taker.asked.seat,
              .maker_seat = maker.asked.seat,
              .taker_side = taker.side()});
  auto& b = book(taker.book);
  b.last = price;
  b.lowest = std::min(b.lowest.value_or(price), price);
  b.highest = std::max(b.highest.value_or(price), price);
}

/// Called before an order of the book, or one that joins it, changes.
void NaiveBooks::touch(const Order& o) {
  if (!o.is_public()) return;
  for (const auto& t : touched_)
    if (t.book == o.book && t.side == o.side() && t.price == o.limit) return;
  touched_.push_back({.book = o.book, .side = o.side(), .price = o.limit, .before = depth(o.book, o.side(), o.limit)});
}

void NaiveBooks::tell_levels() {
  for (const auto& t : touched_) {
    const Depth now = depth(t.book, t.side, t.price);
    if (now == t.before) continue;
    tell(LevelMoved{.side = t.side,
                    .price = t.price,
                    .shown = now.shown,
                    .was_shown = t.before.shown,
                    .orders = now.orders,
                    .were_orders = t.before.orders});
  }
  touched_.clear();
}

// --- moving ----------------------------------------------------------------------------------------------------------

NaiveBooks::Order NaiveBooks::as_order(BookNumber b, const NewOrder& asked) const {
  Order o{.book = b,
          .asked = asked,
          .conditions = asked.conditions.value_or(Conditions{}),
          .ticket = asked.id.value << kTicketBits,
          .left = asked.quantity,
          .shown = {},
          .limit = {}};
  o.shown = o.to_show();
  if (!o.at_best())
    o.limit = limit_of(asked.terms);
  else if (asked.side == Side::buy)
    o.limit = book(b).high.value_or(limits_.highest);
  else
    o.limit = book(b).low.value_or(Price::ticks(1));
  return o;
}

NaiveBooks::Order NaiveBooks::take(OrderId id) {
  const Order o = *at(id);
  touch(o);
  std::erase_if(orders_, [&](const Order& other) { return other.id() == id; });
  return o;
}

void NaiveBooks::join(Order o) {
  touch(o);
  o.shown = o.to_show();
  tell(Joined{
      .order = o.id(), .left = o.left, .shown = o.shown, .limit = o.limit, .seat = o.asked.seat, .side = o.side()});
  orders_.push_back(o);
}

void NaiveBooks::next_peak(Order& o) {
  o.shown = o.to_show();
  o.ticket = next_ticket();
  tell(Joined{
      .order = o.id(), .left = o.left, .shown = o.shown, .limit = o.limit, .seat = o.asked.seat, .side = o.side()});
}

void NaiveBooks::reduce(Order& o, Quantity by) {
  touch(o);
  o.left -= by;
  o.shown = std::min(o.shown, o.left);  // the hidden part first
  tell(Reduced{.order = o.id(), .by = by, .left = o.left, .limit = o.limit, .seat = o.asked.seat, .side = o.side()});
}

/// True: the arriving order is over, and so is its walk.
bool NaiveBooks::prevent_self_trade(Order& arriving, Order& resting) {
  const auto mode = arriving.asked.self_trade;
  if (mode == SelfTrade::decrement) {
    const Quantity by = std::min(arriving.left, resting.left);
    reduce(resting, by);
    arriving.left -= by;
    tell(Reduced{.order = arriving.id(),
                 .by = by,
                 .left = arriving.left,
                 .limit = arriving.limit,
                 .seat = arriving.asked.seat,
                 .side = arriving.side()});
    if (resting.left == Quantity{}) tell_end(take(resting.id()), EndReason::self_trade);
    if (arriving.left == Quantity{}) tell_end(arriving, EndReason::self_trade);
    return arriving.left == Quantity{};
  }
  if (mode == SelfTrade::cancel_oldest || mode == SelfTrade::cancel_both)
    tell_end(take(resting.id()), EndReason::self_trade);
  if (mode == SelfTrade::cancel_oldest) return false;
  tell_end(arriving, EndReason::self_trade);
  return true;
}

/// True: the arriving order ended within it. `traded` is what was filled.
bool NaiveBooks::walk(Order& arriving, Quantity& traded) {
  std::vector<OrderId> passed_over;
  auto cap = arriving.conditions.cap;
  while (arriving.left > Quantity{}) {
    Order* const resting = first_for(arriving, passed_over);
    if (!resting) return false;
    const Price price = *dealable(arriving, *resting);
    if (resting->asked.seat == arriving.asked.seat && arriving.asked.self_trade != SelfTrade::allow) {
      if (prevent_self_trade(arriving, *resting)) return true;
      continue;
    }
    Quantity most = arriving.left;
    const bool whole = resting->conditions.all_or_none;
    if (cap && !(whole && resting->left > most)) {
      most = std::min(most, Quantity::from_raw(cap->raw() / price.raw()));
      if (most == Quantity{}) {
        tell_end(arriving, EndReason::cap_spent);
        return true;
      }
    }
    if (whole && resting->left > most) {
      passed_over.push_back(resting->id());
      continue;
    }
    const Quantity quantity = std::min(most, resting->conditions.peak ? resting->shown : resting->left);
    touch(*resting);
    tell_fill(arriving, *resting, quantity, price);
    traded += quantity;
    arriving.left -= quantity;
    if (cap) *cap -= consideration(quantity, price);
    resting->left -= quantity;
    resting->shown -= quantity;
    if (resting->left == Quantity{})
      take(resting->id());
    else if (resting->shown == Quantity{})
      next_peak(*resting);
  }
  return false;
}

Quantity NaiveBooks::traded_by_a_dry_walk(const Order& arriving) const {
  NaiveBooks everything = *this;
  Order same = arriving;
  Quantity traded;
  everything.walk(same, traded);
  return traded;
}

void NaiveBooks::arrive(Order o, Entry entry) {
  const bool all_now = o.asked.residue == Residue::all_now_or_end;
  const bool may_rest = o.asked.residue == Residue::rests && !o.at_best();
  if (entry == Entry::asked && o.conditions.post_only && first_for(o, {})) return tell_end(o, EndReason::would_meet);
  bool walks = true;
  if (all_now || o.conditions.minimum || o.conditions.all_or_none) {
    const Quantity would = traded_by_a_dry_walk(o);
    if (all_now && would < o.left) return tell_end(o, EndReason::not_in_full);
    if (o.conditions.minimum && would < *o.conditions.minimum) return tell_end(o, EndReason::minimum_not_met);
    if (o.conditions.all_or_none && would < o.left) {
      if (!may_rest) return tell_end(o, EndReason::not_in_full);
      walks = false;
    }
  }
  Quantity traded;
  if (walks && walk(o, traded)) return;
  if (o.left == Quantity{}) return;
  if (!may_rest) return tell_end(o, EndReason::not_at_once);
  join(o);
}

void NaiveBooks::fire_stops(BookNumber b) {
  std::deque<OrderId> queue;
  for (;;) {
    for (const auto* o : by_ticket(b))
      if (due(*o)) queue.push_back(o->id());
    for (const auto id : queue) at(id)->due = true;
    book(b).lowest = book(b).highest = std::nullopt;
    if (queue.empty()) return;
    Order stop = take(queue.front());
    queue.pop_front();
    stop.waits = stop.due = false;
    stop.ticket = next_ticket();
    tell(Triggered{.order = stop.id(), .seat = stop.asked.seat});
    arrive(stop);
    tell_levels();
  }
}

// --- commands --------------------------------------------------------------------------------------------------------

void NaiveBooks::set_pairs(BookNumber b, const PairTable& pairs, size_t) { book(b).pairs = pairs; }

void NaiveBooks::set_band(BookNumber b, Price low, Price high) {
  book(b).low = low;
  book(b).high = high;
}

Room NaiveBooks::room(OrderId id) const {
  if (id.value >= uint64_t{1} << 36) return Room::number_too_large;
  return orders_.size() < limits_.orders ? Room::enough : Room::full;
}

const Told& NaiveBooks::place(BookNumber b, const NewOrder& asked) {
  begin({asked.id.value});
  Order o = as_order(b, asked);
  if (tickets_ > 0) o.ticket = next_ticket();
  if (const auto trigger = o.conditions.trigger) {
    const auto last = book(b).last;
    o.waits = !last || (o.side() == Side::buy ? *last < *trigger : *last > *trigger);
    if (o.waits) {
      orders_.push_back(o);
      return tape_;
    }
    tell(Triggered{.order = o.id(), .seat = asked.seat});
  }
  arrive(o);
  tell_levels();
  fire_stops(b);
  return tape_;
}

const Told& NaiveBooks::collect(BookNumber b, const NewOrder& asked) {
  begin({asked.id.value});
  Order o = as_order(b, asked);
  if (tickets_ > 0) o.ticket = next_ticket();
  join(o);
  tell_levels();
  return tape_;
}

bool NaiveBooks::cancel(OrderId id, EndReason why) {
  tape_.clear();
  if (!at(id)) return false;
  tell_end(take(id), why);
  tell_levels();
  return true;
}

const Told& NaiveBooks::replace(Sequence command, OrderId id, Quantity left, Price limit, bool continuous) {
  begin(command);
  Order& o = *at(id);
  const bool same_limit = o.at_best() || limit == o.limit;
  if (same_limit && left <= o.left) {
    if (left < o.left) reduce(o, o.left - left);
    tell_levels();
    return tape_;
  }
  const auto change = [&](Order& changed) {
    changed.left = left;
    changed.shown = changed.to_show();
    if (!changed.at_best()) changed.limit = limit;
    changed.ticket = next_ticket();
  };
  if (o.waits) {
    change(o);
    return tape_;
  }
  Order again = take(id);
  change(again);
  again.conditions.minimum.reset();
  again.asked.residue = Residue::rests;
  continuous ? arrive(again) : join(again);
  tell_levels();
  fire_stops(again.book);
  return tape_;
}

const Told& NaiveBooks::uncross(Sequence command, BookNumber b, std::span<const Meeting> meetings, Price price) {
  begin(command);
  for (const auto& [buy, sell, quantity] : meetings) {
    Order &bid = *at(buy), &ask = *at(sell);
    const bool bid_is_newer = bid.ticket > ask.ticket;
    tell_fill(bid_is_newer ? bid : ask, bid_is_newer ? ask : bid, quantity, price);
    for (const OrderId id : {buy, sell}) {
      Order& o = *at(id);
      touch(o);
      o.left -= quantity;
      o.shown = std::min(o.shown, o.left);
      if (o.left == Quantity{}) take(id);
    }
  }
  tell_levels();
  std::vector<OrderId> leftovers;
  for (const auto* o : by_ticket(b))
    if (o->at_best() && !o->waits) leftovers.push_back(o->id());
  for (const auto id : leftovers) tell_end(take(id), EndReason::not_at_once);
  fire_stops(b);
  return tape_;
}

const Told& NaiveBooks::reenter(Sequence command, BookNumber b) {
  begin(command);
  std::vector<OrderId> resting;
  for (const auto* o : by_ticket(b))
    if (!o->waits) resting.push_back(o->id());
  std::vector<Order> leaving;
  for (const auto id : resting) leaving.push_back(take(id));
  for (auto& o : leaving) {
    if (o.at_best()) {
      tell_end(o, EndReason::not_at_once);
    } else {
      o.ticket = next_ticket();
      o.conditions.minimum.reset();
      arrive(o, Entry::after_a_halt);
    }
    tell_levels();
    fire_stops(b);
  }
  return tape_;
}

}  // namespace landex::testing
