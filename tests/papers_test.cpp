// The words of papers: amounts in capitals, numbers of papers, check codes, and the model's own soundness.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "exchange/deeds/check_code.hpp"
#include "exchange/deeds/number.hpp"
#include "exchange/deeds/uppercase.hpp"
#include "exchange/deeds/value_text.hpp"

namespace landex::deeds {
namespace {

TEST(Capitals, AnAmountIsWrittenAsABookkeeperWouldWriteIt) {
  struct Case {
    int64_t fen;
    const char* words;
  };
  // fen; the last two digits are 角 and 分
  constexpr Case kCases[] = {
      {0, "人民币零元整"},
      {5, "人民币伍分"},
      {50, "人民币伍角整"},
      {55, "人民币伍角伍分"},
      {1'00, "人民币壹元整"},
      {10'00, "人民币壹拾元整"},
      {11'05, "人民币壹拾壹元零伍分"},
      {10'50, "人民币壹拾元伍角整"},
      {100'00, "人民币壹佰元整"},
      {325'04, "人民币叁佰贰拾伍元零肆分"},
      {1001'10, "人民币壹仟零壹元壹角整"},
      {1010'00, "人民币壹仟零壹拾元整"},
      {1680'32, "人民币壹仟陆佰捌拾元叁角贰分"},
      {1409'50, "人民币壹仟肆佰零玖元伍角整"},
      {6007'14, "人民币陆仟零柒元壹角肆分"},
      {1'0000'00, "人民币壹万元整"},
      {1'0700'00, "人民币壹万零柒佰元整"},
      {1'6409'02, "人民币壹万陆仟肆佰零玖元零贰分"},
      {10'0001'05, "人民币壹拾万零壹元零伍分"},
      {10'7000'53, "人民币壹拾万柒仟元伍角叁分"},
      {200'0000'00, "人民币贰佰万元整"},
      {1'0000'0000'00, "人民币壹亿元整"},
      {1'0000'0001'00, "人民币壹亿零壹元整"},
      {1'0000'1000'00, "人民币壹亿零壹仟元整"},
      {1'0010'0000'00, "人民币壹亿零壹拾万元整"},
      {10'0000'0000'00, "人民币壹拾亿元整"},
      {1'0000'0000'0000'00, "人民币壹万亿元整"},
      {1'0000'0000'0005'00, "人民币壹万亿零伍元整"},
      {1'0000'5000'0000'00, "人民币壹万亿零伍仟万元整"},
      {1'0001'0000'0000'00, "人民币壹万零壹亿元整"},
      {90'0000'0000'0000'00, "人民币玖拾万亿元整"},
      {89'9999'9999'9999'99, "人民币捌拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
      {-5, "人民币负伍分"},
      {-10'0001'05, "人民币负壹拾万零壹元零伍分"},
  };
  for (const auto& [fen, words] : kCases) EXPECT_EQ(uppercase(Fen::fen(fen)), words) << fen;
}

// Reads capitals back, by another road than they were written: each character is a digit or a unit.
int64_t read_back(std::string_view words) {
  const std::string_view prefix = "人民币", negative = "负";
  words.remove_prefix(prefix.size());
  int64_t sign = 1;
  if (words.starts_with(negative)) {
    words.remove_prefix(negative.size());
    sign = -1;
  }
  const std::vector<std::string_view> digits{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
  int64_t fen = 0, below_yi = 0, below_wan = 0, digit = 0;
  for (; !words.empty(); words.remove_prefix(3)) {
    const auto c = words.substr(0, 3);
    if (const auto at = std::ranges::find(digits, c); at != digits.end()) {
      digit = at - digits.begin();
      continue;
    }
    if (c == "仟" || c == "佰" || c == "拾") {
      below_wan += digit * (c == "仟" ? 1000 : c == "佰" ? 100 : 10);
    } else if (c == "万") {
      below_yi += (below_wan + digit) * 10'000;
      below_wan = 0;
    } else if (c == "亿") {
      fen += (below_yi + below_wan + digit) * 100'000'000 * 100;
      below_yi = below_wan = 0;
    } else if (c == "元") {
      fen += (below_yi + below_wan + digit) * 100;
    } else if (c == "角") {
      fen += digit * 10;
    } else if (c == "分") {
      fen += digit;
    }
    digit = 0;
  }
  return sign * fen;
}

TEST(Capitals, EveryAmountCanBeReadBack) {
  for (int64_t fen = 0; fen < 200'000; ++fen) ASSERT_EQ(read_back(uppercase(Fen::fen(fen))), fen);
  uint64_t state = 1;
  for (int i = 0; i < 50'000; ++i) {  // digits all over, zeros in every place
    state = (state * 6'364'136'223'846'793 + 1'442'695'040'888'963) & 0x1F'FFFF'FFFF'FFFF;
    const auto fen = static_cast<int64_t>(state);
    const int64_t some = fen % (i % 2 == 0 ? 9'000'000'000'000'000 : 1'000'000'000'000) / 10'000 * 10'000 + fen % 7;
    ASSERT_EQ(read_back(uppercase(Fen::fen(some))), some);
    ASSERT_EQ(read_back(uppercase(Fen::fen(-some))), -some);
  }
}

Paper a_paper() {
  return {
      .kind = PaperKind::statement,
      .title = {"对账单", "Statement"},
      .number = "杭土指账〔2024〕64号",
      .day = *Day::ymd(2024, 6, 3),
      .tables =
          {{.name = "money",
            .title = {"资金", "Money"},
            .columns = {{.head = {"事由", "cause"}, .kind = Kind::text, .name = "cause"},
                        {.head = {"收入", "in"}, .kind = Kind::money, .name = "in", .sum = true},
                        {.head = {"支出", "out"}, .kind = Kind::money, .name = "out", .sum = true},
                        {.head = {"余额", "balance"},
                         .kind = Kind::money,
                         .name = "balance",
                         .running = Running{.in = 1, .out = 2}}},
            .rows = {{Value::text("opening"), Value::blank(Kind::money), Value::blank(Kind::money),
                      Value::of(Fen::yuan(100))},
                     {Value::text("a"), Value::of(Fen::yuan(20)), Value::blank(Kind::money), Value::of(Fen::yuan(120))},
                     {Value::text("b"), Value::blank(Kind::money), Value::of(Fen::yuan(50)), Value::of(Fen::yuan(70))}},
            .total = {"合计", "total"}}},
      .basis = {.rule_set = "H66-2022", .as_of = {900}}};
}

TEST(Paper, SumsAndClosingBalancesComeFromTheRows) {
  const Paper p = a_paper();
  EXPECT_EQ(fault_of(p), std::nullopt);
  EXPECT_EQ(sum_of(p.tables[0], 1), 20'00);
  EXPECT_EQ(sum_of(p.tables[0], 2), 50'00);
  EXPECT_EQ(closing_of(p.tables[0], 3), 70'00);
}

TEST(Paper, AnUnsoundModelSaysWhatIsWrongWithIt) {
  const auto fault = [](auto&& spoil) {
    Paper p = a_paper();
    spoil(p);
    return fault_of(p).value_or("none");
  };
  EXPECT_EQ(fault([](Paper& p) { p.number.clear(); }), "it has no title or no number");
  EXPECT_EQ(fault([](Paper& p) { p.tables[0].rows[1].pop_back(); }),
            "table money: a row has not a cell for each column");
  EXPECT_EQ(fault([](Paper& p) { p.tables[0].rows[1][1] = Value::of(Area::mu_4dp(1)); }),
            "table money: a cell of in is of another kind");
  EXPECT_EQ(fault([](Paper& p) { p.tables[0].rows[2][3] = Value::of(Fen::fen(70'01)); }),
            "table money: balance does not follow from the row above in row 3");
  EXPECT_EQ(fault([](Paper& p) { p.tables[0].rows[0][1] = Value::of(Fen::fen(1)); }),
            "table money: balance does not follow from the row above in row 1");
  EXPECT_EQ(fault([](Paper& p) { p.tables[0].rows[1][3] = Value::blank(Kind::money); }),
            "table money: balance has a gap");
  EXPECT_EQ(fault([](Paper& p) { p.fields = {{.label = {"面积"}, .value = Value::of(Area{}), .capitals = true}}; }),
            "capitals of what is not money: 面积");
}

TEST(CheckCode, TheHashesAreThoseOfTheStandards) {
  EXPECT_EQ(hash_of(Hash::sm3, "abc"),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");  // GM/T 0004
  EXPECT_EQ(hash_of(Hash::sha256, "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(CheckCode, TheCanonicalTextTellsEachPartAndItsLength) {
  const std::string text = canonical_text(a_paper());
  EXPECT_TRUE(text.starts_with("landex-paper:1:1\nkind:1:6\ntitle:9:对账单\nen:9:Statement\nnumber:")) << text;
  EXPECT_NE(text.find("cell:2:12\nnumber:4:2000\n"), text.npos) << text;
  EXPECT_NE(text.find("cell:2:12\nnumber:1:-\n"), text.npos) << text;
}

TEST(CheckCode, IsPrintedInGroupsAndEveryPartOfThePaperIsInIt) {
  const std::string code = check_code(a_paper());
  EXPECT_EQ(code.size(), 3U + 8 * 9);
  EXPECT_TRUE(code.starts_with("SM3 "));
  const auto changed = [&](auto&& change) {
    Paper p = a_paper();
    change(p);
    return check_code(p) != code;
  };
  EXPECT_FALSE(changed([](Paper&) {}));
  EXPECT_TRUE(changed([](Paper& p) { p.kind = PaperKind::ledger_card; }));
  EXPECT_TRUE(changed([](Paper& p) { p.title.en = "statement"; }));
  EXPECT_TRUE(changed([](Paper& p) { p.number += " "; }));
  EXPECT_TRUE(changed([](Paper& p) { p.day = *Day::ymd(2024, 6, 4); }));
  EXPECT_TRUE(changed([](Paper& p) { p.parties.push_back({.role = {"甲方"}, .name = {"建德市"}, .code = {}}); }));
  EXPECT_TRUE(changed([](Paper& p) { p.fields.push_back({.label = {"x"}, .value = Value::count(1)}); }));
  EXPECT_TRUE(changed([](Paper& p) { p.tables[0].rows[1][0] = Value::text("A"); }));
  EXPECT_TRUE(changed([](Paper& p) { p.tables[0].rows[0][1] = Value::of(Fen{}); }));  // 0 is not a blank
  EXPECT_TRUE(changed([](Paper& p) { p.terms.push_back({"一"}); }));
  EXPECT_TRUE(changed([](Paper& p) { p.remarks.push_back({"一"}); }));
  EXPECT_TRUE(changed([](Paper& p) { p.labels.push_back({.kind = LabelKind::simulated}); }));
  EXPECT_TRUE(changed([](Paper& p) { p.basis.rule_set = "post-2025"; }));
  EXPECT_TRUE(changed([](Paper& p) { p.basis.clauses = {policy::Clause::h66_7_2}; }));
  EXPECT_TRUE(changed([](Paper& p) { p.basis.as_of = {901}; }));
  EXPECT_TRUE(changed([](Paper& p) { p.basis.told = Sequence{64}; }));
  EXPECT_TRUE(changed([](Paper& p) { p.signers.issued = PersonId{1}; }));
  EXPECT_TRUE(changed([](Paper& p) { p.seals.push_back({.who = {"建德市"}}); }));
  EXPECT_TRUE(changed([](Paper& p) { p.hash = Hash::sha256; }));
}

TEST(PaperNumber, IsKindYearOfTheBusinessDateAndJournalNumber) {
  const Day day = *Day::ymd(2024, 6, 3);
  EXPECT_EQ(number_of(PaperKind::deal_confirmation, day, {64}), "杭土指确〔2024〕64号");
  EXPECT_EQ(number_of(PaperKind::yearly_run, day, {9'000}), "杭土指结〔2024〕9000号");
  // Two statements read at one number are two papers.
  EXPECT_EQ(extract_number(PaperKind::statement, day, {900}, District::code(330182), "20240101-20240630"),
            "杭土指账〔2024〕900号-330182-20240101-20240630");
}

TEST(Values, AreWrittenWithTheirDecimalsAndUnits) {
  EXPECT_EQ(text_of(Value::of(Area::mu_4dp(3'910'000))), "391.0000");
  EXPECT_EQ(text_of(Value::of(Capacity::kg(16'750))), "16750");
  EXPECT_EQ(text_of(Value::of(Fen::wan(200))), "2 000 000.00");
  EXPECT_EQ(plain_text_of(Value::of(Fen::wan(200))), "2000000.00");
  EXPECT_EQ(text_of(Value::of(Instrument::linkage, Price::ticks(1'950))), "19.50");
  EXPECT_EQ(text_of(Value::of(Instrument::linkage, Rate::yuan_per_mu(200'050))), "20.0050");
  EXPECT_EQ(text_of(Value::of(Instrument::supplementary_capacity, Rate::fen_per_kg(350))), "3.50");
  EXPECT_EQ(text_of(Value::coefficient(12'000)), "1.2000");
  EXPECT_EQ(text_of(Value::of(*Day::ymd(2024, 6, 3))), "2024-06-03");
  EXPECT_EQ(text_of(Value::blank(Kind::money)), "");
  EXPECT_EQ(day_zh(*Day::ymd(2024, 6, 3)), "2024年06月03日");
  EXPECT_EQ(unit_of(Kind::rate_per_mu), (Words{"万元/亩", "wan yuan/mu"}));
}

}  // namespace
}  // namespace landex::deeds
