// projection.hpp: the inside of the projector: what it remembers, and one `on` for each event that makes or changes a
// row. Events without an `on` are feeds of the public market (levels, indications …), which the database does not keep.
#pragma once
#include <array>
#include <cassert>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exchange/reports/projector.hpp"
#include "exchange/reports/values.hpp"

namespace landex::reports {

/// Things of one kept table, by their key, and which of them have changed since they were last told.
template <class Key, class Thing>
class Kept {
 public:
  Thing& change(const Key& key) {
    Thing& thing = all_[key];
    if (!thing.changed) {
      thing.changed = true;
      changed_.push_back(key);
    }
    return thing;
  }
  const Thing* find(const Key& key) const {
    const auto at = all_.find(key);
    return at == all_.end() ? nullptr : &at->second;
  }
  size_t changed() const { return changed_.size(); }
  /// tell(key, thing) for each that has changed; true: it is over, and can be forgotten.
  template <class Tell>
  void flush(const Tell& tell) {
    for (const Key& key : changed_) {
      const auto at = all_.find(key);
      at->second.changed = false;
      if (tell(key, at->second)) all_.erase(at);
    }
    changed_.clear();
  }

 private:
  struct Hash {
    size_t operator()(const Key& key) const {
      if constexpr (std::is_integral_v<Key>)
        return std::hash<Key>{}(key);
      else if constexpr (requires { key.first; })
        return std::hash<uint64_t>{}(static_cast<uint64_t>(key.first) * 0x9E3779B97F4A7C15u ^
                                     static_cast<uint64_t>(key.second));
      else
        return std::hash<std::string>{}(key);
    }
  };
  std::unordered_map<Key, Thing, Hash> all_;  // never walked: rows are told in the order of change
  std::vector<Key> changed_;
};

class Projector::Projection {
 public:
  explicit Projection(wire::PlaceNames names) : names_{std::move(names)} {}

  void apply(const engine::Stamped& command, const engine::Events& events);
  Progress at() const { return at_; }
  std::vector<Row> take();
  size_t waiting() const { return rows_.size() + orders_.changed() + trades_.changed(); }

 private:
  using Number = uint64_t;
  using Place = std::pair<Number, Number>;  // sequence and index
  template <class E>
  friend void dispatch(Projection& p, const E& e);

  template <class... Vs>
  void add(TableId id, const Vs&... values) {
    Row row{.table = id, .values = {}};
    row.values.reserve(sizeof...(values));
    (row.values.push_back(value(values)), ...);
    assert(row.values.size() == table(id).columns.size());
    rows_.push_back(std::move(row));
  }
  /// A row that begins with the number of the command, the event's place and the day.
  template <class... Vs>
  void fact(TableId id, const Vs&... values) {
    add(id, at_.seq, idx_, day_text_, values...);
  }
  void tell_kept();
  void tell_market();
  void tell_registry();
  void tell_governments();

  // projection.cpp: the day, the ledgers, the rules
  void on(const engine::event::Refused& e);
  void on(const engine::event::Repeated& e);
  void on(const engine::event::Activated& e);
  void on(const engine::event::DayOpened& e);
  void on(const engine::event::DayClosed& e);
  void on(const engine::event::AccountOpened& e);
  void on(const engine::event::MoneyMoved& e);
  void on(const engine::event::LandMoved& e);
  void on(const engine::event::LotMoved& e);
  void on(const engine::event::PricePublished& e);
  void on(const engine::event::PriceRevoked& e);
  void move(District unit, engine::Purse purse, size_t asset, int64_t by);
  void tell_command(const engine::Stamped& c);

