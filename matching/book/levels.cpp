// levels.cpp: what the public sees of a book: levels summed over classes, told once a command.
#include "matching/book/books.hpp"

namespace landex::matching {
/// A level is about to change: what it was is kept, once a command. The latest is the likeliest to come again.
void Books::touch(const Book& b, uint8_t side, uint32_t rank) {
  for (size_t i = touched_.size(); i-- > 0;)
    if (touched_[i].rank == rank && touched_[i].side == side) return;
  const Queue& level = b.level(side, rank);
  touched_.push_back({.side = side, .rank = rank, .was_shown = level.shown, .were_orders = level.orders});
}

void Books::tell_level(const Book& b, const Touched& t) {
  const Queue& level = b.level(t.side, t.rank);
  if (level.shown == t.was_shown && level.orders == t.were_orders) return;
  tape_.push(LevelMoved{.side = side_of(t.side),
                        .price = Price::ticks(b.turned(t.side, t.rank)),
                        .shown = Quantity::from_raw(level.shown),
                        .was_shown = Quantity::from_raw(t.was_shown),
                        .orders = level.orders,
                        .were_orders = t.were_orders});
}

void Books::tell_levels(const Book& b) {
  for (const Touched& t : touched_) tell_level(b, t);
  touched_.clear();
}

void Books::write_note() const {
  const bool joined = note_.kind == Note::joined;
  note_.kind = Note::nothing;
  const Node& n = pool_[note_.slot];
  const Book& b = *books_[n.book];
  const Side side = side_of(side_of(n));
  const Price price = Price::ticks(b.turned(side_of(n), n.rank));
  const Quantity left = Quantity::from_raw(n.left());
  if (joined)
    tape_.push(Joined{{n.number}, left, left, price, Seat{n.seat()}, side});
  else
    tape_.push(Ended{{n.number}, left, price, Seat{n.seat()}, side, note_.why});
  const Queue& level = b.level(side_of(n), n.rank);
  tape_.push(
      LevelMoved{.side = side,
                 .price = price,
                 .shown = Quantity::from_raw(level.shown),
                 .was_shown = joined ? Quantity::from_raw(level.shown) - left : Quantity::from_raw(level.shown) + left,
                 .orders = level.orders,
                 .were_orders = joined ? level.orders - 1 : level.orders + 1});
}

void Books::for_each_level(BookNumber n, Side side, const std::function<void(const LevelMoved&)>& fn) const {
  const Book& b = book(n);
  const Ladder& levels = b.levels[index_of(side)];
  for (uint32_t rank = levels.best(); rank != Ladder::kNone; rank = levels.next_after(rank))
    fn({.side = side,
        .price = Price::ticks(b.turned(index_of(side), rank)),
        .shown = Quantity::from_raw(levels.at(rank).shown),
        .was_shown = {},
        .orders = levels.at(rank).orders,
        .were_orders = 0});
}

void Books::for_each_order(BookNumber n, Side side, const std::function<void(const Resting&)>& fn) const {
  const Book& b = book(n);
  const uint8_t at = index_of(side);
  const auto tell = [&](const Queue& q) {
    for (Slot s = q.head; s != 0; s = pool_.link(s).next) fn(resting_of(s));
  };
  const auto tell_ladder = [&](const Ladder& ladder) {
    for (uint32_t rank = ladder.best(); rank != Ladder::kNone; rank = ladder.next_after(rank)) tell(ladder.at(rank));
  };
  for (size_t shelf = 0; shelf < b.ladders(at).size(); ++shelf) {
    tell(b.at_best[at][shelf]);
    tell_ladder(b.ladders(at)[shelf]);
  }
  tell_ladder(b.stops[at]);
}

}  // namespace landex::matching
