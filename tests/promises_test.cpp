// The promises of a ledger (P1–P6, P14, P15), one worked table each. The same promises over random days of the whole
// market are in promises_seeds_test.cpp, over all short histories in histories_test.cpp; P5 has identity_test.cpp of
// its own. Mountain county 建德 files, the city pools 20 %, 余杭 and 西湖 buy; 1 mu at 20.00 万元/亩 is 20 wan.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "exchange/engine/canonical.hpp"
#include "tests/market_script.hpp"

namespace landex {
namespace {

std::vector<Sequence> numbers_of(const clearing::Filing& filing) {
  std::vector<Sequence> out;
  for (const auto& e : filing.entries) out.push_back(e.number);
  return out;
}

using script::check;
using script::Market;

/// All that money and land are: purses, holds, lots and what may be undone. Not the memory of commands.
std::string holdings_of(const Market& m) {
  const auto& s = m.engine().state();
  std::string bytes;
  engine::Canonical encode{bytes};
  encode(s.ledger);
  encode(s.holds);
  encode(s.lots);
  encode(s.entries);
  encode(s.registry);
  encode(s.advances);
  encode(s.prices);
  return bytes;
}

Market production() { return Market{{.venue = engine::Venue::production}}; }

// ---- P1, P2 ----

TEST(Promises, P1WhatOnePurseLosesAnotherHasSoEveryColumnSumsToZero) {
  // area, mu:        outside   free 建德  held 建德  free 余杭  used 余杭  cancelled 建德  pool 杭州   sum
  // filed 100          −100         80          0          0          0              0         20     0
  // 10 on offer        −100         70         10          0          0              0         20     0
  // 6 of them sold     −100         70          4          6          0              0         20     0
  // 2 used             −100         70          4          4          2              0         20     0
  // 5 deducted         −100         65          4          4          2              5         20     0
  // money, wan: 200 came in; 6 mu at 20.00 are 120. 余杭 has 80, 建德 120; the pool owes 建德 20 × 20 = 400.
  check(R"(
    price area 20.00 2024-06-01..2024-06-30  → done
    open 2024-06-03                          → done
    f1 = file 建德 area 100.0000             → done
    s1 = sell 建德 area 10.0000 @20.00       → rests 10.0000
    fund 余杭 200.00 wan                     → done
    buy 余杭 area 6.0000 @20.00              → filled
      trade s1 6.0000 @20.00 1 200 000.00 yuan H66-7.6
    use 余杭 area 2.0000                     → done
    deduct f1 area 5.0000                    → done
    holds 建德 area free 65.0000 held 4.0000 used 0.0000 cancelled 5.0000 outside -100.0000
    holds 余杭 area free 4.0000 held 0.0000 used 2.0000 cancelled 0.0000
    holds 杭州 area pool 20.0000
    cash 余杭 free 80.00 wan outside -200.00 wan
    cash 建德 free 120.00 wan claims 400.00 wan
    cash 杭州 claims -400.00 wan
  )");
}

TEST(Promises, P2NothingIsPromisedTwiceWhatIsOnOfferFrozenLentOrHeldIsNotFree) {
  // 80 are free after the pool's 20. On offer 10, in a deal 20, frozen 15, lent 5: 30 are free, and 30.0001 are not.
  check(R"(
    price area 20.00 2024-06-01..2024-06-30                 → done
    open 2024-06-03                                         → done
    f1 = file 建德 area 100.0000                            → done
    sell 建德 area 10.0000 @25.00                           → rests 10.0000
    propose 建德 建德→余杭 area 20.0000 @20.00              → done
    freeze 建德 area 15.0000                                → done
    lend 建德→桐庐 area 5.0000 due 2024-06-28               → done
    holds 建德 area free 30.0000
    sell 建德 area 30.0001 @25.00                           → refused not_enough_land
    propose 建德 建德→余杭 area 30.0001 @20.00              → refused not_enough_land
    freeze 建德 area 30.0001                                → refused not_enough_land
    lend 建德→桐庐 area 30.0001 due 2024-06-28              → refused not_enough_land
    transfer 建德→桐庐 area 30.0001                         → refused not_enough_land
    use 建德 area 30.0001                                   → refused not_enough_land
    cancel-land 建德 area 30.0001                           → refused not_enough_land
    deduct f1 area 30.0001                                  → refused deduction_exceeds_holding
    fund 余杭 100.00 wan                                    → done
    b1 = buy 余杭 area 4.0000 @20.00                        → rests 4.0000
    buy 余杭 area 1.0001 @20.00                             → refused not_enough_money
    withdraw 余杭 20.01 wan                                 → refused not_enough_money
    withdraw 余杭 20.00 wan                                 → done
    use 建德 area 30.0000                                   → done
    holds 建德 area free 0.0000
  )");
}

// ---- P3 ----

TEST(Promises, P3MoneyAndLandOfATradeComeWithOneCommandAndSoDoThoseOfADeal) {
  // At once: the command that trades tells both. In steps: paying moves no land, and the hand-over moves both.
  Market m = production();
  m.check(R"(
    price area 20.00 2024-06-01..2024-06-30             → done
    open 2024-06-03                                     → done
    f1 = file 建德 area 100.0000                        → done
    fund 余杭 200.00 wan                                → done
    d1 = propose 建德 建德→余杭 area 10.0000 @20.00     → done
    accept 余杭 d1                                      → accepted
    holds 建德 area free 70.0000 held 10.0000           # the land is held, and a deposit of 20 % of 200 wan
    cash 余杭 free 160.00 wan held 40.00 wan
    confirm d1                                          → done
    holds 建德 area free 70.0000 held 10.0000
    cash 余杭 free 160.00 wan held 40.00 wan
    pay-deal 余杭 d1                                    → done
    holds 建德 area free 70.0000 held 10.0000           # all of the price is held, and nothing has changed hands
    holds 余杭 area free 0.0000
    cash 余杭 free 0.00 yuan held 200.00 wan
    cash 建德 free 0.00 yuan
    settle d1                                           → refused notice_not_over H66-21.4
    holds 余杭 area free 0.0000
    cash 建德 free 0.00 yuan
    close 2024-06-03                                    → done
    open 2024-06-12                                     → done
    settle d1                                           → done
    holds 建德 area free 70.0000 held 0.0000
    holds 余杭 area free 10.0000
    cash 余杭 free 0.00 yuan held 0.00 yuan
    cash 建德 free 200.00 wan
  )");
}

TEST(Promises, P3ADealThatFailsGivesBothLegsBack) {
  production().check(R"(
    price area 20.00 2024-06-01..2024-06-30             → done
    open 2024-06-03                                     → done
    file 建德 area 100.0000                             → done
    fund 余杭 200.00 wan                                → done
    d1 = propose 建德 建德→余杭 area 10.0000 @20.00     → done
    accept 余杭 d1                                      → accepted
    confirm d1                                          → done
    pay-deal 余杭 d1                                    → done
    void d1                                             → done
    holds 建德 area free 80.0000 held 0.0000
    holds 余杭 area free 0.0000
    cash 余杭 free 200.00 wan held 0.00 yuan
    cash 建德 free 0.00 yuan
  )");
}

TEST(Promises, P3AClaimIsPaidInCashAsItGoesAndAnAdvanceIsOwedAsItIsPaid) {
  // The pool owes 20 mu × 20.00 = 400 wan. Paying takes the cash and the claim together, or neither.
  check(R"(
    price area 20.00 2024-06-01..2024-06-30  → done
    open 2024-06-03                          → done
    file 建德 area 100.0000                  → done
    pay 建德                                 → refused not_enough_money H66-7.4
    cash 建德 free 0.00 yuan claims 400.00 wan
    fund 杭州 1 000.00 wan                   → done
    pay 建德                                 → done
    cash 建德 free 400.00 wan claims 0.00 yuan
    cash 杭州 free 600.00 wan claims 0.00 yuan
    pay 建德                                 → refused nothing_to_settle H66-7.4
  )");
}

// ---- P4 ----

TEST(Promises, P4AHoldResolvesOnceAndTheSecondTimeIsRefusedByNameAndMovesNothing) {
  struct Case {
    std::string_view before;  // what makes the hold
    std::string_view once;    // what resolves it
    std::string_view again;   // and what a second time is told
  };
  const Case simulation[] = {
      {"s1 = sell 西湖 linkage 4.0000 @20.00 → rests 4.0000", "cancel 西湖 s1 → done",
       "cancel 西湖 s1 → refused unknown_order"},
      {"b1 = buy 余杭 linkage 4.0000 @20.00 → rests 4.0000", "cancel 余杭 b1 → done",
       "cancel 余杭 b1 → refused unknown_order"},
      {"d1 = propose 西湖 西湖→余杭 linkage 4.0000 @20.00 → done", "end 余杭 d1 → done",
       "end 余杭 d1 → refused deal_state_forbids"},
      {"d1 = propose 西湖 西湖→余杭 linkage 4.0000 @20.00 → done", "accept 余杭 d1 → settled",
       "accept 余杭 d1 → refused deal_state_forbids"},
      {"z1 = freeze 西湖 linkage 4.0000 → done", "unfreeze z1 4.0000 → done",
       "unfreeze z1 4.0000 → refused already_resolved"},
      {"l1 = lend 西湖→余杭 linkage 4.0000 due 2024-06-28 → done", "give-back 余杭 l1 4.0000 → done",
       "give-back 余杭 l1 4.0000 → refused already_resolved"},
      {"u1 = use 西湖 linkage 4.0000 → done", "restore u1 4.0000 → done",
       "restore u1 4.0000 → refused already_resolved"},
      {"fund 杭州 100.00 wan → done", "pay 建德 → done", "pay 建德 → refused nothing_to_settle H66-7.4"},
  };
  const Case in_steps[] = {
      {"confirm d → done", "pay-deal 余杭 d → done", "pay-deal 余杭 d → refused deal_state_forbids"},
      {"confirm d → done", "void d → done", "void d → refused deal_state_forbids"},
      {"", "confirm d → done", "confirm d → refused deal_state_forbids"},
      {"confirm d → done\n pay-deal 余杭 d → done\n close 2024-06-03 → done\n open 2024-06-12 → done",
       "settle d → done", "settle d → refused deal_state_forbids"},
  };
  const auto run = [](Market market, std::string_view start, const Case& c) {
    market.check(start);
    if (!c.before.empty()) market.check(c.before);
    const std::string held = holdings_of(market);
    market.check(c.once);
    EXPECT_EQ(holdings_of(market) == held, c.once.starts_with("confirm")) << c.once;  // which moves nothing yet
    const std::string resolved = holdings_of(market);
    market.check(c.again);
    market.check(c.again);
    EXPECT_EQ(holdings_of(market), resolved) << c.again;
  };
  for (const Case& c : simulation)
    run(Market{}, R"(
      price area 20.00 2024-06-01..2024-06-30  → done
      open 2024-06-03                          → done
      file 西湖 linkage 10.0000                → done
      file 建德 area 1.0000                    → done
      fund 余杭 100.00 wan                     → done
    )",
        c);
  for (const Case& c : in_steps)
    run(production(), R"(
      open 2024-06-03                                    → done
      file 西湖 linkage 10.0000                          → done
      fund 余杭 200.00 wan                               → done
      d = propose 西湖 西湖→余杭 linkage 4.0000 @20.00   → done
      accept 余杭 d                                      → accepted
    )",
        c);
}

