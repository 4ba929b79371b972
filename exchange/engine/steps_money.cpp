// steps_money.cpp: money in and out, and what the city pays for the land it pooled.
#include <algorithm>

#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/posting.hpp"

namespace landex::engine {
namespace {

template <class MoneyCommand>
bool check_amount(const Asked& a, const MoneyCommand& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_text(a, "document", c.document);
  const bool in_range = require_range(a, "amount", c.amount.raw(), 1, kMaxMoney.raw());
  return require_account(a, c.participant) && in_range;
}

}  // namespace

void check(const Asked& a, const command::Deposit& c) {
  if (check_amount(a, c) && c.amount > kMaxMoney - a.state.ledger.money_in())
    a.verdict.refuse({Reason::total_out_of_range, {}, {{FactName::most, kMaxMoney.raw()}}, "amount"});
}

void move(Doing& d, const command::Deposit& c) {
  post_money(d, c.participant, Purse::outside, c.participant, Purse::free, c.amount, {}, d.seq.value);
}

void check(const Asked& a, const command::Withdraw& c) {
  if (check_amount(a, c)) require_money(a, c.participant, c.amount);
}

void move(Doing& d, const command::Withdraw& c) {
  post_money(d, c.participant, Purse::free, c.participant, Purse::outside, c.amount, {}, d.seq.value);
}

void check(const Asked& a, const command::SettleClaims& c) {
  using policy::Clause;
  require_bureau(a);
  require_policy(a);
  require_day(a);
  if (c.at_most) require_range(a, "amount", c.at_most->raw(), 1, kMaxMoney.raw());
  if (!require_account(a, c.county)) return;
  const Fen owed = a.state.ledger.money(c.county, Purse::claims);
  if (owed <= Fen{})  // the city's own purse shows what it owes, which is not a claim
    a.verdict.refuse({Reason::nothing_to_settle, Clause::h66_7_4, {{FactName::participant, fact(c.county)}}, {}});
  else
    require_money(a, *city_of(*a.state.pack), std::min(owed, c.at_most.value_or(owed)), Clause::h66_7_4);
}

void move(Doing& d, const command::SettleClaims& c) {
  using policy::Clause;
  const District city = *city_of(*d.state.pack);
  const Fen all = d.state.ledger.money(c.county, Purse::claims), paid = std::min(all, c.at_most.value_or(all));
  post_money(d, city, Purse::free, c.county, Purse::free, paid, Clause::h66_7_4, d.seq.value);
  post_money(d, c.county, Purse::claims, city, Purse::claims, paid, Clause::h66_7_4, d.seq.value);
}

}  // namespace landex::engine
