// What a county keeps for its own projects (H66-7.7), and the certified gap of a buyer (H66-7.6). Both warn by default;
// a row of the policy makes them refuse. Where no row says it, nothing is asked.
#include <gtest/gtest.h>

#include "exchange/engine/views.hpp"
#include "tests/market_script.hpp"

namespace landex {
namespace {

using policy::Clause;
using policy::Parameter;
using script::check;
using script::Market;

/// The pack as shipped, without chains, in which this parameter has this one value; none: it has no row.
policy::Pack with(Parameter p, std::optional<int64_t> value) {
  policy::Pack pack = script::at_once();
  std::erase_if(pack.rows, [p](const policy::Row& r) { return r.parameter == p; });
  if (value)
    pack.rows.push_back({.parameter = p,
                         .from = pack.from,
                         .until = pack.until,
                         .value = *value,
                         .clause = Clause::h66_7_7,
                         .origin = policy::Origin::our_default});
  return pack;
}

// ---- H66-7.7: the own need ----

TEST(OwnNeed, IsATermOfWhatIsAvailableAndAnOfferThatCutsIntoItIsWarnedAndStands) {
  // H66-7.7. 125 filed, 25 pooled: 100. 60 are kept: 40 may be offered without a word. After 40.0001, 59.9999 are free.
  check(R"(
    open 2024-06-03                                    → done
    file 建德 area 125.0000                            → done
    need 建德 area 60.0000                             → done
    available 建德 area 40.0000 balance 100.0000 frozen 0.0000 lent 0.0000 on-offer 0.0000 borrowed 0.0000 own-need 60.0000
    s1 = sell 建德 area 40.0000 @20.00                 → rests 40.0000
      warned nothing
    s2 = sell 建德 area 0.0001 @20.00                  → rests 0.0001
      warned 建德 own_need area 59.9999 60.0000 H66-7.7
    available 建德 area 0.0000 balance 100.0000 frozen 0.0000 lent 0.0000 on-offer 40.0001 borrowed 0.0000 own-need 60.0000
    replace 建德 s2 0.0001 by 1.0000 @20.00            → rests 1.0000
      warned 建德 own_need area 59.0000 60.0000 H66-7.7
    replace 建德 s2 1.0000 by 0.5000 @20.00            → rests 0.5000
      warned nothing                                   # less is on offer than before
    need 建德 area 10.0000                             → done      # the whole, not a change
    sell 建德 area 5.0000 @20.00                       → rests 5.0000
      warned nothing
    need 建德 area 0.0000                              → done
    available 建德 area 54.5000 balance 100.0000 frozen 0.0000 lent 0.0000 on-offer 45.5000 borrowed 0.0000
  )");
}

TEST(OwnNeed, EveryKindOfOfferIsAskedAndWarnedOfUnderItsNumber) {
  check(R"(
    price area 20.00 2024-06-01..2024-06-30            → done
    open 2024-06-03                                    → done
    file 建德 area 125.0000                            → done      # H66-7.7: 100 free, 99 kept
    fund 余杭 1 000.00 wan                             → done
    need 建德 area 99.0000                             → done
    d1 = propose 建德 建德→余杭 area 2.0000 @20.00     → done
      warned 建德 own_need area 98.0000 99.0000 H66-7.7
    end 建德 d1                                        → done
    d2 = propose 余杭 建德→余杭 area 1.0000 @20.00     → done
      warned nothing                                   # it is not the seller's offer yet
    accept 建德 d2                                     → settled
      warned 余杭 gap area 1.0000 0.0000 H66-7.6
    d3 = propose 余杭 建德→余杭 area 1.0000 @20.00     → done
    counter 建德 d3 area 3.0000 @21.00                 → done
      warned 建德 own_need area 96.0000 99.0000 H66-7.7
    end 建德 d3                                        → done
    sell 建德 area 1.0000 best                         → ended 1.0000 not_at_once
      warned 建德 own_need area 98.0000 99.0000 H66-7.7
    sealed 建德 area 4.0000 2024-06-03T09:30:00 2024-06-03T10:00:00        → done
      warned 建德 own_need area 95.0000 99.0000 H66-7.7
    listing 建德 area 5.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → done
      warned 建德 own_need area 90.0000 99.0000 H66-7.7
  )");
}

TEST(OwnNeed, WhereTheRowRefusesWhatIsKeptCannotBeOffered) {
  Market market{{.pack = with(Parameter::own_need_consequence, 2)}};
  market.check(R"(
    price area 20.00 2024-06-01..2024-06-30            → done
    open 2024-06-03                                    → done
    file 建德 area 125.0000                            → done
    fund 余杭 1 000.00 wan                             → done
    need 建德 area 60.0000                             → done
    s1 = sell 建德 area 40.0001 @20.00                 → refused own_need_reserved H66-7.7
    s1 = sell 建德 area 39.0000 @20.00                 → rests 39.0000
    replace 建德 s1 39.0000 by 40.0001 @20.00          → refused own_need_reserved H66-7.7
    sell 建德 area 2.0000 best                         → refused own_need_reserved H66-7.7
    propose 建德 建德→余杭 area 1.0001 @20.00          → refused own_need_reserved H66-7.7
    d1 = propose 余杭 建德→余杭 area 1.0001 @20.00     → done
    accept 建德 d1                                     → refused own_need_reserved H66-7.7
    counter 建德 d1 area 1.0001 @21.00                 → refused own_need_reserved H66-7.7
    sealed 建德 area 1.0001 2024-06-03T09:30:00 2024-06-03T10:00:00        → refused own_need_reserved H66-7.7
    listing 建德 area 1.0001 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → refused own_need_reserved H66-7.7
    counter 建德 d1 area 1.0000 @21.00                 → done
    use 建德 area 60.0000                              → done      # its own projects may use it
  )");
}

TEST(OwnNeed, WithoutARowNothingIsAsked) {
  Market market{{.pack = with(Parameter::own_need_consequence, std::nullopt)}};
  market.check(R"(
    open 2024-06-03                                    → done
    file 建德 area 125.0000                            → done      # H66-7.7 names no consequence
    need 建德 area 60.0000                             → done
    sell 建德 area 100.0000 @20.00                     → rests 100.0000
      warned nothing
  )");
}

TEST(OwnNeed, IsRegisteredByItsCountyAndOfSupplementaryFarmland) {
  check(R"(
    open 2024-06-03                                    → done
    need 建德 linkage 1.0000                           → refused component_not_in_kind H66-7.7
    need 余杭 area 1.0000                              → done      # whichever county: our default
  )");
}

// ---- H66-7.6: the certified gap ----

constexpr std::string_view kRoute = R"(
    price area 20.00 2024-06-01..2024-06-30            → done
    open 2024-06-03                                    → done
    file 建德 area 125.0000                            → done
    file 西湖 area 125.0000                            → done
    file 淳安 linkage 100.0000                         → done
    fund 余杭 5 000.00 wan                             → done
    fund 桐庐 5 000.00 wan                             → done
)";

TEST(Gap, APurchaseOnTheRouteThatNoCertificateCoversIsWarnedOnceItIsMade) {
  Market market;
  market.check(kRoute);
  market.check(R"(
    d1 = propose 建德 建德→余杭 area 10.0000 @20.00    → done
      warned nothing
    accept 余杭 d1                                     → settled
      warned 余杭 gap area 10.0000 0.0000 H66-7.6
    g1 = gap 余杭 area 10.0000 2024-06-03..2024-06-04  → done
    d2 = propose 建德 建德→余杭 area 10.0000 @20.00    → done
    accept 余杭 d2                                     → settled
      warned nothing
    d3 = propose 建德 建德→余杭 area 10.0001 @20.00    → done
    accept 余杭 d3                                     → settled
      warned 余杭 gap area 10.0001 10.0000 H66-7.6
    revoke-gap g1                                      → done
    revoke-gap g1                                      → refused unknown_gap H66-7.6
    d4 = propose 建德 建德→余杭 area 1.0000 @20.00     → done
    accept 余杭 d4                                     → settled
      warned 余杭 gap area 1.0000 0.0000 H66-7.6
    # no other route asks
    d5 = propose 西湖 西湖→余杭 area 1.0000 @20.00     → done
    accept 余杭 d5                                     → settled
      warned nothing
    d6 = propose 建德 建德→桐庐 area 1.0000 @20.00     → done
    accept 桐庐 d6                                     → settled
      warned nothing
    d7 = propose 淳安 淳安→余杭 linkage 1.0000 @20.00  → done
    accept 余杭 d7                                     → settled
      warned nothing
  )");
}

TEST(Gap, ACertificateIsInForceFromItsFirstToItsLastDay) {
  check(R"(
    price area 20.00 2024-06-01..2024-06-30            → done
    open 2024-06-03                                    → done
    file 建德 area 125.0000                            → done
    fund 余杭 5 000.00 wan                             → done
    gap 余杭 area 10.0000 2024-06-04..2024-06-05       → done
    gap 余杭 area 10.0000 2024-06-05..2024-06-04       → refused period_ends_before_it_begins
    gap 余杭 area 10.0000 2024-06-01..2024-06-02       → refused term_not_later
    gap 余杭 linkage 10.0000 2024-06-04..2024-06-05    → refused component_not_in_kind H66-7.6
    buy 余杭 area 10.0000 @19.00                       → rests 10.0000
      warned 余杭 gap area 10.0000 0.0000 H66-7.6
    close 2024-06-03                                   → done
    open 2024-06-04                                    → done
    buy 余杭 area 10.0000 @19.00                       → rests 10.0000
      warned nothing
    close 2024-06-04                                   → done
    open 2024-06-06                                    → done
    buy 余杭 area 10.0000 @19.00                       → rests 10.0000
      warned 余杭 gap area 10.0000 0.0000 H66-7.6
  )");
}

TEST(Gap, InTheBookTheSellerIsNotKnownSoAnUrbanPurchaseIsWarnedOfOnceAtItsEntry) {
  Market market;
  market.check(kRoute);
  market.check(R"(
    b1 = buy 余杭 area 10.0000 @19.00                  → rests 10.0000
      warned 余杭 gap area 10.0000 0.0000 H66-7.6
    sell 西湖 area 10.0000 @19.00                      → filled
      trade b1 10.0000 @19.00 190.00 wan
      warned nothing
    buy 桐庐 area 10.0000 @19.00                       → rests 10.0000
      warned nothing                                   # 山区4县 is no buyer of the route
    buy 余杭 linkage 10.0000 @19.00                    → rests 10.0000
      warned nothing
  )");
}

TEST(Gap, WhereTheRowRefusesOnlyACertificateOpensTheRoute) {
  Market market{{.pack = with(Parameter::gap_consequence, 2)}};
  market.check(kRoute);
  market.check(R"(
    buy 余杭 area 10.0000 @20.00                       → refused no_certified_gap H66-7.6
    propose 余杭 建德→余杭 area 10.0000 @20.00         → refused no_certified_gap H66-7.6
    propose 建德 建德→余杭 area 10.0000 @20.00         → refused no_certified_gap H66-7.6
    propose 西湖 西湖→余杭 area 10.0000 @20.00         → done      # the route alone
    a1 = sealed 建德 area 10.0000 2024-06-03T09:30:00 2024-06-03T10:00:00  → done
    a2 = listing 建德 area 10.0000 start 20.00 step 0.10 from 2024-06-03T09:30:00 until 2024-06-03T10:00:00 → done
    g1 = gap 余杭 area 10.0000 2024-06-03..2024-06-30  → done
    d1 = propose 建德 建德→余杭 area 10.0000 @20.00    → done
    b1 = buy 余杭 area 5.0000 @20.00                   → rests 5.0000
    replace 余杭 b1 5.0000 by 10.0001 @20.00           → refused no_certified_gap H66-7.6
    revoke-gap g1                                      → done
    accept 余杭 d1                                     → refused no_certified_gap H66-7.6
    counter 余杭 d1 area 1.0000 @20.00                 → refused no_certified_gap H66-7.6
    tick 2024-06-03T09:30:00                           → done
    bid 余杭 a1 10.0000 @20.00                         → refused no_certified_gap H66-7.6
    bid 余杭 a2 @20.00                                 → refused no_certified_gap H66-7.6
    gap 余杭 area 9.9999 2024-06-03..2024-06-30        → done
    bid 余杭 a1 10.0000 @20.00                         → refused no_certified_gap H66-7.6
    bid 余杭 a1 9.9999 @20.00                          → done
  )");
}

TEST(Gap, WhatAnAuctionSellsOnTheRouteIsWarnedOfWhenItIsAwardedAndNotBefore) {
  // A warning at the bid would tell the bureau what somebody bids in secret (H66-7.6).
  Market market;
  market.check(kRoute);
  market.check(R"(
    a1 = sealed 建德 area 10.0000 2024-06-03T09:30:00 2024-06-03T10:00:00  → done
    tick 2024-06-03T09:30:00                           → done
    b1 = bid 余杭 a1 10.0000 @20.00                    → done
      warned nothing
    tick 2024-06-03T10:00:00                           → done
    open-bids a1 seed 7                                → done
      warned 余杭 gap area 10.0000 0.0000 H66-7.6
  )");
}

TEST(Gap, AtTheProductionVenueASecondPersonOfTheBureauApprovesACertificate) {
  Market market{{.pack = script::shipped().pack, .venue = engine::Venue::production}};
  market.check(R"(
    open 2024-06-03                                          → done
    gap 余杭 area 10.0000 2024-06-03..2024-06-30             → refused approval_needed
    p1 = ask gap 余杭 area 10.0000 2024-06-03..2024-06-30    → done
    pass 杭州 p1                                             → refused needs_another_person
    by 2 pass 杭州 p1                                        → done
      approval p1 effective
  )");
  EXPECT_EQ(market.engine().state().needs.gaps.size(), 1U);  // H66-7.6
}

TEST(NeedViews, ADistrictSeesItsOwnAndTheAuditorAll) {
  Market market;
  market.check(R"(
    open 2024-06-03                                    → done
    need 建德 area 60.0000                             → done
    gap 余杭 area 10.0000 2024-06-03..2024-06-30       → done
    balance 余杭 area 10.0000 by 2024-12-31            → done
  )");
  namespace view = engine::view;
  namespace query = engine::query;
  const auto counted = [&](const script::Sender& who) {
    const auto ask = [&](const engine::Query& q) {
      return engine::answer(market.engine().state(), {.person = {}, .participant = who.participant, .role = who.role},
                            q);
    };
    const auto needs = std::get<view::Needs>(ask(query::GetNeeds{.participant = {}}));
    const auto balances = std::get<view::Balances>(ask(query::GetBalances{.county = {}}));
    return std::array{needs.own.size(), needs.gaps.size(), balances.rows.size()};
  };
  using Counts = std::array<size_t, 3>;
  EXPECT_EQ(counted({.participant = script::place("杭州"), .role = engine::Role::auditor}), (Counts{1, 1, 1}));
  EXPECT_EQ(counted(script::officer_of("建德")), (Counts{1, 0, 0}));
  EXPECT_EQ(counted(script::officer_of("余杭")), (Counts{0, 1, 1}));
}

}  // namespace
}  // namespace landex
