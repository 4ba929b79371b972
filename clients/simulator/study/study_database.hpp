// study_database.hpp: study.sqlite over SOCI, as exchange/reports has it; that room's Database holds whole numbers and
// its own tables alone, a study has floats. Rows in, rows out, by prepared statements. Throws soci::soci_error; who
// calls turns it into a StudyFault. Inside the room alone.
#pragma once
#include <soci/soci.h>

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "clients/simulator/study/columns.hpp"

namespace landex::simulator {

inline constexpr const char* kDatabaseFile = "study.sqlite";
inline constexpr const char* kManifestFile = "manifest.toml";
/// Of the tables; one of another version is refused.
inline constexpr int kStudySchema = 1;

/// Where the database stands: all rows of `done` runs, and the lengths of the CSV files with just those.
struct Standing {
  uint64_t done = 0;
  std::array<uint64_t, kTablesOfStudy> csv_bytes{};
};

class StudyDatabase {
 public:
  enum class Mode : uint8_t { read, write };
  StudyDatabase(const std::filesystem::path& file, Mode mode);
  ~StudyDatabase();

  /// Nothing where no study was begun.
  std::optional<Standing> standing();
  void begin(const std::vector<std::pair<std::string, std::string>>& entries, const Standing& at);
  std::vector<std::pair<std::string, std::string>> entries();
  /// One transaction.
  void write(std::span<const RunRecord> block, const Standing& now);
  /// Every row of the first `runs` runs in a table, in order: rows that are there never change, so whoever asks for as
  /// many runs sees the same, also while somebody writes.
  void each(TableOf t, uint64_t runs, const std::function<void(const CellsOf&)>& tell);
  /// One column of runs; NaN for null.
  std::vector<double> column(std::string_view name, uint64_t runs);
  /// Back to one plain file that can be read from anywhere, if nobody reads it now.
  void fold();

 private:
  class Insert;
  void put(TableOf t, const CellsOf& cells);
  void pragma(const char* sql);
  soci::session session_;
  std::array<std::unique_ptr<Insert>, kTablesOfStudy> inserts_;
};

}  // namespace landex::simulator
