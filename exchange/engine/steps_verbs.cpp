// steps_verbs.cpp: what the registry does to land that is there: freeze and release, transfer, lend and return,
// restore, cancel; and what happens by itself when a day opens: batches expire, loans become overdue. A verb is named
// by the number of its command, and what undoes it names it (clearing/entries.hpp).
#include <algorithm>

#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/posting.hpp"

namespace landex::engine {
namespace {

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

}  // namespace

void check(const Asked& a, const command::FreezeLand& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_account(a, c.participant);
  require_text(a, "document", c.document);
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
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_text(a, "document", c.document);
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
  require_bureau(a);
  require_policy(a);
  require_day(a);
  for (const District side : {c.from, c.to}) {
    require_account(a, side);
    require_county(a, side);
  }
  if (c.from == c.to) a.verdict.refuse({Reason::same_party_twice, {}, {{FactName::participant, fact(c.from)}}, {}});
  require_text(a, "document", c.document);
  if (require_amount(a, c.instrument, c.quantity)) require_land(a, c.from, c.instrument, c.quantity);
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
  require_district(a);
  require_policy(a);
  const bool open = require_day(a);
  for (const District side : {a.who.participant, c.to}) {
    require_account(a, side);
    require_county(a, side);
  }
  if (a.who.participant == c.to)
    a.verdict.refuse({Reason::same_party_twice, {}, {{FactName::participant, fact(c.to)}}, {}});
  require_text(a, "document", c.document);
  if (open && c.due <= *a.state.day)
    a.verdict.refuse({Reason::term_not_later, {}, {{FactName::day, fact(*a.state.day)}}, "due"});
  if (const auto* loan = a.state.entries.overdue(c.to))
    a.verdict.refuse(
        {Reason::borrower_overdue,
         {},
         {{FactName::number, fact(loan->id)}, {FactName::participant, fact(c.to)}, {FactName::day, fact(loan->due)}},
         {}});
  if (require_amount(a, c.instrument, c.quantity)) require_land(a, a.who.participant, c.instrument, c.quantity);
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
  post_land(d, c.instrument, d.who, Purse::free, c.to, Purse::borrowed, c.quantity, {}, id.value);
}

void check(const Asked& a, const command::ReturnLand& c) {
  require_district(a);
  require_policy(a);
  require_day(a);
  require_account(a, a.who.participant);
  require_text(a, "document", c.document);
  const auto& loans = a.state.entries.loans;
  if (const auto at = loans.find(c.loan); at != loans.end() && at->second.borrower != a.who.participant)
    a.verdict.refuse({Reason::not_your_loan, {}, {{FactName::number, fact(c.loan)}}, {}});
  const auto* loan = require_entry(a, loans, c.loan, c.quantity, "loan");
  if (!loan || loan->borrower != a.who.participant || !a.state.ledger.is_open(loan->borrower)) return;
  const auto& ledger = a.state.ledger;
  const Quantity there = ledger.land(loan->instrument, loan->borrower, Purse::borrowed) +
                         ledger.land(loan->instrument, loan->borrower, Purse::free);
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
  const Quantity borrowed = std::min(c.quantity, d.state.ledger.land(loan.instrument, loan.borrower, Purse::borrowed));
  post_land(d, loan.instrument, loan.borrower, Purse::borrowed, loan.lender, Purse::free, borrowed, {}, c.loan.value);
  post_land(d, loan.instrument, loan.borrower, Purse::free, loan.lender, Purse::free, c.quantity - borrowed, {},
            c.loan.value);
}

void check(const Asked& a, const command::RestoreLand& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_text(a, "document", c.document);
  require_entry(a, a.state.entries.write_offs, c.write_off, c.quantity, "write_off");
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
  const Seat seat = seat_of(d, entry.participant);
  post_land_balance(d, entry.instrument, seat, Purse::used, seat, Purse::free, c.quantity, {}, c.write_off.value);
  for (Quantity left = c.quantity; left > Quantity{};) {  // exactly the lots that it took
    auto& slice = entry.slices.front();
    const Quantity part = std::min(left, slice.quantity);
    post_lots(d, entry.instrument, seat, Place::used, seat, Place::stock, part, slice.filing, c.write_off.value);
    left -= part;
    slice.quantity -= part;
    if (slice.quantity == Quantity{}) entry.slices.erase(entry.slices.begin());
  }
}

void check(const Asked& a, const command::CancelLand& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_account(a, c.participant);
  require_text(a, "document", c.document);
  if (require_amount(a, c.instrument, c.quantity)) require_land(a, c.participant, c.instrument, c.quantity);
}

void move(Doing& d, const command::CancelLand& c) {
  d.events.emplace_back(event::LandCancelled{
      .participant = c.participant, .instrument = c.instrument, .quantity = c.quantity, .document = c.document});
  post_land(d, c.instrument, c.participant, Purse::free, c.participant, Purse::cancelled, c.quantity, {}, d.seq.value);
}

void expire_lots(Doing& d) {
  for (const FilingId id : d.state.registry.expiring()) {
    const auto& filing = *d.state.registry.find(id);
    const Day expires = *filing.expires;
    if (*d.state.day <= expires) continue;
    for (const auto& part : clearing::components_of(filing.kind, filing.filed))
      for (const auto& account : d.state.ledger.accounts()) {
        const Instrument i = part.instrument;
        const Seat seat = seat_of(d, account.district);
        const Quantity gone =
            std::min(d.state.lots.of(i, {.seat = seat, .place = Place::stock}, id), account[Purse::free].of(i));
        if (gone == Quantity{}) continue;
        d.events.emplace_back(event::LotExpired{
            .filing = id, .participant = account.district, .instrument = i, .quantity = gone, .expires = expires});
        post_land(d, i, seat, Purse::free, seat, Purse::cancelled, gone, {}, id.value, id);
      }
  }
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
