#include "tests/private_cluster.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

namespace landex::testing {
namespace {

namespace fs = std::filesystem;

/// Where initdb is; Debian keeps it out of the path.
std::string programs() {
  for (const char* version : {"15", "17", "16", "14"}) {
    const std::string dir = fmt::format("/usr/lib/postgresql/{}/bin", version);
    if (fs::exists(dir + "/initdb")) return dir;
  }
  return {};
}

class Cluster {
 public:
  Cluster() { start(); }
  ~Cluster() {
    if (server_ > 0) {
      kill(server_, SIGQUIT);
      waitpid(server_, nullptr, 0);
    }
    std::error_code none;
    if (!home_.empty()) fs::remove_all(home_, none);
  }
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  std::string fresh() {
    if (!why_.empty()) return {};
    const std::string name = fmt::format("t{}", ++databases_);
    PGconn* c = PQconnectdb(url("postgres").c_str());
    PGresult* r = PQexec(c, ("create database " + name).c_str());
    if (PQresultStatus(r) != PGRES_COMMAND_OK) why_ = PQerrorMessage(c);
    PQclear(r);
    PQfinish(c);
    return why_.empty() ? url(name) : std::string{};
  }
  const std::string& why() const { return why_; }

 private:
  std::string url(const std::string& database) const {
    return fmt::format("postgresql:///{}?host={}&user=landex", database, home_);
  }

  /// As the other user: `words` behind setpriv. The child dies with us.
  pid_t run(std::vector<std::string> words, const std::string& log) {
    std::vector<std::string> all{"setpriv", "--pdeathsig", "QUIT"};
    if (geteuid() == 0)
      for (const auto& w : {"--reuid=" + user_, "--regid=" + std::to_string(group_), std::string{"--clear-groups"}})
        all.push_back(w);
    all.insert(all.end(), words.begin(), words.end());
    const pid_t child = fork();
    if (child != 0) return child;
    std::vector<char*> arguments;
    for (auto& w : all) arguments.push_back(w.data());
    arguments.push_back(nullptr);
    if (!freopen(log.c_str(), "a", stdout) || dup2(1, 2) < 0 || chdir(home_.c_str()) != 0) _exit(126);
    execvp("setpriv", arguments.data());
    _exit(127);
  }

  void start() {
    const std::string bin = programs();
    if (bin.empty()) {
      why_ = "there is no PostgreSQL (apt-get install postgresql-15)";
      return;
    }
    const passwd* other = nullptr;
    if (geteuid() == 0) {
      other = getpwnam("postgres");
      if (!other) other = getpwnam("nobody");
      if (!other) {
        why_ = "no user for it: neither postgres nor nobody";
        return;
      }
      user_ = other->pw_name;
      group_ = other->pw_gid;
    }
    // A unix socket's path has 107 characters at most, and the other user must get there.
    for (const std::string& parent : {std::string{LANDEX_BINARY_DIR}, std::string{"/tmp"}}) {
      home_ = fmt::format("{}/postgres-{}", parent, getpid());
      if (home_.size() > 80) continue;
      std::error_code wrong;
      fs::remove_all(home_, wrong);
      if (!fs::create_directory(home_, wrong)) continue;
      if (other && chown(home_.c_str(), other->pw_uid, other->pw_gid) != 0) continue;
      int status = 0;
      waitpid(run({bin + "/initdb", "-D", home_ + "/data", "-A", "trust", "-U", "landex", "-E", "UTF8", "--locale=C",
                   "--no-sync"},
                  home_ + "/../postgres.log"),
              &status, 0);
      if (WIFEXITED(status) && WEXITSTATUS(status) == 0) break;
      fs::remove_all(home_, wrong);
      home_.clear();
    }
    if (home_.empty()) {
      why_ = "initdb failed: see postgres.log in the build directory";
      return;
    }
    server_ = run({bin + "/postgres", "-D", home_ + "/data", "-k", home_, "-c", "listen_addresses=", "-c", "fsync=off",
                   "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_wal_size=4GB"},
                  home_ + "/../postgres.log");
    for (int i = 0; i < 600; ++i) {
      if (PQping(url("postgres").c_str()) == PQPING_OK) return;
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    why_ = "PostgreSQL did not come up in a minute: see postgres.log in the build directory";
  }

  std::string home_, user_, why_;
  gid_t group_ = 0;
  pid_t server_ = 0;
  int databases_ = 0;
};

}  // namespace

std::string fresh_postgres_database(std::string& why) {
  static Cluster cluster;
  std::string url = cluster.fresh();
  why = cluster.why();
  return url;
}

}  // namespace landex::testing
