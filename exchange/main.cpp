// landexd: options in, exit status out. See serve.hpp for the threads.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "exchange/audit.hpp"
#include "exchange/host/rule_sets.hpp"
#include "exchange/serve.hpp"

int main(int argc, char** argv) {
  CLI::App app{"landexd: the land-indicator exchange / 土地指标交易所服务端", "landexd"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "landexd 0.1");

  landex::ServeOptions serve{.data_dir = "data", .policy_dir = LANDEX_POLICY_DIR, .people_file = {}};
  auto* run = app.add_subcommand("serve", "run the exchange until SIGINT or SIGTERM / 运行交易所");
  run->add_option("--data", serve.data_dir, "directory of the journal / 账本目录")->capture_default_str();
  run->add_option("--policy", serve.policy_dir, "directory of h66.toml and hangzhou.toml / 政策文件目录");
  run->add_option("--people", serve.people_file, "who may log on: a TOML file of tokens / 人员文件")->required();
  run->add_option("--listen", serve.address, "address to listen at / 监听地址")->capture_default_str();
  run->add_option("--port", serve.port, "port, 0 for any / 端口，0 为任意")->capture_default_str();
  run->add_option("--port-file", serve.port_file, "write the port there when ready / 就绪后写入端口");
  run->add_option("--origin", serve.origins, "an Origin that browsers may come from / 允许的浏览器来源");
  run->add_option("--reports", serve.reports,
                  "reports database: a file, postgresql://… or none (default: reports.sqlite in --data) / 报表数据库");
  run->add_option("--venue", serve.venue, "simulation or production / 场所")
      ->transform(CLI::CheckedTransformer(std::map<std::string, landex::engine::Venue>{
          {"simulation", landex::engine::Venue::simulation}, {"production", landex::engine::Venue::production}}));

  run->add_option("--rule-set", serve.rule_set,
                  "H66-2022, the text itself, or post-2025, with what superior policy has ended / 规则集")
      ->check(CLI::IsMember(std::vector<std::string>{landex::host::kRuleSets.begin(), landex::host::kRuleSets.end()}))
      ->capture_default_str();

  landex::AuditOptions audit;
  auto* check = app.add_subcommand("audit", "replay a journal and check it, changing nothing / 重放并核对账本");
  check->add_option("--data", audit.data_dir, "directory of the journal / 账本目录")->required();
  check->add_flag("--list", audit.list, "print every command as a line of JSON / 逐条列出命令");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (app.exit(e) == 0) return 0;
    for (const std::string& word : app.remaining(true)) fmt::print(stderr, "不认识 not known: '{}'\n", word);
    fmt::print(stderr, "参数有误，用 --help 查看用法 wrong arguments, see --help\n");
    return 2;
  }
  return run->parsed() ? landex::serve(serve) : landex::audit(audit);
}
