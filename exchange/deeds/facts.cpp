#include "exchange/deeds/facts.hpp"

#include "exchange/deeds/number.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::deeds {

Words name_words(Instrument i) {
  const InstrumentName name = name_of(i);
  return {std::string{name.zh}, std::string{name.en}};
}

std::string percent(int64_t per_10000) {
  return (per_10000 % 100 == 0 ? std::to_string(per_10000 / 100) : wire::decimal(per_10000, 2)) + "%";
}

void our_default(Paper& paper, Words about) {
  paper.labels.push_back({.kind = LabelKind::our_default, .about = std::move(about)});
}

void caution(Paper& paper, Words about) {
  paper.labels.push_back({.kind = LabelKind::caution, .about = std::move(about)});
}

Paper begin(PaperKind kind, Words title, const Issue& issue, const std::vector<Unit>& seals,
            std::vector<policy::Clause> clauses) {
  Paper p{.kind = kind,
          .title = std::move(title),
          .number = number_of(kind, issue.day, issue.told),
          .day = issue.day,
          .remarks = issue.remarks,
          .basis = {.rule_set = issue.rule_set,
                    .clauses = std::move(clauses),
                    .prices = issue.prices,
                    .told = issue.told,
                    .as_of = issue.as_of},
          .signers = issue.signers,
          .hash = issue.hash};
  if (issue.simulated) p.labels.push_back({.kind = LabelKind::simulated, .about = *issue.simulated});
  for (const Words& w : issue.cautions) caution(p, w);
  p.labels.push_back(number_rule());
  for (const Words& w : issue.our_defaults) our_default(p, w);
  for (const Unit& u : seals) p.seals.push_back({.who = u.name});
  p.seals.push_back({.who = issue.bureau});
  return p;
}

}  // namespace landex::deeds
