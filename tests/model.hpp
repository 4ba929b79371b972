// model.hpp: a naive exchange, the judge of the engine. It follows the same text of semantics, written by another hand:
// linear scans over maps and vectors, one function for each command, which first states every condition and then moves.
// It shares with the engine only the types, the policy pack, the tables of phases and the lists of commands, events and
// refusals; so where both give equal events, two readings of the text agree. Books, calls and auctions are those of
// their own naive judges (naive_books.hpp, naive_call.hpp, naive_sealed.hpp, naive_ascending.hpp); what an order holds
// is written down for each order and counted down. Its parts: model.cpp (identity, policy, money, registry, deals),
// model_registry.cpp (projects, disputes, the verbs), model_needs.cpp (needs, balances, limits), model_pool.cpp,
// model_orders.cpp, model_phases.cpp, model_auctions.cpp, model_settlement.cpp, model_approvals.cpp, model_titles.cpp,
// model_governments.cpp, model_runs.cpp.
// A refusal carries its reason and its rule, no facts and no text. One thread. `apply` never fails; it expects numbers
// (`seq`) that rise.
#pragma once
#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "exchange/engine/event.hpp"
#include "matching/types/bounds.hpp"
#include "tests/naive_ascending.hpp"
#include "tests/naive_books.hpp"
#include "tests/naive_call.hpp"
#include "tests/naive_sealed.hpp"

namespace landex::model {

template <class Map, class Key>
auto value_or_zero(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? typename Map::mapped_type{} : found->second;
}

/// Counted day by day; nothing where the calendar does not reach.
std::optional<Day> working_days_after(const policy::Pack& pack, Day day, int count);

/// Under which clause a product is traded.
policy::Clause rule_of_product(clearing::Product p);

class Exchange {
 public:
  engine::Events apply(const engine::Stamped& stamped);

  /// Balances; 0 where there is no such account.
  Quantity land(Instrument instrument, District participant, engine::Purse purse) const;
  Fen money(District participant, engine::Purse purse) const;

 private:
  using Reason = engine::Reason;
  using Purse = engine::Purse;
  using Rule = std::optional<policy::Clause>;

  struct Result {
    Counter counter;
    Sequence seq;
    engine::Command command;
    std::optional<engine::Refusal> refusal;
  };
  struct Stream {
    Counter highest;
    std::deque<Result> results;
  };
  struct PriceRow {
    PriceRowId id;
    Instrument instrument;
    Rate rate;
    Period period;
    bool revoked = false;
  };
  struct Filing {
    District county;
    engine::IndicatorKind kind;
    std::map<Instrument, Quantity> filed, deducted;
    std::optional<policy::RowId> share_from;  // names the row of the pooled share; none for linkage
    std::vector<uint64_t> numbers;            // of its entries: what a correction may name
    std::vector<std::string> plots;
    std::optional<Day> last_day;
    Day day = {};                                                                // of the filing
    Quantity of_plots = {};                                                      // what they come to
    std::map<uint64_t, std::map<Instrument, Quantity>> taken = {}, undone = {};  // by each deduction; of each again

    std::optional<uint8_t> grade = {};

