// described.hpp: walks the members of a described struct. One place, so that the codec, the comparison and the
// canonical encoding all see the same members in the same order.
#pragma once
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "exchange/engine/command.hpp"

namespace landex::engine {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value;

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_any_access>;

/// f(name, member) for each member, in order of declaration.
template <class T, class F>
  requires Described<std::remove_const_t<T>>
constexpr void for_each_member(T& object, F&& f) {
  using Plain = std::remove_const_t<T>;
  boost::mp11::mp_for_each<MembersOf<Plain>>([&](auto d) { f(std::string_view{d.name}, object.*d.pointer); });
}

/// The first member in which two commands differ: its name; "command" if they are of different kinds; "" if equal.
inline std::string differing_field(const Command& a, const Command& b) {
  if (a.index() != b.index()) return "command";
  return std::visit(
      [&b](const auto& left) {
        const auto& right = std::get<std::remove_cvref_t<decltype(left)>>(b);
        std::string name;
        boost::mp11::mp_for_each<MembersOf<std::remove_cvref_t<decltype(left)>>>([&](auto d) {
          if (name.empty() && !(left.*d.pointer == right.*d.pointer)) name = d.name;
        });
        return name;
      },
      a);
}

}  // namespace landex::engine
