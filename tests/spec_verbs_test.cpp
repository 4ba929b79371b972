// The verbs of the registry: freeze and release, transfer, lend and return, restore, cancel. What they do and undo,
// each once (P4); what they move sums to zero (P1, P15); available = balance − frozen − lent − on offer, every term
// told.
#include <gtest/gtest.h>

#include <array>

#include "exchange/engine/views.hpp"
#include "tests/market_words.hpp"

namespace landex {
namespace {

using script::check;

TEST(Freeze, HoldsLandInItsStockUntilItIsReleasedInPartsAndOnce) {
  check(R"(
    open 2024-06-03                          → done
    f1 = file 西湖 linkage 10.0000           → done
    z1 = freeze 西湖 linkage 6.0000          → done
      lot nothing                                        # it does not leave the stock
    holds 西湖 linkage free 4.0000 frozen 6.0000
    sell 西湖 linkage 4.0001 @20.00          → refused not_enough_land
    freeze 西湖 linkage 4.0001               → refused not_enough_land
    unfreeze z1 6.0001                       → refused exceeds_entry
    unfreeze z1 2.0000                       → done
    unfreeze z1 4.0001                       → refused exceeds_entry
    unfreeze z1 4.0000                       → done
    unfreeze z1 0.0001                       → refused already_resolved
    unfreeze f1 0.0001                       → refused unknown_entry
    holds 西湖 linkage free 10.0000 frozen 0.0000
  )");
}

TEST(Transfer, MovesLandWithoutMoneyAndIsNoSaleSoTheFloorDoesNotApply) {
  script::Market market;
  market.check(R"(
    open 2024-06-03                             → done   # no price is in force: on the route nothing could be sold
    f1 = file 建德 area 12.5000                 → done
    propose 建德 建德→余杭 area 1.0000 @20.00   → refused no_price_in_force H66-7.6
    transfer 建德→建德 area 1.0000              → refused same_party_twice
    transfer 建德→杭州 area 1.0000              → refused unknown_unit
    transfer 建德→余杭 area 10.0001             → refused not_enough_land
    transfer 建德→余杭 area 4.0000              → done
      lot f1 area 4.0000 建德.stock→余杭.stock
    cash 建德 free 0.00 yuan claims 0.00 yuan
  )");
  const auto events =
      market.send(script::bureau(), engine::command::TransferLand{.from = script::place("建德"),
                                                                  .to = script::place("余杭"),
                                                                  .instrument = Instrument::supplementary_area,
                                                                  .quantity = Quantity::from_raw(1),
                                                                  .document = "划转文件"});
  const auto* said = std::get_if<engine::event::LandTransferred>(&events.front());
  ASSERT_NE(said, nullptr);
  EXPECT_EQ(said->not_a_sale, policy::Clause::h66_7_6) << "it says which floor does not apply";
}

TEST(Loan, ServesProjectsButNotSalesAndIsReturnedOutOfWhatIsBorrowedThenOutOfWhatIsFree) {
  // Xihu lends 10 of its 30. Yuhang uses 7 of them, has 3 borrowed and 5 of its own: it returns 3 + 5, and owes 2.
  check(R"(
    open 2024-06-03                                      → done
    f1 = file 西湖 linkage 30.0000                       → done
    f2 = file 余杭 linkage 5.0000                        → done
    lend 西湖→西湖 linkage 1.0000 due 2024-06-10         → refused same_party_twice
    lend 西湖→余杭 linkage 30.0001 due 2024-06-10        → refused not_enough_land
    lend 西湖→余杭 linkage 10.0000 due 2024-06-03        → refused term_not_later
    l1 = lend 西湖→余杭 linkage 10.0000 due 2024-06-04   → done
      lot f1 linkage 10.0000 西湖.stock→余杭.borrowed
    available 西湖 linkage 20.0000 balance 30.0000 frozen 0.0000 lent 10.0000 on-offer 0.0000 borrowed 0.0000
    available 余杭 linkage 5.0000 balance 5.0000 frozen 0.0000 lent 0.0000 on-offer 0.0000 borrowed 10.0000
    sell 余杭 linkage 5.0001 @20.00                      → refused not_enough_land
    use 余杭 linkage 10.0001 borrowed                    → refused not_enough_land
    use 余杭 linkage 7.0000 borrowed                     → done
      lot f1 linkage 7.0000 余杭.borrowed→余杭.used
    give-back 西湖 l1 1.0000                                → refused not_your_loan
    give-back 余杭 l1 10.0001                               → refused exceeds_entry
    give-back 余杭 l1 9.0000                                → refused not_enough_land   # 3 borrowed and 5 free
    give-back 余杭 l1 8.0000                                → done
      lot f1 linkage 3.0000 余杭.borrowed→西湖.stock
      lot f2 linkage 5.0000 余杭.stock→西湖.stock
    lots 西湖 linkage stock f1 23.0000 f2 5.0000
    available 西湖 linkage 28.0000 balance 30.0000 frozen 0.0000 lent 2.0000 on-offer 0.0000 borrowed 0.0000
  )");
}

TEST(Loan, IsReturnedInTheLotsThatWereLentAndNotInThoseOfAnotherLender) {
  // f1 is of 萧山, f2 of 西湖. l2 is returned in f2, although f1 was filed first. When f1 is used, l1 is not returned
  // out of f2. What is restored of f1 is borrowed again while l1 is open; returned in kind, it is Yuhang's own.
  check(R"(
    open 2024-06-03                                         → done
    f1 = file 萧山 linkage 10.0000                          → done
    f2 = file 西湖 linkage 10.0000                          → done
    l1 = lend 萧山→余杭 linkage 10.0000 due 2024-06-30      → done
    l2 = lend 西湖→余杭 linkage 10.0000 due 2024-06-30      → done
    give-back 余杭 l2 4.0000                                → done
      lot f2 linkage 4.0000 余杭.borrowed→西湖.stock
    u1 = use 余杭 linkage 10.0000 borrowed                  → done
      lot f1 linkage 10.0000 余杭.borrowed→余杭.used
    give-back 余杭 l1 1.0000                                → refused not_enough_land
    restore u1 4.0000                                       → done
      lot f1 linkage 4.0000 余杭.used→余杭.borrowed
    holds 余杭 linkage free 0.0000 borrowed 10.0000 used 6.0000
    sell 余杭 linkage 0.0001 @20.00                         → refused not_enough_land   # nobody sells what is borrowed
    give-back 余杭 l1 4.0000                                → done
      lot f1 linkage 4.0000 余杭.borrowed→萧山.stock
    f3 = file 余杭 linkage 6.0000                           → done
    give-back 余杭 l1 5.0000                                → done
      lot f3 linkage 5.0000 余杭.stock→萧山.stock
    restore u1 6.0000                                       → done   # 1 of them is still owed to 萧山
      lot f1 linkage 1.0000 余杭.used→余杭.borrowed
      lot f1 linkage 5.0000 余杭.used→余杭.stock
    holds 余杭 linkage free 6.0000 borrowed 7.0000 used 0.0000
  )");
}

TEST(Loan, OfSupplementaryLandDoesNotGoWhereASaleHasAFloor) {
  // H66-7.6: from a mountain county to an urban district it is sold at the cross-city price or more, or the bureau
  // transfers it. Between the others, and of linkage, nothing is in the way.
  check(R"(
    open 2024-06-03                                         → done
    file 建德 area 100.0000                                 → done
    file 建德 linkage 10.0000                               → done
    file 余杭 area 100.0000                                 → done
    lend 建德→余杭 area 1.0000 due 2024-06-30               → refused loan_on_floor_route H66-7.6
    lend 建德→余杭 area 90.0000 due 2024-06-30              → refused loan_on_floor_route H66-7.6
    lend 建德→余杭 linkage 1.0000 due 2024-06-30            → done
    lend 建德→桐庐 area 1.0000 due 2024-06-30               → done
    lend 余杭→建德 area 1.0000 due 2024-06-30               → done
    lend 余杭→西湖 area 1.0000 due 2024-06-30               → done
    transfer 建德→余杭 area 1.0000                          → done
  )");
}

TEST(Loan, IsOverdueOnceOnTheFirstDayAfterAndThenItsBorrowerBorrowsNothing) {
  check(R"(
    open 2024-06-03                                      → done
    file 西湖 linkage 30.0000                            → done
    l1 = lend 西湖→余杭 linkage 10.0000 due 2024-06-04   → done
    l2 = lend 西湖→萧山 linkage 1.0000 due 2024-06-04    → done
    give-back 萧山 l2 1.0000                                → done
    give-back 萧山 l2 1.0000                                → refused already_resolved
    close 2024-06-03                                     → done
    open 2024-06-04                                      → done
      overdue nothing
    lend 西湖→余杭 linkage 1.0000 due 2024-06-30         → done
    close 2024-06-04                                     → done
    open 2024-06-06                                      → done
      overdue l1 余杭 linkage 10.0000
    lend 西湖→余杭 linkage 1.0000 due 2024-06-30         → refused borrower_overdue
    give-back 余杭 l1 4.0000                                → done
    close 2024-06-06                                     → done
    open 2024-06-07                                      → done
      overdue nothing
    lend 西湖→余杭 linkage 1.0000 due 2024-06-30         → refused borrower_overdue
    give-back 余杭 l1 6.0000                                → done
    lend 西湖→余杭 linkage 1.0000 due 2024-06-30         → done
  )");
}

TEST(Restore, BringsBackExactlyTheLotsThatAWriteOffTook) {
  // u1 took f1 5 and f2 2; u2 took f2 3. Of u1 come back 6: f1 5 and f2 1, not the first filed of all that is used.
  check(R"(
    open 2024-06-03                        → done
    f1 = file 西湖 linkage 5.0000          → done
    f2 = file 西湖 linkage 10.0000         → done
    u1 = use 西湖 linkage 7.0000           → done
    u2 = use 西湖 linkage 3.0000           → done
    restore u2 1.0000                      → done
      lot f2 linkage 1.0000 西湖.used→西湖.stock
    restore u1 7.0001                      → refused exceeds_entry
    restore u1 6.0000                      → done
      lot f1 linkage 5.0000 西湖.used→西湖.stock
      lot f2 linkage 1.0000 西湖.used→西湖.stock
    restore u1 1.0000                      → done
    restore u1 0.0001                      → refused already_resolved
    holds 西湖 linkage free 13.0000 used 2.0000
    lots 西湖 linkage used f2 2.0000
  )");
}

TEST(Cancel, TakesFreeLandOutForGood) {
  check(R"(
    open 2024-06-03                        → done
    f1 = file 西湖 linkage 5.0000          → done
    s1 = sell 西湖 linkage 2.0000 @20.00   → rests 2.0000
    cancel-land 西湖 linkage 3.0001        → refused not_enough_land
    cancel-land 西湖 linkage 3.0000        → done
      lot f1 linkage 3.0000 西湖.stock→西湖.cancelled
    holds 西湖 linkage free 0.0000 held 2.0000 cancelled 3.0000
  )");
}

TEST(Available, IsTheBalanceLessWhatIsFrozenLentAndOnOffer) {
  // Owned 100: 10 frozen, 5 lent, 3 on offer. 100 − 10 − 5 − 3 = 82. What it has borrowed, 4, stands beside it.
  check(R"(
    open 2024-06-03                                    → done
    file 西湖 linkage 100.0000                         → done
    file 余杭 linkage 4.0000                           → done
    freeze 西湖 linkage 10.0000                        → done
    lend 西湖→余杭 linkage 5.0000 due 2024-06-30       → done
    sell 西湖 linkage 3.0000 @20.00                    → rests 3.0000
    lend 余杭→西湖 linkage 4.0000 due 2024-06-30       → done
    available 西湖 linkage 82.0000 balance 100.0000 frozen 10.0000 lent 5.0000 on-offer 3.0000 borrowed 4.0000
  )");
}

// ---- who may see it ----

TEST(RegistryViews, ADistrictSeesWhatIsItsOwnAndTheAuditorAll) {
  using script::officer_of;
  namespace view = engine::view;
  namespace query = engine::query;
  script::Market market;
  market.check(R"(
    open 2024-06-03                                    → done
    file 西湖 linkage 100.0000                         → done
    project 西湖 linkage                               → done
    conflict 西湖 T1 other                             → done
    freeze 西湖 linkage 10.0000                        → done
    lend 西湖→余杭 linkage 5.0000 due 2024-06-30       → done
    use 余杭 linkage 1.0000 borrowed                   → done
  )");
  const auto asked = [&](const script::Sender& who, const engine::Query& q) {
    return engine::answer(market.engine().state(), {.person = {}, .participant = who.participant, .role = who.role}, q);
  };
  const script::Sender auditor{.participant = script::place("杭州"), .role = engine::Role::auditor};
  const auto counted = [&](const script::Sender& who) {
    const auto entries = std::get<view::Entries>(asked(who, query::GetEntries{.participant = {}}));
    return std::array{entries.freezes.size(),
                      entries.loans.size(),
                      entries.write_offs.size(),
                      std::get<view::Projects>(asked(who, query::GetProjects{.county = {}})).rows.size(),
                      std::get<view::Conflicts>(asked(who, query::GetConflicts{.county = {}})).rows.size(),
                      std::get<view::Lots>(asked(who, query::GetLots{.participant = {}})).rows.size()};
  };
  //                                   freezes loans write-offs projects disputes lots
  using Counts = std::array<size_t, 6>;
  EXPECT_EQ(counted(auditor), (Counts{1, 1, 1, 1, 1, 3}));
  EXPECT_EQ(counted(officer_of("西湖")), (Counts{1, 1, 0, 1, 1, 1}));
  EXPECT_EQ(counted(officer_of("余杭")), (Counts{0, 1, 1, 0, 0, 2}));
  EXPECT_EQ(counted(officer_of("建德")), (Counts{0, 0, 0, 0, 0, 0}));

  const auto lender =
      std::get<view::Holdings>(asked(auditor, query::GetHoldings{.participant = script::place("西湖")}));
  const auto& linkage = lender.rows.at(0).positions.back();
  EXPECT_EQ(linkage.frozen, Quantity::from_raw(100'000));
  EXPECT_EQ(linkage.lent, Quantity::from_raw(50'000));
  const auto of_another = asked(
      officer_of("建德"), query::GetAvailable{.participant = script::place("西湖"), .instrument = Instrument::linkage});
  EXPECT_TRUE(std::get<view::Availability>(of_another).rows.empty());
}

}  // namespace
}  // namespace landex