    bool is_gone() const {
      return std::ranges::all_of(filed, [&](const auto& part) {
        return part.second == Quantity{} || value_or_zero(deducted, part.first) == part.second;
      });
    }
    bool rests_on(const std::string& plot) const { return !is_gone() && std::ranges::count(plots, plot) > 0; }
  };
  struct ProjectFile {
    District county;
    engine::IndicatorKind kind;
    engine::ProjectState state;
  };
  struct Dispute {
    District county;
    clearing::ConflictKind kind;
    bool settled;
  };
  struct Frozen {
    District participant;
    Instrument instrument;
    Quantity left;
    std::string document;
  };
  struct Lent {
    District lender, borrower;
    Instrument instrument;
    Quantity left;
    Day due;
    bool told;  // that it is overdue
    std::string document;
    std::map<FilingId, Quantity> lots;  // that are still to come back
  };
  struct Used {
    District participant;
    Instrument instrument;
    std::string project;
    std::map<FilingId, Quantity> lots;  // that are still written off
    bool was_borrowed;
    bool for_good = false;  // out of the pool, or from outside
  };
  struct PendingClaim {
    FilingId filing;
    Day day;
    District county;
    Instrument instrument;
    Quantity quantity;
  };
  struct Priced {  // a claim that was booked at a price
    PriceRowId row;
    PendingClaim claim;
    Fen amount;
  };
  struct LibraryPlot {
    District county;
    engine::command::Plot plot;
    bool qualifies;
    policy::RowId share_from;
    bool pooled;
  };
  struct Order {  // it has come in and is not over: it rests, waits or is on its way
    District owner;
    Instrument instrument;
    Side side;
    Price limit;
    Quantity left;
    Fen money;  // what it still holds
    Quantity land;
    bool capped;
    engine::Lifetime lifetime;
    std::optional<Day> last_day;
    std::optional<Instant> until;
  };
  struct Wanted {  // what comes in, whichever command brought it
    Instrument instrument;
    Side side;
    Quantity quantity;
    std::optional<Rate> price;  // none: at best
    std::optional<engine::OrderConditions> conditions;
  };
  struct Arrival {  // the command's own order, while its tape is told
    OrderId order;
    District owner;
    Instrument instrument;
    Side side;
    Price limit;
    Quantity left;
    Quantity lifted = {};
    bool floor_told = false;
  };
  struct Done {  // a trade of the day
    Instant at;
    Quantity quantity;
    Price price;
  };
  using Best = std::pair<std::optional<Price>, std::optional<Price>>;  // bid, ask
  struct Session {
    matching::Phase phase = matching::Phase::closed;
    matching::PairTable pairs;
    bool limits_pairs = false;
    std::optional<std::pair<Price, Price>> band;
    std::optional<Price> previous_close;
    std::vector<Done> trades;
    uint64_t came_or_went = 0;  // orders in a call since its price was told
    std::map<ParticipantClass, Best> best;
    bool levels_moved = false;
  };
  struct Due {
    Instant at;
    Instrument instrument;
    matching::Phase to;
    int64_t window_us;
  };
  struct Call {  // what takes part, and what is done about own orders that would meet
    std::vector<matching::CallOrder> buys, sells;
    matching::PairTable pairs;
    std::vector<matching::CallPrevented> prevented;
    matching::CallPrice price;
  };
  struct Deal {
    DealId id;
    District proposer, seller, buyer;
    std::vector<engine::command::Leg> legs;
    Fen amount;
    engine::DealState state;
    std::optional<Instant> until;
    std::optional<Day> matched = {}, notice_until = {}, pay_by = {};
    uint64_t accepted_by = 0;  // the number of the command
    Fen fee = {};              // as of then, and the rule that asks for it
    Rule fee_rule = {};
    std::vector<engine::command::TitleLeg> titles = {};
    std::optional<engine::command::Landing> landing = {};
  };
  struct Card {  // of a title
    clearing::Product product;
    District county, holder;
    Area area;
    clearing::TitleState state;
    DealId deal;  // while it is on offer
    std::optional<uint8_t> grade;
    std::string document, consent;
  };
  struct Switch {
    clearing::Product product;
    Day from, until;
  };
  struct Listing {
    AuctionId id;
    naive::Ascending auction;
    std::vector<engine::command::Leg> legs;
    std::vector<District> bidders;   // in the order of their numbers
    matching::AscendingStage stage;  // that has been told
    std::optional<Instant> due;      // of the next one
  };

  struct Paper {  // a proposal
    ProposalId id;
    engine::Subject subject;
    engine::Envelope by;
    policy::Chain chain;
    size_t step;
    engine::ProposalState state;
    Day due;
    std::vector<PersonId> said_yes;
  };

  struct Ask {  // a request to the pool
    District county;
    clearing::RequestClass purpose;
    std::string project;
    std::map<Instrument, Quantity> need, taken;
    std::optional<uint8_t> grade;
    Day last_day;
    std::optional<BalanceId> balance;
    clearing::RequestState state;
    std::vector<clearing::Draw> waiting;
    std::optional<Day> since, take_by;  // when what waits was allotted, and the last day to take it
  };
  struct Plan {  // an allocation
    uint64_t as_of;
    uint32_t parts;
    std::vector<clearing::Draw> draws;
    bool done;
  };
  struct CertifiedGap {
    District participant;
    Instrument instrument;
    Quantity quantity;
    Period period;
    bool stands;
  };
  struct Filling {
    uint64_t number;
    std::array<int64_t, 3> amounts;  // area, paddy, capacity
  };
  struct ProjectBalance {
    District county;
    std::string project;
    std::optional<clearing::RequestClass> purpose;
    Components need;
    std::optional<uint8_t> lowest_grade;
    bool open;
    std::vector<Filling> fills;
  };

