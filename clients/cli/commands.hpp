// commands.hpp: the commands of `landex`, by subject. Each function adds its commands and their options to the program;
// what was chosen is run after parsing.
#pragma once
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "clients/cli/arguments.hpp"
#include "clients/cli/context.hpp"

namespace landex::cli {

using Chosen = std::function<int()>;

void add_reading(CLI::App& app, Context& c, Chosen& chosen);    // status, holding, pool, book, trades, watch
void add_orders(CLI::App& app, Context& c, Chosen& chosen);     // order
void add_deals(CLI::App& app, Context& c, Chosen& chosen);      // deal
void add_auctions(CLI::App& app, Context& c, Chosen& chosen);   // auction
void add_approvals(CLI::App& app, Context& c, Chosen& chosen);  // approve
void add_advances(CLI::App& app, Context& c, Chosen& chosen);   // pool advance, behind add_reading
void add_pool(CLI::App& app, Context& c, Chosen& chosen);       // pool request, allocate …, behind add_reading
void add_registry(CLI::App& app, Context& c, Chosen& chosen);   // registry
void add_needs(CLI::App& app, Context& c, Chosen& chosen);      // need, gap, balance
void add_projects(CLI::App& app, Context& c, Chosen& chosen);   // project, plot, lineage, lots
void add_titles(CLI::App& app, Context& c, Chosen& chosen);     // product, title; registry flag, behind add_registry
void add_money(CLI::App& app, Context& c, Chosen& chosen);      // price, fund, account
void add_transfers(CLI::App& app, Context& c, Chosen& chosen);  // fund ls …, behind add_money; standard … scale
void add_runs(CLI::App& app, Context& c, Chosen& chosen);       // run
void add_day(CLI::App& app, Context& c, Chosen& chosen);        // day, phase, profile
void add_rules(CLI::App& app, Context& c, Chosen& chosen);      // rules
void add_papers(CLI::App& app, Context& c, Chosen& chosen);     // paper, statement
void add_policy(CLI::App& app, Context& c, Chosen& chosen);     // policy
void add_feeds(CLI::App& app, Context& c, Chosen& chosen);      // feed

inline CLI::App* group(CLI::App& app, const char* name, const char* what) {
  auto* g = app.add_subcommand(name, what);
  g->require_subcommand(1);
  return g;
}

template <class View, class Print>
int ask_view(const Context& c, const engine::Query& q, Print print) {
  return ask(c, q, [&](const wire::Answer& a) { fmt::print("{}", print(std::get<View>(a.view))); });
}

inline std::optional<District> maybe_unit(const Context& c, const std::string& unit) {
  return unit.empty() ? std::nullopt : std::optional{district_arg("--unit", unit, c.names)};
}

}  // namespace landex::cli
