// scenario_tables.hpp: what a study found, for a terminal and for a program: the measures that its scenario begins
// with, or those that are asked for, each with its interval; and by its design the cells of a grid, Sobol's or Morris's
// indices, or a tornado. And what studies differ in.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "clients/simulator/study/store.hpp"

namespace landex::cli {

/// By its name in runs.csv ("unmet"); nothing where there is none. `measure_names`: all of them, comma between.
std::optional<simulator::Measure> measure_named(std::string_view name);
std::string measure_names();

/// `asked` instead of the scenario's own: each of them has a table of its own, otherwise the first three have.
simulator::StudyResult<std::string> study_tables(const simulator::StudyReader& study,
                                                 std::span<const simulator::Measure> asked = {});
/// Each study less the first: paired where seed and design are the same, otherwise by Welch, and which is said. Empty
/// if one of them has more than one point: cells are the report's.
simulator::StudyResult<std::string> difference_tables(std::span<const simulator::StudyReader> studies);
/// As one word of a command line.
std::string shell_word(const std::string& text);
/// One object, one line.
simulator::StudyResult<std::string> study_json(const simulator::StudyReader& study);

}  // namespace landex::cli
