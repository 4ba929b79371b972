// sensitivity.hpp: which factor moves an outcome, by how much, and how sure that is.
//   Sobol       first order S1 by Saltelli 2010 (B·(AB − A)), total ST by Jansen 1999, intervals by bootstrap
//   Morris      elementary effects over trajectories: μ, μ* (Campolongo 2007) and σ, in the unit of the outcome per
//               whole range of the factor
//   tornado     the outcome at a low and a high of each factor, others as they fall
//   slope       least squares of an outcome on one factor: pass-through of a floor or a pool share
//   break-even  where the difference of two cells changes its sign
// All from columns in the order of runs (StudyReader::column); pure, bootstrap seeded. A point's outcome is the mean of
// its replicates. A point with a NaN is left out with its whole sample or trajectory, and counted.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "clients/simulator/study/design.hpp"
#include "clients/simulator/study/statistics.hpp"
#include "clients/simulator/study/store.hpp"

namespace landex::simulator {

/// The outcome of each point: its replicates' mean (of those that are known; NaN when none is). Cut to whole points.
std::vector<double> point_means(std::span<const double> values, uint64_t replicates);

struct SobolIndex {
  double first, total;
  Interval first_interval, total_interval;        // 95 %, bootstrap over base samples
  bool first_includes_zero, total_includes_zero;  // then it may be nothing
};
struct SobolResult {
  uint64_t n = 0, left_out = 0;  // base samples used; with a NaN
  double mean = 0, variance = 0;
  bool too_few = false;             // an interval is wider than 0.2: say so beside the numbers
  std::vector<SobolIndex> indices;  // by axis; empty: no variance or fewer than 2 base samples
};
/// `points`: by point, in the design's order; whole base samples are used. k axes.
SobolResult sobol_indices(std::span<const double> points, size_t k, uint64_t seed, uint32_t resamples = 500);

struct MorrisIndex {
  double mu, mu_star, sigma;
  Interval mu_star_interval;  // 95 %, bootstrap over trajectories
};
struct MorrisResult {
  uint64_t trajectories = 0, left_out = 0;
  std::vector<MorrisIndex> indices;  // by axis
};
/// `points` by point; the design says what was moved when. Its axes' spreads are not looked at.
MorrisResult morris_effects(std::span<const double> points, const Design& design, uint32_t resamples = 500);

/// The outcome where a factor is low and where it is high.
struct TornadoBar {
  Factor factor;
  double low_at, high_at;  // the factor's 10 % and 90 %
  double low, high;        // the outcome's mean there
  double swing() const { return high < low ? low - high : high - low; }
};
/// From any design that moves factors freely (replicates, latin_hypercube, sobol): means over the runs whose factor
/// lies in its lowest and its highest fifth (so about its 10 % and 90 %). Longest bar first. Factors that do not move
/// are not there; `columns[i]` is the factor `factors[i]` by run.
std::vector<TornadoBar> tornado(std::span<const Factor> factors, std::span<const std::vector<double>> columns,
                                std::span<const double> outcome);

/// outcome = at_zero + slope · factor, by least squares.
struct Slope {
  uint64_t n = 0;
  double slope, at_zero, r2;
  Interval interval;  // of the slope, 95 %, Student's t with n − 2 degrees of freedom; see `of_replicates`
};
Slope slope_of(std::span<const double> factor, std::span<const double> outcome);
/// The same where every replicate met every value of the factor (a cross): one slope for each replicate, and the
/// interval of their mean; common seeds cancel. `replicate` by run.
Slope slope_of_replicates(std::span<const double> factor, std::span<const double> outcome,
                          std::span<const uint64_t> replicate);

/// Where the mean difference changes sign between two neighbouring values of a factor.
struct BreakEven {
  double at;            // by straight line between the two
  double below, above;  // the values that it rests on
  Difference below_difference, above_difference;
  bool sure;  // neither interval includes 0; otherwise the crossing may be noise
};
/// `a` and `b` by value of the factor, each with its replicates; `values` rises.
std::vector<BreakEven> break_evens(std::span<const double> values, std::span<const std::vector<double>> a,
                                   std::span<const std::vector<double>> b);

/// The cells of a cross: runs of one point together.
struct Cell {
  uint64_t point;
  std::vector<double> at;       // by axis
  std::vector<double> outcome;  // by replicate
};
StudyResult<std::vector<Cell>> cells_of(const StudyReader& study, Measure m);

}  // namespace landex::simulator
