// calls.cpp: a call auction over the orders that a book has collected: its indicative price, and its end.
#include <algorithm>

#include "exchange/engine/orders.hpp"
#include "matching/call_prevention.hpp"
#include "matching/call_uncross.hpp"

namespace landex::engine {
namespace {

using matching::CallOrder;

// A call clears within the day's band, for what an order at best holds is reckoned at its edge. Orders of days before
// that do not come so far wait outside. So do pairs whose floor is above it.

/// The orders that take part, in priority. All-or-none orders and stops wait outside (decisions 14).
std::vector<CallOrder> collected(const Market& m, Instrument i, Side side) {
  const auto& band = m.session(i).band;
  std::vector<CallOrder> out;
  m.books.for_each_order(book_of(i), side, [&](const matching::Resting& r) {
    if (r.all_or_none || r.trigger) return;
    if (band && (side == Side::buy ? r.limit < band->low : r.limit > band->high)) return;
    CallOrder o{.id = r.id,
                .ticket = r.ticket,
                .seat = r.seat,
                .kind = r.kind,
                .terms = {},
                .quantity = r.left,
                .self_trade = r.self_trade};
    if (r.at_best)
      o.terms = AtBest{};
    else
      o.terms = AtLimit{r.limit};
    out.push_back(o);
  });
  matching::sort_in_priority(side, out);
  return out;
}

matching::PairTable pairs_of_call(const State& s, Instrument i) {
  auto pairs = pair_table(s, i);
  const auto& band = s.market.session(i).band;
  if (!band || !is_supplementary(i)) return pairs;
  for (const auto& route : s.pack->floor_routes)
    if (const auto floor = pairs(route.seller, route.buyer).floor)
      pairs.limit(route.seller, route.buyer,
                  *floor <= band->high ? std::optional{std::max(*floor, band->low)} : std::nullopt);
  return pairs;
}

/// The last price of the day, else the close before it, else the published cross-city price (decisions 14).
std::optional<Price> reference(const State& s, Instrument i) {
  const Session& session = s.market.session(i);
  const auto& band = session.band;
  if (session.statistics.prices) {
    const Price last = session.statistics.prices->last;
    return band ? std::clamp(last, band->low, band->high) : last;
  }
  if (session.previous_close) return session.previous_close;
  if (!is_supplementary(i)) return std::nullopt;
  const auto* row = s.prices.in_force(i, *s.day);
  return row ? std::optional{floor_price(i, row->rate)} : std::nullopt;
}

void tell_price(Doing& d, Instrument i, bool final, const matching::CallPrice& p) {
  d.events.emplace_back(event::CallPriced{.instrument = i,
                                          .final = final,
                                          .price = p.price,
                                          .volume = p.volume,
                                          .demand = p.demand,
                                          .supply = p.supply,
                                          .step = p.step});
}

/// The orders of a call without those parts of them that would meet their own owner's.
struct Collected {
  std::vector<CallOrder> buys, sells;
  matching::PairTable pairs;
  std::vector<matching::CallPrevented> prevented;

  Collected(const State& s, Instrument i)
      : buys{collected(s.market, i, Side::buy)}, sells{collected(s.market, i, Side::sell)}, pairs{pairs_of_call(s, i)} {
    matching::prevent_self_trades(buys, sells, pairs, prevented);
  }
  matching::CallPrice price(const State& s, Instrument i) const {
    return matching::discover({.buys = buys, .sells = sells}, pairs, reference(s, i));
  }
};

}  // namespace

matching::CallPrice indicative(const State& s, Instrument i) { return Collected{s, i}.price(s, i); }

void tell_indicative(Doing& d, Instrument i) {
  Session& session = d.state.market.session(i);
  if (session.phase != matching::Phase::call && session.phase != matching::Phase::call_no_cancel) return;
  if (++session.told_orders <= d.state.market.books.resting() / kOrdersPerIndication) return;
  session.told_orders = 0;
  tell_price(d, i, /*final=*/false, indicative(d.state, i));
}

void end_call(Doing& d, Instrument i) {
  Market& market = d.state.market;
  const Collected call{d.state, i};
  for (const auto& p : call.prevented) {
    if (p.ended) {
      end_order(d, p.order, matching::EndReason::self_trade);
      continue;
    }
    const auto order = *market.books.find(p.order);
    market.books.replace(d.seq, p.order, order.left - p.by, order.limit, /*continuous=*/false);
    tell_tape(d, i, {});
  }
  const auto price = call.price(d.state, i);
  tell_price(d, i, /*final=*/true, price);
  std::vector<matching::CallFill> fills;
  if (price.price) matching::uncross({.buys = call.buys, .sells = call.sells}, call.pairs, *price.price, fills);
  std::vector<matching::Meeting> meetings;
  meetings.reserve(fills.size());
  for (const auto& f : fills)
    meetings.push_back({.buy = call.buys[f.buy].id, .sell = call.sells[f.sell].id, .quantity = f.quantity});
  market.books.uncross(d.seq, book_of(i), meetings, price.price.value_or(Price{}));
  tell_tape(d, i, {});
  market.session(i).told_orders = 0;
}

}  // namespace landex::engine
