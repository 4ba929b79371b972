// rebuild.hpp: from a journal to a database, offline: replays it and writes what the database does not have yet. So an
// empty database is built, one that is behind catches up, and both come to the same rows as a live one.
// The journal is read and not changed; a server may be writing it. Blocks; one thread.
#pragma once
#include <functional>
#include <string>

#include "exchange/host/disk.hpp"
#include "exchange/reports/database.hpp"
#include "exchange/reports/projector.hpp"
#include "exchange/sequencer/replica.hpp"

namespace landex::reports {

/// How many rows make a transaction, where nobody waits for them.
inline constexpr size_t kRowsPerTransaction = 50'000;

/// Carries a database behind a stream of commands: what the projector has seen already is passed over, what the
/// database has already is projected, because the projector must have seen it, and thrown away.
class Follower {
 public:
  Follower(Database& database, Projector& projector) : database_{database}, projector_{projector} {}

  /// Writes when enough has come together. An error means that nothing more can be written to this database.
  [[nodiscard]] Result<void> seen(const engine::Stamped& command, const engine::Events& events);
  /// Writes the rest.
  [[nodiscard]] Result<void> flush();
  uint64_t rows() const { return rows_; }

 private:
  Database& database_;
  Projector& projector_;
  uint64_t rows_ = 0;
};

/// The number that the database stands at was of another command than the journal's of that number.
Trouble of_another_journal(uint64_t seq);

struct Rebuilt {
  uint64_t from = 0, to = 0;  // numbers
  uint64_t rows = 0;
};

/// The replica is new, or the one of an earlier call: what it has applied is not replayed again. `stop`, where given,
/// is asked between batches of the journal.
[[nodiscard]] Result<Rebuilt> rebuild(host::Disk& disk, const std::string& journal_dir, Database& database,
                                      Projector& projector, sequencer::Replica& replica,
                                      const std::function<bool()>& stop = {});
/// The same for one call.
[[nodiscard]] Result<Rebuilt> rebuild(host::Disk& disk, const std::string& journal_dir, Database& database,
                                      wire::PlaceNames names);

}  // namespace landex::reports
