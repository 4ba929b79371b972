// counterfactual.hpp: a real journal of the live exchange, replayed under one changed rule, beside itself as it was.
// Every command keeps its number, time and sender, so what it names (orders, deals, filings) is the same in both
// (decisions 1); a command that names what is no longer there is refused by the engine, which is a consequence.
//
// Both replays go in lockstep, on the live exchange's own engine. The one as it was must give the journal's recorded
// outcomes; if not, the journal is refused as an audit refuses it. What falls due by itself happens in the changed
// world with the next command of the journal, if the journal has no tick at that instant.
// What people would have done otherwise cannot be known: later commands are as they were. How many of them come from
// participants who by then had more or less than they had, or another answer, is counted (Behaviour).
//
// Memory: two engines and what differs; nothing is kept of a command that came out the same. Differences are handed to
// the sink as they are found. Reading changes nothing. One call belongs to one thread; blocks.
#pragma once
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "clearing/ledger.hpp"
#include "exchange/engine/command.hpp"
#include "exchange/engine/refusal.hpp"
#include "exchange/host/disk.hpp"
#include "exchange/host/policy_files.hpp"

namespace landex::simulator {

/// Why there is no answer. Whole sentences: what is wrong, and the way out.
struct CounterfactualFault {
  std::string zh, en;
};

/// One value of the journal that stands otherwise in the changed world.
struct ChangedValue {
  Sequence at;                           // the command that carries it
  std::string key;                       // as it is written to change it: "pooled_share.supplementary_farmland"
  std::string was, now;                  // as people write them: "20%", "22.00 万元/亩"
  std::optional<policy::Clause> clause;  // that sets it; none: a choice of the venue
  policy::Origin origin = policy::Origin::law;
  std::optional<Period> period;  // on which days it is the rule
};

/// How a command came out otherwise.
enum class CommandChange : uint8_t {
  refused_now = 1,        // it was done, and would have been refused
  done_now = 2,           // it was refused, and would have been done
  refused_otherwise = 3,  // refused both times, for another reason
  done_otherwise = 4,     // done both times, with other consequences
};
BOOST_DESCRIBE_ENUM(CommandChange, refused_now, done_now, refused_otherwise, done_otherwise)

/// What a command is about, for totals.
enum class Subject : uint8_t {
  order = 1,     // 订单: place, replace, cancel
  deal = 2,      // 协议: negotiated deals and their settlement
  auction = 3,   // 竞价与挂牌
  registry = 4,  // 登记: filings, deductions, freezes, loans, write-offs, projects, titles
  pool = 5,      // 统筹: requests, allocations, needs, balances
  money = 6,     // 资金: deposits, claims, advances, runs and funds
  approval = 7,  // 审批: proposals and their decisions
  venue = 8,     // 场所: days, phases, profiles, policy, prices, time itself
};
BOOST_DESCRIBE_ENUM(Subject, order, deal, auction, registry, pool, money, approval, venue)

/// A command that came out otherwise. First-order: by the changed rule itself, so `because` is empty. Second-order:
/// because of something that had come out otherwise before; `because` names those commands, the nearest first, back to
/// the first cause (at most kLongestChain of them). The cause is read from the numbers that the command and its events
/// name, and from the purses that it draws on; where both a rule and an earlier cause hold, the rule is told.
struct CommandDifference {
  Sequence seq;
  Instant at;
  engine::Envelope who;
  std::string kind;  // "PlaceOrder"
  Subject subject = {};
  CommandChange change = {};
  std::optional<engine::Refusal> was, now;  // the refusals
  std::vector<Sequence> because;
};
inline constexpr size_t kLongestChain = 32;

/// What became of a trade or a settled deal.
enum class TradeChange : uint8_t { changed = 1, gone = 2, added = 3 };
BOOST_DESCRIBE_ENUM(TradeChange, changed, gone, added)

struct TradeTerms {
  Quantity quantity;
  std::optional<Price> price;  // none: a deal of several parts, told by its amount
  Fen amount;
  friend bool operator==(const TradeTerms&, const TradeTerms&) = default;
};

/// A trade is known by the command that made it and its two orders; a deal, told when it is settled, by its number. One
/// that would have come with another command is told as gone there and added here.
struct TradeDifference {
  Sequence seq;
  TradeChange change = {};
  std::optional<DealId> deal;
  std::optional<OrderId> buy_order, sell_order;
  Instrument instrument = {};  // of a deal: of its first part
  District buyer, seller;
  std::optional<TradeTerms> was, now;
};

/// Money (fen) or land (in the unit of its instrument) in one purse at the end.
struct BalanceDifference {
  District participant;
  clearing::Purse purse = {};
  std::optional<Instrument> instrument;  // none: money
  int64_t was = 0, now = 0;
};

/// Money (fen) or land that went from one unit to another, in total.
struct TransferDifference {
  District from, to;
  std::optional<Instrument> instrument;  // none: money
  int64_t was = 0, now = 0;
};

struct Turnover {
  uint64_t trades = 0;  // and settled deals of which it is the first part
  int64_t quantity = 0;
  int64_t fen = 0;
  friend bool operator==(const Turnover&, const Turnover&) = default;
};

/// One of the two worlds, at the end.
struct WorldTotals {
  uint64_t done = 0, refused = 0;  // commands
  std::array<Turnover, kInstruments.size()> turnover{};
  std::array<Quantity, kInstruments.size()> pooled{};  // 市级统筹
  Fen owed;                                            // by the city to counties for what it has pooled, as priced
  Fen advanced;                                        // what is left of advances
};

/// What rests on the assumption that everybody would have sent what he sent.
struct Behaviour {
  std::optional<Sequence> first;  // the first difference that somebody felt
  uint64_t participants = 0;      // districts that had more, less or another answer at some time
  uint64_t later = 0;             // commands of districts after `first`
  uint64_t affected = 0;          // of which by a district that had been affected before it
};

struct CounterfactualSummary {
  uint64_t commands = 0;
  std::optional<Instant> from, until;
  std::vector<ChangedValue> changes;
  std::map<std::pair<Subject, CommandChange>, uint64_t> differences;
  std::map<CommandChange, uint64_t> first_order;  // of them; the others are second-order
  uint64_t public_only = 0;  // commands after which only what the public sees of the book was otherwise
  std::map<TradeChange, uint64_t> trades;
  WorldTotals was, now;
  std::vector<BalanceDifference> balances;    // by participant, purse, instrument; only what differs
  std::vector<TransferDifference> transfers;  // by from, to, instrument; only what differs
  Behaviour behaviour;
};

/// Hears of each difference in the order of the journal. A text that is not empty stops the replay with it.
class CounterfactualSink {
 public:
  virtual ~CounterfactualSink() = default;
  virtual std::optional<CounterfactualFault> command(const CommandDifference& d) = 0;
  virtual std::optional<CounterfactualFault> trade(const TradeDifference& d) = 0;
};

/// Keeps all of it, for tests and small journals.
class MemorySink final : public CounterfactualSink {
 public:
  std::optional<CounterfactualFault> command(const CommandDifference& d) override {
    commands.push_back(d);
    return {};
  }
  std::optional<CounterfactualFault> trade(const TradeDifference& d) override {
    trades.push_back(d);
    return {};
  }
  std::vector<CommandDifference> commands;
  std::vector<TradeDifference> trades;
};

/// Replays the journal in `dir` twice. Each of `changes` is KEY=VALUE (changes.hpp says which there are). `books` are
/// the rule sets that there are, for the words of clauses and for rule_set=NAME; the first names the places.
[[nodiscard]] std::expected<CounterfactualSummary, CounterfactualFault> run_counterfactual(
    host::Disk& disk, const std::string& dir, std::span<const std::string> changes,
    std::span<const host::PolicyBook> books, CounterfactualSink& sink);

}  // namespace landex::simulator
