// desk.hpp: the desk of a running landexd where sessions ask for papers. A thread of its own reads the reports database
// through its own connection and renders; neither the engine nor the io thread waits for it. The queue is bounded: full
// is a refusal. A paper is as of the number that the database stands at; the desk waits a moment for it to reach what
// the asker has already been told is durable.
// Threads: ask() from any; answers are given on the desk's thread; stop() from any other.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "exchange/desk/paper.hpp"

namespace landex::desk {

class Desk {
 public:
  /// Told when a paper is there, or why not.
  using Answer = std::function<void(wire::ServerMessage)>;

  /// `where` as reports::open_database takes it.
  Desk(std::string where, House house, size_t queue_limit = 64);
  ~Desk() { stop(); }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// False: the queue is full, nothing was taken. `durable`: what the asker knows of.
  [[nodiscard]] bool ask(const engine::Asker& who, const wire::AskPaper& paper, Sequence durable, Answer answer);
  void stop();

 private:
  struct Asked {
    engine::Asker who;
    wire::AskPaper paper;
    Sequence durable;
    Answer answer;
  };
  void run();
  wire::ServerMessage make(const Asked& asked);
  /// Until the database has reached that number, for a moment at most.
  Found<void> reach(Sequence durable);

  const std::string where_;
  const House house_;
  const size_t queue_limit_;
  std::unique_ptr<reports::Database> database_;  // the thread's

  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::deque<Asked> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace landex::desk
