// naive_allocation.hpp: the judge of the pool's allocation, for a few requests and lots of a few units: it tries all
// there is. It knows nothing of nested grades, ratios to bisect or networks; written from the aims that
// exchange/allocation/propose.hpp states, for one component.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "clearing/allocation_case.hpp"

namespace landex::naive {

using Amounts = std::vector<int64_t>;

/// Numbers got/need, compared as fractions; sorted, the lowest first.
struct Ratio {
  int64_t got, need;
  friend bool operator==(const Ratio& a, const Ratio& b) { return a.got * b.need == b.got * a.need; }
  friend bool operator<(const Ratio& a, const Ratio& b) { return a.got * b.need < b.got * a.need; }
};
using Ratios = std::vector<Ratio>;

class Allocation {
 public:
  Allocation(const clearing::AllocationCase& asked, Instrument component);

  /// Aims 1 and 2, by trying every vector of grants: the best list of sorted ratios of each class, in order of classes.
  std::vector<Ratios> best_ratios() const;
  std::vector<Ratios> ratios_of(const Amounts& granted) const;
  /// The same aims by the rule of one unit at a time: who gets how much, by the order of the case's requests.
  Amounts unit_by_unit() const;

  /// Aims 3 and 4 and the order of filings, by trying every draw from the lots: how much comes from each lot, by the
  /// order of the case's lots.
  Amounts best_draws(const Amounts& granted) const;

  /// Every set of requests finds what it gets in the lots that one of the set accepts.
  bool possible(const Amounts& granted, const Amounts& lots) const;
  const Amounts& lots() const { return lots_; }
  const Amounts& needs() const { return needs_; }

 private:
  bool accepts(size_t request, size_t lot) const;
  int64_t worth(size_t lot) const;  // the worse the lot, the higher
  const clearing::AllocationCase& asked_;
  Amounts needs_, lots_;
};

}  // namespace landex::naive
