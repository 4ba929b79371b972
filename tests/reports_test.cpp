// The reports database beside the engine, on SQLite and on PostgreSQL: after any number of commands it says what the
// engine says; a process that is killed in the middle and goes on gives the same rows, and so does a journal that is
// read again. LANDEX_COMMANDS=1000000: how many commands the journal of the last test has (it prints times).
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "bench/small_market.hpp"
#include "exchange/host/posix_disk.hpp"
#include "exchange/journal/journal.hpp"
#include "exchange/reports/rebuild.hpp"
#include "exchange/reports/service.hpp"
#include "exchange/wire/codec.hpp"
#include "tests/private_cluster.hpp"
#include "tests/random_market.hpp"
#include "tests/reports_check.hpp"
#include "tests/seeds.hpp"

namespace landex {
namespace {

namespace fs = std::filesystem;
using reports::Access;
using reports::Database;
using reports::Follower;
using reports::Projector;
using testing::number_from_environment;
using testing::Random;
using testing::RandomMarket;

/// A directory that is gone with the test.
class Directory {
 public:
  Directory() : path_{fmt::format("{}/reports-{}-{}", LANDEX_BINARY_DIR, getpid(), ++count_)} {
    fs::remove_all(path_);
    fs::create_directory(path_);
  }
  ~Directory() { fs::remove_all(path_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  const std::string& path() const { return path_; }

 private:
  static inline int count_ = 0;
  std::string path_;
};

class Reports : public ::testing::TestWithParam<const char*> {
 protected:
  bool on_postgres() const { return std::string{GetParam()} == "postgresql"; }
  /// An address at which nothing is yet.
  std::string fresh() {
    if (!on_postgres()) return fmt::format("{}/{}.sqlite", directory_.path(), ++files_);
    std::string why, url = testing::fresh_postgres_database(why);
    EXPECT_FALSE(url.empty()) << why;
    return url;
  }
  std::unique_ptr<Database> open(const std::string& where, Access access = Access::write) {
    auto opened = reports::open_database(where, access);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().en);
    return opened ? std::move(*opened) : nullptr;
  }
  const std::string& directory() const { return directory_.path(); }

 private:
  Directory directory_;
  int files_ = 0;
};
INSTANTIATE_TEST_SUITE_P(On, Reports, ::testing::Values("sqlite", "postgresql"),
                         [](const auto& one) { return std::string{one.param}; });

TEST_P(Reports, SayWhatTheEngineSaysAfterAnyNumberOfCommands) {
  const uint64_t seeds = number_from_environment("LANDEX_SEEDS", 2);
  std::map<std::string, size_t> seen;
  for (uint64_t seed = 1; seed <= seeds; ++seed) {
    auto database = open(fresh());
    ASSERT_TRUE(database);
    engine::Engine engine;
    Projector projector;
    RandomMarket market{seed};
    Random random{seed + 1'000};
    for (int n = 0; n < 6'000; ++n) {
      const auto command = market.next(engine.state());
      projector.apply(command, engine.apply(command));
      if (!random.one_in(60)) continue;
      const auto written = database->write(projector.take(), projector.at());
      ASSERT_TRUE(written) << written.error().en;
      if (!random.one_in(8)) continue;
      ASSERT_EQ(testing::differences(*database, engine.state(), seen), "") << "seed " << seed;
    }
  }
  for (const char* what : {"balances", "lots", "orders", "deals", "trades of deals", "filings", "requests",
                           "allotments", "pool", "advances", "approvals", "prices", "titles"})
    EXPECT_GT(seen[what], 0u) << "looked at no " << what;
}

TEST_P(Reports, KilledInTheMiddleAndResumedAreTheSame) {
  engine::Engine engine;
  RandomMarket market{7};
  std::vector<std::pair<engine::Stamped, engine::Events>> history;
  for (int n = 0; n < 3'000; ++n) {
    const auto command = market.next(engine.state());
    history.emplace_back(command, engine.apply(command));
  }
  const auto whole = open(fresh());
  {
    Projector projector;
    Follower follower{*whole, projector};
    for (const auto& [command, events] : history) ASSERT_TRUE(follower.seen(command, events));
    ASSERT_TRUE(follower.flush());
  }
  const std::string where = fresh();
  Random random{7};
  for (size_t until = 0; until < history.size();) {  // each round is a process that starts, writes a little, and dies
    until = std::min(history.size(), until + random.below(700) + 1);
    auto database = open(where);
    Projector projector;
    Follower follower{*database, projector};
    for (size_t n = 0; n < until; ++n) {
      ASSERT_TRUE(follower.seen(history[n].first, history[n].second));
      if (random.one_in(100)) {
        ASSERT_TRUE(follower.flush());
      }
    }  // what was not flushed dies with it
  }
  auto resumed = open(where);
  EXPECT_LT(resumed->progress().seq, history.size() + 1);
  Projector projector;
  Follower follower{*resumed, projector};
  for (const auto& [command, events] : history) ASSERT_TRUE(follower.seen(command, events));
  ASSERT_TRUE(follower.flush());
  EXPECT_EQ(testing::contents(*resumed), testing::contents(*whole));
  EXPECT_EQ(resumed->progress(), whole->progress());
}

TEST_P(Reports, ADatabaseOfAnotherJournalIsLeftAsItIs) {
  const std::string where = fresh();
  for (const uint64_t seed : {1u, 2u}) {
    auto database = open(where);
    const auto before = testing::contents(*database);
    engine::Engine engine;
    Projector projector;
    Follower follower{*database, projector};
    RandomMarket market{seed};
    std::optional<reports::Trouble> trouble;
    for (int n = 0; n < 300 && !trouble; ++n) {
      auto command = market.next(engine.state());
      command.at.us += static_cast<int64_t>(seed);  // another day, another clock
      const auto& events = engine.apply(command);
      if (const auto ok = follower.seen(command, events); !ok) trouble = ok.error();
    }
    if (seed == 1) {
      ASSERT_TRUE(follower.flush());
    } else {
      ASSERT_TRUE(trouble);
      EXPECT_TRUE(trouble->lasting);
      EXPECT_NE(trouble->zh.find("另一账本"), std::string::npos);
      EXPECT_EQ(testing::contents(*database), before);
    }
  }
}

TEST_P(Reports, TwoWhoWriteAreNoticed) {
  const std::string where = fresh();
  auto first = open(where), second = open(where);
  engine::Engine engine;
  RandomMarket market{3};
  Projector projector;
  const auto command = market.next(engine.state());
  projector.apply(command, engine.apply(command));
  const auto rows = projector.take();
  EXPECT_TRUE(first->write(rows, projector.at()));
  EXPECT_FALSE(second->write({}, projector.at()));
  EXPECT_EQ(open(where, Access::read)->progress(), projector.at());
}

TEST_P(Reports, OfAnOlderSchemaAreMadeAnewAndNotRead) {
  const std::string where = fresh();
  {
    auto database = open(where);
  }
  {
    auto old = open(where);
    ASSERT_TRUE(old->query("update progress set schema_version = 0, seq = 9"));
  }
  EXPECT_FALSE(reports::open_database(where, Access::read));
  EXPECT_EQ(open(where)->progress().seq, 0u);
  EXPECT_TRUE(reports::open_database(where, Access::read));
}

TEST_P(Reports, TextOfAnyKindComesBackAsItWas) {
  auto database = open(fresh());
  const std::string odd = "a\tb\\n\n'杭州' \"x\" \r$1 :v0 \\N";
  const reports::Row row{reports::TableId::policy,
                         {int64_t{1}, int64_t{2}, odd, int64_t{1}, std::string{}, std::string{"\\."}}};
  ASSERT_TRUE(database->write(std::vector{row}, {.seq = 1, .at_us = 2}));
  const auto answer = database->query("select rule_set, valid_from, valid_until from policy");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->rows.at(0), (reports::Answer::Cells{odd, "", "\\."}));
}

// ---- the service beside a journal ----

TEST_P(Reports, OfAServiceFollowAndCatchUpFromTheJournalWhenTheQueueWasFull) {
  Directory home;
  host::PosixDisk disk;
  const std::string data = home.path() + "/data", where = fresh();
  auto opened = journal::Journal::open(disk, {.dir = data, .segment_bytes = 1 << 22, .allocate_step = 1 << 16},
                                       [](const auto&) { return std::expected<void, std::string>{}; });
  ASSERT_TRUE(opened);
  sequencer::Replica replica;
  RandomMarket market{11};
  std::vector<std::string> told;
  const auto batch = [&](int commands) {
    auto out = std::make_shared<sequencer::Published>();
    std::vector<std::string> records;
    const uint64_t first = replica.state().last.value + 1;
    for (int n = 0; n < commands; ++n) {
      const auto command = market.next(replica.state());
      const auto& events = replica.apply(command);
      records.push_back(wire::encode(command));
      out->push_back(sequencer::Done{.origin = {}, .command = command, .events = events});
    }
    EXPECT_TRUE(opened->journal.append(first, records, replica.outcome()));
    return out;
  };
  const auto serve = [&](size_t limit, int batches) {
    reports::Service service{disk,
                             {.where = where,
                              .journal_dir = data,
                              .queue_limit = limit,
                              .retry = std::chrono::milliseconds{10},
                              .say = [&](const auto&, const auto& en) { told.push_back(en); }}};
    sequencer::Replica recovery;
    ASSERT_TRUE(journal::read(disk, data, [&](const auto& b) {
      return recovery.replay(b, [&](const auto& c, const auto& e) { service.replayed(c, e); });
    }));
    service.start();
    for (int n = 0; n < batches; ++n) service.published(batch(40));
    // Until it is there, but never for ever.
    for (int n = 0; n < 3'000; ++n) {
      if (open(where, Access::read)->progress().seq == replica.state().last.value) break;
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    service.stop();
  };
  std::map<std::string, size_t> seen;
  serve(1'000'000, 20);  // follows
  EXPECT_EQ(testing::differences(*open(where), replica.state(), seen), "");
  EXPECT_TRUE(told.empty()) << told.front();
  serve(50, 30);  // two batches fill the queue
  EXPECT_EQ(testing::differences(*open(where), replica.state(), seen), "");
  (void)batch(200);  // nobody listens
  serve(1'000'000, 1);
  EXPECT_EQ(testing::differences(*open(where), replica.state(), seen), "");
  // And a rebuild from the journal is the same, table by table.
  const std::string again = fresh();
  {
    auto rebuilt = open(again);
    const auto done = reports::rebuild(disk, data, *rebuilt, {});
    ASSERT_TRUE(done) << done.error().en;
    EXPECT_EQ(done->to, replica.state().last.value);
  }
  EXPECT_EQ(testing::contents(*open(again)), testing::contents(*open(where)));
}

// ---- a large journal ----

TEST_P(Reports, RebuiltFromALongJournalAreTheLiveOnes) {
  const uint64_t commands = number_from_environment("LANDEX_COMMANDS", 5'000);
  using Clock = std::chrono::steady_clock;
  const auto since = [](Clock::time_point begin) {
    return static_cast<double>(std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count()) /
           1'000;
  };
  Directory home;
  host::PosixDisk disk;
  const std::string data = home.path() + "/data";
  const auto live = open(fresh());
  uint64_t live_rows = 0;
  double live_seconds = 0;
  {
    auto opened =
        journal::Journal::open(disk, {.dir = data}, [](const auto&) { return std::expected<void, std::string>{}; });
    ASSERT_TRUE(opened);
    sequencer::Replica replica;
    Projector projector;
    Follower follower{*live, projector};
    bench::SmallMarket market;
    std::vector<std::string> records;
    uint64_t first = 1;
    const auto run = [&](const engine::Stamped& command) {
      records.push_back(wire::encode(command));
      const auto& events = replica.apply(command);
      const auto begin = Clock::now();
      EXPECT_TRUE(follower.seen(command, events));
      live_seconds += since(begin);
      if (records.size() < 256) return;
      ASSERT_TRUE(opened->journal.append(first, records, replica.outcome()));
      first += records.size();
      records.clear();
    };
    for (const auto& command : market.opening()) run(command);
    while (replica.state().last.value < commands) run(market.next());
    if (!records.empty()) {
      ASSERT_TRUE(opened->journal.append(first, records, replica.outcome()));
    }
    ASSERT_TRUE(opened->journal.seal());
    const auto begin = Clock::now();
    ASSERT_TRUE(follower.flush());
    live_seconds += since(begin);
    live_rows = follower.rows();
  }
  const auto rebuilt = open(fresh());
  const auto begin = Clock::now();
  const auto done = reports::rebuild(disk, data, *rebuilt, {});
  ASSERT_TRUE(done) << done.error().en;
  const double rebuild_seconds = since(begin);
  EXPECT_EQ(rebuilt->progress(), live->progress());
  const auto mine = testing::digests(*live);
  EXPECT_EQ(mine == testing::digests(*rebuilt), true);
  uint64_t rows = 0;
  for (const auto& [name, d] : mine) rows += d.rows;
  fmt::print(
      "{}: {} commands, {} rows in the tables; live {:.1f} s ({:.0f} rows/s), rebuilt from the journal in "
      "{:.1f} s ({:.0f} commands/s); the two are {}\n",
      GetParam(), done->to, rows, live_seconds, static_cast<double>(live_rows) / std::max(live_seconds, 0.001),
      rebuild_seconds, static_cast<double>(done->to) / std::max(rebuild_seconds, 0.001),
      mine == testing::digests(*rebuilt) ? "equal, table by table" : "NOT equal");
}

}  // namespace
}  // namespace landex
