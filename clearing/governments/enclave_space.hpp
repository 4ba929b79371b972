// enclave_space.hpp: by how much an enclave lessens a protection task (H66-19.2:
// «其中纳入城镇开发边界集中建设区的，核减750亩 永久基本农田保护任务»). Whether that is flat for an enclave that is
// included at all, or in proportion to what is included, the clause leaves open: a row says it, and that row is our
// default, not the law. Pure.
#pragma once
#include <cstdint>

#include "clearing/governments/split.hpp"
#include "matching/types/area.hpp"

namespace landex::clearing {

/// The numbers are those of policy rows (Parameter::enclave_reduction_mode).
enum class ReductionMode : uint8_t { flat = 1, in_proportion = 2 };

/// Of an industrial enclave. `whole`: what an enclave of the whole `space` lessens; `included` ≤ `space`. Down.
constexpr Area reduction_of(ReductionMode mode, Area whole, Area included, Area space) {
  if (included == Area{}) return {};
  if (mode == ReductionMode::flat) return whole;
  return Area::from_raw(static_cast<int64_t>(Wide{whole.raw()} * included.raw() / space.raw()));
}

}  // namespace landex::clearing
