// The policy files as shipped, value by value, and what the loader refuses. The numbers here are read from
// 杭政办函〔2022〕66号 by hand: move a shipped value by one unit and a line below fails.
#include "exchange/host/policy_files.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/policy_directory.hpp"

namespace landex::host {

void PrintTo(const PolicyError& e, std::ostream* os) {
  *os << e.file << ":" << e.line << ": " << e.en << " | " << e.zh;
}

namespace {

using policy::Clause;
using policy::Origin;
using policy::Parameter;
using State = ClauseText::State;
using Sources = std::vector<PolicySource>;

constexpr size_t kLaw = 0, kCity = 1, kDays = 2, kChains = 3;  // which file

std::filesystem::path directory() { return script::policy_directory(); }

Sources shipped() {
  Sources sources;
  for (const auto* name : {"h66.toml", "hangzhou.toml", "calendar.toml", "approvals.toml"}) {
    std::ostringstream text;
    text << std::ifstream{directory() / name}.rdbuf();
    EXPECT_GT(text.str().size(), 1000U) << name;
    sources.push_back({name, text.str()});
  }
  return sources;
}

PolicyBook shipped_book() {
  auto book = parse_policy(shipped());
  EXPECT_TRUE(book.has_value()) << testing::PrintToString(book.error());
  return book.value_or(PolicyBook{});
}

Day day(int year, unsigned month, unsigned of_month) { return Day::ymd(year, month, of_month).value(); }
const Day kFirst = day(2022, 12, 12), kLast = day(2027, 12, 11);

int line_at(const std::string& text, size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

// The 20 % of H66-7.2, told by what follows it.
constexpr const char* kPooledShare = "value = \"20%\"\nclause = \"H66-7.2\"";

/// Replaces the one place where `find` stands. A mark ^ in `put` is taken out; its line is returned.
int edit(std::string& text, std::string_view find, std::string_view put) {
  const auto at = text.find(find);
  EXPECT_NE(at, std::string::npos) << "no place to edit: " << find;
  EXPECT_EQ(text.find(find, at + 1), std::string::npos) << "more than one place to edit: " << find;
  if (at == std::string::npos) return 0;
  text.replace(at, find.size(), put);
  const auto mark = text.find('^');
  if (mark == std::string::npos) return 0;
  text.erase(mark, 1);
  return line_at(text, mark);
}

bool has_chinese(std::string_view s) {
  return std::ranges::any_of(s, [](char c) { return static_cast<unsigned char>(c) >= 0xE4; });
}

// ---- What is shipped -----------------------------------------------------------------------------------------------

TEST(PolicyFiles, TheShippedFilesLoadFromTheirDirectory) {
  const auto book = load_policy(directory());
  ASSERT_TRUE(book.has_value()) << testing::PrintToString(book.error());
  EXPECT_EQ(book->pack, shipped_book().pack);
}

TEST(PolicyFiles, TheRuleSetIsInForceForFiveYears) {
  const auto book = shipped_book();
  EXPECT_EQ(book.pack.rule_set, "H66-2022");
  EXPECT_EQ(book.pack.from, kFirst);  // 自 2022 年 12 月 12 日起施行
  EXPECT_EQ(book.pack.until, kLast);  // 有效期 5 年
  EXPECT_EQ(book.document, "杭政办函〔2022〕66号");
  EXPECT_EQ(book.title, "杭州市人民政府办公厅关于优化创新耕地保护机制促进全市共同富裕的实施意见");
}

TEST(PolicyFiles, TheRowsAreTheseAndNoOthers) {
  const std::vector<policy::Row> rows{
      // 市级统筹各区、县（市）20%的报备入库补充耕地指标
      {Parameter::pooled_share_supplementary, kFirst, kLast, 2'000, Clause::h66_7_2, Origin::law},
      // 市级直接统筹…质量等级符合补划条件的耕地的 30%
      {Parameter::pooled_share_pbf, kFirst, kLast, 3'000, Clause::h66_6_2, Origin::law},
      {Parameter::pbf_lowest_grade, kFirst, kLast, 8, Clause::h66_6_2, Origin::our_default},
      {Parameter::pool_base, kFirst, kLast, 1, Clause::h66_7_2, Origin::our_default},
      {Parameter::pool_rounding, kFirst, kLast, 1, Clause::h66_7_2, Origin::our_default},
      {Parameter::payable_moment, kFirst, kLast, 1, Clause::h66_7_4, Origin::our_default},
      {Parameter::payable_payer, kFirst, kLast, 1, Clause::h66_7_4, Origin::our_default},
      // 一年内…预拨 50%的耕地垦造资金
      {Parameter::advance_share, kFirst, kLast, 5'000, Clause::h66_7_5, Origin::law},
      {Parameter::advance_months, kFirst, kLast, 12, Clause::h66_7_5, Origin::law},
      {Parameter::advance_base, kFirst, kLast, 1, Clause::h66_7_5, Origin::our_default},
      {Parameter::advance_netting, kFirst, kLast, 1, Clause::h66_7_5, Origin::our_default},
      {Parameter::deposit_share, kFirst, kLast, 2'000, Clause::h66_21_4, Origin::our_default},
      {Parameter::notice_days, kFirst, kLast, 5, Clause::h66_21_4, Origin::our_default},
      {Parameter::confirm_days, kFirst, kLast, 10, Clause::h66_21_4, Origin::our_default},
      {Parameter::payment_days, kFirst, kLast, 10, Clause::h66_21_4, Origin::our_default},
      {Parameter::default_consequence, kFirst, kLast, 1, Clause::h66_21_4, Origin::our_default},
      {Parameter::floor_moment, kFirst, kLast, 3, Clause::h66_7_6, Origin::our_default},
      {Parameter::take_days, kFirst, kLast, 10, Clause::h66_7_3, Origin::our_default},
      {Parameter::release_price, kFirst, kLast, 1, Clause::h66_7_4, Origin::our_default},
      {Parameter::own_need_consequence, kFirst, kLast, 1, Clause::h66_7_7, Origin::our_default},
      {Parameter::gap_consequence, kFirst, kLast, 1, Clause::h66_7_6, Origin::our_default},
      {Parameter::skip_consequence, kFirst, kLast, 1, Clause::h66_7_1, Origin::our_default},
      {Parameter::protection_excellent, kFirst, kLast, 12'000, Clause::h66_3_1, Origin::our_default},
      {Parameter::protection_good, kFirst, kLast, 10'000, Clause::h66_3_1, Origin::our_default},
      {Parameter::protection_pass, kFirst, kLast, 8'000, Clause::h66_3_1, Origin::our_default},
      {Parameter::protection_fail, kFirst, kLast, 0, Clause::h66_3_1, Origin::our_default},
      {Parameter::protection_sharing, kFirst, kLast, 1, Clause::h66_3_1, Origin::our_default},
      // 对种植水稻的永久基本农田的补偿上浮 50%
      {Parameter::rice_uplift, kFirst, kLast, 5'000, Clause::h66_3_4, Origin::law},
      {Parameter::over_budget, kFirst, kLast, 2, Clause::h66_3_4, Origin::our_default},
      {Parameter::pbf_rate_base, kFirst, kLast, 1, Clause::h66_4_1, Origin::our_default},
      // 以 5 年为一个周期
      {Parameter::restoration_cycle, kFirst, kLast, 5, Clause::h66_5_1, Origin::law},
      {Parameter::guide_gap_weight, kFirst, kLast, 10'000, Clause::h66_5_3, Origin::our_default},
      {Parameter::guide_tax_weight, kFirst, kLast, 100, Clause::h66_5_3, Origin::our_default},
      {Parameter::guide_premium, kFirst, kLast, 1'000, Clause::h66_5_3, Origin::our_default},
      {Parameter::guide_band, kFirst, kLast, 2'000, Clause::h66_5_3, Origin::our_default},
      {Parameter::reward_tilt, kFirst, kLast, 2'000, Clause::h66_8, Origin::our_default},
      {Parameter::homestead_share, kFirst, kLast, 3'000, Clause::h66_12, Origin::our_default},
      {Parameter::standard_farmland_share, kFirst, kLast, 3'000, Clause::h66_16, Origin::our_default},
      // 可预留5%新增建设用地规模
      {Parameter::reserved_scale_share, kFirst, kLast, 500, Clause::h66_17, Origin::law},
      // 每个产业飞地统筹保障1500亩, 核减750亩; in units of 0.0001 mu
      {Parameter::enclave_space, kFirst, kLast, 15'000'000, Clause::h66_19_1, Origin::law},
      {Parameter::enclave_reduction, kFirst, kLast, 7'500'000, Clause::h66_19_2, Origin::law},
      {Parameter::enclave_reduction_mode, kFirst, kLast, 1, Clause::h66_19_2, Origin::our_default},
      {Parameter::enclave_reduction_of, kFirst, kLast, 1, Clause::h66_19_2, Origin::our_default},
  };
  EXPECT_EQ(shipped_book().pack.rows, rows);
}

TEST(PolicyFiles, TheChainsAreTheseAndNoOthersAndAllAreOurs) {
  using policy::ChainRole;
  using policy::StepKind;
  using policy::SubjectKind;
  const auto chain = [](SubjectKind subject, std::vector<policy::ChainStep> steps, uint16_t notice) {
    return policy::Chain{.subject = subject,
                         .venue = policy::ChainVenue::production,
                         .from = kFirst,
                         .until = kLast,
                         .steps = std::move(steps),
                         .notice = notice,
                         .clause = Clause::h66_21_4,
                         .origin = Origin::our_default};
  };
  const policy::ChainStep bureau{StepKind::approve, ChainRole::bureau, 5};
  std::vector<policy::Chain> chains{
      chain(SubjectKind::confirm_deal, {bureau}, 0),
      chain(SubjectKind::void_deal, {bureau}, 0),
      chain(SubjectKind::publish_price, {bureau}, 0),
      chain(SubjectKind::revoke_price, {bureau}, 0),
      chain(SubjectKind::deduct_batch, {bureau}, 0),
      chain(SubjectKind::write_off,
            {{StepKind::first_review, ChainRole::district, 5}, {StepKind::approve, ChainRole::bureau, 10}}, 0),
      chain(SubjectKind::withdraw, {bureau}, 0),
      chain(SubjectKind::adjust_batch, {bureau}, 0),
      chain(SubjectKind::cancel_land, {bureau}, 0),
      chain(SubjectKind::transfer_land, {bureau}, 0),
      chain(SubjectKind::restore_land, {bureau}, 0),
      chain(SubjectKind::unfreeze_land, {bureau}, 0),
      chain(SubjectKind::lend_land,
            {{StepKind::review, ChainRole::district, 3}, {StepKind::approve, ChainRole::bureau, 5}}, 0),
      chain(SubjectKind::repay_advance, {bureau}, 0),
      {.subject = SubjectKind::apply_advance,
       .venue = {},  // at both
       .from = kFirst,
       .until = kLast,
       .steps = {{StepKind::review, ChainRole::bureau, 5}, {StepKind::approve, ChainRole::bureau, 10}},
       .notice = 0,
       .clause = Clause::h66_7_5,
       .origin = Origin::our_default},
      {.subject = SubjectKind::request_pool,
       .venue = policy::ChainVenue::production,
       .from = kFirst,
       .until = kLast,
       .steps = {{StepKind::first_review, ChainRole::district, 5}, {StepKind::approve, ChainRole::bureau, 10}},
       .notice = 0,
       .clause = Clause::h66_7_3,
       .origin = Origin::our_default},
      {.subject = SubjectKind::allocate_pool,
       .venue = policy::ChainVenue::simulation,
       .from = kFirst,
       .until = kLast,
       .steps = {bureau},
       .notice = 0,
       .clause = Clause::h66_7_3,
       .origin = Origin::our_default},
      {.subject = SubjectKind::allocate_pool,
       .venue = policy::ChainVenue::production,
       .from = kFirst,
       .until = kLast,
       .steps = {{StepKind::review, ChainRole::bureau, 5}, bureau},
       .notice = 0,
       .clause = Clause::h66_7_3,
       .origin = Origin::our_default},
      {.subject = SubjectKind::allot_plots,
       .venue = policy::ChainVenue::production,
       .from = kFirst,
       .until = kLast,
       .steps = {{StepKind::review, ChainRole::bureau, 5}, {StepKind::approve, ChainRole::bureau, 10}},
       .notice = 0,
       .clause = Clause::h66_6_3,
       .origin = Origin::our_default},
      chain(SubjectKind::open_product, {bureau}, 0),
      chain(SubjectKind::use_titles,
            {{StepKind::review, ChainRole::district, 4}, {StepKind::approve, ChainRole::bureau, 10}}, 0),
      chain(SubjectKind::cancel_title, {bureau}, 0),
      chain(SubjectKind::fill_balance,
            {{StepKind::review, ChainRole::district, 4}, {StepKind::approve, ChainRole::bureau, 10}}, 0),
      chain(SubjectKind::certify_gap, {bureau}, 0),
  };
  chains.back().clause = Clause::h66_7_6;
  // What is reckoned and paid between governments.
  chains.push_back(chain(SubjectKind::execute_run, {bureau}, 0));
  chains.back().venue = policy::ChainVenue::simulation;
  chains.back().clause = Clause::h66_20;
  chains.push_back(chain(SubjectKind::execute_run, {{StepKind::review, ChainRole::bureau, 5}, bureau}, 0));
  chains.back().clause = Clause::h66_20;
  for (const auto& [subject, clause] : {std::pair{SubjectKind::publish_standard, Clause::h66_3_3},
                                        {SubjectKind::revoke_standard, Clause::h66_3_3},
                                        {SubjectKind::earmark_fund, Clause::h66_20},
                                        {SubjectKind::register_task, Clause::h66_5_1},
                                        {SubjectKind::record_restored, Clause::h66_5_1},
                                        {SubjectKind::agree_undertaking, Clause::h66_5_2},
                                        {SubjectKind::register_enclave, Clause::h66_19_1},
                                        {SubjectKind::agree_pbf_task, Clause::h66_19_3},
                                        {SubjectKind::use_reserved_scale, Clause::h66_17}}) {
    chains.push_back(chain(subject, {bureau}, 0));
    chains.back().clause = clause;
  }
  EXPECT_EQ(shipped_book().pack.chains, chains);
}

TEST(PolicyFiles, OnlyMountainFourToUrbanHasALowestPrice) {
  const std::vector<policy::FloorRoute> routes{
      {ParticipantClass::mountain4, ParticipantClass::urban, kFirst, kLast, Clause::h66_7_6, Origin::law}};
  EXPECT_EQ(shipped_book().pack.floor_routes, routes);
}

TEST(PolicyFiles, OutsideItsRowsAValueDoesNotExist) {
  const auto pack = shipped_book().pack;
  EXPECT_EQ(pack.row(Parameter::pooled_share_supplementary, day(2022, 12, 11)), nullptr);
  EXPECT_NE(pack.row(Parameter::pooled_share_supplementary, kFirst), nullptr);
  EXPECT_NE(pack.row(Parameter::pooled_share_supplementary, kLast), nullptr);
  EXPECT_EQ(pack.row(Parameter::pooled_share_supplementary, day(2027, 12, 12)), nullptr);
}

TEST(PolicyFiles, HangzhouHasThirteenUnitsFourOfThemMountainAndTheCityItself) {
  using enum ParticipantClass;
  struct Expected {
    uint32_t code;
    std::string zh, en;
    ParticipantClass kind;
    Clause clause;
    Origin origin;
  };
  const std::vector<Expected> expected{
      {330100, "杭州市", "Hangzhou", city, Clause::h66_7_2, Origin::our_default},
      {330112, "临安区", "Lin'an", mountain4, Clause::h66_7_5, Origin::law},
      {330122, "桐庐县", "Tonglu", mountain4, Clause::h66_7_5, Origin::law},
      {330127, "淳安县", "Chun'an", mountain4, Clause::h66_7_5, Origin::law},
      {330182, "建德市", "Jiande", mountain4, Clause::h66_7_5, Origin::law},
      {330102, "上城区", "Shangcheng", urban, Clause::h66_7_6, Origin::our_default},
      {330105, "拱墅区", "Gongshu", urban, Clause::h66_7_6, Origin::our_default},
      {330106, "西湖区", "Xihu", urban, Clause::h66_7_6, Origin::our_default},
      {330108, "滨江区", "Binjiang", urban, Clause::h66_7_6, Origin::our_default},
      {330109, "萧山区", "Xiaoshan", urban, Clause::h66_7_6, Origin::our_default},
      {330110, "余杭区", "Yuhang", urban, Clause::h66_7_6, Origin::our_default},
      {330113, "临平区", "Linping", urban, Clause::h66_7_6, Origin::our_default},
      {330114, "钱塘区", "Qiantang", urban, Clause::h66_7_6, Origin::our_default},
      {330111, "富阳区", "Fuyang", urban, Clause::h66_7_6, Origin::our_default},
  };
  const auto book = shipped_book();
  ASSERT_EQ(book.pack.units.size(), 1U + 4U + 9U);
  ASSERT_EQ(book.units.size(), expected.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    const auto& e = expected[i];
    SCOPED_TRACE(e.en);
    const auto district = District::code(e.code);
    EXPECT_EQ(book.pack.units[i], (policy::Unit{district, e.kind, kFirst, kLast, e.clause, e.origin}));
    EXPECT_EQ(book.units[i].district, district);
    EXPECT_EQ(book.units[i].zh, e.zh);
    EXPECT_EQ(book.units[i].en, e.en);
    EXPECT_EQ(book.units[i].kind, e.kind);
  }
}

TEST(PolicyFiles, EveryArticleIsNamedAndEveryClauseHasItsText) {
  const auto book = shipped_book();
  ASSERT_EQ(book.clauses.size(), policy::kClauses.size());
  std::set<int> articles;
  for (size_t i = 0; i < book.clauses.size(); ++i) {
    const auto& c = book.clauses[i];
    SCOPED_TRACE(policy::kClauses[i].id);
    EXPECT_EQ(c.clause, policy::kClauses[i].clause);
    articles.insert(c.article);
    EXPECT_TRUE(has_chinese(c.title_zh));
    EXPECT_TRUE(has_chinese(c.text));
    EXPECT_FALSE(has_chinese(c.title_en));
    EXPECT_TRUE(c.summary_en.ends_with('.'));
    EXPECT_EQ(c.summary_en.find("  "), std::string::npos);
    // The words of the document, without the marks and breaks of our copy of it.
    EXPECT_EQ(c.text.find_first_of("#*`|[]\n\t"), std::string::npos);
    EXPECT_EQ(c.text.find("责任单位"), std::string::npos);
    switch (c.state) {
      case State::modelled:
        EXPECT_TRUE(c.reason_zh.empty() && c.reason_en.empty() && c.issue == 0);
        break;
      case State::no_computable_rule:
        EXPECT_TRUE(has_chinese(c.reason_zh) && c.reason_en.ends_with('.') && c.issue == 0);
        break;
      case State::planned:
        ADD_FAILURE() << "nothing of H66 is planned any more";
        break;
    }
  }
  EXPECT_EQ(articles.size(), 21U);
  EXPECT_EQ(*articles.begin(), 1);
  EXPECT_EQ(*articles.rbegin(), 21);
}

TEST(PolicyFiles, TheTextIsJoinedWithoutBreaks) {
  const auto book = shipped_book();
  const auto text_of = [&](Clause c) {
    const auto found = std::ranges::find(book.clauses, c, &ClauseText::clause);
    return found == book.clauses.end() ? std::string{} : found->text;
  };
  EXPECT_EQ(text_of(Clause::h66_7_2), "市级统筹各区、县（市）20%的报备入库补充耕地指标");
  EXPECT_EQ(text_of(Clause::h66_7_4), "统筹价格提高至同期跨市调剂价");
  EXPECT_EQ(text_of(Clause::h66_7_5),
            "对于一年内（含跨年度）能确保报备入库的补充耕地指标，市级根据临安区、桐庐县、淳安县、建德市等山区 4 "
            "区、县（市）（以下简称山区 4 县）申请，可按合同约定预拨 50%的耕地垦造资金。");
  EXPECT_EQ(text_of(Clause::h66_7_6),
            "鼓励存在占补平衡缺口的城区从山区 4 县调剂补充耕地指标，价格不低于同期跨市调剂价。");
}

// ---- What may be written -------------------------------------------------------------------------------------------

TEST(PolicyFiles, AShareIsExactToOneHundredthOfAPercent) {
  struct Case {
    std::string share;
    std::optional<int64_t> points;  // 1/10 000
  };
  const std::vector<Case> cases{
      {"20%", 2'000},      {"0%", 0},      {"100%", 10'000}, {"20.5%", 2'050}, {"20.05%", 2'005}, {"0.01%", 1},
      {"100.00%", 10'000}, {"20 %", {}},   {"120%", {}},     {"100.01%", {}},  {"20.005%", {}},   {"20.000%", {}},
      {"20", {}},          {"%", {}},      {".5%", {}},      {"20.%", {}},     {"-20%", {}},      {"+20%", {}},
      {"2e1%", {}},        {"20%%", {}},   {"20,5%", {}},    {"二十%", {}},    {"１２%", {}},     {" 20%", {}},
      {"9999999999%", {}}, {"20.5.5%", {}}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.share);
    auto sources = shipped();
    const int line = edit(sources[kLaw].text, kPooledShare, "^value = \"" + c.share + "\"\nclause = \"H66-7.2\"");
    const auto book = parse_policy(sources);
    ASSERT_EQ(book.has_value(), c.points.has_value());
    if (c.points) {
      EXPECT_EQ(book->pack.row(Parameter::pooled_share_supplementary, kFirst)->value, *c.points);
    } else {
      EXPECT_EQ(book.error().line, line);
      EXPECT_NE(book.error().en.find("is not a share"), std::string::npos);
    }
  }
}

TEST(PolicyFiles, ACoefficientMayBeMoreThanTheWholeUpToTenTimes) {
  const auto excellent = [](const std::string& said) {
    auto sources = shipped();
    edit(sources[kLaw].text, "value = \"120%\"", "value = \"" + said + "\"");
    const auto book = parse_policy(sources);
    return book ? std::optional{book->pack.row(Parameter::protection_excellent, kFirst)->value} : std::nullopt;
  };
  EXPECT_EQ(excellent("120%"), 12'000);
  EXPECT_EQ(excellent("100.5%"), 10'050);
  EXPECT_EQ(excellent("1000%"), 100'000);
  EXPECT_EQ(excellent("1000.01%"), std::nullopt);
  EXPECT_EQ(excellent("1.2"), std::nullopt);
}

TEST(PolicyFiles, AnAreaIsInMuExactToFourDecimals) {
  struct Case {
    std::string area;
    std::optional<int64_t> units;  // 0.0001 mu
  };
  const std::vector<Case> cases{{"1500 mu", 15'000'000},
                                {"1500.5 mu", 15'005'000},
                                {"0.0001 mu", 1},
                                {"0 mu", {}},
                                {"1500", {}},
                                {"1500mu", {}},
                                {"1500 亩", {}},
                                {"-1 mu", {}},
                                {"1.00001 mu", {}},
                                {"1,500 mu", {}},
                                {" mu", {}},
                                {"99999999999999 mu", {}}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.area);
    auto sources = shipped();
    const int line = edit(sources[kLaw].text, "value = \"1500 mu\"", "^value = \"" + c.area + "\"");
    const auto book = parse_policy(sources);
    ASSERT_EQ(book.has_value(), c.units.has_value());
    if (c.units) {
      EXPECT_EQ(book->pack.row(Parameter::enclave_space, kFirst)->value, *c.units);
    } else {
      EXPECT_EQ(book.error().line, line);
      EXPECT_NE(book.error().en.find("is not an area"), std::string::npos);
      EXPECT_NE(book.error().zh.find("不是可用的面积"), std::string::npos);
    }
  }
}

TEST(PolicyFiles, AValueIsToldAsTheFilesWriteIt) {
  struct Case {
    Parameter parameter;
    std::string key, text;
  };
  for (const auto& c :
       std::vector<Case>{{Parameter::pooled_share_supplementary, "pooled_share.supplementary_farmland", "20%"},
                         {Parameter::pbf_lowest_grade, "pbf.lowest_qualifying_grade", "8"},
                         {Parameter::release_price, "pool.release_price", "pass_through"},
                         {Parameter::protection_excellent, "protection.excellent", "120%"},
                         {Parameter::restoration_cycle, "restoration.cycle_years", "5"},
                         {Parameter::enclave_reduction, "enclave.reduction", "750 mu"},
                         {Parameter::enclave_reduction_of, "enclave.reduction_of", "receiver"}}) {
    EXPECT_EQ(key_of(c.parameter), c.key);
    EXPECT_EQ(value_text(c.parameter, shipped_book().pack.row(c.parameter, kFirst)->value), c.text);
  }
  EXPECT_EQ(value_text(Parameter::fee_share, 2'005), "20.05%");
  EXPECT_EQ(value_text(Parameter::enclave_space, 10'500), "1.05 mu");
}

TEST(PolicyFiles, AValueChangesOnADayByEndingOneRowAndBeginningTheNext) {
  auto sources = shipped();
  edit(sources[kLaw].text, "until = 2027-12-11\nvalue = \"20%\"\nclause = \"H66-7.2\"\n",
       "until = 2024-12-31\nvalue = \"20%\"\nclause = \"H66-7.2\"\n\n"
       "[[pooled_share.supplementary_farmland]]\nfrom = 2025-01-01\nuntil = 2027-12-11\nvalue = \"25%\"\n"
       "clause = \"H66-7.2\"\n");
  const auto book = parse_policy(sources);
  ASSERT_TRUE(book.has_value()) << testing::PrintToString(book.error());
  EXPECT_EQ(book->pack.row(Parameter::pooled_share_supplementary, day(2024, 12, 31))->value, 2'000);
  EXPECT_EQ(book->pack.row(Parameter::pooled_share_supplementary, day(2025, 1, 1))->value, 2'500);
}

TEST(PolicyFiles, AUnitChangesItsClassOnADayAndKeepsItsName) {
  auto sources = shipped();
  sources[kCity].text +=
      "\n[[unit]]\ncode = 330111\nzh = \"富阳区\"\nen = \"Fuyang\"\nclass = \"mountain4\"\n"
      "from = 2025-01-01\nuntil = 2027-12-11\nclause = \"H66-7.5\"\n";
  edit(sources[kCity].text,
       "zh = \"富阳区\"\nen = \"Fuyang\"\nclass = \"urban\"\nfrom = 2022-12-12\nuntil = 2027-12-11\n",
       "zh = \"富阳区\"\nen = \"Fuyang\"\nclass = \"urban\"\nfrom = 2022-12-12\nuntil = 2024-12-31\n");
  const auto book = parse_policy(sources);
  ASSERT_TRUE(book.has_value()) << testing::PrintToString(book.error());
  const auto fuyang = District::code(330111);
  EXPECT_EQ(book->pack.unit(fuyang, day(2024, 12, 31))->kind, ParticipantClass::urban);
  EXPECT_EQ(book->pack.unit(fuyang, day(2025, 1, 1))->kind, ParticipantClass::mountain4);
  EXPECT_EQ(book->units.size(), 14U);
  EXPECT_EQ(book->units.back().kind, ParticipantClass::mountain4);
}

// ---- What is refused -----------------------------------------------------------------------------------------------

/// An edit of a shipped file, and what is said of it. ^ stands on the line that must be named, and is taken out.
struct Refused {
  std::string what;
  size_t file;
  std::string find, put;
  std::string en, zh;  // words of the message
};

// A planned clause, told by what follows it.
// The state of a clause without rows, told by the heading that follows it.
constexpr const char* kState = "state = \"modelled\"\n\n[[clause]]\nid = \"H66-21.2\"";

/// The chain of write-offs, to the steps; there are others like it.
const std::string kWriteOff =
    "subject = \"write_off\"\nvenue = \"production\"\nfrom = 2022-12-12\nuntil = 2027-12-11\n";
const std::string kFirst5 = "steps = [{ step = \"first_review\", role = \"district\", within = 5",
                  kFirst0 = "steps = [{ step = \"first_review\", role = \"district\", within = 0";

const std::vector<Refused> kRefused{
    // the calendar
    {"a year that does not come next", kDays, "year = 2026", "^year = 2027",
     "the years of the calendar follow each other", "日历各年须依次相连"},
    {"a year without its notice", kDays, "year = 2024\nnotice = \"国办发明电〔2023〕7号\"", "year = 2024",
     "key \"notice\" is missing", "缺少键“notice”"},
    {"a key too many in a year", kDays, "year = 2024\n", "year = 2024\n^holidays = []\n", "unknown key \"holidays\"",
     "不认识的键“holidays”"},
    {"a weekend among the days off", kDays, "off = [2024-01-01, ", "^off = [2024-01-06, ",
     "2024-01-06 is no weekday of that year", "2024-01-06 不是该年的工作日"},
    {"a weekday among the days worked", kDays, "worked = [2024-02-04, ", "^worked = [2024-02-05, ",
     "2024-02-05 is no Saturday or Sunday", "2024-02-05 不是该年的周六或周日"},
    {"a day of another year", kDays, "off = [2024-01-01, ", "^off = [2023-01-03, ", "2023-01-03 is no weekday",
     "2023-01-03 不是该年的工作日"},
    {"a day twice", kDays, "worked = [2024-02-04, ", "^worked = [2024-02-04, 2024-02-04, ", "are not in order",
     "未按先后排列"},
    {"a day in quotes", kDays, "off = [2024-01-01, ", "^off = [\"2024-01-01\", ", "\"off\" has the wrong type",
     "“off”的类型不对"},
    // the chains
    {"an unknown subject", kChains, "subject = \"write_off\"", "^subject = \"write_on\"",
     "\"write_on\" is no command that is approved", "“write_on”不是须审批的事项"},
    {"an unknown venue", kChains, "subject = \"write_off\"\nvenue = \"production\"",
     "subject = \"write_off\"\n^venue = \"wonderland\"", "\"wonderland\" is no venue", "“wonderland”不是场所"},
    {"a chain without a clause", kChains, "notice = 0\nclause = \"H66-7.5\"", "notice = 0", "a value without a clause",
     "数值没有条款依据"},
    {"a chain without steps", kChains,
     kWriteOff + "steps = [{ step = \"first_review\", role = \"district\", within = 5 },\n"
                 "         { step = \"approve\", role = \"bureau\", within = 10 }]\nnotice = 0",
     kWriteOff + "notice = 0", "key \"steps\" is missing", "缺少键“steps”"},
    {"a step that nobody knows", kChains, kWriteOff + "steps = [{ step = \"first_review\"",
     kWriteOff + "steps = [{ step = \"second_review\"", "\"second_review\" is no step", "“second_review”不是审批环节"},
    {"a step without time", kChains, kWriteOff + kFirst5, kWriteOff + kFirst0,
     "within = 0 is out of range: write 1 to 250", "超出范围"},
    {"steps that do not end with an approval", kChains, kWriteOff + kFirst5 + " },\n         { step = \"approve\"",
     kWriteOff + kFirst5 + " },\n         { step = \"review\"", "this chain cannot be followed", "此审批链走不通"},
    {"a step that nobody could pass: of the district, where the bureau alone proposes", kChains,
     "subject = \"deduct_batch\"\nvenue = \"production\"\nfrom = 2022-12-12\nuntil = 2027-12-11\n"
     "steps = [{ step = \"approve\", role = \"bureau\"",
     "subject = \"deduct_batch\"\nvenue = \"production\"\nfrom = 2022-12-12\nuntil = 2027-12-11\n"
     "^steps = [{ step = \"approve\", role = \"district\"",
     "nobody could pass this chain", "无人能走完"},
    {"a second chain for one command", kChains, "subject = \"withdraw\"", "subject = \"write_off\"",
     "overlaps the row at approvals.toml:", "日期重叠"},
    // unknown
    {"a misspelt key of a row", kLaw, "value = \"30%\"\nclause = \"H66-6.2\"", "^valeu = \"30%\"\nclause = \"H66-6.2\"",
     "unknown key \"valeu\"", "不认识的键“valeu”"},
    {"a key too many in the rule set", kLaw, "name = \"H66-2022\"", "name = \"H66-2022\"\n^approver = \"x\"",
     "this table takes name", "此表可用的键"},
    {"a key too many in a clause", kLaw, "id = \"H66-7.6\"", "id = \"H66-7.6\"\n^value = 20", "unknown key \"value\"",
     "不认识的键“value”"},
    {"a key too many in a unit", kCity, "en = \"Jiande\"", "en = \"Jiande\"\n^area = 2321", "unknown key \"area\"",
     "不认识的键“area”"},
    {"an unknown table", kLaw, "[[payable.payer]]", "^[[payee.payer]]", "unknown key \"payee\"", "不认识的键“payee”"},
    {"an unknown value of a group", kLaw, "[[payable.payer]]", "^[[payable.payers]]", "unknown key \"payable.payers\"",
     "不认识的键“payable.payers”"},
    {"an unknown clause of a value", kLaw, "value = \"30%\"\nclause = \"H66-6.2\"",
     "value = \"30%\"\n^clause = \"H66-6.20\"", "unknown clause \"H66-6.20\"", "不认识的条款“H66-6.20”"},
    {"an unknown clause", kLaw, "id = \"H66-7.7\"", "^id = \"H66-7.8\"", "unknown clause \"H66-7.8\"",
     "不认识的条款“H66-7.8”"},
    {"an unknown class of a unit", kCity, "en = \"Jiande\"\nclass = \"mountain4\"",
     "en = \"Jiande\"\n^class = \"mountain\"", "write \"mountain4\", \"urban\", \"city\"", "不是参与者类别"},
    {"an unknown class of a route", kLaw, "buyer = \"urban\"", "^buyer = \"rural\"",
     "\"rural\" is not a class of participants", "“rural”不是参与者类别"},
    {"an unknown state", kLaw, kState, "^state = \"later\"\n\n[[clause]]\nid = \"H66-21.2\"",
     "\"later\" is not a state of a clause", "“later”不是条款状态"},
    // missing
    {"a row without its value", kLaw, "[[payable.moment]]\nfrom = 2022-12-12\nuntil = 2027-12-11\nvalue = \"filing\"",
     "^[[payable.moment]]\nfrom = 2022-12-12\nuntil = 2027-12-11",
     "key \"value\" is missing: add value =", "缺少键“value”"},
    {"a row without its last day", kLaw, "[[payable.moment]]\nfrom = 2022-12-12\nuntil = 2027-12-11",
     "^[[payable.moment]]\nfrom = 2022-12-12", "key \"until\" is missing: add until = a date", "缺少键“until”"},
    {"a value without a clause", kLaw,
     "[[floor_route]]\nseller = \"mountain4\"\nbuyer = \"urban\"\nfrom = 2022-12-12\nuntil = 2027-12-11\n"
     "clause = \"H66-7.6\"",
     "^[[floor_route]]\nseller = \"mountain4\"\nbuyer = \"urban\"\nfrom = 2022-12-12\nuntil = 2027-12-11",
     "a value without a clause: add clause = \"H66-…\"", "没有条款依据"},
    {"a clause without its text", kLaw, "[[clause]]\nid = \"H66-7.4\"\narticle = 7\ntitle_zh = \"统筹价格\"",
     "^[[clause]]\nid = \"H66-7.4\"\narticle = 7", "key \"title_zh\" is missing", "缺少键“title_zh”"},
    {"a clause with empty text", kLaw, "text = \"统筹价格提高至同期跨市调剂价\"", "^text = \"\"", "\"text\" is empty",
     "“text”为空"},
    {"a misspelt reason", kLaw, "title_en = \"Overall aim\"", "title_en = \"Overall aim\"\n^reason_zn = \"\"",
     "unknown key \"reason_zn\"", "不认识的键“reason_zn”"},
    {"a planned clause without its issue", kLaw,
     "[[clause]]\nid = \"H66-3.3\"\narticle = 3\ntitle_zh = \"市级补偿标准\"\n"
     "title_en = \"The city standard\"\ntext = \"加大耕地保护资金补偿力度，市级补偿标准不低于省级\"\n"
     "summary_en = \"The compensation standard of the city is not below that of the province.\"\n"
     "state = \"modelled\"",
     "^[[clause]]\nid = \"H66-3.3\"\narticle = 3\ntitle_zh = \"市级补偿标准\"\n"
     "title_en = \"The city standard\"\ntext = \"加大耕地保护资金补偿力度，市级补偿标准不低于省级\"\n"
     "summary_en = \"The compensation standard of the city is not below that of the province.\"\n"
     "state = \"planned\"",
     "key \"issue\" is missing", "缺少键“issue”"},
    {"a clause without a computable rule and without the reason", kLaw,
     "[[clause]]\nid = \"H66-3.3\"\narticle = 3\ntitle_zh = \"市级补偿标准\"\n"
     "title_en = \"The city standard\"\ntext = \"加大耕地保护资金补偿力度，市级补偿标准不低于省级\"\n"
     "summary_en = \"The compensation standard of the city is not below that of the province.\"\n"
     "state = \"modelled\"",
     "^[[clause]]\nid = \"H66-3.3\"\narticle = 3\ntitle_zh = \"市级补偿标准\"\n"
     "title_en = \"The city standard\"\ntext = \"加大耕地保护资金补偿力度，市级补偿标准不低于省级\"\n"
     "summary_en = \"The compensation standard of the city is not below that of the province.\"\n"
     "state = \"no_computable_rule\"",
     "key \"reason_zh\" is missing", "缺少键“reason_zh”"},
    {"an issue beside a state that has none", kLaw, kState,
     "state = \"modelled\"\n^issue = 5\n\n[[clause]]\nid = \"H66-21.2\"",
     "\"issue\" goes with state = \"planned\" only", "“issue”只用于 state = \"planned\""},
    {"a reason beside a state that has none", kLaw, kState,
     "state = \"planned\"\n^reason_en = \"x\"\nissue = 5\n\n[[clause]]\nid = \"H66-21.2\"",
     "\"reason_en\" goes with state = \"no_computable_rule\" only", "“reason_en”只用于"},
    // wrong type or form
    {"a date in quotes", kLaw, "until = 2027-12-11\nvalue = \"30%\"\nclause = \"H66-6.2\"",
     "^until = \"2027-12-11\"\nvalue = \"30%\"\nclause = \"H66-6.2\"",
     "\"until\" has the wrong type: write a date without quotes", "“until”的类型不对"},
    {"a date with a time", kLaw, "until = 2027-12-11\nvalue = \"30%\"\nclause = \"H66-6.2\"",
     "^until = 2027-12-11T00:00:00\nvalue = \"30%\"\nclause = \"H66-6.2\"", "\"until\" has the wrong type",
     "“until”的类型不对"},
    {"a share that is a number", kLaw, "value = \"30%\"\nclause = \"H66-6.2\"", "^value = 30\nclause = \"H66-6.2\"",
     "\"value\" has the wrong type: write text", "“value”的类型不对"},
    {"a grade in quotes", kLaw, "value = 8", "^value = \"8\"", "\"value\" has the wrong type: write a whole number",
     "“value”的类型不对"},
    {"a grade with a fraction", kLaw, "value = 8", "^value = 8.0", "\"value\" has the wrong type", "“value”的类型不对"},
    {"a grade that does not exist", kLaw, "value = 8", "^value = 16", "write 1 to 15", "请填 1 至 15"},
    {"a code that is too short", kCity, "code = 330182", "^code = 33018", "write 100000 to 999999", "超出范围"},
    {"one bracket where rows are listed", kLaw, "[[payable.payer]]", "^[payable.payer]", "write [[payable.payer]]",
     "请写成 [[payable.payer]]"},
    {"a value in place of a group", kLaw, "[rule_set]", "^pbf_reserve = 1\n[rule_set]", "unknown key \"pbf_reserve\"",
     "不认识的键“pbf_reserve”"},
    {"numbers in place of rows", kCity, "# hangzhou.toml", "^floor_route = [1]\n# hangzhou.toml",
     "write [[floor_route]]", "请写成 [[floor_route]]"},
    {"a share with a space", kLaw, "value = \"30%\"\nclause = \"H66-6.2\"", "^value = \"30 %\"\nclause = \"H66-6.2\"",
     "\"30 %\" is not a share: write 0% to 100%", "“30 %”不是可用的比例"},
    {"an area without its unit", kLaw, "value = \"1500 mu\"", "^value = \"1500\"", "\"1500\" is not an area: write mu",
     "“1500”不是可用的面积"},
    {"a coefficient above ten times the whole", kLaw, "value = \"120%\"", "^value = \"1001%\"",
     "\"1001%\" is not a share: write 0% to 1000%", "请填 0% 至 1000%"},
    {"a share above the whole", kLaw, kPooledShare, "^value = \"120%\"\nclause = \"H66-7.2\"",
     "\"120%\" is not a share", "“120%”不是可用的比例"},
    {"a share finer than a basis point", kLaw, kPooledShare, "^value = \"20.005%\"\nclause = \"H66-7.2\"",
     "\"20.005%\" is not a share", "至多两位小数"},
    {"a label in other words", kLaw, "value = 8\nclause = \"H66-6.2\"\ndefault = \"our default, not the law\"",
     "value = 8\nclause = \"H66-6.2\"\n^default = \"our default\"",
     "write default = \"our default, not the law\", in exactly these words",
     "请原样写 default = \"our default, not the law\""},
    {"a label that is a switch", kLaw, "value = 8\nclause = \"H66-6.2\"\ndefault = \"our default, not the law\"",
     "value = 8\nclause = \"H66-6.2\"\n^default = true", "\"default\" has the wrong type", "“default”的类型不对"},
    {"text that is not TOML", kLaw, "value = \"30%\"\nclause = \"H66-6.2\"", "^value = 30%\nclause = \"H66-6.2\"",
     "not valid TOML", "不是合法的 TOML"},
    {"a date that is not in the calendar", kLaw, "until = 2027-12-11\nvalue = \"30%\"\nclause = \"H66-6.2\"",
     "^until = 2027-02-29\nvalue = \"30%\"\nclause = \"H66-6.2\"", "not valid TOML", "不是合法的 TOML"},
    {"a date before all days", kLaw, "from = 2022-12-12\nuntil = 2027-12-11\nvalue = \"30%\"\nclause = \"H66-6.2\"",
     "^from = 1969-12-31\nuntil = 2027-12-11\nvalue = \"30%\"\nclause = \"H66-6.2\"", "from 1970 on", "1970 年以后"},
    {"a key given twice", kLaw, "value = \"30%\"\nclause = \"H66-6.2\"",
     "value = \"30%\"\n^value = \"31%\"\nclause = \"H66-6.2\"", "not valid TOML", "不是合法的 TOML"},
    // switches that are not modelled yet
    {"another base of the share", kLaw, "value = \"cumulative\"", "^value = \"per_filing\"",
     "\"per_filing\" is not modelled yet: write \"cumulative\"", "“per_filing”尚未建模：请填 \"cumulative\""},
    {"another rounding", kLaw, "value = \"down\"", "^value = \"half_up\"", "is not modelled yet: write \"down\"",
     "尚未建模"},
    {"another moment", kLaw, "value = \"filing\"", "^value = \"allocation\"", "is not modelled yet: write \"filing\"",
     "尚未建模"},
    {"another payer", kLaw, "value = \"pool_account\"", "^value = \"project\"",
     "is not modelled yet: write \"pool_account\"", "尚未建模"},
    // dates
    {"a row that ends before it begins", kLaw,
     "from = 2022-12-12\nuntil = 2027-12-11\nvalue = \"30%\"\nclause = \"H66-6.2\"",
     "from = 2024-01-02\n^until = 2024-01-01\nvalue = \"30%\"\nclause = \"H66-6.2\"", "\"until\" is before \"from\"",
     "until 早于 from"},
    {"a rule set that ends before it begins", kLaw,
     "from = 2022-12-12\nuntil = 2027-12-11\n\n[[clause]]\nid = \"H66-1\"",
     "from = 2027-12-12\n^until = 2027-12-11\n\n[[clause]]\nid = \"H66-1\"", "\"until\" is before \"from\"",
     "until 早于 from"},
    {"a row that begins before the rule set", kLaw,
     "from = 2022-12-12\nuntil = 2027-12-11\nvalue = \"30%\"\nclause = \"H66-6.2\"",
     "^from = 2022-12-11\nuntil = 2027-12-11\nvalue = \"30%\"\nclause = \"H66-6.2\"",
     "\"from\" is outside the rule set's period", "“from”超出规则集的有效期"},
    {"a row that outlives the rule set", kLaw, "until = 2027-12-11\nvalue = \"30%\"\nclause = \"H66-6.2\"",
     "^until = 2027-12-12\nvalue = \"30%\"\nclause = \"H66-6.2\"", "\"until\" is outside the rule set's period",
     "“until”超出规则集的有效期"},
    {"a unit that outlives the rule set", kCity,
     "en = \"Jiande\"\nclass = \"mountain4\"\nfrom = 2022-12-12\nuntil = 2027-12-11",
     "en = \"Jiande\"\nclass = \"mountain4\"\nfrom = 2022-12-12\n^until = 2035-12-31",
     "(see [rule_set] at h66.toml:", "超出规则集的有效期"},
    // twice
    {"two values for one day", kLaw, "[[pbf.lowest_qualifying_grade]]",
     "[[pbf.lowest_qualifying_grade]]\nfrom = 2022-12-12\nuntil = 2022-12-12\nvalue = 7\nclause = \"H66-6.2\"\n\n"
     "^[[pbf.lowest_qualifying_grade]]",
     "overlaps the row at h66.toml:", "日期重叠"},
    {"two lowest prices for one route", kLaw, "[[floor_route]]",
     "[[floor_route]]\nseller = \"mountain4\"\nbuyer = \"urban\"\nfrom = 2027-12-11\nuntil = 2027-12-11\n"
     "clause = \"H66-7.6\"\n\n^[[floor_route]]",
     "overlaps the row at h66.toml:", "日期重叠"},
    {"two classes of one unit for one day", kCity, "[[unit]]\ncode = 330182",
     "[[unit]]\ncode = 330182\nzh = \"建德市\"\nen = \"Jiande\"\nclass = \"urban\"\nfrom = 2022-12-12\n"
     "until = 2024-12-31\nclause = \"H66-7.6\"\n\n^[[unit]]\ncode = 330182",
     "overlaps the row at hangzhou.toml:", "日期重叠"},
    {"one code for two units", kCity, "code = 330182", "^code = 330127",
     "duplicate unit: 330127 is already 淳安县 Chun'an", "330127 已是淳安县"},
    {"one name for two units", kCity, "zh = \"建德市\"", "^zh = \"淳安县\"", "duplicate unit", "单位重复"},
    {"a second owner of the pool", kCity, "en = \"Jiande\"\nclass = \"mountain4\"",
     "en = \"Jiande\"\n^class = \"city\"", "a second unit of class \"city\"", "只有一个所有者"},
    {"no owner of the pool", kCity, "class = \"city\"", "class = \"urban\"", "no [[unit]] of class \"city\"",
     "没有类别为 \"city\" 的 [[unit]]"},
    {"a clause listed twice", kLaw, "id = \"H66-7.7\"", "^id = \"H66-7.6\"",
     "H66-7.6 is listed twice: keep one; the first is h66.toml:", "H66-7.6 列了两次"},
    {"a second rule set", kCity, "# hangzhou.toml",
     "^[rule_set]\nname = \"x\"\ndocument = \"x\"\ntitle = \"x\"\nfrom = 2022-12-12\nuntil = 2027-12-11\n# "
     "hangzhou.toml",
     "a second [rule_set]", "重复的 [rule_set]"},
    {"no rule set", kLaw,
     "[rule_set]\nname = \"H66-2022\"\ndocument = \"杭政办函〔2022〕66号\"\n"
     "title = \"杭州市人民政府办公厅关于优化创新耕地保护机制促进全市共同富裕的实施意见\"\n",
     "", "unknown key \"from\"", "不认识的键“from”"},
    {"a clause in another article", kLaw, "id = \"H66-7.7\"\narticle = 7", "id = \"H66-7.7\"\n^article = 6",
     "H66-7.7 is in article 7: write article = 7", "H66-7.7 属于第 7 条"},
    {"an article that does not exist", kLaw, "id = \"H66-20\"\narticle = 20", "id = \"H66-20\"\n^article = 22",
     "write 1 to 21", "请填 1 至 21"},
};

TEST(PolicyFiles, WhatIsNotUnderstoodExactlyIsRefusedWithFileLineAndTheWayOut) {
  ASSERT_TRUE(parse_policy(shipped()).has_value());  // so each refusal below comes from its edit
  int looked = 0;
  for (const auto& c : kRefused) {
    SCOPED_TRACE(c.what);
    auto sources = shipped();
    const int line = edit(sources[c.file].text, c.find, c.put);
    const auto book = parse_policy(sources);
    ASSERT_FALSE(book.has_value());
    const auto& e = book.error();
    SCOPED_TRACE(testing::PrintToString(e));
    if (line != 0) {
      EXPECT_EQ(e.file, sources[c.file].name);
      EXPECT_EQ(e.line, line);
    }
    EXPECT_GT(e.line, 0);
    EXPECT_NE(e.en.find(c.en), std::string::npos);
    EXPECT_NE(e.zh.find(c.zh), std::string::npos);
    EXPECT_TRUE(has_chinese(e.zh));
    ++looked;
  }
  EXPECT_EQ(looked, 80);
}

TEST(PolicyFiles, AClauseThatIsLeftOutIsToldWhereItBelongs) {
  int looked = 0;
  for (size_t i = 1; i < policy::kClauses.size(); ++i) {
    const auto id = policy::kClauses[i].id, before = policy::kClauses[i - 1].id;
    SCOPED_TRACE(id);
    auto sources = shipped();
    auto& text = sources[kLaw].text;
    const auto begin = text.find("[[clause]]\nid = \"" + std::string{id} + "\"\n");
    ASSERT_NE(begin, std::string::npos);
    text.erase(begin, text.find("\n\n", begin) - begin);
    const auto belongs = text.find("[[clause]]\nid = \"" + std::string{before} + "\"\n");
    const auto book = parse_policy(sources);
    ASSERT_FALSE(book.has_value());
    EXPECT_EQ(book.error().line, line_at(text, belongs));
    EXPECT_NE(book.error().en.find(std::string{id} + " is not listed"), std::string::npos);
    EXPECT_NE(book.error().zh.find("没有列出 " + std::string{id}), std::string::npos);
    ++looked;
  }
  EXPECT_EQ(looked, 42);
}

TEST(PolicyFiles, NoLineOfAFileCanBeLeftOutUnnoticed) {
  const auto whole = shipped_book();
  const auto sources = shipped();
  int looked = 0, refused = 0;
  for (size_t f = 0; f < sources.size(); ++f) {
    std::istringstream lines{sources[f].text};
    size_t at = 0;
    for (std::string line; std::getline(lines, line); at += line.size() + 1) {
      if (line.empty() || line.starts_with('#') || line.starts_with("  ")) continue;  // "  " goes on with a text
      SCOPED_TRACE(sources[f].name + ": " + line);
      auto edited = sources;
      edited[f].text.erase(at, line.size() + 1);
      const auto book = parse_policy(edited);
      if (book) {
        EXPECT_NE(book->pack, whole.pack);  // a label: the value then claims to be the law
      }
      ++looked;
      refused += book ? 0 : 1;
    }
  }
  EXPECT_GT(looked, 400);
  // the labels in h66.toml, in hangzhou.toml and in approvals.toml, and there the venues: without one, at every venue
  EXPECT_EQ(looked - refused, 34 + 10 + 35 + 30);
}

TEST(PolicyFiles, OfSeveralErrorsTheFirstInFileOrderIsTold) {
  auto sources = shipped();
  edit(sources[kCity].text, "class = \"city\"", "class = \"town\"");
  edit(sources[kLaw].text, kPooledShare, "value = \"20 %\"\nclause = \"H66-7.2\"");
  const int line = edit(sources[kLaw].text, "value = \"30%\"\nclause = \"H66-6.2\"",
                        "^value = \"30 %\"\nclause = \"H66-6.2\"");  // article 6 is before 7
  const auto book = parse_policy(sources);
  ASSERT_FALSE(book.has_value());
  EXPECT_EQ(book.error().file, "h66.toml");
  EXPECT_EQ(book.error().line, line);

  std::ranges::reverse(sources);  // then the other file is first
  const auto reversed = parse_policy(sources);
  ASSERT_FALSE(reversed.has_value());
  EXPECT_EQ(reversed.error().file, "hangzhou.toml");
}

TEST(PolicyFiles, TheOrderOfTheFilesChangesNothingElse) {
  auto sources = shipped();
  std::ranges::reverse(sources);
  const auto book = parse_policy(sources);
  ASSERT_TRUE(book.has_value()) << testing::PrintToString(book.error());
  EXPECT_EQ(book->pack, shipped_book().pack);
}

TEST(PolicyFiles, NothingGivenIsRefused) {
  EXPECT_FALSE(parse_policy({}).has_value());
  const auto empty = parse_policy(Sources{{"empty.toml", ""}});
  ASSERT_FALSE(empty.has_value());
  EXPECT_EQ(empty.error().file, "empty.toml");
  EXPECT_EQ(empty.error().line, 1);
  EXPECT_NE(empty.error().en.find("no [rule_set]"), std::string::npos);
}

TEST(PolicyFiles, BytesThatAreNotTextAreRefused) {
  for (const auto& bytes : {std::string("\xff\xfe\x00", 3), std::string("a = \0", 5), std::string(4'000, '[')}) {
    auto sources = shipped();
    sources[kCity].text = bytes;
    const auto book = parse_policy(sources);
    ASSERT_FALSE(book.has_value());
    EXPECT_EQ(book.error().file, "hangzhou.toml");
    EXPECT_EQ(book.error().line, 1);
  }
}

TEST(PolicyFiles, ADirectoryWithoutTheFilesIsRefusedByName) {
  const auto book = load_policy(directory() / "no_such_directory");
  ASSERT_FALSE(book.has_value());
  EXPECT_TRUE(book.error().file.ends_with("h66.toml"));
  EXPECT_EQ(book.error().line, 0);
  EXPECT_TRUE(has_chinese(book.error().zh));
  EXPECT_NE(book.error().en.find("cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace landex::host
