// period.hpp: one trading period of a published experiment, and the figures that papers print of it. A trade is told
// with what its unit was worth to the two, which the engine never knew. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace landex::simulator {

struct PeriodTrade {
  int64_t price, value, cost;  // ticks
  int64_t surplus() const { return value - cost; }
};

struct Period {
  std::vector<PeriodTrade> trades;  // in their order
  int64_t most_surplus = 0;         // of the schedule
  uint64_t turns = 0, quotes = 0;   // how often somebody was asked, and quoted

  int64_t surplus() const;
  /// Realised over most, 1 at best; may be negative where agents know no limit. None where nothing can be gained.
  std::optional<double> efficiency() const;
  /// Of the most surplus: what buyers got, and what sellers got.
  double buyers_share() const;
  double sellers_share() const;
  std::optional<double> mean_price() const;
  /// Smith's coefficient of convergence, in percent: 100 · σ0 / P0, σ0 the root mean square of prices about P0.
  std::optional<double> alpha(double p0) const;
};

/// Root mean square of price − p0 of the first trades of all periods, of the second …; as long as some period has
/// such a trade.
std::vector<double> rmsd_by_order(std::span<const Period> periods, double p0);
/// The least-squares slope of y against 0, 1, 2 … At least two.
double slope(std::span<const double> y);

/// Mean and standard deviation (of the sample) of a column.
struct MeanSpread {
  double mean = 0, sd = 0;
  uint64_t count = 0;
};
MeanSpread mean_spread(std::span<const double> x);

}  // namespace landex::simulator
