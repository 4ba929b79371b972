// Land and money are two ledgers; no sum mixes them.
// expect: no match for 'operator+'
#include "matching/types/area.hpp"
#include "matching/types/money.hpp"

using landex::Area;
using landex::Fen;

Fen money(Fen a, Fen b) { return a + b; }

#ifdef MISUSE
auto mixed(Fen a, Area b) { return a + b; }
#endif
