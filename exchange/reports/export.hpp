// export.hpp: tables of a reports database, for people and their programs: as a sheet, or all of them as another
// database. Blocks; one thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "exchange/reports/database.hpp"
#include "exchange/reports/sheet.hpp"

namespace landex::reports {

/// What can be exported: each table by its name, and `ledger`: money and land entries together, in their order.
std::vector<std::string_view> exportable();

/// In the order of the key. Nothing is known under the name: a Trouble that says what is.
Result<Sheet> exported(Database& database, std::string_view name);

/// All rows of all tables, into a database that is empty.
Result<void> copy(Database& from, Database& to);

}  // namespace landex::reports
