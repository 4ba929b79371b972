#include "exchange/deeds/account_papers.hpp"

#include "exchange/deeds/number.hpp"
#include "exchange/deeds/tables.hpp"
#include "exchange/deeds/value_text.hpp"

namespace landex::deeds {
namespace {

Kind kind_of(const AccountFacts& a) {
  return !a.instrument ? Kind::money : counted_in_kg(*a.instrument) ? Kind::capacity : Kind::area;
}
Value value_of(const AccountFacts& a, int64_t n) { return {.kind = kind_of(a), .number = n}; }

/// Nothing if the entries do not lead from the opening to the closing balance, or are not in order.
std::expected<Table, Words> table_of(const AccountFacts& a, const Period& period) {
  const Kind kind = kind_of(a);
  constexpr size_t kIn = 5, kOut = 6;
  Table t{.name = a.name,
          .title = a.title,
          .columns = {{.head = {"日期", "date"}, .kind = Kind::day, .name = "date"},
                      {.head = {"序号", "no."}, .kind = Kind::text, .name = "number"},
                      {.head = {"事由", "cause"}, .kind = Kind::words, .name = "cause"},
                      {.head = {"对方", "other side"}, .kind = Kind::words, .name = "other"},
                      {.head = {"条款", "clause"}, .kind = Kind::text, .name = "clause"},
                      {.head = {"增加", "in"}, .kind = kind, .name = "in", .sum = true},
                      {.head = {"减少", "out"}, .kind = kind, .name = "out", .sum = true},
                      {.head = {"余额", "balance"},
                       .kind = kind,
                       .name = "balance",
                       .running = Running{.in = kIn, .out = kOut}},
                      {.head = {"审核人", "reviewed by"}, .kind = Kind::text, .name = "reviewed_by"}},
          .rows = {{Value::of(period.from), Value::text(""), Value::of(Words{"期初余额", "opening balance"}),
                    Value::of(Words{}), Value::text(""), Value::blank(kind), Value::blank(kind), value_of(a, a.opening),
                    Value::text("")}},
          .total = {"合计", "total"}};
  int64_t balance = a.opening;
  Sequence last{};
  for (const AccountEntry& e : a.entries) {
    if (e.number < last || !period.contains(e.day))
      return std::unexpected(
          Words{"分录 " + std::to_string(e.number.value) + " 不在期间内或次序不对",
                "entry " + std::to_string(e.number.value) + " is out of order, or of another period"});
    last = e.number;
    balance = checked_add(balance, e.change);
    t.rows.push_back({Value::of(e.day), Value::id(e.number), Value::of(e.cause),
                      Value::of(e.other ? e.other->name : Words{}),
                      Value::text(e.clause ? std::string{policy::id_of(*e.clause)} : ""),
                      e.change > 0 ? value_of(a, e.change) : Value::blank(kind),
                      e.change < 0 ? value_of(a, -e.change) : Value::blank(kind), value_of(a, balance),
                      Value::text(e.reviewed_by ? std::to_string(e.reviewed_by->value) : "")});
  }
  if (balance != a.closing)
    return std::unexpected(Words{a.title.zh + "：分录合计得期末余额 " + text_of(value_of(a, balance)) + "，账面为 " +
                                     text_of(value_of(a, a.closing)),
                                 a.title.en + ": the entries lead to " + text_of(value_of(a, balance)) +
                                     ", the books say " + text_of(value_of(a, a.closing))});
  return without_blank_columns(std::move(t));
}

Paper extract(PaperKind kind, Words title, const Issue& issue, const Unit& unit, const Period& period,
              const std::string& of) {
  Paper p = begin(kind, std::move(title), issue, {unit}, {});
  p.number = extract_number(kind, issue.day, issue.as_of, unit.code, of);
  p.basis.told = std::nullopt;
  p.parties = {{.role = {"单位", "unit"}, .name = unit.name, .code = unit.code}};
  p.fields = {{.label = {"期间起", "from"}, .value = Value::of(period.from)},
              {.label = {"期间止（含当日）", "until, that day included"}, .value = Value::of(period.until)}};
  return p;
}

void balances(Paper& p, const AccountFacts& a) {
  const bool money = !a.instrument;
  p.fields.push_back({.label = {a.title.zh + "　期初余额", a.title.en + ": opening balance"},
                      .value = value_of(a, a.opening),
                      .capitals = money});
  p.fields.push_back({.label = {a.title.zh + "　期末余额", a.title.en + ": closing balance"},
                      .value = value_of(a, a.closing),
                      .capitals = money});
}

}  // namespace

Made statement(const StatementFacts& f, const Issue& issue) {
  Paper p = extract(PaperKind::statement, {"对账单", "Statement of accounts"}, issue, f.unit, f.period,
                    compact(f.period.from) + "-" + compact(f.period.until));
  for (const AccountFacts& a : f.accounts) {
    auto table = table_of(a, f.period);
    if (!table) return std::unexpected(std::move(table.error()));
    balances(p, a);
    p.tables.push_back(*std::move(table));
  }
  p.remarks.push_back({"请核对；如有不符，请与市局联系。分录只增不改，更正以新分录列示。",
                       "Please compare it with your books. Entries are never changed: a correction is a new entry."});
  return p;
}

Made ledger_card(const LedgerCardFacts& f, const Issue& issue) {
  Paper p = extract(PaperKind::ledger_card, {"指标台账", "Ledger card"}, issue, f.unit, f.period,
                    f.of + "-" + compact(f.period.from) + "-" + compact(f.period.until));
  p.fields.insert(p.fields.begin(), {.label = {"对象", "of"}, .value = Value::of(f.subject)});
  auto table = table_of(f.account, f.period);
  if (!table) return std::unexpected(std::move(table.error()));
  balances(p, f.account);
  p.tables.push_back(*std::move(table));
  p.remarks.push_back({"审核人以编号列示，与日志一致；日志中没有姓名。",
                       "Reviewers are told by their number, as in the journal, which has no names."});
  return p;
}

}  // namespace landex::deeds
