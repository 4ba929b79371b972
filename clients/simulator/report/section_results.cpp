// Head, headline numbers, paired differences.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "clients/simulator/report/charts.hpp"
#include "clients/simulator/report/numbers.hpp"
#include "clients/simulator/report/sections.hpp"

namespace landex::simulator::report {
namespace {

/// Outcomes first, then the others in the order of the list.
std::vector<Measure> in_order(const View& v) {
  std::vector<Measure> out = v.outcomes();
  for (size_t m = 0; m < kMeasures; ++m)
    if (const auto measure = static_cast<Measure>(m); std::ranges::find(out, measure) == out.end())
      out.push_back(measure);
  return out;
}

std::string zh_en(const Words& w) { return w.en.empty() ? w.zh : w.zh + " " + w.en; }

/// What "—" means in this table, if it is there at all.
void say_unknown(Page& page, bool unknown, bool one_run) {
  if (one_run)
    page.paragraph({"“—”的区间：只有一次运行，无从估计离散程度。",
                    "Intervals shown as “—”: one run alone says nothing of spread."});
  if (unknown)
    page.paragraph(
        {"“—”的数值：没有一次运行能得出该数（例如全年无成交便没有均价）；“无值”列是不能得出该数的运行次数，均值"
         "只取其余运行。",
         "Values shown as “—”: no run can know the number (without a trade there is no mean price). "
         "“Unknown” counts such runs; means are over the others."});
}

void one_group(Page& page, const View& v, const std::vector<Measure>& measures, const Words& caption) {
  Sheet sheet{.columns = {{"指标", "measure"},
                          {"均值", "mean"},
                          {"95% 区间", "95 % interval"},
                          {"标准差", "sd"},
                          {"P10", ""},
                          {"P50", ""},
                          {"P90", ""},
                          {"次数", "n"},
                          {"无值", "unknown"}}};
  bool unknown = false;
  for (const Measure m : measures) {
    const Summary s = summary_of(v.groups[0][m]);
    const Shown as = shown(facts_of(m));
    unknown = unknown || s.n == 0;
    sheet.rows.push_back({titled(facts_of(m)), text_of(as, s.n == 0 ? NAN : s.mean),
                          interval(as, s.interval.low, s.interval.high), text_of(as, s.sd), text_of(as, s.p10),
                          text_of(as, s.p50), text_of(as, s.p90), fixed(static_cast<double>(s.n), 0),
                          fixed(static_cast<double>(s.unknown), 0)});
  }
  page.table(sheet, caption);
  say_unknown(page, unknown, v.groups[0].runs() == 1);
}

void several(Page& page, const View& v, const std::vector<Measure>& measures, const Words& caption) {
  Sheet sheet{.columns = {{"指标", "measure"}}};
  for (size_t i = 0; i < v.groups.size(); ++i)
    sheet.columns.push_back({std::string(1, static_cast<char>('A' + i)) + " 均值 [95% 区间]", "mean [95 % interval]"});
  bool unknown = false, one_run = false;
  for (const Measure m : measures) {
    std::vector<std::string> row{titled(facts_of(m))};
    const Shown as = shown(facts_of(m));
    for (const Group& g : v.groups) {
      const Summary s = summary_of(g[m]);
      unknown = unknown || s.n == 0;
      one_run = one_run || g.runs() == 1;
      row.push_back(text_of(as, s.n == 0 ? NAN : s.mean) + " [" + interval(as, s.interval.low, s.interval.high) + "]");
    }
    sheet.rows.push_back(std::move(row));
  }
  page.table(sheet, caption);
  say_unknown(page, unknown, one_run);
}

void headline_table(Page& page, const View& v, const std::vector<Measure>& measures, const Words& caption) {
  v.one() ? one_group(page, v, measures, caption) : several(page, v, measures, caption);
}

/// May runs of two groups be paired, replicate by replicate? The same seed, and replicates that mean the same.
bool paired(const View& v, const Group& a, const Group& b) {
  const StudyFacts &x = v.facts(a.study), &y = v.facts(b.study);
  if (a.study == b.study) return true;  // cells of a cross meet the same seeds
  if (x.seed != y.seed || x.design != y.design || x.axes != y.axes) return false;
  if (x.design == DesignKind::replicates) return true;
  return x.n == y.n && x.replicates == y.replicates;
}

}  // namespace

std::string runs_of(const View& v) {
  std::string out;
  for (const Group& g : v.groups) out += (out.empty() ? "" : " · ") + fixed(static_cast<double>(g.runs()), 0);
  return out;
}

Words basis_of_means(const View& v, std::string_view unit_zh, std::string_view unit_en) {
  return {fmt::format("单位：{}。n = {} 次运行；均值及其 95% t 区间。", unit_zh, runs_of(v)),
          fmt::format("Unit: {}. n = {} runs; means with 95 % t intervals.", unit_en, runs_of(v))};
}

bool replicates_alone(const View& v) {
  return std::ranges::all_of(v.groups, [&](const Group& g) {
    return g.point.has_value() || v.facts(g.study).design == DesignKind::replicates;
  });
}

void write_head(Page& page, const View& v) {
  page.notice(
      {"模拟，不是预测。本报告是在所述假设下对市场规则的模拟运算：它说明“如果”，不说明“将会”。情景中标为“模拟数据”“"
       "模拟假设”的数值系编制者设定，不是杭州市或任何区、县（市）的统计数据。",
       "This is a simulation, and no forecast: it reckons what follows from the stated assumptions under the "
       "rules, not what will happen. Numbers tagged 模拟数据 or 模拟假设 are made up for the scenario; they are no "
       "statistics of Hangzhou or of any district or county."});
  Sheet sheet{
      .columns = {{"研究", "study"}, {"情景", "scenario"}, {"设计", "design"}, {"种子", "seed"}, {"运行", "runs"}},
      .names = 3};
  for (size_t i = 0; i < v.studies.size(); ++i) {
    const StudyFacts& f = v.facts(i);
    const uint64_t done = v.studies[i].done();
    sheet.rows.push_back(
        {v.alone() ? f.name : fmt::format("{} {}", static_cast<char>('A' + i), f.name), zh_en({f.title_zh, f.title_en}),
         f.design_zh() + " " + f.design_en(), fmt::format("{}", f.seed),
         done == f.runs
             ? fixed(static_cast<double>(done), 0)
             : fmt::format("{} / {}", fixed(static_cast<double>(done), 0), fixed(static_cast<double>(f.runs), 0))});
    if (done < f.runs)
      page.notice(
          {fmt::format("“{}”尚未完成：{} / {} 次运行。以下数字只取已完成的部分。", f.name, done, f.runs),
           fmt::format("“{}” is unfinished: {} of {} runs. What follows is of those alone.", f.name, done, f.runs)});
  }
  page.table(sheet, {"本报告所依据的研究", "the studies that this report is made of"});
  for (size_t i = 0; i < v.studies.size(); ++i)
    if (const StudyFacts& f = v.facts(i); !f.about_zh.empty() || !f.about_en.empty())
      page.paragraph({(v.alone() ? "" : f.name + "：") + f.about_zh, f.about_en});
  if (v.one()) return;
  Sheet groups{.columns = {{"", ""}, {"并列的各组", "what stands side by side"}, {"次数", "n"}}, .names = 2};
  for (size_t i = 0; i < v.groups.size(); ++i)
    groups.rows.push_back({std::string(1, static_cast<char>('A' + i)), zh_en(v.groups[i].label),
                           fixed(static_cast<double>(v.groups[i].runs()), 0)});
  page.table(groups, {"A 是比较的基准", "A is what the others are compared with"});
}

void write_headline(Page& page, const View& v) {
  page.section("headline", {"主要结果", "Headline numbers"});
  if (!replicates_alone(v))
    page.paragraph(
        {"本研究按设计取点，而非同一情景的重复：下列均值与 95% 区间合并全部设计点，离散主要来自因子的变动，"
         "不是该情景的误差。",
         "This study plays the points of a design, not replicates of one scenario: means and 95 % intervals "
         "below are over all points together, and spread mostly because the factors do; they are not the "
         "error of a scenario."});
  const auto first = v.outcomes();
  headline_table(page, v, first, {"本研究关注的结果", "the outcomes that the scenario asks for"});
  page.heading({"全部指标", "All measures"});
  auto rest = in_order(v);
  rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(first.size()));
  headline_table(page, v, rest, {"其余指标", "all other measures"});
  page.links({"逐次运行的数据", "data, run by run"}, v.links("runs.csv"));
}

