// The advance 预拨 to a mountain-4 county (H66-7.5): 50 % of the contract's reclamation fund, for indicators that are
// sure to be filed within a year. Applied for by the county, reviewed and approved by two people of the bureau, paid
// out of the city's cash; netted against what the pool owes for filings in time; called back when its day has passed.
#include <gtest/gtest.h>

#include "exchange/engine/views.hpp"
#include "exchange/wire/refusal_text.hpp"
#include "tests/market_script.hpp"

namespace landex {
namespace {

namespace cmd = engine::command;
using engine::Reason;
using script::Market;

/// The pack as shipped: the simulation venue has the advance's chain, and no other.
Market shipped() { return Market{{.pack = script::shipped().pack}}; }

TEST(Advance, OfAContractOfAThousandWanFiveHundredArePrepaidAndAFilingIsNettedFirst) {
  // H66-7.5: 1 000 × 50 % = 500 万元. 100 mu filed: 100 × 20 % = 20 mu pooled, × 20.00 = 400 万元: all of it is netted,
  // 500 − 400 = 100 stay.
  shipped().check(R"(
    price area 20.00 2024-01-01..2025-12-31                   → done
    open 2024-06-03                                           → done
    fund 杭州 600.00 wan                                      → done
    advance 建德 1 000.00 wan by 2025-06-03                   → refused approval_needed
    p1 = ask advance 建德 1 000.00 wan by 2025-06-03          → done
      proposed p1 apply_advance review until 2024-06-11       # Mon 10 June is Dragon Boat Festival
    pass 建德 p1                                              → refused not_your_step
    pass 杭州 p1                                              → done
    pass 杭州 p1                                              → refused needs_another_person
    by 2 pass 杭州 p1                                         → done
      approval p1 effective
      advanced p1 建德 500.00 wan until 2025-06-03
    cash 建德 free 500.00 wan advances 500.00 wan claims 0.00 yuan
    cash 杭州 free 100.00 wan advances -500.00 wan

    f1 = file 建德 area 100.0000                              → done
      claim 建德 area 20.0000 400.00 wan
      reduced-advance p1 paid by 400.00 wan to 100.00 wan filing f1
    cash 建德 free 500.00 wan advances 100.00 wan claims 0.00 yuan
    cash 杭州 free 100.00 wan advances -100.00 wan claims 0.00 yuan
    pay 建德                                                  → refused nothing_to_settle H66-7.4

    f2 = file 建德 area 100.0000                              → done     # 100 are netted, 300 are owed
      reduced-advance p1 settled by 100.00 wan to 0.00 yuan filing f2
    cash 建德 free 500.00 wan advances 0.00 yuan claims 300.00 wan
  )");
}

TEST(Advance, OnlyTheFourMountainCountiesApply) {
  shipped().check(R"(
    open 2024-06-03                                           → done
    fund 杭州 2 000.00 wan                                    → done
    ask advance 富阳 1 000.00 wan by 2025-06-03               → refused advance_not_for_class H66-7.5
    ask advance 余杭 1 000.00 wan by 2025-06-03               → refused advance_not_for_class H66-7.5
    ask advance 临安 100.00 wan by 2025-06-03                 → done
    ask advance 桐庐 100.00 wan by 2025-06-03                 → done
    ask advance 淳安 100.00 wan by 2025-06-03                 → done
    ask advance 建德 100.00 wan by 2025-06-03                 → done
  )");
}

TEST(Advance, TheFilingIsSureWithinAYearOfTheApplicationAndNotBeforeIt) {
  shipped().check(R"(
    open 2024-06-03                                           → done
    fund 杭州 2 000.00 wan                                    → done
    ask advance 建德 100.00 wan by 2025-06-04                 → refused advance_day_out_of_reach H66-7.5
    ask advance 建德 100.00 wan by 2024-06-02                 → refused advance_day_out_of_reach H66-7.5
    ask advance 建德 100.00 wan by 2025-06-03                 → done
    ask advance 建德 100.00 wan by 2024-06-03                 → done
  )");
}

TEST(Advance, TheCityHasTheMoneyWhenItIsAppliedForAndWhenItIsPaid) {
  Market market = shipped();
  market.check(R"(
    open 2024-06-03                                           → done
    fund 杭州 499.99 wan                                      → done
    ask advance 建德 1 000.00 wan by 2025-06-03               → refused not_enough_money H66-7.5
    fund 杭州 0.01 wan                                        → done
    p1 = ask advance 建德 1 000.00 wan by 2025-06-03          → done
    p2 = ask advance 淳安 1 000.00 wan by 2025-06-03          → done
    pass 杭州 p1                                              → done
    by 2 pass 杭州 p1                                         → done
      approval p1 effective
    pass 杭州 p2                                              → done
    by 2 pass 杭州 p2                                         → done
      approval p2 voided not_enough_money H66-7.5
    cash 淳安 free 0.00 yuan advances 0.00 yuan
  )");
  const auto refused = script::refusal_in(market.send(
      script::officer_of("建德"),
      cmd::Propose{
          .subject = cmd::ApplyAdvance{.fund = Fen::wan(1), .filing_by = script::on(2025, 6, 3), .contract = {}},
          .reason = "事由",
          .document = {}}));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, Reason::document_missing);
  EXPECT_EQ(refused->rule, policy::Clause::h66_7_5);
}

TEST(Advance, WhatIsLeftAfterItsDayIsCalledBackAndPaidBack) {
  shipped().check(R"(
    price area 20.00 2024-01-01..2025-12-31                   → done
    open 2024-06-03                                           → done
    fund 杭州 500.00 wan                                      → done
    p1 = ask advance 建德 1 000.00 wan by 2024-07-01          → done
    pass 杭州 p1                                              → done
    by 2 pass 杭州 p1                                         → done
    repay 建德 p1 500.01 wan                                  → refused repays_too_much
    repay 余杭 p1 1.00 wan                                    → refused unknown_advance
    repay 建德 p1 100.00 wan                                  → done
      reduced-advance p1 paid by 100.00 wan to 400.00 wan
    close 2024-06-03                                          → done
    open 2024-07-01                                           → done     # its last day
      reduced-advance nothing
    close 2024-07-01                                          → done
    open 2024-07-02                                           → done
      reduced-advance p1 overdue by 0.00 yuan to 400.00 wan
    file 建德 area 100.0000                                   → done     # too late to be netted
      claim 建德 area 20.0000 400.00 wan
      reduced-advance nothing
    cash 建德 free 400.00 wan advances 400.00 wan claims 400.00 wan
    repay 杭州 p1 400.00 wan                                  → done     # the bureau records it
      reduced-advance p1 settled by 400.00 wan to 0.00 yuan
    cash 建德 free 0.00 yuan advances 0.00 yuan claims 400.00 wan
    cash 杭州 free 500.00 wan advances 0.00 yuan claims -400.00 wan
  )");
}

TEST(Advance, AFilingInTimeIsNettedWhenItsPriceIsPublishedEvenAfterTheDay) {
  shipped().check(R"(
    open 2024-06-03                                           → done
    fund 杭州 500.00 wan                                      → done
    p1 = ask advance 建德 1 000.00 wan by 2024-07-01          → done
    pass 杭州 p1                                              → done
    by 2 pass 杭州 p1                                         → done
    f1 = file 建德 area 100.0000                              → done
      claim 建德 area 20.0000 待定价
    close 2024-06-03                                          → done
    open 2024-07-02                                           → done
      reduced-advance p1 overdue by 0.00 yuan to 500.00 wan
    price area 20.00 2024-06-01..2024-06-30                   → done
      claim 建德 area 20.0000 400.00 wan
      reduced-advance p1 overdue by 400.00 wan to 100.00 wan filing f1
  )");
}

TEST(Advance, ThatWasNettedAtAPriceThatIsRevokedStaysNettedAndOnlyTheDifferenceIsNettedAgain) {
  // 400 of 500 were netted at 20.00. At 21.00 the claim is 420: 400 of it the county has had, 20 more are netted.
  shipped().check(R"(
    r1 = price area 20.00 2024-06-01..2024-06-30              → done
    open 2024-06-03                                           → done
    fund 杭州 500.00 wan                                      → done
    p1 = ask advance 建德 1 000.00 wan by 2025-06-03          → done
    pass 杭州 p1                                              → done
    by 2 pass 杭州 p1                                         → done
    f1 = file 建德 area 100.0000                              → done
      reduced-advance p1 paid by 400.00 wan to 100.00 wan filing f1
    close 2024-06-03                                          → done
    open 2024-07-01                                           → done
    revoke r1                                                 → done
      claim 建德 area 20.0000 待定价
      reduced-advance nothing
    cash 建德 claims 0.00 yuan advances 100.00 wan
    price area 21.00 2024-06-01..2024-06-30                   → done
      claim 建德 area 20.0000 420.00 wan
      reduced-advance p1 paid by 20.00 wan to 80.00 wan filing f1
    cash 建德 claims 0.00 yuan advances 80.00 wan
  )");
}

TEST(Advance, WhereNoChainIsInForceNobodyGetsOne) {
  // H66-7.5 «可»: the city grants it. Without the chain it cannot be proposed, and without approval it is not paid, by
  // whomever and at whichever venue; the words say what is missing.
  for (const auto venue : {engine::Venue::simulation, engine::Venue::production}) {
    Market market{{.pack = script::at_once(), .venue = venue}};
    market.check(R"(
      open 2024-06-03                                           → done
      fund 杭州 600.00 wan                                      → done
      advance 建德 1 000.00 wan by 2025-06-03                   → refused approval_needed
      ask advance 建德 1 000.00 wan by 2025-06-03               → refused no_chain
      cash 建德 free 0.00 yuan advances 0.00 yuan
    )");
    const engine::Command apply =
        engine::command::ApplyAdvance{.fund = Fen::wan(1'000), .filing_by = script::on(2025, 6, 3), .contract = "合同"};
    for (const auto& who : {script::bureau(), script::landexd()})
      EXPECT_EQ(script::refusal_in(market.send(who, apply))->reason, Reason::not_permitted);
    const auto refused = script::refusal_in(
        market.send(script::officer_of("建德"),
                    engine::command::Propose{
                        .subject = std::get<engine::command::ApplyAdvance>(apply), .reason = "事由", .document = {}}));
    ASSERT_TRUE(refused);
    const auto told = wire::tell(*refused, {});
    EXPECT_NE(told.way_out_en.find("write its chain into approvals.toml"), std::string::npos);
    EXPECT_NE(told.way_out_zh.find("approvals.toml"), std::string::npos);
    EXPECT_TRUE(market.engine().state().advances.left() == Fen{});
  }
}

TEST(Advance, WhatTheCityHasIsNotInTheFileThatTheCountyReads) {
  // 500 万元 are approved when the city has 100: void. The county is told that it is too little, the bureau how much
  // there is.
  Market market = shipped();
  market.check(R"(
    open 2024-06-03                                           → done
    fund 杭州 600.00 wan                                      → done
    p1 = ask advance 建德 1 000.00 wan by 2025-06-03          → done
    pass 杭州 p1                                              → done
    withdraw 杭州 500.00 wan                                  → done
    by 2 pass 杭州 p1                                         → done
      approval p1 voided not_enough_money H66-7.5
  )");
  const auto available = [&](const script::Sender& who) -> std::optional<int64_t> {
    const auto file = std::get<engine::view::ProposalFile>(engine::answer(
        market.engine().state(), {.person = person_of(who), .participant = who.participant, .role = who.role},
        engine::query::GetProposal{.proposal = {market.named("p1")}}));
    EXPECT_TRUE(file.refusal);
    if (!file.refusal) return std::nullopt;
    for (const auto& f : file.refusal->facts)
      if (f.name == engine::FactName::available_fen) return f.value;
    return std::nullopt;
  };
  EXPECT_EQ(available(script::bureau()), Fen::wan(100).raw());
  EXPECT_FALSE(available(script::officer_of("建德")));
  EXPECT_FALSE(available({.participant = script::place("杭州"), .role = engine::Role::auditor}));
}

TEST(Advance, OfTwoTheOlderIsNettedFirst) {
  shipped().check(R"(
    price area 20.00 2024-01-01..2025-12-31                   → done
    open 2024-06-03                                           → done
    fund 杭州 500.00 wan                                      → done
    p1 = ask advance 建德 100.00 wan by 2025-01-01            → done
    p2 = ask advance 建德 900.00 wan by 2024-12-01            → done
    pass 杭州 p1                                              → done
    pass 杭州 p2                                              → done
    by 2 pass 杭州 p2                                         → done
    by 2 pass 杭州 p1                                         → done
    f1 = file 建德 area 100.0000                              → done     # 400 are owed: 50 and 350 of 450
      reduced-advance p1 settled by 50.00 wan to 0.00 yuan filing f1
      reduced-advance p2 paid by 350.00 wan to 100.00 wan filing f1
  )");
}

}  // namespace
}  // namespace landex
