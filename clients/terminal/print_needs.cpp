// Own needs, certificates of gaps, and balances: what each tier could give now, and at what price where one is known.
#include <fmt/format.h>

#include "clients/terminal/print_views.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {

namespace view = engine::view;

std::string tier_zh(clearing::Tier t) {
  switch (t) {
    case clearing::Tier::own:
      return "县级平衡 own stock";
    case clearing::Tier::pool:
      return "市级统筹 pool";
    case clearing::Tier::purchase:
      return "市内调剂 purchase";
    case clearing::Tier::outside:
      return "跨市调剂 outside";
  }
  return "?";
}

std::string parts_of(const Components& c) {
  std::string out = wire::mu(c.area) + " 亩 mu";
  if (c.paddy != Area{}) out += "，水田 paddy " + wire::mu(c.paddy);
  if (c.capacity != Capacity{}) out += fmt::format("，产能 capacity {} kg", c.capacity.raw());
  return out;
}

std::string table_of(const view::Needs& v, const Names& n) {
  Table t;
  t.column("区县 unit");
  t.column("指标 indicator");
  t.column("自用保障 own need [H66-7.7]", Align::right);
  t.column("文号 document");
  for (const auto& r : v.own)
    t.row({n.place(r.county), instrument_zh(r.instrument), amount_of(r.instrument, r.quantity), r.document});
  return t.empty() ? "没有登记自用保障 no own need is registered\n" : t.text();
}

std::string gaps_of(const view::Needs& v, const Names& n) {
  Table t;
  t.column("证明 certificate", Align::right);
  t.column("区县 unit");
  t.column("指标 indicator");
  t.column("缺口 gap [H66-7.6]", Align::right);
  t.column("自 from");
  t.column("至 until");
  t.column("状态 state");
  t.column("文号 document");
  for (const auto& g : v.gaps)
    t.row({std::to_string(g.id.value), n.place(g.participant), instrument_zh(g.instrument),
           amount_of(g.instrument, g.quantity), wire::text_of(g.from), wire::text_of(g.until),
           g.revoked ? "已撤销 revoked" : "有效 stands", g.document});
  return t.empty() ? "没有缺口证明 no gap is certified\n" : t.text();
}

std::string table_of(const view::Balances& v, const Names& n) {
  if (v.rows.empty()) return "没有占补平衡 no balances\n";
  std::string out;
  for (const auto& r : v.rows) {
    const auto& b = r.balance;
    out += plain(fmt::format("占补平衡 balance {}  {}  {}  {}", b.id.value, n.place(b.county), b.project,
                             b.open ? "办理中 open" : "已办结 closed"));
    out += fmt::format("\n需要 need {}；已用 filled {}；余 left {}；至 until {} [H66-7.1]\n", parts_of(b.need),
                       parts_of(b.filled), parts_of(r.left), wire::text_of(b.deadline));
    for (const auto& f : b.fills)
      out += plain(fmt::format("  第 {} 号 number {}：{} {}{}", f.number.value, f.number.value, tier_zh(f.tier),
                               parts_of(f.amount), f.reason.empty() ? "" : "，理由 reason: " + f.reason)) +
             "\n";
    if (!b.open) continue;
    Table t;
    t.column("来源 source");
    t.column("面积 area, mu", Align::right);
    t.column("水田 paddy, mu", Align::right);
    t.column("产能 capacity, kg", Align::right);
    t.column("价格 price", Align::right);
    for (const auto& tier : r.tiers) {
      if (!tier.open) {
        t.row({tier_zh(tier.tier), "用途不符 not for this purpose", "–", "–", "–"});
        continue;
      }
      t.row({tier_zh(tier.tier), wire::mu(tier.could.area), wire::mu(tier.could.paddy),
             std::to_string(tier.could.capacity.raw()),
             tier.area_price ? wire::rate(Instrument::supplementary_area, *tier.area_price) : "–"});
    }
    out += t.text();
  }
  return out;
}

}  // namespace landex::terminal
