// format.hpp: the bytes of the journal, described once. The code below and nothing else reads or writes them.
//
// A journal is a directory of segments. A segment is named by the first number that it may hold, in 16 digits:
// `0000000000000001.landex`. It is batches, one directly after the other from offset 0, then zeros to the end.
//
// A batch is what one flush made durable. All integers are little-endian; its length is a multiple of 8.
//
//   offset size
//        0    8  magic 6C 61 6E 64 65 78 0D 0A, "landex\r\n"
//        8    8  checksum: XXH3-64 of all of the batch after this field
//       16    2  version of the format: 1
//       18    2  length of this header: 96
//       20    4  length of the payload, a multiple of 8
//       24    8  offset of this batch in its segment
//       32    4  flags: bit 0 = seal, the others zero
//       36    4  count of records; zero in a seal and only there
//       40    8  number of the first record; in a seal, the number that would come next
//       48    8  number of the last record that was durable before this batch; zero if none
//       56    8  outcome: the caller's digest of all events up to the last record. The journal only keeps it
//       64   32  SHA-256 of the whole previous batch, header and payload; zeros before the first
//       96       payload: `count` records, each { u32 length, u32 zero, bytes, zeros up to a multiple of 8 }, so that
//                the bytes of every record are aligned to 8
//
// The first 24 bytes keep their meaning in every later version: a program can tell a newer batch from a broken one.
//
// A batch is valid if the magic and the checksum hold, the offset is where it was found, its numbers follow those
// before it, and it names the hash of the batch before it, which may be in an earlier segment.
//
// What is promised of the bytes, and what recovery (reader.hpp) may conclude from that:
//   - A batch is written only where durable zeros are, and at least 96 zeros stay durable behind it until the segment
//     is finished. A finished segment (sealed, rolled over, or cut at a start) ends where its last batch ends. So a
//     broken batch close to the end of its file was not torn by a crash: it is damage.
//   - A batch is written only after the one before it is durable, so at most one batch can be torn, the last one.
//   - A segment is created only when all before it is durable and finished, so no batch can be torn before one that
//     exists, and its name proves which numbers have been durable.
// The limits:
//   - A flipped bit in the last batch of a segment that is still open (a crash, no restart since) looks the same as a
//     torn write, although the batch may have been acknowledged. It is cut and reported. Only a mirror can do better.
//   - The newest segments, removed together, leave a shorter journal that is valid. Only a published hash can tell.
//   - Writing part of a sector is taken not to harm the rest of it.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace landex::journal {

using Hash = std::array<std::byte, 32>;

inline constexpr uint16_t kFormatVersion = 1;
inline constexpr size_t kHeaderBytes = 96;
inline constexpr size_t kZerosBehind = 96;
inline constexpr uint32_t kSealFlag = 1;
inline constexpr size_t kMaxPayloadBytes = size_t{256} << 20;
inline constexpr uint64_t kMaxSegmentBytes = uint64_t{1} << 30;

struct Header {
  uint16_t version = kFormatVersion;
  uint16_t header_bytes = kHeaderBytes;
  uint32_t payload_bytes = 0;
  uint64_t offset = 0;
  uint32_t flags = 0;
  uint32_t count = 0;
  uint64_t first = 0;
  uint64_t previous = 0;
  uint64_t outcome = 0;
  Hash previous_hash{};

  bool seal() const { return flags == kSealFlag; }
};

/// Length of the batch at the front of `bytes`, of whatever version, or nothing if magic or checksum do not hold.
std::optional<size_t> intact(std::span<const std::byte> bytes);

/// The fields at the front of `bytes`; nothing if the magic is not there or they are too few. Checks no more.
std::optional<Header> decode_header(std::span<const std::byte> bytes);

/// The records of a payload, pointing into it; nothing if they do not fill it exactly, with zeros where zeros belong.
std::optional<std::vector<std::span<const std::byte>>> decode_records(std::span<const std::byte> payload,
                                                                      uint32_t count);

size_t payload_bytes(std::span<const std::string> records);

/// Replaces `batch` by the bytes to store. payload_bytes and count are taken from `records`.
void encode(const Header& header, std::span<const std::string> records, std::vector<std::byte>& batch);

Hash sha256(std::span<const std::byte> bytes);

std::string segment_name(uint64_t first);
/// The number in a segment's name, or nothing if it is not the name of a segment.
std::optional<uint64_t> segment_number(std::string_view name);
inline constexpr std::string_view kSegmentSuffix = ".landex";

}  // namespace landex::journal
