// export, statistics: read a reports database, or a journal by a projection that is made for it and thrown away. For
// auditors and analysts at the server's machine; nothing is asked over the wire.
#include "clients/cli/report_commands.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "exchange/host/posix_disk.hpp"
#include "exchange/reports/export.hpp"
#include "exchange/reports/rebuild.hpp"
#include "exchange/reports/statistics.hpp"

namespace landex::cli {
namespace {

namespace fs = std::filesystem;

/// Where the rows come from: one of the two.
struct Source {
  std::string database, journal;
};

/// A database that lasts as long as this; a file of its own goes with it.
struct Opened {
  std::unique_ptr<reports::Database> database;
  std::string scratch;
  ~Opened() {
    database.reset();
    if (scratch.empty()) return;
    std::error_code none;
    fs::remove_all(scratch, none);
  }
};

int tell(const reports::Trouble& t) {
  fmt::print(stderr, "landex: {}\nlandex: {}\n", t.zh, t.en);
  return kFailed;
}

void add_source(CLI::App* command, Source& source) {
  command->add_option("--database", source.database, "reports database: a file, or postgresql://… / 报表数据库")
      ->envname("LANDEX_REPORTS");
  command->add_option("--journal", source.journal, "directory of a journal, which is replayed / 账本目录，重放得出");
}

void check(const Source& source) {
  if (source.database.empty() == source.journal.empty())
    throw UsageError{"请用 --database 或 --journal 之一指明数据来源 name one source: --database or --journal"};
}

/// The journal's rows are built in `into`.
std::optional<reports::Trouble> build(const Context& c, const std::string& journal, reports::Database& into) {
  if (std::error_code none; !fs::is_directory(journal, none))
    return reports::Trouble{.zh = "没有目录 " + journal, .en = "there is no directory " + journal};
  host::PosixDisk disk;
  const auto done = reports::rebuild(disk, journal, into, c.names.places);
  if (!done) return done.error();
  fmt::print(stderr, "重放命令 {} 条，{} 行 replayed {} commands, {} rows\n", done->to, done->rows, done->to,
             done->rows);
  return std::nullopt;
}

std::expected<std::unique_ptr<Opened>, int> open(const Context& c, const Source& source) {
  auto out = std::make_unique<Opened>();
  std::string where = source.database;
  if (!source.journal.empty()) {
    std::string name = (fs::temp_directory_path() / "landex-XXXXXX").string();
    if (!mkdtemp(name.data()))
      return std::unexpected{tell({.zh = "无法建立临时目录", .en = "cannot make a temporary directory"})};
    out->scratch = name;
    where = name + "/reports.sqlite";
  }
  auto opened = reports::open_database(where, source.journal.empty() ? reports::Access::read : reports::Access::write);
  if (!opened) return std::unexpected{tell(opened.error())};
  out->database = std::move(*opened);
  if (!source.journal.empty())
    if (const auto trouble = build(c, source.journal, *out->database)) return std::unexpected{tell(*trouble)};
  return out;
}

/// To a file, or to standard output.
int put(const std::string& text, const std::string& path) {
  std::FILE* f = path.empty() ? stdout : std::fopen(path.c_str(), "wb");
  if (!f) return tell({.zh = "无法写入 " + path, .en = "cannot write " + path});
  const bool written = std::fwrite(text.data(), 1, text.size(), f) == text.size();
  const bool closed = path.empty() ? std::fflush(f) == 0 : std::fclose(f) == 0;
  return written && closed ? kOk : tell({.zh = "写入失败 " + path, .en = "writing failed: " + path});
}

struct ExportOptions {
  Source source;
  std::string what = "all", out, sqlite;
  bool bom = false;
};

int export_all(const Context& c, const ExportOptions& o, const std::string& path) {
  if (fs::exists(path))
    return tell({.zh = path + " 已存在，不覆盖", .en = path + " is there already and is not written over"});
  if (!o.source.journal.empty()) {
    auto into = reports::open_database(path, reports::Access::write);
    if (!into) return tell(into.error());
    const auto trouble = build(c, o.source.journal, **into);
    return trouble ? tell(*trouble) : int{kOk};
  }
  auto from = reports::open_database(o.source.database, reports::Access::read);
  if (!from) return tell(from.error());
  auto into = reports::open_database(path, reports::Access::write);
  if (!into) return tell(into.error());
  const auto copied = reports::copy(**from, **into);
  return copied ? int{kOk} : tell(copied.error());
}

int run_export(const Context& c, const ExportOptions& o) {
  check(o.source);
  const std::string form = o.sqlite.empty() ? fs::path{o.out}.extension().string() : ".sqlite";
  if (form == ".sqlite") return export_all(c, o, o.sqlite.empty() ? o.out : o.sqlite);
  if (o.what == "all")
    throw UsageError{fmt::format("请指明表（全部表用 -o F.sqlite）name a table, or -o F.sqlite for all: {}",
                                 fmt::join(reports::exportable(), " "))};
  if (!o.out.empty() && form != ".csv" && form != ".jsonl")
    throw UsageError{"-o 以 .csv、.jsonl 或 .sqlite 结尾 the file ends in .csv, .jsonl or .sqlite"};
  const auto opened = open(c, o.source);
  if (!opened) return opened.error();
  const auto sheet = reports::exported(*(*opened)->database, o.what);
  if (!sheet) return tell(sheet.error());
  const bool json = form == ".jsonl" || (o.out.empty() && c.json);
  return put(json ? reports::json_lines_of(*sheet) : reports::csv_of(*sheet, o.bom), o.out);
}

struct StatisticsOptions {
  Source source;
  std::string from, until, out;
  bool csv = false, bom = false;
};

int run_statistics(const Context& c, const StatisticsOptions& o) {
  check(o.source);
  const Period period{day_arg("--from", o.from), day_arg("--to", o.until)};
  if (period.until < period.from) throw UsageError{"--to 早于 --from：--to is before --from"};
  const auto opened = open(c, o.source);
  if (!opened) return opened.error();
  auto& database = *(*opened)->database;
  const auto trades = reports::trades_of(database, period);
  if (!trades) return tell(trades.error());
  const auto auctions = reports::auctions_of(database, period);
  if (!auctions) return tell(auctions.error());
  const auto s = reports::statistics_of(*trades, *auctions, period);
  return put(c.json && !o.csv ? reports::json_of(s) : reports::csv_of(reports::sheet_of(s), o.bom), o.out);
}

}  // namespace

void add_reports(CLI::App& app, Context& c, Chosen& chosen) {
  const auto e = std::make_shared<ExportOptions>();
  auto* out = app.add_subcommand("export", "tables of the reports, without a server / 导出报表数据（无需服务器）");
  out->add_option("table", e->what, "trades, deals, ledger, balances …; all with -o F.sqlite / 表名")
      ->capture_default_str();
  out->add_option("-o,--output", e->out, "F.csv, F.jsonl or F.sqlite; else standard output / 输出文件");
  out->add_option("--sqlite", e->sqlite, "all tables into this new file / 全部表写入新文件");
  out->add_flag("--bom", e->bom, "a CSV that Excel reads / 供 Excel 使用的 CSV");
  add_source(out, e->source);
  out->callback([&, e] { chosen = [&, e] { return run_export(c, *e); }; });

  const auto s = std::make_shared<StatisticsOptions>();
  auto* statistics =
      app.add_subcommand("statistics", "figures for publication, without a server / 统计公布数据（无需服务器）");
  statistics->add_option("--from", s->from, "first business day / 起始日")->required();
  statistics->add_option("--to", s->until, "last business day / 截止日")->required();
  statistics->add_flag("--csv", s->csv, "CSV, also with --json set elsewhere; without either: CSV / 以 CSV 输出");
  statistics->add_option("-o,--output", s->out, "file; else standard output / 输出文件");
  statistics->add_flag("--bom", s->bom, "a CSV that Excel reads / 供 Excel 使用的 CSV");
  add_source(statistics, s->source);
  statistics->callback([&, s] { chosen = [&, s] { return run_statistics(c, *s); }; });
}

}  // namespace landex::cli
