// small_market.hpp: a market that is ready to trade, for the benchmarks: four units with land and money, and a flow of
// orders around one price of which some trade, some rest and some are cancelled. Seeded; the same flow every time.
#pragma once
#include <vector>

#include "exchange/engine/engine.hpp"

namespace landex::bench {

class SmallMarket {
 public:
  SmallMarket();
  /// The commands that open the market.
  const std::vector<engine::Stamped>& opening() const { return opening_; }
  /// The next command of the flow; two places for each cancel.
  engine::Stamped next();

 private:
  engine::Stamped stamp(engine::Command c, District who, engine::Role role);
  uint64_t random();

  std::vector<engine::Stamped> opening_;
  uint64_t seq_ = 0, seed_ = 42;
  std::vector<std::pair<uint64_t, District>> placed_;
};

}  // namespace landex::bench
