// distribution.hpp: how an uncertain number is spread. Everything is drawn by its quantile, so one uniform number gives
// one draw: that makes Latin hypercubes and Sobol points of any distribution, and pairs runs of two scenarios.
// Quantiles of the normal are Boost.Math's. Pure; a file's description of one is read in scenario/.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace landex::simulator {

struct Constant {
  double value;
  friend bool operator==(const Constant&, const Constant&) = default;
};
struct Uniform {
  double low, high;
  friend bool operator==(const Uniform&, const Uniform&) = default;
};
struct Triangular {
  double low, mode, high;
  friend bool operator==(const Triangular&, const Triangular&) = default;
};
/// Normal, cut at `low` and `high`: what is outside is left out, what is inside is likelier in the same proportion.
struct Normal {
  double mean, sd, low, high;
  friend bool operator==(const Normal&, const Normal&) = default;
};
/// exp of a normal: `median`, and `sigma` of the logarithm; cut at `low` and `high`.
struct LogNormal {
  double median, sigma, low, high;
  friend bool operator==(const LogNormal&, const LogNormal&) = default;
};
/// One of these, each as likely. In rising order, so that the quantile rises.
struct Choice {
  std::vector<double> of;
  friend bool operator==(const Choice&, const Choice&) = default;
};
using Distribution = std::variant<Constant, Uniform, Triangular, Normal, LogNormal, Choice>;

/// The value that a share `u` of all draws stays below; 0 ≤ u < 1. Rises with u, and stays within range_of(d).
double quantile(const Distribution& d, double u);
/// Lowest and highest that can come.
struct Range {
  double low, high;
};
Range range_of(const Distribution& d);
bool is_constant(const Distribution& d);
/// What stands for it where one number is wanted: the median; of an even number of choices the lower of the middle two.
double middle(const Distribution& d);
/// "uniform 0.8 … 1.2": the same words in files, tables and reports.
std::string words_of(const Distribution& d);
/// The same, read: "20", "uniform 0.8 … 1.2", "triangular 0.8 … 1 … 1.2", "normal mean 1 sd 0.2 in 0.5 … 1.5",
/// "lognormal median 20 sigma 0.1 in 15 … 30", "choice 1 | 2 | 4" (".." for "…" too). Nothing if it is none of these,
/// or no distribution by fault_of.
std::optional<Distribution> distribution_from(std::string_view words);

/// Why these numbers are no distribution, if they are none.
enum class DistributionFault {
  not_finite = 1,  // NaN or infinite
  crossed,         // low above high
  mode_outside,    // of a triangle
  no_spread,       // low = high, or a spread of 0 or less: say a constant
  not_positive,    // the median or a bound of a lognormal is not above 0
  far_away,        // the cut leaves nothing: both bounds are more than 6 standard deviations on one side
  not_rising,      // choices that are not in rising order, or one twice
  no_choice,       // fewer than two
};
std::optional<DistributionFault> fault_of(const Distribution& d);

}  // namespace landex::simulator
