// tables.hpp: the tables of the reports database, described once. The adapters make them, fill them and the README
// explains them from this one list (a test compares the README with it), so none of the three can disagree.
//
// The SQL is what SQLite and PostgreSQL both take: bigint and text, a primary key, `on conflict … do update`. Numbers
// are whole, and the unit stands at the end of the column's name:
//   _fen      1/100 yuan                            _e4mu   0.0001 mu
//   _e4mu_or_kg   0.0001 mu; kg where the instrument is capacity (table instruments says which)
//   _tick     price: 100 yuan a mu; capacity: 1 fen a kg
//   _us       microseconds since 1970-01-01 UTC     _day, valid_from, valid_until   text, YYYY-MM-DD, both included
//   _seq, _id number of a command, which names what it made
// A table is appended (facts: a row is written once) or kept (how things stand: a row is written anew when it changes).
// Bump kSchemaVersion with every change: a database of another version is built anew from the journal.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace landex::reports {

inline constexpr int64_t kSchemaVersion = 1;

/// In the order of tables().
enum class TableId : uint8_t {
  commands,
  money_entries,
  land_entries,
  lot_entries,
  balances,
  trades,
  deals,
  orders,
  auctions,
  calls,
  filings,
  claims,
  pool_moves,
  requests,
  allotments,
  advances,
  advance_moves,
  prices,
  approvals,
  approval_moves,
  titles,
  units,
  instruments,
  policy,
  plots,
  plots_pooled,
  standards,
  fund_moves,
  runs,
  run_lines,
  restoration_tasks,
  undertakings,
  enclaves,
  enclave_agreements,
  reserved_scales,
  scale_uses,
};
inline constexpr size_t kTables = 36;

struct Column {
  enum class Type : uint8_t { number, text };
  std::string_view name;
  Type type;
  bool required;
  std::string_view meaning;
};

struct Table {
  enum class Kind : uint8_t { appended, kept };
  TableId id;
  std::string_view name;
  Kind kind;
  size_t key;  // the first so many columns are the primary key
  std::string_view meaning;
  std::span<const Column> columns;
};

std::span<const Table> tables();
inline const Table& table(TableId id) { return tables()[static_cast<size_t>(id)]; }
const Table* table_named(std::string_view name);

/// `progress` is no table of rows: it has one, and the adapters write it with every transaction.
inline constexpr std::string_view kProgressTable = "progress";

/// Statements that both databases take.
std::string create_sql(const Table& t, std::string_view name);
std::string column_list(const Table& t);
/// " on conflict (key) do update set …" of a kept table; nothing for an appended one, whose keys never come again.
std::string on_conflict_sql(const Table& t);
std::string create_progress_sql();

}  // namespace landex::reports
