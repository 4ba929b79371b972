// Construction land that a township plan reserves for rural projects (H66-17): no more than 5 % of its new scale, for
// projects of the six trades that the clause names.
#include <gtest/gtest.h>

#include "tests/register_script.hpp"

namespace landex {
namespace {

using policy::Parameter;
using script::check_registers;
using script::Registers;
using script::with_government_rows;

TEST(ReservedScale, IsFivePercentOfTheNewScaleRoundedDown) {
  // H66-17 «不超过5%»: 1 000 × 5 % = 50; 0.0039 × 5 % = 0.000195, down 0.0001; 0.0019: nothing.
  check_registers(R"(
    open 2024-06-03                              → done
    scale 建德 梅城 1000.0000                    → reserved 50.0000
    scale 建德 梅城 2000.0000                    → refused already_registered H66-17 建德
    scale 余杭 梅城 0.0039                       → reserved 0.0001      # another county's, of the same name
    scale 建德 乾潭 0.0019                       → reserved 0.0000
    scale 建德 寿昌 0.0000                       → refused value_out_of_range
    scale 杭州 寿昌 1.0000                       → refused unknown_unit 杭州
  )");
}

TEST(ReservedScale, IsUsedByProjectsOfTheSixTradesUntilNothingIsLeft) {
  // H66-17. 50 − 10 − 5 − 5 − 5 − 5 = 20; then 20 more are the last.
  check_registers(R"(
    open 2024-06-03                              → done
    scale 建德 梅城 1000.0000                    → reserved 50.0000
    use-scale 建德 梅城 farming 50.0001          → refused over_reserved_scale H66-17 needed_area 50.0001 available_area 50.0000
    use-scale 建德 梅城 farming 10.0000          → left 40.0000
    use-scale 建德 梅城 processing 5.0000        → left 35.0000
    use-scale 建德 梅城 cold_chain 5.0000        → left 30.0000
    use-scale 建德 梅城 tourism 5.0000           → left 25.0000
    use-scale 建德 梅城 leisure 5.0000           → left 20.0000
    use-scale of 建德 建德 梅城 study 20.0000    → left 0.0000
    use-scale 建德 梅城 farming 0.0001           → refused over_reserved_scale H66-17 needed_area 0.0001 available_area 0.0000
    use-scale 建德 乾潭 farming 0.0001           → refused unknown_scale H66-17 建德
    use-scale 余杭 梅城 farming 0.0001           → refused unknown_scale H66-17 余杭
    use-scale of 余杭 建德 梅城 farming 0.0001   → refused not_permitted 余杭
  )");
}

TEST(ReservedScale, IsReckonedByTheRowOfTheDayAndWithoutOneIsNotEntered) {
  const auto pack = with_government_rows(script::at_once());
  Registers{script::with_value(pack, Parameter::reserved_scale_share, 400)}.check(R"(
    open 2024-06-03                              → done      # H66-17 with 4 %
    scale 建德 梅城 1000.0000                    → reserved 40.0000
  )");
  Registers{script::without(pack, Parameter::reserved_scale_share)}.check(R"(
    open 2024-06-03                              → done
    scale 建德 梅城 1000.0000                    → refused no_rule_in_force H66-17
  )");
}

TEST(ReservedScale, IsNotUsedOnceItsClauseHasEnded) {
  // H66-17, as if superior law had ended it with 2024.
  policy::Pack pack = with_government_rows(script::at_once());
  pack.ended.push_back({.clause = policy::Clause::h66_17, .last = script::on(2024, 12, 31), .document = "上位文件"});
  Registers{pack}.check(R"(
    open 2024-12-31                              → done
    scale 建德 梅城 1000.0000                    → reserved 50.0000
    close 2024-12-31                             → done
    open 2025-01-02                              → done
    scale 建德 乾潭 1000.0000                    → refused rule_ended H66-17
    use-scale 建德 梅城 farming 1.0000           → refused rule_ended H66-17
  )");
}

}  // namespace
}  // namespace landex
