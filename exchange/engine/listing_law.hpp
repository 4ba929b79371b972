// listing_law.hpp: which rule stands between the seller of a lot and somebody who bids on it, today.
#pragma once
#include "exchange/engine/state.hpp"

namespace landex::engine {

/// H66-7.6 on the route. A part that goes with the area needs a price of its own where one is published: then the lot
/// may not be sold on that route at all.
struct ListingLaw {
  matching::PairRule rule;
  const policy::FloorRoute* route = nullptr;  // that limits it
  std::optional<Price> floor;                 // published; none: no price is in force
};

inline ListingLaw law_of(const State& s, const std::vector<command::Leg>& legs, Seat seller, Seat buyer) {
  ListingLaw law;
  for (const auto& leg : legs) {
    const auto* route = route_of(s, leg.instrument, seller, buyer);
    if (!route) continue;
    const auto* row = s.prices.in_force(leg.instrument, *s.day);
    const auto floor = row ? std::optional{floor_price(leg.instrument, row->rate)} : std::nullopt;
    const bool bid_on = &leg == &legs.front();
    if (bid_on)
      law = {.rule = {.limited = true, .floor = floor}, .route = route, .floor = floor};
    else if (row)
      return {.rule = {.limited = true, .floor = {}}, .route = route, .floor = floor};
  }
  return law;
}

}  // namespace landex::engine
