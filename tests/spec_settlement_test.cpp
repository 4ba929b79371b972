// What becomes of a deal at the production venue (H66-21.4 leaves it open; the rows settlement.* of h66.toml are ours):
// a deposit of 20 %, the confirmation, five working days of notice, ten more to pay, the hand-over; default; void
// deals. As shipped the confirmation needs a second person (approvals.toml), which the first table shows. June 2024:
// the Dragon Boat Festival takes Monday the 10th. Five working days after Monday 3 June: 4, 5, 6, 7, 11. Ten after the
// 11th: 12, 13, 14, 17, 18, 19, 20, 21, 24, 25.
#include <gtest/gtest.h>

#include "exchange/engine/views.hpp"
#include "exchange/wire/refusal_text.hpp"
#include "tests/market_script.hpp"

namespace landex {
namespace {

script::Market production() { return script::Market{{.venue = engine::Venue::production}}; }
script::Market with_chains() {
  return script::Market{{.pack = script::shipped().pack, .venue = engine::Venue::production}};
}

// 60 mu at 15.00 万元/亩 are 900 万元; 20 % of it are 180.

TEST(Settlement, FromTheAgreementToTheHandOver) {
  with_chains().check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    d1 = propose 淳安 淳安→余杭 linkage 60.0000 @15.00  → done
    accept 余杭 d1                                      → accepted
    cash  余杭 free 820.00 wan held 180.00 wan
    holds 淳安 linkage free 40.0000 held 60.0000
    pay-deal 余杭 d1                                    → refused deal_state_forbids   # not confirmed yet
    settle d1                                           → refused deal_state_forbids
    confirm d1                                          → refused approval_needed
    p1 = ask confirm d1                                 → done
    by 2 pass 杭州 p1                                   → done
      approval p1 effective
      confirmed d1 notice until 2024-06-11 pay by 2024-06-25
    deal d1 confirmed 900.00 wan
    settle d1                                           → refused deal_state_forbids   # not paid yet
    pay-deal 淳安 d1                                    → refused not_your_deal
    pay-deal 余杭 d1                                    → done
    deal d1 paid 900.00 wan
    cash 余杭 free 100.00 wan held 900.00 wan
    cash 淳安 free 0.00 yuan
    settle d1                                           → refused notice_not_over H66-21.4
    close 2024-06-03                                    → done
    open 2024-06-11                                     → done
    settle d1                                           → refused notice_not_over H66-21.4   # its last day
    close 2024-06-11                                    → done
    open 2024-06-12                                     → done
    settle d1                                           → done
    deal d1 settled 900.00 wan
    holds 淳安 linkage free 40.0000 held 0.0000
    holds 余杭 linkage free 60.0000
    cash  余杭 free 100.00 wan held 0.00 yuan
    cash  淳安 free 900.00 wan
    settle d1                                           → refused deal_state_forbids
  )");
}

TEST(Settlement, TheDepositIsRoundedUpToTheFen) {
  // 0.0003 mu at 15.00 万元/亩 are 45.00 yuan: 20 % are 9.00. 0.0003 at 15.01 are 45.03: 9.006 → 9.01.
  production().check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 9.01 yuan                                 → done
    d1 = propose 淳安 淳安→余杭 linkage 0.0003 @15.02   → done   # 45.06: 9.012 → 9.02
    accept 余杭 d1                                      → refused not_enough_money
    end 淳安 d1                                         → done
    d2 = propose 余杭 淳安→余杭 linkage 0.0003 @15.01   → done
    cash 余杭 free 0.00 yuan held 9.01 yuan
    end 余杭 d2                                         → done
    cash 余杭 free 9.01 yuan held 0.00 yuan
  )");
}

TEST(Settlement, WhoDoesNotPayInTimeLosesTheDepositToTheSellerAndTheLandIsFree) {
  production().check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    d1 = propose 淳安 淳安→余杭 linkage 60.0000 @15.00  → done
    accept 余杭 d1                                      → accepted
    confirm d1                                 → done
      confirmed d1 notice until 2024-06-11 pay by 2024-06-25
    close 2024-06-03                                    → done
    open 2024-06-25                                     → done
      deposit nothing
    close 2024-06-25                                    → done
    open 2024-06-26                                     → done
      deposit 余杭→淳安 180.00 wan H66-21.4
      freed 淳安 linkage 60.0000
    deal d1 defaulted 900.00 wan
    cash  余杭 free 820.00 wan held 0.00 yuan
    cash  淳安 free 180.00 wan
    holds 淳安 linkage free 100.0000 held 0.0000
    pay-deal 余杭 d1                                    → refused deal_state_forbids
  )");
}

