// changes.hpp: what of a journal can be changed, and the change itself: KEY=VALUE onto the commands that carry the
// value. Values keep their dates and clauses; only what they say is another.
//   pooled_share.supplementary_farmland=30%   a policy value, by its key and in the form of the policy files; all of
//                                             its dated rows. Only values that the journal has: none is added
//   floor=off                                 no route has the published price as its floor (H66-7.6)
//   price=area:+10% · area:-5.5% · area:22.00 the published cross-city price (area, paddy, linkage: 万元/亩; capacity:
//                                             yuan per kg): every row of it, rounded half up to a yuan per mu or a fen
//   rule_set=post-2025                        what superior law has ended, of another rule set of the house; the
//                                             journal's own values stay
//   phase=call                                the continuous sessions of every profile that was set become one call,
//                                             from the first opening of the day to its last close
//   profile=off                               no profile that was set comes into force: no timetable, bands, windows
// Only what is in commands can be changed, because a replay neither adds a command nor takes one's number: so phase and
// profile need a journal in which a profile was set. Pure.
#pragma once
#include <expected>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "clients/simulator/counterfactual/counterfactual.hpp"
#include "exchange/engine/command.hpp"

namespace landex::simulator {

/// What the journal has of each thing that can be changed; filled by a first reading.
class Survey {
 public:
  void see(const engine::Stamped& c);

  struct Carried {
    Sequence at;
    engine::Command command;
  };
  const std::vector<Carried>& carriers() const { return carriers_; }
  uint64_t commands() const { return commands_; }

 private:
  std::vector<Carried> carriers_;  // packs, prices, profiles, moves of phases: few
  uint64_t commands_ = 0;
};

class Changes {
 public:
  /// Refuses a key that is not known or not in the journal, a value that cannot be read, one that changes nothing, and
  /// two changes of one thing; each with what may be changed.
  static std::expected<Changes, CounterfactualFault> read(std::span<const std::string> texts, const Survey& survey,
                                                          std::span<const host::PolicyBook> books);

  /// The command as it stands in the changed world; nullptr: as it was. Nothing inside: it does not happen there.
  struct Changed {
    std::optional<engine::Command> command;
  };
  std::optional<Changed> changed(const engine::Command& c) const;

  /// Every value that is otherwise, in the order of the journal.
  const std::vector<ChangedValue>& values() const { return values_; }
  /// Is a thing that hangs from this clause changed by the rule itself?
  bool touches(policy::Clause c) const;
  bool touches_venue() const;

 private:
  struct Row {
    policy::Parameter parameter;
    int64_t value;
  };
  struct FloorOff {};
  struct PriceTo {
    Instrument instrument;
    Rate rate;
  };
  struct PriceBy {
    Instrument instrument;
    int64_t per_ten_thousand;
  };
  struct RuleSet {
    policy::Pack pack;
  };
  struct AsCall {};
  struct ProfileOff {};
  using Change = std::variant<Row, FloorOff, PriceTo, PriceBy, RuleSet, AsCall, ProfileOff>;
  struct Named {
    std::string key;
    Change change;
  };
  struct Applier;

  std::vector<Named> changes_;
  std::vector<ChangedValue> values_;
};

}  // namespace landex::simulator
