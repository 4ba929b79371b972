// runs.hpp: the yearly runs between governments. A run is reckoned from its facts, which is its dry run: every line is
// written down and nothing moves. Another person approves it; then every line is paid at once, or none. A run that was
// paid is undone only by another run that names it, whose lines are its lines the other way round.
// Invariant: of each kind and year at most one run stands that was paid and not reversed. Data; the steps are in the
// engine. Pure.
#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clearing/governments/facts.hpp"
#include "clearing/governments/run_lines.hpp"
#include "matching/types/day.hpp"

namespace landex::clearing {

/// 耕地保护补偿 (H66-3): the fund of the year, and every county that takes part in it.
struct ProtectionRun {
  uint16_t year;
  Fen budget;  // 资金总量: no more is paid
  std::vector<ProtectionFact> counties;
  friend bool operator==(const ProtectionRun&, const ProtectionRun&) = default;
};
BOOST_DESCRIBE_STRUCT(ProtectionRun, (), (year, budget, counties))

/// 永久基本农田保护补偿 (H66-4): every county, for the average is that of the whole city.
struct PbfRun {
  uint16_t year;
  std::vector<PbfFact> counties;
  friend bool operator==(const PbfRun&, const PbfRun&) = default;
};
BOOST_DESCRIBE_STRUCT(PbfRun, (), (year, counties))

/// What was undertaken by the end of the year and is not paid yet (H66-5).
struct RestorationRun {
  uint16_t year;
  friend bool operator==(const RestorationRun&, const RestorationRun&) = default;
};
BOOST_DESCRIBE_STRUCT(RestorationRun, (), (year))

/// The agreements that are in force on the last day of the year (H66-19.3).
struct EnclaveRun {
  uint16_t year;
  friend bool operator==(const EnclaveRun&, const EnclaveRun&) = default;
};
BOOST_DESCRIBE_STRUCT(EnclaveRun, (), (year))

/// 奖补 (H66-8, 12, 16): which of the three, and the selected projects.
struct RewardRun {
  RunKind kind;
  uint16_t year;
  std::vector<AwardFact> awards;
  friend bool operator==(const RewardRun&, const RewardRun&) = default;
};
BOOST_DESCRIBE_STRUCT(RewardRun, (), (kind, year, awards))

/// Undoes a run that was paid.
struct ReversalRun {
  RunId run;
  friend bool operator==(const ReversalRun&, const ReversalRun&) = default;
};
BOOST_DESCRIBE_STRUCT(ReversalRun, (), (run))

using Reckoning = std::variant<ProtectionRun, PbfRun, RestorationRun, EnclaveRun, RewardRun, ReversalRun>;

/// The numbers are on the wire and in journals.
enum class RunState : uint8_t {
  reckoned = 1,  // nothing has moved
  paid = 2,
  reversed = 3,  // by the run that `reversed_by` names
};
BOOST_DESCRIBE_ENUM(RunState, reckoned, paid, reversed)

struct Run {
  RunId id;
  RunKind kind;
  uint16_t year;
  RunState state;
  Day reckoned;
  Reckoning facts;
  std::vector<RunLine> lines;
  Fen total;  // what the receivers get
  std::optional<RunId> reverses, reversed_by;
  std::string document;
  std::optional<Day> paid = {};
};
BOOST_DESCRIBE_STRUCT(Run, (),
                      (id, kind, year, state, reckoned, facts, lines, total, reverses, reversed_by, document, paid))

struct Runs {
  std::map<RunId, Run> all;

  const Run* find(RunId id) const {
    const auto at = all.find(id);
    return at == all.end() ? nullptr : &at->second;
  }
  /// The one that was paid for this kind and year and still stands. Reversals stand for nothing.
  const Run* standing(RunKind kind, uint16_t year) const {
    const auto at = std::ranges::find_if(all, [&](const auto& r) {
      return r.second.kind == kind && r.second.year == year && r.second.state == RunState::paid && !r.second.reverses;
    });
    return at == all.end() ? nullptr : &at->second;
  }
};
BOOST_DESCRIBE_STRUCT(Runs, (), (all))

}  // namespace landex::clearing
