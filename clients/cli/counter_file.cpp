#include "clients/cli/counter_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <random>

namespace landex::cli {
namespace {

namespace fs = std::filesystem;

std::string failed(const fs::path& file, const char* what) {
  return fmt::format(
      "cannot {} {}: {}; set XDG_STATE_HOME to a directory that can be written / 无法使用此文件，请将 XDG_STATE_HOME "
      "设为可写目录",
      what, file.string(), std::strerror(errno));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_{fd} {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

uint64_t random_key() {
  std::random_device device;
  const uint64_t r = (uint64_t{device()} << 32) | device();
  return (r & ((uint64_t{1} << 53) - 1)) | 1;  // below 2^53, not 0
}

}  // namespace

fs::path state_dir() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state) return fs::path{state} / "landex";
  if (const char* home = std::getenv("HOME"); home && *home) return fs::path{home} / ".local" / "state" / "landex";
  return fs::temp_directory_path() / fmt::format("landex-{}", getuid());
}

std::expected<Ticket, std::string> next_ticket(const fs::path& dir, const std::string& name) {
  std::error_code error;
  fs::create_directories(dir, error);
  const fs::path file = dir / (name + ".counter");
  const Descriptor fd{open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  if (fd.get() < 0) return std::unexpected(failed(file, "open"));
  if (flock(fd.get(), LOCK_EX) != 0) return std::unexpected(failed(file, "lock"));

  std::array<char, 64> text{};
  const ssize_t length = pread(fd.get(), text.data(), text.size() - 1, 0);
  if (length < 0) return std::unexpected(failed(file, "read"));
  unsigned long long key = 0, counter = 0;
  if (length > 0 && std::sscanf(text.data(), "%llu %llu", &key, &counter) != 2)
    return std::unexpected(fmt::format(
        "{} does not hold two numbers; remove it to begin a new stream / 文件内容不是两个数字，删除后重新开始",
        file.string()));
  if (length == 0) key = random_key();
  ++counter;
  const std::string next = fmt::format("{:<20} {:<20}\n", key, counter);
  if (pwrite(fd.get(), next.data(), next.size(), 0) != static_cast<ssize_t>(next.size()) || fdatasync(fd.get()) != 0)
    return std::unexpected(failed(file, "write"));
  return Ticket{.key = {key}, .counter = {counter}};
}

}  // namespace landex::cli
