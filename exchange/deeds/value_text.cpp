#include "exchange/deeds/value_text.hpp"

#include <cassert>

#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::deeds {

int decimals_of(Kind kind) {
  switch (kind) {
    case Kind::area:
    case Kind::rate_per_mu:
    case Kind::coefficient:
      return 4;
    case Kind::price_per_mu:
    case Kind::price_per_kg:
    case Kind::fen_per_mu:
    case Kind::money:
      return 2;
    case Kind::words:
    case Kind::text:
    case Kind::count:
    case Kind::day:
    case Kind::capacity:
      return 0;
  }
  assert(false);
  return 0;
}

Words unit_of(Kind kind) {
  switch (kind) {
    case Kind::area:
      return {"亩", "mu"};
    case Kind::capacity:
      return {"公斤", "kg"};
    case Kind::price_per_mu:
    case Kind::rate_per_mu:
      return {"万元/亩", "wan yuan/mu"};
    case Kind::price_per_kg:
      return {"元/公斤", "yuan/kg"};
    case Kind::fen_per_mu:
      return {"元/亩", "yuan/mu"};
    case Kind::money:
      return {"元", "yuan"};
    case Kind::words:
    case Kind::text:
    case Kind::count:
    case Kind::day:
    case Kind::coefficient:
      return {};
  }
  assert(false);
  return {};
}

namespace {

/// Length of the UTF-8 character at the beginning; 0 if there is none that is well formed.
size_t character(std::string_view s) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const size_t n = first >= 0xC2 && first < 0xE0   ? 2
                   : first >= 0xE0 && first < 0xF0 ? 3
                   : first >= 0xF0 && first < 0xF5 ? 4
                                                   : 0;
  if (n == 0 || s.size() < n) return 0;
  for (size_t i = 1; i < n; ++i)
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  const unsigned char second = byte(1);  // overlong forms, surrogates, and beyond U+10FFFF
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second >= 0xA0) || (first == 0xF0 && second < 0x90) ||
      (first == 0xF4 && second >= 0x90))
    return 0;
  return n;
}

}  // namespace

std::string clean(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t n = character(text);
    const std::string_view c = text.substr(0, n);
    if (n == 0) {
      out += "\uFFFD";
    } else if (n == 1 && (static_cast<unsigned char>(c[0]) < 0x20 || c[0] == 0x7F)) {
      out += ' ';
    } else if (n == 2 && c >= "\u0080" && c <= "\u009F") {
      out += ' ';
    } else if (c == "\u2028" || c == "\u2029") {
      out += ' ';
    } else if (c == "\uFFFE" || c == "\uFFFF") {
      out += "\uFFFD";
    } else if (!(c >= "\u202A" && c <= "\u202E") && !(c >= "\u2066" && c <= "\u2069") && c != "\u200E" &&
               c != "\u200F") {
      out += c;
    }
    text.remove_prefix(n == 0 ? 1 : n);
  }
  return out;
}

std::string plain_text_of(const Value& v) {
  if (is_words(v.kind)) return v.words.zh;
  if (!v.number) return {};
  if (v.kind == Kind::day) return wire::text_of(Day::from_raw(static_cast<int32_t>(*v.number)));
  return wire::decimal(*v.number, decimals_of(v.kind));
}

std::string text_of(const Value& v) {
  if (v.number && (v.kind == Kind::money || v.kind == Kind::fen_per_mu)) return wire::yuan(Fen::fen(*v.number));
  return plain_text_of(v);
}

std::string day_zh(Day day) {
  const std::string iso = wire::text_of(day);
  return iso.substr(0, 4) + "年" + iso.substr(5, 2) + "月" + iso.substr(8, 2) + "日";
}

}  // namespace landex::deeds
