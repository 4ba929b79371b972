// Four eyes 审批: what has a chain is proposed, decided step by step by other people, on notice, and then done; or
// returned, refused, taken back, expired, void. The chains are those shipped for the production venue: a write-off is
// looked at by the county (5 working days), then by the bureau (10). Over National Day 2024 the days after Friday 27
// September are Sun 29, Mon 30, (1–7 October off,) Tue 8, Wed 9, Thu 10, Fri 11, Sat 12, Mon 14, Tue 15, Wed 16: the
// 5th is 10 October, the 10th is 16 October.
#include <gtest/gtest.h>

#include "exchange/engine/views.hpp"
#include "exchange/wire/refusal_text.hpp"
#include "tests/market_script.hpp"

namespace landex {
namespace {

namespace cmd = engine::command;
using engine::ProposalAct;
using engine::Reason;
using policy::ChainRole;
using policy::StepKind;
using policy::SubjectKind;
using script::Market;
using script::place;
using script::Sender;

Market production() { return Market{{.pack = script::shipped().pack, .venue = engine::Venue::production}}; }

/// With one more chain, of the bureau alone.
Market with_chain(SubjectKind kind, uint16_t notice) {
  policy::Pack pack = script::shipped().pack;
  pack.chains.push_back({.subject = kind,
                         .venue = {},
                         .from = pack.from,
                         .until = pack.until,
                         .steps = {{.step = StepKind::approve, .role = ChainRole::bureau, .within = 5}},
                         .notice = notice,
                         .clause = policy::Clause::h66_21_4,
                         .origin = policy::Origin::our_default});
  return Market{{.pack = pack, .venue = engine::Venue::production}};
}

TEST(Approvals, WhereAChainIsInForceTheCommandIsRefusedAndTheWayIsToProposeIt) {
  production().check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done      # filings have no chain
    use 建德 linkage 10.0000                 → refused approval_needed
    p1 = ask use 建德 linkage 10.0000        → done
      proposed p1 write_off first_review until 2024-10-10
    holds 建德 linkage free 100.0000 used 0.0000
    ask file 建德 linkage 5.0000             → refused no_chain
  )");
}

TEST(Approvals, EachStepIsAnotherPersonsAndTheLastOneDoesIt) {
  production().check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done
    p1 = ask use 建德 linkage 10.0000        → done
    pass 建德 p1                             → refused needs_another_person   # the one who proposed
    by 2 pass 余杭 p1                        → refused unknown_proposal       # another county's is not known to it
    pass 杭州 p1                             → refused not_your_step          # the county comes first
    by 2 pass 建德 p1                        → done
      approval p1 under_review approve until 2024-10-16
    by 3 pass 建德 p1                        → refused not_your_step          # now it is the bureau's
    pass 杭州 p1                             → done
      approval p1 effective
    holds 建德 linkage free 90.0000 used 10.0000
    pass 杭州 p1                             → refused proposal_state_forbids
    proposal p1 effective
  )");
}

TEST(Approvals, TwoStepsOfOneOfficeAreTwoPeople) {
  policy::Pack pack = script::shipped().pack;
  for (auto& c : pack.chains)
    if (c.subject == SubjectKind::withdraw)
      c.steps.insert(c.steps.begin(), {.step = StepKind::review, .role = ChainRole::bureau, .within = 1});
  Market{{.pack = pack, .venue = engine::Venue::production}}.check(R"(
    open 2024-09-27                          → done
    fund 余杭 100.00 wan                     → done
    p1 = ask withdraw 余杭 40.00 wan         → done
      proposed p1 withdraw review until 2024-09-29
    by 2 pass 杭州 p1                        → done
      approval p1 under_review approve until 2024-10-10
    by 2 pass 杭州 p1                        → refused needs_another_person
    pass 杭州 p1                             → refused needs_another_person
    by 3 pass 杭州 p1                        → done
      approval p1 effective
    cash 余杭 free 60.00 wan
  )");
}

