#include "exchange/deeds/pool_papers.hpp"

#include "exchange/deeds/tables.hpp"
#include "exchange/deeds/value_text.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::deeds {
namespace {

using policy::Clause;

std::string text_of(Area a) { return wire::mu(a); }

Kind quantity_kind(bool kg) { return kg ? Kind::capacity : Kind::area; }
Kind price_kind(bool kg) { return kg ? Kind::price_per_kg : Kind::rate_per_mu; }
Value price_of(Instrument i, const std::optional<Rate>& r) {
  return r ? Value::of(i, *r) : Value::blank(price_kind(counted_in_kg(i)));
}
Value money_of(const std::optional<Fen>& f) { return f ? Value::of(*f) : Value::blank(Kind::money); }

/// Areas and kilograms do not stand in one column: a table for each that occurs.
template <class Lines, class Make>
std::vector<Table> by_unit(const Lines& lines, const Make& make) {
  std::vector<Table> tables;
  for (const bool kg : {false, true}) {
    Table t = make(kg);
    for (const auto& line : lines)
      if (counted_in_kg(line.instrument) == kg) t.rows.push_back(line.row());
    if (!t.rows.empty()) tables.push_back(without_blank_columns(std::move(t)));
  }
  return tables;
}

struct ComponentLine {
  const PooledComponent& c;
  Instrument instrument;
  Row row() const {
    return {Value::of(name_words(c.instrument)), Value::of(c.instrument, c.filed),
            Value::of(c.instrument, c.pooled),   Value::of(c.instrument, c.filed - c.pooled),
            price_of(c.instrument, c.price),     money_of(c.owed)};
  }
};

struct DrawLine {
  const AllottedLine& l;
  Instrument instrument;
  Row row() const {
    return {Value::of(name_words(l.instrument)), Value::id(l.filing), Value::of(l.instrument, l.quantity),
            price_of(l.instrument, l.price), money_of(l.amount)};
  }
};

}  // namespace

Made filing_pooling_notice(const FilingPooledFacts& f, const Issue& issue) {
  Fen owed, netted;
  bool unpriced = false;
  std::vector<ComponentLine> lines;
  for (const PooledComponent& c : f.components) {
    if (c.pooled > c.filed || c.pooled < Quantity{})
      return std::unexpected(Words{"统筹数量多于报备数量", "more is pooled than was filed"});
    if (c.owed && c.price && *c.owed != payable(c.instrument, c.pooled, *c.price))
      return std::unexpected(Words{"应付款与统筹数量、价格不符", "what is owed is not quantity times price"});
    owed += c.owed.value_or(Fen{});
    unpriced = unpriced || (!c.owed && c.pooled > Quantity{});
    lines.push_back({.c = c, .instrument = c.instrument});
  }
  for (const Netted& n : f.netted) netted += n.amount;
  if (netted > owed) return std::unexpected(Words{"冲抵金额多于应付款", "more is netted than is owed"});

  Paper p = begin(PaperKind::pooling_notice, {"市级统筹通知书", "Pooling notice"}, issue, {f.county},
                  {Clause::h66_7_2, Clause::h66_7_4});
  p.parties = {{.role = {"报备单位", "filed by"}, .name = f.county.name, .code = f.county.code}};
  p.fields = {{.label = {"报备入库编号", "filing"}, .value = Value::id(f.filing)},
              {.label = {"指标类别", "kind"}, .value = Value::of(f.kind)},
              {.label = {"报备入库日", "filed on"}, .value = Value::of(f.filed)},
              {.label = {"统筹比例", "pooled share"}, .value = Value::text(percent(f.share))},
              {.label = {"统筹应付款", "owed for it"}, .value = Value::of(owed), .capitals = true}};
  for (const Netted& n : f.netted)
    p.fields.push_back({.label = {"冲抵预拨 " + std::to_string(n.advance.value) + " 号",
                                  "netted against advance " + std::to_string(n.advance.value)},
                        .value = Value::of(n.amount)});
  if (!f.netted.empty())
    p.fields.push_back({.label = {"冲抵后应付", "still owed"}, .value = Value::of(owed - netted), .capitals = true});
  p.tables = by_unit(lines, [](bool kg) {
    return Table{.name = kg ? "capacity" : "area",
                 .title = kg ? Words{"产能", "Capacity"} : Words{"数量与水田", "Area and paddy"},
                 .columns = {{.head = {"组成", "component"}, .kind = Kind::words, .name = "component"},
                             {.head = {"报备入库", "filed"}, .kind = quantity_kind(kg), .name = "filed"},
                             {.head = {"市级统筹", "pooled"}, .kind = quantity_kind(kg), .name = "pooled"},
                             {.head = {"县级留用", "left to the county"}, .kind = quantity_kind(kg), .name = "left"},
                             {.head = {"同期跨市调剂价", "cross-city price"}, .kind = price_kind(kg), .name = "price"},
                             {.head = {"应付", "owed"}, .kind = Kind::money, .name = "owed", .sum = true}},
                 .rows = {},
                 .total = {"合计", "total"}};
  });
  if (unpriced)
    caution(p,
            {"待定价：报备入库日没有有效的跨市调剂价，应付款在价格公布后另行确定。",
             "To be priced: no cross-city price was in force on the day of the filing; what is owed is fixed when one "
             "is published."});
  p.remarks.push_back({"水田是数量的一部分，不另计面积。", "Paddy is a part of the area, not added to it."});
  our_default(p,
              {"统筹基数与取整：同一条款下累计报备数量乘以比例，向下取整，减去已统筹数量",
               "base and rounding: the share of all that was filed under the row, rounded down, less what was pooled"});
  our_default(p, {"应付款由统筹账户在报备入库时承担（H66-7.4 未规定付款人与时点）",
                  "the pool account owes it at the filing (H66-7.4 names neither payer nor moment)"});
  if (!f.netted.empty()) our_default(p, {"应付款先冲抵预拨资金", "what is owed is first netted against advances"});
  return p;
}

