// order …: orders in the book, with every condition that one may have. Which conditions go together is the engine's
// rule, not this program's: it sends what was said and prints the answer.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"
#include "clients/terminal/print_views.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;
using engine::Lifetime;
using engine::OrderConditions;

struct Words {
  std::string area, paddy, capacity, linkage, price;                                    // what
  std::string until_day, until, minimum, iceberg, stop, cap, self_trade;                // conditions
  bool gtc = false, ioc = false, fok = false, post_only = false, all_or_none = false;   // conditions
  std::string left_before, left;                                                        // replace
  std::string participant, side_word;                                                   // cancel-all
  bool all_area = false, all_paddy = false, all_capacity = false, all_linkage = false;  // cancel-all
  std::string unit;                                                                     // ls
  uint64_t number = 0;
  bool buy = false, sell = false;
};

/// Nothing if no condition was asked for.
std::optional<OrderConditions> conditions_of(const Words& w, Instrument i) {
  OrderConditions c{};
  c.lifetime = Lifetime::day;
  c.self_trade = SelfTrade::refuse;
  if (w.gtc) c.lifetime = Lifetime::until_cancelled;
  if (w.ioc) c.lifetime = Lifetime::immediate;
  if (w.fok) c.lifetime = Lifetime::fill_or_kill;
  if (!w.until_day.empty()) {
    c.lifetime = Lifetime::until_day;
    c.last_day = day_arg("--until-day", w.until_day);
  }
  if (!w.until.empty()) {
    c.lifetime = Lifetime::until_instant;
    c.until = instant_arg("--until", w.until, now());
  }
  c.post_only = w.post_only;
  c.all_or_none = w.all_or_none;
  if (!w.minimum.empty()) c.minimum = quantity_arg("--minimum", w.minimum, i);
  if (!w.iceberg.empty()) c.peak = quantity_arg("--iceberg", w.iceberg, i);
  if (!w.stop.empty()) c.trigger = rate_arg("--stop", w.stop, i);
  if (!w.cap.empty()) c.cap = wan_arg("--cap", w.cap);
  if (!w.self_trade.empty()) c.self_trade = self_trade_arg("--self-trade", w.self_trade);
  const OrderConditions plain{.lifetime = Lifetime::day,
                              .last_day = {},
                              .until = {},
                              .post_only = false,
                              .all_or_none = false,
                              .minimum = {},
                              .peak = {},
                              .trigger = {},
                              .cap = {},
                              .self_trade = SelfTrade::refuse};
  return c == plain ? std::nullopt : std::optional{c};
}

engine::Command order_of(const Words& w, const char* option, const std::string& text, Instrument i) {
  const Side side = w.buy ? Side::buy : Side::sell;
  const Quantity quantity = quantity_arg(option, text, i);
  const auto conditions = conditions_of(w, i);
  if (w.price.empty())
    return command::PlaceAtBest{.instrument = i, .side = side, .quantity = quantity, .conditions = conditions};
  return command::PlaceOrder{.instrument = i,
                             .side = side,
                             .quantity = quantity,
                             .price = rate_arg("--price", w.price, i),
                             .conditions = conditions};
}

void add_place(CLI::App& order, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* place = order.add_subcommand("place", "an order; without --price at best / 委托；不写 --price 即最优价");
  auto* side = place->add_option_group("side");
  side->add_flag("--buy", w->buy, "buy / 买");
  side->add_flag("--sell", w->sell, "sell / 卖");
  side->require_option(1);
  auto* amount = place->add_option_group("amount");
  amount->add_option("--area", w->area, "supplementary farmland, mu / 补充耕地数量（亩）");
  amount->add_option("--paddy", w->paddy, "its paddy, mu / 水田（亩）");
  amount->add_option("--capacity", w->capacity, "its grain capacity, kg / 产能（公斤）");
  amount->add_option("--linkage", w->linkage, "linkage surplus, mu / 增减挂钩节余（亩）");
  amount->require_option(1);
  place->add_option("--price", w->price,
                    "the limit, 万元/亩 (capacity: yuan/kg); without it at best: whatever the other side offers "
                    "/ 限价；不写即最优价，按对手方报价成交");
  place->add_option("--cap", w->cap, "at best: spend no more, 万元 / 最优价买单的金额上限（万元）");
  auto* lifetime = place->add_option_group("lifetime", "for the day unless one of these / 默认当日有效，或选其一");
  lifetime->add_flag("--gtc", w->gtc, "until cancelled / 撤销前有效");
  lifetime->add_option("--until-day", w->until_day, "through that business day, YYYY-MM-DD / 有效至该营业日");
  lifetime->add_option("--until", w->until,
                       "until that time in Beijing, HH:MM[:SS] or YYYY-MM-DDTHH:MM[:SS] / 有效至该时刻（北京时间）");
  lifetime->add_flag("--ioc", w->ioc, "what does not trade at once ends / 即时成交，剩余撤销");
  lifetime->add_flag("--fok", w->fok, "all at once or nothing / 全部即时成交，否则撤销");
  lifetime->require_option(0, 1);
  place->add_flag("--post-only", w->post_only, "ends rather than meet a resting order / 只挂单");
  place->add_flag("--all-or-none", w->all_or_none, "an indivisible lot / 整笔成交");
  place->add_option("--minimum", w->minimum, "at least this must trade at once, mu or kg / 即时成交的最低数量");
  place->add_option("--iceberg", w->iceberg, "show no more than this at a time, mu or kg / 冰山单每次显示的数量");
  place->add_option("--stop", w->stop, "wait for a trade at this price or beyond / 止损触发价");
  place->add_option(
      "--self-trade", w->self_trade,
      "where it would meet an order of yours: refuse (default), cancel-newest, cancel-oldest, cancel-both, "
      "decrement, allow / 遇本方委托时的处理");
  place->callback([&, w] {
    chosen = [&, w] {
      const auto send = [&](const char* option, const std::string& text, Instrument i) {
        return submit(c, order_of(*w, option, text, i));
      };
      if (!w->area.empty()) return send("--area", w->area, Instrument::supplementary_area);
      if (!w->paddy.empty()) return send("--paddy", w->paddy, Instrument::supplementary_paddy);
      if (!w->capacity.empty()) return send("--capacity", w->capacity, Instrument::supplementary_capacity);
      return send("--linkage", w->linkage, Instrument::linkage);
    };
  });
}

