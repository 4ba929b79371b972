// proposals.hpp: what waits for approval, and what became of it. A proposal is a command that is kept: it was checked
// when it was made, goes through the steps of its chain, each decided by another person, and is checked again and done
// under its proposer's envelope when the last has passed and its notice is over. Its steps are those of the chain that
// was in force when it was made or corrected: a later chain does not reach back.
// Invariant: `due` names a proposal exactly while it is under review or in notice, with the `due` of that proposal.
// Ended proposals stay: they are the paper of what was approved, as few as the decisions of an office.
// Owned by the engine's thread; pure.
#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "exchange/engine/command.hpp"
#include "exchange/engine/event.hpp"

namespace landex::engine {

enum class ProposalAct : uint8_t {
  proposed = 1,
  passed = 2,
  returned = 3,
  refused = 4,
  resubmitted = 5,
  withdrawn = 6,
  expired = 7,
  took_effect = 8,
  voided = 9,
};
BOOST_DESCRIBE_ENUM(ProposalAct, proposed, passed, returned, refused, resubmitted, withdrawn, expired, took_effect,
                    voided)

/// One thing that was done about a proposal.
struct ProposalMark {
  ProposalAct act;
  std::optional<policy::StepKind> step;  // that was decided, or missed
  Sequence number;
  Day day;
  PersonId person;  // 0 where time did it
  District participant;
  Role role;
  std::string reason, document;
};
BOOST_DESCRIBE_STRUCT(ProposalMark, (), (act, step, number, day, person, participant, role, reason, document))

struct Proposal {
  ProposalId id;
  Subject subject;
  Envelope proposer;  // under which it is checked and done
  std::vector<policy::ChainStep> steps;
  uint16_t notice;
  uint32_t step;  // which of them is to be decided
  ProposalState state;
  std::optional<Day> due;
  std::vector<PersonId> passed_by;  // of this round: each step is another person's
  std::vector<ProposalMark> marks;
  std::optional<Refusal> refusal;  // why it is void

  /// The step that is to be decided now, if one is.
  const policy::ChainStep* current() const { return state == ProposalState::under_review ? &steps[step] : nullptr; }
  bool took_part(PersonId person) const {
    return person == proposer.person || std::ranges::find(passed_by, person) != passed_by.end();
  }
};
BOOST_DESCRIBE_STRUCT(Proposal, (), (id, subject, proposer, steps, notice, step, state, due, passed_by, marks, refusal))

/// Ordered as it falls due.
struct ProposalDue {
  Day due;
  ProposalId proposal;
  friend auto operator<=>(const ProposalDue&, const ProposalDue&) = default;
};
BOOST_DESCRIBE_STRUCT(ProposalDue, (), (due, proposal))

struct Proposals {
  std::map<ProposalId, Proposal> all;
  std::set<ProposalDue> due;

  const Proposal* find(ProposalId id) const {
    const auto at = all.find(id);
    return at == all.end() ? nullptr : &at->second;
  }
};
BOOST_DESCRIBE_STRUCT(Proposals, (), (all, due))

/// May this person decide the step that the proposal is at, as far as role and place go?
inline bool is_step_of(const Proposal& p, Role role, District participant) {
  const auto* now = p.current();
  if (!now) return false;
  if (now->role == policy::ChainRole::bureau) return role == Role::bureau;
  return role == Role::district && participant == p.proposer.participant;
}

}  // namespace landex::engine
