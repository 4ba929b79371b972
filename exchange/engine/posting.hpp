// posting.hpp: the one way in which a step moves money or land: an entry in the ledger and the event that tells it.
// Land that changes its place moves lots, told after it (clearing/lots.hpp). Nothing is written for nothing. Orders
// hold by moving between purses alone: what an order holds is what the rest of it may cost, so it is written nowhere
// else. What deals, bids and auctions hold is written down (clearing/holds.hpp).
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

/// The lots of an entry of the land ledger. From outside they are of the filing `first`, which is at hand.
inline void post_lots(Doing& d, Instrument i, Seat from, Place from_place, Seat to, Place to_place, Quantity quantity,
                      std::optional<FilingId> first, uint64_t cause) {
  if (from == to && from_place == to_place) return;
  const auto tell = [&](FilingId filing, Quantity part) {
    d.events.emplace_back(event::LotMoved{.instrument = i,
                                          .filing = filing,
                                          .from = d.state.ledger.account(from).district,
                                          .from_place = from_place,
                                          .to = d.state.ledger.account(to).district,
                                          .to_place = to_place,
                                          .quantity = part,
                                          .cause = cause});
  };
  if (from_place == Place::outside) {
    assert(first);
    d.state.lots.enter(i, {.seat = to, .place = to_place}, *first, quantity);
    return tell(*first, quantity);
  }
  d.state.lots.move(i, {.seat = from, .place = from_place}, {.seat = to, .place = to_place}, quantity, first, tell);
}

/// The entry alone, without its lots.
inline void post_land_balance(Doing& d, Instrument i, Seat from, Purse from_purse, Seat to, Purse to_purse,
                              Quantity quantity, std::optional<policy::Clause> clause, uint64_t cause) {
  auto& ledger = d.state.ledger;
  ledger.post(i, from, from_purse, to, to_purse, quantity);
  // What was reckoned from the pool's lots is stale from here on (exchange/engine/pool.hpp).
  if (from_purse == Purse::pool || to_purse == Purse::pool) d.state.pool_requests.moved = d.state.last;
  d.events.emplace_back(event::LandMoved{.instrument = i,
                                         .from = ledger.account(from).district,
                                         .from_purse = from_purse,
                                         .to = ledger.account(to).district,
                                         .to_purse = to_purse,
                                         .quantity = quantity,
                                         .clause = clause,
                                         .cause = cause});
}

/// An entry and its lots: of `first` as far as it is there, then first filed first.
inline void post_land(Doing& d, Instrument i, Seat from, Purse from_purse, Seat to, Purse to_purse, Quantity quantity,
                      std::optional<policy::Clause> clause, uint64_t cause, std::optional<FilingId> first = {}) {
  if (quantity == Quantity{}) return;
  post_land_balance(d, i, from, from_purse, to, to_purse, quantity, clause, cause);
  post_lots(d, i, from, clearing::place_of(from_purse), to, clearing::place_of(to_purse), quantity, first, cause);
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
                      Quantity quantity, std::optional<policy::Clause> clause, uint64_t cause,
                      std::optional<FilingId> first = {}) {
  if (quantity == Quantity{}) return;
  post_land(d, i, seat_of(d, from), from_purse, seat_of(d, to), to_purse, quantity, clause, cause, first);
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

/// What somebody holds for a deal or a bid is made exactly this much: more out of what the check has found to be free,
/// or what is beyond it is free again.
template <class Kind>
void hold_exactly(Doing& d, Id<Kind> purpose, District owner, Fen amount) {
  const Fen now = d.state.holds.money({.purpose = purpose.value, .owner = owner});
  if (amount > now)
    hold_money(d, purpose, owner, amount - now);
  else
    pay_from_hold(d, purpose, owner, owner, now - amount, {});
}

/// Land held for an auction is from here on held for the deal that came of it: it stays where it is.
inline void hold_for_deal(Doing& d, AuctionId auction, DealId deal, District owner, Instrument i, Quantity quantity) {
  d.state.holds.spend({.purpose = auction.value, .owner = owner}, i, quantity);
  d.state.holds.add({.purpose = deal.value, .owner = owner}, i, quantity);
}

}  // namespace landex::engine
