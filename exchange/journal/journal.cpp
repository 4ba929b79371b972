#include "exchange/journal/journal.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <utility>

namespace landex::journal {
namespace {

// Behind every batch there is room for a seal, so that a clean stop needs no space, and for the zeros behind the seal.
constexpr uint64_t kRoomBehind = kHeaderBytes + kZerosBehind;

Damage lock_damage(const std::string& dir, const host::IoError& error) {
  if (error.error != EWOULDBLOCK) return disk_damage(dir, error);
  return {.segment = dir,
          .text_en = fmt::format("Another process is using the journal in {}. Stop it, or give this one a directory of "
                                 "its own.",
                                 dir),
          .text_zh = fmt::format("另一进程正在使用 {} 中的日志。请先停止该进程，或为本进程另设目录。", dir)};
}

/// The newest segment ends where its last batch ends, durably, before anything is built on it: what was read may be
/// the write of a process that died before its flush.
host::Io<void> settle(host::Disk& disk, const std::string& path, uint64_t end) {
  auto file = disk.open(path, host::Access::write);
  if (!file) return std::unexpected{file.error()};
  if (auto ok = (*file)->truncate(end); !ok) return ok;
  return (*file)->sync_data();
}

}  // namespace

Journal::Journal(host::Disk& disk, Options options, std::unique_ptr<host::Lock> lock, const Recovered& recovered)
    : disk_{&disk},
      options_{std::move(options)},
      lock_{std::move(lock)},
      last_{recovered.last_number},
      chain_{recovered.chain_head},
      outcome_{recovered.outcome} {}

std::expected<Journal::Opened, Damage> Journal::open(host::Disk& disk, Options options, const OnBatch& on_batch) {
  assert(options.allocate_step > 0 && options.segment_bytes > 0 && options.segment_bytes <= kMaxSegmentBytes);
  const auto refused = [&](const host::IoError& e) { return std::unexpected{disk_damage(options.dir, e)}; };
  if (auto ok = disk.make_dir(options.dir); !ok) return refused(ok.error());
  auto lock = disk.lock(options.dir + "/lock");
  if (!lock) return std::unexpected{lock_damage(options.dir, lock.error())};
  auto recovered = read(disk, options.dir, on_batch);
  if (!recovered) return std::unexpected{recovered.error()};
  if (recovered->end > 0) {
    if (auto ok = settle(disk, options.dir + "/" + recovered->last_segment, recovered->end); !ok)
      return refused(ok.error());
  }
  Journal journal{disk, options, std::move(*lock), *recovered};
  if (auto ok = journal.begin_segment(); !ok) return refused(ok.error());
  return Opened{std::move(journal), std::move(*recovered)};
}

host::Io<void> Journal::append(uint64_t first, std::span<const std::string> records, uint64_t outcome) {
  if (poison_) return std::unexpected{*poison_};
  assert(!sealed_ && first == last_ + 1 && !records.empty());
  return poison_unless(store(0, records, outcome));
}

host::Io<void> Journal::seal() {
  if (poison_) return std::unexpected{*poison_};
  assert(!sealed_);
  if (end_ > 0) {
    if (auto ok = poison_unless(store(kSealFlag, {}, outcome_)); !ok) return ok;
  }
  auto finished = poison_unless(finish_segment());
  sealed_ = finished.has_value();
  return finished;
}

/// A file of this name, if there is one, holds no batch: reading found none behind `last_`.
host::Io<void> Journal::begin_segment() {
  auto file = disk_->open(options_.dir + "/" + segment_name(last_ + 1), host::Access::create);
  if (!file) return std::unexpected{file.error()};
  file_ = std::move(*file);
  end_ = allocated_ = 0;
  if (auto ok = file_->truncate(0); !ok) return ok;
  if (auto ok = make_room(0); !ok) return ok;
  return disk_->sync_dir(options_.dir);
}

host::Io<void> Journal::finish_segment() {
  if (auto ok = file_->truncate(end_); !ok) return ok;
  return file_->sync_data();
}

/// Durable zeros for the batch and for what is to stay behind it. A batch larger than a segment gets one of its own.
host::Io<void> Journal::make_room(uint64_t batch_bytes) {
  if (end_ > 0 && end_ + batch_bytes + kRoomBehind > options_.segment_bytes) {
    if (auto ok = finish_segment(); !ok) return ok;
    if (auto ok = begin_segment(); !ok) return ok;
  }
  const uint64_t need = end_ + batch_bytes + kRoomBehind;
  if (need <= allocated_) return {};
  const uint64_t step = options_.allocate_step;
  const uint64_t to = std::max(need, std::min((need + step - 1) / step * step, options_.segment_bytes));
  if (auto ok = file_->allocate(allocated_, to); !ok) return ok;
  if (auto ok = file_->sync_data(); !ok) return ok;
  allocated_ = to;
  return {};
}

host::Io<void> Journal::store(uint32_t flags, std::span<const std::string> records, uint64_t outcome) {
  if (flags != kSealFlag) {  // a seal has its room already
    if (auto ok = make_room(kHeaderBytes + payload_bytes(records)); !ok) return ok;
  }
  encode({.offset = end_,
          .flags = flags,
          .count = static_cast<uint32_t>(records.size()),
          .first = last_ + 1,
          .previous = last_,
          .outcome = outcome,
          .previous_hash = chain_},
         records, batch_);
  assert(end_ + batch_.size() + kZerosBehind <= allocated_);
  if (auto ok = file_->write_at(batch_, end_); !ok) return ok;
  if (auto ok = file_->sync_data(); !ok) return ok;
  end_ += batch_.size();
  last_ += records.size();
  chain_ = sha256(batch_);
  outcome_ = outcome;
  return {};
}

host::Io<void> Journal::poison_unless(host::Io<void> result) {
  if (!result) poison_ = result.error();
  return result;
}

}  // namespace landex::journal
