// pool advance …: what the city prepays to a mountain-4 county (H66-7.5). An application is a proposal: it is paid when
// it has been reviewed and approved, by two people of the bureau.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"
#include "clients/terminal/print_views.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;

struct Words {
  std::string fund, filing_by, contract, reason = "申请预拨垦造资金", amount, document;
  uint64_t number = 0;
};

}  // namespace

void add_advances(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* advance = app.get_subcommand("pool")->add_subcommand("advance", "prepaid reclamation fund / 预拨垦造资金");
  advance->require_subcommand(1);
  auto* apply = advance->add_subcommand("apply", "by a mountain-4 county, for approval / 申请");
  apply->add_option("--fund", w->fund, "of the contract, 万元 / 合同垦造资金（万元）")->required();
  apply->add_option("--filing-by", w->filing_by, "day of the contract, within a year / 合同约定的报备日")->required();
  apply->add_option("--contract", w->contract, "its number / 合同编号")->required();
  apply->add_option("--reason", w->reason, "why / 事由")->capture_default_str();
  apply->callback([&, w] {
    chosen = [&, w] {
      return submit(c,
                    command::Propose{.subject = command::ApplyAdvance{.fund = wan_arg("--fund", w->fund),
                                                                      .filing_by = day_arg("--filing-by", w->filing_by),
                                                                      .contract = w->contract},
                                     .reason = w->reason,
                                     .document = {}});
    };
  });
  auto* approve = advance->add_subcommand("approve", "the step that it is at, as approve pass / 审核、批准");
  approve->add_option("proposal", w->number, "its number / 报批号")->required();
  approve->callback([&, w] {
    chosen = [&, w] {
      return submit(c,
                    command::DecideProposal{
                        .proposal = {w->number}, .verdict = engine::StepVerdict::pass, .reason = {}, .document = {}});
    };
  });
  auto* repay = advance->add_subcommand("repay", "what is left, or part of it / 归还");
  repay->add_option("advance", w->number, "its number / 预拨号")->required();
  repay->add_option("--amount", w->amount, "万元 / 金额（万元）")->required();
  repay->add_option("--document", w->document, "voucher / 凭证")->required();
  repay->callback([&, w] {
    chosen = [&, w] {
      return submit(c, command::RepayAdvance{
                           .advance = {w->number}, .amount = wan_arg("--amount", w->amount), .document = w->document});
    };
  });
  advance->add_subcommand("ls", "what was prepaid and what is left / 预拨与余额")->callback([&] {
    chosen = [&] {
      return ask_view<view::Advances>(c, query::GetAdvances{}, [&](const auto& v) { return table_of(v, c.names); });
    };
  });
}

}  // namespace landex::cli
