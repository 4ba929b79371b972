// V10 of simulation.md, and worked numbers for every statistic that a report prints.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>

#include "clients/simulator/draw/stream.hpp"
#include "clients/simulator/study/sensitivity.hpp"

namespace landex::simulator {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Design design(DesignKind kind, uint64_t n, size_t k, uint64_t seed = 1) {
  Design d{.kind = kind, .n = n, .replicates = 1, .levels = 4, .axes = {}, .seed = seed};
  for (size_t j = 0; j < k; ++j) d.axes.push_back({.factor = static_cast<Factor>(j), .spread = Uniform{0, 1}});
  return d;
}

/// Ishigami and Homma 1990, a = 7, b = .1, each factor uniform in −π … π: the usual test of such indices.
double ishigami(const std::vector<double>& u) {
  const auto x = [&](size_t j) { return std::numbers::pi * (2 * u[j] - 1); };
  return std::sin(x(0)) + 7 * std::sin(x(1)) * std::sin(x(1)) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}
std::vector<double> play(const Design& d, double (*f)(const std::vector<double>&)) {
  std::vector<double> y;
  for (uint64_t i = 0; i < d.points(); ++i) y.push_back(f(unit_point(d, i)));
  return y;
}

// Exact: V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2 = 13.845, V1 = (1 + bπ⁴/5)²/2 = 4.346, V2 = a²/8 = 6.125,
// V13 = 8b²π⁸/225 = 3.374. So S1 = .3139, .4424, 0 and ST = .5576, .4424, .2437. SALib at the same N: .314 .444 −.0002
// and .557 .442 .244.
TEST(Sobol, IshigamiAtN8192IsWithinTwoHundredths) {
  constexpr double first[] = {0.3139, 0.4424, 0}, total[] = {0.5576, 0.4424, 0.2437};
  for (const uint64_t seed : {1, 2, 3}) {
    const Design d = design(DesignKind::sobol, 8192, 3, seed);
    ASSERT_EQ(d.runs(), 8192U * 5);
    const SobolResult r = sobol_indices(play(d, ishigami), 3, seed, 200);
    ASSERT_EQ(r.indices.size(), 3U);
    EXPECT_NEAR(r.variance, 13.845, 0.15);
    EXPECT_NEAR(r.mean, 3.5, 0.02);
    for (size_t j = 0; j < 3; ++j) {
      EXPECT_NEAR(r.indices[j].first, first[j], 0.02) << "seed " << seed << " axis " << j;
      EXPECT_NEAR(r.indices[j].total, total[j], 0.02) << "seed " << seed << " axis " << j;
      EXPECT_TRUE(r.indices[j].first_interval.includes(first[j]));
      EXPECT_TRUE(r.indices[j].total_interval.includes(total[j]));
    }
    EXPECT_TRUE(r.indices[2].first_includes_zero);  // x3 acts with x1 alone
    EXPECT_FALSE(r.indices[2].total_includes_zero);
    EXPECT_FALSE(r.indices[0].first_includes_zero);
    EXPECT_FALSE(r.too_few);
  }
}

TEST(Sobol, TooFewSamplesAreSaidToBeTooFewAndAFactorThatDoesNothingIsFlagged) {
  const Design d = design(DesignKind::sobol, 16, 2);
  const SobolResult r = sobol_indices(play(d, [](const std::vector<double>& u) { return u[0]; }), 2, 1);
  EXPECT_TRUE(r.indices[1].first_includes_zero);
  EXPECT_TRUE(r.indices[1].total_includes_zero);
  EXPECT_EQ(r.indices[1].total, 0);
  EXPECT_TRUE(sobol_indices(play(design(DesignKind::sobol, 16, 3), ishigami), 3, 1).too_few);
  EXPECT_TRUE(sobol_indices({}, 3, 1).indices.empty());
  EXPECT_TRUE(sobol_indices(std::vector<double>(40, 5.0), 3, 1).indices.empty()) << "no variance, no shares of it";
}

TEST(Sobol, ASampleWithARunThatKnowsNothingIsLeftOutWholeAndCounted) {
  const Design d = design(DesignKind::sobol, 4096, 3);
  std::vector<double> y = play(d, ishigami);
  y[7] = kNaN;  // the second sample
  const SobolResult r = sobol_indices(y, 3, 1, 50);
  EXPECT_EQ(r.n, 4095U);
  EXPECT_EQ(r.left_out, 1U);
  EXPECT_NEAR(r.indices[0].first, 0.3139, 0.03);
}

// Chance that no axis names: y = u1 + e, Var u1 = Var e = 1/12, e drawn by the run's seed. A and AB share it, B has its
// own: then S1 of u1 is .5 and ST is .5, as if e were a factor more.
TEST(Sobol, ChanceThatIsNoAxisCountsAsAFactorMore) {
  const Design d = design(DesignKind::sobol, 8192, 2);
  std::vector<double> y;
  for (uint64_t run = 0; run < d.runs(); ++run) {
    const uint64_t sample = run / 4, seed = 2 * sample + (run % 4 == 3 ? 1 : 0);
    y.push_back(unit_point(d, run)[0] + Stream{{.seed = 9, .run = seed, .agent = 1, .purpose = Purpose::plan}}.unit());
  }
  const SobolResult r = sobol_indices(y, 2, 1, 50);
  EXPECT_NEAR(r.indices[0].first, 0.5, 0.03);
  EXPECT_NEAR(r.indices[0].total, 0.5, 0.03);
  EXPECT_EQ(r.indices[1].total, 0);
}

// On four levels x is −π, −π/3, π/3, π, so sin is 0, −√3/2, √3/2, 0, and a step is two levels, 2/3 of the range:
//   x1: 1.5 · √3/2 · (1 + .1 x3⁴), x3⁴ = 1.2026 or 97.409, each half the time: 1.455 or 13.953: μ* 7.704, σ 6.249
//   x2: ±7 · .75 · 1.5 = ±7.875, always: μ* 7.875, σ 7.88
//   x3: ±1.5 · .1 · (π⁴ − (π/3)⁴) · sin x1 = ±12.497 half the time, else 0: μ* 6.249, σ 8.837
// SALib's own 1 000 trajectories: μ* 7.53 7.88 5.96, σ 6.25 7.88 8.64. A mean of 1 000 effects is good to 6.25/√1000 =
// .2: tolerance .6, three of those, against the exact numbers, and .8 against a sample that is no surer than ours; x2
// is exact but for the sign.
TEST(Morris, IshigamiOverAThousandTrajectoriesIsAsPublished) {
  const Design d = design(DesignKind::morris, 1000, 3);
  ASSERT_EQ(d.runs(), 4000U);
  const MorrisResult r = morris_effects(play(d, ishigami), d, 200);
  ASSERT_EQ(r.trajectories, 1000U);
  constexpr double mu_star[] = {7.704, 7.875, 6.249}, sigma[] = {6.249, 7.875, 8.837};
  constexpr double published_mu_star[] = {7.53, 7.88, 5.96}, published_sigma[] = {6.25, 7.88, 8.64};
  for (size_t j = 0; j < 3; ++j) {
    EXPECT_NEAR(r.indices[j].mu_star, mu_star[j], j == 1 ? 0.001 : 0.6) << j;
    EXPECT_NEAR(r.indices[j].sigma, sigma[j], j == 1 ? 0.05 : 0.6) << j;
    EXPECT_NEAR(r.indices[j].mu_star, published_mu_star[j], j == 1 ? 0.01 : 0.8) << j;
    EXPECT_NEAR(r.indices[j].sigma, published_sigma[j], j == 1 ? 0.05 : 0.8) << j;
    EXPECT_LE(r.indices[j].mu_star_interval.low, r.indices[j].mu_star + 1e-9);
    EXPECT_GE(r.indices[j].mu_star_interval.high, r.indices[j].mu_star - 1e-9);
  }
}

TEST(Morris, EveryStepMovesOneAxisByHalfTheLevelsAndATrajectoryMovesEach) {
  const Design d = design(DesignKind::morris, 50, 5);
  for (uint64_t t = 0; t < 50; ++t) {
    std::set<size_t> moved;
    for (uint64_t step = 0; step < 5; ++step) {
      const auto a = unit_point(d, t * 6 + step), b = unit_point(d, t * 6 + step + 1);
      size_t changes = 0;
      for (size_t j = 0; j < 5; ++j) {
        EXPECT_LT(a[j], 1);
        if (a[j] == b[j]) continue;
        ++changes;
        moved.insert(j);
        EXPECT_NEAR(std::abs(a[j] - b[j]), 2.0 / 3, 1e-12);
      }
      EXPECT_EQ(changes, 1U);
    }
    EXPECT_EQ(moved.size(), 5U);
  }
}

TEST(LatinHypercube, EveryStratumOfEveryFactorHasExactlyOnePoint) {
  for (const uint64_t n : {1U, 2U, 3U, 7U, 10U, 64U, 1000U, 4097U}) {
    const Design d = design(DesignKind::latin_hypercube, n, 4, n);
    std::vector<std::vector<int>> hits(4, std::vector<int>(n, 0));
    for (uint64_t i = 0; i < n; ++i) {
      const auto u = unit_point(d, i);
      for (size_t j = 0; j < 4; ++j) {
        ASSERT_GE(u[j], 0);
        ASSERT_LT(u[j], 1);
        ++hits[j][static_cast<size_t>(u[j] * static_cast<double>(n))];
      }
    }
    for (const auto& axis : hits)
      EXPECT_TRUE(std::ranges::all_of(axis, [](int h) { return h == 1; })) << n << " points";
  }
}

TEST(LatinHypercube, AxesAreDealtApart) {
  const uint64_t n = 1000;
  const Design d = design(DesignKind::latin_hypercube, n, 3);
  double xy = 0;
  for (uint64_t i = 0; i < n; ++i) {
    const auto u = unit_point(d, i);
    xy += (u[0] - 0.5) * (u[1] - 0.5);
  }
  EXPECT_LT(std::abs(12 * xy / static_cast<double>(n)), 4 / std::sqrt(static_cast<double>(n)));
}

TEST(SobolSequence, APowerOfTwoOfPointsFillsEveryDyadicStratumOnceInAnyOrderOfAsking) {
  const Design d = design(DesignKind::sobol, 256, 3);
  std::vector<std::vector<int>> hits(6, std::vector<int>(256, 0));
  for (uint64_t s = 256; s-- > 0;) {  // backwards
    const auto a = unit_point(d, s * 5), b = unit_point(d, s * 5 + 4);
    for (size_t j = 0; j < 3; ++j) {
      ++hits[j][static_cast<size_t>(a[j] * 256)];
      ++hits[3 + j][static_cast<size_t>(b[j] * 256)];
      auto ab = a;
      ab[j] = b[j];
      EXPECT_EQ(unit_point(d, s * 5 + 1 + j), ab);
    }
  }
  for (const auto& axis : hits) EXPECT_TRUE(std::ranges::all_of(axis, [](int h) { return h == 1; }));
  EXPECT_NE(unit_point(d, 0), unit_point(design(DesignKind::sobol, 256, 3, 2), 0)) << "another seed, another shift";
}

// 1 2 3 4 and a run that knows nothing: mean 2.5, sd √(5/3) = 1.2910, t(3; .975) = 3.1824, so ± 2.0542. Type 7: the 10
// % quantile lies at .1 · 3 = .3 behind the first: 1.3.
TEST(Statistics, ASummaryByHand) {
  const Summary s = summary_of(std::vector<double>{4, 1, kNaN, 3, 2});
  EXPECT_EQ(s.n, 4U);
  EXPECT_EQ(s.unknown, 1U);
  EXPECT_DOUBLE_EQ(s.mean, 2.5);
  EXPECT_NEAR(s.sd, 1.29099, 1e-5);
  EXPECT_NEAR(s.interval.low, 2.5 - 2.0542, 1e-3);
  EXPECT_NEAR(s.interval.high, 2.5 + 2.0542, 1e-3);
  EXPECT_DOUBLE_EQ(s.p10, 1.3);
  EXPECT_DOUBLE_EQ(s.p50, 2.5);
  EXPECT_DOUBLE_EQ(s.p90, 3.7);
  EXPECT_TRUE(std::isnan(summary_of({}).mean));
  EXPECT_TRUE(std::isnan(summary_of(std::vector<double>{1}).interval.low));
}

// Cell a: 10 12 14 16, cell b: 11 13.5 14.5 17. Differences 1 1.5 .5 1: mean 1, sd .40825, ± 3.1824 · .20412 = .6496.
// Unpaired: variances 6.6667 and 6.1667, over 4: 3.2083; paired .04167; ratio .01299.
TEST(Statistics, PairingByReplicateKeepsWhatTheSeedsHaveInCommonOutOfTheInterval) {
  const std::vector<double> a{10, 12, 14, 16}, b{11, 13.5, 14.5, 17};
  const Difference d = paired_difference(a, b);
  EXPECT_EQ(d.n, 4U);
  EXPECT_DOUBLE_EQ(d.mean, 1);
  EXPECT_NEAR(d.sd, 0.40825, 1e-5);
  EXPECT_NEAR(d.interval.low, 0.3504, 1e-4);
  EXPECT_NEAR(d.interval.high, 1.6496, 1e-4);
  EXPECT_NEAR(d.variance_ratio, 0.04166667 / 3.2083333, 1e-6);
  EXPECT_TRUE(d.unpaired.includes(0)) << "without common seeds the same four runs would show nothing";
  EXPECT_FALSE(d.interval.includes(0));
  const Difference gap = paired_difference(std::vector<double>{1, kNaN, 3}, std::vector<double>{2, 2, kNaN, 9});
  EXPECT_EQ(gap.n, 1U);
  EXPECT_EQ(gap.unknown, 2U);
}

// Wilson 1927: 8 of 10 at 95 %: .4902 … .9433 (the interval of Brown, Cai, DasGupta 2001).
TEST(Statistics, VariancesWhoseSquaresVanishStillHaveAnInterval) {
  const std::vector<double> a{0, 0, 0}, b{1e-100, 2e-100, 3e-100};  // variances of 0 and 1e-200
  const Difference d = paired_difference(a, b);
  EXPECT_NEAR(d.variance_ratio, 1, 1e-9);
  EXPECT_NEAR((d.unpaired.high - d.unpaired.low) / (d.interval.high - d.interval.low), 1, 1e-9);
}

TEST(Statistics, AProbabilityHasWilsonsInterval) {
  const Probability p = probability(8, 10);
  EXPECT_DOUBLE_EQ(p.share, 0.8);
  EXPECT_NEAR(p.interval.low, 0.4902, 1e-4);
  EXPECT_NEAR(p.interval.high, 0.9433, 1e-4);
  EXPECT_EQ(probability(0, 50).interval.low, 0);
  EXPECT_NEAR(probability(0, 50).interval.high, 0.0713, 1e-4);
  EXPECT_EQ(probability(50, 50).interval.high, 1);
  EXPECT_TRUE(std::isnan(probability(0, 0).share));
}

TEST(Statistics, TheMeanSettlesAndTheLastOfItsPathIsAll) {
  std::vector<double> x(1000);
  for (size_t i = 0; i < x.size(); ++i) x[i] = i % 2 == 0 ? 1 : 3;
  const auto path = convergence(x, 20);
  EXPECT_EQ(path.front().n, 1U);
  EXPECT_EQ(path.back().n, 1000U);
  EXPECT_DOUBLE_EQ(path.back().mean, 2);
  EXPECT_LE(path.size(), 22U);
  EXPECT_LT(path.back().interval.high - path.back().interval.low, 0.13);
  EXPECT_TRUE(std::ranges::is_sorted(path, {}, &MeanAt::n));
  EXPECT_TRUE(convergence({}).empty());
}

// y = 3 + 2x, but the seeds lift a whole replicate by 0, 10, 20: one line through all has a wide interval, the lines of
// the replicates are the same line.
TEST(Slopes, PassThroughOfACrossCancelsTheSeeds) {
  std::vector<double> x, y;
  std::vector<uint64_t> replicate;
  for (const double at : {1.0, 2.0, 4.0})
    for (uint64_t r = 0; r < 3; ++r) {
      x.push_back(at);
      y.push_back(3 + 2 * at + 10 * static_cast<double>(r) + (r == 1 ? 0.1 * at : 0));
      replicate.push_back(r);
    }
  const Slope all = slope_of(x, y);
  EXPECT_NEAR(all.slope, 2 + 0.1 / 3, 1e-9);
  EXPECT_TRUE(all.interval.includes(0)) << "the seeds drown it";
  const Slope paired = slope_of_replicates(x, y, replicate);
  EXPECT_NEAR(paired.slope, 2 + 0.1 / 3, 1e-9);  // slopes 2, 2.1, 2: sd .0577, t(2) = 4.3027, ± .1434
  EXPECT_NEAR(paired.interval.low, 2.0333 - 0.1434, 1e-3);
  EXPECT_FALSE(paired.interval.includes(0));
  EXPECT_TRUE(std::isnan(slope_of(std::vector<double>{1, 1}, std::vector<double>{1, 2}).slope));
}

TEST(Slopes, BreakEvenIsWhereTheDifferenceChangesSignAndSaysWhatItRestsOn) {
  const std::vector<double> values{0.1, 0.2, 0.3};
  const std::vector<std::vector<double>> a{{10, 11, 12}, {10, 11, 12}, {10, 11, 12}};
  const std::vector<std::vector<double>> b{{8, 9.1, 9.9}, {9, 10.1, 10.9}, {12, 13.1, 13.9}};  // −2, −1, +2
  const auto found = break_evens(values, a, b);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(found[0].at, 0.2 + 0.1 / 3, 1e-9);
  EXPECT_EQ(found[0].below, 0.2);
  EXPECT_EQ(found[0].above, 0.3);
  EXPECT_TRUE(found[0].sure);
  EXPECT_NEAR(found[0].below_difference.mean, -1, 1e-9);
}

TEST(Tornado, LongestBarFirstFromTheLowestAndHighestFifth) {
  const Design d = design(DesignKind::latin_hypercube, 500, 3);
  std::vector<std::vector<double>> columns(3);
  std::vector<double> y;
  for (uint64_t i = 0; i < 500; ++i) {
    const auto u = unit_point(d, i);
    columns[0].push_back(u[0]);
    columns[1].push_back(u[1]);
    columns[2].push_back(7);
    y.push_back(u[0] + 10 * u[1]);
  }
  const std::vector<Factor> factors{Factor::pool_share, Factor::floor, Factor::margin};
  const auto bars = tornado(factors, columns, y);
  ASSERT_EQ(bars.size(), 2U) << "a factor that does not move has no bar";
  EXPECT_EQ(bars[0].factor, Factor::floor);
  EXPECT_NEAR(bars[0].swing(), 8, 0.3);  // 10 · (.9 − .1)
  EXPECT_NEAR(bars[0].low_at, 0.1, 0.01);
}

TEST(PointMeans, TheReplicatesOfAPointAreOneNumber) {
  EXPECT_EQ(point_means(std::vector<double>{1, 3, 5, kNaN, 9}, 2), (std::vector<double>{2, 5}));
}

}  // namespace
}  // namespace landex::simulator
