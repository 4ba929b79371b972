// The price of a call auction: each step of the rule, and at-best orders. Who may trade with whom and who is filled:
// call_parties_test.cpp. D is what buyers would take at a price, S what sellers would give, V what can pass.
// Every table is also put to the judge, over the prices asked and over every tick between them (call_script.hpp).
#include <gtest/gtest.h>

#include "tests/call_script.hpp"

namespace landex {
namespace {

using call_script::check;

// ---- 1. volume ----

TEST(CallPrice, IsTheOneThatMovesTheMostLand) {
  // 21.00: D 6, S 10, V 6.   20.00: D 12, S 10, V 10.
  check(R"(
    sell s1 10.0000 @20.00
    buy  b1  6.0000 @21.00
    buy  b2  6.0000 @20.00
    price 20.00 volume
    moves 10.0000 wanted 12.0000 offered 10.0000
    meet b1 s1 6.0000
    meet b2 s1 4.0000
  )");
}

TEST(CallPrice, IsNoneWhereNobodyMeetsAnybody) {
  check(R"(
    sell s1 10.0000 @20.01
    buy  b1 10.0000 @20.00
    reference 20.00
    price none
  )");
  check(R"(
    buy b1 10.0000 @20.00
    buy b2 10.0000 best
    reference 20.00
    price none
  )");
}

// ---- 2. surplus ----

TEST(CallPrice, OfThoseThatMoveAsMuchIsTheOneThatLeavesTheLeastOver) {
  // 19.00: D 15, S 10, V 10, left over 5.   19.01: D 10, S 13, V 10, left over 3.
  check(R"(
    sell s1 10.0000 @19.00
    sell s2  3.0000 @19.01
    buy  b1 10.0000 @19.01
    buy  b2  5.0000 @19.00
    price 19.01 surplus
    moves 10.0000 wanted 10.0000 offered 13.0000
    meet b1 s1 10.0000
  )");
}

TEST(CallPrice, MayBeAReferenceThatNobodyNamedWhereItLeavesLessOverThanEveryLimit) {
  // 20.00: D 15, S 10.   20.20: D 10, S 15.   20.10: D 10, S 10, and nothing is left over.
  check(R"(
    sell s1 10.0000 @19.80
    sell s2  5.0000 @20.20
    buy  b1 10.0000 @20.50
    buy  b2  5.0000 @20.00
    reference 20.10
    price 20.10 surplus
    moves 10.0000 wanted 10.0000 offered 10.0000
    meet b1 s1 10.0000
  )");
}

// ---- 3. pressure ----

TEST(CallPrice, IsTheHighestWhereOnlyBuyersAreLeftOver) {
  // 21.00: D 8, S 10.   20.50 and 19.80: D 12, S 10.   19.50: D 12, S 4.
  check(R"(
    sell s1 6.0000 @19.80
    sell s2 4.0000 @19.50
    buy  b1 8.0000 @21.00
    buy  b2 4.0000 @20.50
    reference 19.80
    price 20.50 pressure
    moves 10.0000 wanted 12.0000 offered 10.0000
    meet b1 s2 4.0000
    meet b1 s1 4.0000
    meet b2 s1 2.0000
  )");
}

TEST(CallPrice, IsTheLowestWhereOnlySellersAreLeftOver) {
  // 21.00: D 6, S 12.   20.50 and 19.80: D 10, S 12.   19.50: D 10, S 4.
  check(R"(
    sell s1 8.0000 @19.80
    sell s2 4.0000 @19.50
    buy  b1 6.0000 @21.00
    buy  b2 4.0000 @20.50
    reference 20.50
    price 19.80 pressure
    moves 10.0000 wanted 10.0000 offered 12.0000
    meet b1 s2 4.0000
    meet b1 s1 2.0000
    meet b2 s1 4.0000
  )");
}

// ---- 4. reference ----

// 21.00: D 6, S 10.   20.50 … 19.80: D 10, S 10.   19.50: D 10, S 4. Nothing is left over anywhere in between.
constexpr std::string_view kNothingLeftOver = R"(
    sell s1 6.0000 @19.80
    sell s2 4.0000 @19.50
    buy  b1 6.0000 @21.00
    buy  b2 4.0000 @20.50
)";
constexpr std::string_view kAllMeet = R"(
    moves 10.0000 wanted 10.0000 offered 10.0000
    meet b1 s2 4.0000
    meet b1 s1 2.0000
    meet b2 s1 4.0000
)";

TEST(CallPrice, IsTheReferenceItselfWhereThatIsAmongTheBest) {
  check(std::string{kNothingLeftOver} + "reference 20.07 \n price 20.07 reference" + std::string{kAllMeet});
}

TEST(CallPrice, IsOtherwiseTheNearestToTheReference) {
  check(std::string{kNothingLeftOver} + "reference 20.90 \n price 20.50 reference" + std::string{kAllMeet});
  check(std::string{kNothingLeftOver} + "reference 99.00 \n price 20.50 reference" + std::string{kAllMeet});
  check(std::string{kNothingLeftOver} + "reference 19.50 \n price 19.80 reference" + std::string{kAllMeet});
  check(std::string{kNothingLeftOver} + "reference 0.01 \n price 19.80 reference" + std::string{kAllMeet});
}

TEST(CallPrice, IsNoneWhereAReferenceIsAskedForAndThereIsNone) {
  check(std::string{kNothingLeftOver} + "price none reference");
}

