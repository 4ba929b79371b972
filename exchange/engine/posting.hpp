// posting.hpp: the one way in which a step moves money or land: an entry in the ledger and the event that tells it.
// Nothing is written for nothing. Orders hold by moving between purses alone: what an order holds is what the rest of
// it may cost, so it is written nowhere else. What deals, bids and auctions hold is written down
// (clearing/holds.hpp).
#pragma once
#include <cassert>

#include "exchange/engine/steps.hpp"

namespace landex::engine {

inline void post_money(Doing& d, Seat from, Purse from_purse, Seat to, Purse to_purse, Fen amount,
                       std::optional<policy::Clause> clause, uint64_t cause) {
  if (amount == Fen{}) return;
  auto& ledger = d.state.ledger;
  ledger.post(from, from_purse, to, to_purse, amount);
  d.events.emplace_back(event::MoneyMoved{.from = ledger.account(from).district,
                                          .from_purse = from_purse,
                                          .to = ledger.account(to).district,
                                          .to_purse = to_purse,
                                          .amount = amount,
                                          .clause = clause,
                                          .cause = cause});
}

inline void post_land(Doing& d, Instrument i, Seat from, Purse from_purse, Seat to, Purse to_purse, Quantity quantity,
                      std::optional<policy::Clause> clause, uint64_t cause) {
  if (quantity == Quantity{}) return;
  auto& ledger = d.state.ledger;
  ledger.post(i, from, from_purse, to, to_purse, quantity);
  d.events.emplace_back(event::LandMoved{.instrument = i,
                                         .from = ledger.account(from).district,
                                         .from_purse = from_purse,
                                         .to = ledger.account(to).district,
                                         .to_purse = to_purse,
                                         .quantity = quantity,
                                         .clause = clause,
                                         .cause = cause});
}

/// The seat of a participant that the check has found to have an account.
inline Seat seat_of(const Doing& d, District participant) {
  const auto seat = d.state.ledger.seat_of(participant);
  assert(seat);
  return *seat;
}

inline void post_money(Doing& d, District from, Purse from_purse, District to, Purse to_purse, Fen amount,
                       std::optional<policy::Clause> clause, uint64_t cause) {
  if (amount == Fen{}) return;
  post_money(d, seat_of(d, from), from_purse, seat_of(d, to), to_purse, amount, clause, cause);
}
inline void post_land(Doing& d, Instrument i, District from, Purse from_purse, District to, Purse to_purse,
                      Quantity quantity, std::optional<policy::Clause> clause, uint64_t cause) {
  if (quantity == Quantity{}) return;
  post_land(d, i, seat_of(d, from), from_purse, seat_of(d, to), to_purse, quantity, clause, cause);
}

// --- orders ----------------------------------------------------------------------------------------------------------

/// What an order may cost, which the check has found to be free, is held.
inline void hold_for_order(Doing& d, OrderId order, Seat owner, Fen amount) {
  post_money(d, owner, Purse::free, owner, Purse::held, amount, {}, order.value);
}
inline void hold_for_order(Doing& d, OrderId order, Seat owner, Instrument i, Quantity quantity) {
  post_land(d, i, owner, Purse::free, owner, Purse::held, quantity, {}, order.value);
}

/// What an order no longer needs is free again.
inline void free_from_order(Doing& d, OrderId order, Seat owner, Fen amount) {
  post_money(d, owner, Purse::held, owner, Purse::free, amount, {}, order.value);
}
inline void free_from_order(Doing& d, OrderId order, Seat owner, Instrument i, Quantity quantity) {
  post_land(d, i, owner, Purse::held, owner, Purse::free, quantity, {}, order.value);
}

/// Both sides of a trade, out of what the two orders hold.
inline void pay_for_trade(Doing& d, Seat buyer, Seat seller, Fen amount, std::optional<policy::Clause> clause) {
  post_money(d, buyer, Purse::held, seller, Purse::free, amount, clause, d.seq.value);
}
inline void deliver_for_trade(Doing& d, Seat seller, Seat buyer, Instrument i, Quantity quantity,
                              std::optional<policy::Clause> clause) {
  post_land(d, i, seller, Purse::held, buyer, Purse::free, quantity, clause, d.seq.value);
}

// --- deals and auctions ----------------------------------------------------------------------------------------------

/// Earmark for a deal, a bid or an auction; what the check has found to be free.
template <class Kind>
void hold_money(Doing& d, Id<Kind> purpose, District owner, Fen amount) {
  if (amount == Fen{}) return;
  d.state.holds.add({.purpose = purpose.value, .owner = owner}, amount);
  post_money(d, owner, Purse::free, owner, Purse::held, amount, {}, purpose.value);
}
template <class Kind>
void hold_land(Doing& d, Id<Kind> purpose, District owner, Instrument i, Quantity quantity) {
  if (quantity == Quantity{}) return;
  d.state.holds.add({.purpose = purpose.value, .owner = owner}, i, quantity);
  post_land(d, i, owner, Purse::free, owner, Purse::held, quantity, {}, purpose.value);
}

/// Part of a hold goes where it was meant to go, or back to its owner.
template <class Kind>
void pay_from_hold(Doing& d, Id<Kind> purpose, District owner, District to, Fen amount,
                   std::optional<policy::Clause> clause) {
  if (amount == Fen{}) return;
  d.state.holds.spend({.purpose = purpose.value, .owner = owner}, amount);
  post_money(d, owner, Purse::held, to, Purse::free, amount, clause, purpose.value);
}
template <class Kind>
void deliver_from_hold(Doing& d, Id<Kind> purpose, District owner, District to, Instrument i, Quantity quantity,
                       std::optional<policy::Clause> clause) {
  if (quantity == Quantity{}) return;
  d.state.holds.spend({.purpose = purpose.value, .owner = owner}, i, quantity);
  post_land(d, i, owner, Purse::held, to, Purse::free, quantity, clause, purpose.value);
}

/// Land held for an auction is from here on held for the deal that came of it: it stays where it is.
inline void hold_for_deal(Doing& d, AuctionId auction, DealId deal, District owner, Instrument i, Quantity quantity) {
  d.state.holds.spend({.purpose = auction.value, .owner = owner}, i, quantity);
  d.state.holds.add({.purpose = deal.value, .owner = owner}, i, quantity);
}

}  // namespace landex::engine
