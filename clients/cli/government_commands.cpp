// fund {ls,earmark,release}, standard …, task …, enclave …, scale …: what transfers between governments are reckoned
// from: the city's earmarked money, the year's figures, tasks and who undertakes them, enclaves, reserved scales. The
// runs themselves are run_commands.cpp.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/commands.hpp"
#include "clients/cli/government_arguments.hpp"
#include "clients/terminal/print_governments.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;

struct Words {
  std::string what, unit, other, amount, area, built, included, rate, from, until, document, approver, name, project;
  uint64_t number = 0;
  int year = 0;
};
using Shared = std::shared_ptr<Words>;

void document(CLI::App* sub, const Shared& w) { sub->add_option("--document", w->document, "文号")->required(); }
void area(CLI::App* sub, const Shared& w) { sub->add_option("--area", w->area, "mu / 面积（亩）")->required(); }
void county(CLI::App* sub, const Shared& w) { sub->add_option("--unit", w->unit, "the county / 区县")->required(); }
void first_year(CLI::App* sub, const Shared& w) {
  sub->add_option("--first-year", w->year, "of the cycle of five years / 周期首年")->required()->check(year_range());
}

template <class View>
void lists(CLI::App* of, Context& c, Chosen& chosen, const char* what, const engine::Query& q) {
  of->add_subcommand("ls", what)->callback([&c, &chosen, q] {
    chosen = [&c, q] { return ask_view<View>(c, q, [&c](const auto& v) { return table_of(v, c.names); }); };
  });
}

/// A command that is made from the words when it is chosen.
template <class Make>
void does(CLI::App* sub, Context& c, Chosen& chosen, Make make) {
  sub->callback([&c, &chosen, make] { chosen = [&c, make] { return submit(c, make()); }; });
}

void add_funds(CLI::App& app, Context& c, Chosen& chosen, const Shared& w) {
  auto* fund = app.get_subcommand("fund");
  fund->add_subcommand("ls", "what the city has earmarked (H66-20) / 专户余额")->callback([&c, &chosen] {
    chosen = [&c] { return ask_view<view::Funds>(c, query::GetFunds{}, [](const auto& v) { return table_of(v); }); };
  });
  const auto move = [&](const char* name, const char* what, bool back) {
    auto* sub = fund->add_subcommand(name, what);
    sub->add_option("fund", w->what, words_for<clearing::Fund>())->required();
    sub->add_option("--amount", w->amount, "万元 / 金额（万元）")->required();
    document(sub, w);
    does(sub, c, chosen, [w, back] {
      return command::EarmarkFund{.fund = word_arg<clearing::Fund>("fund", w->what),
                                  .amount = wan_arg("--amount", w->amount),
                                  .back = back,
                                  .document = w->document};
    });
  };
  move("earmark", "the city's free money becomes a fund's / 划入专户", false);
  move("release", "a fund's money is free again / 划回", true);
}

void add_standards(CLI::App& app, Context& c, Chosen& chosen, const Shared& w) {
  using clearing::StandardKind;
  auto* standard = group(app, "standard", "the year's figures, in yuan per mu / 年度标准");
  auto* ls = standard->add_subcommand("ls", "published, of one year or all / 已公布");
  auto* of_year = ls->add_option("--year", w->year, "年度")->check(year_range());
  ls->callback([&c, &chosen, w, of_year] {
    chosen = [&c, w, of_year] {
      query::GetStandards q{.year = {}};
      if (!of_year->empty()) q.year = static_cast<uint16_t>(w->year);
      return ask_view<view::Standards>(c, q, [](const auto& v) { return table_of(v); });
    };
  });
  auto* publish = standard->add_subcommand("publish", "a figure of one year / 公布");
  publish->add_option("figure", w->what, words_for<StandardKind>())->required();
  publish->add_option("--year", w->year, "that it is for; of a tax: in which it was raised / 年度")
      ->required()
      ->check(year_range());
  publish->add_option("--rate", w->rate, "whole yuan per mu / 元/亩")->required();
  document(publish, w);
  publish->add_option("--approver", w->approver, "approving office / 批准机关")->required();
  does(publish, c, chosen, [w] {
    return command::PublishStandard{.kind = word_arg<StandardKind>("figure", w->what),
                                    .year = static_cast<uint16_t>(w->year),
                                    .rate = yuan_per_mu_arg("--rate", w->rate),
                                    .document = w->document,
                                    .approver = w->approver};
  });
  auto* revoke = standard->add_subcommand("revoke", "a figure that was wrong / 撤销");
  revoke->add_option("number", w->number, "its number / 标准号")->required();
  document(revoke, w);
  does(revoke, c, chosen, [w] { return command::RevokeStandard{.standard = {w->number}, .document = w->document}; });
}

