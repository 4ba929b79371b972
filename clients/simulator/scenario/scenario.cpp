#include "clients/simulator/scenario/scenario.hpp"

namespace landex::simulator {

Point Scenario::middle() const {
  Point p;
  for (size_t i = 0; i < kFactors; ++i) p[static_cast<Factor>(i)] = simulator::middle(settings[i].value);
  return p;
}

std::vector<Factor> Scenario::uncertain() const {
  std::vector<Factor> out;
  for (size_t i = 0; i < kFactors; ++i)
    if (settings[i].part == Part::uncertainty) out.push_back(static_cast<Factor>(i));
  return out;
}

}  // namespace landex::simulator
