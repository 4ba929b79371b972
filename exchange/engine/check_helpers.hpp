// check_helpers.hpp: conditions that many commands share. Each says its reason, its facts and its rule in one place.
#pragma once
#include <string>
#include <string_view>

#include "exchange/engine/steps.hpp"
#include "matching/price_band.hpp"
#include "matching/types/bounds.hpp"

namespace landex::engine {

inline constexpr size_t kMaxText = 200;  // bytes of a document number, project or plot number

template <class T>
constexpr int64_t fact(T v) {
  if constexpr (requires { v.raw(); })
    return static_cast<int64_t>(v.raw());
  else
    return static_cast<int64_t>(v);
}

[[gnu::cold, gnu::noinline]] inline void refuse_role(const Asked& a) {
  a.verdict.refuse({Reason::not_permitted,
                    {},
                    {{FactName::role, fact(a.who.role)}, {FactName::participant, fact(a.who.participant)}},
                    {}});
}
inline void require_role(const Asked& a, bool allowed) {
  if (!allowed) refuse_role(a);
}
inline void require_bureau(const Asked& a) { require_role(a, a.who.role == Role::bureau); }
inline void require_district(const Asked& a) { require_role(a, a.who.role == Role::district); }

inline void require_policy(const Asked& a) {
  if (!a.state.pack) a.verdict.refuse({Reason::no_policy_active, {}, {}, {}});
}

[[gnu::cold, gnu::noinline]] inline bool refuse_closed(const Asked& a) {
  std::vector<Fact> facts;
  if (a.state.last_day) facts.push_back({FactName::day, fact(*a.state.last_day)});
  a.verdict.refuse({Reason::day_not_open, {}, std::move(facts), {}});
  return false;
}
/// True if a day is open.
inline bool require_day(const Asked& a) { return a.state.day || refuse_closed(a); }

[[gnu::cold, gnu::noinline]] inline bool refuse_no_account(const Asked& a, District d) {
  a.verdict.refuse({Reason::account_not_open, {}, {{FactName::participant, fact(d)}}, {}});
  return false;
}
/// True if the participant has an account.
inline bool require_account(const Asked& a, District d) { return a.state.ledger.is_open(d) || refuse_no_account(a, d); }
/// The same for the participant who asks.
inline bool require_own_account(const Asked& a) { return a.seat || refuse_no_account(a, a.who.participant); }

/// The city takes no part in this: it neither files nor trades.
inline void require_county(const Asked& a, District d) {
  if (a.state.ledger.is_open(d) && a.state.ledger.kind_of(d) == ParticipantClass::city)
    a.verdict.refuse({Reason::unknown_unit, {}, {{FactName::participant, fact(d)}}, {}});
}

/// The refusal of a value that does not lie in [least, most]. Apart from the condition, so that the condition is small.
[[gnu::cold, gnu::noinline]] inline bool refuse_range(const Asked& a, std::string_view field, int64_t value,
                                                      int64_t least, int64_t most, std::optional<Instrument> of) {
  std::vector<Fact> facts{{FactName::given, value}, {FactName::least, least}, {FactName::most, most}};
  if (of) facts.push_back({FactName::instrument, fact(*of)});
  a.verdict.refuse({Reason::value_out_of_range, {}, std::move(facts), std::string{field}});
  return false;
}

/// True if `value` lies in [least, most]. `of` says in which unit the number is to be read.
inline bool require_range(const Asked& a, std::string_view field, int64_t value, int64_t least, int64_t most,
                          std::optional<Instrument> of = {}) {
  return (least <= value && value <= most) || refuse_range(a, field, value, least, most, of);
}

inline void require_text(const Asked& a, std::string_view field, const std::string& value,
                         std::optional<policy::Clause> rule = {}) {
  if (value.empty()) a.verdict.refuse({Reason::document_missing, rule, {}, std::string{field}});
  require_range(a, field, static_cast<int64_t>(value.size()), 0, static_cast<int64_t>(kMaxText));
}

[[gnu::cold, gnu::noinline]] inline bool refuse_instrument(const Asked& a, Instrument i) {
  a.verdict.refuse({Reason::unknown_instrument, policy::Clause::h66_21_2, {{FactName::given, fact(i)}}, {}});
  return false;
}
inline bool require_instrument(const Asked& a, Instrument i) { return exists(i) || refuse_instrument(a, i); }

/// No answer for a clause on the open day. Superior law has ended it: the last day, and by which document. Else: when
/// the rule set, or the last row that hung from the clause, was in force.
inline void refuse_no_rule(const Asked& a, policy::Clause rule, std::string_view key) {
  const policy::Pack& pack = *a.state.pack;
  const Day today = *a.state.day;
  if (const auto* ended = pack.ended_by(rule, today)) {
    a.verdict.refuse({Reason::rule_ended,
                      rule,
                      {{FactName::day, fact(today)}, {FactName::until_day, fact(ended->last)}},
                      ended->document});
    return;
  }
  Day until = pack.until;
  if (pack.period().contains(today))
    for (const auto& r : pack.rows)
      if (r.clause == rule && r.until < today && (until >= today || until < r.until)) until = r.until;
  a.verdict.refuse(
      {Reason::no_rule_in_force,
       rule,
       {{FactName::day, fact(today)}, {FactName::from_day, fact(pack.from)}, {FactName::until_day, fact(until)}},
       std::string{key}});
}

/// Does the clause hold on the open day at all? For what hangs from its words and from no row.
inline bool require_clause(const Asked& a, policy::Clause rule) {
  if (!a.state.pack || !a.state.day) return false;
  if (a.state.pack->period().contains(*a.state.day) && !a.state.pack->ended_by(rule, *a.state.day)) return true;
  refuse_no_rule(a, rule, policy::id_of(rule));
  return false;
}

/// The same where superior law alone can have ended the clause: cheap, for what comes often.
inline bool require_not_ended(const Asked& a, policy::Clause rule) {
  if (!a.state.pack || !a.state.day || !a.state.pack->ended_by(rule, *a.state.day)) return true;
  refuse_no_rule(a, rule, policy::id_of(rule));
  return false;
}

/// Nobody comes to have more of an instrument whose law has ended: it is not filed, traded, lent, transferred or handed
/// out, and so never without the floor that went with its law. What is held is still used. Where instruments enter.
inline bool require_acquirable(const Asked& a, Instrument i, policy::Clause rule = policy::Clause::h66_7_1) {
  return !is_supplementary(i) || require_not_ended(a, rule);
}

/// The last of so many working days after `from`, today unless it says another. None: refused, and it says which year
/// the calendar lacks. `rule`: what counts the days, where a clause does.
inline std::optional<Day> require_due(const Asked& a, int working_days, std::optional<Day> from = {},
                                      std::optional<policy::Clause> rule = {}) {
  const policy::Pack& pack = *a.state.pack;
  const Day first = from.value_or(*a.state.day);
  if (const auto due = plus_working_days(pack, first, working_days)) return due;
  const Period covered = pack.calendar ? Period{pack.calendar->from, pack.calendar->until} : pack.period();
  const Day lacks = pack.calendar && covered.contains(first) ? Day::from_raw(covered.until.raw() + 1) : first;
  a.verdict.refuse({Reason::no_rule_in_force,
                    rule,
                    {{FactName::day, fact(lacks)},
                     {FactName::from_day, fact(covered.from)},
                     {FactName::until_day, fact(covered.until)}},
                    "calendar " + std::to_string(static_cast<int>(lacks.date().year()))});
  return std::nullopt;
}

/// A plot whose land class is in dispute backs nothing.
inline void require_no_conflict(const Asked& a, const std::string& plot) {
  if (a.state.conflicts.open_on(plot)) a.verdict.refuse({Reason::plot_in_conflict, policy::Clause::h66_9, {}, plot});
}

/// Of what is done in windows: one of the profile's is open now. Without a profile there are none.
inline void require_window(const Asked& a, matching::WindowKind kind, std::string_view name) {
  const auto& profile = a.state.market.profile;
  if (profile && !matching::window_open(*profile, kind, a.state.at))
    a.verdict.refuse({Reason::window_closed, {}, {{FactName::instant, fact(a.state.at)}}, std::string{name}});
}

/// The venue as a fact; 0 where none has been set.
inline Fact venue_fact(const State& s) { return {FactName::venue, s.venue ? fact(*s.venue) : 0}; }

[[gnu::cold, gnu::noinline]] inline void refuse_land(const Asked& a, District d, Instrument i, Quantity needed,
                                                     Quantity available, Reason reason) {
  a.verdict.refuse({reason,
                    {},
                    {{FactName::instrument, fact(i)},
                     {FactName::needed_quantity, fact(needed)},
                     {FactName::available_quantity, fact(available)},
                     {FactName::participant, fact(d)}},
                    {}});
}
inline void require_land(const Asked& a, Seat seat, Instrument i, Quantity needed,
                         Reason reason = Reason::not_enough_land) {
  const auto& account = a.state.ledger.account(seat);
  const Quantity available = account[Purse::free].of(i);
  if (available < needed) refuse_land(a, account.district, i, needed, available, reason);
}
inline void require_land(const Asked& a, District d, Instrument i, Quantity needed,
                         Reason reason = Reason::not_enough_land) {
  if (const auto seat = a.state.ledger.seat_of(d)) require_land(a, *seat, i, needed, reason);
}

/// The same of another purse than what is free.
inline void require_land_in(const Asked& a, District d, Purse purse, Instrument i, Quantity needed) {
  if (!a.state.ledger.is_open(d)) return;
  const Quantity available = a.state.ledger.land(i, d, purse);
  if (available < needed) refuse_land(a, d, i, needed, available, Reason::not_enough_land);
}

[[gnu::cold, gnu::noinline]] inline void refuse_money(const Asked& a, District d, Fen needed, Fen available,
                                                      std::optional<policy::Clause> rule) {
  a.verdict.refuse({Reason::not_enough_money,
                    rule,
                    {{FactName::needed_fen, fact(needed)},
                     {FactName::available_fen, fact(available)},
                     {FactName::participant, fact(d)}},
                    {}});
}
inline void require_money(const Asked& a, Seat seat, Fen needed, std::optional<policy::Clause> rule = {}) {
  const auto& account = a.state.ledger.account(seat);
  const Fen available = account[Purse::free].money;
  if (available < needed) refuse_money(a, account.district, needed, available, rule);
}
inline void require_money(const Asked& a, District d, Fen needed, std::optional<policy::Clause> rule = {}) {
  if (const auto seat = a.state.ledger.seat_of(d)) require_money(a, *seat, needed, rule);
}

[[gnu::cold, gnu::noinline]] inline void refuse_tick(const Asked& a, Instrument i, Rate price) {
  a.verdict.refuse(
      {Reason::price_off_tick, {}, {{FactName::given_rate, fact(price)}, {FactName::instrument, fact(i)}}, {}});
}
[[gnu::cold, gnu::noinline]] inline void refuse_outside_band(const Asked& a, Instrument i, Price price,
                                                             const matching::PriceBand& band) {
  a.verdict.refuse({Reason::outside_price_band,
                    {},
                    {{FactName::given_rate, fact(rate_of(i, price))},
                     {FactName::least, fact(rate_of(i, band.low))},
                     {FactName::most, fact(rate_of(i, band.high))},
                     {FactName::instrument, fact(i)}},
                    "price"});
}
[[gnu::cold, gnu::noinline]] inline void refuse_amount(const Asked& a) {
  a.verdict.refuse({Reason::total_out_of_range, {}, {{FactName::most, kMaxMoney.raw()}}, "amount"});
}

/// The last day of the batch has not passed. False if it has.
inline bool require_not_expired(const Asked& a, const clearing::Filing& filing) {
  if (!a.state.day || !filing.expires || *a.state.day <= *filing.expires) return true;
  a.verdict.refuse({Reason::batch_expired,
                    {},
                    {{FactName::number, fact(filing.id)},
                     {FactName::until_day, fact(*filing.expires)},
                     {FactName::day, fact(*a.state.day)}},
                    {}});
  return false;
}

/// The price in ticks, if quantity and price are in range, and the price on a tick.
inline std::optional<Price> require_price(const Asked& a, Instrument i, Quantity quantity, Rate price,
                                          Rate highest = kMaxRate) {
  const bool in_range = require_range(a, "quantity", quantity.raw(), 1, kMaxQuantity.raw(), i) &
                        require_range(a, "price", price.raw(), 1, highest.raw(), i);
  if (!in_range) return std::nullopt;
  const auto ticks = on_tick(i, price);
  if (!ticks) refuse_tick(a, i, price);
  return ticks;
}

/// A price alone, in ticks, if it is in range and on a tick. `field` names it.
inline std::optional<Price> require_rate(const Asked& a, std::string_view field, Instrument i, Rate price) {
  if (!require_range(a, field, price.raw(), 1, kMaxRate.raw(), i)) return std::nullopt;
  const auto ticks = on_tick(i, price);
  if (!ticks) refuse_tick(a, i, price);
  return ticks;
}

/// True if the product of the two can be reckoned.
inline bool require_total(const Asked& a, Quantity quantity, Price price) {
  if (affordable_number(quantity, price)) return true;
  refuse_amount(a);
  return false;
}

/// All of it.
inline std::optional<Price> require_quantity_and_price(const Asked& a, Instrument i, Quantity quantity, Rate price) {
  const auto ticks = require_price(a, i, quantity, price);
  return ticks && require_total(a, quantity, *ticks) ? ticks : std::nullopt;
}

}  // namespace landex::engine
