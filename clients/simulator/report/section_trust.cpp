// How far the numbers can be trusted, and how to make every one of them again.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <toml++/toml.h>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <set>

#include "clients/simulator/report/charts.hpp"
#include "clients/simulator/report/numbers.hpp"
#include "clients/simulator/report/sections.hpp"

namespace landex::simulator::report {
namespace {

namespace fs = std::filesystem;
using enum Plot::Entry::Look;

void convergence_of(Page& page, const View& v, Measure m) {
  const Shown as = shown(facts_of(m));
  Lines chart{.x_title = "运行次数（对数刻度）runs, log scale",
              .y_title = titled(facts_of(m)),
              .lines = {},
              .also = {{box, v.groups[0].colour, "95% 区间 interval", 0.2}},
              .log_x = true};
  Sheet table{.columns = {{"组", "group"}, {"次数", "n"}, {"均值", "mean"}, {"95% 区间", "95 % interval"}}, .names = 1};
  constexpr std::array kLooks{solid, dashed, dotted, solid};
  for (size_t i = 0; i < v.groups.size(); ++i) {
    const Group& g = v.groups[i];
    Lines::Line line{.name = group_name(v, i), .colour = g.colour, .look = kLooks[i % kLooks.size()], .x = {}, .y = {}};
    for (const MeanAt& at : convergence(g[m])) {
      // One run has no interval, and those of a few are so wide that nothing else could be seen.
      if (at.n < std::clamp<uint64_t>(g.runs() / 4, 2, 10)) continue;
      line.x.push_back(static_cast<double>(at.n));
      line.y.push_back(at.mean * as.scale);
      line.low.push_back(at.interval.low * as.scale), line.high.push_back(at.interval.high * as.scale);
      table.rows.push_back({v.one() ? "" : std::string(1, static_cast<char>('A' + i)),
                            fixed(static_cast<double>(at.n), 0), text_of(as, at.mean),
                            interval(as, at.interval.low, at.interval.high)});
    }
    if (!line.x.empty()) chart.lines.push_back(std::move(line));
  }
  if (chart.lines.empty()) return;
  page.figure({.plot = plot_of(fmt::format("convergence-{}", index_of(m)), chart),
               .caption = {fmt::format("均值的收敛：{}", facts_of(m).zh),
                           fmt::format("how the mean settles: {}", facts_of(m).en)},
               .basis = basis_of_means(v, as.unit.zh.empty() ? "1" : as.unit.zh, as.unit.en.empty() ? "1" : as.unit.en),
               .table = std::move(table),
               .files = v.links("runs.csv")});
}

std::string sha256_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  if (!in || !context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) return "—";
  std::vector<char> part(1 << 16);
  while (in.read(part.data(), static_cast<std::streamsize>(part.size())) || in.gcount() > 0)
    EVP_DigestUpdate(context.get(), part.data(), static_cast<size_t>(in.gcount()));
  std::array<unsigned char, 32> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &length);
  std::string out;
  for (const auto byte : digest) out += fmt::format("{:02x}", byte);
  return out;
}

std::string_view tag_words(std::string_view tag) {
  if (tag == "law") return "法定 law";
  if (tag == "our_default") return "本系统默认，非法律规定 our default, not the law";
  if (tag == "assumption") return "模拟假设 assumption";
  return tag;
}

std::string word_of(const toml::node& n) {
  if (const auto* s = n.as_string()) return s->get();
  if (const auto* i = n.as_integer()) return fmt::format("{}", i->get());
  if (const auto* d = n.as_floating_point()) return fmt::format("{}", d->get());
  if (const auto* a = n.as_array()) {
    std::string out;
    for (const auto& x : *a) out += (out.empty() ? "" : ", ") + word_of(x);
    return out;
  }
  return "—";
}

/// A constant, or its distribution: "uniform low 0.8 high 1.2".
std::string value_words(const toml::table& t) {
  if (const auto* value = t.get("value")) return word_of(*value);
  std::string out = t["distribution"].value_or(std::string{"—"});
  for (const char* key : {"mean", "median", "sd", "sigma", "low", "mode", "high", "of"})
    if (const auto* n = t.get(key)) out += fmt::format(" {} {}", key, word_of(*n));
  return out;
}

