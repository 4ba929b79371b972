// allocation_case.hpp: what a run of the pool's allocation is asked (H66-7.3 市级统筹), and what it answers: the lots
// that lie in the pool, the requests of projects, and draws of the one for the other. Plain data: the engine fills it
// from its state, a scenario from a file. Whether a purpose is fit for the pool is checked before a request comes here.
//
// A grade runs from 1 (best) to `worst_grade`. A lot serves a request if its grade is the request's lowest grade or
// better; a request without a lowest grade takes any lot. A lot of unknown grade serves only requests without a lowest
// grade, for nobody can say that it is good enough for another (our default). So the lots stand on levels, 1 to
// worst_grade + 1, unknown last, and a request reaches every level up to its own: the stocks are nested.
//
// Area, paddy and capacity are dealt out apart (decisions 20): a request may get its area in full and half of its
// paddy. The run reports each component; whether a half is of use is for the people who approve.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "matching/types/area.hpp"
#include "matching/types/day.hpp"
#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/instrument.hpp"
#include "matching/types/quantity.hpp"

namespace landex::clearing {

/// Whose project it is. The numbers are for the wire and for journals.
enum class RequestClass : uint8_t {
  national = 1,    // 国家重大项目
  provincial = 2,  // 省重大项目
  city = 3,        // 市重大项目
  key_zone = 4,    // 市级以上重点建设区域
  other = 5,       // none of those that H66-7.3 names: by exception
};
BOOST_DESCRIBE_ENUM(RequestClass, national, provincial, city, key_zone, other)
inline constexpr int kRequestClasses = 5;
constexpr bool exists(RequestClass c) { return c >= RequestClass::national && c <= RequestClass::other; }
constexpr size_t index_of(RequestClass c) { return static_cast<size_t>(c) - 1; }

/// What the law leaves open. All of it is our choice, none of it is law, and a paper must say so.
struct AllocationRules {
  /// Every class once; the first is served first, and whole, before the next is looked at.
  std::vector<RequestClass> class_order{RequestClass::national, RequestClass::provincial, RequestClass::city,
                                        RequestClass::key_zone, RequestClass::other};
  uint8_t worst_grade = 15;  // of cultivated land; 1 is the best
  friend bool operator==(const AllocationRules&, const AllocationRules&) = default;
};
inline constexpr uint8_t kMostGrades = 62;

/// What is left of one filing in the pool.
struct PoolLot {
  FilingId filing;
  District origin;
  std::optional<uint8_t> grade;  // nothing: unknown
  Components left;
};

struct PoolRequest {
  uint64_t id = 0;
  District county;
  RequestClass kind{};
  Components need;
  std::optional<uint8_t> lowest_grade;  // a lot of this grade or better; nothing: any lot
  Day deadline;                         // for those who read the report; the run does not look at it
};

struct AllocationCase {
  AllocationRules rules;
  std::vector<PoolLot> lots;
  std::vector<PoolRequest> requests;
};

/// `quantity` of one component, from a filing to a request.
struct Draw {
  uint64_t request = 0;
  FilingId filing;
  Instrument component{};
  Quantity quantity;
  friend bool operator==(const Draw&, const Draw&) = default;
};

BOOST_DESCRIBE_STRUCT(Draw, (), (request, filing, component, quantity))

/// The three components that are dealt out, each by itself.
inline constexpr Instrument kPooledComponents[] = {Instrument::supplementary_area, Instrument::supplementary_paddy,
                                                   Instrument::supplementary_capacity};

constexpr Quantity part_of(const Components& c, Instrument i) {
  switch (i) {
    case Instrument::supplementary_area:
      return Quantity::of(c.area);
    case Instrument::supplementary_paddy:
      return Quantity::of(c.paddy);
    case Instrument::supplementary_capacity:
      return Quantity::of(c.capacity);
    case Instrument::linkage:
      break;  // not dealt out
  }
  return {};
}

/// The level of a lot, and the last level that a request reaches.
constexpr size_t level_of(const AllocationRules& rules, std::optional<uint8_t> grade) {
  return grade ? *grade : size_t{rules.worst_grade} + 1;
}

}  // namespace landex::clearing
