#include "exchange/journal/journal.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <xxhash.h>

#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>
#include <random>

#include "exchange/host/posix_disk.hpp"
#include "tests/memory_disk.hpp"

namespace landex::journal {
namespace {

using tests::FileBytes;
using tests::Files;
using tests::MemoryDisk;
using tests::Rng;

constexpr Options kSmall{.dir = {}, .segment_bytes = 2048, .allocate_step = 512};
Options small() {
  Options o = kSmall;
  o.dir = "j";
  return o;
}
std::string segment(uint64_t first) { return "j/" + segment_name(first); }

std::string record(uint64_t number) {
  std::string text = "record " + std::to_string(number) + " ";
  return text + std::string(number * 37 % 200, static_cast<char>('a' + number % 26));
}

/// What a caller would keep: the digest that it gets when it runs the records.
uint64_t outcome_after(uint64_t outcome, std::string_view text) {
  return XXH3_64bits_withSeed(text.data(), text.size(), outcome);
}

struct Heard {
  std::vector<std::string> records;
  uint64_t outcome = 0;
  OnBatch listener() {
    return [this](const Batch& b) -> std::expected<void, std::string> {
      EXPECT_EQ(b.first, records.size() + 1);
      EXPECT_EQ(b.count, b.records.size());
      EXPECT_GT(b.count, 0u);
      for (const auto r : b.records) {
        EXPECT_EQ(reinterpret_cast<uintptr_t>(r.data()) % 8, 0u);
        records.emplace_back(reinterpret_cast<const char*>(r.data()), r.size());
        outcome = outcome_after(outcome, records.back());
      }
      if (b.outcome != outcome) return std::unexpected{"another outcome"};
      return {};
    };
  }
};

/// A caller that remembers what it handed in and what it was promised, and holds the journal to it at every start.
struct Caller {
  MemoryDisk disk;
  Options options = small();
  std::vector<std::string> sent;  // each may be in the journal
  size_t promised = 0;            // the first so many are
  uint64_t outcome = 0;
  std::optional<Journal> journal;
  Recovered last_start;

  bool start() {
    journal.reset();
    const size_t errors_before = disk.errors();
    Heard heard;
    auto opened = Journal::open(disk, options, heard.listener());
    if (!opened) {
      EXPECT_GT(disk.errors(), errors_before)
          << "refused a journal that no disk has harmed: " << opened.error().text_en;
      return false;
    }
    EXPECT_GE(heard.records.size(), promised);
    EXPECT_LE(heard.records.size(), sent.size());
    EXPECT_TRUE(std::equal(heard.records.begin(), heard.records.end(), sent.begin()));
    EXPECT_EQ(opened->recovered.last_number, heard.records.size());
    EXPECT_EQ(opened->recovered.outcome, heard.outcome);
    sent = heard.records;
    promised = sent.size();
    outcome = heard.outcome;
    last_start = opened->recovered;
    journal.emplace(std::move(opened->journal));
    return true;
  }

  bool append(size_t count) {
    if (!journal) return false;
    std::vector<std::string> records;
    const uint64_t first = promised + 1;
    uint64_t next = outcome;
    for (size_t i = 0; i < count; ++i) {
      records.push_back(record(first + i));
      next = outcome_after(next, records.back());
    }
    sent.resize(promised);
    sent.insert(sent.end(), records.begin(), records.end());
    if (!journal->append(first, records, next)) return false;
    promised = sent.size();
    outcome = next;
    EXPECT_EQ(journal->last_number(), promised);
    return true;
  }

