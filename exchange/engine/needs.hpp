// needs.hpp: two conditions that every offer and every purchase share: what a county keeps for its own projects
// (H66-7.7), and the certificate of a buyer's gap (H66-7.6). Both are principles of the text; what follows from them is
// a dated row of the policy: a warning (our default), or a refusal. Where no row says it, nothing is asked: the text
// names no consequence. An offer is measured against the land that is free; a purchase against the certificates in
// force: one of them covers its whole quantity. What a certificate has been used for before is not counted off.
#pragma once
#include <algorithm>

#include "exchange/engine/check_helpers.hpp"

namespace landex::engine {

enum class Consequence : uint8_t { none = 0, warning = 1, refusal = 2 };
inline Consequence consequence_of(const State& s, policy::Parameter p) {
  const auto* row = s.pack && s.day ? s.pack->row(p, *s.day) : nullptr;
  if (!row) return Consequence::none;
  return row->value == 2 ? Consequence::refusal : Consequence::warning;
}

// ---- what a county keeps for its own projects (H66-7.7) ----

[[gnu::cold, gnu::noinline]] inline void refuse_own_need(const Asked& a, District seller, Instrument i,
                                                         Quantity offered, Quantity free, Quantity need) {
  a.verdict.refuse({Reason::own_need_reserved,
                    policy::Clause::h66_7_7,
                    {{FactName::instrument, fact(i)},
                     {FactName::needed_quantity, fact(offered)},
                     {FactName::available_quantity, fact(std::max(free - need, Quantity{}))},
                     {FactName::participant, fact(seller)}},
                    {}});
}

/// An offer of so much more leaves what is kept, where a row says that it must.
inline void require_own_need(const Asked& a, District seller, Instrument i, Quantity offered) {
  if (a.state.needs.own.empty()) return;
  const Quantity need = a.state.needs.own_need(seller, i);
  if (need == Quantity{} || !a.state.ledger.is_open(seller)) return;
  const Quantity free = a.state.ledger.land(i, seller, Purse::free);
  if (free - offered >= need) return;
  if (consequence_of(a.state, policy::Parameter::own_need_consequence) == Consequence::refusal)
    refuse_own_need(a, seller, i, offered, free, need);
}

/// What is offered is held by now: does less stay free than is kept? `about`: the order, deal or auction.
inline void warn_own_need(Doing& d, District seller, Instrument i, uint64_t about) {
  if (d.state.needs.own.empty()) return;
  const Quantity need = d.state.needs.own_need(seller, i);
  const Quantity free = d.state.ledger.land(i, seller, Purse::free);
  if (free >= need || consequence_of(d.state, policy::Parameter::own_need_consequence) == Consequence::none) return;
  d.events.emplace_back(event::Warned{.participant = seller,
                                      .warning = event::Warning::own_need,
                                      .clause = policy::Clause::h66_7_7,
                                      .about = about,
                                      .instrument = i,
                                      .given = free,
                                      .bound = need});
}

// ---- the buyer's certified gap (H66-7.6) ----

/// The largest gap that is certified for a buyer today; nothing if none is.
inline Quantity certified_gap(const State& s, District buyer, Instrument i) {
  Quantity largest;
  for (const auto& [id, gap] : s.needs.gaps)
    if (gap.participant == buyer && gap.instrument == i && !gap.revoked && gap.period().contains(*s.day))
      largest = std::max(largest, gap.quantity);
  return largest;
}

/// May a purchase of this class be on the route? In the book nobody knows the seller before.
inline bool may_be_on_route(const State& s, Instrument i, ParticipantClass buyer) {
  return is_supplementary(i) && std::ranges::any_of(s.pack->floor_routes, [&](const auto& r) {
           return r.buyer == buyer && r.period().contains(*s.day);
         });
}

inline void refuse_gap(const Asked& a, District buyer, Instrument i, Quantity bought) {
  a.verdict.refuse({Reason::no_certified_gap,
                    policy::Clause::h66_7_6,
                    {{FactName::instrument, fact(i)},
                     {FactName::needed_quantity, fact(bought)},
                     {FactName::available_quantity, fact(certified_gap(a.state, buyer, i))},
                     {FactName::participant, fact(buyer)},
                     {FactName::day, fact(*a.state.day)}},
                    {}});
}
/// A purchase from a seller who is known. The day is open; both have accounts.
inline void require_gap(const Asked& a, District seller, District buyer, Instrument i, Quantity bought) {
  if (!route_of(a.state, i, seller, buyer, *a.state.day)) return;
  if (consequence_of(a.state, policy::Parameter::gap_consequence) != Consequence::refusal) return;
  if (certified_gap(a.state, buyer, i) < bought) refuse_gap(a, buyer, i, bought);
}
/// A purchase in the book.
inline void require_gap(const Asked& a, Seat buyer, Instrument i, Quantity bought) {
  const auto& account = a.state.ledger.account(buyer);
  if (!may_be_on_route(a.state, i, account.kind)) return;
  if (consequence_of(a.state, policy::Parameter::gap_consequence) != Consequence::refusal) return;
  if (certified_gap(a.state, account.district, i) < bought) refuse_gap(a, account.district, i, bought);
}

/// The same as a warning, to be asked where the purchase may be on the route.
inline void warn_gap(Doing& d, District buyer, Instrument i, Quantity bought, uint64_t about) {
  if (consequence_of(d.state, policy::Parameter::gap_consequence) == Consequence::none) return;
  const Quantity gap = certified_gap(d.state, buyer, i);
  if (gap >= bought) return;
  d.events.emplace_back(event::Warned{.participant = buyer,
                                      .warning = event::Warning::gap,
                                      .clause = policy::Clause::h66_7_6,
                                      .about = about,
                                      .instrument = i,
                                      .given = bought,
                                      .bound = gap});
}

}  // namespace landex::engine
