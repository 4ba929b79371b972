#include "tests/naive_call.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace landex::naive {
namespace {

using namespace matching;
using Orders = std::vector<CallOrder>;
using Amounts = std::map<ParticipantClass, int64_t>;

bool would_trade(Side side, const CallOrder& o, Price p) {
  if (std::holds_alternative<AtBest>(o.terms)) return true;
  const Price limit = limit_of(o.terms);
  return side == Side::buy ? p <= limit : p >= limit;
}

Orders those_who_would(Side side, std::span<const CallOrder> all, Price p) {
  Orders some;
  for (const auto& o : all)
    if (would_trade(side, o, p)) some.push_back(o);
  return some;
}

bool pair_may(const PairTable& pairs, ParticipantClass seller, ParticipantClass buyer, Price p) {
  const PairRule rule = pairs(seller, buyer);
  return !rule.limited || (rule.floor.has_value() && p >= *rule.floor);
}

Amounts by_class(const Orders& orders) {
  Amounts sum;
  for (const auto& o : orders) sum[o.kind] += o.quantity.raw();
  return sum;
}

int64_t total(const Amounts& a) {
  int64_t sum = 0;
  for (const auto& [kind, amount] : a) sum += amount;
  return sum;
}

/// The most that can pass, by its smallest cut: of some seller classes nothing is let out of the source, of the others
/// nothing into any buyer class that they may trade with.
int64_t most(const Amounts& supply, const Amounts& demand, const PairTable& pairs, Price p) {
  const std::vector<std::pair<ParticipantClass, int64_t>> sellers(supply.begin(), supply.end());
  int64_t least = INT64_MAX;
  for (size_t set = 0; set < size_t{1} << sellers.size(); ++set) {
    int64_t cut = 0;
    for (size_t s = 0; s < sellers.size(); ++s)
      if ((set >> s & 1) == 0) cut += sellers[s].second;
    for (const auto& [buyer, wanted] : demand) {
      bool reached = false;
      for (size_t s = 0; s < sellers.size(); ++s)
        reached = reached || ((set >> s & 1) != 0 && pair_may(pairs, sellers[s].first, buyer, p));
      if (reached) cut += wanted;
    }
    least = std::min(least, cut);
  }
  return least;
}

int64_t most_for(Side taking, const Amounts& takers, const Amounts& others, const PairTable& pairs, Price p) {
  return taking == Side::buy ? most(others, takers, pairs, p) : most(takers, others, pairs, p);
}

/// Where all quantities are multiples of one number, so is every answer: the largest such number, to save tries.
int64_t step(const Orders& buys, const Orders& sells) {
  int64_t divisor = 0;
  for (const auto& orders : {buys, sells})
    for (const auto& o : orders) divisor = std::gcd(divisor, o.quantity.raw());
  return divisor;
}

constexpr int64_t kMostTries = 2'000;  // one by one; quantities as large as land comes in take halving

/// In priority, to each the largest quantity with which it, those before it and the whole V can still be had.
std::vector<int64_t> fills(Side side, const Orders& orders, const Orders& others, const PairTable& pairs, Price p) {
  const Amounts across = by_class(others);
  const int64_t tried = step(orders, others);
  const int64_t whole = most_for(side, by_class(orders), across, pairs, p);
  std::vector<int64_t> filled;
  Amounts fixed;
  for (size_t i = 0; i < orders.size(); ++i) {
    const Amounts after = by_class({orders.begin() + static_cast<std::ptrdiff_t>(i) + 1, orders.end()});
    const auto with = [&](int64_t q) {
      Amounts sum = fixed;
      sum[orders[i].kind] += q;
      return sum;
    };
    const auto can_have = [&](int64_t q) { return most_for(side, with(q), across, pairs, p) == total(with(q)); };
    const auto whole_stays = [&](int64_t q) {
      Amounts all = with(q);
      for (const auto& [kind, amount] : after) all[kind] += amount;
      return most_for(side, all, across, pairs, p) == whole;
    };
    int64_t q = orders[i].quantity.raw();
    for (int64_t tries = 0; !(can_have(q) && whole_stays(q)); ++tries, q -= tried) {
      if (tries < kMostTries) continue;
      // What can be had in full can be had in part: the search may halve. The least that is tried here can be had.
      int64_t can = 0, cannot = q / tried;
      while (cannot - can > 1) {
        const int64_t middle = can + (cannot - can) / 2;
        (can_have(middle * tried) ? can : cannot) = middle;
      }
      q = (can + 1) * tried;  // the next one tried is the largest that can be had
    }
    fixed = with(q);
    filled.push_back(q);
  }
  return filled;
}

bool anybody_names_a_limit(CallBook book) {
  const auto limited = [](const CallOrder& o) { return std::holds_alternative<AtLimit>(o.terms); };
  return std::ranges::any_of(book.buys, limited) || std::ranges::any_of(book.sells, limited);
}

}  // namespace