TEST(CallPrice, IsNearestToTheReferenceWhereSomePricesLeaveBuyersOverAndOthersSellers) {
  // 19.90: D 20, S 10.   20.20: D 10, S 20.   In between D 10, S 10: a reference there leaves nothing over.
  constexpr std::string_view kBook = R"(
    sell s1 10.0000 best
    sell s2 10.0000 @20.20
    buy  b1 10.0000 best
    buy  b2 10.0000 @19.90
  )";
  check(std::string{kBook} + R"(
    reference 20.00
    price 20.00 surplus
    moves 10.0000 wanted 10.0000 offered 10.0000
    meet b1 s1 10.0000
  )");
  check(std::string{kBook} + R"(
    reference 21.00
    price 20.20 reference
    every tick 20.19 reference
    moves 10.0000 wanted 10.0000 offered 20.0000
    meet b1 s1 10.0000
  )");
  check(std::string{kBook} + R"(
    reference 19.00
    price 19.90 reference
    every tick 19.91 reference
    moves 10.0000 wanted 20.0000 offered 10.0000
    meet b1 s1 10.0000
  )");
}

TEST(CallPrice, IsOnlyTheHighestOfThoseThatLeaveBuyersOverOrTheLowestOfThoseThatLeaveSellersOver) {
  // 19.80 and 20.00: D 15, S 10.   20.20 and 20.50: D 10, S 15. Left are 20.00 and 20.20, so not 20.50.
  check(R"(
    sell s1 10.0000 @19.80
    sell s2  5.0000 @20.20
    buy  b1 10.0000 @20.50
    buy  b2  5.0000 @20.00
    reference 20.50
    price 20.20 reference
    every tick 20.19 reference
    moves 10.0000 wanted 10.0000 offered 15.0000
    meet b1 s1 10.0000
  )");
}

TEST(CallPrice, OfTwoAsNearToTheReferenceIsTheHigher) {
  // Two markets that may not trade with each other. 19.00: D 10, S 5, V 5.   20.00: D 5, S 10, V 5.   19.50: V 0.
  constexpr std::string_view kTwoMarkets = R"(
    rule mountain4 → urban never
    rule urban → mountain4 never
    sell s1 5.0000 @19.00 mountain4
    buy  b1 5.0000 @19.00 mountain4
    sell s2 5.0000 @20.00 urban
    buy  b2 5.0000 @20.00 urban
  )";
  check(std::string{kTwoMarkets} + R"(
    reference 19.50
    price 20.00 reference
    moves 5.0000 wanted 5.0000 offered 10.0000
    meet b2 s2 5.0000
  )");
  check(std::string{kTwoMarkets} + R"(
    reference 19.49
    price 19.00 reference
    moves 5.0000 wanted 10.0000 offered 5.0000
    meet b1 s1 5.0000
  )");
}

// ---- at-best orders ----

TEST(CallAtBest, OnBothSidesOnlyMeetAtTheReference) {
  check(R"(
    sell s1 8.0000 best
    buy  b1 9.0000 best
    reference 20.00
    price 20.00 reference
    moves 8.0000 wanted 9.0000 offered 8.0000
    meet b1 s1 8.0000
  )");
  check(R"(
    sell s1 8.0000 best
    buy  b1 9.0000 best
    price none reference
  )");
}

TEST(CallAtBest, PaysWhatTheOtherSideAsksAndNotAReferenceFarFromAllLimits) {
  // 20.00: S 5.   20.10: S 10, V 10, nothing left over.   20.20: S 15, V 10.
  check(R"(
    sell s1 5.0000 @20.00
    sell s2 5.0000 @20.10
    sell s3 5.0000 @20.20
    buy  b1 10.0000 best
    reference 25.00
    price 20.10 surplus
    every tick 20.19 reference
    moves 10.0000 wanted 10.0000 offered 10.0000
    meet b1 s1 5.0000
    meet b1 s2 5.0000
  )");
  check(R"(
    sell s1 10.0000 best
    buy  b1  5.0000 @20.00
    buy  b2  5.0000 @19.90
    reference 15.00
    price 19.90 volume
    moves 10.0000 wanted 10.0000 offered 10.0000
    meet b1 s1 5.0000
    meet b2 s1 5.0000
  )");
}

TEST(CallAtBest, RanksBeforeEveryLimitHoweverLateItCame) {
  // 20.00: D 18, S 10, left over 8.   21.00: D 12, S 10, left over 2.
  check(R"(
    sell s1 10.0000 @20.00
    buy  b1  6.0000 @21.00
    buy  b2  6.0000 @20.00
    buy  b3  6.0000 best
    reference 20.00
    price 21.00 surplus
    moves 10.0000 wanted 12.0000 offered 10.0000
    meet b3 s1 6.0000
    meet b1 s1 4.0000
  )");
}

TEST(CallAtBest, WithoutAnyLimitIsLiftedToTheFloorOfItsPairAndNoHigherThanTheReference) {
  // 19.00: the pair is closed, V 0.   20.00: V 5.
  check(R"(
    rule mountain4 → urban from 20.00
    sell s1 8.0000 best mountain4
    buy  b1 5.0000 best urban
    reference 19.00
    price 20.00 volume
    moves 5.0000 wanted 5.0000 offered 8.0000
    meet b1 s1 5.0000
  )");
  // 20.00 and 21.00 move as much. Only sellers are left over, but none of them has named a price: the reference holds.
  check(R"(
    rule mountain4 → urban from 20.00
    sell s1 8.0000 best mountain4
    buy  b1 5.0000 best urban
    reference 21.00
    price 21.00 reference
    moves 5.0000 wanted 5.0000 offered 8.0000
    meet b1 s1 5.0000
  )");
}

}  // namespace
}  // namespace landex
