// Enclaves of the mountain four with urban districts: the space that the city secures (H66-19.1), by how much a
// protection task is less (19.2), and what is paid every year for protection that the sender undertakes (19.3). Whether
// the 750 mu are flat or in proportion, and whose task is less, the document leaves open: flat, and the receiving
// district's, are our default, not the law.
#include <gtest/gtest.h>

#include "tests/register_script.hpp"

namespace landex {
namespace {

using policy::Clause;
using policy::Parameter;
using script::check_registers;
using script::Registers;
using script::with_government_rows;

// ---- H66-19.1: 1 500 mu for each industrial enclave ----

TEST(Enclave, TheCitySecuresFifteenHundredMuAtMostForAnIndustrialOneAndNoneForOthers) {
  // H66-19.1 «每个产业飞地统筹保障1500亩». For each: a second one has 1 500 of its own.
  check_registers(R"(
    open 2024-06-03                               → done
    enclave 建德→余杭 industrial 1500.0001        → refused over_enclave_space H66-19.1 needed_area 1500.0001 available_area 1500.0000
    enclave 建德→余杭 industrial 1500.0000        → reduces nothing
    enclave 建德→余杭 industrial 1500.0000        → reduces nothing
    enclave 淳安→余杭 industrial 0.0000           → reduces nothing
    enclave 建德→余杭 ecological 0.0001           → refused over_enclave_space H66-19.1 needed_area 0.0001 available_area 0.0000
    enclave 建德→余杭 ecological 0.0000           → reduces nothing
    enclave 建德→余杭 property 0.0001             → refused over_enclave_space H66-19.1 needed_area 0.0001 available_area 0.0000
    enclave 建德→余杭 property 0.0000             → reduces nothing
  )");
}

TEST(Enclave, IsSentByAMountainFourCountyAndReceivedByAnUrbanDistrict) {
  // H66-19.1 «山区4县与协作城区».
  check_registers(R"(
    open 2024-06-03                               → done
    enclave 余杭→西湖 industrial 1.0000           → refused wrong_class H66-19.1 余杭
    enclave 建德→桐庐 industrial 1.0000           → refused wrong_class H66-19.1 桐庐
    enclave 建德→建德 industrial 1.0000           → refused wrong_class H66-19.1 建德
    enclave 杭州→余杭 industrial 1.0000           → refused unknown_unit 杭州
    enclave 建德→杭州 industrial 1.0000           → refused unknown_unit 杭州
    enclave 临安→滨江 industrial 1.0000           → reduces nothing
  )");
}

TEST(Enclave, WithoutARowNothingIsEntered) {
  const auto pack = with_government_rows(script::at_once());
  Registers{script::without(pack, Parameter::enclave_space)}.check(R"(
    open 2024-06-03                               → done
    enclave 建德→余杭 industrial 1.0000           → refused no_rule_in_force H66-19.1
  )");
  for (const Parameter p :
       {Parameter::enclave_reduction, Parameter::enclave_reduction_mode, Parameter::enclave_reduction_of})
    Registers{script::without(pack, p)}.check(R"(
      open 2024-06-03                                             → done      # H66-19.2 asks for them where space is included
      enclave 建德→余杭 industrial 1.0000                         → reduces nothing
      enclave 建德→余杭 industrial 1.0000 included 0.0001         → refused no_rule_in_force H66-19.2
    )");
}

// ---- H66-19.2: 750 mu less ----

TEST(EnclaveReduction, IsFlatForAnEnclaveThatIsIncludedAtAll) {
  // H66-19.2 by our default: 750 mu of the receiving district's task, whether 1 500 mu are included or 0.0001.
  check_registers(R"(
    open 2024-06-03                                               → done
    enclave 建德→余杭 industrial 1500.0000 included 1500.0000     → reduces 750.0000 of 余杭
    enclave 建德→余杭 industrial 1500.0000 included 0.0001        → reduces 750.0000 of 余杭
    enclave 建德→余杭 industrial 1500.0000                        → reduces nothing
    enclave 建德→余杭 industrial 800.0000 included 800.0001       → refused figures_conflict H66-19.1 余杭 needed_area 800.0001 available_area 800.0000
  )");
}

TEST(EnclaveReduction, InProportionItIsHalfOfWhatIsIncludedRoundedDown) {
  // H66-19.2, the other reading: 750 × included ÷ 1 500. 0.0003 × ½ = 0.00015, down 0.0001; 0.0001 × ½: nothing.
  const auto pack = script::with_value(with_government_rows(script::at_once()), Parameter::enclave_reduction_mode, 2);
  Registers{pack}.check(R"(
    open 2024-06-03                                               → done
    enclave 建德→余杭 industrial 1500.0000 included 1500.0000     → reduces 750.0000 of 余杭
    enclave 建德→余杭 industrial 1500.0000 included 800.0000      → reduces 400.0000 of 余杭
    enclave 建德→余杭 industrial 800.0000 included 800.0000       → reduces 400.0000 of 余杭
    enclave 建德→余杭 industrial 1500.0000 included 0.0003        → reduces 0.0001 of 余杭
    enclave 建德→余杭 industrial 1500.0000 included 0.0001        → reduces nothing
  )");
}

TEST(EnclaveReduction, OfTheSendingCountyWhereTheRowSaysSo) {
  const auto pack = script::with_value(with_government_rows(script::at_once()), Parameter::enclave_reduction_of, 2);
  Registers{pack}.check(R"(
    open 2024-06-03                                               → done      # H66-19.2
    enclave 建德→余杭 industrial 1500.0000 included 1.0000        → reduces 750.0000 of 建德
  )");
}

// ---- H66-19.3: paid every year ----

TEST(EnclaveRun, PaysTheAgreementsInForceAtTheEndOfTheYearAtTheBasePriceOfThatYear) {
  // H66-19.3: area × base price of 2024. 100 × 20 005 = 2 000 500.00; 0.3333 × 20 005 = 6 667.6665, half up 6 667.67.
  // That which ends on the 30th, and that which begins in 2025, are not in force on 31 December 2024.
  check_registers(R"(
    open 2024-06-03                               → done
    e1 = enclave 建德→余杭 industrial 1500.0000   → reduces nothing
    e2 = enclave 淳安→西湖 ecological 0.0000      → reduces nothing
    a1 = agree e1 100.0000 2024-01-01..2026-12-31 → agreed 建德→余杭
    a2 = agree e2 0.3333 2024-12-31..2024-12-31   → agreed 淳安→西湖
    a3 = agree e2 50.0000 2023-01-01..2024-12-30  → agreed 淳安→西湖
    a4 = agree e2 50.0000 2025-01-01..2026-12-31  → agreed 淳安→西湖
    reckon enclave 2024                           → refused no_standard H66-19.3 year 2024
    publish enclave_base 2023 30000               → published
    publish enclave_base 2025 30000               → published
    publish industrial_land_tax 2023 200000       → published
    reckon enclave 2024                           → refused no_standard H66-19.3 year 2024      # of a wrong year
    publish enclave_base 2024 20005               → published
    r1 = reckon enclave 2024                      → total 2007167.67; 余杭→建德 enclave 100.0000 × 20005 = 2000500.00 H66-19.3 a1; 西湖→淳安 enclave 0.3333 × 20005 = 6667.67 H66-19.3 a2
    fund 余杭 200.05 wan                          → done
    pay-run r1                                    → refused not_enough_money H66-19.3 needed_fen 6667.67 available_fen 0.00 西湖
    fund 西湖 1.00 wan                            → done
    pay-run r1                                    → paid 2007167.67; 余杭→建德 2000500.00 H66-19.3; 西湖→淳安 6667.67 H66-19.3
    cash 建德 free 200.05 wan
    cash 淳安 free 6 667.67 yuan
    reckon enclave 2024                           → refused run_already_paid year 2024
    reckon enclave 2023                           → total 1500000.00; 西湖→淳安 enclave 50.0000 × 30000 = 1500000.00 H66-19.3 a3
    reckon enclave 2025                           → refused year_out_of_reach year 2025
  )");
}

TEST(EnclaveRun, WithoutAnAgreementNothingIsPaidAndAnAgreementRestsOnAnEnclave) {
  // H66-19.3 «根据协议».
  check_registers(R"(
    open 2024-06-03                               → done
    publish enclave_base 2024 20000               → published
    e1 = enclave 建德→余杭 industrial 1500.0000   → reduces nothing
    reckon enclave 2024                           → refused nothing_to_pay year 2024
    agree e9 1.0000 2024-01-01..2026-12-31        → refused unknown_enclave H66-19.3
    agree e1 0.0000 2024-01-01..2026-12-31        → refused value_out_of_range
    agree e1 1.0000 2024-01-02..2024-01-01        → refused period_ends_before_it_begins
    a1 = agree e1 1.0000 2024-12-31..2024-12-31   → agreed 建德→余杭
    reckon enclave 2024                           → total 20000.00; 余杭→建德 enclave 1.0000 × 20000 = 20000.00 H66-19.3 a1
  )");
}

TEST(EnclaveRun, IsPaidOnlyAtTheBasePriceThatStandsOnTheDay) {
  // H66-19.3. 1 mu at 20 000; the figure is taken back, and another published.
  check_registers(R"(
    open 2024-06-03                               → done
    fund 余杭 10.00 wan                           → done
    e1 = enclave 建德→余杭 industrial 0.0000      → reduces nothing
    a1 = agree e1 1.0000 2024-01-01..2026-12-31   → agreed 建德→余杭
    s1 = publish enclave_base 2024 20000          → published
    r1 = reckon enclave 2024                      → total 20000.00; 余杭→建德 enclave 1.0000 × 20000 = 20000.00 H66-19.3 a1
    revoke s1                                     → revoked
    pay-run r1                                    → refused no_standard H66-19.3 year 2024
    publish enclave_base 2024 21000               → published
    pay-run r1                                    → refused run_stale
    r2 = reckon enclave 2024                      → total 21000.00; 余杭→建德 enclave 1.0000 × 21000 = 21000.00 H66-19.3 a1
    pay-run r2                                    → paid 21000.00; 余杭→建德 21000.00 H66-19.3
  )");
}

TEST(EnclaveRun, HasNoAnswerOnceItsClauseHasEnded) {
  policy::Pack pack = with_government_rows(script::at_once());
  pack.ended.push_back({.clause = Clause::h66_19_3, .last = script::on(2024, 12, 31), .document = "上位文件"});
  Registers{pack}.check(R"(
    open 2025-01-02                               → done
    e1 = enclave 建德→余杭 industrial 1500.0000   → reduces nothing      # H66-19.1 goes on
    agree e1 1.0000 2024-01-01..2026-12-31        → refused rule_ended H66-19.3
    reckon enclave 2024                           → refused rule_ended H66-19.3
  )");
}

}  // namespace
}  // namespace landex