TEST(Approvals, WhatIsApprovedIsOnNoticeForFiveWorkingDaysAcrossNationalDay) {
  with_chain(SubjectKind::file_batch, 5).check(R"(
    open 2024-09-27                       → done
    file 建德 linkage 100.0000            → refused approval_needed
    p1 = ask file 建德 linkage 100.0000   → done
    pass 杭州 p1                          → done
      approval p1 in_notice until 2024-10-10
    recall 建德 p1                        → refused proposal_state_forbids
    close 2024-09-27                      → done
    open 2024-10-10                       → done
      approval nothing
    proposal p1 in_notice until 2024-10-10   # its last day
    close 2024-10-10                      → done
    open 2024-10-11                       → done
      approval p1 effective
    holds 建德 linkage free 100.0000
  )");
}

TEST(Approvals, WhatNobodyDecidesInTimeHasExpired) {
  production().check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done
    p1 = ask use 建德 linkage 10.0000        → done
      proposed p1 write_off first_review until 2024-10-10
    close 2024-09-27                         → done
    open 2024-10-10                          → done
    proposal p1 under_review first_review until 2024-10-10
    close 2024-10-10                         → done
    open 2024-10-11                          → done
      approval p1 expired
    by 2 pass 建德 p1                        → refused proposal_state_forbids
    recall 建德 p1                           → refused proposal_state_forbids
    holds 建德 linkage free 100.0000 used 0.0000
  )");
}

TEST(Approvals, WhatFallsDueWithADayComesInTheOrderOfItsDaysThenOfItsNumbers) {
  production().check(R"(
    open 2024-09-26                          → done
    file 建德 linkage 100.0000               → done
    fund 余杭 100.00 wan                     → done
    close 2024-09-26                         → done
    open 2024-09-27                          → done
    p1 = ask use 建德 linkage 10.0000        → done
    p2 = ask use 建德 linkage 20.0000        → done
    by 2 pass 建德 p1                        → done
    p3 = ask withdraw 余杭 1.00 wan          → done
    close 2024-09-27                         → done
    open 2024-12-02                          → done
      approval p2 expired
      approval p3 expired
      approval p1 expired
  )");  // p2 and p3 were due on 10 October, p1 on the 16th
}

TEST(Approvals, WhatIsReturnedIsCorrectedByItsProposerAndStartsAnew) {
  production().check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done
    p1 = ask use 建德 linkage 10.0000        → done
    by 2 return 建德 p1                      → done
      approval p1 returned
    by 2 pass 建德 p1                        → refused proposal_state_forbids
    by 2 correct p1 use 建德 linkage 9.0000  → refused not_your_proposal
    correct p1 file 建德 linkage 9.0000      → refused subject_differs
    correct p1 use 建德 linkage 100.0001     → refused not_enough_land
    correct p1 use 建德 linkage 9.0000       → done
      approval p1 under_review first_review until 2024-10-10
    correct p1 use 建德 linkage 8.0000       → refused proposal_state_forbids
    by 2 pass 建德 p1                        → done
    return 杭州 p1                           → done      # the bureau may too
      approval p1 returned
    correct p1 use 建德 linkage 7.0000       → done
      approval p1 under_review first_review until 2024-10-10
    by 2 pass 建德 p1                        → done      # a new round: the same people may decide again
    pass 杭州 p1                             → done
      approval p1 effective
    holds 建德 linkage free 93.0000 used 7.0000
  )");
}

TEST(Approvals, WhatIsRefusedIsOverAndARefusalSaysWhy) {
  Market market = production();
  market.check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done
    p1 = ask use 建德 linkage 10.0000        → done
    p2 = ask use 建德 linkage 10.0000        → done
  )");
  const auto refused = script::refusal_in(market.send(
      Sender{.participant = place("建德"), .nth = 2},
      cmd::DecideProposal{
          .proposal = {market.named("p1")}, .verdict = engine::StepVerdict::refuse, .reason = {}, .document = {}}));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, Reason::document_missing);
  EXPECT_EQ(refused->text, "reason");
  market.check(R"(
    by 2 reject 建德 p1                      → done
      approval p1 refused
    by 2 pass 建德 p2                        → done
    reject 杭州 p2                           → done
      approval p2 refused
    pass 杭州 p2                             → refused proposal_state_forbids
    correct p2 use 建德 linkage 9.0000       → refused proposal_state_forbids
    holds 建德 linkage free 100.0000 used 0.0000
  )");
}