/// What is not said stays as it is. The order is looked up for that, and for the unit of its amounts.
int replace(const Context& c, const Words& w) {
  if (w.left.empty() && w.price.empty())
    throw UsageError{
        "--left, --price: say what is to change, at least one of them\n--left、--price：请至少写明一项要改的内容"};
  const auto answer = fetch(c, query::GetOrders{});
  if (!answer) return answer.error();
  const auto& rows = std::get<view::Orders>(answer->view).rows;
  const auto order = std::ranges::find(rows, OrderId{w.number}, &view::OpenOrder::order);
  if (order == rows.end()) {
    fmt::print(stderr, "没有在途的第 {} 号委托：order ls\nno order {} rests: see order ls\n", w.number, w.number);
    return kNotFound;
  }
  const Instrument i = order->instrument;
  const Quantity before = w.left_before.empty() ? order->remaining : quantity_arg("--left-before", w.left_before, i);
  return submit(
      c,
      command::ReplaceOrder{.order = order->order,
                            .left_before = before,
                            .left = w.left.empty() ? before : quantity_arg("--left", w.left, i),
                            .price = w.price.empty() ? rate_of(i, order->price) : rate_arg("--price", w.price, i)},
      KnownOrder{.order = order->order, .instrument = i});
}

void add_replace(CLI::App& order, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* sub = order.add_subcommand("replace", "change what is left or the price / 改单");
  sub->add_option("order", w->number, "its number / 委托号")->required();
  sub->add_option("--left-before", w->left_before,
                  "what you believe is left: if some of that has traded meanwhile, nothing changes; looked up if not "
                  "said / 您认为的余量，若其间已有成交则不改；不写则先查询");
  sub->add_option("--left", w->left, "what is to be left, mu or kg / 改后余量");
  sub->add_option("--price", w->price, "the new limit / 新限价");
  sub->callback([&, w] { chosen = [&, w] { return replace(c, *w); }; });
}

void add_cancel_all(CLI::App& order, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* sub = order.add_subcommand("cancel-all", "take all resting orders of a unit out / 全部撤单");
  sub->add_option("--participant", w->participant, "whose, if not yours / 单位，默认为本单位");
  auto* of = sub->add_option_group("instrument", "of all unless one of these / 默认全部品种，或选其一");
  of->add_flag("--area", w->all_area, "supplementary farmland / 补充耕地数量");
  of->add_flag("--paddy", w->all_paddy, "its paddy / 水田");
  of->add_flag("--capacity", w->all_capacity, "its grain capacity / 产能");
  of->add_flag("--linkage", w->all_linkage, "linkage surplus / 增减挂钩节余");
  of->require_option(0, 1);
  sub->add_option("--side", w->side_word, "buy or sell; both by default / 方向，默认两边");
  sub->callback([&, w] {
    chosen = [&, w] {
      command::CancelOrders all{.participant = {}, .instrument = {}, .side = {}};
      all.participant = w->participant.empty() ? district_arg("--as", c.as, c.names)
                                               : district_arg("--participant", w->participant, c.names);
      if (w->all_area) all.instrument = Instrument::supplementary_area;
      if (w->all_paddy) all.instrument = Instrument::supplementary_paddy;
      if (w->all_capacity) all.instrument = Instrument::supplementary_capacity;
      if (w->all_linkage) all.instrument = Instrument::linkage;
      if (!w->side_word.empty()) all.side = side_arg("--side", w->side_word);
      return submit(c, all);
    };
  });
}

}  // namespace

void add_orders(CLI::App& app, Context& c, Chosen& chosen) {
  auto* order = group(app, "order", "orders in the book / 委托");
  add_place(*order, c, chosen);
  add_replace(*order, c, chosen);
  const auto w = std::make_shared<Words>();
  auto* cancel = order->add_subcommand("cancel", "take a resting order out / 撤单");
  cancel->add_option("order", w->number, "its number / 委托号")->required();
  cancel->callback([&, w] { chosen = [&, w] { return submit(c, command::CancelOrder{.order = {w->number}}); }; });
  add_cancel_all(*order, c, chosen);
  auto* orders = order->add_subcommand("ls", "resting orders / 在途委托");
  orders->add_option("--unit", w->unit, "one unit only / 只看一个单位");
  orders->callback([&, w] {
    chosen = [&, w] {
      return ask_view<view::Orders>(c, query::GetOrders{.participant = maybe_unit(c, w->unit)},
                                    [&](const auto& v) { return table_of(v, c.names); });
    };
  });
}

}  // namespace landex::cli
