// policy_directory.hpp: where the specs find the policy files: those of the repository, or, where LANDEX_POLICY_DIR is
// set, a copy in which dated_values_test.py has moved one value, so that a spec must fail.
#pragma once
#include <cstdlib>
#include <filesystem>

namespace landex::script {

inline std::filesystem::path policy_directory() {
  const char* other = std::getenv("LANDEX_POLICY_DIR");
  return other ? std::filesystem::path{other} : std::filesystem::path{LANDEX_SOURCE_DIR} / "clearing/policy";
}

}  // namespace landex::script
