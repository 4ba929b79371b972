#include "exchange/allocation/propose.hpp"

#include <map>
#include <tuple>

#include "exchange/allocation/levels.hpp"
#include "exchange/allocation/origins.hpp"

namespace landex::allocation {
namespace {

using clearing::AllocationCase;
using clearing::Draw;
using clearing::PoolLot;
using clearing::PoolRequest;

/// One component's run, over the case in its own order: lots by filing, requests by id.
class Run {
 public:
  Run(const AllocationCase& asked, Instrument component, Effort& effort)
      : asked_{asked},
        component_{component},
        effort_{effort},
        levels_{size_t{asked.rules.worst_grade} + 1},
        stock_(levels_ + 1, 0),
        claims_(asked.requests.size()),
        granted_(asked.requests.size(), 0) {
    for (const PoolLot& lot : asked.lots) {
      stock_[level(lot.grade)] += amount(lot.left);
      if (amount(lot.left) > 0) origins_.emplace(lot.origin, 0);
    }
    size_t place = 0;
    for (auto& [origin, index] : origins_) index = place++;
    for (size_t n = 0; n < claims_.size(); ++n)
      claims_[n] = {.need = amount(asked.requests[n].need), .level = level(asked.requests[n].lowest_grade)};
  }

  void into(Proposal& out) {
    std::vector<std::optional<Shortage>> shortages = share();
    for (size_t n = 0; n < claims_.size(); ++n)
      if (claims_[n].need > 0)
        out.outcomes.push_back({.request = asked_.requests[n].id,
                                .component = component_,
                                .need = Quantity::from_raw(claims_[n].need),
                                .granted = Quantity::from_raw(granted_[n]),
                                .shortage = shortages[n]});
    draw(out);
  }

 private:
  struct Part {
    FilingId filing;
    int64_t left;
  };

  int64_t amount(const Components& c) const { return clearing::part_of(c, component_).raw(); }
  size_t level(std::optional<uint8_t> grade) const { return clearing::level_of(asked_.rules, grade); }

  /// Aims 1 and 2: what each request gets; and why some get less than they need.
  std::vector<std::optional<Shortage>> share() {
    std::vector<std::optional<Shortage>> shortages(claims_.size());
    ByLevel room = up_to(stock_), needs_so_far(levels_ + 1, 0);
    for (const clearing::RequestClass kind : asked_.rules.class_order) {
      std::vector<size_t> members;
      std::vector<Claim> claims;
      ByLevel needs(levels_ + 1, 0);
      for (size_t n = 0; n < claims_.size(); ++n) {
        if (asked_.requests[n].kind != kind || claims_[n].need == 0) continue;
        members.push_back(n);
        claims.push_back(claims_[n]);
        needs[claims_[n].level] += claims_[n].need;
        needs_so_far[claims_[n].level] += claims_[n].need;
      }
      if (members.empty()) continue;
      // What lies up to a level may be promised further on already: then it is not there for this class.
      ByLevel before = room;
      const auto got = share_levels(claims, room, &effort_.classes);
      const ClassReport report{{.stock = up_to(stock_),
                                .before = std::move(before),
                                .after = room,
                                .needs_so_far = up_to(needs_so_far),
                                .needs = up_to(needs)}};
      for (size_t m = 0; m < members.size(); ++m) {
        granted_[members[m]] = got[m];
        if (got[m] < claims[m].need) shortages[members[m]] = report.of(claims[m], got[m]);
      }
    }
    return shortages;
  }

  /// Aims 3 and 4: from which grades, from which counties, then from which filings to which request.
  void draw(Proposal& out) {
    ByLevel granted(levels_ + 1, 0);
    for (size_t n = 0; n < claims_.size(); ++n) granted[claims_[n].level] += granted_[n];
    const ByLevel drawn = draw_levels(stock_, granted);

    ByGroup groups{levels_, origins_.size()};
    std::vector<Group> preferred;  // by their first filing
    for (const PoolLot& lot : asked_.lots) {
      if (amount(lot.left) == 0) continue;
      int64_t& group = groups(level(lot.grade), origins_.at(lot.origin));
      if (group == 0) preferred.push_back({.level = level(lot.grade), .origin = origins_.at(lot.origin)});
      group += amount(lot.left);
    }
    const ByGroup given = draw_origins(groups, drawn, preferred, &effort_.origins);
    tell_shares(out, groups, given, drawn);
    hand_out(out, given);
  }

