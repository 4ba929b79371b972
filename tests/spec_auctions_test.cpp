// Auctions of the engine: land and money held, who wins at which price, and what becomes of it: a deal, from there on
// settled like any other. The machines have specs of their own (sealed_auction_test, ascending_auction_test); here is
// what the engine adds. 建德 is mountain-4, 余杭, 萧山 and 西湖 are urban: on that route the published price is a
// floor.
#include <gtest/gtest.h>

#include "exchange/engine/views.hpp"
#include "exchange/wire/refusal_text.hpp"
#include "tests/market_script.hpp"

namespace landex {
namespace {

using script::bureau;
using script::check;
using script::officer_of;
using script::place;
namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;

// ---- sealed ----

TEST(SealedAuctionInTheMarket, AllPayTheLowestAcceptedPriceAndTheLastIsFilledInPart) {
  // 10 mu. 萧山 4 at 23, 余杭 5 at 21, 西湖 3 at 20: the last gets 1 of 3, and all pay 20.
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 100.00 wan                                                          → done
    fund 萧山 100.00 wan                                                          → done
    fund 滨江 200.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = sealed 余杭 linkage 10.0000 2024-06-03T09:30:00 2024-06-03T10:00:00       → done
      announced a 10.0000
    holds 余杭 linkage free 0.0000 held 10.0000
    b0 = bid 萧山 a 4.0000 @23.00                                                 → refused bidding_not_begun
    tick 2024-06-03T09:30:00                                                      → done
    b1 = bid 萧山 a 4.0000 @23.00                                                 → done
      raised nothing
    cash 萧山 free 8.00 wan held 92.00 wan
    b2 = bid 滨江 a 5.0000 @21.00                                                 → done
    b3 = bid 西湖 a 3.0000 @20.00                                                 → done
    b4 = bid 西湖 a 1.0000 @19.00                                                 → done
    open-bids a seed 7                                                            → refused bidding_not_over
    tick 2024-06-03T10:00:00                                                      → done
    b5 = bid 西湖 a 1.0000 @50.00                                                 → refused bidding_over
    open-bids a seed 7                                                            → done
      opened a sold price 20.00 demand 13.0000 offered 10.0000
      decided b1 accepted 4.0000
      freed 萧山 12.00 wan
      awarded b1 余杭→萧山 80.00 wan
      decided b2 accepted 5.0000
      freed 滨江 5.00 wan
      awarded b2 余杭→滨江 100.00 wan
      decided b3 in_part 1.0000
      freed 西湖 40.00 wan
      awarded b3 余杭→西湖 20.00 wan
      decided b4 not_reached
      freed 西湖 19.00 wan
    deal b3 settled 20.00 wan
    cash 余杭 free 200.00 wan
    cash 西湖 free 80.00 wan held 0.00 yuan
    cash 萧山 free 20.00 wan held 0.00 yuan
    holds 西湖 linkage free 1.0000
    holds 余杭 linkage free 0.0000 held 0.0000
    open-bids a seed 7                                                            → refused auction_over
    close 2024-06-03                                                              → done
    open 2024-06-04                                                               → done
    open-bids a seed 7                                                            → refused unknown_auction
  )");
}

TEST(SealedAuctionInTheMarket, TheSeedOfTheOpeningDecidesATie) {
  // The ranks are matching::tie_rank's: which of the two is first is worked out here from the seed.
  for (const uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8}) {
    script::Market market;
    market.check(R"(
      open 2024-06-03                                                             → done
      file 余杭 linkage 1.0000                                                    → done
      fund 西湖 100.00 wan                                                        → done
      fund 萧山 100.00 wan                                                        → done
      tick 2024-06-03T09:30:00                                                    → done
      a = sealed 余杭 linkage 1.0000 2024-06-03T09:30:01 2024-06-03T10:00:00      → done
      tick 2024-06-03T09:30:01                                                    → done
      b1 = bid 西湖 a 1.0000 @20.00                                               → done
      b2 = bid 萧山 a 1.0000 @20.00                                               → done
      tick 2024-06-03T10:00:00                                                    → done
    )");
    const bool first = matching::tie_rank(seed, {market.named("b1")}) < matching::tie_rank(seed, {market.named("b2")});
    market.check("open-bids a seed " + std::to_string(seed) + " → done\n awarded " +
                 (first ? "b1 余杭→西湖" : "b2 余杭→萧山") + " 20.00 wan");
  }
}

