// peers_bench.cpp: what other market simulators were timed at, on our engine: the workloads B1, B4, P1 and S1 (which
// peer, and its exact settings, stand at each). Counters: `quotes/s` ours, `peer` the peer's rate as measured on a
// machine like ours (two cores, one used), `ratio` of the two, `quotes`, `trades` of one run (compare with the peer's).
// `engine alone` runs the commands of a run again, recorded, without agents: what is left of a run's time is theirs.
// `ten times longer` and `ten times the idle` must cost the same for each quote.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <vector>

#include "clients/simulator/experiments/plain_market.hpp"
#include "clients/simulator/experiments/schedule.hpp"

namespace landex::bench {
namespace {

using namespace simulator;

/// A quote as it was given, so that it can be given again without whoever gave it.
struct Recorded {
  uint32_t trader;
  Side side;
  Price price;
  bool withdraw;
};

struct Run {
  uint64_t quotes = 0, trades = 0;
};

/// Sends quotes to the market, and keeps them if asked.
struct Floor {
  PlainMarket& market;
  std::vector<Recorded>* keep = nullptr;
  Run run{};

  std::optional<PlainMarket::Deal> quote(uint32_t n, Side side, Price price) {
    if (keep) keep->push_back({n, side, price, false});
    ++run.quotes;
    const auto deal = market.quote(n, side, price);
    run.trades += deal.has_value();
    return deal;
  }
  void withdraw(uint32_t n) {
    if (!market.has_quote(n)) return;
    if (keep) keep->push_back({n, {}, {}, true});
    market.withdraw(n);
  }
};

Stream stream(uint64_t agent, Purpose purpose) {
  return Stream{{.seed = 1, .run = 0, .agent = agent, .purpose = purpose}};
}

// --- B1, B4: BristolStockExchange, ZIC
// --------------------------------------------------------------------------------- Limits evenly 75 … 125 on both
// sides, all renewed every 30 s (then the quote on the book is taken out), prices 1 … 500; every 1/n of a second (B1:
// 1/40) one trader of n, at random, is asked; who has traded waits for its next limit.
struct Bristol {
  uint32_t a_side;      // buyers, and as many sellers
  uint32_t per_second;  // polls
  uint64_t seconds;
  uint32_t idle = 0;  // more traders, who are never asked

  uint32_t traders() const { return 2 * a_side + idle; }
  void operator()(Floor& floor) const {
    const QuoterRules rules{.pricing = Pricing::zi_c, .lowest = Price::ticks(1), .highest = Price::ticks(500)};
    std::vector<Quoter> quoters;
    std::vector<Stream> quotes;
    std::vector<Price> limits;
    std::vector<uint8_t> working(2 * a_side, 0);
    for (uint32_t n = 0; n < 2 * a_side; ++n) {
      quoters.emplace_back(rules, n < a_side ? Side::buy : Side::sell, stream(n + 1, Purpose::learn));
      quotes.push_back(stream(n + 1, Purpose::quote));
      limits.push_back(Price::ticks(75 + static_cast<int64_t>(n % a_side) * 50 / (a_side - 1)));
    }
    Stream turn = stream(0, Purpose::turn);
    const uint64_t polls = seconds * per_second, renewal = uint64_t{30} * per_second;
    for (uint64_t poll = 0; poll < polls; ++poll) {
      if (poll != 0 && poll % renewal == 0)
        for (uint32_t n = 0; n < 2 * a_side; ++n) {
          floor.withdraw(n);
          working[n] = 1;
        }
      const auto n = static_cast<uint32_t>(turn.below(2 * a_side));
      if (!working[n]) continue;
      const Side side = n < a_side ? Side::buy : Side::sell;
      if (const auto deal = floor.quote(n, side, quoters[n].quote(limits[n], quotes[n])))
        working[deal->buyer] = working[deal->seller] = 0;
    }
  }
};

// --- S1: single-market-robot-simulator, ZI on Smith's schedule
// --------------------------------------------------------- 11 + 11, each wakes as a Poisson process of 0.2/s (its
// examples' rate), 200 periods of 1 000 s, prices 1 … 400; a new quote replaces the trader's old one, others stay. Who
// has traded is done for the period.
struct Robots {
  uint32_t periods;
  uint32_t idle = 0;

