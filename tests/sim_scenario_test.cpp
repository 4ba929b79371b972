// Scenario files: what is read from them, what they inherit, and how the bad ones are refused.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>

#include "clients/simulator/scenario/scenario_file.hpp"

namespace landex::simulator {
namespace {

namespace fs = std::filesystem;

const fs::path kShipped = fs::path{LANDEX_SOURCE_DIR} / "clients/simulator/scenarios";

/// A directory of its own, with files, gone at the end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "scenarioXXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string put(const std::string& name, const std::string& text) const {
    const auto file = path_ / (name + ".toml");
    std::ofstream{file} << text;
    return file.string();
  }

 private:
  fs::path path_;
};

/// The first four lines of a child of the base; what a test adds begins on line 5.
std::string child(const std::string& rest, const std::string& name = "mine", const std::string& base = "hangzhou") {
  return "name = \"" + name + "\"\nbase = \"" + base +
         "\"\ntitle = { zh = \"题\", en = \"t\" }\nabout = { zh = \"关于\", en = \"a\" }\n" + rest;
}

std::string told(const ScenarioFaults& faults) {
  std::string s;
  for (const auto& f : faults) s += words_of(f) + "\n";
  return s;
}

Scenario loaded(const std::string& where, std::vector<Override> overrides = {}) {
  auto s = load_scenario(where, kShipped, overrides);
  if (s) return *s;
  ADD_FAILURE() << told(s.error());
  return {};
}

// ---- Bad files -----------------------------------------------------------------------------------------------------

struct Expected {
  int line;
  const char *field, *value, *zh, *en;  // zh, en: a part of what is said, the way out among it
};

void all_refused(const std::string& text, const std::vector<Expected>& expected, const Known& known = {}) {
  const Folder folder;
  const auto file = folder.put("mine", text);
  const auto s = load_scenario(file, kShipped, {}, known);
  ASSERT_FALSE(s) << "accepted:\n" << text;
  const auto& faults = s.error();
  ASSERT_EQ(faults.size(), expected.size()) << told(faults);
  for (size_t i = 0; i < expected.size(); ++i) {
    const auto &f = faults[i], all = faults[i];
    const auto& e = expected[i];
    EXPECT_EQ(f.file, file);
    EXPECT_EQ(f.line, e.line) << words_of(all);
    EXPECT_EQ(f.field, e.field) << words_of(all);
    EXPECT_EQ(f.value, e.value) << words_of(all);
    EXPECT_NE(f.zh.find(e.zh), std::string::npos) << words_of(all);
    EXPECT_NE(f.en.find(e.en), std::string::npos) << words_of(all);
  }
}

void refused(const std::string& rest, const Expected& e, const Known& known = {}) {
  all_refused(child(rest), {e}, known);
}

const std::string kOurs = "tag = \"assumption\"\nsource = \"模拟假设\"\n";

TEST(BadScenario, AnUnknownKeyAtTheTop) {
  refused("outcoms = []\n", {5, "outcoms", "[]", "是否应为 outcomes", "did you mean outcomes"});
}

TEST(BadScenario, AFactorThatDoesNotExist) {
  refused("[levers.pool_shar]\nvalue = 0.1\nunit = \"1\"\n" + kOurs,
          {5, "levers.pool_shar", "", "是否应为 pool_share", "did you mean pool_share"});
}

TEST(BadScenario, AKeyThatASettingDoesNotHave) {
  refused("[levers.pool_share]\nvalue = 0.1\nunit = \"1\"\nnote = \"x\"\n" + kOurs,
          {8, "levers.pool_share.note", "x", "不认识的键", "known here: unit, tag, source, value"});
}

TEST(BadScenario, AValueOutOfBounds) {
  refused("[levers.pool_share]\nvalue = 20\nunit = \"1\"\n" + kOurs,
          {6, "levers.pool_share.value", "20", "超出范围：请填 0 至 1（1）", "out of bounds: write 0 to 1 (1)"});
  refused("[levers.cross_city_price]\nvalue = 0\nunit = \"wan yuan/mu\"\n" + kOurs,
          {6, "levers.cross_city_price.value", "0", "请填 1 至 500", "write 1 to 500 (wan yuan/mu)"});
}

TEST(BadScenario, ANumberInQuotes) {
  refused("[levers.pool_share]\nvalue = \"20%\"\nunit = \"1\"\n" + kOurs,
          {6, "levers.pool_share.value", "20%", "请去掉引号", "remove the quotes"});
}

