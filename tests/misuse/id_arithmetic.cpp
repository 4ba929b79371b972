// A name is not a number to reckon with.
// expect: no match for 'operator+'
#include "matching/types/ids.hpp"

using landex::OrderId;

bool same(OrderId a, OrderId b) { return a == b; }

#ifdef MISUSE
auto next(OrderId id) { return id + 1; }
#endif
