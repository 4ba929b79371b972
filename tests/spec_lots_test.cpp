// Lots: which land it is. The first filed goes first; every unit answers which filing made it and where it is now; what
// is corrected names what it corrects. 20 % of what a county files is pooled at once, out of what it files.
#include <gtest/gtest.h>

#include "exchange/engine/views.hpp"
#include "tests/market_words.hpp"

namespace landex {
namespace {

using script::check;
using script::officer_of;
using script::place;
namespace view = engine::view;
namespace query = engine::query;

TEST(Lots, AFilingEntersUnderItsNumberAndThePoolTakesItsPartOfThatFiling) {
  check(R"(
    open 2024-06-03                          → done
    f1 = file 建德 area 100.0000             → done
      lot f1 area 100.0000 建德.outside→建德.stock
      lot f1 area 20.0000 建德.stock→杭州.pool
    f2 = file 建德 area 50.0000              → done   # in all 30 are due, 20 are there: 10, of this filing
      lot f2 area 50.0000 建德.outside→建德.stock
      lot f2 area 10.0000 建德.stock→杭州.pool
    lots 建德 area stock f1 80.0000 f2 40.0000
    lots 杭州 area pool f1 20.0000 f2 10.0000
  )");
}

TEST(Lots, WhatIsSoldIsDeliveredFirstFiledFirst) {
  // 100 of f1 and 40 of f2 are there. A sale of 110 takes all of f1 and 10 of f2; what is bought back lies beside them.
  check(R"(
    open 2024-06-03                          → done
    f1 = file 西湖 linkage 100.0000          → done
    f2 = file 西湖 linkage 40.0000           → done
    fund 余杭 2 500.00 wan                   → done
    s1 = sell 西湖 linkage 110.0000 @20.00   → rests 110.0000
      lot nothing                                             # on offer is still in the stock
    buy 余杭 linkage 110.0000 @20.00         → filled
      trade s1 110.0000 @20.00 2 200.00 wan
      lot f1 linkage 100.0000 西湖.stock→余杭.stock
      lot f2 linkage 10.0000 西湖.stock→余杭.stock
    lots 西湖 linkage stock f2 30.0000
    s2 = sell 余杭 linkage 105.0000 @20.00   → rests 105.0000
    buy 西湖 linkage 105.0000 @20.00         → filled
      trade s2 105.0000 @20.00 2 100.00 wan
      lot f1 linkage 100.0000 余杭.stock→西湖.stock
      lot f2 linkage 5.0000 余杭.stock→西湖.stock
    lots 西湖 linkage stock f1 100.0000 f2 35.0000
    lots 余杭 linkage stock f2 5.0000
    use 西湖 linkage 120.0000                → done
      lot f1 linkage 100.0000 西湖.stock→西湖.used
      lot f2 linkage 20.0000 西湖.stock→西湖.used
  )");
}

TEST(Lots, ADeductionTakesTheFilingItNamesAndMakesGoodFromOtherLandWhatIsNoLongerThere) {
  // Of f2 the county has 80 − 30 = 50 left: 60 are deducted, so 10 are of f1.
  check(R"(
    open 2024-06-03                       → done
    f1 = file 西湖 linkage 20.0000        → done
    f2 = file 西湖 linkage 80.0000        → done
    transfer 西湖→余杭 linkage 50.0000    → done
      lot f1 linkage 20.0000 西湖.stock→余杭.stock
      lot f2 linkage 30.0000 西湖.stock→余杭.stock
    f3 = file 西湖 linkage 20.0000        → done
    deduct f2 linkage 60.0000             → done
      lot f2 linkage 50.0000 西湖.stock→西湖.cancelled
      lot f3 linkage 10.0000 西湖.stock→西湖.cancelled
    lots 西湖 linkage stock f3 10.0000
    lots 西湖 linkage cancelled f2 50.0000 f3 10.0000
  )");
}

TEST(Lots, EachComponentHasItsOwn) {
  check(R"(
    open 2024-06-03                                      → done
    f1 = file 建德 area 10.0000 paddy 5.0000 capacity 8  → done
    lots 建德 area     stock f1 8.0000
    lots 建德 paddy    stock f1 4.0000
    lots 建德 capacity stock f1 7                        # 20 % of 8 kg, rounded down, is 1
    lots 杭州 capacity pool  f1 1
    lots 建德 linkage  stock nothing
  )");
}

// ---- adjustment: a correction is a new entry that names what it corrects ----

TEST(Adjustment, AddsToAFilingAsIfItHadBeenFiledAndNamesWhatItCorrects) {
  // 100 were written down, 110 were meant: 10 more enter, 20 % of them go to the pool. From outside come 110 in all:
  // free 88 + pool 22.
  check(R"(
    open 2024-06-03                            → done
    f1 = file 建德 area 100.0000               → done
    f2 = file 淳安 area 1.0000                 → done
    adjust f1 area 10.0000 corrects f2         → refused unknown_correction
    a1 = adjust f1 area 10.0000 corrects f1    → done
      lot f1 area 10.0000 建德.outside→建德.stock
      lot f1 area 2.0000 建德.stock→杭州.pool
      pool 建德 area 2.0000
      claim 建德 area 2.0000 待定价
    holds 建德 area free 88.0000 outside -110.0000
    lots 建德 area stock f1 88.0000
    n1 = deduct f1 area 30.0000                → done
    adjust f1 area 20.0000 corrects n1         → done   # 30 was too much: 20 come back; 22 of 100 are pooled already
      pool nothing
    adjust f1 area 1.0000 corrects a1          → done
    holds 建德 area free 79.0000 cancelled 30.0000 outside -131.0000
  )");
}

TEST(Adjustment, OfADeductionGivesBackWhatItTookOnce) {
  // 30 were deducted: 20 come back, then 10, and then nothing more; and no paddy, of which it took none.
  check(R"(
    open 2024-06-03                                 → done
    f1 = file 建德 area 100.0000 paddy 50.0000      → done
    n1 = deduct f1 area 30.0000                     → done
    n2 = deduct f1 paddy 5.0000                     → done
    adjust f1 area 20.0000 corrects n1              → done
    adjust f1 area 10.0001 corrects n1              → refused exceeds_entry
    adjust f1 area 10.0000 paddy 1.0000 corrects n1 → refused exceeds_entry
    adjust f1 area 10.0000 corrects n1              → done
    adjust f1 area 0.0001 corrects n1               → refused exceeds_entry
    adjust f1 paddy 5.0000 corrects n2              → done
    adjust f1 area 1.0000 corrects f1               → done
    holds 建德 area  outside -131.0000 cancelled 30.0000
    holds 建德 paddy outside -55.0000 cancelled 5.0000
  )");
}

TEST(Adjustment, KeepsABatchWithinThePlotsThatItWasFiledWith) {
  // 60 + 40 were filed. More than 100 is another batch; what a deduction took may come back.
  check(R"(
    open 2024-06-03                                             → done
    f1 = file 建德 area 100.0000 plot T1 60.0000 plot T2 40.0000 → done
    adjust f1 area 0.0001 corrects f1                           → refused plots_do_not_sum
    n1 = deduct f1 area 30.0000                                 → done
    adjust f1 area 30.0000 corrects n1                          → done
    adjust f1 area 0.0001 corrects f1                           → refused plots_do_not_sum
    adjust f1 paddy 5.0000 corrects f1                          → done
  )");
}

TEST(Adjustment, NeedsThePlotsOfABatchOfWhichNothingWasLeft) {
  // While anything is left of f1, T1 backs it; then it is free for f2, and f1 has it again when f2 is gone.
  check(R"(
    open 2024-06-03                              → done
    f1 = file 建德 linkage 10.0000 plot T1 10.0000    → done
    deduct f1 linkage 9.9999                     → done
    file 建德 linkage 10.0000 plot T1 10.0000         → refused plot_already_entered
    deduct f1 linkage 0.0001                     → done
    f2 = file 建德 linkage 10.0000 plot T1 10.0000    → done
    adjust f1 linkage 1.0000 corrects f1         → refused plot_already_entered
    deduct f2 linkage 10.0000                    → done
    conflict 建德 T1 other                       → done
    adjust f1 linkage 1.0000 corrects f1         → refused plot_in_conflict H66-9
    clear 建德 T1 opinion                        → done
    adjust f1 linkage 1.0000 corrects f1         → done
    file 建德 linkage 10.0000 plot T1 10.0000         → refused plot_already_entered
    adjust f2 linkage 1.0000 corrects f2         → refused plot_already_entered
  )");
}

TEST(Adjustment, IsPaidAtThePriceOfTheDayOfItsFiling) {
  // 20 mu of June at 20.00 are 400 万元. In July, at 25.00, 10 mu more of the same filing: 2 mu at 20.00, 40 万元.
  check(R"(
    price area 20.00 2024-06-01..2024-06-30  → done
    price area 25.00 2024-07-01..2024-07-31  → done
    open 2024-06-28                          → done
    f1 = file 建德 area 100.0000             → done
      claim 建德 area 20.0000 400.00 wan
    close 2024-06-28                         → done
    open 2024-07-01                          → done
    adjust f1 area 10.0000 corrects f1       → done
      claim 建德 area 2.0000 40.00 wan
  )");
}

TEST(Adjustment, IsPooledUnderTheRowOfItsFiling) {
  // Filed when the row of 20 % was in force. A row that comes later never reaches back: what was filed too low is
  // pooled at 20 % whenever that is seen.
  policy::Pack pack = script::shipped().pack;
  for (auto& row : pack.rows)
    if (row.parameter == policy::Parameter::pooled_share_supplementary) {
      auto next = row;
      row.until = script::on(2024, 6, 30);
      next.from = script::on(2024, 7, 1);
      next.value = 5'000;
      pack.rows.push_back(next);
      break;
    }
  script::Market{{.pack = pack}}.check(R"(
    open 2024-06-28                          → done
    f1 = file 建德 area 100.0000             → done
      pool 建德 area 20.0000
    close 2024-06-28                         → done
    open 2024-07-01                          → done
    adjust f1 area 10.0000 corrects f1       → done
      pool 建德 area 2.0000
    file 建德 area 10.0000                   → done
      pool 建德 area 5.0000
  )");
}

// ---- lineage ----

std::vector<view::LineageRow> lineage(const script::Market& market, const script::Sender& who, uint64_t filing) {
  return std::get<view::Lineage>(engine::answer(market.engine().state(),
                                                {.person = {}, .participant = who.participant, .role = who.role},
                                                query::GetLineage{.filing = {filing}}))
      .rows;
}

TEST(Lineage, TellsThePlotsThatMadeABatchAndWhereEachUnitOfItIs) {
  script::Market market;
  market.check(R"(
    open 2024-06-03                                                                 → done
    f1 = file 建德 area 100.0000 grade 5 plot T1 60.0000 plot T2 40.0000            → done
    file 建德 area 100.0000 plot T1 100.0000                                        → refused plot_already_entered
    transfer 建德→余杭 area 30.0000                                                 → done
    u1 = use 余杭 area 25.0000                                                      → done
    deduct f1 area 10.0000                                                          → done
  )");
  const uint64_t f1 = market.named("f1");
  const auto all = lineage(market, script::bureau(), f1);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].county, place("建德"));
  EXPECT_EQ(all[0].grade, 5);
  EXPECT_EQ(all[0].plots.size(), 2u);
  EXPECT_EQ(all[0].filed.area, Area::mu_4dp(1'000'000));
  EXPECT_EQ(all[0].deducted.area, Area::mu_4dp(100'000));
  std::map<std::pair<District, engine::Place>, int64_t> at;
  Quantity sum;
  for (const auto& lot : all[0].lots) {
    at[{lot.participant, lot.place}] = lot.quantity.raw();
    sum += lot.quantity;
  }
  using engine::Place;
  const std::map<std::pair<District, Place>, int64_t> expected{{{place("杭州"), Place::pool}, 200'000},
                                                               {{place("建德"), Place::stock}, 400'000},
                                                               {{place("建德"), Place::cancelled}, 100'000},
                                                               {{place("余杭"), Place::stock}, 50'000},
                                                               {{place("余杭"), Place::used}, 250'000}};
  EXPECT_EQ(at, expected);
  EXPECT_EQ(sum, Quantity::from_raw(1'000'000)) << "all that was filed is somewhere";
  ASSERT_EQ(all[0].uses.size(), 1u);
  EXPECT_EQ(all[0].uses[0].write_off.value, market.named("u1"));
  EXPECT_EQ(all[0].uses[0].project, "建设项目");

  const auto buyer = lineage(market, officer_of("余杭"), f1);
  ASSERT_EQ(buyer.size(), 1u) << "it has some of it";
  EXPECT_EQ(buyer[0].lots.size(), 2u) << "its own, and nobody else's";
  EXPECT_EQ(lineage(market, officer_of("建德"), f1)[0].lots.size(), 2u);
  EXPECT_TRUE(lineage(market, officer_of("西湖"), f1).empty());
  EXPECT_TRUE(lineage(market, script::bureau(), 999'999).empty());
}

}  // namespace
}  // namespace landex
