// status, holding, pool, book, trades, watch: what one may look at. Paying what the pool owes is beside the pool.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"
#include "clients/cli/watch.hpp"
#include "clients/terminal/print_views.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;

struct Words {
  std::string unit, instrument, at_most;
  uint32_t levels = 0;
};

}  // namespace

void add_reading(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  app.add_subcommand("status", "rule set, day, sums / 规则、营业日、核对")->callback([&] {
    chosen = [&] { return ask_view<view::Status>(c, query::GetStatus{}, [](const auto& v) { return table_of(v); }); };
  });

  auto* holdings = group(app, "holding", "what is held / 持有");
  auto* holding = holdings->add_subcommand("ls", "indicators, money, claims / 指标、资金、应收");
  holding->add_option("--unit", w->unit, "one unit only / 只看一个单位");
  holding->callback([&, w] {
    chosen = [&] {
      return ask_view<view::Holdings>(c, query::GetHoldings{.participant = maybe_unit(c, w->unit)},
                                      [&](const auto& v) { return table_of(v, c.names); });
    };
  });

  auto* available = holdings->add_subcommand("available", "what may be offered, and every term of it / 可用及其构成");
  available->add_option("--unit", w->unit, "whose, if not yours / 单位");
  available->add_option("--instrument", w->instrument, "area, paddy, capacity, linkage / 品种")->required();
  available->callback([&, w] {
    chosen = [&, w] {
      return ask_view<view::Availability>(
          c,
          query::GetAvailable{.participant = district_arg(w->unit.empty() && !c.as.empty() ? "--as" : "--unit",
                                                          w->unit.empty() ? c.as : w->unit, c.names),
                              .instrument = instrument_arg("--instrument", w->instrument)},
          [&](const auto& v) { return table_of(v, c.names); });
    };
  });

  auto* pool = group(app, "pool", "the city's pool / 市级统筹");
  pool->add_subcommand("status", "20 % and 30 % / 统筹情况")->callback([&, w] {
    chosen = [&] {
      return ask_view<view::Pool>(c, query::GetPool{}, [&](const auto& v) { return table_of(v, c.names); });
    };
  });
  auto* settle = pool->add_subcommand("settle", "pay a county what the pool owes it / 支付统筹款");
  settle->add_option("--unit", w->unit, "the county / 区县")->required();
  settle->add_option("--at-most", w->at_most,
                     "万元: no more than this; needed with --propose / 至多支付（万元），报批时必填");
  settle->callback([&, w] {
    chosen = [&] {
      command::SettleClaims pay{.county = district_arg("--unit", w->unit, c.names)};
      if (!w->at_most.empty()) pay.at_most = wan_arg("--at-most", w->at_most);
      return submit(c, pay);
    };
  });

  auto* book = app.add_subcommand("book", "the public books, or all of one of them / 盘口，或一个品种的全貌");
  book->add_option("instrument", w->instrument, "area, paddy, capacity, linkage / 品种");
  book->add_option("--levels", w->levels, "so many price levels on each side; all by default / 每边显示的档数")
      ->needs("instrument");
  book->callback([&, w] {
    chosen = [&, w]() -> int {
      if (!w->instrument.empty())
        return ask_view<view::Depth>(
            c, query::GetDepth{.instrument = instrument_arg("instrument", w->instrument), .levels = w->levels},
            [](const auto& v) { return table_of(v); });
      const auto m = market(c);
      if (!m) return m.error();
      if (c.json)
        print_json(wire::ServerMessage{*m});
      else
        for (const auto& b : m->books) fmt::print("{}\n", table_of(b));
      return kOk;
    };
  });
  app.add_subcommand("trades", "the latest trades / 最近成交")->callback([&, w] {
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
  app.add_subcommand("watch", "the market as it happens, until Ctrl-C / 实时行情")->callback([&, w] {
    chosen = [&] { return watch(c); };
  });
}

}  // namespace landex::cli
