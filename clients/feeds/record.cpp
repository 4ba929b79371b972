// One row → one command: names, units and dates become landex's own, or a fault that says what was wanted.
#include "clients/feeds/record.hpp"

#include <fmt/format.h>

#include "clients/feeds/reader.hpp"

namespace landex::feeds {
namespace {

namespace command = engine::command;

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