TEST(Approvals, OnlyItsProposerTakesItBackAndOnlyBeforeItIsApproved) {
  production().check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done
    p1 = ask use 建德 linkage 10.0000        → done
    by 2 recall 建德 p1                      → refused not_your_proposal
    recall 余杭 p1                           → refused unknown_proposal
    recall 建德 p1                           → done
      approval p1 withdrawn
    recall 建德 p1                           → refused proposal_state_forbids
    p2 = ask use 建德 linkage 10.0000        → done
    by 2 return 建德 p2                      → done
    recall 建德 p2                           → done
      approval p2 withdrawn
  )");
}

TEST(Approvals, WhatAnotherCountyProposesIsToldLikeANumberThatDoesNotExist) {
  Market market = production();
  market.check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done
    p1 = ask use 建德 linkage 10.0000        → done
    pass 余杭 p1                             → refused unknown_proposal
    reject 余杭 p1                           → refused unknown_proposal
    recall 余杭 p1                           → refused unknown_proposal
    by 2 return 建德 p1                      → done
    by 2 pass 余杭 p1                        → refused unknown_proposal   # whatever its state
  )");
  // The whole answer is the same, but for the number that was asked for.
  const ProposalId known{market.named("p1")}, unknown{9'999};
  const auto refusals = [&](ProposalId id) {
    const cmd::DecideProposal decide{
        .proposal = id, .verdict = engine::StepVerdict::pass, .reason = {}, .document = {}};
    const cmd::Resubmit again{
        .proposal = id,
        .subject =
            cmd::WriteOff{.instrument = Instrument::linkage, .quantity = Quantity::from_raw(1), .project = "项目"},
        .reason = "补正",
        .document = {}};
    std::vector<engine::Refusal> out;
    for (const engine::Command& c :
         {engine::Command{decide}, engine::Command{again}, engine::Command{cmd::WithdrawProposal{.proposal = id}}}) {
      const auto refused = script::refusal_in(market.send(script::officer_of("余杭"), c));
      if (!refused) continue;
      EXPECT_EQ(refused->facts,
                (std::vector<engine::Fact>{{engine::FactName::number, static_cast<int64_t>(id.value)}}));
      out.push_back({refused->reason, refused->rule, {}, refused->text});
    }
    return out;
  };
  EXPECT_EQ(refusals(known).size(), 3U);
  EXPECT_EQ(refusals(known), refusals(unknown));
}

TEST(Approvals, WhatCannotBeDoneAnyMoreWhenItIsApprovedIsVoidAndNothingMoves) {
  // Each of the two was possible when it was proposed: 60 of 100 mu. Together they are not.
  production().check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done
    p1 = ask use 建德 linkage 60.0000        → done
    p2 = ask use 建德 linkage 60.0000        → done
    ask use 建德 linkage 100.0001            → refused not_enough_land
    by 2 pass 建德 p1                        → done
    by 2 pass 建德 p2                        → done
    pass 杭州 p1                             → done
      approval p1 effective
    pass 杭州 p2                             → done      # the decision stands, what it was about does not
      approval p2 voided not_enough_land
    holds 建德 linkage free 40.0000 used 60.0000
    proposal p2 voided
  )");
}

TEST(Approvals, APriceThatIsApprovedTooLateForItsFirstDayIsVoid) {
  production().check(R"(
    open 2024-09-27                                      → done
    p1 = ask price area 20.00 2024-09-28..2024-12-31     → done
    p2 = ask price area 20.00 2024-09-30..2024-12-31     → done
    close 2024-09-27                                     → done
    price area 20.00 2024-09-30..2024-12-31              → refused approval_needed   # between the days too
    open 2024-09-29                                      → done
    by 2 pass 杭州 p1                                    → done
      approval p1 voided price_changes_open_day H66-7.6
    by 2 pass 杭州 p2                                    → done
      approval p2 effective
    close 2024-09-29                                     → done
    open 2024-09-30                                      → done
    file 建德 area 10.0000                               → done
      claim 建德 area 2.0000 40.00 wan                   # 20 % of 10, at 20.00
  )");
}