/// Every number of the scenario with whose it is. The text is the store's own; if it cannot be read, it still stands
/// below as it is.
void settings(Page& page, const StudyFacts& f) {
  toml::table all;
  try {
    all = toml::parse(f.scenario_text);
  } catch (const toml::parse_error&) {
    page.paragraph({"情景全文不能按 TOML 解读，原文见下。",
                    "The scenario's text cannot be read as TOML; it stands below as it is."});
    return;
  }
  Sheet sheet{.columns = {{"项目", "number"},
                          {"性质", "part"},
                          {"取值", "value"},
                          {"单位", "unit"},
                          {"标注", "tag"},
                          {"来源", "source"}},
              .names = 6};
  for (const auto& [group, zh_en] :
       {std::pair{"levers", "杠杆 lever"}, std::pair{"uncertainties", "不确定 uncertainty"},
        std::pair{"constants", "常数 constant"}}) {
    const toml::table* of_group = all[group].as_table();
    if (!of_group) continue;
    for (size_t i = 0; i < kFactors; ++i) {  // the order of the list, not of the alphabet
      const auto factor = static_cast<Factor>(i);
      const toml::table* t = (*of_group)[name_of(factor)].as_table();
      if (!t) continue;
      sheet.rows.push_back({fmt::format("{} {}", facts_of(factor).zh, facts_of(factor).en), zh_en, value_words(*t),
                            (*t)["unit"].value_or(std::string{facts_of(factor).unit}),
                            std::string{tag_words((*t)["tag"].value_or(std::string{"—"}))},
                            (*t)["source"].value_or(std::string{"—"})});
    }
  }
  if (!sheet.rows.empty())
    page.table(sheet, {"每个数是谁的：法定、本系统默认，还是模拟假设",
                       "whose each number is: the law's, our default, or an "
                       "assumption of the simulation"});
  std::set<std::string> sources;
  if (const toml::array* units = all["unit"].as_array())
    for (const auto& u : *units)
      if (const auto* t = u.as_table())
        if (const auto s = (*t)["source"].value<std::string>(); s && !s->empty()) sources.insert(*s);
  if (!sources.empty()) {
    std::string list;
    for (const auto& s : sources) list += (list.empty() ? "" : "；") + s;
    page.paragraph(
        {"各单位需求、成本、预算的来源：" + list, "Sources of the units' needs, costs and budgets, as above."});
  }
}

void rule_set(Page& page, const StudyFacts& f, const Regimes& regimes) {
  Sheet sheet{
      .columns = {{"规则集", "rule set"}, {"文件", "document"}, {"内容", "what it says"}, {"可靠程度", "reliability"}},
      .names = 4};
  const auto add = [&](std::string_view key, const host::PolicyBook& book) {
    if (f.rule_sets.find(key) == std::string::npos) return;
    sheet.rows.push_back({std::string{key}, book.document,
                          book.title + (book.title_zh.empty() ? "" : " — " + book.title_zh + " " + book.title_en), ""});
    for (const host::Source& s : book.sources) {
      const char* how = s.reliability == host::Reliability::official    ? "A 官方 official"
                        : s.reliability == host::Reliability::secondary ? "B 转述 secondary"
                                                                        : "C 未核实 unverified";
      sheet.rows.push_back({std::string{key}, s.document, s.zh + " " + s.en, how});
    }
  };
  const auto words = facts_of(Factor::rule_set).words;
  add(words[0], regimes.h66_2022);
  add(words[1], regimes.post_2025);
  if (!sheet.rows.empty()) page.table(sheet, {"规则集及其来源", "rule sets and their sources"});
}

}  // namespace

