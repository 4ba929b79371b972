// axes.hpp: an axis and a design as an analyst writes them on a command line, strictly: the fault says which words,
// what is wrong and what would be right. Pure.
#pragma once
#include <optional>
#include <string>

#include "clients/simulator/study/store.hpp"

namespace landex::simulator {

/// The most runs that a design may have.
inline constexpr uint64_t kMostRuns = 10'000'000;

/// "pool_share=0.1,0.2,0.3" (a list, of numbers or of a choice's words), "pool_share=0.1..0.4" (any number between, not
/// for a grid), or "demand_scale" alone: as the scenario spreads it.
StudyResult<Axis> axis_of(const Scenario& scenario, const std::string& text, bool grid);
/// Every uncertainty of the scenario, as it spreads them.
std::vector<Axis> uncertainties_of(const Scenario& scenario);
/// What is wrong with the whole: no axis, one twice, no runs or too many, odd levels.
std::optional<StudyFault> fault_of(const Design& design);

}  // namespace landex::simulator
