#include "clients/simulator/scenario/scenario_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "clients/simulator/scenario/scenario_check.hpp"
#include "clients/simulator/scenario/scenario_parts.hpp"
#include "clients/simulator/scenario/toml_table.hpp"
#include "clients/simulator/scenario/unit_fields.hpp"

namespace landex::simulator {
namespace {

using namespace std::string_view_literals;
namespace fs = std::filesystem;

constexpr std::array kTop{"name"sv,     "title"sv,     "about"sv,         "base"sv,   "first_day"sv, "seed"sv,
                          "outcomes"sv, "constants"sv, "uncertainties"sv, "levers"sv, "unit"sv,      "shock"sv};

constexpr auto kCommandLine = "--set";  // as a file, in faults

bool is_name(std::string_view s) {
  return !s.empty() && s.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

class Loader {
 public:
  Loader(const fs::path& shipped, const Known& known) : shipped_{shipped}, known_{known} {
    const auto dir = known.policy.empty() ? shipped / "../../../clearing/policy" : known.policy;
    if (auto book = host::load_policy(dir)) {
      policy_ = std::move(*book);
    } else {
      const auto& e = book.error();
      faults_.add({e.file, e.line}, "policy", "", e.zh, e.en);
    }
  }

  std::expected<Scenario, ScenarioFaults> load(const std::string& where, std::span<const Override> overrides) {
    const bool path = where.ends_with(".toml") || where.contains('/');
    auto draft = read(path ? fs::path{where} : shipped_ / (where + ".toml"), {where, 0}, "scenario", where);
    if (!draft) return std::unexpected{std::move(faults_).in_order()};
    for (const auto& o : overrides) put(*draft, o);
    end_early(*draft);
    if (faults_.none()) check_whole(*draft, policy_, faults_);
    if (!faults_.none()) return std::unexpected{std::move(faults_).in_order()};
    draft->scenario.hash = hash_of(draft->scenario);
    return std::move(draft->scenario);
  }

 private:
  // ---- Files -------------------------------------------------------------------------------------------------------

  /// The file with its bases put under it; nothing if it cannot be read at all. Whoever asks for it is told.
  std::optional<Draft> read(const fs::path& path, const FilePlace& asked_at, const char* field,
                            const std::string& value) {
    std::ifstream in{path, std::ios::binary};
    std::stringstream bytes;
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored) || !in || !(bytes << in.rdbuf())) {
      const auto names = shipped_scenarios(shipped_);
      faults_.add(asked_at, field, value,
                  fmt::format("找不到情景文件：请填 .toml 文件路径，或随附的情景之一：{}", fmt::join(names, "、")),
                  fmt::format("no such scenario: write the path of a .toml file, or one that is shipped: {}",
                              fmt::join(names, ", ")));
      return std::nullopt;
    }
    const auto file = path.lexically_normal().string();
    toml::table document;
    try {
      document = toml::parse(bytes.str(), file);
    } catch (const toml::parse_error& e) {
      faults_.add({file, static_cast<int>(e.source().begin.line)}, "TOML", "",
                  fmt::format("不是合法的 TOML（解析器原文：{}）：请改正此行", e.description()),
                  fmt::format("not valid TOML: {}; correct this line", e.description()));
      return std::nullopt;
    }
    const TomlTable top{document, file, "", faults_};
    chain_.push_back(fs::weakly_canonical(path, ignored));
    auto draft = base_of(top, path);
    chain_.pop_back();
    if (draft) apply(top, path.stem().string(), *draft);
    return draft;
  }

  /// An empty draft, or the base's; nothing if there is a base that cannot be read.
  std::optional<Draft> base_of(const TomlTable& top, const fs::path& path) {
    if (!top.has("base")) return Draft{};
    const auto name = top.text("base", "\"hangzhou\"");
    if (!name) return std::nullopt;
    std::error_code ignored;
    auto at = path.parent_path() / (*name + ".toml");
    if (!fs::is_regular_file(at, ignored) && is_name(*name)) at = shipped_ / (*name + ".toml");
    if (std::ranges::find(chain_, fs::weakly_canonical(at, ignored)) != chain_.end()) {
      std::string way;
      for (const auto& p : chain_) way += p.stem().string() + " → ";
      top.fault("base", fmt::format("循环继承（{}{}）：请改 base，使其止于没有 base 的情景", way, *name),
                fmt::format("inherits from itself ({}{}): change base so that the chain ends", way, *name));
      return std::nullopt;
    }
    auto draft = read(at, top.place("base"), "base", *name);
    if (draft) draft->scenario.base = *name;
    return draft;
  }

