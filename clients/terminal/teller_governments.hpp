// teller_governments.hpp: the sentences of a teller for transfers between governments: what is registered, agreed,
// earmarked and published, and the heads of runs, whose lines the teller sets below as a table.
#pragma once
#include <fmt/format.h>

#include <string>

#include "clients/terminal/print_governments.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {

struct GovernmentWords {
  const Names& n;

  std::string operator()(const engine::event::FundMoved& e) const {
    return fmt::format("{}：{} {} 元 yuan，余额 balance {}，{} [H66-20]", both(e.fund),
                       e.back ? "划回 released" : "划入 earmarked", wire::yuan(e.amount), wire::yuan(e.balance),
                       e.document);
  }
  std::string operator()(const engine::event::StandardPublished& e) const {
    return fmt::format("公布年度标准 figure {}: {} 年度 {} {}，{}，{}", e.standard.value, e.year, both(e.kind),
                       mu_rate_of(e.rate), e.document, e.approver);
  }
  std::string operator()(const engine::event::StandardRevoked& e) const {
    return fmt::format("撤销年度标准 figure {} revoked: {} 年度 {}，{}", e.standard.value, e.year, both(e.kind),
                       e.document);
  }
  std::string operator()(const engine::event::TaskRegistered& e) const {
    return fmt::format("恢复任务 restoration task: {} {}–{} 年 {} 亩 mu，{} [H66-5.1]", n.zh(e.county), e.first_year,
                       e.last_year, wire::mu(e.area), e.document);
  }
  std::string operator()(const engine::event::RestoredRecorded& e) const {
    return fmt::format("功能恢复 restored: {} {} 亩 mu（{} 年起任务 task from，共 in all {}），{} [H66-5.1]",
                       n.zh(e.county), wire::mu(e.area), e.first_year, wire::mu(e.restored), e.document);
  }
  std::string operator()(const engine::event::UndertakingAgreed& e) const {
    return fmt::format(
        "有偿承担 undertaking {}: {} 承担 undertakes for {} {} 亩 mu（同步建成 built {}），价格 price {}，指导价 guide "
        "{}，{} [H66-5.2]",
        e.undertaking.value, n.zh(e.provider), n.zh(e.receiver), wire::mu(e.area), wire::mu(e.built),
        mu_rate_of(e.price), e.guide ? mu_rate_of(*e.guide) : "无 none", e.document);
  }
  std::string operator()(const engine::event::EnclaveRegistered& e) const {
    return fmt::format(
        "飞地 enclave {}: {} {}，{} → {}，保障 secured {} 亩 mu，纳入 included {}{}，{} [H66-19]", e.enclave.value,
        both(e.kind), e.name, n.zh(e.sender), n.zh(e.receiver), wire::mu(e.secured), wire::mu(e.included),
        e.reduction == Area{} ? std::string{}
                              : fmt::format("，核减 task reduced: {} {} 亩 mu", n.zh(e.reduced), wire::mu(e.reduction)),
        e.document);
  }
  std::string operator()(const engine::event::PbfTaskAgreed& e) const {
    return fmt::format(
        "飞地永农协议 agreement {}（第 {} 号飞地 enclave）: {} 承担 protects for {} {} 亩 mu，{} – {}，{} [H66-19.3]",
        e.agreement.value, e.enclave.value, n.zh(e.sender), n.zh(e.receiver), wire::mu(e.area), wire::text_of(e.from),
        wire::text_of(e.until), e.document);
  }
  std::string operator()(const engine::event::ScaleSet& e) const {
    return fmt::format("乡镇规模 township scale: {} {} {} 亩 mu，可预留 may be reserved {}，{} [H66-17]",
                       n.zh(e.county), e.township, wire::mu(e.scale), wire::mu(e.reserved), e.document);
  }
  std::string operator()(const engine::event::ScaleUsed& e) const {
    return fmt::format("使用预留规模 reserved scale used: {} {} {} {} {} 亩 mu，余 left {}，{} [H66-17]",
                       n.zh(e.county), e.township, both(e.trade), e.project, wire::mu(e.area), wire::mu(e.left),
                       e.document);
  }
  std::string operator()(const engine::event::RunReckoned& e) const {
    return fmt::format(
        "年度结算 run {}: {}，{} 笔 lines，总额 total {} 元 yuan，{}。测算：未划转任何资金 reckoned: nothing has moved",
        e.run.value, heading_of(e.kind, e.year, e.reverses), e.lines.size(), wire::yuan(e.total), e.document);
  }
  std::string operator()(const engine::event::RunPaid& e) const {
    return fmt::format("年度结算 run {} 已支付 paid: {}，{} 笔 lines，总额 total {} 元 yuan，{}", e.run.value,
                       heading_of(e.kind, e.year, e.reverses), e.lines.size(), wire::yuan(e.total), e.document);
  }
};

}  // namespace landex::terminal
