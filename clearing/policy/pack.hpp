// pack.hpp: the dated values that the engine reckons with, as integers. The edge parses them from h66.toml and
// the files beside it (exchange/host/policy_files); the pack is then the first command of every journal, so a replay
// never reads a file. Outside its rows a value does not exist: there is no answer, never 0.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clearing/policy/calendar.hpp"
#include "clearing/policy/chain.hpp"
#include "clearing/policy/clause.hpp"
#include "matching/types/day.hpp"
#include "matching/types/district.hpp"
#include "matching/types/instrument.hpp"

namespace landex::policy {

/// What a row sets. The numbers are in journals: never reused.
enum class Parameter : uint8_t {
  pooled_share_supplementary = 1,  // 1/10 000 of what a county files, H66-7.2
  pooled_share_pbf = 2,            // 1/10 000 of the qualifying area of the reserve library, H66-6.2
  pbf_lowest_grade = 3,  // worst national quality grade (1 best … 15) that qualifies for replenishment, H66-6.2
  pool_base = 4,         // what the 20 % is reckoned on: 1 = cumulative, per county and component
  pool_rounding = 5,     // 1 = down, on the cumulative total
  payable_moment = 6,    // when the pool comes to owe: 1 = at filing
  payable_payer = 7,     // who owes: 1 = the pool account, funded by the city
  advance_share = 20,    // 1/10 000 of the contract's reclamation fund that is prepaid, H66-7.5
  advance_months = 21,   // from the application to the filing at the latest, H66-7.5 «一年内»
  advance_base = 22,     // what the share is reckoned on: 1 = the contract's fund
  advance_netting = 23,  // 1 = what the pool owes for filings in time is netted against the advance first
  // How a deal of the production venue is settled (H66-21.4 leaves it open).
  deposit_share = 30,        // 1/10 000 of the price that a buyer puts up until it pays 保证金
  notice_days = 31,          // working days of public notice 公示 after the confirmation
  payment_days = 32,         // working days to pay, after the notice
  default_consequence = 33,  // the deposit of who does not pay goes to: 1 = the seller, 2 = the city
  floor_moment = 34,         // the floor of a route is checked: 1 = at the match, 2 = at the confirmation, 3 = both
  confirm_days = 35,         // working days to confirm an accepted deal
  // What H66-6 and 7 leave open about needs, sources and the pool.
  own_need_consequence = 40,  // an offer that cuts into what is kept for own projects (7.7): 1 = warned, 2 = refused
  gap_consequence = 41,       // a buyer on the floor route without a certified gap (7.6): 1 = warned, 2 = refused
  skip_consequence = 42,      // a tier of 7.1 that is skipped: 1 = warned, with a reason, 2 = refused
  release_price = 43,  // what a project pays for pooled land (7.4): 1 = what the pool paid for it, 2 = the price of
                       // the day of the allotment, 3 = nothing
  take_days = 44,      // working days to take over what was allotted
  // What H66-21.4 leaves open; none of them has a row in what we ship: no limit, no fee.
  purchase_limit = 50,  // the most that one order or deal may buy of an instrument, in its unit
  holding_limit = 51,   // the most of an instrument that a participant may come to have by buying
  holding_days = 52,    // business days for which what was bought is not sold again
  fee_share = 53,       // 1/10 000 of the price, from the buyer to the city
  // Transfers between governments. Shares and weights in 1/10 000.
  protection_excellent = 60,  // coefficient of a county by the grade of its assessment, H66-3.1
  protection_good = 61,
  protection_pass = 62,
  protection_fail = 63,
  protection_sharing = 64,  // 1 = area × standard × coefficient, within the fund; 2 = the fund pro rata to
                            // coefficient × area
  rice_uplift = 65,         // H66-3.4
  over_budget = 66,        // where the uplift does not fit into the fund: 1 = none, 2 = it is scaled, 3 = all is scaled
  pbf_rate_base = 67,      // the rate of H66-4.1 is of: 1 = cultivated land, 2 = all land
  restoration_cycle = 68,  // years, H66-5.1
  guide_gap_weight = 69,   // of the national gap standard in the guide price, H66-5.3
  guide_tax_weight = 70,   // of the previous year's industrial tax per mu in the guide price
  guide_premium = 71,      // on the guide price of land with 粮功区 and 高标 built in step
  guide_band = 72,         // how far a price may be from the guide price before it is warned of
  reward_tilt = 73,        // what a mountain-4 county gets on top of a reward of H66-8
  homestead_share = 74,    // of the county's own fiscal input, H66-12
  standard_farmland_share = 75,  // the same, H66-16
  reserved_scale_share = 76,     // of a township plan's new scale, H66-17
  enclave_space = 77,            // 0.0001 mu that the city secures for an industrial enclave, at most, H66-19.1
  enclave_reduction = 78,        // 0.0001 mu less of the protection task, H66-19.2
  enclave_reduction_mode =
      79,                     // 1 = flat for an enclave that is included at all; 2 = in proportion to what is included
  enclave_reduction_of = 80,  // whose task is less: 1 = the receiving district's, 2 = the sending county's
};
BOOST_DESCRIBE_ENUM(Parameter, pooled_share_supplementary, pooled_share_pbf, pbf_lowest_grade, pool_base, pool_rounding,
                    payable_moment, payable_payer, advance_share, advance_months, advance_base, advance_netting,
                    deposit_share, notice_days, payment_days, default_consequence, floor_moment, confirm_days,
                    own_need_consequence, gap_consequence, skip_consequence, release_price, take_days, purchase_limit,
                    holding_limit, holding_days, fee_share, protection_excellent, protection_good, protection_pass,
                    protection_fail, protection_sharing, rice_uplift, over_budget, pbf_rate_base, restoration_cycle,
                    guide_gap_weight, guide_tax_weight, guide_premium, guide_band, reward_tilt, homestead_share,
                    standard_farmland_share, reserved_scale_share, enclave_space, enclave_reduction,
                    enclave_reduction_mode, enclave_reduction_of)

/// Which row a filing was reckoned under. The value is part of it: a row that is activated anew with another value is
/// another row, so that it cannot reach back to what was filed before.
struct RowId {
  Day from;
  int64_t value;
  friend constexpr auto operator<=>(const RowId&, const RowId&) = default;
};
BOOST_DESCRIBE_STRUCT(RowId, (), (from, value))

struct Row {
  Parameter parameter;
  Day from, until;  // both included
  int64_t value;    // in the unit that the parameter names
  Clause clause;
  Origin origin;
  Period period() const { return {from, until}; }
  RowId id() const { return {.from = from, .value = value}; }
  friend bool operator==(const Row&, const Row&) = default;
};
BOOST_DESCRIBE_STRUCT(Row, (), (parameter, from, until, value, clause, origin))

/// On this route supplementary farmland never sells below the published cross-city price.
struct FloorRoute {
  ParticipantClass seller, buyer;
  Day from, until;
  Clause clause;
  Origin origin;
  Period period() const { return {from, until}; }
  friend bool operator==(const FloorRoute&, const FloorRoute&) = default;
};
BOOST_DESCRIBE_STRUCT(FloorRoute, (), (seller, buyer, from, until, clause, origin))

/// A place of the city, and on which side of the route it stands.
struct Unit {
  District district;
  ParticipantClass kind;
  Day from, until;
  Clause clause;
  Origin origin;
  Period period() const { return {from, until}; }
  friend bool operator==(const Unit&, const Unit&) = default;
};
BOOST_DESCRIBE_STRUCT(Unit, (), (district, kind, from, until, clause, origin))

/// A clause that superior law has ended before its document ends: what comes after has no source that we know, so
/// there is no answer.
struct Ended {
  Clause clause;
  Day last;              // the last day on which it is in force
  std::string document;  // that ended it
  friend bool operator==(const Ended&, const Ended&) = default;
};
BOOST_DESCRIBE_STRUCT(Ended, (), (clause, last, document))

struct Pack {
  std::string rule_set;  // "H66-2022", "post-2025"
  Day from, until;       // when the rule set is in force
  std::vector<Row> rows;
  std::vector<FloorRoute> floor_routes;
  std::vector<Unit> units;
  std::optional<Calendar> calendar = {};  // none: nothing that is counted in working days has an answer
  std::vector<Chain> chains = {};
  std::vector<Ended> ended =
      {};  // what this rule set has ended; its rows and routes are not found after their last day

