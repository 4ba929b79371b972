// The questions that the judge answers: each a scan of all orders.
#include <algorithm>
#include <tuple>

#include "tests/naive_books.hpp"

namespace landex::testing {

using namespace matching;

std::optional<Resting> NaiveBooks::find(OrderId id) const {
  const Order* const o = at(id);
  if (!o) return std::nullopt;
  return Resting{.id = id,
                 .ticket = o->ticket,
                 .left = o->left,
                 .shown = o->shown,
                 .limit = o->limit,
                 .at_best = o->at_best(),
                 .seat = o->asked.seat,
                 .kind = o->asked.kind,
                 .side = o->side(),
                 .self_trade = o->asked.self_trade,
                 .all_or_none = o->conditions.all_or_none,
                 .post_only = o->conditions.post_only,
                 .outlives_day = o->asked.outlives_day,
                 .peak = o->conditions.peak,
                 .trigger = o->waits ? o->conditions.trigger : std::nullopt};
}

std::optional<BookNumber> NaiveBooks::book_of(OrderId id) const {
  return at(id) ? std::optional{at(id)->book} : std::nullopt;
}

std::optional<BestPrice> NaiveBooks::best_dealable(BookNumber b, ParticipantClass kind, Side side) const {
  std::optional<BestPrice> best;
  Order asker{.book = b, .asked = {}, .conditions = {}, .ticket = 0, .left = {}, .shown = {}, .limit = {}};
  asker.asked.kind = kind;
  asker.asked.side = side;
  asker.limit = side == Side::buy ? Price::ticks(INT64_MAX) : Price::ticks(0);
  for (const auto& o : orders_) {
    const auto price = dealable(asker, o);
    if (!price || !o.is_public()) continue;
    const auto ranking = [&](Price deal, Price limit) {
      return std::pair{rank(o.side(), deal), rank(o.side(), limit)};
    };
    if (!best || ranking(*price, o.limit) < ranking(best->price, best->limit)) best = {*price, o.limit};
  }
  return best;
}

std::optional<Price> NaiveBooks::best(BookNumber b, Side side) const {
  std::optional<Price> best;
  for (const auto& o : orders_)
    if (o.book == b && o.side() == side && o.is_public() && (!best || rank(side, o.limit) < rank(side, *best)))
      best = o.limit;
  return best;
}

std::optional<OrderId> NaiveBooks::own_crossing(BookNumber b, Seat seat, Side side, Price limit) const {
  std::optional<OrderId> lowest;
  for (const auto& o : orders_)
    if (o.book == b && o.side() != side && !o.waits && o.asked.seat == seat && within(side, limit, o.limit))
      lowest = std::min(lowest.value_or(o.id()), o.id());
  return lowest;
}

Quantity NaiveBooks::barred(BookNumber b, ParticipantClass kind, Side side, Price limit) const {
  Quantity sum;
  Order asker{.book = b, .asked = {}, .conditions = {}, .ticket = 0, .left = {}, .shown = {}, .limit = limit};
  asker.asked.kind = kind;
  asker.asked.side = side;
  for (const auto& o : orders_)
    if (o.book == b && o.side() != side && o.is_public() && within(side, limit, o.limit) && !dealable(asker, o))
      sum += o.shown;
  return sum;
}

std::optional<Price> NaiveBooks::last_price(BookNumber b) const { return book(b).last; }

void NaiveBooks::for_each_level(BookNumber b, Side side, const std::function<void(const LevelMoved&)>& visit) const {
  std::vector<Price> prices;
  for (const auto& o : orders_)
    if (o.book == b && o.side() == side && o.is_public()) prices.push_back(o.limit);
  std::ranges::sort(prices, {}, [&](Price p) { return rank(side, p); });
  prices.erase(std::ranges::unique(prices).begin(), prices.end());
  for (const auto price : prices) {
    const Depth d = depth(b, side, price);
    visit({.side = side,
           .price = price,
           .shown = d.shown,
           .was_shown = d.shown,
           .orders = d.orders,
           .were_orders = d.orders});
  }
}

void NaiveBooks::for_each_order(BookNumber b, Side side, const std::function<void(const Resting&)>& visit) const {
  std::vector<Resting> sorted;
  for (const auto& o : orders_)
    if (o.book == b && o.side() == side) sorted.push_back(*find(o.id()));
  const bool by_class = book(b).pairs.has_value();  // without a table there are no classes
  std::ranges::sort(sorted, {}, [&](const Resting& r) {
    if (r.trigger)
      return std::tuple{1, 0, 0, rank(opposite(side), *r.trigger), r.ticket};  // the next to be reached first
    return std::tuple{0, by_class ? static_cast<int>(r.kind) : 0, r.at_best ? 0 : 1,
                      r.at_best ? 0 : rank(side, r.limit), r.ticket};
  });
  for (const auto& r : sorted) visit(r);
}

}  // namespace landex::testing
