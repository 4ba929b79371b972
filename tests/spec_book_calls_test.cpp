// What the book does for a call and for a halt: orders are collected without a walk, the call's meetings are carried
// out at its price, and a book that reopens without a call takes everybody in again. Which orders meet, and at which
// price, is the call auction's business; the meetings here are given.
#include <gtest/gtest.h>

#include "tests/book_script.hpp"

namespace landex::testing {
namespace {

TEST(BookInACall, OrdersGatherThoughTheyCross) {
  check_book(R"(
    b1 buy 5 @105 in-call      → b1 rests 5   → level buy 105 5 in 1
    s1 sell 5 @95 in-call      → s1 rests 5   → level sell 95 5 in 1
    b2 buy 5 @100 in-call post-only
    last nothing
    best buy 105
    best sell 95
  )");
}

TEST(BookInACall, AtBestOrdersStandFirstAndHaveNoLevel) {
  check_book(R"(
    b1 buy 5 @105 in-call
    b2 buy 5 best in-call      → b2 rests 5
    b3 buy 5 best in-call
    buys b2 5 best, b3 5 best, b1 5 @105
    levels buy 105 5 in 1
    best buy 105
  )");
}

TEST(BookInACall, TheMeetingsAreCarriedOutAtThePriceOfTheCall) {
  // The later of the two is the taker. The levels are told once, after all meetings.
  check_book(R"(
    b1 buy 5 @105 in-call
    s1 sell 4 @95 in-call
    b2 buy 5 @100 in-call
    s2 sell 3 @98 in-call
    call @100: b1 s1 4, b1 s2 1, b2 s2 2   → s1 takes 4 of b1 @100   → s2 takes 1 of b1 @100   → s2 takes 2 of b2 @100
                               → level buy 105 gone   → level sell 95 gone   → level sell 98 gone
                               → level buy 100 3 in 1
    buys b2 3 @100
    sells nothing
    last 100
  )");
}

TEST(BookInACall, WhatIsLeftOfAtBestOrdersEndsInTheOrderOfTheirEntry) {
  check_book(R"(
    s1 sell 2 best in-call
    b1 buy 5 best in-call
    s2 sell 2 best in-call
    b2 buy 1 @90 in-call
    call @100: b1 s1 2         → b1 takes 2 of s1 @100   → b1 ends 3 not_at_once   → s2 ends 2 not_at_once
    buys b2 1 @90
    resting 1
  )");
}

TEST(BookInACall, WithoutAMeetingThereIsNoPriceAndNoStopFires) {
  check_book(R"(
    x1 buy 1 @99 stop 100
    b1 buy 5 best in-call
    call @100:                 → b1 ends 5 not_at_once
    last nothing
    buys x1 1 @99 waits 100
  )");
}

TEST(BookInACall, StopsThatItsPriceReachesMeetWhatTheCallHasLeft) {
  check_book(R"(
    x1 buy 2 @105 stop 100
    x2 sell 2 @101 stop 101
    b1 buy 5 @105 in-call
    s1 sell 4 @95 in-call
    s2 sell 1 @104 in-call
    call @100: b1 s1 4         → s1 takes 4 of b1 @100   → level buy 105 1 in 1   → level sell 95 gone
                               → x1 triggers             → x1 takes 1 of s2 @104  → x1 rests 1
                               → level sell 104 gone     → level buy 105 2 in 2
                               → x2 triggers             → x2 takes 1 of b1 @105  → x2 takes 1 of x1 @105
                               → level buy 105 gone
    last 105
  )");
}

TEST(BookInACall, PairsAreTheCallsBusinessTheBookCarriesOutWhatItIsTold) {
  check_book(R"(
    pair mountain4 urban from 200
    b1 buy 5 @205 in-call as urban
    s1 sell 5 @190 in-call as mountain4
    call @200: b1 s1 3         → s1 takes 3 of b1 @200   → level buy 205 2 in 1   → level sell 190 2 in 1
  )");
}

// ---- reopening without a call ----

TEST(Reentry, EverybodyArrivesAgainInTheOrderOfTheirPlaces) {
  check_book(R"(
    b1 buy 5 @105 in-call
    s1 sell 3 @95 in-call
    s2 sell 3 @95 in-call
    b2 buy 5 @100 in-call
    reenter                    → b1 rests 5
                               → s1 takes 3 of b1 @105
                               → s2 takes 2 of b1 @105   → s2 rests 1
                               → b2 takes 1 of s2 @95    → b2 rests 4
    buys b2 4 @100
    sells nothing
  )");
}

TEST(Reentry, APlaceThatWasLostStaysLost) {
  check_book(R"(
    s1 sell 5 @100
    s2 sell 5 @100
    replace s1 6               → s1 rests 6
    reenter                    → s2 rests 5   → s1 rests 6
    sells s2 5 @100, s1 6 @100
    replace s2 4               → s2 less 1 leaves 4
    s3 sell 1 @100
    sells s2 4 @100, s1 6 @100, s3 1 @100
  )");
}

TEST(Reentry, PostOnlyIsNotJudgedAndAtBestEnds) {
  check_book(R"(
    s1 sell 5 @100 in-call
    b1 buy 3 @100 in-call post-only
    b2 buy 3 best in-call
    reenter                    → s1 rests 5   → b1 takes 3 of s1 @100   → b2 ends 3 not_at_once
    sells s1 2 @100
  )");
}

TEST(Reentry, ALotTriesForItsWholeAgainAndAnIcebergShowsItsPeakAgain) {
  check_book(R"(
    b1 buy 6 @100 aon
    s1 sell 4 @100
    s2 sell 9 @101 peak 3
    b2 buy 1 @101              → b2 takes 1 of s1 @100
    b3 buy 5 @101              → b3 takes 3 of s1 @100   → b3 takes 2 of s2 @101
    s3 sell 5 @100 in-call
    s4 sell 1 @100 in-call
    reenter                    → b1 rests 6   → s2 rests 7 shows 3   → s3 rests 5   → s4 rests 1
    replace b1 5               → b1 less 1 leaves 5
    reenter                    → b1 rests 5   → s2 rests 7 shows 3   → s3 takes 5 of b1 @100   → s4 rests 1
  )");
}

TEST(Reentry, StopsFireAfterTheOrderWhoseTradeReachedThem) {
  check_book(R"(
    x1 buy 2 @110 stop 105
    b1 buy 5 @105 in-call
    s1 sell 3 @95 in-call
    s2 sell 3 @106 in-call
    s3 sell 3 @95 in-call
    reenter                    → b1 rests 5
                               → s1 takes 3 of b1 @105   → x1 triggers   → x1 rests 2
                               → s2 takes 2 of x1 @110   → s2 rests 1
                               → s3 takes 2 of b1 @105   → s3 rests 1
  )");
}

TEST(Reentry, TheLevelsOfThoseWhoLeftAreToldInTheOrderOfTheirPlaces) {
  // s3 lies in the memory that s1 gave back: that must not be seen (decisions 1).
  check_book(R"(
    s1 sell 1 @101
    s2 sell 1 @102
    cancel s1
    s3 sell 1 @103
    s4 sell 1 @104
    reenter                    → s2 rests 1   → level sell 103 gone   → level sell 104 gone
                               → s3 rests 1   → level sell 103 1 in 1
                               → s4 rests 1   → level sell 104 1 in 1
    reenter                    → s2 rests 1   → level sell 103 gone   → level sell 104 gone
                               → s3 rests 1   → level sell 103 1 in 1
                               → s4 rests 1   → level sell 104 1 in 1
  )");
}

TEST(Reentry, AMinimumIsNotAskedAgain) {
  check_book(R"(
    s1 sell 4 @100
    b1 buy 9 @100 min 4        → b1 takes 4 of s1 @100   → b1 rests 5
    reenter                    → b1 rests 5
  )");
}

}  // namespace
}  // namespace landex::testing
