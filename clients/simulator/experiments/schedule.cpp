#include "clients/simulator/experiments/schedule.hpp"

#include <algorithm>
#include <functional>

namespace landex::simulator {

int64_t Schedule::most_surplus() const {
  auto bids = values, asks = costs;
  std::ranges::sort(bids, std::greater{});
  std::ranges::sort(asks);
  int64_t surplus = 0;
  for (size_t n = 0; n < std::min(bids.size(), asks.size()) && bids[n] > asks[n]; ++n) surplus += bids[n] - asks[n];
  return surplus;
}

Schedule smith_1() {
  Schedule s;
  for (int64_t price = 75; price <= 325; price += 25) {
    s.values.insert(s.values.begin(), price);
    s.costs.push_back(price);
  }
  return s;
}

Schedule cliff_c() { return {.values = std::vector<int64_t>(11, 200), .costs = std::vector<int64_t>(6, 50)}; }

Schedule gode_sunder_like(int64_t highest_value, int64_t lowest_cost, int64_t step) {
  Schedule s;
  for (int64_t n = 0; n < 24; ++n) {
    s.values.push_back(highest_value - n * step);
    s.costs.push_back(lowest_cost + n * step);
  }
  return s;
}

Schedule uniform_schedule(uint32_t n, int64_t highest, Stream& stream) {
  const auto draw = [&] { return 1 + static_cast<int64_t>(stream.below(static_cast<uint64_t>(highest))); };
  Schedule s;
  for (uint32_t k = 0; k < n; ++k) {
    s.values.push_back(draw());
    s.costs.push_back(draw());
  }
  return s;
}

}  // namespace landex::simulator
