// refusal_ladders_governments.hpp: the ladders of the yearly runs between governments (H66-3, 4, 8, 12, 16, 20). Only
// refusals_test.cpp includes it, by refusal_ladders_pool.hpp.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "tests/refusal_ladders.hpp"
#include "tests/run_script.hpp"

namespace landex::refusals {

inline policy::Pack ended_runs() {
  policy::Pack pack = script::governments();
  for (const Clause c : {Clause::h66_3_1, Clause::h66_4_1, Clause::h66_12})
    pack.ended.push_back({.clause = c, .last = on(2023, 12, 31), .document = "上位文件"});
  return pack;
}

inline clearing::ProtectionFact farmland(District county, int64_t mu_4dp) {
  return {.county = county,
          .grade = clearing::AssessmentGrade::good,
          .cultivated = Area::mu_4dp(mu_4dp),
          .non_agricultural = {},
          .non_grain = {},
          .abandoned = {},
          .rice = {}};
}

/// 13 counties at 80 mu of 100 of 1 000; of the first, so many mu of them instead.
inline std::vector<clearing::PbfFact> all_counties(int64_t first_mu, int64_t last_mu) {
  std::vector<clearing::PbfFact> out;
  for (const auto& u : script::shipped().units)
    if (u.district != place("杭州"))
      out.push_back({.county = u.district,
                     .pbf = Area::mu_4dp(800'000),
                     .cultivated = Area::mu_4dp(1'000'000),
                     .land = Area::mu_4dp(10'000'000)});
  out.front().pbf = Area::mu_4dp(first_mu * 10'000);
  out.back().pbf = Area::mu_4dp(last_mu * 10'000);
  return out;
}

/// Of 2024 a run of each kind stands that was paid; and what is named below is reckoned.
struct RunScenes {
  script::Governments ended{ended_runs()},
      no_sharing{script::without(script::governments(), Parameter::protection_sharing)}, open;
  Market &on_ended = ended.market, &on_no_sharing = no_sharing.market, &m = open.market;

  RunScenes() {
    ended.check("open 2024-06-03 → done");
    no_sharing.check("open 2024-06-03 → done");
    open.check(R"(
      open 2024-06-03                                      → done
      fund 杭州 10.00 wan                                  → done
      earmark protection 5.00 wan                          → done
      earmark agriculture 1.00 wan                         → done
      standard provincial_protection 2024 100              → done
      standard city_protection 2024 100                    → done
      standard pbf_price 2024 1                            → done
      standard pbf_price 2022 50000000                     → done
      a2 = standard provincial_protection 2022 50          → done
      standard city_protection 2022 50                     → done
      a3 = standard provincial_protection 2023 100         → done
      c3 = standard city_protection 2023 100               → done
      | 余杭 good 100.0000
      again = reckon protection 2024 budget 1.00 wan       → done
      | 余杭 good 100.0000
      paid = reckon protection 2024 budget 1.00 wan        → done
      execute paid                                         → done
      | 余杭 good 10.0000
      stale = reckon protection 2023 budget 10.00 wan      → done
      revoke c3                                            → done
      standard city_protection 2023 50000000               → done
      | 余杭 good 10.0000
      large = reckon protection 2023 budget 100.00 wan     → done
      revoke a2                                            → done
      standard provincial_protection 2022 100              → done
      | 余杭 A 1.00 wan
      award = reckon homestead_reward 2024                 → done
      execute award                                        → done
      back = reverse award                                 → done
      withdraw 余杭 1.30 wan                               → done
    )");
    const auto done = [this](const engine::Command& c) { return !script::refusal_in(m.send(kBureau, c)); };
    clearing::PbfRun run{.year = 2024, .counties = all_counties(79, 81)};
    pbf_ready = done(cmd::ReckonRun{.reckoning = run, .document = "文号"});
    const RunId pbf{m.last().value};
    pbf_ready =
        pbf_ready &&
        done(cmd::Deposit{.participant = run.counties.front().county, .amount = Fen::yuan(1), .document = "入金单"});
    pbf_ready = pbf_ready && done(cmd::ExecuteRun{.run = pbf, .document = "文号"});
  }
  RunId named(const char* name) const { return {open.names.at(name)}; }
  bool pbf_ready = false;
};

inline void climb_protection_run(Climb& all, Scenes& s, RunScenes& r) {
  clearing::ProtectionRun run{
      .year = 2030, .budget = Fen::yuan(1'000), .counties = {farmland(kStranger, 10'000), farmland(place("余杭"), -1)}};
  std::string document;
  const auto reckon = [&] { return cmd::ReckonRun{.reckoning = run, .document = document}; };
  Ladder l{all, "ReckonRun of protection"};
  l.rung(s.empty, kYuhang, reckon(), Reason::not_permitted);
  l.rung(s.empty, kBureau, reckon(), Reason::no_policy_active);
  l.rung(s.closed, kBureau, reckon(), Reason::day_not_open);
  l.rung(r.on_ended, kBureau, reckon(), Reason::rule_ended, Clause::h66_3_1);
  l.rung(r.on_no_sharing, kBureau, reckon(), Reason::no_rule_in_force, Clause::h66_3_1);
  l.rung(r.m, kBureau, reckon(), Reason::account_not_open);
  run.counties.front().county = place("余杭");
  l.rung(r.m, kBureau, reckon(), Reason::value_out_of_range);
  run.counties.back().cultivated = {};
  run.counties.back().non_grain = Area::mu_4dp(1);
  l.rung(r.m, kBureau, reckon(), Reason::document_missing);
  document = "文号";
  l.rung(r.m, kBureau, reckon(), Reason::county_twice, Clause::h66_3_1);
  run.counties.back().county = place("建德");
  l.rung(r.m, kBureau, reckon(), Reason::figures_conflict, Clause::h66_3_2);
  run.counties.pop_back();
  l.rung(r.m, kBureau, reckon(), Reason::year_out_of_reach);
  run.year = 2024;
  l.rung(r.m, kBureau, reckon(), Reason::run_already_paid);

  Ladder figures{all, "ReckonRun of protection without its figures"};
  run.counties.front().rice = Area::mu_4dp(10'001);
  run.year = 2025;
  figures.rung(r.m, kBureau, reckon(), Reason::figures_conflict, Clause::h66_3_4);
  run.counties.front().rice = {};
  run.year = 2022;
  figures.rung(r.m, kBureau, reckon(), Reason::below_provincial, Clause::h66_3_3);
  run.year = 2023;
  run.counties.front().cultivated = Area::from_raw(kMaxQuantity.raw());
  figures.rung(r.m, kBureau, reckon(), Reason::total_out_of_range);
  run.counties.front().cultivated = {};
  figures.rung(r.m, kBureau, reckon(), Reason::nothing_to_pay);
  run.counties.front().county = place("杭州");
  Ladder{all, "ReckonRun of protection for the city"}.rung(r.m, kBureau, reckon(), Reason::unknown_unit);
}

inline void climb_pbf_run(Climb& all, RunScenes& r) {
  if (!r.pbf_ready) all.wrong.emplace_back("the run of permanent basic farmland was not paid");
  clearing::PbfRun run{.year = 2024, .counties = all_counties(80, 80)};
  const auto stranger = run.counties.back();
  run.counties.back() = run.counties.front();
  run.counties.front().pbf = Area::mu_4dp(1'000'001);
  const auto reckon = [&] { return cmd::ReckonRun{.reckoning = run, .document = "文号"}; };
  Ladder l{all, "ReckonRun of permanent basic farmland"};
  l.rung(r.on_ended, kBureau, reckon(), Reason::rule_ended, Clause::h66_4_1);
  l.rung(r.m, kBureau, reckon(), Reason::county_twice, Clause::h66_4_1);
  run.counties.pop_back();
  l.rung(r.m, kBureau, reckon(), Reason::figures_conflict, Clause::h66_4_1);
  run.counties.front().pbf = Area::mu_4dp(800'000);
  l.rung(r.m, kBureau, reckon(), Reason::run_already_paid);
  run.year = 2023;
  l.rung(r.m, kBureau, reckon(), Reason::run_incomplete, Clause::h66_4_1);
  run.counties.push_back(stranger);
  l.rung(r.m, kBureau, reckon(), Reason::no_standard, Clause::h66_4_1);
  run.year = 2022;  // at 5 000 万元 a mu, for 10 million mu of each but one
  for (auto& f : run.counties) f = {f.county, f.pbf, Area::from_raw(kMaxQuantity.raw()), f.cultivated};
  for (auto& f : run.counties) f.land = f.cultivated;
  run.counties.front().pbf = run.counties.front().cultivated;
  l.rung(r.m, kBureau, reckon(), Reason::total_out_of_range);
  for (auto& f : run.counties) f.pbf = f.cultivated;
  l.rung(r.m, kBureau, reckon(), Reason::nothing_to_pay);
}

inline void climb_reward_run(Climb& all, RunScenes& r) {
  clearing::RewardRun run{.kind = clearing::RunKind::pbf, .year = 2030, .awards = {}};
  const clearing::AwardFact award{.county = place("余杭"), .project = {}, .base = kMaxMoney, .document = "公示"};
  run.awards = {award, award};
  const auto reckon = [&] { return cmd::ReckonRun{.reckoning = run, .document = "文号"}; };
  Ladder l{all, "ReckonRun of rewards"};
  l.rung(r.m, kBureau, reckon(), Reason::value_out_of_range);
  run.kind = clearing::RunKind::homestead_reward;
  Ladder{all, "ReckonRun of rewards under a clause that has ended"}.rung(r.on_ended, kBureau, reckon(),
                                                                         Reason::rule_ended, Clause::h66_12);
  l.rung(r.m, kBureau, reckon(), Reason::document_missing);
  for (auto& a : run.awards) a.project = "项目";
  l.rung(r.m, kBureau, reckon(), Reason::county_twice, Clause::h66_12);
  run.awards.back().county = place("建德");
  l.rung(r.m, kBureau, reckon(), Reason::year_out_of_reach);
  run.year = 2024;
  l.rung(r.m, kBureau, reckon(), Reason::run_already_paid);
  run.year = 2023;
  run.kind = clearing::RunKind::consolidation_reward;
  l.rung(r.m, kBureau, reckon(), Reason::total_out_of_range);
  run.kind = clearing::RunKind::homestead_reward;
  run.awards = {{.county = place("余杭"), .project = "项目", .base = Fen::fen(1), .document = "公示"}};
  l.rung(r.m, kBureau, reckon(), Reason::nothing_to_pay);
}

inline void climb_payment(Climb& all, Scenes& s, RunScenes& r) {
  cmd::ReckonRun reverse{.reckoning = clearing::ReversalRun{.run = {999'999}}, .document = "文号"};
  Ladder back{all, "ReckonRun of a reversal"};
  back.rung(r.m, kBureau, reverse, Reason::unknown_run);
  reverse.reckoning = clearing::ReversalRun{.run = r.named("stale")};
  back.rung(r.m, kBureau, reverse, Reason::run_state_forbids);

  cmd::ExecuteRun pay{.run = {999'999}, .document = {}};
  Ladder l{all, "ExecuteRun"};
  l.rung(s.empty, kYuhang, pay, Reason::not_permitted);
  l.rung(s.empty, kBureau, pay, Reason::no_policy_active);
  l.rung(s.closed, kBureau, pay, Reason::day_not_open);
  l.rung(r.m, kBureau, pay, Reason::document_missing);
  pay.document = "文号";
  l.rung(r.m, kBureau, pay, Reason::unknown_run);
  pay.run = r.named("paid");
  l.rung(r.m, kBureau, pay, Reason::run_state_forbids);
  pay.run = r.named("again");
  l.rung(r.m, kBureau, pay, Reason::run_already_paid);
  pay.run = r.named("stale");
  l.rung(r.m, kBureau, pay, Reason::run_stale);
  pay.run = r.named("large");
  l.rung(r.m, kBureau, pay, Reason::fund_short, Clause::h66_20);
  pay.run = r.named("back");
  Ladder{all, "ExecuteRun of a reversal"}.rung(r.m, kBureau, pay, Reason::not_enough_money, Clause::h66_12);
}

inline void climb_runs(Climb& all, Scenes& s) {
  RunScenes r;
  climb_protection_run(all, s, r);
  climb_pbf_run(all, r);
  climb_reward_run(all, r);
  climb_payment(all, s, r);
}

}  // namespace landex::refusals