TEST(Promises, P4AHoldThatIsTakenInPartsIsTakenNoFurtherThanItReaches) {
  // 4 of 10 are released, then 6; a hundredth more is refused at every step, and after the last there is no entry left.
  check(R"(
    open 2024-06-03                         → done
    file 西湖 linkage 30.0000               → done
    z1 = freeze 西湖 linkage 10.0000        → done
    unfreeze z1 4.0000                      → done
    unfreeze z1 6.0001                      → refused exceeds_entry
    unfreeze z1 6.0000                      → done
    unfreeze z1 0.0001                      → refused already_resolved
    u1 = use 西湖 linkage 10.0000           → done
    restore u1 10.0001                      → refused exceeds_entry
    restore u1 9.9999                       → done
    restore u1 0.0002                       → refused exceeds_entry
    restore u1 0.0001                       → done
    restore u1 0.0001                       → refused already_resolved
    holds 西湖 linkage free 30.0000 frozen 0.0000 used 0.0000
  )");
}

// ---- P5, P6 ----

const engine::Envelope kYuhang{.client_key = {9},
                               .counter = {1},
                               .person = {900},
                               .participant = script::place("余杭"),
                               .role = engine::Role::district};
engine::Envelope at_counter(uint64_t n) {
  engine::Envelope e = kYuhang;
  e.counter = {n};
  return e;
}