Outlook outlook(CallBook book, const PairTable& pairs, Price p) {
  const Amounts demand = by_class(those_who_would(Side::buy, book.buys, p));
  const Amounts supply = by_class(those_who_would(Side::sell, book.sells, p));
  return {.price = p,
          .volume = Quantity::from_raw(most(supply, demand, pairs, p)),
          .demand = Quantity::from_raw(total(demand)),
          .supply = Quantity::from_raw(total(supply))};
}

std::vector<Price> candidates(CallBook book, const PairTable& pairs, std::optional<Price> reference) {
  std::set<Price> named;
  for (const auto side : {book.buys, book.sells})
    for (const auto& o : side)
      if (std::holds_alternative<AtLimit>(o.terms)) named.insert(limit_of(o.terms));
  const bool any_limit = !named.empty();
  for (const auto& seller : book.sells)
    for (const auto& buyer : book.buys) {
      const PairRule rule = pairs(seller.kind, buyer.kind);
      if (rule.limited && rule.floor && would_trade(Side::sell, seller, *rule.floor) &&
          would_trade(Side::buy, buyer, *rule.floor))
        named.insert(*rule.floor);
    }
  if (reference && (!any_limit || (*named.begin() <= *reference && *reference <= *named.rbegin())))
    named.insert(*reference);
  return {named.begin(), named.end()};
}

std::vector<Price> every_tick(CallBook book, const PairTable& pairs, std::optional<Price> reference) {
  const auto named = candidates(book, pairs, reference);
  std::vector<Price> ticks;
  if (named.empty()) return ticks;
  for (int64_t t = named.front().raw(); t <= named.back().raw(); ++t) ticks.push_back(Price::ticks(t));
  return ticks;
}

CallPrice settle(CallBook book, const PairTable& pairs, const std::vector<Price>& prices,
                 std::optional<Price> reference) {
  const bool limits = anybody_names_a_limit(book);
  if (book.buys.empty() || book.sells.empty()) return {};
  if (!limits && !reference) return {.step = CallStep::reference};
  std::vector<Outlook> kept;
  for (const Price p : prices)
    if (const auto o = outlook(book, pairs, p); o.volume.raw() > 0) kept.push_back(o);
  if (kept.empty()) return {};
  const auto answer = [](const Outlook& o, CallStep step) {
    return CallPrice{.price = o.price, .volume = o.volume, .demand = o.demand, .supply = o.supply, .step = step};
  };

  const auto most_volume = std::ranges::max(kept, {}, &Outlook::volume).volume;
  std::erase_if(kept, [&](const auto& o) { return o.volume != most_volume; });
  if (kept.size() == 1 && (limits || kept.front().price != *reference)) return answer(kept.front(), CallStep::volume);

  if (limits) {
    const auto least_surplus = std::ranges::min(kept, {}, &Outlook::surplus).surplus();
    std::erase_if(kept, [&](const auto& o) { return o.surplus() != least_surplus; });
    if (kept.size() == 1) return answer(kept.front(), CallStep::surplus);
    std::vector<Outlook> buyers_over, sellers_over, others;
    for (const auto& o : kept)
      (o.supply == o.volume && o.demand > o.volume   ? buyers_over
       : o.demand == o.volume && o.supply > o.volume ? sellers_over
                                                     : others)
          .push_back(o);
    kept = others;
    if (!buyers_over.empty()) kept.push_back(buyers_over.back());
    if (!sellers_over.empty()) kept.push_back(sellers_over.front());
    if (kept.size() == 1) return answer(kept.front(), CallStep::pressure);
    std::ranges::sort(kept, {}, &Outlook::price);
  }

  if (!reference) return {.step = CallStep::reference};
  std::ranges::reverse(kept);  // of two as near, the higher
  return answer(
      *std::ranges::min_element(kept, {}, [&](const auto& o) { return std::abs(o.price.raw() - reference->raw()); }),
      CallStep::reference);
}

