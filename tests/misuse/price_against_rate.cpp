// A floor is compared as a price, after it has been rounded up to the tick by name (floor_price).
// expect: no match for 'operator<'
#include "matching/types/price.hpp"

using landex::Instrument;
using landex::Price;
using landex::Rate;

bool below(Price price, Rate floor) { return price < floor_price(Instrument::supplementary_area, floor); }

#ifdef MISUSE
bool below_wrongly(Price price, Rate floor) { return price < floor; }
#endif
