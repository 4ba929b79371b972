// clock.hpp: what time it is, for the sequencer alone, behind an interface so that tests bring their own.
// Exchange time never goes back: the wall clock is read once, and from there a monotonic clock counts. The sequencer
// takes the later of this and the last stamp of the journal.
// It is also what waits for a time to come, since only it knows how its time runs: a clock that a test moves by hand
// waits for that hand.
#pragma once
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "matching/types/day.hpp"

namespace landex::host {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;

  /// Waits, with the lock that goes with `woken`, until that is notified or it is `at` by this clock. May return
  /// sooner; who waits looks at both again. A clock that does not run by itself is waited for until somebody notifies.
  virtual void wait(std::condition_variable& woken, std::unique_lock<std::mutex>& lock, Instant /*at*/) {
    woken.wait(lock);
  }
};

class SystemClock final : public Clock {
 public:
  void wait(std::condition_variable& woken, std::unique_lock<std::mutex>& lock, Instant at) override {
    // At most an hour at a time: `at` may be any number that a client has named, and its nanoseconds may not be.
    const int64_t left_us = at.us - now().us;
    if (left_us > 0) woken.wait_for(lock, std::chrono::microseconds{std::min(left_us, kLongestWaitUs)});
  }

  Instant now() override {
    return Instant{
        wall_ +
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start_).count()};
  }

 private:
  static constexpr int64_t kLongestWaitUs = int64_t{3'600} * 1'000'000;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  const int64_t wall_ =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
};

}  // namespace landex::host
