// rules …: every clause in its own words, what landex does with it, and the rules of the house. Reads the policy files;
// needs no server.
#include <fmt/format.h>

#include <toml++/toml.h>
#include <CLI/CLI.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <memory>
#include <sstream>

#include "clients/cli/commands.hpp"
#include "exchange/host/policy_files.hpp"
#include "exchange/wire/refusal_text.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::cli {

using terminal::Table;
namespace {

std::string state_of(const host::ClauseText& c) {
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

std::string origin_of(policy::Origin o) {
  return o == policy::Origin::law ? "" : "  （我方默认值，非法规 our default, not the law）";
}

/// The dated values that hang from the clause.
std::string values_of(const policy::Pack& pack, policy::Clause clause) {
  std::string out;
  for (const auto& r : pack.rows) {
    if (r.clause != clause) continue;
    out += fmt::format("  {} = {}，{} – {}{}\n", boost::describe::enum_to_string(r.parameter, "?"),
                       host::value_text(r.parameter, r.value), wire::text_of(r.from), wire::text_of(r.until),
                       origin_of(r.origin));
  }
  for (const auto& f : pack.floor_routes)
    if (f.clause == clause)
      out += fmt::format("  floor_route {} → {}，{} – {}{}\n", boost::describe::enum_to_string(f.seller, "?"),
                         boost::describe::enum_to_string(f.buyer, "?"), wire::text_of(f.from), wire::text_of(f.until),
                         origin_of(f.origin));
  for (const auto& c : pack.chains) {
    if (c.clause != clause) continue;
    std::string steps;
    for (const auto& s : c.steps)
      steps += fmt::format("{}{}（{}，{} 个工作日 working days）", steps.empty() ? "" : " → ", step_zh(s.step),
                           boost::describe::enum_to_string(s.role, "?"), s.within);
    out += fmt::format("  chain {}（{}）：{}，公示 notice {}，{} – {}{}\n",
                       boost::describe::enum_to_string(c.subject, "?"),
                       c.venue ? boost::describe::enum_to_string(*c.venue, "?") : "all", steps, c.notice,
                       wire::text_of(c.from), wire::text_of(c.until), origin_of(c.origin));
  }
  return out;
}

/// Nothing if there is no such rule.
std::string explained(const host::PolicyBook& book, const std::string& rule) {
  for (const auto& h : wire::house_rules())
    if (h.id == rule) return fmt::format("{}  本所规则 rule of the house\n{}\n{}\n", h.id, h.zh, h.en);
  for (const auto& c : book.clauses) {
    if (wire::text_of(c.clause) != rule) continue;
    std::string out = fmt::format("{}  {}第{}条  {} {}\n\n{}\n\n{}\n\n状态 state: {}\n", rule, book.document, c.article,
                                  c.title_zh, c.title_en, c.text, c.summary_en, state_of(c));
    if (!c.reason_zh.empty()) out += fmt::format("  {}\n  {}\n", c.reason_zh, c.reason_en);
    if (const std::string values = values_of(book.pack, c.clause); !values.empty()) out += "数值 values:\n" + values;
    return out;
  }
  return {};
}

std::string rules_table(const host::PolicyBook& book) {
  Table t;
  t.column("规则 rule");
  t.column("标题 title");
  t.column("状态 state");
  for (const auto& c : book.clauses) t.row({wire::text_of(c.clause), c.title_zh + " " + c.title_en, state_of(c)});
  for (const auto& h : wire::house_rules()) t.row({std::string{h.id}, "本所规则 rule of the house", "已实现 modelled"});
  return t.text();
}

/// Every rule, or one; empty if there is no such rule.
std::string rules_json(const host::PolicyBook& book, const std::string& only = {}) {
  toml::array rules;  // toml++ writes JSON, so that it need not be done here
  for (const auto& c : book.clauses) {
    const std::string id = wire::text_of(c.clause);
    if (!only.empty() && only != id) continue;
    rules.push_back(toml::table{{"rule", id},
                                {"document", book.document},
                                {"article", c.article},
                                {"title_zh", c.title_zh},
                                {"title_en", c.title_en},
                                {"text", c.text},
                                {"summary_en", c.summary_en},
                                {"state", state_of(c)},
                                {"reason_zh", c.reason_zh},
                                {"reason_en", c.reason_en},
                                {"values", values_of(book.pack, c.clause)}});
  }
  for (const auto& h : wire::house_rules())
    if (only.empty() || h.id == only)
      rules.push_back(toml::table{{"rule", std::string{h.id}}, {"zh", std::string{h.zh}}, {"en", std::string{h.en}}});
  if (rules.empty()) return {};
  std::ostringstream out;
  out << toml::json_formatter{only.empty() ? static_cast<const toml::node&>(rules) : *rules.get(0)} << "\n";
  // one line, as all answers in JSON: newlines are only between the members, those in texts are escaped
  std::string line;
  for (const char c : out.str())
    if (c != '\n') line += c;
  return line + "\n";
}

}  // namespace

void add_rules(CLI::App& app, Context& c, Chosen& chosen) {
  const auto rule = std::make_shared<std::string>();
  auto* rules = group(app, "rules", "the clauses, without a server / 规则（无需服务器）");
  const auto with_book = [&](auto&& use) -> int {
    const auto book = host::load_policy(c.policy_dir);
    if (!book) {
      fmt::print(stderr, "{}:{}: {}\n{}\n", book.error().file, book.error().line, book.error().en, book.error().zh);
      return kFailed;
    }
    return use(*book);
  };
  rules->add_subcommand("ls", "every clause and its state / 全部条款")->callback([&, rule, with_book] {
    chosen = [&, with_book] {
      return with_book([&](const auto& book) {
        fmt::print("{}", c.json ? rules_json(book) : rules_table(book));
        return kOk;
      });
    };
  });
  auto* explain = rules->add_subcommand("explain", "one clause, in its own words / 解释一条");
  explain->add_option("rule", *rule, "H66-7.6, LX-hold …")->required();
  explain->callback([&, rule, with_book] {
    chosen = [&, with_book] {
      return with_book([&](const auto& book) {
        const std::string text = c.json ? rules_json(book, *rule) : explained(book, *rule);
        if (text.empty()) {
          fmt::print(stderr, "没有规则 no rule '{}'：rules ls\n", *rule);
          return int{kNotFound};
        }
        fmt::print("{}", text);
        return int{kOk};
      });
    };
  });
}

}  // namespace landex::cli
