// The auctions that stand, as two tables. A column stands only where some row has something in it.
#include <fmt/format.h>

#include <algorithm>

#include "clients/terminal/print_views.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {
namespace {

std::string sealed_table(const engine::view::Auctions& v, const Names& n) {
  Table t;
  t.column("拍卖 auction", Align::right);
  t.column("转让 seller");
  t.column("标的 lot");
  t.column("最少 least bid", Align::right);
  t.column("底价 reserve", Align::right);
  t.column("开始 opens");
  t.column("截止 closes");
  t.column("状态 stage");
  t.column("你的报价 your bids");
  for (const auto& r : v.sealed) {
    std::string own;
    for (const auto& b : r.bids)
      own += fmt::format("{}{}: {} @ {}", own.empty() ? "" : "；", b.bid.value, amount_of(r.instrument, b.quantity),
                         price_of(r.instrument, b.price));
    t.row({std::to_string(r.auction.value), n.zh(r.seller),
           instrument_zh(r.instrument) + " " + amount_of(r.instrument, r.offered),
           wire::quantity(r.instrument, r.least_bid), r.reserve ? price_of(r.instrument, *r.reserve) : "–",
           moment_of(r.opens), moment_of(r.closes),
           stage_zh(r.stage) + (r.price ? " " + price_of(r.instrument, *r.price) : ""), own.empty() ? "–" : own});
  }
  return t.text();
}

std::string listing_table(const engine::view::Auctions& v, const Names& n) {
  const bool yours = std::ranges::any_of(v.listings, [](const auto& r) { return r.you || r.least; });
  Table t;
  t.column("挂牌 listing", Align::right);
  t.column("转让 seller");
  t.column("标的 lot");
  t.column("起始价 start", Align::right);
  t.column("加价 step", Align::right);
  t.column("最高价 highest", Align::right);
  t.column("竞买号 bidder", Align::right);
  t.column("状态 stage");
  t.column("至 until");
  if (yours) t.column("你须报 you bid at least", Align::right);
  for (const auto& r : v.listings) {
    const Instrument i = r.legs.empty() ? Instrument{} : r.legs.front().instrument;
    std::vector<std::string> row{std::to_string(r.auction.value),
                                 n.zh(r.seller),
                                 lot_of(r.legs) + (r.reserve ? "（有底价 reserve）" : "") +
                                     (r.priority ? "（优先权 priority " + n.zh(*r.priority) + "）" : ""),
                                 price_of(i, r.start),
                                 price_of(i, r.step),
                                 r.highest ? price_of(i, *r.highest) : "–",
                                 r.bidder ? std::to_string(*r.bidder) : "–",
                                 stage_zh(r.stage),
                                 r.due ? moment_of(*r.due) : "–"};
    if (yours)
      row.push_back((r.least ? price_of(i, *r.least) : "–") +
                    (r.you ? fmt::format("（{} 号 bidder {}）", *r.you, *r.you) : ""));
    t.row(std::move(row));
  }
  return t.text();
}

}  // namespace

std::string table_of(const engine::view::Auctions& v, const Names& n) {
  if (v.sealed.empty() && v.listings.empty()) return "没有拍卖或挂牌 no auctions\n";
  std::string out;
  if (!v.sealed.empty()) out += "密封统一价拍卖 sealed auctions with one price\n" + sealed_table(v, n);
  if (!v.listings.empty()) out += "挂牌 ascending listings\n" + listing_table(v, n);
  return out;
}

}  // namespace landex::terminal
