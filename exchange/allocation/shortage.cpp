#include "exchange/allocation/shortage.hpp"

#include <utility>

namespace landex::allocation {

ClassReport::ClassReport(Sums sums) : sums_{std::move(sums)}, more_(sums_.stock.size(), 0) {
  // Those up to a level want `needs_so_far`, but those up to a lower level get no more than lies there. So with `more`
  // at a level nobody is short who reaches it, if at each level from there on what can be wanted is in stock.
  const size_t levels = sums_.stock.size();
  ByLevel missing(levels + 1, INT64_MIN);  // at a level or beyond, the most that the needs exceed the stock
  for (size_t level = levels - 1; level > 0; --level)
    missing[level] = std::max(missing[level + 1], sums_.needs_so_far[level] - sums_.stock[level]);
  int64_t unmet_below = 0;  // needs that no lot of a lower level can serve: they do not compete
  for (size_t level = 1; level < levels; ++level) {
    more_[level] = missing[level] - unmet_below;
    unmet_below = std::max(unmet_below, sums_.needs_so_far[level] - sums_.stock[level]);
  }
}

std::optional<uint8_t> ClassReport::grade(size_t level) const {
  if (level == sums_.stock.size() - 1) return {};
  return static_cast<uint8_t>(level);
}

/// What the request would get if it reached `level`, further than now: the ratio to which its class rises there. Levels
/// fill up in turn, that with the least room for what its members want first.
int64_t ClassReport::granted_at(const Claim& claim, size_t level) const {
  const auto wanted = [&](size_t l) { return sums_.needs[l] - (l >= claim.level && l < level ? claim.need : 0); };
  for (size_t full = 0;;) {  // up to this level all is given
    const int64_t room_there = full == 0 ? 0 : sums_.before[full], wanted_there = full == 0 ? 0 : wanted(full);
    size_t next = 0;
    int64_t room = 0, want = 0;
    for (size_t l = full + 1; l < sums_.stock.size(); ++l) {
      const int64_t r = sums_.before[l] - room_there, w = wanted(l) - wanted_there;
      if (w > 0 && (next == 0 || static_cast<__int128_t>(r) * want <= static_cast<__int128_t>(room) * w))
        next = l, room = r, want = w;
    }
    if (next == 0 || room >= want) return claim.need;
    if (next >= level) return static_cast<int64_t>(static_cast<__int128_t>(claim.need) * room / want);
    full = next;
  }
}

Shortage ClassReport::of(const Claim& claim, int64_t granted) const {
  const size_t last = sums_.stock.size() - 1;
  size_t nearest = claim.level;  // the nearest level where all is given
  while (nearest < last && sums_.after[nearest] != 0) ++nearest;
  assert(sums_.after[nearest] == 0);

  size_t bound = nearest;
  Binding binding = Binding::own_class;
  if (sums_.stock[last] == 0) {
    binding = Binding::pool_empty;
    bound = last;
  } else if (sums_.stock[claim.level] == 0) {
    binding = Binding::no_lot_of_grade;
    bound = claim.level;
  } else {
    for (size_t level = claim.level; level <= last; ++level)
      if (sums_.before[level] == 0) {
        binding = Binding::higher_classes;
        bound = level;
        break;
      }
  }
  Shortage s{.binding = binding,
             .within = grade(bound),
             .in_pool = Quantity::from_raw(sums_.stock[bound]),
             .to_higher = Quantity::from_raw(sums_.stock[bound] - sums_.before[bound]),
             .to_own = Quantity::from_raw(sums_.before[bound] - sums_.after[bound]),
             .more = Quantity::from_raw(more_[claim.level]),
             .other_grade = {}};

  // A request that reaches further never gets less: so the nearest level that helps is found by halving.
  const auto helps = [&](size_t level) { return granted_at(claim, level) > granted + 1; };
  if (nearest == last || !helps(last)) return s;
  size_t without = nearest, with = last;
  while (with - without > 1) {
    const size_t middle = without + (with - without) / 2;
    (helps(middle) ? with : without) = middle;
  }
  s.other_grade = OtherGrade{.lowest_grade = grade(with), .granted = Quantity::from_raw(granted_at(claim, with))};
  return s;
}

}  // namespace landex::allocation
