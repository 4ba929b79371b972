#include "matching/call_auction.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>
#include <utility>

#include "matching/class_flow.hpp"

namespace landex::matching {
namespace {

/// What the classes of one side would trade, and their sum.
struct Amounts {
  ClassFlow::ByClass by_class{};
  int64_t all = 0;
  void add(const CallOrder& o) { change(o, o.quantity.raw()); }
  void remove(const CallOrder& o) { change(o, -o.quantity.raw()); }

 private:
  void change(const CallOrder& o, int64_t by) {
    by_class[static_cast<size_t>(index_of(o.kind))] += by;
    all += by;
  }
};

/// Demand and supply at a price that only rises: every order is touched once.
class Curves {
 public:
  explicit Curves(CallBook book) : book_{book}, buyers_{book.buys.size()} {
    for (const auto& o : book.buys) demand_.add(o);
  }
  void rise_to(Price price) {
    while (sellers_ < book_.sells.size() && accepts(Side::sell, book_.sells[sellers_].terms, price))
      supply_.add(book_.sells[sellers_++]);
    while (buyers_ > 0 && !accepts(Side::buy, book_.buys[buyers_ - 1].terms, price))
      demand_.remove(book_.buys[--buyers_]);
  }
  const Amounts& demand() const { return demand_; }
  const Amounts& supply() const { return supply_; }
  /// No flow is more than this.
  int64_t at_most() const { return std::min(demand_.all, supply_.all); }

 private:
  CallBook book_;
  size_t buyers_, sellers_ = 0;  // so many of each side's orders are in, in priority
  Amounts demand_, supply_;
};

/// The first order in priority of each class; if that one does not trade at a price, no order of the class does.
std::array<const CallOrder*, kMaxClasses> best_of_each(std::span<const CallOrder> side) {
  std::array<const CallOrder*, kMaxClasses> best{};
  for (const auto& o : side) {
    assert(o.quantity.raw() > 0 && static_cast<size_t>(index_of(o.kind)) < kMaxClasses);
    auto& first = best[static_cast<size_t>(index_of(o.kind))];
    if (first == nullptr) first = &o;
  }
  return best;
}

/// The pairs that have orders on both sides, and from which price on each may trade.
struct Pairs {
  struct Pair {
    size_t seller, buyer;
  };
  struct Floored {
    Price floor;
    Pair pair;
    bool binds;  // an order of each of its classes would trade at the floor
  };
  Pairs(CallBook book, const PairTable& table) {
    const auto sellers = best_of_each(book.sells), buyers = best_of_each(book.buys);
    for (size_t s = 0; s < kMaxClasses; ++s)
      for (size_t b = 0; b < kMaxClasses; ++b) {
        if (sellers[s] == nullptr || buyers[b] == nullptr) continue;
        const PairRule& rule = table(sellers[s]->kind, buyers[b]->kind);
        if (!rule.limited)
          always.push_back({s, b});
        else if (rule.floor)
          floored.push_back({.floor = *rule.floor,
                             .pair = {s, b},
                             .binds = accepts(Side::sell, sellers[s]->terms, *rule.floor) &&
                                      accepts(Side::buy, buyers[b]->terms, *rule.floor)});
      }
    std::ranges::stable_sort(floored, {}, &Floored::floor);
  }
  std::vector<Pair> always;
  std::vector<Floored> floored;  // the lowest floor first
};

/// V at a price that only rises.
class Volume {
 public:
  explicit Volume(const Pairs& pairs) : pairs_{pairs} {
    for (const auto& [seller, buyer] : pairs.always) flow_.open(seller, buyer);
  }
  int64_t at(Price price, const Curves& curves) {
    for (; opened_ < pairs_.floored.size() && pairs_.floored[opened_].floor <= price; ++opened_)
      flow_.open(pairs_.floored[opened_].pair.seller, pairs_.floored[opened_].pair.buyer);
    return flow_.carry(curves.supply().by_class, curves.demand().by_class);
  }

