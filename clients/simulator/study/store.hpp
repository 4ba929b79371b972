// store.hpp: a study on disk. A directory:
//   manifest.toml   what the study is: nothing of when, where or how fast it ran
//   study.sqlite    all of it; the CSV files have the same columns
//   runs.csv        a row for each run: its point, its seed, every factor, every measure, the engine's state hash
//   units.csv       a row for each run and unit                             (detail full)
//   transfers.csv   who paid whom in a run, fen, where anything was paid    (detail full)
//   sessions.csv    a row for each run, session and instrument              (detail full)
// Columns are in README.md of this room. A number that a run cannot know is NULL, and an empty cell.
// Invariants: rows stand in the order of runs. The database stands at a number of runs, and holds everything of those
// and nothing of later ones: a block of runs is written in one transaction, with the lengths of the CSV files behind
// it. A CSV file may be ahead of the database after a crash, and is cut back to it when the study is taken up again.
// One writer for each directory, held to it by a lock on the directory itself (flock): it dies with the process.
// A reader and a writer may meet; a reader sees whole blocks. One thread at a time for each object. Nothing throws.
#pragma once
#include <array>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clients/simulator/city/outcome.hpp"
#include "clients/simulator/study/design.hpp"

namespace landex::simulator {

/// What went wrong with a study on disk, and the way out.
struct StudyFault {
  std::string zh, en;
};
template <class T>
using StudyResult = std::expected<T, StudyFault>;

enum class Detail : uint8_t {
  summary = 1,  // runs alone
  full = 2,     // units, transfers and sessions too
};
BOOST_DESCRIBE_ENUM(Detail, summary, full)

/// An axis as it is kept: the words of its spread are `words_of`'s.
struct StoredAxis {
  Factor factor;
  std::string words;
  friend bool operator==(const StoredAxis&, const StoredAxis&) = default;
};

/// What a study is: the table study(key, value), and manifest.toml. Equal facts but for `remake`, equal study.
struct StudyFacts {
  std::string name, title_zh, title_en, about_zh, about_en;
  std::string first_day;      // of the simulated year, ISO 8601
  std::string scenario_hash;  // SHA-256, hex
  std::string scenario_text;  // resolved: every factor, unit and shock (text_of, scenario_file.hpp)
  std::string rule_sets;      // "H66-2022", or more than one, comma between
  std::string policy_hash;    // SHA-256, hex, of what the policy files set (hash_of, city/year.hpp); left to the caller
  std::string outcomes;       // names of the measures that a report begins with, comma between
  std::string engine_behaviour;
  std::string sources_version;  // of the program, told at its build; or "unknown"
  std::string remake;           // the command line that makes the study again
  uint64_t seed = 0;
  DesignKind design = DesignKind::replicates;
  uint64_t n = 0, replicates = 0;
  uint32_t levels = 0;
  uint64_t runs = 0;
  Detail detail = Detail::full;
  std::vector<StoredAxis> axes;
  friend bool operator==(const StudyFacts&, const StudyFacts&) = default;

  /// The design, in words for people.
  std::string design_zh() const, design_en() const;
  /// The design again, for `unit_point` and `trajectory`: its axes have their factors, not their spreads.
  Design unit_design() const;
};
/// As rows, in the order in which they are written.
std::vector<std::pair<std::string, std::string>> entries_of(const StudyFacts& f);

/// From rows again; nothing if they are not what entries_of writes.
std::optional<StudyFacts> facts_from(std::span<const std::pair<std::string, std::string>> entries);

/// The facts of a scenario under a design, played by this program. `remake` is left to the caller.
StudyFacts facts_of(const Scenario& scenario, const Design& design, Detail detail);
/// The newest behaviour of the engine that this program plays (exchange/engine's kBehaviour: a test holds it to that).
inline constexpr uint32_t kPlayedBehaviour = 1;

struct RunRow {
  uint64_t run = 0, point = 0, replicate = 0;
  Point values;
  std::array<double, kMeasures> measures{};  // NaN: the run cannot know it
  std::string state_hash;
  double operator[](Measure m) const { return measures[index_of(m)]; }
};
struct UnitRow {
  uint64_t run = 0;
  UnitOutcome unit;
};
struct TransferRow {
  uint64_t run = 0;
  District payer, payee;
  int64_t fen = 0;
};
struct SessionRow {
  uint64_t run = 0;
  SessionOutcome session;
};

/// Reads a study, finished or not, in the order of runs. Nothing is held but the row that is told.
class StudyReader {
 public:
  /// A directory with a study in it; else the fault says what is missing.
  static StudyResult<StudyReader> open(const std::filesystem::path& directory);
  ~StudyReader();
  StudyReader(StudyReader&&) noexcept;

  const StudyFacts& facts() const;
  const std::filesystem::path& directory() const;
  /// How many of facts().runs are there.
  uint64_t done() const;

  StudyResult<void> each_run(const std::function<void(const RunRow&)>& tell) const;
  StudyResult<void> each_unit(const std::function<void(const UnitRow&)>& tell) const;
  StudyResult<void> each_transfer(const std::function<void(const TransferRow&)>& tell) const;
  StudyResult<void> each_session(const std::function<void(const SessionRow&)>& tell) const;
  /// One measure of every run, by run: eight bytes a run.
  StudyResult<std::vector<double>> column(Measure m) const;
  /// One factor of every run, by run.
  StudyResult<std::vector<double>> column(Factor f) const;
  /// Every row of every table as text, tables and rows in order: what two equal studies have in common.
  StudyResult<void> dump(const std::function<void(std::string_view line)>& tell) const;

 private:
  struct Parts;
  explicit StudyReader(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// What one run leaves behind.
struct RunRecord {
  RunRow run;
  std::vector<UnitRow> units;
  std::vector<TransferRow> transfers;
  std::vector<SessionRow> sessions;
};

enum class IfThere : uint8_t {
  refuse,  // a directory that has a study already is refused
  resume,  // it is taken up if it is the same study, else refused; where there is none it is begun
};

/// Writes a study, block after block.
class StudyWriter {
 public:
  static StudyResult<StudyWriter> open(const std::filesystem::path& directory, const StudyFacts& facts,
                                       IfThere if_there);
  ~StudyWriter();
  StudyWriter(StudyWriter&&) noexcept;

  /// Runs that are there: where to go on.
  uint64_t done() const;
  /// The next runs, in order and without a gap from done(); all of them are there afterwards, or none.
  StudyResult<void> write(std::span<const RunRecord> block);
  /// Says that it is finished: folds the write-ahead log into the database.
  StudyResult<void> close();

 private:
  struct Parts;
  explicit StudyWriter(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Column names of each table, in order, as CSV files begin with them.
std::vector<std::string> run_columns(), unit_columns(), transfer_columns(), session_columns();

}  // namespace landex::simulator
