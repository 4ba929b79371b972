// random_governments.hpp: the random market's transfers between governments: figures, funds, tasks, enclaves, and the
// yearly runs, of which every kind is reckoned, paid and reversed in some thousand commands.
#pragma once
#include "tests/random_market.hpp"

namespace landex::testing {

/// The small pack with rows for all of it. Every switch is set at random, so that seeds differ: how the fund is shared
/// out, what is done where it is short, of what the rate of farmland is, how an enclave lowers a task; some rows are
/// missing for some days, and at times superior law has ended a clause.
policy::Pack pack_with_governments(uint64_t seed);

/// Something of it: mostly what is possible.
engine::Command government_command(Random& random, const engine::State& s);

/// Is it one of these? Then the bureau does it, and a district at most for itself.
bool is_about_governments(const engine::Command& c);

}  // namespace landex::testing
