// Refusals: who may do what, which reason is the answer where several hold, that a refusal moves nothing, and that each
// has its words.
#include "exchange/engine/refusal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "exchange/wire/refusal_text.hpp"
#include "tests/refusal_ladders_pool.hpp"

namespace landex::refusals {
namespace {

TEST(Refusals, OfManyFaultsTheFirstInPrecedenceIsTheAnswerAndNothingMoves) {
  for (const auto& wrong : climbed().wrong) ADD_FAILURE() << wrong;
  EXPECT_GT(climbed().refusals.size(), 150U);
}

TEST(Refusals, EveryReasonIsReached) {
  for (const Reason r : all_reasons()) EXPECT_TRUE(climbed().seen.contains(r)) << name_of(r);
}

TEST(Refusals, PrecedenceNamesEveryReasonExactlyOnce) {
  for (const Reason r : all_reasons()) EXPECT_EQ(std::ranges::count(kPrecedence, r), 1) << name_of(r);
  EXPECT_EQ(kPrecedence.size(), all_reasons().size());
}

/// Neighbours in kPrecedence that no command and state can bring together.
struct Apart {
  Reason first, second;
  const char* why;
};
constexpr Apart kApart[] = {
    {Reason::exists_with_different_field, Reason::already_used, "the counter is in the window, or it is not"},
    {Reason::already_used, Reason::too_many_client_keys,
     "the first needs a client key that exists, the second a new one"},
    {Reason::no_policy_active, Reason::unknown_behaviour, "Activate alone names a behaviour, and needs no policy"},
    {Reason::policy_not_usable, Reason::day_not_open, "Activate needs no open day"},
    {Reason::day_not_open, Reason::day_already_open, "no command asks for both"},
    {Reason::day_not_later, Reason::rule_ended, "OpenDay asks for the rule set as a whole; clauses end on their own"},
    {Reason::no_rule_in_force, Reason::venue_already_set, "SetVenue needs no rule"},
    {Reason::venue_already_set, Reason::mode_not_open, "SetVenue uses no mode"},
    {Reason::mode_not_open, Reason::profile_not_usable, "a profile is set in every mode"},
    {Reason::profile_not_usable, Reason::approval_needed, "SetProfile needs no approval"},
    {Reason::approval_needed, Reason::no_chain, "a command; the proposal of one"},
    {Reason::account_already_open, Reason::account_not_open, "OpenAccount needs no account"},
    {Reason::unknown_auction, Reason::auction_over, "the second needs an auction that is known"},
    {Reason::auction_over, Reason::bidding_not_begun, "an auction is in one stage"},
    {Reason::bidding_not_begun, Reason::bidding_begun, "an auction is in one stage"},
    {Reason::bidding_begun, Reason::bidding_over, "CancelAuction; bids"},
    {Reason::bidding_over, Reason::bidding_not_over, "bids; OpenBids"},
    {Reason::bidding_not_over, Reason::auction_times, "OpenBids; announcements"},
    {Reason::auction_times, Reason::unknown_bid, "announcements; AmendBid, WithdrawBid"},
    {Reason::unknown_bid, Reason::unknown_instrument, "AmendBid, WithdrawBid; announcements"},
    {Reason::document_missing, Reason::legs_not_valid, "a deal names no document"},
    {Reason::legs_not_valid, Reason::period_ends_before_it_begins, "ProposeDeal; PublishPrice"},
    {Reason::no_plots, Reason::price_missing, "EnterPlots; ProposeDeal"},
    {Reason::price_off_tick, Reason::county_twice, "prices of trades; runs"},
    {Reason::year_out_of_reach, Reason::conditions_conflict, "runs; orders"},
    {Reason::phase_forbids, Reason::phase_move_not_legal, "orders; MovePhase"},
    {Reason::phase_move_not_legal, Reason::window_closed, "MovePhase; deals"},
    {Reason::expiry_not_later, Reason::unknown_filing, "PlaceOrder; DeductBatch"},
    {Reason::unknown_filing, Reason::unknown_order, "DeductBatch; CancelOrder"},
    {Reason::unknown_order, Reason::unknown_deal, "CancelOrder; AcceptDeal, EndDeal, SettleDeal"},
    {Reason::unknown_deal, Reason::unknown_proposal, "what an unknown proposal would carry is not looked at"},
    {Reason::unknown_proposal, Reason::unknown_advance, "proposals; RepayAdvance"},
    {Reason::unknown_advance, Reason::unknown_price_row, "RepayAdvance; RevokePrice"},
    {Reason::unknown_price_row, Reason::unknown_request, "RevokePrice; requests to the pool"},
    {Reason::unknown_request, Reason::unknown_allocation, "requests; AddDraws, AllocatePool"},
    {Reason::unknown_allocation, Reason::unknown_gap, "AddDraws, AllocatePool; RevokeGap"},
    {Reason::unknown_balance, Reason::unknown_title, "balances; titles"},
    {Reason::unknown_standard, Reason::unknown_task, "RevokeStandard; RecordRestored, AgreeUndertaking"},
    {Reason::unknown_task, Reason::unknown_enclave, "RecordRestored, AgreeUndertaking; AgreePbfTask"},
    {Reason::unknown_enclave, Reason::unknown_scale, "AgreePbfTask; UseReservedScale"},
    {Reason::unknown_scale, Reason::not_your_order, "UseReservedScale; CancelOrder"},
    {Reason::unknown_title, Reason::unknown_run, "titles; runs"},
    {Reason::unknown_run, Reason::unknown_standard, "runs; RevokeStandard"},
    {Reason::unknown_gap, Reason::unknown_balance, "RevokeGap; FillBalance, CloseBalance"},
    {Reason::not_your_order, Reason::not_your_deal, "CancelOrder; ProposeDeal, AcceptDeal, EndDeal"},
    {Reason::not_your_deal, Reason::not_your_proposal,
     "ProposeDeal, AcceptDeal, EndDeal; proposals carry none of them"},
    {Reason::not_your_proposal, Reason::not_your_step, "Resubmit, WithdrawProposal; DecideProposal"},
    {Reason::not_your_step, Reason::not_your_request, "DecideProposal names no request"},
    {Reason::not_your_request, Reason::not_your_title, "requests; titles"},
    {Reason::deal_state_forbids, Reason::proposal_state_forbids,
     "what a proposal carries is looked at where its state allows it"},
    {Reason::proposal_state_forbids, Reason::request_state_forbids, "no proposal carries what names a request"},
    {Reason::needs_another_person, Reason::subject_differs, "DecideProposal; Resubmit"},
    {Reason::subject_differs, Reason::notice_not_over, "a proposal's own words; the settlement of a deal"},
    {Reason::notice_not_over, Reason::order_has_moved, "SettleDeal; ReplaceOrder"},
    {Reason::order_has_moved, Reason::same_party_twice, "ReplaceOrder; ProposeDeal"},
    {Reason::not_among_bidders, Reason::already_declared, "one has declared, or one has not"},
    {Reason::already_declared, Reason::plot_already_entered, "DeclareBidder; EnterPlots"},
    {Reason::plot_already_entered, Reason::deduction_exceeds_filing, "EnterPlots; DeductBatch"},
    {Reason::deduction_exceeds_filing, Reason::unknown_project, "DeductBatch; FileBatch, MoveProject"},
    {Reason::unknown_project, Reason::project_move_not_legal, "the second needs a project that is known"},
    {Reason::project_move_not_legal, Reason::project_not_ready, "MoveProject; FileBatch"},
    {Reason::plot_in_conflict, Reason::unknown_conflict, "RecordConflict; ClearConflict"},
    {Reason::unknown_conflict, Reason::papers_missing, "the second needs a dispute that is known"},
    {Reason::papers_missing, Reason::unknown_entry, "ClearConflict; UnfreezeLand, ReturnLand, RestoreLand"},
    {Reason::unknown_entry, Reason::not_your_loan, "the second needs a loan that is known"},
    {Reason::already_resolved, Reason::exceeds_entry, "nothing is left of it, or something"},
    {Reason::exceeds_entry, Reason::unknown_correction, "UnfreezeLand, ReturnLand, RestoreLand; AdjustBatch"},
    {Reason::title_indivisible, Reason::already_registered, "SplitTitle; what governments register"},
    {Reason::already_registered, Reason::run_already_paid, "what governments register; runs"},
    {Reason::run_incomplete, Reason::run_stale, "facts that are refused today have no lines to compare"},
    {Reason::run_stale, Reason::deadline_passed, "ExecuteRun; RequestPool"},
    {Reason::deadline_passed, Reason::part_out_of_order, "RequestPool; AddDraws"},
    {Reason::part_out_of_order, Reason::allocation_stale, "AddDraws; AllocatePool"},
    {Reason::landing_missing, Reason::purpose_not_served, "without a landing there is no purpose"},
    {Reason::purpose_not_served, Reason::exception_missing, "AllotPlots, ProposeDeal; RequestPool"},
    {Reason::exception_missing, Reason::consent_missing, "RequestPool; RegisterTitle"},
    {Reason::request_state_forbids, Reason::title_state_forbids, "requests; titles"},
    {Reason::title_state_forbids, Reason::run_state_forbids, "titles; runs"},
    {Reason::run_state_forbids, Reason::balance_over, "runs; balances"},
    {Reason::loan_on_floor_route, Reason::title_already_registered, "LendLand; RegisterTitle, SplitTitle, EnterPlots"},
    {Reason::allocation_faulty, Reason::filled_by_taking, "AllocatePool; FillBalance"},
    {Reason::filled_by_taking, Reason::exceeds_need, "what comes from the pool is not measured here"},
    {Reason::not_your_loan, Reason::not_restorable, "ReturnLand; RestoreLand"},
    {Reason::not_restorable, Reason::already_resolved, "what cannot be restored never has been"},
    {Reason::unknown_correction, Reason::batch_expired, "what has expired is not corrected, whatever it names"},
    {Reason::batch_expired, Reason::term_not_later, "AdjustBatch, DeductBatch, RestoreLand; FileBatch, LendLand"},
    {Reason::balance_over, Reason::balance_differs, "of a balance that is closed no more is looked at"},
    {Reason::balance_differs, Reason::needs_another_person, "RequestPool; DecideProposal"},
    {Reason::exceeds_need, Reason::product_not_open, "balances; ProposeDeal"},
    {Reason::consent_missing, Reason::tier_skipped, "RegisterTitle; balances"},
    {Reason::tier_skipped, Reason::price_overlaps, "FillBalance; PublishPrice"},
    {Reason::price_changes_open_day, Reason::no_price_in_force, "PublishPrice; ProposeDeal"},
    {Reason::below_floor, Reason::no_standard, "sales; yearly figures and runs"},
    {Reason::no_standard, Reason::below_provincial, "the second needs the province's figure"},
    {Reason::below_provincial, Reason::wrong_class, "figures and runs; RegisterEnclave"},
    {Reason::wrong_class, Reason::own_task_open, "RegisterEnclave; AgreeUndertaking"},
    {Reason::undertakes_all, Reason::over_enclave_space, "AgreeUndertaking; RegisterEnclave"},
    {Reason::over_enclave_space, Reason::over_reserved_scale, "RegisterEnclave; UseReservedScale"},
    {Reason::over_reserved_scale, Reason::no_certified_gap, "UseReservedScale; purchases"},
    {Reason::no_certified_gap, Reason::advance_not_for_class, "ProposeDeal; ApplyAdvance"},
    {Reason::advance_day_out_of_reach, Reason::no_price_band, "ApplyAdvance; PlaceAtBest"},
    {Reason::no_price_band, Reason::outside_price_band, "an order at best names no price"},
    {Reason::total_out_of_range, Reason::bid_too_low, "of a bid the machine tells the first alone"},
    {Reason::bid_too_low, Reason::crosses_own_order, "bids; orders"},
    {Reason::crosses_own_order, Reason::deduction_exceeds_holding, "PlaceOrder; DeductBatch"},
    {Reason::deduction_exceeds_holding, Reason::repays_too_much, "DeductBatch; RepayAdvance"},
    {Reason::repays_too_much, Reason::over_purchase_limit, "RepayAdvance; purchases"},
    {Reason::own_need_reserved, Reason::fund_short, "offers; funds and runs"},
    {Reason::fund_short, Reason::not_enough_land, "funds and runs move no land"},
    {Reason::not_enough_land, Reason::not_enough_money, "a seller is asked for land, a buyer for money"},
    {Reason::book_full, Reason::auction_full, "orders; auctions"},
    {Reason::auction_full, Reason::nothing_to_settle, "auctions; SettleClaims"},
    {Reason::nothing_to_settle, Reason::nothing_to_pay, "SettleClaims; runs"},
};

TEST(Refusals, EachNeighbouringPairIsSeenTogetherOrIsSaidToBeApartWithTheReason) {
  const auto apart = [](Reason a, Reason b) {
    return std::ranges::count_if(kApart, [=](const Apart& p) { return p.first == a && p.second == b; });
  };
  size_t apart_pairs = 0;
  for (size_t i = 0; i + 1 < kPrecedence.size(); ++i) {
    const auto a = kPrecedence[i], b = kPrecedence[i + 1];
    const bool together = climbed().together.contains({a, b});
    EXPECT_EQ(together ? 1 : apart(a, b), 1) << name_of(a) << ", " << name_of(b) << ": neither seen nor listed once";
    EXPECT_FALSE(together && apart(a, b) > 0) << name_of(a) << ", " << name_of(b) << ": listed as apart, but seen";
    apart_pairs += static_cast<size_t>(apart(a, b));
  }
  EXPECT_EQ(apart_pairs, std::size(kApart)) << "a listed pair is no pair of neighbours";
}

// ---- who may do what ----

TEST(Roles, EachCommandIsForTheRolesThatTheTableNames) {
  constexpr unsigned kDistrict = 1, kTheBureau = 2, kSystem = 4;
  struct Row {
    const char* name;
    engine::Command command;
    unsigned allowed;
  };
  const District own = place("余杭");
  const cmd::FileBatch filing{
      .county = own, .kind = {}, .area = {}, .paddy = {}, .capacity = {}, .project = {}, .document = {}};
  const std::vector<Row> table{
      {"Activate", cmd::Activate{}, kSystem | kTheBureau},
      {"SetVenue, once there has been a day", cmd::SetVenue{}, kSystem},
      {"OpenDay", cmd::OpenDay{}, kTheBureau},
      {"CloseDay", cmd::CloseDay{}, kTheBureau},
      {"OpenAccount", cmd::OpenAccount{}, kTheBureau},
      {"Deposit", cmd::Deposit{}, kTheBureau},
      {"Withdraw", cmd::Withdraw{}, kTheBureau},
      {"PublishPrice", cmd::PublishPrice{}, kTheBureau},
      {"FileBatch of the own county", filing, kTheBureau | kDistrict},
      {"FileBatch of another county", cmd::FileBatch{}, kTheBureau},
      {"DeductBatch", cmd::DeductBatch{}, kTheBureau},
      {"EnterPlots of the own county", cmd::EnterPlots{.county = own, .document = {}, .plots = {}},
       kTheBureau | kDistrict},
      {"EnterPlots of another county", cmd::EnterPlots{}, kTheBureau},
      {"PlaceOrder", cmd::PlaceOrder{}, kDistrict},
      {"CancelOrder", cmd::CancelOrder{}, kDistrict},
      {"ProposeDeal", cmd::ProposeDeal{}, kDistrict},
      {"AcceptDeal", cmd::AcceptDeal{}, kDistrict},
      {"EndDeal", cmd::EndDeal{}, kDistrict},
      {"SettleDeal", cmd::SettleDeal{}, kTheBureau},
      {"SettleClaims", cmd::SettleClaims{}, kTheBureau},
      {"WriteOff", cmd::WriteOff{}, kDistrict},
      {"PlaceAtBest", cmd::PlaceAtBest{}, kDistrict},
      {"ReplaceOrder", cmd::ReplaceOrder{}, kDistrict},
      {"CancelOrders of the own", cmd::CancelOrders{.participant = own, .instrument = {}, .side = {}},
       kTheBureau | kDistrict},
      {"CancelOrders of another", cmd::CancelOrders{}, kTheBureau},
      {"SetProfile", cmd::SetProfile{}, kSystem | kTheBureau},
      {"MovePhase", cmd::MovePhase{}, kTheBureau},
      {"Tick", cmd::Tick{}, kSystem},
      {"CounterDeal", cmd::CounterDeal{}, kDistrict},
      {"AnnounceSealed", cmd::AnnounceSealed{}, kDistrict},
      {"BidSealed", cmd::BidSealed{}, kDistrict},
      {"AmendBid", cmd::AmendBid{}, kDistrict},
      {"WithdrawBid", cmd::WithdrawBid{}, kDistrict},
      {"OpenBids", cmd::OpenBids{}, kTheBureau},
      {"AnnounceListing", cmd::AnnounceListing{}, kDistrict},
      {"BidListing", cmd::BidListing{}, kDistrict},
      {"DeclareBidder", cmd::DeclareBidder{}, kDistrict},
      {"CancelAuction", cmd::CancelAuction{}, kTheBureau | kDistrict},
      {"Propose what the bureau does", cmd::Propose{}, kTheBureau},
      {"Propose a filing of the own county", cmd::Propose{.subject = filing, .reason = {}, .document = {}},
       kTheBureau | kDistrict},
      {"DecideProposal", cmd::DecideProposal{}, kTheBureau | kDistrict},
      {"Resubmit", cmd::Resubmit{}, kTheBureau | kDistrict},
      {"WithdrawProposal", cmd::WithdrawProposal{}, kTheBureau | kDistrict},
      {"ApplyAdvance", cmd::ApplyAdvance{}, kDistrict},
      {"RepayAdvance", cmd::RepayAdvance{}, kTheBureau | kDistrict},
      {"ConfirmDeal", cmd::ConfirmDeal{}, kTheBureau},
      {"PayDeal", cmd::PayDeal{}, kDistrict},
      {"VoidDeal", cmd::VoidDeal{}, kTheBureau},
      {"RevokePrice", cmd::RevokePrice{}, kTheBureau},
      {"RegisterProject of the own county", cmd::RegisterProject{.county = own, .kind = {}, .name = {}, .document = {}},
       kTheBureau | kDistrict},
      {"RegisterProject of another county", cmd::RegisterProject{}, kTheBureau},
      {"MoveProject", cmd::MoveProject{}, kTheBureau | kDistrict},
      {"RecordConflict of the own county",
       cmd::RecordConflict{.county = own, .plot = {}, .conflict = {}, .document = {}}, kTheBureau | kDistrict},
      {"RecordConflict of another county", cmd::RecordConflict{}, kTheBureau},
      {"ClearConflict", cmd::ClearConflict{}, kTheBureau | kDistrict},
      {"FreezeLand", cmd::FreezeLand{}, kTheBureau},
      {"UnfreezeLand", cmd::UnfreezeLand{}, kTheBureau},
      {"TransferLand", cmd::TransferLand{}, kTheBureau},
      {"LendLand", cmd::LendLand{}, kDistrict},
      {"ReturnLand", cmd::ReturnLand{}, kDistrict},
      {"RestoreLand", cmd::RestoreLand{}, kTheBureau},
      {"CancelLand", cmd::CancelLand{}, kTheBureau},
      {"AdjustBatch", cmd::AdjustBatch{}, kTheBureau},
      {"RequestPool of the own county",
       cmd::RequestPool{.county = own,
                        .purpose = {},
                        .project = {},
                        .need = {},
                        .lowest_grade = {},
                        .deadline = {},
                        .document = {},
                        .exception = {},
                        .balance = {}},
       kDistrict},
      {"RequestPool of another county", cmd::RequestPool{}, 0},
      {"WithdrawRequest", cmd::WithdrawRequest{}, kTheBureau | kDistrict},
      {"DraftAllocation", cmd::DraftAllocation{}, kTheBureau},
      {"AddDraws", cmd::AddDraws{}, kTheBureau},
      {"AllocatePool", cmd::AllocatePool{}, kTheBureau},
      {"TakeAllotment", cmd::TakeAllotment{}, kDistrict},
      {"ReturnAllotment", cmd::ReturnAllotment{}, kTheBureau | kDistrict},
      {"AllotPlots", cmd::AllotPlots{}, kTheBureau},
      {"OpenProduct", cmd::OpenProduct{}, kTheBureau},
      {"RegisterTitle of the own county",
       cmd::RegisterTitle{
           .county = own, .product = {}, .number = {}, .area = {}, .grade = {}, .document = {}, .consent = {}},
       kTheBureau | kDistrict},
      {"RegisterTitle of another county", cmd::RegisterTitle{}, kTheBureau},
      {"FlagPlot", cmd::FlagPlot{}, kTheBureau | kDistrict},
      {"SplitTitle", cmd::SplitTitle{}, kDistrict},
      {"UseTitles", cmd::UseTitles{}, kDistrict},
      {"CancelTitle", cmd::CancelTitle{}, kTheBureau},
      {"RegisterNeed of the own county",
       cmd::RegisterNeed{.county = own, .instrument = {}, .quantity = {}, .document = {}}, kDistrict},
      {"RegisterNeed of another county", cmd::RegisterNeed{}, 0},
      {"CertifyGap", cmd::CertifyGap{}, kTheBureau},
      {"RevokeGap", cmd::RevokeGap{}, kTheBureau},
      {"OpenBalance of the own county",
       cmd::OpenBalance{
           .county = own, .project = {}, .purpose = {}, .need = {}, .lowest_grade = {}, .deadline = {}, .document = {}},
       kDistrict},
      {"OpenBalance of another county", cmd::OpenBalance{}, 0},
      {"FillBalance", cmd::FillBalance{}, kDistrict},
      {"CloseBalance", cmd::CloseBalance{}, kTheBureau | kDistrict},
      {"EarmarkFund", cmd::EarmarkFund{}, kTheBureau},
      {"PublishStandard", cmd::PublishStandard{}, kTheBureau},
      {"RevokeStandard", cmd::RevokeStandard{}, kTheBureau},
      {"RegisterTask", cmd::RegisterTask{}, kTheBureau},
      {"RecordRestored", cmd::RecordRestored{}, kTheBureau},
      {"AgreeUndertaking", cmd::AgreeUndertaking{}, kTheBureau},
      {"RegisterEnclave", cmd::RegisterEnclave{}, kTheBureau},
      {"AgreePbfTask", cmd::AgreePbfTask{}, kTheBureau},
      {"SetTownshipScale", cmd::SetTownshipScale{}, kTheBureau},
      {"UseReservedScale of the own county",
       cmd::UseReservedScale{.county = own, .township = {}, .trade = {}, .area = {}, .project = {}, .document = {}},
       kTheBureau | kDistrict},
      {"UseReservedScale of another county", cmd::UseReservedScale{}, kTheBureau},
      {"ReckonRun", cmd::ReckonRun{}, kTheBureau},
      {"ExecuteRun", cmd::ExecuteRun{}, kTheBureau},
  };
  std::set<size_t> kinds;
  Market market;
  for (const auto& row : table) {
    kinds.insert(row.command.index());
    for (const auto& [role, bit] : {std::pair{Role::district, kDistrict},
                                    {Role::bureau, kTheBureau},
                                    {Role::analyst, 0U},
                                    {Role::auditor, 0U},
                                    {Role::system, kSystem}}) {
      const auto refused = script::refusal_in(market.send(Sender{.participant = own, .role = role}, row.command));
      const bool tick = std::holds_alternative<cmd::Tick>(row.command);  // nothing in it can be wrong
      ASSERT_TRUE(refused || tick) << row.name;                          // any other empty command is wrong in itself
      EXPECT_EQ(!refused || refused->reason != Reason::not_permitted, (row.allowed & bit) != 0)
          << row.name << ", role " << static_cast<int>(role);
    }
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<engine::CommandList>);
}

// ---- the words ----

TEST(Words, EveryReasonHasOneRowWithNoEmptyCell) {
  const auto has_chinese = [](std::string_view s) {  // in UTF-8 Chinese characters begin with E4 … E9
    return std::ranges::any_of(s, [](char c) { return '\xE4' <= c && c <= '\xE9'; });
  };
  for (const Reason r : all_reasons())
    EXPECT_EQ(std::ranges::count(wire::refusal_rows(), r, &wire::RefusalRow::reason), 1) << name_of(r);
  EXPECT_EQ(wire::refusal_rows().size(), all_reasons().size());
  for (const auto& row : wire::refusal_rows()) {
    for (const auto cell : {row.en, row.way_out_en})
      EXPECT_FALSE(cell.empty() || has_chinese(cell)) << name_of(row.reason);
    for (const auto cell : {row.zh, row.way_out_zh}) EXPECT_TRUE(has_chinese(cell)) << name_of(row.reason);
    EXPECT_EQ(std::ranges::count(wire::house_rules(), row.house_rule, &wire::HouseRule::id), 1) << name_of(row.reason);
  }
  for (const auto& rule : wire::house_rules()) EXPECT_FALSE(rule.zh.empty() || rule.en.empty()) << rule.id;
}

TEST(Words, EveryBraceNamesAFactThatThereIs) {
  std::set<std::string> known{"text", "of_year"};  // the fact `year`, which a missing calendar had taken
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<FactName>>([&](auto d) { known.insert(d.name); });
  size_t braces = 0;
  for (const auto& row : wire::refusal_rows())
    for (const std::string_view cell : {row.zh, row.en, row.way_out_zh, row.way_out_en})
      for (auto at = cell.find('{'); at != cell.npos; at = cell.find('{', at + 1)) {
        const auto end = cell.find('}', at);
        ASSERT_NE(end, cell.npos) << name_of(row.reason);
        EXPECT_TRUE(known.contains(std::string{cell.substr(at + 1, end - at - 1)}))
            << name_of(row.reason) << ": " << cell;
        ++braces;
      }
  EXPECT_GT(braces, 50U);
}

TEST(Words, BothLanguagesOfARowNameTheSameFacts) {
  const auto facts = [](std::string_view cell) {
    std::set<std::string> out;
    for (auto at = cell.find('{'); at != cell.npos; at = cell.find('{', at + 1))
      out.insert(std::string{cell.substr(at, cell.find('}', at) - at)});
    return out;
  };
  for (const auto& row : wire::refusal_rows()) {
    EXPECT_EQ(facts(row.zh), facts(row.en)) << name_of(row.reason);
    EXPECT_EQ(facts(row.way_out_zh), facts(row.way_out_en)) << name_of(row.reason);
  }
}

TEST(Words, WhatTheEngineRefusedIsToldWithoutAHole) {
  wire::PlaceNames places;
  for (const auto& u : script::shipped().units) places.emplace(u.district, wire::PlaceName{.zh = u.zh, .en = u.en});
  size_t told_count = 0;
  for (const auto& refusal : climbed().refusals) {
    const auto told = wire::tell(refusal, places);
    EXPECT_EQ(told.rule.starts_with("H66-"), refusal.rule.has_value()) << name_of(refusal.reason);
    for (const auto& words : {told.zh, told.en, told.way_out_zh, told.way_out_en}) {
      for (const auto* hole : {"(none)", "（无）", "''", "“”", "（）", "()", "?", "deal 0", "第 0 号"})
        EXPECT_EQ(words.find(hole), std::string::npos) << name_of(refusal.reason) << ": " << words;
      ++told_count;
    }
  }
  EXPECT_GT(told_count, 500U);
}

TEST(Words, ABidBelowTheFloorIsToldTheValueTheRuleAndTheWayOut) {
  Market market;
  market.check(R"(
    price area 20.0050 2024-06-01..2024-06-30 文号7  → done
    open 2024-06-03                                  → done
  )");
  const auto refusal = script::refusal_in(market.send(
      kJiande,
      cmd::ProposeDeal{
          .seller = place("建德"), .buyer = place("余杭"), .legs = {leg(Instrument::supplementary_area, 1, 195'000)}}));
  ASSERT_TRUE(refusal);
  const auto told = wire::tell(*refusal, {});
  EXPECT_EQ(told.rule, "H66-7.6");
  EXPECT_EQ(told.en,
            "19.50 wan yuan/mu is below the floor of 20.01 wan yuan/mu: mountain-4 to urban district, not below the "
            "cross-city price in force (文号7, 2024-06-01 to 2024-06-30).");
  EXPECT_EQ(
      told.zh,
      "19.50 万元/亩 低于下限 20.01 万元/亩：山区4县转让给城区，不低于同期跨市调剂价（文号7，2024-06-01 至 2024-06-30 "
      "有效）。");
  EXPECT_EQ(told.way_out_en, "Offer 20.01 wan yuan/mu or more.");
  EXPECT_EQ(told.way_out_zh, "报 20.01 万元/亩 或更高。");
}

}  // namespace
}  // namespace landex::refusals
