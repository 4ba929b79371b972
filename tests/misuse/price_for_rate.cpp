// A published rate rounds, by name; a price of a trade never does. One is not the other.
// expect: could not convert 'price' from 'landex::Price' to 'landex::Rate'
#include "matching/types/price.hpp"

using landex::Fen;
using landex::Instrument;
using landex::Price;
using landex::Quantity;
using landex::Rate;

Fen owed(Quantity q, Rate rate) { return payable(Instrument::supplementary_area, q, rate); }

#ifdef MISUSE
Fen owed_wrongly(Quantity q, Price price) { return payable(Instrument::supplementary_area, q, price); }
#endif
