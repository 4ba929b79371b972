// xlsx.hpp: a paper as a workbook: a sheet with what the form says, and one for each table, whose sums and running
// balances are live formulas beside the figures that they come to. Ids and names are text, units stand in the heads,
// the head is frozen. The only date in the file is the business date: the same paper gives the same bytes. A
// spreadsheet reckons in floats: a figure of 10^15 smallest units or more would not be exact there and is refused.
// libxlsxwriter writes to a file; ours is in memory only. Its parts pass through unnamed files of the system.
#pragma once
#include <expected>
#include <string>

#include "exchange/deeds/paper.hpp"

namespace landex::deeds {

/// The bytes of the file, or why there is none. The paper is sound (`fault_of`).
std::expected<std::string, Words> xlsx(const Paper& paper);

}  // namespace landex::deeds
