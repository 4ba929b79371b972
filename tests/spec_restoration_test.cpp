// The ledger of function-restoration tasks (H66-5.1), the part that another county undertakes for money (5.2), its
// guide price (5.3), and the yearly run that pays it. The document gives neither formula nor weights of the guide
// price: gap standard × 100 % + last year's industrial tax × 1 %, 10 % more for what is built up with 粮功区 and 高标,
// and a warning beyond 20 % are our default, not the law.
#include <gtest/gtest.h>

#include "tests/register_script.hpp"

namespace landex {
namespace {

using policy::Clause;
using policy::Parameter;
using script::check_registers;
using script::Registers;
using script::with_government_rows;

// ---- H66-5.1: five-year tasks ----

TEST(RestorationTask, LastsFiveYearsAndAnotherBeginsOnlyAfterIt) {
  // H66-5.1 «以 5 年为一个周期»: 2023, 24, 25, 26, 27. The rule set begins in 2022.
  check_registers(R"(
    open 2024-06-03                    → done
    task 建德 2023 100.0000            → task 2023..2027
    task 建德 2023 100.0000            → refused already_registered H66-5.1 建德 year 2023
    task 建德 2027 100.0000            → refused already_registered H66-5.1 建德 year 2023
    task 建德 2028 50.0000             → task 2028..2032
    task 建德 2024 50.0000             → refused already_registered H66-5.1 建德 year 2023
    task 余杭 2021 40.0000             → refused value_out_of_range
    task 余杭 2022 40.0000             → task 2022..2026
    task 余杭 2101 40.0000             → refused value_out_of_range
    task 余杭 2030 0.0000              → refused value_out_of_range
    task 杭州 2023 40.0000             → refused unknown_unit 杭州      # the city has no task of its own
  )");
}

TEST(RestorationTask, IsRestoredUntilNothingOfItIsLeft) {
  // H66-5.1. 60 + 40 = 100: nothing is left.
  check_registers(R"(
    open 2024-06-03                    → done
    restored 建德 2023 60.0000         → refused unknown_task H66-5.1 建德 year 2023
    task 建德 2023 100.0000            → task 2023..2027
    restored 建德 2023 60.0000         → restored 60.0000
    restored 建德 2024 10.0000         → refused unknown_task H66-5.1 建德 year 2024      # a cycle goes by its first year
    restored 建德 2023 40.0001         → refused exceeds_task H66-5.1 建德 needed_area 40.0001 available_area 40.0000
    restored 建德 2023 40.0000         → restored 100.0000
    restored 建德 2023 0.0001          → refused exceeds_task H66-5.1 建德 needed_area 0.0001 available_area 0.0000
  )");
}

TEST(RestorationTask, TheCycleIsARowAndWithoutItNoTaskIsEntered) {
  const auto pack = with_government_rows(script::at_once());
  Registers{script::with_value(pack, Parameter::restoration_cycle, 3)}.check(R"(
    open 2024-06-03                    → done      # H66-5.1 with three years
    task 建德 2023 100.0000            → task 2023..2025
    task 建德 2026 100.0000            → task 2026..2028
  )");
  Registers{script::without(pack, Parameter::restoration_cycle)}.check(R"(
    open 2024-06-03                    → done
    task 建德 2023 100.0000            → refused no_rule_in_force H66-5.1
  )");
}

TEST(RestorationTask, WhatIsEnteredStandsAfterItsClauseHasEndedButNothingMoreIsEntered) {
  policy::Pack pack = with_government_rows(script::at_once());
  pack.ended.push_back({.clause = Clause::h66_5_1, .last = script::on(2024, 12, 31), .document = "上位文件"});
  pack.ended.push_back({.clause = Clause::h66_5_2, .last = script::on(2024, 12, 31), .document = "上位文件"});
  Registers{pack}.check(R"(
    open 2024-12-31                             → done
    task 建德 2023 10.0000                      → task 2023..2027
    restored 建德 2023 10.0000                  → restored 10.0000
    task 余杭 2023 10.0000                      → task 2023..2027
    close 2024-12-31                            → done
    open 2025-01-02                             → done
    task 西湖 2023 10.0000                      → refused rule_ended H66-5.1
    restored 余杭 2023 1.0000                   → refused rule_ended H66-5.1
    undertake 建德→余杭 2023 1.0000 @20000      → refused rule_ended H66-5.2
    reckon restoration 2024                     → refused rule_ended H66-5.2
  )");
}

// ---- H66-5.2: part of another's task, after one's own ----

TEST(Undertaking, IsOnlyForWhoHasDoneItsOwnTaskOfThatCycle) {
  // H66-5.2 «在完成自身任务的情况下»: 60 of 100 is not done.
  check_registers(R"(
    open 2024-06-03                             → done
    task 建德 2023 100.0000                     → task 2023..2027
    undertake 建德→余杭 2023 10.0000 @20000     → refused unknown_task H66-5.2 余杭 year 2023
    task 余杭 2023 40.0000                      → task 2023..2027
    restored 建德 2023 60.0000                  → restored 60.0000
    undertake 建德→余杭 2023 10.0000 @20000     → refused own_task_open H66-5.2 建德 needed_area 100.0000 available_area 60.0000
    restored 建德 2023 40.0000                  → restored 100.0000
    undertake 淳安→余杭 2023 10.0000 @20000     → refused unknown_task H66-5.2 淳安 year 2023
    undertake 建德→余杭 2028 10.0000 @20000     → refused unknown_task H66-5.2 建德 year 2028
    undertake 建德→建德 2023 10.0000 @20000     → refused same_party_twice 建德
    undertake 杭州→余杭 2023 10.0000 @20000     → refused unknown_unit 杭州
    undertake 建德→余杭 2023 10.0000 @20000     → undertaken, guide none
  )");
}

TEST(Undertaking, IsOfPartOfTheTaskNeverOfAllOfIt) {
  // H66-5.2 «承担部分». 39.9999 of 40 is a part; 0.0001 more would be all of it. Restored and undertaken together are
  // the task at most.
  check_registers(R"(
    open 2024-06-03                             → done
    task 建德 2023 10.0000                      → task 2023..2027
    restored 建德 2023 10.0000                  → restored 10.0000
    task 余杭 2023 40.0000                      → task 2023..2027
    undertake 建德→余杭 2023 40.0001 @20000     → refused exceeds_task H66-5.2 余杭 needed_area 40.0001 available_area 40.0000
    undertake 建德→余杭 2023 40.0000 @20000     → refused undertakes_all H66-5.2 余杭 needed_area 40.0000 available_area 40.0000
    undertake 建德→余杭 2023 39.0000 @20000     → undertaken, guide none
    undertake 建德→余杭 2023 1.0000 @20000      → refused undertakes_all H66-5.2 余杭 needed_area 40.0000 available_area 40.0000
    undertake 建德→余杭 2023 0.9999 @20000      → undertaken, guide none
    restored 余杭 2023 0.0002                   → refused exceeds_task H66-5.1 余杭 needed_area 0.0002 available_area 0.0001
    restored 余杭 2023 0.0001                   → restored 0.0001
    undertake 建德→余杭 2023 0.0001 @20000      → refused exceeds_task H66-5.2 余杭 needed_area 0.0001 available_area 0.0000
  )");
}

TEST(Undertaking, WhatOthersUndertakeCountsTowardsBeingDone) {
  // H66-5.2. 桐庐: 4 by 建德 and 6 by itself are its 10, so it may undertake for 余杭.
  check_registers(R"(
    open 2024-06-03                             → done
    task 建德 2023 10.0000                      → task 2023..2027
    restored 建德 2023 10.0000                  → restored 10.0000
    task 桐庐 2023 10.0000                      → task 2023..2027
    task 余杭 2023 40.0000                      → task 2023..2027
    undertake 建德→桐庐 2023 4.0000 @20000      → undertaken, guide none
    restored 桐庐 2023 5.9999                   → restored 5.9999
    undertake 桐庐→余杭 2023 1.0000 @20000      → refused own_task_open H66-5.2 桐庐 needed_area 10.0000 available_area 9.9999
    restored 桐庐 2023 0.0001                   → restored 6.0000
    undertake 桐庐→余杭 2023 1.0000 @20000      → undertaken, guide none
  )");
}

// ---- H66-5.3: the guide price ----

/// 建德 is done; 余杭 has 100 mu open.
constexpr std::string_view kTasks = R"(
    open 2024-06-03                             → done
    task 建德 2023 10.0000                      → task 2023..2027
    restored 建德 2023 10.0000                  → restored 10.0000
    task 余杭 2023 100.0000                     → task 2023..2027
)";

TEST(GuidePrice, IsTheGapStandardOfTheYearAndAPartOfTheTaxOfTheYearBeforeAndMoreForWhatIsBuiltUp) {
  // H66-5.3. 20 000 × 100 % + 300 000 × 1 % = 23 000. Of 10 mu, 4 are built up: 23 000 × (10 + 4 × 10 %) ÷ 10 = 23 920.
  // 20 % of it is 4 784: from 19 136 to 28 704 nobody is warned.
  Registers r;
  r.check(kTasks);
  r.check(R"(
    publish restoration_gap 2024 20000                          → published
    undertake 建德→余杭 2023 1.0000 @23000                      → undertaken, guide none      # no tax of 2023 yet
    publish industrial_tax 2024 900000                          → published
    publish industrial_land_tax 2023 900000                     → published
    undertake 建德→余杭 2023 1.0000 @23000                      → undertaken, guide none      # another year; another series
    publish industrial_tax 2023 300000                          → published
    undertake 建德→余杭 2023 1.0000 @23000                      → undertaken, guide 23000
    undertake 建德→余杭 2023 10.0000 @23920 built 4.0000        → undertaken, guide 23920
    undertake 建德→余杭 2023 10.0000 @19136 built 4.0000        → undertaken, guide 23920
    undertake 建德→余杭 2023 10.0000 @19135 built 4.0000        → undertaken, guide 23920; warned 余杭 19135 against 23920 H66-5.3
    undertake 建德→余杭 2023 10.0000 @28704 built 4.0000        → undertaken, guide 23920
    undertake 建德→余杭 2023 10.0000 @28705 built 4.0000        → undertaken, guide 23920; warned 余杭 28705 against 23920 H66-5.3
    undertake 建德→余杭 2023 10.0000 @25300 built 10.0000       → undertaken, guide 25300
    undertake 建德→余杭 2023 10.0000 @25300 built 10.0001       → refused figures_conflict H66-5.2 余杭 needed_area 10.0001 available_area 10.0000
  )");
}

TEST(GuidePrice, IsRoundedHalfUpToTheYuan) {
  // H66-5.3. 20 000 + 1 % of 49 = 20 000.49; of 50: 20 000.50.
  for (const auto& [tax, guide] : {std::pair{"49", "20000"}, {"50", "20001"}, {"149", "20001"}}) {
    Registers r;
    r.check(kTasks);
    r.check("publish restoration_gap 2024 20000 → published\npublish industrial_tax 2023 " + std::string{tax} +
            " → published\nundertake 建德→余杭 2023 1.0000 @20000 → undertaken, guide " + guide);
  }
}

TEST(GuidePrice, GuidesAndDoesNotBindAndWithoutARowThereIsNone) {
  const auto pack = with_government_rows(script::at_once());
  constexpr std::string_view kFigures = R"(
    publish restoration_gap 2024 20000          → published
    publish industrial_tax 2023 300000          → published
  )";
  for (const Parameter p : {Parameter::guide_gap_weight, Parameter::guide_tax_weight, Parameter::guide_premium}) {
    Registers r{script::without(pack, p)};
    r.check(kTasks);
    r.check(kFigures);
    r.check("undertake 建德→余杭 2023 1.0000 @1 → undertaken, guide none");  // H66-5.3: never a guess
  }
  Registers no_band{script::without(pack, Parameter::guide_band)};
  no_band.check(kTasks);
  no_band.check(kFigures);
  no_band.check("undertake 建德→余杭 2023 1.0000 @1 → undertaken, guide 23000");
  Registers half{script::with_value(pack, Parameter::guide_tax_weight, 200)};  // 20 000 + 2 % of 300 000
  half.check(kTasks);
  half.check(kFigures);
  half.check("undertake 建德→余杭 2023 1.0000 @1 → undertaken, guide 26000; warned 余杭 1 against 26000 H66-5.3");
}

