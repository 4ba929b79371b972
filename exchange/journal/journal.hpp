// journal.hpp: the append-only truth. Bytes go in by batches, each durable when append returns; nothing is ever
// changed. The journal sees bytes only: what a record means, and that its replay gives the same outcome, is the
// caller's.
//
// Invariants (the bytes are described in format.hpp, the ways to read them in reader.hpp):
//   - what append has returned success for is in every later recovery, and is a prefix of what was handed in;
//   - after any error of the disk the object is poisoned: every later call returns that first error. A flush is never
//     tried twice, since a second one may claim what the first one lost. The process ends and starts again;
//   - the disk can refuse for want of space only before the batch is written, never in between;
//   - the directory has one writer: a lock on the file `lock` in it.
// The writer belongs to one thread, the sequencer's; append waits for the disk. Destroying it seals nothing.
#pragma once
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "exchange/host/disk.hpp"
#include "exchange/journal/reader.hpp"

namespace landex::journal {

struct Options {
  std::string dir;                              // made if absent; the directory above it must be there
  uint64_t segment_bytes = uint64_t{64} << 20;  // a batch that would go beyond this begins a new segment
  uint64_t allocate_step = uint64_t{4} << 20;   // space is taken and filled with zeros in such steps
};

class Journal {
 public:
  struct Opened;

  /// Reads everything, cuts a torn tail, makes what was read durable and begins a new segment. The report says what
  /// was found before the cut. `disk` outlives the journal.
  [[nodiscard]] static std::expected<Opened, Damage> open(host::Disk& disk, Options options, const OnBatch& on_batch);

  /// Durable on success. At least one record; `first` is the number after the last one. `outcome` is the caller's
  /// digest of everything up to and including these records.
  [[nodiscard]] host::Io<void> append(uint64_t first, std::span<const std::string> records, uint64_t outcome);

  /// The clean end: after it nothing may be appended, and any change to the segment is found. A segment without
  /// batches is not sealed; the next start takes it over.
  [[nodiscard]] host::Io<void> seal();

  uint64_t last_number() const { return last_; }
  const Hash& chain_head() const { return chain_; }

 private:
  Journal(host::Disk& disk, Options options, std::unique_ptr<host::Lock> lock, const Recovered& recovered);

  host::Io<void> begin_segment();
  host::Io<void> finish_segment();
  host::Io<void> make_room(uint64_t batch_bytes);
  host::Io<void> store(uint32_t flags, std::span<const std::string> records, uint64_t outcome);
  host::Io<void> poison_unless(host::Io<void> result);

  host::Disk* disk_;
  Options options_;
  std::unique_ptr<host::Lock> lock_;
  std::unique_ptr<host::File> file_;
  uint64_t end_ = 0;        // where the next batch goes
  uint64_t allocated_ = 0;  // length of the file, durable
  uint64_t last_;
  Hash chain_;
  uint64_t outcome_;
  std::optional<host::IoError> poison_;
  bool sealed_ = false;
  std::vector<std::byte> batch_;
};

struct Journal::Opened {
  Journal journal;
  Recovered recovered;
};

}  // namespace landex::journal
