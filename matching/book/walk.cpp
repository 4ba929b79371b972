// walk.cpp: one arriving order meets the other side, in ranking order (books.hpp). The same code runs dry, to learn
// what would trade (fill or kill, minimum, all or none), and in earnest.
#include <algorithm>
#include <limits>

#include "matching/book/arrival.hpp"

namespace landex::matching {

/// The ladders that this order may reach, each with how far.
size_t Books::open_heads(Book& b, const Arrival& t, Head* heads) const {
  const uint8_t other = t.side ^ 1;
  const uint32_t reach = b.turned(other, t.limit);
  size_t count = 0;
  const std::span<Ladder> ladders = b.ladders(other);
  for (size_t shelf = 0; shelf < ladders.size(); ++shelf) {
    Ladder& ladder = ladders[shelf];
    uint32_t clamp = 0, bound = reach;
    if (ladder.best() > bound) continue;
    if (b.tabled) {
      const auto resting = static_cast<ParticipantClass>(shelf + 1);
      const auto arriving = static_cast<ParticipantClass>(t.kind);
      const PairRule& rule = t.side == kBuys ? b.pairs(resting, arriving) : b.pairs(arriving, resting);
      if (rule.limited) {
        if (!rule.floor) continue;
        const int64_t floor = rule.floor->raw();
        if (t.side == kBuys) {
          if (floor > t.limit) continue;  // what it may pay is below the pair's floor
          clamp = static_cast<uint32_t>(std::max<int64_t>(floor, 0));
        } else {
          if (floor >= b.ranks) continue;
          bound = std::min(bound, b.turned(other, static_cast<uint32_t>(std::max<int64_t>(floor, 1))));
          if (ladder.best() > bound) continue;
        }
      }
    }
    heads[count++] = Head{.ladder = &ladder,
                          .rank = ladder.best(),
                          .clamp = clamp,
                          .bound = bound,
                          .slot = ladder.at(ladder.best()).head,
                          .shelf = shelf};
  }
  return count;
}

bool Books::would_meet(Book& b, const Arrival& t) const {
  std::array<Head, kMaxClasses> heads;
  return open_heads(b, t, heads.data()) != 0;
}

/// The head whose order comes first: price dealable, then own limit, then ticket.
template <bool kOneClass>
Books::Head* Books::first(Head* heads, size_t count) const {
  if constexpr (kOneClass) return heads->slot != 0 ? heads : nullptr;
  Head* best = nullptr;
  const auto ticket = [this](const Head& h) { return h.among_peaks ? h.ticket : ticket_of(h.slot); };
  for (Head* h = heads; h != heads + count; ++h) {
    if (h->slot == 0) continue;
    if (best) {
      const uint32_t mine = std::max(h->rank, h->clamp), theirs = std::max(best->rank, best->clamp);
      if (mine != theirs ? mine > theirs : h->rank != best->rank ? h->rank > best->rank : ticket(*h) > ticket(*best))
        continue;
    }
    best = h;
  }
  return best;
}

/// To the next order of this ladder: `next` in the same queue, else (dry) the peaks to come, else the next level.
template <bool kDry>
void Books::step(Head& h, Slot next) const {
  if constexpr (kDry) {
    auto& peaks = peaks_[h.shelf];
    if (h.among_peaks) ++h.peak;
    if (next == 0 && h.peak < peaks.size()) {
      const Peak& p = peaks[h.peak];
      h.among_peaks = true;
      h.slot = p.slot;
      h.left = p.left;
      h.shown = std::min(p.left, pool_.special(p.slot).peak);
      h.ticket = p.ticket;
      return;
    }
  }
  h.slot = next;
  if (next == 0) {
    const uint32_t best = h.ladder->best();
    h.rank = best > h.rank ? best : h.ladder->next_after(h.rank);
    if (h.rank <= h.bound) h.slot = h.ladder->at(h.rank).head;
  }
  if constexpr (kDry) {
    if (next == 0) peaks_[h.shelf].clear();
    h.among_peaks = false;
    h.peak = 0;
    if (h.slot != 0) {
      h.left = pool_[h.slot].left();
      h.shown = shown_of(h.slot);
    }
  }
}

/// It has come to an order of its own participant. True if the walk goes on.
template <bool kDry>
bool Books::meet_own(Book& b, Arrival& t, Head& h) {
  const Slot s = h.slot;
  const Slot next = kDry && h.among_peaks ? 0 : pool_.link(s).next;
  const auto mode = static_cast<SelfTrade>(t.self_trade);
  if (mode == SelfTrade::refuse || mode == SelfTrade::cancel_newest) {
    if constexpr (!kDry) end(t, EndReason::self_trade);
    t.over = true;
    return false;
  }
  if (mode == SelfTrade::decrement) {
    const auto resting = kDry ? h.left : pool_[s].left();
    const int64_t by = std::min(t.left, resting);
    t.left -= by;
    if constexpr (kDry) {
      h.left -= by;
      h.shown = std::min(h.shown, h.left);
      if (h.left == 0) step<kDry>(h, next);
    } else {
      const Node& n = pool_[s];
      const Price limit = Price::ticks(b.turned(t.side ^ 1, n.rank));
      touch(b, t.side ^ 1, n.rank);
      shrink(s, by);
      tape_.push(Reduced{{n.number},
                         Quantity::from_raw(by),
                         Quantity::from_raw(resting - by),
                         limit,
                         Seat{n.seat()},
                         side_of(t.side ^ 1)});
      tape_.push(Reduced{{t.number},
                         Quantity::from_raw(by),
                         Quantity::from_raw(t.left),
                         Price::ticks(t.limit),
                         Seat{t.seat},
                         side_of(t.side)});
      if (n.left() == 0) {
        end(s, EndReason::self_trade);
        step<kDry>(h, next);
      }
      if (t.left == 0) end(t, EndReason::self_trade);
    }
    t.over = t.left == 0;
    return !t.over;
  }
  if constexpr (!kDry) {
    touch(b, t.side ^ 1, h.rank);
    end(s, EndReason::self_trade);
  }
  step<kDry>(h, next);
  if (mode == SelfTrade::cancel_both) {
    if constexpr (!kDry) end(t, EndReason::self_trade);
    t.over = true;
  }
  return !t.over;
}

template <bool kDry, bool kOneClass>
void Books::walk(Book& b, Arrival& t) {
  std::array<Head, kOneClass ? 1 : kMaxClasses> heads;
  const size_t count = open_heads(b, t, heads.data());
  if (count == 0) return;
  const uint8_t other = t.side ^ 1;
  if constexpr (kDry)
    for (size_t i = 0; i < count; ++i) {
      peaks_[heads[i].shelf].clear();
      heads[i].left = pool_[heads[i].slot].left();
      heads[i].shown = shown_of(heads[i].slot);
    }
  uint64_t dry_ticket = ticket_;

  while (t.left > 0) {
    Head* h = first<kOneClass>(heads.data(), count);
    if (!h) return;
    const Slot s = h->slot;
    Node& m = pool_[s];
    const uint32_t price = b.turned(other, std::max(h->rank, h->clamp));
    int64_t left = kDry ? h->left : m.left();
    int64_t offered = left;
    bool whole = false;
    if (m.seat() == t.seat && t.self_trade != static_cast<uint8_t>(SelfTrade::allow)) [[unlikely]] {
      if (!meet_own<kDry>(b, t, *h)) return;
      continue;
    }
    if (m.flags() & Node::kLookCloser) [[unlikely]] {
      whole = (m.flags() & Node::kAllOrNone) != 0;
      offered = kDry ? h->shown : shown_of(s);
    }
    const Slot next = kDry && h->among_peaks ? 0 : pool_.link(s).next;
    int64_t quantity = std::min(t.left, offered);
    bool fits = !whole || quantity == left;
    if (fits && t.cap >= 0) [[unlikely]] {
      const int64_t affordable = t.cap / price;
      if (affordable == 0) {
        if constexpr (!kDry) end(t, EndReason::cap_spent);
        t.over = true;
        return;
      }
      quantity = std::min(quantity, affordable);
      fits = !whole || quantity == left;
    }
    if (!fits) {
      step<kDry>(*h, next);
      continue;
    }
    t.left -= quantity;
    if (t.cap >= 0) t.cap -= quantity * price;
    left -= quantity;

    if constexpr (kDry) {
      t.traded += quantity;
      h->left = left;
      h->shown -= quantity;
      if (left > 0 && h->shown == 0) {
        const Peak rest{.slot = s, .left = left, .ticket = ++dry_ticket};  // before the vector moves under us
        peaks_[h->shelf].push_back(rest);
      }
      if (left == 0 || h->shown == 0) step<kDry>(*h, next);
      continue;
    }
    if (h->touched != h->rank) {
      touch(b, other, h->rank);
      h->touched = h->rank;
    }
    b.traded_at(price);
    tape_.push(Filled{.taker = {t.number},
                      .maker = {m.number},
                      .quantity = Quantity::from_raw(quantity),
                      .price = Price::ticks(price),
                      .taker_limit = Price::ticks(t.limit),
                      .maker_limit = Price::ticks(b.turned(other, h->rank)),
                      .taker_seat = Seat{t.seat},
                      .maker_seat = Seat{m.seat()},
                      .taker_side = side_of(t.side)});
    Queue& queue = h->ladder->at(h->rank);
    if (left == 0) {
      if (unlink(pool_, queue, s, quantity)) h->ladder->closed(h->rank);
      b.take_from_sum(other, h->rank, quantity);
      pool_.remove(s);
      step<kDry>(*h, next);
      continue;
    }
    m.take(quantity);
    queue.shown -= quantity;
    b.change_sum(other, h->rank, -quantity);
    if (!(m.flags() & Node::kSpecial) || pool_.special(s).peak == 0) continue;
    Special& special = pool_.special(s);
    special.shown -= quantity;
    if (special.shown > 0) continue;
    special.shown = std::min(left, special.peak);  // the next peak, at the end of the queue
    special.ticket = next_ticket();
    unlink(pool_, queue, s, 0);
    push_back(pool_, queue, s, special.shown);
    b.change_sum(other, h->rank, special.shown);
    tape_.push(Joined{.order = {m.number},
                      .left = Quantity::from_raw(left),
                      .shown = Quantity::from_raw(special.shown),
                      .limit = Price::ticks(b.turned(other, h->rank)),
                      .seat = Seat{m.seat()},
                      .side = side_of(other)});
    step<kDry>(*h, next != 0 ? next : s);
  }
}

/// The walk as it mostly is: one class, orders without conditions, no order of one's own, no cap. A level's queue is
/// cut once, not order by order. What it leaves of `o` is nothing, or meets nobody, or has come to something else: then
/// the book is sound, and `walk` goes on.
Books::Swept Books::sweep(Book& b, const PlainOrder& o) {
  const uint8_t other = index_of(o.side) ^ 1;
  Ladder& ladder = b.levels[other];
  const uint32_t reach = b.turned(other, static_cast<uint32_t>(o.limit.raw()));
  const uint32_t own = o.self_trade != SelfTrade::allow ? static_cast<uint32_t>(o.seat) : kMaxSeats;
  int64_t left = o.quantity.raw();
  while (left > 0 && ladder.best() <= reach) {
    const uint32_t rank = ladder.best(), price = b.turned(other, rank);
    Queue& q = ladder.at(rank);
    touched_.push_back({.side = other, .rank = rank, .was_shown = q.shown, .were_orders = q.orders});
    const Slot head = q.head;
    const int64_t before = left;
    Slot s = head, last = 0;
    uint32_t gone = 0;
    bool plain = true;
    do {
      Node& m = pool_[s];
      const uint16_t seat = m.seat();
      const int64_t offered = m.left(), quantity = std::min(left, offered);
      plain = (m.flags() & Node::kLookCloser) == 0 && seat != own;
      if (!plain) [[unlikely]]
        break;
      tape_.push(Filled{.taker = o.id,
                        .maker = {m.number},
                        .quantity = Quantity::from_raw(quantity),
                        .price = Price::ticks(price),
                        .taker_limit = o.limit,
                        .maker_limit = Price::ticks(price),
                        .taker_seat = o.seat,
                        .maker_seat = Seat{seat},
                        .taker_side = o.side});
      left -= quantity;
      if (quantity < offered) {
        m.take(quantity);
        break;
      }
      pool_.forget(s);
      last = s;
      s = pool_.link(s).next;
      ++gone;
    } while (s != 0 && left > 0);

    if (left != before) b.traded_at(price);
    q.shown -= before - left;
    if (gone != 0) {
      q.head = s;
      q.orders -= gone;
      pool_.link(s).prev = 0;  // of slot 0 it means nothing
      pool_.give_back(head, last, gone);
      if (s == 0) {
        q.tail = 0;
        ladder.closed(rank);
      }
    }
    if (!plain) [[unlikely]]
      return {.left = left, .plain = false};
  }
  return {.left = left, .plain = true};
}

template <bool kDry>
void Books::walk(Book& b, Arrival& t) {
  if (!kDry && !b.many && !b.barred && t.cap < 0) {
    const Swept swept = sweep(b, t.plain());
    t.left = swept.left;
    if (swept.plain) return;
  }
  if (!b.many)
    walk<kDry, true>(b, t);
  else
    walk<kDry, false>(b, t);
}

template void Books::walk<true>(Book&, Arrival&);
template void Books::walk<false>(Book&, Arrival&);
template void Books::walk<false, true>(Book&, Arrival&);
template void Books::walk<false, false>(Book&, Arrival&);

}  // namespace landex::matching
