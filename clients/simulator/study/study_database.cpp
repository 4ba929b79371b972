#include "clients/simulator/study/study_database.hpp"

#include <fmt/format.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <limits>

namespace landex::simulator {
namespace {

using Type = ColumnOf::Type;

std::string create_sql(TableOf t) {
  std::string sql = fmt::format("create table {} (", name_of(t));
  for (const ColumnOf& c : columns_of(t))
    sql += fmt::format("{} {}, ", c.name, c.type == Type::whole ? "integer" : c.type == Type::real ? "real" : "text");
  // Rows come back in the order in which they went in (rowid), which is that of the CSV files.
  sql += t == TableOf::runs ? "primary key (run)" : "foreign key (run) references runs (run)";
  return sql + ")";
}

/// The values of one row, where a statement finds or leaves them. They stay where they are as long as it lives.
struct Places {
  explicit Places(TableOf t)
      : columns{columns_of(t)},
        wholes(columns.size()),
        reals(columns.size()),
        texts(columns.size()),
        is(columns.size(), soci::i_ok) {}
  const std::vector<ColumnOf>& columns;
  std::vector<long long> wholes;
  std::vector<double> reals;
  std::vector<std::string> texts;
  std::vector<soci::indicator> is;
};

}  // namespace

class StudyDatabase::Insert {
 public:
  Insert(soci::session& session, TableOf t) : at_{t}, statement_{session} {
    std::string places;
    for (size_t i = 0; i < at_.columns.size(); ++i) {
      places += (i == 0 ? ":v" : ", :v") + std::to_string(i);
      if (at_.columns[i].type == Type::whole)
        statement_.exchange(soci::use(at_.wholes[i], at_.is[i]));
      else if (at_.columns[i].type == Type::real)
        statement_.exchange(soci::use(at_.reals[i], at_.is[i]));
      else
        statement_.exchange(soci::use(at_.texts[i], at_.is[i]));
    }
    statement_.alloc();
    statement_.prepare(fmt::format("insert into {} values ({})", name_of(t), places));
    statement_.define_and_bind();
  }
  void run(const CellsOf& cells) {
    for (size_t i = 0; i < cells.size(); ++i) {
      at_.is[i] = soci::i_ok;
      if (const auto* n = std::get_if<int64_t>(&cells[i]))
        at_.wholes[i] = *n;
      else if (const auto* x = std::get_if<double>(&cells[i]))
        at_.reals[i] = *x;
      else if (const auto* s = std::get_if<std::string>(&cells[i]))
        at_.texts[i] = *s;
      else
        at_.is[i] = soci::i_null;
    }
    statement_.execute(true);
  }

