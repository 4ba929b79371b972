// factor.hpp: every number that a scenario may set, one closed list: its name in files, its unit, its bounds, and
// whether it may move within the year. A file says of each whether it is a constant, an uncertainty or a lever, and
// whose number it is (scenario.hpp). Choices are numbers too: their words stand beside them, and sweeps may cross them.
// Append only: the order is the order of the columns in every table.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace landex::simulator {

enum class Factor : uint8_t {
  // the rules
  rule_set,
  mechanism,
  quote_rule,
  reset_after_trade,
  pool_share,
  floor,
  cross_city_price,
  price_window,
  gap_switch,
  payer,
  claims_paid,
  advance_share,
  allocation_runs,
  requests_per_county,
  // who takes part, and how
  strategy,
  margin,
  speculators,
  speculator_money,
  // the year
  sessions,
  rounds,
  // the world
  price_drift,
  price_volatility,
  outside_premium,
  demand_scale,
  value_spread,
  linked_share,
  capacity_scale,
  cost_scale,
  cost_spread,
  budget_scale,
  stock_scale,
  filings,
};
BOOST_DESCRIBE_ENUM(Factor, rule_set, mechanism, quote_rule, reset_after_trade, pool_share, floor, cross_city_price,
                    price_window, gap_switch, payer, claims_paid, advance_share, allocation_runs, requests_per_county,
                    strategy, margin, speculators, speculator_money, sessions, rounds, price_drift, price_volatility,
                    outside_premium, demand_scale, value_spread, linked_share, capacity_scale, cost_scale, cost_spread,
                    budget_scale, stock_scale, filings)
inline constexpr size_t kFactors = 32;
constexpr size_t index_of(Factor f) { return static_cast<size_t>(f); }

/// The values of the factors that are choices. The numbers are what tables hold.
enum class RuleSet : uint8_t { h66_2022 = 0, post_2025 = 1 };
enum class Mechanism : uint8_t { continuous = 0, call = 1, call_then_continuous = 2, sealed = 3, listing = 4 };
enum class QuoteRule : uint8_t {
  replace = 0,  // a new quote takes the place of the agent's old one
  improve = 1,  // the same, and it must better the best quote of its side
  persist = 2,  // a quote stays until it trades or its session ends; the agent waits
};
enum class PriceWindow : uint8_t { month = 0, quarter = 1, year = 2 };
enum class GapSwitch : uint8_t { warn = 0, refuse = 1 };
enum class Payer : uint8_t { city = 0, project = 1 };
enum class ClaimsPaid : uint8_t { at_filing = 0, quarterly = 1, at_year_end = 2 };
enum class Strategy : uint8_t { truthful = 0, margin = 1, zip = 2, zi_c = 3, zi_u = 4 };

struct FactorFacts {
  Factor factor;
  std::string_view unit;  // "1" (a share or a multiple), "wan yuan/mu", "per year" …; of a choice "choice"
  double low, high;       // bounds, both allowed
  bool whole;             // whole numbers only
  bool may_shock;         // may be moved within the year
  std::string_view zh, en;
  std::span<const std::string_view> words;  // of a choice, by number; empty: a number
};
const FactorFacts& facts_of(Factor f);
std::string_view name_of(Factor f);
std::optional<Factor> factor_named(std::string_view name);
/// Within the bounds, and whole where it must be.
bool fits(const FactorFacts& facts, double value);
/// Of a choice: "call" is 1. Nothing if the word is none of its.
std::optional<double> number_of_word(const FactorFacts& facts, std::string_view word);
/// The other way round; empty if it is no choice, or the number none of it.
std::string_view word_of(const FactorFacts& facts, double value);

/// One value for each factor: all that two runs of one scenario may differ in beside their seeds.
class Point {
 public:
  double operator[](Factor f) const { return values_[index_of(f)]; }
  double& operator[](Factor f) { return values_[index_of(f)]; }
  template <class Choice>
  Choice choice(Factor f) const {
    return static_cast<Choice>(static_cast<uint8_t>((*this)[f]));
  }
  uint32_t count(Factor f) const { return static_cast<uint32_t>((*this)[f]); }
  bool on(Factor f) const { return (*this)[f] != 0; }
  friend bool operator==(const Point&, const Point&) = default;

 private:
  std::array<double, kFactors> values_{};
};

}  // namespace landex::simulator
