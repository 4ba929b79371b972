// CSV by libcsv, in its strict mode, fed one line of the file at a time so that every field knows its line.
#include <csv.h>
#include <fmt/format.h>

#include <algorithm>

#include "clients/feeds/table.hpp"

namespace landex::feeds {
namespace {

struct Reading {
  std::string file;
  Table table;
  Faults faults;
  Row row;
  size_t line = 0;      // that is being fed
  bool between = true;  // no record has begun
  bool told_too_many = false;
};

void on_field(void* text, size_t size, void* reading) {
  auto& r = *static_cast<Reading*>(reading);
  r.row.fields.push_back({.name = {}, .text = std::string(static_cast<const char*>(text), size), .line = r.line});
}

void on_row(int, void* reading) {
  auto& r = *static_cast<Reading*>(reading);
  r.between = true;
  Row row = std::exchange(r.row, {.line = r.line, .fields = {}});
  if (std::ranges::all_of(row.fields, [](const Field& f) { return f.text.empty(); })) return;  // Excel's empty rows
  if (r.table.header.empty()) {
    while (row.fields.back().text.empty()) row.fields.pop_back();  // its empty columns too
    for (auto& f : row.fields) r.table.header.push_back({.name = std::move(f.text), .text = {}, .line = row.line});
    return;
  }
  const auto& header = r.table.header;
  while (row.fields.size() > header.size() && row.fields.back().text.empty()) row.fields.pop_back();
  if (row.fields.size() != header.size()) {
    r.faults.push_back({.file = r.file,
                        .line = row.line,
                        .zh = fmt::format("此行有 {} 格，表头有 {} 格", row.fields.size(), header.size()),
                        .en = fmt::format("this row has {} cells, the header has {}", row.fields.size(), header.size()),
                        .remedy_zh = "请补齐；含逗号的内容须加双引号",
                        .remedy_en = "give every cell; put double quotes around what holds a comma"});
    return;
  }
  for (size_t n = 0; n < header.size(); ++n) row.fields[n].name = header[n].name;
  r.table.rows.push_back(std::move(row));
}

struct Parser {
  csv_parser p{};
  Parser() { csv_init(&p, CSV_STRICT | CSV_STRICT_FINI); }
  ~Parser() { csv_free(&p); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
};

Fault quotes(const Reading& r) {
  return {.file = r.file,
          .line = r.row.line,
          .zh = "双引号不成对，或在未加引号的格中",
          .en = "a double quote is not closed, or stands in a cell without quotes",
          .remedy_zh = "整格加双引号，其中的双引号写两次",
          .remedy_en = "put double quotes around the cell, and write each quote inside it twice"};
}

}  // namespace

std::expected<Table, Faults> read_csv(const std::string& file, std::string_view bytes) {
  Reading r{.file = file, .table = {}, .faults = {}, .row = {}};
  Parser parser;
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
    const std::string_view text = bytes.substr(at, end - at);
    ++r.line;
    if (r.between) r.row.line = r.line;
    if (text.find_first_not_of("\r\n") != text.npos) r.between = false;
    if (csv_parse(&parser.p, text.data(), text.size(), on_field, on_row, &r) != text.size()) {
      r.faults.push_back(quotes(r));
      return std::unexpected(std::move(r.faults));
    }
    if (r.table.rows.size() > kMostRows) break;
    at = end;
  }
  if (csv_fini(&parser.p, on_field, on_row, &r) != 0) r.faults.push_back(quotes(r));
  if (!r.faults.empty()) return std::unexpected(std::move(r.faults));
  return std::move(r.table);
}

}  // namespace landex::feeds
