// Papers as files: the same bytes twice, text that can be read out again, pages that break, workbooks whose formulas
// come to the figures beside them. pdftotext (poppler-utils) and python3 read from outside what was written; a machine
// without pdftotext skips what needs it.
#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "exchange/deeds/check_code.hpp"
#include "exchange/deeds/csv.hpp"
#include "exchange/deeds/pdf.hpp"
#include "exchange/deeds/value_text.hpp"
#include "exchange/deeds/xlsx.hpp"
#include "tests/paper_facts.hpp"

namespace landex::deeds {
namespace {

/// A file of this test, removed with it.
class File {
 public:
  File(const std::string& name, const std::string& bytes)
      : path_{std::filesystem::temp_directory_path() / ("landex-papers-" + std::to_string(getpid()) + "-" + name)} {
    std::ofstream{path_, std::ios::binary} << bytes;
  }
  ~File() { std::filesystem::remove(path_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  std::string path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  char some[4096];
  for (size_t n = 0; (n = fread(some, 1, sizeof some, pipe)) > 0;) out.append(some, n);
  pclose(pipe);
  return out;
}

bool installed(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null").c_str()) == 0;
}

/// The text of a PDF, page by page, without blanks (a reader places them by eye).
std::vector<std::string> pages_of(const std::string& pdf_bytes) {
  const File file{"text.pdf", pdf_bytes};
  const std::string text = output_of("pdftotext -layout '" + file.path() + "' -");
  std::vector<std::string> pages;
  std::string page;
  for (const char c : text) {
    if (c == '\f') {
      pages.push_back(std::move(page));
      page.clear();
    } else if (c != ' ' && c != '\n') {
      page += c;
    }
  }
  return pages;
}

std::string without_blanks(std::string s) {
  std::erase(s, ' ');
  return s;
}

size_t count(const std::string& in, const std::string& what) {
  size_t n = 0;
  for (size_t at = 0; (at = in.find(what, at)) != in.npos; at += what.size()) ++n;
  return n;
}

TEST(PaperFiles, TheSamePaperIsTheSameBytesWhateverWasMadeBefore) {
  std::vector<std::string> first, sheets;
  for (const auto& [name, made] : paper_facts::one_of_each()) {
    first.push_back(pdf(*made).value());
    sheets.push_back(xlsx(*made).value());
  }
  size_t i = 0;
  for (const auto& [name, made] : paper_facts::one_of_each()) {
    EXPECT_EQ(pdf(*made).value(), first[i]) << name;
    EXPECT_EQ(xlsx(*made).value(), sheets[i]) << name;
    ++i;
  }
}

TEST(PaperFiles, EveryPdfIsTextWithItsNumberCheckCodeAndPageOnEachPage) {
  if (!installed("pdftotext")) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  for (const auto& [name, made] : paper_facts::one_of_each()) {
    const auto pages = pages_of(pdf(*made).value());
    ASSERT_FALSE(pages.empty()) << name;
    const std::string of = std::to_string(pages.size());
    for (size_t i = 0; i < pages.size(); ++i) {
      const std::string n = std::to_string(i + 1);
      EXPECT_NE(pages[i].find(without_blanks(check_code(*made))), std::string::npos) << name << " page " << n;
      EXPECT_NE(pages[i].find("第" + n + "页，共" + of + "页"), std::string::npos) << name << " page " << n;
      EXPECT_NE(pages[i].find("模拟数据SIMULATEDDATA"), std::string::npos) << name << " page " << n;
      EXPECT_NE(pages[i].find(without_blanks(made->number)), std::string::npos) << name << " page " << n;
    }
    EXPECT_NE(pages[0].find(made->title.zh), std::string::npos) << name;
    EXPECT_NE(pages.back().find("杭州市规划和自然资源局"), std::string::npos) << name;  // its seal
  }
}

TEST(PaperFiles, ChineseCapitalsAndARareCharacterCanBeSearched) {
  if (!installed("pdftotext")) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  const auto pages = pages_of(pdf(*deal_confirmation(paper_facts::deal(), paper_facts::issue())).value());
  EXPECT_NE(pages[0].find("人民币贰佰壹拾万柒仟伍佰元整"), std::string::npos);
  EXPECT_NE(pages[0].find("䶮山至城西科创大走廊快速路工程"), std::string::npos);
  EXPECT_NE(pages[0].find("2107500.00元"), std::string::npos);
}

TEST(PaperFiles, AStatementOfThreeHundredRowsBreaksOverPagesWithItsHeadOnEach) {
  if (!installed("pdftotext")) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  const Made made = statement(paper_facts::statement(300), paper_facts::issue());
  ASSERT_TRUE(made);
  const auto pages = pages_of(pdf(*made).value());
  ASSERT_GT(pages.size(), 8U);
  ASSERT_LT(pages.size(), 30U);
  size_t heads = 0, rows = 0;
  for (const std::string& page : pages) {
    heads += count(page, "othersideclause") > 0 || count(page, "otherside") > 0;
    rows += count(page, "receivedforadeal") + count(page, "boughtsupplementary");
  }
  EXPECT_EQ(rows, 300U);  // none is lost or told twice at a break
  EXPECT_GE(heads, pages.size() - 2);
}

TEST(PaperFiles, ATextHigherThanAPageGoesOnOnTheNextOneAndNoneOfItIsLost) {
  if (!installed("pdftotext")) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  auto facts = paper_facts::deal();
  facts.project.clear();
  for (int i = 1000; i < 3000; ++i) facts.project += "第" + std::to_string(i) + "段";
  const auto pages = pages_of(pdf(*deal_confirmation(facts, paper_facts::issue())).value());
  std::string all;
  for (const auto& page : pages) all += page;
  EXPECT_GT(pages.size(), 3U);
  size_t found = 0;  // a break inside a piece hides it from this search, so most, not all
  for (int i = 1000; i < 3000; ++i) found += all.find(std::to_string(i)) != all.npos;
  EXPECT_GT(found, 1'900U);
  EXPECT_NE(all.find("2999"), all.npos);
}

TEST(PaperFiles, NamesThatNoColumnFitsAreBrokenInsideTheirCells) {
  auto facts = paper_facts::run();
  for (auto& l : facts.lines) {
    l.to.name = {std::string(3 * 60, ' ') + "很长的名称", std::string(300, 'x')};
    l.amount = Fen::yuan(9'000'000'000'000);
    l.full = l.amount;
    l.area = Area::mu_4dp(999'999'999'9999);
  }
  facts.fund = std::nullopt;
  EXPECT_TRUE(pdf(*yearly_run(facts, paper_facts::issue())));
}

TEST(PaperFiles, TextOfOthersCannotBreakAFile) {
  EXPECT_EQ(clean("a\nb\x01"), "a b ");
  EXPECT_EQ(clean("\xFF龙"), "\uFFFD龙");
  EXPECT_EQ(clean("\xE9\xBE"), "\uFFFD\uFFFD");    // the beginning of a character
  EXPECT_EQ(clean("100\u202E001元"), "100001元");  // would show 001 turned round
  EXPECT_EQ(clean("䶮𠮷é"), "䶮𠮷é");
  auto facts = paper_facts::deal();
  facts.project = "a\x01\xFF\"<&>\u202E";
  const Made p = deal_confirmation(facts, paper_facts::issue());
  EXPECT_TRUE(pdf(*p));
  EXPECT_TRUE(xlsx(*p));
}

TEST(PaperFiles, AWorkbookSumsItselfToTheFiguresOfThePaper) {
  // Read from outside: each formula of a table is computed anew from the cells it names, and must come to the figure
  // beside it.
  const File file{"book.xlsx", xlsx(*statement(paper_facts::statement(300), paper_facts::issue())).value()};
  const std::string script = std::string{LANDEX_SOURCE_DIR} + "/tests/papers_workbook.py";
  // Money: 300 running balances and three in the last row. In: 200 × 2 000 000.00 and 17 fen × 29 900; out: 100 × 50.00
  // and 14 950 fen; so 100.00 + 400 005 083.00 − 5 149.50. Land: 3 and 3.
  EXPECT_EQ(output_of("python3 '" + script + "' '" + file.path() + "' 2>&1"),
            "1 money: 303 formulas, last row 400005083.00 5149.50 400000033.50\n"
            "2 supplementary_area: 6 formulas, last row 500.00 110.10 489.90\n");
}

TEST(PaperFiles, AFigureThatASpreadsheetWouldRoundIsRefused) {
  auto facts = paper_facts::statement(0);
  facts.accounts[0].opening = facts.accounts[0].closing = 1'000'000'000'000'000;
  const auto refused = xlsx(*statement(facts, paper_facts::issue()));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().en.find("more than 15 digits"), std::string::npos);
  EXPECT_TRUE(pdf(*statement(facts, paper_facts::issue())));
}

TEST(PaperFiles, CsvHasUnitsInItsHeadRawIntegersBesideAndQuotesWhereTheyAreNeeded) {
  Table t{
      .name = "t",
      .title = {"表", "table"},
      .columns = {{.head = {"事由", "cause"}, .kind = Kind::words, .name = "cause"},
                  {.head = {"编号", "no."}, .kind = Kind::text, .name = "number"},
                  {.head = {"日期", "date"}, .kind = Kind::day, .name = "date"},
                  {.head = {"面积", "area"}, .kind = Kind::area, .name = "area"},
                  {.head = {"产能", "capacity"}, .kind = Kind::capacity, .name = "capacity"},
                  {.head = {"单价", "price"}, .kind = Kind::price_per_mu, .name = "price"},
                  {.head = {"金额", "amount"}, .kind = Kind::money, .name = "amount"}},
      .rows = {{Value::of(Words{"一,二", "he said \"two\""}), Value::text("=1+1"),
                Value::of(paper_facts::day(2024, 6, 3)), Value::of(Area::mu_4dp(12'3450)), Value::of(Capacity::kg(7)),
                Value::of(Instrument::linkage, Price::ticks(1'950)), Value::of(Fen::fen(-5))},
               {Value::of(Words{"换\n行"}), Value::text(""), Value::blank(Kind::day), Value::blank(Kind::area),
                Value::blank(Kind::capacity), Value::blank(Kind::price_per_mu), Value::blank(Kind::money)}}};
  EXPECT_EQ(csv(t, CsvReader::program),
            "cause_zh,cause_en,number,date,area_mu,area_e4mu,capacity_kg,price_wan_per_mu,price_tick,amount_yuan,"
            "amount_fen\r\n"
            "\"一,二\",\"he said \"\"two\"\"\",=1+1,2024-06-03,12.3450,123450,7,19.50,1950,-0.05,-5\r\n"
            "\"换\n行\",,,,,,,,,,\r\n");
  // A spreadsheet would run "=1+1".
  EXPECT_EQ(csv(t, CsvReader::spreadsheet).substr(0, 3), "\xEF\xBB\xBF");
  EXPECT_NE(csv(t, CsvReader::spreadsheet).find(",'=1+1,"), std::string::npos);
}

}  // namespace
}  // namespace landex::deeds
