// posix_disk.hpp: the disk of the machine. Interrupted and short calls are finished here, except a flush: an
// interrupted one is reported like any other error, because a flush is never retried (see disk.hpp).
// Has no state; any thread may use it.
#pragma once
#include "exchange/host/disk.hpp"

namespace landex::host {

class PosixDisk final : public Disk {
 public:
  Io<std::unique_ptr<File>> open(const std::string& path, Access access) override;
  Io<std::vector<std::string>> list(const std::string& dir) override;
  Io<void> make_dir(const std::string& dir) override;
  Io<void> sync_dir(const std::string& dir) override;
  Io<std::unique_ptr<Lock>> lock(const std::string& path) override;
};

}  // namespace landex::host
