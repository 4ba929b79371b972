// What does not fit is not wrapped: in a constant it does not even compile.
// expect: call to non-'constexpr' function
#include "matching/types/area.hpp"

using landex::Area;

constexpr Area large = Area::ha_4dp(INT64_MAX / 15);
Area used() { return large; }

#ifdef MISUSE
constexpr Area too_large = Area::ha_4dp(INT64_MAX / 15 + 1);
#endif