TEST(SealedAuctionInTheMarket, ABidIsAmendedAndTakenBackAndItsHoldFollows) {
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 100.00 wan                                                          → done
    tick 2024-06-03T09:30:00                                                      → done
    a = sealed 余杭 linkage 10.0000 2024-06-03T09:30:01 2024-06-03T10:00:00 least 2.0000 reserve 10.00 → done
      announced a 10.0000 reserve 10.00
    tick 2024-06-03T09:30:01                                                      → done
    b1 = bid 西湖 a 1.9999 @10.00                                                 → refused value_out_of_range
    b1 = bid 西湖 a 2.0000 @9.99                                                  → refused bid_too_low
    b1 = bid 西湖 a 2.0000 @10.001                                                → refused price_off_tick
    b1 = bid 西湖 a 10.0000 @10.01                                                → refused not_enough_money
    b1 = bid 西湖 a 10.0000 @10.00                                                → done
    cash 西湖 free 0.00 yuan held 100.00 wan
    amend 西湖 a b1 9.0000 @11.00                                                 → done      # what it held counts
    cash 西湖 free 1.00 wan held 99.00 wan
    amend 西湖 a b1 9.0000 @12.00                                                 → refused not_enough_money
    amend 萧山 a b1 2.0000 @10.00                                                 → refused unknown_bid
    take-back 萧山 a b1                                                           → refused unknown_bid
    amend 西湖 a b1 2.0000 @10.00                                                 → done
      freed 西湖 79.00 wan
    bid 余杭 a 2.0000 @10.00                                                      → refused same_party_twice
    take-back 西湖 a b1                                                           → done
      freed 西湖 20.00 wan
    take-back 西湖 a b1                                                           → refused unknown_bid
    cash 西湖 free 100.00 wan held 0.00 yuan
    cancel-auction 余杭 a                                                         → refused bidding_begun
    cancel-auction 西湖 a                                                         → refused not_permitted
    b2 = bid 西湖 a 2.0000 @10.00                                                 → done
    cancel-auction 杭州 a                                                         → done
    cash 西湖 free 100.00 wan held 0.00 yuan
    holds 余杭 linkage free 10.0000 held 0.0000
    cancel-auction 杭州 a                                                         → refused unknown_auction
  )");
}

TEST(SealedAuctionInTheMarket, WhatIsUndersubscribedRollsOverEvenlyOntoTheNextFour) {
  // 10 mu over four auctions: 2.5 each. One is announced already and takes no bids yet; three parts wait.
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 20.0000                                                     → done
    fund 西湖 100.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a1 = sealed 余杭 linkage 10.0000 2024-06-03T09:30:00 2024-06-03T10:00:00      → done
    a2 = sealed 余杭 linkage 1.0000 2024-06-03T11:00:00 2024-06-03T12:00:00       → done
    a0 = sealed 余杭 linkage 1.0000 2024-06-03T09:59:59 2024-06-03T10:30:00       → done
    tick 2024-06-03T09:30:00                                                      → done
    b1 = bid 西湖 a1 2.0000 @20.00                                                → done
    tick 2024-06-03T10:00:00                                                      → done
    open-bids a1 seed 1                                                           → done
      opened a1 undersubscribed demand 2.0000 offered 10.0000
      decided b1 not_reached
      freed 西湖 40.00 wan
      freed 余杭 linkage 10.0000
      awarded nothing
      rolled a1 to a2 2.5000
      rolled a1 waits 2.5000
      rolled a1 waits 2.5000
      rolled a1 waits 2.5000
    holds 余杭 linkage free 15.5000 held 4.5000
    a3 = sealed 余杭 linkage 0.5000 2024-06-03T13:00:00 2024-06-03T14:00:00       → done
      announced a3 3.0000 rolled 2.5000
    a4 = sealed 余杭 linkage 10.0001 2024-06-03T13:00:00 2024-06-03T14:00:00      → refused not_enough_land
    a4 = sealed 余杭 linkage 0.0000 2024-06-03T13:00:00 2024-06-03T14:00:00       → done
      announced a4 2.5000 rolled 2.5000
    a5 = sealed 余杭 linkage 1.0000 2024-06-03T13:00:00 2024-06-03T14:00:00       → done
      announced a5 3.5000 rolled 2.5000
    a6 = sealed 余杭 linkage 0.0000 2024-06-03T13:00:00 2024-06-03T14:00:00       → refused value_out_of_range
    a6 = sealed 余杭 linkage 1.0000 2024-06-03T13:00:00 2024-06-03T14:00:00       → done
      announced a6 1.0000
    holds 余杭 linkage free 5.5000 held 14.5000
  )");
}

