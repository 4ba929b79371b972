#include "exchange/feed/market.hpp"

#include <ranges>

#include "exchange/feed/audience.hpp"

namespace landex::feed {

std::optional<wire::MarketIncrement> Market::apply(Sequence seq, Instant at, const engine::Events& events) {
  namespace event = engine::event;
  wire::MarketIncrement out{.seq = seq, .prev_seq = last_, .at = at, .levels = {}, .trades = {}, .notices = {}};
  for (const auto& e : events) {
    if (const auto* level = std::get_if<event::LevelChanged>(&e)) {
      auto& side = levels_[index_of(level->instrument)][level->side == Side::buy ? 0 : 1];
      if (level->orders == 0)
        side.erase(level->price);
      else
        side[level->price] = {
            .side = level->side, .price = level->price, .quantity = level->quantity, .orders = level->orders};
      out.levels.push_back(*level);
    } else if (const auto* trade = std::get_if<event::Traded>(&e)) {
      const wire::TradeLine line{.seq = seq,
                                 .at = at,
                                 .index = trade->index,
                                 .instrument = trade->instrument,
                                 .quantity = trade->quantity,
                                 .price = trade->price,
                                 .amount = trade->amount};
      trades_.push_back(line);
      if (trades_.size() > kTrades) trades_.pop_front();
      out.trades.push_back(line);
    } else if (is_public(e)) {
      if (const auto* activated = std::get_if<event::Activated>(&e)) rule_set_ = activated->rule_set;
      if (const auto* venue = std::get_if<event::VenueSet>(&e)) venue_ = venue->venue;
      if (const auto* opened = std::get_if<event::DayOpened>(&e)) day_ = opened->day;
      if (std::holds_alternative<event::DayClosed>(e)) day_.reset();
      out.notices.push_back({.event = e});
    }
  }
  if (out.levels.empty() && out.trades.empty() && out.notices.empty()) return std::nullopt;
  last_ = seq;
  return out;
}

wire::Book Market::book(Instrument i) const {
  const auto& [bids, asks] = levels_[index_of(i)];
  wire::Book out{.instrument = i,
                 .levels = {},
                 .crossed_by_rule = !bids.empty() && !asks.empty() && bids.rbegin()->first >= asks.begin()->first};
  for (const auto& [price, line] : bids | std::views::reverse) out.levels.push_back(line);
  for (const auto& [price, line] : asks) out.levels.push_back(line);
  return out;
}

wire::MarketSnapshot Market::snapshot() const {
  wire::MarketSnapshot out{
      .seq = last_, .venue = venue_, .day = day_, .books = {}, .trades = {trades_.begin(), trades_.end()}};
  for (const Instrument i : kInstruments) out.books.push_back(book(i));
  return out;
}

}  // namespace landex::feed
