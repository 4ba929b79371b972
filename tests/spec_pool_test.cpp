// The pool's requests and their allocation: who is served (H66-7.3), at which price (H66-7.4), and the plots of the 30
// % (H66-6.3). That a county has so many days to take over what it was allotted, and the price, are our defaults. An
// allocation is reckoned outside the engine; here it is written down by hand, or by the optimiser as of that moment.
#include <gtest/gtest.h>

#include "exchange/engine/views.hpp"
#include "exchange/wire/codec.hpp"
#include "exchange/wire/json.hpp"
#include "tests/market_script.hpp"

namespace landex {
namespace {

using engine::Role;
using script::Market;

/// The pack as shipped: at the simulation venue an allocation has its chain, a request has none.
Market shipped() { return Market{{.pack = script::shipped().pack}}; }

Market with(policy::Parameter p, int64_t value) {
  policy::Pack pack = script::shipped().pack;
  for (auto& row : pack.rows)
    if (row.parameter == p) row.value = value;
  return Market{{.pack = pack}};
}

TEST(Pool, AnAllocationIsProposedApprovedByAnotherAndTakenOverAtThePriceThatTheCityOwed) {
  // H66-7.2: 20 % of 500 and 250 mu are 100 and 50. H66-7.4: 120 mu × 20.00 = 2 400 万元.
  shipped().check(R"(
    price area 20.00 2024-01-01..2024-12-31                → done
    open 2024-06-03                                        → done
    fund 余杭 3 000.00 wan                                 → done
    f1 = file 建德 area 500.0000 grade 5                   → done
    f2 = file 淳安 area 250.0000 grade 8                   → done
    r1 = request 余杭 city area 120.0000 until 2024-06-30  → done
    a1 = draft                                             → done
    draws a1 part 1 r1 f1 area 70.0000 r1 f2 area 50.0000  → done
    allocate a1                                            → refused approval_needed
    p1 = ask allocate a1                                   → done
      proposed p1 allocate_pool approve until 2024-06-11
    pass 杭州 p1                                           → refused needs_another_person
    by 2 pass 杭州 p1                                      → done
      approval p1 effective
      allotted r1 f1 area 70.0000
      allotted r1 f2 area 50.0000
      request r1 allotted
    holds 杭州 area pool 30.0000 held 120.0000
    lots 杭州 area stock f1 70.0000 f2 50.0000
    take 建德 r1                                           → refused not_your_request H66-7.3
    take 余杭 r1                                           → done
      request r1 served
    asks r1 served taken area 120.0000
    cash 余杭 free 600.00 wan
    cash 杭州 free 2 400.00 wan claims -3 000.00 wan
    holds 余杭 area used 120.0000
    lots 余杭 area used f1 70.0000 f2 50.0000
    take 余杭 r1                                           → refused request_state_forbids H66-7.3
  )");
}

TEST(Pool, EachBatchIsPassedOnAtThePriceOfItsOwnDay) {
  // 20 mu of June at 20.00 and 10 of July at 21.00: 400 + 210 = 610 万元.
  constexpr const char* kUntilTaken = R"(
    price area 20.00 2024-06-01..2024-06-30                → done
    price area 21.00 2024-07-01..2024-07-31                → done
    open 2024-06-28                                        → done
    fund 余杭 1 000.00 wan                                 → done
    f1 = file 建德 area 100.0000                           → done
    close 2024-06-28                                       → done
    open 2024-07-01                                        → done
    f2 = file 建德 area 50.0000                            → done
    r1 = request 余杭 city area 30.0000 until 2024-07-31   → done
    a1 = draft                                             → done
    draws a1 reckoned                                      → done
    p1 = ask allocate a1                                   → done
    by 2 pass 杭州 p1                                      → done
      allotted r1 f1 area 20.0000
      allotted r1 f2 area 10.0000
    take 余杭 r1                                           → done
  )";
  Market ours = shipped();
  ours.check(kUntilTaken);
  ours.check("cash 余杭 free 390.00 wan");
  Market of_the_allotment = with(policy::Parameter::release_price, 2);  // 30 × 21.00 = 630
  of_the_allotment.check(kUntilTaken);
  of_the_allotment.check("cash 余杭 free 370.00 wan");
  Market nothing = with(policy::Parameter::release_price, 3);
  nothing.check(kUntilTaken);
  nothing.check("cash 余杭 free 1 000.00 wan");
}

TEST(Pool, AreaWithoutAPriceWaitsForItPaddyAndCapacityGoWithTheArea) {
  shipped().check(R"(
    open 2024-06-03                                                                        → done
    fund 余杭 399.99 wan                                                                   → done
    f1 = file 建德 area 100.0000 paddy 50.0000 capacity 5000                               → done
    r1 = request 余杭 city area 20.0000 paddy 10.0000 capacity 1000 until 2024-06-30       → done
    a1 = draft                                                                             → done
    draws a1 part 1 r1 f1 area 20.0000 r1 f1 paddy 10.0000 r1 f1 capacity 1000             → done
    p1 = ask allocate a1                                                                   → done
    by 2 pass 杭州 p1                                                                      → done
    take 余杭 r1 → refused no_price_in_force H66-7.4
    close 2024-06-03                                                                       → done
    price area 20.00 2024-06-01..2024-06-30                                                → done
    open 2024-06-04                                                                        → done
    take 余杭 r1 → refused not_enough_money H66-7.4
    fund 余杭 0.01 wan                                                                     → done
    take 余杭 r1                                                                           → done
    cash 余杭 free 0.00 yuan
    asks r1 served taken area 20.0000 taken paddy 10.0000 taken capacity 1000
    holds 余杭 paddy used 10.0000
    holds 余杭 capacity used 1000
  )");
}

TEST(Pool, AnAllocationRestsOnWhatIsSoNowElseItIsStale) {
  shipped().check(R"(
    open 2024-06-03                                        → done
    f1 = file 建德 area 500.0000                           → done
    r1 = request 余杭 city area 10.0000 until 2024-06-30   → done
    a1 = draft                                             → done
    draws a1 reckoned                                      → done
    file 淳安 linkage 10.0000                              → done     # not of the pool
    p1 = ask allocate a1                                   → done
    r2 = request 萧山 city area 1.0000 until 2024-06-30    → done     # one more request
    by 2 pass 杭州 p1                                      → done
      approval p1 voided allocation_stale H66-7.3
    asks r1 open
    a2 = draft                                             → done
    draws a2 reckoned                                      → done
    file 淳安 area 10.0000                                 → done     # 2 mu more in the pool
    ask allocate a2                                        → refused allocation_stale H66-7.3
    a3 = draft                                             → done
    draws a3 reckoned                                      → done
    withdraw-request 建德 r2                               → refused not_your_request H66-7.3
    withdraw-request 萧山 r2                               → done     # one less
      request r2 withdrawn
    ask allocate a3                                        → refused allocation_stale H66-7.3
    withdraw-request 杭州 r2                               → refused request_state_forbids H66-7.3
  )");
}

TEST(Pool, AProposalThatCannotBeOrServesALowerClassFirstIsRefused) {
  // 100 mu of grade 5 in the pool. The city's project needs 80 of grade 5 or better, the key zone 60.
  const auto refused = [](std::string_view draws) {
    Market m = shipped();
    m.check(R"(
      open 2024-06-03                                                → done
      f1 = file 建德 area 500.0000 grade 5                           → done
      f2 = file 桐庐 area 50.0000                                    → done   # 10 mu of unknown grade
      z1 = request 余杭 key_zone area 60.0000 until 2024-06-30       → done
      r1 = request 余杭 city area 80.0000 grade 5 until 2024-06-30   → done
      a1 = draft                                                     → done
    )");
    m.check(draws);
    m.check("ask allocate a1 → refused allocation_faulty H66-7.3");
  };
  refused("draws a1 part 1 z1 f1 area 60.0000 r1 f1 area 40.0000 → done");  // 40 of 80, and the key zone has 60
  refused("draws a1 part 1 z1 f2 area 10.0000 r1 f1 area 80.0000 → done");  // 20 lie there for the key zone
  refused("draws a1 part 1 r1 f1 area 80.0000 z1 f1 area 20.0000 → done");  // not in order
  refused("draws a1 part 1 z1 f1 area 20.0000 r1 f1 area 70.0000 r1 f2 area 10.0000 → done");  // unknown grade
  refused("draws a1 part 1 z1 f1 area 60.0000 r1 f1 area 80.0000 → done");                     // 140 of 100
  refused("draws a1 part 1 z1 f2 area 10.0000 r1 f1 area 90.0000 → done");                     // 90 of 80
  shipped().check(R"(
    open 2024-06-03                                                → done
    f1 = file 建德 area 500.0000 grade 5                           → done
    f2 = file 桐庐 area 50.0000                                    → done
    z1 = request 余杭 key_zone area 60.0000 until 2024-06-30       → done
    r1 = request 余杭 city area 80.0000 grade 5 until 2024-06-30   → done
    a1 = draft                                                     → done
    ask allocate a1                                                → refused value_out_of_range   # nothing in it
    draws a1 part 2 r1 f1 area 80.0000                             → refused part_out_of_order H66-7.3
    draws a1 part 1 z1 f1 area 20.0000 z1 f2 area 10.0000          → done
    draws a1 part 2 r1 f1 area 80.0000                             → done
    p1 = ask allocate a1                                           → done
    draws a1 part 3 r1 f1 area 1.0000 → refused unknown_allocation H66-7.3   # before its approver
    by 2 pass 杭州 p1                                              → done
      approval p1 effective
    ask allocate a1                                                → refused unknown_allocation H66-7.3   # in effect
  )");
}

TEST(Pool, DraftsAreFewAndAreForgottenWithTheDayUnlessTheyLieBeforeAnApprover) {
  Market m = shipped();
  m.check(R"(
    open 2024-06-03                                        → done
    f1 = file 建德 area 500.0000                           → done
    r1 = request 余杭 city area 10.0000 until 2024-06-30   → done
    a1 = draft                                             → done
    draws a1 reckoned                                      → done
    p1 = ask allocate a1                                   → done
  )");
  for (int n = 2; n <= 16; ++n) m.check("a2 = draft → done");
  m.check(R"(
    draft                                                  → refused value_out_of_range
    close 2024-06-03                                       → done
    open 2024-06-04                                        → done
    draws a2 part 1 r1 f1 area 10.0000                     → refused unknown_allocation H66-7.3
    draft                                                  → done
    by 2 pass 杭州 p1                                      → done     # nothing has moved since
      approval p1 effective
    asks r1 allotted
  )");
}

TEST(Pool, WhatIsNotTakenWithinTenWorkingDaysGoesBack) {
  // Allotted on Monday 3 June; 10 June is a holiday: the tenth working day after it is Tuesday 18 June.
  constexpr const char* kAllotted = R"(
    price area 20.00 2024-01-01..2024-12-31                → done
    open 2024-06-03                                        → done
    f1 = file 建德 area 500.0000                           → done
    r1 = request 余杭 city area 10.0000 until 2024-06-30   → done
    r2 = request 余杭 city area 10.0000 until 2024-06-10   → done
    a1 = draft                                             → done
    draws a1 reckoned                                      → done
    p1 = ask allocate a1                                   → done
    by 2 pass 杭州 p1                                      → done
    holds 杭州 area pool 80.0000 held 20.0000
    close 2024-06-03                                       → done
  )";
  Market ours = shipped();
  ours.check(kAllotted);
  ours.check(R"(
    open 2024-06-18                                        → done
      request nothing
    close 2024-06-18                                       → done
    open 2024-06-19                                        → done
      request r1 open
      request r2 expired
    holds 杭州 area pool 100.0000 held 0.0000
  )");
  Market nine = with(policy::Parameter::take_days, 9);
  nine.check(kAllotted);
  nine.check(R"(
    open 2024-06-18                                        → done
      request r1 open
      request r2 expired
  )");
}

