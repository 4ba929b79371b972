// plain_market.hpp: the smallest market on the real engine: traders of one class, each of whom has at most one quote,
// for one unit, on one side, of Instrument::linkage under rule set `plain`. A unit is 1 mu, a price is a tick. Every
// quote is one command of the live exchange, with its checks, holds and settlement: PlaceOrder for who has none,
// ReplaceOrder for who has one (at the same price it keeps its place in the queue). What an agent thinks that a unit is
// worth never reaches the engine. Invariant: what this says of who has a quote, and where, is what the engine's book
// says (tests compare). Each trader has money and land enough for all it may do; who runs out is told by an assertion,
// not by a refusal that nobody reads. One thread.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "clients/simulator/agents/quoter.hpp"
#include "clients/simulator/experiments/plain.hpp"
#include "clients/simulator/world/world.hpp"

namespace landex::simulator {

class PlainMarket {
 public:
  static constexpr Instrument kInstrument = Instrument::linkage;
  static constexpr Quantity kUnit = Quantity::from_raw(10'000);  // 1 mu

  struct Deal {
    uint32_t buyer, seller;
    Price price;
    friend bool operator==(const Deal&, const Deal&) = default;
  };

  /// Begins `world` anew: `traders` accounts, the city's, one day in continuous trading, and money and land of equal
  /// parts for all.
  PlainMarket(World& world, uint32_t traders);

  /// The trader's one quote from here on. The deal, if it met somebody: then both have none.
  std::optional<Deal> quote(uint32_t trader, Side side, Price price);
  bool has_quote(uint32_t trader) const { return resting_[trader].number != 0; }
  /// Its quote leaves. It has one.
  void withdraw(uint32_t trader);
  /// Every quote leaves.
  void withdraw_all();

  /// From here on quotes are collected …
  void begin_call();
  /// … and meet at one price, by the engine's call auction (matching/call_auction.hpp). Of several prices that serve
  /// equally well it takes the nearest to the last trade's; before the first trade of all, where there is no such
  /// price, two of the traders have made one at the price of `set_reference`, or nothing trades.
  std::span<const Deal> end_call();
  /// A trade between the first two traders, who have no quotes.
  void set_reference(Price price);

  Seen seen() const;
  std::optional<Price> best(Side side) const;
  uint32_t traders() const { return static_cast<uint32_t>(resting_.size()); }
  World& world() { return world_; }

 private:
  struct Resting {
    uint64_t number = 0;  // of the order; 0: none
  };
  Deal note(const engine::event::Traded& t);

  World& world_;
  std::vector<Resting> resting_;  // by trader
  std::vector<Deal> deals_;       // of the last call
};

}  // namespace landex::simulator
