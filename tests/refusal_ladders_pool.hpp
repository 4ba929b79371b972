// refusal_ladders_pool.hpp: the ladders of the pool's requests and of its allocation (H66-7.3, 7.4, 6.3). Included by
// refusal_ladders.hpp's reader, refusals_test.cpp, alone.
#pragma once
#include "tests/refusal_ladders.hpp"
#include "tests/refusal_ladders_governments.hpp"
#include "tests/refusal_ladders_registers.hpp"
#include "tests/title_ladders.hpp"

namespace landex::refusals {

/// Requests, and the verbs of those that are there.
inline void climb_requests(Climb& all, Scenes& s, Market& m) {
  using clearing::RequestClass;
  const auto huge = Area::from_raw(kMaxQuantity.raw() + 1);
  cmd::RequestPool r{.county = kStranger,
                     .purpose = RequestClass::other,
                     .project = {},
                     .need = {.area = huge, .paddy = {}, .capacity = {}},
                     .lowest_grade = {},
                     .deadline = on(2024, 6, 2),
                     .document = {},
                     .exception = {},
                     .balance = {}};
  Ladder request{all, "RequestPool"};
  request.rung(s.empty, kAnalyst, r, Reason::not_permitted);
  request.rung(s.empty, kStrangersOfficer, r, Reason::no_policy_active);
  request.rung(s.closed, kStrangersOfficer, r, Reason::day_not_open);
  request.rung(m, kStrangersOfficer, r, Reason::account_not_open);
  r.county = place("余杭");
  request.rung(m, kYuhang, r, Reason::value_out_of_range);
  r.need = {.area = Area::mu_4dp(1), .paddy = Area::mu_4dp(2), .capacity = {}};
  request.rung(m, kYuhang, r, Reason::document_missing);
  r.project = "项目";
  r.document = "文号";
  request.rung(m, kYuhang, r, Reason::paddy_exceeds_area);
  r.need.paddy = {};
  request.rung(m, kYuhang, r, Reason::deadline_passed, Clause::h66_7_3);
  r.deadline = on(2024, 6, 3);
  request.rung(m, kYuhang, r, Reason::exception_missing, Clause::h66_7_3);
  r.exception = clearing::PurposeException{.reason = "急需", .approver = {}};
  Ladder{all, "RequestPool without an approver"}.rung(m, kYuhang, r, Reason::exception_missing, Clause::h66_7_3);
  r.county = place("杭州");
  Ladder{all, "RequestPool of the city"}.rung(m, Sender{.participant = r.county, .role = Role::district}, r,
                                              Reason::unknown_unit);

  const RequestId open{m.named("r2")}, allotted{m.named("r1")}, none{999'999};
  const auto verb = [&](const std::string& name, const Sender& stranger, auto command, RequestId wrong_state) {
    Ladder l{all, name};
    l.rung(s.empty, stranger, command, Reason::not_permitted);
    l.rung(s.empty, kYuhang, command, Reason::no_policy_active);
    l.rung(s.closed, kYuhang, command, Reason::day_not_open);
    command.request = none;
    l.rung(m, kYuhang, command, Reason::document_missing);
    command.document = "文号";
    l.rung(m, kYuhang, command, Reason::unknown_request, Clause::h66_7_3);
    command.request = wrong_state;
    l.rung(m, kJiande, command, Reason::not_your_request, Clause::h66_7_3);
    l.rung(m, kYuhang, command, Reason::request_state_forbids, Clause::h66_7_3);
  };
  verb("WithdrawRequest", kAnalyst, cmd::WithdrawRequest{}, allotted);
  verb("ReturnAllotment", kAnalyst, cmd::ReturnAllotment{}, open);
  verb("TakeAllotment", kBureau, cmd::TakeAllotment{}, open);
  const cmd::TakeAllotment take{.request = allotted, .document = "文号"};
  Ladder{all, "TakeAllotment without money"}.rung(m, kYuhang, take, Reason::not_enough_money, Clause::h66_7_4);
}

/// Drafts and their parts; and what rows and prices a taking needs.
inline void climb_allocation(Climb& all, Scenes& s, Market& m, Market& no_rows) {
  const AllocationId none{999'999}, stale{m.named("a1")}, fresh{m.named("a2")};
  Ladder draft{all, "DraftAllocation"};
  draft.rung(s.empty, kYuhang, cmd::DraftAllocation{}, Reason::not_permitted);
  draft.rung(s.empty, kBureau, cmd::DraftAllocation{}, Reason::no_policy_active);
  draft.rung(s.closed, kBureau, cmd::DraftAllocation{}, Reason::day_not_open);
  draft.rung(m, kBureau, cmd::DraftAllocation{.computed_at = {m.last().value + 1}}, Reason::value_out_of_range);

  cmd::AddDraws add{
      .allocation = none,
      .part = 7,
      .draws = {
          {.request = m.named("r2"), .filing = {m.named("f1")}, .component = Instrument::linkage, .quantity = {}}}};
  Ladder parts{all, "AddDraws"};
  parts.rung(s.empty, kYuhang, add, Reason::not_permitted);
  parts.rung(s.empty, kBureau, add, Reason::no_policy_active);
  parts.rung(s.closed, kBureau, add, Reason::day_not_open);
  parts.rung(m, kBureau, add, Reason::value_out_of_range);
  add.draws.front().quantity = Quantity::from_raw(1);
  parts.rung(m, kBureau, add, Reason::component_not_in_kind, Clause::h66_7_3);
  add.draws.front().component = Instrument::supplementary_area;
  parts.rung(m, kBureau, add, Reason::unknown_allocation, Clause::h66_7_3);
  add.allocation = fresh;
  parts.rung(m, kBureau, add, Reason::part_out_of_order, Clause::h66_7_3);

  cmd::AllocatePool a{.allocation = none, .document = {}};
  const auto asked = [&] { return cmd::Propose{.subject = a, .reason = "事由", .document = {}}; };
  Ladder allocate{all, "AllocatePool"};
  allocate.rung(s.empty, kYuhang, asked(), Reason::not_permitted);
  allocate.rung(s.empty, kBureau, asked(), Reason::no_policy_active);
  allocate.rung(s.closed, kBureau, asked(), Reason::day_not_open);
  allocate.rung(no_rows, kBureau, asked(), Reason::no_rule_in_force, Clause::h66_7_3);
  allocate.rung(m, kBureau, a, Reason::approval_needed);
  allocate.rung(m, kBureau, asked(), Reason::document_missing);
  a.document = "文号";
  allocate.rung(m, kBureau, asked(), Reason::unknown_allocation, Clause::h66_7_3);
  a.allocation = stale;
  allocate.rung(m, kBureau, asked(), Reason::allocation_stale, Clause::h66_7_3);
  a.allocation = fresh;
  allocate.rung(m, kBureau, asked(), Reason::allocation_faulty, Clause::h66_7_3);
}

inline void climb_allot_plots(Climb& all, Scenes& s) {
  cmd::AllotPlots p{
      .plots = {}, .county = kStranger, .purpose = clearing::RequestClass{}, .project = {}, .document = {}};
  Ladder l{all, "AllotPlots"};
  l.rung(s.empty, kYuhang, p, Reason::not_permitted);
  l.rung(s.empty, kBureau, p, Reason::no_policy_active);
  l.rung(s.closed, kBureau, p, Reason::day_not_open);
  l.rung(s.open, kBureau, p, Reason::account_not_open);
  p.county = place("余杭");
  l.rung(s.open, kBureau, p, Reason::value_out_of_range);
  p.purpose = clearing::RequestClass::key_zone;
  l.rung(s.open, kBureau, p, Reason::document_missing);
  p.project = "项目";
  p.document = "文号";
  l.rung(s.open, kBureau, p, Reason::no_plots);
  p.plots = {{.number = "P9"}};
  l.rung(s.open, kBureau, p, Reason::unknown_title, Clause::h66_6_3);
  p.plots = {{.number = "P1"}};  // Jiande's own: 30 % of 10 mu is less than the plot
  l.rung(s.open, kBureau, p, Reason::title_state_forbids, Clause::h66_6_3);
  Market m;
  m.check("open 2024-06-03 → done\nplots 建德 P1 3.0000 grade 1 P2 7.0000 grade 2 → done");
  Ladder purpose{all, "AllotPlots for a key zone"};
  purpose.rung(m, kBureau, p, Reason::purpose_not_served, Clause::h66_6_3);
}

inline void climb_pool(Climb& all, Scenes& s) {
  policy::Pack none = script::shipped().pack;
  std::erase_if(none.rows, [](const policy::Row& r) { return r.parameter == Parameter::take_days; });
  Market no_rows{{.pack = none}}, m{{.pack = script::shipped().pack}};
  no_rows.check("open 2024-06-03 → done");
  m.check(R"(
    price area 20.00 2024-06-01..2024-06-30                → done
    open 2024-06-03                                        → done
    f1 = file 建德 area 100.0000 grade 5                   → done
    r1 = request 余杭 city area 5.0000 until 2024-06-30    → done
    a0 = draft                                             → done
    draws a0 reckoned                                      → done
    p0 = ask allocate a0                                   → done
    by 2 pass 杭州 p0                                      → done
    a1 = draft                                             → done
    r2 = request 余杭 city area 5.0000 until 2024-06-30    → done
    draws a1 reckoned                                      → done
    a2 = draft                                             → done
    draws a2 part 1 r2 f1 area 4.0000                      → done
  )");
  climb_requests(all, s, m);
  climb_allocation(all, s, m, no_rows);
  climb_allot_plots(all, s);
}

/// What came from outside is not restored, what has expired not corrected, and a request fills its own balance alone.
inline void climb_used(Climb& all) {
  Market m;
  m.check(R"(
    open 2024-06-03                                                        → done
    f1 = file 建德 linkage 10.0000 expires 2024-06-03                      → done
    u1 = use 建德 linkage 1.0000                                           → done
    k1 = balance 余杭 area 2.0000 by 2024-12-31                            → done
    k2 = balance 余杭 area 2.0000 for city by 2024-12-31                   → done
    u2 = fill 余杭 k1 outside area 1.0000 @20.00 because 工期              → done
    close 2024-06-03                                                       → done
    open 2024-06-04                                                        → done
  )");
  const auto named = [&m](const char* name) { return m.named(name); };
  cmd::RestoreLand restore{.write_off = {named("u2")}, .quantity = Quantity::from_raw(1), .document = "文号"};
  Ladder{all, "RestoreLand from outside"}.rung(m, kBureau, restore, Reason::not_restorable);
  restore.write_off = {named("u1")};
  Ladder{all, "RestoreLand of what has expired"}.rung(m, kBureau, restore, Reason::batch_expired);
  const cmd::DeductBatch deduct{
      .filing = {named("f1")}, .area = Area::mu_4dp(1), .paddy = {}, .capacity = {}, .document = "文号"};
  Ladder{all, "DeductBatch of what has expired"}.rung(m, kBureau, deduct, Reason::batch_expired);
  cmd::RequestPool r{.county = place("余杭"),
                     .purpose = clearing::RequestClass::city,
                     .project = "别的项目",
                     .need = {.area = Area::mu_4dp(30'000), .paddy = {}, .capacity = {}},
                     .lowest_grade = {},
                     .deadline = on(2024, 6, 30),
                     .document = "文号",
                     .exception = {},
                     .balance = BalanceId{named("k1")}};
  Ladder{all, "RequestPool for a balance without a purpose"}.rung(m, kYuhang, r, Reason::balance_differs,
                                                                  Clause::h66_7_1);
  r.balance = BalanceId{named("k2")};
  Ladder l{all, "RequestPool for a balance"};
  l.rung(m, kYuhang, r, Reason::balance_differs, Clause::h66_7_1);
  r.project = "建设项目";
  l.rung(m, kYuhang, r, Reason::exceeds_need, Clause::h66_7_1);
}

inline const Climb& climbed() {
  static const Climb all = [] {
    Climb c;
    Scenes s;
    climb_identity(c, s);
    climb_days(c, s);
    climb_money(c, s);
    climb_prices(c, s);
    climb_filing(c, s);
    climb_plots(c, s);
    climb_orders(c, s);
    climb_conditions(c, s);
    climb_changes(c, s);
    climb_deals(c, s);
    climb_announcements(c, s);
    climb_bids(c, s);
    climb_approvals(c, s);
    climb_advances(c, s);
    climb_settlement(c, s);
    climb_projects(c, s);
    climb_verbs(c, s);
    climb_pool(c, s);
    climb_titles(c, s);
    climb_registers(c, s);
    climb_needs(c, s);
    climb_limits(c);
    climb_used(c);
    climb_runs(c, s);
    return c;
  }();
  return all;
}

}  // namespace landex::refusals
