// refusal.hpp: why something was not done. Numbers are on the wire and in journals, never reused.
// A refusal is a reason, the rule it hangs from, and facts; the words (zh, en) are made at the edge by
// exchange/wire/refusal_text from one row for each reason.
//
// PRECEDENCE is the order of kPrecedence: where several reasons hold, the first is the answer, whatever the order of
// the code that finds them. Each neighbouring pair that can hold together is tested in tests/refusals_test.cpp.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clearing/policy/clause.hpp"

namespace landex::engine {

enum class Reason : uint16_t {
  exists_with_different_field = 1,
  already_used = 2,
  too_many_client_keys = 3,
  no_policy_active = 4,
  unknown_behaviour = 5,
  policy_not_usable = 6,
  not_permitted = 7,
  unknown_unit = 8,
  account_not_open = 9,
  account_already_open = 10,
  day_not_open = 11,
  day_already_open = 12,
  day_not_later = 13,
  no_rule_in_force = 14,
  mode_not_open = 15,
  unknown_instrument = 16,
  value_out_of_range = 17,
  period_ends_before_it_begins = 18,
  document_missing = 19,
  price_overlaps = 20,
  price_changes_open_day = 21,
  paddy_exceeds_area = 22,
  component_not_in_kind = 23,
  unknown_filing = 24,
  deduction_exceeds_filing = 25,
  plot_already_entered = 26,
  no_plots = 27,
  price_off_tick = 28,
  unknown_order = 29,
  not_your_order = 30,
  crosses_own_order = 31,
  unknown_deal = 32,
  not_your_deal = 33,
  deal_state_forbids = 34,
  same_party_twice = 35,
  legs_not_valid = 36,
  price_missing = 37,
  no_price_in_force = 38,
  below_floor = 39,
  not_enough_land = 40,
  not_enough_money = 41,
  nothing_to_settle = 42,
  total_out_of_range = 43,
  venue_already_set = 44,
  deduction_exceeds_holding = 45,
  book_full = 46,
  phase_forbids = 47,
  phase_move_not_legal = 48,
  profile_not_usable = 49,
  outside_price_band = 50,
  no_price_band = 51,
  conditions_conflict = 52,
  order_has_moved = 53,
  expiry_not_later = 54,
  unknown_auction = 55,
  auction_over = 56,
  bidding_not_begun = 57,
  bidding_begun = 58,
  bidding_over = 59,
  bidding_not_over = 60,
  auction_times = 61,
  unknown_bid = 62,
  not_among_bidders = 63,
  already_declared = 64,
  bid_too_low = 65,
  auction_full = 66,
  window_closed = 67,
  unknown_project = 68,
  project_move_not_legal = 69,
  project_not_ready = 70,
  project_differs = 71,
  plots_do_not_sum = 72,
  plot_in_conflict = 73,
  unknown_conflict = 74,
  papers_missing = 75,
  unknown_entry = 76,
  not_your_loan = 77,
  already_resolved = 78,
  exceeds_entry = 79,
  unknown_correction = 80,
  term_not_later = 81,
  borrower_overdue = 82,
  loan_on_floor_route = 83,
  not_restorable = 84,
  batch_expired = 85,
  balance_differs = 86,
  approval_needed = 100,
  no_chain = 101,
  unknown_proposal = 102,
  not_your_proposal = 103,
  not_your_step = 104,
  proposal_state_forbids = 105,
  needs_another_person = 106,
  subject_differs = 107,
  advance_not_for_class = 108,
  advance_day_out_of_reach = 109,
  unknown_advance = 110,
  repays_too_much = 111,
  notice_not_over = 120,
  unknown_price_row = 121,
  unknown_request = 130,
  request_state_forbids = 131,
  purpose_not_served = 132,
  exception_missing = 133,
  unknown_allocation = 134,
  allocation_stale = 135,
  allocation_faulty = 136,
  not_your_request = 137,
  part_out_of_order = 138,
  deadline_passed = 139,
  unknown_gap = 140,
  no_certified_gap = 141,
  own_need_reserved = 142,
  unknown_balance = 143,
  balance_over = 144,
  tier_skipped = 145,
  exceeds_need = 146,
  filled_by_taking = 147,
  product_not_open = 150,
  unknown_title = 151,
  title_already_registered = 152,
  title_state_forbids = 153,
  not_your_title = 154,
  consent_missing = 155,
  landing_missing = 156,
  title_indivisible = 157,
  over_purchase_limit = 160,
  over_holding_limit = 161,
  held_too_short = 162,
  run_incomplete = 170,
  county_twice = 171,
  figures_conflict = 172,
  no_standard = 173,
  below_provincial = 174,
  unknown_run = 175,
  run_already_paid = 176,
  run_stale = 177,
  nothing_to_pay = 178,
  run_state_forbids = 179,
  unknown_task = 180,
  own_task_open = 181,
  undertakes_all = 182,
  wrong_class = 183,
  over_enclave_space = 184,
  unknown_enclave = 185,
  over_reserved_scale = 186,
  unknown_scale = 187,
  fund_short = 188,
  already_registered = 189,
  year_out_of_reach = 190,
  unknown_standard = 191,
  rule_ended = 192,
  exceeds_task = 193,
};
// Entry by entry: the one-line form of Boost.Describe ends at 52 names.
// clang-format off
BOOST_DESCRIBE_ENUM_BEGIN(Reason)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, exists_with_different_field)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, already_used)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, too_many_client_keys)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, no_policy_active)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_behaviour)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, policy_not_usable)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_permitted)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_unit)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, account_not_open)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, account_already_open)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, day_not_open)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, day_already_open)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, day_not_later)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, no_rule_in_force)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, mode_not_open)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_instrument)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, value_out_of_range)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, period_ends_before_it_begins)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, document_missing)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, price_overlaps)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, price_changes_open_day)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, paddy_exceeds_area)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, component_not_in_kind)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_filing)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, deduction_exceeds_filing)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, plot_already_entered)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, no_plots)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, price_off_tick)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_order)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_your_order)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, crosses_own_order)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_deal)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_your_deal)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, deal_state_forbids)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, same_party_twice)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, legs_not_valid)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, price_missing)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, no_price_in_force)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, below_floor)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_enough_land)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_enough_money)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, nothing_to_settle)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, total_out_of_range)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, venue_already_set)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, deduction_exceeds_holding)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, book_full)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, phase_forbids)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, phase_move_not_legal)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, profile_not_usable)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, outside_price_band)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, no_price_band)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, conditions_conflict)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, order_has_moved)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, expiry_not_later)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_auction)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, auction_over)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, bidding_not_begun)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, bidding_begun)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, bidding_over)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, bidding_not_over)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, auction_times)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_bid)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_among_bidders)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, already_declared)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, bid_too_low)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, auction_full)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, window_closed)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_project)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, project_move_not_legal)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, project_not_ready)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, project_differs)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, plots_do_not_sum)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, plot_in_conflict)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_conflict)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, papers_missing)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_entry)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_your_loan)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, already_resolved)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, exceeds_entry)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_correction)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, term_not_later)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, borrower_overdue)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, loan_on_floor_route)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_restorable)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, batch_expired)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, balance_differs)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, approval_needed)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, no_chain)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_proposal)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_your_proposal)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_your_step)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, proposal_state_forbids)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, needs_another_person)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, subject_differs)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, advance_not_for_class)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, advance_day_out_of_reach)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_advance)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, repays_too_much)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, notice_not_over)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_price_row)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_request)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, request_state_forbids)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, purpose_not_served)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, exception_missing)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_allocation)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, allocation_stale)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, allocation_faulty)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_your_request)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, part_out_of_order)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, deadline_passed)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_gap)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, no_certified_gap)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, own_need_reserved)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_balance)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, balance_over)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, tier_skipped)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, exceeds_need)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, filled_by_taking)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, product_not_open)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_title)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, title_already_registered)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, title_state_forbids)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, not_your_title)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, consent_missing)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, landing_missing)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, title_indivisible)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, over_purchase_limit)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, over_holding_limit)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, held_too_short)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, run_incomplete)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, county_twice)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, figures_conflict)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, no_standard)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, below_provincial)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_run)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, run_already_paid)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, run_stale)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, nothing_to_pay)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, run_state_forbids)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_task)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, own_task_open)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, undertakes_all)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, wrong_class)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, over_enclave_space)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_enclave)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, over_reserved_scale)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_scale)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, fund_short)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, already_registered)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, year_out_of_reach)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, unknown_standard)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, rule_ended)
  BOOST_DESCRIBE_ENUM_ENTRY(Reason, exceeds_task)
