// day.hpp: the demonstration day from its file: steps that become commands. Steps may refer to earlier ones by name
// (an order to cancel, a deal to accept), so a command is made when its turn comes.
#pragma once
#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "clients/demo/fields.hpp"
#include "exchange/engine/command.hpp"
#include "exchange/wire/refusal_text.hpp"

namespace landex::demo {

/// Numbers of commands that were done, by the name of their step.
using NumberOf = std::map<std::string, uint64_t>;

struct Step {
  District by;
  size_t nth = 1;           // which person of that unit acts, in the order of the people's file
  engine::Command command;  // where it refers to a name, with number 0 until `resolve`
  std::string name;         // of this step, may be empty
  std::string of;           // of the step that it acts on, may be empty
  std::string expect;       // name of the reason of a refusal; empty: it is done
  std::string say_zh, say_en;
  std::string source;
  int line = 0;
};

struct Day {
  std::string title_zh, title_en;
  landex::Day date;
  std::vector<Step> steps;
};

/// Strict: an unknown or missing key, a number that is not exact in its unit, a step without a source: refused with its
/// line. A step for several units becomes several steps.
/// `places` are the units by name, for the files of facts that a step names, which stand beside the day's.
std::expected<Day, FileError> parse_day(const std::string& name, const std::string& text,
                                        const wire::PlaceNames& places);
std::expected<Day, FileError> load_day(const std::filesystem::path& file, const wire::PlaceNames& places);

/// The step's command with the number of the step that it refers to. Nothing if that one was not done.
std::optional<engine::Command> resolve(const Step& step, const NumberOf& numbers);

}  // namespace landex::demo
