// posting.hpp: the one way in which a step moves money or land: an entry in the ledger and the event that tells it.
// Nothing is written for nothing.
#pragma once
#include "exchange/engine/steps.hpp"

namespace landex::engine {

inline void post_money(Doing& d, District from, Purse from_purse, District to, Purse to_purse, Fen amount,
                       std::optional<policy::Clause> clause, uint64_t cause) {
  if (amount == Fen{}) return;
  d.state.ledger.post(clearing::MoneyEntry{.from = from,
                                           .from_purse = from_purse,
                                           .to = to,
                                           .to_purse = to_purse,
                                           .amount = amount,
                                           .clause = clause,
                                           .cause = cause});
  d.events.push_back(event::MoneyMoved{.from = from,
                                       .from_purse = from_purse,
                                       .to = to,
                                       .to_purse = to_purse,
                                       .amount = amount,
                                       .clause = clause,
                                       .cause = cause});
}

inline void post_land(Doing& d, Instrument i, District from, Purse from_purse, District to, Purse to_purse,
                      Quantity quantity, std::optional<policy::Clause> clause, uint64_t cause) {
  if (quantity == Quantity{}) return;
  d.state.ledger.post(clearing::LandEntry{.instrument = i,
                                          .from = from,
                                          .from_purse = from_purse,
                                          .to = to,
                                          .to_purse = to_purse,
                                          .quantity = quantity,
                                          .clause = clause,
                                          .cause = cause});
  d.events.push_back(event::LandMoved{.instrument = i,
                                      .from = from,
                                      .from_purse = from_purse,
                                      .to = to,
                                      .to_purse = to_purse,
                                      .quantity = quantity,
                                      .clause = clause,
                                      .cause = cause});
}

/// Earmark for an order or deal; what the check has found to be free.
inline void hold_money(Doing& d, uint64_t purpose, District owner, Fen amount) {
  if (amount == Fen{}) return;
  d.state.holds.add({.purpose = purpose, .owner = owner}, amount);
  post_money(d, owner, Purse::free, owner, Purse::held, amount, {}, purpose);
}
inline void hold_land(Doing& d, uint64_t purpose, District owner, Instrument i, Quantity quantity) {
  d.state.holds.add({.purpose = purpose, .owner = owner}, i, quantity);
  post_land(d, i, owner, Purse::free, owner, Purse::held, quantity, {}, purpose);
}

/// Part of a hold goes where it was meant to go.
inline void pay_from_hold(Doing& d, uint64_t purpose, District owner, District to, Fen amount,
                          std::optional<policy::Clause> clause, uint64_t cause) {
  if (amount == Fen{}) return;
  d.state.holds.spend({.purpose = purpose, .owner = owner}, amount);
  post_money(d, owner, Purse::held, to, Purse::free, amount, clause, cause);
}
inline void deliver_from_hold(Doing& d, uint64_t purpose, District owner, District to, Instrument i, Quantity quantity,
                              std::optional<policy::Clause> clause, uint64_t cause) {
  d.state.holds.spend({.purpose = purpose, .owner = owner}, i, quantity);
  post_land(d, i, owner, Purse::held, to, Purse::free, quantity, clause, cause);
}

}  // namespace landex::engine
