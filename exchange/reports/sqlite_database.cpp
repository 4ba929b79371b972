// SQLite: rows by prepared statements, one transaction for all of them. The file is readable by its owner alone: it
// holds what members do not see of each other.
#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include "exchange/reports/sql_database.hpp"

namespace landex::reports {
namespace {

/// A statement that inserts one row, and the places that it reads the values from.
class Insert {
 public:
  Insert(soci::session& session, const Table& t)
      : table_{t},
        statement_{session},
        numbers_(t.columns.size()),
        texts_(t.columns.size()),
        is_(t.columns.size(), soci::i_ok) {
    std::string places;
    for (size_t i = 0; i < t.columns.size(); ++i) {
      places += (i == 0 ? ":v" : ", :v") + std::to_string(i);
      if (t.columns[i].type == Column::Type::number)
        statement_.exchange(soci::use(numbers_[i], is_[i]));
      else
        statement_.exchange(soci::use(texts_[i], is_[i]));
    }
    statement_.alloc();
    statement_.prepare("insert into " + std::string{t.name} + " (" + column_list(t) + ") values (" + places + ")" +
                       on_conflict_sql(t));
    statement_.define_and_bind();
  }
  Insert(const Insert&) = delete;
  Insert& operator=(const Insert&) = delete;

  void run(const Row& row) {
    for (size_t i = 0; i < row.values.size(); ++i) {
      const Value& v = row.values[i];
      is_[i] = soci::i_ok;
      if (const auto* n = std::get_if<int64_t>(&v))
        numbers_[i] = *n;
      else if (const auto* name = std::get_if<std::string_view>(&v))
        texts_[i].assign(*name);
      else if (const auto* text = std::get_if<std::string>(&v))
        texts_[i].assign(*text);
      else
        is_[i] = soci::i_null;
    }
    statement_.execute(true);
  }

 private:
  const Table& table_;
  soci::statement statement_;
  std::vector<long long> numbers_;
  std::vector<std::string> texts_;
  std::vector<soci::indicator> is_;
};

class SqliteDatabase : public SqlDatabase {
 public:
  SqliteDatabase(const std::string& path, Access access) {
    if (path.find('"') != std::string::npos) throw soci::soci_error("the name of the file has a quotation mark");
    session_.open(soci::sqlite3, "dbname=\"" + path + "\" timeout=30");
    if (access == Access::write) {
      pragma("pragma journal_mode = wal");
      pragma("pragma synchronous = normal");  // after a loss of power it may stand at an earlier number; it catches up
    } else {
      pragma("pragma query_only = on");
    }
    pragma("pragma cache_size = -65536");
    begin(access);
  }
  ~SqliteDatabase() override {
    for (auto& insert : inserts_) insert.reset();  // before the session that they belong to
  }

 private:
  void pragma(const char* sql) {
    const soci::rowset<soci::row> answer = session_.prepare << sql;
    for ([[maybe_unused]] const auto& row : answer) {
    }
  }
  void load(std::span<const Row* const> rows, const Table& t) override {
    auto& insert = inserts_[static_cast<size_t>(t.id)];
    if (!insert) insert = std::make_unique<Insert>(session_, t);
    for (const Row* row : rows) insert->run(*row);
  }

  std::array<std::unique_ptr<Insert>, kTables> inserts_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, Access access) {
  if (access == Access::write) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return std::unexpected{told(path + ": " + std::strerror(errno))};
    ::close(file);
  } else if (std::error_code none; !std::filesystem::exists(path, none)) {
    return std::unexpected{told(path + ": no such file 没有该文件")};
  }
  try {
    return std::make_unique<SqliteDatabase>(path, access);
  } catch (const std::exception& e) {
    return std::unexpected{told(path + ": " + e.what())};
  }
}

}  // namespace landex::reports