  void apply(const TomlTable& top, const std::string& stem, Draft& d) {
    auto& s = d.scenario;
    d.file = {top.file(), 0};
    top.allow(kTop);
    if (const auto name = top.text("name", fmt::format("\"{}\"", stem))) {
      s.name = *name;
      if (!is_name(*name) || *name != stem)
        top.fault("name", fmt::format("须与文件名相同，只用 a–z、0–9 和 -：请写 \"{}\"", stem),
                  fmt::format("must be the file's name, of a-z, 0-9 and -: write \"{}\"", stem));
    }
    both(top, "title", s.title_zh, s.title_en);
    both(top, "about", s.about_zh, s.about_en);
    if (top.has("first_day")) {
      if (const auto day = top.day("first_day")) s.first_day = *day, d.has_first_day = true;
      d.first_day_at = top.place("first_day");
    }
    if (top.has("seed")) {
      const auto* n = top.raw().get("seed")->as_integer();
      if (n && n->get() >= 0)
        s.seed = static_cast<uint64_t>(n->get()), d.has_seed = true;
      else
        top.fault("seed", "应为 0 或以上的整数：请写 seed = 1", "must be a whole number of 0 or more: write seed = 1");
    }
    if (top.has("outcomes")) outcomes(top, s);
    settings(top, d);
    for (const auto& t : top.tables("unit")) unit(t, d);
    std::ranges::sort(s.units, {}, &UnitPlan::district);
    if (top.has("shock")) shocks(top, d);
  }

  void both(const TomlTable& top, const char* key, std::string& zh, std::string& en) {
    const auto example = R"({ zh = "…", en = "…" })";
    if (!top.has(key)) return top.missing(key, example);
    const auto t = top.table(key);
    if (!t) return;
    t->allow(std::array{"zh"sv, "en"sv});
    if (auto text = t->text("zh", "\"…\"")) zh = *text;
    if (auto text = t->text("en", "\"…\"")) en = *text;
  }

  void outcomes(const TomlTable& top, Scenario& s) {
    const auto names = top.texts("outcomes");
    if (!names) return;
    s.outcomes = *names;
    const std::vector<std::string_view> known(known_.outcomes.begin(), known_.outcomes.end());
    for (size_t i = 0; i < names->size(); ++i) {
      const auto& n = (*names)[i];
      if (known.empty() || std::ranges::find(known, n) != known.end()) continue;
      const auto near = nearest(n, known);
      const auto line = TomlTable::line_of(*top.raw().get("outcomes")->as_array()->get(i));
      faults_.add(
          {top.file(), line}, "outcomes", n,
          fmt::format("没有此项结果：{}可用 {}", near.empty() ? "" : fmt::format("是否应为 {}？", near), joined(known)),
          fmt::format("no such measure: {}there are {}", near.empty() ? "" : fmt::format("did you mean {}? ", near),
                      joined(known)));
    }
  }

  // ---- Settings ----------------------------------------------------------------------------------------------------

  void settings(const TomlTable& top, Draft& d) {
    std::array<bool, kFactors> here{};
    std::vector<std::string_view> names;
    for (size_t i = 0; i < kFactors; ++i) names.push_back(name_of(static_cast<Factor>(i)));
    for (const auto& [key, part] : {std::pair{"constants"sv, Part::constant},
                                    {"uncertainties"sv, Part::uncertainty},
                                    {"levers"sv, Part::lever}}) {
      const auto group = top.table(key);
      if (!group) continue;
      group->allow(names);
      for (const auto name : names) {
        const auto t = group->table(name);
        if (!t) continue;
        const auto f = *factor_named(name);
        auto setting = setting_from(*t, f, part, faults_);
        if (std::exchange(here[index_of(f)], true))
          faults_.add(t->place(), group->field(name), "", "同一文件中已在另一组设定：请只保留一处",
                      "this file sets it in another group too: keep one of them");
        d.said[index_of(f)] = true;  // also if it is wrong: then that is told, not that it is missing
        d.settings_at[index_of(f)] = t->place();
        if (setting) d.scenario[f] = std::move(*setting);
      }
    }
  }

  // ---- Units and shocks --------------------------------------------------------------------------------------------

  void unit(const TomlTable& t, Draft& d) {
    const auto code = t.number("district", {.low = 100000, .high = 999999, .whole = true, .unit = "code"});
    if (!code) return;
    const auto district = District::code(static_cast<uint32_t>(*code));
    const TomlTable named{t.raw(), t.file(), fmt::format("unit {}", district.raw()), faults_};
    std::vector<std::string_view> keys{"district", "source"};
    for (const auto& f : kUnitFields) keys.push_back(f.name);
    named.allow(keys);
    if (const auto at = d.units_at.find(district); at != d.units_at.end() && at->second.file == t.file()) {
      t.fault("district", fmt::format("第 {} 行已有此区、县（市）：请合并", at->second.line),
              fmt::format("is there already, on line {}: join the two", at->second.line));
      return;
    }
    d.units_at[district] = t.place();
    auto& units = d.scenario.units;
    auto u = std::ranges::find(units, district, &UnitPlan::district);
    if (u == units.end()) {
      units.emplace_back().district = district;
      u = units.end() - 1;
    }
    if (auto source = named.text("source", "\"模拟数据 …\"")) u->source = *source;
    for (const auto& f : kUnitFields) {
      if (!named.has(f.name)) continue;
      if (const auto x = named.number(f.name, {.low = f.low, .high = f.high, .whole = f.whole(), .unit = f.unit}))
        f.put(*u, *x);
    }
  }

