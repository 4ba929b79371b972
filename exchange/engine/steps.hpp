// steps.hpp: every command has a `check` and a `move`. All that can be refused is refused in `check`, which changes
// nothing; `move` cannot fail. They live by subject: steps_day, steps_money, steps_registry, steps_book, steps_deals.
#pragma once
#include "exchange/engine/state.hpp"
#include "exchange/engine/verdict.hpp"

namespace landex::engine {

/// What `check` sees.
struct Asked {
  const State& state;
  const Envelope& who;
  Verdict& verdict;
};

/// What `move` works on: the state, the stamped command's number, and the events so far.
struct Doing {
  State& state;
  Sequence seq;
  District who;
  Events& events;
};

#define LANDEX_STEP(Name)                         \
  void check(const Asked&, const command::Name&); \
  void move(Doing&, const command::Name&);
LANDEX_STEP(Activate)
LANDEX_STEP(SetVenue)
LANDEX_STEP(OpenDay)
LANDEX_STEP(CloseDay)
LANDEX_STEP(OpenAccount)
LANDEX_STEP(Deposit)
LANDEX_STEP(Withdraw)
LANDEX_STEP(PublishPrice)
LANDEX_STEP(FileBatch)
LANDEX_STEP(DeductBatch)
LANDEX_STEP(EnterPlots)
LANDEX_STEP(PlaceOrder)
LANDEX_STEP(CancelOrder)
LANDEX_STEP(ProposeDeal)
LANDEX_STEP(AcceptDeal)
LANDEX_STEP(EndDeal)
LANDEX_STEP(SettleDeal)
LANDEX_STEP(SettleClaims)
LANDEX_STEP(WriteOff)
#undef LANDEX_STEP

/// Parts of closing the day: every resting order, then every open proposal, lapses.
void lapse_orders(Doing& d);
void lapse_proposals(Doing& d);

}  // namespace landex::engine
