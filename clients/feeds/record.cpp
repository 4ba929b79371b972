// One row → one command: names, units and dates become landex's own, or a fault that says what was wanted.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>

#include "clients/feeds/record.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"
#include "matching/types/bounds.hpp"

namespace landex::feeds {
namespace {

namespace command = engine::command;

constexpr size_t kMostText = 200;     // bytes; the exchange takes no longer ones
constexpr size_t kMostId = 240;       // bytes of a source_id
constexpr int64_t kHaInMuUnits = 15;  // 0.0001 ha in 0.0001 mu, exactly

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

Record project(Reader& r) {
  return {.source_id = {},
          .command = command::RegisterProject{
              .county = r.place("county"), .kind = r.kind(), .name = r.text("name"), .document = r.text("document")}};
}

Record project_move(Reader& r) {
  using State = engine::ProjectState;
  const District county = r.place("county");
  return {.source_id = {},
          .command = command::MoveProject{.project = {},
                                          .to = r.word<State>("state", {{"established", State::established},
                                                                        {"implementing", State::implementing},
                                                                        {"county_accepted", State::county_accepted},
                                                                        {"city_accepted", State::city_accepted},
                                                                        {"abandoned", State::abandoned}}),
                                          .document = r.text("document")},
          .by_name = ByName{.what = ByName::What::project, .county = county, .name = r.text("name")}};
}

Record batch(Reader& r) {
  command::FileBatch b{.county = r.place("county"),
                       .kind = r.kind(),
                       .area = r.area("area", true),
                       .paddy = r.area("paddy", false),
                       .capacity = r.capacity("capacity_kg"),
                       .project = r.text("project"),
                       .document = r.text("document")};
  if (b.kind == engine::IndicatorKind::linkage)
    for (const char* name : {"paddy_mu", "paddy_ha", "capacity_kg"})
      if (const Field* f = r.find(name); f && f->text.find_first_not_of("0.") != f->text.npos)
        r.wrong(name, "增减挂钩无此项", "linkage has none", "请留空", "leave it empty");
  if (b.paddy > b.area)
    r.wrong(r.unit_of("paddy").first, "水田多于面积", "more paddy than area", "水田是面积的一部分",
            "paddy is a part of the area");
  if (const Field* f = r.find("grade")) b.grade = r.grade("grade", f->text);
  b.expires = r.day("expires");
  if (r.has("plots_mu") || r.has("plots_ha")) {
    b.plots.emplace();
    Area sum;
    r.plots("plots", 2, [&](const std::string& column, int64_t scale, const std::vector<std::string>& parts) {
      const Area area = Area::from_raw(r.number(column, parts[1], 4, scale));
      if (sum.raw() + area.raw() <= kLargestExact) sum += area;
      b.plots->push_back({.plot = parts[0], .area = area});
    });
    if (sum != b.area)
      r.wrong(r.unit_of("plots").first, fmt::format("各地块合计 {} 亩，批次 {} 亩", wire::mu(sum), wire::mu(b.area)),
              fmt::format("the plots add up to {} mu, the batch is {} mu", wire::mu(sum), wire::mu(b.area)),
              "两者须相等", "the two must be equal");
  }
  const bool registered = r.has("registered") && r.word<bool>("registered", {{"no", false}, {"yes", true}});
  std::optional<ByName> by_name;
  if (registered) by_name = {.what = ByName::What::project, .county = b.county, .name = b.project};
  return {.source_id = {}, .command = std::move(b), .by_name = std::move(by_name)};
}

Record deduction(Reader& r) {
  const District county = r.place("county");
  return {.source_id = {},
          .command = command::DeductBatch{.filing = {},
                                          .area = r.area("area", true),
                                          .paddy = r.area("paddy", false),
                                          .capacity = r.capacity("capacity_kg"),
                                          .document = r.text("document")},
          .by_name = ByName{.what = ByName::What::filing, .county = county, .name = r.text("batch_document")}};
}

Record reserve_plots(Reader& r) {
  command::EnterPlots e{.county = r.place("county"), .document = r.text("document"), .plots = {}};
  r.plots("plots", 3, [&](const std::string& column, int64_t scale, const std::vector<std::string>& parts) {
    e.plots.push_back({.plot = parts[0],
                       .area = Area::from_raw(r.number(column, parts[1], 4, scale)),
                       .grade = r.grade(column, parts[2])});
  });
  return {.source_id = {}, .command = std::move(e)};
}

Record conflict(Reader& r) {
  using Kind = clearing::ConflictKind;
  return {.source_id = {},
          .command = command::RecordConflict{
              .county = r.place("county"),
              .plot = r.text("plot"),
              .conflict = r.word<Kind>("conflict", {{"certificate", Kind::certificate}, {"other", Kind::other}}),
              .document = r.text("document")}};
}

Record conflict_cleared(Reader& r) {
  using clearing::Paper;
  command::ClearConflict c{.plot = r.text("plot"), .papers = {}};
  for (const auto& [name, paper] : {std::pair{"survey", Paper::survey},
                                    {"consent", Paper::consent},
                                    {"compensation", Paper::compensation},
                                    {"registration", Paper::registration},
                                    {"opinion", Paper::opinion}})
    if (r.has(name)) c.papers.push_back({.paper = paper, .document = r.text(name)});
  if (c.papers.empty())
    r.wrong("survey", "没有一份材料", "no paper is given", "至少填写一份材料的文号",
            "give the document of at least one paper");
  return {.source_id = {}, .command = std::move(c)};
}

}  // namespace

Record read_record(const Kind& kind, const std::string& file, const Row& row, const wire::PlaceNames& places,
                   Faults& faults) {
  Reader r{file, row, places, faults};
  const std::string source_id = r.text("source_id", kMostId);
  Record record = kind.record == "project"         ? project(r)
                  : kind.record == "project_move"  ? project_move(r)
                  : kind.record == "batch"         ? batch(r)
                  : kind.record == "deduction"     ? deduction(r)
                  : kind.record == "reserve_plots" ? reserve_plots(r)
                  : kind.record == "conflict"      ? conflict(r)
                                                   : conflict_cleared(r);
  record.line = row.line;
  record.source_id = source_id;
  return record;
}

}  // namespace landex::feeds
