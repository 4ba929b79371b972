// phases.hpp: what one instrument is doing at a moment of the day, what each phase allows, and which phase may follow
// which. Two tables; everything else here reads them. A test prints both as the documentation's tables.
// Listing windows run beside the phases and are no phase (venue_profile.hpp). What a phase forbids is a refusal of the
// engine; a move that is not in the table is never made. Pure.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace landex::matching {

/// The numbers are on the wire and in journals: never reused.
enum class Phase : uint8_t {
  closed = 1,          // before, between and after the sessions; tables of pairs change only here (decisions 13)
  call = 2,            // orders are collected for one price
  call_no_cancel = 3,  // the end of a call: orders come in, nothing leaves, so that nobody can paint the price
  continuous = 4,      // every order is matched as it arrives
  halted = 5,          // stopped by hand
};
BOOST_DESCRIBE_ENUM(Phase, closed, call, call_no_cancel, continuous, halted)
constexpr bool exists(Phase p) { return p >= Phase::closed && p <= Phase::halted; }

/// What somebody may want of a phase. A replace needs both `place` and `reduce`.
enum class Action : uint8_t {
  place,        // a limit order comes in
  reduce,       // an order shrinks or is cancelled by its owner
  at_best,      // an order without a limit comes in
  all_or_none,  // all-or-none or minimum quantity: not in a call (decisions 14)
  immediate,    // IOC and FOK: in a call nothing is immediate
  post_only,    // a promise not to take: in a call nobody takes, so it cannot be kept
  match,        // an arriving order is matched at once; where it is not, but may be placed, it is collected
};
inline constexpr std::array kActions{Action::place,     Action::reduce,    Action::at_best, Action::all_or_none,
                                     Action::immediate, Action::post_only, Action::match};

struct PhaseRule {
  Phase phase;
  std::string_view zh, en;
  std::array<bool, kActions.size()> allows;  // in the order of kActions
};

// Outside the sessions and in a halt an order may still leave: that moves no price, and frees what the order holds.
// clang-format off
inline constexpr std::array kPhases = [] {
  constexpr bool yes = true, no = false;
  //                                                                             place reduce best aon imm  post match
  return std::array{
      PhaseRule{Phase::closed,         "休市",                 "closed",         {no,  yes,   no,  no,  no,  no,  no}},
      PhaseRule{Phase::call,           "集合竞价",             "call",           {yes, yes,   yes, no,  no,  no,  no}},
      PhaseRule{Phase::call_no_cancel, "集合竞价（不可撤单）", "no-cancel call", {yes, no,    yes, no,  no,  no,  no}},
      PhaseRule{Phase::continuous,     "连续竞价",             "continuous",     {yes, yes,   yes, yes, yes, yes, yes}},
      PhaseRule{Phase::halted,         "暂停交易",             "halted",         {no,  yes,   no,  no,  no,  no,  no}},
  };
}();
// clang-format on

constexpr const PhaseRule& rule_of(Phase p) {
  assert(exists(p));
  return kPhases[static_cast<size_t>(p) - 1];
}
constexpr bool allows(Phase p, Action a) { return rule_of(p).allows[static_cast<size_t>(a)]; }

/// What the book does when the phase changes.
enum class Effect : uint8_t {
  keep,      // orders stay where they are; nothing trades
  uncross,   // the call's one price is found and its trades are made
  re_enter,  // orders come in again in number order: the tables may have changed, so what rests may cross
};
BOOST_DESCRIBE_ENUM(Effect, keep, uncross, re_enter)

struct Move {
  Phase from, to;
  Effect effect;
};

/// Every legal move. A no-cancel phase is never taken back, nor entered without a call in which one could cancel.
/// A halt ends in a call or with the day, never in the continuous book: a halted call may stand crossed.
inline constexpr std::array kMoves{
    Move{Phase::closed, Phase::call, Effect::keep},
    Move{Phase::closed, Phase::continuous, Effect::re_enter},
    Move{Phase::closed, Phase::halted, Effect::keep},
    Move{Phase::call, Phase::closed, Effect::uncross},
    Move{Phase::call, Phase::call_no_cancel, Effect::keep},
    Move{Phase::call, Phase::continuous, Effect::uncross},
    Move{Phase::call, Phase::halted, Effect::keep},
    Move{Phase::call_no_cancel, Phase::closed, Effect::uncross},
    Move{Phase::call_no_cancel, Phase::continuous, Effect::uncross},
    Move{Phase::call_no_cancel, Phase::halted, Effect::keep},
    Move{Phase::continuous, Phase::closed, Effect::keep},
    Move{Phase::continuous, Phase::call, Effect::keep},
    Move{Phase::continuous, Phase::halted, Effect::keep},
    Move{Phase::halted, Phase::closed, Effect::keep},
    Move{Phase::halted, Phase::call, Effect::keep},
};

/// The row of a legal move; nullptr if there is none. To stay is not a move.
constexpr const Move* move_between(Phase from, Phase to) {
  for (const Move& m : kMoves)
    if (m.from == from && m.to == to) return &m;
  return nullptr;
}
constexpr bool may_move(Phase from, Phase to) { return move_between(from, to) != nullptr; }

/// May the timetable make this move by itself? It neither halts nor ends a halt: a person does, or the end of the day.
constexpr bool timetable_may_move(Phase from, Phase to) {
  return may_move(from, to) && from != Phase::halted && to != Phase::halted;
}

}  // namespace landex::matching
