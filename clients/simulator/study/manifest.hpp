// manifest.hpp: manifest.toml: the facts of a study as text values, read before anything else of it, and compared when
// it is taken up again. Inside the room alone. Nothing throws.
#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "clients/simulator/study/store.hpp"

namespace landex::simulator {

using Entries = std::vector<std::pair<std::string, std::string>>;

std::string manifest_of(const Entries& entries);
/// Complete or not there at all: written beside and renamed.
StudyResult<void> write_manifest(const std::filesystem::path& file, const Entries& entries);
/// The text values of the file.
StudyResult<Entries> read_manifest(const std::filesystem::path& file);
/// The first entry in which two studies differ, in words; `remake` may differ.
std::optional<StudyFault> difference(const std::filesystem::path& file, const Entries& there, const Entries& asked);

}  // namespace landex::simulator
