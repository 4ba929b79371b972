#include "exchange/journal/format.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <xxhash.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstring>

namespace landex::journal {
namespace {

constexpr std::array kMagic{std::byte{0x6C}, std::byte{0x61}, std::byte{0x6E}, std::byte{0x64},
                            std::byte{0x65}, std::byte{0x78}, std::byte{0x0D}, std::byte{0x0A}};
constexpr size_t kChecksumAt = 8, kChecksumFrom = 16, kVersionAt = 16, kHeaderBytesAt = 18, kPayloadBytesAt = 20,
                 kOffsetAt = 24, kFlagsAt = 32, kCountAt = 36, kFirstAt = 40, kPreviousAt = 48, kOutcomeAt = 56,
                 kPreviousHashAt = 64;
static_assert(kPreviousHashAt + sizeof(Hash) == kHeaderBytes);
constexpr size_t kRecordHead = 8;
constexpr size_t kDigits = 16;

template <class T>
T load(std::span<const std::byte> bytes, size_t at) {
  T value = 0;
  for (size_t i = 0; i < sizeof(T); ++i)
    value = static_cast<T>(value | static_cast<T>(std::to_integer<T>(bytes[at + i]) << (8 * i)));
  return value;
}

template <class T>
void store(std::span<std::byte> bytes, size_t at, T value) {
  for (size_t i = 0; i < sizeof(T); ++i) bytes[at + i] = static_cast<std::byte>(value >> (8 * i));
}

constexpr size_t padded(size_t n) { return (n + 7) / 8 * 8; }

uint64_t checksum(std::span<const std::byte> batch) {
  const auto covered = batch.subspan(kChecksumFrom);
  return XXH3_64bits(covered.data(), covered.size());
}

bool magic(std::span<const std::byte> bytes) {
  return bytes.size() >= kMagic.size() && std::equal(kMagic.begin(), kMagic.end(), bytes.begin());
}

}  // namespace

std::optional<size_t> intact(std::span<const std::byte> bytes) {
  if (!magic(bytes) || bytes.size() < kOffsetAt) return std::nullopt;
  const size_t header = load<uint16_t>(bytes, kHeaderBytesAt);
  const size_t size = header + load<uint32_t>(bytes, kPayloadBytesAt);
  if (header < kOffsetAt || size % 8 != 0 || size > bytes.size()) return std::nullopt;
  if (checksum(bytes.first(size)) != load<uint64_t>(bytes, kChecksumAt)) return std::nullopt;
  return size;
}

std::optional<Header> decode_header(std::span<const std::byte> bytes) {
  if (!magic(bytes) || bytes.size() < kHeaderBytes) return std::nullopt;
  Header h{.version = load<uint16_t>(bytes, kVersionAt),
           .header_bytes = load<uint16_t>(bytes, kHeaderBytesAt),
           .payload_bytes = load<uint32_t>(bytes, kPayloadBytesAt),
           .offset = load<uint64_t>(bytes, kOffsetAt),
           .flags = load<uint32_t>(bytes, kFlagsAt),
           .count = load<uint32_t>(bytes, kCountAt),
           .first = load<uint64_t>(bytes, kFirstAt),
           .previous = load<uint64_t>(bytes, kPreviousAt),
           .outcome = load<uint64_t>(bytes, kOutcomeAt)};
  std::copy_n(bytes.begin() + kPreviousHashAt, h.previous_hash.size(), h.previous_hash.begin());
  return h;
}

std::optional<std::vector<std::span<const std::byte>>> decode_records(std::span<const std::byte> payload,
                                                                      uint32_t count) {
  const auto zero = [](std::byte b) { return b == std::byte{}; };
  if (count > payload.size() / kRecordHead) return std::nullopt;  // before reserving what a wrong count asks for
  std::vector<std::span<const std::byte>> records;
  records.reserve(count);
  for (uint32_t i = 0; i < count; ++i) {
    if (payload.size() < kRecordHead || load<uint32_t>(payload, 4) != 0) return std::nullopt;
    const size_t length = load<uint32_t>(payload, 0);
    payload = payload.subspan(kRecordHead);
    if (padded(length) > payload.size()) return std::nullopt;
    records.push_back(payload.first(length));
    if (!std::ranges::all_of(payload.subspan(length, padded(length) - length), zero)) return std::nullopt;
    payload = payload.subspan(padded(length));
  }
  if (!payload.empty()) return std::nullopt;
  return records;
}

size_t payload_bytes(std::span<const std::string> records) {
  size_t sum = 0;
  for (const std::string& r : records) sum += kRecordHead + padded(r.size());
  return sum;
}

void encode(const Header& header, std::span<const std::string> records, std::vector<std::byte>& batch) {
  const size_t payload = payload_bytes(records);
  assert(payload <= kMaxPayloadBytes);
  batch.assign(kHeaderBytes + payload, std::byte{});
  const std::span out{batch};
  std::ranges::copy(kMagic, out.begin());
  store(out, kVersionAt, header.version);
  store(out, kHeaderBytesAt, header.header_bytes);
  store(out, kPayloadBytesAt, static_cast<uint32_t>(payload));
  store(out, kOffsetAt, header.offset);
  store(out, kFlagsAt, header.flags);
  store(out, kCountAt, static_cast<uint32_t>(records.size()));
  store(out, kFirstAt, header.first);
  store(out, kPreviousAt, header.previous);
  store(out, kOutcomeAt, header.outcome);
  std::ranges::copy(header.previous_hash, out.begin() + kPreviousHashAt);
  size_t at = kHeaderBytes;
  for (const std::string& r : records) {
    store(out, at, static_cast<uint32_t>(r.size()));
    if (!r.empty()) std::memcpy(out.data() + at + kRecordHead, r.data(), r.size());
    at += kRecordHead + padded(r.size());
  }
  store(out, kChecksumAt, checksum(out));
}

Hash sha256(std::span<const std::byte> bytes) {
  Hash hash;
  unsigned written = 0;
  const int ok = EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(hash.data()), &written,
                            EVP_sha256(), nullptr);
  assert(ok == 1 && written == hash.size());
  return hash;
}

std::string segment_name(uint64_t first) {
  std::string name = fmt::format("{:016}{}", first, kSegmentSuffix);
  assert(name.size() == kDigits + kSegmentSuffix.size());
  return name;
}

std::optional<uint64_t> segment_number(std::string_view name) {
  if (name.size() != kDigits + kSegmentSuffix.size() || !name.ends_with(kSegmentSuffix)) return std::nullopt;
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + kDigits, number);
  if (error != std::errc{} || end != name.data() + kDigits || number == 0) return std::nullopt;
  return number;
}

}  // namespace landex::journal
