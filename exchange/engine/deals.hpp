// deals.hpp: what directed sales and auctions share: the law on a route, and the one way in which a deal that both
// sides hold for is confirmed, paid and settled (decisions 11, 16: matching ends at "accepted").
//
// HOLDS, under the number of the deal: the seller's legs; of the buyer at `simulation` the price and the fee, at
// `production` the deposit until it pays, then the price and the fee.
#pragma once
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/steps.hpp"

namespace landex::engine {

// ---- the law ----

/// What forbids this leg from `seller` to `buyer` under the law of a day, if anything does. H66-7.6 on the route: not
/// below the published price, and no price, no deal; a part without a price goes with the area, unless a price of its
/// own is published.
std::optional<Refusal> against_floor(const State& s, Day on, District seller, District buyer, const command::Leg& leg);

/// It is allowed today. The day is open.
inline void require_floor(const Asked& a, District seller, District buyer, const command::Leg& leg) {
  if (auto refusal = against_floor(a.state, *a.state.day, seller, buyer, leg)) a.verdict.refuse(std::move(*refusal));
}

/// The price is below the floor of the route.
Refusal below_floor(const policy::FloorRoute& route, const clearing::PriceRow& row, Instrument i, Rate given);

/// When a deal of the production venue is asked for its floor; at both moments where no row says it.
enum class FloorMoment : uint8_t { match = 1, confirmation = 2, both = 3 };
inline FloorMoment floor_moment(const State& s, Day on) {
  const auto* row = s.pack ? s.pack->row(policy::Parameter::floor_moment, on) : nullptr;
  return row ? static_cast<FloorMoment>(row->value) : FloorMoment::both;
}

// ---- from acceptance on ----

/// Somebody has won in an auction: from here on it is a deal, under the number of the winning bid. The auction holds
/// the seller's legs, the bid the buyer's deposit; what of it is not needed for the price that was met is free again.
void award(Doing& d, AuctionId auction, BidId bid, District seller, District buyer, std::vector<command::Leg> legs,
           Fen amount);

/// Both sides hold for it: it is accepted and told. Where the venue settles at once, so it is.
void accept(Doing& d, Deal& deal);

/// The deals that were to be confirmed before the open day (settlement.confirm_days of the day of the match), and are
/// not: they lapse, and both sides have back what they hold.
void lapse_unconfirmed_deals(Doing& d);

/// It moved to the state that it is in.
void tell(Doing& d, const Deal& deal);

/// It is void, for this reason: both sides have back what they hold for it.
void make_void(Doing& d, Deal& deal, std::optional<Refusal> refusal, std::string reason, std::string document);

/// The seller's legs are free again, one by one as they were held.
void free_legs(Doing& d, const Deal& deal);

// ---- conditions ----

inline const Deal* require_deal(const Asked& a, DealId id) {
  const auto at = a.state.deals.find(id);
  if (at != a.state.deals.end()) return &at->second;
  a.verdict.refuse({Reason::unknown_deal, {}, {{FactName::number, fact(id)}}, {}});
  return nullptr;
}

inline void require_state(const Asked& a, const Deal& deal, std::initializer_list<DealState> wanted) {
  for (const DealState state : wanted)
    if (deal.state == state) return;
  a.verdict.refuse({Reason::deal_state_forbids,
                    {},
                    {{FactName::number, fact(deal.id)}, {FactName::deal_state, fact(deal.state)}},
                    {}});
}

inline void require_yours(const Asked& a, bool yours) {
  if (!yours) a.verdict.refuse({Reason::not_your_deal, {}, {{FactName::participant, fact(a.who.participant)}}, {}});
}

}  // namespace landex::engine