Made plots_pooling_notice(const PlotsPooledFacts& f, const Issue& issue) {
  Area now;
  for (const PooledPlot& plot : f.plots) now += plot.area;
  if (f.pooled_before + now + f.shortfall != f.target)
    return std::unexpected(Words{"已统筹 " + text_of(f.pooled_before + now) + " 亩与缺口 " + text_of(f.shortfall) +
                                     " 亩之和，不等于目标 " + text_of(f.target) + " 亩",
                                 "pooled " + text_of(f.pooled_before + now) + " mu and a shortfall of " +
                                     text_of(f.shortfall) + " mu are not the target of " + text_of(f.target) + " mu"});
  Paper p = begin(PaperKind::pooling_notice,
                  {"永久基本农田储备统筹通知书", "Pooling notice: permanent basic farmland reserve"}, issue, {f.county},
                  {Clause::h66_6_2});
  p.parties = {{.role = {"储备单位", "county of the library"}, .name = f.county.name, .code = f.county.code}};
  p.fields = {
      {.label = {"符合条件的储备面积（累计）", "qualifying area so far"}, .value = Value::of(f.qualifying)},
      {.label = {"统筹比例", "pooled share"}, .value = Value::text(percent(f.share))},
      {.label = {"统筹目标（累计）", "target so far"}, .value = Value::of(f.target)},
      {.label = {"此前已统筹", "pooled before"}, .value = Value::of(f.pooled_before)},
      {.label = {"本次统筹", "pooled now"}, .value = Value::of(now)},
      {.label = {"缺口，结转下次入库", "shortfall, carried to the next entry"}, .value = Value::of(f.shortfall)}};
  Table t{.name = "plots",
          .title = {"本次统筹地块", "Plots pooled now"},
          .columns = {{.head = {"地块编号", "plot"}, .kind = Kind::text, .name = "plot"},
                      {.head = {"耕地质量等别", "quality grade"}, .kind = Kind::count, .name = "grade"},
                      {.head = {"面积", "area"}, .kind = Kind::area, .name = "area", .sum = true}},
          .rows = {},
          .total = {"合计", "total"}};
  for (const PooledPlot& plot : f.plots)
    t.rows.push_back({Value::text(plot.plot), Value::count(plot.grade), Value::of(plot.area)});
  p.tables = {std::move(t)};
  our_default(p, {"地块选取：质量等别优者先、同等按编号，累计不超过目标；不足部分结转",
                  "which plots: best grade first, then by number, while the total stays within the target; the rest is "
                  "carried over"});
  return p;
}

