// A quantity says what it was made of: areas and kilograms enter by name.
// expect: could not convert
#include "matching/types/price.hpp"

using landex::Area;
using landex::Fen;
using landex::Price;
using landex::Quantity;

Fen cost(Area area, Price price) { return consideration(Quantity::of(area), price); }

#ifdef MISUSE
Fen cost_of_what(Area area, Price price) { return consideration(area, price); }
#endif
