// propose.hpp: a proposal for dealing out the pool (H66-7.3 says who may be served; how is ours, and said so). It
// proposes, never decides: the engine checks feasibility and the order of classes (clearing/allocation_check.hpp), and
// a second person approves. A pure function of the case: the same proposal on every machine, whatever the order of the
// lists in it.
//
// The aims, each component by itself, each aim only among what the aims before it leave open:
//   1. class by class in the order of the rules;
//   2. within a class the lowest part of its need that a request gets is as high as possible, then the next lowest …
//      (even_rise.hpp: to the unit; a class never gets less in all because of it);
//   3. no better grade than needed: the sum over all units of (lowest grade − grade drawn) is least;
//   4. counties give the same part of what they have in the pool, as near as 3 and whole units allow.
// What is still open: earlier lots of a county and grade first (first filed first drawn); between groups of lots, that
// with the earliest filing gives most; requests with the strictest lowest grade, then the lowest id, choose first, each
// the worst grade that it accepts.
//
// No solver of flows is needed for 1 to 3: grades are nested, so sums say all (levels.hpp); 4 is a network of counties
// and grades without requests (origins.hpp).
#pragma once
#include <expected>
#include <vector>

#include "clearing/allocation_case.hpp"
#include "clearing/allocation_check.hpp"
#include "exchange/allocation/even_rise.hpp"
#include "exchange/allocation/shortage.hpp"

namespace landex::allocation {

struct Outcome {
  uint64_t request = 0;
  Instrument component{};
  Quantity need, granted;
  std::optional<Shortage> shortage;  // if granted < need
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// How much of what a county has in the pool is drawn.
struct OriginShare {
  Instrument component{};
  District origin;
  Quantity in_pool, drawn;
  friend bool operator==(const OriginShare&, const OriginShare&) = default;
};

/// How much of a grade is drawn.
struct GradeShare {
  Instrument component{};
  std::optional<uint8_t> grade;  // nothing: unknown
  Quantity in_pool, drawn;
  friend bool operator==(const GradeShare&, const GradeShare&) = default;
};

struct Proposal {
  std::vector<clearing::Draw> draws;   // by component, request, filing
  std::vector<Outcome> outcomes;       // by component, request: every need above 0
  std::vector<OriginShare> by_origin;  // by component, origin: where the pool has something
  std::vector<GradeShare> by_grade;    // by component, grade, unknown last: where the pool has something
  friend bool operator==(const Proposal&, const Proposal&) = default;
};

/// What a run cost, for benchmarks.
struct Effort {
  RiseEffort classes, origins;
};

std::expected<Proposal, clearing::AllocationFinding> propose(const clearing::AllocationCase& asked,
                                                             Effort* effort = nullptr);

}  // namespace landex::allocation
