// The phases of a day, what they allow, which may follow which; venue profiles and the day that they make.
#include "matching/phases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "matching/venue_profile.hpp"

using namespace landex;
using namespace landex::matching;

namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr std::array kAll{Phase::closed, Phase::call, Phase::call_no_cancel, Phase::continuous, Phase::halted};

std::string effect_word(const Move* m) {
  if (!m) return "–";
  return m->effect == Effect::keep ? "keep" : m->effect == Effect::uncross ? "uncross" : "re-enter";
}

/// The documentation's tables, from the code's.
std::string tables() {
  std::ostringstream out;
  out << "| phase | place | reduce | at best | all or none | immediate | post only | matched at once |\n"
      << "|---|---|---|---|---|---|---|---|\n";
  for (const PhaseRule& r : kPhases) {
    out << "| " << r.zh << " " << r.en << " |";
    for (const Action a : kActions) out << (allows(r.phase, a) ? " yes |" : " – |");
    out << "\n";
  }
  out << "| from, to |";
  for (const PhaseRule& to : kPhases) out << " " << to.en << " |";
  out << "\n|---|---|---|---|---|---|\n";
  for (const PhaseRule& from : kPhases) {
    out << "| " << from.en << " |";
    for (const PhaseRule& to : kPhases) out << " " << effect_word(move_between(from.phase, to.phase)) << " |";
    out << "\n";
  }
  return out.str();
}

/// A value that came over the wire and is not one of its enum.
template <class E>
E stray(uint8_t number) {
  return std::bit_cast<E>(number);
}

Day day(int year, unsigned month, unsigned d) { return *Day::ymd(year, month, d); }
const Day kMonday = day(2026, 11, 23);

/// "09:15:00" in Beijing, of a moment on that Monday.
std::string clock(Instant at) {
  const int64_t us = at.us - beijing_instant(kMonday, TimeOfDay{}).us;
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d:%02d", static_cast<int>(us / (3600 * kSecond)),
                static_cast<int>(us / (60 * kSecond) % 60), static_cast<int>(us / kSecond % 60));
  return text.data();
}

/// One line a move: "09:15:00 call".
std::string told(const std::vector<DueMove>& moves, Instrument of) {
  std::string out;
  for (const DueMove& m : moves) {
    if (m.instrument != of) continue;
    out += clock(m.due) + " " + std::string{rule_of(m.to).en};
    if (m.random_end_us != 0) out += " +" + std::to_string(m.random_end_us / kSecond) + " s";
    out += "\n";
  }
  return out;
}

/// The problems of the simulation profile after one change: "timetable[1].at: put_later".
template <class Change>
std::string problems_after(Change change) {
  VenueProfile p = simulation_profile();
  change(p);
  std::string out;
  for (const Problem& problem : validate(p)) {
    if (!out.empty()) out += "; ";
    out += problem.field + " " + std::to_string(problem.value) + ": " +
           boost::describe::enum_to_string(problem.remedy, "?");
    if (problem.range) out += " " + std::to_string(problem.range->least) + ".." + std::to_string(problem.range->most);
  }
  return out;
}

}  // namespace

// ---- the tables ----

TEST(Phases, TheTablesAreTheseAndThisIsHowTheDocumentationShowsThem) {
  const std::string expected =
      "| phase | place | reduce | at best | all or none | immediate | post only | matched at once |\n"
      "|---|---|---|---|---|---|---|---|\n"
      "| 休市 closed | – | yes | – | – | – | – | – |\n"
      "| 集合竞价 call | yes | yes | yes | – | – | – | – |\n"
      "| 集合竞价（不可撤单） no-cancel call | yes | – | yes | – | – | – | – |\n"
      "| 连续竞价 continuous | yes | yes | yes | yes | yes | yes | yes |\n"
      "| 暂停交易 halted | – | yes | – | – | – | – | – |\n"
      "| from, to | closed | call | no-cancel call | continuous | halted |\n"
      "|---|---|---|---|---|---|\n"
      "| closed | – | keep | – | re-enter | keep |\n"
      "| call | uncross | – | keep | uncross | keep |\n"
      "| no-cancel call | uncross | – | – | uncross | keep |\n"
      "| continuous | keep | keep | – | – | keep |\n"
      "| halted | keep | keep | – | – | – |\n";
  EXPECT_EQ(tables(), expected);
  std::cout << tables();
}

