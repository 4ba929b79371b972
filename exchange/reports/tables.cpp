#include "exchange/reports/tables.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace landex::reports {
namespace {

using Type = Column::Type;
constexpr Column number(std::string_view name, std::string_view meaning) { return {name, Type::number, true, meaning}; }
constexpr Column text(std::string_view name, std::string_view meaning) { return {name, Type::text, true, meaning}; }
constexpr Column maybe_number(std::string_view name, std::string_view meaning) {
  return {name, Type::number, false, meaning};
}
constexpr Column maybe_text(std::string_view name, std::string_view meaning) {
  return {name, Type::text, false, meaning};
}

constexpr Column kSeq = number("seq", "number of the command that did it");
constexpr Column kIdx = number("idx", "place among the events of that command, from 0");
constexpr Column kDay = maybe_text("business_day", "the open business day; null between two days");
constexpr Column kUpdated = number("updated_seq", "command that last changed the row");

constexpr std::array kCommands{
    number("seq", "its number, which orders everything"),
    number("at_us", "when it was stamped"),
    kDay,
    number("person_id", "who sent it: a pseudonym; 1 is landexd itself"),
    number("unit", "for whom: six-digit code; 0: nobody"),
    text("role", "district, bureau, analyst, auditor, system"),
    text("kind", "name of the command, as in the schema"),
    maybe_text("refused_reason", "why it was refused; null: it was done"),
    maybe_text("refused_rule", "clause of the refusal, where one stands behind it"),
    maybe_number("repeats_seq", "it had come before under this number, and did nothing now"),
};
constexpr std::array kMoneyEntries{
    kSeq,
    kIdx,
    kDay,
    number("from_unit", "whose purse it left"),
    text("from_purse", "outside, free, held, claims, advances, funds"),
    number("to_unit", "whose purse it entered"),
    text("to_purse", "as from_purse"),
    number("amount_fen", "more than 0; taken from one purse and put into the other"),
    maybe_text("clause", "why, where a clause says so"),
    number("cause_seq", "the order, deal, bid, filing or request that it belongs to, or the command itself"),
};
constexpr std::array kLandEntries{
    kSeq,
    kIdx,
    kDay,
    text("instrument", "see instruments"),
    number("from_unit", "whose purse it left"),
    text("from_purse", "outside, free, held, pool, used, cancelled, frozen, borrowed"),
    number("to_unit", "whose purse it entered"),
    text("to_purse", "as from_purse"),
    number("quantity_e4mu_or_kg", "more than 0"),
    maybe_text("clause", "why, where a clause says so"),
    number("cause_seq", "as in money_entries"),
};
constexpr std::array kLotEntries{
    kSeq,
    kIdx,
    kDay,
    text("instrument", "see instruments"),
    number("filing_id", "whose land it is"),
    number("from_unit", "where it was"),
    text("from_place", "outside, stock, pool, used, cancelled, borrowed"),
    number("to_unit", "where it is now"),
    text("to_place", "as from_place"),
    number("quantity_e4mu_or_kg", "more than 0"),
    number("cause_seq", "as in land_entries"),
};
constexpr std::array kBalances{
    number("unit", "six-digit code"),
    text("purse", "as in money_entries and land_entries"),
    text("asset", "money, or an instrument"),
    number("amount_fen_e4mu_or_kg", "money in fen, land in the unit of its instrument; `outside` is below 0"),
    kUpdated,
};
constexpr std::array kTrades{
    kSeq,
    number("idx", "place among the trades of that command; parts of deals count from 1000000"),
    text("business_day", "of the match"),
    number("at_us", "of the match"),
    text("mode", "book, call, sealed, listing, directed"),
    maybe_text("instrument", "null: a title"),
    maybe_text("product", "of a title"),
    maybe_text("title", "its number"),
    number("seller", "unit"),
    number("buyer", "unit"),
    text("seller_class", "mountain4, urban, city: with buyer_class the route"),
    text("buyer_class", "as seller_class"),
    number("quantity_e4mu_or_kg", "of a title: its area"),
    maybe_number("price_tick", "null: the part has no price of its own and goes with the area"),
    number("amount_fen", "quantity × price; 0 without a price"),
    text("state", "book and call: settled at once; else that of the deal"),
    maybe_number("deal_id", "null: a trade of the book or of a call"),
    maybe_number("auction_id", "that the deal came of"),
    maybe_number("buy_order_id", "of the book or a call"),
    maybe_number("sell_order_id", "of the book or a call"),
};
constexpr std::array kDeals{
    number("deal_id", "its number; that of the winning bid where it came of an auction"),
    text("mode", "directed, sealed, listing"),
    maybe_number("auction_id", "that it came of"),
    number("proposer", "unit; of an auction the seller"),
    number("seller", "unit"),
    number("buyer", "unit"),
    text("parts", "instrument:quantity@tick or title:number@tick, one after the other; no @: without a price"),
    number("amount_fen", "the price of all parts together"),
    text("state", "proposed, accepted, confirmed, paid, settled, ended, lapsed, defaulted, voided"),
    maybe_text("matched_day", "when both had agreed"),
    maybe_text("notice_until_day", "once it is confirmed"),
    maybe_text("pay_by_day", "once it is confirmed"),
    maybe_text("document", "of the confirmation, or of what made it void"),
    maybe_text("void_reason", "a reason of the rules, or the bureau's words"),
    kUpdated,
};
constexpr std::array kOrders{
    number("order_id", "number of the command that placed it"),
    number("unit", "whose it is"),
    text("instrument", "see instruments"),
    text("side", "buy, sell"),
    number("quantity_e4mu_or_kg", "as placed"),
    number("remaining_e4mu_or_kg", "not traded yet; of an order that ended: what it had left"),
    number("price_tick", "its limit; of an order at best the edge of the band"),
    number("at_best", "1: at best"),
    text("lifetime", "day, until_cancelled, until_day, until_instant, immediate, fill_or_kill"),
    text("state", "open, filled, ended"),
    maybe_text("end_reason", "of an order that ended"),
    maybe_text("placed_day", "business day on which it was placed"),
    kUpdated,
};
constexpr std::array kAuctions{
    number("auction_id", "number of the command that announced it"),
    text("mode", "sealed, listing"),
    number("seller", "unit"),
    text("instrument", "what is bid on"),
    number("offered_e4mu_or_kg", "of that instrument; of a sealed auction with what was rolled over"),
    maybe_number("demand_e4mu_or_kg", "of the bids that count, once a sealed auction is opened"),
    maybe_number("price_tick", "that was met; of a listing the highest bid"),
    text("state", "announced, listed, timed, sold, undersubscribed, unsold, withdrawn, cancelled"),
    maybe_text("announced_day", "business day"),
    maybe_text("decided_day", "business day on which it was sold, or not"),
    kUpdated,
};
constexpr std::array kCalls{
    kSeq,
    kIdx,
    text("business_day", "of the call"),
    text("instrument", "see instruments"),
    maybe_number("price_tick", "null: nothing traded"),
    number("volume_e4mu_or_kg", "that traded"),
    number("demand_e4mu_or_kg", "at that price"),
    number("supply_e4mu_or_kg", "at that price"),
};
constexpr std::array kFilings{
    number("filing_id", "number of the command that filed it, or of its proposal"),
    number("county", "whose batch it is"),
    text("kind", "supplementary, linkage"),
    text("origin", "registry; outside_city: bought outside and used at once (H66-7.1)"),
    text("filed_day", "business day"),
    number("area_e4mu", "with later adjustments"),
    number("paddy_e4mu", "of which paddy"),
    number("capacity_kg", "production capacity"),
    number("deducted_area_e4mu", "by later deductions"),
    number("deducted_paddy_e4mu", "by later deductions"),
    number("deducted_capacity_kg", "by later deductions"),
    kUpdated,
};
constexpr std::array kClaims{
    kSeq,
    kIdx,
    kDay,
    number("filing_id", "of which the pool took land"),
    number("county", "to whom the city owes it (H66-7.4)"),
    text("instrument", "see instruments"),
    number("quantity_e4mu_or_kg", "that the pool took"),
    maybe_number("amount_fen", "null: no price yet (or no longer), it waits for one"),
    maybe_number("price_row_id", "at which it was booked"),
};
constexpr std::array kPoolMoves{
    kSeq,
    kIdx,
    kDay,
    text("direction", "in, out"),
    text("reason", "pooled, returned; allotted, deducted (or expired, cancelled), other"),
    number("county", "whose land came in, or for whom it went out; the city where it is nobody's"),
    text("instrument", "see instruments"),
    number("quantity_e4mu_or_kg", "more than 0"),
    maybe_text("clause", "why"),
    number("cause_seq", "the filing or the request"),
};
constexpr std::array kRequests{
    number("request_id", "of pooled indicators (H66-7.3)"),
    number("county", "that asks"),
    text("purpose", "national, provincial … of the project"),
    text("project", "its name"),
    number("area_e4mu", "needed"),
    number("paddy_e4mu", "needed"),
    number("capacity_kg", "needed"),
    text("deadline_day", "the last day to be allotted"),
    text("state", "open, allotted, served, withdrawn, expired"),
    kUpdated,
};
constexpr std::array kAllotments{
    kSeq,
    kIdx,
    kDay,
    number("request_id", "for which"),
    number("county", "that asked"),
    number("filing_id", "whose land it is"),
    text("instrument", "see instruments"),
    number("quantity_e4mu_or_kg", "more than 0"),
    number("allocation_id", "of which it is a part"),
    text("state", "waiting, taken, returned"),
};
constexpr std::array kAdvances{
    number("advance_id", "number of the application"),
    number("county", "to whom it was paid (H66-7.5)"),
    number("fund_fen", "of the contract"),
    number("paid_fen", "of the fund"),
    number("left_fen", "neither netted nor paid back: the unused advance"),
    maybe_text("granted_day", "business day"),
    text("due_day", "the last day for filings to be netted"),
    text("contract", "its number"),
    text("state", "paid, settled, overdue"),
    kUpdated,
};
constexpr std::array kAdvanceMoves{
    kSeq,
    kIdx,
    kDay,
    number("advance_id", "which"),
    text("state", "that it is in now"),
    number("reduced_fen", "by so much"),
    number("left_fen", "and so much is left"),
    maybe_number("filing_id", "that it was netted against; null: paid back, or called back"),
};
constexpr std::array kPrices{
    number("price_row_id", "number of the command that published it"),
    text("instrument", "see instruments"),
    number("rate_yuan_per_mu_or_fen_per_kg", "as published"),
    text("valid_from", "first day"),
    text("valid_until", "last day"),
    text("document", "its number"),
    text("approver", "an office"),
    maybe_number("revoked_seq", "command that revoked it; null: it stands"),
};
constexpr std::array kApprovals{
    number("proposal_id", "its number, and that of whatever it makes"),
    text("kind", "what is to be approved"),
    number("unit", "whose proposal it is"),
    text("state", "under_review, returned, in_notice, effective, refused, withdrawn, expired, voided"),
    maybe_text("step", "that is to be decided now"),
    maybe_text("due_day", "last day of the step, or of the notice"),
    maybe_text("refused_reason", "why it is void"),
    maybe_text("refused_rule", "clause of that"),
    maybe_text("proposed_day", "business day"),
    kUpdated,
};
constexpr std::array kApprovalMoves{
    kSeq,
    kIdx,
    kDay,
    number("proposal_id", "which"),
    text("state", "that it came to"),
    maybe_text("step", "that is to be decided now"),
    maybe_text("due_day", "last day of the step, or of the notice"),
    number("person_id", "who sent the command that moved it; 1: time did, by a tick"),
    text("role", "of that person"),
    maybe_text("reason", "of who moved it"),
};
constexpr std::array kTitles{
    text("title", "its number, one for the whole city"),
    text("product", "what is traded as titles"),
    number("county", "where it lies"),
    number("holder", "whose it is"),
    number("area_e4mu", "of what is left where a part was split off"),
    maybe_number("grade", "national quality grade, 1 best … 15"),
    text("state", "held, on_offer, pooled, used, cancelled"),
    maybe_text("parent", "that it was split off"),
    maybe_text("project", "that has used it"),
    number("registered_seq", "command that registered it"),
    kUpdated,
};
constexpr std::array kUnits{
    number("unit", "six-digit code of GB/T 2260"),
    text("valid_from", "first day of the class"),
    text("valid_until", "last day of the class"),
    text("zh", "name; empty where no policy files were at hand"),
    text("en", "name; as zh"),
    text("class", "mountain4, urban, city"),
};
constexpr std::array kInstrumentsTable{
    text("instrument", "its name in all tables"),
    text("zh", "name"),
    text("en", "name"),
    text("quantity_unit", "0.0001 mu, or kg"),
    text("price_unit", "one tick: 100 yuan per mu, or 1 fen per kg"),
};
constexpr std::array kPolicy{
    number("seq", "command that activated it"),
    number("at_us", "when"),
    text("rule_set", "H66-2022 …"),
    number("behaviour", "version of the engine's behaviour"),
    text("valid_from", "first day of the rule set"),
    text("valid_until", "last day of the rule set"),
};
constexpr std::array kPlots{
    text("plot", "its number in the reserve library (H66-6.1)"),
    number("seq", "command that entered it"),
    maybe_text("business_day", "on which it was entered"),
    number("county", "where it lies"),
    number("area_e4mu", "its area"),
    number("grade", "national quality grade, 1 best … 15"),
    number("qualifies", "1: for replenishment, so it counts in the base of the 30 %"),
};
constexpr std::array kPlotsPooled{
    kSeq,
    kIdx,
    kDay,
    number("county", "whose plot"),
    text("plot", "that the city pooled (H66-6.2)"),
    number("area_e4mu", "its area"),
    number("target_e4mu", "30 % of what qualifies of this county, by then"),
    number("shortfall_e4mu", "of the target, carried to the next entry"),
};
constexpr std::array kStandards{
    number("standard_id", "number of the command that published it"),
    text("kind",
         "provincial_protection, city_protection, pbf_price, restoration_gap, industrial_tax, "
         "industrial_land_tax, enclave_base"),
    number("year", "that it is for"),
    number("rate_yuan_per_mu", "as published"),
    text("document", "its number"),
    text("approver", "an office"),
    maybe_number("revoked_seq", "command that revoked it; null: it stands"),
};
constexpr std::array kFundMoves{
    kSeq,
    kIdx,
    kDay,
    text("fund", "protection, pbf, consolidation, agriculture, planning"),
    text("reason", "earmarked, released, run"),
    number("amount_fen", "more than 0 into the sub-account, less than 0 out of it"),
    maybe_number("run_id", "the run that moved it"),
};
constexpr std::array kRuns{
    number("run_id", "number of the command that reckoned it"),
    text("kind",
         "protection, pbf, restoration, enclave, consolidation_reward, homestead_reward, "
         "standard_farmland_reward"),
    number("year", "that it is for"),
    text("state", "reckoned: nothing has moved; paid; reversed"),
    number("total_fen", "what the receivers get"),
    maybe_number("budget_fen", "no more than this is paid"),
    maybe_number("reverses_id", "the run that it undoes"),
    maybe_number("reversed_by_id", "the run that has undone it"),
    text("document", "it rests on"),
    maybe_text("reckoned_day", "business day"),
    maybe_text("paid_day", "business day"),
    maybe_number("paid_seq", "command that paid it"),
    kUpdated,
};
constexpr std::array kRunLines{
    number("run_id", "of which it is a line"),
    number("idx", "its place, from 0"),
    number("from_unit", "who pays"),
    number("to_unit", "who is paid"),
    text("item", "protection, rice_uplift, pbf_contribution, pbf_receipt, undertaking, enclave, award"),
    text("clause", "why"),
    maybe_number("area_e4mu", "of what"),
    maybe_number("rate_yuan_per_mu", "at which"),
    maybe_number("share_e4", "1/10 000: coefficient, share"),
    maybe_number("base_fen", "what the share is of, where it is money"),
    maybe_number("full_fen", "what it would have been, had the fund sufficed"),
    number("amount_fen", "more than 0"),
    number("about_id", "undertaking or agreement; 0: none"),
    maybe_text("project", "that is rewarded"),
};
constexpr std::array kTasks{
    number("county", "whose function-restoration task (H66-5.1)"),
    number("first_year", "of the cycle"),
    number("last_year", "of the cycle"),
    number("area_e4mu", "handed down"),
    number("restored_e4mu", "by the county itself"),
    number("undertaken_e4mu", "by others, for money"),
    text("document", "that handed it down"),
    kUpdated,
};
constexpr std::array kUndertakings{
    number("undertaking_id", "number of the command, or of its proposal"),
    maybe_text("agreed_day", "business day"),
    number("provider", "unit that restores"),
    number("receiver", "unit whose task it is"),
    number("first_year", "of the cycle"),
    number("area_e4mu", "undertaken"),
    number("built_e4mu", "of which with grain zone and high standard in step"),
    number("price_yuan_per_mu", "as agreed"),
    maybe_number("guide_yuan_per_mu", "guide price of that day (H66-5.3); null: it could not be made"),
    text("document", "the agreement"),
};
constexpr std::array kEnclaves{
    number("enclave_id", "number of the command, or of its proposal"),
    maybe_text("business_day", "on which it was registered"),
    number("sender", "unit, mountain-4 (H66-19)"),
    number("receiver", "unit, urban"),
    text("kind", "industrial, ecological, property"),
    text("name", "its name"),
    number("secured_e4mu", "construction space that the city secures"),
    number("included_e4mu", "of which in the concentrated zone"),
    number("reduction_e4mu", "of the protection task"),
    number("reduced_unit", "whose task"),
    text("document", "it rests on"),
};
constexpr std::array kAgreements{
    number("agreement_id", "number of the command, or of its proposal"),
    number("enclave_id", "under which"),
    number("sender", "unit that protects"),
    number("receiver", "unit that pays"),
    number("area_e4mu", "of permanent basic farmland"),
    text("valid_from", "first day"),
    text("valid_until", "last day"),
    text("document", "the agreement"),
};
constexpr std::array kScales{
    number("county", "of the township"),
    text("township", "its name"),
    number("scale_e4mu", "new construction-land scale of its plan (H66-17)"),
    number("reserved_e4mu", "that may be reserved"),
    number("used_e4mu", "of which used"),
    text("document", "the plan"),
    kUpdated,
};
constexpr std::array kScaleUses{
    kSeq,
    kIdx,
    kDay,
    number("county", "of the township"),
    text("township", "its name"),
    text("trade", "farming, processing, cold_chain, tourism, leisure, study"),
    number("area_e4mu", "used"),
    text("project", "for which"),
    text("document", "it rests on"),
};

using Kind = Table::Kind;
constexpr std::array kAll{
    Table{TableId::commands, "commands", Kind::appended, 1, "every command, done or refused 全部命令", kCommands},
    Table{TableId::money_entries, "money_entries", Kind::appended, 2, "the money ledger, entry by entry 资金分录",
          kMoneyEntries},
    Table{TableId::land_entries, "land_entries", Kind::appended, 2, "the land ledger, entry by entry 指标分录",
          kLandEntries},
    Table{TableId::lot_entries, "lot_entries", Kind::appended, 2, "which filing's land moved 批次去向", kLotEntries},
    Table{TableId::balances, "balances", Kind::kept, 3, "what every purse has now 余额", kBalances},
    Table{TableId::trades, "trades", Kind::kept, 2, "what was sold to whom, in all modes 成交", kTrades},
    Table{TableId::deals, "deals", Kind::kept, 1, "directed sales and what auctions awarded 协议与竞得", kDeals},
    Table{TableId::orders, "orders", Kind::kept, 1, "orders of books and calls 委托", kOrders},
    Table{TableId::auctions, "auctions", Kind::kept, 1, "sealed auctions and listings 竞价与挂牌", kAuctions},
    Table{TableId::calls, "calls", Kind::appended, 2, "what call auctions cleared at 集合竞价", kCalls},
    Table{TableId::filings, "filings", Kind::kept, 1, "batches filed into the registry 报备入库", kFilings},
    Table{TableId::claims, "claims", Kind::appended, 2, "what the pool came to owe 统筹应付", kClaims},
    Table{TableId::pool_moves, "pool_moves", Kind::appended, 2, "land into and out of the city's pool 统筹进出",
          kPoolMoves},
    Table{TableId::requests, "requests", Kind::kept, 1, "what projects ask of the pool 统筹申请", kRequests},
    Table{TableId::allotments, "allotments", Kind::kept, 2, "what they were allotted 统筹分配", kAllotments},
    Table{TableId::advances, "advances", Kind::kept, 1, "advances and what is left of them 预拨", kAdvances},
    Table{TableId::advance_moves, "advance_moves", Kind::appended, 2, "how they became less 冲抵与归还", kAdvanceMoves},
    Table{TableId::prices, "prices", Kind::kept, 1, "published transfer prices 跨市调剂价", kPrices},
    Table{TableId::approvals, "approvals", Kind::kept, 1, "proposals and where they are 报批", kApprovals},
    Table{TableId::approval_moves, "approval_moves", Kind::appended, 2, "every step of them 审批经过", kApprovalMoves},
    Table{TableId::titles, "titles", Kind::kept, 1, "indicators that are traded one by one 标的", kTitles},
    Table{TableId::units, "units", Kind::kept, 2, "places of the city and their class 区县市", kUnits},
    Table{TableId::instruments, "instruments", Kind::kept, 1, "what is traded, and its units 品种", kInstrumentsTable},
    Table{TableId::policy, "policy", Kind::appended, 1, "rule sets as they were activated 规则集", kPolicy},
    Table{TableId::plots, "plots", Kind::appended, 1, "the reserve library 永农储备库", kPlots},
    Table{TableId::plots_pooled, "plots_pooled", Kind::appended, 2, "plots that the city pooled 统筹地块",
          kPlotsPooled},
    Table{TableId::standards, "standards", Kind::kept, 1, "published figures of a year 年度标准", kStandards},
    Table{TableId::fund_moves, "fund_moves", Kind::appended, 2, "into and out of the sub-accounts 专户收支",
          kFundMoves},
    Table{TableId::runs, "runs", Kind::kept, 1, "yearly runs between governments 年度结算", kRuns},
    Table{TableId::run_lines, "run_lines", Kind::appended, 2, "who pays whom in them 结算明细", kRunLines},
    Table{TableId::restoration_tasks, "restoration_tasks", Kind::kept, 2, "function-restoration tasks 恢复任务",
          kTasks},
    Table{TableId::undertakings, "undertakings", Kind::appended, 1, "parts of tasks undertaken for money 有偿承担",
          kUndertakings},
    Table{TableId::enclaves, "enclaves", Kind::appended, 1, "enclaves 飞地", kEnclaves},
    Table{TableId::enclave_agreements, "enclave_agreements", Kind::appended, 1,
          "protection undertaken for a yearly payment 飞地永农协议", kAgreements},
    Table{TableId::reserved_scales, "reserved_scales", Kind::kept, 2, "what township plans reserve 预留规模", kScales},
    Table{TableId::scale_uses, "scale_uses", Kind::appended, 2, "and what has used it 预留使用", kScaleUses},
};
static_assert(kAll.size() == kTables);
static_assert([] {
  for (size_t i = 0; i < kAll.size(); ++i)
    if (kAll[i].id != static_cast<TableId>(i)) return false;
  return true;
}());

std::string_view type_of(const Column& c) { return c.type == Type::number ? "bigint" : "text"; }

}  // namespace

