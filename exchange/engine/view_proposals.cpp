#include "exchange/engine/view_proposals.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "exchange/engine/told.hpp"

namespace landex::engine {
namespace {

using view::Box;

constexpr size_t kEndedShown = 200;

bool may_see(const Asker& who, const Proposal& p) {
  return who.role != Role::district || who.participant == p.proposer.participant;
}

Box box_of(const Asker& who, const Proposal& p) {
  if (is_final(p.state)) return Box::ended;
  const bool decides = is_step_of(p, who.role, who.participant) && !p.took_part(who.person);
  const bool corrects = p.state == ProposalState::returned && who.person == p.proposer.person;
  return decides || corrects ? Box::to_do : Box::running;
}

view::InboxRow row_of(const Asker& who, const Proposal& p) {
  const auto* now = p.current();
  return {.box = box_of(who, p),
          .proposal = p.id,
          .participant = p.proposer.participant,
          .subject = p.subject,
          .state = p.state,
          .step = now ? std::optional{now->step} : std::nullopt,
          .due = p.due};
}

}  // namespace

view::Inbox inbox_of(const State& s, const Asker& who) {
  view::Inbox out;
  size_t ended = 0;
  for (auto at = s.proposals.all.rbegin(); at != s.proposals.all.rend(); ++at) {
    const Proposal& p = at->second;
    if (!may_see(who, p) || (is_final(p.state) && ++ended > kEndedShown)) continue;
    out.rows.push_back(row_of(who, p));
  }
  const auto key = [](const view::InboxRow& r) {
    const bool over = r.box == Box::ended;
    return std::tuple{r.box, over || !r.due ? std::numeric_limits<int32_t>::max() : r.due->raw(),
                      over ? std::numeric_limits<uint64_t>::max() - r.proposal.value : r.proposal.value};
  };
  std::ranges::sort(out.rows, {}, key);
  return out;
}

view::ProposalFile file_of(const State& s, const Asker& who, ProposalId id) {
  const Proposal* p = s.proposals.find(id);
  if (!p || !may_see(who, *p)) return {.proposal = {}, .marks = {}, .refusal = {}};
  view::ProposalFile out{.proposal = row_of(who, *p), .marks = p->marks, .refusal = p->refusal};
  const bool acts = who.role == Role::district || who.role == Role::bureau;
  if (out.refusal) out.refusal = told_to(std::move(*out.refusal), who.participant, acts);
  return out;
}

}  // namespace landex::engine
