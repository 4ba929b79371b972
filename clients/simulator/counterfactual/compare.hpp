// compare.hpp: two answers of the engine to one command, side by side: which events only one of them has, and which
// numbers, places and purses those name. What only the public sees of a book (levels, best prices, indicative calls,
// the day's statistics) is told apart: it follows from the rest. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "exchange/engine/event.hpp"

namespace landex::simulator {

struct EventDifference {
  std::vector<const engine::Event*> was, now;  // only there, only here; in their order, without what the public sees
  bool told = false;                           // what the public sees differs
  bool none() const { return was.empty() && now.empty() && !told; }
};

/// The same event at the same command is in both, whatever stands between. The events outlive the answer.
EventDifference differing(const engine::Events& was, const engine::Events& now);

/// The refusal of the command, if it was refused; also of the first of which it is a repeat.
const engine::Refusal* refusal_of(const engine::Events& events);

/// What an event or a command names: numbers of things made before, and places.
struct Named {
  std::set<uint64_t> numbers;
  std::set<District> places;
};
void add_names(const engine::Event& e, Named& into);
void add_names(const engine::Command& c, Named& into);

/// "PlaceOrder".
std::string_view kind_of(const engine::Command& c);

}  // namespace landex::simulator
