#include "exchange/deeds/uppercase.hpp"

#include <array>
#include <cassert>
#include <string_view>

namespace landex::deeds {
namespace {

constexpr std::array<std::string_view, 10> kDigits{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
constexpr std::array<std::string_view, 4> kPlaces{"仟", "佰", "拾", ""};

/// 1 … 9 999, zeros inside told once, those at the ends not at all.
void group(std::string& out, int64_t value) {
  bool begun = false, zero = false;
  int64_t place = 1000;
  for (const std::string_view name : kPlaces) {
    const auto digit = static_cast<size_t>(value / place % 10);
    place /= 10;
    if (digit == 0) {
      zero = begun;
      continue;
    }
    if (zero) out += kDigits[0];
    zero = false;
    begun = true;
    out += kDigits[digit];
    out += name;
  }
}

/// From 1 yuan on.
std::string whole(int64_t yuan) {
  constexpr std::array<int64_t, 4> kGroups{1'000'000'000'000, 100'000'000, 10'000, 1};  // 万亿, 亿, 万, 元
  std::string out;
  bool skipped = false;
  for (size_t g = 0; g < kGroups.size(); ++g) {
    const int64_t value = yuan / kGroups[g] % 10'000;
    const bool yi_to_close = g == 1 && yuan >= kGroups[0];  // 万亿 is told as 万 … 亿
    if (value == 0) {
      skipped = !out.empty();
      if (yi_to_close) out += "亿";
      continue;
    }
    if (!out.empty() && (skipped || value < 1'000)) out += kDigits[0];
    skipped = false;
    group(out, value);
    out += g == 0 || g == 2 ? "万" : g == 1 ? "亿" : "";
  }
  return out;
}

}  // namespace

std::string uppercase(Fen amount) {
  assert(amount <= kMostInCapitals && -amount <= kMostInCapitals);
  std::string out = amount < Fen{} ? "人民币负" : "人民币";
  const int64_t fen = amount < Fen{} ? -amount.raw() : amount.raw();
  const int64_t yuan = fen / 100;
  const auto tenths = static_cast<size_t>(fen / 10 % 10), hundredths = static_cast<size_t>(fen % 10);
  if (fen == 0) return out + "零元整";
  if (yuan > 0) out += whole(yuan) + "元";
  if (tenths > 0) out.append(kDigits[tenths]).append("角");
  if (hundredths == 0) return out + "整";
  if (tenths == 0 && yuan > 0) out += kDigits[0];
  return out.append(kDigits[hundredths]).append("分");
}

}  // namespace landex::deeds
