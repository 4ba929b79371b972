// payment.hpp: what an area costs at a yearly figure or an agreed price: area × yuan per mu, rounded half up to the
// fen. The area counts 0.0001 mu, so that the product counts 0.01 fen. H66-5.2, 19.3. Pure.
#pragma once
#include "matching/types/area.hpp"
#include "matching/types/money.hpp"
#include "matching/types/price.hpp"

namespace landex::clearing {

/// Fits for every area up to kMaxQuantity and every rate up to kMaxRate (matching/types/bounds.hpp).
constexpr Fen payment(Area area, Rate rate) {
  return Fen::fen(checked_add(checked_mul(area.raw(), rate.raw()), 50) / 100);
}
static_assert(payment(Area::mu_4dp(10'000), Rate::yuan_per_mu(300)) == Fen::yuan(300));  // 1 mu
static_assert(payment(Area::mu_4dp(1), Rate::yuan_per_mu(49)) == Fen{});                 // 0.49 fen
static_assert(payment(Area::mu_4dp(1), Rate::yuan_per_mu(50)) == Fen::fen(1));           // 0.50 fen

}  // namespace landex::clearing
