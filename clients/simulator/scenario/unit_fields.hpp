// unit_fields.hpp: the numbers of a UnitPlan as files name them, with unit and bounds: one closed list for reading,
// writing and templates. Private to scenario/.
#pragma once
#include <array>
#include <string_view>

#include "clients/simulator/scenario/scenario.hpp"

namespace landex::simulator {

struct UnitField {
  std::string_view name, unit;
  double low, high;
  double UnitPlan::* number = nullptr;
  uint32_t UnitPlan::* count = nullptr;  // one of the two
  std::string_view zh, en;

  bool whole() const { return count != nullptr; }
  double get(const UnitPlan& u) const { return count ? static_cast<double>(u.*count) : u.*number; }
  void put(UnitPlan& u, double x) const {
    if (count)
      u.*count = static_cast<uint32_t>(x);
    else
      u.*number = x;
  }
};

// Bounds are wide on purpose: a county has less than 10^6 mu to give, and no land costs more than a factor's highest
// price.
inline constexpr std::array kUnitFields{
    UnitField{"need_mu",
              "mu",
              0,
              1e6,
              &UnitPlan::need_mu,
              {},
              "本区项目全年所需补充耕地",
              "supplementary farmland that its projects need in the year"},
    UnitField{"projects", "projects", 0, 500, {}, &UnitPlan::projects, "项目数", "projects into which the need falls"},
    UnitField{"value_wan",
              "wan yuan/mu",
              0,
              500,
              &UnitPlan::value_wan,
              {},
              "项目愿付的平均价",
              "what a mu is worth to its projects, on average"},
    UnitField{"budget_wan", "wan yuan", 0, 1e8, &UnitPlan::budget_wan, {}, "全年资金", "money for the year"},
    UnitField{"stock_mu",
              "mu",
              0,
              1e6,
              &UnitPlan::stock_mu,
              {},
              "年初已报备存量",
              "in stock at the start, filed before the year"},
    UnitField{"capacity_mu",
              "mu",
              0,
              1e6,
              &UnitPlan::capacity_mu,
              {},
              "全年可垦造并报备",
              "that it can reclaim and file in the year"},
    UnitField{"cost_wan", "wan yuan/mu", 0, 500, &UnitPlan::cost_wan, {}, "首亩成本", "cost of the first mu"},
    UnitField{"last_cost_wan",
              "wan yuan/mu",
              0,
              500,
              &UnitPlan::last_cost_wan,
              {},
              "末亩成本",
              "cost of the last mu of the capacity"},
    UnitField{"paddy_share", "1", 0, 1, &UnitPlan::paddy_share, {}, "报备中水田占比", "paddy in what it files"},
    UnitField{
        "capacity_kg", "kg/mu", 0, 2000, &UnitPlan::capacity_kg, {}, "每亩粮食产能", "grain capacity of a filed mu"},
    UnitField{"grade",
              "grade",
              0,
              15,
              {},
              &UnitPlan::grade,
              "质量等级（1 最好，0 未说明）",
              "quality grade, 1 best, 0 not stated"},
    UnitField{"linkage_stock_mu",
              "mu",
              0,
              1e6,
              &UnitPlan::linkage_stock_mu,
              {},
              "年初挂钩节余指标",
              "linkage surplus at the start"},
    UnitField{"linkage_cost_wan",
              "wan yuan/mu",
              0,
              500,
              &UnitPlan::linkage_cost_wan,
              {},
              "节余指标最低售价",
              "the least it sells that for"},
    UnitField{"linkage_value_wan",
              "wan yuan/mu",
              0,
              500,
              &UnitPlan::linkage_value_wan,
              {},
              "关联项目愿付的节余指标价",
              "what a mu of linkage is worth to its linked projects"},
};

}  // namespace landex::simulator
