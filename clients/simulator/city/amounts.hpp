// amounts.hpp: an analyst's numbers (mu, wan yuan) into the engine's integers and back. Into integers: rounded down to
// the unit and to the tick, never below nothing; a number that was a whole unit stays it. Pure.
#pragma once
#include <algorithm>
#include <cmath>

#include "matching/types/price.hpp"

namespace landex::simulator {

namespace amounts {
inline constexpr double kDust = 1e-6;  // of a unit: what a product of decimal fractions may have lost
inline int64_t whole(double x) { return static_cast<int64_t>(std::floor(std::max(x, 0.0) + kDust)); }
}  // namespace amounts

inline Quantity quantity_of(double mu) { return Quantity::from_raw(amounts::whole(mu * 10'000)); }
inline Price price_of(double wan_per_mu) { return Price::ticks(amounts::whole(wan_per_mu * 100)); }
inline Rate rate_of_wan(double wan_per_mu) { return Rate::yuan_per_mu(amounts::whole(wan_per_mu * 10'000)); }
inline Fen fen_of(double wan) { return Fen::fen(amounts::whole(wan * 1'000'000)); }

inline double mu(Quantity q) { return static_cast<double>(q.raw()) / 10'000; }
inline double wan(Fen f) { return static_cast<double>(f.raw()) / 1'000'000; }
inline double wan_per_mu(Price p) { return static_cast<double>(p.raw()) / 100; }
inline double wan_per_mu(Rate r) { return static_cast<double>(r.raw()) / 10'000; }

}  // namespace landex::simulator
