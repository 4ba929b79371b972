// Facts of runs between governments as files: what is read, to the last digit, and what is said of what cannot be. A
// blank amount is a fault and never 0.
#include <gtest/gtest.h>

#include "clients/feeds/facts.hpp"

namespace landex::feeds {
namespace {

const wire::PlaceNames kPlaces{{District::code(330182), {.zh = "建德市", .en = "Jiande"}},
                               {District::code(330110), {.zh = "余杭区", .en = "Yuhang"}}};
const std::string kHeader = "county,grade,cultivated_mu,non_agricultural_mu,non_grain_mu,abandoned_mu,rice_mu,source\n";

template <class Facts>
std::string faults_of(const std::expected<Facts, Faults>& facts) {
  std::string out;
  if (!facts)
    for (const auto& f : facts.error()) out += text_of(f);
  return out;
}

TEST(FeedFacts, ACountysFarmlandIsReadByChineseAndByEnglishWords) {
  const clearing::ProtectionFact wanted{.county = District::code(330182),
                                        .grade = clearing::AssessmentGrade::excellent,
                                        .cultivated = Area::mu_4dp(30'000'0000),
                                        .non_agricultural = {},
                                        .non_grain = Area::mu_4dp(5'000),  // 0.5
                                        .abandoned = Area::mu_4dp(500'0000),
                                        .rice = Area::mu_4dp(15'000'0001)};
  for (const char* row :
       {"建德市,优秀,30000,0,0.5,500,15000.0001,模拟数据\n", "330182,excellent,30000,0,0.5,500,15000.0001,\n"}) {
    const auto facts = read_protection_facts("f", kHeader + row, kPlaces);
    ASSERT_TRUE(facts) << faults_of(facts);
    ASSERT_EQ(facts->size(), 1u);
    EXPECT_EQ(facts->front(), wanted) << row;
  }
}

TEST(FeedFacts, TheFactsOfEachKindAreReadFromCsvAndFromJson) {
  const auto pbf = read_pbf_facts("f", "county,pbf_mu,cultivated_mu,land_mu\n余杭区,23000,30000,1400000\n", kPlaces);
  ASSERT_TRUE(pbf) << faults_of(pbf);
  EXPECT_EQ(pbf->front(), (clearing::PbfFact{.county = District::code(330110),
                                             .pbf = Area::mu_4dp(23'000'0000),
                                             .cultivated = Area::mu_4dp(30'000'0000),
                                             .land = Area::mu_4dp(1'400'000'0000)}));
  // 100.000001 万元 is 1 000 000.01 yuan
  const auto award = read_award_facts(
      "f", R"([{"county": "Jiande", "project": "示范", "base_wan": "100.000001", "document": "评选1号"}])", kPlaces);
  ASSERT_TRUE(award) << faults_of(award);
  EXPECT_EQ(
      award->front(),
      (clearing::AwardFact{
          .county = District::code(330182), .project = "示范", .base = Fen::fen(100'000'001), .document = "评选1号"}));
}

TEST(FeedFacts, WhatIsWrongIsToldWithItsLineColumnValueAndRemedy) {
  const std::string good = "建德市,优秀,30000,0,0,0,100,模拟数据\n";
  struct Row {
    const char* row;
    std::vector<std::string> words;
  };
  for (const auto& [row, words] : {
           Row{"建德市,优秀,30000,,0,0,100,\n", {"f:3: non_agricultural_mu = ''", "没有写 0", "write 0"}},
           {"建德,优秀,30000,0,0,0,100,\n", {"f:3: county = '建德'", "建德市", "is no unit"}},
           {"建德市,A,30000,0,0,0,100,\n", {"f:3: grade = 'A'", "优秀", "excellent"}},
           {"建德市,优秀,30000亩,0,0,0,100,\n", {"f:3: cultivated_mu = '30000亩'", "只写数字"}},
           {"建德市,优秀,1.00001,0,0,0,100,\n", {"f:3: cultivated_mu = '1.00001'", "4 位小数"}},
           {"建德市,优秀,-1,0,0,0,100,\n", {"f:3: cultivated_mu = '-1'"}},
           {"建德市,优秀,9007199254740992,0,0,0,100,\n", {"f:3: cultivated_mu"}},
           {"建德市,优秀,30000,0,0,0\n", {"f:3", "6", "8"}},
       }) {
    const auto facts = read_protection_facts("f", kHeader + good + row, kPlaces);
    ASSERT_FALSE(facts) << row;
    for (const auto& w : words) EXPECT_NE(faults_of(facts).find(w), std::string::npos) << w << "\n" << faults_of(facts);
  }
}

TEST(FeedFacts, AColumnThatIsMissingOrUnknownIsToldOnceAndAFileWithoutRowsIsNone) {
  const auto missing = read_pbf_facts("f", "county,pbf_mu,cultivated_mu\n建德市,1,2\n余杭区,1,2\n", kPlaces);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().size(), 1u) << faults_of(missing);
  EXPECT_NE(faults_of(missing).find("land_mu"), std::string::npos) << faults_of(missing);
  const auto unknown = read_pbf_facts("f", "county,pbf_mu,cultivated_mu,land_mu,land_ha\n建德市,1,2,3,4\n", kPlaces);
  ASSERT_FALSE(unknown);
  EXPECT_NE(faults_of(unknown).find("land_ha"), std::string::npos) << faults_of(unknown);
  EXPECT_FALSE(read_pbf_facts("f", "county,pbf_mu,cultivated_mu,land_mu\n", kPlaces));
  EXPECT_FALSE(read_pbf_facts("f", "", kPlaces));
}

}  // namespace
}  // namespace landex::feeds
