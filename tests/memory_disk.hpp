// memory_disk.hpp: a disk in memory that keeps only what a real one promises (exchange/host/disk.hpp), for tests.
// Each file has what is on the medium, the changes not yet flushed (by sectors of 512 bytes), and what a reader sees.
// A loss of power keeps any part of the changes: none, all, a prefix whose last sector is torn, or any subset; changes
// of length keep their order, as in a journaling file system. A name is durable after sync_dir only.
// Calls that change something are counted from 0; the test picks at which one the process dies or the call fails.
#pragma once
#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "exchange/host/disk.hpp"

namespace landex::tests {

using Rng = std::mt19937_64;
using FileBytes = std::vector<std::byte>;
using Files = std::map<std::string, FileBytes>;

class MemoryDisk final : public host::Disk {
 public:
  enum class Change : uint8_t { create, write, sync, truncate, allocate, sync_dir };
  static constexpr uint64_t kSector = 512;

  MemoryDisk() = default;
  /// A disk on which these files are durable.
  explicit MemoryDisk(const Files& files) {
    for (const auto& [path, bytes] : files) {
      names_[path] = std::make_shared<Inode>();
      names_[path]->medium = bytes;
    }
    durable_names_ = names_;
  }

  // -- what the test does to it

  /// That call takes effect, though nobody hears of it (a flush does nothing); every later call of any kind fails.
  void die_at(size_t change) { die_at_ = change; }
  /// That call alone fails: a write after half of its bytes; a flush drops all that was pending, but shows it still.
  void fail_at(size_t change, int error) { fail_at_ = {change, error}; }
  void fail_reads(bool on) { fail_reads_ = on; }
  void hold_at_most(uint64_t bytes) { capacity_ = bytes; }

  /// The process ended, the machine did not: nothing is lost.
  void process_ended() {
    dead_ = false;
    die_at_.reset();
    fail_at_.reset();
  }

  void lose_power(Rng& rng) {
    process_ended();
    for (auto it = names_.begin(); it != names_.end();) {
      if (!durable_names_.contains(it->first) && rng() % 2 == 0) {
        it = names_.erase(it);
      } else {
        keep_some(*it->second, rng);
        ++it;
      }
    }
    durable_names_ = names_;
  }

  // -- what the test sees

  const std::vector<Change>& changes() const { return changes_; }
  size_t errors() const { return errors_; }  // refusals and failures so far, asked for by the test
  bool dead() const { return dead_; }

  /// What is on the medium now, if nothing more reached it.
  Files medium() const {
    Files files;
    for (const auto& [path, inode] : durable_names_) files[path] = inode->medium;
    return files;
  }

  // -- host::Disk

  host::Io<std::unique_ptr<host::File>> open(const std::string& path, host::Access access) override {
    if (dead_) return error(host::DiskCall::open, EIO, path);
    if (!names_.contains(path)) {
      if (access != host::Access::create) return error(host::DiskCall::open, ENOENT, path);
      const auto fate = next(Change::create);
      if (!fate.failed) names_[path] = std::make_shared<Inode>();
      if (fate.error) return error(host::DiskCall::open, fate.error, path);
    }
    Inode& inode = *names_[path];
    inode.seen = inode.medium;  // a cached page whose flush failed is forgotten
    for (const Pending& p : inode.pending) apply(inode.seen, p);
    return std::make_unique<MemoryFile>(*this, names_[path], path);
  }

  host::Io<std::vector<std::string>> list(const std::string& dir) override {
    if (dead_ || fail_reads_) return error(host::DiskCall::list, EIO, dir);
    std::vector<std::string> found;
    for (const auto& [path, inode] : names_)
      if (path.starts_with(dir + "/")) found.push_back(path.substr(dir.size() + 1));
    std::ranges::reverse(found);  // the interface promises no order
    return found;
  }

  host::Io<void> make_dir(const std::string& dir) override {
    if (dead_) return error(host::DiskCall::make_dir, EIO, dir);
    return {};
  }

  host::Io<void> sync_dir(const std::string& dir) override {
    const auto fate = next(Change::sync_dir);
    if (fate.error) return error(host::DiskCall::sync, fate.error, dir);
    for (const auto& [path, inode] : names_)
      if (path.starts_with(dir + "/")) durable_names_[path] = inode;
    return {};
  }

  host::Io<std::unique_ptr<host::Lock>> lock(const std::string& path) override {
    if (dead_) return error(host::DiskCall::lock, EIO, path);
    if (!locks_.insert(path).second) return error(host::DiskCall::lock, EWOULDBLOCK, path);
    return std::make_unique<MemoryLock>(*this, path);
  }

 private:
  struct Bytes {
    uint64_t offset;
    FileBytes bytes;  // of one sector
  };
  struct Length {
    uint64_t size;
  };
  using Pending = std::variant<Bytes, Length>;
  struct Inode {
    FileBytes medium, seen;
    std::vector<Pending> pending;
  };
  struct Fate {
    int error = 0;
    bool failed = false;  // without having taken effect
  };

  static void apply(FileBytes& file, const Pending& p) {
    if (const auto* length = std::get_if<Length>(&p)) {
      file.resize(length->size);
    } else {
      const auto& [offset, bytes] = std::get<Bytes>(p);
      file.resize(std::max<uint64_t>(file.size(), offset + bytes.size()));
      std::ranges::copy(bytes, file.begin() + static_cast<ptrdiff_t>(offset));
    }
  }