void write_differences(Page& page, const View& v) {
  if (v.one()) return;
  page.section("differences", {"与基准 A 的差", "Differences from A"});
  const Group& base = v.groups[0];
  for (size_t i = 1; i < v.groups.size(); ++i) {
    const Group& g = v.groups[i];
    const bool pair = paired(v, base, g);
    const char letter = static_cast<char>('A' + i);
    page.heading({fmt::format("{} − A", letter), zh_en(g.label)});
    if (!pair)
      page.notice(
          {fmt::format("{} 与 A 不能配对（种子 {} 与 {}，或设计不同）：以下是不配对的差与 Welch 区间，比配对的区间宽。"
                       "请以相同 --seed 和相同设计重跑。",
                       letter, v.facts(g.study).seed, v.facts(base.study).seed),
           fmt::format("{} and A cannot be paired (seeds {} and {}, or other designs): below are unpaired "
                       "differences with Welch's intervals, which are wider. Run both with one --seed and one "
                       "design.",
                       letter, v.facts(g.study).seed, v.facts(base.study).seed)});
    Sheet sheet{.columns = {{"指标", "measure"},
                            {"A 均值", "mean of A"},
                            {fmt::format("{} 均值", letter), fmt::format("mean of {}", letter)},
                            {"差", "difference"},
                            {"95% 区间", "95 % interval"},
                            {"不含 0", "excludes 0"},
                            {"方差比", "variance ratio"},
                            {"次数", "n"}}};
    for (const Measure m : in_order(v)) {
      const Shown as = shown(facts_of(m));
      const Summary a = summary_of(base[m]), b = summary_of(g[m]);
      const Difference d = paired_difference(base[m], g[m]);
      const double mean = pair ? d.mean : b.mean - a.mean;
      const Interval in = pair ? d.interval : d.unpaired;
      const bool known = std::isfinite(in.low) && std::isfinite(in.high);
      const std::string sign = mean > 0 ? "+" : "";
      sheet.rows.push_back(
          {titled(facts_of(m)), text_of(as, a.mean), text_of(as, b.mean), sign + text_of(as, mean),
           interval(as, in.low, in.high),
           !known           ? "—"
           : in.includes(0) ? "否 no"
                            : "是 yes",
           pair ? fixed(d.variance_ratio, 2) : "—",
           pair ? fixed(static_cast<double>(d.n), 0)
                : fmt::format("{} / {}", fixed(static_cast<double>(a.n), 0), fixed(static_cast<double>(b.n), 0))});
    }
    page.table(sheet, pair ? Words{"逐次配对（同一种子）：差 = " + std::string(1, letter) +
                                       " − A；方差比小于 1 表示公共随机数省下的方差",
                                   "pair by pair (common seeds); a variance ratio under 1 is what the common random "
                                   "numbers saved"}
                           : Words{"不配对", "unpaired"});
  }
}

}  // namespace landex::simulator::report
