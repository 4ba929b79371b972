// projector.hpp: from what happened to rows. Reads commands and their events alone, never the engine's state, so it
// makes the same rows of a live market, of a replay and of a journal on another machine.
// It remembers what stands (open orders, deals, advances …), because a row of a kept table is always whole: so it must
// have seen every command from number 1 on, also those whose rows are in the database already (discard()).
// Pure: no file, clock or thread; one owner at a time.
#pragma once
#include <memory>
#include <vector>

#include "exchange/engine/event.hpp"
#include "exchange/reports/row.hpp"
#include "exchange/wire/refusal_text.hpp"

namespace landex::reports {

class Projector {
 public:
  /// The names of places are not in the journal: they come from the policy files, where these are at hand.
  explicit Projector(wire::PlaceNames names = {});
  ~Projector();
  Projector(Projector&&) noexcept;
  Projector& operator=(Projector&&) noexcept;

  /// In the order of their numbers, each once.
  void apply(const engine::Stamped& command, const engine::Events& events);

  /// How far it is.
  Progress at() const;

  /// Rows since the last take or discard: of a kept table each key once, as it stands now.
  std::vector<Row> take();
  /// The same, thrown away: they are in the database.
  void discard();
  /// How many rows wait to be taken, nearly.
  size_t waiting() const;

 private:
  class Projection;
  std::unique_ptr<Projection> projection_;
};

}  // namespace landex::reports
