// Stops: an order that waits until a trade is made at its trigger or beyond, then arrives like any other. A stop to buy
// waits above the market, a stop to sell below it. What happens in which order, and in whose turn.
#include <gtest/gtest.h>

#include "tests/book_script.hpp"

namespace landex::testing {
namespace {

TEST(Stop, ItWaitsUnseenUntilATradeReachesItsTriggerAndThenArrives) {
  check_book(R"(
    s1 sell 5 @100
    s2 sell 5 @105
    x1 buy 3 @110 stop 105        → nothing
    best buy nothing
    levels buy nothing
    buys x1 3 @110 waits 105
    b1 buy 1 @100                 → b1 takes 1 of s1 @100   # below the trigger
    b2 buy 5 @105                 → b2 takes 4 of s1 @100   → b2 takes 1 of s2 @105
                                  → x1 triggers             → x1 takes 3 of s2 @105
    sells s2 1 @105
    resting 1
  )");
}

TEST(Stop, AStopToSellFiresWhenATradeIsMadeAtItsTriggerOrBelow) {
  check_book(R"(
    b1 buy 5 @100
    b2 buy 5 @95
    x1 sell 4 @90 stop 96
    s1 sell 1 @100                → s1 takes 1 of b1 @100
    s2 sell 5 @95                 → s2 takes 4 of b1 @100   → s2 takes 1 of b2 @95
                                  → x1 triggers             → x1 takes 4 of b2 @95
    resting 0
  )");
}

TEST(Stop, ATriggerThatTheLastTradeHasPassedFiresAtOnce) {
  // Whoever buys above the market and finds it there already does not wait for the next trade.
  check_book(R"(
    s1 sell 1 @100
    b1 buy 1 @100                 → b1 takes 1 of s1 @100
    x1 buy 2 @99 stop 100         → x1 triggers   → x1 rests 2
    x2 buy 2 @99 stop 101         → nothing
    x3 sell 2 @103 stop 100       → x3 triggers   → x3 rests 2
    x4 sell 2 @103 stop 99        → nothing
    buys x1 2 @99, x2 2 @99 waits 101
    sells x3 2 @103, x4 2 @103 waits 99
  )");
}

TEST(Stop, BeforeTheFirstTradeEveryStopWaits) {
  check_book(R"(
    last nothing
    x1 buy 2 @99 stop 1           → nothing
    x2 sell 2 @99 stop 2000       → nothing
    resting 2
  )");
}

TEST(Stop, CancelledBeforeItIsReachedItNeverFires) {
  check_book(R"(
    s1 sell 5 @100
    x1 buy 2 @110 stop 100
    x2 buy 2 @110 stop 100
    cancel x1                     → x1 ends 2 cancelled
    b1 buy 1 @100                 → b1 takes 1 of s1 @100   → x2 triggers   → x2 takes 2 of s1 @100
    cancel x2                     → nothing
    sells s1 2 @100
  )");
}

TEST(Stop, AtBestItTakesWhatIsThereAndTheRestEnds) {
  check_book(R"(
    s1 sell 1 @100
    s2 sell 2 @101
    x1 buy 5 best stop 100
    b1 buy 1 @100                 → b1 takes 1 of s1 @100   → x1 triggers   → x1 takes 2 of s2 @101
                                  → x1 ends 3 not_at_once
    resting 0
  )");
}

TEST(Stop, AtBestItKeepsTheBandOfItsEntry) {
  check_book(R"(
    band 90 101
    x1 buy 5 best stop 100
    band 90 110
    s1 sell 1 @100
    s2 sell 2 @101
    s3 sell 9 @102
    b1 buy 1 @100                 → b1 takes 1 of s1 @100   → x1 triggers   → x1 takes 2 of s2 @101
                                  → x1 ends 3 not_at_once
  )");
}

TEST(Stop, AtBestItKeepsItsCap) {
  check_book(R"(
    s1 sell 1 @100
    s2 sell 9 @101
    x1 buy 5 best stop 100 cap 250
    b1 buy 1 @100                 → b1 takes 1 of s1 @100   → x1 triggers   → x1 takes 2 of s2 @101
                                  → x1 ends 3 cap_spent
  )");
}

TEST(Stop, AStopLimitRestsAtItsLimitBehindThoseWhoWereThere) {
  check_book(R"(
    x1 buy 5 @99 stop 100
    b1 buy 2 @99
    s1 sell 1 @100
    b2 buy 1 @100                 → b2 takes 1 of s1 @100   → x1 triggers   → x1 rests 5
    buys b1 2 @99, x1 5 @99
  )");
}

TEST(Stop, StopsThatOneTradeReachesFireInTheOrderOfTheirEntryOfBothSides) {
  check_book(R"(
    x1 sell 1 @102 stop 100
    x2 buy 1 @98 stop 99
    x3 buy 1 @98 stop 100
    x4 sell 1 @102 stop 101
    x5 buy 1 @98 stop 101
    s1 sell 1 @100
    b1 buy 1 @100                 → b1 takes 1 of s1 @100
                                  → x1 triggers   → x1 rests 1   → x2 triggers   → x2 rests 1
                                  → x3 triggers   → x3 rests 1   → x4 triggers   → x4 rests 1
    buys x2 1 @98, x3 1 @98, x5 1 @98 waits 101
    sells x1 1 @102, x4 1 @102
  )");
}

TEST(Stop, AStopThatFiresTakesANewPlaceInTime) {
  check_book(R"(
    x1 sell 1 @102 stop 100
    s1 sell 1 @102
    s2 sell 1 @100
    b1 buy 1 @100                 → b1 takes 1 of s2 @100   → x1 triggers   → x1 rests 1
    sells s1 1 @102, x1 1 @102
  )");
}

TEST(Stop, ACascadeRunsThroughEveryStopThatItsTradesReach) {
  // b1 trades at 100: x1 fires and trades at 103: x2 and x3 fire, x2 trades at 106: x4 fires after x3, which was due
  // before it.
  check_book(R"(
    s1 sell 1 @100
    s2 sell 1 @103
    s3 sell 1 @106
    s4 sell 9 @109
    x4 buy 1 @109 stop 106
    x2 buy 1 @109 stop 102
    x3 buy 1 @99 stop 103
    x1 buy 1 @109 stop 100
    b1 buy 1 @100                 → b1 takes 1 of s1 @100
                                  → x1 triggers   → x1 takes 1 of s2 @103
                                  → x2 triggers   → x2 takes 1 of s3 @106
                                  → x3 triggers   → x3 rests 1
                                  → x4 triggers   → x4 takes 1 of s4 @109
    last 109
  )");
}

TEST(Stop, ACascadeMayTurnRound) {
  check_book(R"(
    s1 sell 1 @100
    b1 buy 3 @95
    x1 sell 1 @90 stop 100
    x2 buy 1 @94 stop 110
    x3 sell 1 @90 stop 95
    b2 buy 1 @100                 → b2 takes 1 of s1 @100
                                  → x1 triggers   → x1 takes 1 of b1 @95
                                  → x3 triggers   → x3 takes 1 of b1 @95
    buys b1 1 @95, x2 1 @94 waits 110
  )");
}

TEST(Stop, EachStopTellsItsLevelsBeforeTheNextOneFires) {
  check_book(R"(
    s1 sell 1 @100
    x1 buy 1 @98 stop 100
    x2 buy 1 @98 stop 100
    b1 buy 2 @100    → b1 takes 1 of s1 @100   → b1 rests 1   → level sell 100 gone   → level buy 100 1 in 1
                     → x1 triggers             → x1 rests 1   → level buy 98 1 in 1
                     → x2 triggers             → x2 rests 1   → level buy 98 2 in 2
  )");
}

TEST(Stop, WhatItAsksForIsJudgedWhenItFires) {
  check_book(R"(
    s1 sell 1 @100
    s2 sell 2 @101
    x1 buy 3 @101 stop 100 post-only
    x2 buy 3 @101 stop 100 fok
    x3 buy 3 @101 stop 100 min 3
    x4 buy 3 @101 stop 100 aon
    x5 buy 3 @101 stop 100 ends
    x6 buy 9 @101 stop 100 peak 4
    b1 buy 1 @100                 → b1 takes 1 of s1 @100
                                  → x1 triggers   → x1 ends 3 would_meet
                                  → x2 triggers   → x2 ends 3 not_in_full
                                  → x3 triggers   → x3 ends 3 minimum_not_met
                                  → x4 triggers   → x4 rests 3
                                  → x5 triggers   → x5 takes 2 of s2 @101   → x5 ends 1 not_at_once
                                  → x6 triggers   → x6 rests 9 shows 4
  )");
}

TEST(Stop, AStopThatWouldMeetAnOrderOfItsOwnEnds) {
  check_book(R"(
    s1 sell 1 @100
    s2 sell 1 @101 by A
    x1 buy 1 @101 stop 100 by A
    b1 buy 1 @100                 → b1 takes 1 of s1 @100   → x1 triggers   → x1 ends 1 self_trade
    sells s2 1 @101
  )");
}

TEST(Stop, WhileItWaitsNobodyMeetsItNotEvenItsOwner) {
  check_book(R"(
    x1 buy 5 @100 stop 110 by A
    s1 sell 5 @100 by A           → s1 rests 5
    own A sell @100 nothing
    dealable mountain4 sell nothing
  )");
}

TEST(Stop, MadeSmallerItKeepsItsTurnLargerOrAtAnotherLimitItDoesNot) {
  check_book(R"(
    x1 buy 5 @98 stop 100
    x2 buy 5 @98 stop 100
    x3 buy 5 @98 stop 100
    replace x1 3                  → x1 less 2 leaves 3
    replace x2 6                  → nothing
    buys x1 3 @98 waits 100, x3 5 @98 waits 100, x2 6 @98 waits 100
    replace x1 3 @97              → nothing
    s1 sell 1 @100
    b1 buy 1 @100                 → b1 takes 1 of s1 @100
                                  → x3 triggers   → x3 rests 5   → x2 triggers   → x2 rests 6
                                  → x1 triggers   → x1 rests 3
    buys x3 5 @98, x2 6 @98, x1 3 @97
  )");
}

TEST(Stop, AtBestItHasNoLimitToChange) {
  check_book(R"(
    x1 buy 5 best stop 100
    x2 buy 5 best stop 100
    replace x1 5 @50              → nothing
    replace x1 4 @60              → x1 less 1 leaves 4
    s1 sell 9 @100
    b1 buy 1 @100                 → b1 takes 1 of s1 @100   → x1 triggers   → x1 takes 4 of s1 @100
                                  → x2 triggers             → x2 takes 4 of s1 @100   → x2 ends 1 not_at_once
  )");
}

TEST(Stop, TheNextToBeReachedStandsFirst) {
  check_book(R"(
    x1 buy 1 @98 stop 105
    x2 buy 1 @98 stop 101
    x3 sell 1 @102 stop 90
    x4 sell 1 @102 stop 95
    buys x2 1 @98 waits 101, x1 1 @98 waits 105
    sells x4 1 @102 waits 95, x3 1 @102 waits 90
  )");
}

TEST(Stop, ThePriceOfACallReachesItToo) {
  check_book(R"(
    x1 buy 1 @98 stop 100
    x2 buy 1 @98 stop 101
    b1 buy 2 @105 in-call
    s1 sell 2 @95 in-call
    call @100: b1 s1 2            → s1 takes 2 of b1 @100   → x1 triggers   → x1 rests 1
    last 100
  )");
}

}  // namespace
}  // namespace landex::testing
