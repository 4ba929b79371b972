#include "exchange/sequencer/replica.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <xxhash.h>

#include <array>
#include <cassert>

#include "exchange/engine/canonical.hpp"
#include "exchange/wire/codec.hpp"

namespace landex::sequencer {

const engine::Events& Replica::apply(const engine::Stamped& command) {
  const engine::Events& events = step_(engine_, command);
  scratch_.clear();
  engine::Canonical encode{scratch_};
  encode(command.seq);
  encode(events);
  outcome_ = XXH3_64bits_withSeed(scratch_.data(), scratch_.size(), outcome_);
  return events;
}

std::expected<void, std::string> Replica::replay(const journal::Batch& batch, const Seen& seen) {
  uint64_t number = batch.first;
  for (const auto& record : batch.records) {
    const auto command = wire::decode_record({reinterpret_cast<const char*>(record.data()), record.size()});
    if (!command) return std::unexpected(fmt::format("record {} cannot be read: {}", number, command.error().en));
    if (command->seq.value != number)
      return std::unexpected(fmt::format("record {} says that it is number {}", number, command->seq.value));
    const auto& events = apply(*command);
    if (seen) seen(*command, events);
    ++number;
  }
  if (outcome_ != batch.outcome)
    return std::unexpected(
        fmt::format("the replay of numbers {} to {} gives another outcome than was recorded", batch.first, number - 1));
  return {};
}

std::string Replica::state_hash() const {
  const std::string bytes = engine_.canonical_state();
  std::array<unsigned char, 32> digest{};
  unsigned length = 0;
  [[maybe_unused]] const int good =
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
  assert(good == 1 && length == digest.size());
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

}  // namespace landex::sequencer