  bool seal() { return journal && journal->seal().has_value(); }
  void end_process() {
    journal.reset();
    disk.process_ended();
  }
  void lose_power(Rng& rng) {
    journal.reset();
    disk.lose_power(rng);
  }
};

/// Three batches of two records in one segment, everything durable.
Files three_batches(bool sealed, Options options = small()) {
  Caller c;
  c.options = std::move(options);
  EXPECT_TRUE(c.start());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(c.append(2));
  if (sealed) {
    EXPECT_TRUE(c.seal());
  }
  return c.disk.medium();
}

struct Reading {
  std::expected<Recovered, Damage> result;
  std::vector<std::string> records;
};
Reading read_files(const Files& files) {
  MemoryDisk disk{files};
  Heard heard;
  auto result = read(disk, "j", heard.listener());
  EXPECT_TRUE(disk.changes().empty());
  return {std::move(result), std::move(heard.records)};
}

/// Where the batches of the first segment begin, and where the last one ends.
std::vector<size_t> boundaries(const FileBytes& file) {
  std::vector<size_t> at{0};
  while (const auto size = intact(std::span{file}.subspan(at.back()))) at.push_back(at.back() + *size);
  return at;
}

TEST(Journal, GivesBackWhatWasAppendedOverManyStarts) {
  Caller c;
  ASSERT_TRUE(c.start());
  EXPECT_EQ(c.last_start.last_number, 0u);
  EXPECT_TRUE(c.last_start.clean);
  for (size_t n : {1u, 5u, 2u}) ASSERT_TRUE(c.append(n));
  const Hash head = c.journal->chain_head();
  c.end_process();

  ASSERT_TRUE(c.start());
  EXPECT_EQ(c.last_start.last_number, 8u);
  EXPECT_EQ(c.last_start.batches, 3u);
  EXPECT_EQ(c.last_start.chain_head, head);
  EXPECT_FALSE(c.last_start.clean);
  EXPECT_FALSE(c.last_start.cut);
  ASSERT_TRUE(c.append(1));
  ASSERT_TRUE(c.seal());

  ASSERT_TRUE(c.start());
  EXPECT_EQ(c.last_start.last_number, 9u);
  EXPECT_EQ(c.last_start.batches, 5u);  // with the seal
  EXPECT_TRUE(c.last_start.clean);
  ASSERT_TRUE(c.seal());  // nothing was appended
  ASSERT_TRUE(c.start());
  EXPECT_TRUE(c.last_start.clean);
  ASSERT_TRUE(c.append(3));
  ASSERT_TRUE(c.start());
  EXPECT_EQ(c.last_start.last_number, 12u);
}

TEST(Journal, KeepsEmptyRecordsAndRecordsOfAnyBytes) {
  MemoryDisk disk;
  const std::vector<std::string> records{"", std::string(9, '\0'), "\xFF\x00landex\r\n", std::string(3000, 'x')};
  const auto deaf = [](const Batch&) -> std::expected<void, std::string> { return {}; };
  {
    auto opened = Journal::open(disk, small(), deaf);
    ASSERT_TRUE(opened);
    ASSERT_TRUE(opened->journal.append(1, records, 7));  // larger than a segment: it gets one of its own
    ASSERT_TRUE(opened->journal.append(5, std::vector<std::string>{"next"}, 8));
  }
  std::vector<std::string> back;
  const auto result = read(disk, "j", [&](const Batch& b) -> std::expected<void, std::string> {
    for (const auto r : b.records) back.emplace_back(reinterpret_cast<const char*>(r.data()), r.size());
    return {};
  });
  ASSERT_TRUE(result);
  ASSERT_EQ(back.size(), 5u);
  EXPECT_TRUE(std::equal(records.begin(), records.end(), back.begin()));
  EXPECT_EQ(result->outcome, 8u);
  EXPECT_EQ(result->last_segment, segment_name(5));
}

TEST(Journal, WritesTheBytesThatTheFormatDescribes) {
  MemoryDisk disk;
  const auto deaf = [](const Batch&) -> std::expected<void, std::string> { return {}; };
  {
    auto opened = Journal::open(disk, small(), deaf);
    ASSERT_TRUE(opened);
    ASSERT_TRUE(opened->journal.append(1, std::vector<std::string>{"ab", "12345678"}, 0x1122334455667788));
    ASSERT_TRUE(opened->journal.seal());
  }
  const FileBytes file = disk.medium().at("j/0000000000000001.landex");
  ASSERT_EQ(file.size(), 96u + 16 + 16 + 96);
  const auto hex = [&](size_t at, size_t n) {
    std::string s;
    for (size_t i = at; i < at + n; ++i) s += fmt::format("{:02x}", std::to_integer<unsigned>(file[i]));
    return s;
  };
  EXPECT_EQ(hex(0, 8), "6c616e6465780d0a");
  EXPECT_EQ(hex(16, 8), "0100600020000000");                   // version, header, payload
  EXPECT_EQ(hex(24, 16), "00000000000000000000000002000000");  // offset, flags, count
  EXPECT_EQ(hex(40, 24), "010000000000000000000000000000008877665544332211");
  EXPECT_EQ(hex(64, 32), std::string(64, '0'));
  EXPECT_EQ(hex(96, 32),
            "02000000000000006162000000000000"
            "08000000000000003132333435363738");
  EXPECT_EQ(hex(128 + 24, 16), "80000000000000000100000000000000");  // the seal
  EXPECT_EQ(hex(128 + 40, 24), "030000000000000002000000000000008877665544332211");
  uint64_t checksum = 0;
  std::memcpy(&checksum, file.data() + 8, 8);
  EXPECT_EQ(checksum, XXH3_64bits(file.data() + 16, 112));
  // A tripwire for the whole encoding: whoever changes it needs a new version of the format.
  EXPECT_EQ(hex(128 + 64, 32), "0bd72b0bb597b4bb4efec386e25ff26aa20949c25fdfa39067b81a30a66f68e0");
}

TEST(Journal, RollsOverToASegmentNamedByTheNextNumber) {
  Caller c;
  ASSERT_TRUE(c.start());
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(c.append(1));
  const Files files = c.disk.medium();
  ASSERT_GT(files.size(), 3u);
  for (auto it = files.begin(); it != std::prev(files.end()); ++it)
    EXPECT_EQ(boundaries(it->second).back(), it->second.size()) << "a finished segment ends with its last batch";
  for (const auto& [path, bytes] : files) {
    EXPECT_LE(bytes.size(), c.options.segment_bytes);
    EXPECT_EQ(*segment_number(path.substr(2)), decode_header(bytes)->first);
  }
  ASSERT_TRUE(c.start());
  EXPECT_EQ(c.last_start.last_number, 40u);
}

TEST(Journal, HasOneWriterAtATimeAndSaysWhatToDo) {
  Caller c;
  ASSERT_TRUE(c.start());
  Heard heard;
  const auto second = Journal::open(c.disk, small(), heard.listener());
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().text_en.find("Stop it, or give this one a directory"), std::string::npos);
  EXPECT_NE(second.error().text_zh.find("另一进程"), std::string::npos);
  c.journal.reset();
  EXPECT_TRUE(c.start());
}

TEST(Journal, StopsWhereTheReplayDoesNotAgree) {
  MemoryDisk disk{three_batches(true)};
  size_t seen = 0;
  const auto opened = Journal::open(disk, small(), [&](const Batch&) -> std::expected<void, std::string> {
    if (++seen == 2) return std::unexpected{"the balance of 330182 differs"};
    return {};
  });
  ASSERT_FALSE(opened);
  EXPECT_EQ(seen, 2u);
  EXPECT_NE(opened.error().text_en.find("numbers 3 to 4 does not agree: the balance of 330182 differs"),
            std::string::npos);
  EXPECT_EQ(opened.error().offset, boundaries(disk.medium().at(segment(1)))[1]);
  EXPECT_TRUE(disk.changes().empty());
}

// -- crashes and errors of the disk

/// Starts, appends, a death of the process, a roll, a clean stop, another start: each ends the script if it fails.
void script(Caller& c) {
  if (!c.start() || !c.append(1) || !c.append(3) || !c.append(2)) return;
  c.journal.reset();
  if (!c.start() || !c.append(4) || !c.append(4) || !c.append(9) || !c.append(1) || !c.seal()) return;
  if (!c.start() || !c.append(2)) return;
}

TEST(JournalCrash, AtAnyCallLosesNothingPromisedAndInventsNothing) {
  size_t died = 0, cuts = 0;
  for (size_t call = 0;; ++call) {
    bool reached = false;
    for (uint64_t seed = 0; seed < 24; ++seed) {
      SCOPED_TRACE(fmt::format("call {}, seed {}", call, seed));
      Rng rng{seed};
      Caller c;
      c.disk.die_at(call);
      script(c);
      reached = c.disk.dead();
      if (!reached) break;
      ++died;
      c.lose_power(rng);
      ASSERT_TRUE(c.start());
      cuts += c.last_start.cut.has_value();
      const size_t recovered = c.promised;
      c.lose_power(rng);  // what a start has shown is durable
      ASSERT_TRUE(c.start());
      ASSERT_EQ(c.promised, recovered);
      ASSERT_TRUE(c.append(2));
      c.lose_power(rng);
      ASSERT_TRUE(c.start());
      ASSERT_EQ(c.promised, recovered + 2);
      ASSERT_FALSE(HasFailure());
    }
    if (!reached) break;
  }
  EXPECT_GT(died, 24u * 30);
  EXPECT_GT(cuts, 20u);
}

TEST(JournalCrash, DuringTheRecoveryFromACrashChangesNothing) {
  size_t died = 0;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    for (size_t later = 0;; ++later) {
      SCOPED_TRACE(fmt::format("seed {}, call {} of the recovery", seed, later));
      Rng rng{seed};
      Caller c;
      ASSERT_TRUE(c.start());
      ASSERT_TRUE(c.append(3));
      c.disk.die_at(c.disk.changes().size() + 2 * (seed % 2));  // a write, or that of the second batch
      while (c.append(2)) continue;
      c.lose_power(rng);
      c.disk.die_at(c.disk.changes().size() + later);
      const bool started = c.start();
      if (started) break;
      ++died;
      c.lose_power(rng);
      ASSERT_TRUE(c.start());
      ASSERT_FALSE(HasFailure());
    }
  }
  EXPECT_GT(died, 40u * 4);
}

