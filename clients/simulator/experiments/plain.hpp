// plain.hpp: rule set `plain` (decisions 17): one class, no floor, no pool, no clause in the way: for published
// experiments and for benchmarks of peers, on the very engine that the city's market runs on. Not a policy: it has no
// row at all, and no number of it is anybody's law. What trades in it is Instrument::linkage, which needs no pool.
#pragma once
#include "clearing/policy/pack.hpp"

namespace landex::simulator {

constexpr uint32_t kMostTraders = 1'000;

/// `traders` participants of one class, numbered from 0 (trader), and a city that does not trade. At most kMostTraders;
/// `from` is not after `until`.
policy::Pack plain_pack(uint32_t traders, Day from, Day until);
/// Their codes lie above every code of GB/T 2260: they are nobody's district. `n` is below kMostTraders.
District trader(uint32_t n);

}  // namespace landex::simulator
