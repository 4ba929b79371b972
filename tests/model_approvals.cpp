// The part of the judge that knows approvals and advances. Whether a command could be done is found out by doing it on
// a copy of the whole exchange.
#include <algorithm>
#include <chrono>

#include "tests/model.hpp"

namespace landex::model {
using namespace engine;
using policy::SubjectKind;

namespace {

bool too_long(const std::string& text) { return text.size() > 200; }

}  // namespace

std::optional<Day> working_days_after(const policy::Pack& pack, Day day, int count) {
  if (!pack.calendar) return std::nullopt;
  while (count > 0) {
    day = Day::from_raw(day.raw() + 1);
    if (day < pack.calendar->from || day > pack.calendar->until) return std::nullopt;
    bool works = (day.raw() + 3) % 7 < 5;  // 1970-01-01 was a Thursday, so that Monday is 0
    for (const auto& e : pack.calendar->exceptions)
      if (e.day == day) works = e.working;
    if (works) --count;
  }
  return day;
}

/// In force now; on no day, that of the last.
const policy::Chain* Exchange::chain_of(SubjectKind kind) const {
  if (!pack_ || !venue_ || !last_opened_) return nullptr;
  for (const auto& c : pack_->chains)
    if (c.subject == kind && c.from <= *last_opened_ && *last_opened_ <= c.until &&
        (!c.venue || static_cast<int>(*c.venue) == static_cast<int>(*venue_)))
      return &c;
  return nullptr;
}

std::optional<Refusal> Exchange::would_refuse(const Envelope& as, const Subject& subject) const {
  Exchange copy = *this;
  copy.refusal_.reset();
  std::visit([&](const auto& c) { copy.act(as, c); }, subject);
  return copy.refusal_;
}

/// And so exactly: a payment of what is owed says how much it is.
void Exchange::require_possible(const Envelope& as, const Subject& subject) {
  const auto* payment = std::get_if<command::SettleClaims>(&subject);
  if (payment != nullptr && !payment->at_most) refuse(Reason::document_missing, policy::Clause::h66_7_4);
  if (const auto r = would_refuse(as, subject)) refuse(r->reason, r->rule);
}

void Exchange::require_deadline(int working_days) {
  if (!working_days_after(*pack_, *day_, working_days)) refuse(Reason::no_rule_in_force);
}

void Exchange::require_chain(SubjectKind kind) {
  if (const auto* chain = chain_of(kind))
    require_deadline(chain->steps.front().within);
  else
    refuse(Reason::no_chain);
}

/// A county knows of its own papers only.
Exchange::Paper* Exchange::paper(ProposalId id) {
  for (Paper& p : papers_)
    if (p.id == id && (from_.role == Role::bureau || p.by.participant == from_.participant)) return &p;
  refuse(Reason::unknown_proposal);
  return nullptr;
}

void Exchange::tell_paper(const Paper& p, const std::string& reason, std::optional<Refusal> why) {
  const bool waits = p.state == ProposalState::under_review;
  const bool dated = waits || p.state == ProposalState::in_notice;
  out_.push_back(event::ProposalMoved{p.id, p.by.participant, p.state,
                                      waits ? std::optional{p.chain.steps[p.step].step} : std::nullopt,
                                      dated ? std::optional{p.due} : std::nullopt, reason, std::move(why)});
}

void Exchange::start(Paper& p) {
  p.chain = *chain_of(kind_of(p.subject));
  p.step = 0;
  p.said_yes.clear();
  p.state = ProposalState::under_review;
  p.due = *working_days_after(*pack_, *day_, p.chain.steps.front().within);
}

/// Once more looked at, then done as its proposer would have, under the number of the proposal.
void Exchange::carry_out(Paper& p, const std::string& reason) {
  const auto why = would_refuse(p.by, p.subject);
  p.state = why ? ProposalState::voided : ProposalState::effective;
  tell_paper(p, reason, why);
  if (why) return;
  const auto [seq, who, by_bureau] = std::tuple{seq_, who_, by_bureau_};
  seq_ = p.id.value;
  std::visit([&](const auto& c) { act(p.by, c); }, p.subject);
  seq_ = seq;
  who_ = who;
  by_bureau_ = by_bureau;
}

void Exchange::run(const command::Propose& c) {
  require_possible(from_, c.subject);
  require_text(c.reason);
  if (too_long(c.document)) refuse(Reason::value_out_of_range);
  require_chain(kind_of(c.subject));
  if (refusal_) return;
  Paper p{ProposalId{seq_}, c.subject, from_, {}, 0, ProposalState::under_review, {}, {}};
  start(p);
  out_.push_back(event::Proposed{p.id, kind_of(p.subject), who_, p.chain.steps.front().step, p.due});
  papers_.push_back(p);
}

void Exchange::run(const command::DecideProposal& c) {
  const bool yes = c.verdict == StepVerdict::pass;
  if (!yes && c.verdict != StepVerdict::return_ && c.verdict != StepVerdict::refuse) refuse(Reason::value_out_of_range);
  if (!yes) require_text(c.reason);
  if (too_long(c.reason) || too_long(c.document)) refuse(Reason::value_out_of_range);
  Paper* p = paper(c.proposal);
  if (p == nullptr) return;
  if (from_.person == p->by.person || std::ranges::count(p->said_yes, from_.person) > 0)
    refuse(Reason::needs_another_person);
  if (p->state != ProposalState::under_review) return refuse(Reason::proposal_state_forbids);
  const policy::ChainStep& step = p->chain.steps[p->step];
  const bool last = p->step + 1 == p->chain.steps.size();
  const bool mine = step.role == policy::ChainRole::bureau
                        ? from_.role == Role::bureau
                        : from_.role == Role::district && from_.participant == p->by.participant;
  if (!mine) refuse(Reason::not_your_step);
  if (yes && !last) require_deadline(p->chain.steps[p->step + 1].within);
  if (yes && last && p->chain.notice > 0) require_deadline(p->chain.notice);
  if (refusal_) return;

  if (!yes) {
    p->state = c.verdict == StepVerdict::return_ ? ProposalState::returned : ProposalState::refused;
    return tell_paper(*p, c.reason);
  }
  p->said_yes.push_back(from_.person);
  if (last && p->chain.notice == 0) return carry_out(*p, c.reason);
  if (last) {
    p->state = ProposalState::in_notice;
    p->due = *working_days_after(*pack_, *day_, p->chain.notice);
  } else {
    p->due = *working_days_after(*pack_, *day_, p->chain.steps[++p->step].within);
  }
  tell_paper(*p, c.reason);
}

void Exchange::run(const command::Resubmit& c) {
  require_text(c.reason);
  if (too_long(c.document)) refuse(Reason::value_out_of_range);
  Paper* p = paper(c.proposal);
  if (p == nullptr) return;
  const bool own = from_.person == p->by.person && from_.participant == p->by.participant && from_.role == p->by.role;
  const bool same = c.subject.index() == p->subject.index();
  if (!own) refuse(Reason::not_your_proposal);
  if (p->state != ProposalState::returned) refuse(Reason::proposal_state_forbids);
  if (!same) refuse(Reason::subject_differs);
  if (own && same && p->state == ProposalState::returned) {
    require_possible(p->by, c.subject);
    require_chain(kind_of(c.subject));
  }
  if (refusal_) return;
  p->subject = c.subject;
  start(*p);
  tell_paper(*p, c.reason);
}

void Exchange::run(const command::WithdrawProposal& c) {
  Paper* p = paper(c.proposal);
  if (p == nullptr) return;
  if (from_.person != p->by.person || from_.participant != p->by.participant || from_.role != p->by.role)
    refuse(Reason::not_your_proposal);
  if (p->state != ProposalState::under_review && p->state != ProposalState::returned)
    refuse(Reason::proposal_state_forbids);
  if (refusal_) return;
  p->state = ProposalState::withdrawn;
  tell_paper(*p, {});
}

/// With the day that opens: what had its last day before it, by that day, then by number.
void Exchange::papers_of_the_day() {
  std::vector<Paper*> due;
  for (Paper& p : papers_)
    if ((p.state == ProposalState::under_review || p.state == ProposalState::in_notice) && p.due < *day_)
      due.push_back(&p);
  std::ranges::sort(due, {}, [](const Paper* p) { return std::pair{p->due, p->id}; });
  for (Paper* p : due) {
    if (p->state == ProposalState::in_notice) {
      carry_out(*p, {});
      continue;
    }
    p->state = ProposalState::expired;
    tell_paper(*p, {});
  }
}

// Advances (H66-7.5).

void Exchange::tell_advance(const Advance& a, Fen less, std::optional<FilingId> filing) {
  using clearing::AdvanceState;
  const auto state = a.left == Fen{} ? AdvanceState::settled
                     : a.called_back ? AdvanceState::overdue
                                     : AdvanceState::paid;
  out_.push_back(event::AdvanceMoved{a.id, a.county, state, less, a.left, filing});
}

void Exchange::run(const command::ApplyAdvance& c) {
  using policy::Parameter;
  constexpr auto kRule = policy::Clause::h66_7_5;
  const policy::Row* share = pack_->row(Parameter::advance_share, *day_);
  const policy::Row* months = pack_->row(Parameter::advance_months, *day_);
  require_account(who_);
  require_account(city());
  if (c.fund.raw() < 1 || c.fund > kMaxMoney) refuse(Reason::value_out_of_range);
  require_text(c.contract, kRule);
  if (is_open(who_) && classes_.at(who_) != ParticipantClass::mountain4) refuse(Reason::advance_not_for_class, kRule);
  if (share == nullptr || months == nullptr) return refuse(Reason::no_rule_in_force, kRule);
  const auto today = day_->date();  // a year later is the same day; the judge's pack has no other term
  const Day latest = *Day::ymd(static_cast<int>(today.year()) + static_cast<int>(months->value / 12),
                               static_cast<unsigned>(today.month()), static_cast<unsigned>(today.day()));
  if (c.filing_by < *day_ || c.filing_by > latest) refuse(Reason::advance_day_out_of_reach, kRule);
  if (refusal_) return;
  const Fen amount = Fen::from_raw(checked_mul(c.fund.raw(), share->value) / 10'000);
  Fen all = amount;
  for (const Advance& a : advances_) all += a.left;
  if (all > kMaxMoney) return refuse(Reason::total_out_of_range);
  if (money(city(), Purse::free) < amount) return refuse(Reason::not_enough_money, kRule);

  advances_.push_back({AdvanceId{seq_}, who_, amount, *day_, c.filing_by, false});
  out_.push_back(event::AdvancePaid{AdvanceId{seq_}, who_, c.fund, amount, c.filing_by, c.contract});
  move(city(), Purse::free, who_, Purse::free, amount, kRule, seq_);
  move(city(), Purse::advances, who_, Purse::advances, amount, kRule, seq_);
}

void Exchange::run(const command::RepayAdvance& c) {
  if (c.amount.raw() < 1 || c.amount > kMaxMoney) refuse(Reason::value_out_of_range);
  require_text(c.document);
  const auto found = std::ranges::find(advances_, c.advance, &Advance::id);
  if (found == advances_.end() || (!by_bureau_ && found->county != who_)) return refuse(Reason::unknown_advance);
  if (refusal_) return;
  if (c.amount > found->left) return refuse(Reason::repays_too_much);
  if (money(found->county, Purse::free) < c.amount) return refuse(Reason::not_enough_money);
  for (const Purse purse : {Purse::free, Purse::advances})
    move(found->county, purse, city(), purse, c.amount, policy::Clause::h66_7_5, c.advance.value);
  found->left -= c.amount;
  tell_advance(*found, c.amount, {});
}

/// What a filing brought goes against the county's advances that it came in time for, the lowest number first.
void Exchange::net(const PendingClaim& claim, Fen amount) {
  std::ranges::sort(advances_, {}, &Advance::id);
  for (Advance& a : advances_) {
    const Fen part = std::min(amount, a.left);
    if (a.county != claim.county || claim.day < a.granted || claim.day > a.due || part == Fen{}) continue;
    for (const Purse purse : {Purse::claims, Purse::advances})
      move(claim.county, purse, city(), purse, part, policy::Clause::h66_7_5, a.id.value);
    amount -= part;
    a.left -= part;
    tell_advance(a, part, claim.filing);
  }
}

void Exchange::advances_of_the_day() {
  std::ranges::sort(advances_, {}, [](const Advance& a) { return std::pair{a.due, a.id}; });
  for (Advance& a : advances_) {
    if (a.called_back || a.left == Fen{} || a.due >= *day_) continue;
    a.called_back = true;
    tell_advance(a, {}, {});
  }
}

}  // namespace landex::model
