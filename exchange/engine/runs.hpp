// runs.hpp: how each kind of yearly run between governments is checked and reckoned. The step of ReckonRun asks the
// kind for its lines; that of ExecuteRun reckons them once more from the same facts and pays only if they are the same.
// `require_facts` refuses what the facts or the day do not allow and changes nothing; `lines_of` may be asked only when
// nothing was refused, and reads the rows and published figures of the open day. steps_runs.cpp has the runs with
// facts of their own, steps_restoration.cpp and steps_enclaves.cpp those that pay what was agreed.
#pragma once
#include <vector>

#include "exchange/engine/steps.hpp"

namespace landex::engine {

using Lines = std::vector<clearing::RunLine>;

void require_facts(const Asked& a, const clearing::ProtectionRun& run);
void require_facts(const Asked& a, const clearing::PbfRun& run);
void require_facts(const Asked& a, const clearing::RestorationRun& run);
void require_facts(const Asked& a, const clearing::EnclaveRun& run);
void require_facts(const Asked& a, const clearing::RewardRun& run);
void require_facts(const Asked& a, const clearing::ReversalRun& run);

Lines lines_of(const State& s, const clearing::ProtectionRun& run);
Lines lines_of(const State& s, const clearing::PbfRun& run);
Lines lines_of(const State& s, const clearing::RestorationRun& run);
Lines lines_of(const State& s, const clearing::EnclaveRun& run);
Lines lines_of(const State& s, const clearing::RewardRun& run);
Lines lines_of(const State& s, const clearing::ReversalRun& run);

/// The year of a run must have begun, and not lie before the rules.
void require_year(const Asked& a, uint16_t year);
/// The figure of that kind and year, or refused with what is missing; what is for another year is no answer.
const clearing::Standard* require_standard(const Asked& a, clearing::StandardKind kind, uint16_t year,
                                           policy::Clause rule);
/// The row of a parameter today, or refused.
const policy::Row* require_row(const Asked& a, policy::Parameter p, policy::Clause rule, std::string_view key);

}  // namespace landex::engine