TEST(SealedAuctionInTheMarket, PartsThatWaitAddUpPlaceByPlace) {
  // Twice 4 mu find nobody: 1 + 1 for the next, and again; other sellers and instruments have their own series.
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 20.0000                                                     → done
    file 萧山 linkage 20.0000                                                     → done
    tick 2024-06-03T09:00:00                                                      → done
    a1 = sealed 余杭 linkage 4.0000 2024-06-03T09:30:00 2024-06-03T10:00:00       → done
    a2 = sealed 余杭 linkage 4.0000 2024-06-03T09:30:00 2024-06-03T10:00:00       → done
    tick 2024-06-03T10:00:00                                                      → done
    open-bids a1 seed 1                                                           → done
      rolled a1 waits 1.0000
      rolled a1 waits 1.0000
      rolled a1 waits 1.0000
      rolled a1 waits 1.0000
    open-bids a2 seed 1                                                           → done
    a3 = sealed 余杭 linkage 1.0000 2024-06-03T13:00:00 2024-06-03T14:00:00       → done
      announced a3 3.0000 rolled 2.0000
    a4 = sealed 萧山 linkage 1.0000 2024-06-03T13:00:00 2024-06-03T14:00:00       → done
      announced a4 1.0000
    cancel-auction 余杭 a3                                                        → done
    a5 = sealed 余杭 linkage 1.0000 2024-06-03T13:00:00 2024-06-03T14:00:00       → done
      announced a5 3.0000 rolled 2.0000
  )");
}

TEST(SealedAuctionInTheMarket, APartWhoseLandIsGoneIsGivenUpAndDoesNotStandInTheWay) {
  // 4 mu find nobody: 1 mu for each of the next four. Then 3.5 of the 4 are used: 0.5 are left of the first part.
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 4.0000                                                      → done
    tick 2024-06-03T09:00:00                                                      → done
    a1 = sealed 余杭 linkage 4.0000 2024-06-03T09:30:00 2024-06-03T10:00:00       → done
    tick 2024-06-03T10:00:00                                                      → done
    open-bids a1 seed 1                                                           → done
    use 余杭 linkage 3.5000                                                       → done
    a2 = sealed 余杭 linkage 0.0001 2024-06-03T13:00:00 2024-06-03T14:00:00       → refused not_enough_land
    a2 = sealed 余杭 linkage 0.0000 2024-06-03T13:00:00 2024-06-03T14:00:00       → done
      announced a2 0.5000 rolled 0.5000
    a3 = sealed 余杭 linkage 0.0000 2024-06-03T13:00:00 2024-06-03T14:00:00       → refused value_out_of_range
    file 余杭 linkage 5.0000                                                      → done
    a3 = sealed 余杭 linkage 2.0000 2024-06-03T13:00:00 2024-06-03T14:00:00       → done
      announced a3 3.0000 rolled 1.0000
    cancel-auction 余杭 a3                                                        → done      # the part is given up with it
    a4 = sealed 余杭 linkage 0.0000 2024-06-03T13:00:00 2024-06-03T14:00:00       → done
      announced a4 1.0000 rolled 1.0000
    holds 余杭 linkage free 4.0000 held 1.5000
  )");
}

