// run_lines.hpp: what a yearly run between governments says: who pays whom how much, by which clause, reckoned from
// what. A line states its own arithmetic, so that an officer can check it: amount = area × rate × share, or base ×
// share, rounded half up to the fen; where a fund is short and is shared out, `full` is what it would have been. Data;
// pure.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clearing/policy/clause.hpp"
#include "matching/types/area.hpp"
#include "matching/types/district.hpp"
#include "matching/types/money.hpp"
#include "matching/types/price.hpp"

namespace landex::clearing {

/// The numbers are on the wire and in journals.
enum class RunKind : uint8_t {
  protection = 1,                // 耕地保护补偿 (H66-3)
  pbf = 2,                       // 永久基本农田保护补偿 (H66-4)
  restoration = 3,               // 耕地功能恢复有偿承担 (H66-5)
  enclave = 4,                   // 飞地保护补偿 (H66-19)
  consolidation_reward = 5,      // 示范工程奖补 (H66-8)
  homestead_reward = 6,          // 闲置宅基地盘活奖补 (H66-12)
  standard_farmland_reward = 7,  // 农业“标准地”奖补 (H66-16)
};
BOOST_DESCRIBE_ENUM(RunKind, protection, pbf, restoration, enclave, consolidation_reward, homestead_reward,
                    standard_farmland_reward)
constexpr bool exists(RunKind k) { return k >= RunKind::protection && k <= RunKind::standard_farmland_reward; }

/// What a line is for. The numbers are on the wire and in journals.
enum class LineItem : uint8_t {
  protection = 1,        // 耕地保护补偿
  rice_uplift = 2,       // 水稻上浮
  pbf_contribution = 3,  // 缴纳
  pbf_receipt = 4,       // 受偿
  undertaking = 5,       // 有偿承担恢复任务
  enclave = 6,           // 飞地保护补偿
  award = 7,             // 奖补
};
BOOST_DESCRIBE_ENUM(LineItem, protection, rice_uplift, pbf_contribution, pbf_receipt, undertaking, enclave, award)

struct RunLine {
  District from, to;
  Fen amount;  // above 0
  LineItem item;
  policy::Clause clause;
  std::optional<Area> area = {};
  std::optional<Rate> rate = {};      // yuan per mu
  std::optional<int64_t> share = {};  // 1/10 000: the coefficient; with an uplift or a tilt, their product
  std::optional<Fen> base = {};       // what the share is of, where it is money
  std::optional<Fen> full = {};       // the amount before the fund was shared out; none: it is the amount
  uint64_t about = 0;                 // the number of the undertaking or agreement
  std::string project = {};           // that is rewarded
  friend bool operator==(const RunLine&, const RunLine&) = default;
};
BOOST_DESCRIBE_STRUCT(RunLine, (), (from, to, amount, item, clause, area, rate, share, base, full, about, project))

}  // namespace landex::clearing
