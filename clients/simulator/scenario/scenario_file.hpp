// scenario_file.hpp: scenarios from TOML, strictly: what is not understood exactly is refused, with file, line, field,
// value and the way out, in both languages. A scenario may inherit: what it does not say its base says; a unit is
// inherited whole and changed field by field. Any thread may call; nothing is kept.
#pragma once
#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "clients/simulator/scenario/scenario.hpp"

namespace landex::simulator {

struct ScenarioFault {
  std::string file;
  int line = 0;  // 0: the file as a whole
  std::string field, value;
  std::string zh, en;  // what is wrong, and then the way out
};

/// "pool_share=0.3": from a command line, over what the file says; a choice by its word.
struct Override {
  std::string text;
};

/// Every fault that can be told at once, in order of lines.
using ScenarioFaults = std::vector<ScenarioFault>;

/// What a scenario is held against beside itself.
struct Known {
  /// Where the policy files are; empty: clearing/policy of the tree in which `shipped` stands.
  std::filesystem::path policy = {};
  /// Names of measures that `outcomes` may say; empty: not checked.
  std::vector<std::string> outcomes = {};
};

/// `where` is a path to a file (ends in .toml, or has a / in it), or the name of a shipped scenario in `shipped`. Bases
/// are looked for beside the file, then among the shipped ones. An override makes its number a constant (a lever stays
/// a lever, an uncertainty stays one if the override is a distribution) and, unless it says what the file says, an
/// assumption whose source is the command line: what is overridden is nobody's law any more. Fewer sessions leave out
/// the shocks behind the last.
std::expected<Scenario, ScenarioFaults> load_scenario(const std::string& where, const std::filesystem::path& shipped,
                                                      std::span<const Override> overrides = {},
                                                      const Known& known = {});
/// Names of the shipped scenarios, sorted.
std::vector<std::string> shipped_scenarios(const std::filesystem::path& shipped);

/// A file to begin with: `base` inherited, every lever that may be changed, with unit, bounds and meaning in comments.
std::string template_of(const Scenario& base, const std::string& name);

/// The resolved scenario as one file without a base, always written in the same way: read again it is the same
/// scenario.
std::string text_of(const Scenario& s);
/// SHA-256 of that text, in hex. What `base` was called is not part of it.
std::string hash_of(const Scenario& s);

/// "hangzhou.toml:12: levers.pool_share.value = 1.2: 超出范围… / out of bounds…": one line.
std::string words_of(const ScenarioFault& f);

}  // namespace landex::simulator
