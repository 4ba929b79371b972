// allocation_case.hpp: a large case for the pool's allocation: 13 counties, each with lots of 15 grades and of unknown
// grade, and many requests of all classes. Made up, seeded, the same every time. 模拟数据
#pragma once
#include "clearing/allocation_case.hpp"

namespace landex::bench {

/// `lots` for each county and grade; what is asked for is about `percent` of what lies in the pool.
inline clearing::AllocationCase allocation_case(uint64_t lots, uint64_t requests, uint64_t percent) {
  uint64_t state = 42;
  const auto below = [&state](uint64_t n) {  // splitmix64
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return (z ^ (z >> 31)) % n;
  };
  const auto amounts = [&](uint64_t most) {
    const auto some = [&] { return static_cast<int64_t>(1 + below(most)); };
    const int64_t area = some();
    return Components{.area = Area::mu_4dp(area),
                      .paddy = Area::mu_4dp(static_cast<int64_t>(below(static_cast<uint64_t>(area)))),
                      .capacity = Capacity::kg(area / 20)};
  };
  clearing::AllocationCase c;
  const auto grade = [&](uint64_t level) {
    return level <= c.rules.worst_grade ? std::optional{static_cast<uint8_t>(level)} : std::nullopt;
  };
  constexpr uint64_t kCounties = 13, kLotOf = 2'000'000;  // 200.0000 mu
  for (uint64_t n = 0; n < lots; ++n)
    for (uint64_t county = 0; county < kCounties; ++county)
      for (uint64_t level = 1; level <= 16; ++level)
        c.lots.push_back({.filing = {c.lots.size() + 1},
                          .origin = District::code(static_cast<uint32_t>(330'101 + county)),
                          .grade = grade(level),
                          .left = amounts(kLotOf * (1 + county))});  // few counties have most of it
  const uint64_t asked = lots * kCounties * 16 * kLotOf * 7 / 100 * percent / requests;
  for (uint64_t n = 0; n < requests; ++n)
    c.requests.push_back({.id = 1'000'000 + n,
                          .county = District::code(static_cast<uint32_t>(330'101 + below(kCounties))),
                          .kind = static_cast<clearing::RequestClass>(1 + below(4)),
                          .need = amounts(asked),
                          .lowest_grade = grade(3 + below(14)),
                          .deadline = {}});
  return c;
}

}  // namespace landex::bench
