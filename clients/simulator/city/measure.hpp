// measure.hpp: what a year comes to, out of its tally: every Measure, each unit's row, the transfer matrix, the paths.
// Each number is defined beside its computation in measure.cpp.
#pragma once
#include "clients/simulator/city/surplus.hpp"
#include "clients/simulator/city/timeline.hpp"
#include "clients/simulator/city/town.hpp"

namespace landex::simulator {

class Measurer {
 public:
  /// The year is over: its last day is closed.
  void measure(const Town& town, const OutsidePrice& outside, const std::vector<Day>& days, const Factors& factors,
               bool paths, Outcome& out);

 private:
  std::vector<Units> demand_, supply_;
  std::vector<double> some_;
};

}  // namespace landex::simulator
