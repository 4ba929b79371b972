// counter_file.hpp: which counter the next command of this person gets, kept in a file under a lock, so that two
// commands started at once never share one, and a counter is used up before its command leaves this machine.
#pragma once
#include <expected>
#include <filesystem>
#include <string>

#include "matching/types/ids.hpp"

namespace landex::cli {

struct Ticket {
  ClientKey key;
  Counter counter;
};

/// $XDG_STATE_HOME/landex, ~/.local/state/landex, or a directory under the temporary one if there is no home.
std::filesystem::path state_dir();

/// Takes the next counter of the stream `name` (one file each), durable before it returns. A new file gets a new random
/// key. The error names the file and what to do.
std::expected<Ticket, std::string> next_ticket(const std::filesystem::path& dir, const std::string& name);

}  // namespace landex::cli
