// Compensation for permanent basic farmland 永久基本农田保护补偿 (H66-4.1): counties below the city's average rate pay
// for what they lack, those above it receive what comes in, in proportion. That what comes in goes out, the unit price
// and the definition of the rate are ours, not the law.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>

#include "tests/run_script.hpp"

namespace landex {
namespace {

using script::Governments;

constexpr std::array kCounties{"上城", "拱墅", "西湖", "滨江", "萧山", "余杭", "富阳",
                               "临安", "临平", "钱塘", "桐庐", "淳安", "建德"};

/// All 13, each with 80 mu of permanent basic farmland of 100 mu of cultivated of 1 000 mu of land, but for these.
std::string thirteen(std::map<std::string, std::string> but = {}) {
  std::string rows;
  for (const std::string county : kCounties)
    rows += "| " + county + " " +
            (but.contains(county) ? but.at(county) : std::string{"80.0000 of 100.0000 of 1000.0000"}) + "\n";
  return rows;
}

void begin(Governments& g, const std::string& price) {
  g.check("open 2024-06-03 → done\nstandard pbf_price 2024 " + price + " → done");
}
void check(const std::string& price, const std::string& script, const policy::Pack& pack = script::governments()) {
  Governments g{pack};
  begin(g, price);
  g.check(script);
}

TEST(PbfRun, WhoLacksTenMuOfTheAveragePaysForThemAndWhoHasTenMoreReceivesIt) {
  // H66-4.1: 1 040 of 1 300 mu are 80 %. 余杭 has 70 where 80 are due; 10 mu × 1 000 = 10 000. 建德 has 90.
  check("1000",
        thirteen({{"余杭", "70.0000 of 100.0000 of 1000.0000"}, {"建德", "90.0000 of 100.0000 of 1000.0000"}}) + R"(
    r1 = reckon pbf 2024                                           → done
      line 余杭→杭州 10 000.00 yuan pbf_contribution area 10.0000 rate 1000 H66-4.1
      line 杭州→建德 10 000.00 yuan pbf_receipt area 10.0000 rate 1000 H66-4.1
      total 10 000.00 yuan

    execute r1                                                     → refused not_enough_money H66-4.1
    fund 余杭 1.50 wan                                             → done
    execute r1                                                     → done
      entry 余杭.free→杭州.funds 10 000.00 yuan H66-4.1
      entry 杭州.funds→建德.free 10 000.00 yuan H66-4.1
    purse pbf 0.00 yuan
    cash 余杭 free 5 000.00 yuan
    cash 建德 free 10 000.00 yuan
  )");
}

TEST(PbfRun, WhatComesInGoesOutToTheFenTheLargestRemainderFirstAndOfEqualOnesTheEarlier) {
  // H66-4.1: 余杭 lacks 9.9999 mu, at 1 yuan a mu 10.00 yuan. Three counties have 3.3333 mu more than is due: 333.33
  // fen each, 333 paid, and the one fen that is left goes to the first of them.
  const std::string more = "83.3333 of 100.0000 of 1000.0000";
  check("1",
        thirteen({{"余杭", "70.0001 of 100.0000 of 1000.0000"}, {"临安", more}, {"桐庐", more}, {"淳安", more}}) + R"(
    reckon pbf 2024                                                → done
      line 余杭→杭州 10.00 yuan pbf_contribution area 9.9999 rate 1 H66-4.1
      line 杭州→临安 3.34 yuan pbf_receipt area 3.3333 rate 1 H66-4.1
      line 杭州→桐庐 3.33 yuan pbf_receipt area 3.3333 rate 1 H66-4.1
      line 杭州→淳安 3.33 yuan pbf_receipt area 3.3333 rate 1 H66-4.1
      total 10.00 yuan
  )");
  // 3.3332, 3.3333 and 3.3334: of 333.32, 333.33 and 333.34 fen the last has the largest remainder.
  check("1", thirteen({{"余杭", "70.0001 of 100.0000 of 1000.0000"},
                       {"临安", "83.3332 of 100.0000 of 1000.0000"},
                       {"桐庐", "83.3333 of 100.0000 of 1000.0000"},
                       {"淳安", "83.3334 of 100.0000 of 1000.0000"}}) +
                 R"(
    reckon pbf 2024                                                → done
      line 余杭→杭州 10.00 yuan pbf_contribution area 9.9999 rate 1 H66-4.1
      line 杭州→临安 3.33 yuan pbf_receipt area 3.3332 rate 1 H66-4.1
      line 杭州→桐庐 3.33 yuan pbf_receipt area 3.3333 rate 1 H66-4.1
      line 杭州→淳安 3.34 yuan pbf_receipt area 3.3334 rate 1 H66-4.1
  )");
}

TEST(PbfRun, TheRateMayBeOfAllLandInstead) {
  // H66-4.1 defines no rate. 余杭 has 80 mu on 500 mu of land, the others on 1 000: 1 040 of 12 500 are 8.32 %. Each of
  // the twelve lacks 83.2 − 80 = 3.2 mu, 余杭 has 80 − 41.6 = 38.4 more. By cultivated land all are at 80 %.
  const std::string facts = thirteen({{"余杭", "80.0000 of 100.0000 of 500.0000"}});
  check("1000", facts + "reckon pbf 2024 → refused nothing_to_pay");
  std::string lines;
  for (const auto& county :
       {"上城", "拱墅", "西湖", "滨江", "萧山", "富阳", "临安", "临平", "钱塘", "桐庐", "淳安", "建德"})
    lines += "line " + std::string{county} + "→杭州 3 200.00 yuan pbf_contribution area 3.2000 rate 1000 H66-4.1\n";
  check("1000",
        facts + "reckon pbf 2024 → done\n" + lines +
            "line 杭州→余杭 38 400.00 yuan pbf_receipt area 38.4000 rate 1000 H66-4.1\ntotal 38 400.00 yuan",
        script::with_value(script::governments(), policy::Parameter::pbf_rate_base, 2));
}

TEST(PbfRun, TheAverageIsThatOfTheWholeCityAndNeedsEveryCountyOnce) {
  // H66-4.1: without 建德 there is no average of the city.
  std::string twelve = thirteen();
  twelve.resize(twelve.find("| 建德"));
  check("1000", twelve + "reckon pbf 2024 → refused run_incomplete H66-4.1");
  check("1000", thirteen() + "| 建德 80.0000 of 100.0000 of 1000.0000\nreckon pbf 2024 → refused county_twice H66-4.1");
  check("1000", thirteen() + "| 杭州 80.0000 of 100.0000 of 1000.0000\nreckon pbf 2024 → refused unknown_unit");
}

TEST(PbfRun, EachFigureContainsTheOneBefore) {
  // H66-4.1: permanent basic farmland is cultivated, and cultivated land is land.
  check("1000", thirteen({{"余杭", "100.0001 of 100.0000 of 1000.0000"}}) +
                    "reckon pbf 2024 → refused figures_conflict H66-4.1");
  check("1000", thirteen({{"余杭", "80.0000 of 1000.0001 of 1000.0000"}}) +
                    "reckon pbf 2024 → refused figures_conflict H66-4.1");
}

TEST(PbfRun, WithoutThePriceOfTheYearOrTheDefinitionOfTheRateThereIsNoAnswer) {
  // H66-4.1 leaves both to later rules.
  Governments g;
  begin(g, "1000");
  g.check(thirteen() + "reckon pbf 2023 → refused no_standard H66-4.1");
  check("1000", thirteen() + "reckon pbf 2024 → refused no_rule_in_force H66-4.1",
        script::without(script::governments(), policy::Parameter::pbf_rate_base));
}

}  // namespace
}  // namespace landex
