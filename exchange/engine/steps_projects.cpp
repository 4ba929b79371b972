// steps_projects.cpp: what stands before a filing: the projects that make indicators, through their states, and the
// plots whose land class is in dispute (H66-9).
#include <algorithm>

#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/posting.hpp"
#include "exchange/engine/titles.hpp"

namespace landex::engine {
namespace {

using clearing::ConflictKind;
using clearing::ProjectMover;
using policy::Clause;

constexpr size_t kMaxPapers = 20;

bool bureau_or(const Asked& a, District county) {
  return a.who.role == Role::bureau || (a.who.role == Role::district && a.who.participant == county);
}

/// Whose plot it is, if it has made a batch or lies in the reserve library.
std::optional<District> county_of_plot(const State& s, const std::string& plot) {
  if (const auto* filing = s.registry.made_by(plot)) return filing->county;
  const auto at = s.reserve.plots().find(plot);
  return at == s.reserve.plots().end() ? std::nullopt : std::optional{at->second.county};
}

void require_plot_name(const Asked& a, const std::string& plot) {
  require_range(a, "plot", static_cast<int64_t>(plot.size()), 1, static_cast<int64_t>(kMaxText));
}

}  // namespace

void check(const Asked& a, const command::RegisterProject& c) {
  require_role(a, bureau_or(a, c.county));
  require_policy(a);
  require_day(a);
  require_account(a, c.county);
  require_county(a, c.county);
  require_range(a, "kind", fact(c.kind), fact(IndicatorKind::supplementary), fact(IndicatorKind::linkage));
  require_text(a, "name", c.name);
  require_text(a, "document", c.document);
}

void move(Doing& d, const command::RegisterProject& c) {
  const ProjectId id{d.seq.value};
  d.state.projects.add({.id = id,
                        .county = c.county,
                        .kind = c.kind,
                        .name = c.name,
                        .state = ProjectState::planned,
                        .document = c.document});
  d.events.emplace_back(event::ProjectRegistered{
      .project = id, .county = c.county, .kind = c.kind, .name = c.name, .document = c.document});
}

void check(const Asked& a, const command::MoveProject& c) {
  const auto* project = a.state.projects.find(c.project);
  require_role(a, a.who.role == Role::bureau ||
                      (a.who.role == Role::district && (!project || project->county == a.who.participant)));
  require_policy(a);
  require_day(a);
  const bool known_state =
      require_range(a, "to", fact(c.to), fact(ProjectState::planned), fact(ProjectState::abandoned));
  require_text(a, "document", c.document);
  if (!project) {
    a.verdict.refuse({Reason::unknown_project, {}, {{FactName::number, fact(c.project)}}, {}});
    return;
  }
  const auto mover = a.who.role == Role::bureau ? ProjectMover::bureau : ProjectMover::county;
  if (known_state && !clearing::may_move(project->state, c.to, mover))
    a.verdict.refuse({Reason::project_move_not_legal,
                      {},
                      {{FactName::number, fact(c.project)},
                       {FactName::project_state, fact(project->state)},
                       {FactName::project_to, fact(c.to)},
                       {FactName::role, fact(a.who.role)}},
                      {}});
}

void move(Doing& d, const command::MoveProject& c) {
  const auto& project = *d.state.projects.find(c.project);
  d.events.emplace_back(event::ProjectMoved{
      .project = c.project, .county = project.county, .from = project.state, .to = c.to, .document = c.document});
  d.state.projects.move(c.project, c.to, c.document);
}

void check(const Asked& a, const command::RecordConflict& c) {
  const auto owner = county_of_plot(a.state, c.plot);
  require_role(a, bureau_or(a, c.county) && (a.who.role == Role::bureau || !owner || *owner == c.county));
  require_policy(a);
  require_day(a);
  require_account(a, c.county);
  require_county(a, c.county);
  require_plot_name(a, c.plot);
  require_range(a, "conflict", fact(c.conflict), fact(ConflictKind::certificate), fact(ConflictKind::other));
  require_text(a, "document", c.document, Clause::h66_9);
  require_no_conflict(a, c.plot);
}

void move(Doing& d, const command::RecordConflict& c) {
  d.state.conflicts.record(
      {.plot = c.plot, .county = c.county, .kind = c.conflict, .document = c.document, .papers = {}});
  d.events.emplace_back(
      event::ConflictRecorded{.county = c.county, .plot = c.plot, .conflict = c.conflict, .document = c.document});
}

void check(const Asked& a, const command::ClearConflict& c) {
  const auto* conflict = a.state.conflicts.open_on(c.plot);
  require_role(a, a.who.role == Role::bureau ||
                      (a.who.role == Role::district && (!conflict || conflict->county == a.who.participant)));
  require_policy(a);
  require_day(a);
  require_plot_name(a, c.plot);
  if (!require_range(a, "papers", static_cast<int64_t>(c.papers.size()), 0, kMaxPapers)) return;
  for (const auto& p : c.papers) {
    require_range(a, "paper", fact(p.paper), fact(clearing::Paper::survey), fact(clearing::Paper::opinion));
    require_text(a, "document", p.document, Clause::h66_9);
  }
  if (!conflict) {
    a.verdict.refuse({Reason::unknown_conflict, Clause::h66_9, {}, c.plot});
    return;
  }
  const auto needed = clearing::papers_needed(conflict->kind);
  const auto there = std::ranges::count_if(needed, [&](clearing::Paper paper) {
    return std::ranges::find(c.papers, paper, &clearing::ClearingPaper::paper) != c.papers.end();
  });
  if (std::cmp_less(there, needed.size()))
    a.verdict.refuse({Reason::papers_missing,
                      Clause::h66_9,
                      {{FactName::given, there}, {FactName::least, static_cast<int64_t>(needed.size())}},
                      c.plot});
}

void move(Doing& d, const command::ClearConflict& c) {
  d.events.emplace_back(event::ConflictCleared{.county = d.state.conflicts.open_on(c.plot)->county, .plot = c.plot});
  d.state.conflicts.clear(c.plot, c.papers);
  const auto& plots = d.state.reserve.plots();
  if (const auto at = plots.find(c.plot); at != plots.end()) pool_plots(d, at->second.share_row, at->second.county);
}

}  // namespace landex::engine
