// deals.cpp: what was sold: 成交确认书 and 划转单.
#include <fmt/format.h>

#include <algorithm>

#include "exchange/deeds/deal_papers.hpp"
#include "exchange/desk/papers.hpp"

namespace landex::desk {
namespace {

Words product_words(const std::string& product) {
  if (product == "pbf_plot") return {.zh = "永久基本农田补划地块", .en = "PBF replenishment plot"};
  if (product == "function_restoration") return {.zh = "耕地功能恢复指标", .en = "function restoration"};
  if (product == "forest") return {.zh = "补充林地", .en = "supplementary forest"};
  if (product == "public_forest") return {.zh = "省级以上公益林", .en = "public-welfare forest"};
  if (product == "high_standard") return {.zh = "高标准农田补划", .en = "high-standard farmland"};
  if (product == "grain_zone") return {.zh = "粮食功能区补划", .en = "grain production zone"};
  if (product == "planning_space") return {.zh = "规划空间", .en = "planning space"};
  return {.zh = product, .en = product};
}

struct Parts {
  std::vector<deeds::LegFacts> legs;
  std::vector<deeds::TitleLegFacts> titles;
};

Found<Parts> parts_of(LookUp& at, uint64_t deal) {
  LANDEX_TRY(rows,
             at.lines(fmt::format("select instrument, product, title, quantity_e4mu_or_kg, price_tick from trades "
                                  "where deal_id = {} order by seq, idx",
                                  deal)));
  Parts out;
  for (const Line& row : rows)
    if (row.has("title"))
      out.titles.push_back({.title = row.text("title"),
                            .product = product_words(row.text("product")),
                            .area = row.of<Area>("quantity_e4mu_or_kg"),
                            .price = row.of<Price>("price_tick")});
    else
      out.legs.push_back({.instrument = row.instrument(),
                          .quantity = row.of<Quantity>("quantity_e4mu_or_kg"),
                          .price = row.has("price_tick") ? std::optional{row.of<Price>("price_tick")} : std::nullopt});
  return out;
}

Found<Line> deal_line(LookUp& at, uint64_t deal) {
  const Words missing = no_such("协议", "deal", deal);
  LANDEX_TRY(row, at.line(fmt::format("select deal_id, mode, seller, buyer, amount_fen, state, matched_day, "
                                      "notice_until_day, pay_by_day, document from deals where deal_id = {}",
                                      deal),
                          missing));
  if (!at.may_see(row.unit("seller")) && !at.may_see(row.unit("buyer"))) return std::unexpected(missing);
  return row;
}

}  // namespace

Asked deal_confirmation(LookUp& at, uint64_t deal) {
  LANDEX_TRY(row, deal_line(at, deal));
  const std::string state = row.text("state");
  if (state != "confirmed" && state != "paid" && state != "settled")
    return std::unexpected(
        Words{.zh = fmt::format("第 {} 号协议尚未确认（或已终止），没有成交确认书。", deal),
              .en = fmt::format("Deal {} is not confirmed (or has ended): it has no confirmation.", deal)});
  LANDEX_TRY(parts, parts_of(at, deal));
  const Day agreed = row.day("matched_day");
  LANDEX_TRY(issue, at.issue(agreed, Sequence{deal}));
  for (const auto& leg : parts.legs)
    if (is_supplementary(leg.instrument)) {
      LANDEX_TRY(price, at.price(issue, leg.instrument, agreed));
      (void)price;
    }
  LANDEX_TRY(person, at.person_of(deal));
  issue.signers.drafted = person;
  return deeds::deal_confirmation({.deal = DealId{deal},
                                   .mode = words_of_mode(row.text("mode")),
                                   .seller = at.unit(row.unit("seller")),
                                   .buyer = at.unit(row.unit("buyer")),
                                   .legs = std::move(parts.legs),
                                   .titles = std::move(parts.titles),
                                   .amount = row.of<Fen>("amount_fen"),
                                   .agreed = agreed,
                                   .notice_until = row.maybe_day("notice_until_day"),
                                   .pay_by = row.maybe_day("pay_by_day"),
                                   .document = row.text("document")},
                                  issue);
}

Asked transfer_slip(LookUp& at, uint64_t number) {
  LANDEX_TRY(deals, at.lines(fmt::format("select state from deals where deal_id = {}", number)));
  const bool of_deal = !deals.empty();
  const Words missing = no_such("划转", "transfer", number);
  deeds::SlipFacts facts{};
  Parts parts;
  if (of_deal) {
    LANDEX_TRY(row, deal_line(at, number));
    if (row.text("state") != "settled")
      return std::unexpected(Words{.zh = fmt::format("第 {} 号协议尚未交割，没有划转单。", number),
                                   .en = fmt::format("Deal {} is not settled: it has no transfer slip.", number)});
    LANDEX_TRY(sold, parts_of(at, number));
    parts = std::move(sold);
    facts.deal = DealId{number};
    facts.paid = row.of<Fen>("amount_fen");
    facts.from = at.unit(row.unit("seller"));
    facts.to = at.unit(row.unit("buyer"));
    facts.document = row.text("document");
  }
  // Of a deal what its settlement moved, whichever command that was; else what that command moved between two units.
  const std::string which = of_deal ? fmt::format("l.cause_seq = {}", number) : fmt::format("l.seq = {}", number);
  // Each lot once: the clause is looked up and not joined, for one command may make several entries between two units.
  LANDEX_TRY(moved,
             at.lines("select l.seq as seq, l.business_day as day, l.instrument as instrument, l.filing_id as "
                      "filing_id, l.from_unit as from_unit, l.to_unit as to_unit, l.quantity_e4mu_or_kg as "
                      "quantity, (select max(e.clause) from land_entries e where e.seq = l.seq and e.cause_seq = "
                      "l.cause_seq and e.instrument = l.instrument and e.from_unit = l.from_unit and e.to_unit = "
                      "l.to_unit) as clause, c.kind as kind from lot_entries l join commands c on c.seq = l.seq "
                      "where " +
                      which +
                      " and l.from_unit <> l.to_unit and l.from_place = 'stock' and l.to_place in ('stock', "
                      "'borrowed') order by l.seq, l.idx"));
  if (moved.empty() && parts.titles.empty()) return std::unexpected(missing);
  if (!of_deal) {
    facts.from = at.unit(moved.front().unit("from_unit"));
    facts.to = at.unit(moved.front().unit("to_unit"));
    const bool one_pair = std::ranges::all_of(moved, [&](const Line& row) {
      return row.unit("from_unit") == facts.from.code && row.unit("to_unit") == facts.to.code;
    });
    if (!one_pair)
      return std::unexpected(Words{.zh = fmt::format("序号 {} 涉及多方：请按协议号或委托成交查询。", number),
                                   .en = fmt::format("Number {} moved land between several units: ask by the number of "
                                                     "the deal.",
                                                     number)});
  }
  if (!at.may_see(facts.from.code) && !at.may_see(facts.to.code)) return std::unexpected(missing);
  facts.reason = words_of_command(moved.empty() ? "SettleDeal" : moved.front().text("kind"));
  for (const Line& row : moved)
    facts.lines.push_back({.instrument = row.instrument(),
                           .filing = row.of<FilingId>("filing_id"),
                           .quantity = row.of<Quantity>("quantity"),
                           .clause = row.has("clause") ? policy::clause_named(row.text("clause")) : std::nullopt});
  facts.titles = std::move(parts.titles);
  LANDEX_TRY(last, at.last_day());
  const Day day = moved.empty() ? last : moved.front().maybe_day("day").value_or(last);
  LANDEX_TRY(issue, at.issue(day, Sequence{number}));
  LANDEX_TRY(person, at.person_of(moved.empty() ? number : static_cast<uint64_t>(moved.front().number("seq"))));
  issue.signers.drafted = person;
  return deeds::transfer_slip(facts, issue);
}

}  // namespace landex::desk
