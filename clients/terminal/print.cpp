#include "clients/terminal/print.hpp"

#include <fmt/format.h>
#include <wchar.h>

#include <algorithm>
#include <boost/locale/utf.hpp>
#include <clocale>

#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {

size_t cells(const std::string& text) {
  static const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  const locale_t before = utf8 ? uselocale(utf8) : nullptr;
  using Traits = boost::locale::utf::utf_traits<char>;
  size_t width = 0;
  for (auto at = text.begin(); at != text.end();) {
    const auto c = Traits::decode(at, text.end());
    const int w =
        c == boost::locale::utf::illegal || c == boost::locale::utf::incomplete ? 1 : wcwidth(static_cast<wchar_t>(c));
    width += static_cast<size_t>(std::max(w, 0));
    if (c == boost::locale::utf::incomplete) break;
  }
  if (before) uselocale(before);
  return width;
}

std::string plain(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return text;
}

std::string Table::text() const {
  std::vector<size_t> widths;
  widths.reserve(titles_.size());
  for (const auto& t : titles_) widths.push_back(cells(t.text));
  for (const auto& r : rows_)
    for (size_t i = 0; i < r.size() && i < widths.size(); ++i) widths[i] = std::max(widths[i], cells(r[i]));
  std::string out;
  const auto line = [&](auto&& cell_at) {
    std::string l;
    for (size_t i = 0; i < titles_.size(); ++i) {
      const std::string cell = cell_at(i);
      const std::string pad(widths[i] - cells(cell), ' ');
      l += titles_[i].align == Align::right ? pad + cell : cell + pad;
      if (i + 1 < titles_.size()) l += "  ";
    }
    l.erase(l.find_last_not_of(' ') + 1);
    out += l + "\n";
  };
  line([&](size_t i) { return titles_[i].text; });
  for (const auto& r : rows_) line([&](size_t i) { return i < r.size() ? r[i] : std::string{}; });
  return out;
}

std::string Names::place(District d) const {
  const auto at = places.find(d);
  return at == places.end() ? std::to_string(d.raw()) : at->second.zh + " " + at->second.en;
}
std::string Names::zh(District d) const {
  const auto at = places.find(d);
  return at == places.end() ? std::to_string(d.raw()) : at->second.zh;
}

std::string amount_of(Instrument i, Quantity q) { return wire::quantity(i, q) + " " + std::string{wire::unit_zh(i)}; }
std::string price_of(Instrument i, Price p) { return wire::rate(i, rate_of(i, p)); }

/// Beijing, UTC+8, no daylight saving since 1991.
std::string clock_of(Instant at) {
  const int64_t s = at.us / 1'000'000 + matching::kBeijingAheadS;
  return fmt::format("{:02}:{:02}:{:02}", s / 3600 % 24, s / 60 % 60, s % 60);
}

std::string moment_of(Instant at) {
  constexpr int64_t kDayS = 86'400;
  const int64_t s = at.us / 1'000'000 + matching::kBeijingAheadS;
  return wire::text_of(Day::from_raw(static_cast<int32_t>(s / kDayS))) + " " + clock_of(at);
}

std::string instrument_zh(Instrument i) { return exists(i) ? std::string{name_of(i).zh} : "?"; }
std::string side_zh(Side s) { return s == Side::buy ? "买 buy" : "卖 sell"; }
std::string state_zh(engine::DealState s) {
  switch (s) {
    case engine::DealState::proposed:
      return "待接受 proposed";
    case engine::DealState::accepted:
      return "已接受 accepted";
    case engine::DealState::settled:
      return "已交割 settled";
    case engine::DealState::ended:
      return "已终止 ended";
    case engine::DealState::lapsed:
      return "已失效 lapsed";
    case engine::DealState::confirmed:
      return "已确认待付款 confirmed";
    case engine::DealState::paid:
      return "已付款待交割 paid";
    case engine::DealState::defaulted:
      return "已违约 defaulted";
    case engine::DealState::voided:
      return "无效 void";
  }
  return "?";
}

