// How indicators enter and leave: filing with the city's 20 % (H66-7.2) and what it owes for it (7.4), deduction, the
// reserve library with the city's 30 % (6.2), use by a project. 1 mu at 1.00 万元/亩 is 1 万元.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/market_script.hpp"

namespace landex {
namespace {

using policy::Parameter;
using script::check;

// ---- the 20 % (H66-7.2) ----

TEST(Pool, ManySmallFilingsPoolExactlyWhatOneLargeOneWould) {
  // In units of 0.0001 mu: 20 % of 4, 8, 12, 16, 20 is 0.8, 1.6, 2.4, 3.2, 4.0; rounded down 0, 1, 2, 3, 4.
  // One filing of 20 units: 4.
  check(R"(
    open 2024-06-03        → done
    file 建德 area 0.0004  → done
      pool nothing
      claim nothing
    file 建德 area 0.0004  → done
      pool 建德 area 0.0001
    file 建德 area 0.0004  → done
      pool 建德 area 0.0001
    file 建德 area 0.0004  → done
      pool 建德 area 0.0001
    file 建德 area 0.0004  → done
      pool 建德 area 0.0001
    holds 建德 area free 0.0016
    file 淳安 area 0.0020  → done
      pool 淳安 area 0.0004
    holds 淳安 area free 0.0016
    holds 杭州 area pool 0.0008
  )");
}

TEST(Pool, EachComponentIsReckonedByItself) {
  // area 10 → 2.0, paddy 3 → 0.6, capacity 7 kg → 1.4; then in all 20 → 4.0, 6 → 1.2, 14 → 2.8, less what is pooled.
  check(R"(
    open 2024-06-03                                → done
    file 建德 area 0.0010 paddy 0.0003 capacity 7  → done
      pool 建德 area 0.0002
      pool 建德 capacity 1
    file 建德 area 0.0010 paddy 0.0003 capacity 7  → done
      pool 建德 area 0.0002
      pool 建德 paddy 0.0001
      pool 建德 capacity 1
    holds 建德 area     free 0.0016
    holds 建德 paddy    free 0.0005
    holds 建德 capacity free 12
    holds 杭州 capacity pool 2
  )");
}

TEST(Pool, EveryDistrictIsPooledFromAndEachForItself) {
  check(R"(
    open 2024-06-03         → done
    file 余杭 area 10.0000  → done
      pool 余杭 area 2.0000
    file 临安 area 0.0004   → done
      pool nothing
    file 余杭 area 10.0000  → done
      pool 余杭 area 2.0000
    holds 杭州 area pool 4.0000
    file 杭州 area 10.0000  → refused unknown_unit   # the city pools; it does not file
  )");
}

TEST(Pool, ADeductionLowersTheNextDueAndNeverTakesItBelowZero) {
  // filed 100 → 20 pooled. Less 50: 20 % of 50 is 10, 10 too many are pooled. 30 more: 20 % of 80 is 16, still 4 too
  // many. 40 more: 20 % of 120 is 24: 4 are due.
  check(R"(
    open 2024-06-03               → done
    f1 = file 建德 area 100.0000  → done
      pool 建德 area 20.0000
    deduct f1 area 50.0000        → done
      pool nothing
    holds 建德 area free 30.0000 cancelled 50.0000
    file 建德 area 30.0000        → done
      pool nothing
      claim nothing
    file 建德 area 40.0000        → done
      pool 建德 area 4.0000
    holds 建德 area free 96.0000 cancelled 50.0000
    holds 杭州 area pool 24.0000
  )");
}

TEST(Pool, ADeductionExceedsNeitherItsFilingNorWhatIsFree) {
  check(R"(
    open 2024-06-03                             → done
    f1 = file 建德 area 100.0000 paddy 40.0000  → done
    f2 = file 建德 area 100.0000                → done
    f3 = file 淳安 linkage 10.0000              → done
    deduct f1 area 60.0000 paddy 20.0000        → done
    deduct f1 area 40.0001                      → refused deduction_exceeds_filing   # 40 are left of it
    deduct f1 paddy 20.0001                     → refused deduction_exceeds_filing
    deduct f1 capacity 1                        → refused deduction_exceeds_filing
    deduct f1 paddy 12.0001                     → refused deduction_exceeds_holding   # 40 − 8 − 20 are free
    deduct f3 paddy 1.0000                      → refused component_not_in_kind H66-14.1
    s1 = sell 建德 area 90.0000 @20.00          → rests 90.0000
    deduct f2 area 10.0001                      → refused deduction_exceeds_holding   # 200 − 40 − 60 − 90
    deduct f2 area 10.0000                      → done
    cancel 建德 s1                              → done
    deduct f2 area 90.0000                      → done
    deduct f3 area 10.0000                      → done
    holds 建德 area    free 0.0000 cancelled 160.0000
    holds 淳安 linkage free 0.0000 cancelled 10.0000
  )");
}

policy::Pack pack_with_share(int64_t until_june, int64_t from_july) {
  policy::Pack pack = script::at_once();
  const auto row = std::ranges::find(pack.rows, Parameter::pooled_share_supplementary, &policy::Row::parameter);
  EXPECT_NE(row, pack.rows.end());
  policy::Row next = *row;
  row->until = script::on(2024, 6, 30);
  row->value = until_june;
  next.from = script::on(2024, 7, 1);
  next.value = from_july;
  pack.rows.push_back(next);
  return pack;
}

TEST(Pool, ANewShareCountsOnlyWhatIsFiledUnderIt) {
  // 20 % to the end of June, 30 % after: 100 in July are due 30, not 30 % of 200 less 20. What is deducted in July from
  // the filing of June counts against June: the next 10 are due 3.
  script::Market{{.pack = pack_with_share(2'000, 3'000)}}.check(R"(
    open 2024-06-28               → done
    f1 = file 建德 area 100.0000  → done
      pool 建德 area 20.0000
    close 2024-06-28              → done
    open 2024-07-01               → done
    file 建德 area 100.0000       → done
      pool 建德 area 30.0000
    deduct f1 area 50.0000        → done
      pool nothing
    file 建德 area 10.0000        → done
      pool 建德 area 3.0000
  )");
}

TEST(Pool, AShareThatAnotherPackBringsCountsOnlyWhatIsFiledUnderIt) {
  // The pack of June knows 20 % without end; the pack that is activated before 1 July ends that row and adds 30 %.
  script::Market market;
  market.check(R"(
    open 2024-06-28               → done
    f1 = file 建德 area 100.0000  → done
      pool 建德 area 20.0000
    close 2024-06-28              → done
  )");
  const auto events =
      market.send(script::landexd(), engine::command::Activate{.behaviour = 1, .pack = pack_with_share(2'000, 3'000)});
  EXPECT_FALSE(script::refusal_in(events));
  market.check(R"(
    open 2024-06-29          → done
    file 建德 area 0.0002    → done   # still June's row: 20 % of 100.0002, rounded down, is 20
      pool nothing
    file 建德 area 0.0003    → done   # and of 100.0005: 20.0001
      pool 建德 area 0.0001
    close 2024-06-29         → done
    open 2024-07-01          → done
    file 建德 area 100.0000  → done
      pool 建德 area 30.0000
    deduct f1 area 50.0000   → done
    file 建德 area 10.0000   → done
      pool 建德 area 3.0000
  )");
}

TEST(Pool, AShareThatIsChangedInPlaceDoesNotReachBackEither) {
  // The same row, 30 % in place of 20: what was filed at 20 % stays at 20 %. 100 more are due 30, not 30 % of 200 − 20.
  policy::Pack pack = script::at_once();
  const auto row = std::ranges::find(pack.rows, Parameter::pooled_share_supplementary, &policy::Row::parameter);
  ASSERT_NE(row, pack.rows.end());
  row->value = 3'000;
  script::Market market;
  market.check(R"(
    open 2024-06-03               → done
    f1 = file 建德 area 100.0000  → done
      pool 建德 area 20.0000
    close 2024-06-03              → done
  )");
  EXPECT_FALSE(script::refusal_in(
      market.send(script::landexd(), engine::command::Activate{.behaviour = 1, .pack = std::move(pack)})));
  market.check(R"(
    open 2024-06-04          → done
    file 建德 area 100.0000  → done
      pool 建德 area 30.0000
    deduct f1 area 50.0000   → done
    file 建德 area 10.0000   → done
      pool 建德 area 3.0000
  )");
}

TEST(Pool, TheCityMayPoolNothingOrAll) {
  script::Market{{.pack = pack_with_share(0, 10'000)}}.check(R"(
    open 2024-06-28          → done
    file 建德 area 100.0000  → done
      pool nothing
    close 2024-06-28         → done
    open 2024-07-01          → done
    file 建德 area 100.0000  → done
      pool 建德 area 100.0000
    holds 建德 area free 100.0000
  )");
}

// ---- what the pool owes (H66-7.4) ----

TEST(Claim, IsRoundedHalfUpToTheFen) {
  // 0.0001 mu at 20.0050 万元/亩 = 200 050 yuan a mu is 20.005 yuan → 20.01; at 20.0049 it is 20.0049 → 20.00.
  check(R"(
    price area  20.0050 2024-06-01..2024-06-30  → done
    price paddy 20.0049 2024-06-01..2024-06-30  → done
    open 2024-06-03                             → done
    file 建德 area 0.0005 paddy 0.0005          → done
      claim 建德 area 0.0001 20.01 yuan
      claim 建德 paddy 0.0001 20.00 yuan
    cash 建德 claims 40.01 yuan
  )");
}

TEST(Claim, ThatWaitsIsPricedByTheRowOfTheDayOfItsFilingAndNoOther) {
  // Filed on 3 and 4 June and on 1 July without a price. The row of June prices the two of June, each by itself:
  // 20 mu × 20.00 = 400 万元, 2 mu × 20.00 = 40. The row of July comes later, at 25.00: 20 × 25 = 500.
  check(R"(
    open 2024-06-03                            → done
    f1 = file 建德 area 100.0000               → done
      claim 建德 area 20.0000 待定价
    close 2024-06-03                           → done
    open 2024-06-04                            → done
    f2 = file 淳安 area 10.0000 paddy 10.0000  → done
      claim 淳安 area 2.0000 待定价
      claim 淳安 paddy 2.0000 待定价
    close 2024-06-04                           → done
    open 2024-07-01                            → done
    f3 = file 建德 area 100.0000               → done
      claim 建德 area 20.0000 待定价
    close 2024-07-01                           → done

    price area 30.00 2024-05-01..2024-06-02    → done
      claim nothing
    price area 20.00 2024-06-03..2024-06-30    → done
      claim 建德 area 20.0000 400.00 wan
      claim 淳安 area 2.0000 40.00 wan
    waits 建德 area 20.0000
    waits 淳安 paddy 2.0000
    price area 25.00 2024-07-01..2024-07-31    → done
      claim 建德 area 20.0000 500.00 wan
    cash 建德 claims 900.00 wan
    cash 杭州 claims -940.00 wan
    waits 建德 area 0.0000
    waits 淳安 paddy 2.0000
  )");
}

TEST(Claim, IsPricedByTheRowInForceOnTheDayOfFiling) {
  check(R"(
    price area 20.00 2024-06-01..2024-06-30  → done
    price area 25.00 2024-07-01..2024-07-31  → done
    open 2024-06-30                          → done
    file 建德 area 100.0000                  → done
      claim 建德 area 20.0000 400.00 wan
    close 2024-06-30                         → done
    open 2024-07-01                          → done
    file 建德 area 100.0000                  → done
      claim 建德 area 20.0000 500.00 wan
    close 2024-07-01                         → done
    open 2024-08-01                          → done
    file 建德 area 100.0000                  → done
      claim 建德 area 20.0000 待定价
  )");
}

TEST(Claim, IsPaidInFullOutOfTheCitysMoneyOrNotAtAll) {
  check(R"(
    price area 20.00 2024-06-01..2024-06-30  → done
    open 2024-06-03                          → done
    file 建德 area 100.0000                  → done
    file 建德 area 50.0000                   → done
    cash 建德 claims 600.00 wan                                   # 30 mu × 20.00
    fund 杭州 5 999 999.99 yuan              → done
    pay 建德                                 → refused not_enough_money H66-7.4
    fund 杭州 0.02 yuan                      → done
    pay 建德                                 → done
    cash 建德 free 600.00 wan claims 0.00 yuan
    cash 杭州 free 0.01 yuan  claims 0.00 yuan
    pay 建德                                 → refused nothing_to_settle H66-7.4
    pay 杭州                                 → refused nothing_to_settle H66-7.4
  )");
}

// ---- a price that is revoked (H66-7.4, P14) ----

TEST(RevokedPrice, TakesBackWhatWasBookedAtItAndTheClaimWaitsForAnother) {
  // 20 mu × 20.00 = 400 万元; × 21.00 = 420. The claim of July, at its own price, stands: 2 mu × 25.00 = 50.
  check(R"(
    r1 = price area 20.00 2024-06-01..2024-06-30  → done
    price area 25.00 2024-07-01..2024-07-31       → done
    open 2024-06-03                               → done
    file 建德 area 100.0000                       → done
    close 2024-06-03                              → done
    open 2024-07-01                               → done
    file 建德 area 10.0000                        → done
    cash 建德 claims 450.00 wan
    revoke r1                                     → done
      claim 建德 area 20.0000 待定价
    cash 建德 claims 50.00 wan
    cash 杭州 claims -50.00 wan
    waits 建德 area 20.0000
    price area 21.00 2024-06-01..2024-06-30       → done
      claim 建德 area 20.0000 420.00 wan
    cash 建德 claims 470.00 wan
    waits 建德 area 0.0000
  )");
}

TEST(RevokedPrice, WhatWasPaidAtItIsSetAgainstWhatIsBookedNext) {
  // 400 万元 were paid. At 19.00 the 20 mu are 380: nothing is due, and 20 are still to be made good. The next 20 mu at
  // 25.00 are 500, less 20.
  check(R"(
    r1 = price area 20.00 2024-06-01..2024-06-30  → done
    price area 25.00 2024-07-01..2024-07-31       → done
    fund 杭州 400.00 wan                          → refused day_not_open
    open 2024-06-03                               → done
    fund 杭州 400.00 wan                          → done
    file 建德 area 100.0000                       → done
    pay 建德                                      → done
    close 2024-06-03                              → done
    open 2024-07-01                               → done
    revoke r1                                     → done
      claim 建德 area 20.0000 待定价
    cash 建德 free 400.00 wan claims 0.00 yuan
    cash 杭州 claims 0.00 yuan
    price area 19.00 2024-06-01..2024-06-30       → done
      claim 建德 area 20.0000 380.00 wan
    cash 建德 claims 0.00 yuan
    pay 建德                                      → refused nothing_to_settle H66-7.4
    file 建德 area 100.0000                       → done
      claim 建德 area 20.0000 500.00 wan
    cash 建德 claims 480.00 wan
    cash 杭州 claims -480.00 wan
  )");
}

TEST(RevokedPrice, OfAPartlyPaidCountyTakesWhatItStillHasComing) {
  // 400 of June were paid; 50 of July are coming. Of the 400 that fall, 50 are taken there, 350 are carried: at 21.00
  // the 20 mu are 420, and 70 are due: 420 + 50 − 400.
  check(R"(
    r1 = price area 20.00 2024-06-01..2024-06-30  → done
    price area 25.00 2024-07-01..2024-07-31       → done
    open 2024-06-03                               → done
    fund 杭州 400.00 wan                          → done
    file 建德 area 100.0000                       → done
    pay 建德                                      → done
    close 2024-06-03                              → done
    open 2024-07-01                               → done
    file 建德 area 10.0000                        → done
    cash 建德 claims 50.00 wan
    revoke r1                                     → done
    cash 建德 claims 0.00 yuan
    price area 21.00 2024-06-01..2024-06-30       → done
    cash 建德 claims 70.00 wan
  )");
}

// ---- the reserve library and its 30 % (H66-6.1, H66-6.2) ----

TEST(Reserve, PlotsAreTakenWholeBestGradeFirstThenByNumber) {
  // 40 + 100 + 30 + 30 = 200 qualify, 30 % is 60. Grade 3 comes before 5, whatever the number; of equal grade P3 before
  // P4, whatever the order of entry. 30 + 30 fill the target.
  check(R"(
    open 2024-06-03                                                                          → done
    plots 建德 P1 40.0000 grade 5 P2 100.0000 grade 8 P4 30.0000 grade 3 P3 30.0000 grade 3  → done
      taken P3 30.0000 target 60.0000 short 30.0000
      taken P4 30.0000 target 60.0000 short 0.0000
    reserve 建德 qualifying 200.0000 target 60.0000 pooled 60.0000 short 0.0000
  )");
}

TEST(Reserve, APlotTooLargeForTheTargetIsPassedOverAndASmallerOneTaken) {
  // 80 + 20 = 100 qualify, target 30. P1 (80) is best but too large; P2 (20) fits; 10 are carried.
  check(R"(
    open 2024-06-03                                   → done
    plots 建德 P1 80.0000 grade 1 P2 20.0000 grade 7  → done
      taken P2 20.0000 target 30.0000 short 10.0000
    reserve 建德 qualifying 100.0000 target 30.0000 pooled 20.0000 short 10.0000
  )");
}

TEST(Reserve, WhatFallsShortIsCarriedAndAPlotPassedOverIsTakenWhenTheTargetHasGrown) {
  // 100 → target 30, pooled 20 (P2). With P3 (250 mu of grade 8): 350 → target 105; P1 (80) makes 100; 5 are carried.
  // With 20 mu of P4 and P5: 370 → 111; P5 (11 mu, grade 2) makes 111; P4 comes too late.
  check(R"(
    open 2024-06-03                                   → done
    plots 建德 P1 80.0000 grade 1 P2 20.0000 grade 7  → done
    plots 建德 P3 250.0000 grade 8                    → done
      taken P1 80.0000 target 105.0000 short 5.0000
    plots 建德 P4 9.0000 grade 4 P5 11.0000 grade 2   → done
      taken P5 11.0000 target 111.0000 short 0.0000
    reserve 建德 qualifying 370.0000 target 111.0000 pooled 111.0000 short 0.0000
    plots 建德 P6 0.0003 grade 1                      → done   # 30 % of 370.0003, rounded down, is 111
      taken nothing
    plots 建德 P7 0.0001 grade 1                      → done   # and of 370.0004, 111.0001
      taken P7 0.0001 target 111.0001 short 0.0000
  )");
}

TEST(Reserve, PlotsBelowTheGradeCountForNothing) {
  check(R"(
    open 2024-06-03                                    → done
    plots 建德 P1 10.0000 grade 9 P2 10.0000 grade 15  → done
      entered P1 10.0000 out
      entered P2 10.0000 out
      taken nothing
    plots 建德 P3 10.0000 grade 8                      → done
      entered P3 10.0000 qualifies
      taken nothing
    reserve 建德 qualifying 10.0000 target 3.0000 pooled 0.0000 short 3.0000
  )");
}

TEST(Reserve, EachCountyIsReckonedByItselfAndAPlotIsEnteredOnceInTheCity) {
  check(R"(
    open 2024-06-03                                   → done
    plots 建德 P1 70.0000 grade 3 P2 30.0000 grade 3  → done
      taken P2 30.0000 target 30.0000 short 0.0000
    plots 淳安 Q1 100.0000 grade 3                    → done
      taken nothing
    plots 淳安 P1 10.0000 grade 3                     → refused plot_already_entered
    plots 淳安 Q2 10.0000 grade 3 Q2 10.0000 grade 3  → refused plot_already_entered
    plots 淳安                                        → refused no_plots
    plots 杭州 Q3 10.0000 grade 3                     → refused unknown_unit
    reserve 淳安 qualifying 100.0000 target 30.0000 pooled 0.0000 short 30.0000
  )");
}

TEST(Reserve, APlotInDisputeIsPassedOverUntilTheDisputeIsCleared) {
  // H66-9. 30 + 70 = 100 qualify, target 30. P1 would fit, but is in dispute; P2 (70) is too large. Cleared, P1 is
  // taken at once. P3 is not in the library: its dispute moves nothing.
  check(R"(
    open 2024-06-03                     → done
    plots 建德 P1 30.0000 grade 1       → done
      taken nothing
    conflict 建德 P1 other              → done
    conflict 建德 P3 other              → done
    plots 建德 P2 70.0000 grade 8       → done
      taken nothing
    reserve 建德 qualifying 100.0000 target 30.0000 pooled 0.0000 short 30.0000
    clear 建德 P3 opinion               → done
      taken nothing
    clear 建德 P1 opinion               → done
      taken P1 30.0000 target 30.0000 short 0.0000
  )");
}

TEST(Reserve, IsNoIndicatorAndMovesNeitherLandNorMoney) {
  check(R"(
    open 2024-06-03                                   → done
    plots 建德 P1 70.0000 grade 3 P2 30.0000 grade 3  → done
      pool nothing
      claim nothing
    holds 建德 area free 0.0000
    holds 杭州 area pool 0.0000
  )");
}

// ---- use ----

TEST(Use, TakesFromWhatIsFreeAndTheLandStaysOnTheBooksAsUsed) {
  check(R"(
    open 2024-06-03                     → done
    file 建德 area 100.0000             → done
    use 建德 area 80.0001               → refused not_enough_land
    s1 = sell 建德 area 50.0000 @20.00  → rests 50.0000
    use 建德 area 30.0001               → refused not_enough_land
    use 建德 area 30.0000               → done
    holds 建德 area free 0.0000 held 50.0000 used 30.0000 outside -100.0000
  )");
}

}  // namespace
}  // namespace landex
