#include "clients/simulator/study/runner.hpp"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace landex::simulator {
namespace {

using Clock = std::chrono::steady_clock;

/// Runs that become durable together. What a player threw comes along to the writer: an exception that crosses the
/// pipeline would leave the blocks that are on their way without an owner.
struct Block {
  std::vector<RunRecord> rows;
  std::optional<std::string> broken;
};

RunRecord record_of(const RunPlan& plan, const Outcome& o, std::string state_hash, Detail detail) {
  RunRecord r;
  r.run = {.run = plan.run,
           .point = plan.point,
           .replicate = plan.replicate,
           .values = plan.values,
           .measures = o.measures,
           .state_hash = std::move(state_hash)};
  if (detail == Detail::summary) return r;
  const size_t n = o.units.size();
  r.units.reserve(n);
  for (const UnitOutcome& u : o.units) r.units.push_back({plan.run, u});
  if (o.transfers.size() == n * n)
    for (size_t from = 0; from < n; ++from)
      for (size_t to = 0; to < n; ++to)
        if (const int64_t fen = o.transfers[from * n + to]; fen != 0)
          r.transfers.push_back({plan.run, o.units[from].district, o.units[to].district, fen});
  r.sessions.reserve(o.sessions.size());
  for (const SessionOutcome& s : o.sessions) r.sessions.push_back({plan.run, s});
  return r;
}

struct Runs {
  uint64_t first, end;
};

StudyFault failed(const std::string& why) {
  return {.zh = fmt::format("模拟中断：{}。已写入的部分完好，可用 --resume 续跑。", why),
          .en = fmt::format("the simulation broke off: {}. What was written is whole; go on with --resume.", why)};
}

}  // namespace

StudyResult<uint64_t> run_study(const Scenario& scenario, const Design& design, Detail detail,
                                const MakePlayer& players, StudyWriter& to, const RunOptions& options) {
  const uint64_t total = design.runs(), begun_with = to.done(), block = std::max<uint64_t>(options.block, 1);
  const unsigned threads =
      options.threads > 0 ? options.threads : static_cast<unsigned>(std::max(1, tbb::info::default_concurrency()));
  const auto started = Clock::now();
  std::atomic<bool> over = false;
  std::optional<StudyFault> fault;
  uint64_t next = begun_with;
  tbb::enumerable_thread_specific<Player> player{[&] { return players(); }};

  const auto deal = [&](tbb::flow_control& flow) {
    if (next >= total || over || (options.stop && options.stop())) {
      flow.stop();
      return Runs{0, 0};
    }
    const Runs r{next, std::min(next + block, total)};
    next = r.end;
    return r;
  };
  const auto play = [&](Runs r) {
    auto block_of = std::make_shared<Block>();
    try {
      block_of->rows.reserve(r.end - r.first);
      Player& mine = player.local();
      std::string hash;
      for (uint64_t run = r.first; run < r.end && !over; ++run) {
        const RunPlan plan = plan_of(scenario, design, run);
        hash.clear();
        const Outcome& o = mine(plan, hash);
        block_of->rows.push_back(record_of(plan, o, hash, detail));
      }
    } catch (const std::exception& e) {
      block_of->broken = e.what();
    }
    return block_of;
  };
  const auto write = [&](const std::shared_ptr<Block>& played) {
    if (over) return;
    if (played->broken) {
      fault = failed(*played->broken);
      over = true;
      return;
    }
    if (auto written = to.write(played->rows); !written) {
      fault = written.error();
      over = true;
      return;
    }
    if (!options.progress) return;
    const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
    const double rate = seconds > 0 ? static_cast<double>(to.done() - begun_with) / seconds : 0;
    options.progress({.done = to.done(),
                      .total = total,
                      .per_second = rate,
                      .seconds_left = rate > 0 ? static_cast<double>(total - to.done()) / rate : 0});
  };

  try {
    // The arena alone would not get more threads than there are cores; who asks for four on two gets four.
    const tbb::global_control limit{tbb::global_control::max_allowed_parallelism, threads};
    tbb::task_arena arena{static_cast<int>(threads)};
    arena.execute([&] {
      tbb::parallel_pipeline(
          2UL * threads, tbb::make_filter<void, Runs>(tbb::filter_mode::serial_in_order, deal) &
                             tbb::make_filter<Runs, std::shared_ptr<Block>>(tbb::filter_mode::parallel, play) &
                             tbb::make_filter<std::shared_ptr<Block>, void>(tbb::filter_mode::serial_in_order, write));
    });
  } catch (const std::exception& e) {
    return std::unexpected{failed(e.what())};
  }
  if (fault) return std::unexpected{*fault};
  return to.done();
}

}  // namespace landex::simulator
