// toml_table.hpp: one table of a scenario file, read strictly: what is missing, misspelt, of the wrong type or out of
// bounds is told with its line and the way out, in both languages, and reading goes on. Private to scenario/.
#pragma once
#include <toml++/toml.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/simulator/scenario/faults.hpp"
#include "matching/types/day.hpp"

namespace landex::simulator {

/// What a number may be. `unit` as the file names it.
struct Bounds {
  double low, high;
  bool whole = false;
  std::string_view unit = "1";
};

/// A value as the file has it, for messages.
std::string shown(const toml::node& node);
std::string shown(double x);

class TomlTable {
 public:
  /// `prefix`: what stands before a key in messages: "levers.pool_share".
  TomlTable(const toml::table& table, std::string file, std::string prefix, Faults& faults)
      : table_{&table}, file_{std::move(file)}, prefix_{std::move(prefix)}, faults_{&faults} {}

  FilePlace place() const { return {file_, line_of(*table_)}; }
  FilePlace place(std::string_view key) const {
    const auto* node = table_->get(key);
    return node ? FilePlace{file_, line_of(*node)} : place();
  }
  bool has(std::string_view key) const { return table_->contains(key); }
  const toml::table& raw() const { return *table_; }
  const std::string& file() const { return file_; }
  std::string field(std::string_view key) const;
  std::string value(std::string_view key) const {
    const auto* node = table_->get(key);
    return node ? shown(*node) : "";
  }
  /// What is wrong with the value of a key.
  void fault(std::string_view key, std::string zh, std::string en) const {
    faults_->add(place(key), field(key), value(key), std::move(zh), std::move(en));
  }

  /// Refuses every other key.
  void allow(std::span<const std::string_view> keys) const;
  /// Says that a key is missing, and what to write.
  void missing(std::string_view key, std::string_view example) const;

  // Each reads a key that must be there; what is wrong is told, and nothing is returned.
  std::optional<std::string> text(std::string_view key, std::string_view example) const;
  std::optional<double> number(std::string_view key, const Bounds& bounds) const;
  std::optional<Day> day(std::string_view key) const;
  /// The same of a node of a list.
  std::optional<double> number_of(const toml::node& node, std::string_view key, const Bounds& bounds) const;
  std::optional<std::vector<std::string>> texts(std::string_view key) const;
  /// A table under the key, [key] or { … }.
  std::optional<TomlTable> table(std::string_view key) const;
  /// The tables under [[key]]; none if it is not there.
  std::vector<TomlTable> tables(std::string_view key) const;

  static int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

 private:
  const toml::table* table_;
  std::string file_, prefix_;
  Faults* faults_;
};

}  // namespace landex::simulator
