#include "clients/simulator/city/district.hpp"

#include <algorithm>

#include "clients/simulator/city/amounts.hpp"

namespace landex::simulator::district {
namespace {

namespace command = engine::command;

constexpr auto kProject = "sim";
constexpr auto kArea = Instrument::supplementary_area;

bool write_off(Town& town, uint32_t party, Instrument i, Quantity q) {
  return q == Quantity{} ||
         town.district(party, command::WriteOff{.instrument = i, .quantity = q, .project = kProject});
}

/// Own stock first. What is offered for sale in auctions of today is not there.
void use_own(Town& town, uint32_t party, ProjectState& p) {
  Party& unit = town.parties[party];
  const Quantity spare = town.spare(unit, kArea);
  const Quantity part = std::min(p.lacks(), spare > unit.kept_linked ? spare - unit.kept_linked : Quantity{});
  if (part > Quantity{}) {
    if (p.plan.linked) {
      unit.kept_linked += part;
      p.own += part;
    } else if (write_off(town, party, kArea, part)) {
      const Quantity bought = town.use_spare(unit, kArea, part);  // what another project has left over
      p.own += part - bought;
      p.bought += bought;
    }
  }
  if (const Quantity q = std::min(p.lacks_linkage(), town.spare(unit, Instrument::linkage)); q > Quantity{}) {
    town.use_spare(unit, Instrument::linkage, q);  // kept for it
    p.linkage += q;
  }
}

/// So much of a linked project is done: as much of either.
void complete(Town& town, uint32_t party, ProjectState& p, Quantity area, Quantity linkage) {
  Party& unit = town.parties[party];
  const Quantity own = std::min(p.own, area), bought = std::min(p.to_use, area - own);
  if (write_off(town, party, kArea, own + bought)) {
    const Quantity spare_bought = town.use_spare(unit, kArea, own);
    unit.kept_linked -= p.own;
    const Quantity left_over = p.to_use - bought;
    p.own = own - spare_bought;
    p.bought = bought + spare_bought;
    p.to_use = {};
    if (left_over > Quantity{})
      town.add_slice({.party = party,
                      .instrument = kArea,
                      .size = left_over,
                      .left = left_over,
                      .sold = {},
                      .used = {},
                      .cost = Price::ticks(1),  // what it cost is spent
                      .made = false});
  }
  write_off(town, party, Instrument::linkage, linkage);
  if (const Quantity left_over = p.linkage - linkage; left_over > Quantity{})
    town.add_slice({.party = party,
                    .instrument = Instrument::linkage,
                    .size = left_over,
                    .left = left_over,
                    .sold = {},
                    .used = {},
                    .cost = Price::ticks(1),
                    .made = false});
  p.linkage = linkage;
  p.over = true;
}

/// The third tier: bought and paid outside the city, used at once.
void buy_outside(Town& town, uint32_t party, ProjectState& p) {
  const Quantity lacks = p.lacks();
  const Price cost = town.outside_cost();
  if (lacks == Quantity{} || cost > town.limit_of(p, kArea) || cost == Price{} || !town.outside_open) return;
  const District d = town.parties[party].district;
  if (town.money(party) < consideration(lacks, cost))  // what its bids of today hold is free again
    town.bureau(command::CancelOrders{.participant = d, .instrument = {}, .side = Side::buy});
  const Quantity part = std::min(lacks, Quantity::from_raw(town.money(party).raw() / cost.raw()));
  if (part == Quantity{}) return;
  if (!town.district(party,
                     command::OpenBalance{.county = d,
                                          .project = kProject,
                                          .purpose = {},
                                          .need = {.area = Area::from_raw(part.raw()), .paddy = {}, .capacity = {}},
                                          .lowest_grade = {},
                                          .deadline = town.day,
                                          .document = kProject})) {
    town.outside_open = false;  // the rule set knows no purchase from outside any more (post-2025)
    return;
  }
  const BalanceId balance{town.world.last().value};
  if (!town.district(party,
                     command::FillBalance{.balance = balance,
                                          .tier = clearing::Tier::outside,
                                          .amount = {.area = Area::from_raw(part.raw()), .paddy = {}, .capacity = {}},
                                          .reason = "deadline",
                                          .document = kProject,
                                          .price = rate_of(kArea, cost)}))
    return;
  const Fen paid = consideration(part, cost);
  if (town.bureau(command::Withdraw{.participant = d, .amount = paid, .document = kProject}))
    town.tally.parties[party].withdrawn += paid.raw();
  p.outside += part;
}

void end_linked(Town& town, uint32_t party, ProjectState& p) {
  const bool last = town.session >= p.plan.deadline;
  if (last && p.lacks_linkage() == Quantity{}) buy_outside(town, party, p);
  if (p.lacks() == Quantity{} && p.lacks_linkage() == Quantity{})
    complete(town, party, p, p.plan.need, p.plan.need);
  else if (last)
    // What came from the pool or from outside is in use already, with linkage or without.
    complete(town, party, p, std::min(p.own + p.to_use, p.linkage), std::min(p.has(), p.linkage));
}

}  // namespace

void begin_projects(Town& town) {
  for (uint32_t n = 0; n < town.parties.size(); ++n)
    for (uint32_t k = town.parties[n].first_project; k < town.parties[n].last_project; ++k) {
      auto& p = town.projects[k];
      if (p.plan.begins > town.session) break;  // they are in order of their beginnings
      if (p.over) continue;
      p.begun = true;
      use_own(town, n, p);
      if (!p.plan.linked) p.over = p.lacks() == Quantity{};
    }
}

void request_pool(Town& town, std::vector<std::pair<RequestId, uint32_t>>& asked) {
  asked.clear();
  const uint32_t most = town.now.count(Factor::requests_per_county);
  const bool pays = town.now.choice<Payer>(Factor::payer) == Payer::project;
  std::vector<uint32_t> open;
  for (uint32_t n = 0; n < town.parties.size(); ++n) {
    open.clear();
    for (uint32_t k = town.parties[n].first_project; k < town.parties[n].last_project; ++k) {
      const auto& p = town.projects[k];
      const bool alone = p.plan.linked && p.lacks_linkage() > Quantity{};  // pooled land cannot wait for its pair
      if (p.begun && !p.over && !alone && p.lacks() > Quantity{} &&
          !(pays && town.limit_of(p, kArea) < price_of(town.outside_price)))
        open.push_back(k);
    }
    std::ranges::stable_sort(open, {}, [&](uint32_t k) { return town.projects[k].plan.deadline; });
    if (open.size() > most) open.resize(most);
    for (const uint32_t k : open) {
      const auto& p = town.projects[k];
      if (town.district(
              n, command::RequestPool{.county = town.parties[n].district,
                                      .purpose = p.plan.purpose,
                                      .project = kProject,
                                      .need = {.area = Area::from_raw(p.lacks().raw()), .paddy = {}, .capacity = {}},
                                      .lowest_grade = {},
                                      .deadline = town.day,  // for this run alone
                                      .document = kProject,
                                      .exception = {},
                                      .balance = {}}))
        asked.emplace_back(RequestId{town.world.last().value}, k);
    }
  }
}

void take_allotted(Town& town, const std::vector<std::pair<RequestId, uint32_t>>& asked) {
  for (const auto& [id, k] : asked) {
    const auto& request = town.world.state().pool_requests.requests.at(id);
    if (request.state != clearing::RequestState::allotted) continue;
    Quantity waits;
    for (const auto& part : request.waiting) waits += part.quantity;
    auto& p = town.projects[k];
    const uint32_t party = p.plan.unit;
    if (!town.district(party, command::TakeAllotment{.request = id, .document = kProject})) {
      town.district(party, command::ReturnAllotment{.request = id, .document = kProject});
      continue;
    }
    p.pool += waits;
    if (!p.plan.linked) p.over = p.lacks() == Quantity{};
  }
}

void end_session(Town& town) {
  for (uint32_t n = 0; n < town.parties.size(); ++n)
    for (uint32_t k = town.parties[n].first_project; k < town.parties[n].last_project; ++k) {
      auto& p = town.projects[k];
      if (!p.begun) break;
      if (p.over && p.to_use == Quantity{}) continue;
      if (p.plan.linked) {
        end_linked(town, n, p);
        continue;
      }
      if (p.to_use > Quantity{} && write_off(town, n, kArea, p.to_use)) p.to_use = {};
      if (town.session >= p.plan.deadline) {
        buy_outside(town, n, p);
        p.over = true;
      }
      p.over = p.over || p.lacks() == Quantity{};
    }
}

}  // namespace landex::simulator::district
