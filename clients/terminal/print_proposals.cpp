// Proposals: the desk with its three heaps, and the file of one with all that was said about it; and the advances.
#include <fmt/format.h>

#include "clients/terminal/print_governments.hpp"
#include "clients/terminal/print_pool.hpp"
#include "clients/terminal/print_titles.hpp"
#include "clients/terminal/print_views.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {
namespace {

namespace command = engine::command;
using engine::ProposalAct;
using engine::view::Box;

struct SubjectText {
  const Names& n;
  std::string operator()(const command::RequestPool& c) const {
    return fmt::format("{} {}，{}，{}，期限 until {}，{}{}", n.zh(c.county), purpose_zh(c.purpose), c.project,
                       components_of(c.need), wire::text_of(c.deadline), c.document,
                       c.exception
                           ? fmt::format("，例外 exception: {}（{}）", c.exception->reason, c.exception->approver)
                           : std::string{});
  }
  std::string operator()(const command::AllocatePool& c) const {
    return fmt::format("第 {} 号方案 allocation，{}", c.allocation.value, c.document);
  }
  std::string operator()(const command::AllotPlots& c) const {
    std::string plots;
    for (const auto& p : c.plots) plots += (plots.empty() ? "" : "、") + p.number;
    return fmt::format("{} {}，{}，地块 plots {}，{}", n.zh(c.county), purpose_zh(c.purpose), c.project, plots,
                       c.document);
  }
  std::string of_unit(District d, Instrument i, Quantity q, const std::string& document) const {
    return fmt::format("{} {} {}，{}", n.zh(d), instrument_zh(i), amount_of(i, q), document);
  }
  std::string operator()(const command::CertifyGap& c) const {
    return fmt::format("{} {} {}，{} – {}，{}", n.zh(c.participant), instrument_zh(c.instrument),
                       amount_of(c.instrument, c.quantity), wire::text_of(c.from), wire::text_of(c.until), c.document);
  }
  std::string operator()(const command::OpenProduct& c) const {
    return fmt::format("{}，{} – {}，{}", product_zh(c.product), wire::text_of(c.from), wire::text_of(c.until),
                       c.approval);
  }
  std::string operator()(const command::UseTitles& c) const {
    std::string numbers;
    for (const auto& [number] : c.titles) numbers += (numbers.empty() ? "" : "、") + number;
    return fmt::format("标的 titles {}，{}，{}", numbers, c.project, c.document);
  }
  std::string operator()(const command::CancelTitle& c) const {
    return fmt::format("标的 title {}，{}", c.title, c.document);
  }
  std::string operator()(const command::RegisterTitle& c) const {
    return fmt::format("{} {} {} {} 亩 mu，{}", n.zh(c.county), product_zh(c.product), c.number, wire::mu(c.area),
                       c.document);
  }
  std::string operator()(const command::FillBalance& c) const {
    return fmt::format("占补平衡 balance {}：{} {}，{}{}", c.balance.value, tier_zh(c.tier), parts_of(c.amount),
                       c.document, c.reason.empty() ? "" : "，理由 reason: " + c.reason);
  }
  std::string operator()(const command::DeductBatch& c) const {
    return fmt::format("第 {} 批 batch，{}，{}", c.filing.value,
                       parts_of(Components{.area = c.area, .paddy = c.paddy, .capacity = c.capacity}), c.document);
  }
  std::string operator()(const command::WriteOff& c) const {
    return fmt::format("{} {}，{}", instrument_zh(c.instrument), amount_of(c.instrument, c.quantity), c.project);
  }
  std::string operator()(const command::PublishPrice& c) const {
    return fmt::format("{} {}，{} – {}，{}", instrument_zh(c.instrument), wire::rate(c.instrument, c.rate),
                       wire::text_of(c.from), wire::text_of(c.until), c.document);
  }
  std::string operator()(const command::SettleDeal& c) const { return fmt::format("第 {} 号协议 deal", c.deal.value); }
  std::string operator()(const command::ConfirmDeal& c) const {
    return fmt::format("第 {} 号协议 deal，{}", c.deal.value, c.document);
  }
  std::string operator()(const command::VoidDeal& c) const {
    return fmt::format("第 {} 号协议 deal，{}，{}", c.deal.value, c.reason, c.document);
  }
  std::string operator()(const command::RevokePrice& c) const {
    return fmt::format("第 {} 号 row，{}", c.row.value, c.document);
  }
  std::string operator()(const command::SettleClaims& c) const {
    return n.zh(c.county) + (c.at_most ? fmt::format("，至多 at most {} 元 yuan", wire::yuan(*c.at_most)) : "");
  }
  std::string operator()(const command::AdjustBatch& c) const {
    return fmt::format("第 {} 批 batch，增加 more {}，更正第 {} 号 corrects，{}", c.filing.value,
                       parts_of(Components{.area = c.area, .paddy = c.paddy, .capacity = c.capacity}), c.reverses.value,
                       c.document);
  }
  std::string operator()(const command::CancelLand& c) const {
    return of_unit(c.participant, c.instrument, c.quantity, c.document);
  }
  std::string operator()(const command::FreezeLand& c) const {
    return of_unit(c.participant, c.instrument, c.quantity, c.document);
  }
  std::string operator()(const command::TransferLand& c) const {
    return fmt::format("{} → {}", n.zh(c.from), of_unit(c.to, c.instrument, c.quantity, c.document));
  }
  std::string operator()(const command::LendLand& c) const {
    return fmt::format("借给 to {}，归还日 due {}", of_unit(c.to, c.instrument, c.quantity, c.document),
                       wire::text_of(c.due));
  }
  // Which instrument it is only the entry of that number says: so the quantity stands in both units.
  static std::string either(Quantity q) {
    return fmt::format("{} 亩 mu（产能 capacity：{} 公斤 kg）", wire::mu(Area::from_raw(q.raw())), q.raw());
  }
  std::string operator()(const command::RestoreLand& c) const {
    return fmt::format("第 {} 号核销 write-off，{}，{}", c.write_off.value, either(c.quantity), c.document);
  }
  std::string operator()(const command::UnfreezeLand& c) const {
    return fmt::format("第 {} 号冻结 freeze，{}，{}", c.freeze.value, either(c.quantity), c.document);
  }
  std::string operator()(const command::RepayAdvance& c) const {
    return fmt::format("第 {} 号预拨 advance，{} 元 yuan，{}", c.advance.value, wire::yuan(c.amount), c.document);
  }
  std::string operator()(const command::Withdraw& c) const {
    return fmt::format("{} {} 元 yuan，{}", n.zh(c.participant), wire::yuan(c.amount), c.document);
  }
  std::string operator()(const command::CancelAuction& c) const {
    return fmt::format("第 {} 号 auction", c.auction.value);
  }
  std::string operator()(const command::FileBatch& c) const {
    return fmt::format("{} {}，{}，{}", n.zh(c.county),
                       parts_of(Components{.area = c.area, .paddy = c.paddy, .capacity = c.capacity}), c.project,
                       c.document);
  }
  std::string operator()(const command::EnterPlots& c) const {
    return fmt::format("{} {} 个地块 plots，{}", n.zh(c.county), c.plots.size(), c.document);
  }
  std::string operator()(const command::ApplyAdvance& c) const {
    return fmt::format("垦造资金 fund {} 元 yuan，报备至 filing by {}，合同 contract {}", wire::yuan(c.fund),
                       wire::text_of(c.filing_by), c.contract);
  }
  std::string operator()(const command::ExecuteRun& c) const {
    return fmt::format("第 {} 号年度结算 run，{}", c.run.value, c.document);
  }
  std::string operator()(const command::PublishStandard& c) const {
    return fmt::format("{} 年度 {} {}，{}，{}", c.year, both(c.kind), mu_rate_of(c.rate), c.document, c.approver);
  }
  std::string operator()(const command::RevokeStandard& c) const {
    return fmt::format("第 {} 号年度标准 figure，{}", c.standard.value, c.document);
  }
  std::string operator()(const command::EarmarkFund& c) const {
    return fmt::format("{}：{} {} 元 yuan，{}", both(c.fund), c.back ? "划回 released" : "划入 earmarked",
                       wire::yuan(c.amount), c.document);
  }
  std::string operator()(const command::RegisterTask& c) const {
    return fmt::format("{} {} 年起 from，任务 task {} 亩 mu，{}", n.zh(c.county), c.first_year, wire::mu(c.area),
                       c.document);
  }
  std::string operator()(const command::RecordRestored& c) const {
    return fmt::format("{} {} 年起 from，恢复 restored {} 亩 mu，{}", n.zh(c.county), c.first_year, wire::mu(c.area),
                       c.document);
  }
  std::string operator()(const command::AgreeUndertaking& c) const {
    return fmt::format("{} 承担 undertakes for {}：{} 亩 mu（同步建成 built {}），{}，{} 年起 from，{}",
                       n.zh(c.provider), n.zh(c.receiver), wire::mu(c.area), wire::mu(c.built), mu_rate_of(c.price),
                       c.first_year, c.document);
  }
  std::string operator()(const command::RegisterEnclave& c) const {
    return fmt::format("{} {}：{} → {}，保障 secured {} 亩 mu，纳入 included {}，{}", both(c.kind), c.name,
                       n.zh(c.sender), n.zh(c.receiver), wire::mu(c.secured), wire::mu(c.included), c.document);
  }
  std::string operator()(const command::AgreePbfTask& c) const {
    return fmt::format("第 {} 号飞地 enclave，{} 亩 mu，{} – {}，{}", c.enclave.value, wire::mu(c.area),
                       wire::text_of(c.from), wire::text_of(c.until), c.document);
  }
  std::string operator()(const command::UseReservedScale& c) const {
    return fmt::format("{} {}：{} {}，{} 亩 mu，{}", n.zh(c.county), c.township, both(c.trade), c.project,
                       wire::mu(c.area), c.document);
  }
};

std::string subject_of(const engine::view::InboxRow& r, const Names& n) {
  return subject_zh(engine::kind_of(r.subject)) + "：" + std::visit(SubjectText{n}, r.subject);
}

std::string box_zh(Box b) {
  switch (b) {
    case Box::to_do:
      return "待办 to do";
    case Box::running:
      return "已办 under way";
    case Box::ended:
      return "办结 ended";
  }
  return "?";
}

std::string act_zh(ProposalAct a) {
  switch (a) {
    case ProposalAct::proposed:
      return "提出 proposed";
    case ProposalAct::passed:
      return "通过 passed";
    case ProposalAct::returned:
      return "退回补正 returned";
    case ProposalAct::refused:
      return "不予批准 refused";
    case ProposalAct::resubmitted:
      return "补正重报 resubmitted";
    case ProposalAct::withdrawn:
      return "撤回 withdrawn";
    case ProposalAct::expired:
      return "逾期失效 expired";
    case ProposalAct::took_effect:
      return "生效 took effect";
    case ProposalAct::voided:
      return "作废 void";
  }
  return "?";
}

std::string office_zh(const engine::ProposalMark& m, const Names& n) {
  if (m.role == engine::Role::system) return "–";
  return fmt::format("{}（{} 号 person）", m.role == engine::Role::bureau ? "市局 bureau" : n.zh(m.participant),
                     m.person.value);
}

std::string day_or_none(std::optional<Day> d) { return d ? wire::text_of(*d) : "–"; }

}  // namespace

