// paper.hpp: what a paper says: one model of a document for all that officers live by, from deal confirmation
// 成交确认书 to ledger card 台账. Both languages, numbers as whole units of their kind, no layout. Makers
// (deal_papers.hpp and its neighbours) write it from facts; pdf, xlsx and csv render it; check_code hashes it. Whoever
// renders changes nothing, so what is printed is what was hashed. Invariant (`fault_of` finds none): every row of a
// table has a cell for each column, of the column's kind; a running balance is the one before it, plus in, minus out.
// Pure data; owned by whoever made it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clearing/policy/clause.hpp"
#include "matching/types/day.hpp"
#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/price.hpp"

namespace landex::deeds {

/// Chinese first. `en` is empty where a text has no language: a number, a name that somebody gave.
struct Words {
  std::string zh, en = {};
  bool empty() const { return zh.empty() && en.empty(); }
  friend bool operator==(const Words&, const Words&) = default;
};

/// What a value counts. Its number is a whole number of the smallest unit, so that nothing rounds on its way.
enum class Kind : uint8_t {
  words = 1,         // both languages
  text = 2,          // as it came: a name, a document's number, an id. Never reckoned with, so no spreadsheet may guess
  count = 3,         // a plain number
  day = 4,           // days since 1970-01-01
  area = 5,          // 0.0001 mu
  capacity = 6,      // kg
  price_per_mu = 7,  // ticks of 0.01 万元/亩
  price_per_kg = 8,  // fen a kg
  rate_per_mu = 9,   // a published price: 1 yuan a mu, told in 万元/亩 with four decimals
  fen_per_mu = 10,   // a yearly standard: fen a mu, told in 元/亩
  coefficient = 11,  // 1/10 000
  money = 12,        // fen
};
constexpr bool is_words(Kind k) { return k == Kind::words || k == Kind::text; }

/// One value, or none: a cell may be blank.
struct Value {
  Kind kind = Kind::text;
  std::optional<int64_t> number = {};
  Words words = {};

  static Value blank(Kind k) { return {.kind = k}; }
  static Value of(Words w) { return {.kind = Kind::words, .words = std::move(w)}; }
  static Value text(std::string s) { return {.kind = Kind::text, .words = {.zh = std::move(s)}}; }
  template <class T>
  static Value id(Id<T> i) {
    return text(std::to_string(i.value));
  }
  static Value count(int64_t n) { return {.kind = Kind::count, .number = n}; }
  static Value of(Day d) { return {.kind = Kind::day, .number = d.raw()}; }
  static Value of(Area a) { return {.kind = Kind::area, .number = a.raw()}; }
  static Value of(Capacity c) { return {.kind = Kind::capacity, .number = c.raw()}; }
  static Value of(Fen f) { return {.kind = Kind::money, .number = f.raw()}; }
  static Value of(Instrument i, Quantity q) {
    return {.kind = counted_in_kg(i) ? Kind::capacity : Kind::area, .number = q.raw()};
  }
  static Value of(Instrument i, Price p) {
    return {.kind = counted_in_kg(i) ? Kind::price_per_kg : Kind::price_per_mu, .number = p.raw()};
  }
  static Value of(Instrument i, Rate r) {
    return {.kind = counted_in_kg(i) ? Kind::price_per_kg : Kind::rate_per_mu, .number = r.raw()};
  }
  static Value fen_per_mu(Fen f) { return {.kind = Kind::fen_per_mu, .number = f.raw()}; }
  static Value coefficient(int64_t per_10000) { return {.kind = Kind::coefficient, .number = per_10000}; }

  bool is_blank() const { return is_words(kind) ? words.empty() : !number; }
  friend bool operator==(const Value&, const Value&) = default;
};

/// A line of the form. Of money, `capitals` has it told in 大写 too; land stays in figures.
struct Field {
  Words label;
  Value value;
  bool capitals = false;
};

/// Which columns a balance runs over: the one above it, plus what came in, minus what went out.
struct Running {
  size_t in, out;
};

struct Column {
  Words head;
  Kind kind;
  std::string name;  // in files, without its unit: "area" is area_mu and area_e4mu there
  bool sum = false;  // it has a total in the last row
  std::optional<Running> running = {};
};

using Row = std::vector<Value>;

/// The first row of a table with a running balance has nothing in and nothing out: it is the opening balance 期初余额.
struct Table {
  std::string name;  // in files: letters, digits, '_'
  Words title;
  std::vector<Column> columns;
  std::vector<Row> rows;
  Words total = {};  // what the last row is called, if a column has a sum
};

struct Party {
  Words role;
  Words name;
  District code;
};

/// What readers must not miss: that it is simulated, that a value is our default and not the law.
enum class LabelKind : uint8_t { simulated = 1, our_default = 2, caution = 3 };
struct Label {
  LabelKind kind;
  Words about = {};  // what it concerns
};

/// A row of the price table 价格表 that the paper was reckoned with.
struct PriceBasis {
  PriceRowId row;
  Instrument instrument;
  Rate rate;
  Day from, until;
  std::string document;  // 文号
};

/// Which law and which moment the paper tells.
struct Basis {
  std::string rule_set;
  std::vector<policy::Clause> clauses = {};
  std::vector<PriceBasis> prices = {};
  std::optional<Sequence> told = {};  // the journal number of what it tells; none: it tells a stretch
  Sequence as_of;                     // nothing after this number is in it
};

/// Pseudonymous, as in the journal: names are nowhere in landex.
struct Signers {
  std::optional<PersonId> drafted = {};   // 经办
  std::optional<PersonId> reviewed = {};  // 复核
  std::optional<PersonId> issued = {};    // 签发
};

/// Place for a seal 盖章处.
struct Seal {
  Words who;
};

enum class PaperKind : uint8_t {
  deal_confirmation = 1,  // 成交确认书
  transfer_slip = 2,      // 划转单
  pooling_notice = 3,     // 统筹通知书
  allocation_notice = 4,  // 统筹指标分配通知书
  advance_contract = 5,   // 预拨资金合同
  statement = 6,          // 对账单
  ledger_card = 7,        // 台账
  yearly_run = 8,         // 年度结算通知
};

/// What the check code is reckoned with.
enum class Hash : uint8_t { sm3 = 1, sha256 = 2 };

struct Paper {
  PaperKind kind;
  Words title;
  std::string number;  // 文号 (number.hpp)
  Day day;             // business date
  std::vector<Party> parties = {};
  std::vector<Field> fields = {};
  std::vector<Table> tables = {};
  std::vector<Words> terms = {};    // numbered, where the paper binds somebody
  std::vector<Words> remarks = {};  // 备注
  std::vector<Label> labels = {};
  Basis basis;
  Signers signers = {};
  std::vector<Seal> seals = {};
  Hash hash = Hash::sm3;

  bool simulated() const;
};

/// The total of a column: of what is not blank.
int64_t sum_of(const Table& table, size_t column);

/// The last figure of a running column; none if it has no row.
std::optional<int64_t> closing_of(const Table& table, size_t column);

/// What is wrong with the model itself, for whoever made it; nothing if it is sound.
std::optional<std::string> fault_of(const Paper& paper);

}  // namespace landex::deeds