  // Between governments: what was said, one after the other; every sum is counted anew from these lists.
  struct FundEntry {
    clearing::Fund fund;
    Fen amount;  // below 0: taken out
  };
  struct Figure {
    StandardId id;
    clearing::StandardKind kind;
    uint16_t year;
    Rate rate;
    bool revoked;
  };
  struct Task {
    District county;
    uint16_t first, last;
    Area area;
  };
  struct Restored {
    District county;
    uint16_t first;
    Area area;
  };
  struct Undertaken {
    UndertakingId id;
    District provider, receiver;
    uint16_t first;
    Area area;
    Rate price;
    Day agreed;
  };
  struct Township {
    District county;
    std::string name;
    Area reserved;
    std::vector<Area> uses;
  };
  struct RunPaper {
    RunId id;
    clearing::RunKind kind;
    uint16_t year;
    bool paid;
    clearing::Reckoning facts;
    std::vector<clearing::RunLine> lines;
    Fen total;
    std::optional<RunId> reverses;
  };

  struct Advance {
    AdvanceId id;
    District county;
    Fen left;
    Day granted, due;
    bool called_back;
  };

  /// One command under an envelope, its conditions and what it does. No chain stands in its way.
  template <class C>
  void act(const engine::Envelope& from, const C& c);

  void run(const engine::command::Activate& c);
  void run(const engine::command::SetVenue& c);
  void run(const engine::command::OpenDay& c);
  void run(const engine::command::CloseDay& c);
  void run(const engine::command::OpenAccount& c);
  void run(const engine::command::Deposit& c);
  void run(const engine::command::Withdraw& c);
  void run(const engine::command::PublishPrice& c);
  void run(const engine::command::FileBatch& c);
  void run(const engine::command::DeductBatch& c);
  void run(const engine::command::EnterPlots& c);
  void run(const engine::command::PlaceOrder& c);
  void run(const engine::command::CancelOrder& c);
  void run(const engine::command::ProposeDeal& c);
  void run(const engine::command::AcceptDeal& c);
  void run(const engine::command::CounterDeal& c);
  void run(const engine::command::AnnounceSealed& c);
  void run(const engine::command::BidSealed& c);
  void run(const engine::command::AmendBid& c);
  void run(const engine::command::WithdrawBid& c);
  void run(const engine::command::OpenBids& c);
  void run(const engine::command::AnnounceListing& c);
  void run(const engine::command::BidListing& c);
  void run(const engine::command::DeclareBidder& c);
  void run(const engine::command::CancelAuction& c);
  void run(const engine::command::EndDeal& c);
  void run(const engine::command::SettleDeal& c);
  void run(const engine::command::SettleClaims& c);
  void run(const engine::command::WriteOff& c);
  void run(const engine::command::PlaceAtBest& c);
  void run(const engine::command::ReplaceOrder& c);
  void run(const engine::command::CancelOrders& c);
  void run(const engine::command::SetProfile& c);
  void run(const engine::command::MovePhase& c);
  void run(const engine::command::ConfirmDeal& c);
  void run(const engine::command::PayDeal& c);
  void run(const engine::command::VoidDeal& c);
  void run(const engine::command::RevokePrice& c);
  void run(const engine::command::Tick&) {}
  void run(const engine::command::Propose& c);
  void run(const engine::command::DecideProposal& c);
  void run(const engine::command::Resubmit& c);
  void run(const engine::command::WithdrawProposal& c);
  void run(const engine::command::ApplyAdvance& c);
  void run(const engine::command::RepayAdvance& c);
  void run(const engine::command::RegisterProject& c);
  void run(const engine::command::MoveProject& c);
  void run(const engine::command::RecordConflict& c);
  void run(const engine::command::ClearConflict& c);
  void run(const engine::command::FreezeLand& c);
  void run(const engine::command::UnfreezeLand& c);
  void run(const engine::command::TransferLand& c);
  void run(const engine::command::LendLand& c);
  void run(const engine::command::ReturnLand& c);
  void run(const engine::command::RestoreLand& c);
  void run(const engine::command::CancelLand& c);
  void run(const engine::command::RequestPool& c);
  void run(const engine::command::WithdrawRequest& c);
  void run(const engine::command::DraftAllocation& c);
  void run(const engine::command::AddDraws& c);
  void run(const engine::command::AllocatePool& c);
  void run(const engine::command::TakeAllotment& c);
  void run(const engine::command::ReturnAllotment& c);
  void run(const engine::command::AllotPlots& c);
  void run(const engine::command::OpenProduct& c);
  void run(const engine::command::RegisterTitle& c);
  void run(const engine::command::FlagPlot& c);
  void run(const engine::command::SplitTitle& c);
  void run(const engine::command::UseTitles& c);
  void run(const engine::command::CancelTitle& c);
  void run(const engine::command::RegisterNeed& c);
  void run(const engine::command::CertifyGap& c);
  void run(const engine::command::RevokeGap& c);
  void run(const engine::command::OpenBalance& c);
  void run(const engine::command::FillBalance& c);
  void run(const engine::command::CloseBalance& c);
  void run(const engine::command::AdjustBatch& c);
  void run(const engine::command::EarmarkFund& c);
  void run(const engine::command::PublishStandard& c);
  void run(const engine::command::RevokeStandard& c);
  void run(const engine::command::RegisterTask& c);
  void run(const engine::command::RecordRestored& c);
  void run(const engine::command::AgreeUndertaking& c);
  void run(const engine::command::RegisterEnclave& c);
  void run(const engine::command::AgreePbfTask& c);
  void run(const engine::command::SetTownshipScale& c);
  void run(const engine::command::UseReservedScale& c);
  void run(const engine::command::ReckonRun& c);
  void run(const engine::command::ExecuteRun& c);
  bool permitted_here(const engine::Envelope& who, const engine::Command& c) const;

