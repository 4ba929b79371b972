// What a run of the pool's allocation costs: 13 counties, 16 grades (unknown is one), all three components, with needs
// of half the pool to three times of it; and the check of a proposal, which is what the engine pays.
// `questions` is how often it was asked whether amounts are possible: that is what binds, for each adds up all requests
// once.
#include <benchmark/benchmark.h>

#include "bench/allocation_case.hpp"
#include "exchange/allocation/propose.hpp"

namespace landex::bench {
namespace {

clearing::AllocationCase case_of(const benchmark::State& state) {
  return allocation_case(static_cast<uint64_t>(state.range(0)), static_cast<uint64_t>(state.range(1)),
                         static_cast<uint64_t>(state.range(2)));
}

void AllocationProposal(benchmark::State& state) {
  const auto asked = case_of(state);
  allocation::Effort effort;
  std::expected<allocation::Proposal, clearing::AllocationFinding> proposal;
  for (auto _ : state) {
    proposal = allocation::propose(asked, &effort);
    if (!proposal) return state.SkipWithError("the case cannot be dealt out");
  }
  const auto number = [](auto n) { return static_cast<double>(n); };
  state.counters["lots"] = number(asked.lots.size());
  state.counters["draws"] = number(proposal->draws.size());
  state.counters["short"] = number(
      std::ranges::count_if(proposal->outcomes, [](const allocation::Outcome& o) { return o.shortage.has_value(); }));
  state.counters["class_rounds"] = number(effort.classes.rounds);
  state.counters["class_questions"] = number(effort.classes.questions);
  state.counters["county_rounds"] = number(effort.origins.rounds);
  state.counters["county_questions"] = number(effort.origins.questions);
}

void AllocationCheck(benchmark::State& state) {
  const auto asked = case_of(state);
  const auto proposal = allocation::propose(asked);
  if (!proposal) return state.SkipWithError("the case cannot be dealt out");
  for (auto _ : state)
    if (clearing::verify(asked, proposal->draws)) return state.SkipWithError("the check refuses the proposal");
}

void rows(benchmark::internal::Benchmark* b) {
  b->ArgNames({"lots", "requests", "percent"})->Unit(benchmark::kMillisecond);
  for (const int64_t requests : {2'000, 26'000})
    for (const int64_t percent : {50, 90, 150, 300}) b->Args({1, requests, percent});
  b->Args({50, 26'000, 90});
}
BENCHMARK(AllocationProposal)->Apply(rows);
BENCHMARK(AllocationCheck)->Apply(rows);

}  // namespace
}  // namespace landex::bench
