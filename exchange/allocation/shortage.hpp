// shortage.hpp: why a request is short of a component, in numbers, and what would free it. Codes and values; the words
// are made at the edge.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "exchange/allocation/levels.hpp"
#include "matching/types/quantity.hpp"

namespace landex::allocation {

/// What binds. The first that holds. The numbers are for the wire.
enum class Binding : uint8_t {
  pool_empty = 1,       // the pool has nothing of this component
  no_lot_of_grade = 2,  // it has, but nothing of the request's lowest grade or better
  higher_classes = 3,   // all that it could use went to higher classes
  own_class = 4,        // the rest was shared out evenly in its own class
};
BOOST_DESCRIBE_ENUM(Binding, pool_empty, no_lot_of_grade, higher_classes, own_class)

/// With `lowest_grade` (nothing: any lot) this request alone would get `granted` of the component: the level to which
/// its class then rises, rounded down; the run itself may differ from it by a unit or two (0.0001 mu, kg).
struct OtherGrade {
  std::optional<uint8_t> lowest_grade;
  Quantity granted;
  friend bool operator==(const OtherGrade&, const OtherGrade&) = default;
};

/// The lots that bind are those of `within` or better (nothing: all lots). in_pool = to_higher + to_own: all is given.
struct Shortage {
  Binding binding{};
  std::optional<uint8_t> within;
  Quantity in_pool, to_higher, to_own;
  /// So much more in the pool, of exactly the lowest grade that the request accepts, and it is filled; and so are those
  /// of its class and above with whom it shares. With less, one of them is short. (Better lots help too, but those with
  /// stricter requests have a claim on them as well.)
  Quantity more;
  std::optional<OtherGrade> other_grade;  // the nearest lower one that would give it more, by more than rounding
  friend bool operator==(const Shortage&, const Shortage&) = default;
};

/// One class of one component after its run; sums up to each level, from 1.
class ClassReport {
 public:
  /// stock: what lies in the pool; before, after: what higher classes leave, what this class leaves of it;
  /// needs_so_far: of higher classes and this one; needs: of this one.
  struct Sums {
    ByLevel stock, before, after, needs_so_far, needs;
  };
  explicit ClassReport(Sums sums);

  /// Of a request of this class that is short.
  Shortage of(const Claim& claim, int64_t granted) const;

 private:
  std::optional<uint8_t> grade(size_t level) const;
  int64_t granted_at(const Claim& claim, size_t level) const;
  Sums sums_;
  ByLevel more_;  // for a request of each level
};

}  // namespace landex::allocation
