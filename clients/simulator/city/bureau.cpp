#include "clients/simulator/city/bureau.hpp"

#include <algorithm>

#include "clients/simulator/city/amounts.hpp"
#include "exchange/allocation/propose.hpp"
#include "exchange/engine/pool.hpp"

namespace landex::simulator::bureau {
namespace {

namespace command = engine::command;

constexpr auto kDocument = "sim";
const matching::TimeOfDay kOpens = matching::TimeOfDay::hm(9, 0);
// What the city may come to pay in a year: enough, for it is not the subject; what it did pay is an outcome.
const Fen kCityFund = Fen::wan(100'000'000);
constexpr size_t kDrawsOfPart = 400;  // that the engine takes at once

void deposit(Town& town, uint32_t party, District d, Fen amount) {
  if (amount == Fen{}) return;
  town.bureau(command::Deposit{.participant = d, .amount = amount, .document = kDocument});
  town.tally.parties[party].deposited += amount.raw();
}

}  // namespace

void set_stage(Town& town, const Plan& plan, Day stage) {
  const auto& pack = *town.world.state().pack;
  town.bureau(command::OpenDay{.day = stage});
  const District city = town.world.city();
  const auto city_place = static_cast<uint32_t>(town.parties.size());
  town.bureau(command::OpenAccount{.participant = city});
  deposit(town, city_place, city, kCityFund);
  for (uint32_t n = 0; n < plan.projects.size(); ++n) town.projects.push_back({.plan = plan.projects[n]});
  for (uint32_t n = 0; n < town.parties.size(); ++n) {
    Party& p = town.parties[n];
    town.bureau(command::OpenAccount{.participant = p.district});
    if (p.unit == kNone) {
      deposit(town, n, p.district, fen_of(town.now[Factor::speculator_money]));
      continue;
    }
    const auto& unit = town.scenario->units[p.unit];
    if (const auto* known = pack.unit(p.district, stage)) p.kind = known->kind;
    const auto of_unit = std::ranges::equal_range(plan.projects, p.unit, {}, &PlannedProject::unit);
    p.first_project = static_cast<uint32_t>(of_unit.begin() - plan.projects.begin());
    p.last_project = static_cast<uint32_t>(of_unit.end() - plan.projects.begin());
    deposit(town, n, p.district, fen_of(unit.budget_wan * town.now[Factor::budget_scale]));
    const auto stock = [&](engine::IndicatorKind kind, Instrument i, double area, double cost) {
      const Quantity q = quantity_of(area);
      if (q == Quantity{}) return;
      if (town.bureau(command::FileBatch{.county = p.district,
                                         .kind = kind,
                                         .area = Area::from_raw(q.raw()),
                                         .paddy = {},
                                         .capacity = {},
                                         .project = kDocument,
                                         .document = kDocument}))
        town.add_slice({.party = n,
                        .instrument = i,
                        .size = q,
                        .left = q,
                        .sold = {},
                        .used = {},
                        .cost = std::max(price_of(cost), Price::ticks(1)),
                        .made = true});
    };
    stock(engine::IndicatorKind::supplementary, Instrument::supplementary_area,
          unit.stock_mu * town.now[Factor::stock_scale], unit.cost_wan * town.now[Factor::cost_scale]);
    stock(engine::IndicatorKind::linkage, Instrument::linkage, unit.linkage_stock_mu, unit.linkage_cost_wan);
  }
  town.bureau(command::CloseDay{.day = stage});
}

void publish(Town& town, const OutsidePrice& outside, const std::vector<Day>& days) {
  const uint32_t first = town.session - 1;
  uint32_t next = first + 1;
  while (next < days.size() && !outside.changes[next]) ++next;
  const Day until = next < days.size() ? Day::from_raw(days[next].raw() - 1) : town.world.state().pack->until;
  town.bureau(command::PublishPrice{.instrument = Instrument::supplementary_area,
                                    .rate = std::max(rate_of_wan(outside.published[first]), Rate::yuan_per_mu(1)),
                                    .from = town.day,
                                    .until = std::max(until, town.day),
                                    .document = kDocument,
                                    .approver = kDocument});
}

void open_day(Town& town) {
  town.world.wait_until(std::max(town.world.now(), matching::beijing_instant(town.day, kOpens)));
  town.bureau(command::OpenDay{.day = town.day});
}

void close_day(Town& town) { town.bureau(command::CloseDay{.day = town.day}); }

void certify_gaps(Town& town, Day until) {
  for (const Party& p : town.parties) {
    if (p.first_project == p.last_project) continue;
    Quantity need;
    for (uint32_t n = p.first_project; n < p.last_project; ++n) need += town.projects[n].plan.need;
    const Quantity has = town.spare(p, Instrument::supplementary_area);
    if (need > has)
      town.bureau(command::CertifyGap{.participant = p.district,
                                      .instrument = Instrument::supplementary_area,
                                      .quantity = need - has,
                                      .from = town.day,
                                      .until = until,
                                      .document = kDocument});
  }
}

bool quarter_ends(const Town& town) {
  return town.session * 4 / town.sessions > (town.session - 1) * 4 / town.sessions;
}

void pay_claim(Town& town, uint32_t party) {
  const District d = town.parties[party].district;
  if (town.world.state().ledger.money(d, clearing::Purse::claims) > Fen{})
    town.bureau(command::SettleClaims{.county = d});
}

void pay_claims(Town& town) {
  for (uint32_t n = 0; n < town.parties.size(); ++n) pay_claim(town, n);
}

bool allocate(Town& town) {
  const auto asked = engine::allocation_case(town.world.state());
  if (asked.lots.empty() || asked.requests.empty()) return false;
  const Sequence reckoned_at = town.world.last();
  const auto proposal = allocation::propose(asked);
  if (!proposal || proposal->draws.empty()) return false;
  if (!town.bureau(command::DraftAllocation{.computed_at = reckoned_at})) return false;
  const AllocationId id{town.world.last().value};
  const std::span draws{proposal->draws};
  uint32_t part = 0;
  for (size_t at = 0; at < draws.size(); at += kDrawsOfPart) {
    const auto some = draws.subspan(at, std::min(kDrawsOfPart, draws.size() - at));
    town.bureau(command::AddDraws{.allocation = id, .part = ++part, .draws = {some.begin(), some.end()}});
  }
  return town.through_chain(kNone, command::AllocatePool{.allocation = id, .document = kDocument});
}

}  // namespace landex::simulator::bureau
