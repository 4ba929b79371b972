// What a scenario under a design is: told of the scenario, not of a run.
#include <fmt/format.h>
#include <sources_version.h>  // written by the build (sources_version.cmake)

#include <algorithm>

#include "clients/simulator/scenario/scenario_file.hpp"
#include "clients/simulator/study/store.hpp"

namespace landex::simulator {
namespace {

/// The rule sets that a study may play, by the words of the factor.
std::string rule_sets_of(const Scenario& scenario, const Design& design) {
  const FactorFacts& facts = facts_of(Factor::rule_set);
  const auto axis = std::ranges::find(design.axes, Factor::rule_set, &Axis::factor);
  const Distribution& spread = axis == design.axes.end() ? scenario[Factor::rule_set].value : axis->spread;
  std::string all;
  for (size_t i = 0; i < facts.words.size(); ++i) {
    const auto n = static_cast<double>(i);
    bool may = range_of(spread).low <= n && n <= range_of(spread).high;
    if (const auto* c = std::get_if<Choice>(&spread)) may = std::ranges::find(c->of, n) != c->of.end();
    if (may) all += (all.empty() ? "" : ", ") + std::string{facts.words[i]};
  }
  return all;
}

}  // namespace

StudyFacts facts_of(const Scenario& scenario, const Design& design, Detail detail) {
  StudyFacts f;
  f.name = scenario.name;
  f.title_zh = scenario.title_zh;
  f.title_en = scenario.title_en;
  f.about_zh = scenario.about_zh;
  f.about_en = scenario.about_en;
  const auto day = scenario.first_day.date();
  f.first_day = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                            static_cast<unsigned>(day.day()));
  f.scenario_hash = scenario.hash;
  f.scenario_text = text_of(scenario);
  f.rule_sets = rule_sets_of(scenario, design);
  f.outcomes = fmt::format("{}", fmt::join(scenario.outcomes, ", "));
  f.engine_behaviour = std::to_string(kPlayedBehaviour);
  f.sources_version = LANDEX_SOURCES_VERSION;
  f.seed = design.seed;
  f.design = design.kind;
  f.n = design.n;
  f.replicates = design.replicates;
  f.levels = design.levels;
  f.runs = design.runs();
  f.detail = detail;
  for (const Axis& a : design.axes) f.axes.push_back({a.factor, words_of(a.spread)});
  return f;
}

}  // namespace landex::simulator