TEST(BadScenario, NotANumberAndInfinity) {
  refused("[levers.pool_share]\nvalue = nan\nunit = \"1\"\n" + kOurs,
          {6, "levers.pool_share.value", "nan", "不是有限数：请填 0 至 1", "is not finite: write 0 to 1"});
  refused("[levers.cross_city_price]\nvalue = inf\nunit = \"wan yuan/mu\"\n" + kOurs,
          {6, "levers.cross_city_price.value", "inf", "不是有限数", "is not finite: write 1 to 500"});
}

TEST(BadScenario, APartOfASession) {
  refused("[constants.rounds]\nvalue = 2.5\nunit = \"per session\"\n" + kOurs,
          {6, "constants.rounds.value", "2.5", "应为整数", "write a whole number from 1 to 50"});
}

TEST(BadScenario, AWrongUnit) {
  refused(
      "[levers.cross_city_price]\nvalue = 20\nunit = \"yuan/mu\"\n" + kOurs,
      {7, "levers.cross_city_price.unit", "yuan/mu", "请写 unit = \"wan yuan/mu\"", "write unit = \"wan yuan/mu\""});
}

TEST(BadScenario, AMissingUnit) {
  refused("[levers.pool_share]\nvalue = 0.1\n" + kOurs,
          {5, "levers.pool_share.unit", "", "请添加 unit = \"1\"", "add unit = \"1\""});
}

TEST(BadScenario, AMissingOrEmptySource) {
  refused("[levers.pool_share]\nvalue = 0.1\nunit = \"1\"\ntag = \"assumption\"\n",
          {5, "levers.pool_share.source", "", "请添加 source", "add source = \"模拟数据 …\""});
  refused("[levers.pool_share]\nvalue = 0.1\nunit = \"1\"\ntag = \"assumption\"\nsource = \" \"\n",
          {9, "levers.pool_share.source", " ", "为空", "is empty: write source"});
}

TEST(BadScenario, ATagThatIsNone) {
  refused(
      "[levers.pool_share]\nvalue = 0.1\nunit = \"1\"\ntag = \"guess\"\nsource = \"x\"\n",
      {8, "levers.pool_share.tag", "guess", "请写 law, our_default, assumption", "write law, our_default, assumption"});
}

TEST(BadScenario, LawThatTheClauseDoesNotSay) {
  refused("[levers.pool_share]\nvalue = 0.3\nunit = \"1\"\ntag = \"law\"\nsource = \"H66-7.2\"\n",
          {5, "levers.pool_share.value", "0.3", "法定值为 0.2（H66-7.2）", "the law says 0.2 (H66-7.2)"});
  refused("[levers.floor]\nvalue = \"off\"\nunit = \"choice\"\ntag = \"law\"\nsource = \"H66-7.6\"\n",
          {5, "levers.floor.value", "off", "法定值为 on", "or the value on"});
}

TEST(BadScenario, LawOfAClauseThatDoesNotExistOrSaysSomethingElse) {
  refused("[levers.pool_share]\nvalue = 0.2\nunit = \"1\"\ntag = \"law\"\nsource = \"H66-99\"\n",
          {5, "levers.pool_share.source", "H66-99", "没有此条款编号", "no such clause: begin with the clause"});
  refused("[levers.pool_share]\nvalue = 0.2\nunit = \"1\"\ntag = \"law\"\nsource = \"H66-7.5 x\"\n",
          {5, "levers.pool_share.source", "H66-7.5 x", "\"H66-7.2 …\"", "\"H66-7.2 …\""});
}

TEST(BadScenario, LawWhereNoClauseSetsTheNumber) {
  refused("[constants.rounds]\nvalue = 3\nunit = \"per session\"\ntag = \"law\"\nsource = \"H66-21.4\"\n",
          {5, "constants.rounds.tag", "law", "没有条款规定", "no clause sets this number"});
  // What the policy files themselves call our default is no law either.
  refused("[levers.gap_switch]\nvalue = \"warn\"\nunit = \"choice\"\ntag = \"law\"\nsource = \"H66-7.6\"\n",
          {5, "levers.gap_switch.tag", "law", "没有条款规定", "write tag = \"our_default\""});
}

