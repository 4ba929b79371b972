// database.hpp: where the rows go: a port with two adapters, SQLite (a file, embedded) and PostgreSQL 15.
// Invariant: the database stands at one number. Rows and that number are written in one transaction, so after any crash
// it holds every row of the commands up to it and nothing of later ones; who resumes goes on behind it.
// Writing is checked: if the number is not the one that this object left, somebody else writes too, and nothing is.
// One thread at a time. No exception leaves; what the database said is in the Trouble.
#pragma once
#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "exchange/reports/row.hpp"

namespace landex::reports {

/// What went wrong with a database or a journal, in both languages.
struct Trouble {
  std::string zh, en;
  bool lasting = false;  // trying again would not help
};
template <class T>
using Result = std::expected<T, Trouble>;

enum class Access : uint8_t {
  read,   // it must be there
  write,  // made if absent; one of another schema version is emptied
};

class Database {
 public:
  virtual ~Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// How far it is; number 0: it is empty.
  virtual Progress progress() const = 0;
  /// All rows, and the number that it stands at then, or nothing. Of a kept table each key comes once.
  [[nodiscard]] virtual Result<void> write(std::span<const Row> rows, const Progress& now) = 0;
  /// One statement that reads. Whole numbers and text alone: cast what would be anything else (sum, avg) to bigint.
  [[nodiscard]] virtual Result<Answer> query(const std::string& sql) = 0;
  /// The same, row by row, for results that are larger than memory.
  using Each = std::function<void(const Answer::Cells&)>;
  [[nodiscard]] virtual Result<void> each(const std::string& sql, const Each& tell) = 0;
  /// All that `inside` asks is answered of one state, whoever writes meanwhile. It does not write.
  [[nodiscard]] virtual Result<void> snapshot(const std::function<void()>& inside) = 0;

 protected:
  Database() = default;
};

/// A file of SQLite, or postgresql://… (as libpq takes it).
[[nodiscard]] Result<std::unique_ptr<Database>> open_database(const std::string& where, Access access);
bool is_postgresql(std::string_view where);

}  // namespace landex::reports
