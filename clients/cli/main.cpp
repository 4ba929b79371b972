// landex: the market from the command line, for the district, the bureau, the analyst and the auditor. This file is the
// list of commands and their options; what they do is context (submit, ask), print, rules, watch and the demonstration.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <functional>

#include "clients/cli/arguments.hpp"
#include "clients/cli/context.hpp"
#include "clients/cli/rules.hpp"
#include "clients/cli/watch.hpp"
#include "clients/demo/play.hpp"
#include "clients/terminal/print_views.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;

/// What was chosen on the command line, run after parsing.
using Chosen = std::function<int()>;

CLI::App* group(CLI::App& app, const char* name, const char* what) {
  auto* g = app.add_subcommand(name, what);
  g->require_subcommand(1);
  return g;
}

template <class View, class Print>
int ask_view(const Context& c, const engine::Query& q, Print print) {
  return ask(c, q, [&](const wire::Answer& a) { fmt::print("{}", print(std::get<View>(a.view))); });
}

std::optional<District> maybe_unit(const Context& c, const std::string& unit) {
  return unit.empty() ? std::nullopt : std::optional{district_arg("--unit", unit, c.names)};
}

/// Words shared by the options of several commands; one set a run is enough.
struct Words {
  std::string unit, instrument = "area", area, paddy, capacity, linkage, quantity, price, paddy_price, capacity_price,
                    linkage_price, seller, buyer, kind = "supplementary", project, document, approver, from, until, day,
                    amount, rule;
  std::vector<std::string> plots;
  uint64_t number = 0;
  bool buy = false, sell = false, all = false;
};

void add_reading(CLI::App& app, Context& c, Words& w, Chosen& chosen) {
  app.add_subcommand("status", "rule set, day, sums / 规则、营业日、核对")->callback([&] {
    chosen = [&] { return ask_view<view::Status>(c, query::GetStatus{}, [](const auto& v) { return table_of(v); }); };
  });

  auto* holding = group(app, "holding", "what is held / 持有")
                      ->add_subcommand("ls", "indicators, money, claims / 指标、资金、应收");
  holding->add_option("--unit", w.unit, "one unit only / 只看一个单位");
  holding->callback([&] {
    chosen = [&] {
      return ask_view<view::Holdings>(c, query::GetHoldings{.participant = maybe_unit(c, w.unit)},
                                      [&](const auto& v) { return table_of(v, c.names); });
    };
  });

  auto* pool = group(app, "pool", "the city's pool / 市级统筹");
  pool->add_subcommand("status", "20 % and 30 % / 统筹情况")->callback([&] {
    chosen = [&] {
      return ask_view<view::Pool>(c, query::GetPool{}, [&](const auto& v) { return table_of(v, c.names); });
    };
  });
  auto* settle = pool->add_subcommand("settle", "pay a county what the pool owes it / 支付统筹款");
  settle->add_option("--unit", w.unit, "the county / 区县")->required();
  settle->callback([&] {
    chosen = [&] { return submit(c, command::SettleClaims{.county = district_arg("--unit", w.unit, c.names)}); };
  });

  auto* book = app.add_subcommand("book", "the public book / 盘口");
  book->add_option("--instrument", w.instrument, "area, paddy, capacity, linkage; all by default / 品种")
      ->default_str("all");
  w.instrument = "all";
  book->callback([&] {
    chosen = [&] {
      const auto m = market(c);
      if (!m) return m.error();
      if (c.json) {
        print_json(wire::ServerMessage{*m});
        return int{kOk};
      }
      for (const auto& b : m->books)
        if (w.instrument == "all" || instrument_arg("--instrument", w.instrument) == b.instrument)
          fmt::print("{}\n", table_of(b));
      return int{kOk};
    };
  });
  app.add_subcommand("trades", "the latest trades / 最近成交")->callback([&] {
    chosen = [&] {
      const auto m = market(c);
      if (!m) return m.error();
      if (c.json)
        print_json(wire::ServerMessage{*m});
      else
        fmt::print("{}", table_of(m->trades));
      return int{kOk};
    };
  });
  app.add_subcommand("watch", "the market as it happens, until Ctrl-C / 实时行情")->callback([&] {
    chosen = [&] { return watch(c); };
  });
}

