// steps_enclaves.cpp: enclaves of mountain-4 counties with urban districts (H66-19.1), what they lessen of a protection
// task (19.2), the agreements by which the sender undertakes protection for the receiver, and the yearly run that pays
// for it (19.3).
#include "clearing/governments/enclave_space.hpp"
#include "clearing/governments/payment.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/runs.hpp"

namespace landex::engine {
namespace {

using clearing::EnclaveKind;
using clearing::ReductionMode;
using policy::Clause;
using policy::Parameter;

/// H66-19.1 «山区4县与协作城区»: who sends and who receives. `part` names which.
void require_class(const Asked& a, District d, ParticipantClass needed, std::string_view part) {
  const bool open = require_account(a, d);
  require_county(a, d);
  if (!open || a.state.ledger.kind_of(d) == needed) return;
  a.verdict.refuse({Reason::wrong_class,
                    Clause::h66_19_1,
                    {{FactName::participant, fact(d)}, {FactName::seller_class, fact(a.state.ledger.kind_of(d))}},
                    std::string{part}});
}

bool lessens(const command::RegisterEnclave& c) { return c.kind == EnclaveKind::industrial && c.included > Area{}; }

Day last_day_of(uint16_t year) { return *Day::ymd(year, 12, 31); }

}  // namespace

void check(const Asked& a, const command::RegisterEnclave& c) {
  require_bureau(a);
  require_policy(a);
  const bool open = require_day(a);
  require_class(a, c.sender, ParticipantClass::mountain4, "sender");
  require_class(a, c.receiver, ParticipantClass::urban, "receiver");
  require_text(a, "document", c.document, Clause::h66_19_1);
  require_text(a, "name", c.name, Clause::h66_19_1);
  const bool sized =
      require_range(a, "kind", fact(c.kind), fact(EnclaveKind::industrial), fact(EnclaveKind::property)) &
      require_range(a, "secured", c.secured.raw(), 0, kMaxQuantity.raw()) &
      require_range(a, "included", c.included.raw(), 0, kMaxQuantity.raw());
  if (sized && c.included > c.secured)
    a.verdict.refuse({Reason::figures_conflict,
                      Clause::h66_19_1,
                      {{FactName::participant, fact(c.receiver)},
                       {FactName::needed_area, fact(c.included)},
                       {FactName::available_area, fact(c.secured)}},
                      "included"});
  if (!open || !a.state.pack) return;
  const auto* space = require_row(a, Parameter::enclave_space, Clause::h66_19_1, "enclave.space");
  // Secured space is told of industrial enclaves alone.
  const Area most = space && c.kind == EnclaveKind::industrial ? Area::from_raw(space->value) : Area{};
  if (space && sized && c.secured > most)
    a.verdict.refuse({Reason::over_enclave_space,
                      Clause::h66_19_1,
                      {{FactName::needed_area, fact(c.secured)}, {FactName::available_area, fact(most)}},
                      {}});
  if (!lessens(c)) return;
  require_row(a, Parameter::enclave_reduction, Clause::h66_19_2, "enclave.reduction");
  require_row(a, Parameter::enclave_reduction_mode, Clause::h66_19_2, "enclave.reduction_mode");
  require_row(a, Parameter::enclave_reduction_of, Clause::h66_19_2, "enclave.reduction_of");
}

void move(Doing& d, const command::RegisterEnclave& c) {
  const EnclaveId id{d.seq.value};
  const auto value = [&d](Parameter p) { return d.state.pack->row(p, *d.state.day)->value; };
  Area reduction;
  District reduced = c.receiver;
  if (lessens(c)) {
    reduction = clearing::reduction_of(static_cast<ReductionMode>(value(Parameter::enclave_reduction_mode)),
                                       Area::from_raw(value(Parameter::enclave_reduction)), c.included,
                                       Area::from_raw(value(Parameter::enclave_space)));
    if (value(Parameter::enclave_reduction_of) != 1) reduced = c.sender;
  }
  d.state.enclaves.all.emplace(id, clearing::Enclave{.id = id,
                                                     .sender = c.sender,
                                                     .receiver = c.receiver,
                                                     .kind = c.kind,
                                                     .name = c.name,
                                                     .secured = c.secured,
                                                     .included = c.included,
                                                     .reduction = reduction,
                                                     .reduced = reduced,
                                                     .document = c.document});
  d.events.emplace_back(event::EnclaveRegistered{.enclave = id,
                                                 .sender = c.sender,
                                                 .receiver = c.receiver,
                                                 .kind = c.kind,
                                                 .name = c.name,
                                                 .secured = c.secured,
                                                 .included = c.included,
                                                 .reduction = reduction,
                                                 .reduced = reduced,
                                                 .document = c.document});
}

void check(const Asked& a, const command::AgreePbfTask& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_clause(a, Clause::h66_19_3);
  require_text(a, "document", c.document, Clause::h66_19_3);
  require_range(a, "area", c.area.raw(), 1, kMaxQuantity.raw());
  if (c.from > c.until)
    a.verdict.refuse({Reason::period_ends_before_it_begins,
                      {},
                      {{FactName::from_day, fact(c.from)}, {FactName::until_day, fact(c.until)}},
                      {}});
  if (!a.state.enclaves.all.contains(c.enclave))
    a.verdict.refuse({Reason::unknown_enclave, Clause::h66_19_3, {{FactName::number, fact(c.enclave)}}, {}});
}

void move(Doing& d, const command::AgreePbfTask& c) {
  const AgreementId id{d.seq.value};
  const auto& enclave = d.state.enclaves.all.at(c.enclave);
  d.state.enclaves.agreements.emplace(id, clearing::PbfAgreement{.id = id,
                                                                 .enclave = c.enclave,
                                                                 .sender = enclave.sender,
                                                                 .receiver = enclave.receiver,
                                                                 .area = c.area,
                                                                 .from = c.from,
                                                                 .until = c.until,
                                                                 .document = c.document});
  d.events.emplace_back(event::PbfTaskAgreed{.agreement = id,
                                             .enclave = c.enclave,
                                             .sender = enclave.sender,
                                             .receiver = enclave.receiver,
                                             .area = c.area,
                                             .from = c.from,
                                             .until = c.until,
                                             .document = c.document});
}

void require_facts(const Asked& a, const clearing::EnclaveRun& run) {
  require_clause(a, Clause::h66_19_3);
  require_year(a, run.year);
  require_standard(a, clearing::StandardKind::enclave_base, run.year, Clause::h66_19_3);
}

Lines lines_of(const State& s, const clearing::EnclaveRun& run) {
  const Rate base = s.standards.in_force(clearing::StandardKind::enclave_base, run.year)->rate;
  const Day last = last_day_of(run.year);
  Lines lines;
  for (const auto& [id, agreement] : s.enclaves.agreements) {
    const Fen amount = clearing::payment(agreement.area, base);
    if (!agreement.period().contains(last) || amount == Fen{}) continue;
    lines.push_back({.from = agreement.receiver,
                     .to = agreement.sender,
                     .amount = amount,
                     .item = clearing::LineItem::enclave,
                     .clause = Clause::h66_19_3,
                     .area = agreement.area,
                     .rate = base,
                     .about = id.value});
  }
  return lines;
}

}  // namespace landex::engine
