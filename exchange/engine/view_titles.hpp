// view_titles.hpp: what may be told of titles, and which products are open. A district sees the titles that it holds
// and those that lie in it, whoever holds them; the bureau, analysts and auditors see all. Products are public.
#pragma once
#include "exchange/engine/state.hpp"
#include "exchange/engine/views.hpp"

namespace landex::engine {

view::Titles titles_of(const State& s, const Asker& who, const query::GetTitles& q);
view::Products products_of(const State& s);

}  // namespace landex::engine
