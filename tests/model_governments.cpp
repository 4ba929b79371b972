// The naive exchange: what is agreed and published between governments (H66-5, 17, 19, 20). Only what was said is kept,
// in lists; every balance of a fund, every part of a task is summed anew when it is asked for. The yearly runs are in
// model_runs.cpp.
#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>

#include "matching/types/bounds.hpp"
#include "tests/model.hpp"

namespace landex::model {
using namespace engine;
using clearing::EnclaveKind;
using clearing::Fund;
using clearing::RuralTrade;
using clearing::StandardKind;
using policy::Clause;
using policy::Parameter;

namespace {

using Big = boost::multiprecision::cpp_int;  // as large as it has to be

bool is_rate(Rate r) { return r.raw() >= 1 && r <= kMaxRate; }
bool is_money(Fen f) { return f.raw() >= 1 && f <= kMaxMoney; }
int year_of(Day d) { return static_cast<int>(d.date().year()); }

/// From which words of the document such a figure is published.
Clause clause_of(StandardKind k) {
  switch (k) {
    case StandardKind::provincial_protection:
    case StandardKind::city_protection:
      return Clause::h66_3_3;
    case StandardKind::pbf_price:
      return Clause::h66_4_1;
    case StandardKind::restoration_gap:
    case StandardKind::industrial_tax:
      return Clause::h66_5_3;
    case StandardKind::industrial_land_tax:
    case StandardKind::enclave_base:
      return Clause::h66_19_3;
  }
  return Clause::h66_20;
}

}  // namespace

// What the day and the counties must be.

/// Superior law has ended the clause, or there is no row.
void Exchange::no_answer(Clause clause) {
  bool ended = false;
  for (const auto& e : pack_->ended) ended |= e.clause == clause && e.last < *day_;
  refuse(ended ? Reason::rule_ended : Reason::no_rule_in_force, clause);
}

void Exchange::require_law(Clause clause) {
  for (const auto& e : pack_->ended)
    if (e.clause == clause && e.last < *day_) return no_answer(clause);
}

const policy::Row* Exchange::require_row(Parameter p, Clause clause) {
  const policy::Row* row = pack_->row(p, *day_);
  if (row == nullptr) no_answer(clause);
  return row;
}

/// A county that a command names: it has an account, and is not the city.
void Exchange::require_named(District county) {
  require_account(county);
  if (is_open(county) && classes_.at(county) == ParticipantClass::city) refuse(Reason::unknown_unit);
}

void Exchange::require_area(Area area, int64_t least) {
  if (area.raw() < least || area.raw() > kMaxQuantity.raw()) refuse(Reason::value_out_of_range);
}

// Funds (H66-20).

Fen Exchange::in_fund(Fund fund) const {
  Fen sum;
  for (const FundEntry& e : fund_entries_)
    if (e.fund == fund) sum += e.amount;
  return sum;
}

void Exchange::run(const command::EarmarkFund& c) {
  require_law(Clause::h66_20);
  require_account(city());
  if (static_cast<int>(c.fund) < 1 || static_cast<int>(c.fund) > 5) refuse(Reason::value_out_of_range);
  if (!is_money(c.amount)) refuse(Reason::value_out_of_range);
  require_text(c.document, Clause::h66_20);
  if (c.back && in_fund(c.fund) < c.amount) refuse(Reason::fund_short, Clause::h66_20);
  if (!c.back && money(city(), Purse::free) < c.amount) refuse(Reason::not_enough_money, Clause::h66_20);
  if (refusal_) return;
  fund_entries_.push_back({c.fund, c.back ? -c.amount : c.amount});
  out_.push_back(event::FundMoved{c.fund, c.amount, c.back, in_fund(c.fund), c.document});
  const Purse from = c.back ? Purse::funds : Purse::free, to = c.back ? Purse::free : Purse::funds;
  move(city(), from, city(), to, c.amount, Clause::h66_20, seq_);
}

// Published figures.

const Exchange::Figure* Exchange::figure(StandardKind kind, int year) const {
  for (const Figure& f : figures_)
    if (f.kind == kind && int{f.year} == year && !f.revoked) return &f;
  return nullptr;
}

const Exchange::Figure* Exchange::require_figure(StandardKind kind, uint16_t year, Clause rule) {
  const Figure* found = figure(kind, year);
  if (found == nullptr) refuse(Reason::no_standard, rule);
  return found;
}

void Exchange::run(const command::PublishStandard& c) {
  const bool known = static_cast<int>(c.kind) >= 1 && static_cast<int>(c.kind) <= 7;
  if (!known || c.year < 2000 || c.year > 2100 || !is_rate(c.rate)) refuse(Reason::value_out_of_range);
  const Rule rule = known ? Rule{clause_of(c.kind)} : Rule{};
  require_text(c.document, rule);
  require_text(c.approver, rule);
  if (known) require_law(clause_of(c.kind));
  if (known && figure(c.kind, c.year) != nullptr) refuse(Reason::already_registered, clause_of(c.kind));
  if (c.kind == StandardKind::city_protection)
    if (const Figure* province = require_figure(StandardKind::provincial_protection, c.year, Clause::h66_3_3);
        province != nullptr && c.rate < province->rate)
      refuse(Reason::below_provincial, Clause::h66_3_3);
  if (refusal_) return;
  figures_.push_back({StandardId{seq_}, c.kind, c.year, c.rate, false});
  out_.push_back(event::StandardPublished{StandardId{seq_}, c.kind, c.year, c.rate, c.document, c.approver});
}

void Exchange::run(const command::RevokeStandard& c) {
  require_text(c.document);
  const auto found = std::ranges::find(figures_, c.standard, &Figure::id);
  if (found == figures_.end() || found->revoked) refuse(Reason::unknown_standard);
  if (refusal_) return;
  found->revoked = true;
  out_.push_back(event::StandardRevoked{c.standard, found->kind, found->year, c.document});
}

// Function restoration (H66-5).

const Exchange::Task* Exchange::task(District county, uint16_t first) const {
  for (const Task& t : tasks_)
    if (t.county == county && t.first == first) return &t;
  return nullptr;
}

const Exchange::Task* Exchange::require_task(District county, uint16_t first, Clause rule) {
  const Task* found = task(county, first);
  if (found == nullptr) refuse(Reason::unknown_task, rule);
  return found;
}

Area Exchange::own_part(const Task& t) const {
  Area sum;
  for (const Restored& r : restored_)
    if (r.county == t.county && r.first == t.first) sum += r.area;
  return sum;
}

Area Exchange::part_of_others(const Task& t) const {
  Area sum;
  for (const Undertaken& u : undertaken_)
    if (u.receiver == t.county && u.first == t.first) sum += u.area;
  return sum;
}

void Exchange::run(const command::RegisterTask& c) {
  const policy::Row* cycle = require_row(Parameter::restoration_cycle, Clause::h66_5_1);
  require_named(c.county);
  if (int{c.first_year} < year_of(pack_->from) || c.first_year > 2100) refuse(Reason::value_out_of_range);
  require_area(c.area, 1);
  require_text(c.document, Clause::h66_5_1);
  if (cycle == nullptr) return;
  const auto last = static_cast<uint16_t>(c.first_year + cycle->value - 1);
  for (const Task& t : tasks_)
    for (int year = t.first; year <= t.last; ++year)
      if (t.county == c.county && year >= c.first_year && year <= last)
        refuse(Reason::already_registered, Clause::h66_5_1);
  if (refusal_) return;
  tasks_.push_back({c.county, c.first_year, last, c.area});
  out_.push_back(event::TaskRegistered{c.county, c.first_year, last, c.area, c.document});
}

void Exchange::run(const command::RecordRestored& c) {
  require_law(Clause::h66_5_1);
  require_named(c.county);
  require_area(c.area, 1);
  require_text(c.document, Clause::h66_5_1);
  const Task* t = require_task(c.county, c.first_year, Clause::h66_5_1);
  if (t != nullptr && c.area > left_of(*t)) refuse(Reason::exceeds_task, Clause::h66_5_1);
  if (refusal_) return;
  restored_.push_back({c.county, c.first_year, c.area});
  out_.push_back(event::RestoredRecorded{c.county, c.first_year, c.area, own_part(*t), c.document});
}

/// (gap × its weight + tax × its weight) × (area + the premium on what is built in step) / area, half up; none where
/// the figures or the rows are not there.
std::optional<Rate> Exchange::guide_price(Area area, Area built) const {
  const Figure* gap = figure(StandardKind::restoration_gap, year_of(*day_));
  const Figure* tax = figure(StandardKind::industrial_tax, year_of(*day_) - 1);
  if (gap == nullptr || tax == nullptr) return {};
  for (const Parameter p : {Parameter::guide_gap_weight, Parameter::guide_tax_weight, Parameter::guide_premium})
    if (pack_->row(p, *day_) == nullptr) return {};
  const Big weighed = Big{gap->rate.raw()} * today(Parameter::guide_gap_weight) +
                      Big{tax->rate.raw()} * today(Parameter::guide_tax_weight);
  const Big land = Big{area.raw()} * 10'000 + Big{built.raw()} * today(Parameter::guide_premium);
  const Big over = Big{area.raw()} * 100'000'000;
  return Rate::from_raw(static_cast<int64_t>((2 * weighed * land + over) / (2 * over)));
}

void Exchange::run(const command::AgreeUndertaking& c) {
  constexpr auto kRule = Clause::h66_5_2;
  require_law(kRule);
  require_named(c.provider);
  require_named(c.receiver);
  require_area(c.area, 1);
  require_area(c.built, 0);
  if (!is_rate(c.price)) refuse(Reason::value_out_of_range);
  require_text(c.document, Clause::h66_5_2);
  if (c.provider == c.receiver) refuse(Reason::same_party_twice);
  if (c.built > c.area) refuse(Reason::figures_conflict, kRule);
  const Task* theirs = require_task(c.provider, c.first_year, kRule);
  const Task* whole = require_task(c.receiver, c.first_year, kRule);
  if (theirs != nullptr && left_of(*theirs) > Area{}) refuse(Reason::own_task_open, kRule);
  if (whole != nullptr && c.area > left_of(*whole)) refuse(Reason::exceeds_task, kRule);
  if (whole != nullptr && part_of_others(*whole) + c.area >= whole->area) refuse(Reason::undertakes_all, kRule);
  if (refusal_) return;
  const auto guide = guide_price(c.area, c.built);
  undertaken_.push_back({UndertakingId{seq_}, c.provider, c.receiver, c.first_year, c.area, c.price, *day_});
  out_.push_back(event::UndertakingAgreed{UndertakingId{seq_}, c.provider, c.receiver, c.first_year, c.area, c.built,
                                          c.price, guide, c.document});
  if (!guide || pack_->row(Parameter::guide_band, *day_) == nullptr) return;
  const Big away = abs(Big{c.price.raw()} - guide->raw());
  if (away * 10'000 > Big{guide->raw()} * today(Parameter::guide_band))
    out_.push_back(event::Warned{c.receiver, event::Warning::guide_price, Clause::h66_5_3, seq_, std::nullopt,
                                 Quantity::from_raw(c.price.raw()), Quantity::from_raw(guide->raw())});
}

// Enclaves (H66-19).

void Exchange::run(const command::RegisterEnclave& c) {
  const policy::Row* space = require_row(Parameter::enclave_space, Clause::h66_19_1);
  const bool industrial = c.kind == EnclaveKind::industrial;
  const bool reduces = industrial && c.included > Area{};
  if (reduces)
    for (const Parameter p :
         {Parameter::enclave_reduction, Parameter::enclave_reduction_mode, Parameter::enclave_reduction_of})
      require_row(p, Clause::h66_19_2);
  require_named(c.sender);
  require_named(c.receiver);
  if (static_cast<int>(c.kind) < 1 || static_cast<int>(c.kind) > 3) refuse(Reason::value_out_of_range);
  require_text(c.name, Clause::h66_19_1);
  require_text(c.document, Clause::h66_19_1);
  require_area(c.secured, 0);
  require_area(c.included, 0);
  if (c.included > c.secured) refuse(Reason::figures_conflict, Clause::h66_19_1);
  if (is_open(c.sender) && classes_.at(c.sender) != ParticipantClass::mountain4)
    refuse(Reason::wrong_class, Clause::h66_19_1);
  if (is_open(c.receiver) && classes_.at(c.receiver) != ParticipantClass::urban)
    refuse(Reason::wrong_class, Clause::h66_19_1);
  if (space == nullptr) return;
  if (c.secured.raw() > (industrial ? space->value : 0)) refuse(Reason::over_enclave_space, Clause::h66_19_1);
  if (refusal_) return;
  Big reduction = 0;
  District reduced = c.receiver;
  if (reduces) {
    reduction = today(Parameter::enclave_reduction);
    if (today(Parameter::enclave_reduction_mode) == 2) reduction = reduction * c.included.raw() / space->value;
    if (today(Parameter::enclave_reduction_of) != 1) reduced = c.sender;
  }
  const Area less = Area::from_raw(static_cast<int64_t>(reduction));
  enclaves_.push_back(
      {EnclaveId{seq_}, c.sender, c.receiver, c.kind, c.name, c.secured, c.included, less, reduced, c.document});
  out_.push_back(event::EnclaveRegistered{EnclaveId{seq_}, c.sender, c.receiver, c.kind, c.name, c.secured, c.included,
                                          less, reduced, c.document});
}

void Exchange::run(const command::AgreePbfTask& c) {
  require_law(Clause::h66_19_3);
  require_area(c.area, 1);
  require_text(c.document, Clause::h66_19_3);
  if (c.from > c.until) refuse(Reason::period_ends_before_it_begins);
  const auto found = std::ranges::find(enclaves_, c.enclave, &clearing::Enclave::id);
  if (found == enclaves_.end()) refuse(Reason::unknown_enclave, Clause::h66_19_3);
  if (refusal_) return;
  agreements_.push_back(
      {AgreementId{seq_}, c.enclave, found->sender, found->receiver, c.area, c.from, c.until, c.document});
  out_.push_back(event::PbfTaskAgreed{AgreementId{seq_}, c.enclave, found->sender, found->receiver, c.area, c.from,
                                      c.until, c.document});
}

// What township plans keep for rural projects (H66-17).

void Exchange::run(const command::SetTownshipScale& c) {
  const policy::Row* share = require_row(Parameter::reserved_scale_share, Clause::h66_17);
  require_named(c.county);
  require_text(c.township, Clause::h66_17);
  require_area(c.area, 1);
  require_text(c.document, Clause::h66_17);
  for (const Township& t : townships_)
    if (t.county == c.county && t.name == c.township) refuse(Reason::already_registered, Clause::h66_17);
  if (refusal_) return;
  const Area reserved = Area::from_raw(static_cast<int64_t>(Big{c.area.raw()} * share->value / 10'000));
  townships_.push_back({c.county, c.township, reserved, {}});
  out_.push_back(event::ScaleSet{c.county, c.township, c.area, reserved, c.document});
}

void Exchange::run(const command::UseReservedScale& c) {
  require_law(Clause::h66_17);
  require_named(c.county);
  require_text(c.township, Clause::h66_17);
  if (static_cast<int>(c.trade) < 1 || static_cast<int>(c.trade) > 6) refuse(Reason::value_out_of_range);
  require_area(c.area, 1);
  require_text(c.project, Clause::h66_17);
  require_text(c.document, Clause::h66_17);
  const auto found =
      std::ranges::find_if(townships_, [&](const Township& t) { return t.county == c.county && t.name == c.township; });
  if (found == townships_.end()) return refuse(Reason::unknown_scale, Clause::h66_17);
  Area left = found->reserved;
  for (const Area used : found->uses) left -= used;
  if (c.area > left) refuse(Reason::over_reserved_scale, Clause::h66_17);
  if (refusal_) return;
  found->uses.push_back(c.area);
  out_.push_back(event::ScaleUsed{c.county, c.township, c.trade, c.area, left - c.area, c.project, c.document});
}

}  // namespace landex::model
