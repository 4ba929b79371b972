// The papers that officers live by, each made from facts and told as a table: what stands on it, and which facts are
// refused because they contradict each other.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "exchange/deeds/check_code.hpp"
#include "exchange/deeds/uppercase.hpp"
#include "exchange/deeds/value_text.hpp"
#include "tests/paper_facts.hpp"

namespace landex::deeds {
namespace {

/// Columns by their names in files, then the rows, then the total.
std::string told(const Table& t) {
  std::string out;
  const auto line = [&](auto&& cell) {
    for (size_t c = 0; c < t.columns.size(); ++c) out += (c == 0 ? "" : " | ") + cell(c);
    out += "\n";
  };
  line([&](size_t c) { return t.columns[c].name; });
  for (const Row& row : t.rows) line([&](size_t c) { return text_of(row[c]); });
  line([&](size_t c) {
    const Column& column = t.columns[c];
    if (column.sum) return text_of({.kind = column.kind, .number = sum_of(t, c)});
    return column.running ? text_of({.kind = column.kind, .number = closing_of(t, c)}) : std::string{};
  });
  return out;
}

std::string told(const std::vector<Field>& fields) {
  std::string out;
  for (const Field& f : fields) {
    out += f.label.zh + ": " + text_of(f.value);
    if (f.capitals) out += " " + uppercase(Fen::fen(*f.value.number));
    out += "\n";
  }
  return out;
}

std::string labels(const Paper& p, LabelKind kind) {
  std::string out;
  for (const Label& l : p.labels)
    if (l.kind == kind) out += l.about.zh + "\n";
  return out;
}

TEST(Papers, EveryKindIsSoundInBothLanguagesAndLabelledAndSealedByTheBureau) {
  for (const auto& [name, made] : paper_facts::one_of_each()) {
    ASSERT_TRUE(made) << name << ": " << made.error().zh;
    EXPECT_EQ(fault_of(*made), std::nullopt) << name;
    EXPECT_FALSE(made->title.en.empty()) << name;
    EXPECT_TRUE(made->simulated()) << name;
    EXPECT_NE(labels(*made, LabelKind::our_default).find("文号规则"), std::string::npos) << name;
    ASSERT_FALSE(made->seals.empty()) << name;
    EXPECT_EQ(made->seals.back().who.zh, "杭州市规划和自然资源局") << name;
    EXPECT_EQ(made->basis.rule_set, "H66-2022") << name;
    EXPECT_EQ(made->basis.as_of, (Sequence{900})) << name;
    for (const Field& f : made->fields) EXPECT_FALSE(f.label.en.empty()) << name << ": " << f.label.zh;
    for (const Table& t : made->tables)
      for (const Column& c : t.columns) EXPECT_FALSE(c.head.zh.empty() || c.head.en.empty()) << name << ": " << c.name;
  }
}

TEST(Papers, NoTwoHaveTheSameNumberOrCheckCode) {
  const auto papers = paper_facts::one_of_each();
  for (size_t a = 0; a < papers.size(); ++a)
    for (size_t b = 0; b < a; ++b) {
      EXPECT_NE(papers[a].second->number, papers[b].second->number);
      EXPECT_NE(check_code(*papers[a].second), check_code(*papers[b].second));
    }
}

TEST(Papers, ADealConfirmationTellsEachPartAndTheTotalInCapitals) {
  // 10 mu × 20.00 万元 = 2 000 000; 4 mu × 2.50 万元 = 100 000; 5 000 kg × 1.50 元 = 7 500.
  const Made p = deal_confirmation(paper_facts::deal(), paper_facts::issue());
  ASSERT_TRUE(p);
  EXPECT_EQ(p->number, "杭土指确〔2024〕640号");
  EXPECT_EQ(told(p->tables[0]), R"(item | area | capacity | price | price | amount
补充耕地数量 | 10.0000 |  | 20.00 |  | 2 000 000.00
补充耕地水田 | 4.0000 |  | 2.50 |  | 100 000.00
补充耕地产能 |  | 5000 |  | 1.50 | 7 500.00
 |  |  |  |  | 2 107 500.00
)");
  EXPECT_EQ(told(p->fields), R"(成交编号: 601
成交方式: 协议转让
成交日期: 2024-05-27
成交总价: 2 107 500.00 人民币贰佰壹拾万柒仟伍佰元整
确认文号: 杭规划资源〔2024〕31号
落地项目: 䶮山至城西科创大走廊快速路工程（一期）配套项目
公示截止日: 2024-06-07
付款截止日: 2024-06-21
)");
  EXPECT_EQ(p->seals.size(), 3U);  // both sides and the bureau
}

TEST(Papers, ADealWhosePartsDoNotComeToItsPriceHasNoPaper) {
  auto facts = paper_facts::deal();
  facts.amount = Fen::yuan(2'107'500) + Fen::fen(1);
  const Made p = deal_confirmation(facts, paper_facts::issue());
  ASSERT_FALSE(p);
  EXPECT_EQ(p.error().zh, "各标的金额合计 2 107 500.00 元，与成交总价 2 107 500.01 元不符");
  EXPECT_EQ(p.error().en, "the parts come to 2 107 500.00 yuan, not to the price of 2 107 500.01 yuan");
}

TEST(Papers, ATitleIsAPartOfADealLikeAnyOther) {
  auto facts = paper_facts::deal();
  facts.legs.clear();
  facts.titles = {{.title = "JD-YN-0007",
                   .product = {"永久基本农田补划资源", "PBF replenishment"},
                   .area = Area::mu_4dp(12'3450),
                   .price = Price::ticks(1'800)}};
  facts.amount = Fen::yuan(2'222'100);  // 12.3450 mu × 18.00 万元
  const Made p = deal_confirmation(facts, paper_facts::issue());
  ASSERT_TRUE(p) << p.error().zh;
  EXPECT_EQ(told(p->tables[0]), R"(item | title | area | price | amount
永久基本农田补划资源 | JD-YN-0007 | 12.3450 | 18.00 | 2 222 100.00
 |  |  |  | 2 222 100.00
)");
}

TEST(Papers, ATransferSlipTellsBatchByBatchWhatChangedHands) {
  const Made p = transfer_slip(paper_facts::slip(), paper_facts::issue());
  ASSERT_TRUE(p);
  ASSERT_EQ(p->tables.size(), 3U);
  EXPECT_EQ(told(p->tables[0]), "filing | quantity\n112 | 6.0000\n215 | 4.0000\n | 10.0000\n");
  EXPECT_EQ(told(p->tables[2]), "filing | quantity\n112 | 5000\n | 5000\n");
  EXPECT_FALSE(transfer_slip({.reason = {"x"}, .from = {}, .to = {}, .lines = {}}, paper_facts::issue()));
}

TEST(Papers, APoolingNoticeTellsTwentyPercentAndWhatIsOwedForIt) {
  // 20 % of 500 mu is 100 mu × 20 万元 = 2 000 万元; 40 mu of paddy × 3.0050 万元 = 120.2 万元; 50 000 kg × 1.50 元.
  const Made p = filing_pooling_notice(paper_facts::filing_pooled(), paper_facts::issue(112));
  ASSERT_TRUE(p) << p.error().zh;
  ASSERT_EQ(p->tables.size(), 2U);
  EXPECT_EQ(told(p->tables[0]), R"(component | filed | pooled | left | price | owed
补充耕地数量 | 500.0000 | 100.0000 | 400.0000 | 20.0000 | 20 000 000.00
补充耕地水田 | 200.0000 | 40.0000 | 160.0000 | 3.0050 | 1 202 000.00
 |  |  |  |  | 21 202 000.00
)");
  EXPECT_EQ(told(p->tables[1]), R"(component | filed | pooled | left | price | owed
补充耕地产能 | 250000 | 50000 | 200000 | 1.50 | 75 000.00
 |  |  |  |  | 75 000.00
)");
  EXPECT_EQ(told(p->fields), R"(报备入库编号: 112
指标类别: 补充耕地
报备入库日: 2024-03-04
统筹比例: 20%
统筹应付款: 21 277 000.00 人民币贰仟壹佰贰拾柒万柒仟元整
冲抵预拨 77 号: 5 000 000.00
冲抵后应付: 16 277 000.00 人民币壹仟陆佰贰拾柒万柒仟元整
)");
  EXPECT_EQ(labels(*p, LabelKind::caution), "");
}

TEST(Papers, WithoutAPriceAPoolingNoticeSaysThatItIsToBePriced) {
  auto facts = paper_facts::filing_pooled();
  facts.netted.clear();
  facts.components = {{.instrument = Instrument::supplementary_area,
                       .filed = paper_facts::q(paper_facts::mu(500)),
                       .pooled = paper_facts::q(paper_facts::mu(100))}};
  const Made p = filing_pooling_notice(facts, paper_facts::issue(112));
  ASSERT_TRUE(p);
  EXPECT_TRUE(labels(*p, LabelKind::caution).starts_with("待定价："));
  EXPECT_EQ(told(p->tables[0]),
            "component | filed | pooled | left\n补充耕地数量 | 500.0000 | 100.0000 | 400.0000\n |  |  | \n");
}

TEST(Papers, PoolingFactsThatContradictEachOtherHaveNoPaper) {
  const auto why = [](auto&& spoil) {
    auto facts = paper_facts::filing_pooled();
    spoil(facts);
    const Made p = filing_pooling_notice(facts, paper_facts::issue(112));
    return p ? std::string{"made"} : p.error().zh;
  };
  EXPECT_EQ(why([](auto& f) { f.components[0].pooled = paper_facts::q(paper_facts::mu(501)); }),
            "统筹数量多于报备数量");
  EXPECT_EQ(why([](auto& f) { f.components[0].owed = Fen::wan(1'999); }), "应付款与统筹数量、价格不符");
  EXPECT_EQ(why([](auto& f) { f.netted[0].amount = Fen::wan(5'000); }), "冲抵金额多于应付款");
}

TEST(Papers, TheNoticeOfTheReserveLibraryTellsPlotsTargetAndShortfall) {
  // 30 % of 200 mu is 60; 30 and 28.5 mu are pooled, and 1.5 are carried.
  const Made p = plots_pooling_notice(paper_facts::plots_pooled(), paper_facts::issue(300));
  ASSERT_TRUE(p) << p.error().zh;
  EXPECT_EQ(told(p->tables[0]),
            "plot | grade | area\nJD-2024-0007 | 4 | 30.0000\nJD-2024-0003 | 5 | 28.5000\n |  | 58.5000\n");
  auto facts = paper_facts::plots_pooled();
  facts.shortfall = {};
  EXPECT_EQ(plots_pooling_notice(facts, paper_facts::issue()).error().zh,
            "已统筹 58.5000 亩与缺口 0.0000 亩之和，不等于目标 60.0000 亩");
}

TEST(Papers, AnAllocationNoticeTellsBatchesAndTheirPrice) {
  const Made p = allocation_notice(paper_facts::allocation(), paper_facts::issue(700));
  ASSERT_TRUE(p) << p.error().zh;
  EXPECT_EQ(told(p->tables[0]), R"(component | filing | allotted | price | amount
补充耕地数量 | 112 | 20.0000 | 20.0000 | 4 000 000.00
补充耕地数量 | 215 | 10.0000 | 20.0000 | 2 000 000.00
补充耕地水田 | 112 | 10.0000 |  | 
 |  |  |  | 6 000 000.00
)");
  EXPECT_NE(told(p->fields).find("应付款: 6 013 500.00 人民币陆佰零壹万叁仟伍佰元整\n"), std::string::npos);
}

TEST(Papers, AnAdvanceIsAContractOfTheCityAndACountyWithinItsFund) {
  const Made p = advance_contract(paper_facts::advance(), paper_facts::issue(77));
  ASSERT_TRUE(p);
  EXPECT_EQ(p->terms.size(), 4U);
  EXPECT_NE(told(p->fields).find("预拨金额: 5 000 000.00 人民币伍佰万元整\n"), std::string::npos);
  EXPECT_NE(labels(*p, LabelKind::our_default).find("冲抵与逾期追回"), std::string::npos);
  auto facts = paper_facts::advance();
  facts.amount = facts.fund + Fen::fen(1);
  EXPECT_FALSE(advance_contract(facts, paper_facts::issue()));
}

TEST(Papers, AStatementRunsFromTheOpeningToTheClosingBalance) {
  const Made p = statement(paper_facts::statement(3), paper_facts::issue());
  ASSERT_TRUE(p) << p.error().zh;
  EXPECT_EQ(p->number, "杭土指账〔2024〕900号-330182-20240101-20241231");
  // 100.00 + 2 000 000.00 − 50.01 + 2 000 000.34
  EXPECT_EQ(told(p->tables[0]), R"(date | number | cause | other | clause | in | out | balance
2024-01-01 |  | 期初余额 |  |  |  |  | 100.00
2024-01-01 | 100 | 成交收款 | 余杭区 | H66-7.6 | 2 000 000.00 |  | 2 000 100.00
2024-01-01 | 101 | 协议受让补充耕地数量，成交 601，䶮山快速路工程配套 | 桐庐县 | H66-7.6 |  | 50.01 | 2 000 049.99
2024-01-02 | 102 | 成交收款 | 余杭区 | H66-7.6 | 2 000 000.34 |  | 4 000 050.33
 |  |  |  |  | 4 000 000.34 | 50.01 | 4 000 050.33
)");
  EXPECT_EQ(told(p->tables[1]), R"(date | number | cause | other | clause | in | out | balance
2024-01-01 |  | 期初余额 |  |  |  |  | 100.0000
2024-03-04 | 112 | 报备入库 |  |  | 500.0000 |  | 600.0000
2024-03-04 | 112 | 市级统筹 | 杭州市 | H66-7.2 |  | 100.0000 | 500.0000
2024-06-03 | 640 | 成交划出 | 余杭区 |  |  | 10.1000 | 489.9000
 |  |  |  |  | 500.0000 | 110.1000 | 489.9000
)");
}

TEST(Papers, AnAccountThatDoesNotLeadToItsClosingBalanceHasNoStatement) {
  auto facts = paper_facts::statement(3);
  facts.accounts[1].closing += 1;
  EXPECT_EQ(statement(facts, paper_facts::issue()).error().zh,
            "补充耕地数量：分录合计得期末余额 489.9000，账面为 489.9001");
  facts = paper_facts::statement(3);
  std::swap(facts.accounts[0].entries[0], facts.accounts[0].entries[1]);
  EXPECT_EQ(statement(facts, paper_facts::issue()).error().zh, "分录 100 不在期间内或次序不对");
  facts = paper_facts::statement(3);
  facts.period.until = paper_facts::day(2024, 1, 1);
  EXPECT_EQ(statement(facts, paper_facts::issue()).error().zh, "分录 102 不在期间内或次序不对");
}

TEST(Papers, ALedgerCardSaysWhoReviewedEachEntry) {
  const Made p = ledger_card(paper_facts::ledger_card(), paper_facts::issue());
  ASSERT_TRUE(p) << p.error().zh;
  EXPECT_EQ(told(p->tables[0]), R"(date | number | cause | other | clause | in | out | balance | reviewed_by
2024-01-01 |  | 期初余额 |  |  |  |  | 100.0000 | 
2024-03-04 | 112 | 报备入库 |  |  | 500.0000 |  | 600.0000 | 18
2024-03-04 | 112 | 市级统筹 | 杭州市 | H66-7.2 |  | 100.0000 | 500.0000 | 18
2024-06-03 | 640 | 成交划出 | 余杭区 |  |  | 10.1000 | 489.9000 | 18
 |  |  |  |  | 500.0000 | 110.1000 | 489.9000 | 
)");
}

TEST(Papers, AYearlyRunTellsEachLineWhatEveryUnitGetsAndThatAScaledUpliftIsNoLongerFiftyPercent) {
  // 10 000 mu × 30.00 × 1.2 = 360 000 …; the uplift: 4 000 × 30 × 50 % = 60 000, of which two thirds are paid.
  const Made p = yearly_run(paper_facts::run(), paper_facts::issue(810));
  ASSERT_TRUE(p) << p.error().zh;
  EXPECT_EQ(told(p->tables[0]), R"(unit | code | pays | gets | net
杭州市 | 330100 | 780 000.00 | 0.00 | -780 000.00
桐庐县 | 330122 | 0.00 | 260 000.00 | 260 000.00
淳安县 | 330127 | 0.00 | 120 000.00 | 120 000.00
建德市 | 330182 | 0.00 | 400 000.00 | 400 000.00
 |  | 780 000.00 | 780 000.00 | 0.00
)");
  EXPECT_EQ(told(p->tables[1]), R"(from | to | item | clause | area | standard | coefficient | due | paid
杭州市 | 建德市 | 耕地保护补偿 | H66-3.1 | 10000.0000 | 30.00 | 1.2000 | 360 000.00 | 360 000.00
杭州市 | 桐庐县 | 耕地保护补偿 | H66-3.1 | 8000.0000 | 30.00 | 1.0000 | 240 000.00 | 240 000.00
杭州市 | 淳安县 | 耕地保护补偿 | H66-3.1 | 5000.0000 | 30.00 | 0.8000 | 120 000.00 | 120 000.00
杭州市 | 建德市 | 水稻上浮 | H66-3.4 | 4000.0000 | 30.00 | 0.5000 | 60 000.00 | 40 000.00
杭州市 | 桐庐县 | 水稻上浮 | H66-3.4 | 2000.0000 | 30.00 | 0.5000 | 30 000.00 | 20 000.00
 |  |  |  |  |  |  | 810 000.00 | 780 000.00
)");
  EXPECT_EQ(labels(*p, LabelKind::caution),
            "水稻上浮：资金总量不足，按比例缩减。应付 90 000.00 元，实付 60 000.00 元，因而不再是 50%。\n");
  EXPECT_EQ(p->basis.clauses, (std::vector{policy::Clause::h66_3_1, policy::Clause::h66_3_4}));
  EXPECT_EQ(p->seals.size(), 5U);
}

TEST(Papers, ADryRunSaysThatNothingHasMovedAndAReversalNamesItsRun) {
  auto facts = paper_facts::run();
  facts.stage = RunStage::dry_run;
  const Made dry = yearly_run(facts, paper_facts::issue(810));
  EXPECT_EQ(dry->title.zh, "年度结算通知（试算，未支付）");
  EXPECT_NE(labels(*dry, LabelKind::caution).find("尚未支付任何款项"), std::string::npos);
  EXPECT_EQ(dry->seals.size(), 1U);  // nobody is bound yet
  facts.stage = RunStage::paid;
  facts.reverses = 805;
  const Made back = yearly_run(facts, paper_facts::issue(810));
  EXPECT_EQ(back->title.zh, "年度结算通知（冲销）");
  EXPECT_NE(told(back->fields).find("冲销的结算编号: 805\n"), std::string::npos);
}

TEST(Papers, RunsThatCannotBeAreRefused) {
  const auto why = [](auto&& spoil) {
    auto facts = paper_facts::run();
    spoil(facts);
    const Made p = yearly_run(facts, paper_facts::issue());
    return p ? std::string{"made"} : p.error().en;
  };
  EXPECT_EQ(why([](RunFacts& f) { f.lines.clear(); }), "the run has no line");
  EXPECT_EQ(why([](RunFacts& f) { f.fund = Fen::yuan(779'999); }), "more is paid than the fund has");
  const std::string cannot = "a line has no amount, is paid beyond what was due, or pays itself: ";
  EXPECT_EQ(why([](RunFacts& f) { f.lines[0].amount = {}; }), cannot + "Hangzhou → Jiande");
  EXPECT_EQ(why([](RunFacts& f) { f.lines[3].full = Fen::yuan(1); }), cannot + "Hangzhou → Jiande");
  EXPECT_EQ(why([](RunFacts& f) { f.lines[0].to = f.lines[0].from; }), cannot + "Hangzhou → Hangzhou");
}

}  // namespace
}  // namespace landex::deeds
