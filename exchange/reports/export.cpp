#include "exchange/reports/export.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

namespace landex::reports {
namespace {

std::string key_of(const Table& t) {
  std::string key;
  for (size_t i = 0; i < t.key; ++i) key += (i == 0 ? "" : ", ") + std::string{t.columns[i].name};
  return key;
}

Sheet ledger_sheet() {
  return {.columns = {{"seq", true},
                      {"idx", true},
                      {"business_day", false},
                      {"asset", false},
                      {"from_unit", true},
                      {"from_purse", false},
                      {"to_unit", true},
                      {"to_purse", false},
                      {"amount_fen_e4mu_or_kg", true},
                      {"clause", false},
                      {"cause_seq", true}},
          .rows = {}};
}
constexpr std::string_view kLedgerSql =
    "select seq, idx, business_day, asset, from_unit, from_purse, to_unit, to_purse, amount, clause, cause_seq from ("
    "select seq, idx, business_day, 'money' as asset, from_unit, from_purse, to_unit, to_purse, amount_fen as amount, "
    "clause, cause_seq from money_entries union all "
    "select seq, idx, business_day, instrument, from_unit, from_purse, to_unit, to_purse, quantity_e4mu_or_kg, clause, "
    "cause_seq from land_entries) as entries order by seq, idx";

}  // namespace

std::vector<std::string_view> exportable() {
  std::vector<std::string_view> names{"ledger"};
  for (const Table& t : tables()) names.push_back(t.name);
  return names;
}

Result<Sheet> exported(Database& database, std::string_view name) {
  Sheet sheet;
  std::string sql{kLedgerSql};
  if (name == "ledger") {
    sheet = ledger_sheet();
  } else {
    const Table* t = table_named(name);
    if (!t)
      return std::unexpected{
          Trouble{.zh = fmt::format("没有表 {}；可导出：{}", name, fmt::join(exportable(), " ")),
                  .en = fmt::format("there is no table {}; there are: {}", name, fmt::join(exportable(), " "))}};
    for (const Column& c : t->columns) sheet.columns.push_back({std::string{c.name}, c.type == Column::Type::number});
    sql = fmt::format("select {} from {} order by {}", column_list(*t), t->name, key_of(*t));
  }
  const auto read = database.each(sql, [&](const Answer::Cells& cells) { sheet.rows.push_back(cells); });
  if (!read) return std::unexpected{read.error()};
  return sheet;
}

Result<void> copy(Database& from, Database& to) {
  std::vector<Row> rows;
  for (const Table& t : tables()) {
    const auto read =
        from.each(fmt::format("select {} from {}", column_list(t), t.name), [&](const Answer::Cells& cells) {
          Row row{.table = t.id, .values = {}};
          for (size_t i = 0; i < cells.size(); ++i) {
            if (!cells[i]) {
              row.values.emplace_back();
            } else if (t.columns[i].type == Column::Type::text) {
              row.values.emplace_back(*cells[i]);
            } else {
              int64_t n = 0;
              std::from_chars(cells[i]->data(), cells[i]->data() + cells[i]->size(), n);
              row.values.emplace_back(n);
            }
          }
          rows.push_back(std::move(row));
        });
    if (!read) return read;
  }
  return to.write(rows, from.progress());
}

}  // namespace landex::reports
