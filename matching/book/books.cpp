// books.cpp: the life of an order: it arrives, joins or waits, shrinks, leaves.
#include "matching/book/books.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "matching/book/arrival.hpp"
#include "matching/types/bounds.hpp"

namespace landex::matching {
namespace {

static_assert(kMaxQuantity.raw() <= static_cast<int64_t>(Node::kLeftMask));

uint32_t ticks(Price p) { return static_cast<uint32_t>(p.raw()); }

}  // namespace

Books::Books(const BookLimits& limits) : ranks_{static_cast<uint32_t>(limits.highest.raw()) + 1}, pool_{limits.orders} {
  assert(limits.highest.raw() >= 1 && limits.highest.raw() < int64_t{1} << 30);
  for (uint16_t n = 0; n < limits.books; ++n) books_.push_back(std::make_unique<Book>(n, ranks_));
  touched_.reserve(64);
}

void Books::reset() {
  pool_.reset();
  for (const auto& b : books_) b->reset();
  waiting_ = 0;
  ticket_ = 0;
  tape_.clear();
  note_ = {};
  touched_.clear();
  due_.clear();
}

Books::Books(Books&&) noexcept = default;
Books& Books::operator=(Books&&) noexcept = default;
Books::~Books() = default;

void Books::set_pairs(BookNumber n, const PairTable& pairs, size_t classes) {
  Book& b = book(n);
  assert(1 <= classes && classes <= kMaxClasses);
  if (!b.tabled || b.ladders(0).size() != classes) reshelve(b, classes, /*tabled=*/true);
  b.tabled = true;
  b.pairs = pairs;
  b.barred = false;
  for (size_t seller = 1; seller <= classes; ++seller)
    for (size_t buyer = 1; buyer <= classes; ++buyer)
      b.barred |= pairs(static_cast<ParticipantClass>(seller), static_cast<ParticipantClass>(buyer)).limited;
}

void Books::clear_pairs(BookNumber n) {
  Book& b = book(n);
  if (b.tabled) reshelve(b, 1, /*tabled=*/false);
  b.barred = false;
}

/// Other ladders for the same orders: each keeps its ticket, its place and what is shown of it.
void Books::reshelve(Book& b, size_t classes, bool tabled) {
  std::vector<std::pair<Arrival, int64_t>> orders;
  for (Slot s = 1; s <= pool_.last(); ++s)
    if (pool_.holds(s) && pool_[s].book == b.number && standing_of(pool_[s]) == Standing::ladder)
      orders.emplace_back(arrival_of(s), shown_of(s));
  for (const auto& [a, shown] : orders) leave(pool_.find(a.number));
  b.shelve(classes);
  b.tabled = tabled;
  std::ranges::sort(orders, {}, [](const auto& o) { return std::pair{o.first.ticket, o.first.number}; });
  for (const auto& [a, shown] : orders) {
    join(b, a);
    const Slot s = pool_.find(a.number);
    if (a.peak == 0) continue;
    const int64_t less = shown_of(s) - shown;
    pool_.special(s).shown = shown;
    queue_of(s).shown -= less;
    b.change_sum(a.side, pool_[s].rank, -less);
  }
  tape_.clear();
  note_.kind = Note::nothing;
  touched_.clear();
}

void Books::set_band(BookNumber n, Price low, Price high) {
  Book& b = book(n);
  assert(1 <= low.raw() && low <= high && high.raw() < ranks_);
  b.band = {ticks(low), ticks(high)};
}

// --- small questions about a slot ------------------------------------------------------------------------------------

uint64_t Books::ticket_of(Slot s) const {
  const Node& n = pool_[s];
  const uint64_t own = n.flags() & Node::kSpecial ? pool_.special(s).ticket : 0;
  return own != 0 ? own : n.number << kTicketBits;
}

int64_t Books::shown_of(Slot s) const {
  const Node& n = pool_[s];
  if ((n.flags() & Node::kSpecial) && pool_.special(s).peak != 0) return pool_.special(s).shown;
  return n.left();
}

Queue& Books::queue_of(Slot s) {
  const Node& n = pool_[s];
  Book& b = *books_[n.book];
  switch (standing_of(n)) {
    case Standing::ladder:
      return b.ladder(side_of(n), n.kind).at(n.rank);
    case Standing::at_best:
      return b.at_best[side_of(n)][b.shelf(n.kind)];
    case Standing::stop:
      return b.stops[side_of(n)].at(n.rank);
  }
  __builtin_unreachable();
}

// --- in and out of the places ----------------------------------------------------------------------------------------

/// Takes an order out of where it stands; its slot is free again.
void Books::leave(Slot s) {
  const Node& n = pool_[s];
  Book& b = *books_[n.book];
  Queue& q = queue_of(s);
  const int64_t shown = shown_of(s);
  unlink(pool_, q, s, shown);
  if (standing_of(n) == Standing::ladder) {
    if (q.head == 0) b.ladder(side_of(n), n.kind).closed(n.rank);
    b.take_from_sum(side_of(n), n.rank, shown);
  } else if (standing_of(n) == Standing::stop) {
    if (q.head == 0) b.stops[side_of(n)].closed(n.rank);
    --waiting_;
  }
  pool_.remove(s);
}

/// Smaller where it stands. Of an iceberg the hidden part goes first.
void Books::shrink(Slot s, int64_t by) {
  Node& n = pool_[s];
  const int64_t shown = shown_of(s), left = n.left() - by;
  assert(left >= 0);
  n.take(by);
  if ((n.flags() & Node::kSpecial) && pool_.special(s).peak != 0) pool_.special(s).shown = std::min(shown, left);
  const int64_t less = shown - shown_of(s);
  queue_of(s).shown -= less;
  if (standing_of(n) == Standing::ladder) books_[n.book]->change_sum(side_of(n), n.rank, -less);
}

namespace {

uint64_t flags_of(const auto& a, bool special) {
  return (a.all_or_none ? Node::kAllOrNone : 0) | (special ? Node::kSpecial : 0) |
         (a.outlives_day ? Node::kOutlivesDay : 0) | (a.post_only ? Node::kPostOnly : 0) |
         (a.at_best ? Node::kAtBest : 0) | static_cast<uint64_t>(a.self_trade) << Node::kSelfTradeShift;
}

}  // namespace

/// What is left of an arriving order takes its place at the end of its queue.
void Books::join(Book& b, const Arrival& a) {
  const uint32_t rank = b.turned(a.side, a.limit);
  const bool special = a.peak != 0 || a.ticket != a.number << kTicketBits;
  const int64_t shown = a.peak != 0 ? std::min(a.peak, a.left) : a.left;
  const Slot s = pool_.add(a.number);
  Node& n = pool_[s];
  n.packed = Node::pack(a.left, a.seat, flags_of(a, special));
  n.kind = a.kind;
  n.rank = rank;
  n.book = b.number;
  if (special) {
    pool_.special(s) = {};
    pool_.special(s).ticket = a.ticket;
    pool_.special(s).shown = shown;
    pool_.special(s).peak = a.peak;
  }
  if (a.at_best) {
    n.where = where(a.side, Standing::at_best);
    push_back(pool_, b.at_best[a.side][b.shelf(a.kind)], s, shown);
  } else {
    n.where = where(a.side, Standing::ladder);
    touch(b, a.side, rank);
    Ladder& ladder = b.ladder(a.side, a.kind);
    if (push_back(pool_, ladder.at(rank), s, shown)) ladder.opened(rank);
    b.add_to_sum(a.side, rank, shown);
  }
  tape_.push(Joined{.order = {a.number},
                    .left = Quantity::from_raw(a.left),
                    .shown = Quantity::from_raw(shown),
                    .limit = Price::ticks(a.limit),
                    .seat = Seat{a.seat},
                    .side = side_of(a.side)});
}

/// A stop waits for its trigger.
void Books::wait(Book& b, const Arrival& a) {
  const Slot s = pool_.add(a.number);
  Node& n = pool_[s];
  n.packed = Node::pack(a.left, a.seat, flags_of(a, true));
  n.kind = a.kind;
  n.rank = b.stop_rank(a.side, a.trigger);
  n.book = b.number;
  n.where = where(a.side, Standing::stop);
  pool_.special(s) = {.ticket = a.ticket,
                      .shown = std::min(a.peak, a.left),
                      .peak = a.peak,
                      .minimum = a.minimum,
                      .cap = a.cap,
                      .limit = a.limit,
                      .trigger = a.trigger,
                      .residue = a.residue};
  if (push_back(pool_, b.stops[a.side].at(n.rank), s, shown_of(s))) b.stops[a.side].opened(n.rank);
  ++waiting_;
}

// ---- what is told ----

void Books::end(const Arrival& a, EndReason why) {
  tape_.push(Ended{{a.number}, Quantity::from_raw(a.left), Price::ticks(a.limit), Seat{a.seat}, side_of(a.side), why});
}

void Books::end(Slot s, EndReason why) {
  const Resting r = resting_of(s);
  tape_.push(Ended{r.id, r.left, r.limit, r.seat, r.side, why});
  leave(s);
}

// ---- arriving ----

Books::Arrival Books::arrival_of(const PlainOrder& o, int64_t left) const {
  return {.number = o.id.value,
          .ticket = ticket_,
          .left = left,
          .limit = ticks(o.limit),
          .seat = static_cast<uint16_t>(o.seat),
          .kind = static_cast<uint8_t>(o.kind),
          .side = index_of(o.side),
          .self_trade = static_cast<uint8_t>(o.self_trade),
          .residue = static_cast<uint8_t>(Residue::rests),
          .at_best = false,
          .all_or_none = false,
          .post_only = false,
          .outlives_day = o.outlives_day};
}

Books::Arrival Books::arrival_of(const Book& b, const NewOrder& o) const {
  const auto* limit = std::get_if<AtLimit>(&o.terms);
  Arrival a{.number = o.id.value,
            .ticket = ticket_,
            .left = o.quantity.raw(),
            .limit = limit ? ticks(limit->price) : b.band[o.side == Side::buy ? 1 : 0],
            .seat = static_cast<uint16_t>(o.seat),
            .kind = static_cast<uint8_t>(o.kind),
            .side = index_of(o.side),
            .self_trade = static_cast<uint8_t>(o.self_trade),
            .residue = static_cast<uint8_t>(o.residue),
            .at_best = limit == nullptr,
            .all_or_none = false,
            .post_only = false,
            .outlives_day = o.outlives_day};
  assert(1 <= a.left && a.left <= kMaxQuantity.raw() && 1 <= a.limit && a.limit < ranks_);
  if (o.conditions) {
    const Conditions& c = *o.conditions;
    a.all_or_none = c.all_or_none;
    a.post_only = c.post_only;
    if (c.minimum) a.minimum = c.minimum->raw();
    if (c.peak) a.peak = c.peak->raw();
    if (c.cap) a.cap = c.cap->raw();
    if (c.trigger) a.trigger = ticks(*c.trigger);
    assert(a.peak == 0 || a.left / a.peak <= kMaxPeaks);
  }
  return a;
}

/// An order that stands somewhere, as it would arrive again: what it asks for stays, but a minimum that was once met.
Books::Arrival Books::arrival_of(Slot s) const {
  const Node& n = pool_[s];
  const Book& b = *books_[n.book];
  const bool stop = standing_of(n) == Standing::stop, special = (n.flags() & Node::kSpecial) != 0;
  Arrival a{.number = n.number,
            .ticket = ticket_of(s),
            .left = n.left(),
            .limit = stop ? pool_.special(s).limit : b.turned(side_of(n), n.rank),
            .seat = n.seat(),
            .kind = n.kind,
            .side = side_of(n),
            .self_trade = static_cast<uint8_t>(n.flags() >> Node::kSelfTradeShift),
            .residue = static_cast<uint8_t>(Residue::rests),
            .at_best = (n.flags() & Node::kAtBest) != 0,
            .all_or_none = (n.flags() & Node::kAllOrNone) != 0,
            .post_only = (n.flags() & Node::kPostOnly) != 0,
            .outlives_day = (n.flags() & Node::kOutlivesDay) != 0};
  if (special) a.peak = pool_.special(s).peak;
  if (stop) {
    const Special& sp = pool_.special(s);
    a.minimum = sp.minimum;
    a.cap = sp.cap;
    a.trigger = sp.trigger;
    a.residue = sp.residue;
  }
  return a;
}

/// The walk and what becomes of the rest. Levels are told at the end of it.
void Books::arrive(Book& b, Arrival& a) {
  const auto traded_dry = [&] {
    Arrival dry = a;
    walk<true>(b, dry);
    return dry.traded;  // what an own order took off by decrement has not traded
  };
  const auto residue = static_cast<Residue>(a.residue);
  bool walks = true;
  if (a.post_only && !a.reentering && would_meet(b, a)) {
    a.over = true;
    end(a, EndReason::would_meet);
  } else if (residue == Residue::all_now_or_end || a.minimum != 0 || a.all_or_none) [[unlikely]] {
    const int64_t traded = traded_dry();
    if (residue == Residue::all_now_or_end && traded < a.left) {
      a.over = true;
      end(a, EndReason::not_in_full);
    } else if (a.minimum != 0 && traded < a.minimum) {
      a.over = true;
      end(a, EndReason::minimum_not_met);
    } else if (a.all_or_none && traded < a.left) {
      walks = false;
      if (residue == Residue::ends || a.at_best) {
        a.over = true;
        end(a, EndReason::not_in_full);
      }
    }
  }
  if (!a.over && walks) walk<false>(b, a);
  if (!a.over && a.left > 0) {
    if (residue != Residue::rests || a.at_best)
      end(a, EndReason::not_at_once);
    else
      join(b, a);
  }
  tell_levels(b);
}

/// A plain order that meets somebody.
void Books::take(Book& b, const PlainOrder& o) {
  const Swept swept = b.many || b.barred ? Swept{.left = o.quantity.raw(), .plain = false} : sweep(b, o);
  if (swept.left > 0) {
    Arrival a = arrival_of(o, swept.left);
    if (swept.plain) {
      // nobody is left to meet
    } else if (b.many) {
      walk<false, false>(b, a);
    } else {
      walk<false, true>(b, a);  // which begins where the sweep has ended: the level is touched already
    }
    if (!a.over && a.left > 0) join(b, a);
  }
  tell_levels(b);
  settle(b);
}

/// An order that asks for more than a place.
bool Books::place_other(BookNumber n, const NewOrder& o) {
  Book& b = book(n);
  if (!begin(o.id.value)) next_ticket();
  Arrival a = arrival_of(b, o);
  if (a.trigger != 0) {
    const bool reached = b.last != 0 && (a.side == kBuys ? b.last >= a.trigger : b.last <= a.trigger);
    if (!reached) {
      wait(b, a);
      return true;
    }
    a.trigger = 0;
    tape_.push(Triggered{o.id, o.seat});
  }
  arrive(b, a);
  settle(b);
  return true;
}

/// After a command's own order: the stops that its trades reached.
void Books::settle(Book& b) {
  if (waiting_ != 0) fire_stops(b);
  b.low = b.high = 0;
}

const Tape& Books::collect(BookNumber n, const NewOrder& o) {
  Book& b = book(n);
  if (!begin(o.id.value)) next_ticket();
  join(b, arrival_of(b, o));
  tell_levels(b);
  return tape_;
}

void Books::join_by_class(Book& b, const PlainOrder& o, uint8_t side, uint32_t rank) {
  join_plain<true>(b, o, side, rank);
}

void Books::cancel_by_class(Book& b, OrderPool::Entry at, EndReason why) { cancel_plain<true>(b, at, why); }

/// An order that is one of few in some way, or stands elsewhere than in a ladder.
void Books::cancel_other(Slot s, EndReason why) {
  const Node& n = pool_[s];
  const Book& b = *books_[n.book];
  if (standing_of(n) == Standing::ladder) touch(b, side_of(n), n.rank);
  end(s, why);
  tell_levels(b);
}

const Tape& Books::replace(Sequence command, OrderId id, Quantity left, Price limit, bool continuous) {
  begin(command.value);
  const Slot s = pool_.find(id.value);
  assert(s != 0 && 1 <= left.raw() && left <= kMaxQuantity);
  const Resting was = resting_of(s);
  Book& b = *books_[pool_[s].book];
  const bool keeps_limit = was.at_best;  // it has none of its own
  const bool same_limit = keeps_limit || limit == was.limit;
  if (same_limit && left <= was.left) {
    const Quantity by = was.left - left;
    if (by == Quantity{}) return tape_;
    if (standing_of(pool_[s]) == Standing::ladder) touch(b, index_of(was.side), pool_[s].rank);
    shrink(s, by.raw());
    tape_.push(Reduced{id, by, left, was.limit, was.seat, was.side});
    tell_levels(b);
    return tape_;
  }
  Arrival a = arrival_of(s);
  const bool waits = standing_of(pool_[s]) == Standing::stop;
  if (standing_of(pool_[s]) == Standing::ladder) touch(b, a.side, pool_[s].rank);
  leave(s);
  a.ticket = next_ticket();
  a.left = left.raw();
  if (!keeps_limit) a.limit = ticks(limit);
  if (waits) {
    wait(b, a);
  } else if (continuous) {
    a.minimum = 0;
    arrive(b, a);
    settle(b);
  } else {
    join(b, a);
    tell_levels(b);
  }
  return tape_;
}

// --- stops -----------------------------------------------------------------------------------------------------------

/// Stops that the trades since the last look have reached, in order of their tickets, behind those already due.
void Books::collect_due(Book& b) {
  if (b.high == 0) return;
  const size_t before = due_.size();
  for (const uint8_t side : {kBuys, kSells}) {
    Ladder& ladder = b.stops[side];
    const uint32_t reach = side == kBuys ? b.high : b.turned(kBuys, b.low);
    while (ladder.best() <= reach && ladder.best() != Ladder::kNone) {
      const uint32_t rank = ladder.best();
      Queue& q = ladder.at(rank);
      for (Slot s = q.head; s != 0; s = pool_.link(s).next) due_.push_back(s);
      q = {};  // they stand nowhere until they run
      ladder.closed(rank);
    }
  }
  b.low = b.high = 0;
  std::sort(due_.begin() + static_cast<ptrdiff_t>(before), due_.end(),
            [this](Slot x, Slot y) { return ticket_of(x) < ticket_of(y); });
}

void Books::fire_stops(Book& b) {
  collect_due(b);
  for (size_t i = 0; i < due_.size(); ++i) {
    const Slot s = due_[i];
    Arrival a = arrival_of(s);
    pool_.remove(s);
    --waiting_;
    a.trigger = 0;
    a.ticket = next_ticket();
    tape_.push(Triggered{{a.number}, Seat{a.seat}});
    arrive(b, a);
    collect_due(b);
  }
  due_.clear();
}

// ---- calls and reopening ----

const Tape& Books::uncross(Sequence command, BookNumber n, std::span<const Meeting> meetings, Price price) {
  begin(command.value);
  Book& b = book(n);
  for (const Meeting& m : meetings) {
    const std::array<Slot, 2> slots{pool_.find(m.buy.value), pool_.find(m.sell.value)};
    assert(slots[kBuys] != 0 && slots[kSells] != 0);
    const uint8_t taker = ticket_of(slots[kBuys]) > ticket_of(slots[kSells]) ? kBuys : kSells;
    const Resting later = resting_of(slots[taker]), earlier = resting_of(slots[taker ^ 1]);
    tape_.push(Filled{.taker = later.id,
                      .maker = earlier.id,
                      .quantity = m.quantity,
                      .price = price,
                      .taker_limit = later.limit,
                      .maker_limit = earlier.limit,
                      .taker_seat = later.seat,
                      .maker_seat = earlier.seat,
                      .taker_side = side_of(taker)});
    for (const Slot s : slots) {
      if (standing_of(pool_[s]) == Standing::ladder) touch(b, side_of(pool_[s]), pool_[s].rank);
      shrink(s, m.quantity.raw());
      if (pool_[s].left() == 0) leave(s);
    }
    b.last = b.low = b.high = ticks(price);
  }
  tell_levels(b);
  std::vector<Slot> over;
  for (const auto& side : b.at_best)
    for (const Queue& q : side)
      for (Slot s = q.head; s != 0; s = pool_.link(s).next) over.push_back(s);
  std::ranges::sort(over, {}, [this](Slot s) { return ticket_of(s); });
  for (const Slot s : over) end(s, EndReason::not_at_once);
  fire_stops(b);
  b.low = b.high = 0;
  return tape_;
}

const Tape& Books::reenter(Sequence command, BookNumber n) {
  begin(command.value);
  Book& b = book(n);
  std::vector<Slot> slots;
  for (Slot s = 1; s <= pool_.last(); ++s)
    if (pool_.holds(s) && pool_[s].book == b.number && standing_of(pool_[s]) != Standing::stop) slots.push_back(s);
  std::ranges::sort(slots, {}, [this](Slot s) { return std::pair{ticket_of(s), uint64_t{pool_[s].number}}; });
  std::vector<Arrival> all;
  for (const Slot s : slots) {
    all.push_back(arrival_of(s));
    if (standing_of(pool_[s]) == Standing::ladder) touch(b, side_of(pool_[s]), pool_[s].rank);
    leave(s);
  }
  for (Arrival& a : all) {
    if (a.at_best) {
      end(a, EndReason::not_at_once);
      tell_levels(b);
      continue;
    }
    a.ticket = next_ticket();
    a.reentering = true;
    arrive(b, a);
    fire_stops(b);
    b.low = b.high = 0;
  }
  return tape_;
}

// --- questions -------------------------------------------------------------------------------------------------------

Resting Books::resting_of(Slot s) const {
  const Node& n = pool_[s];
  const Book& b = *books_[n.book];
  const bool stop = standing_of(n) == Standing::stop, special = (n.flags() & Node::kSpecial) != 0;
  const int64_t peak = special ? pool_.special(s).peak : 0;
  return {.id = {n.number},
          .ticket = ticket_of(s),
          .left = Quantity::from_raw(n.left()),
          .shown = Quantity::from_raw(shown_of(s)),
          .limit = Price::ticks(stop ? pool_.special(s).limit : b.turned(side_of(n), n.rank)),
          .at_best = (n.flags() & Node::kAtBest) != 0,
          .seat = Seat{n.seat()},
          .kind = static_cast<ParticipantClass>(n.kind),
          .side = side_of(side_of(n)),
          .self_trade = static_cast<SelfTrade>(n.flags() >> Node::kSelfTradeShift),
          .all_or_none = (n.flags() & Node::kAllOrNone) != 0,
          .post_only = (n.flags() & Node::kPostOnly) != 0,
          .outlives_day = (n.flags() & Node::kOutlivesDay) != 0,
          .peak = peak != 0 ? std::optional{Quantity::from_raw(peak)} : std::nullopt,
          .trigger = stop ? std::optional{Price::ticks(pool_.special(s).trigger)} : std::nullopt};
}

std::optional<Resting> Books::find(OrderId id) const {
  const Slot s = pool_.find(id.value);
  return s != 0 ? std::optional{resting_of(s)} : std::nullopt;
}

std::optional<Owner> Books::owner_of(OrderId id) const {
  const Slot s = pool_.find(id.value);
  if (s == 0) return std::nullopt;
  return Owner{.seat = Seat{pool_[s].seat()}, .book = BookNumber{pool_[s].book}};
}

std::optional<BookNumber> Books::book_of(OrderId id) const {
  const Slot s = pool_.find(id.value);
  return s != 0 ? std::optional{BookNumber{pool_[s].book}} : std::nullopt;
}

std::optional<BestPrice> Books::best_dealable(BookNumber n, ParticipantClass kind, Side side) const {
  const Book& b = book(n);
  std::optional<BestPrice> best;
  const uint8_t other = index_of(side) ^ 1;
  const std::span<const Ladder> ladders = b.ladders(other);
  for (size_t shelf = 0; shelf < ladders.size(); ++shelf) {
    const Ladder& ladder = ladders[shelf];
    if (ladder.empty()) continue;
    const Price limit = Price::ticks(b.turned(other, ladder.best()));
    std::optional<Price> price = limit;
    if (b.tabled) {
      const auto resting = static_cast<ParticipantClass>(shelf + 1);
      price =
          side == Side::buy ? ask_for_pair(b.pairs(resting, kind), limit) : bid_for_pair(b.pairs(kind, resting), limit);
    }
    if (!price) continue;
    const bool buying = side == Side::buy;
    const auto better = [&](Price x, Price y) { return buying ? x < y : x > y; };
    if (!best || better(*price, best->price) || (*price == best->price && better(limit, best->limit)))
      best = BestPrice{.price = *price, .limit = limit};
  }
  return best;
}

bool Books::limits_pairs(BookNumber n) const { return book(n).barred; }

std::optional<Price> Books::best(BookNumber n, Side side) const {
  const Book& b = book(n);
  const uint32_t rank = b.levels[index_of(side)].best();
  return rank == Ladder::kNone ? std::nullopt : std::optional{Price::ticks(b.turned(index_of(side), rank))};
}

std::optional<OrderId> Books::own_crossing(BookNumber n, Seat seat, Side side, Price limit) const {
  const Book& b = book(n);
  const uint8_t other = index_of(side) ^ 1;
  const uint32_t reach = b.turned(other, ticks(limit));
  std::optional<OrderId> first;
  for (const Ladder& ladder : b.ladders(other))
    for (uint32_t rank = ladder.best(); rank <= reach; rank = ladder.next_after(rank))
      for (Slot s = ladder.at(rank).head; s != 0; s = pool_.link(s).next)
        if (pool_[s].seat() == static_cast<uint16_t>(seat) && (!first || pool_[s].number < first->value))
          first = OrderId{pool_[s].number};
  return first;
}

Quantity Books::barred(BookNumber n, ParticipantClass kind, Side side, Price limit) const {
  const Book& b = book(n);
  Quantity sum;
  if (!b.tabled) return sum;
  const uint8_t other = index_of(side) ^ 1;
  const uint32_t reach = b.turned(other, ticks(limit));
  const std::span<const Ladder> ladders = b.ladders(other);
  for (size_t shelf = 0; shelf < ladders.size(); ++shelf) {
    const auto resting = static_cast<ParticipantClass>(shelf + 1);
    const PairRule& rule = side == Side::buy ? b.pairs(resting, kind) : b.pairs(kind, resting);
    if (!rule.limited) continue;
    const Ladder& ladder = ladders[shelf];
    for (uint32_t rank = ladder.best(); rank <= reach; rank = ladder.next_after(rank)) {
      const Price at = Price::ticks(b.turned(other, rank));
      const auto price = side == Side::buy ? ask_for_pair(rule, at) : bid_for_pair(rule, at);
      if (!price || (side == Side::buy ? *price > limit : *price < limit))
        sum += Quantity::from_raw(ladder.at(rank).shown);
    }
  }
  return sum;
}

std::optional<Price> Books::last_price(BookNumber n) const {
  const uint32_t last = book(n).last;
  return last != 0 ? std::optional{Price::ticks(last)} : std::nullopt;
}

}  // namespace landex::matching
