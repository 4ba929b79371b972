// Scenarios as text: the canonical file, its hash, and the template that a new scenario begins with.
#include <fmt/format.h>

#include <array>
#include <boost/describe/enum_to_string.hpp>

#include "clients/simulator/scenario/digest.hpp"
#include "clients/simulator/scenario/scenario_check.hpp"
#include "clients/simulator/scenario/toml_table.hpp"
#include "clients/simulator/scenario/unit_fields.hpp"

namespace landex::simulator {
namespace {

constexpr std::array<std::string_view, 3> kGroups{"constants", "uncertainties", "levers"};

/// A text in double quotes, as TOML has it.
std::string in_quotes(std::string_view s) {
  std::string out = "\"";
  for (const char c : s) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (byte < 0x20 || byte == 0x7f)
      out += fmt::format("\\u{:04x}", byte);
    else
      out += c;
  }
  return out + '"';
}

std::string value_in_toml(const FactorFacts& facts, double x) {
  const auto word = word_of(facts, x);
  return word.empty() ? shown(x) : in_quotes(word);
}

std::string lines_of(const FactorFacts& facts, const Distribution& d) {
  const auto line = [](const char* key, double x) { return fmt::format("{} = {}\n", key, shown(x)); };
  const auto kind = [](const char* k) { return fmt::format("distribution = \"{}\"\n", k); };
  if (const auto* u = std::get_if<Uniform>(&d)) return kind("uniform") + line("low", u->low) + line("high", u->high);
  if (const auto* t = std::get_if<Triangular>(&d))
    return kind("triangular") + line("low", t->low) + line("mode", t->mode) + line("high", t->high);
  if (const auto* n = std::get_if<Normal>(&d))
    return kind("normal") + line("mean", n->mean) + line("sd", n->sd) + line("low", n->low) + line("high", n->high);
  if (const auto* l = std::get_if<LogNormal>(&d))
    return kind("lognormal") + line("median", l->median) + line("sigma", l->sigma) + line("low", l->low) +
           line("high", l->high);
  if (const auto* c = std::get_if<Choice>(&d)) {
    std::string of;
    for (const double x : c->of) of += (of.empty() ? "" : ", ") + value_in_toml(facts, x);
    return kind("choice") + fmt::format("of = [{}]\n", of);
  }
  return fmt::format("value = {}\n", value_in_toml(facts, std::get<Constant>(d).value));
}

std::string lines_of(const Setting& s, const FactorFacts& facts) {
  return fmt::format("[{}.{}]\n{}unit = {}\ntag = \"{}\"\nsource = {}\n", kGroups[static_cast<size_t>(s.part) - 1],
                     name_of(facts.factor), lines_of(facts, s.value), in_quotes(facts.unit),
                     boost::describe::enum_to_string(s.tag, "?"), in_quotes(s.source));
}

std::string heading(const Scenario& s, std::string_view name) {
  const auto date = s.first_day.date();
  std::string outcomes;
  for (const auto& o : s.outcomes) outcomes += (outcomes.empty() ? "" : ", ") + in_quotes(o);
  return fmt::format(
      "name = {}\ntitle = {{ zh = {}, en = {} }}\nabout = {{ zh = {}, en = {} }}\nfirst_day = {}-{:02}-{:02}\nseed = "
      "{}\n"
      "outcomes = [{}]\n",
      in_quotes(name), in_quotes(s.title_zh), in_quotes(s.title_en), in_quotes(s.about_zh), in_quotes(s.about_en),
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), s.seed,
      outcomes);
}

