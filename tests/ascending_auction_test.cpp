// The ascending listing auction 挂牌 and 限时竞价, as tables that an officer can follow with a clock (the language and
// the venue of the tables: ascending_script.hpp). Refusals pair by pair: auction_refusals_test.cpp; the judge:
// auction_judges_test.cpp.
#include "matching/ascending_auction.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "exchange/engine/canonical.hpp"
#include "tests/ascending_script.hpp"

namespace landex::matching {
namespace {

using namespace auctions;

TEST(AscendingAuction, FromTheNoticeOverTheListingAndTheTimedBiddingToTheHammer) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    19 12:00 bid b1 余杭 20.00                        → refused not_listed_yet
    20 09:00 time                                     → listed until 30 17:00
    21 10:00 bid b1 余杭 20.00                        → highest until 30 17:00
    22 10:00 bid b2 萧山 20.09                        → refused below_step least 20.10
    22 10:01 bid b2 萧山 20.10                        → highest until 30 17:00 frees b1
    30 17:00 time                                     → timed until 30 17:05
    30 17:04:59 bid b3 余杭 20.20                     → highest until 30 17:09:59 frees b2
    30 17:05 time                                     → nothing
    30 17:06 bid b4 萧山 25.00                        → highest until 30 17:11 frees b3
    30 17:11 time                                     → sold b4 萧山 25.00
    30 17:12 bid b5 余杭 26.00                        → refused over
    31 09:00 time                                     → nothing
  )");
}

TEST(AscendingAuction, WhileTheVenueIsClosedTheClockStandsStill) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    20 09:30 resume                                   → listed until 30 17:00    # closed at nine: listed when it opens
    21 10:00 bid b1 余杭 20.00                        → highest until 30 17:00
    22 10:00 bid b2 萧山 20.10                        → highest until 30 17:00 frees b1
    31 09:00 resume                                   → timed until 31 09:05     # closed at the deadline
    31 09:04 bid b3 余杭 20.20                        → highest until 31 09:09 frees b2
    32 09:00 resume                                   → nothing                  # closed at 09:06: the countdown anew
    32 09:04:59 bid b4 萧山 20.30                     → highest until 32 09:09:59 frees b3
    32 09:10 time                                     → sold b4 萧山 20.30
  )");
}

TEST(AscendingAuction, ABidThatTheFloorOfTheLastDayForbidsIsNotSoldAndTheReserveStaysHidden) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10 reserve 21.00 → announced until 20 09:00
    20 09:00 time                                     → listed until 30 17:00
    20 09:01 pair urban 20.00                         → done
    21 10:00 bid b1 余杭 20.00                        → highest until 30 17:00
    30 09:00 pair urban 20.01                         → done
    30 17:00 time                                     → unsold b1 余杭 20.00
  )");
}

TEST(AscendingAuction, WithOneBidderTheDeadlineDecides) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    20 09:00 time                                     → listed until 30 17:00
    21 10:00 bid b1 余杭 20.00                        → highest until 30 17:00
    30 17:00 time                                     → sold b1 余杭 20.00
  )");
}

TEST(AscendingAuction, WithNobodyTheLotIsUnsold) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    40 09:00 time                                     → listed until 30 17:00   # it woke up late: both, in order
      unsold nobody
  )");
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    20 09:00 time                                     → listed until 30 17:00
    21 10:00 declare 余杭                             → done
    30 17:00 time                                     → unsold nobody            # wanting is not bidding
  )");
}

TEST(AscendingAuction, WhoWakesUpLateFindsEveryStageAtTheInstantItWasDue) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    20 09:00 time                                     → listed until 30 17:00
    21 10:00 bid b1 余杭 20.00                        → highest until 30 17:00
    21 10:00 declare 萧山                             → done
    40 09:00 time                                     → timed until 30 17:05
      sold b1 余杭 20.00
  )");
}

