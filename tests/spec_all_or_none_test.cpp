// All-or-none: an indivisible lot. It trades whole with one order that arrives, or, when it arrives itself, whole at
// once with those that rest; a lot that does not fit is passed over and keeps its place (decisions 15).
#include <gtest/gtest.h>

#include "tests/book_script.hpp"

namespace landex::testing {
namespace {

// ---- the cases of liquibook's own suite, in its order ----

TEST(AllOrNone, APurchasePassesOverTheLargerLotAndTakesTheOneThatFits) {
  check_book(R"(
    b0 buy 1 @50
    s0 sell 2 @51 aon
    s1 sell 1 @51 aon
    s2 sell 1 @52
    levels sell 51 3 in 2, 52 1 in 1
    b1 buy 1 @51           → b1 takes 1 of s1 @51   → level sell 51 2 in 1
    sells s0 2 @51, s2 1 @52
    buys b0 1 @50
  )");
}

TEST(AllOrNone, APurchaseTakesSeveralLotsAndThenPartOfAnOrdinaryOrder) {
  check_book(R"(
    b0 buy 1 @50
    s0 sell 1 @51 aon
    s1 sell 1 @51 aon
    s2 sell 7 @51
    b1 buy 4 @51           → b1 takes 1 of s0 @51   → b1 takes 1 of s1 @51   → b1 takes 2 of s2 @51
    levels sell 51 5 in 1
    levels buy 50 1 in 1
  )");
}

TEST(AllOrNone, ALotToBuyRestsWhereTheOffersAreTooSmall) {
  // 3 are asked for at 51, 1 is offered: the book stands crossed, and nobody is wronged by it.
  check_book(R"(
    b0 buy 1 @50
    s0 sell 1 @51
    s1 sell 1 @52
    b1 buy 3 @51 aon       → b1 rests 3
    levels buy 51 3 in 1, 50 1 in 1
    levels sell 51 1 in 1, 52 1 in 1
  )");
}

TEST(AllOrNone, ALotToBuyTakesPartOfALargerOrder) {
  check_book(R"(
    b0 buy 1 @50
    s0 sell 4 @51
    s1 sell 1 @52
    b1 buy 3 @51 aon       → b1 takes 3 of s0 @51
    sells s0 1 @51, s1 1 @52
  )");
}

TEST(AllOrNone, ALotToBuyAtBestGathersItsWholeFromSeveralAndPassesOverALot) {
  // 4 of s0; the lot s1 has 4 where 2 are left to buy; 1 + 1 at 52.
  check_book(R"(
    b0 buy 1 @50
    s0 sell 4 @51
    s1 sell 4 @51 aon
    s2 sell 1 @52
    s3 sell 1 @52
    b1 buy 6 best aon      → b1 takes 4 of s0 @51   → b1 takes 1 of s2 @52   → b1 takes 1 of s3 @52
    sells s1 4 @51
    buys b0 1 @50
  )");
}

TEST(AllOrNone, ALotToBuyAtBestEndsWhereItsWholeIsNotThere) {
  // 4 + 1 = 5 of 6; the lot s2 is larger than the 1 that is left. At best it cannot rest.
  check_book(R"(
    b0 buy 1 @50
    s0 sell 4 @51
    s1 sell 1 @52
    s2 sell 4 @52 aon
    b1 buy 6 best aon      → b1 ends 6 not_in_full
    sells s0 4 @51, s1 1 @52, s2 4 @52
  )");
}

TEST(AllOrNone, ALotToBuyMeetsALotToSellOfItsSize) {
  check_book(R"(
    b0 buy 1 @50
    s0 sell 3 @51 aon
    s1 sell 1 @52
    b1 buy 3 @51 aon       → b1 takes 3 of s0 @51
    sells s1 1 @52
  )");
}

TEST(AllOrNone, ASalePassesOverTheLargerLotAndTakesTheOneThatFits) {
  check_book(R"(
    b0 buy 1 @50
    b1 buy 2 @51 aon
    b2 buy 1 @51 aon
    s0 sell 1 @52
    s1 sell 1 @51          → s1 takes 1 of b2 @51
    buys b1 2 @51, b0 1 @50
  )");
}

TEST(AllOrNone, ASaleTakesSeveralLotsAtTheirPricesAndThenPartOfAnOrdinaryOrder) {
  check_book(R"(
    s0 sell 1 @52
    b0 buy 7 @50
    b1 buy 1 @51 aon
    b2 buy 1 @51 aon
    s1 sell 4 @50          → s1 takes 1 of b1 @51   → s1 takes 1 of b2 @51   → s1 takes 2 of b0 @50
    buys b0 5 @50
  )");
}

TEST(AllOrNone, ALotToSellRestsWhereTheBidsAreTooSmall) {
  check_book(R"(
    s0 sell 1 @52
    b0 buy 7 @50
    b1 buy 1 @51
    b2 buy 1 @51
    s1 sell 4 @51 aon      → s1 rests 4
    sells s1 4 @51, s0 1 @52
    best buy 51
    best sell 51
  )");
}

TEST(AllOrNone, ALotToSellMeetsAnOrderOfItsSize) {
  check_book(R"(
    s0 sell 1 @52
    b0 buy 7 @50
    b1 buy 1 @51
    s1 sell 1 @51 aon      → s1 takes 1 of b1 @51
    buys b0 7 @50
  )");
}

TEST(AllOrNone, ALotToSellGathersItsWholeFromALotAndFromOrders) {
  // 1 + 1 + 1 at 51, 3 of 7 at 50.
  check_book(R"(
    s0 sell 1 @52
    b0 buy 7 @50
    b1 buy 1 @51 aon
    b2 buy 1 @51
    b3 buy 1 @51
    s1 sell 6 @50 aon      → s1 takes 1 of b1 @51   → s1 takes 1 of b2 @51   → s1 takes 1 of b3 @51
                           → s1 takes 3 of b0 @50
    buys b0 4 @50
  )");
}

TEST(AllOrNone, TwoLotsOfOneSizeMeetAndLeaveAnEmptyBook) {
  check_book(R"(
    b1 buy 1 @51 aon
    s1 sell 1 @51 aon      → s1 takes 1 of b1 @51   → level buy 51 gone
    buys nothing
    sells nothing
    resting 0
  )");
}

TEST(AllOrNone, TwoLotsToBuyFillOneLotToSell) {
  check_book(R"(
    b1 buy 1 @51 aon
    b2 buy 2 @51 aon
    s1 sell 3 @51 aon      → s1 takes 1 of b1 @51   → s1 takes 2 of b2 @51
    resting 0
  )");
}

TEST(AllOrNone, ARestingLotDoesNotGatherItsWholeFromTwoThatArrive) {
  // It trades with one order that arrives (decisions 15). liquibook leaves this case open: its test is switched off.
  check_book(R"(
    b1 buy 3 @51 aon
    s1 sell 1 @51          → s1 rests 1
    s2 sell 2 @51          → s2 rests 2
    buys b1 3 @51
    sells s1 1 @51, s2 2 @51
    s3 sell 3 @51          → s3 takes 3 of b1 @51   # and goes before those who could not
  )");
}

TEST(AllOrNone, AnOrdinaryOrderThatRestsIsEatenByLotsOneAfterTheOther) {
  check_book(R"(
    b1 buy 3 @51
    s1 sell 1 @51 aon      → s1 takes 1 of b1 @51
    s2 sell 2 @51 aon      → s2 takes 2 of b1 @51
    resting 0
  )");
}

TEST(AllOrNone, FourLotsThatOnlyFitTogetherAllRest) {
  // 1 + 4 = 3 + 2, but s1 would take 1 of b1 and then 2 of a lot of 4, and s2 1 of b1 and then 1 of it.
  check_book(R"(
    b1 buy 1 @51 aon
    b2 buy 4 @51 aon
    s1 sell 3 @51 aon      → s1 rests 3
    s2 sell 2 @51 aon      → s2 rests 2
    levels buy 51 5 in 2
    levels sell 51 5 in 2
  )");
}

TEST(AllOrNone, ALotIsNotFilledFromALotThatWouldHaveToBeSplit) {
  // 1 + 4 = 5 of 6; the 1 that is left is less than the lot b0.
  check_book(R"(
    s0 sell 1 @52
    b0 buy 4 @50 aon
    b1 buy 1 @51 aon
    b2 buy 4 @51
    s1 sell 6 @50 aon      → s1 rests 6
    buys b1 1 @51, b2 4 @51, b0 4 @50
    sells s1 6 @50, s0 1 @52
  )");
}

TEST(AllOrNone, ALotToSellMeetsALotToBuyOfItsSize) {
  check_book(R"(
    s0 sell 1 @52
    b0 buy 4 @50
    b1 buy 2 @51 aon
    s1 sell 2 @51 aon      → s1 takes 2 of b1 @51
    buys b0 4 @50
    sells s0 1 @52
  )");
}

TEST(AllOrNone, ALotMadeSmallerStaysWhereItIsAndDoesNotArriveAgain) {
  // Smaller at the same price is not an arrival: it keeps its place and waits for one that does arrive.
  check_book(R"(
    b0 buy 1 @50
    b1 buy 2 @51 aon
    s0 sell 1 @51
    s1 sell 1 @52
    s2 sell 1 @53
    replace b1 1           → b1 less 1 leaves 1   → level buy 51 1 in 1
    buys b1 1 @51, b0 1 @50
    s3 sell 1 @51          → s3 takes 1 of b1 @51
  )");
}

TEST(AllOrNone, ALotWhosePriceIsRaisedArrivesAgainAndFindsItsWhole) {
  check_book(R"(
    b0 buy 1 @50
    b1 buy 2 @51 aon
    s0 sell 1 @51
    s1 sell 1 @52
    s2 sell 1 @53
    replace b1 2 @52       → b1 takes 1 of s0 @51   → b1 takes 1 of s1 @52
    buys b0 1 @50
    sells s2 1 @53
  )");
}

TEST(AllOrNone, AnOrderThatGrowsArrivesAgainAndFitsTheLot) {
  check_book(R"(
    b0 buy 1 @50
    b1 buy 1 @51
    s0 sell 2 @51 aon      → s0 rests 2
    s1 sell 1 @52
    s2 sell 1 @53
    replace b1 2           → b1 takes 2 of s0 @51
    sells s1 1 @52, s2 1 @53
    buys b0 1 @50
  )");
}

// ---- ours ----

TEST(AllOrNone, ALotThatIsPassedOverKeepsItsPlaceInTime) {
  check_book(R"(
    s0 sell 5 @51 aon
    s1 sell 5 @51
    b1 buy 3 @51           → b1 takes 3 of s1 @51
    b2 buy 6 @51           → b2 takes 5 of s0 @51   → b2 takes 1 of s1 @51
    sells s1 1 @51
  )");
}

TEST(AllOrNone, WhetherALotFitsIsAskedOfWhatIsLeftWhenItsTurnComes) {
  // 6 are bought; after s0 only 4 are left, so the lot of 5 is passed over, and the next price is reached.
  check_book(R"(
    s0 sell 2 @50
    s1 sell 5 @51 aon
    s2 sell 9 @52
    b1 buy 6 @52           → b1 takes 2 of s0 @50   → b1 takes 4 of s2 @52
    sells s1 5 @51, s2 5 @52
  )");
}

TEST(AllOrNone, ALotThatMayNotRestEndsWhereItsWholeIsNotThere) {
  check_book(R"(
    s0 sell 2 @50
    b1 buy 3 @50 aon ends  → b1 ends 3 not_in_full
    b2 buy 3 @50 aon fok   → b2 ends 3 not_in_full
    b3 buy 2 @50 aon ends  → b3 takes 2 of s0 @50
  )");
}

TEST(AllOrNone, ALotMustFitTheMoneyOfAnAtBestPurchaseToo) {
  // 100 fen buy 2 at 50; the lot of 3 is passed over, the next at 50 is not.
  check_book(R"(
    s0 sell 3 @50 aon
    s1 sell 9 @50
    b1 buy 5 best cap 100  → b1 takes 2 of s1 @50   → b1 ends 3 cap_spent
    b2 buy 5 best cap 150  → b2 takes 3 of s0 @50   → b2 ends 2 cap_spent
    sells s1 7 @50
  )");
}

TEST(AllOrNone, ALotTooLargeForWhatIsLeftIsPassedOverBeforeTheMoneyIsCounted) {
  check_book(R"(
    s0 sell 6 @50 aon
    b1 buy 3 best cap 1    → b1 ends 3 not_at_once   # nobody was there whom it could have paid
    s1 sell 3 @50
    b2 buy 3 best cap 1    → b2 ends 3 cap_spent
  )");
}

TEST(AllOrNone, ALotCannotFillFromTheOrdersOfItsOwnParticipant) {
  // Of 4 wanted, 2 are A's own: only 2 would trade, whatever is done about the other 2. It rests; nothing is touched.
  check_book(R"(
    s0 sell 2 @50
    s1 sell 2 @50 by A
    b1 buy 4 @50 aon by A oldest    → b1 rests 4
    sells s0 2 @50, s1 2 @50
    b2 buy 4 @50 aon by A newest    → b2 rests 4
    s2 sell 2 @50
    b3 buy 4 @50 aon by A oldest    → b3 takes 2 of s0 @50   → s1 ends 2 self_trade   → b3 takes 2 of s2 @50
    buys b1 4 @50, b2 4 @50
  )");
}

}  // namespace
}  // namespace landex::testing
