// The engine against the naive model (model.hpp): the same random commands, the same events, one by one, a million
// by default. Refusals are compared by reason and rule. A failing seed prints the one command that reproduces it.
#include "tests/model.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <tuple>

#include "exchange/engine/canonical.hpp"
#include "exchange/engine/engine.hpp"
#include "tests/random_market.hpp"
#include "tests/seeds.hpp"

namespace landex {
namespace {

engine::Event without_facts(engine::Event e) {
  const auto strip = [](engine::Refusal& r) {
    r.facts.clear();
    r.text.clear();
  };
  if (auto* refused = std::get_if<engine::event::Refused>(&e)) strip(refused->refusal);
  if (auto* moved = std::get_if<engine::event::ProposalMoved>(&e); moved && moved->refusal) strip(*moved->refusal);
  if (auto* repeated = std::get_if<engine::event::Repeated>(&e); repeated && repeated->refusal)
    strip(*repeated->refusal);
  if (auto* voided = std::get_if<engine::event::DealVoided>(&e); voided && voided->refusal) strip(*voided->refusal);
  return e;
}

std::string told(const engine::Events& events) {
  std::string out;
  for (const auto& e : events) {
    out += "\n    event " + std::to_string(e.index());
    if (const auto* refused = std::get_if<engine::event::Refused>(&e))
      out += " refused " + std::to_string(static_cast<int>(refused->refusal.reason));
    std::string bytes;
    engine::Canonical{bytes}(without_facts(e));
    static constexpr char kHex[] = "0123456789abcdef";
    out += ' ';
    for (const char c : bytes) (out += kHex[(c >> 4) & 15]) += kHex[c & 15];
  }
  return out;
}

TEST(EngineAgainstModel, GiveTheSameEventsForTheSameRandomCommands) {
  const testing::Seeds days{340, 3'000};
  const auto [first, seeds, commands] = std::tuple{days.first, days.seeds, days.commands};
  std::map<size_t, uint64_t> kinds;
  std::map<engine::Reason, uint64_t> reasons;
  std::map<engine::ProposalState, uint64_t> states;             // to which proposals came
  std::map<std::pair<clearing::RunKind, char>, uint64_t> runs;  // reckoned, paid, taken back
  for (uint64_t seed = first; seed < first + seeds; ++seed) {
    testing::RandomMarket market{seed};
    engine::Engine engine;
    model::Exchange model;
    for (uint64_t n = 0; n < commands; ++n) {
      const auto command = market.next(engine.state());
      const auto mine = engine.apply(command);
      const auto theirs = model.apply(command);
      bool same = mine.size() == theirs.size();
      for (size_t i = 0; same && i < mine.size(); ++i) same = without_facts(mine[i]) == without_facts(theirs[i]);
      ASSERT_TRUE(same) << "command " << n << " of kind " << command.command.index() << " of seed " << seed
                        << "\n  engine:" << told(mine) << "\n  model:" << told(theirs)
                        << "\nreproduce: LANDEX_SEED=" << seed
                        << " LANDEX_SEEDS=1 build/release/tests/landex_seeds --gtest_filter=EngineAgainstModel.*";
      for (const auto& e : mine) {
        ++kinds[e.index()];
        if (const auto* refused = std::get_if<engine::event::Refused>(&e)) ++reasons[refused->refusal.reason];
        if (const auto* moved = std::get_if<engine::event::ProposalMoved>(&e)) ++states[moved->state];
        if (const auto* dry = std::get_if<engine::event::RunReckoned>(&e)) ++runs[{dry->kind, '?'}];
        if (const auto* paid = std::get_if<engine::event::RunPaid>(&e))
          ++runs[{paid->kind, paid->reverses ? '-' : '+'}];
      }
      if (n % 200 == 0) {
        ASSERT_EQ(engine.audit(), "") << "seed " << seed << " command " << n;
      }
    }
    ASSERT_EQ(engine.audit(), "");
    for (const Instrument i : kInstruments)
      for (const auto& account : engine.state().ledger.accounts())
        for (size_t p = 1; p <= clearing::kPurses; ++p)
          ASSERT_EQ(account[static_cast<engine::Purse>(p)].of(i),
                    model.land(i, account.district, static_cast<engine::Purse>(p)));
    days.done(seed);
  }
  for (const auto& [reason, count] : reasons)
    RecordProperty("refused_" + std::to_string(static_cast<int>(reason)), std::to_string(count));
  for (const auto& [kind, count] : kinds) RecordProperty("event_" + std::to_string(kind), std::to_string(count));
  if (!days.enough()) return;
  // a guard must fail when it has looked at nothing: every kind of event happened, and most reasons
  EXPECT_EQ(kinds.size(), std::variant_size_v<engine::EventList>);
  EXPECT_GE(reasons.size(), 52u);
  EXPECT_EQ(states.size(), 8u);
  EXPECT_EQ(runs.size(), 7u * 3u);  // every kind of run was reckoned, paid and taken back
}

}  // namespace
}  // namespace landex
