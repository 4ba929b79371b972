// Transfers between governments: what was published, earmarked, handed down, agreed, reckoned and paid.
#include "exchange/reports/projection.hpp"

namespace landex::reports {

namespace event = engine::event;
using clearing::RunState;

// ---- figures and sub-accounts ----

void Projector::Projection::on(const event::StandardPublished& e) { standards_.change(e.standard.value).published = e; }
void Projector::Projection::on(const event::StandardRevoked& e) {
  standards_.change(e.standard.value).revoked = at_.seq;
}
void Projector::Projection::on(const event::FundMoved& e) {
  fact(TableId::fund_moves, e.fund, e.back ? "released" : "earmarked", e.back ? -e.amount : e.amount,
       std::optional<RunId>{});
}

// ---- tasks, enclaves, scales ----

void Projector::Projection::on(const event::TaskRegistered& e) {
  Task& t = tasks_.change({e.county.raw(), e.first_year});
  t.registered = e;
  t.updated = at_.seq;
}
void Projector::Projection::on(const event::RestoredRecorded& e) {
  Task& t = tasks_.change({e.county.raw(), e.first_year});
  t.restored = e.restored;
  t.updated = at_.seq;
}
void Projector::Projection::on(const event::UndertakingAgreed& e) {
  Task& t = tasks_.change({e.receiver.raw(), e.first_year});
  t.undertaken += e.area;
  t.updated = at_.seq;
  add(TableId::undertakings, e.undertaking, day_text_, e.provider, e.receiver, e.first_year, e.area, e.built, e.price,
      e.guide, e.document);
}
void Projector::Projection::on(const event::EnclaveRegistered& e) {
  add(TableId::enclaves, e.enclave, day_text_, e.sender, e.receiver, e.kind, e.name, e.secured, e.included, e.reduction,
      e.reduced, e.document);
}
void Projector::Projection::on(const event::PbfTaskAgreed& e) {
  add(TableId::enclave_agreements, e.agreement, e.enclave, e.sender, e.receiver, e.area, e.from, e.until, e.document);
}

namespace {
std::string key_of(District county, const std::string& township) {
  return std::to_string(county.raw()) + "/" + storable(township);
}
}  // namespace

void Projector::Projection::on(const event::ScaleSet& e) {
  Scale& s = scales_.change(key_of(e.county, e.township));
  s.set = e;
  s.updated = at_.seq;
}
void Projector::Projection::on(const event::ScaleUsed& e) {
  Scale& s = scales_.change(key_of(e.county, e.township));
  s.used += e.area;
  s.updated = at_.seq;
  fact(TableId::scale_uses, e.county, e.township, e.trade, e.area, e.project, e.document);
}

// ---- runs ----

void Projector::Projection::on(const event::RunReckoned& e) {
  Run& r = runs_.change(e.run.value);
  r.kind = e.kind;
  r.year = e.year;
  r.state = RunState::reckoned;
  r.total = e.total;
  r.reverses = e.reverses;
  r.document = e.document;
  r.reckoned_day = day_text_;
  r.updated = at_.seq;
  if (const auto* asked = std::get_if<engine::command::ReckonRun>(&command_->command))
    if (const auto* protection = std::get_if<clearing::ProtectionRun>(&asked->reckoning)) r.budget = protection->budget;
  Number idx = 0;
  for (const auto& line : e.lines)
    add(TableId::run_lines, e.run, idx++, line.from, line.to, line.item, line.clause, line.area, line.rate, line.share,
        line.base, line.full, line.amount, line.about,
        line.project.empty() ? std::nullopt : std::optional{line.project});
}
void Projector::Projection::on(const event::RunPaid& e) {
  Run& r = runs_.change(e.run.value);
  r.state = RunState::paid;
  r.paid_day = day_text_;
  r.paid_seq = at_.seq;
  r.updated = at_.seq;
  if (e.reverses) {
    Run& undone = runs_.change(e.reverses->value);
    undone.state = RunState::reversed;
    undone.reversed_by = e.run.value;
    undone.updated = at_.seq;
  }
  // What goes through a sub-account: of each line that begins or ends at the city, its amount.
  const auto fund = clearing::fund_of(e.kind);
  if (!fund) return;
  Fen moved;
  for (const auto& line : e.lines) {
    if (class_of(line.from) == ParticipantClass::city) moved -= line.amount;
    if (class_of(line.to) == ParticipantClass::city) moved += line.amount;
  }
  if (moved != Fen{}) fact(TableId::fund_moves, *fund, "run", moved, std::optional{e.run});
}

// ---- rows ----

void Projector::Projection::tell_governments() {
  standards_.flush([this](Number id, const Standard& s) {
    const auto& p = s.published;
    add(TableId::standards, id, p.kind, p.year, p.rate, p.document, p.approver, s.revoked);
    return false;
  });
  runs_.flush([this](Number id, const Run& r) {
    add(TableId::runs, id, r.kind, r.year, r.state, r.total, r.budget, r.reverses, r.reversed_by, r.document,
        r.reckoned_day, r.paid_day, r.paid_seq, r.updated);
    return false;
  });
  tasks_.flush([this](const Place& key, const Task& t) {
    add(TableId::restoration_tasks, key.first, key.second, t.registered.last_year, t.registered.area, t.restored,
        t.undertaken, t.registered.document, t.updated);
    return false;
  });
  scales_.flush([this](const std::string&, const Scale& s) {
    add(TableId::reserved_scales, s.set.county, s.set.township, s.set.scale, s.set.reserved, s.used, s.set.document,
        s.updated);
    return false;
  });
}

}  // namespace landex::reports