  void tell_shares(Proposal& out, const ByGroup& groups, const ByGroup& given, const ByLevel& drawn) const {
    for (const auto& [origin, index] : origins_) {
      int64_t has = 0, gives = 0;
      for (size_t l = 1; l <= levels_; ++l) has += groups(l, index), gives += given(l, index);
      out.by_origin.push_back({.component = component_,
                               .origin = origin,
                               .in_pool = Quantity::from_raw(has),
                               .drawn = Quantity::from_raw(gives)});
    }
    for (size_t l = 1; l <= levels_; ++l) {
      if (stock_[l] == 0) continue;
      GradeShare share{.component = component_,
                       .grade = {},
                       .in_pool = Quantity::from_raw(stock_[l]),
                       .drawn = Quantity::from_raw(drawn[l])};
      if (l < levels_) share.grade = static_cast<uint8_t>(l);
      out.by_grade.push_back(share);
    }
  }

  /// The strictest requests first, each the worst level that it accepts, there the filing that was filed first. That
  /// comes out even: who chooses later accepts all that those before him did.
  void hand_out(Proposal& out, ByGroup given) const {
    std::vector<std::vector<Part>> parts(levels_ + 1);  // of each level, what is drawn, in the order of filing
    for (const PoolLot& lot : asked_.lots) {
      if (amount(lot.left) == 0) continue;
      int64_t& of_group = given(level(lot.grade), origins_.at(lot.origin));
      const int64_t part = std::min(of_group, amount(lot.left));
      of_group -= part;
      if (part > 0) parts[level(lot.grade)].push_back({lot.filing, part});
    }
    std::vector<size_t> next(levels_ + 1, 0), order(claims_.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::ranges::stable_sort(order, {}, [&](size_t n) { return claims_[n].level; });
    const size_t first_draw = out.draws.size();
    for (const size_t n : order) {
      int64_t wanted = granted_[n];
      for (size_t l = claims_[n].level; wanted > 0; --l) {
        assert(l > 0);
        while (wanted > 0 && next[l] < parts[l].size()) {
          Part& part = parts[l][next[l]];
          const int64_t taken = std::min(wanted, part.left);
          out.draws.push_back({.request = asked_.requests[n].id,
                               .filing = part.filing,
                               .component = component_,
                               .quantity = Quantity::from_raw(taken)});
          wanted -= taken;
          part.left -= taken;
          if (part.left == 0) ++next[l];
        }
      }
    }
    std::sort(
        out.draws.begin() + static_cast<std::ptrdiff_t>(first_draw), out.draws.end(),
        [](const Draw& a, const Draw& b) { return std::tie(a.request, a.filing) < std::tie(b.request, b.filing); });
  }

  const AllocationCase& asked_;
  Instrument component_;
  Effort& effort_;
  size_t levels_;
  ByLevel stock_;
  std::vector<Claim> claims_;     // in the order of asked_.requests
  std::vector<int64_t> granted_;  // likewise
  std::map<District, size_t> origins_;
};

}  // namespace

std::expected<Proposal, clearing::AllocationFinding> propose(const AllocationCase& asked, Effort* effort) {
  if (auto wrong = clearing::check(asked)) return std::unexpected{*wrong};
  AllocationCase ordered = asked;
  std::ranges::sort(ordered.lots, {}, &PoolLot::filing);
  std::ranges::sort(ordered.requests, {}, &PoolRequest::id);
  Proposal out;
  Effort spent;
  for (const Instrument component : clearing::kPooledComponents) Run{ordered, component, spent}.into(out);
  if (effort != nullptr) *effort = spent;
  return out;
}

}  // namespace landex::allocation
