#include "exchange/engine/view_governments.hpp"

#include "exchange/engine/state.hpp"

namespace landex::engine {
namespace {

bool sees(const Asker& who, District d) { return who.role != Role::district || who.participant == d; }

}  // namespace

view::Funds ask(const State& s, const Asker& who, const query::GetFunds&) {
  view::Funds out;
  if (who.role == Role::district) return out;
  for (const auto& [fund, balance] : s.funds.balances) out.rows.push_back({.fund = fund, .balance = balance});
  return out;
}

view::Standards ask(const State& s, const Asker&, const query::GetStandards& q) {
  view::Standards out;
  for (const auto& row : s.standards.rows())
    if (!q.year || *q.year == row.year) out.rows.push_back(row);
  return out;
}

view::RestorationTasks ask(const State& s, const Asker& who, const query::GetRestoration&) {
  view::RestorationTasks out;
  for (const auto& [key, task] : s.restoration.tasks)
    if (sees(who, task.county)) out.tasks.push_back(task);
  for (const auto& [id, u] : s.restoration.undertakings)
    if (sees(who, u.provider) || sees(who, u.receiver)) out.undertakings.push_back(u);
  return out;
}

view::EnclaveRows ask(const State& s, const Asker& who, const query::GetEnclaves&) {
  view::EnclaveRows out;
  for (const auto& [id, e] : s.enclaves.all)
    if (sees(who, e.sender) || sees(who, e.receiver)) out.enclaves.push_back(e);
  for (const auto& [id, a] : s.enclaves.agreements)
    if (sees(who, a.sender) || sees(who, a.receiver)) out.agreements.push_back(a);
  return out;
}

view::Scales ask(const State& s, const Asker& who, const query::GetScales&) {
  view::Scales out;
  for (const auto& [key, scale] : s.scales.all)
    if (sees(who, scale.county)) out.rows.push_back(scale);
  return out;
}

view::RunRows ask(const State& s, const Asker& who, const query::GetRuns& q) {
  view::RunRows out;
  for (const auto& [id, run] : s.runs.all) {
    if (q.year && *q.year != run.year) continue;
    if (who.role == Role::district && run.state == clearing::RunState::reckoned) continue;
    out.rows.push_back({.run = id,
                        .kind = run.kind,
                        .year = run.year,
                        .state = run.state,
                        .reckoned = run.reckoned,
                        .paid = run.paid,
                        .lines = run.lines,
                        .total = run.total,
                        .reverses = run.reverses,
                        .reversed_by = run.reversed_by,
                        .document = run.document});
  }
  return out;
}

}  // namespace landex::engine
