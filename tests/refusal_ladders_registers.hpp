// refusal_ladders_registers.hpp: the ladders of what is registered for transfers between governments: funds, yearly
// figures, restoration tasks, enclaves, reserved scale (H66-3.3, 5, 17, 19, 20). Only refusals_test.cpp includes it.
#pragma once
#include <gtest/gtest.h>

#include "tests/government_script.hpp"
#include "tests/refusal_ladders.hpp"

namespace landex::refusals {

/// Packs in which the clauses have ended with 2023, or have no rows; and a market on which something is registered.
struct RegisterScenes {
  static policy::Pack ended_pack() {
    policy::Pack pack = script::with_government_rows(script::at_once());
    for (const Clause c : {Clause::h66_3_3, Clause::h66_5_1, Clause::h66_5_2, Clause::h66_17, Clause::h66_19_1,
                           Clause::h66_19_3, Clause::h66_20})
      pack.ended.push_back({.clause = c, .last = on(2023, 12, 31), .document = "上位文件"});
    return pack;
  }
  static policy::Pack pack_without_rows() {
    policy::Pack pack = script::with_government_rows(script::at_once());
    for (const Parameter p : {Parameter::restoration_cycle, Parameter::enclave_space, Parameter::reserved_scale_share})
      pack = script::without(std::move(pack), p);
    return pack;
  }
  static Market opened(policy::Pack pack) {
    Market m{{.pack = std::move(pack)}};
    m.check("open 2024-06-03 → done");
    return m;
  }

  Market ended = opened(ended_pack()), no_rows = opened(pack_without_rows()),
         open = opened(script::with_government_rows(script::at_once()));

