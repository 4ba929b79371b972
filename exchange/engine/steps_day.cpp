// steps_day.cpp: what sets the stage: policy, venue, business day, accounts.
#include <algorithm>
#include <cassert>

#include "clearing/policy/proposers.hpp"
#include "clearing/policy/share.hpp"
#include "exchange/engine/advances.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/deals.hpp"
#include "exchange/engine/orders.hpp"
#include "exchange/engine/pool.hpp"

namespace landex::engine {
namespace {

/// What a row may say. Every share lies between nothing and all, so that no filing can be asked for more than it
/// brought and no deposit exceeds its price; what is counted in months or days ends within a century or a year; a
/// switch names something that is modelled.
struct Bounds {
  policy::Parameter parameter;
  int64_t least, most;
};
constexpr int64_t kMostMultiple = 10 * policy::kWholeShare;  // a coefficient or a weight may be more than the whole
constexpr Bounds kBounds[] = {
    {policy::Parameter::pooled_share_supplementary, 0, policy::kWholeShare},
    {policy::Parameter::pooled_share_pbf, 0, policy::kWholeShare},
    {policy::Parameter::pbf_lowest_grade, 1, 15},
    {policy::Parameter::pool_base, 1, 1},
    {policy::Parameter::pool_rounding, 1, 1},
    {policy::Parameter::payable_moment, 1, 1},
    {policy::Parameter::payable_payer, 1, 1},
    {policy::Parameter::advance_share, 0, policy::kWholeShare},
    {policy::Parameter::advance_months, 1, 1'200},
    {policy::Parameter::advance_base, 1, 1},
    {policy::Parameter::advance_netting, 1, 1},
    {policy::Parameter::deposit_share, 0, policy::kWholeShare},
    {policy::Parameter::notice_days, 0, policy::kMostWorkingDays},
    {policy::Parameter::payment_days, 0, policy::kMostWorkingDays},
    {policy::Parameter::default_consequence, 1, 2},
    {policy::Parameter::floor_moment, 1, 3},
    {policy::Parameter::confirm_days, 0, policy::kMostWorkingDays},
    {policy::Parameter::own_need_consequence, 1, 2},
    {policy::Parameter::gap_consequence, 1, 2},
    {policy::Parameter::skip_consequence, 1, 2},
    {policy::Parameter::release_price, 1, 3},
    {policy::Parameter::take_days, 0, policy::kMostWorkingDays},
    {policy::Parameter::purchase_limit, 1, kMaxQuantity.raw()},
    {policy::Parameter::holding_limit, 0, kMaxQuantity.raw()},
    {policy::Parameter::holding_days, 0, policy::kMostWorkingDays},
    {policy::Parameter::fee_share, 0, policy::kWholeShare},
    {policy::Parameter::protection_excellent, 0, kMostMultiple},
    {policy::Parameter::protection_good, 0, kMostMultiple},
    {policy::Parameter::protection_pass, 0, kMostMultiple},
    {policy::Parameter::protection_fail, 0, kMostMultiple},
    {policy::Parameter::protection_sharing, 1, 2},
    {policy::Parameter::rice_uplift, 0, policy::kWholeShare},
    {policy::Parameter::over_budget, 1, 3},
    {policy::Parameter::pbf_rate_base, 1, 2},
    {policy::Parameter::restoration_cycle, 1, 50},
    {policy::Parameter::guide_gap_weight, 0, kMostMultiple},
    {policy::Parameter::guide_tax_weight, 0, kMostMultiple},
    {policy::Parameter::guide_premium, 0, policy::kWholeShare},
    {policy::Parameter::guide_band, 0, policy::kWholeShare},
    {policy::Parameter::reward_tilt, 0, policy::kWholeShare},
    {policy::Parameter::homestead_share, 0, policy::kWholeShare},
    {policy::Parameter::standard_farmland_share, 0, policy::kWholeShare},
    {policy::Parameter::reserved_scale_share, 0, policy::kWholeShare},
    {policy::Parameter::enclave_space, 1, kMaxQuantity.raw()},
    {policy::Parameter::enclave_reduction, 1, kMaxQuantity.raw()},
    {policy::Parameter::enclave_reduction_mode, 1, 2},
    {policy::Parameter::enclave_reduction_of, 1, 2},
};

std::string name_of(policy::Parameter p) {
  std::string name = std::to_string(static_cast<int>(p));
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<policy::Parameter>>([&](auto d) {
    if (d.value == p) name = d.name;
  });
  return name;
}

/// A parameter that this build does not know is not usable either: it would rule nothing.
void require_rows(const Asked& a, const policy::Pack& pack) {
  for (const auto& row : pack.rows) {
    const auto at = std::ranges::find(kBounds, row.parameter, &Bounds::parameter);
    const bool known = at != std::end(kBounds);
    if (known && at->least <= row.value && row.value <= at->most) continue;
    return a.verdict.refuse({Reason::policy_not_usable,
                             {},
                             {{FactName::given, row.value},
                              {FactName::least, known ? at->least : 0},
                              {FactName::most, known ? at->most : 0}},
                             name_of(row.parameter)});
  }
}

/// Every chain can be followed by people that there are, and for one command, venue and day there is one at most; the
/// calendar is in order.
bool approvals_are_clear(const policy::Pack& pack) {
  const auto clash = [](const policy::Chain& a, const policy::Chain& b) {
    return a.subject == b.subject && (!a.venue || !b.venue || a.venue == b.venue) && a.period().overlaps(b.period());
  };
  for (auto a = pack.chains.begin(); a != pack.chains.end(); ++a)
    if (!can_be_followed(*a) || !has_people(*a) ||
        std::any_of(pack.chains.begin(), a, [&](const auto& b) { return clash(*a, b); }))
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
  if (c.pack.from > c.pack.until || !city || !same_city || !approvals_are_clear(c.pack))
    a.verdict.refuse({Reason::policy_not_usable, {}, {}, c.pack.rule_set});
  require_rows(a, c.pack);
  if (a.state.day) a.verdict.refuse({Reason::day_already_open, {}, {{FactName::day, fact(*a.state.day)}}, {}});
}

void move(Doing& d, const command::Activate& c) {
  d.state.behaviour = c.behaviour;
  d.state.pack = c.pack;
  d.events.emplace_back(event::Activated{.behaviour = c.behaviour, .rule_set = c.pack.rule_set});
}

void check(const Asked& a, const command::SetVenue& c) {
  // The venue chooses which chains are in force: whoever could change it could do alone what takes two. So landexd sets
  // it when it starts, and the bureau only before the first business day.
  require_role(a, a.who.role == Role::system || (a.who.role == Role::bureau && !a.state.last_day));
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
  lapse_unconfirmed_deals(d);
  expire_orders(d);  // days may have been left out: what is over by itself need not be ended for its land
  expire_lots(d);
  end_acquisitions(d);
  tell_overdue_loans(d);
  fire_requests(d);
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
  forget_drafts(d);
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
