// What people read out of the reports database, in numbers that can be checked by hand: the example queries over one
// small day, the published statistics, what is exported; and the README, which lists the tables as they are.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "exchange/engine/engine.hpp"
#include "exchange/host/policy_files.hpp"
#include "exchange/reports/export.hpp"
#include "exchange/reports/projector.hpp"
#include "exchange/reports/statistics.hpp"
#include "tests/private_cluster.hpp"

namespace landex {
namespace {

namespace command = engine::command;
using reports::Access;
using reports::AuctionFact;
using reports::Database;
using reports::StatisticsLine;
using reports::TradeFact;
using Scope = StatisticsLine::Scope;

std::string read(const std::string& path) {
  std::ifstream file{path};
  EXPECT_TRUE(file) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// ---- statistics ----

TradeFact book(int64_t mu, int64_t tick, const char* seller = "mountain4", const char* mode = "book") {
  return {.instrument = "supplementary_area",
          .mode = mode,
          .seller_class = seller,
          .buyer_class = "urban",
          .quantity = mu * 10'000,
          .price_tick = tick,
          .amount_fen = mu * 10'000 * tick};
}
const Period kJune{*Day::ymd(2024, 6, 1), *Day::ymd(2024, 6, 30)};

const StatisticsLine& line(const reports::Statistics& s, const std::string& instrument, Scope scope,
                           const std::string& name = {}) {
  for (const auto& l : s.lines)
    if (l.instrument == instrument && l.scope == scope && (name.empty() || name == l.mode || name == l.seller_class))
      return l;
  static const StatisticsLine none{};
  ADD_FAILURE() << "no line " << name;
  return none;
}

TEST(ReportStatistics, OfFiveTradesHaveAMeanByVolumeAndAMedian) {
  // mu  万元/亩   万元          prices in order: 20 20 21 22 30, the third is 21.00
  //  1   20.00    20
  //  2   20.00    40
  //  1   22.00    22
  //  3   21.00    63
  //  2   30.00    60           205 over 9 mu: 22.7777… 万元/亩 = 227 778 yuan/mu
  const auto s = reports::statistics_of(
      {book(1, 2'000), book(2, 2'000), book(1, 2'200), book(3, 2'100), book(2, 3'000)}, {}, kJune);
  const auto& all = line(s, "supplementary_area", Scope::all);
  EXPECT_EQ(all.trades, 5u);
  EXPECT_EQ(all.volume, 90'000);
  EXPECT_EQ(all.turnover_fen, 205'000'000);
  EXPECT_EQ(all.mean, 227'778);
  EXPECT_EQ(all.median, 210'000);
  EXPECT_FALSE(all.thin);
}

TEST(ReportStatistics, OfFourTradesHaveNoMedianAndSaySo) {
  const auto s = reports::statistics_of({book(1, 2'000), book(1, 2'100), book(1, 2'200), book(1, 2'300)}, {}, kJune);
  const auto& all = line(s, "supplementary_area", Scope::all);
  EXPECT_EQ(all.mean, 215'000);
  EXPECT_EQ(all.median, std::nullopt);
  EXPECT_TRUE(all.thin);
  EXPECT_NE(reports::csv_of(reports::sheet_of(s), false).find("成交不足5笔，不公布中位价"), std::string::npos);
  EXPECT_NE(reports::json_of(s).find("\"median_yuan_per_mu_or_fen_per_kg\":null,"
                                     "\"median_note_zh\":\"成交不足5笔，不公布中位价\""),
            std::string::npos);
}

TEST(ReportStatistics, TheFiveIsOursAndCanBeAnother) {
  const auto s = reports::statistics_of({book(1, 2'000), book(1, 2'100)}, {}, kJune, {.median_from = 2});
  EXPECT_EQ(line(s, "supplementary_area", Scope::all).median, 205'000);  // between 20.00 and 21.00
  EXPECT_NE(reports::json_of(s).find("\"median_from_trades\":2,\"median_rule_origin\":\"our_default\""),
            std::string::npos);
}

TEST(ReportStatistics, ARouteOrAModeIsThinByItself) {
  const auto s = reports::statistics_of({book(1, 2'000), book(1, 2'000), book(1, 2'000), book(1, 2'000),
                                         book(1, 2'500, "urban", "directed"), book(1, 2'000)},
                                        {}, kJune);
  EXPECT_EQ(line(s, "supplementary_area", Scope::all).trades, 6u);
  EXPECT_EQ(line(s, "supplementary_area", Scope::route, "mountain4").trades, 5u);
  EXPECT_EQ(line(s, "supplementary_area", Scope::route, "mountain4").median, 200'000);
  EXPECT_EQ(line(s, "supplementary_area", Scope::route, "urban").trades, 1u);
  EXPECT_TRUE(line(s, "supplementary_area", Scope::route, "urban").thin);
  EXPECT_EQ(line(s, "supplementary_area", Scope::mode, "directed").turnover_fen, 25'000'000);
  EXPECT_TRUE(line(s, "supplementary_area", Scope::mode, "directed").thin);
}

TEST(ReportStatistics, APartWithoutAPriceIsInTheVolumeAndInNoPrice) {
  TradeFact paddy{.instrument = "supplementary_paddy",
                  .mode = "directed",
                  .seller_class = "mountain4",
                  .buyer_class = "urban",
                  .quantity = 40'000,
                  .price_tick = {},
                  .amount_fen = 0};
  const auto s = reports::statistics_of({paddy}, {}, kJune);
  const auto& l = line(s, "supplementary_paddy", Scope::all);
  EXPECT_EQ(l.volume, 40'000);
  EXPECT_EQ(l.mean, std::nullopt);
  EXPECT_EQ(l.median, std::nullopt);
}

TEST(ReportStatistics, CapacityIsCountedInKgAndFen) {
  std::vector<TradeFact> trades;
  for (const int64_t fen : {100, 101, 104, 104})
    trades.push_back({.instrument = "supplementary_capacity",
                      .mode = "book",
                      .seller_class = "urban",
                      .buyer_class = "urban",
                      .quantity = 10,
                      .price_tick = fen,
                      .amount_fen = 10 * fen});
  const auto s = reports::statistics_of(trades, {}, kJune, {.median_from = 4});
  EXPECT_EQ(line(s, "supplementary_capacity", Scope::all).mean, 102);    // 4 090 fen over 40 kg: 102.25
  EXPECT_EQ(line(s, "supplementary_capacity", Scope::all).median, 103);  // between 101 and 104: 102.5, half up
}

TEST(ReportStatistics, TheCoverRatioOfAuctionsIsExact) {
  // 12 mu were bid for where 10 were offered, 6 where 15 were: 18 of 25.
  const auto s = reports::statistics_of({}, {{"linkage", 120'000, 100'000}, {"linkage", 60'000, 150'000}}, kJune);
  ASSERT_EQ(s.covers.size(), 1u);
  EXPECT_EQ(s.covers[0].ratio, "18/25");
  EXPECT_EQ(s.covers[0].auctions, 2u);
  EXPECT_EQ(reports::csv_of(reports::sheet_of(s), false),
            "from_day,until_day,instrument,scope,seller_class,buyer_class,mode,trades,volume_e4mu_or_kg,turnover_fen,"
            "mean_yuan_per_mu_or_fen_per_kg,median_yuan_per_mu_or_fen_per_kg,median_note,auctions,demand_e4mu_or_kg,"
            "offered_e4mu_or_kg,cover_ratio\r\n"
            "2024-06-01,2024-06-30,linkage,auctions,,,sealed,,,,,,,2,180000,250000,18/25\r\n");
}

// ---- a small day ----

/// 2024-06-03 at the simulation venue; 跨市调剂价 20.00 万元/亩.
///   建德 files 100 mu        20 of them to the pool, for which the city owes 400 wan
///   建德 → 余杭              10 mu at 20.00: 200 wan;  5 mu at 22.00: 110 wan
///   the city pays 建德       100 wan of the 400
class SmallDay {
 public:
  SmallDay() : book_{*host::load_policy(LANDEX_SOURCE_DIR "/clearing/policy")}, projector_{names()} {
    policy::Pack pack = book_.pack;
    pack.chains.clear();  // what is asked is done at once
    act(kCity, engine::Role::system, command::Activate{.behaviour = engine::kBehaviour, .pack = pack});
    act(kCity, engine::Role::system, command::SetVenue{engine::Venue::simulation});
    bureau(command::PublishPrice{Instrument::supplementary_area, Rate::yuan_per_mu(200'000), day(1, 1), day(12, 31),
                                 "模拟1号", "市局"});
    bureau(command::OpenDay{day(6, 3)});
    for (const District d : {kCity, kJiande, kYuhang}) bureau(command::OpenAccount{d});
    bureau(command::Deposit{kYuhang, Fen::wan(2'000), "拨款"});
    bureau(command::Deposit{kCity, Fen::wan(500), "拨款"});
    act(kJiande, engine::Role::district,
        command::FileBatch{.county = kJiande,
                           .kind = clearing::IndicatorKind::supplementary,
                           .area = Area::mu_4dp(1'000'000),
                           .paddy = {},
                           .capacity = {},
                           .project = "垦造",
                           .document = "报备1号"});
    deal(10, 200'000);
    deal(5, 220'000);
    bureau(command::SettleClaims{kJiande, Fen::wan(100)});
  }

  std::vector<reports::Row> rows() { return projector_.take(); }
  reports::Progress at() const { return projector_.at(); }

 private:
  static constexpr District kCity = District::code(330100), kYuhang = District::code(330110),
                            kJiande = District::code(330182);
  static Day day(unsigned month, unsigned d) { return *Day::ymd(2024, month, d); }
  wire::PlaceNames names() const {
    wire::PlaceNames all;
    for (const auto& u : book_.units) all[u.district] = {.zh = u.zh, .en = u.en};
    return all;
  }
  void bureau(const engine::Command& c) { act(kCity, engine::Role::bureau, c); }
  void deal(int64_t mu, int64_t yuan_per_mu) {
    act(kJiande, engine::Role::district,
        command::ProposeDeal{.seller = kJiande,
                             .buyer = kYuhang,
                             .legs = {{Instrument::supplementary_area, Quantity::of(Area::mu_4dp(mu * 10'000)),
                                       Rate::yuan_per_mu(yuan_per_mu)}}});
    act(kYuhang, engine::Role::district, command::AcceptDeal{DealId{seq_}});
  }
  void act(District who, engine::Role role, const engine::Command& c) {
    ++seq_;
    const engine::Stamped stamped{.seq = {seq_},
                                  .at = {.us = static_cast<int64_t>(seq_)},
                                  .envelope = {.client_key = {who.raw() + static_cast<uint64_t>(role)},
                                               .counter = {seq_},
                                               .person = {who.raw() + static_cast<uint64_t>(role)},
                                               .participant = who,
                                               .role = role},
                                  .command = c};
    const auto& events = engine_.apply(stamped);
    for (const auto& e : events)
      if (const auto* refused = std::get_if<engine::event::Refused>(&e))
        ADD_FAILURE() << "command " << seq_ << " was refused: " << static_cast<int>(refused->refusal.reason);
    projector_.apply(stamped, events);
  }

  host::PolicyBook book_;
  engine::Engine engine_;
  uint64_t seq_ = 0;
  reports::Projector projector_;
};

class ReportQueries : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::string where = fmt::format("{}/queries-{}.sqlite", LANDEX_BINARY_DIR, getpid()), why;
    if (std::string{GetParam()} == "postgresql") where = testing::fresh_postgres_database(why);
    for (const char* more : {"", "-wal", "-shm"}) std::filesystem::remove(where + more);
    ASSERT_FALSE(where.empty()) << why;
    path_ = where;
    auto opened = reports::open_database(where, Access::write);
    ASSERT_TRUE(opened) << opened.error().en;
    database_ = std::move(*opened);
    SmallDay day;
    ASSERT_TRUE(database_->write(day.rows(), day.at()));
  }
  void TearDown() override {
    database_.reset();
    if (std::string{GetParam()} != "postgresql")
      for (const char* more : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + more);
  }
  std::vector<std::string> rows_of(const std::string& sql) {
    const auto answer = database_->query(sql);
    EXPECT_TRUE(answer) << (answer ? "" : answer.error().en);
    std::vector<std::string> lines;
    if (!answer) return lines;
    for (const auto& row : answer->rows) {
      std::string text;
      for (const auto& cell : row) text += (text.empty() ? "" : "|") + cell.value_or("-");
      lines.push_back(text);
    }
    return lines;
  }
  std::vector<std::string> query(const std::string& name) {
    ++asked_;
    return rows_of(read(fmt::format("{}/exchange/reports/queries/{}.sql", LANDEX_SOURCE_DIR, name)));
  }
  using Lines = std::vector<std::string>;

  std::unique_ptr<Database> database_;
  std::string path_;
  size_t asked_ = 0;
};
INSTANTIATE_TEST_SUITE_P(On, ReportQueries, ::testing::Values("sqlite", "postgresql"),
                         [](const auto& one) { return std::string{one.param}; });

TEST_P(ReportQueries, OfTheSmallDayAnswerWhatAHandReckons) {
  // 310 wan over 15 mu: 206 666.66… yuan a mu, rounded down.
  EXPECT_EQ(query("price_by_month"), Lines{"2024-06|supplementary_area|2|150000|310000000|206666"});
  EXPECT_EQ(query("balance_by_county"),
            (Lines{"330100|杭州市|money|claims|-300000000",  // still owed
                   "330100|杭州市|money|free|400000000", "330100|杭州市|supplementary_area|pool|200000",
                   "330110|余杭区|money|free|1690000000", "330110|余杭区|supplementary_area|free|150000",
                   "330182|建德市|money|claims|300000000",
                   "330182|建德市|money|free|410000000",  // 310 + 100
                   "330182|建德市|supplementary_area|free|650000"}));
  EXPECT_EQ(query("who_paid_whom"), (Lines{"330100|330182|H66-7.4|1|100000000",  //
                                           "330110|330182|H66-7.6|2|310000000"}));
  EXPECT_EQ(query("pool_in_and_out"), Lines{"330182|supplementary_area|in|pooled|H66-7.2|200000"});
  // Nobody has an advance on this day; one of 桐庐 is written beside it: 500 wan paid, 120 wan left.
  EXPECT_EQ(query("unused_advance"), Lines{});
  const reports::Row advance{reports::TableId::advances,
                             {int64_t{900}, int64_t{330'122}, int64_t{1'000'000'000}, int64_t{500'000'000},
                              int64_t{120'000'000}, std::string{"2024-06-03"}, std::string{"2025-06-03"},
                              std::string{"垦造合同3号"}, std::string_view{"paid"}, int64_t{900}}};
  ASSERT_TRUE(database_->write(std::vector{advance}, {.seq = 900, .at_us = 0}));
  EXPECT_EQ(query("unused_advance"), Lines{"900|330122|垦造合同3号|500000000|120000000|2025-06-03|paid"});

  size_t files = 0;
  for ([[maybe_unused]] const auto& f :
       std::filesystem::directory_iterator{LANDEX_SOURCE_DIR "/exchange/reports/queries"})
    ++files;
  EXPECT_EQ(files, 5u) << "a query that is not asked here";
}

TEST_P(ReportQueries, OfStatisticsAndExportsReadTheDay) {
  const auto trades = reports::trades_of(*database_, kJune);
  ASSERT_TRUE(trades);
  ASSERT_EQ(trades->size(), 2u);
  const auto s = reports::statistics_of(*trades, *reports::auctions_of(*database_, kJune), kJune);
  EXPECT_EQ(line(s, "supplementary_area", Scope::route, "mountain4").mean, 206'667);  // half up
  EXPECT_TRUE(reports::trades_of(*database_, {*Day::ymd(2024, 7, 1), *Day::ymd(2024, 7, 31)})->empty());

  const auto sheet = reports::exported(*database_, "trades");
  ASSERT_TRUE(sheet);
  const std::string csv = reports::csv_of(*sheet, false);
  EXPECT_NE(csv.find("directed,supplementary_area,,,330182,330110,mountain4,urban,100000,2000,200000000,settled"),
            std::string::npos)
      << csv;
  EXPECT_NE(reports::json_lines_of(*sheet).find("\"title\":null,\"seller\":330182"), std::string::npos);
  const auto ledger = reports::exported(*database_, "ledger");
  ASSERT_TRUE(ledger);
  EXPECT_EQ(std::to_string(ledger->rows.size()),
            rows_of("select (select count(*) from money_entries) + (select count(*) from land_entries)").at(0));
  EXPECT_FALSE(reports::exported(*database_, "secrets"));
}

TEST_P(ReportQueries, ACopyIsTheSameTables) {
  const std::string path = fmt::format("{}/copy-{}.sqlite", LANDEX_BINARY_DIR, getpid());
  std::filesystem::remove(path);
  {
    auto copy = reports::open_database(path, Access::write);
    ASSERT_TRUE(copy);
    ASSERT_TRUE(reports::copy(*database_, **copy));
    EXPECT_EQ((*copy)->progress(), database_->progress());
    for (const auto& t : reports::tables()) {
      const auto mine = reports::exported(*database_, t.name), other = reports::exported(**copy, t.name);
      ASSERT_TRUE(mine && other);
      EXPECT_EQ(reports::csv_of(*mine, false), reports::csv_of(*other, false)) << t.name;
    }
  }
  for (const char* more : {"", "-wal", "-shm"}) std::filesystem::remove(path + more);
}

// ---- the README ----

std::string tables_as_markdown() {
  std::string out;
  for (const auto& t : reports::tables()) {
    out += fmt::format("\n### {}\n{}. {}; key: ", t.name, t.meaning,
                       t.kind == reports::Table::Kind::appended ? "Appended" : "Kept");
    for (size_t i = 0; i < t.key; ++i) out += fmt::format("{}{}", i == 0 ? "" : ", ", t.columns[i].name);
    out += ".\n\n| column | type | |\n|---|---|---|\n";
    for (const auto& c : t.columns)
      out += fmt::format("| {} | {}{} | {} |\n", c.name, c.type == reports::Column::Type::number ? "bigint" : "text",
                         c.required ? "" : ", may be null", c.meaning);
  }
  return out;
}

/// LANDEX_WRITE=1 writes it.
TEST(ReportTables, AreInTheReadmeAsTheyAre) {
  const std::string path = LANDEX_SOURCE_DIR "/exchange/reports/README.md";
  const std::string mark = "<!-- tables: from tables.cpp, by LANDEX_WRITE=1 of ReportTables -->\n";
  std::string text = read(path);
  const size_t at = text.find(mark);
  ASSERT_NE(at, std::string::npos);
  const std::string expected = text.substr(0, at + mark.size()) + tables_as_markdown();
  if (std::getenv("LANDEX_WRITE"))
    std::ofstream{path} << expected;
  else
    EXPECT_EQ(text, expected) << "run it with LANDEX_WRITE=1";
}

TEST(ReportTables, NameTheUnitOfEveryNumber) {
  for (const auto& t : reports::tables())
    for (const auto& c : t.columns) {
      if (c.type != reports::Column::Type::number) continue;
      const std::string_view n = c.name;
      bool named = n == "seq" || n == "idx" || n == "line" || n == "year" || n == "grade" || n == "at_best" ||
                   n == "behaviour" || n == "qualifies";
      for (const std::string_view unit : {"_fen", "_e4mu", "_kg", "_tick", "_us", "_seq", "_id", "_mu", "_e4", "_year"})
        named |= n.ends_with(unit);
      for (const std::string_view who :
           {"unit", "county", "seller", "buyer", "holder", "proposer", "provider", "receiver", "sender"})
        named |= n.ends_with(who);
      EXPECT_TRUE(named) << t.name << "." << n;
    }
}

}  // namespace
}  // namespace landex
