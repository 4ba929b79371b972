// replica.hpp: an engine that follows a journal: every record is decoded, applied, and its events go into a running
// digest, which each batch of the journal states. So a replay that does not give the recorded outcome is noticed at the
// batch where it parts (decisions 3, 4). Recovery, the live sequencer and the audit all use this one.
#pragma once
#include <cstdint>
#include <expected>
#include <functional>
#include <string>

#include "exchange/engine/engine.hpp"
#include "exchange/journal/reader.hpp"

namespace landex::sequencer {

/// What applies a command; a test may put a fault before the engine's own step. The events stand until the next step.
/// (A reference_wrapper does not bind to a temporary: a step that returns events of its own by value does not compile.)
using Step = std::function<std::reference_wrapper<const engine::Events>(engine::Engine&, const engine::Stamped&)>;
inline const engine::Events& engine_step(engine::Engine& e, const engine::Stamped& c) { return e.apply(c); }

class Replica {
 public:
  explicit Replica(Step step = engine_step) : step_{std::move(step)} {}

  /// The events stand until the next call; who keeps them longer copies them.
  const engine::Events& apply(const engine::Stamped& command);

  using Seen = std::function<void(const engine::Stamped&, const engine::Events&)>;
  /// Replays one batch. The error says at which number the outcome differs or a record cannot be read.
  std::expected<void, std::string> replay(const journal::Batch& batch, const Seen& seen);

  const engine::Engine& engine() const { return engine_; }
  const engine::State& state() const { return engine_.state(); }
  /// XXH3-64 over the canonical encoding of number and events, each seeded with the one before.
  uint64_t outcome() const { return outcome_; }
  /// SHA-256 of the canonical state, in hex.
  std::string state_hash() const;

 private:
  engine::Engine engine_;
  Step step_;
  uint64_t outcome_ = 0;
  std::string scratch_;
};

}  // namespace landex::sequencer