TEST(Promises, P5OneCounterIsOneCommandTheSameAgainOtherFieldsRefusedAndBeyondTheWindowUsedUp) {
  namespace cmd = engine::command;
  Market m;
  m.check(R"(
    open 2024-06-03            → done
    file 余杭 linkage 100.0000 → done
  )");
  const cmd::WriteOff use{.instrument = Instrument::linkage,
                          .quantity = Quantity::of(Area::mu_4dp(1)),
                          .project = "建设项目",
                          .from_borrowed = {}};
  cmd::WriteOff other = use;
  other.quantity = Quantity::of(Area::mu_4dp(2));
  EXPECT_FALSE(script::refusal_in(m.send(at_counter(1), use)));
  const Sequence first = m.last();
  const std::string after = holdings_of(m);

  const auto again = m.send(at_counter(1), use);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(std::get<engine::event::Repeated>(again.front()).first, first);

  const auto differs = script::refusal_in(m.send(at_counter(1), other));
  ASSERT_TRUE(differs);
  EXPECT_EQ(differs->reason, engine::Reason::exists_with_different_field);
  EXPECT_EQ(differs->text, "quantity");
  EXPECT_EQ(holdings_of(m), after);

  for (uint64_t n = 2; n <= engine::kResultWindow + 1; ++n)
    ASSERT_FALSE(script::refusal_in(m.send(at_counter(n), use))) << n;
  const std::string later = holdings_of(m);
  const auto used = script::refusal_in(m.send(at_counter(1), use));
  ASSERT_TRUE(used);
  EXPECT_EQ(used->reason, engine::Reason::already_used);
  EXPECT_EQ(holdings_of(m), later);
  m.check("holds 余杭 linkage used 0.4097");  // 4 097 counters, a ten-thousandth each
}

