#include "exchange/engine/view_pool.hpp"

#include "exchange/engine/pool.hpp"
#include "exchange/engine/view_registry.hpp"

namespace landex::engine {

view::Requests requests_of(const State& s, const Asker& who, std::optional<District> county) {
  view::Requests out;
  for (const auto& [id, r] : s.pool_requests.requests)
    if (wanted(who, county, r.county)) out.rows.push_back(r);
  return out;
}

view::AllocationCase case_of(const State& s, const Asker& who) {
  view::AllocationCase out;
  if (who.role == Role::district) return out;
  const auto asked = allocation_case(s);
  for (const auto& lot : asked.lots)
    out.lots.push_back({.filing = lot.filing, .origin = lot.origin, .grade = lot.grade, .left = lot.left});
  for (const auto& r : asked.requests)
    out.requests.push_back({.request = {r.id},
                            .county = r.county,
                            .purpose = r.kind,
                            .need = r.need,
                            .lowest_grade = r.lowest_grade,
                            .deadline = r.deadline});
  return out;
}

view::Allocations allocation_of(const State& s, const Asker& who, AllocationId allocation) {
  const auto at = s.pool_requests.drafts.find(allocation);
  if (who.role == Role::district || at == s.pool_requests.drafts.end()) return {};
  const auto& draft = at->second;
  return {.rows = {{.allocation = draft.id,
                    .computed_at = draft.computed_at,
                    .effective = draft.effective,
                    .stale = !draft.effective && is_stale(s, draft),
                    .draws = draft.draws}}};
}

}  // namespace landex::engine
