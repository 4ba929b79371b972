// The vocabulary: units that make every sum and product exact, ticks and rates, days, and the bounds inside which
// nothing overflows. Worked by hand.
#include <gtest/gtest.h>

#include <limits>
#include <type_traits>

#include "matching/types/area.hpp"
#include "matching/types/bounds.hpp"
#include "matching/types/day.hpp"
#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/instrument.hpp"
#include "matching/types/trade.hpp"

namespace landex {
namespace {

constexpr auto kArea = Instrument::supplementary_area;
constexpr auto kPaddy = Instrument::supplementary_paddy;
constexpr auto kCapacity = Instrument::supplementary_capacity;
constexpr auto kLinkage = Instrument::linkage;
constexpr Side kNoSide{0}, kThirdSide{3};
constexpr ParticipantClass kNoClass{0}, kFourthClass{4};

constexpr Quantity mu(int64_t n) { return Quantity::of(Area::mu_4dp(n * 10'000)); }
constexpr Quantity kg(int64_t n) { return Quantity::of(Capacity::kg(n)); }

// ---- land and money ----

TEST(Area, OneHectareIsFifteenMuAndOneSquareMetreFifteenUnits) {
  EXPECT_EQ(Area::ha_4dp(10'000), Area::mu_4dp(150'000));  // 1.0000 ha = 15.0000 mu
  EXPECT_EQ(Area::ha_4dp(1), Area::mu_4dp(15));            // 0.0001 ha = 1 m² = 0.0015 mu
  EXPECT_EQ(Area::mu_4dp(60'000).raw(), 60'000);           // 6.0000 mu
}

TEST(Money, IsCountedInFen) {
  EXPECT_EQ(Fen::yuan(1), Fen::fen(100));
  EXPECT_EQ(Fen::wan(1), Fen::yuan(10'000));
  EXPECT_EQ(Fen::wan(2'000).raw(), 2'000'000'000);
}

TEST(Tally, AddsSubtractsAndComparesWithinItsOwnKind) {
  EXPECT_EQ(Fen::fen(3) + Fen::fen(4), Fen::fen(7));
  EXPECT_EQ(Fen::fen(3) - Fen::fen(4), Fen::fen(-1));
  EXPECT_EQ(-Fen::fen(3), Fen::fen(-3));
  Fen f = Fen::fen(3);
  f += Fen::fen(2);
  f -= Fen::fen(1);
  EXPECT_EQ(f, Fen::fen(4));
  EXPECT_LT(Fen::fen(-1), Fen{});
}

TEST(Tally, OneKindDoesNotPassForAnother) {
  static_assert(!std::is_convertible_v<Area, Quantity> && !std::is_convertible_v<Capacity, Quantity>);
  static_assert(!std::is_convertible_v<Fen, Quantity> && !std::is_convertible_v<int64_t, Fen>);
  static_assert(!std::is_convertible_v<Price, Rate> && !std::is_convertible_v<Rate, Price>);
  static_assert(!std::is_convertible_v<OrderId, DealId> && !std::is_convertible_v<uint64_t, OrderId>);
}

TEST(TallyDeathTest, StopsTheProcessRatherThanWrap) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max(), kLeast = std::numeric_limits<int64_t>::min();
  EXPECT_DEATH((void)(Fen::fen(kMost) + Fen::fen(1)), "overflow");
  EXPECT_DEATH((void)(Fen::fen(kLeast) - Fen::fen(1)), "overflow");
  EXPECT_DEATH((void)-Fen::fen(kLeast), "overflow");
  EXPECT_DEATH((void)Fen::wan(kMost / 1'000'000 + 1), "overflow");
  EXPECT_DEATH((void)Area::ha_4dp(kMost / 15 + 1), "overflow");
  EXPECT_DEATH((void)consideration(Quantity::from_raw(kMost / 2), Price::ticks(3)), "overflow");
  EXPECT_DEATH((void)payable(kArea, Quantity::from_raw(kMost / 2), Rate::yuan_per_mu(3)), "overflow");
  EXPECT_EQ(Fen::fen(kMost - 1) + Fen::fen(1), Fen::fen(kMost));
}

// ---- prices ----

TEST(Price, TimesLandIsExactInFen) {
  EXPECT_EQ(consideration(mu(1), Price::ticks(2'000)), Fen::wan(20));  // 1 mu at 20.00 万元/亩
  EXPECT_EQ(consideration(mu(100), Price::ticks(2'000)), Fen::wan(2'000));
  EXPECT_EQ(consideration(Quantity::from_raw(1), Price::ticks(1)), Fen::fen(1));  // 0.0001 mu at one tick
  EXPECT_EQ(consideration(Quantity::from_raw(3'333), Price::ticks(1'999)), Fen::fen(6'662'667));
  EXPECT_EQ(consideration(kg(4'000), Price::ticks(200)), Fen::yuan(8'000));  // 4 000 kg at 2.00 yuan
}

TEST(Price, ATickIsOneHundredYuanAMuOrOneFenAKilogram) {
  EXPECT_EQ(on_tick(kArea, Rate::yuan_per_mu(200'000)), Price::ticks(2'000));  // 20.00
  EXPECT_EQ(on_tick(kArea, Rate::yuan_per_mu(200'050)), std::nullopt);         // 20.0050
  EXPECT_EQ(on_tick(kPaddy, Rate::yuan_per_mu(199'999)), std::nullopt);
  EXPECT_EQ(on_tick(kLinkage, Rate::yuan_per_mu(100)), Price::ticks(1));
  EXPECT_EQ(on_tick(kCapacity, Rate::fen_per_kg(201)), Price::ticks(201));
  for (const Instrument i : kInstruments) EXPECT_EQ(on_tick(i, rate_of(i, Price::ticks(1'234))), Price::ticks(1'234));
}

TEST(Floor, IsTheFirstTickThatIsNotBelowTheRate) {
  EXPECT_EQ(floor_price(kArea, Rate::yuan_per_mu(200'000)), Price::ticks(2'000));  // 20.00   → 20.00
  EXPECT_EQ(floor_price(kArea, Rate::yuan_per_mu(200'001)), Price::ticks(2'001));  // 20.0001 → 20.01
  EXPECT_EQ(floor_price(kArea, Rate::yuan_per_mu(200'050)), Price::ticks(2'001));  // 20.0050 → 20.01
  EXPECT_EQ(floor_price(kArea, Rate::yuan_per_mu(200'099)), Price::ticks(2'001));
  EXPECT_EQ(floor_price(kArea, Rate::yuan_per_mu(1)), Price::ticks(1));
  EXPECT_EQ(floor_price(kCapacity, Rate::fen_per_kg(201)), Price::ticks(201));
  for (int64_t rate = 1; rate <= 1'000; ++rate) {
    const int64_t floor = rate_of(kArea, floor_price(kArea, Rate::from_raw(rate))).raw();
    EXPECT_TRUE(rate <= floor && floor < rate + 100) << rate;
  }
}

TEST(Payable, IsRoundedHalfUpToTheFen) {
  const Quantity least = Quantity::from_raw(1);                                   // 0.0001 mu: 1/100 fen a yuan
  EXPECT_EQ(payable(kArea, least, Rate::yuan_per_mu(200'049)), Fen::fen(2'000));  // 2 000.49
  EXPECT_EQ(payable(kArea, least, Rate::yuan_per_mu(200'050)), Fen::fen(2'001));  // 2 000.50
  EXPECT_EQ(payable(kArea, least, Rate::yuan_per_mu(49)), Fen::fen(0));           // 0.49
  EXPECT_EQ(payable(kArea, least, Rate::yuan_per_mu(50)), Fen::fen(1));           // 0.50
  EXPECT_EQ(payable(kArea, mu(100), Rate::yuan_per_mu(200'000)), Fen::wan(2'000));
  EXPECT_EQ(payable(kArea, mu(100), Rate::yuan_per_mu(200'050)), Fen::fen(2'000'500'000));
  EXPECT_EQ(payable(kArea, Quantity{}, Rate::yuan_per_mu(200'000)), Fen{});
  EXPECT_EQ(payable(kCapacity, kg(3), Rate::fen_per_kg(199)), Fen::fen(597));
}

// ---- instruments, classes, sides ----

TEST(Instrument, FourOfThemAndNoOthersOneInKilogramsThreeSupplementary) {
  size_t index = 0;
  for (const Instrument i : kInstruments) {
    EXPECT_TRUE(exists(i));
    EXPECT_EQ(index_of(i), index++);
    EXPECT_EQ(counted_in_kg(i), i == kCapacity);
    EXPECT_EQ(is_supplementary(i), i != kLinkage);
    EXPECT_FALSE(name_of(i).zh.empty() || name_of(i).en.empty());
  }
  EXPECT_EQ(index, 4U);
  for (const int none : {0, 5, 255}) EXPECT_FALSE(exists(static_cast<Instrument>(none))) << none;
}

TEST(Enumerations, ZeroIsNothingNorIsWhatComesAfterTheLast) {
  EXPECT_FALSE(exists(kNoSide) || exists(kThirdSide));
  EXPECT_TRUE(exists(Side::buy) && exists(Side::sell));
  EXPECT_EQ(opposite(Side::buy), Side::sell);
  EXPECT_EQ(opposite(Side::sell), Side::buy);
  EXPECT_FALSE(exists(kNoClass) || exists(kFourthClass));
  EXPECT_TRUE(exists(ParticipantClass::mountain4) && exists(ParticipantClass::urban) && exists(ParticipantClass::city));
}

// ---- days ----

TEST(Day, IsADateOfTheCalendarOrNothing) {
  EXPECT_EQ(Day::ymd(1970, 1, 1).value().raw(), 0);
  EXPECT_EQ(Day::ymd(1970, 2, 1).value().raw(), 31);
  EXPECT_EQ(Day::ymd(2024, 6, 3).value().raw(), 19'877);  // 54 × 365 + 13 leap days + 31 + 29 + 31 + 30 + 31 + 2
  EXPECT_TRUE(Day::ymd(2024, 2, 29));
  EXPECT_FALSE(Day::ymd(2024, 2, 30));
  EXPECT_FALSE(Day::ymd(2023, 2, 29));
  EXPECT_FALSE(Day::ymd(2024, 13, 1));
  EXPECT_FALSE(Day::ymd(2024, 0, 1));
  EXPECT_FALSE(Day::ymd(2024, 1, 0));
  EXPECT_FALSE(Day::ymd(1969, 12, 31));
  EXPECT_FALSE(Day::ymd(10'000, 1, 1));
}

TEST(Day, ComesBackAsTheDateItWas) {
  const auto date = Day::ymd(2027, 12, 11).value().date();
  EXPECT_EQ(static_cast<int>(date.year()), 2027);
  EXPECT_EQ(static_cast<unsigned>(date.month()), 12U);
  EXPECT_EQ(static_cast<unsigned>(date.day()), 11U);
}

TEST(Period, HoldsOnItsFirstDayAndOnItsLast) {
  const auto day = [](int32_t n) { return Day::from_raw(n); };
  const Period p{day(10), day(20)};
  EXPECT_FALSE(p.contains(day(9)));
  EXPECT_TRUE(p.contains(day(10)) && p.contains(day(20)));
  EXPECT_FALSE(p.contains(day(21)));
  EXPECT_TRUE(p.overlaps({day(20), day(30)}) && p.overlaps({day(1), day(10)}));
  EXPECT_TRUE(p.overlaps({day(12), day(13)}) && p.overlaps({day(1), day(30)}));
  EXPECT_FALSE(p.overlaps({day(21), day(30)}) || p.overlaps({day(1), day(9)}));
}

// ---- bounds ----

TEST(Bounds, EveryNumberIsExactInABrowser) {
  EXPECT_EQ(kLargestExact, 9'007'199'254'740'991);
  EXPECT_EQ(kMaxMoney, Fen::fen(kLargestExact));
  EXPECT_EQ(kMaxQuantity, mu(10'000'000));
  EXPECT_EQ(kMaxRate, Rate::yuan_per_mu(50'000'000));
  EXPECT_LT(kMaxQuantity, kMaxIssued);
}

TEST(Bounds, AnAmountIsAffordableUpToTheLastFen) {
  EXPECT_TRUE(affordable_number(kMaxQuantity, Price::ticks(90'071)));  // 10^11 × 90 071 < 2^53 − 1 < 10^11 × 90 072
  EXPECT_FALSE(affordable_number(kMaxQuantity, Price::ticks(90'072)));
  EXPECT_TRUE(affordable_number(Quantity::from_raw(kLargestExact), Price::ticks(1)));
  EXPECT_FALSE(affordable_number(Quantity::from_raw(kLargestExact), Price::ticks(2)));
  EXPECT_TRUE(affordable_number(kMaxQuantity, Price::ticks(0)));
}

TEST(Bounds, TheLargestPayableCanBeReckoned) {
  // 10 million mu at 5 000 万元/亩 is 5 × 10^10 万元 = 5 × 10^16 fen.
  EXPECT_EQ(payable(kArea, kMaxQuantity, kMaxRate), Fen::fen(50'000'000'000'000'000));
  EXPECT_EQ(payable(kCapacity, kMaxQuantity, kMaxRate), Fen::fen(5'000'000'000'000'000'000));
}

}  // namespace
}  // namespace landex
