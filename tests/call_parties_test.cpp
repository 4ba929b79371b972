// The call auction under rules: who may trade with whom and from which price on, who is filled and with whom, and a
// seat's own orders. D is what buyers would take at a price, S what sellers would give, V what can pass.
#include <gtest/gtest.h>

#include "tests/call_script.hpp"

namespace landex {
namespace {

using call_script::check;

// ---- who may trade with whom ----

TEST(CallPairs, JiandeAndYuhangSellToAnUrbanBuyerAtOnePriceNotBelowTheFloor) {
  // 19.00: only 建德 offers, closed below 20.00, V 0.   19.50: 余杭 too, V 5.   20.00: D 12, S 15, V 12.   21.00: the
  // same. Only sellers are left over, so the lowest.
  check(R"(
    rule mountain4 → urban from 20.00
    sell 建德 10.0000 @19.00 mountain4
    sell 余杭  5.0000 @19.50 urban
    buy  西湖 12.0000 @21.00 urban
    price 20.00 pressure
    moves 12.0000 wanted 12.0000 offered 15.0000
    meet 西湖 建德 10.0000
    meet 西湖 余杭 2.0000
  )");
  // A buyer who does not reach the floor has 余杭 only, and the floor is no price of this call.
  check(R"(
    rule mountain4 → urban from 20.00
    sell 建德 10.0000 @19.00 mountain4
    sell 余杭  5.0000 @19.50 urban
    buy  西湖 12.0000 @19.99 urban
    reference 19.60
    price 19.60 reference
    moves 5.0000 wanted 12.0000 offered 15.0000
    meet 西湖 余杭 5.0000
  )");
}

TEST(CallPairs, WhereAPairIsClosedTheCrossingOfTheCurvesIsWrong) {
  // The curves cross with 10 at 19.00. But 建德 may not sell to 西湖: 4 from 余杭, at 20.00 or more. At 20.00 and 21.00
  // D is 10, S 14, V 4: 6 buyers and 10 sellers are left over, so neither side presses.
  check(R"(
    rule mountain4 → urban never
    sell 建德 10.0000 @19.00 mountain4
    sell 余杭  4.0000 @20.00 urban
    buy  西湖 10.0000 @21.00 urban
    reference 20.50
    price 20.50 reference
    moves 4.0000 wanted 10.0000 offered 14.0000
    meet 西湖 余杭 4.0000
  )");
}

TEST(CallPairs, DroppingOnePairChangesThePrice) {
  // 19.60: D 10, S 10, V 10.   20.00: D 10, S 12, V 10.
  check(R"(
    sell 建德 10.0000 @19.60 mountain4
    sell 余杭  2.0000 @20.00 urban
    buy  西湖 10.0000 @20.50 urban
    reference 19.60
    price 19.60 surplus
    moves 10.0000 wanted 10.0000 offered 10.0000
    meet 西湖 建德 10.0000
  )");
  // Without 建德 → 西湖.   19.60: V 0.   20.00 and 20.50: D 10, S 12, V 2; 20.00 is nearer to 19.60.
  check(R"(
    rule mountain4 → urban never
    sell 建德 10.0000 @19.60 mountain4
    sell 余杭  2.0000 @20.00 urban
    buy  西湖 10.0000 @20.50 urban
    reference 19.60
    price 20.00 reference
    moves 2.0000 wanted 10.0000 offered 12.0000
    meet 西湖 余杭 2.0000
  )");
}

TEST(CallPairs, AFloorThatBindsNobodyIsNoPriceOfTheCall) {
  // 建德 asks 20.50, so the floor of 20.00 is not its matter.   19.80: D 5, S 5.   20.50: D 5, S 6.
  check(R"(
    rule mountain4 → urban from 20.00
    sell 余杭 5.0000 @19.80 urban
    sell 建德 1.0000 @20.50 mountain4
    buy  西湖 5.0000 best urban
    price 19.80 surplus
    every tick none reference
    moves 5.0000 wanted 5.0000 offered 5.0000
    meet 西湖 余杭 5.0000
  )");
}

// ---- who is filled ----

TEST(CallFills, AtTheMarginTheEarlierOrderIsFilledAndTheLastInPart) {
  check(R"(
    sell s1 10.0000 @20.00
    buy  b1  4.0000 @20.00
    buy  b2  4.0000 @20.00
    buy  b3  4.0000 @20.00
    price 20.00 volume
    moves 10.0000 wanted 12.0000 offered 10.0000
    meet b1 s1 4.0000
    meet b2 s1 4.0000
    meet b3 s1 2.0000
  )");
}

TEST(CallFills, AnIcebergTakesPartWithAllThatItHasAndKeepsItsPlace) {
  // b1 shows 10 of 100 in the book; here its 100 come before b2.
  check(R"(
    sell s1 105.0000 @20.00
    buy  b1 100.0000 @20.00
    buy  b2  10.0000 @20.00
    price 20.00 volume
    moves 105.0000 wanted 110.0000 offered 105.0000
    meet b1 s1 100.0000
    meet b2 s1 5.0000
  )");
}

TEST(CallFills, PriorityNeverCostsVolume) {
  // 西湖 may buy from 余杭 only. 淳安 came first and may buy from both: it takes 建德's land, so that all 10 can pass.
  check(R"(
    rule mountain4 → urban never
    sell 余杭 5.0000 @20.00 urban
    sell 建德 5.0000 @20.00 mountain4
    buy  淳安 5.0000 @20.00 mountain4
    buy  西湖 5.0000 @20.00 urban
    price 20.00 volume
    moves 10.0000 wanted 10.0000 offered 10.0000
    meet 淳安 建德 5.0000
    meet 西湖 余杭 5.0000
  )");
}

TEST(CallFills, AnOrderIsPassedOverOnlyForWantOfAnybodyItMayTradeWith) {
  // 西湖 bids most, but may not buy from 建德, and 余杭 has 3.
  check(R"(
    rule mountain4 → urban never
    sell 建德 10.0000 @19.00 mountain4
    sell 余杭  3.0000 @19.00 urban
    buy  西湖 10.0000 @21.00 urban
    buy  淳安 20.0000 @19.00 mountain4
    price 19.00 volume
    moves 13.0000 wanted 30.0000 offered 13.0000
    meet 西湖 余杭 3.0000
    meet 淳安 建德 10.0000
  )");
}

TEST(CallFills, ShareTheOpenPairsByPriorityAcrossClasses) {
  // Both may buy from 余杭 alone; the mountain county bids more and comes first.
  check(R"(
    rule urban → urban from 20.00
    sell 余杭 6.0000 @20.00 urban
    buy  西湖 4.0000 @20.00 urban
    buy  淳安 4.0000 @20.01 mountain4
    reference 20.00
    price 20.00 volume
    moves 6.0000 wanted 8.0000 offered 6.0000
    meet 淳安 余杭 4.0000
    meet 西湖 余杭 2.0000
  )");
}

// ---- a seat's own orders ----

TEST(CallOwnOrders, TheNewerEndsAndTheCallGoesOnWithoutIt) {
  for (const std::string mode : {"refuse", "cancel_newest"})
    check(R"(
      sell s1 5.0000 @19.00 by 余杭 cancel_both
      buy  b1 5.0000 @20.00 by 余杭 )" +
          mode + R"(
      buy  b2 5.0000 @19.50
      ended b1 5.0000 own s1
      reference 19.20
      price 19.20 reference
      moves 5.0000 wanted 5.0000 offered 5.0000
      meet b2 s1 5.0000
    )");
}

TEST(CallOwnOrders, TheOlderOnesEndTheFirstInPriorityFirst) {
  check(R"(
    sell s1 5.0000 @19.50 by 余杭
    sell s2 5.0000 @19.00 by 余杭
    sell s3 5.0000 @20.50 by 余杭
    sell s4 2.0000 @20.00
    buy  b1 9.0000 @20.00 by 余杭 cancel_oldest
    ended s2 5.0000 own b1
    ended s1 5.0000 own b1
    price 20.00 volume
    moves 2.0000 wanted 9.0000 offered 2.0000
    meet b1 s4 2.0000
  )");
}

TEST(CallOwnOrders, BothEnd) {
  check(R"(
    buy  b1 5.0000 best by 余杭
    buy  b2 5.0000 @20.00 by 余杭
    sell s1 1.0000 @19.00 by 余杭 cancel_both
    sell s2 2.0000 @20.00
    ended b1 5.0000 own s1
    ended s1 1.0000 own b1
    price 20.00 volume
    moves 2.0000 wanted 5.0000 offered 2.0000
    meet b2 s2 2.0000
  )");
}

TEST(CallOwnOrders, BothShrinkByTheSmallerUntilOneIsUsedUp) {
  // b1 has 9: 4 go against s2, 3 against s1, 2 are left for s4.
  check(R"(
    sell s1 3.0000 @19.50 by 余杭
    sell s2 4.0000 @19.00 by 余杭
    sell s4 5.0000 @20.00
    buy  b1 9.0000 @20.00 by 余杭 decrement
    ended s2 4.0000 own b1
    smaller b1 4.0000 own s2
    ended s1 3.0000 own b1
    smaller b1 3.0000 own s1
    price 20.00 volume
    moves 2.0000 wanted 2.0000 offered 5.0000
    meet b1 s4 2.0000
  )");
}

TEST(CallOwnOrders, MayTradeWhereTheExperimentAllowsIt) {
  check(R"(
    sell s1 5.0000 @20.00 by 余杭
    buy  b1 5.0000 @20.00 by 余杭 allow
    price 20.00 volume
    moves 5.0000 wanted 5.0000 offered 5.0000
    meet b1 s1 5.0000
  )");
}

TEST(CallOwnOrders, AreLeftAloneWhereTheyCouldNotTradeWithEachOther) {
  // Their limits do not meet; or their pair is closed, or opens only above what the buy would pay.
  check(R"(
    sell s1 5.0000 @20.01 by 余杭
    buy  b1 5.0000 @20.00 by 余杭
    price none
  )");
  for (const std::string rule : {"never", "from 20.01"})
    check("rule urban → urban " + rule + R"(
      sell s1 5.0000 @19.00 by 余杭 urban
      buy  b1 5.0000 @20.00 by 余杭 urban
      buy  b2 5.0000 @19.00 mountain4
      price 19.00 volume
      moves 5.0000 wanted 10.0000 offered 5.0000
      meet b2 s1 5.0000
    )");
}

}  // namespace
}  // namespace landex
