// mechanism.hpp: how offers become trades: a lever of the scenario, over the same agents and the same streams. A
// session is a begin, rounds of offers, and an end. One file for each:
//   continuous  every offer is an order that is matched as it comes
//   call        orders are collected, and uncrossed at one price at the end of the session
//   call, then continuous   the same for the first half of the rounds, and then continuous
//   sealed      sellers announce auctions with a published reserve; buyers bid in secret; the bureau opens them
//   listing     sellers announce lots; buyers outbid each other step by step until time decides
#pragma once
#include <memory>

#include "clients/simulator/city/town.hpp"

namespace landex::simulator {

/// What an agent wants to do now. `replaces`: its live quote for the same item, or kNone.
struct Offer {
  uint32_t party;
  Intent intent;
  uint32_t item;
  Instrument instrument;
  Side side;
  Quantity quantity;
  Price price, limit;
  uint32_t replaces = kNone;
};

class MarketMechanism {
 public:
  virtual ~MarketMechanism() = default;
  virtual void begin(Town&) {}
  /// Before each round; rounds count from 0.
  virtual void round(Town&, uint32_t /*round*/, uint32_t /*rounds*/) {}
  virtual void offer(Town&, const Offer&) = 0;
  virtual void end(Town&) {}
  /// Do sellers announce before the first round, and then wait?
  virtual bool sellers_announce() const { return false; }
};

std::unique_ptr<MarketMechanism> make_continuous();
std::unique_ptr<MarketMechanism> make_call(bool then_continuous);
std::unique_ptr<MarketMechanism> make_sealed(Seeds seeds);
std::unique_ptr<MarketMechanism> make_listing();

/// The next command of `o.party` is this quote: counted, and known by the number that the command will have. `left` and
/// `price` are what the mechanism makes of the offer.
uint32_t enter_quote(Town& town, const Offer& o, Quantity left, Price price);

/// An order in the book, or the change of one. Shared by what uses the book.
void place_order(Town& town, const Offer& offer);

}  // namespace landex::simulator
