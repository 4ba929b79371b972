#include "clearing/allocation_check.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>
#include <utility>

#include "matching/types/bounds.hpp"

namespace landex::clearing {
namespace {

using Finding = AllocationFinding;
using Fault = AllocationFault;

bool usable(const AllocationRules& rules) {
  std::vector<RequestClass> order = rules.class_order;
  std::ranges::sort(order);
  if (order.size() != kRequestClasses || std::ranges::adjacent_find(order) != order.end()) return false;
  return std::ranges::all_of(order, [](RequestClass c) { return exists(c); }) && rules.worst_grade >= 1 &&
         rules.worst_grade <= kMostGrades;
}

bool in_range(const AllocationRules& rules, std::optional<uint8_t> grade) {
  return !grade || (*grade >= 1 && *grade <= rules.worst_grade);
}

/// The component whose quantity cannot be, if there is one.
std::optional<Instrument> out_of_range(const Components& amounts) {
  for (const Instrument i : kPooledComponents)
    if (part_of(amounts, i).raw() < 0 || part_of(amounts, i) > kMaxQuantity) return i;
  return {};
}

template <class Things, class Part>
std::optional<Finding> total_too_large(const Things& things, Quantity bound, Part part) {
  for (const Instrument i : kPooledComponents) {
    Quantity total;
    for (const auto& t : things) {
      total += part_of(part(t), i);
      if (total > bound)
        return Finding{.fault = Fault::total_out_of_range,
                       .request = {},
                       .filing = {},
                       .component = i,
                       .given = total,
                       .bound = bound};
    }
  }
  return {};
}

Finding of_lot(Fault f, const PoolLot& lot, std::optional<Instrument> i = {}) {
  return {.fault = f, .request = {}, .filing = lot.filing, .component = i, .given = {}, .bound = {}};
}
Finding of_request(Fault f, const PoolRequest& request, std::optional<Instrument> i = {}) {
  return {.fault = f, .request = request.id, .filing = {}, .component = i, .given = {}, .bound = {}};
}

/// Names in ascending order, each with its place in a list: looked up by halving.
template <class Name>
class Places {
 public:
  template <class Things, class NameOf>
  Places(const Things& things, NameOf name_of) {
    for (const auto& t : things) places_.emplace_back(name_of(t), places_.size());
    std::ranges::sort(places_);
  }
  std::optional<size_t> find(Name name) const {
    const auto at = std::ranges::lower_bound(places_, name, {}, [](const auto& p) { return p.first; });
    if (at == places_.end() || at->first != name) return {};
    return at->second;
  }
  /// A name that is there twice.
  std::optional<Name> twice() const {
    const auto at = std::ranges::adjacent_find(places_, {}, [](const auto& p) { return p.first; });
    if (at == places_.end()) return {};
    return at->first;
  }

 private:
  std::vector<std::pair<Name, size_t>> places_;
};

Places<FilingId> by_filing(const AllocationCase& asked) {
  return {asked.lots, [](const PoolLot& l) { return l.filing; }};
}
Places<uint64_t> by_id(const AllocationCase& asked) {
  return {asked.requests, [](const PoolRequest& r) { return r.id; }};
}

/// The draws against the lots and the needs; what each request gets and what each lot gives, on the way.
class Sums {
 public:
  explicit Sums(const AllocationCase& asked) : asked_{asked}, lots_{by_filing(asked)}, requests_{by_id(asked)} {
    for (auto& v : drawn_) v.resize(asked.lots.size());
    for (auto& v : given_) v.resize(asked.requests.size());
  }

  std::optional<Finding> add(std::span<const Draw> draws) {
    const auto place = [](const Draw& d) { return std::tuple{d.component, d.request, d.filing}; };
    for (size_t n = 0; n < draws.size(); ++n)
      if (auto wrong = add(draws[n], n == 0 || place(draws[n - 1]) < place(draws[n]))) return wrong;
    return {};
  }

  /// Of the request at this place of the case.
  Quantity given(size_t request, Instrument i) const { return given_[index_of(i)][request]; }

 private:
  std::optional<Finding> add(const Draw& d, bool in_order) {
    Finding wrong{.fault = {},
                  .request = d.request,
                  .filing = d.filing,
                  .component = d.component,
                  .given = d.quantity,
                  .bound = {}};
    const auto fault = [&wrong](Fault f, std::optional<Quantity> bound = {}) {
      wrong.fault = f;
      wrong.bound = bound;
      return wrong;
    };
    if (!in_order) return fault(Fault::not_sorted);
    if (std::ranges::find(kPooledComponents, d.component) == std::end(kPooledComponents))
      return fault(Fault::component_unknown);
    const auto request_at = requests_.find(d.request);
    if (!request_at) return fault(Fault::unknown_request);
    const auto lot_at = lots_.find(d.filing);
    if (!lot_at) return fault(Fault::unknown_filing);
    if (d.quantity.raw() <= 0) return fault(Fault::draw_not_positive);
    const PoolRequest& request = asked_.requests[*request_at];
    const PoolLot& lot = asked_.lots[*lot_at];
    if (level_of(asked_.rules, lot.grade) > level_of(asked_.rules, request.lowest_grade))
      return fault(Fault::grade_too_low);
    // Compared before it is added: a draw may be any number.
    Quantity& drawn = drawn_[index_of(d.component)][*lot_at];
    Quantity& given = given_[index_of(d.component)][*request_at];
    const Quantity in_lot = part_of(lot.left, d.component) - drawn;
    const Quantity needed = part_of(request.need, d.component) - given;
    if (d.quantity > in_lot) return fault(Fault::lot_overdrawn, in_lot);
    if (d.quantity > needed) return fault(Fault::need_exceeded, needed);
    drawn += d.quantity;
    given += d.quantity;
    return {};
  }

