// The bounds of the books: a full pool refuses and recovers, no amount of coming and going uses it up, the lowest and
// the highest price, the largest quantity and number, many books over one pool. Where a table would be too long, the
// same code runs on the books and on their judge.
#include <gtest/gtest.h>

#include "matching/types/bounds.hpp"
#include "tests/book_script.hpp"
#include "tests/naive_books.hpp"

namespace landex::testing {
namespace {

using namespace matching;

NewOrder limit_order(uint64_t id, Side side, int64_t price, int64_t quantity = 1) {
  return {.id = {id},
          .quantity = Quantity::from_raw(quantity),
          .terms = AtLimit{Price::ticks(price)},
          .seat = Seat{7},
          .kind = ParticipantClass::mountain4,
          .side = side,
          .conditions = {}};
}

template <class TheBooks>
class BookBounds : public ::testing::Test {};
using BothBooks = ::testing::Types<Books, NaiveBooks>;
TYPED_TEST_SUITE(BookBounds, BothBooks);

TYPED_TEST(BookBounds, ComingAndGoingFiftyTimesTheCapacityLeavesNothingBehind) {
  constexpr uint64_t kOrders = 200;
  TypeParam books{{.books = 2, .orders = kOrders, .highest = Price::ticks(1'000)}};
  uint64_t id = 0;
  for (int round = 0; round < 50; ++round) {
    const uint64_t first = id + 1;
    for (uint64_t k = 0; k < kOrders; ++k) {
      ++id;
      ASSERT_EQ(books.room({id}), Room::enough) << "round " << round << " order " << k;
      NewOrder o = limit_order(id, k % 2 == 0 ? Side::buy : Side::sell,
                               k % 2 == 0 ? 1 + static_cast<int64_t>(k) : 1'000 - static_cast<int64_t>(k), 9);
      if (k % 5 == 1) o.conditions.emplace().peak = Quantity::from_raw(2);
      if (k % 5 == 2) o.conditions.emplace().all_or_none = true;
      if (k % 5 == 3) o.conditions.emplace().trigger = Price::ticks(k % 2 == 0 ? 1'000 : 1);
      const auto& tape = books.place(BookNumber{static_cast<uint16_t>(k / 100)}, o);
      ASSERT_EQ(tape.size(), k % 5 == 3 ? 0u : 2u);
    }
    ASSERT_EQ(books.room({id + 1}), Room::full);
    for (uint64_t k = 0; k < kOrders; ++k) {  // from both ends and from the middle
      const uint64_t gone = round % 3 == 0 ? first + k : round % 3 == 1 ? id - k : first + (k * 77) % kOrders;
      ASSERT_TRUE(books.cancel({gone}, EndReason::cancelled));
    }
    ASSERT_EQ(books.resting(), 0u);
  }
  for (const Side side : {Side::buy, Side::sell}) {
    EXPECT_FALSE(books.best(BookNumber{0}, side));
    books.for_each_level(BookNumber{1}, side, [](const LevelMoved&) { ADD_FAILURE() << "a level of no order"; });
    books.for_each_order(BookNumber{1}, side, [](const Resting&) { ADD_FAILURE() << "an order that has gone"; });
  }
}

TYPED_TEST(BookBounds, OrdersThatAreFilledLeaveTheirRoomToo) {
  TypeParam books{{.books = 1, .orders = 10, .highest = Price::ticks(100)}};
  for (uint64_t id = 1; id <= 400; ++id) {
    ASSERT_EQ(books.room({id}), Room::enough) << id;
    NewOrder o = limit_order(id, id / 10 % 2 == 0 ? Side::buy : Side::sell, 50, 3);
    o.self_trade = SelfTrade::allow;
    books.place(BookNumber{0}, o);
    ASSERT_LE(books.resting(), 10u);
  }
}

TYPED_TEST(BookBounds, TheLowestAndTheHighestPriceAreOrdinaryPrices) {
  TypeParam books{{.books = 1, .orders = 10, .highest = Price::ticks(500'000)}};
  const BookNumber b{0};
  books.place(b, limit_order(1, Side::buy, 1));
  books.place(b, limit_order(2, Side::sell, 500'000));
  EXPECT_EQ(books.best(b, Side::buy), Price::ticks(1));
  EXPECT_EQ(books.best(b, Side::sell), Price::ticks(500'000));
  NewOrder at_best = limit_order(3, Side::buy, 1, 2);
  at_best.terms = AtBest{};
  at_best.seat = Seat{1};
  EXPECT_EQ(std::get<Filled>(books.place(b, at_best)[0]).price, Price::ticks(500'000));
  at_best.id = {4};
  at_best.side = Side::sell;
  EXPECT_EQ(std::get<Filled>(books.place(b, at_best)[0]).price, Price::ticks(1));
  books.place(b, limit_order(5, Side::sell, 1));
  books.place(b, limit_order(6, Side::buy, 500'000));  // its own: refused, and nothing rests of it
  EXPECT_EQ(books.resting(), 1u);
}

TYPED_TEST(BookBounds, TheLargestQuantityAndNumberGoThroughUnharmed) {
  constexpr uint64_t kLast = (uint64_t{1} << 36) - 1;
  TypeParam books{{.books = 1, .orders = 10, .highest = Price::ticks(500'000)}};
  const BookNumber b{0};
  EXPECT_EQ(books.room({kLast}), Room::enough);
  EXPECT_EQ(books.room({kLast + 1}), Room::number_too_large);
  books.place(b, limit_order(kLast - 1, Side::sell, 500'000, kMaxQuantity.raw()));
  NewOrder o = limit_order(kLast, Side::buy, 500'000, kMaxQuantity.raw() - 1);
  o.seat = Seat{65'535};
  const auto& tape = books.place(b, o);
  const auto filled = std::get<Filled>(tape[0]);
  EXPECT_EQ(filled.quantity, kMaxQuantity - Quantity::from_raw(1));
  EXPECT_EQ(filled.taker, OrderId{kLast});
  EXPECT_EQ(filled.taker_seat, Seat{65'535});
  EXPECT_EQ(books.find({kLast - 1})->left, Quantity::from_raw(1));
}

TYPED_TEST(BookBounds, ManyBooksShareOnePoolAndNothingElse) {
  TypeParam books{{.books = 64, .orders = 640, .highest = Price::ticks(200)}};
  uint64_t id = 0;
  for (int k = 0; k < 10; ++k)
    for (uint16_t b = 0; b < 64; ++b) books.place(BookNumber{b}, limit_order(++id, Side::buy, 100 + b, 1 + k));
  EXPECT_EQ(books.room({id + 1}), Room::full);
  for (uint16_t b = 0; b < 64; ++b) {
    EXPECT_EQ(books.best(BookNumber{b}, Side::buy), Price::ticks(100 + b));
    EXPECT_EQ(books.book_of({uint64_t{b} + 1}), BookNumber{b});
    EXPECT_FALSE(books.last_price(BookNumber{b}));
  }
  books.cancel({1}, EndReason::cancelled);  // of book 0: its place may serve any book
  EXPECT_EQ(books.room({id + 1}), Room::enough);
  NewOrder o = limit_order(++id, Side::sell, 163, 55);
  o.seat = Seat{1};
  books.place(BookNumber{63}, o);
  EXPECT_EQ(books.last_price(BookNumber{63}), Price::ticks(163));
  EXPECT_FALSE(books.best(BookNumber{63}, Side::buy));
  EXPECT_EQ(books.best(BookNumber{62}, Side::buy), Price::ticks(162));
  EXPECT_FALSE(books.last_price(BookNumber{62}));
}

TEST(BookIndex, NumbersFarApartFillTheIndexWhichRoomForetellsAndWhichRecovers) {
  // The index has its own pages. Where each order stands on a page of its own they may end before the orders do.
  Books books{{.books = 1, .orders = 2'000, .highest = Price::ticks(100)}};
  constexpr uint64_t kApart = 100'003;
  for (int round = 0; round < 3; ++round) {
    std::vector<OrderId> placed;
    for (uint64_t k = 1; k <= 2'000; ++k) {
      const OrderId id{(static_cast<uint64_t>(round) * 2'000 + k) * kApart};
      if (books.room(id) != Room::enough) break;
      books.place(BookNumber{0}, limit_order(id.value, Side::buy, 50));
      placed.push_back(id);
    }
    EXPECT_GE(placed.size(), 64u);
    EXPECT_EQ(books.resting(), placed.size());
    for (const auto id : placed) ASSERT_TRUE(books.cancel(id, EndReason::cancelled));
  }
}

TEST(BookRoom, AFullBookForetellsItAndHasRoomAgainAfterACancellationOrATrade) {
  check_book(R"(
    holds 3
    room enough
    s1 sell 5 @100
    s2 sell 5 @101
    x1 buy 5 @99 stop 100
    room full                  # a stop that waits stands in the book's memory too
    cancel s2
    room enough
    s3 sell 5 @102
    room full
    cancel x1
    b1 buy 5 @100              → b1 takes 5 of s1 @100
    room enough
    resting 1
  )");
}

TEST(BookRoom, InAFullBookOrdersStillChangeAndStopsStillFire) {
  check_book(R"(
    holds 4
    s1 sell 5 @100
    s2 sell 9 @102 peak 3
    x1 buy 5 @99 stop 102
    b1 buy 1 @90
    room full
    replace b1 2 @91           → b1 rests 2
    replace b1 8 @102          → b1 takes 5 of s1 @100   → b1 takes 3 of s2 @102   → s2 rests 6 shows 3
                               → x1 triggers             → x1 rests 5
    resting 2
  )");
}

TEST(BookRoom, BooksDoNotMeet) {
  check_book(R"(
    s1 sell 5 @100
    book 1
    b1 buy 5 @100              → b1 rests 5
    best sell nothing
    x1 buy 1 @99 stop 100
    book 0
    b2 buy 5 @100              → b2 takes 5 of s1 @100
    book 1
    last nothing
    buys b1 5 @100, x1 1 @99 waits 100
  )");
}

}  // namespace
}  // namespace landex::testing
