// Reading a study.
#include <fmt/format.h>

#include <cmath>

#include "clients/simulator/study/manifest.hpp"
#include "clients/simulator/study/study_database.hpp"

namespace landex::simulator {
namespace fs = std::filesystem;

struct StudyReader::Parts {
  fs::path directory;
  std::unique_ptr<StudyDatabase> database;
  StudyFacts facts;
  uint64_t done = 0;

  StudyFault fault(const std::string& why) const {
    const std::string file = (directory / kDatabaseFile).string();
    return {.zh = fmt::format("无法读取 {}：{}", file, why), .en = fmt::format("cannot read {}: {}", file, why)};
  }

  template <class Row>
  StudyResult<void> each(TableOf t, const std::function<void(const Row&)>& tell) {
    try {
      bool good = true;
      Row row;
      database->each(t, done, [&](const CellsOf& cells) {
        good = good && read_cells(cells, row);
        if (good) tell(row);
      });
      if (good) return {};
    } catch (const std::exception& e) {
      return std::unexpected{fault(e.what())};
    }
    return std::unexpected{
        fault(fmt::format("表 {0} 的内容不是本程序写的 table {0} holds what this program does not "
                          "write",
                          name_of(t)))};
  }
  StudyResult<std::vector<double>> column(const std::string& name) {
    try {
      return database->column(name, done);
    } catch (const std::exception& e) {
      return std::unexpected{fault(e.what())};
    }
  }
};

StudyReader::StudyReader(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
StudyReader::~StudyReader() = default;
StudyReader::StudyReader(StudyReader&&) noexcept = default;
const StudyFacts& StudyReader::facts() const { return parts_->facts; }
const fs::path& StudyReader::directory() const { return parts_->directory; }
uint64_t StudyReader::done() const { return parts_->done; }

StudyResult<StudyReader> StudyReader::open(const fs::path& directory) {
  auto parts = std::make_unique<Parts>();
  parts->directory = directory;
  std::error_code none;
  if (!fs::exists(directory / kDatabaseFile, none))
    return std::unexpected{StudyFault{
        .zh = fmt::format("{} 里没有研究（缺 {}）。先用 landex scenario run 或 sweep 做一个，再给出它的目录。",
                          directory.string(), kDatabaseFile),
        .en = fmt::format("there is no study in {} ({} is missing). Make one by landex scenario run or sweep, and give "
                          "its directory.",
                          directory.string(), kDatabaseFile)}};
  try {
    parts->database = std::make_unique<StudyDatabase>(directory / kDatabaseFile, StudyDatabase::Mode::read);
    const auto standing = parts->database->standing();
    if (!standing) return std::unexpected{parts->fault("尚未开始 no study was begun in it")};
    const auto facts = facts_from(parts->database->entries());
    if (!facts) return std::unexpected{parts->fault("表 study 不完整 its table study is not what this program writes")};
    parts->facts = *facts;
    parts->done = standing->done;
  } catch (const std::exception& e) {
    return std::unexpected{parts->fault(e.what())};
  }
  return StudyReader{std::move(parts)};
}

StudyResult<void> StudyReader::each_run(const std::function<void(const RunRow&)>& tell) const {
  return parts_->each(TableOf::runs, tell);
}
StudyResult<void> StudyReader::each_unit(const std::function<void(const UnitRow&)>& tell) const {
  return parts_->each(TableOf::units, tell);
}
StudyResult<void> StudyReader::each_transfer(const std::function<void(const TransferRow&)>& tell) const {
  return parts_->each(TableOf::transfers, tell);
}
StudyResult<void> StudyReader::each_session(const std::function<void(const SessionRow&)>& tell) const {
  return parts_->each(TableOf::sessions, tell);
}
StudyResult<std::vector<double>> StudyReader::column(Measure m) const {
  return parts_->column(run_columns()[3 + kFactors + simulator::index_of(m)]);
}
StudyResult<std::vector<double>> StudyReader::column(Factor f) const {
  return parts_->column(run_columns()[3 + simulator::index_of(f)]);
}

StudyResult<void> StudyReader::dump(const std::function<void(std::string_view line)>& tell) const {
  try {
    for (const auto& [key, value] : parts_->database->entries()) tell(fmt::format("study,{},{}", key, value));
    tell(fmt::format("done,{}", parts_->done));
    for (size_t t = 0; t < kTablesOfStudy; ++t)
      parts_->database->each(static_cast<TableOf>(t), parts_->done, [&](const CellsOf& cells) {
        std::string line = std::string{name_of(static_cast<TableOf>(t))} + ",";
        append_csv(cells, line);
        line.pop_back();
        tell(line);
      });
    return {};
  } catch (const std::exception& e) {
    return std::unexpected{parts_->fault(e.what())};
  }
}

}  // namespace landex::simulator
