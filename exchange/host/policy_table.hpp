// policy_table.hpp: reads one table of a policy file strictly: a key that is missing, misspelt, of the wrong type or
// with a value that is not exact is told with its line and the way out, in both languages. Of all errors the first in
// file order is kept. For policy_files.cpp and rule_sets.cpp: what the keys mean is there. Pure.
#pragma once
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <compare>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/host/policy_files.hpp"

namespace landex::host::policy_reading {

using policy::Clause;
using policy::Origin;
using namespace std::string_view_literals;

inline constexpr std::string_view kOursWords = "our default, not the law";

template <class T>
struct Word {
  std::string_view word;
  T value;
};

inline constexpr std::array kClassNames{Word<ParticipantClass>{"mountain4", ParticipantClass::mountain4},
                                        Word<ParticipantClass>{"urban", ParticipantClass::urban},
                                        Word<ParticipantClass>{"city", ParticipantClass::city}};

// ---- Errors --------------------------------------------------------------------------------------------------------

struct Place {
  size_t file;
  int line;
  friend auto operator<=>(const Place&, const Place&) = default;
};

inline int line_of(const toml::source_region& region) { return static_cast<int>(region.begin.line); }

/// Keeps the first error in file order; of two on one line, the one that was found first.
class Findings {
 public:
  void add(Place at, std::string en, std::string zh) {
    if (!found_ || at < at_) {
      at_ = at;
      found_ = {std::move(en), std::move(zh)};
    }
  }
  bool none() const { return !found_; }
  PolicyError first(std::span<const PolicySource> sources) const {
    return {sources[at_.file].name, at_.line, found_->first, found_->second};
  }

 private:
  Place at_{};
  std::optional<std::pair<std::string, std::string>> found_;
};

template <class Words>
std::string list(const Words& words) {
  std::string s;
  for (const auto& w : words) s += fmt::format("{}\"{}\"", s.empty() ? "" : ", ", w.word);
  return s;
}

/// What a key holds, for messages.
struct Kind {
  std::string_view en, zh;
};
inline constexpr Kind kText{"text in double quotes", "双引号中的文字"};
inline constexpr Kind kDay{"a date without quotes, such as 2022-12-12", "不带引号的日期，如 2022-12-12"};
inline constexpr Kind kTables{"one or more tables", "一个或多个表"};
inline constexpr Kind kDays{"a list of dates without quotes, such as [2024-10-01, 2024-10-02]",
                            "不带引号的日期列表，如 [2024-10-01, 2024-10-02]"};
inline constexpr Kind kWhole{"a whole number without quotes", "不带引号的整数"};

// ---- One table of a file -------------------------------------------------------------------------------------------

/// Reads the keys of one table. Each reader tells what is wrong and then returns nothing.
class Table {
 public:
  Table(const toml::table& table, size_t file, Findings& findings)
      : table_{&table}, file_{file}, findings_{&findings} {}

  Place place() const { return {file_, line_of(table_->source())}; }
  Place place(std::string_view key) const {
    const auto* node = table_->get(key);
    return node ? Place{file_, line_of(node->source())} : place();
  }
  bool has(std::string_view key) const { return table_->contains(key); }

  /// Refuses every other key.
  void allow(std::initializer_list<std::string_view> keys) {
    for (const auto& [key, node] : *table_) {
      if (std::ranges::find(keys, key.str()) != keys.end()) continue;
      misspelt_ = true;
      findings_->add({file_, line_of(key.source())},
                     fmt::format("unknown key \"{}\": correct or remove it; this table takes {}", key.str(),
                                 fmt::join(keys, ", ")),
                     fmt::format("不认识的键“{}”：请改正或删去；此表可用的键为 {}", key.str(), fmt::join(keys, "、")));
    }
  }

  std::optional<std::string> text(std::string_view key) {
    const auto* node = need(key, kText);
    if (!node) return std::nullopt;
    const auto* s = node->as_string();
    if (!s) return wrong_kind(key, kText);
    if (s->get().empty()) {
      findings_->add(place(key), fmt::format("\"{}\" is empty: write its text", key),
                     fmt::format("“{}”为空：请填写文字", key));
      return std::nullopt;
    }
    return s->get();
  }

