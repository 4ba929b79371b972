#include "exchange/sequencer/sequencer.hpp"

#include <algorithm>

#include "exchange/wire/codec.hpp"

namespace landex::sequencer {

Sequencer::Sequencer(Replica replica, journal::Journal journal, host::Clock& clock, Options options)
    : replica_{std::move(replica)}, journal_{std::move(journal)}, clock_{&clock}, options_{std::move(options)} {}

std::expected<Sequencer::Opened, journal::Damage> Sequencer::open(host::Disk& disk, journal::Options journal,
                                                                  host::Clock& clock, Options options,
                                                                  const Replica::Seen& seen) {
  Replica replica{options.step};
  auto opened = journal::Journal::open(disk, std::move(journal),
                                       [&](const journal::Batch& b) { return replica.replay(b, seen); });
  if (!opened) return std::unexpected(std::move(opened.error()));
  return Opened{.sequencer = std::unique_ptr<Sequencer>(
                    new Sequencer{std::move(replica), std::move(opened->journal), clock, std::move(options)}),
                .recovered = opened->recovered};
}

engine::Stamped Sequencer::stamp(const engine::Envelope& who, engine::Command command) {
  const auto& state = replica_.state();
  return {.seq = {state.last.value + 1},
          .at = std::max(state.at, clock_->now()),
          .envelope = who,
          .command = std::move(command)};
}

host::Io<Done> Sequencer::execute(const engine::Envelope& who, engine::Command command) {
  auto stamped = stamp(who, std::move(command));
  auto events = replica_.apply(stamped);
  const std::string record = wire::encode(stamped);
  if (auto stored = journal_.append(stamped.seq.value, {&record, 1}, replica_.outcome()); !stored)
    return std::unexpected(stored.error());
  return Done{.origin = {}, .command = std::move(stamped), .events = std::move(events)};
}

bool Sequencer::enqueue(Waiting w) {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_ || queue_.size() >= options_.queue_limit) return false;
    queue_.push_back(std::move(w));
  }
  wake_.notify_one();
  return true;
}

bool Sequencer::submit(Origin origin, const engine::Envelope& who, engine::Command command) {
  return enqueue({.origin = origin, .what = std::pair{who, std::move(command)}});
}

bool Sequencer::ask(Origin origin, const engine::Asker& who, engine::Query query) {
  return enqueue({.origin = origin, .what = std::pair{who, std::move(query)}});
}

void Sequencer::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
}

std::vector<Sequencer::Waiting> Sequencer::take() {
  std::unique_lock lock{mutex_};
  wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  if (queue_.size() <= options_.batch_limit) return std::exchange(queue_, {});
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(options_.batch_limit);
  std::vector<Waiting> batch{std::make_move_iterator(queue_.begin()), std::make_move_iterator(end)};
  queue_.erase(queue_.begin(), end);
  return batch;
}

host::Io<void> Sequencer::run(const std::function<void(Published)>& publish) {
  while (true) {
    auto waiting = take();
    if (waiting.empty()) return journal_.seal();  // stopped, and nothing is left

    Published published;
    std::vector<std::string> records;
    const uint64_t first = replica_.state().last.value + 1;
    for (auto& w : waiting) {
      if (auto* asked = std::get_if<1>(&w.what)) {
        published.push_back(Answered{.origin = w.origin,
                                     .as_of = replica_.state().last,
                                     .view = engine::answer(replica_.state(), asked->first, asked->second)});
        continue;
      }
      auto& [who, command] = std::get<0>(w.what);
      auto stamped = stamp(who, std::move(command));
      auto events = replica_.apply(stamped);
      records.push_back(wire::encode(stamped));
      published.push_back(Done{.origin = w.origin, .command = std::move(stamped), .events = std::move(events)});
    }
    if (!records.empty())
      if (auto stored = journal_.append(first, records, replica_.outcome()); !stored) return stored;
    publish(std::move(published));
  }
}

}  // namespace landex::sequencer
