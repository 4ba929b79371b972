// call_prevention.hpp: no seat meets itself in a call (decisions 14): before a price is sought, a seat's own orders
// that could trade with each other are dealt with, as if each had met the earlier ones when it arrived. So the call
// does what the continuous book would have done with the same orders, and the price is found among orders that may all
// trade.
//   Order of things. Orders are taken by ticket. Each meets the seat's own earlier orders of the other side that are
//   left, the first in priority first, while there is some price at which the two would trade: both limits and the
//   pair's rule allow it. What then happens is what the later order asked for (SelfTrade):
//     refuse, cancel_newest  the later order ends. (A call cannot refuse an order that rests already.)
//     cancel_oldest          the earlier order ends, and the later one meets the next
//     cancel_both            both end
//     decrement              both become smaller by the lesser of the two, and the later one, if any is left, meets the
//                            next; an order of which nothing is left ends
//     allow                  nothing: they may trade with each other
// A seat has one class. Pure, single-threaded; O(n log n).
#pragma once
#include <vector>

#include "matching/call_auction.hpp"

namespace landex::matching {

/// One order that ended or became smaller. Of a pair the earlier order is told first.
struct CallPrevented {
  OrderId order, own;  // `own` is the seat's order on the other side
  SelfTrade mode;      // what the later of the two asked for
  Quantity by;         // what left the call
  bool ended;
  friend bool operator==(const CallPrevented&, const CallPrevented&) = default;
};

/// Both sides are in priority, and stay so; orders that end are taken out. Puts into `out` (which it empties) what
/// happened, in order.
void prevent_self_trades(std::vector<CallOrder>& buys, std::vector<CallOrder>& sells, const PairTable&,
                         std::vector<CallPrevented>& out);

}  // namespace landex::matching
