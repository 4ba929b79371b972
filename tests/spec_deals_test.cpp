// Directed sales 协议: who proposes, who accepts, what is held meanwhile, and that all legs go or none.
// 1 mu at 1.00 万元/亩 is 1 万元.
#include <gtest/gtest.h>

#include "tests/market_script.hpp"

namespace landex {
namespace {

using script::check;

TEST(Deal, TheSellersLandIsHeldFromHisProposalAndTheBuyersMoneyFromHisAcceptance) {
  check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 500.00 wan                              → done
    d1 = propose 淳安 淳安→余杭 linkage 60.0000 @15.00  → done
    deal d1 proposed 900.00 wan
    holds 淳安 linkage free 40.0000 held 60.0000
    cash  余杭 free 1 500.00 wan held 0.00 yuan
    sell 淳安 linkage 40.0001 @15.00                    → refused not_enough_land   # 60 are held
    accept 余杭 d1                                      → settled
    deal d1 settled 900.00 wan
    holds 淳安 linkage free 40.0000 held 0.0000
    holds 余杭 linkage free 60.0000
    cash  余杭 free 600.00 wan held 0.00 yuan
    cash  淳安 free 900.00 wan
  )");
}

TEST(Deal, TheBuyersMoneyIsHeldFromHisProposalAndTheSellersLandFromHisAcceptance) {
  check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    d1 = propose 余杭 淳安→余杭 linkage 60.0000 @15.00  → done
    cash  余杭 free 100.00 wan held 900.00 wan
    holds 淳安 linkage free 100.0000
    withdraw 余杭 100.01 wan                            → refused not_enough_money   # 900 are held
    accept 淳安 d1                                      → settled
    holds 余杭 linkage free 60.0000
    cash  余杭 free 100.00 wan held 0.00 yuan
    cash  淳安 free 900.00 wan
  )");
}

TEST(Deal, WhoCannotPayOrDeliverCanNeitherProposeNorAcceptAndTheProposalStands) {
  check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 10.0000                           → done
    fund 余杭 149.00 wan                                → done
    propose 淳安 淳安→余杭 linkage 10.0001 @15.00       → refused not_enough_land
    propose 余杭 淳安→余杭 linkage 10.0000 @15.00       → refused not_enough_money
    d1 = propose 淳安 淳安→余杭 linkage 10.0000 @15.00  → done
    accept 余杭 d1                                      → refused not_enough_money
    deal d1 proposed 150.00 wan
    fund 余杭 1.00 wan                                  → done
    accept 余杭 d1                                      → settled

    d2 = propose 淳安 余杭→淳安 linkage 10.0000 @15.00  → done
    use 余杭 linkage 0.0001                             → done
    accept 余杭 d2                                      → refused not_enough_land
    deal d2 proposed 150.00 wan
  )");
}

TEST(Deal, OnlyTheOtherSideAcceptsAndOnlyThePartiesEndIt) {
  check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    fund 西湖 1 000.00 wan                              → done
    d1 = propose 淳安 淳安→余杭 linkage 10.0000 @15.00  → done
    accept 淳安 d1                                      → refused not_your_deal
    accept 西湖 d1                                      → refused not_your_deal
    end 西湖 d1                                         → refused not_your_deal
    propose 西湖 淳安→余杭 linkage 10.0000 @15.00       → refused not_your_deal
    propose 淳安 淳安→淳安 linkage 10.0000 @15.00       → refused same_party_twice
    propose 淳安 淳安→杭州 linkage 10.0000 @15.00       → refused unknown_unit   # the city does not trade
    accept 余杭 d1                                      → settled
  )");
}

TEST(Deal, EitherSideEndsAProposalAndWhatItHeldIsFreeAgain) {
  check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    d1 = propose 淳安 淳安→余杭 linkage 10.0000 @15.00  → done
    end 淳安 d1                                         → done   # withdrawn
      freed 淳安 linkage 10.0000
    deal d1 ended 150.00 wan
    d2 = propose 余杭 淳安→余杭 linkage 10.0000 @15.00  → done
    end 淳安 d2                                         → done   # declined
      freed 余杭 150.00 wan
    deal d2 ended 150.00 wan
    accept 余杭 d1                                      → refused deal_state_forbids
    accept 淳安 d2                                      → refused deal_state_forbids
    end 余杭 d2                                         → refused deal_state_forbids
    cash  余杭 free 1 000.00 wan held 0.00 yuan
    holds 淳安 linkage free 100.0000 held 0.0000
  )");
}

