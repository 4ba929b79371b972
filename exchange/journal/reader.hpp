// reader.hpp: what a journal holds, for recovery and for audit. Reading changes nothing, takes no lock, and hands over
// each batch only when it has been found valid and in its place (format.hpp says when).
//
// Bytes that are no batch are one of two things. A torn tail: the remains of the one write that a crash interrupted,
// never acknowledged; reported as a Cut, and reading has succeeded. Damage: everything else; reading stops.
// It is a torn tail only if it is in the newest segment, no seal is before it and no batch behind it, and it keeps
// clear of the end of the file as every unfinished segment does. Sector by sector a crash may leave any part of the
// write, so its content is not looked at. The limits of this are in format.hpp.
//
// A journal that a server is writing may be read; its end may then be seen as a torn tail.
// One call belongs to one thread. Memory: one segment at a time.
#pragma once
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "exchange/host/disk.hpp"
#include "exchange/journal/format.hpp"

namespace landex::journal {

/// A batch of at least one record; seals are not shown. `records` lives until the callback returns; each record's
/// bytes are aligned to 8.
struct Batch {
  uint64_t first;    // number of records[0]; the others follow it
  uint32_t count;    // records.size()
  uint64_t outcome;  // as the caller gave it to append
  std::span<const std::span<const std::byte>> records;
  Hash chain;  // SHA-256 of this batch, which the next one names
};

/// May refuse: the replay got another outcome, or cannot read the records. The text says why, and reading stops.
using OnBatch = std::function<std::expected<void, std::string>(const Batch&)>;

struct Numbers {
  uint64_t first, last;
};

/// A torn tail. Nobody was told that these numbers happened.
struct Cut {
  std::string segment;
  uint64_t offset;
  uint64_t bytes;                  // up to the last one that is not zero
  std::optional<Numbers> numbers;  // if the header can be read, and is not that of a seal
};

struct Recovered {
  uint64_t last_number = 0;  // of the last record; zero: none
  Hash chain_head{};         // hash of the last batch, seals included; zeros: none
  uint64_t outcome = 0;      // of the last batch
  bool clean = true;         // the last batch is a seal, or there is no batch
  uint64_t batches = 0;      // seals included
  std::optional<Cut> cut;
  std::string last_segment;  // the newest segment; empty: there is none
  uint64_t end = 0;          // where its last batch ends
};

/// Why a journal cannot be used. Each text says what is wrong and then what to do, in whole sentences.
struct Damage {
  std::string segment;  // name of the file, or the directory where no one file is at fault
  uint64_t offset = 0;
  std::string text_en, text_zh;
};

[[nodiscard]] std::expected<Recovered, Damage> read(host::Disk& disk, const std::string& dir, const OnBatch& on_batch);

/// The world failed rather than the bytes: the same, for a call of the disk.
Damage disk_damage(const std::string& segment, const host::IoError& error);

}  // namespace landex::journal
