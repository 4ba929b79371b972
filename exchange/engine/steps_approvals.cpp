// steps_approvals.cpp: a second pair of eyes. Where a chain is in force, a command of its kind is proposed, not sent:
// it is checked at once, then each step of the chain is decided by another person than the proposer and those before,
// and when the last has passed and the notice is over it is checked again and done under its proposer's envelope. What
// could not be done any more leaves the proposal void, and nothing half done.
// What a proposal makes (a filing, a price row) bears the proposal's own number: several of them can take effect with
// one command that opens a day.
#include <cassert>

#include "exchange/engine/check_helpers.hpp"

namespace landex::engine {
namespace {

using policy::ChainStep;
using policy::SubjectKind;

/// The chain for this command now; between business days that of the last. Before the first there is no day, so none.
const policy::Chain* chain_in_force(const State& s, SubjectKind kind) {
  const auto day = s.day ? s.day : s.last_day;
  if (!s.pack || !s.venue || !day) return nullptr;
  return s.pack->chain(kind, static_cast<policy::ChainVenue>(*s.venue), *day);
}

void check_subject(const Asked& a, const Subject& subject) {
  std::visit([&a](const auto& command) { check(a, command); }, subject);
}

/// What is approved is an amount, not whatever is owed on the day on which it takes effect.
void require_amount_named(const Asked& a, const Subject& subject) {
  const auto* claims = std::get_if<command::SettleClaims>(&subject);
  if (claims && !claims->at_most) a.verdict.refuse({Reason::document_missing, policy::Clause::h66_7_4, {}, "at_most"});
}

void require_words(const Asked& a, const std::string& reason, const std::string& document, bool needs_reason) {
  if (needs_reason) require_text(a, "reason", reason);
  require_range(a, "reason", static_cast<int64_t>(reason.size()), 0, static_cast<int64_t>(kMaxText));
  require_range(a, "document", static_cast<int64_t>(document.size()), 0, static_cast<int64_t>(kMaxText));
}

Day due_after(const State& s, int working_days) {
  const auto due = plus_working_days(*s.pack, *s.day, working_days);
  assert(due);
  return *due;
}

/// A chain to go through, with a day to decide its first step by.
void require_chain(const Asked& a, SubjectKind kind) {
  if (!a.state.pack || !a.state.day) return;
  if (const auto* chain = chain_in_force(a.state, kind))
    require_due(a, chain->steps.front().within);
  else
    a.verdict.refuse({Reason::no_chain, {}, {{FactName::subject, fact(kind)}, venue_fact(a.state)}, {}});
}

/// Another district's is told like one that does not exist: whoever tries numbers must not learn what others propose.
const Proposal* require_proposal(const Asked& a, ProposalId id) {
  const auto* p = a.state.proposals.find(id);
  if (p && a.who.role == Role::district && a.who.participant != p->proposer.participant) p = nullptr;
  if (!p) a.verdict.refuse({Reason::unknown_proposal, {}, {{FactName::number, fact(id)}}, {}});
  return p;
}

void refuse_state(const Asked& a, const Proposal& p) {
  a.verdict.refuse({Reason::proposal_state_forbids,
                    {},
                    {{FactName::number, fact(p.id)}, {FactName::proposal_state, fact(p.state)}},
                    {}});
}

/// True if it is the asker's own.
bool require_own(const Asked& a, const Proposal& p) {
  const Envelope& by = p.proposer;
  if (by.person == a.who.person && by.participant == a.who.participant && by.role == a.who.role) return true;
  a.verdict.refuse({Reason::not_your_proposal,
                    {},
                    {{FactName::number, fact(p.id)}, {FactName::participant, fact(by.participant)}},
                    {}});
  return false;
}

void require_office(const Asked& a) { require_role(a, a.who.role == Role::bureau || a.who.role == Role::district); }

/// What is told of a proposal beside its paper: who did what, when. `by` is none where time did it.
void mark(Doing& d, Proposal& p, ProposalAct act, std::optional<policy::StepKind> step, const Envelope* by,
          const std::string& reason = {}, const std::string& document = {}) {
  p.marks.push_back({.act = act,
                     .step = step,
                     .number = d.seq,
                     .day = *d.state.day,
                     .person = by ? by->person : PersonId{},
                     .participant = by ? by->participant : p.proposer.participant,
                     .role = by ? by->role : Role::system,
                     .reason = reason,
                     .document = document});
}

void tell(Doing& d, const Proposal& p, const std::string& reason) {
  const auto* now = p.current();
  d.events.emplace_back(event::ProposalMoved{.proposal = p.id,
                                             .participant = p.proposer.participant,
                                             .state = p.state,
                                             .step = now ? std::optional{now->step} : std::nullopt,
                                             .due = p.due,
                                             .reason = reason,
                                             .refusal = p.refusal});
}

/// The one way in which a proposal changes its state, and with it what falls due.
void to_state(Doing& d, Proposal& p, ProposalState state, std::optional<Day> due = {}) {
  auto& all_due = d.state.proposals.due;
  if (p.due) all_due.erase({*p.due, p.id});
  p.state = state;
  p.due = due;
  if (due) all_due.insert({*due, p.id});
}

void begin_step(Doing& d, Proposal& p, uint32_t step) {
  p.step = step;
  to_state(d, p, ProposalState::under_review, due_after(d.state, p.steps[step].within));
}

/// Under review from the first step of the chain that is in force now.
void begin_review(Doing& d, Proposal& p) {
  const policy::Chain& chain = *chain_in_force(d.state, kind_of(p.subject));
  p.steps = chain.steps;
  p.notice = chain.notice;
  p.passed_by.clear();
  begin_step(d, p, 0);
}

/// Approved and out of its notice: checked again, then done, or void.
void take_effect(Doing& d, Proposal& p, const std::string& reason) {
  const auto seat = d.state.ledger.seat_of(p.proposer.participant);
  Verdict verdict;
  check_subject({d.state, p.proposer, seat, verdict}, p.subject);
  p.refusal = verdict.first();
  to_state(d, p, p.refusal ? ProposalState::voided : ProposalState::effective);
  mark(d, p, p.refusal ? ProposalAct::voided : ProposalAct::took_effect, {}, nullptr);
  tell(d, p, reason);
  if (p.refusal) return;
  Doing proposed{.state = d.state,
                 .seq = {p.id.value},
                 .who = p.proposer.participant,
                 .seat = seat,
                 .events = d.events,
                 .by = &p.proposer};
  std::visit([&](const auto& command) { move(proposed, command); }, p.subject);
}

}  // namespace

void require_no_chain(const Asked& a, SubjectKind kind) {
  // An advance is the city's to grant (H66-7.5 «可»): nobody takes one, with a chain or without. Nor is the pool dealt
  // out by one person alone.
  if (chain_in_force(a.state, kind) || kind == SubjectKind::apply_advance || kind == SubjectKind::allocate_pool)
    a.verdict.refuse({Reason::approval_needed, {}, {{FactName::subject, fact(kind)}, venue_fact(a.state)}, {}});
}

void check(const Asked& a, const command::Propose& c) {
  check_subject(a, c.subject);
  require_amount_named(a, c.subject);
  require_policy(a);
  require_day(a);
  require_words(a, c.reason, c.document, /*needs_reason=*/true);
  require_chain(a, kind_of(c.subject));
}

void move(Doing& d, const command::Propose& c) {
  const ProposalId id{d.seq.value};
  Proposal& p = d.state.proposals.all
                    .emplace(id, Proposal{.id = id,
                                          .subject = c.subject,
                                          .proposer = *d.by,
                                          .steps = {},
                                          .notice = 0,
                                          .step = 0,
                                          .state = {},
                                          .due = {},
                                          .passed_by = {},
                                          .marks = {},
                                          .refusal = {}})
                    .first->second;
  begin_review(d, p);
  mark(d, p, ProposalAct::proposed, {}, d.by, c.reason, c.document);
  d.events.emplace_back(event::Proposed{
      .proposal = id, .kind = kind_of(p.subject), .participant = d.who, .step = p.current()->step, .due = *p.due});
}

void check(const Asked& a, const command::DecideProposal& c) {
  require_office(a);
  require_policy(a);
  const bool open = require_day(a);
  require_range(a, "verdict", fact(c.verdict), fact(StepVerdict::pass), fact(StepVerdict::refuse));
  require_words(a, c.reason, c.document, /*needs_reason=*/c.verdict != StepVerdict::pass);
  const auto* p = require_proposal(a, c.proposal);
  if (!p) return;
  if (p->took_part(a.who.person))
    a.verdict.refuse({Reason::needs_another_person, {}, {{FactName::number, fact(p->id)}}, {}});
  const ChainStep* now = p->current();
  if (!now) return refuse_state(a, *p);
  if (!is_step_of(*p, a.who.role, a.who.participant))
    a.verdict.refuse({Reason::not_your_step,
                      {},
                      {{FactName::number, fact(p->id)},
                       {FactName::step, fact(now->step)},
                       {FactName::role, fact(now->role)},
                       {FactName::participant, fact(p->proposer.participant)}},
                      {}});
  if (c.verdict != StepVerdict::pass || !open || !a.state.pack) return;
  if (p->step + 1 < p->steps.size())
    require_due(a, p->steps[p->step + 1].within);
  else if (p->notice > 0)
    require_due(a, p->notice);
}

void move(Doing& d, const command::DecideProposal& c) {
  Proposal& p = d.state.proposals.all.at(c.proposal);
  const auto step = p.current()->step;
  const auto act = c.verdict == StepVerdict::pass      ? ProposalAct::passed
                   : c.verdict == StepVerdict::return_ ? ProposalAct::returned
                                                       : ProposalAct::refused;
  mark(d, p, act, step, d.by, c.reason, c.document);
  if (c.verdict != StepVerdict::pass) {
    to_state(d, p, c.verdict == StepVerdict::return_ ? ProposalState::returned : ProposalState::refused);
    return tell(d, p, c.reason);
  }
  p.passed_by.push_back(d.by->person);
  if (p.step + 1 == p.steps.size() && p.notice == 0) return take_effect(d, p, c.reason);
  if (p.step + 1 < p.steps.size())
    begin_step(d, p, p.step + 1);
  else
    to_state(d, p, ProposalState::in_notice, due_after(d.state, p.notice));
  tell(d, p, c.reason);
}

void check(const Asked& a, const command::Resubmit& c) {
  require_office(a);
  require_policy(a);
  require_day(a);
  require_words(a, c.reason, c.document, /*needs_reason=*/true);
  const auto* p = require_proposal(a, c.proposal);
  if (!p) return;
  const bool own = require_own(a, *p);
  if (p->state != ProposalState::returned) refuse_state(a, *p);
  const bool same_kind = kind_of(c.subject) == kind_of(p->subject);
  if (!same_kind)
    a.verdict.refuse({Reason::subject_differs,
                      {},
                      {{FactName::number, fact(p->id)}, {FactName::subject, fact(kind_of(p->subject))}},
                      {}});
  if (!own || !same_kind || p->state != ProposalState::returned) return;  // then what it carries is not looked at
  check_subject(a, c.subject);
  require_amount_named(a, c.subject);
  require_chain(a, kind_of(c.subject));
}

void move(Doing& d, const command::Resubmit& c) {
  Proposal& p = d.state.proposals.all.at(c.proposal);
  p.subject = c.subject;
  begin_review(d, p);
  mark(d, p, ProposalAct::resubmitted, {}, d.by, c.reason, c.document);
  tell(d, p, c.reason);
}

void check(const Asked& a, const command::WithdrawProposal& c) {
  require_office(a);
  require_policy(a);
  require_day(a);
  const auto* p = require_proposal(a, c.proposal);
  if (!p) return;
  require_own(a, *p);
  if (p->state != ProposalState::under_review && p->state != ProposalState::returned) refuse_state(a, *p);
}

void move(Doing& d, const command::WithdrawProposal& c) {
  Proposal& p = d.state.proposals.all.at(c.proposal);
  to_state(d, p, ProposalState::withdrawn);
  mark(d, p, ProposalAct::withdrawn, {}, d.by);
  tell(d, p, {});
}

void fire_proposals(Doing& d) {
  const auto& due = d.state.proposals.due;
  while (!due.empty() && due.begin()->due < *d.state.day) {
    Proposal& p = d.state.proposals.all.at(due.begin()->proposal);
    if (p.state == ProposalState::in_notice) {
      take_effect(d, p, {});
      continue;
    }
    const auto step = p.current()->step;
    to_state(d, p, ProposalState::expired);
    mark(d, p, ProposalAct::expired, step, nullptr);
    tell(d, p, {});
  }
}

}  // namespace landex::engine
