#include "exchange/reports/projection.hpp"

namespace landex::reports {

namespace event = engine::event;
using clearing::RequestState;
using engine::Purse;

// ---- filings ----

void Projector::Projection::on(const event::Filed& e) {
  Filing& f = filings_.change(e.filing.value);
  f.county = e.county;
  f.kind = e.kind;
  f.day = value(e.day);
  f.filed = {.area = e.area, .paddy = e.paddy, .capacity = e.capacity};
  f.updated = at_.seq;
}
void Projector::Projection::on(const event::Deducted& e) {
  Filing& f = filings_.change(e.filing.value);
  f.deducted.area += e.area;
  f.deducted.paddy += e.paddy;
  f.deducted.capacity += e.capacity;
  f.updated = at_.seq;
}
void Projector::Projection::on(const event::Adjusted& e) {
  Filing& f = filings_.change(e.filing.value);
  f.filed.area += e.area;
  f.filed.paddy += e.paddy;
  f.filed.capacity += e.capacity;
  f.updated = at_.seq;
}

/// Land that comes in without a filing of ours was bought outside the city (BalanceFilled from outside): a lot too.
void Projector::Projection::filed_elsewhere(const event::LotMoved& e) {
  const Filing* known = filings_.find(e.filing.value);
  if (known && !known->elsewhere) return;
  Filing& f = filings_.change(e.filing.value);
  f.elsewhere = true;
  f.county = e.to;
  f.kind = clearing::IndicatorKind::supplementary;
  f.day = day_text_;
  f.updated = at_.seq;
  if (e.instrument == Instrument::supplementary_area) f.filed.area += Area::from_raw(e.quantity.raw());
  if (e.instrument == Instrument::supplementary_paddy) f.filed.paddy += Area::from_raw(e.quantity.raw());
  if (e.instrument == Instrument::supplementary_capacity) f.filed.capacity += Capacity::from_raw(e.quantity.raw());
}

void Projector::Projection::on(const event::ClaimBooked& e) {
  fact(TableId::claims, e.filing, e.county, e.instrument, e.quantity, e.amount, e.row);
}

// ---- the pool ----

/// Land enters the pool from a county's stock or back from a request, and leaves it for a request, or for good.
void Projector::Projection::pool_move(const event::LandMoved& e) {
  const bool in = e.to_purse == Purse::pool;
  const Purse other = in ? e.from_purse : e.to_purse;
  const Request* request = other == Purse::held ? requests_.find(e.cause) : nullptr;
  const std::string_view reason = in ? (other == Purse::held   ? "returned"
                                        : other == Purse::free ? "pooled"
                                                               : "other")
                                     : (other == Purse::held        ? "allotted"
                                        : other == Purse::cancelled ? "deducted"
                                                                    : "other");
  fact(TableId::pool_moves, in ? "in" : "out", reason,
       request ? request->county
       : in    ? e.from
               : e.to,
       e.instrument, e.quantity, e.clause, e.cause);
}

void Projector::Projection::on(const event::PoolRequested& e) {
  Request& r = requests_.change(e.request.value);
  r.county = e.county;
  r.purpose = e.purpose;
  r.project = e.project;
  r.need = e.need;
  r.deadline = e.deadline;
  r.state = RequestState::open;
  r.updated = at_.seq;
}

/// From allotted it comes to another state when what waits for it is taken over or goes back. It is taken over by its
/// county's command (TakeAllotment); all else gives back.
void Projector::Projection::on(const event::RequestMoved& e) {
  Request& r = requests_.change(e.request.value);
  r.state = e.state;
  r.updated = at_.seq;
  if (e.state == RequestState::allotted) return;
  const auto* taking = std::get_if<engine::command::TakeAllotment>(&command_->command);
  const bool taken = taking && taking->request == e.request;
  for (const Place& key : r.waiting) allotments_.change(key).state = taken ? "taken" : "returned";
  r.waiting.clear();
}

void Projector::Projection::on(const event::Allotted& e) {
  const Place key{at_.seq, idx_};
  Allotment& a = allotments_.change(key);
  a.day = day_text_;
  a.request = e.request.value;
  a.county = e.county;
  a.filing = e.filing;
  a.instrument = e.component;
  a.quantity = e.quantity;
  a.allocation = e.allocation;
  a.state = "waiting";
  requests_.change(e.request.value).waiting.push_back(key);
}

// ---- advances ----

void Projector::Projection::on(const event::AdvancePaid& e) {
  Advance& a = advances_.change(e.advance.value);
  a.county = e.county;
  a.fund = e.fund;
  a.paid = a.left = e.amount;
  a.granted = day_text_;
  a.due = e.due;
  a.contract = e.contract;
  a.state = clearing::AdvanceState::paid;
  a.updated = at_.seq;
}
void Projector::Projection::on(const event::AdvanceMoved& e) {
  Advance& a = advances_.change(e.advance.value);
  a.left = e.left;
  a.state = e.state;
  a.updated = at_.seq;
  fact(TableId::advance_moves, e.advance, e.state, e.reduced, e.left, e.filing);
}

// ---- approvals ----

void Projector::Projection::on(const event::Proposed& e) {
  Proposal& p = proposals_.change(e.proposal.value);
  p.kind = e.kind;
  p.unit = e.participant;
  p.state = engine::ProposalState::under_review;
  p.step = e.step;
  p.due = e.due;
  p.day = day_text_;
  p.updated = at_.seq;
  fact(TableId::approval_moves, e.proposal, p.state, p.step, p.due, command_->envelope.person, command_->envelope.role,
       std::optional<std::string>{});
}
void Projector::Projection::on(const event::ProposalMoved& e) {
  Proposal& p = proposals_.change(e.proposal.value);
  p.state = e.state;
  p.step = e.step;
  p.due = e.due;
  p.refusal = e.refusal;
  p.updated = at_.seq;
  fact(TableId::approval_moves, e.proposal, e.state, e.step, e.due, command_->envelope.person, command_->envelope.role,
       e.reason.empty() ? std::nullopt : std::optional{e.reason});
}

// ---- titles ----

void Projector::Projection::on(const event::PlotEntered& e) {
  Title& t = titles_.change(storable(e.plot));
  t.product = clearing::Product::pbf_plot;
  t.county = t.holder = e.county;
  t.area = e.area;
  t.grade = e.grade;
  t.registered = t.updated = at_.seq;
  add(TableId::plots, e.plot, at_.seq, day_text_, e.county, e.area, e.grade, e.qualifies ? 1 : 0);
}
void Projector::Projection::on(const event::PlotPooled& e) {
  fact(TableId::plots_pooled, e.county, e.plot, e.area, e.target, e.shortfall);
}
void Projector::Projection::on(const event::TitleRegistered& e) {
  Title& t = titles_.change(storable(e.title));
  t.product = e.product;
  t.county = t.holder = e.county;
  t.area = e.area;
  t.grade = e.grade;
  t.parent = e.parent;
  t.registered = t.updated = at_.seq;
  if (!e.parent) return;
  Title& whole = titles_.change(storable(*e.parent));
  whole.area -= e.area;
  whole.updated = at_.seq;
}
void Projector::Projection::on(const event::TitleMoved& e) {
  Title& t = titles_.change(storable(e.title));
  t.holder = e.to;
  t.state = e.state;
  t.project = e.project;
  t.updated = at_.seq;
}

// ---- rows ----

void Projector::Projection::tell_registry() {
  filings_.flush([this](Number id, const Filing& f) {
    add(TableId::filings, id, f.county, f.kind, f.elsewhere ? "outside_city" : "registry", f.day, f.filed.area,
        f.filed.paddy, f.filed.capacity, f.deducted.area, f.deducted.paddy, f.deducted.capacity, f.updated);
    return false;
  });
  requests_.flush([this](Number id, const Request& r) {
    add(TableId::requests, id, r.county, r.purpose, r.project, r.need.area, r.need.paddy, r.need.capacity, r.deadline,
        r.state, r.updated);
    return false;
  });
  allotments_.flush([this](const Place& key, const Allotment& a) {
    add(TableId::allotments, key.first, key.second, a.day, a.request, a.county, a.filing, a.instrument, a.quantity,
        a.allocation, a.state);
    return a.state != "waiting";
  });
  advances_.flush([this](Number id, const Advance& a) {
    add(TableId::advances, id, a.county, a.fund, a.paid, a.left, a.granted, a.due, a.contract, a.state, a.updated);
    return false;
  });
  proposals_.flush([this](Number id, const Proposal& p) {
    add(TableId::approvals, id, p.kind, p.unit, p.state, p.step, p.due,
        p.refusal ? std::optional{p.refusal->reason} : std::nullopt, p.refusal ? p.refusal->rule : std::nullopt, p.day,
        p.updated);
    return is_final(p.state);
  });
  titles_.flush([this](const std::string& number, const Title& t) {
    add(TableId::titles, number, t.product, t.county, t.holder, t.area, t.grade, t.state, t.parent,
        t.project.empty() ? std::nullopt : std::optional{t.project}, t.registered, t.updated);
    return false;
  });
}

}  // namespace landex::reports