TEST(BadScenario, ADefaultThatIsNotOurs) {
  refused("[levers.gap_switch]\nvalue = \"refuse\"\nunit = \"choice\"\ntag = \"our_default\"\nsource = \"H66-7.6\"\n",
          {5, "levers.gap_switch.tag", "our_default", "（H66-7.6：warn）", "write tag = \"assumption\""});
}

TEST(BadScenario, AChoiceThatIsNone) {
  refused("[levers.mechanism]\nvalue = \"dutch\"\nunit = \"choice\"\n" + kOurs,
          {6, "levers.mechanism.value", "dutch", "没有此选项",
           "write continuous, call, call_then_continuous, sealed, listing"});
  refused("[levers.mechanism]\nvalue = 1\nunit = \"choice\"\n" + kOurs,
          {6, "levers.mechanism.value", "1", "应为双引号中的文字", "write value = \"continuous\""});
}

TEST(BadScenario, ADistributionWhoseLowIsAboveItsHigh) {
  refused(
      "[uncertainties.cost_scale]\ndistribution = \"uniform\"\nlow = 1.2\nhigh = 0.8\nunit = \"1\"\n" + kOurs,
      {6, "uncertainties.cost_scale.distribution", "uniform 1.2 … 0.8", "请对调", "low is above high: exchange them"});
}

TEST(BadScenario, ADistributionThatIsNone) {
  const auto at = [](const char* lines) { return "[uncertainties.cost_scale]\nunit = \"1\"\n" + kOurs + lines; };
  refused(at("distribution = \"gauss\"\n"),
          {9, "uncertainties.cost_scale.distribution", "gauss", "没有此分布", "write uniform, triangular, normal"});
  refused(at("distribution = \"uniform\"\nlow = 1\n"),
          {5, "uncertainties.cost_scale.high", "", "请添加 high", "add high = …"});
  refused(at("distribution = \"triangular\"\nlow = 1\nmode = 3\nhigh = 2\n"),
          {9, "uncertainties.cost_scale.distribution", "triangular 1 … 3 … 2", "mode 不在", "mode is not between"});
  refused(at("distribution = \"normal\"\nmean = 1\nsd = 0\nlow = 0.5\nhigh = 2\n"),
          {9, "uncertainties.cost_scale.distribution", "normal mean 1 sd 0 in 0.5 … 2", "没有离散", "has no spread"});
  refused(at("distribution = \"choice\"\nof = [1, \"2\"]\n"),
          {10, "uncertainties.cost_scale.of", "2", "请去掉引号", "remove the quotes"});
  refused(at("distribution = \"choice\"\nof = [2, 1]\n"),
          {9, "uncertainties.cost_scale.distribution", "choice 2 | 1", "由小到大", "sort it"});
  refused(at("distribution = \"uniform\"\nlow = 1\nhigh = 30\n"),
          {11, "uncertainties.cost_scale.high", "30", "超出范围", "out of bounds: write 0.01 to 20"});
}

TEST(BadScenario, AWholeNumberThatIsDrawnFromARange) {
  refused("[uncertainties.rounds]\ndistribution = \"uniform\"\nlow = 1\nhigh = 5\nunit = \"per session\"\n" + kOurs,
          {6, "uncertainties.rounds.distribution", "uniform", "请用 distribution = \"choice\"",
           "write distribution = \"choice\""});
}

TEST(BadScenario, ALeverThatIsDrawnAndAnUncertaintyThatIsNot) {
  refused("[levers.pool_share]\ndistribution = \"uniform\"\nlow = 0.1\nhigh = 0.3\nunit = \"1\"\n" + kOurs,
          {6, "levers.pool_share.distribution", "uniform", "杠杆是可选定的", "a lever is chosen, not drawn"});
  refused("[uncertainties.pool_share]\nvalue = 0.1\nunit = \"1\"\n" + kOurs,
          {6, "uncertainties.pool_share.value", "0.1", "不确定量须有分布", "move it to [constants.…]"});
}

TEST(BadScenario, OneFactorInTwoGroups) {
  const auto s = "value = 0.1\nunit = \"1\"\n" + kOurs;
  refused("[constants.pool_share]\n" + s + "[levers.pool_share]\n" + s,
          {10, "levers.pool_share", "", "请只保留一处", "keep one of them"});
}

