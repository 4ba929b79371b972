// What each kind of order does in the continuous book: limit, at best, immediate or cancel, fill or kill, minimum
// quantity, post-only; whose price is paid; what the public sees. Every script runs on the books and on their judge.
#include <gtest/gtest.h>

#include "tests/book_script.hpp"

namespace landex::testing {
namespace {

TEST(BookScript, AScriptThatDoesNotHoldIsToldAsSuch) {
  // a guard must fail when it has looked at nothing, and when what it looks at is wrong: each line twice, for the books
  // and for the judge
  EXPECT_EQ(book_mismatches("").size(), 2u);
  EXPECT_EQ(book_mismatches("s1 sell 5 @100\n b1 buy 5 @100 → b1 rests 5").size(), 2u);
  EXPECT_EQ(book_mismatches("s1 sell 5 @100\n b1 buy 5 @100").size(), 2u);
  EXPECT_EQ(book_mismatches("s1 sell 5 @100 → s1 rests 5 → level sell 100 5 in 2").size(), 2u);
  EXPECT_EQ(book_mismatches("s1 sell 5 @100\n sells s1 4 @100").size(), 2u);
  EXPECT_EQ(book_mismatches("s1 sell 5 100").size(), 2u);
  EXPECT_EQ(book_mismatches("s1 sell 5 @100 gladly").size(), 2u);
  EXPECT_EQ(book_mismatches("→ nothing").size(), 2u);
  EXPECT_EQ(book_mismatches("s1 sell 5 @100\n sells s1 5 @100").size(), 0u);
}

// --- limit: price, then time ----------------------------------------------------------------------------------------

TEST(LimitOrder, TheBetterPriceIsMetFirstAndAtOnePriceTheEarlierOrder) {
  check_book(R"(
    s1 sell 5 @101
    s2 sell 5 @100
    s3 sell 5 @100
    b1 buy 12 @101   → b1 takes 5 of s2 @100   → b1 takes 5 of s3 @100   → b1 takes 2 of s1 @101
    sells s1 3 @101
    last 101
  )");
}

TEST(LimitOrder, WhatIsLeftOfItRestsAndIsMetInItsTurn) {
  check_book(R"(
    s1 sell 5 @100
    b1 buy 8 @100    → b1 takes 5 of s1 @100   → b1 rests 3
    b2 buy 4 @100
    s2 sell 2 @100   → s2 takes 2 of b1 @100   # what is left of b1 keeps its place
    s3 sell 2 @99    → s3 takes 1 of b1 @100   → s3 takes 1 of b2 @100
    buys b2 3 @100
  )");
}

TEST(LimitOrder, APurchaseIsMadeAtThePriceAskedWhenThatIsLess) {
  check_book(R"(
    s1 sell 5 @90
    b1 buy 5 @100    → b1 takes 5 of s1 @90
  )");
}

TEST(LimitOrder, ASaleIsMadeAtThePriceBidWhenThatIsMore) {
  check_book(R"(
    b1 buy 5 @100
    s1 sell 5 @90    → s1 takes 5 of b1 @100
  )");
}

TEST(LimitOrder, OneTickApartNothingTrades) {
  check_book(R"(
    b1 buy 5 @99
    s1 sell 5 @100
    best buy 99
    best sell 100
    last nothing
  )");
}

TEST(LimitOrder, TheBestOfASideIsTheNextOneWhenItIsFilledOrCancelled) {
  check_book(R"(
    best buy nothing
    b1 buy 5 @98
    best buy 98
    b2 buy 5 @99
    best buy 99
    b3 buy 5 @97
    best buy 99
    s1 sell 5 @99    → s1 takes 5 of b2 @99
    best buy 98
    cancel b1
    best buy 97
    cancel b3
    best buy nothing
    s2 sell 5 @101
    s3 sell 5 @100
    best sell 100
    cancel s3 expired
    best sell 101
    cancel s2 lapsed
    best sell nothing
  )");
}

TEST(LimitOrder, ALevelIsTheSumOfItsOrdersAndGoesWithTheLast) {
  check_book(R"(
    s1 sell 5 @100   → s1 rests 5                → level sell 100 5 in 1
    s2 sell 7 @100   → s2 rests 7                → level sell 100 12 in 2
    s3 sell 2 @103   → s3 rests 2                → level sell 103 2 in 1
    levels sell 100 12 in 2, 103 2 in 1
    b1 buy 6 @100    → b1 takes 5 of s1 @100     → b1 takes 1 of s2 @100   → level sell 100 6 in 1
    cancel s2        → s2 ends 6 cancelled       → level sell 100 gone
    levels sell 103 2 in 1
  )");
}

TEST(LimitOrder, LevelsAreToldInTheOrderInWhichTheyAreTouchedTheOwnLast) {
  check_book(R"(
    s1 sell 2 @100
    s2 sell 2 @101
    b1 buy 5 @102    → b1 takes 2 of s1 @100   → b1 takes 2 of s2 @101   → b1 rests 1
                     → level sell 100 gone     → level sell 101 gone     → level buy 102 1 in 1
  )");
}

TEST(LimitOrder, CancelledTwiceOrFilledItIsNoLongerThere) {
  check_book(R"(
    s1 sell 5 @100
    cancel s1
    cancel s1        → nothing
    s2 sell 5 @100
    b1 buy 5 @100    → b1 takes 5 of s2 @100
    cancel s2        → nothing
    cancel b1        → nothing
    resting 0
  )");
}

TEST(LimitOrder, CancelledInTheMiddleOfItsQueueTheOthersKeepTheirOrder) {
  check_book(R"(
    s1 sell 1 @100
    s2 sell 1 @100
    s3 sell 1 @100
    cancel s2
    s4 sell 1 @100
    b1 buy 3 @100    → b1 takes 1 of s1 @100   → b1 takes 1 of s3 @100   → b1 takes 1 of s4 @100
  )");
}

// ---- at best ----

TEST(AtBest, ItTakesWhatTheOtherSideOffersAndNeverRests) {
  check_book(R"(
    s1 sell 5 @100
    s2 sell 5 @120
    b1 buy 12 best   → b1 takes 5 of s1 @100   → b1 takes 5 of s2 @120   → b1 ends 2 not_at_once
    b2 buy 1 best    → b2 ends 1 not_at_once
    s3 sell 1 best   → s3 ends 1 not_at_once
    buys nothing
    sells nothing
  )");
}

TEST(AtBest, ItGoesNoFurtherThanTheEdgeOfTheBand) {
  check_book(R"(
    band 80 110
    s1 sell 5 @110
    s2 sell 5 @111
    b1 buy 9 best    → b1 takes 5 of s1 @110   → b1 ends 4 not_at_once
    b2 buy 5 @80
    b3 buy 5 @79
    s3 sell 9 best   → s3 takes 5 of b2 @80    → s3 ends 4 not_at_once
  )");
}

TEST(AtBest, APurchaseSpendsNoMoreThanItsCap) {
  // 5 × 100 = 500; of 730 that leaves 230, which buys 1 unit at 120; 110 are left, and the next costs 120.
  check_book(R"(
    s1 sell 5 @100
    s2 sell 5 @120
    b1 buy 9 best cap 730   → b1 takes 5 of s1 @100   → b1 takes 1 of s2 @120   → b1 ends 3 cap_spent
    sells s2 4 @120
  )");
}

TEST(AtBest, AFilledPurchaseEndsWithoutAWordAboutItsCap) {
  check_book(R"(
    s1 sell 5 @100
    b1 buy 5 best cap 500   → b1 takes 5 of s1 @100
    b2 buy 5 best cap 500   → b2 ends 5 not_at_once   # nobody was there: its money was not the reason
    s2 sell 1 @100
    b3 buy 5 best cap 99    → b3 ends 5 cap_spent
  )");
}

// ---- immediate or cancel, fill or kill ----

TEST(ImmediateOrCancel, WhatDoesNotTradeAtOnceEnds) {
  check_book(R"(
    s1 sell 5 @100
    s2 sell 5 @101
    b1 buy 8 @100 ends   → b1 takes 5 of s1 @100   → b1 ends 3 not_at_once
    b2 buy 8 @100 ends   → b2 ends 8 not_at_once
    b3 buy 2 @101 ends   → b3 takes 2 of s2 @101
    b4 buy 4 @99
    s3 sell 9 @99 ends   → s3 takes 4 of b4 @99    → s3 ends 5 not_at_once
    buys nothing
    sells s2 3 @101
  )");
}

TEST(FillOrKill, AllOfItTradesAtOnceOrNothingDoes) {
  check_book(R"(
    s1 sell 5 @100
    s2 sell 5 @101
    b1 buy 11 @101 fok   → b1 ends 11 not_in_full
    b2 buy 10 @100 fok   → b2 ends 10 not_in_full
    sells s1 5 @100, s2 5 @101
    b3 buy 10 @101 fok   → b3 takes 5 of s1 @100   → b3 takes 5 of s2 @101
    resting 0
  )");
}

TEST(FillOrKill, ASaleCountsTheBidsThatItReaches) {
  check_book(R"(
    b1 buy 5 @100
    b2 buy 5 @99
    s1 sell 6 @100 fok   → s1 ends 6 not_in_full
    s2 sell 6 @99 fok    → s2 takes 5 of b1 @100   → s2 takes 1 of b2 @99
  )");
}

TEST(FillOrKill, TheHiddenPartOfAnIcebergCounts) {
  check_book(R"(
    s1 sell 9 @100 peak 2
    b1 buy 10 @100 fok   → b1 ends 10 not_in_full
    b2 buy 5 @100 fok    → b2 takes 2 of s1 @100   → s1 rests 7 shows 2   → b2 takes 2 of s1 @100
                         → s1 rests 5 shows 2      → b2 takes 1 of s1 @100
    sells s1 4 @100 shows 1
  )");
}

TEST(FillOrKill, ALotThatDoesNotFitDoesNotCount) {
  check_book(R"(
    s1 sell 4 @100
    s2 sell 6 @100 aon
    s3 sell 1 @100
    b1 buy 8 @100 fok    → b1 ends 8 not_in_full     # 4 + 1; the lot is 6 where 4 are left
    b2 buy 11 @100 fok   → b2 takes 4 of s1 @100     → b2 takes 6 of s2 @100   → b2 takes 1 of s3 @100
  )");
}

TEST(FillOrKill, AtBestItIsKilledWhereTheMoneyEndsFirst) {
  check_book(R"(
    s1 sell 5 @100
    b1 buy 5 best fok cap 499   → b1 ends 5 not_in_full
    b2 buy 5 best fok cap 500   → b2 takes 5 of s1 @100
  )");
}

TEST(FillOrKill, OwnOrdersAreNotCountedAndNotTouched) {
  // 5 are others', 5 are A's own: 6 cannot be filled, whichever order would give way.
  check_book(R"(
    s1 sell 5 @100
    s2 sell 5 @101 by A
    s3 sell 5 @102
    b1 buy 6 @101 fok by A oldest      → b1 ends 6 not_in_full
    b2 buy 6 @102 fok by A newest      → b2 ends 6 not_in_full   # its walk would end at s2
    b3 buy 6 @102 fok by A both        → b3 ends 6 not_in_full
    b4 buy 6 @102 fok by A decrement   → b4 ends 6 not_in_full   # 5 would trade, 1 would be struck off
    b5 buy 6 @102 fok by A refuse      → b5 ends 6 not_in_full
    sells s1 5 @100, s2 5 @101, s3 5 @102
    b6 buy 6 @102 fok by A oldest      → b6 takes 5 of s1 @100   → s2 ends 5 self_trade   → b6 takes 1 of s3 @102
  )");
}

// ---- minimum quantity ----

TEST(MinimumQuantity, LessThanTheMinimumAtOnceAndItEnds) {
  check_book(R"(
    s1 sell 4 @100
    b1 buy 9 @100 min 5        → b1 ends 9 minimum_not_met
    b2 buy 9 @100 min 4        → b2 takes 4 of s1 @100   → b2 rests 5
    s2 sell 1 @100             → s2 takes 1 of b2 @100   # the minimum was about its entry only
    b3 buy 9 @100 min 1        → b3 ends 9 minimum_not_met
    buys b2 4 @100
  )");
}

TEST(MinimumQuantity, WithImmediateOrCancelTheRestOfItEnds) {
  check_book(R"(
    s1 sell 4 @100
    b1 buy 9 @100 min 4 ends   → b1 takes 4 of s1 @100   → b1 ends 5 not_at_once
    s2 sell 4 @100
    b2 buy 9 @100 min 4 fok    → b2 ends 9 not_in_full   # fill or kill is asked first
  )");
}

TEST(MinimumQuantity, LotsThatDoNotFitAndOwnOrdersDoNotCountForIt) {
  check_book(R"(
    s1 sell 8 @100 aon
    s2 sell 3 @100 by A
    s3 sell 2 @100
    b1 buy 6 @100 min 3 by A oldest      → b1 ends 6 minimum_not_met
    b2 buy 6 @100 min 2 by A decrement   → s2 less 3 leaves 0   → b2 less 3 leaves 3   → s2 ends 0 self_trade
                                         → b2 takes 2 of s3 @100   → b2 rests 1
  )");
}

TEST(MinimumQuantity, AReplacedOrderIsNoLongerAskedForIt) {
  check_book(R"(
    s1 sell 4 @100
    b1 buy 9 @100 min 4        → b1 takes 4 of s1 @100   → b1 rests 5
    replace b1 9 @101          → b1 rests 9
  )");
}

// ---- post-only ----

TEST(PostOnly, ItEndsRatherThanMeetAndRestsWhereItWouldNot) {
  check_book(R"(
    s1 sell 5 @100
    b1 buy 3 @100 post-only    → b1 ends 3 would_meet
    b2 buy 3 @101 post-only    → b2 ends 3 would_meet
    b3 buy 3 @99 post-only     → b3 rests 3
    s2 sell 3 @99 post-only    → s2 ends 3 would_meet
    s3 sell 3 @100 post-only   → s3 rests 3
    sells s1 5 @100, s3 3 @100
  )");
}

TEST(PostOnly, ALotThatWouldNotFitAndAnOrderOfOnesOwnAreMeetingsToo) {
  check_book(R"(
    s1 sell 5 @100 aon
    b1 buy 3 @100 post-only           → b1 ends 3 would_meet
    cancel s1
    s2 sell 5 @100 by A
    b2 buy 3 @100 post-only by A oldest   → b2 ends 3 would_meet
    sells s2 5 @100
  )");
}

TEST(PostOnly, OnceItRestsItIsMetLikeAnyOtherAndJudgedAgainWhenItMoves) {
  check_book(R"(
    b1 buy 3 @99 post-only
    s1 sell 1 @99              → s1 takes 1 of b1 @99
    s2 sell 5 @101
    replace b1 2 @100          → b1 rests 2
    replace b1 1               → b1 less 1 leaves 1
    replace b1 1 @101          → b1 ends 1 would_meet
  )");
}

}  // namespace
}  // namespace landex::testing
