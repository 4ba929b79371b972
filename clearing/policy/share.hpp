// share.hpp: a part of an amount, told in 1/10 000 as policy rows tell shares; rounding is asked for by name. Reckoned
// without the large product, which may not fit: each 10 000 units give the share, and the rest is rounded. Pure.
#pragma once
#include "matching/types/tally.hpp"

namespace landex::policy {

inline constexpr int64_t kWholeShare = 10'000;

template <class Amount>
Amount share_down(Amount of, int64_t share) {
  const int64_t rest = of.raw() % kWholeShare * share;
  return Amount::from_raw(checked_add(checked_mul(of.raw() / kWholeShare, share), rest / kWholeShare));
}

template <class Amount>
Amount share_up(Amount of, int64_t share) {
  const int64_t rest = of.raw() % kWholeShare * share;
  const int64_t rounded = (rest + kWholeShare - 1) / kWholeShare;
  return Amount::from_raw(checked_add(checked_mul(of.raw() / kWholeShare, share), rounded));
}

}  // namespace landex::policy
