// member_kinds.hpp: what kind of thing a member of a message is, which decides how it travels: a scalar (with its raw
// number), a text form (text, day, rule id), an optional, a list of tables, one of several tables, or a table.
#pragma once
#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "clearing/policy/clause.hpp"
#include "exchange/engine/closed.hpp"
#include "matching/types/day.hpp"

namespace landex::wire {

template <class T>
struct Wrapped : std::false_type {};
template <class T>
struct Wrapped<std::optional<T>> : std::true_type {
  using Inner = T;
};

template <class T>
struct Listed : std::false_type {};
template <class T>
struct Listed<std::vector<T>> : std::true_type {
  using Inner = T;
};

template <class T>
struct Chosen : std::false_type {};
template <class... Ts>
struct Chosen<std::variant<Ts...>> : std::true_type {};
template <engine::Closed T>
struct Chosen<T> : std::true_type {};

template <class T>
concept TextForm = std::same_as<T, std::string> || std::same_as<T, Day> || std::same_as<T, policy::Clause>;
template <class T>
concept Counted = requires(const T& t) { t.raw(); } && !TextForm<T>;
template <class T>
concept Scalar = !TextForm<T> && (std::integral<T> || std::is_enum_v<T> || Counted<T>);

template <class T>
concept OptionalScalar = Wrapped<T>::value && Scalar<typename Wrapped<T>::Inner>;

}  // namespace landex::wire