std::vector<CallFill> uncross(CallBook book, const PairTable& pairs, Price p) {
  const Orders buys = those_who_would(Side::buy, book.buys, p), sells = those_who_would(Side::sell, book.sells, p);
  auto bought = fills(Side::buy, buys, sells, pairs, p), sold = fills(Side::sell, sells, buys, pairs, p);
  Amounts to_buy, to_sell;
  for (size_t b = 0; b < buys.size(); ++b) to_buy[buys[b].kind] += bought[b];
  for (size_t s = 0; s < sells.size(); ++s) to_sell[sells[s].kind] += sold[s];

  std::vector<CallFill> out;
  for (size_t b = 0; b < buys.size(); ++b)
    for (size_t s = 0; s < sells.size(); ++s) {
      if (!pair_may(pairs, sells[s].kind, buys[b].kind, p)) continue;
      for (int64_t q = std::min(bought[b], sold[s]); q > 0; q -= step(buys, sells)) {
        Amounts buy_after = to_buy, sell_after = to_sell;
        buy_after[buys[b].kind] -= q;
        sell_after[sells[s].kind] -= q;
        if (most(sell_after, buy_after, pairs, p) != total(sell_after)) continue;
        out.push_back(
            {.buy = static_cast<uint32_t>(b), .sell = static_cast<uint32_t>(s), .quantity = Quantity::from_raw(q)});
        to_buy = buy_after;
        to_sell = sell_after;
        bought[b] -= q;
        sold[s] -= q;
        break;
      }
    }
  return out;
}

std::vector<CallPrevented> prevent_self_trades(Orders& buys, Orders& sells, const PairTable& pairs) {
  std::vector<CallPrevented> out;
  struct Arrived {
    Side side;
    CallOrder* order;
  };
  std::vector<Arrived> all;
  for (auto& o : buys) all.push_back({Side::buy, &o});
  for (auto& o : sells) all.push_back({Side::sell, &o});
  std::ranges::sort(all, {}, [](const auto& a) { return a.order->ticket; });

  const auto meet_at_some_price = [&](const CallOrder& buy, const CallOrder& sell) {
    std::set<Price> prices{Price::ticks(0)};  // if there is such a price, it is one of these
    for (const auto* o : {&buy, &sell})
      if (std::holds_alternative<AtLimit>(o->terms)) prices.insert(limit_of(o->terms));
    if (const PairRule rule = pairs(sell.kind, buy.kind); rule.floor) prices.insert(*rule.floor);
    return std::ranges::any_of(prices, [&](Price p) {
      return would_trade(Side::buy, buy, p) && would_trade(Side::sell, sell, p) &&
             pair_may(pairs, sell.kind, buy.kind, p);
    });
  };
  const auto lose = [&](CallOrder& o, const CallOrder& own, int64_t by, SelfTrade mode) {
    o.quantity = o.quantity - Quantity::from_raw(by);
    out.push_back(
        {.order = o.id, .own = own.id, .mode = mode, .by = Quantity::from_raw(by), .ended = o.quantity == Quantity{}});
  };
  for (size_t i = 0; i < all.size(); ++i) {
    const auto [side, later] = all[i];
    for (auto& earlier : side == Side::buy ? sells : buys) {  // in priority
      if (earlier.ticket > later->ticket || earlier.seat != later->seat || earlier.quantity == Quantity{}) continue;
      if (later->quantity == Quantity{}) break;
      if (!(side == Side::buy ? meet_at_some_price(*later, earlier) : meet_at_some_price(earlier, *later))) continue;
      const SelfTrade mode = later->self_trade;
      const int64_t all_of_later = later->quantity.raw(), all_of_earlier = earlier.quantity.raw();
      const int64_t both = std::min(all_of_later, all_of_earlier);
      if (mode == SelfTrade::cancel_oldest || mode == SelfTrade::cancel_both)
        lose(earlier, *later, all_of_earlier, mode);
      if (mode == SelfTrade::decrement) lose(earlier, *later, both, mode), lose(*later, earlier, both, mode);
      if (mode == SelfTrade::refuse || mode == SelfTrade::cancel_newest || mode == SelfTrade::cancel_both)
        lose(*later, earlier, all_of_later, mode);
    }
  }
  std::erase_if(buys, [](const auto& o) { return o.quantity == Quantity{}; });
  std::erase_if(sells, [](const auto& o) { return o.quantity == Quantity{}; });
  return out;
}

}  // namespace landex::naive
