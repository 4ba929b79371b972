#include "matching/call_uncross.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>

#include "matching/class_flow.hpp"

namespace landex::matching {
namespace {

using Orders = std::span<const CallOrder>;
using ByClass = ClassFlow::ByClass;

size_t class_of(const CallOrder& o) { return static_cast<size_t>(index_of(o.kind)); }

/// Those who trade at the price. They stand first.
Orders accepting(Side side, Orders orders, Price price) {
  assert(in_priority(side, orders));
  const auto end = std::ranges::partition_point(orders, [&](const auto& o) { return accepts(side, o.terms, price); });
  return orders.first(static_cast<size_t>(end - orders.begin()));
}

struct Amounts {
  ByClass of{};
  std::array<const CallOrder*, kMaxClasses> any{};  // an order of each class that has one
  explicit Amounts(Orders orders) {
    for (const auto& o : orders) {
      of[class_of(o)] += o.quantity.raw();
      any[class_of(o)] = &o;
    }
  }
};

int64_t sum(const ByClass& q) { return std::accumulate(q.begin(), q.end(), int64_t{0}); }

struct Fills {
  std::vector<int64_t> of;  // of each order
  ByClass by_class{};
};

/// Fills one side in priority. `flow` has the pairs open, this side taking; `others` is what the other side would give.
Fills fill_in_priority(ClassFlow flow, Orders orders, const ByClass& others) {
  flow.carry(others, {});
  Fills fills{.of = std::vector<int64_t>(orders.size())};
  std::array<bool, kMaxClasses> full{};
  for (size_t i = 0; i < orders.size(); ++i) {
    const size_t c = class_of(orders[i]);
    if (full[c]) continue;
    const int64_t quantity = orders[i].quantity.raw();
    fills.of[i] = flow.bring(c, quantity);
    full[c] = fills.of[i] < quantity;
    fills.by_class[c] += fills.of[i];
  }
  return fills;
}

/// The filled orders of each class, in priority, with what they still have to meet.
class Queues {
 public:
  Queues(Orders orders, std::vector<int64_t> fills) : left_{std::move(fills)} {
    for (size_t i = 0; i < orders.size(); ++i)
      if (left_[i] > 0) of_class_[class_of(orders[i])].push_back(static_cast<uint32_t>(i));
  }
  bool empty(size_t c) const { return at_[c] == of_class_[c].size(); }
  uint32_t head(size_t c) const { return of_class_[c][at_[c]]; }
  int64_t left_at_head(size_t c) const { return left_[head(c)]; }
  void take(size_t c, int64_t quantity) {
    int64_t& left = left_[head(c)];
    left -= quantity;
    if (left == 0) ++at_[c];
  }

 private:
  std::vector<int64_t> left_;
  std::array<std::vector<uint32_t>, kMaxClasses> of_class_;
  std::array<size_t, kMaxClasses> at_{};
};

}  // namespace

void uncross(CallBook book, const PairTable& pairs, Price price, std::vector<CallFill>& out) {
  out.clear();
  const Orders buys = accepting(Side::buy, book.buys, price), sells = accepting(Side::sell, book.sells, price);
  const Amounts demand{buys}, supply{sells};
  ClassFlow to_buyers, to_sellers;
  for (size_t s = 0; s < kMaxClasses; ++s)
    for (size_t b = 0; b < kMaxClasses; ++b) {
      if (supply.any[s] == nullptr || demand.any[b] == nullptr) continue;
      if (!open_at(pairs(supply.any[s]->kind, demand.any[b]->kind), price)) continue;
      to_buyers.open(s, b);
      to_sellers.open(b, s);
    }
  const Fills bought = fill_in_priority(to_buyers, buys, supply.of);
  const Fills sold = fill_in_priority(to_sellers, sells, demand.of);

  ClassFlow& flow = to_buyers;
  [[maybe_unused]] const int64_t whole = flow.carry(sold.by_class, bought.by_class);
  assert(whole == sum(sold.by_class) && whole == sum(bought.by_class));
  std::array<std::array<bool, kMaxClasses>, kMaxClasses> over{};  // [seller][buyer]: no more may pass, ever
  Queues offers{sells, sold.of};
  for (size_t i = 0; i < buys.size(); ++i) {
    const size_t b = class_of(buys[i]);
    for (int64_t left = bought.of[i]; left > 0;) {
      size_t s = kMaxClasses;  // the class whose next order is the first in priority
      for (size_t c = 0; c < kMaxClasses; ++c)
        if (!offers.empty(c) && !over[c][b] && (s == kMaxClasses || offers.head(c) < offers.head(s))) s = c;
      assert(s < kMaxClasses);
      const int64_t wanted = std::min(left, offers.left_at_head(s));
      const int64_t quantity = flow.widen(s, b, wanted);
      over[s][b] = quantity < wanted;
      if (quantity == 0) continue;
      out.push_back(
          {.buy = static_cast<uint32_t>(i), .sell = offers.head(s), .quantity = Quantity::from_raw(quantity)});
      flow.settle(s, b, quantity);
      offers.take(s, quantity);
      left -= quantity;
    }
  }
}

}  // namespace landex::matching
