// The balance 占补平衡 of one project, filled in the order of H66-7.1: own stock, then the pool beside purchases within
// the city, then outside. An earlier source that could still give is skipped with a reason, and a warning records it.
#include <gtest/gtest.h>

#include "tests/market_script.hpp"

namespace landex {
namespace {

using policy::Parameter;
using script::check;
using script::Market;

/// Yuhang has 10 of its own filing and 20 bought from Xihu; 52.5 lie in the pool: 2.5 + 25 + 25.
constexpr std::string_view kStart = R"(
    price area 20.00 2024-06-01..2024-06-30                → done
    open 2024-06-03                                        → done
    f1 = file 余杭 area 12.5000 grade 5                    → done
    f2 = file 西湖 area 125.0000 grade 9                   → done
    f3 = file 建德 area 125.0000                           → done
    fund 余杭 300.00 wan                                   → done
    d1 = propose 西湖 西湖→余杭 area 20.0000 @15.00        → done
    accept 余杭 d1                                         → settled
)";

TEST(Balance, IsFilledFromOwnStockThenWithinTheCityThenFromOutsideAndClosesByItself) {
  Market market;
  market.check(kStart);
  market.check(R"(
    k1 = balance 余杭 area 50.0000 for national by 2024-12-31            → done
    tier k1 own area 10.0000
    tier k1 pool area 50.0000                              # of 52.5, what is left to fill
    tier k1 purchase area 20.0000                          # bought already; nobody sells in the book
    tier k1 outside area 50.0000 @20.00                    # the published cross-city price
    fill 余杭 k1 purchase area 5.0000                      → refused tier_skipped H66-7.1
    u1 = fill 余杭 k1 purchase area 5.0000 because 工期    → done
      warned 余杭 tier_skipped area 5.0000 10.0000 H66-7.1
      filled k1 purchase area 5.0000 left area 45.0000
      lot f2 area 5.0000 余杭.stock→余杭.used              # of Xihu's filing, though Yuhang's own is older
    fill 余杭 k1 own area 10.0001                          → refused not_enough_land
    fill 余杭 k1 own area 10.0000                          → done
      warned nothing
      filled k1 own area 10.0000 left area 35.0000
      lot f1 area 10.0000 余杭.stock→余杭.used
    fill 余杭 k1 purchase area 15.0000                     → done
      warned nothing                                       # the pool stands beside it: our default
    fill 余杭 k1 outside area 20.0000 @21.00               → refused tier_skipped H66-7.1   # the pool has more than 20
    fill 余杭 k1 outside area 20.0001 @21.00 because 工期  → refused exceeds_need H66-7.1
    o1 = fill 余杭 k1 outside area 20.0000 @21.00 because 工期 → done
      warned 余杭 tier_skipped area 20.0000 20.0000 H66-7.1
      filled k1 outside area 20.0000 left nothing
      balanced k1 left nothing
      lot o1 area 20.0000 余杭.outside→余杭.used
      pool nothing                                         # it was not filed here: no 20 %
    fill 余杭 k1 own area 1.0000                           → refused balance_over H66-7.1
    close-balance 余杭 k1                                  → refused balance_over H66-7.1
    holds 余杭 area free 0.0000 used 50.0000
    deduct o1 area 1.0000                                  → refused unknown_filing
    adjust o1 area 1.0000 corrects o1                      → refused unknown_filing
  )");
  const auto& filing = *market.engine().state().registry.find({market.named("o1")});
  EXPECT_EQ(filing.project, "建设项目");  // lineage answers for it too
  EXPECT_FALSE(filing.share_row);
}

TEST(Balance, EachComponentIsFilledByItselfAndASourceThatHasNoneOfItIsNotSkipped) {
  Market market;
  market.check(kStart);
  market.check(R"(
    f4 = file 余杭 area 12.5000 paddy 5.0000 capacity 1000 → done     # 10 mu, 4 of paddy, 800 kg
    k1 = balance 余杭 area 5.0000 paddy 6.0000 by 2024-12-31 → done   # H66-7.1: no purpose of 7.3
    tier k1 own area 5.0000 paddy 4.0000
    tier k1 pool shut
    tier k1 purchase area 5.0000
    fill 余杭 k1 own area 1.0000 paddy 1.0000              → refused value_out_of_range
    fill 余杭 k1 own                                       → refused value_out_of_range
    fill 余杭 k1 own paddy 4.0000                          → done
      filled k1 own paddy 4.0000 left area 5.0000 paddy 2.0000
    fill 余杭 k1 outside paddy 2.0000                      → refused price_missing H66-7.1
    fill 余杭 k1 own paddy 1.0000 @20.00                   → refused component_not_in_kind H66-7.1
    fill 余杭 k1 outside paddy 2.0000 @10.00               → done
      warned nothing                                       # nobody in the city has paddy for it
    fill 余杭 k1 own capacity 1                            → refused exceeds_need H66-7.1
    close-balance 西湖 k1                                  → refused unknown_balance H66-7.1
    fill 西湖 k1 own area 1.0000                           → refused unknown_balance H66-7.1
    close-balance 杭州 k1                                  → done
      balanced k1 left area 5.0000
    tier k1 own gone
  )");
}

TEST(Balance, ThePoolServesOnlyThePurposesOf73AndOnlyLotsThatAreGoodEnough) {
  Market market;
  market.check(kStart);
  market.check(R"(
    k1 = balance 余杭 area 100.0000 for key_zone grade 5 by 2024-12-31   → done
    tier k1 pool area 2.5000                               # f1 alone: f2 is of grade 9, nobody knows f3's
    k2 = balance 余杭 area 100.0000 for city grade 9 by 2024-12-31       → done
    tier k2 pool area 27.5000
    k3 = balance 余杭 area 100.0000 for provincial by 2024-12-31         → done
    tier k3 pool area 52.5000
    k4 = balance 余杭 area 100.0000 for other by 2024-12-31              → done
    tier k4 pool shut
    fill 余杭 k3 pool area 1.0000                          → refused filled_by_taking H66-7.1  # take an allotment
  )");
}

TEST(Balance, WhatIsOnSaleInTheBookCountsAsASourceAtThePriceForTheCountysClass) {
  // H66-7.1, 7.6: Jiande asks 18.00; Yuhang would pay the floor of 20.00. Tonglu, of the mountain four, pays 18.00.
  Market market;
  market.check(kStart);
  market.check(R"(
    sell 建德 area 30.0000 @18.00                          → rests 30.0000
    k1 = balance 余杭 area 100.0000 by 2024-12-31          → done
    tier k1 purchase area 50.0000 @20.00                   # 20 bought, 30 on sale
    k2 = balance 桐庐 area 100.0000 by 2024-12-31          → done
    tier k2 purchase area 30.0000 @18.00
    fill 桐庐 k2 outside area 1.0000 @15.00                → refused tier_skipped H66-7.1
    k3 = balance 建德 area 100.0000 by 2024-12-31          → done
    tier k3 purchase nothing @18.00                        # its own offer is no source
  )");
}

TEST(Balance, WhatIsRestoredOfAFillingIsNeededAgainWhileTheBalanceIsOpen) {
  Market market;
  market.check(kStart);
  market.check(R"(
    k1 = balance 余杭 area 10.0000 by 2024-12-31           → done     # H66-7.1
    u1 = fill 余杭 k1 own area 6.0000                      → done
      filled k1 own area 6.0000 left area 4.0000
    restore u1 2.0000                                      → done
    fill 余杭 k1 own area 6.0001                           → refused exceeds_need H66-7.1
    fill 余杭 k1 own area 6.0000                           → done
      balanced k1 left nothing
    restore u1 4.0000                                      → done     # it is closed, and stays so
    fill 余杭 k1 own area 1.0000                           → refused balance_over H66-7.1
  )");
}

policy::Pack with_skip(std::optional<int64_t> value) {
  policy::Pack pack = script::at_once();
  const auto row = std::ranges::find(pack.rows, Parameter::skip_consequence, &policy::Row::parameter);
  if (value)
    row->value = *value;
  else
    pack.rows.erase(row);
  return pack;
}

TEST(Balance, WhereTheRowRefusesNoReasonOpensALaterSourceAndWithoutARowThereIsNoAnswer) {
  Market strict{{.pack = with_skip(2)}};
  strict.check(kStart);
  strict.check(R"(
    k1 = balance 余杭 area 50.0000 by 2024-12-31           → done     # H66-7.1
    fill 余杭 k1 purchase area 5.0000 because 工期         → refused tier_skipped H66-7.1
    fill 余杭 k1 own area 10.0000                          → done
    fill 余杭 k1 purchase area 5.0000                      → done
  )");
  Market lawless{{.pack = with_skip(std::nullopt)}};
  lawless.check(kStart);
  lawless.check(R"(
    k1 = balance 余杭 area 50.0000 by 2024-12-31           → done
    fill 余杭 k1 purchase area 5.0000 because 工期         → refused no_rule_in_force H66-7.1
    fill 余杭 k1 own area 10.0000                          → done
  )");
}

TEST(Balance, IsOpenedByItsCountyForSomethingAndForADayToCome) {
  check(R"(
    open 2024-06-03                                        → done
    balance 余杭 by 2024-12-31                             → refused value_out_of_range
    balance 余杭 area 1.0000 grade 16 by 2024-12-31        → refused value_out_of_range
    balance 余杭 area 1.0000 by 2024-06-02                 → refused term_not_later
    balance 余杭 area 1.0000 by 2024-06-03                 → done     # H66-7.1
  )");
}

}  // namespace
}  // namespace landex
