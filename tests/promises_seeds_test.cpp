// The promises of a ledger, held against random days of the whole market: LANDEX_SEEDS and LANDEX_SEED as everywhere.
// The worked tables of the same promises are in promises_test.cpp.
// P1 conservation, runs between governments too (their lines are their entries, and sum to zero) · P2 nothing negative
// · P3 both legs or none · P5 a command is done once · P6 a refusal stays a refusal · P14 corrections are new entries ·
// P11 the same commands give the same state.
#include <gtest/gtest.h>

#include <string>

#include "exchange/engine/canonical.hpp"
#include "exchange/engine/engine.hpp"
#include "tests/accountant.hpp"
#include "tests/random_market.hpp"
#include "tests/seeds.hpp"

namespace landex {
namespace {

namespace event = engine::event;

struct Days : testing::Seeds {
  Days() : Seeds{40, 2'000} {}
};

std::string reproduce(uint64_t seed, uint64_t n) {
  return "command " + std::to_string(n) + " of seed " + std::to_string(seed) +
         "\nreproduce: LANDEX_SEED=" + std::to_string(seed) +
         " LANDEX_SEEDS=1 build/release/tests/landex_seeds --gtest_filter=Promises.*";
}

std::string encoded(const auto& value) {
  std::string bytes;
  engine::Canonical{bytes}(value);
  return bytes;
}

TEST(Promises, P1P2P3MoneyAndLandSumToZeroNothingIsNegativeAndWhatChangesHandsHasBothLegs) {
  const Days days;
  testing::Accountant::Seen seen;
  for (uint64_t seed = days.first; seed < days.first + days.seeds; ++seed) {
    testing::RandomMarket market{seed};
    testing::Accountant accountant;
    engine::Engine engine;
    for (uint64_t n = 0; n < days.commands; ++n) {
      const auto command = market.next(engine.state());
      ASSERT_EQ(accountant.book(command.seq, engine.apply(command)), "") << reproduce(seed, n);
      ASSERT_TRUE(engine.state().ledger.balanced()) << reproduce(seed, n);
      if (n % 5 == 0) {
        ASSERT_EQ(accountant.differs_from(engine.state()), "") << reproduce(seed, n);
      }
      if (n % 200 == 0) {
        ASSERT_EQ(engine.audit(), "") << reproduce(seed, n);
      }
    }
    ASSERT_EQ(engine.audit(), "") << reproduce(seed, days.commands);
    days.done(seed);
    const auto& s = accountant.seen();
    seen.trades += s.trades, seen.deals += s.deals, seen.pooled += s.pooled, seen.priced_claims += s.priced_claims,
        seen.paid_claims += s.paid_claims, seen.advances += s.advances, seen.defaults += s.defaults;
    for (const auto& [kind, count] : s.reckoned) seen.reckoned[kind] += count;
    for (const auto& [kind, count] : s.paid) seen.paid[kind] += count;
    for (const auto& [kind, count] : s.reversed) seen.reversed[kind] += count;
  }
  if (!days.enough()) return;
  // a guard must fail when it has looked at nothing
  EXPECT_GT(seen.trades, 0u);
  EXPECT_GT(seen.deals, 0u);
  EXPECT_GT(seen.pooled, 0u);
  EXPECT_GT(seen.priced_claims, 0u);
  EXPECT_GT(seen.paid_claims, 0u);
  EXPECT_GT(seen.advances, 0u);
  // every kind of run between governments: reckoned, paid as it was reckoned, and taken back
  uint64_t reversed = 0;
  for (auto kind = 1; kind <= 7; ++kind) {
    EXPECT_GT(seen.reckoned[static_cast<clearing::RunKind>(kind)], 0u) << kind;
    EXPECT_GT(seen.paid[static_cast<clearing::RunKind>(kind)], 0u) << kind;
    const uint64_t back = seen.reversed[static_cast<clearing::RunKind>(kind)];
    reversed += back;
    EXPECT_TRUE(back > 0u || days.seeds * days.commands < 1'000'000) << kind;  // rare: it was paid, and then taken back
  }
  EXPECT_GT(reversed, 0u);
  // rare: a deal is confirmed, and then days go by
  EXPECT_TRUE(seen.defaults > 0u || days.seeds * days.commands < 1'000'000);
}

TEST(Promises, P1P3TheAccountantMissesEveryEntryThatIsLeftOut) {
  // The guard of the guard: of each command one entry is left out, each in turn, and the accountant says so.
  testing::RandomMarket market{1};
  testing::Accountant accountant;
  engine::Engine engine;
  uint64_t left_out = 0, halves = 0;
  for (uint64_t n = 0; n < 5'000; ++n) {
    const auto command = market.next(engine.state());
    const engine::Events events = engine.apply(command);
    for (size_t i = 0; i < events.size(); ++i) {
      if (!std::holds_alternative<event::MoneyMoved>(events[i]) &&
          !std::holds_alternative<event::LandMoved>(events[i]) && !std::holds_alternative<event::LotMoved>(events[i]))
        continue;
      engine::Events told = events;
      told.erase(told.begin() + static_cast<std::ptrdiff_t>(i));
      testing::Accountant other = accountant;
      const bool half = !other.book(command.seq, told).empty();
      ASSERT_TRUE(half || !other.differs_from(engine.state()).empty()) << reproduce(1, n) << ", event " << i;
      ++left_out, halves += half;
    }
    ASSERT_EQ(accountant.book(command.seq, events), "") << reproduce(1, n);
  }
  EXPECT_GT(left_out, 500u);
  EXPECT_GT(halves, 50u);
}

TEST(Promises, P5ACommandThatComesAgainIsAnsweredAsTheFirstTimeAndDoesNothing) {
  const Days days;
  uint64_t again = 0, refused = 0;
  for (uint64_t seed = days.first; seed < days.first + days.seeds; ++seed) {
    testing::RandomMarket market{seed};
    testing::Accountant accountant;
    engine::Engine engine;
    for (uint64_t n = 0; n < days.commands; ++n) {
      auto command = market.next(engine.state());
      const engine::Events first = engine.apply(command);
      ASSERT_EQ(accountant.book(command.seq, first), "") << reproduce(seed, n);
      std::optional<engine::Refusal> refusal;
      for (const auto& e : first)
        if (const auto* r = std::get_if<event::Refused>(&e)) refusal = r->refusal;
      const Sequence was = command.seq;
      command.seq = Sequence{command.seq.value + 1};
      const auto& second = engine.apply(command);
      // Before the answer stands what time has brought since: the first may have made something due at once.
      ASSERT_FALSE(second.empty()) << reproduce(seed, n);
      ASSERT_EQ(accountant.book(command.seq, second), "") << reproduce(seed, n);
      if (const auto* repeated = std::get_if<event::Repeated>(&second.back())) {
        const auto* before = first.empty() ? nullptr : std::get_if<event::Repeated>(&first.back());
        ASSERT_EQ(repeated->first, before ? before->first : was) << reproduce(seed, n);
        ASSERT_EQ(repeated->refusal, before ? before->refusal : refusal) << reproduce(seed, n);
        ++again, refused += refusal.has_value();
      } else {  // the envelope itself was refused: and so it is again, in the same words
        const auto* still = std::get_if<event::Refused>(&second.back());
        ASSERT_TRUE(still && refusal && still->refusal == *refusal) << reproduce(seed, n);
      }
      if (n % 10 == 0) {
        ASSERT_EQ(accountant.differs_from(engine.state()), "") << reproduce(seed, n);
      }
    }
  }
  if (!days.enough()) return;
  EXPECT_GT(again, 0u);
  EXPECT_GT(refused, 0u);
}

TEST(Promises, P6ARefusalIsStillTheSameRefusalHoweverMuchHasHappenedSince) {
  const Days days;
  uint64_t looked_at = 0;
  for (uint64_t seed = days.first; seed < days.first + days.seeds; ++seed) {
    testing::RandomMarket market{seed};
    engine::Engine engine;
    struct No {
      engine::Stamped command;
      engine::Refusal refusal;
    };
    std::vector<No> refused;
    for (uint64_t n = 0; n < days.commands; ++n) {
      const auto command = market.next(engine.state());
      for (const auto& e : engine.apply(command))
        if (const auto* r = std::get_if<event::Refused>(&e);
            r && r->refusal.reason != engine::Reason::already_used &&
            r->refusal.reason != engine::Reason::exists_with_different_field && command.envelope.counter.value != 0)
          refused.push_back({.command = command, .refusal = r->refusal});
    }
    uint64_t seq = engine.state().last.value;
    const Instant at = engine.state().at;
    for (auto& no : refused) {
      const Sequence first = no.command.seq;
      no.command.seq = {++seq};
      no.command.at = at;
      const auto& events = engine.apply(no.command);
      ASSERT_FALSE(events.empty()) << reproduce(seed, first.value - 1);
      const auto* repeated = std::get_if<event::Repeated>(&events.back());
      ASSERT_TRUE(repeated) << reproduce(seed, first.value - 1);
      ASSERT_EQ(repeated->first, first) << reproduce(seed, first.value - 1);
      ASSERT_EQ(repeated->refusal, no.refusal) << reproduce(seed, first.value - 1);
      ++looked_at;
    }
  }
  if (!days.enough()) return;
  EXPECT_GT(looked_at, 0u);
}

/// All of the state but the number and time of the last command, and the memory of commands: each part by its name.
std::map<std::string, std::string> without_memory(const engine::State& s) {
  std::map<std::string, std::string> parts;
  engine::for_each_member(s, [&](std::string_view name, const auto& member) {
    if (name != "last" && name != "at" && name != "streams" && name != "streams_of")
      parts.emplace(name, encoded(member));
  });
  return parts;
}

TEST(Promises, P6ACommandThatIsRefusedChangesNothingButTheMemoryOfCommands) {
  const Days days;
  uint64_t refused = 0, done = 0;
  for (uint64_t seed = days.first; seed < days.first + days.seeds; ++seed) {
    testing::RandomMarket market{seed};
    engine::Engine engine;
    for (uint64_t n = 0; n < days.commands; ++n) {
      auto command = market.next(engine.state());
      const bool look = n % 8 == seed % 8;
      if (look) {  // what is due by then happens before: it is the work of time, and not the command's
        engine.apply({.seq = command.seq,
                      .at = command.at,
                      .envelope = {.client_key = {1},
                                   .counter = {n + 1},
                                   .person = {99},
                                   .participant = District::code(330100),
                                   .role = engine::Role::system},
                      .command = engine::command::Tick{}});
        command.seq = {command.seq.value + 1};
      }
      const auto before = look ? without_memory(engine.state()) : std::map<std::string, std::string>{};
      const auto& events = engine.apply(command);
      if (!look || events.empty()) continue;
      const bool no = events.size() == 1 && std::holds_alternative<event::Refused>(events.front());
      ++(no ? refused : done);
      if (!no) continue;
      for (const auto& [name, bytes] : without_memory(engine.state()))
        ASSERT_EQ(bytes, before.at(name)) << name << ", command of kind " << command.command.index() << "\n"
                                          << reproduce(seed, n);
    }
  }
  if (!days.enough()) return;
  EXPECT_GT(refused, 0u);
  EXPECT_GT(done, 0u);
}

/// What is written once and stays: of every entry, without what later entries may take from it.
struct Written {
  std::map<std::string, std::string> once;
  std::map<FilingId, clearing::Filing> filings;
  std::map<PriceRowId, bool> revoked;

