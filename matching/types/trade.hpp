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

/// How an order is priced. A second kind does not compile until every place handles it.
using Terms = std::variant<AtLimit>;
constexpr Price limit_of(const Terms& terms) { return std::get<AtLimit>(terms).price; }

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
