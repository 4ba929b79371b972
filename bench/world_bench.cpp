// The engine as the laboratory uses it: what a new one and a reset cost, and its step where all is hot in cache: few
// traders with one unit each, as in the published experiments. Driven through World, so that making, stamping and
// counting a command is part of the step.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "clients/simulator/world/world.hpp"

namespace landex::bench {
namespace {

namespace command = engine::command;
using simulator::World;

constexpr uint32_t kCity = 900'000;
const Day kDay = *Day::ymd(2024, 6, 3);
constexpr size_t kSteps = 1u << 16;

District trader(uint32_t n) { return District::code(kCity + 1 + n); }

/// One class, no floor, no pool: rule set `plain` (decisions 17).
policy::Pack pack(uint32_t traders) {
  policy::Pack p{.rule_set = "plain", .from = kDay, .until = kDay, .rows = {}, .floor_routes = {}, .units = {}};
  const auto unit = [&](District d, ParticipantClass kind) {
    p.units.push_back({.district = d,
                       .kind = kind,
                       .from = kDay,
                       .until = kDay,
                       .clause = policy::Clause::h66_7_6,
                       .origin = policy::Origin::our_default});
  };
  unit(District::code(kCity), ParticipantClass::city);
  for (uint32_t n = 0; n < traders; ++n) unit(trader(n), ParticipantClass::urban);
  return p;
}

/// An open day; everybody has money and land. Even traders buy, odd ones sell.
void open(World& world, const policy::Pack& p, uint32_t traders) {
  world.begin(p, engine::Venue::simulation, Instant{1'717'380'000'000'000});
  world.bureau(command::OpenDay{.day = kDay});
  world.bureau(command::OpenAccount{.participant = District::code(kCity)});
  for (uint32_t n = 0; n < traders; ++n) {
    world.bureau(command::OpenAccount{.participant = trader(n)});
    world.bureau(
        command::Deposit{.participant = trader(n), .amount = Fen::from_raw(1'000'000'000'000), .document = "bench"});
    world.bureau(command::FileBatch{.county = trader(n),
                                    .kind = engine::IndicatorKind::linkage,
                                    .area = Area::from_raw(1'000'000'000),
                                    .paddy = {},
                                    .capacity = {},
                                    .project = "bench",
                                    .document = "bench"});
  }
  if (world.refused()) std::abort();
}

/// Draws made before the clock runs, used round and round.
struct Draw {
  uint32_t trader, price;
};
std::vector<Draw> draws(uint32_t traders) {
  std::vector<Draw> out(kSteps);
  uint64_t state = 1;
  for (auto& d : out) {
    uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    z ^= z >> 31;
    d = {.trader = static_cast<uint32_t>(z % traders), .price = static_cast<uint32_t>((z >> 32) % 100)};
  }
  return out;
}

enum class Mix : int64_t {
  place_and_cancel = 0,  // nobody meets
  replace = 1,           // each has one order, and its price moves; nobody meets
  trade = 2,             // each quotes anew what it wants: a replacement, or a new order after a trade; many meet
};

/// Traders with at most one order of one unit each.
class Market {
 public:
  explicit Market(uint32_t traders, uint32_t idle) : orders_(traders), draws_{draws(traders)} {
    open(world_, pack(traders + idle), traders + idle);
  }

  void step(Mix mix) {
    const Draw d = draws_[at_++ % kSteps];
    const bool buys = d.trader % 2 == 0;
    OrderId& order = orders_[d.trader];
    const int64_t low = mix == Mix::trade ? (buys ? 75 : 80) : (buys ? 1 : 200);
    const Rate price = Rate::from_raw((low + d.price / 2) * 100);
    const bool has = order != OrderId{};
    if (has && mix == Mix::place_and_cancel) {
      world_.district(trader(d.trader), command::CancelOrder{.order = order});
      order = {};
    } else if (has) {
      look(world_.district(
          trader(d.trader),
          command::ReplaceOrder{
              .order = order, .left_before = Quantity::from_raw(1), .left = Quantity::from_raw(1), .price = price}));
    } else {
      order = OrderId{world_.last().value + 1};
      look(world_.district(trader(d.trader), command::PlaceOrder{.instrument = Instrument::linkage,
                                                                 .side = buys ? Side::buy : Side::sell,
                                                                 .quantity = Quantity::from_raw(1),
                                                                 .price = price,
                                                                 .conditions = {}}));
    }
    if (world_.refused()) std::abort();
  }
  const World& world() const { return world_; }

 private:
  /// One unit each: who has traded has no order any more.
  void look(const engine::Events& events) {
    for (const auto& e : events)
      if (const auto* t = std::get_if<engine::event::Traded>(&e)) {
        orders_[t->buyer.raw() - kCity - 1] = {};
        orders_[t->seller.raw() - kCity - 1] = {};
      }
  }

  World world_;
  std::vector<OrderId> orders_;  // by trader
  std::vector<Draw> draws_;
  size_t at_ = 0;
};

/// Arguments: traders, traders that do nothing, Mix.
void HotMarket(benchmark::State& state) {
  Market market{static_cast<uint32_t>(state.range(0)), static_cast<uint32_t>(state.range(1))};
  const auto mix = static_cast<Mix>(state.range(2));
  for (size_t n = 0; n < 4 * kSteps; ++n) market.step(mix);  // the windows of results are full
  const uint64_t trades = market.world().counters().trades, commands = market.world().counters().commands;
  for (auto _ : state) market.step(mix);
  const auto steps = static_cast<double>(market.world().counters().commands - commands);
  state.counters["steps/s"] = benchmark::Counter(steps, benchmark::Counter::kIsRate);
  state.counters["trades/step"] = static_cast<double>(market.world().counters().trades - trades) / steps;
}
BENCHMARK(HotMarket)
    ->ArgNames({"traders", "idle", "mix"})
    ->Args({22, 0, 0})
    ->Args({22, 0, 1})
    ->Args({22, 0, 2})
    ->Args({22, 220, 2})
    ->Args({500, 0, 0})
    ->Args({500, 0, 1})
    ->Args({500, 0, 2})
    ->Args({500, 5'000, 2});

/// A new engine and the opening of a market of 22, and its end.
void NewEngine(benchmark::State& state) {
  const auto p = pack(22);
  for (auto _ : state) {
    World world;
    open(world, p, 22);
    benchmark::DoNotOptimize(world.engine());
  }
}
BENCHMARK(NewEngine)->Unit(benchmark::kMicrosecond);

/// The same with an engine that was in use.
void ResetEngine(benchmark::State& state) {
  const auto p = pack(22);
  World world;
  open(world, p, 22);
  for (auto _ : state) {
    open(world, p, 22);
    benchmark::DoNotOptimize(world.engine());
  }
}
BENCHMARK(ResetEngine)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace landex::bench
