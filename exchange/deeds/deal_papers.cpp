#include "exchange/deeds/deal_papers.hpp"

#include "exchange/deeds/tables.hpp"
#include "exchange/deeds/value_text.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::deeds {
namespace {

Fen amount_of(const LegFacts& leg) { return leg.price ? consideration(leg.quantity, *leg.price) : Fen{}; }
Fen amount_of(const TitleLegFacts& t) { return consideration(Quantity::of(t.area), t.price); }

Table legs_of(const DealFacts& f) {
  Table t{.name = "legs",
          .title = {"成交标的", "What is sold"},
          .columns = {{.head = {"标的", "item"}, .kind = Kind::words, .name = "item"},
                      {.head = {"编号", "number"}, .kind = Kind::text, .name = "title"},
                      {.head = {"面积", "area"}, .kind = Kind::area, .name = "area"},
                      {.head = {"产能", "capacity"}, .kind = Kind::capacity, .name = "capacity"},
                      {.head = {"单价", "price"}, .kind = Kind::price_per_mu, .name = "price"},
                      {.head = {"单价", "price"}, .kind = Kind::price_per_kg, .name = "price"},
                      {.head = {"金额", "amount"}, .kind = Kind::money, .name = "amount", .sum = true}},
          .rows = {},
          .total = {"合计", "total"}};
  for (const LegFacts& leg : f.legs) {
    const bool kg = counted_in_kg(leg.instrument);
    const Value quantity = Value::of(leg.instrument, leg.quantity);
    const Value price =
        leg.price ? Value::of(leg.instrument, *leg.price) : Value::blank(kg ? Kind::price_per_kg : Kind::price_per_mu);
    t.rows.push_back({Value::of(name_words(leg.instrument)), Value::text(""), kg ? Value::blank(Kind::area) : quantity,
                      kg ? quantity : Value::blank(Kind::capacity), kg ? Value::blank(Kind::price_per_mu) : price,
                      kg ? price : Value::blank(Kind::price_per_kg),
                      leg.price ? Value::of(amount_of(leg)) : Value::blank(Kind::money)});
  }
  for (const TitleLegFacts& x : f.titles)
    t.rows.push_back({Value::of(x.product), Value::text(x.title), Value::of(x.area), Value::blank(Kind::capacity),
                      Value::of(Instrument::linkage, x.price), Value::blank(Kind::price_per_kg),
                      Value::of(amount_of(x))});
  return without_blank_columns(std::move(t));
}

}  // namespace

Made deal_confirmation(const DealFacts& f, const Issue& issue) {
  Fen sum;
  for (const LegFacts& leg : f.legs) sum += amount_of(leg);
  for (const TitleLegFacts& t : f.titles) sum += amount_of(t);
  if (sum != f.amount)
    return std::unexpected(
        Words{"各标的金额合计 " + wire::yuan(sum) + " 元，与成交总价 " + wire::yuan(f.amount) + " 元不符",
              "the parts come to " + wire::yuan(sum) + " yuan, not to the price of " + wire::yuan(f.amount) + " yuan"});
  Paper p =
      begin(PaperKind::deal_confirmation, {"成交确认书", "Deal confirmation"}, issue, {f.seller, f.buyer}, f.clauses);
  p.parties = {{.role = {"转让方（甲方）", "seller"}, .name = f.seller.name, .code = f.seller.code},
               {.role = {"受让方（乙方）", "buyer"}, .name = f.buyer.name, .code = f.buyer.code}};
  p.fields = {{.label = {"成交编号", "deal number"}, .value = Value::id(f.deal)},
              {.label = {"成交方式", "mode"}, .value = Value::of(f.mode)},
              {.label = {"成交日期", "agreed on"}, .value = Value::of(f.agreed)},
              {.label = {"成交总价", "price"}, .value = Value::of(f.amount), .capitals = true}};
  if (!f.document.empty())
    p.fields.push_back({.label = {"确认文号", "confirmed by"}, .value = Value::text(f.document)});
  if (!f.project.empty()) p.fields.push_back({.label = {"落地项目", "project"}, .value = Value::text(f.project)});
  if (f.notice_until)
    p.fields.push_back({.label = {"公示截止日", "on notice until"}, .value = Value::of(*f.notice_until)});
  if (f.pay_by) p.fields.push_back({.label = {"付款截止日", "to be paid by"}, .value = Value::of(*f.pay_by)});
  p.tables = {legs_of(f)};
  if (f.pay_by) {
    p.terms.push_back({"乙方应于 " + day_zh(*f.pay_by) + "（含当日）前付清成交总价；逾期未付的，按违约处理。",
                       "The buyer pays the price by " + text_of(Value::of(*f.pay_by)) +
                           ", that day included; not having paid by then, it is in default."});
    p.terms.push_back({"付清价款且公示期满后，指标由甲方划转乙方。",
                       "When it is paid and the notice is over, the land moves from the seller to the buyer."});
    our_default(p, {"公示、付款期限与违约处理（H66-21.4 未作规定）",
                    "days of notice and payment, and what default means (H66-21.4 leaves them open)"});
  }
  our_default(p, {"面积计至 0.0001 亩、单价计至 0.01 万元/亩，金额因而精确到分，无需舍入",
                  "areas in 0.0001 mu and prices in 0.01 wan yuan/mu, so that amounts are exact to the fen"});
  return p;
}

