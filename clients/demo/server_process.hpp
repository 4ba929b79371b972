// server_process.hpp: a landexd of our own for the demonstration: started, waited for, stopped, its data removed.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>

namespace landex::demo {

struct ServerOptions {
  std::string binary;
  std::string people_file;
  std::string policy_dir;
  uint16_t preferred_port = 0;  // taken if free, else any
};

class ServerProcess {
 public:
  /// Returns when it listens. The error holds what it wrote to its log.
  static std::expected<std::unique_ptr<ServerProcess>, std::string> start(const ServerOptions& options);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  uint16_t port() const { return port_; }
  const std::filesystem::path& dir() const { return dir_; }
  bool running() const;

 private:
  ServerProcess() = default;
  std::filesystem::path dir_;
  pid_t pid_ = -1;
  uint16_t port_ = 0;
};

}  // namespace landex::demo
