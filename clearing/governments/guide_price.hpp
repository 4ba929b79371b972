// guide_price.hpp: the guide price of paid restoration (H66-5.3). The clause names what it refers to, the national
// gap-compensation standard, and what it considers, the city's industrial tax per mu of the year before; it gives no
// formula, no weights, no premium and no band. All of these are our default, not the law: a weighted sum, with the
// premium on the part that is built up with 粮功区 and 高标 in step. It guides: a price beyond the band is warned of
// and stands. Pure.
#pragma once
#include <cstdint>
#include <optional>

#include "clearing/governments/split.hpp"
#include "clearing/policy/share.hpp"
#include "matching/types/area.hpp"
#include "matching/types/bounds.hpp"
#include "matching/types/price.hpp"

namespace landex::clearing {

struct GuideTerms {
  Rate gap, tax;                   // yuan per mu: of the year, and of the year before
  int64_t gap_weight, tax_weight;  // 1/10 000
  int64_t premium;                 // 1/10 000, on the part that is built up
};

/// (gap × its weight + tax × its weight) × (area + built × premium) / area, half up to the yuan per mu. None if that is
/// beyond every price that can be agreed. `area` is above 0, `built` not above it.
constexpr std::optional<Rate> guide_price(const GuideTerms& t, Area area, Area built) {
  const Wide weighted = Wide{t.gap.raw()} * t.gap_weight + Wide{t.tax.raw()} * t.tax_weight;  // 1/10 000 yuan per mu
  const Wide over = Wide{policy::kWholeShare} * policy::kWholeShare * area.raw();
  const Wide raised = Wide{area.raw()} * policy::kWholeShare + Wide{built.raw()} * t.premium;
  const Wide price = half_up(weighted * raised, over);
  if (price > kMaxRate.raw()) return std::nullopt;
  return Rate::yuan_per_mu(static_cast<int64_t>(price));
}

/// Is the price further from the guide price than the band, told in 1/10 000 of it, allows?
constexpr bool beyond_band(Rate price, Rate guide, int64_t band) {
  const int64_t apart = price > guide ? price.raw() - guide.raw() : guide.raw() - price.raw();
  return Wide{apart} * policy::kWholeShare > Wide{guide.raw()} * band;
}

}  // namespace landex::clearing
