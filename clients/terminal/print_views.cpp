#include "clients/terminal/print_views.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "clients/terminal/print_titles.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {
namespace {

std::string q(Instrument i, Quantity v) { return v == Quantity{} ? "–" : wire::quantity(i, v); }
std::string unit(Instrument i) { return std::string{wire::unit_zh(i)}; }

}  // namespace

std::string table_of(const engine::view::Status& v) {
  std::string out = fmt::format(
      "规则集 rule set   {}（行为 behaviour {}）\n场所 venue        {}\n营业日 day        {}\n账户 accounts     "
      "{}\n在途委托 orders   {}\n资金总额 money in {} 元 yuan\n",
      v.rule_set, v.behaviour,
      !v.venue                                ? "–"
      : *v.venue == engine::Venue::simulation ? "模拟 simulation"
                                              : "生产 production",
      v.day        ? wire::text_of(*v.day) + " 开市 open"
      : v.last_day ? wire::text_of(*v.last_day) + " 已闭市 closed"
                   : "–",
      v.accounts, v.orders, wire::yuan(v.money_in));
  return out + sums_of(v);
}

std::string sums_of(const engine::view::Status& v) {
  Table t;
  t.column("指标 indicator");
  for (const char* title :
       {"报备 issued", "= 可用 free", "+ 冻结 on hold", "+ 统筹 pooled", "+ 使用 used", "+ 注销 cancelled"})
    t.column(title, Align::right);
  t.column("单位 unit");
  int64_t land = 0;
  bool recounted = true;
  for (const auto& r : v.land) {
    t.row({instrument_zh(r.instrument), q(r.instrument, r.issued), q(r.instrument, r.free), q(r.instrument, r.held),
           q(r.instrument, r.pooled), q(r.instrument, r.used), q(r.instrument, r.cancelled), unit(r.instrument)});
    land = std::max(land, std::abs(r.sum.raw()));
    recounted &= r.issued == r.free + r.held + r.pooled + r.used + r.cancelled + r.frozen + r.borrowed;
  }
  return t.text() + fmt::format("sums: land {}, money {}{}\n", land, v.money_sum.raw(),
                                recounted ? "" : "  RECOUNT DIFFERS 重算不符");
}

std::string table_of(const engine::view::Holdings& v, const Names& n) {
  Table t;
  t.column("区县 unit");
  for (const Instrument i : kInstruments) t.column(instrument_zh(i), Align::right);
  t.column("已用 used", Align::right);
  t.column("储备地块 plots", Align::right);
  t.column("资金 cash (元 yuan)", Align::right);
  t.column("应收 claims (元 yuan)", Align::right);
  bool held = false;
  for (const auto& h : v.rows) {
    std::vector<std::string> row{n.place(h.participant)};
    Quantity used;
    for (const auto& p : h.positions) {
      const bool bound = p.held + p.frozen + p.borrowed != Quantity{};
      held |= bound;
      const Quantity owned = p.free + p.held + p.pool + p.frozen + p.borrowed;
      row.push_back(q(p.instrument, owned) + (bound ? "*" : ""));
      if (!counted_in_kg(p.instrument) && p.instrument != Instrument::supplementary_paddy) used += p.used;
    }
    row.push_back(q(Instrument::supplementary_area, used));
    row.push_back(q(Instrument::supplementary_area, Quantity::of(h.plots + h.plots_pooled)));
    row.push_back(wire::yuan(h.cash + h.held) + (h.held == Fen{} ? "" : "*"));
    row.push_back(wire::yuan(h.claims));
    held |= h.held != Fen{};
    t.row(std::move(row));
  }
  return t.text() + "亩 mu; 产能 capacity: 公斤 kg; 市级一行为统筹池 the city's row is the pool" +
         (held ? "; * 含委托、协议占用或冻结、借入 some of it is on hold, frozen or borrowed" : "") + "\n";
}

std::string table_of(const engine::view::Orders& v, const Names& n) {
  const auto terms_of = [](const engine::view::OpenOrder& o) {
    std::string terms;
    if (o.at_best) terms += "；最优价 at best";
    if (o.all_or_none) terms += "；整笔 all or none";
    if (o.trigger) terms += "；止损 stop at " + price_of(o.instrument, *o.trigger);
    return terms.empty() ? terms : terms.substr(std::string_view{"；"}.size());
  };
  // the last two columns stand only where some order has what they tell
  const bool hidden = std::ranges::any_of(v.rows, [](const auto& o) { return !o.trigger && o.shown != o.remaining; });
  const bool terms = std::ranges::any_of(v.rows, [](const auto& o) { return o.at_best || o.all_or_none || o.trigger; });
  Table t;
  t.column("委托 order", Align::right);
  t.column("区县 unit");
  t.column("指标 indicator");
  t.column("方向 side");
  t.column("余量 remaining", Align::right);
  t.column("限价 limit", Align::right);
  if (hidden) t.column("显示 shown", Align::right);
  if (terms) t.column("条件 terms");
  for (const auto& o : v.rows) {
    std::vector<std::string> row{std::to_string(o.order.value),
                                 n.place(o.participant),
                                 instrument_zh(o.instrument),
                                 side_zh(o.side),
                                 wire::quantity(o.instrument, o.remaining),
                                 price_of(o.instrument, o.price)};
    if (hidden) row.push_back(wire::quantity(o.instrument, o.shown));
    if (terms) row.push_back(terms_of(o));
    t.row(std::move(row));
  }
  return t.empty() ? "没有在途委托 no order rests\n" : t.text();
}

