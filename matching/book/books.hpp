// books.hpp: the order books of one engine, price-time priority, over one pool of orders and one index of numbers
// (many books that share a pool lose half as much speed as books that own theirs: shared matching notes, lesson 4).
//
// RANKING (decisions 12). An arriving order meets the other side by the price dealable for the pair (the resting limit,
// or the pair's floor where a resting ask is below it), then by the resting order's own limit, then by ticket. Each
// (side, class) has its own ladder, so a walk merges the heads of few ladders; with one class there is nothing to
// merge.
// PRIORITY. A ticket is (command number << 24) + index within the command. An order takes the ticket of the command
// that placed it. It keeps it when it is made smaller at the same price; it takes a new one, at the end of the queue,
// when its price changes, when it grows, when it is a stop that triggers, and when it is an iceberg whose shown part
// has traded and that shows its next one. Of one command tickets rise, whatever it does first.
// ONE WALK (decisions 15). Fill-or-kill, all-or-none and minimum quantity succeed exactly if the walk would fill them.
// A resting all-or-none order larger than what the arriving order has left is passed over and keeps its place.
// BOUNDED. All memory is asked for when the books are made; untouched pages of it cost nothing. A full pool is a
// refusal that `room` foretells. Single-threaded, pure: no clock, file, float or hash order.
#pragma once
#include <array>
#include <cassert>
#include <functional>
#include <memory>
#include <span>

#include "matching/book/book.hpp"
#include "matching/book/order.hpp"
#include "matching/book/tape.hpp"
#include "matching/types/bounds.hpp"

namespace landex::matching {

/// How much the books may hold. Bytes: 32 an order, 4 a number of the index (in pages of 16 KiB), 24 a price level, 56
/// beside an order with conditions; the layouts are in order_pool.hpp and ladder.hpp.
struct BookLimits {
  uint16_t books = 4;
  uint32_t orders = 1u << 20;
  Price highest = Price::ticks(500'000);  // prices are 1 … highest
};

/// Two orders of a call and what they exchange.
struct Meeting {
  OrderId buy, sell;
  Quantity quantity;
};

/// Whose an order is, and where it stands: what most questions about it are.
struct Owner {
  Seat seat;
  BookNumber book;
};

enum class Room : uint8_t { enough, full, number_too_large };

struct BestPrice {
  Price price;  // dealable for the asker's class
  Price limit;  // the resting order's own
};

class Books {
 public:
  explicit Books(const BookLimits&);
  Books(Books&&) noexcept;
  Books& operator=(Books&&) noexcept;
  ~Books();

  /// As new, in the memory that they have: it costs what was in use, and no call of the system.
  void reset();

  // --- while a book is closed ---------------------------------------------------------------------------------------

  /// Classes 1 … `classes` and their pairs (decisions 13). Without this call every class may meet every class.
  void set_pairs(BookNumber, const PairTable&, size_t classes);
  /// Every class may meet every class again.
  void clear_pairs(BookNumber);
  /// What an at-best order is taken to be, per side, from here on: the edges of the price band.
  void set_band(BookNumber, Price low, Price high);

  // --- commands: each empties the tape and fills it -----------------------------------------------------------------

  /// Would this order find a place? Asked before anything moves.
  Room room(OrderId) const;

  /// Continuous: walks the other side, then rests, ends or waits (stop), then fires the stops that its trades reached.
  const Tape& place(BookNumber n, const NewOrder& o) {
    place_quietly(n, o);
    return tape();
  }
  /// The same; what most orders do, to join and nothing else, is noted and written on the tape only for a reader of it.
  /// True if there is more to read.
  bool place_quietly(BookNumber, const NewOrder&);

  /// In a call: joins the book without a walk. No all-or-none, no minimum, no stop (decisions 14).
  const Tape& collect(BookNumber, const NewOrder&);

  /// Takes an order out, for `why`. False if it does not rest. Noted likewise.
  bool cancel(OrderId, EndReason why);

  /// `command` gives a new ticket where one is due. Same price and not more: smaller in place. Otherwise out and in
  /// again as an order that arrives (its minimum is no longer asked). The order must rest or wait.
  const Tape& replace(Sequence command, OrderId, Quantity left, Price limit, bool continuous);

  /// The meetings of a call, all at `price`; both orders of each rest. Then ends what is left of at-best orders, and
  /// fires the stops that the price reached.
  const Tape& uncross(Sequence command, BookNumber, std::span<const Meeting>, Price price);

  /// Reopens without a call: all that rests leaves and arrives again in the order of its tickets (decisions 13).
  const Tape& reenter(Sequence command, BookNumber);

  const Tape& tape() const {
    if (note_.kind != Note::nothing) write_note();
    return tape_;
  }

  // --- questions ----------------------------------------------------------------------------------------------------