std::span<const Table> tables() { return kAll; }

const Table* table_named(std::string_view name) {
  const auto at = std::ranges::find(kAll, name, &Table::name);
  return at == kAll.end() ? nullptr : &*at;
}

std::string create_sql(const Table& t, std::string_view name) {
  std::string sql = "create table if not exists " + std::string{name} + " (";
  std::string key;
  for (size_t i = 0; i < t.columns.size(); ++i) {
    const Column& c = t.columns[i];
    sql += std::string{c.name} + " " + std::string{type_of(c)} + (c.required ? " not null, " : ", ");
    if (i < t.key) key += (i == 0 ? "" : ", ") + std::string{c.name};
  }
  return sql + "primary key (" + key + "))";
}

std::string column_list(const Table& t) {
  std::string list;
  for (const Column& c : t.columns) list += (list.empty() ? "" : ", ") + std::string{c.name};
  return list;
}

std::string on_conflict_sql(const Table& t) {
  if (t.kind == Kind::appended) return {};
  std::string key, set;
  for (size_t i = 0; i < t.columns.size(); ++i) {
    const std::string name{t.columns[i].name};
    if (i < t.key)
      key += (key.empty() ? "" : ", ") + name;
    else
      set += (set.empty() ? "" : ", ") + name + " = excluded." + name;
  }
  return " on conflict (" + key + ") do update set " + set;
}

std::string create_progress_sql() {
  return "create table if not exists progress (one bigint not null, schema_version bigint not null, "
         "seq bigint not null, at_us bigint not null, primary key (one))";
}

}  // namespace landex::reports