void write_trust(Page& page, const View& v) {
  page.section("trust", {"可信程度", "How far to trust it"});
  auto measures = v.outcomes();
  if (measures.size() > 2) measures.resize(2);
  if (replicates_alone(v))  // of a design's points, one after the other, a running mean says nothing
    for (const Measure m : measures) convergence_of(page, v, m);
  page.paragraph({"区间只反映情景中随机数带来的误差，不反映假设本身是否成立。",
                  "Intervals tell of the draws alone; they do not tell whether the assumptions hold."});
  page.heading({"本模型不知道的", "What this model does not know"});
  page.paragraph(
      {"各单位真实的需求、成本、预算和出价能力（未公布，均为模拟数据）；人会怎样行事（报价策略是实验文献中的，属模拟假"
       "设）；"
       "跨市价格由外部给定，市内交易不影响它；交易场所以外的谈判、行政决定和政策变化；一年以外的后果。换一组假设，结论"
       "可能不同："
       "请以本单位的数据另作情景。",
       "What units really need, pay and can afford (not published: made up); how people act (quoting strategies are "
       "those of "
       "published experiments, an assumption); the cross-city price is given from outside and nothing in the city "
       "moves it; "
       "what is agreed, decided or changed outside the venue; what comes after the year. Under other assumptions the "
       "answer "
       "may be another: make a scenario of your own figures."});
}

void write_remake(Page& page, const View& v, const Regimes* regimes, const std::vector<fs::path>& directories) {
  page.section("remake", {"如何重算每一个数", "How to make every number again"});
  page.paragraph(
      {"同一命令、同一种子、同一版本，得出逐字节相同的 "
       "CSV，与线程数无关。每次运行的随机数由（种子，运行，主体，用途）唯一"
       "确定（Philox4x64-10），任一次运行可单独重现；运行的种子即 runs.csv 的 replicate 列。",
       "One command, one seed and one version give the same CSV, byte for byte, for any number of threads. A "
       "run's random numbers are named by (seed, run, agent, purpose) (Philox4x64-10), so each run can be made "
       "again alone; its seed is the column replicate of runs.csv."});
  for (size_t i = 0; i < v.studies.size(); ++i) {
    const StudyFacts& f = v.facts(i);
    page.heading({(v.alone() ? "" : fmt::format("{} ", static_cast<char>('A' + i))) + f.name, f.title_en});
    Sheet facts{.columns = {{"事项", "what"}, {"内容", "is"}}, .names = 2};
    const auto add = [&](const char* what, std::string is) {
      facts.rows.push_back({what, is.empty() ? "—" : std::move(is)});
    };
    add("命令 command", f.remake);
    add("种子 seed", fmt::format("{}", f.seed));
    add("设计 design", f.design_zh() + " " + f.design_en());
    std::string axes;
    for (const auto& axis : f.axes)
      axes += fmt::format("{}{}: {}", axes.empty() ? "" : "；", name_of(axis.factor), axis.words);
    if (!axes.empty()) add("轴 axes", axes);
    add("运行 runs", fmt::format("{} / {}", v.studies[i].done(), f.runs));
    add("模拟年首日 first day of the year", f.first_day);
    add("规则集 rule sets", f.rule_sets);
    add("引擎行为版本 engine behaviour", f.engine_behaviour);
    add("程序版本 version of the sources", f.sources_version);
    add("情景 SHA-256 scenario hash", f.scenario_hash);
    add("政策文件数值 SHA-256 hash of the policy files' values", f.policy_hash);
    page.table(facts, {"研究", "the study"});
    if (regimes) rule_set(page, f, *regimes);
    settings(page, f);
    Sheet files{.columns = {{"文件", "file"}, {"SHA-256", ""}}, .names = 2};
    for (const auto& link : v.files[i]) {
      const std::string name = fs::path{link}.filename().string();
      if (name == "study.sqlite") continue;  // equal studies have equal rows there, not equal bytes
      files.rows.push_back({name, sha256_of(directories[i] / name)});
    }
    page.table(files, {"数据文件", "files of data"});
    page.links({"打开", "open"}, v.files[i]);
    page.verbatim({"情景全文", "the scenario in full"}, f.scenario_text);
  }
  page.paragraph(
      {"图由 gnuplot 绘制；统计方法：均值区间为 Student t，分位数为第 7 类，概率为 Wilson，差为同种子逐对。",
       "Figures by gnuplot. Intervals of means: Student's t; quantiles: type 7; differences: pairs of common "
       "seeds."});
}

}  // namespace landex::simulator::report
