// print_governments.hpp: transfers between governments on a terminal: funds, yearly figures, tasks, enclaves, reserved
// scales, and runs: who pays whom how much, reckoned from what, and what each unit gets and pays on balance.
#pragma once
#include <string>
#include <vector>

#include "clients/terminal/print.hpp"
#include "exchange/wire/government_names.hpp"

namespace landex::terminal {

/// "耕地保护补偿 farmland protection"
template <class Named>
std::string both(Named what) {
  const wire::Name name = wire::name_of(what);
  return std::string{name.zh} + " " + std::string{name.en};
}
std::string mu_rate_of(Rate r);  // "1 200 元/亩"

/// One row for each line: who → whom, item, what it is reckoned from, amount. A column that no line needs is left out.
std::string lines_of(const std::vector<clearing::RunLine>& lines, const Names& n);
/// What each unit gets (+) and pays (−) by these lines, all together 0.
std::string net_of(const std::vector<clearing::RunLine>& lines, const Names& n);
/// The same of what was paid by several runs, one column a run kind: rows and columns add up, and all together is 0.
std::string matrix_of(const engine::view::RunRows& v, const Names& n);

std::string table_of(const engine::view::Funds& v);
std::string table_of(const engine::view::Standards& v);
std::string table_of(const engine::view::RestorationTasks& v, const Names& n);
std::string table_of(const engine::view::EnclaveRows& v, const Names& n);
std::string table_of(const engine::view::Scales& v, const Names& n);
std::string table_of(const engine::view::RunRows& v);                // one row a run
std::string file_of(const engine::view::RunRow& r, const Names& n);  // one run with its lines
std::string heading_of(clearing::RunKind kind, uint16_t year, const std::optional<RunId>& reverses);
std::string next_of(const engine::view::RunRow& r);  // what may be done with it, and how
std::string next_of_reckoned(RunId run);
std::string ours_of(clearing::RunKind kind);  // what of it is our default, not the law

}  // namespace landex::terminal
