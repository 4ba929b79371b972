// Moving any dated value by one unit makes a spec fail (decisions 22). Three parts hold that together, none of which
// can be forgotten: every number and date of the policy files, moved, gives another pack or none; every part of a pack
// is listed in full by a spec; the calendar is one of them, here. dated_values_test.py shows it from outside: it moves
// each value and runs the specs (`./dev test mutation`).
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/engine/described.hpp"
#include "exchange/host/policy_files.hpp"
#include "tests/market_script.hpp"
#include "tests/policy_directory.hpp"

namespace landex {
namespace {

using script::on;

std::vector<host::PolicySource> files() {
  std::vector<host::PolicySource> sources;
  for (const auto* name : {"h66.toml", "hangzhou.toml", "calendar.toml", "approvals.toml"}) {
    std::ostringstream text;
    text << std::ifstream{script::policy_directory() / name}.rdbuf();
    EXPECT_GT(text.str().size(), 1000U) << name;
    sources.push_back({name, text.str()});
  }
  return sources;
}

/// A place of a file where a number or a date stands that the engine may reckon with.
struct Spot {
  size_t at, length;
};

/// All of them: dates, shares, counts. Texts, names, codes and the numbers of articles and issues are not values.
std::vector<Spot> spots_in(const std::string& text) {
  std::vector<Spot> spots;
  static const std::regex number{R"(\d{4}-\d{2}-\d{2}|\d+(\.\d+)?%|\b\d+\b)"};
  static const std::regex valued{
      R"(^\s*(from|until|value|steps|notice|year|off|worked)\s*=|^\s*(\d{4}-\d\d-\d\d|\{ step))"};
  bool in_text = false;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, end - begin);
    const bool toggles = line.find("\"\"\"") != std::string::npos;
    if (!in_text && !toggles && std::regex_search(line, valued) && !line.starts_with("notice = \"")) {
      if (const auto comment = line.find('#'); comment != std::string::npos) line.erase(comment);
      for (std::sregex_iterator m{line.begin(), line.end(), number}, none; m != none; ++m)
        spots.push_back({.at = begin + static_cast<size_t>(m->position()), .length = static_cast<size_t>(m->length())});
    }
    in_text ^= toggles;
    begin = end + 1;
  }
  return spots;
}

/// The value that is one unit further: a day, a hundredth of a percent, one.
std::string moved(const std::string& value, int by) {
  if (value.ends_with('%')) {
    const auto point = value.find('.');
    const int hundredths =
        std::stoi(value) * 100 + (point == std::string::npos ? 0 : std::stoi(value.substr(point + 1)));
    const int now = hundredths + by;
    std::string decimals = std::to_string(now % 100 + 100).substr(1);
    return std::to_string(now / 100) + "." + decimals + "%";
  }
  if (value.size() == 10 && value[4] == '-') {
    const auto day = Day::ymd(std::stoi(value), static_cast<unsigned>(std::stoi(value.substr(5, 2))),
                              static_cast<unsigned>(std::stoi(value.substr(8, 2))));
    const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{day.value().raw() + by}}};
    std::ostringstream out;
    const auto two = [&](unsigned n) { out << (n < 10 ? "-0" : "-") << n; };
    out << static_cast<int>(ymd.year());
    two(static_cast<unsigned>(ymd.month()));
    two(static_cast<unsigned>(ymd.day()));
    return out.str();
  }
  return std::to_string(std::stoll(value) + by);
}

TEST(DatedValues, EveryNumberAndDateOfTheFilesIsReckonedWithNoneCanMoveUnnoticed) {
  const auto sources = files();
  const auto shipped = host::parse_policy(sources);
  ASSERT_TRUE(shipped);
  size_t values = 0, other_packs = 0;
  for (size_t f = 0; f < sources.size(); ++f) {
    const auto spots = spots_in(sources[f].text);
    EXPECT_GT(spots.size(), 20U) << sources[f].name;  // a guard must fail when it has looked at nothing
    for (const Spot& spot : spots)
      for (const int by : {-1, 1}) {
        auto changed = sources;
        const std::string value = sources[f].text.substr(spot.at, spot.length);
        if (value == "0" && by < 0) continue;
        changed[f].text.replace(spot.at, spot.length, moved(value, by));
        const auto book = host::parse_policy(changed);
        ++values;
        if (!book) continue;  // refused, with its file and line
        ++other_packs;
        EXPECT_NE(book->pack, shipped->pack)
            << sources[f].name << " line "
            << 1 + std::count(sources[f].text.begin(), sources[f].text.begin() + static_cast<std::ptrdiff_t>(spot.at),
                              '\n')
            << ": " << value << " may be " << moved(value, by) << ", and nothing is different";
      }
  }
  EXPECT_GT(values, 400U);
  EXPECT_GT(other_packs, 150U);
}

