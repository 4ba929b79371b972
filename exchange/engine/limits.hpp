// limits.hpp: limits and fees, which H66-21.4 leaves open: rows of the policy that what we ship does not have. Where
// one is in force:
//   purchase_limit  the most that one order, deal or bid may buy of an instrument, in its unit;
//   holding_limit   the most of an instrument that a buyer may come to have: free, held and frozen, and what it buys.
//                   Other purchases that it waits for are not counted;
//   holding_days    what was bought by a deal (directed, listing or sealed) is not sold again before so many working
//                   days have passed since its match. Land has no name when it is sold, so as much as was bought stays
//                   free until then. Days that no calendar tells have not passed;
//   fee_share       of a deal's price, rounded down to the fen, from the buyer to the city, beside the price: what is
//                   put up for the price is put up for both, and both are paid together.
// One value holds for all instruments. The book remembers neither when something was bought nor a fee in what an order
// may cost: while a row of holding_days or fee_share is in force, it takes no new orders. Pure.
#pragma once
#include "clearing/policy/share.hpp"
#include "exchange/engine/check_helpers.hpp"

namespace landex::engine {

inline const policy::Row* row_today(const State& s, policy::Parameter p) {
  return s.pack && s.day ? s.pack->row(p, *s.day) : nullptr;
}

/// None of the four is in force today: one walk over the rows, for the many orders.
inline bool without_limits(const State& s) {
  for (const auto& r : s.pack->rows)
    if (r.parameter >= policy::Parameter::purchase_limit && r.parameter <= policy::Parameter::fee_share &&
        r.period().contains(*s.day))
      return false;
  return true;
}

/// Does the book take orders under today's rows?
inline bool book_may_open(const State& s) {
  return !row_today(s, policy::Parameter::holding_days) && !row_today(s, policy::Parameter::fee_share);
}

// ---- limits ----

/// The day is open.
inline void require_may_buy(const Asked& a, District buyer, Instrument i, Quantity bought) {
  if (without_limits(a.state) || !a.state.ledger.is_open(buyer)) return;
  const auto refuse = [&](Reason reason, const policy::Row& row, Quantity given) {
    a.verdict.refuse({reason,
                      row.clause,
                      {{FactName::instrument, fact(i)},
                       {FactName::needed_quantity, fact(given)},
                       {FactName::available_quantity, row.value},
                       {FactName::participant, fact(buyer)}},
                      {}});
  };
  const auto* purchase = row_today(a.state, policy::Parameter::purchase_limit);
  if (purchase && bought.raw() > purchase->value) refuse(Reason::over_purchase_limit, *purchase, bought);
  const auto* holding = row_today(a.state, policy::Parameter::holding_limit);
  if (!holding) return;
  const auto land = [&](Purse p) { return a.state.ledger.land(i, buyer, p); };
  const Quantity then = land(Purse::free) + land(Purse::held) + land(Purse::frozen) + bought;
  if (then.raw() > holding->value) refuse(Reason::over_holding_limit, *holding, then);
}

/// What `owner` has bought by deals so lately that it must keep it.
inline Quantity bought_lately(const State& s, District owner, Instrument i, int64_t days) {
  Quantity sum;
  for (const auto& [id, deal] : s.deals) {
    if (deal.buyer != owner || deal.state != DealState::settled) continue;
    const auto free_on = plus_working_days(*s.pack, *deal.matched, static_cast<int>(days));
    if (free_on && *free_on <= *s.day) continue;
    for (const auto& leg : deal.legs)
      if (leg.instrument == i) sum += leg.quantity;
  }
  return sum;
}

inline void require_held_long_enough(const Asked& a, District seller, Instrument i, Quantity offered) {
  const auto* row = row_today(a.state, policy::Parameter::holding_days);
  if (!row || !a.state.ledger.is_open(seller)) return;
  const Quantity kept = bought_lately(a.state, seller, i, row->value);
  const Quantity free = a.state.ledger.land(i, seller, Purse::free);
  if (kept == Quantity{} || free - offered >= kept) return;
  a.verdict.refuse({Reason::held_too_short,
                    row->clause,
                    {{FactName::instrument, fact(i)},
                     {FactName::needed_quantity, fact(offered)},
                     {FactName::available_quantity, fact(std::max(free - kept, Quantity{}))},
                     {FactName::participant, fact(seller)},
                     {FactName::most, row->value}},
                    {}});
}

// ---- fees ----

/// What the buyer owes the city for a deal that is matched on that day. Nobody is owed where the city has no account.
inline Fen fee_on(const State& s, Fen price, Day matched) {
  const auto* row = s.pack ? s.pack->row(policy::Parameter::fee_share, matched) : nullptr;
  if (!row || !s.ledger.is_open(*city_of(*s.pack))) return {};
  return policy::share_down(price, row->value);
}

}  // namespace landex::engine
