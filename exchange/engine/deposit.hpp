// deposit.hpp: what a buyer puts up for a price until it pays (decisions 11): at `simulation` all of it, so that a
// trade cannot fail; at `production` a deposit 保证金, the share of the day rounded up to the fen; all of it where no
// row says a share. Bids in auctions put up the same. Pure.
#pragma once
#include "clearing/policy/share.hpp"
#include "exchange/engine/state.hpp"

namespace landex::engine {

inline Fen deposit_for(const State& s, Fen price) {
  if (s.venue != Venue::production || !s.pack || !s.day) return price;
  const auto* share = s.pack->row(policy::Parameter::deposit_share, *s.day);
  return share ? policy::share_up(price, share->value) : price;
}

}  // namespace landex::engine
