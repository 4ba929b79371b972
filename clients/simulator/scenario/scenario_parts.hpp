// scenario_parts.hpp: one setting and one shock, from their tables. What is wrong is told, and nothing is returned.
// Private to scenario/.
#pragma once
#include <optional>
#include <span>
#include <string>

#include "clients/simulator/scenario/toml_table.hpp"

namespace landex::simulator {

std::optional<Setting> setting_from(const TomlTable& t, Factor f, Part part, Faults& faults);
std::optional<Shock> shock_from(const TomlTable& t, Faults& faults);

/// "a, b, c".
std::string joined(std::span<const std::string_view> words);

}  // namespace landex::simulator