TEST(Pool, ARequestExpiresAfterItsDeadlineAndCanBeHandedBack) {
  shipped().check(R"(
    price area 20.00 2024-01-01..2024-12-31                → done
    open 2024-06-03                                        → done
    f1 = file 建德 area 500.0000                           → done
    request 余杭 city area 10.0000 until 2024-06-02        → refused deadline_passed H66-7.3
    r1 = request 余杭 city area 10.0000 until 2024-06-03   → done
    r2 = request 余杭 city area 10.0000 until 2024-06-04   → done
    close 2024-06-03                                       → done
    open 2024-06-04                                        → done
      request r1 expired
    a1 = draft                                             → done
    draws a1 reckoned                                      → done
    p1 = ask allocate a1                                   → done
    by 2 pass 杭州 p1                                      → done
      allotted r2 f1 area 10.0000
      request r2 allotted
    withdraw-request 余杭 r2                               → refused request_state_forbids H66-7.3
    hand-back 建德 r2                                      → refused not_your_request H66-7.3
    hand-back 余杭 r2                                      → done
      request r2 open
    hand-back 余杭 r2                                      → refused request_state_forbids H66-7.3
    holds 杭州 area pool 100.0000 held 0.0000
  )");
}

TEST(Pool, WhatThePoolHadTooLittleOfIsAskedForAgain) {
  shipped().check(R"(
    price area 20.00 2024-01-01..2024-12-31                → done
    open 2024-06-03                                        → done
    fund 余杭 3 000.00 wan                                 → done
    f1 = file 建德 area 500.0000                           → done
    r1 = request 余杭 city area 150.0000 until 2024-06-30  → done
    a1 = draft                                             → done
    draws a1 reckoned                                      → done
    p1 = ask allocate a1                                   → done
    by 2 pass 杭州 p1                                      → done
      allotted r1 f1 area 100.0000
      request r1 allotted
    take 余杭 r1                                           → done
      request r1 open
    asks r1 open taken area 100.0000
    f2 = file 建德 area 500.0000                           → done
    a2 = draft                                             → done
    draws a2 reckoned                                      → done
    p2 = ask allocate a2                                   → done
    by 2 pass 杭州 p2                                      → done
      allotted r1 f2 area 50.0000
      request r1 allotted
    take 余杭 r1                                           → done
      request r1 served
    cash 余杭 free 0.00 yuan
  )");
}

