// text_forms.hpp: what travels as text: days as "YYYY-MM-DD", clauses as their rule id.
#pragma once
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "clearing/policy/clause.hpp"
#include "matching/types/day.hpp"

namespace landex::wire {

inline std::string text_of(Day d) {
  const auto date = d.date();
  const auto digits = [](unsigned v, size_t width) {
    std::string s = std::to_string(v);
    return std::string(width > s.size() ? width - s.size() : 0, '0') + s;
  };
  return digits(static_cast<unsigned>(static_cast<int>(date.year())), 4) + "-" +
         digits(static_cast<unsigned>(date.month()), 2) + "-" + digits(static_cast<unsigned>(date.day()), 2);
}

/// Nothing unless it is YYYY-MM-DD and in the calendar.
inline std::optional<Day> day_from(std::string_view s) {
  if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
  const auto number = [&](size_t at, size_t length) -> std::optional<unsigned> {
    unsigned v = 0;
    const char* first = s.data() + at;
    const auto [end, error] = std::from_chars(first, first + length, v);
    return error == std::errc{} && end == first + length ? std::optional{v} : std::nullopt;
  };
  const auto year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (!year || !month || !day) return std::nullopt;
  return Day::ymd(static_cast<int>(*year), *month, *day);
}

inline std::string text_of(policy::Clause c) { return std::string{policy::id_of(c)}; }

}  // namespace landex::wire
