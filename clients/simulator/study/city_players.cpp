#include <memory>

#include "clients/simulator/study/runner.hpp"

namespace landex::simulator {

MakePlayer city_players(const Scenario& scenario, const Regimes& regimes, const Design& design, Detail detail) {
  return [&scenario, &regimes, seed = design.seed, paths = detail == Detail::full]() -> Player {
    auto year = std::make_shared<Year>(scenario, regimes);  // shared: a std::function is copied
    return [year, seed, paths](const RunPlan& plan, std::string& state_hash) -> const Outcome& {
      const Outcome& o = year->run(plan.values, {.study = seed, .run = plan.replicate}, paths);
      state_hash = year->state_hash();
      return o;
    };
  };
}

}  // namespace landex::simulator
