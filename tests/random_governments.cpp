#include "tests/random_governments.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "matching/types/bounds.hpp"

namespace landex::testing {
namespace {

namespace command = engine::command;
using clearing::Fund;
using clearing::RunKind;
using clearing::RunState;
using clearing::StandardKind;
using policy::Clause;
using policy::Parameter;

constexpr std::array<uint32_t, 6> kCodes{330182, 330127, 330110, 330109, 330100, 330999};  // as in random_market.cpp
const District kCity = District::code(330100);

Day day(int month, int d) { return *Day::ymd(2024, static_cast<unsigned>(month), static_cast<unsigned>(d)); }

std::string paper(Random& r) {
  return r.one_in(90) ? std::string(r.one_in(3) ? 201 : 0, 'a') : "文号" + std::to_string(r.below(90));
}

District county(Random& r) { return District::code(kCodes[r.one_in(40) ? r.below(6) : r.below(4)]); }

/// Small, at times none at all, at times at the bounds.
Area some_area(Random& r, int64_t most) {
  if (r.one_in(50)) return Area::from_raw(r.between(-1, 0));
  if (r.one_in(60)) return Area::from_raw(kMaxQuantity.raw() + r.between(-1, 1));
  return Area::from_raw(r.between(1, std::max<int64_t>(most, 1)));
}

Rate some_rate(Random& r, int64_t least, int64_t most) {
  return Rate::from_raw(r.one_in(50) ? (r.one_in(2) ? r.between(-1, 1) : kMaxRate.raw() + r.between(-1, 1))
                                     : r.between(least, most));
}

int year_of(Day d) { return static_cast<int>(d.date().year()); }

/// One that a run could be of; at times one before or after.
uint16_t some_year(Random& r, const engine::State& s) {
  const int least = year_of(s.pack->from), most = year_of(*s.day);
  if (r.one_in(40)) return static_cast<uint16_t>(r.between(least - 1, most + 1));
  return static_cast<uint16_t>(r.between(least, most));
}

/// One of the last few entries, or a number that may be anything.
template <class Map, class Fits>
uint64_t some_number(Random& r, const engine::State& s, const Map& all, const Fits& fits) {
  std::vector<uint64_t> found;
  for (auto at = all.rbegin(); at != all.rend() && found.size() < 8; ++at)
    if (fits(at->second)) found.push_back(at->first.value);
  if (found.empty() || r.one_in(30)) return r.below(s.last.value + 2);
  return found[r.below(found.size())];
}

std::optional<Fund> fund_by_rule(RunKind kind) {
  if (kind == RunKind::protection) return Fund::protection;
  if (kind == RunKind::consolidation_reward) return Fund::consolidation;
  if (kind == RunKind::homestead_reward || kind == RunKind::standard_farmland_reward) return Fund::agriculture;
  return {};
}

// What is said before.

engine::Command earmark(Random& r, const engine::State& s) {
  const auto fund = static_cast<Fund>(r.one_in(40) ? r.below(8) : r.between(1, 5));
  const Fen there = clearing::exists(fund) ? s.funds.balance(fund) : Fen{};
  const Fen free = s.ledger.is_open(kCity) ? s.ledger.money(kCity, engine::Purse::free) : Fen{};
  const bool back = r.one_in(4);
  const Fen of = back ? there : Fen::from_raw(free.raw() / 4);
  return command::EarmarkFund{
      .fund = fund,
      .amount = Fen::from_raw(r.one_in(30) ? r.between(-1, 1)
                                           : r.between(1, std::max<int64_t>(of.raw(), 1)) + 3 * r.one_in(12)),
      .back = back,
      .document = paper(r)};
}

engine::Command standard(Random& r, const engine::State& s) {
  const auto& all = s.standards.rows();
  if (!all.empty() && r.one_in(8))
    return command::RevokeStandard{
        .standard = r.one_in(12) ? StandardId{r.below(s.last.value + 2)} : all[r.below(all.size())].id,
        .document = paper(r)};
  StandardKind kind{};
  uint16_t year = 0;
  for (int tries = 0; tries < 6; ++tries) {  // mostly one that is missing
    kind = static_cast<StandardKind>(r.one_in(60) ? r.below(10) : r.between(1, 7));
    year = r.one_in(80) ? static_cast<uint16_t>(r.below(3'000)) : some_year(r, s);
    if (!s.standards.in_force(kind, year)) break;
  }
  Rate rate = some_rate(r, 100, 2'000);
  if (kind == StandardKind::provincial_protection) rate = some_rate(r, 200, 400);
  if (kind == StandardKind::city_protection) rate = some_rate(r, r.one_in(10) ? 200 : 400, 700);
  return command::PublishStandard{.kind = kind, .year = year, .rate = rate, .document = paper(r), .approver = paper(r)};
}

// Tasks, enclaves, townships.

uint16_t some_cycle(Random& r) {
  if (r.one_in(20)) return static_cast<uint16_t>(r.between(2'019, 2'105));
  return static_cast<uint16_t>(2'024 + 5 * r.below(6));
}

engine::Command restoration(Random& r, const engine::State& s) {
  const auto& tasks = s.restoration.tasks;
  if (tasks.empty() || r.one_in(5))
    return command::RegisterTask{
        .county = county(r), .first_year = some_cycle(r), .area = some_area(r, 5'000), .document = paper(r)};
  auto at = tasks.begin();
  std::advance(at, static_cast<std::ptrdiff_t>(r.below(tasks.size())));
  const auto& task = at->second;
  const Area left = task.area - task.restored - task.undertaken;
  if (r.one_in(3)) {
    // the mountain counties do all of theirs, the others a part
    const bool all = left > Area{} && task.county <= District::code(330127) && !r.one_in(4);
    return command::RecordRestored{.county = r.one_in(30) ? county(r) : task.county,
                                   .first_year = r.one_in(30) ? some_cycle(r) : task.first_year,
                                   .area = all ? left : some_area(r, r.one_in(8) ? left.raw() + 9 : left.raw() / 4),
                                   .document = paper(r)};
  }
  std::vector<District> done, open;
  for (const auto& [key, one] : tasks)
    if (key.first_year == task.first_year) (one.done() ? done : open).push_back(one.county);
  const District provider = done.empty() || r.one_in(12) ? county(r) : done[r.below(done.size())];
  const District receiver = open.empty() || r.one_in(12) ? county(r) : open[r.below(open.size())];
  const Area area = some_area(r, r.one_in(12) ? 5'000 : 60);
  const int64_t about = std::max<int64_t>(area.raw(), 1);
  return command::AgreeUndertaking{
      .provider = provider,
      .receiver = receiver,
      .first_year = task.first_year,
      .area = area,
      .built = r.one_in(2) ? Area{} : Area::from_raw(r.between(r.one_in(30) ? -1 : 0, about)),
      .price = some_rate(r, 200, 2'500),
      .document = paper(r)};
}

engine::Command enclave(Random& r, const engine::State& s) {
  if (s.enclaves.all.empty() || r.one_in(4)) {
    const auto kind = static_cast<clearing::EnclaveKind>(r.one_in(40) ? r.below(6) : r.one_in(2) ? 1 : r.between(1, 3));
    const bool industrial = kind == clearing::EnclaveKind::industrial;
    const Area secured = industrial || r.one_in(15) ? some_area(r, r.one_in(10) ? 1'700 : 1'500) : Area{};
    return command::RegisterEnclave{
        .sender = r.one_in(15) ? county(r) : District::code(kCodes[r.below(2)]),
        .receiver = r.one_in(15) ? county(r) : District::code(kCodes[2 + r.below(2)]),
        .kind = kind,
        .name = paper(r),
        .secured = secured,
        .included = r.one_in(3) ? Area{}
                                : Area::from_raw(r.between(r.one_in(30) ? -1 : 0,
                                                           std::max<int64_t>(secured.raw(), 0) + r.one_in(15))),
        .document = paper(r)};
  }
  const uint64_t of = some_number(r, s, s.enclaves.all, [](const auto&) { return true; });
  const Day from = Day::from_raw(s.day->raw() - static_cast<int32_t>(r.below(400)));
  const Day until = Day::from_raw(from.raw() + static_cast<int32_t>(r.one_in(20)  ? -1
                                                                    : r.one_in(3) ? r.between(0, 400)
                                                                                  : 900));
  return command::AgreePbfTask{
      .enclave = {of}, .area = some_area(r, 900), .from = from, .until = until, .document = paper(r)};
}

engine::Command township(Random& r, const engine::State& s) {
  const auto name = [&] { return r.one_in(60) ? paper(r) : "乡" + std::to_string(r.below(4)); };
  const auto& all = s.scales.all;
  if (all.empty() || r.one_in(4))
    return command::SetTownshipScale{
        .county = county(r), .township = name(), .area = some_area(r, 9'000), .document = paper(r)};
  auto at = all.begin();
  std::advance(at, static_cast<std::ptrdiff_t>(r.below(all.size())));
  const bool known = !r.one_in(12);
  return command::UseReservedScale{
      .county = known ? at->second.county : county(r),
      .township = known ? at->second.township : name(),
      .trade = static_cast<clearing::RuralTrade>(r.one_in(30) ? r.below(9) : r.between(1, 6)),
      .area = some_area(r, r.one_in(4) ? 500 : 60),
      .project = paper(r),
      .document = paper(r)};
}

// Runs.

/// All four, in any order; at times one is missing, there twice, or another's.
std::vector<District> the_counties(Random& r, bool some) {
  std::vector<District> out;
  for (size_t i = 0; i < 4; ++i) out.push_back(District::code(kCodes[i]));
  for (size_t i = 0; i < 4; ++i) std::swap(out[i], out[r.below(4)]);
  if (some) out.resize(1 + r.below(4));
  if (r.one_in(25)) out.pop_back();
  if (r.one_in(25)) out.push_back(county(r));
  return out;
}

clearing::Reckoning protection(Random& r, uint16_t year) {
  const bool huge = r.one_in(25);
  clearing::ProtectionRun run{
      .year = year, .budget = Fen::from_raw(r.between(1, r.one_in(2) ? 4'000'000 : 600'000)), .counties = {}};
  if (r.one_in(30)) run.budget = Fen::from_raw(r.one_in(2) ? kMaxMoney.raw() + r.between(-1, 1) : r.between(-1, 2));
  for (const District one : the_counties(r, true)) {
    const int64_t all = r.between(0, huge ? kMaxQuantity.raw() : 40'000);
    const int64_t out = r.between(0, all / 8), rest = all - 3 * out;
    run.counties.push_back(
        {.county = one,
         .grade = static_cast<clearing::AssessmentGrade>(r.one_in(60) ? r.below(7) : r.between(1, 4)),
         .cultivated = Area::from_raw(r.one_in(60) ? -1 : all),
         .non_agricultural = Area::from_raw(r.one_in(60) ? all : out),
         .non_grain = Area::from_raw(r.one_in(2) ? out : 0),
         .abandoned = Area::from_raw(out),
         .rice = Area::from_raw(r.one_in(3) ? 0 : r.between(0, r.one_in(30) ? rest + out + 1 : rest))});
  }
  return run;
}

clearing::Reckoning pbf(Random& r, uint16_t year) {
  const bool huge = r.one_in(20), even = r.one_in(30);
  clearing::PbfRun run{.year = year, .counties = {}};
  for (const District one : the_counties(r, false)) {
    const int64_t land = r.between(0, huge ? kMaxQuantity.raw() : 40'000);
    const int64_t cultivated = even ? land : r.between(0, r.one_in(80) ? land + 2 : land);
    run.counties.push_back(
        {.county = one,
         .pbf = Area::from_raw(even ? land : r.between(r.one_in(80) ? -1 : 0, cultivated + r.one_in(80))),
         .cultivated = Area::from_raw(cultivated),
         .land = Area::from_raw(land)});
  }
  return run;
}

clearing::Reckoning rewards(Random& r, RunKind kind, uint16_t year) {
  clearing::RewardRun run{.kind = kind, .year = year, .awards = {}};
  if (r.one_in(60)) run.kind = static_cast<RunKind>(r.below(10));
  const uint64_t many = r.one_in(150) ? 501 : 1 + r.below(5);
  for (uint64_t n = r.one_in(40) ? 0 : many; n > 0; --n)
    run.awards.push_back(
        {.county = county(r),
         .project = r.one_in(60) ? paper(r) : "项目" + std::to_string(r.below(r.one_in(8) ? 3 : 5'000)),
         .base = Fen::from_raw(r.one_in(60)   ? r.between(-1, 1)
                               : r.one_in(60) ? kMaxMoney.raw() + r.between(-1, 1)
                                              : r.between(1, 900'000)),
         .document = paper(r)});
  return run;
}

engine::Command reckon(Random& r, const engine::State& s) {
  const auto as_command = [&](clearing::Reckoning facts) {
    return command::ReckonRun{.reckoning = std::move(facts), .document = paper(r)};
  };
  if (r.one_in(3))
    return as_command(clearing::ReversalRun{.run = {some_number(r, s, s.runs.all, [&](const clearing::Run& run) {
                                              return run.state == RunState::paid && !run.reverses;
                                            })}});
  // mostly one that is neither paid nor waits to be
  RunKind kind{};
  uint16_t year = 0;
  const auto waits = [&] {
    return s.runs.standing(kind, year) || std::ranges::any_of(s.runs.all, [&](const auto& other) {
             const clearing::Run& run = other.second;
             return run.kind == kind && run.year == year && run.state == RunState::reckoned && !run.reverses;
           });
  };
  for (int tries = 0; tries < 8; ++tries) {
    kind = static_cast<RunKind>(r.between(1, 7));
    year = some_year(r, s);
    if (!waits()) break;
  }
  switch (kind) {
    case RunKind::protection:
      return as_command(protection(r, year));
    case RunKind::pbf:
      return as_command(pbf(r, year));
    case RunKind::restoration:
      return as_command(clearing::RestorationRun{.year = year});
    case RunKind::enclave:
      return as_command(clearing::EnclaveRun{.year = year});
    default:
      return as_command(rewards(r, kind, year));
  }
}

/// One that could be paid, or what it lacks for that.
engine::Command execute(Random& r, const engine::State& s) {
  const RunId id{some_number(r, s, s.runs.all, [&](const clearing::Run& run) {
    return run.state == RunState::reckoned && (run.reverses || !s.runs.standing(run.kind, run.year));
  })};
  const auto* run = s.runs.find(id);
  if (run && run->state == RunState::reckoned && !run->reverses && !r.one_in(8))
    if (const auto fund = fund_by_rule(run->kind);
        fund && s.funds.balance(*fund) < run->total && s.ledger.is_open(kCity)) {
      const Fen short_of = run->total - s.funds.balance(*fund);
      const bool can = s.ledger.money(kCity, engine::Purse::free) >= short_of;
      if (!can && !r.one_in(8))
        return command::Deposit{.participant = kCity, .amount = std::min(short_of, kMaxMoney), .document = paper(r)};
      return command::EarmarkFund{.fund = *fund, .amount = short_of, .back = false, .document = paper(r)};
    }
  return command::ExecuteRun{.run = id, .document = paper(r)};
}

}  // namespace

engine::Command government_command(Random& r, const engine::State& s) {
  switch (r.below(32)) {
    case 0:
    case 1:
      return earmark(r, s);
    case 2:
    case 3:
    case 4:
    case 5:
      return standard(r, s);
    case 6:
    case 7:
    case 8:
    case 9:
    case 10:
      return restoration(r, s);
    case 11:
    case 12:
      return enclave(r, s);
    case 13:
    case 14:
      return township(r, s);
    case 15:
    case 16:
    case 17:
    case 18:
    case 19:
    case 20:
    case 21:
      return reckon(r, s);
    default:
      return execute(r, s);
  }
}

bool is_about_governments(const engine::Command& c) {
  return c.index() >= engine::Command{command::EarmarkFund{}}.index() &&
         c.index() <= engine::Command{command::ExecuteRun{}}.index();
}

policy::Pack pack_with_governments(uint64_t seed) {
  Random r{seed ^ 0x5EED};
  policy::Pack pack = small_pack();
  pack.from = *Day::ymd(2023, 1, 1);  // so that there are two years to reckon
  const Day first = day(1, 1), last = day(12, 30);
  const auto row = [&](Parameter p, int64_t value, Clause clause) {
    const auto add = [&](Day from, Day until) {
      pack.rows.push_back({.parameter = p,
                           .from = from,
                           .until = until,
                           .value = value,
                           .clause = clause,
                           .origin = r.one_in(2) ? policy::Origin::law : policy::Origin::our_default});
    };
    if (!r.one_in(10)) return add(first, last);
    const Day gap = Day::from_raw(day(6, 20).raw() + static_cast<int32_t>(r.below(12)));  // and some days after it
    add(first, Day::from_raw(gap.raw() - 1));
    add(Day::from_raw(gap.raw() + static_cast<int32_t>(r.between(1, 4))), last);
  };
  row(Parameter::protection_excellent, r.one_in(2) ? 12'000 : 10'500, Clause::h66_3_1);
  row(Parameter::protection_good, 10'000, Clause::h66_3_1);
  row(Parameter::protection_pass, 8'333, Clause::h66_3_1);
  row(Parameter::protection_fail, r.one_in(3) ? 1'234 : 0, Clause::h66_3_1);
  row(Parameter::protection_sharing, r.one_in(3) ? 2 : 1, Clause::h66_3_1);
  row(Parameter::rice_uplift, r.one_in(4) ? 3'333 : 5'000, Clause::h66_3_4);
  row(Parameter::over_budget, r.between(1, 3), Clause::h66_3_4);
  row(Parameter::pbf_rate_base, r.between(1, 2), Clause::h66_4_1);
  row(Parameter::restoration_cycle, r.one_in(6) ? 3 : 5, Clause::h66_5_1);
  row(Parameter::guide_gap_weight, r.one_in(2) ? 10'000 : 7'777, Clause::h66_5_3);
  row(Parameter::guide_tax_weight, r.one_in(2) ? 100 : 3'333, Clause::h66_5_3);
  row(Parameter::guide_premium, r.one_in(2) ? 1'000 : 777, Clause::h66_5_3);
  row(Parameter::guide_band, r.one_in(2) ? 2'000 : 5'000, Clause::h66_5_3);
  row(Parameter::reward_tilt, 2'000, Clause::h66_8);
  row(Parameter::homestead_share, 3'000, Clause::h66_12);
  row(Parameter::standard_farmland_share, 3'001, Clause::h66_16);
  row(Parameter::reserved_scale_share, r.one_in(2) ? 500 : 1'501, Clause::h66_17);
  row(Parameter::enclave_space, 1'500, Clause::h66_19_1);
  row(Parameter::enclave_reduction, 751, Clause::h66_19_2);
  row(Parameter::enclave_reduction_mode, r.between(1, 2), Clause::h66_19_2);
  row(Parameter::enclave_reduction_of, r.between(1, 2), Clause::h66_19_2);
  constexpr std::array kEnded{Clause::h66_3_1, Clause::h66_3_4,  Clause::h66_4_1,  Clause::h66_5_1, Clause::h66_5_2,
                              Clause::h66_5_3, Clause::h66_8,    Clause::h66_16,   Clause::h66_17,  Clause::h66_19_1,
                              Clause::h66_3_3, Clause::h66_19_2, Clause::h66_19_3, Clause::h66_20};
  if (r.one_in(4))
    pack.ended.push_back({.clause = kEnded[r.below(kEnded.size())],
                          .last = Day::from_raw(day(6, 22).raw() + static_cast<int32_t>(r.below(20))),
                          .document = "停止执行"});
  const auto chain = [&](policy::SubjectKind subject, Day from, Day until, policy::ChainRole role, uint16_t notice) {
    pack.chains.push_back({.subject = subject,
                           .venue = {},
                           .from = from,
                           .until = until,
                           .steps = {{policy::StepKind::approve, role, 3}},
                           .notice = notice,
                           .clause = Clause::h66_21_4,
                           .origin = policy::Origin::our_default});
  };
  using policy::SubjectKind;
  const auto bureau = policy::ChainRole::bureau;
  chain(SubjectKind::execute_run, day(6, 24), day(6, 28), bureau, 0);
  chain(SubjectKind::execute_run, day(7, 3), day(7, 6), bureau, 1);
  chain(SubjectKind::publish_standard, day(6, 22), day(6, 23), bureau, 0);
  chain(SubjectKind::revoke_standard, day(6, 22), day(6, 27), bureau, 0);
  chain(SubjectKind::earmark_fund, day(6, 29), day(7, 1), bureau, 0);
  chain(SubjectKind::register_task, day(6, 26), day(6, 27), bureau, 1);
  chain(SubjectKind::record_restored, day(6, 30), day(7, 1), bureau, 0);
  chain(SubjectKind::agree_undertaking, day(7, 2), day(7, 4), bureau, 1);
  chain(SubjectKind::register_enclave, day(7, 1), day(7, 2), bureau, 0);
  chain(SubjectKind::agree_pbf_task, day(7, 4), day(7, 7), bureau, 0);
  chain(SubjectKind::use_reserved_scale, day(6, 28), day(7, 2), bureau, 0);
  return pack;
}

}  // namespace landex::testing