std::string state_zh(engine::ProposalState s) {
  switch (s) {
    case engine::ProposalState::under_review:
      return "审批中 under review";
    case engine::ProposalState::returned:
      return "退回补正 returned for correction";
    case engine::ProposalState::in_notice:
      return "公示 in notice";
    case engine::ProposalState::effective:
      return "生效 effective";
    case engine::ProposalState::refused:
      return "不予批准 refused";
    case engine::ProposalState::withdrawn:
      return "撤回 withdrawn";
    case engine::ProposalState::expired:
      return "逾期失效 expired";
    case engine::ProposalState::voided:
      return "作废 void";
  }
  return "?";
}

std::string state_zh(clearing::AdvanceState s) {
  switch (s) {
    case clearing::AdvanceState::paid:
      return "已预拨 paid";
    case clearing::AdvanceState::settled:
      return "已结清 settled";
    case clearing::AdvanceState::overdue:
      return "逾期追回 overdue, called back";
  }
  return "?";
}

std::string step_zh(policy::StepKind s) {
  switch (s) {
    case policy::StepKind::first_review:
      return "初审 first review";
    case policy::StepKind::review:
      return "审核 review";
    case policy::StepKind::approve:
      return "批准 approval";
  }
  return "?";
}

std::string subject_zh(policy::SubjectKind s) {
  using policy::SubjectKind;
  switch (s) {
    case SubjectKind::deduct_batch:
      return "核减 deduction";
    case SubjectKind::write_off:
      return "核销使用 write-off";
    case SubjectKind::publish_price:
      return "公布价格 price";
    case SubjectKind::settle_deal:
      return "协议交割 settlement";
    case SubjectKind::settle_claims:
      return "支付统筹款 claims";
    case SubjectKind::withdraw:
      return "出金 withdrawal";
    case SubjectKind::cancel_auction:
      return "终止拍卖 stop of an auction";
    case SubjectKind::file_batch:
      return "报备入库 filing";
    case SubjectKind::enter_plots:
      return "永农储备入库 reserve plots";
    case SubjectKind::apply_advance:
      return "预拨 advance";
    case SubjectKind::confirm_deal:
      return "成交确认 confirmation";
    case SubjectKind::void_deal:
      return "协议无效 void deal";
    case SubjectKind::revoke_price:
      return "撤销公布价 revoked price";
    case SubjectKind::adjust_batch:
      return "批次调整 adjustment";
    case SubjectKind::cancel_land:
      return "注销 cancellation";
    case SubjectKind::transfer_land:
      return "划转 transfer";
    case SubjectKind::restore_land:
      return "还原 restoration";
    case SubjectKind::freeze_land:
      return "冻结 freeze";
    case SubjectKind::unfreeze_land:
      return "解冻 end of a freeze";
    case SubjectKind::lend_land:
      return "借用 loan";
    case SubjectKind::repay_advance:
      return "归还预拨款 repayment";
    case SubjectKind::allocate_pool:
      return "统筹分配 allocation";
    case SubjectKind::allot_plots:
      return "统筹储备使用 pooled plots";
    case SubjectKind::open_product:
      return "开放品种 product";
    case SubjectKind::certify_gap:
      return "缺口证明 gap";
    case SubjectKind::use_titles:
      return "标的核销 titles used";
    case SubjectKind::request_pool:
      return "统筹申请 request";
    case SubjectKind::fill_balance:
      return "占补平衡落实 balance";
    case SubjectKind::cancel_title:
      return "标的注销 title cancelled";
    case SubjectKind::register_title:
      return "标的登记 title registered";
    case SubjectKind::execute_run:
      return "年度结算支付 payment of a run";
    case SubjectKind::publish_standard:
      return "公布年度标准 yearly figure";
    case SubjectKind::revoke_standard:
      return "撤销年度标准 revoked figure";
    case SubjectKind::earmark_fund:
      return "专户资金调拨 earmarked money";
    case SubjectKind::register_task:
      return "恢复任务登记 restoration task";
    case SubjectKind::record_restored:
      return "恢复完成登记 restored land";
    case SubjectKind::agree_undertaking:
      return "有偿承担登记 undertaking";
    case SubjectKind::register_enclave:
      return "飞地登记 enclave";
    case SubjectKind::agree_pbf_task:
      return "飞地永农协议 enclave agreement";
    case SubjectKind::use_reserved_scale:
      return "预留规模使用 reserved scale";
  }
  return "?";
}

