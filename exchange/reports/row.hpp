// row.hpp: a row on its way into a table, and what comes back from one. A value is nothing, a whole number or a text;
// there are no floats in the database. Plain data.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "exchange/reports/tables.hpp"

namespace landex::reports {

/// A string_view is the name of an enumerator or of a command: it stands as long as the process.
using Value = std::variant<std::monostate, int64_t, std::string_view, std::string>;

struct Row {
  TableId table;
  std::vector<Value> values;  // one for each column of the table, in its order
  friend bool operator==(const Row&, const Row&) = default;
};

/// How far the database is: all of the commands up to and including `seq`, and nothing of any later one. The time of
/// that command tells one journal from another.
struct Progress {
  uint64_t seq = 0;
  int64_t at_us = 0;
  friend bool operator==(const Progress&, const Progress&) = default;
};

/// The answer to a query: every cell as text, numbers in decimal; nothing for null.
struct Answer {
  using Cells = std::vector<std::optional<std::string>>;
  std::vector<std::string> columns;
  std::vector<Cells> rows;
  friend bool operator==(const Answer&, const Answer&) = default;
};

}  // namespace landex::reports