  explicit Written(const engine::State& s) {
    for (const auto& [id, f] : s.registry.filings()) {
      filings.emplace(id, f);
      clearing::Filing as_filed = f;
      as_filed.filed = as_filed.deducted = {};
      as_filed.entries.clear();
      once.emplace("filing " + std::to_string(id.value), encoded(as_filed));
    }
    for (auto f : s.entries.freezes) {
      f.second.left = {};
      once.emplace("freeze " + std::to_string(f.first.value), encoded(f.second));
    }
    for (auto l : s.entries.loans) {
      l.second.left = {};
      l.second.overdue = false;
      l.second.slices.clear();
      once.emplace("loan " + std::to_string(l.first.value), encoded(l.second));
    }
    for (auto w : s.entries.write_offs) {
      w.second.left = {};
      w.second.slices.clear();
      once.emplace("write-off " + std::to_string(w.first.value), encoded(w.second));
    }
    for (auto row : s.prices.rows()) {
      revoked.emplace(row.id, row.revoked);
      row.revoked = false;
      once.emplace("price row " + std::to_string(row.id.value), encoded(row));
    }
    for (auto a : s.advances.all()) {
      a.second.left = {};
      a.second.state = clearing::AdvanceState::paid;
      once.emplace("advance " + std::to_string(a.first.value), encoded(a.second));
    }
  }

