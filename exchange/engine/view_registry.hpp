// view_registry.hpp: what may be told of lots, projects, plots in dispute, and what the registry may undo. A district
// sees what it filed, what it has, and what it owes or is owed; the bureau, analysts and auditors see all.
#pragma once
#include "exchange/engine/state.hpp"
#include "exchange/engine/views.hpp"

namespace landex::engine {

inline bool may_see(const Asker& who, District d) { return who.role != Role::district || who.participant == d; }
inline bool wanted(const Asker& who, std::optional<District> only, District d) {
  return may_see(who, d) && (!only || *only == d);
}

view::Lineage lineage_of(const State& s, const Asker& who, FilingId filing);
view::Lots lots_of(const State& s, const Asker& who, std::optional<District> participant);
view::Projects projects_of(const State& s, const Asker& who, std::optional<District> county);
view::Conflicts conflicts_of(const State& s, const Asker& who, std::optional<District> county);
view::Entries entries_of(const State& s, const Asker& who, std::optional<District> participant);
view::Availability available_of(const State& s, const Asker& who, District participant, Instrument i);

}  // namespace landex::engine
