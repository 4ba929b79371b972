// Durable commands: stamped, applied, encoded, appended and flushed in groups, as the sequencer does, on the disk under
// the temporary directory. The limit is the disk's flush: RawFlush writes and flushes the same bytes with nothing else.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "bench/small_market.hpp"
#include "exchange/host/posix_disk.hpp"
#include "exchange/journal/journal.hpp"
#include "exchange/sequencer/replica.hpp"
#include "exchange/wire/codec.hpp"

namespace landex::bench {
namespace {

class Directory {
 public:
  Directory() : path_{(std::filesystem::temp_directory_path() / "landex-bench-XXXXXX").string()} {
    if (!mkdtemp(path_.data())) std::abort();
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void JournaledCommands(benchmark::State& state) {
  const auto group = static_cast<size_t>(state.range(0));
  const Directory dir;
  host::PosixDisk disk;
  auto opened = journal::Journal::open(disk, {.dir = dir.path() + "/journal"},
                                       [](const journal::Batch&) -> std::expected<void, std::string> { return {}; });
  if (!opened) return state.SkipWithError(opened.error().text_en.c_str());
  auto& log = opened->journal;
  sequencer::Replica replica;
  SmallMarket market;
  std::vector<std::string> records;
  const auto commit = [&](uint64_t first) { return log.append(first, records, replica.outcome()).has_value(); };
  for (const auto& c : market.opening()) {
    (void)replica.apply(c);
    records.push_back(wire::encode(c));
  }
  if (!commit(1)) return state.SkipWithError("append failed");
  for (auto _ : state) {
    records.clear();
    uint64_t first = 0;
    for (size_t i = 0; i < group; ++i) {
      const auto c = market.next();
      if (first == 0) first = c.seq.value;
      benchmark::DoNotOptimize(replica.apply(c));
      records.push_back(wire::encode(c));
    }
    if (!commit(first)) return state.SkipWithError("append failed");
  }
  state.counters["commands/s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(group), benchmark::Counter::kIsRate);
}
BENCHMARK(JournaledCommands)->Arg(1)->Arg(16)->Arg(256)->UseRealTime();

/// The physical limit beside it: pwrite and fdatasync of as many bytes, in a file whose space is taken.
void RawFlush(benchmark::State& state) {
  const auto group = static_cast<size_t>(state.range(0));
  const Directory dir;
  SmallMarket market;
  const std::string bytes(group * (wire::encode(market.next()).size() + 8) + 96, 'x');
  const int fd = open((dir.path() + "/raw").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  constexpr off_t kSpace = off_t{64} << 20;
  if (fd < 0 || posix_fallocate(fd, 0, kSpace) != 0) return state.SkipWithError("no space");
  off_t at = 0;
  for (auto _ : state) {
    if (at + static_cast<off_t>(bytes.size()) > kSpace) at = 0;
    if (pwrite(fd, bytes.data(), bytes.size(), at) < 0 || fdatasync(fd) != 0)
      return state.SkipWithError("flush failed");
    at += static_cast<off_t>(bytes.size());
  }
  close(fd);
  state.counters["commands/s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(group), benchmark::Counter::kIsRate);
}
BENCHMARK(RawFlush)->Arg(1)->Arg(16)->Arg(256)->UseRealTime();

}  // namespace
}  // namespace landex::bench
