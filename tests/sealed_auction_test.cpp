// The sealed auction with one price, as tables that an officer can work out with a pencil (the language of the tables:
// sealed_script.hpp; the figures are examples, not the law). Refusals pair by pair: auction_refusals_test.cpp; the
// judge: auction_judges_test.cpp.
#include "matching/sealed_auction.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "exchange/engine/canonical.hpp"
#include "tests/sealed_script.hpp"

namespace landex::matching {
namespace {

using namespace auctions;

TEST(SealedAuction, EverybodyPaysTheLowestAcceptedPriceAndTheLastBidIsFilledInPart) {
  // 6 at 21.00 and 4 of the 5 at 20.00 are the 10 that are offered; 19.00 is not reached. Wanted: 6 + 5 + 3 = 14.
  check_sealed(R"(
    offer 10.0000                          → done
    09:00 bid b1 余杭 3.0000 @19.00        → done
    bid b2 萧山 6.0000 @21.00              → done
    bid b3 桐庐 5.0000 @20.00              → done
    17:00 seed 7                           → done
    open                                   → sold 20.00 cover 14.0000/10.0000
      b2 accepted 6.0000 @21.00
      b3 in_part 4.0000 @20.00
      b1 not_reached 0.0000 @19.00
    open                                   → refused decided
  )");
}

TEST(SealedAuction, DemandOfExactlyTheOfferIsSoldAndOneUnitLessIsNot) {
  check_sealed(R"(
    offer 10.0000                          → done
    09:00 bid b1 余杭 4.0000 @21.00        → done
    bid b2 萧山 6.0000 @18.00              → done
    17:00 seed 7                           → done
    open                                   → sold 18.00 cover 10.0000/10.0000
      b1 accepted 4.0000 @21.00
      b2 accepted 6.0000 @18.00
  )");
  check_sealed(R"(
    offer 10.0000                          → done
    09:00 bid b1 余杭 4.0000 @21.00        → done
    bid b2 萧山 5.9999 @18.00              → done
    17:00 seed 7                           → done
    open                                   → undersubscribed cover 9.9999/10.0000
      b1 not_reached 0.0000 @21.00
      b2 not_reached 0.0000 @18.00
      next 2.5000 2.5000 2.5000 2.5000
  )");
}

TEST(SealedAuction, WhatWasNotSoldGoesOverTheNextFourAndTheNearestGetTheOddUnits) {
  // 10.0003 mu are 100 003 units: 25 000 each, and one more for each of the nearest three.
  check_sealed(R"(
    offer 10.0003                          → done
    17:00 seed 7                           → done
    open                                   → undersubscribed cover 0.0000/10.0003
      next 2.5001 2.5001 2.5001 2.5000
  )");
  check_sealed(R"(
    offer 0.0003                           → done
    17:00 seed 7                           → done
    open                                   → undersubscribed cover 0.0000/0.0003
      next 0.0001 0.0001 0.0001 0.0000
  )");
}

TEST(SealedAuction, AnAuctionThatGetsAPartOfAnEarlierOneSellsBothAndRollsOverBoth) {
  check_sealed(R"(
    offer 10.0000                          → done
    08:59 enlarge 2.5000                   → done
    enlarge 0.0000                         → refused quantity_out_of_range least 0.0001 most 9999987.5000
    09:00 enlarge 2.5000                   → refused bidding_begun
    bid b1 余杭 12.5000 @21.00             → done
    17:00 seed 7                           → done
    open                                   → sold 21.00 cover 12.5000/12.5000
      b1 accepted 12.5000 @21.00
  )");
}

TEST(SealedAuction, AtOnePriceTheSeedDecidesAndNeitherTheTimeNorTheNumber) {
  // tie_rank(7, …) in hexadecimal: b1 63cb…, b2 044c…, b3 e698…
  check_sealed(R"(
    offer 10.0000                          → done
    09:00 bid b1 余杭 5.0000 @20.00        → done
    bid b2 萧山 5.0000 @20.00              → done
    bid b3 桐庐 7.0000 @20.00              → done
    17:00 seed 7                           → done
    open                                   → sold 20.00 cover 17.0000/10.0000
      b2 accepted 5.0000 @20.00
      b1 accepted 5.0000 @20.00
      b3 not_reached 0.0000 @20.00
  )");
  // tie_rank(5, …): b1 6303…, b2 c097…, b3 3b92…
  check_sealed(R"(
    offer 10.0000                          → done
    09:00 bid b1 余杭 5.0000 @20.00        → done
    bid b2 萧山 5.0000 @20.00              → done
    bid b3 桐庐 7.0000 @20.00              → done
    17:00 seed 5                           → done
    open                                   → sold 20.00 cover 17.0000/10.0000
      b3 accepted 7.0000 @20.00
      b1 in_part 3.0000 @20.00
      b2 not_reached 0.0000 @20.00
  )");
}

TEST(SealedAuction, TheTieRankIsTheOutputOfSplitmix64AndNoTwoBidsShareOne) {
  EXPECT_EQ(tie_rank(0, {1}), 0xE220A8397B1DCDAFU);  // published vectors of splitmix64
  EXPECT_EQ(tie_rank(1'234'567, {1}), 6'457'827'717'110'365'317U);
  EXPECT_EQ(tie_rank(1'234'567, {3}), 9'817'491'932'198'370'423U);
  std::set<uint64_t> ranks;
  for (uint64_t b = 1; b <= 10'000; ++b) ranks.insert(tie_rank(42, {b}));
  EXPECT_EQ(ranks.size(), 10'000U);
}

TEST(SealedAuction, AHiddenReserveTakesTheBidAndPutsItOutAtTheOpeningWhichTellsIt) {
  check_sealed(R"(
    offer 10.0000 hidden 20.00             → done
    09:00 bid b1 余杭 10.0000 @19.99       → done
    bid b2 萧山 4.0000 @20.00              → done
    17:00 seed 7                           → done
    open                                   → undersubscribed cover 4.0000/10.0000 least 20.00
      b2 not_reached 0.0000 @20.00
      b1 below_least 0.0000 @19.99
      next 2.5000 2.5000 2.5000 2.5000
  )");
}

TEST(SealedAuction, AHiddenReserveThatNobodyFallsShortOfStaysHidden) {
  check_sealed(R"(
    offer 10.0000 hidden 20.00             → done
    09:00 bid b1 余杭 10.0000 @20.00       → done
    17:00 seed 7                           → done
    open                                   → sold 20.00 cover 10.0000/10.0000
      b1 accepted 10.0000 @20.00
  )");
}

TEST(SealedAuction, APublishedReserveRefusesAtOnce) {
  check_sealed(R"(
    offer 10.0000 published 20.00          → done
    09:00 bid b1 余杭 10.0000 @19.99       → refused below_reserve least 20.00
    bid b2 余杭 10.0000 @20.00             → done
    17:00 seed 7                           → done
    open                                   → sold 20.00 cover 10.0000/10.0000 least 20.00
      b2 accepted 10.0000 @20.00
  )");
}

TEST(SealedAuction, AFloorRaisesTheReserveForAllBecauseAllPayOnePrice) {
  // 20.00 binds 余杭 alone, but 余杭 may not pay what 桐庐 bid. Without the urban class there is no floor.
  check_sealed(R"(
    pair urban 20.00                       → done
    offer 10.0000 published 18.00          → done
    09:00 bid b1 余杭 5.0000 @19.99        → refused below_floor least 20.00
    bid b1 桐庐 5.0000 @18.00              → refused below_floor least 20.00
    bid b1 桐庐 5.0000 @17.99              → refused below_floor least 20.00
    pair urban barred                      → done
    bid b1 余杭 5.0000 @21.00              → refused pair_barred
    bid b1 桐庐 10.0000 @18.00             → done
    17:00 seed 7                           → done
    open                                   → sold 18.00 cover 10.0000/10.0000 least 18.00
      b1 accepted 10.0000 @18.00
  )");
}

TEST(SealedAuction, TheTableOfTheOpeningDecidesWhoCounts) {
  // After the bids came, the floor of the city's class rose to 20.50 and 余杭's class was barred: 桐庐 alone is left.
  check_sealed(R"(
    offer 10.0000 hidden 18.00             → done
    09:00 bid b1 余杭 10.0000 @22.00       → done
    bid b2 杭州 10.0000 @20.00             → done
    bid b3 桐庐 10.0000 @21.00             → done
    pair city 20.50                        → done
    pair urban barred                      → done
    17:00 seed 7                           → done
    open                                   → sold 21.00 cover 10.0000/10.0000 least 20.50
      b3 accepted 10.0000 @21.00
      b1 barred 0.0000 @22.00
      b2 below_least 0.0000 @20.00
  )");
}

TEST(SealedAuction, BidsChangeAndLeaveInsideTheWindowOnlyAndOnlyByTheirOwner) {
  check_sealed(R"(
    offer 10.0000 least 1.0000             → done
    08:59 bid b1 余杭 5.0000 @20.00        → refused bidding_not_begun
    09:00 bid b1 余杭 5.0000 @20.00        → done
    bid b2 余杭 0.9999 @20.00              → refused quantity_out_of_range least 1.0000 most 10.0000
    bid b2 余杭 10.0001 @20.00             → refused quantity_out_of_range least 1.0000 most 10.0000
    bid b2 余杭 5.0000 @0.00               → refused price_out_of_range least 0.01
    bid b2 建德 5.0000 @20.00              → refused own_auction
    bid b2 萧山 10.0000 @19.00             → done
    amend b1 萧山 5.0000 @23.00            → refused not_your_bid
    amend b3 萧山 5.0000 @23.00            → refused unknown_bid
    16:59:59.999999 amend b1 余杭 8.0000 @22.00  → done
    withdraw b2 余杭                       → refused not_your_bid
    withdraw b2 萧山                       → done
    withdraw b2 萧山                       → refused unknown_bid
    bid b4 桐庐 3.0000 @21.00              → done
    open                                   → refused bidding_not_over
    17:00 amend b4 桐庐 3.0000 @23.00      → refused bidding_over
    withdraw b4 桐庐                       → refused bidding_over
    open                                   → refused seed_missing
    seed 1                                 → done
    seed 2                                 → refused seed_already_given
    open                                   → sold 21.00 cover 11.0000/10.0000
      b1 accepted 8.0000 @22.00
      b4 in_part 2.0000 @21.00
  )");
}

TEST(SealedAuction, AFullAuctionRefusesAndSoDoesASeatThatHasItsShareOfBids) {
  check_sealed(R"(
    offer 10.0000 bids 3 each 2            → done
    09:00 bid b1 余杭 5.0000 @20.00        → done
    bid b2 余杭 5.0000 @19.00              → done
    bid b3 余杭 5.0000 @18.00              → refused too_many_bids_of_seat
    bid b4 萧山 5.0000 @18.00              → done
    bid b5 桐庐 5.0000 @25.00              → refused auction_full
    amend b4 萧山 5.0000 @25.00            → done
    withdraw b1 余杭                       → done
    bid b6 桐庐 5.0000 @25.00              → done
  )");
}

TEST(SealedAuction, ACancelledAuctionIsNotOpened) {
  check_sealed(R"(
    offer 10.0000                          → done
    09:00 bid b1 余杭 5.0000 @20.00        → done
    cancel                                 → done
    cancel                                 → refused decided
    17:00 seed 7                           → refused decided
    open                                   → refused decided
  )");
}

// ---- the state is covered, and the secret is kept ----

SealedAuction example() {
  return {{1},
          {.instrument = Instrument::linkage,
           .seller = seat("建德"),
           .seller_kind = ParticipantClass::mountain4,
           .offered = area("10.0000"),
           .least_bid = area("1.0000"),
           .reserve = {},
           .opens = kOpens,
           .closes = kCloses},
          {.bids = 4, .bids_per_seat = 2}};
}

SealedBid bid(uint64_t number) {
  return {.id = {number},
          .seat = seat("余杭"),
          .kind = ParticipantClass::urban,
          .quantity = area("5.0000"),
          .price = price("20.00")};
}

std::string bytes(const SealedAuction& a) {
  std::string out;
  engine::Canonical{out}(a);
  return out;
}

TEST(SealedAuction, EveryChangeShowsInTheCanonicalBytes) {
  SealedAuction a = example();
  std::set<std::string> seen{bytes(a)};
  const auto changed = [&] { return seen.insert(bytes(a)).second; };
  a.do_enlarge(area("1.0000"));
  EXPECT_TRUE(changed());
  a.do_bid(bid(1));
  EXPECT_TRUE(changed());
  a.do_bid(bid(2));
  EXPECT_TRUE(changed());
  auto higher = bid(2);
  higher.price = price("20.01");
  a.do_amend(higher);
  EXPECT_TRUE(changed());
  a.do_withdraw({1});
  EXPECT_TRUE(changed());
  a.do_seed(0);
  EXPECT_TRUE(changed());
  SealedAuction b = a;
  b.do_cancel();
  EXPECT_FALSE(bytes(b) == bytes(a));
  EXPECT_EQ(a.do_opening({}).stage, SealedStage::undersubscribed);
  EXPECT_TRUE(changed());
  EXPECT_FALSE(bytes(b) == bytes(a));
}

TEST(SealedAuction, AcceptancesOfDearAndCheapBidsAreTheSame) {
  SealedAuction a = example(), b = a;
  auto dear = bid(1);
  dear.price = price("99.00");
  dear.quantity = area("9.0000");
  EXPECT_EQ(a.do_bid(bid(1)), b.do_bid(dear));
  EXPECT_EQ(a.do_amend(dear), b.do_amend(bid(1)));
  EXPECT_EQ(a.do_withdraw({1}), b.do_withdraw({1}));
}

}  // namespace
}  // namespace landex::matching
