// account_papers.hpp: extracts of the ledgers: the statement 对账单 of all accounts of a unit over a period, and the
// ledger card 台账 of one batch or one instrument, with who checked each entry 审核人. Every entry has its number, day,
// clause and cause, and the balance runs from the opening to the closing one; facts whose entries do not lead there are
// refused. Facts in, papers out. Pure.
#pragma once
#include "exchange/deeds/facts.hpp"

namespace landex::deeds {

struct AccountEntry {
  Sequence number;
  Day day;
  Words cause;
  std::optional<Unit> other = {};  // the other side
  std::optional<policy::Clause> clause = {};
  int64_t change;                            // fen, 0.0001 mu or kg; above 0 in, below 0 out
  std::optional<PersonId> reviewed_by = {};  // of ledger cards
};

/// One account: money, or one instrument. Numbers in its smallest unit.
struct AccountFacts {
  std::string name;  // in files: letters, digits, '_'
  Words title;
  std::optional<Instrument> instrument = {};  // none: money
  int64_t opening = 0, closing = 0;
  std::vector<AccountEntry> entries = {};  // in the order of their numbers
};

struct StatementFacts {
  Unit unit;
  Period period;
  std::vector<AccountFacts> accounts;
};
Made statement(const StatementFacts& facts, const Issue& issue);

struct LedgerCardFacts {
  Unit unit;
  Period period;
  std::string of;  // in the number of the card: "batch-64", "linkage"
  Words subject;   // 批次 64 号 …
  AccountFacts account;
};
Made ledger_card(const LedgerCardFacts& facts, const Issue& issue);

}  // namespace landex::deeds
