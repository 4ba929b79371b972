// Titles: the plots of the reserve library and what else is traded one by one. Each has a number, an area and a holder,
// and moves whole. PBF plots are goods (H66-21.2 ③); no clause states a price or a floor for them.
#include <gtest/gtest.h>

#include "exchange/engine/views.hpp"
#include "tests/market_words.hpp"

namespace landex {
namespace {

using script::check;

script::Market production() { return script::Market{{.venue = engine::Venue::production}}; }

// ---- the library ----

TEST(Titles, APlotOfTheLibraryIsATitleOfItsCountyAndThoseOfThe30PercentAreTheCitys) {  // H66-6.1, H66-6.2
  // Of 100 mu all qualify: 30 are the city's, best grade first. P1 (25) fits, then 5 are left: P2 (10) does not, P4
  // does.
  check(R"(
    open 2024-06-03                                                                              → done
    plots 建德 P1 25.0000 grade 2 P2 10.0000 grade 3 P3 60.0000 grade 4 P4 5.0000 grade 5        → done
      taken P1 25.0000 target 30.0000 short 5.0000
      taken P4 5.0000 target 30.0000 short 0.0000
      titled P1 建德→杭州 pooled H66-6.2
      titled P4 建德→杭州 pooled H66-6.2
    owned P1 杭州 pooled 25.0000
    owned P2 建德 held 10.0000
    title 建德 high_standard P2 5.0000                                                           → refused title_already_registered
    title 建德 high_standard G1 5.0000                                                           → done
    plots 建德 G1 5.0000 grade 2                                                                 → refused title_already_registered
    title 建德 pbf_plot P9 5.0000                                                                → refused value_out_of_range H66-6.1
  )");
}

TEST(Titles, TheCityPoolsNoPlotThatItsCountyHasSoldOffersOrHasUsed) {  // H66-6.2, ours
  // Of 20.5 mu the target is 6.15, and no plot fits. Of 100 it is 30: P1 to P3 are better, but gone; Q1 is taken.
  check(R"(
    open 2024-06-03                                                     → done
    fund 余杭 1 000.00 wan                                              → done
    plots 建德 P1 7.0000 grade 1 P2 7.0000 grade 1 P3 6.5000 grade 1    → done
      taken nothing
    d1 = propose 建德 建德→余杭 title P1 @20.00                         → done
    accept 余杭 d1                                                      → settled
    use-titles 建德 P2                                                  → done
    d2 = propose 建德 建德→余杭 title P3 @20.00                         → done
    plots 建德 Q1 29.5000 grade 8 Q2 50.0000 grade 8                    → done
      taken Q1 29.5000 target 30.0000 short 0.5000
    owned P3 建德 on_offer 6.5000 d2
  )");
}

TEST(Titles, WhatIsBuiltOnAReservePlotIsNotedByItsCountyWhoeverHoldsIt) {  // H66-6.4
  check(R"(
    open 2024-06-03                                → done
    fund 余杭 1 000.00 wan                         → done
    plots 建德 P1 10.0000 grade 2                  → done
    flag 余杭 P1 grain                             → refused not_permitted
    flag 建德 P1 grain                             → done
      flagged P1 grain
    d1 = propose 建德 建德→余杭 title P1 @20.00    → done
    accept 余杭 d1                                 → settled
    flag 建德 P1 grain standard                    → done
    owned P1 余杭 held 10.0000 grain standard
    flag bureau P1                                 → done
      flagged P1
    owned P1 余杭 held 10.0000
    plots 建德 P2 5.0000 grade 2 grain             → done   # known when it is entered
      flagged P2 grain
    owned P2 建德 held 5.0000 grain
    flag bureau P9 grain                           → refused unknown_title H66-6.4
    title 建德 grain_zone L1 10.0000               → done
    flag 建德 L1 standard                          → refused unknown_title H66-6.4   # no plot of the library
    use-titles 余杭 P1                             → done
    flag 建德 P1 grain                             → refused title_state_forbids
  )");
}

// ---- registering ----

TEST(Titles, ATitleIsRegisteredByItsCountyWithANumberOfItsOwnAndNotOnAPlotInDispute) {  // H66-9
  check(R"(
    open 2024-06-03                                          → done
    conflict 建德 G1 certificate                             → done
    title 建德 high_standard G1 5.0000                       → refused plot_in_conflict H66-9
    title 建德 grain_zone G1 5.0000                          → refused plot_in_conflict H66-9
    title 建德 function_restoration G1 5.0000                → refused plot_in_conflict H66-9
    title 建德 planning_space G1 5.0000                      → done   # planning space lies on no plot
    title 淳安 planning_space G1 5.0000                      → refused title_already_registered
    title 余杭 high_standard G2 0.0000                       → refused value_out_of_range
    title 余杭 high_standard G2 5.0000 grade 16              → refused value_out_of_range
    title 余杭 high_standard G2 5.0000 grade 15 bureau       → done
    title 杭州 high_standard G3 5.0000 bureau                → refused unknown_unit
  )");
}

TEST(Titles, APartIsSplitOffByItsHolderWhereTheProductMayBeDivided) {
  check(R"(
    open 2024-06-03                                          → done
    plots 建德 P1 10.0000 grade 2                            → done
    title 建德 function_restoration R1 10.0000               → done
    split 建德 P1 P1甲 5.0000                                → refused title_indivisible H66-21.2
    split 余杭 R1 R2 5.0000                                  → refused not_your_title
    split 建德 R1 R2 10.0000                                 → refused value_out_of_range   # something is left
    split 建德 R1 R2 0.0000                                  → refused value_out_of_range
    split 建德 R1 P1 5.0000                                  → refused title_already_registered
    split 建德 R1 R2 9.9999                                  → done
    owned R1 建德 held 0.0001
    owned R2 建德 held 9.9999 of R1
    split 建德 R2 R3 4.0000                                  → done
    owned R3 建德 held 4.0000 of R2
    use-titles 建德 R3                                       → done
    split 建德 R3 R4 1.0000                                  → refused title_state_forbids
    split 建德 R9 R4 1.0000                                  → refused unknown_title
  )");
}

// ---- in deals ----

TEST(Titles, ADealMovesWholePlotsAtAPricePerMu) {  // H66-21.2
  // 12.3456 mu at 18.50 万元/亩 are 228.3936 万元.
  check(R"(
    open 2024-06-03                                          → done
    fund 余杭 1 000.00 wan                                   → done
    plots 建德 P1 12.3456 grade 3                            → done
    propose 建德 建德→余杭 title P1 @18.505                  → refused price_off_tick
    propose 建德 建德→余杭 title P1 @0.00                    → refused value_out_of_range
    propose 建德 建德→余杭 title P9 @18.50                   → refused unknown_title
    propose 余杭 余杭→建德 title P1 @18.50                   → refused not_your_title
    propose 建德 建德→余杭 title P1 @18.50 title P1 @18.50   → refused legs_not_valid
    d1 = propose 建德 建德→余杭 title P1 @18.50              → done
      titled P1 建德→建德 on_offer
    owned P1 建德 on_offer 12.3456 d1
    propose 建德 建德→西湖 title P1 @19.00                   → refused title_state_forbids
    use-titles 建德 P1                                       → refused title_state_forbids
    cancel-title P1                                          → refused title_state_forbids
    accept 余杭 d1                                           → settled
      titled P1 建德→余杭 held H66-21.2
    deal d1 settled 2 283 936.00 yuan
    cash 建德 free 2 283 936.00 yuan
    owned P1 余杭 held 12.3456
  )");
}

TEST(Titles, LegsOfLandAndTitlesGoTogetherAllOrNone) {
  check(R"(
    open 2024-06-03                                                             → done
    fund 余杭 300.00 wan                                                        → done
    file 建德 linkage 10.0000                                                   → done
    plots 建德 P1 10.0000 grade 3                                               → done
    d1 = propose 建德 建德→余杭 linkage 10.0000 @15.00 title P1 @20.00          → done
    holds 建德 linkage free 0.0000 held 10.0000
    accept 余杭 d1                                                              → refused not_enough_money   # 350
    end 建德 d1                                                                 → done
      titled P1 建德→建德 held
    holds 建德 linkage free 10.0000 held 0.0000
    d2 = propose 建德 建德→余杭 linkage 10.0000 @10.00 title P1 @20.00          → done
    accept 余杭 d2                                                              → settled
    holds 余杭 linkage free 10.0000
    owned P1 余杭 held 10.0000
  )");
}

TEST(Titles, ABuyersProposalHoldsThemWhenTheSellerAcceptsIfTheyAreStillThereWhole) {
  check(R"(
    open 2024-06-03                                          → done
    fund 余杭 1 000.00 wan                                   → done
    fund 西湖 1 000.00 wan                                   → done
    plots 建德 P1 10.0000 grade 3                            → done
    title 建德 planning_space K1 10.0000                     → done
    d1 = propose 余杭 建德→余杭 title P1 @20.00              → done
      titled nothing
    d2 = propose 西湖 建德→西湖 title P1 @21.00              → done   # the seller may choose
    accept 建德 d2                                           → settled
      titled P1 建德→建德 on_offer
      titled P1 建德→西湖 held H66-21.2
    accept 建德 d1                                           → refused not_your_title
    d3 = propose 余杭 建德→余杭 title K1 @2.00               → done
    split 建德 K1 K2 4.0000                                  → done
    accept 建德 d3                                           → refused title_state_forbids   # 6 mu are no 10
    counter 建德 d3                                          → done   # the same titles, as they are now
    deal d3 proposed 12.00 wan
    accept 余杭 d3                                           → settled
    owned K1 余杭 held 6.0000
  )");
}

TEST(Titles, AnAnswerWithoutTitlesLeavesThoseThatWereProposedAndOneWithNoneFreesThem) {
  check(R"(
    open 2024-06-03                                                     → done
    fund 余杭 1 000.00 wan                                              → done
    file 建德 linkage 10.0000                                           → done
    plots 建德 P1 10.0000 grade 3 P2 10.0000 grade 3                    → done
    d1 = propose 建德 建德→余杭 title P1 @20.00                         → done
    counter 余杭 d1 linkage 5.0000 @10.00                               → done   # 50 + 200
      titled P1 建德→建德 held
    deal d1 proposed 250.00 wan
    counter 建德 d1 title P1 @19.00 title P2 @19.00                     → done
    deal d1 proposed 380.00 wan
    owned P2 建德 on_offer 10.0000 d1
    counter 余杭 d1 linkage 5.0000 @10.00 no-titles                     → done
    owned P1 建德 held 10.0000
    owned P2 建德 held 10.0000
    counter 建德 d1 no-titles                                           → refused legs_not_valid   # nothing is left
    accept 建德 d1                                                      → settled
    deal d1 settled 50.00 wan
  )");
}

TEST(Titles, AProposalThatLapsesFreesThem) {
  check(R"(
    open 2024-06-03                                          → done
    plots 建德 P1 10.0000 grade 3                            → done
    d1 = propose 建德 建德→余杭 title P1 @20.00              → done
    close 2024-06-03                                         → done
      titled P1 建德→建德 held
    owned P1 建德 held 10.0000
  )");
}

TEST(Titles, AtTheProductionVenueTheyStayOnOfferUntilTheHandOver) {
  // As for land: 20 % of 200 万元 at first, five working days of notice, ten to pay (June 2024: the 10th is a holiday).
  production().check(R"(
    open 2024-06-03                                          → done
    fund 余杭 300.00 wan                                     → done
    plots 建德 P1 10.0000 grade 3                            → done
    d1 = propose 建德 建德→余杭 title P1 @20.00              → done
    accept 余杭 d1                                           → accepted
    cash 余杭 free 260.00 wan held 40.00 wan
    confirm d1                                               → done
    pay-deal 余杭 d1                                         → done
    owned P1 建德 on_offer 10.0000 d1
    close 2024-06-03                                         → done
    open 2024-06-12                                          → done
    settle d1                                                → done
      titled P1 建德→余杭 held H66-21.2
    d2 = propose 余杭 余杭→西湖 title P1 @20.00              → done
    fund 西湖 100.00 wan                                     → done
    accept 西湖 d2                                           → accepted
    void d2                                                  → done
      titled P1 余杭→余杭 held
    d3 = propose 余杭 余杭→西湖 title P1 @20.00              → done
    accept 西湖 d3                                           → accepted
    confirm d3                                               → done
    close 2024-06-12                                         → done
    open 2024-07-31                                          → done   # not paid in time
      titled P1 余杭→余杭 held
    deal d3 defaulted 200.00 wan
    owned P1 余杭 held 10.0000
  )");
}

// ---- the end of a title ----

TEST(Titles, AUsedOrCancelledTitleMovesNoMore) {
  check(R"(
    open 2024-06-03                                          → done
    plots 建德 P1 7.0000 grade 3 P2 10.0000 grade 3 P3 7.0000 grade 3 → done
      taken P1 7.0000 target 7.2000 short 0.2000
    use-titles 余杭 P2                                       → refused not_your_title
    use-titles 建德                                          → refused value_out_of_range
    use-titles 建德 P2 P2                                    → refused title_state_forbids   # the second time it is used
    use-titles 建德 P2                                       → done
      titled P2 建德→建德 used H66-21.2
    use-titles 建德 P2                                       → refused title_state_forbids
    propose 建德 建德→余杭 title P2 @20.00                   → refused title_state_forbids
    cancel-title P2                                          → refused title_state_forbids
    propose 建德 建德→余杭 title P1 @20.00                   → refused not_your_title        # the city's
    cancel-title P3                                          → done
      titled P3 建德→建德 cancelled
    cancel-title P1                                          → done   # pooled
    use-titles 建德 P3                                       → refused title_state_forbids
  )");
}

TEST(Titles, AtTheProductionVenueTheirUseAndTheOpeningOfAProductNeedASecondPerson) {
  script::Market{{.pack = script::shipped().pack, .venue = engine::Venue::production}}.check(R"(
    open 2024-06-03                                          → done
    title 建德 function_restoration R1 10.0000               → done
    use-titles 建德 R1                                       → refused approval_needed
    p1 = ask use-titles 建德 R1                              → done
    by 2 pass 建德 p1                                        → done
    pass 杭州 p1                                             → done
      approval p1 effective
      titled R1 建德→建德 used H66-21.3
    open-product grain_zone 2024-06-03..2024-06-30           → refused approval_needed
    p2 = ask open-product grain_zone 2024-06-03..2024-06-30  → done
    by 2 pass 杭州 p2                                        → done
      product grain_zone 2024-06-03..2024-06-30
  )");
}

// ---- who sees what ----

TEST(Titles, ADistrictSeesThoseThatItHoldsAndThoseThatLieInIt) {
  script::Market market;
  market.check(R"(
    open 2024-06-03                                          → done
    fund 余杭 1 000.00 wan                                   → done
    plots 建德 P1 10.0000 grade 3                            → done
    title 淳安 planning_space K1 10.0000                     → done
    d1 = propose 建德 建德→余杭 title P1 @20.00              → done
    accept 余杭 d1                                           → settled
  )");
  const auto seen_by = [&](const char* place, engine::Role role, std::optional<clearing::Product> product = {}) {
    std::string numbers;
    const auto answer =
        engine::answer(market.engine().state(), {.person = {}, .participant = script::place(place), .role = role},
                       engine::query::GetTitles{.holder = {}, .product = product});
    for (const auto& t : std::get<engine::view::Titles>(answer).rows) numbers += t.number + " ";
    return numbers;
  };
  EXPECT_EQ(seen_by("建德", engine::Role::district), "P1 ");
  EXPECT_EQ(seen_by("余杭", engine::Role::district), "P1 ");
  EXPECT_EQ(seen_by("西湖", engine::Role::district), "");
  EXPECT_EQ(seen_by("杭州", engine::Role::auditor), "K1 P1 ");
  EXPECT_EQ(seen_by("杭州", engine::Role::bureau, clearing::Product::planning_space), "K1 ");
}

}  // namespace
}  // namespace landex