  std::optional<Resting> find(OrderId) const;
  std::optional<BookNumber> book_of(OrderId) const;
  std::optional<Owner> owner_of(OrderId) const;
  /// The best that an order of this class and side could deal at now.
  std::optional<BestPrice> best_dealable(BookNumber, ParticipantClass, Side) const;
  /// Is some pair under a rule? Where none is, the best dealable is the public best for everybody.
  bool limits_pairs(BookNumber) const;
  /// The best limit of a side over all classes.
  std::optional<Price> best(BookNumber, Side) const;
  /// The lowest number among a seat's own orders on the other side that `limit` reaches.
  std::optional<OrderId> own_crossing(BookNumber, Seat, Side, Price limit) const;
  /// What is shown within `limit` on the other side but may not trade with this class at that limit.
  Quantity barred(BookNumber, ParticipantClass, Side, Price limit) const;
  std::optional<Price> last_price(BookNumber) const;

  /// Public levels, best first.
  void for_each_level(BookNumber, Side, const std::function<void(const LevelMoved&)>&) const;
  /// Orders by class, then at-best first, then price and ticket; then stops by trigger and ticket.
  void for_each_order(BookNumber, Side, const std::function<void(const Resting&)>&) const;

  /// The most orders that may rest or wait at once, in all books.
  uint32_t capacity() const { return pool_.capacity(); }
  /// Orders that rest or wait, in all books.
  uint32_t resting() const { return pool_.size(); }

 private:
  struct Arrival;
  struct Head;
  struct Touched {
    uint8_t side;
    uint32_t rank;
    int64_t was_shown;
    uint32_t were_orders;
  };
  /// What most orders are: a limit and no conditions; what does not trade at once rests.
  struct PlainOrder {
    OrderId id;
    Quantity quantity;
    Price limit;
    Seat seat;
    ParticipantClass kind;
    Side side;
    SelfTrade self_trade;
    bool outlives_day;
  };
  struct Swept {
    int64_t left;
    bool plain;  // it met only what it may simply fill
  };
  struct Peak {  // of an iceberg in a dry walk: what is still to come of it
    Slot slot;
    int64_t left;
    uint64_t ticket;
  };

  /// An order without conditions that joined or left a ladder, and that is all: told if somebody asks.
  /// All that is to tell can be read from its slot: one that was just given back is not written to before the next
  /// command.
  struct Note {
    enum Kind : uint8_t { nothing, joined, ended } kind = nothing;
    EndReason why = {};
    Slot slot = 0;
  };

  // below: most orders
  bool place_plain(BookNumber, const PlainOrder&);
  template <bool kMany>
  void join_plain(Book&, const PlainOrder&, uint8_t side, uint32_t rank);
  template <bool kMany>
  void cancel_plain(Book&, OrderPool::Entry, EndReason);
  void join_by_class(Book&, const PlainOrder&, uint8_t side, uint32_t rank);
  void cancel_by_class(Book&, OrderPool::Entry, EndReason);

  // books.cpp: the life of an order
  bool begin(uint64_t command);
  uint64_t next_ticket() { return ++ticket_; }
  Arrival arrival_of(const PlainOrder&, int64_t left) const;
  Arrival arrival_of(const Book&, const NewOrder&) const;
  Arrival arrival_of(Slot) const;
  void arrive(Book&, Arrival&);
  void wait(Book&, const Arrival&);
  void join(Book&, const Arrival&);
  bool place_other(BookNumber, const NewOrder&);
  void take(Book&, const PlainOrder&);
  void settle(Book&);
  void cancel_other(Slot, EndReason);
  void leave(Slot);
  void shrink(Slot, int64_t by);
  void end(const Arrival&, EndReason);
  void end(Slot, EndReason);
  void reshelve(Book&, size_t classes, bool tabled);
  void fire_stops(Book&);
  void collect_due(Book&);

  // walk.cpp: one arriving order meets the other side
  Swept sweep(Book&, const PlainOrder&);
  template <bool kDry, bool kOneClass>
  void walk(Book&, Arrival&);
  template <bool kDry>
  void walk(Book&, Arrival&);
  size_t open_heads(Book&, const Arrival&, Head*) const;
  template <bool kOneClass>
  Head* first(Head* heads, size_t count) const;
  template <bool kDry>
  void step(Head&, Slot next) const;
  template <bool kDry>
  bool meet_own(Book&, Arrival&, Head&);
  bool would_meet(Book&, const Arrival&) const;

  // levels.cpp: what the public sees
  void touch(const Book&, uint8_t side, uint32_t rank);
  void tell_level(const Book&, const Touched&);
  void tell_levels(const Book&);
  void write_note() const;

  Book& book(BookNumber b) { return *books_[static_cast<size_t>(b)]; }
  const Book& book(BookNumber b) const { return *books_[static_cast<size_t>(b)]; }
  Queue& queue_of(Slot);
  uint64_t ticket_of(Slot s) const;
  int64_t shown_of(Slot s) const;
  Resting resting_of(Slot) const;

