// view_auctions.hpp: what may be told of the auctions, and to whom. Nobody learns of another's sealed bid or of a
// hidden reserve (decisions 16).
#pragma once
#include "exchange/engine/state.hpp"
#include "exchange/engine/views.hpp"

namespace landex::engine {

view::Auctions auctions_of(const State& s, const Asker& who);

/// What this seat's sealed bids hold that are not opened.
Fen held_for_sealed_bids(const State& s, Seat seat);

}  // namespace landex::engine
