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
  auto events = replica_.apply(stamped);  // a copy: it leaves this thread
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

bool Sequencer::reached(Instant due) { return due <= std::max(replica_.state().at, clock_->now()); }

engine::Stamped Sequencer::tick(Instant due) {
  const auto& streams = replica_.state().streams;
  const auto own = streams.find({.person = kSystemPerson, .key = kSystemKey});
  const Counter last = own == streams.end() ? Counter{} : own->second.highest;
  auto stamped = stamp({.client_key = kSystemKey,
                        .counter = {last.value + 1},
                        .person = kSystemPerson,
                        .participant = {},
                        .role = engine::Role::system},
                       engine::command::Tick{});
  stamped.at = std::max(stamped.at, due);  // a clock that has gone back since does not undo what it has reached
  return stamped;
}

Sequencer::Taken Sequencer::take(std::optional<Instant> due) {
  Taken taken;
  std::unique_lock lock{mutex_};
  while (queue_.empty() && !stopping_) {
    if (due && reached(*due)) {
      taken.due = true;
      return taken;
    }
    if (due)
      clock_->wait(wake_, lock, *due);
    else
      wake_.wait(lock);
  }
  taken.over = queue_.empty();
  if (queue_.size() <= options_.batch_limit) {
    taken.waiting = std::exchange(queue_, {});
  } else {
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(options_.batch_limit);
    taken.waiting.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
  }
  // A stream of questions alone must not hold time up.
  taken.due = due && !taken.over &&
              std::ranges::all_of(taken.waiting, [](const Waiting& w) { return w.what.index() == 1; }) && reached(*due);
  return taken;
}

host::Io<void> Sequencer::run(const std::function<void(Published)>& publish) {
  while (true) {
    const auto due = engine::next_due(replica_.state());
    auto [waiting, over, due_now] = take(due);
    if (over) return journal_.seal();

    Published published;
    std::vector<std::string> records;
    const uint64_t first = replica_.state().last.value + 1;
    const auto apply = [&](Origin origin, engine::Stamped stamped) {
      auto events = replica_.apply(stamped);  // a copy: it leaves this thread
      records.push_back(wire::encode(stamped));
      published.push_back(Done{.origin = origin, .command = std::move(stamped), .events = std::move(events)});
    };
    if (due_now) apply({}, tick(*due));
    for (auto& w : waiting) {
      if (auto* asked = std::get_if<1>(&w.what)) {
        published.push_back(Answered{.origin = w.origin,
                                     .as_of = replica_.state().last,
                                     .view = engine::answer(replica_.state(), asked->first, asked->second)});
        continue;
      }
      auto& [who, command] = std::get<0>(w.what);
      apply(w.origin, stamp(who, std::move(command)));
    }
    if (!records.empty())
      if (auto stored = journal_.append(first, records, replica_.outcome()); !stored) return stored;
    publish(std::move(published));
  }
}

}  // namespace landex::sequencer
