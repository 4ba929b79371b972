// Area 数量 and grain capacity 产能 are two assets.
// expect: no match for 'operator+='
#include "matching/types/area.hpp"

using landex::Area;
using landex::Capacity;

void file(landex::Components& total, Area area) { total.area += area; }

#ifdef MISUSE
void file_wrongly(landex::Components& total, Capacity capacity) { total.area += capacity; }
#endif
