// The terms of a directed sale 协议 on their way: answered with others, lapsing at the instant they name, and kept
// within the venue's band. Blocks and bundles are deals like all others. 1 mu at 1.00 万元/亩 is 1 万元.
#include <gtest/gtest.h>

#include "exchange/wire/refusal_text.hpp"
#include "tests/market_script.hpp"

namespace landex {
namespace {

namespace command = engine::command;
namespace event = engine::event;
using engine::DealState;
using engine::Reason;
using script::bureau;
using script::check;
using script::officer_of;
using script::place;

TEST(Counter, TheAnswerFreesWhatTheProposerHeldAndHoldsWhatTheOtherSideNames) {
  check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    d1 = propose 淳安 淳安→余杭 linkage 60.0000 @15.00  → done
    holds 淳安 linkage free 40.0000 held 60.0000
    counter 余杭 d1 linkage 50.0000 @14.00              → done
      freed 淳安 linkage 60.0000
    deal d1 proposed 700.00 wan
    holds 淳安 linkage free 100.0000 held 0.0000
    cash  余杭 free 300.00 wan held 700.00 wan
    accept 余杭 d1                                      → refused not_your_deal   # it is the seller who is asked now
    accept 淳安 d1                                      → settled
    deal d1 settled 700.00 wan
    holds 余杭 linkage free 50.0000
    cash  余杭 free 300.00 wan held 0.00 yuan
    cash  淳安 free 700.00 wan
  )");
}

TEST(Counter, GoesToAndFroUntilOneSideAcceptsOrEndsIt) {
  check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    d1 = propose 余杭 淳安→余杭 linkage 10.0000 @12.00  → done
    counter 余杭 d1 linkage 10.0000 @13.00              → refused not_your_deal   # his own terms stand
    counter 西湖 d1 linkage 10.0000 @13.00              → refused not_your_deal
    counter 淳安 d1 linkage 10.0000 @16.00              → done
      freed 余杭 120.00 wan
    counter 余杭 d1 linkage 20.0000 @14.00              → done
      freed 淳安 linkage 10.0000
    end 淳安 d1                                         → done   # declined
      freed 余杭 280.00 wan
    deal d1 ended 280.00 wan
    counter 淳安 d1 linkage 10.0000 @16.00              → refused deal_state_forbids
    cash  余杭 free 1 000.00 wan held 0.00 yuan
    holds 淳安 linkage free 100.0000 held 0.0000
  )");
}

TEST(Counter, WhoCannotPayOrDeliverHisOwnTermsIsRefusedAndTheFirstTermsStand) {
  check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 10.0000                           → done
    fund 余杭 100.00 wan                                → done
    d1 = propose 淳安 淳安→余杭 linkage 10.0000 @10.00  → done
    counter 余杭 d1 linkage 10.0000 @10.01              → refused not_enough_money
    counter 余杭 d1                                     → refused legs_not_valid
    counter 余杭 d1 linkage 10.0000                     → refused price_missing
    counter 余杭 d1 linkage 10.0000 @9.001              → refused price_off_tick
    deal d1 proposed 100.00 wan
    holds 淳安 linkage free 0.0000 held 10.0000
    accept 余杭 d1                                      → settled
    d2 = propose 余杭 余杭→淳安 linkage 10.0000 @5.00   → done
    counter 淳安 d2 linkage 10.0000 @10.01              → refused not_enough_money
    d3 = propose 淳安 淳安→余杭 linkage 1.0000 @5.00    → refused not_enough_land
    counter 淳安 d2 linkage 10.0000 @10.00              → done
    deal d2 proposed 100.00 wan
  )");
}

TEST(Counter, OnTheRouteNoAnswerGoesBelowThePublishedPrice) {
  check(R"(
    price area 20.00 2024-06-01..2024-06-30             → done
    open 2024-06-03                                     → done
    file 建德 area 125.0000 paddy 50.0000               → done
    fund 余杭 900.00 wan                                → done
    d1 = propose 建德 建德→余杭 area 10.0000 @30.00     → done
    counter 余杭 d1 area 10.0000 @19.99                 → refused below_floor H66-7.6
    counter 余杭 d1 area 10.0000 @20.00 paddy 4.0000 @1 → refused no_price_in_force H66-7.6
    deal d1 proposed 300.00 wan
    counter 余杭 d1 area 10.0000 @20.00 paddy 4.0000    → done
    use 建德 paddy 37.0000                              → done
    accept 建德 d1                                      → refused not_enough_land   # 3 of 4 mu of paddy: all or none
    holds 建德 area held 0.0000
    deal d1 proposed 200.00 wan
  )");
}

