// workload.hpp: the shared driver of bench/workload, included in one place only: it is not ours to change, so its
// warnings are not ours to mend. And the accounts that its records do not name.
#pragma once
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#include "bench/workload/driver.hpp"
#pragma GCC diagnostic pop

#include "matching/types/trade.hpp"

namespace landex::bench {

/// Who gave an order: a hash of its id (splitmix64), one of 4 096.
inline constexpr uint32_t kAccounts = 4'096;
constexpr uint32_t account_of(uint64_t order_id) {
  uint64_t z = order_id + 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return static_cast<uint32_t>((z ^ (z >> 31)) % kAccounts);
}

constexpr Side side_of(const wl::Rec& r) { return static_cast<Side>(r.side + 1); }

}  // namespace landex::bench
