// values.hpp: one value of the engine as one value of a row: numbers as they are, days and clauses as text, enumerators
// by name, what is not there as null.
#pragma once
#include <algorithm>
#include <boost/describe/enum_to_string.hpp>
#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "clearing/policy/clause.hpp"
#include "exchange/reports/row.hpp"
#include "exchange/wire/text_forms.hpp"
#include "matching/types/district.hpp"

namespace landex::reports {

template <class T>
concept Counted = requires(const T& t) {
  { t.raw() } -> std::integral;
} && !std::same_as<T, Day>;

/// PostgreSQL takes no NUL inside a text; the wire has seen to it that the rest is UTF-8.
inline std::string storable(std::string text) {
  std::ranges::replace(text, '\0', ' ');
  return text;
}

inline Value value(std::integral auto n) { return static_cast<int64_t>(n); }
template <Counted T>
Value value(const T& t) {
  return static_cast<int64_t>(t.raw());
}
inline Value value(Day d) { return wire::text_of(d); }
inline Value value(policy::Clause c) { return policy::id_of(c); }
inline Value value(std::string_view name) { return name; }  // that stands for ever
inline Value value(const char* name) { return std::string_view{name}; }
inline Value value(const std::string& text) { return storable(text); }
inline Value value(Value v) { return v; }
inline Value value(std::nullopt_t) { return std::monostate{}; }
template <class E>
  requires std::is_enum_v<E>
std::string_view word_of(E e) {
  return boost::describe::enum_to_string(e, "?");
}
template <class E>
  requires std::is_enum_v<E>
Value value(E e) {
  return word_of(e);
}
template <class T>
Value value(const std::optional<T>& t) {
  return t ? value(*t) : Value{};
}

}  // namespace landex::reports
