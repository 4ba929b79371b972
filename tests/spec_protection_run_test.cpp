// Farmland-protection compensation 耕地保护补偿 (H66-3): area × standard × coefficient of the grade, without what is
// not farmed, half as much again for rice if the fund allows it. 1 mu at 300 yuan a mu is 300.00 yuan.
#include <gtest/gtest.h>

#include "tests/run_script.hpp"

namespace landex {
namespace {

using policy::Parameter;
using script::Governments;

/// A day of 2024 on which both standards of the year stand.
void begin(Governments& g) {
  g.check(R"(
    open 2024-06-03                                                → done
    p1 = standard provincial_protection 2024 250                   → done
    c1 = standard city_protection 2024 300                         → done
  )");
}
void check(std::string_view script, const policy::Pack& pack = script::governments()) {
  Governments g{pack};
  begin(g);
  g.check(script);
}

/// 100 mu of rice in 余杭, 20 of 50 mu in 建德, both good. 余杭: 30 000 and half of it, 15 000; 建德: 15 000 and for
/// 20 mu 3 000. Without the uplift 45 000, with it 63 000.
constexpr std::string_view kTwo = R"(
    | 余杭 good 100.0000 rice 100.0000
    | 建德 good  50.0000 rice  20.0000
)";
void check_two(int64_t over_budget, std::string_view script) {
  check(std::string{kTwo} + std::string{script},
        script::with_value(script::governments(), Parameter::over_budget, over_budget));
}

// ---- H66-3.1: the coefficient of the grade ----

TEST(ProtectionRun, TheCoefficientFollowsTheGradeAndAFailedCountyGetsNothing) {
  // 100 mu × 300 = 30 000; × 1.2 = 36 000, × 1.0, × 0.8 = 24 000, × 0.
  check(R"(
    | 建德 pass      100.0000
    | 余杭 excellent 100.0000
    | 桐庐 fail      100.0000
    | 富阳 good      100.0000
    reckon protection 2024 budget 10.00 wan                        → done
      line 杭州→余杭 36 000.00 yuan protection area 100.0000 rate 300 share 12000 H66-3.1
      line 杭州→富阳 30 000.00 yuan protection area 100.0000 rate 300 share 10000 H66-3.1
      line 杭州→建德 24 000.00 yuan protection area 100.0000 rate 300 share 8000 H66-3.1
      total 90 000.00 yuan
  )");
}

TEST(ProtectionRun, AnAmountIsRoundedHalfUpToTheFen) {
  // 0.0001 mu × 300 × 0.8 = 0.024 yuan → 0.02; 0.0003 × 300 × 1.2 = 0.108 → 0.11; 0.0002 × 300 × 0.75 = 0.045 → 0.05.
  check(R"(
    | 余杭 excellent 0.0003
    | 富阳 good      0.0002
    | 建德 pass      0.0001
    reckon protection 2024 budget 1.00 yuan                        → done
      line 杭州→余杭 0.11 yuan protection area 0.0003 rate 300 share 12000 H66-3.1
      line 杭州→富阳 0.05 yuan protection area 0.0002 rate 300 share 7500 H66-3.1
      line 杭州→建德 0.02 yuan protection area 0.0001 rate 300 share 8000 H66-3.1
  )",
        script::with_value(script::governments(), Parameter::protection_good, 7'500));
}

TEST(ProtectionRun, TheFundMayBeSharedProRataToCoefficientTimesArea) {
  // The other reading of H66-3.1. 100 × 1.2 = 120; 80 × 1.0 = 80; 20 mu of rice × 0.5 = 10; together 210: 21 000 yuan
  // are 100 for each. The standard plays no part.
  check(R"(
    | 余杭 excellent 100.0000
    | 建德 good       80.0000 rice 20.0000
    reckon protection 2024 budget 2.10 wan                         → done
      line 杭州→余杭 12 000.00 yuan protection area 100.0000 share 12000 H66-3.1
      line 杭州→建德 8 000.00 yuan protection area 80.0000 share 10000 H66-3.1
      line 杭州→建德 1 000.00 yuan rice_uplift area 20.0000 share 5000 H66-3.4
      total 21 000.00 yuan
  )",
        script::with_value(script::governments(), Parameter::protection_sharing, 2));
}

TEST(ProtectionRun, WithoutACoefficientInForceThereIsNoAnswer) {
  Governments g{script::without(script::governments(), Parameter::protection_pass)};
  begin(g);
  g.check(R"(
    | 余杭 good 100.0000
    reckon protection 2024 budget 10.00 wan                        → refused no_rule_in_force H66-3.1
  )");
}

// ---- H66-3.2: what is left out ----

TEST(ProtectionRun, LandThatIsNotFarmedOrNotUnderGrainOrAbandonedIsLeftOut) {
  // 100 − 5 − 3 − 2 = 90 mu × 300 = 27 000.
  check(R"(
    | 余杭 good 100.0000 non_agricultural 5.0000 non_grain 3.0000 abandoned 2.0000
    reckon protection 2024 budget 10.00 wan                        → done
      line 杭州→余杭 27 000.00 yuan protection area 90.0000 rate 300 share 10000 H66-3.1

    | 余杭 good 100.0000 non_agricultural 50.0000 non_grain 50.0000
    reckon protection 2024 budget 10.00 wan                        → refused nothing_to_pay

    | 余杭 good 100.0000 non_agricultural 50.0000 non_grain 50.0000 abandoned 0.0001
    reckon protection 2024 budget 10.00 wan                        → refused figures_conflict H66-3.2
  )");
}

// ---- H66-3.3: the standard of the year ----

TEST(ProtectionRun, TheCitysStandardOfTheYearIsNeededAndIsNotBelowTheProvinces) {
  // H66-3.3: the province raises its figure to 350 after the city has set 300.
  check(R"(
    | 余杭 good 100.0000
    reckon protection 2023 budget 10.00 wan                        → refused no_standard H66-3.3
    revoke p1                                                      → done
    | 余杭 good 100.0000
    reckon protection 2024 budget 10.00 wan                        → refused no_standard H66-3.3
    standard provincial_protection 2024 350                        → done
    | 余杭 good 100.0000
    reckon protection 2024 budget 10.00 wan                        → refused below_provincial H66-3.3
    revoke c1                                                      → done
    standard city_protection 2024 350                              → done
    | 余杭 good 100.0000
    reckon protection 2024 budget 10.00 wan                        → done
      line 杭州→余杭 35 000.00 yuan protection area 100.0000 rate 350 share 10000 H66-3.1
  )");
}

// ---- H66-3.4: half as much again for rice, if the fund allows it ----

TEST(ProtectionRun, RiceOnPermanentBasicFarmlandGetsHalfAsMuchAgainOfWhatItsGradeGives) {
  // H66-3.4: 40 mu × 300 × 1.2 × 0.5 = 7 200; the uplift is never of more than what is left of the land.
  check(R"(
    | 余杭 excellent 100.0000 non_grain 10.0000 rice 40.0000
    reckon protection 2024 budget 10.00 wan                        → done
      line 杭州→余杭 32 400.00 yuan protection area 90.0000 rate 300 share 12000 H66-3.1
      line 杭州→余杭 7 200.00 yuan rice_uplift area 40.0000 rate 300 share 6000 H66-3.4
      total 39 600.00 yuan
    | 余杭 excellent 100.0000 non_grain 10.0000 rice 90.0001
    reckon protection 2024 budget 10.00 wan                        → refused figures_conflict H66-3.4
  )");
}

TEST(ProtectionRun, IfAllFitsIntoTheFundToTheFenAllIsPaidWhateverTheSwitch) {
  // H66-3.4: 63 000 of 63 000.
  for (const int64_t over_budget : {1, 2, 3})
    check_two(over_budget, R"(
    reckon protection 2024 budget 6.30 wan                         → done
      line 杭州→余杭 30 000.00 yuan protection area 100.0000 rate 300 share 10000 H66-3.1
      line 杭州→余杭 15 000.00 yuan rice_uplift area 100.0000 rate 300 share 5000 H66-3.4
      line 杭州→建德 15 000.00 yuan protection area 50.0000 rate 300 share 10000 H66-3.1
      line 杭州→建德 3 000.00 yuan rice_uplift area 20.0000 rate 300 share 5000 H66-3.4
      total 63 000.00 yuan
    )");
}

TEST(ProtectionRun, OverBudgetTheUpliftIsScaledByDefaultToWhatIsLeft) {
  // H66-3.4: 51 000 − 45 000 = 6 000 for 15 000 : 3 000, that is 5 000 and 1 000; the lines say what it would have
  // been.
  check_two(2, R"(
    reckon protection 2024 budget 5.10 wan                         → done
      line 杭州→余杭 30 000.00 yuan protection area 100.0000 rate 300 share 10000 H66-3.1
      line 杭州→余杭 5 000.00 yuan rice_uplift area 100.0000 rate 300 share 5000 full 15 000.00 yuan H66-3.4
      line 杭州→建德 15 000.00 yuan protection area 50.0000 rate 300 share 10000 H66-3.1
      line 杭州→建德 1 000.00 yuan rice_uplift area 20.0000 rate 300 share 5000 full 3 000.00 yuan H66-3.4
      total 51 000.00 yuan
  )");
}

TEST(ProtectionRun, OverBudgetTheUpliftMayFallAwayAltogether) {
  // H66-3.4, the first switch: one yuan too little, and there is none.
  check_two(1, R"(
    reckon protection 2024 budget 62 999.00 yuan                   → done
      line 杭州→余杭 30 000.00 yuan protection area 100.0000 rate 300 share 10000 H66-3.1
      line 杭州→建德 15 000.00 yuan protection area 50.0000 rate 300 share 10000 H66-3.1
      total 45 000.00 yuan
  )");
}

TEST(ProtectionRun, OverBudgetEverythingMayBeScaledToTheFen) {
  // H66-3.4, the third switch: 51 000 for 30 : 15 : 15 : 3 of 63. In fen 2 428 571.43, 1 214 285.71 twice, 242 857.14:
  // two fen are left, and go to the two remainders of .71.
  check_two(3, R"(
    reckon protection 2024 budget 5.10 wan                         → done
      line 杭州→余杭 24 285.71 yuan protection area 100.0000 rate 300 share 10000 full 30 000.00 yuan H66-3.1
      line 杭州→余杭 12 142.86 yuan rice_uplift area 100.0000 rate 300 share 5000 full 15 000.00 yuan H66-3.4
      line 杭州→建德 12 142.86 yuan protection area 50.0000 rate 300 share 10000 full 15 000.00 yuan H66-3.1
      line 杭州→建德 2 428.57 yuan rice_uplift area 20.0000 rate 300 share 5000 full 3 000.00 yuan H66-3.4
      total 51 000.00 yuan
  )");
}

TEST(ProtectionRun, AFundThatIsTooSmallEvenWithoutTheUpliftIsSharedOutAndNoMoreIsPaid) {
  // H66-3.1, 3.4: 40 000 for 30 000 : 15 000, in fen 2 666 666.67 and 1 333 333.33.
  for (const int64_t over_budget : {1, 2})
    check_two(over_budget, R"(
    reckon protection 2024 budget 4.00 wan                         → done
      line 杭州→余杭 26 666.67 yuan protection area 100.0000 rate 300 share 10000 full 30 000.00 yuan H66-3.1
      line 杭州→建德 13 333.33 yuan protection area 50.0000 rate 300 share 10000 full 15 000.00 yuan H66-3.1
      total 40 000.00 yuan
    )");
}

// ---- the facts ----

TEST(ProtectionRun, EachCountyIsNamedOnceAndTheCityIsNone) {
  check(R"(
    | 余杭 good 100.0000
    | 余杭 good 100.0000
    reckon protection 2024 budget 10.00 wan                        → refused county_twice H66-3.1
    | 杭州 good 100.0000
    reckon protection 2024 budget 10.00 wan                        → refused unknown_unit
    reckon protection 2024 budget 10.00 wan                        → refused value_out_of_range
    | 余杭 good 100.0000
    reckon protection 2025 budget 10.00 wan                        → refused year_out_of_reach
    | 余杭 good 100.0000
    reckon protection 2021 budget 10.00 wan                        → refused year_out_of_reach
  )");
}

TEST(ProtectionRun, AfterTheLastDayOfTheClauseThereIsNoAnswer) {
  // Superior law ends H66-3.1 with 2024-06-03: of the year before, too, nothing is reckoned or paid after it.
  auto pack = script::governments();
  pack.ended.push_back({.clause = policy::Clause::h66_3_1, .last = script::on(2024, 6, 3), .document = "上位文件"});
  check(R"(
    fund 杭州 10.00 wan                                            → done
    earmark protection 10.00 wan                                   → done
    | 余杭 good 100.0000
    r1 = reckon protection 2024 budget 10.00 wan                   → done
    close 2024-06-03                                               → done
    open 2024-06-04                                                → done
    | 余杭 good 100.0000
    reckon protection 2024 budget 10.00 wan                        → refused rule_ended H66-3.1
    execute r1                                                     → refused rule_ended H66-3.1
  )",
        pack);
}

}  // namespace
}  // namespace landex
