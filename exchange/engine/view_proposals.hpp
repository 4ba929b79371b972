// view_proposals.hpp: who sees which proposal, and on which heap of the desk. A district sees those of its own
// participant, everybody else all of them; what free money the refusal of a void one names is for its district alone,
// for it tells what sealed bids hold (decisions 16).
#pragma once
#include "exchange/engine/state.hpp"
#include "exchange/engine/views.hpp"

namespace landex::engine {

view::Inbox inbox_of(const State& s, const Asker& who);
view::ProposalFile file_of(const State& s, const Asker& who, ProposalId id);

}  // namespace landex::engine
