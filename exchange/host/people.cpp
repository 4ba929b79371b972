#include "exchange/host/people.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include "matching/types/bounds.hpp"

namespace landex::host {
namespace {

constexpr size_t kShortestToken = 8;
constexpr std::array<std::pair<std::string_view, PersonRole>, 4> kRoles{{{"district", PersonRole::district},
                                                                         {"bureau", PersonRole::bureau},
                                                                         {"analyst", PersonRole::analyst},
                                                                         {"auditor", PersonRole::auditor}}};

PeopleError error(const std::string& file, const toml::source_region& at, std::string en, std::string zh) {
  return {.file = file, .line = static_cast<int>(at.begin.line), .en = std::move(en), .zh = std::move(zh)};
}

std::expected<Person, PeopleError> person_of(const std::string& file, const toml::table& row) {
  constexpr std::array<std::string_view, 4> keys{"person", "token", "participant", "role"};
  for (const auto& [key, value] : row)
    if (std::ranges::find(keys, key.str()) == keys.end())
      return std::unexpected(error(file, key.source(),
                                   fmt::format("unknown key '{}'; known: {}", key.str(), fmt::join(keys, ", ")),
                                   fmt::format("未知的键“{}”；可用：{}", key.str(), fmt::join(keys, "、"))));
  const auto number = row["person"].value_exact<int64_t>();
  const auto token = row["token"].value_exact<std::string>();
  const auto participant = row["participant"].value_exact<int64_t>();
  const auto role_name = row["role"].value_exact<std::string>();
  if (!number || !token || !participant || !role_name)
    return std::unexpected(
        error(file, row.source(),
              "a person needs person (number), token (text), participant (six-digit code) and role (text)",
              "每人须有 person（数字）、token（文字）、participant（六位代码）、role（文字）"));
  const auto role = std::ranges::find(kRoles, *role_name, &std::pair<std::string_view, PersonRole>::first);
  if (role == kRoles.end())
    return std::unexpected(
        error(file, row["role"].node()->source(),
              fmt::format("unknown role '{}'; known: district, bureau, analyst, auditor", *role_name),
              fmt::format("未知的角色“{}”；可用：district、bureau、analyst、auditor", *role_name)));
  if (*number < 2 || *number > kLargestExact || token->size() < kShortestToken || *participant < 100'000 ||
      *participant > 999'999)
    return std::unexpected(
        error(file, row.source(),
              fmt::format("person must be between 2 and 2^53-1, token at least {} bytes, participant a six-digit code",
                          kShortestToken),
              fmt::format("person 须在 2 至 2^53−1 之间，token 至少 {} 字节，participant 为六位代码", kShortestToken)));
  return Person{.id = {static_cast<uint64_t>(*number)},
                .token = *token,
                .participant = District::code(static_cast<uint32_t>(*participant)),
                .role = role->second};
}

}  // namespace

std::expected<People, PeopleError> People::parse(const std::string& name, const std::string& text) {
  toml::table file;
  try {
    file = toml::parse(text, name);
  } catch (const toml::parse_error& e) {
    return std::unexpected(
        error(name, e.source(), std::string{e.description()}, "TOML 语法错误：" + std::string{e.description()}));
  }
  People people;
  for (const auto& [key, value] : file)
    if (key.str() != "person" || !value.is_array_of_tables())
      return std::unexpected(error(name, key.source(),
                                   fmt::format("unknown key '{}'; the file holds [[person]] only", key.str()),
                                   fmt::format("未知的键“{}”；文件只含 [[person]]", key.str())));
  if (const auto* rows = file["person"].as_array())
    for (const auto& row : *rows) {
      auto person = person_of(name, *row.as_table());
      if (!person) return std::unexpected(person.error());
      const auto same = [&](const Person& p) { return p.token == person->token || p.id == person->id; };
      if (std::ranges::any_of(people.people_, same))
        return std::unexpected(error(name, row.source(), "this person number or token is already used above",
                                     "person 编号或 token 与前面重复"));
      people.people_.push_back(std::move(*person));
    }
  if (people.people_.empty())
    return std::unexpected(PeopleError{.file = name,
                                       .line = 1,
                                       .en = "no [[person]] in the file: nobody could log on",
                                       .zh = "文件中没有 [[person]]：无人可以登录"});
  return people;
}

std::expected<People, PeopleError> People::load(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  std::ostringstream text;
  text << in.rdbuf();
  if (!in)
    return std::unexpected(PeopleError{.file = file.string(),
                                       .line = 0,
                                       .en = "cannot be read; name an existing file with --people",
                                       .zh = "无法读取；请用 --people 指定存在的文件"});
  return parse(file.string(), text.str());
}

const Person* People::find(std::string_view token) const {
  const Person* found = nullptr;
  for (const auto& p : people_)
    if (p.token.size() == token.size() && CRYPTO_memcmp(p.token.data(), token.data(), token.size()) == 0) found = &p;
  return found;
}

}  // namespace landex::host
