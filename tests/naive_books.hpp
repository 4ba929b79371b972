// naive_books.hpp: the judge of matching::Books. The same text of semantics (books.hpp, decisions 12, 13 and 15) in its
// plainest form: one vector of all orders, every question a scan of it, a dry walk a walk on a copy of everything.
// Nothing is kept that can be counted. It shares with the fast books only the words (order.hpp, pair_table.hpp) and the
// shape of the interface, so that a test can be written once for both. Slow: for books of some hundred orders.
// Single-threaded, pure.
#pragma once
#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "matching/book/books.hpp"

namespace landex::testing {

/// Does an order of this side and limit reach this price?
inline bool within(Side asking, Price limit, Price offered) {
  return asking == Side::buy ? offered <= limit : offered >= limit;
}
/// Less is better for whoever meets an order of `side`.
inline int64_t rank(Side side, Price price) { return side == Side::sell ? price.raw() : -price.raw(); }

using Told = std::vector<matching::Happening>;

class NaiveBooks {
 public:
  explicit NaiveBooks(const matching::BookLimits& limits) : limits_{limits}, books_(limits.books) {}

  void set_pairs(matching::BookNumber, const matching::PairTable&, size_t classes);
  void clear_pairs(matching::BookNumber b) { book(b).pairs.reset(); }
  void set_band(matching::BookNumber, Price low, Price high);

  matching::Room room(OrderId) const;
  const Told& place(matching::BookNumber, const matching::NewOrder&);
  const Told& collect(matching::BookNumber, const matching::NewOrder&);
  bool cancel(OrderId, matching::EndReason why);
  const Told& replace(Sequence command, OrderId, Quantity left, Price limit, bool continuous);
  const Told& uncross(Sequence command, matching::BookNumber, std::span<const matching::Meeting>, Price price);
  const Told& reenter(Sequence command, matching::BookNumber);
  const Told& tape() const { return tape_; }

  std::optional<matching::Resting> find(OrderId) const;
  std::optional<matching::BookNumber> book_of(OrderId) const;
  std::optional<matching::BestPrice> best_dealable(matching::BookNumber, ParticipantClass, Side) const;
  std::optional<Price> best(matching::BookNumber, Side) const;
  std::optional<OrderId> own_crossing(matching::BookNumber, Seat, Side, Price limit) const;
  Quantity barred(matching::BookNumber, ParticipantClass, Side, Price limit) const;
  std::optional<Price> last_price(matching::BookNumber) const;
  void for_each_level(matching::BookNumber, Side, const std::function<void(const matching::LevelMoved&)>&) const;
  void for_each_order(matching::BookNumber, Side, const std::function<void(const matching::Resting&)>&) const;
  uint32_t resting() const { return static_cast<uint32_t>(orders_.size()); }

 private:
  enum class Entry : uint8_t { asked, after_a_halt };  // post-only is a wish about the first

  /// An order wherever it is: on its way in, in the book, or a stop that waits.
  struct Order {
    matching::BookNumber book;
    matching::NewOrder asked;
    matching::Conditions conditions;
    uint64_t ticket;
    Quantity left, shown;
    Price limit;         // the effective one
    bool waits = false;  // its trigger has not been reached
    bool due = false;    // it has, and the stop stands in the queue of those that fire
    OrderId id() const { return asked.id; }
    Side side() const { return asked.side; }
    bool at_best() const { return std::holds_alternative<AtBest>(asked.terms); }
    Quantity to_show() const { return conditions.peak ? std::min(*conditions.peak, left) : left; }
    bool is_public() const { return !waits && !at_best(); }
  };
  struct Book {
    std::optional<matching::PairTable> pairs;
    std::optional<Price> low, high, last;
    std::optional<Price> lowest, highest;  // of the trades since the stops were last looked at
  };
  struct Depth {
    Quantity shown;
    uint32_t orders = 0;
    friend bool operator==(const Depth&, const Depth&) = default;
  };
  struct Touched {
    matching::BookNumber book;
    Side side;
    Price price;
    Depth before;
  };

  Book& book(matching::BookNumber b) { return books_.at(static_cast<size_t>(b)); }
  const Book& book(matching::BookNumber b) const { return books_.at(static_cast<size_t>(b)); }
  Order* at(OrderId);
  const Order* at(OrderId) const;
  Order take(OrderId);
  std::vector<const Order*> by_ticket(matching::BookNumber) const;
  Depth depth(matching::BookNumber, Side, Price) const;
  matching::PairRule rule(matching::BookNumber, ParticipantClass seller, ParticipantClass buyer) const;
  std::optional<Price> dealable(const Order& arriving, const Order& resting) const;
  Order* first_for(const Order& arriving, const std::vector<OrderId>& passed_over);
  bool due(const Order& stop) const;

  void begin(Sequence command);
  uint64_t next_ticket() { return (command_.value << matching::kTicketBits) + ++tickets_; }
  Order as_order(matching::BookNumber, const matching::NewOrder&) const;
  void tell(const matching::Happening& h) { tape_.push_back(h); }
  void tell_end(const Order&, matching::EndReason);
  void tell_fill(const Order& taker, const Order& maker, Quantity, Price);
  void touch(const Order&);
  void tell_levels();
  void join(Order);
  void next_peak(Order&);
  void reduce(Order&, Quantity by);
  void arrive(Order, Entry = Entry::asked);
  Quantity traded_by_a_dry_walk(const Order&) const;
  bool walk(Order& arriving, Quantity& traded);
  bool prevent_self_trade(Order& arriving, Order& resting);
  void fire_stops(matching::BookNumber);

  matching::BookLimits limits_;
  std::vector<Book> books_;
  std::vector<Order> orders_;  // in no order that matters
  Told tape_;
  std::vector<Touched> touched_;
  Sequence command_;
  uint64_t tickets_ = 0;  // handed out within this command
};

}  // namespace landex::testing
