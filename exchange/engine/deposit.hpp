// deposit.hpp: what a buyer puts up for a price until it pays (decisions 11): at `simulation` all of it, so that a
// trade cannot fail; at `production` a deposit 保证金, the share of the day rounded up to the fen; all of it where no
// row says a share. Bids in auctions put up the same. Pure.
#pragma once
#include "exchange/engine/state.hpp"

namespace landex::engine {

inline Fen deposit_for(const State& s, Fen price) {
  if (s.venue != Venue::production || !s.pack || !s.day) return price;
  const auto* share = s.pack->row(policy::Parameter::deposit_share, *s.day);
  if (!share) return price;
  constexpr int64_t kWhole = 10'000;
  const int64_t whole = price.raw() / kWhole, rest = price.raw() % kWhole;  // their product may not fit
  return Fen::fen(whole * share->value + (rest * share->value + kWhole - 1) / kWhole);
}

}  // namespace landex::engine
