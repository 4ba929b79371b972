// trade.hpp: sides, terms of an order, and the trade that two orders make.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <variant>

#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/instrument.hpp"
#include "matching/types/price.hpp"

namespace landex {

enum class Side : uint8_t { buy = 1, sell = 2 };
BOOST_DESCRIBE_ENUM(Side, buy, sell)
constexpr Side opposite(Side s) { return s == Side::buy ? Side::sell : Side::buy; }
constexpr bool exists(Side s) { return s == Side::buy || s == Side::sell; }

struct AtLimit {  // this price or better
  Price price;
  friend constexpr bool operator==(const AtLimit&, const AtLimit&) = default;
};
BOOST_DESCRIBE_STRUCT(AtLimit, (), (price))

struct AtBest {  // takes the clearing price, whatever it is; in the continuous book, what the other side offers
  friend constexpr bool operator==(const AtBest&, const AtBest&) = default;
};
BOOST_DESCRIBE_STRUCT(AtBest, (), ())

/// How an order is priced. A third kind does not compile until every place handles it.
using Terms = std::variant<AtLimit, AtBest>;
constexpr Price limit_of(const Terms& terms) { return std::get<AtLimit>(terms).price; }

/// What happens where a participant's order would meet another of its own. The numbers are on the wire.
enum class SelfTrade : uint8_t {
  refuse = 1,         // an order that would reach one of its own is not accepted; where that cannot be asked
                      // (a stop that triggers, a call), the newer of the two ends
  cancel_newest = 2,  // the newer order ends
  cancel_oldest = 3,  // the older order ends
  cancel_both = 4,    // both end
  decrement = 5,      // both shrink by the smaller, without a trade
  allow = 6,          // they trade (published experiments only)
};
BOOST_DESCRIBE_ENUM(SelfTrade, refuse, cancel_newest, cancel_oldest, cancel_both, decrement, allow)
constexpr bool exists(SelfTrade s) { return s >= SelfTrade::refuse && s <= SelfTrade::allow; }

/// Two orders met. The price is the resting order's, or the pair's floor where that is higher (H66-7.6).
struct Trade {
  Instrument instrument;
  OrderId buy_order, sell_order;
  District buyer, seller;
  Quantity quantity;
  Price price;
  Side arriving;  // whose order came later
  friend constexpr bool operator==(const Trade&, const Trade&) = default;
};

}  // namespace landex
