// The day of an instrument: which phase follows which, what each forbids, what lasts over the close and what does not,
// and how one day's close bounds the next day's prices. Times are those of the clock in Beijing.
#include <gtest/gtest.h>

#include "tests/market_script.hpp"

namespace landex {
namespace {

using script::check;

constexpr std::string_view kLinkage = R"(
    file 淳安 linkage 100.0000  → done
    fund 余杭 1000.00 wan       → done
)";

TEST(Phases, TheTimetableMovesEveryInstrumentAtItsTime) {
  check(R"(
    profile no-band              → done
    tick 2024-06-03T09:00:00     → done
    open 2024-06-03              → done
    session linkage closed
    tick 2024-06-03T09:14:59     → done
      moved nothing
    tick 2024-06-03T09:15:00     → done
      moved area call
      moved paddy call
      moved capacity call
      moved linkage call
    tick 2024-06-03T09:25:00     → done
    session linkage call_no_cancel
    tick 2024-06-03T09:30:00     → done      # without a number drawn, the end is not random
    session linkage continuous
    tick 2024-06-03T11:30:00     → done
    session linkage closed
    tick 2024-06-03T13:00:00     → done
    session linkage continuous
    tick 2024-06-03T15:00:00     → done
    session linkage closed
    close 2024-06-03             → done
      moved nothing
  )");
}

TEST(Phases, WhatIsDueHappensBeforeTheCommandThatFindsItDue) {
  // Nobody ticks between 09:00 and 09:40: the call, its last part and its end come first, in this order.
  check(R"(
    profile no-band              → done
    tick 2024-06-03T09:00:00     → done
    open 2024-06-03              → done
    tick 2024-06-03T09:40:00     → done
      moved area call
      moved paddy call
      moved capacity call
      moved linkage call
      moved area call_no_cancel
      moved paddy call_no_cancel
      moved capacity call_no_cancel
      moved linkage call_no_cancel
      moved area continuous
      moved paddy continuous
      moved capacity continuous
      moved linkage continuous
  )");
}

TEST(Phases, ADayWithoutTradingHasNoSessions) {
  check(R"(
    profile no-band              → done
    tick 2024-06-08T09:00:00     → done      # a Saturday
    open 2024-06-08              → done
    tick 2024-06-08T10:00:00     → done
      moved nothing
    session linkage closed
  )");
}

TEST(Phases, EachForbidsWhatItsRowSays) {
  script::Market market;
  market.check(R"(
    profile by-hand no-band      → done
    open 2024-06-03              → done
  )");
  market.check(kLinkage);
  market.check(R"(
    sell 淳安 linkage 1.0000 @15.00               → refused phase_forbids
    phase linkage call                            → done
    s1 = sell 淳安 linkage 1.0000 @15.00          → rests 1.0000
    s2 = sell 淳安 linkage 1.0000 best            → rests 1.0000
    s3 = sell 淳安 linkage 5.0000 @15.00 iceberg 1.0000 gtc → rests 5.0000
    sell 淳安 linkage 1.0000 @15.00 aon           → refused phase_forbids
    sell 淳安 linkage 2.0000 @15.00 min 1.0000    → refused phase_forbids
    sell 淳安 linkage 1.0000 @15.00 ioc           → refused phase_forbids
    sell 淳安 linkage 1.0000 @15.00 fok           → refused phase_forbids
    sell 淳安 linkage 1.0000 @15.00 post-only     → refused phase_forbids
    sell 淳安 linkage 1.0000 @15.00 stop 14.00    → refused phase_forbids
    buy 余杭 linkage 1.0000 best cap 20.00 wan    → refused phase_forbids
    replace 淳安 s1 1.0000 by 2.0000 @15.00       → rests 2.0000
    cancel 淳安 s1                                → done
    s1 = sell 淳安 linkage 1.0000 @15.00          → rests 1.0000
    phase linkage call_no_cancel                  → done
    s4 = sell 淳安 linkage 1.0000 @15.00          → rests 1.0000
    cancel 淳安 s4                                → refused phase_forbids
    replace 淳安 s3 5.0000 by 4.0000 @15.00       → refused phase_forbids
    cancel-all 淳安                               → refused phase_forbids
    cancel-all 淳安 area                          → done
    phase linkage halted                          → done
    sell 淳安 linkage 1.0000 @15.00               → refused phase_forbids
    replace 淳安 s3 5.0000 by 6.0000 @15.00       → refused phase_forbids
    replace 淳安 s3 5.0000 by 4.0000 @15.00       → rests 4.0000
    cancel 淳安 s4                                → done
    phase linkage closed                          → done
    cancel 淳安 s1                                → done
    buy 余杭 linkage 1.0000 @15.00                → refused phase_forbids
  )");
}

TEST(Phases, OnlyTheMovesOfTheTableAreMade) {
  check(R"(
    profile by-hand no-band        → done
    phase linkage call             → refused day_not_open
    open 2024-06-03                → done
    phase linkage call_no_cancel   → refused phase_move_not_legal
    phase linkage closed           → refused phase_move_not_legal   # to stay is no move
    phase linkage continuous       → done
    phase linkage call_no_cancel   → refused phase_move_not_legal
    phase linkage halted           → done
    phase linkage continuous       → refused phase_move_not_legal   # a halt ends in a call
    phase all call                 → done                           # the others were closed
    phase linkage call_no_cancel   → done
    phase all continuous           → done
    phase linkage call             → done
    phase all halted               → done
    phase all call_no_cancel       → refused phase_move_not_legal
    phase area call                → done
    phase all call                 → refused phase_move_not_legal   # one of them is there: none moves
    session linkage halted
  )");
}

TEST(Phases, TheTimetableNeitherHaltsNorEndsAHalt) {
  check(R"(
    profile no-band              → done
    tick 2024-06-03T09:00:00     → done
    open 2024-06-03              → done
    tick 2024-06-03T10:00:00     → done
    phase linkage halted         → done
    tick 2024-06-03T13:00:00     → done
    session linkage halted
    session area continuous
    phase linkage call           → done
    phase linkage continuous     → done
    tick 2024-06-03T15:00:00     → done
    session linkage closed
  )");
}

TEST(Phases, AHaltKeepsWhatRestsAndItsCallTradesIt) {
  script::Market market;
  market.check(R"(
    open 2024-06-03                          → done
  )");
  market.check(kLinkage);
  market.check(R"(
    s1 = sell 淳安 linkage 5.0000 @15.00     → rests 5.0000
    phase linkage halted                     → done
      moved linkage halted
    holds 淳安 linkage free 95.0000 held 5.0000
    phase linkage call                       → done
    b1 = buy 余杭 linkage 5.0000 @16.00      → rests 5.0000
      indicative linkage price none volume 0.0000   # 15.00 or 16.00: nothing is left over, and there is no reference
    replace 余杭 b1 5.0000 by 4.0000 @16.00  → rests 4.0000
      indicative linkage price 15.00 volume 4.0000  # a seller is left over
    phase linkage continuous                 → done
      call linkage price 15.00 volume 4.0000 demand 4.0000 supply 5.0000 step pressure
      trade b1 s1 4.0000 @15.00 60.00 wan
      freed 余杭 4.00 wan
  )");
}

TEST(Lifetimes, WhatIsGoodForTheDayLapsesAndWhatIsNotStaysWithItsHold) {
  script::Market market;
  market.check("open 2024-06-03 → done");
  market.check(kLinkage);
  market.check(R"(
    s1 = sell 淳安 linkage 1.0000 @15.00                             → rests 1.0000
    s2 = sell 淳安 linkage 2.0000 @15.00 gtc                         → rests 2.0000
    s3 = sell 淳安 linkage 3.0000 @15.00 until 2024-06-03            → rests 3.0000
    s4 = sell 淳安 linkage 4.0000 @15.00 until 2024-06-04            → rests 4.0000
    s5 = sell 淳安 linkage 5.0000 @15.00 until 2024-06-05T10:00:00   → rests 5.0000
    b1 = buy 余杭 linkage 1.0000 @14.00 gtc                          → rests 1.0000
    b2 = buy 余杭 linkage 1.0000 @20.00 stop 19.00 gtc               → waits 1.0000
    b3 = buy 余杭 linkage 1.0000 @20.00 stop 19.00                   → waits 1.0000
    buy 余杭 linkage 1.0000 @14.00 until 2024-06-02                  → refused expiry_not_later
    close 2024-06-03                                                 → done
      lapsed s1 1.0000
      lapsed s5 5.0000       # an instant does not reach over the close
      lapsed b3 1.0000
      ended s3 3.0000 expired
    holds 淳安 linkage free 94.0000 held 6.0000
    cash 余杭 free 966.00 wan held 34.00 wan
    cancel 淳安 s4                                                   → refused day_not_open
    open 2024-06-04                                                  → done
      ended nothing
    rests s2 2.0000
    buy 余杭 linkage 1.0000 @15.00                                   → filled   # they keep their places
      trade s2 1.0000 @15.00 15.00 wan
    close 2024-06-04                                                 → done
      ended s4 4.0000 expired
      lapsed nothing
    open 2024-06-05                                                  → done
    cancel 淳安 s2                                                   → done
    cancel 余杭 b1                                                   → done
    cancel 余杭 b2                                                   → done
    holds 淳安 linkage free 99.0000 held 0.0000
    cash 余杭 free 985.00 wan held 0.00 yuan
  )");
}

TEST(Lifetimes, ALastDayThatPassesBetweenTwoBusinessDaysEndsTheOrderWhenTheNextOneOpens) {
  script::Market market;
  market.check("open 2024-06-03 → done");
  market.check(kLinkage);
  market.check(R"(
    s1 = sell 淳安 linkage 1.0000 @15.00 until 2024-06-05   → rests 1.0000
    s2 = sell 淳安 linkage 2.0000 @15.00 until 2024-06-10   → rests 2.0000
    close 2024-06-03                                        → done
      ended nothing
    open 2024-06-10                                         → done
      ended s1 1.0000 expired
      freed 淳安 linkage 1.0000
    rests s2 2.0000
  )");
}

TEST(Lifetimes, AnInstantEndsTheOrderWhenItComes) {
  script::Market market;
  market.check(R"(
    tick 2024-06-03T09:00:00   → done
    open 2024-06-03            → done
  )");
  market.check(kLinkage);
  market.check(R"(
    sell 淳安 linkage 1.0000 @15.00 until 2024-06-03T09:00:00        → refused expiry_not_later
    s1 = sell 淳安 linkage 1.0000 @15.00 until 2024-06-03T11:00:00   → rests 1.0000
    s2 = sell 淳安 linkage 2.0000 @15.00 until 2024-06-03T10:00:00   → rests 2.0000
    s3 = sell 淳安 linkage 3.0000 @15.00 until 2024-06-03T10:00:00   → rests 3.0000
    b1 = buy 余杭 linkage 1.0000 @20.00 stop 19.00 until 2024-06-03T10:00:00 → waits 1.0000
    tick 2024-06-03T09:59:59                                         → done
      ended nothing
    tick 2024-06-03T10:00:00                                         → done
      ended s2 2.0000 expired
      ended s3 3.0000 expired
      ended b1 1.0000 expired
      freed 淳安 linkage 2.0000
      freed 淳安 linkage 3.0000
      freed 余杭 20.00 wan
    tick 2024-06-03T10:59:58                                         → done
    buy 余杭 linkage 0.4000 @15.00                                   → filled
      trade s1 0.4000 @15.00 6.00 wan
    tick 2024-06-03T11:00:00                                         → done
      ended s1 0.6000 expired
      freed 淳安 linkage 0.6000
  )");
}

TEST(Bands, TheCloseOfOneDayBoundsThePricesOfTheNext) {
  // (10 × 15.00 + 10 × 16.00 + 5 × 14.00) / 25 = 380 / 25 = 15.20; a tenth of it is 1.52.
  script::Market market;
  market.check(R"(
    profile by-hand band 100                    → done
    open 2024-06-03                             → done
  )");
  market.check(kLinkage);
  market.check(R"(
    session linkage closed close none band none none
    phase linkage continuous                    → done
    s1 = sell 淳安 linkage 10.0000 @15.00       → rests 10.0000
    buy 余杭 linkage 10.0000 @15.00             → filled
      trade s1 10.0000 @15.00 150.00 wan
    s2 = sell 淳安 linkage 10.0000 @16.00       → rests 10.0000
    buy 余杭 linkage 10.0000 @16.00             → filled
      trade s2 10.0000 @16.00 160.00 wan
    b1 = buy 余杭 linkage 5.0000 @14.00         → rests 5.0000
    sell 淳安 linkage 5.0000 @14.00             → filled
      trade b1 5.0000 @14.00 70.00 wan
    close 2024-06-03                            → done
      day linkage open 15.00 high 16.00 low 14.00 last 14.00 close 15.20 volume 25.0000 turnover 380.00 wan trades 3
    open 2024-06-04                             → done
    session linkage closed close 15.20 band 13.68 16.72
    phase linkage continuous                    → done
    sell 淳安 linkage 1.0000 @13.67             → refused outside_price_band
    sell 淳安 linkage 1.0000 @16.73             → refused outside_price_band
    s3 = sell 淳安 linkage 1.0000 @16.72        → rests 1.0000
    b3 = buy 余杭 linkage 1.0000 @13.68         → rests 1.0000
    buy 余杭 linkage 1.0000 @16.73              → refused outside_price_band
    replace 余杭 b3 1.0000 by 1.0000 @13.67     → refused outside_price_band
    buy 余杭 linkage 2.0000 best                → ended 1.0000 not_at_once   # held at 16.72
      trade s3 1.0000 @16.72 16.72 wan
      freed 余杭 16.72 wan
    sell 淳安 linkage 2.0000 best               → ended 1.0000 not_at_once
      trade b3 1.0000 @13.68 13.68 wan
    close 2024-06-04                            → done
      day linkage open 16.72 high 16.72 low 13.68 last 13.68 close 15.20 volume 2.0000 turnover 304 000.00 yuan trades 2
  )");
}

TEST(Bands, AnOrderOfADayBeforeThatWouldTradeBeyondTheNewBandEnds) {
  // The first day closes at 15.00, the second at 13.50: its band was 13.50 to 16.50, the third's is 12.15 to 14.85.
  script::Market market;
  market.check(R"(
    profile by-hand band 100                    → done
    open 2024-06-03                             → done
  )");
  market.check(kLinkage);
  market.check(R"(
    phase linkage continuous                    → done
    s1 = sell 淳安 linkage 1.0000 @15.00        → rests 1.0000
    buy 余杭 linkage 1.0000 @15.00              → filled
      trade s1 1.0000 @15.00 15.00 wan
    close 2024-06-03                            → done
    open 2024-06-04                             → done
    phase linkage continuous                    → done
    s2 = sell 淳安 linkage 1.0000 @13.50        → rests 1.0000
    buy 余杭 linkage 1.0000 @13.50              → filled
      trade s2 1.0000 @13.50 13.50 wan
    s3 = sell 淳安 linkage 1.0000 @16.00 gtc    → rests 1.0000    # above the next band: it may wait
    b1 = buy 余杭 linkage 1.0000 @15.00 gtc     → rests 1.0000    # above the next band: it would trade there
    b2 = buy 余杭 linkage 1.0000 @14.85 gtc     → rests 1.0000    # at its edge
    b3 = buy 余杭 linkage 1.0000 @16.00 stop 15.50 gtc → waits 1.0000
    close 2024-06-04                            → done
    open 2024-06-05                             → done
      ended b1 1.0000 outside_band
      freed 余杭 15.00 wan
      ended b3 1.0000 outside_band
      freed 余杭 16.00 wan
    rests s3 1.0000
    rests b2 1.0000
  )");
}

TEST(Bands, ADayWithoutATradeKeepsTheCloseAndAProfileWithoutABandLetsAtBestGoAnywhere) {
  script::Market market;
  market.check(R"(
    profile by-hand band 100                    → done
    open 2024-06-03                             → done
  )");
  market.check(kLinkage);
  market.check(R"(
    phase linkage continuous                    → done
    s1 = sell 淳安 linkage 1.0000 @15.00        → rests 1.0000
    buy 余杭 linkage 1.0000 @15.00              → filled
      trade s1 1.0000 @15.00 15.00 wan
    close 2024-06-03                            → done
    open 2024-06-04                             → done
    close 2024-06-04                            → done
      day nothing
    profile by-hand no-band                     → done
    open 2024-06-05                             → done
    session linkage closed close 15.00 band none none
    phase linkage continuous                    → done
    b1 = buy 余杭 linkage 1.0000 @9.00          → rests 1.0000
    sell 淳安 linkage 1.0000 best               → filled      # yesterday's band would have ended at 13.50
      trade b1 1.0000 @9.00 9.00 wan
    s2 = sell 淳安 linkage 1.0000 @30.00        → rests 1.0000
    buy 余杭 linkage 1.0000 best                → refused no_price_band
    buy 余杭 linkage 1.0000 best cap 40.00 wan  → filled
      trade s2 1.0000 @30.00 30.00 wan
      freed 余杭 10.00 wan
  )");
}

TEST(Bands, TheCloseMayBeThatOfTheLastMinutesThatTraded) {
  // At 10:00 4 mu at 20.00; at 10:20 and 10:21 1 mu at 10.00 and 1 mu at 11.00: the last two minutes average 10.50.
  script::Market market;
  market.check(R"(
    profile by-hand no-band closing-minutes 2   → done
    tick 2024-06-03T09:00:00                    → done
    open 2024-06-03                             → done
  )");
  market.check(kLinkage);
  market.check(R"(
    phase linkage continuous                    → done
    s1 = sell 淳安 linkage 4.0000 @20.00        → rests 4.0000
    tick 2024-06-03T10:00:00                    → done
    buy 余杭 linkage 4.0000 @20.00              → filled
      trade s1 4.0000 @20.00 80.00 wan
    s2 = sell 淳安 linkage 1.0000 @10.00        → rests 1.0000
    s3 = sell 淳安 linkage 1.0000 @11.00        → rests 1.0000
    tick 2024-06-03T10:20:00                    → done
    buy 余杭 linkage 1.0000 @11.00              → filled
      trade s2 1.0000 @10.00 10.00 wan
    tick 2024-06-03T10:21:00                    → done
    buy 余杭 linkage 1.0000 @11.00              → filled
      trade s3 1.0000 @11.00 11.00 wan
    close 2024-06-03                            → done
      day linkage open 20.00 high 20.00 low 10.00 last 11.00 close 10.50 volume 6.0000 turnover 101.00 wan trades 3
  )");
}

}  // namespace
}  // namespace landex
