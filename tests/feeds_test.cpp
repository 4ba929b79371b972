// Feeds of 空间智治 as files (H66-21.1): what is read, to the last digit, and what is said of what cannot be.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "clients/feeds/adapter.hpp"
#include "clients/feeds/export.hpp"

namespace landex::feeds {
namespace {

namespace command = engine::command;

const wire::PlaceNames kPlaces{{District::code(330182), {.zh = "建德市", .en = "Jiande"}},
                               {District::code(330122), {.zh = "桐庐县", .en = "Tonglu"}},
                               {District::code(330112), {.zh = "临安区", .en = "Lin'an"}},
                               {District::code(330127), {.zh = "淳安县", .en = "Chun'an"}}};

const std::string kHeader = "record,source_id,county,kind,area_mu,project,document\n";
const std::string kGood = "batch,B1,建德市,supplementary,30.0000,垦造,文号1\n";

std::expected<Feed, Faults> read(const std::string& bytes) { return read_feed("f", bytes, kPlaces); }

std::string faults_of(const std::expected<Feed, Faults>& feed) {
  std::string out;
  if (!feed)
    for (const auto& f : feed.error()) out += text_of(f);
  return out;
}

command::FileBatch batch_of(const std::string& bytes) {
  const auto feed = read(bytes);
  EXPECT_TRUE(feed) << faults_of(feed);
  return feed ? std::get<command::FileBatch>(feed->records.at(0).command) : command::FileBatch{};
}

// The platform is built on 空间智治 (H66-21.1): what it sends is a file, and both forms of it say the same.
TEST(Feeds, ABatchIsTheSameInCsvInJsonAndInJsonLines) {
  const command::FileBatch wanted{.county = District::code(330182),
                                  .kind = engine::IndicatorKind::supplementary,
                                  .area = Area::mu_4dp(30'0000),
                                  .paddy = {},
                                  .capacity = {},
                                  .project = "垦造",
                                  .document = "文号1"};
  const std::string object = R"({"record": "batch", "source_id": "B1", "county": "330182", "kind": "supplementary",
    "area_mu": 30.0000, "project": "垦造", "document": "文号1", "grade": null})";
  EXPECT_EQ(batch_of(kHeader + kGood), wanted);
  EXPECT_EQ(batch_of("\xEF\xBB\xBF" + kHeader + kGood), wanted) << "with a byte-order mark";
  EXPECT_EQ(batch_of("record,source_id,county,kind,area_mu,project,document\r\n"
                     "\"batch\",\"B1\",Jiande,supplementary,30,\"垦造\",文号1"),
            wanted)
      << "CR LF, quotes, no line end at the end";
  EXPECT_EQ(batch_of("record,source_id,county,kind,area_mu,project,document,,\n,,,,,,,,\n"
                     "batch,B1,建德市,supplementary,30,垦造,文号1,,\n\n"),
            wanted)
      << "empty columns and rows, as spreadsheets leave them";
  EXPECT_EQ(batch_of("[" + object + "]"), wanted);
  std::string next = object;
  EXPECT_EQ(batch_of(object + "\n" + next.replace(next.find("B1"), 2, "B2")), wanted) << "one after the other";
}

// 1 ha = 15 mu. 1.2345 ha = 18.5175 mu: 12 345 m² × 15 = 185 175 units of 0.0001 mu; no rounding anywhere.
TEST(Feeds, HectaresAreFifteenMuExactly) {
  const std::string header = "record,source_id,county,kind,area_ha,project,document\n";
  for (const auto& [ha, units] :
       {std::pair{"1.2345", 185'175}, {"0.0001", 15}, {"1", 150'000}, {"66.6667", 10'000'005}})
    EXPECT_EQ(batch_of(header + "batch,B1,建德市,supplementary," + ha + ",垦造,文号1\n").area, Area::mu_4dp(units))
        << ha;
}

// The record of line 2 ends on line 3, so the next begins on line 4; a comma and a quote inside quotes are text.
TEST(Feeds, AQuotedCellMayHoldALineEndACommaAndAQuote) {
  const auto feed = read(kHeader + "batch,B1,建德市,supplementary,1,\"垦造,\n\"\"二期\"\"\",文号1\n" +
                         "batch,B2,建德市,supplementary,2,垦造,文号2\n");
  ASSERT_TRUE(feed) << faults_of(feed);
  ASSERT_EQ(feed->records.size(), 2u);
  EXPECT_EQ(std::get<command::FileBatch>(feed->records[0].command).project, "垦造,\n\"二期\"");
  EXPECT_EQ(feed->records[0].line, 2u);
  EXPECT_EQ(feed->records[1].line, 4u);
}

TEST(Feeds, PlotsOfABatchAddUpToIt) {
  const std::string header = "record,source_id,county,kind,area_mu,plots_mu,project,document\n";
  const auto batch = batch_of(header + "batch,B1,建德市,supplementary,30,D1:18.0000;D2:12;,垦造,文号1\n");
  ASSERT_TRUE(batch.plots);
  EXPECT_EQ(*batch.plots,
            (std::vector<clearing::BatchPlot>{{"D1", Area::mu_4dp(18'0000)}, {"D2", Area::mu_4dp(12'0000)}}));
}

struct Bad {
  std::string what, bytes;
  size_t line;
  std::string field, value, zh, en, remedy;
};

std::string with(const std::string& row) { return kHeader + kGood + row; }

const std::vector<Bad> kBad{
    {"nothing", "", 0, "", "", "文件为空", "is empty", "header"},
    {"spaces only", " \n\n", 0, "", "", "文件为空", "is empty", "header"},
    {"a header alone", kHeader, 1, "record", "", "没有记录", "no record", "batch"},
    {"GBK", kHeader + "batch,B1,\xBD\xA8\xB5\xC2\xCA\xD0,supplementary,1,x,y\n", 2, "", "", "UTF-8", "UTF-8",
     "CSV UTF-8"},
    {"an overlong form of a slash", with("batch,B2,\xC0\xAF,supplementary,1,x,y\n"), 3, "", "", "UTF-8", "UTF-8",
     "CSV UTF-8"},
    {"no kind", "source_id,county\nB1,建德市\n", 2, "record", "", "不是一种记录", "no kind", "deduction"},
    {"an unknown kind", "record,source_id\nbach,B1\n", 2, "record", "bach", "不是一种记录", "no kind", "batch"},
    {"an export that is no import", "record,asset\nholding,money\n", 2, "record", "holding", "不是一种记录", "no kind",
     "batch"},
    {"an unknown column",
     "record,source_id,county,kind,area_mu,project,document,aera\n" + kGood.substr(0, kGood.size() - 1) + ",1\n", 1,
     "aera", "", "没有此列", "no such column", "area_ha"},
    {"a missing column", "record,source_id,county,kind,area_mu,project\nbatch,B1,建德市,supplementary,1,x\n", 1,
     "document", "", "缺少此列", "is missing", "document number"},
    {"no area at all", "record,source_id,county,kind,project,document\nbatch,B1,建德市,supplementary,x,y\n", 1,
     "area_mu / area_ha", "", "缺少此列", "is missing", "hectares"},
    {"a column twice",
     "record,source_id,county,kind,area_mu,project,document,kind\nbatch,B1,建德市,supplementary,1,x,y,z\n", 1, "kind",
     "", "两次", "twice", "keep one"},
    {"a cell too few", with("batch,B2,建德市,supplementary,1,x\n"), 3, "", "", "6 格", "6 cells", "double quotes"},
    {"a cell too many", with("batch,B2,建德市,supplementary,1,000.5,x,y\n"), 3, "", "", "8 格", "8 cells",
     "double quotes"},
    {"a quote that is not closed", with("batch,B2,建德市,supplementary,1,\"x,y\n"), 3, "", "", "双引号", "double quote",
     "twice"},
    {"a quote in the middle", with("batch,B2,建德市,supplementary,1,x\"y,z\n"), 3, "", "", "双引号", "double quote",
     "twice"},
    {"no such county", with("batch,B2,建德,supplementary,1,x,y\n"), 3, "county", "建德", "不是区", "is no unit",
     "建德市"},
    {"no such word", with("batch,B2,建德市,linkages,1,x,y\n"), 3, "kind", "linkages", "不认识", "not known", "linkage"},
    {"a unit in the number", with("batch,B2,建德市,linkage,1亩,x,y\n"), 3, "area_mu", "1亩", "小数", "decimals",
     "no unit"},
    {"five decimals", with("batch,B2,建德市,linkage,1.00001,x,y\n"), 3, "area_mu", "1.00001", "4 位小数", "4 decimals",
     "no unit"},
    {"a negative area", with("batch,B2,建德市,linkage,-1,x,y\n"), 3, "area_mu", "-1", "小数", "decimals", "digits"},
    {"an exponent", with("batch,B2,建德市,linkage,1e3,x,y\n"), 3, "area_mu", "1e3", "小数", "decimals", "digits"},
    {"a number too large", with("batch,B2,建德市,linkage,900719925475,x,y\n"), 3, "area_mu", "900719925475", "过大",
     "too large", "unit"},
    {"no document", with("batch,B2,建德市,linkage,1,x,\n"), 3, "document", "", "未填", "not given", "give it"},
    {"an overlong document", with("batch,B2,建德市,linkage,1,x," + std::string(201, 'y') + "\n"), 3, "document",
     "yyyyyy", "201 字节", "201 bytes", "shorten"},
    {"a control character", with("batch,B2,建德市,linkage,1,x\x1b[2J,y\n"), 3, "project", "x [2J", "控制字符",
     "control", "take"},
    {"a source_id twice", with("batch,B1,建德市,linkage,1,x,y\n"), 3, "source_id", "B1", "第 2 行", "line 2",
     "of its own"},
    {"two kinds in one file", with("project,B2,建德市,linkage,1,x,y\n"), 3, "record", "project", "batch", "batch",
     "one kind"},
    {"two units", "record,source_id,county,kind,area_mu,area_ha,project,document\nbatch,B1,建德市,linkage,15,1,x,y\n",
     2, "area_ha", "1", "同时填写", "beside area_mu", "one of the two"},
    {"more paddy than area",
     "record,source_id,county,kind,area_mu,paddy_mu,project,document\n"
     "batch,B1,建德市,supplementary,1,1.0001,x,y\n",
     2, "paddy_mu", "1.0001", "水田多于面积", "more paddy", "part of the area"},
    {"paddy of a linkage batch",
     "record,source_id,county,kind,area_mu,paddy_mu,project,document\n"
     "batch,B1,建德市,linkage,2,1,x,y\n",
     2, "paddy_mu", "1", "增减挂钩无此项", "linkage has none", "empty"},
    {"plots that do not add up",
     "record,source_id,county,kind,area_mu,plots_mu,project,document\n"
     "batch,B1,建德市,linkage,2,D1:1.5;D2:0.4,x,y\n",
     2, "plots_mu", "D1:1.5;D2:0.4", "1.9000", "1.9000", "equal"},
    {"a plot without its area",
     "record,source_id,county,kind,area_mu,plots_mu,project,document\n"
     "batch,B1,建德市,linkage,2,D1,x,y\n",
     2, "plots_mu", "D1", "不是一个地块", "no plot", "NUMBER:AREA"},
    {"no such grade", "record,source_id,county,document,plots_mu\nreserve_plots,Y1,临安区,x,P1:60:16\n", 2, "plots_mu",
     "P1:60:16", "等级", "no grade", "1 (best) to 15"},
    {"no such day",
     "record,source_id,county,kind,area_mu,expires,project,document\n"
     "batch,B1,建德市,linkage,2,2024-02-30,x,y\n",
     2, "expires", "2024-02-30", "不是日期", "not a day", "YYYY-MM-DD"},
    {"half a kilogram",
     "record,source_id,county,kind,area_mu,capacity_kg,project,document\n"
     "batch,B1,建德市,supplementary,2,0.5,x,y\n",
     2, "capacity_kg", "0.5", "整数", "whole number", "digits"},
    {"a dispute settled by nothing", "record,source_id,plot,survey\nconflict_cleared,J1,D9,\n", 2, "survey", "",
     "没有一份材料", "no paper", "at least one"},
    {"JSON that breaks off", "[\n{\"record\": \"batch\",\n", 2, "", "", "不完整", "ends in the middle",
     "array of objects"},
    {"JSON with a comma too many", "[\n{\"record\": \"batch\",}]\n", 2, "", "", "JSON", "not JSON", "array of objects"},
    {"an object inside a record", "[{\"record\": \"batch\",\n \"area\": {\"mu\": 1}}]", 2, "area", "{…}", "嵌套",
     "inside", "members"},
    {"a number among the records", "[{\"record\": \"batch\"},\n 7]", 2, "", "7", "应为对象", "object",
     "array of objects"},
    {"a member twice", "[{\"record\": \"batch\",\n \"record\": \"batch\"}]", 2, "record", "batch", "两次", "twice",
     "members"},
    {"a missing member", "[{\"record\": \"conflict\",\n \"source_id\": \"C1\"}]", 1, "plot", "", "缺少此列", "missing",
     "plot number"},
    {"an unknown member",
     "[{\"record\": \"conflict_cleared\", \"source_id\": \"C1\", \"plot\": \"D1\", \"opinion\": \"x\",\n \"remark\": "
     "\"y\"}]",
     2, "remark", "y", "没有此列", "no such column", "opinion"},
};

TEST(Feeds, WhatIsWrongIsToldWithItsLineFieldValueAndRemedy) {
  for (const auto& bad : kBad) {
    const auto feed = read(bad.bytes);
    ASSERT_FALSE(feed) << bad.what;
    const auto at =
        std::ranges::find_if(feed.error(), [&](const Fault& f) { return f.line == bad.line && f.field == bad.field; });
    ASSERT_NE(at, feed.error().end()) << bad.what << "\n" << faults_of(feed);
    const std::string said = text_of(*at);
    for (const auto& words : {bad.value, bad.zh, bad.en, bad.remedy})
      EXPECT_NE(said.find(words), said.npos) << bad.what << ": '" << words << "' is not in\n" << said;
    EXPECT_FALSE(at->remedy_zh.empty()) << bad.what;
    EXPECT_EQ(said.find('\x1b'), said.npos) << bad.what;
  }
}

// Three wrong cells in two rows are three faults, in the order of the lines.
TEST(Feeds, EveryFaultOfAFileIsTold) {
  const auto feed = read(kHeader + "batch,B1,建德,linkage,x,p,d\n" + "batch,B2,建德市,linkage,1,p,\n");
  ASSERT_FALSE(feed);
  std::vector<std::pair<size_t, std::string>> told;
  for (const auto& f : feed.error()) told.emplace_back(f.line, f.field);
  EXPECT_EQ(told, (std::vector<std::pair<size_t, std::string>>{{2, "county"}, {2, "area_mu"}, {3, "document"}}));
}

TEST(Feeds, AFileThatIsTooLargeIsNotRead) {
  EXPECT_NE(faults_of(read(std::string(kMostBytes + 1, 'x'))).find("split it"), std::string::npos);
  std::string many = kHeader;
  for (size_t n = 0; n <= kMostRows; ++n) many += "batch,B" + std::to_string(n) + ",建德市,linkage,1,p,d\n";
  EXPECT_NE(faults_of(read(many)).find("more than 20000 records"), std::string::npos);
}

// ---- the examples, and exports that come back: H66-21.1

TEST(Feeds, EachExampleOfTheRoomIsSoundAndSaysThatItIsMadeUp) {
  std::set<std::string> seen;
  for (const auto& entry : std::filesystem::directory_iterator{LANDEX_SOURCE_DIR "/clients/feeds/examples"}) {
    std::ifstream in{entry.path(), std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    const auto feed = read_feed(entry.path().filename().string(), bytes, kPlaces);
    ASSERT_TRUE(feed) << faults_of(feed);
    EXPECT_NE(bytes.find("模拟数据"), bytes.npos) << entry.path();
    seen.insert(feed->kind);
  }
  EXPECT_EQ(seen.size(), kinds().size());
}

engine::view::LineageRow filing() {
  return {.filing = FilingId::from_raw(7),
          .county = District::code(330182),
          .kind = engine::IndicatorKind::supplementary,
          .day = *Day::ymd(2024, 6, 3),
          .filed = {.area = Area::mu_4dp(30'0000), .paddy = Area::mu_4dp(10'0000), .capacity = Capacity::kg(12'000)},
          .deducted = {.area = Area::mu_4dp(1'0000), .paddy = {}, .capacity = {}},
          .project = "垦造, \"二期\"",
          .project_id = {},
          .document = "文号1",
          .grade = 5,
          .plots = {{.plot = "D1", .area = Area::mu_4dp(30'0000)}},
          .expires = Day::ymd(2025, 6, 30),
          .lots = {},
          .uses = {}};
}

TEST(Feeds, AnExportedBatchIsReadAsTheBatchThatItWas) {
  const std::vector rows{filing()};
  const Sheet sheet = sheet_of(std::span{rows}, kPlaces);
  for (const auto& bytes : {csv_of(sheet, true), csv_of(sheet, false), json_of(sheet)}) {
    const auto batch = batch_of(bytes);
    EXPECT_EQ(batch.area, Area::mu_4dp(30'0000));
    EXPECT_EQ(batch.paddy, Area::mu_4dp(10'0000));
    EXPECT_EQ(batch.capacity, Capacity::kg(12'000));
    EXPECT_EQ(batch.project, "垦造, \"二期\"");
    EXPECT_EQ(batch.grade, 5);
    EXPECT_EQ(batch.plots->at(0).plot, "D1");
    EXPECT_EQ(batch.expires, Day::ymd(2025, 6, 30));
  }
}

// Stable columns: whoever reads them by place may go on doing so. The units stand in the names.
TEST(Feeds, ColumnsOfAnExportStandAlsoWithoutRowsAndKeepTheirOrder) {
  const auto header = [](const Sheet& s) {
    std::string out;
    for (const auto& c : s.columns) out += (out.empty() ? "" : ",") + c;
    return out;
  };
  EXPECT_EQ(header(sheet_of(engine::view::Lots{}, kPlaces)),
            "record,filing,instrument,unit,raw_unit,participant,participant_name,place,quantity,quantity_raw");
  EXPECT_EQ(header(sheet_of(std::span<const engine::view::LineageRow>{}, kPlaces)),
            "record,source_id,filing,county,county_name,kind,area_mu,area_raw,paddy_mu,paddy_raw,capacity_kg,project,"
            "document,registered,project_id,grade,plots_mu,expires,day,deducted_area_mu,deducted_paddy_mu,"
            "deducted_capacity_kg");
  EXPECT_EQ(header(sheet_of(engine::view::Conflicts{}, kPlaces)),
            "record,source_id,county,county_name,plot,conflict,document,open,papers");
  EXPECT_EQ(header(sheet_of(engine::view::Projects{}, kPlaces)),
            "record,source_id,project_id,county,county_name,kind,name,state,document");
  EXPECT_EQ(header(sheet_of(engine::view::Holdings{}, kPlaces)),
            "record,participant,participant_name,class,asset,unit,raw_unit,free,free_raw,held,held_raw,pool,pool_raw,"
            "used,used_raw,cancelled,cancelled_raw,frozen,frozen_raw,borrowed,borrowed_raw,lent,lent_raw,claims_yuan,"
            "claims_yuan_raw");
  EXPECT_EQ(header(sheet_of(engine::view::Deals{}, kPlaces)),
            "record,deal,leg,seller,seller_name,buyer,buyer_name,state,instrument,unit,raw_unit,quantity,quantity_raw,"
            "price_yuan_per_unit,amount_yuan,amount_yuan_raw,notice_until,pay_by");
  EXPECT_EQ(header(sheet_of(engine::view::Pool{}, kPlaces)),
            "record,county,county_name,rule,asset,unit,raw_unit,filed,filed_raw,deducted,deducted_raw,unpriced,"
            "unpriced_raw,entered,entered_raw,qualifying,qualifying_raw,target,target_raw,pooled,pooled_raw,shortfall,"
            "shortfall_raw,owed_yuan,owed_yuan_raw");
}

TEST(Feeds, AnAmountIsExportedForPeopleAndAsTheExactInteger) {
  engine::view::Lots lots;
  lots.rows.push_back({.instrument = Instrument::supplementary_area,
                       .filing = FilingId::from_raw(7),
                       .participant = District::code(330182),
                       .place = engine::Place::stock,
                       .quantity = Quantity::from_raw(240'001)});
  EXPECT_NE(csv_of(sheet_of(lots, kPlaces), false)
                .find("\"mu\",\"0.0001mu\",\"330182\",\"建德市\",\"stock\",\"24.0001\",\"240001\"\r\n"),
            std::string::npos);
  EXPECT_NE(json_of(sheet_of(lots, kPlaces)).find("\"quantity\": \"24.0001\", \"quantity_raw\": 240001}"),
            std::string::npos);
}

}  // namespace
}  // namespace landex::feeds
