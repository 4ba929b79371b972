// audience.hpp: who may see which event. Everybody sees the public ones; a participant sees what concerns it; the
// bureau and the auditors see all (drop copy).
#pragma once
#include "exchange/engine/event.hpp"

namespace landex::feed {

/// Part of the public market: days, venue, accounts, prices, levels.
bool is_public(const engine::Event& e);

/// Is this participant a party to it?
bool concerns(const engine::Event& e, District participant);

/// May somebody of this participant and role see it, as one who did not ask for it?
bool may_see(const engine::Event& e, District participant, engine::Role role);

}  // namespace landex::feed
