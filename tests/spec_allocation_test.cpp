// The pool's allocation, as tables that can be checked by hand: what lies in the pool, who asks, and below the arrow
// what each gets, from which filing, and why it is not more. H66-7.3 says whom the pool is for; the aims are ours.
//   lot FILING COUNTY GRADE AREA [paddy AREA] [capacity KG]        GRADE: 1 (best) to 15, or unknown
//   need ID CLASS LOWEST AREA [paddy AREA] [capacity KG]           LOWEST: 1 to 15, or any
//   → COMPONENT ID GRANTED of NEED FILING: QUANTITY …              all of it, in this order
//     short BINDING within GRADE: IN_POOL = TO_HIGHER + TO_OWN, more QUANTITY [, lowest GRADE GRANTED]
//     county NAME DRAWN of IN_POOL                                 of the area; if the table has such lines, all of
//     them
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/describe/enum_to_string.hpp>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "exchange/allocation/propose.hpp"

namespace landex::allocation {
namespace {

using clearing::AllocationCase;

const std::map<std::string, uint32_t> kCounties{
    {"临安", 330'112}, {"桐庐", 330'122}, {"淳安", 330'127}, {"建德", 330'182}};

int64_t units(const std::string& text) {  // 6.0000 is 60 000
  std::string digits = text;
  std::erase(digits, '.');
  return std::stoll(digits);
}

std::string text_of(Instrument component, Quantity q) {
  if (counted_in_kg(component)) return fmt::format("{}", q.raw());
  return fmt::format("{}.{:04}", q.raw() / 10'000, q.raw() % 10'000);
}

std::string grade_text(std::optional<uint8_t> grade) { return grade ? fmt::format("{}", *grade) : "any"; }

std::optional<uint8_t> grade_of(const std::string& word) {
  if (word == "any" || word == "unknown") return {};
  return static_cast<uint8_t>(std::stoi(word));
}

Components amounts(std::istringstream& in) {
  std::string word;
  in >> word;
  Components c{.area = Area::mu_4dp(units(word)), .paddy = {}, .capacity = {}};
  for (std::string name; in >> name >> word;)
    if (name == "paddy") {
      c.paddy = Area::mu_4dp(units(word));
    } else {
      c.capacity = Capacity::kg(units(word));
    }
  return c;
}

std::string word_of(Instrument component) {
  if (component == Instrument::supplementary_area) return "area";
  return component == Instrument::supplementary_paddy ? "paddy" : "capacity";
}

std::string told(const Proposal& p, bool counties) {
  std::string out;
  for (const Outcome& o : p.outcomes) {
    out += fmt::format("{} {} {} of {}", word_of(o.component), o.request, text_of(o.component, o.granted),
                       text_of(o.component, o.need));
    for (const auto& d : p.draws)
      if (d.request == o.request && d.component == o.component)
        out += fmt::format(" {}: {}", d.filing.raw(), text_of(o.component, d.quantity));
    out += "\n";
    if (!o.shortage) continue;
    const Shortage& s = *o.shortage;
    out += fmt::format("short {} within {}: {} = {} + {}, more {}", boost::describe::enum_to_string(s.binding, "?"),
                       grade_text(s.within), text_of(o.component, s.in_pool), text_of(o.component, s.to_higher),
                       text_of(o.component, s.to_own), text_of(o.component, s.more));
    if (s.other_grade)
      out += fmt::format(", lowest {} {}", grade_text(s.other_grade->lowest_grade),
                         text_of(o.component, s.other_grade->granted));
    out += "\n";
  }
  for (const OriginShare& s : p.by_origin) {
    if (!counties || s.component != Instrument::supplementary_area) continue;
    for (const auto& [name, code] : kCounties)
      if (code == s.origin.raw())
        out +=
            fmt::format("county {} {} of {}\n", name, text_of(s.component, s.drawn), text_of(s.component, s.in_pool));
  }
  return out;
}

void check(const std::string& table) {
  AllocationCase asked;
  std::string expected;
  std::istringstream lines{table};
  bool answers = false;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream in{line.substr(0, line.find('#'))};
    std::string word, joined;
    if (!(in >> word)) continue;
    if (word == "→") {
      answers = true;
      if (!(in >> word)) continue;
    }
    if (answers) {
      for (joined = word; in >> word;) joined += " " + word;
      expected += joined + "\n";
      continue;
    }
    uint64_t id = 0;
    std::string whose, grade;
    in >> id >> whose >> grade;
    if (word == "lot") {
      asked.lots.push_back({.filing = {id},
                            .origin = District::code(kCounties.at(whose)),
                            .grade = grade_of(grade),
                            .left = amounts(in)});
    } else {
      ASSERT_EQ(word, "need");
      clearing::RequestClass kind{};
      ASSERT_TRUE(boost::describe::enum_from_string(whose.c_str(), kind)) << whose;
      asked.requests.push_back({.id = id,
                                .county = District::code(330'110),
                                .kind = kind,
                                .need = amounts(in),
                                .lowest_grade = grade_of(grade),
                                .deadline = {}});
    }
  }
  ASSERT_FALSE(expected.empty());
  const auto proposal = propose(asked);
  ASSERT_TRUE(proposal);
  EXPECT_EQ(told(*proposal, expected.find("county") != std::string::npos), expected);
  EXPECT_EQ(clearing::verify(asked, proposal->draws), std::nullopt);
}

TEST(Allocation, AHigherClassIsServedWholeBeforeTheNextIsLookedAt) {
  // 10 mu; the national project takes its 6, the city's project gets the 4 that are left, the key zone nothing.
  check(R"(
    lot  1 建德 5  10.0000
    need 101 key_zone any  2.0000
    need 102 city     any  8.0000
    need 103 national any  6.0000
    → area 101 0.0000 of 2.0000
      short higher_classes within any: 10.0000 = 10.0000 + 0.0000, more 6.0000
      area 102 4.0000 of 8.0000   1: 4.0000
      short own_class within any: 10.0000 = 6.0000 + 4.0000, more 4.0000
      area 103 6.0000 of 6.0000   1: 6.0000
  )");
}

TEST(Allocation, AClassSharesInProportionToItsNeeds) {
  // 10 mu for 12 and 8: half of each.
  check(R"(
    lot  1 建德 5  10.0000
    need 101 city any 12.0000
    need 102 city any  8.0000
    → area 101 6.0000 of 12.0000   1: 6.0000
      short own_class within any: 10.0000 = 0.0000 + 10.0000, more 10.0000
      area 102 4.0000 of 8.0000    1: 4.0000
      short own_class within any: 10.0000 = 0.0000 + 10.0000, more 10.0000
  )");
}

TEST(Allocation, UnitsThatDoNotDivideGoToTheSmallerNeedThenToTheLowerNumber) {
  // 10 000 units for three equal needs: 3 333 each and one more, to the first.
  check(R"(
    lot  1 建德 5  1.0000
    need 103 city any 1.0000
    need 102 city any 1.0000
    need 101 city any 1.0000
    → area 101 0.3334 of 1.0000   1: 0.3334
      short own_class within any: 1.0000 = 0.0000 + 1.0000, more 2.0000
      area 102 0.3333 of 1.0000   1: 0.3333
      short own_class within any: 1.0000 = 0.0000 + 1.0000, more 2.0000
      area 103 0.3333 of 1.0000   1: 0.3333
      short own_class within any: 1.0000 = 0.0000 + 1.0000, more 2.0000
  )");
  check(R"(
    lot  1 建德 5  0.0001
    need 101 city any 0.0003
    need 102 city any 0.0002
    → area 101 0.0000 of 0.0003
      short own_class within any: 0.0001 = 0.0000 + 0.0001, more 0.0004
      area 102 0.0001 of 0.0002   1: 0.0001
      short own_class within any: 0.0001 = 0.0000 + 0.0001, more 0.0004
  )");
}

TEST(Allocation, WhoCannotRiseStaysAndTheOthersRiseOn) {
  // Up to grade 3 there are 2 mu for a need of 8: a quarter. The other 12 mu are for 16: three quarters, not 14 of 24.
  // 101 filled: 8 of grade 3 and 16 beside it are 24, ten more than the 14 there are.
  // 102 and 103 filled: 16 beside the 2 that 101 has: four more. If 101 took grade 9: 14 of 24 for all, 4.6666 of 8.
  check(R"(
    lot  1 建德 3   2.0000
    lot  2 建德 9  12.0000
    need 101 city 3   8.0000
    need 102 city any 8.0000
    need 103 city any 8.0000
    → area 101 2.0000 of 8.0000   1: 2.0000
      short own_class within 3: 2.0000 = 0.0000 + 2.0000, more 10.0000, lowest 9 4.6666
      area 102 6.0000 of 8.0000   2: 6.0000
      short own_class within any: 14.0000 = 0.0000 + 14.0000, more 4.0000
      area 103 6.0000 of 8.0000   2: 6.0000
      short own_class within any: 14.0000 = 0.0000 + 14.0000, more 4.0000
  )");
}

TEST(Allocation, NoBetterGradeIsDrawnThanIsNeeded) {
  // Who takes any lot gets the unknown one, who needs grade 6 gets grade 6; grade 2 stays in the pool.
  check(R"(
    lot  1 建德 2       5.0000
    lot  2 建德 6       5.0000
    lot  3 建德 unknown 5.0000
    need 101 city 6   4.0000
    need 102 city any 6.0000
    → area 101 4.0000 of 4.0000   2: 4.0000
      area 102 6.0000 of 6.0000   2: 1.0000  3: 5.0000
      county 建德 10.0000 of 15.0000
  )");
}

TEST(Allocation, AHigherClassMayLeaveALowerOneTheBetterLotButNeverTheLot) {
  // The key zone accepts grade 2 only. The national project accepts both: it takes grade 7, so both are served.
  check(R"(
    lot  1 建德 2  5.0000
    lot  2 建德 7  5.0000
    need 101 key_zone 2 5.0000
    need 102 national 7 5.0000
    → area 101 5.0000 of 5.0000   1: 5.0000
      area 102 5.0000 of 5.0000   2: 5.0000
  )");
}

TEST(Allocation, CountiesGiveTheSamePartOfWhatTheyHaveInThePoolTheEarliestFilingFirst) {
  // 12 of 60 mu: a fifth of each. 建德 gives its 6 from filing 1, the first of its two.
  check(R"(
    lot  4 建德 4  21.0000
    lot  1 建德 4   9.0000
    lot  2 淳安 4  10.0000
    lot  3 临安 4  20.0000
    need 101 city any 12.0000
    → area 101 12.0000 of 12.0000   1: 6.0000  2: 2.0000  3: 4.0000
      county 临安 4.0000 of 20.0000
      county 淳安 2.0000 of 10.0000
      county 建德 6.0000 of 30.0000
  )");
}

TEST(Allocation, GradesGoBeforeCounties) {
  // Grade 9 is drawn before grade 4, and only 建德 has it: 淳安 gives nothing until it is gone.
  check(R"(
    lot  1 建德 9  10.0000
    lot  2 淳安 4  10.0000
    need 101 city any 12.0000
    → area 101 12.0000 of 12.0000   1: 10.0000  2: 2.0000
      county 淳安 2.0000 of 10.0000
      county 建德 10.0000 of 10.0000
  )");
}

TEST(Allocation, ALotOfUnknownGradeServesOnlyWhoNamesNoGrade) {
  check(R"(
    lot  1 建德 unknown  5.0000
    need 101 city 15  4.0000
    need 102 city any 1.0000
    → area 101 0.0000 of 4.0000
      short no_lot_of_grade within 15: 0.0000 = 0.0000 + 0.0000, more 4.0000, lowest any 4.0000
      area 102 1.0000 of 1.0000   1: 1.0000
  )");
}

TEST(Allocation, WhatHigherClassesTookIsSaidWithTheGradesThatBind) {
  // Up to grade 5 there are 3 mu, and the province's project has them. With grade 8 the city's project gets 6 of 7.
  check(R"(
    lot  1 建德 5  3.0000
    lot  2 桐庐 8  6.0000
    need 101 provincial 5 3.0000
    need 102 city       5 7.0000
    → area 101 3.0000 of 3.0000   1: 3.0000
      area 102 0.0000 of 7.0000
      short higher_classes within 5: 3.0000 = 3.0000 + 0.0000, more 7.0000, lowest 8 6.0000
  )");
}

TEST(Allocation, ComponentsAreDealtOutApart) {
  // Area in full, half of the paddy, and of grain capacity the pool has none.
  check(R"(
    lot  1 建德 5  10.0000 paddy 3.0000
    need 101 city any 10.0000 paddy 6.0000 capacity 500
    → area 101 10.0000 of 10.0000   1: 10.0000
      paddy 101 3.0000 of 6.0000    1: 3.0000
      short own_class within any: 3.0000 = 0.0000 + 3.0000, more 3.0000
      capacity 101 0 of 500
      short pool_empty within any: 0 = 0 + 0, more 500
  )");
}

TEST(Allocation, TheOrderOfClassesIsARuleThatCanBeChanged) {
  AllocationCase asked;
  asked.lots.push_back({.filing = {1},
                        .origin = District::code(330'182),
                        .grade = 5,
                        .left = {.area = Area::mu_4dp(4), .paddy = {}, .capacity = {}}});
  for (const auto kind : {clearing::RequestClass::national, clearing::RequestClass::key_zone})
    asked.requests.push_back({.id = static_cast<uint64_t>(kind),
                              .county = District::code(330'110),
                              .kind = kind,
                              .need = {.area = Area::mu_4dp(3), .paddy = {}, .capacity = {}},
                              .lowest_grade = {},
                              .deadline = {}});
  EXPECT_EQ(told(*propose(asked), false).substr(0, 28), "area 1 0.0003 of 0.0003 1: 0");
  std::ranges::reverse(asked.rules.class_order);
  EXPECT_EQ(told(*propose(asked), false).substr(0, 28), "area 1 0.0001 of 0.0003 1: 0");
}

TEST(Allocation, ACaseThatCannotBeDealtOutIsNot) {
  AllocationCase asked;
  asked.rules.class_order.pop_back();
  ASSERT_FALSE(propose(asked));
  EXPECT_EQ(propose(asked).error().fault, clearing::AllocationFault::rules_not_usable);
  EXPECT_EQ(propose(AllocationCase{}), Proposal{});
}

TEST(Allocation, TheLargestNumbersFit) {
  // Two needs that differ by one unit in 10^11 and a pool that is one unit short: the larger need goes without.
  constexpr int64_t kMost = 100'000'000'000;
  AllocationCase asked;
  asked.lots.push_back({.filing = {1},
                        .origin = District::code(330'182),
                        .grade = 5,
                        .left = {.area = Area::mu_4dp(kMost), .paddy = {}, .capacity = {}}});
  for (const int64_t need : {kMost, kMost - 1})
    asked.requests.push_back({.id = static_cast<uint64_t>(need),
                              .county = District::code(330'110),
                              .kind = clearing::RequestClass::city,
                              .need = {.area = Area::mu_4dp(need), .paddy = {}, .capacity = {}},
                              .lowest_grade = {},
                              .deadline = {}});
  const auto proposal = propose(asked);
  ASSERT_TRUE(proposal);
  ASSERT_EQ(proposal->outcomes.size(), 2U);
  EXPECT_EQ(proposal->outcomes[0].granted.raw(), kMost / 2);  // of the smaller need: ids are the needs
  EXPECT_EQ(proposal->outcomes[1].granted.raw(), kMost / 2);
  EXPECT_EQ(clearing::verify(asked, proposal->draws), std::nullopt);
}

}  // namespace
}  // namespace landex::allocation
