// town.hpp: the state of a simulated year beside the engine's: what each unit still needs, what it has to sell, what
// its live quotes are, and what trades have brought. The engine's ledger is the truth about land and money; here is
// whose project a purchase was for, and what a slice of stock had cost. Invariant, for each unit and instrument, after
// each command: the land that is free or offered in the ledger is the sum of its slices, of what is kept for its
// projects, and of what its budgeted buyers hold. One per Year, used for run after run: `begin` empties it and keeps
// its memory.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "clients/simulator/agents/quoter.hpp"
#include "clients/simulator/city/plan.hpp"
#include "clients/simulator/city/tally.hpp"
#include "clients/simulator/world/world.hpp"

namespace landex::simulator {

inline constexpr uint32_t kNone = UINT32_MAX;

/// What a project has of the area that it needs, by source (H66-7.1), and of linkage.
struct ProjectState {
  PlannedProject plan;
  Quantity own{}, pool{}, bought{},
      outside{};                         // used for it; of a linked project own and bought are kept until it has both
  Quantity linkage{}, linkage_bought{};  // kept; of which bought
  Quantity to_use{};                     // bought, and not yet written off
  Fen paid{};                            // for all that was bought of area
  bool begun = false, over = false;      // over: filled, or past its deadline
  std::array<uint32_t, 2> quote{kNone, kNone};  // live, of area and of linkage
  std::array<uint32_t, 2> tried{};              // the session in which it was last offered for

  Quantity has() const { return own + pool + bought + outside; }
  Quantity lacks() const { return plan.need - has(); }
  Quantity lacks_linkage() const { return plan.linked ? plan.need - linkage : Quantity{}; }
};

/// Land of one origin and cost that a unit may use or sell.
struct Slice {
  uint32_t party;
  Instrument instrument;
  Quantity size, left;  // size: as it came; left: neither used nor sold
  Quantity sold, used;  // of it
  Price cost;           // of a mu: what it takes at least
  bool made;            // reclaimed or in stock; else bought, and to be sold again
  uint32_t quote = kNone;
  uint32_t tried = 0;  // the session in which it was last offered
};

enum class Intent : uint8_t { buy_for_project, sell_slice, speculate };

/// A live quote: an order, a bid, an auction or a listing, by what the mechanism made of it.
struct Quote {
  uint64_t id;  // number of the command that made it
  uint32_t party;
  Intent intent;
  uint32_t item;  // project or slice
  Instrument instrument;
  Side side;
  Quantity left;
  Price price, limit;
  bool live;
};

struct Party {
  District district;
  ParticipantClass kind;
  uint32_t unit;  // place in Scenario::units; kNone: a speculator
  uint32_t first_project = 0, last_project = 0;
  std::vector<uint32_t> slices;  // in order of arrival
  Quantity kept_linked;          // own area promised to linked projects
  Quantity inventory;            // of a speculator
  Fen inventory_cost;

  // While a session trades (Town::begin_trading), so that nobody walks its projects to know whether it wants anything;
  // of area and of linkage:
  std::array<Quantity, 2> lacks{};  // that its begun projects still need
  std::array<Quantity, 2> left{};   // in its slices
  Quantity needs;                   // own_need
};

class Town {
 public:
  /// Room in the books for what a scenario's agents may quote at once.
  explicit Town(engine::Sizes sizes) : world{sizes} {}

  World world;
  Tally tally;
  const Scenario* scenario = nullptr;
  std::vector<Party> parties;  // units by code, then speculators
  std::vector<ProjectState> projects;
  std::vector<Slice> slices;
  std::vector<Quote> quotes;

  // of the session
  uint32_t session = 0, sessions = 0;
  Point now;
  Day day;
  double outside_price = 0;  // wan yuan/mu
  bool outside_open = true;  // can land be bought outside the city? (post-2025: no)

  void begin();

  /// Sends, books what the events say, and is true if it was not refused.
  bool district(uint32_t party, engine::Command c);
  bool bureau(engine::Command c);
  bool second_bureau(engine::Command c);
  /// The clock has come to a deadline: what is due happens.
  bool tick();
  /// Through its chain, whose steps are the bureau's: proposed by a district or the bureau, passed by two others.
  bool through_chain(uint32_t party, engine::Subject subject);  // party kNone: the bureau

  uint32_t add_slice(Slice s);
  uint32_t add_quote(Quote q);
  const Quote* quote_of(uint64_t id) const;
  void end_quote(uint32_t quote);
  /// All that is left of quotes that lapsed with the session.
  void end_quotes();

  Fen money(uint32_t party) const { return world.state().ledger.money(parties[party].district, clearing::Purse::free); }
  Quantity land(uint32_t party, Instrument i) const {
    return world.state().ledger.land(i, parties[party].district, clearing::Purse::free);
  }
  uint32_t party_of(District d) const;

  /// What a mu from outside costs today, with all that it costs beside its price.
  Price outside_cost() const;
  /// What a project would pay at most today for a mu of this instrument.
  Price limit_of(const ProjectState& p, Instrument i) const;
  /// What a unit's own projects still need of its own area; what it could sell of a slice beyond that.
  Quantity own_need(const Party& p) const;
  /// Sums up for the session what everybody needs and has; trades keep it right.
  void begin_trading();
  /// Takes land that the unit has made or has spare, the first filed first; returns how much of it was bought.
  Quantity use_spare(Party& p, Instrument i, Quantity q);
  Quantity spare(const Party& p, Instrument i) const;

  /// The shouts of the session that agents have not heard yet.
  std::vector<std::pair<Instrument, Shout>> shouts;
  bool traded = false;  // since it was last looked at

 private:
  bool book(const engine::Events& events);
  Quantity lot() const;
  void trade(Instrument i, uint32_t buy, uint32_t sell, District buyer, District seller, Quantity q, Price price,
             Fen amount);

  std::vector<uint32_t> quote_at_;  // by number of the command, from first_number_
  uint64_t first_number_ = 0;
  std::array<uint8_t, 256> place_{};  // of a district of the city in `parties`
};

}  // namespace landex::simulator
