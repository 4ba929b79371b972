// market.hpp: the public market as it is published: the levels of every book, the latest trades, day and venue. Fed
// with every number's events in order; gives a snapshot at any time, and an increment for each number that changed
// something. One thread (io). Bounded: the last kTrades trades.
#pragma once
#include <array>
#include <deque>
#include <map>
#include <optional>

#include "exchange/wire/messages.hpp"

namespace landex::feed {

class Market {
 public:
  static constexpr size_t kTrades = 1'000;

  /// Nothing if the number changed nothing in public.
  std::optional<wire::MarketIncrement> apply(Sequence seq, Instant at, const engine::Events& events);

  wire::MarketSnapshot snapshot() const;

  std::optional<engine::Venue> venue() const { return venue_; }
  std::optional<Day> day() const { return day_; }
  const std::string& rule_set() const { return rule_set_; }

 private:
  using Levels = std::map<Price, wire::LevelLine>;
  wire::Book book(Instrument i) const;

  std::array<std::array<Levels, 2>, kInstruments.size()> levels_;  // [instrument][buy, sell]
  std::deque<wire::TradeLine> trades_;
  std::optional<engine::Venue> venue_;
  std::optional<Day> day_;
  std::string rule_set_;
  Sequence last_;
};

}  // namespace landex::feed
