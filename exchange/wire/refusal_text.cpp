#include "exchange/wire/refusal_text.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "clearing/allocation_check.hpp"
#include "exchange/wire/government_names.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::wire {
namespace {

using engine::Fact;
using engine::FactName;
using engine::Reason;

std::string role_name(int64_t role, bool zh) {
  switch (static_cast<engine::Role>(role)) {
    case engine::Role::district:
      return zh ? "区县" : "district";
    case engine::Role::bureau:
      return zh ? "市局" : "city bureau";
    case engine::Role::analyst:
      return zh ? "分析员" : "analyst";
    case engine::Role::auditor:
      return zh ? "审计员" : "auditor";
    case engine::Role::system:
      return zh ? "系统" : "system";
  }
  return "?";
}

std::string class_name(int64_t kind, bool zh) {
  switch (static_cast<ParticipantClass>(kind)) {
    case ParticipantClass::mountain4:
      return zh ? "山区4县" : "mountain-4";
    case ParticipantClass::urban:
      return zh ? "城区" : "urban district";
    case ParticipantClass::city:
      return zh ? "市级" : "city";
  }
  return "?";
}

std::string venue_name(int64_t venue, bool zh) {
  switch (static_cast<engine::Venue>(venue)) {
    case engine::Venue::simulation:
      return zh ? "模拟" : "simulation";
    case engine::Venue::production:
      return zh ? "生产" : "production";
  }
  return zh ? "未设定" : "not set";
}

std::string phase_name(int64_t phase, bool zh) {
  const auto p = static_cast<matching::Phase>(phase);
  if (!matching::exists(p)) return "?";
  return std::string{zh ? matching::rule_of(p).zh : matching::rule_of(p).en};
}

std::string remedy_words(int64_t remedy, bool zh) {
  const auto words = matching::words_of(static_cast<matching::Remedy>(remedy));
  return std::string{zh ? words.zh : words.en};
}

std::string project_state(int64_t state, bool zh) {
  using engine::ProjectState;
  switch (static_cast<ProjectState>(state)) {
    case ProjectState::planned:
      return zh ? "拟立项" : "planned";
    case ProjectState::established:
      return zh ? "立项" : "established";
    case ProjectState::implementing:
      return zh ? "实施" : "implementing";
    case ProjectState::county_accepted:
      return zh ? "县验收" : "accepted by the county";
    case ProjectState::city_accepted:
      return zh ? "市验收" : "accepted by the city";
    case ProjectState::filed:
      return zh ? "报备入库" : "filed";
    case ProjectState::abandoned:
      return zh ? "终止" : "abandoned";
  }
  return "?";
}

/// What an order or a deal wanted to do, where a phase, window or venue forbids it, or which kind of entry is meant;
/// another text is a field or a document, and stands as it is.
std::string words_of_text(const engine::Refusal& r, bool zh) {
  struct Words {
    std::string_view name, zh, en;
  };
  static constexpr Words kWords[] = {
      {"place", "申报新委托", "place an order"},
      {"at_best", "最优价委托", "place an order at best"},
      {"all_or_none", "不可分割或最低成交量的委托", "place an order all-or-none or with a minimum"},
      {"immediate", "立即成交的委托（IOC、FOK）", "place an order that trades at once or ends (IOC, FOK)"},
      {"post_only", "只做挂单的委托", "place a post-only order"},
      {"trigger", "止损委托", "place a stop order"},
      {"cap", "带金额上限的委托", "place an order with a money cap"},
      {"reduce", "撤单或减量", "cancel or reduce an order"},
      {"continuous_book", "连续竞价盘口", "continuous book"},
      {"negotiated", "协议转让", "directed sale"},
      {"listing", "挂牌", "listing"},
      {"auction", "竞价", "auction"},
      {"freeze", "冻结", "freeze"},
      {"loan", "借用", "loan"},
      {"write_off", "核销", "write-off"},
      {"deduction", "核减", "deduction"},
      {"expires", "有效期", "last day of the batch"},
      {"due", "归还日", "day of return"},
      {"county", "区县", "county"},
      {"project", "项目", "project"},
      {"purpose", "用途", "purpose"},
      {"kind", "指标种类", "kind of indicator"},
      {"exception_reason", "例外理由", "the reason"},
      {"exception_approver", "批准单位", "who allowed it"},
      {"advance", "预拨", "an advance"},
      {"planning_space", "规划空间登记", "registering planning space"},
      {"standard", "该年度标准", "the figure of that year"},
      {"task", "该周期的恢复任务", "the restoration task of that cycle"},
      {"scale", "该乡镇的规模", "the scale of that township"},
      {"sender", "飞出地", "sender"},
      {"receiver", "飞入地", "receiver"},
      {"excluded", "不纳入补偿面积", "land left out"},
      {"rice", "种植水稻的永农", "rice on PBF"},
      {"pbf", "永久基本农田", "permanent basic farmland"},
      {"cultivated", "耕地", "cultivated land"},
      {"built", "同步建成面积", "land built in step"},
      {"included", "纳入集中建设区面积", "land in the concentrated zone"},
      {"registered_product", "品种（永农补划地块用 registry plots 入库）", "product (PBF plots: registry plots)"},
  };
  static constexpr Reason kWithWords[] = {
      Reason::phase_forbids,         Reason::mode_not_open,     Reason::window_closed,   Reason::unknown_entry,
      Reason::project_differs,       Reason::already_resolved,  Reason::exceeds_entry,   Reason::term_not_later,
      Reason::advance_not_for_class, Reason::exception_missing, Reason::balance_differs, Reason::already_registered,
      Reason::wrong_class,           Reason::figures_conflict};
  const bool names_an_action =
      std::ranges::find(kWithWords, r.reason) != std::end(kWithWords) || r.text == "registered_product";
  // Of advances the reason alone was told before others used it.
  const bool unnamed = r.text.empty() && r.reason == Reason::advance_not_for_class;
  const std::string_view name = unnamed ? std::string_view{"advance"} : std::string_view{r.text};
  const auto at = std::ranges::find(kWords, name, &Words::name);
  return names_an_action && at != std::end(kWords) ? std::string{zh ? at->zh : at->en} : r.text;
}

/// "2026-11-22 14:57:30", the clock in Beijing.
std::string instant_text(Instant at) {
  const int64_t seconds = at.us / 1'000'000 + matching::kBeijingAheadS;
  const int64_t of_day = seconds % 86'400;
  return fmt::format("{} {:02}:{:02}:{:02}", text_of(Day::from_raw(static_cast<int32_t>(seconds / 86'400))),
                     of_day / 3'600, of_day / 60 % 60, of_day % 60);
}

std::string place(int64_t code, const PlaceNames& places, bool zh) {
  const auto at = places.find(District::code(static_cast<uint32_t>(code)));
  if (at == places.end()) return std::to_string(code);
  return zh ? at->second.zh : at->second.en;
}

/// A bound, in the unit of the field that it bounds: a person reads mu and 万元/亩, not units of the wire.
std::string bounded(int64_t value, const std::string& field, Instrument i, bool zh) {
  if (field == "quantity" || field == "least_bid" || field == "issued")
    return quantity(i, Quantity::from_raw(value)) + " " + std::string{zh ? unit_zh(i) : unit_en(i)};
  if (field == "area" || field == "paddy" || field == "secured" || field == "included" || field == "built")
    return decimal(value, 4) + (zh ? " 亩" : " mu");
  if (field == "capacity") return std::to_string(value) + (zh ? " 公斤" : " kg");
  if (field == "price" || field == "rate" || field == "start" || field == "step" || field == "reserve")
    return zh ? rate(i, Rate::from_raw(value)) : rate_en(i, Rate::from_raw(value));
  if (field == "amount" || field == "claims" || field == "fund")
    return yuan(Fen::from_raw(value)) + (zh ? " 元" : " yuan");
  return std::to_string(value);
}

std::string deal_state(int64_t state, bool zh) {
  switch (static_cast<engine::DealState>(state)) {
    case engine::DealState::proposed:
      return zh ? "待接受" : "proposed";
    case engine::DealState::accepted:
      return zh ? "已接受" : "accepted";
    case engine::DealState::settled:
      return zh ? "已交割" : "settled";
    case engine::DealState::ended:
      return zh ? "已终止" : "ended";
    case engine::DealState::lapsed:
      return zh ? "已失效" : "lapsed";
    case engine::DealState::confirmed:
      return zh ? "已确认待付款" : "confirmed, to be paid";
    case engine::DealState::paid:
      return zh ? "已付款待交割" : "paid, to be handed over";
    case engine::DealState::defaulted:
      return zh ? "已违约" : "in default";
    case engine::DealState::voided:
      return zh ? "已作无效" : "void";
  }
  return "?";
}

std::string proposal_state(int64_t state, bool zh) {
  switch (static_cast<engine::ProposalState>(state)) {
    case engine::ProposalState::under_review:
      return zh ? "审批中" : "under review";
    case engine::ProposalState::returned:
      return zh ? "退回补正" : "returned for correction";
    case engine::ProposalState::in_notice:
      return zh ? "公示中" : "in notice";
    case engine::ProposalState::effective:
      return zh ? "已生效" : "effective";
    case engine::ProposalState::refused:
      return zh ? "不予批准" : "refused";
    case engine::ProposalState::withdrawn:
      return zh ? "已撤回" : "withdrawn";
    case engine::ProposalState::expired:
      return zh ? "逾期失效" : "expired";
    case engine::ProposalState::voided:
      return zh ? "已作废" : "void";
  }
  return "?";
}

std::string step_name(int64_t step, bool zh) {
  switch (static_cast<policy::StepKind>(step)) {
    case policy::StepKind::first_review:
      return zh ? "初审" : "first review";
    case policy::StepKind::review:
      return zh ? "审核" : "review";
    case policy::StepKind::approve:
      return zh ? "批准" : "approval";
  }
  return "?";
}

std::string subject_name(int64_t subject, bool zh) {
  switch (static_cast<policy::SubjectKind>(subject)) {
    case policy::SubjectKind::deduct_batch:
      return zh ? "核减" : "a deduction";
    case policy::SubjectKind::write_off:
      return zh ? "核销使用" : "use for a project";
    case policy::SubjectKind::publish_price:
      return zh ? "公布跨市调剂价" : "publishing a price";
    case policy::SubjectKind::settle_deal:
      return zh ? "协议交割" : "settling a deal";
    case policy::SubjectKind::settle_claims:
      return zh ? "支付统筹款" : "paying what the pool owes";
    case policy::SubjectKind::withdraw:
      return zh ? "出金" : "a withdrawal";
    case policy::SubjectKind::cancel_auction:
      return zh ? "终止拍卖或挂牌" : "stopping an auction";
    case policy::SubjectKind::file_batch:
      return zh ? "报备入库" : "a filing";
    case policy::SubjectKind::enter_plots:
      return zh ? "永农储备入库" : "entering reserve plots";
    case policy::SubjectKind::apply_advance:
      return zh ? "预拨垦造资金" : "an advance";
    case policy::SubjectKind::confirm_deal:
      return zh ? "成交确认" : "confirming a deal";
    case policy::SubjectKind::void_deal:
      return zh ? "协议作无效处理" : "making a deal void";
    case policy::SubjectKind::revoke_price:
      return zh ? "撤销公布价" : "revoking a price";
    case policy::SubjectKind::adjust_batch:
      return zh ? "批次调整" : "adjusting a batch";
    case policy::SubjectKind::cancel_land:
      return zh ? "注销" : "cancelling land";
    case policy::SubjectKind::transfer_land:
      return zh ? "划转" : "a transfer";
    case policy::SubjectKind::restore_land:
      return zh ? "还原" : "restoring used land";
    case policy::SubjectKind::freeze_land:
      return zh ? "冻结" : "a freeze";
    case policy::SubjectKind::unfreeze_land:
      return zh ? "解冻" : "ending a freeze";
    case policy::SubjectKind::lend_land:
      return zh ? "借用" : "a loan";
    case policy::SubjectKind::repay_advance:
      return zh ? "归还预拨款" : "repaying an advance";
    case policy::SubjectKind::allocate_pool:
      return zh ? "统筹指标分配" : "an allocation of the pool";
    case policy::SubjectKind::allot_plots:
      return zh ? "统筹永农储备使用" : "use of pooled reserve plots";
    case policy::SubjectKind::open_product:
      return zh ? "开放交易品种" : "opening a product";
    case policy::SubjectKind::certify_gap:
      return zh ? "缺口证明" : "certifying a gap";
    case policy::SubjectKind::use_titles:
      return zh ? "标的核销使用" : "use of titles for a project";
    case policy::SubjectKind::request_pool:
      return zh ? "统筹指标申请" : "a request to the pool";
    case policy::SubjectKind::fill_balance:
      return zh ? "占补平衡落实" : "filling a balance";
    case policy::SubjectKind::cancel_title:
      return zh ? "标的注销" : "cancelling a title";
    case policy::SubjectKind::register_title:
      return zh ? "标的登记" : "registering a title";
    case policy::SubjectKind::execute_run:
      return zh ? "年度结算支付" : "paying a yearly run";
    case policy::SubjectKind::publish_standard:
      return zh ? "公布年度标准" : "publishing a yearly figure";
    case policy::SubjectKind::revoke_standard:
      return zh ? "撤销年度标准" : "revoking a yearly figure";
    case policy::SubjectKind::earmark_fund:
      return zh ? "专户资金调拨" : "moving earmarked money";
    case policy::SubjectKind::register_task:
      return zh ? "恢复任务登记" : "registering a restoration task";
    case policy::SubjectKind::record_restored:
      return zh ? "恢复完成登记" : "recording restored land";
    case policy::SubjectKind::agree_undertaking:
      return zh ? "有偿承担登记" : "recording an undertaking";
    case policy::SubjectKind::register_enclave:
      return zh ? "飞地登记" : "registering an enclave";
    case policy::SubjectKind::agree_pbf_task:
      return zh ? "飞地永农协议登记" : "recording an enclave agreement";
    case policy::SubjectKind::use_reserved_scale:
      return zh ? "预留规模使用" : "use of reserved scale";
  }
  return "?";
}

std::string product_name(int64_t v, bool zh) {
  switch (static_cast<clearing::Product>(v)) {
    case clearing::Product::pbf_plot:
      return zh ? "永农补划地块" : "PBF replenishment plot";
    case clearing::Product::function_restoration:
      return zh ? "耕地功能恢复指标" : "function restoration";
    case clearing::Product::forest:
      return zh ? "补充林地" : "supplementary forest";
    case clearing::Product::public_forest:
      return zh ? "省级以上公益林" : "public-welfare forest";
    case clearing::Product::high_standard:
      return zh ? "高标准农田补划" : "high-standard farmland";
    case clearing::Product::grain_zone:
      return zh ? "粮食功能区补划" : "grain production zone";
    case clearing::Product::planning_space:
      return zh ? "规划空间" : "planning space";
  }
  return "?";
}

std::string title_state(int64_t v, bool zh) {
  switch (static_cast<clearing::TitleState>(v)) {
    case clearing::TitleState::held:
      return zh ? "持有" : "held";
    case clearing::TitleState::on_offer:
      return zh ? "挂出" : "on offer";
    case clearing::TitleState::pooled:
      return zh ? "市级统筹" : "pooled by the city";
    case clearing::TitleState::used:
      return zh ? "已核销使用" : "used";
    case clearing::TitleState::cancelled:
      return zh ? "已注销" : "cancelled";
  }
  return "?";
}

std::string request_state(int64_t v, bool zh) {
  switch (static_cast<clearing::RequestState>(v)) {
    case clearing::RequestState::open:
      return zh ? "待分配" : "open";
    case clearing::RequestState::allotted:
      return zh ? "已分配待接收" : "allotted, to be taken over";
    case clearing::RequestState::served:
      return zh ? "已满足" : "served";
    case clearing::RequestState::withdrawn:
      return zh ? "已撤回" : "withdrawn";
    case clearing::RequestState::expired:
      return zh ? "已过期" : "expired";
  }
  return "?";
}

std::string purpose_name(int64_t v, bool zh) {
  switch (static_cast<clearing::RequestClass>(v)) {
    case clearing::RequestClass::national:
      return zh ? "国家重大项目" : "national major project";
    case clearing::RequestClass::provincial:
      return zh ? "省重大项目" : "provincial major project";
    case clearing::RequestClass::city:
      return zh ? "市重大项目" : "city major project";
    case clearing::RequestClass::key_zone:
      return zh ? "市级以上重点建设区域" : "key construction zone";
    case clearing::RequestClass::other:
      return zh ? "其他用途" : "another purpose";
  }
  return "?";
}

std::string tier_name(int64_t v, bool zh) {
  switch (static_cast<clearing::Tier>(v)) {
    case clearing::Tier::own:
      return zh ? "县级平衡" : "own stock";
    case clearing::Tier::pool:
      return zh ? "市级统筹" : "the pool";
    case clearing::Tier::purchase:
      return zh ? "市内调剂" : "purchase within the city";
    case clearing::Tier::outside:
      return zh ? "跨市调剂" : "purchase from outside the city";
  }
  return "?";
}

std::string allocation_fault(int64_t v, bool zh) {
  switch (static_cast<clearing::AllocationFault>(v)) {
    case clearing::AllocationFault::rules_not_usable:
      return zh ? "规则不可用" : "the rules cannot be used";
    case clearing::AllocationFault::duplicate_filing:
      return zh ? "批次重复" : "a filing twice";
    case clearing::AllocationFault::duplicate_request:
      return zh ? "申请重复" : "a request twice";
    case clearing::AllocationFault::class_unknown:
      return zh ? "用途类别未知" : "unknown class";
    case clearing::AllocationFault::grade_out_of_range:
      return zh ? "等级超出范围" : "grade out of range";
    case clearing::AllocationFault::quantity_out_of_range:
      return zh ? "数量超出范围" : "quantity out of range";
    case clearing::AllocationFault::total_out_of_range:
      return zh ? "合计超出范围" : "total out of range";
    case clearing::AllocationFault::not_sorted:
      return zh ? "未按分量、申请、批次排序或有重复" : "not sorted by component, request, filing, or one twice";
    case clearing::AllocationFault::component_unknown:
      return zh ? "分量未知" : "unknown component";
    case clearing::AllocationFault::unknown_request:
      return zh ? "没有此申请" : "no such request";
    case clearing::AllocationFault::unknown_filing:
      return zh ? "统筹库中没有此批次" : "no such filing in the pool";
    case clearing::AllocationFault::draw_not_positive:
      return zh ? "数量不大于零" : "quantity not above zero";
    case clearing::AllocationFault::grade_too_low:
      return zh ? "质量等级低于要求" : "grade below what the request needs";
    case clearing::AllocationFault::lot_overdrawn:
      return zh ? "超出批次在库数量" : "more than the pool has of the filing";
    case clearing::AllocationFault::need_exceeded:
      return zh ? "超出申请数量" : "more than the request needs";
    case clearing::AllocationFault::lower_class_first:
      return zh ? "较低类别先于较高类别" : "a lower class before a higher one";
    case clearing::AllocationFault::usable_left_in_pool:
      return zh ? "库中尚有可用而未分配" : "usable land is left in the pool";
  }
  return "?";
}

std::string named(const Name& name, bool zh) { return std::string{zh ? name.zh : name.en}; }

/// One fact as a person reads it. Rates and quantities take their unit from the fact `instrument`.
std::string spoken(const Fact& f, const std::string& field, Instrument i, const PlaceNames& places, bool zh) {
  const auto rate_text = [&] { return zh ? rate(i, Rate::from_raw(f.value)) : rate_en(i, Rate::from_raw(f.value)); };
  const auto quantity_text = [&] {
    return quantity(i, Quantity::from_raw(f.value)) + " " + std::string{zh ? unit_zh(i) : unit_en(i)};
  };
  switch (f.name) {
    case FactName::given:
    case FactName::least:
    case FactName::most:
      return bounded(f.value, field, i, zh);
    case FactName::number:
      return std::to_string(f.value);
    case FactName::given_rate:
    case FactName::floor_rate:
      return rate_text();
    case FactName::instrument:
      return exists(i) ? std::string{zh ? name_of(i).zh : name_of(i).en} : std::to_string(f.value);
    case FactName::from_day:
    case FactName::until_day:
    case FactName::day:
      return text_of(Day::from_raw(static_cast<int32_t>(f.value)));
    case FactName::needed_fen:
    case FactName::available_fen:
      return yuan(Fen::from_raw(f.value)) + (zh ? " 元" : " yuan");
    case FactName::needed_quantity:
    case FactName::available_quantity:
      return quantity_text();
    case FactName::participant:
      return place(f.value, places, zh);
    case FactName::deal_state:
      return deal_state(f.value, zh);
    case FactName::phase:
      return phase_name(f.value, zh);
    case FactName::instant:
      return instant_text(Instant::from_raw(f.value));
    case FactName::remedy:
      return remedy_words(f.value, zh);
    case FactName::role:
      return role_name(f.value, zh);
    case FactName::venue:
      return venue_name(f.value, zh);
    case FactName::project_state:
    case FactName::project_to:
      return project_state(f.value, zh);
    case FactName::seller_class:
    case FactName::buyer_class:
      return class_name(f.value, zh);
    case FactName::proposal_state:
      return proposal_state(f.value, zh);
    case FactName::step:
      return step_name(f.value, zh);
    case FactName::subject:
      return subject_name(f.value, zh);
    case FactName::product:
      return product_name(f.value, zh);
    case FactName::title_state:
      return title_state(f.value, zh);
    case FactName::request_state:
      return request_state(f.value, zh);
    case FactName::purpose:
      return purpose_name(f.value, zh);
    case FactName::tier:
      return tier_name(f.value, zh);
    case FactName::allocation_fault:
      return allocation_fault(f.value, zh);
    case FactName::filing:
    case FactName::request:
    case FactName::year:
      return std::to_string(f.value);
    case FactName::standard:
      return named(name_of(static_cast<clearing::StandardKind>(f.value)), zh);
    case FactName::run_kind:
      return named(name_of(static_cast<clearing::RunKind>(f.value)), zh);
    case FactName::run_state:
      return named(name_of(static_cast<clearing::RunState>(f.value)), zh);
    case FactName::fund:
      return named(name_of(static_cast<clearing::Fund>(f.value)), zh);
    case FactName::needed_area:
    case FactName::available_area:
      return decimal(f.value, 4) + (zh ? " 亩" : " mu");
    case FactName::mu_rate:
    case FactName::least_mu_rate:
      return std::to_string(f.value) + (zh ? " 元/亩" : " yuan/mu");
  }
  return "?";
}

constexpr std::pair<FactName, const char*> kFactNames[] = {{FactName::given, "given"},
                                                           {FactName::least, "least"},
                                                           {FactName::most, "most"},
                                                           {FactName::given_rate, "given_rate"},
                                                           {FactName::floor_rate, "floor_rate"},
                                                           {FactName::instrument, "instrument"},
                                                           {FactName::from_day, "from_day"},
                                                           {FactName::until_day, "until_day"},
                                                           {FactName::day, "day"},
                                                           {FactName::needed_fen, "needed_fen"},
                                                           {FactName::available_fen, "available_fen"},
                                                           {FactName::needed_quantity, "needed_quantity"},
                                                           {FactName::available_quantity, "available_quantity"},
                                                           {FactName::participant, "participant"},
                                                           {FactName::number, "number"},
                                                           {FactName::role, "role"},
                                                           {FactName::venue, "venue"},
                                                           {FactName::seller_class, "seller_class"},
                                                           {FactName::buyer_class, "buyer_class"},
                                                           {FactName::deal_state, "deal_state"},
                                                           {FactName::phase, "phase"},
                                                           {FactName::instant, "instant"},
                                                           {FactName::remedy, "remedy"},
                                                           {FactName::project_state, "project_state"},
                                                           {FactName::project_to, "project_to"},
                                                           {FactName::proposal_state, "proposal_state"},
                                                           {FactName::step, "step"},
                                                           {FactName::subject, "subject"},
                                                           {FactName::product, "product"},
                                                           {FactName::title_state, "title_state"},
                                                           {FactName::request_state, "request_state"},
                                                           {FactName::purpose, "purpose"},
                                                           {FactName::tier, "tier"},
                                                           {FactName::allocation_fault, "allocation_fault"},
                                                           {FactName::filing, "filing"},
                                                           {FactName::request, "request"},
                                                           {FactName::year, "of_year"},
                                                           {FactName::standard, "standard"},
                                                           {FactName::run_kind, "run_kind"},
                                                           {FactName::run_state, "run_state"},
                                                           {FactName::fund, "fund"},
                                                           {FactName::needed_area, "needed_area"},
                                                           {FactName::available_area, "available_area"},
                                                           {FactName::mu_rate, "mu_rate"},
                                                           {FactName::least_mu_rate, "least_mu_rate"}};

/// Where a proposed allocation is wrong, as far as the check named a place: "：申请 12，批次 3，数量，1.0000 亩，至多
/// 0.5000 亩".
std::string place_of_fault(const engine::Refusal& r, Instrument i, const PlaceNames& places, bool zh) {
  struct Part {
    FactName name;
    std::string_view zh, en;
  };
  static constexpr Part kParts[] = {{FactName::request, "申请 ", "request "},
                                    {FactName::filing, "批次 ", "filing "},
                                    {FactName::instrument, "", ""},
                                    {FactName::needed_quantity, "", ""},
                                    {FactName::available_quantity, "至多 ", "at most "}};
  std::string out;
  for (const auto& part : kParts)
    if (const auto at = std::ranges::find(r.facts, part.name, &Fact::name); at != r.facts.end())
      out += (out.empty() ? ""
              : zh        ? "，"
                          : ", ") +
             std::string{zh ? part.zh : part.en} + spoken(*at, r.text, i, places, zh);
  return out.empty() ? out : zh ? "：" + out : ": " + out;
}

/// H66-21.4 sets no value (modes, notice, deposits, payment): what hangs from it is ours, and says so.
constexpr std::string_view kOursZh = "（H66-21.4 未作规定：本所默认，非文件规定。）",
                           kOursEn = " (H66-21.4 leaves it open: our default, not the law.)";

constexpr std::string_view kCalendar = "calendar ";  // the engine's word before a year that its calendar lacks

std::string fill(std::string_view text, const engine::Refusal& r, const PlaceNames& places, bool zh) {
  Instrument i = Instrument::supplementary_area;
  for (const Fact& f : r.facts)
    if (f.name == FactName::instrument && exists(static_cast<Instrument>(f.value)))
      i = static_cast<Instrument>(f.value);
  fmt::dynamic_format_arg_store<fmt::format_context> args;
  for (const auto& [name, key] : kFactNames) {
    const auto at = std::ranges::find(r.facts, name, &Fact::name);
    // What somebody else has free is not told (exchange/engine/told.hpp): then it is too little, and no more is said.
    const bool secret = r.reason == Reason::over_holding_limit || r.reason == Reason::no_certified_gap;
    const std::string none = name == FactName::available_fen ? (zh ? "不足" : "too little")
                             : secret                        ? (zh ? "（不公开）" : "(not told)")
                                                             : (zh ? "（无）" : "(none)");
    args.push_back(fmt::arg(key, at == r.facts.end() ? none : spoken(*at, r.text, i, places, zh)));
  }
  args.push_back(fmt::arg(
      "text", r.reason == Reason::allocation_faulty ? place_of_fault(r, i, places, zh) : words_of_text(r, zh)));
  args.push_back(fmt::arg("year", r.text.substr(std::min(r.text.size(), kCalendar.size()))));
  return fmt::vformat(text, args);
}

}  // namespace

const std::vector<HouseRule>& house_rules() {
  static const std::vector<HouseRule> rules{
      {"LX-identity", "每个客户端键的每个计数只执行一次；同一计数重发得到第一次的结果。",
       "Each counter of a client key is done once; sending it again returns the first result."},
      {"LX-role", "谁能做什么由登录身份决定：区县为自己，市局为全市；分析员、审计员只读。",
       "What a person may do follows from the log-on: a district for itself, the bureau for the city; analysts and "
       "auditors read."},
      {"LX-day", "营业日由市局开、闭；营业日决定适用的规则与价格。",
       "The bureau opens and closes the business day, which chooses the rules and prices."},
      {"LX-policy", "政策包是账本的第一条命令；没有有效规则就没有答案，从不当作 0。",
       "The policy pack is the first command of the journal; where no rule is in force there is no answer, never 0."},
      {"LX-range", "每个数都有上下限，保证任何和与积都精确。",
       "Every number has bounds, so that every sum and product is exact."},
      {"LX-tick", "委托与协议的价格为 0.01 万元/亩（产能 0.01 元/公斤）的整数倍，成交从不舍入。",
       "Orders and deals are priced in ticks of 0.01 wan yuan/mu (capacity: 0.01 yuan/kg), so a trade never rounds."},
      {"LX-document", "每次变更都写明依据文号与项目。", "Every change names the document and the project it rests on."},
      {"LX-registry", "指标按批报备，扣减不超过报备量与现有可用量；地块编号全市唯一。",
       "Indicators are filed in batches; a deduction exceeds neither the batch nor what is available; plot numbers are "
       "unique in the city."},
      {"LX-project",
       "项目按 拟立项→立项→实施→县验收→市验收→报备入库 推进，县级办到县验收，市局办市验收（我方默认，非法定）；"
       "写明项目的批次须已市验收。",
       "A project goes planned → established → implementing → accepted by the county → accepted by the city → filed; "
       "the county moves it up to its own acceptance, the bureau accepts for the city (our default, not the law). A "
       "batch that names a project needs the city's acceptance."},
      {"LX-entry", "冻结、借用、核销各以其序号为名，可分次解除，解除完即了结，不能再次解除；更正写明所更正的原记录。",
       "Freezes, loans and write-offs are named by their numbers and undone in parts; what is undone in full is "
       "resolved for good. A correction names the entry that it corrects."},
      {"LX-hold", "委托进入交易前，先冻结其最多可能的付款或应交的指标；成交必能交割。",
       "What an order or deal may cost is held before it enters, so that a trade can always settle."},
      {"LX-order", "只能撤自己的、仍在盘口的委托；不与自己成交。",
       "Only one's own resting orders can be cancelled, and nobody trades with himself."},
      {"LX-phase",
       "每个品种每一刻处于一个阶段（休市、集合竞价、不可撤单、连续竞价、暂停），各阶段允许什么、可转到哪一阶段，"
       "见阶段表。",
       "Each instrument is in one phase at a time (closed, call, no-cancel call, continuous, halted); two tables say "
       "what "
       "each allows and which may follow."},
      {"LX-band", "申报价不超出当日涨跌幅（场所参数，我方默认，非法定）。",
       "Orders stay within the day's price band (a parameter of the venue: our default, not the law)."},
      {"LX-book", "盘口容量有界且预先备好；满则拒收，从不排队等待。",
       "Books are bounded and prepared beforehand; a full one refuses and never queues."},
      {"LX-deal", "协议由一方提出、另一方接受；一个协议最多四项指标和五十个标的，全部成交或全部不成交。",
       "One side proposes a deal, the other accepts; up to four legs and fifty titles, all or none."},
      {"LX-title", "标的（地块等）各有全市唯一的编号，整个转让；使用、注销后不再变动；只有可分割的品种能拆分。",
       "A title (a plot, or the like) has a number of its own in the whole city and moves whole; once used or "
       "cancelled "
       "it moves no more; only products that may be divided are split."},
      {"LX-auction",
       "拍卖、挂牌按公告的时刻与规则进行：竞价开始后不能撤回，最高价者或统一价成交；密封报价在开标前除报价者外无人可见"
       "。",
       "Auctions and listings run by the hours and rules announced: nobody takes one back once bidding has begun; "
       "until "
       "they are opened, nobody but the bidder sees a sealed bid."},
      {"LX-pool",
       "统筹指标按申请分配：分配在交易核心之外计算，核心核验可行性与类别次序，另有人审批；分配后由区县按价接收，逾期退"
       "回"
       "（我方默认，非法定）。",
       "The pool is dealt out by requests: an allocation is reckoned outside the core, which verifies that it is "
       "possible and keeps the order of classes, and other people approve it; the county takes over what was allotted "
       "against its price, or it goes back (our default, not the law)."},
      {"LX-run",
       "年度结算先测算、后支付：测算列明每一笔，另一人批准后一次付清或都不付；支付后只能以写明它的新结算冲正。标准按年"
       "度公布，"
       "没有的年度没有答案。",
       "A yearly run is reckoned first and paid later: reckoning tells every line, another person approves, all of it "
       "is paid at "
       "once or none; what was paid is undone only by a new run that names it. Figures are published by year; a year "
       "without one "
       "has no answer."},
      {"LX-approval",
       "有审批链的事项先报批：初审、审核、批准由不同的人办理，提出人不审批自己的事项；批准并公示期满后再核验一次才生效"
       "。",
       "Where there is a chain, a command is proposed first: each step is decided by another person and never by the "
       "one who proposed; it is checked again when it has been approved and its notice is over."},
  };
  return rules;
}

const std::vector<RefusalRow>& refusal_rows() {
  static const std::vector<RefusalRow> rows{
      {Reason::exists_with_different_field, "LX-identity", "这个计数已用于另一条命令（序号 {number}），“{text}”不同。",
       "This counter was used for another command (number {number}); '{text}' differs.", "换用下一个计数再发。",
       "Send it with the next counter."},
      {Reason::already_used, "LX-identity", "计数 {given} 已用过（最高 {most}），结果已不在保留窗口内。",
       "Counter {given} has been used (the highest is {most}) and its result is no longer kept.",
       "查询结果后换用更大的计数。", "Look up what happened, then use a higher counter."},
      {Reason::too_many_client_keys, "LX-identity", "此人的客户端键已达上限 {most}。",
       "This person has used {most} client keys, the most there may be.", "继续使用已有的客户端键。",
       "Go on with a client key that is in use."},
      {Reason::no_policy_active, "LX-policy", "尚未启用任何政策包。", "No policy pack is active.",
       "先由市局启用政策包。", "The bureau activates a policy pack first."},
      {Reason::unknown_behaviour, "LX-policy", "行为版本 {given} 未知（本程序到 {most}）。",
       "Behaviour {given} is unknown (this build knows up to {most}).", "升级程序或指定已知版本。",
       "Upgrade, or name a known version."},
      {Reason::policy_not_usable, "LX-policy",
       "政策包“{text}”不可用：须有起止日期、恰一个市级单位（且与现行相同）、0–100% "
       "的比例、走得通且不重叠的审批链、按序的工作日历。",
       "The policy pack '{text}' cannot be used: it needs dates in order, exactly one city unit (the present one), "
       "shares of 0–100 %, chains that can be followed and do not overlap, and a calendar in order.",
       "改正政策文件后重新启用。", "Correct the policy files and activate again."},
      {Reason::not_permitted, "LX-role", "{role}（{participant}）不能做此事。",
       "A person of role {role} ({participant}) may not do this.", "由有权的单位登录办理。",
       "Log on as the unit that may."},
      {Reason::unknown_unit, "LX-role", "{participant} 不是可参与此事的区、县（市）。",
       "{participant} is not a district or county that takes part in this.",
       "写明政策文件 hangzhou.toml 所列区县的六位代码。",
       "Name the six-digit code of a district or county listed in hangzhou.toml."},
      {Reason::account_not_open, "LX-role", "{participant} 尚未开户。", "{participant} has no account.",
       "由市局先开户。", "The bureau opens the account first."},
      {Reason::account_already_open, "LX-role", "{participant} 已开户。", "{participant} already has an account.",
       "直接使用现有账户。", "Use the account there is."},
      {Reason::day_not_open, "LX-day", "当前没有开市，或所指不是当前营业日。",
       "No business day is open, or not the one that is meant.", "用 status 查看营业日；由市局开市后再办。",
       "See status for the day; the bureau opens one first."},
      {Reason::day_already_open, "LX-day", "{day} 正在营业。", "Business day {day} is open.", "先闭市。",
       "Close it first."},
      {Reason::day_not_later, "LX-day", "营业日须晚于 {day}。", "A business day must be later than {day}.",
       "用更晚的日期。", "Open a later day."},
      {Reason::no_rule_in_force, "LX-policy", "{day} 没有有效规则（{text}；有效期 {from_day} 至 {until_day}）。",
       "No rule is in force on {day} ({text}; in force {from_day} to {until_day}).", "启用在该日有效的政策包。",
       "Activate a policy pack that is in force on that day."},
      {Reason::mode_not_open, "LX-day", "交易方式“{text}”未在当前场所（{venue}）开放。",
       "The mode '{text}' is not open at this venue ({venue}).",
       "由市局设定开放此方式的场所；协议转让在两种场所都开放。",
       "Have the bureau set a venue that opens it; directed sales are open at both."},
      {Reason::unknown_instrument, "LX-range", "没有编号为 {given} 的指标品种。",
       "There is no instrument number {given}.", "使用目录中的品种。", "Use an instrument of the catalogue."},
      {Reason::value_out_of_range, "LX-range", "“{text}”为 {given}，须在 {least} 至 {most} 之间。",
       "'{text}' is {given}; it must lie between {least} and {most}.", "改正该值后再发。",
       "Correct the value and send again."},
      {Reason::period_ends_before_it_begins, "LX-range", "有效期 {from_day} 至 {until_day} 前后颠倒。",
       "The period {from_day} to {until_day} ends before it begins.", "对调或改正日期。", "Correct the dates."},
      {Reason::document_missing, "LX-document", "缺少“{text}”。", "'{text}' is missing.",
       "写明依据文号、项目或批准机关。", "State the document, project or approving office."},
      {Reason::price_overlaps, "LX-day", "{from_day} 至 {until_day} 已有公布价或已开放（{text}），期间不能重叠。",
       "{from_day} to {until_day} is already published or open ({text}); periods do not overlap.",
       "另写不重叠的期间；公布价有误的，先撤销（price revoke）。",
       "Name a period that does not overlap; a price that was wrong is revoked first (price revoke)."},
      {Reason::price_changes_open_day, "LX-day", "{day} 正在营业，当日价格不能更改。",
       "Business day {day} is open; its price cannot change.", "从次日起公布，或先闭市。",
       "Publish from the next day on, or close the day first."},
      {Reason::paddy_exceeds_area, "LX-registry", "水田 {needed_quantity} 超过面积 {available_quantity}。",
       "Paddy of {needed_quantity} exceeds the area of {available_quantity}.", "水田是面积的一部分，改正后再报。",
       "Paddy is part of the area; correct it."},
      {Reason::component_not_in_kind, "LX-registry", "“{text}”不适用于此指标。",
       "'{text}' does not apply to this indicator.", "只填适用的分量。", "State only the components that apply."},
      {Reason::unknown_filing, "LX-registry", "没有第 {number} 号报备批次。", "There is no filing number {number}.",
       "用 holding 或 pool 查看批次。", "Look the number up."},
      {Reason::deduction_exceeds_filing, "LX-registry", "第 {number} 号批次的“{text}”只余 {most}，不能扣减 {given}。",
       "Filing {number} has {most} of '{text}' left; {given} cannot be deducted.", "减少扣减量。", "Deduct less."},
      {Reason::deduction_exceeds_holding, "LX-registry",
       "{participant}可用的{instrument}为 {available_quantity}，少于要扣减的 {needed_quantity}。",
       "{participant} has {available_quantity} of {instrument} available, less than the {needed_quantity} to be "
       "deducted.",
       "先撤回挂单或补足，再扣减。", "Free or replace what is missing first, then deduct."},
      {Reason::plot_already_entered, "LX-registry", "地块“{text}”已经入库或已支撑一个批次。",
       "Plot '{text}' is in the library already, or has made a batch.", "核对地块编号。", "Check the plot number."},
      {Reason::no_plots, "LX-registry", "没有列出地块。", "No plot is listed.", "至少列一个地块。",
       "List at least one plot."},
      {Reason::price_off_tick, "LX-tick", "{given_rate} 不在最小变动价位上。", "{given_rate} is off the tick.",
       "用 0.01 万元/亩（产能 0.01 元/公斤）的整数倍。",
       "Use a multiple of 0.01 wan yuan/mu (capacity: 0.01 yuan/kg)."},
      {Reason::unknown_order, "LX-order", "没有仍在盘口的第 {number} 号委托。", "No order {number} is resting.",
       "用 order ls 查看在途委托。", "See order ls for the orders that rest."},
      {Reason::not_your_order, "LX-order", "第 {number} 号委托不属于你方。", "Order {number} is not yours.",
       "只能撤自己的委托。", "Cancel your own orders only."},
      {Reason::crosses_own_order, "LX-order", "此委托会与你方自己的第 {number} 号委托成交。",
       "This order would meet your own order {number}.", "先撤该委托，或改价。",
       "Cancel that order first, or change the price."},
      {Reason::unknown_deal, "LX-deal", "没有第 {number} 号协议。", "There is no deal {number}.",
       "用 deal ls 查看协议。", "See deal ls."},
      {Reason::not_your_deal, "LX-deal", "此协议不由{participant}办理。", "This deal is not for {participant}.",
       "由协议的当事方、或待接受的一方办理。", "A party to the deal, or the side that is to accept, does it."},
      {Reason::deal_state_forbids, "LX-deal", "第 {number} 号协议的状态是“{deal_state}”，不允许此事。",
       "Deal {number} is {deal_state}, which does not allow this.", "用 deal ls 查看状态。",
       "See deal ls for its state."},
      {Reason::same_party_twice, "LX-deal", "转让方与受让方都是{participant}。",
       "{participant} is both seller and buyer.", "写明两个不同的单位；转让方不参加自己的竞价，也没有优先权。",
       "Name two different units; a seller neither bids in its own auction nor has a priority right in it."},
      {Reason::legs_not_valid, "LX-deal",
       "须有 1 至 {most} 项、每个品种或标的一次；挂牌各项不写价格，首项之后只能是随数量转让的水田、产能；现为 {given} "
       "项。",
       "It takes 1 to {most} legs or titles, each instrument and each title once; a listing's legs have no prices, and "
       "behind the first come only paddy and capacity that go with an area; here are {given}.",
       "改正各项后再提出。", "Correct the legs and send again."},
      {Reason::price_missing, "LX-deal", "{instrument}须写明价格。", "{instrument} needs a price.",
       "写明该项单价；水田、产能可随数量转让，公布了分项价格的除外。",
       "State its price; paddy and capacity may go with the area, unless a price of their own is published."},
      {Reason::no_price_in_force, "LX-policy", "{day} 没有{instrument}的跨市调剂价，此路线不能成交。",
       "No cross-city price for {instrument} is in force on {day}, so this route does not trade.",
       "等市局公布当期价格。", "Wait until the bureau has published the price of the period."},
      {Reason::below_floor, "LX-policy",
       "{given_rate} 低于下限 "
       "{floor_rate}：{seller_class}转让给{buyer_class}，不低于同期跨市调剂价（{text}，{from_day} 至 {until_day} "
       "有效）。",
       "{given_rate} is below the floor of {floor_rate}: {seller_class} to {buyer_class}, not below the cross-city "
       "price in force ({text}, {from_day} to {until_day}).",
       "报 {floor_rate} 或更高。", "Offer {floor_rate} or more."},
      {Reason::not_enough_land, "LX-hold",
       "{participant}可用的{instrument}为 {available_quantity}，需要 {needed_quantity}。",
       "{participant} has {available_quantity} of {instrument} available; {needed_quantity} are needed.",
       "减少数量，或先撤回占用的委托、协议。", "Offer less, or free what orders and deals hold."},
      {Reason::not_enough_money, "LX-hold", "{participant}可用资金 {available_fen}，需要 {needed_fen}。",
       "{participant} has {available_fen} available; {needed_fen} are needed.", "先入金（fund deposit），或减少数量。",
       "Deposit first (fund deposit), or ask for less."},
      {Reason::nothing_to_settle, "LX-hold", "市级统筹池不欠{participant}已定价的款项。",
       "The pool owes {participant} nothing that has a price.", "待定价的先公布价格。",
       "Publish the price of what waits for one."},
      {Reason::total_out_of_range, "LX-range", "“{text}”的合计超过 {most}。", "The total of '{text}' exceeds {most}.",
       "分批办理。", "Do it in parts."},
      {Reason::book_full, "LX-book", "盘口已满（至多 {most} 个委托）。", "The books are full (at most {most} orders).",
       "撤回不需要的委托后再发。", "Cancel what is not needed, then send again."},
      {Reason::phase_forbids, "LX-phase", "{instrument}处于“{phase}”，不允许“{text}”。",
       "{instrument} is in phase '{phase}', which does not allow '{text}'.", "用 book 查看阶段，待其转换后再办。",
       "See book for the phase, and wait for the next."},
      {Reason::phase_move_not_legal, "LX-phase", "{instrument}处于“{phase}”，不能转到第 {given} 阶段。",
       "{instrument} is in phase '{phase}', which phase {given} may not follow.", "按阶段表逐步转换。",
       "Move by the steps of the phase table."},
      {Reason::profile_not_usable, "LX-phase", "场所安排的“{text}”不可用（现为 {given}）：{remedy}。",
       "'{text}' of the profile cannot be used (it is {given}): {remedy}.", "改正后再设。",
       "Correct it and set the profile again."},
      {Reason::window_closed, "LX-phase", "{instant} 不在“{text}”的开放时段内。",
       "{instant} is not within the hours of '{text}'.", "在场所安排的时段内再办。",
       "Come back within the hours of the venue's profile."},
      {Reason::notice_not_over, "LX-deal", "第 {number} 号协议公示至 {until_day}，期满前不能交割。",
       "Deal {number} is on public notice through {until_day} and is not handed over before that.",
       "公示期满后的营业日再交割；有异议的，由市局作无效处理。",
       "Hand over on a business day after it; on an objection the bureau makes the deal void."},
      {Reason::unknown_price_row, "LX-policy", "没有第 {number} 号有效的价格公布。",
       "There is no published price {number} that stands.", "用 price ls 查看公布的价格。", "See price ls."},
      {Reason::outside_price_band, "LX-band", "{given_rate} 超出当日涨跌幅 {least} 至 {most}。",
       "{given_rate} lies outside the day's band of {least} to {most}.", "报该范围内的价格。",
       "Name a price within the band."},
      {Reason::no_price_band, "LX-band", "{instrument}当日没有涨跌幅，最优价买单没有可冻结的上限。",
       "{instrument} has no price band today, so a purchase at best has no price at which to hold money.",
       "写明金额上限（cap），或改报限价。", "State a money cap, or a limit."},
      {Reason::conditions_conflict, "LX-order", "委托条件“{text}”与其他条件不能同时成立。",
       "The condition '{text}' cannot stand beside the others.", "去掉其中之一。", "Leave one of them out."},
      {Reason::order_has_moved, "LX-order", "第 {number} 号委托现余 {available_quantity}，不是 {needed_quantity}。",
       "Order {number} has {available_quantity} left, not {needed_quantity}.", "按现余数量重新改单。",
       "Replace it from what is left now."},
      {Reason::expiry_not_later, "LX-order", "“{text}”已过。", "'{text}' has passed.", "写明以后的日期或时刻。",
       "Name a later day or instant."},
      {Reason::unknown_auction, "LX-auction", "没有第 {number} 号此类拍卖或挂牌。",
       "There is no auction of this kind with number {number}.",
       "用 auction list 查看；密封报价须写数量（--quantity），挂牌报价不写。",
       "See auction list; a sealed bid names a quantity (--quantity), a bid on a listing does not."},
      {Reason::auction_over, "LX-auction", "第 {number} 号已有结果或已撤回。",
       "Auction {number} is decided or cancelled.", "用 auction list 查看其他拍卖与挂牌。",
       "See auction list for others."},
      {Reason::bidding_not_begun, "LX-auction", "第 {number} 号于 {instant} 开始竞价。",
       "Bidding in auction {number} begins at {instant}.", "届时再报。", "Come back then."},
      {Reason::bidding_begun, "LX-auction", "第 {number} 号已开始竞价，不能撤回。",
       "Bidding in auction {number} has begun; it can no longer be taken back.",
       "等待结果；密封拍卖在开标前可由市局终止。",
       "Let it run; a sealed auction can be stopped by the bureau until it is opened."},
      {Reason::bidding_over, "LX-auction", "第 {number} 号已于 {instant} 截止。",
       "Bidding in auction {number} ended at {instant}.", "用 auction list 查看其他拍卖与挂牌。",
       "See auction list for others."},
      {Reason::bidding_not_over, "LX-auction", "第 {number} 号到 {instant} 才截止。",
       "Bidding in auction {number} does not end before {instant}.", "截止后再开标。", "Open the bids after that."},
      {Reason::auction_times, "LX-auction", "“{text}”太早，最早为 {instant}。",
       "'{text}' is too early; the earliest is {instant}.", "改为 {instant} 或更晚。", "Name {instant} or later."},
      {Reason::unknown_bid, "LX-auction", "你方在此拍卖中没有第 {number} 号报价。",
       "You have no bid {number} in this auction.", "用 auction list 查看自己的报价。",
       "See auction list for your own bids."},
      {Reason::not_among_bidders, "LX-auction",
       "第 {number} 号已进入限时竞价，只限截止前报价或报名的单位；{participant}不在其中。",
       "Auction {number} is in timed bidding, for those who bid or declared before the deadline; {participant} did "
       "not.",
       "下次在挂牌截止前报价或报名（auction declare）。",
       "Next time, bid or declare (auction declare) before the deadline."},
      {Reason::already_declared, "LX-auction", "{participant}在第 {number} 号中已报价或报名。",
       "{participant} has bid or declared in auction {number} already.", "直接报价即可。", "Nothing to do but bid."},
      {Reason::bid_too_low, "LX-auction",
       "{given_rate} 低于现在可报的最低价 {floor_rate}（起始价、加价幅度或公开的底价）。",
       "{given_rate} is below {floor_rate}, the least that may be bid now (start price, step or published reserve).",
       "报 {floor_rate} 或更高。", "Offer {floor_rate} or more."},
      {Reason::auction_full, "LX-auction", "“{text}”已达上限 {most}。",
       "There are {most} of '{text}', the most there may be.", "待其中一些结束或撤回后再报。",
       "Wait until some of them have ended, or withdraw one."},
      {Reason::approval_needed, "LX-approval", "{subject}在{venue}场所须先报批，不能直接办理。",
       "At the venue {venue}, {subject} needs approval and is not done directly.",
       "先报批：同一条命令加 --propose 理由；由另一人审批。",
       "Propose it: the same command with --propose REASON; another person approves."},
      {Reason::no_chain, "LX-approval", "{subject}在{venue}场所没有审批链，无须报批。",
       "At the venue {venue} there is no chain for {subject}, so nobody is to approve it.",
       "直接办理（不加 --propose）；预拨只能经审批取得：先在 approvals.toml 写明其审批链。",
       "Send it directly, without --propose; an advance comes by approval only: write its chain into approvals.toml."},
      {Reason::unknown_proposal, "LX-approval", "没有第 {number} 号报批事项。", "There is no proposal {number}.",
       "用 approve ls 查看。", "See approve ls."},
      {Reason::not_your_proposal, "LX-approval", "第 {number} 号由{participant}的另一人提出。",
       "Proposal {number} is another person's, of {participant}.", "只有提出人能补正或撤回。",
       "Who proposed it corrects it or takes it back."},
      {Reason::not_your_step, "LX-approval", "第 {number} 号（{participant}）现在的环节“{step}”由{role}办理。",
       "Proposal {number} ({participant}) is at the step '{step}', which is for the {role}.",
       "由该环节的单位办理；区县环节由提出单位的另一人办理。",
       "Leave it to them; a step of the district is for another person of the proposer's own."},
      {Reason::proposal_state_forbids, "LX-approval", "第 {number} 号的状态是“{proposal_state}”，不允许此事。",
       "Proposal {number} is {proposal_state}, which does not allow this.", "用 approve ls 查看状态。",
       "See approve ls for its state."},
      {Reason::needs_another_person, "LX-approval",
       "第 {number} 号由你提出或已由你办理：提出人不审批，每个环节另换一人。",
       "You proposed {number} or decided a step of it: the one who proposes does not approve, and each step is another "
       "person's.",
       "由另一人办理。", "Have another person decide it."},
      {Reason::subject_differs, "LX-approval", "第 {number} 号报批的是{subject}，补正不能换成别的事项。",
       "Proposal {number} is about {subject}; a correction cannot make it something else.",
       "补正同一事项；别的事项另行报批。", "Correct the same matter, and propose the other one by itself."},
      {Reason::advance_not_for_class, "LX-policy", "{participant}属{seller_class}：{text}只向山区4县。",
       "{participant} is of the class '{seller_class}'; {text} is for the mountain-4 counties.",
       "由临安、桐庐、淳安、建德申请或登记。", "Lin'an, Tonglu, Chun'an and Jiande apply or register."},
      {Reason::advance_day_out_of_reach, "LX-policy", "报备日 {day} 不在 {from_day} 至 {until_day} 之间（一年内）。",
       "The filing day {day} does not lie between {from_day} and {until_day}, within one year.",
       "写明一年内能确保报备的日期。", "Name a day within the year by which the filing is sure."},
      {Reason::unknown_advance, "LX-approval", "没有第 {number} 号预拨，或不属于你方。",
       "There is no advance {number}, or it is not yours.", "用 pool advance ls 查看。", "See pool advance ls."},
      {Reason::repays_too_much, "LX-hold", "第 {number} 号预拨只余 {most}，不能归还 {given}。",
       "{most} are left of advance {number}; {given} cannot be paid back.", "归还所余金额或更少。",
       "Pay back what is left, or less."},
      {Reason::unknown_project, "LX-project", "没有第 {number} 号项目。", "There is no project {number}.",
       "用 project ls 查看项目；先登记。", "See project ls; register it first."},
      {Reason::project_move_not_legal, "LX-project",
       "第 {number} 号项目现为“{project_state}”，{role}不能把它改为“{project_to}”。",
       "Project {number} is {project_state}; a person of role {role} cannot make it {project_to}.",
       "按顺序推进：县级办到县验收，市局办市验收；报备入库由报备写明项目时自动完成。",
       "Go step by step: the county up to its own acceptance, the bureau for the city's; it is filed by a batch that "
       "names it."},
      {Reason::project_not_ready, "LX-project", "第 {number} 号项目现为“{project_state}”，尚不能报备入库。",
       "Project {number} is {project_state}: nothing can be filed from it.", "市验收后再报备。",
       "File when the city has accepted it."},
      {Reason::project_differs, "LX-project", "第 {number} 号项目属{participant}，其{text}与批次不同。",
       "Project {number} is of {participant}, and its {text} is not that of the batch.", "报备本区县同类项目的批次。",
       "Name a project of the same county and kind."},
      {Reason::plots_do_not_sum, "LX-registry", "地块合计 {available_quantity}，批次面积为 {needed_quantity}。",
       "The plots come to {available_quantity}, the batch to {needed_quantity}.",
       "使地块面积之和等于批次面积；调整带地块的批次时，超出其地块的面积另行报备新批次。",
       "Let the plots add up to the area of the batch; land beyond the plots of a batch that is adjusted is filed as a "
       "new batch."},
      {Reason::plot_in_conflict, "LX-registry", "地块“{text}”存在地类矛盾，尚未解决，不能支撑指标。",
       "The land class of plot '{text}' is in dispute: it backs nothing.",
       "按 H66-9 解决矛盾并登记（plot clear）后再办。",
       "Settle the dispute as H66-9 says and record it (plot clear) first."},
      {Reason::unknown_conflict, "LX-registry", "地块“{text}”没有未解决的地类矛盾。",
       "Plot '{text}' has no open dispute.", "用 plot ls 核对地块编号。", "Check the plot number with plot ls."},
      {Reason::papers_missing, "LX-registry", "解决地块“{text}”的矛盾须有 {least} 份材料，现有 {given} 份。",
       "To clear plot '{text}' takes {least} papers; {given} of them are there.",
       "与林权证矛盾：实地调查、权利人同意、补偿到位、变更登记四份；其他矛盾：协商明确的处理意见。",
       "Against a certificate: survey, right-holder's consent, compensation paid and change of registration; else the "
       "opinion agreed with the owners."},
      {Reason::unknown_entry, "LX-entry", "没有第 {number} 号{text}。", "There is no {text} {number}.",
       "用 registry ls 查看序号。", "See its number in registry ls."},
      {Reason::not_your_loan, "LX-entry", "第 {number} 号借用不是由你方借入的。", "Loan {number} was not made to you.",
       "由借入方归还。", "Its borrower returns it."},
      {Reason::already_resolved, "LX-entry", "第 {number} 号{text}已全部解除，余 0。",
       "The {text} {number} has been undone in full; nothing is left of it.", "无需再办。", "Nothing to do."},
      {Reason::exceeds_entry, "LX-entry",
       "第 {number} 号{text}只余{instrument} {available_quantity}，少于 {needed_quantity}。",
       "Of the {text} {number} {available_quantity} of {instrument} is left, less than {needed_quantity}.",
       "减少数量。", "Name no more than is left."},
      {Reason::unknown_correction, "LX-entry", "第 {given} 号不是第 {number} 号批次的报备、核减或调整。",
       "Number {given} is no filing, deduction or adjustment of filing {number}.", "写明被更正的记录的序号。",
       "Name the number of the entry that was wrong."},
      {Reason::term_not_later, "LX-range", "{text}须在当前营业日 {day} 之后（有效期可为当日）。",
       "The {text} must lie after the business day {day} (a batch may last until that day).", "改写日期。",
       "Name a later day."},
      {Reason::borrower_overdue, "LX-entry", "{participant}第 {number} 号借用应于 {day} 归还而未还，不能再借。",
       "{participant} should have returned loan {number} by {day}; until then it borrows nothing.", "先归还。",
       "It returns that one first."},
      {Reason::not_restorable, "LX-entry", "第 {number} 号核销的指标来自市级统筹或市外，不能还原为可交易的指标。",
       "What write-off {number} used came out of the pool or from outside the city: it does not become land that is "
       "sold.",
       "项目不再使用的，由市局另行处置。",
       "Where its project needs it no longer, the bureau decides what becomes of it."},
      {Reason::batch_expired, "LX-entry", "第 {number} 号批次已于 {until_day} 到期（{day}）。",
       "Filing {number} expired on {until_day} (it is {day}).", "到期的指标不再核减、调整或还原。",
       "What has expired is not deducted, adjusted or restored any more."},
      {Reason::balance_differs, "LX-registry", "第 {number} 号占补平衡的{text}与申请不同，或不在统筹用途之列。",
       "The {text} of balance {number} is not that of the request, or the pool does not serve it.",
       "按该项目与用途申请，或不写 --balance。", "Ask for that project and purpose, or without --balance."},
      {Reason::loan_on_floor_route, "LX-entry",
       "{seller_class}向{buyer_class}调剂{instrument}不得低于同期跨市调剂价，不能以借用代替。",
       "From {seller_class} to {buyer_class} {instrument} goes at no less than the cross-city price of the day: it is "
       "not "
       "lent there.",
       "按不低于该价出让（deal propose），或由市局划转（registry transfer）。",
       "Sell it at that price or more (deal propose), or have the bureau transfer it (registry transfer)."},
      {Reason::unknown_request, "LX-pool", "没有第 {number} 号统筹申请。", "There is no request {number} to the pool.",
       "用 pool requests 查看。", "See pool requests."},
      {Reason::not_your_request, "LX-pool", "第 {number} 号统筹申请不是你方的。",
       "Request {number} to the pool is another county's.", "由申请的区县办理；退回、撤回也可由市局办理。",
       "Its county acts on it; the bureau, too, may return or withdraw."},
      {Reason::request_state_forbids, "LX-pool", "第 {number} 号统筹申请现为“{request_state}”，不允许此事。",
       "Request {number} is '{request_state}', which does not allow this.",
       "待分配的可撤回，已分配的可接收或退回；用 pool requests 查看状态。",
       "What is open can be withdrawn, what is allotted taken or returned; see pool requests."},
      {Reason::exception_missing, "LX-pool", "“{purpose}”不在统筹指标用途之列，例外须写明“{text}”。",
       "The pool does not serve '{purpose}' but by exception, which needs '{text}'.",
       "写明例外理由与批准单位（--exception、--approver），或改报列明的用途。",
       "State why and who allows it (--exception, --approver), or name a purpose of the clause."},
      {Reason::unknown_allocation, "LX-pool",
       "第 {number} 号不是可用的分配草案：没有、已生效、已随闭市清除，或已在审批中不能再改。",
       "There is no draft allocation {number} for this: never made, in effect, forgotten with its day, or before an "
       "approver and not to be changed.",
       "重新运行 pool allocate。", "Run pool allocate again."},
      {Reason::allocation_stale, "LX-pool", "第 {number} 号分配按序号 {given} 的库存与申请计算，序号 {most} 已有变动。",
       "Allocation {number} was reckoned from number {given}; the pool or its requests moved at number {most}.",
       "重新运行 pool allocate。", "Run pool allocate again."},
      {Reason::allocation_faulty, "LX-pool", "分配方案不成立：{allocation_fault}{text}。",
       "The allocation cannot be: {allocation_fault}{text}.", "用 pool allocate 重新计算并上传。",
       "Have pool allocate reckon it again."},
      {Reason::part_out_of_order, "LX-pool", "第 {number} 号分配的下一部分是第 {least} 部分，不是第 {given} 部分。",
       "The next part of allocation {number} is {least}, not {given}.", "按顺序上传。", "Send the parts in order."},
      {Reason::deadline_passed, "LX-pool", "期限 {until_day} 早于营业日 {day}。",
       "The deadline {until_day} lies before the business day {day}.", "写明当日或以后的期限。",
       "Name a deadline of today or later."},
      {Reason::product_not_open, "LX-title", "{day} 未开放“{product}”的交易。",
       "{product} is not open for trading on {day}.",
       "市局凭批准文号开放（product open）后再交易；用 product ls 查看开放的品种。",
       "The bureau opens it by an approval (product open); see product ls for what is open."},
      {Reason::unknown_title, "LX-title", "没有编号为“{text}”的标的。", "There is no title '{text}'.",
       "用 title ls 核对编号。", "Check the number with title ls."},
      {Reason::title_already_registered, "LX-title", "编号“{text}”已由{participant}的{product}使用。",
       "The number '{text}' is that of a title of {participant} ({product}).", "另写编号；编号全市唯一。",
       "Name another number; each is used once in the city."},
      {Reason::title_state_forbids, "LX-title", "标的“{text}”的状态是“{title_state}”，不允许此事，或在提出后被拆分。",
       "Title '{text}' is {title_state}, which does not allow this, or it has been split since it was proposed.",
       "用 title ls 查看状态；被拆分的，重新提出协议。",
       "See title ls for its state; where it was split, propose anew."},
      {Reason::not_your_title, "LX-title", "标的“{text}”不属于{participant}。",
       "Title '{text}' is not held by {participant}.", "只能处分自己持有的标的；用 title ls 查看。",
       "Dispose of titles that are held; see title ls."},
      {Reason::consent_missing, "LX-title", "登记“{product}”须有上级同意或批准文号。",
       "{product} is not registered without the number of the province's consent.",
       "补充林地写明省林业局审核同意文号，省级以上公益林写明省政府批准文号（--consent）。",
       "Name the consent of the provincial forestry bureau, for public-welfare forest the provincial government's "
       "approval "
       "(--consent)."},
      {Reason::landing_missing, "LX-title", "永农、高标、粮功区标的合在一个协议中，须是重大建设项目落地。",
       "Titles of PBF, high-standard farmland and grain zones go together only when a major construction project "
       "lands.",
       "写明项目、类别与文号（--landing）；或分别提出协议。",
       "Name the project, its class and its document (--landing), or propose them one by one."},
      {Reason::title_indivisible, "LX-title", "“{product}”标的“{text}”不能拆分。",
       "Title '{text}' ({product}) cannot be divided.", "整个转让或使用。", "Sell or use it whole."},
      {Reason::rule_ended, "LX-policy",
       "{day} 此规则已不适用：最后一日为 {until_day}（{text}）；其后的规则没有可引用的来源，不作答复。",
       "This rule no longer holds on {day}: its last day was {until_day} ({text}). What holds after it has no source "
       "that we know, so there is no answer.",
       "按 {until_day} 或以前的营业日办理；或等新规则写入政策文件并启用。",
       "Do it on a business day up to {until_day}, or have the new rule written into the policy files and activated."},
      {Reason::county_twice, "LX-run", "{participant}列了两次。", "{participant} is listed twice.",
       "每个区、县（市）只列一行。", "List each unit once."},
      {Reason::figures_conflict, "LX-run", "{participant}的“{text}”为 {needed_area}，超过 {available_area}。",
       "{participant}: '{text}' is {needed_area}, more than {available_area}.", "核对上报数后重报。",
       "Check the reported figures and send them again."},
      {Reason::year_out_of_reach, "LX-run", "{of_year} 年度不能结算：须在 {least} 至 {most} 年之间。",
       "Year {of_year} cannot be run: it must lie between {least} and {most}.", "改正年度。", "Correct the year."},
      {Reason::unknown_run, "LX-run", "没有第 {number} 号年度结算。", "There is no run {number}.", "用 run ls 查看。",
       "See run ls."},
      {Reason::unknown_standard, "LX-run", "没有第 {number} 号有效的年度标准。",
       "There is no yearly figure {number} that stands.", "用 standard ls 查看。", "See standard ls."},
      {Reason::unknown_task, "LX-run", "{participant}没有 {of_year} 年起周期的恢复任务登记。",
       "{participant} has no restoration task for the cycle from {of_year}.", "先登记任务（task register）。",
       "Register the task first (task register)."},
      {Reason::unknown_enclave, "LX-run", "没有第 {number} 号飞地。", "There is no enclave {number}.",
       "先登记飞地（enclave register）；协议以飞地合作为据。",
       "Register the enclave first (enclave register): an agreement rests on it."},
      {Reason::unknown_scale, "LX-run", "{participant}没有乡镇“{text}”的规模登记。",
       "{participant} has no township '{text}' with a registered scale.", "先登记（scale set）。",
       "Register it first (scale set)."},
      {Reason::run_state_forbids, "LX-run", "第 {number} 号年度结算{run_state}，不允许此事。",
       "Run {number} is {run_state}; that does not allow this.", "用 run show {number} 查看。",
       "See run show {number}."},
      {Reason::already_registered, "LX-run", "已经登记：{text}。", "Already registered: {text}.",
       "更正前先撤销原登记（年度标准用 standard revoke）；任务与规模各登记一次。",
       "Revoke the first before correcting it (standard revoke); tasks and scales are registered once."},
      {Reason::run_already_paid, "LX-run", "{of_year} 年度{run_kind}已由第 {number} 号结算支付。",
       "The run for {run_kind} of {of_year} was paid as number {number}.",
       "如有错误，先以新的结算冲正第 {number} 号（run reverse {number}）。",
       "If it was wrong, reverse it by a new run first (run reverse {number})."},
      {Reason::run_incomplete, "LX-run", "缺少{participant}：全市平均须有每个区、县（市）。",
       "{participant} is missing: the city average needs every unit.", "补列后再测算。", "Add it and reckon again."},
      {Reason::run_stale, "LX-run", "第 {number} 号测算之后，规则、年度标准或协议有变，今天测算的结果不同。",
       "Since run {number} was reckoned, rules, figures or agreements have changed: reckoned today it differs.",
       "重新测算（run reckon），再报批。", "Reckon it anew (run reckon), and propose that."},
      {Reason::no_standard, "LX-run", "{of_year} 年度没有公布“{standard}”，其他年度的不能代用。",
       "No figure is published for {of_year}: {standard}. That of another year does not stand in for it.",
       "由市局公布该年度标准（standard publish）。",
       "Have the bureau publish the figure of that year (standard publish)."},
      {Reason::below_provincial, "LX-run", "市级标准 {mu_rate} 低于省级 {least_mu_rate}。",
       "The city standard of {mu_rate} is below the province's {least_mu_rate}.",
       "市级补偿标准不低于省级：报 {least_mu_rate} 或更高。",
       "The city standard is not below the province's: set {least_mu_rate} or more."},
      {Reason::wrong_class, "LX-run", "{participant}是{seller_class}，不能作“{text}”。",
       "{participant} is of class {seller_class}; it cannot be the '{text}'.", "飞出地为山区4县，飞入地为城区。",
       "The sender is a mountain-4 county, the receiver an urban district."},
      {Reason::own_task_open, "LX-run", "{participant}自身任务 {needed_area}，只完成 {available_area}。",
       "{participant} has a task of its own of {needed_area}, of which {available_area} is done.",
       "完成自身任务后方可为其他区、县（市）承担。", "Finish its own task before undertaking another's."},
      {Reason::exceeds_task, "LX-run", "{participant}的任务只余 {available_area}，不能再记 {needed_area}。",
       "Of the task of {participant} only {available_area} is left; {needed_area} is too much.", "改小面积。",
       "Make it smaller."},
      {Reason::undertakes_all, "LX-run",
       "{participant}的任务由他方承担将达 {needed_area}，须少于全部（{available_area}）。",
       "Others would undertake {needed_area} of the task of {participant}; it must be less than the whole of "
       "{available_area}.",
       "只能承担“部分”任务：改小面积。", "Only part of a task may be undertaken: make it smaller."},
      {Reason::over_enclave_space, "LX-run", "此类飞地由市统筹保障的空间至多 {available_area}，所报 {needed_area}。",
       "The city secures at most {available_area} for such an enclave; {needed_area} was given.",
       "超出部分须另有来源，不在此登记。", "What goes beyond needs another source and is not entered here."},
      {Reason::over_reserved_scale, "LX-run", "“{text}”的预留规模只余 {available_area}，不能使用 {needed_area}。",
       "'{text}' has {available_area} of its reserved scale left; {needed_area} is too much.",
       "改小面积，或待乡镇规划调整。", "Make it smaller, or have the township plan changed."},
      {Reason::fund_short, "LX-run", "{fund}只有 {available_fen}，需 {needed_fen}。",
       "The {fund} holds {available_fen}; {needed_fen} is needed.", "先划入专户（fund earmark）。",
       "Earmark money first (fund earmark)."},
      {Reason::nothing_to_pay, "LX-run", "{of_year} 年度{run_kind}没有可支付的款项。",
       "There is nothing to pay for {run_kind} of {of_year}.", "核对登记与上报数。",
       "Check what is registered and reported."},
      {Reason::purpose_not_served, "LX-pool", "此条不用于{purpose}。",
       "This clause does not serve this purpose: {purpose}.",
       "写明国家、省或市重大建设项目；重点建设区域由 20% 统筹指标保障（H66-7.3）。",
       "Name a national, provincial or city major project; a key zone is served by the pooled 20 % (H66-7.3)."},
      {Reason::unknown_gap, "LX-registry", "没有第 {number} 号有效的缺口证明。",
       "There is no gap certificate {number} that stands.", "用 gap ls 查看证明。", "See gap ls."},
      {Reason::no_certified_gap, "LX-policy",
       "{participant}受让{instrument} {needed_quantity}，{day} 有效的缺口证明最多为 {available_quantity}。",
       "{participant} buys {needed_quantity} of {instrument}; the gap certified for it on {day} is "
       "{available_quantity} "
       "at most.",
       "由市局出具缺口证明（gap certify）；或减少数量；或以协议向山区4县以外的单位受让。",
       "Have the bureau certify the gap (gap certify), or buy less, or buy by a directed deal from others than the "
       "mountain four."},
      {Reason::own_need_reserved, "LX-registry",
       "{participant}除自用保障外可挂出的{instrument}为 {available_quantity}，少于 {needed_quantity}。",
       "{participant} may offer {available_quantity} of {instrument} beside what it keeps for its own projects, less "
       "than "
       "{needed_quantity}.",
       "减少数量；或重新登记自用保障（need set）。", "Offer less, or register another need (need set)."},
      {Reason::unknown_balance, "LX-registry", "没有第 {number} 号占补平衡，或不属于你方。",
       "There is no balance {number}, or it is not yours.", "用 balance ls 查看。", "See balance ls."},
      {Reason::balance_over, "LX-registry", "第 {number} 号占补平衡已办结。", "Balance {number} is closed.",
       "另开一个（balance open）。", "Open another (balance open)."},
      {Reason::tier_skipped, "LX-policy", "“{tier}”还能提供{instrument} {available_quantity}，按次序应先用。",
       "{available_quantity} of {instrument} could still come from {tier}, which comes first.",
       "先用该来源；规则只作提醒时，写明跳过的理由（--reason）。",
       "Use that source first; where the rule only warns, say why it is skipped (--reason)."},
      {Reason::filled_by_taking, "LX-registry", "市级统筹的指标不由此项填报：接收分配时自动计入占补平衡。",
       "Indicators from the pool are not filled in here: taking an allotment fills the balance by itself.",
       "提出统筹申请（pool request --balance），分配后接收（pool take）。",
       "Ask the pool for them (pool request --balance), and take what is allotted (pool take)."},
      {Reason::exceeds_need, "LX-registry",
       "第 {number} 号占补平衡只余{instrument} {available_quantity}，少于 {needed_quantity}。",
       "Balance {number} needs {available_quantity} more of {instrument}, less than {needed_quantity}.", "减少数量。",
       "Fill no more than is left."},
      {Reason::over_purchase_limit, "LX-policy",
       "一次受让{instrument} {needed_quantity}，超过上限 {available_quantity}。",
       "One purchase of {needed_quantity} of {instrument} is above the limit of {available_quantity}.",
       "减少数量，分次受让。", "Buy less at a time."},
      {Reason::over_holding_limit, "LX-policy",
       "{participant}将持有{instrument} {needed_quantity}，超过上限 {available_quantity}。",
       "{participant} would come to hold {needed_quantity} of {instrument}, above the limit of {available_quantity}.",
       "减少数量，或先核销使用。", "Buy less, or use what is held first."},
      {Reason::held_too_short, "LX-policy",
       "{participant}可转让的{instrument}为 {available_quantity}，少于 {needed_quantity}：受让后 {most} "
       "个工作日内不得再转让。",
       "{participant} may sell {available_quantity} of {instrument}, less than {needed_quantity}: what was bought is "
       "not "
       "sold again for {most} working days.",
       "减少数量，或期满后再转让。", "Offer less, or wait until the days have passed."},
      {Reason::venue_already_set, "LX-day", "场所已经是{venue}。", "The venue is {venue} already.", "无需再设。",
       "Nothing to do."},
  };
  return rows;
}

namespace {

/// Where the same reason is said in other words: its row tells the usual case.
struct OtherWords {
  Reason reason;
  bool (*holds)(const engine::Refusal&);
  std::string_view zh, en, way_out_zh, way_out_en;
};

constexpr OtherWords kOtherWords[] = {
    {Reason::no_rule_in_force, [](const engine::Refusal& r) { return r.text.starts_with(kCalendar); },
     "工作日历没有 {year} 年（现有 {from_day} 至 {until_day}），期限算不到 {day}。",
     "The working calendar lacks {year} (it has {from_day} to {until_day}), so no deadline can be told from {day} on.",
     "在 calendar.toml 补上 {year} 年的 [[year]]（国务院办公厅放假通知），再启用政策文件。",
     "Add [[year]] for {year} to calendar.toml (from the State Council's notice), and activate the policy files "
     "again."},
    {Reason::document_missing, [](const engine::Refusal& r) { return r.text == "at_most"; },
     "报批支付须写明至多支付多少：批准的是金额，不是生效那天所欠的全部。",
     "A payment that is proposed names the most that it pays: an amount is approved, not whatever is owed when it "
     "takes "
     "effect.",
     "加 --at-most（万元）后再报。", "Add --at-most (wan yuan) and propose again."},
    {Reason::policy_not_usable,
     [](const engine::Refusal& r) { return std::ranges::find(r.facts, FactName::given, &Fact::name) != r.facts.end(); },
     "政策包不可用：“{text}”为 {given}，须在 {least} 至 {most} 之间。",
     "The policy pack cannot be used: '{text}' is {given}; it must lie between {least} and {most}.",
     "在政策文件中改正该值后重新启用。", "Correct the value in the policy files and activate again."},
};

}  // namespace

ToldRefusal tell(const engine::Refusal& refusal, const PlaceNames& places) {
  const auto& rows = refusal_rows();
  const auto row = std::ranges::find(rows, refusal.reason, &RefusalRow::reason);
  assert(row != rows.end() && "every reason has its words");
  OtherWords words{refusal.reason, nullptr, row->zh, row->en, row->way_out_zh, row->way_out_en};
  for (const auto& other : kOtherWords)
    if (other.reason == refusal.reason && other.holds(refusal)) words = other;
  const bool ours = refusal.rule == policy::Clause::h66_21_4;
  return {.refusal = refusal,
          .rule = refusal.rule ? text_of(*refusal.rule) : std::string{row->house_rule},
          .zh = fill(words.zh, refusal, places, true) + std::string{ours ? kOursZh : ""},
          .en = fill(words.en, refusal, places, false) + std::string{ours ? kOursEn : ""},
          .way_out_zh = fill(words.way_out_zh, refusal, places, true),
          .way_out_en = fill(words.way_out_en, refusal, places, false)};
}

}  // namespace landex::wire