Made transfer_slip(const SlipFacts& f, const Issue& issue) {
  if (f.lines.empty() && f.titles.empty())
    return std::unexpected(Words{"没有可划转的指标", "there is no land to transfer"});
  Paper p = begin(PaperKind::transfer_slip, {"指标划转单", "Transfer slip"}, issue, {f.from, f.to}, f.clauses);
  p.parties = {{.role = {"划出方", "from"}, .name = f.from.name, .code = f.from.code},
               {.role = {"划入方", "to"}, .name = f.to.name, .code = f.to.code}};
  p.fields = {{.label = {"划转事由", "reason"}, .value = Value::of(f.reason)}};
  if (f.deal) p.fields.push_back({.label = {"成交编号", "deal number"}, .value = Value::id(*f.deal)});
  if (!f.document.empty()) p.fields.push_back({.label = {"依据文号", "document"}, .value = Value::text(f.document)});
  if (f.paid)
    p.fields.push_back(
        {.label = {"划入方已付价款", "paid by the receiver"}, .value = Value::of(*f.paid), .capitals = true});
  for (const Instrument i : kInstruments) {
    Table t{.name = "land_" + std::to_string(static_cast<int>(i)),
            .title = name_words(i),
            .columns = {{.head = {"批次（报备入库编号）", "batch (filing)"}, .kind = Kind::text, .name = "filing"},
                        {.head = {"条款", "clause"}, .kind = Kind::text, .name = "clause"},
                        {.head = {"数量", "quantity"},
                         .kind = counted_in_kg(i) ? Kind::capacity : Kind::area,
                         .name = "quantity",
                         .sum = true}},
            .rows = {},
            .total = {"合计", "total"}};
    for (const SlipLine& line : f.lines) {
      if (line.instrument != i) continue;
      t.rows.push_back({line.filing ? Value::id(*line.filing) : Value::text(""),
                        Value::text(line.clause ? std::string{policy::id_of(*line.clause)} : ""),
                        Value::of(i, line.quantity)});
    }
    if (!t.rows.empty()) p.tables.push_back(without_blank_columns(std::move(t)));
  }
  if (!f.titles.empty()) {
    Table t{.name = "titles",
            .title = {"成件标的", "Indicators traded one by one"},
            .columns = {{.head = {"编号", "number"}, .kind = Kind::text, .name = "title"},
                        {.head = {"品种", "product"}, .kind = Kind::words, .name = "product"},
                        {.head = {"面积", "area"}, .kind = Kind::area, .name = "area", .sum = true}},
            .rows = {},
            .total = {"合计", "total"}};
    for (const TitleLegFacts& x : f.titles)
      t.rows.push_back({Value::text(x.title), Value::of(x.product), Value::of(x.area)});
    p.tables.push_back(std::move(t));
  }
  p.remarks.push_back({"本单一式三份，划出方、划入方、市局各执一份。",
                       "In three copies: one each for the giver, the receiver and the city's bureau."});
  return p;
}

}  // namespace landex::deeds
