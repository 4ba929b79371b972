// arrival.hpp: an order while it arrives, and its place on the other side. Private to the books.
#pragma once
#include "matching/book/books.hpp"

namespace landex::matching {

/// An order on its way in: new, or taken out of its place to arrive again.
struct Books::Arrival {
  uint64_t number, ticket;
  int64_t left;
  uint32_t limit;  // ticks
  uint16_t seat;
  uint8_t kind, side, self_trade, residue;
  bool at_best, all_or_none, post_only, outlives_day;
  int64_t traded = 0;       // of a dry walk
  bool over = false;        // it has ended
  bool reentering = false;  // post-only is not asked again
  int64_t minimum = 0;      // 0: none
  int64_t peak = 0;         // 0: none
  int64_t cap = -1;         // fen left to spend; below 0: no cap
  uint32_t trigger = 0;     // ticks; 0: none

  /// What a plain walk needs to know of it.
  PlainOrder plain() const {
    return {.id = {number},
            .quantity = Quantity::from_raw(left),
            .limit = Price::ticks(limit),
            .seat = Seat{seat},
            .kind = static_cast<ParticipantClass>(kind),
            .side = side_of(side),
            .self_trade = static_cast<SelfTrade>(self_trade),
            .outlives_day = outlives_day};
  }
};

/// The place of a walk in one ladder of the other side.
struct Books::Head {
  Ladder* ladder;
  uint32_t rank;         // of the level it has come to
  uint32_t clamp;        // a pair's floor on resting asks, as a rank: nothing is dealt below it
  uint32_t bound;        // the last rank that may be met
  Slot slot;             // 0: nothing more here
  uint32_t touched = 0;  // the last rank whose level was told to `touch`
  size_t shelf;
  // a dry walk keeps in here what a real one changes in the orders
  int64_t left = 0, shown = 0;
  uint64_t ticket = 0;
  size_t peak = 0;  // where it is among the peaks to come; only when `among_peaks`
  bool among_peaks = false;
};

}  // namespace landex::matching