  std::optional<int64_t> whole(std::string_view key, int64_t least, int64_t most) {
    const auto* node = need(key, kWhole);
    if (!node) return std::nullopt;
    const auto* n = node->as_integer();
    if (!n) return wrong_kind(key, kWhole);
    if (n->get() < least || n->get() > most) {
      findings_->add(place(key), fmt::format("{} = {} is out of range: write {} to {}", key, n->get(), least, most),
                     fmt::format("{} = {} 超出范围：请填 {} 至 {}", key, n->get(), least, most));
      return std::nullopt;
    }
    return n->get();
  }

  template <class T>
  std::optional<T> one_of(std::string_view key, std::span<const Word<T>> words, Kind unknown) {
    const auto given = text(key);
    if (!given) return std::nullopt;
    for (const auto& w : words)
      if (w.word == *given) return w.value;
    findings_->add(place(key), fmt::format("\"{}\" {}: write {}", *given, unknown.en, list(words)),
                   fmt::format("“{}”{}：请填 {}", *given, unknown.zh, list(words)));
    return std::nullopt;
  }

  std::optional<ParticipantClass> participant_class(std::string_view key) {
    return one_of<ParticipantClass>(key, kClassNames, {"is not a class of participants", "不是参与者类别"});
  }

  /// A percentage as 1/10 000, exact or refused.
  std::optional<int64_t> share(std::string_view key, int64_t most = 10'000) {
    const auto given = text(key);
    if (!given) return std::nullopt;
    if (const auto points = basis_points(*given); points && *points <= most) return points;
    findings_->add(place(key),
                   fmt::format("\"{}\" is not a share: write 0% to {}%, without a space and with at most two decimals, "
                               "such as \"20%\" or \"20.25%\"",
                               *given, most / 100),
                   fmt::format("“{}”不是可用的比例：请填 0% 至 {}%，不带空格，至多两位小数，如 \"20%\" 或 \"20.25%\"",
                               *given, most / 100));
    return std::nullopt;
  }

  /// An area in mu as 0.0001 mu, exact or refused.
  std::optional<int64_t> area(std::string_view key, int64_t most) {
    const auto given = text(key);
    if (!given) return std::nullopt;
    if (const auto units = mu(*given); units && *units >= 1 && *units <= most) return units;
    findings_->add(
        place(key),
        fmt::format("\"{}\" is not an area: write mu above 0 with at most four decimals, such as \"1500 mu\"", *given),
        fmt::format("“{}”不是可用的面积：请填大于 0 的亩数，至多四位小数，如 \"1500 mu\"", *given));
    return std::nullopt;
  }

  /// The tables under a key, one or more: [[outer.key]].
  std::optional<std::vector<Table>> tables(std::string_view key) {
    const auto* node = need(key, kTables);
    if (!node) return std::nullopt;
    const auto* rows = node->as_array();
    if (!rows || !rows->is_homogeneous<toml::table>()) return wrong_kind(key, kTables);
    std::vector<Table> out;
    for (const auto& row : *rows) out.emplace_back(*row.as_table(), file_, *findings_);
    return out;
  }

  /// A list of dates, each later than the one before.
  std::optional<std::vector<Day>> days(std::string_view key) {
    const auto* node = need(key, kDays);
    if (!node) return std::nullopt;
    const auto* list = node->as_array();
    if (!list) return wrong_kind(key, kDays);
    std::vector<Day> out;
    for (const auto& entry : *list) {
      const auto* d = entry.as_date();
      const auto found = d ? Day::ymd(d->get().year, d->get().month, d->get().day) : std::nullopt;
      if (!found) return wrong_kind(key, kDays);
      if (!out.empty() && *found <= out.back()) {
        findings_->add({file_, line_of(entry.source())},
                       fmt::format("the days of \"{}\" are not in order, or one is there twice: sort them", key),
                       fmt::format("“{}”的日期未按先后排列或有重复：请按先后排列", key));
        return std::nullopt;
      }
      out.push_back(*found);
    }
    return out;
  }