TEST(Settlement, ABuyerWithoutTheRestOfTheMoneyCannotPayAndNothingMoves) {
  production().check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 500.00 wan                                → done
    d1 = propose 淳安 淳安→余杭 linkage 60.0000 @15.00  → done
    accept 余杭 d1                                      → accepted
    confirm d1                                 → done
    pay-deal 余杭 d1                                    → refused not_enough_money   # 720 are missing, 320 are free
    fund 余杭 399.99 wan                                → done
    pay-deal 余杭 d1                                    → refused not_enough_money
    fund 余杭 0.01 wan                                  → done
    pay-deal 余杭 d1                                    → done
    cash 余杭 free 0.00 yuan held 900.00 wan
  )");
}

TEST(Settlement, AnObjectionEndsADealThatIsNotSettledAndBothHaveBackWhatTheyHold) {
  production().check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    d1 = propose 淳安 淳安→余杭 linkage 60.0000 @15.00  → done
    void d1                                         → refused deal_state_forbids   # still a proposal
    accept 余杭 d1                                      → accepted
    confirm d1                                 → done
    pay-deal 余杭 d1                                    → done
    void d1                                    → done
      voided d1
      freed 余杭 900.00 wan
      freed 淳安 linkage 60.0000
    deal d1 voided 900.00 wan
    cash  余杭 free 1 000.00 wan held 0.00 yuan
    holds 淳安 linkage free 100.0000 held 0.0000
    close 2024-06-03                                    → done
    open 2024-07-01                                     → done
      deposit nothing
  )");
}

// ---- auctions that run over days, while the venue or the share changes ----

TEST(Settlement, AWinnerHoldsNoMoreThanItPutUpWhenTheVenueAsksForAllOfThePrice) {
  // 10 mu at 10.00 are 100 万元; the bid of the production day holds 20, all that 西湖 has.
  production().check(R"(
    open 2024-06-03                                                          → done
    file 余杭 linkage 10.0000                                                → done
    fund 西湖 20.00 wan                                                      → done
    tick 2024-06-03T09:00:00                                                 → done
    a = sealed 余杭 linkage 10.0000 2024-06-03T09:30:00 2024-06-04T10:00:00  → done
    tick 2024-06-03T09:30:00                                                 → done
    b = bid 西湖 a 10.0000 @10.00                                            → done
    cash 西湖 free 0.00 yuan held 20.00 wan
    close 2024-06-03                                                         → done
    venue simulation                                                         → done
    open 2024-06-04                                                          → done
    tick 2024-06-04T10:00:00                                                 → done
    open-bids a seed 1                                                       → done
      awarded b 余杭→西湖 100.00 wan
    deal b accepted 100.00 wan                                               # not settled: it is to be paid
    cash 西湖 free 0.00 yuan held 20.00 wan
    confirm b                                                                → done
    pay-deal 西湖 b                                                          → refused not_enough_money
    fund 西湖 80.00 wan                                                      → done
    pay-deal 西湖 b                                                          → done
    deal b paid 100.00 wan
  )");
}

TEST(Settlement, AWinnerWhoPutUpAllOfThePriceRisksTheDepositAlone) {
  // Bid at the simulation venue, all 300 万元 held; decided at production: 60 stay held, and those are lost.
  script::Market{}.check(R"(
    open 2024-06-03                                                                                     → done
    file 余杭 linkage 10.0000                                                                           → done
    fund 西湖 300.00 wan                                                                                → done
    tick 2024-06-03T09:00:00                                                                            → done
    a = sealed 余杭 linkage 10.0000 2024-06-03T09:30:00 2024-06-04T10:00:00                             → done
    tick 2024-06-03T09:30:00                                                                            → done
    b = bid 西湖 a 10.0000 @30.00                                                                       → done
    cash 西湖 free 0.00 yuan held 300.00 wan
    close 2024-06-03                                                                                    → done
    venue production                                                                                    → done
    open 2024-06-04                                                                                     → done
    tick 2024-06-04T10:00:00                                                                            → done
    open-bids a seed 1                                                                                  → done
    cash 西湖 free 240.00 wan held 60.00 wan
    confirm b                                                                                           → done
    close 2024-06-04                                                                                    → done
    open 2024-07-31                                                                                     → done
      deposit 西湖→余杭 60.00 wan H66-21.4
      freed 余杭 linkage 10.0000
    cash 西湖 free 240.00 wan held 0.00 yuan
  )");
}