  // Conditions. `refuse` keeps the reason that comes first in the precedence; of equal reasons the one said first.
  void refuse(Reason reason, Rule rule = {});
  void require_text(const std::string& text, Rule rule_if_missing = {});
  void require_account(District participant);
  void require_county(District county);
  void require_side(const Deal& deal, District who);
  void require_terms(Deal& deal);
  void require_hours(matching::WindowKind kind = matching::WindowKind::negotiated);

  // What is so.
  District city() const;
  bool is_open(District participant) const { return classes_.contains(participant); }
  const PriceRow* price_row(Instrument instrument) const { return price_row(instrument, *day_); }
  const PriceRow* price_row(Instrument instrument, Day day) const;
  const policy::FloorRoute* route(Instrument instrument, District seller, District buyer) const {
    return route(instrument, seller, buyer, *day_);
  }
  const policy::FloorRoute* route(Instrument instrument, District seller, District buyer, Day day) const;
  Fen owed_by_city() const { return -money(city(), Purse::claims); }
  Quantity due(District county, Instrument instrument, Quantity filed_now, const policy::RowId& share) const;

  // What is done: state and event together. An entry of 0 is not written.
  void move(District from, Purse from_purse, District to, Purse to_purse, Fen amount, Rule rule, uint64_t cause);
  void move(Instrument instrument, District from, Purse from_purse, District to, Purse to_purse, Quantity quantity,
            Rule rule, uint64_t cause, std::optional<FilingId> first = {});
  void move_lot(Instrument instrument, FilingId lot, District from, engine::Place from_place, District to,
                engine::Place to_place, Quantity quantity, uint64_t cause);
  bool in_dispute(const std::string& plot) const;
  void require_details(const engine::command::FileBatch& c);
  void require_reckonable(District county, Day filed, const std::vector<std::pair<Instrument, Quantity>>& parts,
                          const std::optional<policy::RowId>& share);
  void require_amount(Instrument instrument, Quantity quantity, District whose);
  void require_undoable(bool known, bool something_left, Quantity left, Quantity quantity);
  void expire();
  bool is_past(const Filing& filing) const { return filing.last_day && *day_ > *filing.last_day; }
  void bring_home(FilingId lot, Instrument instrument);
  void free_stock(Instrument instrument, District who, Quantity wanted);
  Quantity of_lot(Instrument instrument, District who, engine::Place place, FilingId lot) const;
  void give_home(LoanId id, FilingId lot, Quantity quantity);
  void expire_orders();
  void tell_overdue();
  void book_claim(const PendingClaim& claim, const PriceRow& row);
  void pool(FilingId filing, District county, Day filed, Instrument instrument, Quantity filed_now,
            const policy::RowId& share);
  void pool_plots(District county, const policy::RowId& share);