  // projection_market.cpp: orders, calls, deals, auctions
  void on(const engine::event::OrderAccepted& e);
  void on(const engine::event::OrderTerms& e);
  void on(const engine::event::OrderReduced& e);
  void on(const engine::event::OrderReplaced& e);
  void on(const engine::event::OrderShown& e);
  void on(const engine::event::OrderEnded& e);
  void on(const engine::event::Traded& e);
  void on(const engine::event::CallPriced& e);
  void on(const engine::event::PhaseChanged& e);
  void on(const engine::event::DealProposed& e);
  void on(const engine::event::DealCountered& e);
  void on(const engine::event::Awarded& e);
  void on(const engine::event::DealMoved& e);
  void on(const engine::event::DealConfirmed& e);
  void on(const engine::event::DealVoided& e);
  void on(const engine::event::SealedAnnounced& e);
  void on(const engine::event::SealedOpened& e);
  void on(const engine::event::ListingAnnounced& e);
  void on(const engine::event::ListingRaised& e);
  void on(const engine::event::ListingMoved& e);
  void on(const engine::event::AuctionCancelled& e);
  void fill(OrderId order, Quantity by);
  void trade_parts_of(Number deal_id);

  // projection_registry.cpp: filings, pool, advances, approvals, titles
  void on(const engine::event::Filed& e);
  void on(const engine::event::Deducted& e);
  void on(const engine::event::Adjusted& e);
  void on(const engine::event::ClaimBooked& e);
  void on(const engine::event::PoolRequested& e);
  void on(const engine::event::RequestMoved& e);
  void on(const engine::event::Allotted& e);
  void on(const engine::event::AdvancePaid& e);
  void on(const engine::event::AdvanceMoved& e);
  void on(const engine::event::Proposed& e);
  void on(const engine::event::ProposalMoved& e);
  void on(const engine::event::PlotEntered& e);
  void on(const engine::event::TitleRegistered& e);
  void on(const engine::event::TitleMoved& e);
  void on(const engine::event::PlotPooled& e);
  void filed_elsewhere(const engine::event::LotMoved& e);
  void pool_move(const engine::event::LandMoved& e);

  // projection_governments.cpp: published figures, sub-accounts, tasks, enclaves, reserved scales, yearly runs
  void on(const engine::event::FundMoved& e);
  void on(const engine::event::StandardPublished& e);
  void on(const engine::event::StandardRevoked& e);
  void on(const engine::event::TaskRegistered& e);
  void on(const engine::event::RestoredRecorded& e);
  void on(const engine::event::UndertakingAgreed& e);
  void on(const engine::event::EnclaveRegistered& e);
  void on(const engine::event::PbfTaskAgreed& e);
  void on(const engine::event::ScaleSet& e);
  void on(const engine::event::ScaleUsed& e);
  void on(const engine::event::RunReckoned& e);
  void on(const engine::event::RunPaid& e);

