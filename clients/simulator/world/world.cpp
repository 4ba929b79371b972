#include "clients/simulator/world/world.hpp"

#include <cassert>
#include <utility>

namespace landex::simulator {
namespace {

constexpr uint64_t kSecondPerson = 1'000'000;  // above every code of a district

}  // namespace

void World::begin(const policy::Pack& pack, engine::Venue venue, Instant at) {
  engine_->reset();
  refused_ = nullptr;
  counters_ = {};
  city_ = engine::city_of(pack).value_or(District{});
  assert(city_ != District{});
  stamped_ = {};
  stamped_.at = at;
  send_as({.value = kSecondPerson + 1}, city_, engine::Role::system,
          engine::command::Activate{.behaviour = engine::kBehaviour, .pack = pack});
  send_as({.value = kSecondPerson + 1}, city_, engine::Role::system, engine::command::SetVenue{.venue = venue});
}

const engine::Events& World::send(District who, engine::Role role, engine::Command c) {
  return send_as({.value = who.raw()}, who, role, std::move(c));
}

const engine::Events& World::second_bureau(engine::Command c) {
  return send_as({.value = kSecondPerson}, city_, engine::Role::bureau, std::move(c));
}

const engine::Events& World::send_as(PersonId person, District who, engine::Role role, engine::Command c) {
  stamped_.command = std::move(c);
  return send_stamped(person, who, role);
}

const engine::Events& World::send_stamped(PersonId person, District who, engine::Role role) {
  ++stamped_.seq.value;
  stamped_.envelope = {
      .client_key = {1}, .counter = {stamped_.seq.value}, .person = person, .participant = who, .role = role};
  if (recording_) recording_->push_back(stamped_);
  const engine::Events& events = engine_->apply(stamped_);
  ++counters_.commands;
  counters_.events += events.size();
  refused_ = nullptr;
  for (const auto& e : events) {
    if (std::holds_alternative<engine::event::Traded>(e)) {
      ++counters_.trades;
    } else if (const auto* r = std::get_if<engine::event::Refused>(&e)) {
      refused_ = &r->refusal;
      ++counters_.refused;
    }
  }
  return events;
}

void World::wait_until(Instant at) {
  assert(at >= stamped_.at);
  stamped_.at = at;
}

}  // namespace landex::simulator
