// Studies: every design, and a store that loses nothing. What is killed is another process, this very program started
// anew for one hidden test, so that no thread of ours is forked.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "clients/simulator/draw/stream.hpp"
#include "clients/simulator/study/axes.hpp"
#include "clients/simulator/study/runner.hpp"
#include "exchange/engine/engine.hpp"

namespace landex::simulator {
namespace {

namespace fs = std::filesystem;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// A directory of its own, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "landex-study-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

Scenario scenario() {
  Scenario s;
  s.name = "test";
  s[Factor::demand_scale] = {.part = Part::uncertainty, .value = Uniform{0.5, 1.5}, .tag = {}, .source = {}};
  s[Factor::cost_scale] = {.part = Part::uncertainty, .value = Uniform{0, 1}, .tag = {}, .source = {}};
  s[Factor::pool_share] = {.part = Part::lever, .value = Constant{0.2}, .tag = {}, .source = {}};
  return s;
}

Design design(DesignKind kind, uint64_t n, uint64_t replicates = 1) {
  Design d{.kind = kind, .n = n, .replicates = replicates, .levels = 4, .axes = {}, .seed = 7};
  if (kind == DesignKind::replicates) d.replicates = n;
  if (kind == DesignKind::cross)
    d.axes = {{Factor::pool_share, Choice{{0.1, 0.2, 0.3}}}, {Factor::floor, Choice{{0, 1}}}};
  else if (kind != DesignKind::replicates)
    d.axes = {{Factor::demand_scale, Uniform{0.5, 1.5}}, {Factor::pool_share, Uniform{0.1, 0.4}}};
  return d;
}

StudyFacts facts(const Design& d, Detail detail = Detail::full) {
  StudyFacts f;
  f.name = "test";
  f.title_zh = "试验“一”\\";
  f.scenario_text = "a = \"1\"\nb = '''2'''\n";
  f.seed = d.seed;
  f.design = d.kind;
  f.n = d.n;
  f.replicates = d.replicates;
  f.levels = d.levels;
  f.runs = d.runs();
  f.detail = detail;
  for (const Axis& a : d.axes) f.axes.push_back({a.factor, words_of(a.spread)});
  return f;
}

/// A market that is none: pure in the plan, with every kind of number that a column may hold, and slow enough to kill.
Player stand_in(int spin = 0) {
  auto o = std::make_shared<Outcome>();
  return [o, spin](const RunPlan& plan, std::string& hash) -> const Outcome& {
    Stream s{{.seed = 1, .run = plan.replicate, .agent = 3, .purpose = Purpose::plan}};
    for (int i = 0; i < spin; ++i) s.bits();
    for (double& m : o->measures) m = s.unit() * plan.values[Factor::demand_scale] + plan.values[Factor::pool_share];
    (*o)[Measure::mean_price] = plan.run % 3 == 0 ? kNaN : 1.0 / static_cast<double>(plan.run);
    (*o)[Measure::surplus] = -0.0;
    (*o)[Measure::gini] = 5e-324;
    (*o)[Measure::trades] = 1e15 + static_cast<double>(plan.run);
    o->units.clear();
    for (const uint32_t code : {330102U, 330182U, 330100U})  // the city last, as in a year: not by number
      o->units.push_back({.district = District::code(code), .need = s.unit(), .surplus = kNaN});
    o->transfers.assign(9, 0);
    o->transfers[plan.run % 9] = static_cast<int64_t>(plan.run) - 20;
    o->transfers[1] = std::numeric_limits<int64_t>::max();
    o->sessions.clear();
    for (uint32_t i = 1; i <= 2; ++i)
      for (const Instrument x : {Instrument::supplementary_area, Instrument::linkage})
        o->sessions.push_back({i, x, s.unit(), s.unit(), kNaN, s.unit(), 20, 30});
    hash = std::to_string(s.bits());
    return *o;
  };
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}
std::vector<std::string> dump_of(const fs::path& directory) {
  std::vector<std::string> lines;
  const auto reader = StudyReader::open(directory);
  EXPECT_TRUE(reader) << reader.error().en;
  if (reader) {
    EXPECT_TRUE(reader->dump([&](std::string_view line) { lines.emplace_back(line); }));
  }
  return lines;
}
void expect_same(const fs::path& a, const fs::path& b) {
  for (const char* file : {"runs.csv", "units.csv", "transfers.csv", "sessions.csv", "manifest.toml"}) {
    EXPECT_FALSE(bytes_of(a / file).empty()) << file;
    EXPECT_TRUE(bytes_of(a / file) == bytes_of(b / file)) << file;
  }
  EXPECT_TRUE(dump_of(a) == dump_of(b));
}

StudyResult<uint64_t> play(
    const fs::path& to, const Design& d, RunOptions options = {}, IfThere there = IfThere::resume,
    MakePlayer players = [] { return stand_in(); }, Detail detail = Detail::full) {
  const Scenario s = scenario();
  auto writer = StudyWriter::open(to, facts(d, detail), there);
  if (!writer) return std::unexpected{writer.error()};
  auto done = run_study(s, d, detail, players, *writer, options);
  if (done && *done == d.runs()) {
    EXPECT_TRUE(writer->close());
  }
  return done;
}

const char* told(const char* name) { return std::getenv(name); }

// Not a test: what the tests below start and kill.
TEST(StudyProcess, DISABLED_Plays) {
  if (told("LANDEX_STUDY_DIR") == nullptr) GTEST_SKIP();
  const Design d = design(DesignKind::cross, 1, 60);
  const auto done = play(told("LANDEX_STUDY_DIR"), d,
                         {.threads = static_cast<unsigned>(std::atoi(told("LANDEX_STUDY_THREADS"))), .block = 4},
                         IfThere::resume, [] { return stand_in(20'000); });
  ASSERT_TRUE(done) << done.error().en;
}

pid_t start(const fs::path& directory, unsigned threads) {
  std::vector<std::string> environment{"LANDEX_STUDY_DIR=" + directory.string(),
                                       "LANDEX_STUDY_THREADS=" + std::to_string(threads), "PATH=/usr/bin:/bin"};
  std::vector<std::string> arguments{"child", "--gtest_also_run_disabled_tests",
                                     "--gtest_filter=StudyProcess.DISABLED_Plays", "--gtest_brief=1"};
  std::vector<char*> e, a;
  for (std::string& x : environment) e.push_back(x.data());
  for (std::string& x : arguments) a.push_back(x.data());
  e.push_back(nullptr);
  a.push_back(nullptr);
  posix_spawn_file_actions_t silent;
  ::posix_spawn_file_actions_init(&silent);
  ::posix_spawn_file_actions_addopen(&silent, 1, "/dev/null", O_WRONLY, 0);
  pid_t pid = 0;
  EXPECT_EQ(::posix_spawn(&pid, "/proc/self/exe", &silent, nullptr, a.data(), e.data()), 0);
  ::posix_spawn_file_actions_destroy(&silent);
  return pid;
}
uint64_t done_in(const fs::path& directory) {
  const auto reader = StudyReader::open(directory);
  return reader ? reader->done() : 0;
}

TEST(Study, KilledAnywhereAndTakenUpAgainItIsByteForByteTheStudyThatWasNeverKilled) {
  Folder here;
  const uint64_t total = design(DesignKind::cross, 1, 60).runs();
  int status = 0;
  ASSERT_EQ(::waitpid(start(here / "whole", 1), &status, 0) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0, true);
  ASSERT_EQ(done_in(here / "whole"), total);
  std::set<uint64_t> kills_at;
  for (const uint32_t seed : {1U, 2U, 3U}) {
    std::mt19937 random{seed};
    const fs::path killed = here / ("killed" + std::to_string(seed)).c_str();
    for (int i = 0; i < 6 && done_in(killed) < total; ++i) {
      const pid_t pid = start(killed, 1 + random() % 2);
      // anywhere: also before there is a manifest or a table
      const uint64_t goal = i == 0 ? 0 : done_in(killed) + random() % 60;
      const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
      if (i == 0)
        std::this_thread::sleep_for(std::chrono::microseconds{random() % 40'000});
      else
        while (done_in(killed) < goal && std::chrono::steady_clock::now() < until)
          std::this_thread::sleep_for(std::chrono::microseconds{300 + random() % 2000});
      ::kill(pid, SIGKILL);
      ::waitpid(pid, &status, 0);
      if (const uint64_t done = done_in(killed); done > 0 && done < total) kills_at.insert(done);
    }
    ::waitpid(start(killed, 2), &status, 0);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "seed " << seed;
    expect_same(here / "whole", killed);
  }
  EXPECT_GE(kills_at.size(), 3U) << "the kills met nothing";
}

TEST(Study, OneThreadTwoOrThreeBlocksLargeOrSmallTheFilesAreTheSame) {
  Folder here;
  const Design d = design(DesignKind::sobol, 16, 2);
  ASSERT_EQ(play(here / "1", d, {.threads = 1}), d.runs());
  ASSERT_EQ(play(here / "2", d, {.threads = 2, .block = 3}), d.runs());
  ASSERT_EQ(play(here / "3", d, {.threads = 3, .block = 64}), d.runs());
  expect_same(here / "1", here / "2");
  expect_same(here / "1", here / "3");
}

TEST(Study, WhatIsReadIsWhatTheRunLeftBehindBitForBit) {
  Folder here;
  const Design d = design(DesignKind::latin_hypercube, 10);
  ASSERT_EQ(play(here / "a", d), 10U);
  const auto reader = StudyReader::open(here / "a");
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->facts(), facts(d));
  const Scenario s = scenario();
  Player player = stand_in();
  uint64_t run = 0;
  ASSERT_TRUE(reader->each_run([&](const RunRow& row) {
    const RunPlan plan = plan_of(s, d, run);
    std::string hash;
    const Outcome& o = player(plan, hash);
    EXPECT_EQ(row.run, run);
    EXPECT_EQ(row.point, plan.point);
    EXPECT_EQ(row.replicate, plan.replicate);
    EXPECT_EQ(row.values, plan.values);
    EXPECT_EQ(row.state_hash, hash);
    for (size_t i = 0; i < kMeasures; ++i)
      EXPECT_TRUE(row.measures[i] == o.measures[i] || (std::isnan(row.measures[i]) && std::isnan(o.measures[i]))) << i;
    ++run;
  }));
  EXPECT_EQ(run, 10U);
  size_t units = 0, transfers = 0, sessions = 0;
  ASSERT_TRUE(reader->each_unit([&](const UnitRow& u) {
    EXPECT_TRUE(std::isnan(u.unit.surplus));
    EXPECT_EQ(u.unit.district.raw(), (std::array{330102U, 330182U, 330100U})[units++ % 3]);
  }));
  ASSERT_TRUE(reader->each_transfer([&](const TransferRow& t) {
    EXPECT_NE(t.fen, 0);
    ++transfers;
  }));
  ASSERT_TRUE(reader->each_session([&](const SessionRow& x) {
    EXPECT_EQ(x.session.instrument, sessions++ % 2 == 0 ? Instrument::supplementary_area : Instrument::linkage);
    EXPECT_TRUE(std::isnan(x.session.bid));
  }));
  EXPECT_EQ(units, 30U);
  EXPECT_EQ(transfers, 19U);  // two a run, but in run 1 the one takes the place of the other
  EXPECT_EQ(sessions, 40U);
  const auto column = reader->column(Measure::mean_price);
  ASSERT_TRUE(column);
  EXPECT_TRUE(std::isnan((*column)[0]));
  EXPECT_EQ((*column)[7], 1.0 / 7);
  EXPECT_EQ(reader->column(Factor::pool_share)->at(3), plan_of(s, d, 3).values[Factor::pool_share]);
  // an empty cell, and the shortest form
  const std::string csv = bytes_of(here / "a" / "runs.csv");
  EXPECT_NE(csv.find(",0.14285714285714285,"), std::string::npos);
  EXPECT_NE(csv.find(",5e-324,"), std::string::npos);
  EXPECT_NE(csv.find(",,"), std::string::npos);
  EXPECT_EQ(csv.find("nan"), std::string::npos);
  EXPECT_EQ(csv.find(",-0,"), std::string::npos);
}

TEST(Study, AStudyThatIsThereIsTakenUpOnlyIfItIsTheSameAndTheDifferenceIsNamed) {
  Folder here;
  const Design d = design(DesignKind::replicates, 20);
  ASSERT_EQ(play(here / "a", d), 20U);
  const auto again = play(here / "a", d, {}, IfThere::refuse);
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().en.find("--resume"), std::string::npos);
  EXPECT_NE(again.error().zh.find("--resume"), std::string::npos);
  Design other = d;
  other.seed = 8;
  const auto seed = play(here / "a", other);
  ASSERT_FALSE(seed);
  EXPECT_NE(seed.error().en.find("its seed is \"7\", asked for is \"8\""), std::string::npos) << seed.error().en;
  EXPECT_NE(seed.error().zh.find("seed"), std::string::npos);
  EXPECT_EQ(play(here / "a", d), 20U) << "it is finished: nothing to do";
  StudyFacts f = facts(d);
  f.remake = "landex scenario run";  // words of a command line, no part of what it is
  EXPECT_TRUE(StudyWriter::open(here / "a", f, IfThere::resume));
  f.scenario_text += "c = 3\n";
  const auto text = StudyWriter::open(here / "a", f, IfThere::resume);
  ASSERT_FALSE(text);
  EXPECT_NE(text.error().en.find("scenario_text"), std::string::npos);
}

TEST(Study, AMangledManifestOrFilesOfNobodyAreRefusedByName) {
  Folder here;
  const Design d = design(DesignKind::replicates, 5);
  fs::create_directories(here / "a");
  std::ofstream{here / "a" / "runs.csv"} << "mine\n";
  const auto foreign = play(here / "a", d);
  ASSERT_FALSE(foreign);
  EXPECT_NE(foreign.error().en.find("runs.csv"), std::string::npos);
  EXPECT_EQ(bytes_of(here / "a" / "runs.csv"), "mine\n");
  ASSERT_EQ(play(here / "b", d), 5U);
  for (const char* text : {"seed = 7\n", "seed = \"7", "", "\xff\xfe", "[a]\nb = \"1\"\n"}) {
    std::ofstream{here / "b" / "manifest.toml", std::ios::trunc} << text;
    const auto mangled = play(here / "b", d);
    ASSERT_FALSE(mangled) << text;
    EXPECT_NE(mangled.error().en.find("manifest.toml"), std::string::npos) << text;
    EXPECT_NE(mangled.error().zh.find("manifest.toml"), std::string::npos) << text;
  }
  ASSERT_EQ(play(here / "c", d), 5U);
  std::ofstream{here / "c" / "study.sqlite", std::ios::trunc} << std::string(5000, 'x');
  EXPECT_FALSE(play(here / "c", d));
  EXPECT_FALSE(StudyReader::open(here / "c"));
  const auto none = StudyReader::open(here / "nowhere");
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().en.find("landex scenario run"), std::string::npos);
  std::ofstream{here / "file"} << "x";
  EXPECT_FALSE(play(here / "file", d)) << "a file is no directory";
}

TEST(Study, OneDirectoryHasOneWriter) {
  Folder here;
  const Design d = design(DesignKind::replicates, 5);
  auto first = StudyWriter::open(here / "a", facts(d), IfThere::resume);
  ASSERT_TRUE(first);
  const auto second = StudyWriter::open(here / "a", facts(d), IfThere::resume);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().en.find("another process"), std::string::npos);
  EXPECT_TRUE(StudyReader::open(here / "a")) << "reading is free";
  {
    const auto gone = std::move(*first);
  }
  EXPECT_TRUE(StudyWriter::open(here / "a", facts(d), IfThere::resume));
}

TEST(Study, ACsvFileAheadIsCutAndOneThatLostSomethingIsMadeAgainFromTheDatabase) {
  Folder here;
  const Design d = design(DesignKind::replicates, 40);
  ASSERT_EQ(play(here / "whole", d), 40U);
  std::atomic<int> left = 20;
  const auto part = play(here / "part", d, {.threads = 1, .block = 4, .stop = [&] { return --left < 15; }});
  ASSERT_TRUE(part);
  ASSERT_LT(*part, 40U);
  ASSERT_GT(*part, 0U);
  std::ofstream{here / "part" / "runs.csv", std::ios::app} << "17,half a li";
  fs::resize_file(here / "part" / "units.csv", 100);
  fs::remove(here / "part" / "sessions.csv");
  ASSERT_EQ(play(here / "part", d), 40U);
  expect_same(here / "whole", here / "part");
}

TEST(Study, APlayerThatFailsBreaksTheStudyOffAndItCanBeTakenUp) {
  Folder here;
  const Design d = design(DesignKind::replicates, 40);
  ASSERT_EQ(play(here / "whole", d), 40U);
  const auto broken = play(here / "a", d, {.threads = 2, .block = 2}, IfThere::resume, [] {
    return [p = stand_in()](const RunPlan& plan, std::string& hash) -> const Outcome& {
      if (plan.run == 23) throw std::runtime_error("the market fell over");
      return p(plan, hash);
    };
  });
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().en.find("the market fell over"), std::string::npos);
  EXPECT_LT(done_in(here / "a"), 23U);
  ASSERT_EQ(play(here / "a", d), 40U);
  expect_same(here / "whole", here / "a");
}

TEST(Study, OnTheWayAreNeverMoreThanTwoBlocksAThread) {
  Folder here;
  const Design d = design(DesignKind::replicates, 400);
  std::atomic<uint64_t> written = 0, ahead = 0;
  RunOptions options{.threads = 2, .block = 4, .progress = [&](const RunProgress& p) { written = p.done; }};
  ASSERT_EQ(play(here / "a", d, options, IfThere::resume,
                 [&] {
                   return [&, p = stand_in()](const RunPlan& plan, std::string& hash) -> const Outcome& {
                     uint64_t now = plan.run - std::min<uint64_t>(plan.run, written), most = ahead;
                     while (now > most && !ahead.compare_exchange_weak(most, now)) {
                     }
                     return p(plan, hash);
                   };
                 }),
            400U);
  EXPECT_EQ(written, 400U);
  EXPECT_LE(ahead, (2 * 2 + 1) * 4U);
}

TEST(Study, ASummaryHasRunsAlone) {
  Folder here;
  const Design d = design(DesignKind::replicates, 5);
  ASSERT_EQ(play(here / "a", d, {}, IfThere::refuse, [] { return stand_in(); }, Detail::summary), 5U);
  EXPECT_TRUE(fs::exists(here / "a" / "runs.csv"));
  for (const char* file : {"units.csv", "transfers.csv", "sessions.csv"}) EXPECT_FALSE(fs::exists(here / "a" / file));
  const auto full = play(here / "a", d);
  ASSERT_FALSE(full);
  EXPECT_NE(full.error().en.find("detail"), std::string::npos);
}

TEST(Study, EveryColumnIsInTheReadmeInOrderAndNothingElseIs) {
  const std::string text = bytes_of(fs::path{LANDEX_SOURCE_DIR} / "clients/simulator/study/README.md");
  const auto section = [&](const std::string& name) {
    std::vector<std::string> columns;
    std::istringstream lines{text.substr(text.find("\n## " + name + "\n") + 4)};
    for (std::string line; std::getline(lines, line) && !line.starts_with("## ");)
      if (line.starts_with("| `")) columns.push_back(line.substr(3, line.find('`', 3) - 3));
    return columns;
  };
  EXPECT_EQ(section("runs"), run_columns());
  EXPECT_EQ(section("units"), unit_columns());
  EXPECT_EQ(section("transfers"), transfer_columns());
  EXPECT_EQ(section("sessions"), session_columns());
  EXPECT_EQ(run_columns().size(), 3 + kFactors + kMeasures + 1);
}

TEST(Study, TheBehaviourThatAManifestNamesIsTheEnginesNewest) { EXPECT_EQ(kPlayedBehaviour, engine::kBehaviour); }

TEST(Designs, ACrossHasTheSameSeedsAndUncertaintiesInEveryCellAndTheLastAxisIsFastest) {
  const Scenario s = scenario();
  const Design d = design(DesignKind::cross, 1, 5);
  ASSERT_EQ(d.points(), 6U);
  ASSERT_EQ(d.runs(), 30U);
  const double share[] = {0.1, 0.1, 0.2, 0.2, 0.3, 0.3};
  for (uint64_t run = 0; run < 30; ++run) {
    const RunPlan p = plan_of(s, d, run), first = plan_of(s, d, run % 5);
    EXPECT_EQ(p.point, run / 5);
    EXPECT_EQ(p.replicate, run % 5);
    EXPECT_EQ(p.values[Factor::pool_share], share[run / 5]);
    EXPECT_EQ(p.values[Factor::floor], static_cast<double>(run / 5 % 2));
    EXPECT_EQ(p.values[Factor::demand_scale], first.values[Factor::demand_scale]) << "common random numbers";
  }
}

TEST(Designs, ReplicatesDrawEveryUncertaintyAnewAndAreTheReplicatesOfACross) {
  const Scenario s = scenario();
  const Design d = design(DesignKind::replicates, 100), cross = design(DesignKind::cross, 1, 100);
  std::set<double> drawn;
  for (uint64_t run = 0; run < 100; ++run) {
    const RunPlan p = plan_of(s, d, run);
    EXPECT_EQ(p.replicate, run);
    EXPECT_EQ(p.point, 0U);
    EXPECT_EQ(p.values[Factor::pool_share], 0.2) << "a lever stays where the scenario has it";
    EXPECT_EQ(p.values[Factor::demand_scale], plan_of(s, cross, run).values[Factor::demand_scale]);
    drawn.insert(p.values[Factor::demand_scale]);
  }
  EXPECT_EQ(drawn.size(), 100U);
}

TEST(Designs, PlansAreMadeInAnyOrderAndOnAnyThread) {
  const Scenario s = scenario();
  for (const DesignKind kind : {DesignKind::replicates, DesignKind::cross, DesignKind::latin_hypercube,
                                DesignKind::morris, DesignKind::sobol}) {
    const Design d = design(kind, 32, 2);
    std::vector<Point> forwards;
    for (uint64_t run = 0; run < d.runs(); ++run) forwards.push_back(plan_of(s, d, run).values);
    std::jthread{[&] {
      for (uint64_t run = d.runs(); run-- > 0;) EXPECT_EQ(plan_of(s, d, run).values, forwards[run]);
    }};
  }
}

TEST(Designs, RunsThatAreComparedShareTheirSeed) {
  const Scenario s = scenario();
  Design morris = design(DesignKind::morris, 3, 2), sobol = design(DesignKind::sobol, 2, 2);
  ASSERT_EQ(morris.runs(), 3U * 3 * 2);  // 3 trajectories of 2 + 1 points, twice
  for (uint64_t run = 0; run < morris.runs(); ++run)
    EXPECT_EQ(plan_of(s, morris, run).replicate, run / 6 * 2 + run % 2);
  ASSERT_EQ(sobol.runs(), 2U * 4 * 2);  // A, AB1, AB2 share, B has its own
  const uint64_t seeds[] = {0, 1, 0, 1, 0, 1, 2, 3, 4, 5, 4, 5, 4, 5, 6, 7};
  for (uint64_t run = 0; run < sobol.runs(); ++run) EXPECT_EQ(plan_of(s, sobol, run).replicate, seeds[run]);
}

TEST(Axes, AreWrittenAsListsAndRangesAndAWrongOneIsToldWithTheWayOut) {
  const Scenario s = scenario();
  const auto grid = axis_of(s, "pool_share=0.1,0.2,0.3", true);
  ASSERT_TRUE(grid);
  EXPECT_EQ(grid->factor, Factor::pool_share);
  EXPECT_EQ(cross_values(*grid), (std::vector<double>{0.1, 0.2, 0.3}));
  EXPECT_EQ(cross_values(*axis_of(s, "mechanism=call,continuous", true)), (std::vector<double>{1, 0}));
  EXPECT_EQ(axis_of(s, "pool_share=0.1..0.4", false)->spread, Distribution{(Uniform{0.1, 0.4})});
  EXPECT_EQ(axis_of(s, "demand_scale", false)->spread, Distribution{(Uniform{0.5, 1.5})});
  struct Wrong {
    const char* text;
    bool grid;
    const char* says;
  };
  for (const Wrong& w : {Wrong{"pool=0.1", true, "no factor pool"},
                         {"pool_share=0.1..0.4", true, "needs a list"},
                         {"mechanism=0..1", false, "List it"},
                         {"pool_share=a", true, "'a' is not understood"},
                         {"pool_share=0.1,", true, "'' is not understood"},
                         {"pool_share=7", true, "outside its bounds"},
                         {"filings=1.5", true, "whole number"},
                         {"pool_share=0.1,0.1", true, "twice"},
                         {"pool_share=0.4..0.1", false, "low..high"},
                         {"pool_share=0.1..0.2..0.3", false, "low..high"},
                         {"pool_share", true, "no list"},
                         {"pool_share", false, "no range"},
                         {"pool_share=nan", true, "not understood"}}) {
    const auto axis = axis_of(s, w.text, w.grid);
    ASSERT_FALSE(axis) << w.text;
    EXPECT_NE(axis.error().en.find(w.says), std::string::npos) << axis.error().en;
    EXPECT_NE(axis.error().en.find(w.text), std::string::npos) << axis.error().en;
    EXPECT_FALSE(axis.error().zh.empty());
  }
}

TEST(Axes, AValueThatAShockTakesOutOfItsBoundsIsRefused) {
  Scenario s = scenario();
  s.shocks = {{.session = 3, .factor = Factor::pool_share, .set = {}, .times = 2, .source = "x"},
              {.session = 5, .factor = Factor::pool_share, .set = {}, .times = 1.5, .source = "x"}};
  EXPECT_TRUE(axis_of(s, "pool_share=0.1,0.3", true));  // 0.3 × 2 × 1.5 = 0.9
  for (const auto& [text, grid] : {std::pair{"pool_share=0.1,0.4", true}, {"pool_share=0.1..0.4", false}}) {
    const auto axis = axis_of(s, text, grid);
    ASSERT_FALSE(axis) << text;
    EXPECT_NE(axis.error().en.find("the shock of session 5 takes 0.4 to 1.2"), std::string::npos) << axis.error().en;
    EXPECT_NE(axis.error().zh.find("第 5 场的冲击使 0.4 变为 1.2"), std::string::npos) << axis.error().zh;
  }
}

TEST(Axes, ADesignThatCannotBeIsToldBeforeAnythingIsPlayed) {
  Design d = design(DesignKind::sobol, 16);
  EXPECT_FALSE(fault_of(d));
  d.axes.push_back(d.axes[0]);
  EXPECT_NE(fault_of(d)->en.find("demand_scale is there twice"), std::string::npos);
  d.axes.clear();
  EXPECT_TRUE(fault_of(d));
  d = design(DesignKind::sobol, std::numeric_limits<uint64_t>::max());
  EXPECT_NE(fault_of(d)->en.find("it must have 1 to 10000000"), std::string::npos);
  d = design(DesignKind::morris, 10);
  d.levels = 5;
  EXPECT_NE(fault_of(d)->en.find("--levels 5"), std::string::npos);
  EXPECT_TRUE(fault_of(design(DesignKind::replicates, 0)));
}

TEST(Designs, AWholeFactorIsAWholeNumber) {
  const Scenario s = scenario();
  Design d = design(DesignKind::latin_hypercube, 50);
  d.axes = {{Factor::filings, Uniform{2, 6}}};
  std::set<double> seen;
  for (uint64_t run = 0; run < 50; ++run) seen.insert(plan_of(s, d, run).values[Factor::filings]);
  EXPECT_EQ(seen, (std::set<double>{2, 3, 4, 5, 6}));
}

}  // namespace
}  // namespace landex::simulator