TEST(AscendingAuction, ASeatThatHasDeclaredTakesPartInTheTimedBiddingAndANewOneDoesNot) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    19 09:00 declare 萧山                             → refused not_listed_yet
    20 09:00 time                                     → listed until 30 17:00
    21 10:00 bid b1 余杭 20.00                        → highest until 30 17:00
    29 10:00 declare 萧山                             → done
    29 10:01 declare 萧山                             → refused already_wants
    29 10:02 declare 余杭                             → refused already_wants   # its bid says so
    30 17:00 time                                     → timed until 30 17:05
    30 17:01 declare 西湖                             → refused listing_over
    30 17:02 bid b2 西湖 30.00                        → refused not_among_bidders
    30 17:03 bid b3 萧山 20.10                        → highest until 30 17:08 frees b1
    30 17:08 time                                     → sold b3 萧山 20.10
  )");
}

TEST(AscendingAuction, TwoWhoDeclaredMayBeginTheBiddingAfterTheDeadlineAndTheFirstBidIsAtTheStart) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    20 09:00 time                                     → listed until 30 17:00
    21 10:00 declare 余杭                             → done
    21 10:00 declare 萧山                             → done
    30 17:00 time                                     → timed until 30 17:05
    30 17:04 bid b1 萧山 19.99                        → refused below_start least 20.00
    30 17:04 bid b1 萧山 20.00                        → highest until 30 17:09
    30 17:09 time                                     → sold b1 萧山 20.00
  )");
}

TEST(AscendingAuction, ALateBidMovesTheDeadlineToFiveMinutesAfterItTwiceAndNoMore) {
  // The last five minutes begin after 16:55:00: a bid on the stroke still leaves them whole.
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    20 09:00 time                                     → listed until 30 17:00
    30 16:55 bid b1 余杭 20.00                        → highest until 30 17:00
    30 16:55:01 bid b2 萧山 20.10                     → highest until 30 17:00:01 extended frees b1
    30 17:00 bid b3 余杭 20.20                        → highest until 30 17:05 extended frees b2
    30 17:04 bid b4 萧山 20.30                        → highest until 30 17:05 frees b3
    30 17:05 time                                     → timed until 30 17:10
    30 17:10 time                                     → sold b4 萧山 20.30
  )");
}

TEST(AscendingAuction, WithoutALimitEveryLateBidMovesTheDeadlineAndWithoutTheRuleNone) {
  check_ascending(R"(
    0 09:00 announce 1.0000 start 20.00 step 0.10 late always    → announced until 20 09:00
    20 09:00 time                                                → listed until 30 17:00
    30 16:59 bid b1 余杭 20.00                                   → highest until 30 17:04 extended
    30 17:03 bid b2 余杭 21.00                                   → highest until 30 17:08 extended frees b1
    30 17:07 bid b3 余杭 22.00                                   → highest until 30 17:12 extended frees b2
    30 17:12 time                                                → sold b3 余杭 22.00
  )");
  check_ascending(R"(
    0 09:00 announce 1.0000 start 20.00 step 0.10 late never     → announced until 20 09:00
    20 09:00 time                                                → listed until 30 17:00
    30 16:59:59 bid b1 余杭 20.00                                → highest until 30 17:00
    30 17:00 time                                                → sold b1 余杭 20.00
  )");
}

TEST(AscendingAuction, TheHiddenReserveIsToldOnlyWhereItDecides) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10 reserve 21.00 → announced until 20 09:00
    20 09:00 time                                                → listed until 30 17:00
    21 10:00 bid b1 余杭 20.99                                   → highest until 30 17:00
    30 17:00 time                                                → unsold b1 余杭 20.99 reserve 21.00
  )");
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10 reserve 21.00 → announced until 20 09:00
    20 09:00 time                                                → listed until 30 17:00
    21 10:00 bid b1 余杭 20.00                                   → highest until 30 17:00
    22 10:00 bid b2 余杭 21.00                                   → highest until 30 17:00 frees b1   # raises itself
    30 17:00 time                                                → sold b2 余杭 21.00
  )");
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10 reserve 21.00 → announced until 20 09:00
    40 09:00 time                                                → listed until 30 17:00
      unsold nobody
  )");
}

