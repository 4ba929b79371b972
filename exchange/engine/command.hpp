// command.hpp: all that anybody can ask of landex, one closed list, read top to bottom.
// Every member is described, so that one codec, one comparison and one canonical encoding serve all of them. The order
// of members and of the variant is the order of landex.fbs: append only, never reorder (a test holds them together).
// Quantities are in the unit of their instrument (0.0001 mu, or kg), rates in yuan per mu (or fen per kg).
#pragma once
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clearing/governments/enclaves.hpp"
#include "clearing/governments/funds.hpp"
#include "clearing/governments/reserved_scale.hpp"
#include "clearing/governments/runs.hpp"
#include "clearing/governments/standards.hpp"
#include "clearing/needs.hpp"
#include "clearing/plot_conflicts.hpp"
#include "clearing/policy/pack.hpp"
#include "clearing/projects.hpp"
#include "clearing/registry.hpp"
#include "clearing/titles.hpp"
#include "exchange/engine/closed.hpp"
#include "matching/phases.hpp"
#include "matching/types/day.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/trade.hpp"
#include "matching/venue_profile.hpp"

namespace landex::engine {

/// Which modes are open (decisions 17). Shown on every screen and paper.
enum class Venue : uint8_t {
  simulation = 1,  // continuous book and negotiated deals; everything prefunded, settles at once
  production = 2,  // negotiated deals; an accepted deal is settled by the bureau
};
BOOST_DESCRIBE_ENUM(Venue, simulation, production)
constexpr bool exists(Venue v) { return v == Venue::simulation || v == Venue::production; }

/// What the person may do. Stamped by the gateway from the session, never taken from the client.
enum class Role : uint8_t {
  district = 1,  // acts for one district or county
  bureau = 2,    // the city bureau 市规划和自然资源局
  analyst = 3,   // reads
  auditor = 4,   // reads
  system = 5,    // landexd itself: activates the policy pack and the venue when a journal begins
};
BOOST_DESCRIBE_ENUM(Role, district, bureau, analyst, auditor, system)
constexpr bool exists(Role r) { return r >= Role::district && r <= Role::system; }

using clearing::IndicatorKind;
using clearing::ProjectState;

/// How long an order stays when it does not trade at once.
enum class Lifetime : uint8_t {
  day = 1,              // until the day closes
  until_cancelled = 2,  // GTC
  until_day = 3,        // through that business day
  until_instant = 4,    // until just before that instant, or the close of its day if that comes first
  immediate = 5,        // IOC: what does not trade at once ends
  fill_or_kill = 6,     // FOK: all at once or nothing
};
BOOST_DESCRIBE_ENUM(Lifetime, day, until_cancelled, until_day, until_instant, immediate, fill_or_kill)
constexpr bool exists(Lifetime l) { return l >= Lifetime::day && l <= Lifetime::fill_or_kill; }

/// What an order may ask for beyond side, quantity and price. Without it: good for the day, not against own orders.
struct OrderConditions {
  Lifetime lifetime;
  std::optional<Day> last_day;      // with until_day
  std::optional<Instant> until;     // with until_instant
  bool post_only;                   // ends rather than meet a resting order
  bool all_or_none;                 // an indivisible lot
  std::optional<Quantity> minimum;  // at entry at least this must trade at once
  std::optional<Quantity> peak;     // iceberg: no more is shown at a time; at least 1/1000 of the quantity
  std::optional<Rate> trigger;      // stop: waits for a trade at this price or beyond
  std::optional<Fen> cap;           // at-best purchase: the most it may spend
  SelfTrade self_trade;
  friend bool operator==(const OrderConditions&, const OrderConditions&) = default;
};
BOOST_DESCRIBE_STRUCT(OrderConditions, (),
                      (lifetime, last_day, until, post_only, all_or_none, minimum, peak, trigger, cap, self_trade))

namespace command {

/// The policy pack and the version of behaviour in force from here on (decisions 4).
struct Activate {
  uint32_t behaviour;
  policy::Pack pack;
  friend bool operator==(const Activate&, const Activate&) = default;
};
BOOST_DESCRIBE_STRUCT(Activate, (), (behaviour, pack))

struct SetVenue {
  Venue venue;
  friend bool operator==(const SetVenue&, const SetVenue&) = default;
};
BOOST_DESCRIBE_STRUCT(SetVenue, (), (venue))

/// Sets the business date, which chooses the rules, and starts the timetable of the venue's profile.
struct OpenDay {
  Day day;
  std::optional<uint64_t> random = {};  // for the day's random ends: drawn by the host, told to nobody before the close
  friend bool operator==(const OpenDay&, const OpenDay&) = default;
};
BOOST_DESCRIBE_STRUCT(OpenDay, (), (day, random))

/// Ends the business date: resting orders and open proposals lapse, and what they held is free again.
struct CloseDay {
  Day day;  // the day that is meant, so that a late repeat cannot close another
  friend bool operator==(const CloseDay&, const CloseDay&) = default;
};
BOOST_DESCRIBE_STRUCT(CloseDay, (), (day))

struct OpenAccount {
  District participant;
  friend bool operator==(const OpenAccount&, const OpenAccount&) = default;
};
BOOST_DESCRIBE_STRUCT(OpenAccount, (), (participant))

/// Money that has arrived for a participant outside landex.
struct Deposit {
  District participant;
  Fen amount;
  std::string document;
  friend bool operator==(const Deposit&, const Deposit&) = default;
};
BOOST_DESCRIBE_STRUCT(Deposit, (), (participant, amount, document))

struct Withdraw {
  District participant;
  Fen amount;
  std::string document;
  friend bool operator==(const Withdraw&, const Withdraw&) = default;
};
BOOST_DESCRIBE_STRUCT(Withdraw, (), (participant, amount, document))

/// A row of the cross-city transfer price 跨市调剂价 (H66-7.4, 7.6).
struct PublishPrice {
  Instrument instrument;
  Rate rate;
  Day from, until;
  std::string document;  // 文号
  std::string approver;  // office, not a name
  friend bool operator==(const PublishPrice&, const PublishPrice&) = default;
};
BOOST_DESCRIBE_STRUCT(PublishPrice, (), (instrument, rate, from, until, document, approver))

/// A batch of indicators filed into the registry 报备入库.
struct FileBatch {
  District county;
  IndicatorKind kind;
  Area area;
  Area paddy;         // of which paddy; 0 for linkage
  Capacity capacity;  // 0 for linkage
  std::string project;
  std::string document;
  std::optional<ProjectId> project_id = {};                    // without one the project is an outside fact
  std::optional<uint8_t> grade = {};                           // national quality grade, 1 best … 15
  std::optional<std::vector<clearing::BatchPlot>> plots = {};  // that made it; they add up to the area
  std::optional<Day> expires = {};                             // the last day on which it is worth anything
  friend bool operator==(const FileBatch&, const FileBatch&) = default;
};
BOOST_DESCRIBE_STRUCT(FileBatch, (),
                      (county, kind, area, paddy, capacity, project, document, project_id, grade, plots, expires))

/// A later reduction 核减 of a batch: of its land; what its county has no longer of it, of its other land (lots.hpp).
struct DeductBatch {
  FilingId filing;
  Area area;
  Area paddy;
  Capacity capacity;
  std::string document;
  friend bool operator==(const DeductBatch&, const DeductBatch&) = default;
};
BOOST_DESCRIBE_STRUCT(DeductBatch, (), (filing, area, paddy, capacity, document))

/// A plot of the permanent-basic-farmland reserve library 永农储备库.
struct Plot {
  std::string plot;  // number in the library, one for the whole city
  Area area;
  uint8_t grade;                                            // national quality grade, 1 best … 15
  std::optional<bool> grain_zone = {}, high_standard = {};  // 粮功区, 高标 (H66-6.4); none: no
  friend bool operator==(const Plot&, const Plot&) = default;
};
BOOST_DESCRIBE_STRUCT(Plot, (), (plot, area, grade, grain_zone, high_standard))

struct EnterPlots {
  District county;
  std::string document;  // delineation of the reserve zone 划定文件
  std::vector<Plot> plots;
  friend bool operator==(const EnterPlots&, const EnterPlots&) = default;
};
BOOST_DESCRIBE_STRUCT(EnterPlots, (), (county, document, plots))

/// A limit order: matched at once in continuous trading, collected in a call.
struct PlaceOrder {
  Instrument instrument;
  Side side;
  Quantity quantity;
  Rate price;
  std::optional<OrderConditions> conditions = {};
  friend bool operator==(const PlaceOrder&, const PlaceOrder&) = default;
};
BOOST_DESCRIBE_STRUCT(PlaceOrder, (), (instrument, side, quantity, price, conditions))

struct CancelOrder {
  OrderId order;
  friend bool operator==(const CancelOrder&, const CancelOrder&) = default;
};
BOOST_DESCRIBE_STRUCT(CancelOrder, (), (order))

/// One part of a directed sale. Without a price the part goes with the area, whose price covers it.
struct Leg {
  Instrument instrument;
  Quantity quantity;
  std::optional<Rate> price;
  friend bool operator==(const Leg&, const Leg&) = default;
};
BOOST_DESCRIBE_STRUCT(Leg, (), (instrument, quantity, price))

/// The number of a title. (The wire has lists of tables only.)
struct TitleNumber {
  std::string number;
  friend bool operator==(const TitleNumber&, const TitleNumber&) = default;
};
BOOST_DESCRIBE_STRUCT(TitleNumber, (), (number))

/// A title that goes with a directed sale, whole, at a price per mu of its area.
struct TitleLeg {
  std::string title;
  Rate price;
  friend bool operator==(const TitleLeg&, const TitleLeg&) = default;
};
BOOST_DESCRIBE_STRUCT(TitleLeg, (), (title, price))

/// The major project whose landing 落地 counties fulfil together (H66-6.5).
struct Landing {
  std::string project;
  clearing::RequestClass purpose;
  std::string document;
  friend bool operator==(const Landing&, const Landing&) = default;
};
BOOST_DESCRIBE_STRUCT(Landing, (), (project, purpose, document))

/// A directed sale 协议: one seller, one buyer, a lot, a price; all legs and titles or none. Either side proposes.
struct ProposeDeal {
  District seller, buyer;
  std::vector<Leg> legs;
  std::optional<Instant> until = {};  // it lapses at that instant, or with its day if that comes first
  std::optional<std::vector<TitleLeg>> titles = {};
  std::optional<Landing> landing = {};
  friend bool operator==(const ProposeDeal&, const ProposeDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(ProposeDeal, (), (seller, buyer, legs, until, titles, landing))

struct AcceptDeal {
  DealId deal;
  friend bool operator==(const AcceptDeal&, const AcceptDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(AcceptDeal, (), (deal))

/// The proposer withdraws, or the other side declines. Only before acceptance.
struct EndDeal {
  DealId deal;
  friend bool operator==(const EndDeal&, const EndDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(EndDeal, (), (deal))

/// Production venue: the bureau hands over, once the price is paid and the notice is over; land and money change hands
/// together.
struct SettleDeal {
  DealId deal;
  friend bool operator==(const SettleDeal&, const SettleDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(SettleDeal, (), (deal))

/// The city pays a county all that the pool owes it and that has a price (H66-7.4).
struct SettleClaims {
  District county;
  std::optional<Fen> at_most = {};  // none: all of it
  friend bool operator==(const SettleClaims&, const SettleClaims&) = default;
};
BOOST_DESCRIBE_STRUCT(SettleClaims, (), (county, at_most))

/// Indicators used for a construction project 核销使用.
struct WriteOff {
  Instrument instrument;
  Quantity quantity;
  std::string project;
  std::optional<bool> from_borrowed = {};  // yes: out of what it has borrowed; else out of what is free
  friend bool operator==(const WriteOff&, const WriteOff&) = default;
};
BOOST_DESCRIBE_STRUCT(WriteOff, (), (instrument, quantity, project, from_borrowed))

/// An order at best: takes what the other side offers, within the price band or its money cap; in a call it ranks
/// first. What finds nobody ends.
struct PlaceAtBest {
  Instrument instrument;
  Side side;
  Quantity quantity;
  std::optional<OrderConditions> conditions;
  friend bool operator==(const PlaceAtBest&, const PlaceAtBest&) = default;
};
BOOST_DESCRIBE_STRUCT(PlaceAtBest, (), (instrument, side, quantity, conditions))

/// Changes an order. Smaller at the same price it keeps its place; otherwise it arrives anew. `left_before` is what the
/// owner believes is left: if some of it has traded meanwhile, nothing is changed.
struct ReplaceOrder {
  OrderId order;
  Quantity left_before;
  Quantity left;
  Rate price;  // for a stop: its limit; ignored for at-best
  friend bool operator==(const ReplaceOrder&, const ReplaceOrder&) = default;
};
BOOST_DESCRIBE_STRUCT(ReplaceOrder, (), (order, left_before, left, price))

/// Takes out all orders of a participant at once (a district: its own; the bureau: any).
struct CancelOrders {
  District participant;
  std::optional<Instrument> instrument;
  std::optional<Side> side;
  friend bool operator==(const CancelOrders&, const CancelOrders&) = default;
};
BOOST_DESCRIBE_STRUCT(CancelOrders, (), (participant, instrument, side))

/// How the venue's days run from the next OpenDay on.
struct SetProfile {
  matching::VenueProfile profile;
  friend bool operator==(const SetProfile&, const SetProfile&) = default;
};
BOOST_DESCRIBE_STRUCT(SetProfile, (), (profile))

/// The bureau moves one instrument, or all, to another phase: a halt and its end, or a day without a timetable.
struct MovePhase {
  std::optional<Instrument> instrument;
  matching::Phase to;
  friend bool operator==(const MovePhase&, const MovePhase&) = default;
};
BOOST_DESCRIBE_STRUCT(MovePhase, (), (instrument, to))

/// Nothing but time: lets what is due happen. The sequencer sends it when nobody else sends anything.
struct Tick {
  friend bool operator==(const Tick&, const Tick&) = default;
};
BOOST_DESCRIBE_STRUCT(Tick, (), ())

/// The side that is asked answers with terms of its own: from here on it is the proposer, under the same number, and
/// the other side is asked. What the first proposal held is free again, its end is forgotten.
struct CounterDeal {
  DealId deal;
  std::vector<Leg> legs;
  std::optional<Instant> until;
  std::optional<std::vector<TitleLeg>> titles = {};  // none: those that were proposed; the project stays
  friend bool operator==(const CounterDeal&, const CounterDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(CounterDeal, (), (deal, legs, until, titles))

/// The least price that a seller takes; hidden, it is told only if it decides.
struct Reserve {
  Rate price;
  matching::Disclosure disclosure;
  friend bool operator==(const Reserve&, const Reserve&) = default;
};
BOOST_DESCRIBE_STRUCT(Reserve, (), (price, disclosure))

/// A sealed auction with one price 密封统一价, by its seller. Its number is the auction's.
struct AnnounceSealed {
  Instrument instrument;
  Quantity quantity;
  Quantity least_bid;
  std::optional<Reserve> reserve;
  std::optional<Instant> opens;  // none: at once
  Instant closes;                // bids come before it
  friend bool operator==(const AnnounceSealed&, const AnnounceSealed&) = default;
};
BOOST_DESCRIBE_STRUCT(AnnounceSealed, (), (instrument, quantity, least_bid, reserve, opens, closes))

/// A bid in secret. Its number is the bid's, and, if it wins, the deal's.
struct BidSealed {
  AuctionId auction;
  Quantity quantity;
  Rate price;
  friend bool operator==(const BidSealed&, const BidSealed&) = default;
};
BOOST_DESCRIBE_STRUCT(BidSealed, (), (auction, quantity, price))

struct AmendBid {
  AuctionId auction;
  BidId bid;
  Quantity quantity;
  Rate price;
  friend bool operator==(const AmendBid&, const AmendBid&) = default;
};
BOOST_DESCRIBE_STRUCT(AmendBid, (), (auction, bid, quantity, price))

struct WithdrawBid {
  AuctionId auction;
  BidId bid;
  friend bool operator==(const WithdrawBid&, const WithdrawBid&) = default;
};
BOOST_DESCRIBE_STRUCT(WithdrawBid, (), (auction, bid))

/// The bureau opens all bids at once. The seed decides ties: drawn by the host now, when nobody can bid any more.
struct OpenBids {
  AuctionId auction;
  uint64_t seed;
  friend bool operator==(const OpenBids&, const OpenBids&) = default;
};
BOOST_DESCRIBE_STRUCT(OpenBids, (), (auction, seed))

/// An ascending listing 挂牌, by its seller. Its number is the auction's. The first leg is what one bids on, a price
/// per unit; paddy and capacity may go with an area. No leg names a price.
struct AnnounceListing {
  std::vector<Leg> legs;
  Rate start;
  Rate step;
  std::optional<Rate> reserve;
  std::optional<District> priority;  // 优先权
  std::optional<Instant> from;       // none: as soon as the venue's notice allows
  Instant deadline;
  friend bool operator==(const AnnounceListing&, const AnnounceListing&) = default;
};
BOOST_DESCRIBE_STRUCT(AnnounceListing, (), (legs, start, step, reserve, priority, from, deadline))

/// Its number is the bid's, and, if it wins, the deal's.
struct BidListing {
  AuctionId auction;
  Rate price;
  friend bool operator==(const BidListing&, const BidListing&) = default;
};
BOOST_DESCRIBE_STRUCT(BidListing, (), (auction, price))

/// For the timed bidding of a listing 报名, without a bid yet.
struct DeclareBidder {
  AuctionId auction;
  friend bool operator==(const DeclareBidder&, const DeclareBidder&) = default;
};
BOOST_DESCRIBE_STRUCT(DeclareBidder, (), (auction))

/// The seller, while bidding has not begun: a sealed auction before its window, a listing before its first bid. A
/// sealed auction the bureau may stop until it is opened; its bids stay closed.
struct CancelAuction {
  AuctionId auction;
  friend bool operator==(const CancelAuction&, const CancelAuction&) = default;
};
BOOST_DESCRIBE_STRUCT(CancelAuction, (), (auction))

/// A mountain-4 county applies for an advance of the reclamation fund 预拨 (H66-7.5). The contract names the fund and
/// the day by which the indicators will be filed, which is also the day on which what is left of it is due. It is paid
/// when it has been approved; its number is the advance's.
struct ApplyAdvance {
  Fen fund;
  Day filing_by;
  std::string contract;  // 合同编号
  friend bool operator==(const ApplyAdvance&, const ApplyAdvance&) = default;
};
BOOST_DESCRIBE_STRUCT(ApplyAdvance, (), (fund, filing_by, contract))

/// What is left of an advance, or part of it, goes back to the city. By the county, or the bureau for it.
struct RepayAdvance {
  AdvanceId advance;
  Fen amount;
  std::string document;
  friend bool operator==(const RepayAdvance&, const RepayAdvance&) = default;
};
BOOST_DESCRIBE_STRUCT(RepayAdvance, (), (advance, amount, document))

/// Production venue: the bureau confirms an accepted deal 成交确认, if the price row of the day of the match still
/// stands and the floor is kept; else the deal is void. Then the notice runs, and the time to pay.
struct ConfirmDeal {
  DealId deal;
  std::string document;  // 成交确认书
  friend bool operator==(const ConfirmDeal&, const ConfirmDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(ConfirmDeal, (), (deal, document))

/// The buyer of a confirmed deal pays what the deposit does not cover; landex holds it until the bureau hands over.
struct PayDeal {
  DealId deal;
  friend bool operator==(const PayDeal&, const PayDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(PayDeal, (), (deal))

/// The bureau ends a deal that is not settled, for an objection 异议 or an error: both sides have back what they hold.
struct VoidDeal {
  DealId deal;
  std::string reason;
  std::string document;
  friend bool operator==(const VoidDeal&, const VoidDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(VoidDeal, (), (deal, reason, document))

/// A published price was wrong: from here on its row does not stand, and another may take its days. What has been
/// booked at it stays, and is corrected by entries of its own.
struct RevokePrice {
  PriceRowId row;
  std::string document;
  friend bool operator==(const RevokePrice&, const RevokePrice&) = default;
};
BOOST_DESCRIBE_STRUCT(RevokePrice, (), (row, document))

/// A project 项目 that is to make indicators, as 拟立项. Its number is that of this command.
struct RegisterProject {
  District county;
  IndicatorKind kind;
  std::string name;
  std::string document;
  friend bool operator==(const RegisterProject&, const RegisterProject&) = default;
};
BOOST_DESCRIBE_STRUCT(RegisterProject, (), (county, kind, name, document))

/// Which moves are legal, and who makes them: clearing/projects.hpp.
struct MoveProject {
  ProjectId project;
  ProjectState to;
  std::string document;
  friend bool operator==(const MoveProject&, const MoveProject&) = default;
};
BOOST_DESCRIBE_STRUCT(MoveProject, (), (project, to, document))

/// The land class of a plot is in dispute (H66-9): until it is cleared the plot backs nothing.
struct RecordConflict {
  District county;
  std::string plot;
  clearing::ConflictKind conflict;
  std::string document;
  friend bool operator==(const RecordConflict&, const RecordConflict&) = default;
};
BOOST_DESCRIBE_STRUCT(RecordConflict, (), (county, plot, conflict, document))

struct ClearConflict {
  std::string plot;
  std::vector<clearing::ClearingPaper> papers;
  friend bool operator==(const ClearConflict&, const ClearConflict&) = default;
};
BOOST_DESCRIBE_STRUCT(ClearConflict, (), (plot, papers))

/// Free land of a participant is not to move 冻结. Its number names it when it is released.
struct FreezeLand {
  District participant;
  Instrument instrument;
  Quantity quantity;
  std::string document;
  friend bool operator==(const FreezeLand&, const FreezeLand&) = default;
};
BOOST_DESCRIBE_STRUCT(FreezeLand, (), (participant, instrument, quantity, document))

/// 解冻, in whole or in part.
struct UnfreezeLand {
  FreezeId freeze;
  Quantity quantity;
  std::string document;
  friend bool operator==(const UnfreezeLand&, const UnfreezeLand&) = default;
};
BOOST_DESCRIBE_STRUCT(UnfreezeLand, (), (freeze, quantity, document))

/// Administrative transfer 划转, without money: no sale, so the floor of H66-7.6 does not apply.
struct TransferLand {
  District from, to;
  Instrument instrument;
  Quantity quantity;
  std::string document;
  friend bool operator==(const TransferLand&, const TransferLand&) = default;
};
BOOST_DESCRIBE_STRUCT(TransferLand, (), (from, to, instrument, quantity, document))

/// 借用: the asker lends free land; the borrower may use it for its projects, but not sell it, and returns as much.
struct LendLand {
  District to;
  Instrument instrument;
  Quantity quantity;
  Day due;
  std::string document;
  friend bool operator==(const LendLand&, const LendLand&) = default;
};
BOOST_DESCRIBE_STRUCT(LendLand, (), (to, instrument, quantity, due, document))

/// 归还, by the borrower: out of what it has borrowed, then out of what it has free.
struct ReturnLand {
  LoanId loan;
  Quantity quantity;
  std::string document;
  friend bool operator==(const ReturnLand&, const ReturnLand&) = default;
};
BOOST_DESCRIBE_STRUCT(ReturnLand, (), (loan, quantity, document))

/// 还原: land that was written off was not used after all. The lots that it took come back.
struct RestoreLand {
  WriteOffId write_off;
  Quantity quantity;
  std::string document;
  friend bool operator==(const RestoreLand&, const RestoreLand&) = default;
};
BOOST_DESCRIBE_STRUCT(RestoreLand, (), (write_off, quantity, document))

/// 注销: free land of a participant is no more.
struct CancelLand {
  District participant;
  Instrument instrument;
  Quantity quantity;
  std::string document;
  friend bool operator==(const CancelLand&, const CancelLand&) = default;
};
BOOST_DESCRIBE_STRUCT(CancelLand, (), (participant, instrument, quantity, document))

/// 调整: a batch was more than was written down (what was less: DeductBatch). `reverses` is the number of the entry
/// that was wrong: the filing, a deduction or an adjustment of it. What it adds is filed: the city pools its part.
struct AdjustBatch {
  FilingId filing;
  Area area;
  Area paddy;
  Capacity capacity;
  Sequence reverses;
  std::string document;
  friend bool operator==(const AdjustBatch&, const AdjustBatch&) = default;
};
BOOST_DESCRIBE_STRUCT(AdjustBatch, (), (filing, area, paddy, capacity, reverses, document))

// --- the pool's requests and their allocation (H66-7.3, 6.3) ---

/// A project asks for indicators out of the city's pool. Its number is the request's.
struct RequestPool {
  District county;
  clearing::RequestClass purpose;
  std::string project;
  Components need;
  std::optional<uint8_t> lowest_grade;  // lots of this grade or better; none: any lot
  Day deadline;                         // the last day on which it may be allotted
  std::string document;
  std::optional<clearing::PurposeException> exception;  // for a purpose that H66-7.3 does not name
  std::optional<BalanceId> balance;                     // that it fills
  friend bool operator==(const RequestPool&, const RequestPool&) = default;
};
BOOST_DESCRIBE_STRUCT(RequestPool, (),
                      (county, purpose, project, need, lowest_grade, deadline, document, exception, balance))

struct WithdrawRequest {
  RequestId request;
  std::string document;
  friend bool operator==(const WithdrawRequest&, const WithdrawRequest&) = default;
};
BOOST_DESCRIBE_STRUCT(WithdrawRequest, (), (request, document))

/// An allocation of the pool begins to be written down, part by part. Its number is the allocation's. It was reckoned
/// from the state at that number: if what it depends on has moved since, it is stale.
struct DraftAllocation {
  Sequence computed_at;
  friend bool operator==(const DraftAllocation&, const DraftAllocation&) = default;
};
BOOST_DESCRIBE_STRUCT(DraftAllocation, (), (computed_at))

/// The next part of it. Parts count from 1.
struct AddDraws {
  AllocationId allocation;
  uint32_t part;
  std::vector<clearing::Draw> draws;
  friend bool operator==(const AddDraws&, const AddDraws&) = default;
};
BOOST_DESCRIBE_STRUCT(AddDraws, (), (allocation, part, draws))

/// What was drafted is done: each request has its draws allotted.
struct AllocatePool {
  AllocationId allocation;
  std::string document;
  friend bool operator==(const AllocatePool&, const AllocatePool&) = default;
};
BOOST_DESCRIBE_STRUCT(AllocatePool, (), (allocation, document))

/// The county takes over what was allotted to its request, against its price; it is used for the project.
struct TakeAllotment {
  RequestId request;
  std::string document;
  friend bool operator==(const TakeAllotment&, const TakeAllotment&) = default;
};
BOOST_DESCRIBE_STRUCT(TakeAllotment, (), (request, document))

/// What was allotted goes back to the pool. By its county, or the bureau.
struct ReturnAllotment {
  RequestId request;
  std::string document;
  friend bool operator==(const ReturnAllotment&, const ReturnAllotment&) = default;
};
BOOST_DESCRIBE_STRUCT(ReturnAllotment, (), (request, document))

/// Plots of the 30 % are used for the replenishment of a major construction project of the city (H66-6.3).
struct AllotPlots {
  std::vector<TitleNumber> plots;
  District county;  // where the project lands
  clearing::RequestClass purpose;
  std::string project;
  std::string document;
  friend bool operator==(const AllotPlots&, const AllotPlots&) = default;
};
BOOST_DESCRIBE_STRUCT(AllotPlots, (), (plots, county, purpose, project, document))

// --- needs and their sources (H66-7.1, 7.6, 7.7) ---

/// What a county keeps for its own projects, from now on. 0: nothing.
struct RegisterNeed {
  District county;
  Instrument instrument;
  Quantity quantity;
  std::string document;
  friend bool operator==(const RegisterNeed&, const RegisterNeed&) = default;
};
BOOST_DESCRIBE_STRUCT(RegisterNeed, (), (county, instrument, quantity, document))

/// The bureau certifies a buyer's gap 占补平衡缺口. Its number is the certificate's.
struct CertifyGap {
  District participant;
  Instrument instrument;
  Quantity quantity;
  Day from, until;
  std::string document;
  friend bool operator==(const CertifyGap&, const CertifyGap&) = default;
};
BOOST_DESCRIBE_STRUCT(CertifyGap, (), (participant, instrument, quantity, from, until, document))

struct RevokeGap {
  GapId gap;
  std::string document;
  friend bool operator==(const RevokeGap&, const RevokeGap&) = default;
};
BOOST_DESCRIBE_STRUCT(RevokeGap, (), (gap, document))

/// The balance of one project is begun. Its number is the balance's.
struct OpenBalance {
  District county;
  std::string project;
  std::optional<clearing::RequestClass> purpose;
  Components need;
  std::optional<uint8_t> lowest_grade;
  Day deadline;
  std::string document;
  friend bool operator==(const OpenBalance&, const OpenBalance&) = default;
};
BOOST_DESCRIBE_STRUCT(OpenBalance, (), (county, project, purpose, need, lowest_grade, deadline, document))

/// Part of it is filled from one tier. From the pool: what was allotted to the request of that number has been taken.
/// From outside: land that the county has bought outside the city, at that price, is used at once.
struct FillBalance {
  BalanceId balance;
  clearing::Tier tier;
  Components amount;
  std::string reason;  // why an earlier tier is skipped; empty where none is
  std::string document;
  std::optional<Rate> price;  // from outside: of its area
  friend bool operator==(const FillBalance&, const FillBalance&) = default;
};
BOOST_DESCRIBE_STRUCT(FillBalance, (), (balance, tier, amount, reason, document, price))

struct CloseBalance {
  BalanceId balance;
  std::string document;
  friend bool operator==(const CloseBalance&, const CloseBalance&) = default;
};
BOOST_DESCRIBE_STRUCT(CloseBalance, (), (balance, document))

// --- titles (H66-21.2 ③, 21.3, 14.2, 10, 6.4) ---

/// A product of H66-21.3 is opened for trading by an approval, from one day to another.
struct OpenProduct {
  clearing::Product product;
  Day from, until;
  std::string approval;
  friend bool operator==(const OpenProduct&, const OpenProduct&) = default;
};
BOOST_DESCRIBE_STRUCT(OpenProduct, (), (product, from, until, approval))

/// A title is registered, with the papers that its product needs. Reserve plots become titles when they are entered.
struct RegisterTitle {
  District county;
  clearing::Product product;
  std::string number;
  Area area;
  std::optional<uint8_t> grade;
  std::string document;  // of its acceptance 验收
  std::string consent;   // of the provincial forestry bureau (H66-10.1) or government (10.2); else empty
  friend bool operator==(const RegisterTitle&, const RegisterTitle&) = default;
};
BOOST_DESCRIBE_STRUCT(RegisterTitle, (), (county, product, number, area, grade, document, consent))

/// What has been built on a plot: 粮功区, 高标 (H66-6.4).
struct FlagPlot {
  std::string plot;
  bool grain_zone, high_standard;
  std::string document;
  friend bool operator==(const FlagPlot&, const FlagPlot&) = default;
};
BOOST_DESCRIBE_STRUCT(FlagPlot, (), (plot, grain_zone, high_standard, document))

/// A part of a title becomes one of its own, where the product may be divided.
struct SplitTitle {
  std::string title;
  std::string number;  // of the part
  Area area;
  friend bool operator==(const SplitTitle&, const SplitTitle&) = default;
};
BOOST_DESCRIBE_STRUCT(SplitTitle, (), (title, number, area))

/// Titles are used for a project 核销.
struct UseTitles {
  std::vector<TitleNumber> titles;
  std::string project;
  std::string document;
  friend bool operator==(const UseTitles&, const UseTitles&) = default;
};
BOOST_DESCRIBE_STRUCT(UseTitles, (), (titles, project, document))

/// 注销, by the bureau.
struct CancelTitle {
  std::string title;
  std::string document;
  friend bool operator==(const CancelTitle&, const CancelTitle&) = default;
};
BOOST_DESCRIBE_STRUCT(CancelTitle, (), (title, document))

// --- transfers between governments (H66-3, 4, 5, 8, 12, 16, 17, 19, 20) ---

/// Money of the city is set apart for a purpose, or goes back to its free money (H66-20).
struct EarmarkFund {
  clearing::Fund fund;
  Fen amount;
  bool back;
  std::string document;
  friend bool operator==(const EarmarkFund&, const EarmarkFund&) = default;
};
BOOST_DESCRIBE_STRUCT(EarmarkFund, (), (fund, amount, back, document))

/// A figure of one year, in yuan per mu. Its number is the row's.
struct PublishStandard {
  clearing::StandardKind kind;
  uint16_t year;
  Rate rate;
  std::string document;  // 文号
  std::string approver;  // office, not a name
  friend bool operator==(const PublishStandard&, const PublishStandard&) = default;
};
BOOST_DESCRIBE_STRUCT(PublishStandard, (), (kind, year, rate, document, approver))

/// It was wrong. What was paid by it stands until its run is reversed.
struct RevokeStandard {
  StandardId standard;
  std::string document;
  friend bool operator==(const RevokeStandard&, const RevokeStandard&) = default;
};
BOOST_DESCRIBE_STRUCT(RevokeStandard, (), (standard, document))

/// A function-restoration task handed down to a county for a cycle (H66-5.1).
struct RegisterTask {
  District county;
  uint16_t first_year;
  Area area;
  std::string document;
  friend bool operator==(const RegisterTask&, const RegisterTask&) = default;
};
BOOST_DESCRIBE_STRUCT(RegisterTask, (), (county, first_year, area, document))

/// The county has restored so much more of its own task; accepted by that document.
struct RecordRestored {
  District county;
  uint16_t first_year;
  Area area;
  std::string document;
  friend bool operator==(const RecordRestored&, const RecordRestored&) = default;
};
BOOST_DESCRIBE_STRUCT(RecordRestored, (), (county, first_year, area, document))

/// A provider undertakes part of a receiver's task for money (H66-5.2). The agreement itself is that document.
struct AgreeUndertaking {
  District provider, receiver;
  uint16_t first_year;
  Area area;
  Area built;  // of which with 粮功区 and 高标 in step
  Rate price;  // yuan per mu
  std::string document;
  friend bool operator==(const AgreeUndertaking&, const AgreeUndertaking&) = default;
};
BOOST_DESCRIBE_STRUCT(AgreeUndertaking, (), (provider, receiver, first_year, area, built, price, document))

/// An enclave of a mountain-4 county with an urban district (H66-19). Its number is the enclave's.
struct RegisterEnclave {
  District sender, receiver;
  clearing::EnclaveKind kind;
  std::string name;
  Area secured, included;
  std::string document;
  friend bool operator==(const RegisterEnclave&, const RegisterEnclave&) = default;
};
BOOST_DESCRIBE_STRUCT(RegisterEnclave, (), (sender, receiver, kind, name, secured, included, document))

/// The sender of an enclave undertakes protection of its receiver, who pays yearly (H66-19.3).
struct AgreePbfTask {
  EnclaveId enclave;
  Area area;
  Day from, until;
  std::string document;
  friend bool operator==(const AgreePbfTask&, const AgreePbfTask&) = default;
};
BOOST_DESCRIBE_STRUCT(AgreePbfTask, (), (enclave, area, from, until, document))

/// The new construction-land scale of a township plan (H66-17).
struct SetTownshipScale {
  District county;
  std::string township;
  Area area;
  std::string document;
  friend bool operator==(const SetTownshipScale&, const SetTownshipScale&) = default;
};
BOOST_DESCRIBE_STRUCT(SetTownshipScale, (), (county, township, area, document))

/// Part of what the plan reserves is used for a project of one of the six trades (H66-17).
struct UseReservedScale {
  District county;
  std::string township;
  clearing::RuralTrade trade;
  Area area;
  std::string project;
  std::string document;
  friend bool operator==(const UseReservedScale&, const UseReservedScale&) = default;
};
BOOST_DESCRIBE_STRUCT(UseReservedScale, (), (county, township, trade, area, project, document))

/// A yearly run is reckoned: every line is told, nothing moves. Its number is the run's.
struct ReckonRun {
  clearing::Reckoning reckoning;
  std::string document;
  friend bool operator==(const ReckonRun&, const ReckonRun&) = default;
};
BOOST_DESCRIBE_STRUCT(ReckonRun, (), (reckoning, document))

/// Every line of a run is paid, if it would still be reckoned the same today.
struct ExecuteRun {
  RunId run;
  std::string document;
  friend bool operator==(const ExecuteRun&, const ExecuteRun&) = default;
};
BOOST_DESCRIBE_STRUCT(ExecuteRun, (), (run, document))

}  // namespace command

/// What may need a second pair of eyes: a command that is proposed, and done when it has been approved.
/// The kinds of chain.hpp are the places of this list: append to both.
using SubjectList =
    std::variant<command::DeductBatch, command::WriteOff, command::PublishPrice, command::SettleDeal,
                 command::SettleClaims, command::Withdraw, command::CancelAuction, command::FileBatch,
                 command::EnterPlots, command::ApplyAdvance, command::ConfirmDeal, command::VoidDeal,
                 command::RevokePrice, command::AdjustBatch, command::CancelLand, command::TransferLand,
                 command::RestoreLand, command::FreezeLand, command::UnfreezeLand, command::LendLand,
                 command::RepayAdvance, command::AllocatePool, command::AllotPlots, command::OpenProduct,
                 command::CertifyGap, command::UseTitles, command::RequestPool, command::FillBalance,
                 command::CancelTitle, command::RegisterTitle, command::ExecuteRun, command::PublishStandard,
                 command::RevokeStandard, command::EarmarkFund, command::RegisterTask, command::RecordRestored,
                 command::AgreeUndertaking, command::RegisterEnclave, command::AgreePbfTask, command::UseReservedScale>;
struct Subject : SubjectList {
  LANDEX_CLOSED(Subject, SubjectList)
  friend bool operator==(const Subject&, const Subject&);
};
inline policy::SubjectKind kind_of(const Subject& s) { return static_cast<policy::SubjectKind>(s.index() + 1); }

/// What a person of a step says.
enum class StepVerdict : uint8_t {
  pass = 1,
  return_ = 2,  // 退回补正: the proposer corrects it
  refuse = 3,   // 不予批准
};
BOOST_DESCRIBE_ENUM(StepVerdict, pass, return_, refuse)

namespace command {

/// Asks for approval of what it carries 报批. Its number is the proposal's, and that of whatever it makes when it is
/// done.
struct Propose {
  Subject subject;
  std::string reason;
  std::string document;  // 文号, where there is one
  friend bool operator==(const Propose&, const Propose&) = default;
};
BOOST_DESCRIBE_STRUCT(Propose, (), (subject, reason, document))

/// The step that a proposal is at is decided.
struct DecideProposal {
  ProposalId proposal;
  StepVerdict verdict;
  std::string reason;    // needed unless it passes
  std::string document;  // of the decision, where there is one
  friend bool operator==(const DecideProposal&, const DecideProposal&) = default;
};
BOOST_DESCRIBE_STRUCT(DecideProposal, (), (proposal, verdict, reason, document))

/// Its proposer corrects a proposal that was returned 补正; it goes through its chain from the start.
struct Resubmit {
  ProposalId proposal;
  Subject subject;  // of the same kind
  std::string reason;
  std::string document;
  friend bool operator==(const Resubmit&, const Resubmit&) = default;
};
BOOST_DESCRIBE_STRUCT(Resubmit, (), (proposal, subject, reason, document))

/// Its proposer takes a proposal back 撤回, while it is under review or returned.
struct WithdrawProposal {
  ProposalId proposal;
  friend bool operator==(const WithdrawProposal&, const WithdrawProposal&) = default;
};
BOOST_DESCRIBE_STRUCT(WithdrawProposal, (), (proposal))

}  // namespace command

using CommandList = std::variant<
    command::Activate, command::SetVenue, command::OpenDay, command::CloseDay, command::OpenAccount, command::Deposit,
    command::Withdraw, command::PublishPrice, command::FileBatch, command::DeductBatch, command::EnterPlots,
    command::PlaceOrder, command::CancelOrder, command::ProposeDeal, command::AcceptDeal, command::EndDeal,
    command::SettleDeal, command::SettleClaims, command::WriteOff, command::PlaceAtBest, command::ReplaceOrder,
    command::CancelOrders, command::SetProfile, command::MovePhase, command::Tick, command::CounterDeal,
    command::AnnounceSealed, command::BidSealed, command::AmendBid, command::WithdrawBid, command::OpenBids,
    command::AnnounceListing, command::BidListing, command::DeclareBidder, command::CancelAuction, command::Propose,
    command::DecideProposal, command::Resubmit, command::WithdrawProposal, command::ApplyAdvance, command::RepayAdvance,
    command::ConfirmDeal, command::PayDeal, command::VoidDeal, command::RevokePrice, command::RegisterProject,
    command::MoveProject, command::RecordConflict, command::ClearConflict, command::FreezeLand, command::UnfreezeLand,
    command::TransferLand, command::LendLand, command::ReturnLand, command::RestoreLand, command::CancelLand,
    command::AdjustBatch, command::RequestPool, command::WithdrawRequest, command::DraftAllocation, command::AddDraws,
    command::AllocatePool, command::TakeAllotment, command::ReturnAllotment, command::AllotPlots, command::RegisterNeed,
    command::CertifyGap, command::RevokeGap, command::OpenBalance, command::FillBalance, command::CloseBalance,
    command::OpenProduct, command::RegisterTitle, command::FlagPlot, command::SplitTitle, command::UseTitles,
    command::CancelTitle, command::EarmarkFund, command::PublishStandard, command::RevokeStandard,
    command::RegisterTask, command::RecordRestored, command::AgreeUndertaking, command::RegisterEnclave,
    command::AgreePbfTask, command::SetTownshipScale, command::UseReservedScale, command::ReckonRun,
    command::ExecuteRun>;
/// One of them.
struct Command : CommandList {
  LANDEX_CLOSED(Command, CommandList)
  friend bool operator==(const Command&, const Command&);
};

/// Who asks, and which of his commands this is (decisions 2).
struct Envelope {
  ClientKey client_key;
  Counter counter;
  PersonId person;
  District participant;
  Role role;
  friend bool operator==(const Envelope&, const Envelope&) = default;
};
BOOST_DESCRIBE_STRUCT(Envelope, (), (client_key, counter, person, participant, role))

/// A command with its number and time: all that `apply` sees of the world.
struct Stamped {
  Sequence seq;
  Instant at;
  Envelope envelope;
  Command command;
  friend bool operator==(const Stamped&, const Stamped&) = default;
};
BOOST_DESCRIBE_STRUCT(Stamped, (), (seq, at, envelope, command))

}  // namespace landex::engine
