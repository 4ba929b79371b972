#include "matching/call_prevention.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <functional>
#include <queue>

namespace landex::matching {
namespace {

/// Is there a price at which these two would trade? If there is one, it is the lowest at which the sale may be made.
bool could_trade(const CallOrder& buy, const CallOrder& sell, const PairTable& pairs) {
  const PairRule& rule = pairs(sell.kind, buy.kind);
  std::optional<Price> lowest;
  if (const auto* limited = std::get_if<AtLimit>(&sell.terms)) lowest = limited->price;
  if (rule.limited) {
    if (!rule.floor) return false;
    lowest = lowest ? std::max(*lowest, *rule.floor) : *rule.floor;
  }
  return !lowest || accepts(Side::buy, buy.terms, *lowest);
}

constexpr size_t kBuys = 0, kSells = 1;

struct Arrival {
  uint64_t ticket;
  size_t side;
  uint32_t index;  // in its side: less is earlier in priority
};

using FirstInPriority = std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>>;

class Prevention {
 public:
  Prevention(std::vector<CallOrder>& buys, std::vector<CallOrder>& sells, const PairTable& pairs,
             std::vector<CallPrevented>& out)
      : sides_{&buys, &sells}, pairs_{pairs}, out_{out} {}

  /// The orders of seats that stand on both sides, by ticket. Nobody else can meet themselves.
  std::vector<Arrival> arrivals() {
    std::array<std::vector<bool>, 2> stands;
    for (const size_t side : {kBuys, kSells}) {
      stands[side].resize(kMaxSeats);
      for (const auto& o : *sides_[side]) stands[side][static_cast<size_t>(o.seat)] = true;
    }
    std::vector<Arrival> arrivals;
    for (const size_t side : {kBuys, kSells})
      for (uint32_t i = 0; i < sides_[side]->size(); ++i) {
        const CallOrder& o = (*sides_[side])[i];
        const auto seat = static_cast<size_t>(o.seat);
        if (!stands[kBuys][seat] || !stands[kSells][seat]) continue;
        arrivals.push_back({o.ticket, side, i});
        if (own_.size() <= seat) own_.resize(seat + 1);
      }
    std::ranges::sort(arrivals, {}, &Arrival::ticket);
    return arrivals;
  }

  void arrive(const Arrival& a) {
    CallOrder& later = (*sides_[a.side])[a.index];
    auto& own = own_[static_cast<size_t>(later.seat)];
    auto& resting = own[1 - a.side];
    while (later.quantity.raw() > 0 && later.self_trade != SelfTrade::allow && !resting.empty()) {
      CallOrder& earlier = (*sides_[1 - a.side])[resting.top()];
      assert(earlier.kind == later.kind);
      // if the first in priority could not trade with it, no other could: for one class both limits rank alike
      if (!(a.side == kBuys ? could_trade(later, earlier, pairs_) : could_trade(earlier, later, pairs_))) break;
      meet(earlier, later);
      if (earlier.quantity.raw() == 0) resting.pop();
    }
    if (later.quantity.raw() > 0) own[a.side].push(a.index);
  }

 private:
  void meet(CallOrder& earlier, CallOrder& later) {
    switch (later.self_trade) {
      case SelfTrade::refuse:
      case SelfTrade::cancel_newest:
        return lose(later, earlier, later.quantity, later.self_trade);
      case SelfTrade::cancel_oldest:
        return lose(earlier, later, earlier.quantity, later.self_trade);
      case SelfTrade::cancel_both:
        lose(earlier, later, earlier.quantity, later.self_trade);
        return lose(later, earlier, later.quantity, later.self_trade);
      case SelfTrade::decrement: {
        const Quantity by = std::min(earlier.quantity, later.quantity);
        lose(earlier, later, by, later.self_trade);
        return lose(later, earlier, by, later.self_trade);
      }
      case SelfTrade::allow:
        break;
    }
    assert(false && "an order that may trade with its own meets nobody here");
  }
  void lose(CallOrder& order, const CallOrder& own, Quantity by, SelfTrade mode) {
    order.quantity -= by;
    out_.push_back({.order = order.id, .own = own.id, .mode = mode, .by = by, .ended = order.quantity.raw() == 0});
  }

  std::array<std::vector<CallOrder>*, 2> sides_;
  const PairTable& pairs_;
  std::vector<CallPrevented>& out_;
  std::vector<std::array<FirstInPriority, 2>> own_;  // of each seat: what has arrived and is left
};

}  // namespace

void prevent_self_trades(std::vector<CallOrder>& buys, std::vector<CallOrder>& sells, const PairTable& pairs,
                         std::vector<CallPrevented>& out) {
  out.clear();
  assert(in_priority(Side::buy, buys) && in_priority(Side::sell, sells));
  Prevention prevention{buys, sells, pairs, out};
  for (const Arrival& a : prevention.arrivals()) prevention.arrive(a);
  const auto ended = [](const CallOrder& o) { return o.quantity.raw() == 0; };
  if (out.empty()) return;
  std::erase_if(buys, ended);
  std::erase_if(sells, ended);
}

}  // namespace landex::matching
