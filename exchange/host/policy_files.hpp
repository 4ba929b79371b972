// policy_files.hpp: the policy files, from TOML to integers: the pack that the engine reckons with, and beside it the
// words that people read. The engine never sees a file (decisions 4): what parse_policy returns as `pack` is sent to it
// as the first command of the journal.
// Strict: what is not understood exactly is refused, with file, line and the way out, in both languages. Of several
// errors the first in file order is told; what is missing from the whole is told only when nothing else is wrong.
// parse_policy is pure (bytes in, book out); load_policy reads the files of a rule set and parses them. Any thread may
// call either. The second rule set, and what it is made of: rule_sets.hpp.
#pragma once
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clearing/policy/pack.hpp"

namespace landex::host {

/// A clause as people read it. `text` is the document's own words; titles, summary and reason are ours.
struct ClauseText {
  enum class State : uint8_t {
    modelled = 1,            // the engine computes it
    no_computable_rule = 2,  // says why in reason_zh, reason_en
    planned = 3,             // says in `issue` which issue will
  };
  policy::Clause clause;
  int article;  // 1 … 21
  std::string title_zh, title_en, text, summary_en;
  State state;
  std::string reason_zh, reason_en;  // empty unless no_computable_rule
  int issue;                         // 0 unless planned
};

/// What a unit is called; `kind` is the class of its last row.
struct UnitName {
  District district;
  std::string zh, en;
  ParticipantClass kind;
};

/// How far a source can be relied on. Shown wherever it is named.
enum class Reliability : uint8_t {
  official = 1,    // A: an official page
  secondary = 2,   // B: a secondary source
  unverified = 3,  // C: general knowledge 未核实
};

/// A document of superior law that an overlay names, whether it has ended a clause or changes nothing.
struct Source {
  std::string document;
  std::optional<Day> from, until;  // its first and its last day, as far as known
  std::string zh, en;              // what it says
  Reliability reliability;
};

struct PolicyBook {
  policy::Pack pack;                // rows in the order of the reader's list of settings, then of the files
  std::string document, title;      // of H66
  std::vector<ClauseText> clauses;  // every clause of kClauses, in that order
  std::vector<UnitName> units;      // each unit once, in the order of the files
  // Of an overlay; empty for H66-2022.
  std::string title_zh = {}, title_en = {};
  std::vector<Source> sources = {};
};

struct PolicyError {
  std::string file;
  int line;            // from 1; 0 where the file could not be read
  std::string en, zh;  // what is wrong and what to do; neither repeats file and line
};

/// One file: its name is only used to say where an error is.
struct PolicySource {
  std::string name, text;
};

std::expected<PolicyBook, PolicyError> parse_policy(std::span<const PolicySource> sources);

/// Reads h66.toml, hangzhou.toml, calendar.toml and approvals.toml in `dir`, and for post-2025 post_2025.toml.
std::expected<PolicyBook, PolicyError> load_policy(const std::filesystem::path& dir,
                                                   std::string_view rule_set = "H66-2022");

/// A value as the files write it: "20%", "1500 mu", "by_standard", 8.
std::string value_text(policy::Parameter parameter, int64_t value);
/// The key that sets a parameter: "pooled_share.supplementary_farmland".
std::string key_of(policy::Parameter parameter);

}  // namespace landex::host