TEST(Pool, ServesProjectsAndZonesOfCityLevelAndOtherPurposesOnlyByARecordedException) {
  // H66-7.3 «主要用于保障市级以上重点建设区域或重大建设项目».
  shipped().check(R"(
    open 2024-06-03                                                            → done
    request 余杭 national area 1.0000 until 2024-06-30                         → done
    request 余杭 provincial area 1.0000 until 2024-06-30                       → done
    request 余杭 city area 1.0000 until 2024-06-30                             → done
    request 余杭 key_zone area 1.0000 until 2024-06-30                         → done
    request 余杭 other area 1.0000 until 2024-06-30                            → refused exception_missing H66-7.3
    request 余杭 other area 1.0000 until 2024-06-30 exception 民生急需         → refused exception_missing H66-7.3
    request 余杭 other area 1.0000 until 2024-06-30 exception 民生急需 市政府  → done
    request 余杭 city until 2024-06-30                                         → refused value_out_of_range
    request 余杭 city area 1.0000 paddy 2.0000 until 2024-06-30                → refused paddy_exceeds_area
    request 余杭 city paddy 2.0000 until 2024-06-30                            → done
    request 余杭 city area 1.0000 grade 16 until 2024-06-30                    → refused value_out_of_range
  )");
}

TEST(Pool, AtTheProductionVenueARequestIsLookedAtByTheCountyAndApprovedByTheBureau) {
  Market m{{.pack = script::shipped().pack, .venue = engine::Venue::production}};
  m.check(R"(
    open 2024-06-03                                                                 → done
    request 余杭 city area 1.0000 until 2024-06-30                                  → refused approval_needed
    r1 = ask request 余杭 other area 1.0000 until 2024-06-30 exception 急需 市政府  → done
      proposed r1 request_pool first_review until 2024-06-11
    pass 余杭 r1                                                                    → refused needs_another_person
    by 2 pass 余杭 r1                                                               → done
    pass 杭州 r1                                                                    → done
      approval r1 effective
    asks r1 open
    f1 = file 建德 area 5.0000                                                      → done
    a1 = draft                                                                      → done
    draws a1 reckoned                                                               → done
    p1 = ask allocate a1                                                            → done
      proposed p1 allocate_pool review until 2024-06-11
    by 2 pass 杭州 p1                                                               → done
    by 2 pass 杭州 p1                                                               → refused needs_another_person
    by 3 pass 杭州 p1                                                               → done
      allotted r1 f1 area 1.0000
      request r1 allotted
  )");
}

