// The advance 预拨 to a mountain-4 county (H66-7.5): 50 % of the contract's reclamation fund, for indicators that are
// sure to be filed within a year. Applied for by the county, reviewed and approved by two people of the bureau, paid
// out of the city's cash; netted against what the pool owes for filings in time; called back when its day has passed.
#include <gtest/gtest.h>

#include "tests/market_script.hpp"

namespace landex {
namespace {

namespace cmd = engine::command;
using engine::Reason;
using script::Market;

/// The pack as shipped: the simulation venue has the advance's chain, and no other.
Market shipped() { return Market{{.pack = script::shipped().pack}}; }

TEST(Advance, OfAContractOfAThousandWanFiveHundredArePrepaidAndAFilingIsNettedFirst) {
  // H66-7.5: 1 000 × 50 % = 500 万元. 100 mu filed: 100 × 20 % = 20 mu pooled, × 20.00 = 400 万元: all of it is netted,
  // 500 − 400 = 100 stay.
  shipped().check(R"(
    price area 20.00 2024-01-01..2025-12-31                   → done
    open 2024-06-03                                           → done
    fund 杭州 600.00 wan                                      → done
    advance 建德 1 000.00 wan by 2025-06-03                   → refused approval_needed
    p1 = ask advance 建德 1 000.00 wan by 2025-06-03          → done
      proposed p1 apply_advance review until 2024-06-11       # Mon 10 June is Dragon Boat Festival
    pass 建德 p1                                              → refused not_your_step
    pass 杭州 p1                                              → done
    pass 杭州 p1                                              → refused needs_another_person
    by 2 pass 杭州 p1                                         → done
      approval p1 effective
      advanced p1 建德 500.00 wan until 2025-06-03
    cash 建德 free 500.00 wan advances 500.00 wan claims 0.00 yuan
    cash 杭州 free 100.00 wan advances -500.00 wan

    f1 = file 建德 area 100.0000                              → done
      claim 建德 area 20.0000 400.00 wan
      reduced-advance p1 paid by 400.00 wan to 100.00 wan filing f1
    cash 建德 free 500.00 wan advances 100.00 wan claims 0.00 yuan
    cash 杭州 free 100.00 wan advances -100.00 wan claims 0.00 yuan
    pay 建德                                                  → refused nothing_to_settle H66-7.4

    f2 = file 建德 area 100.0000                              → done     # 100 are netted, 300 are owed
      reduced-advance p1 settled by 100.00 wan to 0.00 yuan filing f2
    cash 建德 free 500.00 wan advances 0.00 yuan claims 300.00 wan
  )");
}

TEST(Advance, OnlyTheFourMountainCountiesApply) {
  shipped().check(R"(
    open 2024-06-03                                           → done
    fund 杭州 2 000.00 wan                                    → done
    ask advance 富阳 1 000.00 wan by 2025-06-03               → refused advance_not_for_class H66-7.5
    ask advance 余杭 1 000.00 wan by 2025-06-03               → refused advance_not_for_class H66-7.5
    ask advance 临安 100.00 wan by 2025-06-03                 → done
    ask advance 桐庐 100.00 wan by 2025-06-03                 → done
    ask advance 淳安 100.00 wan by 2025-06-03                 → done
    ask advance 建德 100.00 wan by 2025-06-03                 → done
  )");
}

TEST(Advance, TheFilingIsSureWithinAYearOfTheApplicationAndNotBeforeIt) {
  shipped().check(R"(
    open 2024-06-03                                           → done
    fund 杭州 2 000.00 wan                                    → done
    ask advance 建德 100.00 wan by 2025-06-04                 → refused advance_day_out_of_reach H66-7.5
    ask advance 建德 100.00 wan by 2024-06-02                 → refused advance_day_out_of_reach H66-7.5
    ask advance 建德 100.00 wan by 2025-06-03                 → done
    ask advance 建德 100.00 wan by 2024-06-03                 → done
  )");
}

TEST(Advance, TheCityHasTheMoneyWhenItIsAppliedForAndWhenItIsPaid) {
  Market market = shipped();
  market.check(R"(
    open 2024-06-03                                           → done
    fund 杭州 499.99 wan                                      → done
    ask advance 建德 1 000.00 wan by 2025-06-03               → refused not_enough_money H66-7.5
    fund 杭州 0.01 wan                                        → done
    p1 = ask advance 建德 1 000.00 wan by 2025-06-03          → done
    p2 = ask advance 淳安 1 000.00 wan by 2025-06-03          → done
    pass 杭州 p1                                              → done
    by 2 pass 杭州 p1                                         → done
      approval p1 effective
    pass 杭州 p2                                              → done
    by 2 pass 杭州 p2                                         → done
      approval p2 voided not_enough_money H66-7.5
    cash 淳安 free 0.00 yuan advances 0.00 yuan
  )");
  const auto refused = script::refusal_in(market.send(
      script::officer_of("建德"),
      cmd::Propose{
          .subject = cmd::ApplyAdvance{.fund = Fen::wan(1), .filing_by = script::on(2025, 6, 3), .contract = {}},
          .reason = "事由",
          .document = {}}));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, Reason::document_missing);
  EXPECT_EQ(refused->rule, policy::Clause::h66_7_5);
}

TEST(Advance, WhatIsLeftAfterItsDayIsCalledBackAndPaidBack) {
  shipped().check(R"(
    price area 20.00 2024-01-01..2025-12-31                   → done
    open 2024-06-03                                           → done
    fund 杭州 500.00 wan                                      → done
    p1 = ask advance 建德 1 000.00 wan by 2024-07-01          → done
    pass 杭州 p1                                              → done
    by 2 pass 杭州 p1                                         → done
    repay 建德 p1 500.01 wan                                  → refused repays_too_much
    repay 余杭 p1 1.00 wan                                    → refused unknown_advance
    repay 建德 p1 100.00 wan                                  → done
      reduced-advance p1 paid by 100.00 wan to 400.00 wan
    close 2024-06-03                                          → done
    open 2024-07-01                                           → done     # its last day
      reduced-advance nothing
    close 2024-07-01                                          → done
    open 2024-07-02                                           → done
      reduced-advance p1 overdue by 0.00 yuan to 400.00 wan
    file 建德 area 100.0000                                   → done     # too late to be netted
      claim 建德 area 20.0000 400.00 wan
      reduced-advance nothing
    cash 建德 free 400.00 wan advances 400.00 wan claims 400.00 wan
    repay 杭州 p1 400.00 wan                                  → done     # the bureau records it
      reduced-advance p1 settled by 400.00 wan to 0.00 yuan
    cash 建德 free 0.00 yuan advances 0.00 yuan claims 400.00 wan
    cash 杭州 free 500.00 wan advances 0.00 yuan claims -400.00 wan
  )");
}

TEST(Advance, AFilingInTimeIsNettedWhenItsPriceIsPublishedEvenAfterTheDay) {
  shipped().check(R"(
    open 2024-06-03                                           → done
    fund 杭州 500.00 wan                                      → done
    p1 = ask advance 建德 1 000.00 wan by 2024-07-01          → done
    pass 杭州 p1                                              → done
    by 2 pass 杭州 p1                                         → done
    f1 = file 建德 area 100.0000                              → done
      claim 建德 area 20.0000 待定价
    close 2024-06-03                                          → done
    open 2024-07-02                                           → done
      reduced-advance p1 overdue by 0.00 yuan to 500.00 wan
    price area 20.00 2024-06-01..2024-06-30                   → done
      claim 建德 area 20.0000 400.00 wan
      reduced-advance p1 overdue by 400.00 wan to 100.00 wan filing f1
  )");
}

TEST(Advance, OfTwoTheOlderIsNettedFirst) {
  shipped().check(R"(
    price area 20.00 2024-01-01..2025-12-31                   → done
    open 2024-06-03                                           → done
    fund 杭州 500.00 wan                                      → done
    p1 = ask advance 建德 100.00 wan by 2025-01-01            → done
    p2 = ask advance 建德 900.00 wan by 2024-12-01            → done
    pass 杭州 p1                                              → done
    pass 杭州 p2                                              → done
    by 2 pass 杭州 p2                                         → done
    by 2 pass 杭州 p1                                         → done
    f1 = file 建德 area 100.0000                              → done     # 400 are owed: 50 and 350 of 450
      reduced-advance p1 settled by 50.00 wan to 0.00 yuan filing f1
      reduced-advance p2 paid by 350.00 wan to 100.00 wan filing f1
  )");
}

}  // namespace
}  // namespace landex
