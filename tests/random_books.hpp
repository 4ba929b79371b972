// random_books.hpp: random commands for books, and the books and their judge side by side. The stream is mostly
// sensible: few participants, few prices, so that everything meets; it knows from the judge what rests. The same seed
// gives the same stream. A step that has become impossible, because earlier ones were left out, does nothing: so a
// failing stream can be shortened.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "tests/naive_books.hpp"
#include "tests/random_market.hpp"

namespace landex::testing {

namespace step {
struct Place {  // collected where the book is closed
  matching::BookNumber book;
  matching::NewOrder order;
};
struct Cancel {
  OrderId order;
  matching::EndReason why;
};
struct Replace {
  Sequence command;
  OrderId order;
  Quantity left;
  Price limit;
};
struct Close {  // for a call, or for other tables
  matching::BookNumber book;
};
struct Uncross {
  Sequence command;
  matching::BookNumber book;
  std::vector<matching::Meeting> meetings;
  Price price;
};
struct Reenter {
  Sequence command;
  matching::BookNumber book;
};
struct Rules {
  matching::BookNumber book;
  bool cleared;  // no table: every class may meet every class
  matching::PairTable pairs;
  Price low, high;
};
}  // namespace step
using Step =
    std::variant<step::Place, step::Cancel, step::Replace, step::Close, step::Uncross, step::Reenter, step::Rules>;

/// What a stream is about, drawn from its seed.
struct Setting {
  matching::BookLimits limits;
  size_t classes;        // 0: no table of pairs
  int64_t lowest, step;  // the prices that orders use: lowest + k × step
  uint64_t prices;
  int64_t most;         // units in an order
  uint64_t conditions;  // one order in so many has any
};

/// In words close to those of book_script.hpp.
std::string text_of(const Setting&);
std::string text_of(const Step&);

/// The one order that a step is about, if it is about one.
std::optional<OrderId> order_of(const Step&);

/// The books and their judge. What differs is a text; "" is agreement.
class Lockstep {
 public:
  explicit Lockstep(const Setting& s)
      : setting_{s}, books_{s.limits}, judge_{s.limits}, closed_(s.limits.books), tabled_(s.limits.books) {}
  std::string apply(const Step&);
  std::string compare() const;  // all questions

  const NaiveBooks& judge() const { return judge_; }
  const Told& tape() const { return tape_; }
  bool was_full() const { return full_; }
  bool closed(matching::BookNumber b) const { return closed_.at(static_cast<size_t>(b)); }

 private:
  std::string same(const matching::Tape&, const Told&);
  std::string run(const step::Place&);
  std::string run(const step::Cancel&);
  std::string run(const step::Replace&);
  std::string run(const step::Close&);
  std::string run(const step::Uncross&);
  std::string run(const step::Reenter&);
  std::string run(const step::Rules&);
  std::string compare(matching::BookNumber, Side) const;

  Setting setting_;
  matching::Books books_;
  NaiveBooks judge_;
  std::vector<char> closed_, tabled_;
  Told tape_;
  bool full_ = false;
};

class RandomBooks {
 public:
  explicit RandomBooks(uint64_t seed);
  const Setting& setting() const { return setting_; }
  Step next(const Lockstep&);

 private:
  matching::NewOrder order(bool for_a_call);
  matching::Conditions conditions(const matching::NewOrder&, bool for_a_call);
  step::Rules rules(matching::BookNumber);
  step::Uncross uncross(const Lockstep&, matching::BookNumber);
  Price price();
  Quantity quantity();

  Random random_;
  Setting setting_;
  uint64_t command_;
  uint32_t prepared_ = 0;  // books that have their rules
};

}  // namespace landex::testing
