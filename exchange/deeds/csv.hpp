// csv.hpp: a table of a paper as a file: RFC 4180 (CRLF, quotes where they are needed), UTF-8, units in the names of
// the columns. What counts something is told twice: as people read it, and as the raw whole number, so that nobody has
// to trust a float: area_mu and area_e4mu, amount_yuan and amount_fen, price_wan_per_mu and price_tick. Words are told
// in both languages: cause_zh, cause_en. Sums are left to the reader. Pure.
#pragma once
#include <string>

#include "exchange/deeds/paper.hpp"

namespace landex::deeds {

/// A spreadsheet (Excel, WPS) wants a byte order mark, and would run text that begins like a formula: such text gets an
/// apostrophe in front. A program gets the text as it is.
enum class CsvReader : uint8_t { program = 1, spreadsheet = 2 };

std::string csv(const Table& table, CsvReader reader);

}  // namespace landex::deeds