void add_tasks(CLI::App& app, Context& c, Chosen& chosen, const Shared& w) {
  auto* task = group(app, "task", "function restoration (H66-5) / 耕地功能恢复任务");
  lists<view::RestorationTasks>(task, c, chosen, "tasks, and what is undertaken / 任务与有偿承担",
                                query::GetRestoration{});
  auto* add = task->add_subcommand("register", "handed down to a county for five years / 登记任务");
  auto* restored = task->add_subcommand("restored", "the county has restored so much more / 登记恢复完成");
  for (auto* sub : {add, restored}) {
    county(sub, w);
    first_year(sub, w);
    area(sub, w);
    document(sub, w);
  }
  does(add, c, chosen, [&c, w] {
    return command::RegisterTask{.county = district_arg("--unit", w->unit, c.names),
                                 .first_year = static_cast<uint16_t>(w->year),
                                 .area = area_arg("--area", w->area),
                                 .document = w->document};
  });
  does(restored, c, chosen, [&c, w] {
    return command::RecordRestored{.county = district_arg("--unit", w->unit, c.names),
                                   .first_year = static_cast<uint16_t>(w->year),
                                   .area = area_arg("--area", w->area),
                                   .document = w->document};
  });
  auto* undertake = task->add_subcommand("undertake", "one county does part of another's for money / 有偿承担");
  undertake->add_option("--by", w->unit, "who undertakes / 承担方")->required();
  undertake->add_option("--for", w->other, "whose task / 任务方")->required();
  first_year(undertake, w);
  area(undertake, w);
  undertake->add_option("--built", w->built,
                        "of which with 粮功区 and 高标 in step, mu; 0 by default / 其中同步建成（亩）");
  undertake->add_option("--price", w->rate, "whole yuan per mu / 元/亩")->required();
  document(undertake, w);
  does(undertake, c, chosen, [&c, w] {
    return command::AgreeUndertaking{.provider = district_arg("--by", w->unit, c.names),
                                     .receiver = district_arg("--for", w->other, c.names),
                                     .first_year = static_cast<uint16_t>(w->year),
                                     .area = area_arg("--area", w->area),
                                     .built = w->built.empty() ? Area{} : area_arg("--built", w->built),
                                     .price = yuan_per_mu_arg("--price", w->rate),
                                     .document = w->document};
  });
}

void add_enclaves(CLI::App& app, Context& c, Chosen& chosen, const Shared& w) {
  auto* enclave = group(app, "enclave", "of a mountain-4 county with an urban district (H66-19) / 飞地");
  lists<view::EnclaveRows>(enclave, c, chosen, "enclaves and agreements / 飞地与协议", query::GetEnclaves{});
  auto* add = enclave->add_subcommand("register", "登记");
  add->add_option("kind", w->what, words_for<clearing::EnclaveKind>())->required();
  add->add_option("--name", w->name, "名称")->required();
  add->add_option("--sender", w->unit, "the mountain-4 county / 飞出地")->required();
  add->add_option("--receiver", w->other, "the urban district / 飞入地")->required();
  add->add_option("--secured", w->area, "space that the city secures, mu; 0 by default / 统筹保障空间（亩）");
  add->add_option("--included", w->included,
                  "of which in the concentrated zone, mu; 0 by default / 纳入集中建设区（亩）");
  document(add, w);
  does(add, c, chosen, [&c, w] {
    return command::RegisterEnclave{.sender = district_arg("--sender", w->unit, c.names),
                                    .receiver = district_arg("--receiver", w->other, c.names),
                                    .kind = word_arg<clearing::EnclaveKind>("kind", w->what),
                                    .name = w->name,
                                    .secured = w->area.empty() ? Area{} : area_arg("--secured", w->area),
                                    .included = w->included.empty() ? Area{} : area_arg("--included", w->included),
                                    .document = w->document};
  });
  auto* agree =
      enclave->add_subcommand("agree", "the sender protects for the receiver, who pays yearly / 承担保护协议");
  agree->add_option("enclave", w->number, "its number / 飞地号")->required();
  area(agree, w);
  agree->add_option("--from", w->from, "YYYY-MM-DD / 起")->required();
  agree->add_option("--until", w->until, "YYYY-MM-DD, included / 止（含）")->required();
  document(agree, w);
  does(agree, c, chosen, [w] {
    return command::AgreePbfTask{.enclave = {w->number},
                                 .area = area_arg("--area", w->area),
                                 .from = day_arg("--from", w->from),
                                 .until = day_arg("--until", w->until),
                                 .document = w->document};
  });
}

void add_scales(CLI::App& app, Context& c, Chosen& chosen, const Shared& w) {
  auto* scale = group(app, "scale", "what a township plan reserves (H66-17) / 乡镇预留规模");
  lists<view::Scales>(scale, c, chosen, "scales and their use / 规模与使用", query::GetScales{});
  auto* set = scale->add_subcommand("set", "the new scale of a township's plan / 登记新增规模");
  county(set, w);
  set->add_option("--township", w->name, "乡镇")->required();
  area(set, w);
  document(set, w);
  does(set, c, chosen, [&c, w] {
    return command::SetTownshipScale{.county = district_arg("--unit", w->unit, c.names),
                                     .township = w->name,
                                     .area = area_arg("--area", w->area),
                                     .document = w->document};
  });
  auto* use = scale->add_subcommand("use", "for a project of one of the six trades / 使用");
  use->add_option("trade", w->what, words_for<clearing::RuralTrade>())->required();
  use->add_option("--unit", w->unit, "the county, if it is not you / 区县");
  use->add_option("--township", w->name, "乡镇")->required();
  area(use, w);
  use->add_option("--project", w->project, "project / 项目")->required();
  document(use, w);
  does(use, c, chosen, [&c, w] {
    return command::UseReservedScale{
        .county = w->unit.empty() ? district_arg("--as", c.as, c.names) : district_arg("--unit", w->unit, c.names),
        .township = w->name,
        .trade = word_arg<clearing::RuralTrade>("trade", w->what),
        .area = area_arg("--area", w->area),
        .project = w->project,
        .document = w->document};
  });
}

}  // namespace

void add_transfers(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  add_funds(app, c, chosen, w);
  add_standards(app, c, chosen, w);
  add_tasks(app, c, chosen, w);
  add_enclaves(app, c, chosen, w);
  add_scales(app, c, chosen, w);
}

}  // namespace landex::cli
