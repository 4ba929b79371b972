// call_script.hpp: the table language of the call auction's specs. A table is one call: rules, orders in order of
// arrival, the reference, and below them everything that comes of it. What does not come as written fails the test with
// both texts. Every table is also put to the judge (naive_call.hpp), over the prices that the rule asks and over every
// tick from the lowest to the highest; where the two differ the table has to say what every tick would give.
//
//   rule mountain4 → urban from 20.00 | never    (no line: any price)
//   sell s1 10.0000 @19.00 [mountain4] [by 建德] [decrement]   (class: urban; seat: its own; self-trade: cancel_newest)
//   buy  b1  6.0000 best …                                     (at best)
//   reference 20.00
//
//   ended s1 10.0000 own b1 | smaller s1 4.0000 own b1         (self-trade prevention)
//   price 20.00 pressure | price none | price none reference   (and the step that settled it, or wanted a reference)
//   every tick 19.50 surplus                                   (only where it is not the same)
//   moves 10.0000 wanted 12.0000 offered 10.0000
//   meet b1 s1 6.0000                                          (all of them, in order)
// Quantities are mu, prices 万元/亩. # begins a comment.
#pragma once
#include <string_view>

namespace landex::call_script {

void check(std::string_view table);

}  // namespace landex::call_script