TEST(JournalCrash, OfTheProcessAndThenOfTheMachineKeepsWhatTheStartInBetweenHasShown) {
  size_t shown = 0;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    Rng rng{seed};
    Caller c;
    c.options.allocate_step = 2048;  // the second append is a write and a flush, no more
    ASSERT_TRUE(c.start());
    ASSERT_TRUE(c.append(1));
    c.disk.die_at(c.disk.changes().size() + 1);  // after the write, before its flush
    ASSERT_FALSE(c.append(1));
    c.end_process();
    ASSERT_TRUE(c.start());
    shown += c.promised == 2;
    ASSERT_TRUE(c.append(1));
    c.lose_power(rng);
    ASSERT_TRUE(c.start());
    ASSERT_EQ(c.promised, 3u);
  }
  EXPECT_EQ(shown, 40u);
}

TEST(JournalError, OfAnyCallPoisonsAndNothingIsTriedAgain) {
  size_t poisoned = 0, refused_starts = 0, failed_flushes = 0;
  for (size_t call = 0;; ++call) {
    SCOPED_TRACE(fmt::format("call {}", call));
    Rng rng{call};
    Caller c;
    c.disk.fail_at(call, EIO);
    script(c);
    if (c.disk.errors() == 0) break;
    ASSERT_EQ(c.disk.errors(), 1u) << "a call was made after one had failed";
    failed_flushes += c.disk.changes().back() == MemoryDisk::Change::sync;
    if (c.journal) {
      ++poisoned;
      const size_t calls = c.disk.changes().size();
      const auto again = c.journal->append(c.journal->last_number() + 1, std::vector<std::string>{"late"}, 0);
      ASSERT_FALSE(again);
      EXPECT_EQ(again.error().error, EIO);
      EXPECT_EQ(c.disk.changes().size(), calls);
    } else {
      ++refused_starts;
    }
    if (call % 2 == 0) {
      c.lose_power(rng);
    } else {
      c.end_process();
    }
    ASSERT_TRUE(c.start());
    ASSERT_TRUE(c.append(1));
    c.lose_power(rng);
    ASSERT_TRUE(c.start());
    ASSERT_FALSE(HasFailure());
  }
  EXPECT_GT(poisoned, 15u);
  EXPECT_GT(refused_starts, 5u);
  EXPECT_GT(failed_flushes, 10u);
}

