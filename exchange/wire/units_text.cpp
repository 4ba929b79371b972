#include "exchange/wire/units_text.hpp"

#include <charconv>

namespace landex::wire {

std::string decimal(int64_t value, int decimals) {
  const bool negative = value < 0;
  std::string digits = std::to_string(negative ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value));
  const auto places = static_cast<size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return negative ? "-" + digits : digits;
}

std::optional<int64_t> from_decimal(std::string_view text, int decimals) {
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point == text.npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || (point != text.npos && part.empty()) || part.size() > static_cast<size_t>(decimals))
    return std::nullopt;
  const std::string digits =
      std::string{whole} + std::string{part} + std::string(static_cast<size_t>(decimals) - part.size(), '0');
  if (digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{}) return std::nullopt;
  return value;
}

std::string mu(Area a) { return decimal(a.raw(), 4); }

std::string quantity(Instrument i, Quantity q) { return decimal(q.raw(), counted_in_kg(i) ? 0 : 4); }

std::string wan_per_mu(Rate r) {
  return decimal(r.raw() % 100 == 0 ? r.raw() / 100 : r.raw(), r.raw() % 100 == 0 ? 2 : 4);
}

std::string rate(Instrument i, Rate r) {
  return counted_in_kg(i) ? decimal(r.raw(), 2) + " 元/公斤" : wan_per_mu(r) + " 万元/亩";
}
std::string rate_en(Instrument i, Rate r) {
  return counted_in_kg(i) ? decimal(r.raw(), 2) + " yuan/kg" : wan_per_mu(r) + " wan yuan/mu";
}

std::string price(Price p) { return decimal(p.raw(), 2); }  // 0.01 万元/亩, and 1 fen = 0.01 yuan: the same two places

std::string yuan(Fen f) {
  std::string s = decimal(f.raw(), 2);
  const size_t first = s.front() == '-' ? 1 : 0;
  for (size_t at = s.size() - 3; at > first + 3;) {
    at -= 3;
    s.insert(at, 1, ' ');
  }
  return s;
}

std::string wan_yuan(Fen f) {
  const int64_t half = f.raw() < 0 ? -5'000 : 5'000;
  return decimal((f.raw() + half) / 10'000, 2);
}

std::string_view unit_zh(Instrument i) { return counted_in_kg(i) ? "公斤" : "亩"; }
std::string_view unit_en(Instrument i) { return counted_in_kg(i) ? "kg" : "mu"; }

}  // namespace landex::wire
