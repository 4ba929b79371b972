// run_script.hpp: the table language of the yearly runs between governments, around that of market_script.hpp: a line
// that it does not know is the market's. What does not come as written fails the test; after every line the audit must
// be clean.
//
//   earmark protection 100.00 wan [back]                      (the city's own money ↔ its sub-account)
//   s1 = standard city_protection 2024 300                    (yuan per mu)           revoke s1
//   | 余杭 good 100.0000 [non_agricultural 1.0000] [non_grain 1.0000] [abandoned 1.0000] [rice 10.0000]
//   | 余杭 80.0000 of 100.0000 of 500.0000                    (PBF of cultivated land of all land)
//   | 余杭 项目甲 100.00 wan                                  (a project, and what its share is of)
//                                                             (rows with | are the facts of the next command)
//   r1 = reckon protection 2024 budget 100.00 wan             r1 = reckon pbf 2024     r1 = reckon restoration 2024
//   r1 = reckon homestead_reward 2024                         r2 = reverse r1          execute r1
//   p1 = ask execute r1        pass p1                        (the bureau; `by 2 …`: its second person)
//
// Below a command, all of a kind if one is told (`line nothing`: none came):
//   line 杭州→余杭 36 000.00 yuan protection area 100.0000 rate 300 share 12000 H66-3.1
//   … after the share: base 1.00 yuan · full 2.00 yuan · about u1 · project 项目甲
//   total 36 000.00 yuan
//   entry 杭州.funds→余杭.free 36 000.00 yuan H66-3.1         (in the ledger)
// And these say how things stand:
//   purse protection 64.00 wan                                (what the sub-account holds)
//   run r1 paid
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/government_script.hpp"
#include "tests/market_script.hpp"

namespace landex::script {

/// What at_once() begins with, and the rows of the runs.
policy::Pack governments();

class Governments {
 public:
  explicit Governments(const policy::Pack& pack = governments(), engine::Venue venue = engine::Venue::simulation)
      : market{{.pack = pack, .venue = venue}} {}

  /// Runs a script. What does not hold is a failure of the running test.
  void check(std::string_view script);
  std::vector<std::string> mismatches(std::string_view script);

  Market market;
  std::map<std::string, uint64_t> names;
};

}  // namespace landex::script
