// A sheet as the bytes of a file: by libcsv and Boost.JSON, as they are read.
#include <csv.h>

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>
#include <boost/json/value.hpp>

#include "clients/feeds/export.hpp"

namespace landex::feeds {
namespace {

std::string quoted(const std::string& text) {
  std::string out(text.size() * 2 + 2, '\0');
  out.resize(csv_write(out.data(), out.size(), text.data(), text.size()));
  return out;
}

std::string json_text(const std::string& text) { return boost::json::serialize(boost::json::string_view{text}); }

}  // namespace

Sheet sheet_of(const Faults& faults) {
  Sheet out{.columns = {"file", "line", "field", "value", "zh", "en", "remedy_zh", "remedy_en"}, .rows = {}};
  for (const auto& f : faults)
    out.rows.push_back(
        {{f.file}, {std::to_string(f.line), true}, {f.field}, {f.value}, {f.zh}, {f.en}, {f.remedy_zh}, {f.remedy_en}});
  return out;
}

std::string csv_of(const Sheet& sheet, bool mark) {
  std::string out = mark ? "\xEF\xBB\xBF" : "";
  for (size_t n = 0; n < sheet.columns.size(); ++n) out += (n ? "," : "") + quoted(sheet.columns[n]);
  out += "\r\n";
  for (const auto& row : sheet.rows) {
    for (size_t n = 0; n < row.size(); ++n) out += (n ? "," : "") + quoted(row[n].text);
    out += "\r\n";
  }
  return out;
}

std::string json_of(const Sheet& sheet) {
  std::string out = "[";
  for (const auto& row : sheet.rows) {
    out += out.size() == 1 ? "\n{" : ",\n{";
    for (size_t n = 0; n < row.size(); ++n)
      out += (n ? ", " : "") + json_text(sheet.columns[n]) + ": " +
             (row[n].number && !row[n].text.empty() ? row[n].text : json_text(row[n].text));
    out += "}";
  }
  return out + "\n]\n";
}

}  // namespace landex::feeds
