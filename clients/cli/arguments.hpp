// arguments.hpp: what people type, as types: "100.0000" mu, "19.50" 万元/亩, 建德 or 330182, 2024-06-03. A wrong one is
// a usage error that names the option, the value and what is wanted.
#pragma once
#include <stdexcept>
#include <string>

#include "clients/terminal/print.hpp"
#include "matching/types/day.hpp"
#include "matching/types/price.hpp"

namespace landex::cli {

using terminal::Names;

/// Ends in exit code 2. The one exception of this program; main catches it.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

Quantity quantity_arg(const char* option, const std::string& text, Instrument i);
Rate rate_arg(const char* option, const std::string& text, Instrument i);
Fen wan_arg(const char* option, const std::string& text);
Day day_arg(const char* option, const std::string& text);
District district_arg(const char* option, const std::string& text, const Names& names);
Instrument instrument_arg(const char* option, const std::string& text);

}  // namespace landex::cli
