// call_auction.hpp: the price of a call auction: one price for all, found from the orders that have come in. The same
// function gives the indicative price while they come in. Who is then filled is call_uncross.hpp; a seat's own orders
// have been dealt with before (call_prevention.hpp).
//
// THE RULE (decisions 14; Xetra's, for pairs that may not all trade). At a price p, D is what buyers would take, S what
// sellers would give, both over all classes, and V is the most that can pass: a maximum flow from sellers' to buyers'
// classes over the pairs that may trade at p, because they are not limited or their floor is at or below p.
//   1. volume     the prices with the most V are kept; V = 0: there is no price
//   2. surplus    of these, the prices with the least D + S - 2V
//   3. pressure   of those that leave only buyers over (S = V < D) the highest, of those that leave only sellers over
//                 the lowest. So where all leave buyers over, the highest is the price; where all leave sellers, the
//                 lowest; where both are found, one of each is left, as Xetra has it. Those that leave nothing over, or
//                 both (which closed pairs bring about), stay.
//   4. reference  of what is left, the one nearest to the reference; of two as near, the higher: every pair that may
//                 trade at the lower may trade at the higher, and the table is there to keep land from going too
//                 cheaply. Without a reference nothing trades.
// Where nobody names a limit (at-best orders on both sides only) there is no limit to press against: after volume the
// reference decides at once.
//
// THE PRICES asked: every limit; every floor that binds somebody, which is one at which an order of each of its two
// classes would trade; and the reference, if it lies between the lowest and the highest of these, or nobody names a
// limit. So "nearest to the reference" is the reference itself wherever that is among the best, and a reference far
// from all limits does not drag the price beyond what anybody named.
// WHAT OTHER TICKS WOULD GIVE. Take a tick t that is not asked, and the next asked price q below it. From q to t no
// seller comes, no floor is reached that binds, at most the buyers whose limit is q have gone. So V(t) <= V(q), and the
// volume is the most over all ticks. If q is no buyer's limit, t is exactly as good as q. If it is, the surplus at t
// can be smaller: with buys 10 at 15, 5 at 10 and sells 10 at 8, 5 at 12, it is 5 at 10 and at 12 but 0 at 11. Such a
// tick is taken only if it is the reference: a price is one that an order, a rule or the market before has named.
//
// Pure, single-threaded, integers only. O(n + prices × a flow on at most 16 × 16 classes that is only repaired from one
// price to the next); of the prices, only those are asked for a flow whose curves alone do not rule them out.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "matching/pair_table.hpp"
#include "matching/types/seat.hpp"
#include "matching/types/trade.hpp"

namespace landex::matching {

struct CallOrder {
  OrderId id;
  uint64_t ticket;  // when it took its place: less is earlier; no two orders have the same
  Seat seat;
  ParticipantClass kind;
  Terms terms;
  Quantity quantity;  // positive; all of an iceberg, hidden or not
  SelfTrade self_trade;
};

/// Both sides in priority: at-best first, then the better limit, then the earlier ticket.
struct CallBook {
  std::span<const CallOrder> buys, sells;
};
void sort_in_priority(Side, std::vector<CallOrder>&);
bool in_priority(Side, std::span<const CallOrder>);

/// Would this order trade at `price`?
bool accepts(Side, const Terms&, Price price);

/// May this pair trade at `price`?
constexpr bool open_at(const PairRule& rule, Price price) {
  return !rule.limited || (rule.floor && *rule.floor <= price);
}

/// Which step of the rule left one price. On the wire, where zero means nothing.
enum class CallStep : uint8_t { nothing = 1, volume = 2, surplus = 3, pressure = 4, reference = 5 };
BOOST_DESCRIBE_ENUM(CallStep, nothing, volume, surplus, pressure, reference)

/// Without a price nothing trades and all quantities are 0; the step is then `nothing` (nobody meets anybody) or
/// `reference` (the rule asked for a reference and there is none).
struct CallPrice {
  std::optional<Price> price = std::nullopt;
  Quantity volume = {}, demand = {}, supply = {};  // V, D and S at that price
  CallStep step = CallStep::nothing;
  friend bool operator==(const CallPrice&, const CallPrice&) = default;
};
BOOST_DESCRIBE_STRUCT(CallPrice, (), (price, volume, demand, supply, step))

/// `reference` is the caller's: the last price of the book or, before there is one, the published cross-city price.
CallPrice discover(CallBook, const PairTable&, std::optional<Price> reference);

}  // namespace landex::matching
