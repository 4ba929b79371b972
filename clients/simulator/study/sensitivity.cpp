#include "clients/simulator/study/sensitivity.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <map>

#include "clients/simulator/draw/stream.hpp"

namespace landex::simulator {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kWide = 0.2;  // an interval of an index that says no more than "some" or "none"

double of(uint64_t n) { return static_cast<double>(n); }

/// A new sample of n out of n, with replacement: how often each is in it.
class Resampling {
 public:
  Resampling(uint64_t seed, size_t n)
      : stream_{{.seed = seed, .run = 0, .agent = 0, .purpose = Purpose::bootstrap}}, times_(n) {}
  const std::vector<uint32_t>& next() {
    std::ranges::fill(times_, 0U);
    for (size_t i = 0; i < times_.size(); ++i) ++times_[stream_.below(times_.size())];
    return times_;
  }

 private:
  Stream stream_;
  std::vector<uint32_t> times_;
};

Interval middle_95(std::vector<double>& draws) {
  std::erase_if(draws, [](double x) { return std::isnan(x); });
  std::ranges::sort(draws);
  return {quantile_sorted(draws, 0.025), quantile_sorted(draws, 0.975)};
}

/// First order and total of every axis, from base samples each taken `times` times. `f`: whole samples of k + 2,
/// about their mean.
struct Indices {
  std::vector<double> first, total;
};
Indices indices_of(std::span<const double> f, size_t k, const std::vector<uint32_t>* times) {
  const size_t n = f.size() / (k + 2);
  const auto weight = [&](size_t i) { return times == nullptr ? 1.0 : (*times)[i]; };
  Indices r{std::vector<double>(k, 0), std::vector<double>(k, 0)};
  double sum = 0, squares = 0;
  for (size_t i = 0; i < n; ++i) {
    const double w = weight(i);
    if (w == 0) continue;
    const double* s = &f[i * (k + 2)];
    const double a = s[0], b = s[k + 1];
    sum += w * (a + b);
    squares += w * (a * a + b * b);
    for (size_t j = 0; j < k; ++j) {
      const double ab = s[j + 1];
      r.first[j] += w * b * (ab - a);
      r.total[j] += w * (a - ab) * (a - ab);
    }
  }
  const double mean = sum / of(2 * n), variance = squares / of(2 * n) - mean * mean;
  for (size_t j = 0; j < k; ++j) {
    r.first[j] = variance > 0 ? r.first[j] / of(n) / variance : kNaN;
    r.total[j] = variance > 0 ? r.total[j] / of(2 * n) / variance : kNaN;
  }
  return r;
}

}  // namespace

std::vector<double> point_means(std::span<const double> values, uint64_t replicates) {
  std::vector<double> means;
  if (replicates == 0) return means;
  means.reserve(values.size() / replicates);
  for (size_t at = 0; at + replicates <= values.size(); at += replicates) {
    Moments m;
    for (const double x : values.subspan(at, replicates)) m.add(x);
    means.push_back(m.mean());
  }
  return means;
}