// ---- H66-5.2: the run that pays ----

TEST(RestorationRun, PaysWhatWasAgreedByTheEndOfTheYearAndIsNotPaidYet) {
  // H66-5.2. 10 mu × 20 000 = 200 000.00; 0.3333 mu × 20 005 = 6 667.6665, half up 6 667.67.
  Registers r;
  r.check(kTasks);
  r.check(R"(
    u1 = undertake 建德→余杭 2023 10.0000 @20000 → undertaken, guide none
    u2 = undertake 建德→余杭 2023 0.3333 @20005  → undertaken, guide none
    u3 = undertake 建德→余杭 2023 0.0001 @49     → undertaken, guide none      # 0.49 fen is none: no line
    reckon restoration 2021                      → refused year_out_of_reach year 2021
    reckon restoration 2023                      → refused nothing_to_pay year 2023
    reckon restoration 2025                      → refused year_out_of_reach year 2025
    r1 = reckon restoration 2024                 → total 206667.67; 余杭→建德 undertaking 10.0000 × 20000 = 200000.00 H66-5.2 u1; 余杭→建德 undertaking 0.3333 × 20005 = 6667.67 H66-5.2 u2
    fund 余杭 206 667.66 yuan                    → done
    pay-run r1                                   → refused not_enough_money H66-5.2 needed_fen 206667.67 available_fen 206667.66 余杭
    fund 余杭 0.01 yuan                          → done
    pay-run r1                                   → paid 206667.67; 余杭→建德 200000.00 H66-5.2; 余杭→建德 6667.67 H66-5.2
    cash 建德 free 206 667.67 yuan
    cash 余杭 free 0.00 yuan
    reckon restoration 2024                      → refused run_already_paid year 2024
    close 2024-06-03                             → done
    open 2025-06-03                              → done
    u4 = undertake 建德→余杭 2023 1.0000 @10000  → undertaken, guide none
    reckon restoration 2025                      → total 10000.00; 余杭→建德 undertaking 1.0000 × 10000 = 10000.00 H66-5.2 u4
  )");
}

