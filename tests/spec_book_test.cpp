// The continuous book: price, then time; the floor of H66-7.6 for each pair; what is held and what comes back. Where
// the floor is not the matter, tables use linkage, which has none. 1 mu at 1.00 万元/亩 is 1 万元.
#include <gtest/gtest.h>

#include "tests/market_script.hpp"

namespace landex {
namespace {

using script::check;

TEST(Book, TheBestPriceIsMetFirstAndAtOnePriceTheEarlierOrder) {
  // 10 × 14.90 + 10 × 15.00 + 5 × 15.00 = 149 + 150 + 75 = 374 万元; 25 × 15.00 = 375 were held, so 1 comes back.
  check(R"(
    open 2024-06-03                        → done
    file 淳安 linkage 100.0000             → done
    file 桐庐 linkage 100.0000             → done
    fund 余杭 400.00 wan                   → done
    s1 = sell 淳安 linkage 10.0000 @15.00  → rests 10.0000
    s2 = sell 桐庐 linkage 10.0000 @14.90  → rests 10.0000
    s3 = sell 桐庐 linkage 10.0000 @15.00  → rests 10.0000
    buy 余杭 linkage 25.0000 @15.00        → filled
      trade s2 10.0000 @14.90 149.00 wan
      trade s1 10.0000 @15.00 150.00 wan
      trade s3 5.0000 @15.00 75.00 wan
      freed 余杭 1.00 wan
    cash  余杭 free 26.00 wan held 0.00 yuan
    cash  淳安 free 150.00 wan
    cash  桐庐 free 224.00 wan
    holds 余杭 linkage free 25.0000
    holds 桐庐 linkage free 80.0000 held 5.0000
    rests s3 5.0000
  )");
}

TEST(Book, WhatIsLeftOfAnOrderRestsAndKeepsItsPlace) {
  // Of 500 万元, 60 + 90 + 30 + 120 = 300 are paid and 12 × 15.00 = 180 are held; 20 are left.
  check(R"(
    open 2024-06-03                        → done
    file 淳安 linkage 100.0000             → done
    file 桐庐 linkage 100.0000             → done
    fund 余杭 500.00 wan                   → done
    s1 = sell 淳安 linkage 10.0000 @15.00  → rests 10.0000
    s2 = sell 桐庐 linkage 10.0000 @15.00  → rests 10.0000
    buy 余杭 linkage 4.0000 @15.00         → filled
      trade s1 4.0000 @15.00 60.00 wan
    buy 余杭 linkage 8.0000 @15.00         → filled   # s1 still stands before s2
      trade s1 6.0000 @15.00 90.00 wan
      trade s2 2.0000 @15.00 30.00 wan
    b3 = buy 余杭 linkage 20.0000 @15.00   → rests 12.0000
      trade s2 8.0000 @15.00 120.00 wan
    rests b3 12.0000
    rests s2 nothing
    cash 余杭 free 20.00 wan held 180.00 wan
  )");
}

TEST(Book, AnArrivingSaleIsPaidWhatTheRestingBidsOfferTheBestFirst) {
  check(R"(
    open 2024-06-03                        → done
    file 淳安 linkage 100.0000             → done
    fund 余杭 300.00 wan                   → done
    fund 西湖 300.00 wan                   → done
    b1 = buy 余杭 linkage 5.0000 @14.90    → rests 5.0000
    b2 = buy 西湖 linkage 5.0000 @15.00    → rests 5.0000
    b3 = buy 余杭 linkage 5.0000 @15.00    → rests 5.0000
    b4 = buy 余杭 linkage 5.0000 @13.99    → rests 5.0000
    s1 = sell 淳安 linkage 20.0000 @14.00  → rests 5.0000   # 13.99 is below what it asks
      trade b2 5.0000 @15.00 75.00 wan
      trade b3 5.0000 @15.00 75.00 wan
      trade b1 5.0000 @14.90 74.50 wan
    cash 淳安 free 224.50 wan
    cash 西湖 free 225.00 wan held 0.00 yuan
    rests b4 5.0000
  )");
}

TEST(Book, WhatATradeBroughtCanBeUsedAtOnce) {
  check(R"(
    open 2024-06-03                        → done
    file 淳安 linkage 10.0000              → done
    fund 余杭 150.00 wan                   → done
    s1 = sell 淳安 linkage 10.0000 @15.00  → rests 10.0000
    buy 余杭 linkage 10.0000 @15.00        → filled
      trade s1 10.0000 @15.00 150.00 wan
    s2 = sell 余杭 linkage 10.0000 @15.00  → rests 10.0000
    buy 淳安 linkage 10.0000 @15.00        → filled
      trade s2 10.0000 @15.00 150.00 wan
    withdraw 余杭 150.00 wan               → done
  )");
}

TEST(Book, AnOrderIsHeldForToTheLastFenAndTheLastUnitOfLand) {
  // 0.0001 mu at 15.00 万元/亩 is 15 yuan. One order takes what another has freed, and not one unit more.
  check(R"(
    open 2024-06-03                        → done
    file 淳安 linkage 10.0000              → done
    fund 余杭 149 999.99 yuan              → done
    sell 淳安 linkage 10.0001 @15.00       → refused not_enough_land
    s1 = sell 淳安 linkage 10.0000 @15.00  → rests 10.0000
    sell 淳安 linkage 0.0001 @15.00        → refused not_enough_land
    holds 淳安 linkage free 0.0000 held 10.0000
    buy 余杭 linkage 1.0000 @15.00         → refused not_enough_money
    fund 余杭 0.01 yuan                    → done
    b1 = buy 余杭 linkage 1.0000 @14.00    → rests 1.0000
    buy 余杭 linkage 0.0667 @15.00         → refused not_enough_money   # 10 005 yuan; 10 000 are free
    buy 余杭 linkage 0.0666 @15.00         → filled
      trade s1 0.0666 @15.00 9 990.00 yuan
    cash 余杭 free 10.00 yuan held 14.00 wan
  )");
}

TEST(Book, CancellingFreesWhatIsLeftAndTakesTheOrderFromItsLevel) {
  check(R"(
    open 2024-06-03                        → done
    file 淳安 linkage 100.0000             → done
    fund 余杭 300.00 wan                   → done
    s1 = sell 淳安 linkage 10.0000 @15.00  → rests 10.0000
    s2 = sell 淳安 linkage 10.0000 @15.00  → rests 10.0000
    b1 = buy 余杭 linkage 4.0000 @15.00    → filled
      trade s1 4.0000 @15.00 60.00 wan
    cancel 淳安 s1                         → done
      ended s1 6.0000
      freed 淳安 linkage 6.0000
      level linkage sell 15.00 10.0000 1
    holds 淳安 linkage free 86.0000 held 10.0000
    b2 = buy 余杭 linkage 3.0000 @14.00    → rests 3.0000
    cancel 余杭 b2                         → done
      ended b2 3.0000
      freed 余杭 42.00 wan
      level linkage buy 14.00 gone
    cash 余杭 free 240.00 wan held 0.00 yuan
    cancel 余杭 b2                         → refused unknown_order
    cancel 余杭 b1                         → refused unknown_order   # filled: it rests no more
    cancel 余杭 s2                         → refused not_your_order
    rests s2 10.0000
  )");
}

TEST(Book, NobodyMeetsHisOwnOrderEvenWhereOthersStandBeforeIt) {
  check(R"(
    open 2024-06-03                        → done
    file 淳安 linkage 100.0000             → done
    file 余杭 linkage 100.0000             → done
    file 余杭 area 125.0000                → done
    fund 余杭 900.00 wan                   → done
    s1 = sell 淳安 linkage 10.0000 @14.00  → rests 10.0000
    s2 = sell 余杭 linkage 10.0000 @15.00  → rests 10.0000
    buy 余杭 linkage 5.0000 @15.00         → refused crosses_own_order   # though s1 would have filled it
    buy 余杭 linkage 5.0000 @14.99         → filled
      trade s1 5.0000 @14.00 70.00 wan
    b1 = buy 余杭 linkage 10.0000 @13.00   → rests 10.0000
    sell 余杭 linkage 1.0000 @13.00        → refused crosses_own_order
    sell 余杭 linkage 1.0000 @13.01        → rests 1.0000
    buy  余杭 linkage 1.0000 @12.00        → rests 1.0000   # his own side is no matter
    sell 余杭 area 1.0000 @12.00           → rests 1.0000   # nor is another instrument
    cancel 余杭 b1                         → done
    sell 余杭 linkage 1.0000 @13.00        → rests 1.0000
  )");
}

TEST(Book, AtTheCloseEveryOrderLapsesByNumberAndTheNextDayBeginsEmpty) {
  check(R"(
    open 2024-06-03                        → done
    file 淳安 linkage 100.0000             → done
    file 余杭 area 125.0000                → done
    fund 西湖 900.00 wan                   → done
    o1 = buy 西湖 linkage 10.0000 @14.00   → rests 10.0000
    o2 = sell 余杭 area 10.0000 @30.00     → rests 10.0000
    o3 = sell 淳安 linkage 10.0000 @15.00  → rests 10.0000
    o4 = buy 西湖 linkage 5.0000 @14.00    → rests 5.0000
    close 2024-06-03                       → done
      lapsed o1 10.0000
      lapsed o2 10.0000
      lapsed o3 10.0000
      lapsed o4 5.0000
      freed 西湖 140.00 wan
      freed 余杭 area 10.0000
      freed 淳安 linkage 10.0000
      freed 西湖 70.00 wan
      level linkage buy 14.00 5.0000 1
      level area sell 30.00 gone
      level linkage sell 15.00 gone
      level linkage buy 14.00 gone
    cash 西湖 free 900.00 wan held 0.00 yuan
    open 2024-06-04                        → done
    cancel 西湖 o1                         → refused unknown_order
    buy 西湖 linkage 10.0000 @15.00        → rests 10.0000
  )");
}

TEST(Book, LevelsAreToldInTheOrderInWhichTheyWereTouchedAndOnceEach) {
  check(R"(
    open 2024-06-03                       → done
    file 淳安 linkage 100.0000            → done
    fund 余杭 900.00 wan                  → done
    sell 淳安 linkage 10.0000 @15.00      → rests 10.0000
      level linkage sell 15.00 10.0000 1
    s1 = sell 淳安 linkage 5.0000 @14.00  → rests 5.0000
      level linkage sell 14.00 5.0000 1
    s2 = sell 淳安 linkage 5.0000 @14.00  → rests 5.0000
      level linkage sell 14.00 10.0000 2
    s3 = sell 淳安 linkage 5.0000 @14.50  → rests 5.0000
    buy 余杭 linkage 12.0000 @14.50       → filled
      trade s1 5.0000 @14.00 70.00 wan
      trade s2 5.0000 @14.00 70.00 wan
      trade s3 2.0000 @14.50 29.00 wan
      level linkage sell 14.00 gone
      level linkage sell 14.50 3.0000 1
    buy 余杭 linkage 4.0000 @14.50        → rests 1.0000
      trade s3 3.0000 @14.50 43.50 wan
      level linkage sell 14.50 gone
      level linkage buy 14.50 1.0000 1
  )");
}

// ---- the floor of H66-7.6, pair by pair: mountain-4 sells, an urban district buys ----

TEST(Floor, AsksOfAllClassesMergeByWhatTheyAreWorthToTheBuyer) {
  // Floor 20.00, and all ask more: nothing is lifted, so price and number decide alone.
  check(R"(
    price area 20.00 2024-01-01..2024-12-31  → done
    open 2024-06-03                          → done
    file 建德 area 125.0000                  → done
    file 余杭 area 125.0000                  → done
    fund 西湖 900.00 wan                     → done
    s1 = sell 建德 area 10.0000 @20.50       → rests 10.0000
    s2 = sell 余杭 area 10.0000 @20.40       → rests 10.0000
    s3 = sell 建德 area 10.0000 @20.30       → rests 10.0000
    s4 = sell 余杭 area 10.0000 @20.50       → rests 10.0000
    buy 西湖 area 35.0000 @20.50             → filled
      trade s3 10.0000 @20.30 203.00 wan H66-7.6
      trade s2 10.0000 @20.40 204.00 wan
      trade s1 10.0000 @20.50 205.00 wan H66-7.6
      trade s4 5.0000 @20.50 102.50 wan
  )");
}

TEST(Floor, AsksThatAreLiftedToOnePriceAreMetByTheirOwnLimitThenByNumber) {
  // For an urban buyer all five are worth 20.00. 40 mu × 20.00 = 800 万元; 21 × 40 = 840 were held.
  check(R"(
    price area 20.00 2024-01-01..2024-12-31  → done
    open 2024-06-03                          → done
    file 建德 area 125.0000                  → done
    file 桐庐 area 125.0000                  → done
    file 余杭 area 125.0000                  → done
    fund 西湖 840.00 wan                     → done
    s1 = sell 余杭 area 10.0000 @20.00       → rests 10.0000
    s2 = sell 建德 area 10.0000 @19.00       → rests 10.0000
    s3 = sell 桐庐 area 10.0000 @19.00       → rests 10.0000
    s4 = sell 桐庐 area 10.0000 @18.00       → rests 10.0000
    s5 = sell 建德 area 10.0000 @20.00       → rests 10.0000
    buy 西湖 area 40.0000 @21.00             → filled
      trade s4 10.0000 @20.00 200.00 wan H66-7.6
      trade s2 10.0000 @20.00 200.00 wan H66-7.6
      trade s3 10.0000 @20.00 200.00 wan H66-7.6
      trade s1 10.0000 @20.00 200.00 wan
      floor 20.00 lifted 30.0000 H66-7.6
      level area sell 18.00 gone
      level area sell 19.00 gone
      level area sell 20.00 10.0000 1
      freed 西湖 10.00 wan
      freed 西湖 10.00 wan
      freed 西湖 10.00 wan
      freed 西湖 10.00 wan
    cash 西湖 free 40.00 wan held 0.00 yuan
    cash 桐庐 free 400.00 wan
  )");
}

TEST(Floor, AMountainBuyerMeetsTheSameAsksAtTheirOwnPrices) {
  check(R"(
    price area 20.00 2024-01-01..2024-12-31  → done
    open 2024-06-03                          → done
    file 建德 area 125.0000                  → done
    file 余杭 area 125.0000                  → done
    fund 淳安 900.00 wan                     → done
    s1 = sell 余杭 area 10.0000 @19.50       → rests 10.0000
    s2 = sell 建德 area 10.0000 @19.00       → rests 10.0000
    buy 淳安 area 20.0000 @21.00             → filled
      trade s2 10.0000 @19.00 190.00 wan
      trade s1 10.0000 @19.50 195.00 wan
  )");
}

TEST(Floor, AnUrbanBidBelowItPassesOverWhatItsLimitAloneWouldCross) {
  check(R"(
    price area 20.00 2024-01-01..2024-12-31  → done
    open 2024-06-03                          → done
    file 建德 area 125.0000                  → done
    fund 余杭 900.00 wan                     → done
    fund 淳安 900.00 wan                     → done
    s1 = sell 建德 area 100.0000 @19.00      → rests 100.0000
    b1 = buy 余杭 area 10.0000 @21.00        → filled
      trade s1 10.0000 @20.00 200.00 wan H66-7.6
      floor 20.00 lifted 10.0000 H66-7.6
      level area sell 19.00 90.0000 1
      freed 余杭 10.00 wan
    b2 = buy 余杭 area 10.0000 @19.99        → rests 10.0000   # accepted: only this pair may not deal
      floor 20.00 passed 90.0000 H66-7.6
      level area buy 19.99 10.0000 1
    b3 = buy 余杭 area 10.0000 @18.99        → rests 10.0000   # its limit alone crosses nothing
    buy 淳安 area 10.0000 @19.99             → filled   # mountain to mountain
      trade s1 10.0000 @19.00 190.00 wan
  )");
}

TEST(Floor, AMountainSaleMeetsUrbanBidsAtOrAboveItAndPassesOverTheRest) {
  // Of 30 mu, 10 go to the urban bid at 21.00, 10 to the mountain bid at 19.00; the urban bid at 19.99 is passed over.
  check(R"(
    price area 20.00 2024-01-01..2024-12-31  → done
    open 2024-06-03                          → done
    file 建德 area 125.0000                  → done
    file 余杭 area 125.0000                  → done
    fund 西湖 900.00 wan                     → done
    fund 萧山 900.00 wan                     → done
    fund 淳安 900.00 wan                     → done
    b1 = buy 淳安 area 10.0000 @19.00        → rests 10.0000
    b2 = buy 萧山 area 10.0000 @19.99        → rests 10.0000
    b3 = buy 西湖 area 10.0000 @21.00        → rests 10.0000
    s1 = sell 建德 area 30.0000 @18.00       → rests 10.0000
      trade b3 10.0000 @21.00 210.00 wan H66-7.6
      trade b1 10.0000 @19.00 190.00 wan
      floor 20.00 passed 10.0000 H66-7.6
      level area buy 21.00 gone
      level area buy 19.00 gone
      level area sell 18.00 10.0000 1
    rests b2 10.0000                              # the book looks crossed: 19.99 bid, 18.00 asked
    sell 余杭 area 5.0000 @19.00             → filled   # urban to urban
      trade b2 5.0000 @19.99 99.95 wan
    b4 = buy 西湖 area 1.0000 @20.00         → filled
      trade s1 1.0000 @20.00 20.00 wan H66-7.6
      floor 20.00 lifted 1.0000 H66-7.6
  )");
}

TEST(Floor, ABidExactlyAtItIsMet) {
  check(R"(
    price area 20.00 2024-01-01..2024-12-31  → done
    open 2024-06-03                          → done
    file 建德 area 125.0000                  → done
    fund 西湖 900.00 wan                     → done
    b1 = buy 西湖 area 10.0000 @20.00        → rests 10.0000
    sell 建德 area 10.0000 @1.00             → filled
      trade b1 10.0000 @20.00 200.00 wan H66-7.6
  )");
}

TEST(Floor, AnOrderThatIsFilledIsNotToldOfWhatItPassed) {
  check(R"(
    price area 20.00 2024-01-01..2024-12-31  → done
    open 2024-06-03                          → done
    file 建德 area 125.0000                  → done
    file 余杭 area 125.0000                  → done
    fund 西湖 900.00 wan                     → done
    s1 = sell 建德 area 10.0000 @19.00       → rests 10.0000
    s2 = sell 余杭 area 10.0000 @19.50       → rests 10.0000
    buy 西湖 area 10.0000 @19.99             → filled
      trade s2 10.0000 @19.50 195.00 wan
  )");
}

TEST(Floor, WithoutAPriceInForceThePairMayNotDealAndEveryOtherPairMay) {
  // Paddy has no published price; the price of the area says nothing about it.
  check(R"(
    price area 20.00 2024-01-01..2024-12-31  → done
    open 2024-06-03                          → done
    file 建德 area 125.0000 paddy 125.0000   → done
    file 余杭 area 125.0000 paddy 125.0000   → done
    fund 西湖 900.00 wan                     → done
    fund 淳安 900.00 wan                     → done
    s1 = sell 建德 paddy 10.0000 @5.00       → rests 10.0000
    b1 = buy 西湖 paddy 10.0000 @50.00       → rests 10.0000
      floor none passed 10.0000 H66-7.6
    s2 = sell 建德 paddy 10.0000 @4.00       → rests 10.0000
      floor none passed 10.0000 H66-7.6
    sell 余杭 paddy 10.0000 @5.00            → filled   # urban to urban
      trade b1 10.0000 @50.00 500.00 wan
    buy 淳安 paddy 5.0000 @5.00              → filled   # mountain to mountain
      trade s2 5.0000 @4.00 20.00 wan
  )");
}

TEST(Floor, CapacityIsInWholeKilogramsAndFen) {
  // 20 % of 10 000 kg is 2 000. Floor 2.00 yuan/kg: 3 000 kg × 2.00 = 6 000 yuan; 2.50 was held, so 1 500 come back.
  check(R"(
    price capacity 2.00 2024-01-01..2024-12-31  → done
    open 2024-06-03                             → done
    file 建德 area 125.0000 capacity 10000      → done
      pool 建德 area 25.0000
      pool 建德 capacity 2000
      claim 建德 area 25.0000 待定价
      claim 建德 capacity 2000 4 000.00 yuan
    fund 余杭 10 000.00 yuan                    → done
    s1 = sell 建德 capacity 5000 @1.50          → rests 5000
    sell 建德 capacity 3001 @1.50               → refused not_enough_land
    buy 余杭 capacity 3000 @2.50                → filled
      trade s1 3000 @2.00 6 000.00 yuan H66-7.6
      floor 2.00 lifted 3000 H66-7.6
      freed 余杭 1 500.00 yuan
      level capacity sell 1.50 2000 1
    b2 = buy 余杭 capacity 2000 @1.99           → rests 2000
      floor 2.00 passed 2000 H66-7.6
    cash 余杭 free 20.00 yuan held 3 980.00 yuan
    holds 余杭 capacity free 3000
  )");
}

}  // namespace
}  // namespace landex
