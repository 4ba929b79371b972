// A call auction through the engine: what is told while it runs, its one price, who trades, and what is held and freed.
// The rule itself has its own specs (call_auction_test, call_parties_test).
#include <gtest/gtest.h>

#include "tests/market_script.hpp"

namespace landex {
namespace {

/// Linkage in Chun'an, Tonglu and Yuhang, money in Yuhang, Xihu and Binjiang; a day whose phases go by hand.
void in_a_call(std::string_view script, std::string_view profile = "profile by-hand no-band → done") {
  script::Market market;
  market.check(profile);
  market.check(R"(
    price area 20.00 2024-06-01..2024-06-30  → done
    open 2024-06-03                          → done
    file 淳安 linkage 100.0000               → done
    file 桐庐 linkage 100.0000               → done
    file 余杭 linkage 100.0000               → done
    file 建德 area 125.0000                  → done
    file 余杭 area 12.5000                   → done
    fund 余杭 1000.00 wan                    → done
    fund 西湖 1000.00 wan                    → done
    fund 滨江 1000.00 wan                    → done
  )");
  market.check(script);
}

TEST(Calls, ThePriceThatMovesTheMostLandIsEverybodysPrice) {
  // Demand at 21.00 is 6 mu, at 20.00 it is 12; supply is 10: so 20.00 moves 10 and 21.00 only 6.
  in_a_call(R"(
    phase linkage call                       → done
      moved linkage call
      indicative linkage price none volume 0.0000
    s1 = sell 淳安 linkage 10.0000 @20.00    → rests 10.0000
    b1 = buy 余杭 linkage 6.0000 @21.00      → rests 6.0000
      indicative linkage price 20.00 volume 6.0000
    b2 = buy 西湖 linkage 6.0000 @20.00      → rests 6.0000
      indicative linkage price 20.00 volume 10.0000
    cash 余杭 free 874.00 wan held 126.00 wan
    phase linkage continuous                 → done
      call linkage price 20.00 volume 10.0000 demand 12.0000 supply 10.0000 step volume
      trade b1 s1 6.0000 @20.00 120.00 wan
      trade b2 s1 4.0000 @20.00 80.00 wan
      freed 余杭 6.00 wan
      moved linkage continuous
      level linkage buy 21.00 gone
      level linkage sell 20.00 gone
      level linkage buy 20.00 2.0000 1
    rests b2 2.0000
    cash 余杭 free 880.00 wan held 0.00 yuan
    cash 西湖 free 880.00 wan held 40.00 wan
    holds 淳安 linkage free 90.0000 held 0.0000
    cash 淳安 free 200.00 wan
  )");
}

TEST(Calls, WhatNobodyWouldTakeRestsAndTheBookGoesOnFromThere) {
  in_a_call(R"(
    phase linkage call                       → done
    s1 = sell 淳安 linkage 10.0000 @20.00    → rests 10.0000
    b1 = buy 余杭 linkage 6.0000 @19.00      → rests 6.0000
    phase linkage continuous                 → done
      call linkage price none volume 0.0000 demand 0.0000 supply 0.0000 step nothing
    buy 西湖 linkage 1.0000 @20.00           → filled
      trade s1 1.0000 @20.00 20.00 wan
  )");
}

TEST(Calls, APairUnderAFloorTradesOnlyIfThePriceReachesIt) {
  // At 19.00 to 19.50 only Yuhang may sell to an urban buyer: 4 mu. At 20.00 nobody buys. Both sides are left over, so
  // the price nearest to the published one is taken.
  in_a_call(R"(
    phase area call                          → done
    s1 = sell 建德 area 10.0000 @19.00       → rests 10.0000
    s2 = sell 余杭 area 4.0000 @19.00        → rests 4.0000
    b1 = buy 西湖 area 10.0000 @19.50        → rests 10.0000
      floor 20.00 passed 10.0000 H66-7.6
      indicative area price 19.50 volume 4.0000
    phase area continuous                    → done
      call area price 19.50 volume 4.0000 demand 10.0000 supply 14.0000 step reference
      trade b1 s2 4.0000 @19.50 78.00 wan
    rests s1 10.0000
    rests b1 6.0000
    depth area urban bid 19.50 ask 20.00 crossed
  )");
}

TEST(Calls, AFloorMayBeThePriceAndThenTheCheaperSellerGoesFirst) {
  // One more buyer at 20.50: at 20.00 all sellers may give him 5 mu, below it Yuhang's 4 are all that can pass.
  in_a_call(R"(
    phase area call                          → done
    s1 = sell 建德 area 10.0000 @19.00       → rests 10.0000
    s2 = sell 余杭 area 4.0000 @19.00        → rests 4.0000
    b1 = buy 西湖 area 10.0000 @19.50        → rests 10.0000
      floor 20.00 passed 10.0000 H66-7.6
    b2 = buy 滨江 area 5.0000 @20.50         → rests 5.0000
    phase area continuous                    → done
      call area price 20.00 volume 5.0000 demand 5.0000 supply 14.0000 step pressure
      trade b2 s1 5.0000 @20.00 100.00 wan H66-7.6
      freed 滨江 2.50 wan
    rests s1 5.0000
    rests s2 4.0000
    rests b1 10.0000
  )");
}

TEST(Calls, AtBestGoesFirstAndWhatItDoesNotFindEnds) {
  in_a_call(R"(
    phase linkage call                       → done
    s1 = sell 淳安 linkage 2.0000 @14.00     → rests 2.0000
    s2 = sell 桐庐 linkage 6.0000 best       → rests 6.0000
    b1 = buy 余杭 linkage 3.0000 @15.00      → rests 3.0000
    b2 = buy 西湖 linkage 2.0000 @14.00      → rests 2.0000
    phase linkage continuous                 → done
      call linkage price 14.00 volume 5.0000 demand 5.0000 supply 8.0000 step volume
      trade b1 s2 3.0000 @14.00 42.00 wan
      trade b2 s2 2.0000 @14.00 28.00 wan
      freed 余杭 3.00 wan
      ended s2 1.0000 not_at_once
      freed 桐庐 linkage 1.0000
    rests s1 2.0000
    holds 桐庐 linkage free 95.0000 held 0.0000
  )");
}

TEST(Calls, AtBestAPurchaseIsHeldForAtTheTopOfTheBand) {
  // Yesterday closed at 20.00, so the band is 18.00 to 22.00: 5 × 22.00 = 110 are held, 5 × 19.00 = 95 are paid.
  in_a_call(R"(
    phase linkage continuous                 → done
    s0 = sell 淳安 linkage 1.0000 @20.00     → rests 1.0000
    buy 余杭 linkage 1.0000 @20.00           → filled
      trade s0 1.0000 @20.00 20.00 wan
    close 2024-06-03                         → done
    open 2024-06-04                          → done
    phase linkage call                       → done
    s1 = sell 淳安 linkage 5.0000 @19.00     → rests 5.0000
    s2 = sell 淳安 linkage 5.0000 @23.00     → refused outside_price_band
    b1 = buy 西湖 linkage 6.0000 best        → rests 6.0000
    cash 西湖 free 868.00 wan held 132.00 wan
    replace 西湖 b1 6.0000 by 5.0000 @0.00   → rests 5.0000   # at best has no price to name
    cash 西湖 free 890.00 wan held 110.00 wan
    phase linkage continuous                 → done
      call linkage price 19.00 volume 5.0000 demand 5.0000 supply 5.0000 step volume
      trade b1 s1 5.0000 @19.00 95.00 wan
      freed 西湖 15.00 wan
  )",
            "profile by-hand band 100 → done");
}

TEST(Calls, AnIcebergTakesPartWithAllOfIt) {
  in_a_call(R"(
    phase linkage call                                    → done
    s1 = sell 淳安 linkage 20.0000 @15.00 iceberg 5.0000  → rests 20.0000
      level linkage sell 15.00 5.0000 1
    b1 = buy 余杭 linkage 12.0000 @15.00                  → rests 12.0000
    phase linkage continuous                              → done
      call linkage price 15.00 volume 12.0000 demand 12.0000 supply 20.0000 step volume
      trade b1 s1 12.0000 @15.00 180.00 wan
      level linkage buy 15.00 gone
    rests s1 8.0000 shown 5.0000
    holds 淳安 linkage free 80.0000 held 8.0000
  )");
}

TEST(Calls, WhoseLastInstantComesDuringACallTakesNoPartAndThePriceIsToldAgain) {
  in_a_call(R"(
    tick 2024-06-03T09:15:00                                        → done
    phase linkage call                                              → done
    s1 = sell 淳安 linkage 4.0000 @15.00 until 2024-06-03T09:20:00  → rests 4.0000
    s2 = sell 桐庐 linkage 4.0000 @16.00                            → rests 4.0000
    b1 = buy 余杭 linkage 4.0000 @16.00                             → rests 4.0000
    phase linkage call_no_cancel                                    → done
    tick 2024-06-03T09:20:00                                        → done
      ended s1 4.0000 expired
      freed 淳安 linkage 4.0000
      indicative linkage price 16.00 volume 4.0000
    phase linkage continuous                                        → done
      call linkage price 16.00 volume 4.0000 demand 4.0000 supply 4.0000 step volume
      trade b1 s2 4.0000 @16.00 64.00 wan
  )");
}

TEST(Calls, OwnOrdersThatWouldMeetAreDealtWithBeforeThePriceIsFound) {
  // Without Yuhang's own purchase, which is the newer, only Xihu buys.
  in_a_call(R"(
    phase linkage call                                   → done
    s1 = sell 余杭 linkage 5.0000 @15.00                 → rests 5.0000
    b1 = buy 余杭 linkage 5.0000 @15.00                  → rests 5.0000
    b2 = buy 西湖 linkage 3.0000 @15.00                  → rests 3.0000
      indicative linkage price 15.00 volume 3.0000
    phase linkage continuous                             → done
      call linkage price 15.00 volume 3.0000 demand 3.0000 supply 5.0000 step volume
      ended b1 5.0000 self_trade
      freed 余杭 75.00 wan
      trade b2 s1 3.0000 @15.00 45.00 wan
    rests s1 2.0000
  )");
}

TEST(Calls, OwnOrdersMayShrinkInsteadOfEnding) {
  in_a_call(R"(
    phase linkage call                                   → done
    s1 = sell 余杭 linkage 5.0000 @15.00 self decrement  → rests 5.0000
    b1 = buy 余杭 linkage 8.0000 @15.00 self decrement   → rests 8.0000
    s2 = sell 淳安 linkage 3.0000 @15.00                 → rests 3.0000
    phase linkage continuous                             → done
      ended s1 5.0000 self_trade
      reduced b1 by 5.0000 to 3.0000
      call linkage price 15.00 volume 3.0000 demand 3.0000 supply 3.0000 step volume
      trade b1 s2 3.0000 @15.00 45.00 wan
    cash 余杭 free 955.00 wan held 0.00 yuan
    holds 余杭 linkage free 103.0000 held 0.0000
  )");
}

TEST(Calls, AStopIsReachedByTheCallsPrice) {
  in_a_call(R"(
    phase linkage continuous                          → done
    b0 = buy 西湖 linkage 2.0000 @17.00 stop 15.00    → waits 2.0000
    s0 = sell 桐庐 linkage 9.0000 @16.00 aon          → rests 9.0000
    phase linkage call                                → done
    s1 = sell 淳安 linkage 5.0000 @15.00              → rests 5.0000
    s2 = sell 淳安 linkage 5.0000 @16.00              → rests 5.0000
    b1 = buy 余杭 linkage 4.0000 @15.00               → rests 4.0000
    phase linkage continuous                          → done
      call linkage price 15.00 volume 4.0000 demand 4.0000 supply 5.0000 step volume
      trade b1 s1 4.0000 @15.00 60.00 wan
      triggered b0
      trade b0 s1 1.0000 @15.00 15.00 wan
      trade b0 s2 1.0000 @16.00 16.00 wan
      freed 西湖 2.00 wan
      freed 西湖 1.00 wan
    rests s0 9.0000
  )");
}

TEST(Calls, ACallThatStillRunsWhenTheDayClosesIsEndedFirst) {
  constexpr std::string_view kScript = R"(
    s1 = sell 淳安 linkage 5.0000 @15.00  → rests 5.0000
    b1 = buy 余杭 linkage 4.0000 @15.00   → rests 4.0000
    close 2024-06-03                      → done
      call linkage price 15.00 volume 4.0000 demand 4.0000 supply 5.0000 step volume
      trade b1 s1 4.0000 @15.00 60.00 wan
      lapsed s1 1.0000
      day linkage open 15.00 high 15.00 low 15.00 last 15.00 close 15.00 volume 4.0000 turnover 60.00 wan trades 1
  )";
  in_a_call(std::string{"phase linkage call → done"} + std::string{kScript});

  script::Market without_profile;
  without_profile.check(R"(
    open 2024-06-03              → done
    file 淳安 linkage 100.0000   → done
    fund 余杭 1000.00 wan        → done
    phase linkage call           → done
  )");
  without_profile.check(kScript);
}

TEST(Calls, TheRandomEndIsWithinItsWindowAndComesFromTheNumberThatOpenedTheDay) {
  script::Market market;
  market.check(R"(
    profile no-band               → done
    tick 2024-06-03T09:00:00      → done
    open 2024-06-03 random 7      → done
    file 淳安 linkage 100.0000    → done
    fund 余杭 1000.00 wan         → done
    tick 2024-06-03T09:20:00      → done
    s1 = sell 淳安 linkage 5.0000 @15.00  → rests 5.0000
    b1 = buy 余杭 linkage 5.0000 @15.00   → rests 5.0000
    tick 2024-06-03T09:30:00      → done
    session linkage call_no_cancel
    tick 2024-06-03T09:30:30      → done
      trade b1 s1 5.0000 @15.00 75.00 wan
    session linkage continuous
    session area continuous
  )");
}

}  // namespace
}  // namespace landex
