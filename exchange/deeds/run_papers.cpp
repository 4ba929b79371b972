#include "exchange/deeds/run_papers.hpp"

#include <map>
#include <set>

#include "exchange/deeds/tables.hpp"
#include "exchange/deeds/value_text.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::deeds {
namespace {

Table lines_of(const RunFacts& f) {
  Table t{.name = "lines",
          .title = {"明细", "Lines"},
          .columns = {{.head = {"付款方", "from"}, .kind = Kind::words, .name = "from"},
                      {.head = {"收款方", "to"}, .kind = Kind::words, .name = "to"},
                      {.head = {"项目", "item"}, .kind = Kind::words, .name = "item"},
                      {.head = {"所涉", "about"}, .kind = Kind::text, .name = "about"},
                      {.head = {"条款", "clause"}, .kind = Kind::text, .name = "clause"},
                      {.head = {"面积", "area"}, .kind = Kind::area, .name = "area"},
                      {.head = {"标准", "standard"}, .kind = Kind::fen_per_mu, .name = "standard"},
                      {.head = {"基数", "base"}, .kind = Kind::money, .name = "base"},
                      {.head = {"系数", "coefficient"}, .kind = Kind::coefficient, .name = "coefficient"},
                      {.head = {"应付", "due"}, .kind = Kind::money, .name = "due", .sum = true},
                      {.head = {"实付", "paid"}, .kind = Kind::money, .name = "paid", .sum = true}},
          .rows = {},
          .total = {"合计", "total"}};
  bool cut = false;
  for (const TransferLine& l : f.lines) cut = cut || l.full;
  for (const TransferLine& l : f.lines) {
    t.rows.push_back({Value::of(l.from.name), Value::of(l.to.name), Value::of(l.item), Value::text(l.about),
                      Value::text(std::string{policy::id_of(l.clause)}),
                      l.area ? Value::of(*l.area) : Value::blank(Kind::area),
                      l.per_mu ? Value::fen_per_mu(*l.per_mu) : Value::blank(Kind::fen_per_mu),
                      l.base ? Value::of(*l.base) : Value::blank(Kind::money),
                      l.coefficient ? Value::coefficient(*l.coefficient) : Value::blank(Kind::coefficient),
                      cut ? Value::of(l.full.value_or(l.amount)) : Value::blank(Kind::money), Value::of(l.amount)});
  }
  return without_blank_columns(std::move(t));
}

Table totals_of(const std::map<uint32_t, Words>& names, const std::map<uint32_t, std::pair<Fen, Fen>>& sums) {
  Table t{.name = "units",
          .title = {"各单位汇总", "Totals by unit"},
          .columns = {{.head = {"单位", "unit"}, .kind = Kind::words, .name = "unit"},
                      {.head = {"代码", "code"}, .kind = Kind::text, .name = "code"},
                      {.head = {"付出", "pays"}, .kind = Kind::money, .name = "pays", .sum = true},
                      {.head = {"收到", "gets"}, .kind = Kind::money, .name = "gets", .sum = true},
                      {.head = {"净额", "net"}, .kind = Kind::money, .name = "net", .sum = true}},
          .rows = {},
          .total = {"合计", "total"}};
  for (const auto& [code, sum] : sums)
    t.rows.push_back({Value::of(names.at(code)), Value::text(std::to_string(code)), Value::of(sum.first),
                      Value::of(sum.second), Value::of(sum.second - sum.first)});
  return t;
}

/// Where less was paid than was due, item by item.
void tell_cuts(Paper& p, const RunFacts& f) {
  std::map<std::string, std::pair<Words, std::pair<Fen, Fen>>> cut;  // by item: due, paid
  for (const TransferLine& l : f.lines) {
    if (!l.full || *l.full == l.amount) continue;
    auto& [item, sums] = cut[l.item.zh];
    item = l.item;
    sums.first += *l.full;
    sums.second += l.amount;
  }
  for (const auto& [key, what] : cut) {
    const auto& [item, sums] = what;
    const std::string due = wire::yuan(sums.first), paid = wire::yuan(sums.second);
    const std::string zh = f.uplift ? "，因而不再是 " + percent(*f.uplift) : "，不足额";
    const std::string en = f.uplift ? "; this is no longer " + percent(*f.uplift) : "; this is not the full amount";
    caution(p, {item.zh + "：资金总量不足，按比例缩减。应付 " + due + " 元，实付 " + paid + " 元" + zh + "。",
                item.en + ": the fund does not suffice, and it was scaled. Due " + due + " yuan, paid " + paid +
                    " yuan" + en + "."});
  }
}

}  // namespace

