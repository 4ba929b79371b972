// market_script.hpp: the table language of the specs: a day of the market as an officer of the bureau would write it
// down. A script is run on a market of the shipped policy; what does not come as written fails the test, with the line,
// what was expected and what came. A script without a line fails too, and so does one after which the audit is not
// clean or the land of an instrument clean or the land of an instrument is not free + held + pooled + used + cancelled
// + frozen + borrowed.
//
// Words are separated by spaces; # begins a comment. Places go by their short name (建德; 杭州 is the city),
// instruments are area, paddy, capacity (kg) and linkage, prices are 万元/亩 (capacity: yuan per kg), money is in yuan
// or wan.
//
// A line with → is a command and its outcome. `s1 =` before it names what it makes:
//   open|close 2024-06-03      venue simulation|production      account 余杭
//   fund|withdraw 余杭 2 000.00 wan                             price area 20.00 2024-01-01..2024-12-31 [文号]
//   f1 = file 建德 area 500.0000 [paddy …] [capacity …]         f2 = file 淳安 linkage 100.0000
//   deduct f1 area 10.0000 [paddy …] [capacity …]               plots 建德 P1 40.0000 grade 3 [P2 …]
//   s1 = sell|buy 建德 area 10.0000 @20.00                      cancel 建德 s1
//   … behind the price, in any order: post-only · ioc · fok · gtc · until 2024-06-10 · until 2024-06-03T14:00:00 · aon
//     min 5.0000 · iceberg 5.0000 · stop 21.00 · self cancel_oldest
//   b1 = buy 余杭 area 10.0000 best [cap 200.00 wan] [ioc …]    (at best, without a price)
//   replace 建德 s1 10.0000 by 5.0000 @20.00 (what its owner believes is left, and what he wants)
//   cancel-all 建德 [area] [sell] [bureau]                      (the bureau asks)
//   profile [by-hand] [no-band | band 100] [closing-minutes 30] (the simulation profile; by hand: without a timetable)
//   phase area|all call        tick 2024-06-03T09:30:00 (the clock in Beijing)        open 2024-06-03 [random 7]
//   d1 = propose 建德 建德→余杭 area 10.0000 @20.00 [paddy 5.0000 [@3.00]] …      (the first place proposes)
//   counter 余杭 d1 area 10.0000 @19.00 …             (the side that is asked answers with other terms)
//   accept|end 余杭 d1      settle d1      pay 建德 [most 40.00 wan] (what the pool owes)   use 建德 area 10.0000 (for
//   a project) a1 = sealed 建德 area 10.0000 2024-06-03T09:30:00 2024-06-03T10:00:00 [least 1.0000]
//   [reserve|hidden 20.00] b1 = bid 余杭 a1 6.0000 @20.00     amend 余杭 a1 b1 5.0000 @21.00     take-back 余杭 a1 b1
//   open-bids a1 seed 7 a2 = listing 建德 area 10.0000 [paddy 4.0000] start 20.00 step 0.10 from 2024-06-03T09:30:00
//     until 2024-06-03T10:00:00 [reserve 21.00] [priority 桐庐]
//   p1 = ask use 建德 area 10.0000   (any command that can be approved is proposed, under its own sender)
//   pass|return|reject 建德 p1 (杭州: the bureau)     correct p1 use 建德 area 9.0000     recall 建德 p1
//   advance 建德 1 000.00 wan by 2025-06-03 (of this fund)   repay 建德 p1 100.00 wan (杭州: the bureau)
//   by 2 <command>                                              (the second person of the office that sends it)
//   b2 = bid 余杭 a2 @20.00            declare 余杭 a2                    cancel-auction 建德 a1 (杭州: the bureau)
//   p1 = project 建德 supplementary|linkage        move 建德|bureau p1 established
//   f1 = file 建德 area 15.0000 project p1 grade 5 expires 2024-06-10 plot T1 10.0000 plot T2 5.0000   (any of these)
//   conflict 建德 T1 certificate|other [bureau]     clear 建德|bureau T1 survey consent compensation registration
//   z1 = freeze 建德 area 10.0000                   unfreeze z1 5.0000             cancel-land 建德 area 1.0000
//   transfer 建德→余杭 area 10.0000                 adjust f1 area 2.0000 corrects f1
//   l1 = lend 建德→余杭 area 10.0000 due 2024-06-10 give-back 余杭 l1 5.0000
//   u1 = use 余杭 area 5.0000 [borrowed]            restore u1 2.0000
//   open-product forest 2024-06-01..2024-12-31 [文号]             (the bureau)
//   title 建德 forest F1 20.0000 [grade 5] [consent 文号] [bureau]        flag 建德|bureau P1 [grain] [standard]
//   split 余杭 F1 F1甲 5.0000 (a part, with its number)   use-titles 余杭 F1 P2        cancel-title F1
//   d1 = propose 建德 建德→余杭 [legs] title P1 @20.00 title H1 @10.00 [landing city]
//   counter 余杭 d1 [legs] [title P1 @19.00 | no-titles]           (neither: those that were proposed)
//   need 建德 area 50.0000 (what it keeps for its own projects; 0.0000: nothing)
//   g1 = gap 余杭 area 10.0000 2024-06-01..2024-06-30          revoke-gap g1
//   k1 = balance 余杭 area 10.0000 [paddy …] [capacity …] [for national] [grade 5] by 2024-12-31
//   fill 余杭 k1 own|purchase|outside area 4.0000 [@20.00] [because 理由]         close-balance 余杭 k1
//   r1 = request 余杭 city area 10.0000 [paddy …] [grade 5] until 2024-06-30 [exception 理由 批准单位]
//   withdraw-request|take|hand-back 余杭 r1 (杭州: the bureau)
//   a1 = draft (as of now)     draws a1 part 1 r1 f1 area 5.0000 …  |  draws a1 reckoned (what the optimiser says now)
//   allocate a1 (by approval alone: ask)            allot-plots 余杭 city P1 P2
// Outcomes: done · refused <reason> [rule] · of accept: accepted | settled · of an order: filled | rests <what is left>
// |
//   waits <the same, of a stop> | ended <what is left> <reason>
//
// Lines below a command say what came with it. Trades and floors must all be told; of the other kinds, all if one is
// (`<kind> nothing`: none came):
//   trade s1 10.0000 @20.00 2 000 000.00 yuan [rule]            (the order that was met; the rule the payment cites)
//   floor 20.00|none [lifted 10.0000] [passed 90.0000] H66-7.6
//   level area sell 19.00 90.0000 1 | level area sell 19.00 gone       (quantity and number of orders)
//   trade b1 s1 10.0000 @20.00 …                                (neither is the command's own new order)
//   ended|lapsed s1 90.0000 [reason, if not its owner's wish]   freed 余杭 1 000.00 yuan        freed 建德 area 90.0000
//   pool 建德 area 100.0000            claim 建德 area 100.0000 2 000.00 wan | claim 建德 area 100.0000 待定价
//   entered P1 40.0000 qualifies|out   taken P1 40.0000 target 60.0000 short 20.0000
//   reduced s1 by 5.0000 to 5.0000     replaced s1 5.0000 @20.00     triggered b1     shown s1 5.0000 of 15.0000 @20.00
//   moved area call                    (its phase)
//   indicative area price 20.00|none volume 10.0000
//   call area price 20.00|none volume 10.0000 demand 12.0000 supply 10.0000 step volume
//   best area urban bid 18.00|none ask 19.50
//   day area open 20.00 high 21.00 low 19.00 last 20.00 close 20.10 volume 30.0000 turnover 600.00 wan trades 3
//
//   announced a1 10.0000 [rolled 3.0000] [reserve 20.00]        rolled a1 to a2 3.0000 | rolled a1 waits 3.0000
//   opened a1 sold|undersubscribed [price 20.00] demand 12.0000 offered 10.0000 [least 20.00]
//   decided b1 accepted 6.0000 | decided b2 not_reached         awarded b1 建德→余杭 120.00 wan
//   bidder 余杭 1     raised b2 1 @20.00 until 2024-06-03T10:00:00 [extended] [by-priority]   (1: the bidder's number)
//   stage a2 listed until 2024-06-03T10:00:00 | stage a2 unsold [1 @20.00] [reserve 21.00] [floor 20.01|none H66-7.6]
//
//   proposed p1 write_off first_review until 2024-06-11
//   advanced p1 建德 500.00 wan until 2025-06-03   reduced-advance p1 paid by 400.00 wan to 100.00 wan [filing f1]
//   confirmed d1 notice until 2024-06-11 pay by 2024-06-25 | voided d1 below_floor H66-7.6
//   deposit 余杭→淳安 180.00 wan H66-21.4
//   approval p1 under_review approve until 2024-06-17 | approval p1 effective | approval p1 voided not_enough_land
//   lot f1 area 10.0000 建德.stock→余杭.stock                   expired f1 建德 area 5.0000
//   allotted r1 f1 area 5.0000         request r1 allotted
//   overdue l1 余杭 area 5.0000                                 went p1 city_accepted→filed
//   product forest 2024-06-01..2024-12-31           registered F1甲 建德 5.0000 [of F1]     flagged P1 [grain]
//   [standard] titled P1 建德→余杭 held [rule]                             (a title's holder and state)
//   warned 建德 own_need area 40.0000 50.0000 H66-7.7          (what is given, what bounds it)
//   filled k1 own area 4.0000 left area 6.0000                 balanced k1 left nothing   (it is closed)
//
// And these say how things stand:
//   holds 建德 area free 400.0000 [held …] [pool …] [used …] [cancelled …] [outside …]
//   cash 建德 free 1.00 wan [held …] [claims …] [outside …]     rests s1 90.0000 [shown 5.0000] | … nothing
//   session area continuous [close 20.00] [band 18.00 22.00] [last 20.00]
//   depth area urban bid 18.00 ask 19.50 [crossed]             (what a class may deal at, as GetDepth answers)
//   deal d1 settled 2 000 000.00 yuan                          waits 建德 area 20.0000   (pooled, without a price yet)
//   proposal p1 in_notice until 2024-06-11   (or: under_review first_review until …)
//   inbox 建德 2 to_do p1 running p2 p3 ended p4   (the desk of the second person of 建德; 杭州: the bureau)
//   lots 建德 area stock f1 10.0000 f2 5.0000 | … nothing      (or pool, used, cancelled, borrowed; first filed first)
//   stands p1 established            asks r1 open [taken area 3.0000]
//   available 建德 area 82.0000 balance 100.0000 frozen 10.0000 lent 5.0000 on-offer 3.0000 borrowed 0.0000
//   owned P1 余杭 held 40.0000 [d1] [grain] [standard] [of F1] [for 建设项目] | owned P1 nothing
//   tier k1 own area 4.0000 [@20.00] | … pool nothing | … pool shut (not for its purpose)   available … own-need 5.0000
//   reserve 建德 qualifying 200.0000 target 60.0000 pooled 40.0000 short 20.0000
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/engine/engine.hpp"
#include "exchange/host/policy_files.hpp"

