// streams.hpp: the memory of commands that makes every one of them be done once (decisions 2). A stream is the commands
// of one client key of one person; it knows the highest counter and the last kResultWindow results. Found by hash, and
// never walked through but in the order of its keys. A window grows by doubling, then overwrites its oldest in place:
// a command that is done costs no allocation. Owned by the engine's thread; pure.
#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <cassert>
#include <map>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "exchange/engine/command.hpp"
#include "exchange/engine/refusal.hpp"

namespace landex::engine {

inline constexpr size_t kResultWindow = 4096;

/// One command that came before, and what became of it. Orders, their replacements and cancels that were done are
/// nearly all of them and stand here packed; any other command, and every refusal, stands aside. Written as plain words
/// and not as a variant: these are 4096 for each stream, and of most streams no cache has any.
class Remembered {
 public:
  Counter counter;
  Sequence seq;

  /// `refused`: it was.
  static Remembered of(Counter counter, Sequence seq, const Command& command, bool refused) {
    Remembered r{counter, seq};
    if (refused) return r;
    if (const auto* o = std::get_if<command::PlaceOrder>(&command); o && !o->conditions) {
      r.kind_ = Kind::plain_order;
      r.instrument_ = o->instrument;
      r.side_ = o->side;
      r.first_ = static_cast<uint64_t>(o->quantity.raw());
      r.second_ = o->price.raw();
    } else if (const auto* cancel = std::get_if<command::CancelOrder>(&command)) {
      r.kind_ = Kind::cancel;
      r.first_ = cancel->order.value;
    } else if (const auto* p = std::get_if<command::ReplaceOrder>(&command);
               p && fits(p->left_before) && fits(p->left)) {
      r.kind_ = Kind::replacement;
      r.first_ = p->order.value;
      r.second_ = p->price.raw();
      r.left_before_ = static_cast<uint64_t>(p->left_before.raw()) & kQuantityMask;
      r.left_ = static_cast<uint64_t>(p->left.raw()) & kQuantityMask;
    }
    return r;
  }

  bool aside() const { return kind_ == Kind::aside; }

  /// The command, if it does not stand aside.
  Command command() const {
    assert(!aside());
    if (kind_ == Kind::cancel) return command::CancelOrder{.order = {first_}};
    if (kind_ == Kind::replacement)
      return command::ReplaceOrder{.order = {first_},
                                   .left_before = Quantity::from_raw(static_cast<int64_t>(left_before_)),
                                   .left = Quantity::from_raw(static_cast<int64_t>(left_)),
                                   .price = Rate::from_raw(second_)};
    return command::PlaceOrder{.instrument = instrument_,
                               .side = side_,
                               .quantity = Quantity::from_raw(static_cast<int64_t>(first_)),
                               .price = Rate::from_raw(second_),
                               .conditions = {}};
  }

 private:
  enum class Kind : uint8_t { aside, plain_order, cancel, replacement };
  static constexpr unsigned kQuantityBits = 48;
  static constexpr uint64_t kQuantityMask = (uint64_t{1} << kQuantityBits) - 1;
  static bool fits(Quantity q) { return static_cast<uint64_t>(q.raw()) <= kQuantityMask; }
  Remembered(Counter c, Sequence s) : counter{c}, seq{s} {}

  uint64_t first_ = 0;  // quantity of an order; which order is replaced or cancelled
  int64_t second_ = 0;  // price
  uint64_t left_before_ : kQuantityBits = 0;
  Kind kind_ = Kind::aside;
  Instrument instrument_ = {};
  uint64_t left_ : kQuantityBits = 0;
  Side side_ = {};
};
static_assert(sizeof(Remembered) == 48 && std::is_trivially_copyable_v<Remembered>);

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
      ring_.push_back(kept(counter, seq, command, refusal));
      return;
    }
    Remembered& oldest = ring_[oldest_];
    if (oldest.aside()) aside_.erase(oldest.counter);
    oldest = kept(counter, seq, command, refusal);
    oldest_ = (oldest_ + 1) % kResultWindow;
  }

  /// Nothing came before; the memory is kept.
  void clear() {
    ring_.clear();
    oldest_ = 0;
    aside_.clear();
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
    if (!r.aside()) return {r.counter, r.seq, r.command(), {}};
    const Whole& whole = aside_.at(r.counter);
    return {r.counter, r.seq, whole.command, whole.refusal};
  }

  Remembered kept(Counter counter, Sequence seq, const Command& command, const std::optional<Refusal>& refusal) {
    const Remembered r = Remembered::of(counter, seq, command, refusal.has_value());
    if (r.aside()) aside_.emplace(counter, Whole{.command = command, .refusal = refusal});
    return r;
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
