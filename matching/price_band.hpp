// price_band.hpp: how far a price may lie from the reference, which is the previous close. The band is a per-mille of
// the reference, rounded inwards to the tick: nobody may leave it by rounding. But it reaches at least one tick to each
// side, or a low price could never move again. No price is below one tick. Pure.
#pragma once
#include <algorithm>
#include <cassert>

#include "matching/types/bounds.hpp"

namespace landex::matching {

inline constexpr uint32_t kMostBandPermille = 1000;

/// `permille` thousandths of `price`, to the tick. No overflow: 50 000 000 × 2 000 is far below 2^63.
constexpr Price part_rounded_down(Price price, int64_t permille) {
  return Price::ticks(checked_mul(price.raw(), permille) / 1000);
}
constexpr Price part_rounded_up(Price price, int64_t permille) {
  return Price::ticks(checked_add(checked_mul(price.raw(), permille), 999) / 1000);
}

/// From the lowest price to the highest, both allowed.
struct PriceBand {
  Price low, high;
  constexpr bool contains(Price p) const { return low <= p && p <= high; }
  friend constexpr bool operator==(const PriceBand&, const PriceBand&) = default;
};
BOOST_DESCRIBE_STRUCT(PriceBand, (), (low, high))

/// `reference` is at least one tick, `permille` from 1 to 1000.
constexpr PriceBand band_around(Price reference, uint32_t permille) {
  assert(reference >= Price::ticks(1) && 1 <= permille && permille <= kMostBandPermille);
  const Price below = Price::ticks(std::max<int64_t>(reference.raw() - 1, 1));
  const Price above = Price::ticks(checked_add(reference.raw(), 1));
  return {.low = std::clamp(part_rounded_up(reference, 1000 - int64_t{permille}), Price::ticks(1), below),
          .high = std::max(part_rounded_down(reference, 1000 + int64_t{permille}), above)};
}

}  // namespace landex::matching
