// steps_verbs.cpp: what the registry does to land that is there: freeze and release, transfer, lend and return,
// restore, cancel; and what happens by itself when a day opens: loans become overdue (batches expire in
// steps_expiry.cpp). A verb is named by the number of its command, and what undoes it names it (clearing/entries.hpp).
#include <algorithm>

#include "exchange/engine/balances.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/posting.hpp"

namespace landex::engine {
namespace {

using clearing::Slice;

/// What all of them need. True if quantity and instrument are such that land can be asked for.
bool require_amount(const Asked& a, Instrument i, Quantity quantity) {
  const bool in_range = require_range(a, "quantity", quantity.raw(), 1, kMaxQuantity.raw(), i);
  return require_instrument(a, i) && in_range;
}

/// Of a freeze, a loan or a write-off: it is there, not resolved, and so much of it is left.
template <class Entry, class Key>
const Entry* require_entry(const Asked& a, const std::map<Key, Entry>& entries, Key id, Quantity quantity,
                           std::string_view name) {
  const auto at = entries.find(id);
  if (at == entries.end()) {
    require_range(a, "quantity", quantity.raw(), 1, kMaxQuantity.raw());
    a.verdict.refuse({Reason::unknown_entry, {}, {{FactName::number, fact(id)}}, std::string{name}});
    return nullptr;
  }
  const Entry& entry = at->second;
  const bool in_range = require_range(a, "quantity", quantity.raw(), 1, kMaxQuantity.raw(), entry.instrument);
  if (entry.left == Quantity{})
    a.verdict.refuse({Reason::already_resolved, {}, {{FactName::number, fact(id)}}, std::string{name}});
  else if (in_range && entry.left < quantity)
    a.verdict.refuse({Reason::exceeds_entry,
                      {},
                      {{FactName::number, fact(id)},
                       {FactName::instrument, fact(entry.instrument)},
                       {FactName::needed_quantity, fact(quantity)},
                       {FactName::available_quantity, fact(entry.left)}},
                      std::string{name}});
  return in_range ? &entry : nullptr;
}

/// How much of a lot that was lent still lies with the borrower and is owed under this loan.
Quantity still_borrowed(const State& s, const clearing::Loan& loan, const Slice& slice) {
  const auto seat = s.ledger.seat_of(loan.borrower);
  const Quantity there = s.lots.of(loan.instrument, {.seat = *seat, .place = Place::borrowed}, slice.filing);
  return std::min(slice.quantity, there);
}

/// How much of a lot a participant owes to its lenders beyond what of it lies borrowed: it has used it.
Quantity missing_from_loans(const State& s, Seat borrower, Instrument i, FilingId filing) {
  return s.entries.owed(s.ledger.account(borrower).district, i, filing) -
         s.lots.of(i, {.seat = borrower, .place = Place::borrowed}, filing);
}

/// Land of this lot, which lies borrowed, goes back to its lender.
void give_back(Doing& d, clearing::Loan& loan, FilingId filing, Quantity quantity) {
  if (quantity == Quantity{}) return;
  loan.forget(filing, quantity);
  post_land(d, loan.instrument, loan.borrower, Purse::borrowed, loan.lender, Purse::free, quantity, {}, loan.id.value,
            filing);
}

/// How every check of a verb begins: who, by which policy, on a day, on which paper. True if a day is open.
bool require_verb(const Asked& a, Role who, const std::string& document) {
  require_role(a, a.who.role == who);
  require_policy(a);
  require_text(a, "document", document);
  return require_day(a);
}

}  // namespace

void check(const Asked& a, const command::FreezeLand& c) {
  require_verb(a, Role::bureau, c.document);
  require_account(a, c.participant);
  if (require_amount(a, c.instrument, c.quantity)) require_land(a, c.participant, c.instrument, c.quantity);
}

void move(Doing& d, const command::FreezeLand& c) {
  const FreezeId id{d.seq.value};
  d.state.entries.freezes.emplace(id, clearing::Freeze{.id = id,
                                                       .participant = c.participant,
                                                       .instrument = c.instrument,
                                                       .quantity = c.quantity,
                                                       .left = c.quantity,
                                                       .document = c.document});
  d.events.emplace_back(event::LandFrozen{.freeze = id,
                                          .participant = c.participant,
                                          .instrument = c.instrument,
                                          .quantity = c.quantity,
                                          .document = c.document});
  post_land(d, c.instrument, c.participant, Purse::free, c.participant, Purse::frozen, c.quantity, {}, id.value);
}

void check(const Asked& a, const command::UnfreezeLand& c) {
  require_verb(a, Role::bureau, c.document);
  require_entry(a, a.state.entries.freezes, c.freeze, c.quantity, "freeze");
}

void move(Doing& d, const command::UnfreezeLand& c) {
  auto& freeze = d.state.entries.freezes.at(c.freeze);
  freeze.left -= c.quantity;
  d.events.emplace_back(event::LandUnfrozen{.freeze = c.freeze,
                                            .participant = freeze.participant,
                                            .instrument = freeze.instrument,
                                            .quantity = c.quantity,
                                            .left = freeze.left,
                                            .document = c.document});
  post_land(d, freeze.instrument, freeze.participant, Purse::frozen, freeze.participant, Purse::free, c.quantity, {},
            c.freeze.value);
}

void check(const Asked& a, const command::TransferLand& c) {
  require_verb(a, Role::bureau, c.document);
  for (const District side : {c.from, c.to}) {
    require_account(a, side);
    require_county(a, side);
  }
  if (c.from == c.to) a.verdict.refuse({Reason::same_party_twice, {}, {{FactName::participant, fact(c.from)}}, {}});
  if (!require_amount(a, c.instrument, c.quantity)) return;
  require_acquirable(a, c.instrument);
  require_land(a, c.from, c.instrument, c.quantity);
}

void move(Doing& d, const command::TransferLand& c) {
  const auto* route = route_of(d.state, c.instrument, c.from, c.to, *d.state.day);
  d.events.emplace_back(event::LandTransferred{.from = c.from,
                                               .to = c.to,
                                               .instrument = c.instrument,
                                               .quantity = c.quantity,
                                               .document = c.document,
                                               .not_a_sale = route ? std::optional{route->clause} : std::nullopt});
  post_land(d, c.instrument, c.from, Purse::free, c.to, Purse::free, c.quantity, {}, d.seq.value);
}

void check(const Asked& a, const command::LendLand& c) {
  const bool open = require_verb(a, Role::district, c.document);
  for (const District side : {a.who.participant, c.to}) {
    require_account(a, side);
    require_county(a, side);
  }
  if (a.who.participant == c.to)
    a.verdict.refuse({Reason::same_party_twice, {}, {{FactName::participant, fact(c.to)}}, {}});
  if (open && c.due <= *a.state.day)
    a.verdict.refuse({Reason::term_not_later, {}, {{FactName::day, fact(*a.state.day)}}, "due"});
  if (const auto* loan = a.state.entries.overdue(c.to))
    a.verdict.refuse(
        {Reason::borrower_overdue,
         {},
         {{FactName::number, fact(loan->id)}, {FactName::participant, fact(c.to)}, {FactName::day, fact(loan->due)}},
         {}});
  if (!require_amount(a, c.instrument, c.quantity)) return;
  require_acquirable(a, c.instrument);
  if (open && a.state.ledger.is_open(a.who.participant) && a.state.ledger.is_open(c.to))
    if (const auto* route = route_of(a.state, c.instrument, a.who.participant, c.to, *a.state.day))
      a.verdict.refuse({Reason::loan_on_floor_route,
                        route->clause,
                        {{FactName::instrument, fact(c.instrument)},
                         {FactName::seller_class, fact(route->seller)},
                         {FactName::buyer_class, fact(route->buyer)}},
                        {}});
  require_land(a, a.who.participant, c.instrument, c.quantity);
}

void move(Doing& d, const command::LendLand& c) {
  const LoanId id{d.seq.value};
  d.state.entries.loans.emplace(id, clearing::Loan{.id = id,
                                                   .lender = d.who,
                                                   .borrower = c.to,
                                                   .instrument = c.instrument,
                                                   .quantity = c.quantity,
                                                   .left = c.quantity,
                                                   .due = c.due,
                                                   .overdue = false,
                                                   .document = c.document});
  d.events.emplace_back(event::LandLent{.loan = id,
                                        .lender = d.who,
                                        .borrower = c.to,
                                        .instrument = c.instrument,
                                        .quantity = c.quantity,
                                        .due = c.due,
                                        .document = c.document});
  const size_t told = d.events.size();
  post_land(d, c.instrument, d.who, Purse::free, c.to, Purse::borrowed, c.quantity, {}, id.value);
  auto& slices = d.state.entries.loans.at(id).slices;
  for (size_t at = told; at < d.events.size(); ++at)
    if (const auto* lot = std::get_if<event::LotMoved>(&d.events[at]))
      slices.push_back({.filing = lot->filing, .quantity = lot->quantity});
}

void check(const Asked& a, const command::ReturnLand& c) {
  require_verb(a, Role::district, c.document);
  require_account(a, a.who.participant);
  const auto& loans = a.state.entries.loans;
  if (const auto at = loans.find(c.loan); at != loans.end() && at->second.borrower != a.who.participant)
    a.verdict.refuse({Reason::not_your_loan, {}, {{FactName::number, fact(c.loan)}}, {}});
  const auto* loan = require_entry(a, loans, c.loan, c.quantity, "loan");
  if (!loan || loan->borrower != a.who.participant || !a.state.ledger.is_open(loan->borrower)) return;
  const auto& ledger = a.state.ledger;
  Quantity there = ledger.land(loan->instrument, loan->borrower, Purse::free);
  for (const auto& slice : loan->slices) there += still_borrowed(a.state, *loan, slice);
  if (there < c.quantity) refuse_land(a, loan->borrower, loan->instrument, c.quantity, there, Reason::not_enough_land);
}

void move(Doing& d, const command::ReturnLand& c) {
  auto& loan = d.state.entries.loans.at(c.loan);
  loan.left -= c.quantity;
  d.events.emplace_back(event::LandReturned{.loan = c.loan,
                                            .lender = loan.lender,
                                            .borrower = loan.borrower,
                                            .instrument = loan.instrument,
                                            .quantity = c.quantity,
                                            .left = loan.left,
                                            .document = c.document});
  Quantity left = c.quantity;
  for (const auto& slice : std::vector{loan.slices}) {
    const Quantity part = std::min(left, still_borrowed(d.state, loan, slice));
    give_back(d, loan, slice.filing, part);
    left -= part;
  }
  post_land(d, loan.instrument, loan.borrower, Purse::free, loan.lender, Purse::free, left, {}, c.loan.value);
  while (left > Quantity{}) {  // in kind, for lots that the borrower has used
    const Slice used = loan.slices.front();
    const Quantity part = std::min(left, used.quantity);
    loan.forget(used.filing, part);
    left -= part;
  }
}

void check(const Asked& a, const command::RestoreLand& c) {
  require_verb(a, Role::bureau, c.document);
  const auto& entries = a.state.entries.write_offs;
  if (const auto at = entries.find(c.write_off); at != entries.end() && !at->second.restorable)
    a.verdict.refuse({Reason::not_restorable, {}, {{FactName::number, fact(c.write_off)}}, {}});
  const auto* entry = require_entry(a, entries, c.write_off, c.quantity, "write_off");
  if (!entry) return;
  Quantity left = c.quantity;
  for (const auto& slice : entry->slices) {
    if (left <= Quantity{} || !require_not_expired(a, *a.state.registry.find(slice.filing))) return;
    left -= std::min(left, slice.quantity);
  }
}

void move(Doing& d, const command::RestoreLand& c) {
  auto& entry = d.state.entries.write_offs.at(c.write_off);
  entry.left -= c.quantity;
  d.events.emplace_back(event::LandRestored{.write_off = c.write_off,
                                            .participant = entry.participant,
                                            .instrument = entry.instrument,
                                            .quantity = c.quantity,
                                            .left = entry.left,
                                            .project = entry.project,
                                            .document = c.document});
  const Instrument i = entry.instrument;
  unfill(d, c.write_off, i, c.quantity);
  const Seat seat = seat_of(d, entry.participant);
  std::vector<Slice> back, borrowed;  // exactly the lots that it took; of these what is still owed to a lender
  Quantity owed;
  for (Quantity left = c.quantity; left > Quantity{};) {
    auto& slice = entry.slices.front();
    const Quantity part = std::min(left, slice.quantity);
    const Quantity lent =
        entry.borrowed ? std::min(part, missing_from_loans(d.state, seat, i, slice.filing)) : Quantity{};
    if (part > lent) back.push_back({.filing = slice.filing, .quantity = part - lent});
    if (lent > Quantity{}) borrowed.push_back({.filing = slice.filing, .quantity = lent});
    owed += lent;
    left -= part;
    slice.quantity -= part;
    if (slice.quantity == Quantity{}) entry.slices.erase(entry.slices.begin());
  }
  const auto restore = [&](Purse purse, Quantity quantity, const std::vector<Slice>& lots) {
    if (quantity == Quantity{}) return;
    post_land_balance(d, i, seat, Purse::used, seat, purse, quantity, {}, c.write_off.value);
    for (const auto& lot : lots)
      post_lots(d, i, seat, Place::used, seat, clearing::place_of(purse), lot.quantity, lot.filing, c.write_off.value);
  };
  restore(Purse::borrowed, owed, borrowed);
  restore(Purse::free, c.quantity - owed, back);
}

void check(const Asked& a, const command::CancelLand& c) {
  require_verb(a, Role::bureau, c.document);
  require_account(a, c.participant);
  if (require_amount(a, c.instrument, c.quantity)) require_land(a, c.participant, c.instrument, c.quantity);
}

void move(Doing& d, const command::CancelLand& c) {
  d.events.emplace_back(event::LandCancelled{
      .participant = c.participant, .instrument = c.instrument, .quantity = c.quantity, .document = c.document});
  post_land(d, c.instrument, c.participant, Purse::free, c.participant, Purse::cancelled, c.quantity, {}, d.seq.value);
}

void tell_overdue_loans(Doing& d) {
  for (auto& [id, loan] : d.state.entries.loans) {
    if (loan.overdue || loan.left == Quantity{} || *d.state.day <= loan.due) continue;
    loan.overdue = true;
    d.events.emplace_back(event::LoanOverdue{.loan = id,
                                             .lender = loan.lender,
                                             .borrower = loan.borrower,
                                             .instrument = loan.instrument,
                                             .left = loan.left,
                                             .due = loan.due});
  }
}

}  // namespace landex::engine
