// steps_day.cpp: what sets the stage: policy, venue, business day, accounts.
#include <algorithm>
#include <cassert>

#include "clearing/policy/share.hpp"
#include "exchange/engine/advances.hpp"
#include "exchange/engine/check_helpers.hpp"

namespace landex::engine {
namespace {

/// Every share lies between nothing and all, so that no filing can be asked for more than it brought; and what is
/// counted in months ends within a century.
bool shares_are_parts(const policy::Pack& pack) {
  using policy::Parameter;
  return std::ranges::all_of(pack.rows, [](const policy::Row& r) {
    const bool share = r.parameter == Parameter::pooled_share_supplementary ||
                       r.parameter == Parameter::pooled_share_pbf || r.parameter == Parameter::advance_share;
    const bool months = r.parameter == Parameter::advance_months;
    return (!share || (0 <= r.value && r.value <= policy::kWholeShare)) &&
           (!months || (1 <= r.value && r.value <= 1'200));
  });
}

/// Every chain can be followed, and for one command, venue and day there is one at most; the calendar is in order.
bool approvals_are_clear(const policy::Pack& pack) {
  const auto clash = [](const policy::Chain& a, const policy::Chain& b) {
    return a.subject == b.subject && (!a.venue || !b.venue || a.venue == b.venue) && a.period().overlaps(b.period());
  };
  for (auto a = pack.chains.begin(); a != pack.chains.end(); ++a)
    if (!can_be_followed(*a) || std::any_of(pack.chains.begin(), a, [&](const auto& b) { return clash(*a, b); }))
      return false;
  return !pack.calendar || in_order(*pack.calendar);
}

}  // namespace

void check(const Asked& a, const command::Activate& c) {
  require_role(a, a.who.role == Role::system || a.who.role == Role::bureau);
  if (c.behaviour != kBehaviour)
    a.verdict.refuse(
        {Reason::unknown_behaviour, {}, {{FactName::given, c.behaviour}, {FactName::most, kBehaviour}}, {}});
  const auto city = city_of(c.pack);
  const bool same_city = !a.state.pack || city == city_of(*a.state.pack);  // the pool has one owner for good
  if (c.pack.from > c.pack.until || !city || !same_city || !shares_are_parts(c.pack) || !approvals_are_clear(c.pack))
    a.verdict.refuse({Reason::policy_not_usable, {}, {}, c.pack.rule_set});
  if (a.state.day) a.verdict.refuse({Reason::day_already_open, {}, {{FactName::day, fact(*a.state.day)}}, {}});
}

void move(Doing& d, const command::Activate& c) {
  d.state.behaviour = c.behaviour;
  d.state.pack = c.pack;
  d.events.emplace_back(event::Activated{.behaviour = c.behaviour, .rule_set = c.pack.rule_set});
}

void check(const Asked& a, const command::SetVenue& c) {
  require_role(a, a.who.role == Role::system || a.who.role == Role::bureau);
  require_policy(a);
  require_range(a, "venue", fact(c.venue), fact(Venue::simulation), fact(Venue::production));
  if (a.state.day) a.verdict.refuse({Reason::day_already_open, {}, {{FactName::day, fact(*a.state.day)}}, {}});
  if (a.state.venue == c.venue)
    a.verdict.refuse({Reason::venue_already_set, {}, {{FactName::venue, fact(c.venue)}}, {}});
}

void move(Doing& d, const command::SetVenue& c) {
  d.state.venue = c.venue;
  d.events.emplace_back(event::VenueSet{.venue = c.venue});
}

void check(const Asked& a, const command::OpenDay& c) {
  require_bureau(a);
  require_policy(a);
  if (a.state.day) a.verdict.refuse({Reason::day_already_open, {}, {{FactName::day, fact(*a.state.day)}}, {}});
  if (a.state.last_day && c.day <= *a.state.last_day)
    a.verdict.refuse({Reason::day_not_later, {}, {{FactName::day, fact(*a.state.last_day)}}, {}});
  if (a.state.pack && !a.state.pack->period().contains(c.day))
    a.verdict.refuse({Reason::no_rule_in_force,
                      {},
                      {{FactName::day, fact(c.day)},
                       {FactName::from_day, fact(a.state.pack->from)},
                       {FactName::until_day, fact(a.state.pack->until)}},
                      a.state.pack->rule_set});
}

void move(Doing& d, const command::OpenDay& c) {
  d.state.day = d.state.last_day = c.day;
  d.events.emplace_back(event::DayOpened{.day = c.day});
  d.state.opened_at = d.state.at;
  default_unpaid_deals(d);
  expire_lots(d);
  tell_overdue_loans(d);
  resume_auctions(d);
  open_sessions(d, c);
  fire_proposals(d);
  fire_advances(d);
}

void check(const Asked& a, const command::CloseDay& c) {
  require_bureau(a);
  require_policy(a);
  if (require_day(a) && c.day != *a.state.day)
    a.verdict.refuse({Reason::day_not_open, {}, {{FactName::day, fact(*a.state.day)}}, {}});
}

void move(Doing& d, const command::CloseDay& c) {
  close_sessions(d);
  lapse_proposals(d);
  forget_decided_auctions(d);
  assert(d.state.ledger.recount().empty());
  d.state.day.reset();
  d.events.emplace_back(event::DayClosed{.day = c.day});
}

void check(const Asked& a, const command::OpenAccount& c) {
  require_bureau(a);
  require_policy(a);
  if (require_day(a) && a.state.pack && !a.state.pack->unit(c.participant, *a.state.day))
    a.verdict.refuse({Reason::unknown_unit, {}, {{FactName::participant, fact(c.participant)}}, {}});
  if (!clearing::Ledger::may_open(c.participant))
    a.verdict.refuse({Reason::unknown_unit, {}, {{FactName::participant, fact(c.participant)}}, {}});
  if (a.state.ledger.is_open(c.participant))
    a.verdict.refuse({Reason::account_already_open, {}, {{FactName::participant, fact(c.participant)}}, {}});
  if (a.state.ledger.full())
    a.verdict.refuse({Reason::total_out_of_range, {}, {{FactName::most, clearing::SeatTable::kSeats}}, "accounts"});
}

void move(Doing& d, const command::OpenAccount& c) {
  const ParticipantClass kind = d.state.pack->unit(c.participant, *d.state.day)->kind;
  d.state.ledger.open(c.participant, kind);
  d.state.lots.open(c.participant);
  d.events.emplace_back(event::AccountOpened{.participant = c.participant, .kind = kind});
}

}  // namespace landex::engine
