// A journal replayed under one changed rule: worked days whose numbers an officer can check by hand, and random days
// on which the two worlds are held against their ledgers.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "clients/simulator/counterfactual/subjects.hpp"
#include "clients/simulator/counterfactual/told.hpp"
#include "exchange/host/rule_sets.hpp"
#include "exchange/journal/journal.hpp"
#include "exchange/sequencer/replica.hpp"
#include "exchange/wire/codec.hpp"
#include "tests/memory_disk.hpp"
#include "tests/policy_directory.hpp"
#include "tests/random_market.hpp"
#include "tests/seeds.hpp"

namespace landex::simulator {
namespace {

namespace command = engine::command;
using clearing::Purse;
using engine::Reason;
using engine::Role;

const District kCity = District::code(330100), kYuhang = District::code(330110), kJiande = District::code(330182);
constexpr auto kArea = Instrument::supplementary_area;
const Day kMonday = *Day::ymd(2024, 6, 3);

const std::vector<host::PolicyBook>& books() {
  static const auto loaded = [] {
    std::vector<host::PolicyBook> out;
    for (const auto name : host::kRuleSets) out.push_back(host::load_policy(script::policy_directory(), name).value());
    return out;
  }();
  return loaded;
}

Quantity mu(int64_t n) { return Quantity::from_raw(n * 10'000); }
Rate wan(int64_t hundredths) { return Rate::yuan_per_mu(hundredths * 100); }

/// A live exchange: what is asked of it is done and stands in the journal "j".
class Live {
 public:
  Live()
      : journal_{std::move(
            journal::Journal::open(disk, {.dir = "j"}, [](const auto&) { return std::expected<void, std::string>{}; })
                .value()
                .journal)} {}

  uint64_t asks(District who, Role role, engine::Command c) {
    const uint64_t seq = journal_.last_number() + 1;
    return record({.seq = {seq},
                   .at = {matching::beijing_instant(kMonday, matching::TimeOfDay::hm(10, 0)).us +
                          static_cast<int64_t>(seq) * 1'000'000},
                   .envelope = {.client_key = {1},
                                .counter = {seq},
                                .person = {who.raw() * 10 + static_cast<uint64_t>(role)},
                                .participant = who,
                                .role = role},
                   .command = std::move(c)});
  }
  uint64_t record(const engine::Stamped& c) {
    refused = false;
    for (const auto& e : replica_.apply(c)) refused |= std::holds_alternative<engine::event::Refused>(e);
    const std::string bytes = wire::encode(c);
    EXPECT_TRUE(journal_.append(c.seq.value, std::span{&bytes, 1}, replica_.outcome()));
    return c.seq.value;
  }
  uint64_t bureau(engine::Command c) { return asks(kCity, Role::bureau, std::move(c)); }
  uint64_t of(District who, engine::Command c) { return asks(who, Role::district, std::move(c)); }

  /// A simulation day with a published price of 20.00, accounts of Jiande and Yuhang, and 2 000 wan of Yuhang.
  /// Commands 1 to 8.
  void open() {
    auto pack = books().front().pack;
    pack.chains.clear();
    asks(kCity, Role::system, command::Activate{.behaviour = engine::kBehaviour, .pack = pack});
    asks(kCity, Role::system, command::SetVenue{.venue = engine::Venue::simulation});
    bureau(command::PublishPrice{.instrument = kArea,
                                 .rate = wan(2'000),
                                 .from = kMonday,
                                 .until = *Day::ymd(2024, 6, 30),
                                 .document = "模拟〔2024〕1号",
                                 .approver = "模拟"});
    bureau(command::OpenDay{.day = kMonday});
    for (const District d : {kCity, kJiande, kYuhang}) bureau(command::OpenAccount{.participant = d});
    bureau(command::Deposit{.participant = kYuhang, .amount = Fen::wan(2'000), .document = "d"});
    EXPECT_EQ(journal_.last_number(), 8u);
  }
  uint64_t files(int64_t area) {
    return bureau(command::FileBatch{.county = kJiande,
                                     .kind = clearing::IndicatorKind::supplementary,
                                     .area = Area::mu_4dp(area * 10'000),
                                     .paddy = {},
                                     .capacity = {},
                                     .project = "p",
                                     .document = "d"});
  }
  uint64_t order(District who, Side side, int64_t area, int64_t hundredths) {
    return of(who,
              command::PlaceOrder{.instrument = kArea, .side = side, .quantity = mu(area), .price = wan(hundredths)});
  }
  const engine::State& state() const { return replica_.state(); }

  tests::MemoryDisk disk;
  bool refused = false;

 private:
  journal::Journal journal_;
  sequencer::Replica replica_;
};

struct Result {
  std::expected<CounterfactualSummary, CounterfactualFault> summary;
  MemorySink found;
  const CounterfactualSummary* operator->() const { return &*summary; }

  const CommandDifference& of(uint64_t seq) const {
    static const CommandDifference none{};
    const auto at = std::ranges::find(found.commands, Sequence{seq}, &CommandDifference::seq);
    EXPECT_NE(at, found.commands.end()) << "command " << seq << " came out as it was";
    return at == found.commands.end() ? none : *at;
  }
  /// was → now.
  using WasNow = std::pair<int64_t, int64_t>;
  WasNow balance(District d, Purse p, std::optional<Instrument> asset = {}) const {
    for (const auto& b : summary->balances)
      if (b.participant == d && b.purse == p && b.instrument == asset) return {b.was, b.now};
    return {-1, -1};
  }
  WasNow transfer(District from, District to, std::optional<Instrument> asset = {}) const {
    for (const auto& t : summary->transfers)
      if (t.from == from && t.to == to && t.instrument == asset) return {t.was, t.now};
    return {-1, -1};
  }
};
using WasNow = Result::WasNow;
using Chain = std::vector<Sequence>;

Result under(Live& live, const std::vector<std::string>& changes) {
  Result out{.summary = std::unexpected{CounterfactualFault{}}, .found = {}};
  out.summary = run_counterfactual(live.disk, "j", changes, books(), out.found);
  return out;
}

constexpr int64_t kWan = 1'000'000;  // fen
constexpr int64_t kMu = 10'000;

TEST(Counterfactual, APoolShareOf30PercentTakesLandThatWasSold) {
  // 100 mu are filed. 20 % pooled: 80 are free, all of it is offered at 20.00, 10 are sold. 30 %: 70 are free, so the
  // offer of 80 is refused, nobody sells, and its cancel names an order that never was.
  Live live;
  live.open();
  const uint64_t filing = live.files(100);
  const uint64_t offer = live.order(kJiande, Side::sell, 80, 2'000);
  const uint64_t bid = live.order(kYuhang, Side::buy, 10, 2'000);
  const uint64_t cancel = live.of(kJiande, command::CancelOrder{.order = {offer}});
  const uint64_t close = live.bureau(command::CloseDay{.day = kMonday});
  ASSERT_FALSE(live.refused);
  const Result r = under(live, {"pooled_share.supplementary_farmland=30%"});
  ASSERT_TRUE(r.summary) << r.summary.error().en;

  ASSERT_EQ(r->changes.size(), 1u);
  EXPECT_EQ(r->changes[0].was, "20%");
  EXPECT_EQ(r->changes[0].now, "30%");
  EXPECT_EQ(r->changes[0].clause, policy::Clause::h66_7_2);

  EXPECT_EQ(r.of(filing).change, CommandChange::done_otherwise);
  EXPECT_EQ(r.of(filing).because, Chain{});  // by the rule itself
  EXPECT_EQ(r.of(offer).change, CommandChange::refused_now);
  EXPECT_EQ(r.of(offer).now->reason, Reason::not_enough_land);
  EXPECT_EQ(r.of(offer).because, (Chain{{filing}}));
  EXPECT_EQ(r.of(bid).change, CommandChange::done_otherwise);  // it rests
  EXPECT_EQ(r.of(bid).because, (Chain{{offer}, {filing}}));
  EXPECT_EQ(r.of(cancel).change, CommandChange::refused_now);
  EXPECT_EQ(r.of(cancel).now->reason, Reason::unknown_order);
  EXPECT_EQ(r.of(cancel).because, (Chain{{offer}, {filing}}));
  EXPECT_EQ(r.of(close).change, CommandChange::done_otherwise);  // the bid lapses
  EXPECT_EQ(r.of(close).because, (Chain{{bid}, {offer}, {filing}}));
  EXPECT_EQ(r.found.commands.size(), 5u);

  ASSERT_EQ(r.found.trades.size(), 1u);
  EXPECT_EQ(r.found.trades[0].change, TradeChange::gone);
  EXPECT_EQ(r.found.trades[0].was->quantity, mu(10));
  EXPECT_EQ(r.found.trades[0].was->amount, Fen::wan(200));  // 10 mu at 20.00 万元
  EXPECT_FALSE(r.found.trades[0].now);

  EXPECT_EQ(r.balance(kCity, Purse::pool, kArea), (WasNow{20 * kMu, 30 * kMu}));
  EXPECT_EQ(r.balance(kJiande, Purse::free, kArea), (WasNow{-1, -1}));  // 80 − 10 sold = 70
  EXPECT_EQ(r.balance(kYuhang, Purse::free, kArea), (WasNow{10 * kMu, 0}));
  EXPECT_EQ(r.balance(kYuhang, Purse::free), (WasNow{1'800 * kWan, 2'000 * kWan}));
  EXPECT_EQ(r.balance(kJiande, Purse::free), (WasNow{200 * kWan, 0}));
  EXPECT_EQ(r.balance(kJiande, Purse::claims), (WasNow{400 * kWan, 600 * kWan}));
  EXPECT_EQ(r.balance(kCity, Purse::claims), (WasNow{-400 * kWan, -600 * kWan}));
  EXPECT_EQ(r->balances.size(), 6u);
  EXPECT_EQ(r.transfer(kYuhang, kJiande), (WasNow{200 * kWan, 0}));
  EXPECT_EQ(r.transfer(kJiande, kYuhang, kArea), (WasNow{10 * kMu, 0}));
  EXPECT_EQ(r.transfer(kJiande, kCity, kArea), (WasNow{20 * kMu, 30 * kMu}));
  EXPECT_EQ(r->transfers.size(), 3u);
  EXPECT_EQ(r->was.owed, Fen::wan(400));
  EXPECT_EQ(r->now.owed, Fen::wan(600));

  // After the filing Jiande sent two commands and Yuhang one; Yuhang was not affected before its own bid did not trade.
  EXPECT_EQ(r->behaviour.first, Sequence{filing});
  EXPECT_EQ(r->behaviour.participants, 2u);
  EXPECT_EQ(r->behaviour.later, 3u);
  EXPECT_EQ(r->behaviour.affected, 2u);
}

TEST(Counterfactual, WithoutTheFloorAnUrbanBidBelowItTrades) {
  // Jiande asks 18.00 for 10 mu, Yuhang bids 19.00; the published price of 20.00 keeps them apart.
  Live live;
  live.open();
  live.files(100);
  live.order(kJiande, Side::sell, 10, 1'800);
  const uint64_t bid = live.order(kYuhang, Side::buy, 10, 1'900);
  const Result r = under(live, {"floor=off"});
  ASSERT_TRUE(r.summary) << r.summary.error().en;
  EXPECT_EQ(r->changes.at(0).clause, policy::Clause::h66_7_6);
  EXPECT_EQ(r.of(bid).because, Chain{});
  EXPECT_EQ(r.found.commands.size(), 1u);
  ASSERT_EQ(r.found.trades.size(), 1u);
  EXPECT_EQ(r.found.trades[0].change, TradeChange::added);
  EXPECT_EQ(r.found.trades[0].now->price, Price::ticks(1'800));  // the earlier quote
  EXPECT_EQ(r.transfer(kYuhang, kJiande), (WasNow{0, 180 * kWan}));
  EXPECT_EQ(r->was.turnover[index_of(kArea)], Turnover{});
  EXPECT_EQ(r->now.turnover[index_of(kArea)], (Turnover{.trades = 1, .quantity = 10 * kMu, .fen = 180 * kWan}));
}

TEST(Counterfactual, WithAPublishedPriceOf22ADealAt20IsRefusedAndItsAcceptanceNamesNothing) {
  Live live;
  live.open();
  const uint64_t filing = live.files(100);
  const uint64_t deal =
      live.of(kJiande, command::ProposeDeal{.seller = kJiande,
                                            .buyer = kYuhang,
                                            .legs = {{.instrument = kArea, .quantity = mu(10), .price = wan(2'000)}}});
  const uint64_t accept = live.of(kYuhang, command::AcceptDeal{.deal = {deal}});
  ASSERT_FALSE(live.refused);
  for (const std::string change : {"price=area:+10%", "price=area:22.00"}) {
    const Result r = under(live, {change});
    ASSERT_TRUE(r.summary) << r.summary.error().en;
    ASSERT_EQ(r->changes.size(), 1u);
    EXPECT_EQ(r->changes[0].was, "20.00 万元/亩");
    EXPECT_EQ(r->changes[0].now, "22.00 万元/亩");
    // The pool owes 20 mu × 22.00 = 440 万元 instead of 400: by the price itself.
    EXPECT_EQ(r.of(filing).because, Chain{});
    EXPECT_EQ(r.balance(kJiande, Purse::claims), (WasNow{400 * kWan, 440 * kWan}));
    EXPECT_EQ(r.of(deal).now->reason, Reason::below_floor);
    EXPECT_EQ(r.of(deal).because, Chain{});
    EXPECT_EQ(r.of(accept).now->reason, Reason::unknown_deal);
    EXPECT_EQ(r.of(accept).because, (Chain{{deal}}));
    ASSERT_EQ(r.found.trades.size(), 1u);
    EXPECT_EQ(r.found.trades[0].deal, DealId{deal});
    EXPECT_EQ(r.found.trades[0].change, TradeChange::gone);
    EXPECT_EQ(r.found.trades[0].was,
              (TradeTerms{.quantity = mu(10), .price = Price::ticks(2'000), .amount = Fen::wan(200)}));
    EXPECT_EQ(r->first_order.at(CommandChange::refused_now), 1u);
  }
}

TEST(Counterfactual, UnderALowerFloorAnOrderThatWasRefusedIsTaken) {
  Live live;
  live.open();
  live.files(100);
  const uint64_t deal =
      live.of(kJiande, command::ProposeDeal{.seller = kJiande,
                                            .buyer = kYuhang,
                                            .legs = {{.instrument = kArea, .quantity = mu(10), .price = wan(1'900)}}});
  ASSERT_TRUE(live.refused);
  const Result r = under(live, {"price=area:-5%"});  // 19.00
  ASSERT_TRUE(r.summary) << r.summary.error().en;
  EXPECT_EQ(r.of(deal).change, CommandChange::done_now);
  EXPECT_EQ(r.of(deal).was->reason, Reason::below_floor);
  EXPECT_EQ(r.of(deal).because, Chain{});
}

TEST(Counterfactual, ContinuousSessionsBecomeOneCallBeforeTheClose) {
  // Asks 19.00 and 21.00, each 10 mu; a bid of 10 at 21.00 trades at 19.00 at once. In a call nothing trades at 10:00.
  Live live;
  live.asks(kCity, Role::system, command::Activate{.behaviour = engine::kBehaviour, .pack = [] {
                                                     auto pack = books().front().pack;
                                                     pack.chains.clear();
                                                     pack.floor_routes.clear();
                                                     return pack;
                                                   }()});
  live.asks(kCity, Role::system, command::SetVenue{.venue = engine::Venue::simulation});
  live.bureau(command::SetProfile{.profile = matching::simulation_profile()});
  live.bureau(command::OpenDay{.day = kMonday});
  for (const District d : {kCity, kJiande, kYuhang}) live.bureau(command::OpenAccount{.participant = d});
  live.bureau(command::Deposit{.participant = kYuhang, .amount = Fen::wan(2'000), .document = "d"});
  live.files(100);
  live.order(kJiande, Side::sell, 10, 1'900);
  live.order(kJiande, Side::sell, 10, 2'100);
  const uint64_t bid = live.order(kYuhang, Side::buy, 10, 2'100);
  ASSERT_FALSE(live.refused);
  const Result r = under(live, {"phase=call"});
  ASSERT_TRUE(r.summary) << r.summary.error().en;
  EXPECT_EQ(r->changes.size(), 1u);
  EXPECT_EQ(r.of(bid).change, CommandChange::done_otherwise);
  ASSERT_EQ(r.found.trades.size(), 1u);
  EXPECT_EQ(r.found.trades[0].change, TradeChange::gone);
  EXPECT_EQ(r.found.trades[0].was->amount, Fen::wan(190));
}

TEST(Counterfactual, WhatCannotBeChangedIsRefusedWithWhatMayBeChanged) {
  Live live;
  live.open();
  const std::pair<std::string, std::string> cases[]{
      {"", "is not known"},
      {"floor=on", "is no value of floor: write off"},
      {"profile=off", "the journal has no such thing"},
      {"phase=call", "the journal has no such thing"},
      {"price=area:20.00", "so it is in the journal already"},
      {"price=area:0", "is refused with the changed value"},
      {"price=paddy:+10%", "the journal has no such thing"},
      {"price=area:10%", "is no value of price"},
      {"price=wood:+10%", "is no value of price"},
      {"pooled_share.supplementary_farmland=20%", "so it is in the journal already"},
      {"pooled_share.supplementary_farmland=130%", "is refused with the changed value"},
      {"pooled_share.supplementary_farmland=0.3", "write 30%"},
      {"protection.sharing=by_luck", "write by_standard|pro_rata"},
      {"limit.purchase=10", "the journal has no such thing"},
      {"pooled_share.forest=30%", "is not known"},
      {"rule_set=H66-2022", "so it is in the journal already"},
      {"rule_set=H99", "write H66-2022|post-2025"}};
  for (const auto& [change, text] : cases) {
    const Result r = under(live, {change});
    ASSERT_FALSE(r.summary) << change;
    EXPECT_NE(r.summary.error().en.find(text), std::string::npos) << change << ": " << r.summary.error().en;
    EXPECT_FALSE(r.summary.error().zh.empty());
    EXPECT_TRUE(r.found.commands.empty());
  }
  EXPECT_NE(under(live, {"floor=off", "floor=off"}).summary.error().en.find("changed twice"), std::string::npos);
  EXPECT_NE(under(live, {}).summary.error().en.find("pooled_share.supplementary_farmland=20%"), std::string::npos);
}

TEST(Counterfactual, AnotherRuleSetTakesAwayWhatSuperiorLawHasEnded) {
  Live live;
  live.open();
  const Result r = under(live, {"rule_set=post-2025"});
  ASSERT_TRUE(r.summary) << r.summary.error().en;
  EXPECT_EQ(r->changes.at(0).was, "H66-2022");
  EXPECT_EQ(r->changes.at(0).now, "post-2025");
}

TEST(Counterfactual, ADamagedJournalIsRefusedAsAnAuditRefusesIt) {
  Live live;
  live.open();
  auto files = live.disk.medium();
  auto& bytes = files.begin()->second;
  bytes[2'000] ^= std::byte{1};  // inside the first command, the policy pack
  tests::MemoryDisk other{files};
  MemorySink sink;
  const std::vector<std::string> changes{"floor=off"};
  const auto r = run_counterfactual(other, "j", changes, books(), sink);
  ASSERT_FALSE(r);
  EXPECT_FALSE(r.error().zh.empty());
  const auto none = run_counterfactual(other, "elsewhere", changes, books(), sink);
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().en.find("no journal"), std::string::npos);
}

TEST(Counterfactual, AJournalWhoseReplayGivesAnotherOutcomeIsRefused) {
  tests::MemoryDisk disk;
  auto opened =
      journal::Journal::open(disk, {.dir = "j"}, [](const auto&) { return std::expected<void, std::string>{}; });
  ASSERT_TRUE(opened);
  sequencer::Replica replica;
  const engine::Stamped activate{
      .seq = {1},
      .at = {1},
      .envelope = {.client_key = {1}, .counter = {1}, .person = {1}, .participant = kCity, .role = Role::system},
      .command = command::Activate{.behaviour = engine::kBehaviour, .pack = books().front().pack}};
  replica.apply(activate);
  const std::string bytes = wire::encode(activate);
  ASSERT_TRUE(opened->journal.append(1, std::span{&bytes, 1}, replica.outcome() + 1));
  MemorySink sink;
  const std::vector<std::string> changes{"floor=off"};
  const auto r = run_counterfactual(disk, "j", changes, books(), sink);
  ASSERT_FALSE(r);
  EXPECT_NE(r.error().en.find("another outcome"), std::string::npos) << r.error().en;
}

TEST(Counterfactual, TheFilesTellTheSameAndAreNotWrittenOver) {
  Live live;
  live.open();
  live.files(100);
  const uint64_t offer = live.order(kJiande, Side::sell, 80, 2'000);
  const auto dir = std::filesystem::temp_directory_path() / "landex-counterfactual-test";
  std::filesystem::remove_all(dir);
  {
    auto sink = CsvSink::open(dir, {{kJiande, {.zh = "建德市", .en = "Jiande"}}});
    ASSERT_TRUE(sink) << sink.error().en;
    const std::vector<std::string> changes{"pooled_share.supplementary_farmland=30%"};
    const auto r = run_counterfactual(live.disk, "j", changes, books(), **sink);
    ASSERT_TRUE(r);
    ASSERT_FALSE((*sink)->finish(*r));
  }
  std::ifstream in{dir / "commands.csv"};
  std::string head, filing, order;
  std::getline(in, head);
  std::getline(in, filing);
  std::getline(in, order);
  EXPECT_TRUE(head.starts_with("seq,at,participant,name,role,person,kind,subject,change,order,because,")) << head;
  EXPECT_TRUE(
      filing.starts_with("9,2024-06-03T10:00:09,330100,,bureau,3301002,FileBatch,registry,done_otherwise,first,,"))
      << filing;
  EXPECT_TRUE(order.starts_with(fmt::format(
      "{},2024-06-03T10:00:10,330182,建德市,district,3301821,PlaceOrder,order,refused_now,second,9,", offer)))
      << order;
  const auto again = CsvSink::open(dir, {});
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().en.find("not written over"), std::string::npos);
  std::filesystem::remove_all(dir);
}

/// Of every place, what came and went between places is what its purses have more: of each land, and of cash with what
/// is outside.
void expect_sums(const CounterfactualSummary& s) {
  std::map<std::pair<District, std::optional<Instrument>>, int64_t> by_balance, by_transfer;
  for (const auto& b : s.balances) {
    const bool owed = !b.instrument && (b.purse == Purse::claims || b.purse == Purse::advances);
    if (!owed) by_balance[{b.participant, b.instrument}] += b.now - b.was;
  }
  for (const auto& t : s.transfers) {
    by_transfer[{t.from, t.instrument}] -= t.now - t.was;
    by_transfer[{t.to, t.instrument}] += t.now - t.was;
  }
  std::erase_if(by_balance, [](const auto& e) { return e.second == 0; });
  std::erase_if(by_transfer, [](const auto& e) { return e.second == 0; });
  EXPECT_EQ(by_balance, by_transfer);
}

TEST(Counterfactual, OnRandomDaysNoChangeMakesNoDifferenceAndDifferencesSumToTheLedgers) {
  const testing::Seeds days{12, 1'500};
  const std::vector<std::vector<std::string>> kinds{{"pooled_share.supplementary_farmland=45%"},
                                                    {"floor=off"},
                                                    {"price=area:+10%", "price=linkage:-10%"},
                                                    {"profile=off"},
                                                    {"phase=call"},
                                                    {"rule_set=post-2025"},
                                                    {"advance.share=10%", "settlement.deposit=50%"}};
  uint64_t commands = 0, trades = 0, second = 0, worlds = 0;
  for (uint64_t seed = days.first; seed < days.first + days.seeds; ++seed) {
    SCOPED_TRACE("LANDEX_SEED=" + std::to_string(seed));
    Live live;
    testing::RandomMarket market{seed};
    for (uint64_t n = 0; n < days.commands; ++n) live.record(market.next(live.state()));
    MemorySink none;
    const auto same = compare(live.disk, "j", Changes{}, books(), none);
    ASSERT_TRUE(same) << same.error().en;
    EXPECT_TRUE(none.commands.empty() && none.trades.empty() && same->balances.empty() && same->transfers.empty());
    EXPECT_EQ(same->public_only, 0u);
    const Result r = under(live, kinds[seed % kinds.size()]);
    if (!r.summary) {
      EXPECT_NE(r.summary.error().en.find("the journal"), std::string::npos) << r.summary.error().en;
      continue;
    }
    ++worlds;
    commands += r.found.commands.size();
    trades += r.found.trades.size();
    for (const auto& c : r.found.commands) {
      second += c.because.empty() ? 0 : 1;
      for (const auto cause : c.because) EXPECT_LT(cause, c.seq);
    }
    expect_sums(*r.summary);
    days.done(seed);
  }
  if (days.enough()) {
    EXPECT_GT(worlds, 6u);
    EXPECT_GT(commands, 100u);
    EXPECT_GT(trades, 10u);
    EXPECT_GT(second, 50u);
  }
}

}  // namespace
}  // namespace landex::simulator
