// What each class of participant may deal at (decisions 12): the public limits, and the pair's floor where it is
// higher. Told whenever it changes, and the same answer when asked.
#include <gtest/gtest.h>

#include "tests/market_script.hpp"

namespace landex {
namespace {

TEST(BestDealable, JiandeAt19AndYuhangAt1950UnderAFloorOf20) {
  // An urban buyer pays Jiande no less than 20.00, so Yuhang's 19.50 is his best; a county buyer has Jiande's 19.00.
  script::check(R"(
    price area 20.00 2024-06-01..2024-06-30  → done
    open 2024-06-03                          → done
      best nothing
    file 建德 area 125.0000                  → done
    file 余杭 area 12.5000                   → done
    fund 西湖 1000.00 wan                    → done
    s1 = sell 建德 area 10.0000 @19.00       → rests 10.0000
      best area mountain4 bid none ask 19.00
      best area urban bid none ask 20.00
      best area city bid none ask 19.00
    s2 = sell 余杭 area 10.0000 @19.50       → rests 10.0000
      best area urban bid none ask 19.50
    depth area mountain4 bid none ask 19.00
    depth area urban bid none ask 19.50
    s3 = sell 余杭 area 0.0000 @19.50        → refused value_out_of_range
      best nothing
    b1 = buy 西湖 area 12.0000 @21.00        → filled
      trade s2 10.0000 @19.50 195.00 wan
      trade s1 2.0000 @20.00 40.00 wan H66-7.6
      floor 20.00 lifted 2.0000 H66-7.6
      best area urban bid none ask 20.00
    b2 = buy 西湖 area 5.0000 @19.50         → rests 5.0000
      floor 20.00 passed 8.0000 H66-7.6
      best area urban bid 19.50 ask 20.00
      best area city bid 19.50 ask 19.00
    depth area mountain4 bid none ask 19.00 crossed
    depth area urban bid 19.50 ask 20.00 crossed
    b3 = buy 西湖 area 5.0000 @19.40         → rests 5.0000
      floor 20.00 passed 8.0000 H66-7.6
      best nothing
    cancel 建德 s1                           → done
      best area mountain4 bid none ask none
      best area urban bid 19.50 ask none
      best area city bid 19.50 ask none
  )");
}

TEST(BestDealable, AnotherFloorNextDayIsToldThoughNoLevelMoves) {
  // The floor is 20.00, then 21.00, and on the third day no price is in force: that pair does not trade.
  script::check(R"(
    price area 20.00 2024-06-03..2024-06-03  → done
    price area 21.00 2024-06-04..2024-06-04  → done
    open 2024-06-03                          → done
    file 建德 area 125.0000                  → done
    s1 = sell 建德 area 10.0000 @19.00 gtc   → rests 10.0000
      best area mountain4 bid none ask 19.00
      best area urban bid none ask 20.00
      best area city bid none ask 19.00
    close 2024-06-03                         → done
      best nothing
    open 2024-06-04                          → done
      best area urban bid none ask 21.00
    depth area urban bid none ask 21.00
    close 2024-06-04                         → done
    open 2024-06-05                          → done
      best area urban bid none ask none
    depth area urban bid none ask none
    depth area mountain4 bid none ask 19.00
  )");
}

TEST(BestDealable, AnInstrumentWithoutPairRulesHasTheSameBestForAllAndNothingIsTold) {
  script::check(R"(
    open 2024-06-03                          → done
    file 淳安 linkage 100.0000               → done
    fund 西湖 1000.00 wan                    → done
    s1 = sell 淳安 linkage 10.0000 @15.00    → rests 10.0000
      best nothing
    b1 = buy 西湖 linkage 5.0000 @14.00      → rests 5.0000
      best nothing
    depth linkage mountain4 bid 14.00 ask 15.00
    depth linkage urban bid 14.00 ask 15.00
  )");
}

TEST(BestDealable, WhatFallsDueIsToldToo) {
  script::check(R"(
    price area 20.00 2024-06-01..2024-06-30                             → done
    tick 2024-06-03T09:00:00                                            → done
    open 2024-06-03                                                     → done
    file 余杭 area 12.5000                                              → done
    s1 = sell 余杭 area 1.0000 @19.50                                   → rests 1.0000
    s2 = sell 余杭 area 1.0000 @19.00 until 2024-06-03T10:00:00         → rests 1.0000
    tick 2024-06-03T10:00:00                                            → done
      ended s2 1.0000 expired
      best area mountain4 bid none ask 19.50
      best area urban bid none ask 19.50
      best area city bid none ask 19.50
  )");
}

}  // namespace
}  // namespace landex