TEST(JournalError, AFailedSealPoisonsToo) {
  size_t tried = 0;
  for (size_t call = 0; call < 4; ++call) {  // write, flush, cut, flush
    Caller c;
    ASSERT_TRUE(c.start());
    ASSERT_TRUE(c.append(1));
    c.disk.fail_at(c.disk.changes().size() + call, EIO);
    ASSERT_FALSE(c.seal());
    ASSERT_FALSE(c.seal());
    ASSERT_FALSE(c.append(1));
    ASSERT_EQ(c.disk.errors(), 1u);
    c.end_process();
    ASSERT_TRUE(c.start());
    EXPECT_EQ(c.promised, 1u);
    EXPECT_EQ(c.last_start.clean, call > 1);
    ++tried;
  }
  EXPECT_EQ(tried, 4u);
}

TEST(JournalError, AFullDiskIsMetBeforeTheBatchIsWritten) {
  Caller c;
  ASSERT_TRUE(c.start());
  c.disk.hold_at_most(1500);
  size_t appended = 0;
  while (c.append(1)) ++appended;
  ASSERT_GT(appended, 1u);
  EXPECT_EQ(c.disk.changes().back(), MemoryDisk::Change::allocate);
  const auto again = c.journal->append(c.journal->last_number() + 1, std::vector<std::string>{"late"}, 0);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().error, ENOSPC);
  c.journal.reset();
  c.disk.hold_at_most(100);
  EXPECT_FALSE(c.start());
  c.disk.hold_at_most(UINT64_MAX);
  ASSERT_TRUE(c.start());
  EXPECT_EQ(c.promised, appended);
  EXPECT_FALSE(c.last_start.cut);
}

TEST(JournalError, ADiskThatCannotBeReadIsReportedAndLeftAlone) {
  Caller c;
  ASSERT_TRUE(c.start());
  ASSERT_TRUE(c.append(1));
  c.end_process();
  c.disk.fail_reads(true);
  const size_t calls = c.disk.changes().size();
  EXPECT_FALSE(c.start());
  EXPECT_EQ(c.disk.changes().size(), calls);
  c.disk.fail_reads(false);
  EXPECT_TRUE(c.start());
}

TEST(JournalCrash, AtRandomOverLongLivesOfManyStarts) {
  const char* given = getenv("LANDEX_SEED");
  const uint64_t seed = given ? std::stoull(given) : std::random_device{}();
  std::cout << "LANDEX_SEED=" << seed << "\n";
  SCOPED_TRACE(fmt::format("LANDEX_SEED={}", seed));
  Rng rng{seed};
  size_t starts = 0, cuts = 0, appends = 0;
  for (int life = 0; life < 25; ++life) {
    Caller c;
    for (int step = 0; step < 60; ++step) {
      switch (rng() % 4) {
        case 0:
          c.disk.die_at(c.disk.changes().size() + rng() % 20);
          break;
        case 1:
          c.disk.fail_at(c.disk.changes().size() + rng() % 20, rng() % 2 == 0 ? EIO : ENOSPC);
          break;
        default:
          break;
      }
      if (c.start()) {
        ++starts;
        cuts += c.last_start.cut.has_value();
        for (auto n = rng() % 8; n > 0 && c.append(1 + rng() % 6); --n) ++appends;
        if (rng() % 4 == 0) (void)c.seal();
      }
      if (rng() % 3 == 0) {
        c.end_process();
      } else {
        c.lose_power(rng);
      }
      ASSERT_FALSE(HasFailure()) << "life " << life << ", step " << step;
    }
  }
  EXPECT_GT(starts, 500u);
  EXPECT_GT(appends, 1000u);
  EXPECT_GT(cuts, 20u);
}

