// deals.hpp: what directed sales and auctions share: the law on a route, and the one way in which a deal that both
// sides hold for is settled (decisions 16: matching ends at "accepted").
#pragma once
#include "exchange/engine/steps.hpp"

namespace landex::engine {

/// H66-7.6 on the route, if `seller` to `buyer` is on it: not below the published price, and no price, no deal. A part
/// without a price goes with the area, unless a price of its own is published.
void require_floor(const Asked& a, District seller, District buyer, const command::Leg& leg);

/// The price is below the floor of the route.
void refuse_floor(const Asked& a, const policy::FloorRoute& route, const clearing::PriceRow& row, Instrument i,
                  Rate given);

/// Somebody has won in an auction: from here on it is a deal, under the number of the winning bid. The auction holds
/// the seller's legs, the bid the buyer's amount.
void award(Doing& d, AuctionId auction, BidId bid, District seller, District buyer, std::vector<command::Leg> legs,
           Fen amount);

/// Both sides hold for it: it is accepted and told. Where the venue settles at once, so it is.
void accept(Doing& d, Deal& deal);

}  // namespace landex::engine
