// What an instrument did on a day, the price it closes at, the band around that price, and the checksum of a book.
#include "matching/statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include "matching/checksum.hpp"
#include "matching/price_band.hpp"

using namespace landex;
using namespace landex::matching;

namespace {

constexpr int64_t kMinute = 60'000'000;
constexpr Quantity mu(int64_t n) { return Quantity::of(Area::mu_4dp(n * 10'000)); }
constexpr Quantity units(int64_t n) { return Quantity::from_raw(n); }
constexpr Price ticks(int64_t n) { return Price::ticks(n); }

/// A day that begins at a full minute.
struct Trading {
  DayStatistics day;
  Instant start{1'795'396'500 * int64_t{1'000'000}};
  Trading& at(int64_t minute, Quantity quantity, Price price) { return at_us(minute * kMinute, quantity, price); }
  Trading& at_us(int64_t us, Quantity quantity, Price price) {
    day.add_trade(Instant{start.us + us}, quantity, price);
    return *this;
  }
  std::optional<Price> close(std::optional<Price> previous = {}, std::optional<uint32_t> minutes = {}) const {
    return closing_price(day, previous, minutes);
  }
};

}  // namespace

// ---- the day ----

TEST(Statistics, ADayOfTradesInOpenHighLowLastQuantityAndMoney) {
  // 6 mu at 20.50 = 1 230 000.00 yuan; 4 at 21.00 = 840 000.00; 2 at 19.00 = 380 000.00; 1 at 20.00 = 200 000.00.
  Trading t;
  t.at(0, mu(6), ticks(2050)).at(1, mu(4), ticks(2100)).at(2, mu(2), ticks(1900)).at(3, mu(1), ticks(2000));
  EXPECT_EQ(t.day.prices, (DayPrices{.open = ticks(2050),
                                     .high = ticks(2100),
                                     .low = ticks(1900),
                                     .last = ticks(2000),
                                     .last_at = Instant{t.start.us + 3 * kMinute}}));
  EXPECT_EQ(t.day.trades, 4U);
  EXPECT_EQ(t.day.traded.quantity.as<Quantity>(), mu(13));
  EXPECT_EQ(t.day.traded.fen.as<Fen>(), Fen::yuan(2'650'000));
}

TEST(Statistics, ADayWithoutATradeHasNoPricesRatherThanPricesOfZero) {
  const DayStatistics day;
  EXPECT_FALSE(day.prices);
  EXPECT_EQ(day.trades, 0U);
  EXPECT_EQ(day.traded, Turnover{});
  EXPECT_EQ(day.last_minutes(kMostClosingMinutes), Turnover{});
}

TEST(Statistics, TheSameMoneyMayChangeHandsMoreOftenThanSixtyFourBitsCanCount) {
  // One trade of all the money that may exist: 2^53 − 1 fen, of as many units at one tick. 2 000 of them overflow 2^63.
  Trading t;
  for (int i = 0; i < 2'000; ++i) t.at_us(i, units(kLargestExact), ticks(1));
  EXPECT_EQ(t.day.traded.fen.value(), Wide{2'000} * static_cast<Wide>(kLargestExact));
  EXPECT_EQ(t.day.traded.fen.as<Fen>(), std::nullopt);  // too large for one number on the wire
  EXPECT_EQ(t.close(), ticks(1));
  EXPECT_EQ(t.day.last_minutes(1), t.day.traded);
}

TEST(Statistics, ASumIsToldAsOneNumberUpToTheLargestExactOneAndKeepsItsCarry) {
  WideTotal sum;
  sum.add(kLargestExact);
  EXPECT_EQ(sum.as<Fen>(), kMaxMoney);
  sum.add(1);
  EXPECT_EQ(sum.as<Fen>(), std::nullopt);
  WideTotal carry{.high = 0, .low = UINT64_MAX};
  carry.add(1);
  EXPECT_EQ(carry, (WideTotal{.high = 1, .low = 0}));
  EXPECT_EQ(carry.value(), Wide{1} << 64);
}

TEST(StatisticsDeathTest, ATradeOfNothingForNothingOrInThePastIsAnErrorOfOurs) {
  Trading t;
  t.at(5, mu(1), ticks(2000));
  EXPECT_DEATH(t.at(6, units(0), ticks(2000)), "");
  EXPECT_DEATH(t.at(6, mu(1), ticks(0)), "");
  EXPECT_DEATH(t.at(4, mu(1), ticks(2000)), "");
}

// ---- the close ----

TEST(ClosingPrice, IsTheDaysAverageWeightedByQuantity) {
  // (6 × 20.00 + 2 × 21.00) / 8 = 162.00 / 8 = 20.25
  EXPECT_EQ(Trading{}.at(0, mu(6), ticks(2000)).at(9, mu(2), ticks(2100)).close(), ticks(2025));
}

TEST(ClosingPrice, IsRoundedHalfUpToTheTick) {
  const auto average = [](int64_t q1, int64_t p1, int64_t q2, int64_t p2) {
    return Trading{}.at(0, units(q1), ticks(p1)).at(1, units(q2), ticks(p2)).close();
  };
  EXPECT_EQ(average(1, 2000, 1, 2001), ticks(2001));            // 2000.5
  EXPECT_EQ(average(50'001, 2000, 50'000, 2001), ticks(2000));  // a hair below the half
  EXPECT_EQ(average(50'000, 2000, 50'001, 2001), ticks(2001));  // a hair above
  EXPECT_EQ(average(2, 2000, 1, 2001), ticks(2000));            // 2000.33
  EXPECT_EQ(average(1, 2000, 2, 2001), ticks(2001));            // 2000.67
  EXPECT_EQ(average(1, 1, 1, 1), ticks(1));
}

TEST(ClosingPrice, WithoutATradeIsThePreviousCloseAndWithoutThatNothing) {
  EXPECT_EQ(Trading{}.close(ticks(2000)), ticks(2000));
  EXPECT_EQ(Trading{}.close(ticks(2000), 5), ticks(2000));
  EXPECT_EQ(Trading{}.close(), std::nullopt);
  EXPECT_EQ(Trading{}.at(0, mu(1), ticks(2100)).close(ticks(2000)), ticks(2100));  // a trade decides alone
}

TEST(ClosingPrice, OfTheLastMinutesCountsBackFromTheLastTrade) {
  Trading t;
  t.at(0, mu(9), ticks(1000)).at(10, mu(1), ticks(2000)).at(12, mu(1), ticks(2100)).at(12, mu(2), ticks(2400));
  // minute 12 alone: (1 × 21 + 2 × 24) / 3 = 23.00; minutes 10 to 12: (20 + 21 + 48) / 4 = 22.25
  EXPECT_EQ(t.close({}, 1), ticks(2300));
  EXPECT_EQ(t.close({}, 2), ticks(2300));  // nothing traded in minute 11
  EXPECT_EQ(t.close({}, 3), ticks(2225));
  EXPECT_EQ(t.close({}, 12), ticks(2225));
  EXPECT_EQ(t.close({}, 13), t.close());  // minute 0 is in: (90 + 89) / 13 = 13.769… → 13.77
  EXPECT_EQ(t.close(), ticks(1377));
}

TEST(ClosingPrice, TheLastMinutesAreThoseOfTheClockWithTheirFirstInstantAndNotTheNext) {
  Trading t;
  t.at_us(kMinute - 1, mu(1), ticks(1000))
      .at_us(kMinute, mu(1), ticks(2000))
      .at_us(2 * kMinute - 1, mu(1), ticks(3000));
  EXPECT_EQ(t.close({}, 1), ticks(2500));
  EXPECT_EQ(t.close({}, 2), ticks(2000));
}

TEST(ClosingPrice, ASlotOfThePreviousHourIsUsedAgainAndForgotten) {
  Trading t;
  t.at(7, mu(1), ticks(1000)).at(67, mu(1), ticks(2000));  // 60 minutes apart: the same slot
  EXPECT_EQ(t.close({}, kMostClosingMinutes), ticks(2000));
  t.at(68, mu(1), ticks(3000));
  EXPECT_EQ(t.close({}, kMostClosingMinutes), ticks(2500));
}

TEST(ClosingPrice, OfRandomDaysIsThatOfALongListOfTrades) {
  struct One {
    int64_t us, quantity, price;
  };
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    std::mt19937_64 random{seed};
    Trading t;
    std::vector<One> list;
    int64_t now = 0;
    for (int i = 0; i < 60; ++i) {
      now += static_cast<int64_t>(random() % (6 * kMinute));
      const One one{now, static_cast<int64_t>(1 + random() % 1'000'000), static_cast<int64_t>(1 + random() % 5'000)};
      list.push_back(one);
      t.at_us(one.us, units(one.quantity), ticks(one.price));
      const auto minutes = static_cast<uint32_t>(1 + random() % kMostClosingMinutes);
      int64_t quantity = 0, fen = 0;  // below 60 × 5 × 10^9
      for (const One& o : list)
        if (o.us / kMinute > now / kMinute - minutes) quantity += o.quantity, fen += o.quantity * o.price;
      // to the nearest, half up: the whole part, and one more if the rest is at least half
      const int64_t nearest = fen / quantity + (2 * (fen % quantity) >= quantity ? 1 : 0);
      ASSERT_EQ(t.close({}, minutes), ticks(nearest)) << "seed " << seed << ", trade " << i;
    }
  }
}

// ---- imbalance ----

TEST(Imbalance, IsTwoExactNumbersAndNotAQuotient) {
  EXPECT_EQ(imbalance_of(mu(12), mu(10)), (Imbalance{.excess = mu(2), .total = mu(22)}));
  EXPECT_EQ(imbalance_of(mu(10), mu(12)), (Imbalance{.excess = -mu(2), .total = mu(22)}));
  EXPECT_EQ(imbalance_of(Quantity{}, Quantity{}), Imbalance{});
  EXPECT_EQ(imbalance_of(units(kLargestExact), kMaxIssued).total, units(2 * kLargestExact));
}

// ---- the band ----

TEST(PriceBand, IsAPerMilleOfTheReferenceRoundedInwards) {
  const auto band = [](int64_t reference, uint32_t permille) { return band_around(ticks(reference), permille); };
  EXPECT_EQ(band(2000, 100), (PriceBand{ticks(1800), ticks(2200)}));  // 20.00: 18.00 to 22.00
  EXPECT_EQ(band(2000, 300), (PriceBand{ticks(1400), ticks(2600)}));
  EXPECT_EQ(band(2005, 100), (PriceBand{ticks(1805), ticks(2205)}));  // 1804.5 up, 2205.5 down
  EXPECT_EQ(band(2001, 100), (PriceBand{ticks(1801), ticks(2201)}));  // 1800.9 up, 2201.1 down
  EXPECT_EQ(band(2000, 1), (PriceBand{ticks(1998), ticks(2002)}));
}

TEST(PriceBand, ReachesAtLeastOneTickToEachSideButNotBelowOneTick) {
  EXPECT_EQ(band_around(ticks(3), 100), (PriceBand{ticks(2), ticks(4)}));  // 2.7 and 3.3 would leave only 3
  EXPECT_EQ(band_around(ticks(10), 1), (PriceBand{ticks(9), ticks(11)}));
  EXPECT_EQ(band_around(ticks(2), 100), (PriceBand{ticks(1), ticks(3)}));
  EXPECT_EQ(band_around(ticks(1), 100), (PriceBand{ticks(1), ticks(2)}));
  EXPECT_EQ(band_around(ticks(2000), 1000), (PriceBand{ticks(1), ticks(4000)}));
  EXPECT_EQ(band_around(ticks(kMaxRate.raw()), 1000).high, ticks(2 * kMaxRate.raw()));
}

TEST(PriceBand, HoldsBothItsEdges) {
  const PriceBand band = band_around(ticks(2000), 100);
  EXPECT_FALSE(band.contains(ticks(1799)));
  EXPECT_TRUE(band.contains(ticks(1800)));
  EXPECT_TRUE(band.contains(ticks(2200)));
  EXPECT_FALSE(band.contains(ticks(2201)));
}

TEST(PriceBand, IsNeverWiderThanItsPerMilleWhereThatIsATickOrMore) {
  for (const int64_t reference : {1, 7, 10, 11, 99, 2000, 2001, 499'999})
    for (uint32_t permille = 1; permille <= 1000; ++permille) {
      const auto [low, high] = band_around(ticks(reference), permille);
      const int64_t most = std::max<int64_t>(reference * permille, 1000);  // thousandths of a tick
      ASSERT_LE((reference - low.raw()) * 1000, most) << reference << " ± " << permille;
      ASSERT_LE((high.raw() - reference) * 1000, most) << reference << " ± " << permille;
      ASSERT_GT((reference - low.raw() + 1) * 1000, std::min<int64_t>(most, (reference - 1) * 1000));
      ASSERT_GT((high.raw() - reference + 1) * 1000, most);
    }
}

// ---- the checksum ----

TEST(Checksum, TheVectorsForOtherLanguages) {
  EXPECT_EQ(finalise64(0x9E3779B97F4A7C15), 0xE220A8397B1DCDAF);  // the first number of splitmix64 seeded with 0
  // side, ticks, units, count; reckoned by a Python of the format's description
  EXPECT_EQ(mix64(Side::buy, ticks(2000), units(60'000), 1), 0x9D020F94D39C7CC0);
  EXPECT_EQ(mix64(Side::sell, ticks(2000), units(60'000), 1), 0x495D2AE5342A0F65);
  EXPECT_EQ(mix64(Side::sell, ticks(2001), units(100'000), 3), 0xCE1D4E303AAC350B);
  EXPECT_EQ(mix64(Side::buy, ticks(1), units(1), 1), 0xF3897719BB9B1D3C);
  EXPECT_EQ(mix64(Side::sell, ticks(500'000), kMaxQuantity, UINT32_MAX), 0xC83D43B7D9BBC355);

  BookChecksum book;  // 6.0000 mu bid at 20.00 by one order, 10.0000 asked at 20.01 by three
  EXPECT_EQ(book.value(), 0U);
  book.change(Side::buy, ticks(2000), {}, {.quantity = units(60'000), .orders = 1});
  book.change(Side::sell, ticks(2001), {}, {.quantity = units(100'000), .orders = 3});
  EXPECT_EQ(book.value(), 0x6B1F5DC50E48B1CB);
}

TEST(Checksum, EveryPartOfALevelCounts) {
  const auto sum = [](Side side, int64_t price, int64_t quantity, uint32_t orders) {
    BookChecksum book;
    book.change(side, ticks(price), {}, {.quantity = units(quantity), .orders = orders});
    return book.value();
  };
  const std::vector<uint64_t> sums{sum(Side::buy, 2, 3, 4), sum(Side::sell, 2, 3, 4), sum(Side::buy, 3, 3, 4),
                                   sum(Side::buy, 2, 4, 4), sum(Side::buy, 2, 3, 5),  sum(Side::buy, 3, 2, 4)};
  for (size_t i = 0; i < sums.size(); ++i)
    for (size_t j = 0; j < i; ++j) EXPECT_NE(sums[i], sums[j]) << i << " and " << j;
}

TEST(Checksum, AnEmptyLevelContributesNothingAndALevelThatComesAndGoesLeavesNothing) {
  const LevelContent six{.quantity = mu(6), .orders = 1}, four{.quantity = mu(4), .orders = 1};
  BookChecksum book;
  book.change(Side::buy, ticks(2000), {}, {});
  EXPECT_EQ(book.value(), 0U);
  book.change(Side::buy, ticks(2000), {}, six);
  book.change(Side::buy, ticks(2000), six, four);
  book.change(Side::buy, ticks(2000), four, {});
  EXPECT_EQ(book.value(), 0U);
}

TEST(Checksum, OfRandomChangesIsThatOfTheBookThatTheyMadeInAnyOrder) {
  std::mt19937_64 random{7};
  std::map<std::pair<Side, int64_t>, LevelContent> levels;
  BookChecksum changed;
  for (int i = 0; i < 20'000; ++i) {
    const std::pair key{random() % 2 == 0 ? Side::buy : Side::sell, static_cast<int64_t>(1 + random() % 50)};
    LevelContent& level = levels[key];
    const bool gone = random() % 3 == 0;
    const LevelContent after =
        gone ? LevelContent{}
             : LevelContent{units(static_cast<int64_t>(1 + random() % 1'000)), 1 + static_cast<uint32_t>(random() % 9)};
    changed.change(key.first, ticks(key.second), level, after);
    level = after;
  }
  std::vector<std::pair<std::pair<Side, int64_t>, LevelContent>> order{levels.begin(), levels.end()};
  for (int again = 0; again < 5; ++again) {
    std::ranges::shuffle(order, random);
    BookChecksum whole;
    for (const auto& [key, level] : order) whole.change(key.first, ticks(key.second), {}, level);
    EXPECT_EQ(whole.value(), changed.value());
  }
}