TEST(Promises, P6WhatWasRefusedStaysRefusedUnderItsCounterAndMayBeDoneUnderTheNext) {
  namespace cmd = engine::command;
  const auto mu = [](int64_t n) { return Quantity::of(Area::mu_4dp(n * 10'000)); };
  struct Case {
    engine::Reason reason;
    engine::Command asked;
    std::string_view remedy;
  };
  const Case table[] = {
      {engine::Reason::not_enough_money,
       cmd::PlaceOrder{.instrument = Instrument::linkage,
                       .side = Side::buy,
                       .quantity = mu(1),
                       .price = Rate::yuan_per_mu(200'000)},
       "fund 余杭 20.00 wan → done"},
      {engine::Reason::not_enough_land,
       cmd::PlaceOrder{.instrument = Instrument::linkage,
                       .side = Side::sell,
                       .quantity = mu(1),
                       .price = Rate::yuan_per_mu(200'000)},
       "file 余杭 linkage 1.0000 → done"},
      {engine::Reason::not_enough_land,
       cmd::WriteOff{.instrument = Instrument::linkage, .quantity = mu(1), .project = "建设项目", .from_borrowed = {}},
       "file 余杭 linkage 1.0000 → done"},
      {engine::Reason::not_enough_land,
       cmd::LendLand{.to = script::place("西湖"),
                     .instrument = Instrument::linkage,
                     .quantity = mu(1),
                     .due = script::on(2024, 6, 28),
                     .document = "借用协议"},
       "file 余杭 linkage 1.0000 → done"},
      {engine::Reason::not_enough_money,
       cmd::ProposeDeal{
           .seller = script::place("西湖"),
           .buyer = script::place("余杭"),
           .legs = {{.instrument = Instrument::linkage, .quantity = mu(1), .price = Rate::yuan_per_mu(200'000)}}},
       "fund 余杭 20.00 wan → done"},
      {engine::Reason::no_price_in_force,
       cmd::ProposeDeal{.seller = script::place("建德"),
                        .buyer = script::place("余杭"),
                        .legs = {{.instrument = Instrument::supplementary_area,
                                  .quantity = mu(1),
                                  .price = Rate::yuan_per_mu(200'000)}}},
       "fund 余杭 20.00 wan → done\n close 2024-06-03 → done\n price area 20.00 2024-06-04..2024-06-30 → done\n"
       " open 2024-06-04 → done"},
  };
  for (const Case& c : table) {
    const auto name = static_cast<int>(c.reason);
    Market m;
    m.check("open 2024-06-03 → done");
    const auto no = script::refusal_in(m.send(at_counter(1), c.asked));
    ASSERT_TRUE(no) << name;
    EXPECT_EQ(no->reason, c.reason) << name;
    const Sequence first = m.last();
    m.check(c.remedy);
    const std::string before = holdings_of(m);
    for (int tries = 0; tries < 3; ++tries) {
      const auto again = m.send(at_counter(1), c.asked);
      ASSERT_EQ(again.size(), 1u) << name;
      const auto& repeated = std::get<engine::event::Repeated>(again.front());
      EXPECT_EQ(repeated.first, first) << name;
      EXPECT_EQ(repeated.refusal, no) << name;
    }
    EXPECT_EQ(holdings_of(m), before) << name;
    EXPECT_FALSE(script::refusal_in(m.send(at_counter(2), c.asked))) << name;
  }
}

// ---- P14 ----

TEST(Promises, P14ACorrectionIsAnEntryOfItsOwnThatNamesWhatItCorrectsAndTheOldOneStays) {
  Market m;
  m.check(R"(
    price area 20.00 2024-07-01..2024-07-31  → done
    open 2024-06-03                          → done
    f1 = file 西湖 linkage 100.0000          → done
    c1 = deduct f1 linkage 10.0000           → done
    f2 = file 西湖 linkage 5.0000            → done
    u1 = use 西湖 linkage 3.0000             → done
  )");
  const auto& s = m.engine().state();
  const FilingId f1{m.named("f1")};
  const Sequence c1{m.named("c1")};
  EXPECT_EQ(s.registry.find(f1)->filed.area, Area::mu_4dp(1'000'000));
  EXPECT_EQ(s.registry.find(f1)->deducted.area, Area::mu_4dp(100'000));
  EXPECT_EQ(numbers_of(*s.registry.find(f1)), (std::vector<Sequence>{{f1.value}, c1}));
  // The deduction was 4 too much: 4 come back, by an entry that names it. It is still there, and says 10.
  m.check(R"(
    adjust f1 linkage 4.0000 corrects f2     → refused unknown_correction    # an entry of another filing
    adjust f1 linkage 4.0000 corrects u1     → refused unknown_correction    # no entry of a filing
    a1 = adjust f1 linkage 4.0000 corrects c1 → done
    holds 西湖 linkage free 96.0000 used 3.0000 cancelled 10.0000
    restore u1 1.0000                        → done
    holds 西湖 linkage free 97.0000 used 2.0000 cancelled 10.0000
  )");
  EXPECT_EQ(s.registry.find(f1)->deducted.area, Area::mu_4dp(100'000));
  EXPECT_EQ(numbers_of(*s.registry.find(f1)), (std::vector<Sequence>{{f1.value}, c1, {m.named("a1")}}));
  EXPECT_EQ(s.entries.write_offs.at(WriteOffId{m.named("u1")}).quantity, Quantity::of(Area::mu_4dp(30'000)));
  EXPECT_EQ(s.entries.write_offs.at(WriteOffId{m.named("u1")}).left, Quantity::of(Area::mu_4dp(20'000)));
  // A price that was wrong: its row stays, and says that it does not stand; another takes its days.
  m.check("close 2024-06-03 → done");
  const auto row = s.prices.rows().front();
  const auto events = m.send(script::bureau(), engine::command::RevokePrice{.row = row.id, .document = "更正文号"});
  EXPECT_EQ(std::get<engine::event::PriceRevoked>(events.front()).row, row.id);
  m.check("price area 21.00 2024-07-01..2024-07-31 → done");
  ASSERT_EQ(s.prices.rows().size(), 2u);
  EXPECT_TRUE(s.prices.rows()[0].revoked);
  EXPECT_EQ(s.prices.rows()[0].rate, row.rate);
  EXPECT_FALSE(s.prices.rows()[1].revoked);
}

// ---- P15 ----

TEST(Promises, P15AnAdjustmentSumsToWhatWasThereBeforeAndWhatItBrings) {
  // 建德, area, mu. The residual account is `outside`: what is issued, with the other sign. Each row sums to 0.
  //                       outside   free  cancelled   pool 杭州
  // filed 100.0003       −100.0003  80.0003     0       20         20 % of 100.0003 is 20.00006: 20.0000, rounded down
  // deducted 10.0001     −100.0003  70.0002  10.0001    20         what goes is not issued less: it is cancelled
  // 2.0001 more          −102.0004  72.0003  10.0001    20         20 % of 100.0003 − 10.0001 + 2.0001 is 18.40006
  // 20 more              −122.0004  89.6003  10.0001    22.4       20 % of 112.0003 is 22.40006; 2.4 are due now
  Market m;
  m.check(R"(
    open 2024-06-03                            → done
    f1 = file 建德 area 100.0003               → done
    holds 建德 area free 80.0003 cancelled 0.0000 outside -100.0003
    holds 杭州 area pool 20.0000
    c1 = deduct f1 area 10.0001                → done
    holds 建德 area free 70.0002 cancelled 10.0001 outside -100.0003
    holds 杭州 area pool 20.0000
    adjust f1 area 2.0001 corrects c1          → done
    holds 建德 area free 72.0003 cancelled 10.0001 outside -102.0004
    holds 杭州 area pool 20.0000
    adjust f1 area 20.0000 corrects f1         → done
    holds 建德 area free 89.6003 cancelled 10.0001 outside -122.0004
    holds 杭州 area pool 22.4000
    lots 建德 area stock f1 89.6003
    lots 建德 area cancelled f1 10.0001
    lots 杭州 area pool f1 22.4000
  )");
  // 89.6003 + 10.0001 + 22.4000 = 122.0004, to the last unit.
}

TEST(Promises, P15WhatIsDividedIsHandedOutToTheLastUnit) {
  // A filing of 10.0000 with 3.3333 of paddy and 1 001 kg: each component is pooled by itself, rounded down, and what
  // is left is what the county has: 2.0000 + 8.0000; 0.6666 + 2.6667; 200 + 801.
  check(R"(
    open 2024-06-03                                              → done
    f1 = file 建德 area 10.0000 paddy 3.3333 capacity 1001       → done
    holds 建德 area free 8.0000 outside -10.0000
    holds 建德 paddy free 2.6667 outside -3.3333
    holds 建德 capacity free 801 outside -1001
    holds 杭州 area pool 2.0000
    holds 杭州 paddy pool 0.6666
    holds 杭州 capacity pool 200
  )");
}

}  // namespace
}  // namespace landex
