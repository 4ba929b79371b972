// reckon_rewards.hpp: rewards for selected projects 奖补: model projects of consolidation, tilted to the mountain-4
// (H66-8), idle homesteads (H66-12) and agricultural “标准地” (H66-16) by a share of the county's own fiscal input. The
// amounts, the tilt and the shares are delegated: ours until somebody rules them. Pure.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "clearing/governments/runs.hpp"
#include "clearing/policy/pack.hpp"

namespace landex::clearing {

/// The clause of a kind of reward, and the row that its share or tilt is.
struct RewardRule {
  policy::Clause clause;
  policy::Parameter row;
};
constexpr RewardRule reward_rule(RunKind kind) {
  if (kind == RunKind::homestead_reward) return {policy::Clause::h66_12, policy::Parameter::homestead_share};
  if (kind == RunKind::standard_farmland_reward)
    return {policy::Clause::h66_16, policy::Parameter::standard_farmland_share};
  return {policy::Clause::h66_8, policy::Parameter::reward_tilt};
}

/// Lines by county code, then project. `value`: of the row. `kind_of`: the class of a county. Nothing if a number of it
/// exceeds what can be written.
std::optional<std::vector<RunLine>> reckon_rewards(const RewardRun& run, int64_t value, District city,
                                                   const std::function<ParticipantClass(District)>& kind_of);

}  // namespace landex::clearing
