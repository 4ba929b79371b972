// approve …: the desk of who decides. To propose something is the option --propose of the command itself.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"
#include "clients/terminal/print_governments.hpp"
#include "clients/terminal/print_views.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;
using engine::StepVerdict;

struct Words {
  std::string reason, document;
  uint64_t number = 0;
};

/// The same matter once more, with other papers.
int resubmit(const Context& c, const Words& w) {
  const auto answer = fetch(c, query::GetProposal{.proposal = {w.number}});
  if (!answer) return answer.error();
  const auto& file = std::get<view::ProposalFile>(answer->view);
  if (!file.proposal) {
    fmt::print(stderr, "{}", table_of(file, c.names));
    return kNotFound;
  }
  return submit(
      c, command::Resubmit{
             .proposal = {w.number}, .subject = file.proposal->subject, .reason = w.reason, .document = w.document});
}

/// With every line of the run that would be paid: whoever decides sees what it is.
int show(const Context& c, const Words& w) {
  const auto answer = fetch(c, query::GetProposal{.proposal = {w.number}});
  if (!answer) return answer.error();
  if (c.json) {
    print_json({*answer});
    return kOk;
  }
  const auto& file = std::get<view::ProposalFile>(answer->view);
  fmt::print("{}", table_of(file, c.names));
  const auto* pay = file.proposal ? std::get_if<command::ExecuteRun>(&file.proposal->subject) : nullptr;
  if (!pay) return kOk;
  const auto runs = fetch(c, query::GetRuns{.year = {}});
  if (!runs) return runs.error();
  for (const auto& r : std::get<view::RunRows>(runs->view).rows)
    if (r.run == pay->run) fmt::print("\n{}", file_of(r, c.names));
  return kOk;
}

}  // namespace

void add_approvals(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* approve = group(app, "approve", "a second pair of eyes / 审批");
  approve->add_subcommand("ls", "to do, under way, ended / 待办、已办、办结")->callback([&] {
    chosen = [&] {
      return ask_view<view::Inbox>(c, query::GetInbox{}, [&](const auto& v) { return table_of(v, c.names); });
    };
  });
  const auto numbered = [&, w](const char* name, const char* what) {
    auto* sub = approve->add_subcommand(name, what);
    sub->add_option("proposal", w->number, "its number / 报批号")->required();
    return sub;
  };
  numbered("show", "one with all that was said / 一件的全部经过")->callback([&, w] {
    chosen = [&, w] { return show(c, *w); };
  });
  const auto decides = [&, w](const char* name, const char* what, StepVerdict verdict) {
    auto* sub = numbered(name, what);
    auto* reason = sub->add_option("--reason", w->reason, "why / 意见");
    if (verdict != StepVerdict::pass) reason->required();
    sub->add_option("--document", w->document, "文号");
    sub->callback([&, w, verdict] {
      chosen = [&, w, verdict] {
        return submit(c,
                      command::DecideProposal{
                          .proposal = {w->number}, .verdict = verdict, .reason = w->reason, .document = w->document});
      };
    });
  };
  decides("pass", "this step / 通过", StepVerdict::pass);
  decides("return", "to whoever proposed it, to be corrected / 退回补正", StepVerdict::return_);
  decides("refuse", "it is over / 不予批准", StepVerdict::refuse);
  numbered("withdraw", "your own, before it is approved / 撤回")->callback([&, w] {
    chosen = [&, w] { return submit(c, command::WithdrawProposal{.proposal = {w->number}}); };
  });
  auto* again = numbered("resubmit",
                         "your own as it was, with other papers; to change the matter itself: the command with "
                         "--propose and --corrects / 补正重报（事项不变）");
  again->add_option("--reason", w->reason, "what was corrected / 补正说明")->required();
  again->add_option("--document", w->document, "文号");
  again->callback([&, w] { chosen = [&, w] { return resubmit(c, *w); }; });
}

}  // namespace landex::cli