  uint32_t ranks_;  // prices are 1 … ranks_ - 1
  OrderPool pool_;
  std::vector<std::unique_ptr<Book>> books_;
  uint32_t waiting_ = 0;  // stops
  uint64_t ticket_ = 0;   // the last one handed out
  mutable Tape tape_;
  mutable Note note_{};
  std::vector<Touched> touched_;
  std::vector<Slot> due_;  // stops that have been reached, in the order in which they run
  mutable std::array<std::vector<Peak>, kMaxClasses> peaks_;  // of dry walks, by class
};

// --- most orders -----------------------------------------------------------------------------------------------------
// They come without conditions, join one ladder a side, and leave it again. Inline, so that such an order need not be
// put together in memory to get here, nor asked for what its giver knows it has not; where there are ladders of many
// classes, out of line (`by_class`), so that the one ladder does without the questions of the many.

inline Room Books::room(OrderId id) const {
  if (id.value >= OrderPool::kNumbers) return Room::number_too_large;
  return pool_.full() || !pool_.reaches(id.value) ? Room::full : Room::enough;
}

/// True if the command has given out no ticket yet; else it goes on from its last one: what fell due came first.
inline bool Books::begin(uint64_t command) {
  tape_.clear();
  note_.kind = Note::nothing;
  const uint64_t first = command << kTicketBits;
  if (ticket_ >> kTicketBits == command) [[unlikely]]
    return ticket_ == first;
  ticket_ = first;
  return true;
}

inline bool Books::place_quietly(BookNumber n, const NewOrder& o) {
  const auto* limit = std::get_if<AtLimit>(&o.terms);
  if (o.conditions || o.residue != Residue::rests || !limit) return place_other(n, o);
  return place_plain(n, {.id = o.id,
                         .quantity = o.quantity,
                         .limit = limit->price,
                         .seat = o.seat,
                         .kind = o.kind,
                         .side = o.side,
                         .self_trade = o.self_trade,
                         .outlives_day = o.outlives_day});
}

inline bool Books::place_plain(BookNumber n, const PlainOrder& o) {
  const uint8_t side = index_of(o.side);
  const auto at = static_cast<uint32_t>(o.limit.raw());
  assert(at - 1 < ranks_ - 1 && static_cast<uint64_t>(o.quantity.raw() - 1) < kMaxQuantity.raw());
  Book& b = book(n);
  // what is not inline gets an order of its own, so that the caller's may stay in registers
  if (!begin(o.id.value)) [[unlikely]] {
    next_ticket();
    take(b, PlainOrder{o});
    return true;
  }
  const uint32_t rank = b.turned(side, at);
  if (b.best[side ^ 1] <= ranks_ - rank) {
    take(b, PlainOrder{o});
    return true;
  }
  if (b.many) [[unlikely]]
    join_by_class(b, PlainOrder{o}, side, rank);
  else
    join_plain<false>(b, o, side, rank);
  return false;
}

/// New, without conditions, meeting nobody. Nothing else is on the tape.
template <bool kMany>
inline void Books::join_plain(Book& b, const PlainOrder& o, uint8_t side, uint32_t rank) {
  const int64_t left = o.quantity.raw();
  const Slot s = pool_.add(o.id.value);
  note_ = {.kind = Note::joined, .why = {}, .slot = s};
  Node& n = pool_[s];
  n.packed = Node::pack(left, static_cast<uint16_t>(o.seat),
                        (o.outlives_day ? Node::kOutlivesDay : 0) | static_cast<uint64_t>(o.self_trade)
                                                                        << Node::kSelfTradeShift);
  n.rank = rank;
  n.book = b.number;
  n.kind = static_cast<uint8_t>(o.kind);
  n.where = where(side, Standing::ladder);
  Ladder& ladder = kMany ? b.ladder(side, n.kind) : b.levels[side];
  const bool opens = push_back(pool_, ladder.at(rank), s, left);
  if (kMany) b.add_to_sum(side, rank, left);
  if (opens) ladder.opened(rank);
}

inline bool Books::cancel(OrderId id, EndReason why) {
  tape_.clear();
  note_.kind = Note::nothing;
  const OrderPool::Entry at = pool_.entry(id.value);
  const Slot s = at.slot;
  if (s == 0) return false;
  const Node& n = pool_[s];
  if (standing_of(n) != Standing::ladder || (n.flags() & Node::kSpecial) != 0) [[unlikely]] {
    cancel_other(s, why);
    return true;
  }
  Book& b = book(BookNumber{n.book});
  if (b.many) [[unlikely]]
    cancel_by_class(b, at, why);
  else
    cancel_plain<false>(b, at, why);
  return true;
}

/// In a ladder, and nothing special.
template <bool kMany>
inline void Books::cancel_plain(Book& b, OrderPool::Entry at, EndReason why) {
  const Slot s = at.slot;
  const Node& n = pool_[s];
  const uint8_t side = side_of(n);
  const uint32_t rank = n.rank;
  const int64_t left = n.left();
  note_ = {.kind = Note::ended, .why = why, .slot = s};
  Ladder& ladder = kMany ? b.ladder(side, n.kind) : b.levels[side];
  const bool closes = unlink(pool_, ladder.at(rank), s, left);
  if (kMany) b.take_from_sum(side, rank, left);
  pool_.remove(at);
  if (closes) ladder.closed(rank);
}

}  // namespace landex::matching
