// number.hpp: the number 文号 of a paper: 杭土指, a character for its kind, the year of its business date, and the
// journal number of what it tells: 杭土指确〔2024〕64号. So nobody hands numbers out, and a replay gives the same. This
// rule is our default, not the law, and the paper says so (the law gives landex no number). An extract (statement,
// ledger card) tells a stretch and not one entry: it is numbered by the journal number it was read at, and by what it
// is of.
#pragma once
#include <string>

#include "exchange/deeds/paper.hpp"

namespace landex::deeds {

std::string number_of(PaperKind kind, Day day, Sequence told);

/// 杭土指账〔2024〕900号-330182-20240101-20240630
std::string extract_number(PaperKind kind, Day day, Sequence as_of, District unit, const std::string& of);

/// 20240101
std::string compact(Day day);

/// «文号规则» as a label of a paper.
Label number_rule();

}  // namespace landex::deeds
