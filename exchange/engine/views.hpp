// views.hpp: what can be asked of the engine, and the answers. "Now" only (decisions 7): every answer is of one state,
// whose number the sequencer tells with it. Closed lists, in the order of landex.fbs: append only.
#pragma once
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clearing/governments/restoration.hpp"
#include "exchange/engine/event.hpp"
#include "exchange/engine/proposals.hpp"

namespace landex::engine {

struct State;

namespace query {

struct GetStatus {};
BOOST_DESCRIBE_STRUCT(GetStatus, (), ())

/// Of one participant, or of all that the asker may see.
struct GetHoldings {
  std::optional<District> participant;
};
BOOST_DESCRIBE_STRUCT(GetHoldings, (), (participant))

struct GetOrders {
  std::optional<District> participant;
};
BOOST_DESCRIBE_STRUCT(GetOrders, (), (participant))

struct GetDeals {
  std::optional<District> participant;
};
BOOST_DESCRIBE_STRUCT(GetDeals, (), (participant))

struct GetPool {};
BOOST_DESCRIBE_STRUCT(GetPool, (), ())

struct GetPrices {};
BOOST_DESCRIBE_STRUCT(GetPrices, (), ())

/// The highest counter that a client key of the asker has used.
struct GetCounter {
  ClientKey client_key;
};
BOOST_DESCRIBE_STRUCT(GetCounter, (), (client_key))

/// One instrument's book, as the public may see it; 0 levels: all of them.
struct GetDepth {
  Instrument instrument;
  uint32_t levels;
};
BOOST_DESCRIBE_STRUCT(GetDepth, (), (instrument, levels))

/// The sealed auctions and listings that stand, and today's that are decided.
struct GetAuctions {};
BOOST_DESCRIBE_STRUCT(GetAuctions, (), ())

/// The proposals that the asker has to do with 待办, 已办, 办结.
struct GetInbox {};
BOOST_DESCRIBE_STRUCT(GetInbox, (), ())

/// One proposal with all that was said about it.
struct GetProposal {
  ProposalId proposal;
};
BOOST_DESCRIBE_STRUCT(GetProposal, (), (proposal))

struct GetAdvances {};
BOOST_DESCRIBE_STRUCT(GetAdvances, (), ())

/// What a batch was made of, and where it is now. A district: of batches that it filed or has some of, and of the land
/// that it has itself.
struct GetLineage {
  FilingId filing;
};
BOOST_DESCRIBE_STRUCT(GetLineage, (), (filing))

/// Which batches the land of a participant is of.
struct GetLots {
  std::optional<District> participant;
};
BOOST_DESCRIBE_STRUCT(GetLots, (), (participant))

struct GetProjects {
  std::optional<District> county;
};
BOOST_DESCRIBE_STRUCT(GetProjects, (), (county))

/// The plots in dispute (H66-9), and those that were.
struct GetConflicts {
  std::optional<District> county;
};
BOOST_DESCRIBE_STRUCT(GetConflicts, (), (county))

/// Freezes, loans and write-offs, by their numbers.
struct GetEntries {
  std::optional<District> participant;
};
BOOST_DESCRIBE_STRUCT(GetEntries, (), (participant))

/// What a participant may offer of an instrument, and every term of it.
struct GetAvailable {
  District participant;
  Instrument instrument;
};
BOOST_DESCRIBE_STRUCT(GetAvailable, (), (participant, instrument))

/// The requests to the pool, and what was allotted to them.
struct GetRequests {
  std::optional<District> county;
};
BOOST_DESCRIBE_STRUCT(GetRequests, (), (county))

/// What an allocation would be reckoned from: the lots of the pool and the open requests, as of now.
struct GetAllocationCase {};
BOOST_DESCRIBE_STRUCT(GetAllocationCase, (), ())

/// An allocation that is drafted or done.
struct GetAllocation {
  AllocationId allocation;
};
BOOST_DESCRIBE_STRUCT(GetAllocation, (), (allocation))

/// What is kept for own projects, and which gaps are certified.
struct GetNeeds {
  std::optional<District> participant;
};
BOOST_DESCRIBE_STRUCT(GetNeeds, (), (participant))

/// The balances of projects, and what each tier could give to them now.
struct GetBalances {
  std::optional<District> county;
};
BOOST_DESCRIBE_STRUCT(GetBalances, (), (county))

struct GetTitles {
  std::optional<District> holder;
  std::optional<clearing::Product> product;
};
BOOST_DESCRIBE_STRUCT(GetTitles, (), (holder, product))

/// Which products are open, and until when.
struct GetProducts {};
BOOST_DESCRIBE_STRUCT(GetProducts, (), ())

struct GetFunds {};
BOOST_DESCRIBE_STRUCT(GetFunds, (), ())

struct GetStandards {
  std::optional<uint16_t> year;
};
BOOST_DESCRIBE_STRUCT(GetStandards, (), (year))

struct GetRestoration {};
BOOST_DESCRIBE_STRUCT(GetRestoration, (), ())

struct GetEnclaves {};
BOOST_DESCRIBE_STRUCT(GetEnclaves, (), ())

struct GetScales {};
BOOST_DESCRIBE_STRUCT(GetScales, (), ())

/// Of one year, or all.
struct GetRuns {
  std::optional<uint16_t> year;
};
BOOST_DESCRIBE_STRUCT(GetRuns, (), (year))

}  // namespace query

using QueryList =
    std::variant<query::GetStatus, query::GetHoldings, query::GetOrders, query::GetDeals, query::GetPool,
                 query::GetPrices, query::GetCounter, query::GetDepth, query::GetAuctions, query::GetInbox,
                 query::GetProposal, query::GetAdvances, query::GetLineage, query::GetLots, query::GetProjects,
                 query::GetConflicts, query::GetEntries, query::GetAvailable, query::GetRequests,
                 query::GetAllocationCase, query::GetAllocation, query::GetNeeds, query::GetBalances, query::GetTitles,
                 query::GetProducts, query::GetFunds, query::GetStandards, query::GetRestoration, query::GetEnclaves,
                 query::GetScales, query::GetRuns>;
struct Query : QueryList {
  LANDEX_CLOSED(Query, QueryList)
};

namespace view {

/// One instrument over all participants: issued = free + held + pooled + used + cancelled + frozen + borrowed; `sum` is
/// the ledger's, 0.
struct Recount {
  Instrument instrument;
  Quantity issued, free, held, pooled, used, cancelled, sum, frozen, borrowed;
};
BOOST_DESCRIBE_STRUCT(Recount, (), (instrument, issued, free, held, pooled, used, cancelled, sum, frozen, borrowed))

struct Status {
  std::string rule_set;
  uint32_t behaviour;
  std::optional<Venue> venue;
  std::optional<Day> day;
  std::optional<Day> last_day;
  uint32_t accounts;
  uint32_t orders;
  Fen money_in;
  Fen money_sum;
  std::vector<Recount> land;
  Area plots, plots_pooled;
};
BOOST_DESCRIBE_STRUCT(Status, (),
                      (rule_set, behaviour, venue, day, last_day, accounts, orders, money_in, money_sum, land, plots,
                       plots_pooled))

struct Position {
  Instrument instrument;
  Quantity free, held, pool, used, cancelled, frozen, borrowed;
  Quantity lent;  // what others owe it: in none of its purses
};
BOOST_DESCRIBE_STRUCT(Position, (), (instrument, free, held, pool, used, cancelled, frozen, borrowed, lent))

struct Holding {
  District participant;
  ParticipantClass kind;
  Fen cash, held, claims;
  std::vector<Position> positions;
  Area plots, plots_pooled;
};
BOOST_DESCRIBE_STRUCT(Holding, (), (participant, kind, cash, held, claims, positions, plots, plots_pooled))
struct Holdings {
  std::vector<Holding> rows;
};
BOOST_DESCRIBE_STRUCT(Holdings, (), (rows))

struct OpenOrder {
  OrderId order;
  District participant;
  Instrument instrument;
  Side side;
  Quantity remaining;
  Price price;
  Quantity shown;  // less than what remains: an iceberg
  bool at_best;
  bool all_or_none;
  std::optional<Price> trigger;  // a stop that waits
};
BOOST_DESCRIBE_STRUCT(OpenOrder, (),
                      (order, participant, instrument, side, remaining, price, shown, at_best, all_or_none, trigger))
struct Orders {
  std::vector<OpenOrder> rows;
};
BOOST_DESCRIBE_STRUCT(Orders, (), (rows))

struct DealRow {
  DealId deal;
  District proposer, seller, buyer;
  std::vector<command::Leg> legs;
  Fen amount;
  DealState state;
  std::optional<Instant> until = {};
  std::optional<Day> notice_until = {}, pay_by = {};
  std::vector<command::TitleLeg> titles = {};
  std::optional<command::Landing> landing = {};
};
BOOST_DESCRIBE_STRUCT(DealRow, (),
                      (deal, proposer, seller, buyer, legs, amount, state, until, notice_until, pay_by, titles,
                       landing))
struct Deals {
  std::vector<DealRow> rows;
};
BOOST_DESCRIBE_STRUCT(Deals, (), (rows))

/// The 20 % of one county and component: what was filed since the journal began, less deductions, and what the pool
/// has.
struct PoolLine {
  District county;
  Instrument instrument;
  Quantity filed, deducted, pooled, unpriced;
  Fen owed;  // for all components of the county, told with its first line
};
BOOST_DESCRIBE_STRUCT(PoolLine, (), (county, instrument, filed, deducted, pooled, unpriced, owed))

/// The 30 % of one county's reserve plots.
struct ReserveLine {
  District county;
  Area entered, qualifying, target, pooled, shortfall;
};
BOOST_DESCRIBE_STRUCT(ReserveLine, (), (county, entered, qualifying, target, pooled, shortfall))
struct Pool {
  std::vector<PoolLine> supplementary;
  std::vector<ReserveLine> reserve;
};
BOOST_DESCRIBE_STRUCT(Pool, (), (supplementary, reserve))

struct PriceLine {
  PriceRowId row;
  Instrument instrument;
  Rate rate;
  Day from, until;
  std::string document, approver;
  bool revoked;
};
BOOST_DESCRIBE_STRUCT(PriceLine, (), (row, instrument, rate, from, until, document, approver, revoked))
struct PriceRows {
  std::vector<PriceLine> rows;
};
BOOST_DESCRIBE_STRUCT(PriceRows, (), (rows))

struct CounterUsed {
  Counter highest;  // 0: none yet
};
BOOST_DESCRIBE_STRUCT(CounterUsed, (), (highest))

struct DepthLevel {
  Price price;
  Quantity quantity;
  uint32_t orders;
};
BOOST_DESCRIBE_STRUCT(DepthLevel, (), (price, quantity, orders))

/// The best price at which a class of participant could sell (`bid`) and buy (`ask`) now (decisions 12).
struct BestForClass {
  ParticipantClass kind;
  std::optional<Price> bid, ask;
};
BOOST_DESCRIBE_STRUCT(BestForClass, (), (kind, bid, ask))

struct Depth {
  Instrument instrument;
  matching::Phase phase;
  std::optional<Price> previous_close, band_low, band_high;
  std::vector<DepthLevel> bids, asks;  // best first
  std::vector<BestForClass> best;
  bool crossed_by_rule;             // the best bid reaches the best ask, and the two may not trade, or not at that size
  Quantity excess, total;           // imbalance: shown bids less shown asks, and their sum
  std::optional<Price> indicative;  // in a call
  Quantity indicative_volume;
  std::optional<Price> last, high, low;  // of the day
  std::optional<Quantity> volume;
  uint64_t trades;
  uint64_t checksum;  // of all public levels, the low 53 bits (matching/checksum.hpp)
};
BOOST_DESCRIBE_STRUCT(Depth, (),
                      (instrument, phase, previous_close, band_low, band_high, bids, asks, best, crossed_by_rule,
                       excess, total, indicative, indicative_volume, last, high, low, volume, trades, checksum))

struct OwnBid {
  BidId bid;
  Quantity quantity;
  Price price;
};
BOOST_DESCRIBE_STRUCT(OwnBid, (), (bid, quantity, price))

struct SealedRow {
  AuctionId auction;
  District seller;
  Instrument instrument;
  Quantity offered, least_bid;
  std::optional<Price> reserve;  // only a published one
  Instant opens, closes;
  matching::SealedStage stage;
  std::optional<Price> price;  // after the opening
  std::vector<OwnBid> bids;    // the asker's own, and nobody else's: neither the bureau nor the auditors see more
};
BOOST_DESCRIBE_STRUCT(SealedRow, (),
                      (auction, seller, instrument, offered, least_bid, reserve, opens, closes, stage, price, bids))

struct ListingRow {
  AuctionId auction;
  District seller;
  std::vector<command::Leg> legs;
  Price start, step;
  bool reserve;  // there is one
  std::optional<District> priority;
  Instant from;
  matching::AscendingStage stage;
  std::optional<Instant> due;  // when the next stage begins
  std::optional<Price> highest;
  std::optional<uint32_t> bidder;  // whose the highest bid is
  std::optional<uint32_t> you;     // the asker's number
  std::optional<Price> least;      // what the asker would have to bid now; none: it may not
};
BOOST_DESCRIBE_STRUCT(ListingRow, (),
                      (auction, seller, legs, start, step, reserve, priority, from, stage, due, highest, bidder, you,
                       least))

struct Auctions {
  std::vector<SealedRow> sealed;
  std::vector<ListingRow> listings;
};
BOOST_DESCRIBE_STRUCT(Auctions, (), (sealed, listings))

/// Which heap of the desk a proposal lies on.
enum class Box : uint8_t {
  to_do = 1,    // 待办: the asker may decide it now, or is to correct it
  running = 2,  // 已办: under way, and others are to act
  ended = 3,    // 办结
};
BOOST_DESCRIBE_ENUM(Box, to_do, running, ended)

struct InboxRow {
  Box box;
  ProposalId proposal;
  District participant;  // whose proposal it is
  Subject subject;
  ProposalState state;
  std::optional<policy::StepKind> step;  // that is to be decided
  std::optional<Day> due;                // the last day of the step, or of the notice
};
BOOST_DESCRIBE_STRUCT(InboxRow, (), (box, proposal, participant, subject, state, step, due))
struct Inbox {
  std::vector<InboxRow> rows;  // by box, then due, then number; of what ended the last 200, the newest first
};
BOOST_DESCRIBE_STRUCT(Inbox, (), (rows))

struct ProposalFile {
  std::optional<InboxRow> proposal;  // none: there is none of that number that the asker may see
  std::vector<ProposalMark> marks;   // all that was done about it, in that order
  std::optional<Refusal> refusal;    // why it is void
};
BOOST_DESCRIBE_STRUCT(ProposalFile, (), (proposal, marks, refusal))

struct Advances {
  std::vector<clearing::Advance> rows;
};
BOOST_DESCRIBE_STRUCT(Advances, (), (rows))

/// Land of one filing in one place.
struct LotRow {
  Instrument instrument;
  FilingId filing;
  District participant;
  Place place;
  Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(LotRow, (), (instrument, filing, participant, place, quantity))
struct Lots {
  std::vector<LotRow> rows;
};
BOOST_DESCRIBE_STRUCT(Lots, (), (rows))

/// Land of the filing that a project has used.
struct UseRow {
  WriteOffId write_off;
  District participant;
  Instrument instrument;
  Quantity quantity;
  std::string project;
};
BOOST_DESCRIBE_STRUCT(UseRow, (), (write_off, participant, instrument, quantity, project))

struct LineageRow {
  FilingId filing;
  District county;
  IndicatorKind kind;
  Day day;
  Components filed, deducted;
  std::string project;
  std::optional<ProjectId> project_id;
  std::string document;
  std::optional<uint8_t> grade;
  std::vector<clearing::BatchPlot> plots;
  std::optional<Day> expires;
  std::vector<LotRow> lots;
  std::vector<UseRow> uses;
};
BOOST_DESCRIBE_STRUCT(LineageRow, (),
                      (filing, county, kind, day, filed, deducted, project, project_id, document, grade, plots, expires,
                       lots, uses))
/// One row; none: there is no such filing, or the asker may not see it.
struct Lineage {
  std::vector<LineageRow> rows;
};
BOOST_DESCRIBE_STRUCT(Lineage, (), (rows))

struct ProjectRow {
  ProjectId project;
  District county;
  IndicatorKind kind;
  std::string name;
  ProjectState state;
  std::string document;
};
BOOST_DESCRIBE_STRUCT(ProjectRow, (), (project, county, kind, name, state, document))
struct Projects {
  std::vector<ProjectRow> rows;
};
BOOST_DESCRIBE_STRUCT(Projects, (), (rows))

struct ConflictRow {
  std::string plot;
  District county;
  clearing::ConflictKind conflict;
  bool open;
  std::string document;
  std::vector<clearing::ClearingPaper> papers;
};
BOOST_DESCRIBE_STRUCT(ConflictRow, (), (plot, county, conflict, open, document, papers))
struct Conflicts {
  std::vector<ConflictRow> rows;
};
BOOST_DESCRIBE_STRUCT(Conflicts, (), (rows))

struct FreezeRow {
  FreezeId freeze;
  District participant;
  Instrument instrument;
  Quantity quantity, left;
  std::string document;
};
BOOST_DESCRIBE_STRUCT(FreezeRow, (), (freeze, participant, instrument, quantity, left, document))
struct LoanRow {
  LoanId loan;
  District lender, borrower;
  Instrument instrument;
  Quantity quantity, left;
  Day due;
  bool overdue;
  std::string document;
};
BOOST_DESCRIBE_STRUCT(LoanRow, (), (loan, lender, borrower, instrument, quantity, left, due, overdue, document))
struct WriteOffRow {
  WriteOffId write_off;
  District participant;
  Instrument instrument;
  Quantity quantity, left;
  std::string project;
};
BOOST_DESCRIBE_STRUCT(WriteOffRow, (), (write_off, participant, instrument, quantity, left, project))
struct Entries {
  std::vector<FreezeRow> freezes;
  std::vector<LoanRow> loans;
  std::vector<WriteOffRow> write_offs;
};
BOOST_DESCRIBE_STRUCT(Entries, (), (freezes, loans, write_offs))

/// available = balance − frozen − lent − on offer. The balance is what the participant owns: lent land is its own, what
/// it has borrowed is not, and pooled land has left it.
struct Available {
  District participant;
  Instrument instrument;
  Quantity balance, frozen, lent, on_offer, available;
  Quantity borrowed;  // beside it: for projects only
  Quantity own_need;  // kept for own projects (H66-7.7)
};
BOOST_DESCRIBE_STRUCT(Available, (),
                      (participant, instrument, balance, frozen, lent, on_offer, available, borrowed, own_need))
/// One row; none: it has no account, or the asker may not see it.
struct Availability {
  std::vector<Available> rows;
};
BOOST_DESCRIBE_STRUCT(Availability, (), (rows))

struct Requests {
  std::vector<clearing::Request> rows;
};
BOOST_DESCRIBE_STRUCT(Requests, (), (rows))

struct PoolLotRow {
  FilingId filing;
  District origin;
  std::optional<uint8_t> grade;
  Components left;
};
BOOST_DESCRIBE_STRUCT(PoolLotRow, (), (filing, origin, grade, left))
struct OpenRequestRow {
  RequestId request;
  District county;
  clearing::RequestClass purpose;
  Components need;  // what is left of it
  std::optional<uint8_t> lowest_grade;
  Day deadline;
};
BOOST_DESCRIBE_STRUCT(OpenRequestRow, (), (request, county, purpose, need, lowest_grade, deadline))
struct AllocationCase {
  std::vector<PoolLotRow> lots;
  std::vector<OpenRequestRow> requests;
};
BOOST_DESCRIBE_STRUCT(AllocationCase, (), (lots, requests))

/// One row; none: there is no such allocation.
struct AllocationRow {
  AllocationId allocation;
  Sequence computed_at;
  bool effective, stale;
  std::vector<clearing::Draw> draws;
};
BOOST_DESCRIBE_STRUCT(AllocationRow, (), (allocation, computed_at, effective, stale, draws))
struct Allocations {
  std::vector<AllocationRow> rows;
};
BOOST_DESCRIBE_STRUCT(Allocations, (), (rows))

struct OwnNeedRow {
  District county;
  Instrument instrument;
  Quantity quantity;
  std::string document;
};
BOOST_DESCRIBE_STRUCT(OwnNeedRow, (), (county, instrument, quantity, document))
struct Needs {
  std::vector<OwnNeedRow> own;
  std::vector<clearing::Gap> gaps;
};
BOOST_DESCRIBE_STRUCT(Needs, (), (own, gaps))

/// What a tier could give to what is left of a balance, component by component.
struct TierRow {
  clearing::Tier tier;
  Components could;                     // of what is left
  bool open;                            // may it be used: the pool serves only purposes of H66-7.3
  std::optional<Rate> area_price = {};  // the best ask for the county's class, or the published cross-city price
};
BOOST_DESCRIBE_STRUCT(TierRow, (), (tier, could, open, area_price))
struct BalanceRow {
  clearing::Balance balance;
  Components left;
  std::vector<TierRow> tiers;
};
BOOST_DESCRIBE_STRUCT(BalanceRow, (), (balance, left, tiers))
struct Balances {
  std::vector<BalanceRow> rows;
};
BOOST_DESCRIBE_STRUCT(Balances, (), (rows))

struct Titles {
  std::vector<clearing::Title> rows;
};
BOOST_DESCRIBE_STRUCT(Titles, (), (rows))

/// None of the days: the product is not open, and has not been.
struct ProductRow {
  clearing::Product product;
  policy::Clause clause;
  std::optional<Day> from, until;
  std::string approval;
  bool open;
};
BOOST_DESCRIBE_STRUCT(ProductRow, (), (product, clause, from, until, approval, open))
struct Products {
  std::vector<ProductRow> rows;
};
BOOST_DESCRIBE_STRUCT(Products, (), (rows))

struct FundRow {
  clearing::Fund fund;
  Fen balance;
};
BOOST_DESCRIBE_STRUCT(FundRow, (), (fund, balance))

struct Funds {
  std::vector<FundRow> rows;
};
BOOST_DESCRIBE_STRUCT(Funds, (), (rows))

struct Standards {
  std::vector<clearing::Standard> rows;
};
BOOST_DESCRIBE_STRUCT(Standards, (), (rows))

struct RestorationTasks {
  std::vector<clearing::RestorationTask> tasks;
  std::vector<clearing::Undertaking> undertakings;
};
BOOST_DESCRIBE_STRUCT(RestorationTasks, (), (tasks, undertakings))

struct EnclaveRows {
  std::vector<clearing::Enclave> enclaves;
  std::vector<clearing::PbfAgreement> agreements;
};
BOOST_DESCRIBE_STRUCT(EnclaveRows, (), (enclaves, agreements))

struct Scales {
  std::vector<clearing::TownshipScale> rows;
};
BOOST_DESCRIBE_STRUCT(Scales, (), (rows))

/// A run without its facts: what it says, and where it is.
struct RunRow {
  RunId run;
  clearing::RunKind kind;
  uint16_t year;
  clearing::RunState state;
  Day reckoned;
  std::optional<Day> paid;
  std::vector<clearing::RunLine> lines;
  Fen total;
  std::optional<RunId> reverses, reversed_by;
  std::string document;
};
BOOST_DESCRIBE_STRUCT(RunRow, (),
                      (run, kind, year, state, reckoned, paid, lines, total, reverses, reversed_by, document))

/// A district sees what was paid; of what is only reckoned, nothing.
struct RunRows {
  std::vector<RunRow> rows;
};
BOOST_DESCRIBE_STRUCT(RunRows, (), (rows))

}  // namespace view

using ViewList = std::variant<view::Status, view::Holdings, view::Orders, view::Deals, view::Pool, view::PriceRows,
                              view::CounterUsed, view::Depth, view::Auctions, view::Inbox, view::ProposalFile,
                              view::Advances, view::Lineage, view::Lots, view::Projects, view::Conflicts, view::Entries,
                              view::Availability, view::Requests, view::AllocationCase, view::Allocations, view::Needs,
                              view::Balances, view::Titles, view::Products, view::Funds, view::Standards,
                              view::RestorationTasks, view::EnclaveRows, view::Scales, view::RunRows>;
struct View : ViewList {
  LANDEX_CLOSED(View, ViewList)
};

/// Who asks: a district sees its own account, orders and deals; the bureau, analysts and auditors see all, but not what
/// is held for sealed bids that are not opened: to them that money is still free.
struct Asker {
  PersonId person;
  District participant;
  Role role;
};

View answer(const State& s, const Asker& who, const Query& q);

}  // namespace landex::engine
