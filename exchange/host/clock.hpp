// clock.hpp: what time it is, for the sequencer alone, behind an interface so that tests bring their own.
// Exchange time never goes back: the wall clock is read once, and from there a monotonic clock counts. The sequencer
// takes the later of this and the last stamp of the journal.
#pragma once
#include <chrono>

#include "matching/types/day.hpp"

namespace landex::host {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() override {
    return Instant{
        wall_ +
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start_).count()};
  }

 private:
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  const int64_t wall_ =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
};

}  // namespace landex::host
