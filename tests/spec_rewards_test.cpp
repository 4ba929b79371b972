// Rewards for selected projects 奖补: model projects of consolidation tilted to the four mountain counties (H66-8),
// idle homesteads (H66-12) and agricultural “标准地” (H66-16) by a share of the county's own fiscal input.
#include <gtest/gtest.h>

#include "tests/run_script.hpp"

namespace landex {
namespace {

using script::Governments;

void check(std::string_view script, const policy::Pack& pack = script::governments()) {
  Governments g{pack};
  g.check("open 2024-06-03 → done");
  g.check(script);
}

TEST(Rewards, ModelProjectsOfTheFourMountainCountiesGetAFifthMore) {
  // H66-8: 100 万元 by the later rules; for 临安, 桐庐, 淳安 and 建德 × 1.2 = 120 万元.
  check(R"(
    | 建德 连片整治   100.00 wan
    | 余杭 连片整治   100.00 wan
    | 临安 质量提升    10.00 wan
    r1 = reckon consolidation_reward 2024                          → done
      line 杭州→余杭 100.00 wan award share 10000 base 100.00 wan project 连片整治 H66-8
      line 杭州→临安 12.00 wan award share 12000 base 10.00 wan project 质量提升 H66-8
      line 杭州→建德 120.00 wan award share 12000 base 100.00 wan project 连片整治 H66-8
      total 232.00 wan

    fund 杭州 300.00 wan                                           → done
    earmark consolidation 231.00 wan                               → done
    execute r1                                                     → refused fund_short H66-20
    earmark consolidation 2.00 wan                                 → done
    execute r1                                                     → done
      entry 杭州.funds→余杭.free 100.00 wan H66-8
      entry 杭州.funds→临安.free 12.00 wan H66-8
      entry 杭州.funds→建德.free 120.00 wan H66-8
    purse consolidation 1.00 wan
  )");
}

TEST(Rewards, ReusedHomesteadsGetAShareOfTheCountysOwnInput) {
  // H66-12: 100 万元 of its own × 30 % = 30 万元, for a mountain county too. Lines by county, then project.
  check(R"(
    | 建德 B 100.00 wan
    | 建德 A 200.00 wan
    | 余杭 C 100.00 wan
    reckon homestead_reward 2024                                   → done
      line 杭州→余杭 30.00 wan award share 3000 base 100.00 wan project C H66-12
      line 杭州→建德 60.00 wan award share 3000 base 200.00 wan project A H66-12
      line 杭州→建德 30.00 wan award share 3000 base 100.00 wan project B H66-12
      total 120.00 wan
  )");
}

TEST(Rewards, StandardFarmlandHasAShareOfItsOwnAndBothComeFromTheFundForAgriculture) {
  // H66-16: 40 % of 100 万元; H66-12: 30 % of 100 万元. 70 of 80 万元 leave the fund.
  check(R"(
    fund 杭州 80.00 wan                                            → done
    earmark agriculture 80.00 wan                                  → done
    | 余杭 A 100.00 wan
    r1 = reckon standard_farmland_reward 2024                      → done
      line 杭州→余杭 40.00 wan award share 4000 base 100.00 wan project A H66-16
    | 余杭 A 100.00 wan
    r2 = reckon homestead_reward 2024                              → done
      line 杭州→余杭 30.00 wan award share 3000 base 100.00 wan project A H66-12
    execute r1                                                     → done
    execute r2                                                     → done
    purse agriculture 10.00 wan
  )",
        script::with_value(script::governments(), policy::Parameter::standard_farmland_share, 4'000));
}

TEST(Rewards, AnAwardIsRoundedHalfUpToTheFenAndWhatIsNothingIsLeftOut) {
  // H66-12: 0.05 yuan × 30 % = 1.5 fen → 2; 0.01 yuan × 30 % = 0.3 fen → nothing.
  check(R"(
    | 余杭 A 0.05 yuan
    | 余杭 B 0.01 yuan
    reckon homestead_reward 2024                                   → done
      line 杭州→余杭 0.02 yuan award share 3000 base 0.05 yuan project A H66-12
    | 余杭 B 0.01 yuan
    reckon homestead_reward 2024                                   → refused nothing_to_pay
  )");
}

TEST(Rewards, AProjectIsRewardedOnceInARun) {
  check(R"(
    | 余杭 A 1.00 wan
    | 余杭 A 2.00 wan
    reckon homestead_reward 2024                                   → refused county_twice H66-12
    | 余杭 A 1.00 wan
    | 建德 A 2.00 wan
    reckon homestead_reward 2024                                   → done
    reckon homestead_reward 2024                                   → refused value_out_of_range
  )");
}

TEST(Rewards, WithoutAShareInForceThereIsNoAnswer) {
  // H66-8, H66-12, H66-16: the amounts are delegated.
  using policy::Parameter;
  check("| 余杭 A 1.00 wan\nreckon consolidation_reward 2024 → refused no_rule_in_force H66-8",
        script::without(script::governments(), Parameter::reward_tilt));
  check("| 余杭 A 1.00 wan\nreckon homestead_reward 2024 → refused no_rule_in_force H66-12",
        script::without(script::governments(), Parameter::homestead_share));
  check("| 余杭 A 1.00 wan\nreckon standard_farmland_reward 2024 → refused no_rule_in_force H66-16",
        script::without(script::governments(), Parameter::standard_farmland_share));
}

}  // namespace
}  // namespace landex