  // Needs, limits, fees.
  int64_t row_value(policy::Parameter p) const;
  Rule row_clause(policy::Parameter p) const;
  void require_offer(District seller, Instrument instrument, Quantity offered);
  void warn_offer(District seller, Instrument instrument, uint64_t about);
  Quantity gap_of(District buyer, Instrument instrument) const;
  bool route_is_possible(District buyer, Instrument instrument) const;
  void require_purchase(bool on_route, District buyer, Instrument instrument, Quantity bought);
  void warn_purchase(District buyer, Instrument instrument, Quantity bought, uint64_t about);
  bool book_is_shut() const;
  Fen fee_of(Fen price, Day matched) const;
  Fen cost_of(const Deal& deal) const { return deal.amount + deal.fee; }
  Components still_needed(const ProjectBalance& b) const;
  Quantity source_has(const ProjectBalance& b, clearing::Tier tier, Instrument instrument) const;
  void fill(BalanceId id, clearing::Tier tier, const Components& amount, const std::string& reason,
            const std::string& document);
  void unfill(WriteOffId write_off, Instrument instrument, Quantity quantity);

  // Orders.
  void require_conditions(const Wanted& w);
  void require_phases(const Wanted& w);
  void require_action(Instrument instrument, matching::Action action);
  void require_in_band(Instrument instrument, Price limit);
  void require_none_own(Instrument instrument, Side side, Price limit, SelfTrade mode);
  std::optional<Price> at_best_limit(Instrument instrument, Side side) const;
  void place(const Wanted& w);
  Order* own_order(OrderId id);
  void end_order(OrderId id, matching::EndReason why);
  void tell(Instrument instrument, Arrival* arrival = nullptr);
  void tell(const matching::Filled& f, Instrument instrument, Arrival* arrival);
  void tell(const matching::Ended& e, Instrument instrument, Arrival* arrival);
  void tell(const matching::Reduced& r, Instrument instrument, Arrival* arrival);
  void tell(const matching::Joined& j, Instrument instrument, Arrival* arrival);
  void tell(const matching::Triggered& t, Instrument instrument, Arrival* arrival);
  void tell(const matching::LevelMoved& l, Instrument instrument, Arrival* arrival);
  void tell_floor(Arrival* arrival);
  void give_back(OrderId id, Fen money, Quantity land);
  void tell_best();

  // The day.
  void open_sessions(const engine::command::OpenDay& c);
  void close_sessions();
  std::vector<Due> timetable_of(Day day) const;
  void fire_due();
  void change_phase(Instrument instrument, matching::Phase to);
  Call call_now(Instrument instrument) const;
  void tell_call(Instrument instrument, bool final, const matching::CallPrice& price);
  void tell_indicative(Instrument instrument);
  void end_call(Instrument instrument);
  std::optional<Price> close_of(const Session& session) const;

  // Auctions.
  Seat seat_of(District who) const;
  District owner_of(Seat seat) const;
  const matching::AuctionRules& auction_rules() const;
  void require_party();
  void require_room_for_auction(matching::WindowKind kind);
  void require_rate(Instrument i, Rate rate);
  void require_floor(District seller, Instrument i, std::optional<Rate> price);
  void require_floor_of_all(District seller, Instrument i, Rate price);
  naive::Sealed* sealed(AuctionId id);
  void refuse(matching::SealedReason why);
  void require_sealed_bid(const naive::Sealed& s, std::optional<BidId> id, Quantity quantity, Rate price);
  Listing* listing(AuctionId id);
  void refuse(matching::AscendingReason why);
  void require_bidder(const Listing& l);
  void require_law(const Listing& l, Rate price);
  uint32_t number_of_bidder(Listing& l);
  void award(AuctionId auction, const Deal& won);
  std::pair<Instant, Listing*> next_listing();
  std::pair<matching::PairRule, Rule> law_at_decision(const Listing& l, District bidder) const;
  void fire_listing(Listing& l, Instant at);
  void wake_auctions();
  void forget_decided_auctions();

