// sequencer.hpp: the one writer: number → apply → append → fsync → publish (decisions 3). Nothing leaves before its
// batch is durable; a command that trips an assertion is never durable, because the process ends before the append; if
// the append fails, the process stops.
// Time passes also when nobody sends anything: when something is due by then (engine::next_due), run() stamps a Tick of
// its own, which is numbered, journaled and published like any command. Never before it is due.
// Threads: submit() and ask() from any thread (a bounded queue: full is a refusal, never a wait); run() on its own
// thread, which owns engine and journal; publish is called there.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "exchange/engine/views.hpp"
#include "exchange/host/clock.hpp"
#include "exchange/journal/journal.hpp"
#include "exchange/sequencer/replica.hpp"

namespace landex::sequencer {

/// Who waits for what comes of it; the gateway's own number.
struct Origin {
  uint64_t session = 0;
  uint32_t id = 0;  // of a question
};

/// A command that is durable, and what it did.
struct Done {
  Origin origin;
  engine::Stamped command;
  engine::Events events;
};
/// The answer to a question, of the state at `as_of`.
struct Answered {
  Origin origin;
  Sequence as_of;
  engine::View view;
};
using Published = std::vector<std::variant<Done, Answered>>;

/// As whom landexd asks: the commands that begin a journal, and ticks.
inline constexpr PersonId kSystemPerson{1};
inline constexpr ClientKey kSystemKey{1};

struct Options {
  size_t queue_limit = 8'192;  // commands and questions waiting
  size_t batch_limit = 256;    // commands in one group commit
  Step step = engine_step;
};

class Sequencer {
 public:
  struct Opened;
  /// Reads the journal into a fresh engine; `seen` hears every command of it.
  static std::expected<Opened, journal::Damage> open(host::Disk& disk, journal::Options journal, host::Clock& clock,
                                                     Options options, const Replica::Seen& seen);

  /// One command on the caller's thread, before run(): what landexd itself asks when a journal begins.
  host::Io<Done> execute(const engine::Envelope& who, engine::Command command);

  /// False: the queue is full, nothing was taken.
  [[nodiscard]] bool submit(Origin origin, const engine::Envelope& who, engine::Command command);
  [[nodiscard]] bool ask(Origin origin, const engine::Asker& who, engine::Query query);

  /// Works until stop(), then does what is queued and seals the journal. An error of the disk ends it at once.
  host::Io<void> run(const std::function<void(Published)>& publish);
  void stop();

  const Replica& replica() const { return replica_; }  // before run() and after it

 private:
  struct Waiting {
    Origin origin;
    std::variant<std::pair<engine::Envelope, engine::Command>, std::pair<engine::Asker, engine::Query>> what;
  };
  Sequencer(Replica replica, journal::Journal journal, host::Clock& clock, Options options);
  bool enqueue(Waiting w);
  struct Taken {
    std::vector<Waiting> waiting;
    bool over = false;  // stopped, and nothing is left
    bool due = false;   // what is due next is due now, and no command is there to make it happen
  };
  Taken take(std::optional<Instant> due);
  bool reached(Instant due);
  engine::Stamped tick(Instant due);
  engine::Stamped stamp(const engine::Envelope& who, engine::Command command);

  Replica replica_;
  journal::Journal journal_;
  host::Clock* clock_;
  Options options_;
  std::mutex mutex_;  // guards queue_ and stopping_
  std::condition_variable wake_;
  std::vector<Waiting> queue_;
  bool stopping_ = false;
};

struct Sequencer::Opened {
  std::unique_ptr<Sequencer> sequencer;
  journal::Recovered recovered;
};

}  // namespace landex::sequencer
