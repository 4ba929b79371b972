// run …: the yearly runs between governments. To reckon one is its dry run: every line is told and nothing moves. It is
// then proposed by one person, approved by another (approve pass), and paid. What was paid is undone only by a new run
// that names it. The facts of a run come from a file, CSV or JSON: clients/feeds/README.md lists the columns.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "clients/cli/commands.hpp"
#include "clients/cli/government_arguments.hpp"
#include "clients/feeds/facts.hpp"
#include "clients/terminal/print_governments.hpp"
#include "clients/terminal/teller.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;
using clearing::RunKind;

struct Words {
  std::string kind, file, budget, document, reason;
  uint64_t number = 0;
  int year = 0;
};
using Shared = std::shared_ptr<Words>;

/// Ends in exit code 2, with every fault of the file.
template <class Facts>
Facts facts_from(const Context& c, const std::string& file,
                 std::expected<Facts, feeds::Faults> (*read)(const std::string&, std::string_view,
                                                             const wire::PlaceNames&)) {
  std::error_code error;
  std::ifstream in{file, std::ios::binary};
  if (!in || !std::filesystem::is_regular_file(file, error))
    throw UsageError{fmt::format("--from: '{}' cannot be read; check its name / 无法读取，请核对文件名", file)};
  const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  auto facts = read(file, bytes, c.names.places);
  if (facts) return std::move(*facts);
  std::string told;
  for (const auto& fault : facts.error()) told += feeds::text_of(fault);
  throw UsageError{fmt::format("{}{} 处有误，未测算\n{} faults; nothing was reckoned", told, facts.error().size(),
                               facts.error().size())};
}

/// Which of the options go with this kind is ours to say; all else the exchange says.
clearing::Reckoning reckoning_of(const Context& c, const Words& w) {
  const auto kind = word_arg<RunKind>("kind", w.kind);
  const auto year = static_cast<uint16_t>(w.year);
  const bool from_registers = kind == RunKind::restoration || kind == RunKind::enclave;
  if (from_registers != w.file.empty())
    throw UsageError{
        from_registers
            ? fmt::format("--from: {} is reckoned from what is registered; leave it out / "
                          "按登记测算，不用 --from",
                          w.kind)
            : fmt::format("--from: {} needs a file of facts, CSV or JSON / 须用 --from 写明上报数据文件", w.kind)};
  if ((kind == RunKind::protection) == w.budget.empty())
    throw UsageError{kind == RunKind::protection
                         ? "--budget: say how much there is in all, in 万元 / 请写明资金总量（万元）"
                         : "--budget: only protection has one / 只有 protection 须写资金总量"};
  switch (kind) {
    case RunKind::protection:
      return clearing::ProtectionRun{.year = year,
                                     .budget = wan_arg("--budget", w.budget),
                                     .counties = facts_from(c, w.file, feeds::read_protection_facts)};
    case RunKind::pbf:
      return clearing::PbfRun{.year = year, .counties = facts_from(c, w.file, feeds::read_pbf_facts)};
    case RunKind::restoration:
      return clearing::RestorationRun{.year = year};
    case RunKind::enclave:
      return clearing::EnclaveRun{.year = year};
    case RunKind::consolidation_reward:
    case RunKind::homestead_reward:
    case RunKind::standard_farmland_reward:
      break;
  }
  return clearing::RewardRun{.kind = kind, .year = year, .awards = facts_from(c, w.file, feeds::read_award_facts)};
}

/// Tells every line, that nothing has moved, and what comes next.
int reckon(const Context& c, const command::ReckonRun& run) {
  (void)as_proposed(c, run);  // nobody approves a reckoning
  const auto done = send(c, run);
  if (!done) return done.error();
  if (c.json) {
    print_json({*done});
    return kOk;
  }
  fmt::print("已测算 reckoned：序号 number {}\n", done->seq.value);
  Teller teller{c.names};
  for (const auto& box : done->events)
    if (const std::string line = teller.line_of(box.event); !line.empty()) fmt::print("  {}\n", line);
  fmt::print("{}", terminal::next_of_reckoned({done->seq.value}));
  return kOk;
}

