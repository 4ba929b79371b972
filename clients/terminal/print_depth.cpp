// One instrument's book with all that the public may know of it: what the phase and the band are, what each class of
// participant could deal at, and the day so far.
#include <fmt/format.h>

#include "clients/terminal/print_views.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {
namespace {

std::string price_or_none(std::optional<Price> p) { return p ? wire::price(*p) : "–"; }

std::string levels_of(const engine::view::Depth& v) {
  Table t;
  t.column("方向 side");
  t.column("价格 price", Align::right);
  t.column("数量 quantity", Align::right);
  t.column("笔数 orders", Align::right);
  const auto row = [&](Side side, const engine::view::DepthLevel& l) {
    t.row({side_zh(side), wire::price(l.price), wire::quantity(v.instrument, l.quantity), std::to_string(l.orders)});
  };
  for (auto l = v.asks.rbegin(); l != v.asks.rend(); ++l) row(Side::sell, *l);  // best ask just above best bid
  for (const auto& l : v.bids) row(Side::buy, l);
  return t.empty() ? "  空 empty\n" : t.text();
}

std::string best_of(const engine::view::Depth& v) {
  Table t;
  t.column("可成交最优价 best dealable");
  t.column("可买 ask", Align::right);
  t.column("可卖 bid", Align::right);
  for (const auto& b : v.best)
    if (b.bid || b.ask) t.row({class_zh(b.kind), price_or_none(b.ask), price_or_none(b.bid)});
  return t.empty() ? "" : t.text();
}

}  // namespace

std::string table_of(const engine::view::Depth& v) {
  const bool kg = counted_in_kg(v.instrument);
  std::string out = fmt::format("{}（{}）：{}\n", instrument_zh(v.instrument),
                                kg ? "元/公斤 yuan/kg, 公斤 kg" : "万元/亩 wan yuan/mu, 亩 mu", phase_zh(v.phase));
  if (v.previous_close) out += fmt::format("昨收 previous close {}\n", wire::price(*v.previous_close));
  if (v.band_low && v.band_high)
    out += fmt::format("涨跌幅 band {} – {}\n", wire::price(*v.band_low), wire::price(*v.band_high));
  if (v.indicative)
    out += fmt::format("指示价 indicative {}，数量 volume {}\n", wire::price(*v.indicative),
                       amount_of(v.instrument, v.indicative_volume));
  out += levels_of(v);
  if (v.crossed_by_rule)
    out += "买卖价交叉：按规则不得互相成交 crossed by rule: between pairs that may not trade [H66-7.6]\n";
  out += best_of(v);
  out += fmt::format("买卖差 bids less asks {}，合计 in all {}\n", amount_of(v.instrument, v.excess),
                     amount_of(v.instrument, v.total));
  if (v.trades != 0)
    out += fmt::format("今日 today：最新 last {}，最低 low {}，最高 high {}，{} 笔 trades{}\n", price_or_none(v.last),
                       price_or_none(v.low), price_or_none(v.high), v.trades,
                       v.volume ? "，成交 volume " + amount_of(v.instrument, *v.volume) : "");
  return out + fmt::format("校验和 checksum {:016x}\n", v.checksum);
}

}  // namespace landex::terminal
