// record.hpp: one row of a kind of record → one command. What is wrong is added to `faults`, all of it; then what is
// returned means nothing.
#pragma once
#include "clients/feeds/adapter.hpp"

namespace landex::feeds {

/// The names that stand in a header or in a record: known, given once, and all that are required.
void check_names(const std::string& file, size_t line, const std::vector<Field>& given, const Kind& kind,
                 Faults& faults);

Record read_record(const Kind& kind, const std::string& file, const Row& row, const wire::PlaceNames& places,
                   Faults& faults);

}  // namespace landex::feeds