  RegisterScenes() {
    const auto done = [this](const engine::Command& c) { ASSERT_FALSE(script::refusal_in(open.send(kBureau, c))); };
    using clearing::StandardKind;
    const auto publish = [&](StandardKind kind, uint16_t year) {
      done(cmd::PublishStandard{
          .kind = kind, .year = year, .rate = Rate::yuan_per_mu(300), .document = "文号", .approver = "市财政局"});
    };
    publish(StandardKind::provincial_protection, 2024);
    publish(StandardKind::provincial_protection, 2025);
    publish(StandardKind::city_protection, 2024);
    for (const char* county : {"建德", "余杭", "淳安"})
      done(cmd::RegisterTask{
          .county = place(county), .first_year = 2023, .area = Area::mu_4dp(400'000), .document = "文号"});
    done(cmd::RecordRestored{
        .county = place("建德"), .first_year = 2023, .area = Area::mu_4dp(400'000), .document = "文号"});
    done(cmd::RegisterEnclave{.sender = place("建德"),
                              .receiver = place("余杭"),
                              .kind = clearing::EnclaveKind::industrial,
                              .name = "飞地",
                              .secured = {},
                              .included = {},
                              .document = "文号"});
    done(cmd::SetTownshipScale{
        .county = place("建德"), .township = "梅城", .area = Area::mu_4dp(10'000'000), .document = "文号"});
  }

  /// Who asks, and when: the first rungs of every ladder.
  void begin(Ladder& l, Scenes& s, const Sender& nobody, const Sender& asks, const engine::Command& c,
             std::optional<Clause> rule = {}) {
    l.rung(s.empty, nobody, c, Reason::not_permitted);
    l.rung(s.empty, asks, c, Reason::no_policy_active);
    l.rung(s.closed, asks, c, Reason::day_not_open);
    if (rule) l.rung(ended, asks, c, Reason::rule_ended, rule);
  }
};

inline void climb_funds(Climb& all, Scenes& s, RegisterScenes& r) {
  using clearing::Fund;
  using clearing::StandardKind;
  cmd::EarmarkFund f{.fund = Fund{}, .amount = {}, .back = true, .document = {}};
  Ladder back{all, "EarmarkFund, back"};
  r.begin(back, s, kYuhang, kBureau, f, Clause::h66_20);
  back.rung(r.open, kBureau, f, Reason::value_out_of_range);
  f.fund = Fund::planning;
  f.amount = Fen::fen(1);
  back.rung(r.open, kBureau, f, Reason::document_missing, Clause::h66_20);
  f.document = "文号";
  back.rung(r.open, kBureau, f, Reason::fund_short, Clause::h66_20);
  f.back = false;
  Ladder{all, "EarmarkFund"}.rung(r.open, kBureau, f, Reason::not_enough_money, Clause::h66_20);

  cmd::PublishStandard p{
      .kind = StandardKind::city_protection, .year = 1999, .rate = {}, .document = {}, .approver = {}};
  Ladder publish{all, "PublishStandard"};
  r.begin(publish, s, kYuhang, kBureau, p, Clause::h66_3_3);
  publish.rung(r.open, kBureau, p, Reason::value_out_of_range);
  p.year = 2024;
  p.rate = Rate::yuan_per_mu(299);
  publish.rung(r.open, kBureau, p, Reason::document_missing, Clause::h66_3_3);
  p.document = "文号";
  p.approver = "市财政局";
  publish.rung(r.open, kBureau, p, Reason::already_registered, Clause::h66_3_3);
  p.year = 2025;
  publish.rung(r.open, kBureau, p, Reason::below_provincial, Clause::h66_3_3);
  p.year = 2026;
  Ladder{all, "PublishStandard without the province's"}.rung(r.open, kBureau, p, Reason::no_standard, Clause::h66_3_3);
  p.kind = StandardKind{9};
  Ladder{all, "PublishStandard of no kind"}.rung(r.open, kBureau, p, Reason::value_out_of_range);

  cmd::RevokeStandard v{.standard = {999'999}, .document = {}};
  Ladder revoke{all, "RevokeStandard"};
  r.begin(revoke, s, kYuhang, kBureau, v);
  revoke.rung(r.open, kBureau, v, Reason::document_missing);
  v.document = "文号";
  revoke.rung(r.open, kBureau, v, Reason::unknown_standard);
}

inline void climb_restoration(Climb& all, Scenes& s, RegisterScenes& r) {
  constexpr uint16_t kNoCycle = 2050, kCycle = 2023;
  cmd::RegisterTask t{.county = kStranger, .first_year = 2021, .area = {}, .document = {}};
  Ladder task{all, "RegisterTask"};
  r.begin(task, s, kYuhang, kBureau, t, Clause::h66_5_1);
  task.rung(r.no_rows, kBureau, t, Reason::no_rule_in_force, Clause::h66_5_1);
  task.rung(r.open, kBureau, t, Reason::account_not_open);
  t.county = place("建德");
  task.rung(r.open, kBureau, t, Reason::value_out_of_range);
  t.first_year = kCycle + 4;
  t.area = Area::mu_4dp(1);
  task.rung(r.open, kBureau, t, Reason::document_missing, Clause::h66_5_1);
  t.document = "文号";
  task.rung(r.open, kBureau, t, Reason::already_registered, Clause::h66_5_1);
  t.county = place("杭州");
  Ladder{all, "RegisterTask of the city"}.rung(r.open, kBureau, t, Reason::unknown_unit);

  cmd::RecordRestored d{.county = kStranger, .first_year = kNoCycle, .area = {}, .document = {}};
  Ladder restored{all, "RecordRestored"};
  r.begin(restored, s, kYuhang, kBureau, d, Clause::h66_5_1);
  restored.rung(r.open, kBureau, d, Reason::account_not_open);
  d.county = place("余杭");
  restored.rung(r.open, kBureau, d, Reason::value_out_of_range);
  d.area = Area::mu_4dp(400'001);
  restored.rung(r.open, kBureau, d, Reason::document_missing, Clause::h66_5_1);
  d.document = "文号";
  restored.rung(r.open, kBureau, d, Reason::unknown_task, Clause::h66_5_1);
  d.first_year = kCycle;
  restored.rung(r.open, kBureau, d, Reason::exceeds_task, Clause::h66_5_1);

  cmd::AgreeUndertaking u{.provider = kStranger,
                          .receiver = kStranger,
                          .first_year = kNoCycle,
                          .area = {},
                          .built = Area::mu_4dp(400'002),
                          .price = {},
                          .document = {}};
  Ladder agree{all, "AgreeUndertaking"};
  r.begin(agree, s, kYuhang, kBureau, u, Clause::h66_5_2);
  agree.rung(r.open, kBureau, u, Reason::account_not_open);
  u.provider = u.receiver = place("淳安");
  agree.rung(r.open, kBureau, u, Reason::value_out_of_range);
  u.area = Area::mu_4dp(400'001);
  u.price = Rate::yuan_per_mu(1);
  agree.rung(r.open, kBureau, u, Reason::document_missing, Clause::h66_5_2);
  u.document = "文号";
  agree.rung(r.open, kBureau, u, Reason::figures_conflict, Clause::h66_5_2);
  u.built = {};
  agree.rung(r.open, kBureau, u, Reason::unknown_task, Clause::h66_5_2);
  u.first_year = kCycle;
  agree.rung(r.open, kBureau, u, Reason::same_party_twice);
  u.receiver = place("余杭");
  agree.rung(r.open, kBureau, u, Reason::own_task_open, Clause::h66_5_2);
  u.provider = place("建德");
  agree.rung(r.open, kBureau, u, Reason::exceeds_task, Clause::h66_5_2);
  u.area = Area::mu_4dp(400'000);
  agree.rung(r.open, kBureau, u, Reason::undertakes_all, Clause::h66_5_2);
}

inline void climb_enclaves(Climb& all, Scenes& s, RegisterScenes& r) {
  cmd::RegisterEnclave e{.sender = kStranger,
                         .receiver = kStranger,
                         .kind = clearing::EnclaveKind{9},
                         .name = {},
                         .secured = Area::mu_4dp(15'000'001),
                         .included = Area::mu_4dp(15'000'002),
                         .document = {}};
  Ladder enclave{all, "RegisterEnclave"};
  r.begin(enclave, s, kYuhang, kBureau, e, Clause::h66_19_1);
  enclave.rung(r.no_rows, kBureau, e, Reason::no_rule_in_force, Clause::h66_19_1);
  enclave.rung(r.open, kBureau, e, Reason::account_not_open);
  e.sender = place("余杭");
  e.receiver = place("建德");
  enclave.rung(r.open, kBureau, e, Reason::value_out_of_range);
  e.kind = clearing::EnclaveKind::industrial;
  enclave.rung(r.open, kBureau, e, Reason::document_missing, Clause::h66_19_1);
  e.name = "飞地";
  e.document = "文号";
  enclave.rung(r.open, kBureau, e, Reason::figures_conflict, Clause::h66_19_1);
  e.included = {};
  enclave.rung(r.open, kBureau, e, Reason::wrong_class, Clause::h66_19_1);
  std::swap(e.sender, e.receiver);
  enclave.rung(r.open, kBureau, e, Reason::over_enclave_space, Clause::h66_19_1);
  e.secured = e.included = Area::mu_4dp(-1);
  Ladder{all, "RegisterEnclave of less than nothing"}.rung(r.open, kBureau, e, Reason::value_out_of_range);

  cmd::AgreePbfTask p{
      .enclave = {999'999}, .area = {}, .from = on(2024, 1, 2), .until = on(2024, 1, 1), .document = {}};
  Ladder agree{all, "AgreePbfTask"};
  r.begin(agree, s, kYuhang, kBureau, p, Clause::h66_19_3);
  agree.rung(r.open, kBureau, p, Reason::value_out_of_range);
  p.area = Area::mu_4dp(1);
  agree.rung(r.open, kBureau, p, Reason::document_missing, Clause::h66_19_3);
  p.document = "文号";
  agree.rung(r.open, kBureau, p, Reason::period_ends_before_it_begins);
  p.until = p.from;
  agree.rung(r.open, kBureau, p, Reason::unknown_enclave, Clause::h66_19_3);
}

inline void climb_scales(Climb& all, Scenes& s, RegisterScenes& r) {
  cmd::SetTownshipScale t{.county = kStranger, .township = {}, .area = {}, .document = {}};
  Ladder set{all, "SetTownshipScale"};
  r.begin(set, s, kYuhang, kBureau, t, Clause::h66_17);
  set.rung(r.no_rows, kBureau, t, Reason::no_rule_in_force, Clause::h66_17);
  set.rung(r.open, kBureau, t, Reason::account_not_open);
  t.county = place("建德");
  set.rung(r.open, kBureau, t, Reason::value_out_of_range);
  t.area = Area::mu_4dp(1);
  set.rung(r.open, kBureau, t, Reason::document_missing, Clause::h66_17);
  t.township = "梅城";
  t.document = "文号";
  set.rung(r.open, kBureau, t, Reason::already_registered, Clause::h66_17);

  cmd::UseReservedScale u{.county = kStranger,
                          .township = "乾潭",
                          .trade = clearing::RuralTrade{7},
                          .area = {},
                          .project = {},
                          .document = {}};
  Ladder use{all, "UseReservedScale"};
  r.begin(use, s, kAnalyst, kStrangersOfficer, u, Clause::h66_17);
  use.rung(r.open, kStrangersOfficer, u, Reason::account_not_open);
  u.county = place("建德");
  use.rung(r.open, kJiande, u, Reason::value_out_of_range);
  u.trade = clearing::RuralTrade::study;
  u.area = Area::mu_4dp(500'001);
  use.rung(r.open, kJiande, u, Reason::document_missing, Clause::h66_17);
  u.project = "乡村项目";
  u.document = "文号";
  use.rung(r.open, kJiande, u, Reason::unknown_scale, Clause::h66_17);
  u.township = "梅城";
  use.rung(r.open, kJiande, u, Reason::over_reserved_scale, Clause::h66_17);
  Ladder{all, "UseReservedScale of another county"}.rung(r.open, kYuhang, u, Reason::not_permitted);
}

inline void climb_registers(Climb& all, Scenes& s) {
  RegisterScenes r;
  climb_funds(all, s, r);
  climb_restoration(all, s, r);
  climb_enclaves(all, s, r);
  climb_scales(all, s, r);
}

}  // namespace landex::refusals
