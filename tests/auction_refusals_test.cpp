// Refusals of the auctions, pair by pair: of two that hold, the first in the list of precedence is the answer, and
// every reason of the lists is reached. How: auction_precedence.hpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/mp11.hpp>
#include <set>

#include "matching/types/bounds.hpp"
#include "tests/ascending_script.hpp"
#include "tests/auction_precedence.hpp"
#include "tests/sealed_script.hpp"

namespace landex::matching {
namespace {

using namespace auctions;

constexpr Price kTooDear = Price::ticks(int64_t{1} << 52), kDearer = Price::ticks(kLargestExact);

template <class Refusal>
auto reason(const std::optional<Refusal>& r) {
  return r ? std::optional{r->reason} : std::nullopt;
}

template <class Reason>
void expect_each_once(const auto& list, const std::set<Reason>& seen) {
  for (const Reason r : list) {
    const auto* name = boost::describe::enum_to_string(r, "?");
    EXPECT_TRUE(seen.contains(r)) << name;
    EXPECT_EQ(std::ranges::count(list, r), 1) << name;
  }
  EXPECT_EQ(list.size(), boost::mp11::mp_size<boost::describe::describe_enumerators<Reason>>::value);
}

// ---- sealed ----

struct SealedAttempt {
  SealedTerms terms{.instrument = Instrument::linkage,
                    .seller = seat("建德"),
                    .seller_kind = ParticipantClass::mountain4,
                    .offered = area("10.0000"),
                    .least_bid = area("1.0000"),
                    .reserve = SealedReserve{price("18.00"), Disclosure::published},
                    .opens = kOpens,
                    .closes = kCloses};
  SealedLimits limits{.bids = 4, .bids_per_seat = 2};
  SealedBid bid = of(3, "余杭");
  bool seeded = true, cancelled = false;
  Quantity by = area("1.0000");
  PairTable pairs = {};
  Instant now = kOpens;

