// An order cannot be passed for a deal.
// expect: could not convert 'order' from 'Id<landex::OrderKind>' to 'Id<landex::DealKind>'
#include "exchange/engine/command.hpp"

using landex::DealId;
using landex::OrderId;
using landex::engine::command::AcceptDeal;

AcceptDeal accept(DealId deal) { return {.deal = deal}; }
AcceptDeal accept_known(DealId deal) { return accept(deal); }

#ifdef MISUSE
AcceptDeal accept_what(OrderId order) { return accept(order); }
#endif
