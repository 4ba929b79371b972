// messages.hpp: what travels between a client and landexd, and what a journal record is. The tables of landex.fbs in
// C++: same names, same members, same order (tests/wire_test holds them together). Append only.
#pragma once
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "exchange/engine/command.hpp"
#include "exchange/engine/event.hpp"
#include "exchange/engine/views.hpp"

namespace landex::wire {

// ---- from the client ----

struct LogOn {
  std::string token;
};
BOOST_DESCRIBE_STRUCT(LogOn, (), (token))

/// A command. (client_key, counter) makes it safe to send again: it is done once (decisions 2).
struct Submit {
  ClientKey client_key;
  Counter counter;
  engine::Command command;
};
BOOST_DESCRIBE_STRUCT(Submit, (), (client_key, counter, command))

struct Ask {
  uint32_t id;  // comes back with the answer
  engine::Query query;
};
BOOST_DESCRIBE_STRUCT(Ask, (), (id, query))

/// The public market: a snapshot now, then every change.
struct Subscribe {};
BOOST_DESCRIBE_STRUCT(Subscribe, (), ())

/// The papers that landexd makes (exchange/deeds).
enum class PaperKind : uint8_t {
  deal_confirmation = 1,  // 成交确认书, of a deal
  transfer_slip = 2,      // 划转单, of a deal or the command that moved land
  pooling_notice = 3,     // 统筹通知书, of a filing or an entry of plots
  allocation_notice = 4,  // 统筹指标分配通知书, of a request
  advance_contract = 5,   // 预拨资金合同, of an advance
  statement = 6,          // 对账单, of a participant from one day to another
  ledger_card = 7,        // 台账, of a batch
  run_notice = 8,         // 年度结算通知, of a yearly run
};
BOOST_DESCRIBE_ENUM(PaperKind, deal_confirmation, transfer_slip, pooling_notice, allocation_notice, advance_contract,
                    statement, ledger_card, run_notice)

enum class PaperFormat : uint8_t { pdf = 1, xlsx = 2, csv = 3 };
BOOST_DESCRIBE_ENUM(PaperFormat, pdf, xlsx, csv)

/// Answered by PaperFile, or by a Problem where there is no such paper that the asker may see.
struct AskPaper {
  uint32_t id;  // comes back with the answer
  PaperKind kind;
  uint64_t number;                      // what it is of; 0 for a statement
  std::optional<District> participant;  // of a statement; none: the asker's
  std::optional<Day> from, until;       // of a statement
  PaperFormat format;
};
BOOST_DESCRIBE_STRUCT(AskPaper, (), (id, kind, number, participant, from, until, format))

struct ClientMessage {
  std::variant<LogOn, Submit, Ask, Subscribe, AskPaper> body;
};
BOOST_DESCRIBE_STRUCT(ClientMessage, (), (body))

// ---- from the server ----

struct Welcome {
  PersonId person;
  District participant;
  engine::Role role;
  Sequence seq;  // the last durable number
  std::string rule_set;
  std::optional<engine::Venue> venue;
  std::optional<Day> day;
};
BOOST_DESCRIBE_STRUCT(Welcome, (), (person, participant, role, seq, rule_set, venue, day))

/// A refusal with its words. `rule` is a clause of the policy, or a rule of the house (LX-…).
struct ToldRefusal {
  engine::Refusal refusal;
  std::string rule;
  std::string zh, en;
  std::string way_out_zh, way_out_en;
};
BOOST_DESCRIBE_STRUCT(ToldRefusal, (), (refusal, rule, zh, en, way_out_zh, way_out_en))

struct EventBox {
  engine::Event event;
};
BOOST_DESCRIBE_STRUCT(EventBox, (), (event))

/// The answer to Submit, sent when the command is durable: it has happened, or it was refused.
struct Committed {
  ClientKey client_key;
  Counter counter;
  Sequence seq;                   // of this command
  std::optional<Sequence> first;  // it had come before: what counts happened at this number
  std::optional<ToldRefusal> refusal;
  std::vector<EventBox> events;  // what the sender may see of it
};
BOOST_DESCRIBE_STRUCT(Committed, (), (client_key, counter, seq, first, refusal, events))

struct Answer {
  uint32_t id;
  Sequence as_of;  // the number whose state this is
  engine::View view;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (id, as_of, view))

/// Events of one number that concern the participant, caused by others.
struct Happened {
  Sequence seq;
  Instant at;
  std::vector<EventBox> events;
};
BOOST_DESCRIBE_STRUCT(Happened, (), (seq, at, events))

struct TradeLine {
  Sequence seq;
  Instant at;
  uint32_t index;
  Instrument instrument;
  Quantity quantity;
  Price price;
  Fen amount;
};
BOOST_DESCRIBE_STRUCT(TradeLine, (), (seq, at, index, instrument, quantity, price, amount))

struct LevelLine {
  Side side;
  Price price;
  Quantity quantity;
  uint32_t orders;
};
BOOST_DESCRIBE_STRUCT(LevelLine, (), (side, price, quantity, orders))

struct Book {
  Instrument instrument;
  std::vector<LevelLine> levels;  // bids best first, then asks best first
  bool crossed_by_rule;           // best bid ≥ best ask, between pairs that may not trade
};
BOOST_DESCRIBE_STRUCT(Book, (), (instrument, levels, crossed_by_rule))

/// The public market as of `seq`. The first increment after it has prev_seq equal to it.
struct MarketSnapshot {
  Sequence seq;
  std::optional<engine::Venue> venue;
  std::optional<Day> day;
  std::vector<Book> books;
  std::vector<TradeLine> trades;  // the latest, oldest first
};
BOOST_DESCRIBE_STRUCT(MarketSnapshot, (), (seq, venue, day, books, trades))

/// What changed in public at `seq`; `prev_seq` is the number of the snapshot or increment before it.
struct MarketIncrement {
  Sequence seq, prev_seq;
  Instant at;
  std::vector<engine::event::LevelChanged> levels;
  std::vector<TradeLine> trades;
  std::vector<EventBox> notices;  // day, venue, price, pool
};
BOOST_DESCRIBE_STRUCT(MarketIncrement, (), (seq, prev_seq, at, levels, trades, notices))

enum class ProblemCode : uint8_t {
  malformed = 1,  // not a message of the schema
  not_logged_on = 2,
  unknown_token = 3,
  already_logged_on = 4,
  overloaded = 5,  // not done, may be sent again
  too_many_messages = 6,
  no_such_paper = 7,  // nothing of that kind and number that the asker may see
};
BOOST_DESCRIBE_ENUM(ProblemCode, malformed, not_logged_on, unknown_token, already_logged_on, overloaded,
                    too_many_messages, no_such_paper)

/// The message was not taken: nothing happened, no counter was used.
struct Problem {
  ProblemCode code;
  std::string field;  // where in the message, if known
  std::string zh, en;
  std::optional<Counter> counter;  // of the Submit that it answers
  std::optional<uint32_t> id;      // of the Ask that it answers
};
BOOST_DESCRIBE_STRUCT(Problem, (), (code, field, zh, en, counter, id))

/// A paper, whole. The bytes are in base64, so that both encodings carry them.
struct PaperFile {
  uint32_t id;
  Sequence as_of;    // the number whose state the paper tells
  std::string name;  // for the file, without a folder
  std::string data;
  std::string check_code;  // 校验码, as it is printed on the paper
};
BOOST_DESCRIBE_STRUCT(PaperFile, (), (id, as_of, name, data, check_code))

struct ServerMessage {
  std::variant<Welcome, Committed, Answer, Happened, MarketSnapshot, MarketIncrement, Problem, PaperFile> body;
};
BOOST_DESCRIBE_STRUCT(ServerMessage, (), (body))

}  // namespace landex::wire
