// scenario_commands.hpp: `landex scenario …`: the analyst's laboratory. Needs no server.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/commands.hpp"
#include "clients/simulator/scenario/scenario_file.hpp"

namespace landex::cli {

/// scenario ls, new, check; and the group itself, to which the others add theirs.
CLI::App* add_scenarios(CLI::App& app, Context& c, Chosen& chosen);
void add_scenario_study(CLI::App& group, Context& c, Chosen& chosen);   // run, sweep
void add_scenario_report(CLI::App& group, Context& c, Chosen& chosen);  // report, compare
void add_scenario_replay(CLI::App& group, Context& c, Chosen& chosen);  // replay: a journal under a changed rule

/// Where the shipped scenarios are.
std::filesystem::path shipped_dir();

/// The scenario, held against the policy files of --policy and the measures there are; or nothing, and its faults are
/// on standard error, one line each: the command then ends with kUsage.
std::optional<simulator::Scenario> scenario_of(const Context& c, const std::string& where,
                                               const std::vector<std::string>& sets = {});

}  // namespace landex::cli
