// random_market.hpp: a stream of random commands that is mostly sensible: it knows which orders, deals and filings
// exist, so that most commands do something, and some are wrong in every way. The same seed gives the same stream.
#pragma once
#include <cstdint>
#include <vector>

#include "exchange/engine/engine.hpp"

namespace landex::testing {

/// splitmix64: the same numbers everywhere.
class Random {
 public:
  explicit Random(uint64_t seed) : state_{seed} {}
  uint64_t next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  uint64_t below(uint64_t n) { return next() % n; }
  int64_t between(int64_t least, int64_t most) {
    return least + static_cast<int64_t>(below(static_cast<uint64_t>(most - least) + 1));
  }
  bool one_in(uint64_t n) { return below(n) == 0; }

 private:
  uint64_t state_;
};

/// The rule set of these tests: H66's shares and route, small units, and a change of share in the middle of the year.
policy::Pack small_pack();

class RandomMarket {
 public:
  explicit RandomMarket(uint64_t seed);
  /// The next command, given the state it will meet (its numbers are the ones that exist there).
  engine::Stamped next(const engine::State& state);

 private:
  engine::Command command(const engine::State& state);
  engine::OrderConditions conditions(const engine::State& state, Instrument i, Quantity quantity, bool at_best);
  matching::VenueProfile profile();
  engine::Command auction(const engine::State& s);
  engine::Command approval(const engine::State& s);
  engine::Command direct(const engine::State& s);
  engine::Command registry(const engine::State& s);
  engine::Command needs(const engine::State& s);
  void add_details(const engine::State& s, engine::command::FileBatch& batch);
  Rate rate(Instrument i);
  Quantity some_of_an_order();
  engine::Envelope envelope(const engine::Command& c);

  Random random_;
  policy::Pack pack_;  // of this market
  uint64_t counter_ = 0;
  std::vector<engine::Stamped> sent_;
};

}  // namespace landex::testing