std::string table_of(const engine::view::Inbox& v, const Names& n) {
  Table t;
  t.column("");
  t.column("报批 proposal", Align::right);
  t.column("单位 unit");
  t.column("事项 matter");
  t.column("状态 state");
  t.column("至 until");
  for (const auto& r : v.rows)
    t.row({box_zh(r.box), std::to_string(r.proposal.value), n.zh(r.participant), subject_of(r, n),
           state_zh(r.state) + (r.step ? "，" + step_zh(*r.step) : ""), day_or_none(r.due)});
  return t.text();
}

std::string table_of(const engine::view::ProposalFile& v, const Names& n) {
  if (!v.proposal) return "没有此报批事项，或不归你方查看 no such proposal, or not yours to see\n";
  const auto& r = *v.proposal;
  std::string out =
      plain(fmt::format("报批 proposal {}  {}  {}", r.proposal.value, n.place(r.participant), subject_of(r, n))) +
      fmt::format("\n状态 state: {}{}，至 until {}\n", state_zh(r.state), r.step ? "，" + step_zh(*r.step) : "",
                  day_or_none(r.due));
  if (v.refusal) out += refusal_text(wire::tell(*v.refusal, n.places));
  Table t;
  t.column("日期 day");
  t.column("序号 number", Align::right);
  t.column("环节 step");
  t.column("办理 act");
  t.column("由 by");
  t.column("意见 reason");
  t.column("文号 document");
  for (const auto& m : v.marks)
    t.row({wire::text_of(m.day), std::to_string(m.number.value), m.step ? step_zh(*m.step) : "–", act_zh(m.act),
           office_zh(m, n), m.reason.empty() ? "–" : m.reason, m.document.empty() ? "–" : m.document});
  return out + t.text();
}

std::string table_of(const engine::view::Advances& v, const Names& n) {
  Table t;
  t.column("预拨 advance", Align::right);
  t.column("区县 county");
  t.column("合同 contract");
  t.column("垦造资金 fund 元", Align::right);
  t.column("预拨 paid 元", Align::right);
  t.column("余 left 元", Align::right);
  t.column("预拨日 granted");
  t.column("到期 due");
  t.column("状态 state");
  for (const auto& a : v.rows)
    t.row({std::to_string(a.id.value), n.zh(a.county), a.contract, wire::yuan(a.fund), wire::yuan(a.paid),
           wire::yuan(a.left), wire::text_of(a.granted), wire::text_of(a.due), state_zh(a.state)});
  return t.text();
}

}  // namespace landex::terminal
