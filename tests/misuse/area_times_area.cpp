// Land × land means nothing.
// expect: no match for 'operator*'
#include "matching/types/area.hpp"

using landex::Area;

Area sum(Area a, Area b) { return a + b; }

#ifdef MISUSE
auto product(Area a, Area b) { return a * b; }
#endif
