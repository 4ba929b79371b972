// report_commands.hpp: export, statistics: what reads a reports database or a journal, and no server.
#pragma once
#include "clients/cli/commands.hpp"

namespace landex::cli {

void add_reports(CLI::App& app, Context& c, Chosen& chosen);

}  // namespace landex::cli
