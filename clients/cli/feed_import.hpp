// feed_import.hpp: feeds into the exchange. All files are checked first; then each record becomes one command, once:
// what was imported before (feed_log.hpp), or stands in the exchange already with the same fields (an export that comes
// back, a file that a colleague has imported), is passed over. What the exchange refuses is told with its line, and is
// tried anew by the next import.
#pragma once
#include <vector>

#include "clients/cli/context.hpp"
#include "clients/feeds/adapter.hpp"

namespace landex::cli {

/// Every fault of every file is printed. Nothing: there are some.
std::optional<std::vector<feeds::Feed>> read_feeds(const Context& c, const std::vector<std::string>& files);

struct ImportOptions {
  bool stop = false;  // at the first record that is refused
};
int import_feeds(const Context& c, const std::vector<feeds::Feed>& feeds, ImportOptions options);

/// Every batch that the person may see.
std::expected<std::vector<engine::view::LineageRow>, int> all_filings(sdk::Client& client);

}  // namespace landex::cli