TEST(SealedAuctionInTheMarket, AHiddenReserveDecidesAtTheOpeningAndIsThenTold) {
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 500.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = sealed 余杭 linkage 10.0000 2024-06-03T09:30:00 2024-06-03T10:00:00 hidden 20.00 → done
      announced a 10.0000
    tick 2024-06-03T09:30:00                                                      → done
    b1 = bid 西湖 a 9.0000 @20.00                                                 → done
    b2 = bid 西湖 a 1.0000 @19.99                                                 → done
    tick 2024-06-03T10:00:00                                                      → done
    open-bids a seed 1                                                            → done
      opened a undersubscribed demand 9.0000 offered 10.0000 least 20.00
      decided b1 not_reached
      decided b2 below_least
    cash 西湖 free 500.00 wan held 0.00 yuan
  )");
}

TEST(SealedAuctionInTheMarket, OnTheRouteTheFloorHoldsAtTheBidAndAtTheOpening) {
  check(R"(
    price area 20.00 2024-06-03..2024-06-03                                       → done
    price area 21.00 2024-06-04..2024-06-04                                       → done
    open 2024-06-03                                                               → done
    file 建德 area 25.0000                                                        → done
    fund 余杭 500.00 wan                                                          → done
    fund 淳安 500.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = sealed 建德 area 10.0000 2024-06-03T09:30:00 2024-06-03T10:00:00          → done
    tick 2024-06-03T09:30:00                                                      → done
    b1 = bid 余杭 a 10.0000 @19.99                                                → refused below_floor H66-7.6
    b1 = bid 淳安 a 10.0000 @19.99                                                → refused below_floor H66-7.6  # one price
    b1 = bid 余杭 a 10.0000 @20.00                                                → done
    close 2024-06-03                                                              → done
    cash 余杭 free 300.00 wan held 200.00 wan                                     # it runs over days
    tick 2024-06-04T09:00:00                                                      → done
    open 2024-06-04                                                               → done
    open-bids a seed 1                                                            → done
      opened a undersubscribed demand 0.0000 offered 10.0000 least 21.00
      decided b1 below_least
    cash 余杭 free 500.00 wan held 0.00 yuan
    close 2024-06-04                                                              → done
    open 2024-06-05                                                               → done
    tick 2024-06-05T09:00:00                                                      → done
    a2 = sealed 建德 area 10.0000 2024-06-05T09:30:00 2024-06-05T10:00:00         → done
    tick 2024-06-05T09:30:00                                                      → done
    b2 = bid 余杭 a2 10.0000 @50.00                                               → refused no_price_in_force H66-7.6
    b2 = bid 淳安 a2 10.0000 @50.00                                               → done
  )");
}

TEST(SealedAuctionInTheMarket, InTheProductionVenueAWinnersDealWaitsForTheBureau) {
  script::Market{{.venue = engine::Venue::production}}.check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 300.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = sealed 余杭 linkage 10.0000 2024-06-03T09:30:00 2024-06-03T10:00:00       → done
    tick 2024-06-03T09:30:00                                                      → done
    b1 = bid 西湖 a 12.0000 @20.00                                                → refused value_out_of_range
    b1 = bid 西湖 a 10.0000 @20.00                                                → done
    tick 2024-06-03T10:00:00                                                      → done
    open-bids a seed 1                                                            → done
      awarded b1 余杭→西湖 200.00 wan
    deal b1 accepted 200.00 wan
    holds 余杭 linkage free 0.0000 held 10.0000
    cash 西湖 free 260.00 wan held 40.00 wan      # the deposit: 20 %
    end 西湖 b1                                                                   → refused deal_state_forbids
    confirm b1                                                                    → done
    pay-deal 西湖 b1                                                              → done
    close 2024-06-03                                                              → done
    open 2024-06-12                                                               → done
    settle b1                                                                     → done
    cash 余杭 free 200.00 wan
    holds 西湖 linkage free 10.0000
  )");
}

/// What somebody is told who asks.
template <class View>
View asked(const script::Market& m, const script::Sender& who, const engine::Query& q) {
  return std::get<View>(
      engine::answer(m.engine().state(), {.person = {1}, .participant = who.participant, .role = who.role}, q));
}

