// quantity.hpp: an amount of one instrument, in that instrument's own unit (0.0001 mu, or kg for capacity).
// Which instrument it belongs to is said beside it; areas and kilograms enter and leave by name.
#pragma once
#include "matching/types/area.hpp"

namespace landex {

class Quantity : public Tally<Quantity> {
 public:
  static constexpr Quantity of(Area a) { return from_raw(a.raw()); }
  static constexpr Quantity of(Capacity c) { return from_raw(c.raw()); }
};

}  // namespace landex