TEST(BadScenario, AnUnknownDistrict) {
  refused("[[unit]]\ndistrict = 330199\nneed_mu = 1\nprojects = 1\nvalue_wan = 20\nsource = \"模拟数据\"\n",
          {5, "unit.district", "330199", "请填 330112", "write one of 330112"});
  refused("[[unit]]\ndistrict = 330100\nbudget_wan = 1\nsource = \"模拟数据\"\n",  // the city is no unit of the market
          {5, "unit.district", "330100", "无此区、县（市）", "no district or county"});
}

TEST(BadScenario, OneUnitTwice) {
  refused("[[unit]]\ndistrict = 330182\nneed_mu = 1\nsource = \"x\"\n[[unit]]\ndistrict = 330182\nsource = \"x\"\n",
          {10, "unit[2].district", "330182", "第 5 行已有", "is there already, on line 5: join the two"});
}

TEST(BadScenario, AMisspeltOrImpossibleNumberOfAUnit) {
  refused("[[unit]]\ndistrict = 330182\nneed = 1\nsource = \"x\"\n",
          {7, "unit 330182.need", "1", "不认识的键", "known here: district, source, need_mu"});
  refused("[[unit]]\ndistrict = 330182\npaddy_share = 1.5\nsource = \"x\"\n",
          {7, "unit 330182.paddy_share", "1.5", "请填 0 至 1", "write 0 to 1 (1)"});
  refused("[[unit]]\ndistrict = 330182\nprojects = 0\nsource = \"x\"\n",
          {5, "unit 330182.projects", "0", "请填项目数", "write their number"});
  refused("[[unit]]\ndistrict = 330182\nlast_cost_wan = 5\nsource = \"x\"\n",  // its first mu costs 11
          {5, "unit 330182.last_cost_wan", "5", "末亩成本低于首亩", "write at least cost_wan"});
  refused("[[unit]]\ndistrict = 330182\nneed_mu = 1\n", {5, "unit 330182.source", "", "请添加 source", "add source"});
}

const std::string kShock = "source = \"x\"\n";

TEST(BadScenario, AShockAfterTheLastSession) {
  refused(
      "[[shock]]\nsession = 51\nfactor = \"cross_city_price\"\ntimes = 1.2\n" + kShock,
      {5, "shock[1].session", "51", "全年只有 50 场：请填 1 至 50", "the year has only 50 sessions: write 1 to 50"});
}

TEST(BadScenario, AShockOfWhatMayNotMove) {
  refused("[[shock]]\nsession = 5\nfactor = \"rule_set\"\nset = \"post-2025\"\n" + kShock,
          {7, "shock[1].factor", "rule_set", "年内不可变", "may not move within the year: what may move"});
  refused("[[shock]]\nsession = 5\nfactor = \"cross_city_prices\"\ntimes = 2\n" + kShock,
          {7, "shock[1].factor", "cross_city_prices", "是否应为 cross_city_price", "did you mean cross_city_price"});
}

TEST(BadScenario, AShockThatSaysTwoThingsOrLeavesTheBounds) {
  refused("[[shock]]\nsession = 5\nfactor = \"cross_city_price\"\nset = 30\ntimes = 2\n" + kShock,
          {5, "shock[1].set", "30", "只写一个", "write one of them"});
  refused("[[shock]]\nsession = 5\nfactor = \"pool_share\"\ntimes = 6\n" + kShock,  // 0.2 × 6
          {5, "shock[1].times", "6", "超出 0 至 1", "out of 0 to 1: change it"});
  // 0.2 × 4 is a share, × 2 again it is none: shocks come on top of each other
  refused("[[shock]]\nsession = 5\nfactor = \"pool_share\"\ntimes = 4\n" + kShock +
              "[[shock]]\nsession = 9\nfactor = \"pool_share\"\ntimes = 2\n" + kShock,
          {10, "shock[2].times", "2", "超出 0 至 1", "takes pool_share to 1.6, out of 0 to 1: change it"});
  refused("[[shock]]\nsession = 5\nfactor = \"floor\"\ntimes = 2\n" + kShock,
          {8, "shock[1].times", "2", "选项不能相乘", "write set = \"off\""});
}

TEST(BadScenario, ABaseThatIsNotThereOrItself) {
  all_refused(child("", "mine", "hangzou"), {{2, "base", "hangzou", "找不到情景文件", "one that is shipped: call"}});
  all_refused(child("", "mine", "mine"),
              {{2, "base", "mine", "循环继承（mine → mine）", "inherits from itself (mine → mine)"}});
}