TEST(DatedValues, EveryPartOfAPackIsListedInFullByASpec) {
  // A part that is added to the pack is to be listed by a spec, in full, and then named here.
  const std::set<std::string, std::less<>> listed{
      "rule_set",     "from", "until",  // PolicyFiles.TheRuleSetIsInForceForFiveYears
      "rows",                           // PolicyFiles.TheRowsAreTheseAndNoOthers
      "floor_routes",                   // PolicyFiles.OnlyMountainFourToUrbanHasALowestPrice
      "units",                          // PolicyFiles.HangzhouHasThirteenUnitsFourOfThemMountainAndTheCityItself
      "chains",                         // PolicyFiles.TheChainsAreTheseAndNoOthersAndAllAreOurs
      "calendar",                       // DatedValues.TheCalendarIsTheDaysOfTheNoticesAndNoOthers
      "ended",                          // Regimes.TheOverlayEndsTheseClausesAndNoOthers
  };
  size_t parts = 0;
  engine::for_each_member(script::shipped().pack, [&](std::string_view name, const auto&) {
    ++parts;
    EXPECT_TRUE(listed.contains(name)) << name << " of a pack is listed by no spec";
  });
  EXPECT_EQ(parts, listed.size());
}

TEST(DatedValues, TheCalendarIsTheDaysOfTheNoticesAndNoOthers) {
  struct Holiday {
    Day from, until;
  };
  struct Year {
    int year;
    std::vector<Holiday> holidays;  // as the notice names them, 首尾日; weekends within are free anyway
    std::vector<Day> worked;        // 调休
  };
  const auto days = [](int y, unsigned m, unsigned d, unsigned to_m, unsigned to_d) {
    return Holiday{on(y, m, d), on(y, to_m, to_d)};
  };
  const std::vector<Year> years{
      {2022,
       {days(2022, 1, 1, 1, 3), days(2022, 1, 31, 2, 6), days(2022, 4, 3, 4, 5), days(2022, 4, 30, 5, 4),
        days(2022, 6, 3, 6, 5), days(2022, 9, 10, 9, 12), days(2022, 10, 1, 10, 7)},
       {on(2022, 1, 29), on(2022, 1, 30), on(2022, 4, 2), on(2022, 4, 24), on(2022, 5, 7), on(2022, 10, 8),
        on(2022, 10, 9)}},
      {2023,
       {days(2023, 1, 1, 1, 2), days(2023, 1, 21, 1, 27), days(2023, 4, 5, 4, 5), days(2023, 4, 29, 5, 3),
        days(2023, 6, 22, 6, 24), days(2023, 9, 29, 10, 6)},
       {on(2023, 1, 28), on(2023, 1, 29), on(2023, 4, 23), on(2023, 5, 6), on(2023, 6, 25), on(2023, 10, 7),
        on(2023, 10, 8)}},
      {2024,
       {days(2024, 1, 1, 1, 1), days(2024, 2, 10, 2, 17), days(2024, 4, 4, 4, 6), days(2024, 5, 1, 5, 5),
        days(2024, 6, 8, 6, 10), days(2024, 9, 15, 9, 17), days(2024, 10, 1, 10, 7)},
       {on(2024, 2, 4), on(2024, 2, 18), on(2024, 4, 7), on(2024, 4, 28), on(2024, 5, 11), on(2024, 9, 14),
        on(2024, 9, 29), on(2024, 10, 12)}},
      {2025,
       {days(2025, 1, 1, 1, 1), days(2025, 1, 28, 2, 4), days(2025, 4, 4, 4, 6), days(2025, 5, 1, 5, 5),
        days(2025, 5, 31, 6, 2), days(2025, 10, 1, 10, 8)},
       {on(2025, 1, 26), on(2025, 2, 8), on(2025, 4, 27), on(2025, 9, 28), on(2025, 10, 11)}},
      {2026,
       {days(2026, 1, 1, 1, 3), days(2026, 2, 15, 2, 23), days(2026, 4, 4, 4, 6), days(2026, 5, 1, 5, 5),
        days(2026, 6, 19, 6, 21), days(2026, 9, 25, 9, 27), days(2026, 10, 1, 10, 7)},
       {on(2026, 1, 4), on(2026, 2, 14), on(2026, 2, 28), on(2026, 5, 9), on(2026, 9, 20), on(2026, 10, 10)}},
  };
  std::vector<policy::CalendarDay> expected;
  for (const Year& year : years) {
    for (const Holiday& h : year.holidays)
      for (Day d = h.from; d <= h.until; d = Day::from_raw(d.raw() + 1))
        if (!policy::is_weekend(d)) expected.push_back({.day = d, .working = false});
    for (const Day d : year.worked) expected.push_back({.day = d, .working = true});
  }
  std::ranges::sort(expected, {}, &policy::CalendarDay::day);
  const auto& calendar = script::shipped().pack.calendar;
  ASSERT_TRUE(calendar);
  EXPECT_EQ(calendar->from, on(2022, 1, 1));
  EXPECT_EQ(calendar->until, on(2026, 12, 31));
  EXPECT_EQ(calendar->exceptions, expected);
}

