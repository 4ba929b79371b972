// print_views.hpp: the answers of landexd as tables.
#pragma once
#include "clients/terminal/print.hpp"

namespace landex::terminal {

std::string table_of(const engine::view::Status& v);
std::string table_of(const engine::view::Holdings& v, const Names& n);
std::string table_of(const engine::view::Orders& v, const Names& n);
std::string table_of(const engine::view::Deals& v, const Names& n);
std::string table_of(const engine::view::Pool& v, const Names& n);
std::string table_of(const engine::view::PriceRows& v);
std::string table_of(const engine::view::Depth& v);
std::string table_of(const engine::view::Auctions& v, const Names& n);
std::string table_of(const engine::view::Inbox& v, const Names& n);
std::string table_of(const engine::view::ProposalFile& v, const Names& n);
std::string table_of(const engine::view::Advances& v, const Names& n);
std::string table_of(const engine::view::Lots& v, const Names& n);
std::string table_of(const engine::view::Lineage& v, const Names& n);
std::string table_of(const engine::view::Projects& v, const Names& n);
std::string table_of(const engine::view::Conflicts& v, const Names& n);
std::string table_of(const engine::view::Entries& v, const Names& n);
std::string table_of(const engine::view::Availability& v, const Names& n);
std::string table_of(const engine::view::Needs& v, const Names& n);
std::string gaps_of(const engine::view::Needs& v, const Names& n);
std::string table_of(const engine::view::Balances& v, const Names& n);
std::string table_of(const wire::Book& book);
std::string table_of(const std::vector<wire::TradeLine>& trades);

/// "sums: land 0, money 0", and each instrument recounted: issued = held + used + cancelled.
std::string sums_of(const engine::view::Status& v);

}  // namespace landex::terminal
