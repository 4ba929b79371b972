#include "exchange/allocation/levels.hpp"

#include <utility>

namespace landex::allocation {
namespace {

/// Those who share, as rise_evenly asks about them.
class NestedRoom {
 public:
  NestedRoom(std::span<const Claim> claims, const ByLevel& room) : claims_{claims}, room_{room}, left_(room.size()) {}

  bool fits(std::span<const int64_t> amounts) {
    reckon(amounts);
    return std::ranges::all_of(left_, [](int64_t left) { return left >= 0; });
  }
  void settle(std::span<const int64_t> amounts) { reckon(amounts); }
  bool can_rise(size_t who) const {
    return std::all_of(left_.begin() + at(who), left_.end(), [](int64_t left) { return left > 0; });
  }
  void rise(size_t who) {
    std::for_each(left_.begin() + at(who), left_.end(), [](int64_t& left) { --left; });
  }
  ByLevel left() && { return std::move(left_); }

 private:
  std::ptrdiff_t at(size_t who) const { return static_cast<std::ptrdiff_t>(claims_[who].level); }
  void reckon(std::span<const int64_t> amounts) {
    std::ranges::fill(left_, 0);
    for (size_t who = 0; who < claims_.size(); ++who) left_[claims_[who].level] += amounts[who];
    int64_t sum = 0;
    for (size_t level = 1; level < left_.size(); ++level) {
      sum += left_[level];
      left_[level] = room_[level] - sum;
    }
  }

  std::span<const Claim> claims_;
  const ByLevel& room_;
  ByLevel left_;  // up to each level
};

}  // namespace

ByLevel up_to(ByLevel amounts) {
  std::partial_sum(amounts.begin(), amounts.end(), amounts.begin());
  return amounts;
}

std::vector<int64_t> share_levels(std::span<const Claim> claims, ByLevel& room, RiseEffort* effort) {
  std::vector<int64_t> needs(claims.size());
  std::ranges::transform(claims, needs.begin(), &Claim::need);
  NestedRoom nested{claims, room};
  auto got = rise_evenly(needs, nested, effort);
  nested.settle(got);
  room = std::move(nested).left();
  return got;
}

ByLevel draw_levels(const ByLevel& stock, const ByLevel& granted) {
  const ByLevel granted_up_to = up_to(granted);
  ByLevel drawn(stock.size(), 0);
  // Up to this level at least: what those who reach no further get; and what those who reach further do not find
  // beyond.
  int64_t least = granted_up_to.back();
  for (size_t level = stock.size() - 1; level > 0; --level) {
    const int64_t below = std::max(granted_up_to[level - 1], least - stock[level]);
    drawn[level] = least - below;
    least = below;
  }
  assert(least == 0);
  return drawn;
}

}  // namespace landex::allocation