  static SealedBid of(uint64_t number, std::string_view who) {
    return {.id = {number},
            .seat = seat(who),
            .kind = ParticipantClass::urban,
            .quantity = area("5.0000"),
            .price = price("20.00")};
  }
  SealedAuction auction() const {
    SealedAuction a{{1}, terms, limits};
    a.do_bid(of(1, "余杭"));
    a.do_bid(of(2, "萧山"));
    if (seeded) a.do_seed(7);
    if (cancelled) a.do_cancel();
    return a;
  }
};

TEST(SealedAuctionRefusals, OfTwoThatHoldTheFirstInTheListIsTheAnswer) {
  using P = Precedence<SealedReason, SealedAttempt>;
  const P precedence{.list = {kSealedPrecedence.begin(), kSealedPrecedence.end()},
                     .apart = {{SealedReason::bidding_not_begun, SealedReason::bidding_over},
                               {SealedReason::unknown_bid, SealedReason::not_your_bid},
                               {SealedReason::price_out_of_range, SealedReason::total_out_of_range}}};
  std::set<SealedReason> seen;

  const P::Fault decided{SealedReason::decided, [](auto& a) { a.cancelled = true; }};
  const P::Fault early{SealedReason::bidding_not_begun, [](auto& a) { a.now = {kOpens.us - 1}; }};
  const P::Fault late{SealedReason::bidding_over, [](auto& a) { a.now = kCloses; }};
  const P::Fault unknown{SealedReason::unknown_bid, [](auto& a) { a.bid.id = {9}; }};
  const P::Fault not_yours{SealedReason::not_your_bid, [](auto& a) { a.bid.seat = seat("西湖"); }};
  const P::Fault little{SealedReason::quantity_out_of_range, [](auto& a) { a.bid.quantity = area("0.9999"); }};
  const P::Fault free{SealedReason::price_out_of_range, [](auto& a) { a.bid.price = {}; }};
  const P::Fault dear{SealedReason::total_out_of_range, [&](auto& a) { a.bid.price = kTooDear; }};
  const P::Fault barred{SealedReason::pair_barred,
                        [](auto& a) { a.pairs.limit(ParticipantClass::mountain4, ParticipantClass::urban, {}); }};
  const P::Fault floor{SealedReason::below_floor,
                       [&](auto& a) { a.pairs.limit(ParticipantClass::mountain4, ParticipantClass::city, kDearer); }};
  const P::Fault reserve{SealedReason::below_reserve, [&](auto& a) { a.terms.reserve->price = kDearer; }};

  precedence.check(
      "terms", {},
      {{SealedReason::limits_not_usable, [](auto& a) { a.limits.roll_over = 0; }},
       {SealedReason::window_not_usable, [](auto& a) { a.terms.closes = a.terms.opens; }},
       {SealedReason::quantity_out_of_range, [](auto& a) { a.terms.offered = {}; }},
       {SealedReason::least_bid_out_of_range, [](auto& a) { a.terms.least_bid = {}; }},
       {SealedReason::price_out_of_range, [](auto& a) { a.terms.reserve->price = {}; }},
       {SealedReason::total_out_of_range, [&](auto& a) { a.terms.reserve->price = kTooDear; }}},
      [&](const auto& a) { return reason(SealedAuction::check_terms(a.terms, a.limits, a.now)); }, seen);
  precedence.check(
      "enlarge", {.now = {kOpens.us - 1}},
      {decided,
       {SealedReason::bidding_begun, [](auto& a) { a.now = kOpens; }},
       {SealedReason::quantity_out_of_range, [](auto& a) { a.by = {}; }}},
      [&](const auto& a) { return reason(a.auction().check_enlarge(a.by, a.now)); }, seen);
  precedence.check(
      "bid", {},
      {decided,
       early,
       late,
       little,
       free,
       dear,
       barred,
       floor,
       reserve,
       {SealedReason::own_auction, [](auto& a) { a.bid.seat = a.terms.seller; }},
       {SealedReason::too_many_bids_of_seat, [](auto& a) { a.limits.bids_per_seat = 0; }},
       {SealedReason::auction_full, [](auto& a) { a.limits.bids = 2; }}},
      [&](const auto& a) { return reason(a.auction().check_bid(a.bid, a.pairs, a.now)); }, seen);
  const SealedAttempt own{.bid = SealedAttempt::of(1, "余杭")};
  precedence.check(
      "amend", own, {decided, early, late, unknown, not_yours, little, free, dear, barred, floor, reserve},
      [&](const auto& a) { return reason(a.auction().check_amend(a.bid, a.pairs, a.now)); }, seen);
  precedence.check(
      "withdraw", own, {decided, early, late, unknown, not_yours},
      [&](const auto& a) { return reason(a.auction().check_withdraw(a.bid.id, a.bid.seat, a.now)); }, seen);
  precedence.check(
      "seed", {.seeded = false}, {decided, {SealedReason::seed_already_given, [](auto& a) { a.seeded = true; }}},
      [&](const auto& a) { return reason(a.auction().check_seed()); }, seen);
  precedence.check(
      "opening", {.now = kCloses},
      {decided,
       {SealedReason::bidding_not_over, [](auto& a) { a.now = {kCloses.us - 1}; }},
       {SealedReason::seed_missing, [](auto& a) { a.seeded = false; }}},
      [&](const auto& a) { return reason(a.auction().check_opening(a.now)); }, seen);
  precedence.check("cancel", {}, {decided}, [&](const auto& a) { return reason(a.auction().check_cancel()); }, seen);

  expect_each_once(kSealedPrecedence, seen);
}

// ---- ascending ----

struct AscendingAttempt {
  AscendingTerms terms{.instrument = Instrument::linkage,
                       .seller = seat("建德"),
                       .quantity = area("10.0000"),
                       .start = price("20.00"),
                       .step = price("0.10"),
                       .reserve = price("21.00"),
                       .priority = seat("桐庐"),
                       .from = {100},
                       .deadline = {200}};
  AscendingRules rules{.least_notice_us = 100, .least_listing_us = 100, .countdown_us = 10, .late = {}, .seats = 2};
  AscendingBid bid{.id = {2}, .seat = seat("萧山"), .price = price("20.10")};
  PairRule pair = {};
  Instant now{0};
  bool withdrawn = false, has_bid = true, two = false, full = false;

