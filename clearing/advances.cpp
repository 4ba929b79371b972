#include "clearing/advances.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>

#include "clearing/policy/share.hpp"

namespace landex::clearing {

Fen advance_of(Fen fund, const policy::Row& share) { return policy::share_down(fund, share.value); }

Day plus_months(Day from, int64_t months) {
  using namespace std::chrono;
  auto date = from.date() + std::chrono::months{months};
  if (!date.ok()) date = date.year() / date.month() / last;
  return Day::from_raw(static_cast<int32_t>(sys_days{date}.time_since_epoch().count()));
}

Fen Advances::left() const {
  Fen sum;
  for (const auto& [id, a] : all_) sum += a.left;
  return sum;
}

std::vector<AdvanceId> Advances::netted_by(District county, Day filed) const {
  std::vector<AdvanceId> out;
  for (const auto& [id, a] : all_)
    if (a.county == county && a.left > Fen{} && a.granted <= filed && filed <= a.due) out.push_back(id);
  return out;
}

std::vector<AdvanceId> Advances::falling_overdue(Day today) const {
  std::vector<AdvanceId> out;
  for (const auto& [id, a] : all_)
    if (a.state == AdvanceState::paid && a.due < today) out.push_back(id);
  std::ranges::sort(out, {}, [this](AdvanceId id) { return std::pair{all_.at(id).due, id}; });
  return out;
}

void Advances::grant(Advance a) {
  const AdvanceId id = a.id;
  all_.emplace(id, std::move(a));
}

const Advance& Advances::reduce(AdvanceId id, Fen by) {
  Advance& a = all_.at(id);
  assert(by <= a.left);
  a.left -= by;
  if (a.left == Fen{}) a.state = AdvanceState::settled;
  return a;
}

const Advance& Advances::call_back(AdvanceId id) {
  Advance& a = all_.at(id);
  a.state = AdvanceState::overdue;
  return a;
}

}  // namespace landex::clearing