  std::optional<Day> day(std::string_view key) {
    const auto* node = need(key, kDay);
    if (!node) return std::nullopt;
    const auto* d = node->as_date();
    if (!d) return wrong_kind(key, kDay);
    if (const auto found = Day::ymd(d->get().year, d->get().month, d->get().day)) return found;
    findings_->add(place(key), fmt::format("\"{}\" is not a usable date: write a year from 1970 on", key),
                   fmt::format("“{}”不是可用的日期：年份须为 1970 年以后", key));
    return std::nullopt;
  }

  /// `from` to `until`, both included.
  std::optional<Period> period() {
    const auto from = day("from"), until = day("until");
    if (!from || !until) return std::nullopt;
    if (*until < *from) {
      findings_->add(std::max(place("from"), place("until")),
                     "\"until\" is before \"from\": both days are included, so until = from is the shortest row",
                     "until 早于 from：首尾两日均包含在内，最短为 until = from；请改正日期");
      return std::nullopt;
    }
    return Period{*from, *until};
  }

  std::optional<Clause> clause(std::string_view key) {
    if (!has(key)) {
      if (!misspelt_)
        findings_->add(place(), fmt::format("a value without a clause: add {} = \"H66-…\", the rule that sets it", key),
                       fmt::format("数值没有条款依据：请添加 {} = \"H66-…\"，写明由哪一条规定", key));
      return std::nullopt;
    }
    const auto id = text(key);
    if (!id) return std::nullopt;
    if (const auto named = policy::clause_named(*id)) return named;
    findings_->add(
        place(key),
        fmt::format("unknown clause \"{}\": write an id of clearing/policy/clause.hpp, such as \"H66-7.6\"", *id),
        fmt::format("不认识的条款“{}”：请填 clearing/policy/clause.hpp 中的编号，如 \"H66-7.6\"", *id));
    return std::nullopt;
  }

  std::optional<Origin> origin() {
    if (!has("default")) return Origin::law;
    const auto words = text("default");
    if (!words) return std::nullopt;
    if (*words == kOursWords) return Origin::our_default;
    findings_->add(
        place("default"),
        fmt::format("\"{}\" is not the label: write default = \"{}\", in exactly these words, or remove the "
                    "key if the clause itself sets the value",
                    *words, kOursWords),
        fmt::format("“{}”不是规定的标注：请原样写 default = \"{}\"（本系统默认，非法定）；若条款本身已规定此值，"
                    "请删去此键",
                    *words, kOursWords));
    return std::nullopt;
  }

 private:
  static std::optional<int64_t> basis_points(std::string_view s) { return fixed(s, "%", 4, 2); }
  static std::optional<int64_t> mu(std::string_view s) { return fixed(s, " mu", 12, 4); }

  /// Digits with at most so many before and behind a point, and this behind them.
  static std::optional<int64_t> fixed(std::string_view s, std::string_view unit, size_t before, size_t behind) {
    if (!s.ends_with(unit)) return std::nullopt;
    s.remove_suffix(unit.size());
    const auto dot = s.find('.');
    const auto whole = s.substr(0, dot), part = dot == s.npos ? "0"sv : s.substr(dot + 1);
    const auto digits = [](std::string_view d) {
      return !d.empty() && d.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (!digits(whole) || !digits(part) || whole.size() > before || part.size() > behind) return std::nullopt;
    int64_t n = 0;
    for (const char c : fmt::format("{}{:0<{}}", whole, part, behind)) n = n * 10 + (c - '0');
    return n;
  }

  // A key that is missing beside a misspelt one is most likely the same mistake, which is told better as the latter.
  const toml::node* need(std::string_view key, Kind kind) {
    const auto* node = table_->get(key);
    if (!node && !misspelt_)
      findings_->add(place(), fmt::format("key \"{}\" is missing: add {} = {}", key, key, kind.en),
                     fmt::format("缺少键“{}”：请添加 {} = {}", key, key, kind.zh));
    return node;
  }

  std::nullopt_t wrong_kind(std::string_view key, Kind kind) {
    findings_->add(place(key), fmt::format("\"{}\" has the wrong type: write {}", key, kind.en),
                   fmt::format("“{}”的类型不对：请写成{}", key, kind.zh));
    return std::nullopt;
  }

  const toml::table* table_;
  size_t file_;
  Findings* findings_;
  bool misspelt_ = false;
};

}  // namespace landex::host::policy_reading
