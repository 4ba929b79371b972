// Icebergs, which show no more than their peak at a time; and replacing: what keeps an order's place and what loses it.
#include <gtest/gtest.h>

#include "tests/book_script.hpp"

namespace landex::testing {
namespace {

TEST(Iceberg, ThePublicSeesThePeakAndNeverTheWhole) {
  check_book(R"(
    s1 sell 20 @100 peak 5   → s1 rests 20 shows 5   → level sell 100 5 in 1
    s2 sell 3 @100           → s2 rests 3            → level sell 100 8 in 2
    levels sell 100 8 in 2
    sells s1 20 @100 shows 5, s2 3 @100
  )");
}

TEST(Iceberg, ASmallerTradeLeavesItInItsPlace) {
  check_book(R"(
    s1 sell 20 @100 peak 5
    s2 sell 3 @100
    b1 buy 2 @100            → b1 takes 2 of s1 @100   → level sell 100 6 in 2
    sells s1 18 @100 shows 3, s2 3 @100
  )");
}

TEST(Iceberg, WhenWhatItShowsIsGoneItShowsTheNextPeakBehindTheOthers) {
  check_book(R"(
    s1 sell 20 @100 peak 5
    s2 sell 3 @100
    b1 buy 5 @100            → b1 takes 5 of s1 @100   → s1 rests 15 shows 5   # 5 and 3 are shown as before
    sells s2 3 @100, s1 15 @100 shows 5
    b2 buy 4 @100            → b2 takes 3 of s2 @100   → b2 takes 1 of s1 @100   → level sell 100 4 in 1
  )");
}

TEST(Iceberg, OneWalkMeetsItAgainAfterThoseWhoStoodBehindIt) {
  // 5 of s1, 3 of s2, then s1 again: 5, and 2 of its next 5.
  check_book(R"(
    s1 sell 20 @100 peak 5
    s2 sell 3 @100
    b1 buy 15 @100           → b1 takes 5 of s1 @100   → s1 rests 15 shows 5   → b1 takes 3 of s2 @100
                             → b1 takes 5 of s1 @100   → s1 rests 10 shows 5   → b1 takes 2 of s1 @100
                             → level sell 100 3 in 1
    sells s1 8 @100 shows 3
  )");
}

TEST(Iceberg, TwoOfThemTakeTurns) {
  check_book(R"(
    s1 sell 4 @100 peak 2
    s2 sell 4 @100 peak 2
    b1 buy 8 @100            → b1 takes 2 of s1 @100   → s1 rests 2   → b1 takes 2 of s2 @100   → s2 rests 2
                             → b1 takes 2 of s1 @100   → b1 takes 2 of s2 @100
    resting 0
  )");
}

TEST(Iceberg, ItsLastPeakIsWhatIsLeft) {
  check_book(R"(
    s1 sell 7 @100 peak 5
    b1 buy 5 @100            → b1 takes 5 of s1 @100   → s1 rests 2   → level sell 100 2 in 1
    b2 buy 2 @100            → b2 takes 2 of s1 @100   → level sell 100 gone
  )");
}

TEST(Iceberg, ItIsMetInFullBeforeTheNextPrice) {
  check_book(R"(
    s1 sell 6 @100 peak 2
    s2 sell 6 @101
    b1 buy 7 @101            → b1 takes 2 of s1 @100   → s1 rests 4 shows 2   → b1 takes 2 of s1 @100   → s1 rests 2
                             → b1 takes 2 of s1 @100   → b1 takes 1 of s2 @101
  )");
}

TEST(Iceberg, WhenItArrivesItTradesWithItsWholeQuantity) {
  check_book(R"(
    b1 buy 6 @100
    s1 sell 20 @100 peak 5   → s1 takes 6 of b1 @100   → s1 rests 14 shows 5
    s2 sell 9 @101 peak 10   → s2 rests 9              # smaller than its peak: an order like any other
  )");
}

TEST(Iceberg, MadeSmallerItLosesItsHiddenPartFirstAndKeepsItsPlace) {
  check_book(R"(
    s1 sell 20 @100 peak 5
    s2 sell 3 @100
    replace s1 6             → s1 less 14 leaves 6     # nothing that is shown has changed
    replace s1 3             → s1 less 3 leaves 3      → level sell 100 6 in 2
    sells s1 3 @100, s2 3 @100
  )");
}

TEST(Iceberg, MadeLargerOrMovedItGoesToTheEndAndShowsItsPeakAgain) {
  check_book(R"(
    s1 sell 20 @100 peak 5
    s2 sell 3 @100
    b1 buy 2 @100            → b1 takes 2 of s1 @100
    replace s1 30            → s1 rests 30 shows 5
    sells s2 3 @100, s1 30 @100 shows 5
    replace s1 30 @99        → s1 rests 30 shows 5     → level sell 100 3 in 1   → level sell 99 5 in 1
  )");
}

TEST(Iceberg, CancelledItEndsWithAllThatIsLeftOfIt) {
  check_book(R"(
    s1 sell 20 @100 peak 5
    b1 buy 7 @100            → b1 takes 5 of s1 @100   → s1 rests 15 shows 5   → b1 takes 2 of s1 @100
    cancel s1                → s1 ends 13 cancelled    → level sell 100 gone
  )");
}

TEST(Iceberg, AnAtBestPurchaseWithACapCountsItsHiddenPart) {
  check_book(R"(
    s1 sell 20 @100 peak 2
    b1 buy 9 best cap 350    → b1 takes 2 of s1 @100   → s1 rests 18 shows 2   → b1 takes 1 of s1 @100
                             → b1 ends 6 cap_spent
  )");
}

TEST(Iceberg, InACallItTradesItsWholeQuantityTheHiddenPartFirst) {
  // 20 with 5 shown, 12 traded: 8 are left and 5 are shown still; 5 more: 3 are left.
  check_book(R"(
    s1 sell 20 @100 peak 5
    b1 buy 12 @100 in-call
    b2 buy 5 @100 in-call
    call @100: b1 s1 12      → b1 takes 12 of s1 @100   → level buy 100 5 in 1
    sells s1 8 @100 shows 5
    call @100: b2 s1 5       → b2 takes 5 of s1 @100    → level buy 100 gone   → level sell 100 3 in 1
  )");
}

// ---- replace ----

TEST(Replace, SmallerAtTheSamePriceKeepsItsPlace) {
  check_book(R"(
    s1 sell 5 @100
    s2 sell 5 @100
    replace s1 3             → s1 less 2 leaves 3   → level sell 100 8 in 2
    replace s1 3             → nothing
    sells s1 3 @100, s2 5 @100
    b1 buy 4 @100            → b1 takes 3 of s1 @100   → b1 takes 1 of s2 @100
  )");
}

TEST(Replace, LargerGoesToTheEndOfItsPrice) {
  check_book(R"(
    s1 sell 5 @100
    s2 sell 5 @100
    replace s1 6             → s1 rests 6   → level sell 100 11 in 2
    sells s2 5 @100, s1 6 @100
  )");
}

TEST(Replace, AtAnotherPriceItGoesToTheEndThereAndComingBackIsNoReturn) {
  check_book(R"(
    s1 sell 5 @100
    s2 sell 5 @100
    s3 sell 5 @101
    replace s1 5 @101        → s1 rests 5   → level sell 100 5 in 1   → level sell 101 10 in 2
    sells s2 5 @100, s3 5 @101, s1 5 @101
    replace s1 4 @100        → s1 rests 4
    sells s2 5 @100, s1 4 @100, s3 5 @101
  )");
}

TEST(Replace, MovedIntoTheOtherSideItTradesAsAnOrderThatArrives) {
  check_book(R"(
    s1 sell 5 @100
    s2 sell 5 @101
    b1 buy 4 @90
    replace b1 7 @101        → b1 takes 5 of s1 @100   → b1 takes 2 of s2 @101
    b2 buy 4 @90
    replace b2 9 @101        → b2 takes 3 of s2 @101   → b2 rests 6
                             → level buy 90 gone   → level sell 101 gone   → level buy 101 6 in 1
  )");
}

TEST(Replace, WhatItTradesFiresStops) {
  check_book(R"(
    s1 sell 5 @100
    x1 buy 1 @99 stop 100
    b1 buy 4 @90
    replace b1 4 @100        → b1 takes 4 of s1 @100   → x1 triggers   → x1 rests 1
  )");
}

TEST(Replace, MovedOntoAnOrderOfItsOwnItObeysItsSelfTradeRule) {
  check_book(R"(
    s1 sell 5 @100 by A
    b1 buy 4 @90 by A newest
    replace b1 4 @100        → b1 ends 4 self_trade   → level buy 90 gone
    b2 buy 4 @90 by A oldest
    replace b2 4 @100        → s1 ends 5 self_trade   → b2 rests 4
  )");
}

TEST(Replace, WhileACallGathersItJoinsWithoutAWalk) {
  check_book(R"(
    s1 sell 5 @100 in-call
    b1 buy 4 @90 in-call
    replace b1 4 @110 in-call   → b1 rests 4
    best buy 110
    best sell 100
    b2 buy 4 best in-call
    replace b2 6 in-call        → b2 rests 6
    replace b2 5 @50 in-call    → b2 less 1 leaves 5   # at best has no limit to change
    buys b2 5 best, b1 4 @110
  )");
}

}  // namespace
}  // namespace landex::testing
