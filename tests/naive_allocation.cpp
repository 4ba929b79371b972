#include "tests/naive_allocation.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

namespace landex::naive {
namespace {

/// Calls `look` with every vector that is nowhere negative or above `most`.
void each_vector(const Amounts& most, const std::function<void(const Amounts&)>& look) {
  Amounts v(most.size(), 0);
  while (true) {
    look(v);
    size_t place = 0;
    while (place < v.size() && v[place] == most[place]) v[place++] = 0;
    if (place == v.size()) return;
    ++v[place];
  }
}

}  // namespace

Allocation::Allocation(const clearing::AllocationCase& asked, Instrument component) : asked_{asked} {
  const auto part = [component](const Components& c) {
    if (component == Instrument::supplementary_area) return c.area.raw();
    return component == Instrument::supplementary_paddy ? c.paddy.raw() : c.capacity.raw();
  };
  for (const auto& r : asked.requests) needs_.push_back(part(r.need));
  for (const auto& l : asked.lots) lots_.push_back(part(l.left));
}

bool Allocation::accepts(size_t request, size_t lot) const {
  const auto lowest = asked_.requests[request].lowest_grade, grade = asked_.lots[lot].grade;
  return !lowest || (grade && *grade <= *lowest);
}

int64_t Allocation::worth(size_t lot) const {
  const auto grade = asked_.lots[lot].grade;
  return grade ? *grade : asked_.rules.worst_grade + 1;
}

bool Allocation::possible(const Amounts& granted, const Amounts& lots) const {
  for (uint64_t set = 1; set < (uint64_t{1} << granted.size()); ++set) {
    int64_t wanted = 0, there = 0;
    for (size_t r = 0; r < granted.size(); ++r)
      if (set >> r & 1) wanted += granted[r];
    for (size_t l = 0; l < lots.size(); ++l) {
      bool of_use = false;
      for (size_t r = 0; r < granted.size(); ++r) of_use = of_use || ((set >> r & 1) && accepts(r, l));
      if (of_use) there += lots[l];
    }
    if (wanted > there) return false;
  }
  return true;
}

std::vector<Ratios> Allocation::ratios_of(const Amounts& granted) const {
  std::vector<Ratios> by_class;
  for (const auto c : asked_.rules.class_order) {
    Ratios& ratios = by_class.emplace_back();
    for (size_t r = 0; r < needs_.size(); ++r)
      if (asked_.requests[r].kind == c && needs_[r] > 0) ratios.push_back({granted[r], needs_[r]});
    std::ranges::sort(ratios, std::less<>{});
  }
  return by_class;
}

std::vector<Ratios> Allocation::best_ratios() const {
  std::vector<Ratios> best;
  each_vector(needs_, [&](const Amounts& granted) {
    if (!possible(granted, lots_)) return;
    auto ratios = ratios_of(granted);
    if (best.empty() || best < ratios) best = std::move(ratios);
  });
  return best;
}

Amounts Allocation::unit_by_unit() const {
  Amounts granted(needs_.size(), 0);
  for (const auto c : asked_.rules.class_order)
    while (true) {
      std::optional<size_t> next;
      for (size_t r = 0; r < needs_.size(); ++r) {
        if (asked_.requests[r].kind != c || granted[r] == needs_[r]) continue;
        Amounts one_more = granted;
        ++one_more[r];
        if (!possible(one_more, lots_)) continue;
        const auto before = [&](size_t a, size_t b) {
          const Ratio x{granted[a], needs_[a]}, y{granted[b], needs_[b]};
          if (!(x == y)) return x < y;
          return std::tuple{needs_[a], asked_.requests[a].id} < std::tuple{needs_[b], asked_.requests[b].id};
        };
        if (!next || before(r, *next)) next = r;
      }
      if (!next) break;
      ++granted[*next];
    }
  return granted;
}

Amounts Allocation::best_draws(const Amounts& granted) const {
  int64_t total = 0;
  for (const int64_t g : granted) total += g;
  std::vector<Amounts> best;  // all that are equal in aim 3
  int64_t most = -1;
  each_vector(lots_, [&](const Amounts& drawn) {
    int64_t sum = 0, worth_sum = 0;
    for (size_t l = 0; l < drawn.size(); ++l) sum += drawn[l], worth_sum += drawn[l] * worth(l);
    if (sum != total || worth_sum < most || !possible(granted, drawn)) return;
    if (worth_sum > most) best.clear();
    most = worth_sum;
    best.push_back(drawn);
  });

  // Aim 4, one unit at a time: to the county with the lowest part drawn, if some draw gives all counties so much.
  std::map<District, int64_t> has;
  for (size_t l = 0; l < lots_.size(); ++l)
    if (lots_[l] > 0) has[asked_.lots[l].origin] += lots_[l];
  const auto of_counties = [&](const Amounts& drawn) {
    std::map<District, int64_t> sums;
    for (size_t l = 0; l < drawn.size(); ++l) sums[asked_.lots[l].origin] += drawn[l];
    return sums;
  };
  std::map<District, int64_t> gives;
  for (int64_t n = 0; n < total; ++n) {
    std::optional<std::tuple<Ratio, int64_t, District>> next;
    for (const auto& [county, stock] : has) {
      auto one_more = gives;
      ++one_more[county];
      if (std::ranges::none_of(best, [&](const Amounts& drawn) {
            auto sums = of_counties(drawn);
            return std::ranges::all_of(one_more, [&](const auto& c) { return c.second <= sums[c.first]; });
          }))
        continue;
      const std::tuple candidate{Ratio{gives[county], stock}, stock, county};
      const auto before = [](const auto& a, const auto& b) {
        if (!(std::get<0>(a) == std::get<0>(b))) return std::get<0>(a) < std::get<0>(b);
        return std::tuple{std::get<1>(a), std::get<2>(a)} < std::tuple{std::get<1>(b), std::get<2>(b)};
      };
      if (!next || before(candidate, *next)) next = candidate;
    }
    if (!next) return {};
    ++gives[std::get<2>(*next)];
  }
  std::erase_if(best, [&](const Amounts& drawn) {
    auto sums = of_counties(drawn);
    return std::ranges::any_of(has, [&](const auto& c) { return sums[c.first] != gives[c.first]; });
  });

  // Most from the group of the earliest filing, then from the next group; within a group the earliest filing first.
  std::vector<size_t> by_filing(lots_.size());
  for (size_t l = 0; l < by_filing.size(); ++l) by_filing[l] = l;
  std::ranges::sort(by_filing, {}, [&](size_t l) { return asked_.lots[l].filing; });
  const auto key = [&](const Amounts& drawn) {
    std::vector<int64_t> groups, filings;
    std::set<std::pair<District, int64_t>> seen;
    for (const size_t l : by_filing) {
      if (lots_[l] == 0) continue;
      filings.push_back(drawn[l]);
      if (!seen.insert({asked_.lots[l].origin, worth(l)}).second) continue;
      int64_t group = 0;
      for (size_t o = 0; o < lots_.size(); ++o)
        if (asked_.lots[o].origin == asked_.lots[l].origin && worth(o) == worth(l)) group += drawn[o];
      groups.push_back(group);
    }
    return std::pair{groups, filings};
  };
  Amounts chosen;
  for (const auto& drawn : best)
    if (chosen.empty() || key(chosen) < key(drawn)) chosen = drawn;
  return chosen;
}

}  // namespace landex::naive