SobolResult sobol_indices(std::span<const double> points, size_t k, uint64_t seed, uint32_t resamples) {
  SobolResult result;
  std::vector<double> f;
  const size_t whole = points.size() / (k + 2);
  f.reserve(whole * (k + 2));
  for (size_t i = 0; i < whole; ++i) {
    const auto sample = points.subspan(i * (k + 2), k + 2);
    if (std::ranges::any_of(sample, [](double x) { return std::isnan(x); }))
      ++result.left_out;
    else
      f.insert(f.end(), sample.begin(), sample.end());
  }
  result.n = f.size() / (k + 2);
  Moments ab;
  for (size_t i = 0; i < result.n; ++i) {
    ab.add(f[i * (k + 2)]);
    ab.add(f[i * (k + 2) + k + 1]);
  }
  result.mean = ab.mean();
  result.variance = ab.variance();
  if (result.n < 2 || !(result.variance > 0)) {
    result.too_few = true;
    return result;
  }
  for (double& x : f) x -= result.mean;  // less noise in B · (AB − A), and the same limit

  const Indices at = indices_of(f, k, nullptr);
  std::vector<std::vector<double>> first(k), total(k);
  Resampling samples{seed, result.n};
  for (uint32_t r = 0; r < resamples; ++r) {
    const Indices drawn = indices_of(f, k, &samples.next());
    for (size_t j = 0; j < k; ++j) {
      first[j].push_back(drawn.first[j]);
      total[j].push_back(drawn.total[j]);
    }
  }
  for (size_t j = 0; j < k; ++j) {
    SobolIndex x{.first = at.first[j],
                 .total = at.total[j],
                 .first_interval = middle_95(first[j]),
                 .total_interval = middle_95(total[j]),
                 .first_includes_zero = false,
                 .total_includes_zero = false};
    x.first_includes_zero = !(x.first_interval.low > 0 || x.first_interval.high < 0);
    x.total_includes_zero = !(x.total_interval.low > 0);
    result.too_few = result.too_few || !(x.first_interval.high - x.first_interval.low <= kWide) ||
                     !(x.total_interval.high - x.total_interval.low <= kWide);
    result.indices.push_back(x);
  }
  return result;
}

MorrisResult morris_effects(std::span<const double> points, const Design& design, uint32_t resamples) {
  const size_t k = design.axes.size();
  MorrisResult result;
  std::vector<std::vector<double>> effects(k);
  for (uint64_t t = 0; (t + 1) * (k + 1) <= points.size(); ++t) {
    const auto path = points.subspan(t * (k + 1), k + 1);
    if (std::ranges::any_of(path, [](double x) { return std::isnan(x); })) {
      ++result.left_out;
      continue;
    }
    ++result.trajectories;
    std::vector<double> here = unit_point(design, t * (k + 1));
    for (size_t step = 1; step <= k; ++step) {
      std::vector<double> next = unit_point(design, t * (k + 1) + step);
      for (size_t j = 0; j < k; ++j)
        if (next[j] != here[j]) effects[j].push_back((path[step] - path[step - 1]) / (next[j] - here[j]));
      here = std::move(next);
    }
  }
  if (result.trajectories == 0) return result;
  for (size_t j = 0; j < k; ++j) {
    Moments m, sizes;
    for (const double e : effects[j]) {
      m.add(e);
      sizes.add(std::abs(e));
    }
    std::vector<double> drawn;
    Resampling samples{design.seed, effects[j].size()};
    for (uint32_t r = 0; r < resamples; ++r) {
      const std::vector<uint32_t>& times = samples.next();
      double sum = 0;
      for (size_t i = 0; i < times.size(); ++i) sum += times[i] * std::abs(effects[j][i]);
      drawn.push_back(sum / of(times.size()));
    }
    result.indices.push_back(
        {.mu = m.mean(), .mu_star = sizes.mean(), .sigma = m.sd(), .mu_star_interval = middle_95(drawn)});
  }
  return result;
}

std::vector<TornadoBar> tornado(std::span<const Factor> factors, std::span<const std::vector<double>> columns,
                                std::span<const double> outcome) {
  std::vector<TornadoBar> bars;
  for (size_t j = 0; j < factors.size(); ++j) {
    const std::vector<double>& x = columns[j];
    std::vector<double> sorted{x.begin(), x.end()};
    std::ranges::sort(sorted);
    if (sorted.empty() || sorted.front() == sorted.back()) continue;
    const double low_end = quantile_sorted(sorted, 0.2), high_end = quantile_sorted(sorted, 0.8);
    Moments low, high;
    for (size_t i = 0; i < std::min(x.size(), outcome.size()); ++i) {
      // of few values (a choice) the fifths may meet: then the lowest against the highest alone
      if (low_end < high_end ? x[i] <= low_end : x[i] == sorted.front()) low.add(outcome[i]);
      if (low_end < high_end ? x[i] >= high_end : x[i] == sorted.back()) high.add(outcome[i]);
    }
    if (low.n() == 0 || high.n() == 0) continue;
    bars.push_back({.factor = factors[j],
                    .low_at = quantile_sorted(sorted, 0.1),
                    .high_at = quantile_sorted(sorted, 0.9),
                    .low = low.mean(),
                    .high = high.mean()});
  }
  std::ranges::stable_sort(bars, std::greater{}, &TornadoBar::swing);
  return bars;
}

