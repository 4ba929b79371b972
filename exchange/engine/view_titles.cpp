#include "exchange/engine/view_titles.hpp"

#include "exchange/engine/titles.hpp"
#include "exchange/engine/view_registry.hpp"

namespace landex::engine {

view::Titles titles_of(const State& s, const Asker& who, const query::GetTitles& q) {
  view::Titles out;
  for (const auto& [number, t] : s.titles.all)
    if ((may_see(who, t.holder) || may_see(who, t.county)) && (!q.holder || *q.holder == t.holder) &&
        (!q.product || *q.product == t.product))
      out.rows.push_back(t);
  return out;
}

view::Products products_of(const State& s) {
  view::Products out;
  for (const auto& rule : clearing::kProducts) {
    view::ProductRow row{
        .product = rule.product, .clause = rule.clause, .from = {}, .until = {}, .approval = {}, .open = false};
    if (rule.opened_by == clearing::OpenedBy::rule_set && s.pack) {
      row.from = s.pack->from;
      row.until = s.pack->until;
      row.open = s.day && is_open(s, rule.product, *s.day);
    }
    const size_t before = out.rows.size();
    for (const auto& o : s.titles.openings) {
      if (o.product != rule.product) continue;
      row.from = o.from;
      row.until = o.until;
      row.approval = o.approval;
      row.open = s.day && o.period().contains(*s.day) && is_open(s, rule.product, *s.day);
      out.rows.push_back(row);
    }
    if (out.rows.size() == before) out.rows.push_back(row);
  }
  return out;
}

}  // namespace landex::engine
