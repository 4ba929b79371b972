// arguments.hpp: what people type, as types: "100.0000" mu, "19.50" 万元/亩, 建德 or 330182, 2024-06-03. A wrong one is
// a usage error that names the option, the value and what is wanted.
#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "clients/terminal/print.hpp"
#include "matching/types/day.hpp"
#include "matching/types/price.hpp"
#include "matching/types/trade.hpp"

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
Side side_arg(const char* option, const std::string& text);
SelfTrade self_trade_arg(const char* option, const std::string& text);
matching::Phase phase_arg(const char* option, const std::string& text);

/// "09:30" or "09:30:15", up to "24:00"; nothing if it is no time of day.
std::optional<matching::TimeOfDay> time_from(std::string_view text);

/// Beijing time: "14:30" or "14:30:05" of the day that `now` falls on there, or with its day "2024-06-03T14:30".
Instant instant_arg(const char* option, const std::string& text, Instant now);
/// This machine's clock.
Instant now();

/// A number that nobody can foretell: the ends of the day's calls hang from it, and ties among sealed bids. 53 bits: no
/// message has a larger one, so that every reader of JSON has it exactly.
uint64_t drawn();

}  // namespace landex::cli
