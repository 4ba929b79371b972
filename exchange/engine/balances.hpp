// balances.hpp: the balance 占补平衡 of one project (H66-7.1 县级平衡为主、市级统筹为辅、跨市调剂为补充): what each
// tier could give to what is left of it, and the one way in which it is filled. The tiers stand in the order own <
// pool, purchase < outside; that purchases from other counties of the city stand beside the pool is our default. Own
// and purchased land are both free land of the county: whose filing a lot is tells them apart, so what is filled from a
// tier takes lots of that tier.
#pragma once
#include "exchange/engine/steps.hpp"

namespace landex::engine {

/// What is still to be filled; nothing of a component of which more was filled than was needed.
Components left_of(const clearing::Balance& b);
inline Quantity left_of(const clearing::Balance& b, Instrument i) { return clearing::part_of(left_of(b), i); }

/// One component alone.
Components components_of(Instrument i, Quantity q);

/// Each component by itself.
inline void add(Components& sum, const Components& more) {
  sum.area += more.area;
  sum.paddy += more.paddy;
  sum.capacity += more.capacity;
}

/// Free land of the county, of its own filings, or of those of others.
Quantity free_of_own(const State& s, District county, Instrument i, bool own);

/// What the tier could give now to what is left of a component. From outside: all.
Quantity could_give(const State& s, const clearing::Balance& b, clearing::Tier tier, Instrument i);

/// Does the tier serve this balance? The pool serves only the purposes of H66-7.3.
bool serves(const clearing::Balance& b, clearing::Tier tier);

/// The first tier before this one that could give something of the component now.
std::optional<clearing::Tier> skipped_tier(const State& s, const clearing::Balance& b, clearing::Tier tier,
                                           Instrument i);

/// So much has been used for its project: it is told, and the balance closes when nothing is left.
void fill(Doing& d, clearing::Balance& b, clearing::Fill what);

/// What was allotted to a request for this balance has been taken: it counts as far as something is left of the need,
/// and not at all if the balance is closed by now.
void fill_from_pool(Doing& d, BalanceId id, Components amount);

/// What a write-off used is free again (restore): a balance that is still open needs it again.
void unfill(Doing& d, WriteOffId write_off, Instrument i, Quantity quantity);

}  // namespace landex::engine