// -- bytes that changed

TEST(JournalDamage, AnyFlippedBitOfAnOpenSegmentIsFoundOrIsInTheTail) {
  const Files good = three_batches(false);
  const auto whole = read_files(good);
  ASSERT_TRUE(whole.result);
  ASSERT_EQ(whole.records.size(), 6u);
  const FileBytes& file = good.at(segment(1));
  const auto at = boundaries(file);
  ASSERT_EQ(at.size(), 4u);
  size_t damaged = 0, cut = 0, harmless = 0;
  for (size_t bit = 0; bit < file.size() * 8; ++bit) {
    Files flipped = good;
    flipped[segment(1)][bit / 8] ^= std::byte{1} << (bit % 8);
    const auto r = read_files(flipped);
    ASSERT_TRUE(std::equal(r.records.begin(), r.records.end(), whole.records.begin())) << "bit " << bit;
    if (!r.result) {
      ++damaged;
      ASSERT_TRUE(bit / 8 < at[2] || bit / 8 >= file.size() - kZerosBehind) << "bit " << bit;
      ASSERT_LE(r.result.error().offset, bit / 8);
      continue;
    }
    ASSERT_TRUE(r.result->cut) << "bit " << bit;
    if (bit / 8 < at[3]) {  // the last batch: the stated limit
      ++cut;
      ASSERT_GE(bit / 8, at[2]);
      ASSERT_EQ(r.result->cut->offset, at[2]);
      ASSERT_EQ(r.result->last_number, 4u);
    } else {
      ++harmless;
      ASSERT_EQ(r.records, whole.records);
      ASSERT_EQ(r.result->last_number, 6u);
    }
  }
  EXPECT_GE(damaged, at[2] * 8);
  EXPECT_EQ(cut, (at[3] - at[2]) * 8);
  EXPECT_GT(harmless, 0u);
}

TEST(JournalDamage, AnyFlippedBitOfASealedJournalIsFound) {
  const Files good = three_batches(true);
  ASSERT_TRUE(read_files(good).result);
  const size_t bits = good.at(segment(1)).size() * 8;
  ASSERT_GT(bits, 4 * kHeaderBytes * 8);
  for (size_t bit = 0; bit < bits; ++bit) {
    Files flipped = good;
    flipped[segment(1)][bit / 8] ^= std::byte{1} << (bit % 8);
    ASSERT_FALSE(read_files(flipped).result) << "bit " << bit;
  }
}

TEST(JournalDamage, AnyFlippedBitBeforeALaterStartIsFound) {
  Caller c;
  ASSERT_TRUE(c.start());
  ASSERT_TRUE(c.append(2));
  ASSERT_TRUE(c.append(1));
  ASSERT_TRUE(c.start());  // nothing appended: the empty segment's name is the proof
  const Files good = c.disk.medium();
  ASSERT_EQ(good.size(), 2u);
  const size_t bits = good.at(segment(1)).size() * 8;
  ASSERT_GT(bits, 0u);
  for (size_t bit = 0; bit < bits; ++bit) {
    Files flipped = good;
    flipped[segment(1)][bit / 8] ^= std::byte{1} << (bit % 8);
    ASSERT_FALSE(read_files(flipped).result) << "bit " << bit;
  }
}

TEST(JournalDamage, ATornTailIsCutAndItsNumbersAreNamed) {
  Files files = three_batches(false);
  FileBytes& file = files[segment(1)];
  const auto at = boundaries(file);
  std::fill(file.begin() + static_cast<ptrdiff_t>(at[3] - 16), file.begin() + static_cast<ptrdiff_t>(at[3]),
            std::byte{});
  MemoryDisk disk{files};
  Heard heard;
  auto opened = Journal::open(disk, small(), heard.listener());
  ASSERT_TRUE(opened);
  EXPECT_EQ(heard.records.size(), 4u);
  const auto& cut = opened->recovered.cut;
  ASSERT_TRUE(cut && cut->numbers);
  EXPECT_EQ(cut->segment, segment_name(1));
  EXPECT_EQ(cut->offset, at[2]);
  EXPECT_GT(cut->bytes, kHeaderBytes);
  EXPECT_EQ(cut->numbers->first, 5u);
  EXPECT_EQ(cut->numbers->last, 6u);
  EXPECT_FALSE(opened->recovered.clean);
  EXPECT_EQ(disk.medium().at(segment(1)).size(), at[2]);
  EXPECT_EQ(read_files(disk.medium()).result->cut, std::nullopt);
}

