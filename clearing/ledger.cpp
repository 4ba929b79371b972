#include "clearing/ledger.hpp"

#include <algorithm>
#include <cassert>

namespace landex::clearing {
namespace {

/// May this purse be below zero?
bool may_owe(ParticipantClass kind, Purse p) {
  return p == Purse::outside || (p == Purse::claims && kind == ParticipantClass::city);
}

template <class Amount>
void transfer(Amount& from, bool from_may_owe, Amount& to, bool to_may_owe, Amount amount) {
  assert(amount.raw() > 0);
  from -= amount;
  to += amount;
  assert(from.raw() >= 0 || from_may_owe);
  assert(to.raw() >= 0 || to_may_owe);
}

}  // namespace

void Ledger::post(const MoneyEntry& e) {
  Account& from = accounts_.at(e.from);
  Account& to = accounts_.at(e.to);
  transfer(from.money[index_of(e.from_purse)], may_owe(from.kind, e.from_purse), to.money[index_of(e.to_purse)],
           may_owe(to.kind, e.to_purse), e.amount);
}

void Ledger::post(const LandEntry& e) {
  Account& from = accounts_.at(e.from);
  Account& to = accounts_.at(e.to);
  const size_t i = landex::index_of(e.instrument);
  transfer(from.land[i][index_of(e.from_purse)], e.from_purse == Purse::outside, to.land[i][index_of(e.to_purse)],
           e.to_purse == Purse::outside, e.quantity);
}

Fen Ledger::total_money(Purse p) const {
  Fen sum;
  for (const auto& [district, account] : accounts_) sum += account.money[index_of(p)];
  return sum;
}

Quantity Ledger::total_land(Instrument i, Purse p) const {
  Quantity sum;
  for (const auto& [district, account] : accounts_) sum += account.land[landex::index_of(i)][index_of(p)];
  return sum;
}

Fen Ledger::sum_of_money() const {
  Fen sum;
  for (const auto& [district, account] : accounts_)
    for (const Fen f : account.money) sum += f;
  return sum;
}

Quantity Ledger::sum_of_land(Instrument i) const {
  Quantity sum;
  for (const auto& [district, account] : accounts_)
    for (const Quantity q : account.land[landex::index_of(i)]) sum += q;
  return sum;
}

bool Ledger::balanced() const {
  return sum_of_money() == Fen{} &&
         std::ranges::all_of(kInstruments, [this](Instrument i) { return sum_of_land(i) == Quantity{}; });
}

}  // namespace landex::clearing
