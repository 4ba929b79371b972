// event.hpp: all that can have happened, one closed list. An event is a fact: numbers, no words.
// The order of members and of the variant is the order of landex.fbs: append only (a test holds them together).
#pragma once
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clearing/advances.hpp"
#include "clearing/ledger.hpp"
#include "clearing/lots.hpp"
#include "exchange/engine/command.hpp"
#include "exchange/engine/plain_allocator.hpp"
#include "exchange/engine/refusal.hpp"
#include "matching/ascending_auction.hpp"
#include "matching/book/order.hpp"
#include "matching/call_auction.hpp"
#include "matching/sealed_auction.hpp"

namespace landex::engine {

using clearing::Place;
using clearing::Purse;

/// Where a deal is. Production: accepted → confirmed → paid → settled; simulation: accepted → settled.
enum class DealState : uint8_t {
  proposed = 1,
  accepted = 2,  // both sides have agreed 成交待确认
  settled = 3,
  ended = 4,      // a proposal that was withdrawn or declined
  lapsed = 5,     // a proposal whose time was over
  confirmed = 6,  // 成交确认, on notice 公示; to be paid
  paid = 7,       // to be handed over when the notice is over
  defaulted = 8,  // not paid in time 违约
  voided = 9,     // 无效
};
BOOST_DESCRIBE_ENUM(DealState, proposed, accepted, settled, ended, lapsed, confirmed, paid, defaulted, voided)

/// Where a proposal is. The last five are final.
enum class ProposalState : uint8_t {
  under_review = 1,
  returned = 2,   // 退回补正: its proposer is to correct it
  in_notice = 3,  // 公示: approved, and done when the notice is over
  effective = 4,  // 生效: done
  refused = 5,    // 不予批准
  withdrawn = 6,  // 撤回
  expired = 7,    // nobody decided a step in time
  voided = 8,     // approved, but what it carries could not be done any more
};
BOOST_DESCRIBE_ENUM(ProposalState, under_review, returned, in_notice, effective, refused, withdrawn, expired, voided)
constexpr bool is_final(ProposalState s) { return s >= ProposalState::effective; }

namespace event {

struct Refused {
  Refusal refusal;
  friend bool operator==(const Refused&, const Refused&) = default;
};
BOOST_DESCRIBE_STRUCT(Refused, (), (refusal))

/// The same command had come before: nothing happened now; the result is that of `first`.
struct Repeated {
  Sequence first;
  std::optional<Refusal> refusal;  // if the first was refused
  friend bool operator==(const Repeated&, const Repeated&) = default;
};
BOOST_DESCRIBE_STRUCT(Repeated, (), (first, refusal))

struct Activated {
  uint32_t behaviour;
  std::string rule_set;
  friend bool operator==(const Activated&, const Activated&) = default;
};
BOOST_DESCRIBE_STRUCT(Activated, (), (behaviour, rule_set))

struct VenueSet {
  Venue venue;
  friend bool operator==(const VenueSet&, const VenueSet&) = default;
};
BOOST_DESCRIBE_STRUCT(VenueSet, (), (venue))

struct DayOpened {
  Day day;
  friend bool operator==(const DayOpened&, const DayOpened&) = default;
};
BOOST_DESCRIBE_STRUCT(DayOpened, (), (day))

struct DayClosed {
  Day day;
  friend bool operator==(const DayClosed&, const DayClosed&) = default;
};
BOOST_DESCRIBE_STRUCT(DayClosed, (), (day))

struct AccountOpened {
  District participant;
  ParticipantClass kind;
  friend bool operator==(const AccountOpened&, const AccountOpened&) = default;
};
BOOST_DESCRIBE_STRUCT(AccountOpened, (), (participant, kind))

/// One entry of the money ledger: it left one purse and entered another.
struct MoneyMoved {
  District from;
  Purse from_purse;
  District to;
  Purse to_purse;
  Fen amount;
  std::optional<policy::Clause> clause;  // why, where a clause says so
  uint64_t cause;                        // the order, deal or filing that it belongs to, or the command itself
  friend bool operator==(const MoneyMoved&, const MoneyMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(MoneyMoved, (), (from, from_purse, to, to_purse, amount, clause, cause))

/// One entry of the land ledger.
struct LandMoved {
  Instrument instrument;
  District from;
  Purse from_purse;
  District to;
  Purse to_purse;
  Quantity quantity;
  std::optional<policy::Clause> clause;
  uint64_t cause;
  friend bool operator==(const LandMoved&, const LandMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(LandMoved, (), (instrument, from, from_purse, to, to_purse, quantity, clause, cause))

struct PricePublished {
  PriceRowId row;
  Instrument instrument;
  Rate rate;
  Day from, until;
  std::string document;
  std::string approver;
  friend bool operator==(const PricePublished&, const PricePublished&) = default;
};
BOOST_DESCRIBE_STRUCT(PricePublished, (), (row, instrument, rate, from, until, document, approver))

struct Filed {
  FilingId filing;
  District county;
  IndicatorKind kind;
  Area area;
  Area paddy;
  Capacity capacity;
  Day day;
  friend bool operator==(const Filed&, const Filed&) = default;
};
BOOST_DESCRIBE_STRUCT(Filed, (), (filing, county, kind, area, paddy, capacity, day))

struct Deducted {
  FilingId filing;
  Area area;
  Area paddy;
  Capacity capacity;
  friend bool operator==(const Deducted&, const Deducted&) = default;
};
BOOST_DESCRIBE_STRUCT(Deducted, (), (filing, area, paddy, capacity))

/// What the pool owes for land it took (H66-7.4). Without an amount: 待定价, it waits for a price.
struct ClaimBooked {
  FilingId filing;
  District county;
  Instrument instrument;
  Quantity quantity;
  std::optional<Fen> amount;
  std::optional<PriceRowId> row;
  friend bool operator==(const ClaimBooked&, const ClaimBooked&) = default;
};
BOOST_DESCRIBE_STRUCT(ClaimBooked, (), (filing, county, instrument, quantity, amount, row))

struct PlotEntered {
  District county;
  std::string plot;
  Area area;
  uint8_t grade;
  bool qualifies;
  friend bool operator==(const PlotEntered&, const PlotEntered&) = default;
};
BOOST_DESCRIBE_STRUCT(PlotEntered, (), (county, plot, area, grade, qualifies))

struct PlotPooled {
  District county;
  std::string plot;
  Area area;
  Area target;     // 30 % of the qualifying area so far
  Area shortfall;  // of the target, carried to the next entry
  friend bool operator==(const PlotPooled&, const PlotPooled&) = default;
};
BOOST_DESCRIBE_STRUCT(PlotPooled, (), (county, plot, area, target, shortfall))

struct OrderAccepted {
  OrderId order;
  District participant;
  Instrument instrument;
  Side side;
  Quantity quantity;
  Price price;
  friend bool operator==(const OrderAccepted&, const OrderAccepted&) = default;
};
BOOST_DESCRIBE_STRUCT(OrderAccepted, (), (order, participant, instrument, side, quantity, price))

/// The floor of a route changed what this order met: part of its acknowledgement.
struct FloorApplied {
  OrderId order;
  policy::Clause rule;
  Instrument instrument;
  std::optional<Price> floor;  // none: no price is in force, so that route does not trade
  Quantity lifted;             // bought at the floor from orders that asked less
  Quantity passed_over;        // crossed by the limits alone, but below the floor for this pair
  friend bool operator==(const FloorApplied&, const FloorApplied&) = default;
};
BOOST_DESCRIBE_STRUCT(FloorApplied, (), (order, rule, instrument, floor, lifted, passed_over))

struct Traded {
  uint32_t index;  // the trade's place among those of one command: (sequence, index) names it
  Instrument instrument;
  OrderId buy_order, sell_order;
  District buyer, seller;
  Quantity quantity;
  Price price;
  Fen amount;
  friend bool operator==(const Traded&, const Traded&) = default;
};
BOOST_DESCRIBE_STRUCT(Traded, (), (index, instrument, buy_order, sell_order, buyer, seller, quantity, price, amount))

struct OrderEnded {
  OrderId order;
  District participant;
  Quantity remaining;  // what was not traded
  bool lapsed;         // by the close of the day, not by its owner
  matching::EndReason reason;
  friend bool operator==(const OrderEnded&, const OrderEnded&) = default;
};
BOOST_DESCRIBE_STRUCT(OrderEnded, (), (order, participant, remaining, lapsed, reason))

/// One price level of a public book after a change; quantity 0: the level is gone.
struct LevelChanged {
  Instrument instrument;
  Side side;
  Price price;
  Quantity quantity;
  uint32_t orders;
  friend bool operator==(const LevelChanged&, const LevelChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(LevelChanged, (), (instrument, side, price, quantity, orders))

struct DealProposed {
  DealId deal;
  District proposer, seller, buyer;
  std::vector<command::Leg> legs;
  Fen amount;
  std::optional<Instant> until = {};
  std::vector<command::TitleLeg> titles = {};
  std::optional<command::Landing> landing = {};
  friend bool operator==(const DealProposed&, const DealProposed&) = default;
};
BOOST_DESCRIBE_STRUCT(DealProposed, (), (deal, proposer, seller, buyer, legs, amount, until, titles, landing))

struct DealMoved {
  DealId deal;
  District seller, buyer;
  DealState state;
  Fen amount;
  friend bool operator==(const DealMoved&, const DealMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(DealMoved, (), (deal, seller, buyer, state, amount))

struct WrittenOff {
  District participant;
  Instrument instrument;
  Quantity quantity;
  std::string project;
  friend bool operator==(const WrittenOff&, const WrittenOff&) = default;
};
BOOST_DESCRIBE_STRUCT(WrittenOff, (), (participant, instrument, quantity, project))

/// What an order asks for beyond side, quantity and price: follows OrderAccepted where there is any such thing.
struct OrderTerms {
  OrderId order;
  District participant;
  bool at_best;  // the price of OrderAccepted is then what it was taken to be: the edge of the band
  std::optional<OrderConditions> conditions;
  friend bool operator==(const OrderTerms&, const OrderTerms&) = default;
};
BOOST_DESCRIBE_STRUCT(OrderTerms, (), (order, participant, at_best, conditions))

/// Smaller without a trade: its owner's wish, or self-trade prevention (decrement).
struct OrderReduced {
  OrderId order;
  District participant;
  Quantity by, remaining;
  friend bool operator==(const OrderReduced&, const OrderReduced&) = default;
};
BOOST_DESCRIBE_STRUCT(OrderReduced, (), (order, participant, by, remaining))

/// It left its place and arrives anew, as if it had just been placed.
struct OrderReplaced {
  OrderId order;
  District participant;
  Quantity remaining;
  Price price;
  friend bool operator==(const OrderReplaced&, const OrderReplaced&) = default;
};
BOOST_DESCRIBE_STRUCT(OrderReplaced, (), (order, participant, remaining, price))

/// The order stands in the book: `shown` of it can be seen (less than all for an iceberg). Told only where it is not
/// plain from OrderAccepted: a next peak, a stop that fired, a replaced order.
struct OrderShown {
  OrderId order;
  District participant;
  Quantity remaining, shown;
  Price price;
  friend bool operator==(const OrderShown&, const OrderShown&) = default;
};
BOOST_DESCRIBE_STRUCT(OrderShown, (), (order, participant, remaining, shown, price))

/// A stop has been reached.
struct StopTriggered {
  OrderId order;
  District participant;
  friend bool operator==(const StopTriggered&, const StopTriggered&) = default;
};
BOOST_DESCRIBE_STRUCT(StopTriggered, (), (order, participant))

struct ProfileSet {
  matching::Bilingual name;
  friend bool operator==(const ProfileSet&, const ProfileSet&) = default;
};
BOOST_DESCRIBE_STRUCT(ProfileSet, (), (name))

struct PhaseChanged {
  Instrument instrument;
  matching::Phase from, to;
  friend bool operator==(const PhaseChanged&, const PhaseChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(PhaseChanged, (), (instrument, from, to))

/// What a call would clear at if it ended now (`final` false), or did clear at. By the same code.
struct CallPriced {
  Instrument instrument;
  bool final;
  std::optional<Price> price;  // none: nothing would trade
  Quantity volume, demand, supply;
  matching::CallStep step;
  friend bool operator==(const CallPriced&, const CallPriced&) = default;
};
BOOST_DESCRIBE_STRUCT(CallPriced, (), (instrument, final, price, volume, demand, supply, step))

/// The best price at which a class of participant could buy (`ask`) and sell (`bid`) now: public limits, and the pair's
/// floor where it is higher (decisions 12).
struct BestChanged {
  Instrument instrument;
  ParticipantClass kind;
  std::optional<Price> bid, ask;
  friend bool operator==(const BestChanged&, const BestChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(BestChanged, (), (instrument, kind, bid, ask))

/// How an instrument's day ended. Without a trade the close is the one before; never having traded it has none.
struct DayStatistics {
  Instrument instrument;
  std::optional<Price> open, high, low, last, close;
  std::optional<Quantity> volume;  // none: more than a message can tell exactly
  std::optional<Fen> turnover;
  uint64_t trades;
  friend bool operator==(const DayStatistics&, const DayStatistics&) = default;
};
BOOST_DESCRIBE_STRUCT(DayStatistics, (), (instrument, open, high, low, last, close, volume, turnover, trades))

/// A proposal has other terms and another proposer. Not DealProposed again: that one makes a deal, and its number is
/// that of the command; who counts proposals, or keeps them by number, must not take an answer for a new one.
struct DealCountered {
  DealId deal;
  District proposer, seller, buyer;
  std::vector<command::Leg> legs;
  Fen amount;
  std::optional<Instant> until;
  std::vector<command::TitleLeg> titles = {};
  friend bool operator==(const DealCountered&, const DealCountered&) = default;
};
BOOST_DESCRIBE_STRUCT(DealCountered, (), (deal, proposer, seller, buyer, legs, amount, until, titles))

/// A sealed auction is announced. Public.
struct SealedAnnounced {
  AuctionId auction;
  District seller;
  Instrument instrument;
  Quantity offered;
  Quantity rolled_over;  // of which from earlier auctions that were undersubscribed
  Quantity least_bid;
  std::optional<Price> reserve;  // only a published one
  Instant opens, closes;
  friend bool operator==(const SealedAnnounced&, const SealedAnnounced&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedAnnounced, (),
                      (auction, seller, instrument, offered, rolled_over, least_bid, reserve, opens, closes))

/// A sealed bid came, changed or left: to its owner alone, and without price and quantity (decisions 16).
struct SealedBidChanged {
  AuctionId auction;
  BidId bid;
  District participant;
  friend bool operator==(const SealedBidChanged&, const SealedBidChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedBidChanged, (), (auction, bid, participant))

/// The opening. Public, without who bid: demand / offered is the cover ratio, exact.
struct SealedOpened {
  AuctionId auction;
  matching::SealedStage stage;  // sold or undersubscribed
  Instrument instrument;
  std::optional<Price> price;  // what everybody accepted pays
  Quantity demand, offered;    // demand: of the bids that count
  std::optional<Price> least;  // the least price; told if the reserve is published, or a bid was below it
  uint64_t seed;
  friend bool operator==(const SealedOpened&, const SealedOpened&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedOpened, (), (auction, stage, instrument, price, demand, offered, least, seed))

/// What the opening did to one bid. To its owner; who won what is not public.
struct BidDecided {
  AuctionId auction;
  BidId bid;
  District participant;
  Instrument instrument;
  Quantity quantity;
  Price price;  // of the bid
  matching::SealedStanding standing;
  Quantity awarded;  // nothing if the auction was undersubscribed
  friend bool operator==(const BidDecided&, const BidDecided&) = default;
};
BOOST_DESCRIBE_STRUCT(BidDecided, (), (auction, bid, participant, instrument, quantity, price, standing, awarded))

/// A part of an undersubscribed offer goes to a later auction of its seller, or waits for one. Public.
struct RolledOver {
  AuctionId from;
  std::optional<AuctionId> to;  // none: it waits for an auction that is yet to be announced
  Instrument instrument;
  Quantity quantity;
  friend bool operator==(const RolledOver&, const RolledOver&) = default;
};
BOOST_DESCRIBE_STRUCT(RolledOver, (), (from, to, instrument, quantity))

/// A listing is announced. Public.
struct ListingAnnounced {
  AuctionId auction;
  District seller;
  std::vector<command::Leg> legs;  // the first is what one bids on
  Price start, step;
  bool reserve;  // there is one; how much is told only if it decides
  std::optional<District> priority;
  Instant from, deadline;
  friend bool operator==(const ListingAnnounced&, const ListingAnnounced&) = default;
};
BOOST_DESCRIBE_STRUCT(ListingAnnounced, (), (auction, seller, legs, start, step, reserve, priority, from, deadline))

/// The number 竞买号 under which the public sees a participant bid in this listing. To the participant.
struct BidderNumbered {
  AuctionId auction;
  District participant;
  uint32_t bidder;
  friend bool operator==(const BidderNumbered&, const BidderNumbered&) = default;
};
BOOST_DESCRIBE_STRUCT(BidderNumbered, (), (auction, participant, bidder))

/// A bid stands as the highest. Public.
struct ListingRaised {
  AuctionId auction;
  BidId bid;
  uint32_t bidder;
  Instrument instrument;
  Price price;
  bool by_priority;  // at the price of the bid it displaces
  Instant due;       // when it is decided, or timed bidding begins, if nobody bids
  bool extended;     // the deadline of the listing moved
  friend bool operator==(const ListingRaised&, const ListingRaised&) = default;
};
BOOST_DESCRIBE_STRUCT(ListingRaised, (), (auction, bid, bidder, instrument, price, by_priority, due, extended))

/// A stage of a listing began. Public. Unsold: nobody bid, or the highest bid is below `reserve`, or `rule` forbids it
/// on the day of the decision.
struct ListingMoved {
  AuctionId auction;
  matching::AscendingStage stage;
  Instant at;
  std::optional<Instant> due;
  Instrument instrument;
  std::optional<Price> highest;
  std::optional<uint32_t> bidder;
  std::optional<Price> reserve;        // told because it decided
  std::optional<policy::Clause> rule;  // that forbids the highest bid
  std::optional<Price> floor;          // that it is below; none: no price is in force for the pair
  friend bool operator==(const ListingMoved&, const ListingMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(ListingMoved, (), (auction, stage, at, due, instrument, highest, bidder, reserve, rule, floor))

/// It was stopped. Public. Nothing is opened, sold or rolled over.
struct AuctionCancelled {
  AuctionId auction;
  friend bool operator==(const AuctionCancelled&, const AuctionCancelled&) = default;
};
BOOST_DESCRIBE_STRUCT(AuctionCancelled, (), (auction))

/// A winner and what it won: from here on a deal, whose number is that of the winning bid. To seller and buyer.
struct Awarded {
  AuctionId auction;
  DealId deal;
  District seller, buyer;
  std::vector<command::Leg> legs;
  Fen amount;
  friend bool operator==(const Awarded&, const Awarded&) = default;
};
BOOST_DESCRIBE_STRUCT(Awarded, (), (auction, deal, seller, buyer, legs, amount))

/// Something waits for approval: its first step is to be decided on business day `due` at the latest.
struct Proposed {
  ProposalId proposal;
  policy::SubjectKind kind;
  District participant;  // whose proposal it is
  policy::StepKind step;
  Day due;
  friend bool operator==(const Proposed&, const Proposed&) = default;
};
BOOST_DESCRIBE_STRUCT(Proposed, (), (proposal, kind, participant, step, due))

/// A proposal came to another step or state. What it did, if it is effective now, follows.
struct ProposalMoved {
  ProposalId proposal;
  District participant;
  ProposalState state;
  std::optional<policy::StepKind> step;  // that is to be decided now
  std::optional<Day> due;                // the last day of the step, or of the notice
  std::string reason;                    // of who moved it; empty where time did
  std::optional<Refusal> refusal;        // why it is void
  friend bool operator==(const ProposalMoved&, const ProposalMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(ProposalMoved, (), (proposal, participant, state, step, due, reason, refusal))

/// An advance was paid; the payment follows.
struct AdvancePaid {
  AdvanceId advance;
  District county;
  Fen fund, amount;
  Day due;
  std::string contract;
  friend bool operator==(const AdvancePaid&, const AdvancePaid&) = default;
};
BOOST_DESCRIBE_STRUCT(AdvancePaid, (), (advance, county, fund, amount, due, contract))

/// Less is left of an advance, by a filing that was netted against it or by repayment; or it is overdue.
struct AdvanceMoved {
  AdvanceId advance;
  District county;
  clearing::AdvanceState state;
  Fen reduced, left;
  std::optional<FilingId> filing;  // that it was netted against
  friend bool operator==(const AdvanceMoved&, const AdvanceMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(AdvanceMoved, (), (advance, county, state, reduced, left, filing))

/// A deal is confirmed: on notice through `notice_until`, to be paid by `pay_by`, both business days included.
struct DealConfirmed {
  DealId deal;
  District seller, buyer;
  std::string document;
  Day notice_until, pay_by;
  friend bool operator==(const DealConfirmed&, const DealConfirmed&) = default;
};
BOOST_DESCRIBE_STRUCT(DealConfirmed, (), (deal, seller, buyer, document, notice_until, pay_by))

/// Why a deal is void: a rule that no longer allows it, or the bureau's reason.
struct DealVoided {
  DealId deal;
  District seller, buyer;
  std::optional<Refusal> refusal;
  std::string reason;
  std::string document;
  friend bool operator==(const DealVoided&, const DealVoided&) = default;
};
BOOST_DESCRIBE_STRUCT(DealVoided, (), (deal, seller, buyer, refusal, reason, document))

/// A published price does not stand any more. Public.
struct PriceRevoked {
  PriceRowId row;
  Instrument instrument;
  Day from, until;
  std::string document;
  friend bool operator==(const PriceRevoked&, const PriceRevoked&) = default;
};
BOOST_DESCRIBE_STRUCT(PriceRevoked, (), (row, instrument, from, until, document))

/// Part of a LandMoved: so much of it is land of this filing. Follows it wherever land changes its place; moves between
/// purses of the same stock have none.
struct LotMoved {
  Instrument instrument;
  FilingId filing;
  District from;
  Place from_place;
  District to;
  Place to_place;
  Quantity quantity;
  uint64_t cause;  // as of the LandMoved
  friend bool operator==(const LotMoved&, const LotMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(LotMoved, (), (instrument, filing, from, from_place, to, to_place, quantity, cause))

/// Land of a filing is past its last day, and out of the stock or the pool that it was in.
struct LotExpired {
  FilingId filing;
  District participant;
  Instrument instrument;
  Quantity quantity;
  Day expires;
  friend bool operator==(const LotExpired&, const LotExpired&) = default;
};
BOOST_DESCRIBE_STRUCT(LotExpired, (), (filing, participant, instrument, quantity, expires))

struct ProjectRegistered {
  ProjectId project;
  District county;
  IndicatorKind kind;
  std::string name;
  std::string document;
  friend bool operator==(const ProjectRegistered&, const ProjectRegistered&) = default;
};
BOOST_DESCRIBE_STRUCT(ProjectRegistered, (), (project, county, kind, name, document))

struct ProjectMoved {
  ProjectId project;
  District county;
  ProjectState from, to;
  std::string document;
  friend bool operator==(const ProjectMoved&, const ProjectMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(ProjectMoved, (), (project, county, from, to, document))

struct ConflictRecorded {
  District county;
  std::string plot;
  clearing::ConflictKind conflict;
  std::string document;
  friend bool operator==(const ConflictRecorded&, const ConflictRecorded&) = default;
};
BOOST_DESCRIBE_STRUCT(ConflictRecorded, (), (county, plot, conflict, document))

struct ConflictCleared {
  District county;
  std::string plot;
  friend bool operator==(const ConflictCleared&, const ConflictCleared&) = default;
};
BOOST_DESCRIBE_STRUCT(ConflictCleared, (), (county, plot))

struct LandFrozen {
  FreezeId freeze;
  District participant;
  Instrument instrument;
  Quantity quantity;
  std::string document;
  friend bool operator==(const LandFrozen&, const LandFrozen&) = default;
};
BOOST_DESCRIBE_STRUCT(LandFrozen, (), (freeze, participant, instrument, quantity, document))

struct LandUnfrozen {
  FreezeId freeze;
  District participant;
  Instrument instrument;
  Quantity quantity, left;
  std::string document;
  friend bool operator==(const LandUnfrozen&, const LandUnfrozen&) = default;
};
BOOST_DESCRIBE_STRUCT(LandUnfrozen, (), (freeze, participant, instrument, quantity, left, document))

struct LandTransferred {
  District from, to;
  Instrument instrument;
  Quantity quantity;
  std::string document;
  std::optional<policy::Clause> not_a_sale;  // on the route of this clause a sale has a floor; this is none
  friend bool operator==(const LandTransferred&, const LandTransferred&) = default;
};
BOOST_DESCRIBE_STRUCT(LandTransferred, (), (from, to, instrument, quantity, document, not_a_sale))

struct LandLent {
  LoanId loan;
  District lender, borrower;
  Instrument instrument;
  Quantity quantity;
  Day due;
  std::string document;
  friend bool operator==(const LandLent&, const LandLent&) = default;
};
BOOST_DESCRIBE_STRUCT(LandLent, (), (loan, lender, borrower, instrument, quantity, due, document))

/// Also of land that goes back to its lender because it expires with the day that opens.
struct LandReturned {
  LoanId loan;
  District lender, borrower;
  Instrument instrument;
  Quantity quantity, left;
  std::string document;
  friend bool operator==(const LandReturned&, const LandReturned&) = default;
};
BOOST_DESCRIBE_STRUCT(LandReturned, (), (loan, lender, borrower, instrument, quantity, left, document))

/// The day after the last to return it has come. Told once.
struct LoanOverdue {
  LoanId loan;
  District lender, borrower;
  Instrument instrument;
  Quantity left;
  Day due;
  friend bool operator==(const LoanOverdue&, const LoanOverdue&) = default;
};
BOOST_DESCRIBE_STRUCT(LoanOverdue, (), (loan, lender, borrower, instrument, left, due))

struct LandRestored {
  WriteOffId write_off;
  District participant;
  Instrument instrument;
  Quantity quantity, left;  // left: still written off
  std::string project;
  std::string document;
  friend bool operator==(const LandRestored&, const LandRestored&) = default;
};
BOOST_DESCRIBE_STRUCT(LandRestored, (), (write_off, participant, instrument, quantity, left, project, document))

struct LandCancelled {
  District participant;
  Instrument instrument;
  Quantity quantity;
  std::string document;
  friend bool operator==(const LandCancelled&, const LandCancelled&) = default;
};
BOOST_DESCRIBE_STRUCT(LandCancelled, (), (participant, instrument, quantity, document))

struct Adjusted {
  FilingId filing;
  District county;
  Area area;
  Area paddy;
  Capacity capacity;
  Sequence reverses;
  std::string document;
  friend bool operator==(const Adjusted&, const Adjusted&) = default;
};
BOOST_DESCRIBE_STRUCT(Adjusted, (), (filing, county, area, paddy, capacity, reverses, document))

/// What is warned of. The numbers are on the wire.
enum class Warning : uint8_t {
  own_need = 1,      // H66-7.7: an offer cuts into what is kept for own projects
  gap = 2,           // H66-7.6: a buyer on the route has no certified gap
  tier_skipped = 3,  // H66-7.1: an earlier source had something left
  guide_price = 4,   // H66-5.3: a price beyond the band around the guide price; both in yuan per mu
};
BOOST_DESCRIBE_ENUM(Warning, own_need, gap, tier_skipped, guide_price)

/// A project asks for pooled indicators.
struct PoolRequested {
  RequestId request;
  District county;
  clearing::RequestClass purpose;
  std::string project;
  Components need;
  Day deadline;
  friend bool operator==(const PoolRequested&, const PoolRequested&) = default;
};
BOOST_DESCRIBE_STRUCT(PoolRequested, (), (request, county, purpose, project, need, deadline))

/// A request is in another state. What was allotted or taken is told by its entries.
struct RequestMoved {
  RequestId request;
  District county;
  clearing::RequestState state;
  std::string document;
  friend bool operator==(const RequestMoved&, const RequestMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(RequestMoved, (), (request, county, state, document))

/// So much of an allocation has been written down.
struct AllocationDrafted {
  AllocationId allocation;
  uint32_t parts;
  uint64_t draws;
  friend bool operator==(const AllocationDrafted&, const AllocationDrafted&) = default;
};
BOOST_DESCRIBE_STRUCT(AllocationDrafted, (), (allocation, parts, draws))

/// Land of the pool waits for a request.
struct Allotted {
  RequestId request;
  District county;
  FilingId filing;
  Instrument component;
  Quantity quantity;
  AllocationId allocation;
  friend bool operator==(const Allotted&, const Allotted&) = default;
};
BOOST_DESCRIBE_STRUCT(Allotted, (), (request, county, filing, component, quantity, allocation))

struct NeedRegistered {
  District county;
  Instrument instrument;
  Quantity quantity;
  std::string document;
  friend bool operator==(const NeedRegistered&, const NeedRegistered&) = default;
};
BOOST_DESCRIBE_STRUCT(NeedRegistered, (), (county, instrument, quantity, document))

struct GapCertified {
  GapId gap;
  District participant;
  Instrument instrument;
  Quantity quantity;
  Day from;
  Day until;
  std::string document;
  friend bool operator==(const GapCertified&, const GapCertified&) = default;
};
BOOST_DESCRIBE_STRUCT(GapCertified, (), (gap, participant, instrument, quantity, from, until, document))

struct GapRevoked {
  GapId gap;
  District participant;
  std::string document;
  friend bool operator==(const GapRevoked&, const GapRevoked&) = default;
};
BOOST_DESCRIBE_STRUCT(GapRevoked, (), (gap, participant, document))

struct BalanceOpened {
  BalanceId balance;
  District county;
  std::string project;
  Components need;
  Day deadline;
  friend bool operator==(const BalanceOpened&, const BalanceOpened&) = default;
};
BOOST_DESCRIBE_STRUCT(BalanceOpened, (), (balance, county, project, need, deadline))

struct BalanceFilled {
  BalanceId balance;
  District county;
  clearing::Tier tier;
  Components amount;
  Components left;
  std::string reason;
  std::string document;
  friend bool operator==(const BalanceFilled&, const BalanceFilled&) = default;
};
BOOST_DESCRIBE_STRUCT(BalanceFilled, (), (balance, county, tier, amount, left, reason, document))

/// Nothing more is filled: all of it is, or its county has closed it.
struct BalanceClosed {
  BalanceId balance;
  District county;
  Components left;
  friend bool operator==(const BalanceClosed&, const BalanceClosed&) = default;
};
BOOST_DESCRIBE_STRUCT(BalanceClosed, (), (balance, county, left))

/// Done, though a principle speaks against it, or a default of ours warns.
struct Warned {
  District participant;
  Warning warning;
  policy::Clause clause;
  uint64_t about;
  std::optional<Instrument> instrument;
  Quantity given;
  Quantity bound;
  friend bool operator==(const Warned&, const Warned&) = default;
};
BOOST_DESCRIBE_STRUCT(Warned, (), (participant, warning, clause, about, instrument, given, bound))

struct ProductOpened {
  clearing::Product product;
  Day from;
  Day until;
  std::string approval;
  friend bool operator==(const ProductOpened&, const ProductOpened&) = default;
};
BOOST_DESCRIBE_STRUCT(ProductOpened, (), (product, from, until, approval))

struct TitleRegistered {
  std::string title;
  clearing::Product product;
  District county;
  Area area;
  std::optional<uint8_t> grade;
  std::string document;
  std::string consent;
  std::optional<std::string> parent;
  friend bool operator==(const TitleRegistered&, const TitleRegistered&) = default;
};
BOOST_DESCRIBE_STRUCT(TitleRegistered, (), (title, product, county, area, grade, document, consent, parent))

struct PlotFlagged {
  std::string plot;
  District county;
  bool grain_zone;
  bool high_standard;
  std::string document;
  friend bool operator==(const PlotFlagged&, const PlotFlagged&) = default;
};
BOOST_DESCRIBE_STRUCT(PlotFlagged, (), (plot, county, grain_zone, high_standard, document))

/// A title has another holder, or is in another state.
struct TitleMoved {
  std::string title;
  clearing::Product product;
  District from;
  District to;
  clearing::TitleState state;
  std::optional<policy::Clause> clause;
  uint64_t cause;
  std::string project;
  friend bool operator==(const TitleMoved&, const TitleMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(TitleMoved, (), (title, product, from, to, state, clause, cause, project))

/// Set apart, or given back; not what a run pays out of it.
struct FundMoved {
  clearing::Fund fund;
  Fen amount;
  bool back;
  Fen balance;  // after it
  std::string document;
  friend bool operator==(const FundMoved&, const FundMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(FundMoved, (), (fund, amount, back, balance, document))

struct StandardPublished {
  StandardId standard;
  clearing::StandardKind kind;
  uint16_t year;
  Rate rate;
  std::string document;
  std::string approver;
  friend bool operator==(const StandardPublished&, const StandardPublished&) = default;
};
BOOST_DESCRIBE_STRUCT(StandardPublished, (), (standard, kind, year, rate, document, approver))

struct StandardRevoked {
  StandardId standard;
  clearing::StandardKind kind;
  uint16_t year;
  std::string document;
  friend bool operator==(const StandardRevoked&, const StandardRevoked&) = default;
};
BOOST_DESCRIBE_STRUCT(StandardRevoked, (), (standard, kind, year, document))

struct TaskRegistered {
  District county;
  uint16_t first_year, last_year;
  Area area;
  std::string document;
  friend bool operator==(const TaskRegistered&, const TaskRegistered&) = default;
};
BOOST_DESCRIBE_STRUCT(TaskRegistered, (), (county, first_year, last_year, area, document))

struct RestoredRecorded {
  District county;
  uint16_t first_year;
  Area area;
  Area restored;  // in all
  std::string document;
  friend bool operator==(const RestoredRecorded&, const RestoredRecorded&) = default;
};
BOOST_DESCRIBE_STRUCT(RestoredRecorded, (), (county, first_year, area, restored, document))

struct UndertakingAgreed {
  UndertakingId undertaking;
  District provider, receiver;
  uint16_t first_year;
  Area area, built;
  Rate price;
  std::optional<Rate> guide;
  std::string document;
  friend bool operator==(const UndertakingAgreed&, const UndertakingAgreed&) = default;
};
BOOST_DESCRIBE_STRUCT(UndertakingAgreed, (),
                      (undertaking, provider, receiver, first_year, area, built, price, guide, document))

struct EnclaveRegistered {
  EnclaveId enclave;
  District sender, receiver;
  clearing::EnclaveKind kind;
  std::string name;
  Area secured, included, reduction;
  District reduced;
  std::string document;
  friend bool operator==(const EnclaveRegistered&, const EnclaveRegistered&) = default;
};
BOOST_DESCRIBE_STRUCT(EnclaveRegistered, (),
                      (enclave, sender, receiver, kind, name, secured, included, reduction, reduced, document))

struct PbfTaskAgreed {
  AgreementId agreement;
  EnclaveId enclave;
  District sender, receiver;
  Area area;
  Day from, until;
  std::string document;
  friend bool operator==(const PbfTaskAgreed&, const PbfTaskAgreed&) = default;
};
BOOST_DESCRIBE_STRUCT(PbfTaskAgreed, (), (agreement, enclave, sender, receiver, area, from, until, document))

struct ScaleSet {
  District county;
  std::string township;
  Area scale, reserved;
  std::string document;
  friend bool operator==(const ScaleSet&, const ScaleSet&) = default;
};
BOOST_DESCRIBE_STRUCT(ScaleSet, (), (county, township, scale, reserved, document))

struct ScaleUsed {
  District county;
  std::string township;
  clearing::RuralTrade trade;
  Area area, left;
  std::string project;
  std::string document;
  friend bool operator==(const ScaleUsed&, const ScaleUsed&) = default;
};
BOOST_DESCRIBE_STRUCT(ScaleUsed, (), (county, township, trade, area, left, project, document))

/// The dry run: nothing has moved.
struct RunReckoned {
  RunId run;
  clearing::RunKind kind;
  uint16_t year;
  std::vector<clearing::RunLine> lines;
  Fen total;
  std::optional<RunId> reverses;
  std::string document;
  friend bool operator==(const RunReckoned&, const RunReckoned&) = default;
};
BOOST_DESCRIBE_STRUCT(RunReckoned, (), (run, kind, year, lines, total, reverses, document))

/// All of its lines are paid; the entries follow.
struct RunPaid {
  RunId run;
  clearing::RunKind kind;
  uint16_t year;
  std::vector<clearing::RunLine> lines;
  Fen total;
  std::optional<RunId> reverses;
  std::string document;
  friend bool operator==(const RunPaid&, const RunPaid&) = default;
};
BOOST_DESCRIBE_STRUCT(RunPaid, (), (run, kind, year, lines, total, reverses, document))

}  // namespace event

using EventList = std::variant<
    event::Refused, event::Repeated, event::Activated, event::VenueSet, event::DayOpened, event::DayClosed,
    event::AccountOpened, event::MoneyMoved, event::LandMoved, event::PricePublished, event::Filed, event::Deducted,
    event::ClaimBooked, event::PlotEntered, event::PlotPooled, event::OrderAccepted, event::FloorApplied, event::Traded,
    event::OrderEnded, event::LevelChanged, event::DealProposed, event::DealMoved, event::WrittenOff, event::OrderTerms,
    event::OrderReduced, event::OrderReplaced, event::OrderShown, event::StopTriggered, event::ProfileSet,
    event::PhaseChanged, event::CallPriced, event::BestChanged, event::DayStatistics, event::DealCountered,
    event::SealedAnnounced, event::SealedBidChanged, event::SealedOpened, event::BidDecided, event::RolledOver,
    event::ListingAnnounced, event::BidderNumbered, event::ListingRaised, event::ListingMoved, event::AuctionCancelled,
    event::Awarded, event::Proposed, event::ProposalMoved, event::AdvancePaid, event::AdvanceMoved,
    event::DealConfirmed, event::DealVoided, event::PriceRevoked, event::LotMoved, event::LotExpired,
    event::ProjectRegistered, event::ProjectMoved, event::ConflictRecorded, event::ConflictCleared, event::LandFrozen,
    event::LandUnfrozen, event::LandTransferred, event::LandLent, event::LandReturned, event::LoanOverdue,
    event::LandRestored, event::LandCancelled, event::Adjusted, event::PoolRequested, event::RequestMoved,
    event::AllocationDrafted, event::Allotted, event::NeedRegistered, event::GapCertified, event::GapRevoked,
    event::BalanceOpened, event::BalanceFilled, event::BalanceClosed, event::Warned, event::ProductOpened,
    event::TitleRegistered, event::PlotFlagged, event::TitleMoved, event::FundMoved, event::StandardPublished,
    event::StandardRevoked, event::TaskRegistered, event::RestoredRecorded, event::UndertakingAgreed,
    event::EnclaveRegistered, event::PbfTaskAgreed, event::ScaleSet, event::ScaleUsed, event::RunReckoned,
    event::RunPaid>;
/// One of them.
struct Event : EventList {
  LANDEX_CLOSED(Event, EventList)
  friend bool operator==(const Event&, const Event&);
};

using Events = std::vector<Event, PlainAllocator<Event>>;

}  // namespace landex::engine