  /// What of the earlier is not there any more, or not as it was.
  std::string lost_since(const Written& earlier) const {
    for (const auto& [what, bytes] : earlier.once) {
      const auto now = once.find(what);
      if (now == once.end()) return what + " is gone";
      if (now->second != bytes) return what + " has been rewritten";
    }
    for (const auto& [id, was] : earlier.filings) {
      const auto& now = filings.at(id);
      const std::string name = "filing " + std::to_string(id.value);
      if (now.entries.size() < was.entries.size() ||
          !std::equal(was.entries.begin(), was.entries.end(), now.entries.begin(),
                      [](const auto& a, const auto& b) { return a.number == b.number; }))
        return "the entries of " + name + " have been rewritten";
      if (now.filed.area < was.filed.area || now.filed.paddy < was.filed.paddy ||
          now.filed.capacity < was.filed.capacity || now.deducted.area < was.deducted.area ||
          now.deducted.paddy < was.deducted.paddy || now.deducted.capacity < was.deducted.capacity)
        return name + " counts less than before";
      const bool changed =
          !(encoded(now.filed) == encoded(was.filed) && encoded(now.deducted) == encoded(was.deducted));
      if (changed && now.entries.size() == was.entries.size()) return name + " has changed without an entry";
    }
    for (const auto& [id, was] : earlier.revoked)
      if (was && !revoked.at(id)) return "price row " + std::to_string(id.value) + " stands again";
    return {};
  }
};

TEST(Promises, P14NothingThatIsWrittenIsRewrittenWhatWasWrongGetsAnEntryOfItsOwn) {
  const Days days;
  uint64_t corrected = 0;
  for (uint64_t seed = days.first; seed < days.first + days.seeds; ++seed) {
    testing::RandomMarket market{seed};
    testing::Accountant accountant;
    engine::Engine engine;
    Written before{engine.state()};
    for (uint64_t n = 0; n < days.commands; ++n) {
      const auto command = market.next(engine.state());
      const auto& events = engine.apply(command);
      ASSERT_EQ(accountant.book(command.seq, events), "") << reproduce(seed, n);
      for (const auto& e : events)
        corrected += std::holds_alternative<event::Adjusted>(e) || std::holds_alternative<event::LandRestored>(e) ||
                     std::holds_alternative<event::PriceRevoked>(e) || std::holds_alternative<event::Deducted>(e);
      if (n % 50 != 49) continue;
      Written now{engine.state()};
      ASSERT_EQ(now.lost_since(before), "") << reproduce(seed, n);
      before = std::move(now);
    }
    ASSERT_EQ(accountant.differs_from(engine.state()), "") << reproduce(seed, days.commands);
  }
  if (!days.enough()) return;
  EXPECT_GT(corrected, 0u);
}

TEST(Promises, P11TheSameCommandsGiveTheSameStateToTheLastByte) {
  const Days days;
  for (uint64_t seed = days.first; seed < days.first + days.seeds; ++seed) {
    testing::RandomMarket market{seed};
    engine::Engine engine, replayed;
    std::vector<engine::Stamped> journal;
    for (uint64_t n = 0; n < days.commands; ++n) {
      journal.push_back(market.next(engine.state()));
      engine.apply(journal.back());
    }
    uint64_t n = 0;
    for (const auto& c : journal) {
      replayed.apply(c);
      ++n;
    }
    ASSERT_EQ(n, days.commands);
    ASSERT_EQ(encoded(replayed.state()), encoded(engine.state())) << reproduce(seed, n);
    days.done(seed);
  }
}

}  // namespace
}  // namespace landex
