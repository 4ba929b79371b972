#include "exchange/host/posix_disk.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

namespace landex::host {
namespace {

std::unexpected<IoError> failed(DiskCall call, const std::string& path) {
  return std::unexpected{IoError{.call = call, .error = errno, .path = path}};
}

template <class Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_{fd} {}
  Descriptor(Descriptor&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);  // not repeated on EINTR: Linux has closed it by then
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

Io<Descriptor> open_descriptor(const std::string& path, int flags, DiskCall call) {
  const int fd = uninterrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC, 0640); });
  if (fd < 0) return failed(call, path);
  return Descriptor{fd};
}

class PosixFile final : public File {
 public:
  PosixFile(Descriptor fd, std::string path) : fd_{std::move(fd)}, path_{std::move(path)} {}

  Io<uint64_t> size() override {
    struct stat s{};
    if (::fstat(fd_.get(), &s) != 0) return failed(DiskCall::size, path_);
    return static_cast<uint64_t>(s.st_size);
  }

  Io<size_t> read_at(std::span<std::byte> into, uint64_t offset) override {
    size_t done = 0;
    while (done < into.size()) {
      const ssize_t n = uninterrupted([&] {
        return ::pread(fd_.get(), into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
      });
      if (n < 0) return failed(DiskCall::read, path_);
      if (n == 0) break;
      done += static_cast<size_t>(n);
    }
    return done;
  }

  Io<void> write_at(std::span<const std::byte> bytes, uint64_t offset) override {
    return write_all(bytes, offset, DiskCall::write);
  }

  Io<void> sync_data() override {
    if (::fdatasync(fd_.get()) != 0) return failed(DiskCall::sync, path_);
    return {};
  }

  Io<void> truncate(uint64_t size) override {
    if (uninterrupted([&] { return ::ftruncate(fd_.get(), static_cast<off_t>(size)); }) != 0)
      return failed(DiskCall::truncate, path_);
    return {};
  }

  Io<void> allocate(uint64_t from, uint64_t to) override {
    const int reserved = uninterrupted(
        [&] { return ::fallocate(fd_.get(), 0, static_cast<off_t>(from), static_cast<off_t>(to - from)); });
    if (reserved != 0 && errno != EOPNOTSUPP && errno != ENOSYS) return failed(DiskCall::allocate, path_);
    // Reserved space that was never written costs a metadata update at each flush of a first write; zeros do not.
    // Where the file system cannot reserve, they are also what takes the space.
    static constexpr std::array<std::byte, 64 * 1024> zeros{};
    for (uint64_t at = from; at < to;) {
      const size_t n = static_cast<size_t>(std::min<uint64_t>(zeros.size(), to - at));
      if (auto ok = write_all(std::span{zeros}.first(n), at, DiskCall::allocate); !ok) return ok;
      at += n;
    }
    return {};
  }

 private:
  Io<void> write_all(std::span<const std::byte> bytes, uint64_t offset, DiskCall call) {
    while (!bytes.empty()) {
      const ssize_t n =
          uninterrupted([&] { return ::pwrite(fd_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset)); });
      if (n < 0) return failed(call, path_);
      bytes = bytes.subspan(static_cast<size_t>(n));
      offset += static_cast<uint64_t>(n);
    }
    return {};
  }

  Descriptor fd_;
  std::string path_;
};

class PosixLock final : public Lock {
 public:
  explicit PosixLock(Descriptor fd) : fd_{std::move(fd)} {}

 private:
  Descriptor fd_;  // closing it releases the lock
};

}  // namespace

Io<std::unique_ptr<File>> PosixDisk::open(const std::string& path, Access access) {
  const int flags = access == Access::read ? O_RDONLY : access == Access::write ? O_RDWR : O_RDWR | O_CREAT;
  auto fd = open_descriptor(path, flags, DiskCall::open);
  if (!fd) return std::unexpected{fd.error()};
  // Linux marks pages clean after a failed flush and goes on showing them; only clean pages are dropped by this.
  ::posix_fadvise(fd->get(), 0, 0, POSIX_FADV_DONTNEED);
  return std::make_unique<PosixFile>(std::move(*fd), path);
}

Io<std::vector<std::string>> PosixDisk::list(const std::string& dir) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator at{dir, error}, end; !error && at != end; at.increment(error))
    names.push_back(at->path().filename().string());
  if (error) return std::unexpected{IoError{.call = DiskCall::list, .error = error.value(), .path = dir}};
  return names;
}

Io<void> PosixDisk::make_dir(const std::string& dir) {
  if (::mkdir(dir.c_str(), 0750) != 0 && errno != EEXIST) return failed(DiskCall::make_dir, dir);
  // Also when it was there: whoever made it may have died before this line.
  return sync_dir(dir + "/..");
}

Io<void> PosixDisk::sync_dir(const std::string& dir) {
  auto fd = open_descriptor(dir, O_RDONLY | O_DIRECTORY, DiskCall::sync);
  if (!fd) return std::unexpected{fd.error()};
  if (::fsync(fd->get()) != 0) return failed(DiskCall::sync, dir);
  return {};
}

Io<std::unique_ptr<Lock>> PosixDisk::lock(const std::string& path) {
  auto fd = open_descriptor(path, O_RDWR | O_CREAT, DiskCall::lock);
  if (!fd) return std::unexpected{fd.error()};
  if (uninterrupted([&] { return ::flock(fd->get(), LOCK_EX | LOCK_NB); }) != 0) return failed(DiskCall::lock, path);
  return std::make_unique<PosixLock>(std::move(*fd));
}

}  // namespace landex::host