TEST(RestorationRun, NothingIsPaidTwiceThoughTwoYearsWereReckonedWithIt) {
  // H66-5.2. What 2024 left unpaid is in the run of 2025 too; the one that is paid first pays it.
  Registers r;
  r.check(kTasks);
  r.check(R"(
    fund 余杭 5.00 wan                           → done
    u1 = undertake 建德→余杭 2023 1.0000 @20000  → undertaken, guide none
    r1 = reckon restoration 2024                 → total 20000.00; 余杭→建德 undertaking 1.0000 × 20000 = 20000.00 H66-5.2 u1
    close 2024-06-03                             → done
    open 2025-06-03                              → done
    r2 = reckon restoration 2025                 → total 20000.00; 余杭→建德 undertaking 1.0000 × 20000 = 20000.00 H66-5.2 u1
    pay-run r2                                   → paid 20000.00; 余杭→建德 20000.00 H66-5.2
    pay-run r1                                   → refused run_stale
    reckon restoration 2024                      → refused nothing_to_pay year 2024
  )");
}

TEST(RestorationRun, WhatWasReversedIsOwedAgainAndWhatWasAgreedSinceMakesARunStale) {
  // H66-5.2. Undone by a run that names it, line by line the other way round; then it is to be paid again.
  Registers r;
  r.check(kTasks);
  r.check(R"(
    fund 余杭 5.00 wan                           → done
    u1 = undertake 建德→余杭 2023 1.0000 @20000  → undertaken, guide none
    r1 = reckon restoration 2024                 → total 20000.00; 余杭→建德 undertaking 1.0000 × 20000 = 20000.00 H66-5.2 u1
    u2 = undertake 建德→余杭 2023 1.0000 @10000  → undertaken, guide none
    pay-run r1                                   → refused run_stale
    r2 = reckon restoration 2024                 → total 30000.00; 余杭→建德 undertaking 1.0000 × 20000 = 20000.00 H66-5.2 u1; 余杭→建德 undertaking 1.0000 × 10000 = 10000.00 H66-5.2 u2
    pay-run r2                                   → paid 30000.00; 余杭→建德 20000.00 H66-5.2; 余杭→建德 10000.00 H66-5.2
    r3 = reverse r2                              → total 30000.00; 建德→余杭 undertaking 1.0000 × 10000 = 10000.00 H66-5.2 u2; 建德→余杭 undertaking 1.0000 × 20000 = 20000.00 H66-5.2 u1
    pay-run r3                                   → paid 30000.00; 建德→余杭 10000.00 H66-5.2; 建德→余杭 20000.00 H66-5.2
    cash 余杭 free 5.00 wan
    r4 = reckon restoration 2024                 → total 30000.00; 余杭→建德 undertaking 1.0000 × 20000 = 20000.00 H66-5.2 u1; 余杭→建德 undertaking 1.0000 × 10000 = 10000.00 H66-5.2 u2
  )");
}

}  // namespace
}  // namespace landex
