// The naive exchange: the yearly runs between governments (H66-3, 4, 5, 8, 12, 16, 19, 20). A run is paper until it is
// paid; whether it stands, was reversed, and what it paid for is looked up in the list of all of them. Numbers are as
// large as they have to be.
#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <set>

#include "matching/types/bounds.hpp"
#include "tests/model.hpp"

namespace landex::model {
using namespace engine;
using clearing::LineItem;
using clearing::RunKind;
using clearing::RunLine;
using clearing::StandardKind;
using policy::Clause;
using policy::Parameter;

namespace {

using Big = boost::multiprecision::cpp_int;
using Lines = std::vector<RunLine>;

int year_of(Day d) { return static_cast<int>(d.date().year()); }

/// For what is not negative: the nearest whole number, and up from the middle.
Big half_up(const Big& part, const Big& of) { return (2 * part + of) / (2 * of); }
Fen fen(const Big& n) { return Fen::from_raw(static_cast<int64_t>(n)); }
Area area(const Big& n) { return Area::from_raw(static_cast<int64_t>(n)); }

/// Each has its whole part; what is left goes one by one to whoever lost most by rounding, the earlier first.
std::vector<Big> split(const Big& total, const std::vector<Big>& weights) {
  Big all = 0, given = 0;
  for (const Big& w : weights) all += w;
  std::vector<Big> parts(weights.size()), lost(weights.size());
  if (all == 0) return parts;
  for (size_t i = 0; i < weights.size(); ++i) {
    parts[i] = total * weights[i] / all;
    lost[i] = total * weights[i] - parts[i] * all;
    given += parts[i];
  }
  for (; given < total; ++given) {
    size_t most = 0;
    for (size_t i = 1; i < lost.size(); ++i)
      if (lost[i] > lost[most]) most = i;
    parts[most] += 1;
    lost[most] = -1;
  }
  return parts;
}

bool is_area(Area a) { return a.raw() >= 0 && a.raw() <= kMaxQuantity.raw(); }

Big eligible(const clearing::ProtectionFact& f) {
  return Big{f.cultivated.raw()} - f.non_agricultural.raw() - f.non_grain.raw() - f.abandoned.raw();
}

/// Through which of the city's funds it goes; none: from county to county.
std::optional<clearing::Fund> fund_by_rule(RunKind kind) {
  switch (kind) {
    case RunKind::protection:
      return clearing::Fund::protection;
    case RunKind::pbf:
      return clearing::Fund::pbf;
    case RunKind::consolidation_reward:
      return clearing::Fund::consolidation;
    case RunKind::homestead_reward:
    case RunKind::standard_farmland_reward:
      return clearing::Fund::agriculture;
    case RunKind::restoration:
    case RunKind::enclave:
      break;
  }
  return {};
}

struct Award {
  Parameter row;
  Clause clause;
};
Award award_of(RunKind kind) {
  if (kind == RunKind::consolidation_reward) return {Parameter::reward_tilt, Clause::h66_8};
  if (kind == RunKind::homestead_reward) return {Parameter::homestead_share, Clause::h66_12};
  return {Parameter::standard_farmland_share, Clause::h66_16};
}

Parameter coefficient(clearing::AssessmentGrade g) {
  constexpr std::array kByGrade{Parameter::protection_excellent, Parameter::protection_good, Parameter::protection_pass,
                                Parameter::protection_fail};
  return kByGrade[static_cast<size_t>(g) - 1];
}

}  // namespace

// What has become of a run.

const Exchange::RunPaper* Exchange::run_paper(RunId id) const {
  for (const RunPaper& r : runs_)
    if (r.id == id) return &r;
  return nullptr;
}

bool Exchange::is_reversed(const RunPaper& r) const {
  return std::ranges::any_of(runs_, [&](const RunPaper& other) { return other.paid && other.reverses == r.id; });
}

bool Exchange::is_paid_for(UndertakingId id) const {
  return std::ranges::any_of(runs_, [&](const RunPaper& r) {
    return r.kind == RunKind::restoration && stands(r) &&
           std::ranges::any_of(r.lines, [&](const RunLine& l) { return l.about == id.value; });
  });
}

void Exchange::require_unpaid(RunKind kind, uint16_t year) {
  for (const RunPaper& r : runs_)
    if (r.kind == kind && r.year == year && stands(r)) refuse(Reason::run_already_paid);
}

void Exchange::require_run_year(uint16_t year) {
  if (int{year} < year_of(pack_->from) || int{year} > year_of(*day_)) refuse(Reason::year_out_of_reach);
}

// 耕地保护补偿 (H66-3).

void Exchange::require_sense(const clearing::ProtectionRun& f) {
  require_run_year(f.year);
  for (const Parameter p : {Parameter::protection_sharing, Parameter::protection_excellent, Parameter::protection_good,
                            Parameter::protection_pass, Parameter::protection_fail})
    require_row(p, Clause::h66_3_1);
  require_law(Clause::h66_3_2);
  require_law(Clause::h66_3_3);
  require_row(Parameter::rice_uplift, Clause::h66_3_4);
  require_row(Parameter::over_budget, Clause::h66_3_4);
  if (f.counties.empty() || f.counties.size() > 64) refuse(Reason::value_out_of_range);
  if (f.budget.raw() < 1 || f.budget > kMaxMoney) refuse(Reason::value_out_of_range);
  for (const auto& one : f.counties) {
    require_named(one.county);
    if (std::ranges::count(f.counties, one.county, &clearing::ProtectionFact::county) > 1)
      refuse(Reason::county_twice, Clause::h66_3_1);
    if (static_cast<int>(one.grade) < 1 || static_cast<int>(one.grade) > 4) refuse(Reason::value_out_of_range);
    for (const Area a : {one.cultivated, one.non_agricultural, one.non_grain, one.abandoned, one.rice})
      if (!is_area(a)) refuse(Reason::value_out_of_range);
    if (eligible(one) < 0) refuse(Reason::figures_conflict, Clause::h66_3_2);
    if (one.rice.raw() > eligible(one)) refuse(Reason::figures_conflict, Clause::h66_3_4);
  }
  const Figure* ours = require_figure(StandardKind::city_protection, f.year, Clause::h66_3_3);
  const Figure* province = require_figure(StandardKind::provincial_protection, f.year, Clause::h66_3_3);
  if (ours != nullptr && province != nullptr && ours->rate < province->rate)
    refuse(Reason::below_provincial, Clause::h66_3_3);
}

Lines Exchange::lines(const clearing::ProtectionRun& f) const {
  auto counties = f.counties;
  std::ranges::sort(counties, {}, &clearing::ProtectionFact::county);
  const Rate rate = figure(StandardKind::city_protection, f.year)->rate;
  const Big standard = rate.raw(), uplift = today(Parameter::rice_uplift), budget = f.budget.raw();
  const bool by_standard = today(Parameter::protection_sharing) == 1;
  const int64_t over = today(Parameter::over_budget);

  Lines out;
  std::vector<Big> full;  // of each line
  std::vector<Big> bases, uplifts;
  for (const auto& one : counties) {
    const Big share = today(coefficient(one.grade)), land = eligible(one), rice = one.rice.raw();
    RunLine line{.from = city(),
                 .to = one.county,
                 .amount = {},
                 .item = LineItem::protection,
                 .clause = Clause::h66_3_1,
                 .area = area(land),
                 .share = static_cast<int64_t>(share)};
    if (by_standard) line.rate = rate;
    out.push_back(line);
    line.item = LineItem::rice_uplift;
    line.clause = Clause::h66_3_4;
    line.area = one.rice;
    line.share = static_cast<int64_t>(half_up(share * uplift, 10'000));
    out.push_back(line);
    bases.push_back(by_standard ? half_up(land * standard * share, 1'000'000) : land * share * 10'000);
    uplifts.push_back(by_standard ? half_up(rice * standard * share * uplift, 10'000'000'000) : rice * share * uplift);
    full.push_back(bases.back());
    full.push_back(uplifts.back());
  }
  Big all_bases = 0, all_uplifts = 0;
  for (const Big& b : bases) all_bases += b;
  for (const Big& u : uplifts) all_uplifts += u;

  std::vector<Big> paid = full;
  const auto one_and_other = [&](const std::vector<Big>& of_bases, const std::vector<Big>& of_uplifts) {
    for (size_t i = 0; i < counties.size(); ++i) {
      paid[2 * i] = of_bases[i];
      paid[2 * i + 1] = of_uplifts[i];
    }
  };
  const std::vector<Big> nothing(counties.size());
  if (!by_standard)
    paid = split(budget, full);
  else if (all_bases > budget && over != 3)
    one_and_other(split(budget, bases), nothing);
  else if (all_bases + all_uplifts > budget && over == 1)
    one_and_other(bases, nothing);
  else if (all_bases + all_uplifts > budget && over == 2)
    one_and_other(bases, split(budget - all_bases, uplifts));
  else if (all_bases + all_uplifts > budget)
    paid = split(budget, full);

  for (size_t i = 0; i < out.size(); ++i) {
    out[i].amount = fen(paid[i]);
    if (by_standard && paid[i] != full[i]) out[i].full = fen(full[i]);
  }
  std::erase_if(out, [](const RunLine& l) { return l.amount == Fen{}; });
  return out;
}

// 永久基本农田保护补偿 (H66-4).

void Exchange::require_sense(const clearing::PbfRun& f) {
  require_run_year(f.year);
  require_row(Parameter::pbf_rate_base, Clause::h66_4_1);
  if (f.counties.empty() || f.counties.size() > 64) refuse(Reason::value_out_of_range);
  for (const auto& one : f.counties) {
    require_named(one.county);
    if (std::ranges::count(f.counties, one.county, &clearing::PbfFact::county) > 1)
      refuse(Reason::county_twice, Clause::h66_4_1);
    for (const Area a : {one.pbf, one.cultivated, one.land})
      if (!is_area(a)) refuse(Reason::value_out_of_range);
    if (one.pbf > one.cultivated || one.cultivated > one.land) refuse(Reason::figures_conflict, Clause::h66_4_1);
  }
  for (const policy::Unit& unit : pack_->units)
    if (unit.kind != ParticipantClass::city && unit.from <= *day_ && *day_ <= unit.until &&
        std::ranges::count(f.counties, unit.district, &clearing::PbfFact::county) == 0)
      refuse(Reason::run_incomplete, Clause::h66_4_1);
  require_figure(StandardKind::pbf_price, f.year, Clause::h66_4_1);
}

Lines Exchange::lines(const clearing::PbfRun& f) const {
  auto counties = f.counties;
  std::ranges::sort(counties, {}, &clearing::PbfFact::county);
  const Rate price = figure(StandardKind::pbf_price, f.year)->rate;
  const auto base = [&](const clearing::PbfFact& one) {
    return Big{(today(Parameter::pbf_rate_base) == 1 ? one.cultivated : one.land).raw()};
  };
  Big all_pbf = 0, all_base = 0;
  for (const auto& one : counties) all_pbf += one.pbf.raw(), all_base += base(one);
  // Too little, times the whole base: what the average of the city would ask of it, less what it has.
  const auto lacks = [&](const clearing::PbfFact& one) { return all_pbf * base(one) - one.pbf.raw() * all_base; };
  const auto line_of = [&](const clearing::PbfFact& one, LineItem item, const Big& amount, const Big& of) {
    const bool pays = item == LineItem::pbf_contribution;
    return RunLine{.from = pays ? one.county : city(),
                   .to = pays ? city() : one.county,
                   .amount = fen(amount),
                   .item = item,
                   .clause = Clause::h66_4_1,
                   .area = area(half_up(of, all_base)),
                   .rate = price};
  };

  Lines out;
  Big together = 0;
  std::vector<Big> weights;
  for (const auto& one : counties) {
    const Big d = lacks(one);
    weights.push_back(d < 0 ? Big{-d} : Big{0});
    if (d <= 0) continue;
    const Big amount = half_up(d * price.raw(), all_base * 100);
    together += amount;
    out.push_back(line_of(one, LineItem::pbf_contribution, amount, d));
  }
  const std::vector<Big> parts = split(together, weights);
  for (size_t i = 0; i < counties.size(); ++i)
    if (weights[i] > 0) out.push_back(line_of(counties[i], LineItem::pbf_receipt, parts[i], weights[i]));
  std::erase_if(out, [](const RunLine& l) { return l.amount == Fen{}; });
  return out;
}

// 有偿承担恢复任务 (H66-5.2) and 飞地保护补偿 (H66-19.3): what was agreed.

void Exchange::require_sense(const clearing::RestorationRun& f) {
  require_law(Clause::h66_5_2);
  require_run_year(f.year);
}

Lines Exchange::lines(const clearing::RestorationRun& f) const {
  Lines out;
  for (const Undertaken& u : undertaken_)
    if (year_of(u.agreed) <= int{f.year} && !is_paid_for(u.id))
      out.push_back({.from = u.receiver,
                     .to = u.provider,
                     .amount = fen(half_up(Big{u.area.raw()} * u.price.raw(), 100)),
                     .item = LineItem::undertaking,
                     .clause = Clause::h66_5_2,
                     .area = u.area,
                     .rate = u.price,
                     .about = u.id.value});
  std::erase_if(out, [](const RunLine& l) { return l.amount == Fen{}; });
  std::ranges::sort(out, {}, &RunLine::about);
  return out;
}

void Exchange::require_sense(const clearing::EnclaveRun& f) {
  require_law(Clause::h66_19_3);
  require_run_year(f.year);
  require_figure(StandardKind::enclave_base, f.year, Clause::h66_19_3);
}

Lines Exchange::lines(const clearing::EnclaveRun& f) const {
  const Rate base = figure(StandardKind::enclave_base, f.year)->rate;
  const Day last = *Day::ymd(f.year, 12, 31);
  Lines out;
  for (const auto& a : agreements_)
    if (a.from <= last && last <= a.until)
      out.push_back({.from = a.receiver,
                     .to = a.sender,
                     .amount = fen(half_up(Big{a.area.raw()} * base.raw(), 100)),
                     .item = LineItem::enclave,
                     .clause = Clause::h66_19_3,
                     .area = a.area,
                     .rate = base,
                     .about = a.id.value});
  std::erase_if(out, [](const RunLine& l) { return l.amount == Fen{}; });
  std::ranges::sort(out, {}, &RunLine::about);
  return out;
}

// 奖补 (H66-8, 12, 16).

void Exchange::require_sense(const clearing::RewardRun& f) {
  const int kind = static_cast<int>(f.kind);
  if (kind < 5 || kind > 7) refuse(Reason::value_out_of_range);
  require_run_year(f.year);
  if (f.awards.empty() || f.awards.size() > 500) refuse(Reason::value_out_of_range);
  std::set<std::pair<District, std::string>> seen;
  for (const auto& one : f.awards) {
    require_named(one.county);
    require_text(one.project);
    require_text(one.document);
    if (one.base.raw() < 1 || one.base > kMaxMoney) refuse(Reason::value_out_of_range);
    if (!seen.emplace(one.county, one.project).second) refuse(Reason::county_twice, award_of(f.kind).clause);
  }
  if (kind >= 5 && kind <= 7) require_row(award_of(f.kind).row, award_of(f.kind).clause);
}

Lines Exchange::lines(const clearing::RewardRun& f) const {
  const Award of = award_of(f.kind);
  Lines out;
  for (const auto& one : f.awards) {
    int64_t share = today(of.row);
    if (f.kind == RunKind::consolidation_reward)
      share = 10'000 + (classes_.at(one.county) == ParticipantClass::mountain4 ? share : 0);
    out.push_back({.from = city(),
                   .to = one.county,
                   .amount = fen(half_up(Big{one.base.raw()} * share, 10'000)),
                   .item = LineItem::award,
                   .clause = of.clause,
                   .share = share,
                   .base = one.base,
                   .project = one.project});
  }
  std::erase_if(out, [](const RunLine& l) { return l.amount == Fen{}; });
  std::ranges::sort(out, {}, [](const RunLine& l) { return std::pair{l.to, l.project}; });
  return out;
}

// What undoes a run.

void Exchange::require_sense(const clearing::ReversalRun& f) {
  const RunPaper* target = run_paper(f.run);
  if (target == nullptr)
    refuse(Reason::unknown_run);
  else if (!stands(*target))
    refuse(Reason::run_state_forbids);
}

Lines Exchange::lines(const clearing::ReversalRun& f) const {
  Lines out = run_paper(f.run)->lines;
  std::ranges::reverse(out);
  for (RunLine& l : out) std::swap(l.from, l.to);
  return out;
}

// The two steps.

void Exchange::run(const command::ReckonRun& c) {
  const auto* reversal = std::get_if<clearing::ReversalRun>(&c.reckoning);
  require_text(c.document);
  std::visit([this](const auto& f) { require_sense(f); }, c.reckoning);
  RunPaper paper{RunId{seq_}, {}, {}, false, c.reckoning, {}, {}, {}};
  std::visit(
      [&]<class F>(const F& f) {
        if constexpr (std::is_same_v<F, clearing::RewardRun>)
          paper.kind = f.kind;
        else if constexpr (!std::is_same_v<F, clearing::ReversalRun>)
          paper.kind = std::is_same_v<F, clearing::ProtectionRun>    ? RunKind::protection
                       : std::is_same_v<F, clearing::PbfRun>         ? RunKind::pbf
                       : std::is_same_v<F, clearing::RestorationRun> ? RunKind::restoration
                                                                     : RunKind::enclave;
        if constexpr (!std::is_same_v<F, clearing::ReversalRun>) paper.year = f.year;
      },
      c.reckoning);
  if (reversal == nullptr) require_unpaid(paper.kind, paper.year);
  if (refusal_) return;
  paper.lines = lines_now(c.reckoning);
  Big all = 0, received = 0;
  for (const RunLine& l : paper.lines) {
    all += l.amount.raw();
    if (l.item != LineItem::pbf_contribution) received += l.amount.raw();
  }
  if (reversal != nullptr) {
    const RunPaper& target = *run_paper(reversal->run);
    paper.kind = target.kind;
    paper.year = target.year;
    paper.reverses = target.id;
    received = target.total.raw();
  }
  if (all > kMaxMoney.raw()) refuse(Reason::total_out_of_range);
  if (paper.lines.empty()) refuse(Reason::nothing_to_pay);
  if (refusal_) return;
  paper.total = fen(received);
  runs_.push_back(paper);
  out_.push_back(
      event::RunReckoned{paper.id, paper.kind, paper.year, paper.lines, paper.total, paper.reverses, c.document});
}

void Exchange::run(const command::ExecuteRun& c) {
  require_text(c.document);
  const auto found = std::ranges::find(runs_, c.run, &RunPaper::id);
  if (found == runs_.end()) return refuse(Reason::unknown_run);
  RunPaper& paper = *found;
  if (paper.paid) refuse(Reason::run_state_forbids);
  if (!paper.reverses) require_unpaid(paper.kind, paper.year);
  std::visit([this](const auto& f) { require_sense(f); }, paper.facts);
  if (refusal_) return;
  if (lines_now(paper.facts) != paper.lines) return refuse(Reason::run_stale);

  const auto fund = fund_by_rule(paper.kind);
  if (fund && *fund != clearing::Fund::pbf && !paper.reverses && in_fund(*fund) < paper.total)
    refuse(Reason::fund_short, Clause::h66_20);
  std::map<District, std::pair<Fen, Clause>> to_pay;
  for (const RunLine& l : paper.lines)
    if (l.from != city()) to_pay.try_emplace(l.from, Fen{}, l.clause).first->second.first += l.amount;
  for (const auto& [county, owes] : to_pay)
    if (money(county, Purse::free) < owes.first) refuse(Reason::not_enough_money, owes.second);
  if (refusal_) return;

  paper.paid = true;
  out_.push_back(
      event::RunPaid{paper.id, paper.kind, paper.year, paper.lines, paper.total, paper.reverses, c.document});
  const auto purse = [&](District d) { return d == city() ? Purse::funds : Purse::free; };
  for (const RunLine& l : paper.lines) {
    move(l.from, purse(l.from), l.to, purse(l.to), l.amount, l.clause, paper.id.value);
    if (fund) fund_entries_.push_back({*fund, l.from == city() ? -l.amount : l.amount});
  }
}

}  // namespace landex::model
