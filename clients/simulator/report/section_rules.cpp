// What a rule does to an outcome: responses and pass-through, break-even; then which factor matters: tornado, Sobol,
// Morris. Of one study alone.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "clients/simulator/report/charts.hpp"
#include "clients/simulator/report/numbers.hpp"
#include "clients/simulator/report/sections.hpp"
#include "clients/simulator/study/sensitivity.hpp"

namespace landex::simulator::report {
namespace {

constexpr std::array<std::string_view, 5> kColours{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"};
using enum Plot::Entry::Look;
constexpr std::array kLooks{solid, dashed, dotted, solid, dashed};

/// In figures: the English words of a factor are a sentence; its name is what files and tables call it.
std::string name_words(Factor f) { return fmt::format("{} {}", facts_of(f).zh, name_of(f)); }

/// A number on the factor's axis: choices are named in words.
bool numeric(Factor f) { return facts_of(f).words.empty(); }

const Moved* moved(const View& v, Factor f) {
  const auto at = std::ranges::find(v.moved, f, &Moved::factor);
  return at == v.moved.end() ? nullptr : &*at;
}

/// The whole column, whatever the groups. Empty if the database fails: the section then stays away.
std::vector<double> column(const View& v, Measure m) {
  auto c = v.studies[0].column(m);
  return c ? std::move(*c) : std::vector<double>{};
}

/// Axes that moved, or, where a study has none, the levers of price that a scenario left uncertain.
std::vector<const Moved*> levers(const View& v) {
  std::vector<const Moved*> out;
  // A cross is made of what somebody chose to compare; among the axes of another design only the rules are levers.
  for (const StoredAxis& axis : v.facts().axes)
    if (v.facts().design == DesignKind::cross || axis.factor <= Factor::requests_per_county)
      if (const Moved* m = moved(v, axis.factor)) out.push_back(m);
  if (!v.facts().axes.empty()) return out;
  for (const Factor f : {Factor::pool_share, Factor::floor, Factor::cross_city_price, Factor::advance_share})
    if (const Moved* m = moved(v, f)) out.push_back(m);
  return out;
}

/// The measures whose response to a rule is told.
std::vector<Measure> responding(const View& v) {
  using enum Measure;
  std::vector<Measure> out{mean_price, at_floor, fill_rate, efficiency, volume, mountain4_income, city_paid};
  for (const Measure m : v.outcomes())
    if (std::ranges::find(out, m) == out.end()) out.push_back(m);
  return out;
}

/// Outcome over a crossed lever, one line for each value of a second axis (or one, over all).
void response(Page& page, const View& v, const Moved& x, const Moved* by, Measure m, const std::string& name) {
  const auto outcome = column(v, m);
  std::map<double, std::map<double, Moments>> lines;  // by value of the second axis, by x
  for (size_t i = 0; i < outcome.size(); ++i) lines[by ? by->values[i] : 0][x.values[i]].add(outcome[i]);
  if (lines.size() > kColours.size()) {
    lines.clear();
    by = nullptr;
    for (size_t i = 0; i < outcome.size(); ++i) lines[0][x.values[i]].add(outcome[i]);
  }
  const Shown as = shown(facts_of(m));
  const std::string unit = facts_of(x.factor).unit == "1" ? "" : fmt::format("（{}）", facts_of(x.factor).unit);
  Lines chart{.x_title = name_words(x.factor) + unit, .y_title = titled(facts_of(m)), .lines = {}};
  Sheet table{.columns = {{std::string{facts_of(x.factor).zh}, std::string{facts_of(x.factor).en}},
                          {"均值", "mean"},
                          {"95% 区间", "95 % interval"},
                          {"次数", "n"}}};
  if (by) {
    table.columns.insert(table.columns.begin(),
                         {std::string{facts_of(by->factor).zh}, std::string{facts_of(by->factor).en}});
    table.names = 2;
  }
  size_t k = 0;
  for (const auto& [second, points] : lines) {
    Lines::Line line{.name = by ? name_words(by->factor) + " = " + value_of(by->factor, second) : "",
                     .colour = std::string{kColours[k]},
                     .look = kLooks[k],
                     .x = {},
                     .y = {},
                     .low = {},
                     .high = {},
                     .bars = true};
    ++k;
    for (const auto& [at, moments] : points) {
      const Interval in = moments.interval();
      line.x.push_back(at);
      line.y.push_back(moments.n() == 0 ? NAN : moments.mean() * as.scale);
      line.low.push_back(in.low * as.scale), line.high.push_back(in.high * as.scale);
      std::vector<std::string> row{value_of(x.factor, at), text_of(as, moments.n() == 0 ? NAN : moments.mean()),
                                   interval(as, in.low, in.high), fixed(static_cast<double>(moments.n()), 0)};
      if (by) row.insert(row.begin(), value_of(by->factor, second));
      table.rows.push_back(std::move(row));
    }
    chart.lines.push_back(std::move(line));
  }
  page.figure({.plot = plot_of(name, chart),
               .caption = {fmt::format("{}随{}的变化", facts_of(m).zh, facts_of(x.factor).zh),
                           fmt::format("{} over {}", facts_of(m).en, facts_of(x.factor).en)},
               .basis = basis_of_means(v, as.unit.zh.empty() ? "1" : as.unit.zh, as.unit.en.empty() ? "1" : as.unit.en),
               .table = std::move(table),
               .files = v.links("runs.csv")});
}

void pass_through(Page& page, const View& v, const std::vector<const Moved*>& factors) {
  Sheet sheet{.columns = {{"规则", "rule"},
                          {"结果", "outcome"},
                          {"斜率", "slope"},
                          {"95% 区间", "95 % interval"},
                          {"不含 0", "excludes 0"},
                          {"R²", ""},
                          {"次数", "n"}},
              .names = 2};
  const bool cross = v.facts().design == DesignKind::cross;
  for (const Moved* f : factors) {
    if (!numeric(f->factor) && facts_of(f->factor).words.size() != 2) continue;  // no order among choices
    for (const Measure m : responding(v)) {
      const auto outcome = column(v, m);
      if (outcome.size() != f->values.size()) continue;
      const Slope s = cross ? slope_of_replicates(f->values, outcome, v.replicate) : slope_of(f->values, outcome);
      if (!std::isfinite(s.slope)) continue;
      const Shown as = shown(facts_of(m));
      const Shown fine{as.scale, as.decimals + 1, as.unit};
      const bool known = std::isfinite(s.interval.low) && std::isfinite(s.interval.high);
      sheet.rows.push_back({name_words(f->factor), titled(facts_of(m)), text_of(fine, s.slope),
                            interval(fine, s.interval.low, s.interval.high),
                            !known                   ? "—"
                            : s.interval.includes(0) ? "否 no"
                                                     : "是 yes",
                            fixed(s.r2, 3), fixed(static_cast<double>(s.n), 0)});
    }
  }
  if (sheet.rows.empty()) return;
  page.heading({"规则的传导", "Pass-through"});
  page.table(sheet, {"斜率：规则增加 1 个单位（比例则为由 0 到 1；开关为由关到开）时结果的变化，最小二乘",
                     "slope: change of the outcome when the rule rises by 1 unit (a share: from 0 to 1; a switch: from "
                     "off to on), least squares"});
}

/// A cross of a choice of two and a number: where do the two break even?
void break_even(Page& page, const View& v, const std::vector<const Moved*>& factors) {
  if (v.facts().design != DesignKind::cross || factors.size() != 2) return;
  const auto values_of = [](const Moved& m) { return std::set<double>(m.values.begin(), m.values.end()); };
  for (int swap = 0; swap < 2; ++swap) {
    const Moved &two = *factors[swap == 0 ? 0U : 1U], &along = *factors[swap == 0 ? 1U : 0U];
    const auto pair = values_of(two), steps = values_of(along);
    if (pair.size() != 2 || steps.size() < 2 || !numeric(along.factor)) continue;
    const std::vector<double> at(steps.begin(), steps.end());
    Sheet sheet{.columns = {{"结果", "outcome"}, {"平衡点", "break-even"}, {"介于", "between"}, {"可靠", "sure"}}};
    for (const Measure m : responding(v)) {
      const auto outcome = column(v, m);
      std::vector<std::vector<double>> a(at.size()), b(at.size());
      for (size_t i = 0; i < outcome.size(); ++i) {
        const auto k = static_cast<size_t>(std::ranges::lower_bound(at, along.values[i]) - at.begin());
        (two.values[i] == *pair.begin() ? a : b)[k].push_back(outcome[i]);
      }
      for (const BreakEven& e : break_evens(at, a, b))
        sheet.rows.push_back({titled(facts_of(m)), value_of(along.factor, e.at),
                              value_of(along.factor, e.below) + " – " + value_of(along.factor, e.above),
                              e.sure ? "是 yes" : "否：区间含 0 no: an interval includes 0"});
    }
    const std::string words = fmt::format("{}：{} ⇄ {}", name_words(two.factor), value_of(two.factor, *pair.begin()),
                                          value_of(two.factor, *pair.rbegin()));
    page.heading({"平衡点 " + words, "Break-even along " + std::string{facts_of(along.factor).en}});
    if (sheet.rows.empty())
      page.paragraph(
          {"在所扫描的范围内，两者之差没有变号。", "Nowhere in the range does the difference change its sign."});
    else
      page.table(sheet, {"沿“" + std::string{facts_of(along.factor).zh} + "”两者相等之处（相邻两点之间直线内插）",
                         "where the two are equal, by a straight line between neighbouring points"});
    return;
  }
}

std::vector<Measure> looked_at(const View& v) {
  auto out = v.outcomes();
  if (out.size() > 3) out.resize(3);
  return out;
}

void tornado_of(Page& page, const View& v, Measure m) {
  std::vector<Factor> factors;
  std::vector<std::vector<double>> columns;
  for (const Moved& f : v.moved) {
    factors.push_back(f.factor);
    columns.push_back(f.values);
  }
  const auto outcome = column(v, m);
  auto bars = tornado(factors, columns, outcome);
  if (bars.empty()) return;
  if (bars.size() > 15) bars.resize(15);
  const Shown as = shown(facts_of(m));
  GroupedBars chart{
      .x_title = titled(facts_of(m)) + "，与均值之差 less its mean",
      .rows = {},
      .series = {{.name = "因子低时 factor low", .colour = "#56b4e9", .values = {}, .low = {}, .high = {}},
                 {.name = "因子高时 factor high", .colour = "#d55e00", .values = {}, .low = {}, .high = {}}}};
  Sheet table{.columns = {{"因子", "factor"},
                          {"低", "low"},
                          {"结果", "outcome"},
                          {"高", "high"},
                          {"结果", "outcome"},
                          {"摆幅", "swing"}}};
  const Summary all = summary_of(outcome);
  for (const TornadoBar& bar : bars) {
    chart.rows.push_back(name_words(bar.factor));
    chart.series[0].values.push_back((bar.low - all.mean) * as.scale);
    chart.series[1].values.push_back((bar.high - all.mean) * as.scale);
    for (auto& s : chart.series) s.low.push_back(NAN), s.high.push_back(NAN);
    table.rows.push_back({name_words(bar.factor), value_of(bar.factor, bar.low_at), text_of(as, bar.low),
                          value_of(bar.factor, bar.high_at), text_of(as, bar.high), text_of(as, bar.swing())});
  }
  page.figure(
      {.plot = plot_of(fmt::format("tornado-{}", index_of(m)), chart),
       .caption = {fmt::format("龙卷风图：{}", facts_of(m).zh), fmt::format("tornado: {}", facts_of(m).en)},
       .basis = {fmt::format(
                     "n = {}。每个因子取其最低与最高各五分之一的运行（约在 10% 与 90% 处），其余因子随机；总均值 {}。"
                     "单位：{}。",
                     runs_of(v), text_of(as, all.mean), as.unit.zh.empty() ? "1" : as.unit.zh),
                 fmt::format("n = {}. Runs whose factor lies in its lowest and highest fifth (about its 10 % and "
                             "90 %), others as they fall; overall mean {}. Unit: {}.",
                             runs_of(v), text_of(as, all.mean), as.unit.en.empty() ? "1" : as.unit.en)},
       .table = std::move(table),
       .files = v.links("runs.csv")});
}

void sobol_of(Page& page, const View& v, Measure m) {
  const StudyFacts& f = v.facts();
  const auto points = point_means(column(v, m), f.replicates);
  const SobolResult r = sobol_indices(points, f.axes.size(), f.seed);
  if (r.indices.size() != f.axes.size()) {
    page.paragraph({fmt::format("{}：没有方差，或样本不足，不能计算 Sobol 指数。", facts_of(m).zh),
                    fmt::format("{}: no variance, or too few points for Sobol indices.", facts_of(m).en)});
    return;
  }
  GroupedBars chart{
      .x_title = "方差占比 share of variance",
      .rows = {},
      .series = {{.name = "一阶 S1 first order", .colour = "#0072b2", .values = {}, .low = {}, .high = {}},
                 {.name = "总效应 ST total", .colour = "#e69f00", .values = {}, .low = {}, .high = {}}}};
  Sheet table{.columns = {{"因子", "factor"},
                          {"S1", ""},
                          {"95% 区间", "95 % interval"},
                          {"含 0", "includes 0"},
                          {"ST", ""},
                          {"95% 区间", "95 % interval"},
                          {"含 0", "includes 0"}}};
  const Shown as{1, 3, {}};
  for (size_t i = 0; i < r.indices.size(); ++i) {
    const SobolIndex& x = r.indices[i];
    chart.rows.push_back(name_words(f.axes[i].factor));
    chart.series[0].values.push_back(x.first);
    chart.series[0].low.push_back(x.first_interval.low), chart.series[0].high.push_back(x.first_interval.high);
    chart.series[1].values.push_back(x.total);
    chart.series[1].low.push_back(x.total_interval.low), chart.series[1].high.push_back(x.total_interval.high);
    const auto flag = [](bool zero) { return zero ? "是：可能为 0 yes: may be nothing" : "否 no"; };
    table.rows.push_back({chart.rows.back(), text_of(as, x.first),
                          interval(as, x.first_interval.low, x.first_interval.high), flag(x.first_includes_zero),
                          text_of(as, x.total), interval(as, x.total_interval.low, x.total_interval.high),
                          flag(x.total_includes_zero)});
  }
  if (r.too_few)
    page.notice({fmt::format("{}：样本 N = {} 太少，有区间宽于 0.2，指数只能粗看。", facts_of(m).zh, r.n),
                 fmt::format("{}: N = {} is too few: an interval is wider than 0.2. Read the indices roughly.",
                             facts_of(m).en, r.n)});
  page.figure(
      {.plot = plot_of(fmt::format("sobol-{}", index_of(m)), chart),
       .caption = {fmt::format("Sobol 指数：{}", facts_of(m).zh), fmt::format("Sobol indices: {}", facts_of(m).en)},
       .basis = {fmt::format(
                     "基本样本 N = {}（舍去 {}）；区间为自助法 95%；区间含 0 的指数可能没有意义，见数据表。无单位。",
                     r.n, r.left_out),
                 fmt::format("base sample N = {} ({} left out); 95 % bootstrap intervals; an index whose interval "
                             "includes 0 may be nothing: see the table. No unit.",
                             r.n, r.left_out)},
       .table = std::move(table),
       .files = v.links("runs.csv")});
}

void morris_of(Page& page, const View& v, Measure m) {
  const StudyFacts& f = v.facts();
  const MorrisResult r = morris_effects(point_means(column(v, m), f.replicates), f.unit_design());
  if (r.indices.size() != f.axes.size() || r.trajectories == 0) return;
  std::vector<size_t> order(r.indices.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::greater{}, [&](size_t i) { return r.indices[i].mu_star; });
  const Shown as = shown(facts_of(m));
  Sheet table{
      .columns = {{"", ""}, {"因子", "factor"}, {"μ*", ""}, {"95% 区间", "95 % interval"}, {"μ", ""}, {"σ", ""}},
      .names = 2};
  Plot p{fmt::format("morris-{}", index_of(m)), kWide,
         static_cast<int>(std::max<size_t>(400, 110 + 19 * order.size()))};
  p.legend({{blank, "", "σ：非线性或交互 σ: curvature or interaction"}});
  p.margins(74, 300, 58);
  double most_mu = 0, most_sigma = 0;
  std::vector<std::vector<double>> points;
  for (size_t k = 0; k < order.size(); ++k) {
    const MorrisIndex& x = r.indices[order[k]];
    const Factor factor = f.axes[order[k]].factor;
    const double mu = x.mu_star * as.scale, sigma = x.sigma * as.scale;
    most_mu = std::max(most_mu, mu), most_sigma = std::max(most_sigma, sigma);
    points.push_back({mu, sigma});
    p.line(fmt::format("set label {} at first {}, {} left offset 0.7,0.5 front", literal(fmt::format("{}", k + 1)),
                       number(mu), number(sigma)));
    p.line(fmt::format("set label {} at screen {}, {} left",
                       literal(fmt::format("{} {}", k + 1, cut(name_words(factor), 19.5))), (kWide - 284.0) / kWide,
                       1 - (58.0 + 19.0 * static_cast<double>(k)) / p.height()));
    table.rows.push_back({fmt::format("{}", k + 1), name_words(factor), text_of(as, x.mu_star),
                          interval(as, x.mu_star_interval.low, x.mu_star_interval.high), text_of(as, x.mu),
                          text_of(as, x.sigma)});
  }
  p.line(fmt::format("set xrange [0:{}]\nset yrange [0:{}]", number(most_mu > 0 ? most_mu * 1.12 : 1),
                     number(most_sigma > 0 ? most_sigma * 1.12 : 1)));
  p.line(fmt::format("set label 'μ*：影响 influence' at screen {}, {} center", (74.0 + kWide - 300) / 2 / kWide,
                     12.0 / p.height()));
  p.line(fmt::format("plot {} using 1:2 with points pt 7 ps 0.9 lc rgb '#0072b2'", p.data(points)));
  page.figure({.plot = std::move(p),
               .caption = {fmt::format("Morris 基本效应：{}", facts_of(m).zh),
                           fmt::format("Morris elementary effects: {}", facts_of(m).en)},
               .basis = {fmt::format("轨迹 {} 条（舍去 {}）；单位：{} / 因子全程；区间为自助法 95%。", r.trajectories,
                                     r.left_out, as.unit.zh.empty() ? "1" : as.unit.zh),
                         fmt::format("{} trajectories ({} left out); unit: {} per whole range of the factor; 95 % "
                                     "bootstrap intervals.",
                                     r.trajectories, r.left_out, as.unit.en.empty() ? "1" : as.unit.en)},
               .table = std::move(table),
               .files = v.links("runs.csv")});
}

}  // namespace

void write_rules(Page& page, const View& v) {
  if (!v.alone()) return;
  const auto factors = levers(v);
  if (factors.empty()) return;
  page.section("rules", {"规则的作用", "What the rules do"});
  if (v.facts().design == DesignKind::cross) {
    int drawn = 0;
    for (const Moved* x : factors) {
      if (!numeric(x->factor) || drawn == 2) continue;
      const Moved* by = nullptr;
      if (factors.size() == 2) by = factors[0] == x ? factors[1] : factors[0];
      for (const Measure m : {Measure::mean_price, Measure::fill_rate, Measure::mountain4_income})
        response(page, v, *x, by, m, fmt::format("response-{}-{}", index_of(x->factor), index_of(m)));
      ++drawn;
    }
  }
  pass_through(page, v, factors);
  break_even(page, v, factors);
}

void write_sensitivity(Page& page, const View& v) {
  if (!v.alone() || v.moved.empty()) return;
  const DesignKind design = v.facts().design;
  const bool free_moves =
      design == DesignKind::replicates || design == DesignKind::latin_hypercube || design == DesignKind::sobol;
  if (free_moves && v.point.size() < 20) return;  // a fifth of fewer is no mean
  if (!free_moves && design != DesignKind::morris) return;
  page.section("sensitivity", {"敏感性", "Sensitivity"});
  for (const Measure m : looked_at(v)) {
    if (free_moves) tornado_of(page, v, m);
    if (design == DesignKind::sobol) sobol_of(page, v, m);
    if (design == DesignKind::morris) morris_of(page, v, m);
  }
}

}  // namespace landex::simulator::report
