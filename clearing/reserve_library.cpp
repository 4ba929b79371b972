#include "clearing/reserve_library.hpp"

#include <algorithm>

#include "clearing/policy/share.hpp"

namespace landex::clearing {

void ReserveLibrary::enter(ReservePlot plot) {
  const auto [at, is_new] = plots_.try_emplace(plot.plot);
  total_ += is_new ? plot.area : plot.area - at->second.area;  // what was known of it is replaced
  at->second = std::move(plot);
}

ReserveTarget ReserveLibrary::target(const policy::RowId& share, District county) const {
  ReserveTarget t;
  for (const auto& [name, p] : plots_) {
    if (p.county != county || p.share_row != share || !p.qualifies) continue;
    t.qualifying += p.area;
    if (p.pooled) t.pooled += p.area;
  }
  t.target = policy::share_down(t.qualifying, share.value);
  return t;
}

std::vector<ReserveLibrary::Taken> ReserveLibrary::fill(const policy::RowId& share, District county,
                                                        const std::function<bool(const ReservePlot&)>& may_take) {
  ReserveTarget t = target(share, county);
  std::vector<ReservePlot*> candidates;
  for (auto& [name, p] : plots_)
    if (p.county == county && p.share_row == share && p.qualifies && !p.pooled && may_take(p)) candidates.push_back(&p);
  std::ranges::sort(candidates, {}, [](const ReservePlot* p) { return std::tie(p->grade, p->plot); });

  std::vector<Taken> out;
  for (ReservePlot* p : candidates) {
    if (t.pooled + p->area > t.target) continue;
    t.pooled += p->area;
    p->pooled = true;
    out.push_back({.plot = p->plot, .area = p->area, .shortfall = t.shortfall()});
  }
  return out;
}

}  // namespace landex::clearing
