#include "clearing/governments/split.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <numeric>

namespace landex::clearing {

std::vector<Fen> split(Fen total, const std::vector<Wide>& weights) {
  using Wider = boost::multiprecision::int256_t;  // total × weight may need 180 bits
  std::vector<Fen> parts(weights.size());
  const Wide all = std::accumulate(weights.begin(), weights.end(), Wide{0});
  if (all == 0) return parts;

  std::vector<Wide> remainders(weights.size());
  Fen left = total;
  for (size_t i = 0; i < weights.size(); ++i) {
    const Wider product = Wider{total.raw()} * Wider{weights[i]};
    parts[i] = Fen::fen(static_cast<int64_t>(product / Wider{all}));
    remainders[i] = static_cast<Wide>(product % Wider{all});
    left -= parts[i];
  }
  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, [&](size_t a, size_t b) { return remainders[a] > remainders[b]; });
  for (size_t i = 0; i < static_cast<size_t>(left.raw()); ++i) parts[order[i]] += Fen::fen(1);
  return parts;
}

}  // namespace landex::clearing
