// What the engine asks of a proposed allocation: that it is possible, and that no lower class holds what a higher one
// could use. Each fault by itself, from a case that is right: one thing changed, one answer.
#include "clearing/allocation_check.hpp"

#include <gtest/gtest.h>

#include <boost/describe/enum_to_string.hpp>
#include <functional>
#include <set>

#include "matching/types/bounds.hpp"

namespace landex::clearing {
namespace {

using Fault = AllocationFault;

Components area(int64_t units) { return {.area = Area::mu_4dp(units), .paddy = {}, .capacity = {}}; }

/// Two lots, of grade 3 and 7; a national request for up to grade 7, a city's for up to 3. All served, but 20 of the
/// city's 60, for grade 3 has but 40.
struct Proposed {
  AllocationCase asked{
      .rules = {},
      .lots = {{.filing = {1}, .origin = District::code(330'182), .grade = 3, .left = area(40)},
               {.filing = {2}, .origin = District::code(330'127), .grade = 7, .left = area(50)}},
      .requests = {
          {.id = 101,
           .county = {},
           .kind = RequestClass::national,
           .need = area(30),
           .lowest_grade = 7,
           .deadline = {}},
          {.id = 102, .county = {}, .kind = RequestClass::city, .need = area(60), .lowest_grade = 3, .deadline = {}}}};
  std::vector<Draw> draws{draw(101, 2, 30), draw(102, 1, 40)};

  static Draw draw(uint64_t request, uint64_t filing, int64_t units) {
    return {.request = request,
            .filing = {filing},
            .component = Instrument::supplementary_area,
            .quantity = Quantity::from_raw(units)};
  }
  std::optional<AllocationFinding> verdict() const { return verify(asked, draws); }
};

TEST(AllocationCheck, WhatIsPossibleAndKeepsTheOrderOfClassesStands) {
  EXPECT_EQ(Proposed{}.verdict(), std::nullopt);
  EXPECT_EQ(verify(AllocationCase{}, {}), std::nullopt);
}

TEST(AllocationCheck, EachFaultHasItsName) {
  struct Row {
    Fault fault;
    std::function<void(Proposed&)> change;
  };
  const auto draw = Proposed::draw;
  const std::vector<Row> rows{
      {Fault::rules_not_usable, [](Proposed& p) { p.asked.rules.class_order.pop_back(); }},
      {Fault::rules_not_usable, [](Proposed& p) { p.asked.rules.class_order[0] = RequestClass::city; }},
      {Fault::rules_not_usable, [](Proposed& p) { p.asked.rules.worst_grade = 0; }},
      {Fault::duplicate_filing, [](Proposed& p) { p.asked.lots[1].filing = {1}; }},
      {Fault::duplicate_request, [](Proposed& p) { p.asked.requests[1].id = 101; }},
      {Fault::class_unknown, [](Proposed& p) { p.asked.requests[0].kind = {}; }},
      {Fault::grade_out_of_range, [](Proposed& p) { p.asked.lots[0].grade = 0; }},
      {Fault::grade_out_of_range, [](Proposed& p) { p.asked.requests[0].lowest_grade = 16; }},
      {Fault::quantity_out_of_range, [](Proposed& p) { p.asked.lots[0].left = area(-1); }},
      {Fault::quantity_out_of_range, [](Proposed& p) { p.asked.requests[0].need = area(kMaxQuantity.raw() + 1); }},
      {Fault::total_out_of_range, [](Proposed& p) { p.asked.lots[0].left = area(kMaxQuantity.raw()); }},
      {Fault::not_sorted, [](Proposed& p) { std::swap(p.draws[0], p.draws[1]); }},
      {Fault::not_sorted, [&](Proposed& p) { p.draws = {draw(101, 2, 15), draw(101, 2, 15)}; }},
      {Fault::component_unknown, [](Proposed& p) { p.draws[1].component = Instrument::linkage; }},
      {Fault::unknown_request, [](Proposed& p) { p.draws[1].request = 103; }},
      {Fault::unknown_filing, [](Proposed& p) { p.draws[1].filing = {3}; }},
      {Fault::draw_not_positive, [](Proposed& p) { p.draws[1].quantity = {}; }},
      {Fault::draw_not_positive, [](Proposed& p) { p.draws[1].quantity = Quantity::from_raw(INT64_MIN); }},
      {Fault::grade_too_low, [](Proposed& p) { p.draws[1].filing = {2}; }},
      {Fault::grade_too_low, [](Proposed& p) { p.asked.lots[0].grade = {}; }},  // unknown: for no one who names a grade
      {Fault::lot_overdrawn, [](Proposed& p) { p.draws[1].quantity = Quantity::from_raw(41); }},
      {Fault::lot_overdrawn, [](Proposed& p) { p.draws[1].quantity = Quantity::from_raw(INT64_MAX); }},
      {Fault::lot_overdrawn, [&](Proposed& p) { p.draws = {draw(101, 1, 5), draw(101, 2, 25), draw(102, 1, 36)}; }},
      {Fault::need_exceeded, [](Proposed& p) { p.draws[0].quantity = Quantity::from_raw(31); }},
      {Fault::need_exceeded, [&](Proposed& p) { p.draws = {draw(101, 1, 5), draw(101, 2, 26)}; }},
      {Fault::usable_left_in_pool, [](Proposed& p) { p.draws.pop_back(); }},
      {Fault::usable_left_in_pool, [](Proposed& p) { p.draws[1].quantity = Quantity::from_raw(39); }},
  };
  std::set<Fault> met{Fault::lower_class_first};  // below
  for (const Row& row : rows) {
    Proposed p;
    row.change(p);
    const auto finding = p.verdict();
    ASSERT_TRUE(finding) << boost::describe::enum_to_string(row.fault, "?");
    EXPECT_STREQ(boost::describe::enum_to_string(finding->fault, "?"), boost::describe::enum_to_string(row.fault, "?"));
    met.insert(row.fault);
  }
  EXPECT_EQ(met.size(), boost::mp11::mp_size<boost::describe::describe_enumerators<Fault>>::value);
}

TEST(AllocationCheck, AFindingNamesThePlaceAndTheNumbers) {
  Proposed p;
  p.draws[1].quantity = Quantity::from_raw(41);
  EXPECT_EQ(p.verdict(), (AllocationFinding{.fault = Fault::lot_overdrawn,
                                            .request = 102,
                                            .filing = FilingId{1},
                                            .component = Instrument::supplementary_area,
                                            .given = Quantity::from_raw(41),
                                            .bound = Quantity::from_raw(40)}));
}

TEST(AllocationCheck, ALowerClassMayNotHoldWhatAHigherOneCouldUse) {
  // The city's request is now the higher class, short of 20; the key zone holds 10 of its grade.
  Proposed p;
  p.asked.requests[0].kind = RequestClass::key_zone;
  p.draws = {Proposed::draw(101, 1, 10), Proposed::draw(101, 2, 20), Proposed::draw(102, 1, 30)};
  const auto finding = p.verdict();
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->fault, Fault::usable_left_in_pool);  // for 30 of grade 7 lie there: 101 could change over to them
  p.asked.lots[1].left = area(20);                        // nothing is left to change over to
  ASSERT_TRUE(p.verdict());
  EXPECT_EQ(p.verdict()->fault, Fault::lower_class_first);
  EXPECT_EQ(p.verdict()->request, 102U);
  EXPECT_EQ(p.verdict()->given, Quantity::from_raw(10));
}

TEST(AllocationCheck, AlsoNotByWayOfAThirdWhoCouldChangeOver) {
  // 101 (national, up to 3) is short; 103 (national, up to 7) sits on grade 3, and 102 (city) has the grade 7 that 103
  // could take instead. No unit of 102 is of use to 101, and yet 101 is short because of it.
  Proposed p;
  p.asked.lots = {{.filing = {1}, .origin = {}, .grade = 3, .left = area(10)},
                  {.filing = {2}, .origin = {}, .grade = 7, .left = area(10)}};
  const auto request = [](uint64_t id, RequestClass kind, uint8_t lowest) {
    return PoolRequest{.id = id, .county = {}, .kind = kind, .need = area(10), .lowest_grade = lowest, .deadline = {}};
  };
  p.asked.requests = {request(101, RequestClass::national, 3), request(102, RequestClass::city, 7),
                      request(103, RequestClass::national, 7)};
  p.draws = {Proposed::draw(102, 2, 10), Proposed::draw(103, 1, 10)};
  ASSERT_TRUE(p.verdict());
  EXPECT_EQ(p.verdict()->fault, Fault::lower_class_first);
  EXPECT_EQ(p.verdict()->request, 101U);
  p.draws = {Proposed::draw(101, 1, 10), Proposed::draw(103, 2, 10)};
  EXPECT_EQ(p.verdict(), std::nullopt);
}

TEST(AllocationCheck, HowAClassSharesIsNotItsAffair) {
  // Both of one class: 102 might have all of grade 3 or none of it.
  Proposed p;
  p.asked.requests[0].kind = RequestClass::city;
  p.asked.lots[1].left = area(0);
  p.draws = {Proposed::draw(101, 1, 30), Proposed::draw(102, 1, 10)};
  EXPECT_EQ(p.verdict(), std::nullopt);
  p.draws = {Proposed::draw(102, 1, 40)};
  EXPECT_EQ(p.verdict(), std::nullopt);
}

}  // namespace
}  // namespace landex::clearing
