#include "clients/simulator/experiments/plain.hpp"

#include <cassert>

namespace landex::simulator {
namespace {

constexpr uint32_t kCity = 900'000;

}  // namespace

District trader(uint32_t n) {
  assert(n < kMostTraders);
  return District::code(kCity + 1 + n);
}

policy::Pack plain_pack(uint32_t traders, Day from, Day until) {
  assert(traders <= kMostTraders && from <= until);
  policy::Pack pack{.rule_set = "plain", .from = from, .until = until, .rows = {}, .floor_routes = {}, .units = {}};
  const auto add = [&](District district, ParticipantClass kind) {
    pack.units.push_back({.district = district,
                          .kind = kind,
                          .from = from,
                          .until = until,
                          .clause = policy::Clause::h66_7_6,  // a unit must name one; here no rule hangs from it
                          .origin = policy::Origin::our_default});
  };
  add(District::code(kCity), ParticipantClass::city);
  for (uint32_t n = 0; n < traders; ++n) add(trader(n), ParticipantClass::urban);
  return pack;
}

}  // namespace landex::simulator
