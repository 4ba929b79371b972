// engine.hpp: the market as one pure step: same state + same stamped command = same events, on every machine, at every
// replay. `apply` is the only place where anything happens. No clock, thread, file, float or hash order; no exception
// leaves it; what the rules forbid is an event (Refused), and what we got wrong stops the process (assert, always on).
#pragma once
#include <string>
#include <vector>

#include "exchange/engine/state.hpp"

namespace landex::engine {

/// What an engine has room for. Not part of the state: a command is refused for lack of room (`book_full`), and else
/// nothing depends on it. The live exchange takes what is said here.
struct Sizes {
  uint32_t orders = kMostOrders;  // that rest or wait at once, in all books together; at least 1
};

class Engine {
 public:
  Engine() : Engine(Sizes{}) {}
  explicit Engine(Sizes sizes) : state_{sizes.orders} {}

  /// As new, bit for bit, in the memory that it has: whatever comes next gives the events and the state that a new
  /// engine of the same sizes would give. For whoever plays many days one after the other; the live exchange never
  /// does.
  void reset();

  /// `c.seq` is above every number before it, and `c.at` not before the last stamp: the sequencer sees to both. The
  /// events are the engine's and stand until the next `apply`; who keeps them longer copies them.
  const Events& apply(const Stamped& c);

  const State& state() const { return state_; }

  /// The canonical encoding of all state; its hash is the state hash.
  std::string canonical_state() const;

  /// The slow recount, for tests, the close of a day and audits: ledgers sum to zero, every held purse is the sum of
  /// what its resting orders may cost and its deals hold. Empty if all is well, else what is not.
  std::string audit() const;

 private:
  State state_;
  Events events_;                // of the last command
  std::vector<Window> windows_;  // of streams from before the last reset, empty, for streams to come
};

}  // namespace landex::engine