 private:
  const Pairs& pairs_;
  size_t opened_ = 0;
  ClassFlow flow_;
};

/// The prices asked, upwards, each once.
std::vector<Price> prices_asked(CallBook book, const Pairs& pairs, std::optional<Price> reference) {
  std::vector<Price> prices;
  const auto ask = [&](Price p) {
    if (prices.empty() || prices.back() != p) prices.push_back(p);
  };
  const auto ask_limit = [&](const CallOrder& o) {
    if (const auto* limited = std::get_if<AtLimit>(&o.terms)) ask(limited->price);
  };
  const auto merge_from = [&](size_t middle) {
    std::inplace_merge(prices.begin(), prices.begin() + static_cast<std::ptrdiff_t>(middle), prices.end());
  };
  for (const auto& o : book.sells) ask_limit(o);  // the best offer is the lowest, the best bid the last
  const size_t offers = prices.size();
  for (size_t i = book.buys.size(); i-- > 0;) ask_limit(book.buys[i]);
  merge_from(offers);
  const bool any_limit = !prices.empty();

  const size_t limits = prices.size();
  for (const auto& f : pairs.floored)
    if (f.binds) ask(f.floor);
  merge_from(limits);
  if (reference && (!any_limit || (prices.front() <= *reference && *reference <= prices.back()))) {
    prices.push_back(*reference);
    merge_from(prices.size() - 1);
  }
  const auto repeated = std::ranges::unique(prices);
  prices.erase(repeated.begin(), repeated.end());
  return prices;
}

struct Point {
  Price price;
  int64_t volume, demand, supply;
  int64_t surplus() const { return demand + supply - 2 * volume; }
  bool leaves_only_buyers() const { return supply == volume && demand > volume; }
  bool leaves_only_sellers() const { return demand == volume && supply > volume; }
};

/// The rule, over all prices with the most volume, upwards.
CallPrice settle(std::vector<Point> kept, bool any_limit, std::optional<Price> reference) {
  const auto taken = [](const Point& p, CallStep step) {
    return CallPrice{.price = p.price,
                     .volume = Quantity::from_raw(p.volume),
                     .demand = Quantity::from_raw(p.demand),
                     .supply = Quantity::from_raw(p.supply),
                     .step = step};
  };
  if (kept.empty()) return {};
  if (kept.size() == 1 && (any_limit || kept.front().price != *reference)) return taken(kept.front(), CallStep::volume);

  if (any_limit) {
    const int64_t least = std::ranges::min(kept, {}, &Point::surplus).surplus();
    std::erase_if(kept, [&](const Point& p) { return p.surplus() > least; });
    if (kept.size() == 1) return taken(kept.front(), CallStep::surplus);

    std::optional<Price> highest, lowest;
    for (const Point& p : kept) {
      if (p.leaves_only_buyers()) highest = p.price;
      if (p.leaves_only_sellers() && !lowest) lowest = p.price;
    }
    std::erase_if(kept, [&](const Point& p) {
      return (p.leaves_only_buyers() && p.price != highest) || (p.leaves_only_sellers() && p.price != lowest);
    });
    if (kept.size() == 1) return taken(kept.front(), CallStep::pressure);
  }

  if (!reference) return {.step = CallStep::reference};
  const auto away = [&](const Point& p) { return std::abs(p.price.raw() - reference->raw()); };
  const Point* nearest = &kept.front();
  for (const Point& p : kept)
    if (away(p) <= away(*nearest)) nearest = &p;
  return taken(*nearest, CallStep::reference);
}

/// A volume that is certainly reached: V where the two curves cross. Without rules it is the most there is, and only
/// the prices that reach it are asked for a flow.
int64_t volume_at_crossing(CallBook book, const Pairs& pairs, const std::vector<Price>& prices) {
  Price crossing;
  int64_t most = 0;
  Curves all{book};
  for (const Price p : prices) {
    all.rise_to(p);
    if (all.at_most() > most) {
      most = all.at_most();
      crossing = p;
    }
  }
  if (most == 0) return 0;
  Curves there{book};
  there.rise_to(crossing);
  return Volume{pairs}.at(crossing, there);
}

/// At-best first, then the better limit, then the earlier ticket.
bool ranks_before(Side side, const CallOrder& a, const CallOrder& b) {
  static_assert(std::variant_size_v<Terms> == 2, "say where the new kind of order ranks");
  const auto *x = std::get_if<AtLimit>(&a.terms), *y = std::get_if<AtLimit>(&b.terms);
  if (x == nullptr || y == nullptr) return x == y ? a.ticket < b.ticket : x == nullptr;
  if (x->price != y->price) return side == Side::buy ? x->price > y->price : x->price < y->price;
  return a.ticket < b.ticket;
}

}  // namespace

void sort_in_priority(Side side, std::vector<CallOrder>& orders) {
  std::ranges::sort(orders, [side](const auto& a, const auto& b) { return ranks_before(side, a, b); });
}

bool in_priority(Side side, std::span<const CallOrder> orders) {
  return std::ranges::is_sorted(orders, [side](const auto& a, const auto& b) { return ranks_before(side, a, b); });
}

bool accepts(Side side, const Terms& terms, Price price) {
  struct Accepts {
    Side side;
    Price price;
    bool operator()(const AtLimit& o) const { return side == Side::buy ? o.price >= price : o.price <= price; }
    bool operator()(const AtBest&) const { return true; }
  };
  return std::visit(Accepts{side, price}, terms);
}

CallPrice discover(CallBook book, const PairTable& table, std::optional<Price> reference) {
  assert(in_priority(Side::buy, book.buys) && in_priority(Side::sell, book.sells));
  if (book.buys.empty() || book.sells.empty()) return {};
  // at-best orders come first, so the last order tells
  const bool any_limit = std::holds_alternative<AtLimit>(book.buys.back().terms) ||
                         std::holds_alternative<AtLimit>(book.sells.back().terms);
  if (!any_limit && !reference) return {.step = CallStep::reference};

  const Pairs pairs{book, table};
  const auto prices = prices_asked(book, pairs, reference);
  std::vector<Point> kept;
  int64_t most = std::max<int64_t>(volume_at_crossing(book, pairs, prices), 1);
  Curves curves{book};
  Volume volume{pairs};
  for (const Price p : prices) {
    curves.rise_to(p);
    if (curves.at_most() < most) continue;
    const int64_t v = volume.at(p, curves);
    if (v < most) continue;
    if (v > most) kept.clear();
    most = v;
    kept.push_back({.price = p, .volume = v, .demand = curves.demand().all, .supply = curves.supply().all});
  }
  return settle(std::move(kept), any_limit, reference);
}

}  // namespace landex::matching
