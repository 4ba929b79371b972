// fields.hpp: the files that people write for the clients, read strictly: one table at a time, and what is missing,
// unknown or not exact is told with its line and what is wanted, in both languages. Of several the first is kept.
#pragma once
#include <fmt/format.h>

#include <toml++/toml.h>
#include <expected>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include "exchange/wire/units_text.hpp"
#include "matching/types/area.hpp"
#include "matching/types/day.hpp"
#include "matching/types/district.hpp"

namespace landex::demo {

struct FileError {
  std::string file;
  int line;
  std::string en, zh;
};

/// One table of the file, which knows which of its keys were asked for; what was not is unknown.
class Fields {
 public:
  Fields(const std::string& file, const toml::table& table) : file_{file}, table_{table} {}

  /// At the key's line if it stands in the file, else at the table's.
  FileError error(const std::string& en, const std::string& zh, std::string_view key = {}) const {
    const auto* node = key.empty() ? nullptr : table_.get(key);
    const auto& source = node ? node->source() : table_.source();
    return {.file = file_, .line = static_cast<int>(source.begin.line), .en = en, .zh = zh};
  }
  void complain(const std::string& key, const std::string& en, const std::string& zh) {
    if (!bad_) bad_ = error(fmt::format("'{}': {}", key, en), fmt::format("“{}”：{}", key, zh), key);
  }
  /// What is wrong with a table within this one.
  void take(std::optional<FileError> inner) {
    if (!bad_) bad_ = std::move(inner);
  }
  bool has(const char* key) { return table_.contains(key); }

  std::string text(const char* key, bool required = true) {
    used_.insert(key);
    const auto value = table_[key].value_exact<std::string>();
    if (!value && (required || has(key))) complain(key, "a text is needed here", "此处须为文字");
    return value.value_or("");
  }
  int64_t number(const char* key) {
    used_.insert(key);
    const auto value = table_[key].value_exact<int64_t>();
    if (!value) complain(key, "a whole number is needed here", "此处须为整数");
    return value.value_or(0);
  }
  /// A decimal written as text, exact in units of 10^-decimals.
  int64_t decimal(const char* key, int decimals) {
    const auto value = wire::from_decimal(text(key), decimals);
    if (!value)
      complain(key, fmt::format("a decimal with at most {} places is needed here, in quotes", decimals),
               fmt::format("此处须为加引号的小数，最多 {} 位", decimals));
    return value.value_or(0);
  }
  landex::Day day(const char* key) {
    used_.insert(key);
    const auto value = table_[key].value_exact<toml::date>();
    const auto day = value ? landex::Day::ymd(value->year, value->month, value->day) : std::nullopt;
    if (!day) complain(key, "a date is needed here, YYYY-MM-DD without quotes", "此处须为日期 YYYY-MM-DD，不加引号");
    return day.value_or(landex::Day{});
  }
  District district(const char* key) { return District::code(static_cast<uint32_t>(number(key))); }
  Instrument instrument() {
    const std::string word = text("instrument");
    for (const auto& [name, i] : {std::pair{"area", Instrument::supplementary_area},
                                  {"paddy", Instrument::supplementary_paddy},
                                  {"capacity", Instrument::supplementary_capacity},
                                  {"linkage", Instrument::linkage}})
      if (word == name) return i;
    complain("instrument", "area, paddy, capacity or linkage", "应为 area、paddy、capacity 或 linkage");
    return Instrument::linkage;
  }
  Quantity quantity(const char* key, Instrument i) {
    return Quantity::from_raw(decimal(key, counted_in_kg(i) ? 0 : 4));
  }
  Rate rate(const char* key, Instrument i) { return Rate::from_raw(decimal(key, counted_in_kg(i) ? 2 : 4)); }
  const toml::array& array(const char* key) {
    used_.insert(key);
    static const toml::array none;
    const auto* value = table_[key].as_array();
    if (!value) complain(key, "a list is needed here", "此处须为列表");
    return value ? *value : none;
  }
  const toml::table& table(const char* key) {
    used_.insert(key);
    static const toml::table none;
    const auto* value = table_[key].as_table();
    if (!value) complain(key, "a table is needed here", "此处须为表");
    return value ? *value : none;
  }
  const std::string& file() const { return file_; }

  /// The first thing wrong with this table, an unknown key included.
  std::optional<FileError> bad() {
    if (bad_) return bad_;
    for (const auto& [key, value] : table_)
      if (!used_.contains(std::string{key.str()}))
        return error(fmt::format("unknown key '{}': correct or remove it", key.str()),
                     fmt::format("未知的键“{}”：请改正或删去", key.str()), key.str());
    return std::nullopt;
  }

 private:
  std::string file_;
  const toml::table& table_;
  std::set<std::string> used_;
  std::optional<FileError> bad_;
};

inline std::expected<toml::table, FileError> parse_toml(const std::string& name, const std::string& text) {
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& e) {
    return std::unexpected(FileError{.file = name,
                                     .line = static_cast<int>(e.source().begin.line),
                                     .en = std::string{e.description()},
                                     .zh = "TOML 语法错误：" + std::string{e.description()}});
  }
}

inline std::expected<std::string, FileError> read_text(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  std::ostringstream text;
  text << in.rdbuf();
  if (!in)
    return std::unexpected(FileError{.file = file.string(), .line = 0, .en = "cannot be read", .zh = "无法读取"});
  return text.str();
}

}  // namespace landex::demo
