// Working days 工作日: the calendar as shipped, counted through its holidays by hand.
#include "clearing/policy/calendar.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/market_script.hpp"

namespace landex::policy {
namespace {

using script::on;

const Pack& pack() { return script::shipped().pack; }

TEST(Calendar, OrdinaryWeeksWorkFromMondayToFriday) {
  for (unsigned d = 3; d <= 7; ++d) EXPECT_EQ(is_working_day(pack(), on(2024, 6, d)), true) << d;
  EXPECT_EQ(is_working_day(pack(), on(2024, 6, 8)), false);
  EXPECT_EQ(is_working_day(pack(), on(2024, 6, 9)), false);
}

TEST(Calendar, NationalDay2024IsAWeekOffThatTwoWeekendDaysMakeUpFor) {
  // 10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
  for (unsigned d = 1; d <= 7; ++d) EXPECT_EQ(is_working_day(pack(), on(2024, 10, d)), false) << d;
  EXPECT_EQ(is_working_day(pack(), on(2024, 9, 28)), false);   // Saturday
  EXPECT_EQ(is_working_day(pack(), on(2024, 9, 29)), true);    // Sunday, worked
  EXPECT_EQ(is_working_day(pack(), on(2024, 10, 12)), true);   // Saturday, worked
  EXPECT_EQ(is_working_day(pack(), on(2024, 10, 13)), false);  // Sunday

  // From Friday 27 September: Sun 29, Mon 30, Tue 8, Wed 9, Thu 10 are the five.
  EXPECT_EQ(plus_working_days(pack(), on(2024, 9, 27), 1), on(2024, 9, 29));
  EXPECT_EQ(plus_working_days(pack(), on(2024, 9, 27), 3), on(2024, 10, 8));
  EXPECT_EQ(plus_working_days(pack(), on(2024, 9, 27), 5), on(2024, 10, 10));
  // … Fri 11, Sat 12, Mon 14, Tue 15, Wed 16 the next five.
  EXPECT_EQ(plus_working_days(pack(), on(2024, 9, 27), 10), on(2024, 10, 16));
}

TEST(Calendar, SpringFestival2026IsNineDaysOff) {
  // 2月15日至23日放假调休，共9天。2月14日（周六）、2月28日（周六）上班。 Friday 13 + 1 is Saturday 14, + 2 is
  // Tuesday 24.
  EXPECT_EQ(plus_working_days(pack(), on(2026, 2, 13), 1), on(2026, 2, 14));
  EXPECT_EQ(plus_working_days(pack(), on(2026, 2, 13), 2), on(2026, 2, 24));
  EXPECT_EQ(plus_working_days(pack(), on(2026, 2, 13), 6), on(2026, 2, 28));
}

TEST(Calendar, EachYearHasAsManyWorkingDaysAsItsNoticeLeaves) {
  // Weekdays of the year, less the weekdays off, plus the weekend days worked.
  const struct {
    int year, weekdays, off, worked;
  } rows[] = {{2022, 260, 18, 7}, {2023, 260, 18, 7}, {2024, 262, 19, 8}, {2025, 261, 18, 5}, {2026, 261, 19, 6}};
  for (const auto& row : rows) {
    int weekdays = 0, working = 0, off = 0, worked = 0;
    for (Day d = on(row.year, 1, 1); d <= on(row.year, 12, 31); d = Day::from_raw(d.raw() + 1)) {
      weekdays += is_weekend(d) ? 0 : 1;
      working += is_working_day(pack(), d).value() ? 1 : 0;
    }
    for (const auto& e : pack().calendar->exceptions)
      if (on(row.year, 1, 1) <= e.day && e.day <= on(row.year, 12, 31)) ++(e.working ? worked : off);
    EXPECT_EQ(weekdays, row.weekdays) << row.year;
    EXPECT_EQ(off, row.off) << row.year;
    EXPECT_EQ(worked, row.worked) << row.year;
    EXPECT_EQ(working, row.weekdays - row.off + row.worked) << row.year;
  }
}

TEST(Calendar, AYearThatNobodyHasAnnouncedHasNoAnswer) {
  EXPECT_EQ(pack().calendar->from, on(2022, 1, 1));
  EXPECT_EQ(pack().calendar->until, on(2026, 12, 31));
  EXPECT_EQ(is_working_day(pack(), on(2021, 12, 31)), std::nullopt);
  EXPECT_EQ(is_working_day(pack(), on(2027, 1, 1)), std::nullopt);
  // Monday 28 December 2026: 29, 30, 31 are three more; the fourth would be in 2027.
  EXPECT_EQ(plus_working_days(pack(), on(2026, 12, 28), 3), on(2026, 12, 31));
  EXPECT_EQ(plus_working_days(pack(), on(2026, 12, 28), 4), std::nullopt);
  EXPECT_EQ(plus_working_days(pack(), on(2027, 1, 4), 0), std::nullopt);
  EXPECT_EQ(plus_working_days(Pack{}, on(2024, 6, 3), 1), std::nullopt);
}

TEST(Calendar, ItsExceptionsAreWeekdaysOffAndWeekendDaysWorkedInOrder) {
  EXPECT_TRUE(in_order(*pack().calendar));
  EXPECT_EQ(pack().calendar->exceptions.size(), 18U + 7 + 18 + 7 + 19 + 8 + 18 + 5 + 19 + 6);
  for (const auto& e : pack().calendar->exceptions) EXPECT_EQ(is_weekend(e.day), e.working);
  Calendar twice = *pack().calendar;
  twice.exceptions.push_back(twice.exceptions.back());
  EXPECT_FALSE(in_order(twice));
}

}  // namespace
}  // namespace landex::policy
