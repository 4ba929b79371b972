// pool request …, pool allocate …: what projects ask of the city's pool, and how it is dealt out (H66-7.3, 6.3). The
// optimiser is no part of the server: it runs here, where it is asked for, on the case that the server tells as of a
// number, and gives the same proposal on every machine. What it proposes is written down, proposed for approval, and
// verified by the engine; if the pool has moved since that number, it is refused as stale and reckoned again.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"
#include "clients/cli/print_proposal.hpp"
#include "clients/terminal/print_pool.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;
using clearing::RequestClass;

constexpr size_t kDrawsOfPart = 400;  // the engine takes no more in one part

struct Words {
  std::string unit, area, paddy, capacity, purpose, project, deadline, document, exception, approver, reason;
  std::vector<std::string> plots;
  uint64_t number = 0, balance = 0;
  unsigned grade = 0;
  bool dry_run = false;
};

const std::vector<std::pair<std::string, RequestClass>> kClasses{{"national", RequestClass::national},
                                                                 {"provincial", RequestClass::provincial},
                                                                 {"city", RequestClass::city},
                                                                 {"key_zone", RequestClass::key_zone},
                                                                 {"other", RequestClass::other}};

RequestClass class_arg(const std::string& word) {
  for (const auto& [name, value] : kClasses)
    if (word == name) return value;
  throw UsageError{
      fmt::format("--class: '{}' is not national, provincial, city, key_zone or other / 应为 national 国家、provincial "
                  "省、city 市重大项目、key_zone 重点区域、other 其他",
                  word)};
}

clearing::AllocationCase case_from(const view::AllocationCase& v) {
  clearing::AllocationCase out;
  for (const auto& lot : v.lots)
    out.lots.push_back({.filing = lot.filing, .origin = lot.origin, .grade = lot.grade, .left = lot.left});
  for (const auto& r : v.requests)
    out.requests.push_back({.id = r.request.value,
                            .county = r.county,
                            .kind = r.purpose,
                            .need = r.need,
                            .lowest_grade = r.lowest_grade,
                            .deadline = r.deadline});
  return out;
}

/// The draft, its parts, and the proposal of it. The first that is refused ends it.
int put_forward(const Context& c, Sequence as_of, const std::vector<clearing::Draw>& draws, const Words& w) {
  const auto draft = send(c, command::DraftAllocation{.computed_at = as_of});
  if (!draft) return draft.error();
  const AllocationId id{draft->seq.value};
  uint32_t part = 0;
  for (size_t at = 0; at < draws.size(); at += kDrawsOfPart) {
    const auto end = draws.begin() + static_cast<std::ptrdiff_t>(std::min(draws.size(), at + kDrawsOfPart));
    const auto added =
        send(c, command::AddDraws{
                    .allocation = id, .part = ++part, .draws = {draws.begin() + static_cast<std::ptrdiff_t>(at), end}});
    if (!added) return added.error();
  }
  return submit(c, command::Propose{.subject = command::AllocatePool{.allocation = id, .document = w.document},
                                    .reason = w.reason,
                                    .document = {}});
}

int allocate(const Context& c, const Words& w) {
  if (!w.dry_run && w.document.empty())
    throw UsageError{
        "pool allocate: --document, or --dry-run to see it only / 须写 --document 文号，或 --dry-run 只看方案"};
  const auto answer = fetch(c, query::GetAllocationCase{});
  if (!answer) return answer.error();
  const auto asked = case_from(std::get<view::AllocationCase>(answer->view));
  const auto proposal = allocation::propose(asked);
  if (!proposal) {
    fmt::print(stderr, "{}", text_of(proposal.error()));
    return kFailed;
  }
  if (!c.json) fmt::print("{}", text_of(answer->as_of, asked, *proposal, c.names));
  if (w.dry_run) return kOk;
  if (proposal->draws.empty()) {
    fmt::print(stderr,
               "没有可分配的：没有申请，或库中没有其可用的指标 nothing to allot: no request, or nothing for it\n");
    return kNotFound;
  }
  return put_forward(c, answer->as_of, proposal->draws, w);
}

}  // namespace

