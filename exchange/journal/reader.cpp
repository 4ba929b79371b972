#include "exchange/journal/reader.hpp"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

namespace landex::journal {
namespace {

using Bytes = std::span<const std::byte>;

struct Segment {
  std::string name;
  uint64_t first;
};

struct Words {
  std::string en, zh;
};
constexpr const char* kRestoreEn =
    "Keep a copy of the directory as it is, find out what changed it, and restore it from a good copy.";
constexpr const char* kRestoreZh = "请保留该目录的现状副本，查明原因，再用完好的副本恢复。";

std::unexpected<Damage> damaged(const std::string& segment, uint64_t offset, const Words& wrong,
                                const char* remedy_en = kRestoreEn, const char* remedy_zh = kRestoreZh) {
  return std::unexpected{
      Damage{.segment = segment,
             .offset = offset,
             .text_en = fmt::format("{}, byte {}: {}. {}", segment, offset, wrong.en, remedy_en),
             .text_zh = fmt::format("{}，第 {} 字节：{}。{}", segment, offset, wrong.zh, remedy_zh)}};
}

std::expected<std::vector<Segment>, Damage> segments(host::Disk& disk, const std::string& dir) {
  const auto names = disk.list(dir);
  if (!names) return std::unexpected{disk_damage(dir, names.error())};
  std::vector<Segment> found;
  for (const std::string& name : *names) {
    if (const auto first = segment_number(name)) {
      found.push_back({name, *first});
    } else if (name.ends_with(kSegmentSuffix)) {  // a segment under another name would be missed in silence
      return damaged(name, 0, {"this is not the name of a segment", "文件名不是日志段的名称"},
                     "Give the file its name back, or move it out of the directory.",
                     "请恢复文件名，或将其移出该目录。");
    }
  }
  std::ranges::sort(found, {}, &Segment::first);
  return found;
}

std::expected<std::vector<std::byte>, Damage> load(host::Disk& disk, const std::string& dir, const std::string& name) {
  auto file = disk.open(dir + "/" + name, host::Access::read);
  if (!file) return std::unexpected{disk_damage(name, file.error())};
  const auto size = (*file)->size();
  if (!size) return std::unexpected{disk_damage(name, size.error())};
  if (*size > kMaxSegmentBytes)
    return damaged(name, kMaxSegmentBytes, {"the file is longer than a segment can be", "文件超过日志段的最大长度"});
  std::vector<std::byte> bytes(*size);
  const auto got = (*file)->read_at(bytes, 0);
  if (!got) return std::unexpected{disk_damage(name, got.error())};
  bytes.resize(*got);
  return bytes;
}

size_t without_zeros_behind(Bytes bytes) {
  size_t n = bytes.size();
  while (n > 0 && bytes[n - 1] == std::byte{}) --n;
  return n;
}

/// Reads one segment into `so_far`; on_batch may stop it.
class SegmentReader {
 public:
  SegmentReader(const Segment& segment, bool newest, Bytes bytes, Recovered& so_far, const OnBatch& on_batch)
      : segment_{segment},
        newest_{newest},
        bytes_{bytes},
        content_{without_zeros_behind(bytes)},
        so_far_{so_far},
        on_batch_{on_batch} {}

  std::expected<void, Damage> read() {
    while (at_ < content_) {
      const auto size = intact(bytes_.subspan(at_));
      if (!size) return tail();
      if (auto ok = batch(bytes_.subspan(at_, *size)); !ok) return ok;
      at_ += *size;
    }
    return {};
  }

  uint64_t end() const { return at_; }

 private:
  std::unexpected<Damage> here(const Words& wrong) const { return damaged(segment_.name, at_, wrong); }

