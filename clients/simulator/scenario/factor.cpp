#include "clients/simulator/scenario/factor.hpp"

#include <algorithm>
#include <boost/describe/enum_to_string.hpp>
#include <cmath>

namespace landex::simulator {
namespace {

using namespace std::string_view_literals;

constexpr std::array kRuleSetWords{"H66-2022"sv, "post-2025"sv};
constexpr std::array kMechanismWords{"continuous"sv, "call"sv, "call_then_continuous"sv, "sealed"sv, "listing"sv};
constexpr std::array kQuoteRuleWords{"replace"sv, "improve"sv, "persist"sv};
constexpr std::array kOffOn{"off"sv, "on"sv};
constexpr std::array kPriceWindowWords{"month"sv, "quarter"sv, "year"sv};
constexpr std::array kGapSwitchWords{"warn"sv, "refuse"sv};
constexpr std::array kPayerWords{"city"sv, "project"sv};
constexpr std::array kClaimsPaidWords{"at_filing"sv, "quarterly"sv, "at_year_end"sv};
constexpr std::array kStrategyWords{"truthful"sv, "margin"sv, "zip"sv, "zi_c"sv, "zi_u"sv};

// Bounds are what is physically and legally possible, wide: a share is 0 to 1, a price what land anywhere in the
// country has cost, a count what a year has room for. What is likely is the scenario's business. May be moved within
// the year: what the outside or a decision changes for what happens from then on. Not: what was drawn or agreed for the
// whole year at its beginning (stocks, budgets, advances, spreads, how the market is held).
constexpr bool kWhole = true, kNotWhole = false, kShock = true, kNoShock = false;
constexpr std::array<FactorFacts, kFactors> kFacts{{
    {Factor::rule_set, "choice", 0, 1, kWhole, kNoShock, "规则集", "Rule set", kRuleSetWords},
    {Factor::mechanism, "choice", 0, 4, kWhole, kNoShock, "交易方式", "Trading mechanism", kMechanismWords},
    {Factor::quote_rule, "choice", 0, 2, kWhole, kNoShock, "报价规则", "Quote rule", kQuoteRuleWords},
    {Factor::reset_after_trade, "choice", 0, 1, kWhole, kNoShock, "成交后撤清全部报价",
     "All quotes are cancelled after a trade", kOffOn},
    {Factor::pool_share,
     "1",
     0,
     1,
     kNotWhole,
     kShock,
     "市级统筹补充耕地的比例",
     "Share of filed supplementary farmland that the city pools",
     {}},
    {Factor::floor, "choice", 0, 1, kWhole, kShock, "山区4县售予城区的最低价（同期跨市调剂价）",
     "Floor on the route mountain-4 to urban: the cross-city price", kOffOn},
    {Factor::cross_city_price,
     "wan yuan/mu",
     1,
     500,
     kNotWhole,
     kShock,
     "年初跨市调剂价",
     "Cross-city transfer price at the start of the year",
     {}},
    {Factor::price_window, "choice", 0, 2, kWhole, kNoShock, "跨市调剂价的公布周期",
     "How often the cross-city price is published", kPriceWindowWords},
    {Factor::gap_switch, "choice", 0, 1, kWhole, kShock, "无缺口证明的城区买方：提示或不予受理",
     "Urban buyer without a certified gap: warned or refused", kGapSwitchWords},
    {Factor::payer, "choice", 0, 1, kWhole, kShock, "统筹指标由谁付款", "Who pays for pooled land in the end",
     kPayerWords},
    {Factor::claims_paid, "choice", 0, 2, kWhole, kNoShock, "统筹应付款的支付时间",
     "When the city pays what it owes for pooled land", kClaimsPaidWords},
    {Factor::advance_share,
     "1",
     0,
     1,
     kNotWhole,
     kNoShock,
     "垦造资金预拨比例",
     "Share of the reclamation fund that the city advances",
     {}},
    {Factor::allocation_runs,
     "per year",
     0,
     52,
     kWhole,
     kNoShock,
     "统筹指标分配次数",
     "Allocation runs of the pool",
     {}},
    {Factor::requests_per_county,
     "per run",
     0,
     200,
     kWhole,
     kNoShock,
     "每次分配各区、县（市）申请数上限",
     "Requests that a county may make in one allocation run",
     {}},
    {Factor::strategy, "choice", 0, 4, kWhole, kShock, "参与者的报价策略", "How participants quote", kStrategyWords},
    {Factor::margin,
     "1",
     0,
     1,
     kNotWhole,
     kShock,
     "报价利润率（策略为 margin 时；zip 为初值上限）",
     "Margin of quotes over cost or under value, of the strategy margin",
     {}},
    {Factor::speculators,
     "accounts",
     0,
     50,
     kWhole,
     kNoShock,
     "投机国企户数（模拟假设，无文件提及）",
     "Speculating state firms: our assumption, no document knows one",
     {}},
    {Factor::speculator_money,
     "wan yuan",
     0,
     1000000,
     kNotWhole,
     kNoShock,
     "每户投机国企的资金",
     "Money of each of them",
     {}},
    {Factor::sessions,
     "per year",
     1,
     260,
     kWhole,
     kNoShock,
     "全年交易场次（每周一场）",
     "Sessions of the year, one a week",
     {}},
    {Factor::rounds, "per session", 1, 50, kWhole, kNoShock, "每场报价轮数", "Rounds of quoting in a session", {}},
    {Factor::price_drift,
     "per year",
     -0.9,
     5,
     kNotWhole,
     kShock,
     "跨市调剂价年涨跌幅的期望",
     "Expected relative change of the cross-city price over a year",
     {}},
    {Factor::price_volatility,
     "per year",
     0,
     2,
     kNotWhole,
     kShock,
     "跨市调剂价年波动率（对数标准差）",
     "Volatility of the cross-city price: sd of its log change over a year",
     {}},
    {Factor::outside_premium,
     "1",
     -0.9,
     10,
     kNotWhole,
     kShock,
     "跨市购买较公布价的加价",
     "What land from outside costs above the published cross-city price",
     {}},
    {Factor::demand_scale, "1", 0, 20, kNotWhole, kShock, "需求倍数", "All needs, times", {}},
    {Factor::value_spread,
     "1",
     0,
     3,
     kNotWhole,
     kNoShock,
     "项目出价能力的离散（标准差比均值）",
     "Spread of what land is worth to projects: sd over mean",
     {}},
    {Factor::linked_share,
     "1",
     0,
     1,
     kNotWhole,
     kNoShock,
     "同时需要两类指标的项目占比",
     "Share of projects that need both indicators",
     {}},
    {Factor::capacity_scale, "1", 0, 20, kNotWhole, kShock, "垦造能力倍数", "All capacities of reclamation, times", {}},
    {Factor::cost_scale, "1", 0.01, 20, kNotWhole, kShock, "垦造成本倍数", "All costs of reclamation, times", {}},
    {Factor::cost_spread,
     "1",
     0,
     3,
     kNotWhole,
     kNoShock,
     "地块成本的离散（标准差比均值）",
     "Spread of the costs of lots: sd over mean",
     {}},
    {Factor::budget_scale, "1", 0, 100, kNotWhole, kNoShock, "预算倍数", "All budgets, times", {}},
    {Factor::stock_scale, "1", 0, 100, kNotWhole, kNoShock, "年初存量倍数", "All stocks at the start, times", {}},
    {Factor::filings,
     "per year",
     0,
     52,
     kWhole,
     kNoShock,
     "各区、县（市）全年报备批数",
     "Filings of a unit in the year",
     {}},
}};

constexpr bool in_order() {
  for (size_t i = 0; i < kFactors; ++i)
    if (index_of(kFacts[i].factor) != i) return false;
  return true;
}
static_assert(in_order(), "the table names each factor once, in the order of the enum");

}  // namespace

const FactorFacts& facts_of(Factor f) { return kFacts[index_of(f)]; }

std::string_view name_of(Factor f) { return boost::describe::enum_to_string(f, "?"); }

std::optional<Factor> factor_named(std::string_view name) {
  for (const auto& facts : kFacts)
    if (name_of(facts.factor) == name) return facts.factor;
  return std::nullopt;
}

bool fits(const FactorFacts& facts, double value) {
  return facts.low <= value && value <= facts.high && (!facts.whole || value == std::floor(value));  // NaN: neither
}

std::optional<double> number_of_word(const FactorFacts& facts, std::string_view word) {
  const auto at = std::ranges::find(facts.words, word);
  if (at == facts.words.end()) return std::nullopt;
  return static_cast<double>(at - facts.words.begin());
}

std::string_view word_of(const FactorFacts& facts, double value) {
  return !facts.words.empty() && fits(facts, value) ? facts.words[static_cast<size_t>(value)] : std::string_view{};
}

}  // namespace landex::simulator
