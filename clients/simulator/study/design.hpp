// design.hpp: which points a study runs. A design is a function from the run's number to its point and its replicate,
// so it is never held in memory, can be cut into parts and taken up again anywhere.
//   replicates       every uncertainty drawn anew, levers as they are
//   cross            a grid of levers × replicates; the same replicates, so the same seeds, in every cell
//   latin_hypercube  n points, one in each of n strata of every factor
//   morris           r trajectories of k + 1 points on a grid of levels (Morris 1991)
//   sobol            Saltelli's A, B and AB: n · (k + 2) points of a Sobol sequence, first order and total
// The Sobol sequence is Boost.Random's (64 bits, its table of Joe and Kuo's kind), with a random digital shift for each
// seed and dimension, which keeps it a net (Owen 1995). The strata of a Latin hypercube are dealt by a permutation that
// is computed, not stored: a Feistel network, walked until it falls below n (Black and Rogaway 2002).
// Runs: the replicates of a point stand together, and points follow each other in the design's order: in a cross the
// last axis is fastest; a trajectory's points stand together; of a Sobol base sample first A, then AB of each axis,
// then B.
// Seeds, with R replicates, r the replicate: replicates r · cross r (common to all cells) · latin_hypercube the run's
// number · morris trajectory · R + r (common to its points) · sobol A and AB 2 · sample · R + r, B (2 · sample + 1) ·
// R + r: so chance is one more factor that A and B have each of its own, and first order and total stay exact.
// Uncertainties that are no axis are drawn by the same seed. Whole factors are rounded, halves up.
// Pure, any thread; a Sobol engine is kept per thread.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "clients/simulator/scenario/scenario.hpp"

namespace landex::simulator {

enum class DesignKind : uint8_t { replicates, cross, latin_hypercube, morris, sobol };
BOOST_DESCRIBE_ENUM(DesignKind, replicates, cross, latin_hypercube, morris, sobol)

/// A factor that a design moves, and between what: its distribution, or a lever's stated range or list.
struct Axis {
  Factor factor;
  Distribution spread;
};

struct Design {
  DesignKind kind = DesignKind::replicates;
  uint64_t n = 1;           // replicates; points; trajectories; Sobol's base sample
  uint64_t replicates = 1;  // of each point (with replicates: the same as n)
  uint32_t levels = 4;      // Morris: even
  std::vector<Axis> axes;
  uint64_t seed = 0;  // of the design itself and of its runs

  uint64_t points() const;
  uint64_t runs() const;
};

struct RunPlan {
  uint64_t run;        // 0 … runs() − 1
  uint64_t point;      // which point
  uint64_t replicate;  // which seed: the run number in StreamName
  Point values;
};
RunPlan plan_of(const Scenario& scenario, const Design& design, uint64_t run);

/// The values that a cross visits on an axis: a list, or the one constant.
std::vector<double> cross_values(const Axis& axis);

/// The same, of the unit cube: k coordinates in [0, 1) for point `i`; for tests and for functions that are no market.
/// Of latin_hypercube, morris and sobol; the others have no cube, and no coordinates.
std::vector<double> unit_point(const Design& design, uint64_t i);

}  // namespace landex::simulator