TEST(Settlement, WhatIsShownToTheBureauDoesNotTellASealedBidOfWhichOnlyTheDepositIsHeld) {
  script::Market m{{.venue = engine::Venue::production}};
  m.check(R"(
    open 2024-06-03                                                          → done
    file 余杭 linkage 10.0000                                                → done
    fund 西湖 100.00 wan                                                     → done
    tick 2024-06-03T09:00:00                                                 → done
    a = sealed 余杭 linkage 10.0000 2024-06-03T09:30:00 2024-06-03T10:00:00  → done
    tick 2024-06-03T09:30:00                                                 → done
    b = bid 西湖 a 10.0000 @10.00                                            → done
    cash 西湖 free 80.00 wan held 20.00 wan
  )");
  const District xihu = script::place("西湖");
  const auto seen = std::get<engine::view::Holdings>(engine::answer(
      m.engine().state(), {.person = {1}, .participant = script::bureau().participant, .role = engine::Role::bureau},
      engine::query::GetHoldings{.participant = xihu}));
  ASSERT_EQ(seen.rows.size(), 1u);
  EXPECT_EQ(seen.rows[0].cash, Fen::wan(100));
  EXPECT_EQ(seen.rows[0].held, Fen{});
}

// ---- the law of the day of the match (H66-7.6, decisions 11) ----

TEST(Settlement, ADealWhosePriceRowWasRevokedIsVoidAtItsConfirmation) {
  // 10 mu at 20.00 from a mountain county to an urban district: the floor of June is 20.00.
  production().check(R"(
    r1 = price area 20.00 2024-06-01..2024-06-30  → done
    open 2024-06-27                               → done
    file 建德 area 100.0000                       → done
    fund 余杭 1 000.00 wan                        → done
    d1 = propose 建德 建德→余杭 area 10 @20.00    → done
    accept 余杭 d1                                → accepted
    revoke r1                                 → refused price_changes_open_day H66-7.6
    close 2024-06-27                              → done
    open 2024-07-01                               → done
    revoke r1                            → done
    revoke r1                                 → refused unknown_price_row H66-7.4   # it is revoked
    confirm d1                           → done
      voided d1 no_price_in_force H66-7.6
      freed 余杭 40.00 wan
      freed 建德 area 10.0000
    deal d1 voided 200.00 wan
  )");
}

TEST(Settlement, APriceThatIsPublishedAfterTheMatchDoesNotBindALegThatWentWithoutOne) {
  // On 24 June no price of paddy was in force, and the area's price covered it. The row that July brings for June comes
  // after the match. A deal that is matched when it stands must name it.
  production().check(R"(
    price area 20.00 2024-06-01..2024-07-31              → done
    open 2024-06-24                                      → done
    file 建德 area 100.0000 paddy 50.0000                → done
    fund 余杭 1 000.00 wan                               → done
    d1 = propose 建德 建德→余杭 area 10 @20.00 paddy 4   → done
    accept 余杭 d1                                       → accepted
    close 2024-06-24                                     → done
    price paddy 3.00 2024-06-01..2024-06-30              → done
    price paddy 3.00 2024-07-01..2024-07-31              → done
    open 2024-07-01                                      → done
    confirm d1                                           → done
    deal d1 confirmed 200.00 wan
    propose 建德 建德→余杭 area 10 @20.00 paddy 4        → refused price_missing H66-7.6
  )");
}

