// registry …: indicators come in, are corrected, frozen, transferred, lent, used, restored and cancelled.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"
#include "clients/terminal/print_views.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;

struct Words {
  std::string unit, to, instrument, area, paddy, capacity, quantity, kind = "supplementary", project, document, due,
                                                                     expires;
  std::vector<std::string> plots;
  uint64_t number = 0, project_id = 0, corrects = 0;
  unsigned grade = 0;
  bool borrowed = false;
};

/// "T1:30.0000" → a plot that made a batch.
clearing::BatchPlot batch_plot_arg(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos)
    throw UsageError{fmt::format("--plot: '{}' is not NUMBER:MU / 应为 地块号:亩数", text)};
  return {.plot = text.substr(0, colon),
          .area = Area::from_raw(quantity_arg("--plot", text.substr(colon + 1), Instrument::linkage).raw())};
}

/// Of a freeze, a loan or a write-off, whose instrument the server knows and the shell does not: the unit is said.
Quantity part_arg(const Words& w) {
  return quantity_arg("--quantity", w.quantity, instrument_arg("--instrument", w.instrument));
}

void add_verbs(CLI::App& registry, Context& c, Chosen& chosen, const std::shared_ptr<Words>& w) {
  const auto land = [w](CLI::App* sub) {
    sub->add_option("--instrument", w->instrument, "area, paddy, capacity, linkage / 品种")->required();
    sub->add_option("--quantity", w->quantity, "mu, or kg / 数量")->required();
  };
  const auto document = [w](CLI::App* sub) { sub->add_option("--document", w->document, "文号")->required(); };
  const auto verb = [&, w](const char* name, const char* what, const auto& options, auto make) {
    auto* sub = registry.add_subcommand(name, what);
    options(sub);
    land(sub);
    document(sub);
    sub->callback([&c, &chosen, make] { chosen = [&c, make] { return submit(c, make()); }; });
  };
  const auto unit = [w](CLI::App* sub) { sub->add_option("--unit", w->unit, "whose / 单位")->required(); };
  const auto number = [w](CLI::App* sub) {
    sub->add_option("number", w->number, "of what is undone / 序号")->required();
  };
  const auto whose = [&c, w] { return district_arg("--unit", w->unit, c.names); };
  const auto instrument = [w] { return instrument_arg("--instrument", w->instrument); };

  verb("freeze", "free land is not to move / 冻结", unit, [w, whose, instrument] {
    return command::FreezeLand{
        .participant = whose(), .instrument = instrument(), .quantity = part_arg(*w), .document = w->document};
  });
  verb("unfreeze", "release of a freeze / 解冻", number,
       [w] { return command::UnfreezeLand{.freeze = {w->number}, .quantity = part_arg(*w), .document = w->document}; });
  verb("cancel", "free land is no more / 注销", unit, [w, whose, instrument] {
    return command::CancelLand{
        .participant = whose(), .instrument = instrument(), .quantity = part_arg(*w), .document = w->document};
  });
  verb(
      "transfer", "administrative transfer, without money / 划转",
      [w](CLI::App* sub) {
        sub->add_option("--from", w->unit, "whose / 划出单位")->required();
        sub->add_option("--to", w->to, "for whom / 划入单位")->required();
      },
      [&c, w, instrument] {
        return command::TransferLand{.from = district_arg("--from", w->unit, c.names),
                                     .to = district_arg("--to", w->to, c.names),
                                     .instrument = instrument(),
                                     .quantity = part_arg(*w),
                                     .document = w->document};
      });
  verb(
      "lend", "for projects of another county / 借用",
      [w](CLI::App* sub) {
        sub->add_option("--to", w->to, "the borrower / 借入单位")->required();
        sub->add_option("--due", w->due, "last day to return it, YYYY-MM-DD / 归还日")->required();
      },
      [&c, w, instrument] {
        return command::LendLand{.to = district_arg("--to", w->to, c.names),
                                 .instrument = instrument(),
                                 .quantity = part_arg(*w),
                                 .due = day_arg("--due", w->due),
                                 .document = w->document};
      });
  verb("return", "of a loan / 归还", number,
       [w] { return command::ReturnLand{.loan = {w->number}, .quantity = part_arg(*w), .document = w->document}; });
  verb("restore", "of a write-off: its lots come back / 还原", number, [w] {
    return command::RestoreLand{.write_off = {w->number}, .quantity = part_arg(*w), .document = w->document};
  });

  auto* ls = registry.add_subcommand("ls", "freezes, loans and write-offs / 冻结、借用、核销");
  ls->add_option("--unit", w->unit, "one unit only / 只看一个单位");
  ls->callback([&c, &chosen, w] {
    chosen = [&c, w] {
      return ask_view<engine::view::Entries>(c, engine::query::GetEntries{.participant = maybe_unit(c, w->unit)},
                                             [&](const auto& v) { return table_of(v, c.names); });
    };
  });
}

/// "P1:30.0000:5" → a plot.
command::Plot plot_arg(const std::string& text) {
  const auto first = text.find(':'), last = text.rfind(':');
  const bool good = first != std::string::npos && last != first;
  const auto grade = good ? text.substr(last + 1) : std::string{};
  if (!good || grade.empty() || grade.size() > 2 || grade.find_first_not_of("0123456789") != std::string::npos)
    throw UsageError{fmt::format("--plot: '{}' is not NUMBER:MU:GRADE / 应为 地块号:亩数:等级", text)};
  return {.plot = text.substr(0, first),
          .area = Area::from_raw(
              quantity_arg("--plot", text.substr(first + 1, last - first - 1), Instrument::linkage).raw()),
          .grade = static_cast<uint8_t>(std::stoul(grade))};
}

}  // namespace