int show(const Context& c, uint64_t number) {
  auto answer = fetch(c, query::GetRuns{.year = {}});
  if (!answer) return answer.error();
  auto& rows = std::get<view::RunRows>(answer->view).rows;
  std::erase_if(rows, [&](const auto& r) { return r.run.value != number; });
  if (rows.empty()) {
    fmt::print(stderr,
               "没有第 {} 号年度结算，或不归你方查看；用 run ls 查看\n"
               "there is no run {}, or it is not yours to see; see run ls\n",
               number, number);
    return kNotFound;
  }
  if (c.json)
    print_json({*answer});
  else
    fmt::print("{}", terminal::file_of(rows.front(), c.names));
  return kOk;
}

CLI::App* numbered(CLI::App* run, const char* name, const char* what, const Shared& w) {
  auto* sub = run->add_subcommand(name, what);
  sub->add_option("run", w->number, "its number / 结算号")->required();
  return sub;
}

void document(CLI::App* sub, const Shared& w) { sub->add_option("--document", w->document, "文号")->required(); }

}  // namespace

void add_runs(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* run = group(app, "run", "yearly runs between governments / 政府间年度结算");
  auto* ls = run->add_subcommand("ls", "of one year or all / 结算列表");
  auto* of_year = ls->add_option("--year", w->year, "年度")->check(year_range());
  ls->callback([&c, &chosen, w, of_year] {
    chosen = [&c, w, of_year] {
      query::GetRuns q{.year = {}};
      if (!of_year->empty()) q.year = static_cast<uint16_t>(w->year);
      return ask_view<view::RunRows>(c, q, [](const auto& v) { return table_of(v); });
    };
  });
  numbered(run, "show", "who pays whom, and why so much / 一次结算的每一笔", w)->callback([&c, &chosen, w] {
    chosen = [&c, w] { return show(c, w->number); };
  });
  run->add_subcommand("net", "what each unit gets and pays by all that was paid / 各单位净额")->callback([&c, &chosen] {
    chosen = [&c] {
      return ask_view<view::RunRows>(c, query::GetRuns{.year = {}},
                                     [&c](const auto& v) { return matrix_of(v, c.names); });
    };
  });
  auto* reckon_one = run->add_subcommand("reckon", "the dry run: every line is told, nothing moves / 测算");
  reckon_one->add_option("kind", w->kind, words_for<RunKind>())->required();
  reckon_one->add_option("--year", w->year, "年度")->required()->check(year_range());
  reckon_one->add_option("--from", w->file, "the facts, CSV or JSON (clients/feeds/README.md) / 上报数据文件");
  reckon_one->add_option("--budget", w->budget, "万元, for protection: no more is paid / 资金总量（万元）");
  document(reckon_one, w);
  reckon_one->callback([&c, &chosen, w] {
    chosen = [&c, w] {
      return reckon(c, command::ReckonRun{.reckoning = reckoning_of(c, *w), .document = w->document});
    };
  });
  auto* reverse = numbered(run, "reverse", "reckon a run that undoes this one / 测算冲正", w);
  document(reverse, w);
  reverse->callback([&c, &chosen, w] {
    chosen = [&c, w] {
      return reckon(
          c, command::ReckonRun{.reckoning = clearing::ReversalRun{.run = {w->number}}, .document = w->document});
    };
  });
  auto* propose = numbered(run, "propose", "to another person: that every line be paid / 报批支付", w);
  document(propose, w);
  propose->add_option("--reason", w->reason, "why, 年度结算 by default / 事由");
  propose->callback([&c, &chosen, w] {
    chosen = [&c, w] {
      return submit(c, command::Propose{.subject = command::ExecuteRun{.run = {w->number}, .document = w->document},
                                        .reason = w->reason.empty() ? "年度结算" : w->reason,
                                        .document = {}});
    };
  });
  auto* pay = numbered(run, "pay", "every line at once, where nobody approves it / 支付", w);
  document(pay, w);
  pay->callback([&c, &chosen, w] {
    chosen = [&c, w] { return submit(c, command::ExecuteRun{.run = {w->number}, .document = w->document}); };
  });
}

}  // namespace landex::cli