TEST(Settlement, ADealBelowTheRowThatTookItsPlaceIsVoidAndOneAtItStands) {
  production().check(R"(
    r1 = price area 20.00 2024-06-01..2024-06-30  → done
    open 2024-06-27                               → done
    file 建德 area 100.0000                       → done
    fund 余杭 1 000.00 wan                        → done
    d1 = propose 建德 建德→余杭 area 10 @20.00    → done
    accept 余杭 d1                                → accepted
    d2 = propose 建德 建德→余杭 area 10 @21.00    → done
    accept 余杭 d2                                → accepted
    close 2024-06-27                              → done
    open 2024-07-01                               → done
    revoke r1                            → done
    price area 21.00 2024-06-01..2024-06-30  → done
    confirm d1                           → done
      voided d1 below_floor H66-7.6
      freed 余杭 40.00 wan
      freed 建德 area 10.0000
    confirm d2                           → done
    deal d2 confirmed 210.00 wan
  )");
}

TEST(Settlement, ADeadlineBeyondTheCalendarIsRefusedWithTheYearItLacks) {
  // Five working days after Mon 28 December 2026 lie in 2027, which the shipped calendar does not have.
  script::Market market = production();
  market.check(R"(
    open 2026-12-28                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 100.00 wan                                → done
    d1 = propose 淳安 淳安→余杭 linkage 10.0000 @10.00  → done
    accept 余杭 d1                                      → accepted
    confirm d1                                          → refused no_rule_in_force H66-21.4
    deal d1 accepted 100.00 wan
  )");
  const auto refused = script::refusal_in(
      market.send(script::bureau(), engine::command::ConfirmDeal{.deal = {market.named("d1")}, .document = "确认书"}));
  ASSERT_TRUE(refused);
  const auto told = wire::tell(*refused, {});
  EXPECT_TRUE(told.en.starts_with("The working calendar lacks 2027 (it has 2022-01-01 to 2026-12-31)")) << told.en;
  EXPECT_TRUE(told.way_out_en.starts_with("Add [[year]] for 2027 to calendar.toml")) << told.way_out_en;
  EXPECT_TRUE(told.way_out_zh.starts_with("在 calendar.toml 补上 2027 年的 [[year]]")) << told.way_out_zh;
}

TEST(Settlement, WhatHangsFromTheOpenClauseIsSaidToBeOursAndNotTheLaw) {
  script::Market market = production();
  market.check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 100.00 wan                                → done
    d1 = propose 淳安 淳安→余杭 linkage 10.0000 @10.00  → done
    accept 余杭 d1                                      → accepted
    confirm d1                                          → done
    pay-deal 余杭 d1                                    → done
    settle d1                                           → refused notice_not_over H66-21.4
  )");
  const auto refused =
      script::refusal_in(market.send(script::bureau(), engine::command::SettleDeal{.deal = {market.named("d1")}}));
  ASSERT_TRUE(refused);
  const auto told = wire::tell(*refused, {});
  EXPECT_EQ(told.rule, "H66-21.4");
  EXPECT_NE(told.en.find("our default, not the law"), std::string::npos) << told.en;
  EXPECT_NE(told.zh.find("本所默认，非文件规定"), std::string::npos) << told.zh;
}

TEST(Settlement, WhatNobodyConfirmsInTenWorkingDaysLapsesAndBothHaveBackWhatTheyHold) {
  // Agreed on Mon 3 June 2024. The working days after it: 4, 5, 6, 7, (10: Dragon Boat Festival,) 11, 12, 13, 14, 17,
  // 18: the tenth is Tue 18 June, the last on which it is confirmed.
  production().check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    d1 = propose 淳安 淳安→余杭 linkage 60.0000 @15.00  → done
    accept 余杭 d1                                      → accepted
    d2 = propose 淳安 淳安→余杭 linkage 10.0000 @15.00  → done
    accept 余杭 d2                                      → accepted
    cash  余杭 free 790.00 wan held 210.00 wan
    close 2024-06-03                                    → done
    open 2024-06-18                                     → done
    deal d1 accepted 900.00 wan
    confirm d2                                          → done
    close 2024-06-18                                    → done
    open 2024-06-19                                     → done
      freed 余杭 180.00 wan
      freed 淳安 linkage 60.0000
    deal d1 lapsed 900.00 wan
    deal d2 confirmed 150.00 wan
    cash  余杭 free 970.00 wan held 30.00 wan
    holds 淳安 linkage free 90.0000 held 10.0000
    confirm d1                                          → refused deal_state_forbids
    void d1                                             → refused deal_state_forbids
  )");
}

}  // namespace
}  // namespace landex
