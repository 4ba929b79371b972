#include "exchange/reports/sheet.hpp"

#include <fmt/format.h>

#include <utility>

namespace landex::reports {
namespace {

std::string csv_cell(const std::string& text) {
  if (text.find_first_of("\",\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
  return quoted + "\"";
}

}  // namespace

std::string csv_of(const Sheet& sheet, bool bom) {
  std::string out = bom ? "\xEF\xBB\xBF" : "";
  const auto line = [&](const auto& cells, const auto& text) {
    bool first = true;
    for (const auto& c : cells) {
      if (!std::exchange(first, false)) out += ',';
      out += csv_cell(text(c));
    }
    out += "\r\n";
  };
  line(sheet.columns, [](const auto& c) { return c.name; });
  for (const auto& row : sheet.rows) line(row, [](const auto& c) { return c.value_or(""); });
  return out;
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out += c;
  }
  return out + "\"";
}

std::string json_lines_of(const Sheet& sheet) {
  std::string out;
  for (const auto& row : sheet.rows) {
    out += '{';
    for (size_t i = 0; i < row.size(); ++i) {
      if (i != 0) out += ',';
      out += json_string(sheet.columns[i].name) + ":";
      out += !row[i] ? "null" : sheet.columns[i].number ? *row[i] : json_string(*row[i]);
    }
    out += "}\n";
  }
  return out;
}

}  // namespace landex::reports
