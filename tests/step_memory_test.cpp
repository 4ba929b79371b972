// What the engine keeps by seat, by hash and in rings: that the short way to a thing finds the same thing.
#include <gtest/gtest.h>

#include "clearing/ledger.hpp"
#include "exchange/engine/streams.hpp"
#include "matching/types/bounds.hpp"

namespace landex {
namespace {

using clearing::Ledger;
using clearing::Purse;
using clearing::SeatTable;
using engine::Window;
namespace cmd = engine::command;

TEST(SeatTable, FindsWhatWasSetAndNothingBesideItAndNoCodeOfSevenDigits) {
  SeatTable table;
  EXPECT_FALSE(table.find(District::code(0)));
  table.set(District::code(330110), Seat{0});
  table.set(District::code(330109), Seat{1});
  table.set(District::code(999'999), Seat{2});
  table.set(District::code(1), Seat{SeatTable::kSeats - 1});
  EXPECT_EQ(table.find(District::code(330110)), Seat{0});
  EXPECT_EQ(table.find(District::code(330109)), Seat{1});
  EXPECT_EQ(table.find(District::code(999'999)), Seat{2});
  EXPECT_EQ(table.find(District::code(1)), Seat{SeatTable::kSeats - 1});
  for (const uint32_t code : {0u, 2u, 330108u, 330111u, 999'998u, 1'000'000u, 1'000'001u, 4'294'967'295u})
    EXPECT_FALSE(table.find(District::code(code))) << code;
}

TEST(Ledger, TellsItsAccountsByCodeWhateverTheOrderInWhichTheyOpened) {
  Ledger ledger;
  for (const uint32_t code : {330122u, 330110u, 330182u, 330100u})
    ledger.open(District::code(code), ParticipantClass::urban);
  std::vector<uint32_t> told;
  for (const auto& account : ledger.accounts()) told.push_back(account.district.raw());
  EXPECT_EQ(told, (std::vector<uint32_t>{330100, 330110, 330122, 330182}));
  EXPECT_EQ(ledger.seat_of(District::code(330122)), Seat{0});
}

TEST(Ledger, KeepsEachPurseOfEachInstrumentApartAndRecountsToNothing) {
  Ledger ledger;
  const Seat a = ledger.open(District::code(330122), ParticipantClass::mountain4);
  const Seat b = ledger.open(District::code(330110), ParticipantClass::urban);
  int64_t n = 0;
  for (const Instrument i : kInstruments)
    for (const Purse p : {Purse::free, Purse::held, Purse::pool, Purse::used, Purse::cancelled})
      ledger.post(i, a, Purse::outside, b, p, Quantity::from_raw(++n));
  ledger.post(a, Purse::outside, b, Purse::free, Fen::fen(1'000));
  ledger.post(b, Purse::free, b, Purse::held, Fen::fen(300));
  n = 0;
  for (const Instrument i : kInstruments)
    for (const Purse p : {Purse::free, Purse::held, Purse::pool, Purse::used, Purse::cancelled})
      EXPECT_EQ(ledger.land(i, District::code(330110), p), Quantity::from_raw(++n));
  EXPECT_EQ(ledger.account(b)[Purse::free].money, Fen::fen(700));
  EXPECT_EQ(ledger.account(b)[Purse::held].money, Fen::fen(300));
  EXPECT_EQ(ledger.money_in(), Fen::fen(1'000));
  EXPECT_EQ(ledger.issued(Instrument::supplementary_area), Quantity::from_raw(1 + 2 + 3 + 4 + 5));
  EXPECT_TRUE(ledger.balanced());
  EXPECT_TRUE(ledger.recount().empty());
}

TEST(Ledger, HasSeatsFor65535) {
  Ledger ledger;
  for (uint32_t n = 1; n <= 65'535; ++n) {
    ASSERT_FALSE(ledger.full()) << n;
    ledger.open(District::code(n), ParticipantClass::urban);
  }
  EXPECT_TRUE(ledger.full());
  EXPECT_EQ(ledger.account(*ledger.seat_of(District::code(65'535))).district, District::code(65'535));
}

TEST(Window, KeepsTheLast4096ResultsOfEveryKindAsTheyWere) {
  const auto command_of = [](uint64_t n) -> engine::Command {
    if (n % 7 == 0)  // the largest quantity that an order has, one that no order has, and a price of one at best
      return cmd::ReplaceOrder{.order = {n},
                               .left_before = kMaxQuantity,
                               .left = n % 2 == 0 ? Quantity::from_raw(static_cast<int64_t>(n))
                                                  : Quantity::from_raw(-static_cast<int64_t>(n)),
                               .price = Rate::from_raw(-static_cast<int64_t>(n))};
    if (n % 3 == 0) return cmd::CancelOrder{.order = {n}};
    if (n % 3 == 1)
      return cmd::WriteOff{.instrument = Instrument::linkage, .quantity = {}, .project = std::to_string(n)};
    return cmd::PlaceOrder{.instrument = Instrument::linkage,
                           .side = Side::sell,
                           .quantity = Quantity::from_raw(static_cast<int64_t>(n)),
                           .price = Rate::from_raw(static_cast<int64_t>(n + 1))};
  };
  const auto refusal_of = [](uint64_t n) -> std::optional<engine::Refusal> {
    if (n % 5 != 0) return std::nullopt;
    return engine::Refusal{.reason = engine::Reason::unknown_order, .rule = {}, .facts = {}, .text = std::to_string(n)};
  };
  Window window;
  constexpr uint64_t kLast = 10'000;
  for (uint64_t n = 1; n <= kLast; ++n) {
    window.push({2 * n}, {7 * n}, command_of(n), refusal_of(n));
    ASSERT_EQ(window.size(), std::min<uint64_t>(n, engine::kResultWindow));
  }
  for (uint64_t n = 1; n <= kLast; ++n) {
    const auto result = window.find({2 * n});
    ASSERT_EQ(result.has_value(), n > kLast - engine::kResultWindow) << n;
    EXPECT_FALSE(window.find({2 * n + 1}));
    if (!result) continue;
    EXPECT_EQ(result->seq, Sequence{7 * n});
    EXPECT_EQ(result->command, command_of(n));
    EXPECT_EQ(result->refusal, refusal_of(n));
    EXPECT_EQ(window[n - (kLast - engine::kResultWindow) - 1].counter, Counter{2 * n});
  }
}

}  // namespace
}  // namespace landex
