// price …, fund …, account …: published prices, money in and out, and whose accounts they are in.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"
#include "clients/terminal/print_views.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;

struct Words {
  std::string unit, instrument, price, from, until, document, approver, amount;
  uint64_t number = 0;
};

}  // namespace

void add_money(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* price = group(app, "price", "the cross-city price / 跨市调剂价");
  auto* set = price->add_subcommand("set", "publish a row / 公布");
  set->add_option("--instrument", w->instrument, "area, paddy, capacity / 品种")->required();
  set->add_option("--rate", w->price, "万元/亩 (capacity: yuan/kg) / 价格")->required();
  set->add_option("--from", w->from, "first day, YYYY-MM-DD / 起")->required();
  set->add_option("--until", w->until, "last day / 止")->required();
  set->add_option("--document", w->document, "文号")->required();
  set->add_option("--approver", w->approver, "approving office / 批准机关")->required();
  set->callback([&, w] {
    chosen = [&] {
      const Instrument i = instrument_arg("--instrument", w->instrument);
      return submit(c, command::PublishPrice{.instrument = i,
                                             .rate = rate_arg("--rate", w->price, i),
                                             .from = day_arg("--from", w->from),
                                             .until = day_arg("--until", w->until),
                                             .document = w->document,
                                             .approver = w->approver});
    };
  });
  auto* revoke = price->add_subcommand("revoke", "a row that was wrong / 撤销");
  revoke->add_option("row", w->number, "its number / 公布号")->required();
  revoke->add_option("--document", w->document, "文号")->required();
  revoke->callback([&, w] {
    chosen = [&] { return submit(c, command::RevokePrice{.row = {w->number}, .document = w->document}); };
  });
  price->add_subcommand("ls", "rows published / 已公布")->callback([&, w] {
    chosen = [&] {
      return ask_view<view::PriceRows>(c, query::GetPrices{}, [](const auto& v) { return table_of(v); });
    };
  });

  auto* fund = group(app, "fund", "money in and out / 资金");
  const auto money = [&, w](const char* name, const char* what, auto make) {
    auto* sub = fund->add_subcommand(name, what);
    sub->add_option("--unit", w->unit, "whose money / 单位")->required();
    sub->add_option("--amount", w->amount, "万元 / 金额（万元）")->required();
    sub->add_option("--document", w->document, "voucher / 凭证")->required();
    sub->callback([&, w, make] {
      chosen = [&, make] {
        return submit(c, make(district_arg("--unit", w->unit, c.names), wan_arg("--amount", w->amount), w->document));
      };
    });
  };
  money("deposit", "money that has arrived / 入金", [](District d, Fen f, const std::string& doc) {
    return command::Deposit{.participant = d, .amount = f, .document = doc};
  });
  money("withdraw", "money that leaves / 出金", [](District d, Fen f, const std::string& doc) {
    return command::Withdraw{.participant = d, .amount = f, .document = doc};
  });

  auto* account =
      group(app, "account", "accounts / 账户")->add_subcommand("open", "for a unit of the policy files / 开户");
  account->add_option("--unit", w->unit, "the unit / 单位")->required();
  account->callback([&, w] {
    chosen = [&] { return submit(c, command::OpenAccount{.participant = district_arg("--unit", w->unit, c.names)}); };
  });
}

}  // namespace landex::cli
