// closed.hpp: a closed list as a type of its own. A std::variant makes its copies, moves and its end anew in every file
// that sees it, and asks all alternatives which of them a value could become: with some forty of them that was most of
// what the compiler did. Here a value is one of the list or does not compile, and the rest is compiled once
// (closed.cpp, views.cpp). std::visit, std::get and the like take it as the variant that it is.
#pragma once
#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>

namespace landex::engine {

template <class T, class List>
inline constexpr bool kIsOneOf = false;
template <class T, class... Ts>
inline constexpr bool kIsOneOf<T, std::variant<Ts...>> = (std::is_same_v<T, Ts> || ...);

/// A type made so.
template <class T>
concept Closed = requires { typename T::Alternatives; } && std::is_base_of_v<typename T::Alternatives, T>;

/// The variant that it is: itself, if it is not a closed list.
template <class T>
struct VariantOf {
  using Type = T;
};
template <Closed T>
struct VariantOf<T> {
  using Type = typename T::Alternatives;
};

// What `struct Name : List` declares: made of one of the list; copies, moves and its end are compiled elsewhere.
#define LANDEX_CLOSED(Name, List)                                                           \
  using Alternatives = List;                                                                \
  template <class T>                                                                        \
    requires kIsOneOf<std::remove_cvref_t<T>, List>                                         \
  Name(T&& one) : List(std::in_place_type<std::remove_cvref_t<T>>, std::forward<T>(one)) {} \
  Name();                                                                                   \
  Name(const Name&);                                                                        \
  Name(Name&&) noexcept;                                                                    \
  Name& operator=(const Name&);                                                             \
  Name& operator=(Name&&) noexcept;                                                         \
  ~Name();

// The same, in the one file that compiles them.
#define LANDEX_CLOSED_BODY(Name)                    \
  Name::Name() = default;                           \
  Name::Name(const Name&) = default;                \
  Name::Name(Name&&) noexcept = default;            \
  Name& Name::operator=(const Name&) = default;     \
  Name& Name::operator=(Name&&) noexcept = default; \
  Name::~Name() = default;

}  // namespace landex::engine