  // Titles.
  bool traded_today(clearing::Product product) const;
  Card* card(const std::string& number);
  void require_titles(Deal& deal);
  void require_card(const std::string& number, District holder);
  void require_undisputed(const std::string& number);
  Fen price_of_titles(const Deal& deal) const;
  bool joint(const Deal& deal) const;
  void give(const std::string& number, District to, clearing::TitleState state, Rule rule, uint64_t cause,
            const std::string& project = {});
  void titles_of(const Deal& deal, bool offered);
  void plot_becomes_title(const std::string& number, District county, const engine::command::Plot& plot);

  void hold(const Deal& deal, District who, Purse from, Purse to);
  void to_state(Deal& deal, engine::DealState state);
  void accepted(Deal& deal);
  void settle(Deal& deal);
  void make_void(Deal& deal, std::optional<engine::Refusal> refusal, const std::string& reason,
                 const std::string& document);
  std::optional<engine::Refusal> against_law_of_match(const Deal& deal) const;
  void end_unpaid_deals();
  Fen deposit_for(Fen price) const;
  void put_up(uint64_t number, District who, Fen target);

  // Approvals.
  const policy::Chain* chain_of(policy::SubjectKind kind) const;
  std::optional<engine::Refusal> would_refuse(const engine::Envelope& as, const engine::Subject& subject) const;
  void require_possible(const engine::Envelope& as, const engine::Subject& subject);
  void require_deadline(int working_days);
  void require_chain(policy::SubjectKind kind);
  Paper* paper(ProposalId id);
  void tell_paper(const Paper& p, const std::string& reason, std::optional<engine::Refusal> why = {});
  void start(Paper& p);
  void carry_out(Paper& p, const std::string& reason);
  void papers_of_the_day();
  void tell_advance(const Advance& a, Fen less, std::optional<FilingId> filing);
  void net(const PendingClaim& claim, Fen amount);
  void advances_of_the_day();

  // The pool's requests.
  Ask* ask_of(RequestId id);
  Plan* plan_of(AllocationId id);
  bool before_an_approver(AllocationId id) const;
  bool sent_back(AllocationId id) const;
  void to_state(RequestId id, clearing::RequestState state, const std::string& document);
  void back_to_pool(RequestId id, const std::string& document);
  bool can_be(const std::vector<clearing::Draw>& draws) const;
  std::optional<Fen> price_of(const Ask& ask);
  void requests_of_the_day();
  void forget_plans();

  // Between governments.
  void no_answer(policy::Clause clause);
  void require_law(policy::Clause clause);
  const policy::Row* require_row(policy::Parameter p, policy::Clause clause);
  int64_t today(policy::Parameter p) const { return pack_->row(p, *day_)->value; }
  void require_named(District county);
  void require_area(Area area, int64_t least);
  Fen in_fund(clearing::Fund fund) const;
  const Figure* figure(clearing::StandardKind kind, int year) const;
  const Figure* require_figure(clearing::StandardKind kind, uint16_t year, policy::Clause rule);
  const Task* task(District county, uint16_t first) const;
  const Task* require_task(District county, uint16_t first, policy::Clause rule);
  Area own_part(const Task& t) const;
  Area part_of_others(const Task& t) const;
  Area left_of(const Task& t) const { return t.area - own_part(t) - part_of_others(t); }
  std::optional<Rate> guide_price(Area area, Area built) const;

  // Runs.
  const RunPaper* run_paper(RunId id) const;
  bool is_reversed(const RunPaper& r) const;
  bool stands(const RunPaper& r) const { return r.paid && !r.reverses && !is_reversed(r); }
  bool is_paid_for(UndertakingId id) const;
  void require_unpaid(clearing::RunKind kind, uint16_t year);
  void require_run_year(uint16_t year);
  void require_sense(const clearing::ProtectionRun& f);
  void require_sense(const clearing::PbfRun& f);
  void require_sense(const clearing::RestorationRun& f);
  void require_sense(const clearing::EnclaveRun& f);
  void require_sense(const clearing::RewardRun& f);
  void require_sense(const clearing::ReversalRun& f);
  std::vector<clearing::RunLine> lines(const clearing::ProtectionRun& f) const;
  std::vector<clearing::RunLine> lines(const clearing::PbfRun& f) const;
  std::vector<clearing::RunLine> lines(const clearing::RestorationRun& f) const;
  std::vector<clearing::RunLine> lines(const clearing::EnclaveRun& f) const;
  std::vector<clearing::RunLine> lines(const clearing::RewardRun& f) const;
  std::vector<clearing::RunLine> lines(const clearing::ReversalRun& f) const;
  std::vector<clearing::RunLine> lines_now(const clearing::Reckoning& facts) const {
    return std::visit([this](const auto& f) { return lines(f); }, facts);
  }

