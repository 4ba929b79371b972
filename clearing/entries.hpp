// entries.hpp: what the registry has done to land and may undo: freezes 冻结, loans 借用, and write-offs 核销, which
// can be restored 还原. Each is named by the number of its command and undone in parts; when nothing is left of it, it
// is resolved, once for all. A write-off remembers which lots it took, so that exactly these come back; a loan, which
// lots were lent, so that these are returned where they still lie with the borrower.
// Whose risk: a lot that expires while it is lent goes back to its lender and expires there, and the loan is less by as
// much, for the lender would have lost it at home too. What the borrower has used it owes in kind, expired or not.
// Invariants: what is left of the freezes of a participant and instrument is its frozen purse; of write-offs, its used
// purse. A borrower may use what it borrowed, so of no lot does more lie borrowed than its loans say. Pure.
#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <map>
#include <string>
#include <vector>

#include "clearing/lots.hpp"
#include "matching/types/day.hpp"

namespace landex::clearing {

struct Freeze {
  FreezeId id;
  District participant;
  Instrument instrument;
  Quantity quantity, left;
  std::string document;
};
BOOST_DESCRIBE_STRUCT(Freeze, (), (id, participant, instrument, quantity, left, document))

struct Loan {
  LoanId id;
  District lender, borrower;
  Instrument instrument;
  Quantity quantity, left;
  Day due;       // the last day on which to return it
  bool overdue;  // told; then its borrower borrows nothing more until it is returned
  std::string document;
  std::vector<Slice> slices = {};  // of what is left, first filed first

  /// So much of a lot is no longer owed.
  void forget(FilingId filing, Quantity by) {
    const auto at = std::ranges::find(slices, filing, &Slice::filing);
    at->quantity -= by;
    if (at->quantity == Quantity{}) slices.erase(at);
  }
};
BOOST_DESCRIBE_STRUCT(Loan, (), (id, lender, borrower, instrument, quantity, left, due, overdue, document, slices))

/// One command may write off up to three components (an allotment that is taken over), each an entry of its own that
/// can be restored. The first bears the number of the command; the others that number with their place in front, so
/// that no command's number is theirs.
inline constexpr uint64_t kPlaceOfEntry = 1'000'000'000'000'000;
constexpr WriteOffId write_off_of(Sequence command, uint64_t place) { return {command.value + place * kPlaceOfEntry}; }
constexpr Sequence command_of(WriteOffId id) { return {id.value % kPlaceOfEntry}; }

struct WrittenOffLand {
  WriteOffId id;
  District participant;
  Instrument instrument;
  Quantity quantity, left;  // left: not restored
  std::string project;
  std::vector<Slice> slices;  // of what is left, first filed first
  bool borrowed = false;      // it was taken out of what is borrowed, and comes back there while it is owed
  bool restorable = true;     // not what came out of the pool, or from outside the city: that is for its project alone
};
BOOST_DESCRIBE_STRUCT(WrittenOffLand, (),
                      (id, participant, instrument, quantity, left, project, slices, borrowed, restorable))

struct Entries {
  std::map<FreezeId, Freeze> freezes;
  std::map<LoanId, Loan> loans;
  std::map<WriteOffId, WrittenOffLand> write_offs;

  /// What others owe the lender.
  Quantity lent(District lender, Instrument i) const {
    Quantity sum;
    for (const auto& [id, loan] : loans)
      if (loan.lender == lender && loan.instrument == i) sum += loan.left;
    return sum;
  }
  /// How much of a lot the open loans of a borrower say it has to return.
  Quantity owed(District borrower, Instrument i, FilingId filing) const {
    Quantity sum;
    for (const auto& [id, loan] : loans)
      if (loan.borrower == borrower && loan.instrument == i)
        for (const auto& slice : loan.slices)
          if (slice.filing == filing) sum += slice.quantity;
    return sum;
  }
  /// The first loan that a borrower should have returned.
  const Loan* overdue(District borrower) const {
    const auto at = std::ranges::find_if(loans, [&](const auto& l) {
      return l.second.borrower == borrower && l.second.overdue && l.second.left > Quantity{};
    });
    return at == loans.end() ? nullptr : &at->second;
  }
};
BOOST_DESCRIBE_STRUCT(Entries, (), (freezes, loans, write_offs))

}  // namespace landex::clearing