Made allocation_notice(const AllocationFacts& f, const Issue& issue) {
  if (f.lines.empty()) return std::unexpected(Words{"没有分配任何指标", "nothing was allotted"});
  std::optional<Fen> total;
  std::vector<DrawLine> lines;
  for (const AllottedLine& l : f.lines) {
    if (l.amount && l.price && *l.amount != payable(l.instrument, l.quantity, *l.price))
      return std::unexpected(Words{"应付款与分配数量、价格不符", "what is to be paid is not quantity times price"});
    if (l.amount) total = total.value_or(Fen{}) + *l.amount;
    lines.push_back({.l = l, .instrument = l.instrument});
  }
  Paper p = begin(PaperKind::allocation_notice, {"统筹指标分配通知书", "Allocation notice"}, issue, {f.county},
                  {Clause::h66_7_3});
  p.parties = {{.role = {"分配单位", "allotted by"}, .name = f.city.name, .code = f.city.code},
               {.role = {"使用单位", "allotted to"}, .name = f.county.name, .code = f.county.code}};
  p.fields = {{.label = {"分配方案编号", "allocation"}, .value = Value::id(f.allocation)},
              {.label = {"申请编号", "request"}, .value = Value::id(f.request)},
              {.label = {"项目", "project"}, .value = Value::text(f.project)},
              {.label = {"用途", "purpose"}, .value = Value::of(f.purpose)},
              {.label = {"申请数量", "area asked for"}, .value = Value::of(f.need.area)}};
  if (f.need.paddy > Area{})
    p.fields.push_back({.label = {"其中水田", "of which paddy"}, .value = Value::of(f.need.paddy)});
  if (f.need.capacity > Capacity{})
    p.fields.push_back({.label = {"申请产能", "capacity asked for"}, .value = Value::of(f.need.capacity)});
  p.fields.push_back({.label = {"申请有效期至", "asked for until"}, .value = Value::of(f.deadline)});
  if (f.take_by)
    p.fields.push_back({.label = {"接收期限（含当日）", "to be taken over by"}, .value = Value::of(*f.take_by)});
  if (!f.document.empty()) p.fields.push_back({.label = {"批准文号", "approved by"}, .value = Value::text(f.document)});
  if (total) p.fields.push_back({.label = {"应付款", "to be paid"}, .value = Value::of(*total), .capitals = true});
  p.tables = by_unit(lines, [](bool kg) {
    return Table{.name = kg ? "capacity" : "area",
                 .title = kg ? Words{"产能", "Capacity"} : Words{"数量与水田", "Area and paddy"},
                 .columns = {{.head = {"组成", "component"}, .kind = Kind::words, .name = "component"},
                             {.head = {"批次（报备入库编号）", "batch (filing)"}, .kind = Kind::text, .name = "filing"},
                             {.head = {"分配数量", "allotted"}, .kind = quantity_kind(kg), .name = "allotted"},
                             {.head = {"单价", "price"}, .kind = price_kind(kg), .name = "price"},
                             {.head = {"应付", "to be paid"}, .kind = Kind::money, .name = "amount", .sum = true}},
                 .rows = {},
                 .total = {"合计", "total"}};
  });
  our_default(p, {"接收期限与使用价格（H66-7.3、7.4 未作规定）",
                  "days to take it over, and its price (H66-7.3 and 7.4 leave them open)"});
  return p;
}

Made advance_contract(const AdvanceFacts& f, const Issue& issue) {
  if (f.amount > f.fund || f.amount <= Fen{})
    return std::unexpected(
        Words{"预拨金额须大于零且不多于耕地垦造资金", "an advance is above nothing and within its fund"});
  Paper p = begin(PaperKind::advance_contract, {"耕地垦造资金预拨合同", "Contract of an advance"}, issue,
                  {f.city, f.county}, {Clause::h66_7_5});
  p.parties = {{.role = {"甲方（预拨）", "the city, prepaying"}, .name = f.city.name, .code = f.city.code},
               {.role = {"乙方（垦造）", "the county, reclaiming"}, .name = f.county.name, .code = f.county.code}};
  p.fields = {{.label = {"合同编号", "contract"}, .value = Value::text(f.contract)},
              {.label = {"预拨编号", "advance"}, .value = Value::id(f.advance)},
              {.label = {"耕地垦造资金", "reclamation fund"}, .value = Value::of(f.fund), .capitals = true},
              {.label = {"预拨比例", "prepaid share"}, .value = Value::text(percent(f.share))},
              {.label = {"预拨金额", "advance"}, .value = Value::of(f.amount), .capitals = true},
              {.label = {"预拨日", "granted on"}, .value = Value::of(f.granted)},
              {.label = {"指标入库期限（含当日）", "to be filed by"}, .value = Value::of(f.due)}};
  const std::string due = text_of(Value::of(f.due));
  p.terms = {{"甲方按预拨比例将预拨金额拨付乙方，专项用于耕地垦造。",
              "The city prepays the amount above, for reclamation alone."},
             {"乙方保证垦造形成的补充耕地指标于 " + day_zh(f.due) + "（含当日）前报备入库。",
              "The county files the reclaimed land into the registry by " + due + ", that day included."},
             {"期限内报备入库的指标，市级统筹应付款先冲抵预拨资金；冲抵后的余额另行支付。",
              "What the pool owes for land filed in time is first netted against the advance; the rest is paid."},
             {"期限届满仍未冲抵的预拨资金，由甲方追回。",
              "What has not been netted when the day has passed is called back by the city."}};
  our_default(p, {"合同文本、冲抵与逾期追回（H66-7.5 只规定“按合同约定”）",
                  "the words of this contract, netting and calling back (H66-7.5 says only \"by contract\")"});
  return p;
}

}  // namespace landex::deeds
