// print_titles.hpp: titles and products on a terminal: their names, the titles of a deal, and the two tables.
#pragma once
#include "clients/terminal/print.hpp"

namespace landex::terminal {

std::string product_zh(clearing::Product p);
std::string state_zh(clearing::TitleState s);

/// "标的 P1 @ 20.00 万元/亩 + …"
std::string lot_of(const std::vector<engine::command::TitleLeg>& titles);
/// "，项目 project … (市重大项目 …)"; nothing where none has landed.
std::string landing_of(const std::optional<engine::command::Landing>& landing);

std::string table_of(const engine::view::Titles& v, const Names& n);
std::string table_of(const engine::view::Products& v);

}  // namespace landex::terminal
