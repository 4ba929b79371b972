// pool.hpp: what other steps and the views need to know of the pool's requests (H66-7.3): what an allocation is
// reckoned from, when one is stale, and what happens to requests by itself.
#pragma once
#include "exchange/engine/steps.hpp"

namespace landex::engine {

/// The lots that lie in the pool and the requests that are open, with what is left of their need: what the engine
/// verifies an allocation against, and what a client that proposes one is told.
clearing::AllocationCase allocation_case(const State& s);

inline bool is_stale(const State& s, const clearing::Draft& draft) { return s.pool_requests.moved > draft.computed_at; }

/// Lots of the pool, or the open requests, are others from this command on: what was reckoned before is stale. (Of a
/// proposal that takes effect this is the command that carried it out, not the one that proposed it.)
inline void pool_moved(Doing& d) { d.state.pool_requests.moved = d.state.last; }

/// The one way in which a request that is there changes its state.
void to_state(Doing& d, clearing::Request& request, clearing::RequestState state, const std::string& document);

/// What waits for a request goes back to the pool, and the request is open again while its deadline lasts.
void give_back(Doing& d, clearing::Request& request, const std::string& document);

/// With the day that opens: allotments that were not taken over in time go back, then requests expire.
void fire_requests(Doing& d);

/// With the day that closes: drafts that nobody has put before an approver are forgotten, so that they stay few.
void forget_drafts(Doing& d);

}  // namespace landex::engine
