// export.hpp: what landex holds, for 空间智治: sheets with stable columns, as CSV or JSON (H66-21.1). Units stand in
// the column's name, or, where a column holds several, in the column `unit` beside it. Every amount stands twice:
// written for people, and as the raw integer that landex counts in (`…_raw`: 0.0001 mu, kg or fen), which is exact
// everywhere. Columns are appended, never moved. Batches, projects and disputes carry what an import wants: one of them
// that is imported again is known, and nothing comes of it.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "clients/feeds/fault.hpp"
#include "exchange/engine/views.hpp"
#include "exchange/wire/refusal_text.hpp"

namespace landex::feeds {

struct SheetCell {
  std::string text;
  bool number = false;  // in JSON: a number, not a string
};
struct Sheet {
  std::vector<std::string> columns;
  std::vector<std::vector<SheetCell>> rows;  // each as long as `columns`
};

Sheet sheet_of(const engine::view::Holdings& v, const wire::PlaceNames& places);
Sheet sheet_of(std::span<const engine::view::LineageRow> filings, const wire::PlaceNames& places);
Sheet sheet_of(const engine::view::Lots& v, const wire::PlaceNames& places);
Sheet sheet_of(const engine::view::Projects& v, const wire::PlaceNames& places);
Sheet sheet_of(const engine::view::Conflicts& v, const wire::PlaceNames& places);
Sheet sheet_of(const engine::view::Deals& v, const wire::PlaceNames& places);
Sheet sheet_of(const engine::view::Pool& v, const wire::PlaceNames& places);

/// What is wrong in feeds, for programs.
Sheet sheet_of(const Faults& faults);

/// RFC 4180: every cell in quotes, lines end in CR LF. `mark`: with the byte-order mark that Excel looks for.
std::string csv_of(const Sheet& sheet, bool mark);
/// An array of objects with the names of the columns, one a line.
std::string json_of(const Sheet& sheet);

}  // namespace landex::feeds
