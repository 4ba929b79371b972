// seeds.hpp: which random days a test plays. LANDEX_SEEDS says how many, LANDEX_SEED with which to begin (to repeat
// one, or to go on where a long run was stopped), LANDEX_COMMANDS how long a day is. A long run says on stderr how far
// it is, how fast, and how to go on from there.
#pragma once
#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace landex::testing {

inline uint64_t number_from_environment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

struct Seeds {
  uint64_t first, seeds, commands;

  Seeds(uint64_t otherwise_seeds, uint64_t otherwise_commands)
      : first{number_from_environment("LANDEX_SEED", 1)},
        seeds{number_from_environment("LANDEX_SEEDS", otherwise_seeds)},
        commands{number_from_environment("LANDEX_COMMANDS", otherwise_commands)},
        usual_{otherwise_seeds},
        usual_commands_{otherwise_seeds * otherwise_commands} {}

  /// Is this as long a run as the usual one, so that everything that a guard asks for must have happened? One seed that
  /// is repeated, and the rest of a run that was stopped, are not.
  bool enough() const { return seeds * commands >= usual_commands_; }

  /// Called when a seed is done. Quiet in a run of the usual length.
  void done(uint64_t seed) const {
    const uint64_t played = seed - first + 1;
    if (seeds <= usual_ || (played % 100 != 0 && played != seeds)) return;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began_;
    const double rate = static_cast<double>(played * commands) / took.count();
    fmt::print(stderr,
               "{} of {} seeds, {} commands, {:.0f} a second; to go on from here: LANDEX_SEED={} LANDEX_SEEDS={}\n",
               played, seeds, played * commands, rate, seed + 1, seeds - played);
  }

 private:
  uint64_t usual_, usual_commands_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace landex::testing
