#include "clients/demo/server_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

namespace landex::demo {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::string content(const fs::path& file) {
  std::ifstream in{file};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

bool is_free(uint16_t port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  const int one = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool good = bind(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
  close(fd);
  return good;
}

}  // namespace

std::expected<std::unique_ptr<ServerProcess>, std::string> ServerProcess::start(const ServerOptions& o) {
  std::string pattern = (fs::temp_directory_path() / "landex-demo-XXXXXX").string();
  if (!mkdtemp(pattern.data()))
    return std::unexpected("cannot make a temporary directory / 无法建立临时目录: " + pattern);
  std::unique_ptr<ServerProcess> server{new ServerProcess};
  server->dir_ = pattern;
  const std::string data = server->dir_ / "journal", port_file = server->dir_ / "port",
                    log = server->dir_ / "landexd.log";
  const uint16_t port = o.preferred_port != 0 && is_free(o.preferred_port) ? o.preferred_port : uint16_t{0};
  const std::string port_text = std::to_string(port);

  server->pid_ = fork();
  if (server->pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);  // it does not outlive us
    setpgid(0, 0);                     // and the terminal's Ctrl-C is ours to hear
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    execl(o.binary.c_str(), o.binary.c_str(), "serve", "--data", data.c_str(), "--people", o.people_file.c_str(),
          "--policy", o.policy_dir.c_str(), "--venue", "simulation", "--port", port_text.c_str(), "--port-file",
          port_file.c_str(), nullptr);
    _exit(127);
  }
  if (server->pid_ < 0) return std::unexpected(std::string{"cannot start landexd / 无法启动 landexd"});
  for (int tries = 0; tries < 3'000; ++tries) {
    if (const std::string text = content(port_file); text.ends_with('\n')) {
      server->port_ = static_cast<uint16_t>(std::stoul(text));
      return server;
    }
    if (!server->running())
      return std::unexpected(fmt::format("landexd ended at once / landexd 启动失败 ({}):\n{}", o.binary, content(log)));
    std::this_thread::sleep_for(10ms);
  }
  return std::unexpected("landexd is not ready after 30 s / landexd 30 秒内未就绪:\n" + content(log));
}

bool ServerProcess::running() const {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  if (!dir_.empty()) fs::remove_all(dir_, ignored);
}

}  // namespace landex::demo
