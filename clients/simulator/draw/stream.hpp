// stream.hpp: random numbers by counter. One stream for each (study, run, agent, purpose): whoever else draws, however
// many threads there are, and whatever is added later, a stream gives the same numbers. So two scenarios with the same
// seed differ in nothing but what was changed (common random numbers), and any run can be made again alone.
// Philox4x64-10 of Random123 (Salmon et al., SC 2011): key = (study seed, run), counter = (agent, purpose, block).
// A stream is a value: copying it forks it at the same place. Not for secrets.
#pragma once
#include <Random123/philox.h>

#include <cstdint>
#include <utility>

namespace landex::simulator {

/// What numbers are drawn for. Printed nowhere, but part of what a seed means: append only, never reorder.
enum class Purpose : uint64_t {
  design = 1,  // points of a design
  plan,        // an agent's projects, values, costs
  quote,       // prices that an agent bids
  learn,       // what a learning agent perturbs
  turn,        // who acts next
  world,       // prices of the world outside, delays
  lottery,     // ties that a mechanism breaks by lot
  bootstrap,   // resampling in the analysis
};

struct StreamName {
  uint64_t seed = 0;   // of the study
  uint64_t run = 0;    // of the study: the replicate's number, the same in every scenario that is compared
  uint64_t agent = 0;  // the agent's own number; 0: nobody's
  Purpose purpose{};
};

class Stream {
 public:
  explicit Stream(const StreamName& n)
      : key_{{n.seed, n.run}}, counter_{{n.agent, std::to_underlying(n.purpose), 0, 0}} {}

  /// 64 random bits.
  uint64_t bits() {
    if (used_ == 4) {
      block_ = r123::Philox4x64{}(counter_, key_);
      ++counter_[2];
      used_ = 0;
    }
    return block_[used_++];
  }
  /// [0, 1), a multiple of 2^-53.
  double unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  /// (0, 1): for quantiles that are infinite at the ends.
  double open_unit() { return (static_cast<double>(bits() >> 12) + 0.5) * 0x1p-52; }
  /// 0 … n − 1, n above 0. The upper half of a 128-bit product: no number is likelier by more than n · 2^-64.
  uint64_t below(uint64_t n) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<uint64_t>((Wide{bits()} * n) >> 64);
  }

 private:
  r123::Philox4x64::key_type key_;
  r123::Philox4x64::ctr_type counter_;
  r123::Philox4x64::ctr_type block_{};
  unsigned used_ = 4;
};

}  // namespace landex::simulator
