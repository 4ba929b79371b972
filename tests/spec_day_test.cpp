// The business day chooses the rules and the prices; what may change only while it is closed; accounts, and money in
// and out.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "exchange/wire/refusal_text.hpp"
#include "tests/market_script.hpp"

namespace landex {
namespace {

using script::check;
using script::Market;

TEST(BusinessDay, NothingIsDoneOutsideIt) {
  check(R"(
    file 建德 area 10.0000                     → refused day_not_open
    fund 余杭 1.00 wan                         → refused day_not_open
    withdraw 余杭 1.00 wan                     → refused day_not_open
    plots 建德 P1 10.0000 grade 1              → refused day_not_open
    sell 建德 area 1.0000 @20.00               → refused day_not_open
    propose 建德 建德→余杭 area 1.0000 @20.00  → refused day_not_open
    use 建德 area 1.0000                       → refused day_not_open
    pay 建德                                   → refused day_not_open
    close 2024-06-03                           → refused day_not_open
    open 2024-06-03                            → done
    file 建德 area 10.0000                     → done
    close 2024-06-03                           → done
    file 建德 area 10.0000                     → refused day_not_open
  )");
}

TEST(BusinessDay, DaysGoForwardOneAtATimeAndTheDayThatIsMeantIsClosed) {
  check(R"(
    open 2024-05-31   → refused day_not_later   # the accounts were opened on it
    open 2024-06-03   → done
    open 2024-06-03   → refused day_already_open
    open 2024-06-04   → refused day_already_open
    close 2024-06-02  → refused day_not_open   # a late repeat closes nothing
    close 2024-06-03  → done
    close 2024-06-03  → refused day_not_open
    open 2024-06-03   → refused day_not_later
    open 2024-06-10   → done   # not every day is a business day
  )");
}

TEST(BusinessDay, LiesInThePeriodOfTheRuleSet) {
  // H66 holds from 2022-12-12; that its fifth year ends with 2027-12-11 is our default.
  script::Market{{.accounts = false}}.check(R"(
    open 2022-12-11   → refused no_rule_in_force
    open 2027-12-12   → refused no_rule_in_force
    open 2022-12-12   → done
    close 2022-12-12  → done
    open 2027-12-11   → done
  )");
}

TEST(BusinessDay, TheVenueChangesOnlyBetweenDays) {
  check(R"(
    venue simulation                 → refused venue_already_set
    venue production                 → done
    open 2024-06-03                  → done
    venue simulation                 → refused day_already_open
    sell 建德 linkage 1.0000 @20.00  → refused mode_not_open H66-21.4
    close 2024-06-03                 → done
    venue simulation                 → done
    open 2024-06-04                  → done
    file 建德 linkage 1.0000         → done
    sell 建德 linkage 1.0000 @20.00  → rests 1.0000
  )");
}

TEST(BusinessDay, WithoutAVenueNoModeIsOpen) {
  script::Market{{.venue = std::nullopt}}.check(R"(
    open 2024-06-03                               → done
    file 建德 linkage 1.0000                      → done
    sell 建德 linkage 1.0000 @20.00               → refused mode_not_open H66-21.4
    propose 建德 建德→余杭 linkage 1.0000 @20.00  → refused mode_not_open H66-21.4
  )");
}

// ---- accounts ----

TEST(Account, IsOpenedOnceForAPlaceOfTheRuleSet) {
  script::Market market{{.accounts = false}};
  market.check(R"(
    open 2024-06-03                            → done
    fund 余杭 1.00 wan                         → refused account_not_open
    account 余杭                               → done
    account 余杭                               → refused account_already_open
    fund 余杭 1.00 wan                         → done
    file 余杭 area 10.0000                     → refused account_not_open   # the city has none to pool into
    account 杭州                               → done
    file 余杭 area 10.0000                     → done
    propose 余杭 余杭→建德 area 1.0000 @20.00  → refused account_not_open
    buy 建德 area 1.0000 @20.00                → refused account_not_open
  )");
  // 110105 is a district of another city.
  const auto refused = script::refusal_in(
      market.send(script::bureau(), engine::command::OpenAccount{.participant = District::code(110105)}));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, engine::Reason::unknown_unit);
}

TEST(Account, KeepsTheClassThatItsPlaceHadWhenItWasOpened) {
  // Fuyang becomes one of the mountain counties in July. Its account of May is an urban one: the floor still binds.
  policy::Pack pack = script::at_once();
  const auto fuyang = std::ranges::find(pack.units, script::place("富阳"), &policy::Unit::district);
  ASSERT_NE(fuyang, pack.units.end());
  policy::Unit later = *fuyang;
  fuyang->until = script::on(2024, 6, 30);
  later.from = script::on(2024, 7, 1);
  later.kind = ParticipantClass::mountain4;
  pack.units.push_back(later);
  script::Market{{.pack = pack}}.check(R"(
    price area 20.00 2024-07-01..2024-07-31    → done
    open 2024-07-01                            → done
    file 建德 area 125.0000                    → done
    propose 建德 建德→富阳 area 1.0000 @15.00  → refused below_floor H66-7.6
  )");
}

// ---- money ----

TEST(Money, ComesInAndGoesOutToTheFenAndSumsToZeroWithTheOutside) {
  check(R"(
    open 2024-06-03                   → done
    fund 余杭 1 234.56 wan            → done
    fund 余杭 0.01 yuan               → done
    cash 余杭 free 12 345 600.01 yuan outside -12 345 600.01 yuan
    withdraw 余杭 12 345 600.02 yuan  → refused not_enough_money
    withdraw 余杭 12 345 600.01 yuan  → done
    cash 余杭 free 0.00 yuan outside 0.00 yuan
    fund 余杭 0.00 yuan               → refused value_out_of_range
    withdraw 余杭 0.01 yuan           → refused not_enough_money
  )");
}

TEST(Money, AllTogetherStaysWithinWhatABrowserCountsExactly) {
  // 2^53 − 1 = 9 007 199 254 740 991 fen.
  check(R"(
    open 2024-06-03                       → done
    fund 余杭 90 071 992 547 409.91 yuan  → done
    fund 西湖 0.01 yuan                   → refused total_out_of_range
    withdraw 余杭 0.01 yuan               → done
    fund 西湖 0.01 yuan                   → done
    fund 西湖 90 071 992 547 409.92 yuan  → refused value_out_of_range
  )");
}

// ---- published prices ----

TEST(PublishedPrice, IsNotChangedForTheDayThatIsOpen) {
  check(R"(
    open 2024-06-03                          → done
    price area 20.00 2024-06-01..2024-06-30  → refused price_changes_open_day H66-7.6
    price area 20.00 2024-06-03..2024-06-03  → refused price_changes_open_day H66-7.6
    price area 20.00 2024-06-04..2024-06-30  → done   # from tomorrow
    price area 19.00 2024-06-01..2024-06-02  → done   # and for days gone by
    close 2024-06-03                         → done
    price area 21.00 2024-06-03..2024-06-03  → done
  )");
}

TEST(PublishedPrice, NeedsNeitherAnOpenDayNorAnAccount) {
  script::Market{{.accounts = false}}.check("price area 20.00 2024-06-01..2024-06-30 → done");
}

TEST(PublishedPrice, HasOneRowForEachDayAndInstrument) {
  check(R"(
    price area 20.00 2024-06-01..2024-06-30    → done
    price area 21.00 2024-06-30..2024-07-31    → refused price_overlaps H66-7.4
    price area 21.00 2024-05-01..2024-06-01    → refused price_overlaps H66-7.4
    price area 21.00 2024-06-10..2024-06-10    → refused price_overlaps H66-7.4
    price area 21.00 2024-07-01..2024-07-31    → done
    price paddy 3.00 2024-06-01..2024-06-30    → done
    price area 21.00 2024-08-02..2024-08-01    → refused period_ends_before_it_begins
    price linkage 9.00 2024-06-01..2024-06-30  → refused component_not_in_kind H66-7.4
    price area 0.00 2024-09-01..2024-09-30     → refused value_out_of_range
  )");
}

TEST(PublishedPrice, IsTheFloorOfItsOwnDaysAndOfNoOther) {
  check(R"(
    price area 20.00 2024-06-01..2024-06-30    → done
    price area 25.00 2024-07-01..2024-07-31    → done
    open 2024-06-30                            → done
    file 建德 area 125.0000                    → done
    fund 余杭 900.00 wan                       → done
    s1 = sell 建德 area 1.0000 @15.00          → rests 1.0000
    buy 余杭 area 1.0000 @30.00                → filled
      trade s1 1.0000 @20.00 20.00 wan H66-7.6
      floor 20.00 lifted 1.0000 H66-7.6
    close 2024-06-30                           → done
    open 2024-07-01                            → done
    propose 建德 建德→余杭 area 1.0000 @24.99  → refused below_floor H66-7.6
    s2 = sell 建德 area 1.0000 @15.00          → rests 1.0000
    buy 余杭 area 1.0000 @30.00                → filled
      trade s2 1.0000 @25.00 25.00 wan H66-7.6
      floor 25.00 lifted 1.0000 H66-7.6
    close 2024-07-01                           → done
    open 2024-08-01                            → done
    propose 建德 建德→余杭 area 1.0000 @24.99  → refused no_price_in_force H66-7.6
    s3 = sell 建德 area 1.0000 @15.00          → rests 1.0000
    buy 余杭 area 1.0000 @30.00                → rests 1.0000
      floor none passed 1.0000 H66-7.6
  )");
}

TEST(BusinessDay, ARowThatSaysWhatItsParameterCannotMeanMakesThePackUnusableByName) {
  // Each parameter of the shipped files one below the least that it may say, and one above the most.
  using policy::Parameter;
  const struct {
    Parameter parameter;
    int64_t least, most;
    const char* name;
  } rows[] = {{Parameter::pooled_share_supplementary, 0, 10'000, "pooled_share_supplementary"},
              {Parameter::pooled_share_pbf, 0, 10'000, "pooled_share_pbf"},
              {Parameter::pbf_lowest_grade, 1, 15, "pbf_lowest_grade"},
              {Parameter::advance_share, 0, 10'000, "advance_share"},
              {Parameter::advance_months, 1, 1'200, "advance_months"},
              {Parameter::deposit_share, 0, 10'000, "deposit_share"},
              {Parameter::notice_days, 0, 250, "notice_days"},
              {Parameter::confirm_days, 0, 250, "confirm_days"},
              {Parameter::payment_days, 0, 250, "payment_days"},
              {Parameter::default_consequence, 1, 2, "default_consequence"},
              {Parameter::floor_moment, 1, 3, "floor_moment"},
              {Parameter::own_need_consequence, 1, 2, "own_need_consequence"},
              {Parameter::gap_consequence, 1, 2, "gap_consequence"},
              {Parameter::skip_consequence, 1, 2, "skip_consequence"},
              {Parameter::release_price, 1, 3, "release_price"},
              {Parameter::take_days, 0, 250, "take_days"},
              {Parameter::pool_base, 1, 1, "pool_base"},
              {Parameter::pool_rounding, 1, 1, "pool_rounding"},
              {Parameter::payable_moment, 1, 1, "payable_moment"},
              {Parameter::payable_payer, 1, 1, "payable_payer"},
              {Parameter::advance_base, 1, 1, "advance_base"},
              {Parameter::advance_netting, 1, 1, "advance_netting"},
              {Parameter::protection_excellent, 0, 100'000, "protection_excellent"},
              {Parameter::protection_good, 0, 100'000, "protection_good"},
              {Parameter::protection_pass, 0, 100'000, "protection_pass"},
              {Parameter::protection_fail, 0, 100'000, "protection_fail"},
              {Parameter::protection_sharing, 1, 2, "protection_sharing"},
              {Parameter::rice_uplift, 0, 10'000, "rice_uplift"},
              {Parameter::over_budget, 1, 3, "over_budget"},
              {Parameter::pbf_rate_base, 1, 2, "pbf_rate_base"},
              {Parameter::restoration_cycle, 1, 50, "restoration_cycle"},
              {Parameter::guide_gap_weight, 0, 100'000, "guide_gap_weight"},
              {Parameter::guide_tax_weight, 0, 100'000, "guide_tax_weight"},
              {Parameter::guide_premium, 0, 10'000, "guide_premium"},
              {Parameter::guide_band, 0, 10'000, "guide_band"},
              {Parameter::reward_tilt, 0, 10'000, "reward_tilt"},
              {Parameter::homestead_share, 0, 10'000, "homestead_share"},
              {Parameter::standard_farmland_share, 0, 10'000, "standard_farmland_share"},
              {Parameter::reserved_scale_share, 0, 10'000, "reserved_scale_share"},
              {Parameter::enclave_space, 1, 100'000'000'000, "enclave_space"},
              {Parameter::enclave_reduction, 1, 100'000'000'000, "enclave_reduction"},
              {Parameter::enclave_reduction_mode, 1, 2, "enclave_reduction_mode"},
              {Parameter::enclave_reduction_of, 1, 2, "enclave_reduction_of"}};
  const auto refusal = [](Parameter parameter, int64_t value) {
    policy::Pack pack = script::at_once();
    const auto row = std::ranges::find(pack.rows, parameter, &policy::Row::parameter);
    EXPECT_NE(row, pack.rows.end());
    if (row != pack.rows.end()) row->value = value;
    Market market{{.pack = std::nullopt}};
    return script::refusal_in(market.send(
        script::landexd(), engine::command::Activate{.behaviour = engine::kBehaviour, .pack = std::move(pack)}));
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_FALSE(refusal(row.parameter, row.least));
    EXPECT_FALSE(refusal(row.parameter, row.most));
    for (const int64_t value : {row.least - 1, row.most + 1}) {
      const auto refused = refusal(row.parameter, value);
      ASSERT_TRUE(refused);
      EXPECT_EQ(refused->reason, engine::Reason::policy_not_usable);
      const auto told = wire::tell(*refused, {});
      const std::string number = std::to_string(value);
      EXPECT_NE(told.en.find("'" + std::string{row.name} + "' is " + number + ";"), std::string::npos) << told.en;
      EXPECT_NE(told.zh.find("“" + std::string{row.name} + "”为 " + number + "，"), std::string::npos) << told.zh;
    }
  }
  std::set<Parameter> known, used;
  for (const auto& row : rows) known.insert(row.parameter);
  for (const auto& row : script::at_once().rows) used.insert(row.parameter);
  EXPECT_EQ(known, used) << "a new parameter needs its bounds";
}

}  // namespace
}  // namespace landex
