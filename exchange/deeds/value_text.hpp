// value_text.hpp: how a value of a paper is written, and its unit: the one place that knows, for pages, sheets and
// files alike. Exact: digits move, nothing rounds. Pure.
#pragma once
#include <string>
#include <string_view>

#include "exchange/deeds/paper.hpp"

namespace landex::deeds {

/// Decimals of the number as it is told: 4 for areas, 2 for money, 0 for kilograms and counts.
int decimals_of(Kind kind);

/// "亩" and "mu"; empty for words, days, counts and coefficients.
Words unit_of(Kind kind);

/// Without its unit; a blank is empty. Days as 2024-06-03, money with its digits in groups.
std::string text_of(const Value& value);
/// The same without groups, for files.
std::string plain_text_of(const Value& value);

/// What others wrote, fit for every renderer: control characters become spaces, bytes that are not UTF-8 become U+FFFD,
/// and marks that turn the direction of writing are left out, for they show another order than is hashed.
std::string clean(std::string_view text);

/// 2024年06月03日.
std::string day_zh(Day day);

}  // namespace landex::deeds