Made yearly_run(const RunFacts& f, const Issue& issue) {
  if (f.lines.empty()) return std::unexpected(Words{"没有任何明细", "the run has no line"});
  std::map<uint32_t, Words> names;
  std::map<uint32_t, std::pair<Fen, Fen>> sums;  // pays, gets
  std::set<policy::Clause> clauses;
  Fen total;
  for (const TransferLine& l : f.lines) {
    if (l.amount <= Fen{} || (l.full && *l.full < l.amount) || l.from.code == l.to.code)
      return std::unexpected(Words{"明细金额、应付额或收付双方不成立：" + l.from.name.zh + " → " + l.to.name.zh,
                                   "a line has no amount, is paid beyond what was due, or pays itself: " +
                                       l.from.name.en + " → " + l.to.name.en});
    names[l.from.code.raw()] = l.from.name;
    names[l.to.code.raw()] = l.to.name;
    sums[l.from.code.raw()].first += l.amount;
    sums[l.to.code.raw()].second += l.amount;
    clauses.insert(l.clause);
    total += l.amount;
  }
  if (f.fund && total > *f.fund)
    return std::unexpected(Words{"支付合计多于资金总量", "more is paid than the fund has"});

  std::vector<Unit> seals;
  for (const auto& [code, name] : names) seals.push_back({.code = District::code(code), .name = name});
  const bool dry = f.stage == RunStage::dry_run;
  Paper p = begin(PaperKind::yearly_run,
                  {"年度结算通知" + std::string{dry          ? "（试算，未支付）"
                                                : f.reverses ? "（冲销）"
                                                             : ""},
                   "Notice of a yearly run" + std::string{dry          ? " (dry run: nothing has moved)"
                                                          : f.reverses ? " (reversal)"
                                                                       : ""}},
                  issue, dry ? std::vector<Unit>{} : seals, {clauses.begin(), clauses.end()});
  p.fields = {{.label = {"结算编号", "run"}, .value = Value::text(std::to_string(f.run))},
              {.label = {"结算类别", "kind"}, .value = Value::of(f.kind)},
              {.label = {"结算年度", "year"}, .value = Value::text(std::to_string(f.year))},
              {.label = {"支付合计", "paid in all"}, .value = Value::of(total), .capitals = true}};
  if (f.fund) p.fields.push_back({.label = {"资金总量", "fund"}, .value = Value::of(*f.fund), .capitals = true});
  if (f.reverses)
    p.fields.push_back({.label = {"冲销的结算编号", "undoes run"}, .value = Value::text(std::to_string(*f.reverses))});
  if (!f.document.empty()) p.fields.push_back({.label = {"依据文号", "document"}, .value = Value::text(f.document)});
  if (dry)
    caution(p, {"试算：尚未支付任何款项。经另一人批准后一次性支付全部明细。",
                "Dry run: nothing has been paid. Approved by another person, all lines are paid at once."});
  tell_cuts(p, f);
  p.tables = {totals_of(names, sums), lines_of(f)};
  p.remarks.push_back({"各单位付出合计等于收到合计，净额之和为零。",
                       "What the units pay is what they get: the net amounts sum to zero."});
  return p;
}

}  // namespace landex::deeds
