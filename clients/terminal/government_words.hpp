// government_words.hpp: what people type for a kind of run, figure, fund, enclave or trade: its name in the sources
// ("homestead_reward") or its Chinese name. The lists are those of the enums: nothing is written twice.
#pragma once
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "exchange/wire/government_names.hpp"

namespace landex::terminal {

template <class Enum>
std::optional<Enum> from_word(std::string_view word) {
  std::optional<Enum> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto d) {
    if (word == d.name || word == wire::name_of(d.value).zh) found = d.value;
  });
  return found;
}

/// "protection 耕地保护补偿, pbf 永久基本农田保护补偿, …"
template <class Enum>
std::string words_for() {
  std::string out;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto d) {
    out += (out.empty() ? "" : ", ") + std::string{d.name} + " " + std::string{wire::name_of(d.value).zh};
  });
  return out;
}

}  // namespace landex::terminal
