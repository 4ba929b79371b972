#include "exchange/reports/sql_database.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace landex::reports {

Trouble told(const std::string& what) {
  return {.zh = "报表数据库出错：" + what, .en = "the reports database failed: " + what};
}

Answer::Cells cells_of(const soci::row& row) {
  Answer::Cells cells;
  cells.reserve(row.size());
  for (size_t i = 0; i < row.size(); ++i) {
    if (row.get_indicator(i) == soci::i_null) {
      cells.emplace_back();
      continue;
    }
    switch (row.get_properties(i).get_data_type()) {
      case soci::dt_string:
        cells.emplace_back(row.get<std::string>(i));
        break;
      case soci::dt_long_long:
        cells.emplace_back(std::to_string(row.get<long long>(i)));
        break;
      case soci::dt_integer:
        cells.emplace_back(std::to_string(row.get<int>(i)));
        break;
      default:  // PostgreSQL's sum of bigint is numeric, which would come as a float
        throw soci::soci_error("column " + row.get_properties(i).get_name() + " is neither bigint nor text: cast it");
    }
  }
  return cells;
}

bool SqlDatabase::has_tables() {
  try {
    long long rows = 0;
    session_ << "select count(*) from progress", soci::into(rows);
    return true;
  } catch (const soci::soci_error&) {
    return false;
  }
}

void SqlDatabase::begin(Access access) {
  const bool there = has_tables();
  progress_ = {};
  if (access == Access::read && !there)
    throw soci::soci_error("it is no reports database (there is no table progress)");
  long long version = 0, seq = 0, at_us = 0;
  const auto read = [&] {
    soci::indicator found = soci::i_null;
    session_ << "select schema_version, seq, at_us from progress where one = 1", soci::into(version, found),
        soci::into(seq), soci::into(at_us);
    return session_.got_data();
  };
  bool stands = there && read();
  if (stands && version != kSchemaVersion && access == Access::read)
    throw soci::soci_error(
        fmt::format("its tables are of version {}, this program reads version {}: start landexd "
                    "once, or rebuild it from the journal",
                    version, kSchemaVersion));
  if (access == Access::read) {
    if (stands) progress_ = {.seq = static_cast<uint64_t>(seq), .at_us = at_us};
    return;
  }
  soci::transaction all{session_};
  if (stands && version != kSchemaVersion) {  // a projection: the journal has it all
    for (const Table& t : tables()) session_ << "drop table if exists " << t.name;
    session_ << "drop table if exists progress";
    stands = false;
  }
  for (const Table& t : tables()) session_ << create_sql(t, t.name);
  session_ << create_progress_sql();
  if (!stands) {
    session_ << "insert into progress (one, schema_version, seq, at_us) values (1, " << kSchemaVersion << ", 0, 0)";
    seq = at_us = 0;
  }
  all.commit();
  progress_ = {.seq = static_cast<uint64_t>(seq), .at_us = at_us};
}

Result<void> SqlDatabase::write(std::span<const Row> rows, const Progress& now) {
  try {
    std::array<std::vector<const Row*>, kTables> by_table;
    for (const Row& row : rows) by_table[static_cast<size_t>(row.table)].push_back(&row);
    soci::transaction all{session_};
    for (const Table& t : tables())
      if (const auto& some = by_table[static_cast<size_t>(t.id)]; !some.empty()) load(some, t);
    soci::statement moved =
        (session_.prepare << fmt::format("update progress set seq = {}, at_us = {} where one = 1 and seq = {}", now.seq,
                                         now.at_us, progress_.seq));
    moved.execute(true);
    if (moved.get_affected_rows() != 1)
      return std::unexpected{
          Trouble{.zh = "报表数据库的序号已被他人改动：是否有另一个进程在写入？本次未写入任何内容。",
                  .en = "the number of the reports database was moved by somebody else: does another process write "
                        "it? Nothing was written."}};
    all.commit();
    progress_ = now;
    return {};
  } catch (const std::exception& e) {
    return std::unexpected{told(e.what())};
  }
}

Result<Answer> SqlDatabase::query(const std::string& sql) {
  try {
    Answer answer;
    const soci::rowset<soci::row> rows = session_.prepare << sql;
    for (const soci::row& row : rows) {
      if (row.size() == 0) break;  // no query: SOCI's PostgreSQL would give such rows for ever
      if (answer.columns.empty())
        for (size_t i = 0; i < row.size(); ++i) answer.columns.push_back(row.get_properties(i).get_name());
      answer.rows.push_back(cells_of(row));
    }
    return answer;
  } catch (const std::exception& e) {
    return std::unexpected{told(e.what())};
  }
}

Result<void> SqlDatabase::each(const std::string& sql, const Each& tell) {
  try {
    const soci::rowset<soci::row> rows = session_.prepare << sql;
    for (const soci::row& row : rows) tell(cells_of(row));
    return {};
  } catch (const std::exception& e) {
    return std::unexpected{told(e.what())};
  }
}

Result<void> SqlDatabase::snapshot(const std::function<void()>& inside) {
  try {
    session_ << begin_snapshot();
    inside();
    session_ << "commit";
    return {};
  } catch (const std::exception& e) {
    return std::unexpected{told(e.what())};
  }
}

bool is_postgresql(std::string_view where) {
  return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

Result<std::unique_ptr<Database>> open_database(const std::string& where, Access access) {
  return is_postgresql(where) ? open_postgres(where, access) : open_sqlite(where, access);
}

}  // namespace landex::reports
