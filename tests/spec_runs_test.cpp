// The yearly runs between governments, whatever they are for: a dry run tells every line and moves nothing; one person
// proposes that it is paid and another approves; all of it is paid at once or none; paid once a year; what changed
// since is not paid; undone only by a new run that names it (H66-3, H66-20).
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/run_script.hpp"

namespace landex {
namespace {

using script::Governments;

/// 100 mu at 300 for 余杭 are 30 000 yuan, 80 mu for 建德 24 000; the fund holds 60 000.
constexpr std::string_view kBegin = R"(
    open 2024-06-03                                                → done
    fund 杭州 10.00 wan                                            → done
    earmark protection 6.00 wan                                    → done
    p1 = standard provincial_protection 2024 250                   → done
    c1 = standard city_protection 2024 300                         → done
    | 余杭 good 100.0000
    | 建德 good  80.0000
    r1 = reckon protection 2024 budget 6.00 wan                    → done
      line 杭州→余杭 30 000.00 yuan protection area 100.0000 rate 300 share 10000 H66-3.1
      line 杭州→建德 24 000.00 yuan protection area 80.0000 rate 300 share 10000 H66-3.1
      total 54 000.00 yuan
)";
void check(std::string_view script) {
  Governments g;
  g.check(kBegin);
  g.check(script);
}

TEST(Runs, ADryRunTellsEveryLineAndMovesNothing) {
  check(R"(
    run r1 reckoned
    purse protection 6.00 wan
    cash 杭州 free 4.00 wan
    cash 余杭 free 0.00 yuan
    cash 建德 free 0.00 yuan
    | 余杭 good 100.0000
    r2 = reckon protection 2024 budget 6.00 wan                    → done     # another dry run, as often as one likes
      entry nothing
    purse protection 6.00 wan
  )");
}

TEST(Runs, PayingPaysEveryLineFromTheCitysSubAccountAndSaysSoInTheLedger) {
  // H66-20: 60 000 − 54 000 = 6 000 stay in the sub-account.
  check(R"(
    execute r1                                                     → done
      line 杭州→余杭 30 000.00 yuan protection area 100.0000 rate 300 share 10000 H66-3.1
      line 杭州→建德 24 000.00 yuan protection area 80.0000 rate 300 share 10000 H66-3.1
      total 54 000.00 yuan
      entry 杭州.funds→余杭.free 30 000.00 yuan H66-3.1
      entry 杭州.funds→建德.free 24 000.00 yuan H66-3.1
    run r1 paid
    purse protection 6 000.00 yuan
    cash 杭州 free 4.00 wan
    cash 余杭 free 30 000.00 yuan
    cash 建德 free 24 000.00 yuan
  )");
}

TEST(Runs, WhatIsPaidIsPaidOnceForItsKindAndYear) {
  check(R"(
    | 余杭 good 100.0000
    r2 = reckon protection 2024 budget 6.00 wan                    → done
    execute r1                                                     → done
    execute r1                                                     → refused run_state_forbids
    execute r2                                                     → refused run_already_paid
    | 余杭 good 100.0000
    reckon protection 2024 budget 6.00 wan                         → refused run_already_paid
    standard provincial_protection 2023 250                        → done
    standard city_protection 2023 250                              → done
    | 余杭 good 20.0000
    r3 = reckon protection 2023 budget 6.00 wan                    → done
      total 5 000.00 yuan
    execute r3                                                     → done
  )");
}

TEST(Runs, AFundThatIsShortPaysNothingAtAll) {
  // H66-20: of 54 000 there are 53 999.99.
  check(R"(
    earmark protection 6 000.01 yuan back                          → done
    execute r1                                                     → refused fund_short H66-20
    purse protection 53 999.99 yuan
    cash 余杭 free 0.00 yuan
    earmark protection 0.01 yuan                                   → done
    execute r1                                                     → done
    purse protection 0.00 yuan
  )");
}

TEST(Runs, WhatWouldBeReckonedOtherwiseTodayIsNotPaid) {
  // H66-3.3: the city's figure is corrected from 300 to 310 after the dry run.
  check(R"(
    revoke c1                                                      → done
    execute r1                                                     → refused no_standard H66-3.3
    standard city_protection 2024 310                              → done
    execute r1                                                     → refused run_stale
    | 余杭 good 100.0000
    | 建德 good  80.0000
    r2 = reckon protection 2024 budget 6.00 wan                    → done
      total 55 800.00 yuan
    execute r2                                                     → done
    purse protection 4 200.00 yuan
  )");
}

TEST(Runs, WhatWasPaidIsUndoneOnlyByARunThatNamesItAndThenItCanBePaidAnew) {
  check(R"(
    reverse r1                                                     → refused run_state_forbids
    execute r1                                                     → done
    r2 = reverse r1                                                → done
      line 建德→杭州 24 000.00 yuan protection area 80.0000 rate 300 share 10000 H66-3.1
      line 余杭→杭州 30 000.00 yuan protection area 100.0000 rate 300 share 10000 H66-3.1
      total 54 000.00 yuan
      entry nothing
    run r1 paid
    r3 = reverse r1                                                → done
    execute r2                                                     → done
      entry 建德.free→杭州.funds 24 000.00 yuan H66-3.1
      entry 余杭.free→杭州.funds 30 000.00 yuan H66-3.1
    run r1 reversed
    run r2 paid
    purse protection 6.00 wan
    cash 余杭 free 0.00 yuan

    execute r3                                                     → refused run_state_forbids   # r1 is no more paid
    reverse r1                                                     → refused run_state_forbids
    reverse r2                                                     → refused run_state_forbids   # a reversal stays
    execute r1                                                     → refused run_state_forbids
    | 余杭 good 100.0000
    r4 = reckon protection 2024 budget 6.00 wan                    → done
    execute r4                                                     → done
    purse protection 3.00 wan
  )");
}

TEST(Runs, AReversalTakesFromACountyWhatItStillHasOrNothingFromAnybody) {
  // H66-3.1: 建德 has spent one fen of its 24 000.
  check(R"(
    execute r1                                                     → done
    r2 = reverse r1                                                → done
    withdraw 建德 0.01 yuan                                        → done
    execute r2                                                     → refused not_enough_money H66-3.1
    cash 余杭 free 30 000.00 yuan
    fund 建德 0.01 yuan                                            → done
    execute r2                                                     → done
    cash 余杭 free 0.00 yuan
    cash 建德 free 0.00 yuan
  )");
}

TEST(Runs, OnePersonProposesThatItIsPaidAndAnotherApproves) {
  // With the chain that is shipped for the simulation: approved by the bureau.
  auto pack = script::governments();
  pack.chains = script::shipped().pack.chains;
  std::erase_if(pack.chains, [](const policy::Chain& c) { return c.subject != policy::SubjectKind::execute_run; });
  if (pack.chains.empty())
    pack.chains.push_back(
        {.subject = policy::SubjectKind::execute_run,
         .venue = policy::ChainVenue::simulation,
         .from = pack.from,
         .until = pack.until,
         .steps = {{.step = policy::StepKind::approve, .role = policy::ChainRole::bureau, .within = 5}},
         .notice = 0,
         .clause = policy::Clause::h66_20,
         .origin = policy::Origin::our_default});
  Governments g{pack};
  g.check(kBegin);
  g.check(R"(
    execute r1                                                     → refused approval_needed
    q1 = ask execute r1                                            → done
      entry nothing
    pass q1                                                        → refused needs_another_person
    by 2 pass q1                                                   → done
      entry 杭州.funds→余杭.free 30 000.00 yuan H66-3.1
      entry 杭州.funds→建德.free 24 000.00 yuan H66-3.1
    run r1 paid
    ask execute r1                                                 → refused run_state_forbids
  )");
}

TEST(Runs, WhatNobodyHasReckonedIsNotPaid) {
  check(R"(
    execute c1                                                     → refused unknown_run
    reverse c1                                                     → refused unknown_run
  )");
}

TEST(Runs, OfCountiesThatReachFurtherThanNumbersDoNothingIsReckoned) {
  // 10 million mu at 50 million yuan a mu are more than a number on the wire: H66-3.1.
  check(R"(
    standard provincial_protection 2023 50000000                   → done
    standard city_protection 2023 50000000                         → done
    | 余杭 good 10000000.0000
    reckon protection 2023 budget 6.00 wan                         → refused total_out_of_range
  )");
}

}  // namespace
}  // namespace landex
