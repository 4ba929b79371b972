// reader.hpp: the fields of one row by name, as types: units, areas, days, words. What is wrong with one is noted with
// its line, value and remedy, and reading goes on, so that all faults of a file are told; what was read wrongly means
// nothing then.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "clients/feeds/table.hpp"
#include "exchange/engine/command.hpp"
#include "exchange/wire/refusal_text.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"
#include "matching/types/bounds.hpp"

namespace landex::feeds {

inline constexpr size_t kMostText = 200;     // bytes; the exchange takes no longer ones
inline constexpr size_t kMostId = 240;       // bytes of a source_id
inline constexpr int64_t kHaInMuUnits = 15;  // 0.0001 ha in 0.0001 mu, exactly

/// The fields of a row by name; what is wrong with one is noted, and reading goes on.
class Reader {
 public:
  Reader(const std::string& file, const Row& row, const wire::PlaceNames& places, Faults& faults)
      : file_{file}, row_{row}, places_{places}, faults_{faults} {}

  const Field* find(std::string_view name) const {
    const auto at = std::ranges::find_if(row_.fields, [&](const Field& f) { return f.name == name; });
    return at == row_.fields.end() || at->text.empty() ? nullptr : &*at;
  }
  bool has(std::string_view name) const { return find(name) != nullptr; }

  void wrong(std::string_view name, const std::string& zh, const std::string& en, const std::string& remedy_zh,
             const std::string& remedy_en) {
    const Field* f = find(name);
    faults_.push_back({.file = file_,
                       .line = f ? f->line : row_.line,
                       .field = std::string{name},
                       .value = f ? f->text : "",
                       .zh = zh,
                       .en = en,
                       .remedy_zh = remedy_zh,
                       .remedy_en = remedy_en});
  }
  void missing(std::string_view name) { wrong(name, "未填", "is not given", "请填写", "give it"); }

  std::string text(std::string_view name, size_t most = kMostText) {
    const Field* f = find(name);
    if (!f) return missing(name), std::string{};
    if (f->text.size() > most)
      wrong(name, fmt::format("有 {} 字节，最多 {} 字节", f->text.size(), most),
            fmt::format("has {} bytes, {} at most", f->text.size(), most), "请缩短", "shorten it");
    if (std::ranges::any_of(f->text, [](char c) { return (c >= 0 && c < 0x20 && c != '\n') || c == 0x7F; }))
      wrong(name, "含有控制字符", "holds a control character", "请删去", "take it out");
    return f->text;
  }

  District place(std::string_view name) {
    const Field* f = find(name);
    if (!f) return missing(name), District{};
    for (const auto& [district, n] : places_)
      if (f->text == n.zh || f->text == n.en || f->text == std::to_string(district.raw())) return district;
    std::string known;
    for (const auto& [district, n] : places_) known += " " + n.zh;
    wrong(name, "不是区、县（市）", "is no unit", "请写全称或六位代码：" + known,
          "write its name or six-digit code:" + known);
    return {};
  }

  template <class Enum>
  Enum word(std::string_view name, std::initializer_list<std::pair<std::string_view, Enum>> words) {
    const Field* f = find(name);
    if (!f) return missing(name), words.begin()->second;
    std::string known;
    for (const auto& [w, value] : words) {
      if (f->text == w) return value;
      known += (known.empty() ? "" : ", ") + std::string{w};
    }
    wrong(name, "不认识", "is not known", "应为以下之一：" + known, "write one of " + known);
    return words.begin()->second;
  }

  /// `text` of the field `name`, with so many decimals; a unit is so many of ours.
  int64_t number(std::string_view name, std::string_view text, int decimals, int64_t scale = 1) {
    const auto value = wire::from_decimal(text, decimals);
    if (value && *value <= kLargestExact / scale) return *value * scale;
    if (value)
      wrong(name, "过大", "is too large", "请核对数值和单位", "check the number and its unit");
    else if (decimals == 0)
      wrong(name, "不是整数", "is not a whole number", "只写数字，不写单位和千分位",
            "digits only, no unit, no separators");
    else
      wrong(name, fmt::format("不是最多 {} 位小数的数", decimals),
            fmt::format("is not a number with at most {} decimals", decimals), "只写数字和小数点，不写单位和千分位",
            "digits and a point only, no unit, no separators");
    return 0;
  }

