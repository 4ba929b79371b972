// rules.hpp: `rules ls` and `rules explain`: every clause in its own words, what landex does with it, and the house's
// own rules. Reads the policy files; needs no server.
#pragma once
#include <string>

#include "exchange/host/policy_files.hpp"

namespace landex::cli {

/// Nothing if there is no such rule.
std::string explained(const host::PolicyBook& book, const std::string& rule);
std::string rules_table(const host::PolicyBook& book);

/// The same as JSON: every rule, or one; empty if there is no such rule.
std::string rules_json(const host::PolicyBook& book, const std::string& only = {});

}  // namespace landex::cli
