// product …, title …, registry flag: what is traded one by one. Titles are sold with deal propose --title.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"
#include "clients/terminal/print_titles.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;
using clearing::Product;

struct Words {
  std::string unit, holder, product, number, area, document, consent, from, until, approval, project;
  std::vector<std::string> titles;
  unsigned grade = 0;
  bool grain_zone = false, high_standard = false;
};

constexpr std::pair<const char*, Product> kProductWords[] = {{"pbf_plot", Product::pbf_plot},
                                                             {"function_restoration", Product::function_restoration},
                                                             {"forest", Product::forest},
                                                             {"public_forest", Product::public_forest},
                                                             {"high_standard", Product::high_standard},
                                                             {"grain_zone", Product::grain_zone},
                                                             {"planning_space", Product::planning_space}};
constexpr const char* kProductHelp =
    "function_restoration 功能恢复, forest 林地, public_forest 公益林, high_standard 高标, grain_zone 粮功区, "
    "planning_space 规划空间, pbf_plot 永农地块";

Product product_arg(const std::string& text) {
  for (const auto& [word, product] : kProductWords)
    if (text == word) return product;
  throw UsageError{fmt::format("'{}' is no product / 不是品种: {}", text, kProductHelp)};
}

Area area_arg(const std::string& text) {
  return Area::from_raw(quantity_arg("--area", text, Instrument::linkage).raw());
}

void add_products(CLI::App& app, Context& c, Chosen& chosen, const std::shared_ptr<Words>& w) {
  auto* product = group(app, "product", "what may be traded as titles / 标的品种");
  auto* ls = product->add_subcommand("ls", "which are open, and by what / 品种及开放期间");
  ls->callback([&] {
    chosen = [&] {
      return ask_view<view::Products>(c, query::GetProducts{}, [](const auto& v) { return table_of(v); });
    };
  });
  auto* open = product->add_subcommand("open", "the bureau opens one, by an approval (H66-21.3) / 凭批准开放品种");
  open->add_option("product", w->product, kProductHelp)->required();
  open->add_option("--from", w->from, "YYYY-MM-DD / 起")->required();
  open->add_option("--until", w->until, "YYYY-MM-DD, included / 止（含）")->required();
  open->add_option("--approval", w->approval, "its number / 批准文号")->required();
  open->callback([&c, &chosen, w] {
    chosen = [&c, w] {
      return submit(c, command::OpenProduct{.product = product_arg(w->product),
                                            .from = day_arg("--from", w->from),
                                            .until = day_arg("--until", w->until),
                                            .approval = w->approval});
    };
  });
}

}  // namespace

void add_titles(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  add_products(app, c, chosen, w);
  auto* title = group(app, "title", "plots and other indicators that are traded one by one / 标的");
  auto* ls = title->add_subcommand("ls", "yours, or all / 标的列表");
  ls->add_option("--unit", w->holder, "of one holder / 只看一个持有单位");
  ls->add_option("--product", w->product, kProductHelp);
  ls->callback([&c, &chosen, w] {
    chosen = [&c, w] {
      return ask_view<view::Titles>(
          c,
          query::GetTitles{.holder = maybe_unit(c, w->holder),
                           .product = w->product.empty() ? std::nullopt : std::optional{product_arg(w->product)}},
          [&c](const auto& v) { return table_of(v, c.names); });
    };
  });
  auto* add = title->add_subcommand("register", "with the papers that its product needs / 登记");
  add->add_option("number", w->number, "one for the whole city / 编号")->required();
  add->add_option("--unit", w->unit, "the county, if it is not you / 区县");
  add->add_option("--product", w->product, kProductHelp)->required();
  add->add_option("--area", w->area, "mu / 亩")->required();
  auto* grade = add->add_option("--grade", w->grade, "quality grade, 1 best … 15 / 质量等级")->check(CLI::Range(1, 15));
  add->add_option("--document", w->document, "of its acceptance / 验收文号")->required();
  add->add_option("--consent", w->consent,
                  "forest: of the provincial forestry bureau; public_forest: of the provincial government / "
                  "省林业局审核同意、省政府批准文号");
  add->callback([&c, &chosen, w, grade] {
    chosen = [&c, w, grade] {
      const std::string& unit = w->unit.empty() ? c.as : w->unit;
      return submit(c, command::RegisterTitle{
                           .county = district_arg(w->unit.empty() ? "--as" : "--unit", unit, c.names),
                           .product = product_arg(w->product),
                           .number = w->number,
                           .area = area_arg(w->area),
                           .grade = grade->count() > 0 ? std::optional{static_cast<uint8_t>(w->grade)} : std::nullopt,
                           .document = w->document,
                           .consent = w->consent});
    };
  });
  auto* split = title->add_subcommand("split", "a part becomes a title of its own / 拆分");
  split->add_option("title", w->project, "the whole / 原标的")->required();
  split->add_option("number", w->number, "of the part / 新编号")->required();
  split->add_option("--area", w->area, "of the part, mu / 面积（亩）")->required();
  split->callback([&c, &chosen, w] {
    chosen = [&c, w] {
      return submit(c, command::SplitTitle{.title = w->project, .number = w->number, .area = area_arg(w->area)});
    };
  });
  auto* use = title->add_subcommand("use", "for a project / 核销使用");
  use->add_option("titles", w->titles, "their numbers / 标的编号")->required();
  use->add_option("--project", w->project, "project / 项目")->required();
  use->add_option("--document", w->document, "文号")->required();
  use->callback([&c, &chosen, w] {
    chosen = [&c, w] {
      command::UseTitles used{.titles = {}, .project = w->project, .document = w->document};
      for (const auto& number : w->titles) used.titles.push_back({.number = number});
      return submit(c, used);
    };
  });
  auto* cancel = title->add_subcommand("cancel", "by the bureau / 市局注销");
  cancel->add_option("title", w->number, "its number / 标的编号")->required();
  cancel->add_option("--document", w->document, "文号")->required();
  cancel->callback([&c, &chosen, w] {
    chosen = [&c, w] { return submit(c, command::CancelTitle{.title = w->number, .document = w->document}); };
  });

  auto* flag =
      app.get_subcommand("registry")
          ->add_subcommand("flag", "what has been built on a reserve plot (H66-6.4) / 储备地块的粮功区、高标标记");
  flag->add_option("plot", w->number, "its number / 地块号")->required();
  flag->add_flag("--grain-zone", w->grain_zone, "粮食生产功能区");
  flag->add_flag("--high-standard", w->high_standard, "高标准农田");
  flag->add_option("--document", w->document, "文号")->required();
  flag->callback([&c, &chosen, w] {
    chosen = [&c, w] {
      return submit(c, command::FlagPlot{.plot = w->number,
                                         .grain_zone = w->grain_zone,
                                         .high_standard = w->high_standard,
                                         .document = w->document});
    };
  });
}

}  // namespace landex::cli