  /// The name's column in mu or in hectares: which it is, and how many of our units one of its last digits is.
  std::pair<std::string, int64_t> unit_of(const std::string& name) {
    const std::string mu = name + "_mu", ha = name + "_ha";
    if (has(mu) && has(ha))
      wrong(ha, "与 " + mu + " 同时填写", "is given beside " + mu, "只填一个", "give one of the two");
    return has(ha) ? std::pair{ha, kHaInMuUnits} : std::pair{mu, int64_t{1}};
  }

  Area area(const std::string& name, bool required) {
    const auto [column, scale] = unit_of(name);
    const Field* f = find(column);
    if (!f && required) wrong(column, "未填", "is not given", "请填写面积", "give the area");
    return f ? Area::from_raw(number(column, f->text, 4, scale)) : Area{};
  }
  Capacity capacity(std::string_view name) {
    const Field* f = find(name);
    return f ? Capacity::kg(number(name, f->text, 0)) : Capacity{};
  }
  uint8_t grade(std::string_view name, std::string_view text) {
    const auto value = wire::from_decimal(text, 0);
    if (value && *value >= 1 && *value <= 15) return static_cast<uint8_t>(*value);
    wrong(name, fmt::format("“{}”不是等级", text), fmt::format("'{}' is no grade", text), "等级为 1（优）至 15",
          "a grade is 1 (best) to 15");
    return 1;
  }
  std::optional<Day> day(std::string_view name) {
    const Field* f = find(name);
    if (!f) return std::nullopt;
    const auto day = wire::day_from(f->text);
    if (!day) wrong(name, "不是日期", "is not a day", "应写作 YYYY-MM-DD", "write YYYY-MM-DD");
    return day;
  }

  /// "T1:30.0000;T2:5.0000", each handed on as its parts between the colons.
  void plots(
      const std::string& name, size_t parts,
      const std::function<void(const std::string& column, int64_t scale, const std::vector<std::string>&)>& use) {
    const auto [column, scale] = unit_of(name);
    const Field* f = find(column);
    if (!f) return missing(column);
    for (size_t at = 0; at <= f->text.size();) {
      const size_t end = std::min(f->text.find(';', at), f->text.size());
      const std::string one = f->text.substr(at, end - at);
      at = end + 1;
      if (one.empty() && at > f->text.size() && end > 0) break;  // a semicolon at the end
      std::vector<std::string> found;
      for (size_t from = 0; from <= one.size();) {
        const size_t colon = std::min(one.find(':', from), one.size());
        found.push_back(one.substr(from, colon - from));
        from = colon + 1;
      }
      if (found.size() == parts && !found.front().empty() && found.front().size() <= kMostText) {
        use(column, scale, found);
        continue;
      }
      wrong(column, fmt::format("“{}”不是一个地块", one), fmt::format("'{}' is no plot", one),
            parts == 2 ? "应为 地块号:面积，分号隔开" : "应为 地块号:面积:等级，分号隔开",
            parts == 2 ? "write NUMBER:AREA, with semicolons between"
                       : "write NUMBER:AREA:GRADE, with semicolons between");
    }
  }

  engine::IndicatorKind kind() {
    return word<engine::IndicatorKind>(
        "kind", {{"supplementary", engine::IndicatorKind::supplementary}, {"linkage", engine::IndicatorKind::linkage}});
  }

 private:
  const std::string& file_;
  const Row& row_;
  const wire::PlaceNames& places_;
  Faults& faults_;
};

}  // namespace landex::feeds
