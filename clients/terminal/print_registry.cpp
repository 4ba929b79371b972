// The registry as tables: lots and their lineage, projects, plots in dispute, what can be undone, what is available.
#include <fmt/format.h>

#include "clients/terminal/print_views.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {
namespace {

namespace view = engine::view;

std::string number_of(auto id) { return std::to_string(id.value); }

std::string kind_zh(engine::IndicatorKind k) {
  return k == engine::IndicatorKind::linkage ? "增减挂钩节余 linkage" : "补充耕地 supplementary";
}

std::string table_of_lots(const std::vector<view::LotRow>& rows, const Names& n) {
  Table t;
  t.column("指标 indicator");
  t.column("批次 lot", Align::right);
  t.column("区县 unit");
  t.column("所在 place");
  t.column("数量 quantity", Align::right);
  for (const auto& r : rows)
    t.row({instrument_zh(r.instrument), number_of(r.filing), n.place(r.participant), place_zh(r.place),
           amount_of(r.instrument, r.quantity)});
  return t.empty() ? "没有指标 no land\n" : t.text();
}

}  // namespace

std::string table_of(const view::Lots& v, const Names& n) { return table_of_lots(v.rows, n); }

std::string table_of(const view::Lineage& v, const Names& n) {
  if (v.rows.empty()) return "没有这个批次，或与你方无关 no such batch, or none of yours\n";
  const auto& r = v.rows.front();
  std::string out = fmt::format(
      "批次 lot {}：{} {}，{} 报备 filed，项目 project {}{}，{}\n报备 filed {} 亩 mu，水田 paddy {}，产能 capacity {} "
      "kg；"
      "核减 deducted {}，{}，{}\n",
      r.filing.value, n.place(r.county), kind_zh(r.kind), wire::text_of(r.day), plain(r.project),
      r.project_id ? fmt::format("（第 {} 号 number {}）", r.project_id->value, r.project_id->value) : "",
      plain(r.document), wire::mu(r.filed.area), wire::mu(r.filed.paddy), r.filed.capacity.raw(),
      wire::mu(r.deducted.area), wire::mu(r.deducted.paddy), r.deducted.capacity.raw());
  if (r.grade) out += fmt::format("质量等级 grade {}\n", *r.grade);
  if (r.expires) out += fmt::format("有效至 valid through {}\n", wire::text_of(*r.expires));
  for (const auto& p : r.plots) out += fmt::format("地块 plot {}：{} 亩 mu\n", plain(p.plot), wire::mu(p.area));
  out += table_of_lots(r.lots, n);
  for (const auto& u : r.uses)
    out += fmt::format("核销 write-off {}：{} {} {}，项目 project {}\n", u.write_off.value, n.place(u.participant),
                       instrument_zh(u.instrument), amount_of(u.instrument, u.quantity), plain(u.project));
  return out;
}

std::string table_of(const view::Projects& v, const Names& n) {
  Table t;
  t.column("项目 project", Align::right);
  t.column("区县 unit");
  t.column("指标 indicator");
  t.column("名称 name");
  t.column("状态 state");
  t.column("文号 document");
  for (const auto& p : v.rows)
    t.row({number_of(p.project), n.place(p.county), kind_zh(p.kind), p.name, state_zh(p.state), p.document});
  return t.empty() ? "没有项目 no projects\n" : t.text();
}

std::string table_of(const view::Conflicts& v, const Names& n) {
  Table t;
  t.column("地块 plot");
  t.column("区县 unit");
  t.column("矛盾 dispute [H66-9]");
  t.column("状态 state");
  t.column("文号 document");
  for (const auto& c : v.rows)
    t.row({c.plot, n.place(c.county), conflict_zh(c.conflict), c.open ? "未解决 open" : "已解决 settled", c.document});
  return t.empty() ? "没有地类矛盾 no plot is in dispute\n" : t.text();
}

std::string table_of(const view::Entries& v, const Names& n) {
  Table t;
  t.column("号 number", Align::right);
  t.column("事项 entry");
  t.column("区县 unit");
  t.column("指标 indicator");
  t.column("数量 quantity", Align::right);
  t.column("余 left", Align::right);
  t.column("说明 note");
  for (const auto& f : v.freezes)
    t.row({number_of(f.freeze), "冻结 freeze", n.place(f.participant), instrument_zh(f.instrument),
           amount_of(f.instrument, f.quantity), amount_of(f.instrument, f.left), f.document});
  for (const auto& l : v.loans)
    t.row({number_of(l.loan), "借用 loan", n.zh(l.lender) + " → " + n.zh(l.borrower), instrument_zh(l.instrument),
           amount_of(l.instrument, l.quantity), amount_of(l.instrument, l.left),
           "应还 due " + wire::text_of(l.due) + (l.overdue && l.left != Quantity{} ? "，逾期 overdue" : "")});
  for (const auto& w : v.write_offs)
    t.row({number_of(w.write_off), "核销 write-off", n.place(w.participant), instrument_zh(w.instrument),
           amount_of(w.instrument, w.quantity), amount_of(w.instrument, w.left), w.project});
  return t.empty() ? "没有冻结、借用、核销 no freezes, loans or write-offs\n" : t.text();
}

std::string table_of(const view::Availability& v, const Names& n) {
  if (v.rows.empty()) return "没有账户，或与你方无关 no account, or not yours\n";
  const auto& r = v.rows.front();
  const auto q = [&](Quantity amount) { return amount_of(r.instrument, amount); };
  std::string out = fmt::format(
      "{} {}\n  余额 balance {}\n  − 冻结 frozen {}\n  − 借出 lent {}\n  − 挂出 on offer {}\n"
      "  − 自用保障 own need {}\n  = 可用 available {}\n另有借入 borrowed, for projects only {}\n",
      n.place(r.participant), instrument_zh(r.instrument), q(r.balance), q(r.frozen), q(r.lent), q(r.on_offer),
      q(r.own_need), q(r.available), q(r.borrowed));
  const Quantity free = r.balance - r.frozen - r.lent - r.on_offer;
  if (free > r.available)
    out += fmt::format(
        "超出自用保障的挂出只作提醒时，最多还可挂出 where the own need only warns, up to {} may be offered "
        "[H66-7.7]\n",
        q(free));
  return out;
}

}  // namespace landex::terminal
