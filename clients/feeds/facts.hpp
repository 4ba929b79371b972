// facts.hpp: the facts of a yearly run between governments from a file, CSV or JSON, one row a county or a project.
// They are what others report, so they come in by this room: README.md lists the columns. Everything in a file is
// checked, and all faults are told; a blank amount is a fault, never 0. What only the exchange can know (does every
// county take part, do the parts exceed the whole) it says when the run is reckoned.
#pragma once
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "clients/feeds/fault.hpp"
#include "exchange/engine/command.hpp"
#include "exchange/wire/refusal_text.hpp"

namespace landex::feeds {

using ProtectionFacts = std::vector<clearing::ProtectionFact>;
using PbfFacts = std::vector<clearing::PbfFact>;
using AwardFacts = std::vector<clearing::AwardFact>;

/// `file` is its name in messages; `places` are the units, by name and by code.
std::expected<ProtectionFacts, Faults> read_protection_facts(const std::string& file, std::string_view bytes,
                                                             const wire::PlaceNames& places);
std::expected<PbfFacts, Faults> read_pbf_facts(const std::string& file, std::string_view bytes,
                                               const wire::PlaceNames& places);
std::expected<AwardFacts, Faults> read_award_facts(const std::string& file, std::string_view bytes,
                                                   const wire::PlaceNames& places);

}  // namespace landex::feeds
