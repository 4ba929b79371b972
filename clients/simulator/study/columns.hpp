// columns.hpp: the tables of a study, column by column, and how a row becomes cells, a line of CSV, and a row again.
// The one place that knows; the database, the CSV files and the dump all come from it. Inside the room alone. Numbers
// are in the shortest decimal form that reads back to the same bits; what is not finite is an empty cell.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "clients/simulator/study/store.hpp"

namespace landex::simulator {

enum class TableOf : uint8_t { runs, units, transfers, sessions };
inline constexpr size_t kTablesOfStudy = 4;
constexpr size_t index_of(TableOf t) { return static_cast<size_t>(t); }
std::string_view name_of(TableOf t);
std::string file_of(TableOf t);  // "runs.csv"

struct ColumnOf {
  enum class Type : uint8_t { whole, real, text };
  std::string name;
  Type type;
};
const std::vector<ColumnOf>& columns_of(TableOf t);

using CellOf = std::variant<std::monostate, int64_t, double, std::string>;
using CellsOf = std::vector<CellOf>;

void put_cells(const RunRow& row, CellsOf& cells);
void put_cells(const UnitRow& row, CellsOf& cells);
void put_cells(const TransferRow& row, CellsOf& cells);
void put_cells(const SessionRow& row, CellsOf& cells);
/// What put_cells made, as it was. False: a cell is not what this version of the program writes.
bool read_cells(const CellsOf& cells, RunRow& row);
bool read_cells(const CellsOf& cells, UnitRow& row);
bool read_cells(const CellsOf& cells, TransferRow& row);
bool read_cells(const CellsOf& cells, SessionRow& row);

/// RFC 4180, lines end in \n.
void append_csv(const CellsOf& cells, std::string& to);
std::string csv_header(TableOf t);

}  // namespace landex::simulator
