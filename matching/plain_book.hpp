// plain_book.hpp: the continuous book of one instrument, price-time priority, in the plainest form that keeps the
// rules: one ordered map for each side and class. It is the model that a faster book must equal.
// Ranking (decisions 12): an arriving order meets the other side by the price dealable for the pair, then by the
// resting order's own limit, then by number. Within one class that is limit, then number; so a walk merges the heads of
// the classes. Invariants: every resting order has a positive remainder and is in exactly one ladder and the index;
// a level's quantity and count are those of its orders. Single-threaded, pure.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <vector>

#include "matching/pair_table.hpp"
#include "matching/types/trade.hpp"

namespace landex::matching {

struct Order {
  OrderId id;
  District owner;
  ParticipantClass kind;
  Side side;
  Quantity quantity;  // what is left of it
  Terms terms;
  Price limit() const { return limit_of(terms); }
};
BOOST_DESCRIBE_STRUCT(Order, (), (id, owner, kind, side, quantity, terms))

struct Fill {
  Order resting;  // as it was before this fill
  Price price;
  Quantity quantity;
};

/// A price level after a change; quantity 0: it is gone.
struct Level {
  Side side;
  Price price;
  Quantity quantity;
  uint32_t orders = 0;
};

/// What a pair rule did to one arriving order.
struct RuleEffect {
  Quantity lifted;       // bought at the floor from orders that asked less
  Quantity passed_over;  // crossed by limits, left standing because of the rule, while the order had a remainder
};

struct Placed {
  std::vector<Fill> fills;
  Quantity rests;
  RuleEffect rule;
  std::vector<Level> levels;  // touched: the other side in order of first touch, then the own level if it rests
};

struct Cancelled {
  Order order;
  Level level;
};

class PlainBook {
 public:
  /// Walks the other side, then rests what is left. The caller has made sure that the owner has no crossing order.
  Placed place(const Order& arriving, const PairTable& pairs);

  /// Takes a resting order out. Nothing if it does not rest.
  std::optional<Cancelled> cancel(OrderId id);

  const Order* find(OrderId id) const;

  /// The first of the owner's resting orders on the other side that `limit` would reach, by number.
  std::optional<OrderId> own_crossing(District owner, Side side, Price limit) const;

  /// Levels of one side, best first.
  std::vector<Level> levels(Side side) const;

  /// Every resting order, by number.
  std::vector<Order> orders() const;

  bool empty() const { return index_.empty(); }

 private:
  struct Key {
    int64_t rank;  // ticks for asks, minus ticks for bids: less is better
    OrderId id;
    friend auto operator<=>(const Key&, const Key&) = default;
    BOOST_DESCRIBE_CLASS(Key, (), (rank, id), (), ())
  };
  using Ladder = std::map<Key, Order>;
  using Ladders = std::array<Ladder, kParticipantClasses>;
  struct Depth {
    Quantity quantity;
    uint32_t orders = 0;
  };
  struct Candidate {
    Ladder* ladder;
    Ladder::iterator at;
    Price price;
  };

  static Key key_of(const Order& o) {
    return {.rank = o.side == Side::sell ? o.limit().raw() : -o.limit().raw(), .id = o.id};
  }
  Ladders& ladders(Side s) { return ladders_[s == Side::buy ? 0 : 1]; }
  const Ladders& ladders(Side s) const { return ladders_[s == Side::buy ? 0 : 1]; }
  std::map<Price, Depth>& depth(Side s) { return depth_[s == Side::buy ? 0 : 1]; }
  std::optional<Candidate> best_for(const Order& arriving, const PairTable& pairs);
  Quantity crossing_but_barred(const Order& arriving, const PairTable& pairs) const;
  Level change_level(Side side, Price price, Quantity by, int orders);
  void rest(const Order& order);

  std::array<Ladders, 2> ladders_;  // [buy, sell][class]
  std::map<OrderId, Key> index_;    // where a resting order stands; its side and class are found with it
  std::array<std::map<Price, Depth>, 2> depth_;
  BOOST_DESCRIBE_CLASS(PlainBook, (), (), (), (ladders_))  // the rest is derived
};

}  // namespace landex::matching
