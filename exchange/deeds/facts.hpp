// facts.hpp: what every paper is told beside its own facts: who, when, under which rules, at which number of the
// journal. Whoever reads the reports database (or the engine's views) fills these structs; the makers turn them into
// papers and refuse facts that contradict each other, for a paper whose figures do not add up is worse than none. No
// number of a law stands in a maker: shares and days come with the facts, from the policy rows that were in force. Pure
// data.
#pragma once
#include <expected>

#include "exchange/deeds/paper.hpp"

namespace landex::deeds {

/// A district, county or the city; or an office, which has no code of its own.
struct Unit {
  District code;
  Words name;
};

/// One issue of a paper.
struct Issue {
  Day day;         // business date
  Sequence told;   // the journal number of what it tells; of an extract it does not matter
  Sequence as_of;  // up to which the journal was read
  std::string rule_set;
  std::vector<PriceBasis> prices = {};
  Words bureau;  // whose seal stands beside those of the parties
  Signers signers = {};
  std::optional<Words> simulated = {};   // what is simulated; none: nothing is
  std::vector<Words> our_defaults = {};  // policy rows of ours that it leans on, beside those that the maker names
  std::vector<Words> cautions = {};      // what readers must not miss
  std::vector<Words> remarks = {};
  Hash hash = Hash::sm3;
};

/// A paper, or which facts contradict each other.
using Made = std::expected<Paper, Words>;

/// The three components of supplementary cultivated land, or another instrument, as a paper calls it.
Words name_words(Instrument i);

/// "20 %" of 2 000.
std::string percent(int64_t per_10000);

/// What all papers have in common: number, day, labels, basis, bureau's seal last.
Paper begin(PaperKind kind, Words title, const Issue& issue, const std::vector<Unit>& seals,
            std::vector<policy::Clause> clauses);
void our_default(Paper& paper, Words about);
void caution(Paper& paper, Words about);

}  // namespace landex::deeds
