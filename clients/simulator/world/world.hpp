// world.hpp: the engine in process, as agents and the bureau use it: commands go in as those of a person, with the next
// number and the time of the simulated clock; events come out. The very engine of the live exchange, with its checks,
// holds and refusals; nothing reaches into its state but by its own questions.
// One world belongs to one thread, and is used for run after run: `begin` takes the engine back to its start and keeps
// its memory.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "exchange/engine/engine.hpp"

namespace landex::simulator {

class World {
 public:
  World() : World(engine::Sizes{}) {}
  explicit World(engine::Sizes sizes) : engine_{std::make_unique<engine::Engine>(sizes)} {}

  /// Counted whatever is looked at.
  struct Counters {
    uint64_t commands = 0, refused = 0, trades = 0, events = 0;
    friend bool operator==(const Counters&, const Counters&) = default;
  };

  /// A market as new: no account, no order; the pack in force, the venue open for business days. The city is the
  /// pack's.
  void begin(const policy::Pack& pack, engine::Venue venue, Instant at);

  /// One command of `who`. The events stand until the next call.
  const engine::Events& send(District who, engine::Role role, engine::Command c);
  const engine::Events& district(District who, engine::Command c) {
    return send(who, engine::Role::district, std::move(c));
  }
  /// The same for one that is there as what it is: made in place, since moving any command costs half of the shortest
  /// step.
  template <class C>
    requires engine::kIsOneOf<C, engine::CommandList>
  const engine::Events& send(District who, engine::Role role, C&& c) {
    stamped_.command.emplace<C>(std::forward<C>(c));
    return send_stamped({.value = who.raw()}, who, role);
  }
  template <class C>
    requires engine::kIsOneOf<C, engine::CommandList>
  const engine::Events& district(District who, C&& c) {
    return send(who, engine::Role::district, std::forward<C>(c));
  }
  const engine::Events& bureau(engine::Command c) { return send(city_, engine::Role::bureau, std::move(c)); }
  /// A second person of the bureau: who proposes does not approve.
  const engine::Events& second_bureau(engine::Command c);

  /// From here on each command is copied there as it is sent, also those of `begin`; nullptr: none is.
  void record(std::vector<engine::Stamped>* to) { recording_ = to; }

  /// The clock goes on to then; what is due by then happens with the next command.
  void wait_until(Instant at);

  /// The refusal among the events of the last command, if it was refused.
  const engine::Refusal* refused() const { return refused_; }

  const engine::State& state() const { return engine_->state(); }
  const engine::Engine& engine() const { return *engine_; }
  const Counters& counters() const { return counters_; }
  District city() const { return city_; }
  Sequence last() const { return stamped_.seq; }
  Instant now() const { return stamped_.at; }

 private:
  const engine::Events& send_as(PersonId person, District who, engine::Role role, engine::Command c);
  /// What is in `stamped_`, as that of this person.
  const engine::Events& send_stamped(PersonId person, District who, engine::Role role);

  std::unique_ptr<engine::Engine> engine_;
  engine::Stamped stamped_;  // of the last command; made anew in place
  District city_;
  Counters counters_;
  const engine::Refusal* refused_ = nullptr;
  std::vector<engine::Stamped>* recording_ = nullptr;
};

}  // namespace landex::simulator