  /// As it stands at `now`: before 100 announced, before 200 listed, then timed if two want it.
  AscendingAuction auction() const {
    AscendingRules limited = rules;
    limited.seats = full ? (two ? 2 : 1) : 8;
    AscendingAuction a{{1}, terms, limited};
    if (now.us >= 100) a.on_time(*a.next_due(), {});
    if (has_bid && !withdrawn && now.us >= 100) a.do_bid({{1}, seat("余杭"), price("20.00")}, {100});
    if (two) a.do_declare(seat("西湖"));
    if (withdrawn) a.do_withdraw(now);
    if (now.us >= 200 && !withdrawn) a.on_time(*a.next_due(), {});
    return a;
  }
};

TEST(AscendingAuctionRefusals, OfTwoThatHoldTheFirstInTheListIsTheAnswer) {
  using R = AscendingReason;
  using P = Precedence<R, AscendingAttempt>;
  const P precedence{.list = {kAscendingPrecedence.begin(), kAscendingPrecedence.end()},
                     .apart = {{R::over, R::not_listed_yet},  // each names the one stage
                               {R::over, R::listing_over},
                               {R::over, R::has_bid},  // withdrawn: nobody had bid
                               {R::not_listed_yet, R::listing_over},
                               {R::not_listed_yet, R::not_among_bidders},
                               {R::over, R::not_among_bidders},
                               {R::total_out_of_range, R::below_start},
                               {R::total_out_of_range, R::below_step},
                               {R::own_auction, R::already_wants},
                               {R::step_out_of_range, R::total_out_of_range},
                               {R::pair_barred, R::below_floor}}};
  std::set<R> seen;

  const P::Fault over{R::over, [](auto& a) { a.withdrawn = true; }};
  const P::Fault early{R::not_listed_yet, [](auto& a) { a.now = {50}; }};
  const P::Fault own{R::own_auction, [](auto& a) { a.bid.seat = a.terms.seller; }};
  const P::Fault barred{R::pair_barred, [](auto& a) { a.pair = {.limited = true, .floor = {}}; }};
  const P::Fault full{R::too_many_seats, [](auto& a) { a.full = true; }};
  const auto timed = [](auto& a) { a.two = true, a.now = {200}; };

  precedence.check(
      "terms", {},
      {{R::rules_not_usable, [](auto& a) { a.rules.countdown_us = 0; }},
       {R::time_out_of_range, [](auto& a) { a.terms.deadline = {kLatestDeadline.us + 1}; }},
       {R::notice_too_short, [](auto& a) { a.now = {1}; }},
       {R::listing_too_short, [](auto& a) { a.rules.least_listing_us = kLongest_us; }},
       {R::quantity_out_of_range, [](auto& a) { a.terms.quantity = {}; }},
       {R::start_out_of_range, [](auto& a) { a.terms.start = {}; }},
       {R::step_out_of_range, [](auto& a) { a.terms.step = {}; }},
       {R::reserve_below_start, [](auto& a) { a.terms.reserve = price("-0.01"); }},
       {R::total_out_of_range, [](auto& a) { a.terms.step = kTooDear; }},
       {R::priority_of_seller, [](auto& a) { a.terms.seller = *a.terms.priority; }}},
      [&](const auto& a) { return reason(AscendingAuction::check_terms(a.terms, a.rules, a.now)); }, seen);
  const std::vector<P::Fault> of_a_bid{over,
                                       early,
                                       own,
                                       barred,
                                       full,
                                       {R::not_among_bidders, timed},
                                       {R::total_out_of_range, [](auto& a) { a.bid.price = kTooDear; }},
                                       {R::below_floor, [](auto& a) { a.pair = {.limited = true, .floor = kDearer}; }},
                                       {R::below_start, [](auto& a) { a.bid.price = price("19.99"); }},
                                       {R::below_step, [](auto& a) { a.terms.step = price("0.11"); }}};
  precedence.check(
      "bid", {.now = {150}}, of_a_bid,
      [&](const auto& a) { return reason(a.auction().check_bid(a.bid, a.pair, a.now)); }, seen);
  precedence.check(
      "declare", {.now = {150}},
      {over,
       early,
       own,
       barred,
       full,
       {R::listing_over, timed},
       {R::already_wants, [](auto& a) { a.bid.seat = seat("余杭"); }}},
      [&](const auto& a) { return reason(a.auction().check_declare(a.bid.seat, a.pair, a.now)); }, seen);
  precedence.check(
      "withdraw", {.now = {150}, .has_bid = false}, {over, {R::has_bid, [](auto& a) { a.has_bid = true; }}},
      [&](const auto& a) { return reason(a.auction().check_withdraw()); }, seen);
  expect_each_once(kAscendingPrecedence, seen);
}

}  // namespace
}  // namespace landex::matching
