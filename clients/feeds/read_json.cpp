// JSON by Boost.JSON's event parser, fed one line of the file at a time so that every member knows its line. No number
// is ever computed here: its digits are kept as text.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>
#include <limits>

#include "clients/feeds/table.hpp"

namespace landex::feeds {
namespace {

namespace json = boost::json;
using Error = boost::system::error_code;

struct Handler {
  static constexpr size_t max_object_size = std::numeric_limits<size_t>::max();
  static constexpr size_t max_array_size = std::numeric_limits<size_t>::max();
  static constexpr size_t max_key_size = kMostFieldBytes;
  static constexpr size_t max_string_size = kMostFieldBytes;

  std::string file;
  size_t line = 0;
  Table table{};
  Faults faults{};
  Row row{};
  std::string key{}, text{};
  size_t depth = 0;  // of arrays and objects
  size_t list = 0;   // 1 inside the array of records
  bool refused(std::string zh, std::string en, std::string value) {
    faults.push_back({.file = file,
                      .line = line,
                      .field = depth > list ? key : "",
                      .value = std::move(value),
                      .zh = std::move(zh),
                      .en = std::move(en),
                      .remedy_zh = "应为对象的数组，或每行一个对象；成员为字符串、数字、true、false 或 null",
                      .remedy_en = "write an array of objects, or one object a line; members are strings, numbers, "
                                   "true, false or null"});
    return false;
  }
  bool stop(Error& e) {
    e = json::error::syntax;
    return false;
  }
  bool value_of(std::string value, Error& e) {
    if (depth != list + 1) {
      refused("此处应为对象", "an object is wanted here", std::move(value));
      return stop(e);
    }
    if (std::ranges::any_of(row.fields, [&](const Field& f) { return f.name == key; })) {
      refused("此成员写了两次", "this member is given twice", std::move(value));
      return stop(e);
    }
    row.fields.push_back({.name = std::exchange(key, {}), .text = std::move(value), .line = line});
    return true;
  }

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error& e) {
    if (depth != list) {
      refused("记录中有嵌套的对象", "an object inside a record", "{…}");
      return stop(e);
    }
    ++depth;
    row = {.line = line, .fields = {}};
    return true;
  }
  bool on_object_end(size_t, Error&) {
    --depth;
    table.rows.push_back(std::move(row));
    return true;
  }
  bool on_array_begin(Error& e) {
    if (depth != 0) {
      refused("记录中有嵌套的数组", "an array inside a record", "[…]");
      return stop(e);
    }
    depth = list = 1;
    return true;
  }
  bool on_array_end(size_t, Error&) {
    depth = list = 0;
    return true;
  }
  bool on_key_part(json::string_view s, size_t, Error&) {
    key.append(s.data(), s.size());
    return true;
  }
  bool on_key(json::string_view s, size_t, Error&) {
    key.append(s.data(), s.size());
    return true;
  }
  bool on_string_part(json::string_view s, size_t, Error&) {
    text.append(s.data(), s.size());
    return true;
  }
  bool on_string(json::string_view s, size_t, Error& e) {
    text.append(s.data(), s.size());
    return value_of(std::exchange(text, {}), e);
  }
  bool on_number_part(json::string_view s, Error&) {
    text.append(s.data(), s.size());
    return true;
  }
  bool on_int64(int64_t, json::string_view s, Error& e) { return on_string(s, 0, e); }
  bool on_uint64(uint64_t, json::string_view s, Error& e) { return on_string(s, 0, e); }
  bool on_double(double, json::string_view s, Error& e) { return on_string(s, 0, e); }
  bool on_bool(bool b, Error& e) { return value_of(b ? "true" : "false", e); }
  bool on_null(Error& e) { return value_of({}, e); }
  bool on_comment_part(json::string_view, Error&) { return true; }
  bool on_comment(json::string_view, Error&) { return true; }
};

}  // namespace

std::expected<Table, Faults> read_json(const std::string& file, std::string_view bytes) {
  json::basic_parser<Handler> parser{json::parse_options{}, Handler{.file = file}};
  Handler& h = parser.handler();
  bool begun = false, array = false;
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
    std::string_view text = bytes.substr(at, end - at);
    ++h.line;
    while (text.find_first_not_of(" \t\r\n") != text.npos || (begun && !text.empty())) {
      if (!begun) {
        const bool second_after_array = array;
        array = text[text.find_first_not_of(" \t\r\n")] == '[';
        if (second_after_array) {
          h.refused("数组之后还有内容", "there is more after the array", std::string{text.substr(0, 40)});
          return std::unexpected(std::move(h.faults));
        }
        parser.reset();
        begun = true;
      }
      Error error;
      const size_t took = parser.write_some(true, text.data(), text.size(), error);
      if (error) {
        if (h.faults.empty())
          h.refused("此处不是合法的 JSON", "this is not JSON",
                    std::string{text.substr(std::min(took, text.size()), 40)});
        return std::unexpected(std::move(h.faults));
      }
      text.remove_prefix(took);
      if (parser.done())
        begun = false;
      else if (took == 0)
        break;
    }
    if (h.table.rows.size() > kMostRows) break;
    at = end;
  }
  if (begun) {
    h.refused("文件不完整", "the file ends in the middle of it", {});
    return std::unexpected(std::move(h.faults));
  }
  return std::move(h.table);
}

}  // namespace landex::feeds