TEST(BadScenario, ACircleOfBases) {
  const Folder folder;
  folder.put("a", child("", "a", "b"));
  const auto b = folder.put("b", child("", "b", "a"));
  const auto s = load_scenario(b, kShipped);
  ASSERT_FALSE(s);
  ASSERT_EQ(s.error().size(), 1u) << told(s.error());
  EXPECT_NE(s.error()[0].en.find("(b → a → b)"), std::string::npos) << told(s.error());
  EXPECT_NE(s.error()[0].file.find("a.toml"), std::string::npos);
}

TEST(BadScenario, AMeasureThatDoesNotExist) {
  auto known = loaded("hangzhou").outcomes;
  known.push_back("hhi");
  refused("outcomes = [\n  \"mean_price\",\n  \"mean_prise\",\n]\n",
          {7, "outcomes", "mean_prise", "是否应为 mean_price", "did you mean mean_price"}, {.outcomes = known});
  refused("outcomes = \"mean_price\"\n",
          {5, "outcomes", "mean_price", "应为文字列表", "write outcomes = [\"…\", \"…\"]"});
}

TEST(BadScenario, AYearOutsideTheRuleSet) {
  refused("first_day = 2022-01-03\n", {5, "first_day", "2022-01-03", "请改 first_day",
                                       "2022-01-03 lies outside the rule set (2022-12-12 to 2027-12-11)"});
  refused("first_day = 2027-03-01\n",
          {5, "first_day", "2027-03-01", "请改 first_day", "change first_day, or have fewer sessions"});
  refused("first_day = \"2024-01-08\"\n", {5, "first_day", "2024-01-08", "不带引号", "without quotes"});
}

TEST(BadScenario, ASeedThatIsNone) {
  refused("seed = -1\n", {5, "seed", "-1", "请写 seed = 1", "write seed = 1"});
  refused("seed = 1.5\n", {5, "seed", "1.5", "请写 seed = 1", "write seed = 1"});
}

TEST(BadScenario, ANameThatIsNotTheFiles) {
  all_refused(child("", "other"), {{1, "name", "other", "请写 \"mine\"", "write \"mine\""}});
}

TEST(BadScenario, ATitleInOneLanguage) {
  all_refused("name = \"mine\"\nbase = \"hangzhou\"\ntitle = { zh = \"题\" }\nabout = \"a\"\n",
              {{3, "title.en", "", "请添加 en", "add en = \"…\""}, {4, "about", "a", "应为表", "must be a table"}});
}

TEST(BadScenario, WhatIsNoToml) { refused("[levers.pool_share\n", {5, "TOML", "", "请改正此行", "correct this line"}); }

TEST(BadScenario, WithoutABaseEverythingMustBeSaid) {
  const Folder folder;
  const auto s = load_scenario(
      folder.put("mine", "name = \"mine\"\ntitle = { zh = \"题\", en = \"t\" }\nabout = { zh = \"x\", en = \"x\" }\n"),
      kShipped);
  ASSERT_FALSE(s);
  EXPECT_EQ(s.error().size(), kFactors + 3);  // and first_day, seed, a unit
  EXPECT_EQ(s.error()[4].line, 0);
  EXPECT_EQ(s.error()[4].field, "constants.pool_share");
  EXPECT_NE(s.error()[4].en.find("inherit with base = \"hangzhou\""), std::string::npos);
}

TEST(BadScenario, AllFaultsAreToldAtOnceInOrderOfLines) {
  all_refused(child("seed = \"x\"\n"
                    "[levers.pool_share]\n"
                    "value = 3\n"
                    "unit = \"%\"\n"
                    "tag = \"law\"\n"
                    "source = \"H66-7.2\"\n"
                    "[constants.roundz]\n"
                    "value = 1\n"
                    "[[shock]]\n"
                    "session = 0\n"
                    "factor = \"floor\"\n"
                    "set = \"maybe\"\n"
                    "source = \"x\"\n"),
              {{5, "seed", "x", "", "write seed = 1"},
               {7, "levers.pool_share.value", "3", "", "write 0 to 1"},
               {8, "levers.pool_share.unit", "%", "", "write unit = \"1\""},
               {11, "constants.roundz", "", "", "did you mean rounds"},
               {14, "shock[1].session", "0", "", "write 1 to 260"}});
}