  uint32_t traders() const { return 22 + idle; }
  void operator()(Floor& floor) const {
    const Schedule schedule = smith_1();
    const QuoterRules rules{.pricing = Pricing::zi_c, .lowest = Price::ticks(1), .highest = Price::ticks(400)};
    std::vector<Quoter> quoters;
    std::vector<Stream> quotes;
    for (uint32_t n = 0; n < 22; ++n) {
      quoters.emplace_back(rules, schedule.buys(n) ? Side::buy : Side::sell, stream(n + 1, Purpose::learn));
      quotes.push_back(stream(n + 1, Purpose::quote));
    }
    Stream turn = stream(0, Purpose::turn);
    std::vector<uint32_t> active;
    for (uint32_t period = 0; period < periods; ++period) {
      active.clear();
      for (uint32_t n = 0; n < 22; ++n) {
        floor.withdraw(n);
        active.push_back(n);
      }
      // the wakes of those who have something to do are one Poisson process of the sum of their rates
      double at = 0;
      while (!active.empty()) {
        at += -std::log(turn.open_unit()) / (.2 * static_cast<double>(active.size()));
        if (at >= 1'000) break;
        const uint32_t n = active[turn.below(active.size())];
        const Side side = schedule.buys(n) ? Side::buy : Side::sell;
        const auto deal = floor.quote(n, side, quoters[n].quote(Price::ticks(schedule.limit(n)), quotes[n]));
        if (deal) std::erase_if(active, [&](uint32_t x) { return x == deal->buyer || x == deal->seller; });
      }
    }
  }
};

// --- P1: PAMS, CI2002: fundamentalists, chartists and noise (Chiarella & Iori 2002)
// ------------------------------------ 100 agents, price 300, here 30 000 ticks; each step the first of them in random
// order quotes one unit, with a life of its time window in steps; 100 steps without execution (here a call), then 10
// 000 with. Ours differs in one thing: a trader has one quote at a time, so its new one takes the place of the old one
// where that still stands.
struct Fcn {
  uint64_t steps;
  uint32_t idle = 0;
  static constexpr uint32_t kAgents = 100;
  static constexpr double kPrice = 30'000;

