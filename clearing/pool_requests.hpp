// pool_requests.hpp: what projects ask of the city's pool (H66-7.3), and what they were allotted. A request is open
// until it has been served, has been withdrawn or its day is over; an allocation that is approved turns draws into
// allotments: land that leaves the pool for the request and waits, held by the city, until the county takes it over
// against its price, or it goes back. Invariant: per component, what is allotted and not yet taken is what the city
// holds for requests. Data; the steps are in the engine. Pure.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "clearing/allocation_case.hpp"

namespace landex::clearing {

/// Where a request is. The last three are final. The numbers are on the wire and in journals.
enum class RequestState : uint8_t {
  open = 1,       // may be served by the next allocation
  allotted = 2,   // land waits for it
  served = 3,     // taken over and used for its project
  withdrawn = 4,  // 撤回
  expired = 5,    // its day is over, and nothing waits for it
};
BOOST_DESCRIBE_ENUM(RequestState, open, allotted, served, withdrawn, expired)

/// Land of one filing that waits for a request.
struct Allotment {
  FilingId filing;
  Instrument component;
  Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(Allotment, (), (filing, component, quantity))

/// Why a purpose that 7.3 does not name is served all the same, and who allowed it (an office, not a name).
struct PurposeException {
  std::string reason, approver;
  friend bool operator==(const PurposeException&, const PurposeException&) = default;
};
BOOST_DESCRIBE_STRUCT(PurposeException, (), (reason, approver))

struct Request {
  RequestId id;
  District county;
  RequestClass purpose;
  std::string project;
  Components need, taken;  // taken: over all allocations so far
  std::optional<uint8_t> lowest_grade;
  Day deadline;
  std::string document;
  std::optional<PurposeException> exception;
  std::optional<BalanceId> balance;  // that it fills
  RequestState state;
  std::vector<Allotment> waiting;           // by component, filing
  std::optional<Day> allotted_on, take_by;  // what waits: since when, and the last day to take it over
};
BOOST_DESCRIBE_STRUCT(Request, (),
                      (id, county, purpose, project, need, taken, lowest_grade, deadline, document, exception, balance,
                       state, waiting, allotted_on, take_by))

/// Draws that are uploaded in parts, and not yet approved.
struct Draft {
  AllocationId id;
  Sequence computed_at;
  uint32_t parts;  // that have come
  std::vector<Draw> draws;
  bool effective;
};
BOOST_DESCRIBE_STRUCT(Draft, (), (id, computed_at, parts, draws, effective))

struct PoolRequests {
  std::map<RequestId, Request> requests;
  std::map<AllocationId, Draft> drafts;
  Sequence moved;  // the last command that changed what an allocation depends on: the pool's lots, or the open requests
};
BOOST_DESCRIBE_STRUCT(PoolRequests, (), (requests, drafts, moved))

}  // namespace landex::clearing