Slope slope_of(std::span<const double> factor, std::span<const double> outcome) {
  Slope s{.slope = kNaN, .at_zero = kNaN, .r2 = kNaN, .interval = {kNaN, kNaN}};
  Moments x, y;
  for (size_t i = 0; i < std::min(factor.size(), outcome.size()); ++i) {
    if (std::isnan(factor[i]) || std::isnan(outcome[i])) continue;
    x.add(factor[i]);
    y.add(outcome[i]);
  }
  s.n = x.n();
  double xx = 0, xy = 0, yy = 0;
  for (size_t i = 0; i < std::min(factor.size(), outcome.size()); ++i) {
    if (std::isnan(factor[i]) || std::isnan(outcome[i])) continue;
    const double dx = factor[i] - x.mean(), dy = outcome[i] - y.mean();
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  if (s.n < 2 || !(xx > 0)) return s;
  s.slope = xy / xx;
  s.at_zero = y.mean() - s.slope * x.mean();
  s.r2 = yy > 0 ? xy * xy / (xx * yy) : kNaN;
  if (s.n < 3) return s;
  const double degrees = of(s.n - 2);
  const double error = std::sqrt(std::max(0.0, yy - s.slope * xy) / degrees / xx);
  const double half = error * boost::math::quantile(boost::math::students_t{degrees}, 0.975);
  s.interval = {s.slope - half, s.slope + half};
  return s;
}

Slope slope_of_replicates(std::span<const double> factor, std::span<const double> outcome,
                          std::span<const uint64_t> replicate) {
  struct Line {
    std::vector<double> x, y;
  };
  std::map<uint64_t, Line> lines;
  for (size_t i = 0; i < std::min({factor.size(), outcome.size(), replicate.size()}); ++i) {
    lines[replicate[i]].x.push_back(factor[i]);
    lines[replicate[i]].y.push_back(outcome[i]);
  }
  Slope all = slope_of(factor, outcome);
  Moments slopes;
  for (const auto& [r, line] : lines) slopes.add(slope_of(line.x, line.y).slope);
  if (slopes.n() == 0) return all;
  all.slope = slopes.mean();
  all.interval = slopes.interval();
  return all;
}

std::vector<BreakEven> break_evens(std::span<const double> values, std::span<const std::vector<double>> a,
                                   std::span<const std::vector<double>> b) {
  std::vector<BreakEven> found;
  for (size_t i = 1; i < std::min({values.size(), a.size(), b.size()}); ++i) {
    const Difference low = paired_difference(a[i - 1], b[i - 1]), high = paired_difference(a[i], b[i]);
    const bool crosses = (low.mean < 0 && high.mean > 0) || (low.mean > 0 && high.mean < 0) ||
                         (low.mean == 0 && high.mean != 0 && i == 1) || (high.mean == 0 && low.mean != 0);
    if (!crosses) continue;
    found.push_back({.at = values[i - 1] + (values[i] - values[i - 1]) * low.mean / (low.mean - high.mean),
                     .below = values[i - 1],
                     .above = values[i],
                     .below_difference = low,
                     .above_difference = high,
                     .sure = low.n > 1 && high.n > 1 && !low.interval.includes(0) && !high.interval.includes(0)});
  }
  return found;
}

StudyResult<std::vector<Cell>> cells_of(const StudyReader& study, Measure m) {
  std::vector<Cell> cells;
  const std::vector<StoredAxis>& axes = study.facts().axes;
  const auto read = study.each_run([&](const RunRow& row) {
    if (cells.empty() || cells.back().point != row.point) {
      cells.push_back({.point = row.point, .at = {}, .outcome = {}});
      for (const StoredAxis& axis : axes) cells.back().at.push_back(row.values[axis.factor]);
    }
    cells.back().outcome.push_back(row[m]);
  });
  if (!read) return std::unexpected{read.error()};
  return cells;
}

}  // namespace landex::simulator