// ---- what the dates mean: the day before the first and the day after the last ----

TEST(DatedValues, OnTheFirstAndTheLastDayOfH66ItsRulesAreInForceAndTheDayBeforeAndAfterThereIsNoAnswer) {
  // The 20 % of H66-7.2, and the route of H66-7.6 with its price in force throughout.
  const auto market = [](std::string_view first_day) {
    script::Market m{{.pack = script::at_once(), .venue = engine::Venue::simulation, .accounts = false}};
    m.check(first_day);
    return m;
  };
  market(R"(
    price area 20.00 2022-12-01..2023-01-31              → done
    open 2022-12-12                                      → done
    account 建德                                         → done
    account 余杭                                         → done
    account 杭州                                         → done
    file 建德 area 10.0000                               → done
      pool 建德 area 2.0000
    propose 建德 建德→余杭 area 1.0000 @19.99            → refused below_floor H66-7.6
  )");
  market(R"(
    price area 20.00 2027-12-01..2027-12-31              → done
    open 2027-12-11                                      → done
    account 建德                                         → done
    account 余杭                                         → done
    account 杭州                                         → done
    file 建德 area 10.0000                               → done
      pool 建德 area 2.0000
    propose 建德 建德→余杭 area 1.0000 @19.99            → refused below_floor H66-7.6
  )");
  for (const auto* day : {"open 2022-12-11", "open 2027-12-12"})
    market(std::string{day} + " → refused no_rule_in_force");
}

// ---- the time that each step of a shipped chain has (H66-21.4, H66-7.5: the chains are ours) ----

TEST(ShippedChain, EachStepHasTheWorkingDaysThatItsRowSaysAndNoNoticeFollows) {
  // June 2024: the Dragon Boat Festival takes Monday the 10th. Five working days after Monday 3 June: 4, 5, 6, 7, 11;
  // ten: and 12, 13, 14, 17, 18.
  script::Market m{{.pack = script::shipped().pack, .venue = engine::Venue::production}};
  m.check(R"(
    open 2024-06-03                                       → done
    f1 = file 建德 area 100.0000                          → done
    f2 = file 西湖 linkage 100.0000                       → done
    fund 余杭 1 000.00 wan                                → done
    fund 杭州 1 000.00 wan                                → done
    d1 = propose 西湖 西湖→余杭 linkage 10.0000 @20.00    → done
    accept 余杭 d1                                        → accepted
    p1 = ask confirm d1                                   → done
      proposed p1 confirm_deal approve until 2024-06-11
    p2 = ask void d1                                      → done
      proposed p2 void_deal approve until 2024-06-11
    p3 = ask price area 20.00 2024-07-01..2024-07-31      → done
      proposed p3 publish_price approve until 2024-06-11
    p4 = ask deduct f1 area 1.0000                        → done
      proposed p4 deduct_batch approve until 2024-06-11
    p5 = ask use 西湖 linkage 1.0000                      → done
      proposed p5 write_off first_review until 2024-06-11
    p6 = ask withdraw 余杭 1.00 wan                       → done
      proposed p6 withdraw approve until 2024-06-11
    p7 = ask advance 建德 100.00 wan by 2025-06-03        → done
      proposed p7 apply_advance review until 2024-06-11
    by 2 pass 西湖 p5                                     → done
      approval p5 under_review approve until 2024-06-18
    by 2 pass 杭州 p7                                     → done
      approval p7 under_review approve until 2024-06-18
    by 2 pass 杭州 p3                                     → done
      approval p3 effective
    by 3 pass 杭州 p5                                     → done
      approval p5 effective
    p8 = ask revoke p3                                    → done
      proposed p8 revoke_price approve until 2024-06-11
    by 2 pass 杭州 p8                                     → done
      approval p8 effective
    by 2 pass 杭州 p4                                     → done
      approval p4 effective
    by 2 pass 杭州 p6                                     → done
      approval p6 effective
    by 3 pass 杭州 p7                                     → done
      approval p7 effective
    by 2 pass 杭州 p1                                     → done
      approval p1 effective
    by 2 pass 杭州 p2                                     → done
      approval p2 effective
  )");
}

}  // namespace
}  // namespace landex