std::string commented(std::string_view lines) {
  std::string out;
  for (size_t at = 0; at < lines.size();) {
    const auto end = lines.find('\n', at);
    out += fmt::format("# {}\n", lines.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

/// "0 – 1 (1)" or the words of a choice.
std::string range_words(const FactorFacts& f) {
  return f.words.empty() ? fmt::format("{} … {}{}, {}", f.low, f.high, f.whole ? ", 整数 whole" : "", f.unit)
                         : fmt::format("{}", fmt::join(f.words, " | "));
}

}  // namespace

std::string text_of(const Scenario& s) {
  std::string out = heading(s, s.name);
  for (size_t i = 0; i < kFactors; ++i) {
    const auto f = static_cast<Factor>(i);
    out += "\n" + lines_of(s[f], facts_of(f));
  }
  for (const auto& u : s.units) {
    out += fmt::format("\n[[unit]]\ndistrict = {}\n", u.district.raw());
    for (const auto& f : kUnitFields) out += fmt::format("{} = {}\n", f.name, shown(f.get(u)));
    out += fmt::format("source = {}\n", in_quotes(u.source));
  }
  for (const auto& k : s.shocks) {
    const auto& facts = facts_of(k.factor);
    out += fmt::format("\n[[shock]]\nsession = {}\nfactor = \"{}\"\n{} = {}\nsource = {}\n", k.session,
                       name_of(k.factor), k.set ? "set" : "times",
                       k.set ? value_in_toml(facts, *k.set) : shown(*k.times), in_quotes(k.source));
  }
  return out;
}

std::string hash_of(const Scenario& s) { return sha256_hex(text_of(s)); }

std::string template_of(const Scenario& base, const std::string& name) {
  std::string out = fmt::format(
      "# {0}.toml：情景。未写的，以 base 为准；写了的，须整段写全：数值、单位、标注（law 法定 | our_default 本系统默认 "
      "| assumption "
      "模拟假设）、来源。\n"
      "# A scenario: what it does not say its base says. What it says of a number it says in full: value, unit, tag, "
      "source.\n"
      "# 核对 check: landex scenario check {0}.toml    运行 run: landex scenario run {0}.toml\n\n"
      "name = {1}\nbase = {2}\ntitle = {{ zh = {3}, en = {4} }}\n"
      "about = {{ zh = \"请写明要回答的问题\", en = \"Say which question it answers\" }}\n\n",
      name, in_quotes(name), in_quotes(base.name), in_quotes("新情景（基于：" + base.title_zh + "）"),
      in_quotes("New scenario (from: " + base.title_en + ")"));
  const auto date = base.first_day.date();
  out += fmt::format("# first_day = {}-{:02}-{:02}\n# seed = {}\n", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), base.seed);
  for (const auto& [part, zh, en] :
       {std::tuple{Part::lever, "可选定的（杠杆）", "what somebody chooses (levers)"},
        std::tuple{Part::uncertainty, "不确定的（每次抽取）", "what is drawn anew for every run (uncertainties)"},
        std::tuple{Part::constant, "固定的", "constants"}}) {
    out += fmt::format("\n# ---- {} {} ----\n", zh, en);
    for (size_t i = 0; i < kFactors; ++i) {
      const auto f = static_cast<Factor>(i);
      const auto& facts = facts_of(f);
      if (base[f].part != part) continue;
      out += fmt::format("\n# {} {}: {}\n", facts.zh, facts.en, range_words(facts));
      out += commented(lines_of(base[f], facts));
    }
  }
  out += "\n# ---- 区、县（市）：只写要改的 units: only what changes ----\n\n";
  if (!base.units.empty()) {
    const auto& u = base.units.front();
    std::string unit = fmt::format("[[unit]]\ndistrict = {}\n", u.district.raw());
    for (const auto& f : kUnitFields)
      unit += fmt::format("{} = {}  # {} {} ({})\n", f.name, shown(f.get(u)), f.zh, f.en, f.unit);
    out += commented(unit + "source = \"模拟数据 …\"\n");
  }
  out +=
      "\n# ---- 年内冲击 shocks within the year ----\n\n# [[shock]]\n# session = 26\n# factor = \"cross_city_price\"\n"
      "# times = 1.2  # 或 or: set = …\n# source = \"模拟假设 …\"\n";
  return out;
}

std::string words_of(const ScenarioFault& f) {
  const auto where = f.line > 0 ? fmt::format("{}:{}", f.file, f.line) : f.file;
  const auto what = f.value.empty() ? f.field : fmt::format("{} = {}", f.field, f.value);
  return fmt::format("{}: {}: {} / {}", where, what, f.zh, f.en);
}

}  // namespace landex::simulator
