// order.hpp: an order on its way into a book, an order that rests there, and all that can happen to either: the words
// that books and their users share. Plain data; nothing here decides anything.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <variant>

#include "matching/types/district.hpp"
#include "matching/types/seat.hpp"
#include "matching/types/trade.hpp"

namespace landex::matching {

/// The dense number of a book among those of one engine.
enum class BookNumber : uint16_t {};

/// A place in time: (command number << 24) + index within the command. Less is earlier.
inline constexpr unsigned kTicketBits = 24;
/// An iceberg shows its quantity in at most so many parts, so that one walk stays bounded.
inline constexpr int64_t kMaxPeaks = 1'000;

/// What becomes of the part that does not trade at once.
enum class Residue : uint8_t {
  rests = 1,           // it joins the book
  ends = 2,            // immediate or cancel
  all_now_or_end = 3,  // fill or kill: all trades at once, or nothing does
};

/// What few orders ask for. An order without these is told apart by one test.
struct Conditions {
  bool post_only = false;           // ends rather than meet a resting order
  bool all_or_none = false;         // an indivisible lot: trades whole with one order that arrives, or not at all
  std::optional<Quantity> minimum;  // at entry at least this must trade at once, else the order ends
  std::optional<Quantity> peak;     // iceberg: no more than this is shown at a time
  std::optional<Price> trigger;     // stop: waits until a trade is made at this price or beyond
  std::optional<Fen> cap;           // an at-best purchase spends no more than this
};

struct NewOrder {
  OrderId id;         // below 2^36
  Quantity quantity;  // 1 … kMaxQuantity
  Terms terms;
  Seat seat;
  ParticipantClass kind;
  Side side;
  Residue residue = Residue::rests;
  SelfTrade self_trade = SelfTrade::refuse;
  bool outlives_day = false;  // good till cancelled or till a later day or instant: kept by its owner's clock, not here
  std::optional<Conditions> conditions;
};

/// A resting order, or a stop that waits, as others may ask about it.
struct Resting {
  OrderId id;
  uint64_t ticket;  // its place in time: less is earlier (see books.hpp, PRIORITY)
  Quantity left;
  Quantity shown;  // what the public sees; less than `left` for an iceberg
  Price limit;     // what it may pay or must get at the worst; for at-best what it was taken to be at entry
  bool at_best;
  Seat seat;
  ParticipantClass kind;
  Side side;
  SelfTrade self_trade;
  bool all_or_none, post_only, outlives_day;
  std::optional<Quantity> peak;
  std::optional<Price> trigger;  // has not been reached
  friend bool operator==(const Resting&, const Resting&) = default;
};
BOOST_DESCRIBE_STRUCT(Resting, (),
                      (id, ticket, left, shown, limit, at_best, seat, kind, side, self_trade, all_or_none, post_only,
                       outlives_day, peak, trigger))

enum class EndReason : uint8_t {
  cancelled = 1,        // its owner, or whoever may, took it out
  lapsed = 2,           // the day closed
  expired = 3,          // its last instant passed
  not_at_once = 4,      // immediate or cancel, at best: this part found nobody
  not_in_full = 5,      // fill or kill
  minimum_not_met = 6,  // less than its minimum would have traded
  would_meet = 7,       // post-only
  self_trade = 8,       // it met an order of its own participant
  cap_spent = 9,        // an at-best purchase whose money buys no further unit
  outside_band = 10,    // of a day before: it would trade beyond the band of the new one
};
BOOST_DESCRIBE_ENUM(EndReason, cancelled, lapsed, expired, not_at_once, not_in_full, minimum_not_met, would_meet,
                    self_trade, cap_spent, outside_band)

// --- happenings, in the order in which they happen -----------------------------------------------------------------

struct Filled {
  OrderId taker, maker;
  Quantity quantity;
  Price price;
  Price taker_limit, maker_limit;
  Seat taker_seat, maker_seat;
  Side taker_side;
  friend bool operator==(const Filled&, const Filled&) = default;
};
BOOST_DESCRIBE_STRUCT(Filled, (),
                      (taker, maker, quantity, price, taker_limit, maker_limit, taker_seat, maker_seat, taker_side))

/// An order is over without having been filled. `left` did not trade.
struct Ended {
  OrderId order;
  Quantity left;
  Price limit;
  Seat seat;
  Side side;
  EndReason reason;
  friend bool operator==(const Ended&, const Ended&) = default;
};
BOOST_DESCRIBE_STRUCT(Ended, (), (order, left, limit, seat, side, reason))

/// An order is smaller by `by` without a trade: self-trade prevention, or its owner's wish. 0 left: `Ended` follows.
struct Reduced {
  OrderId order;
  Quantity by, left;
  Price limit;
  Seat seat;
  Side side;
  friend bool operator==(const Reduced&, const Reduced&) = default;
};
BOOST_DESCRIBE_STRUCT(Reduced, (), (order, by, left, limit, seat, side))

/// The order stands in the book from here on: new, replaced, triggered, or an iceberg with its next peak.
struct Joined {
  OrderId order;
  Quantity left, shown;
  Price limit;
  Seat seat;
  Side side;
  friend bool operator==(const Joined&, const Joined&) = default;
};
BOOST_DESCRIBE_STRUCT(Joined, (), (order, left, shown, limit, seat, side))

/// A stop has been reached; what follows is what it did.
struct Triggered {
  OrderId order;
  Seat seat;
  friend bool operator==(const Triggered&, const Triggered&) = default;
};
BOOST_DESCRIBE_STRUCT(Triggered, (), (order, seat))

/// A public price level over all classes, after the command; what it was before, so that a reader who keeps the
/// checksum needs no memory. No orders: the level is gone. At-best orders and stops have no level.
struct LevelMoved {
  Side side;
  Price price;
  Quantity shown, was_shown;
  uint32_t orders, were_orders;
  friend bool operator==(const LevelMoved&, const LevelMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(LevelMoved, (), (side, price, shown, was_shown, orders, were_orders))

using Happening = std::variant<Filled, Ended, Reduced, Joined, Triggered, LevelMoved>;
static_assert(std::is_trivially_copyable_v<Happening> && sizeof(Happening) == 64);

}  // namespace landex::matching
