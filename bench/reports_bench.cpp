// reports_bench.cpp: what the reports database takes in a second: rows made of commands (the projector), rows written
// to SQLite and to PostgreSQL, and a whole replay of a journal's commands into either. PostgreSQL is one of our own,
// under the build directory, without fsync; where none can be started, its rows are left out with the reason. The
// physical limit beside them: a row is some 120 bytes; a disk of 500 MB/s takes 4 000 000 of them a second. What is
// needed: a busy day of all districts is some 100 000 commands, some ten rows each, in eight hours: 35 rows a second.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "bench/small_market.hpp"
#include "exchange/reports/database.hpp"
#include "exchange/reports/projector.hpp"
#include "tests/private_cluster.hpp"

namespace landex::bench {
namespace {

constexpr int kCommands = 20'000;

struct History {
  std::vector<engine::Stamped> commands;
  std::vector<engine::Events> events;
  std::vector<reports::Row> rows;
  reports::Progress at;
};

const History& history() {
  static const History made = [] {
    History h;
    SmallMarket market;
    engine::Engine engine;
    reports::Projector projector;
    const auto run = [&](const engine::Stamped& c) {
      h.commands.push_back(c);
      h.events.push_back(engine.apply(c));
      projector.apply(c, h.events.back());
    };
    for (const auto& c : market.opening()) run(c);
    for (int n = 0; n < kCommands; ++n) run(market.next());
    h.rows = projector.take();
    h.at = projector.at();
    return h;
  }();
  return made;
}

void ReportsProjectRows(benchmark::State& state) {
  const History& h = history();
  size_t rows = 0;
  for (auto _ : state) {
    reports::Projector projector;
    for (size_t n = 0; n < h.commands.size(); ++n) projector.apply(h.commands[n], h.events[n]);
    rows += projector.take().size();
  }
  state.counters["rows/s"] = benchmark::Counter(static_cast<double>(rows), benchmark::Counter::kIsRate);
  state.counters["commands/s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(h.commands.size()), benchmark::Counter::kIsRate);
}
BENCHMARK(ReportsProjectRows)->Unit(benchmark::kMillisecond);

void write(benchmark::State& state, bool postgres) {
  const History& h = history();
  size_t rows = 0;
  for (auto _ : state) {
    state.PauseTiming();
    std::string why, where = fmt::format("{}/landex-bench-{}.sqlite", LANDEX_BINARY_DIR, getpid());
    const auto remove = [&] {
      if (!postgres)
        for (const char* more : {"", "-wal", "-shm"}) std::filesystem::remove(where + more);
    };
    if (postgres) where = testing::fresh_postgres_database(why);
    if (where.empty()) return state.SkipWithError(why.c_str());
    remove();
    {
      auto database = reports::open_database(where, reports::Access::write);
      if (!database) return state.SkipWithError(database.error().en.c_str());
      state.ResumeTiming();
      if (const auto ok = (*database)->write(h.rows, h.at); !ok) return state.SkipWithError(ok.error().en.c_str());
      state.PauseTiming();
      rows += h.rows.size();
    }
    remove();
    state.ResumeTiming();
  }
  state.counters["rows/s"] = benchmark::Counter(static_cast<double>(rows), benchmark::Counter::kIsRate);
}
void ReportsWriteSqlite(benchmark::State& state) { write(state, false); }
void ReportsWritePostgres(benchmark::State& state) { write(state, true); }
BENCHMARK(ReportsWriteSqlite)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(ReportsWritePostgres)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace landex::bench
