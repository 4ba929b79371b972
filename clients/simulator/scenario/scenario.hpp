// scenario.hpp: a what-if as data: who takes part with what needs and costs, which rules hold, what is uncertain, what
// happens when, and what is looked at. Read from TOML by scenario_file.hpp; nothing here knows files.
// Areas in mu, prices in wan yuan per mu, money in wan yuan: what an analyst writes. The city model turns them into the
// engine's integers, rounding down to the unit and to the tick.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clients/simulator/draw/distribution.hpp"
#include "clients/simulator/scenario/factor.hpp"
#include "matching/types/day.hpp"
#include "matching/types/district.hpp"

namespace landex::simulator {

/// What a number is in this scenario (the vocabulary of EMA Workbench).
enum class Part : uint8_t {
  constant = 1,     // the same in every run
  uncertainty = 2,  // nobody's choice: drawn anew for every run
  lever = 3,        // somebody's choice: what one compares
};
BOOST_DESCRIBE_ENUM(Part, constant, uncertainty, lever)

/// Whose number it is. A scenario never says "law" of what a clause does not say.
enum class Tag : uint8_t {
  law = 1,          // the words of a clause; `source` names it
  our_default = 2,  // our default, not the law
  assumption = 3,   // 模拟假设
};
BOOST_DESCRIBE_ENUM(Tag, law, our_default, assumption)

struct Setting {
  Part part = Part::constant;
  Distribution value = Constant{0};
  Tag tag = Tag::assumption;
  std::string source;  // a clause, a document, or 模拟数据
};

/// One district or county. Class and names are the policy files'.
struct UnitPlan {
  District district;
  double need_mu = 0;            // supplementary farmland that its own projects need in the year
  uint32_t projects = 0;         // into which the need falls
  double value_wan = 0;          // what a mu is worth to its projects, on average (wan yuan/mu)
  double budget_wan = 0;         // money for the year
  double stock_mu = 0;           // supplementary farmland that it has at the start, filed before the year
  double capacity_mu = 0;        // that it can reclaim and file in the year
  double cost_wan = 0;           // of the first mu (wan yuan/mu)
  double last_cost_wan = 0;      // of the last mu of the capacity: the curve is straight between them
  double paddy_share = 0;        // of what it files, 0 … 1
  double capacity_kg = 0;        // grain capacity of a filed mu, kg
  uint32_t grade = 0;            // of what it files, 1 … 15; 0: not stated
  double linkage_stock_mu = 0;   // linkage surplus at the start
  double linkage_cost_wan = 0;   // the least it sells that for
  double linkage_value_wan = 0;  // what a mu of linkage is worth to its linked projects
  std::string source;
};

/// From a session on, a factor is another: set, or multiplied.
struct Shock {
  uint32_t session;  // 1 … sessions: before it opens
  Factor factor;
  std::optional<double> set, times;  // one of the two
  std::string source;

  /// Where it takes a factor that was there before.
  double after(double before) const { return set ? *set : before * times.value_or(1); }
};

struct Scenario {
  std::string name;  // [a-z0-9-]+, also the name of its file
  std::string title_zh, title_en, about_zh, about_en;
  std::string base;  // whose child it is; empty: none
  Day first_day;     // of the year
  uint64_t seed = 0;
  std::array<Setting, kFactors> settings;  // by factor: every one of them
  std::vector<UnitPlan> units;             // by code
  std::vector<Shock> shocks;               // by session
  std::vector<std::string> outcomes;       // names of measures that the report begins with
  std::string hash;                        // SHA-256 of everything above as read, bases included, in hex

  const Setting& operator[](Factor f) const { return settings[index_of(f)]; }
  Setting& operator[](Factor f) { return settings[index_of(f)]; }
  /// Every factor at its middle.
  Point middle() const;
  /// The factors that are uncertain, in order of the list.
  std::vector<Factor> uncertain() const;
};

}  // namespace landex::simulator