TEST(AscendingAuction, ThePriorityRightTakesTheLotAtTheHighestPriceAndCanBeOutbid) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10 priority 桐庐 → announced until 20 09:00
    20 09:00 time                                                → listed until 30 17:00
    21 10:00 least 桐庐                                          → 20.00
    21 10:00 bid b1 余杭 20.00                                   → highest until 30 17:00
    21 10:01 bid b2 萧山 20.00                                   → refused below_step least 20.10
    21 10:02 bid b2 桐庐 20.05                                   → refused below_step least 20.10
    21 10:03 bid b2 桐庐 20.00                                   → highest until 30 17:00 by-priority frees b1
    21 10:04 least 桐庐                                          → 20.10
    21 10:04 bid b3 桐庐 20.00                                   → refused below_step least 20.10
    30 17:00 time                                                → timed until 30 17:05
    30 17:01 bid b3 余杭 20.10                                   → highest until 30 17:06 frees b2
    30 17:02 least 桐庐                                          → 20.10
    30 17:02 bid b4 桐庐 20.10                                   → highest until 30 17:07 by-priority frees b3
    30 17:07 time                                                → sold b4 桐庐 20.10
  )");
}

TEST(AscendingAuction, ThePriorityRightIsLostByWhoNeitherBidsNorDeclaresInTime) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10 priority 桐庐 → announced until 20 09:00
    20 09:00 time                                                → listed until 30 17:00
    21 10:00 bid b1 余杭 20.00                                   → highest until 30 17:00
    22 10:00 bid b2 萧山 20.10                                   → highest until 30 17:00 frees b1
    30 17:00 time                                                → timed until 30 17:05
    30 17:01 bid b3 桐庐 20.10                                   → refused not_among_bidders
    30 17:05 time                                                → sold b2 萧山 20.10
  )");
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10 priority 桐庐 → announced until 20 09:00
    20 09:00 time                                                → listed until 30 17:00
    21 10:00 bid b1 余杭 20.00                                   → highest until 30 17:00
    21 11:00 declare 桐庐                                        → done          # so the deadline does not decide
    30 17:00 time                                                → timed until 30 17:05
    30 17:01 bid b2 桐庐 20.00                                   → highest until 30 17:06 by-priority frees b1
    30 17:06 time                                                → sold b2 桐庐 20.00
  )");
}

TEST(AscendingAuction, TheFloorOfThePairBindsTheBidderItIsFor) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 18.00 step 0.10    → announced until 20 09:00
    20 09:00 time                                     → listed until 30 17:00
    20 09:01 pair urban 20.00                         → done
    20 09:02 pair city barred                         → done
    21 10:00 bid b1 桐庐 18.00                        → highest until 30 17:00
    21 10:01 bid b2 余杭 19.99                        → refused below_floor least 20.00
    21 10:02 bid b2 杭州 30.00                        → refused pair_barred
    21 10:03 declare 杭州                             → refused pair_barred
    21 10:04 bid b2 余杭 20.00                        → highest until 30 17:00 frees b1
    21 10:05 bid b3 建德 30.00                        → refused own_auction
  )");
}

TEST(AscendingAuction, TheSellerMayWithdrawBeforeTheFirstBidOnly) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    1 09:00 withdraw                                  → withdrawn
    2 09:00 withdraw                                  → refused over
    20 09:00 time                                     → nothing
  )");
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    20 09:00 time                                     → listed until 30 17:00
    21 10:00 declare 余杭                             → done
    21 10:00 declare 萧山                             → done
    30 17:00 time                                     → timed until 30 17:05
    30 17:01 bid b1 余杭 20.00                        → highest until 30 17:06
    30 17:02 withdraw                                 → refused has_bid
  )");
}

