// The public market and who may see what: a page that takes a snapshot and then every increment shows the book, and no
// event reaches anybody whom it does not concern.
#include "exchange/feed/market.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "exchange/engine/canonical.hpp"
#include "exchange/engine/engine.hpp"
#include "exchange/feed/audience.hpp"
#include "tests/market_script.hpp"
#include "tests/random_market.hpp"

namespace landex::feed {
namespace {

namespace command = engine::command;
namespace event = engine::event;
using engine::Role;

constexpr District kJiande = District::code(330182), kYuhang = District::code(330110), kOther = District::code(330127),
                   kCity = District::code(330100);
constexpr Instrument kArea = Instrument::supplementary_area;

event::LevelChanged level(Side side, int64_t ticks, int64_t quantity, uint32_t orders, Instrument i = kArea) {
  return {.instrument = i,
          .side = side,
          .price = Price::ticks(ticks),
          .quantity = Quantity::from_raw(quantity),
          .orders = orders};
}
event::Traded trade(int64_t quantity) {
  return {.index = 0,
          .instrument = kArea,
          .buy_order = {5},
          .sell_order = {4},
          .buyer = kYuhang,
          .seller = kJiande,
          .quantity = Quantity::from_raw(quantity),
          .price = Price::ticks(2'000),
          .amount = Fen::fen(quantity * 2'000)};
}

/// "buy 2000 × 50 (2); …" of one instrument.
std::string shown(const wire::MarketSnapshot& s, Instrument i = kArea) {
  std::string out;
  for (const auto& book : s.books)
    if (book.instrument == i)
      for (const auto& l : book.levels)
        out += (l.side == Side::buy ? "buy " : "sell ") + std::to_string(l.price.raw()) + " × " +
               std::to_string(l.quantity.raw()) + " (" + std::to_string(l.orders) + "); ";
  return out;
}
bool crossed(const wire::MarketSnapshot& s, Instrument i = kArea) {
  for (const auto& book : s.books)
    if (book.instrument == i) return book.crossed_by_rule;
  ADD_FAILURE() << "the snapshot has no book of this instrument";
  return false;
}

TEST(MarketFeed, AnEmptyMarketShowsEveryInstrumentWithAnEmptyBook) {
  const auto s = Market{}.snapshot();
  EXPECT_EQ(s.seq, Sequence{0});
  EXPECT_FALSE(s.venue || s.day);
  ASSERT_EQ(s.books.size(), kInstruments.size());
  for (size_t i = 0; i < kInstruments.size(); ++i) {
    EXPECT_EQ(s.books[i].instrument, kInstruments[i]);
    EXPECT_TRUE(s.books[i].levels.empty());
    EXPECT_FALSE(s.books[i].crossed_by_rule);
  }
  EXPECT_TRUE(s.trades.empty());
}

TEST(MarketFeed, LevelsStandBestFirstOnBothSidesAndGoWhenTheirLastOrderGoes) {
  Market m;
  m.apply({1}, {10}, {level(Side::buy, 1'990, 50, 2), level(Side::buy, 2'000, 30, 1)});
  m.apply({2}, {11}, {level(Side::sell, 2'020, 70, 1), level(Side::sell, 2'010, 5, 1)});
  m.apply({3}, {12}, {level(Side::buy, 100, 9, 1, Instrument::linkage)});
  EXPECT_EQ(shown(m.snapshot()), "buy 2000 × 30 (1); buy 1990 × 50 (2); sell 2010 × 5 (1); sell 2020 × 70 (1); ");
  EXPECT_EQ(shown(m.snapshot(), Instrument::linkage), "buy 100 × 9 (1); ");
  m.apply({4}, {13}, {level(Side::buy, 2'000, 10, 1), level(Side::sell, 2'010, 0, 0)});
  EXPECT_EQ(shown(m.snapshot()), "buy 2000 × 10 (1); buy 1990 × 50 (2); sell 2020 × 70 (1); ");
}

TEST(MarketFeed, EachIncrementNamesTheOneBeforeItAndNumbersThatChangeNothingInPublicAreNotToldAtAll) {
  Market m;
  const auto first = m.apply({3}, {10}, {level(Side::buy, 1'990, 50, 2)});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->seq, Sequence{3});
  EXPECT_EQ(first->prev_seq, Sequence{0});
  EXPECT_EQ(first->at, Instant{10});
  EXPECT_EQ(m.snapshot().seq, Sequence{3});
  EXPECT_FALSE(m.apply({4}, {11}, {}));
  EXPECT_FALSE(
      m.apply({5}, {12},
              {event::WrittenOff{
                  .participant = kJiande, .instrument = kArea, .quantity = Quantity::from_raw(1), .project = "p"}}));
  EXPECT_FALSE(m.apply({6}, {13}, {event::Refused{}}));
  EXPECT_EQ(m.snapshot().seq, Sequence{3}) << "so that the next increment fits the snapshot";
  const auto next = m.apply({9}, {14}, {trade(7), level(Side::buy, 1'990, 43, 2)});
  ASSERT_TRUE(next);
  EXPECT_EQ(next->prev_seq, Sequence{3});
  ASSERT_EQ(next->trades.size(), 1u);
  EXPECT_EQ(next->trades[0].seq, Sequence{9});
  EXPECT_EQ(next->trades[0].at, Instant{14});
  EXPECT_EQ(next->trades[0].amount, Fen::fen(14'000));
  EXPECT_EQ(next->levels.size(), 1u);
  EXPECT_TRUE(next->notices.empty());
}

TEST(MarketFeed, DayVenueAndRuleSetAreKeptAndToldAsNotices) {
  Market m;
  const Day day = *Day::ymd(2024, 6, 20);
  const auto told = m.apply({1}, {0},
                            {event::Activated{.behaviour = 1, .rule_set = "H66-2022"},
                             event::VenueSet{.venue = engine::Venue::simulation}, event::DayOpened{.day = day}});
  ASSERT_TRUE(told);
  EXPECT_EQ(told->notices.size(), 3u);
  EXPECT_EQ(m.rule_set(), "H66-2022");
  EXPECT_EQ(m.snapshot().venue, engine::Venue::simulation);
  EXPECT_EQ(m.snapshot().day, day);
  ASSERT_TRUE(m.apply({2}, {0}, {event::DayClosed{.day = day}}));
  EXPECT_FALSE(m.snapshot().day);
  EXPECT_EQ(m.snapshot().venue, engine::Venue::simulation);
}

TEST(MarketFeed, TheLatestTradesAreKeptOldestFirstAndNoMoreThanTheBound) {
  Market m;
  const auto bound = static_cast<int64_t>(Market::kTrades);
  for (int64_t n = 1; n <= bound + 5; ++n) ASSERT_TRUE(m.apply({static_cast<uint64_t>(n)}, {n}, {trade(n)}));
  const auto trades = m.snapshot().trades;
  ASSERT_EQ(trades.size(), Market::kTrades);
  EXPECT_EQ(trades.front().quantity.raw(), 6);
  EXPECT_EQ(trades.back().quantity.raw(), bound + 5);
}

TEST(MarketFeed, ATradeLineNamesNoParticipantAndNoOrder) {
  std::set<std::string> members;
  wire::TradeLine line{};
  engine::for_each_member(line, [&](std::string_view name, const auto&) { members.emplace(name); });
  EXPECT_EQ(members, (std::set<std::string>{"seq", "at", "index", "instrument", "quantity", "price", "amount"}));
}

/// An engine that a test drives, with the market that follows it.
struct Driven {
  engine::Engine engine;
  Market market;
  uint64_t counter = 0;

  engine::Events ask(Role role, District who, engine::Command c) {
    const auto& s = engine.state();
    const engine::Stamped stamped{
        .seq = {s.last.value + 1},
        .at = {s.at.us + 1},
        .envelope = {.client_key = {1}, .counter = {++counter}, .person = {2}, .participant = who, .role = role},
        .command = std::move(c)};
    auto events = engine.apply(stamped);
    market.apply(stamped.seq, stamped.at, events);
    return events;
  }
  void order(District who, Side side, int64_t yuan_per_mu) {
    const auto events = ask(Role::district, who,
                            command::PlaceOrder{.instrument = kArea,
                                                .side = side,
                                                .quantity = Quantity::from_raw(10'000),
                                                .price = Rate::yuan_per_mu(yuan_per_mu)});
    EXPECT_TRUE(std::holds_alternative<event::OrderAccepted>(events.at(0)));
  }
};

TEST(MarketFeed, ABookThatLooksCrossedBecauseARuleKeepsTwoSidesApartSaysSo) {
  Driven d;  // small_pack: mountain-4 → urban is a floor route, and no price is in force, so that pair may not trade
  d.ask(Role::system, kCity, command::Activate{.behaviour = 1, .pack = testing::small_pack()});
  d.ask(Role::system, kCity, command::SetVenue{.venue = engine::Venue::simulation});
  d.ask(Role::bureau, kCity, command::OpenDay{.day = *Day::ymd(2024, 6, 20)});
  d.ask(Role::bureau, kCity, command::OpenAccount{.participant = kCity});
  for (const District who : {kJiande, kYuhang, kOther}) {
    d.ask(Role::bureau, kCity, command::OpenAccount{.participant = who});
    d.ask(Role::bureau, kCity, command::Deposit{.participant = who, .amount = Fen::wan(10'000), .document = "d"});
    d.ask(Role::bureau, kCity,
          command::FileBatch{.county = who,
                             .kind = engine::IndicatorKind::supplementary,
                             .area = Area::mu_4dp(1'000'000),
                             .paddy = {},
                             .capacity = {},
                             .project = "p",
                             .document = "d"});
  }
  d.order(kJiande, Side::sell, 190'000);
  EXPECT_FALSE(crossed(d.market.snapshot()));
  d.order(kYuhang, Side::buy, 210'000);  // urban: may not buy from Jiande today
  EXPECT_EQ(shown(d.market.snapshot()), "buy 2100 × 10000 (1); sell 1900 × 10000 (1); ");
  EXPECT_TRUE(crossed(d.market.snapshot()));
  EXPECT_FALSE(crossed(d.market.snapshot(), Instrument::linkage));
  d.order(kOther, Side::buy, 190'000);  // mountain-4: may
  EXPECT_EQ(shown(d.market.snapshot()), "buy 2100 × 10000 (1); ");
  EXPECT_FALSE(crossed(d.market.snapshot()));
  ASSERT_EQ(d.market.snapshot().trades.size(), 1u);
}

// ---- who may see what ----

/// One event of every kind, with Jiande and Yuhang in it wherever participants are.
std::map<std::string, engine::Event> one_of_each() {
  const District a = kJiande, b = kYuhang;
  const auto f = engine::Purse::free, h = engine::Purse::held;
  const Quantity q = Quantity::from_raw(1);
  const clearing::RunLine line{.from = b,
                               .to = a,
                               .amount = Fen::fen(1),
                               .item = clearing::LineItem::undertaking,
                               .clause = policy::Clause::h66_5_2};
  return {
      {"Refused", event::Refused{}},
      {"Repeated", event::Repeated{.first = {1}, .refusal = {}}},
      {"Activated", event::Activated{.behaviour = 1, .rule_set = "r"}},
      {"VenueSet", event::VenueSet{.venue = engine::Venue::simulation}},
      {"DayOpened", event::DayOpened{.day = {}}},
      {"DayClosed", event::DayClosed{.day = {}}},
      {"AccountOpened", event::AccountOpened{.participant = a, .kind = ParticipantClass::mountain4}},
      {"MoneyMoved",
       event::MoneyMoved{
           .from = b, .from_purse = h, .to = a, .to_purse = f, .amount = Fen::fen(1), .clause = {}, .cause = 1}},
      {"LandMoved", event::LandMoved{.instrument = kArea,
                                     .from = a,
                                     .from_purse = h,
                                     .to = b,
                                     .to_purse = f,
                                     .quantity = q,
                                     .clause = {},
                                     .cause = 1}},
      {"PricePublished", event::PricePublished{}},
      {"Filed",
       event::Filed{.filing = {1}, .county = a, .kind = {}, .area = {}, .paddy = {}, .capacity = {}, .day = {}}},
      {"Deducted", event::Deducted{}},
      {"ClaimBooked",
       event::ClaimBooked{.filing = {1}, .county = a, .instrument = kArea, .quantity = q, .amount = {}, .row = {}}},
      {"PlotEntered", event::PlotEntered{.county = a, .plot = "p", .area = {}, .grade = 1, .qualifies = true}},
      {"PlotPooled", event::PlotPooled{.county = a, .plot = "p", .area = {}, .target = {}, .shortfall = {}}},
      {"OrderAccepted",
       event::OrderAccepted{
           .order = {1}, .participant = a, .instrument = kArea, .side = Side::buy, .quantity = q, .price = {}}},
      {"FloorApplied", event::FloorApplied{}},
      {"Traded", trade(1)},
      {"OrderEnded",
       event::OrderEnded{
           .order = {1}, .participant = a, .remaining = q, .lapsed = true, .reason = matching::EndReason::lapsed}},
      {"LevelChanged", level(Side::buy, 1, 1, 1)},
      {"DealProposed",
       event::DealProposed{.deal = {1}, .proposer = a, .seller = a, .buyer = b, .legs = {}, .amount = {}}},
      {"DealMoved",
       event::DealMoved{.deal = {1}, .seller = a, .buyer = b, .state = engine::DealState::settled, .amount = {}}},
      {"WrittenOff", event::WrittenOff{.participant = a, .instrument = kArea, .quantity = q, .project = "p"}},
      {"OrderTerms", event::OrderTerms{.order = {1}, .participant = a, .at_best = true, .conditions = {}}},
      {"OrderReduced", event::OrderReduced{.order = {1}, .participant = a, .by = q, .remaining = q}},
      {"OrderReplaced", event::OrderReplaced{.order = {1}, .participant = a, .remaining = q, .price = {}}},
      {"OrderShown", event::OrderShown{.order = {1}, .participant = a, .remaining = q, .shown = q, .price = {}}},
      {"StopTriggered", event::StopTriggered{.order = {1}, .participant = a}},
      {"ProfileSet", event::ProfileSet{}},
      {"PhaseChanged", event::PhaseChanged{}},
      {"CallPriced", event::CallPriced{}},
      {"BestChanged", event::BestChanged{}},
      {"DayStatistics", event::DayStatistics{}},
      {"DealCountered",
       event::DealCountered{
           .deal = {1}, .proposer = a, .seller = a, .buyer = b, .legs = {}, .amount = {}, .until = {}}},
      {"SealedAnnounced", event::SealedAnnounced{}},
      {"SealedBidChanged", event::SealedBidChanged{.auction = {1}, .bid = {2}, .participant = a}},
      {"SealedOpened", event::SealedOpened{}},
      {"BidDecided", event::BidDecided{.auction = {1},
                                       .bid = {2},
                                       .participant = a,
                                       .instrument = kArea,
                                       .quantity = q,
                                       .price = {},
                                       .standing = matching::SealedStanding::accepted,
                                       .awarded = q}},
      {"RolledOver", event::RolledOver{}},
      {"ListingAnnounced", event::ListingAnnounced{}},
      {"BidderNumbered", event::BidderNumbered{.auction = {1}, .participant = a, .bidder = 1}},
      {"ListingRaised", event::ListingRaised{}},
      {"ListingMoved", event::ListingMoved{}},
      {"AuctionCancelled", event::AuctionCancelled{}},
      {"Awarded", event::Awarded{.auction = {1}, .deal = {2}, .seller = a, .buyer = b, .legs = {}, .amount = {}}},
      {"Proposed", event::Proposed{.proposal = {1},
                                   .kind = policy::SubjectKind::write_off,
                                   .participant = a,
                                   .step = policy::StepKind::approve,
                                   .due = {}}},
      {"ProposalMoved", event::ProposalMoved{.proposal = {1},
                                             .participant = a,
                                             .state = engine::ProposalState::effective,
                                             .step = {},
                                             .due = {},
                                             .reason = {},
                                             .refusal = {}}},
      {"PoolRequested", event::PoolRequested{.request = {1},
                                             .county = a,
                                             .purpose = clearing::RequestClass::city,
                                             .project = "p",
                                             .need = {},
                                             .deadline = {}}},
      {"RequestMoved",
       event::RequestMoved{.request = {1}, .county = a, .state = clearing::RequestState::allotted, .document = "d"}},
      {"AllocationDrafted", event::AllocationDrafted{.allocation = {1}, .parts = 1, .draws = 1}},
      {"Allotted",
       event::Allotted{
           .request = {1}, .county = a, .filing = {2}, .component = kArea, .quantity = q, .allocation = {3}}},
      {"AdvancePaid",
       event::AdvancePaid{.advance = {1}, .county = a, .fund = {}, .amount = {}, .due = {}, .contract = "c"}},
      {"AdvanceMoved", event::AdvanceMoved{.advance = {1},
                                           .county = a,
                                           .state = clearing::AdvanceState::paid,
                                           .reduced = {},
                                           .left = {},
                                           .filing = {}}},
      {"DealConfirmed",
       event::DealConfirmed{.deal = {1}, .seller = a, .buyer = b, .document = "d", .notice_until = {}, .pay_by = {}}},
      {"DealVoided",
       event::DealVoided{.deal = {1}, .seller = a, .buyer = b, .refusal = {}, .reason = "r", .document = "d"}},
      {"PriceRevoked", event::PriceRevoked{.row = {1}, .instrument = kArea, .from = {}, .until = {}, .document = "d"}},
      {"LotMoved", event::LotMoved{.instrument = kArea,
                                   .filing = {1},
                                   .from = a,
                                   .from_place = engine::Place::stock,
                                   .to = b,
                                   .to_place = engine::Place::stock,
                                   .quantity = q,
                                   .cause = 1}},
      {"LotExpired",
       event::LotExpired{.filing = {1}, .participant = a, .instrument = kArea, .quantity = q, .expires = {}}},
      {"ProjectRegistered",
       event::ProjectRegistered{.project = {1}, .county = a, .kind = {}, .name = "n", .document = "d"}},
      {"ProjectMoved", event::ProjectMoved{.project = {1}, .county = a, .from = {}, .to = {}, .document = "d"}},
      {"ConflictRecorded", event::ConflictRecorded{.county = a, .plot = "p", .conflict = {}, .document = "d"}},
      {"ConflictCleared", event::ConflictCleared{.county = a, .plot = "p"}},
      {"LandFrozen",
       event::LandFrozen{.freeze = {1}, .participant = a, .instrument = kArea, .quantity = q, .document = "d"}},
      {"LandUnfrozen",
       event::LandUnfrozen{
           .freeze = {1}, .participant = a, .instrument = kArea, .quantity = q, .left = q, .document = "d"}},
      {"LandTransferred",
       event::LandTransferred{
           .from = a, .to = b, .instrument = kArea, .quantity = q, .document = "d", .not_a_sale = {}}},
      {"LandLent",
       event::LandLent{
           .loan = {1}, .lender = a, .borrower = b, .instrument = kArea, .quantity = q, .due = {}, .document = "d"}},
      {"LandReturned",
       event::LandReturned{
           .loan = {1}, .lender = a, .borrower = b, .instrument = kArea, .quantity = q, .left = q, .document = "d"}},
      {"LoanOverdue",
       event::LoanOverdue{.loan = {1}, .lender = a, .borrower = b, .instrument = kArea, .left = q, .due = {}}},
      {"LandRestored", event::LandRestored{.write_off = {1},
                                           .participant = a,
                                           .instrument = kArea,
                                           .quantity = q,
                                           .left = q,
                                           .project = "p",
                                           .document = "d"}},
      {"LandCancelled", event::LandCancelled{.participant = a, .instrument = kArea, .quantity = q, .document = "d"}},
      {"Adjusted",
       event::Adjusted{
           .filing = {1}, .county = a, .area = {}, .paddy = {}, .capacity = {}, .reverses = {1}, .document = "d"}},
      {"ProductOpened",
       event::ProductOpened{.product = clearing::Product::forest, .from = {}, .until = {}, .approval = "d"}},
      {"TitleRegistered", event::TitleRegistered{.title = "P1",
                                                 .product = clearing::Product::forest,
                                                 .county = a,
                                                 .area = {},
                                                 .grade = {},
                                                 .document = "d",
                                                 .consent = "d",
                                                 .parent = {}}},
      {"PlotFlagged",
       event::PlotFlagged{.plot = "P1", .county = a, .grain_zone = true, .high_standard = true, .document = "d"}},
      {"TitleMoved", event::TitleMoved{.title = "P1",
                                       .product = clearing::Product::forest,
                                       .from = a,
                                       .to = b,
                                       .state = clearing::TitleState::held,
                                       .clause = {},
                                       .cause = 1,
                                       .project = {}}},
      {"NeedRegistered", event::NeedRegistered{.county = a, .instrument = kArea, .quantity = q, .document = "d"}},
      {"GapCertified",
       event::GapCertified{
           .gap = {1}, .participant = a, .instrument = kArea, .quantity = q, .from = {}, .until = {}, .document = "d"}},
      {"GapRevoked", event::GapRevoked{.gap = {1}, .participant = a, .document = "d"}},
      {"BalanceOpened", event::BalanceOpened{.balance = {1}, .county = a, .project = "p", .need = {}, .deadline = {}}},
      {"BalanceFilled", event::BalanceFilled{.balance = {1},
                                             .county = a,
                                             .tier = clearing::Tier::own,
                                             .amount = {},
                                             .left = {},
                                             .reason = "r",
                                             .document = "d"}},
      {"BalanceClosed", event::BalanceClosed{.balance = {1}, .county = a, .left = {}}},
      {"Warned", event::Warned{.participant = a,
                               .warning = event::Warning::own_need,
                               .clause = policy::Clause::h66_7_7,
                               .about = 1,
                               .instrument = kArea,
                               .given = q,
                               .bound = q}},
      {"FundMoved",
       event::FundMoved{
           .fund = clearing::Fund::pbf, .amount = Fen::fen(1), .back = false, .balance = Fen::fen(1), .document = "d"}},
      {"StandardPublished", event::StandardPublished{.standard = {1},
                                                     .kind = clearing::StandardKind::pbf_price,
                                                     .year = 2024,
                                                     .rate = Rate::yuan_per_mu(1),
                                                     .document = "d",
                                                     .approver = "o"}},
      {"StandardRevoked",
       event::StandardRevoked{
           .standard = {1}, .kind = clearing::StandardKind::pbf_price, .year = 2024, .document = "d"}},
      {"TaskRegistered",
       event::TaskRegistered{.county = a, .first_year = 2023, .last_year = 2027, .area = {}, .document = "d"}},
      {"RestoredRecorded",
       event::RestoredRecorded{.county = a, .first_year = 2023, .area = {}, .restored = {}, .document = "d"}},
      {"UndertakingAgreed", event::UndertakingAgreed{.undertaking = {1},
                                                     .provider = a,
                                                     .receiver = b,
                                                     .first_year = 2023,
                                                     .area = {},
                                                     .built = {},
                                                     .price = {},
                                                     .guide = {},
                                                     .document = "d"}},
      {"EnclaveRegistered", event::EnclaveRegistered{.enclave = {1},
                                                     .sender = a,
                                                     .receiver = b,
                                                     .kind = clearing::EnclaveKind::industrial,
                                                     .name = "n",
                                                     .secured = {},
                                                     .included = {},
                                                     .reduction = {},
                                                     .reduced = b,
                                                     .document = "d"}},
      {"PbfTaskAgreed",
       event::PbfTaskAgreed{.agreement = {1},
                            .enclave = {1},
                            .sender = a,
                            .receiver = b,
                            .area = {},
                            .from = {},
                            .until = {},
                            .document = "d"}},
      {"ScaleSet", event::ScaleSet{.county = a, .township = "t", .scale = {}, .reserved = {}, .document = "d"}},
      {"ScaleUsed", event::ScaleUsed{.county = a,
                                     .township = "t",
                                     .trade = clearing::RuralTrade::farming,
                                     .area = {},
                                     .left = {},
                                     .project = "p",
                                     .document = "d"}},
      {"RunReckoned", event::RunReckoned{.run = {1},
                                         .kind = clearing::RunKind::restoration,
                                         .year = 2024,
                                         .lines = {line},
                                         .total = line.amount,
                                         .reverses = {},
                                         .document = "d"}},
      {"RunPaid", event::RunPaid{.run = {1},
                                 .kind = clearing::RunKind::restoration,
                                 .year = 2024,
                                 .lines = {line},
                                 .total = line.amount,
                                 .reverses = {},
                                 .document = "d"}},
  };
}

TEST(Audience, EveryKindOfEventGoesToThoseItConcernsAndToNobodyElse) {
  // event             public   Jiande   Yuhang   any other district   bureau, auditor
  const std::map<std::string, std::string> table{
      {"Refused", "   –        –        –        –                    all   "},
      {"Repeated", "  –        –        –        –                    all   "},
      {"Activated", " public                                                "},
      {"VenueSet", "  public                                                "},
      {"DayOpened", " public                                                "},
      {"DayClosed", " public                                                "},
      {"AccountOpened", "public                                             "},
      {"MoneyMoved", "–        jiande   yuhang   –                    all   "},
      {"LandMoved", " –        jiande   yuhang   –                    all   "},
      {"PricePublished", "public                                            "},
      {"Filed", "     –        jiande   –        –                    all   "},
      {"Deducted", "  –        –        –        –                    all   "},
      {"ClaimBooked", "–       jiande   –        –                    all   "},
      {"PlotEntered", "–       jiande   –        –                    all   "},
      {"PlotPooled", "–        jiande   –        –                    all   "},
      {"OrderAccepted", "–     jiande   –        –                    all   "},
      {"FloorApplied", "–      –        –        –                    all   "},
      {"Traded", "    –        jiande   yuhang   –                    all   "},
      {"OrderEnded", "–        jiande   –        –                    all   "},
      {"LevelChanged", "public                                              "},
      {"DealCountered", "–      jiande   yuhang   –                    all   "},
      {"DealProposed", "–      jiande   yuhang   –                    all   "},
      {"DealMoved", " –        jiande   yuhang   –                    all   "},
      {"WrittenOff", "–        jiande   –        –                    all   "},
      {"OrderTerms", "–        jiande   –        –                    all   "},
      {"OrderReduced", "–      jiande   –        –                    all   "},
      {"OrderReplaced", "–     jiande   –        –                    all   "},
      {"OrderShown", "–        jiande   –        –                    all   "},
      {"StopTriggered", "–     jiande   –        –                    all   "},
      {"ProfileSet", "public                                                "},
      {"PhaseChanged", "public                                              "},
      {"CallPriced", "public                                                "},
      {"BestChanged", "public                                               "},
      {"DayStatistics", "public                                             "},
      {"SealedAnnounced", "public                                           "},
      {"SealedBidChanged", "–   jiande   –        –                          "},
      {"SealedOpened", "public                                              "},
      {"BidDecided", "–         jiande   –        –                    all   "},
      {"RolledOver", "public                                                "},
      {"ListingAnnounced", "public                                          "},
      {"BidderNumbered", "–     jiande   –        –                    all   "},
      {"ListingRaised", "public                                             "},
      {"ListingMoved", "public                                              "},
      {"AuctionCancelled", "public                                          "},
      {"Awarded", "   –         jiande   yuhang   –                    all   "},
      {"Proposed", "  –         jiande   –        –                    all   "},
      {"ProposalMoved", "–      jiande   –        –                    all   "},
      {"AdvancePaid", "–        jiande   –        –                    all   "},
      {"AdvanceMoved", "–       jiande   –        –                    all   "},
      {"DealConfirmed", "–      jiande   yuhang   –                    all   "},
      {"DealVoided", "–         jiande   yuhang   –                    all   "},
      {"PriceRevoked", "public                                            "},
      {"LotMoved", "  –         jiande   yuhang   –                    all   "},
      {"LotExpired", "–         jiande   –        –                    all   "},
      {"ProjectRegistered", "–  jiande   –        –                    all   "},
      {"ProjectMoved", "–       jiande   –        –                    all   "},
      {"ConflictRecorded", "–   jiande   –        –                    all   "},
      {"ConflictCleared", "–    jiande   –        –                    all   "},
      {"LandFrozen", "–         jiande   –        –                    all   "},
      {"LandUnfrozen", "–       jiande   –        –                    all   "},
      {"LandTransferred", "–    jiande   yuhang   –                    all   "},
      {"LandLent", "–           jiande   yuhang   –                    all   "},
      {"LandReturned", "–       jiande   yuhang   –                    all   "},
      {"LoanOverdue", "–        jiande   yuhang   –                    all   "},
      {"LandRestored", "–       jiande   –        –                    all   "},
      {"LandCancelled", "–      jiande   –        –                    all   "},
      {"Adjusted", "–           jiande   –        –                    all   "},
      {"PoolRequested", "–      jiande   –        –                    all   "},
      {"RequestMoved", "–       jiande   –        –                    all   "},
      {"AllocationDrafted", "–  –        –        –                    all   "},
      {"Allotted", "–           jiande   –        –                    all   "},
      {"ProductOpened", " public                                            "},
      {"TitleRegistered", "–    jiande   –        –                    all   "},
      {"PlotFlagged", "–        jiande   –        –                    all   "},
      {"TitleMoved", "–         jiande   yuhang   –                    all   "},
      {"NeedRegistered", "–     jiande   –        –                    all   "},
      {"GapCertified", "–       jiande   –        –                    all   "},
      {"GapRevoked", "–         jiande   –        –                    all   "},
      {"BalanceOpened", "–      jiande   –        –                    all   "},
      {"BalanceFilled", "–      jiande   –        –                    all   "},
      {"BalanceClosed", "–      jiande   –        –                    all   "},
      {"Warned", "  –           jiande   –        –                    all   "},
      {"FundMoved", "–          –        –        –                    all   "},
      {"StandardPublished", "public                                         "},
      {"StandardRevoked", "public                                           "},
      {"TaskRegistered", "–     jiande   –        –                    all   "},
      {"RestoredRecorded", "–   jiande   –        –                    all   "},
      {"UndertakingAgreed", "–  jiande   yuhang   –                    all   "},
      {"EnclaveRegistered", "–  jiande   yuhang   –                    all   "},
      {"PbfTaskAgreed", "–      jiande   yuhang   –                    all   "},
      {"ScaleSet", "–           jiande   –        –                    all   "},
      {"ScaleUsed", "–          jiande   –        –                    all   "},
      {"RunReckoned", "–        –        –        –                    all   "},  // though it names both: not paid yet
      {"RunPaid", "public                                                   "},
  };
  const auto events = one_of_each();
  std::set<size_t> kinds;
  for (const auto& [name, e] : events) {
    SCOPED_TRACE(name);
    kinds.insert(e.index());
    ASSERT_TRUE(table.contains(name));
    const auto says = [&row = table.at(name)](const char* word) { return row.find(word) != std::string::npos; };
    EXPECT_EQ(is_public(e), says("public"));
    EXPECT_EQ(may_see(e, kJiande, Role::district), says("jiande"));
    EXPECT_EQ(may_see(e, kYuhang, Role::district), says("yuhang"));
    EXPECT_FALSE(may_see(e, kOther, Role::district));
    EXPECT_FALSE(may_see(e, District::code(999999), Role::analyst))
        << "an analyst reads views, not other people's mail";
    EXPECT_EQ(may_see(e, kCity, Role::bureau), says("all"));
    EXPECT_EQ(may_see(e, kCity, Role::auditor), says("all"));
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<engine::EventList>) << "a new kind needs its row";
  EXPECT_EQ(table.size(), events.size());
}

TEST(Audience, WhatOneSideHoldsForADealIsNotToldToTheOther) {
  const event::MoneyMoved hold{.from = kYuhang,
                               .from_purse = engine::Purse::free,
                               .to = kYuhang,
                               .to_purse = engine::Purse::held,
                               .amount = Fen::fen(1),
                               .clause = {},
                               .cause = 1};
  EXPECT_TRUE(concerns(hold, kYuhang));
  EXPECT_FALSE(concerns(hold, kJiande));
}

TEST(Audience, UntilTheOpeningNobodyButItsOwnerLearnsAnythingOfASealedBid) {
  const event::MoneyMoved hold{.from = kYuhang,
                               .from_purse = engine::Purse::free,
                               .to = kYuhang,
                               .to_purse = engine::Purse::held,
                               .amount = Fen::fen(1),
                               .clause = {},
                               .cause = 1};
  const event::Refused refused{
      .refusal = {.reason = engine::Reason::not_enough_money, .rule = {}, .facts = {}, .text = {}}};
  const event::Repeated repeated{.first = {1}, .refusal = refused.refusal};
  const event::SealedBidChanged changed{.auction = {1}, .bid = {2}, .participant = kYuhang};
  const auto with = [](engine::Command c) {
    return engine::Stamped{.seq = {1}, .at = {1}, .envelope = {}, .command = std::move(c)};
  };
  for (const engine::Command& c : {engine::Command{command::BidSealed{}}, engine::Command{command::AmendBid{}},
                                   engine::Command{command::WithdrawBid{}}, engine::Command{command::CancelAuction{}}})
    for (const engine::Event& e :
         {engine::Event{hold}, engine::Event{refused}, engine::Event{repeated}, engine::Event{changed}}) {
      for (const Role role : {Role::bureau, Role::auditor, Role::analyst})
        EXPECT_FALSE(may_see(e, with(c), kCity, role));
      EXPECT_FALSE(may_see(e, with(c), kJiande, Role::district));
    }
  EXPECT_TRUE(may_see(hold, with(command::BidSealed{}), kYuhang, Role::district)) << "a colleague of the bidder";
  EXPECT_TRUE(may_see(hold, with(command::OpenBids{}), kCity, Role::auditor)) << "once opened, the drop copy is whole";
  EXPECT_TRUE(may_see(hold, with(command::BidListing{}), kCity, Role::auditor));
}

TEST(Audience, AnAuctionThatIsStoppedByApprovalTellsNoMoreThanOneThatIsStoppedAtOnce) {
  const event::MoneyMoved freed{.from = kYuhang,
                                .from_purse = engine::Purse::held,
                                .to = kYuhang,
                                .to_purse = engine::Purse::free,
                                .amount = Fen::fen(1),
                                .clause = {},
                                .cause = 1};
  const event::Refused refused{
      .refusal = {.reason = engine::Reason::bidding_begun, .rule = {}, .facts = {}, .text = {}}};
  event::ProposalMoved voided{.proposal = {1},
                              .participant = kYuhang,
                              .state = engine::ProposalState::voided,
                              .step = {},
                              .due = {},
                              .reason = {},
                              .refusal = engine::Refusal{.reason = engine::Reason::not_enough_money,
                                                         .rule = {},
                                                         .facts = {{engine::FactName::available_fen, 1}},
                                                         .text = {}}};
  const auto with = [](engine::Command c) {
    return engine::Stamped{.seq = {1}, .at = {1}, .envelope = {}, .command = std::move(c)};
  };
  const engine::Command stop = command::Propose{.subject = command::CancelAuction{}, .reason = {}, .document = {}};
  const engine::Command use = command::Propose{.subject = command::WriteOff{}, .reason = {}, .document = {}};
  EXPECT_FALSE(may_see(refused, with(stop), kCity, Role::auditor));
  EXPECT_TRUE(may_see(refused, with(use), kCity, Role::auditor));
  EXPECT_FALSE(may_see(freed, with(command::DecideProposal{}), kCity, Role::auditor));
  EXPECT_TRUE(may_see(freed, with(command::DecideProposal{}), kYuhang, Role::district));
  EXPECT_TRUE(may_see(voided, with(command::DecideProposal{}), kYuhang, Role::district));
  EXPECT_TRUE(may_see(voided, with(command::DecideProposal{}), kCity, Role::auditor))
      << "that a proposal is void is the bureau's to know; what Yuhang has free is left out";
}

TEST(Audience, WhatIsSetApartByApprovalIsTheBureausToSee) {
  // A decision hides the money that it frees for one participant, for that may have been held for sealed bids. What
  // goes into a sub-account of the city was never held.
  const event::MoneyMoved apart{.from = kCity,
                                .from_purse = engine::Purse::free,
                                .to = kCity,
                                .to_purse = engine::Purse::funds,
                                .amount = Fen::fen(1),
                                .clause = policy::Clause::h66_20,
                                .cause = 1};
  const engine::Stamped with{.seq = {1}, .at = {1}, .envelope = {}, .command = command::DecideProposal{}};
  EXPECT_TRUE(may_see(apart, with, kCity, Role::bureau));
  EXPECT_TRUE(may_see(apart, with, kCity, Role::auditor));
  EXPECT_FALSE(may_see(apart, with, kJiande, Role::district));
}

TEST(Audience, HowMuchMoneySomebodyHasFreeIsToldToItsOwnerAlone) {
  // 40 needed, 15 there: of Yuhang's money, and of the city's.
  const auto lacks = [](District whose) {
    return engine::Refusal{.reason = engine::Reason::not_enough_money,
                           .rule = {},
                           .facts = {{engine::FactName::needed_fen, 40},
                                     {engine::FactName::available_fen, 15},
                                     {engine::FactName::participant, static_cast<int64_t>(whose.raw())}},
                           .text = {}};
  };
  const auto says = [](const engine::Refusal& r) {
    return std::ranges::find(r.facts, engine::FactName::available_fen, &engine::Fact::name) != r.facts.end();
  };
  EXPECT_TRUE(says(told(lacks(kYuhang), kYuhang, Role::district)));
  EXPECT_TRUE(says(told(lacks(kCity), kCity, Role::bureau)));
  const std::pair<District, Role> others[] = {{kCity, Role::bureau},
                                              {kCity, Role::auditor},
                                              {kYuhang, Role::analyst},
                                              {kYuhang, Role::auditor},
                                              {kJiande, Role::district}};
  for (const auto& [who, role] : others) EXPECT_FALSE(says(told(lacks(kYuhang), who, role)));
  EXPECT_FALSE(says(told(lacks(kCity), kYuhang, Role::district))) << "the city's cash is the city's";
  EXPECT_EQ(told(lacks(kYuhang), kCity, Role::bureau).facts.size(), 2U) << "nothing else is left out";

  // In whatever event it travels.
  const engine::Event events[] = {
      event::Refused{.refusal = lacks(kYuhang)}, event::Repeated{.first = {1}, .refusal = lacks(kYuhang)},
      event::ProposalMoved{.proposal = {1},
                           .participant = kYuhang,
                           .state = engine::ProposalState::voided,
                           .step = {},
                           .due = {},
                           .reason = {},
                           .refusal = lacks(kYuhang)},
      event::DealVoided{
          .deal = {1}, .seller = kJiande, .buyer = kYuhang, .refusal = lacks(kYuhang), .reason = {}, .document = {}}};
  const auto bytes = [](const engine::Event& e) {
    std::string out;
    engine::Canonical{out}(e);
    return out;
  };
  for (const auto& e : events) {
    EXPECT_EQ(bytes(told(e, kYuhang, Role::district)), bytes(e));
    EXPECT_NE(bytes(told(e, kCity, Role::bureau)), bytes(e));
    EXPECT_NE(bytes(told(e, kJiande, Role::district)), bytes(e));
  }
}

TEST(Audience, WhatAnApprovedVoidGivesBackIsToldToEachWhoseItIs) {
  // Yuhang's deposit and Chun'an's (kOther) land come back; each entry is its owner's, and the land is the bureau's to
  // see too.
  script::Market market{{.pack = script::shipped().pack, .venue = engine::Venue::production}};
  market.check(R"(
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 100.00 wan                                → done
    d1 = propose 淳安 淳安→余杭 linkage 10.0000 @10.00  → done
    accept 余杭 d1                                      → accepted
    p1 = ask void d1                                    → done
  )");
  const engine::Command decide = command::DecideProposal{
      .proposal = {market.named("p1")}, .verdict = engine::StepVerdict::pass, .reason = {}, .document = {}};
  const script::Sender second{.participant = kCity, .role = Role::bureau, .nth = 2};
  const auto envelope = market.next_envelope(second);
  const auto events = market.send(envelope, decide);
  const engine::Stamped with{.seq = market.last(), .at = {1}, .envelope = envelope, .command = decide};
  int money = 0, land = 0;
  for (const auto& e : events) {
    if (const auto* m = std::get_if<event::MoneyMoved>(&e); m && m->from == m->to) {
      ++money;
      EXPECT_EQ(m->to, kYuhang);
      EXPECT_TRUE(may_see(e, with, kYuhang, Role::district));
      EXPECT_FALSE(may_see(e, with, kOther, Role::district)) << "the deposit is the buyer's own";
    }
    if (const auto* l = std::get_if<event::LandMoved>(&e); l && l->from == l->to) {
      ++land;
      EXPECT_EQ(l->to, kOther);
      EXPECT_TRUE(may_see(e, with, kOther, Role::district));
      EXPECT_FALSE(may_see(e, with, kYuhang, Role::district));
      EXPECT_TRUE(may_see(e, with, kCity, Role::bureau));
    }
    const bool void_itself = std::holds_alternative<event::DealVoided>(e);
    for (const District d : {kYuhang, kOther}) EXPECT_TRUE(!void_itself || may_see(e, with, d, Role::district));
    EXPECT_FALSE(may_see(e, with, kJiande, Role::district));
  }
  EXPECT_EQ(money, 1);
  EXPECT_EQ(land, 1);
}

}  // namespace
}  // namespace landex::feed
