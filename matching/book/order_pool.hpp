// order_pool.hpp: every resting order of all books, and the way from its number to it.
//   order   24 bytes
//   link    8 bytes beside it: its neighbours, slots of 32 bits, 0 is none. Apart, because who leaves a queue touches
//           two neighbours, and of them nothing else: eight to a cache line, these stay near
//   index   4 bytes a number, in pages of 4 096 numbers (16 KiB) that return to the pool when none of theirs rests;
//           a directory of 4 bytes a page reaches 2^36 numbers
//   special 56 bytes beside an order that has conditions or a ticket of its own; untouched for all others
// What is hot is inlined by order (gnu::always_inline): a call for each of add, find and remove costs a tenth of the
// book. Slots and pages are private to the books: nothing that leaves them depends on where an order lies (decisions
// 1).
#pragma once
#include <cassert>
#include <cstdint>

#include "matching/book/lazy_array.hpp"

namespace landex::matching {

using Slot = uint32_t;  // 0: none

struct Node {
  static constexpr uint64_t kAllOrNone = 1, kSpecial = 2, kOutlivesDay = 4, kPostOnly = 8, kAtBest = 16;
  static constexpr unsigned kSelfTradeShift = 5;  // three bits
  /// Such an order cannot simply be filled: look closer.
  static constexpr uint64_t kLookCloser = kAllOrNone | kSpecial;

  static constexpr unsigned kSeatShift = 40, kFlagsShift = 56;
  static constexpr uint64_t kLeftMask = (uint64_t{1} << kSeatShift) - 1;
  static constexpr uint64_t pack(int64_t left, uint16_t seat, uint64_t flags) {
    return static_cast<uint64_t>(left) | uint64_t{seat} << kSeatShift | flags << kFlagsShift;
  }
  int64_t left() const { return static_cast<int64_t>(packed & kLeftMask); }
  uint16_t seat() const { return static_cast<uint16_t>(packed >> kSeatShift); }
  uint64_t flags() const { return packed >> kFlagsShift; }
  void take(int64_t quantity) { packed -= static_cast<uint64_t>(quantity); }  // not more than is left

  uint64_t number;
  uint64_t packed;  // left: 40 bits, seat: 16, flags: 8
  uint32_t rank;    // of its limit, or of its trigger while it waits: less is better (ladder.hpp)
  uint16_t book;
  uint8_t kind;   // ParticipantClass
  uint8_t where;  // bit 0: sells; above: in a ladder, among the at-best, among the stops
};
static_assert(sizeof(Node) == 24);

/// Neighbours in a queue; of a free slot, `next` is the next free one.
struct Link {
  Slot prev, next;
};
static_assert(sizeof(Link) == 8);

/// What few orders need. All fields are 0 where they do not apply.
struct Special {
  uint64_t ticket;   // 0: that of its number
  int64_t shown;     // iceberg: what is shown of it now
  int64_t peak;      // iceberg: 0: none
  int64_t minimum;   // asked when a stop triggers
  int64_t cap;       // at-best purchase behind a stop, in fen
  uint32_t limit;    // ticks, of a stop: its node's rank is that of the trigger
  uint32_t trigger;  // ticks; 0: none
  uint8_t residue;   // of a stop
};
static_assert(sizeof(Special) == 56);

class OrderPool {
 public:
  static constexpr uint64_t kNumbers = uint64_t{1} << 36;

  explicit OrderPool(uint32_t orders)
      : capacity_{orders},
        nodes_(size_t{orders} + 1),
        links_(size_t{orders} + 1),
        specials_(size_t{orders} + 1),
        page_capacity_{orders / 16 + 64},
        directory_(kNumbers >> kPageBits),
        entries_((size_t{page_capacity_} + 1) << kPageBits),
        live_(size_t{page_capacity_} + 1) {}

  Node& operator[](Slot s) { return nodes_[s]; }
  const Node& operator[](Slot s) const { return nodes_[s]; }
  Link& link(Slot s) { return links_[s]; }
  const Link& link(Slot s) const { return links_[s]; }
  Special& special(Slot s) { return specials_[s]; }
  const Special& special(Slot s) const { return specials_[s]; }

  uint32_t size() const { return size_; }
  uint32_t capacity() const { return capacity_; }
  bool full() const { return size_ == capacity_; }

