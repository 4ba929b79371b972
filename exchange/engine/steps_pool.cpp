// steps_pool.cpp: what projects ask of the city's pool (H66-7.3): requests, their end, and the plots of the 30 % that a
// major project of the city uses (H66-6.3).
#include <algorithm>
#include <set>
#include <vector>

#include "clearing/allocation_check.hpp"
#include "exchange/engine/balances.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/pool.hpp"
#include "exchange/engine/posting.hpp"
#include "exchange/engine/titles.hpp"

namespace landex::engine {
namespace {

using clearing::Request;
using clearing::RequestClass;
using clearing::RequestState;
using clearing::TitleState;
using policy::Clause;
using policy::Parameter;

constexpr size_t kMaxPlots = 1000;

bool is_over(RequestState s) { return s != RequestState::open && s != RequestState::allotted; }

/// At least one component above nothing; paddy is a part of the area, where area is asked for at all.
bool require_need(const Asked& a, const Components& need) {
  const bool in_range = require_range(a, "area", need.area.raw(), 0, kMaxQuantity.raw()) &
                        require_range(a, "paddy", need.paddy.raw(), 0, kMaxQuantity.raw()) &
                        require_range(a, "capacity", need.capacity.raw(), 0, kMaxQuantity.raw());
  if (need == Components{}) return require_range(a, "area", 0, 1, kMaxQuantity.raw());
  if (in_range && need.area > Area{} && need.paddy > need.area)
    a.verdict.refuse({Reason::paddy_exceeds_area,
                      {},
                      {{FactName::needed_quantity, need.paddy.raw()}, {FactName::available_quantity, need.area.raw()}},
                      {}});
  return in_range;
}

/// The needs of all requests together stay within what an allocation can be reckoned with. They are added up only where
/// they could come to more: each is no larger than kMaxQuantity, so that takes tens of thousands of requests.
void require_reckonable(const Asked& a, const Components& need) {
  constexpr auto kHarmless = static_cast<size_t>(kMaxIssued.raw() / kMaxQuantity.raw());
  if (a.state.pool_requests.requests.size() < kHarmless) return;
  for (const Instrument i : clearing::kPooledComponents) {
    Quantity all = clearing::part_of(need, i);
    for (const auto& [id, r] : a.state.pool_requests.requests)
      if (!is_over(r.state)) all += clearing::part_of(r.need, i) - clearing::part_of(r.taken, i);
    if (all > kMaxIssued)
      a.verdict.refuse({Reason::total_out_of_range, {}, {{FactName::most, kMaxIssued.raw()}}, "issued"});
  }
}

/// It is there, and whoever asks may act for it.
const Request* require_request(const Asked& a, RequestId id) {
  const auto& requests = a.state.pool_requests.requests;
  const auto at = requests.find(id);
  if (at == requests.end()) {
    a.verdict.refuse({Reason::unknown_request, Clause::h66_7_3, {{FactName::number, fact(id)}}, {}});
    return nullptr;
  }
  if (a.who.role == Role::district && a.who.participant != at->second.county)
    a.verdict.refuse({Reason::not_your_request, Clause::h66_7_3, {{FactName::number, fact(id)}}, {}});
  return &at->second;
}

void require_state(const Asked& a, const Request& r, RequestState state) {
  if (r.state != state)
    a.verdict.refuse({Reason::request_state_forbids,
                      Clause::h66_7_3,
                      {{FactName::number, fact(r.id)}, {FactName::request_state, fact(r.state)}},
                      {}});
}

/// A reason, and who allowed it: both, or the purpose is not served. Where H66-7.3 names the purpose it decides
/// nothing.
void require_exception(const Asked& a, const command::RequestPool& c) {
  const clearing::PurposeException none;
  const auto& given = c.exception ? *c.exception : none;
  for (const auto& [field, text] :
       {std::pair{"exception_reason", &given.reason}, {"exception_approver", &given.approver}}) {
    require_range(a, field, static_cast<int64_t>(text->size()), 0, static_cast<int64_t>(kMaxText));
    if (c.purpose == RequestClass::other && text->empty())
      a.verdict.refuse({Reason::exception_missing, Clause::h66_7_3, {{FactName::purpose, fact(c.purpose)}}, field});
  }
}

/// The balance that a request is to fill is its county's and open, of the same project and a purpose that the pool
/// serves, and with what is asked for already it needs no less.
void require_balance(const Asked& a, const command::RequestPool& c) {
  const auto& balances = a.state.needs.balances;
  const auto at = balances.find(*c.balance);
  if (at == balances.end() || at->second.county != c.county)
    return a.verdict.refuse({Reason::unknown_balance, Clause::h66_7_1, {{FactName::number, fact(*c.balance)}}, {}});
  const auto& balance = at->second;
  if (!balance.open)
    return a.verdict.refuse({Reason::balance_over, Clause::h66_7_1, {{FactName::number, fact(balance.id)}}, {}});
  const bool same_purpose = balance.purpose == c.purpose && serves(balance, clearing::Tier::pool);
  if (balance.project != c.project || !same_purpose)
    return a.verdict.refuse({Reason::balance_differs,
                             Clause::h66_7_1,
                             {{FactName::number, fact(balance.id)}},
                             same_purpose ? "project" : "purpose"});
  for (const Instrument i : clearing::kPooledComponents) {
    Quantity asked = clearing::part_of(c.need, i);
    for (const auto& [id, r] : a.state.pool_requests.requests)
      if (r.balance == c.balance && !is_over(r.state))
        asked += clearing::part_of(r.need, i) - clearing::part_of(r.taken, i);
    if (asked > left_of(balance, i))
      a.verdict.refuse({Reason::exceeds_need,
                        Clause::h66_7_1,
                        {{FactName::number, fact(balance.id)},
                         {FactName::instrument, fact(i)},
                         {FactName::needed_quantity, fact(asked)},
                         {FactName::available_quantity, fact(left_of(balance, i))}},
                        {}});
  }
}

}  // namespace

clearing::AllocationCase allocation_case(const State& s) {
  clearing::AllocationCase out;
  if (!s.pack) return out;
  std::map<FilingId, Components> in_pool;
  if (const auto seat = s.ledger.seat_of(*city_of(*s.pack))) {
    const auto slices = [&](Instrument i, const auto& add) {
      for (const auto& slice : s.lots.of(i, {.seat = *seat, .place = Place::pool}))
        add(in_pool[slice.filing], slice.quantity.raw());
    };
    slices(Instrument::supplementary_area, [](Components& c, int64_t n) { c.area = Area::from_raw(n); });
    slices(Instrument::supplementary_paddy, [](Components& c, int64_t n) { c.paddy = Area::from_raw(n); });
    slices(Instrument::supplementary_capacity, [](Components& c, int64_t n) { c.capacity = Capacity::from_raw(n); });
  }
  for (const auto& [id, left] : in_pool) {
    const auto& filing = *s.registry.find(id);
    out.lots.push_back({.filing = id, .origin = filing.county, .grade = filing.grade, .left = left});
  }
  for (const auto& [id, r] : s.pool_requests.requests)
    if (r.state == RequestState::open)
      out.requests.push_back({.id = id.value,
                              .county = r.county,
                              .kind = r.purpose,
                              .need = {.area = r.need.area - r.taken.area,
                                       .paddy = r.need.paddy - r.taken.paddy,
                                       .capacity = r.need.capacity - r.taken.capacity},
                              .lowest_grade = r.lowest_grade,
                              .deadline = r.deadline});
  return out;
}

void to_state(Doing& d, Request& r, RequestState state, const std::string& document) {
  if (r.state == RequestState::open || state == RequestState::open) pool_moved(d);
  r.state = state;
  d.events.emplace_back(event::RequestMoved{.request = r.id, .county = r.county, .state = state, .document = document});
}

void give_back(Doing& d, Request& r, const std::string& document) {
  const District city = *city_of(*d.state.pack);
  for (const auto& part : r.waiting) {
    d.state.holds.spend({.purpose = r.id.value, .owner = city}, part.component, part.quantity);
    post_land(d, part.component, city, Purse::held, city, Purse::pool, part.quantity, Clause::h66_7_3, r.id.value,
              part.filing);
  }
  r.waiting.clear();
  r.allotted_on = r.take_by = {};
  to_state(d, r, *d.state.day <= r.deadline ? RequestState::open : RequestState::expired, document);
}

void fire_requests(Doing& d) {
  const Day today = *d.state.day;
  for (auto& [id, r] : d.state.pool_requests.requests) {
    if (r.state == RequestState::open && r.deadline < today) to_state(d, r, RequestState::expired, {});
    if (r.state == RequestState::allotted && *r.take_by < today) give_back(d, r, {});
  }
}

void check(const Asked& a, const command::RequestPool& c) {
  require_role(a, a.who.role == Role::district && a.who.participant == c.county);
  require_policy(a);
  const bool open = require_day(a);
  require_not_ended(a, Clause::h66_7_3);
  require_account(a, c.county);
  require_county(a, c.county);
  require_range(a, "purpose", fact(c.purpose), fact(RequestClass::national), fact(RequestClass::other));
  const bool in_range = require_need(a, c.need);
  if (c.lowest_grade) require_range(a, "grade", *c.lowest_grade, 1, clearing::AllocationRules{}.worst_grade);
  require_text(a, "project", c.project);
  require_text(a, "document", c.document);
  require_exception(a, c);
  if (c.balance && in_range) require_balance(a, c);
  if (open && c.deadline < *a.state.day)
    a.verdict.refuse({Reason::deadline_passed,
                      Clause::h66_7_3,
                      {{FactName::until_day, fact(c.deadline)}, {FactName::day, fact(*a.state.day)}},
                      {}});
  if (in_range) require_reckonable(a, c.need);
}

void move(Doing& d, const command::RequestPool& c) {
  const RequestId id{d.seq.value};
  d.state.pool_requests.requests.emplace(id, Request{.id = id,
                                                     .county = c.county,
                                                     .purpose = c.purpose,
                                                     .project = c.project,
                                                     .need = c.need,
                                                     .taken = {},
                                                     .lowest_grade = c.lowest_grade,
                                                     .deadline = c.deadline,
                                                     .document = c.document,
                                                     .exception = c.exception,
                                                     .balance = c.balance,
                                                     .state = RequestState::open,
                                                     .waiting = {},
                                                     .allotted_on = {},
                                                     .take_by = {}});
  pool_moved(d);
  d.events.emplace_back(event::PoolRequested{.request = id,
                                             .county = c.county,
                                             .purpose = c.purpose,
                                             .project = c.project,
                                             .need = c.need,
                                             .deadline = c.deadline});
}

void check(const Asked& a, const command::WithdrawRequest& c) {
  require_role(a, a.who.role == Role::bureau || a.who.role == Role::district);
  require_policy(a);
  require_day(a);
  require_text(a, "document", c.document);
  if (const auto* r = require_request(a, c.request)) require_state(a, *r, RequestState::open);
}

void move(Doing& d, const command::WithdrawRequest& c) {
  to_state(d, d.state.pool_requests.requests.at(c.request), RequestState::withdrawn, c.document);
}

void check(const Asked& a, const command::ReturnAllotment& c) {
  require_role(a, a.who.role == Role::bureau || a.who.role == Role::district);
  require_policy(a);
  require_day(a);
  require_text(a, "document", c.document);
  if (const auto* r = require_request(a, c.request)) require_state(a, *r, RequestState::allotted);
}

void move(Doing& d, const command::ReturnAllotment& c) {
  give_back(d, d.state.pool_requests.requests.at(c.request), c.document);
}

void check(const Asked& a, const command::AllotPlots& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_not_ended(a, Clause::h66_6_3);
  require_account(a, c.county);
  require_county(a, c.county);
  require_range(a, "purpose", fact(c.purpose), fact(RequestClass::national), fact(RequestClass::other));
  require_text(a, "project", c.project);
  require_text(a, "document", c.document);
  // Narrower than 7.3: «市重大建设项目补划», so neither a key zone nor anything by exception.
  if (c.purpose == RequestClass::key_zone || c.purpose == RequestClass::other)
    a.verdict.refuse({Reason::purpose_not_served, Clause::h66_6_3, {{FactName::purpose, fact(c.purpose)}}, {}});
  if (c.plots.empty()) a.verdict.refuse({Reason::no_plots, {}, {}, {}});
  if (!require_range(a, "plots", static_cast<int64_t>(c.plots.size()), 0, kMaxPlots)) return;
  std::set<std::string_view> named;
  for (const auto& p : c.plots) {
    require_range(a, "plot", static_cast<int64_t>(p.number.size()), 1, static_cast<int64_t>(kMaxText));
    const auto* title = a.state.titles.find(p.number);
    if (!title || title->product != clearing::Product::pbf_plot) {
      a.verdict.refuse({Reason::unknown_title, Clause::h66_6_3, {}, p.number});
      continue;
    }
    TitleState state = title->state;
    if (!named.insert(p.number).second) state = TitleState::used;  // by this command itself
    if (state != TitleState::pooled)
      a.verdict.refuse(
          {Reason::title_state_forbids, Clause::h66_6_3, {{FactName::title_state, fact(state)}}, p.number});
    require_no_conflict(a, p.number);
  }
}

void move(Doing& d, const command::AllotPlots& c) {
  for (const auto& p : c.plots) use_pooled_plot(d, p.number, c.county, c.project, d.seq.value);
}

}  // namespace landex::engine
