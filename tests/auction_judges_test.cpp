// The auctions against their judges (naive_sealed.hpp, naive_ascending.hpp): random commands, right and wrong in every
// way, the same answers and the same results, one by one. A failure prints the seed that repeats it; LANDEX_SEED and
// LANDEX_SEEDS say where to begin and how many auctions of each kind to hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "matching/types/bounds.hpp"
#include "tests/ascending_script.hpp"
#include "tests/naive_ascending.hpp"
#include "tests/naive_sealed.hpp"
#include "tests/random_market.hpp"
#include "tests/sealed_script.hpp"

namespace landex::matching {
namespace {

using namespace auctions;

/// True if it has run so many that everything must have been met: a guard must fail when it has looked at nothing.
bool on_each_seed(const std::function<void(uint64_t)>& run) {
  const uint64_t first = number_from_environment("LANDEX_SEED", 1);
  const uint64_t seeds = number_from_environment("LANDEX_SEEDS", 3'000);
  for (uint64_t seed = first; seed < first + seeds && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("reproduce: LANDEX_SEED=" + std::to_string(seed) + " LANDEX_SEEDS=1");
    run(seed);
  }
  return seeds >= 1'000;
}

class RandomSealed {
 public:
  struct Met {
    std::set<SealedReason> reasons;
    std::set<SealedStage> stages;
    std::set<SealedStanding> standings;
    uint64_t sold = 0, undersubscribed = 0;
  };
  explicit RandomSealed(uint64_t seed) : random_{seed} {}

  /// One auction from its terms to its end.
  void run(uint64_t steps, Met& met) {
    terms();
    const auto refusal = SealedAuction::check_terms(terms_, limits_, now_);
    compare(refusal, naive::Sealed::against_terms(terms_, limits_, now_), met);
    if (refusal) return;
    SealedAuction machine{{5}, terms_, limits_};
    naive::Sealed judge{.id = {5}, .terms = terms_, .limits = limits_};
    for (uint64_t n = 0; n < steps && !::testing::Test::HasFailure(); ++n) {
      if (random_.one_in(3)) now_.us += random_.between(0, 2);
      if (random_.one_in(30)) change_pairs();
      step(machine, judge, met);
      met.stages.insert(machine.stage());
      ASSERT_TRUE(std::ranges::equal(machine.bids(), judge.bids, {}, {}, [](const auto& e) { return e.second; }));
    }
  }

 private:
  using Refusal = std::optional<SealedRefusal>;

  bool compare(const Refusal& mine, naive::Sealed::Answer theirs, Met& met) {
    EXPECT_EQ(mine ? std::optional{mine->reason} : std::nullopt, theirs)
        << told(mine) << " against " << (theirs ? boost::describe::enum_to_string(*theirs, "?") : "done");
    if (mine) met.reasons.insert(mine->reason);
    return !mine && !theirs;
  }
  Quantity units(int64_t least, int64_t most) { return Quantity::from_raw(random_.between(least, most)); }
  Price ticks(int64_t least, int64_t most) {
    return Price::ticks(random_.one_in(60) ? kLargestExact : random_.between(least, most));
  }
  Seat any_seat() { return static_cast<Seat>(random_.below(5)); }

  void terms() {
    terms_ = {.instrument = Instrument::linkage,
              .seller = Seat{0},
              .seller_kind = ParticipantClass::mountain4,
              .offered = units(random_.one_in(20) ? -1 : 1, 30),
              .least_bid = units(random_.one_in(20) ? 0 : 1, 3),
              .reserve = {},
              .opens = {random_.between(random_.one_in(20) ? -2 : 0, 3)},
              .closes = {random_.between(random_.one_in(20) ? 0 : 10, 40)}};
    if (random_.one_in(2))
      terms_.reserve = {ticks(random_.one_in(10) ? -1 : 1, 5),
                        random_.one_in(2) ? Disclosure::published : Disclosure::hidden};
    const auto limit = [&](int64_t most) {
      return static_cast<uint32_t>(random_.between(random_.one_in(40) ? 0 : 1, most));
    };
    limits_ = {.bids = limit(10), .bids_per_seat = limit(4), .roll_over = limit(6)};
  }
  void change_pairs() {
    pairs_ = {};
    for (const auto c : {ParticipantClass::mountain4, ParticipantClass::urban, ParticipantClass::city})
      if (random_.one_in(3))
        pairs_.limit(random_.one_in(4) ? c : ParticipantClass::mountain4, c,
                     random_.one_in(3) ? std::nullopt : std::optional{ticks(1, 5)});
  }

  void step(SealedAuction& machine, naive::Sealed& judge, Met& met) {
    const uint64_t what = random_.below(100);
    SealedBid bid{.id = {next_id_},
                  .seat = any_seat(),
                  .kind = static_cast<ParticipantClass>(1 + random_.below(3)),
                  .quantity = units(0, 12),
                  .price = ticks(0, 6)};
    if (what >= 55 && !machine.bids().empty() && !random_.one_in(5)) {
      const auto& own = machine.bids()[random_.below(machine.bids().size())];
      bid.id = own.id;
      if (!random_.one_in(5)) bid.seat = own.seat;
    }
    if (what < 55) {
      if (compare(machine.check_bid(bid, pairs_, now_), judge.against_bid(bid, pairs_, now_), met)) {
        machine.do_bid(bid);
        judge.bids.emplace(bid.id, bid);
        ++next_id_;
      }
    } else if (what < 72) {
      if (compare(machine.check_amend(bid, pairs_, now_), judge.against_amend(bid, pairs_, now_), met)) {
        machine.do_amend(bid);
        judge.bids.at(bid.id) = bid;
      }
    } else if (what < 82) {
      if (compare(machine.check_withdraw(bid.id, bid.seat, now_), judge.against_withdraw(bid.id, bid.seat, now_),
                  met)) {
        machine.do_withdraw(bid.id);
        judge.bids.erase(bid.id);
      }
    } else if (what < 87) {
      if (compare(machine.check_seed(), judge.against_seed(), met)) {
        judge.seed = random_.next();
        machine.do_seed(*judge.seed);
      }
    } else if (what < 92) {
      const Quantity by = units(0, 5);
      if (compare(machine.check_enlarge(by, now_), judge.against_enlarge(by, now_), met)) {
        machine.do_enlarge(by);
        judge.terms.offered += by;
      }
    } else if (what < 99 || !random_.one_in(10)) {
      if (compare(machine.check_opening(now_), judge.against_opening(now_), met)) {
        const SealedOpened mine = machine.do_opening(pairs_), theirs = judge.open(pairs_);
        EXPECT_EQ(mine, theirs);
        ++(mine.price ? met.sold : met.undersubscribed);
        for (const auto& b : mine.bids) met.standings.insert(b.standing);
      }
    } else if (compare(machine.check_cancel(), judge.against_cancel(), met)) {
      machine.do_cancel();
      judge.decided = true;
    }
  }

  testing::Random random_;
  SealedTerms terms_{};
  SealedLimits limits_{};
  PairTable pairs_;
  Instant now_{};
  uint64_t next_id_ = 1;
};

TEST(SealedAuctionAgainstJudge, GivesTheSameAnswersAndTheSameOpening) {
  RandomSealed::Met met;
  if (!on_each_seed([&](uint64_t seed) { RandomSealed{seed}.run(100, met); })) return;
  EXPECT_EQ(met.reasons.size(), kSealedPrecedence.size());
  EXPECT_EQ(met.stages.size(), 4U);
  EXPECT_EQ(met.standings.size(), 5U);
  EXPECT_GT(met.sold, 100U);
  EXPECT_GT(met.undersubscribed, 100U);
}

class RandomAscending {
 public:
  struct Met {
    std::set<AscendingReason> reasons;
    std::set<AscendingStage> stages;
    uint64_t matched = 0, extended = 0, reserve_decided = 0, forbidden = 0, resumed = 0;
  };
  explicit RandomAscending(uint64_t seed) : random_{seed} {}

  /// One auction from its terms to its end.
  void run(uint64_t steps, Met& met) {
    draw_terms();
    const auto refusal = AscendingAuction::check_terms(terms_, rules_, {0});
    if (!compare(refusal, naive::Ascending::against_terms(terms_, rules_, {0}), met)) return;
    AscendingAuction machine{{5}, terms_, rules_};
    naive::Ascending judge{.terms = terms_, .rules = rules_, .announced = {0}};
    if (random_.one_in(4)) judge.at_decision = {.limited = true, .floor = Price::ticks(random_.between(1, 12))};
    for (uint64_t n = 0; n < steps && !::testing::Test::HasFailure(); ++n) {
      now_.us += random_.between(0, random_.one_in(8) ? 9 : 1);
      fire(machine, judge, met);
      if (random_.one_in(25)) night(machine, judge, met);
      step(machine, judge, met);
      const auto view = judge.at(now_);
      ASSERT_EQ(machine.stage(), view.stage);
      ASSERT_EQ(machine.next_due(), view.due);
      ASSERT_EQ(machine.highest(), view.highest);
      ASSERT_TRUE(std::ranges::equal(machine.wanted_by(), view.wanted_by));
      met.stages.insert(view.stage);
    }
  }

 private:
  bool compare(const std::optional<AscendingRefusal>& mine, naive::Ascending::Answer theirs, Met& met) {
    EXPECT_EQ(mine ? std::optional{mine->reason} : std::nullopt, theirs)
        << told(mine) << " against " << (theirs ? boost::describe::enum_to_string(*theirs, "?") : "done");
    if (mine) met.reasons.insert(mine->reason);
    return !mine && !theirs;
  }

  /// Mostly between `least` and `most`, now and then just below.
  int64_t near(int64_t least, int64_t most) {
    return random_.one_in(60) ? least - 1 : random_.between(least, std::max(least, most));
  }
  Price dear_or(int64_t ticks) { return Price::ticks(random_.one_in(80) ? kLargestExact : ticks); }
  Seat any_seat() { return static_cast<Seat>(random_.below(6)); }

  void draw_terms() {
    const int64_t extension = near(1, 4);
    rules_ = {.least_notice_us = near(0, 3),
              .least_listing_us = near(1, 8),
              .countdown_us = near(1, 5),
              .late = LateBids{.window_us = near(1, extension), .extension_us = extension, .most = {}},
              .seats = static_cast<uint32_t>(near(1, 4))};
    if (random_.one_in(2)) rules_.late->most = random_.below(4);
    if (random_.one_in(4)) rules_.late.reset();
    const int64_t from = near(rules_.least_notice_us, 5), start = near(1, 4);
    terms_ = {.instrument = Instrument::linkage,
              .seller = Seat{0},
              .quantity = Quantity::from_raw(near(1, 30)),
              .start = dear_or(start),
              .step = dear_or(near(1, 3)),
              .reserve = {},
              .priority = {},
              .from = {from},
              .deadline = {random_.one_in(80) ? kLatestDeadline.us + 1 : from + near(rules_.least_listing_us, 30)}};
    if (random_.one_in(2)) terms_.reserve = dear_or(near(start, start + 12));
    if (random_.one_in(2)) terms_.priority = any_seat();
  }

  /// The venue closes and opens again; what fell due meanwhile begins then.
  void night(AscendingAuction& machine, naive::Ascending& judge, Met& met) {
    judge.nights.push_back({.closed = now_, .opened = {now_.us + random_.between(1, 9)}});
    opened_ = now_ = judge.nights.back().opened;
    met.resumed += machine.stage() == AscendingStage::timed;
    machine.resume(now_);
    fire(machine, judge, met);
  }

  void fire(AscendingAuction& machine, const naive::Ascending& judge, Met& met) {
    while (machine.next_due() && *machine.next_due() <= now_) {
      const AscendingMoved moved = machine.on_time(std::max(*machine.next_due(), opened_), judge.at_decision);
      met.forbidden += moved.stage == AscendingStage::unsold && moved.highest && !moved.reserve;
      if (machine.next_due() && *machine.next_due() <= moved.at) {  // the next one begins with it: judged as one
        met.stages.insert(moved.stage);
        continue;
      }
      const auto view = judge.at(moved.at);
      EXPECT_EQ(moved, (AscendingMoved{.auction = {5},
                                       .stage = view.stage,
                                       .at = view.since,
                                       .due = view.due,
                                       .highest = view.highest,
                                       .reserve = view.reserve}));
      if (moved.reserve) ++met.reserve_decided;
    }
  }

  PairRule any_pair() {
    if (!random_.one_in(6)) return {};
    return {.limited = true,
            .floor = random_.one_in(3) ? std::nullopt : std::optional{Price::ticks(random_.between(1, 12))}};
  }

  void step(AscendingAuction& machine, naive::Ascending& judge, Met& met) {
    const uint64_t what = random_.below(100);
    const PairRule pair = any_pair();
    const Seat seat = terms_.priority && random_.one_in(4) ? *terms_.priority : any_seat();
    if (what < 70) {
      const int64_t from = machine.least_bid(seat).raw();
      const AscendingBid bid{.id = {next_id_++}, .seat = seat, .price = dear_or(from + random_.between(-2, 2))};
      const auto before = judge.at(now_);
      if (!compare(machine.check_bid(bid, pair, now_), judge.against_bid(bid, pair, now_), met)) return;
      judge.log.push_back({.at = now_, .seat = seat, .bid = bid});
      const auto after = judge.at(now_);
      const bool matched = before.highest && before.highest->price == bid.price;
      const bool extended = after.extensions > before.extensions;
      EXPECT_EQ(machine.do_bid(bid, now_), (AscendingRaised{.auction = {5},
                                                            .bid = bid,
                                                            .by_priority = matched,
                                                            .displaced = before.highest,
                                                            .due = *after.due,
                                                            .extended = extended}));
      met.matched += matched, met.extended += extended;
    } else if (what < 97) {
      if (!compare(machine.check_declare(seat, pair, now_), judge.against_declare(seat, pair, now_), met)) return;
      machine.do_declare(seat);
      judge.log.push_back({.at = now_, .seat = seat, .bid = {}});
    } else if (compare(machine.check_withdraw(), judge.against_withdraw(now_), met)) {
      const AscendingMoved moved = machine.do_withdraw(now_);
      EXPECT_EQ(moved.stage, AscendingStage::withdrawn);
      EXPECT_EQ(moved.at, now_);
      judge.withdrawn = now_;
    }
  }

  testing::Random random_;
  AscendingTerms terms_{};
  AscendingRules rules_{};
  Instant now_{0}, opened_{0};
  uint64_t next_id_ = 1;
};

TEST(AscendingAuctionAgainstJudge, GivesTheSameAnswersAndTheSameStagesAtTheSameInstants) {
  RandomAscending::Met met;
  if (!on_each_seed([&](uint64_t seed) { RandomAscending{seed}.run(60, met); })) return;
  EXPECT_EQ(met.reasons.size(), kAscendingPrecedence.size());
  EXPECT_EQ(met.stages.size(), 6U);
  EXPECT_GT(met.matched, 100U);
  EXPECT_GT(met.extended, 100U);
  EXPECT_GT(met.reserve_decided, 100U);
  EXPECT_GT(met.forbidden, 100U);
  EXPECT_GT(met.resumed, 100U);
}

}  // namespace
}  // namespace landex::matching