TEST(Hours, TermsAreNamedAndAcceptedWithinTheProfilesWindowsAndEndedAtAnyTime) {
  check(R"(
    profile by-hand                                     → done   # 9:30 to 11:30 and 13:00 to 15:00
    tick 2024-06-03T09:00:00                            → done
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    propose 淳安 淳安→余杭 linkage 10.0000 @10.00       → refused window_closed
    tick 2024-06-03T09:30:00                            → done
    d1 = propose 淳安 淳安→余杭 linkage 10.0000 @10.00  → done
    d2 = propose 淳安 淳安→余杭 linkage 20.0000 @10.00  → done
    tick 2024-06-03T11:30:00                            → done
    counter 余杭 d1 linkage 10.0000 @9.00               → refused window_closed
    accept 余杭 d1                                      → refused window_closed
    end 余杭 d2                                         → done
    tick 2024-06-03T13:00:00                            → done
    accept 余杭 d1                                      → settled
  )");
}

TEST(Counter, OfThreeLegsAllGoOrNone) {
  check(R"(
    open 2024-06-03                                                            → done
    file 余杭 area 125.0000 paddy 50.0000 capacity 50000                       → done
    fund 萧山 900.00 wan                                                       → done
    d1 = propose 萧山 余杭→萧山 area 10.0000 @20.00                            → done
    counter 余杭 d1 area 10.0000 @22.00 paddy 4.0000 capacity 50000            → refused not_enough_land
    counter 余杭 d1 area 10.0000 @22.00 paddy 4.0000 capacity 4000             → done
    holds 余杭 area     held 10.0000
    holds 余杭 paddy    held 4.0000
    holds 余杭 capacity held 4000
    accept 萧山 d1                                                             → settled
    holds 萧山 capacity free 4000
    cash  余杭 free 220.00 wan
  )");
}

TEST(Counter, InTheProductionVenueAnAcceptedAnswerWaitsForTheBureau) {
  script::Market{{.venue = engine::Venue::production}}.check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    d1 = propose 淳安 淳安→余杭 linkage 60.0000 @15.00  → done
    counter 余杭 d1 linkage 60.0000 @14.00              → done
    accept 淳安 d1                                      → accepted
    counter 淳安 d1 linkage 60.0000 @13.00              → refused deal_state_forbids
    deal d1 accepted 840.00 wan
    cash  余杭 free 832.00 wan held 168.00 wan   # the deposit: 20 %
  )");
}

TEST(Counter, LapsesWithItsDayAndFreesTheSideThatAnswered) {
  check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 1 000.00 wan                              → done
    d1 = propose 淳安 淳安→余杭 linkage 60.0000 @15.00  → done
    counter 余杭 d1 linkage 60.0000 @14.00              → done
    close 2024-06-03                                    → done
      freed 余杭 840.00 wan
    deal d1 lapsed 840.00 wan
  )");
}

// ---- terms that end at an instant, and bands: what the table language has no words for ----

constexpr int64_t kSecondUs = 1'000'000;

/// A market whose time the test sets. 淳安 has 100 mu of linkage, 余杭 10 million yuan; times are seconds after the
/// open.
class Terms : public ::testing::Test {
 protected:
  void SetUp() override {
    send(script::landexd(), command::Activate{.behaviour = engine::kBehaviour, .pack = *script::Setup{}.pack});
    send(script::landexd(), command::SetVenue{.venue = engine::Venue::simulation});
  }
  void open(Day day) { send(bureau(), command::OpenDay{.day = day}); }
  void open_with_goods() {
    open(script::on(2024, 6, 3));
    for (const District d : {place("杭州"), kSeller, kBuyer}) send(bureau(), command::OpenAccount{.participant = d});
    send(officer_of("淳安"), command::FileBatch{.county = kSeller,
                                                .kind = engine::IndicatorKind::linkage,
                                                .area = Area::mu_4dp(1'000'000),
                                                .paddy = {},
                                                .capacity = {},
                                                .project = "p",
                                                .document = "d"});
    send(bureau(), command::Deposit{.participant = kBuyer, .amount = Fen::yuan(10'000'000), .document = "d"});
    ASSERT_FALSE(refused());
    ASSERT_EQ(engine_.state().ledger.land(Instrument::linkage, kSeller, engine::Purse::free),
              Quantity::from_raw(1'000'000));
  }