TEST(AscendingAuction, NoticeAndListingLastAsLongAsTheVenueAsks) {
  check_ascending(R"(
    0 09:00:01 announce 10.0000 start 20.00 step 0.10       → refused notice_too_short
    0 09:00 announce 10.0000 start 20.00 step 0.10 until 29 → refused listing_too_short
    0 09:00 announce 10.0000 start 20.00 step 0.10 until 30 → announced until 20 09:00
    0 09:00 announce 10.0000 start 20.00 step 0.10 reserve 19.99  → refused reserve_below_start least 20.00
    0 09:00 announce 10.0000 start 20.00 step 0.00          → refused step_out_of_range least 0.01
    0 09:00 announce 10.0000 start 0.00 step 0.10           → refused start_out_of_range least 0.01
    0 09:00 announce 10.0000 start 20.00 step 0.10 priority 建德  → refused priority_of_seller
  )");
}

TEST(AscendingAuction, AFullAuctionRefusesNewSeatsAndKeepsTheOnesItHas) {
  check_ascending(R"(
    0 09:00 announce 10.0000 start 20.00 step 0.10    → announced until 20 09:00
    20 09:00 time                                     → listed until 30 17:00
    21 10:00 bid b1 余杭 20.00                        → highest until 30 17:00
    21 10:00 bid b2 萧山 20.10                        → highest until 30 17:00 frees b1
    21 10:00 bid b3 西湖 20.20                        → highest until 30 17:00 frees b2
    21 10:00 declare 滨江                             → done
    21 10:01 bid b4 桐庐 20.30                        → refused too_many_seats most 4
    21 10:01 declare 桐庐                             → refused too_many_seats most 4
    21 10:01 bid b5 滨江 20.30                        → highest until 30 17:00 frees b3
  )");
}

AscendingAuction example(std::optional<Price> reserve = {}) {
  return {{1},
          {.instrument = Instrument::linkage,
           .seller = seat("建德"),
           .quantity = area("10.0000"),
           .start = price("20.00"),
           .step = price("0.10"),
           .reserve = reserve,
           .priority = {},
           .from = {10},
           .deadline = {20}},
          {.least_notice_us = 0,
           .least_listing_us = 1,
           .countdown_us = 5,
           .late = LateBids{.window_us = 2, .extension_us = 3, .most = {}},
           .seats = 4}};
}

TEST(AscendingAuction, EveryChangeShowsInTheCanonicalBytes) {
  AscendingAuction a = example();
  std::set<std::string> seen;
  const auto changed = [&] {
    std::string bytes;
    engine::Canonical{bytes}(a);
    return seen.insert(bytes).second;
  };
  EXPECT_TRUE(changed());
  a.on_time({10}, {});
  EXPECT_TRUE(changed());
  a.do_declare(seat("余杭"));
  EXPECT_TRUE(changed());
  a.do_bid({{1}, seat("余杭"), price("20.00")}, {11});
  EXPECT_TRUE(changed());
  EXPECT_TRUE(a.do_bid({{2}, seat("萧山"), price("20.10")}, {19}).extended);
  EXPECT_TRUE(changed());
  a.on_time({22}, {});
  EXPECT_TRUE(changed());
  a.resume({23});
  EXPECT_TRUE(changed());
  a.on_time({28}, {});
  EXPECT_TRUE(changed());
  a = example(price("21.00"));
  EXPECT_TRUE(changed());
  a.do_withdraw({5});
  EXPECT_TRUE(changed());
}

TEST(AscendingAuctionDeathTest, WhoAsksBeforeFiringWhatIsDueIsWrong) {
  AscendingAuction a = example();
  EXPECT_DEATH((void)a.check_bid({{1}, seat("余杭"), price("20.00")}, {}, {10}), "");
  EXPECT_DEATH((void)a.on_time({9}, {}), "");
}

}  // namespace
}  // namespace landex::matching
