// steps_restoration.cpp: the ledger of function-restoration tasks (H66-5.1), what one county undertakes of another's
// for money (5.2), the guide price of the day of the agreement (5.3), and the yearly run that pays it.
#include "clearing/governments/guide_price.hpp"
#include "clearing/governments/payment.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/runs.hpp"

namespace landex::engine {
namespace {

using clearing::RestorationTask;
using policy::Clause;
using policy::Parameter;

constexpr int kLastYear = 2100;

int year_of(Day d) { return static_cast<int>(d.date().year()); }

bool require_counties(const Asked& a, std::initializer_list<District> counties) {
  bool all = true;
  for (const District d : counties) {
    all &= require_account(a, d);
    require_county(a, d);
  }
  return all;
}

bool require_area(const Asked& a, std::string_view field, Area area, int64_t least) {
  return require_range(a, field, area.raw(), least, kMaxQuantity.raw());
}

const RestorationTask* require_task(const Asked& a, District county, uint16_t first_year, Clause rule) {
  const auto at = a.state.restoration.tasks.find({.county = county, .first_year = first_year});
  if (at != a.state.restoration.tasks.end()) return &at->second;
  a.verdict.refuse(
      {Reason::unknown_task, rule, {{FactName::participant, fact(county)}, {FactName::year, first_year}}, {}});
  return nullptr;
}

/// So much more is restored or undertaken of a task: no more than is left of it.
void require_left(const Asked& a, const RestorationTask& task, Area more, Clause rule) {
  const Area left = task.area - task.restored - task.undertaken;
  if (more <= left) return;
  a.verdict.refuse({Reason::exceeds_task,
                    rule,
                    {{FactName::participant, fact(task.county)},
                     {FactName::needed_area, fact(more)},
                     {FactName::available_area, fact(left)}},
                    {}});
}

/// The guide price today: the gap standard of the year and the tax of the year before, if rows and figures are there.
std::optional<Rate> guide_today(const State& s, Area area, Area built) {
  const Day today = *s.day;
  const auto year = static_cast<uint16_t>(year_of(today));
  const auto* gap = s.standards.in_force(clearing::StandardKind::restoration_gap, year);
  const auto* tax = s.standards.in_force(clearing::StandardKind::industrial_tax, static_cast<uint16_t>(year - 1));
  const auto* gap_weight = s.pack->row(Parameter::guide_gap_weight, today);
  const auto* tax_weight = s.pack->row(Parameter::guide_tax_weight, today);
  const auto* premium = s.pack->row(Parameter::guide_premium, today);
  if (!gap || !tax || !gap_weight || !tax_weight || !premium) return std::nullopt;
  return clearing::guide_price({.gap = gap->rate,
                                .tax = tax->rate,
                                .gap_weight = gap_weight->value,
                                .tax_weight = tax_weight->value,
                                .premium = premium->value},
                               area, built);
}

}  // namespace

void check(const Asked& a, const command::RegisterTask& c) {
  require_bureau(a);
  require_policy(a);
  const bool open = require_day(a);
  require_counties(a, {c.county});
  require_area(a, "area", c.area, 1);
  require_text(a, "document", c.document, Clause::h66_5_1);
  if (!open || !a.state.pack) return;
  const auto* cycle = require_row(a, Parameter::restoration_cycle, Clause::h66_5_1, "restoration.cycle_years");
  if (!require_range(a, "first_year", c.first_year, year_of(a.state.pack->from), kLastYear) || !cycle) return;
  const int64_t last = c.first_year + cycle->value - 1;
  for (const auto& [key, task] : a.state.restoration.tasks)
    if (key.county == c.county && c.first_year <= task.last_year && task.first_year <= last)
      a.verdict.refuse({Reason::already_registered,
                        Clause::h66_5_1,
                        {{FactName::participant, fact(c.county)}, {FactName::year, task.first_year}},
                        "task"});
}

void move(Doing& d, const command::RegisterTask& c) {
  const int64_t years = d.state.pack->row(Parameter::restoration_cycle, *d.state.day)->value;
  const auto last = static_cast<uint16_t>(c.first_year + years - 1);
  d.state.restoration.tasks.emplace(clearing::TaskKey{.county = c.county, .first_year = c.first_year},
                                    RestorationTask{.county = c.county,
                                                    .first_year = c.first_year,
                                                    .last_year = last,
                                                    .area = c.area,
                                                    .restored = {},
                                                    .undertaken = {},
                                                    .document = c.document});
  d.events.emplace_back(event::TaskRegistered{
      .county = c.county, .first_year = c.first_year, .last_year = last, .area = c.area, .document = c.document});
}

void check(const Asked& a, const command::RecordRestored& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_clause(a, Clause::h66_5_1);
  require_counties(a, {c.county});
  require_area(a, "area", c.area, 1);
  require_text(a, "document", c.document, Clause::h66_5_1);
  if (const auto* task = require_task(a, c.county, c.first_year, Clause::h66_5_1))
    require_left(a, *task, c.area, Clause::h66_5_1);
}

void move(Doing& d, const command::RecordRestored& c) {
  auto& task = d.state.restoration.tasks.at({.county = c.county, .first_year = c.first_year});
  task.restored += c.area;
  d.events.emplace_back(event::RestoredRecorded{.county = c.county,
                                                .first_year = c.first_year,
                                                .area = c.area,
                                                .restored = task.restored,
                                                .document = c.document});
}

void check(const Asked& a, const command::AgreeUndertaking& c) {
  constexpr Clause kRule = Clause::h66_5_2;
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_clause(a, kRule);
  require_counties(a, {c.provider, c.receiver});
  require_text(a, "document", c.document, kRule);
  require_range(a, "price", c.price.raw(), 1, kMaxRate.raw());
  const bool sized = require_area(a, "area", c.area, 1) & require_area(a, "built", c.built, 0);
  if (sized && c.built > c.area)
    a.verdict.refuse({Reason::figures_conflict,
                      kRule,
                      {{FactName::participant, fact(c.receiver)},
                       {FactName::needed_area, fact(c.built)},
                       {FactName::available_area, fact(c.area)}},
                      "built"});
  if (c.provider == c.receiver)
    a.verdict.refuse({Reason::same_party_twice, {}, {{FactName::participant, fact(c.provider)}}, {}});
  const auto* own = require_task(a, c.provider, c.first_year, kRule);
  const auto* theirs = require_task(a, c.receiver, c.first_year, kRule);
  if (own && !own->done())
    a.verdict.refuse({Reason::own_task_open,
                      kRule,
                      {{FactName::participant, fact(c.provider)},
                       {FactName::needed_area, fact(own->area)},
                       {FactName::available_area, fact(own->restored + own->undertaken)}},
                      {}});
  if (!theirs || !sized) return;
  require_left(a, *theirs, c.area, kRule);
  if (const Area all = theirs->undertaken + c.area; all >= theirs->area)  // «部分»
    a.verdict.refuse({Reason::undertakes_all,
                      kRule,
                      {{FactName::participant, fact(c.receiver)},
                       {FactName::needed_area, fact(all)},
                       {FactName::available_area, fact(theirs->area)}},
                      {}});
}

void move(Doing& d, const command::AgreeUndertaking& c) {
  const UndertakingId id{d.seq.value};
  const auto guide = guide_today(d.state, c.area, c.built);
  d.state.restoration.tasks.at({.county = c.receiver, .first_year = c.first_year}).undertaken += c.area;
  d.state.restoration.undertakings.emplace(id, clearing::Undertaking{.id = id,
                                                                     .provider = c.provider,
                                                                     .receiver = c.receiver,
                                                                     .first_year = c.first_year,
                                                                     .area = c.area,
                                                                     .built = c.built,
                                                                     .price = c.price,
                                                                     .agreed = *d.state.day,
                                                                     .document = c.document,
                                                                     .guide = guide});
  d.events.emplace_back(event::UndertakingAgreed{.undertaking = id,
                                                 .provider = c.provider,
                                                 .receiver = c.receiver,
                                                 .first_year = c.first_year,
                                                 .area = c.area,
                                                 .built = c.built,
                                                 .price = c.price,
                                                 .guide = guide,
                                                 .document = c.document});
  const auto* band = d.state.pack->row(Parameter::guide_band, *d.state.day);
  if (guide && band && clearing::beyond_band(c.price, *guide, band->value))
    d.events.emplace_back(event::Warned{.participant = c.receiver,
                                        .warning = event::Warning::guide_price,
                                        .clause = Clause::h66_5_3,
                                        .about = d.seq.value,
                                        .instrument = {},
                                        .given = Quantity::from_raw(c.price.raw()),
                                        .bound = Quantity::from_raw(guide->raw())});
}

void require_facts(const Asked& a, const clearing::RestorationRun& run) {
  require_clause(a, Clause::h66_5_2);
  require_year(a, run.year);
}

Lines lines_of(const State& s, const clearing::RestorationRun& run) {
  Lines lines;
  for (const auto& [id, u] : s.restoration.undertakings) {
    const Fen amount = clearing::payment(u.area, u.price);
    if (u.paid_by || year_of(u.agreed) > run.year || amount == Fen{}) continue;
    lines.push_back({.from = u.receiver,
                     .to = u.provider,
                     .amount = amount,
                     .item = clearing::LineItem::undertaking,
                     .clause = Clause::h66_5_2,
                     .area = u.area,
                     .rate = u.price,
                     .about = id.value});
  }
  return lines;
}

}  // namespace landex::engine
