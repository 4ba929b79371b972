// reports_check.hpp: holds a reports database against the engine: what it says of balances, lots, orders, deals,
// filings, requests, advances, approvals, prices and titles must be the engine's own state, no more and no less.
// Written from the state, not from the projector.
#pragma once
#include <map>
#include <string>

#include "exchange/engine/engine.hpp"
#include "exchange/reports/database.hpp"

namespace landex::testing {

/// Where they differ; empty if nowhere. `seen` counts what was compared, by kind, for a guard.
std::string differences(reports::Database& database, const engine::State& state, std::map<std::string, size_t>& seen);

/// Every table as sorted lines, so that two databases of whatever kind can be compared.
std::map<std::string, std::string> contents(reports::Database& database);

/// The same for large ones: rows and a digest of each table that does not depend on their order.
struct Digest {
  uint64_t rows = 0, sum = 0;
  friend bool operator==(const Digest&, const Digest&) = default;
};
std::map<std::string, Digest> digests(reports::Database& database);

}  // namespace landex::testing
