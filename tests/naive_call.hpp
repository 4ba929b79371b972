// naive_call.hpp: the call auction by its definitions alone, for books of a few orders. It judges matching/call_*.hpp
// and shares none of their ways: V is the smallest cut, found by trying every set of classes; the steps of the price
// rule throw out prices from a list; a fill is the largest quantity, tried downwards, after which the whole V can still
// pass; and prices are asked at every tick where that is wanted.
#pragma once
#include <optional>
#include <vector>

#include "matching/call_auction.hpp"
#include "matching/call_prevention.hpp"
#include "matching/call_uncross.hpp"

namespace landex::naive {

struct Outlook {
  Price price;
  Quantity volume, demand, supply;
  int64_t surplus() const { return demand.raw() + supply.raw() - 2 * volume.raw(); }
  friend bool operator==(const Outlook&, const Outlook&) = default;
};
Outlook outlook(matching::CallBook, const matching::PairTable&, Price);

/// Limits, floors that bind, and the reference between them (anywhere if nobody names a limit); upwards.
std::vector<Price> candidates(matching::CallBook, const matching::PairTable&, std::optional<Price> reference);

/// Every tick from the lowest candidate to the highest.
std::vector<Price> every_tick(matching::CallBook, const matching::PairTable&, std::optional<Price> reference);

/// The price rule over `prices`.
matching::CallPrice settle(matching::CallBook, const matching::PairTable&, const std::vector<Price>& prices,
                           std::optional<Price> reference);

std::vector<matching::CallFill> uncross(matching::CallBook, const matching::PairTable&, Price);

std::vector<matching::CallPrevented> prevent_self_trades(std::vector<matching::CallOrder>& buys,
                                                         std::vector<matching::CallOrder>& sells,
                                                         const matching::PairTable&);

}  // namespace landex::naive
