#include "exchange/feed/audience.hpp"

#include <utility>

#include "exchange/engine/told.hpp"

namespace landex::feed {
namespace {

using namespace engine::event;
using engine::Purse;

bool party(const auto&, District) { return false; }  // public, or for the sender alone
bool party(const MoneyMoved& e, District d) { return e.from == d || e.to == d; }
bool party(const LandMoved& e, District d) { return e.from == d || e.to == d; }
bool party(const Filed& e, District d) { return e.county == d; }
bool party(const ClaimBooked& e, District d) { return e.county == d; }
bool party(const PlotEntered& e, District d) { return e.county == d; }
bool party(const PlotPooled& e, District d) { return e.county == d; }
bool party(const OrderAccepted& e, District d) { return e.participant == d; }
bool party(const Traded& e, District d) { return e.buyer == d || e.seller == d; }
bool party(const OrderEnded& e, District d) { return e.participant == d; }
bool party(const OrderTerms& e, District d) { return e.participant == d; }
bool party(const OrderReduced& e, District d) { return e.participant == d; }
bool party(const OrderReplaced& e, District d) { return e.participant == d; }
bool party(const OrderShown& e, District d) { return e.participant == d; }
bool party(const StopTriggered& e, District d) { return e.participant == d; }
bool party(const DealProposed& e, District d) { return e.seller == d || e.buyer == d; }
bool party(const DealMoved& e, District d) { return e.seller == d || e.buyer == d; }
bool party(const WrittenOff& e, District d) { return e.participant == d; }
bool party(const DealCountered& e, District d) { return e.seller == d || e.buyer == d; }
bool party(const SealedBidChanged& e, District d) { return e.participant == d; }
bool party(const BidDecided& e, District d) { return e.participant == d; }
bool party(const BidderNumbered& e, District d) { return e.participant == d; }
bool party(const DealConfirmed& e, District d) { return e.seller == d || e.buyer == d; }
bool party(const DealVoided& e, District d) { return e.seller == d || e.buyer == d; }
bool party(const Awarded& e, District d) { return e.seller == d || e.buyer == d; }
bool party(const Proposed& e, District d) { return e.participant == d; }
bool party(const ProposalMoved& e, District d) { return e.participant == d; }
bool party(const AdvancePaid& e, District d) { return e.county == d; }
bool party(const AdvanceMoved& e, District d) { return e.county == d; }
bool party(const LotMoved& e, District d) { return e.from == d || e.to == d; }
bool party(const LotExpired& e, District d) { return e.participant == d; }
bool party(const ProjectRegistered& e, District d) { return e.county == d; }
bool party(const ProjectMoved& e, District d) { return e.county == d; }
bool party(const ConflictRecorded& e, District d) { return e.county == d; }
bool party(const ConflictCleared& e, District d) { return e.county == d; }
bool party(const LandFrozen& e, District d) { return e.participant == d; }
bool party(const LandUnfrozen& e, District d) { return e.participant == d; }
bool party(const LandTransferred& e, District d) { return e.from == d || e.to == d; }
bool party(const LandLent& e, District d) { return e.lender == d || e.borrower == d; }
bool party(const LandReturned& e, District d) { return e.lender == d || e.borrower == d; }
bool party(const LoanOverdue& e, District d) { return e.lender == d || e.borrower == d; }
bool party(const LandRestored& e, District d) { return e.participant == d; }
bool party(const LandCancelled& e, District d) { return e.participant == d; }
bool party(const Adjusted& e, District d) { return e.county == d; }
bool party(const PoolRequested& e, District d) { return e.county == d; }
bool party(const RequestMoved& e, District d) { return e.county == d; }
bool party(const Allotted& e, District d) { return e.county == d; }
bool party(const TitleRegistered& e, District d) { return e.county == d; }
bool party(const PlotFlagged& e, District d) { return e.county == d; }
bool party(const TitleMoved& e, District d) { return e.from == d || e.to == d; }
bool party(const NeedRegistered& e, District d) { return e.county == d; }
bool party(const GapCertified& e, District d) { return e.participant == d; }
bool party(const GapRevoked& e, District d) { return e.participant == d; }
bool party(const BalanceOpened& e, District d) { return e.county == d; }
bool party(const BalanceFilled& e, District d) { return e.county == d; }
bool party(const BalanceClosed& e, District d) { return e.county == d; }
bool party(const RestoredRecorded& e, District d) { return e.county == d; }
bool party(const TaskRegistered& e, District d) { return e.county == d; }
bool party(const UndertakingAgreed& e, District d) { return e.provider == d || e.receiver == d; }
bool party(const EnclaveRegistered& e, District d) { return e.sender == d || e.receiver == d; }
bool party(const PbfTaskAgreed& e, District d) { return e.sender == d || e.receiver == d; }
bool party(const ScaleSet& e, District d) { return e.county == d; }
bool party(const ScaleUsed& e, District d) { return e.county == d; }
bool party(const Warned& e, District d) { return e.participant == d; }

/// Would what comes of this command tell what somebody bids in secret, or a hidden reserve?
bool sealed(const engine::Command& c) {
  using namespace engine::command;
  const auto stops_auction = [](const engine::Subject& s) { return std::holds_alternative<CancelAuction>(s); };
  if (const auto* propose = std::get_if<Propose>(&c)) return stops_auction(propose->subject);
  if (const auto* again = std::get_if<Resubmit>(&c)) return stops_auction(again->subject);
  return std::holds_alternative<BidSealed>(c) || std::holds_alternative<AmendBid>(c) ||
         std::holds_alternative<WithdrawBid>(c) || std::holds_alternative<CancelAuction>(c) ||
         std::holds_alternative<AnnounceSealed>(c) || std::holds_alternative<AnnounceListing>(c);
}

/// A refusal names values, and a hold is price × quantity. What falls due with the same command is hidden too if it is
/// money of one participant that is held or freed: rather that than tell apart which is which.
bool tells_amounts(const engine::Event& e) {
  if (const auto* m = std::get_if<MoneyMoved>(&e)) return m->from == m->to;
  return std::holds_alternative<Refused>(e) || std::holds_alternative<Repeated>(e);
}

/// That somebody lacked money tells of what it holds for sealed bids, even without the amount.
bool tells_want(const engine::Event& e) {
  const auto wants = [](const engine::Refusal& r) { return r.reason == engine::Reason::not_enough_money; };
  if (const auto* refused = std::get_if<Refused>(&e)) return wants(refused->refusal);
  if (const auto* again = std::get_if<Repeated>(&e)) return again->refusal && wants(*again->refusal);
  return false;
}

/// What a decision does may be the end of an auction, which frees what its bids held.
bool may_free_bids(const engine::Command& c, const engine::Event& e) {
  const auto* m = std::get_if<MoneyMoved>(&e);
  // So may the opening of a day, when land expires that was offered, or a proposal's notice is over.
  return (std::holds_alternative<engine::command::DecideProposal>(c) ||
          std::holds_alternative<engine::command::OpenDay>(c)) &&
         m && m->from == m->to && (m->from_purse == Purse::held || m->to_purse == Purse::held);
}

}  // namespace

bool is_public(const engine::Event& e) {
  return std::holds_alternative<Activated>(e) || std::holds_alternative<VenueSet>(e) ||
         std::holds_alternative<DayOpened>(e) || std::holds_alternative<DayClosed>(e) ||
         std::holds_alternative<AccountOpened>(e) || std::holds_alternative<PricePublished>(e) ||
         std::holds_alternative<LevelChanged>(e) || std::holds_alternative<ProfileSet>(e) ||
         std::holds_alternative<PhaseChanged>(e) || std::holds_alternative<CallPriced>(e) ||
         std::holds_alternative<BestChanged>(e) || std::holds_alternative<DayStatistics>(e) ||
         std::holds_alternative<SealedAnnounced>(e) || std::holds_alternative<SealedOpened>(e) ||
         std::holds_alternative<RolledOver>(e) || std::holds_alternative<ListingAnnounced>(e) ||
         std::holds_alternative<ListingRaised>(e) || std::holds_alternative<ListingMoved>(e) ||
         std::holds_alternative<AuctionCancelled>(e) || std::holds_alternative<PriceRevoked>(e) ||
         std::holds_alternative<ProductOpened>(e) || std::holds_alternative<StandardPublished>(e) ||
         std::holds_alternative<StandardRevoked>(e) || std::holds_alternative<RunPaid>(e);
}

bool concerns(const engine::Event& e, District participant) {
  return std::visit([&](const auto& what) { return party(what, participant); }, e);
}

bool may_see(const engine::Event& e, District participant, engine::Role role) {
  if (is_public(e)) return false;  // they come with the market, once
  if (std::holds_alternative<SealedBidChanged>(e)) return role == engine::Role::district && concerns(e, participant);
  return role == engine::Role::bureau || role == engine::Role::auditor || concerns(e, participant);
}

bool may_see(const engine::Event& e, const engine::Stamped& with, District participant, engine::Role role) {
  const bool secret = (sealed(with.command) && tells_amounts(e)) || may_free_bids(with.command, e) || tells_want(e);
  if (secret && role != engine::Role::district) return false;
  return may_see(e, participant, role);
}

engine::Refusal told(engine::Refusal r, District participant, engine::Role role) {
  const bool acts = role == engine::Role::district || role == engine::Role::bureau;
  return engine::told_to(std::move(r), participant, acts);
}

engine::Event told(engine::Event e, District participant, engine::Role role) {
  const auto in_words = [&](engine::Refusal& r) { r = told(std::move(r), participant, role); };
  if (auto* refused = std::get_if<Refused>(&e)) in_words(refused->refusal);
  if (auto* again = std::get_if<Repeated>(&e); again && again->refusal) in_words(*again->refusal);
  if (auto* moved = std::get_if<ProposalMoved>(&e); moved && moved->refusal) in_words(*moved->refusal);
  if (auto* voided = std::get_if<DealVoided>(&e); voided && voided->refusal) in_words(*voided->refusal);
  return e;
}

}  // namespace landex::feed
