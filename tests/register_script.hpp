// register_script.hpp: the table language of the specs of transfers between governments, for what is registered: funds,
// published figures, tasks, enclaves, reserved scale, and the runs that pay what was agreed. One line, one command of
// the bureau, and behind → all that it told, or why it was refused with the numbers that the refusal names. What is no
// word of this language is a line of the market's (market_script.hpp). Areas are in mu, rates in yuan per mu, money in
// yuan without spaces.
//
//   earmark|give-back protection 300.00      → balance 300.00; 杭州 free→funds 300.00 H66-20
//   s1 = publish city_protection 2024 300    → published           revoke s1 → revoked
//   task 建德 2023 100.0000                  → task 2023..2027     restored 建德 2023 40.0000 → restored 40.0000
//   u1 = undertake 建德→余杭 2023 10.0000 @20000 [built 4.0000]    → undertaken, guide 21000|none[; warned …]
//   e1 = enclave 建德→余杭 industrial 1500.0000 [included 800.0000] → reduces 750.0000 of 余杭 | reduces nothing
//   agree e1 100.0000 2024-01-01..2026-12-31 → agreed
//   scale 建德 梅城 1000.0000                → reserved 50.0000
//   use-scale [of 余杭] 建德 梅城 tourism 10.0000 → left 40.0000   (of: an officer of that place asks, not the bureau)
//   r1 = reckon restoration|enclave 2024     → total 100.00; 余杭→建德 undertaking 10.0000 × 10 = 100.00 H66-5.2 u1
//   r2 = reverse r1                          pay-run r1 → paid 100.00; 余杭→建德 100.00 H66-5.2
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/government_script.hpp"
#include "tests/market_script.hpp"

namespace landex::script {

class Registers {
 public:
  explicit Registers(policy::Pack pack = with_government_rows(at_once())) : market_{{.pack = std::move(pack)}} {}

  /// Runs a script; a line that does not hold fails the running test. So does a script without a line.
  void check(std::string_view script);

  const Market& market() const { return market_; }

 private:
  friend class RegisterLine;
  std::string told(const engine::Events& events) const;
  std::string name_of(uint64_t number) const;

  Market market_;
  std::map<std::string, uint64_t> names_;
};

/// On a fresh market with the rows of every clause.
inline void check_registers(std::string_view script) { Registers{}.check(script); }

}  // namespace landex::script
