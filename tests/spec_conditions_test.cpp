// What an order may ask for beyond side, quantity and price: what is held for it, what it trades, what comes back.
// Tables use linkage, which has no floor, where the floor is not the matter. 1 mu at 1.00 万元/亩 is 1 万元.
#include <gtest/gtest.h>

#include "tests/market_script.hpp"

namespace landex {
namespace {

using script::check;

/// 100 mu of linkage each in Chun'an and Tonglu, 1 000 万元 each in Yuhang and Xihu.
void with_linkage(std::string_view script) {
  script::Market market;
  market.check(R"(
    open 2024-06-03             → done
    file 淳安 linkage 100.0000  → done
    file 桐庐 linkage 100.0000  → done
    fund 余杭 1000.00 wan       → done
    fund 西湖 1000.00 wan       → done
  )");
  market.check(script);
}

TEST(Conditions, ImmediateOrCancelTakesWhatThereIsAndTheRestIsFreeAgain) {
  // 10 × 16.00 = 160 are held; 4 × 15.00 = 60 are paid, 4 × 1.00 and 6 × 16.00 come back.
  with_linkage(R"(
    s1 = sell 淳安 linkage 4.0000 @15.00       → rests 4.0000
    b1 = buy 余杭 linkage 10.0000 @16.00 ioc   → ended 6.0000 not_at_once
      trade s1 4.0000 @15.00 60.00 wan
      ended b1 6.0000 not_at_once
      freed 余杭 4.00 wan
      freed 余杭 96.00 wan
    cash 余杭 free 940.00 wan held 0.00 yuan
    rests b1 nothing
    buy 余杭 linkage 1.0000 @16.00 ioc         → ended 1.0000 not_at_once   # nobody is left to meet
  )");
}

TEST(Conditions, FillOrKillTradesAllOrNothing) {
  with_linkage(R"(
    s1 = sell 淳安 linkage 4.0000 @15.00       → rests 4.0000
    s2 = sell 桐庐 linkage 4.0000 @16.00       → rests 4.0000
    b1 = buy 余杭 linkage 8.0001 @16.00 fok    → ended 8.0001 not_in_full
      level nothing
      freed 余杭 1 280 016.00 yuan
    buy 余杭 linkage 8.0000 @15.99 fok         → ended 8.0000 not_in_full
    buy 余杭 linkage 8.0000 @16.00 fok         → filled
      trade s1 4.0000 @15.00 60.00 wan
      trade s2 4.0000 @16.00 64.00 wan
    cash 余杭 free 876.00 wan held 0.00 yuan
  )");
}

TEST(Conditions, PostOnlyEndsRatherThanMeetAnOrder) {
  with_linkage(R"(
    s1 = sell 淳安 linkage 4.0000 @15.00              → rests 4.0000
    b1 = buy 余杭 linkage 4.0000 @15.00 post-only     → ended 4.0000 would_meet
      freed 余杭 60.00 wan
    b2 = buy 余杭 linkage 4.0000 @14.99 post-only     → rests 4.0000
    cash 余杭 free 940.04 wan held 59.96 wan
    sell 桐庐 linkage 1.0000 @14.99                   → filled   # others may meet it
      trade b2 1.0000 @14.99 14.99 wan
  )");
}

TEST(Conditions, AnIndivisibleLotIsPassedOverUntilOneOrderTakesItWhole) {
  with_linkage(R"(
    s1 = sell 淳安 linkage 10.0000 @15.00 aon  → rests 10.0000
    s2 = sell 桐庐 linkage 4.0000 @15.00       → rests 4.0000
    buy 余杭 linkage 4.0000 @15.00             → filled   # too small for the lot, which keeps its place
      trade s2 4.0000 @15.00 60.00 wan
    b1 = buy 余杭 linkage 9.9999 @15.00        → rests 9.9999
    buy 西湖 linkage 10.0000 @15.00            → filled
      trade s1 10.0000 @15.00 150.00 wan
    holds 淳安 linkage free 90.0000 held 0.0000
    cash 西湖 free 850.00 wan held 0.00 yuan
  )");
}

TEST(Conditions, AMinimumIsAskedOnceAtEntry) {
  with_linkage(R"(
    s1 = sell 淳安 linkage 4.0000 @15.00             → rests 4.0000
    b1 = buy 余杭 linkage 10.0000 @15.00 min 4.0001  → ended 10.0000 minimum_not_met
      freed 余杭 150.00 wan
    b2 = buy 余杭 linkage 10.0000 @15.00 min 4.0000  → rests 6.0000
      trade s1 4.0000 @15.00 60.00 wan
    cash 余杭 free 850.00 wan held 90.00 wan
    sell 桐庐 linkage 1.0000 @15.00                  → filled   # less than the minimum, which has been met
      trade b2 1.0000 @15.00 15.00 wan
  )");
}

TEST(Conditions, AnIcebergHoldsAllOfItAndShowsAPeakThatGoesToTheEndOfTheQueue) {
  with_linkage(R"(
    s1 = sell 淳安 linkage 20.0000 @15.00 iceberg 5.0000  → rests 20.0000
      shown s1 5.0000 of 20.0000 @15.00
      level linkage sell 15.00 5.0000 1
    holds 淳安 linkage free 80.0000 held 20.0000
    s2 = sell 桐庐 linkage 5.0000 @15.00                  → rests 5.0000
      shown nothing
      level linkage sell 15.00 10.0000 2
    buy 余杭 linkage 7.0000 @15.00                        → filled
      trade s1 5.0000 @15.00 75.00 wan
      trade s2 2.0000 @15.00 30.00 wan
      shown s1 5.0000 of 15.0000 @15.00
      level linkage sell 15.00 8.0000 2
    rests s1 15.0000 shown 5.0000
    cancel 淳安 s1                                        → done
      ended s1 15.0000
      freed 淳安 linkage 15.0000
  )");
}

TEST(Conditions, AStopIsHeldForAtItsLimitAndWaitsForATrade) {
  // 10 × 16.00 = 160 are held while it waits; it buys at 15.80, so 2 come back.
  with_linkage(R"(
    b1 = buy 西湖 linkage 10.0000 @16.00 stop 15.50  → waits 10.0000
      level nothing
    cash 西湖 free 840.00 wan held 160.00 wan
    s1 = sell 淳安 linkage 1.0000 @15.00             → rests 1.0000
    buy 余杭 linkage 1.0000 @15.00                   → filled   # 15.00 does not reach 15.50
      trade s1 1.0000 @15.00 15.00 wan
      triggered nothing
    s2 = sell 桐庐 linkage 1.0000 @15.50             → rests 1.0000
    s3 = sell 桐庐 linkage 10.0000 @15.80            → rests 10.0000
    buy 余杭 linkage 1.0000 @15.50                   → filled
      trade s2 1.0000 @15.50 15.50 wan
      triggered b1
      trade b1 s3 10.0000 @15.80 158.00 wan
      freed 西湖 2.00 wan
    cash 西湖 free 842.00 wan held 0.00 yuan
  )");
}

TEST(Conditions, AStopThatWaitsCanBeChangedAndCancelled) {
  with_linkage(R"(
    b1 = buy 西湖 linkage 10.0000 @16.00 stop 15.50  → waits 10.0000
    replace 西湖 b1 10.0000 by 4.0000 @16.00         → waits 4.0000
      freed 西湖 96.00 wan
      reduced b1 by 6.0000 to 4.0000
    replace 西湖 b1 4.0000 by 4.0000 @17.00          → waits 4.0000
    cash 西湖 free 932.00 wan held 68.00 wan
    cancel 西湖 b1                                   → done
      ended b1 4.0000
      freed 西湖 68.00 wan
  )");
}

TEST(Conditions, AStopThatIsReachedOnArrivalIsToldWhatTheFloorDidToIt) {
  // The last price is 19.50. Jiande asks 19.00; for an urban buyer the floor is 20.00: 10 × 1.00 come back of 210.
  check(R"(
    price area 20.00 2024-06-01..2024-06-30          → done
    open 2024-06-03                                  → done
    file 建德 area 125.0000                          → done
    file 余杭 area 12.5000                           → done
    fund 西湖 500.00 wan                             → done
    s0 = sell 余杭 area 1.0000 @19.50                → rests 1.0000
    buy 西湖 area 1.0000 @19.50                      → filled
      trade s0 1.0000 @19.50 19.50 wan
    s1 = sell 建德 area 10.0000 @19.00               → rests 10.0000
    b1 = buy 西湖 area 10.0000 @21.00 stop 19.50     → filled
      triggered b1
      trade s1 10.0000 @20.00 200.00 wan H66-7.6
      floor 20.00 lifted 10.0000 H66-7.6
      freed 西湖 10.00 wan
  )");
}

TEST(Conditions, AtBestASaleTakesWhatIsBidAndWhatFindsNobodyEnds) {
  with_linkage(R"(
    b1 = buy 余杭 linkage 3.0000 @15.00      → rests 3.0000
    b2 = buy 西湖 linkage 3.0000 @9.00       → rests 3.0000
    s1 = sell 淳安 linkage 10.0000 best      → ended 4.0000 not_at_once
      trade b1 3.0000 @15.00 45.00 wan
      trade b2 3.0000 @9.00 27.00 wan
      freed 淳安 linkage 4.0000
    holds 淳安 linkage free 94.0000 held 0.0000
  )");
}

TEST(Conditions, AtBestAPurchaseNeedsABandOrACapAndSpendsNoMoreThanIt) {
  // 4 × 15.00 = 600 000 yuan and 2.5 × 16.00 = 400 000; for the 10 yuan that are left there is no unit of land.
  with_linkage(R"(
    s1 = sell 淳安 linkage 4.0000 @15.00                      → rests 4.0000
    s2 = sell 桐庐 linkage 4.0000 @16.00                      → rests 4.0000
    buy 余杭 linkage 10.0000 best                             → refused no_price_band
    b1 = buy 余杭 linkage 10.0000 best cap 1 000 010.00 yuan  → ended 3.5000 cap_spent
      trade s1 4.0000 @15.00 60.00 wan
      trade s2 2.5000 @16.00 40.00 wan
      freed 余杭 10.00 yuan
    buy 余杭 linkage 10.0000 best cap 100.00 wan              → ended 8.5000 not_at_once
      trade s2 1.5000 @16.00 24.00 wan
      freed 余杭 76.00 wan
    s3 = sell 桐庐 linkage 4.0000 @16.00                      → rests 4.0000
    buy 余杭 linkage 2.0000 best cap 100.00 wan               → filled
      trade s3 2.0000 @16.00 32.00 wan
      freed 余杭 68.00 wan
    buy 余杭 linkage 10.0000 best cap 10.00 wan fok           → ended 10.0000 not_in_full
      freed 余杭 10.00 wan
    cash 余杭 free 844.00 wan held 0.00 yuan
  )");
}

TEST(Conditions, SmallerAtTheSamePriceKeepsItsPlaceLargerGoesToTheEnd) {
  with_linkage(R"(
    s1 = sell 淳安 linkage 10.0000 @15.00       → rests 10.0000
    s2 = sell 桐庐 linkage 5.0000 @15.00        → rests 5.0000
    replace 淳安 s1 10.0000 by 6.0000 @15.00    → rests 6.0000
      reduced s1 by 4.0000 to 6.0000
      replaced nothing
      freed 淳安 linkage 4.0000
      level linkage sell 15.00 11.0000 2
    buy 余杭 linkage 3.0000 @15.00              → filled
      trade s1 3.0000 @15.00 45.00 wan
    replace 淳安 s1 6.0000 by 8.0000 @15.00     → refused order_has_moved   # 3 are left
    replace 淳安 s1 3.0000 by 8.0000 @15.00     → rests 8.0000
      replaced s1 8.0000 @15.00
      reduced nothing
    holds 淳安 linkage free 89.0000 held 8.0000
    buy 余杭 linkage 6.0000 @15.00              → filled
      trade s2 5.0000 @15.00 75.00 wan
      trade s1 1.0000 @15.00 15.00 wan
    replace 淳安 s1 7.0000 by 97.0001 @15.00    → refused not_enough_land   # 89 are free, 7 held
    replace 淳安 s1 7.0000 by 7.0000 @14.00     → rests 7.0000
      level linkage sell 15.00 gone
      level linkage sell 14.00 7.0000 1
    replace 桐庐 s1 7.0000 by 7.0000 @15.00     → refused not_your_order
  )");
}

TEST(Conditions, AnotherPriceArrivesAnewAndMayTrade) {
  // 5 × 14.00 = 70 are held, then 5 × 16.00 = 80; 5 × 15.00 = 75 are paid and 5 come back.
  with_linkage(R"(
    s1 = sell 淳安 linkage 10.0000 @15.00     → rests 10.0000
    b1 = buy 余杭 linkage 5.0000 @14.00       → rests 5.0000
    cash 余杭 free 930.00 wan held 70.00 wan
    replace 余杭 b1 5.0000 by 5.0000 @16.00   → filled
      replaced b1 5.0000 @16.00
      trade b1 s1 5.0000 @15.00 75.00 wan
      freed 余杭 5.00 wan
    cash 余杭 free 925.00 wan held 0.00 yuan
    b2 = buy 余杭 linkage 5.0000 @14.00       → rests 5.0000
    replace 余杭 b2 5.0000 by 10.0000 @13.00  → rests 10.0000
    cash 余杭 free 795.00 wan held 130.00 wan
    replace 余杭 b2 10.0000 by 2.0000 @14.00  → rests 2.0000
    cash 余杭 free 897.00 wan held 28.00 wan
    replace 余杭 b2 2.0000 by 2.0000 @14.005  → refused price_off_tick
    replace 余杭 b2 2.0000 by 100.0000 @14.00 → refused not_enough_money   # 1 400; 897 are free, 28 held
  )");
}

TEST(Conditions, CancelAllTakesOutWhatIsNamedInOrderOfNumber) {
  with_linkage(R"(
    file 余杭 linkage 10.0000                 → done
    s1 = sell 余杭 linkage 5.0000 @15.00      → rests 5.0000
    b1 = buy 余杭 linkage 5.0000 @14.00       → rests 5.0000
    b2 = buy 余杭 linkage 5.0000 @13.00       → rests 5.0000
    b3 = buy 西湖 linkage 5.0000 @12.00       → rests 5.0000
    b4 = buy 余杭 area 5.0000 @10.00          → rests 5.0000
    b5 = buy 余杭 linkage 1.0000 @20.00 stop 19.00 → waits 1.0000
    cancel-all 余杭 linkage buy               → done
      ended b1 5.0000
      ended b2 5.0000
      ended b5 1.0000
    rests s1 5.0000
    cancel-all 余杭                           → done
      ended s1 5.0000
      ended b4 5.0000
    cancel-all 余杭                           → done
      ended nothing
    cash 余杭 free 1000.00 wan held 0.00 yuan
    cancel-all 西湖 bureau                    → done
      ended b3 5.0000
  )");
}

TEST(Conditions, WhatHappensWhenAnOrderMeetsOneOfItsOwn) {
  with_linkage(R"(
    file 余杭 linkage 30.0000                                  → done
    s1 = sell 余杭 linkage 5.0000 @15.00                       → rests 5.0000
    buy 余杭 linkage 5.0000 @15.00                             → refused crosses_own_order
    b1 = buy 余杭 linkage 5.0000 @15.00 self cancel_newest     → ended 5.0000 self_trade
      freed 余杭 75.00 wan
    b2 = buy 余杭 linkage 3.0000 @15.00 self cancel_oldest     → rests 3.0000
      ended s1 5.0000 self_trade
      freed 余杭 linkage 5.0000
    s2 = sell 余杭 linkage 5.0000 @15.00 self cancel_both      → ended 5.0000 self_trade
      ended b2 3.0000 self_trade
      ended s2 5.0000 self_trade
    s3 = sell 余杭 linkage 5.0000 @15.00                       → rests 5.0000
    b3 = buy 余杭 linkage 3.0000 @15.00 self decrement         → ended 0.0000 self_trade
      reduced s3 by 3.0000 to 2.0000
      reduced b3 by 3.0000 to 0.0000
      freed 余杭 linkage 3.0000
      freed 余杭 45.00 wan
    rests s3 2.0000
    b4 = buy 余杭 linkage 3.0000 @15.00 self decrement         → rests 1.0000
    rests s3 nothing
    cash 余杭 free 985.00 wan held 15.00 wan
    holds 余杭 linkage free 30.0000 held 0.0000
    sell 余杭 linkage 1.0000 @15.00 self allow                 → refused conditions_conflict
  )");
}

TEST(Conditions, ConditionsThatCannotStandTogetherAreRefused) {
  with_linkage(R"(
    buy 余杭 linkage 5.0000 @15.00 post-only ioc                      → refused conditions_conflict
    buy 余杭 linkage 5.0000 @15.00 post-only fok                      → refused conditions_conflict
    buy 余杭 linkage 5.0000 @15.00 post-only aon                      → refused conditions_conflict
    buy 余杭 linkage 5.0000 @15.00 post-only min 1.0000               → refused conditions_conflict
    sell 淳安 linkage 5.0000 best post-only                           → refused conditions_conflict
    buy 余杭 linkage 5.0000 @15.00 aon iceberg 1.0000                 → refused conditions_conflict
    buy 余杭 linkage 5.0000 @15.00 aon min 1.0000                     → refused conditions_conflict
    buy 余杭 linkage 5.0000 @15.00 iceberg 1.0000 ioc                 → refused conditions_conflict
    sell 淳安 linkage 5.0000 best iceberg 1.0000                      → refused conditions_conflict
    buy 余杭 linkage 5.0000 @15.00 cap 1.00 wan                       → refused conditions_conflict
    sell 淳安 linkage 5.0000 best cap 1.00 wan                        → refused conditions_conflict
    buy 余杭 linkage 5.0000 best cap 1.00 wan stop 15.00              → refused conditions_conflict
    sell 淳安 linkage 5.0000 best gtc                                 → refused conditions_conflict
    buy 余杭 linkage 5.0000 @15.00 min 5.0001                         → refused value_out_of_range
    buy 余杭 linkage 5.0000 @15.00 iceberg 5.0001                     → refused value_out_of_range
    buy 余杭 linkage 5.0000 @15.00 iceberg 0.0049                     → refused value_out_of_range   # 1 021 peaks
    buy 余杭 linkage 5.0000 @15.00 iceberg 0.0050                     → rests 5.0000                 # 1 000
    buy 余杭 linkage 5.0000 @15.00 stop 15.005                        → refused price_off_tick
    buy 余杭 linkage 5.0000 @15.00 stop 0.00                          → refused value_out_of_range
  )");
}

}  // namespace
}  // namespace landex
