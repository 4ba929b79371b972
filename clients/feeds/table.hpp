// table.hpp: a feed's file before anybody knows what it means: rows of named fields, each with the line it stands on.
// CSV and JSON both become this. Nothing is a number yet: digits stay the digits that were sent.
#pragma once
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "clients/feeds/fault.hpp"

namespace landex::feeds {

inline constexpr size_t kMostBytes = 16u << 20;  // of a file
inline constexpr size_t kMostRows = 20'000;      // of a file
inline constexpr size_t kMostFieldBytes = 64u << 10;

struct Field {
  std::string name;
  std::string text;  // empty: not given
  size_t line = 0;
};

struct Row {
  size_t line = 0;  // where it begins
  std::vector<Field> fields;
};

struct Table {
  std::vector<Field> header;  // of a CSV; a JSON file has none
  std::vector<Row> rows;
};

/// RFC 4180, with a header row; a byte-order mark is allowed. Quoted fields may hold commas, quotes and line ends.
std::expected<Table, Faults> read_csv(const std::string& file, std::string_view bytes);

/// An array of objects, or objects one after the other (JSON Lines). Members are strings, numbers, true, false or null.
std::expected<Table, Faults> read_json(const std::string& file, std::string_view bytes);

/// JSON if the first character says so, else CSV. The text must be UTF-8, and the file not larger than kMostBytes.
std::expected<Table, Faults> read_table(const std::string& file, std::string_view bytes);

}  // namespace landex::feeds
