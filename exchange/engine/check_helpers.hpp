// check_helpers.hpp: conditions that many commands share. Each says its reason, its facts and its rule in one place.
#pragma once
#include <string>
#include <string_view>

#include "exchange/engine/steps.hpp"
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

inline void require_role(const Asked& a, bool allowed) {
  if (!allowed)
    a.verdict.refuse({Reason::not_permitted,
                      {},
                      {{FactName::role, fact(a.who.role)}, {FactName::participant, fact(a.who.participant)}},
                      {}});
}
inline void require_bureau(const Asked& a) { require_role(a, a.who.role == Role::bureau); }
inline void require_district(const Asked& a) { require_role(a, a.who.role == Role::district); }

inline void require_policy(const Asked& a) {
  if (!a.state.pack) a.verdict.refuse({Reason::no_policy_active, {}, {}, {}});
}

/// True if a day is open.
inline bool require_day(const Asked& a) {
  if (a.state.day) return true;
  std::vector<Fact> facts;
  if (a.state.last_day) facts.push_back({FactName::day, fact(*a.state.last_day)});
  a.verdict.refuse({Reason::day_not_open, {}, std::move(facts), {}});
  return false;
}

/// True if the participant has an account.
inline bool require_account(const Asked& a, District d) {
  if (a.state.ledger.is_open(d)) return true;
  a.verdict.refuse({Reason::account_not_open, {}, {{FactName::participant, fact(d)}}, {}});
  return false;
}

/// The city takes no part in this: it neither files nor trades.
inline void require_county(const Asked& a, District d) {
  if (a.state.ledger.is_open(d) && a.state.ledger.kind_of(d) == ParticipantClass::city)
    a.verdict.refuse({Reason::unknown_unit, {}, {{FactName::participant, fact(d)}}, {}});
}

/// True if `value` lies in [least, most]. `of` says in which unit the number is to be read.
inline bool require_range(const Asked& a, std::string_view field, int64_t value, int64_t least, int64_t most,
                          std::optional<Instrument> of = {}) {
  if (least <= value && value <= most) return true;
  std::vector<Fact> facts{{FactName::given, value}, {FactName::least, least}, {FactName::most, most}};
  if (of) facts.push_back({FactName::instrument, fact(*of)});
  a.verdict.refuse({Reason::value_out_of_range, {}, std::move(facts), std::string{field}});
  return false;
}

inline void require_text(const Asked& a, std::string_view field, const std::string& value,
                         std::optional<policy::Clause> rule = {}) {
  if (value.empty()) a.verdict.refuse({Reason::document_missing, rule, {}, std::string{field}});
  require_range(a, field, static_cast<int64_t>(value.size()), 0, static_cast<int64_t>(kMaxText));
}

inline bool require_instrument(const Asked& a, Instrument i) {
  if (exists(i)) return true;
  a.verdict.refuse({Reason::unknown_instrument, policy::Clause::h66_21_2, {{FactName::given, fact(i)}}, {}});
  return false;
}

/// No row of this parameter on the open day: says the rule set's own period, outside which there is no answer at all.
inline void refuse_no_rule(const Asked& a, policy::Clause rule, std::string_view key) {
  a.verdict.refuse({Reason::no_rule_in_force,
                    rule,
                    {{FactName::day, fact(*a.state.day)},
                     {FactName::from_day, fact(a.state.pack->from)},
                     {FactName::until_day, fact(a.state.pack->until)}},
                    std::string{key}});
}

/// The venue as a fact; 0 where none has been set.
inline Fact venue_fact(const State& s) { return {FactName::venue, s.venue ? fact(*s.venue) : 0}; }

inline void require_land(const Asked& a, District d, Instrument i, Quantity needed,
                         Reason reason = Reason::not_enough_land) {
  if (!a.state.ledger.is_open(d)) return;
  const Quantity available = a.state.ledger.land(i, d, Purse::free);
  if (available < needed)
    a.verdict.refuse({reason,
                      {},
                      {{FactName::instrument, fact(i)},
                       {FactName::needed_quantity, fact(needed)},
                       {FactName::available_quantity, fact(available)},
                       {FactName::participant, fact(d)}},
                      {}});
}

inline void require_money(const Asked& a, District d, Fen needed, std::optional<policy::Clause> rule = {}) {
  if (!a.state.ledger.is_open(d)) return;
  const Fen available = a.state.ledger.money(d, Purse::free);
  if (available < needed)
    a.verdict.refuse({Reason::not_enough_money,
                      rule,
                      {{FactName::needed_fen, fact(needed)},
                       {FactName::available_fen, fact(available)},
                       {FactName::participant, fact(d)}},
                      {}});
}

/// True if quantity and price are in range, on a tick, and their product can be reckoned.
inline bool require_quantity_and_price(const Asked& a, Instrument i, Quantity quantity, Rate price) {
  const bool in_range = require_range(a, "quantity", quantity.raw(), 1, kMaxQuantity.raw(), i) &
                        require_range(a, "price", price.raw(), 1, kMaxRate.raw(), i);
  if (!in_range) return false;
  const auto ticks = on_tick(i, price);
  if (!ticks) {
    a.verdict.refuse(
        {Reason::price_off_tick, {}, {{FactName::given_rate, fact(price)}, {FactName::instrument, fact(i)}}, {}});
    return false;
  }
  if (!affordable_number(quantity, *ticks)) {
    a.verdict.refuse({Reason::total_out_of_range, {}, {{FactName::most, kMaxMoney.raw()}}, "amount"});
    return false;
  }
  return true;
}

}  // namespace landex::engine
