// subjects.hpp: what each command is about, for totals; and the comparison under changes that have been read, which
// tests call with none.
#pragma once
#include "clients/simulator/counterfactual/changes.hpp"

namespace landex::simulator {

inline Subject subject_of(const engine::Command& c) {
  using namespace engine::command;
  return std::visit(
      []<class C>(const C&) {
        using boost::mp11::mp_list;
        using Orders = mp_list<PlaceOrder, CancelOrder, PlaceAtBest, ReplaceOrder, CancelOrders>;
        using Deals =
            mp_list<ProposeDeal, AcceptDeal, EndDeal, CounterDeal, SettleDeal, ConfirmDeal, PayDeal, VoidDeal>;
        using Auctions = mp_list<AnnounceSealed, BidSealed, AmendBid, WithdrawBid, OpenBids, AnnounceListing,
                                 BidListing, DeclareBidder, CancelAuction>;
        using Pool = mp_list<RequestPool, WithdrawRequest, DraftAllocation, AddDraws, AllocatePool, TakeAllotment,
                             ReturnAllotment, AllotPlots, RegisterNeed, CertifyGap, RevokeGap, OpenBalance, FillBalance,
                             CloseBalance>;
        using Money = mp_list<Deposit, Withdraw, SettleClaims, ApplyAdvance, RepayAdvance, EarmarkFund, PublishStandard,
                              RevokeStandard, AgreeUndertaking, AgreePbfTask, ReckonRun, ExecuteRun>;
        using Approvals = mp_list<Propose, DecideProposal, Resubmit, WithdrawProposal>;
        using Venues = mp_list<Activate, SetVenue, OpenDay, CloseDay, OpenAccount, SetProfile, MovePhase, Tick,
                               PublishPrice, RevokePrice, OpenProduct>;
        if constexpr (boost::mp11::mp_contains<Orders, C>::value) return Subject::order;
        if constexpr (boost::mp11::mp_contains<Deals, C>::value) return Subject::deal;
        if constexpr (boost::mp11::mp_contains<Auctions, C>::value) return Subject::auction;
        if constexpr (boost::mp11::mp_contains<Pool, C>::value) return Subject::pool;
        if constexpr (boost::mp11::mp_contains<Money, C>::value) return Subject::money;
        if constexpr (boost::mp11::mp_contains<Approvals, C>::value) return Subject::approval;
        if constexpr (boost::mp11::mp_contains<Venues, C>::value) return Subject::venue;
        return Subject::registry;
      },
      static_cast<const engine::CommandList&>(c));
}

/// Beside itself under these changes; none give no difference.
[[nodiscard]] std::expected<CounterfactualSummary, CounterfactualFault> compare(host::Disk& disk,
                                                                                const std::string& dir,
                                                                                const Changes& changes,
                                                                                std::span<const host::PolicyBook> books,
                                                                                CounterfactualSink& sink);

}  // namespace landex::simulator
