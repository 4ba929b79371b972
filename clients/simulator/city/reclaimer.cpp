#include "clients/simulator/city/reclaimer.hpp"

#include <algorithm>

#include "clients/simulator/city/bureau.hpp"

namespace landex::simulator {
namespace {

namespace command = engine::command;

constexpr auto kDocument = "sim";
constexpr auto kArea = Instrument::supplementary_area;

}  // namespace

void Reclaimers::begin(const Plan& plan) { waiting_ = plan.lots; }

void Reclaimers::apply_for_advances(Town& town, Day filing_by) {
  if (town.now[Factor::advance_share] <= 0) return;
  for (uint32_t n = 0; n < town.parties.size(); ++n) {
    if (town.parties[n].kind != ParticipantClass::mountain4) continue;
    Fen fund;
    for (const auto& lot : waiting_)
      if (lot.unit == n) fund += consideration(Quantity::from_raw(lot.area.raw()), lot.cost);
    if (fund > Fen{})
      town.through_chain(n, command::ApplyAdvance{.fund = fund, .filing_by = filing_by, .contract = kDocument});
  }
}

void Reclaimers::file_lots(Town& town) {
  const bool at_filing = town.now.choice<ClaimsPaid>(Factor::claims_paid) == ClaimsPaid::at_filing;
  uint32_t blocked = kNone;  // a unit that waits for money takes no later lot before this one
  std::erase_if(waiting_, [&](const PlannedLot& lot) {
    if (lot.session > town.session || lot.unit == blocked) return false;
    const District d = town.parties[lot.unit].district;
    const Fen cost = consideration(lot.area, lot.cost);
    if (town.money(lot.unit) < cost) {
      blocked = lot.unit;
      return false;
    }
    const Quantity before = town.land(lot.unit, kArea);
    const auto grade = town.scenario->units[lot.unit].grade;
    if (!town.bureau(
            command::FileBatch{.county = d,
                               .kind = engine::IndicatorKind::supplementary,
                               .area = Area::from_raw(lot.area.raw()),
                               .paddy = Area::from_raw(lot.paddy.raw()),
                               .capacity = Capacity::kg(lot.capacity_kg),
                               .project = kDocument,
                               .document = kDocument,
                               .grade = grade == 0 ? std::nullopt : std::optional{static_cast<uint8_t>(grade)}}))
      return true;  // the rule set takes no more filings
    const Quantity kept = town.land(lot.unit, kArea) - before;
    auto& told = town.tally.parties[lot.unit];
    told.filed += lot.area.raw();
    told.pooled += (lot.area - kept).raw();
    if (town.bureau(command::Withdraw{.participant = d, .amount = cost, .document = kDocument}))
      told.withdrawn += cost.raw();
    if (kept > Quantity{})
      town.add_slice({.party = lot.unit,
                      .instrument = kArea,
                      .size = kept,
                      .left = kept,
                      .sold = {},
                      .used = {},
                      .cost = lot.cost,
                      .made = true});
    if (at_filing) bureau::pay_claim(town, lot.unit);
    return true;
  });
}

void Reclaimers::repay_advances(Town& town) {
  std::vector<std::pair<AdvanceId, uint32_t>> open;
  for (const auto& [id, a] : town.world.state().advances.all())
    if (a.left > Fen{}) open.emplace_back(id, town.party_of(a.county));
  for (const auto& [id, party] : open) {
    if (town.money(party) < town.world.state().advances.find(id)->left)  // what its bids of today hold is free again
      town.bureau(
          command::CancelOrders{.participant = town.parties[party].district, .instrument = {}, .side = Side::buy});
    const Fen amount = std::min(town.world.state().advances.find(id)->left, town.money(party));
    if (amount > Fen{})
      town.district(party, command::RepayAdvance{.advance = id, .amount = amount, .document = kDocument});
  }
}

}  // namespace landex::simulator
