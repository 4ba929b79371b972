// people.hpp: who may log on, from a file that the operator keeps: token → person, participant, role.
// The journal knows the person's number only. Tokens are compared in constant time.
#pragma once
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"

namespace landex::host {

/// Names as in the file; the gateway maps it to the engine's Role.
enum class PersonRole : uint8_t { district = 1, bureau = 2, analyst = 3, auditor = 4 };

struct Person {
  PersonId id;
  std::string token;
  District participant;
  PersonRole role;
};

struct PeopleError {
  std::string file;
  int line;
  std::string en, zh;
};

class People {
 public:
  /// Strict: an unknown or missing key, a token twice or shorter than 8 bytes, a person number twice or below 2
  /// (1 is landexd itself) is refused with its line.
  static std::expected<People, PeopleError> parse(const std::string& name, const std::string& text);
  static std::expected<People, PeopleError> load(const std::filesystem::path& file);

  const Person* find(std::string_view token) const;
  const std::vector<Person>& all() const { return people_; }

 private:
  std::vector<Person> people_;
};

}  // namespace landex::host