 private:
  Places at_;
  soci::statement statement_;
};

StudyDatabase::StudyDatabase(const std::filesystem::path& file, Mode mode) {
  if (file.string().find('"') != std::string::npos) throw soci::soci_error("the name of the file has a quotation mark");
  session_.open(soci::sqlite3, "dbname=\"" + file.string() + "\" timeout=30");
  if (mode == Mode::read) {
    pragma("pragma query_only = on");
    return;
  }
  pragma("pragma journal_mode = wal");
  pragma("pragma synchronous = normal");  // after a loss of power it may stand at an earlier run, and goes on there
}

StudyDatabase::~StudyDatabase() {
  for (auto& i : inserts_) i.reset();  // before the session that they belong to
}

void StudyDatabase::pragma(const char* sql) {
  const soci::rowset<soci::row> answer = session_.prepare << sql;
  for ([[maybe_unused]] const auto& row : answer) {
  }
}

std::optional<Standing> StudyDatabase::standing() {
  int there = 0;
  session_ << "select count(*) from sqlite_master where type = 'table' and name = 'progress'", soci::into(there);
  if (there == 0) return std::nullopt;
  long long schema = 0, done = 0;
  std::array<long long, kTablesOfStudy> bytes{};
  session_ << "select schema, done, runs_bytes, units_bytes, transfers_bytes, sessions_bytes from progress",
      soci::into(schema), soci::into(done), soci::into(bytes[0]), soci::into(bytes[1]), soci::into(bytes[2]),
      soci::into(bytes[3]);
  if (!session_.got_data()) return std::nullopt;
  if (schema != kStudySchema)
    throw soci::soci_error(
        fmt::format("its tables are of version {}, this program knows version {}", schema, kStudySchema));
  Standing s{.done = static_cast<uint64_t>(done), .csv_bytes = {}};
  for (size_t i = 0; i < kTablesOfStudy; ++i) s.csv_bytes[i] = static_cast<uint64_t>(bytes[i]);
  return s;
}

void StudyDatabase::begin(const std::vector<std::pair<std::string, std::string>>& entries, const Standing& at) {
  soci::transaction all{session_};
  session_ << "create table study (key text primary key, value text not null) without rowid";
  for (size_t t = 0; t < kTablesOfStudy; ++t) session_ << create_sql(static_cast<TableOf>(t));
  session_ << "create table progress (schema integer, done integer, runs_bytes integer, units_bytes integer, "
              "transfers_bytes integer, sessions_bytes integer)";
  for (const auto& [key, value] : entries)
    session_ << "insert into study values (:k, :v)", soci::use(key, "k"), soci::use(value, "v");
  session_ << fmt::format("insert into progress values ({}, {}, {})", kStudySchema, at.done,
                          fmt::join(at.csv_bytes, ", "));
  all.commit();
}

std::vector<std::pair<std::string, std::string>> StudyDatabase::entries() {
  std::vector<std::pair<std::string, std::string>> all;
  std::string key, value;
  soci::statement s =
      (session_.prepare << "select key, value from study order by key", soci::into(key), soci::into(value));
  s.execute();
  while (s.fetch()) all.emplace_back(key, value);
  return all;
}

void StudyDatabase::put(TableOf t, const CellsOf& cells) {
  auto& insert = inserts_[index_of(t)];
  if (!insert) insert = std::make_unique<Insert>(session_, t);
  insert->run(cells);
}

void StudyDatabase::write(std::span<const RunRecord> block, const Standing& now) {
  soci::transaction all{session_};
  CellsOf cells;
  const auto put_row = [&](TableOf t, const auto& row) {
    put_cells(row, cells);
    put(t, cells);
  };
  for (const RunRecord& r : block) {
    put_row(TableOf::runs, r.run);
    for (const UnitRow& u : r.units) put_row(TableOf::units, u);
    for (const TransferRow& t : r.transfers) put_row(TableOf::transfers, t);
    for (const SessionRow& s : r.sessions) put_row(TableOf::sessions, s);
  }
  session_ << fmt::format(
      "update progress set done = {}, runs_bytes = {}, units_bytes = {}, transfers_bytes = {}, sessions_bytes = {}",
      now.done, now.csv_bytes[0], now.csv_bytes[1], now.csv_bytes[2], now.csv_bytes[3]);
  all.commit();
}

void StudyDatabase::each(TableOf t, uint64_t runs, const std::function<void(const CellsOf&)>& tell) {
  Places at{t};
  soci::statement s{session_};
  std::string list;
  for (size_t i = 0; i < at.columns.size(); ++i) {
    list += (i == 0 ? "" : ", ") + at.columns[i].name;
    if (at.columns[i].type == Type::whole)
      s.exchange(soci::into(at.wholes[i], at.is[i]));
    else if (at.columns[i].type == Type::real)
      s.exchange(soci::into(at.reals[i], at.is[i]));
    else
      s.exchange(soci::into(at.texts[i], at.is[i]));
  }
  s.alloc();
  s.prepare(fmt::format("select {} from {} where run < {} order by rowid", list, name_of(t), runs));
  s.define_and_bind();
  s.execute();
  CellsOf cells(at.columns.size());
  while (s.fetch()) {
    for (size_t i = 0; i < cells.size(); ++i) {
      if (at.is[i] == soci::i_null)
        cells[i] = std::monostate{};
      else if (at.columns[i].type == Type::whole)
        cells[i] = int64_t{at.wholes[i]};
      else if (at.columns[i].type == Type::real)
        cells[i] = at.reals[i];
      else
        cells[i] = at.texts[i];
    }
    tell(cells);
  }
}

std::vector<double> StudyDatabase::column(std::string_view name, uint64_t runs) {
  std::vector<double> all;
  double value = 0;
  soci::indicator is = soci::i_ok;
  soci::statement s = (session_.prepare << fmt::format("select {} from runs where run < {} order by run", name, runs),
                       soci::into(value, is));
  s.execute();
  while (s.fetch()) all.push_back(is == soci::i_null ? std::numeric_limits<double>::quiet_NaN() : value);
  return all;
}

void StudyDatabase::fold() {
  for (auto& i : inserts_) i.reset();
  try {
    pragma("pragma wal_checkpoint(truncate)");
    pragma("pragma journal_mode = delete");
  } catch (const soci::soci_error&) {
    return;  // somebody reads it: then it stays as it is, as whole as before
  }
}

}  // namespace landex::simulator
