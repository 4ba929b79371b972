// reserved_scale.hpp: construction land that a township plan reserves for rural projects 预留新增建设用地 (H66-17): no
// more than a share of the plan's new scale, for projects of the trades that the clause names. Data; pure.
#pragma once
#include <boost/describe.hpp>
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "matching/types/area.hpp"
#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"

namespace landex::clearing {

/// «农业开发、农产品加工、冷链储运、乡村旅游、休闲农业、研学教育». The numbers are on the wire and in journals.
enum class RuralTrade : uint8_t {
  farming = 1,
  processing = 2,
  cold_chain = 3,
  tourism = 4,
  leisure = 5,
  study = 6,
};
BOOST_DESCRIBE_ENUM(RuralTrade, farming, processing, cold_chain, tourism, leisure, study)
constexpr bool exists(RuralTrade t) { return t >= RuralTrade::farming && t <= RuralTrade::study; }

struct TownshipKey {
  District county;
  std::string township;
  friend auto operator<=>(const TownshipKey&, const TownshipKey&) = default;
};
BOOST_DESCRIBE_STRUCT(TownshipKey, (), (county, township))

struct ScaleUse {
  Sequence number;
  RuralTrade trade;
  Area area;
  std::string project, document;
};
BOOST_DESCRIBE_STRUCT(ScaleUse, (), (number, trade, area, project, document))

struct TownshipScale {
  District county;
  std::string township;
  Area scale;     // new construction-land scale of its plan 新增建设用地规模
  Area reserved;  // the share of it that may be reserved, as reckoned on the day of its entry
  Area used;
  std::string document;
  std::vector<ScaleUse> uses;
};
BOOST_DESCRIBE_STRUCT(TownshipScale, (), (county, township, scale, reserved, used, document, uses))

struct ReservedScales {
  std::map<TownshipKey, TownshipScale> all;
};
BOOST_DESCRIBE_STRUCT(ReservedScales, (), (all))

}  // namespace landex::clearing
