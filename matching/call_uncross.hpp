// call_uncross.hpp: who is filled in a call, by how much and with whom, once it has its price. Each answer is one by
// definition, whatever flow was found on the way, so that anybody can check it:
//   Fills. The orders of a side that accept the price are asked in priority. Each gets the most that still lets the
//   whole V pass, the fills of those before it given. So priority never costs volume, and an order is passed over only
//   if what it could trade with is needed for those before it. A side's fills do not depend on the other side's: what
//   each side can be given alone, both can be given together (Mendelsohn and Dulmage 1958, for flows).
//   Pairs. The buys in priority meet the sells in priority, each pair with the most that still lets everybody be
//   filled.
// So the first buy meets the first sell that it may trade with, unless another needs that one more.
// At most one order of each class and side is filled in part, and there are at most buys + sells + 256 pairs.
// Pure, single-threaded, integers only; O(n × classes).
#pragma once
#include <vector>

#include "matching/call_auction.hpp"

namespace landex::matching {

/// What two orders exchange; both are indices into their side of the book.
struct CallFill {
  uint32_t buy, sell;
  Quantity quantity;
  friend bool operator==(const CallFill&, const CallFill&) = default;
};

/// Puts into `out` (which it empties) what the book exchanges at `price`, in the order of the pairs above.
void uncross(CallBook, const PairTable&, Price price, std::vector<CallFill>& out);

}  // namespace landex::matching
