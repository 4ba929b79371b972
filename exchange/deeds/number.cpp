#include "exchange/deeds/number.hpp"

#include <algorithm>
#include <array>

#include "exchange/wire/text_forms.hpp"

namespace landex::deeds {

std::string number_of(PaperKind kind, Day day, Sequence told) {
  constexpr std::array<std::string_view, 8> kCharacters{"确", "划", "统", "配", "预", "账", "册", "结"};
  const auto character = kCharacters.at(static_cast<size_t>(kind) - 1);
  return "杭土指" + std::string{character} + "〔" + wire::text_of(day).substr(0, 4) + "〕" +
         std::to_string(told.value) + "号";
}

std::string extract_number(PaperKind kind, Day day, Sequence as_of, District unit, const std::string& of) {
  return number_of(kind, day, as_of) + "-" + std::to_string(unit.raw()) + "-" + of;
}

std::string compact(Day day) {
  std::string s = wire::text_of(day);
  std::erase(s, '-');
  return s;
}

Label number_rule() {
  return {.kind = LabelKind::our_default,
          .about = {"文号规则：类别、业务日期年份、日志序号",
                    "how papers are numbered: kind, year of the business date, journal number"}};
}

}  // namespace landex::deeds
