// view_governments.hpp: transfers between governments as they are asked for: sub-accounts, published figures, tasks,
// enclaves, reserved scales, runs. Figures and what was paid are for everybody; what is only reckoned, and the
// sub-accounts, are not for districts, who see of the rest what concerns them. Pure.
#pragma once
#include "exchange/engine/views.hpp"

namespace landex::engine {

view::Funds ask(const State& s, const Asker& who, const query::GetFunds&);
view::Standards ask(const State& s, const Asker& who, const query::GetStandards&);
view::RestorationTasks ask(const State& s, const Asker& who, const query::GetRestoration&);
view::EnclaveRows ask(const State& s, const Asker& who, const query::GetEnclaves&);
view::Scales ask(const State& s, const Asker& who, const query::GetScales&);
view::RunRows ask(const State& s, const Asker& who, const query::GetRuns&);

}  // namespace landex::engine
