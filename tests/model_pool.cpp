// The naive exchange: what projects ask of the city's pool, allocations and what comes of them (H66-7.3, 7.4, 6.3).
// Whether an allocation is possible is counted from nothing each time.
#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "matching/types/bounds.hpp"
#include "tests/model.hpp"

namespace landex::model {
using namespace engine;
using clearing::RequestClass;
using clearing::RequestState;
using policy::Clause;
using policy::Parameter;

namespace {

constexpr std::array kParts{Instrument::supplementary_area, Instrument::supplementary_paddy,
                            Instrument::supplementary_capacity};

bool good_text(const std::string& s) { return s.size() <= 200; }

}  // namespace

Exchange::Ask* Exchange::ask_of(RequestId id) {
  const auto found = asks_.find(id);
  if (found == asks_.end()) {
    refuse(Reason::unknown_request, Clause::h66_7_3);
    return nullptr;
  }
  if (!by_bureau_ && found->second.county != who_) refuse(Reason::not_your_request, Clause::h66_7_3);
  return &found->second;
}

Exchange::Plan* Exchange::plan_of(AllocationId id) {
  const auto found = plans_.find(id);
  if (found != plans_.end() && !found->second.done) return &found->second;
  refuse(Reason::unknown_allocation, Clause::h66_7_3);
  return nullptr;
}

bool Exchange::before_an_approver(AllocationId id) const {
  return std::ranges::any_of(papers_, [id](const Paper& p) {
    const auto* c = std::get_if<command::AllocatePool>(&p.subject);
    return c != nullptr && c->allocation == id &&
           (p.state == ProposalState::under_review || p.state == ProposalState::in_notice ||
            p.state == ProposalState::returned);
  });
}

/// Every paper that carries it is back with its proposer.
bool Exchange::sent_back(AllocationId id) const {
  return std::ranges::none_of(papers_, [id](const Paper& p) {
    const auto* c = std::get_if<command::AllocatePool>(&p.subject);
    return c != nullptr && c->allocation == id &&
           (p.state == ProposalState::under_review || p.state == ProposalState::in_notice);
  });
}

void Exchange::to_state(RequestId id, RequestState state, const std::string& document) {
  Ask& ask = asks_.at(id);
  if ((ask.state == RequestState::open) != (state == RequestState::open)) pool_moved_ = number_;
  ask.state = state;
  out_.push_back(event::RequestMoved{id, ask.county, state, document});
}

void Exchange::back_to_pool(RequestId id, const std::string& document) {
  Ask& ask = asks_.at(id);
  for (const auto& d : ask.waiting)
    move(d.component, city(), Purse::held, city(), Purse::pool, d.quantity, Clause::h66_7_3, id.value, d.filing);
  ask.waiting.clear();
  to_state(id, *day_ > ask.last_day ? RequestState::expired : RequestState::open, document);
}

// Requests.

void Exchange::run(const command::RequestPool& c) {
  require_account(c.county);
  if (is_open(c.county) && classes_.at(c.county) == ParticipantClass::city) refuse(Reason::unknown_unit);
  if (static_cast<int>(c.purpose) < 1 || static_cast<int>(c.purpose) > 5) refuse(Reason::value_out_of_range);
  const std::array amounts{c.need.area.raw(), c.need.paddy.raw(), c.need.capacity.raw()};
  bool sensible = true;
  for (const int64_t n : amounts) sensible &= n >= 0 && n <= kMaxQuantity.raw();
  if (!sensible || amounts == std::array<int64_t, 3>{}) refuse(Reason::value_out_of_range);
  if (sensible && amounts[0] > 0 && amounts[1] > amounts[0]) refuse(Reason::paddy_exceeds_area);
  if (c.lowest_grade && (*c.lowest_grade < 1 || *c.lowest_grade > 15)) refuse(Reason::value_out_of_range);
  require_text(c.project);
  require_text(c.document);
  const bool named = c.exception && !c.exception->reason.empty() && !c.exception->approver.empty();
  if (c.exception && (!good_text(c.exception->reason) || !good_text(c.exception->approver)))
    refuse(Reason::value_out_of_range);
  if (c.purpose == RequestClass::other && !named) refuse(Reason::exception_missing, Clause::h66_7_3);
  if (c.balance) {
    const auto found = balances_.find(*c.balance);
    if (found == balances_.end() || found->second.county != c.county)
      refuse(Reason::unknown_balance, Clause::h66_7_1);
    else if (!found->second.open)
      refuse(Reason::balance_over, Clause::h66_7_1);
    else if (sensible && amounts != std::array<int64_t, 3>{}) {
      const ProjectBalance& b = found->second;
      const bool fits = b.purpose && *b.purpose == c.purpose && c.purpose != RequestClass::other;
      if (!fits || b.project != c.project) {
        refuse(Reason::balance_differs, Clause::h66_7_1);
      } else {
        const Components left = still_needed(b);
        const std::array lacking{left.area.raw(), left.paddy.raw(), left.capacity.raw()};
        for (size_t n = 0; n < kParts.size(); ++n) {
          int64_t asked = amounts[n];
          for (auto& [id, ask] : asks_)
            if (ask.balance == c.balance && (ask.state == RequestState::open || ask.state == RequestState::allotted))
              asked += (ask.need[kParts[n]] - ask.taken[kParts[n]]).raw();
          if (asked > lacking[n]) refuse(Reason::exceeds_need, Clause::h66_7_1);
        }
      }
    }
  }
  if (c.deadline < *day_) refuse(Reason::deadline_passed, Clause::h66_7_3);
  if (refusal_) return;
  for (size_t n = 0; n < kParts.size(); ++n) {
    int64_t together = amounts[n];
    for (auto& [id, ask] : asks_)
      if (ask.state == RequestState::open || ask.state == RequestState::allotted)
        together += (ask.need[kParts[n]] - ask.taken[kParts[n]]).raw();
    if (together > kMaxIssued.raw()) return refuse(Reason::total_out_of_range);
  }
  Ask ask{c.county,   c.purpose, c.project,          {}, {}, c.lowest_grade,
          c.deadline, c.balance, RequestState::open, {}, {}, {}};
  for (size_t n = 0; n < kParts.size(); ++n) ask.need[kParts[n]] = Quantity::from_raw(amounts[n]);
  asks_[RequestId{seq_}] = ask;
  pool_moved_ = number_;
  out_.push_back(event::PoolRequested{RequestId{seq_}, c.county, c.purpose, c.project, c.need, c.deadline});
}

void Exchange::run(const command::WithdrawRequest& c) {
  require_text(c.document);
  const Ask* ask = ask_of(c.request);
  if (ask != nullptr && ask->state != RequestState::open) refuse(Reason::request_state_forbids, Clause::h66_7_3);
  if (!refusal_) to_state(c.request, RequestState::withdrawn, c.document);
}

void Exchange::run(const command::ReturnAllotment& c) {
  require_text(c.document);
  const Ask* ask = ask_of(c.request);
  if (ask != nullptr && ask->state != RequestState::allotted) refuse(Reason::request_state_forbids, Clause::h66_7_3);
  if (!refusal_) back_to_pool(c.request, c.document);
}

/// With the day: what was not taken in time goes back, and what is past its day ends.
void Exchange::requests_of_the_day() {
  for (auto& [id, ask] : asks_) {
    if (ask.state == RequestState::open && *day_ > ask.last_day) to_state(id, RequestState::expired, {});
    if (ask.state == RequestState::allotted && ask.take_by && *day_ > *ask.take_by) back_to_pool(id, {});
  }
}

// Allocations.

void Exchange::run(const command::DraftAllocation& c) {
  if (c.computed_at.value >= seq_) refuse(Reason::value_out_of_range);
  if (std::ranges::count_if(plans_, [](const auto& p) { return !p.second.done; }) >= 16)
    refuse(Reason::value_out_of_range);
  if (refusal_) return;
  plans_[AllocationId{seq_}] = {c.computed_at.value, 0, {}, false};
  out_.push_back(event::AllocationDrafted{AllocationId{seq_}, 0, 0});
}

void Exchange::run(const command::AddDraws& c) {
  if (c.draws.empty() || c.draws.size() > 400) refuse(Reason::value_out_of_range);
  for (const auto& d : c.draws) {
    if (!exists(d.component))
      refuse(Reason::unknown_instrument, Clause::h66_21_2);
    else if (d.component == Instrument::linkage)
      refuse(Reason::component_not_in_kind, Clause::h66_7_3);
    if (d.quantity.raw() < 1 || d.quantity > kMaxQuantity) refuse(Reason::value_out_of_range);
  }
  Plan* plan = plan_of(c.allocation);
  if (plan == nullptr) return;
  if (before_an_approver(c.allocation)) refuse(Reason::unknown_allocation, Clause::h66_7_3);
  if (c.part != plan->parts + 1) refuse(Reason::part_out_of_order, Clause::h66_7_3);
  if (plan->draws.size() + c.draws.size() > 100'000) refuse(Reason::value_out_of_range);
  if (refusal_) return;
  plan->draws.insert(plan->draws.end(), c.draws.begin(), c.draws.end());
  plan->parts += 1;
  out_.push_back(event::AllocationDrafted{c.allocation, plan->parts, plan->draws.size()});
}

/// Possible, and nobody who is short could get a unit more out of all that the pool has without taking from its own
/// class or a higher one: else what it lacks lies in the pool, or a lower class has it. Grades are nested, so a set of
/// requests finds its land if for each grade those that take nothing worse need no more than there is down to it.
bool Exchange::can_be(const std::vector<clearing::Draw>& draws) const {
  constexpr int kUnknown = 16;  // worse than every grade that can be told
  const auto level = [](const std::optional<uint8_t>& grade) { return grade ? int{*grade} : kUnknown; };
  std::map<std::pair<FilingId, Instrument>, Quantity> in_pool, drawn;
  std::map<std::pair<RequestId, Instrument>, Quantity> granted;
  std::map<FilingId, int> grade_of_lot;
  for (const Instrument i : kParts) {
    Quantity all;
    const auto lots = lots_.find({i, city(), Place::pool});
    if (lots == lots_.end()) continue;
    for (const auto& [filing, amount] : lots->second) {
      in_pool[{filing, i}] = amount;
      grade_of_lot[filing] = level(filings_.at(filing).grade);
      all += amount;
    }
    if (all > kMaxQuantity) return false;
  }
  const auto left_of_need = [](const Ask& a, Instrument i) {
    return value_or_zero(a.need, i) - value_or_zero(a.taken, i);
  };
  std::optional<std::tuple<Instrument, uint64_t, FilingId>> before;
  for (const auto& d : draws) {
    const std::tuple place{d.component, d.request, d.filing};
    if (before && !(*before < place)) return false;
    before = place;
    const auto ask = asks_.find(RequestId{d.request});
    if (ask == asks_.end() || ask->second.state != RequestState::open) return false;
    if (!grade_of_lot.contains(d.filing) || grade_of_lot.at(d.filing) > level(ask->second.grade)) return false;
    drawn[{d.filing, d.component}] += d.quantity;
    granted[{ask->first, d.component}] += d.quantity;
    if (drawn[{d.filing, d.component}] > value_or_zero(in_pool, std::pair{d.filing, d.component})) return false;
    if (granted[{ask->first, d.component}] > left_of_need(ask->second, d.component)) return false;
  }
  for (const Instrument i : kParts)
    for (const auto& [id, ask] : asks_) {
      if (ask.state != RequestState::open) continue;
      if (value_or_zero(granted, std::pair{id, i}) == left_of_need(ask, i)) continue;
      bool one_more = true;  // for this one, beside all that its class and those above have
      for (int down_to = level(ask.grade); down_to <= kUnknown; ++down_to) {
        int64_t there = 0, wanted = 1;
        for (const auto& [lot, amount] : in_pool)
          if (lot.second == i && grade_of_lot.at(lot.first) <= down_to) there += amount.raw();
        for (const auto& [other, theirs] : asks_)
          if (theirs.state == RequestState::open && theirs.purpose <= ask.purpose && level(theirs.grade) <= down_to)
            wanted += value_or_zero(granted, std::pair{other, i}).raw();
        one_more &= wanted <= there;
      }
      if (one_more) return false;
    }
  return true;
}

void Exchange::run(const command::AllocatePool& c) {
  require_text(c.document);
  Plan* plan = plan_of(c.allocation);
  const policy::Row* days = pack_->row(Parameter::take_days, *day_);
  if (days == nullptr || !working_days_after(*pack_, *day_, static_cast<int>(days->value)))
    refuse(Reason::no_rule_in_force, Clause::h66_7_3);
  if (plan == nullptr) return;
  if (plan->draws.empty()) refuse(Reason::value_out_of_range);
  if (pool_moved_ > plan->as_of)
    refuse(Reason::allocation_stale, Clause::h66_7_3);
  else if (!refusal_ && !can_be(plan->draws))
    refuse(Reason::allocation_faulty, Clause::h66_7_3);
  if (refusal_) return;
  plan->done = true;
  std::set<RequestId> requests;
  for (const auto& d : plan->draws) {
    const RequestId id{d.request};
    requests.insert(id);
    asks_.at(id).waiting.push_back(d);
    asks_.at(id).since = *day_;
    asks_.at(id).take_by =
        working_days_after(*pack_, *day_, static_cast<int>(pack_->row(Parameter::take_days, *day_)->value));
    out_.push_back(event::Allotted{id, asks_.at(id).county, d.filing, d.component, d.quantity, c.allocation});
    move(d.component, city(), Purse::pool, city(), Purse::held, d.quantity, Clause::h66_7_3, d.request, d.filing);
  }
  for (const RequestId id : requests) to_state(id, RequestState::allotted, c.document);
}

/// By what was published for the day that the parameter names; nothing if it cannot be said, which is refused.
std::optional<Fen> Exchange::price_of(const Ask& ask) {
  const policy::Row* kind = pack_->row(Parameter::release_price, *day_);
  if (kind == nullptr) {
    refuse(Reason::no_rule_in_force, Clause::h66_7_4);
    return {};
  }
  Fen sum;
  if (kind->value == 3) return sum;
  for (const auto& d : ask.waiting) {
    Day of = *ask.since;
    if (kind->value == 1)
      for (const auto& [id, filing] : filings_)
        if (id == d.filing) of = filing.day;
    const PriceRow* row = price_row(d.component, of);
    if (row == nullptr && d.component == Instrument::supplementary_area) {
      refuse(Reason::no_price_in_force, Clause::h66_7_4);
      return {};
    }
    if (row == nullptr) continue;
    const int64_t product = checked_mul(d.quantity.raw(), row->rate.raw());
    const Fen more = Fen::fen(d.component == Instrument::supplementary_capacity ? product : (product + 50) / 100);
    if (more > kMaxMoney - sum) {
      refuse(Reason::total_out_of_range);
      return {};
    }
    sum += more;
  }
  return sum;
}

void Exchange::run(const command::TakeAllotment& c) {
  require_text(c.document);
  Ask* ask = ask_of(c.request);
  if (ask == nullptr) return;
  if (ask->state != RequestState::allotted) return refuse(Reason::request_state_forbids, Clause::h66_7_3);
  const auto price = price_of(*ask);
  if (price && money(ask->county, Purse::free) < *price) refuse(Reason::not_enough_money, Clause::h66_7_4);
  if (refusal_) return;
  move(ask->county, Purse::free, city(), Purse::free, *price, Clause::h66_7_4, c.request.value);
  std::array<int64_t, 3> now{};
  for (size_t n = 0; n < kParts.size(); ++n) {
    const WriteOffId id{seq_ + n * 1'000'000'000'000'000};
    Used used{ask->county, kParts[n], ask->project, {}, false, true};
    Quantity all;
    for (const auto& d : ask->waiting)
      if (d.component == kParts[n]) {
        used.lots[d.filing] += d.quantity;
        all += d.quantity;
      }
    if (all == Quantity{}) continue;
    out_.push_back(event::WrittenOff{ask->county, kParts[n], all, ask->project});
    for (const auto& [filing, amount] : used.lots)
      move(kParts[n], city(), Purse::held, ask->county, Purse::used, amount, Clause::h66_7_3, id.value, filing);
    used_.emplace(id, used);
    ask->taken[kParts[n]] += all;
    now[n] = all.raw();
  }
  ask->waiting.clear();
  const bool all_of_it = std::ranges::all_of(kParts, [ask](Instrument i) { return ask->taken[i] == ask->need[i]; });
  to_state(c.request,
           all_of_it                ? RequestState::served
           : *day_ <= ask->last_day ? RequestState::open
                                    : RequestState::expired,
           c.document);
  const auto found = ask->balance ? balances_.find(*ask->balance) : balances_.end();
  if (found == balances_.end()) return;
  const Components left = still_needed(found->second);
  const Components counts{.area = std::min(left.area, Area::from_raw(now[0])),
                          .paddy = std::min(left.paddy, Area::from_raw(now[1])),
                          .capacity = std::min(left.capacity, Capacity::from_raw(now[2]))};
  if (counts != Components{}) fill(found->first, clearing::Tier::pool, counts, {}, {});
}

/// With the day that closes: what is not done, and lies before nobody.
void Exchange::forget_plans() {
  for (auto at = plans_.begin(); at != plans_.end();)
    at = at->second.done || (before_an_approver(at->first) && !sent_back(at->first)) ? std::next(at) : plans_.erase(at);
}

// The plots of the 30 %.

void Exchange::run(const command::AllotPlots& c) {
  require_account(c.county);
  if (is_open(c.county) && classes_.at(c.county) == ParticipantClass::city) refuse(Reason::unknown_unit);
  if (static_cast<int>(c.purpose) < 1 || static_cast<int>(c.purpose) > 5) refuse(Reason::value_out_of_range);
  require_text(c.project);
  require_text(c.document);
  if (c.purpose == RequestClass::key_zone || c.purpose == RequestClass::other)
    refuse(Reason::purpose_not_served, Clause::h66_6_3);
  if (c.plots.empty()) refuse(Reason::no_plots);
  if (c.plots.size() > 1'000) return refuse(Reason::value_out_of_range);
  std::set<std::string> seen;
  for (const auto& p : c.plots) {
    if (p.number.empty() || p.number.size() > 200) refuse(Reason::value_out_of_range);
    const auto plot = std::ranges::find(library_, p.number, [](const LibraryPlot& l) { return l.plot.plot; });
    if (plot == library_.end()) {
      refuse(Reason::unknown_title, Clause::h66_6_3);
      continue;
    }
    if (cards_.at(p.number).state != clearing::TitleState::pooled || !seen.insert(p.number).second)
      refuse(Reason::title_state_forbids, Clause::h66_6_3);
    if (in_dispute(p.number)) refuse(Reason::plot_in_conflict, Clause::h66_9);
  }
  if (refusal_) return;
  for (const auto& p : c.plots) give(p.number, c.county, clearing::TitleState::used, Clause::h66_6_3, seq_, c.project);
}

}  // namespace landex::model
