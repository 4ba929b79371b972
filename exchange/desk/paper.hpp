// paper.hpp: a paper that somebody asks for, as a file: looked up, made, rendered. One thread at a time.
#pragma once
#include "exchange/desk/look_up.hpp"

namespace landex::desk {

/// At most so many bytes of a file: base64 of it fits into one message that waits to be sent.
inline constexpr size_t kMostBytes = 700 * 1024;

struct File {
  Sequence as_of;
  std::string name, bytes, check_code;
};

/// The file; or why there is none: nothing of that number that the asker may see, or facts that are not there yet.
Found<File> file_of(reports::Database& database, const House& house, const engine::Asker& who,
                    const wire::AskPaper& asked);

}  // namespace landex::desk
