// Writing a study: the lock, the manifest, the CSV files and the database, in that order; and taking it up again.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "clients/simulator/study/manifest.hpp"
#include "clients/simulator/study/study_database.hpp"

namespace landex::simulator {
namespace {

namespace fs = std::filesystem;

/// A file of the system, closed with the object.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_{fd} {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

std::unexpected<StudyFault> failed(const fs::path& file, const std::string& why) {
  return std::unexpected{StudyFault{
      .zh = fmt::format("无法写入 {}：{}。请检查目录权限与剩余空间，然后用 --resume 续跑。", file.string(), why),
      .en = fmt::format("cannot write {}: {}. Check the directory's permissions and the space left, then go on with "
                        "--resume.",
                        file.string(), why)}};
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

}  // namespace

struct StudyWriter::Parts {
  fs::path directory;
  bool full = true;
  Descriptor lock;
  std::unique_ptr<StudyDatabase> database;
  std::array<Descriptor, kTablesOfStudy> csv;
  Standing at;
  bool broken = false;  // a block did not get in whole: nothing more is written

  bool has(TableOf t) const { return full || t == TableOf::runs; }
  fs::path file(TableOf t) const { return directory / file_of(t); }

  StudyResult<void> open_csv(TableOf t) {
    const fs::path path = file(t);
    auto& to = csv[simulator::index_of(t)];
    to = Descriptor{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)};
    if (!to) return failed(path, std::strerror(errno));
    return {};
  }

  /// As new: the header alone.
  StudyResult<void> start_csv(TableOf t) {
    const std::string header = csv_header(t);
    const int fd = csv[simulator::index_of(t)].get();
    if (::ftruncate(fd, 0) != 0 || ::lseek(fd, 0, SEEK_SET) != 0 || !write_all(fd, header))
      return failed(file(t), std::strerror(errno));
    at.csv_bytes[simulator::index_of(t)] = header.size();
    return {};
  }

  /// Back to what the database has. A file that lacks some of it (a loss of power, an editor) is made again from there.
  StudyResult<void> cut_csv(TableOf t) {
    const int fd = csv[simulator::index_of(t)].get();
    const auto length = static_cast<off_t>(at.csv_bytes[simulator::index_of(t)]);
    struct stat is{};
    if (::fstat(fd, &is) != 0) return failed(file(t), std::strerror(errno));
    if (is.st_size < length) {
      if (auto started = start_csv(t); !started) return started;
      std::string text;
      bool good = true;
      database->each(t, at.done, [&](const CellsOf& cells) {
        append_csv(cells, text);
        if (text.size() < (1U << 20)) return;
        good = good && write_all(fd, text);
        text.clear();
      });
      if (!good || !write_all(fd, text)) return failed(file(t), std::strerror(errno));
      at.csv_bytes[simulator::index_of(t)] = static_cast<uint64_t>(::lseek(fd, 0, SEEK_CUR));
      return {};
    }
    if (::ftruncate(fd, length) != 0 || ::lseek(fd, length, SEEK_SET) != length)
      return failed(file(t), std::strerror(errno));
    return {};
  }

