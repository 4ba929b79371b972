// steps_allocation.cpp: the pool is dealt out (H66-7.3): an allocation that a solver outside the engine proposed is
// written down part by part, verified, approved by people, and done; then each county takes over what was allotted to
// its requests against its price (H66-7.4), or it goes back. The engine asks whether an allocation is possible, keeps
// the order of classes and rests on what is so now; not whether it is the best (decisions 20).
#include <algorithm>
#include <set>

#include "clearing/allocation_check.hpp"
#include "exchange/engine/balances.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/pool.hpp"
#include "exchange/engine/posting.hpp"

namespace landex::engine {
namespace {

using clearing::Draft;
using clearing::Request;
using clearing::RequestState;
using policy::Clause;
using policy::Parameter;

// Bounds of memory, and of a part: as JSON a draw is some 110 bytes, and a frame is 64 KiB and 1 100 tables.
constexpr size_t kMostDrafts = 16;
constexpr size_t kMostDraws = 100'000;
constexpr size_t kMostDrawsOfPart = 400;

// What a project pays for pooled land.
enum class ReleasePrice : int64_t { pass_through = 1, of_the_allotment = 2, nothing = 3 };

/// The allocations whose proposal is in one of these states.
std::set<AllocationId> proposed(const State& s, std::initializer_list<ProposalState> states) {
  std::set<AllocationId> out;
  for (const auto& [id, p] : s.proposals.all)
    if (const auto* c = std::get_if<command::AllocatePool>(&p.subject);
        c && std::ranges::find(states, p.state) != states.end())
      out.insert(c->allocation);
  return out;
}

const Draft* require_draft(const Asked& a, AllocationId id) {
  const auto& drafts = a.state.pool_requests.drafts;
  const auto at = drafts.find(id);
  if (at != drafts.end() && !at->second.effective) return &at->second;
  a.verdict.refuse({Reason::unknown_allocation, Clause::h66_7_3, {{FactName::number, fact(id)}}, {}});
  return nullptr;
}

/// What the check has found, as far as it names a place.
Refusal faulty(const clearing::AllocationFinding& f) {
  Refusal out{Reason::allocation_faulty, Clause::h66_7_3, {{FactName::allocation_fault, fact(f.fault)}}, {}};
  if (f.request) out.facts.push_back({FactName::request, static_cast<int64_t>(*f.request)});
  if (f.filing) out.facts.push_back({FactName::filing, fact(*f.filing)});
  if (f.component) out.facts.push_back({FactName::instrument, fact(*f.component)});
  if (f.given) out.facts.push_back({FactName::needed_quantity, fact(*f.given)});
  if (f.bound) out.facts.push_back({FactName::available_quantity, fact(*f.bound)});
  return out;
}

/// What the county owes for what waits, each draw by itself, half up to the fen: by our default at the rate of the day
/// on which the draw's filing came in, which is what the city owed for it (H66-7.4). Area needs a price; paddy and
/// capacity without one go with it (decisions 8). Nothing where it cannot be said: then it is refused.
std::optional<Fen> require_price(const Asked& a, const Request& r) {
  const State& s = a.state;
  const auto* rule = s.pack->row(Parameter::release_price, *s.day);
  if (!rule) {
    refuse_no_rule(a, Clause::h66_7_4, "pool.release_price");
    return std::nullopt;
  }
  const auto kind = static_cast<ReleasePrice>(rule->value);
  if (kind == ReleasePrice::nothing) return Fen{};
  Fen sum;
  for (const auto& part : r.waiting) {
    const Day day = kind == ReleasePrice::pass_through ? s.registry.find(part.filing)->day : *r.allotted_on;
    const auto* row = s.prices.in_force(part.component, day);
    if (!row && part.component == Instrument::supplementary_area) {
      a.verdict.refuse({Reason::no_price_in_force,
                        Clause::h66_7_4,
                        {{FactName::instrument, fact(part.component)}, {FactName::day, fact(day)}},
                        {}});
      return std::nullopt;
    }
    const Fen more = row ? payable(part.component, part.quantity, row->rate) : Fen{};
    if (more > kMaxMoney - sum) {
      refuse_amount(a);
      return std::nullopt;
    }
    sum += more;
  }
  return sum;
}

}  // namespace

void check(const Asked& a, const command::DraftAllocation& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_not_ended(a, Clause::h66_7_3);
  // Reckoned from what has been: one of a number yet to come would never be stale.
  require_range(a, "computed_at", fact(c.computed_at), 0, fact(a.state.last) - 1);
  const auto made =
      std::ranges::count_if(a.state.pool_requests.drafts, [](const auto& d) { return !d.second.effective; });
  require_range(a, "drafts", made + 1, 0, kMostDrafts);
}

void move(Doing& d, const command::DraftAllocation& c) {
  const AllocationId id{d.seq.value};
  d.state.pool_requests.drafts.emplace(
      id, Draft{.id = id, .computed_at = c.computed_at, .parts = 0, .draws = {}, .effective = false});
  d.events.emplace_back(event::AllocationDrafted{.allocation = id, .parts = 0, .draws = 0});
}

void check(const Asked& a, const command::AddDraws& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_range(a, "draws", static_cast<int64_t>(c.draws.size()), 1, kMostDrawsOfPart);
  for (const auto& draw : c.draws) {
    if (require_instrument(a, draw.component) && !is_supplementary(draw.component))
      a.verdict.refuse({Reason::component_not_in_kind,
                        Clause::h66_7_3,
                        {{FactName::instrument, fact(draw.component)}},
                        "component"});
    require_range(a, "quantity", draw.quantity.raw(), 1, kMaxQuantity.raw());
  }
  const auto* draft = require_draft(a, c.allocation);
  if (!draft) return;
  // What an approver looks at does not change under his hands.
  if (proposed(a.state, {ProposalState::under_review, ProposalState::returned, ProposalState::in_notice})
          .contains(c.allocation))
    a.verdict.refuse({Reason::unknown_allocation, Clause::h66_7_3, {{FactName::number, fact(c.allocation)}}, {}});
  if (c.part != draft->parts + 1)
    a.verdict.refuse({Reason::part_out_of_order,
                      Clause::h66_7_3,
                      {{FactName::number, fact(c.allocation)},
                       {FactName::given, c.part},
                       {FactName::least, int64_t{draft->parts} + 1}},
                      {}});
  require_range(a, "draws", static_cast<int64_t>(draft->draws.size() + c.draws.size()), 1, kMostDraws);
}

void move(Doing& d, const command::AddDraws& c) {
  auto& draft = d.state.pool_requests.drafts.at(c.allocation);
  draft.draws.insert(draft.draws.end(), c.draws.begin(), c.draws.end());
  draft.parts = c.part;
  d.events.emplace_back(
      event::AllocationDrafted{.allocation = draft.id, .parts = draft.parts, .draws = draft.draws.size()});
}

void check(const Asked& a, const command::AllocatePool& c) {
  require_bureau(a);
  require_policy(a);
  const bool open = require_day(a);
  require_text(a, "document", c.document);
  const auto* draft = require_draft(a, c.allocation);
  if (open && a.state.pack) {
    const auto* term = a.state.pack->row(Parameter::take_days, *a.state.day);
    if (!term || !plus_working_days(*a.state.pack, *a.state.day, static_cast<int>(term->value)))
      refuse_no_rule(a, Clause::h66_7_3, "pool.take_days");
  }
  if (!draft || !a.state.pack) return;
  require_range(a, "draws", static_cast<int64_t>(draft->draws.size()), 1, kMostDraws);
  if (is_stale(a.state, *draft))
    return a.verdict.refuse({Reason::allocation_stale,
                             Clause::h66_7_3,
                             {{FactName::number, fact(draft->id)},
                              {FactName::given, fact(draft->computed_at)},
                              {FactName::most, fact(a.state.pool_requests.moved)}},
                             {}});
  if (const auto wrong = clearing::verify(allocation_case(a.state), draft->draws)) a.verdict.refuse(faulty(*wrong));
}

void move(Doing& d, const command::AllocatePool& c) {
  auto& draft = d.state.pool_requests.drafts.at(c.allocation);
  draft.effective = true;
  const District city = *city_of(*d.state.pack);
  std::set<RequestId> served;
  for (const auto& draw : draft.draws) {
    auto& r = d.state.pool_requests.requests.at(RequestId{draw.request});
    served.insert(r.id);
    r.waiting.push_back({.filing = draw.filing, .component = draw.component, .quantity = draw.quantity});
    d.events.emplace_back(event::Allotted{.request = r.id,
                                          .county = r.county,
                                          .filing = draw.filing,
                                          .component = draw.component,
                                          .quantity = draw.quantity,
                                          .allocation = draft.id});
    d.state.holds.add({.purpose = r.id.value, .owner = city}, draw.component, draw.quantity);
    post_land(d, draw.component, city, Purse::pool, city, Purse::held, draw.quantity, Clause::h66_7_3, r.id.value,
              draw.filing);
  }
  const Day today = *d.state.day;
  const auto term = d.state.pack->row(Parameter::take_days, today)->value;
  const auto take_by = plus_working_days(*d.state.pack, today, static_cast<int>(term));
  for (const RequestId id : served) {
    auto& r = d.state.pool_requests.requests.at(id);
    r.allotted_on = today;
    r.take_by = take_by;
    to_state(d, r, RequestState::allotted, c.document);
  }
}

void check(const Asked& a, const command::TakeAllotment& c) {
  require_district(a);
  require_policy(a);
  const bool open = require_day(a);
  require_text(a, "document", c.document);
  const auto& requests = a.state.pool_requests.requests;
  const auto at = requests.find(c.request);
  if (at == requests.end()) {
    a.verdict.refuse({Reason::unknown_request, Clause::h66_7_3, {{FactName::number, fact(c.request)}}, {}});
    return;
  }
  const Request& r = at->second;
  if (r.county != a.who.participant)
    a.verdict.refuse({Reason::not_your_request, Clause::h66_7_3, {{FactName::number, fact(c.request)}}, {}});
  if (r.state != RequestState::allotted)
    return a.verdict.refuse({Reason::request_state_forbids,
                             Clause::h66_7_3,
                             {{FactName::number, fact(r.id)}, {FactName::request_state, fact(r.state)}},
                             {}});
  if (!open || !a.state.pack) return;
  if (const auto price = require_price(a, r)) require_money(a, r.county, *price, Clause::h66_7_4);
}

void move(Doing& d, const command::TakeAllotment& c) {
  auto& r = d.state.pool_requests.requests.at(c.request);
  const District city = *city_of(*d.state.pack);
  Verdict agreed;
  const Envelope& by = *d.by;
  const Fen price = *require_price({d.state, by, d.seat, agreed}, r);  // as the check has found it
  post_money(d, r.county, Purse::free, city, Purse::free, price, Clause::h66_7_4, r.id.value);
  Components taken;
  uint64_t place = 0;
  for (const Instrument i : clearing::kPooledComponents) {
    clearing::WrittenOffLand entry{.id = clearing::write_off_of(d.seq, place++),
                                   .participant = r.county,
                                   .instrument = i,
                                   .quantity = {},
                                   .left = {},
                                   .project = r.project,
                                   .slices = {},
                                   .restorable = false};
    for (const auto& part : r.waiting)
      if (part.component == i) {
        entry.quantity += part.quantity;
        entry.slices.push_back({.filing = part.filing, .quantity = part.quantity});
      }
    if (entry.quantity == Quantity{}) continue;
    entry.left = entry.quantity;
    add(taken, components_of(i, entry.quantity));
    d.events.emplace_back(
        event::WrittenOff{.participant = r.county, .instrument = i, .quantity = entry.quantity, .project = r.project});
    for (const auto& slice : entry.slices) {
      d.state.holds.spend({.purpose = r.id.value, .owner = city}, i, slice.quantity);
      post_land(d, i, city, Purse::held, r.county, Purse::used, slice.quantity, Clause::h66_7_3, entry.id.value,
                slice.filing);
    }
    d.state.entries.write_offs.emplace(entry.id, std::move(entry));
  }
  r.waiting.clear();
  r.allotted_on = r.take_by = {};
  add(r.taken, taken);
  to_state(d, r,
           r.taken == r.need            ? RequestState::served
           : *d.state.day <= r.deadline ? RequestState::open
                                        : RequestState::expired,
           c.document);
  if (r.balance) fill_from_pool(d, *r.balance, taken);
}

void forget_drafts(Doing& d) {
  // One that was returned is reckoned anew, so its draft is not waited for.
  const auto kept = proposed(d.state, {ProposalState::under_review, ProposalState::in_notice});
  std::erase_if(d.state.pool_requests.drafts,
                [&](const auto& draft) { return !draft.second.effective && !kept.contains(draft.first); });
}

}  // namespace landex::engine
