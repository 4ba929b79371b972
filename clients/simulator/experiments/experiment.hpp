// experiment.hpp: a published market experiment on the real engine: a schedule of values and costs, agents of one kind,
// and the rules of the floor: who speaks next, which quotes stand, what a trade does to the others. These rules alone
// move results by a fifth (Cliff & Bruten's market C), so they are stated, and each is a value here.
// A period begins with every trader holding its one unit or need again, and no quote. Agents live from period to
// period, so ZIP goes on learning. The price of a trade is the earlier quote. The engine never learns a value or a
// cost. One thread. The same seed and run give the same periods.
#pragma once
#include <vector>

#include "clients/simulator/experiments/period.hpp"
#include "clients/simulator/experiments/plain_market.hpp"
#include "clients/simulator/experiments/schedule.hpp"

namespace landex::simulator {

/// The quote rule of a published experiment's floor; a scenario's lever of that kind is the book's (factor.hpp).
enum class FloorQuotes : uint8_t {
  replace,  // one bid and one ask stand: a new quote replaces the one before it on its side, better or not
  improve,  // the same, and a new quote must be better than that one, else it is not made
  persist,  // each trader's last quote stands, best first: a book
};

enum class Turns : uint8_t {
  random,     // each time anybody who still has something to trade, all as likely
  each_once,  // all enter once, in random order
};

struct FloorRules {
  FloorQuotes quotes = FloorQuotes::improve;
  bool reset_after_trade = true;  // a trade cancels all quotes
  Turns turns = Turns::random;
  uint64_t most_turns = 1'000;  // of a period with random turns; it also ends when nobody is left who could gain
};

struct ExperimentSeed {
  uint64_t seed = 0, run = 0;
};

class Experiment {
 public:
  /// `market` has at least as many traders as `schedule`, and no quotes. All agents are `quoters`.
  Experiment(PlainMarket& market, const Schedule& schedule, const QuoterRules& quoters, const FloorRules& floor,
             ExperimentSeed seed);

  /// The same traders with other values and costs, as many of each.
  void set_schedule(const Schedule& schedule) { schedule_ = schedule; }

  /// A period in the continuous book. Afterwards no quote stands.
  Period continuous();
  /// A period as a call: everybody quotes once, then all meet at one price.
  Period call();

 private:
  void begin();
  bool may_gain() const;
  std::optional<PlainMarket::Deal> speak(uint32_t trader, Period& period);
  void tell(const Shout& shout);
  void close(const PlainMarket::Deal& deal, Period& period);
  Side side(uint32_t trader) const { return schedule_.buys(trader) ? Side::buy : Side::sell; }

  PlainMarket& market_;
  Schedule schedule_;
  QuoterRules rules_;
  FloorRules floor_;
  Stream turn_;
  std::vector<Quoter> quoters_;
  std::vector<Stream> streams_;                      // of quotes, by trader
  std::vector<uint32_t> active_;                     // who still has something to trade
  std::vector<uint32_t> place_;                      // of a trader in active_
  std::array<std::optional<uint32_t>, 2> standing_;  // whose quote stands, with `replace` and `improve`
};

}  // namespace landex::simulator
