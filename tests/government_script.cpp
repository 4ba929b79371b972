#include "tests/government_script.hpp"

#include <algorithm>
#include <stdexcept>

namespace landex::script {

policy::Pack with_government_rows(policy::Pack pack) {
  using enum policy::Parameter;
  using enum policy::Clause;
  using policy::Origin;
  struct Value {
    policy::Parameter parameter;
    int64_t value;
    policy::Clause clause;
    Origin origin = Origin::our_default;
  };
  constexpr Value kValues[] = {
      {protection_excellent, 12'000, h66_3_1},
      {protection_good, 10'000, h66_3_1},
      {protection_pass, 8'000, h66_3_1},
      {protection_fail, 0, h66_3_1},
      {protection_sharing, 1, h66_3_1},
      {rice_uplift, 5'000, h66_3_4, Origin::law},
      {over_budget, 2, h66_3_4},
      {pbf_rate_base, 1, h66_4_1},
      {restoration_cycle, 5, h66_5_1, Origin::law},
      {guide_gap_weight, 10'000, h66_5_3},
      {guide_tax_weight, 100, h66_5_3},
      {guide_premium, 1'000, h66_5_3},
      {guide_band, 2'000, h66_5_3},
      {reward_tilt, 2'000, h66_8},
      {homestead_share, 3'000, h66_12},
      {standard_farmland_share, 3'000, h66_16},
      {reserved_scale_share, 500, h66_17, Origin::law},
      {enclave_space, 15'000'000, h66_19_1, Origin::law},
      {enclave_reduction, 7'500'000, h66_19_2, Origin::law},
      {enclave_reduction_mode, 1, h66_19_2},
      {enclave_reduction_of, 1, h66_19_2},
  };
  for (const auto& v : kValues)
    if (std::ranges::find(pack.rows, v.parameter, &policy::Row::parameter) == pack.rows.end())
      pack.rows.push_back({.parameter = v.parameter,
                           .from = pack.from,
                           .until = pack.until,
                           .value = v.value,
                           .clause = v.clause,
                           .origin = v.origin});
  return pack;
}

policy::Pack with_value(policy::Pack pack, policy::Parameter p, int64_t value) {
  const auto row = std::ranges::find(pack.rows, p, &policy::Row::parameter);
  if (row == pack.rows.end()) throw std::runtime_error{"the pack has no row of this parameter"};
  row->value = value;
  return pack;
}

policy::Pack without(policy::Pack pack, policy::Parameter p) {
  if (std::erase_if(pack.rows, [&](const policy::Row& r) { return r.parameter == p; }) == 0)
    throw std::runtime_error{"the pack has no row of this parameter"};
  return pack;
}

}  // namespace landex::script
