#include "clients/simulator/study/manifest.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>

namespace landex::simulator {
namespace {

/// A TOML basic string; of several lines where the text has them.
std::string quoted(const std::string& text) {
  const bool lines = text.find('\n') != std::string::npos;
  std::string to = lines ? "\"\"\"\n" : "\"";
  for (const char c : text) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (c == '"' || c == '\\')
      to += {'\\', c};
    else if (control && c != '\n')
      to += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    else
      to += c;
  }
  return to + (lines ? "\"\"\"" : "\"");
}

/// A value as a message shows it: its first line, not too long, whole characters.
std::string shown(const std::string& text) {
  std::string line = text.substr(0, text.find('\n'));
  if (line.size() > 60) {
    size_t end = 60;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80) --end;
    line = line.substr(0, end) + "…";
  }
  return line == text ? line : line + " …";
}

}  // namespace

std::string manifest_of(const Entries& entries) {
  std::string text =
      "# 一次模拟研究的说明：相同说明即相同结果。模拟，不是预测。\n"
      "# What this study is: the same manifest gives the same results. A simulation, no forecast.\n";
  for (const auto& [key, value] : entries) text += key + " = " + quoted(value) + "\n";
  return text;
}

StudyResult<void> write_manifest(const std::filesystem::path& file, const Entries& entries) {
  const std::filesystem::path beside = file.string() + ".new";
  std::ofstream out{beside, std::ios::binary | std::ios::trunc};
  out << manifest_of(entries);
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(beside, file, error);
  if (!out || error) {
    const std::string why = error ? error.message() : std::strerror(errno);
    return std::unexpected{
        StudyFault{.zh = fmt::format("无法写入 {}：{}。请检查目录权限与剩余空间。", file.string(), why),
                   .en = fmt::format("cannot write {}: {}. Check the directory's permissions and the "
                                     "space left.",
                                     file.string(), why)}};
  }
  return {};
}

StudyResult<Entries> read_manifest(const std::filesystem::path& file) {
  const auto fault = [&](const std::string& zh, const std::string& en) {
    return std::unexpected{
        StudyFault{.zh = fmt::format("{}：{}", file.string(), zh), .en = fmt::format("{}: {}", file.string(), en)}};
  };
  try {
    Entries entries;
    for (const auto& [key, value] : toml::parse_file(file.string())) {
      const auto* text = value.as_string();
      if (text == nullptr)
        return fault(
            fmt::format("第 {} 行的 {} 不是文本，不是本程序写的研究说明", value.source().begin.line, key.str()),
            fmt::format("line {}: {} is not a text: this is no manifest of a study", value.source().begin.line,
                        key.str()));
      entries.emplace_back(key.str(), text->get());
    }
    return entries;
  } catch (const toml::parse_error& e) {
    return fault(fmt::format("第 {} 行读不懂：{}。请换一个输出目录（-o）", e.source().begin.line, e.description()),
                 fmt::format("line {}: {}. Give another directory (-o)", e.source().begin.line, e.description()));
  } catch (const std::exception& e) {
    return fault(e.what(), e.what());
  }
}

std::optional<StudyFault> difference(const std::filesystem::path& file, const Entries& there, const Entries& asked) {
  const std::map<std::string, std::string> old{there.begin(), there.end()};
  const auto fault = [&](const std::string& key, const std::string& was, const std::string& is) {
    return StudyFault{
        .zh = fmt::format("{} 是另一个研究：{} 为“{}”，现在要求“{}”。请改用相同参数续跑，或换一个输出目录（-o）。",
                          file.string(), key, shown(was), shown(is)),
        .en = fmt::format("{} is of another study: its {} is \"{}\", asked for is \"{}\". Resume with the same "
                          "arguments, or give another directory (-o).",
                          file.string(), key, shown(was), shown(is))};
  };
  for (const auto& [key, value] : asked) {
    if (key == "remake" || key.starts_with("design_")) continue;  // words for people: what they are of is compared
    const auto at = old.find(key);
    if (at == old.end()) return fault(key, "", value);
    if (at->second != value) return fault(key, at->second, value);
  }
  for (const auto& [key, value] : there)
    if (std::ranges::find(asked, key, &Entries::value_type::first) == asked.end()) return fault(key, value, "");
  return std::nullopt;
}

}  // namespace landex::simulator
