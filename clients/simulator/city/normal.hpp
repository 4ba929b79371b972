// normal.hpp: one standard normal number from one uniform one, by its quantile (draw/distribution.hpp). Pure but for
// the stream.
#pragma once
#include "clients/simulator/draw/distribution.hpp"
#include "clients/simulator/draw/stream.hpp"

namespace landex::simulator {

inline double standard_normal(Stream& stream) {
  static const Distribution kStandard = Normal{.mean = 0, .sd = 1, .low = -6, .high = 6};
  return quantile(kStandard, stream.open_unit());
}

}  // namespace landex::simulator
