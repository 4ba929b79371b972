// rule_sets.hpp: which rule sets there are, and how the second is made of the first. H66-2022 is h66.toml and the files
// beside it (policy_files.hpp). post-2025 is the same and post_2025.toml: clauses that superior law has ended, each
// with its last day and the document, and the sources themselves, with how far they can be relied on. An overlay takes
// away and adds no value: what comes after has no source, so there is no answer.
// As strict as policy_files, in the same words. parse_overlay is pure; load_policy (policy_files.hpp) is defined here.
#pragma once
#include <array>
#include <expected>
#include <string_view>

#include "exchange/host/policy_files.hpp"

namespace landex::host {

inline constexpr std::string_view kFirstRuleSet = "H66-2022";  // the document's own text
inline constexpr std::array kRuleSets{kFirstRuleSet, std::string_view{"post-2025"}};

/// The base with what the overlay has ended.
std::expected<PolicyBook, PolicyError> parse_overlay(PolicyBook base, const PolicySource& overlay);

}  // namespace landex::host
