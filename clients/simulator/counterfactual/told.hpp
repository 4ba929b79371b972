// told.hpp: differences as CSV files in one directory, written as they are found:
//   commands.csv   every command that came out otherwise: who, what, refused or done, first- or second-order, the chain
//                  of causes ("12 < 7": because of 12, which was because of 7), and the refusals with rule and text
//   trades.csv     trades and settled deals that are changed, gone or added, with their terms in both worlds
//   balances.csv   every purse that ends with more or less
//   transfers.csv  what went from one unit to another in total: money that was paid (claims are in balances.csv), land
//   changes.csv    the values that were changed, with their clause
// UTF-8, one header line, RFC 4180 quoting, LF. Areas in mu, capacity in kg, prices in 万元/亩 (capacity: yuan per kg),
// money in yuan, times of Beijing. What is of the other world only is empty. Never writes over a
// file; without `finish`, none is left.
#pragma once
#include <cstdio>
#include <filesystem>
#include <memory>

#include "clients/simulator/counterfactual/counterfactual.hpp"
#include "exchange/wire/refusal_text.hpp"

namespace landex::simulator {

class CsvSink final : public CounterfactualSink {
 public:
  /// The directory is made if it is not there.
  static std::expected<std::unique_ptr<CsvSink>, CounterfactualFault> open(const std::filesystem::path& dir,
                                                                           wire::PlaceNames places);
  ~CsvSink() override;

  std::optional<CounterfactualFault> command(const CommandDifference& d) override;
  std::optional<CounterfactualFault> trade(const TradeDifference& d) override;
  /// The files of the summary; then all are closed.
  std::optional<CounterfactualFault> finish(const CounterfactualSummary& s);

 private:
  struct Output {
    std::string path;
    std::FILE* file = nullptr;
  };
  explicit CsvSink(wire::PlaceNames places) : places_{std::move(places)} {}
  std::optional<CounterfactualFault> write(Output& out, const std::vector<std::string>& cells);
  std::string name_of(District d) const;

  wire::PlaceNames places_;
  Output commands_, trades_, balances_, transfers_, changes_;
};

/// An amount of an asset with its sign: "12.0000" mu, "12" kg, "1200.00" yuan.
std::string amount_text(std::optional<Instrument> asset, int64_t amount);
/// "2024-06-03T09:30:00" in Beijing.
std::string beijing_text(Instant at);

}  // namespace landex::simulator
