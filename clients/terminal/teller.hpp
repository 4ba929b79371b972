// teller.hpp: one event as a sentence in both languages. Most events of an order's life name the order and not its
// instrument, so a teller remembers which order is of which: an amount without its unit would mislead. Where it was
// never told (an order placed before it began), the sentence leaves the amount out. The lines of a run between
// governments follow its sentence as a table. Not shared between threads.
#pragma once
#include <map>
#include <string>

#include "clients/terminal/print.hpp"

namespace landex::terminal {

class Teller {
 public:
  /// `names` outlives it.
  explicit Teller(const Names& names) : names_{names} {}

  /// Empty for ledger entries that the sentence before already tells, and for what only machines need.
  std::string line_of(const engine::Event& e);

  /// What is known from elsewhere, such as a list of orders. Of very many orders the oldest are forgotten.
  void learn(OrderId order, Instrument instrument);

 private:
  const Names& names_;
  std::map<OrderId, Instrument> instrument_of_;
};

}  // namespace landex::terminal
