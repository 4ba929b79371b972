// bounds.hpp: how large one number may be. Inside these bounds no sum or product of the core can overflow, and every
// number on the wire is exact in a browser (below 2^53). What exceeds them is a refusal, `value_out_of_range` or
// `total_out_of_range`.
#pragma once
#include "matching/types/price.hpp"

namespace landex {

inline constexpr int64_t kLargestExact = (int64_t{1} << 53) - 1;
inline constexpr Quantity kMaxQuantity = Quantity::from_raw(100'000'000'000);  // 10 million mu, or kg
inline constexpr Rate kMaxRate = Rate::from_raw(50'000'000);                   // 5 000 万元/亩, or 0.5 m yuan a kg
// In a book: 5 000 万元/亩, or 5 000 yuan a kg. A deal may name more; a ladder has a place for every tick.
inline constexpr Price kHighestTick = Price::ticks(500'000);
inline constexpr Fen kMaxMoney = Fen::from_raw(kLargestExact);             // one command, and all money together
inline constexpr Quantity kMaxIssued = Quantity::from_raw(kLargestExact);  // all land of one instrument together

/// quantity × price, or nothing where it exceeds kMaxMoney. Both are within their bounds and not negative.
constexpr bool affordable_number(Quantity q, Price p) {
  int64_t product = 0;
  return !__builtin_mul_overflow(q.raw(), p.raw(), &product) && product <= kMaxMoney.raw();
}
static_assert(kMaxQuantity.raw() <= (INT64_MAX - 50) / kMaxRate.raw());  // payable() cannot overflow

}  // namespace landex
