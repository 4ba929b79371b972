#include "exchange/engine/balances.hpp"

#include <algorithm>

#include "exchange/engine/market.hpp"

namespace landex::engine {
namespace {

using clearing::Place;
using clearing::Tier;

/// Lots of the pool that are good enough; a lot of unknown grade is good enough for nobody who asks for a grade.
Quantity in_pool(const State& s, const clearing::Balance& b, Instrument i) {
  const auto city = s.ledger.seat_of(*city_of(*s.pack));
  Quantity sum;
  if (!city) return sum;
  for (const auto& slice : s.lots.of(i, {.seat = *city, .place = Place::pool})) {
    const auto& grade = s.registry.find(slice.filing)->grade;
    if (!b.lowest_grade || (grade && *grade <= *b.lowest_grade)) sum += slice.quantity;
  }
  return sum;
}

/// What others show for sale in the book to this county: on the route only where a price is in force.
Quantity on_sale(const State& s, District county, Instrument i) {
  const auto buyer = s.ledger.seat_of(county);
  Quantity sum;
  if (!buyer || !s.day) return sum;
  s.market.books.for_each_order(book_of(i), Side::sell, [&](const matching::Resting& r) {
    const bool barred = route_of(s, i, r.seat, *buyer) && !s.prices.in_force(i, *s.day);
    if (r.seat != *buyer && !r.trigger && !barred) sum += r.shown;
  });
  return sum;
}

}  // namespace

Components components_of(Instrument i, Quantity q) {
  Components c;
  if (i == Instrument::supplementary_area) c.area = Area::from_raw(q.raw());
  if (i == Instrument::supplementary_paddy) c.paddy = Area::from_raw(q.raw());
  if (i == Instrument::supplementary_capacity) c.capacity = Capacity::from_raw(q.raw());
  return c;
}

Components left_of(const clearing::Balance& b) {
  return {.area = std::max(b.need.area - b.filled.area, Area{}),
          .paddy = std::max(b.need.paddy - b.filled.paddy, Area{}),
          .capacity = std::max(b.need.capacity - b.filled.capacity, Capacity{})};
}

Quantity free_of_own(const State& s, District county, Instrument i, bool own) {
  const auto seat = s.ledger.seat_of(county);
  Quantity sum;
  if (!seat) return sum;
  for (const auto& slice : s.lots.of(i, {.seat = *seat, .place = Place::stock}))
    if ((s.registry.find(slice.filing)->county == county) == own) sum += slice.quantity;
  return std::min(sum, s.ledger.account(*seat)[Purse::free].of(i));
}

bool serves(const clearing::Balance& b, Tier tier) {
  return tier != Tier::pool || (b.purpose && *b.purpose != clearing::RequestClass::other);
}

Quantity could_give(const State& s, const clearing::Balance& b, Tier tier, Instrument i) {
  const Quantity left = left_of(b, i);
  if (!serves(b, tier)) return {};
  switch (tier) {
    case Tier::own:
      return std::min(left, free_of_own(s, b.county, i, true));
    case Tier::pool:
      return std::min(left, in_pool(s, b, i));
    case Tier::purchase:
      return std::min(left, free_of_own(s, b.county, i, false) + on_sale(s, b.county, i));
    case Tier::outside:
      return left;
  }
  return {};
}

std::optional<Tier> skipped_tier(const State& s, const clearing::Balance& b, Tier tier, Instrument i) {
  const auto rank = [](Tier t) { return t == Tier::own ? 1 : t == Tier::outside ? 3 : 2; };
  for (const Tier earlier : {Tier::own, Tier::pool, Tier::purchase})
    if (rank(earlier) < rank(tier) && could_give(s, b, earlier, i) > Quantity{}) return earlier;
  return std::nullopt;
}

void fill(Doing& d, clearing::Balance& b, clearing::Fill what) {
  add(b.filled, what.amount);
  const Components left = left_of(b);
  d.events.emplace_back(event::BalanceFilled{.balance = b.id,
                                             .county = b.county,
                                             .tier = what.tier,
                                             .amount = what.amount,
                                             .left = left,
                                             .reason = what.reason,
                                             .document = what.document});
  b.fills.push_back(std::move(what));
  if (left != Components{}) return;
  b.open = false;
  d.events.emplace_back(event::BalanceClosed{.balance = b.id, .county = b.county, .left = {}});
}

void fill_from_pool(Doing& d, BalanceId id, Components amount) {
  const auto at = d.state.needs.balances.find(id);
  if (at == d.state.needs.balances.end() || !at->second.open) return;
  const Components left = left_of(at->second);
  const Components part{.area = std::min(amount.area, left.area),
                        .paddy = std::min(amount.paddy, left.paddy),
                        .capacity = std::min(amount.capacity, left.capacity)};
  if (part == Components{}) return;
  fill(d, at->second, {.number = d.seq, .tier = Tier::pool, .amount = part, .reason = {}, .document = {}});
}

void unfill(Doing& d, WriteOffId write_off, Instrument i, Quantity quantity) {
  for (auto& [id, b] : d.state.needs.balances) {
    const auto same = [&](const clearing::Fill& f) { return f.number == clearing::command_of(write_off); };
    if (!b.open || std::ranges::none_of(b.fills, same)) continue;
    const Components less = components_of(i, quantity);
    b.filled.area -= less.area;
    b.filled.paddy -= less.paddy;
    b.filled.capacity -= less.capacity;
  }
}

}  // namespace landex::engine
