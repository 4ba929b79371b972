// Who paid whom, net by unit, income of the mountain-4.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "clients/simulator/report/charts.hpp"
#include "clients/simulator/report/numbers.hpp"
#include "clients/simulator/report/sections.hpp"

namespace landex::simulator::report {
namespace {

std::string letter(const View& v, size_t i) { return v.one() ? "" : std::string(1, static_cast<char>('A' + i)); }

/// Wan yuan a run.
double mean_paid(const Group& g, District from, District to) {
  const auto found = g.transfers.find({from, to});
  return found == g.transfers.end() ? 0 : static_cast<double>(found->second) / 1e6 / static_cast<double>(g.runs());
}

void heat_map(Page& page, const View& v, size_t i) {
  const Group& g = v.groups[i];
  if (g.units.empty()) return;
  HeatMap map{.rows = {},
              .columns = {},
              .values = {},
              .row_title = "付款方（行）payer: row → 收款方（列）payee: column",
              .column_title = "万元 wan yuan"};
  Sheet table{.columns = {{"付款方", "payer"}, {"收款方", "payee"}, {"万元 / 次运行", "wan yuan a run"}}, .names = 2};
  for (const UnitView& from : g.units) {
    map.rows.push_back(unit_name(v, from.district));
    map.columns.push_back(v.name_of(from.district).zh);
    auto& row = map.values.emplace_back();
    for (const UnitView& to : g.units) {
      row.push_back(mean_paid(g, from.district, to.district));
      if (row.back() > 0)
        table.rows.push_back({unit_name(v, from.district), unit_name(v, to.district), fixed(row.back(), 1)});
    }
  }
  if (table.rows.empty()) {
    page.paragraph({letter(v, i) + " 各单位之间没有付款。", "Nobody paid anybody."});
    return;
  }
  page.figure({.plot = plot_of(fmt::format("transfers-{}", static_cast<char>('a' + i)), map),
               .caption = {fmt::format("{}财政转移矩阵：谁付给谁", v.one() ? "" : group_name(v, i) + "："),
                           "fiscal transfers, district to district and city: who paid whom"},
               .basis = {fmt::format("单位：万元，每次运行的平均（空格为 0；不足 99.95 万元的保留一位小数）。n = {}。",
                                     fixed(static_cast<double>(g.runs()), 0)),
                         fmt::format("Unit: wan yuan, mean over runs (empty: 0; one decimal below 99.95). n = {}.",
                                     fixed(static_cast<double>(g.runs()), 0))},
               .table = std::move(table),
               .files = v.links("transfers.csv")});
}

void net_by_unit(Page& page, const View& v) {
  const auto& first = std::ranges::max(v.groups, {}, [](const Group& g) { return g.units.size(); });
  if (first.units.empty()) return;
  GroupedBars chart{.x_title = "净收入 net receipts（万元 wan yuan）", .rows = {}, .series = {}};
  Sheet table{.columns = {{"单位", "unit"},
                          {"组", "group"},
                          {"净额", "net"},
                          {"95% 区间", "95 % interval"},
                          {"付出", "paid"},
                          {"收入", "received"},
                          {"统筹价款", "for the pool"},
                          {"预支", "advance"},
                          {"交易剩余", "surplus"}},
              .names = 2};
  for (size_t i = 0; i < v.groups.size(); ++i)
    chart.series.push_back(
        {.name = group_name(v, i), .colour = v.groups[i].colour, .values = {}, .low = {}, .high = {}});
  for (const UnitView& u : first.units) {
    const bool mountain = std::ranges::find(v.mountain4, u.district) != v.mountain4.end();
    chart.rows.push_back(unit_name(v, u.district) + (mountain ? " ▲" : ""));
    for (size_t i = 0; i < v.groups.size(); ++i) {
      const auto at = std::ranges::find(v.groups[i].units, u.district, &UnitView::district);
      const bool there = at != v.groups[i].units.end();
      const Interval in = there ? at->net.interval() : Interval{NAN, NAN};
      auto& s = chart.series[i];
      s.values.push_back(there && at->net.n() > 0 ? at->net.mean() : NAN);
      s.low.push_back(in.low), s.high.push_back(in.high);
      if (there)
        table.rows.push_back({chart.rows.back(), letter(v, i), fixed(s.values.back(), 1),
                              interval({1, 1, {}}, in.low, in.high), fixed(at->paid.mean(), 1),
                              fixed(at->received.mean(), 1), fixed(at->pool_received.mean(), 1),
                              fixed(at->advance.mean(), 1), fixed(at->surplus.mean(), 1)});
    }
  }
  Words basis = basis_of_means(v, "万元", "wan yuan");
  basis.zh += "净额 = 收到的全部付款 − 付出的全部付款（transfers.csv）。▲ 山区4县。";
  basis.en += " Net: all payments received less all made (transfers.csv). ▲ mountain-4.";
  page.figure({.plot = plot_of("net", chart),
               .caption = {"各单位的净收入（正为收、负为付）", "net receipts of each unit (positive: received)"},
               .basis = std::move(basis),
               .table = std::move(table),
               .files = v.links("transfers.csv")});
}

void mountain_income(Page& page, const View& v) {
  Whiskers chart{.x_title = "万元 wan yuan",
                 .rows = {},
                 .legend = {{Plot::Entry::Look::solid, "#0072b2", "细线 thin: P10 – P90"},
                            {Plot::Entry::Look::point, "#000000", "均值 mean；粗线 thick: 95% 区间 interval"}}};
  Sheet table{.columns = {{"组", "group"},
                          {"均值", "mean"},
                          {"95% 区间", "95 % interval"},
                          {"P10", ""},
                          {"P50", ""},
                          {"P90", ""},
                          {"次数", "n"}}};
  bool any = false;
  for (size_t i = 0; i < v.groups.size(); ++i) {
    const Summary s = summary_of(v.groups[i][Measure::mountain4_income]);
    any = any || s.n > 0;
    chart.rows.push_back({.name = group_name(v, i),
                          .colour = v.groups[i].colour,
                          .mean = s.n == 0 ? NAN : s.mean,
                          .low = s.interval.low,
                          .high = s.interval.high,
                          .p10 = s.p10,
                          .p90 = s.p90});
    const Shown as{1, 1, {}};
    table.rows.push_back({group_name(v, i), text_of(as, s.n == 0 ? NAN : s.mean),
                          interval(as, s.interval.low, s.interval.high), text_of(as, s.p10), text_of(as, s.p50),
                          text_of(as, s.p90), fixed(static_cast<double>(s.n), 0)});
  }
  if (!any) return;
  page.figure(
      {.plot = plot_of("mountain4", chart),
       .caption = {"山区4县的收入：售出、统筹价款与预支，减去购入与归还",
                   "income of the mountain-4: sales, pool payments and advances, less what they bought and repaid"},
       .basis = basis_of_means(v, "万元", "wan yuan"),
       .table = std::move(table),
       .files = v.links("runs.csv")});
}

}  // namespace

void write_money(Page& page, const View& v) {
  page.section("money", {"资金", "Money"});
  for (size_t i = 0; i < v.groups.size(); ++i) heat_map(page, v, i);
  net_by_unit(page, v);
  mountain_income(page, v);
}

}  // namespace landex::simulator::report
