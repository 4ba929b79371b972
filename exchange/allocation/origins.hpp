// origins.hpp: which county's lots are drawn, once it is known how much of each level is. A small transport network,
// levels on one side, counties on the other, between them what the county has on that level. Requests do not appear in
// it: they ask for a level, not for a county. With 13 counties and 16 levels it has 29 nodes, whatever the number of
// requests; augmenting paths on arrays answer in microseconds.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "exchange/allocation/levels.hpp"

namespace landex::allocation {

/// A quantity for each level (from 1) and each county (from 0).
class ByGroup {
 public:
  ByGroup(size_t levels, size_t origins) : levels_{levels}, origins_{origins}, amounts_((levels + 1) * origins, 0) {}
  int64_t& operator()(size_t level, size_t origin) { return amounts_[level * origins_ + origin]; }
  int64_t operator()(size_t level, size_t origin) const { return amounts_[level * origins_ + origin]; }
  size_t levels() const { return levels_; }
  size_t origins() const { return origins_; }

 private:
  size_t levels_, origins_;
  std::vector<int64_t> amounts_;
};

struct Group {
  size_t level, origin;
};

/// What to draw of each group, so that `drawn` comes from each level and every county gives, as near as whole units
/// allow, the same part of what it has (even_rise.hpp says what that means). Several ways can lead to the same parts;
/// the one taken draws most from the first group of `preferred`, then from the second, and so on: one answer only.
ByGroup draw_origins(const ByGroup& stock, const ByLevel& drawn, std::span<const Group> preferred,
                     RiseEffort* effort = nullptr);

}  // namespace landex::allocation
