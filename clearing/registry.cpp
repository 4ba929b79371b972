#include "clearing/registry.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "clearing/policy/share.hpp"

namespace landex::clearing {

std::vector<Component> components_of(IndicatorKind kind, const Components& amounts) {
  std::vector<Component> parts;
  const auto add = [&parts](Instrument i, Quantity q) {
    if (q.raw() > 0) parts.push_back({.instrument = i, .quantity = q});
  };
  if (kind == IndicatorKind::linkage) {
    add(Instrument::linkage, Quantity::of(amounts.area));
    return parts;
  }
  add(Instrument::supplementary_area, Quantity::of(amounts.area));
  add(Instrument::supplementary_paddy, Quantity::of(amounts.paddy));
  add(Instrument::supplementary_capacity, Quantity::of(amounts.capacity));
  return parts;
}

void Registry::file(Filing filing) {
  if (filing.share_row)
    for (const auto& part : components_of(filing.kind, filing.filed))
      under_row_[{filing.county, part.instrument, *filing.share_row}].filed += part.quantity;
  for (const auto& plot : filing.plots) plots_.emplace(plot.plot, filing.id);
  if (filing.expires) expiring_.insert(filing.id);
  filing.entries = {{.number = {filing.id.value}, .left = {}}};
  filings_.emplace(filing.id, std::move(filing));
}

void Registry::adjust(FilingId id, const Components& more, Sequence reverses, Sequence by) {
  Filing& filing = filings_.at(id);
  const auto named = std::ranges::find(filing.entries, reverses, &FilingEntry::number);
  if (auto& left = named->left) {
    assert(more.area <= left->area && more.paddy <= left->paddy && more.capacity <= left->capacity);
    left->area -= more.area;
    left->paddy -= more.paddy;
    left->capacity -= more.capacity;
  }
  for (const auto& plot : filing.plots) plots_.emplace(plot.plot, id);
  filing.filed.area += more.area;
  filing.filed.paddy += more.paddy;
  filing.filed.capacity += more.capacity;
  filing.entries.push_back({.number = by, .left = {}});
  if (filing.share_row)
    for (const auto& part : components_of(filing.kind, more))
      under_row_[{filing.county, part.instrument, *filing.share_row}].filed += part.quantity;
}

void Registry::deduct(FilingId id, const Components& less, Sequence by) {
  Filing& filing = filings_.at(id);
  filing.entries.push_back({.number = by, .left = less});
  filing.deducted.area += less.area;
  filing.deducted.paddy += less.paddy;
  filing.deducted.capacity += less.capacity;
  assert(filing.deducted.area <= filing.filed.area && filing.deducted.paddy <= filing.filed.paddy &&
         filing.deducted.capacity <= filing.filed.capacity);
  if (filing.nothing_left())
    for (const auto& plot : filing.plots) plots_.erase(plot.plot);
  if (filing.share_row)
    for (const auto& part : components_of(filing.kind, less))
      under_row_[{filing.county, part.instrument, *filing.share_row}].filed -= part.quantity;
}

Quantity Registry::due(const policy::RowId& share, District county, Instrument i, Quantity more) const {
  const auto at = under_row_.find({county, i, share});
  const UnderRow so_far = at == under_row_.end() ? UnderRow{} : at->second;
  const Quantity target = policy::share_down(so_far.filed + more, share.value);
  return std::max(target - so_far.pooled, Quantity{});
}

void Registry::pooled(const policy::RowId& share, District county, Instrument i, Quantity quantity) {
  under_row_[{county, i, share}].pooled += quantity;
}

std::vector<PendingClaim> Registry::pending_in(Instrument i, Period p) const {
  std::vector<PendingClaim> out;
  std::ranges::copy_if(pending_, std::back_inserter(out),
                       [&](const PendingClaim& c) { return c.instrument == i && p.contains(c.day); });
  return out;
}

std::vector<PendingClaim> Registry::take_pending(Instrument i, Period p) {
  auto out = pending_in(i, p);
  std::erase_if(pending_, [&](const PendingClaim& c) { return c.instrument == i && p.contains(c.day); });
  return out;
}

std::vector<BookedClaim> Registry::take_booked(PriceRowId row) {
  auto node = booked_.extract(row);
  return node.empty() ? std::vector<BookedClaim>{} : std::move(node.mapped());
}

void Registry::set_carried(District county, Fen amount) {
  assert(amount >= Fen{});
  if (amount == Fen{})
    carried_.erase(county);
  else
    carried_[county] = amount;
}

}  // namespace landex::clearing
