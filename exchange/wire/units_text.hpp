// units_text.hpp: how amounts are written for people: areas in mu with four decimals, prices in 万元/亩, money in yuan
// with grouped digits. Exact: integers in, digits out. And the other way for what people type.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "matching/types/instrument.hpp"
#include "matching/types/money.hpp"
#include "matching/types/price.hpp"
#include "matching/types/quantity.hpp"

namespace landex::wire {

/// 3910000 with 4 decimals → "391.0000".
std::string decimal(int64_t value, int decimals);

/// "391.0000" with 4 decimals → 3910000. Nothing if it is not a plain decimal, has more decimals, or does not fit.
std::optional<int64_t> from_decimal(std::string_view text, int decimals);

std::string mu(Area a);                          // "391.0000"
std::string quantity(Instrument i, Quantity q);  // "391.0000", or "16750" (kg)
std::string wan_per_mu(Rate r);                  // 200050 → "20.0050", 200000 → "20.00"
std::string rate(Instrument i, Rate r);          // with its unit: "20.00 万元/亩", "3.50 元/公斤"
std::string rate_en(Instrument i, Rate r);       // "20.00 wan yuan/mu"
std::string price(Price p);                      // a price in ticks, without unit
std::string yuan(Fen f);                         // "1 200 000.00"
std::string wan_yuan(Fen f);                     // in 万元, rounded half up to 0.01: for totals on screens only

std::string_view unit_zh(Instrument i);  // "亩" or "公斤"
std::string_view unit_en(Instrument i);  // "mu" or "kg"

}  // namespace landex::wire
