// deal …: directed sales.
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
  std::string unit, area, paddy, capacity, linkage, price, paddy_price, capacity_price, linkage_price, seller, buyer,
      until, document, reason, landing, purpose = "city", landing_document;
  std::vector<std::string> titles;
  uint64_t number = 0;
};

/// The terms of a deal, for who proposes and for who answers.
void add_terms(CLI::App& sub, Words& w) {
  sub.add_option("--area", w.area, "mu / 数量（亩）");
  sub.add_option("--price", w.price, "of the area, 万元/亩 / 数量单价");
  sub.add_option("--paddy", w.paddy, "mu / 水田（亩）");
  sub.add_option("--paddy-price", w.paddy_price, "万元/亩 / 水田单价");
  sub.add_option("--capacity", w.capacity, "kg / 产能（公斤）");
  sub.add_option("--capacity-price", w.capacity_price, "yuan/kg / 产能单价");
  sub.add_option("--linkage", w.linkage, "mu / 增减挂钩（亩）");
  sub.add_option("--linkage-price", w.linkage_price, "万元/亩 / 增减挂钩单价");
  sub.add_option("--title", w.titles, "NUMBER=万元/亩, may be repeated: a plot or the like, whole / 标的=单价");
  sub.add_option("--until", w.until, "Beijing time; without it, the close of the day / 失效时刻（北京时间）");
}

std::vector<command::Leg> legs_of(const Words& w) {
  std::vector<command::Leg> legs;
  const auto leg = [&](const char* option, const std::string& quantity, const char* price_option,
                       const std::string& price, Instrument i) {
    if (quantity.empty() && !price.empty())
      throw UsageError{fmt::format("{} without a quantity / 有单价而无数量", price_option)};
    if (!quantity.empty())
      legs.push_back({.instrument = i,
                      .quantity = quantity_arg(option, quantity, i),
                      .price = price.empty() ? std::nullopt : std::optional{rate_arg(price_option, price, i)}});
  };
  leg("--area", w.area, "--price", w.price, Instrument::supplementary_area);
  leg("--paddy", w.paddy, "--paddy-price", w.paddy_price, Instrument::supplementary_paddy);
  leg("--capacity", w.capacity, "--capacity-price", w.capacity_price, Instrument::supplementary_capacity);
  leg("--linkage", w.linkage, "--linkage-price", w.linkage_price, Instrument::linkage);
  return legs;
}

/// "P1=20.00" → a title and its price. A number may hold an equals sign; a price does not.
std::optional<std::vector<command::TitleLeg>> titles_of(const Words& w) {
  if (w.titles.empty()) return std::nullopt;
  std::vector<command::TitleLeg> titles;
  for (const auto& text : w.titles) {
    const auto equals = text.rfind('=');
    if (equals == std::string::npos)
      throw UsageError{fmt::format("--title: '{}' is not NUMBER=PRICE / 应为 标的=单价", text)};
    titles.push_back(
        {.title = text.substr(0, equals), .price = rate_arg("--title", text.substr(equals + 1), Instrument::linkage)});
  }
  return titles;
}

std::optional<command::Landing> landing_of(const Words& w) {
  using clearing::RequestClass;
  if (w.landing.empty()) {
    if (!w.landing_document.empty()) throw UsageError{"--landing-document without --landing / 有文号而无项目"};
    return std::nullopt;
  }
  for (const auto& [word, purpose] : {std::pair{"national", RequestClass::national},
                                      {"provincial", RequestClass::provincial},
                                      {"city", RequestClass::city},
                                      {"key_zone", RequestClass::key_zone},
                                      {"other", RequestClass::other}})
    if (w.purpose == word)
      return command::Landing{.project = w.landing, .purpose = purpose, .document = w.landing_document};
  throw UsageError{w.purpose};  // CLI::IsMember has let only these through
}

std::optional<Instant> until_of(const Words& w) {
  if (w.until.empty()) return std::nullopt;
  return instant_arg("--until", w.until, now());
}

}  // namespace

