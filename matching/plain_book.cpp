#include "matching/plain_book.hpp"

#include <algorithm>
#include <cassert>

namespace landex::matching {
namespace {

bool reaches(Side arriving, Price limit, Price resting) {
  return arriving == Side::buy ? resting <= limit : resting >= limit;
}

/// What the pair would deal at, if the arriving order's limit allows it.
std::optional<Price> dealable(const Order& arriving, const Order& resting, const PairTable& pairs) {
  if (arriving.side == Side::buy) {
    const auto price = ask_for_pair(pairs(resting.kind, arriving.kind), resting.limit());
    return price && *price <= arriving.limit() ? price : std::nullopt;
  }
  const auto price = bid_for_pair(pairs(arriving.kind, resting.kind), resting.limit());
  return price && *price >= arriving.limit() ? price : std::nullopt;
}

}  // namespace

std::optional<PlainBook::Candidate> PlainBook::best_for(const Order& arriving, const PairTable& pairs) {
  std::optional<Candidate> best;
  const bool buying = arriving.side == Side::buy;
  for (auto& ladder : ladders(opposite(arriving.side))) {
    if (ladder.empty()) continue;
    const auto head = ladder.begin();
    const auto price = dealable(arriving, head->second, pairs);
    if (!price) continue;
    const bool better = !best || (buying ? *price < best->price : *price > best->price) ||
                        (*price == best->price && head->first < best->at->first);
    if (better) best = Candidate{.ladder = &ladder, .at = head, .price = *price};
  }
  return best;
}

Quantity PlainBook::crossing_but_barred(const Order& arriving, const PairTable& pairs) const {
  Quantity barred;
  for (const auto& ladder : ladders(opposite(arriving.side)))
    for (const auto& [key, resting] : ladder) {
      if (!reaches(arriving.side, arriving.limit(), resting.limit())) break;
      if (!dealable(arriving, resting, pairs)) barred += resting.quantity;
    }
  return barred;
}

Level PlainBook::change_level(Side side, Price price, Quantity by, int orders) {
  auto& levels = depth(side);
  auto& level = levels[price];
  level.quantity += by;
  level.orders = static_cast<uint32_t>(static_cast<int>(level.orders) + orders);
  assert((level.quantity.raw() > 0) == (level.orders > 0));
  const Level now{.side = side, .price = price, .quantity = level.quantity, .orders = level.orders};
  if (level.orders == 0) levels.erase(price);
  return now;
}

void PlainBook::rest(const Order& order) {
  const Key key = key_of(order);
  ladders(order.side)[static_cast<size_t>(index_of(order.kind))].emplace(key, order);
  index_.emplace(order.id, key);
}

Placed PlainBook::place(const Order& arriving, const PairTable& pairs) {
  Placed out;
  Order left = arriving;
  while (left.quantity.raw() > 0) {
    const auto best = best_for(left, pairs);
    if (!best) break;
    Order& resting = best->at->second;
    const Quantity quantity = std::min(left.quantity, resting.quantity);
    out.fills.push_back({.resting = resting, .price = best->price, .quantity = quantity});
    if (best->price != resting.limit()) out.rule.lifted += quantity;

    const bool gone = quantity == resting.quantity;
    const Level level = change_level(resting.side, resting.limit(), -quantity, gone ? -1 : 0);
    const auto same = std::ranges::find(out.levels, level.price, &Level::price);
    if (same == out.levels.end())
      out.levels.push_back(level);
    else
      *same = level;
    left.quantity -= quantity;
    resting.quantity -= quantity;
    if (gone) {
      index_.erase(resting.id);
      best->ladder->erase(best->at);
    }
  }
  out.rests = left.quantity;
  if (left.quantity.raw() > 0) {
    out.rule.passed_over = crossing_but_barred(left, pairs);
    rest(left);
    out.levels.push_back(change_level(left.side, left.limit(), left.quantity, 1));
  }
  return out;
}

const Order* PlainBook::find(OrderId id) const {
  const auto at = index_.find(id);
  if (at == index_.end()) return nullptr;
  for (const auto& side : ladders_)
    for (const auto& ladder : side)
      if (const auto found = ladder.find(at->second); found != ladder.end()) return &found->second;
  assert(false && "an indexed order stands in a ladder");
  return nullptr;
}

std::optional<Cancelled> PlainBook::cancel(OrderId id) {
  const Order* resting = find(id);
  if (!resting) return std::nullopt;
  const Order order = *resting;
  ladders(order.side)[static_cast<size_t>(index_of(order.kind))].erase(key_of(order));
  index_.erase(id);
  return Cancelled{.order = order, .level = change_level(order.side, order.limit(), -order.quantity, -1)};
}

std::optional<OrderId> PlainBook::own_crossing(District owner, Side side, Price limit) const {
  std::optional<OrderId> first;
  for (const auto& ladder : ladders(opposite(side)))
    for (const auto& [key, resting] : ladder) {
      if (!reaches(side, limit, resting.limit())) break;
      if (resting.owner == owner && (!first || resting.id < *first)) first = resting.id;
    }
  return first;
}

std::vector<Level> PlainBook::levels(Side side) const {
  std::vector<Level> out;
  for (const auto& [price, d] : depth_[side == Side::buy ? 0 : 1])
    out.push_back({.side = side, .price = price, .quantity = d.quantity, .orders = d.orders});
  if (side == Side::buy) std::ranges::reverse(out);
  return out;
}

std::vector<Order> PlainBook::orders() const {
  std::vector<Order> out;
  out.reserve(index_.size());
  for (const auto& side : ladders_)
    for (const auto& ladder : side)
      for (const auto& [key, order] : ladder) out.push_back(order);
  std::ranges::sort(out, {}, &Order::id);
  return out;
}

}  // namespace landex::matching
