#include "exchange/host/rule_sets.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <optional>

#include "exchange/host/policy_table.hpp"

namespace landex::host {
namespace {

using namespace policy_reading;

constexpr std::array kFileNames{"h66.toml", "hangzhou.toml", "calendar.toml", "approvals.toml"};
constexpr const char* kOverlayName = "post_2025.toml";

constexpr std::array kTableNames{"overlay"sv, "source"sv, "ended"sv};
constexpr std::array kReliabilities{Word<Reliability>{"A", Reliability::official},
                                    Word<Reliability>{"B", Reliability::secondary},
                                    Word<Reliability>{"C", Reliability::unverified}};

/// One file with [overlay], [[source]] and [[ended]].
class OverlayReader {
 public:
  OverlayReader(PolicyBook base, const PolicySource& file) : book_{std::move(base)}, file_{file} {}

  std::expected<PolicyBook, PolicyError> read() {
    parse();
    const auto heads = tables("overlay", /*single=*/true);
    for (const auto& t : heads) overlay(t);
    for (const auto& t : tables("source", false)) source(t);
    for (const auto& t : tables("ended", false)) ended(t);
    if (findings_.none() && heads.empty())
      findings_.add({0, 1}, "no [overlay]: add one with name, base, title_zh and title_en",
                    "没有 [overlay]：请添加，写明 name、base、title_zh、title_en");
    if (!findings_.none()) return std::unexpected{findings_.first({&file_, 1})};
    std::ranges::sort(book_.pack.ended, {}, &policy::Ended::clause);
    return std::move(book_);
  }

 private:
  void parse() {
    try {
      document_ = toml::parse(file_.text);
    } catch (const toml::parse_error& e) {
      findings_.add({0, std::max(1, line_of(e.source()))},
                    fmt::format("not valid TOML: {}; correct this line", e.description()),
                    fmt::format("不是合法的 TOML（解析器原文：{}）：请改正此行", e.description()));
    }
    for (const auto& [key, node] : document_)
      if (std::ranges::find(kTableNames, key.str()) == kTableNames.end())
        findings_.add(
            {0, line_of(key.source())},
            fmt::format("unknown key \"{}\": correct or remove it; an overlay takes {}", key.str(),
                        fmt::join(kTableNames, ", ")),
            fmt::format("不认识的键“{}”：请改正或删去；此文件可用 {}", key.str(), fmt::join(kTableNames, "、")));
  }

  std::vector<Table> tables(std::string_view name, bool single) {
    std::vector<Table> out;
    const auto* node = document_.get(name);
    if (!node) return out;
    const auto wrong = [&](const toml::node& at) {
      const auto form = single ? fmt::format("[{}]", name) : fmt::format("[[{}]]", name);
      findings_.add({0, line_of(at.source())}, fmt::format("\"{}\" has the wrong type: write {}", name, form),
                    fmt::format("“{}”的类型不对：请写成 {}", name, form));
    };
    if (single != node->is_table() || (!single && !node->is_array())) {
      wrong(*node);
    } else if (single) {
      out.emplace_back(*node->as_table(), 0, findings_);
    } else {
      for (const auto& n : *node->as_array()) {
        if (n.is_table())
          out.emplace_back(*n.as_table(), 0, findings_);
        else
          wrong(n);
      }
    }
    return out;
  }

  void overlay(Table t) {
    t.allow({"name", "base", "title_zh", "title_en"});
    const auto name = t.text("name"), base = t.text("base");
    const auto title_zh = t.text("title_zh"), title_en = t.text("title_en");
    if (base && *base != book_.pack.rule_set)
      findings_.add(t.place("base"),
                    fmt::format("\"{}\" is not the rule set below it: write base = \"{}\"", *base, book_.pack.rule_set),
                    fmt::format("“{}”不是其下的规则集：请填 base = \"{}\"", *base, book_.pack.rule_set));
    if (name && *name == book_.pack.rule_set)
      findings_.add(t.place("name"), fmt::format("\"{}\" is the rule set below it: give it a name of its own", *name),
                    fmt::format("“{}”是其下的规则集：请另取名称", *name));
    if (!name || !base || !title_zh || !title_en) return;
    book_.pack.rule_set = *name;
    book_.title_zh = *title_zh;
    book_.title_en = *title_en;
  }

