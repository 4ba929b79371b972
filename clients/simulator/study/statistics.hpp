// statistics.hpp: what a column of runs says, and how sure it is. A NaN is a run that cannot know the number: left out,
// and counted as such. Every function is pure; what needs too few numbers (no variance of one) is NaN.
// Student's t, normal and quantile functions are Boost.Math's.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace landex::simulator {

struct Interval {
  double low, high;
  bool includes(double x) const { return low <= x && x <= high; }
};

/// Mean and variance number by number (Welford), so that a column need not be held.
class Moments {
 public:
  void add(double x);  // NaN is counted apart
  uint64_t n() const { return n_; }
  uint64_t unknown() const { return unknown_; }
  double mean() const;      // NaN when n is 0
  double variance() const;  // of a sample (n − 1); NaN below 2
  double sd() const;
  double standard_error() const;
  /// Of the mean, by Student's t with n − 1 degrees of freedom. NaN, NaN below 2.
  Interval interval(double level = 0.95) const;

 private:
  uint64_t n_ = 0, unknown_ = 0;
  double mean_ = 0, squares_ = 0;
};

/// Type 7 of Hyndman and Fan 1996 (R's and NumPy's default): between order statistics, linear; 0 ≤ p ≤ 1. `sorted`
/// rises and has no NaN. NaN of nothing.
double quantile_sorted(std::span<const double> sorted, double p);

struct Summary {
  uint64_t n = 0, unknown = 0;
  double mean, sd;
  Interval interval;  // of the mean, 95 %
  double least, p10, p50, p90, most;
};
Summary summary_of(std::span<const double> values);

/// How the mean of the first 1, 2, 4 … n runs settles, with its interval: about `points` of them, the last is all.
struct MeanAt {
  uint64_t n;
  double mean;
  Interval interval;
};
std::vector<MeanAt> convergence(std::span<const double> values, size_t points = 40);

/// A share of runs, with Wilson's interval (1927).
struct Probability {
  uint64_t hits, n;
  double share;  // NaN when n is 0
  Interval interval;
};
Probability probability(uint64_t hits, uint64_t n, double level = 0.95);

/// b − a, run by run of the same replicate: what common random numbers are for.
struct Difference {
  uint64_t n = 0, unknown = 0;  // pairs; pairs with a NaN
  double mean, sd;
  Interval interval;      // of the mean difference, 95 %, by the pairs
  Interval unpaired;      // the same by Welch, as if the seeds were not common
  double variance_ratio;  // of the mean difference: paired / unpaired; the smaller, the more the pairing saved
};
/// The columns of two studies or cells, by replicate; the longer is cut to the shorter.
Difference paired_difference(std::span<const double> a, std::span<const double> b);

}  // namespace landex::simulator
