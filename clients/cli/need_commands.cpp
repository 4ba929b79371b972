// need, gap, balance: what a county keeps for its own projects (H66-7.7), the certificates of gaps (H66-7.6), and the
// balance of a project, filled tier by tier (H66-7.1). A filling is of one component: several are sent one after the
// other, and it ends with the first that is refused.
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
using clearing::RequestClass;
using clearing::Tier;

struct Words {
  std::string unit, instrument, quantity, from, until, document, project, purpose, area, paddy, capacity, tier, reason,
      price;
  uint64_t number = 0;
  unsigned grade = 0;
};

Components components_arg(const Words& w) {
  Components c;
  if (!w.area.empty()) c.area = Area::from_raw(quantity_arg("--area", w.area, Instrument::supplementary_area).raw());
  if (!w.paddy.empty())
    c.paddy = Area::from_raw(quantity_arg("--paddy", w.paddy, Instrument::supplementary_paddy).raw());
  if (!w.capacity.empty())
    c.capacity = Capacity::kg(quantity_arg("--capacity", w.capacity, Instrument::supplementary_capacity).raw());
  return c;
}

void components(CLI::App* sub, const std::shared_ptr<Words>& w) {
  sub->add_option("--area", w->area, "mu / 面积（亩）");
  sub->add_option("--paddy", w->paddy, "mu / 水田（亩）");
  sub->add_option("--capacity", w->capacity, "kg / 产能（公斤）");
}

RequestClass purpose_arg(const std::string& text) {
  if (text == "national") return RequestClass::national;
  if (text == "provincial") return RequestClass::provincial;
  if (text == "city") return RequestClass::city;
  if (text == "key-zone") return RequestClass::key_zone;
  return RequestClass::other;
}

Tier tier_arg(const std::string& text) {
  if (text == "own") return Tier::own;
  if (text == "pool") return Tier::pool;
  return text == "purchase" ? Tier::purchase : Tier::outside;
}

District county_of(const Context& c, const Words& w) {
  return district_arg(w.unit.empty() && !c.as.empty() ? "--as" : "--unit", w.unit.empty() ? c.as : w.unit, c.names);
}

int fill(const Context& c, const Words& w) {
  const Components all = components_arg(w);
  int code = kUsage;
  bool any = false;
  const auto send = [&](const Components& part, Instrument i) {
    if (part == Components{} || (any && code != kOk)) return;
    any = true;
    code = submit(c, command::FillBalance{
                         .balance = {w.number},
                         .tier = tier_arg(w.tier),
                         .amount = part,
                         .reason = w.reason,
                         .document = w.document,
                         .price = w.price.empty() ? std::nullopt : std::optional{rate_arg("--price", w.price, i)}});
  };
  send({.area = all.area, .paddy = {}, .capacity = {}}, Instrument::supplementary_area);
  send({.area = {}, .paddy = all.paddy, .capacity = {}}, Instrument::supplementary_paddy);
  send({.area = {}, .paddy = {}, .capacity = all.capacity}, Instrument::supplementary_capacity);
  if (!any) throw UsageError{"--area, --paddy or --capacity / 至少写明一个分量"};
  return code;
}

