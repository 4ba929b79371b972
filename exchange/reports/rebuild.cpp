#include "exchange/reports/rebuild.hpp"

#include <fmt/format.h>

#include "exchange/journal/reader.hpp"
#include "exchange/sequencer/replica.hpp"

namespace landex::reports {

Trouble of_another_journal(uint64_t seq) {
  return {
      .zh = fmt::format("报表数据库停在第 {} 号命令，而本账本的该命令不同或尚不存在：它属于另一账本。请另指定数据库，"
                        "或删除其内容后重建。",
                        seq),
      .en = fmt::format("the reports database stands at command {}, which in this journal is another or is not "
                        "there: it belongs to another journal. Name another database, or empty this one and "
                        "build it anew.",
                        seq),
      .lasting = true};
}

Result<void> Follower::seen(const engine::Stamped& command, const engine::Events& events) {
  if (command.seq.value <= projector_.at().seq) return {};
  const Progress stands = database_.progress();
  projector_.apply(command, events);
  if (command.seq.value < stands.seq) {
    if (projector_.waiting() >= kRowsPerTransaction) projector_.discard();
    return {};
  }
  if (command.seq.value == stands.seq) {
    projector_.discard();
    if (command.at.us != stands.at_us) return std::unexpected{of_another_journal(stands.seq)};
    return {};
  }
  return projector_.waiting() >= kRowsPerTransaction ? flush() : Result<void>{};
}

Result<void> Follower::flush() {
  if (projector_.at().seq <= database_.progress().seq) return {};
  const auto rows = projector_.take();
  rows_ += rows.size();
  return database_.write(rows, projector_.at());
}

Result<Rebuilt> rebuild(host::Disk& disk, const std::string& journal_dir, Database& database, Projector& projector,
                        sequencer::Replica& replica, const std::function<bool()>& stop) {
  Rebuilt done{.from = database.progress().seq};
  Follower follower{database, projector};
  std::optional<Trouble> trouble;
  bool stopped = false;
  const auto seen = [&](const engine::Stamped& command, const engine::Events& events) {
    if (trouble) return;
    if (auto ok = follower.seen(command, events); !ok) trouble = ok.error();
  };
  const auto read = journal::read(disk, journal_dir, [&](const journal::Batch& b) -> std::expected<void, std::string> {
    stopped = stop && stop();
    if (stopped || trouble) return std::unexpected{std::string{"stopped"}};
    if (b.first + b.count - 1 <= replica.state().last.value) return {};
    return replica.replay(b, seen);
  });
  if (trouble) return std::unexpected{*trouble};
  if (!read && !stopped) return std::unexpected{Trouble{.zh = read.error().text_zh, .en = read.error().text_en}};
  if (auto ok = follower.flush(); !ok) return std::unexpected{ok.error()};
  if (!stopped && projector.at().seq < database.progress().seq)
    return std::unexpected{of_another_journal(database.progress().seq)};
  done.to = database.progress().seq;
  done.rows = follower.rows();
  return done;
}

Result<Rebuilt> rebuild(host::Disk& disk, const std::string& journal_dir, Database& database, wire::PlaceNames names) {
  Projector projector{std::move(names)};
  sequencer::Replica replica;
  return rebuild(disk, journal_dir, database, projector, replica);
}

}  // namespace landex::reports
