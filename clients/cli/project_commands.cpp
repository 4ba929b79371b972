// project …, plot …, lots, lineage: what stands before a filing, and what became of it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"
#include "clients/terminal/print_views.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;

struct Words {
  std::string unit, kind = "supplementary", name, document, state, plot, conflict = "certificate";
  std::vector<std::string> papers;
  uint64_t number = 0;
};

template <class Enum>
Enum enum_arg(const std::string& word, std::initializer_list<std::pair<const char*, Enum>> words) {
  for (const auto& [name, value] : words)
    if (word == name) return value;
  throw UsageError{word};  // CLI::IsMember has let only these through
}

/// "survey=文号" → a paper.
clearing::ClearingPaper paper_arg(const std::string& text) {
  using clearing::Paper;
  const auto equals = text.find('=');
  const std::string name = text.substr(0, equals);
  for (const auto& [word, paper] : {std::pair{"survey", Paper::survey},
                                    {"consent", Paper::consent},
                                    {"compensation", Paper::compensation},
                                    {"registration", Paper::registration},
                                    {"opinion", Paper::opinion}})
    if (equals != std::string::npos && name == word) return {.paper = paper, .document = text.substr(equals + 1)};
  throw UsageError{
      fmt::format("--paper: '{}' is not PAPER=DOCUMENT with survey, consent, compensation, registration or opinion / "
                  "应为 材料=文号（survey 调查、consent 同意、compensation 补偿、registration 登记、opinion 处理意见）",
                  text)};
}

}  // namespace

void add_projects(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  const auto county = [&c, w] {
    return district_arg(w->unit.empty() && !c.as.empty() ? "--as" : "--unit", w->unit.empty() ? c.as : w->unit,
                        c.names);
  };
  auto* project = group(app, "project", "projects that make indicators / 垦造、复垦项目");
  auto* ls = project->add_subcommand("ls", "projects and their states / 项目及状态");
  ls->add_option("--unit", w->unit, "one county only / 只看一个区县");
  ls->callback([&, w] {
    chosen = [&, w] {
      return ask_view<view::Projects>(c, query::GetProjects{.county = maybe_unit(c, w->unit)},
                                      [&](const auto& v) { return table_of(v, c.names); });
    };
  });
  auto* add = project->add_subcommand("register", "as planned / 拟立项登记");
  add->add_option("--unit", w->unit, "the county, if it is not you / 区县");
  add->add_option("--kind", w->kind, "supplementary or linkage / 补充耕地或增减挂钩")
      ->check(CLI::IsMember({"supplementary", "linkage"}))
      ->capture_default_str();
  add->add_option("--name", w->name, "its name / 名称")->required();
  add->add_option("--document", w->document, "文号")->required();
  add->callback([&, w, county] {
    chosen = [&, w, county] {
      return submit(c, command::RegisterProject{.county = county(),
                                                .kind = w->kind == "linkage" ? engine::IndicatorKind::linkage
                                                                             : engine::IndicatorKind::supplementary,
                                                .name = w->name,
                                                .document = w->document});
    };
  });
  auto* move = project->add_subcommand("move", "to its next state / 推进");
  move->add_option("project", w->number, "its number / 项目号")->required();
  move->add_option("state", w->state,
                   "established 立项, implementing 实施, county_accepted 县验收, city_accepted 市验收, abandoned 终止")
      ->check(CLI::IsMember({"established", "implementing", "county_accepted", "city_accepted", "abandoned"}))
      ->required();
  move->add_option("--document", w->document, "文号")->required();
  move->callback([&, w] {
    chosen = [&, w] {
      using engine::ProjectState;
      const auto to = enum_arg<ProjectState>(w->state, {{"established", ProjectState::established},
                                                        {"implementing", ProjectState::implementing},
                                                        {"county_accepted", ProjectState::county_accepted},
                                                        {"city_accepted", ProjectState::city_accepted},
                                                        {"abandoned", ProjectState::abandoned}});
      return submit(c, command::MoveProject{.project = {w->number}, .to = to, .document = w->document});
    };
  });

  auto* plot = group(app, "plot", "plots whose land class is in dispute / 地类矛盾地块 [H66-9]");
  auto* plots = plot->add_subcommand("ls", "disputes, open and settled / 矛盾清单");
  plots->add_option("--unit", w->unit, "one county only / 只看一个区县");
  plots->callback([&, w] {
    chosen = [&, w] {
      return ask_view<view::Conflicts>(c, query::GetConflicts{.county = maybe_unit(c, w->unit)},
                                       [&](const auto& v) { return table_of(v, c.names); });
    };
  });
  auto* conflict = plot->add_subcommand("conflict", "record a dispute / 登记矛盾");
  conflict->add_option("plot", w->plot, "its number / 地块号")->required();
  conflict->add_option("--unit", w->unit, "the county, if it is not you / 区县");
  conflict->add_option("--kind", w->conflict, "certificate or other / 与林权证矛盾或其他")
      ->check(CLI::IsMember({"certificate", "other"}))
      ->capture_default_str();
  conflict->add_option("--document", w->document, "文号")->required();
  conflict->callback([&, w, county] {
    chosen = [&, w, county] {
      return submit(c, command::RecordConflict{.county = county(),
                                               .plot = w->plot,
                                               .conflict = w->conflict == "other" ? clearing::ConflictKind::other
                                                                                  : clearing::ConflictKind::certificate,
                                               .document = w->document});
    };
  });
  auto* clear = plot->add_subcommand("clear", "settle a dispute by its papers / 解决矛盾");
  clear->add_option("plot", w->plot, "its number / 地块号")->required();
  clear->add_option("--paper", w->papers, "PAPER=DOCUMENT, may be repeated / 材料=文号")->required();
  clear->callback([&, w] {
    chosen = [&, w] {
      command::ClearConflict e{.plot = w->plot, .papers = {}};
      for (const auto& p : w->papers) e.papers.push_back(paper_arg(p));
      return submit(c, e);
    };
  });

  auto* lineage = app.add_subcommand("lineage", "a batch: what made it, and where it is / 批次来龙去脉");
  lineage->add_option("filing", w->number, "its number / 批次号")->required();
  lineage->callback([&, w] {
    chosen = [&, w] {
      return ask_view<view::Lineage>(c, query::GetLineage{.filing = {w->number}},
                                     [&](const auto& v) { return table_of(v, c.names); });
    };
  });
  auto* lots = app.add_subcommand("lots", "which batches the land is of / 各批次指标所在");
  lots->add_option("--unit", w->unit, "one unit only / 只看一个单位");
  lots->callback([&, w] {
    chosen = [&, w] {
      return ask_view<view::Lots>(c, query::GetLots{.participant = maybe_unit(c, w->unit)},
                                  [&](const auto& v) { return table_of(v, c.names); });
    };
  });
}

}  // namespace landex::cli