  Period period() const { return {from, until}; }
  /// Why a clause is not in force any more on that day, if superior law has ended it.
  const Ended* ended_by(Clause c, Day on) const {
    for (const auto& e : ended)
      if (e.clause == c && e.last < on) return &e;
    return nullptr;
  }
  const Row* row(Parameter p, Day on) const {
    for (const auto& r : rows)
      if (r.parameter == p && r.period().contains(on)) return ended_by(r.clause, on) ? nullptr : &r;
    return nullptr;
  }
  const FloorRoute* floor_route(ParticipantClass seller, ParticipantClass buyer, Day on) const {
    for (const auto& r : floor_routes)
      if (r.seller == seller && r.buyer == buyer && r.period().contains(on))
        return ended_by(r.clause, on) ? nullptr : &r;
    return nullptr;
  }
  const Chain* chain(SubjectKind subject, ChainVenue venue, Day on) const {
    for (const auto& c : chains)
      if (c.subject == subject && (!c.venue || *c.venue == venue) && c.period().contains(on)) return &c;
    return nullptr;
  }
  const Unit* unit(District d, Day on) const {
    for (const auto& u : units)
      if (u.district == d && u.period().contains(on)) return &u;
    return nullptr;
  }
  friend bool operator==(const Pack&, const Pack&) = default;
};
BOOST_DESCRIBE_STRUCT(Pack, (), (rule_set, from, until, rows, floor_routes, units, calendar, chains, ended))

inline std::optional<bool> is_working_day(const Pack& p, Day d) {
  return p.calendar ? is_working_day(*p.calendar, d) : std::nullopt;
}
inline std::optional<Day> plus_working_days(const Pack& p, Day from, int n) {
  return p.calendar ? plus_working_days(*p.calendar, from, n) : std::nullopt;
}

}  // namespace landex::policy
