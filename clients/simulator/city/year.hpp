// year.hpp: one simulated year of the city's market: scenario + point + seeds → outcome. A pure function of its
// arguments: the same bits on any thread, in any order. Everything that happens is a command to the engine (world.hpp).
// One Year belongs to one thread and is used for run after run; its memory does not grow with their number.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "clients/simulator/city/outcome.hpp"
#include "clients/simulator/scenario/scenario.hpp"
#include "exchange/engine/engine.hpp"
#include "exchange/host/policy_files.hpp"

namespace landex::simulator {

/// What names a run's random streams.
struct Seeds {
  uint64_t study = 0;  // --seed
  uint64_t run = 0;    // the replicate
};

/// The policy files, of every rule set that a scenario may choose: read once, shared by all threads.
struct Regimes {
  host::PolicyBook h66_2022, post_2025;
};

/// SHA-256, in hex, of every dated value, unit, calendar and chain that they set: another number, another hash.
std::string hash_of(const Regimes& regimes);

class Year {
 public:
  Year(const Scenario& scenario, const Regimes& regimes);
  ~Year();
  Year(Year&&) noexcept;

  /// The outcome stands until the next run. `paths`: also its sessions.
  const Outcome& run(const Point& point, Seeds seeds, bool paths = true);

  /// From here on the commands of runs are copied there as they are sent; nullptr: none is.
  void record(std::vector<engine::Stamped>* to);

  /// SHA-256 of the canonical state of the engine after the last run, in hex: the run's fingerprint.
  std::string state_hash() const;

  /// What is wrong with the last run, in English; empty if nothing is. For tests: the engine's own audit, money of the
  /// transfer matrix against the ledger, and land of the agents' books against it, unit by unit, exactly.
  std::string audit() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace landex::simulator
