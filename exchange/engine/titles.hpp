// titles.hpp: what several steps do with titles (clearing/titles.hpp): the terms of a directed sale that names some,
// the reserve library, whose plots are titles from the day on which they are entered, and the use of pooled plots.
//
// HELD FOR A DEAL: from the moment on which the seller holds for a deal until that ends, the titles that it names are
// on offer under its number; then they are the buyer's, or free again. The engine's audit holds both against each
// other.
#pragma once
#include "clearing/products.hpp"
#include "exchange/engine/steps.hpp"

namespace landex::engine {

using clearing::Product;
using clearing::Title;
using clearing::TitleState;

inline constexpr size_t kMaxTitles = 50;  // of one deal, or used at once

/// Rates of titles are told like those of land that is counted in mu.
inline constexpr Instrument kPricedPerMu = Instrument::linkage;

// ---- conditions ----

/// May this product be traded on that day? By the rule set, or by an approval in force.
bool is_open(const State& s, Product p, Day on);

/// The title, if there is one of that number.
const Title* require_title(const Asked& a, const std::string& number);

/// No title has this number, and so no plot of the library.
void require_new_title(const Asked& a, const std::string& number);

/// It is in one of these states.
void require_title_state(const Asked& a, const Title& t, std::initializer_list<TitleState> wanted);

/// It is this participant's.
void require_holder(const Asked& a, const Title& t, District holder);

/// The titles of a proposal or of an answer to one: open today, the seller's and free (or held for `deal`, which an
/// answer frees), each once, at prices that can be reckoned. What they come to is added to `amount`; false if that
/// cannot be said.
bool require_titles(const Asked& a, District seller, const std::vector<command::TitleLeg>& titles,
                    std::optional<DealId> deal, Fen& amount);

/// H66-6.5: where titles of more than one of the three balances go together, a major project has landed.
void require_landing(const Asked& a, const std::vector<command::TitleLeg>& titles,
                     const std::optional<command::Landing>& landing);

/// Where its number is that of a plot, the plot is not in dispute (H66-9): a dispute keeps it from being sold or used.
void require_undisputed(const Asked& a, const clearing::Title& t);

/// When the seller accepts what the buyer proposed: its titles are still there, whole.
void require_titles_stand(const Asked& a, const Deal& deal);

// ---- of a deal ----

Fen amount_of(const State& s, const std::vector<command::TitleLeg>& titles);

/// What the payment of a deal without land cites: the joint balance, or the product of its first title.
std::optional<policy::Clause> clause_of_titles(const State& s, const std::vector<command::TitleLeg>& titles);

void offer_titles(Doing& d, const Deal& deal);
void free_titles(Doing& d, const Deal& deal);
void deliver_titles(Doing& d, const Deal& deal);

// ---- of the library ----

/// A plot that has been entered is a title of its county.
void add_title_of_plot(Doing& d, const std::string& plot);

/// H66-6.2: the city takes whole plots up to its share, of those that their county still has and is free to give, and
/// that are not in dispute.
void pool_plots(Doing& d, const policy::RowId& share, District county);

/// Has the city this plot, and has no project used it?
inline bool is_pooled(const State& s, const std::string& plot) {
  const Title* t = s.titles.find(plot);
  return t && t->state == TitleState::pooled;
}

/// A pooled plot is used for a major project of the city, in that county (H66-6.3).
void use_pooled_plot(Doing& d, const std::string& plot, District county, const std::string& project, uint64_t cause);

// ---- for all ----

/// The title is in that state, of that holder, from here on; and it is told.
void move_title(Doing& d, Title& t, District to, TitleState state, std::optional<policy::Clause> clause,
                uint64_t cause);

/// Empty if titles, deals and the library agree; else what does not.
std::string audit_titles(const State& s);

}  // namespace landex::engine
