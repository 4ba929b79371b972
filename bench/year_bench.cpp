// year_bench.cpp: the reference scenario-year, which is the shipped base (hangzhou.toml): 13 units, 50 weekly sessions,
// 4 allocation runs of up to 20 requests a county. Goal: about 4 000 commands in 10 ms or less on one core; and agents
// that cost no more than the engine's own step, hence the same commands once more on an engine alone.
// The argument is the mechanism. Beside time: commands, trades, and requests of a county in a run (the mean over the
// counties that asked for anything in that run).
#include <benchmark/benchmark.h>

#include <filesystem>
#include <map>

#include "clients/simulator/city/year.hpp"
#include "clients/simulator/scenario/scenario_file.hpp"
#include "exchange/host/policy_files.hpp"

namespace landex::simulator {
namespace {

constexpr uint64_t kRuns = 8;  // one after the other, again and again: the same in both benchmarks

const std::filesystem::path kSource{LANDEX_SOURCE_DIR};

const Regimes& regimes() {
  static const Regimes both{.h66_2022 = *host::load_policy(kSource / "clearing/policy"),
                            .post_2025 = *host::load_policy(kSource / "clearing/policy", "post-2025")};
  return both;
}

Scenario shipped(Mechanism mechanism) {
  const Override how{"mechanism=" + std::string{word_of(facts_of(Factor::mechanism), static_cast<double>(mechanism))}};
  return load_scenario("hangzhou", kSource / "clients/simulator/scenarios", {&how, 1}).value();
}

double requests_in_a_run(const std::vector<engine::Stamped>& commands) {
  std::map<std::pair<int64_t, District>, uint32_t> asked;  // by instant of the day's opening, which does not move
  double all = 0;
  for (const auto& c : commands)
    if (std::holds_alternative<engine::command::RequestPool>(c.command)) {
      ++asked[{c.at.us, c.envelope.participant}];
      ++all;
    }
  return asked.empty() ? 0 : all / static_cast<double>(asked.size());
}

void reference_year(benchmark::State& state) {
  const Scenario s = shipped(static_cast<Mechanism>(state.range(0)));
  const Point point = s.middle();
  Year year{s, regimes()};
  double commands = 0, trades = 0;
  uint64_t run = 0;
  for (auto _ : state) {
    const Outcome& o = year.run(point, {.study = 1, .run = run++ % kRuns}, false);
    commands += o[Measure::commands];
    trades += o[Measure::trades];
  }
  std::vector<engine::Stamped> sent;
  year.record(&sent);
  year.run(point, {.study = 1, .run = 0}, false);
  state.counters["commands"] = benchmark::Counter(commands, benchmark::Counter::kAvgIterations);
  state.counters["trades"] = benchmark::Counter(trades, benchmark::Counter::kAvgIterations);
  state.counters["requests"] = requests_in_a_run(sent);
}
BENCHMARK(reference_year)->DenseRange(0, 4)->Unit(benchmark::kMillisecond)->MinTime(1.0);

void engine_alone(benchmark::State& state) {
  const Scenario s = shipped(static_cast<Mechanism>(state.range(0)));
  std::vector<std::vector<engine::Stamped>> years(kRuns);
  Year year{s, regimes()};
  for (uint64_t run = 0; run < kRuns; ++run) {
    year.record(&years[run]);
    year.run(s.middle(), {.study = 1, .run = run}, false);
  }
  engine::Engine engine;
  double commands = 0;
  uint64_t run = 0;
  for (auto _ : state) {
    engine.reset();
    const auto& sent = years[run++ % kRuns];
    for (const auto& c : sent) benchmark::DoNotOptimize(engine.apply(c));
    commands += static_cast<double>(sent.size());
  }
  state.counters["commands"] = benchmark::Counter(commands, benchmark::Counter::kAvgIterations);
}
BENCHMARK(engine_alone)->Name("engine_alone/year")->DenseRange(0, 4)->Unit(benchmark::kMillisecond)->MinTime(1.0);

}  // namespace
}  // namespace landex::simulator
