#include "clients/simulator/experiments/period.hpp"

#include <cmath>

namespace landex::simulator {
namespace {

double real(int64_t ticks) { return static_cast<double>(ticks); }

}  // namespace

int64_t Period::surplus() const {
  int64_t sum = 0;
  for (const auto& t : trades) sum += t.surplus();
  return sum;
}

std::optional<double> Period::efficiency() const {
  if (most_surplus == 0) return std::nullopt;
  return real(surplus()) / real(most_surplus);
}

double Period::buyers_share() const {
  int64_t sum = 0;
  for (const auto& t : trades) sum += t.value - t.price;
  return most_surplus == 0 ? 0 : real(sum) / real(most_surplus);
}

double Period::sellers_share() const {
  int64_t sum = 0;
  for (const auto& t : trades) sum += t.price - t.cost;
  return most_surplus == 0 ? 0 : real(sum) / real(most_surplus);
}

std::optional<double> Period::mean_price() const {
  if (trades.empty()) return std::nullopt;
  double sum = 0;
  for (const auto& t : trades) sum += real(t.price);
  return sum / static_cast<double>(trades.size());
}

std::optional<double> Period::alpha(double p0) const {
  if (trades.empty()) return std::nullopt;
  double squares = 0;
  for (const auto& t : trades) squares += (real(t.price) - p0) * (real(t.price) - p0);
  return 100 * std::sqrt(squares / static_cast<double>(trades.size())) / p0;
}

std::vector<double> rmsd_by_order(std::span<const Period> periods, double p0) {
  std::vector<double> squares, counts;
  for (const auto& period : periods)
    for (size_t n = 0; n < period.trades.size(); ++n) {
      if (n == squares.size()) {
        squares.push_back(0);
        counts.push_back(0);
      }
      const double off = real(period.trades[n].price) - p0;
      squares[n] += off * off;
      counts[n] += 1;
    }
  for (size_t n = 0; n < squares.size(); ++n) squares[n] = std::sqrt(squares[n] / counts[n]);
  return squares;
}

double slope(std::span<const double> y) {
  const auto n = static_cast<double>(y.size());
  double sy = 0, sxy = 0;
  for (size_t x = 0; x < y.size(); ++x) {
    sy += y[x];
    sxy += static_cast<double>(x) * y[x];
  }
  const double sx = n * (n - 1) / 2, sxx = n * (n - 1) * (2 * n - 1) / 6;
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

MeanSpread mean_spread(std::span<const double> x) {
  MeanSpread m{.count = x.size()};
  if (x.empty()) return m;
  for (const double v : x) m.mean += v;
  m.mean /= static_cast<double>(x.size());
  for (const double v : x) m.sd += (v - m.mean) * (v - m.mean);
  m.sd = x.size() < 2 ? 0 : std::sqrt(m.sd / static_cast<double>(x.size() - 1));
  return m;
}

}  // namespace landex::simulator
