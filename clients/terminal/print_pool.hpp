// print_pool.hpp: the pool's requests and allocations as tables, and their words.
#pragma once
#include "clients/terminal/print.hpp"

namespace landex::terminal {

std::string purpose_zh(clearing::RequestClass c);
std::string request_state_zh(clearing::RequestState s);
std::string components_of(const Components& c);  // "10.0000 亩，水田 paddy 2.0000 亩", what is nothing left out

std::string table_of(const engine::view::Requests& v, const Names& n);
std::string table_of(const engine::view::Allocations& v, const Names& n);

}  // namespace landex::terminal
