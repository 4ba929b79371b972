// A rate may be off the tick, so it cannot be an order's limit before someone has looked (on_tick).
// expect: could not convert 'rate' from 'landex::Rate' to 'landex::Price'
#include "matching/types/trade.hpp"

using landex::AtLimit;
using landex::Price;
using landex::Rate;
using landex::Terms;

Terms terms(Price price) { return AtLimit{price}; }

#ifdef MISUSE
Terms terms_off_tick(Rate rate) { return AtLimit{rate}; }
#endif
