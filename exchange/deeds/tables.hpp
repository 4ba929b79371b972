// tables.hpp: what makers do to tables. Pure.
#pragma once
#include <algorithm>
#include <vector>

#include "exchange/deeds/facts.hpp"

namespace landex::deeds {

/// A table without the columns in which no row has anything. Sums go, too; a running balance and what it runs over
/// stay.
inline Table without_blank_columns(Table t) {
  std::vector<size_t> kept;
  for (size_t c = 0; c < t.columns.size(); ++c) {
    bool keep = t.columns[c].running.has_value();
    for (const Column& other : t.columns)
      keep = keep || (other.running && (other.running->in == c || other.running->out == c));
    for (const Row& row : t.rows) keep = keep || !row[c].is_blank();
    if (keep) kept.push_back(c);
  }
  const auto place = [&](size_t c) { return static_cast<size_t>(std::ranges::find(kept, c) - kept.begin()); };
  Table out{
      .name = std::move(t.name), .title = std::move(t.title), .columns = {}, .rows = {}, .total = std::move(t.total)};
  for (const size_t c : kept) {
    Column column = t.columns[c];
    if (column.running) column.running = Running{.in = place(column.running->in), .out = place(column.running->out)};
    out.columns.push_back(std::move(column));
  }
  for (Row& row : t.rows) {
    Row less;
    for (const size_t c : kept) less.push_back(std::move(row[c]));
    out.rows.push_back(std::move(less));
  }
  return out;
}

}  // namespace landex::deeds