TEST(JournalDamage, RefusesAndChangesNothing) {
  Files files = three_batches(false);
  const auto at = boundaries(files[segment(1)]);
  files[segment(1)][at[1] + kHeaderBytes] ^= std::byte{1};
  MemoryDisk disk{files};
  Heard heard;
  const auto opened = Journal::open(disk, small(), heard.listener());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().segment, segment_name(1));
  EXPECT_EQ(opened.error().offset, at[1]);
  EXPECT_NE(opened.error().text_en.find(fmt::format("a whole one follows at byte {}", at[2])), std::string::npos);
  EXPECT_NE(opened.error().text_zh.find("完整批次"), std::string::npos);
  EXPECT_TRUE(disk.changes().empty());
  EXPECT_EQ(disk.medium(), files);
}

/// Rewrites one batch in place with a checksum that holds, as someone with a tool would.
void forge(FileBytes& file, size_t at, auto change) {
  const size_t size = *intact(std::span{file}.subspan(at));
  const auto batch = std::span{file}.subspan(at, size);
  change(batch);
  const uint64_t checksum = XXH3_64bits(batch.data() + 16, size - 16);
  std::memcpy(batch.data() + 8, &checksum, 8);
}

TEST(JournalChain, FindsAnEditedRecordWhoseChecksumWasRepaired) {
  Files files = three_batches(true);
  const auto at = boundaries(files[segment(1)]);
  forge(files[segment(1)], at[1], [](auto batch) { batch[kHeaderBytes + 8] ^= std::byte{1}; });
  MemoryDisk disk{files};
  const auto r = read(disk, "j", [](const Batch&) -> std::expected<void, std::string> { return {}; });
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().offset, at[2]);
  EXPECT_NE(r.error().text_en.find("hash"), std::string::npos);
}

/// Batches of equal length, each in place i of `order` (from 0; -1 leaves zeros), offsets and checksums repaired if
/// asked.
Reading rearranged(std::vector<int> order, bool repair) {
  MemoryDisk disk;
  {
    auto opened = Journal::open(disk, small(), [](const Batch&) -> std::expected<void, std::string> { return {}; });
    uint64_t outcome = 0;
    for (uint64_t n = 1; n <= 3; ++n) {
      const std::vector<std::string> one{fmt::format("record {}", n)};
      outcome = outcome_after(outcome, one[0]);
      EXPECT_TRUE(opened->journal.append(n, one, outcome));
    }
  }
  Files files = disk.medium();
  FileBytes& file = files[segment(1)];
  const FileBytes before = file;
  const size_t size = boundaries(file)[1];
  EXPECT_EQ(boundaries(file)[3], 3 * size);
  std::fill_n(file.begin(), 3 * size, std::byte{});
  for (size_t i = 0; i < order.size(); ++i) {
    const auto from = before.begin() + static_cast<ptrdiff_t>(static_cast<size_t>(order[i]) * size);
    std::copy_n(from, size, file.begin() + static_cast<ptrdiff_t>(i * size));
    if (repair) {
      forge(file, i * size, [&](auto batch) {
        const uint64_t offset = i * size;
        std::memcpy(batch.data() + 24, &offset, 8);
      });
    }
  }
  return read_files(files);
}

TEST(JournalChain, FindsABatchThatIsMissingMovedOrTwice) {
  for (const bool repair : {false, true}) {
    EXPECT_TRUE(rearranged({0, 1, 2}, repair).result);
    for (const auto& order : {std::vector{0, 2}, {1, 2}, {0, 2, 1}, {1, 0, 2}, {0, 0, 1}, {0, 1, 1}, {2}})
      EXPECT_FALSE(rearranged(order, repair).result) << testing::PrintToString(order) << repair;
  }
}

TEST(JournalChain, FindsASegmentThatIsMissingSwappedOrFromElsewhere) {
  Caller c;
  ASSERT_TRUE(c.start());
  while (c.disk.medium().size() < 4) ASSERT_TRUE(c.append(2));
  const Files good = c.disk.medium();
  ASSERT_TRUE(read_files(good).result);
  std::vector<std::string> paths;
  for (const auto& [path, bytes] : good) paths.push_back(path);

  for (size_t i = 0; i + 1 < paths.size(); ++i) {  // without the newest it is a shorter journal: the stated limit
    Files files = good;
    files.erase(paths[i]);
    EXPECT_FALSE(read_files(files).result) << paths[i];
  }
  for (size_t i = 0; i + 1 < paths.size(); ++i) {
    Files files = good;
    std::swap(files[paths[i]], files[paths[i + 1]]);
    EXPECT_FALSE(read_files(files).result) << paths[i];
    files = good;
    files[paths[i]].clear();
    EXPECT_FALSE(read_files(files).result) << paths[i];
    files = good;
    files[segment(*segment_number(paths[i].substr(2)) + 1)] = {};
    EXPECT_FALSE(read_files(files).result) << paths[i];
  }
  Files renamed = good;
  renamed["j/copy of 1.landex"] = {};
  EXPECT_FALSE(read_files(renamed).result);

  Caller other;  // the same records, in batches of another size at first: other hashes for the same numbers
  ASSERT_TRUE(other.start());
  ASSERT_TRUE(other.append(1));
  ASSERT_TRUE(other.append(1));
  while (other.disk.medium().size() < 4) ASSERT_TRUE(other.append(2));
  size_t mixed = 0;
  for (const auto& [path, bytes] : other.disk.medium()) {
    if (path == paths[0] || !good.contains(path)) continue;
    Files files = good;
    files[path] = bytes;
    EXPECT_FALSE(read_files(files).result) << path;
    ++mixed;
  }
  EXPECT_GT(mixed, 0u);
}

