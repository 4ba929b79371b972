#include "clients/cli/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::cli {
namespace {

[[noreturn]] void wrong(const char* option, const std::string& text, const std::string& en, const std::string& zh) {
  throw UsageError{fmt::format("{}: '{}' {}\n{}：“{}”{}", option, text, en, option, text, zh)};
}

int64_t decimal_arg(const char* option, const std::string& text, int decimals) {
  const auto value = wire::from_decimal(text, decimals);
  if (!value)
    wrong(option, text, fmt::format("is not a number with at most {} decimals", decimals),
          fmt::format("不是最多 {} 位小数的数", decimals));
  return *value;
}

}  // namespace

Quantity quantity_arg(const char* option, const std::string& text, Instrument i) {
  return Quantity::from_raw(decimal_arg(option, text, counted_in_kg(i) ? 0 : 4));
}
Rate rate_arg(const char* option, const std::string& text, Instrument i) {
  return Rate::from_raw(decimal_arg(option, text, counted_in_kg(i) ? 2 : 4));
}
Fen wan_arg(const char* option, const std::string& text) { return Fen::from_raw(decimal_arg(option, text, 6)); }

Day day_arg(const char* option, const std::string& text) {
  const auto day = wire::day_from(text);
  if (!day) wrong(option, text, "is not a day; write YYYY-MM-DD", "不是日期，应写作 YYYY-MM-DD");
  return *day;
}

District district_arg(const char* option, const std::string& text, const Names& names) {
  for (const auto& [district, name] : names.places)
    if (text == std::to_string(district.raw()) || text == name.zh || text == name.en ||
        (text.size() >= 6 && name.zh.starts_with(text)))
      return district;
  if (text.empty())
    throw UsageError{fmt::format("{}: say for which unit, by name or six-digit code\n{}：请写明单位的名称或六位代码",
                                 option, option)};
  std::string known;
  for (const auto& [district, name] : names.places) known += " " + name.zh;
  wrong(option, text, "is no unit; write a name or a six-digit code:" + known,
        "不是区、县（市），请写名称或六位代码：" + known);
}

Instrument instrument_arg(const char* option, const std::string& text) {
  constexpr std::array<std::pair<std::string_view, Instrument>, 8> words{
      {{"area", Instrument::supplementary_area},
       {"数量", Instrument::supplementary_area},
       {"paddy", Instrument::supplementary_paddy},
       {"水田", Instrument::supplementary_paddy},
       {"capacity", Instrument::supplementary_capacity},
       {"产能", Instrument::supplementary_capacity},
       {"linkage", Instrument::linkage},
       {"挂钩", Instrument::linkage}}};
  const auto at = std::ranges::find(words, text, [](const auto& w) { return std::string{w.first}; });
  if (at == words.end())
    wrong(option, text, "is no instrument; write area, paddy, capacity or linkage",
          "不是指标品种，应为 area（数量）、paddy（水田）、capacity（产能）、linkage（挂钩）");
  return at->second;
}

}  // namespace landex::cli
