// tally.hpp: what is counted while the year runs: money between units (fen, exact), trades by session, what was filed
// and pooled. Outcomes are made of it at the end (measure.hpp). Reused run after run.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "clients/simulator/city/outcome.hpp"
#include "matching/types/price.hpp"

namespace landex::simulator {

/// One session of one instrument.
struct SessionTally {
  int64_t quantity = 0, money = 0;              // of trades: 0.0001 mu, fen
  int64_t route_quantity = 0, route_money = 0;  // of those on the floor route (H66-7.6)
  std::optional<Price> bid, ask, floor;
};

/// One party's year, of supplementary area unless it says otherwise.
struct PartyTally {
  int64_t bought = 0, sold = 0;  // 0.0001 mu
  int64_t filed = 0, pooled = 0;
  int64_t paid = 0, received = 0;                                             // fen, for area traded
  int64_t deposited = 0, withdrawn = 0;                                       // fen
  int64_t pool_received = 0, advance = 0, pool_paid = 0, advance_repaid = 0;  // fen
};

struct Tally {
  std::vector<int64_t> transfers;  // fen, [from × parties + to]; cash: free and held purses; the city last
  std::vector<PartyTally> parties;
  std::vector<std::array<SessionTally, kInstruments.size()>> sessions;
  int64_t linkage_quantity = 0, linkage_money = 0;
  uint64_t orders = 0, trades = 0;
  std::optional<Price> last_price;

  void begin(size_t with_city) {
    transfers.assign(with_city * with_city, 0);
    parties.assign(with_city, {});
    sessions.clear();
    linkage_quantity = linkage_money = 0;
    orders = trades = 0;
    last_price.reset();
  }
};

}  // namespace landex::simulator