  static void keep_some(Inode& inode, Rng& rng) {
    auto pending = std::exchange(inode.pending, {});
    const auto mode = rng() % 4;
    if (mode == 0 || pending.empty()) return;
    const size_t prefix = mode == 1 ? pending.size() : rng() % pending.size();
    bool lengths_kept = true;
    for (size_t i = 0; i < pending.size(); ++i) {
      const bool length = std::holds_alternative<Length>(pending[i]);
      bool keep = mode == 3 ? rng() % 2 == 0 : i < prefix;
      if (length) keep = lengths_kept = lengths_kept && keep;
      if (mode == 2 && i == prefix && !length) {
        FileBytes& bytes = std::get<Bytes>(pending[i]).bytes;
        bytes.resize(rng() % bytes.size());
        keep = !bytes.empty();
      }
      if (keep) apply(inode.medium, pending[i]);
    }
  }

  std::unexpected<host::IoError> error(host::DiskCall call, int code, const std::string& path) {
    ++errors_;
    return std::unexpected{host::IoError{.call = call, .error = code, .path = path}};
  }

  Fate next(Change change) {
    if (dead_) return {EIO, true};
    const size_t number = changes_.size();
    changes_.push_back(change);
    if (die_at_ == number) {
      dead_ = true;
      return {EIO, false};
    }
    if (fail_at_ && fail_at_->first == number) return {fail_at_->second, true};
    return {};
  }

  class MemoryLock final : public host::Lock {
   public:
    MemoryLock(MemoryDisk& disk, std::string path) : disk_{disk}, path_{std::move(path)} {}
    ~MemoryLock() override { disk_.locks_.erase(path_); }

   private:
    MemoryDisk& disk_;
    std::string path_;
  };

  class MemoryFile final : public host::File {
   public:
    MemoryFile(MemoryDisk& disk, std::shared_ptr<Inode> inode, std::string path)
        : disk_{disk}, inode_{std::move(inode)}, path_{std::move(path)} {}

    host::Io<uint64_t> size() override {
      if (disk_.dead_) return disk_.error(host::DiskCall::size, EIO, path_);
      return inode_->seen.size();
    }
    host::Io<size_t> read_at(std::span<std::byte> into, uint64_t offset) override {
      if (disk_.dead_ || disk_.fail_reads_) return disk_.error(host::DiskCall::read, EIO, path_);
      const uint64_t from = std::min<uint64_t>(offset, inode_->seen.size());
      const size_t n = std::min<size_t>(into.size(), inode_->seen.size() - from);
      std::copy_n(inode_->seen.begin() + static_cast<ptrdiff_t>(from), n, into.begin());
      return n;
    }
    host::Io<void> write_at(std::span<const std::byte> bytes, uint64_t offset) override {
      const auto fate = disk_.next(Change::write);
      if (disk_.dead_ && fate.failed) return disk_.error(host::DiskCall::write, EIO, path_);
      if (fate.failed) bytes = bytes.first(bytes.size() / 2);
      while (!bytes.empty()) {
        const size_t n = std::min<size_t>(bytes.size(), kSector - offset % kSector);
        change(Bytes{offset, {bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(n)}});
        bytes = bytes.subspan(n);
        offset += n;
      }
      if (fate.error) return disk_.error(host::DiskCall::write, fate.error, path_);
      return {};
    }
    host::Io<void> sync_data() override {
      const auto fate = disk_.next(Change::sync);
      if (fate.error) {
        if (!disk_.dead_) inode_->pending.clear();
        return disk_.error(host::DiskCall::sync, fate.error, path_);
      }
      for (const Pending& p : std::exchange(inode_->pending, {})) apply(inode_->medium, p);
      return {};
    }
    host::Io<void> truncate(uint64_t size) override {
      const auto fate = disk_.next(Change::truncate);
      if (!fate.failed) change(Length{size});
      if (fate.error) return disk_.error(host::DiskCall::truncate, fate.error, path_);
      return {};
    }
    host::Io<void> allocate(uint64_t from, uint64_t to) override {
      const auto fate = disk_.next(Change::allocate);
      uint64_t held = to - from;
      for (const auto& [path, inode] : disk_.names_) held += inode->seen.size();
      if (!fate.error && held > disk_.capacity_) return disk_.error(host::DiskCall::allocate, ENOSPC, path_);
      if (!fate.failed) change(Length{to});
      if (fate.error) return disk_.error(host::DiskCall::allocate, fate.error, path_);
      return {};
    }

   private:
    void change(Pending p) {
      apply(inode_->seen, p);
      inode_->pending.push_back(std::move(p));
    }

    MemoryDisk& disk_;
    std::shared_ptr<Inode> inode_;
    std::string path_;
  };

  std::map<std::string, std::shared_ptr<Inode>> names_, durable_names_;
  std::set<std::string> locks_;
  std::vector<Change> changes_;
  size_t errors_ = 0;
  bool dead_ = false, fail_reads_ = false;
  std::optional<size_t> die_at_;
  std::optional<std::pair<size_t, int>> fail_at_;
  uint64_t capacity_ = UINT64_MAX;
};

}  // namespace landex::tests
