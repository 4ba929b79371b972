// book_state.hpp: what one book is, and an order while it arrives. Private to the books.
#pragma once
#include "matching/book/books.hpp"

namespace landex::matching {

inline constexpr uint8_t kBuys = 0, kSells = 1;
constexpr uint8_t index_of(Side s) { return static_cast<uint8_t>(s) - 1; }
static_assert(index_of(Side::buy) == kBuys && index_of(Side::sell) == kSells);
constexpr Side side_of(uint8_t index) { return static_cast<Side>(index + 1); }

/// Where a node stands: in a ladder, among the at-best orders of a call, or among the stops. Beside it the side.
enum class Standing : uint8_t { ladder = 0, at_best = 1, stop = 2 };
constexpr uint8_t where(uint8_t side, Standing s) { return static_cast<uint8_t>(static_cast<unsigned>(s) << 1 | side); }
inline uint8_t side_of(const Node& n) { return n.where & 1; }
inline Standing standing_of(const Node& n) { return static_cast<Standing>(n.where >> 1); }

struct Books::Book {
  Book(uint16_t n, uint32_t r)
      : number{n}, ranks{r}, band{1, r - 1}, stops{Ladder{r, best_stop[0]}, Ladder{r, best_stop[1]}} {
    shelve(1);
  }
  Book(const Book&) = delete;  // ladders point into it

  void shelve(size_t classes) {
    many = classes > 1;
    for (const uint8_t side : {kBuys, kSells}) {
      best[side].fill(Ladder::kNone);
      ladders[side].clear();
      ladders[side].reserve(classes);
      sums[side].reset();
      for (size_t c = 0; c < classes; ++c) ladders[side].emplace_back(ranks, best[side][many ? c + 1 : 0]);
      if (many) sums[side].emplace(ranks, best[side][0]);
      levels[side] = many ? &*sums[side] : ladders[side].data();
    }
  }

  /// Of a bid `ranks - price`, of an ask `price`: both 1 … ranks - 1. Turning twice gives the price again.
  /// Without a branch: sides come as they like, and a wrong guess costs more than all of this.
  uint32_t turned(uint8_t side, uint32_t x) const {
    const uint32_t buys = side - 1u;  // all ones for buys, zero for sells
    return ((x ^ buys) - buys) + (ranks & buys);
  }
  size_t shelf(uint8_t kind) const { return many ? size_t{kind} - 1 : 0; }
  Ladder& ladder(uint8_t side, uint8_t kind) { return many ? ladders[side][size_t{kind} - 1] : *levels[side]; }
  /// Stops fire in the other direction: the lowest trigger of a purchase is the first to be reached.
  uint32_t stop_rank(uint8_t side, uint32_t trigger) const { return turned(side ^ 1, trigger); }

  /// A level that has orders, over all classes: head and tail mean nothing where there are many.
  const Queue& level(uint8_t side, uint32_t rank) const { return levels[side]->at(rank); }
  /// What changes in one class's queue changes in the sum. With one class they are the same.
  void add_to_sum(uint8_t side, uint32_t rank, int64_t shown) {
    if (!many) return;
    Queue& q = sums[side]->at(rank);
    q.shown += shown;
    if (++q.orders == 1) sums[side]->opened(rank);
  }
  void change_sum(uint8_t side, uint32_t rank, int64_t by) {
    if (many) sums[side]->at(rank).shown += by;
  }
  void take_from_sum(uint8_t side, uint32_t rank, int64_t shown) {
    if (!many) return;
    Queue& q = sums[side]->at(rank);
    q.shown -= shown;
    if (--q.orders == 0) sums[side]->closed(rank);
  }

  uint16_t number;
  bool tabled = false;
  bool many = false;    // more than one ladder a side
  bool barred = false;  // some pair is under a rule
  uint32_t ranks;
  std::array<uint32_t, 2> band;                               // low, high: what at-best is taken to be
  uint32_t last = 0;                                          // ticks of the last trade; 0: none yet
  uint32_t low = 0, high = 0;                                 // of the trades since stops were last looked for; 0: none
  std::array<Ladder*, 2> levels;                              // the public ones
  std::array<std::array<uint32_t, kMaxClasses + 1>, 2> best;  // ranks: over all classes; then, where many, of each
  std::array<uint32_t, 2> best_stop{};
  std::array<std::vector<Ladder>, 2> ladders;  // [side][class]; one for all classes where there is no table
  std::array<std::optional<Ladder>, 2> sums;   // levels over all classes, where there are many
  std::array<Ladder, 2> stops;
  std::array<std::array<Queue, kMaxClasses>, 2> at_best{};
  PairTable pairs;
};

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
