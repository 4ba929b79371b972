// sheet.hpp: a table on its way to people: columns with their units in the name, rows of cells. CSV (RFC 4180: CRLF,
// quotes where they are needed) and JSON Lines (numbers as numbers, null where there is nothing). Pure.
#pragma once
#include <string>
#include <vector>

#include "exchange/reports/row.hpp"

namespace landex::reports {

struct Sheet {
  struct Head {
    std::string name;
    bool number;
  };
  std::vector<Head> columns;
  std::vector<Answer::Cells> rows;
};

/// With `bom`, Excel reads the Chinese in it.
std::string csv_of(const Sheet& sheet, bool bom);
/// One object for each row, one row on a line.
std::string json_lines_of(const Sheet& sheet);
std::string json_string(std::string_view text);

}  // namespace landex::reports
