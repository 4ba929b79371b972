// view_pool.hpp: what may be told of the pool's requests and allocations. A county sees its own requests; what others
// ask for, and what an allocation is reckoned from, is for the bureau, analysts and auditors.
#pragma once
#include "exchange/engine/state.hpp"
#include "exchange/engine/views.hpp"

namespace landex::engine {

view::Requests requests_of(const State& s, const Asker& who, std::optional<District> county);
view::AllocationCase case_of(const State& s, const Asker& who);
view::Allocations allocation_of(const State& s, const Asker& who, AllocationId allocation);

}  // namespace landex::engine
