// quoter.hpp: how an agent prices one unit on one side of one instrument. What it may pay or take at the utmost is its
// limit; a quoter turns that, what it has heard and its random stream into a price. The published agents:
//   ZI-U, ZI-C  Gode & Sunder, JPE 1993: U[lowest, highest], and U[lowest, limit] (buyer), U[limit, highest] (seller)
//   ZIP         Cliff & Bruten, HPL-97-141
//   truthful    the limit itself;  margin: limit · (1 ∓ m), Zhan & Friedman 2007
// No agent knows another's limit. Ticks throughout. Pure but for its streams: a quote draws one number (ZI only), what
// is heard draws two each time that it moves a ZIP's margin.
#pragma once
#include <cstdint>
#include <optional>

#include "clients/simulator/draw/stream.hpp"
#include "matching/types/price.hpp"
#include "matching/types/trade.hpp"

namespace landex::simulator {

/// What anybody can see of an instrument's book.
struct Seen {
  std::optional<Price> bid, ask, last;
};

/// A quote as the market heard it, and whether it traded. `price` is the quote's own if it did not, else the trade's.
struct Shout {
  Side side;
  Price price;
  bool traded;
};

enum class Pricing : uint8_t { truthful, margin, zip, zi_c, zi_u };

struct QuoterRules {
  Pricing pricing = Pricing::truthful;
  Price lowest = Price::ticks(1), highest = Price::ticks(500'000);  // of the market
  double margin = 0;                                                // of Pricing::margin: 0 … 1
  /// ZIP's absolute perturbation goes up to so many ticks: .05 of a price of which 2.00 is the equilibrium of the
  /// published markets (200 ticks there).
  double zip_absolute = 5;
};

class Quoter {
 public:
  /// A ZIP draws its β ~ U[.1, .5], γ ~ U[0, .1] and first margin U[.05, .35] (a buyer's is negative) from `learn`.
  Quoter(const QuoterRules& rules, Side side, Stream learn);

  /// The price it would bid or ask now, rounded to the nearest tick. Never beyond the market's lowest and highest; but
  /// for ZI-U never worse than the limit, if that lies in the market (a limit above 0).
  Price quote(Price limit, Stream& stream);

  /// ZIP learns from every shout, also its own; `active`: it still has something to trade. Others do nothing.
  ///   a trade that it would have made raises its margin;
  ///   a trade by the other side's quote that it would not have made, and a quote of its own side that did not trade
  ///   and was as good as its own price or better, lower it while it is active.
  void hear(const Shout& shout, Price limit, bool active);

  const QuoterRules& rules() const { return rules_; }
  /// ZIP's μ: 0 and above for a seller, −1 … 0 for a buyer. 0 for the others.
  double margin() const { return profit_; }

 private:
  Price in_market(int64_t ticks) const;
  Price between(Price low, Price high, Stream& stream) const;
  void aim(Price at, bool up, Price now, Price limit);

  QuoterRules rules_;
  Side side_;
  Stream learn_;
  double profit_ = 0, beta_ = 0, gamma_ = 0, momentum_ = 0;  // ZIP's μ, β, γ, Γ
};

}  // namespace landex::simulator