void add_need_and_gap(CLI::App& app, Context& c, Chosen& chosen, const std::shared_ptr<Words>& w) {
  const auto land = [w](CLI::App* sub) {
    sub->add_option("--instrument", w->instrument, "area, paddy, capacity / 品种")->required();
    sub->add_option("--quantity", w->quantity, "mu, or kg / 数量")->required();
    sub->add_option("--document", w->document, "文号")->required();
  };
  const auto instrument = [w] { return instrument_arg("--instrument", w->instrument); };
  const auto ls = [&c, &chosen, w](CLI::App* of, const char* what, auto print) {
    auto* sub = of->add_subcommand("ls", what);
    sub->add_option("--unit", w->unit, "one unit only / 只看一个单位");
    sub->callback([&c, &chosen, w, print] {
      chosen = [&c, w, print] {
        return ask_view<view::Needs>(c, query::GetNeeds{.participant = maybe_unit(c, w->unit)},
                                     [&](const auto& v) { return print(v, c.names); });
      };
    });
  };

  auto* need = group(app, "need", "kept for own projects / 自用保障");
  auto* set = need->add_subcommand("set", "what is kept from now on; 0: nothing / 登记");
  land(set);
  set->callback([&c, &chosen, w, instrument] {
    chosen = [&c, w, instrument] {
      return submit(c, command::RegisterNeed{.county = county_of(c, *w),
                                             .instrument = instrument(),
                                             .quantity = quantity_arg("--quantity", w->quantity, instrument()),
                                             .document = w->document});
    };
  });
  ls(need, "what is kept / 自用保障", [](const view::Needs& v, const Names& n) { return table_of(v, n); });

  auto* gap = group(app, "gap", "certificates of gaps / 缺口证明");
  auto* certify = gap->add_subcommand("certify", "by the bureau, for a buyer / 出具");
  certify->add_option("--unit", w->unit, "the buyer / 受让单位")->required();
  land(certify);
  certify->add_option("--from", w->from, "YYYY-MM-DD / 自")->required();
  certify->add_option("--until", w->until, "YYYY-MM-DD / 至")->required();
  certify->callback([&c, &chosen, w, instrument] {
    chosen = [&c, w, instrument] {
      return submit(c, command::CertifyGap{.participant = district_arg("--unit", w->unit, c.names),
                                           .instrument = instrument(),
                                           .quantity = quantity_arg("--quantity", w->quantity, instrument()),
                                           .from = day_arg("--from", w->from),
                                           .until = day_arg("--until", w->until),
                                           .document = w->document});
    };
  });
  auto* revoke = gap->add_subcommand("revoke", "a certificate no longer stands / 撤销");
  revoke->add_option("number", w->number, "its number / 证明号")->required();
  revoke->add_option("--document", w->document, "文号")->required();
  revoke->callback([&c, &chosen, w] {
    chosen = [&c, w] { return submit(c, command::RevokeGap{.gap = {w->number}, .document = w->document}); };
  });
  ls(gap, "certificates / 缺口证明", [](const view::Needs& v, const Names& n) { return gaps_of(v, n); });
}

}  // namespace

void add_needs(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  add_need_and_gap(app, c, chosen, w);

  auto* balance = group(app, "balance", "of a project, tier by tier / 占补平衡");
  auto* open = balance->add_subcommand("open", "what a project needs / 登记");
  open->add_option("--project", w->project, "project / 项目")->required();
  components(open, w);
  open->add_option("--purpose", w->purpose, "of H66-7.3, if it is one / 用途")
      ->check(CLI::IsMember({"national", "provincial", "city", "key-zone", "other"}));
  auto* grade = open->add_option("--grade", w->grade, "lowest quality grade / 最低等级")->check(CLI::Range(1, 15));
  open->add_option("--deadline", w->until, "YYYY-MM-DD / 期限")->required();
  open->add_option("--document", w->document, "文号")->required();
  open->callback([&c, &chosen, w, grade] {
    chosen = [&c, w, grade] {
      return submit(
          c, command::OpenBalance{
                 .county = county_of(c, *w),
                 .project = w->project,
                 .purpose = w->purpose.empty() ? std::nullopt : std::optional{purpose_arg(w->purpose)},
                 .need = components_arg(*w),
                 .lowest_grade = grade->count() > 0 ? std::optional{static_cast<uint8_t>(w->grade)} : std::nullopt,
                 .deadline = day_arg("--deadline", w->until),
                 .document = w->document});
    };
  });
  auto* fills = balance->add_subcommand("fill", "from one tier; from the pool: pool request --balance / 落实来源");
  fills->add_option("balance", w->number, "its number / 序号")->required();
  fills->add_option("--tier", w->tier, "own, purchase, outside / 来源")
      ->required()
      ->check(CLI::IsMember({"own", "pool", "purchase", "outside"}));
  components(fills, w);
  fills->add_option("--reason", w->reason, "why an earlier source is skipped / 跳过前一来源的理由");
  fills->add_option("--price", w->price, "from outside / 跨市调剂价格");
  fills->add_option("--document", w->document, "文号")->required();
  fills->callback([&c, &chosen, w] { chosen = [&c, w] { return fill(c, *w); }; });
  auto* close = balance->add_subcommand("close", "nothing more is filled / 办结");
  close->add_option("balance", w->number, "its number / 序号")->required();
  close->add_option("--document", w->document, "文号")->required();
  close->callback([&c, &chosen, w] {
    chosen = [&c, w] { return submit(c, command::CloseBalance{.balance = {w->number}, .document = w->document}); };
  });
  auto* ls = balance->add_subcommand("ls", "balances, and what each source could give / 占补平衡与各来源");
  ls->add_option("--unit", w->unit, "one unit only / 只看一个单位");
  ls->callback([&c, &chosen, w] {
    chosen = [&c, w] {
      return ask_view<view::Balances>(c, query::GetBalances{.county = maybe_unit(c, w->unit)},
                                      [&](const auto& v) { return table_of(v, c.names); });
    };
  });
}

}  // namespace landex::cli