std::string state_zh(engine::ProjectState s) {
  using engine::ProjectState;
  switch (s) {
    case ProjectState::planned:
      return "拟立项 planned";
    case ProjectState::established:
      return "立项 established";
    case ProjectState::implementing:
      return "实施 implementing";
    case ProjectState::county_accepted:
      return "县验收 accepted by the county";
    case ProjectState::city_accepted:
      return "市验收 accepted by the city";
    case ProjectState::filed:
      return "报备入库 filed";
    case ProjectState::abandoned:
      return "终止 abandoned";
  }
  return "?";
}

std::string conflict_zh(clearing::ConflictKind k) {
  return k == clearing::ConflictKind::certificate ? "与林权证矛盾 forest-right certificate" : "其他矛盾 other";
}

std::string place_zh(engine::Place p) {
  using engine::Place;
  switch (p) {
    case Place::outside:
      return "登记外 outside";
    case Place::stock:
      return "库存 stock";
    case Place::pool:
      return "市级统筹 pool";
    case Place::used:
      return "已核销 used";
    case Place::cancelled:
      return "已核减注销 cancelled";
    case Place::borrowed:
      return "借入 borrowed";
  }
  return "?";
}

std::string phase_zh(matching::Phase p) {
  return exists(p) ? fmt::format("{} {}", matching::rule_of(p).zh, matching::rule_of(p).en) : "?";
}
std::string class_zh(ParticipantClass c) {
  switch (c) {
    case ParticipantClass::mountain4:
      return "山区4县 mountain-4";
    case ParticipantClass::urban:
      return "城区 urban";
    case ParticipantClass::city:
      return "市级 city";
  }
  return "?";
}

std::string stage_zh(matching::SealedStage s) {
  using matching::SealedStage;
  switch (s) {
    case SealedStage::undecided:
      return "未开标 not opened";
    case SealedStage::sold:
      return "成交 sold";
    case SealedStage::undersubscribed:
      return "认购不足 undersubscribed";
    case SealedStage::cancelled:
      return "终止 cancelled";
  }
  return "?";
}
std::string stage_zh(matching::AscendingStage s) {
  using matching::AscendingStage;
  switch (s) {
    case AscendingStage::announced:
      return "公告 announced";
    case AscendingStage::listed:
      return "挂牌 listed";
    case AscendingStage::timed:
      return "限时竞价 timed bidding";
    case AscendingStage::sold:
      return "成交 sold";
    case AscendingStage::unsold:
      return "流拍 unsold";
    case AscendingStage::withdrawn:
      return "撤回 withdrawn";
  }
  return "?";
}
std::string standing_zh(matching::SealedStanding s) {
  using matching::SealedStanding;
  switch (s) {
    case SealedStanding::accepted:
      return "中标 accepted";
    case SealedStanding::in_part:
      return "部分中标 accepted in part";
    case SealedStanding::not_reached:
      return "未中标 not reached";
    case SealedStanding::below_least:
      return "低于底价或下限 below the least price";
    case SealedStanding::barred:
      return "该路线当日不能成交 its route does not trade";
  }
  return "?";
}
std::string lot_of(const std::vector<engine::command::Leg>& legs) {
  std::string lot;
  for (const auto& leg : legs)
    lot += (lot.empty() ? "" : " + ") + instrument_zh(leg.instrument) + " " + amount_of(leg.instrument, leg.quantity) +
           (leg.price ? " @ " + wire::rate(leg.instrument, *leg.price) : "");
  return lot;
}

std::string refusal_text(const wire::ToldRefusal& r) {
  return fmt::format("拒绝 refused [{}]\n  {}\n  {}\n办法 way out\n  {}\n  {}\n", r.rule, r.zh, r.en, r.way_out_zh,
                     r.way_out_en);
}

}  // namespace landex::terminal
