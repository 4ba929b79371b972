// advances.hpp: what other steps do about advances (H66-7.5): a claim that is booked nets them, a day that opens calls
// back what is overdue.
#pragma once
#include "exchange/engine/steps.hpp"

namespace landex::engine {

/// What the pool has come to owe for a filing is netted against the advances that its day falls under, the oldest first
/// (our default).
void net_advances(Doing& d, District county, Day filed, FilingId filing, Fen claim);

void fire_advances(Doing& d);

}  // namespace landex::engine
