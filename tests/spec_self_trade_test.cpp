// Where an order would meet one of its own participant: the arriving order's rule decides. Four rules, each where the
// arriving order is the smaller, the equal and the larger of the two; then what they share.
#include <gtest/gtest.h>

#include "tests/book_script.hpp"

namespace landex::testing {
namespace {

TEST(SelfTrade, CancelNewestEndsTheArrivingOrderWhateverItsSize) {
  check_book(R"(
    s1 sell 5 @100 by A
    s2 sell 9 @100
    b1 buy 3 @100 by A newest      → b1 ends 3 self_trade
    b2 buy 5 @100 by A newest      → b2 ends 5 self_trade
    b3 buy 8 @100 by A newest      → b3 ends 8 self_trade   # it does not go on to s2
    sells s1 5 @100, s2 9 @100
  )");
}

TEST(SelfTrade, CancelOldestEndsTheRestingOrderAndTheArrivingGoesOn) {
  check_book(R"(
    s1 sell 5 @100 by A
    s2 sell 9 @100
    b1 buy 3 @100 by A oldest      → s1 ends 5 self_trade   → b1 takes 3 of s2 @100
    s3 sell 3 @99 by A
    b2 buy 3 @100 by A oldest      → s3 ends 3 self_trade   → b2 takes 3 of s2 @100
    s4 sell 2 @99 by A
    b3 buy 5 @100 by A oldest      → s4 ends 2 self_trade   → b3 takes 3 of s2 @100   → b3 rests 2
                                   → level sell 99 gone     → level sell 100 gone     → level buy 100 2 in 1
  )");
}

TEST(SelfTrade, CancelBothEndsBothWhateverTheirSizes) {
  check_book(R"(
    s1 sell 5 @100 by A
    b1 buy 3 @100 by A both        → s1 ends 5 self_trade   → b1 ends 3 self_trade   → level sell 100 gone
    s2 sell 5 @100 by A
    b2 buy 5 @100 by A both        → s2 ends 5 self_trade   → b2 ends 5 self_trade
    s3 sell 5 @100 by A
    s4 sell 5 @100
    b3 buy 8 @100 by A both        → s3 ends 5 self_trade   → b3 ends 8 self_trade
    sells s4 5 @100
  )");
}

TEST(SelfTrade, DecrementTakesTheSmallerFromBothAndTheLargerStays) {
  check_book(R"(
    s1 sell 5 @100 by A
    b1 buy 3 @100 by A decrement   → s1 less 3 leaves 2   → b1 less 3 leaves 0   → b1 ends 0 self_trade
                                   → level sell 100 2 in 1
    b2 buy 2 @100 by A decrement   → s1 less 2 leaves 0   → b2 less 2 leaves 0   → s1 ends 0 self_trade
                                   → b2 ends 0 self_trade
    s2 sell 5 @100 by A
    s3 sell 1 @100
    b3 buy 8 @100 by A decrement   → s2 less 5 leaves 0   → b3 less 5 leaves 3   → s2 ends 0 self_trade
                                   → b3 takes 1 of s3 @100   → b3 rests 2
    last 100
  )");
}

TEST(SelfTrade, RefuseWhereItCannotBeAskedBeforehandEndsTheNewer) {
  check_book(R"(
    s1 sell 5 @100 by A
    b1 buy 3 @100 by A refuse      → b1 ends 3 self_trade
    own A buy @100 s1              # what the engine asks first, and refuses upon
    own A buy @99 nothing
  )");
}

TEST(SelfTrade, AllowTradesWithItselfLikeWithAnybody) {
  check_book(R"(
    s1 sell 5 @100 by A
    b1 buy 3 @100 by A allow       → b1 takes 3 of s1 @100
  )");
}

TEST(SelfTrade, TheSameRulesHoldForASale) {
  check_book(R"(
    b1 buy 5 @100 by A
    s1 sell 3 @100 by A newest     → s1 ends 3 self_trade
    s2 sell 3 @100 by A decrement  → b1 less 3 leaves 2     → s2 less 3 leaves 0   → s2 ends 0 self_trade
    s3 sell 3 @99 by A oldest      → b1 ends 2 self_trade   → s3 rests 3
    b2 buy 1 @99 by A both         → s3 ends 3 self_trade   → b2 ends 1 self_trade
    own A sell @1 nothing
  )");
}

TEST(SelfTrade, TheRuleOfTheArrivingOrderDecidesNotThatOfTheRestingOne) {
  check_book(R"(
    s1 sell 5 @100 by A oldest
    b1 buy 3 @100 by A newest      → b1 ends 3 self_trade
    b2 buy 3 @100 by A oldest      → s1 ends 5 self_trade   → b2 rests 3
  )");
}

TEST(SelfTrade, OthersWhoStandBeforeTheOwnOrderAreMetFirst) {
  check_book(R"(
    s1 sell 2 @100
    s2 sell 5 @100 by A
    s3 sell 2 @100
    b1 buy 2 @100 by A newest      → b1 takes 2 of s1 @100   # it never comes to its own
    s4 sell 2 @99
    b2 buy 6 @100 by A newest      → b2 takes 2 of s4 @99    → b2 ends 4 self_trade
    b3 buy 3 @100 by A oldest      → s2 ends 5 self_trade    → b3 takes 2 of s3 @100   → b3 rests 1
  )");
}

TEST(SelfTrade, AnIcebergIsCutFromItsHiddenPartAndEndsWithAllOfIt) {
  check_book(R"(
    s1 sell 20 @100 peak 5 by A
    b1 buy 12 @100 by A decrement  → s1 less 12 leaves 8   → b1 less 12 leaves 0   → b1 ends 0 self_trade
    sells s1 8 @100 shows 5
    b2 buy 4 @100 by A decrement   → s1 less 4 leaves 4    → b2 less 4 leaves 0    → b2 ends 0 self_trade
                                   → level sell 100 4 in 1
    b3 buy 9 @100 by A oldest      → s1 ends 4 self_trade  → b3 rests 9
  )");
}

TEST(SelfTrade, ARestingLotIsCutLikeAnyOrderWhetherItFitsOrNot) {
  check_book(R"(
    s1 sell 5 @100 aon by A
    b1 buy 3 @100 by A decrement   → s1 less 3 leaves 2     → b1 less 3 leaves 0   → b1 ends 0 self_trade
    b2 buy 1 @100 by A oldest      → s1 ends 2 self_trade   → b2 rests 1
  )");
}

TEST(SelfTrade, StruckOffUnitsCostNothingOfAPurchasesCap) {
  // 3 are struck off; 200 fen still buy 2 at 100.
  check_book(R"(
    s1 sell 3 @100 by A
    s2 sell 9 @100
    b1 buy 9 best cap 200 by A decrement   → s1 less 3 leaves 0   → b1 less 3 leaves 6   → s1 ends 0 self_trade
                                           → b1 takes 2 of s2 @100   → b1 ends 4 cap_spent
  )");
}

TEST(SelfTrade, ItIsNoTradeSoNoStopFires) {
  check_book(R"(
    x1 buy 1 @99 stop 100
    s1 sell 3 @100 by A
    b1 buy 3 @100 by A decrement   → s1 less 3 leaves 0   → b1 less 3 leaves 0   → s1 ends 0 self_trade
                                   → b1 ends 0 self_trade
    last nothing
    buys x1 1 @99 waits 100
  )");
}

TEST(SelfTrade, TheLowestNumberOfTheOwnOrdersInReachIsNamed) {
  check_book(R"(
    s1 sell 3 @105 by A
    s2 sell 3 @101 by A
    s3 sell 3 @100 by B
    own A buy @105 s1
    own A buy @104 s2
    own A buy @100 nothing
    own B buy @100 s3
    own B sell @1 nothing
  )");
}

TEST(SelfTrade, AnOwnOrderWithWhichItsClassMayNotTradeIsNotMet) {
  check_book(R"(
    pair mountain4 urban never
    s1 sell 3 @100 as mountain4 by A
    b1 buy 3 @100 as urban by A newest   → b1 rests 3
  )");
}

}  // namespace
}  // namespace landex::testing
