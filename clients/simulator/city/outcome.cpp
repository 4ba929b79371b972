#include "clients/simulator/city/outcome.hpp"

#include <cassert>

namespace landex::simulator {
namespace {

using M = Measure;

constexpr MeasureFacts kFacts[] = {
    {M::mean_price, "wan yuan/mu", false, "成交均价", "mean price"},
    {M::last_price, "wan yuan/mu", false, "最后成交价", "last price"},
    {M::price_sd, "wan yuan/mu", false, "各场均价标准差", "standard deviation of session prices"},
    {M::at_floor, "1", true, "均价等于保护价的场次占比", "sessions at the floor"},
    {M::at_ceiling, "1", true, "均价达市外成本的场次占比", "sessions at the outside price"},
    {M::linkage_price, "wan yuan/mu", false, "增减挂钩均价", "mean price of linkage"},
    {M::volume, "mu", false, "成交面积", "volume"},
    {M::linkage_volume, "mu", false, "增减挂钩成交面积", "volume of linkage"},
    {M::need, "mu", false, "项目需求", "need of projects"},
    {M::filled, "mu", false, "已落实", "filled"},
    {M::unmet, "mu", false, "未落实", "unmet"},
    {M::own_used, "mu", false, "县级平衡", "from own stock"},
    {M::pool_used, "mu", false, "市级统筹", "from the city's pool"},
    {M::bought_used, "mu", false, "市内购入", "bought within the city"},
    {M::outside_used, "mu", false, "跨市调剂", "bought outside the city"},
    {M::pool_in, "mu", false, "当年入统筹", "pooled in the year"},
    {M::pool_left, "mu", false, "年末统筹余量", "in the pool at the end"},
    {M::unsold, "mu", false, "未售余量", "unsold"},
    {M::fill_rate, "1", true, "落实率", "fill rate"},
    {M::linked_done, "1", true, "双指标项目完成率", "linked projects done"},
    {M::max_surplus, "wan yuan", false, "可得交易剩余", "maximum surplus"},
    {M::surplus, "wan yuan", false, "实得交易剩余", "realised surplus"},
    {M::efficiency, "1", true, "配置效率", "efficiency"},
    {M::missed, "1", true, "应成未成的损失", "lost by missed trades"},
    {M::wrong, "1", true, "不当成交的损失", "lost by wrong trades"},
    {M::buyers_surplus, "wan yuan", false, "买方剩余", "buyers' surplus"},
    {M::sellers_surplus, "wan yuan", false, "卖方剩余", "sellers' surplus"},
    {M::turnover, "wan yuan", false, "成交金额", "turnover"},
    {M::mountain4_income, "wan yuan", false, "山区4县净收入", "net income of the mountain-4"},
    {M::city_paid, "wan yuan", false, "市级统筹净支出", "paid by the city for the pool, net"},
    {M::gini, "1", true, "净收入基尼系数", "Gini coefficient of net income"},
    {M::hhi, "1", true, "卖方集中度（HHI）", "concentration of sellers (HHI)"},
    {M::top2, "1", true, "前两名卖方份额", "share of the two largest sellers"},
    {M::bottom_half, "1", true, "购入较少一半单位的份额", "share of the half that bought least"},
    {M::commands, "1", false, "指令数", "commands"},
    {M::orders, "1", false, "报价数", "quotes"},
    {M::trades, "1", false, "成交笔数", "trades"},
    {M::refused, "1", false, "被拒指令数", "refused commands"},
};
static_assert(std::size(kFacts) == kMeasures);

}  // namespace

const MeasureFacts& facts_of(Measure m) {
  const auto& facts = kFacts[index_of(m)];
  assert(facts.measure == m);
  return facts;
}

std::string_view name_of(Measure m) {
  const char* name = boost::describe::enum_to_string(m, "");
  return name;
}

}  // namespace landex::simulator
