// policy …: which rule sets there are, what a clause is worth under one of them on a day, and in what two of them
// differ, clause by clause. Reads the policy files; needs no server. The words of a clause itself: rules explain.
#include <fmt/format.h>

#include <toml++/toml.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/describe/enum_to_string.hpp>
#include <memory>
#include <sstream>

#include "clients/cli/commands.hpp"
#include "exchange/host/rule_sets.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::cli {

using host::PolicyBook;
using terminal::Table;
namespace {

using Lines = std::vector<std::string>;

/// What the three commands are asked for.
struct Asked {
  std::string rule, set = std::string{host::kFirstRuleSet}, other, day;
  std::optional<Day> on() const { return day.empty() ? std::nullopt : std::optional{day_arg("--on", day)}; }
};

std::string known_sets() { return fmt::format("{}", fmt::join(host::kRuleSets, ", ")); }

void require_set(const char* option, const std::string& name) {
  if (std::ranges::find(host::kRuleSets, name) != host::kRuleSets.end()) return;
  throw UsageError{fmt::format("{0}：'{1}' 不是规则集，可用：{2}\n{0}: '{1}' is no rule set; there are {2}", option,
                               name, known_sets())};
}

int report(const host::PolicyError& e) {
  fmt::print(stderr, "{}:{}: {}\n{}\n", e.file, e.line, e.en, e.zh);
  return kFailed;
}

std::string period_text(Day from, Day until) { return wire::text_of(from) + " – " + wire::text_of(until); }

std::string origin_text(policy::Origin o) {
  return o == policy::Origin::law ? "" : "  （我方默认值，非法规 our default, not the law）";
}

std::string reliability_text(host::Reliability r) {
  switch (r) {
    case host::Reliability::official:
      return "[A] 官方页面 official page";
    case host::Reliability::secondary:
      return "[B] 二手来源 secondary source";
    case host::Reliability::unverified:
      return "[C] 未核实 unverified";
  }
  return "?";
}

const host::Source* source_of(const PolicyBook& book, const std::string& document) {
  const auto at = std::ranges::find(book.sources, document, &host::Source::document);
  return at == book.sources.end() ? nullptr : &*at;
}

std::string cited(const PolicyBook& book, const std::string& document) {
  const auto* source = source_of(book, document);
  return source ? document + "，" + reliability_text(source->reliability) : document;
}

const policy::Ended* end_of(const policy::Pack& pack, policy::Clause clause) {
  const auto at = std::ranges::find(pack.ended, clause, &policy::Ended::clause);
  return at == pack.ended.end() ? nullptr : &*at;
}

/// Is the clause in force: on that day, or without one from when to when.
std::string force_text(const PolicyBook& book, policy::Clause clause, std::optional<Day> on) {
  const auto& pack = book.pack;
  const auto* ended = end_of(pack, clause);
  if (on && !pack.period().contains(*on))
    return fmt::format("{}：不在规则集有效期内 outside the rule set's dates（{}）", wire::text_of(*on),
                       period_text(pack.from, pack.until));
  if (on && ended && ended->last < *on)
    return fmt::format(
        "{}：已不适用 no longer in force；末日 last day {}（{}）；其后无来源，一律不予办理 no source for what "
        "follows: refused",
        wire::text_of(*on), wire::text_of(ended->last), cited(book, ended->document));
  std::string out = on ? wire::text_of(*on) + "：" : "";
  out += "适用 in force " + period_text(pack.from, ended ? ended->last : pack.until);
  if (ended) out += fmt::format("（止于 ended by {}）", cited(book, ended->document));
  return out;
}

/// What hangs from the clause, of that day or of all days. Of an ended clause nothing after its last day. `dated`: with
/// the days of each.
Lines values_of(const policy::Pack& pack, policy::Clause clause, std::optional<Day> on, bool dated = true) {
  const auto* ended = end_of(pack, clause);
  Lines out;
  const auto add = [&](const auto& row, const std::string& what) {
    const Day until = ended ? std::min(ended->last, row.until) : row.until;
    if (row.clause != clause || until < row.from || (on && (*on < row.from || until < *on))) return;
    out.push_back(what + (dated ? "，" + period_text(row.from, until) : "") + origin_text(row.origin));
  };
  for (const auto& r : pack.rows) add(r, host::key_of(r.parameter) + " = " + host::value_text(r.parameter, r.value));
  for (const auto& f : pack.floor_routes)
    add(f, fmt::format("floor_route {} → {}", boost::describe::enum_to_string(f.seller, "?"),
                       boost::describe::enum_to_string(f.buyer, "?")));
  return out;
}

/// Do two rule sets say the same of a clause: on that day, or on all days?
bool same(const PolicyBook& a, const PolicyBook& b, policy::Clause clause, std::optional<Day> on) {
  if (!on)
    return force_text(a, clause, on) == force_text(b, clause, on) &&
           values_of(a.pack, clause, on) == values_of(b.pack, clause, on);
  const auto holds = [&](const policy::Pack& p) { return p.period().contains(*on) && !p.ended_by(clause, *on); };
  return holds(a.pack) == holds(b.pack) &&
         values_of(a.pack, clause, on, /*dated=*/false) == values_of(b.pack, clause, on, /*dated=*/false);
}

const host::ClauseText* clause_named(const PolicyBook& book, const std::string& rule) {
  for (const auto& c : book.clauses)
    if (wire::text_of(c.clause) == rule) return &c;
  return nullptr;
}

std::string state_text(const host::ClauseText& c) {
  switch (c.state) {
    case host::ClauseText::State::modelled:
      return "已实现 modelled";
    case host::ClauseText::State::no_computable_rule:
      return "无可计算规则 no computable rule";
    case host::ClauseText::State::planned:
      return fmt::format("计划中 planned (issue {})", c.issue);
  }
  return "?";
}

std::string day_text(const host::Source& s) {
  std::string out;
  if (s.from) out += "自 from " + wire::text_of(*s.from);
  if (s.until) out += std::string{out.empty() ? "" : "，"} + "至 until " + wire::text_of(*s.until);
  return out;
}

Lines clauses_ended_by(const PolicyBook& book, const std::string& document) {
  Lines out;
  for (const auto& e : book.pack.ended)
    if (e.document == document) out.push_back(wire::text_of(e.clause));
  return out;
}

std::string sources_text(const PolicyBook& book) {
  std::string out;
  for (const auto& s : book.sources) {
    const auto ended = clauses_ended_by(book, s.document);
    out += fmt::format("{}  {}  {}\n  {}\n  {}\n  {}\n", s.document, day_text(s), reliability_text(s.reliability), s.zh,
                       s.en,
                       ended.empty() ? std::string{"不改变任何一条 changes no clause"}
                                     : fmt::format("止 ends {}", fmt::join(ended, ", ")));
  }
  return out;
}

std::string title_of(const PolicyBook& book) {
  return book.title_zh.empty() ? book.title : book.title_zh + " " + book.title_en;
}

// ---- JSON ----------------------------------------------------------------------------------------------------------

toml::array array_of(const Lines& lines) {
  toml::array out;
  for (const auto& l : lines) out.push_back(l);
  return out;
}

/// One line, as all answers in JSON: newlines are only between the members, those in texts are escaped.
void print_line(const toml::node& node) {
  std::ostringstream out;
  out << toml::json_formatter{node};
  std::string line;
  for (const char c : out.str())
    if (c != '\n') line += c;
  fmt::print("{}\n", line);
}

toml::table clause_json(const PolicyBook& book, const host::ClauseText& c, std::optional<Day> on) {
  const auto* ended = end_of(book.pack, c.clause);
  toml::table out{{"rule", wire::text_of(c.clause)},
                  {"rule_set", book.pack.rule_set},
                  {"from", wire::text_of(book.pack.from)},
                  {"until", wire::text_of(ended ? ended->last : book.pack.until)},
                  {"in_force", force_text(book, c.clause, on)},
                  {"values", array_of(values_of(book.pack, c.clause, on))}};
  if (ended) out.insert("ended_by", ended->document);
  return out;
}

// ---- the three commands --------------------------------------------------------------------------------------------

int list_sets(const Context& c) {
  Table t;
  for (const char* title : {"规则集 rule set", "有效期 in force", "文件 document", "标题 title"}) t.column(title);
  std::string sources;
  toml::array sets;
  for (const auto name : host::kRuleSets) {
    const auto book = host::load_policy(c.policy_dir, name);
    if (!book) return report(book.error());
    t.row({std::string{name}, period_text(book->pack.from, book->pack.until), book->document, title_of(*book)});
    if (!book->sources.empty()) sources += fmt::format("\n{}：\n", name) + sources_text(*book);
    toml::array listed;
    for (const auto& s : book->sources)
      listed.push_back(toml::table{{"document", s.document},
                                   {"from", s.from ? wire::text_of(*s.from) : ""},
                                   {"until", s.until ? wire::text_of(*s.until) : ""},
                                   {"reliability", reliability_text(s.reliability)},
                                   {"zh", s.zh},
                                   {"en", s.en},
                                   {"ends", array_of(clauses_ended_by(*book, s.document))}});
    sets.push_back(toml::table{{"rule_set", std::string{name}},
                               {"from", wire::text_of(book->pack.from)},
                               {"until", wire::text_of(book->pack.until)},
                               {"document", book->document},
                               {"title", title_of(*book)},
                               {"sources", std::move(listed)}});
  }
  if (c.json)
    print_line(sets);
  else
    fmt::print("{}{}", t.text(), sources);
  return kOk;
}

int show_rule(const Context& c, const Asked& asked) {
  require_set("--rule-set", asked.set);
  const auto on = asked.on();
  const auto book = host::load_policy(c.policy_dir, asked.set);
  if (!book) return report(book.error());
  const auto* clause = clause_named(*book, asked.rule);
  if (!clause) {
    fmt::print(stderr, "没有条款 no clause '{}'：rules ls\n", asked.rule);
    return kNotFound;
  }
  if (c.json) {
    print_line(clause_json(*book, *clause, on));
    return kOk;
  }
  fmt::print("{}  {}  {} {}\n{}\n状态 state: {}\n", asked.rule, asked.set, clause->title_zh, clause->title_en,
             force_text(*book, clause->clause, on), state_text(*clause));
  const auto values = values_of(book->pack, clause->clause, on);
  fmt::print("数值 values:{}\n", values.empty() ? " 无 none" : "");
  for (const auto& v : values) fmt::print("  {}\n", v);
  return kOk;
}

int differ(const Context& c, const Asked& asked) {
  require_set("rule-set", asked.set);
  require_set("other", asked.other);
  const auto on = asked.on();
  const auto a = host::load_policy(c.policy_dir, asked.set);
  if (!a) return report(a.error());
  const auto b = host::load_policy(c.policy_dir, asked.other);
  if (!b) return report(b.error());

  std::string out;
  toml::array differences;
  size_t alike = 0;
  const auto side = [&](const PolicyBook& book, policy::Clause clause) {
    std::string s = fmt::format("  {}：{}\n", book.pack.rule_set, force_text(book, clause, on));
    for (const auto& v : values_of(book.pack, clause, on)) s += fmt::format("    {}\n", v);
    return s;
  };
  for (size_t i = 0; i < a->clauses.size(); ++i) {
    const auto &of_a = a->clauses[i], &of_b = b->clauses[i];  // both list every clause, in one order
    if (same(*a, *b, of_a.clause, on)) {
      ++alike;
      continue;
    }
    out += fmt::format("{}  {} {}\n", wire::text_of(of_a.clause), of_a.title_zh, of_a.title_en) +
           side(*a, of_a.clause) + side(*b, of_b.clause);
    differences.push_back(toml::table{{"rule", wire::text_of(of_a.clause)},
                                      {"first", clause_json(*a, of_a, on)},
                                      {"second", clause_json(*b, of_b, on)}});
  }
  if (c.json) {
    print_line(differences);
    return kOk;
  }
  fmt::print("{} ↔ {}{}：{} 条不同 differ，{} 条相同 the same\n{}", asked.set, asked.other,
             on ? "，" + wire::text_of(*on) : "", differences.size(), alike, out);
  for (const auto* book : {&*a, &*b})
    if (const auto text = sources_text(*book); !text.empty() && (book == &*a || asked.set != asked.other))
      fmt::print("\n来源 sources（{}）：\n{}", book->pack.rule_set, text);
  return kOk;
}

}  // namespace

