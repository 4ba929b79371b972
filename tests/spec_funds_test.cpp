// The city's sub-accounts for transfers between governments (H66-20), and the year's published figures, of which the
// city's protection standard is not below the province's (H66-3.3). That money is set apart in sub-accounts, and which
// there are, is our default, not the law.
#include <gtest/gtest.h>

#include "tests/register_script.hpp"

namespace landex {
namespace {

using policy::Clause;
using script::check_registers;
using script::Registers;

// ---- H66-20: the sub-accounts ----

TEST(Funds, MoneyIsSetApartOutOfWhatTheCityHasFreeAndGivenBackOutOfTheSubAccount) {
  // H66-20. 1 000 000: 600 000 and 300 000 are set apart, 100 000 of the first come back: 200 000 are free.
  check_registers(R"(
    open 2024-06-03                    → done
    fund 杭州 100.00 wan               → done
    earmark protection 600000.00       → balance 600000.00; 杭州 free→funds 600000.00 H66-20
    earmark agriculture 300000.00      → balance 300000.00; 杭州 free→funds 300000.00 H66-20
    cash 杭州 free 10.00 wan
    give-back protection 100000.00     → balance 500000.00; 杭州 funds→free 100000.00 H66-20
    cash 杭州 free 20.00 wan
    earmark protection 0.01            → balance 500000.01; 杭州 free→funds 0.01 H66-20
  )");
}

TEST(Funds, NoMoreIsSetApartThanIsFreeAndNoMoreGivenBackThanThatSubAccountHolds) {
  check_registers(R"(
    open 2024-06-03                    → done
    earmark pbf 0.01                   → refused not_enough_money H66-20 needed_fen 0.01 available_fen 0.00 杭州
    fund 杭州 1.00 wan                 → done
    earmark pbf 10000.01               → refused not_enough_money H66-20 needed_fen 10000.01 available_fen 10000.00 杭州
    earmark pbf 4000.00                → balance 4000.00; 杭州 free→funds 4000.00 H66-20
    earmark planning 6000.00           → balance 6000.00; 杭州 free→funds 6000.00 H66-20
    give-back pbf 4000.01              → refused fund_short H66-20 杭州 needed_fen 4000.01 available_fen 4000.00
    give-back protection 0.01          → refused fund_short H66-20 杭州 needed_fen 0.01 available_fen 0.00
    give-back pbf 4000.00              → balance 0.00; 杭州 funds→free 4000.00 H66-20
    withdraw 杭州 0.40 wan             → done
    withdraw 杭州 0.01 wan             → refused not_enough_money      # what is set apart is not withdrawn
    earmark pbf 0.00                   → refused value_out_of_range
  )");
}

TEST(Funds, NeedAnOpenDayOnWhichTheClauseHolds) {
  // H66-20, as if superior law had ended it with 2024.
  policy::Pack pack = script::with_government_rows(script::at_once());
  pack.ended.push_back({.clause = Clause::h66_20, .last = script::on(2024, 12, 31), .document = "上位文件"});
  Registers{pack}.check(R"(
    earmark protection 1.00            → refused day_not_open
    open 2024-12-31                    → done
    fund 杭州 1.00 wan                 → done
    earmark protection 1.00            → balance 1.00; 杭州 free→funds 1.00 H66-20
    close 2024-12-31                   → done
    open 2025-01-02                    → done
    earmark protection 1.00            → refused rule_ended H66-20
    give-back protection 1.00          → refused rule_ended H66-20
  )");
}

// ---- H66-3.3: the city's standard is not below the province's ----

TEST(Standards, TheCityStandardOfAYearIsNotBelowTheProvincesOfThatYear) {
  // H66-3.3 «不低于»: 300 is not below 300; that of another year does not stand in.
  check_registers(R"(
    open 2024-06-03                                → done
    publish city_protection 2024 300               → refused no_standard H66-3.3 year 2024
    publish provincial_protection 2023 100         → published
    publish city_protection 2024 300               → refused no_standard H66-3.3 year 2024
    publish provincial_protection 2024 300         → published
    publish city_protection 2024 299               → refused below_provincial H66-3.3 mu_rate 299 least_mu_rate 300
    publish city_protection 2024 300               → published
  )");
}

TEST(Standards, OneStandsForEachKindAndYearUntilItIsRevoked) {
  // H66-3.3, 5.3. Each is for its year alone; what was wrong is taken back, and published anew.
  check_registers(R"(
    open 2024-06-03                                → done
    s1 = publish provincial_protection 2024 300    → published
    publish provincial_protection 2024 310         → refused already_registered H66-3.3 year 2024
    publish provincial_protection 2025 310         → published
    publish restoration_gap 2024 300               → published
    revoke s1                                      → revoked
    revoke s1                                      → refused unknown_standard
    revoke s9                                      → refused unknown_standard
    publish city_protection 2024 300               → refused no_standard H66-3.3 year 2024
    publish provincial_protection 2024 310         → published
    publish city_protection 2024 300               → refused below_provincial H66-3.3 mu_rate 300 least_mu_rate 310
    publish pbf_price 1999 1                       → refused value_out_of_range
    publish pbf_price 2000 1                       → published
    publish pbf_price 2100 50000000                → published
    publish pbf_price 2101 1                       → refused value_out_of_range
    publish pbf_price 2001 0                       → refused value_out_of_range
    publish pbf_price 2001 50000001                → refused value_out_of_range
  )");
}

TEST(Standards, EachFigureIsPublishedUnderTheClauseThatAsksForItWhileThatClauseHolds) {
  // H66-3.3, 4.1, 5.3, 19.3, all ended by superior law with 2024: each figure names its own.
  policy::Pack pack = script::with_government_rows(script::at_once());
  for (const Clause c : {Clause::h66_3_3, Clause::h66_4_1, Clause::h66_5_3, Clause::h66_19_3})
    pack.ended.push_back({.clause = c, .last = script::on(2024, 12, 31), .document = "上位文件"});
  Registers{pack}.check(R"(
    open 2024-12-31                                → done
    s1 = publish provincial_protection 2025 300    → published
    close 2024-12-31                               → done
    open 2025-01-02                                → done
    publish provincial_protection 2026 300         → refused rule_ended H66-3.3
    publish city_protection 2025 300               → refused rule_ended H66-3.3
    publish pbf_price 2025 300                     → refused rule_ended H66-4.1
    publish restoration_gap 2025 300               → refused rule_ended H66-5.3
    publish industrial_tax 2024 300                → refused rule_ended H66-5.3
    publish industrial_land_tax 2024 300           → refused rule_ended H66-19.3
    publish enclave_base 2025 300                  → refused rule_ended H66-19.3
    revoke s1                                      → revoked      # what was published can still be taken back
  )");
}

}  // namespace
}  // namespace landex
