// A call auction of 100 000 orders: its price, who is filled and with whom, and a seat's own orders. Without rules, and
// with 13 classes of very different size, of which few pairs are open: 1 in 8 at any price, 1 in 8 from a floor on.
// Limits lie around one price, on 400 ticks or, as the hard case for the price, on 400 000. Seeded; the same orders
// every time.
#include <benchmark/benchmark.h>

#include <algorithm>

#include "matching/call_prevention.hpp"
#include "matching/call_uncross.hpp"

namespace landex::bench {
namespace {

using namespace matching;

constexpr int64_t kOrders = 100'000, kMiddle = 250'000;

class Random {
 public:
  uint64_t below(uint64_t n) {  // splitmix64
    uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return (z ^ (z >> 31)) % n;
  }

 private:
  uint64_t state_ = 42;
};

/// Few large classes and many small ones.
ParticipantClass class_of(uint64_t seat, uint64_t classes) {
  return static_cast<ParticipantClass>(1 + (seat % classes) * (seat / classes % classes) / classes);
}

struct Call {
  std::vector<CallOrder> buys, sells;
  PairTable pairs;
  Price reference = Price::ticks(kMiddle);

  Call(int64_t classes, int64_t ticks) {
    Random r;
    const auto around = [&](int64_t shift) {
      return Price::ticks(kMiddle + shift + static_cast<int64_t>(r.below(static_cast<uint64_t>(ticks))) - ticks / 2);
    };
    for (uint64_t n = 1; n <= kOrders; ++n) {
      const bool buy = n % 2 == 0;
      const uint64_t seat = r.below(4'096);
      CallOrder o{.id = {n},
                  .ticket = n,
                  .seat = static_cast<Seat>(seat),
                  .kind = class_of(seat, static_cast<uint64_t>(classes)),
                  .terms = AtBest{},
                  .quantity = Quantity::from_raw(static_cast<int64_t>(1 + r.below(1'000'000))),
                  .self_trade = SelfTrade::decrement};
      if (r.below(20) != 0) o.terms = AtLimit{around(buy ? ticks / 10 : -ticks / 10)};
      (buy ? buys : sells).push_back(o);
    }
    sort_in_priority(Side::buy, buys);
    sort_in_priority(Side::sell, sells);
    for (int64_t s = 1; classes > 1 && s <= classes; ++s)
      for (int64_t b = 1; b <= classes; ++b) {
        const auto seller = static_cast<ParticipantClass>(s), buyer = static_cast<ParticipantClass>(b);
        const uint64_t rule = r.below(8);
        if (rule == 1) pairs.limit(seller, buyer, around(0));
        if (rule > 1) pairs.limit(seller, buyer, std::nullopt);
      }
  }
  CallBook book() const { return {buys, sells}; }
};

Call call_of(const benchmark::State& state) { return {state.range(0), state.range(1)}; }

void CallDiscover(benchmark::State& state) {
  const Call call = call_of(state);
  for (auto _ : state) benchmark::DoNotOptimize(discover(call.book(), call.pairs, call.reference));
  const CallPrice price = discover(call.book(), call.pairs, call.reference);
  state.counters["of_crossing"] =  // how much of what the two curves promise can pass
      static_cast<double>(price.volume.raw()) / static_cast<double>(std::min(price.demand, price.supply).raw());
}

void CallUncross(benchmark::State& state) {
  const Call call = call_of(state);
  const CallPrice price = discover(call.book(), call.pairs, call.reference);
  std::vector<CallFill> fills;
  for (auto _ : state) uncross(call.book(), call.pairs, *price.price, fills);
  state.counters["fills"] = static_cast<double>(fills.size());
}

void CallOwnOrders(benchmark::State& state) {
  const Call call = call_of(state);
  std::vector<CallPrevented> prevented;
  for (auto _ : state) {
    state.PauseTiming();
    auto buys = call.buys, sells = call.sells;
    state.ResumeTiming();
    prevent_self_trades(buys, sells, call.pairs, prevented);
  }
  state.counters["prevented"] = static_cast<double>(prevented.size());
}

void rows(benchmark::internal::Benchmark* b) {
  b->ArgNames({"classes", "ticks"})->Unit(benchmark::kMillisecond);
  for (const int64_t ticks : {400, 400'000})
    for (const int64_t classes : {1, 13}) b->Args({classes, ticks});
}
BENCHMARK(CallDiscover)->Apply(rows);
BENCHMARK(CallUncross)->Apply(rows);
BENCHMARK(CallOwnOrders)->Apply(rows);

}  // namespace
}  // namespace landex::bench