  void shocks(const TomlTable& top, Draft& d) {
    d.scenario.shocks.clear();  // a file that says any says all of them
    d.shocks_at.clear();
    std::vector<std::pair<Shock, FilePlace>> found;
    for (const auto& t : top.tables("shock"))
      if (auto s = shock_from(t, faults_)) found.emplace_back(std::move(*s), t.place());
    std::ranges::stable_sort(found, {}, [](const auto& f) { return f.first.session; });
    for (auto& [s, at] : found) {
      d.scenario.shocks.push_back(std::move(s));
      d.shocks_at.push_back(at);
    }
  }

  // ---- From the command line ---------------------------------------------------------------------------------------

  void put(Draft& d, const Override& o) {
    const FilePlace at{kCommandLine, 0};
    const auto equals = o.text.find('=');
    const auto name = o.text.substr(0, equals), value = equals == std::string::npos ? "" : o.text.substr(equals + 1);
    if (equals == std::string::npos || value.empty()) {
      faults_.add(at, o.text, value, "请写 --set 名称=值，如 --set pool_share=0.3",
                  "write --set name=value, as in --set pool_share=0.3");
      return;
    }
    const auto f = factor_named(name);
    if (!f) {
      std::vector<std::string_view> names;
      for (size_t i = 0; i < kFactors; ++i) names.push_back(name_of(static_cast<Factor>(i)));
      const auto near = nearest(name, names);
      faults_.add(
          at, name, value,
          fmt::format("没有此项：{}可用 {}", near.empty() ? "" : fmt::format("是否应为 {}？", near), joined(names)),
          fmt::format("no such factor: {}there are {}", near.empty() ? "" : fmt::format("did you mean {}? ", near),
                      joined(names)));
      return;
    }
    const auto& facts = facts_of(*f);
    auto& s = d.scenario[*f];
    std::optional<Distribution> found;
    if (const auto n = number_of_word(facts, value))
      found = Constant{*n};
    else if (facts.words.empty())
      found = distribution_from(value);
    if (!found || !all_fit(facts, *found)) {
      const auto wanted =
          facts.words.empty() ? fmt::format("{} – {} ({})", facts.low, facts.high, facts.unit) : joined(facts.words);
      faults_.add(at, name, value,
                  fmt::format("不可用：请写 {}{}", wanted, facts.whole && facts.words.empty() ? "，整数" : ""),
                  fmt::format("cannot be: write {}{}", wanted, facts.whole && facts.words.empty() ? ", whole" : ""));
      return;
    }
    if (s.value == *found && d.said[index_of(*f)]) return;
    s.part = is_constant(*found) ? (s.part == Part::lever ? Part::lever : Part::constant) : Part::uncertainty;
    s.value = *found;
    s.tag = Tag::assumption;
    s.source = "模拟假设 assumption: --set";
    d.said[index_of(*f)] = true;
    d.settings_at[index_of(*f)] = at;
  }

  /// A year that the command line made shorter ends before its later shocks.
  static void end_early(Draft& d) {
    if (d.settings_at[index_of(Factor::sessions)].file != kCommandLine) return;
    const double last = range_of(d.scenario[Factor::sessions].value).high;
    auto& shocks = d.scenario.shocks;  // by session
    const auto late = std::ranges::find_if(shocks, [&](const Shock& s) { return s.session > last; });
    d.shocks_at.resize(static_cast<size_t>(late - shocks.begin()));
    shocks.erase(late, shocks.end());
  }

  static bool all_fit(const FactorFacts& facts, const Distribution& d) {
    if (const auto* c = std::get_if<Choice>(&d))
      return std::ranges::all_of(c->of, [&](double x) { return fits(facts, x); });
    const auto range = range_of(d);
    return fits(facts, range.low) && fits(facts, range.high) && (is_constant(d) || !facts.whole);
  }

  fs::path shipped_;
  const Known& known_;
  host::PolicyBook policy_;
  Faults faults_;
  std::vector<fs::path> chain_;  // the files that are being read, for cycles
};

}  // namespace

std::expected<Scenario, ScenarioFaults> load_scenario(const std::string& where, const fs::path& shipped,
                                                      std::span<const Override> overrides, const Known& known) {
  return Loader{shipped, known}.load(where, overrides);
}

std::vector<std::string> shipped_scenarios(const fs::path& shipped) {
  std::vector<std::string> out;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator{shipped, ignored})
    if (entry.path().extension() == ".toml") out.push_back(entry.path().stem().string());
  std::ranges::sort(out);
  return out;
}

}  // namespace landex::simulator
