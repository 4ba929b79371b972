#include "clients/simulator/study/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace landex::simulator {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLevel = 0.95;

double t_of(double degrees, double level) {
  return boost::math::quantile(boost::math::students_t{degrees}, 0.5 + level / 2);
}
double of(uint64_t n) { return static_cast<double>(n); }

}  // namespace

void Moments::add(double x) {
  if (std::isnan(x)) {
    ++unknown_;
    return;
  }
  ++n_;
  const double off = x - mean_;
  mean_ += off / of(n_);
  squares_ += off * (x - mean_);
}
double Moments::mean() const { return n_ == 0 ? kNaN : mean_; }
double Moments::variance() const { return n_ < 2 ? kNaN : squares_ / of(n_ - 1); }
double Moments::sd() const { return std::sqrt(variance()); }
double Moments::standard_error() const { return sd() / std::sqrt(of(n_)); }
Interval Moments::interval(double level) const {
  if (n_ < 2) return {kNaN, kNaN};
  const double half = t_of(of(n_ - 1), level) * standard_error();
  return {mean_ - half, mean_ + half};
}

double quantile_sorted(std::span<const double> sorted, double p) {
  if (sorted.empty()) return kNaN;
  const double at = p * of(sorted.size() - 1);
  const auto below = std::min(static_cast<size_t>(at), sorted.size() - 1);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - of(below)) * (sorted[above] - sorted[below]);
}

Summary summary_of(std::span<const double> values) {
  Moments m;
  std::vector<double> sorted;
  sorted.reserve(values.size());
  for (const double x : values) {
    m.add(x);
    if (!std::isnan(x)) sorted.push_back(x);
  }
  std::ranges::sort(sorted);
  return {.n = m.n(),
          .unknown = m.unknown(),
          .mean = m.mean(),
          .sd = m.sd(),
          .interval = m.interval(),
          .least = quantile_sorted(sorted, 0),
          .p10 = quantile_sorted(sorted, 0.1),
          .p50 = quantile_sorted(sorted, 0.5),
          .p90 = quantile_sorted(sorted, 0.9),
          .most = quantile_sorted(sorted, 1)};
}

std::vector<MeanAt> convergence(std::span<const double> values, size_t points) {
  std::vector<MeanAt> path;
  Moments m;
  // evenly on a logarithmic scale: each next one at least one run further
  const double ratio = values.empty() || points < 2 ? 2 : std::pow(of(values.size()), 1 / of(points - 1));
  double next = 1;
  for (size_t i = 0; i < values.size(); ++i) {
    m.add(values[i]);
    if (of(i + 1) < next && i + 1 < values.size()) continue;
    path.push_back({i + 1, m.mean(), m.interval()});
    next = std::max(of(i + 2), next * ratio);
  }
  return path;
}

Probability probability(uint64_t hits, uint64_t n, double level) {
  if (n == 0) return {.hits = hits, .n = n, .share = kNaN, .interval = {kNaN, kNaN}};
  const double z = boost::math::quantile(boost::math::normal{}, 0.5 + level / 2);
  const double p = of(hits) / of(n), zz = z * z / of(n);
  const double middle = (p + zz / 2) / (1 + zz);
  const double half = z / (1 + zz) * std::sqrt(p * (1 - p) / of(n) + zz / (4 * of(n)));
  return {.hits = hits, .n = n, .share = p, .interval = {hits == 0 ? 0 : middle - half, hits == n ? 1 : middle + half}};
}

Difference paired_difference(std::span<const double> a, std::span<const double> b) {
  Moments pairs, as, bs;
  uint64_t unknown = 0;
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) {
      ++unknown;
      continue;
    }
    pairs.add(b[i] - a[i]);
    as.add(a[i]);
    bs.add(b[i]);
  }
  Difference d{.n = pairs.n(),
               .unknown = unknown,
               .mean = pairs.mean(),
               .sd = pairs.sd(),
               .interval = pairs.interval(),
               .unpaired = {kNaN, kNaN},
               .variance_ratio = kNaN};
  if (d.n < 2) return d;
  const double n = of(d.n), va = as.variance() / n, vb = bs.variance() / n;
  if (va + vb > 0) {
    const double part = va / (va + vb);  // not the squares of tiny variances, which may vanish
    const double degrees = (n - 1) / (part * part + (1 - part) * (1 - part));  // Welch and Satterthwaite
    const double half = t_of(degrees, kLevel) * std::sqrt(va + vb);
    d.unpaired = {d.mean - half, d.mean + half};
    d.variance_ratio = pairs.variance() / n / (va + vb);
  } else {
    d.unpaired = {d.mean, d.mean};
  }
  return d;
}

}  // namespace landex::simulator
