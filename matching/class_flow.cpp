#include "matching/class_flow.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace landex::matching {
namespace {

/// Calls `each(class)` from the lowest class of the mask to the highest.
template <class Each>
void for_each(uint32_t mask, Each each) {
  for (; mask != 0; mask &= mask - 1) each(static_cast<size_t>(std::countr_zero(mask)));
}

}  // namespace

void ClassFlow::add(size_t giver, size_t taker, int64_t quantity) {
  int64_t& passing = passing_[giver][taker];
  passing += quantity;
  assert(passing >= 0);
  if (passing > 0) {
    serves_[giver] |= bit(taker);
    served_by_[taker] |= bit(giver);
  } else {
    serves_[giver] &= ~bit(taker);
    served_by_[taker] &= ~bit(giver);
  }
}

// Breadth first, backwards: a taker may take from every giver open to it; a giver without more to give can give what
// another taker has now, if that taker can be served by someone else.
ClassFlow::Way ClassFlow::find_way(Mask givers, Mask takers, Mask barred) const {
  std::array<uint8_t, kMaxClasses> gives_to, taken_from;
  Mask seen_givers = 0, seen_takers = takers | barred, front = takers;
  while (front != 0) {
    Mask found = 0;
    for_each(front, [&](size_t taker) {
      const Mask fresh = open_to_[taker] & ~seen_givers;
      for_each(fresh, [&](size_t giver) { gives_to[giver] = static_cast<uint8_t>(taker); });
      seen_givers |= fresh;
      found |= fresh;
    });
    if (const Mask ends = found & givers; ends != 0) {
      Way way;
      auto giver = static_cast<uint8_t>(std::countr_zero(ends));
      while (true) {
        const uint8_t taker = gives_to[giver];
        way.giver[way.length] = giver;
        way.taker[way.length++] = taker;
        if ((bit(taker) & takers) != 0) return way;
        giver = taken_from[taker];
      }
    }
    front = 0;
    for_each(found, [&](size_t giver) {
      const Mask fresh = serves_[giver] & ~seen_takers;
      for_each(fresh, [&](size_t taker) { taken_from[taker] = static_cast<uint8_t>(giver); });
      seen_takers |= fresh;
      front |= fresh;
    });
  }
  return {};
}

int64_t ClassFlow::narrowest(const Way& way, int64_t wanted) const {
  for (size_t i = 0; i + 1 < way.length; ++i) wanted = std::min(wanted, passing_[way.giver[i + 1]][way.taker[i]]);
  return wanted;
}

void ClassFlow::send(const Way& way, int64_t quantity) {
  for (size_t i = 0; i < way.length; ++i) add(way.giver[i], way.taker[i], quantity);
  for (size_t i = 0; i + 1 < way.length; ++i) add(way.giver[i + 1], way.taker[i], -quantity);
}

void ClassFlow::bring_all(Mask takers) {
  while (true) {
    const Way way = find_way(spare_, unmet_ & takers, 0);
    if (way.length == 0) return;
    const size_t giver = way.giver[0], taker = way.taker[way.length - 1];
    const int64_t quantity = narrowest(way, std::min(supply_[giver] - given_[giver], demand_[taker] - taken_[taker]));
    send(way, quantity);
    given_[giver] += quantity;
    taken_[taker] += quantity;
    whole_ += quantity;
    if (given_[giver] == supply_[giver]) spare_ &= ~bit(giver);
    if (taken_[taker] == demand_[taker]) unmet_ &= ~bit(taker);
  }
}

int64_t ClassFlow::carry(const ByClass& supply, const ByClass& demand) {
  const auto take_back = [&](size_t giver, size_t taker, int64_t quantity) {
    add(giver, taker, -quantity);
    given_[giver] -= quantity;
    taken_[taker] -= quantity;
    whole_ -= quantity;
  };
  for (size_t c = 0; c < kMaxClasses; ++c) {
    if (given_[c] > supply[c])
      for_each(serves_[c],
               [&](size_t taker) { take_back(c, taker, std::min(passing_[c][taker], given_[c] - supply[c])); });
    if (taken_[c] > demand[c])
      for_each(served_by_[c],
               [&](size_t giver) { take_back(giver, c, std::min(passing_[giver][c], taken_[c] - demand[c])); });
  }
  supply_ = supply;
  demand_ = demand;
  spare_ = unmet_ = 0;
  for (size_t c = 0; c < kMaxClasses; ++c) {
    if (given_[c] < supply[c]) spare_ |= bit(c);
    if (taken_[c] < demand[c]) unmet_ |= bit(c);
  }
  bring_all(unmet_);
  return whole_;
}

int64_t ClassFlow::bring(size_t taker, int64_t quantity) {
  const int64_t before = taken_[taker];
  demand_[taker] = before + quantity;
  unmet_ |= bit(taker);
  bring_all(bit(taker));
  demand_[taker] = taken_[taker];
  unmet_ &= ~bit(taker);
  return taken_[taker] - before;
}

// A closed round: `giver` gives more to `taker` and less to another, which takes from others, the last of whom gives
// less to `taker`.
int64_t ClassFlow::widen(size_t giver, size_t taker, int64_t wanted) {
  if ((open_to_[taker] & bit(giver)) == 0) return 0;
  int64_t& passing = passing_[giver][taker];
  while (passing < wanted) {
    const Way way = find_way(served_by_[taker] & ~bit(giver), serves_[giver] & ~bit(taker), bit(taker));
    if (way.length == 0) break;
    const size_t first = way.giver[0], last = way.taker[way.length - 1];
    const int64_t quantity =
        narrowest(way, std::min({wanted - passing, passing_[giver][last], passing_[first][taker]}));
    send(way, quantity);
    add(first, taker, -quantity);
    add(giver, last, -quantity);
    add(giver, taker, quantity);
  }
  return std::min(passing, wanted);
}

void ClassFlow::settle(size_t giver, size_t taker, int64_t quantity) {
  add(giver, taker, -quantity);
  given_[giver] -= quantity;
  supply_[giver] -= quantity;
  taken_[taker] -= quantity;
  demand_[taker] -= quantity;
  whole_ -= quantity;
}

}  // namespace landex::matching