TEST(Phases, EveryPairIsLegalOrNotAsListedHereIndependently) {
  using enum Phase;
  const std::map<Phase, std::set<Phase>> legal{{closed, {call, continuous, halted}},
                                               {call, {closed, call_no_cancel, continuous, halted}},
                                               {call_no_cancel, {closed, continuous, halted}},
                                               {continuous, {closed, call, halted}},
                                               {halted, {closed, call}}};
  int seen = 0;
  for (const Phase from : kAll)
    for (const Phase to : kAll) {
      EXPECT_EQ(may_move(from, to), legal.at(from).contains(to)) << rule_of(from).en << " to " << rule_of(to).en;
      seen += may_move(from, to) ? 1 : 0;
    }
  EXPECT_EQ(seen, 15);
  EXPECT_EQ(kMoves.size(), 15U);  // so no pair stands in the table twice
}

TEST(Phases, ARuleStandsInThePlaceOfItsPhase) {
  for (const Phase p : kAll) EXPECT_EQ(rule_of(p).phase, p);
  for (size_t i = 0; i < kActions.size(); ++i) EXPECT_EQ(static_cast<size_t>(kActions[i]), i);
  for (const int none : {0, 6, 255}) EXPECT_FALSE(exists(static_cast<Phase>(none))) << none;
}

TEST(Phases, WhatACallCollectedIsUncrossedOrHaltedButNeverForgotten) {
  for (const Phase from : {Phase::call, Phase::call_no_cancel})
    for (const Phase to : {Phase::closed, Phase::continuous})
      EXPECT_EQ(move_between(from, to)->effect, Effect::uncross);
  EXPECT_EQ(move_between(Phase::call, Phase::halted)->effect, Effect::keep);
}

TEST(Phases, TheContinuousBookIsEnteredOnlyUncrossedOrInNumberOrder) {
  for (const Move& m : kMoves)
    EXPECT_FALSE(m.to == Phase::continuous && m.effect == Effect::keep) << rule_of(m.from).en;
}

TEST(Phases, TheTimetableNeitherHaltsNorEndsAHalt) {
  for (const Phase from : kAll)
    for (const Phase to : kAll)
      EXPECT_EQ(timetable_may_move(from, to), may_move(from, to) && from != Phase::halted && to != Phase::halted);
  EXPECT_TRUE(may_move(Phase::halted, Phase::closed));
  EXPECT_FALSE(timetable_may_move(Phase::halted, Phase::closed));  // a halt outlasts the noon break
}

// ---- the day that a profile makes ----

TEST(VenueProfile, OurDefaultsHaveNoProblemAndSayThatTheyAreNotTheLaw) {
  for (const VenueProfile& p : {simulation_profile(), production_profile()}) {
    EXPECT_TRUE(validate(p).empty()) << p.name.en;
    EXPECT_NE(p.origin.en.find("not the law"), std::string::npos);
    EXPECT_NE(p.origin.zh.find("并非法定"), std::string::npos);
  }
}

