#include "clients/terminal/print_governments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {
namespace {

namespace view = engine::view;

std::string by_name(RunId id) { return fmt::format("第 {} 号 run {}", id.value, id.value); }

/// "1.0800" → "1.08"; "0.5000" → "0.5".
std::string share_of(int64_t share) {
  std::string text = wire::decimal(share, 4);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string signed_yuan(Fen f) { return f == Fen{} ? "0.00" : (f > Fen{} ? "+" : "") + wire::yuan(f); }

std::string note_of(const clearing::RunLine& line) {
  std::string note;
  const auto add = [&](const std::string& words) { note += (note.empty() ? "" : "，") + words; };
  if (!line.project.empty()) add(line.project);
  if (line.about != 0)
    add(line.item == clearing::LineItem::enclave ? fmt::format("第 {} 号协议 agreement", line.about)
                                                 : fmt::format("第 {} 号有偿承担 undertaking", line.about));
  if (line.full) add(fmt::format("资金不足，足额应为 in full {}", wire::yuan(*line.full)));
  return note;
}

/// A table whose columns are left out where no row has anything in them.
class Sparse {
 public:
  void column(std::string title, Align align = Align::left) { titles_.push_back({std::move(title), align}); }
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string text() const {
    Table t;
    std::vector<size_t> kept;
    for (size_t i = 0; i < titles_.size(); ++i)
      if (std::ranges::any_of(rows_, [&](const auto& r) { return !r[i].empty(); })) kept.push_back(i);
    for (const size_t i : kept) t.column(titles_[i].first, titles_[i].second);
    for (const auto& r : rows_) {
      std::vector<std::string> cells;
      for (const size_t i : kept) cells.push_back(r[i]);
      t.row(std::move(cells));
    }
    return t.text();
  }

 private:
  std::vector<std::pair<std::string, Align>> titles_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace

std::string mu_rate_of(Rate r) { return fmt::format("{} 元/亩 yuan/mu", r.raw()); }

std::string heading_of(clearing::RunKind kind, uint16_t year, const std::optional<RunId>& reverses) {
  const std::string what = fmt::format("{} 年度 {}", year, both(kind));
  return reverses ? fmt::format("冲正{}（{}） reversal", by_name(*reverses), what) : what;
}

std::string lines_of(const std::vector<clearing::RunLine>& lines, const Names& n) {
  Sparse t;
  t.column("付 from");
  t.column("收 to");
  t.column("事项 item");
  t.column("面积 area (亩 mu)", Align::right);
  t.column("标准 rate (元/亩 yuan/mu)", Align::right);
  t.column("基数 base (元 yuan)", Align::right);
  t.column("系数 share", Align::right);
  t.column("金额 amount (元 yuan)", Align::right);
  t.column("依据 rule");
  t.column("说明 note");
  for (const auto& l : lines)
    t.row({n.zh(l.from), n.zh(l.to), both(l.item), l.area ? wire::mu(*l.area) : "",
           l.rate ? std::to_string(l.rate->raw()) : "", l.base ? wire::yuan(*l.base) : "",
           l.share ? share_of(*l.share) : "", wire::yuan(l.amount), wire::text_of(l.clause), note_of(l)});
  return t.text();
}

std::string net_of(const std::vector<clearing::RunLine>& lines, const Names& n) {
  std::map<District, Fen> net;
  for (const auto& l : lines) {
    net[l.from] -= l.amount;
    net[l.to] += l.amount;
  }
  Table t;
  t.column("单位 unit");
  t.column("净额 net (元 yuan)", Align::right);
  Fen sum;
  for (const auto& [unit, amount] : net) {
    t.row({n.place(unit), signed_yuan(amount)});
    sum += amount;
  }
  t.row({"合计 sum", signed_yuan(sum)});
  return t.text();
}

std::string matrix_of(const view::RunRows& v, const Names& n) {
  using clearing::RunKind;
  constexpr std::array kKinds{RunKind::protection,
                              RunKind::pbf,
                              RunKind::restoration,
                              RunKind::enclave,
                              RunKind::consolidation_reward,
                              RunKind::homestead_reward,
                              RunKind::standard_farmland_reward};
  std::map<District, std::map<RunKind, Fen>> net;
  for (const auto& r : v.rows) {
    if (!r.paid) continue;
    for (const auto& l : r.lines) {
      net[l.from][r.kind] -= l.amount;
      net[l.to][r.kind] += l.amount;
    }
  }
  Table t;
  t.column("净额 net (元 yuan)");
  for (const RunKind k : kKinds) t.column(std::string{wire::name_of(k).zh}, Align::right);
  t.column("合计 sum", Align::right);
  std::map<RunKind, Fen> down;
  Fen all;
  for (auto& [unit, by_kind] : net) {
    std::vector<std::string> row{n.place(unit)};
    Fen across;
    for (const RunKind k : kKinds) {
      row.push_back(by_kind.contains(k) ? signed_yuan(by_kind[k]) : "–");
      across += by_kind[k];
      down[k] += by_kind[k];
    }
    all += across;
    row.push_back(signed_yuan(across));
    t.row(std::move(row));
  }
  if (t.empty()) return "没有已支付的年度结算 no run is paid\n";
  std::vector<std::string> sums{"合计 sum"};
  for (const RunKind k : kKinds) sums.push_back(signed_yuan(down[k]));
  sums.push_back(signed_yuan(all));
  t.row(std::move(sums));
  return t.text();
}

std::string table_of(const view::Funds& v) {
  Table t;
  t.column("专户 fund [H66-20]");
  t.column("余额 balance (元 yuan)", Align::right);
  Fen sum;
  for (const auto& r : v.rows) {
    t.row({both(r.fund), wire::yuan(r.balance)});
    sum += r.balance;
  }
  if (t.empty()) return "没有专户资金 no money is earmarked\n";
  t.row({"合计 sum", wire::yuan(sum)});
  return t.text() + "分设专户为本所默认，非文件规定 sub-accounts are our default, not the law\n";
}

std::string table_of(const view::Standards& v) {
  Table t;
  t.column("号 number", Align::right);
  t.column("年度 year", Align::right);
  t.column("标准 figure");
  t.column("元/亩 yuan/mu", Align::right);
  t.column("状态 state");
  t.column("文号 document");
  t.column("批准 approver");
  for (const auto& r : v.rows)
    t.row({std::to_string(r.id.value), std::to_string(r.year), both(r.kind), std::to_string(r.rate.raw()),
           r.revoked ? "已撤销 revoked" : "有效 stands", r.document, r.approver});
  return t.empty() ? "没有公布年度标准 no yearly figure is published\n" : t.text();
}

std::string table_of(const view::RestorationTasks& v, const Names& n) {
  if (v.tasks.empty()) return "没有恢复任务 no restoration task is registered\n";
  Table t;
  t.column("区县 county");
  t.column("周期 cycle");
  for (const char* title : {"任务 task", "自行恢复 restored", "他方承担 undertaken", "余 left (亩 mu)"})
    t.column(title, Align::right);
  t.column("文号 document");
  for (const auto& k : v.tasks)
    t.row({n.place(k.county), fmt::format("{}–{}", k.first_year, k.last_year), wire::mu(k.area), wire::mu(k.restored),
           wire::mu(k.undertaken), wire::mu(k.area - k.restored - k.undertaken), k.document});
  std::string out = "耕地功能恢复任务 function-restoration tasks [H66-5.1]\n" + t.text();
  if (v.undertakings.empty()) return out;
  Table u;
  u.column("号 number", Align::right);
  u.column("承担 by");
  u.column("任务 of");
  u.column("周期自 from", Align::right);
  u.column("面积 area (亩 mu)", Align::right);
  u.column("同步建成 built", Align::right);
  u.column("价格 price (元/亩)", Align::right);
  u.column("指导价 guide", Align::right);
  u.column("约定 agreed");
  u.column("支付 paid");
  u.column("文号 document");
  for (const auto& a : v.undertakings)
    u.row({std::to_string(a.id.value), n.zh(a.provider), n.zh(a.receiver), std::to_string(a.first_year),
           wire::mu(a.area), wire::mu(a.built), std::to_string(a.price.raw()),
           a.guide ? std::to_string(a.guide->raw()) : "–", wire::text_of(a.agreed),
           a.paid_by ? by_name(*a.paid_by) : "–", a.document});
  return out + "有偿承担 undertaken for money [H66-5.2]\n" + u.text();
}

std::string table_of(const view::EnclaveRows& v, const Names& n) {
  if (v.enclaves.empty()) return "没有飞地 no enclave is registered\n";
  Table t;
  t.column("号 number", Align::right);
  t.column("类别 kind");
  t.column("名称 name");
  t.column("飞出地 sender");
  t.column("飞入地 receiver");
  for (const char* title : {"保障空间 secured", "纳入集中区 included", "核减任务 reduced by (亩 mu)"})
    t.column(title, Align::right);
  t.column("核减 whose");
  t.column("文号 document");
  for (const auto& e : v.enclaves)
    t.row({std::to_string(e.id.value), both(e.kind), e.name, n.zh(e.sender), n.zh(e.receiver), wire::mu(e.secured),
           wire::mu(e.included), wire::mu(e.reduction), e.reduction == Area{} ? "–" : n.zh(e.reduced), e.document});
  std::string out = "飞地 enclaves [H66-19]\n" + t.text();
  if (v.agreements.empty()) return out;
  Table a;
  a.column("号 number", Align::right);
  a.column("飞地 enclave", Align::right);
  a.column("承担 protects");
  a.column("支付 pays");
  a.column("面积 area (亩 mu)", Align::right);
  a.column("自 from");
  a.column("至 until");
  a.column("文号 document");
  for (const auto& g : v.agreements)
    a.row({std::to_string(g.id.value), std::to_string(g.enclave.value), n.zh(g.sender), n.zh(g.receiver),
           wire::mu(g.area), wire::text_of(g.from), wire::text_of(g.until), g.document});
  return out + "承担永农保护任务的协议 agreements to protect [H66-19.3]\n" + a.text();
}

std::string table_of(const view::Scales& v, const Names& n) {
  if (v.rows.empty()) return "没有乡镇预留规模 no reserved scale is registered\n";
  Table t;
  t.column("区县 county");
  t.column("乡镇 township");
  for (const char* title : {"新增规模 scale", "可预留 reserved", "已用 used", "余 left (亩 mu)"})
    t.column(title, Align::right);
  t.column("文号 document");
  Table u;
  u.column("号 number", Align::right);
  u.column("乡镇 township");
  u.column("项目 project");
  u.column("用途 trade");
  u.column("面积 area (亩 mu)", Align::right);
  u.column("文号 document");
  for (const auto& s : v.rows) {
    t.row({n.place(s.county), s.township, wire::mu(s.scale), wire::mu(s.reserved), wire::mu(s.used),
           wire::mu(s.reserved - s.used), s.document});
    for (const auto& use : s.uses)
      u.row({std::to_string(use.number.value), s.township, use.project, both(use.trade), wire::mu(use.area),
             use.document});
  }
  return "乡镇预留新增建设用地规模 reserved scale [H66-17]\n" + t.text() + (u.empty() ? "" : "使用 used\n" + u.text());
}

std::string table_of(const view::RunRows& v) {
  Table t;
  t.column("号 run", Align::right);
  t.column("年度 year", Align::right);
  t.column("事项 kind");
  t.column("状态 state");
  t.column("笔数 lines", Align::right);
  t.column("总额 total (元 yuan)", Align::right);
  t.column("测算 reckoned");
  t.column("支付 paid");
  t.column("冲正 reversal");
  t.column("文号 document");
  for (const auto& r : v.rows)
    t.row({std::to_string(r.run.value), std::to_string(r.year), both(r.kind), both(r.state),
           std::to_string(r.lines.size()), wire::yuan(r.total), wire::text_of(r.reckoned),
           r.paid ? wire::text_of(*r.paid) : "–",
           r.reverses      ? fmt::format("冲正第 {} 号 reverses", r.reverses->value)
           : r.reversed_by ? fmt::format("被第 {} 号冲正 reversed by", r.reversed_by->value)
                           : "–",
           r.document});
  return t.empty() ? "没有年度结算 no run\n" : t.text();
}

std::string ours_of(clearing::RunKind kind) {
  const wire::Name ours = wire::ours_of(kind);
  return ours.zh.empty() ? std::string{}
                         : fmt::format("{}为本所默认，非文件规定 {}: our default, not the law\n", ours.zh, ours.en);
}

std::string next_of_reckoned(RunId run) {
  return fmt::format(
      "测算：未划转任何资金；报批后由另一人批准（approve pass），一次付清\n"
      "reckoned: nothing has moved; propose it, and another person approves it (approve pass): then all of it is paid\n"
      "  landex run propose {} --document 文号\n",
      run.value);
}

std::string next_of(const view::RunRow& r) {
  using enum clearing::RunState;
  switch (r.state) {
    case reckoned:
      return next_of_reckoned(r.run);
    case paid:
      if (r.reverses) return "已支付的冲正结算不再冲正 a reversal is not reversed\n";
      return fmt::format("已支付；有误时以新的结算冲正 paid; if it was wrong: landex run reverse {} --document 文号\n",
                         r.run.value);
    case reversed:
      return fmt::format("已由第 {} 号结算冲正 reversed by run {}\n", r.reversed_by ? r.reversed_by->value : 0,
                         r.reversed_by ? r.reversed_by->value : 0);
  }
  return {};
}

std::string file_of(const view::RunRow& r, const Names& n) {
  return plain(fmt::format("第 {} 号年度结算 run {}: {}，{}，{}", r.run.value, r.run.value,
                           heading_of(r.kind, r.year, r.reverses), both(r.state), r.document)) +
         "\n" + lines_of(r.lines, n) + fmt::format("总额 total: {} 元 yuan\n", wire::yuan(r.total)) +
         net_of(r.lines, n) + ours_of(r.kind) + next_of(r);
}

}  // namespace landex::terminal
