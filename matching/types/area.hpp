// area.hpp: how much land an indicator stands for, and the grain capacity that goes with it.
#pragma once
#include "matching/types/tally.hpp"

namespace landex {

/// Land. The unit is 0.0001 mu (1/15 m²), because both units of the trade are then whole numbers: 1 mu = 10 000 units,
/// 0.0001 ha = 1 m² = 15 units, 1 ha = 150 000. Reading either is exact; only printing mu as hectares may round.
class Area : public Tally<Area> {
 public:
  static constexpr Area mu_4dp(int64_t n) { return from_raw(n); }  // 6.0000 mu is mu_4dp(60'000)
  static constexpr Area ha_4dp(int64_t n) { return from_raw(checked_mul(n, 15)); }
};
static_assert(Area::ha_4dp(2) == Area::mu_4dp(30));  // 2 m², told twice

/// Grain production capacity 产能, in whole kilograms.
class Capacity : public Tally<Capacity> {
 public:
  static constexpr Capacity kg(int64_t n) { return from_raw(n); }
};

/// The three assets of supplementary cultivated land (decisions: each its own balance, book and price unit).
struct Components {
  Area area;          // 数量
  Area paddy;         // 水田, a part of the area
  Capacity capacity;  // 产能
  friend constexpr bool operator==(const Components&, const Components&) = default;
};

}  // namespace landex
