// orders.hpp: what the steps that touch a book share: the day's table of pairs, and how a book's tape becomes events
// and entries in the ledger. A trade is paid and delivered in the same step (decisions 11, simulation).
#pragma once
#include "exchange/engine/posting.hpp"
#include "exchange/engine/steps.hpp"

namespace landex::engine {

/// Today's table of who may trade with whom: on a floor route the published price is the floor; without one the pair
/// may not trade (H66-7.6).
matching::PairTable pair_table(const State& s, Instrument i);

/// The order that a command brought, so that what the floors did to it can be told, and a money cap settled.
struct Arrived {
  OrderId order;
  ParticipantClass kind;
  Side side;
  Quantity quantity;
  Price limit;
  std::optional<Fen> cap;  // what it holds, where that is not quantity × limit
};

/// Turns the tape of the last book command into events and entries. `arrived` is the command's own new order, if any.
void tell_tape(Doing& d, Instrument i, const std::optional<Arrived>& arrived);

/// Takes an order out of its book and frees what it held.
void end_order(Doing& d, OrderId id, matching::EndReason why);

// --- calls (calls.cpp) -----------------------------------------------------------------------------------------------

/// The price is told again when as many orders have come or gone as 1/64 of those that rest, so that a call of n orders
/// costs n log n and not n².
inline constexpr uint32_t kOrdersPerIndication = 64;

/// What the instrument's call would clear at if it ended now.
matching::CallPrice indicative(const State& s, Instrument i);
void tell_indicative(Doing& d, Instrument i);
/// Own crossing orders are dealt with, the price is found and told, and its trades are made.
void end_call(Doing& d, Instrument i);

// --- the day ---------------------------------------------------------------------------------------------------------

/// The close of the day: what does not outlive it ends, in order of number.
void lapse_orders(Doing& d);
/// The opening of the day: days may have been left out, and with them the last day of an order.
void expire_orders(Doing& d);
/// The opening of the day: of an instrument whose law has ended since (require_acquirable) nothing goes on that could
/// still be traded: its orders end as expired, its auctions are cancelled, and what they held is free. Deals that were
/// agreed in time are settled.
void end_acquisitions(Doing& d);
/// The day's band: what bids above it or asks below it would trade there, and ends. What waits on the far side of it
/// may come into the band of another day, and stays.
void end_outside_band(Doing& d, Instrument i);

}  // namespace landex::engine
