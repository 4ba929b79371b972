// landex: the market from the command line, for the district, the bureau, the analyst and the auditor. Here are the
// options of all commands and the demonstration; the commands are *_commands.cpp and rules.cpp, by subject.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "clients/cli/report_commands.hpp"
#include "clients/cli/scenario_commands.hpp"
#include "clients/demo/play.hpp"

namespace landex::cli {
namespace {

void add_demo(CLI::App& app, Context& c, demo::PlayOptions& play, Chosen& chosen) {
  auto* demo = app.add_subcommand("demo", "play the demonstration day / 播放演示交易日");
  demo->add_option("--server-binary", play.server_binary,
                   "landexd to start; without it, one that runs at --port / 要启动的 landexd");
  demo->add_option("--day", play.day_file, "the day's file / 交易日文件");
  demo->add_option("--pause-ms", play.pause_ms, "between steps on a screen / 步间停顿");
  demo->add_flag("--once", play.once, "play, print, stop: no screen, no waiting / 放完即退出");
  demo->callback([&] {
    chosen = [&] {
      play.host = c.host;
      play.port = c.port;
      play.people_file = c.people_file;
      play.policy_dir = c.policy_dir;
      play.names = c.names;
      return demo::play(play);
    };
  });
}

int run(int argc, char** argv) {
  Context c;
  c.people_file = LANDEX_SOURCE_DIR "/clients/demo/people.toml";
  c.policy_dir = LANDEX_SOURCE_DIR "/clearing/policy";
  demo::PlayOptions play;
  play.day_file = LANDEX_SOURCE_DIR "/clients/demo/day.toml";
  Chosen chosen;

  CLI::App app{"landex: Hangzhou's land indicators / 杭州市土地指标交易", "landex"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "landex 0.1");
  app.fallthrough();  // global options may stand anywhere
  app.add_option("--host", c.host, "server / 服务器")->envname("LANDEX_HOST")->capture_default_str();
  app.add_option("--port", c.port, "port / 端口")->envname("LANDEX_PORT")->capture_default_str();
  app.add_option(
         "--as", c.as,
         "for whom: 建德, Jiande, 330182, bureau, analyst, auditor (default bureau); 建德#2: its second person / 代表谁"
         "（建德#2：其第二人）")
      ->envname("LANDEX_AS");
  app.add_option("--token-file", c.token_file, "the token, from a file or - for standard input / 令牌文件");
  app.add_option("--people", c.people_file, "where --as finds its token / 人员文件");
  app.add_option("--policy", c.policy_dir, "directory of the policy files / 政策文件目录");
  app.add_flag("--json", c.json, "answers as JSON / 以 JSON 输出");
  app.add_option("--propose", c.propose,
                 "why: propose what the command does, for approval / 报批理由：不直接办理，先报批");
  app.add_option("--corrects", c.corrects, "with --propose: the returned proposal / 与 --propose 同用：补正的报批号");
  for (const auto add : {add_reading,  add_orders, add_deals,    add_auctions, add_approvals, add_advances,  add_pool,
                         add_registry, add_needs,  add_projects, add_titles,   add_money,     add_transfers, add_runs,
                         add_day,      add_rules,  add_feeds,    add_policy,   add_reports,   add_papers})
    add(app, c, chosen);
  CLI::App* scenario = add_scenarios(app, c, chosen);
  for (const auto add : {add_scenario_study, add_scenario_report, add_scenario_replay}) add(*scenario, c, chosen);
  add_demo(app, c, play, chosen);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    const int code = app.exit(e);
    if (code == 0) return kOk;
    for (const std::string& word : app.remaining(true)) fmt::print(stderr, "不认识 not known: '{}'\n", word);
    fmt::print(stderr, "参数有误，用 --help 查看用法 wrong arguments, see --help\n");
    return kUsage;
  }
  // An empty variable of a script must not act as the bureau.
  const char* as = std::getenv("LANDEX_AS");
  if (c.as.empty() && (app.count("--as") != 0 || as != nullptr)) {
    fmt::print(stderr,
               "--as（或 LANDEX_AS）为空：请写明代表谁，如 --as 建德、--as bureau\n"
               "--as (or LANDEX_AS) is empty: say for whom, as in --as 建德, --as bureau\n");
    return kUsage;
  }
  try {
    split_as(c);
    load_names(c);
    return chosen();
  } catch (const UsageError& e) {
    fmt::print(stderr, "{}\n", e.what());
    return kUsage;
  }
}

}  // namespace
}  // namespace landex::cli

int main(int argc, char** argv) {
  try {
    return landex::cli::run(argc, argv);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "landex: %s\n", e.what());
    return 1;
  }
}
