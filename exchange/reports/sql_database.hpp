// sql_database.hpp: what both adapters share, over SOCI: the tables, the number that the database stands at, queries.
// How rows are loaded is theirs. Inside the room alone.
#pragma once
#include <soci/soci.h>

#include "exchange/reports/database.hpp"

namespace landex::reports {

class SqlDatabase : public Database {
 public:
  Progress progress() const override { return progress_; }
  Result<void> write(std::span<const Row> rows, const Progress& now) override;
  Result<Answer> query(const std::string& sql) override;
  Result<void> each(const std::string& sql, const Each& tell) override;
  Result<void> snapshot(const std::function<void()>& inside) override;

 protected:
  /// Makes the tables, or finds them; reads the number. Throws soci::soci_error.
  void begin(Access access);
  /// Inside the transaction. Throws soci::soci_error.
  virtual void load(std::span<const Row* const> rows, const Table& t) = 0;

  /// Begins a transaction that sees one state: SQLite's do.
  virtual const char* begin_snapshot() const { return "begin"; }

  soci::session session_;

 private:
  bool has_tables();
  Progress progress_;
};

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, Access access);
Result<std::unique_ptr<Database>> open_postgres(const std::string& url, Access access);

/// What SOCI or a driver said, as a Trouble.
Trouble told(const std::string& what);
/// One row of a result, every cell as text.
Answer::Cells cells_of(const soci::row& row);

}  // namespace landex::reports