TEST(JournalDamage, AWholeBatchThatSaysOneWrongThingIsFound) {
  const Files good = three_batches(false);
  const auto at = boundaries(good.at(segment(1))).back();
  const auto whole = read_files(good);
  ASSERT_TRUE(whole.result);
  const std::vector<std::string> one{record(7)};
  const Header right{.offset = at,
                     .count = 1,
                     .first = 7,
                     .previous = 6,
                     .outcome = outcome_after(whole.result->outcome, one[0]),
                     .previous_hash = whole.result->chain_head};
  const auto with = [&](auto change, bool seal = false) {
    Header h = right;
    change(h);
    FileBytes batch;
    encode(h, seal ? std::vector<std::string>{} : one, batch);
    Files files = good;
    files[segment(1)].resize(at);
    files[segment(1)].insert(files[segment(1)].end(), batch.begin(), batch.end());
    files[segment(1)].resize(4096);
    return read_files(files);
  };
  const auto seal_with = [&](auto change) {
    return with(
        [&](Header& h) {
          h.flags = kSealFlag;
          h.outcome = whole.result->outcome;
          change(h);
        },
        true);
  };
  const auto nothing = [](Header&) {};
  EXPECT_TRUE(with(nothing).result);
  EXPECT_TRUE(seal_with(nothing).result);
  EXPECT_FALSE(with([](Header& h) { h.offset += 8; }).result);
  EXPECT_FALSE(with([](Header& h) { h.first = 8; }).result);
  EXPECT_FALSE(with([](Header& h) { h.previous = 5; }).result);
  EXPECT_FALSE(with([](Header& h) { h.outcome ^= 1; }).result);
  EXPECT_FALSE(with([](Header& h) { h.previous_hash[31] ^= std::byte{1}; }).result);
  EXPECT_FALSE(with([](Header& h) { h.flags = kSealFlag; }).result) << "a seal with a record";
  EXPECT_FALSE(with([](Header& h) { h.flags = 2; }).result) << "an unknown flag";
  EXPECT_FALSE(with(nothing, true).result) << "neither record nor seal";
  EXPECT_FALSE(seal_with([](Header& h) { h.outcome ^= 1; }).result);
}

TEST(JournalDamage, NothingMayFollowASeal) {
  Files files = three_batches(true);
  FileBytes& file = files[segment(1)];
  const auto sealed = read_files(files);
  ASSERT_TRUE(sealed.result);
  const size_t end = file.size();
  FileBytes batch;
  encode({.offset = end,
          .count = 1,
          .first = 7,
          .previous = 6,
          .outcome = outcome_after(sealed.result->outcome, "x"),
          .previous_hash = sealed.result->chain_head},
         std::vector<std::string>{"x"}, batch);
  file.resize(end + 4096);
  EXPECT_TRUE(read_files(files).result) << "a crash before the file was cut to its length";
  file[end + 8] = std::byte{1};
  EXPECT_FALSE(read_files(files).result);
  std::ranges::copy(batch, file.begin() + static_cast<ptrdiff_t>(end));
  EXPECT_FALSE(read_files(files).result);
}

TEST(JournalDamage, NothingButZerosMayFollowInASegmentThatIsNotTheNewest) {
  Caller c;
  ASSERT_TRUE(c.start());
  ASSERT_TRUE(c.append(1));
  ASSERT_TRUE(c.start());
  Files files = c.disk.medium();
  FileBytes& old = files[segment(1)];
  const size_t end = old.size();
  old.resize(end + 4096);
  EXPECT_TRUE(read_files(files).result);
  old[end] = std::byte{1};
  EXPECT_FALSE(read_files(files).result);
}

TEST(JournalDamage, ABatchMovedToASegmentOfItsOwnIsFound) {
  Files files = three_batches(false);
  FileBytes& file = files[segment(1)];
  const auto at = boundaries(file);
  const auto third = file.begin() + static_cast<ptrdiff_t>(at[2]);
  FileBytes moved(third, file.begin() + static_cast<ptrdiff_t>(at[3]));
  file.resize(at[2]);
  files[segment(5)] = moved;
  const auto r = read_files(files);
  ASSERT_FALSE(r.result);
  EXPECT_NE(r.result.error().text_en.find(fmt::format("written at byte {}", at[2])), std::string::npos);
}

