// Who may trade with whom in the continuous book, and from which price on (decisions 12): the other side is ranked by
// the price dealable for the pair, then by the resting order's own limit, then by time; only resting asks are lifted.
#include <gtest/gtest.h>

#include "tests/book_script.hpp"

namespace landex::testing {
namespace {

TEST(Pairs, AnUrbanPurchaseTakesTheDearerOfferBeforeTheOneThatTheFloorLifts) {
  // Jiande asks 19, but for an urban buyer that is 20; Yuhang's 19.50 is the better for it (prices here × 10).
  check_book(R"(
    pair mountain4 urban from 200
    jiande sell 10 @190 as mountain4
    yuhang sell 10 @195 as urban
    dealable urban buy @195 of 195
    dealable mountain4 buy @190 of 190
    b1 buy 15 @210 as urban         → b1 takes 10 of yuhang @195   → b1 takes 5 of jiande @200
                                    → level sell 195 gone          → level sell 190 5 in 1
    dealable urban buy @200 of 190
    b2 buy 5 @210 as mountain4      → b2 takes 5 of jiande @190
  )");
}

TEST(Pairs, AtOneDealablePriceTheLowerLimitIsMetFirst) {
  check_book(R"(
    pair mountain4 urban from 200
    s1 sell 1 @200 as urban
    s2 sell 1 @195 as mountain4
    s3 sell 1 @190 as mountain4
    s4 sell 1 @200 as mountain4
    b1 buy 4 @200 as urban          → b1 takes 1 of s3 @200   → b1 takes 1 of s2 @200
                                    → b1 takes 1 of s1 @200   → b1 takes 1 of s4 @200
  )");
}

TEST(Pairs, AtOneDealablePriceAndLimitTheEarlierIsMetFirstAcrossClasses) {
  check_book(R"(
    pair mountain4 urban from 150
    s1 sell 1 @200 as city
    s2 sell 1 @200 as mountain4
    s3 sell 1 @200 as urban
    s4 sell 1 @200 as city
    b1 buy 3 @200 as urban          → b1 takes 1 of s1 @200   → b1 takes 1 of s2 @200   → b1 takes 1 of s3 @200
    sells s4 1 @200
  )");
}

TEST(Pairs, BelowTheFloorALimitedPairDoesNotMeetAndTheOrderRests) {
  check_book(R"(
    pair mountain4 urban from 200
    s1 sell 5 @190 as mountain4
    b1 buy 5 @199 as urban          → b1 rests 5
    best buy 199
    best sell 190                   # crossed by rule
    dealable urban buy @200 of 190  # the floor: what it would cost
    dealable mountain4 sell nothing
    barred urban buy @199 5
    barred urban buy @200 0
    b2 buy 2 @190 as mountain4      → b2 takes 2 of s1 @190
  )");
}

TEST(Pairs, ASaleMeetsBidsThatAreNotBelowTheFloorAtTheBid) {
  // The seller's own limit may lie below the floor: bids are not lifted, they are met or not.
  check_book(R"(
    pair mountain4 urban from 200
    b1 buy 5 @199 as urban
    b2 buy 5 @205 as urban
    b3 buy 5 @200 as urban
    b4 buy 5 @195 as mountain4
    barred mountain4 sell @190 5
    s1 sell 20 @190 as mountain4    → s1 takes 5 of b2 @205   → s1 takes 5 of b3 @200   → s1 takes 5 of b4 @195
                                    → s1 rests 5
    buys b1 5 @199
  )");
}

TEST(Pairs, AClosedPairIsPassedOverAtAnyPrice) {
  check_book(R"(
    pair city city never
    s1 sell 5 @100 as city
    s2 sell 5 @120 as urban
    b1 buy 5 @120 as city           → b1 takes 5 of s2 @120
    b2 buy 5 @120 as city           → b2 rests 5
    dealable city buy nothing
    dealable urban buy @100 of 100
    barred city buy @120 5
    b3 buy 5 best as urban          → b3 takes 5 of s1 @100
  )");
}

TEST(Pairs, FillOrKillCountsOnlyThoseItMayTradeWith) {
  check_book(R"(
    pair mountain4 urban from 200
    s1 sell 5 @190 as mountain4
    s2 sell 5 @195 as urban
    b1 buy 6 @199 as urban fok      → b1 ends 6 not_in_full
    b2 buy 6 @200 as urban fok      → b2 takes 5 of s2 @195   → b2 takes 1 of s1 @200
  )");
}

TEST(Pairs, MinimumQuantityAndALotCountOnlyThoseTheyMayTradeWith) {
  check_book(R"(
    pair mountain4 urban never
    s1 sell 5 @100 as mountain4
    s2 sell 5 @100 as urban
    b1 buy 9 @100 as urban min 6    → b1 ends 9 minimum_not_met
    b2 buy 9 @100 as urban aon      → b2 rests 9
    b3 buy 9 @100 as urban min 5    → b3 takes 5 of s2 @100   → b3 rests 4
    b4 buy 5 @100 as city aon       → b4 takes 5 of s1 @100
  )");
}

TEST(Pairs, PostOnlyMayStandBesideAPairItMayNotMeet) {
  check_book(R"(
    pair mountain4 urban from 200
    s1 sell 5 @190 as mountain4
    b1 buy 3 @199 as urban post-only      → b1 rests 3
    b2 buy 3 @200 as urban post-only      → b2 ends 3 would_meet
    b3 buy 3 @190 as city post-only       → b3 ends 3 would_meet
    s2 sell 3 @150 as mountain4 post-only → s2 rests 3   # the bid of 199 is below the floor for it
    s3 sell 3 @199 as urban post-only     → s3 ends 3 would_meet
  )");
}

TEST(Pairs, AnAtBestPurchasePaysTheFloorOutOfItsCap) {
  // At the ask of 190 its 399 fen would buy 2; at the floor of 200 they buy 1.
  check_book(R"(
    pair mountain4 urban from 200
    s1 sell 5 @190 as mountain4
    b1 buy 5 best cap 399 as urban    → b1 takes 1 of s1 @200   → b1 ends 4 cap_spent
    b2 buy 5 best cap 400 as urban    → b2 takes 2 of s1 @200   → b2 ends 3 cap_spent
  )");
}

TEST(Pairs, AtBestStopsAtTheBandEvenIfTheFloorLiesBeyondIt) {
  check_book(R"(
    pair mountain4 urban from 200
    band 150 195
    s1 sell 5 @190 as mountain4
    b1 buy 5 best as urban            → b1 ends 5 not_at_once
    b2 buy 5 best as mountain4        → b2 takes 5 of s1 @190
  )");
}

TEST(Pairs, AnIcebergsNextPeakStandsBehindItsOwnClassAndTheOthersAlike) {
  check_book(R"(
    pair mountain4 urban from 150
    s1 sell 4 @200 peak 2 as mountain4
    s2 sell 2 @200 as urban
    s3 sell 2 @200 as mountain4
    b1 buy 8 @200 as urban            → b1 takes 2 of s1 @200   → s1 rests 2   → b1 takes 2 of s2 @200
                                      → b1 takes 2 of s3 @200   → b1 takes 2 of s1 @200
  )");
}

TEST(Pairs, AStopIsReachedByTheTradesPriceNotByTheLimits) {
  check_book(R"(
    pair mountain4 urban from 200
    s1 sell 5 @190 as mountain4
    x1 buy 1 @150 stop 195
    x2 sell 1 @250 stop 190
    b1 buy 1 @210 as urban            → b1 takes 1 of s1 @200   → x1 triggers   → x1 rests 1
    last 200
  )");
}

TEST(Pairs, LevelsSumOverClassesAndOrdersAreListedByClass) {
  check_book(R"(
    pair mountain4 urban from 200
    s1 sell 5 @190 as urban
    s2 sell 5 @190 as mountain4
    s3 sell 5 @180 as city
    levels sell 180 5 in 1, 190 10 in 2
    sells s2 5 @190, s1 5 @190, s3 5 @180
    best sell 180
  )");
}

TEST(Pairs, NewTablesHoldFromTheNextReopeningOnWhateverStands) {
  // With the floor gone the two meet when all that rests enters again, in the order of their places.
  check_book(R"(
    pair mountain4 urban from 200
    s1 sell 5 @190 as mountain4
    b1 buy 3 @195 as urban            → b1 rests 3
    pair mountain4 urban from 100
    reenter                           → s1 rests 5   → b1 takes 3 of s1 @190
    buys nothing
    sells s1 2 @190
  )");
}

}  // namespace
}  // namespace landex::testing