  void source(Table t) {
    t.allow({"document", "from", "until", "zh", "en", "reliability"});
    const auto document = t.text("document"), zh = t.text("zh"), en = t.text("en");
    const auto reliability =
        t.one_of<Reliability>("reliability", kReliabilities, {"is not a reliability", "不是可靠程度"});
    std::optional<Day> from, until;
    if (t.has("from")) from = t.day("from");
    if (t.has("until")) until = t.day("until");
    if (!t.has("from") && !t.has("until"))
      findings_.add(t.place(), "a source without a day: add from, its first day, or until, its last",
                    "来源没有日期：请添加 from（首日）或 until（末日）");
    if (!document || !zh || !en || !reliability) return;
    if (named(*document)) {
      findings_.add(t.place("document"), fmt::format("\"{}\" is listed twice: keep one", *document),
                    fmt::format("“{}”列了两次：只保留一处", *document));
      return;
    }
    book_.sources.push_back(
        {.document = *document, .from = from, .until = until, .zh = *zh, .en = *en, .reliability = *reliability});
  }

  void ended(Table t) {
    t.allow({"clause", "last", "document"});
    const auto clause = t.clause("clause");
    const auto last = t.day("last");
    const auto document = t.text("document");
    const auto& pack = book_.pack;
    if (last && (*last < pack.from || pack.until <= *last))
      findings_.add(t.place("last"),
                    "\"last\" ends nothing: write a day on which the rule set is in force, before its own last",
                    "last 未提前结束任何规则：请填规则集有效期内、早于其末日的日期");
    if (document && !named(*document))
      findings_.add(t.place("document"),
                    fmt::format("\"{}\" is no [[source]] above: add it, or correct this", *document),
                    fmt::format("“{}”不在上文 [[source]] 之列：请添加或改正", *document));
    if (!clause || !last || !document) return;
    if (std::ranges::find(pack.ended, *clause, &policy::Ended::clause) != pack.ended.end()) {
      findings_.add(t.place("clause"), fmt::format("{} is ended twice: keep one", policy::id_of(*clause)),
                    fmt::format("{} 结束了两次：只保留一处", policy::id_of(*clause)));
      return;
    }
    book_.pack.ended.push_back({.clause = *clause, .last = *last, .document = *document});
  }

  bool named(const std::string& document) const {
    return std::ranges::find(book_.sources, document, &Source::document) != book_.sources.end();
  }

  PolicyBook book_;
  const PolicySource& file_;
  toml::table document_;
  Findings findings_;
};

std::optional<std::string> bytes_of(const std::filesystem::path& path) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  std::ifstream in{path, std::ios::binary};
  if (failed || !in) return std::nullopt;
  std::string bytes(size, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!in) return std::nullopt;
  return bytes;
}

std::expected<PolicySource, PolicyError> source_at(const std::filesystem::path& path) {
  auto text = bytes_of(path);
  if (!text)
    return std::unexpected{PolicyError{path.string(), 0,
                                       "cannot be read: give the directory that holds the policy files",
                                       "无法读取：请指定存放政策文件的目录"}};
  return PolicySource{path.string(), std::move(*text)};
}

}  // namespace

std::expected<PolicyBook, PolicyError> parse_overlay(PolicyBook base, const PolicySource& overlay) {
  return OverlayReader{std::move(base), overlay}.read();
}

std::expected<PolicyBook, PolicyError> load_policy(const std::filesystem::path& dir, std::string_view rule_set) {
  if (std::ranges::find(kRuleSets, rule_set) == kRuleSets.end())
    return std::unexpected{PolicyError{std::string{rule_set}, 0,
                                       fmt::format("is no rule set: write {}", fmt::join(kRuleSets, " or ")),
                                       fmt::format("不是规则集：请填 {}", fmt::join(kRuleSets, " 或 "))}};
  std::vector<PolicySource> sources;
  for (const auto* name : kFileNames) {
    auto source = source_at(dir / name);
    if (!source) return std::unexpected{std::move(source.error())};
    sources.push_back(std::move(*source));
  }
  auto book = parse_policy(sources);
  if (!book || rule_set == kFirstRuleSet) return book;
  const auto overlay = source_at(dir / kOverlayName);
  if (!overlay) return std::unexpected{overlay.error()};
  return parse_overlay(std::move(*book), *overlay);
}

}  // namespace landex::host