  /// `second` after the first second; the same again is the same instant.
  static Instant at(int64_t second) { return {.us = (1'000 + second) * kSecondUs}; }
  void now(int64_t second) { now_ = at(second); }

  const engine::Events& send(const script::Sender& who, const engine::Command& c) {
    events_ = engine_.apply({.seq = {++seq_},
                             .at = now_,
                             .envelope = {.client_key = {1},
                                          .counter = {seq_},
                                          .person = {uint64_t{who.participant.raw()}},
                                          .participant = who.participant,
                                          .role = who.role},
                             .command = c});
    EXPECT_EQ(engine_.audit(), "");
    return events_;
  }
  const engine::Events& tick(int64_t second) {
    now(second);
    return send(script::landexd(), command::Tick{});
  }
  static command::Leg linkage(int64_t mu, int64_t yuan_per_mu) {
    return {.instrument = Instrument::linkage,
            .quantity = Quantity::from_raw(mu * 10'000),
            .price = Rate::yuan_per_mu(yuan_per_mu)};
  }
  DealId propose(std::optional<Instant> until, int64_t yuan_per_mu = 100'000) {
    send(officer_of("淳安"),
         command::ProposeDeal{.seller = kSeller, .buyer = kBuyer, .legs = {linkage(10, yuan_per_mu)}, .until = until});
    return {seq_};
  }
  std::optional<Reason> refused() const {
    const auto r = script::refusal_in(events_);
    return r ? std::optional{r->reason} : std::nullopt;
  }
  DealState state_of(DealId d) const { return engine_.state().deals.at(d).state; }
  Quantity held() const { return engine_.state().ledger.land(Instrument::linkage, kSeller, engine::Purse::held); }

  const District kSeller = place("淳安"), kBuyer = place("余杭");
  engine::Engine engine_;
  engine::Events events_;
  uint64_t seq_ = 0;
  Instant now_ = at(0);
};

TEST_F(Terms, AProposalLapsesAtTheInstantItNamesAndNotBefore) {
  open_with_goods();
  const DealId d = propose(at(10));
  EXPECT_EQ(engine::next_due(engine_.state()), at(10));
  EXPECT_TRUE(tick(9).empty());
  EXPECT_EQ(state_of(d), DealState::proposed);
  const auto& told = tick(10);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<event::LandMoved>(told[0])) << "the hold is freed";
  EXPECT_EQ(std::get<event::DealMoved>(told[1]).deal, d);
  EXPECT_EQ(std::get<event::DealMoved>(told[1]).state, DealState::lapsed);
  EXPECT_EQ(held(), Quantity{});
  EXPECT_EQ(engine::next_due(engine_.state()), std::nullopt);
  EXPECT_TRUE(tick(11).empty()) << "once";
}

TEST_F(Terms, AnAcceptanceAtThatInstantComesTooLate) {
  open_with_goods();
  const DealId d = propose(at(10));
  now(10);
  send(officer_of("余杭"), command::AcceptDeal{.deal = d});
  EXPECT_EQ(refused(), Reason::deal_state_forbids);
  EXPECT_EQ(state_of(d), DealState::lapsed);
}

TEST_F(Terms, AnAcceptedEndedOrLapsedProposalFallsDueNoMore) {
  open_with_goods();
  const DealId accepted = propose(at(10)), ended = propose(at(11)), lapsed = propose(at(12));
  send(officer_of("余杭"), command::AcceptDeal{.deal = accepted});
  EXPECT_EQ(engine::next_due(engine_.state()), at(11));
  send(officer_of("余杭"), command::EndDeal{.deal = ended});
  EXPECT_EQ(engine::next_due(engine_.state()), at(12));
  send(bureau(), command::CloseDay{.day = script::on(2024, 6, 3)});
  EXPECT_EQ(engine::next_due(engine_.state()), std::nullopt);
  EXPECT_TRUE(tick(20).empty());
  EXPECT_EQ(state_of(accepted), DealState::settled);
  EXPECT_EQ(state_of(ended), DealState::ended);
  EXPECT_EQ(state_of(lapsed), DealState::lapsed);
}

TEST_F(Terms, TheEndOfAnAnswerTakesThePlaceOfTheFirst) {
  open_with_goods();
  const DealId d = propose(at(10)), e = propose({});
  send(officer_of("余杭"), command::CounterDeal{.deal = d, .legs = {linkage(9, 90'000)}, .until = at(20)});
  EXPECT_FALSE(refused());
  send(officer_of("余杭"), command::CounterDeal{.deal = e, .legs = {linkage(9, 90'000)}, .until = {}});
  EXPECT_FALSE(refused());
  const auto& told = std::get<event::DealCountered>(events_[1]);  // after the land that is freed
  EXPECT_EQ(told.deal, e);
  EXPECT_EQ(told.proposer, kBuyer);
  EXPECT_EQ(told.amount, Fen::yuan(810'000));
  EXPECT_TRUE(tick(10).empty()) << "the first terms are gone, and their end with them";
  EXPECT_EQ(tick(20).size(), 2u);
  EXPECT_EQ(state_of(d), DealState::lapsed);
  EXPECT_EQ(state_of(e), DealState::proposed);
}

TEST_F(Terms, WhatIsDueAtOneInstantHappensInOrderOfNumberAndOrdersGoFirst) {
  open_with_goods();
  const DealId first = propose(at(10)), second = propose(at(10));
  send(officer_of("淳安"),
       command::PlaceOrder{.instrument = Instrument::linkage,
                           .side = Side::sell,
                           .quantity = Quantity::from_raw(10'000),
                           .price = Rate::yuan_per_mu(500'000),
                           .conditions = engine::OrderConditions{.lifetime = engine::Lifetime::until_instant,
                                                                 .last_day = {},
                                                                 .until = at(10),
                                                                 .post_only = false,
                                                                 .all_or_none = false,
                                                                 .minimum = {},
                                                                 .peak = {},
                                                                 .trigger = {},
                                                                 .cap = {},
                                                                 .self_trade = SelfTrade::refuse}});
  ASSERT_FALSE(refused());
  const DealId earlier = propose(at(9));
  std::vector<uint64_t> order;
  for (const auto& e : tick(10)) {
    if (const auto* deal = std::get_if<event::DealMoved>(&e)) order.push_back(deal->deal.value);
    if (const auto* o = std::get_if<event::OrderEnded>(&e)) order.push_back(o->order.value);
  }
  EXPECT_EQ(order, (std::vector{earlier.value, second.value + 1, first.value, second.value}));
}

TEST_F(Terms, AnInstantThatHasPassedIsRefused) {
  open_with_goods();
  now(5);
  for (const int64_t second : {4, 5}) {
    propose(at(second));
    EXPECT_EQ(refused(), Reason::expiry_not_later);
  }
  const DealId d = propose(at(6));
  EXPECT_FALSE(refused());
  send(officer_of("余杭"), command::CounterDeal{.deal = d, .legs = {linkage(9, 90'000)}, .until = at(5)});
  EXPECT_EQ(refused(), Reason::expiry_not_later);
}

/// Yesterday linkage closed at 10.00 万元/亩; the profile's band for deals is 300 ‰.
class Band : public Terms {
 protected:
  void SetUp() override {
    Terms::SetUp();
    open_with_goods();
    const auto order = [](Side side) {
      return command::PlaceOrder{.instrument = Instrument::linkage,
                                 .side = side,
                                 .quantity = Quantity::from_raw(10'000),
                                 .price = Rate::yuan_per_mu(100'000)};
    };
    send(officer_of("淳安"), order(Side::sell));
    send(officer_of("余杭"), order(Side::buy));
    send(bureau(), command::CloseDay{.day = script::on(2024, 6, 3)});
    auto profile = matching::simulation_profile();
    profile.negotiated_band_permille = 300;
    profile.windows = {{.kind = matching::WindowKind::negotiated, .from = {}, .until = matching::kMidnight}};
    send(bureau(), command::SetProfile{.profile = profile});
    ASSERT_FALSE(refused());
    open(script::on(2024, 6, 4));
    ASSERT_EQ(engine_.state().market.session(Instrument::linkage).previous_close, Price::ticks(1'000));
  }
};

TEST_F(Band, ADealStaysWithinItAroundTheCloseBefore) {
  for (const auto& [yuan, why] : std::vector<std::pair<int64_t, std::optional<Reason>>>{
           {69'900, Reason::outside_price_band}, {70'000, {}}, {130'000, {}}, {130'100, Reason::outside_price_band}}) {
    propose({}, yuan);
    EXPECT_EQ(refused(), why) << yuan;
  }
  propose({}, 130'100);
  const auto told = wire::tell(*script::refusal_in(events_), {});
  EXPECT_EQ(told.rule, "LX-band");
  EXPECT_NE(told.en.find("7.00"), std::string::npos) << told.en;
  EXPECT_NE(told.en.find("13.00"), std::string::npos) << told.en;
}

TEST_F(Band, HoldsAnAnswerToo) {
  const DealId d = propose({});
  send(officer_of("余杭"), command::CounterDeal{.deal = d, .legs = {linkage(1, 69'900)}, .until = {}});
  EXPECT_EQ(refused(), Reason::outside_price_band);
  send(officer_of("余杭"), command::CounterDeal{.deal = d, .legs = {linkage(1, 70'000)}, .until = {}});
  EXPECT_FALSE(refused());
}

TEST_F(Band, IsNoneForAnInstrumentThatHasNotClosedYet) {
  send(officer_of("余杭"), command::ProposeDeal{.seller = kSeller,
                                                .buyer = kBuyer,
                                                .legs = {{.instrument = Instrument::supplementary_area,
                                                          .quantity = Quantity::from_raw(10'000),
                                                          .price = Rate::yuan_per_mu(900'000)}}});
  EXPECT_NE(refused(), Reason::outside_price_band);
}

}  // namespace
}  // namespace landex
