// scenario report, compare: what studies found, as one HTML file.
#include <memory>
#include <optional>
#include <vector>

#include "clients/cli/scenario_commands.hpp"
#include "clients/cli/scenario_tables.hpp"
#include "clients/simulator/city/year.hpp"
#include "clients/simulator/report/report.hpp"
#include "exchange/reports/sheet.hpp"

namespace landex::cli {
namespace {

namespace fs = std::filesystem;

struct ReportOptions {
  std::vector<std::string> studies;
  std::string out;
};

int tell(const std::string& zh, const std::string& en) {
  fmt::print(stderr, "landex: {}\nlandex: {}\n", zh, en);
  return kFailed;
}

/// Names of places and the sources of rules. A report without them has codes: still a report, so that is only told.
std::optional<simulator::Regimes> regimes_of(const Context& c) {
  auto h66 = host::load_policy(c.policy_dir);
  auto post = host::load_policy(c.policy_dir, "post-2025");
  if (h66 && post) return simulator::Regimes{.h66_2022 = std::move(*h66), .post_2025 = std::move(*post)};
  const auto& wrong = h66 ? post.error() : h66.error();
  fmt::print(stderr,
             "landex: 读不到政策文件（{}:{} {}），报告中以代码代替地名；请用 --policy 指明目录\n"
             "landex: no policy files ({}:{} {}): the report has codes for names of places; say where they are with "
             "--policy\n",
             wrong.file, wrong.line, wrong.zh, wrong.file, wrong.line, wrong.en);
  return std::nullopt;
}

/// What most are looked up for, without opening the file.
int print_differences(const std::vector<fs::path>& directories) {
  std::vector<simulator::StudyReader> studies;
  for (const fs::path& directory : directories) {
    auto study = simulator::StudyReader::open(directory);
    if (!study) return tell(study.error().zh, study.error().en);
    studies.push_back(std::move(*study));
  }
  const auto text = difference_tables(studies);
  if (!text) return tell(text.error().zh, text.error().en);
  if (!text->empty()) fmt::print("\n{}", *text);
  return kOk;
}

int write(const Context& c, const ReportOptions& o, const fs::path& otherwise) {
  std::vector<fs::path> studies;
  for (const std::string& s : o.studies) {
    if (std::error_code none; !fs::is_directory(s, none))
      return tell("没有目录 " + s + "：请给出 landex scenario run 或 sweep 所写的目录",
                  "there is no directory " + s + ": give the one that landex scenario run or sweep wrote");
    studies.emplace_back(s);
  }
  const fs::path html = o.out.empty() ? otherwise : fs::path{o.out};
  // A report may be written again; a file of another kind was hardly meant.
  if (std::error_code none; fs::is_regular_file(html, none) && html.extension() != ".html")
    return tell(html.string() + " 已存在，且不是 .html：不予覆盖。请用 -o 换一个名字",
                html.string() + " is there already and is no .html: it is not overwritten. Give another name with -o");
  const auto regimes = regimes_of(c);
  const auto done = simulator::write_report(studies, html, regimes ? &*regimes : nullptr);
  if (!done) return tell(done.error().zh, done.error().en);
  if (c.json) {
    fmt::print("{{\"report\":{}}}\n", reports::json_string(html.string()));
  } else {
    fmt::print(
        "报告已写入 {}（用浏览器打开，无需网络）\nthe report is in {} (open it in a browser; it needs no network)\n",
        html.string(), html.string());
    if (studies.size() > 1) return print_differences(studies);
  }
  return kOk;
}

}  // namespace

void add_scenario_report(CLI::App& group, Context& c, Chosen& chosen) {
  const auto r = std::make_shared<ReportOptions>();
  auto* report = group.add_subcommand("report", "one study as one HTML file / 一项研究的报告（单个 HTML 文件）");
  report->add_option("DIR", r->studies, "directory of a study / 研究目录")->required()->expected(1);
  report->add_option("-o,--output", r->out, "the file; else DIR/report.html / 输出文件");
  report->callback([&, r] { chosen = [&, r] { return write(c, *r, fs::path{r->studies[0]} / "report.html"); }; });

  const auto s = std::make_shared<ReportOptions>();
  auto* compare = group.add_subcommand(
      "compare", "two to four studies side by side, against the first / 并列比较二至四项研究，以第一项为基准");
  compare->add_option("DIR", s->studies, "directories of studies / 研究目录")->required()->expected(2, 4);
  compare->add_option("-o,--output", s->out, "the file; else compare.html here / 输出文件");
  compare->callback([&, s] { chosen = [&, s] { return write(c, *s, "compare.html"); }; });
}

}  // namespace landex::cli
