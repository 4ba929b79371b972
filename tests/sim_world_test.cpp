// The world of the laboratory: an engine taken back to its start is a new one, and keeps no more memory than it needs.
#include <gtest/gtest.h>
#include <malloc.h>

#include <fstream>
#include <string>
#include <vector>

#include "clients/simulator/world/world.hpp"
#include "exchange/engine/canonical.hpp"
#include "tests/random_market.hpp"

namespace landex {
namespace {

using engine::Engine;
using simulator::World;

constexpr size_t kCommands = 1'500;  // some days of a random market

std::string encoded(const engine::Events& events) {
  std::string out;
  engine::Canonical encode{out};
  encode(events);
  return out;
}

/// Plays the commands of a seed, and tells the events of each.
std::vector<std::string> play(Engine& engine, uint64_t seed, size_t commands) {
  testing::RandomMarket market{seed};
  std::vector<std::string> told;
  for (size_t n = 0; n < commands; ++n) told.push_back(encoded(engine.apply(market.next(engine.state()))));
  return told;
}

TEST(EngineReset, AfterAnyDayTheNextIsThatOfANewEngine) {
  Engine used;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    play(used, seed, 200 + 50 * seed);
    used.reset();
    Engine fresh;
    ASSERT_EQ(used.canonical_state(), fresh.canonical_state()) << "seed " << seed;
    const auto of_used = play(used, 1'000 + seed, kCommands), of_fresh = play(fresh, 1'000 + seed, kCommands);
    for (size_t n = 0; n < kCommands; ++n)
      ASSERT_EQ(of_used[n], of_fresh[n]) << "seed " << 1'000 + seed << ", command " << n;
    ASSERT_EQ(used.canonical_state(), fresh.canonical_state()) << "seed " << 1'000 + seed;
    ASSERT_EQ(used.audit(), "");
    used.reset();
  }
}

TEST(EngineReset, AnEngineThatHasNotBegunIsAsNewAfterIt) {
  Engine engine;
  engine.reset();
  engine.reset();
  EXPECT_EQ(engine.canonical_state(), Engine{}.canonical_state());
}

/// What the process holds that no file backs, in bytes.
size_t resident() {
  std::ifstream in{"/proc/self/statm"};
  size_t total = 0, pages = 0;
  in >> total >> pages;
  return pages * 4096;
}

TEST(EngineReset, MemoryDoesNotGrowOverAThousandResets) {
  Engine engine;
  const auto days = [&](size_t count) {
    for (size_t n = 0; n < count; ++n) {
      play(engine, 1 + n % 4, 300);
      engine.reset();
    }
  };
  days(20);
  const size_t heap = mallinfo2().uordblks, pages = resident();
  days(1'000);
  EXPECT_LE(mallinfo2().uordblks, heap + 64 * 1024);
  EXPECT_LE(resident(), pages + 8 * 1024 * 1024);
}

TEST(EngineSizes, AnEngineTakesAsManyOrdersAsItWasMadeFor) {
  World world{engine::Sizes{.orders = 2}};
  const Day day = *Day::ymd(2024, 6, 3);
  const District city = District::code(900'000), buyer = District::code(900'001);
  policy::Pack pack{.rule_set = "plain", .from = day, .until = day, .rows = {}, .floor_routes = {}, .units = {}};
  for (const District d : {city, buyer})
    pack.units.push_back({.district = d,
                          .kind = d == city ? ParticipantClass::city : ParticipantClass::urban,
                          .from = day,
                          .until = day,
                          .clause = policy::Clause::h66_7_6,
                          .origin = policy::Origin::our_default});
  for (int round = 0; round < 3; ++round) {  // the same after a reset
    world.begin(pack, engine::Venue::simulation, Instant{1'717'380'000'000'000});
    world.bureau(engine::command::OpenDay{.day = day});
    world.bureau(engine::command::OpenAccount{.participant = buyer});
    world.bureau(
        engine::command::Deposit{.participant = buyer, .amount = Fen::from_raw(1'000'000), .document = "a test"});
    const auto place = [&] {
      world.district(buyer, engine::command::PlaceOrder{.instrument = Instrument::linkage,
                                                        .side = Side::buy,
                                                        .quantity = Quantity::from_raw(1),
                                                        .price = Rate::from_raw(100),
                                                        .conditions = {}});
      return world.refused() ? std::optional{world.refused()->reason} : std::nullopt;
    };
    EXPECT_EQ(place(), std::nullopt);
    EXPECT_EQ(place(), std::nullopt);
    ASSERT_EQ(place(), engine::Reason::book_full);
    EXPECT_EQ(world.refused()->facts, (std::vector<engine::Fact>{{engine::FactName::most, 2}}));
    EXPECT_EQ(world.counters().refused, 1u);
    EXPECT_EQ(world.counters().trades, 0u);
  }
}

}  // namespace
}  // namespace landex
