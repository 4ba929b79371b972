// registry …: indicators come in, shrink, and are used.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;

struct Words {
  std::string unit, instrument, area, paddy, capacity, quantity, kind = "supplementary", project, document;
  std::vector<std::string> plots;
  uint64_t number = 0;
};

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
  file->callback([&, w, area, paddy, capacity, county] {
    chosen = [&, area, paddy, capacity, county] {
      return submit(c, command::FileBatch{.county = county(),
                                          .kind = w->kind == "linkage" ? engine::IndicatorKind::linkage
                                                                       : engine::IndicatorKind::supplementary,
                                          .area = area(),
                                          .paddy = paddy(),
                                          .capacity = capacity(),
                                          .project = w->project,
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
  use->callback([&, w] {
    chosen = [&] {
      const Instrument i = instrument_arg("--instrument", w->instrument);
      return submit(
          c, command::WriteOff{
                 .instrument = i, .quantity = quantity_arg("--quantity", w->quantity, i), .project = w->project});
    };
  });
}

}  // namespace landex::cli
