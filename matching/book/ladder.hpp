// ladder.hpp: the queues of one side and class, by price. Prices are turned into ranks so that less is better on both
// sides: an ask's rank is its price, a bid's is `highest + 1 - price`; so one search direction serves both.
//   level   24 bytes at the place of its rank: first and last order, what is shown, how many
//   bits    one a rank and 1/63 more, to find the next level that has orders (occupancy.hpp)
// A ladder over 500 000 ticks asks for 12 MB of addresses; what is touched is what is used: 170 neighbouring levels a
// page of 4 KiB. The best rank is kept.
#pragma once
#include "matching/book/occupancy.hpp"
#include "matching/book/order_pool.hpp"

namespace landex::matching {

struct Queue {  // all zero: empty
  Slot head, tail;
  int64_t shown;
  uint32_t orders;
  uint32_t unused;
};
static_assert(sizeof(Queue) == 24);

/// True if it is the first.
inline bool push_back(OrderPool& pool, Queue& q, Slot s, int64_t shown) {
  const Slot last = q.tail;
  pool.link(s) = {.prev = last, .next = 0};
  q.tail = s;
  q.shown += shown;
  ++q.orders;
  if (last == 0) {
    q.head = s;
    return true;
  }
  pool.link(last).next = s;
  return false;
}

/// True if it was the last.
inline bool unlink(OrderPool& pool, Queue& q, Slot s, int64_t shown) {
  const auto [prev, next] = pool.link(s);
  (prev != 0 ? pool.link(prev).next : q.head) = next;
  (next != 0 ? pool.link(next).prev : q.tail) = prev;
  q.shown -= shown;
  return --q.orders == 0;
}

class Ladder {
 public:
  static constexpr uint32_t kNone = Occupancy::kNone;

  /// Ranks 1 … ranks - 1. `best` is where its best rank is kept: beside those of the other ladders of its side.
  Ladder(uint32_t ranks, uint32_t& best) : best_{&best}, levels_(ranks), taken_(ranks) { best = kNone; }

  uint32_t best() const { return *best_; }
  bool empty() const { return *best_ == kNone; }
  uint32_t next_after(uint32_t rank) const { return taken_.at_or_after(rank + 1); }

  /// All zero where the level has no orders.
  Queue& at(uint32_t rank) { return levels_[rank]; }
  const Queue& at(uint32_t rank) const { return levels_[rank]; }

  /// To be called when the first order has come to a level. Not inline: few come here, and the path of the many keeps
  /// its registers.
  [[gnu::noinline]] void opened(uint32_t rank) {
    taken_.set(rank);
    if (rank < *best_) *best_ = rank;
  }
  /// To be called when the last order of a level has gone.
  [[gnu::noinline]] void closed(uint32_t rank) {
    taken_.clear(rank);
    if (rank == *best_) *best_ = taken_.at_or_after(rank + 1);
  }

  /// Empty, and all that was touched is zero again: costs what the levels that have orders cost.
  void reset() {
    while (!empty()) {
      const uint32_t rank = *best_;
      levels_[rank] = {};
      closed(rank);
    }
  }

 private:
  uint32_t* best_;
  LazyArray<Queue> levels_;
  Occupancy taken_;
};

}  // namespace landex::matching
