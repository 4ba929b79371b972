// sim_quoter_test.cpp: how the published agents price a unit and what a ZIP learns, as an officer could reckon it.
#include <gtest/gtest.h>

#include <array>

#include "clients/simulator/agents/quoter.hpp"
#include "clients/simulator/experiments/plain.hpp"

namespace landex::simulator {
namespace {

Stream stream(Purpose purpose, uint64_t agent = 1) {
  return Stream{{.seed = 7, .run = 0, .agent = agent, .purpose = purpose}};
}

QuoterRules rules(Pricing pricing, double margin = 0) {
  return {.pricing = pricing, .lowest = Price::ticks(1), .highest = Price::ticks(200), .margin = margin};
}

/// All prices of 20 000 quotes: the lowest, the highest, the mean, and by which of ten equal parts of 1 … 200.
struct Spread {
  int64_t low = 1'000, high = 0;
  double mean = 0;
  std::array<int, 10> tenths{};
};
Spread spread(Pricing pricing, Side side, Price limit) {
  constexpr int kQuotes = 20'000;
  Quoter quoter{rules(pricing), side, stream(Purpose::learn)};
  Stream quotes = stream(Purpose::quote);
  Spread s;
  for (int n = 0; n < kQuotes; ++n) {
    const int64_t price = quoter.quote(limit, quotes).raw();
    s.low = std::min(s.low, price);
    s.high = std::max(s.high, price);
    s.mean += static_cast<double>(price) / kQuotes;
    ++s.tenths[static_cast<size_t>(price - 1) / 20];
  }
  return s;
}

TEST(Quoter, TruthfulAgentsQuoteTheirLimitAndWithinTheMarket) {
  Quoter buyer{rules(Pricing::truthful), Side::buy, stream(Purpose::learn)};
  Stream quotes = stream(Purpose::quote);
  EXPECT_EQ(buyer.quote(Price::ticks(150), quotes), Price::ticks(150));
  EXPECT_EQ(buyer.quote(Price::ticks(900), quotes), Price::ticks(200));
  EXPECT_EQ(buyer.quote(Price::ticks(0), quotes), Price::ticks(1));
}

TEST(Quoter, MarginsAreTakenOffAPurchaseAndPutOnASaleToTheNearestTick) {
  Quoter buyer{rules(Pricing::margin, .3), Side::buy, stream(Purpose::learn)};
  Quoter seller{rules(Pricing::margin, .3), Side::sell, stream(Purpose::learn)};
  Stream quotes = stream(Purpose::quote);
  EXPECT_EQ(buyer.quote(Price::ticks(100), quotes), Price::ticks(70));    // 100 × .7
  EXPECT_EQ(seller.quote(Price::ticks(100), quotes), Price::ticks(130));  // 100 × 1.3
  EXPECT_EQ(buyer.quote(Price::ticks(51), quotes), Price::ticks(36));     // 35.7
  EXPECT_EQ(seller.quote(Price::ticks(199), quotes), Price::ticks(200));  // 258.7, but the market ends at 200
}

TEST(Quoter, ZeroIntelligenceBuyersBidAnyPriceUpToTheirLimitEachAsOften) {
  const Spread s = spread(Pricing::zi_c, Side::buy, Price::ticks(120));
  EXPECT_EQ(s.low, 1);
  EXPECT_EQ(s.high, 120);
  EXPECT_NEAR(s.mean, 60.5, 1);
  for (size_t t = 0; t < 10; ++t) EXPECT_NEAR(s.tenths[t], t < 6 ? 20'000 / 6 : 0, 250) << t;
}

TEST(Quoter, ZeroIntelligenceSellersAskAnyPriceFromTheirLimitUp) {
  const Spread s = spread(Pricing::zi_c, Side::sell, Price::ticks(81));
  EXPECT_EQ(s.low, 81);
  EXPECT_EQ(s.high, 200);
  EXPECT_NEAR(s.mean, 140.5, 1);
}

TEST(Quoter, UnconstrainedZeroIntelligenceKnowsNoLimit) {
  for (const Side side : {Side::buy, Side::sell}) {
    const Spread s = spread(Pricing::zi_u, side, Price::ticks(100));
    EXPECT_EQ(s.low, 1);
    EXPECT_EQ(s.high, 200);
    EXPECT_NEAR(s.mean, 100.5, 1.5);
  }
}

TEST(Quoter, TheSameStreamsGiveTheSameQuotes) {
  Quoter a{rules(Pricing::zip), Side::sell, stream(Purpose::learn)}, b = a;
  Stream qa = stream(Purpose::quote), qb = stream(Purpose::quote);
  for (int n = 0; n < 50; ++n) {
    const Shout shout{.side = n % 3 ? Side::buy : Side::sell, .price = Price::ticks(60 + n), .traded = n % 2 == 0};
    a.hear(shout, Price::ticks(80), true);
    b.hear(shout, Price::ticks(80), true);
    EXPECT_EQ(a.quote(Price::ticks(80), qa), b.quote(Price::ticks(80), qb));
  }
}

TEST(Zip, BeginsWithAMarginOfFiveToThirtyFivePercent) {
  double least = 1, most = 0;
  for (uint64_t agent = 0; agent < 1'000; ++agent) {
    const double seller = Quoter{rules(Pricing::zip), Side::sell, stream(Purpose::learn, agent)}.margin();
    const double buyer = Quoter{rules(Pricing::zip), Side::buy, stream(Purpose::learn, agent)}.margin();
    EXPECT_EQ(buyer, -seller);
    least = std::min(least, seller);
    most = std::max(most, seller);
  }
  EXPECT_GE(least, .05);
  EXPECT_LT(least, .06);
  EXPECT_LT(most, .35);
  EXPECT_GT(most, .34);
}

/// Which way a ZIP with this limit moves its price after one shout: −1 down, 0 not, +1 up. Its margin begins between 5
/// and 35 %, so a seller with limit 100 asks 105 … 135, and a buyer bids 65 … 95.
int moves(Side side, const Shout& shout, bool active = true) {
  Quoter q{rules(Pricing::zip), side, stream(Purpose::learn)};
  const double was = q.margin();
  q.hear(shout, Price::ticks(100), active);
  return q.margin() < was ? -1 : q.margin() > was ? 1 : 0;
}

TEST(Zip, LearnsFromWhatItHearsByTheTableOfThePaper) {
  struct Row {
    Side who, shouter;
    int64_t price;
    bool traded;
    int expected;
    const char* why;
  };
  using enum Side;
  const Row table[] = {
      {sell, buy, 150, true, 1, "it would have sold for less: raise"},
      {sell, sell, 150, true, 1, "the same whoever shouted"},
      {sell, buy, 101, true, -1, "a bid found a cheaper seller: lower"},
      {sell, sell, 101, true, 0, "a cheaper ask was taken: the bids are not told by it"},
      {sell, sell, 101, false, -1, "even a lower ask found nobody: lower"},
      {sell, sell, 150, false, 0, "a higher ask found nobody: no news"},
      {sell, buy, 101, false, 0, "a bid that nobody took: no news for sellers"},
      {buy, sell, 60, true, -1, "it would have paid more: bid less"},
      {buy, buy, 60, true, -1, "the same whoever shouted"},
      {buy, sell, 99, true, 1, "an ask found a better buyer: bid more"},
      {buy, buy, 99, true, 0, "a better bid was taken: the asks are not told by it"},
      {buy, buy, 99, false, 1, "even a better bid found nobody: bid more"},
      {buy, buy, 60, false, 0, "a lower bid found nobody: no news"},
      {buy, sell, 99, false, 0, "an ask that nobody took: no news for buyers"},
  };
  for (const Row& r : table)
    EXPECT_EQ(moves(r.who, {.side = r.shouter, .price = Price::ticks(r.price), .traded = r.traded}), r.expected)
        << r.why;
}

TEST(Zip, WhoHasNothingLeftToTradeOnlyRaisesItsMargin) {
  EXPECT_EQ(moves(Side::sell, {.side = Side::buy, .price = Price::ticks(150), .traded = true}, false), 1);
  EXPECT_EQ(moves(Side::sell, {.side = Side::buy, .price = Price::ticks(101), .traded = true}, false), 0);
  EXPECT_EQ(moves(Side::buy, {.side = Side::buy, .price = Price::ticks(99), .traded = false}, false), 0);
}

TEST(Zip, NeverQuotesAtALoss) {
  for (const Side side : {Side::buy, Side::sell}) {
    Quoter q{rules(Pricing::zip), side, stream(Purpose::learn)};
    Stream quotes = stream(Purpose::quote);
    const int64_t ruin = side == Side::buy ? 200 : 1;  // what would tempt it beyond its limit
    for (int n = 0; n < 500; ++n) {
      q.hear({.side = side, .price = Price::ticks(ruin), .traded = false}, Price::ticks(100), true);
      const int64_t price = q.quote(Price::ticks(100), quotes).raw();
      if (side == Side::buy)
        EXPECT_LE(price, 100);
      else
        EXPECT_GE(price, 100);
    }
  }
}

TEST(Zip, ComesToThePriceAtWhichOthersTrade) {
  Quoter q{rules(Pricing::zip), Side::sell, stream(Purpose::learn)};
  Stream quotes = stream(Purpose::quote);
  for (int n = 0; n < 200; ++n)
    q.hear({.side = Side::buy, .price = Price::ticks(160), .traded = true}, Price::ticks(80), true);
  EXPECT_NEAR(static_cast<double>(q.quote(Price::ticks(80), quotes).raw()), 160, 16);  // R within 5 %, A up to 5
}

TEST(PlainPack, NamesNobodysDistrictsAndHasNoRow) {
  const Day day = *Day::ymd(2024, 6, 3);
  const policy::Pack pack = plain_pack(kMostTraders, day, day);
  EXPECT_EQ(pack.rule_set, "plain");
  EXPECT_TRUE(pack.rows.empty());
  EXPECT_TRUE(pack.floor_routes.empty());
  ASSERT_EQ(pack.units.size(), kMostTraders + 1);
  EXPECT_EQ(pack.units.front().kind, ParticipantClass::city);
  EXPECT_NE(pack.unit(trader(0), day), nullptr);
  EXPECT_NE(pack.unit(trader(kMostTraders - 1), day), nullptr);
  EXPECT_GT(trader(0).raw(), 900'000u);
  EXPECT_LT(trader(kMostTraders - 1).raw(), 1'000'000u);
}

}  // namespace
}  // namespace landex::simulator
