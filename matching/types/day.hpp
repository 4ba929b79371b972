// day.hpp: a calendar day and an instant, as data. Nothing here knows what time it is.
#pragma once
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>

namespace landex {

/// A business date, Beijing calendar: days since 1970-01-01.
class Day {
 public:
  using Raw = int32_t;
  constexpr Day() = default;
  static constexpr Day from_raw(int32_t days) { return Day{days}; }
  constexpr int32_t raw() const { return days_; }

  /// Nothing for a date that is not in the calendar (2024-02-30).
  static constexpr std::optional<Day> ymd(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day d{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!d.ok() || year < 1970 || year > 9999) return std::nullopt;
    return Day{static_cast<int32_t>(std::chrono::sys_days{d}.time_since_epoch().count())};
  }
  constexpr std::chrono::year_month_day date() const {
    return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{days_}}};
  }
  friend constexpr bool operator==(Day, Day) = default;
  friend constexpr auto operator<=>(Day, Day) = default;

 private:
  constexpr explicit Day(int32_t days) : days_{days} {}
  int32_t days_ = 0;
};

/// First to last day, both included. What holds on a day holds all of it.
struct Period {
  Day from, until;
  constexpr bool contains(Day d) const { return from <= d && d <= until; }
  constexpr bool overlaps(const Period& o) const { return from <= o.until && o.from <= until; }
  friend constexpr bool operator==(const Period&, const Period&) = default;
};

/// A moment: microseconds since 1970-01-01 UTC, stamped by the sequencer, never going back.
struct Instant {
  using Raw = int64_t;
  int64_t us = 0;
  static constexpr Instant from_raw(int64_t us) { return Instant{us}; }
  constexpr int64_t raw() const { return us; }
  friend constexpr bool operator==(Instant, Instant) = default;
  friend constexpr auto operator<=>(Instant, Instant) = default;
};

}  // namespace landex