TEST(SealedAuctionInTheMarket, UntilTheOpeningNoAnswerTellsAnotherWhatWasBid) {
  script::Market market;
  market.check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 300.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = sealed 余杭 linkage 10.0000 2024-06-03T09:30:00 2024-06-03T10:00:00 hidden 20.00 → done
    tick 2024-06-03T09:30:00                                                      → done
  )");
  const script::Sender auditor{.participant = place("杭州"), .role = engine::Role::auditor};
  const std::vector<script::Sender> others{bureau(), auditor, officer_of("余杭"), officer_of("萧山")};
  const auto seen = [&](const script::Sender& who) {
    const auto row = asked<view::Auctions>(market, who, query::GetAuctions{}).sealed.at(0);
    EXPECT_EQ(row.reserve, std::nullopt);
    std::string text = std::to_string(row.bids.size());
    for (const auto& h : asked<view::Holdings>(market, who, query::GetHoldings{.participant = place("西湖")}).rows)
      text += " " + std::to_string(h.cash.raw()) + " " + std::to_string(h.held.raw());
    return text;
  };
  std::vector<std::string> before;
  for (const auto& who : others) before.push_back(seen(who));
  market.check("b1 = bid 西湖 a 10.0000 @20.00 → done");
  for (size_t n = 0; n < others.size(); ++n) EXPECT_EQ(seen(others[n]), before[n]);
  const auto own = asked<view::Auctions>(market, officer_of("西湖"), query::GetAuctions{}).sealed.at(0);
  ASSERT_EQ(own.bids.size(), 1u);
  EXPECT_EQ(own.bids[0].price, Price::ticks(2'000));
  const auto holding = asked<view::Holdings>(market, officer_of("西湖"), query::GetHoldings{.participant = {}});
  EXPECT_EQ(holding.rows.at(0).held, Fen::wan(200));
  market.check("tick 2024-06-03T10:00:00 → done\nopen-bids a seed 1 → done");
  EXPECT_EQ(asked<view::Auctions>(market, bureau(), query::GetAuctions{}).sealed.at(0).price, Price::ticks(2'000));
}

// ---- listings ----

TEST(ListingInTheMarket, OneBidderBuysAtTheDeadlineAndALateBidMovesIt) {
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 300.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → done
      announced a 10.0000
    holds 余杭 linkage free 0.0000 held 10.0000
    b1 = bid 西湖 a @20.00                                                        → refused bidding_not_begun
    tick 2024-06-03T09:30:00                                                      → done
      stage a listed until 2024-06-03T10:00:00
    b1 = bid 西湖 a @19.99                                                        → refused bid_too_low
    b1 = bid 西湖 a @20.00                                                        → done
      bidder 西湖 1
      raised b1 1 @20.00 until 2024-06-03T10:00:00
    cash 西湖 free 100.00 wan held 200.00 wan
    b2 = bid 西湖 a @20.05                                                        → refused bid_too_low
    tick 2024-06-03T09:56:00                                                      → done
    b2 = bid 西湖 a @30.01                                                        → refused not_enough_money
    b2 = bid 西湖 a @30.00                                                        → done      # what it held counts
      freed 西湖 200.00 wan
      raised b2 1 @30.00 until 2024-06-03T10:01:00 extended
    cancel-auction 余杭 a                                                         → refused bidding_begun
    cancel-auction 杭州 a                                                         → refused bidding_begun
    bid 余杭 a @40.00                                                             → refused same_party_twice
    tick 2024-06-03T10:02:00                                                      → done
      stage a sold 1 @30.00
      awarded b2 余杭→西湖 300.00 wan
    deal b2 settled 300.00 wan
    cash 余杭 free 300.00 wan
    holds 西湖 linkage free 10.0000
    b3 = bid 西湖 a @40.00                                                        → refused auction_over
  )");
}

TEST(ListingInTheMarket, TwoWhoWantItBidOnAgainstTheClock) {
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 300.00 wan                                                          → done
    fund 萧山 300.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → done
    tick 2024-06-03T09:30:00                                                      → done
    b1 = bid 西湖 a @20.00                                                        → done
    declare 萧山 a                                                                → done
      bidder 萧山 2
      raised nothing
    declare 萧山 a                                                                → refused already_declared
    declare 西湖 a                                                                → refused already_declared
    tick 2024-06-03T10:00:00                                                      → done
      stage a timed until 2024-06-03T10:05:00 1 @20.00
    declare 滨江 a                                                                → refused not_among_bidders
    bid 滨江 a @25.00                                                             → refused not_among_bidders
    b2 = bid 萧山 a @20.10                                                        → done
      freed 西湖 200.00 wan
      raised b2 2 @20.10 until 2024-06-03T10:05:00
    cash 西湖 free 300.00 wan held 0.00 yuan
    tick 2024-06-03T10:04:00                                                      → done
    b3 = bid 西湖 a @21.00                                                        → done
      freed 萧山 201.00 wan
      raised b3 1 @21.00 until 2024-06-03T10:09:00
    tick 2024-06-03T10:10:00                                                      → done
      stage a sold 1 @21.00
      awarded b3 余杭→西湖 210.00 wan
    cash 萧山 free 300.00 wan held 0.00 yuan
    cash 西湖 free 90.00 wan held 0.00 yuan
  )");
}

TEST(ListingInTheMarket, WhoHasThePriorityRightMayMatchTheHighestBid) {
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 300.00 wan                                                          → done
    fund 萧山 300.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 priority 余杭 → refused same_party_twice
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 priority 萧山 → done
    tick 2024-06-03T09:30:00                                                      → done
    b1 = bid 西湖 a @20.00                                                        → done
    b2 = bid 萧山 a @20.00                                                        → done
      raised b2 2 @20.00 until 2024-06-03T10:00:00 by-priority
      bidder 萧山 2
      freed 西湖 200.00 wan
    tick 2024-06-03T10:05:00                                                      → done
      stage a timed until 2024-06-03T10:05:00 2 @20.00
      stage a sold 2 @20.00
      awarded b2 余杭→萧山 200.00 wan
  )");
}