  StudyResult<void> begin(const Entries& entries) {
    at = {};
    for (size_t t = 0; t < kTablesOfStudy; ++t)
      if (has(static_cast<TableOf>(t)))
        if (auto started = start_csv(static_cast<TableOf>(t)); !started) return started;
    database->begin(entries, at);
    return {};
  }
};

StudyWriter::StudyWriter(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
StudyWriter::~StudyWriter() = default;
StudyWriter::StudyWriter(StudyWriter&&) noexcept = default;
uint64_t StudyWriter::done() const { return parts_->at.done; }

StudyResult<StudyWriter> StudyWriter::open(const fs::path& directory, const StudyFacts& facts, IfThere if_there) {
  auto parts = std::make_unique<Parts>();
  Parts& p = *parts;
  p.directory = directory;
  p.full = facts.detail == Detail::full;
  std::error_code error;
  fs::create_directories(directory, error);
  p.lock = Descriptor{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!p.lock) return failed(directory, std::strerror(errno));
  if (::flock(p.lock.get(), LOCK_EX | LOCK_NB) != 0)
    return std::unexpected{StudyFault{
        .zh = fmt::format("目录 {} 正被另一个进程写入。请等它结束，或换一个输出目录（-o）。", directory.string()),
        .en = fmt::format("another process is writing to {}. Wait for it to end, or give another directory "
                          "(-o).",
                          directory.string())}};

  const Entries entries = entries_of(facts);
  const fs::path manifest = directory / kManifestFile;
  if (fs::exists(manifest, error)) {
    if (if_there == IfThere::refuse)
      return std::unexpected{StudyFault{
          .zh = fmt::format("{} 里已有一个研究。用 --resume 续跑，或换一个输出目录（-o）。", directory.string()),
          .en = fmt::format("there is a study in {} already. Go on with it by --resume, or give another "
                            "directory (-o).",
                            directory.string())}};
    const auto there = read_manifest(manifest);
    if (!there) return std::unexpected{there.error()};
    if (auto differs = difference(manifest, *there, entries)) return std::unexpected{*differs};
  } else {
    for (const std::string& name : {std::string{kDatabaseFile}, file_of(TableOf::runs), file_of(TableOf::units),
                                    file_of(TableOf::transfers), file_of(TableOf::sessions)})
      if (fs::exists(directory / name, error))
        return std::unexpected{StudyFault{
            .zh = fmt::format("{} 里有 {}，却没有 {}：不知道它属于哪个研究，不予覆盖。请换一个输出目录（-o）。",
                              directory.string(), name, kManifestFile),
            .en =
                fmt::format("{} has a {} but no {}: nobody knows whose it is, so it is not written over. Give another "
                            "directory (-o).",
                            directory.string(), name, kManifestFile)}};
    if (auto written = write_manifest(manifest, entries); !written) return std::unexpected{written.error()};
  }

  try {
    p.database = std::make_unique<StudyDatabase>(directory / kDatabaseFile, StudyDatabase::Mode::write);
    for (size_t t = 0; t < kTablesOfStudy; ++t)
      if (p.has(static_cast<TableOf>(t)))
        if (auto opened = p.open_csv(static_cast<TableOf>(t)); !opened) return std::unexpected{opened.error()};
    if (const auto standing = p.database->standing()) {
      p.at = *standing;
      for (size_t t = 0; t < kTablesOfStudy; ++t)
        if (p.has(static_cast<TableOf>(t)))
          if (auto cut = p.cut_csv(static_cast<TableOf>(t)); !cut) return std::unexpected{cut.error()};
    } else if (auto begun = p.begin(entries); !begun) {
      return std::unexpected{begun.error()};
    }
  } catch (const std::exception& e) {
    return failed(directory / kDatabaseFile, e.what());
  }
  return StudyWriter{std::move(parts)};
}

StudyResult<void> StudyWriter::write(std::span<const RunRecord> block) {
  Parts& p = *parts_;
  if (p.broken) return failed(p.directory, "an earlier block failed 此前已有一批写入失败");
  p.broken = true;  // until all of it is in
  std::array<std::string, kTablesOfStudy> text;
  CellsOf cells;
  const auto put = [&](TableOf t, const auto& row) {
    put_cells(row, cells);
    append_csv(cells, text[simulator::index_of(t)]);
  };
  for (const RunRecord& r : block) {
    put(TableOf::runs, r.run);
    for (const UnitRow& u : r.units) put(TableOf::units, u);
    for (const TransferRow& t : r.transfers) put(TableOf::transfers, t);
    for (const SessionRow& s : r.sessions) put(TableOf::sessions, s);
  }
  Standing now = p.at;
  for (size_t t = 0; t < kTablesOfStudy; ++t) {
    if (text[t].empty()) continue;
    if (!write_all(p.csv[t].get(), text[t])) return failed(p.file(static_cast<TableOf>(t)), std::strerror(errno));
    now.csv_bytes[t] += text[t].size();
  }
  now.done += block.size();
  try {
    p.database->write(block, now);
  } catch (const std::exception& e) {
    return failed(p.directory / kDatabaseFile, e.what());
  }
  p.at = now;
  p.broken = false;
  return {};
}

StudyResult<void> StudyWriter::close() {
  try {
    parts_->database->fold();
  } catch (const std::exception& e) {
    return failed(parts_->directory / kDatabaseFile, e.what());
  }
  return {};
}

}  // namespace landex::simulator
