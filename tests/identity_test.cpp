// Identity (decisions 2): a command is done once. Streams are kept for each (person, client key); a repeat gets the
// answer of the first time, whatever has changed since.
#include <gtest/gtest.h>

#include <functional>

#include "exchange/engine/engine.hpp"
#include "tests/market_script.hpp"

namespace landex {
namespace {

namespace cmd = engine::command;
namespace event = engine::event;
using engine::Envelope;
using engine::Reason;
using engine::Role;
using script::Market;
using script::place;

constexpr PersonId kPerson{500}, kColleague{501};

Market open_market() {
  Market market;
  market.check(R"(
    price area 20.00 2024-06-01..2024-06-30  → done
    open 2024-06-03                          → done
    file 建德 area 125.0000                  → done
  )");
  return market;
}

Envelope bureau(uint64_t counter, PersonId person = kPerson, ClientKey key = {7}) {
  return {
      .client_key = key, .counter = {counter}, .person = person, .participant = place("杭州"), .role = Role::bureau};
}
Envelope yuhang(uint64_t counter) {
  return {
      .client_key = {7}, .counter = {counter}, .person = kPerson, .participant = place("余杭"), .role = Role::district};
}

cmd::Deposit deposit(int64_t wan) {
  return {.participant = place("余杭"), .amount = Fen::wan(wan), .document = "入金单"};
}
Fen money_of(const Market& m, std::string_view name) {
  return m.engine().state().ledger.money(place(name), engine::Purse::free);
}

/// What came of a command: "done", "repeated <n>", "refused <reason>" or "repeated <n>, refused <reason>".
struct Came {
  bool done = false;
  std::optional<Sequence> first;
  std::optional<engine::Refusal> refusal;
};
Came send(Market& m, const Envelope& who, const engine::Command& c) {
  const auto events = m.send(who, c);
  EXPECT_FALSE(events.empty());
  if (const auto* again = std::get_if<event::Repeated>(&events.front())) {
    EXPECT_EQ(events.size(), 1U);
    return {.done = false, .first = again->first, .refusal = again->refusal};
  }
  auto refusal = script::refusal_in(events);
  return {.done = !refusal, .first = {}, .refusal = std::move(refusal)};
}

TEST(Identity, ARepeatIsToldTheNumberOfTheFirstTimeAndNothingHappensAgain) {
  Market m = open_market();
  EXPECT_TRUE(send(m, bureau(1), deposit(100)).done);
  const Sequence first = m.last();
  for (int i = 0; i < 3; ++i) {
    const Came again = send(m, bureau(1), deposit(100));
    EXPECT_EQ(again.first, first);
    EXPECT_FALSE(again.refusal);
  }
  EXPECT_EQ(money_of(m, "余杭"), Fen::wan(100));
  EXPECT_TRUE(send(m, bureau(2), deposit(100)).done);  // the same words under another counter are another command
  EXPECT_EQ(money_of(m, "余杭"), Fen::wan(200));
}

TEST(Identity, ARefusedOrderIsStillRefusedWhenItIsRepeatedAfterTheMoneyHasCome) {
  Market m = open_market();
  m.check("s1 = sell 建德 area 10.0000 @20.00 → rests 10.0000");
  const cmd::PlaceOrder order{.instrument = Instrument::supplementary_area,
                              .side = Side::buy,
                              .quantity = Quantity::of(Area::mu_4dp(100'000)),
                              .price = Rate::yuan_per_mu(200'000)};
  const Came refused = send(m, yuhang(1), order);
  const Sequence first = m.last();
  ASSERT_TRUE(refused.refusal);
  EXPECT_EQ(refused.refusal->reason, Reason::not_enough_money);

  m.check("fund 余杭 200.00 wan → done");
  const Came again = send(m, yuhang(1), order);
  EXPECT_EQ(again.first, first);
  EXPECT_EQ(again.refusal, refused.refusal);  // to the last fact: what was available then
  m.check("rests s1 10.0000");
  EXPECT_TRUE(send(m, yuhang(2), order).done);
  m.check("rests s1 nothing");
}

TEST(Identity, AnAcceptedOrderIsStillAcceptedWhenItIsRepeatedAfterTheDayHasClosed) {
  Market m = open_market();
  EXPECT_TRUE(send(m, bureau(1), deposit(100)).done);
  const Sequence first = m.last();
  m.check("close 2024-06-03 → done");
  const Came again = send(m, bureau(1), deposit(100));
  EXPECT_EQ(again.first, first);
  EXPECT_FALSE(again.refusal);
}

TEST(Identity, OneCounterForTwoCommandsIsRefusedAndNamesTheFieldThatDiffers) {
  const cmd::PublishPrice price{.instrument = Instrument::supplementary_area,
                                .rate = Rate::yuan_per_mu(210'000),
                                .from = script::on(2024, 7, 1),
                                .until = script::on(2024, 7, 31),
                                .document = "文号2",
                                .approver = "市局"};
  const auto with = [&price](const std::function<void(cmd::PublishPrice&)>& change) {
    cmd::PublishPrice other = price;
    change(other);
    return other;
  };
  const std::vector<std::pair<std::string, engine::Command>> table{
      {"instrument", with([](auto& p) { p.instrument = Instrument::supplementary_paddy; })},
      {"rate", with([](auto& p) { p.rate = Rate::yuan_per_mu(210'001); })},
      {"from", with([](auto& p) { p.from = script::on(2024, 7, 2); })},
      {"until", with([](auto& p) { p.until = script::on(2024, 7, 30); })},
      {"document", with([](auto& p) { p.document = "文号3"; })},
      {"approver", with([](auto& p) { p.approver = "省厅"; })},
      {"command", deposit(1)},
      {"rate", with([](auto& p) {
         p.approver = "省厅";  // of two fields the first is named
         p.rate = Rate::yuan_per_mu(210'001);
       })},
  };
  Market m = open_market();
  EXPECT_TRUE(send(m, bureau(1), price).done);
  const Sequence first = m.last();
  for (const auto& [field, other] : table) {
    const Came came = send(m, bureau(1), other);
    ASSERT_TRUE(came.refusal) << field;
    EXPECT_FALSE(came.first) << field;
    EXPECT_EQ(came.refusal->reason, Reason::exists_with_different_field) << field;
    EXPECT_EQ(came.refusal->text, field);
    EXPECT_EQ(came.refusal->facts,
              (std::vector<engine::Fact>{{engine::FactName::number, static_cast<int64_t>(first.value)}}));
  }
  EXPECT_EQ(send(m, bureau(1), price).first, first);  // nothing was forgotten
}

TEST(Identity, TheLast4096ResultsAreKeptAndWhatIsOlderIsAlreadyUsed) {
  Market m = open_market();
  const uint64_t before = m.last().value;
  for (uint64_t counter = 1; counter <= 4'096; ++counter) ASSERT_TRUE(send(m, bureau(counter), deposit(1)).done);
  EXPECT_EQ(send(m, bureau(1), deposit(1)).first, Sequence{before + 1});  // still kept
  EXPECT_TRUE(send(m, bureau(4'097), deposit(1)).done);
  const Came older = send(m, bureau(1), deposit(1));
  ASSERT_TRUE(older.refusal);
  EXPECT_FALSE(older.first);
  EXPECT_EQ(older.refusal->reason, Reason::already_used);
  EXPECT_EQ(send(m, bureau(2), deposit(1)).first, Sequence{before + 2});
  EXPECT_EQ(money_of(m, "余杭"), Fen::wan(4'097));
}

TEST(Identity, ACounterMayLeaveAGapAndWhatItLeftOutIsUsedUp) {
  Market m = open_market();
  EXPECT_TRUE(send(m, bureau(1), deposit(1)).done);
  EXPECT_TRUE(send(m, bureau(1'000), deposit(1)).done);
  const Came between = send(m, bureau(999), deposit(1));
  ASSERT_TRUE(between.refusal);
  EXPECT_EQ(between.refusal->reason, Reason::already_used);
  EXPECT_TRUE(send(m, bureau(1'001), deposit(1)).done);
  EXPECT_TRUE(send(m, bureau(1ULL << 62), deposit(1)).done);
  EXPECT_EQ(money_of(m, "余杭"), Fen::wan(4));
}

TEST(Identity, ACounterBeginsAtOne) {
  Market m = open_market();
  const Came came = send(m, bureau(0), deposit(1));
  ASSERT_TRUE(came.refusal);
  EXPECT_EQ(came.refusal->reason, Reason::value_out_of_range);
  EXPECT_EQ(came.refusal->text, "counter");
  EXPECT_TRUE(m.engine().state().streams.find({.person = kPerson, .key = {7}}) == m.engine().state().streams.end());
}

TEST(Identity, EachPersonAndEachClientKeyCountsForItself) {
  Market m = open_market();
  EXPECT_TRUE(send(m, bureau(1), deposit(1)).done);
  EXPECT_TRUE(send(m, bureau(1, kColleague), deposit(2)).done);
  EXPECT_TRUE(send(m, bureau(1, kPerson, {8}), deposit(4)).done);
  EXPECT_EQ(money_of(m, "余杭"), Fen::wan(7));
}

TEST(Identity, ARefusalUsesTheCounterUpAndARefusedIdentityDoesNot) {
  Market m = open_market();
  const cmd::Deposit none = deposit(0);
  EXPECT_EQ(send(m, bureau(5), none).refusal->reason, Reason::value_out_of_range);
  EXPECT_EQ(send(m, bureau(5), deposit(1)).refusal->reason, Reason::exists_with_different_field);
  EXPECT_EQ(send(m, bureau(4), deposit(1)).refusal->reason, Reason::already_used);
  const Came again = send(m, bureau(5), none);
  EXPECT_TRUE(again.first);
  EXPECT_EQ(again.refusal->reason, Reason::value_out_of_range);
  EXPECT_TRUE(send(m, bureau(6), deposit(1)).done);
}

TEST(Identity, IsAskedBeforeTheRole) {
  Market m = open_market();
  Envelope auditor = bureau(1);
  auditor.role = Role::auditor;
  EXPECT_EQ(send(m, auditor, deposit(1)).refusal->reason, Reason::not_permitted);
  EXPECT_EQ(send(m, auditor, deposit(2)).refusal->reason, Reason::exists_with_different_field);
  EXPECT_TRUE(send(m, auditor, deposit(1)).first);
}

TEST(Identity, APersonHas4096ClientKeysAndGoesOnWithThem) {
  Market m = open_market();
  for (uint64_t key = 1; key <= 4'096; ++key) ASSERT_TRUE(send(m, bureau(1, kPerson, {key}), deposit(1)).done);
  EXPECT_EQ(send(m, bureau(1, kPerson, {4'097}), deposit(1)).refusal->reason, Reason::too_many_client_keys);
  EXPECT_TRUE(send(m, bureau(2, kPerson, {4'096}), deposit(1)).done);
  EXPECT_TRUE(send(m, bureau(1, kColleague, {4'097}), deposit(1)).done);
}

}  // namespace
}  // namespace landex
