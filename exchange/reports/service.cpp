#include "exchange/reports/service.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace landex::reports {

Service::Service(host::Disk& disk, ServiceOptions options)
    : disk_{disk}, options_{std::move(options)}, projector_{options_.names} {
  open();
  if (standing_ == Standing::behind) standing_ = Standing::live;  // replayed() will tell it everything
}

void Service::failed(const Trouble& trouble) {
  options_.say(trouble.zh, trouble.en);
  // Rows that were taken and not written cannot be made again but by a projector that begins anew.
  database_.reset();
  projector_ = Projector{options_.names};
  replica_.reset();
  standing_ = trouble.lasting ? Standing::off : Standing::closed;
  if (!trouble.lasting) return;
  const std::scoped_lock lock{mutex_};
  off_ = true;
  queue_.clear();
}

void Service::open() {
  auto opened = open_database(options_.where, Access::write);
  if (!opened) {
    if (!std::exchange(told_closed_, true)) options_.say(opened.error().zh, opened.error().en);
    return;
  }
  database_ = std::move(*opened);
  told_closed_ = false;
  standing_ = Standing::behind;
}

void Service::replayed(const engine::Stamped& command, const engine::Events& events) {
  if (standing_ != Standing::live) return;
  if (const auto ok = Follower{*database_, projector_}.seen(command, events); !ok) failed(ok.error());
}

void Service::start() {
  if (standing_ == Standing::live) {
    if (projector_.at().seq < database_->progress().seq)
      failed(of_another_journal(database_->progress().seq));
    else if (const auto ok = Follower{*database_, projector_}.flush(); !ok)
      failed(ok.error());
  }
  thread_ = std::thread{[this] { run(); }};
}

void Service::published(std::shared_ptr<const sequencer::Published> batch) {
  {
    const std::scoped_lock lock{mutex_};
    if (off_ || overflowed_) return;
    queued_ += batch->size();
    if (queued_ > options_.queue_limit) {
      queue_.clear();
      queued_ = 0;
      overflowed_ = true;
    } else {
      queue_.push_back(std::move(batch));
    }
  }
  wake_.notify_one();
}

void Service::stop() {
  {
    const std::scoped_lock lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool Service::stopping() {
  const std::scoped_lock lock{mutex_};
  return stopping_;
}

void Service::rest() {
  std::unique_lock lock{mutex_};
  wake_.wait_for(lock, options_.retry * (1 << std::min(failures_, 6)), [this] { return stopping_; });
  ++failures_;
}

void Service::run() {
  for (;;) {
    switch (standing_) {
      case Standing::closed:
        rest();
        if (stopping()) return;
        open();
        break;
      case Standing::behind:
        if (stopping()) return;
        catch_up();
        break;
      case Standing::live:
        take_queue();
        if (standing_ == Standing::off) return;
        break;
      case Standing::off:
        return;
    }
  }
}

/// What is published from now on is queued; what was published before is in the journal, for it was durable first.
void Service::catch_up() {
  {
    const std::scoped_lock lock{mutex_};
    overflowed_ = false;
    queue_.clear();
    queued_ = 0;
  }
  if (!replica_) replica_ = std::make_unique<sequencer::Replica>();
  const auto done =
      rebuild(disk_, options_.journal_dir, *database_, projector_, *replica_, [this] { return stopping(); });
  if (done) {
    standing_ = Standing::live;
    if (done->to > done->from)
      options_.say(fmt::format("报表数据库已追上：命令 {} – {}。", done->from + 1, done->to),
                   fmt::format("the reports database has caught up: commands {}–{}.", done->from + 1, done->to));
    return;
  }
  failed(done.error());
}

void Service::take_queue() {
  std::vector<std::shared_ptr<const sequencer::Published>> taken;
  {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [this] { return stopping_ || overflowed_ || !queue_.empty(); });
    if (overflowed_) {
      standing_ = Standing::behind;
      return;
    }
    if (queue_.empty()) {
      standing_ = Standing::off;
      return;
    }
    taken.swap(queue_);
    queued_ = 0;
  }
  Follower follower{*database_, projector_};
  for (const auto& batch : taken)
    for (const auto& item : *batch) {
      const auto* done = std::get_if<sequencer::Done>(&item);
      if (!done) continue;
      if (done->command.seq.value > projector_.at().seq + 1) {  // something is missing: the journal has it
        standing_ = Standing::behind;
        return;
      }
      if (const auto ok = follower.seen(done->command, done->events); !ok) return failed(ok.error());
    }
  const auto written = follower.flush();
  if (!written) return failed(written.error());
  failures_ = 0;
}

}  // namespace landex::reports