  const AllocationCase& asked_;
  Places<FilingId> lots_;
  Places<uint64_t> requests_;
  std::array<std::vector<Quantity>, std::size(kPooledComponents)> drawn_, given_;  // by place in the case
};
static_assert(index_of(Instrument::supplementary_capacity) + 1 == std::size(kPooledComponents));

/// The order of classes, for one component. Requests up to a level draw from the lots up to that level and from nothing
/// else; so what the classes down to one leave of each level's sum, at the least from a request's own level on, is what
/// that request could get more without taking from its own class or from those above.
std::optional<Finding> out_of_order(const AllocationCase& asked, const Sums& sums, Instrument i) {
  const size_t levels = size_t{asked.rules.worst_grade} + 2;
  std::vector<int64_t> room(levels, 0);  // of all levels up to this one
  for (const auto& lot : asked.lots) room[level_of(asked.rules, lot.grade)] += part_of(lot.left, i).raw();
  for (size_t at = 1; at < levels; ++at) room[at] += room[at - 1];

  std::vector<int64_t> unused = room;  // by anybody
  const auto take = [&](std::vector<int64_t>& from, size_t n) {
    for (size_t at = level_of(asked.rules, asked.requests[n].lowest_grade); at < levels; ++at)
      from[at] -= sums.given(n, i).raw();
  };
  for (size_t n = 0; n < asked.requests.size(); ++n) take(unused, n);
  const auto least_from = [levels](std::vector<int64_t> v) {
    for (size_t at = levels - 1; at-- > 0;) v[at] = std::min(v[at], v[at + 1]);
    return v;
  };
  const auto in_pool = least_from(unused);

  for (const RequestClass c : asked.rules.class_order) {
    for (size_t n = 0; n < asked.requests.size(); ++n)
      if (asked.requests[n].kind == c) take(room, n);
    const auto could_get = least_from(room);
    for (size_t n = 0; n < asked.requests.size(); ++n) {
      const PoolRequest& r = asked.requests[n];
      if (r.kind != c) continue;
      const int64_t missing = part_of(r.need, i).raw() - sums.given(n, i).raw();
      const size_t at = level_of(asked.rules, r.lowest_grade);
      if (missing == 0 || could_get[at] == 0) continue;
      const int64_t lying = std::min(missing, in_pool[at]), more = std::min(missing, could_get[at]);
      Finding f = of_request(lying < more ? Fault::lower_class_first : Fault::usable_left_in_pool, r, i);
      f.given = Quantity::from_raw(more);
      f.bound = Quantity{};
      return f;
    }
  }
  return {};
}

}  // namespace

std::optional<AllocationFinding> check(const AllocationCase& asked) {
  if (!usable(asked.rules))
    return Finding{
        .fault = Fault::rules_not_usable, .request = {}, .filing = {}, .component = {}, .given = {}, .bound = {}};
  const auto of = [](Fault f, std::optional<uint64_t> request, std::optional<FilingId> filing) {
    return Finding{.fault = f, .request = request, .filing = filing, .component = {}, .given = {}, .bound = {}};
  };
  if (const auto filing = by_filing(asked).twice()) return of(Fault::duplicate_filing, {}, filing);
  if (const auto request = by_id(asked).twice()) return of(Fault::duplicate_request, request, {});
  for (const auto& r : asked.requests)
    if (!exists(r.kind)) return of_request(Fault::class_unknown, r);
  for (const auto& lot : asked.lots)
    if (!in_range(asked.rules, lot.grade)) return of_lot(Fault::grade_out_of_range, lot);
  for (const auto& r : asked.requests)
    if (!in_range(asked.rules, r.lowest_grade)) return of_request(Fault::grade_out_of_range, r);
  for (const auto& lot : asked.lots)
    if (const auto i = out_of_range(lot.left)) return of_lot(Fault::quantity_out_of_range, lot, i);
  for (const auto& r : asked.requests)
    if (const auto i = out_of_range(r.need)) return of_request(Fault::quantity_out_of_range, r, i);
  if (auto f = total_too_large(asked.lots, kMaxQuantity, [](const PoolLot& l) { return l.left; })) return f;
  return total_too_large(asked.requests, kMaxIssued, [](const PoolRequest& r) { return r.need; });
}

std::optional<AllocationFinding> verify(const AllocationCase& asked, std::span<const Draw> draws) {
  if (auto f = check(asked)) return f;
  Sums sums{asked};
  if (auto f = sums.add(draws)) return f;
  for (const Instrument i : kPooledComponents)
    if (auto f = out_of_order(asked, sums, i)) return f;
  return {};
}

}  // namespace landex::clearing