TEST(BadScenario, AnOverrideThatCannotBe) {
  const auto faults = [](const char* text) {
    const Override o{text};
    const auto s = load_scenario("hangzhou", kShipped, std::span{&o, 1});
    EXPECT_FALSE(s) << text;
    return s ? "" : told(s.error());
  };
  EXPECT_EQ(faults("pool_share=2"), "--set: pool_share = 2: 不可用：请写 0 – 1 (1) / cannot be: write 0 – 1 (1)\n");
  EXPECT_EQ(faults("pool_share"),
            "--set: pool_share: 请写 --set 名称=值，如 --set pool_share=0.3 / write --set name=value, as in --set "
            "pool_share=0.3\n");
  EXPECT_NE(faults("pool_shar=0.1").find("did you mean pool_share"), std::string::npos);
  EXPECT_NE(faults("mechanism=dutch").find("write continuous, call"), std::string::npos);
  EXPECT_NE(faults("rounds=1.5").find("whole"), std::string::npos);
  EXPECT_NE(faults("cost_scale=uniform 2 … 1").find("cannot be"), std::string::npos);
  EXPECT_NE(faults("first_day=2024-01-08").find("no such factor"), std::string::npos);
}

TEST(BadScenario, AScenarioThatIsNotThere) {
  const auto s = load_scenario("hangzhuo", kShipped);
  ASSERT_FALSE(s);
  EXPECT_EQ(s.error()[0].field, "scenario");
  EXPECT_EQ(s.error()[0].value, "hangzhuo");
  EXPECT_NE(s.error()[0].en.find("dry-year, floor-off, hangzhou"), std::string::npos);
}

// ---- Good files ----------------------------------------------------------------------------------------------------

TEST(Scenario, EveryShippedOneLoadsAndIsItself) {
  const auto names = shipped_scenarios(kShipped);
  ASSERT_GE(names.size(), 15u);
  std::map<std::string, std::string> by_hash;
  for (const auto& name : names) {
    const auto s = loaded(name);
    EXPECT_EQ(s.name, name);
    EXPECT_EQ(s.units.size(), 13u) << name;
    EXPECT_EQ(s.hash.size(), 64u) << name;
    EXPECT_TRUE(by_hash.emplace(s.hash, name).second) << name << " is " << by_hash[s.hash];
    for (size_t i = 0; i < kFactors; ++i) {
      const auto f = static_cast<Factor>(i);
      EXPECT_FALSE(s[f].source.empty());
      EXPECT_TRUE(fits(facts_of(f), s.middle()[f])) << name << " " << name_of(f);
    }
  }
}

TEST(Scenario, TheBaseIsTheLawWhereThereIsLaw) {
  const auto s = loaded("hangzhou");
  for (size_t i = 0; i < kFactors; ++i) {
    const auto f = static_cast<Factor>(i);
    const bool law = f == Factor::pool_share || f == Factor::floor || f == Factor::advance_share;
    EXPECT_EQ(s[f].tag == Tag::law, law) << name_of(f);
  }
  const auto p = s.middle();
  EXPECT_EQ(p[Factor::pool_share], 0.2);     // H66-7.2
  EXPECT_EQ(p[Factor::advance_share], 0.5);  // H66-7.5
  EXPECT_TRUE(p.on(Factor::floor));          // H66-7.6
  EXPECT_EQ(p.choice<Mechanism>(Factor::mechanism), Mechanism::continuous);
  EXPECT_EQ(p.count(Factor::sessions), 50u);
}

TEST(Scenario, WhatIsNotSaidTheBaseSays) {
  const Folder folder;
  const auto base = loaded("hangzhou");
  const auto s =
      loaded(folder.put("mine", child("seed = 7\n"
                                      "[levers.pool_share]\nvalue = 0.3\nunit = \"1\"\n" +
                                      kOurs + "[[unit]]\ndistrict = 330182\nneed_mu = 99.5\nsource = \"模拟数据\"\n")));
  EXPECT_EQ(s.base, "hangzhou");
  EXPECT_EQ(s.seed, 7u);
  EXPECT_EQ(s.first_day, base.first_day);
  EXPECT_EQ(s.outcomes, base.outcomes);
  EXPECT_EQ(s.title_en, "t");
  for (size_t i = 0; i < kFactors; ++i) {
    const auto f = static_cast<Factor>(i);
    EXPECT_EQ(s[f].value, f == Factor::pool_share ? Distribution{Constant{0.3}} : base[f].value) << name_of(f);
  }
  ASSERT_EQ(s.units.size(), 13u);
  for (size_t i = 0; i < s.units.size(); ++i) {
    const bool changed = s.units[i].district == District::code(330182);
    EXPECT_EQ(s.units[i].need_mu, changed ? 99.5 : base.units[i].need_mu);  // field by field
    EXPECT_EQ(s.units[i].stock_mu, base.units[i].stock_mu);
  }
}