TEST(Approvals, WhatSeveralProposalsMakeWithOneOpeningBearsTheNumberOfEach) {
  Market market = with_chain(SubjectKind::file_batch, 1);
  market.check(R"(
    open 2024-09-27                          → done
    p1 = ask file 建德 linkage 100.0000      → done
    p2 = ask file 淳安 linkage 50.0000       → done
    pass 杭州 p2                             → done
      approval p2 in_notice until 2024-09-29
    pass 杭州 p1                             → done
    close 2024-09-27                         → done
    open 2024-09-30                          → done
      approval p1 effective
      approval p2 effective
    holds 建德 linkage free 100.0000
    holds 淳安 linkage free 50.0000
    ask deduct p1 area 1.0000                → done      # the filings are called as the proposals were
    ask deduct p2 area 1.0000                → done
  )");
  EXPECT_EQ(market.engine().state().registry.filings().size(), 2U);
}

TEST(Approvals, ADeadlineThatNobodyCanTellIsRefusedWithTheYearThatTheCalendarLacks) {
  Market market = production();
  market.check(R"(
    open 2026-12-28                          → done
    file 建德 linkage 100.0000               → done
    ask use 建德 linkage 10.0000             → refused no_rule_in_force
  )");
  const auto refused = script::refusal_in(
      market.send(script::officer_of("建德"), cmd::Propose{.subject = cmd::WriteOff{.instrument = Instrument::linkage,
                                                                                    .quantity = Quantity::from_raw(1),
                                                                                    .project = "项目"},
                                                           .reason = "事由",
                                                           .document = {}}));
  ASSERT_TRUE(refused);
  const auto told = wire::tell(*refused, {});
  EXPECT_EQ(told.en,
            "The working calendar lacks 2027 (it has 2022-01-01 to 2026-12-31), so no deadline can be told from "
            "2027-01-01 on.");
  EXPECT_EQ(told.way_out_en,
            "Add [[year]] for 2027 to calendar.toml (from the State Council's notice), and activate the policy files "
            "again.");
  EXPECT_EQ(told.way_out_zh, "在 calendar.toml 补上 2027 年的 [[year]]（国务院办公厅放假通知），再启用政策文件。");
}

TEST(Approvals, WhoMayProposeIsWhatTheTableOfTheChainsSays) {
  // A chain with a step of the district is usable exactly where a district may propose: asked of the commands
  // themselves, each as empty as it can be.
  const std::pair<SubjectKind, engine::Subject> subjects[] = {
      {SubjectKind::deduct_batch, cmd::DeductBatch{}},
      {SubjectKind::write_off, cmd::WriteOff{}},
      {SubjectKind::publish_price, cmd::PublishPrice{}},
      {SubjectKind::settle_deal, cmd::SettleDeal{}},
      {SubjectKind::settle_claims, cmd::SettleClaims{}},
      {SubjectKind::withdraw, cmd::Withdraw{}},
      {SubjectKind::cancel_auction, cmd::CancelAuction{}},
      {SubjectKind::apply_advance, cmd::ApplyAdvance{}},
      {SubjectKind::confirm_deal, cmd::ConfirmDeal{}},
      {SubjectKind::void_deal, cmd::VoidDeal{}},
      {SubjectKind::revoke_price, cmd::RevokePrice{}},
      {SubjectKind::adjust_batch, cmd::AdjustBatch{}},
      {SubjectKind::cancel_land, cmd::CancelLand{}},
      {SubjectKind::transfer_land, cmd::TransferLand{}},
      {SubjectKind::restore_land, cmd::RestoreLand{}},
      {SubjectKind::freeze_land, cmd::FreezeLand{}},
      {SubjectKind::unfreeze_land, cmd::UnfreezeLand{}},
      {SubjectKind::lend_land, cmd::LendLand{}},
      {SubjectKind::repay_advance, cmd::RepayAdvance{}},
      {SubjectKind::file_batch, cmd::FileBatch{.county = place("建德"),
                                               .kind = {},
                                               .area = {},
                                               .paddy = {},
                                               .capacity = {},
                                               .project = {},
                                               .document = {}}},
      {SubjectKind::enter_plots, cmd::EnterPlots{.county = place("建德"), .document = {}, .plots = {}}}};
  EXPECT_EQ(std::size(subjects), static_cast<size_t>(SubjectKind::repay_advance));  // those behind it are the pool's
  const policy::Pack shipped = script::shipped().pack;
  for (const auto& [kind, subject] : subjects) {
    SCOPED_TRACE(static_cast<int>(kind));
    Market market = production();
    const auto r = script::refusal_in(
        market.send(script::officer_of("建德"), cmd::Propose{.subject = subject, .reason = "事由", .document = {}}));
    ASSERT_TRUE(r);
    policy::Pack pack = shipped;
    std::erase_if(pack.chains, [&](const policy::Chain& c) { return c.subject == kind; });
    pack.chains.push_back({.subject = kind,
                           .venue = {},
                           .from = pack.from,
                           .until = pack.until,
                           .steps = {{.step = StepKind::approve, .role = ChainRole::district, .within = 5}},
                           .notice = 0,
                           .clause = policy::Clause::h66_21_4,
                           .origin = policy::Origin::our_default});
    Market empty{{.pack = std::nullopt}};
    const auto activated =
        script::refusal_in(empty.send(script::landexd(), cmd::Activate{.behaviour = engine::kBehaviour, .pack = pack}));
    const bool usable = !activated || activated->reason != Reason::policy_not_usable;
    EXPECT_EQ(usable, r->reason != Reason::not_permitted);
  }
}

