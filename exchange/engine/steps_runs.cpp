// steps_runs.cpp: the yearly runs between governments: reckoned, which moves nothing, then paid at once and in whole
// (H66-3, 4, 5, 8, 12, 16, 19). What each kind demands of its facts and how it is reckoned is its own affair
// (engine/runs.hpp). What a run pays comes out of the city's sub-account of its kind (H66-20); what counties pay goes
// from their free money.
#include <map>

#include "clearing/governments/split.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/posting.hpp"
#include "exchange/engine/runs.hpp"

namespace landex::engine {
namespace {

using clearing::LineItem;
using clearing::ReversalRun;
using clearing::Run;
using clearing::RunKind;
using clearing::RunState;

/// Which run this is about, of which year. A reversal is of the kind and year of its target, if there is one.
struct About {
  RunKind kind;
  uint16_t year;
  std::optional<RunId> reverses;
};
std::optional<About> about(const State& s, const clearing::Reckoning& reckoning) {
  struct Visitor {
    const State& s;
    std::optional<About> operator()(const clearing::ProtectionRun& r) const { return of(RunKind::protection, r.year); }
    std::optional<About> operator()(const clearing::PbfRun& r) const { return of(RunKind::pbf, r.year); }
    std::optional<About> operator()(const clearing::RestorationRun& r) const {
      return of(RunKind::restoration, r.year);
    }
    std::optional<About> operator()(const clearing::EnclaveRun& r) const { return of(RunKind::enclave, r.year); }
    std::optional<About> operator()(const clearing::RewardRun& r) const { return of(r.kind, r.year); }
    std::optional<About> operator()(const ReversalRun& r) const {
      const auto* target = s.runs.find(r.run);
      if (!target) return std::nullopt;
      return About{.kind = target->kind, .year = target->year, .reverses = r.run};
    }
    static About of(RunKind kind, uint16_t year) { return {.kind = kind, .year = year, .reverses = {}}; }
  };
  return std::visit(Visitor{s}, reckoning);
}

Lines lines_today(const State& s, const clearing::Reckoning& reckoning) {
  return std::visit([&](const auto& run) { return lines_of(s, run); }, reckoning);
}

/// What the receivers get: the city passes on what contributors pay to it.
Fen total_of(const State& s, const clearing::Reckoning& reckoning, const Lines& lines) {
  if (const auto* reversal = std::get_if<ReversalRun>(&reckoning)) return s.runs.find(reversal->run)->total;
  Fen total;
  for (const auto& line : lines)
    if (line.item != LineItem::pbf_contribution) total += line.amount;
  return total;
}

/// Of each kind and year one run stands at most. That a reversal is the only one of its target follows from the state
/// of the target.
void require_none_stands(const Asked& a, const About& run) {
  if (run.reverses) return;
  if (const auto* paid = a.state.runs.standing(run.kind, run.year))
    a.verdict.refuse({Reason::run_already_paid,
                      {},
                      {{FactName::number, fact(paid->id)},
                       {FactName::year, int64_t{run.year}},
                       {FactName::run_kind, fact(run.kind)}},
                      {}});
}

void require_lines(const Asked& a, const About& run, const Lines& lines) {
  clearing::Wide sum = 0;
  for (const auto& line : lines) sum += line.amount.raw();
  if (!clearing::money_of(sum)) refuse_amount(a);
  if (lines.empty())
    a.verdict.refuse(
        {Reason::nothing_to_pay, {}, {{FactName::year, int64_t{run.year}}, {FactName::run_kind, fact(run.kind)}}, {}});
}

/// Every party has an account, every county the money that it is to pay, and the fund what leaves it for good: through
/// that of H66-4 payers pay receivers, and a reversal brings money back.
void require_means(const Asked& a, const Run& run) {
  const District city = *city_of(*a.state.pack);
  struct Owed {
    Fen sum;
    policy::Clause clause;  // of its first line
  };
  std::map<District, Owed> owed;
  for (const auto& line : run.lines) {
    require_account(a, line.from);
    require_account(a, line.to);
    if (line.from != city) owed.try_emplace(line.from, Fen{}, line.clause).first->second.sum += line.amount;
  }
  for (const auto& [county, o] : owed) require_money(a, county, o.sum, o.clause);
  const auto fund = clearing::fund_of(run.kind);
  if (!fund || run.kind == RunKind::pbf || run.reverses) return;
  const Fen balance = a.state.funds.balance(*fund);
  if (balance < run.total)
    a.verdict.refuse({Reason::fund_short,
                      policy::Clause::h66_20,
                      {{FactName::fund, fact(*fund)},
                       {FactName::participant, fact(city)},
                       {FactName::needed_fen, fact(run.total)},
                       {FactName::available_fen, fact(balance)}},
                      {}});
}

}  // namespace

void require_year(const Asked& a, uint16_t year) {
  if (!a.state.pack || !a.state.day) return;
  const auto least = static_cast<int>(a.state.pack->from.date().year());
  const auto most = static_cast<int>(a.state.day->date().year());
  if (year < least || year > most)
    a.verdict.refuse({Reason::year_out_of_reach,
                      {},
                      {{FactName::year, int64_t{year}}, {FactName::least, least}, {FactName::most, most}},
                      {}});
}

const clearing::Standard* require_standard(const Asked& a, clearing::StandardKind kind, uint16_t year,
                                           policy::Clause rule) {
  const auto* standard = a.state.standards.in_force(kind, year);
  if (!standard)
    a.verdict.refuse(
        {Reason::no_standard, rule, {{FactName::standard, fact(kind)}, {FactName::year, int64_t{year}}}, {}});
  return standard;
}

const policy::Row* require_row(const Asked& a, policy::Parameter p, policy::Clause rule, std::string_view key) {
  if (!a.state.pack || !a.state.day) return nullptr;
  const auto* row = a.state.pack->row(p, *a.state.day);
  if (!row) refuse_no_rule(a, rule, key);
  return row;
}

void check(const Asked& a, const command::ReckonRun& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_text(a, "document", c.document);
  std::visit([&](const auto& run) { require_facts(a, run); }, c.reckoning);
  const auto run = about(a.state, c.reckoning);
  if (!run) return;
  require_none_stands(a, *run);
  // What is left to refuse comes after all that was looked at, and lines are reckoned from facts without fault alone.
  if (!a.verdict.refused()) require_lines(a, *run, lines_today(a.state, c.reckoning));
}

void move(Doing& d, const command::ReckonRun& c) {
  const About run = *about(d.state, c.reckoning);
  Lines lines = lines_today(d.state, c.reckoning);
  const Fen total = total_of(d.state, c.reckoning, lines);
  const RunId id{d.seq.value};
  d.events.emplace_back(event::RunReckoned{.run = id,
                                           .kind = run.kind,
                                           .year = run.year,
                                           .lines = lines,
                                           .total = total,
                                           .reverses = run.reverses,
                                           .document = c.document});
  d.state.runs.all.emplace(id, Run{.id = id,
                                   .kind = run.kind,
                                   .year = run.year,
                                   .state = RunState::reckoned,
                                   .reckoned = *d.state.day,
                                   .facts = c.reckoning,
                                   .lines = std::move(lines),
                                   .total = total,
                                   .reverses = run.reverses,
                                   .reversed_by = {},
                                   .document = c.document});
}

void check(const Asked& a, const command::ExecuteRun& c) {
  require_bureau(a);
  require_policy(a);
  const bool open = require_day(a);
  require_text(a, "document", c.document);
  const auto* run = a.state.runs.find(c.run);
  if (!run) return a.verdict.refuse({Reason::unknown_run, {}, {{FactName::number, fact(c.run)}}, {}});
  if (run->state != RunState::reckoned)
    return a.verdict.refuse({Reason::run_state_forbids,
                             {},
                             {{FactName::number, fact(run->id)}, {FactName::run_state, fact(run->state)}},
                             {}});
  if (!a.state.pack || !open) return;
  require_none_stands(a, {.kind = run->kind, .year = run->year, .reverses = run->reverses});
  require_means(a, *run);
  // Facts that are refused today have no lines today. So they are judged apart from the rest of the command.
  Verdict of_facts;
  const Asked again{a.state, a.who, a.seat, of_facts};
  std::visit([&](const auto& facts) { require_facts(again, facts); }, run->facts);
  if (of_facts.refused())
    a.verdict.refuse(*of_facts.first());
  else if (lines_today(a.state, run->facts) != run->lines)
    a.verdict.refuse({Reason::run_stale, {}, {{FactName::number, fact(run->id)}}, {}});
}

void move(Doing& d, const command::ExecuteRun& c) {
  auto& runs = d.state.runs.all;
  Run& run = runs.at(c.run);
  run.state = RunState::paid;
  run.paid = *d.state.day;
  if (run.reverses) {
    Run& target = runs.at(*run.reverses);
    target.state = RunState::reversed;
    target.reversed_by = run.id;
  }
  d.events.emplace_back(event::RunPaid{.run = run.id,
                                       .kind = run.kind,
                                       .year = run.year,
                                       .lines = run.lines,
                                       .total = run.total,
                                       .reverses = run.reverses,
                                       .document = c.document});
  const District city = *city_of(*d.state.pack);
  const auto fund = clearing::fund_of(run.kind);
  const auto purse_of = [&](District party) { return party == city ? Purse::funds : Purse::free; };
  for (const auto& line : run.lines) {
    if (fund && line.from == city) d.state.funds.balances[*fund] -= line.amount;
    if (fund && line.to == city) d.state.funds.balances[*fund] += line.amount;
    post_money(d, line.from, purse_of(line.from), line.to, purse_of(line.to), line.amount, line.clause, run.id.value);
    if (line.item == LineItem::undertaking)
      d.state.restoration.undertakings.at(UndertakingId{line.about}).paid_by =
          run.reverses ? std::nullopt : std::optional{run.id};
  }
}

}  // namespace landex::engine
