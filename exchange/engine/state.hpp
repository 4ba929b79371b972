// state.hpp: all that the engine knows, in one place. What is here decides what happens next, and nothing else does:
// the state hash covers every member (canonical.hpp walks the descriptions). Owned by one thread; pure.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "clearing/holds.hpp"
#include "clearing/ledger.hpp"
#include "clearing/policy/pack.hpp"
#include "clearing/prices.hpp"
#include "clearing/registry.hpp"
#include "clearing/reserve_library.hpp"
#include "exchange/engine/command.hpp"
#include "exchange/engine/event.hpp"
#include "matching/plain_book.hpp"

namespace landex::engine {

inline constexpr uint32_t kBehaviour = 1;  // the newest version of behaviour that this build knows
inline constexpr size_t kResultWindow = 4096;
inline constexpr uint32_t kStreamsPerPerson = 4096;

/// One command that came before, and what became of it.
struct Remembered {
  Counter counter;
  Sequence seq;
  Command command;
  std::optional<Refusal> refusal;
};
BOOST_DESCRIBE_STRUCT(Remembered, (), (counter, seq, command, refusal))

/// The commands of one client key of one person (decisions 2).
struct Stream {
  Counter highest;
  std::deque<Remembered> window;  // by counter, ascending
};
BOOST_DESCRIBE_STRUCT(Stream, (), (highest, window))

struct StreamKey {
  PersonId person;
  ClientKey key;
  friend auto operator<=>(const StreamKey&, const StreamKey&) = default;
};
BOOST_DESCRIBE_STRUCT(StreamKey, (), (person, key))

struct Deal {
  DealId id;
  District proposer, seller, buyer;
  std::vector<command::Leg> legs;
  Fen amount;
  DealState state;
};
BOOST_DESCRIBE_STRUCT(Deal, (), (id, proposer, seller, buyer, legs, amount, state))

struct State {
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
  std::array<matching::PlainBook, kInstruments.size()> books;
  std::map<DealId, Deal> deals;
  std::map<StreamKey, Stream> streams;
  std::map<PersonId, uint32_t> streams_of;

  matching::PlainBook& book(Instrument i) { return books[landex::index_of(i)]; }
  const matching::PlainBook& book(Instrument i) const { return books[landex::index_of(i)]; }
};
BOOST_DESCRIBE_STRUCT(State, (),
                      (last, at, behaviour, pack, venue, day, last_day, ledger, holds, prices, registry, reserve, books,
                       deals, streams, streams_of))

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

/// The route on which the published price is a floor (H66-7.6), if this sale is on it today. Supplementary only.
inline const policy::FloorRoute* route_of(const State& s, Instrument i, District seller, District buyer) {
  if (!is_supplementary(i) || !s.day || !s.pack) return nullptr;
  return s.pack->floor_route(s.ledger.kind_of(seller), s.ledger.kind_of(buyer), *s.day);
}

}  // namespace landex::engine
