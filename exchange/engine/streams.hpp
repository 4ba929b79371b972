// streams.hpp: the memory of commands that makes every one of them be done once (decisions 2). A stream is the commands
// of one client key of one person; it knows the highest counter and the last kResultWindow results. Found by hash, and
// never walked through but in the order of its keys. A window grows by doubling, then overwrites its oldest in place:
// a command that is done costs no allocation. Owned by the engine's thread; pure.
#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <optional>
#include <type_traits>
#include <variant>
#include <vector>

#include "exchange/engine/command.hpp"
#include "exchange/engine/refusal.hpp"

namespace landex::engine {

inline constexpr size_t kResultWindow = 4096;

/// One command that came before, and what became of it. Orders and cancels that were done are nearly all of them and
/// stand here as they are; any other command, and every refusal, stands aside.
struct Remembered {
  struct PlainOrder {  // without conditions
    Instrument instrument;
    Side side;
    Quantity quantity;
    Rate price;
  };
  struct Aside {};
  Counter counter;
  Sequence seq;
  std::variant<PlainOrder, command::CancelOrder, Aside> what;
};
static_assert(sizeof(Remembered) <= 80 && std::is_trivially_copyable_v<Remembered>);  // 4096 of it for each stream

/// The last results of one stream, by counter, ascending; position 0 is the oldest.
class Window {
 public:
  /// A result as it was given.
  struct Result {
    Counter counter;
    Sequence seq;
    Command command;
    std::optional<Refusal> refusal;  // nothing if it was done
  };

  size_t size() const { return ring_.size(); }
  Result operator[](size_t n) const { return told(at(n)); }

  /// The caller has seen to it that the counter is above all before it.
  void push(Counter counter, Sequence seq, const Command& command, const std::optional<Refusal>& refusal) {
    if (ring_.size() < kResultWindow) {
      ring_.push_back({.counter = counter, .seq = seq, .what = kept(counter, command, refusal)});
      return;
    }
    Remembered& oldest = ring_[oldest_];
    if (std::holds_alternative<Remembered::Aside>(oldest.what)) aside_.erase(oldest.counter);
    oldest = {.counter = counter, .seq = seq, .what = kept(counter, command, refusal)};
    oldest_ = (oldest_ + 1) % kResultWindow;
  }

  /// Fetches the memory of the next push, which no cache has: each stream is written once in a while.
  void expect_push() const {
    __builtin_prefetch(ring_.data() + (ring_.size() < kResultWindow ? ring_.size() : oldest_), /*for writing*/ 1);
  }

  std::optional<Result> find(Counter c) const {
    size_t low = 0, high = size();
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if (at(middle).counter < c)
        low = middle + 1;
      else
        high = middle;
    }
    if (low == size() || at(low).counter != c) return std::nullopt;
    return told(at(low));
  }

 private:
  struct Whole {
    Command command;
    std::optional<Refusal> refusal;
  };

  const Remembered& at(size_t n) const { return ring_[(oldest_ + n) % kResultWindow]; }

  Result told(const Remembered& r) const {
    if (const auto* o = std::get_if<Remembered::PlainOrder>(&r.what))
      return {r.counter, r.seq, command::PlaceOrder{o->instrument, o->side, o->quantity, o->price, {}}, {}};
    if (const auto* cancel = std::get_if<command::CancelOrder>(&r.what)) return {r.counter, r.seq, *cancel, {}};
    const Whole& whole = aside_.at(r.counter);
    return {r.counter, r.seq, whole.command, whole.refusal};
  }

  decltype(Remembered::what) kept(Counter counter, const Command& command, const std::optional<Refusal>& refusal) {
    if (!refusal) {
      if (const auto* o = std::get_if<command::PlaceOrder>(&command); o && !o->conditions)
        return Remembered::PlainOrder{o->instrument, o->side, o->quantity, o->price};
      if (const auto* cancel = std::get_if<command::CancelOrder>(&command)) return *cancel;
    }
    aside_.emplace(counter, Whole{.command = command, .refusal = refusal});
    return Remembered::Aside{};
  }

  std::vector<Remembered> ring_;
  size_t oldest_ = 0;               // moves once the ring is full
  std::map<Counter, Whole> aside_;  // of those in the ring
};

struct Stream {
  Counter highest;
  Window window;
};

struct StreamKey {
  PersonId person;
  ClientKey key;
  friend auto operator<=>(const StreamKey&, const StreamKey&) = default;
};
BOOST_DESCRIBE_STRUCT(StreamKey, (), (person, key))

struct StreamHash {
  using is_avalanching = void;
  size_t operator()(const StreamKey& k) const {
    uint64_t z = k.person.value * 0x9E3779B97F4A7C15ULL + k.key.value;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
};

using Streams = boost::unordered_flat_map<StreamKey, Stream, StreamHash>;

}  // namespace landex::engine