/// What is waited for, if anything is.
static std::string deadline_of(const engine::view::DealRow& d) {
  if (d.until && d.state == engine::DealState::proposed) return " 至 until " + clock_of(*d.until);
  if (d.pay_by && d.state == engine::DealState::confirmed) return "，付款至 pay by " + wire::text_of(*d.pay_by);
  if (d.notice_until && d.state == engine::DealState::paid)
    return "，公示至 notice until " + wire::text_of(*d.notice_until);
  return {};
}

namespace {
std::string whole_lot_of(const engine::view::DealRow& d) {
  std::string lot = lot_of(d.legs);
  if (!lot.empty() && !d.titles.empty()) lot += " + ";
  return lot + lot_of(d.titles) + landing_of(d.landing);
}
}  // namespace

std::string table_of(const engine::view::Deals& v, const Names& n) {
  Table t;
  t.column("协议 deal", Align::right);
  t.column("转让 seller");
  t.column("受让 buyer");
  t.column("标的 lot");
  t.column("金额 amount (元 yuan)", Align::right);
  t.column("状态 state");
  for (const auto& d : v.rows) {
    t.row({std::to_string(d.deal.value), n.zh(d.seller), n.zh(d.buyer), whole_lot_of(d), wire::yuan(d.amount),
           state_zh(d.state) + deadline_of(d)});
  }
  return t.empty() ? "没有协议 no deals\n" : t.text();
}

std::string table_of(const engine::view::Pool& v, const Names& n) {
  Table t;
  t.column("区县 unit");
  t.column("指标 indicator");
  for (const char* title :
       {"报备 filed", "核减 deducted", "已统筹 pooled", "其中待定价 unpriced", "应付 owed (元 yuan)"})
    t.column(title, Align::right);
  District last{};
  for (const auto& l : v.supplementary) {
    t.row({l.county == last ? "" : n.place(l.county), instrument_zh(l.instrument), q(l.instrument, l.filed),
           q(l.instrument, l.deducted), q(l.instrument, l.pooled), q(l.instrument, l.unpriced),
           l.county == last ? "" : wire::yuan(l.owed)});
    last = l.county;
  }
  std::string out =
      "补充耕地统筹 20 % of supplementary farmland [H66-7.2, 7.4]\n" + (t.empty() ? std::string{"–\n"} : t.text());
  Table r;
  r.column("区县 unit");
  for (const char* title :
       {"储备 entered", "符合补划 qualifying", "30% 目标 target", "已统筹 pooled", "差额结转 shortfall"})
    r.column(title, Align::right);
  for (const auto& l : v.reserve)
    r.row({n.place(l.county), wire::mu(l.entered), wire::mu(l.qualifying), wire::mu(l.target), wire::mu(l.pooled),
           wire::mu(l.shortfall)});
  return out + "永农储备统筹 30 % of the PBF reserve [H66-6.2]（亩 mu）\n" +
         (r.empty() ? std::string{"–\n"} : r.text());
}

std::string table_of(const engine::view::PriceRows& v) {
  Table t;
  t.column("号 row", Align::right);
  t.column("指标 indicator");
  t.column("跨市调剂价 price", Align::right);
  t.column("起 from");
  t.column("止 until");
  t.column("文号 document");
  t.column("批准 approver");
  for (const auto& r : v.rows)
    t.row({std::to_string(r.row.value), instrument_zh(r.instrument), wire::rate(r.instrument, r.rate),
           wire::text_of(r.from), wire::text_of(r.until), r.document + (r.revoked ? "（已撤销 revoked）" : ""),
           r.approver});
  return t.empty() ? "没有公布价格 no price is published\n" : t.text();
}

std::string table_of(const wire::Book& book) {
  Table t;
  t.column("方向 side");
  t.column("价格 price", Align::right);
  t.column("数量 quantity", Align::right);
  t.column("笔数 orders", Align::right);
  std::vector<wire::LevelLine> asks, bids;
  for (const auto& l : book.levels) (l.side == Side::sell ? asks : bids).push_back(l);
  std::ranges::reverse(asks);  // best ask just above best bid
  for (const auto& side : {asks, bids})
    for (const auto& l : side)
      t.row({side_zh(l.side), wire::price(l.price), wire::quantity(book.instrument, l.quantity),
             std::to_string(l.orders)});
  const std::string unit_line =
      counted_in_kg(book.instrument) ? "元/公斤 yuan/kg, 公斤 kg" : "万元/亩 wan yuan/mu, 亩 mu";
  return fmt::format(
      "{}（{}）\n{}{}", instrument_zh(book.instrument), unit_line, t.empty() ? "  空 empty\n" : t.text(),
      book.crossed_by_rule
          ? "买卖价交叉：按规则不得互相成交 crossed by rule: between pairs that may not trade [H66-7.6]\n"
          : "");
}

std::string table_of(const std::vector<wire::TradeLine>& trades) {
  Table t;
  t.column("时间 time");
  t.column("序号 number", Align::right);
  t.column("指标 indicator");
  t.column("数量 quantity", Align::right);
  t.column("价格 price", Align::right);
  t.column("金额 amount (元 yuan)", Align::right);
  for (const auto& l : trades)
    t.row({clock_of(l.at), fmt::format("{}.{}", l.seq.value, l.index), instrument_zh(l.instrument),
           wire::quantity(l.instrument, l.quantity) + " " + unit(l.instrument),
           wire::rate(l.instrument, rate_of(l.instrument, l.price)), wire::yuan(l.amount)});
  return t.empty() ? "没有成交 no trades\n" : t.text();
}

}  // namespace landex::terminal
