// The sequencer over disks that fail: what was published is recovered, what is recovered was asked for, nothing is done
// twice, and a replay gives the same state to the last byte (reliability P5-P12).
#include "exchange/sequencer/sequencer.hpp"

#include <errno.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <latch>
#include <limits>
#include <map>
#include <set>
#include <thread>

#include "exchange/engine/canonical.hpp"
#include "exchange/host/posix_disk.hpp"
#include "tests/memory_disk.hpp"
#include "tests/random_market.hpp"

namespace landex::sequencer {
namespace {

namespace command = engine::command;
namespace event = engine::event;
using testing::Random;
using testing::RandomMarket;
using tests::MemoryDisk;

/// Goes on by itself, sometimes not at all, sometimes backwards: the sequencer has to make time out of it.
class WildClock final : public host::Clock {
 public:
  explicit WildClock(uint64_t seed) : random_{seed} {}
  Instant now() override { return Instant{now_ += random_.between(-500, 1'000)}; }

 private:
  Random random_;
  int64_t now_ = 1'717'200'000'000'000;
};

journal::Options journal_options() { return {.dir = "j", .segment_bytes = 64 << 10, .allocate_step = 8 << 10}; }

struct Seen {
  engine::Stamped command;
  engine::Events events;
};
using History = std::map<uint64_t, Seen>;  // by number

Replica::Seen into(History& h) {
  return [&h](const engine::Stamped& c, const engine::Events& e) { h[c.seq.value] = {.command = c, .events = e}; };
}

std::string hash_of(const History& h) {
  Replica replica;
  for (const auto& [seq, seen] : h) {
    const auto events = replica.apply(seen.command);
    EXPECT_EQ(events, seen.events) << "number " << seq;
  }
  EXPECT_EQ(replica.engine().audit(), "");
  return replica.state_hash();
}

/// How many of one thing was asked or done, and by which stream and counter it is known.
using Name = std::tuple<PersonId, ClientKey, Counter>;
Name name_of(const engine::Envelope& e) { return {e.person, e.client_key, e.counter}; }

/// What the sequencer says to itself.
bool is_tick(const engine::Stamped& c) {
  return std::holds_alternative<command::Tick>(c.command) && c.envelope.role == engine::Role::system &&
         c.envelope.person == kSystemPerson && c.envelope.client_key == kSystemKey;
}

bool refused_or_repeated(const engine::Events& events) {
  return events.size() == 1 &&
         (std::holds_alternative<event::Refused>(events[0]) || std::holds_alternative<event::Repeated>(events[0]));
}

/// The life of one exchange through several starts, with what its clients know of it.
class Life {
 public:
  explicit Life(uint64_t seed) : random_{seed}, rng_{seed}, market_{seed}, clock_{seed} {}

  void run() {
    for (int start = 0; start < 6 && !::testing::Test::HasFailure(); ++start) {
      const bool calm = start == 5;  // at the end the faults are off: it must come up, and go on
      if (!calm) trouble();
      if (!open()) {
        EXPECT_FALSE(calm);
      } else if (random_.one_in(4) && !calm) {
        work_with_threads();
      } else {
        work_alone();
      }
      sequencer_.reset();
      disk_.dead() || random_.one_in(2) ? disk_.lose_power(rng_) : disk_.process_ended();
    }
    ASSERT_TRUE(open());
    check_exactly_once();
  }

  size_t published = 0, lost = 0, crashes = 0;

 private:
  void trouble() {
    const size_t at = disk_.changes().size() + random_.below(40);
    if (random_.one_in(3))
      disk_.fail_at(at, random_.one_in(2) ? EIO : ENOSPC);
    else
      disk_.die_at(at);
  }

  bool open() {
    const size_t errors = disk_.errors();
    History recovered;
    auto opened = Sequencer::open(disk_, journal_options(), clock_,
                                  {.queue_limit = 8'192, .batch_limit = 1 + random_.below(9), .step = engine_step},
                                  into(recovered));
    if (!opened) {
      EXPECT_GT(disk_.errors(), errors) << "refused without a fault: " << opened.error().text_en;
      return false;
    }
    sequencer_ = std::move(opened->sequencer);
    // published ⊆ recovered ⊆ asked
    for (const auto& [seq, seen] : promised_) {
      const auto at = recovered.find(seq);
      if (at == recovered.end()) {
        ADD_FAILURE() << "number " << seq << " was published and is lost";
        continue;
      }
      EXPECT_EQ(at->second.command, seen.command) << seq;
      EXPECT_EQ(at->second.events, seen.events) << seq;
    }
    uint64_t next = 1;
    Instant before{};
    for (const auto& [seq, seen] : recovered) {
      EXPECT_EQ(seq, next++);
      EXPECT_GE(seen.command.at, before) << "time went back at " << seq;
      before = seen.command.at;
      const auto asked = std::ranges::any_of(asked_[name_of(seen.command.envelope)],
                                             [&](const auto& c) { return c == seen.command.command; });
      EXPECT_TRUE(asked || is_tick(seen.command)) << "number " << seq << " was never asked for";
    }
    EXPECT_EQ(opened->recovered.last_number, recovered.size());
    EXPECT_EQ(sequencer_->replica().state().last.value, recovered.size());
    EXPECT_EQ(sequencer_->replica().state_hash(), hash_of(recovered));
    promised_ = std::move(recovered);  // what has been read once stays
    return true;
  }

  bool ask(const engine::Envelope& who, const engine::Command& c) {
    if (!sequencer_->submit({}, who, c)) return false;
    asked_[name_of(who)].push_back(c);
    unanswered_.push_back({.seq = {}, .at = {}, .envelope = who, .command = c});
    return true;
  }

  std::function<void(Published)> publisher() {
    return [this](Published batch) {
      EXPECT_FALSE(disk_.dead());
      for (auto& item : batch) {
        auto* done = std::get_if<Done>(&item);
        if (!done) continue;
        ++published;
        std::erase_if(unanswered_, [&](const auto& u) {
          return u.envelope == done->command.envelope && u.command == done->command.command;
        });
        promised_[done->command.seq.value] = {.command = std::move(done->command), .events = std::move(done->events)};
      }
      if (random_.one_in(8)) expect_durable();
    };
  }

  /// Nothing has left that a loss of power now could take back.
  void expect_durable() {
    MemoryDisk medium{disk_.medium()};
    uint64_t last = 0;
    const auto read = journal::read(medium, journal_options().dir, [&](const journal::Batch& b) {
      last = b.first + b.count - 1;
      return std::expected<void, std::string>{};
    });
    EXPECT_TRUE(read) << read.error().text_en;
    EXPECT_GE(last, promised_.rbegin()->first);
  }

  /// All on one thread, so that a seed gives the same life every time.
  void work_alone() {
    engine::Engine ahead;  // what the commands will meet, if nothing fails
    for (const auto& [seq, seen] : promised_) ahead.apply(seen.command);
    const auto foresee = [&](const engine::Envelope& who, const engine::Command& c) {
      ahead.apply({.seq = {ahead.state().last.value + 1}, .at = ahead.state().at, .envelope = who, .command = c});
    };
    for (const auto& u : std::exchange(unanswered_, {})) {  // clients ask again for what they have not heard of
      EXPECT_TRUE(ask(u.envelope, u.command));
      foresee(u.envelope, u.command);
    }
    for (auto n = random_.below(120); n > 0; --n) {
      const auto next = market_.next(ahead.state());
      EXPECT_TRUE(ask(next.envelope, next.command));
      EXPECT_TRUE(!random_.one_in(10) ||
                  sequencer_->ask({}, {.person = {2}, .participant = {}, .role = {}}, engine::query::GetStatus{}));
      foresee(next.envelope, next.command);
    }
    sequencer_->stop();
    const auto ended = sequencer_->run(publisher());
    finish(ended.has_value());
    if (ended) {
      engine::Engine again;  // what was published makes this state and no other, ticks among it
      for (const auto& [seq, seen] : promised_) again.apply(seen.command);
      EXPECT_EQ(sequencer_->replica().engine().canonical_state(), again.canonical_state());
      EXPECT_TRUE(unanswered_.empty()) << "stopped cleanly, and somebody waits";
    }
  }

  /// Several threads ask while it runs: the batches fall as they fall.
  void work_with_threads() {
    constexpr size_t kThreads = 3;
    std::vector<std::vector<engine::Stamped>> parts(kThreads);
    engine::Engine ahead;
    for (const auto& [seq, seen] : promised_) ahead.apply(seen.command);
    for (auto& u : std::exchange(unanswered_, {})) parts[u.envelope.person.value % kThreads].push_back(u);
    for (auto n = random_.below(120); n > 0; --n) {
      auto next = market_.next(ahead.state());
      ahead.apply(next);
      parts[next.envelope.person.value % kThreads].push_back(next);  // each stream is asked in its order
    }
    for (const auto& part : parts)
      for (const auto& c : part) {
        asked_[name_of(c.envelope)].push_back(c.command);
        unanswered_.push_back(c);
      }
    bool ended_well = false;
    std::thread writer{[&] { ended_well = sequencer_->run(publisher()).has_value(); }};
    {
      std::vector<std::jthread> askers;
      for (const auto& part : parts)
        askers.emplace_back([this, &part] {
          for (const auto& c : part)
            if (!sequencer_->submit({}, c.envelope, c.command)) ADD_FAILURE() << "the queue is full";
        });
    }
    sequencer_->stop();
    writer.join();
    finish(ended_well);
  }

  void finish(bool ended_well) {
    if (ended_well) return;
    ++crashes;
    lost += unanswered_.size();
    EXPECT_GT(disk_.errors(), 0u);
  }

  /// However often it was asked for, it was done at most once; and what was answered is what was done.
  void check_exactly_once() {
    std::map<Name, size_t> done;
    for (const auto& [seq, seen] : promised_)
      if (!refused_or_repeated(seen.events)) ++done[name_of(seen.command.envelope)];
    for (const auto& [name, times] : done) EXPECT_EQ(times, 1u) << "counter " << std::get<Counter>(name).value;
  }

  Random random_;
  tests::Rng rng_;
  RandomMarket market_;
  WildClock clock_;
  MemoryDisk disk_;
  std::unique_ptr<Sequencer> sequencer_;
  History promised_;
  std::map<Name, std::vector<engine::Command>> asked_;
  std::vector<engine::Stamped> unanswered_;
};

uint64_t number_from_environment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

TEST(SequencerSeeds, WhatWasPublishedIsRecoveredAndDoneOnceWhateverTheDiskDoes) {
  const uint64_t first = number_from_environment("LANDEX_SEED", 1),
                 seeds = number_from_environment("LANDEX_SEEDS", 120);
  size_t published = 0, lost = 0, crashes = 0;
  for (uint64_t seed = first; seed < first + seeds; ++seed) {
    SCOPED_TRACE("reproduce: LANDEX_SEED=" + std::to_string(seed) + " LANDEX_SEEDS=1 " + program_invocation_name +
                 " --gtest_filter='SequencerSeeds.*'");
    Life life{seed};
    ASSERT_NO_FATAL_FAILURE(life.run());
    ASSERT_FALSE(HasFailure());
    published += life.published;
    lost += life.lost;
    crashes += life.crashes;
  }
  if (seeds < 10) return;  // one that is looked at again
  // a guard must fail when it has looked at nothing
  EXPECT_GT(published, seeds * 50);
  EXPECT_GT(crashes, seeds);
  EXPECT_GT(lost, seeds);
}

// ---- one thing at a time ----

engine::Envelope system_asks(uint64_t counter) {
  return {.client_key = {1},
          .counter = {counter},
          .person = {1},
          .participant = District::code(330100),
          .role = engine::Role::system};
}
engine::Envelope bureau_asks(uint64_t counter) {
  auto e = system_asks(counter);
  e.person = {2};
  e.role = engine::Role::bureau;
  return e;
}
engine::Envelope district_asks(uint64_t counter) {
  auto e = system_asks(counter);
  e.person = {3};
  e.participant = District::code(330182);
  e.role = engine::Role::district;
  return e;
}
engine::Command some_order() {
  return command::PlaceOrder{.instrument = Instrument::linkage,
                             .side = Side::buy,
                             .quantity = Quantity::from_raw(10'000),
                             .price = Rate::yuan_per_mu(100'000)};
}

/// A sequencer on a disk, with an open day and one account with money.
struct Bench {
  explicit Bench(host::Disk& disk, std::string dir = "j", Options options = {}, bool prepared = true) {
    auto made = Sequencer::open(disk, {.dir = std::move(dir), .segment_bytes = 64 << 10, .allocate_step = 8 << 10},
                                clock, std::move(options), into(history));
    if (!made) {
      error = made.error().text_en;
      return;
    }
    sequencer = std::move(made->sequencer);
    recovered = made->recovered;
    if (!prepared) return;
    execute(system_asks(1), command::Activate{.behaviour = 1, .pack = testing::small_pack()});
    execute(system_asks(2), command::SetVenue{.venue = engine::Venue::simulation});
    execute(bureau_asks(1), command::OpenDay{.day = *Day::ymd(2024, 6, 20)});
    execute(bureau_asks(2), command::OpenAccount{.participant = District::code(330182)});
    execute(
        bureau_asks(3),
        command::Deposit{.participant = District::code(330182), .amount = Fen::yuan(1'000'000'000), .document = "d"});
  }
  void execute(const engine::Envelope& who, engine::Command c) {
    const auto done = sequencer->execute(who, std::move(c));
    ASSERT_TRUE(done) << done.error().text_en();
    EXPECT_FALSE(refused_or_repeated(done->events));
    history[done->command.seq.value] = {.command = done->command, .events = done->events};
  }
  /// Does what is queued, and ends.
  host::Io<void> finish() {
    sequencer->stop();
    return sequencer->run([this](Published batch) {
      batches.push_back(batch.size());
      for (auto& item : batch) {
        if (auto* done = std::get_if<Done>(&item)) history[done->command.seq.value] = {done->command, done->events};
        items.push_back(std::move(item));
      }
    });
  }

  WildClock clock{7};
  History history;
  std::unique_ptr<Sequencer> sequencer;
  journal::Recovered recovered;
  std::string error;
  std::vector<size_t> batches;
  Published items;
};

TEST(Sequencer, AFullQueueIsARefusalAndTakesNothing) {
  MemoryDisk disk;
  Bench bench{disk, "j", {.queue_limit = 5, .batch_limit = 256, .step = engine_step}};
  for (uint64_t n = 1; n <= 3; ++n)
    EXPECT_TRUE(bench.sequencer->submit({.session = n}, district_asks(n), some_order()));
  const engine::Asker who{.person = {3}, .participant = District::code(330182), .role = engine::Role::district};
  for (uint32_t n = 1; n <= 2; ++n)
    EXPECT_TRUE(bench.sequencer->ask({.session = 9, .id = n}, who, engine::query::GetOrders{}));
  for (int i = 0; i < 10; ++i) {
    EXPECT_FALSE(bench.sequencer->submit({.session = 4}, district_asks(4), some_order()));
    EXPECT_FALSE(bench.sequencer->ask({.session = 9, .id = 3}, who, engine::query::GetOrders{}));
  }
  ASSERT_TRUE(bench.finish());
  ASSERT_EQ(bench.items.size(), 5u);
  for (uint64_t n = 1; n <= 3; ++n) {
    const auto& done = std::get<Done>(bench.items[n - 1]);
    EXPECT_EQ(done.origin.session, n);
    EXPECT_EQ(done.command.seq.value, 5 + n);
  }
  const auto& answered = std::get<Answered>(bench.items[3]);
  EXPECT_EQ(answered.origin.id, 1u);
  EXPECT_EQ(answered.as_of.value, 8u) << "the orders before it in the batch, which are durable with it";
  EXPECT_EQ(std::get<engine::view::Orders>(answered.view).rows.size(), 3u);
  EXPECT_FALSE(bench.sequencer->submit({}, district_asks(4), some_order())) << "it has stopped";
}

TEST(Sequencer, ABatchIsOneFlushAndNoLongerThanItsLimit) {
  MemoryDisk disk;
  Bench bench{disk, "j", {.queue_limit = 100, .batch_limit = 8, .step = engine_step}};
  for (uint64_t n = 1; n <= 20; ++n) ASSERT_TRUE(bench.sequencer->submit({}, district_asks(n), some_order()));
  const auto syncs = [&] { return std::ranges::count(disk.changes(), MemoryDisk::Change::sync); };
  const auto before = syncs();
  ASSERT_TRUE(bench.finish());
  EXPECT_EQ(bench.batches, (std::vector<size_t>{8, 8, 4}));
  EXPECT_GE(syncs() - before, 3);
  EXPECT_LE(syncs() - before, 3 + 4) << "one for each batch; the rest make room, and seal";
}

TEST(Sequencer, ACleanStopDoesWhatIsQueuedAndSealsTheJournal) {
  MemoryDisk disk;
  std::string hash;
  {
    Bench bench{disk};
    for (uint64_t n = 1; n <= 20; ++n) ASSERT_TRUE(bench.sequencer->submit({}, district_asks(n), some_order()));
    ASSERT_TRUE(bench.finish());
    EXPECT_EQ(bench.items.size(), 20u);
    hash = bench.sequencer->replica().state_hash();
  }
  tests::Rng rng{1};
  disk.lose_power(rng);
  Bench again{disk, "j", {}, /*prepared=*/false};
  ASSERT_TRUE(again.sequencer) << again.error;
  EXPECT_TRUE(again.recovered.clean);
  EXPECT_FALSE(again.recovered.cut);
  EXPECT_EQ(again.recovered.last_number, 25u);
  EXPECT_EQ(again.sequencer->replica().state_hash(), hash);
  EXPECT_EQ(hash_of(again.history), hash);
}

TEST(Sequencer, AFlushThatFailsEndsTheRunWithItsErrorAndNothingMoreIsPublished) {
  for (const int error : {EIO, ENOSPC})
    for (size_t good = 0; good < 4; ++good) {  // so many batches before it
      SCOPED_TRACE("errno " + std::to_string(error) + ", batch " + std::to_string(good));
      // a dry run tells at which call of the disk the flush of that batch is
      size_t flush = 0;
      for (const bool dry : {true, false}) {
        MemoryDisk d;
        Bench bench{d, "j", {.queue_limit = 100, .batch_limit = 4, .step = engine_step}};
        for (uint64_t n = 1; n <= 20; ++n) ASSERT_TRUE(bench.sequencer->submit({}, district_asks(n), some_order()));
        bench.sequencer->stop();
        if (!dry) d.fail_at(flush, error);
        std::vector<size_t> calls;
        size_t batches = 0;
        calls.push_back(d.changes().size());
        const auto ended = bench.sequencer->run([&](Published batch) {
          ++batches;
          calls.push_back(d.changes().size());
          for (auto& item : batch) {
            auto& done = std::get<Done>(item);
            bench.history[done.command.seq.value] = {done.command, done.events};
          }
        });
        if (dry) {
          ASSERT_TRUE(ended);
          ASSERT_EQ(batches, 5u);
          flush = calls[good + 1] - 1;
          ASSERT_EQ(d.changes()[flush], MemoryDisk::Change::sync);
          continue;
        }
        ASSERT_FALSE(ended);
        EXPECT_EQ(ended.error().error, error);
        EXPECT_EQ(ended.error().call, host::DiskCall::sync);
        EXPECT_FALSE(ended.error().text_en().empty() || ended.error().text_zh().empty());
        EXPECT_EQ(batches, good);
        EXPECT_EQ(d.changes().size(), flush + 1) << "a flush is never tried again, nothing is written after it";
        const History promised = bench.history;
        bench.sequencer.reset();
        tests::Rng rng{good};
        d.lose_power(rng);
        Bench again{d, "j", {}, /*prepared=*/false};
        ASSERT_TRUE(again.sequencer) << again.error;
        for (const auto& [seq, seen] : promised) EXPECT_EQ(again.history.at(seq).command, seen.command);
        EXPECT_EQ(again.sequencer->replica().state_hash(), hash_of(again.history));
      }
    }
}

TEST(Sequencer, TimeNeverGoesBackNotEvenOverAStart) {
  class Stuck final : public host::Clock {
   public:
    Instant now() override { return at; }
    Instant at{1'000};
  };
  MemoryDisk disk;
  Stuck clock;
  std::vector<Instant> stamps;
  for (const int64_t now : {1'000, 900, 5'000, 10}) {
    clock.at = Instant{now};
    auto opened = Sequencer::open(disk, journal_options(), clock, {}, {});
    ASSERT_TRUE(opened) << opened.error().text_en;
    const auto done = opened->sequencer->execute(district_asks(stamps.size() + 1), some_order());
    ASSERT_TRUE(done);
    EXPECT_EQ(done->command.seq.value, stamps.size() + 1);
    stamps.push_back(done->command.at);
  }
  EXPECT_EQ(stamps, (std::vector{Instant{1'000}, Instant{1'000}, Instant{5'000}, Instant{5'000}}));
}

TEST(Sequencer, ARetryAfterARestartIsNotDoneAgain) {
  MemoryDisk disk;
  Sequence first;
  {
    Bench bench{disk};
    ASSERT_TRUE(bench.sequencer->submit({}, district_asks(1), some_order()));
    ASSERT_TRUE(bench.finish());
    first = std::get<Done>(bench.items.at(0)).command.seq;
  }
  disk.process_ended();
  Bench again{disk, "j", {}, /*prepared=*/false};
  ASSERT_TRUE(again.sequencer) << again.error;
  ASSERT_TRUE(again.sequencer->submit({}, district_asks(1), some_order()));
  ASSERT_TRUE(again.finish());
  const auto& events = std::get<Done>(again.items.at(0)).events;
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(std::get<event::Repeated>(events[0]).first, first);
}

TEST(Sequencer, AReplayWithAnotherOutcomeIsRefusedNamingTheNumbers) {
  MemoryDisk disk;
  {
    Bench bench{disk, "j", {.queue_limit = 100, .batch_limit = 4, .step = engine_step}};
    for (uint64_t n = 1; n <= 12; ++n) ASSERT_TRUE(bench.sequencer->submit({}, district_asks(n), some_order()));
    ASSERT_TRUE(bench.finish());
  }
  for (uint64_t changed = 1; changed <= 17; ++changed) {
    disk.process_ended();
    engine::Events events;
    const auto otherwise = [changed, &events](engine::Engine& e, const engine::Stamped& c) -> const engine::Events& {
      events = e.apply(c);
      if (c.seq.value == changed) events.push_back(event::DayOpened{.day = *Day::ymd(2024, 6, 20)});
      return events;
    };
    History heard;
    WildClock clock{1};
    const auto files = disk.medium();
    const auto opened = Sequencer::open(disk, journal_options(), clock, {.step = otherwise}, into(heard));
    ASSERT_FALSE(opened) << changed;
    // the batch that holds it: the first five came one by one, then four by four
    const uint64_t first = changed <= 5 ? changed : 6 + (changed - 6) / 4 * 4,
                   last = changed <= 5 ? changed : first + 3;
    EXPECT_NE(opened.error().text_en.find("numbers " + std::to_string(first) + " to " + std::to_string(last)),
              std::string::npos)
        << opened.error().text_en;
    EXPECT_FALSE(opened.error().text_zh.empty());
    EXPECT_EQ(heard.rbegin()->first, last) << "it reads no further";
    EXPECT_EQ(disk.medium(), files) << "and changes nothing";
  }
}

TEST(Sequencer, ACommandThatTripsAnAssertionIsNeverDurableAndTheRestOfTheDayStands) {
  std::string dir = (std::filesystem::path{::testing::TempDir()} / "landex_sequencer_XXXXXX").string();
  ASSERT_TRUE(mkdtemp(dir.data()));
  const std::string planted = "a project that must not be";
  const uint64_t good = 10;

  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {  // the process that dies
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    setrlimit(RLIMIT_CORE, &none);
    (void)!freopen("/dev/null", "w", stderr);
    host::PosixDisk disk;
    const auto step = [&](engine::Engine& e, const engine::Stamped& c) -> const engine::Events& {
      const auto* used = std::get_if<command::WriteOff>(&c.command);
      assert(!used || used->project != planted);
      return e.apply(c);
    };
    Bench bench{disk, dir + "/j", {.queue_limit = 100, .batch_limit = 2, .step = step}};
    if (!bench.sequencer) _exit(2);
    for (uint64_t n = 1; n <= good; ++n) (void)!bench.sequencer->submit({}, district_asks(n), some_order());
    (void)!bench.sequencer->submit(
        {}, district_asks(good + 1),
        command::WriteOff{.instrument = Instrument::linkage, .quantity = Quantity::from_raw(1), .project = planted});
    (void)!bench.sequencer->submit({}, district_asks(good + 2), some_order());
    (void)bench.finish();
    _exit(0);  // it should have died before
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "status " << status;
  EXPECT_EQ(WTERMSIG(status), SIGABRT);

  {
    host::PosixDisk disk;
    Bench again{disk, dir + "/j", {}, /*prepared=*/false};
    ASSERT_TRUE(again.sequencer) << again.error;
    EXPECT_FALSE(again.recovered.clean);
    EXPECT_EQ(again.recovered.last_number, 5 + good) << "all before it, and nothing of its batch";
    for (const auto& [seq, seen] : again.history)
      EXPECT_FALSE(std::holds_alternative<command::WriteOff>(seen.command.command));
    const auto& state = again.sequencer->replica().state();
    EXPECT_EQ(state.day, Day::ymd(2024, 6, 20)) << "the market is open";
    EXPECT_EQ(state.market.books.resting(), good);
    EXPECT_EQ(again.sequencer->replica().state_hash(), hash_of(again.history));
    ASSERT_TRUE(again.sequencer->submit({}, district_asks(good + 2), some_order()));
    ASSERT_TRUE(again.finish());
    EXPECT_FALSE(refused_or_repeated(std::get<Done>(again.items.at(0)).events)) << "and goes on";
  }
  std::filesystem::remove_all(dir);
}

TEST(Sequencer, ASecondOneOnTheSameDirectoryIsRefused) {
  MemoryDisk disk;
  Bench bench{disk};
  Bench second{disk, "j", {}, /*prepared=*/false};
  EXPECT_FALSE(second.sequencer);
  EXPECT_FALSE(second.error.empty());
}

// ---- time, when nobody sends anything ----

constexpr int64_t kSecondUs = 1'000'000;

/// Stands until the test moves it.
class HandClock final : public host::Clock {
 public:
  Instant now() override {
    const std::lock_guard lock{mutex_};
    ++looks_;
    return now_;
  }
  void wait(std::condition_variable& woken, std::unique_lock<std::mutex>& lock, Instant at) override {
    {
      const std::lock_guard own{mutex_};
      woken_ = &woken;
      outer_ = lock.mutex();
      waited_for_ = at;
      ++waits_;
    }
    changed_.notify_all();
    woken.wait(lock);
  }

  /// For what is waited, once that has happened `times` times since the beginning.
  Instant waited_for(size_t times) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return waits_ >= times; });
    return waited_for_;
  }
  /// Only while somebody waits.
  void set(Instant at) {
    {
      const std::lock_guard lock{mutex_};
      now_ = at;
    }
    const std::lock_guard lock{*outer_};
    woken_->notify_one();
  }
  void set_alone(Instant at) { now_ = at; }  // before run()
  size_t looks() {
    const std::lock_guard lock{mutex_};
    return looks_;
  }
  size_t waits() {
    const std::lock_guard lock{mutex_};
    return waits_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  Instant now_ = matching::beijing_instant(*Day::ymd(2024, 6, 20), matching::TimeOfDay::hm(8, 0)), waited_for_;
  std::condition_variable* woken_ = nullptr;
  std::mutex* outer_ = nullptr;
  size_t looks_ = 0, waits_ = 0;
};

engine::Command order_until(Instant until) {
  auto order = std::get<command::PlaceOrder>(some_order());
  order.conditions = engine::OrderConditions{.lifetime = engine::Lifetime::until_instant,
                                             .last_day = {},
                                             .until = until,
                                             .post_only = false,
                                             .all_or_none = false,
                                             .minimum = {},
                                             .peak = {},
                                             .trigger = {},
                                             .cap = {},
                                             .self_trade = SelfTrade::refuse};
  return order;
}

/// A sequencer on its own thread; what it publishes can be waited for.
class Running {
 public:
  explicit Running(host::Clock& clock, std::optional<matching::VenueProfile> profile = {}) : clock_{clock} {
    open();
    execute(system_asks(1), command::Activate{.behaviour = 1, .pack = testing::small_pack()});
    execute(system_asks(2), command::SetVenue{.venue = engine::Venue::simulation});
    if (profile) execute(system_asks(3), command::SetProfile{.profile = *profile});
    execute(bureau_asks(1), command::OpenDay{.day = *Day::ymd(2024, 6, 20)});
    execute(bureau_asks(2), command::OpenAccount{.participant = District::code(330182)});
    execute(
        bureau_asks(3),
        command::Deposit{.participant = District::code(330182), .amount = Fen::yuan(1'000'000'000), .document = "d"});
  }
  ~Running() { stop(); }

  void execute(const engine::Envelope& who, engine::Command c) {
    const auto done = sequencer->execute(who, std::move(c));
    ASSERT_TRUE(done);
    EXPECT_FALSE(refused_or_repeated(done->events));
    history[done->command.seq.value] = {.command = done->command, .events = done->events};
  }
  void start() {
    thread_ = std::thread{[this] {
      ended_well = sequencer
                       ->run([this](Published batch) {
                         const std::lock_guard lock{mutex_};
                         for (auto& item : batch) items.push_back(std::move(item));
                         published_.notify_all();
                       })
                       .has_value();
    }};
  }
  /// The item of this index, when it has come.
  Done done(size_t index) {
    std::unique_lock lock{mutex_};
    published_.wait(lock, [&] { return items.size() > index; });
    return std::get<Done>(items[index]);
  }
  size_t published() {
    const std::lock_guard lock{mutex_};
    return items.size();
  }
  void stop() {
    if (!thread_.joinable()) return;
    sequencer->stop();
    thread_.join();
    for (const auto& item : items)
      if (const auto* d = std::get_if<Done>(&item)) history[d->command.seq.value] = {d->command, d->events};
  }
  /// Another process reads the journal: cleanly sealed, and the same to the last byte.
  void expect_replay_gives_the_same() {
    stop();
    EXPECT_TRUE(ended_well);
    const auto hash = sequencer->replica().state_hash();
    sequencer.reset();
    History again;
    auto opened = Sequencer::open(disk, journal_options(), clock_, {}, into(again));
    ASSERT_TRUE(opened) << opened.error().text_en;
    EXPECT_TRUE(opened->recovered.clean);
    EXPECT_EQ(opened->sequencer->replica().state_hash(), hash);
    ASSERT_EQ(again.size(), history.size());
    for (const auto& [seq, seen] : history) {
      EXPECT_EQ(again.at(seq).command, seen.command);
      EXPECT_EQ(again.at(seq).events, seen.events);
    }
    EXPECT_EQ(hash_of(again), hash);
  }

  MemoryDisk disk;
  History history;
  std::unique_ptr<Sequencer> sequencer;
  Published items;
  bool ended_well = false;

 private:
  void open() {
    auto opened = Sequencer::open(disk, journal_options(), clock_, {}, into(history));
    ASSERT_TRUE(opened) << opened.error().text_en;
    sequencer = std::move(opened->sequencer);
  }
  host::Clock& clock_;
  std::mutex mutex_;
  std::condition_variable published_;
  std::thread thread_;
};

bool ends_an_order(const engine::Events& events) {
  return std::ranges::any_of(events, [](const auto& e) { return std::holds_alternative<event::OrderEnded>(e); });
}

TEST(Ticks, WhatIsDueHappensWithoutTrafficAndNotBefore) {
  HandClock clock;
  Running running{clock};
  const Instant begin = clock.now(), due{begin.us + 10 * kSecondUs};
  running.execute(district_asks(1), order_until(due));
  running.start();
  EXPECT_EQ(clock.waited_for(1), due);
  clock.set({due.us - 1});
  EXPECT_EQ(clock.waited_for(2), due) << "woken too early, it waits again";
  EXPECT_EQ(running.published(), 0u);
  const size_t looks = clock.looks();
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  EXPECT_EQ(clock.looks(), looks) << "it waits, it does not ask again and again";

  clock.set(due);
  const Done tick = running.done(0);
  EXPECT_TRUE(is_tick(tick.command));
  EXPECT_EQ(tick.origin.session, 0u);
  EXPECT_EQ(tick.command.at, due);
  EXPECT_EQ(tick.command.envelope.counter, Counter{3}) << "after landexd's own two";
  EXPECT_TRUE(ends_an_order(tick.events));
  running.stop();
  EXPECT_EQ(running.published(), 1u) << "one tick, not one for each look";
  running.expect_replay_gives_the_same();
}

TEST(Ticks, AStopWhileItWaitsEndsItAtOnceAndTicksNothing) {
  HandClock clock;
  Running running{clock};
  running.execute(district_asks(1), order_until({clock.now().us + kSecondUs}));
  running.start();
  clock.waited_for(1);
  running.stop();
  EXPECT_EQ(running.published(), 0u);
  running.expect_replay_gives_the_same();
}

TEST(Ticks, ACommandThatComesWhileItWaitsBringsTheTimeItself) {
  HandClock clock;
  Running running{clock};
  const Instant due{clock.now().us + kSecondUs};
  running.execute(district_asks(1), order_until(due));
  clock.set_alone(due);
  ASSERT_TRUE(running.sequencer->submit({.session = 4}, district_asks(2), some_order()));
  running.start();
  const Done done = running.done(0);
  EXPECT_EQ(done.origin.session, 4u);
  EXPECT_TRUE(ends_an_order(done.events)) << "before what it asks for itself";
  running.stop();
  EXPECT_EQ(running.published(), 1u) << "no tick was needed";
  running.expect_replay_gives_the_same();
}

TEST(Ticks, QuestionsAloneDoNotHoldTimeUpAndSeeWhatWasDue) {
  HandClock clock;
  Running running{clock};
  const Instant due{clock.now().us + kSecondUs};
  running.execute(district_asks(1), order_until(due));
  clock.set_alone(due);
  const engine::Asker who{.person = {3}, .participant = District::code(330182), .role = engine::Role::district};
  ASSERT_TRUE(running.sequencer->ask({.session = 4, .id = 1}, who, engine::query::GetOrders{}));
  running.start();
  const Done tick = running.done(0);
  EXPECT_TRUE(is_tick(tick.command));
  running.stop();
  ASSERT_EQ(running.published(), 2u);
  const auto& answered = std::get<Answered>(running.items[1]);
  EXPECT_EQ(answered.as_of, tick.command.seq);
  EXPECT_TRUE(std::get<engine::view::Orders>(answered.view).rows.empty());
  running.expect_replay_gives_the_same();
}

TEST(Ticks, AnOrderThatIsPlacedWhileItWaitsForLaterIsWaitedForFirst) {
  HandClock clock;
  Running running{clock};
  const Instant begin = clock.now(), later{begin.us + 100 * kSecondUs}, sooner{begin.us + 10 * kSecondUs};
  running.execute(district_asks(1), order_until(later));
  running.start();
  EXPECT_EQ(clock.waited_for(1), later);
  ASSERT_TRUE(running.sequencer->submit({}, district_asks(2), order_until(sooner)));
  EXPECT_EQ(clock.waited_for(2), sooner);
  clock.set(sooner);
  EXPECT_EQ(clock.waited_for(3), later);
  EXPECT_TRUE(ends_an_order(running.done(1).events));
  running.expect_replay_gives_the_same();
}

TEST(Ticks, TheTimetableRunsThroughADayInWhichNobodyComes) {
  HandClock clock;
  Running running{clock, matching::simulation_profile()};
  running.start();
  const auto moves = matching::moves_of_day(matching::simulation_profile(), *Day::ymd(2024, 6, 20));
  std::set<Instant> dues;
  for (const auto& m : moves) dues.insert(m.due);
  ASSERT_GT(dues.size(), 3u);
  size_t ticks = 0;
  for (const Instant due : dues) {
    EXPECT_EQ(clock.waited_for(ticks + 1), due);
    clock.set(due);
    const Done tick = running.done(ticks++);
    EXPECT_TRUE(is_tick(tick.command));
    EXPECT_EQ(tick.command.at, due);
    EXPECT_TRUE(
        std::ranges::any_of(tick.events, [](const auto& e) { return std::holds_alternative<event::PhaseChanged>(e); }));
  }
  running.stop();
  EXPECT_EQ(running.published(), dues.size());
  EXPECT_EQ(clock.waits(), dues.size()) << "at the end there is nothing to wait for";
  for (const Instrument i : kInstruments)
    EXPECT_EQ(running.sequencer->replica().state().market.session(i).phase, matching::Phase::closed);
  running.expect_replay_gives_the_same();
}

TEST(Ticks, TheSystemsOwnClockWakesAtTheInstantHoweverFarTheNextOne) {
  host::SystemClock clock;
  Running running{clock};
  const Instant due{clock.now().us + kSecondUs / 5};
  running.execute(district_asks(1), order_until(due));
  running.execute(district_asks(2), order_until({std::numeric_limits<int64_t>::max()}));
  running.start();
  const Done tick = running.done(0);
  EXPECT_TRUE(is_tick(tick.command));
  EXPECT_GE(tick.command.at, due);
  EXPECT_TRUE(ends_an_order(tick.events));
  running.stop();
  EXPECT_EQ(running.published(), 1u);
  running.expect_replay_gives_the_same();
}

}  // namespace
}  // namespace landex::sequencer