TEST(VenueProfile, TheSimulationDayIsACallThenTwoSessionsForEveryInstrument) {
  const auto moves = moves_of_day(simulation_profile(), kMonday);
  for (const Instrument i : kInstruments)
    EXPECT_EQ(told(moves, i),
              "09:15:00 call\n"
              "09:25:00 no-cancel call\n"  // five minutes before 09:30
              "09:30:00 continuous +30 s\n"
              "11:30:00 closed\n"
              "13:00:00 continuous\n"
              "15:00:00 closed\n");
  EXPECT_TRUE(std::ranges::is_sorted(moves, {}, [](const DueMove& m) { return std::pair{m.due, m.instrument}; }));
  // 09:15 in Beijing is 01:15 UTC. 2026-11-23 is day 20 780: 20 780 × 86 400 + 4 500 = 1 795 396 500 s.
  EXPECT_EQ(moves.front().due.us, 1'795'396'500 * kSecond);
}

TEST(VenueProfile, ProductionHasNoPhasesOnlyWindows) {
  EXPECT_TRUE(moves_of_day(production_profile(), kMonday).empty());
  const auto open = [](int32_t hours, int32_t minutes, Day on) {
    return window_open(production_profile(), WindowKind::listing, beijing_instant(on, TimeOfDay::hm(hours, minutes)));
  };
  EXPECT_FALSE(open(9, 29, kMonday));
  EXPECT_TRUE(open(9, 30, kMonday));
  EXPECT_TRUE(open(11, 29, kMonday));
  EXPECT_FALSE(open(11, 30, kMonday));
  EXPECT_FALSE(open(12, 0, kMonday));
  EXPECT_TRUE(open(13, 0, kMonday));
  EXPECT_FALSE(open(15, 0, kMonday));
  EXPECT_FALSE(open(10, 0, day(2026, 11, 22)));  // Sunday
  EXPECT_FALSE(open(4, 0, kMonday));             // 20:00 UTC of the Sunday is Monday in Beijing, but early
}

TEST(VenueProfile, AWindowOfOneKindOpensNoOther) {
  VenueProfile p = production_profile();
  p.windows = {{.kind = WindowKind::negotiated, .from = TimeOfDay::hm(0, 0), .until = kMidnight}};
  EXPECT_TRUE(validate(p).empty());
  const Instant first = beijing_instant(kMonday, TimeOfDay{});
  EXPECT_TRUE(window_open(p, WindowKind::negotiated, first));
  EXPECT_FALSE(window_open(p, WindowKind::negotiated, Instant{first.us - 1}));  // still Sunday
  EXPECT_TRUE(window_open(p, WindowKind::negotiated, Instant{first.us + 86'400 * kSecond - 1}));
  EXPECT_FALSE(window_open(p, WindowKind::listing, first));
}

TEST(VenueProfile, AnInstrumentWithRowsOfItsOwnFollowsOnlyThose) {
  VenueProfile p = simulation_profile();
  p.timetable.push_back({.at = TimeOfDay::hm(14, 0), .to = Phase::call, .instrument = Instrument::linkage});
  p.timetable.push_back({.at = TimeOfDay::hm(14, 30), .to = Phase::closed, .instrument = Instrument::linkage});
  const auto moves = moves_of_day(p, kMonday);
  EXPECT_EQ(told(moves, Instrument::linkage), "14:00:00 call\n14:25:00 no-cancel call\n14:30:00 closed\n");
  EXPECT_EQ(moves.size(), 3 * 6 + 3U);
}

TEST(VenueProfile, WithoutANoCancelLengthACallCanBeCancelledToItsEnd) {
  VenueProfile p = simulation_profile();
  p.no_cancel_s = 0;
  EXPECT_EQ(told(moves_of_day(p, kMonday), Instrument::linkage).substr(0, 40),
            "09:15:00 call\n09:30:00 continuous +30 s\n");
}

TEST(VenueProfile, TheDayMakesOnlyMovesThatTheTableHas) {
  for (const Instrument i : kInstruments) {
    Phase now = Phase::closed;
    for (const DueMove& m : moves_of_day(simulation_profile(), kMonday)) {
      if (m.instrument != i) continue;
      EXPECT_TRUE(timetable_may_move(now, m.to)) << rule_of(now).en << " to " << rule_of(m.to).en;
      now = m.to;
    }
    EXPECT_EQ(now, Phase::closed);
  }
}

TEST(VenueProfile, ItRestsOnItsWeekdaysAndHolidaysAndOpensBetween) {
  VenueProfile p = simulation_profile();
  p.holidays = {{.from = day(2026, 11, 25), .until = day(2026, 11, 26)}};
  const std::vector<std::pair<unsigned, bool>> november{{20, true},  {21, false}, {22, false}, {23, true}, {24, true},
                                                        {25, false}, {26, false}, {27, true},  {28, false}};
  for (const auto& [d, opens] : november) {
    EXPECT_EQ(trades_on(p, day(2026, 11, d)), opens) << d;
    EXPECT_EQ(moves_of_day(p, day(2026, 11, d)).empty(), !opens) << d;
  }
  for (unsigned closed = 0; closed < 7; ++closed) {  // each weekday by itself, from Monday on
    VenueProfile one = simulation_profile();
    auto& w = one.closed_weekdays;
    w = {};
    const std::array flags{&w.monday, &w.tuesday, &w.wednesday, &w.thursday, &w.friday, &w.saturday, &w.sunday};
    *flags[closed] = true;
    for (unsigned d = 0; d < 7; ++d) EXPECT_EQ(trades_on(one, day(2026, 11, 23 + d)), d != closed);
  }
}

// ---- what a profile cannot be ----

TEST(VenueProfile, EveryProblemNamesItsFieldItsValueAndTheWayOut) {
  using P = VenueProfile;
  const auto hm = TimeOfDay::hm;
  const std::vector<std::pair<std::string, std::string>> cases{
      {problems_after([](P&) {}), ""},
      {problems_after([](P& p) { p.name.zh.clear(); }), "name.zh 0: write_it"},
      {problems_after([](P& p) { p.name.en.clear(); }), "name.en 0: write_it"},
      {problems_after([](P& p) { p.origin = {}; }), "origin.zh 0: write_it; origin.en 0: write_it"},
      {problems_after([](P& p) { p.holidays = {{Day::from_raw(20'780), Day::from_raw(20'779)}}; }),
       "holidays[0].until 20779: end_after_start"},
      {problems_after([](P& p) {
         p.holidays = {{Day::from_raw(20'780), Day::from_raw(20'785)}, {Day::from_raw(20'785), Day::from_raw(20'786)}};
       }),
       "holidays[1].from 20785: put_later"},
      {problems_after([](P& p) { p.timetable[0].at = TimeOfDay::from_raw(-1); }),
       "timetable[0].at -1: keep_in_range 0..86399"},
      {problems_after([](P& p) { p.timetable[4].at = kMidnight; }), "timetable[4].at 86400: keep_in_range 0..86399"},
      {problems_after([](P& p) { p.timetable[0].to = stray<Phase>(9); }), "timetable[0].to 9: choose_from_list"},
      {problems_after([](P& p) { p.timetable[0].to = Phase::halted; }), "timetable[0].to 5: leave_it_out"},
      {problems_after([](P& p) { p.timetable[0].to = Phase::call_no_cancel; }), "timetable[0].to 3: leave_it_out"},
      {problems_after([](P& p) { p.timetable[0].instrument = stray<Instrument>(0); }),
       "timetable[0].instrument 0: choose_from_list"},
      {problems_after([](P& p) { p.timetable[1].random_end_us = -1; }),
       "timetable[1].random_end_us -1: keep_in_range 0..1800000000"},
      {problems_after([](P& p) { p.timetable[1].random_end_us = kMostRandomEndUs + 1; }),
       "timetable[1].random_end_us 1800000001: keep_in_range 0..1800000000"},
      {problems_after([](P& p) { p.timetable[2].random_end_us = 1; }),
       "timetable[2].random_end_us 1: only_after_a_call"},
      // 09:30:00 + 30 s of random end is 09:30:30 = 34 230 s: the next row must come after it.
      {problems_after([](P& p) { p.timetable[2].at = TimeOfDay::from_raw(34'230); }),
       "timetable[2].at 34230: put_later"},
      {problems_after([](P& p) { p.timetable[2].at = TimeOfDay::from_raw(34'231); }), ""},
      {problems_after([&](P& p) { p.timetable[4].at = hm(13, 0); }), "timetable[4].at 46800: put_later"},
      {problems_after([](P& p) { p.timetable[0].to = Phase::closed; }),
       "timetable[0].to 1: choose_legal_move; timetable[1].random_end_us 30000000: only_after_a_call"},
      {problems_after([](P& p) { p.timetable[3].to = Phase::closed; }),
       "timetable[3].to 1: choose_legal_move; timetable[4].to 1: choose_legal_move"},
      {problems_after([](P& p) { p.timetable.pop_back(); }), "timetable[3].to 4: close_at_the_end"},
      {problems_after([&](P& p) {
         p.timetable.push_back({.at = hm(22, 0), .to = Phase::continuous, .instrument = Instrument::linkage});
       }),
       "timetable[5].to 4: close_at_the_end"},
      {problems_after([&](P& p) {  // a call that may end after midnight
         p.timetable.push_back({.at = hm(22, 0), .to = Phase::call, .instrument = Instrument::linkage});
         p.timetable.push_back({.at = hm(23, 59),
                                .to = Phase::closed,
                                .instrument = Instrument::linkage,
                                .random_end_us = 60 * kSecond + 1});
       }),
       "timetable[6].random_end_us 60000001: keep_in_range 0..60000000"},
      // The call lasts 15 minutes = 900 s.
      {problems_after([](P& p) { p.no_cancel_s = 900; }), "timetable[1].at 34200: fit_into_the_call"},
      {problems_after([](P& p) { p.no_cancel_s = 899; }), ""},
      {problems_after([](P& p) { p.no_cancel_s = 86'401; }),
       "timetable[1].at 34200: fit_into_the_call; no_cancel_s 86401: keep_in_range 0..86400"},
      {problems_after([](P& p) { p.windows = {{stray<WindowKind>(0), TimeOfDay::hm(1, 0), TimeOfDay::hm(2, 0)}}; }),
       "windows[0].kind 0: choose_from_list"},
      {problems_after([](P& p) { p.windows = {{WindowKind::listing, TimeOfDay::hm(2, 0), TimeOfDay::hm(2, 0)}}; }),
       "windows[0].until 7200: end_after_start"},
      {problems_after(
           [](P& p) { p.windows = {{WindowKind::listing, TimeOfDay::from_raw(-1), TimeOfDay::from_raw(86'401)}}; }),
       "windows[0].from -1: keep_in_range 0..86400; windows[0].until 86401: keep_in_range 0..86400"},
      {problems_after([](P& p) { p.continuous_band_permille = 0; }),
       "continuous_band_permille 0: keep_in_range 1..1000"},
      {problems_after([](P& p) { p.negotiated_band_permille = 1001; }),
       "negotiated_band_permille 1001: keep_in_range 1..1000"},
      {problems_after([](P& p) { p.closing_minutes = 0; }), "closing_minutes 0: keep_in_range 1..60"},
      {problems_after([](P& p) { p.closing_minutes = 61; }), "closing_minutes 61: keep_in_range 1..60"},
  };
  for (const auto& [given, expected] : cases) EXPECT_EQ(given, expected);
}

TEST(VenueProfile, EveryRemedyHasWordsInBothLanguagesAndNoTwoShareThem) {
  std::set<std::string_view> zh, en;
  size_t remedies = 0;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Remedy>>([&](auto d) {
    const RemedyWords words = words_of(d.value);
    EXPECT_FALSE(words.zh.empty() || words.en.empty()) << d.name;
    zh.insert(words.zh);
    en.insert(words.en);
    ++remedies;
  });
  EXPECT_EQ(remedies, 10U);
  EXPECT_EQ(zh.size(), remedies);
  EXPECT_EQ(en.size(), remedies);
}

// ---- random end ----

TEST(RandomEnd, LiesInTheWindowAndNeverOnItsEnd) {
  const Instant base{1'000};
  EXPECT_EQ(random_end(base, 30 * kSecond, 0), base);
  EXPECT_EQ(random_end(base, 30 * kSecond, UINT64_MAX), Instant{1'000 + 30 * kSecond - 1});
  EXPECT_EQ(random_end(base, 30 * kSecond, uint64_t{1} << 63), Instant{1'000 + 15 * kSecond});  // half of it
  EXPECT_EQ(random_end(base, 1, UINT64_MAX), base);
  EXPECT_EQ(random_end(base, 0, UINT64_MAX), base);  // no window: the stated time
}

TEST(RandomEnd, EveryInstantOfTheWindowIsEquallyLikely) {
  // 2^64 = 3 × 6 148 914 691 236 517 205 + 1: thirds of the numbers, the first one longer by one.
  constexpr uint64_t kThird = 6'148'914'691'236'517'205;
  const auto at = [](uint64_t random) { return random_end(Instant{0}, 3, random).us; };
  EXPECT_EQ(at(kThird), 0);
  EXPECT_EQ(at(kThird + 1), 1);
  EXPECT_EQ(at(2 * kThird), 1);
  EXPECT_EQ(at(2 * kThird + 1), 2);
  std::map<int64_t, int> hits;
  for (uint64_t i = 0; i < 7'000; ++i) ++hits[random_end(Instant{0}, 7, i * (UINT64_MAX / 7'000)).us];
  ASSERT_EQ(hits.size(), 7U);
  for (const auto& [us, n] : hits) EXPECT_NEAR(n, 1'000, 1) << us;
}
