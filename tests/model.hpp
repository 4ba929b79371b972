// model.hpp: a naive exchange, the judge of the engine. It follows the same text of semantics, written by another hand:
// linear scans over maps and vectors, one function for each command, which first states every condition and then moves.
// It shares with the engine only the types, the policy pack and the lists of commands, events and refusals; so where
// both give equal events, two readings of the text agree. A refusal carries its reason and its rule, no facts and no
// text. One thread. `apply` never fails; it expects numbers (`seq`) that rise.
#pragma once
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "exchange/engine/event.hpp"

namespace landex::model {

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
  };
  struct Filing {
    District county;
    engine::IndicatorKind kind;
    std::map<Instrument, Quantity> filed, deducted;
    std::optional<policy::RowId> share_from;  // names the row of the pooled share; none for linkage
  };
  struct PendingClaim {
    FilingId filing;
    Day day;
    District county;
    Instrument instrument;
    Quantity quantity;
  };
  struct LibraryPlot {
    District county;
    engine::command::Plot plot;
    bool qualifies;
    policy::RowId share_from;
    bool pooled;
  };
  struct Order {
    OrderId id;
    District owner;
    Instrument instrument;
    Side side;
    Quantity remaining;
    Price limit;
  };
  struct Deal {
    DealId id;
    District proposer, seller, buyer;
    std::vector<engine::command::Leg> legs;
    Fen amount;
    engine::DealState state;
  };

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
  void run(const engine::command::EndDeal& c);
  void run(const engine::command::SettleDeal& c);
  void run(const engine::command::SettleClaims& c);
  void run(const engine::command::WriteOff& c);

  // Conditions. `refuse` keeps the reason that comes first in the precedence; of equal reasons the one said first.
  void refuse(Reason reason, Rule rule = {});
  void require_text(const std::string& text, Rule rule_if_missing = {});
  void require_account(District participant);
  void require_county(District county);
  void require_side(const Deal& deal, District who);

  // What is so.
  District city() const;
  bool is_open(District participant) const { return classes_.contains(participant); }
  const PriceRow* price_row(Instrument instrument) const;
  const policy::FloorRoute* route(Instrument instrument, District seller, District buyer) const;
  Fen owed_by_city() const { return -money(city(), Purse::claims); }
  Quantity due(District county, Instrument instrument, Quantity filed_now, const policy::Row& share) const;

  // What is done: state and event together. An entry of 0 is not written.
  void move(District from, Purse from_purse, District to, Purse to_purse, Fen amount, Rule rule, uint64_t cause);
  void move(Instrument instrument, District from, Purse from_purse, District to, Purse to_purse, Quantity quantity,
            Rule rule, uint64_t cause);
  void book_claim(const PendingClaim& claim, const PriceRow& row);
  void pool(District county, Instrument instrument, Quantity filed_now, const policy::Row& share);
  void pool_plots(District county, const policy::Row& share);
  void walk(Order& arriving);
  void trade(const Order& buy, const Order& sell, Quantity quantity, Price price, uint32_t index);
  void show_level(Instrument instrument, Side side, Price price);
  void end_order(OrderId id, bool lapsed);
  void hold(const Deal& deal, District who, Purse from, Purse to);
  void to_state(Deal& deal, engine::DealState state);
  void settle(Deal& deal);

  // The command at hand.
  uint64_t seq_ = 0;
  District who_;
  std::optional<engine::Refusal> refusal_;
  engine::Events out_;

  std::map<PersonId, std::map<ClientKey, Stream>> streams_;
  std::optional<policy::Pack> pack_;
  std::optional<engine::Venue> venue_;
  std::optional<Day> day_;          // the open day
  std::optional<Day> last_opened_;  // open or closed since
  std::map<District, ParticipantClass> classes_;
  std::map<std::pair<District, Purse>, Fen> money_;
  std::map<std::tuple<Instrument, District, Purse>, Quantity> land_;
  std::vector<PriceRow> prices_;
  std::map<FilingId, Filing> filings_;
  std::vector<PendingClaim> pending_;  // in order of filing
  std::map<std::tuple<District, Instrument, policy::RowId>, Quantity> filed_under_row_, pooled_under_row_;
  std::vector<LibraryPlot> library_;
  std::map<OrderId, Order> resting_;
  std::map<DealId, Deal> deals_;
};

}  // namespace landex::model
