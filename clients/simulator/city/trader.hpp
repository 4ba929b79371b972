// trader.hpp: whoever quotes: a district that buys for its projects, a unit that sells what it has to spare, a
// speculator. Once a round each may make one offer: for the best of its items that has no live quote, else it quotes
// the oldest anew. What it pays or takes at the utmost is its limit; the price is its quoter's (agents/quoter.hpp).
// Each trader draws from streams of its own.
#pragma once
#include <vector>

#include "clients/simulator/city/mechanism.hpp"

namespace landex::simulator {

enum class TraderRole : uint8_t { buyer = 0, seller = 1, speculator = 2 };

class Trader {
 public:
  Trader(const Town& town, uint32_t party, TraderRole role, Seeds seeds, Price highest);

  std::optional<Offer> turn(Town& town);
  /// A shock changed how it quotes: from here on by the strategy that holds now, having learnt nothing yet.
  void change_strategy(const Town& town, Seeds seeds, Price highest);
  /// Where in the round it acts: the traders act in order of these draws, so that one more changes nothing among the
  /// others.
  uint64_t draw_turn() { return turn_.bits(); }
  void hear(const Town& town, Instrument i, const Shout& shout);
  /// What a session's trades cost on average, for the moving mean of a speculator.
  void end_session(std::optional<Price> mean);

  uint32_t party() const { return party_; }
  TraderRole role() const { return role_; }
  bool sells() const { return role_ == TraderRole::seller; }

 private:
  std::optional<Offer> buy(Town& town);
  std::optional<Offer> sell(Town& town);
  std::optional<Offer> speculate(Town& town);
  std::optional<Offer> offer(Town& town, Intent intent, uint32_t item, Instrument i, Side side, Quantity q, Price limit,
                             uint32_t replaces);
  Quoter& quoter(Instrument i) { return i == Instrument::linkage ? linkage_ : area_; }

  uint32_t party_;
  TraderRole role_;
  Stream quote_, turn_;
  Quoter area_, linkage_;
  Price last_area_limit_, last_linkage_limit_;  // that it last quoted for: what it learns about
  std::vector<Price> means_;                    // of the last sessions
  bool bid_last_ = false;
};

}  // namespace landex::simulator
