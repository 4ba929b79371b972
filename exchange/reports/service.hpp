// service.hpp: the reports database of a running landexd. A thread of its own takes what was published, makes rows of
// it and writes them, always behind the journal: nobody waits for it. Its queue is bounded; when it is full, it is
// thrown away, and the thread catches up from the journal, replaying it with an engine of its own. So it does when the
// database has failed: it is opened again every few seconds, while the exchange goes on. A database of another journal
// is left as it is, and there are no reports until the next start. Threads: replayed() and start() on one thread,
// before anything is published; published() from the writer's thread, never blocks on the database; stop() from any
// other.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "exchange/host/disk.hpp"
#include "exchange/reports/rebuild.hpp"
#include "exchange/sequencer/sequencer.hpp"

namespace landex::reports {

struct ServiceOptions {
  std::string where;  // as open_database takes it
  std::string journal_dir;
  wire::PlaceNames names = {};
  size_t queue_limit = 65'536;                                            // commands
  std::chrono::milliseconds retry = std::chrono::seconds{5};              // to open a database that has failed
  std::function<void(const std::string& zh, const std::string& en)> say;  // to the operator
};

class Service {
 public:
  /// `disk` outlives it.
  Service(host::Disk& disk, ServiceOptions options);
  ~Service() { stop(); }
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Every command of the journal, from number 1 on, while landexd starts. What the database does not have is written.
  void replayed(const engine::Stamped& command, const engine::Events& events);
  void start();
  void published(std::shared_ptr<const sequencer::Published> batch);
  /// Writes what is queued and ends the thread; what could not be written is caught up by the next start.
  void stop();

 private:
  enum class Standing : uint8_t { closed, behind, live, off };
  void run();
  void open();
  void catch_up();
  void take_queue();
  void failed(const Trouble& trouble);
  bool stopping();
  /// After a failure: until the time is over, or it is to stop.
  void rest();

  host::Disk& disk_;
  ServiceOptions options_;
  // The thread's, from start() on.
  Standing standing_ = Standing::closed;
  std::unique_ptr<Database> database_;
  Projector projector_;
  std::unique_ptr<sequencer::Replica> replica_;  // of the last catching up
  bool told_closed_ = false;
  int failures_ = 0;  // since something was last written: each waits twice as long as the one before

  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::vector<std::shared_ptr<const sequencer::Published>> queue_;
  size_t queued_ = 0;  // commands
  bool overflowed_ = false;
  bool off_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace landex::reports
