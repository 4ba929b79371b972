// uppercase.hpp: an amount of money in the capital numerals 大写 of Chinese bookkeeping, exact from the fen. As
// 《正确填写票据和结算凭证的基本规定》 has it; where that leaves a choice, ours: 整 also after 角, and no 零 where the
// digit of 万 or 元 is zero and the next is not (107 000.53 is 壹拾万柒仟元伍角叁分). Pure.
#pragma once
#include <string>

#include "matching/types/money.hpp"

namespace landex::deeds {

/// As far as the capitals go: 90 万亿元 on either side of zero.
inline constexpr Fen kMostInCapitals = Fen::fen(9'000'000'000'000'000);

/// 2 000 000.00 元 → 人民币贰佰万元整; negative: 人民币负…. The caller has checked that it is not beyond the most.
std::string uppercase(Fen amount);

}  // namespace landex::deeds