TEST(ListingInTheMarket, AHiddenReserveLeavesItUnsoldAndAllIsFreeAgain) {
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 300.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 reserve 19.00 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → refused value_out_of_range
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 reserve 25.00 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → done
    tick 2024-06-03T09:30:00                                                      → done
    b1 = bid 西湖 a @24.00                                                        → done
    tick 2024-06-03T10:00:00                                                      → done
      stage a unsold 1 @24.00 reserve 25.00
      freed 余杭 linkage 10.0000
      freed 西湖 240.00 wan
      awarded nothing
  )");
}

TEST(ListingInTheMarket, OverNightTheClockStandsStill) {
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 300.00 wan                                                          → done
    fund 萧山 300.00 wan                                                          → done
    tick 2024-06-03T14:00:00                                                      → done
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 from 2024-06-03T14:30:00 until 2024-06-03T17:00:00 → done
    tick 2024-06-03T14:30:00                                                      → done
    b1 = bid 西湖 a @20.00                                                        → done
    declare 萧山 a                                                                → done
    close 2024-06-03                                                              → done
    tick 2024-06-03T18:00:00                                                      → done
      stage nothing
    bid 萧山 a @20.10                                                             → refused day_not_open
    tick 2024-06-04T09:00:00                                                      → done
    open 2024-06-04                                                               → done
    tick 2024-06-04T09:00:01                                                      → done
      stage a timed until 2024-06-04T09:05:00 1 @20.00
    tick 2024-06-04T09:03:00                                                      → done
    b2 = bid 萧山 a @20.10                                                        → done
      raised b2 2 @20.10 until 2024-06-04T09:08:00
    close 2024-06-04                                                              → done
    tick 2024-06-05T09:00:00                                                      → done
    open 2024-06-05                                                               → done
    tick 2024-06-05T09:04:00                                                      → done      # the countdown began anew
      stage nothing
    tick 2024-06-05T09:06:00                                                      → done
      stage a sold 2 @20.10
  )");
}