BOOST_DESCRIBE_ENUM_END(Reason)
// clang-format on

/// First that holds is the answer: identity, then who asks, then when (of an auction: which, and what its own hour
/// allows), then whether the words make sense, then whether the things named exist, then the law, then what it costs
/// (first whether that can be reckoned at all).
inline constexpr std::array kPrecedence{
    Reason::exists_with_different_field,
    Reason::already_used,
    Reason::too_many_client_keys,
    Reason::not_permitted,
    Reason::no_policy_active,
    Reason::unknown_behaviour,
    Reason::policy_not_usable,
    Reason::day_not_open,
    Reason::day_already_open,
    Reason::day_not_later,
    Reason::rule_ended,
    Reason::no_rule_in_force,
    Reason::venue_already_set,
    Reason::mode_not_open,
    Reason::profile_not_usable,
    Reason::approval_needed,
    Reason::no_chain,
    Reason::unknown_unit,
    Reason::account_already_open,
    Reason::account_not_open,
    Reason::unknown_auction,
    Reason::auction_over,
    Reason::bidding_not_begun,
    Reason::bidding_begun,
    Reason::bidding_over,
    Reason::bidding_not_over,
    Reason::auction_times,
    Reason::unknown_bid,
    Reason::unknown_instrument,
    Reason::value_out_of_range,
    Reason::document_missing,
    Reason::legs_not_valid,
    Reason::period_ends_before_it_begins,
    Reason::component_not_in_kind,
    Reason::paddy_exceeds_area,
    Reason::no_plots,
    Reason::price_missing,
    Reason::price_off_tick,
    Reason::county_twice,
    Reason::figures_conflict,
    Reason::year_out_of_reach,
    Reason::conditions_conflict,
    Reason::phase_forbids,
    Reason::phase_move_not_legal,
    Reason::window_closed,
    Reason::expiry_not_later,
    Reason::unknown_filing,
    Reason::unknown_order,
    Reason::unknown_deal,
    Reason::unknown_proposal,
    Reason::unknown_advance,
    Reason::unknown_price_row,
    Reason::unknown_request,
    Reason::unknown_allocation,
    Reason::unknown_gap,
    Reason::unknown_balance,
    Reason::unknown_title,
    Reason::unknown_run,
    Reason::unknown_standard,
    Reason::unknown_task,
    Reason::unknown_enclave,
    Reason::unknown_scale,
    Reason::not_your_order,
    Reason::not_your_deal,
    Reason::not_your_proposal,
    Reason::not_your_step,
    Reason::not_your_request,
    Reason::not_your_title,
    Reason::deal_state_forbids,
    Reason::proposal_state_forbids,
    Reason::request_state_forbids,
    Reason::title_state_forbids,
    Reason::run_state_forbids,
    Reason::balance_over,
    Reason::balance_differs,
    Reason::needs_another_person,
    Reason::subject_differs,
    Reason::notice_not_over,
    Reason::order_has_moved,
    Reason::same_party_twice,
    Reason::not_among_bidders,
    Reason::already_declared,
    Reason::plot_already_entered,
    Reason::deduction_exceeds_filing,
    Reason::unknown_project,
    Reason::project_move_not_legal,
    Reason::project_not_ready,
    Reason::project_differs,
    Reason::plots_do_not_sum,
    Reason::plot_in_conflict,
    Reason::unknown_conflict,
    Reason::papers_missing,
    Reason::unknown_entry,
    Reason::not_your_loan,
    Reason::not_restorable,
    Reason::already_resolved,
    Reason::exceeds_entry,
    Reason::unknown_correction,
    Reason::batch_expired,
    Reason::term_not_later,
    Reason::borrower_overdue,
    Reason::loan_on_floor_route,
    Reason::title_already_registered,
    Reason::title_indivisible,
    Reason::already_registered,
    Reason::run_already_paid,
    Reason::run_incomplete,
    Reason::run_stale,
    Reason::deadline_passed,
    Reason::part_out_of_order,
    Reason::allocation_stale,
    Reason::allocation_faulty,
    Reason::filled_by_taking,
    Reason::exceeds_need,
    Reason::product_not_open,
    Reason::landing_missing,
    Reason::purpose_not_served,
    Reason::exception_missing,
    Reason::consent_missing,
    Reason::tier_skipped,
    Reason::price_overlaps,
    Reason::price_changes_open_day,
    Reason::no_price_in_force,
    Reason::below_floor,
    Reason::no_standard,
    Reason::below_provincial,
    Reason::wrong_class,
    Reason::own_task_open,
    Reason::exceeds_task,
    Reason::undertakes_all,
    Reason::over_enclave_space,
    Reason::over_reserved_scale,
    Reason::no_certified_gap,
    Reason::advance_not_for_class,
    Reason::advance_day_out_of_reach,
    Reason::no_price_band,
    Reason::outside_price_band,
    Reason::total_out_of_range,
    Reason::bid_too_low,
    Reason::crosses_own_order,
    Reason::deduction_exceeds_holding,
    Reason::repays_too_much,
    Reason::over_purchase_limit,
    Reason::over_holding_limit,
    Reason::held_too_short,
    Reason::own_need_reserved,
    Reason::fund_short,
    Reason::not_enough_land,
    Reason::not_enough_money,
    Reason::book_full,
    Reason::auction_full,
    Reason::nothing_to_settle,
    Reason::nothing_to_pay,
};

