// class_flow.hpp: how much land can pass from classes that give to classes that take, over the pairs that are open: a
// maximum flow on at most 16 + 16 classes, kept while what the classes have and want changes. A call asks for it at
// every price; from one price to the next little changes, so the flow is repaired, not found anew.
// Plain crossing of two curves is wrong as soon as one pair is closed: what a class may not buy does not help it, and
// what is best given to one class may be all that another can take. Rerouting finds that.
// Invariants: nothing passes over a closed pair; no class gives more than it has or takes more than it wants; after
// `carry` no rerouting brings more. How the whole is spread over the pairs is not unique: callers rely only on sums, on
// `bring` and on `widen`, whose results are. Integers only; the same calls give the same flow. Single-threaded, pure.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "matching/pair_table.hpp"

namespace landex::matching {

class ClassFlow {
 public:
  using ByClass = std::array<int64_t, kMaxClasses>;

  /// Pairs open and stay open: as the price of a call rises, floors are reached, never left.
  void open(size_t giver, size_t taker) { open_to_[taker] |= bit(giver); }

  /// The most that can pass when the classes have `supply` and want `demand`.
  int64_t carry(const ByClass& supply, const ByClass& demand);

  /// Lets `taker` want `quantity` more and tells how much of it can be brought; the rest is no longer wanted. What
  /// every other taker receives stays. Once less than all could be brought, nothing more ever can.
  int64_t bring(size_t taker, int64_t quantity);

  /// Raises what passes over one pair towards `wanted`, while every class gives and takes as before; tells what of
  /// `wanted` may pass. All that the classes have and want must be passing (`carry` gave the sum of both).
  int64_t widen(size_t giver, size_t taker, int64_t wanted);

  /// Takes out of the flow, and out of what both classes have and want, `quantity` that passes over this pair.
  void settle(size_t giver, size_t taker, int64_t quantity);

 private:
  using Mask = uint32_t;  // of classes
  static constexpr Mask bit(size_t c) { return Mask{1} << c; }

  /// A way to bring more: giver[i] gives more to taker[i], which gives up as much from giver[i + 1].
  struct Way {
    std::array<uint8_t, kMaxClasses> giver, taker;
    size_t length = 0;
  };

  /// The shortest way from one of `givers` to one of `takers`, through no `barred` taker. Length 0: there is none.
  Way find_way(Mask givers, Mask takers, Mask barred) const;
  int64_t narrowest(const Way&, int64_t wanted) const;
  void send(const Way&, int64_t quantity);
  void add(size_t giver, size_t taker, int64_t quantity);  // a negative quantity is taken back
  void bring_all(Mask takers);

  std::array<ByClass, kMaxClasses> passing_{};  // [giver][taker]
  ByClass supply_{}, demand_{}, given_{}, taken_{};
  std::array<Mask, kMaxClasses> open_to_{};    // of a taker: the givers it may take from
  std::array<Mask, kMaxClasses> serves_{};     // of a giver: the takers it gives to now
  std::array<Mask, kMaxClasses> served_by_{};  // of a taker: the givers that give to it now
  Mask spare_ = 0, unmet_ = 0;                 // givers that have more, takers that want more
  int64_t whole_ = 0;
};

}  // namespace landex::matching
