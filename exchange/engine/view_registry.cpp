#include "exchange/engine/view_registry.hpp"

#include <algorithm>

namespace landex::engine {

view::Lineage lineage_of(const State& s, const Asker& who, FilingId id) {
  const auto* filing = s.registry.find(id);
  if (!filing) return {};
  view::LineageRow row{.filing = id,
                       .county = filing->county,
                       .kind = filing->kind,
                       .day = filing->day,
                       .filed = filing->filed,
                       .deducted = filing->deducted,
                       .project = filing->project,
                       .project_id = filing->project_id,
                       .document = filing->document,
                       .grade = filing->grade,
                       .plots = filing->plots,
                       .expires = filing->expires,
                       .lots = {},
                       .uses = {}};
  s.lots.for_each([&](District owner, Instrument i, Place place, const clearing::Slice& slice) {
    if (slice.filing == id && may_see(who, owner))
      row.lots.push_back(
          {.instrument = i, .filing = id, .participant = owner, .place = place, .quantity = slice.quantity});
  });
  for (const auto& [number, entry] : s.entries.write_offs)
    for (const auto& slice : entry.slices)
      if (slice.filing == id && may_see(who, entry.participant))
        row.uses.push_back({.write_off = number,
                            .participant = entry.participant,
                            .instrument = entry.instrument,
                            .quantity = slice.quantity,
                            .project = entry.project});
  view::Lineage out;
  if (may_see(who, filing->county) || !row.lots.empty()) out.rows.push_back(std::move(row));
  return out;
}

view::Lots lots_of(const State& s, const Asker& who, std::optional<District> participant) {
  view::Lots out;
  s.lots.for_each([&](District owner, Instrument i, Place place, const clearing::Slice& slice) {
    if (wanted(who, participant, owner))
      out.rows.push_back(
          {.instrument = i, .filing = slice.filing, .participant = owner, .place = place, .quantity = slice.quantity});
  });
  return out;
}

view::Projects projects_of(const State& s, const Asker& who, std::optional<District> county) {
  view::Projects out;
  for (const auto& [id, p] : s.projects.all())
    if (wanted(who, county, p.county))
      out.rows.push_back({.project = id,
                          .county = p.county,
                          .kind = p.kind,
                          .name = p.name,
                          .state = p.state,
                          .document = p.document});
  return out;
}

view::Conflicts conflicts_of(const State& s, const Asker& who, std::optional<District> county) {
  view::Conflicts out;
  for (const auto& [plot, c] : s.conflicts.all())
    if (wanted(who, county, c.county))
      out.rows.push_back({.plot = plot,
                          .county = c.county,
                          .conflict = c.kind,
                          .open = c.open(),
                          .document = c.document,
                          .papers = c.papers});
  return out;
}

view::Entries entries_of(const State& s, const Asker& who, std::optional<District> participant) {
  view::Entries out;
  for (const auto& [id, f] : s.entries.freezes)
    if (wanted(who, participant, f.participant))
      out.freezes.push_back({.freeze = id,
                             .participant = f.participant,
                             .instrument = f.instrument,
                             .quantity = f.quantity,
                             .left = f.left,
                             .document = f.document});
  for (const auto& [id, l] : s.entries.loans)
    if (wanted(who, participant, l.lender) || wanted(who, participant, l.borrower))
      out.loans.push_back({.loan = id,
                           .lender = l.lender,
                           .borrower = l.borrower,
                           .instrument = l.instrument,
                           .quantity = l.quantity,
                           .left = l.left,
                           .due = l.due,
                           .overdue = l.overdue,
                           .document = l.document});
  for (const auto& [id, w] : s.entries.write_offs)
    if (wanted(who, participant, w.participant))
      out.write_offs.push_back({.write_off = id,
                                .participant = w.participant,
                                .instrument = w.instrument,
                                .quantity = w.quantity,
                                .left = w.left,
                                .project = w.project});
  return out;
}

view::Availability available_of(const State& s, const Asker& who, District participant, Instrument i) {
  if (!exists(i) || !may_see(who, participant)) return {};
  const auto seat = s.ledger.seat_of(participant);
  if (!seat) return {};
  const auto& account = s.ledger.account(*seat);
  const auto land = [&](Purse p) { return account[p].of(i); };
  view::Available row{.participant = participant,
                      .instrument = i,
                      .balance = {},
                      .frozen = land(Purse::frozen),
                      .lent = s.entries.lent(participant, i),
                      .on_offer = land(Purse::held),
                      .available = {},
                      .borrowed = land(Purse::borrowed),
                      .own_need = s.needs.own_need(participant, i)};
  row.balance = land(Purse::free) + land(Purse::held) + land(Purse::frozen) + row.lent;
  row.available = std::max(row.balance - row.frozen - row.lent - row.on_offer - row.own_need, Quantity{});
  return {.rows = {row}};
}

}  // namespace landex::engine
