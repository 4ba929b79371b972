// steps_advances.cpp: the advance to a mountain-4 county 预拨 (H66-7.5): applied for with the contract, approved, paid
// out of the city's cash, netted against what the pool comes to owe for filings in time, called back when its day has
// passed. A receivable is a balance of the purse `advances`: what the county has had in advance, and the city, with the
// other sign, has coming.
#include "exchange/engine/advances.hpp"

#include <algorithm>

#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/posting.hpp"

namespace landex::engine {
namespace {

using clearing::AdvanceState;
using policy::Clause;
using policy::Parameter;

void tell(Doing& d, const clearing::Advance& a, Fen by, std::optional<FilingId> filing) {
  d.events.emplace_back(event::AdvanceMoved{
      .advance = a.id, .county = a.county, .state = a.state, .reduced = by, .left = a.left, .filing = filing});
}

}  // namespace

void check(const Asked& a, const command::ApplyAdvance& c) {
  require_district(a);
  require_policy(a);
  const bool open = require_day(a);
  require_own_account(a);
  const bool in_range = require_range(a, "fund", c.fund.raw(), 1, kMaxMoney.raw());
  require_text(a, "contract", c.contract, Clause::h66_7_5);
  if (a.seat && a.state.ledger.account(*a.seat).kind != ParticipantClass::mountain4)
    a.verdict.refuse({Reason::advance_not_for_class,
                      Clause::h66_7_5,
                      {{FactName::participant, fact(a.who.participant)},
                       {FactName::seller_class, fact(a.state.ledger.account(*a.seat).kind)}},
                      {}});
  if (!a.state.pack) return;
  const District city = *city_of(*a.state.pack);
  const bool city_open = require_account(a, city);
  if (!open) return;
  const Day today = *a.state.day;
  const auto* share = a.state.pack->row(Parameter::advance_share, today);
  const auto* months = a.state.pack->row(Parameter::advance_months, today);
  if (!share) refuse_no_rule(a, Clause::h66_7_5, "advance.share");
  if (!months) refuse_no_rule(a, Clause::h66_7_5, "advance.within_months");
  if (months) {
    const Day latest = clearing::plus_months(today, months->value);
    if (c.filing_by < today || latest < c.filing_by)
      a.verdict.refuse(
          {Reason::advance_day_out_of_reach,
           Clause::h66_7_5,
           {{FactName::day, fact(c.filing_by)}, {FactName::from_day, fact(today)}, {FactName::until_day, fact(latest)}},
           {}});
  }
  if (!share || !in_range || !city_open) return;
  const Fen amount = clearing::advance_of(c.fund, *share);
  if (amount > kMaxMoney - a.state.advances.left())
    a.verdict.refuse({Reason::total_out_of_range, {}, {{FactName::most, kMaxMoney.raw()}}, "amount"});
  require_money(a, city, amount, Clause::h66_7_5);
}

void move(Doing& d, const command::ApplyAdvance& c) {
  const AdvanceId id{d.seq.value};
  const Day today = *d.state.day;
  const District city = *city_of(*d.state.pack);
  const Fen amount = clearing::advance_of(c.fund, *d.state.pack->row(Parameter::advance_share, today));
  d.state.advances.grant({.id = id,
                          .county = d.who,
                          .fund = c.fund,
                          .paid = amount,
                          .left = amount,
                          .granted = today,
                          .due = c.filing_by,
                          .contract = c.contract,
                          .state = amount == Fen{} ? AdvanceState::settled : AdvanceState::paid});
  d.events.emplace_back(event::AdvancePaid{
      .advance = id, .county = d.who, .fund = c.fund, .amount = amount, .due = c.filing_by, .contract = c.contract});
  post_money(d, city, Purse::free, d.who, Purse::free, amount, Clause::h66_7_5, id.value);
  post_money(d, city, Purse::advances, d.who, Purse::advances, amount, Clause::h66_7_5, id.value);
}

void check(const Asked& a, const command::RepayAdvance& c) {
  require_role(a, a.who.role == Role::bureau || a.who.role == Role::district);
  require_policy(a);
  require_day(a);
  const bool in_range = require_range(a, "amount", c.amount.raw(), 1, kMaxMoney.raw());
  require_text(a, "document", c.document);
  const auto* advance = a.state.advances.find(c.advance);
  if (!advance || (a.who.role == Role::district && a.who.participant != advance->county)) {
    a.verdict.refuse({Reason::unknown_advance, {}, {{FactName::number, fact(c.advance)}}, {}});
    return;
  }
  if (!in_range) return;
  if (c.amount > advance->left)
    a.verdict.refuse({Reason::repays_too_much,
                      {},
                      {{FactName::number, fact(c.advance)},
                       {FactName::given, fact(c.amount)},
                       {FactName::most, fact(advance->left)}},
                      "amount"});
  require_money(a, advance->county, c.amount);
}

void move(Doing& d, const command::RepayAdvance& c) {
  const District city = *city_of(*d.state.pack);
  const District county = d.state.advances.find(c.advance)->county;
  post_money(d, county, Purse::free, city, Purse::free, c.amount, Clause::h66_7_5, c.advance.value);
  post_money(d, county, Purse::advances, city, Purse::advances, c.amount, Clause::h66_7_5, c.advance.value);
  tell(d, d.state.advances.reduce(c.advance, c.amount), c.amount, {});
}

void net_advances(Doing& d, District county, Day filed, FilingId filing, Fen claim) {
  const District city = *city_of(*d.state.pack);
  for (const AdvanceId id : d.state.advances.netted_by(county, filed)) {
    const Fen part = std::min(claim, d.state.advances.find(id)->left);
    if (part == Fen{}) return;
    claim -= part;
    post_money(d, county, Purse::claims, city, Purse::claims, part, Clause::h66_7_5, id.value);
    post_money(d, county, Purse::advances, city, Purse::advances, part, Clause::h66_7_5, id.value);
    tell(d, d.state.advances.reduce(id, part), part, filing);
  }
}

void fire_advances(Doing& d) {
  for (const AdvanceId id : d.state.advances.falling_overdue(*d.state.day))
    tell(d, d.state.advances.call_back(id), {}, {});
}

}  // namespace landex::engine