TEST(Pool, PooledPlotsServeMajorProjectsOfTheCityAlone) {
  // H66-6.2: of 200 mu that qualify, 60 are the target: P1 (grade 1) with 40, then P2 with 20.
  script::check(R"(
    open 2024-06-03                                                         → done
    plots 建德 P1 40.0000 grade 1 P2 20.0000 grade 2 P3 140.0000 grade 3    → done
    allot-plots 余杭 key_zone P1      → refused purpose_not_served H66-6.3
    allot-plots 余杭 other P1         → refused purpose_not_served H66-6.3
    allot-plots 余杭 city P3          → refused title_state_forbids H66-6.3   # the county's own
    allot-plots 余杭 city P9          → refused unknown_title H66-6.3
    allot-plots 余杭 city P1 P1       → refused title_state_forbids H66-6.3
    allot-plots 余杭 city             → refused no_plots
    allot-plots 余杭 city P1          → done
      titled P1 杭州→余杭 used H66-6.3
    allot-plots 余杭 national P1      → refused title_state_forbids H66-6.3
    allot-plots 余杭 national P2      → done
  )");
}

TEST(Pool, ACountySeesItsOwnRequestsAndNothingOfTheCase) {
  Market m = shipped();
  m.check(R"(
    open 2024-06-03                                        → done
    f1 = file 建德 area 500.0000                           → done
    r1 = request 余杭 city area 1.0000 until 2024-06-30    → done
    r2 = request 萧山 city area 1.0000 until 2024-06-30    → done
    a1 = draft                                             → done
  )");
  const auto ask = [&](Role role, std::string_view who, const engine::Query& q) {
    return engine::answer(m.engine().state(), {.person = {}, .participant = script::place(who), .role = role}, q);
  };
  const auto requests = [&](Role role, std::string_view who, std::optional<District> only = {}) {
    return std::get<engine::view::Requests>(ask(role, who, engine::query::GetRequests{.county = only})).rows;
  };
  ASSERT_EQ(requests(Role::district, "余杭").size(), 1U);
  EXPECT_EQ(requests(Role::district, "余杭").front().id.value, m.named("r1"));
  EXPECT_TRUE(requests(Role::district, "余杭", script::place("萧山")).empty());
  EXPECT_EQ(requests(Role::bureau, "杭州").size(), 2U);
  EXPECT_EQ(requests(Role::auditor, "杭州", script::place("萧山")).size(), 1U);
  const auto of_case = [&](Role role, std::string_view who) {
    return std::get<engine::view::AllocationCase>(ask(role, who, engine::query::GetAllocationCase{}));
  };
  EXPECT_TRUE(of_case(Role::district, "余杭").requests.empty());
  EXPECT_TRUE(of_case(Role::district, "余杭").lots.empty());
  EXPECT_EQ(of_case(Role::analyst, "杭州").requests.size(), 2U);
  ASSERT_EQ(of_case(Role::bureau, "杭州").lots.size(), 1U);
  EXPECT_EQ(of_case(Role::bureau, "杭州").lots.front().left.area, Area::mu_4dp(1'000'000));
  const auto allocation = [&](Role role, std::string_view who) {
    return std::get<engine::view::Allocations>(
               ask(role, who, engine::query::GetAllocation{.allocation = {m.named("a1")}}))
        .rows;
  };
  EXPECT_TRUE(allocation(Role::district, "余杭").empty());
  ASSERT_EQ(allocation(Role::auditor, "杭州").size(), 1U);
  EXPECT_FALSE(allocation(Role::auditor, "杭州").front().stale);
  m.check("close 2024-06-03 → done");
  EXPECT_TRUE(allocation(Role::auditor, "杭州").empty())
      << "a draft that nobody has put before an approver is forgotten";
}

