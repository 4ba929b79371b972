// calendar.hpp: working days 工作日: Monday to Friday, but for the days off and the make-up working days 调休 that the
// State Council announces for one year at a time. Deadlines and notices are counted in them.
// Invariant: `exceptions` ascend, each day once, each within [from, until]. A day outside the years that are covered is
// neither a working day nor a day off: nobody has said, so there is no answer. Data; pure.
#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <chrono>
#include <optional>
#include <vector>

#include "matching/types/day.hpp"

namespace landex::policy {

/// A weekday off, or a Saturday or Sunday worked.
struct CalendarDay {
  Day day;
  bool working;
  friend bool operator==(const CalendarDay&, const CalendarDay&) = default;
};
BOOST_DESCRIBE_STRUCT(CalendarDay, (), (day, working))

struct Calendar {
  Day from, until;  // the years that are covered
  std::vector<CalendarDay> exceptions;
  friend bool operator==(const Calendar&, const Calendar&) = default;
};
BOOST_DESCRIBE_STRUCT(Calendar, (), (from, until, exceptions))

/// Saturday or Sunday, whatever the calendar makes of it.
constexpr bool is_weekend(Day d) {
  const std::chrono::weekday w{std::chrono::sys_days{std::chrono::days{d.raw()}}};
  return w == std::chrono::Saturday || w == std::chrono::Sunday;
}

/// Nothing for a day that no year of the calendar covers.
inline std::optional<bool> is_working_day(const Calendar& c, Day d) {
  if (d < c.from || c.until < d) return std::nullopt;
  const auto at = std::ranges::lower_bound(c.exceptions, d, {}, &CalendarDay::day);
  if (at != c.exceptions.end() && at->day == d) return at->working;
  return !is_weekend(d);
}

/// The n-th working day after `from`; `from` itself for 0. Nothing if the count leaves the years that are covered.
inline std::optional<Day> plus_working_days(const Calendar& c, Day from, int n) {
  Day d = from;
  for (int left = n; left > 0;) {
    d = Day::from_raw(d.raw() + 1);
    const auto working = is_working_day(c, d);
    if (!working) return std::nullopt;
    if (*working) --left;
  }
  return is_working_day(c, d) ? std::optional{d} : std::nullopt;
}

/// Can it be used: in order, each day once, within its years?
inline bool in_order(const Calendar& c) {
  return c.from <= c.until &&
         std::ranges::adjacent_find(c.exceptions, [](const auto& a, const auto& b) { return a.day >= b.day; }) ==
             c.exceptions.end() &&
         std::ranges::all_of(c.exceptions, [&](const auto& e) { return c.from <= e.day && e.day <= c.until; });
}

}  // namespace landex::policy