TEST(ListingInTheMarket, TheFloorHoldsAtTheBidAndOnTheDayOfTheDecision) {
  check(R"(
    price area 20.00 2024-06-03..2024-06-03                                       → done
    price area 20.01 2024-06-04..2024-06-04                                       → done
    open 2024-06-03                                                               → done
    file 建德 area 50.0000                                                        → done
    fund 余杭 500.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = listing 建德 area 10.0000 start 19.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-04T10:00:00 reserve 20.00 → done
    c = listing 建德 area 10.0000 start 19.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-05T10:00:00 → done
    tick 2024-06-03T09:30:00                                                      → done
    b1 = bid 余杭 a @19.99                                                        → refused below_floor H66-7.6
    b1 = bid 余杭 a @20.00                                                        → done
    b2 = bid 余杭 c @20.00                                                        → done
    close 2024-06-03                                                              → done
    open 2024-06-04                                                               → done
    tick 2024-06-04T10:00:00                                                      → done
      stage a unsold 1 @20.00 floor 20.01 H66-7.6
      freed 建德 area 10.0000
      freed 余杭 200.00 wan
    close 2024-06-04                                                              → done
    open 2024-06-05                                                               → done
    declare 余杭 c                                                                → refused already_declared
    declare 萧山 c                                                                → refused no_price_in_force H66-7.6
    bid 余杭 c @30.00                                                             → refused no_price_in_force H66-7.6
    tick 2024-06-05T10:00:00                                                      → done
      stage c unsold 1 @20.00 floor none H66-7.6
    cash 余杭 free 500.00 wan held 0.00 yuan
  )");
}

TEST(ListingInTheMarket, ALotOfThreeLegsIsSoldWholeForThePriceOfItsArea) {
  check(R"(
    price area 20.00 2024-06-01..2024-06-30                                       → done
    price capacity 3.50 2024-06-04..2024-06-30                                    → done
    open 2024-06-03                                                               → done
    file 建德 area 125.0000 paddy 50.0000 capacity 50000                          → done
    fund 余杭 500.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = listing 建德 area 10.0000 paddy 41.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → refused not_enough_land
    a = listing 建德 area 10.0000 linkage 1.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → refused legs_not_valid
    a = listing 建德 paddy 1.0000 area 10.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → refused legs_not_valid
    a = listing 建德 area 10.0000 paddy 4.0000 capacity 4000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → done
    c = listing 建德 area 10.0000 capacity 4000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-04T10:00:00 → done
    holds 建德 area     held 20.0000
    holds 建德 paddy    held 4.0000
    holds 建德 capacity held 8000
    tick 2024-06-03T09:30:00                                                      → done
    b1 = bid 余杭 a @20.00                                                        → done
    b2 = bid 余杭 c @20.00                                                        → done
    tick 2024-06-03T10:00:00                                                      → done
      stage a sold 1 @20.00
      awarded b1 建德→余杭 200.00 wan
    holds 余杭 paddy    free 4.0000
    holds 余杭 capacity free 4000
    cash  建德 free 200.00 wan
    close 2024-06-03                                                              → done
    open 2024-06-04                                                               → done
    bid 萧山 c @30.00                                                             → refused price_missing H66-7.6
    tick 2024-06-04T10:00:00                                                      → done      # capacity has a price of its own now
      stage c unsold 1 @20.00 floor 3.50 H66-7.6
    holds 建德 capacity held 0
    cash  余杭 held 0.00 yuan
  )");
}

TEST(ListingInTheMarket, ASellerTakesItBackBeforeTheFirstBid) {
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    tick 2024-06-03T09:00:00                                                      → done
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 from 2024-06-03T08:59:59 until 2024-06-03T10:00:00 → refused auction_times
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T09:30:59 → refused auction_times
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → done
    tick 2024-06-03T09:31:00                                                      → done
    cancel-auction 余杭 a                                                         → done
    holds 余杭 linkage free 10.0000 held 0.0000
    tick 2024-06-03T10:31:00                                                      → done
      stage nothing
    bid 西湖 a @20.00                                                             → refused unknown_auction
  )");
}

TEST(ListingInTheMarket, BeginsAtOnceIfItsSellerDoesNotSayWhen) {
  check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 300.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 until 2024-06-03T10:00:00 → done
    b1 = bid 西湖 a @20.00                                                        → done
      stage a listed until 2024-06-03T10:00:00
      raised b1 1 @20.00 until 2024-06-03T10:00:00
  )");
}

