// PostgreSQL: rows by COPY, twenty times as fast as statement after statement; those of a kept table into a temporary
// table first, and from there on conflict over what stands. SOCI's bulk statements are not used: executed a second
// time they send the first batch again.
#include <soci/postgresql/soci-postgresql.h>

#include <memory>

#include "exchange/reports/sql_database.hpp"

namespace landex::reports {
namespace {

constexpr size_t kChunk = size_t{1} << 20;  // bytes handed to libpq at a time
constexpr int kFetch = 10'000;              // rows of a cursor at a time

void append(std::string& out, std::string_view text) {
  for (const char c : text) switch (c) {
      case '\\':
        out += "\\\\";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += c;
    }
}

void append(std::string& out, const Row& row) {
  bool first = true;
  for (const Value& v : row.values) {
    if (!first) out += '\t';
    first = false;
    if (const auto* n = std::get_if<int64_t>(&v))
      out += std::to_string(*n);
    else if (const auto* name = std::get_if<std::string_view>(&v))
      append(out, *name);
    else if (const auto* text = std::get_if<std::string>(&v))
      append(out, *text);
    else
      out += "\\N";
  }
  out += '\n';
}

struct Clear {
  void operator()(PGresult* r) const { PQclear(r); }
};
using Said = std::unique_ptr<PGresult, Clear>;

class PostgresDatabase : public SqlDatabase {
 public:
  PostgresDatabase(const std::string& url, Access access) {
    session_.open(soci::postgresql, url);
    connection_ = static_cast<soci::postgresql_session_backend*>(session_.get_backend())->conn_;
    session_ << "set client_min_messages to warning";  // "already exists, skipping"
    session_ << "set client_encoding to 'UTF8'";
    if (access == Access::write) session_ << "set synchronous_commit to off";  // as SQLite's NORMAL: it catches up
    if (access == Access::read) session_ << "set default_transaction_read_only to on";
    begin(access);
  }

  Result<void> each(const std::string& sql, const Each& tell) override {
    try {
      soci::transaction all{session_};
      session_ << "declare landex_rows no scroll cursor for " << sql;
      for (bool more = true; more;) {
        more = false;
        const soci::rowset<soci::row> rows = session_.prepare << "fetch " << kFetch << " from landex_rows";
        for (const soci::row& row : rows) {
          more = true;
          tell(cells_of(row));
        }
      }
      all.rollback();
      return {};
    } catch (const std::exception& e) {
      return std::unexpected{told(e.what())};
    }
  }

 private:
  [[noreturn]] void fail() { throw soci::soci_error(PQerrorMessage(connection_)); }

  void copy(std::span<const Row* const> rows, const Table& t, const std::string& into) {
    const Said begun{PQexec(connection_, ("copy " + into + " (" + column_list(t) + ") from stdin").c_str())};
    if (PQresultStatus(begun.get()) != PGRES_COPY_IN) fail();
    buffer_.clear();
    const auto send = [&] {
      if (PQputCopyData(connection_, buffer_.data(), static_cast<int>(buffer_.size())) != 1) fail();
      buffer_.clear();
    };
    for (const Row* row : rows) {
      append(buffer_, *row);
      if (buffer_.size() > kChunk) send();
    }
    if (!buffer_.empty()) send();
    if (PQputCopyEnd(connection_, nullptr) != 1) fail();
    const Said done{PQgetResult(connection_)};
    const bool good = PQresultStatus(done.get()) == PGRES_COMMAND_OK;
    const std::string said = good ? "" : PQerrorMessage(connection_);
    while (const Said rest{PQgetResult(connection_)}) {
    }
    if (!good) throw soci::soci_error(said);
  }

  const char* begin_snapshot() const override { return "begin isolation level repeatable read read only"; }

  void load(std::span<const Row* const> rows, const Table& t) override {
    const std::string name{t.name};
    if (t.kind == Table::Kind::appended) return copy(rows, t, name);
    const std::string fresh = "fresh_" + name;
    session_ << "create temporary table if not exists " << fresh << " (like " << name << ") on commit delete rows";
    copy(rows, t, fresh);
    session_ << "insert into " << name << " (" << column_list(t) << ") select " << column_list(t) << " from " << fresh
             << on_conflict_sql(t);
  }

  PGconn* connection_ = nullptr;
  std::string buffer_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_postgres(const std::string& url, Access access) {
  try {
    return std::make_unique<PostgresDatabase>(url, access);
  } catch (const std::exception& e) {
    return std::unexpected{told(e.what())};
  }
}

}  // namespace landex::reports
