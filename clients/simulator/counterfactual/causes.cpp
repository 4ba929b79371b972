#include "clients/simulator/counterfactual/causes.hpp"

#include <algorithm>
#include <array>

namespace landex::simulator {
namespace {

namespace command = engine::command;
namespace event = engine::event;
using clearing::Purse;
using engine::Reason;
using engine::Refusal;

/// What somebody has too little of, rather than a rule that forbids.
bool about_balance(Reason r) {
  constexpr std::array reasons{Reason::not_enough_land,
                               Reason::not_enough_money,
                               Reason::fund_short,
                               Reason::deduction_exceeds_holding,
                               Reason::deduction_exceeds_filing,
                               Reason::nothing_to_settle,
                               Reason::repays_too_much,
                               Reason::over_holding_limit,
                               Reason::balance_differs,
                               Reason::exceeds_entry};
  return std::ranges::find(reasons, r) != reasons.end();
}

bool about_money(Reason r) {
  return r == Reason::not_enough_money || r == Reason::fund_short || r == Reason::nothing_to_settle ||
         r == Reason::repays_too_much;
}

/// What a profile forbids.
bool about_profile(Reason r) {
  constexpr std::array reasons{Reason::phase_forbids,       Reason::phase_move_not_legal, Reason::window_closed,
                               Reason::conditions_conflict, Reason::outside_price_band,   Reason::no_price_band};
  return std::ranges::find(reasons, r) != reasons.end();
}

}  // namespace

std::vector<Sequence> Causes::chain_of(const engine::Stamped& c, const Refusal* refusal, const EventDifference& d) {
  std::vector<Sequence> out;
  for (auto cause = nearest(c, refusal, d); cause && out.size() < kLongestChain;) {
    out.push_back({*cause});
    const auto before = because_.find(*cause);
    cause = before == because_.end() ? std::nullopt : std::optional{before->second};
  }
  if (!out.empty()) because_[c.seq.value] = out.front().value;
  return out;
}

void Causes::remember(const engine::Stamped& c, const EventDifference& d, bool once, bool the_change_itself) {
  if (once) made_once_.insert(c.seq.value);
  if (!the_change_itself) {
    Named named;
    for (const auto* events : {&d.was, &d.now})
      for (const auto* e : *events) add_names(*e, named);
    touched_[c.seq.value] = c.seq.value;
    for (const uint64_t n : named.numbers)
      if (n <= c.seq.value) touched_[n] = c.seq.value;
  }
  book(c.seq.value, d.was, -1);
  book(c.seq.value, d.now, 1);
}

std::optional<uint64_t> Causes::latest(const std::set<uint64_t>& numbers, uint64_t before) const {
  std::optional<uint64_t> out;
  for (const uint64_t n : numbers) {
    const auto at = touched_.find(n);
    if (at != touched_.end() && at->second < before) out = std::max(out, std::optional{at->second});
  }
  return out;
}

std::optional<uint64_t> Causes::differing_purse(District who, Purse purse, Asset asset) const {
  const auto at = purses_.find({who, purse, asset});
  return at == purses_.end() ? std::nullopt : std::optional{at->second.last};
}

std::optional<uint64_t> Causes::short_of(const engine::Stamped& c, const Refusal& refusal, const Named& named) const {
  std::set<District> who = named.places;
  who.insert(c.envelope.participant);
  Asset asset;
  for (const auto& f : refusal.facts) {
    if (f.name == engine::FactName::participant) who.insert(District::code(static_cast<uint32_t>(f.value)));
    if (f.name == engine::FactName::instrument) asset = static_cast<Instrument>(f.value);
  }
  std::optional<uint64_t> out;
  for (const auto& [key, difference] : purses_) {
    const auto& [owner, purse, what] = key;
    const bool meant = about_money(refusal.reason) ? !what : what && (!asset || what == asset);
    if (who.contains(owner) && meant && purse != Purse::outside) out = std::max(out, std::optional{difference.last});
  }
  return out;
}

/// The nearest command before this one that came out otherwise and bears on it; none: the rule itself.
std::optional<uint64_t> Causes::nearest(const engine::Stamped& c, const Refusal* refusal,
                                        const EventDifference& d) const {
  const bool balance = refusal && about_balance(refusal->reason);
  if (refusal && !balance) {
    if (refusal->rule && changes_.touches(*refusal->rule)) return {};
    if (changes_.touches_venue() && about_profile(refusal->reason)) return {};
  }
  Named named;
  add_names(c.command, named);
  std::optional<uint64_t> absent;  // made in one world only
  for (const uint64_t n : named.numbers)
    if (made_once_.contains(n)) absent = std::max(absent, std::optional{n});
  if (absent) return absent;
  if (const auto by_name = latest(named.numbers, c.seq.value)) return by_name;
  if (balance)
    if (const auto by_purse = short_of(c, *refusal, named)) return by_purse;
  Named in_events;
  std::optional<uint64_t> by_purse;
  bool by_rule = false;
  const auto entry = [&](const auto& moved, Asset asset) {
    by_rule |= moved.clause && changes_.touches(*moved.clause);
    by_purse = std::max(by_purse, differing_purse(moved.from, moved.from_purse, asset));
  };
  for (const auto* events : {&d.was, &d.now})
    for (const auto* e : *events) {
      add_names(*e, in_events);
      if (const auto* m = std::get_if<event::MoneyMoved>(e)) entry(*m, {});
      if (const auto* l = std::get_if<event::LandMoved>(e)) entry(*l, l->instrument);
    }
  // What the pool owes is paid as it was booked: the rule worked when it was booked.
  if (by_rule && !std::holds_alternative<command::SettleClaims>(c.command)) return {};
  if (const auto by_name = latest(in_events.numbers, c.seq.value)) return by_name;
  return refusal ? std::nullopt : by_purse;
}

void Causes::book(uint64_t seq, const std::vector<const engine::Event*>& events, int64_t sign) {
  const auto add = [&](District who, Purse purse, Asset asset, int64_t amount) {
    auto& difference = purses_[{who, purse, asset}];
    difference.more += sign * amount;
    difference.last = seq;
    if (difference.more == 0) purses_.erase({who, purse, asset});
  };
  for (const auto* e : events) {
    if (const auto* m = std::get_if<event::MoneyMoved>(e)) {
      add(m->from, m->from_purse, {}, -m->amount.raw());
      add(m->to, m->to_purse, {}, m->amount.raw());
    } else if (const auto* l = std::get_if<event::LandMoved>(e)) {
      add(l->from, l->from_purse, l->instrument, -l->quantity.raw());
      add(l->to, l->to_purse, l->instrument, l->quantity.raw());
    }
  }
}

}  // namespace landex::simulator
