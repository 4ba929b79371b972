// The year of the city: worked by hand where it is tiny, and held to its invariants where it is random.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "clients/simulator/city/plan.hpp"
#include "clients/simulator/city/surplus.hpp"
#include "clients/simulator/city/year.hpp"
#include "clients/simulator/draw/stream.hpp"
#include "clients/simulator/scenario/scenario_file.hpp"
#include "exchange/host/policy_files.hpp"

namespace landex::simulator {
namespace {

const Regimes& regimes() {
  static const Regimes both = [] {
    const auto dir = std::filesystem::path{LANDEX_SOURCE_DIR} / "clearing/policy";
    return Regimes{.h66_2022 = *host::load_policy(dir), .post_2025 = *host::load_policy(dir, "post-2025")};
  }();
  return both;
}

constexpr uint32_t kJiande = 330'182, kYuhang = 330'110, kXiaoshan = 330'109, kCity = 330'100;

void set(Scenario& s, Factor f, double value) { s[f].value = Constant{value}; }

/// Every factor at something quiet: one session, one round, no chance, price outside 20.00.
Scenario quiet() {
  Scenario s;
  s.name = "test";
  s.first_day = *Day::ymd(2024, 1, 8);
  for (auto& setting : s.settings) setting = {.part = Part::constant, .value = Constant{0}, .source = "模拟数据"};
  set(s, Factor::pool_share, .2);
  set(s, Factor::floor, 1);
  set(s, Factor::cross_city_price, 20);
  set(s, Factor::sessions, 1);
  set(s, Factor::rounds, 4);
  set(s, Factor::outside_premium, .5);
  set(s, Factor::demand_scale, 1);
  set(s, Factor::capacity_scale, 1);
  set(s, Factor::cost_scale, 1);
  set(s, Factor::budget_scale, 1);
  set(s, Factor::stock_scale, 1);
  set(s, Factor::filings, 1);
  return s;
}

Scenario tiny() {
  Scenario s = quiet();
  const auto unit = [](uint32_t code) {
    UnitPlan u;
    u.district = District::code(code);
    u.source = "模拟数据";
    return u;
  };
  UnitPlan yuhang = unit(kYuhang), jiande = unit(kJiande);
  yuhang.need_mu = 60;
  yuhang.projects = 1;
  yuhang.value_wan = 25;
  yuhang.budget_wan = 5'000;
  jiande.budget_wan = 2'000;
  jiande.capacity_mu = 100;
  jiande.cost_wan = jiande.last_cost_wan = 12;
  s.units = {yuhang, jiande};
  return s;
}

TEST(Year, OneLotAndOneProjectAsOneWorksThemOutByHand) {
  // Jiande reclaims 100 mu for 100 × 12 = 1 200 wan yuan of its 2 000, and files them: the city pools 20 mu, for
  // 20 × 20.00 = 400 wan, paid at once. Yuhang needs 60 mu, worth 25.00 each. Both quote what it is worth to them: an
  // ask of 12.00 rests or meets a bid of 25.00; on this route nothing trades below 20.00.
  Year year{tiny(), regimes()};
  const Outcome& o = year.run(tiny().middle(), {.study = 1, .run = 1});
  EXPECT_EQ(o[Measure::need], 60);
  EXPECT_EQ(o[Measure::bought_used], 60);
  EXPECT_EQ(o[Measure::unmet], 0);
  EXPECT_EQ(o[Measure::pool_in], 20);
  EXPECT_EQ(o[Measure::pool_left], 20);
  EXPECT_EQ(o[Measure::city_paid], 400);
  EXPECT_EQ(o[Measure::volume], 60);
  EXPECT_GE(o[Measure::mean_price], 20);
  EXPECT_LE(o[Measure::mean_price], 25);
  EXPECT_EQ(o[Measure::unsold], 20);  // 80 mu were Jiande's, 60 are sold
  EXPECT_EQ(o[Measure::max_surplus], 60 * (25 - 12));
  EXPECT_EQ(o[Measure::surplus], 60 * (25 - 12));
  EXPECT_EQ(o[Measure::efficiency], 1);
  EXPECT_NEAR(o[Measure::mountain4_income], 400 + 60 * o[Measure::mean_price], 1e-9);
  ASSERT_EQ(o.units.size(), 3u);
  EXPECT_EQ(o.units.back().district, District::code(kCity));
  const int64_t sale = std::llround(60 * o[Measure::mean_price] * 1e6);
  //                       to:  Yuhang  Jiande     city
  EXPECT_EQ(o.transfers, (std::vector<int64_t>{0, sale, 0,                // Yuhang
                                               0, 0, 0,                   // Jiande
                                               0, 400 * 1'000'000, 0}));  // the city
}

/// Six units, eight sessions, something of everything, drawn from `seed`.
Scenario some(uint64_t seed, Mechanism mechanism) {
  Scenario s = quiet();
  Stream random{{.seed = seed, .run = 0, .agent = 0, .purpose = Purpose::design}};
  const auto between = [&](double low, double high) { return low + (high - low) * random.unit(); };
  set(s, Factor::mechanism, static_cast<double>(mechanism));
  set(s, Factor::sessions, 8);
  set(s, Factor::rounds, 3);
  set(s, Factor::quote_rule, static_cast<double>(random.below(3)));
  set(s, Factor::reset_after_trade, static_cast<double>(random.below(2)));
  set(s, Factor::pool_share, between(0, .5));
  set(s, Factor::floor, static_cast<double>(random.below(2)));
  set(s, Factor::cross_city_price, between(5, 40));
  set(s, Factor::price_window, static_cast<double>(random.below(3)));
  set(s, Factor::gap_switch, static_cast<double>(random.below(2)));
  set(s, Factor::payer, static_cast<double>(random.below(2)));
  set(s, Factor::claims_paid, static_cast<double>(random.below(3)));
  set(s, Factor::advance_share, random.below(2) == 0 ? 0 : .5);
  set(s, Factor::allocation_runs, static_cast<double>(random.below(3)));
  set(s, Factor::requests_per_county, 3);
  set(s, Factor::strategy, static_cast<double>(random.below(5)));
  set(s, Factor::margin, between(0, .3));
  set(s, Factor::speculators, static_cast<double>(random.below(3)));
  set(s, Factor::speculator_money, 3'000);
  set(s, Factor::price_drift, between(-.1, .1));
  set(s, Factor::price_volatility, between(0, .3));
  set(s, Factor::outside_premium, between(0, .3));
  set(s, Factor::value_spread, between(0, .4));
  set(s, Factor::linked_share, between(0, .5));
  set(s, Factor::cost_spread, between(0, .3));
  set(s, Factor::filings, 4);
  for (const uint32_t code : {330'102u, kXiaoshan, kYuhang, 330'122u, 330'127u, kJiande}) {
    const bool mountain = code == 330'122 || code == 330'127 || code == kJiande;
    s.units.push_back({.district = District::code(code),
                       .need_mu = mountain ? 40.0 : 300.0,
                       .projects = mountain ? 2u : 5u,
                       .value_wan = between(15, 45),
                       .budget_wan = between(1'000, 12'000),
                       .stock_mu = 20,
                       .capacity_mu = mountain ? 400.0 : 0.0,
                       .cost_wan = between(5, 15),
                       .last_cost_wan = between(15, 30),
                       .paddy_share = .3,
                       .capacity_kg = 500,
                       .grade = 7,
                       .linkage_stock_mu = mountain ? 100.0 : 0.0,
                       .linkage_cost_wan = 8,
                       .linkage_value_wan = 15,
                       .source = "模拟数据"});
  }
  return s;
}

class EveryMechanism : public testing::TestWithParam<Mechanism> {};

TEST_P(EveryMechanism, KeepsItsBooksInOrderWhateverTheLeversAre) {
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Scenario s = some(seed, GetParam());
    Year year{s, regimes()};
    const Outcome& o = year.run(s.middle(), {.study = seed, .run = 3});
    const auto of = [&](Measure m) { return o[m]; };
    EXPECT_NEAR(of(Measure::need), of(Measure::filled) + of(Measure::unmet), 1e-6);
    EXPECT_NEAR(of(Measure::filled),
                of(Measure::own_used) + of(Measure::pool_used) + of(Measure::bought_used) + of(Measure::outside_used),
                1e-6);
    EXPECT_GE(of(Measure::unmet), -1e-9);
    if (of(Measure::max_surplus) > 0) {  // else there is nothing to share, and no number
      EXPECT_NEAR(of(Measure::efficiency) + of(Measure::missed) + of(Measure::wrong), 1, 1e-9);
      EXPECT_GE(of(Measure::missed), -1e-12);
      EXPECT_GE(of(Measure::wrong), -1e-12);
    }
    double bought = 0, sold = 0, surplus = 0, paid = 0, received = 0;
    for (const auto& u : o.units) {
      bought += u.bought;
      sold += u.sold;
      surplus += u.surplus;
      paid += u.paid;
      received += u.received;
    }
    EXPECT_NEAR(bought, of(Measure::volume), 1e-6);
    EXPECT_NEAR(sold, of(Measure::volume), 1e-6);
    EXPECT_NEAR(paid, received, 1e-6);
    EXPECT_NEAR(surplus, of(Measure::surplus), 1e-6);
    EXPECT_EQ(year.audit(), "");
    EXPECT_EQ(o.sessions.size(), 16u);
    const Outcome first = o;
    const std::string hash = year.state_hash();
    year.run(s.middle(), {.study = seed, .run = 4});
    const Outcome& again = year.run(s.middle(), {.study = seed, .run = 3});
    EXPECT_EQ(year.state_hash(), hash);
    EXPECT_EQ(again.transfers, first.transfers);
  }
}
INSTANTIATE_TEST_SUITE_P(All, EveryMechanism,
                         testing::Values(Mechanism::continuous, Mechanism::call, Mechanism::call_then_continuous,
                                         Mechanism::sealed, Mechanism::listing),
                         [](const auto& m) { return "of" + std::to_string(static_cast<int>(m.param)); });

TEST(Surplus, WhatIsNotMadeIsLostByMissedOrByWrongTrades) {
  // Demand 10 at 30, 10 at 20; supply 10 at 10, 10 at 25. Good: 10 units, 30 against 10: 200 a unit-and-tick. The bad
  // pair (20 buys from 25) is made and the good one is not: realised −50, missed 200, wrong 50.
  std::vector<Units> demand{{.quantity = 10, .traded = 0, .at = 30}, {.quantity = 10, .traded = 10, .at = 20}};
  std::vector<Units> supply{{.quantity = 10, .traded = 0, .at = 10}, {.quantity = 10, .traded = 10, .at = 25}};
  const Gains g = gains(demand, supply);
  EXPECT_DOUBLE_EQ(g.maximum * 1e6, 200);
  EXPECT_DOUBLE_EQ(g.realised * 1e6, -50);
  EXPECT_DOUBLE_EQ(g.missed * 1e6, 200);
  EXPECT_DOUBLE_EQ(g.wrong * 1e6, 50);
}

TEST(Year, ALinkedProjectGetsBothOrUsesNeither) {
  // Yuhang's project needs 60 mu of area and as much linkage, worth 25.00 and 15.00; Jiande has 100 mu of linkage and
  // takes 8.00. Both are bought. Where linkage costs more than the pair is worth (41.00), nothing is used.
  Scenario s = tiny();
  set(s, Factor::linked_share, 1);
  s.units[0].linkage_value_wan = 15;
  s.units[1].linkage_stock_mu = 100;
  s.units[1].linkage_cost_wan = 8;
  Year year{s, regimes()};
  const Outcome& o = year.run(s.middle(), {.study = 1, .run = 1});
  EXPECT_EQ(o[Measure::linked_done], 1);
  EXPECT_EQ(o[Measure::linkage_volume], 60);
  EXPECT_EQ(o[Measure::filled], 60);
  EXPECT_EQ(year.audit(), "");
  s.units[1].linkage_cost_wan = 41;
  Year dear{s, regimes()};
  const Outcome& none = dear.run(s.middle(), {.study = 1, .run = 1});
  EXPECT_EQ(none[Measure::linked_done], 0);
  EXPECT_EQ(none[Measure::filled], 0);
  EXPECT_EQ(dear.audit(), "");
}

TEST(Year, WithTruthfulQuotesACallLosesNothingAndAContinuousMarketNoLess) {
  // One session, rounds for every item, no floor, no pool: the call finds all gains from trade.
  double lost = 0;
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    Scenario s = some(seed, Mechanism::call);
    for (const Factor f :
         {Factor::pool_share, Factor::floor, Factor::strategy, Factor::speculators, Factor::linked_share,
          Factor::quote_rule, Factor::reset_after_trade, Factor::gap_switch, Factor::allocation_runs})
      set(s, f, 0);
    set(s, Factor::sessions, 1);
    set(s, Factor::rounds, 12);
    set(s, Factor::budget_scale, 1'000);
    const auto efficiency = [&](Mechanism m) {
      set(s, Factor::mechanism, static_cast<double>(m));
      return Year{s, regimes()}.run(s.middle(), {.study = seed, .run = 1})[Measure::efficiency];
    };
    const double call = efficiency(Mechanism::call), continuous = efficiency(Mechanism::continuous);
    if (std::isnan(call)) continue;
    EXPECT_NEAR(call, 1, 1e-9) << seed;
    EXPECT_LE(continuous, call + 1e-9) << seed;
    lost += call - continuous;
  }
  EXPECT_GT(lost, 0);
}

TEST(Year, ShocksMoveRulesAndQuotesFromTheirSessionOn) {
  // From session 5 on the pool takes nine tenths and all quote with a margin; from session 6 on land costs twice as
  // much outside. Before, the price outside is the same to the bit; the books are kept throughout.
  Scenario s = some(3, Mechanism::continuous);
  const Scenario calm = s;
  s.shocks = {{.session = 5, .factor = Factor::pool_share, .set = .9, .times = {}, .source = "模拟数据"},
              {.session = 5, .factor = Factor::strategy, .set = 1, .times = {}, .source = "模拟数据"},
              {.session = 6, .factor = Factor::cross_city_price, .set = {}, .times = 2, .source = "模拟数据"}};
  Year year{s, regimes()}, before{calm, regimes()};
  const Outcome& o = year.run(s.middle(), {.study = 3, .run = 1});
  const Outcome& other = before.run(calm.middle(), {.study = 3, .run = 1});
  EXPECT_EQ(year.audit(), "");
  for (size_t n = 0; n < 8; n += 2) EXPECT_EQ(o.sessions[n].outside_price, other.sessions[n].outside_price);
  EXPECT_NEAR(o.sessions[10].outside_price, 2 * other.sessions[10].outside_price, .02);  // ticks
  EXPECT_GT(o[Measure::pool_in], other[Measure::pool_in]);
}

TEST(Year, TheShippedBaseTradesUnderEveryMechanismAlsoWithSpeculators) {
  const auto dir = std::filesystem::path{LANDEX_SOURCE_DIR} / "clients/simulator/scenarios";
  for (const char* mechanism : {"continuous", "call", "call_then_continuous", "sealed", "listing"})
    for (const char* speculators : {"0", "3"}) {
      const std::array how{Override{std::string{"mechanism="} + mechanism},
                           Override{std::string{"speculators="} + speculators}};
      const Scenario s = load_scenario("hangzhou", dir, how).value();
      Year year{s, regimes()};
      const Outcome& o = year.run(s.middle(), {.study = 1, .run = 1});
      EXPECT_EQ(year.audit(), "") << mechanism << speculators;
      // A tenth of the need at least changes hands, and in a third of the sessions something does.
      EXPECT_GT(o[Measure::volume], o[Measure::need] / 10) << mechanism << speculators;
      EXPECT_GT(std::ranges::count_if(o.sessions, [](const auto& x) { return x.volume > 0; }),
                std::ssize(o.sessions) / 3)
          << mechanism << speculators;
      for (const auto& u : o.units) EXPECT_TRUE(u.bought >= 0 && u.sold >= 0 && u.unsold >= 0) << mechanism;
    }
}

TEST(Plan, AUnitMoreChangesNothingOfWhatTheOthersDraw) {
  const Scenario all = some(1, Mechanism::continuous);
  Scenario fewer = all;
  fewer.units.erase(fewer.units.begin());
  const auto drawn = [](const Scenario& s) {
    Factors factors;
    factors.begin(s, s.middle());
    Plan plan;
    plan.draw(s, factors, {.study = 9, .run = 9}, 8);
    std::vector<std::tuple<uint32_t, int64_t, int64_t>> out;  // district, area, value or cost
    for (const auto& p : plan.projects) out.emplace_back(s.units[p.unit].district.raw(), p.need.raw(), p.value.raw());
    for (const auto& l : plan.lots) out.emplace_back(s.units[l.unit].district.raw(), l.area.raw(), l.cost.raw());
    std::erase_if(out, [&](const auto& x) { return std::get<0>(x) == 330'102; });
    return out;
  };
  EXPECT_FALSE(drawn(fewer).empty());
  EXPECT_EQ(drawn(all), drawn(fewer));
}

TEST(Year, PostTwentyTwentyFiveRefusesAndTheYearGoesOn) {
  Scenario s = some(5, Mechanism::continuous);
  set(s, Factor::rule_set, 1);
  s.first_day = *Day::ymd(2025, 1, 6);
  Year year{s, regimes()};
  const Outcome& o = year.run(s.middle(), {.study = 5, .run = 1});
  EXPECT_GT(o[Measure::refused], 0);
  EXPECT_EQ(o[Measure::volume], 0);  // nobody acquires supplementary farmland any more
  EXPECT_EQ(o[Measure::pool_in], 0);
  EXPECT_GT(o[Measure::own_used], 0);  // what is held is still used
}

}  // namespace
}  // namespace landex::simulator