void add_policy(CLI::App& app, Context& c, Chosen& chosen) {
  const auto asked = std::make_shared<Asked>();
  auto* policy =
      group(app, "policy", "rule sets, and in what they differ, without a server / 规则集及其差异（无需服务器）");

  policy->add_subcommand("ls", "the rule sets, with dates and documents / 规则集、日期与文件")->callback([&] {
    chosen = [&] { return list_sets(c); };
  });

  auto* show = policy->add_subcommand("show", "what hangs from a clause, under a rule set / 一条的数值");
  show->add_option("rule", asked->rule, "H66-7.2 …")->required();
  show->add_option("--on", asked->day, "on that day, YYYY-MM-DD / 某日");
  show->add_option("--rule-set", asked->set, "H66-2022 or post-2025 / 规则集")->capture_default_str();
  show->callback([&, asked] { chosen = [&, asked] { return show_rule(c, *asked); }; });

  auto* diff = policy->add_subcommand("diff", "in what two rule sets differ, clause by clause / 两个规则集逐条差异");
  diff->add_option("rule-set", asked->set, "H66-2022")->required();
  diff->add_option("other", asked->other, "post-2025")->required();
  diff->add_option("--on", asked->day, "on that day, YYYY-MM-DD / 某日");
  diff->callback([&, asked] { chosen = [&, asked] { return differ(c, *asked); }; });
}

}  // namespace landex::cli