TEST(Scenario, InheritsFromAFileBesideItOverMoreThanOneStep) {
  const Folder folder;
  folder.put("parent", child("[levers.pool_share]\nvalue = 0.3\nunit = \"1\"\n" + kOurs +
                                 "[[shock]]\nsession = 5\nfactor = "
                                 "\"cross_city_price\"\ntimes = 1.5\nsource = \"x\"\n",
                             "parent"));
  const auto s = loaded(folder.put("mine", child("seed = 3\n", "mine", "parent")));
  EXPECT_EQ(s[Factor::pool_share].value, Distribution{Constant{0.3}});
  EXPECT_EQ(s.shocks.size(), 1u);
  EXPECT_EQ(s.shocks[0].session, 5u);
  EXPECT_EQ(s.shocks[0].times, 1.5);
  // A file that says any shock says all of them; an empty list takes them away.
  EXPECT_TRUE(loaded(folder.put("calm", child("shock = []\n", "calm", "parent"))).shocks.empty());
}

TEST(Scenario, AFaultOfTheBaseIsToldInTheBase) {
  const Folder folder;
  const auto parent = folder.put("parent", child("seed = -3\n", "parent"));
  const auto s = load_scenario(folder.put("mine", child("seed = -1\n", "mine", "parent")), kShipped);
  ASSERT_FALSE(s);
  ASSERT_EQ(s.error().size(), 2u);
  EXPECT_EQ(s.error()[0].file, parent);
  EXPECT_EQ(s.error()[0].value, "-3");
  EXPECT_EQ(s.error()[1].value, "-1");
}

TEST(Scenario, WhatIsOverriddenIsNobodysLaw) {
  const auto s =
      loaded("hangzhou",
             {{"pool_share=0.3"}, {"mechanism=call"}, {"cost_scale=1"}, {"demand_scale=uniform 0.5..2"}, {"floor=on"}});
  EXPECT_EQ(s[Factor::pool_share].value, Distribution{Constant{0.3}});
  EXPECT_EQ(s[Factor::pool_share].part, Part::lever);
  EXPECT_EQ(s[Factor::pool_share].tag, Tag::assumption);
  EXPECT_EQ(s[Factor::pool_share].source, "模拟假设 assumption: --set");
  EXPECT_EQ(s.middle().choice<Mechanism>(Factor::mechanism), Mechanism::call);
  EXPECT_EQ(s[Factor::cost_scale].part, Part::constant);  // drawn no more
  EXPECT_EQ(s[Factor::demand_scale].value, (Distribution{Uniform{0.5, 2}}));
  EXPECT_EQ(s[Factor::demand_scale].part, Part::uncertainty);
  EXPECT_EQ(s[Factor::floor].tag, Tag::law);  // the same as the file says: nothing changed
  EXPECT_NE(s.hash, loaded("hangzhou").hash);
  EXPECT_EQ(loaded("hangzhou", {{"floor=on"}}).hash, loaded("hangzhou").hash);
}

TEST(Scenario, AYearMadeShorterByAnOverrideEndsBeforeItsLaterShocks) {
  EXPECT_EQ(loaded("dry-year").shocks.size(), 2u);  // of sessions 20 and 26
  const auto s = loaded("dry-year", {{"sessions=22"}});
  ASSERT_EQ(s.shocks.size(), 1u);
  EXPECT_EQ(s.shocks[0].session, 20u);
  EXPECT_TRUE(loaded("dry-year", {{"sessions=4"}}).shocks.empty());
}

TEST(Scenario, MoreSessionsThanWeeksAreSpreadOverTheYearAndTheCalendarIsAskedOfThatYear) {
  EXPECT_EQ(loaded("hangzhou", {{"sessions=260"}}).middle()[Factor::sessions], 260);
}

