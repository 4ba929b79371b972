#include "clients/terminal/teller.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "clients/terminal/print_governments.hpp"
#include "clients/terminal/print_pool.hpp"
#include "clients/terminal/print_titles.hpp"
#include "clients/terminal/teller_governments.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {
namespace {

namespace event = engine::event;

/// H66-21.4 leaves open how deals are settled: what cites it (a deposit that is forfeited) is our default.
std::string rule_of(const std::optional<policy::Clause>& c) {
  if (!c) return "";
  const bool ours = *c == policy::Clause::h66_21_4;
  return " [" + wire::text_of(*c) + (ours ? "：本所默认，非文件规定 our default, not the law]" : "]");
}

std::string end_zh(matching::EndReason r) {
  using matching::EndReason;
  switch (r) {
    case EndReason::cancelled:
      return "撤单 cancelled";
    case EndReason::lapsed:
      return "闭市失效 lapsed at the close";
    case EndReason::expired:
      return "到期 expired";
    case EndReason::not_at_once:
      return "未能即时成交 not at once";
    case EndReason::not_in_full:
      return "未能全部成交 not in full";
    case EndReason::minimum_not_met:
      return "未达最低数量 minimum not met";
    case EndReason::would_meet:
      return "会即时成交（只挂单） would meet a resting order (post-only)";
    case EndReason::self_trade:
      return "避免自成交 own order met";
    case EndReason::cap_spent:
      return "金额上限用完 cap spent";
    case EndReason::outside_band:
      return "超出新一日涨跌幅 beyond the new day's band";
  }
  return "?";
}
const char* yes_or_no(bool so) { return so ? "是 yes" : "否 no"; }

std::string with_titles(const std::vector<engine::command::TitleLeg>& titles) {
  return titles.empty() ? std::string{} : "，" + lot_of(titles);
}

std::string price_or_none(Instrument i, std::optional<Price> p) { return p ? price_of(i, *p) : std::string{"无 none"}; }

std::string lifetime_zh(const engine::OrderConditions& c) {
  using engine::Lifetime;
  switch (c.lifetime) {
    case Lifetime::day:
      return {};
    case Lifetime::until_cancelled:
      return "撤销前有效 until cancelled";
    case Lifetime::until_day:
      return "有效至 through " + (c.last_day ? wire::text_of(*c.last_day) : "?");
    case Lifetime::until_instant:
      return "有效至 until " + (c.until ? clock_of(*c.until) : "?");
    case Lifetime::immediate:
      return "即时成交剩余撤销 immediate or cancel";
    case Lifetime::fill_or_kill:
      return "全部成交否则撤销 fill or kill";
  }
  return "?";
}

std::string self_trade_zh(SelfTrade s) {
  switch (s) {
    case SelfTrade::refuse:
      return "自成交：拒绝 self-trade: refuse";
    case SelfTrade::cancel_newest:
      return "自成交：撤新单 self-trade: cancel the newest";
    case SelfTrade::cancel_oldest:
      return "自成交：撤旧单 self-trade: cancel the oldest";
    case SelfTrade::cancel_both:
      return "自成交：两单都撤 self-trade: cancel both";
    case SelfTrade::decrement:
      return "自成交：两单同减 self-trade: shrink both";
    case SelfTrade::allow:
      return "自成交：允许 self-trade: allow";
  }
  return "?";
}

/// Is it a line of a run, which RunPaid has told? Money that is set apart, FundMoved has told.
bool told_by_run(const event::MoneyMoved& e) {
  using engine::Purse;
  using policy::Clause;
  return e.from_purse == Purse::funds || e.to_purse == Purse::funds || e.clause == Clause::h66_5_2 ||
         e.clause == Clause::h66_19_3;
}

struct Words : GovernmentWords {
  using GovernmentWords::operator();
  const std::map<OrderId, Instrument>& of;
  /// An amount of an order: without its number if nobody has told which instrument the order is of.
  std::string left_of(OrderId order, Quantity quantity) const {
    const auto at = of.find(order);
    return at == of.end() ? std::string{} : amount_of(at->second, quantity);
  }
  std::string operator()(const event::OrderTerms& e) const {
    std::vector<std::string> terms;
    const auto at = of.find(e.order);
    if (e.at_best) terms.emplace_back("最优价 at best");
    if (e.conditions && at != of.end()) {
      const auto& c = *e.conditions;
      const Instrument i = at->second;
      if (const auto lasts = lifetime_zh(c); !lasts.empty()) terms.push_back(lasts);
      if (c.post_only) terms.emplace_back("只挂单 post-only");
      if (c.all_or_none) terms.emplace_back("整笔 all or none");
      if (c.minimum) terms.push_back("最低 minimum " + amount_of(i, *c.minimum));
      if (c.peak) terms.push_back("冰山，每次显示 iceberg, shows " + amount_of(i, *c.peak));
      if (c.trigger) terms.push_back("止损，触发价 stop at " + wire::rate(i, *c.trigger));
      if (c.cap) terms.push_back(fmt::format("金额上限 cap {} 元 yuan", wire::yuan(*c.cap)));
      if (c.self_trade != SelfTrade::refuse) terms.push_back(self_trade_zh(c.self_trade));
    }
    return terms.empty() ? std::string{} : fmt::format("  条件 terms: {}", fmt::join(terms, "；"));
  }
  std::string operator()(const event::OrderReduced& e) const {
    const std::string by = left_of(e.order, e.by);
    return fmt::format("委托 order {} 减量 reduced{}", e.order.value,
                       by.empty() ? "" : fmt::format(": − {}，余 left {}", by, left_of(e.order, e.remaining)));
  }
  std::string operator()(const event::OrderReplaced& e) const {
    const auto at = of.find(e.order);
    return fmt::format(
        "委托 order {} 改单 replaced{}", e.order.value,
        at == of.end() ? ""
                       : fmt::format(": {} @ {}", amount_of(at->second, e.remaining), price_of(at->second, e.price)));
  }
  std::string operator()(const event::OrderShown& e) const {
    if (e.shown == e.remaining || !of.contains(e.order)) return {};
    return fmt::format("委托 order {} 显示 shows {}，余 left {}", e.order.value, left_of(e.order, e.shown),
                       left_of(e.order, e.remaining));
  }
  std::string operator()(const event::StopTriggered& e) const {
    return fmt::format("止损委托 stop {} 触发 triggered", e.order.value);
  }
  std::string operator()(const event::ProfileSet& e) const {
    return fmt::format("场所安排 venue profile: {} {}", e.name.zh, e.name.en);
  }
  std::string operator()(const event::PhaseChanged& e) const {
    return fmt::format("{}：{} → {}", instrument_zh(e.instrument), phase_zh(e.from), phase_zh(e.to));
  }
  std::string operator()(const event::CallPriced& e) const {
    const char* what = e.final ? "集合竞价成交价 call price" : "指示价 indicative price";
    if (!e.price) return fmt::format("{} {}：无 none", instrument_zh(e.instrument), what);
    return fmt::format("{} {} {}，数量 volume {}（买 demand {}，卖 supply {}）", instrument_zh(e.instrument), what,
                       price_of(e.instrument, *e.price), amount_of(e.instrument, e.volume),
                       wire::quantity(e.instrument, e.demand), wire::quantity(e.instrument, e.supply));
  }
  std::string operator()(const event::BestChanged&) const { return {}; }
  std::string operator()(const event::DayStatistics& e) const {
    std::string out =
        fmt::format("{} 收盘 close {}", instrument_zh(e.instrument), price_or_none(e.instrument, e.close));
    if (e.low && e.high)
      out +=
          fmt::format("，最低 low {}，最高 high {}", price_of(e.instrument, *e.low), price_of(e.instrument, *e.high));
    out += fmt::format("，{} 笔 trades", e.trades);
    if (e.volume) out += "，成交 volume " + amount_of(e.instrument, *e.volume);
    if (e.turnover) out += fmt::format("，金额 turnover {} 元 yuan", wire::yuan(*e.turnover));
    return out;
  }
  std::string operator()(const event::Activated& e) const {
    return fmt::format("启用政策包 policy pack {}（行为 behaviour {}）", e.rule_set, e.behaviour);
  }
  std::string operator()(const event::VenueSet& e) const {
    return e.venue == engine::Venue::simulation ? "场所：模拟 venue: simulation" : "场所：生产 venue: production";
  }
  std::string operator()(const event::DayOpened& e) const { return "开市 day opened " + wire::text_of(e.day); }
  std::string operator()(const event::DayClosed& e) const { return "闭市 day closed " + wire::text_of(e.day); }
  std::string operator()(const event::AccountOpened& e) const {
    return "开户 account opened " + n.place(e.participant);
  }
  std::string operator()(const event::MoneyMoved& e) const {
    if (e.from_purse == engine::Purse::outside)
      return fmt::format("入金 deposited {} 元 yuan → {}", wire::yuan(e.amount), n.zh(e.to));
    if (e.to_purse == engine::Purse::outside)
      return fmt::format("出金 withdrawn {} 元 yuan ← {}", wire::yuan(e.amount), n.zh(e.from));
    if (e.from_purse == engine::Purse::claims) return {};    // told by ClaimBooked and by the payment
    if (e.from_purse == engine::Purse::advances) return {};  // told by AdvancePaid and AdvanceMoved
    if (told_by_run(e)) return {};
    if (e.from != e.to)
      return fmt::format("付款 paid: {} → {} {} 元 yuan{}", n.zh(e.from), n.zh(e.to), wire::yuan(e.amount),
                         rule_of(e.clause));
    return {};
  }
  std::string operator()(const event::LandMoved& e) const {
    if (e.to_purse == engine::Purse::pool && e.from == e.to)
      return fmt::format("退回统筹池 back in the pool: {} {}{}", instrument_zh(e.instrument),
                         amount_of(e.instrument, e.quantity), rule_of(e.clause));
    if (e.to_purse == engine::Purse::pool)
      return fmt::format("市级统筹 pooled: {} → {} {} {}{}", n.zh(e.from), n.zh(e.to), instrument_zh(e.instrument),
                         amount_of(e.instrument, e.quantity), rule_of(e.clause));
    if (e.from != e.to)
      return fmt::format("划转 delivered: {} → {} {} {}{}", n.zh(e.from), n.zh(e.to), instrument_zh(e.instrument),
                         amount_of(e.instrument, e.quantity), rule_of(e.clause));
    return {};
  }
  std::string operator()(const event::PricePublished& e) const {
    return fmt::format("公布跨市调剂价 cross-city price published: {} {}，{} – {}，{}", instrument_zh(e.instrument),
                       wire::rate(e.instrument, e.rate), wire::text_of(e.from), wire::text_of(e.until), e.document);
  }
  std::string operator()(const event::Filed& e) const {
    return fmt::format("报备入库 filed: 第 {} 号 {} {} 亩 mu，水田 paddy {}，产能 capacity {} kg", e.filing.value,
                       n.zh(e.county), wire::mu(e.area), wire::mu(e.paddy), e.capacity.raw());
  }
  std::string operator()(const event::Deducted& e) const {
    return fmt::format("核减 deducted: 第 {} 号 {} 亩 mu", e.filing.value, wire::mu(e.area));
  }
  std::string operator()(const event::ClaimBooked& e) const {
    return e.amount
               ? fmt::format("统筹应付 payable: {} {} {} → {} 元 yuan [H66-7.4]", n.zh(e.county),
                             instrument_zh(e.instrument), amount_of(e.instrument, e.quantity), wire::yuan(*e.amount))
               : fmt::format("统筹应付待定价 payable waits for a price: {} {} {} [H66-7.4]", n.zh(e.county),
                             instrument_zh(e.instrument), amount_of(e.instrument, e.quantity));
  }
  std::string operator()(const event::PlotEntered& e) const {
    return fmt::format("储备地块 reserve plot {} {} {} 亩 mu，等级 grade {}{}", n.zh(e.county), e.plot,
                       wire::mu(e.area), e.grade, e.qualifies ? "" : "（不符合补划条件 does not qualify）");
  }
  std::string operator()(const event::PlotPooled& e) const {
    return fmt::format("永农统筹 reserve plot pooled: {} {} {} 亩 mu，目标 target {}，差额 shortfall {} [H66-6.2]",
                       n.zh(e.county), e.plot, wire::mu(e.area), wire::mu(e.target), wire::mu(e.shortfall));
  }
  std::string operator()(const event::OrderAccepted& e) const {
    return fmt::format("委托 order {}: {} {} {} {} @ {}", e.order.value, n.zh(e.participant), side_zh(e.side),
                       instrument_zh(e.instrument), amount_of(e.instrument, e.quantity),
                       price_of(e.instrument, e.price));
  }
  std::string operator()(const event::FloorApplied& e) const {
    std::string out = e.floor
                          ? fmt::format("下限 floor {} [{}]", price_of(e.instrument, *e.floor), wire::text_of(e.rule))
                          : fmt::format("无有效价格 no price in force [{}]", wire::text_of(e.rule));
    if (e.lifted != Quantity{})
      out += fmt::format("：按下限成交 bought at the floor {}", amount_of(e.instrument, e.lifted));
    if (e.passed_over != Quantity{})
      out += fmt::format("：跳过 passed over {}（山区4县→城区不低于下限 not below the floor on this route）",
                         amount_of(e.instrument, e.passed_over));
    return out;
  }
  std::string operator()(const event::Traded& e) const {
    return fmt::format("成交 trade: {} → {} {} {} @ {} = {} 元 yuan", n.zh(e.seller), n.zh(e.buyer),
                       instrument_zh(e.instrument), amount_of(e.instrument, e.quantity),
                       price_of(e.instrument, e.price), wire::yuan(e.amount));
  }
  std::string operator()(const event::OrderEnded& e) const {
    const std::string left = left_of(e.order, e.remaining);
    return fmt::format("委托 order {} 结束 ended: {}，{}{}", e.order.value, end_zh(e.reason), n.zh(e.participant),
                       left.empty() ? "" : "，未成交 not traded " + left);
  }
  std::string operator()(const event::DealProposed& e) const {
    return fmt::format("协议 deal {} 提出 proposed: {} → {} {} 元 yuan{}{}", e.deal.value, n.zh(e.seller),
                       n.zh(e.buyer), wire::yuan(e.amount), with_titles(e.titles), landing_of(e.landing));
  }
  std::string operator()(const event::DealCountered& e) const {
    return fmt::format("协议 deal {} {} 还价 countered: {} → {} {} 元 yuan{}", e.deal.value, n.zh(e.proposer),
                       n.zh(e.seller), n.zh(e.buyer), wire::yuan(e.amount), with_titles(e.titles));
  }
  std::string operator()(const event::DealMoved& e) const {
    return fmt::format("协议 deal {} {}: {} → {} {} 元 yuan", e.deal.value, state_zh(e.state), n.zh(e.seller),
                       n.zh(e.buyer), wire::yuan(e.amount));
  }
  std::string operator()(const event::WrittenOff& e) const {
    return fmt::format("核销使用 written off: {} {} {}，{}", n.zh(e.participant), instrument_zh(e.instrument),
                       amount_of(e.instrument, e.quantity), e.project);
  }
  std::string operator()(const event::SealedAnnounced& e) const {
    std::string out = fmt::format("密封拍卖 sealed auction {}: {} {} {}，{} – {}", e.auction.value, n.zh(e.seller),
                                  instrument_zh(e.instrument), amount_of(e.instrument, e.offered), moment_of(e.opens),
                                  moment_of(e.closes));
    if (e.rolled_over != Quantity{})
      out += fmt::format("，其中结转 rolled over {}", amount_of(e.instrument, e.rolled_over));
    if (e.reserve) out += fmt::format("，底价 reserve {}", price_of(e.instrument, *e.reserve));
    return out;
  }
  std::string operator()(const event::SealedBidChanged& e) const {
    return fmt::format("密封报价 sealed bid {}（拍卖 auction {}）：价格与数量不公开 price and quantity are not told",
                       e.bid.value, e.auction.value);
  }
  std::string operator()(const event::SealedOpened& e) const {
    std::string out =
        fmt::format("开标 opened: 拍卖 auction {} {}，认购 demand {} / 出让 offered {}", e.auction.value,
                    stage_zh(e.stage), wire::quantity(e.instrument, e.demand), amount_of(e.instrument, e.offered));
    if (e.price) out += fmt::format("，统一价 price {}", price_of(e.instrument, *e.price));
    if (e.least) out += fmt::format("，最低价 least {}", price_of(e.instrument, *e.least));
    return out + fmt::format("，种子 seed {}", e.seed);
  }
  std::string operator()(const event::BidDecided& e) const {
    return fmt::format("  报价 bid {} {} {} @ {}: {}{}", e.bid.value, n.zh(e.participant),
                       amount_of(e.instrument, e.quantity), price_of(e.instrument, e.price), standing_zh(e.standing),
                       e.awarded == Quantity{} ? "" : " " + amount_of(e.instrument, e.awarded));
  }
  std::string operator()(const event::RolledOver& e) const {
    return fmt::format("结转 rolled over: 拍卖 auction {} → {} {}", e.from.value,
                       e.to ? std::to_string(e.to->value) : "以后场次，尚未公告 one yet to be announced",
                       amount_of(e.instrument, e.quantity));
  }
  std::string operator()(const event::ListingAnnounced& e) const {
    const Instrument i = e.legs.empty() ? Instrument{} : e.legs.front().instrument;
    return fmt::format(
        "挂牌 listing {}: {} {}，起始价 start {}，加价 step {}{}{}，{} – {}", e.auction.value, n.zh(e.seller),
        lot_of(e.legs), price_of(i, e.start), price_of(i, e.step), e.reserve ? "，有底价 with a reserve" : "",
        e.priority ? "，优先权 priority " + n.zh(*e.priority) : "", moment_of(e.from), moment_of(e.deadline));
  }
  std::string operator()(const event::BidderNumbered& e) const {
    return fmt::format("挂牌 listing {}：竞买号 bidder number {}（{}）", e.auction.value, e.bidder,
                       n.zh(e.participant));
  }
  std::string operator()(const event::ListingRaised& e) const {
    return fmt::format("挂牌 listing {}: {} 号 bidder {} 报 bids {}{}{}，至 until {}", e.auction.value, e.bidder,
                       e.bidder, price_of(e.instrument, e.price), e.by_priority ? "（优先权 by priority）" : "",
                       e.extended ? "（延时 extended）" : "", moment_of(e.due));
  }
  std::string operator()(const event::ListingMoved& e) const {
    std::string out = fmt::format("挂牌 listing {}: {}", e.auction.value, stage_zh(e.stage));
    if (e.due) out += "，至 until " + moment_of(*e.due);
    if (e.highest && !e.due)
      out += fmt::format("，{} 号 bidder {} 最高价 highest {}", e.bidder.value_or(0), e.bidder.value_or(0),
                         price_of(e.instrument, *e.highest));
    if (e.reserve) out += fmt::format("，底价 reserve {}", price_of(e.instrument, *e.reserve));
    if (e.rule)
      out += fmt::format("，{} [{}]",
                         e.floor ? "低于当日下限 below the floor of the day " + price_of(e.instrument, *e.floor)
                                 : std::string{"当日无有效价格 no price in force that day"},
                         wire::text_of(*e.rule));
    return out;
  }
  std::string operator()(const event::AuctionCancelled& e) const {
    return fmt::format("终止 cancelled: 第 {} 号 auction {}", e.auction.value, e.auction.value);
  }
  std::string operator()(const event::Awarded& e) const {
    return fmt::format("中标 awarded: 第 {} 号 auction {}，协议 deal {} {} → {} {} = {} 元 yuan", e.auction.value,
                       e.auction.value, e.deal.value, n.zh(e.seller), n.zh(e.buyer), lot_of(e.legs),
                       wire::yuan(e.amount));
  }
  std::string operator()(const event::Proposed& e) const {
    return fmt::format("报批 proposal {}: {} {}，{} 至 until {}", e.proposal.value, n.zh(e.participant),
                       subject_zh(e.kind), step_zh(e.step), wire::text_of(e.due));
  }
  std::string operator()(const event::ProposalMoved& e) const {
    std::string out = fmt::format("报批 proposal {}: {}", e.proposal.value, state_zh(e.state));
    if (e.step) out += "，" + step_zh(*e.step);
    if (e.due) out += "，至 until " + wire::text_of(*e.due);
    if (!e.reason.empty()) out += "：" + e.reason;
    if (e.refusal) {
      const auto told = wire::tell(*e.refusal, n.places);
      out += fmt::format("（{} {} [{}]）", told.zh, told.en, told.rule);
    }
    return out;
  }
  std::string operator()(const event::AdvancePaid& e) const {
    return fmt::format("预拨 advance {}: {} {} 元 yuan（垦造资金 fund {}），至 due {} [H66-7.5]", e.advance.value,
                       n.zh(e.county), wire::yuan(e.amount), wire::yuan(e.fund), wire::text_of(e.due));
  }
  std::string operator()(const event::AdvanceMoved& e) const {
    const std::string how =
        e.filing ? fmt::format("冲抵 netted {} 元（第 {} 批 batch）", wire::yuan(e.reduced), e.filing->value)
        : e.reduced != Fen{} ? fmt::format("归还 repaid {} 元", wire::yuan(e.reduced))
                             : std::string{};
    // H66-7.5 grants the advance; how it is netted, repaid and called back is ours (advance.* of h66.toml).
    return fmt::format(
        "预拨 advance {}: {}{}{}，余 left {} 元 yuan [H66-7.5：冲抵、归还、追回为本所默认，非文件规定 netting, "
        "repayment and claw-back are our default, not the law]",
        e.advance.value, how, how.empty() ? "" : "，", state_zh(e.state), wire::yuan(e.left));
  }
  std::string operator()(const event::DealConfirmed& e) const {
    return fmt::format("成交确认 confirmed: 协议 deal {} {} → {}，公示至 notice until {}，付款至 pay by {}，{}",
                       e.deal.value, n.zh(e.seller), n.zh(e.buyer), wire::text_of(e.notice_until),
                       wire::text_of(e.pay_by), e.document);
  }
  std::string operator()(const event::DealVoided& e) const {
    std::string why = e.reason;
    if (e.refusal) {
      const auto told = wire::tell(*e.refusal, n.places);
      why = told.zh + " " + told.en;
    }
    return fmt::format("成交无效 void: 协议 deal {} {} → {}：{}（{}）", e.deal.value, n.zh(e.seller), n.zh(e.buyer),
                       why, e.document);
  }
  std::string operator()(const event::PriceRevoked& e) const {
    return fmt::format("撤销公布价 price revoked: 第 {} 号 row {} {}，{} – {}，{}", e.row.value, e.row.value,
                       instrument_zh(e.instrument), wire::text_of(e.from), wire::text_of(e.until), e.document);
  }
  std::string operator()(const event::LotMoved& e) const {
    if (e.from_place == engine::Place::outside) return {};  // told by Filed
    return fmt::format(
        "  批次 lot {}: {} {}{}", e.filing.value, instrument_zh(e.instrument), amount_of(e.instrument, e.quantity),
        e.from == e.to ? " → " + place_zh(e.to_place) : fmt::format("，{} → {}", n.zh(e.from), n.zh(e.to)));
  }
  std::string operator()(const event::LotExpired& e) const {
    return fmt::format("过期 expired: 批次 lot {} {} {} {}，有效至 valid through {}", e.filing.value,
                       n.zh(e.participant), instrument_zh(e.instrument), amount_of(e.instrument, e.quantity),
                       wire::text_of(e.expires));
  }
  std::string operator()(const event::ProjectRegistered& e) const {
    return fmt::format("项目 project {} 登记 registered: {} {}，{}", e.project.value, n.zh(e.county), e.name,
                       e.document);
  }
  std::string operator()(const event::ProjectMoved& e) const {
    return fmt::format("项目 project {}（{}）: {} → {}，{}", e.project.value, n.zh(e.county), state_zh(e.from),
                       state_zh(e.to), e.document);
  }
  std::string operator()(const event::ConflictRecorded& e) const {
    return fmt::format("地类矛盾 land class in dispute: {} 地块 plot {}，{}，{} [H66-9]", n.zh(e.county), e.plot,
                       conflict_zh(e.conflict), e.document);
  }
  std::string operator()(const event::ConflictCleared& e) const {
    return fmt::format("地类矛盾已解决 dispute settled: {} 地块 plot {} [H66-9]", n.zh(e.county), e.plot);
  }
  std::string operator()(const event::LandFrozen& e) const {
    return fmt::format("冻结 freeze {}: {} {} {}，{}", e.freeze.value, n.zh(e.participant), instrument_zh(e.instrument),
                       amount_of(e.instrument, e.quantity), e.document);
  }
  std::string operator()(const event::LandUnfrozen& e) const {
    return fmt::format("解冻 released from freeze {}: {} {} {}，余 left {}，{}", e.freeze.value, n.zh(e.participant),
                       instrument_zh(e.instrument), amount_of(e.instrument, e.quantity),
                       amount_of(e.instrument, e.left), e.document);
  }
  std::string operator()(const event::LandTransferred& e) const {
    return fmt::format("划转 transferred: {} → {} {} {}，{}{}", n.zh(e.from), n.zh(e.to), instrument_zh(e.instrument),
                       amount_of(e.instrument, e.quantity), e.document,
                       e.not_a_sale ? fmt::format("（行政划转，不是转让，不适用下限 no sale, so no floor [{}]）",
                                                  wire::text_of(*e.not_a_sale))
                                    : std::string{});
  }
  std::string operator()(const event::LandLent& e) const {
    return fmt::format("借用 loan {}: {} → {} {} {}，应于 to be returned by {} 归还，{}", e.loan.value, n.zh(e.lender),
                       n.zh(e.borrower), instrument_zh(e.instrument), amount_of(e.instrument, e.quantity),
                       wire::text_of(e.due), e.document);
  }
  std::string operator()(const event::LandReturned& e) const {
    return fmt::format("归还 returned of loan {}: {} → {} {} {}，余 left {}，{}", e.loan.value, n.zh(e.borrower),
                       n.zh(e.lender), instrument_zh(e.instrument), amount_of(e.instrument, e.quantity),
                       amount_of(e.instrument, e.left), e.document);
  }
  std::string operator()(const event::LoanOverdue& e) const {
    return fmt::format("借用逾期 loan {} is overdue: {} 欠 owes {} {} {}，应于 due {}", e.loan.value, n.zh(e.borrower),
                       n.zh(e.lender), instrument_zh(e.instrument), amount_of(e.instrument, e.left),
                       wire::text_of(e.due));
  }
  std::string operator()(const event::LandRestored& e) const {
    return fmt::format("还原 restored of write-off {}: {} {} {}，{}，仍核销 still used {}，{}", e.write_off.value,
                       n.zh(e.participant), instrument_zh(e.instrument), amount_of(e.instrument, e.quantity), e.project,
                       amount_of(e.instrument, e.left), e.document);
  }
  std::string operator()(const event::LandCancelled& e) const {
    return fmt::format("注销 cancelled: {} {} {}，{}", n.zh(e.participant), instrument_zh(e.instrument),
                       amount_of(e.instrument, e.quantity), e.document);
  }
  std::string operator()(const event::Adjusted& e) const {
    return fmt::format(
        "调整 adjusted: 第 {} 号 {} 增 adds {} 亩 mu，水田 paddy {}，产能 capacity {} kg，更正 corrects {}，{}",
        e.filing.value, n.zh(e.county), wire::mu(e.area), wire::mu(e.paddy), e.capacity.raw(), e.reverses.value,
        e.document);
  }
  std::string operator()(const event::PoolRequested& e) const {
    return fmt::format("统筹申请 request {}: {} {}，项目 project {}，{}，期限 until {} [H66-7.3]", e.request.value,
                       n.zh(e.county), purpose_zh(e.purpose), e.project, components_of(e.need),
                       wire::text_of(e.deadline));
  }
  std::string operator()(const event::RequestMoved& e) const {
    return fmt::format("统筹申请 request {}（{}）: {}{}", e.request.value, n.zh(e.county), request_state_zh(e.state),
                       e.document.empty() ? "" : "，" + e.document);
  }
  std::string operator()(const event::AllocationDrafted& e) const {
    return fmt::format("分配草案 draft allocation {}: {} 部分 parts，{} 项 draws", e.allocation.value, e.parts,
                       e.draws);
  }
  std::string operator()(const event::Allotted& e) const {
    return fmt::format("分配 allotted to request {}（{}）: 第 {} 批 batch {} {} [H66-7.3]", e.request.value,
                       n.zh(e.county), e.filing.value, instrument_zh(e.component), amount_of(e.component, e.quantity));
  }
  std::string operator()(const event::ProductOpened& e) const {
    return fmt::format("开放品种 product opened: {}，{} – {}，{}", product_zh(e.product), wire::text_of(e.from),
                       wire::text_of(e.until), e.approval);
  }
  std::string operator()(const event::TitleRegistered& e) const {
    return fmt::format("标的 title {} 登记 registered: {} {} {} 亩 mu{}{}{}，{}", e.title, n.zh(e.county),
                       product_zh(e.product), wire::mu(e.area),
                       e.grade ? fmt::format("，等级 grade {}", *e.grade) : std::string{},
                       e.parent ? fmt::format("，拆分自 split off {}", *e.parent) : std::string{},
                       e.consent.empty() ? "" : "，同意文号 consent " + e.consent, e.document);
  }
  std::string operator()(const event::PlotFlagged& e) const {
    return fmt::format("储备地块 reserve plot {}（{}）: 粮功区 grain zone {}，高标 high standard {}，{} [H66-6.4]",
                       e.plot, n.zh(e.county), yes_or_no(e.grain_zone), yes_or_no(e.high_standard), e.document);
  }
  std::string operator()(const event::TitleMoved& e) const {
    return fmt::format("标的 title {}（{}）: {}，{}{}{}", e.title, product_zh(e.product),
                       e.from == e.to ? n.zh(e.to) : n.zh(e.from) + " → " + n.zh(e.to), state_zh(e.state),
                       e.project.empty() ? "" : "，项目 project " + e.project, rule_of(e.clause));
  }
  std::string operator()(const event::NeedRegistered& e) const {
    return fmt::format("自用保障 own need: {} {} {}，{} [H66-7.7]", n.zh(e.county), instrument_zh(e.instrument),
                       amount_of(e.instrument, e.quantity), e.document);
  }
  std::string operator()(const event::GapCertified& e) const {
    return fmt::format("缺口证明 gap certificate {}: {} {} {}，{} – {}，{} [H66-7.6]", e.gap.value, n.zh(e.participant),
                       instrument_zh(e.instrument), amount_of(e.instrument, e.quantity), wire::text_of(e.from),
                       wire::text_of(e.until), e.document);
  }
  std::string operator()(const event::GapRevoked& e) const {
    return fmt::format("撤销缺口证明 gap certificate {} revoked: {}，{} [H66-7.6]", e.gap.value, n.zh(e.participant),
                       e.document);
  }
  std::string operator()(const event::BalanceOpened& e) const {
    return fmt::format("占补平衡 balance {}: {} {}，需要 needs {}，至 until {} [H66-7.1]", e.balance.value,
                       n.zh(e.county), e.project, parts_of(e.need), wire::text_of(e.deadline));
  }
  std::string operator()(const event::BalanceFilled& e) const {
    return fmt::format("占补平衡 balance {}: {} 由 from {} {}，余 left {}{} [H66-7.1]", e.balance.value, n.zh(e.county),
                       tier_zh(e.tier), parts_of(e.amount), parts_of(e.left),
                       e.reason.empty() ? "" : "，理由 reason: " + e.reason);
  }
  std::string operator()(const event::BalanceClosed& e) const {
    return fmt::format("占补平衡 balance {} 办结 closed: {}，余 left {} [H66-7.1]", e.balance.value, n.zh(e.county),
                       parts_of(e.left));
  }
  std::string operator()(const event::Warned& e) const {
    const Instrument i = e.instrument.value_or(Instrument::supplementary_area);
    switch (e.warning) {
      case event::Warning::own_need:
        return fmt::format(
            "提醒 warning: {} 挂出后可用 free after the offer {} {}，自用保障 own need {}（第 {} 号 number {}）[{}]",
            n.zh(e.participant), instrument_zh(i), amount_of(i, e.given), amount_of(i, e.bound), e.about, e.about,
            wire::text_of(e.clause));
      case event::Warning::gap:
        return fmt::format("提醒 warning: {} 受让 buys {} {}，有效缺口证明 certified gap {}（第 {} 号 number {}）[{}]",
                           n.zh(e.participant), instrument_zh(i), amount_of(i, e.given), amount_of(i, e.bound), e.about,
                           e.about, wire::text_of(e.clause));
      case event::Warning::tier_skipped:
        return fmt::format(
            "提醒 warning: {} 占补平衡 balance {}：使用 uses {} {}，前一来源还能提供 an earlier source could still "
            "give {} [{}]",
            n.zh(e.participant), e.about, instrument_zh(i), amount_of(i, e.given), amount_of(i, e.bound),
            wire::text_of(e.clause));
      case event::Warning::guide_price:
        return fmt::format(
            "提醒 warning: {} 的有偿承担 undertaking {}：价格 price {}，偏离指导价超出幅度 beyond the band around the "
            "guide price {} [{}：指导价的算法为本所默认，非文件规定 how it is made is our default, not the law]",
            n.zh(e.participant), e.about, mu_rate_of(Rate::from_raw(e.given.raw())),
            mu_rate_of(Rate::from_raw(e.bound.raw())), wire::text_of(e.clause));
    }
    return {};
  }
  std::string operator()(const event::Refused&) const { return {}; }
  std::string operator()(const event::Repeated&) const { return {}; }
  std::string operator()(const event::LevelChanged&) const { return {}; }
};

/// A table as part of what is told: on lines of its own, set in.
std::string below(const std::string& table) {
  std::string out;
  for (size_t at = 0; at < table.size();) {
    const size_t end = std::min(table.find('\n', at), table.size());
    out += "\n      " + table.substr(at, end - at);
    at = end + 1;
  }
  return out;
}

}  // namespace

void Teller::learn(OrderId order, Instrument instrument) {
  constexpr size_t kMostOrders = 100'000;
  instrument_of_.insert_or_assign(order, instrument);
  if (instrument_of_.size() > kMostOrders) instrument_of_.erase(instrument_of_.begin());
}

std::string Teller::line_of(const engine::Event& e) {
  if (const auto* accepted = std::get_if<event::OrderAccepted>(&e)) learn(accepted->order, accepted->instrument);
  if (const auto* traded = std::get_if<event::Traded>(&e)) {
    learn(traded->buy_order, traded->instrument);
    learn(traded->sell_order, traded->instrument);
  }
  const std::string line = plain(std::visit(Words{{names_}, instrument_of_}, e));
  if (const auto* reckoned = std::get_if<event::RunReckoned>(&e))
    return line + below(lines_of(reckoned->lines, names_) + net_of(reckoned->lines, names_) + ours_of(reckoned->kind));
  if (const auto* paid = std::get_if<event::RunPaid>(&e)) return line + below(lines_of(paid->lines, names_));
  return line;
}

}  // namespace landex::terminal