  /// As new, in the memory that it has. Costs what was ever in use at once.
  void reset() {
    for (Slot s = 1; s <= fresh_; ++s)
      if (const Entry e = indexed(nodes_[s].number); e.slot == s) forget(s, e);
    for (uint32_t page = 1; page <= fresh_page_; ++page) live_[page] = 0;
    size_ = fresh_page_ = free_page_ = 0;
    free_ = fresh_ = 0;
  }
  /// May this number be indexed?
  bool reaches(uint64_t number) const {
    return number < kNumbers &&
           (free_page_ != 0 || fresh_page_ < page_capacity_ || directory_[number >> kPageBits] != 0);
  }

  /// What the index says of a number. Slot 0: nothing.
  struct Entry {
    Slot slot;
    uint32_t page;
    size_t at;
  };
  [[gnu::always_inline]] Entry entry(uint64_t number) const { return number < kNumbers ? indexed(number) : Entry{}; }
  Slot find(uint64_t number) const { return entry(number).slot; }

  /// A slot with its number set and indexed; the rest of the node is the caller's. Not when full.
  [[gnu::always_inline]] Slot add(uint64_t number) {
    assert(number < kNumbers);
    Slot s = free_;
    if (s != 0) [[likely]] {
      free_ = links_[s].next;
    } else {
      assert(!full());
      s = ++fresh_;
    }
    ++size_;
    uint32_t page = directory_[number >> kPageBits];
    if (page == 0) [[unlikely]]
      page = directory_[number >> kPageBits] = take_page();
    ++live_[page];
    entries_[place(page, number)] = s;
    nodes_[s].number = number;
    return s;
  }

  void remove(Slot s) { remove(indexed(nodes_[s].number)); }
  [[gnu::always_inline]] void remove(Entry e) {
    forget(e.slot, e);
    give_back(e.slot, e.slot, 1);
  }

  /// `remove` in two steps, for many: `forget` each, then give back their chain, linked by `next`.
  [[gnu::always_inline]] void forget(Slot s) { forget(s, indexed(nodes_[s].number)); }
  [[gnu::always_inline]] void give_back(Slot first, Slot last, uint32_t count) {
    links_[last].next = free_;
    free_ = first;
    size_ -= count;
  }

  /// Every slot that was ever in use, for walks over all orders; an unused one is not `holds`.
  Slot last() const { return fresh_; }
  bool holds(Slot s) const { return find(nodes_[s].number) == s; }

 private:
  static constexpr unsigned kPageBits = 12;
  static size_t place(uint32_t page, uint64_t number) {
    return (size_t{page} << kPageBits) + (number & ((1u << kPageBits) - 1));
  }
  [[gnu::always_inline]] Entry indexed(uint64_t number) const {
    const uint32_t page = directory_[number >> kPageBits];  // 0 is never given out: all zero
    const size_t at = place(page, number);
    return {.slot = entries_[at], .page = page, .at = at};
  }
  [[gnu::always_inline]] void forget(Slot s, const Entry& e) {
    entries_[e.at] = 0;
    if (--live_[e.page] == 0) [[unlikely]]
      give_back_page(e.page, nodes_[s].number);
  }
  [[gnu::noinline, gnu::cold]] uint32_t take_page() {
    if (free_page_ == 0) {
      assert(fresh_page_ < page_capacity_);
      return ++fresh_page_;
    }
    const uint32_t page = free_page_;
    free_page_ = live_[page];
    live_[page] = 0;
    return page;
  }

  /// All entries of the page are zero again.
  [[gnu::noinline, gnu::cold]] void give_back_page(uint32_t page, uint64_t number) {
    live_[page] = free_page_;
    free_page_ = page;
    directory_[number >> kPageBits] = 0;
  }

  uint32_t capacity_, size_ = 0;
  Slot free_ = 0, fresh_ = 0;
  LazyArray<Node> nodes_;
  LazyArray<Link> links_;
  LazyArray<Special> specials_;
  uint32_t page_capacity_, free_page_ = 0, fresh_page_ = 0;
  LazyArray<uint32_t> directory_;
  LazyArray<Slot> entries_;
  LazyArray<uint32_t> live_;  // orders of a page; of a free page: the next free one
};

}  // namespace landex::matching
