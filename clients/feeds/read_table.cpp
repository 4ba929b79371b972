#include <flatbuffers/util.h>
#include <fmt/format.h>

#include <algorithm>

#include "clients/feeds/table.hpp"

namespace landex::feeds {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr size_t kShownBytes = 60;

bool utf8(const std::string& text) {
  for (const char* at = text.data(); at < text.data() + text.size();)
    if (flatbuffers::FromUTF8(&at) < 0) return false;
  return true;
}

/// Printable, and not longer than a line: the end of a character that was cut goes with it.
std::string shown(const std::string& value) {
  std::string out;
  for (const char c : value.substr(0, kShownBytes)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  const bool cut = value.size() > kShownBytes;
  if (!utf8(value)) return "(not UTF-8)";
  while (!utf8(out)) out.pop_back();
  return cut ? out + "…" : out;
}

}  // namespace

std::string text_of(const Fault& f) {
  std::string where = f.line == 0 ? f.file : fmt::format("{}:{}", f.file, f.line);
  if (!f.field.empty())
    where += fmt::format(": {} = '{}'", shown(f.field), shown(f.value));
  else if (!f.value.empty())
    where += fmt::format(": '{}'", shown(f.value));
  return fmt::format("{}\n  {}；{}\n  {}; {}\n", where, f.zh, f.remedy_zh, f.en, f.remedy_en);
}

std::expected<Table, Faults> read_table(const std::string& file, std::string_view bytes) {
  if (bytes.size() > kMostBytes)
    return std::unexpected(Faults{{.file = file,
                                   .zh = fmt::format("文件有 {} 字节，超过 {} 字节", bytes.size(), kMostBytes),
                                   .en = fmt::format("the file has {} bytes, more than {}", bytes.size(), kMostBytes),
                                   .remedy_zh = "请分成几个文件",
                                   .remedy_en = "split it into several files"}});
  if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
  size_t line = 1;
  for (size_t at = 0; at < bytes.size(); ++line) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size());
    if (const std::string text{bytes.substr(at, end - at)}; !utf8(text))
      return std::unexpected(Faults{{.file = file,
                                     .line = line,
                                     .zh = "此行不是 UTF-8 编码（可能是 GBK）",
                                     .en = "this line is not UTF-8 (perhaps GBK)",
                                     .remedy_zh = "请另存为“CSV UTF-8”",
                                     .remedy_en = "save the file as “CSV UTF-8”"}});
    at = end + 1;
  }
  const size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == bytes.npos)
    return std::unexpected(Faults{{.file = file,
                                   .zh = "文件为空",
                                   .en = "the file is empty",
                                   .remedy_zh = "请写表头和至少一条记录",
                                   .remedy_en = "give a header and at least one record"}});
  return bytes[first] == '[' || bytes[first] == '{' ? read_json(file, bytes) : read_csv(file, bytes);
}

}  // namespace landex::feeds
