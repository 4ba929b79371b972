// funds.hpp: the city's earmarked sub-accounts for transfers between governments. H66-20 orders that such funds are
// used by rule; it names no accounts: these are our default, not the law. Invariant: what the sub-accounts hold
// together is the city's purse `funds`. Data; pure.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>

#include "clearing/governments/run_lines.hpp"
#include "matching/types/money.hpp"

namespace landex::clearing {

/// The numbers are on the wire and in journals.
enum class Fund : uint8_t {
  protection = 1,     // 耕地保护补偿资金 (H66-3)
  pbf = 2,            // 永久基本农田保护补偿 (H66-4), through which payers pay receivers
  consolidation = 3,  // 土地整治奖补 (H66-8)
  agriculture = 4,    // 市农业产业发展专项资金 (H66-12, 16)
  planning = 5,       // 规划专项资金 (article 11): kept apart; no run pays out of it
};
BOOST_DESCRIBE_ENUM(Fund, protection, pbf, consolidation, agriculture, planning)
constexpr bool exists(Fund f) { return f >= Fund::protection && f <= Fund::planning; }

/// The sub-account that a run of this kind goes through, if it has one.
inline std::optional<Fund> fund_of(RunKind kind) {
  switch (kind) {
    case RunKind::protection:
      return Fund::protection;
    case RunKind::pbf:
      return Fund::pbf;
    case RunKind::consolidation_reward:
      return Fund::consolidation;
    case RunKind::homestead_reward:
    case RunKind::standard_farmland_reward:
      return Fund::agriculture;
    case RunKind::restoration:
    case RunKind::enclave:
      return std::nullopt;
  }
  return std::nullopt;
}

struct Funds {
  std::map<Fund, Fen> balances;

  Fen balance(Fund f) const {
    const auto at = balances.find(f);
    return at == balances.end() ? Fen{} : at->second;
  }
};
BOOST_DESCRIBE_STRUCT(Funds, (), (balances))

}  // namespace landex::clearing
