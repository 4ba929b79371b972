#include "clients/simulator/city/surplus.hpp"

#include <algorithm>

namespace landex::simulator {
namespace {

// A unit of 0.0001 mu at one tick is one fen (price.hpp).
double wan(int64_t quantity, int64_t ticks) {
  return static_cast<double>(quantity) * static_cast<double>(ticks) / 1'000'000;
}

}  // namespace

Gains gains(std::vector<Units>& demand, std::vector<Units>& supply) {
  std::ranges::stable_sort(demand, [](const Units& a, const Units& b) { return a.at > b.at; });
  std::ranges::stable_sort(supply, [](const Units& a, const Units& b) { return a.at < b.at; });

  // How much is good: both lists walked as long as the next unit of demand is worth more than that of supply costs.
  int64_t good = 0;
  int64_t price = 0;
  {
    size_t d = 0, s = 0;
    int64_t of_demand = 0, of_supply = 0;
    while (d < demand.size() && s < supply.size()) {
      if (demand[d].at <= supply[s].at) break;
      const int64_t step = std::min(demand[d].quantity - of_demand, supply[s].quantity - of_supply);
      price = (demand[d].at + supply[s].at) / 2;
      good += step;
      of_demand += step;
      of_supply += step;
      if (of_demand == demand[d].quantity) ++d, of_demand = 0;
      if (of_supply == supply[s].quantity) ++s, of_supply = 0;
    }
    // Between the marginal units: no higher than the last good demand and the first bad supply, no lower than the last
    // good supply and the first bad demand.
    int64_t low = 0, high = INT64_MAX, left = good;
    for (const auto& u : demand) {
      if (left > 0) high = std::min(high, u.at);
      if (left < u.quantity) low = std::max(low, u.at);
      left = std::max(left - u.quantity, int64_t{0});
    }
    left = good;
    for (const auto& u : supply) {
      if (left > 0) low = std::max(low, u.at);
      if (left < u.quantity) high = std::min(high, u.at);
      left = std::max(left - u.quantity, int64_t{0});
    }
    price = high == INT64_MAX ? low : std::clamp(price, low, high);
  }

  Gains g;
  int64_t left = good, bought = 0, sold = 0;
  for (const auto& u : demand) {
    const int64_t in = std::min(u.quantity, left);
    left -= in;
    g.maximum += wan(in, u.at);
    g.realised += wan(u.traded, u.at);
    g.missed += wan(std::max(in - u.traded, int64_t{0}), u.at - price);
    g.wrong += wan(std::max(u.traded - in, int64_t{0}), price - u.at);
    bought += u.traded;
  }
  left = good;
  for (const auto& u : supply) {
    const int64_t in = std::min(u.quantity, left);
    left -= in;
    g.maximum -= wan(in, u.at);
    g.realised -= wan(u.traded, u.at);
    g.missed += wan(std::max(in - u.traded, int64_t{0}), price - u.at);
    g.wrong += wan(std::max(u.traded - in, int64_t{0}), u.at - price);
    sold += u.traded;
  }
  g.wrong += wan(sold - bought, price);
  return g;
}

}  // namespace landex::simulator
