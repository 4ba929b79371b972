// government_arguments.hpp: what people type about transfers between governments, as types.
#pragma once
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>

#include "clients/cli/arguments.hpp"
#include "clients/terminal/government_words.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::cli {

using terminal::from_word;
using terminal::words_for;

template <class Enum>
Enum word_arg(const char* option, const std::string& text) {
  if (const auto value = from_word<Enum>(text)) return *value;
  throw UsageError{fmt::format("{}: '{}' is not known; write one of / 不认识“{}”，应为以下之一：{}", option, text, text,
                               words_for<Enum>())};
}

inline Rate yuan_per_mu_arg(const char* option, const std::string& text) {
  if (const auto value = wire::from_decimal(text, 0)) return Rate::yuan_per_mu(*value);
  throw UsageError{fmt::format("{}: '{}' is no whole number of yuan per mu\n{}：“{}”不是整数，单位为元/亩", option,
                               text, option, text)};
}

inline Area area_arg(const char* option, const std::string& text) {
  return Area::from_raw(quantity_arg(option, text, Instrument::linkage).raw());
}

/// As far as a year goes on the wire; what a run or figure allows, its rule says.
inline CLI::Range year_range() { return CLI::Range(1, 9999); }

}  // namespace landex::cli