  /// The checksum holds, so a crash did not make this: whatever does not fit is damage.
  std::expected<void, Damage> batch(Bytes stored) {
    const auto h = decode_header(stored);
    if (!h || h->version != kFormatVersion || h->header_bytes != kHeaderBytes)
      return damaged(segment_.name, at_, {"a newer program wrote this batch", "该批次由更新版本的程序写入"},
                     "Start the program that wrote the journal, or a newer one.",
                     "请使用写入该日志的程序或更新的版本。");
    if (h->offset != at_)
      return here({fmt::format("a batch is here that was written at byte {}", h->offset),
                   fmt::format("此处的批次原写于第 {} 字节", h->offset)});
    if (sealed_) return here({"a batch follows the seal", "封存批次之后还有批次"});
    if (h->first != so_far_.last_number + 1 || h->previous != so_far_.last_number)
      return here(
          {fmt::format("a batch begins with number {} where {} has to follow", h->first, so_far_.last_number + 1),
           fmt::format("批次起始编号为 {}，此处应为 {}", h->first, so_far_.last_number + 1)});
    if (h->previous_hash != so_far_.chain_head)
      return here({"the batch does not name the hash of the batch before it: one of the two was changed",
                   "该批次所记的前一批次哈希不符：两者之一已被改动"});
    const auto records = decode_records(stored.subspan(kHeaderBytes), h->count);
    const bool well_formed = records && (h->flags & ~kSealFlag) == 0 && h->seal() == (h->count == 0) &&
                             !(h->seal() && (at_ == 0 || h->outcome != so_far_.outcome));
    if (!well_formed) return here({"the fields of the batch contradict each other", "批次的字段相互矛盾"});

    const Hash chain = sha256(stored);
    if (!h->seal()) {
      const uint64_t last = h->first + h->count - 1;
      const auto taken = on_batch_({h->first, h->count, h->outcome, *records, chain});
      if (!taken)
        return damaged(
            segment_.name, at_,
            {fmt::format("the replay of numbers {} to {} does not agree: {}", h->first, last, taken.error()),
             fmt::format("编号 {} 至 {} 的重放结果不一致：{}", h->first, last, taken.error())},
            "Start the program that wrote the journal; if it was this one, keep a copy and report the fault.",
            "请使用写入该日志的程序；若就是本程序，请保留副本并报告此缺陷。");
      so_far_.last_number = last;
    }
    so_far_.chain_head = chain;
    so_far_.outcome = h->outcome;
    so_far_.clean = sealed_ = h->seal();
    ++so_far_.batches;
    return {};
  }

  /// Bytes that are no batch: a torn tail, or damage?
  std::expected<void, Damage> tail() {
    if (sealed_) return here({"bytes follow the seal", "封存批次之后还有内容"});
    if (!newest_) return here({"the batch is broken, and later segments exist", "批次已损坏，且其后还有日志段"});
    if (const auto later = batch_behind())
      return here({fmt::format("the batch is broken, and a whole one follows at byte {}", *later),
                   fmt::format("批次已损坏，而第 {} 字节处还有完整批次", *later)});
    if (content_ + kZerosBehind > bytes_.size())
      return here({"the last batch is broken in a segment that was finished, or the file was cut short",
                   "日志段已写毕，而最后一个批次已损坏，或文件被截短"});
    so_far_.cut = Cut{.segment = segment_.name, .offset = at_, .bytes = content_ - at_, .numbers = torn_numbers()};
    so_far_.clean = false;
    return {};
  }

  /// Records may hold any bytes, so a batch must also be at its own offset and continue from here on.
  std::optional<uint64_t> batch_behind() const {
    for (size_t at = at_ + 8; at < content_; at += 8) {
      if (!intact(bytes_.subspan(at))) continue;
      const auto h = decode_header(bytes_.subspan(at));
      if (!h || h->version != kFormatVersion || (h->offset == at && h->previous >= so_far_.last_number)) return at;
    }
    return std::nullopt;
  }

  /// The header has no checksum of its own; it is believed if it says all that is known already.
  std::optional<Numbers> torn_numbers() const {
    const auto h = decode_header(bytes_.subspan(at_));
    if (!h || h->count == 0 || h->offset != at_ || h->previous != so_far_.last_number ||
        h->first != so_far_.last_number + 1 || h->previous_hash != so_far_.chain_head)
      return std::nullopt;
    return Numbers{h->first, h->first + h->count - 1};
  }

  const Segment& segment_;
  bool newest_;
  Bytes bytes_;
  size_t content_;
  Recovered& so_far_;
  const OnBatch& on_batch_;
  size_t at_ = 0;
  bool sealed_ = false;
};

}  // namespace

Damage disk_damage(const std::string& segment, const host::IoError& error) {
  return {
      .segment = segment,
      .text_en = fmt::format("The disk refused: {}. Check the disk, its free space and the rights, then start again.",
                             error.text_en()),
      .text_zh = fmt::format("磁盘操作失败：{}。请检查磁盘、剩余空间与权限，然后重新启动。", error.text_zh())};
}

std::expected<Recovered, Damage> read(host::Disk& disk, const std::string& dir, const OnBatch& on_batch) {
  assert(on_batch);
  const auto found = segments(disk, dir);
  if (!found) return std::unexpected{found.error()};
  Recovered recovered;
  for (const Segment& segment : *found) {
    if (segment.first != recovered.last_number + 1)
      return damaged(
          segment.name, 0,
          {fmt::format("this segment was begun when number {} was durable, but the segments before it end at "
                       "{}",
                       segment.first - 1, recovered.last_number),
           fmt::format("创建该日志段时编号 {} 已落盘，而之前的日志段止于 {}", segment.first - 1,
                       recovered.last_number)});
    const auto bytes = load(disk, dir, segment.name);
    if (!bytes) return std::unexpected{bytes.error()};
    SegmentReader reader{segment, &segment == &found->back(), *bytes, recovered, on_batch};
    if (auto ok = reader.read(); !ok) return std::unexpected{ok.error()};
    recovered.last_segment = segment.name;
    recovered.end = reader.end();
  }
  return recovered;
}

}  // namespace landex::journal
