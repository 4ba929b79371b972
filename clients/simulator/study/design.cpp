#include "clients/simulator/study/design.hpp"

#include <algorithm>
#include <bit>
#include <boost/random/sobol.hpp>
#include <cassert>
#include <cmath>
#include <numeric>
#include <optional>

#include "clients/simulator/draw/stream.hpp"

namespace landex::simulator {
namespace {

// Agents of Purpose::design, so that no two draws share a stream. Part of what a seed means: never renumbered.
constexpr uint64_t kUncertainty = 1;  // + factor
constexpr uint64_t kStratumKey = 1'000'000;
constexpr uint64_t kWithinStratum = 2'000'000;
constexpr uint64_t kShift = 3'000'000;
constexpr uint64_t kTrajectory = 4'000'000;

constexpr double kBelowOne = 1 - 0x1p-53;

Stream stream(const Design& d, uint64_t run, uint64_t agent) {
  return Stream{{.seed = d.seed, .run = run, .agent = agent, .purpose = Purpose::design}};
}

/// A permutation of 0 … n − 1 that is computed place by place. Balanced Feistel network of 10 rounds over the least
/// even number of bits that holds n; what falls on n or above is sent round again.
class Permutation {
 public:
  Permutation(Stream keys, uint64_t n) : n_{n} {
    half_ = std::max(1U, static_cast<unsigned>(std::bit_width(n - 1) + 1) / 2);
    mask_ = (uint64_t{1} << half_) - 1;
    for (uint64_t& k : keys_) k = keys.bits();
  }
  uint64_t operator()(uint64_t i) const {
    do {
      i = once(i);
    } while (i >= n_);
    return i;
  }

 private:
  static uint64_t mix(uint64_t x) {  // SplitMix64's finaliser
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
  }
  uint64_t once(uint64_t i) const {
    uint64_t left = i >> half_, right = i & mask_;
    for (const uint64_t key : keys_) {
      const uint64_t next = left ^ (mix(right + key) & mask_);
      left = right;
      right = next;
    }
    return left << half_ | right;
  }

