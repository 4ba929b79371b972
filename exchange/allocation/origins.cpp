#include "exchange/allocation/origins.hpp"

#include <limits>

namespace landex::allocation {
namespace {

/// What each group gives, and paths along which that can be changed. Nodes: counties, then levels. From a county to a
/// level: the county could give more of it; from a level to a county: the county could give less of it.
class Transport {
 public:
  Transport(const ByGroup& stock, const ByLevel& drawn)
      : stock_{&stock},
        given_{stock.levels(), stock.origins()},
        settled_(stock.origins() * (stock.levels() + 1), false),
        wanted_{drawn},
        of_origin_(stock.origins(), 0) {}

  /// The county gives `amount` more in all, others as much as before, no level above what is wanted. False: it cannot
  /// (and what it could, it gives).
  bool give(size_t origin, int64_t amount) {
    while (amount > 0) {
      const size_t end = search(origin, [&](size_t node) { return is_level(node) && wanted_[level_at(node)] > 0; });
      if (end == kNone) return false;
      const int64_t step = push(origin, end, std::min(amount, wanted_[level_at(end)]));
      wanted_[level_at(end)] -= step;
      of_origin_[origin] += step;
      amount -= step;
    }
    return true;
  }

  bool can_give_more(size_t origin) {
    return search(origin, [&](size_t node) { return is_level(node) && wanted_[level_at(node)] > 0; }) != kNone;
  }
  int64_t given_by(size_t origin) const { return of_origin_[origin]; }

  /// As much as can be from this group, with every county's and every level's sum as it is and no group changed that
  /// was preferred before.
  void prefer(const Group& g) {
    settled(g.level, g.origin) = true;  // not a part of the way round
    while (more(g.level, g.origin) > 0) {
      const size_t end = search(node_of_level(g.level), [&](size_t node) { return node == g.origin; });
      if (end == kNone) break;
      given_(g.level, g.origin) += push(node_of_level(g.level), end, more(g.level, g.origin));
    }
  }
  const ByGroup& given() const { return given_; }

 private:
  static constexpr size_t kNone = std::numeric_limits<size_t>::max();
  size_t origins() const { return stock_->origins(); }
  bool is_level(size_t node) const { return node >= origins(); }
  size_t level_at(size_t node) const { return node - origins() + 1; }
  size_t node_of_level(size_t level) const { return origins() + level - 1; }
  int64_t more(size_t level, size_t origin) const { return (*stock_)(level, origin) - given_(level, origin); }
  std::vector<bool>::reference settled(size_t level, size_t origin) { return settled_[level * origins() + origin]; }

  /// By how much the step between two nodes can be made.
  int64_t width(size_t from, size_t to) {
    const size_t level = level_at(is_level(from) ? from : to), origin = is_level(from) ? to : from;
    if (settled(level, origin)) return 0;
    return is_level(from) ? given_(level, origin) : more(level, origin);
  }

  /// The nearest node that is a goal; before_ then leads back to `from`.
  template <class Goal>
  size_t search(size_t from, Goal goal) {
    const size_t nodes = origins() + stock_->levels();
    before_.assign(nodes, kNone);
    before_[from] = from;
    queue_.assign(1, from);
    for (size_t next = 0; next < queue_.size(); ++next) {
      const size_t node = queue_[next];
      const size_t first = is_level(node) ? 0 : origins(), last = is_level(node) ? origins() : nodes;
      for (size_t to = first; to < last; ++to) {
        if (before_[to] != kNone || width(node, to) == 0) continue;
        before_[to] = node;
        if (goal(to)) return to;
        queue_.push_back(to);
      }
    }
    return kNone;
  }

  /// Moves as much as fits, at most `most`, along the way that was found.
  int64_t push(size_t from, size_t end, int64_t most) {
    for (size_t node = end; node != from; node = before_[node]) most = std::min(most, width(before_[node], node));
    for (size_t node = end; node != from; node = before_[node]) {
      const size_t before = before_[node];
      if (is_level(before)) {
        given_(level_at(before), node) -= most;
      } else {
        given_(level_at(node), before) += most;
      }
    }
    return most;
  }

  const ByGroup* stock_;
  ByGroup given_;
  std::vector<bool> settled_;
  ByLevel wanted_;  // of each level, still
  std::vector<int64_t> of_origin_;
  std::vector<size_t> before_, queue_;
};

/// The counties, as rise_evenly asks about them.
class TransportRoom {
 public:
  explicit TransportRoom(Transport start) : now_{std::move(start)} {}
  bool fits(std::span<const int64_t> amounts) {
    Transport trial = now_;
    return give(trial, amounts);
  }
  void settle(std::span<const int64_t> amounts) {
    [[maybe_unused]] const bool possible = give(now_, amounts);
    assert(possible);
  }
  bool can_rise(size_t who) { return now_.can_give_more(who); }
  void rise(size_t who) {
    [[maybe_unused]] const bool possible = now_.give(who, 1);
    assert(possible);
  }
  Transport& now() { return now_; }

 private:
  static bool give(Transport& t, std::span<const int64_t> amounts) {
    for (size_t who = 0; who < amounts.size(); ++who)
      if (!t.give(who, amounts[who] - t.given_by(who))) return false;
    return true;
  }
  Transport now_;
};

}  // namespace

ByGroup draw_origins(const ByGroup& stock, const ByLevel& drawn, std::span<const Group> preferred, RiseEffort* effort) {
  std::vector<int64_t> has(stock.origins(), 0);
  for (size_t level = 1; level <= stock.levels(); ++level)
    for (size_t origin = 0; origin < stock.origins(); ++origin) has[origin] += stock(level, origin);
  TransportRoom room{Transport{stock, drawn}};
  rise_evenly(has, room, effort);
  for (const Group& g : preferred) room.now().prefer(g);
  return room.now().given();
}

}  // namespace landex::allocation
