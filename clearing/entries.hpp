// entries.hpp: what the registry has done to land and may undo: freezes 冻结, loans 借用, and write-offs 核销, which
// can be restored 还原. Each is named by the number of its command and undone in parts; when nothing is left of it, it
// is resolved, once for all. A write-off remembers which lots it took, so that exactly these come back. Invariants:
// what is left of the freezes of a participant and instrument is its frozen purse; of write-offs, its used purse. A
// borrower may use what it borrowed, so its borrowed purse is at most what is left of its loans. Pure.
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
};
BOOST_DESCRIBE_STRUCT(Loan, (), (id, lender, borrower, instrument, quantity, left, due, overdue, document))

struct WrittenOffLand {
  WriteOffId id;
  District participant;
  Instrument instrument;
  Quantity quantity, left;  // left: not restored
  std::string project;
  std::vector<Slice> slices;  // of what is left, first filed first
};
BOOST_DESCRIBE_STRUCT(WrittenOffLand, (), (id, participant, instrument, quantity, left, project, slices))

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