namespace landex::script {

/// The policy files as shipped, read once.
const host::PolicyBook& shipped();

/// A place by its short name, 余杭 for 余杭区. A name that is none stops the test.
District place(std::string_view short_name);

Day on(int year, unsigned month, unsigned day);

/// Who sends a command: the first, second … person of an office.
struct Sender {
  District participant;
  engine::Role role = engine::Role::district;
  uint64_t nth = 1;
};
PersonId person_of(const Sender& who);
Sender bureau();
Sender landexd();  // the process itself, when a journal begins
Sender officer_of(std::string_view short_name);

/// The pack as shipped, without its chains: what the specs of other subjects do is done at once, at both venues.
policy::Pack at_once();

/// How a market begins. With accounts, they were opened on 2024-05-31, which is closed again: so that a script can
/// publish a price for the day before it opens it.
struct Setup {
  std::optional<policy::Pack> pack = at_once();  // none: nothing has been activated, and nothing follows
  std::optional<engine::Venue> venue = engine::Venue::simulation;
  bool accounts = true;  // of the 13 places and the city
};

class Market {
 public:
  explicit Market(const Setup& setup = {});

  /// Runs a script. What does not hold is a failure of the running test.
  void check(std::string_view script);

  /// The same, without gtest: one text for each line that does not hold.
  std::vector<std::string> mismatches(std::string_view script);

  /// One command, under the sender's next counter.
  engine::Events send(const Sender& who, const engine::Command& command);
  engine::Events send(const engine::Envelope& envelope, const engine::Command& command);

  engine::Envelope next_envelope(const Sender& who);
  const engine::Engine& engine() const { return engine_; }
  Sequence last() const { return {seq_}; }

  /// The number behind a name of the script, and the name of a number.
  uint64_t named(const std::string& name) const { return names_.at(name); }
  std::string name_of(uint64_t number) const;

  Instrument instrument_of(OrderId order) const;

 private:
  friend class Line;
  engine::Engine engine_;
  uint64_t seq_ = 0;
  int64_t at_us_ = 0;  // a microsecond from one command to the next, unless a `tick` says the time
  std::map<OrderId, Instrument> instruments_;
  std::map<std::pair<District, engine::Role>, uint64_t> counters_;
  std::map<std::string, uint64_t> names_;
};

/// Why it was refused; nothing if it was done.
std::optional<engine::Refusal> refusal_in(const engine::Events& events);

/// Runs a script on a fresh market.
void check(std::string_view script);

}  // namespace landex::script
