#include "clients/feeds/adapter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "clients/feeds/record.hpp"
#include "exchange/engine/described.hpp"

namespace landex::feeds {
namespace {

std::string known_kinds() {
  std::string out;
  for (const auto& k : kinds()) out += (out.empty() ? "" : ", ") + std::string{k.record};
  return out;
}

const std::string* text_of_field(const Row& row, std::string_view name) {
  const auto at = std::ranges::find_if(row.fields, [&](const Field& f) { return f.name == name; });
  return at == row.fields.end() ? nullptr : &at->text;
}

/// "area" is written area_mu or area_ha; a column whose name is its unit has one name only.
std::vector<std::string> names_of(const Column& c) {
  if (c.name == "area" || c.name == "paddy" || c.name == "plots")
    return {std::string{c.name} + "_mu", std::string{c.name} + "_ha"};
  return {std::string{c.name}};
}

}  // namespace

void check_names(const std::string& file, size_t line, const std::vector<Field>& given, const Kind& kind,
                 Faults& faults) {
  std::set<std::string> seen;
  for (const auto& f : given) {
    const bool ours = f.name == "record" || std::ranges::find(kind.told, f.name) != kind.told.end() ||
                      std::ranges::any_of(kind.columns, [&](const Column& c) {
                        return std::ranges::any_of(names_of(c), [&](const std::string& n) { return n == f.name; });
                      });
    if (!ours) {
      std::string known = "record";
      for (const auto& c : kind.columns)
        for (const auto& n : names_of(c)) known += ", " + n;
      faults.push_back({.file = file,
                        .line = f.line,
                        .field = f.name,
                        .value = f.text,
                        .zh = fmt::format("{} 记录没有此列", kind.record),
                        .en = fmt::format("a {} record has no such column", kind.record),
                        .remedy_zh = "可用的列：" + known,
                        .remedy_en = "its columns are " + known});
    }
    if (!seen.insert(f.name).second)
      faults.push_back({.file = file,
                        .line = f.line,
                        .field = f.name,
                        .value = f.text,
                        .zh = "此列出现两次",
                        .en = "this column is given twice",
                        .remedy_zh = "只留一列",
                        .remedy_en = "keep one of them"});
  }
  for (const auto& c : kind.columns) {
    const auto names = names_of(c);
    if (!c.required || std::ranges::any_of(names, [&](const std::string& n) { return seen.contains(n); })) continue;
    const std::string wanted = names.size() == 1 ? names[0] : names[0] + " / " + names[1];
    faults.push_back({.file = file,
                      .line = line,
                      .field = wanted,
                      .zh = "缺少此列",
                      .en = "this column is missing",
                      .remedy_zh = "请加上：" + std::string{c.zh},
                      .remedy_en = "add it: " + std::string{c.en}});
  }
}

namespace {

/// The kind that all records of the file name.
const Kind* kind_of(const std::string& file, const Table& table, Faults& faults) {
  const std::string* first = table.rows.empty() ? nullptr : text_of_field(table.rows.front(), "record");
  const Kind* kind = nullptr;
  if (first)
    for (const auto& k : kinds())
      if (*first == k.record) kind = &k;
  if (!kind)
    faults.push_back({.file = file,
                      .line = table.rows.empty() ? 1 : table.rows.front().line,
                      .field = "record",
                      .value = first ? *first : "",
                      .zh = table.rows.empty() ? "没有记录" : "不是一种记录",
                      .en = table.rows.empty() ? "there is no record" : "is no kind of record",
                      .remedy_zh = "record 列写明种类：" + known_kinds(),
                      .remedy_en = "the column record says the kind: " + known_kinds()});
  return kind;
}

/// Nothing is in the file twice: neither a source_id, nor one and the same fact under two of them.
void check_repeats(const Feed& feed, Faults& faults) {
  std::map<std::string, size_t> line_of;
  for (const auto& r : feed.records)
    if (const auto [at, first] = line_of.emplace(r.source_id, r.line); !first)
      faults.push_back({.file = feed.file,
                        .line = r.line,
                        .field = "source_id",
                        .value = r.source_id,
                        .zh = fmt::format("第 {} 行已用过", at->second),
                        .en = fmt::format("is that of line {}", at->second),
                        .remedy_zh = "同类记录的来源编号不得重复",
                        .remedy_en = "each record of a kind has a source_id of its own"});
}

}  // namespace

std::expected<Feed, Faults> read_feed(const std::string& file, std::string_view bytes, const wire::PlaceNames& places) {
  const auto table = read_table(file, bytes);
  if (!table) return std::unexpected(table.error());
  Faults faults;
  if (table->rows.size() > kMostRows)
    return std::unexpected(Faults{{.file = file,
                                   .zh = fmt::format("超过 {} 条记录", kMostRows),
                                   .en = fmt::format("more than {} records", kMostRows),
                                   .remedy_zh = "请分成几个文件",
                                   .remedy_en = "split it into several files"}});
  const Kind* kind = kind_of(file, *table, faults);
  if (!kind) return std::unexpected(std::move(faults));
  if (!table->header.empty()) check_names(file, table->header.front().line, table->header, *kind, faults);
  if (!faults.empty()) return std::unexpected(std::move(faults));  // of the header: once, not at every row

  Feed feed{.file = file, .kind = std::string{kind->record}, .records = {}};
  for (const auto& row : table->rows) {
    const std::string* record = text_of_field(row, "record");
    if (!record || *record != kind->record) {
      faults.push_back({.file = file,
                        .line = row.line,
                        .field = "record",
                        .value = record ? *record : "",
                        .zh = fmt::format("此文件为 {} 记录", kind->record),
                        .en = fmt::format("the records of this file are of the kind {}", kind->record),
                        .remedy_zh = "一个文件只放一种记录",
                        .remedy_en = "one file holds one kind of record"});
      continue;
    }
    const size_t before = faults.size();
    if (table->header.empty()) check_names(file, row.line, row.fields, *kind, faults);
    if (faults.size() == before) feed.records.push_back(read_record(*kind, file, row, places, faults));
  }
  check_repeats(feed, faults);
  std::ranges::stable_sort(faults, {}, &Fault::line);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return feed;
}

}  // namespace landex::feeds
