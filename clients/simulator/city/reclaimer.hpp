// reclaimer.hpp: a unit that reclaims land and files it (H66-7.7): lot by lot up its cost curve, as its money allows.
// Reclaiming is paid when the lot is filed; who has not got the money waits for income, or has it sooner by the advance
// of H66-7.5, which is netted against what the pool owes, and of which the rest is repaid at the end of the year.
#pragma once
#include "clients/simulator/city/town.hpp"

namespace landex::simulator {

class Reclaimers {
 public:
  void begin(const Plan& plan);
  /// Every mountain-4 unit applies for the advance on the contract of its year: all its lots.
  void apply_for_advances(Town& town, Day filing_by);
  /// Lots whose session has come are filed, as far as there is money.
  void file_lots(Town& town);
  /// Repays what was not netted, as far as there is money.
  void repay_advances(Town& town);

 private:
  std::vector<PlannedLot> waiting_;  // by unit, session
};

}  // namespace landex::simulator
