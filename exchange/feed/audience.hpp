// audience.hpp: who may see which event. Everybody sees the public ones; a participant sees what concerns it; the
// bureau and the auditors see all (drop copy), but of a sealed bid nothing until it is opened (decisions 16): neither
// that it came, nor what it holds, nor why one was refused; nor why somebody else lacked money. How much money
// somebody has free leaves for its owner alone (exchange/engine/told.hpp). What its owner sees is the owner's.
#pragma once
#include "exchange/engine/event.hpp"

namespace landex::feed {

/// Part of the public market: days, venue, accounts, prices, levels.
bool is_public(const engine::Event& e);

/// Is this participant a party to it?
bool concerns(const engine::Event& e, District participant);

/// May somebody of this participant and role see it, as one who did not ask for it?
bool may_see(const engine::Event& e, District participant, engine::Role role);

/// The same, knowing the command with which it happened: what a sealed bid holds is not for the drop copy.
bool may_see(const engine::Event& e, const engine::Stamped& with, District participant, engine::Role role);

/// The event in the words for this one of those who may see it: without what others have free.
engine::Event told(engine::Event e, District participant, engine::Role role);
engine::Refusal told(engine::Refusal r, District participant, engine::Role role);

}  // namespace landex::feed
