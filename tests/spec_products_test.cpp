// Products that are traded as titles: PBF plots come with the rule set (H66-21.2), planning space is a ledger within
// the city (H66-14.2), and what H66-21.3 adds «适时» is closed until an approval opens it, from one day to another.
// That the switch is an approval with dates, and that registering is not trading, are ours.
#include <gtest/gtest.h>

#include "clearing/products.hpp"
#include "exchange/engine/views.hpp"
#include "tests/market_words.hpp"

namespace landex {
namespace {

using clearing::Product;
using script::check;

TEST(Products, WhatOpensEachAndWhetherAPartMayBeSplitOff) {
  // product               rule       open by     in parts  consent
  const std::map<std::string, std::string> table{
      {"pbf_plot", "             H66-21.2  rule_set  whole     –"},
      {"function_restoration", " H66-21.3  approval  parts     –"},
      {"forest", "               H66-21.3  approval  parts     H66-10.1"},
      {"public_forest", "        H66-10.2  approval  whole     H66-10.2"},
      {"high_standard", "        H66-21.3  approval  whole     –"},
      {"grain_zone", "           H66-21.3  approval  whole     –"},
      {"planning_space", "       H66-14.2  rule_set  parts     –"},
  };
  ASSERT_EQ(table.size(), clearing::kProducts.size());
  for (size_t i = 0; i < clearing::kProducts.size(); ++i) {
    const auto& r = clearing::kProducts[i];
    EXPECT_EQ(static_cast<size_t>(r.product), i + 1) << "rule_of finds a row by its place";
    const std::string line = wire::text_of(r.clause) + " " +
                             (r.opened_by == clearing::OpenedBy::rule_set ? "rule_set" : "approval") + " " +
                             (r.divisible ? "parts" : "whole") + " " + (r.consent ? wire::text_of(*r.consent) : "–");
    EXPECT_EQ(line, script::joined(script::words_of(table.at(script::name_of_value(r.product)))));
  }
}

TEST(Products, OneOfH66213IsNotTradedBeforeTheSwitchIsOnNorAfterItsLastDay) {
  check(R"(
    open 2024-06-03                                            → done
    fund 余杭 1 000.00 wan                                     → done
    title 建德 high_standard G1 30.0000 grade 4                → done      # registering is not trading
      registered G1 建德 30.0000
    propose 建德 建德→余杭 title G1 @10.00                     → refused product_not_open H66-21.3
    open-product high_standard 2024-06-04..2024-06-05          → done
      product high_standard 2024-06-04..2024-06-05
    propose 建德 建德→余杭 title G1 @10.00                     → refused product_not_open H66-21.3   # from tomorrow
    close 2024-06-03                                           → done
    open 2024-06-04                                            → done
    d1 = propose 建德 建德→余杭 title G1 @10.00                → done
    close 2024-06-04                                           → done
    open 2024-06-05                                            → done
    d2 = propose 余杭 建德→余杭 title G1 @10.00                → done      # its last day
    close 2024-06-05                                           → done
    open 2024-06-06                                            → done
    propose 建德 建德→余杭 title G1 @10.00                     → refused product_not_open H66-21.3
  )");
}

TEST(Products, EachOfH66213IsOpenedByItself) {
  check(R"(
    open 2024-06-03                                            → done
    title 建德 function_restoration R1 10.0000                 → done
    title 建德 forest F1 10.0000 consent 林审1                 → done
    title 建德 high_standard G1 10.0000                        → done
    title 建德 grain_zone L1 10.0000                           → done
    open-product forest 2024-06-03..2024-06-30                 → done
    propose 建德 建德→余杭 title F1 @10.00                     → done
    propose 建德 建德→余杭 title R1 @10.00                     → refused product_not_open H66-21.3
    propose 建德 建德→余杭 title G1 @10.00                     → refused product_not_open H66-21.3
    propose 建德 建德→余杭 title L1 @10.00                     → refused product_not_open H66-21.3
    open-product function_restoration 2024-06-03..2024-06-30   → done
    propose 建德 建德→余杭 title R1 @10.00                     → done
    open-product grain_zone 2024-06-03..2024-06-30             → done
    propose 建德 建德→余杭 title L1 @10.00                     → done
  )");
}

TEST(Products, TheSwitchNeedsAnApprovalAndItsPeriodsDoNotOverlap) {
  script::Market market;
  market.check(R"(
    open 2024-06-03                                            → done
    open-product forest 2024-06-05..2024-06-04                 → refused period_ends_before_it_begins
    open-product forest 2024-06-03..2024-06-10 甲              → done
    open-product forest 2024-06-10..2024-06-20 乙              → refused price_overlaps H66-21.3
    open-product forest 2024-06-11..2024-06-20 乙              → done
    open-product grain_zone 2024-06-10..2024-06-20             → done      # another product
    open-product pbf_plot 2024-06-03..2024-06-20               → refused value_out_of_range   # open by the rule set
    open-product planning_space 2024-06-03..2024-06-20         → refused value_out_of_range
  )");
  namespace cmd = engine::command;
  const auto refused =
      script::refusal_in(market.send(script::bureau(), cmd::OpenProduct{.product = Product::high_standard,
                                                                        .from = script::on(2024, 6, 3),
                                                                        .until = script::on(2024, 6, 4),
                                                                        .approval = ""}));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, engine::Reason::document_missing);
  EXPECT_EQ(refused->rule, policy::Clause::h66_21_3);
}

TEST(Products, TheListSaysWhatIsOpenTodayByWhichRuleAndApproval) {
  script::Market market;
  market.check(R"(
    open 2024-06-03                                            → done
    open-product forest 2024-06-01..2024-06-10 甲              → done
    open-product forest 2024-06-11..2024-06-20 乙              → done
  )");
  const auto products = std::get<engine::view::Products>(
      engine::answer(market.engine().state(), {.person = {}, .participant = {}, .role = engine::Role::analyst},
                     engine::query::GetProducts{}));
  std::string lines;
  for (const auto& p : products.rows)
    lines += script::name_of_value(p.product) + " " + wire::text_of(p.clause) + " " +
             (p.from ? wire::text_of(*p.from) : "never") + " " + p.approval + (p.open ? " open" : " closed") + "\n";
  EXPECT_EQ(lines,
            "pbf_plot H66-21.2 2022-12-12  open\n"
            "function_restoration H66-21.3 never  closed\n"
            "forest H66-21.3 2024-06-01 甲 open\n"
            "forest H66-21.3 2024-06-11 乙 closed\n"
            "public_forest H66-10.2 never  closed\n"
            "high_standard H66-21.3 never  closed\n"
            "grain_zone H66-21.3 never  closed\n"
            "planning_space H66-14.2 2022-12-12  open\n");
}

// ---- H66-10: forest ----

TEST(Products, AForestBalanceTakesEffectWithTheConsentOfTheProvincialForestryBureau) {  // H66-10.1
  check(R"(
    open 2024-06-03                                            → done
    fund 余杭 1 000.00 wan                                     → done
    title 淳安 forest F1 20.0000                               → refused consent_missing H66-10.1
    title 淳安 forest F1 20.0000 consent 浙林审〔2024〕8号     → done
    propose 淳安 淳安→余杭 title F1 @8.00                      → refused product_not_open H66-21.3
    open-product forest 2024-06-03..2024-12-31                 → done
    d1 = propose 淳安 淳安→余杭 title F1 @8.00                 → done      # the price is what the two sides agree on
    accept 余杭 d1                                             → settled
      titled F1 淳安→余杭 held H66-21.3
    cash 淳安 free 160.00 wan
  )");
}

TEST(Products, PublicWelfareForestNeedsTheProvincialGovernmentsApprovalAndAnOpening) {  // H66-10.2
  check(R"(
    open 2024-06-03                                            → done
    fund 余杭 1 000.00 wan                                     → done
    title 淳安 public_forest W1 20.0000                        → refused consent_missing H66-10.2
    title 淳安 public_forest W1 20.0000 consent 浙政批1        → done
    propose 淳安 淳安→余杭 title W1 @8.00                      → refused product_not_open H66-10.2
    open-product public_forest 2024-06-03..2024-12-31          → done
    split 淳安 W1 W1甲 5.0000                                  → refused title_indivisible H66-10.2   # one approval
    d1 = propose 淳安 淳安→余杭 title W1 @8.00                 → done
    accept 余杭 d1                                             → settled
      titled W1 淳安→余杭 held H66-10.2
  )");
}

// ---- H66-14.2: planning space ----

TEST(Products, PlanningSpaceIsRegisteredByTheMountain4AndMovesWithinTheCityWithoutASwitch) {  // H66-14.2
  check(R"(
    open 2024-06-03                                            → done
    fund 余杭 1 000.00 wan                                     → done
    fund 西湖 1 000.00 wan                                     → done
    title 余杭 planning_space K0 50.0000                       → refused advance_not_for_class H66-14.2
    title 淳安 planning_space K1 50.0000                       → done
    split 淳安 K1 K2 20.0000                                   → done
      registered K2 淳安 20.0000 of K1
    owned K1 淳安 held 30.0000
    owned K2 淳安 held 20.0000 of K1
    d1 = propose 淳安 淳安→余杭 title K2 @5.00                 → done
    accept 余杭 d1                                             → settled   # 20 mu at 5.00 万元/亩 are 100 万元
      titled K2 淳安→余杭 held H66-14.2
    cash 余杭 free 900.00 wan
    d2 = propose 余杭 余杭→西湖 title K2 @6.00                 → done      # and may move on
    accept 西湖 d2                                             → settled
    split 西湖 K2 K3 0.0001                                    → done
      registered K3 淳安 0.0001 of K2
      titled K3 淳安→西湖 held
    owned K3 西湖 held 0.0001 of K2
    use-titles 西湖 K2                                         → done
      titled K2 西湖→西湖 used H66-14.2
    owned K2 西湖 used 19.9999 of K1 for 建设项目
  )");
}

}  // namespace
}  // namespace landex
