// report.hpp: what a study found, as one HTML file that opens from disk without network or script: figures as SVG (by
// gnuplot), tables, Chinese and English, and how to make every number again. Reads the database of a study, or of up to
// four (compare). The same studies give the same bytes: nothing of today, of this machine or of the user is in it.
// Blocks; starts gnuplot as a child; one thread.
#pragma once
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace landex::simulator {

struct Regimes;  // city/year.hpp

struct ReportFault {
  std::string zh, en;
};
inline constexpr size_t kMostStudies = 4;

/// Directories of studies (study/store.hpp), one to four, the first the one that others are compared with. `regimes`:
/// names of places and the sources of rules; without them codes stand in their place. Links to the data are relative
/// to `html`, which is there whole or not at all.
std::expected<void, ReportFault> write_report(const std::vector<std::filesystem::path>& studies,
                                              const std::filesystem::path& html, const Regimes* regimes = nullptr);

}  // namespace landex::simulator