  struct Order {
    bool changed = false;
    District unit;
    Instrument instrument{};
    Side side{};
    Quantity quantity, remaining;
    Price price;
    bool at_best = false;
    engine::Lifetime lifetime = engine::Lifetime::day;
    std::optional<matching::EndReason> ended;
    Value day;
    Number updated = 0;
  };
  struct Trade {
    bool changed = false;
    std::string_view mode;
    Value day;
    int64_t at_us = 0;
    std::optional<Instrument> instrument;
    std::optional<clearing::Product> product;
    std::optional<std::string> title;
    District seller, buyer;
    Quantity quantity;
    std::optional<Price> price;
    Fen amount;
    std::string_view state;
    std::optional<Number> deal, auction, buy_order, sell_order;
  };
  struct Deal {
    bool changed = false;
    std::string_view mode;
    std::optional<Number> auction;
    District proposer, seller, buyer;
    std::vector<engine::command::Leg> legs;
    std::vector<engine::command::TitleLeg> titles;
    Fen amount;
    engine::DealState state{};
    Value matched_day, notice_until, pay_by;
    std::optional<std::string> document, void_reason;
    std::vector<Place> trades;
    Number updated = 0;
  };
  struct Auction {
    bool changed = false;
    bool sealed = false;
    District seller;
    Instrument instrument{};
    Quantity offered;
    std::optional<Quantity> demand;
    std::optional<Price> price;
    std::string_view state;
    Value announced_day, decided_day;
    Number updated = 0;
  };
  struct Filing {
    bool changed = false;
    District county;
    clearing::IndicatorKind kind{};
    bool elsewhere = false;
    Value day;
    Components filed, deducted;
    Number updated = 0;
  };
  struct Request {
    bool changed = false;
    District county;
    clearing::RequestClass purpose{};
    std::string project;
    Components need;
    Day deadline;
    clearing::RequestState state{};
    std::vector<Place> waiting;
    Number updated = 0;
  };
  struct Allotment {
    bool changed = false;
    Value day;
    Number request = 0;
    District county;
    FilingId filing;
    Instrument instrument{};
    Quantity quantity;
    AllocationId allocation;
    std::string_view state;
  };
  struct Advance {
    bool changed = false;
    District county;
    Fen fund, paid, left;
    Value granted;
    Day due;
    std::string contract;
    clearing::AdvanceState state{};
    Number updated = 0;
  };
  struct Price_ {
    bool changed = false;
    engine::event::PricePublished published{};
    std::optional<Number> revoked;
  };
  struct Proposal {
    bool changed = false;
    policy::SubjectKind kind{};
    District unit;
    engine::ProposalState state{};
    std::optional<policy::StepKind> step;
    std::optional<Day> due;
    std::optional<engine::Refusal> refusal;
    Value day;
    Number updated = 0;
  };
  struct Title {
    bool changed = false;
    clearing::Product product{};
    District county, holder;
    Area area;
    std::optional<uint8_t> grade;
    clearing::TitleState state = clearing::TitleState::held;
    std::optional<std::string> parent;
    std::string project;
    Number registered = 0, updated = 0;
  };
  struct Standard {
    bool changed = false;
    engine::event::StandardPublished published{};
    std::optional<Number> revoked;
  };
  struct Run {
    bool changed = false;
    clearing::RunKind kind{};
    uint16_t year = 0;
    clearing::RunState state{};
    Fen total;
    std::optional<Fen> budget;
    std::optional<RunId> reverses;
    std::optional<Number> reversed_by, paid_seq;
    std::string document;
    Value reckoned_day, paid_day;
    Number updated = 0;
  };
  struct Task {
    bool changed = false;
    engine::event::TaskRegistered registered{};
    Area restored, undertaken;
    Number updated = 0;
  };
  struct Scale {
    bool changed = false;
    engine::event::ScaleSet set{};
    Area used;
    Number updated = 0;
  };
  struct Account {
    ParticipantClass kind{};
    std::array<std::array<int64_t, 1 + kInstruments.size()>, clearing::kPurses> purses{};
  };
  struct Balance {  // of one purse and asset; the amount is in the account
    bool changed = false;
    Number updated = 0;
  };

  Account& account(District d) { return accounts_[d]; }
  ParticipantClass class_of(District d) const {
    const auto at = accounts_.find(d);
    return at == accounts_.end() ? ParticipantClass{} : at->second.kind;
  }

  wire::PlaceNames names_;
  std::vector<Row> rows_;
  Progress at_;
  Number idx_ = 0;    // of the event at hand
  Number parts_ = 0;  // of deals that this command matched
  Value day_text_;    // of the open day
  const engine::Stamped* command_ = nullptr;
  std::optional<engine::Refusal> refused_;
  std::optional<Sequence> repeats_;
  std::array<bool, kInstruments.size()> calling_{};  // the instrument's trades are those of a call
  std::map<District, Account> accounts_;
  Kept<Place, Balance> balances_;  // unit, purse × assets + asset
  Kept<Number, Order> orders_;
  Kept<Place, Trade> trades_;
  Kept<Number, Deal> deals_;
  Kept<Number, Auction> auctions_;
  Kept<Number, Filing> filings_;
  Kept<Number, Request> requests_;
  Kept<Place, Allotment> allotments_;
  Kept<Number, Advance> advances_;
  Kept<Number, Price_> prices_;
  Kept<Number, Proposal> proposals_;
  Kept<std::string, Title> titles_;
  Kept<Number, Standard> standards_;
  Kept<Number, Run> runs_;
  Kept<Place, Task> tasks_;          // county, first year
  Kept<std::string, Scale> scales_;  // county and township
};

}  // namespace landex::reports
