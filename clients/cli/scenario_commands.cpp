// scenario ls, new, check: scenarios as files.
#include "clients/cli/scenario_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cerrno>
#include <fstream>
#include <memory>
#include <system_error>

#include "clients/simulator/city/outcome.hpp"

namespace landex::cli {
namespace {

namespace fs = std::filesystem;
using simulator::Factor;
using simulator::Part;
using simulator::Scenario;
using simulator::Tag;
using terminal::Table;

std::vector<std::string> measures() {
  std::vector<std::string> out;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<simulator::Measure>>(
      [&](auto m) { out.emplace_back(m.name); });
  return out;
}

std::string day_text(Day d) {
  const auto date = d.date();
  return fmt::format("{}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

// ---- ls ------------------------------------------------------------------------------------------------------------

int list(const Context& c) {
  Table t;
  for (const auto* title : {"情景 scenario", "基于 base", "题目 title"}) t.column(title);
  int code = kOk;
  for (const auto& name : simulator::shipped_scenarios(shipped_dir())) {
    const auto s = scenario_of(c, name);
    if (s)
      t.row({s->name, s->base.empty() ? "–" : s->base, fmt::format("{}  {}", s->title_zh, s->title_en)});
    else
      code = kUsage;
  }
  fmt::print("{}", t.text());
  return code;
}

// ---- check ---------------------------------------------------------------------------------------------------------

const char* tag_text(Tag t) {
  switch (t) {
    case Tag::law:
      return "法定 law";
    case Tag::our_default:
      return "本系统默认 our default";
    case Tag::assumption:
      return "模拟假设 assumption";
  }
  return "?";
}

/// The words of a choice, or the numbers with their unit.
std::string value_text(const Scenario& s, Factor f) {
  const auto& facts = simulator::facts_of(f);
  const auto* constant = std::get_if<simulator::Constant>(&s[f].value);
  if (constant && !facts.words.empty()) return std::string{simulator::word_of(facts, constant->value)};
  if (const auto* choice = std::get_if<simulator::Choice>(&s[f].value); choice && !facts.words.empty()) {
    std::string out;
    for (const double x : choice->of)
      out += fmt::format("{}{}", out.empty() ? "" : " | ", simulator::word_of(facts, x));
    return out;
  }
  return simulator::words_of(s[f].value) + (facts.unit == "1" ? "" : fmt::format(" {}", facts.unit));
}

void print_settings(const Scenario& s, Part part, const char* title) {
  Table t;
  for (const auto* column : {title, "含义 meaning", "值 value", "标注 tag"}) t.column(column);
  for (size_t i = 0; i < simulator::kFactors; ++i) {
    const auto f = static_cast<Factor>(i);
    if (s[f].part != part) continue;
    t.row({std::string{simulator::name_of(f)}, std::string{simulator::facts_of(f).zh}, value_text(s, f),
           tag_text(s[f].tag)});
  }
  if (!t.empty()) fmt::print("\n{}", t.text());
}

void print_units(const Scenario& s, const terminal::Names& names) {
  Table t;
  t.column("区、县（市） unit");
  for (const auto* column : {"需求 need 亩 mu", "项目 projects", "价值 value 万元/亩", "资金 budget 万元",
                             "存量 stock 亩 mu", "能力 capacity 亩 mu", "成本 cost 万元/亩"})
    t.column(column, terminal::Align::right);
  double need = 0, stock = 0, capacity = 0, budget = 0;
  uint32_t projects = 0;
  const auto shown = [](double x) { return fmt::format("{}", x); };
  for (const auto& u : s.units) {
    t.row({names.place(u.district), shown(u.need_mu), fmt::format("{}", u.projects), shown(u.value_wan),
           shown(u.budget_wan), shown(u.stock_mu), shown(u.capacity_mu),
           u.capacity_mu > 0 ? fmt::format("{} – {}", u.cost_wan, u.last_cost_wan) : ""});
    need += u.need_mu, stock += u.stock_mu, capacity += u.capacity_mu, budget += u.budget_wan, projects += u.projects;
  }
  t.row({"合计 total", shown(need), fmt::format("{}", projects), "", shown(budget), shown(stock), shown(capacity), ""});
  fmt::print("\n{}", t.text());
}

void print_shocks(const Scenario& s) {
  Table t;
  for (const auto* column : {"自第几场 from session", "冲击 shock", "变为 becomes", "来源 source"}) t.column(column);
  for (const auto& k : s.shocks) {
    const auto& facts = simulator::facts_of(k.factor);
    const auto word = k.set ? simulator::word_of(facts, *k.set) : "";
    t.row({fmt::format("{}", k.session), std::string{simulator::name_of(k.factor)},
           !word.empty() ? std::string{word}
           : k.set       ? fmt::format("{}", *k.set)
                         : fmt::format("× {}", *k.times),
           k.source});
  }
  if (!t.empty()) fmt::print("\n{}", t.text());
}

void print(const Context& c, const Scenario& s) {
  fmt::print("{}  {}  {}\n{}\n{}\n", s.name, s.title_zh, s.title_en, s.about_zh, s.about_en);
  fmt::print("基于 base {}，首日 first day {}，种子 seed {}\n", s.base.empty() ? "–" : s.base, day_text(s.first_day),
             s.seed);
  print_settings(s, Part::lever, "杠杆 lever");
  print_settings(s, Part::uncertainty, "不确定量 uncertainty");
  print_settings(s, Part::constant, "常数 constant");
  print_units(s, c.names);
  print_shocks(s);
  if (!s.outcomes.empty()) fmt::print("\n先看 outcomes first: {}\n", fmt::join(s.outcomes, ", "));
  fmt::print("\n可用 valid  sha256 {}\n", s.hash);
}

int check(const Context& c, const std::vector<std::string>& files, const std::vector<std::string>& sets) {
  int code = kOk;
  for (const auto& file : files) {
    if (&file != files.data()) fmt::print("\n");
    if (const auto s = scenario_of(c, file, sets))
      print(c, *s);
    else
      code = kUsage;
  }
  return code;
}

// ---- new -----------------------------------------------------------------------------------------------------------

int make(const Context& c, const std::string& name, const std::string& from, std::string file) {
  if (file.empty()) file = name + ".toml";
  if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
    throw UsageError{fmt::format("NAME：'{0}' 只能用 a–z、0–9 和 -\nNAME: '{0}' may have a-z, 0-9 and - only", name)};
  const fs::path path{file};
  if (path.stem() != name || path.extension() != ".toml")
    throw UsageError{
        fmt::format("-o：'{0}' 须名为 {1}.toml，情景与文件同名\n-o: '{0}' must be called {1}.toml: a scenario has "
                    "its file's name",
                    file, name)};
  std::error_code ignored;
  if (fs::exists(path, ignored))
    throw UsageError{
        fmt::format("'{0}' 已存在，不予覆盖：请换名或先移走\n'{0}' is there already and is not overwritten: choose "
                    "another name, or move it away",
                    file)};
  const auto base = scenario_of(c, from);
  if (!base) return kUsage;
  if (base->name == name)
    throw UsageError{fmt::format(
        "NAME：'{0}' 与其所继承的情景同名：请换名\nNAME: '{0}' is what it inherits from: choose another", name)};
  std::ofstream out{path, std::ios::binary};
  out << simulator::template_of(*base, name);
  if (!out.flush()) {
    fmt::print(
        stderr,
        "'{0}' 无法写入（{1}）：请用 -o 换一个可写的位置\n'{0}' cannot be written ({1}): name a place that can be with "
        "-o\n",
        file, std::generic_category().message(errno));
    fs::remove(path, ignored);
    return kFailed;
  }
  out.close();
  // Its base may lie where the new file does not find it: say so now, and leave nothing behind.
  if (!scenario_of(c, path.has_parent_path() ? file : "./" + file)) {
    fs::remove(path, ignored);
    return kUsage;
  }
  fmt::print("已写 wrote {0}\n核对 check: landex scenario check {0}\n运行 run:   landex scenario run {0}\n", file);
  return kOk;
}

}  // namespace

fs::path shipped_dir() { return fs::path{LANDEX_SOURCE_DIR} / "clients/simulator/scenarios"; }

std::optional<Scenario> scenario_of(const Context& c, const std::string& where, const std::vector<std::string>& sets) {
  std::vector<simulator::Override> overrides;
  for (const auto& s : sets) {
    // The last would hold, in silence.
    const auto name = [](const std::string& text) { return text.substr(0, text.find('=')); };
    if (const auto twice = std::ranges::find(sets, name(s), name); &*twice != &s) {
      fmt::print(stderr,
                 "--set：'{0}' 说了两次（{1} 与 {2}）：请留一个\n--set: '{0}' is said twice ({1} and {2}): keep one\n",
                 plain(name(s)), plain(*twice), plain(s));
      return std::nullopt;
    }
    overrides.push_back({s});
  }
  auto s = simulator::load_scenario(where, shipped_dir(), overrides, {.policy = c.policy_dir, .outcomes = measures()});
  if (s) return std::move(*s);
  for (const auto& f : s.error()) fmt::print(stderr, "{}\n", terminal::plain(simulator::words_of(f)));
  return std::nullopt;
}

CLI::App* add_scenarios(CLI::App& app, Context& c, Chosen& chosen) {
  auto* g =
      group(app, "scenario", "simulate the market: ls, new, check, run, sweep, compare, report, replay / 情景模拟");

  g->add_subcommand("ls", "scenarios that are shipped / 随附的情景")->callback([&] {
    chosen = [&] { return list(c); };
  });

  struct Asked {
    std::string name, from = "hangzhou", file;
    std::vector<std::string> files, sets;
  };
  const auto asked = std::make_shared<Asked>();
  auto* fresh = g->add_subcommand("new", "write a file to begin with / 新建情景文件");
  fresh->add_option("NAME", asked->name, "its name, of a-z, 0-9 and - / 名称")->required();
  fresh->add_option("--from", asked->from, "what it inherits from / 所继承的情景")->capture_default_str();
  fresh->add_option("-o,--output", asked->file, "file, default NAME.toml / 文件");
  fresh->callback(
      [&c, &chosen, asked] { chosen = [&c, asked] { return make(c, asked->name, asked->from, asked->file); }; });

  auto* checked = g->add_subcommand("check", "read scenarios strictly, and print what they are / 核对情景");
  checked->add_option("FILE", asked->files, "files, or names of shipped ones / 文件或随附情景名")->required();
  checked
      ->add_option("--set", asked->sets,
                   "over what the file says: pool_share=0.3, mechanism=call, \"cost_scale=uniform 0.8..1.2\" / 改设")
      ->take_all()
      ->allow_extra_args(false);
  checked->callback([&c, &chosen, asked] { chosen = [&c, asked] { return check(c, asked->files, asked->sets); }; });
  return g;
}

}  // namespace landex::cli
