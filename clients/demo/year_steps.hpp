// year_steps.hpp: the steps of a day's file that move money between governments: figures, funds, tasks, enclaves,
// reserved scales, and runs. The facts of a run stand in a CSV beside the file.
#pragma once
#include <optional>
#include <string>

#include "clients/demo/fields.hpp"
#include "exchange/engine/command.hpp"
#include "exchange/wire/refusal_text.hpp"

namespace landex::demo {

/// Nothing if `what` is no step of these.
std::optional<engine::Command> year_command(Fields& f, District by, const std::string& what,
                                            const wire::PlaceNames& places);

/// Where the command refers to an earlier one by number (a run, an enclave, a proposal): that number.
void refer(engine::Command& c, uint64_t number);

}  // namespace landex::demo
