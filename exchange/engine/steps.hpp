// steps.hpp: every command has a `check` and a `move`. All that can be refused is refused in `check`, which changes
// nothing; `move` cannot fail. They live by subject: steps_day, steps_money, steps_registry, steps_projects,
// steps_verbs, steps_expiry, steps_needs, steps_balances, steps_pool, steps_allocation, steps_titles, steps_orders,
// steps_phases, steps_deals, steps_settlement, steps_sealed, steps_listings, steps_approvals, steps_advances,
// steps_funds, steps_restoration, steps_enclaves, steps_reserved_scale, steps_runs.
#pragma once
#include "exchange/engine/state.hpp"
#include "exchange/engine/verdict.hpp"

namespace landex::engine {

/// What `check` sees.
struct Asked {
  const State& state;
  const Envelope& who;
  std::optional<Seat> seat;  // of the participant who asks, if it has an account
  Verdict& verdict;
};

/// What `move` works on: the state, the stamped command's number, and the events so far.
struct Doing {
  State& state;
  Sequence seq;
  District who;
  std::optional<Seat> seat;  // as in Asked
  Events& events;
  uint32_t trades = 0;           // of this command so far
  const Envelope* by = nullptr;  // who asks
};

#define LANDEX_STEP(Name)                         \
  void check(const Asked&, const command::Name&); \
  void move(Doing&, const command::Name&);
LANDEX_STEP(Activate)
LANDEX_STEP(SetVenue)
LANDEX_STEP(OpenDay)
LANDEX_STEP(CloseDay)
LANDEX_STEP(OpenAccount)
LANDEX_STEP(Deposit)
LANDEX_STEP(Withdraw)
LANDEX_STEP(PublishPrice)
LANDEX_STEP(FileBatch)
LANDEX_STEP(DeductBatch)
LANDEX_STEP(EnterPlots)
LANDEX_STEP(PlaceOrder)
LANDEX_STEP(CancelOrder)
LANDEX_STEP(ProposeDeal)
LANDEX_STEP(AcceptDeal)
LANDEX_STEP(EndDeal)
LANDEX_STEP(SettleDeal)
LANDEX_STEP(SettleClaims)
LANDEX_STEP(WriteOff)
LANDEX_STEP(PlaceAtBest)
LANDEX_STEP(ReplaceOrder)
LANDEX_STEP(CancelOrders)
LANDEX_STEP(SetProfile)
LANDEX_STEP(MovePhase)
LANDEX_STEP(Tick)
LANDEX_STEP(CounterDeal)
LANDEX_STEP(AnnounceSealed)
LANDEX_STEP(BidSealed)
LANDEX_STEP(AmendBid)
LANDEX_STEP(WithdrawBid)
LANDEX_STEP(OpenBids)
LANDEX_STEP(AnnounceListing)
LANDEX_STEP(BidListing)
LANDEX_STEP(DeclareBidder)
LANDEX_STEP(CancelAuction)
LANDEX_STEP(Propose)
LANDEX_STEP(DecideProposal)
LANDEX_STEP(Resubmit)
LANDEX_STEP(WithdrawProposal)
LANDEX_STEP(ApplyAdvance)
LANDEX_STEP(RepayAdvance)
LANDEX_STEP(ConfirmDeal)
LANDEX_STEP(PayDeal)
LANDEX_STEP(VoidDeal)
LANDEX_STEP(RevokePrice)
LANDEX_STEP(RegisterProject)
LANDEX_STEP(MoveProject)
LANDEX_STEP(RecordConflict)
LANDEX_STEP(ClearConflict)
LANDEX_STEP(FreezeLand)
LANDEX_STEP(UnfreezeLand)
LANDEX_STEP(TransferLand)
LANDEX_STEP(LendLand)
LANDEX_STEP(ReturnLand)
LANDEX_STEP(RestoreLand)
LANDEX_STEP(CancelLand)
LANDEX_STEP(AdjustBatch)
LANDEX_STEP(RequestPool)
LANDEX_STEP(WithdrawRequest)
LANDEX_STEP(DraftAllocation)
LANDEX_STEP(AddDraws)
LANDEX_STEP(AllocatePool)
LANDEX_STEP(TakeAllotment)
LANDEX_STEP(ReturnAllotment)
LANDEX_STEP(AllotPlots)
LANDEX_STEP(RegisterNeed)
LANDEX_STEP(CertifyGap)
LANDEX_STEP(RevokeGap)
LANDEX_STEP(OpenBalance)
LANDEX_STEP(FillBalance)
LANDEX_STEP(CloseBalance)
LANDEX_STEP(OpenProduct)
LANDEX_STEP(RegisterTitle)
LANDEX_STEP(FlagPlot)
LANDEX_STEP(SplitTitle)
LANDEX_STEP(UseTitles)
LANDEX_STEP(CancelTitle)
LANDEX_STEP(EarmarkFund)
LANDEX_STEP(PublishStandard)
LANDEX_STEP(RevokeStandard)
LANDEX_STEP(RegisterTask)
LANDEX_STEP(RecordRestored)
LANDEX_STEP(AgreeUndertaking)
LANDEX_STEP(RegisterEnclave)
LANDEX_STEP(AgreePbfTask)
LANDEX_STEP(SetTownshipScale)
LANDEX_STEP(UseReservedScale)
LANDEX_STEP(ReckonRun)
LANDEX_STEP(ExecuteRun)
#undef LANDEX_STEP

/// Everything that is due at or before the state's time happens.
void fire_due(Doing& d);

/// The best dealable price of each class, where pair rules make it differ from the public best and it has changed.
void tell_best(Doing& d);

/// Parts of opening and closing the day: the sessions of the instruments, and every open proposal, which lapses.
void open_sessions(Doing& d, const command::OpenDay& c);
void close_sessions(Doing& d);
void lapse_proposals(Doing& d);

/// The registry's part of opening the day: the land of batches past their last day expires (steps_expiry.cpp), and
/// loans past theirs are told as overdue.
void expire_lots(Doing& d);
void tell_overdue_loans(Doing& d);

/// One proposal that has reached its end.
void lapse_proposal(Doing& d, DealId id);

/// The deals that were to be paid before the open day, and are not: in default.
void default_unpaid_deals(Doing& d);

/// The stage of a listing that is due first begins: when it was due, or, if no day was open then, with the day.
void fire_listing(Doing& d);
/// The clocks of auctions stand still while no day is open; with the close of a day, what is decided is forgotten.
void resume_auctions(Doing& d);
void forget_decided_auctions(Doing& d);

/// Where a chain is in force, a command of its kind is not done at once: the way is to propose it.
void require_no_chain(const Asked& a, policy::SubjectKind kind);
/// With the day that opens, what nobody decided in time ends, and what was in notice long enough is done.
void fire_proposals(Doing& d);

}  // namespace landex::engine
