#include "exchange/engine/engine.hpp"

#include <algorithm>
#include <cassert>

#include "exchange/engine/canonical.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/steps.hpp"

namespace landex::engine {
namespace {

/// Has this counter been used? Then nothing is done again, and the answer is that of the first time (decisions 2).
std::optional<Event> recall(const State& s, const Envelope& who, const Command& command) {
  const auto refused = [](Reason r, std::vector<Fact> facts, std::string text = {}) {
    return event::Refused{.refusal = {.reason = r, .rule = {}, .facts = std::move(facts), .text = std::move(text)}};
  };
  if (who.counter.value == 0)
    return refused(Reason::value_out_of_range,
                   {{FactName::given, 0}, {FactName::least, 1}, {FactName::most, kLargestExact}}, "counter");
  const auto at = s.streams.find({.person = who.person, .key = who.client_key});
  if (at == s.streams.end()) {
    const auto count = s.streams_of.find(who.person);
    if (count != s.streams_of.end() && count->second >= kStreamsPerPerson)
      return refused(Reason::too_many_client_keys, {{FactName::most, kStreamsPerPerson}});
    return std::nullopt;
  }
  const Stream& stream = at->second;
  if (who.counter > stream.highest) return std::nullopt;
  const auto first = std::ranges::lower_bound(stream.window, who.counter, {}, &Remembered::counter);
  if (first == stream.window.end() || first->counter != who.counter)
    return refused(Reason::already_used,
                   {{FactName::given, fact(who.counter)}, {FactName::most, fact(stream.highest)}});
  if (std::string field = differing_field(first->command, command); !field.empty())
    return refused(Reason::exists_with_different_field, {{FactName::number, fact(first->seq)}}, std::move(field));
  return event::Repeated{.first = first->seq, .refusal = first->refusal};
}

void remember(State& s, const Stamped& c, const std::optional<Refusal>& refusal) {
  const auto [at, is_new] = s.streams.try_emplace({.person = c.envelope.person, .key = c.envelope.client_key});
  if (is_new) ++s.streams_of[c.envelope.person];
  Stream& stream = at->second;
  stream.highest = c.envelope.counter;
  stream.window.push_back({.counter = c.envelope.counter, .seq = c.seq, .command = c.command, .refusal = refusal});
  if (stream.window.size() > kResultWindow) stream.window.pop_front();
}

std::string audit_books(const State& s) {
  for (const Instrument i : kInstruments)
    for (const auto& order : s.book(i).orders()) {
      const auto held = s.holds.left({.purpose = order.id.value, .owner = order.owner});
      const bool exact = order.side == Side::buy ? held.money == consideration(order.quantity, order.limit())
                                                 : held.land[landex::index_of(i)] == order.quantity;
      if (!exact) return "order " + std::to_string(order.id.value) + " does not hold what it may cost";
    }
  return {};
}

std::string audit_holds(const State& s) {
  std::map<District, clearing::Hold> sums;
  for (const auto& [key, hold] : s.holds.all()) {
    auto& sum = sums[key.owner];
    sum.money += hold.money;
    for (size_t i = 0; i < sum.land.size(); ++i) sum.land[i] += hold.land[i];
  }
  for (const auto& [district, account] : s.ledger.accounts()) {
    const auto& sum = sums[district];
    bool exact = account.money[clearing::index_of(Purse::held)] == sum.money;
    for (size_t i = 0; i < sum.land.size(); ++i)
      exact &= account.land[i][clearing::index_of(Purse::held)] == sum.land[i];
    if (!exact) return "the held purses of " + std::to_string(district.raw()) + " are not the sum of its holds";
  }
  return {};
}

}  // namespace

Events Engine::apply(const Stamped& c) {
  assert(c.seq > state_.last);
  assert(c.at >= state_.at);
  state_.last = c.seq;
  state_.at = c.at;

  if (auto known = recall(state_, c.envelope, c.command)) return {std::move(*known)};

  Verdict verdict;
  std::visit([&](const auto& command) { check({state_, c.envelope, verdict}, command); }, c.command);
  Events events;
  if (verdict.refused()) {
    events.push_back(event::Refused{.refusal = *verdict.first()});
  } else {
    Doing doing{state_, c.seq, c.envelope.participant, events};
    std::visit([&](const auto& command) { move(doing, command); }, c.command);
    assert(state_.ledger.balanced());
  }
  remember(state_, c, verdict.first());
  return events;
}

std::string Engine::canonical_state() const {
  std::string out;
  Canonical encode{out};
  encode(kCanonicalFormat);
  encode(state_);
  return out;
}

std::string Engine::audit() const {
  if (!state_.ledger.balanced()) return "land or money does not sum to zero";
  if (auto wrong = audit_holds(state_); !wrong.empty()) return wrong;
  return audit_books(state_);
}

}  // namespace landex::engine