TEST(ListingInTheMarket, TellsTheAskerWhatItWouldHaveToBidAndItsNumber) {
  script::Market market;
  market.check(R"(
    price area 20.00 2024-06-01..2024-06-30                                       → done
    open 2024-06-03                                                               → done
    file 建德 area 50.0000                                                        → done
    fund 余杭 500.00 wan                                                          → done
    tick 2024-06-03T09:00:00                                                      → done
    a = listing 建德 area 10.0000 start 15.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 reserve 30.00 → done
    tick 2024-06-03T09:30:00                                                      → done
  )");
  const auto row = [&](const script::Sender& who) {
    return asked<view::Auctions>(market, who, query::GetAuctions{}).listings.at(0);
  };
  EXPECT_EQ(row(officer_of("淳安")).least, Price::ticks(1'500));
  EXPECT_EQ(row(officer_of("余杭")).least, Price::ticks(2'000)) << "the floor of its route";
  EXPECT_EQ(row(officer_of("建德")).least, std::nullopt) << "the seller does not bid";
  EXPECT_EQ(row(bureau()).least, std::nullopt);
  EXPECT_TRUE(row(bureau()).reserve);
  market.check("b1 = bid 余杭 a @20.00 → done");
  EXPECT_EQ(row(officer_of("淳安")).least, Price::ticks(2'010));
  EXPECT_EQ(row(officer_of("余杭")).you, 1u);
  EXPECT_EQ(row(officer_of("淳安")).you, std::nullopt);
  EXPECT_EQ(row(officer_of("淳安")).bidder, 1u);
}

TEST(ListingInTheMarket, FallsDueOnlyWhileADayIsOpen) {
  script::Market market;
  market.check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    tick 2024-06-03T09:00:00                                                      → done
    a = listing 余杭 linkage 10.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → done
  )");
  const auto due = [&] { return engine::next_due(market.engine().state()); };
  const auto half_past = matching::beijing_instant(script::on(2024, 6, 3), matching::TimeOfDay::hm(9, 30));
  EXPECT_EQ(due(), half_past);
  market.check("close 2024-06-03 → done");
  EXPECT_EQ(due(), std::nullopt);
  market.check("tick 2024-06-04T09:00:00 → done\nopen 2024-06-04 → done");
  EXPECT_EQ(due(), market.engine().state().opened_at) << "now: what fell due in the night begins";
}

TEST(AuctionProfile, AVenueMaySetItsOwnRules) {
  script::Market market;
  auto profile = matching::simulation_profile();
  profile.auctions = matching::kOurAuctionRules;
  profile.auctions->listing.least_notice_us = int64_t{20} * 86'400 * 1'000'000;
  profile.auctions->sealed.bids_per_seat = 1;
  EXPECT_FALSE(script::refusal_in(market.send(bureau(), command::SetProfile{.profile = profile})));
  market.check(R"(
    open 2024-06-03                                                               → done
    file 余杭 linkage 10.0000                                                     → done
    fund 西湖 500.00 wan                                                          → done
    listing 余杭 linkage 1.0000 start 20.00 step 0.10 from 2024-06-24T09:30:01 until 2024-06-25T10:00:00 → refused window_closed
    a = sealed 余杭 linkage 1.0000 2024-06-03T09:40:00 2024-06-03T10:00:00        → refused window_closed
    tick 2024-06-03T09:30:00                                                      → done
    listing 余杭 linkage 1.0000 start 20.00 step 0.10 from 2024-06-23T09:29:59 until 2024-06-24T10:00:00 → refused auction_times
    listing 余杭 linkage 1.0000 start 20.00 step 0.10 from 2024-06-23T09:30:01 until 2024-06-24T10:00:00 → done
    a = sealed 余杭 linkage 1.0000 2024-06-03T09:40:00 2024-06-03T10:00:00        → done
    tick 2024-06-03T09:40:00                                                      → done
    bid 西湖 a 1.0000 @20.00                                                      → done
    bid 西湖 a 1.0000 @20.00                                                      → refused auction_full
  )");
  profile.auctions->sealed.roll_over = 0;
  const auto problems = matching::validate(profile);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].field, "auctions.sealed.roll_over");
}

}  // namespace
}  // namespace landex