void add_registry(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* registry = group(app, "registry", "indicators in and out / 指标登记");
  const auto components = [&](CLI::App* sub) {
    sub->add_option("--area", w->area, "mu / 面积（亩）")->required();
    sub->add_option("--paddy", w->paddy, "of which paddy, mu / 其中水田（亩）");
    sub->add_option("--capacity", w->capacity, "kg / 产能（公斤）");
    sub->add_option("--document", w->document, "文号")->required();
  };
  const auto area = [w] {
    return Area::from_raw(quantity_arg("--area", w->area, Instrument::supplementary_area).raw());
  };
  const auto paddy = [w] {
    return w->paddy.empty() ? Area{}
                            : Area::from_raw(quantity_arg("--paddy", w->paddy, Instrument::supplementary_paddy).raw());
  };
  const auto capacity = [w] {
    return w->capacity.empty()
               ? Capacity{}
               : Capacity::kg(quantity_arg("--capacity", w->capacity, Instrument::supplementary_capacity).raw());
  };
  const auto county = [&c, w] {
    return district_arg(w->unit.empty() && !c.as.empty() ? "--as" : "--unit", w->unit.empty() ? c.as : w->unit,
                        c.names);
  };

  auto* file = registry->add_subcommand("file", "a batch, of which the city pools its part / 报备入库");
  file->add_option("--unit", w->unit, "the county, if it is not you / 区县");
  file->add_option("--kind", w->kind, "supplementary or linkage / 补充耕地或增减挂钩")
      ->check(CLI::IsMember({"supplementary", "linkage"}))
      ->capture_default_str();
  components(file);
  file->add_option("--project", w->project, "project / 项目")->required();
  auto* project_id = file->add_option("--project-id", w->project_id, "its number, if it is registered / 项目号");
  auto* grade =
      file->add_option("--grade", w->grade, "quality grade, 1 best … 15 / 质量等级")->check(CLI::Range(1, 15));
  file->add_option("--plot", w->plots, "NUMBER:MU, may be repeated: what made it / 地块号:亩数");
  file->add_option("--expires", w->expires, "last day on which it is valid, YYYY-MM-DD / 有效至");
  file->callback([&, w, area, paddy, capacity, county, project_id, grade] {
    chosen = [&, area, paddy, capacity, county, project_id, grade] {
      command::FileBatch batch{
          .county = county(),
          .kind = w->kind == "linkage" ? engine::IndicatorKind::linkage : engine::IndicatorKind::supplementary,
          .area = area(),
          .paddy = paddy(),
          .capacity = capacity(),
          .project = w->project,
          .document = w->document};
      if (project_id->count() > 0) batch.project_id = ProjectId{w->project_id};
      if (grade->count() > 0) batch.grade = static_cast<uint8_t>(w->grade);
      if (!w->expires.empty()) batch.expires = day_arg("--expires", w->expires);
      if (!w->plots.empty()) batch.plots.emplace();
      for (const auto& p : w->plots) batch.plots->push_back(batch_plot_arg(p));
      return submit(c, batch);
    };
  });
  auto* adjust = registry->add_subcommand("adjust", "a batch was more than was filed / 调整（增加）");
  adjust->add_option("filing", w->number, "its number / 批次号")->required();
  adjust->add_option("--corrects", w->corrects, "number of the entry that was wrong / 被更正记录的序号")->required();
  components(adjust);
  adjust->callback([&, w, area, paddy, capacity] {
    chosen = [&, area, paddy, capacity] {
      return submit(c, command::AdjustBatch{.filing = {w->number},
                                            .area = area(),
                                            .paddy = paddy(),
                                            .capacity = capacity(),
                                            .reverses = {w->corrects},
                                            .document = w->document});
    };
  });
  auto* deduct = registry->add_subcommand("deduct", "reduce a batch / 核减");
  deduct->add_option("filing", w->number, "its number / 批次号")->required();
  components(deduct);
  deduct->callback([&, w, area, paddy, capacity] {
    chosen = [&, area, paddy, capacity] {
      return submit(c, command::DeductBatch{.filing = {w->number},
                                            .area = area(),
                                            .paddy = paddy(),
                                            .capacity = capacity(),
                                            .document = w->document});
    };
  });
  auto* plots = registry->add_subcommand("plots", "plots into the PBF reserve library / 永农储备入库");
  plots->add_option("--unit", w->unit, "the county, if it is not you / 区县");
  plots->add_option("--document", w->document, "delineation document / 划定文件")->required();
  plots->add_option("--plot", w->plots, "NUMBER:MU:GRADE, may be repeated / 地块号:亩数:等级")->required();
  plots->callback([&, w, county] {
    chosen = [&, county] {
      command::EnterPlots e{.county = county(), .document = w->document, .plots = {}};
      for (const auto& p : w->plots) e.plots.push_back(plot_arg(p));
      return submit(c, e);
    };
  });
  auto* use = registry->add_subcommand("write-off", "use indicators for a project / 核销使用");
  use->add_option("--instrument", w->instrument, "area, paddy, capacity, linkage / 品种")->required();
  use->add_option("--quantity", w->quantity, "mu, or kg / 数量")->required();
  use->add_option("--project", w->project, "project / 项目")->required();
  use->add_flag("--borrowed", w->borrowed, "out of what is borrowed / 使用借入的指标");
  use->callback([&, w] {
    chosen = [&] {
      const Instrument i = instrument_arg("--instrument", w->instrument);
      return submit(c, command::WriteOff{.instrument = i,
                                         .quantity = quantity_arg("--quantity", w->quantity, i),
                                         .project = w->project,
                                         .from_borrowed = w->borrowed ? std::optional{true} : std::nullopt});
    };
  });
  add_verbs(*registry, c, chosen, w);
}

}  // namespace landex::cli