void add_deals(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* deal = group(app, "deal", "directed sales / 协议转让");
  auto* propose = deal->add_subcommand("propose", "to the other side, all legs or none / 提出协议");
  propose->add_option("--seller", w->seller, "the seller, if it is not you / 转让方");
  propose->add_option("--buyer", w->buyer, "the buyer, if it is not you / 受让方");
  add_terms(*propose, *w);
  propose->add_option("--landing", w->landing, "the major project that lands (H66-6.5) / 落地的重大建设项目");
  propose->add_option("--class", w->purpose, "of that project / 项目类别")
      ->check(CLI::IsMember({"national", "provincial", "city", "key_zone", "other"}))
      ->capture_default_str();
  propose->add_option("--landing-document", w->landing_document, "of that project / 项目文号");
  propose->callback([&, w] {
    chosen = [&]() -> int {
      const auto me = district_arg("--as", c.as, c.names);
      return submit(
          c, command::ProposeDeal{.seller = w->seller.empty() ? me : district_arg("--seller", w->seller, c.names),
                                  .buyer = w->buyer.empty() ? me : district_arg("--buyer", w->buyer, c.names),
                                  .legs = legs_of(*w),
                                  .until = until_of(*w),
                                  .titles = titles_of(*w),
                                  .landing = landing_of(*w)});
    };
  });
  auto* counter = deal->add_subcommand("counter", "answer a proposal with terms of your own / 还价");
  counter->add_option("deal", w->number, "its number / 协议号")->required();
  add_terms(*counter, *w);
  counter->callback([&, w] {
    chosen = [&]() -> int {
      return submit(c, command::CounterDeal{
                           .deal = {w->number}, .legs = legs_of(*w), .until = until_of(*w), .titles = titles_of(*w)});
    };
  });
  const auto numbered = [&](const char* name, const char* what, auto make) {
    auto* sub = deal->add_subcommand(name, what);
    sub->add_option("deal", w->number, "its number / 协议号")->required();
    sub->callback([&, w, make] { chosen = [&, make] { return submit(c, make(DealId{w->number})); }; });
  };
  numbered("accept", "accept what the other side proposed / 接受",
           [](DealId d) { return command::AcceptDeal{.deal = d}; });
  numbered("end", "withdraw or decline before acceptance / 撤回或不接受",
           [](DealId d) { return command::EndDeal{.deal = d}; });
  numbered("pay", "the buyer pays a confirmed deal (production venue) / 受让方付款（生产场所）",
           [](DealId d) { return command::PayDeal{.deal = d}; });
  numbered("settle", "the bureau hands over, once it is paid and the notice is over / 市局交割（已付款且公示期满）",
           [](DealId d) { return command::SettleDeal{.deal = d}; });
  auto* confirm = deal->add_subcommand("confirm", "the bureau confirms an accepted deal / 市局成交确认");
  confirm->add_option("deal", w->number, "its number / 协议号")->required();
  confirm->add_option("--document", w->document, "成交确认书文号")->required();
  confirm->callback([&, w] {
    chosen = [&] { return submit(c, command::ConfirmDeal{.deal = {w->number}, .document = w->document}); };
  });
  auto* end_void = deal->add_subcommand("void", "the bureau ends a deal that is not settled / 市局作无效处理");
  end_void->add_option("deal", w->number, "its number / 协议号")->required();
  end_void->add_option("--reason", w->reason, "why / 理由")->required();
  end_void->add_option("--document", w->document, "文号")->required();
  end_void->callback([&, w] {
    chosen = [&] {
      return submit(c, command::VoidDeal{.deal = {w->number}, .reason = w->reason, .document = w->document});
    };
  });
  auto* deals = deal->add_subcommand("ls", "all that concern you / 协议列表");
  deals->add_option("--unit", w->unit, "one unit only / 只看一个单位");
  deals->callback([&, w] {
    chosen = [&] {
      return ask_view<view::Deals>(c, query::GetDeals{.participant = maybe_unit(c, w->unit)},
                                   [&](const auto& v) { return table_of(v, c.names); });
    };
  });
}

}  // namespace landex::cli
