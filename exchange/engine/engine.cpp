#include "exchange/engine/engine.hpp"

#include <cassert>
#include <map>

#include "exchange/engine/canonical.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/described.hpp"
#include "exchange/engine/steps.hpp"
#include "exchange/engine/titles.hpp"

namespace landex::engine {
namespace {

/// Has this counter been used? Then nothing is done again, and the answer is that of the first time (decisions 2).
/// `stream` is that of the asker, if it has one. True if `events` has the answer.
bool recall(const State& s, const Stream* stream, const Envelope& who, const Command& command, Events& events) {
  const auto refused = [&events](Reason r, std::vector<Fact> facts, std::string text = {}) {
    events.emplace_back(
        event::Refused{.refusal = {.reason = r, .rule = {}, .facts = std::move(facts), .text = std::move(text)}});
    return true;
  };
  if (who.counter.value == 0)
    return refused(Reason::value_out_of_range,
                   {{FactName::given, 0}, {FactName::least, 1}, {FactName::most, kLargestExact}}, "counter");
  if (!stream) {
    const auto count = s.streams_of.find(who.person);
    if (count != s.streams_of.end() && count->second >= kStreamsPerPerson)
      return refused(Reason::too_many_client_keys, {{FactName::most, kStreamsPerPerson}});
    return false;
  }
  if (who.counter > stream->highest) return false;
  auto first = stream->window.find(who.counter);
  if (!first)
    return refused(Reason::already_used,
                   {{FactName::given, fact(who.counter)}, {FactName::most, fact(stream->highest)}});
  if (std::string field = differing_field(first->command, command); !field.empty())
    return refused(Reason::exists_with_different_field, {{FactName::number, fact(first->seq)}}, std::move(field));
  events.emplace_back(event::Repeated{.first = first->seq, .refusal = std::move(first->refusal)});
  return true;
}

/// Is anything waited for at all? In a laboratory's market mostly nothing is.
bool may_be_due(const State& s) {
  return !s.market.timetable.empty() || !s.market.expiries.empty() || !s.deal_expiries.empty() ||
         !s.auctions.due.empty();
}

/// `spare`: windows that have their memory already.
Stream& begin_stream(State& s, const StreamKey& key, std::vector<Window>& spare) {
  ++s.streams_of[key.person];
  Stream& stream = s.streams.try_emplace(key).first->second;
  if (!spare.empty()) {
    stream.window = std::move(spare.back());
    spare.pop_back();
  }
  return stream;
}

template <class T>
void reset_member(T& member) {
  if constexpr (requires { member.reset(); })
    member.reset();
  else if constexpr (requires { member.clear(); })
    member.clear();
  else
    member = T{};
}
/// Its books are large, and what is derived is not described.
void reset_member(Market& market) {
  for_each_member(market, [](std::string_view, auto& member) { reset_member(member); });
  market.levels_moved = 0;
}

/// Every held purse is what its resting orders may cost and its deals hold.
std::string audit_holds(const State& s) {
  std::map<District, clearing::Assets> sums;
  for (const auto& [key, hold] : s.holds.all()) sums[key.owner] += hold;
  for (const Instrument i : kInstruments)
    for (const Side side : {Side::buy, Side::sell})
      s.market.books.for_each_order(book_of(i), side, [&](const matching::Resting& order) {
        auto& sum = sums[s.ledger.account(order.seat).district];
        if (side == Side::buy)
          sum.money += consideration(order.left, order.limit);
        else
          sum.of(i) += order.left;
      });
  for (const auto& account : s.ledger.accounts())
    if (account[Purse::held] != sums[account.district])
      return "the held purses of " + std::to_string(account.district.raw()) + " are not what its orders and deals hold";
  return {};
}

/// The lots of every place sum to its purses, those of every filing to what was filed; what is left of freezes and
/// write-offs is what the purses say, and nobody has borrowed more than loans are left.
std::string audit_lots(const State& s) {
  using Place = clearing::Place;
  std::map<std::tuple<District, Instrument, Place>, Quantity> in_place;
  std::map<std::pair<FilingId, Instrument>, Quantity> of_filing;
  s.lots.for_each([&](District owner, Instrument i, Place place, const clearing::Slice& slice) {
    in_place[{owner, i, place}] += slice.quantity;
    of_filing[{slice.filing, i}] += slice.quantity;
  });
  std::map<std::pair<District, Instrument>, Quantity> frozen, used, owed;
  for (const auto& [id, f] : s.entries.freezes) frozen[{f.participant, f.instrument}] += f.left;
  std::map<std::tuple<District, Instrument, FilingId>, Quantity> lent;
  for (const auto& [id, l] : s.entries.loans) {
    owed[{l.borrower, l.instrument}] += l.left;
    Quantity slices;
    for (const auto& slice : l.slices) {
      slices += slice.quantity;
      lent[{l.borrower, l.instrument, slice.filing}] += slice.quantity;
    }
    if (slices != l.left) return "the lots of loan " + std::to_string(id.value) + " are not what is left of it";
  }
  for (const auto& [id, w] : s.entries.write_offs) {
    used[{w.participant, w.instrument}] += w.left;
    Quantity slices;
    for (const auto& slice : w.slices) slices += slice.quantity;
    if (slices != w.left) return "the lots of write-off " + std::to_string(id.value) + " are not what is left of it";
  }
  for (const auto& [key, quantity] : lent) {
    const auto [borrower, i, filing] = key;
    if (s.lots.of(i, {.seat = *s.ledger.seat_of(borrower), .place = Place::borrowed}, filing) > quantity)
      return "more of a lot lies borrowed than the loans of its borrower say";
  }
  for (const auto& account : s.ledger.accounts())
    for (const Instrument i : kInstruments) {
      const auto land = [&](Purse p) { return account[p].of(i); };
      const auto lots = [&](Place p) { return in_place[{account.district, i, p}]; };
      const std::pair key{account.district, i};
      if (lots(Place::stock) != land(Purse::free) + land(Purse::held) + land(Purse::frozen) ||
          lots(Place::pool) != land(Purse::pool) || lots(Place::used) != land(Purse::used) ||
          lots(Place::cancelled) != land(Purse::cancelled) || lots(Place::borrowed) != land(Purse::borrowed))
        return "the lots of " + std::to_string(account.district.raw()) + " are not what its purses hold";
      if (frozen[key] != land(Purse::frozen) || used[key] != land(Purse::used) || owed[key] < land(Purse::borrowed))
        return "freezes, write-offs or loans of " + std::to_string(account.district.raw()) + " are not in its purses";
    }
  for (const auto& [id, filing] : s.registry.filings())
    for (const auto& part : clearing::components_of(filing.kind, filing.filed)) {
      auto node = of_filing.extract({id, part.instrument});
      if (node.empty() || node.mapped() != part.quantity)
        return "the lots of filing " + std::to_string(id.value) + " are not what was filed";
    }
  return of_filing.empty() ? "" : "there is land that nobody filed";
}

/// What is allotted to a request and not taken is what the city holds for it, and only an allotted request waits.
std::string audit_requests(const State& s) {
  for (const auto& [id, r] : s.pool_requests.requests) {
    clearing::Assets waiting;
    for (const auto& part : r.waiting) waiting.of(part.component) += part.quantity;
    const auto held = s.holds.all().find({.purpose = id.value, .owner = *city_of(*s.pack)});
    if (waiting != (held == s.holds.all().end() ? clearing::Assets{} : held->second) ||
        r.waiting.empty() != (r.state != clearing::RequestState::allotted))
      return "what waits for request " + std::to_string(id.value) + " is not what the city holds for it";
  }
  return {};
}

/// The city's funds are its sub-accounts together, none of them below nothing, and nobody else has any; what others
/// undertake of a task is what they have agreed to.
std::string audit_governments(const State& s) {
  Fen apart;
  for (const auto& [fund, balance] : s.funds.balances) {
    if (balance < Fen{}) return "the sub-account " + std::to_string(static_cast<int>(fund)) + " is below nothing";
    apart += balance;
  }
  for (const auto& account : s.ledger.accounts())
    if (account[Purse::funds].money != (account.kind == ParticipantClass::city ? apart : Fen{}))
      return "the funds of " + std::to_string(account.district.raw()) + " are not what its sub-accounts hold";
  std::map<clearing::TaskKey, Area> undertaken;
  for (const auto& [id, u] : s.restoration.undertakings)
    undertaken[{.county = u.receiver, .first_year = u.first_year}] += u.area;
  for (const auto& [key, task] : s.restoration.tasks)
    if (undertaken[key] != task.undertaken)
      return "what is undertaken of a task of " + std::to_string(key.county.raw()) + " is not what was agreed";
  return {};
}

}  // namespace

void Engine::reset() {
  for (auto& [key, stream] : state_.streams) {
    stream.window.clear();
    windows_.push_back(std::move(stream.window));
  }
  // All that the hash covers, so that nothing can be forgotten that it does not forget too.
  for_each_member(state_, [](std::string_view, auto& member) { reset_member(member); });
  events_.clear();
}

const Events& Engine::apply(const Stamped& c) {
  assert(c.seq > state_.last);
  assert(c.at >= state_.at);
  state_.last = c.seq;
  state_.at = c.at;
  events_.clear();
  Doing doing{.state = state_,
              .seq = c.seq,
              .who = c.envelope.participant,
              .seat = state_.ledger.seat_of(c.envelope.participant),
              .events = events_,
              .by = &c.envelope};
  if (may_be_due(state_)) fire_due(doing);
  tell_best(doing);

  const StreamKey key{.person = c.envelope.person, .key = c.envelope.client_key};
  const auto known = state_.streams.find(key);
  Stream* stream = known == state_.streams.end() ? nullptr : &known->second;
  if (stream) stream->window.expect_push();
  if (recall(state_, stream, c.envelope, c.command, events_)) return events_;

  Verdict verdict;
  std::visit(
      [&]<class C>(const C& command) {
        const Asked asked{state_, c.envelope, doing.seat, verdict};
        if constexpr (kIsOneOf<C, SubjectList>)
          require_no_chain(asked, static_cast<policy::SubjectKind>(boost::mp11::mp_find<SubjectList, C>::value + 1));
        check(asked, command);
        if (!verdict.refused()) move(doing, command);
      },
      c.command);
  if (verdict.refused()) events_.emplace_back(event::Refused{.refusal = *verdict.first()});
  tell_best(doing);
  assert(state_.ledger.balanced());
  if (!stream) stream = &begin_stream(state_, key, windows_);
  stream->highest = c.envelope.counter;
  stream->window.push(c.envelope.counter, c.seq, c.command, verdict.first());
  return events_;
}

std::string Engine::canonical_state() const {
  std::string out;
  Canonical encode{out};
  encode(kCanonicalFormat);
  encode(state_);
  return out;
}

std::string Engine::audit() const {
  if (!state_.ledger.balanced() || !state_.ledger.recount().empty()) return "land or money does not sum to zero";
  for (const auto& account : state_.ledger.accounts()) {
    Fen left;
    for (const auto& [id, a] : state_.advances.all())
      if (a.county == account.district) left += a.left;
    if (account.kind != ParticipantClass::city && account[Purse::advances].money != left)
      return "what is left of its advances is not what the purse of " + std::to_string(account.district.raw()) +
             " says";
  }
  if (auto wrong = audit_lots(state_); !wrong.empty()) return wrong;
  if (auto wrong = audit_requests(state_); !wrong.empty()) return wrong;
  if (auto wrong = audit_titles(state_); !wrong.empty()) return wrong;
  if (auto wrong = audit_governments(state_); !wrong.empty()) return wrong;
  return audit_holds(state_);
}

}  // namespace landex::engine
