#include "clients/simulator/report/numbers.hpp"

#include <fmt/format.h>

#include <cmath>

namespace landex::simulator::report {

std::string fixed(double v, int decimals) {
  if (!std::isfinite(v)) return "—";
  const std::string plain = fmt::format("{:.{}f}", std::abs(v), decimals);
  const size_t whole = std::min(plain.find('.'), plain.size());
  std::string out;
  for (size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && i < whole && (whole - i) % 3 == 0) out += "\u202F";
    out += plain[i];
  }
  const bool zero = plain.find_first_not_of("0.") == std::string::npos;  // no "−0.0"
  return v < 0 && !zero ? "−" + out : out;
}

std::string per_cent(double share) { return std::isfinite(share) ? fixed(share * 100, 1) + " %" : "—"; }

Shown shown(std::string_view unit, bool share) {
  if (share) return {100, 1, {"%", "%"}};
  if (unit == "wan yuan/mu") return {1, 2, {"万元/亩", "wan yuan/mu"}};
  if (unit == "mu") return {1, 1, {"亩", "mu"}};
  if (unit == "wan yuan") return {1, 1, {"万元", "wan yuan"}};
  if (unit == "1") return {1, 3, {"", ""}};
  if (unit == "per year") return {1, 3, {"每年", "per year"}};
  return {1, 1, {std::string{unit}, std::string{unit}}};
}

Shown shown(const MeasureFacts& m) {
  const bool count = m.measure >= Measure::commands;
  if (count) return {1, 1, {"", ""}};
  return shown(m.unit, m.share);
}

std::string text_of(const Shown& s, double v) { return fixed(v * s.scale, s.decimals); }

std::string interval(const Shown& s, double low, double high) {
  if (!std::isfinite(low) || !std::isfinite(high)) return "—";
  return text_of(s, low) + " ~ " + text_of(s, high);
}

Words titled_words(const MeasureFacts& m) {
  const Shown s = shown(m);
  Words out{std::string{m.zh}, std::string{m.en}};
  if (!s.unit.zh.empty()) out.zh += "（" + s.unit.zh + "）";
  if (!s.unit.en.empty()) out.en += ", " + s.unit.en;
  return out;
}

std::string titled(const MeasureFacts& m) {
  const Shown s = shown(m);
  std::string out = fmt::format("{} {}", m.zh, m.en);
  if (s.unit.zh.empty()) return out;
  return out + "（" + s.unit.zh + (s.unit.zh == s.unit.en ? "" : " " + s.unit.en) + "）";
}

}  // namespace landex::simulator::report
