// The report of a study: made here from small stores of made-up numbers (模拟数据) that the test writes itself.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "clients/simulator/city/year.hpp"
#include "clients/simulator/draw/stream.hpp"
#include "clients/simulator/report/gnuplot.hpp"
#include "clients/simulator/report/html.hpp"
#include "clients/simulator/report/numbers.hpp"
#include "clients/simulator/report/report.hpp"
#include "clients/simulator/study/store.hpp"

namespace landex::simulator {
namespace {

namespace fs = std::filesystem;
using report::drawn;
using report::literal;
using report::Plot;
using report::tic;

/// A directory that goes with the test.
struct Scratch {
  fs::path path;
  Scratch() {
    std::string name = (fs::temp_directory_path() / "landex-report-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Scratch() { fs::remove_all(path); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
};

const Regimes& regimes() {
  static const Regimes both = [] {
    const fs::path policy = LANDEX_SOURCE_DIR "/clearing/policy";
    return Regimes{host::load_policy(policy).value(), host::load_policy(policy, "post-2025").value()};
  }();
  return both;
}

struct Made {
  std::string name = "base", title_zh = "杭州基准情景", title_en = "Hangzhou, base";
  DesignKind design = DesignKind::replicates;
  uint64_t n = 24, replicates = 24, seed = 7, runs = 24;
  std::vector<StoredAxis> axes = {};
  uint32_t sessions = 6;
  double price = 24;  // the level of prices: what tells two studies apart
  bool trades = true;
  Detail detail = Detail::full;
  std::string scenario_text =
      "[levers.pool_share]\nvalue = 0.2\nunit = \"1\"\ntag = \"law\"\nsource = \"H66-7.2\"\n"
      "[uncertainties.demand_scale]\ndistribution = \"uniform\"\nlow = 0.8\nhigh = 1.2\nunit = \"1\"\n"
      "tag = \"assumption\"\nsource = \"模拟假设\"\n"
      "[[unit]]\ndistrict = 330182\nsource = \"模拟数据\"\n";
};

StudyFacts facts_of_made(const Made& m) {
  StudyFacts f;
  f.name = m.name;
  f.title_zh = m.title_zh, f.title_en = m.title_en;
  f.about_zh = "检验用。", f.about_en = "For tests.";
  f.first_day = "2024-01-01";
  f.scenario_hash = std::string(64, 'a');
  f.scenario_text = m.scenario_text;
  f.rule_sets = "H66-2022";
  f.outcomes = "mean_price, fill_rate, mountain4_income, efficiency";
  f.engine_behaviour = "1";
  f.sources_version = "unknown";
  f.remake = "landex scenario run base --replicates 24 --seed 7";
  f.seed = m.seed;
  f.design = m.design;
  f.n = m.n, f.replicates = m.replicates;
  f.levels = 4;
  f.runs = m.runs;
  f.detail = m.detail;
  f.axes = m.axes;
  return f;
}

/// One run of made-up numbers: prices between a floor of 20 and 35 outside, some of them at the floor.
RunRecord run_of(const Made& m, uint64_t run) {
  RunRecord r;
  const uint64_t points = m.runs / m.replicates;
  // A cross has its replicates inside its cells.
  const uint64_t point = run / m.replicates % points, replicate = run % m.replicates;
  Stream s{{.seed = m.seed, .run = m.design == DesignKind::cross ? replicate : run, .purpose = Purpose::world}};
  r.run.run = run, r.run.point = point, r.run.replicate = replicate;
  r.run.state_hash = std::string(64, 'b');
  for (const Factor f : {Factor::demand_scale, Factor::outside_premium, Factor::cost_scale, Factor::capacity_scale})
    r.run.values[f] = 0.8 + 0.4 * s.unit();
  for (size_t a = 0; a < m.axes.size(); ++a)
    r.run.values[m.axes[a].factor] = m.design == DesignKind::cross
                                         ? (a == 0 ? 0.1 + 0.1 * static_cast<double>(point) : double(point % 2))
                                         : s.unit();
  const double shift = 3 * (r.run.values[Factor::demand_scale] - 1) + 8 * r.run.values[Factor::pool_share];
  std::vector<uint32_t> codes;
  for (const auto& u : regimes().h66_2022.units) codes.push_back(u.district.raw());
  std::ranges::sort(codes);
  std::ranges::rotate(codes, std::ranges::find(codes, 330100U) + 1);  // the city last
  auto& x = r.run.measures;
  const auto set = [&](Measure measure, double v) { x[index_of(measure)] = v; };
  for (size_t i = 0; i < kMeasures; ++i) x[i] = 0.3 + 0.1 * s.unit();
  using enum Measure;
  set(mean_price, m.trades ? std::max(20.0, m.price + shift + 3 * (s.unit() - 0.5)) : NAN);
  set(at_floor, m.trades ? 0.2 + 0.1 * s.unit() : NAN);
  set(at_ceiling, m.trades ? 0.05 * s.unit() : NAN);
  set(need, 6000 + 500 * s.unit());
  set(own_used, 2100), set(pool_used, 1200 + 200 * s.unit()), set(bought_used, 1500), set(outside_used, 400);
  set(unmet, x[index_of(need)] - 2100 - x[index_of(pool_used)] - 1500 - 400);
  set(fill_rate, 1 - x[index_of(unmet)] / x[index_of(need)]);
  set(efficiency, 0.8 + 0.05 * s.unit()), set(missed, 0.15), set(wrong, 0.02);
  set(max_surplus, 21'000), set(surplus, 17'000), set(volume, 1500 + 100 * s.unit());
  set(mountain4_income, 30'000 + 900 * shift + 4'000 * s.unit()), set(turnover, 1234567.8);
  set(commands, 4000), set(orders, 2500), set(trades, 380), set(refused, 12);
  if (m.detail == Detail::summary) return r;
  for (const uint32_t code : codes) {
    UnitOutcome u{.district = District::code(code)};
    u.need = code == 330100 ? 0 : 300 + code % 7 * 60.0 + 20 * s.unit();
    u.unmet = u.need * 0.2 * s.unit(), u.filled = u.need - u.unmet;
    u.bought = u.need * 0.2, u.sold = code % 2 == 0 ? 120.0 : 0, u.filed = 90, u.pooled = 18, u.unsold = 5;
    u.paid = u.bought * 24, u.received = u.sold * 24;
    r.units.push_back({run, u});
  }
  if (m.trades)
    for (size_t i = 0; i < codes.size(); ++i)
      for (size_t j = 0; j < codes.size(); ++j)
        if (i != j && (i * 5 + j * 3) % 4 == 0)
          r.transfers.push_back({run, District::code(codes[i]), District::code(codes[j]),
                                 static_cast<int64_t>((0.5 + s.unit()) * 3e8 * static_cast<double>(1 + i * j))});
  double level = m.price + shift;
  for (uint32_t n = 1; n <= m.sessions; ++n)
    for (const Instrument i : {Instrument::supplementary_area, Instrument::linkage}) {
      level += 0.6 * (s.unit() - 0.5);
      const bool traded = m.trades && s.unit() > 0.2;
      const double base = i == Instrument::linkage ? 40 : 0;
      r.sessions.push_back({run,
                            {.session = n,
                             .instrument = i,
                             .mean_price = traded ? base + std::max(level, 20.0) : NAN,
                             .volume = traded ? 30.0 : 0.0,
                             .bid = NAN,
                             .ask = NAN,
                             .floor = base == 0 ? 20.0 + (n > 3 ? 1 : 0) : NAN,
                             .outside_price = base == 0 ? 35.0 : NAN}});
    }
  return r;
}

fs::path make(const fs::path& where, const Made& m) {
  const fs::path directory = where / m.name;
  auto writer = StudyWriter::open(directory, facts_of_made(m), IfThere::refuse);
  EXPECT_TRUE(writer.has_value()) << (writer ? "" : writer.error().en);
  std::vector<RunRecord> block;
  for (uint64_t run = 0; run < m.runs; ++run) block.push_back(run_of(m, run));
  const auto written = writer->write(block);
  EXPECT_TRUE(written.has_value()) << (written ? "" : written.error().en);
  EXPECT_TRUE(writer->close().has_value());
  return directory;
}

std::string report_of(const std::vector<fs::path>& studies, const fs::path& html) {
  const auto done = write_report(studies, html, &regimes());
  EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().en);
  std::ifstream in{html, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<std::string> svgs_of(const std::string& page) {
  std::vector<std::string> out;
  for (size_t at = page.find("<svg"); at != std::string::npos; at = page.find("<svg", at + 1))
    out.push_back(page.substr(at, page.find("</svg>", at) + 6 - at));
  return out;
}

/// What must hold of every page: nothing runs, nothing is fetched, every figure is well-formed and no id comes twice.
void sound(const std::string& page) {
  std::string lower = page;
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const char* no : {"<script", "javascript:", " src=", "@import", "url(http", "<link", "<iframe", "<object",
                         "<img", "onload", "onclick"})
    EXPECT_FALSE(lower.contains(no)) << no;
  for (size_t at = lower.find("http"); at != std::string::npos; at = lower.find("http", at + 1))
    EXPECT_TRUE(lower.substr(at).starts_with("http://www.w3.org/") || lower.substr(at).starts_with("http-equiv"))
        << lower.substr(at, 60);
  const auto svgs = svgs_of(page);
  EXPECT_FALSE(svgs.empty());
  for (const auto& svg : svgs) {
    std::istringstream in{svg};
    boost::property_tree::ptree tree;
    EXPECT_NO_THROW(boost::property_tree::read_xml(in, tree)) << svg.substr(0, 300);
  }
  std::set<std::string> ids;
  for (const char* mark : {" id=\"", " id='"})
    for (size_t at = page.find(mark); at != std::string::npos; at = page.find(mark, at + 1)) {
      const size_t from = at + 5;
      const std::string id = page.substr(from, page.find(mark[4], from) - from);
      EXPECT_TRUE(ids.insert(id).second) << "twice: " << id;
    }
}

bool has(const std::string& page, std::string_view what) { return page.contains(what); }

TEST(Report, AStudyOfReplicatesTellsEverySectionInBothLanguages) {
  const Scratch scratch;
  const fs::path study = make(scratch.path, {});
  const std::string page = report_of({study}, study / "report.html");
  sound(page);
  for (const char* part : {"模拟，不是预测",
                           "no forecast",
                           "主要结果",
                           "Headline numbers",
                           "扇形图",
                           "fan chart",
                           "at the floor",
                           "已实现",
                           "未满足",
                           "bought outside",
                           "财政转移矩阵",
                           "who paid whom",
                           "net receipts",
                           "山区4县",
                           "Gini",
                           "HHI",
                           "龙卷风图",
                           "均值的收敛",
                           "同需两类指标",
                           "How to make every number again",
                           "H66-7.2",
                           "法定 law",
                           "模拟假设 assumption",
                           "landex scenario run base --replicates 24 --seed 7",
                           "SHA-256",
                           "建德市 Jiande",
                           "pool_share"})
    EXPECT_TRUE(has(page, part)) << part;
  EXPECT_TRUE(has(page, "href=\"runs.csv\""));  // beside the page
  EXPECT_FALSE(has(page, "与基准 A 的差"));     // one study is not compared
  EXPECT_FALSE(has(page, study.string()));
  EXPECT_FALSE(fs::exists(study / "report.html.part"));
}

TEST(Report, TheSameStudyGivesTheSameBytes) {
  const Scratch one, two;
  EXPECT_EQ(report_of({make(one.path, {})}, one.path / "r.html"), report_of({make(two.path, {})}, two.path / "r.html"));
}

TEST(Report, WhatFilesSayIsTextAndNeverMarkupOrGnuplot) {
  const std::string evil =
      "</script><script>alert(1)</script> \"quoted\" 'it''s' `touch /tmp/landex-owned` @m {/Symbol a} ^2 %s\nset "
      "output "
      "'x'\n\x01 \\n $d1 <img src=x onerror=1> 杭州 ;]]>";
  const Scratch scratch;
  const fs::path a = make(scratch.path, {.name = "a", .title_zh = evil, .title_en = evil, .scenario_text = evil});
  const fs::path b = make(scratch.path, {.name = "b", .title_zh = evil, .title_en = evil, .price = 26});
  const std::string page = report_of({a, b}, scratch.path / "compare.html");
  EXPECT_FALSE(has(page, "<script"));
  EXPECT_FALSE(has(page, "<img"));
  EXPECT_TRUE(has(page, "&lt;script&gt;alert(1)"));
  EXPECT_TRUE(has(page, "`touch"));  // as words
  EXPECT_FALSE(fs::exists("/tmp/landex-owned"));
  for (const auto& svg : svgs_of(page)) {
    std::istringstream in{svg};
    boost::property_tree::ptree tree;
    EXPECT_NO_THROW(boost::property_tree::read_xml(in, tree));
    EXPECT_FALSE(svg.contains("<script"));
  }
}

TEST(Report, GnuplotReadsNothingIntoALabel) {
  const std::string label = "'\"`id`@x{/Bold b}_1^2\\\n%d$d1 杭州";
  Plot p{"attack", 400, 300};
  p.line("set label " + literal(label) + " at screen 0.1, 0.5");
  p.line("set xtics (" + tic(label) + " 0.5)");
  p.line("plot " + p.data({{0, 1}, {1, 2}}) + " using 1:2 with lines");
  const auto svg = drawn(p, label);
  ASSERT_TRUE(svg.has_value()) << svg.error().en;
  EXPECT_TRUE(svg->contains("&#39;\"`id`@x{/Bold b}_1^2\\ %d$d1 杭州"));  // the newline became a space
  EXPECT_TRUE(svg->contains("id='attack-gpDot'"));
  EXPECT_FALSE(svg->contains("'#gp"));
}

TEST(Report, UpToFourStudiesStandSideBySideInPairs) {
  const Scratch scratch;
  std::vector<fs::path> studies;
  for (const char* name : {"base", "no-advance", "call", "dry"})
    studies.push_back(make(scratch.path, {.name = name, .price = 22 + 2.0 * static_cast<double>(studies.size())}));
  const std::string page = report_of(studies, scratch.path / "compare.html");
  sound(page);
  for (const char* part : {"与基准 A 的差", "D − A", "pair by pair", "href=\"no-advance/runs.csv\""})
    EXPECT_TRUE(has(page, part)) << part;
  EXPECT_FALSE(has(page, "cannot be paired"));
  studies.push_back(studies[0]);
  const auto five = write_report(studies, scratch.path / "five.html");
  ASSERT_FALSE(five.has_value());
  EXPECT_TRUE(five.error().en.contains("one to four"));
}

TEST(Report, OtherSeedsCannotBePairedAndThatIsSaid) {
  const Scratch scratch;
  const fs::path a = make(scratch.path, {.name = "a"}), b = make(scratch.path, {.name = "b", .seed = 8});
  const std::string page = report_of({a, b}, scratch.path / "compare.html");
  EXPECT_TRUE(has(page, "cannot be paired (seeds 8 and 7"));
  EXPECT_TRUE(has(page, "Welch"));
}

TEST(Report, ASweepTellsPassThroughAndItsCellsSideBySide) {
  const Scratch scratch;
  const fs::path study = make(scratch.path, {.name = "sweep",
                                             .design = DesignKind::cross,
                                             .n = 8,
                                             .replicates = 8,
                                             .axes = {{Factor::pool_share, "choice 0.1, 0.2, 0.3"}}});
  const std::string page = report_of({study}, study / "report.html");
  sound(page);
  for (const char* part : {"规则的传导", "Pass-through", "与基准 A 的差", "id=\"fig-response-4-0\"", "= 0.3"})
    EXPECT_TRUE(has(page, part)) << part;
}

TEST(Report, AYearWithoutATradeSaysSoInsteadOfANumber) {
  const Scratch scratch;
  const fs::path study = make(scratch.path, {.trades = false});
  const std::string page = report_of({study}, study / "report.html");
  sound(page);
  for (const char* part : {"没有一次运行能得出该数", "no run can know the number", "Nothing traded", "Nobody paid"})
    EXPECT_TRUE(has(page, part)) << part;
  EXPECT_FALSE(has(page, "nan"));
}

TEST(Report, ASummaryStudyAndASingleRunHaveTheirReasons) {
  const Scratch scratch;
  const fs::path study = make(scratch.path, {.n = 1, .replicates = 1, .runs = 1, .detail = Detail::summary});
  const std::string page = report_of({study}, study / "report.html");
  sound(page);
  for (const char* part : {"--detail full", "只有一次运行", "one run alone"}) EXPECT_TRUE(has(page, part)) << part;
  EXPECT_FALSE(has(page, "units.csv"));
}

TEST(Report, WhereThereIsNoStudyTheDirectoryIsNamedAndTheWayOut) {
  const Scratch scratch;
  const auto none = write_report({scratch.path / "nowhere"}, scratch.path / "r.html");
  ASSERT_FALSE(none.has_value());
  EXPECT_TRUE(none.error().en.contains("nowhere")) << none.error().en;
  EXPECT_FALSE(fs::exists(scratch.path / "r.html"));
  const fs::path study = make(scratch.path, {});
  const auto unwritable = write_report({study}, scratch.path / "no" / "such" / "r.html");
  ASSERT_FALSE(unwritable.has_value());
  EXPECT_TRUE(unwritable.error().en.contains("cannot write")) << unwritable.error().en;
}

TEST(Report, AMissingGnuplotIsToldWithThePackageThatHasIt) {
  const Scratch scratch;
  const std::string path = getenv("PATH");
  setenv("PATH", scratch.path.c_str(), 1);
  Plot p{"none", 400, 300};
  p.line("plot 1");
  const auto svg = drawn(p, "none");
  setenv("PATH", path.c_str(), 1);
  ASSERT_FALSE(svg.has_value());
  EXPECT_TRUE(svg.error().en.contains("gnuplot-nox")) << svg.error().en;
  EXPECT_TRUE(svg.error().zh.contains("gnuplot-nox"));
  Plot wrong{"wrong", 400, 300};
  wrong.line("plot nothing_of_that_name");
  const auto failed = drawn(wrong, "wrong");
  ASSERT_FALSE(failed.has_value());
  EXPECT_TRUE(failed.error().en.contains("nothing_of_that_name")) << failed.error().en;
}

TEST(Report, NumbersAreWrittenWithNarrowSpacesAndFixedDecimals) {
  const std::string s = "\u202F";
  EXPECT_EQ(report::fixed(1234567.891, 2), "1" + s + "234" + s + "567.89");
  EXPECT_EQ(report::fixed(-999.5, 0), "−1" + s + "000");  // half to even
  EXPECT_EQ(report::fixed(-0.001, 2), "0.00");
  EXPECT_EQ(report::fixed(NAN, 2), "—");
  EXPECT_EQ(report::per_cent(0.1234), "12.3 %");
  EXPECT_EQ(report::text_of(report::shown("wan yuan/mu", false), 20.005), "20.00");
  EXPECT_EQ(report::text_of(report::shown("mu", false), 1234.56), "1" + s + "234.6");
}

TEST(Report, TextThatIsNoUtf8BecomesMarksNotBytes) {
  EXPECT_EQ(report::escaped("a\xFF\xC3<\x01"), "a\uFFFD\uFFFD&lt;\uFFFD");
  EXPECT_EQ(report::link_of("研 究/a:b.csv"), "%E7%A0%94%20%E7%A9%B6/a%3Ab.csv");
}

/// For people: writes reports of the size of real ones into the directory LANDEX_LOOK, to be opened in a browser.
TEST(Report, DISABLED_ReportsToLookAt) {
  const char* where = getenv("LANDEX_LOOK");
  if (!where) GTEST_SKIP() << "LANDEX_LOOK names no directory";
  const Made base{.n = 200, .replicates = 200, .runs = 200, .sessions = 50};
  Made no_advance = base, call = base, lhs = base, sweep = base, sobol = base, morris = base;
  no_advance.name = "no-advance", no_advance.title_zh = "不设预支", no_advance.title_en = "No advance";
  no_advance.price = 26;
  call.name = "call", call.title_zh = "集合竞价代替连续竞价",
  call.title_en = "Call auction instead of continuous trading";
  call.price = 22;
  lhs.name = "high-price", lhs.title_zh = "跨市调剂价偏高", lhs.title_en = "High cross-city price", lhs.price = 30;
  const fs::path d = where;
  std::vector<fs::path> studies;
  for (const Made& m : {base, no_advance, call, lhs}) studies.push_back(make(d, m));
  report_of({studies[0]}, studies[0] / "report.html");
  report_of({studies[0], studies[1]}, d / "compare2.html");
  report_of(studies, d / "compare4.html");
  sweep.name = "sweep", sweep.design = DesignKind::cross, sweep.n = sweep.replicates = 20, sweep.runs = 60;
  sweep.axes = {{Factor::pool_share, "choice 0.1, 0.2, 0.3"}};
  report_of({make(d, sweep)}, d / "sweep.html");
  const std::vector<StoredAxis> axes{{Factor::pool_share, "uniform 0 … 1"},
                                     {Factor::demand_scale, "uniform 0 … 1"},
                                     {Factor::cost_scale, "uniform 0 … 1"},
                                     {Factor::outside_premium, "uniform 0 … 1"}};
  sobol.name = "sobol", sobol.design = DesignKind::sobol, sobol.n = 32, sobol.replicates = 1, sobol.runs = 192;
  sobol.axes = axes;
  report_of({make(d, sobol)}, d / "sobol.html");
  morris.name = "morris", morris.design = DesignKind::morris, morris.n = 20, morris.replicates = 1, morris.runs = 100;
  morris.axes = axes;
  report_of({make(d, morris)}, d / "morris.html");
}

}  // namespace
}  // namespace landex::simulator