TEST(Approvals, TheSimulationVenueHasNoChains) {
  Market{{.pack = script::shipped().pack}}.check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done
    use 建德 linkage 10.0000                 → done
    ask use 建德 linkage 10.0000             → refused no_chain
  )");
}

TEST(Approvals, TheDeskShowsWhatIsToDoWhatIsUnderWayAndWhatIsOver) {
  production().check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done
    p1 = ask use 建德 linkage 10.0000        → done
    p2 = by 2 ask use 建德 linkage 20.0000   → done
    p3 = ask use 建德 linkage 30.0000        → done
    inbox 建德 1 to_do p2 running p1 p3 ended
    inbox 建德 2 to_do p1 p3 running p2 ended
    inbox 杭州 1 to_do running p1 p2 p3 ended
    inbox 余杭 1 to_do running ended
    by 2 pass 建德 p1                        → done
    by 2 return 建德 p3                      → done
    inbox 建德 1 to_do p2 p3 running p1 ended
    inbox 杭州 1 to_do p1 running p2 p3 ended
    pass 杭州 p1                             → done
    recall 建德 p3                           → done
    inbox 建德 2 to_do running p2 ended p3 p1
    inbox 杭州 2 to_do running p2 ended p3 p1
  )");
}

TEST(Approvals, TheFileOfAProposalSaysWhoDidWhatAndWhen) {
  Market market = production();
  market.check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done
    p1 = ask use 建德 linkage 10.0000        → done
    by 2 return 建德 p1                      → done
    correct p1 use 建德 linkage 9.0000       → done
    by 2 pass 建德 p1                        → done
    pass 杭州 p1                             → done
  )");
  const auto file = [&](const Sender& who) {
    return std::get<engine::view::ProposalFile>(engine::answer(
        market.engine().state(), {.person = person_of(who), .participant = who.participant, .role = who.role},
        engine::query::GetProposal{.proposal = {market.named("p1")}}));
  };
  const Sender first = script::officer_of("建德"), second{.participant = place("建德"), .nth = 2};
  const struct {
    ProposalAct act;
    std::optional<StepKind> step;
    PersonId person;
    const char* reason;
  } expected[] = {{ProposalAct::proposed, {}, person_of(first), "事由"},
                  {ProposalAct::returned, StepKind::first_review, person_of(second), "意见"},
                  {ProposalAct::resubmitted, {}, person_of(first), "补正"},
                  {ProposalAct::passed, StepKind::first_review, person_of(second), "意见"},
                  {ProposalAct::passed, StepKind::approve, person_of(script::bureau()), "意见"},
                  {ProposalAct::took_effect, {}, PersonId{}, ""}};
  const auto seen = file(script::bureau());
  ASSERT_TRUE(seen.proposal);
  EXPECT_EQ(std::get<cmd::WriteOff>(seen.proposal->subject).quantity, Quantity::from_raw(90'000));  // as corrected
  ASSERT_EQ(seen.marks.size(), std::size(expected));
  for (size_t i = 0; i < seen.marks.size(); ++i) {
    EXPECT_EQ(seen.marks[i].act, expected[i].act) << i;
    EXPECT_EQ(seen.marks[i].step, expected[i].step) << i;
    EXPECT_EQ(seen.marks[i].person, expected[i].person) << i;
    EXPECT_EQ(seen.marks[i].reason, expected[i].reason) << i;
  }
  EXPECT_FALSE(file(script::officer_of("余杭")).proposal) << "another county's is not shown";
  EXPECT_TRUE(file(script::officer_of("余杭")).marks.empty());
}

TEST(Approvals, AChainThatIsChangedDoesNotReachBackToWhatIsUnderReview) {
  Market market = production();
  market.check(R"(
    open 2024-09-27                          → done
    file 建德 linkage 100.0000               → done
    p1 = ask use 建德 linkage 10.0000        → done
    close 2024-09-27                         → done
  )");
  market.send(script::landexd(), cmd::Activate{.behaviour = engine::kBehaviour, .pack = script::at_once()});
  market.check(R"(
    open 2024-09-29                          → done
    use 建德 linkage 5.0000                  → done      # there is no chain any more
    by 2 pass 建德 p1                        → done
      approval p1 under_review approve until 2024-10-17
    pass 杭州 p1                             → done
    holds 建德 linkage free 85.0000 used 15.0000
  )");  // ten working days after Sunday 29 September: 30, 8, 9, 10, 11, 12, 14, 15, 16, 17
}

TEST(Approvals, APackWhoseChainsOverlapOrCannotBeFollowedIsNotUsable) {
  const policy::Pack shipped = script::shipped().pack;
  const auto refused = [](const policy::Pack& pack) {
    Market market{{.pack = std::nullopt}};
    const auto r = script::refusal_in(
        market.send(script::landexd(), cmd::Activate{.behaviour = engine::kBehaviour, .pack = pack}));
    return r && r->reason == Reason::policy_not_usable;
  };
  EXPECT_FALSE(refused(shipped));
  policy::Pack twice = shipped, nobody = shipped, backwards = shipped, at_once = shipped, loud = shipped,
               disordered = shipped;
  twice.chains.push_back(twice.chains.front());
  nobody.chains.front().steps.clear();
  backwards.chains.front().steps = {{StepKind::approve, ChainRole::bureau, 5},
                                    {StepKind::review, ChainRole::bureau, 5}};
  at_once.chains.front().steps.front().within = 0;
  loud.chains.front().subject = SubjectKind::cancel_auction;
  loud.chains.front().notice = 5;
  disordered.calendar->exceptions.push_back(disordered.calendar->exceptions.front());
  for (const auto* pack : {&twice, &nobody, &backwards, &at_once, &loud, &disordered}) EXPECT_TRUE(refused(*pack));
}

TEST(Approvals, WhatIsPaidOfAClaimIsWhatWasApprovedAndNotWhatCameToBeOwedSince) {
  // 100 mu filed: 20 pooled, 400 万元 owed. While the payment is under review another 100 mu are filed: 800 are owed.
  policy::Pack pack = script::at_once();
  pack.chains.push_back({.subject = SubjectKind::settle_claims,
                         .venue = {},
                         .from = pack.from,
                         .until = pack.until,
                         .steps = {{.step = StepKind::approve, .role = ChainRole::bureau, .within = 5}},
                         .notice = 0,
                         .clause = policy::Clause::h66_21_4,
                         .origin = policy::Origin::our_default});
  Market market{{.pack = pack, .venue = engine::Venue::production}};
  market.check(R"(
    price area 20.00 2024-09-01..2024-12-31            → done
    open 2024-09-27                                    → done
    fund 杭州 1 000.00 wan                             → done
    file 建德 area 100.0000                            → done
    cash 建德 free 0.00 yuan claims 400.00 wan
    ask pay 建德                                       → refused document_missing H66-7.4   # how much?
    p1 = ask pay 建德 most 400.00 wan                  → done
    file 建德 area 100.0000                            → done
    cash 建德 free 0.00 yuan claims 800.00 wan
    by 2 pass 杭州 p1                                  → done
      approval p1 effective
    cash 建德 free 400.00 wan claims 400.00 wan
    p2 = ask pay 建德 most 500.00 wan                  → done      # more than is owed: what is owed
    by 2 pass 杭州 p2                                  → done
    cash 建德 free 800.00 wan claims 0.00 yuan
    cash 杭州 free 200.00 wan
    ask pay 建德 most 0.00 yuan                        → refused value_out_of_range
  )");
  const auto refused = script::refusal_in(market.send(
      script::bureau(),
      cmd::Propose{
          .subject = cmd::SettleClaims{.county = place("建德"), .at_most = {}}, .reason = "事由", .document = {}}));
  ASSERT_TRUE(refused);
  EXPECT_NE(wire::tell(*refused, {}).way_out_en.find("--at-most"), std::string::npos);
}

TEST(Approvals, TheVerbsOfTheRegistryTakeTwoPeopleAtProductionAndAFreezeTakesOne) {
  production().check(R"(
    open 2024-09-27                                    → done
    f1 = file 建德 linkage 100.0000                    → done
    z1 = freeze 建德 linkage 10.0000                   → done      # at once: it takes nothing away
    unfreeze z1 5.0000                                 → refused approval_needed
    transfer 建德→余杭 linkage 10.0000                 → refused approval_needed
    cancel-land 建德 linkage 1.0000                    → refused approval_needed
    adjust f1 area 2.0000 corrects f1                  → refused approval_needed
    lend 建德→余杭 linkage 10.0000 due 2024-12-02      → refused approval_needed
    holds 建德 linkage free 90.0000
    p1 = ask unfreeze z1 5.0000                        → done
    p2 = ask transfer 建德→余杭 linkage 10.0000        → done
    p3 = ask cancel-land 建德 linkage 1.0000           → done
    p4 = ask adjust f1 area 2.0000 corrects f1         → done
    p5 = ask lend 建德→余杭 linkage 20.0000 due 2024-12-02 → done
    pass 杭州 p1                                       → refused needs_another_person
    by 2 pass 杭州 p1                                  → done
    by 2 pass 杭州 p2                                  → done
    by 2 pass 杭州 p3                                  → done
    by 2 pass 杭州 p4                                  → done
    pass 杭州 p5                                       → refused not_your_step   # the county comes first
    by 2 pass 建德 p5                                  → done
    pass 杭州 p5                                       → done
    holds 建德 linkage free 66.0000                    # 90 + 5 − 10 − 1 + 2 − 20
    holds 余杭 linkage free 10.0000
    use 余杭 linkage 1.0000                            → refused approval_needed
    restore f1 1.0000                                  → refused approval_needed
  )");
}

TEST(Approvals, TheVenueIsLandexdsToSetOnceThereHasBeenADay) {
  // At production a withdrawal takes two. Who could make the venue `simulation` for a moment could do it alone.
  Market market = production();
  const auto set = [&](const Sender& who, engine::Venue venue) {
    return script::refusal_in(market.send(who, cmd::SetVenue{.venue = venue}));
  };
  market.check(R"(
    open 2024-09-27                                    → done
    fund 余杭 100.00 wan                               → done
    withdraw 余杭 40.00 wan                            → refused approval_needed
    close 2024-09-27                                   → done
  )");
  const auto refused = set(script::bureau(), engine::Venue::simulation);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, Reason::not_permitted);
  EXPECT_FALSE(set(script::landexd(), engine::Venue::simulation)) << "as it is started";

  Market fresh{{.pack = script::shipped().pack, .venue = std::nullopt, .accounts = false}};
  EXPECT_FALSE(script::refusal_in(fresh.send(script::bureau(), cmd::SetVenue{.venue = engine::Venue::production})))
      << "before the first day there is nothing to get around";
}

}  // namespace
}  // namespace landex
