// disk.hpp: what a room may ask of a disk, so that tests can bring one that tears, lies and fills up.
// The promises are those of a POSIX file system and no more:
//   - what write_at, truncate and allocate did is seen at once by every reader, and survives the end of the process;
//     it survives a loss of power only once sync_data() of that file has succeeded, in any part and in any order;
//   - a file that was created has a durable name only once sync_dir() of its directory has succeeded;
//   - after sync_data() has failed, nothing is known about the bytes since the last success, and a second call may
//     report success without having written them. Never retry; open the file again and read what is there.
// A File and a Lock belong to one thread at a time. A Disk may be shared. Nothing here throws.
#pragma once
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace landex::host {

enum class DiskCall : uint8_t { open, size, read, write, sync, truncate, allocate, list, make_dir, lock };

/// Which call failed, on which path, with which errno.
struct IoError {
  DiskCall call;
  int error;
  std::string path;

  std::string text_en() const {
    constexpr std::string_view verbs[]{"open", "measure", "read", "write to",       "flush",
                                       "cut",  "extend",  "list", "make directory", "lock"};
    return fmt::format("cannot {} {}: {} (errno {})", verbs[std::to_underlying(call)], path,
                       std::generic_category().message(error), error);
  }
  std::string text_zh() const {
    constexpr std::string_view verbs[]{"打开", "读取长度", "读取",     "写入",     "刷盘",
                                       "截断", "预分配",   "列出目录", "创建目录", "加锁"};
    return fmt::format("{}失败：{}：{}（errno {}）", verbs[std::to_underlying(call)], path,
                       std::generic_category().message(error), error);
  }
};

template <class T>
using Io = std::expected<T, IoError>;

class File {
 public:
  virtual ~File() = default;
  [[nodiscard]] virtual Io<uint64_t> size() = 0;
  /// Fills `into` from `offset`; fewer bytes only at the end of the file. Returns how many.
  [[nodiscard]] virtual Io<size_t> read_at(std::span<std::byte> into, uint64_t offset) = 0;
  /// All of `bytes`, or an error and nothing known of the range.
  [[nodiscard]] virtual Io<void> write_at(std::span<const std::byte> bytes, uint64_t offset) = 0;
  /// Makes bytes and length durable. See above about errors.
  [[nodiscard]] virtual Io<void> sync_data() = 0;
  [[nodiscard]] virtual Io<void> truncate(uint64_t size) = 0;
  /// Grows the file from `from`, its present size, to `to` bytes of zeros that have their place on the disk: a later
  /// write there cannot meet a full disk.
  [[nodiscard]] virtual Io<void> allocate(uint64_t from, uint64_t to) = 0;

 protected:
  File() = default;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
};

/// Held until destroyed, or until the process ends, however it ends.
class Lock {
 public:
  virtual ~Lock() = default;

 protected:
  Lock() = default;
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
};

enum class Access : uint8_t {
  read,    // must exist
  write,   // must exist; read and write
  create,  // made if absent; read and write
};

class Disk {
 public:
  virtual ~Disk() = default;
  /// The bytes read afterwards are those of the medium or not yet flushed, never a cached copy whose flush has failed.
  [[nodiscard]] virtual Io<std::unique_ptr<File>> open(const std::string& path, Access access) = 0;
  /// Names, without the directory, in no order.
  [[nodiscard]] virtual Io<std::vector<std::string>> list(const std::string& dir) = 0;
  /// One level. One that exists is no error. Durable on return.
  [[nodiscard]] virtual Io<void> make_dir(const std::string& dir) = 0;
  [[nodiscard]] virtual Io<void> sync_dir(const std::string& dir) = 0;
  /// Does not wait: EWOULDBLOCK if another holds it. The file `path` is made if absent and never removed.
  [[nodiscard]] virtual Io<std::unique_ptr<Lock>> lock(const std::string& path) = 0;
};

}  // namespace landex::host
