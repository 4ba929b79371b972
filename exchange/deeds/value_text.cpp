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