TEST(Pool, APartOfFourHundredOfTheLargestDrawsFitsAFrameInBothForms) {
  // The engine takes no more in one part; the door takes 64 KiB and 1 100 tables in one message.
  engine::command::AddDraws part{.allocation = {999'999'999'999}, .part = 1'000, .draws = {}};
  for (uint64_t n = 0; n < 400; ++n)
    part.draws.push_back({.request = 999'999'999'999 - n,
                          .filing = {999'999'999'999 - n},
                          .component = Instrument::supplementary_capacity,
                          .quantity = Quantity::from_raw(100'000'000'000)});
  const wire::ClientMessage message{
      wire::Submit{.client_key = {9'007'199'254'740'991}, .counter = {9'007'199'254'740'991}, .command = part}};
  wire::Json json;
  for (const std::string& bytes : {wire::encode(message), json.encode(message)}) EXPECT_LT(bytes.size(), 64U * 1024);
  EXPECT_TRUE(wire::decode_client(wire::encode(message)));
  EXPECT_TRUE(json.decode_client(json.encode(message)));
  part.draws.push_back(part.draws.back());
  Market m = shipped();
  m.check("open 2024-06-03 → done\na1 = draft → done");
  part.allocation = {m.named("a1")};
  part.part = 1;
  const auto refused = script::refusal_in(m.send(script::bureau(), part));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, engine::Reason::value_out_of_range);
}

TEST(Pool, WhatWasTakenIsForItsProjectAloneAndIsNotRestoredIntoStockThatCouldBeSold) {
  // H66-7.3 says what the pool is for. Each component is an entry of its own: the paddy bears the number with its
  // place.
  Market m = shipped();
  m.check(R"(
    price area 20.00 2024-01-01..2024-12-31                                → done
    open 2024-06-03                                                        → done
    fund 余杭 400.00 wan                                                   → done
    f1 = file 建德 area 100.0000 paddy 50.0000                             → done
    r1 = request 余杭 city area 20.0000 paddy 10.0000 until 2024-06-30     → done
    a1 = draft                                                             → done
    draws a1 reckoned                                                      → done
    p1 = ask allocate a1                                                   → done
    by 2 pass 杭州 p1                                                      → done
    t1 = take 余杭 r1                                                      → done
    restore t1 5.0000                                                      → refused not_restorable
    lots 余杭 area used f1 20.0000
    lots 余杭 paddy used f1 10.0000
  )");
  const auto& write_offs = m.engine().state().entries.write_offs;
  ASSERT_EQ(write_offs.size(), 2U);
  const WriteOffId paddy{m.named("t1") + 1'000'000'000'000'000};
  ASSERT_TRUE(write_offs.contains(paddy));
  EXPECT_EQ(write_offs.at(paddy).instrument, Instrument::supplementary_paddy);
  const auto refused = script::refusal_in(m.send(
      script::bureau(), engine::command::RestoreLand{
                            .write_off = paddy, .quantity = Quantity::from_raw(100'000), .document = "还原批复"}));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, engine::Reason::not_restorable);
  EXPECT_EQ(m.engine().audit(), "");
}

}  // namespace
}  // namespace landex
