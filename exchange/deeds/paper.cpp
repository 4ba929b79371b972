#include "exchange/deeds/paper.hpp"

#include <algorithm>

namespace landex::deeds {
namespace {

std::optional<std::string> fault_of(const Table& t) {
  const std::string where = "table " + t.name + ": ";
  for (const Row& row : t.rows) {
    if (row.size() != t.columns.size()) return where + "a row has not a cell for each column";
    for (size_t c = 0; c < row.size(); ++c)
      if (row[c].kind != t.columns[c].kind) return where + "a cell of " + t.columns[c].name + " is of another kind";
  }
  for (size_t c = 0; c < t.columns.size(); ++c) {
    const Column& column = t.columns[c];
    if (column.sum && is_words(column.kind)) return where + column.name + " is words, and has a sum";
    if (!column.running) continue;
    const auto [in, out] = *column.running;
    if (in >= t.columns.size() || out >= t.columns.size() || t.columns[in].kind != column.kind ||
        t.columns[out].kind != column.kind)
      return where + column.name + " runs over columns of another kind";
    for (size_t r = 0; r < t.rows.size(); ++r) {
      const auto& now = t.rows[r][c].number;
      if (!now) return where + column.name + " has a gap";
      const int64_t change = checked_sub(t.rows[r][in].number.value_or(0), t.rows[r][out].number.value_or(0));
      if (r == 0 ? change != 0 : *now != checked_add(*t.rows[r - 1][c].number, change))
        return where + column.name + " does not follow from the row above in row " + std::to_string(r + 1);
    }
  }
  return std::nullopt;
}

}  // namespace

bool Paper::simulated() const {
  return std::ranges::any_of(labels, [](const Label& l) { return l.kind == LabelKind::simulated; });
}

int64_t sum_of(const Table& table, size_t column) {
  int64_t sum = 0;
  for (const Row& row : table.rows) sum = checked_add(sum, row.at(column).number.value_or(0));
  return sum;
}

std::optional<int64_t> closing_of(const Table& table, size_t column) {
  return table.rows.empty() ? std::nullopt : table.rows.back().at(column).number;
}

std::optional<std::string> fault_of(const Paper& paper) {
  if (paper.title.zh.empty() || paper.number.empty()) return "it has no title or no number";
  for (const Field& f : paper.fields)
    if (f.capitals && f.value.kind != Kind::money) return "capitals of what is not money: " + f.label.zh;
  for (const Table& t : paper.tables)
    if (auto fault = fault_of(t)) return fault;
  return std::nullopt;
}

}  // namespace landex::deeds
