// state.hpp: all that the engine knows, in one place. What is here decides what happens next, and nothing else does:
// the state hash covers every member (canonical.hpp walks the descriptions). Owned by one thread; pure.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "clearing/advances.hpp"
#include "clearing/entries.hpp"
#include "clearing/governments/enclaves.hpp"
#include "clearing/governments/funds.hpp"
#include "clearing/governments/reserved_scale.hpp"
#include "clearing/governments/restoration.hpp"
#include "clearing/governments/runs.hpp"
#include "clearing/governments/standards.hpp"
#include "clearing/holds.hpp"
#include "clearing/ledger.hpp"
#include "clearing/lots.hpp"
#include "clearing/plot_conflicts.hpp"
#include "clearing/policy/pack.hpp"
#include "clearing/prices.hpp"
#include "clearing/projects.hpp"
#include "clearing/registry.hpp"
#include "clearing/reserve_library.hpp"
#include "exchange/engine/auctions.hpp"
#include "exchange/engine/command.hpp"
#include "exchange/engine/event.hpp"
#include "exchange/engine/market.hpp"
#include "exchange/engine/proposals.hpp"
#include "exchange/engine/streams.hpp"

namespace landex::engine {

inline constexpr uint32_t kBehaviour = 1;  // the newest version of behaviour that this build knows
inline constexpr uint32_t kStreamsPerPerson = 4096;

struct Deal {
  DealId id;
  District proposer, seller, buyer;
  std::vector<command::Leg> legs;
  Fen amount;
  DealState state;
  std::optional<Instant> until;             // of the terms that stand; what falls due by it is in State::deal_expiries
  std::optional<Day> matched;               // when it was accepted: the price rows of that day are its law
  std::optional<Day> notice_until, pay_by;  // once it is confirmed
  std::vector<command::TitleLeg> titles = {};
  std::optional<command::Landing> landing = {};
  std::optional<Sequence> matched_by = {};  // the command that made it accepted: prices published later came after it
  Fen fee = {};                             // of the buyer to the city, as of the match
  std::optional<policy::Clause> fee_clause = {};
};
BOOST_DESCRIBE_STRUCT(Deal, (),
                      (id, proposer, seller, buyer, legs, amount, state, until, matched, notice_until, pay_by, titles,
                       landing, matched_by, fee, fee_clause))

/// A proposal that lapses at an instant. Ordered as it falls due.
struct DealExpiry {
  Instant due;
  DealId deal;
  friend auto operator<=>(const DealExpiry&, const DealExpiry&) = default;
};
BOOST_DESCRIBE_STRUCT(DealExpiry, (), (due, deal))

/// A confirmed deal that is to be paid by that day. Ordered as it falls due.
struct DealPayment {
  Day by;
  DealId deal;
  friend auto operator<=>(const DealPayment&, const DealPayment&) = default;
};
BOOST_DESCRIBE_STRUCT(DealPayment, (), (by, deal))

struct State {
  State() : State(kMostOrders) {}
  explicit State(uint32_t most_orders) : market{most_orders} {}

  Sequence last;
  Instant at;
  uint32_t behaviour = 0;  // 0: nothing has been activated
  std::optional<policy::Pack> pack;
  std::optional<Venue> venue;
  std::optional<Day> day;       // the open business day
  std::optional<Day> last_day;  // the last that was opened
  clearing::Ledger ledger;
  clearing::Holds holds;
  clearing::Prices prices;
  clearing::Registry registry;
  clearing::ReserveLibrary reserve;
  Market market;
  std::map<DealId, Deal> deals;
  Streams streams;
  std::map<PersonId, uint32_t> streams_of;
  std::set<DealExpiry> deal_expiries;  // of the proposals that are open
  Auctions auctions;
  Instant opened_at;    // when the business day was opened, the last if none is: what fell due before begins then
  Proposals proposals;  // all that ever were
  clearing::Advances advances;
  clearing::Lots lots;
  clearing::Projects projects;
  clearing::PlotConflicts conflicts;
  clearing::Entries entries;
  std::set<DealPayment> deal_payments;  // that are waited for
  clearing::PoolRequests pool_requests;
  clearing::Needs needs;
  clearing::Titles titles;
  clearing::Funds funds;
  clearing::Standards standards;
  clearing::Restoration restoration;
  clearing::Enclaves enclaves;
  clearing::ReservedScales scales;
  clearing::Runs runs;
};
BOOST_DESCRIBE_STRUCT(State, (),
                      (last, at, behaviour, pack, venue, day, last_day, ledger, holds, prices, registry, reserve,
                       market, deals, streams, streams_of, deal_expiries, auctions, opened_at, proposals, advances,
                       deal_payments, lots, projects, conflicts, entries, pool_requests, needs, titles, funds,
                       standards, restoration, enclaves, scales, runs))

/// The city, owner of the pool. A pack is usable only if it names exactly one.
inline std::optional<District> city_of(const policy::Pack& pack) {
  std::optional<District> city;
  for (const auto& u : pack.units) {
    if (u.kind != ParticipantClass::city) continue;
    if (city) return std::nullopt;
    city = u.district;
  }
  return city;
}

/// When something is due that no command brings; the sequencer sends a Tick then.
std::optional<Instant> next_due(const State& s);

/// The route on which the published price is a floor (H66-7.6), if this sale is on it today. Supplementary only.
inline const policy::FloorRoute* route_of(const State& s, Instrument i, District seller, District buyer, Day on) {
  if (!is_supplementary(i) || !s.pack) return nullptr;
  return s.pack->floor_route(s.ledger.kind_of(seller), s.ledger.kind_of(buyer), on);
}
inline const policy::FloorRoute* route_of(const State& s, Instrument i, Seat seller, Seat buyer) {
  if (!is_supplementary(i) || !s.day || !s.pack) return nullptr;
  return s.pack->floor_route(s.ledger.account(seller).kind, s.ledger.account(buyer).kind, *s.day);
}

}  // namespace landex::engine
