// causes.hpp: why a command came out otherwise: because of the changed rule itself, or because of a command before it
// that had. Read from the numbers that a command and its events name, and from the purses that it draws on. Remembers
// only what differs. Owned by one comparison.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "clients/simulator/counterfactual/changes.hpp"
#include "clients/simulator/counterfactual/compare.hpp"

namespace landex::simulator {

/// Money, or land of one instrument. Money comes first.
using Asset = std::optional<Instrument>;

class Causes {
 public:
  explicit Causes(const Changes& changes) : changes_{changes} {}

  /// The commands before it that it came out otherwise because of, the nearest first; none: the rule itself. `refusal`
  /// is that of the changed world, or else that of the journal.
  std::vector<Sequence> chain_of(const engine::Stamped& c, const engine::Refusal* refusal, const EventDifference& d);

  /// Once its chain has been asked for. `once`: it was done in one of the two worlds only. A changed command itself is
  /// no cause by its number, but by what it moves.
  void remember(const engine::Stamped& c, const EventDifference& d, bool once, bool the_change_itself);

  /// What one purse has more in the changed world, and the last command that changed it.
  struct PurseDifference {
    int64_t more = 0;
    uint64_t last = 0;
  };
  using PurseKey = std::tuple<District, clearing::Purse, Asset>;
  const std::map<PurseKey, PurseDifference>& purses() const { return purses_; }

 private:
  std::optional<uint64_t> nearest(const engine::Stamped& c, const engine::Refusal* refusal,
                                  const EventDifference& d) const;
  std::optional<uint64_t> latest(const std::set<uint64_t>& numbers, uint64_t before) const;
  std::optional<uint64_t> differing_purse(District who, clearing::Purse purse, Asset asset) const;
  std::optional<uint64_t> short_of(const engine::Stamped& c, const engine::Refusal& refusal, const Named& named) const;
  void book(uint64_t seq, const std::vector<const engine::Event*>& events, int64_t sign);

  const Changes& changes_;
  std::map<uint64_t, uint64_t> touched_;  // thing → the last command at which something about it differed
  std::set<uint64_t> made_once_;          // commands that were done in one world only
  std::map<uint64_t, uint64_t> because_;  // second-order command → its nearest cause
  std::map<PurseKey, PurseDifference> purses_;
};

}  // namespace landex::simulator
