// deposit.hpp: what a buyer puts up for a price until it pays (decisions 11): at `simulation` all of it and the fee, so
// that a deal cannot fail; at `production` a deposit 保证金, the share of the day rounded up to the fen; all of it and
// the fee where no row says a share. Bids in auctions put up the same. Pure.
#pragma once
#include "clearing/policy/share.hpp"
#include "exchange/engine/limits.hpp"

namespace landex::engine {

inline Fen deposit_for(const State& s, Fen price) {
  if (!s.pack || !s.day) return price;
  if (s.venue == Venue::production)
    if (const auto* share = s.pack->row(policy::Parameter::deposit_share, *s.day))
      return policy::share_up(price, share->value);
  return price + fee_on(s, price, *s.day);
}

/// What a deal that is matched costs its buyer: the price, and the fee as of then. No later row reaches back.
inline Fen cost_of(const Deal& deal) { return deal.amount + deal.fee; }

}  // namespace landex::engine
