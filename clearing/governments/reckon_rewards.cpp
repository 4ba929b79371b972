#include "clearing/governments/reckon_rewards.hpp"

#include <algorithm>
#include <tuple>

#include "clearing/governments/split.hpp"
#include "clearing/policy/share.hpp"

namespace landex::clearing {

std::optional<std::vector<RunLine>> reckon_rewards(const RewardRun& run, int64_t value, District city,
                                                   const std::function<ParticipantClass(District)>& kind_of) {
  auto awards = run.awards;
  std::ranges::sort(awards, {}, [](const AwardFact& a) { return std::tie(a.county, a.project); });
  const bool tilted = run.kind == RunKind::consolidation_reward;
  std::vector<RunLine> lines;
  Wide sum = 0;
  for (auto& award : awards) {
    const int64_t tilt = tilted && kind_of(award.county) == ParticipantClass::mountain4 ? value : 0;
    const int64_t share = tilted ? policy::kWholeShare + tilt : value;
    const Wide amount = half_up(Wide{award.base.raw()} * share, policy::kWholeShare);
    sum += amount;
    if (!money_of(sum)) return std::nullopt;
    if (amount == 0) continue;
    lines.push_back({.from = city,
                     .to = award.county,
                     .amount = *money_of(amount),
                     .item = LineItem::award,
                     .clause = reward_rule(run.kind).clause,
                     .share = share,
                     .base = award.base,
                     .project = std::move(award.project)});
  }
  return lines;
}

}  // namespace landex::clearing
