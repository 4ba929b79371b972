// The engine's step alone: commands in memory, events thrown away.
#include <benchmark/benchmark.h>

#include "bench/small_market.hpp"
#include "exchange/sequencer/replica.hpp"
#include "exchange/wire/codec.hpp"

namespace landex::bench {
namespace {

constexpr size_t kFlow = 200'000;

std::vector<engine::Stamped> flow(SmallMarket& market) {
  std::vector<engine::Stamped> out;
  out.reserve(kFlow);
  for (size_t i = 0; i < kFlow; ++i) out.push_back(market.next());
  return out;
}

void EngineSteps(benchmark::State& state) {
  SmallMarket market;
  const auto commands = flow(market);
  for (auto _ : state) {
    state.PauseTiming();
    auto engine = std::make_unique<engine::Engine>();
    for (const auto& c : market.opening()) engine->apply(c);
    state.ResumeTiming();
    for (const auto& c : commands) benchmark::DoNotOptimize(engine->apply(c));
    state.PauseTiming();
    engine.reset();
    state.ResumeTiming();
  }
  state.counters["steps/s"] =
      benchmark::Counter(static_cast<double>(state.iterations() * kFlow), benchmark::Counter::kIsRate);
}
BENCHMARK(EngineSteps)->Unit(benchmark::kMillisecond)->MinTime(2.0);

/// What replay, recovery and audit cost for each command: the step and the digest of its events.
void ReplicaSteps(benchmark::State& state) {
  SmallMarket market;
  const auto commands = flow(market);
  for (auto _ : state) {
    state.PauseTiming();
    auto replica = std::make_unique<sequencer::Replica>();
    for (const auto& c : market.opening()) replica->apply(c);
    state.ResumeTiming();
    for (const auto& c : commands) benchmark::DoNotOptimize(replica->apply(c));
    state.PauseTiming();
    replica.reset();
    state.ResumeTiming();
  }
  state.counters["steps/s"] =
      benchmark::Counter(static_cast<double>(state.iterations() * kFlow), benchmark::Counter::kIsRate);
}
BENCHMARK(ReplicaSteps)->Unit(benchmark::kMillisecond)->MinTime(2.0);

void EncodeRecord(benchmark::State& state) {
  SmallMarket market;
  const auto command = market.next();
  for (auto _ : state) benchmark::DoNotOptimize(wire::encode(command));
}
BENCHMARK(EncodeRecord);

void DecodeRecord(benchmark::State& state) {
  SmallMarket market;
  const std::string bytes = wire::encode(market.next());
  for (auto _ : state) benchmark::DoNotOptimize(wire::decode_record(bytes));
}
BENCHMARK(DecodeRecord);

}  // namespace
}  // namespace landex::bench