TEST(Scenario, KnowsWhatIsUncertain) {
  const auto u = loaded("hangzhou").uncertain();
  EXPECT_EQ(u, (std::vector{Factor::price_drift, Factor::outside_premium, Factor::demand_scale, Factor::capacity_scale,
                            Factor::cost_scale}));
}

TEST(Scenario, TheHashIsOfWhatIsMeantNotOfHowItIsWritten) {
  const Folder folder;
  const auto setting = "[levers.pool_share]\nvalue = 0.30\nunit = \"1\"\n" + kOurs;
  const auto unit =
      "[[unit]]\ndistrict = 330182\nneed_mu = 100\nsource = \"x\"\n[[unit]]\ndistrict = 330112\nneed_mu = 90\nsource = "
      "\"x\"\n";
  const auto a = loaded(folder.put("mine", child(setting + unit)));
  const auto b = loaded(folder.put(
      "mine",
      child("# a comment\n\n[[unit]]\nsource = \"x\"\nneed_mu = 90.0\ndistrict = 330112\n"
            "[[unit]]\nneed_mu = 1e2\ndistrict = 330182\nsource = \"x\"\n"
            "[levers]\npool_share = { source = \"模拟假设\", tag = \"assumption\", unit = \"1\", value = 3e-1 }\n")));
  EXPECT_EQ(a.hash, b.hash);
  EXPECT_NE(a.hash, loaded(folder.put("mine", child(setting))).hash);
  // In one file without a base: the same scenario.
  const auto whole = loaded(folder.put("mine", text_of(a)));
  EXPECT_EQ(whole.hash, a.hash);
  EXPECT_EQ(text_of(whole), text_of(a));
  EXPECT_TRUE(whole.base.empty());
}

TEST(Scenario, EveryShippedOneSurvivesItsOwnText) {
  const Folder folder;
  for (const auto& name : shipped_scenarios(kShipped)) {
    const auto s = loaded(name);
    EXPECT_EQ(loaded(folder.put(name, text_of(s))).hash, s.hash) << name;
  }
}

TEST(Scenario, ATemplatePassesAsItIsAndSoDoesEachOfItsComments) {
  const Folder folder;
  const auto base = loaded("hangzhou");
  const auto text = template_of(base, "mine");
  const auto s = loaded(folder.put("mine", text));
  EXPECT_EQ(s.middle(), base.middle());
  // Uncomment everything that is TOML: what the comments offer is what the base says.
  std::string all, rest = text;
  for (size_t end; (end = rest.find('\n')) != std::string::npos; rest.erase(0, end + 1)) {
    auto line = rest.substr(0, end);
    const bool offer = line.starts_with("# [") || line.find(" = ") != std::string::npos;
    if (line.starts_with("# ") && offer && !line.ends_with("source.")) line.erase(0, 2);
    all += line + "\n";
  }
  const auto offered = loaded(folder.put("mine", all));
  EXPECT_EQ(offered.middle(), base.middle());
  EXPECT_EQ(offered.shocks.size(), 1u);
  for (size_t i = 0; i < kFactors; ++i) EXPECT_NE(all.find(name_of(static_cast<Factor>(i))), std::string::npos);
}

TEST(Factors, EachIsNamedOnceWithUnitBoundsAndWordsInBothLanguages) {
  for (size_t i = 0; i < kFactors; ++i) {
    const auto f = static_cast<Factor>(i);
    const auto& facts = facts_of(f);
    EXPECT_EQ(facts.factor, f);
    EXPECT_EQ(factor_named(name_of(f)), f);
    EXPECT_LT(facts.low, facts.high) << name_of(f);
    EXPECT_FALSE(facts.unit.empty() || facts.zh.empty() || facts.en.empty()) << name_of(f);
    if (facts.words.empty()) continue;
    EXPECT_EQ(facts.unit, "choice");
    EXPECT_EQ(facts.high, static_cast<double>(facts.words.size() - 1));
    for (const auto w : facts.words) EXPECT_EQ(word_of(facts, *number_of_word(facts, w)), w);
  }
  EXPECT_EQ(factor_named("none"), std::nullopt);
  EXPECT_FALSE(fits(facts_of(Factor::rounds), 1.5));
  EXPECT_FALSE(fits(facts_of(Factor::pool_share), std::nan("")));
}

}  // namespace
}  // namespace landex::simulator
