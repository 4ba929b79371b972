// random_pool.hpp: the random market's requests to the pool, and the allocations that come of them: mostly what moves
// one on, for an allocation is stale as soon as the pool or a request moves.
#pragma once
#include <optional>

#include "tests/random_market.hpp"

namespace landex::testing {

/// The next step of an allocation that is under way and not stale: its draws, the proposal of it, the decision.
std::optional<engine::Command> allocation_step(Random& random, const engine::State& s);

/// Anything else about the pool.
engine::Command pool_command(Random& random, const engine::State& s);

}  // namespace landex::testing
