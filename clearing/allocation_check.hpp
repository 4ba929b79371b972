// allocation_check.hpp: is a proposed allocation of the pool possible, and does it keep the order of classes? In
// integers and independent of what made the proposal: *a solver proposes, the engine verifies*. It does not ask whether
// a class shares fairly, takes no better grade than needed or spares a county: those are aims of the optimiser, not
// rules. The order of classes is checked in full, not unit by unit: a request that is short may not be able to get one
// unit more by any shifting among its own class and those above it while a lower class holds what that would take. As
// the levels are nested, that is a comparison of sums. Pure.
#pragma once
#include <boost/describe.hpp>
#include <optional>
#include <span>

#include "clearing/allocation_case.hpp"

namespace landex::clearing {

/// What is wrong, the first that holds. The numbers are for the wire and for journals.
enum class AllocationFault : uint8_t {
  // the case
  rules_not_usable = 1,       // a class is missing or twice, or no grade
  duplicate_filing = 2,       //
  duplicate_request = 3,      //
  class_unknown = 4,          //
  grade_out_of_range = 5,     // not 1 to worst_grade
  quantity_out_of_range = 6,  // negative, or above kMaxQuantity
  total_out_of_range = 7,     // of a component: the lots above kMaxQuantity, the needs above kMaxIssued
  // the draws
  not_sorted = 8,            // by component, request, filing; each triple once
  component_unknown = 9,     //
  unknown_request = 10,      //
  unknown_filing = 11,       //
  draw_not_positive = 12,    //
  grade_too_low = 13,        // the lot is worse than the request's lowest grade, or of unknown grade
  lot_overdrawn = 14,        //
  need_exceeded = 15,        //
  lower_class_first = 16,    // a lower class holds what a higher one, that is short, could use
  usable_left_in_pool = 17,  // a request is short of what lies in the pool
};
BOOST_DESCRIBE_ENUM(AllocationFault, rules_not_usable, duplicate_filing, duplicate_request, class_unknown,
                    grade_out_of_range, quantity_out_of_range, total_out_of_range, not_sorted, component_unknown,
                    unknown_request, unknown_filing, draw_not_positive, grade_too_low, lot_overdrawn, need_exceeded,
                    lower_class_first, usable_left_in_pool)

/// Where it is wrong, as far as a place can be named, and by how much.
struct AllocationFinding {
  AllocationFault fault{};
  std::optional<uint64_t> request;
  std::optional<FilingId> filing;
  std::optional<Instrument> component;
  std::optional<Quantity> given;  // what was found: the draw, the total, what could be used
  std::optional<Quantity> bound;  // what may be: of the lot or of the need, after the draws before it
  friend bool operator==(const AllocationFinding&, const AllocationFinding&) = default;
};

/// Can the case be dealt out at all?
std::optional<AllocationFinding> check(const AllocationCase& asked);

/// Nothing: the draws are possible and keep the order of classes. O((lots + requests + draws) log n).
std::optional<AllocationFinding> verify(const AllocationCase& asked, std::span<const Draw> draws);

}  // namespace landex::clearing