TEST(Deal, AProposalLapsesWithItsDayAfterTheOrders) {
  check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    d1 = propose 淳安 淳安→余杭 linkage 10.0000 @15.00  → done
    d2 = propose 余杭 淳安→余杭 linkage 10.0000 @14.00  → done
    d3 = propose 余杭 淳安→余杭 linkage 10.0000 @16.00  → done
    accept 淳安 d3                                      → settled
    o1 = sell 淳安 linkage 1.0000 @99.00                → rests 1.0000
    close 2024-06-03                                    → done
      freed 淳安 linkage 1.0000
      freed 淳安 linkage 10.0000
      freed 余杭 140.00 wan
    deal d1 lapsed 150.00 wan
    deal d2 lapsed 140.00 wan
    deal d3 settled 160.00 wan
    open 2024-06-04                                     → done
    accept 余杭 d1                                      → refused deal_state_forbids
    cash  余杭 free 840.00 wan held 0.00 yuan
    holds 淳安 linkage free 90.0000 held 0.0000
  )");
}

// ---- bundles: area, paddy and capacity of one lot ----

TEST(Bundle, TheAreasPriceCoversPaddyAndCapacityThatHaveNoPriceOfTheirOwn) {
  // 10 mu × 20.00 = 200 万元 for all three.
  check(R"(
    price area 20.00 2024-06-01..2024-06-30                                     → done
    open 2024-06-03                                                             → done
    file 建德 area 125.0000 paddy 50.0000 capacity 50000                        → done
    fund 余杭 200.00 wan                                                        → done
    d1 = propose 建德 建德→余杭 area 10.0000 @20.00 paddy 4.0000 capacity 4000  → done
    holds 建德 area     held 10.0000
    holds 建德 paddy    held 4.0000
    holds 建德 capacity held 4000
    accept 余杭 d1                                                              → settled
    deal d1 settled 200.00 wan
    holds 余杭 area     free 10.0000
    holds 余杭 paddy    free 4.0000
    holds 余杭 capacity free 4000
    cash  余杭 free 0.00 yuan
    cash  建德 free 200.00 wan
  )");
}

TEST(Bundle, WhereAComponentHasAPublishedPriceTheRouteAsksForItToo) {
  // 10 × 20.00 + 4 × 3.00 = 212 万元; 4 000 kg × 2.00 yuan = 8 000 yuan; in all 2 128 000 yuan.
  check(R"(
    price area 20.00 2024-06-01..2024-06-30                                       → done
    price paddy 3.00 2024-06-01..2024-06-30                                       → done
    price capacity 2.00 2024-06-01..2024-06-30                                    → done
    open 2024-06-03                                                               → done
    file 建德 area 125.0000 paddy 50.0000 capacity 50000                          → done
    file 余杭 area 125.0000 paddy 50.0000                                         → done
    fund 余杭 300.00 wan                                                          → done
    fund 萧山 300.00 wan                                                          → done
    propose 建德 建德→余杭 area 10 @20.00 paddy 4                                 → refused price_missing H66-7.6
    propose 建德 建德→余杭 area 10 @20.00 paddy 4 @2.99                           → refused below_floor H66-7.6
    propose 建德 建德→余杭 area 10 @20.00 capacity 4000 @1.99                     → refused below_floor H66-7.6
    propose 建德 建德→余杭 area 10 @30.00 paddy 4 @2.99                           → refused below_floor H66-7.6
    d1 = propose 建德 建德→余杭 area 10 @20.00 paddy 4 @3.00 capacity 4000 @2.00  → done
    accept 余杭 d1                                                                → settled
    deal d1 settled 2 128 000.00 yuan
    cash 余杭 free 872 000.00 yuan
    d2 = propose 余杭 余杭→萧山 area 10 @15.00 paddy 4                            → done   # no floor on this route
    accept 萧山 d2                                                                → settled
    deal d2 settled 150.00 wan
  )");
}

