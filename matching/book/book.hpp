// book.hpp: what one book is: its ladders, its stops, its at-best orders and who may meet whom. Private to the books.
// What most orders touch comes first: three cache lines.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "matching/book/ladder.hpp"
#include "matching/pair_table.hpp"
#include "matching/types/trade.hpp"

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

struct Book {
  Book(uint16_t n, uint32_t r)
      : number{n},
        ranks{r},
        levels{Ladder{r, best[0]}, Ladder{r, best[1]}},
        band{1, r - 1},
        stops{Ladder{r, best_stop[0]}, Ladder{r, best_stop[1]}} {}
  Book(const Book&) = delete;  // ladders point into it
  Book& operator=(const Book&) = delete;

  /// Empty ladders for so many classes. Those that were made once are kept: they cost a hundred calls of the system.
  void shelve(size_t n) {
    classes = static_cast<uint8_t>(n);
    many = n > 1;
    for (const uint8_t side : {kBuys, kSells}) {
      levels[side].reset();
      for (Ladder& ladder : by_class[side]) ladder.reset();
      while (many && by_class[side].size() < n)
        by_class[side].emplace_back(ranks, best_of_class[side][by_class[side].size()]);
    }
  }

  /// As new, in the memory that it has.
  void reset() {
    shelve(1);
    for (Ladder& ladder : stops) ladder.reset();
    at_best = {};
    if (tabled) pairs = {};
    tabled = barred = false;
    band = {1, ranks - 1};
    last = low = high = 0;
  }

  /// Of a bid `ranks - price`, of an ask `price`: both 1 … ranks - 1. Turning twice gives the price again.
  /// Without a branch: sides come as they like, and a wrong guess costs more than all of this.
  uint32_t turned(uint8_t side, uint32_t x) const {
    const uint32_t buys = side - 1u;  // all ones for buys, zero for sells
    return ((x ^ buys) - buys) + (ranks & buys);
  }
  size_t shelf(uint8_t kind) const { return many ? size_t{kind} - 1 : 0; }
  Ladder& ladder(uint8_t side, uint8_t kind) { return many ? by_class[side][size_t{kind} - 1] : levels[side]; }
  /// All of a side, by class; one for all classes where there are not many.
  std::span<Ladder> ladders(uint8_t side) {
    return many ? std::span{by_class[side]}.first(classes) : std::span{&levels[side], 1};
  }
  std::span<const Ladder> ladders(uint8_t side) const {
    return many ? std::span{by_class[side]}.first(classes) : std::span{&levels[side], 1};
  }
  /// Stops fire in the other direction: the lowest trigger of a purchase is the first to be reached.
  uint32_t stop_rank(uint8_t side, uint32_t trigger) const { return turned(side ^ 1, trigger); }

  void traded_at(uint32_t price) {
    if (low == 0 || price < low) low = price;
    if (price > high) high = price;
    last = price;
  }

  /// A level that has orders, over all classes: head and tail mean nothing where there are many.
  const Queue& level(uint8_t side, uint32_t rank) const { return levels[side].at(rank); }
  /// What changes in one class's queue changes in the sum. With one class they are the same.
  void add_to_sum(uint8_t side, uint32_t rank, int64_t shown) {
    if (!many) return;
    Queue& q = levels[side].at(rank);
    q.shown += shown;
    if (++q.orders == 1) levels[side].opened(rank);
  }
  void change_sum(uint8_t side, uint32_t rank, int64_t by) {
    if (many) levels[side].at(rank).shown += by;
  }
  void take_from_sum(uint8_t side, uint32_t rank, int64_t shown) {
    if (!many) return;
    Queue& q = levels[side].at(rank);
    q.shown -= shown;
    if (--q.orders == 0) levels[side].closed(rank);
  }

  uint16_t number;
  bool tabled = false;
  bool many = false;    // a ladder for each class
  bool barred = false;  // some pair is under a rule
  uint8_t classes = 1;  // the first so many of `by_class` are in use, if there are many
  uint32_t ranks;
  std::array<uint32_t, 2> best{};  // ranks, over all classes
  std::array<Ladder, 2> levels;    // over all classes: where there are not many, the orders stand here
  std::array<std::vector<Ladder>, 2> by_class;
  std::array<std::array<uint32_t, kMaxClasses>, 2> best_of_class{};
  std::array<uint32_t, 2> band;  // low, high: what at-best is taken to be
  uint32_t last = 0;             // ticks of the last trade; 0: none yet
  uint32_t low = 0, high = 0;    // of the trades since stops were last looked for; 0: none
  std::array<uint32_t, 2> best_stop{};
  std::array<Ladder, 2> stops;
  std::array<std::array<Queue, kMaxClasses>, 2> at_best{};
  PairTable pairs;
};

}  // namespace landex::matching
