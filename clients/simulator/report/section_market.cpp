// Prices, efficiency, quantities, distribution, linked projects.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "clients/simulator/report/charts.hpp"
#include "clients/simulator/report/numbers.hpp"
#include "clients/simulator/report/sections.hpp"

namespace landex::simulator::report {
namespace {

using enum Plot::Entry::Look;

constexpr std::array kLooks{solid, dashed, dotted, solid};

bool known(const View& v, Measure m) {
  return std::ranges::any_of(
      v.groups, [&](const Group& g) { return std::ranges::any_of(g[m], [](double x) { return std::isfinite(x); }); });
}

double mean_of(const Group& g, Measure m) {
  const Summary s = summary_of(g[m]);
  return s.n == 0 ? NAN : s.mean;
}

/// A mean of a moment, NaN if there is none.
double mean_of(const Moments& m) { return m.n() == 0 ? NAN : m.mean(); }

void fan(Page& page, const View& v, Instrument instrument, const std::string& name) {
  const auto path_of = [&](const Group& g) -> const std::vector<SessionView>* {
    const auto found = g.sessions.find(instrument);
    return found == g.sessions.end() ? nullptr : &found->second;
  };
  size_t sessions = 0, trades = 0;
  for (const Group& g : v.groups)
    if (const auto* path = path_of(g)) {
      sessions = std::max(sessions, path->size());
      for (const auto& s : *path) trades += s.prices.size();
    }
  if (trades == 0) return;
  Lines chart{.x_title = "交易场次 session", .y_title = "价格 price（万元/亩 wan yuan/mu）", .lines = {}};
  Sheet table{.columns = {{"场次", "session"}}};
  for (size_t i = 0; i < v.groups.size(); ++i) {
    const std::string letter = v.one() ? "" : std::string(1, static_cast<char>('A' + i)) + " ";
    for (const char* q : {"P10", "P50", "P90"}) table.columns.push_back({letter + q, ""});
    table.columns.push_back({letter + "最低价", "floor"});
    table.columns.push_back({letter + "外部价", "outside"});
    table.columns.push_back({letter + "有成交", "runs that traded"});
  }
  for (size_t s = 0; s < sessions; ++s) table.rows.push_back({fmt::format("{}", s + 1)});
  for (size_t i = 0; i < v.groups.size(); ++i) {
    const Group& g = v.groups[i];
    const auto* path = path_of(g);
    Lines::Line median{.name = v.one() ? "中位数 median" : group_name(v, i),
                       .colour = g.colour,
                       .look = kLooks[i % kLooks.size()],
                       .x = {},
                       .y = {}};
    Lines::Line floor{.name = v.one() ? "最低价 floor" : "",
                      .colour = v.one() ? "#d55e00" : g.colour,
                      .look = dashed,
                      .x = {},
                      .y = {}};
    Lines::Line outside{.name = v.one() ? "市外成本 outside cost" : "",
                        .colour = v.one() ? "#444444" : g.colour,
                        .look = dotted,
                        .x = {},
                        .y = {}};
    for (size_t s = 0; s < sessions; ++s) {
      const bool there = path && s < path->size();
      const auto& prices = there ? (*path)[s].prices : std::vector<double>{};
      const double p10 = quantile_sorted(prices, 0.1), p50 = quantile_sorted(prices, 0.5),
                   p90 = quantile_sorted(prices, 0.9);
      const double f = there ? mean_of((*path)[s].floor) : NAN, o = there ? mean_of((*path)[s].outside) : NAN;
      const auto x = static_cast<double>(s + 1);
      for (auto* line : {&median, &floor, &outside}) line->x.push_back(x);
      median.y.push_back(p50), median.low.push_back(p10), median.high.push_back(p90);
      floor.y.push_back(f), outside.y.push_back(o);
      for (const double value : {p10, p50, p90, f, o}) table.rows[s].push_back(fixed(value, 2));
      table.rows[s].push_back(fixed(static_cast<double>(prices.size()), 0));
    }
    chart.lines.push_back(std::move(median));
    const auto any = [](const Lines::Line& l) {
      return std::ranges::any_of(l.y, [](double y) { return std::isfinite(y); });
    };
    // Side by side, floors and outside prices of all groups would bury the medians: those of A stand for them, as the
    // table has them all.
    if (any(floor) && i == 0) chart.lines.push_back(std::move(floor));
    if (any(outside) && i == 0) chart.lines.push_back(std::move(outside));
  }
  if (v.one()) chart.also = {{box, v.groups[0].colour, "P10 – P90", 0.2}};
  if (!v.one())
    for (auto& line : chart.lines)
      if (line.name.empty()) {
        // Two greys: gnuplot 5.4 draws neighbours of one colour in the legend with one dash.
        line.colour = line.look == dashed ? "#333333" : "#666666";
        line.name = line.look == dashed ? "A 最低价 floor" : "A 市外成本 outside cost";
      }
  const InstrumentName what = landex::name_of(instrument);
  page.figure(
      {.plot = plot_of(name, chart),
       .caption = {fmt::format("{}：各场次成交均价的扇形图", what.zh),
                   fmt::format("{}: mean price of each session, fan chart", what.en)},
       .basis = {fmt::format(
                     "单位：万元/亩。n = {} 次运行；线为中位数，色带为运行的 10%–90% 分位（第 7 类分位数），只取该场"
                     "有成交的运行；最低价与市外价格为各次运行的均值。",
                     runs_of(v)),
                 fmt::format("Unit: wan yuan/mu. n = {} runs; line: median; band: 10th to 90th percentile of "
                             "runs (type 7) among those that traded in the session; floor and outside price: "
                             "means over runs.",
                             runs_of(v))},
       .table = std::move(table),
       .files = v.links("sessions.csv")});
}

}  // namespace

void write_price(Page& page, const View& v) {
  page.section("price", {"价格", "Prices"});
  fan(page, v, Instrument::supplementary_area, "fan-area");
  fan(page, v, Instrument::linkage, "fan-linkage");
  if (!known(v, Measure::at_floor) && !known(v, Measure::at_ceiling)) {
    page.paragraph(
        {"没有成交，因而没有价格所处位置的概率。", "Nothing traded, so there is no saying where the price was."});
    return;
  }
  StackedBars chart{.x_title = "有成交场次的比例 share of sessions with a trade（%）",
                    .parts = {{"在最低价 at the floor", "#d55e00", false},
                              {"居中 between", "#56b4e9", true},
                              {"在上限 at the ceiling", "#0072b2", false}},
                    .rows = {}};
  Sheet table{.columns = {{"组", "group"},
                          {"在最低价", "at the floor"},
                          {"95% 区间", "95 % interval"},
                          {"居中", "between"},
                          {"在上限", "at the ceiling"},
                          {"95% 区间", "95 % interval"},
                          {"次数", "n"}}};
  for (size_t i = 0; i < v.groups.size(); ++i) {
    const Summary f = summary_of(v.groups[i][Measure::at_floor]), c = summary_of(v.groups[i][Measure::at_ceiling]);
    const double floor = f.n == 0 ? NAN : f.mean, ceiling = c.n == 0 ? NAN : c.mean;
    // Where a floor stands above what land costs outside, a session can be at both: then nothing is left between.
    const double between =
        std::max(0.0, 1 - (std::isfinite(floor) ? floor : 0) - (std::isfinite(ceiling) ? ceiling : 0));
    chart.rows.push_back({group_name(v, i), {floor * 100, between * 100, ceiling * 100}});
    table.rows.push_back({group_name(v, i), per_cent(floor), interval({100, 1, {}}, f.interval.low, f.interval.high),
                          per_cent(between), per_cent(ceiling), interval({100, 1, {}}, c.interval.low, c.interval.high),
                          fixed(static_cast<double>(f.n), 0)});
  }
  page.figure(
      {.plot = plot_of("price-state", chart),
       .caption = {"价格处于最低价、上限（市外成本）或二者之间的概率",
                   "how likely the price is at the floor, at the ceiling (what land costs outside the city), or "
                   "between"},
       .basis = basis_of_means(v, "有成交场次的百分比，逐次运行后取平均",
                               "per cent of sessions with a trade, by run, "
                               "then averaged"),
       .table = std::move(table),
       .files = v.links("runs.csv")});
}

void write_efficiency(Page& page, const View& v) {
  if (!known(v, Measure::efficiency)) return;
  page.section("efficiency", {"效率", "Efficiency"});
  StackedBars chart{.x_title = "最大交易剩余的比例 share of the maximum surplus（%）",
                    .parts = {{"已实现 realised", "#009e73", false},
                              {"错失的交易 missed", "#e69f00", true},
                              {"不当的交易 wrong", "#d55e00", false}},
                    .rows = {}};
  Sheet table{.columns = {{"组", "group"},
                          {"已实现", "realised"},
                          {"95% 区间", "95 % interval"},
                          {"错失", "missed"},
                          {"不当", "wrong"},
                          {"最大剩余 万元", "maximum surplus, wan yuan"},
                          {"已实现剩余 万元", "surplus, wan yuan"},
                          {"次数", "n"}}};
  for (size_t i = 0; i < v.groups.size(); ++i) {
    const Group& g = v.groups[i];
    const Summary e = summary_of(g[Measure::efficiency]);
    const double missed = mean_of(g, Measure::missed), wrong = mean_of(g, Measure::wrong);
    chart.rows.push_back({group_name(v, i), {(e.n == 0 ? NAN : e.mean) * 100, missed * 100, wrong * 100}});
    table.rows.push_back({group_name(v, i), per_cent(e.n == 0 ? NAN : e.mean),
                          interval({100, 1, {}}, e.interval.low, e.interval.high), per_cent(missed), per_cent(wrong),
                          fixed(mean_of(g, Measure::max_surplus), 1), fixed(mean_of(g, Measure::surplus), 1),
                          fixed(static_cast<double>(e.n), 0)});
  }
  page.figure({.plot = plot_of("efficiency", chart),
               .caption = {"补充耕地交易剩余：已实现、错失（应成而未成）、不当（不应成而成）",
                           "gains from trade in supplementary farmland: realised, missed (good trades not made), wrong "
                           "(trades that should not have been made)"},
               .basis = basis_of_means(v, "最大剩余的百分比", "per cent of the maximum surplus"),
               .table = std::move(table),
               .files = v.links("runs.csv")});
}

void write_quantity(Page& page, const View& v) {
  using enum Measure;
  page.section("quantity", {"数量", "Quantities"});
  StackedBars sources{.x_title = "面积 area（亩 mu）",
                      .parts = {{"自有 own", "#009e73", false},
                                {"市级统筹 pool", "#0072b2", false},
                                {"市内购入 bought in the city", "#56b4e9", true},
                                {"市外购入 bought outside", "#e69f00", true},
                                {"未满足 unmet", "#bbbbbb", true}},
                      .rows = {}};
  Sheet table{.columns = {{"组", "group"},
                          {"需求", "need"},
                          {"自有", "own"},
                          {"统筹", "pool"},
                          {"市内购入", "bought in the city"},
                          {"市外购入", "bought outside"},
                          {"未满足", "unmet"},
                          {"95% 区间", "95 % interval"},
                          {"满足率", "fill rate"},
                          {"95% 区间", "95 % interval"}}};
  for (size_t i = 0; i < v.groups.size(); ++i) {
    const Group& g = v.groups[i];
    const Summary short_of = summary_of(g[unmet]), rate = summary_of(g[fill_rate]);
    std::vector<double> parts;
    std::vector<std::string> row{group_name(v, i), fixed(mean_of(g, need), 1)};
    for (const Measure m : {own_used, pool_used, bought_used, outside_used, unmet}) {
      parts.push_back(mean_of(g, m));
      row.push_back(fixed(parts.back(), 1));
    }
    row.push_back(interval({1, 1, {}}, short_of.interval.low, short_of.interval.high));
    row.push_back(per_cent(rate.n == 0 ? NAN : rate.mean));
    row.push_back(interval({100, 1, {}}, rate.interval.low, rate.interval.high));
    sources.rows.push_back({group_name(v, i), std::move(parts)});
    table.rows.push_back(std::move(row));
  }
  page.figure({.plot = plot_of("sources", sources),
               .caption = {"项目所需补充耕地从何而来", "where the supplementary farmland of projects came from"},
               .basis = basis_of_means(v, "亩；满足率为百分比", "mu; fill rate in per cent"),
               .table = std::move(table),
               .files = v.links("runs.csv")});

  if (std::ranges::all_of(v.groups, [](const Group& g) { return g.units.empty(); })) {
    page.paragraph({"本研究只存了概要（--detail summary），没有分单位的数据。以 --detail full 重跑即有。",
                    "The study kept summaries alone (--detail summary): nothing by unit. Run it with --detail full."});
    return;
  }
  const auto& first = std::ranges::max(v.groups, {}, [](const Group& g) { return g.units.size(); });
  GroupedBars unmet_bars{.x_title = "未满足的需求 unmet need（亩 mu）", .rows = {}, .series = {}};
  Sheet units{.columns = {{"单位", "unit"},
                          {"组", "group"},
                          {"需求", "need"},
                          {"满足", "filled"},
                          {"满足率", "fill rate"},
                          {"未满足", "unmet"},
                          {"95% 区间", "95 % interval"},
                          {"购入", "bought"},
                          {"售出", "sold"},
                          {"报备", "filed"},
                          {"被统筹", "pooled"},
                          {"未售", "unsold"}},
              .names = 2};
  for (size_t i = 0; i < v.groups.size(); ++i)
    unmet_bars.series.push_back(
        {.name = group_name(v, i), .colour = v.groups[i].colour, .values = {}, .low = {}, .high = {}});
  for (const UnitView& u : first.units) {
    const bool any = std::ranges::any_of(v.groups, [&](const Group& g) {
      const auto at = std::ranges::find(g.units, u.district, &UnitView::district);
      return at != g.units.end() && (at->need.mean() > 0 || at->filed.mean() > 0 || at->sold.mean() > 0);
    });
    if (!any) continue;  // the city needs nothing
    unmet_bars.rows.push_back(unit_name(v, u.district));
    for (size_t i = 0; i < v.groups.size(); ++i) {
      const auto at = std::ranges::find(v.groups[i].units, u.district, &UnitView::district);
      const bool there = at != v.groups[i].units.end();
      const Interval in = there ? at->unmet.interval() : Interval{NAN, NAN};
      auto& s = unmet_bars.series[i];
      s.values.push_back(there ? mean_of(at->unmet) : NAN);
      s.low.push_back(in.low), s.high.push_back(in.high);
      if (!there) continue;
      units.rows.push_back({unit_name(v, u.district), v.one() ? "" : std::string(1, static_cast<char>('A' + i)),
                            fixed(at->need.mean(), 1), fixed(at->filled.mean(), 1),
                            at->need.mean() > 0 ? per_cent(at->filled.mean() / at->need.mean()) : "—",
                            fixed(at->unmet.mean(), 1), interval({1, 1, {}}, in.low, in.high),
                            fixed(at->bought.mean(), 1), fixed(at->sold.mean(), 1), fixed(at->filed.mean(), 1),
                            fixed(at->pooled.mean(), 1), fixed(at->unsold.mean(), 1)});
    }
  }
  page.figure(
      {.plot = plot_of("unmet", unmet_bars),
       .caption = {"各单位未满足的补充耕地需求", "unmet need of supplementary farmland, by unit"},
       .basis = {"单位：亩。满足率 = 平均满足 / 平均需求，“—”表示没有需求。" + basis_of_means(v, "亩", "mu").zh,
                 "Fill rate: mean filled / mean need; “—” where there is no need. " + basis_of_means(v, "亩", "mu").en},
       .table = std::move(units),
       .files = v.links("units.csv")});
}

void write_spread(Page& page, const View& v) {
  using enum Measure;
  if (!known(v, gini) && !known(v, hhi)) return;
  page.section("distribution", {"分布与集中", "Distribution and concentration"});
  Whiskers chart{.x_title = "比例 share（%）",
                 .rows = {},
                 .legend = {{solid, "#0072b2", "细线 thin: P10 – P90"},
                            {point, "#000000", "均值 mean；粗线 thick: 95% 区间 interval"}}};
  Sheet table{.columns = {{"指标", "measure"},
                          {"组", "group"},
                          {"均值", "mean"},
                          {"95% 区间", "95 % interval"},
                          {"P10", ""},
                          {"P90", ""},
                          {"次数", "n"}},
              .names = 2};
  for (const Measure m : {gini, hhi, top2, bottom_half})
    for (size_t i = 0; i < v.groups.size(); ++i) {
      const Summary s = summary_of(v.groups[i][m]);
      const std::string name = fmt::format("{} {}", facts_of(m).zh, facts_of(m).en);
      const std::string label = m == gini   ? "基尼系数 Gini"
                                : m == hhi  ? "卖方 HHI sellers"
                                : m == top2 ? "前两名卖方 top two sellers"
                                            : "少购一半 lower half of buyers";
      const Shown as{100, 1, {}};
      const std::string letter = v.one() ? "" : std::string(1, static_cast<char>('A' + i));
      chart.rows.push_back({.name = v.one() ? label : letter + " " + label,
                            .colour = v.groups[i].colour,
                            .mean = s.n == 0 ? NAN : s.mean * as.scale,
                            .low = s.interval.low * as.scale,
                            .high = s.interval.high * as.scale,
                            .p10 = s.p10 * as.scale,
                            .p90 = s.p90 * as.scale});
      table.rows.push_back({name, letter, text_of(as, s.n == 0 ? NAN : s.mean),
                            interval(as, s.interval.low, s.interval.high), text_of(as, s.p10), text_of(as, s.p90),
                            fixed(static_cast<double>(s.n), 0)});
    }
  page.figure(
      {.plot = plot_of("concentration", chart),
       .caption = {"基尼系数（各单位净收入）、卖方集中度 HHI、前两名卖方占比、购入较少的一半单位占比",
                   "Gini of the units' net income, sellers' HHI, share of the two largest sellers, share bought "
                   "by the half that bought least"},
       .basis = basis_of_means(v, "%", "%"),
       .table = std::move(table),
       .files = v.links("runs.csv")});
}

void write_linked(Page& page, const View& v) {
  using enum Measure;
  if (!known(v, linked_done)) return;
  page.section("linked", {"同需两类指标的项目", "Projects that need both indicators"});
  Sheet table{.columns = {{"组", "group"},
                          {"两类指标均取得", "got both"},
                          {"95% 区间", "95 % interval"},
                          {"挂钩节余均价 万元/亩", "linkage price, wan yuan/mu"},
                          {"挂钩节余成交 亩", "linkage volume, mu"},
                          {"次数", "n"}}};
  StackedBars chart{.x_title = "占同需两类指标项目的比例 share of such projects（%）",
                    .parts = {{"两类均取得 got both", "#009e73", false}, {"未齐 did not", "#bbbbbb", true}},
                    .rows = {}};
  for (size_t i = 0; i < v.groups.size(); ++i) {
    const Group& g = v.groups[i];
    const Summary s = summary_of(g[linked_done]);
    const double mean = s.n == 0 ? NAN : s.mean;
    chart.rows.push_back({group_name(v, i), {mean * 100, 100 - mean * 100}});
    table.rows.push_back({group_name(v, i), per_cent(mean), interval({100, 1, {}}, s.interval.low, s.interval.high),
                          fixed(mean_of(g, linkage_price), 2), fixed(mean_of(g, linkage_volume), 1),
                          fixed(static_cast<double>(s.n), 0)});
  }
  page.figure({.plot = plot_of("linked", chart),
               .caption = {"既需补充耕地又需挂钩节余的项目：两类指标均取得的比例",
                           "projects that need supplementary farmland and linkage surplus together: how many got both"},
               .basis = basis_of_means(v, "百分比", "per cent"),
               .table = std::move(table),
               .files = v.links("runs.csv")});
}

}  // namespace landex::simulator::report
