// split.hpp: arithmetic that the yearly runs share: products too large for 64 bits, rounding by name, and handing out a
// sum by weights so that the parts are the sum to the fen. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "matching/types/bounds.hpp"

namespace landex::clearing {

__extension__ using Wide = __int128;

/// a ÷ b, a half rounded up. Neither is negative, and b is not 0.
constexpr Wide half_up(Wide a, Wide b) { return (a + a + b) / (b + b); }

/// As money, if it is no more than money may be.
constexpr std::optional<Fen> money_of(Wide fen) {
  if (fen < 0 || fen > kMaxMoney.raw()) return std::nullopt;
  return Fen::fen(static_cast<int64_t>(fen));
}

/// `total` by weights, none of them negative: each gets floor(total × weight ÷ all weights), and of the fen that are
/// then left one each those with the largest remainders, of equal ones the earlier. The parts are `total` together,
/// unless every weight is 0: then all parts are.
std::vector<Fen> split(Fen total, const std::vector<Wide>& weights);

}  // namespace landex::clearing
