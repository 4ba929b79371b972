// view.hpp: what a report tells of, read once: one to four groups of runs that stand side by side. A group is a study,
// or one cell of a study that crosses few (up to four) cells. Held in memory: measures and factors of every run (about
// 560 bytes a run), and the sessions' prices of two instruments (16 bytes a session and run); units and transfers are
// summed as they are read.
#pragma once
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clients/simulator/city/year.hpp"
#include "clients/simulator/report/html.hpp"
#include "clients/simulator/report/report.hpp"
#include "clients/simulator/study/statistics.hpp"
#include "clients/simulator/study/store.hpp"

namespace landex::simulator::report {

/// One unit's year over the runs of a group.
struct UnitView {
  District district;
  Moments need{}, filled{}, unmet{}, bought{}, sold{}, filed{}, pooled{}, unsold{}, paid{}, received{}, pool_received{},
      advance{}, surplus{};
  Moments net{};  // wan yuan: received less paid, by the transfers
};

/// One session over the runs of a group.
struct SessionView {
  std::vector<double> prices;  // of the runs that traded, sorted
  Moments floor, outside, volume;
};

struct Group {
  size_t study = 0;                 // in View::studies
  std::optional<uint64_t> point{};  // the cell, or all points
  Words label{};
  std::string colour{};
  std::vector<uint64_t> replicate{};                             // by run
  std::array<std::vector<double>, kMeasures> measures{};         // by run
  std::vector<UnitView> units{};                                 // by code; the city last; empty: a summary study
  std::map<std::pair<District, District>, int64_t> transfers{};  // fen, of all runs together
  std::map<Instrument, std::vector<SessionView>> sessions{};     // by session − 1
  uint64_t runs() const { return replicate.size(); }
  const std::vector<double>& operator[](Measure m) const { return measures[index_of(m)]; }
};

/// A factor that a study moves, and its value in every run.
struct Moved {
  Factor factor;
  std::vector<double> values;
};

struct View {
  std::vector<StudyReader> studies;
  std::vector<std::vector<std::string>> files;  // by study: relative links that are there, runs.csv first
  std::vector<Group> groups;
  std::vector<Moved> moved;  // of the first study, if it is alone: every factor that is not the same in all runs
  std::vector<uint64_t> point, replicate;  // of the first study, by run
  std::map<District, Words> names;
  std::vector<District> mountain4;

  bool alone() const { return studies.size() == 1; }
  bool one() const { return groups.size() == 1; }
  const StudyFacts& facts(size_t study = 0) const { return studies[study].facts(); }
  /// "建德" / "Jiande"; the code where no name is known.
  Words name_of(District d) const;
  /// Measures that the report begins with: the first study's outcomes, or a few that matter.
  std::vector<Measure> outcomes() const;
  /// Links to one kind of file, of each study.
  std::vector<std::string> links(std::string_view file) const;
};

/// `html`: where the report will stand; links are relative to it.
std::expected<View, ReportFault> view_of(const std::vector<std::filesystem::path>& studies,
                                         const std::filesystem::path& html, const Regimes* regimes);

/// Any column as text: a word of a choice, or a number.
std::string value_of(Factor f, double v);

}  // namespace landex::simulator::report
