// feed …: files in and out, for 空间智治 (H66-21.1): checked, imported, exported.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>

#include "clients/cli/commands.hpp"
#include "clients/cli/feed_import.hpp"
#include "clients/feeds/export.hpp"

namespace landex::cli {
namespace {

namespace query = engine::query;
namespace view = engine::view;

struct Words {
  std::vector<std::string> files;
  bool stop = false, mark = false;
  std::string what, format = "csv", out, unit;
};

template <class View>
std::expected<feeds::Sheet, int> sheet(const Context& c, const engine::Query& q) {
  const auto answer = fetch(c, q);
  if (!answer) return std::unexpected(answer.error());
  return feeds::sheet_of(std::get<View>(answer->view), c.names.places);
}

std::expected<feeds::Sheet, int> sheet_of(const Context& c, const Words& w) {
  const auto unit = maybe_unit(c, w.unit);
  if (unit && w.what == "pool") throw UsageError{"--unit: the pool has all counties / 统筹表含各区县，不用 --unit"};
  if (w.what == "holdings") return sheet<view::Holdings>(c, query::GetHoldings{.participant = unit});
  if (w.what == "lots") return sheet<view::Lots>(c, query::GetLots{.participant = unit});
  if (w.what == "projects") return sheet<view::Projects>(c, query::GetProjects{.county = unit});
  if (w.what == "conflicts") return sheet<view::Conflicts>(c, query::GetConflicts{.county = unit});
  if (w.what == "deals") return sheet<view::Deals>(c, query::GetDeals{.participant = unit});
  if (w.what == "pool") return sheet<view::Pool>(c, query::GetPool{});
  auto client = log_on(c);
  if (!client) return std::unexpected(client.error());
  auto filings = all_filings(**client);
  if (!filings) return std::unexpected(filings.error());
  if (unit) std::erase_if(*filings, [&](const auto& f) { return f.county != *unit; });
  return feeds::sheet_of(*filings, c.names.places);
}

int export_sheet(const Context& c, const Words& w) {
  const bool json = c.json || w.format == "json";
  if (w.mark && json) throw UsageError{"--bom: goes with --format csv / 只用于 --format csv"};
  const auto sheet = sheet_of(c, w);
  if (!sheet) return sheet.error();
  const std::string text = json ? feeds::json_of(*sheet) : feeds::csv_of(*sheet, w.mark);
  if (w.out.empty()) {
    fmt::print("{}", text);
    return kOk;
  }
  std::ofstream file{w.out, std::ios::binary};
  file << text << std::flush;
  if (!file) {
    fmt::print(stderr, "{}：无法写入，请核对目录和权限\n{}: cannot be written; check its directory\n", w.out, w.out);
    return kFailed;
  }
  fmt::print("{}：{} 行 {} rows\n", w.out, sheet->rows.size(), sheet->rows.size());
  return kOk;
}

}  // namespace

void add_feeds(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* feed = group(app, "feed", "files from and for 空间智治 / 与空间智治交换文件 [H66-21.1]");
  const auto files = [&](CLI::App* sub) {
    sub->add_option("files", w->files, "CSV or JSON, one kind of record each / CSV 或 JSON，每个文件一种记录")
        ->required();
  };
  auto* check = feed->add_subcommand("check", "tell every fault, do nothing / 只检查，不办理");
  files(check);
  check->callback([&, w] {
    chosen = [&, w] {
      const auto feeds = read_feeds(c, w->files);
      if (!feeds) return int{kUsage};
      for (const auto& f : *feeds)
        fmt::print("{}：{} {} 条 records，未发现问题 no fault\n", f.file, f.kind, f.records.size());
      return int{kOk};
    };
  });
  auto* import =
      feed->add_subcommand("import", "each record once, if all files are sound / 全部检查无误后逐条办理，不重复");
  files(import);
  import->add_flag("--stop", w->stop, "at the first record that is refused / 遇拒绝即停");
  import->callback([&, w] {
    chosen = [&, w] {
      const auto feeds = read_feeds(c, w->files);
      return feeds ? import_feeds(c, *feeds, {.stop = w->stop}) : int{kUsage};
    };
  });
  auto* out = feed->add_subcommand("export", "what the person may see, as a table / 导出可见的数据");
  out->add_option("what", w->what, "holdings, filings, lots, projects, conflicts, deals, pool / 导出内容")
      ->check(CLI::IsMember({"holdings", "filings", "lots", "projects", "conflicts", "deals", "pool"}))
      ->required();
  out->add_option("--format", w->format, "csv or json / 格式")
      ->check(CLI::IsMember({"csv", "json"}))
      ->capture_default_str();
  out->add_option("-o,--output", w->out, "a file; without it, standard output / 输出文件");
  out->add_flag("--bom", w->mark, "with a byte-order mark, for Excel / 带 BOM，供 Excel 打开");
  out->add_option("--unit", w->unit, "one unit only / 只导出一个单位");
  out->callback([&, w] { chosen = [&, w] { return export_sheet(c, *w); }; });
}

}  // namespace landex::cli