TEST(JournalDamage, ABatchOfANewerFormatIsNotTakenForATornOne) {
  Files files = three_batches(false);
  forge(files[segment(1)], boundaries(files[segment(1)])[2], [](auto batch) { batch[16] = std::byte{2}; });
  const auto r = read_files(files);
  ASSERT_FALSE(r.result);
  EXPECT_NE(r.result.error().text_en.find("newer program"), std::string::npos);
}

TEST(JournalDamage, AFileCutShortByHandIsNotTakenForATornOne) {
  const Files good = three_batches(true);
  const FileBytes& file = good.at(segment(1));
  const auto at = boundaries(file);
  size_t found = 0, ends = 0;
  for (size_t size = 0; size < file.size(); ++size) {
    Files files = good;
    files[segment(1)].resize(size);
    const auto r = read_files(files);
    if (std::ranges::find(at, size) != at.end()) {  // whole batches: the same as a crash just there
      ++ends;
      EXPECT_TRUE(r.result && !r.result->cut && !(r.result->clean && size > 0)) << size;
    } else {
      found += !r.result;
    }
  }
  EXPECT_EQ(ends, 4u);
  EXPECT_EQ(found, file.size() - ends);
}

// -- the disk of the machine

class OnThisMachine : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "landex-journal-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    top_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(top_); }
  std::string top_;
};

TEST_F(OnThisMachine, TheJournalGivesBackWhatWasAppended) {
  host::PosixDisk disk;
  const Options options{.dir = top_ + "/j", .segment_bytes = 100'000, .allocate_step = 30'000};
  std::vector<std::string> sent;
  uint64_t outcome = 0;
  for (int start = 0; start < 3; ++start) {
    Heard heard;
    auto opened = Journal::open(disk, options, heard.listener());
    ASSERT_TRUE(opened) << opened.error().text_en;
    ASSERT_EQ(heard.records, sent);
    ASSERT_EQ(opened->recovered.clean, start != 2);
    for (int i = 0; i < 50; ++i) {
      const uint64_t first = sent.size() + 1;
      std::vector<std::string> records;
      for (uint64_t n = first; n < first + 20; ++n) {
        records.push_back(record(n));
        outcome = outcome_after(outcome, records.back());
      }
      ASSERT_TRUE(opened->journal.append(first, records, outcome));
      sent.insert(sent.end(), records.begin(), records.end());
    }
    if (start == 0) {
      ASSERT_TRUE(opened->journal.seal());
    }
    const auto second = Journal::open(disk, options, heard.listener());
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().text_en.find("Stop it"), std::string::npos);
  }
  Heard heard;
  const auto audit = read(disk, options.dir, heard.listener());
  ASSERT_TRUE(audit);
  EXPECT_EQ(audit->last_number, 3000u);
  EXPECT_EQ(heard.records, sent);
  EXPECT_EQ(audit->batches, 151u);
}

TEST_F(OnThisMachine, TheDiskNamesCallPathAndReason) {
  host::PosixDisk disk;
  const auto file = disk.open(top_ + "/none", host::Access::read);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().error, ENOENT);
  EXPECT_EQ(file.error().text_en(), fmt::format("cannot open {}/none: No such file or directory (errno 2)", top_));
  EXPECT_FALSE(disk.list(top_ + "/none"));
  EXPECT_FALSE(disk.make_dir(top_ + "/none/deeper"));
  const auto full = disk.open("/dev/full", host::Access::write);
  ASSERT_TRUE(full);
  const auto written = (*full)->write_at(std::array<std::byte, 8>{}, 0);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().error, ENOSPC);
  Heard heard;
  const auto audit = read(disk, top_ + "/none", heard.listener());
  ASSERT_FALSE(audit);
  EXPECT_NE(audit.error().text_zh.find("列出目录"), std::string::npos);
}

TEST_F(OnThisMachine, TheDiskReadsWritesGrowsAndCuts) {
  host::PosixDisk disk;
  auto file = disk.open(top_ + "/file", host::Access::create);
  ASSERT_TRUE(file);
  ASSERT_TRUE((*file)->allocate(0, 200'000));
  FileBytes bytes(1000, std::byte{7});
  ASSERT_TRUE((*file)->write_at(bytes, 150'000));
  ASSERT_TRUE((*file)->sync_data());
  EXPECT_EQ((*file)->size().value(), 200'000u);
  FileBytes back(60'000);
  EXPECT_EQ((*file)->read_at(back, 149'999).value(), 50'001u);
  EXPECT_EQ(back[0], std::byte{0});
  EXPECT_EQ(back[1], std::byte{7});
  EXPECT_EQ(back[1001], std::byte{0});
  ASSERT_TRUE((*file)->truncate(150'001));
  EXPECT_EQ((*file)->read_at(back, 149'999).value(), 2u);
}

}  // namespace
}  // namespace landex::journal
