// Limits and fees, which H66-21.4 leaves open. What we ship has no row of them: no limit, no fee. Here are packs that
// do.
#include <gtest/gtest.h>

#include "tests/market_script.hpp"

namespace landex {
namespace {

using policy::Parameter;
using script::Market;

policy::Pack with(Parameter p, int64_t value) {
  policy::Pack pack = script::at_once();
  pack.rows.push_back({.parameter = p,
                       .from = script::on(2024, 6, 3),
                       .until = script::on(2024, 6, 28),
                       .value = value,
                       .clause = policy::Clause::h66_21_4,
                       .origin = policy::Origin::our_default});
  return pack;
}
Market market_with(Parameter p, int64_t value, engine::Venue venue = engine::Venue::simulation) {
  return Market{{.pack = with(p, value), .venue = venue}};
}

TEST(Limits, WhatIsShippedHasNone) {
  for (const auto& row : script::shipped().pack.rows)
    EXPECT_TRUE(row.parameter < Parameter::purchase_limit || row.parameter > Parameter::fee_share);
}

TEST(Limits, OneOrderDealOrBidBuysNoMoreThanTheLimit) {
  // H66-21.4, limit.purchase = 100 000 units of 0.0001 mu: 10 mu at a time.
  market_with(Parameter::purchase_limit, 100'000).check(R"(
    open 2024-06-03                                        → done
    file 西湖 linkage 100.0000                             → done
    fund 余杭 5 000.00 wan                                 → done
    buy 余杭 linkage 10.0001 @20.00                        → refused over_purchase_limit H66-21.4
    b1 = buy 余杭 linkage 10.0000 @20.00                   → rests 10.0000
    replace 余杭 b1 10.0000 by 10.0001 @20.00              → refused over_purchase_limit H66-21.4
    sell 西湖 linkage 50.0000 @30.00                       → rests 50.0000    # of purchases alone
    propose 余杭 西湖→余杭 linkage 10.0001 @20.00          → refused over_purchase_limit H66-21.4
    propose 西湖 西湖→余杭 linkage 10.0001 @20.00          → refused over_purchase_limit H66-21.4
    propose 西湖 西湖→余杭 linkage 10.0000 @20.00          → done
    a1 = sealed 西湖 linkage 20.0000 2024-06-03T09:30:00 2024-06-03T10:00:00  → done
    a2 = listing 西湖 linkage 11.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → done
    tick 2024-06-03T09:30:00                               → done
    bid 余杭 a1 10.0001 @20.00                             → refused over_purchase_limit H66-21.4
    bid 余杭 a1 10.0000 @20.00                             → done
    bid 余杭 a2 @20.00                                     → refused over_purchase_limit H66-21.4
  )");
}

TEST(Limits, NobodyComesToHaveMoreThanTheLimitByBuying) {
  // H66-21.4, limit.holding: 15 mu. Yuhang has 10 of its own filing: 5 more, held for an offer or not.
  market_with(Parameter::holding_limit, 150'000).check(R"(
    open 2024-06-03                                        → done
    file 西湖 linkage 100.0000                             → done
    file 余杭 linkage 10.0000                              → done
    fund 余杭 5 000.00 wan                                 → done
    sell 余杭 linkage 4.0000 @30.00                        → rests 4.0000
    freeze 余杭 linkage 3.0000                             → done
    buy 余杭 linkage 5.0001 @20.00                         → refused over_holding_limit H66-21.4
    buy 余杭 linkage 5.0000 @20.00                         → rests 5.0000
    d1 = propose 余杭 西湖→余杭 linkage 5.0000 @20.00      → done
    accept 西湖 d1                                         → settled
    buy 余杭 linkage 0.0001 @20.00                         → refused over_holding_limit H66-21.4
    use 余杭 linkage 1.0000                                → done
    buy 余杭 linkage 1.0000 @20.00                         → rests 1.0000     # what is used is not held
  )");
}

TEST(Limits, WhatWasBoughtIsNotSoldAgainBeforeItsWorkingDaysHavePassed) {
  // H66-21.4, limit.holding_days = 5. Matched on Mon 3 June: 4, 5, 6, 7 June, Mon 10 June is Dragon Boat Festival, 11
  // June is the fifth. Yuhang has 2 of its own: these it may sell.
  market_with(Parameter::holding_days, 5).check(R"(
    open 2024-06-03                                        → done
    file 西湖 linkage 100.0000                             → done
    file 余杭 linkage 2.0000                               → done
    fund 余杭 5 000.00 wan                                 → done
    d1 = propose 西湖 西湖→余杭 linkage 5.0000 @20.00      → done
    accept 余杭 d1                                         → settled
    propose 余杭 余杭→萧山 linkage 2.0001 @20.00           → refused held_too_short H66-21.4
    d2 = propose 余杭 余杭→萧山 linkage 2.0000 @20.00      → done
    end 余杭 d2                                            → done
    sealed 余杭 linkage 2.0001 2024-06-03T09:30:00 2024-06-03T10:00:00     → refused held_too_short H66-21.4
    listing 余杭 linkage 2.0001 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → refused held_too_short H66-21.4
    propose 西湖 西湖→余杭 linkage 50.0000 @20.00          → done             # the seller bought nothing
    sell 西湖 linkage 1.0000 @20.00                        → refused mode_not_open H66-21.4   # the book remembers no day
    close 2024-06-03                                       → done
    open 2024-06-07                                        → done
    propose 余杭 余杭→萧山 linkage 2.0001 @20.00           → refused held_too_short H66-21.4
    close 2024-06-07                                       → done
    open 2024-06-11                                        → done
    propose 余杭 余杭→萧山 linkage 7.0000 @20.00           → done
  )");
}

TEST(Fees, ABuyerPaysTheCityItsShareOfTheDealsPriceRoundedDown) {
  // H66-21.4, fee.share = 1 %. 1 mu at 20.00 万元 is 200 000 yuan, the fee 2 000. 3 units at 20.01 万元/亩 are 60.03
  // yuan, of which 1 % is 60.03 fen: 60.
  market_with(Parameter::fee_share, 100).check(R"(
    open 2024-06-03                                        → done
    file 西湖 linkage 100.0000                             → done
    fund 余杭 201 999.99 yuan                              → done
    buy 余杭 linkage 1.0000 @20.00                         → refused mode_not_open H66-21.4   # an order holds no fee
    d1 = propose 西湖 西湖→余杭 linkage 1.0000 @20.00      → done
    accept 余杭 d1                                         → refused not_enough_money
    fund 余杭 0.01 yuan                                    → done
    accept 余杭 d1                                         → settled
    cash 余杭 free 0.00 yuan held 0.00 yuan
    cash 西湖 free 200 000.00 yuan
    cash 杭州 free 2 000.00 yuan
    fund 余杭 60.63 yuan                                   → done
    d2 = propose 余杭 西湖→余杭 linkage 0.0003 @20.01      → done
    cash 余杭 free 0.00 yuan held 60.63 yuan
    accept 西湖 d2                                         → settled
    cash 杭州 free 2 000.60 yuan
  )");
}

TEST(Fees, InAnAuctionABidPutsUpTheFeeAndWhatIsNotNeededIsFreeAgain) {
  // Bid 21.00, sold at 20.00 with one other: 1 mu each at the lowest winning price.
  market_with(Parameter::fee_share, 100).check(R"(
    open 2024-06-03                                        → done
    file 西湖 linkage 100.0000                             → done
    fund 余杭 300 000.00 yuan                              → done     # H66-21.4
    fund 萧山 300 000.00 yuan                              → done
    a1 = sealed 西湖 linkage 2.0000 2024-06-03T09:30:00 2024-06-03T10:00:00  → done
    tick 2024-06-03T09:30:00                               → done
    bid 余杭 a1 1.0000 @21.00                              → done
    cash 余杭 free 87 900.00 yuan held 212 100.00 yuan
    bid 萧山 a1 1.0000 @20.00                              → done
    tick 2024-06-03T10:00:00                               → done
    open-bids a1 seed 7                                    → done
    cash 余杭 free 98 000.00 yuan held 0.00 yuan
    cash 杭州 free 4 000.00 yuan
  )");
}

TEST(Fees, AtTheProductionVenueTheFeeIsPaidWithThePriceAndADealThatIsVoidCostsNone) {
  // Deposit 20 % of 200 000; then the price and 1 %: 202 000 − 40 000 = 162 000 more.
  market_with(Parameter::fee_share, 100, engine::Venue::production).check(R"(
    open 2024-06-03                                        → done
    file 西湖 linkage 100.0000                             → done
    fund 余杭 201 999.99 yuan                              → done     # H66-21.4
    d1 = propose 西湖 西湖→余杭 linkage 1.0000 @20.00      → done
    accept 余杭 d1                                         → accepted
    cash 余杭 free 161 999.99 yuan held 40 000.00 yuan
    confirm d1                                             → done
    pay-deal 余杭 d1                                       → refused not_enough_money
    fund 余杭 0.01 yuan                                    → done
    pay-deal 余杭 d1                                       → done
    cash 余杭 free 0.00 yuan held 202 000.00 yuan
    void d1                                                → done
    cash 余杭 free 202 000.00 yuan held 0.00 yuan
    cash 杭州 free 0.00 yuan
  )");
}

TEST(Fees, TheRowOfTheDayOfTheMatchIsTheDealsLaw) {
  // The fee's row ends on 28 June; the deal was matched on 3 June and is handed over in July.
  market_with(Parameter::fee_share, 100, engine::Venue::production).check(R"(
    open 2024-06-03                                        → done
    file 西湖 linkage 100.0000                             → done
    fund 余杭 202 000.00 yuan                              → done
    d1 = propose 西湖 西湖→余杭 linkage 1.0000 @20.00      → done
    accept 余杭 d1                                         → accepted
    confirm d1                                             → done
    pay-deal 余杭 d1                                       → done
    close 2024-06-03                                       → done
    open 2024-07-01                                        → done
    settle d1                                              → done
    cash 杭州 free 2 000.00 yuan                           # H66-21.4
    cash 西湖 free 200 000.00 yuan
  )");
}

}  // namespace
}  // namespace landex