  uint64_t n_;
  unsigned half_;
  uint64_t mask_;
  std::array<uint64_t, 10> keys_;
};

std::vector<double> latin_point(const Design& d, uint64_t i) {
  std::vector<double> u(d.axes.size());
  for (size_t j = 0; j < u.size(); ++j) {
    const uint64_t stratum = Permutation{stream(d, 0, kStratumKey + j), d.n}(i);
    const double within = stream(d, i, kWithinStratum + j).unit();
    const double n = static_cast<double>(d.n);
    u[j] = std::min((static_cast<double>(stratum) + within) / n,
                    std::nextafter((static_cast<double>(stratum) + 1) / n, 0.0));
  }
  return u;
}

/// Point `step` of a trajectory: k + 1 points, each one axis away from the one before, by levels / 2 steps of the grid.
std::vector<double> morris_point(const Design& d, uint64_t trajectory, uint64_t step) {
  const size_t k = d.axes.size();
  const uint64_t jump = d.levels / 2;
  Stream s = stream(d, trajectory, kTrajectory);
  std::vector<uint64_t> level(k);
  std::vector<bool> up(k);
  for (size_t j = 0; j < k; ++j) {
    up[j] = s.below(2) == 1;
    level[j] = s.below(d.levels - jump) + (up[j] ? 0 : jump);
  }
  std::vector<size_t> order(k);
  std::iota(order.begin(), order.end(), size_t{0});
  for (size_t j = k; j > 1; --j) std::swap(order[j - 1], order[s.below(j)]);
  for (uint64_t moved = 0; moved < step; ++moved) {
    const size_t j = order[moved];
    level[j] = up[j] ? level[j] + jump : level[j] - jump;
  }
  std::vector<double> u(k);
  for (size_t j = 0; j < k; ++j)
    u[j] = std::min(static_cast<double>(level[j]) / static_cast<double>(d.levels - 1), kBelowOne);
  return u;
}

/// Sample `i` of a shifted Sobol sequence of `dimension` dimensions. Boost's leaves out the first point, the zeros; a
/// net of 2^m points has it.
const std::vector<double>& sobol_sample(uint64_t seed, size_t dimension, uint64_t i) {
  using Engine = boost::random::sobol_engine<uint64_t, 64>;
  struct Kept {
    uint64_t seed, i;
    std::optional<Engine> engine;
    std::vector<uint64_t> shift;
    std::vector<double> sample;
  };
  thread_local Kept kept;
  if (!kept.engine || kept.engine->dimension() != dimension || kept.seed != seed) {
    kept = {.seed = seed, .i = ~uint64_t{0}, .engine = Engine{dimension}, .shift = {}, .sample = {}};
    for (size_t j = 0; j < dimension; ++j)
      kept.shift.push_back(Stream{{.seed = seed, .run = 0, .agent = kShift + j, .purpose = Purpose::design}}.bits());
    kept.sample.resize(dimension);
  }
  if (kept.i == i) return kept.sample;
  if (i > 0) kept.engine->seed(i - 1);
  for (size_t j = 0; j < dimension; ++j) {
    const uint64_t bits = (i > 0 ? (*kept.engine)() : 0) ^ kept.shift[j];
    kept.sample[j] = static_cast<double>(bits >> 11) * 0x1p-53;
  }
  kept.i = i;
  return kept.sample;
}

std::vector<double> sobol_point(const Design& d, uint64_t i) {
  const size_t k = d.axes.size();
  const uint64_t which = i % (k + 2);
  const std::vector<double>& ab = sobol_sample(d.seed, 2 * k, i / (k + 2));
  const auto b = ab.begin() + static_cast<std::ptrdiff_t>(k);
  if (which == k + 1) return {b, ab.end()};
  std::vector<double> u{ab.begin(), b};
  if (which > 0) u[which - 1] = ab[k + which - 1];
  return u;
}

/// The run number that names the streams of a run.
uint64_t seed_of(const Design& d, uint64_t run, uint64_t point, uint64_t r) {
  const uint64_t k = d.axes.size();
  switch (d.kind) {
    case DesignKind::replicates:
    case DesignKind::latin_hypercube:
      return run;
    case DesignKind::cross:
      return r;
    case DesignKind::morris:
      return point / (k + 1) * d.replicates + r;
    case DesignKind::sobol:
      return (2 * (point / (k + 2)) + (point % (k + 2) == k + 1 ? 1 : 0)) * d.replicates + r;
  }
  return run;
}

double fitted(Factor f, double value) {
  const FactorFacts& facts = facts_of(f);
  return facts.whole ? std::clamp(std::floor(value + 0.5), facts.low, facts.high) : value;
}

}  // namespace

uint64_t Design::points() const {
  const uint64_t k = axes.size();
  switch (kind) {
    case DesignKind::replicates:
      return 1;
    case DesignKind::cross: {
      uint64_t cells = 1;
      for (const Axis& a : axes) cells *= cross_values(a).size();
      return cells;
    }
    case DesignKind::latin_hypercube:
      return n;
    case DesignKind::morris:
      return n * (k + 1);
    case DesignKind::sobol:
      return n * (k + 2);
  }
  return 0;
}

uint64_t Design::runs() const { return points() * (kind == DesignKind::replicates ? n : replicates); }

std::vector<double> cross_values(const Axis& axis) {
  if (const auto* c = std::get_if<Choice>(&axis.spread)) return c->of;
  return {middle(axis.spread)};
}

std::vector<double> unit_point(const Design& d, uint64_t i) {
  switch (d.kind) {
    case DesignKind::replicates:
    case DesignKind::cross:
      return {};
    case DesignKind::latin_hypercube:
      return latin_point(d, i);
    case DesignKind::morris:
      return morris_point(d, i / (d.axes.size() + 1), i % (d.axes.size() + 1));
    case DesignKind::sobol:
      return sobol_point(d, i);
  }
  return {};
}

RunPlan plan_of(const Scenario& scenario, const Design& d, uint64_t run) {
  const uint64_t replicates = d.kind == DesignKind::replicates ? d.n : d.replicates;
  const uint64_t point = run / replicates;
  RunPlan plan{.run = run, .point = point, .replicate = seed_of(d, run, point, run % replicates), .values = {}};
  for (size_t i = 0; i < kFactors; ++i) {
    const auto f = static_cast<Factor>(i);
    const Setting& s = scenario[f];
    const double value = s.part == Part::uncertainty
                             ? quantile(s.value, stream(d, plan.replicate, kUncertainty + i).unit())
                             : middle(s.value);
    plan.values[f] = fitted(f, value);
  }
  if (d.kind == DesignKind::cross) {
    uint64_t rest = point;
    for (size_t j = d.axes.size(); j-- > 0;) {
      const std::vector<double> of = cross_values(d.axes[j]);
      plan.values[d.axes[j].factor] = fitted(d.axes[j].factor, of[rest % of.size()]);
      rest /= of.size();
    }
    return plan;
  }
  const std::vector<double> u = unit_point(d, point);
  for (size_t j = 0; j < u.size(); ++j)
    plan.values[d.axes[j].factor] = fitted(d.axes[j].factor, quantile(d.axes[j].spread, u[j]));
  return plan;
}

}  // namespace landex::simulator
