// market_words.hpp: the words of the table language, both ways: numbers, days, instruments, purses, places. Only
// market_script.cpp and market_told.cpp include it; what the words mean is said in market_script.hpp.
#pragma once
#include <array>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"
#include "tests/market_script.hpp"

namespace landex::script {

using engine::Purse;
using Words = std::vector<std::string>;

inline constexpr std::string_view kArrow = "→";

/// The script cannot be read: told as a mismatch of its line.
struct NotUnderstood : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline Words words_of(std::string_view line) {
  std::istringstream in{std::string{line.substr(0, line.find('#'))}};
  Words words;
  for (std::string w; in >> w;) words.push_back(w);
  return words;
}

inline std::string joined(const Words& words) {
  std::string line;
  for (const auto& w : words) line += (line.empty() ? "" : " ") + w;
  return line;
}

inline bool is_number(std::string_view w) {
  return !w.empty() && w.find_first_not_of("0123456789.-") == std::string_view::npos;
}

inline int64_t number(std::string_view text, int decimals) {
  const bool negative = text.starts_with('-');
  const auto value = wire::from_decimal(negative ? text.substr(1) : text, decimals);
  if (!value)
    throw NotUnderstood{"not a number with up to " + std::to_string(decimals) + " decimals: " + std::string{text}};
  return negative ? -*value : *value;
}

inline constexpr std::array<std::pair<std::string_view, Instrument>, 4> kInstrumentWords{
    {{"area", Instrument::supplementary_area},
     {"paddy", Instrument::supplementary_paddy},
     {"capacity", Instrument::supplementary_capacity},
     {"linkage", Instrument::linkage}}};

inline std::optional<Instrument> instrument_word(std::string_view w) {
  for (const auto& [word, i] : kInstrumentWords)
    if (word == w) return i;
  return std::nullopt;
}
inline std::string word_of(Instrument i) {
  for (const auto& [word, of] : kInstrumentWords)
    if (of == i) return std::string{word};
  return "?";
}

inline constexpr std::array<std::pair<std::string_view, Purse>, 10> kPurseWords{{{"outside", Purse::outside},
                                                                                 {"free", Purse::free},
                                                                                 {"held", Purse::held},
                                                                                 {"claims", Purse::claims},
                                                                                 {"pool", Purse::pool},
                                                                                 {"used", Purse::used},
                                                                                 {"cancelled", Purse::cancelled},
                                                                                 {"advances", Purse::advances},

                                                                                 {"frozen", Purse::frozen},
                                                                                 {"borrowed", Purse::borrowed}}};

template <class Enum>
std::string name_of_value(Enum v) {
  std::string name = "?";
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto d) {
    if (d.value == v) name = d.name;
  });
  return name;
}

template <class Enum>
Enum value_named(std::string_view name) {
  std::optional<Enum> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto d) {
    if (d.name == name) found = d.value;
  });
  if (!found) throw NotUnderstood{"no such value: " + std::string{name}};
  return *found;
}

inline std::string_view short_of(std::string_view name) {
  return name.substr(0, name.size() - std::string_view{"区"}.size());
}

inline std::string short_name(District d) {
  for (const auto& u : shipped().units)
    if (u.district == d) return std::string{short_of(u.zh)};
  return std::to_string(d.raw());
}

inline Quantity quantity(Instrument i, std::string_view w) {
  return Quantity::from_raw(number(w, counted_in_kg(i) ? 0 : 4));
}
inline Rate rate(Instrument i, std::string_view w) { return Rate::from_raw(number(w, counted_in_kg(i) ? 2 : 4)); }

inline Day day(std::string_view w) {
  const auto d = wire::day_from(w);
  if (!d) throw NotUnderstood{"not a day: " + std::string{w}};
  return *d;
}

/// 2024-06-03T09:30:00, the clock in Beijing.
inline Instant instant(std::string_view w) {
  const auto t = w.find('T');
  if (t == std::string_view::npos || w.size() != t + 9) throw NotUnderstood{"not an instant: " + std::string{w}};
  const auto two = [&](size_t at) { return static_cast<int32_t>(number(w.substr(t + at, 2), 0)); };
  const auto of_day = matching::TimeOfDay::from_raw(two(1) * 3600 + two(4) * 60 + two(7));
  return matching::beijing_instant(day(w.substr(0, t)), of_day);
}

/// The same back, whole seconds.
inline std::string told_instant(Instant at) {
  const auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const int64_t s = at.us / 1'000'000 + matching::kBeijingAheadS;
  return wire::text_of(Day::from_raw(static_cast<int32_t>(s / 86'400))) + "T" + two(s / 3'600 % 24) + ":" +
         two(s / 60 % 60) + ":" + two(s % 60);
}

inline std::string price_or_none(std::optional<Price> p) { return p ? wire::price(*p) : "none"; }

/// "area 4.0000 paddy 2.0000 capacity 5", without what is nothing.
inline std::string words_of(const Components& c) {
  std::string line;
  if (c.area != Area{}) line += " area " + wire::mu(c.area);
  if (c.paddy != Area{}) line += " paddy " + wire::mu(c.paddy);
  if (c.capacity != Capacity{}) line += " capacity " + std::to_string(c.capacity.raw());
  return line.empty() ? "nothing" : line.substr(1);
}

inline std::string yuan(Fen f) { return wire::yuan(f) + " yuan"; }
inline std::string side_word(Side s) { return s == Side::buy ? "buy" : "sell"; }
inline std::string rule_text(const std::optional<policy::Clause>& rule) {
  return rule ? " " + wire::text_of(*rule) : "";
}

/// One spelling for what can be written in two: money in wan becomes yuan, digits grouped.
inline std::string normalized(const Words& words) {
  Words out;
  for (size_t at = 0; at < words.size();) {
    size_t end = at;
    std::string digits;
    while (end < words.size() && is_number(words[end])) digits += words[end++];
    const bool money = end > at && end < words.size() && (words[end] == "yuan" || words[end] == "wan");
    if (!money) {
      out.push_back(words[at++]);
      continue;
    }
    // Only the digits that are one grouped number: from the back, groups of three, then the first group.
    size_t first = end - 1;
    while (first > at && words[first].substr(0, words[first].find('.')).size() == 3 &&
           words[first - 1].find('.') == std::string::npos)
      --first;
    out.insert(out.end(), words.begin() + static_cast<std::ptrdiff_t>(at),
               words.begin() + static_cast<std::ptrdiff_t>(first));
    digits.clear();
    for (size_t k = first; k < end; ++k) digits += words[k];
    out.push_back(yuan(Fen::fen(checked_mul(number(digits, 2), words[end] == "wan" ? 10'000 : 1))));
    at = end + 1;
  }
  return joined(out);
}

/// What came with the market's last command, a line for each event that the language has a word for.
std::vector<std::string> told(const Market& market, const engine::Events& events);

}  // namespace landex::script