/// What a number in a refusal is, which is also how it is printed.
enum class FactName : uint8_t {
  given = 1,       // plain number
  least = 2,       // plain number
  most = 3,        // plain number
  given_rate = 4,  // Rate of the fact `instrument`
  floor_rate = 5,  // Rate of the fact `instrument`
  instrument = 6,
  from_day = 7,
  until_day = 8,
  day = 9,
  needed_fen = 10,
  available_fen = 11,
  needed_quantity = 12,     // in the unit of the fact `instrument`
  available_quantity = 13,  // in the unit of the fact `instrument`
  participant = 14,
  number = 15,  // of an order, deal, filing, price row, project or entry
  role = 16,
  venue = 17,
  seller_class = 18,
  buyer_class = 19,
  deal_state = 20,
  phase = 21,
  instant = 22,  // microseconds since 1970-01-01 UTC
  remedy = 23,   // matching::Remedy
  project_state = 24,
  project_to = 25,  // the state that it was to have
  proposal_state = 30,
  step = 31,     // policy::StepKind
  subject = 32,  // policy::SubjectKind
  product = 40,  // clearing::Product
  title_state = 41,
  request_state = 42,
  purpose = 43,  // clearing::RequestClass
  tier = 44,
  allocation_fault = 45,
  filing = 46,   // its number
  request = 47,  // its number
  year = 50,
  standard = 51,  // clearing::StandardKind
  run_kind = 52,
  run_state = 53,
  fund = 54,
  needed_area = 55,     // 0.0001 mu
  available_area = 56,  // 0.0001 mu
  mu_rate = 57,         // yuan per mu
  least_mu_rate = 58,   // yuan per mu
};
BOOST_DESCRIBE_ENUM(FactName, given, least, most, given_rate, floor_rate, instrument, from_day, until_day, day,
                    needed_fen, available_fen, needed_quantity, available_quantity, participant, number, role, venue,
                    seller_class, buyer_class, deal_state, phase, instant, remedy, project_state, project_to,
                    proposal_state, step, subject, product, title_state, request_state, purpose, tier, allocation_fault,
                    filing, request, year, standard, run_kind, run_state, fund, needed_area, available_area, mu_rate,
                    least_mu_rate)

struct Fact {
  FactName name;
  int64_t value;
  friend bool operator==(const Fact&, const Fact&) = default;
};
BOOST_DESCRIBE_STRUCT(Fact, (), (name, value))

struct Refusal {
  Reason reason;
  std::optional<policy::Clause> rule;
  std::vector<Fact> facts;
  std::string text;  // a field's name or a document's number, where the reason has one
  friend bool operator==(const Refusal&, const Refusal&) = default;
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (reason, rule, facts, text))

}  // namespace landex::engine