void add_pool(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* pool = app.get_subcommand("pool");
  const auto county = [&c, w] {
    return district_arg(w->unit.empty() && !c.as.empty() ? "--as" : "--unit", w->unit.empty() ? c.as : w->unit,
                        c.names);
  };
  const auto document = [w](CLI::App* sub) { sub->add_option("--document", w->document, "文号")->required(); };
  const auto number = [w](CLI::App* sub) { sub->add_option("request", w->number, "its number / 申请号")->required(); };

  auto* request = pool->add_subcommand("request", "a project asks for pooled indicators / 统筹指标申请 [H66-7.3]");
  request->add_option("--unit", w->unit, "the county, if it is not you / 区县");
  request->add_option("--class", w->purpose, "national, provincial, city, key_zone, other / 项目类别")->required();
  request->add_option("--project", w->project, "project / 项目")->required();
  request->add_option("--area", w->area, "mu / 面积（亩）");
  request->add_option("--paddy", w->paddy, "of which paddy, mu / 其中水田（亩）");
  request->add_option("--capacity", w->capacity, "kg / 产能（公斤）");
  auto* grade = request->add_option("--grade", w->grade, "this quality grade or better, 1 best … 15 / 最低等级")
                    ->check(CLI::Range(1, 15));
  request->add_option("--until", w->deadline, "last day on which it may be allotted, YYYY-MM-DD / 期限")->required();
  request->add_option("--exception", w->exception, "why, for another purpose / 例外理由");
  request->add_option("--approver", w->approver, "who allows the exception / 例外批准单位");
  auto* balance = request->add_option("--balance", w->balance, "that it fills / 所补平衡号");
  document(request);
  request->callback([&, w, county, grade, balance] {
    chosen = [&, w, county, grade, balance] {
      const auto amount = [](const char* option, const std::string& text, Instrument i) {
        return text.empty() ? int64_t{0} : quantity_arg(option, text, i).raw();
      };
      command::RequestPool r{
          .county = county(),
          .purpose = class_arg(w->purpose),
          .project = w->project,
          .need = {.area = Area::from_raw(amount("--area", w->area, Instrument::supplementary_area)),
                   .paddy = Area::from_raw(amount("--paddy", w->paddy, Instrument::supplementary_paddy)),
                   .capacity =
                       Capacity::from_raw(amount("--capacity", w->capacity, Instrument::supplementary_capacity))},
          .lowest_grade = {},
          .deadline = day_arg("--until", w->deadline),
          .document = w->document,
          .exception = {},
          .balance = {}};
      if (!grade->empty()) r.lowest_grade = static_cast<uint8_t>(w->grade);
      if (!w->exception.empty() || !w->approver.empty())
        r.exception = clearing::PurposeException{.reason = w->exception, .approver = w->approver};
      if (!balance->empty()) r.balance = BalanceId{w->balance};
      return submit(c, r);
    };
  });
  auto* requests = pool->add_subcommand("requests", "all that are known, and what waits for them / 申请清单");
  requests->add_option("--unit", w->unit, "one county only / 只看一个区县");
  requests->callback([&, w] {
    chosen = [&, w] {
      return ask_view<view::Requests>(c, query::GetRequests{.county = maybe_unit(c, w->unit)},
                                      [&](const auto& v) { return table_of(v, c.names); });
    };
  });
  const auto verb = [&, w](const char* name, const char* what, auto make) {
    auto* sub = pool->add_subcommand(name, what);
    number(sub);
    document(sub);
    sub->callback([&c, &chosen, make] { chosen = [&c, make] { return submit(c, make()); }; });
  };
  verb("withdraw", "an open request / 撤回申请",
       [w] { return command::WithdrawRequest{.request = {w->number}, .document = w->document}; });
  verb("take", "what was allotted, against its price / 接收分配的指标",
       [w] { return command::TakeAllotment{.request = {w->number}, .document = w->document}; });
  verb("return", "what was allotted, to the pool / 退回分配的指标",
       [w] { return command::ReturnAllotment{.request = {w->number}, .document = w->document}; });

  auto* run = pool->add_subcommand("allocate", "reckon who gets what, and propose it / 计算分配方案并报批");
  run->add_flag("--dry-run", w->dry_run, "reckon and show it only / 只计算不报批");
  run->add_option("--document", w->document, "文号");
  run->add_option("--reason", w->reason, "why, 统筹指标分配 by default / 事由");
  run->callback([&, w] {
    if (w->reason.empty()) w->reason = "统筹指标分配";
    chosen = [&, w] { return allocate(c, *w); };
  });
  auto* show = pool->add_subcommand("allocation", "one with its draws / 分配方案明细");
  show->add_option("allocation", w->number, "its number / 方案号")->required();
  show->callback([&, w] {
    chosen = [&, w] {
      return ask_view<view::Allocations>(c, query::GetAllocation{.allocation = {w->number}},
                                         [&](const auto& v) { return table_of(v, c.names); });
    };
  });
  auto* plots =
      pool->add_subcommand("allot-plots", "pooled reserve plots for a major project / 统筹储备使用 [H66-6.3]");
  plots->add_option("--plot", w->plots, "its number, may be repeated / 地块号")->required();
  plots->add_option("--unit", w->unit, "where the project lands / 项目所在区县")->required();
  plots->add_option("--class", w->purpose, "national, provincial, city / 项目类别")->required();
  plots->add_option("--project", w->project, "project / 项目")->required();
  document(plots);
  plots->callback([&, w, county] {
    chosen = [&, w, county] {
      command::AllotPlots p{.plots = {},
                            .county = county(),
                            .purpose = class_arg(w->purpose),
                            .project = w->project,
                            .document = w->document};
      for (const auto& plot : w->plots) p.plots.push_back({.number = plot});
      return submit(c, p);
    };
  });
}

}  // namespace landex::cli
