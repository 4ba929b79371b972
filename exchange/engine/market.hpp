// market.hpp: what the engine keeps of each instrument beside its book: the phase it is in, the band of the day, what
// it has traded, and the time of what falls due. Part of the state; one thread; pure.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "matching/book/books.hpp"
#include "matching/phases.hpp"
#include "matching/price_band.hpp"
#include "matching/statistics.hpp"
#include "matching/types/bounds.hpp"
#include "matching/venue_profile.hpp"

namespace landex::engine {

/// One instrument's day.
struct Session {
  matching::Phase phase = matching::Phase::closed;
  std::optional<Price> previous_close;
  std::optional<matching::PriceBand> band;  // of orders; none: no band
  matching::DayStatistics statistics;
  uint64_t told_orders = 0;  // in a call: orders that came or went since the price was last told

  // Derived, so not in the hash: what was last told of the best dealable prices.
  struct Best {
    std::optional<Price> bid, ask;
    friend bool operator==(const Best&, const Best&) = default;
  };
  std::array<Best, kParticipantClasses> best;
};
BOOST_DESCRIBE_STRUCT(Session, (), (phase, previous_close, band, statistics, told_orders))

/// An order that ends at an instant. Ordered as it falls due.
struct Expiry {
  Instant due;
  OrderId order;
  friend auto operator<=>(const Expiry&, const Expiry&) = default;
};
BOOST_DESCRIBE_STRUCT(Expiry, (), (due, order))

/// Orders that may be resting at once, in all books together; more are refused (`book_full`).
inline constexpr uint32_t kMostOrders = 1u << 18;

/// What falls due on an order: where its lifetime is more than "until cancelled".
struct Lasting {
  std::optional<Day> last_day;
  std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(Lasting, (), (last_day, until))

struct Market {
  Market() : Market(kMostOrders) {}
  explicit Market(uint32_t most_orders)
      : books{{.books = kInstruments.size(), .orders = most_orders, .highest = kHighestTick}} {}

  matching::Books books;
  std::array<Session, kInstruments.size()> sessions;
  std::optional<matching::VenueProfile> profile;
  std::vector<matching::DueMove> timetable;  // what is left of today's, by (due, instrument)
  std::map<OrderId, Lasting> lasting;        // orders that outlive the day but not for ever, or end within it
  std::set<Expiry> expiries;                 // those that end at an instant

  // Derived, so not in the hash: a bit for each instrument whose best dealable prices may have changed since last told.
  uint32_t levels_moved = 0;
  void note_levels_moved(Instrument i) { levels_moved |= uint32_t{1} << landex::index_of(i); }

  Session& session(Instrument i) { return sessions[landex::index_of(i)]; }
  const Session& session(Instrument i) const { return sessions[landex::index_of(i)]; }
};
BOOST_DESCRIBE_STRUCT(Market, (), (books, sessions, profile, timetable, lasting, expiries))

constexpr matching::BookNumber book_of(Instrument i) {
  return matching::BookNumber{static_cast<uint16_t>(index_of(i))};
}
constexpr Instrument instrument_of(matching::BookNumber n) { return kInstruments[static_cast<size_t>(n)]; }

}  // namespace landex::engine
