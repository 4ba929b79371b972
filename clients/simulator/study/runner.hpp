// runner.hpp: plays a study: the one place of the laboratory that starts threads (oneTBB). Runs are dealt to threads in
// blocks; blocks come back in the order of runs and are written by one thread at a time, so what is on disk is the same
// for any number of threads. At most two blocks for each thread are on the way: memory does not grow with the runs.
// Where the same study was begun, it goes on behind what is there.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "clients/simulator/city/year.hpp"
#include "clients/simulator/study/store.hpp"

namespace landex::simulator {

/// Plays runs, one after the other, on one thread: the outcome stands until the next; the fingerprint is written
/// beside.
using Player = std::function<const Outcome&(const RunPlan& plan, std::string& state_hash)>;
/// Called once on each thread, by several at a time.
using MakePlayer = std::function<Player()>;

/// The city's market: `scenario` and `regimes` outlive it.
MakePlayer city_players(const Scenario& scenario, const Regimes& regimes, const Design& design, Detail detail);

struct RunProgress {
  uint64_t done, total;
  double per_second;    // of this session; 0: not known yet
  double seconds_left;  // at this rate
};
struct RunOptions {
  unsigned threads = 0;                                   // 0: as many as there are cores
  uint64_t block = 8;                                     // runs that are written together
  std::function<void(const RunProgress&)> progress = {};  // after each block, by one thread at a time
  std::function<bool()> stop = {};                        // true: what was begun is finished and written, then no more
};

/// How many runs are there now: all of them, or fewer when it was stopped. A fault leaves a study that can be resumed.
StudyResult<uint64_t> run_study(const Scenario& scenario, const Design& design, Detail detail,
                                const MakePlayer& players, StudyWriter& to, const RunOptions& options);

}  // namespace landex::simulator
