// steps_funds.cpp: the city's earmarked sub-accounts (H66-20), and the year's published figures that runs between
// governments are reckoned with.
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/posting.hpp"
#include "exchange/engine/runs.hpp"

namespace landex::engine {
namespace {

using clearing::Fund;
using clearing::StandardKind;
using policy::Clause;

/// The clause that asks for the figure.
Clause clause_of(StandardKind kind) {
  using enum StandardKind;
  switch (kind) {
    case provincial_protection:
    case city_protection:
      return Clause::h66_3_3;
    case pbf_price:
      return Clause::h66_4_1;
    case restoration_gap:
    case industrial_tax:
      return Clause::h66_5_3;
    case industrial_land_tax:
    case enclave_base:
      return Clause::h66_19_3;
  }
  return Clause::h66_20;  // not reached: the check has refused what is none
}

}  // namespace

void check(const Asked& a, const command::EarmarkFund& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_clause(a, Clause::h66_20);
  require_text(a, "document", c.document, Clause::h66_20);
  const bool known = require_range(a, "fund_number", fact(c.fund), fact(Fund::protection), fact(Fund::planning));
  const bool in_range = require_range(a, "amount", c.amount.raw(), 1, kMaxMoney.raw());
  if (!a.state.pack) return;
  const District city = *city_of(*a.state.pack);
  if (!require_account(a, city) || !in_range || !known) return;
  if (!c.back) return require_money(a, city, c.amount, Clause::h66_20);
  if (const Fen balance = a.state.funds.balance(c.fund); balance < c.amount)
    a.verdict.refuse({Reason::fund_short,
                      Clause::h66_20,
                      {{FactName::fund, fact(c.fund)},
                       {FactName::participant, fact(city)},
                       {FactName::needed_fen, fact(c.amount)},
                       {FactName::available_fen, fact(balance)}},
                      {}});
}

void move(Doing& d, const command::EarmarkFund& c) {
  const District city = *city_of(*d.state.pack);
  Fen& balance = d.state.funds.balances[c.fund];
  balance += c.back ? -c.amount : c.amount;
  d.events.emplace_back(
      event::FundMoved{.fund = c.fund, .amount = c.amount, .back = c.back, .balance = balance, .document = c.document});
  const auto [from, to] = c.back ? std::pair{Purse::funds, Purse::free} : std::pair{Purse::free, Purse::funds};
  post_money(d, city, from, city, to, c.amount, Clause::h66_20, d.seq.value);
}

void check(const Asked& a, const command::PublishStandard& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  const bool kind_known = require_range(a, "kind", fact(c.kind), fact(StandardKind::provincial_protection),
                                        fact(StandardKind::enclave_base));
  const auto rule = kind_known ? std::optional{clause_of(c.kind)} : std::nullopt;
  if (rule) require_clause(a, *rule);
  require_range(a, "year", c.year, 2000, 2100);
  require_range(a, "rate", c.rate.raw(), 1, kMaxRate.raw());
  require_text(a, "document", c.document, rule);
  require_text(a, "approver", c.approver, rule);
  if (!kind_known) return;
  if (a.state.standards.in_force(c.kind, c.year))
    a.verdict.refuse(
        {Reason::already_registered, rule, {{FactName::year, c.year}, {FactName::standard, fact(c.kind)}}, "standard"});
  if (c.kind != StandardKind::city_protection) return;
  const auto* province = require_standard(a, StandardKind::provincial_protection, c.year, Clause::h66_3_3);
  if (province && c.rate < province->rate)
    a.verdict.refuse({Reason::below_provincial,
                      Clause::h66_3_3,
                      {{FactName::mu_rate, fact(c.rate)}, {FactName::least_mu_rate, fact(province->rate)}},
                      {}});
}

void move(Doing& d, const command::PublishStandard& c) {
  const StandardId id{d.seq.value};
  d.state.standards.publish(
      {.id = id, .kind = c.kind, .year = c.year, .rate = c.rate, .document = c.document, .approver = c.approver});
  d.events.emplace_back(event::StandardPublished{
      .standard = id, .kind = c.kind, .year = c.year, .rate = c.rate, .document = c.document, .approver = c.approver});
}

// What was published while its clause held can be taken back later too: so no clause is asked for.
void check(const Asked& a, const command::RevokeStandard& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_text(a, "document", c.document);
  const auto* row = a.state.standards.find(c.standard);
  if (!row || row->revoked)
    a.verdict.refuse({Reason::unknown_standard, {}, {{FactName::number, fact(c.standard)}}, {}});
}

void move(Doing& d, const command::RevokeStandard& c) {
  const auto& row = *d.state.standards.find(c.standard);
  d.events.emplace_back(
      event::StandardRevoked{.standard = row.id, .kind = row.kind, .year = row.year, .document = c.document});
  d.state.standards.revoke(c.standard);
}

}  // namespace landex::engine
