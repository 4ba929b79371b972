#include "clients/cli/watch.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "clients/terminal/print_views.hpp"
#include "clients/terminal/teller.hpp"
#include "exchange/wire/json.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::cli {
namespace {

void print(const wire::ServerMessage& m, Teller& teller) {
  if (const auto* snapshot = std::get_if<wire::MarketSnapshot>(&m.body)) {
    fmt::print("— 快照 snapshot, number {} —\n", snapshot->seq.value);
    for (const auto& book : snapshot->books)
      if (!book.levels.empty()) fmt::print("{}", table_of(book));
  } else if (const auto* increment = std::get_if<wire::MarketIncrement>(&m.body)) {
    for (const auto& box : increment->notices)
      if (const std::string line = teller.line_of(box.event); !line.empty())
        fmt::print("{}  {}\n", increment->seq.value, line);
    for (const auto& t : increment->trades)
      fmt::print("{}  成交 trade {} {} {} @ {}\n", increment->seq.value, instrument_zh(t.instrument),
                 wire::quantity(t.instrument, t.quantity), wire::unit_zh(t.instrument),
                 wire::rate(t.instrument, rate_of(t.instrument, t.price)));
    for (const auto& l : increment->levels)
      fmt::print("{}  盘口 level {} {} {}：{} {} ({})\n", increment->seq.value, instrument_zh(l.instrument),
                 side_zh(l.side), wire::price(l.price), wire::quantity(l.instrument, l.quantity),
                 wire::unit_zh(l.instrument), l.orders);
  } else if (const auto* happened = std::get_if<wire::Happened>(&m.body)) {
    for (const auto& box : happened->events)
      if (const std::string line = teller.line_of(box.event); !line.empty())
        fmt::print("{}  • {}\n", happened->seq.value, line);
  }
}

}  // namespace

int watch(const Context& c) {
  auto client = log_on(c);
  if (!client) return client.error();
  Teller teller{c.names};
  auto resting = (*client)->ask(engine::query::GetOrders{});
  if (!resting) return report(resting.error());
  for (const auto& o : std::get<engine::view::Orders>(resting->view).rows) teller.learn(o.order, o.instrument);
  if (auto subscribed = (*client)->subscribe(); !subscribed) return report(subscribed.error());
  wire::Json json;
  while (true) {
    auto m = (*client)->next(std::chrono::milliseconds{1'000});
    if (!m) return report(m.error());
    if (!*m) continue;
    if (c.json)
      fmt::print("{}\n", json.encode(**m));
    else
      print(**m, teller);
    std::fflush(stdout);
  }
}

}  // namespace landex::cli
