// adapter.hpp: feeds of 空间智治, in and out (H66-21.1 builds the platform on it). Its interface is not known, so a
// feed is a file, CSV or JSON, of records of one kind; README.md beside this lists the columns. Here, and nowhere else,
// is known what the outside calls things and in which unit: when the real interface is known, only this room changes.
// Everything in a file is checked before anything of it is sent: a feed that is returned is sound in itself. What only
// the exchange can know (is there such a project, is that land free) it says when the record comes.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "clients/feeds/table.hpp"
#include "exchange/engine/command.hpp"
#include "exchange/wire/refusal_text.hpp"

namespace landex::feeds {

/// What the outside names by its own words and landex by a number. Found when the record is sent.
struct ByName {
  enum class What : uint8_t { project, filing } what;  // by its name; by its document
  District county;
  std::string name;
};

/// One record, one command.
struct Record {
  size_t line = 0;
  std::string source_id;  // the sender's name of it, never used for another record of this kind
  engine::Command command;
  std::optional<ByName> by_name = {};  // the number that the command is still without
};

struct Feed {
  std::string file;
  std::string kind;  // "batch", …
  std::vector<Record> records;
};

/// A column of a kind of record, for documents and messages.
struct Column {
  std::string_view name;  // "area" stands for area_mu or area_ha
  bool required;
  std::string_view zh, en;
};
struct Kind {
  std::string_view record;
  std::string_view zh, en;
  std::span<const Column> columns;
  std::span<const std::string_view> told;  // columns of our own exports that are passed over
};
std::span<const Kind> kinds();

/// Reads a file's bytes. `file` is its name in messages; `places` are the units, by name and by code.
std::expected<Feed, Faults> read_feed(const std::string& file, std::string_view bytes, const wire::PlaceNames& places);

}  // namespace landex::feeds