TEST(Bundle, OnlyPaddyAndCapacityBesideTheAreaGoWithoutAPrice) {
  check(R"(
    open 2024-06-03                                            → done
    file 余杭 area 125.0000 paddy 50.0000 capacity 50000       → done
    propose 余杭 余杭→萧山 area 10.0000                        → refused price_missing
    propose 余杭 余杭→萧山 paddy 4.0000                        → refused price_missing
    propose 余杭 余杭→萧山 paddy 4.0000 capacity 4000 @2.00    → refused price_missing
    propose 余杭 余杭→萧山 area 10.0000 @20.00 linkage 4.0000  → refused price_missing
    propose 余杭 余杭→萧山 area 10.0000 paddy 4.0000 @3.00     → refused price_missing
    propose 余杭 余杭→萧山 paddy 4.0000 @3.00                  → done
    propose 余杭 余杭→萧山 area 10.0000 @20.00 capacity 4000   → done
  )");
}

TEST(Bundle, AllLegsGoOrNone) {
  check(R"(
    open 2024-06-03                                                        → done
    file 余杭 area 125.0000 paddy 50.0000                                  → done
    file 余杭 linkage 5.0000                                               → done
    fund 萧山 900.00 wan                                                   → done
    propose 余杭 余杭→萧山 area 10.0000 @20.00 paddy 4.0000 capacity 1     → refused not_enough_land
    propose 余杭 余杭→萧山 area 10.0000 @20.00 linkage 5.0001 @10.00       → refused not_enough_land
    holds 余杭 area    held 0.0000
    holds 余杭 linkage held 0.0000
    d1 = propose 萧山 余杭→萧山 area 10.0000 @20.00 linkage 5.0000 @10.00  → done   # 200 + 50
    use 余杭 linkage 0.0001                                                → done
    accept 余杭 d1                                                         → refused not_enough_land
    holds 余杭 area free 100.0000 held 0.0000
    cash  萧山 free 650.00 wan held 250.00 wan
  )");
}

TEST(Bundle, HasAtLeastOneLegAndNoInstrumentTwice) {
  check(R"(
    open 2024-06-03                                               → done
    file 余杭 area 125.0000                                       → done
    propose 余杭 余杭→萧山                                        → refused legs_not_valid
    propose 余杭 余杭→萧山 area 1.0000 @20.00 area 1.0000 @21.00  → refused legs_not_valid
    propose 余杭 余杭→萧山 area 1.0000 @20.0001                   → refused price_off_tick
  )");
}

TEST(Bundle, OfFourLegsOnlyThoseThatTheRouteCoversHaveAFloor) {
  check(R"(
    price area 20.00 2024-06-01..2024-06-30                                          → done
    open 2024-06-03                                                                  → done
    file 建德 area 125.0000 paddy 50.0000 capacity 50000                             → done
    file 建德 linkage 10.0000                                                        → done
    fund 余杭 900.00 wan                                                             → done
    propose 建德 建德→余杭 area 1 @20.00 paddy 1 @3.00                               → refused no_price_in_force H66-7.6
    d1 = propose 建德 建德→余杭 area 1 @20.00 paddy 1 capacity 1000 linkage 1 @0.01  → done
    accept 余杭 d1                                                                   → settled
    deal d1 settled 20.01 wan
    holds 余杭 linkage free 1.0000
  )");
}

// ---- the production venue ----

script::Market production() { return script::Market{{.venue = engine::Venue::production}}; }

TEST(ProductionVenue, HasNoContinuousBook) {
  production().check(R"(
    open 2024-06-03                  → done
    file 淳安 linkage 100.0000       → done
    sell 淳安 linkage 1.0000 @15.00  → refused mode_not_open H66-21.4
  )");
}

}  // namespace
}  // namespace landex
