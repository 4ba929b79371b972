// The people file: who may log on. A good file is read exactly; every way to be wrong is told with its line, in both
// languages.
#include "exchange/host/people.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace landex::host {
namespace {

const std::string kGood = R"(# who may log on

[[person]]
person = 2
token = "bureau-secret"
participant = 330100
role = "bureau"

[[person]]
person = 3
token = "建德的令牌"
participant = 330182
role = "district"

[[person]]
person = 4
token = "analyst-1"
participant = 330100
role = "analyst"

[[person]]
person = 9007199254740991
token = "auditor-1"
participant = 999999
role = "auditor"
)";

TEST(People, AGoodFileIsReadExactly) {
  const auto people = People::parse("people.toml", kGood);
  ASSERT_TRUE(people) << people.error().en;
  ASSERT_EQ(people->all().size(), 4u);
  const Person* jiande = people->find("建德的令牌");
  ASSERT_TRUE(jiande);
  EXPECT_EQ(jiande->id, PersonId{3});
  EXPECT_EQ(jiande->participant, District::code(330182));
  EXPECT_EQ(jiande->role, PersonRole::district);
  EXPECT_EQ(people->find("bureau-secret")->role, PersonRole::bureau);
  EXPECT_EQ(people->find("analyst-1")->role, PersonRole::analyst);
  EXPECT_EQ(people->find("auditor-1")->role, PersonRole::auditor);
  EXPECT_EQ(people->find("auditor-1")->id, PersonId{9'007'199'254'740'991});
}

TEST(People, ATokenIsFoundOnlyWhenItIsTheWholeToken) {
  const auto people = People::parse("people.toml", kGood);
  ASSERT_TRUE(people);
  for (const char* other : {"", "bureau-secre", "bureau-secret ", "Bureau-secret", "bureau-secreu", "2", "bureau"})
    EXPECT_FALSE(people->find(other)) << other;
  EXPECT_FALSE(people->find(std::string_view{"bureau-secret\0", 14}));
}

/// The good file with one line replaced (from 1), and where the error must point.
struct Wrong {
  size_t line;
  std::string put;
  int told;
  std::string en, zh;  // parts of the words
};

std::string with(size_t line, const std::string& put) {
  std::string out;
  size_t at = 0, number = 0;
  while (at < kGood.size()) {
    const size_t end = kGood.find('\n', at);
    out += (++number == line ? put : kGood.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return out;
}

TEST(People, EveryErrorIsToldWithItsLineInBothLanguages) {
  const std::string numbers_en = "person must be between 2 and 2^53-1", numbers_zh = "person 须在 2 至 2^53−1 之间";
  const std::string needs_en = "a person needs person", needs_zh = "每人须有";
  const std::string twice_en = "already used above", twice_zh = "重复";
  const Wrong all[] = {
      {1, "people = 3", 1, "unknown key 'people'", "未知的键“people”"},
      {1, "[person]", 3, "", ""},  // a table, then an array of the same name
      {3, "[[persons]]", 3, "unknown key 'persons'", "未知的键“persons”"},
      {4, "", 3, needs_en, needs_zh},
      {5, "", 3, needs_en, needs_zh},
      {6, "", 3, needs_en, needs_zh},
      {7, "", 3, needs_en, needs_zh},
      {4, "person = \"2\"", 3, needs_en, needs_zh},
      {4, "person = 2.0", 3, needs_en, needs_zh},
      {5, "token = 12345678", 3, needs_en, needs_zh},
      {12, "participant = \"330182\"", 9, needs_en, needs_zh},
      {13, "role = true", 9, needs_en, needs_zh},
      {13, "role = \"District\"", 13, "unknown role 'District'", "未知的角色“District”"},
      {13, "role = \"system\"", 13, "unknown role 'system'", "未知的角色“system”"},  // landexd itself, nobody else
      {13, "role = \"\"", 13, "unknown role ''", "未知的角色“”"},
      {13, "role = \"district\"\nname = \"somebody\"", 14, "unknown key 'name'", "未知的键“name”"},
      {4, "person = 1", 3, numbers_en, numbers_zh},
      {4, "person = 9007199254740992", 3, numbers_en, numbers_zh},
      {4, "person = 0", 3, numbers_en, numbers_zh},
      {4, "person = -5", 3, numbers_en, numbers_zh},
      {5, "token = \"1234567\"", 3, numbers_en, numbers_zh},
      {5, "token = \"\"", 3, numbers_en, numbers_zh},
      {6, "participant = 33010", 3, numbers_en, numbers_zh},
      {6, "participant = 3301000", 3, numbers_en, numbers_zh},
      {6, "participant = 4295297396", 3, numbers_en, numbers_zh},  // 330100 + 2^32
      {10, "person = 2", 9, twice_en, twice_zh},
      {11, "token = \"bureau-secret\"", 9, twice_en, twice_zh},
      {5, "token = \"bureau", 5, "", "TOML 语法错误"},
      {4, "person = 2\nperson = 3", 5, "", "TOML 语法错误"},
      {4, "person = 2 3", 4, "", "TOML 语法错误"},
      {4, "person = 99999999999999999999", 4, "", "TOML 语法错误"},
      {1, "# \xff", 1, "", "TOML 语法错误"},
  };
  for (const auto& wrong : all) {
    SCOPED_TRACE("line " + std::to_string(wrong.line) + ": " + wrong.put);
    const auto people = People::parse("people.toml", with(wrong.line, wrong.put));
    ASSERT_FALSE(people);
    EXPECT_EQ(people.error().file, "people.toml");
    EXPECT_EQ(people.error().line, wrong.told);
    EXPECT_NE(people.error().en.find(wrong.en), std::string::npos) << people.error().en;
    EXPECT_NE(people.error().zh.find(wrong.zh), std::string::npos) << people.error().zh;
    EXPECT_FALSE(people.error().en.empty() || people.error().zh.empty());
  }
}

TEST(People, AFileWithNobodyInItIsRefused) {
  for (const char* nobody : {"", "# nobody\n", "person = []\n"}) {
    const auto people = People::parse("people.toml", nobody);
    ASSERT_FALSE(people) << nobody;
    EXPECT_EQ(people.error().line, 1);
    EXPECT_FALSE(people.error().en.empty() || people.error().zh.empty());
  }
}

TEST(People, AFileThatCannotBeReadIsNamed) {
  const auto dir = std::filesystem::path{::testing::TempDir()};
  const auto absent = People::load(dir / "no such people.toml");
  ASSERT_FALSE(absent);
  EXPECT_NE(absent.error().file.find("no such people.toml"), std::string::npos);
  EXPECT_EQ(absent.error().line, 0);
  EXPECT_NE(absent.error().en.find("cannot be read"), std::string::npos);
  EXPECT_NE(absent.error().zh.find("无法读取"), std::string::npos);
  EXPECT_FALSE(People::load(dir)) << "a directory is no file";

  std::string path = (dir / "landex_people_XXXXXX").string();
  const int made = mkstemp(path.data());
  ASSERT_GE(made, 0);
  close(made);
  std::ofstream{path} << kGood;
  const auto people = People::load(path);
  ASSERT_TRUE(people) << people.error().en;
  EXPECT_EQ(people->all().size(), 4u);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace landex::host
