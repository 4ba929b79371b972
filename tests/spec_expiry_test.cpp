// A batch that expires: with the day after its last its land leaves wherever it can still be used, free or held,
// frozen, lent or pooled. What its owner has promised of it is given up in a stated order
// (exchange/engine/steps_expiry.cpp).
#include <gtest/gtest.h>

#include "tests/market_script.hpp"

namespace landex {
namespace {

using script::check;

TEST(Expiry, TakesTheLandOfABatchPastItsLastDayWhereverItIs) {
  // 10 expire through 5 June. On the 6th Xihu has 6 of them and Yuhang 3, of which 2 are on offer till cancelled; the
  // one that is used stays used.
  check(R"(
    open 2024-06-03                                         → done
    f1 = file 西湖 linkage 10.0000 expires 2024-06-05       → done
    f2 = file 西湖 linkage 1.0000                           → done
    transfer 西湖→余杭 linkage 3.0000                       → done
    use 西湖 linkage 1.0000                                 → done
    s1 = sell 余杭 linkage 2.0000 @20.00 gtc                → rests 2.0000
    close 2024-06-03                                        → done
    open 2024-06-05                                         → done
      expired nothing
    close 2024-06-05                                        → done
    open 2024-06-06                                         → done
      expired f1 西湖 linkage 6.0000
      expired f1 余杭 linkage 3.0000
      ended s1 2.0000 expired
      lot f1 linkage 6.0000 西湖.stock→西湖.cancelled
      lot f1 linkage 3.0000 余杭.stock→余杭.cancelled
    lots 西湖 linkage stock f2 1.0000
    lots 西湖 linkage used f1 1.0000
    close 2024-06-06                                        → done
    open 2024-06-07                                         → done
      expired nothing
    file 西湖 linkage 1.0000 expires 2024-06-06             → refused term_not_later
    file 西湖 linkage 1.0000 expires 2024-06-07             → done
  )");
}

TEST(Expiry, WhatIsFreeGoesFirstThenTheNewestOrderEndsWholeUntilThereIsEnough) {
  // 西湖: 15, of which 10 expire; 2 are free. 8 are missing: s2 gives 4, then s1 gives 9. 2 + 4 + 9 − 10 = 5 are free.
  // 萧山: the same, but 6 free and 5 + 4 on offer: 4 are missing, s4 gives them, s3 stands with the 5 that are left.
  check(R"(
    open 2024-06-03                                         → done
    f1 = file 西湖 linkage 10.0000 expires 2024-06-03       → done
    f2 = file 西湖 linkage 5.0000                           → done
    s1 = sell 西湖 linkage 9.0000 @20.00 gtc                → rests 9.0000
    s2 = sell 西湖 linkage 4.0000 @19.00 gtc                → rests 4.0000
    f3 = file 萧山 linkage 10.0000 expires 2024-06-03       → done
    f4 = file 萧山 linkage 5.0000                           → done
    s3 = sell 萧山 linkage 5.0000 @20.00 gtc                → rests 5.0000
    s4 = sell 萧山 linkage 4.0000 @20.00 gtc                → rests 4.0000
    close 2024-06-03                                        → done
    open 2024-06-04                                         → done
      ended s2 4.0000 expired
      ended s1 9.0000 expired
      ended s4 4.0000 expired
      expired f1 西湖 linkage 10.0000
      expired f3 萧山 linkage 10.0000
    holds 西湖 linkage free 5.0000 held 0.0000 cancelled 10.0000
    holds 萧山 linkage free 0.0000 held 5.0000 cancelled 10.0000
    rests s3 5.0000
    lots 萧山 linkage stock f4 5.0000
  )");
}

TEST(Expiry, AnOrderWhoseOwnLastDayHasPassedIsOverBeforeAnotherIsEndedForIt) {
  // s2 ends with 3 June by itself: then 4 + 2 are free, 6 expire, and s1 stands although it is the newer.
  check(R"(
    open 2024-06-03                                         → done
    file 西湖 linkage 6.0000 expires 2024-06-03             → done
    file 西湖 linkage 5.0000                                → done
    s2 = sell 西湖 linkage 4.0000 @20.00 until 2024-06-03   → rests 4.0000
    s1 = sell 西湖 linkage 5.0000 @20.00 gtc                → rests 5.0000
    close 2024-06-03                                        → done
    open 2024-06-04                                         → done
      ended nothing
    holds 西湖 linkage free 0.0000 held 5.0000 cancelled 6.0000
  )");
}

TEST(Expiry, AnAuctionThatNobodyCanHaveBidInIsCancelledBeforeOneThatHasABid) {
  // 16 mu, of which 10 expire; 6 are held for each auction and 4 are free. The one without a bid gives the 6 that are
  // missing, though it is the older. Two days later the other 6 expire: the bid of 6 × 20.00 = 120 万元 is free again.
  check(R"(
    open 2024-06-03                                                                           → done
    f1 = file 西湖 linkage 10.0000 expires 2024-06-04                                         → done
    f2 = file 西湖 linkage 6.0000 expires 2024-06-06                                          → done
    fund 余杭 120.00 wan                                                                      → done
    tick 2024-06-03T09:00:00                                                                  → done
    a1 = sealed 西湖 linkage 6.0000 2024-06-10T09:30:00 2024-06-20T10:00:00                   → done
    a2 = listing 西湖 linkage 6.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-20T10:00:00 → done
    tick 2024-06-03T09:30:00                                                                  → done
    bid 余杭 a2 @20.00                                                                        → done
    close 2024-06-03                                                                          → done
    open 2024-06-05                                                                           → done
      freed 西湖 linkage 6.0000
      expired f1 西湖 linkage 10.0000
    holds 西湖 linkage free 0.0000 held 6.0000
    cash 余杭 free 0.00 yuan held 120.00 wan
    bid 萧山 a1 1.0000 @20.00                                                                 → refused unknown_auction
    close 2024-06-05                                                                          → done
    open 2024-06-07                                                                           → done
      freed 西湖 linkage 6.0000
      freed 余杭 120.00 wan
      expired f2 西湖 linkage 6.0000
    bid 余杭 a2 @20.10                                                                        → refused unknown_auction
    cash 余杭 free 120.00 wan held 0.00 yuan
  )");
}

TEST(Expiry, DoesNotTellWhetherThereAreBidsInASealedAuction) {
  // Both take bids. There is one in the newer, none in the older: the newer is cancelled all the same.
  check(R"(
    open 2024-06-03                                                           → done
    f1 = file 西湖 linkage 4.0000 expires 2024-06-03                          → done
    file 西湖 linkage 4.0000                                                  → done
    fund 余杭 80.00 wan                                                       → done
    tick 2024-06-03T09:00:00                                                  → done
    a1 = sealed 西湖 linkage 4.0000 2024-06-03T09:30:00 2024-06-20T10:00:00   → done
    a2 = sealed 西湖 linkage 4.0000 2024-06-03T09:30:00 2024-06-20T10:00:00   → done
    tick 2024-06-03T09:30:00                                                  → done
    bid 余杭 a2 4.0000 @20.00                                                 → done
    close 2024-06-03                                                          → done
    open 2024-06-04                                                           → done
      freed 余杭 80.00 wan
      freed 西湖 linkage 4.0000
    bid 余杭 a2 4.0000 @20.00                                                 → refused unknown_auction
    bid 余杭 a1 4.0000 @20.00                                                 → done
  )");
}

TEST(Expiry, OfDealsThoseLeastFarOnAreVoidFirstAndABuyerWhoHasPaidHasItsMoneyBack) {
  // Chun'an has 35, sold 10 each; 5 are free. 15 expire: 10 are missing, so d1, which is not confirmed, is void, though
  // it is the oldest. Then the other 20: d2, confirmed, and d3, paid. 10 × 15.00 = 150 万元, deposit 30.
  script::Market{{.venue = engine::Venue::production}}.check(R"(
    open 2024-06-03                                      → done
    f1 = file 淳安 linkage 15.0000 expires 2024-06-03    → done
    f2 = file 淳安 linkage 20.0000 expires 2024-06-04    → done
    fund 余杭 210.00 wan                                 → done
    d1 = propose 淳安 淳安→余杭 linkage 10.0000 @15.00   → done
    accept 余杭 d1                                       → accepted
    d2 = propose 淳安 淳安→余杭 linkage 10.0000 @15.00   → done
    accept 余杭 d2                                       → accepted
    d3 = propose 淳安 淳安→余杭 linkage 10.0000 @15.00   → done
    accept 余杭 d3                                       → accepted
    confirm d3                                           → done
    pay-deal 余杭 d3                                     → done
    confirm d2                                           → done
    cash 余杭 free 0.00 yuan held 210.00 wan
    close 2024-06-03                                     → done
    open 2024-06-04                                      → done
      voided d1 not_enough_land
      freed 余杭 30.00 wan
      freed 淳安 linkage 10.0000
      expired f1 淳安 linkage 15.0000
    holds 淳安 linkage free 0.0000 held 20.0000
    close 2024-06-04                                     → done
    open 2024-06-05                                      → done
      voided d2 not_enough_land
      voided d3 not_enough_land
      freed 余杭 30.00 wan
      freed 淳安 linkage 10.0000
      freed 余杭 150.00 wan
      freed 淳安 linkage 10.0000
      expired f2 淳安 linkage 20.0000
    deal d3 voided 150.00 wan
    cash 余杭 free 210.00 wan held 0.00 yuan
    settle d3                                            → refused deal_state_forbids
    close 2024-06-05                                     → done
    open 2024-08-01                                      → done   # long past the day to pay d2: nobody is in default
      deposit nothing
  )");
}

TEST(Expiry, WhatIsFrozenGoesLastTheNewestFreezeFirst) {
  // 10, of which 6 expire: 1 is free, s1 gives 2, and of the freezes z2 gives 3. z1 stands with the 4 that are left.
  check(R"(
    open 2024-06-03                                      → done
    f1 = file 西湖 linkage 6.0000 expires 2024-06-03     → done
    f2 = file 西湖 linkage 4.0000                        → done
    z1 = freeze 西湖 linkage 4.0000                      → done
    z2 = freeze 西湖 linkage 3.0000                      → done
    s1 = sell 西湖 linkage 2.0000 @20.00 gtc             → rests 2.0000
    close 2024-06-03                                     → done
    open 2024-06-04                                      → done
      ended s1 2.0000 expired
      expired f1 西湖 linkage 6.0000
    holds 西湖 linkage free 0.0000 frozen 4.0000 cancelled 6.0000
    unfreeze z2 0.0001                                   → refused already_resolved
    unfreeze z1 4.0000                                   → done
    lots 西湖 linkage stock f2 4.0000
  )");
}

TEST(Expiry, WhatIsLentGoesBackToItsLenderAndExpiresThereAndTheLoanIsLessByIt) {
  // 10 are lent, 3 of them used. 7 go home and expire with the 2 that stayed; 3 are still owed, in kind.
  check(R"(
    open 2024-06-03                                      → done
    f1 = file 西湖 linkage 12.0000 expires 2024-06-03    → done
    l1 = lend 西湖→余杭 linkage 10.0000 due 2024-06-30   → done
    u1 = use 余杭 linkage 3.0000 borrowed                → done
    close 2024-06-03                                     → done
    open 2024-06-04                                      → done
      lot f1 linkage 7.0000 余杭.borrowed→西湖.stock
      lot f1 linkage 9.0000 西湖.stock→西湖.cancelled
      expired f1 西湖 linkage 9.0000
    holds 余杭 linkage free 0.0000 borrowed 0.0000 used 3.0000
    f2 = file 余杭 linkage 5.0000                        → done
    give-back 余杭 l1 3.0001                             → refused exceeds_entry
    give-back 余杭 l1 3.0000                             → done
      lot f2 linkage 3.0000 余杭.stock→西湖.stock
    restore u1 3.0000                                    → refused batch_expired   # it could be sold today
    holds 余杭 linkage free 2.0000 borrowed 0.0000
  )");
}

TEST(Expiry, TheLandThatTheCityHasPooledExpiresTooAndIsOwedForAllTheSame) {
  check(R"(
    open 2024-06-03                                      → done
    f1 = file 建德 area 100.0000 expires 2024-06-03      → done
    close 2024-06-03                                     → done
    open 2024-06-04                                      → done
      expired f1 杭州 area 20.0000
      expired f1 建德 area 80.0000
    holds 杭州 area pool 0.0000 cancelled 20.0000
    waits 建德 area 20.0000
    file 建德 area 100.0000                              → done   # 40 of 200 are due, 20 were pooled
      pool 建德 area 20.0000
  )");
}

}  // namespace
}  // namespace landex
