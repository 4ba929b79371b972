// view_needs.hpp: what may be told of own needs, certificates of gaps, and balances with what each tier could give now.
// A district sees its own; the bureau, analysts and auditors see all.
#pragma once
#include "exchange/engine/view_registry.hpp"

namespace landex::engine {

view::Needs needs_of(const State& s, const Asker& who, std::optional<District> participant);
view::Balances balances_of(const State& s, const Asker& who, std::optional<District> county);

}  // namespace landex::engine
