#include "exchange/deeds/csv.hpp"

#include <array>
#include <cassert>
#include <string_view>
#include <vector>

#include "exchange/deeds/value_text.hpp"

namespace landex::deeds {
namespace {

/// What stands behind the name of a column: as people read it, and raw. Empty: it has no second column.
struct Suffixes {
  std::string_view read, raw;
};

Suffixes suffixes_of(Kind k) {
  switch (k) {
    case Kind::words:
      return {"_zh", "_en"};
    case Kind::text:
    case Kind::count:
    case Kind::day:
      return {"", ""};
    case Kind::area:
      return {"_mu", "_e4mu"};
    case Kind::capacity:
      return {"_kg", ""};
    case Kind::price_per_mu:
      return {"_wan_per_mu", "_tick"};
    case Kind::price_per_kg:
      return {"_yuan_per_kg", "_fen_per_kg"};
    case Kind::rate_per_mu:
      return {"_wan_per_mu", "_yuan_per_mu"};
    case Kind::fen_per_mu:
      return {"_yuan_per_mu", "_fen_per_mu"};
    case Kind::coefficient:
      return {"", "_e4"};
    case Kind::money:
      return {"_yuan", "_fen"};
  }
  assert(false);
  return {};
}

std::string quoted(std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == cell.npos) return std::string{cell};
  std::string out = "\"";
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

void line(std::string& to, const std::vector<std::string>& cells) {
  for (size_t i = 0; i < cells.size(); ++i) to.append(i == 0 ? "" : ",").append(quoted(cells[i]));
  to += "\r\n";
}

}  // namespace

std::string csv(const Table& table, CsvReader reader) {
  const auto words = [&](const std::string& text) {
    const bool guarded = reader == CsvReader::spreadsheet && !text.empty() &&
                         std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
    return guarded ? "'" + text : text;
  };
  std::string out = reader == CsvReader::spreadsheet ? "\xEF\xBB\xBF" : "";
  std::vector<std::string> cells;
  for (const Column& c : table.columns) {
    const Suffixes s = suffixes_of(c.kind);
    cells.push_back(c.name + std::string{s.read});
    if (!s.raw.empty()) cells.push_back(c.name + std::string{s.raw});
  }
  line(out, cells);
  for (const Row& row : table.rows) {
    cells.clear();
    for (const Value& v : row) {
      const bool pair = !suffixes_of(v.kind).raw.empty();
      cells.push_back(is_words(v.kind) ? words(v.words.zh) : plain_text_of(v));
      if (pair) cells.push_back(v.kind == Kind::words ? words(v.words.en) : v.number ? std::to_string(*v.number) : "");
    }
    line(out, cells);
  }
  return out;
}

}  // namespace landex::deeds