  uint32_t traders() const { return kAgents + idle; }
  void operator()(Floor& floor) const {
    struct Agent {
      double fundamental, noise, mean_reversion, margin;
      uint64_t window;
      Stream draws;
    };
    std::vector<Agent> agents;
    for (uint32_t n = 0; n < kAgents; ++n) {
      Stream plan = stream(n + 1, Purpose::plan);
      const auto between = [&](double low, double high) { return low + (high - low) * plan.unit(); };
      agents.push_back({.fundamental = -std::log(plan.open_unit()),
                        .noise = -std::log(plan.open_unit()),
                        .mean_reversion = between(50, 100),
                        .margin = between(0, .1),
                        .window = static_cast<uint64_t>(between(100, 200)),
                        .draws = stream(n + 1, Purpose::quote)});
    }
    Stream turn = stream(0, Purpose::turn);
    constexpr uint64_t kPreOpen = 100;
    double price = kPrice;
    struct End {
      uint64_t step;
      uint32_t trader;
      bool operator>(const End& e) const { return step > e.step; }
    };
    std::priority_queue<End, std::vector<End>, std::greater<>> ends;
    std::vector<uint64_t> end_of(kAgents, 0);
    floor.market.begin_call();
    for (uint64_t step = 0; step < kPreOpen + steps; ++step) {
      if (step == kPreOpen) floor.run.trades += floor.market.end_call().size();
      for (; !ends.empty() && ends.top().step <= step; ends.pop())
        if (end_of[ends.top().trader] == ends.top().step) floor.withdraw(ends.top().trader);
      const auto n = static_cast<uint32_t>(turn.below(kAgents));
      Agent& a = agents[n];
      // the chartists' weight is 0 in CI2002; a normal by Box & Muller
      const double normal =
          std::sqrt(-2 * std::log(a.draws.open_unit())) * std::cos(6.283185307179586 * a.draws.unit());
      const double expected_return =
          (a.fundamental * std::log(kPrice / price) / a.mean_reversion + a.noise * .001 * normal) /
          (a.fundamental + a.noise);
      const double expected = price * std::exp(expected_return * static_cast<double>(a.window));
      const Side side = expected > price ? Side::buy : Side::sell;
      const double limit = expected * (side == Side::buy ? 1 - a.margin : 1 + a.margin);
      floor.withdraw(n);
      end_of[n] = step + a.window;
      ends.push({end_of[n], n});
      floor.quote(n, side, Price::ticks(std::clamp<int64_t>(std::llround(limit), 1, 500'000)));
      const Seen seen = floor.market.seen();
      if (seen.bid && seen.ask)
        price = static_cast<double>(seen.bid->raw() + seen.ask->raw()) / 2;
      else if (seen.bid || seen.ask)
        price = static_cast<double>((seen.bid ? *seen.bid : *seen.ask).raw());
    }
  }
};

void tell(benchmark::State& state, const Run& run, double peer) {
  const auto quotes = static_cast<double>(run.quotes) * static_cast<double>(state.iterations());
  state.counters["quotes/s"] = benchmark::Counter(quotes, benchmark::Counter::kIsRate);
  state.counters["quotes"] = static_cast<double>(run.quotes);
  state.counters["trades"] = static_cast<double>(run.trades);
  state.counters["peer"] = peer;
  state.counters["ratio"] = benchmark::Counter(quotes / peer, benchmark::Counter::kIsRate);
}

/// Agents and engine. The market is made outside the time.
template <class Workload>
void together(benchmark::State& state, const Workload& workload, double peer) {
  World world;
  Run run;
  for (auto _ : state) {
    state.PauseTiming();
    PlainMarket market{world, workload.traders()};
    Floor floor{market};
    state.ResumeTiming();
    workload(floor);
    run = floor.run;
  }
  tell(state, run, peer);
}

/// The same commands, without agents.
template <class Workload>
void engine_alone(benchmark::State& state, const Workload& workload, double peer) {
  World world;
  std::vector<Recorded> recorded;
  Run run;
  {
    PlainMarket market{world, workload.traders()};
    Floor floor{market, &recorded};
    workload(floor);
    run = floor.run;
  }
  for (auto _ : state) {
    state.PauseTiming();
    PlainMarket market{world, workload.traders()};
    state.ResumeTiming();
    for (const auto& r : recorded) {
      if (r.withdraw)
        market.withdraw(r.trader);
      else
        benchmark::DoNotOptimize(market.quote(r.trader, r.side, r.price));
    }
  }
  tell(state, run, peer);
}

constexpr double kB1 = 64'000, kB4 = 6'700, kP1 = 13'000, kS1 = 120'000;  // quotes or orders a second
constexpr Bristol kBristol{.a_side = 20, .per_second = 40, .seconds = 600};
constexpr Bristol kBristolLong{.a_side = 20, .per_second = 40, .seconds = 6'000};
constexpr Bristol kBristolIdle{.a_side = 20, .per_second = 40, .seconds = 600, .idle = 400};
constexpr Bristol kBristolLarge{.a_side = 250, .per_second = 500, .seconds = 60};

BENCHMARK_CAPTURE(together, B1, kBristol, kB1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine_alone, B1, kBristol, kB1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(together, B1_ten_times_longer, kBristolLong, kB1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(together, B1_ten_times_the_idle, kBristolIdle, kB1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(together, B4, kBristolLarge, kB4)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine_alone, B4, kBristolLarge, kB4)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(together, P1, (Fcn{.steps = 10'000}), kP1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(together, P1_ten_times_longer, (Fcn{.steps = 100'000}), kP1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(together, S1, (Robots{.periods = 200}), kS1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine_alone, S1, (Robots{.periods = 200}), kS1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(together, S1_ten_times_the_idle, (Robots{.periods = 200, .idle = 220}), kS1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace landex::bench