  // The command at hand.
  uint64_t seq_ = 0;
  uint64_t number_ = 0;  // of the command itself: of a proposal that takes effect `seq_` is the proposal's
  Instant now_;
  engine::Envelope from_{};
  District who_;
  bool by_bureau_ = false;
  uint32_t trades_ = 0;
  std::optional<engine::Refusal> refusal_;
  engine::Events out_;

  using Streams = std::map<PersonId, std::map<ClientKey, Stream>>;
  std::shared_ptr<Streams> streams_ = std::make_shared<Streams>();  // a copy on which something is tried out shares it
  std::optional<policy::Pack> pack_;
  std::optional<engine::Venue> venue_;
  std::optional<Day> day_;          // the open day
  std::optional<Day> last_opened_;  // open or closed since
  std::map<District, ParticipantClass> classes_;
  std::map<std::pair<District, Purse>, Fen> money_;
  std::map<std::tuple<Instrument, District, Purse>, Quantity> land_;
  std::vector<PriceRow> prices_;
  std::map<FilingId, Filing> filings_;
  std::vector<PendingClaim> pending_;  // in the order in which they came, or came back
  std::vector<Priced> priced_;         // in the order of booking
  std::map<District, Fen> had_;        // what a county has had at prices that were revoked, and not yet made good
  std::map<std::tuple<District, Instrument, policy::RowId>, Quantity> filed_under_row_, pooled_under_row_;
  std::vector<LibraryPlot> library_;
  std::map<std::string, Card> cards_;
  std::vector<Switch> switches_;
  std::map<std::tuple<Instrument, District, engine::Place>, std::map<FilingId, Quantity>> lots_;
  std::map<ProjectId, ProjectFile> projects_;
  std::map<std::string, Dispute> disputes_;
  std::map<FreezeId, Frozen> frozen_;
  std::map<LoanId, Lent> loans_;
  std::map<WriteOffId, Used> used_;
  std::map<std::pair<District, Instrument>, Quantity> own_needs_;
  std::map<GapId, CertifiedGap> gaps_;
  std::map<BalanceId, ProjectBalance> balances_;
  std::vector<District> seats_;  // in the order in which accounts opened
  std::map<OrderId, Order> orders_;
  std::map<Instrument, Session> sessions_;
  std::optional<matching::VenueProfile> profile_;
  std::vector<Due> timetable_;  // what is left of today's, as it falls due
  testing::NaiveBooks books_{{.books = kInstruments.size(), .orders = 1u << 18, .highest = kHighestTick}};
  std::map<DealId, Deal> deals_;
  std::map<uint64_t, Fen> put_up_;     // by buyers, for a deal or a bid of that number
  std::vector<naive::Sealed> sealed_;  // in order of number, as the listings
  std::vector<Listing> listings_;
  std::map<std::pair<District, Instrument>, std::vector<Quantity>> waiting_parts_;  // the nearest first
  std::vector<Paper> papers_;                                                       // in order of number
  std::vector<Advance> advances_;
  std::map<RequestId, Ask> asks_;
  std::map<AllocationId, Plan> plans_;
  std::vector<FundEntry> fund_entries_;
  std::vector<Figure> figures_;
  std::vector<Task> tasks_;
  std::vector<Restored> restored_;
  std::vector<Undertaken> undertaken_;
  std::vector<clearing::Enclave> enclaves_;
  std::vector<clearing::PbfAgreement> agreements_;
  std::vector<Township> townships_;
  std::vector<RunPaper> runs_;
  uint64_t pool_moved_ = 0;        // when its lots or the open requests last changed
  Instant opened_at_, closed_at_;  // of the last days
};

}  // namespace landex::model
