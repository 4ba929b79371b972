// H66-6.5 «在重大建设项目落地时，允许区县协作共同完成永久基本农田、高标准农田和粮食生产功能区的占补平衡»: titles of
// more than one of the three balances go together only for a major construction project that lands. All or none is
// ours.
#include <gtest/gtest.h>

#include "tests/market_script.hpp"

namespace landex {
namespace {

script::Market with_titles() {
  script::Market market;
  market.check(R"(
    open 2024-06-03                                              → done
    fund 余杭 1 000.00 wan                                       → done
    plots 建德 P1 10.0000 grade 3                                → done
    title 建德 high_standard G1 20.0000                          → done
    title 建德 grain_zone L1 5.0000                              → done
    title 建德 function_restoration R1 8.0000                    → done
    open-product high_standard 2024-06-01..2024-12-31            → done
    open-product function_restoration 2024-06-01..2024-12-31     → done
  )");
  return market;
}

TEST(Bundles, TheThreeBalancesAreFulfilledTogetherWhenAMajorProjectLands) {  // H66-6.5
  // 10 mu at 20.00, 20 at 3.00, 5 at 4.00: 200 + 60 + 20 = 280 万元.
  with_titles().check(R"(
    propose 建德 建德→余杭 title P1 @20.00 title G1 @3.00                               → refused landing_missing H66-6.5
    propose 建德 建德→余杭 title P1 @20.00 title G1 @3.00 landing key_zone              → refused purpose_not_served H66-6.5
    propose 建德 建德→余杭 title P1 @20.00 title G1 @3.00 landing other                 → refused purpose_not_served H66-6.5
    propose 建德 建德→余杭 title P1 @20.00 title G1 @3.00 title L1 @4.00 landing city   → refused product_not_open H66-21.3
    open-product grain_zone 2024-06-01..2024-12-31                                      → done
    d1 = propose 建德 建德→余杭 title P1 @20.00 title G1 @3.00 title L1 @4.00 landing city → done
    deal d1 proposed 280.00 wan
    accept 余杭 d1                                                                      → settled
      titled P1 建德→余杭 held H66-21.2
      titled G1 建德→余杭 held H66-21.3
      titled L1 建德→余杭 held H66-21.3
    cash 建德 free 280.00 wan
  )");
}

TEST(Bundles, EachClassOfMajorProjectMayLand) {  // H66-6.5
  for (const char* of : {"national", "provincial", "city"})
    with_titles().check("d1 = propose 建德 建德→余杭 title P1 @20.00 title G1 @3.00 landing " + std::string{of} +
                        " → done\naccept 余杭 d1 → settled\n");
}

TEST(Bundles, TitlesOfOneBalanceOrOfOtherProductsNeedNoProject) {  // H66-6.5
  with_titles().check(R"(
    d1 = propose 建德 建德→余杭 title P1 @20.00 title R1 @1.00     → done   # restoration is none of the three
    end 建德 d1                                                    → done
    d2 = propose 建德 建德→余杭 title P1 @20.00 landing key_zone   → done   # said, and not asked
    accept 余杭 d2                                                 → settled
  )");
}

TEST(Bundles, AnAnswerIsForTheSameProjectAndMayNotMakeABundleWithoutOne) {  // H66-6.5
  with_titles().check(R"(
    d1 = propose 建德 建德→余杭 title P1 @20.00                              → done
    counter 余杭 d1 title P1 @19.00 title G1 @3.00                           → refused landing_missing H66-6.5
    d2 = propose 余杭 建德→余杭 title G1 @3.00 landing city                  → done
    end 建德 d1                                                              → done
    counter 建德 d2 title P1 @19.00 title G1 @3.00                           → done
    accept 余杭 d2                                                           → settled
    deal d2 settled 250.00 wan
  )");
}

TEST(Bundles, TheProjectIsNamedWithItsDocument) {  // H66-6.5
  script::Market market = with_titles();
  namespace cmd = engine::command;
  const auto refused = [&](const char* project, const char* document) {
    return script::refusal_in(market.send(
        script::officer_of("建德"),
        cmd::ProposeDeal{.seller = script::place("建德"),
                         .buyer = script::place("余杭"),
                         .legs = {},
                         .until = {},
                         .titles = {{{.title = "P1", .price = Rate::yuan_per_mu(200'000)}}},
                         .landing = cmd::Landing{
                             .project = project, .purpose = clearing::RequestClass::city, .document = document}}));
  };
  for (const auto& answer : {refused("", "文号"), refused("项目", "")}) {
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->reason, engine::Reason::document_missing);
    EXPECT_EQ(answer->rule, policy::Clause::h66_6_5);
  }
  EXPECT_FALSE(refused("项目", "文号"));
}

}  // namespace
}  // namespace landex