void add_trading(CLI::App& app, Context& c, Words& w, Chosen& chosen) {
  auto* order = group(app, "order", "orders in the book / 委托");
  auto* place = order->add_subcommand("place", "a limit order, good for the day / 限价委托，当日有效");
  auto* side = place->add_option_group("side");
  side->add_flag("--buy", w.buy, "buy / 买");
  side->add_flag("--sell", w.sell, "sell / 卖");
  side->require_option(1);
  auto* amount = place->add_option_group("amount");
  amount->add_option("--area", w.area, "supplementary farmland, mu / 补充耕地数量（亩）");
  amount->add_option("--paddy", w.paddy, "its paddy, mu / 水田（亩）");
  amount->add_option("--capacity", w.capacity, "its grain capacity, kg / 产能（公斤）");
  amount->add_option("--linkage", w.linkage, "linkage surplus, mu / 增减挂钩节余（亩）");
  amount->require_option(1);
  place->add_option("--price", w.price, "万元/亩 (capacity: yuan/kg) / 单价")->required();
  place->callback([&] {
    chosen = [&] {
      const auto send = [&](const char* option, const std::string& text, Instrument i) {
        return submit(c, command::PlaceOrder{.instrument = i,
                                             .side = w.buy ? Side::buy : Side::sell,
                                             .quantity = quantity_arg(option, text, i),
                                             .price = rate_arg("--price", w.price, i)});
      };
      if (!w.area.empty()) return send("--area", w.area, Instrument::supplementary_area);
      if (!w.paddy.empty()) return send("--paddy", w.paddy, Instrument::supplementary_paddy);
      if (!w.capacity.empty()) return send("--capacity", w.capacity, Instrument::supplementary_capacity);
      return send("--linkage", w.linkage, Instrument::linkage);
    };
  });
  auto* cancel = order->add_subcommand("cancel", "take a resting order out / 撤单");
  cancel->add_option("order", w.number, "its number / 委托号")->required();
  cancel->callback([&] { chosen = [&] { return submit(c, command::CancelOrder{.order = {w.number}}); }; });
  auto* orders = order->add_subcommand("ls", "resting orders / 在途委托");
  orders->add_option("--unit", w.unit, "one unit only / 只看一个单位");
  orders->callback([&] {
    chosen = [&] {
      return ask_view<view::Orders>(c, query::GetOrders{.participant = maybe_unit(c, w.unit)},
                                    [&](const auto& v) { return table_of(v, c.names); });
    };
  });

  auto* deal = group(app, "deal", "directed sales / 协议转让");
  auto* propose = deal->add_subcommand("propose", "to the other side, all legs or none / 提出协议");
  propose->add_option("--seller", w.seller, "the seller, if it is not you / 转让方");
  propose->add_option("--buyer", w.buyer, "the buyer, if it is not you / 受让方");
  propose->add_option("--area", w.area, "mu / 数量（亩）");
  propose->add_option("--price", w.price, "of the area, 万元/亩 / 数量单价");
  propose->add_option("--paddy", w.paddy, "mu / 水田（亩）");
  propose->add_option("--paddy-price", w.paddy_price, "万元/亩 / 水田单价");
  propose->add_option("--capacity", w.capacity, "kg / 产能（公斤）");
  propose->add_option("--capacity-price", w.capacity_price, "yuan/kg / 产能单价");
  propose->add_option("--linkage", w.linkage, "mu / 增减挂钩（亩）");
  propose->add_option("--linkage-price", w.linkage_price, "万元/亩 / 增减挂钩单价");
  propose->callback([&] {
    chosen = [&]() -> int {
      const auto me = district_arg("--as", c.as, c.names);
      command::ProposeDeal p{.seller = w.seller.empty() ? me : district_arg("--seller", w.seller, c.names),
                             .buyer = w.buyer.empty() ? me : district_arg("--buyer", w.buyer, c.names),
                             .legs = {}};
      const auto leg = [&](const char* option, const std::string& quantity, const char* price_option,
                           const std::string& price, Instrument i) {
        if (quantity.empty() && !price.empty())
          throw UsageError{fmt::format("{} without a quantity / 有单价而无数量", price_option)};
        if (!quantity.empty())
          p.legs.push_back({.instrument = i,
                            .quantity = quantity_arg(option, quantity, i),
                            .price = price.empty() ? std::nullopt : std::optional{rate_arg(price_option, price, i)}});
      };
      leg("--area", w.area, "--price", w.price, Instrument::supplementary_area);
      leg("--paddy", w.paddy, "--paddy-price", w.paddy_price, Instrument::supplementary_paddy);
      leg("--capacity", w.capacity, "--capacity-price", w.capacity_price, Instrument::supplementary_capacity);
      leg("--linkage", w.linkage, "--linkage-price", w.linkage_price, Instrument::linkage);
      return submit(c, p);
    };
  });
  const auto numbered = [&](const char* name, const char* what, auto make) {
    auto* sub = deal->add_subcommand(name, what);
    sub->add_option("deal", w.number, "its number / 协议号")->required();
    sub->callback([&, make] { chosen = [&, make] { return submit(c, make(DealId{w.number})); }; });
  };
  numbered("accept", "accept what the other side proposed / 接受",
           [](DealId d) { return command::AcceptDeal{.deal = d}; });
  numbered("end", "withdraw or decline before acceptance / 撤回或不接受",
           [](DealId d) { return command::EndDeal{.deal = d}; });
  numbered("settle", "the bureau confirms (production venue) / 市局确认交割（生产场所）",
           [](DealId d) { return command::SettleDeal{.deal = d}; });
  auto* deals = deal->add_subcommand("ls", "all that concern you / 协议列表");
  deals->add_option("--unit", w.unit, "one unit only / 只看一个单位");
  deals->callback([&] {
    chosen = [&] {
      return ask_view<view::Deals>(c, query::GetDeals{.participant = maybe_unit(c, w.unit)},
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

void add_registry(CLI::App& app, Context& c, Words& w, Chosen& chosen) {
  auto* registry = group(app, "registry", "indicators in and out / 指标登记");
  const auto components = [&](CLI::App* sub) {
    sub->add_option("--area", w.area, "mu / 面积（亩）")->required();
    sub->add_option("--paddy", w.paddy, "of which paddy, mu / 其中水田（亩）");
    sub->add_option("--capacity", w.capacity, "kg / 产能（公斤）");
    sub->add_option("--document", w.document, "文号")->required();
  };
  const auto area = [&] {
    return Area::from_raw(quantity_arg("--area", w.area, Instrument::supplementary_area).raw());
  };
  const auto paddy = [&] {
    return w.paddy.empty() ? Area{}
                           : Area::from_raw(quantity_arg("--paddy", w.paddy, Instrument::supplementary_paddy).raw());
  };
  const auto capacity = [&] {
    return w.capacity.empty()
               ? Capacity{}
               : Capacity::kg(quantity_arg("--capacity", w.capacity, Instrument::supplementary_capacity).raw());
  };
  const auto county = [&] {
    return district_arg(w.unit.empty() && !c.as.empty() ? "--as" : "--unit", w.unit.empty() ? c.as : w.unit, c.names);
  };

  auto* file = registry->add_subcommand("file", "a batch, of which the city pools its part / 报备入库");
  file->add_option("--unit", w.unit, "the county, if it is not you / 区县");
  file->add_option("--kind", w.kind, "supplementary or linkage / 补充耕地或增减挂钩")
      ->check(CLI::IsMember({"supplementary", "linkage"}))
      ->capture_default_str();
  components(file);
  file->add_option("--project", w.project, "project / 项目")->required();
  file->callback([&, area, paddy, capacity, county] {
    chosen = [&, area, paddy, capacity, county] {
      return submit(c, command::FileBatch{.county = county(),
                                          .kind = w.kind == "linkage" ? engine::IndicatorKind::linkage
                                                                      : engine::IndicatorKind::supplementary,
                                          .area = area(),
                                          .paddy = paddy(),
                                          .capacity = capacity(),
                                          .project = w.project,
                                          .document = w.document});
    };
  });
  auto* deduct = registry->add_subcommand("deduct", "reduce a batch / 核减");
  deduct->add_option("filing", w.number, "its number / 批次号")->required();
  components(deduct);
  deduct->callback([&, area, paddy, capacity] {
    chosen = [&, area, paddy, capacity] {
      return submit(
          c,
          command::DeductBatch{
              .filing = {w.number}, .area = area(), .paddy = paddy(), .capacity = capacity(), .document = w.document});
    };
  });
  auto* plots = registry->add_subcommand("plots", "plots into the PBF reserve library / 永农储备入库");
  plots->add_option("--unit", w.unit, "the county, if it is not you / 区县");
  plots->add_option("--document", w.document, "delineation document / 划定文件")->required();
  plots->add_option("--plot", w.plots, "NUMBER:MU:GRADE, may be repeated / 地块号:亩数:等级")->required();
  plots->callback([&, county] {
    chosen = [&, county] {
      command::EnterPlots e{.county = county(), .document = w.document, .plots = {}};
      for (const auto& p : w.plots) e.plots.push_back(plot_arg(p));
      return submit(c, e);
    };
  });
  auto* use = registry->add_subcommand("write-off", "use indicators for a project / 核销使用");
  use->add_option("--instrument", w.instrument, "area, paddy, capacity, linkage / 品种")->required();
  use->add_option("--quantity", w.quantity, "mu, or kg / 数量")->required();
  use->add_option("--project", w.project, "project / 项目")->required();
  use->callback([&] {
    chosen = [&] {
      const Instrument i = instrument_arg("--instrument", w.instrument);
      return submit(c,
                    command::WriteOff{
                        .instrument = i, .quantity = quantity_arg("--quantity", w.quantity, i), .project = w.project});
    };
  });
}

void add_bureau(CLI::App& app, Context& c, Words& w, Chosen& chosen) {
  auto* price = group(app, "price", "the cross-city price / 跨市调剂价");
  auto* set = price->add_subcommand("set", "publish a row / 公布");
  set->add_option("--instrument", w.instrument, "area, paddy, capacity / 品种")->required();
  set->add_option("--rate", w.price, "万元/亩 (capacity: yuan/kg) / 价格")->required();
  set->add_option("--from", w.from, "first day, YYYY-MM-DD / 起")->required();
  set->add_option("--until", w.until, "last day / 止")->required();
  set->add_option("--document", w.document, "文号")->required();
  set->add_option("--approver", w.approver, "approving office / 批准机关")->required();
  set->callback([&] {
    chosen = [&] {
      const Instrument i = instrument_arg("--instrument", w.instrument);
      return submit(c, command::PublishPrice{.instrument = i,
                                             .rate = rate_arg("--rate", w.price, i),
                                             .from = day_arg("--from", w.from),
                                             .until = day_arg("--until", w.until),
                                             .document = w.document,
                                             .approver = w.approver});
    };
  });
  price->add_subcommand("ls", "rows published / 已公布")->callback([&] {
    chosen = [&] {
      return ask_view<view::PriceRows>(c, query::GetPrices{}, [](const auto& v) { return table_of(v); });
    };
  });

  auto* fund = group(app, "fund", "money in and out / 资金");
  const auto money = [&](const char* name, const char* what, auto make) {
    auto* sub = fund->add_subcommand(name, what);
    sub->add_option("--unit", w.unit, "whose money / 单位")->required();
    sub->add_option("--amount", w.amount, "万元 / 金额（万元）")->required();
    sub->add_option("--document", w.document, "voucher / 凭证")->required();
    sub->callback([&, make] {
      chosen = [&, make] {
        return submit(c, make(district_arg("--unit", w.unit, c.names), wan_arg("--amount", w.amount), w.document));
      };
    });
  };
  money("deposit", "money that has arrived / 入金", [](District d, Fen f, const std::string& doc) {
    return command::Deposit{.participant = d, .amount = f, .document = doc};
  });
  money("withdraw", "money that leaves / 出金", [](District d, Fen f, const std::string& doc) {
    return command::Withdraw{.participant = d, .amount = f, .document = doc};
  });

  auto* day = group(app, "day", "the business day / 营业日");
  const auto dated = [&](const char* name, const char* what, auto make) {
    auto* sub = day->add_subcommand(name, what);
    sub->add_option("day", w.day, "YYYY-MM-DD")->required();
    sub->callback([&, make] { chosen = [&, make] { return submit(c, make(day_arg("day", w.day))); }; });
  };
  dated("open", "sets the date, which chooses the rules / 开市", [](Day d) { return command::OpenDay{.day = d}; });
  dated("close", "orders and proposals lapse / 闭市", [](Day d) { return command::CloseDay{.day = d}; });

  auto* account =
      group(app, "account", "accounts / 账户")->add_subcommand("open", "for a unit of the policy files / 开户");
  account->add_option("--unit", w.unit, "the unit / 单位")->required();
  account->callback([&] {
    chosen = [&] { return submit(c, command::OpenAccount{.participant = district_arg("--unit", w.unit, c.names)}); };
  });
}

void add_rules(CLI::App& app, Context& c, Words& w, Chosen& chosen) {
  auto* rules = group(app, "rules", "the clauses, without a server / 规则（无需服务器）");
  const auto with_book = [&](auto&& use) -> int {
    const auto book = host::load_policy(c.policy_dir);
    if (!book) {
      fmt::print(stderr, "{}:{}: {}\n{}\n", book.error().file, book.error().line, book.error().en, book.error().zh);
      return kFailed;
    }
    return use(*book);
  };
  rules->add_subcommand("ls", "every clause and its state / 全部条款")->callback([&, with_book] {
    chosen = [&, with_book] {
      return with_book([&](const auto& book) {
        fmt::print("{}", c.json ? rules_json(book) : rules_table(book));
        return kOk;
      });
    };
  });
  auto* explain = rules->add_subcommand("explain", "one clause, in its own words / 解释一条");
  explain->add_option("rule", w.rule, "H66-7.6, LX-hold …")->required();
  explain->callback([&, with_book] {
    chosen = [&, with_book] {
      return with_book([&](const auto& book) {
        const std::string text = c.json ? rules_json(book, w.rule) : explained(book, w.rule);
        if (text.empty()) {
          fmt::print(stderr, "没有规则 no rule '{}'：rules ls\n", w.rule);
          return int{kNotFound};
        }
        fmt::print("{}", text);
        return int{kOk};
      });
    };
  });
}

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
  Words w;
  Chosen chosen;

  CLI::App app{"landex: Hangzhou's land indicators / 杭州市土地指标交易", "landex"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "landex 0.1");
  app.fallthrough();  // global options may stand anywhere
  app.add_option("--host", c.host, "server / 服务器")->envname("LANDEX_HOST")->capture_default_str();
  app.add_option("--port", c.port, "port / 端口")->envname("LANDEX_PORT")->capture_default_str();
  app.add_option("--as", c.as, "for whom: 建德, Jiande, 330182, bureau, analyst, auditor (default bureau) / 代表谁")
      ->envname("LANDEX_AS");
  app.add_option("--token-file", c.token_file, "the token, from a file or - for standard input / 令牌文件");
  app.add_option("--people", c.people_file, "where --as finds its token / 人员文件");
  app.add_option("--policy", c.policy_dir, "directory of the policy files / 政策文件目录");
  app.add_flag("--json", c.json, "answers as JSON / 以 JSON 输出");
  add_reading(app, c, w, chosen);
  add_trading(app, c, w, chosen);
  add_registry(app, c, w, chosen);
  add_bureau(app, c, w, chosen);
  add_rules(app, c, w, chosen);
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
  load_names(c);
  try {
    return chosen();
  } catch (const UsageError& e) {
    fmt::print(stderr, "{}\n", e.what());
    return kUsage;
  }
}

}  // namespace
}  // namespace landex::cli

int main(int argc, char** argv) { return landex::cli::run(argc, argv); }
