#include "clients/cli/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <random>

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

Day beijing_day(Instant at) {
  return Day::from_raw(static_cast<int32_t>((at.us / 1'000'000 + matching::kBeijingAheadS) / 86'400));
}

template <class T, size_t kCount>
T word_arg(const char* option, const std::string& text, const std::array<std::pair<std::string_view, T>, kCount>& words,
           const std::string& en, const std::string& zh) {
  const auto at = std::ranges::find(words, text, [](const auto& w) { return std::string{w.first}; });
  if (at != words.end()) return at->second;
  std::string known;
  for (const auto& w : words) known += (known.empty() ? "" : ", ") + std::string{w.first};
  wrong(option, text, fmt::format("{}; write one of {}", en, known), fmt::format("{}，应为 {} 之一", zh, known));
}

}  // namespace

std::optional<matching::TimeOfDay> time_from(std::string_view s) {
  const auto two = [&](size_t at, uint32_t most) -> std::optional<int32_t> {
    uint32_t v = 0;
    const auto [end, error] = std::from_chars(s.data() + at, s.data() + at + 2, v);
    return error == std::errc{} && end == s.data() + at + 2 && v <= most ? std::optional{static_cast<int32_t>(v)}
                                                                         : std::nullopt;
  };
  if ((s.size() != 5 && s.size() != 8) || s[2] != ':' || (s.size() == 8 && s[5] != ':')) return std::nullopt;
  const auto h = two(0, 24), m = two(3, 59), seconds = s.size() == 8 ? two(6, 59) : std::optional<int32_t>{0};
  if (!h || !m || !seconds) return std::nullopt;
  const auto time = matching::TimeOfDay::from_raw(matching::TimeOfDay::hm(*h, *m).raw() + *seconds);
  return time <= matching::kMidnight ? std::optional{time} : std::nullopt;
}

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

Side side_arg(const char* option, const std::string& text) {
  constexpr std::array<std::pair<std::string_view, Side>, 4> words{
      {{"buy", Side::buy}, {"sell", Side::sell}, {"买", Side::buy}, {"卖", Side::sell}}};
  return word_arg(option, text, words, "is no side", "不是买卖方向");
}

SelfTrade self_trade_arg(const char* option, const std::string& text) {
  constexpr std::array<std::pair<std::string_view, SelfTrade>, 6> words{{{"refuse", SelfTrade::refuse},
                                                                         {"cancel-newest", SelfTrade::cancel_newest},
                                                                         {"cancel-oldest", SelfTrade::cancel_oldest},
                                                                         {"cancel-both", SelfTrade::cancel_both},
                                                                         {"decrement", SelfTrade::decrement},
                                                                         {"allow", SelfTrade::allow}}};
  return word_arg(option, text, words, "is no way to prevent self-trades", "不是避免自成交的方式");
}

matching::Phase phase_arg(const char* option, const std::string& text) {
  using matching::Phase;
  constexpr std::array<std::pair<std::string_view, Phase>, 5> words{{{"closed", Phase::closed},
                                                                     {"call", Phase::call},
                                                                     {"no-cancel", Phase::call_no_cancel},
                                                                     {"continuous", Phase::continuous},
                                                                     {"halted", Phase::halted}}};
  return word_arg(option, text, words, "is no phase", "不是交易阶段");
}

Instant now() {
  return {.us =
              std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                  .count()};
}

uint64_t drawn() {
  std::random_device source;
  return std::uniform_int_distribution<uint64_t>{0, (uint64_t{1} << 53) - 1}(source);
}

Instant instant_arg(const char* option, const std::string& text, Instant now) {
  const size_t at = text.find_first_of("T ");
  const bool dated = at != std::string::npos;
  const auto day = dated ? wire::day_from(std::string_view{text}.substr(0, at)) : std::optional{beijing_day(now)};
  const auto time = time_from(dated ? std::string_view{text}.substr(at + 1) : std::string_view{text});
  if (!day || !time)
    wrong(option, text, "is no time; write HH:MM, HH:MM:SS or YYYY-MM-DDTHH:MM, in Beijing",
          "不是时刻，应写作 HH:MM、HH:MM:SS 或 YYYY-MM-DDTHH:MM（北京时间）");
  return matching::beijing_instant(*day, *time);
}

}  // namespace landex::cli
