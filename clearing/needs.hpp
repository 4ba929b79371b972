// needs.hpp: what construction needs of indicators, and where it may come from: the need that a county reserves for
// its own projects (H66-7.7), the gap that the bureau certifies for a buyer (H66-7.6), and the balance 占补平衡 of one
// project, filled tier by tier (H66-7.1 县级平衡为主、市级统筹为辅、跨市调剂为补充). Data; the steps are in the engine.
// Pure.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "clearing/pool_requests.hpp"
#include "matching/types/price.hpp"

namespace landex::clearing {

/// Where the land of a balance comes from, in the order of H66-7.1; that purchases from other counties of the city
/// stand beside the pool is our default. The numbers are on the wire and in journals.
enum class Tier : uint8_t {
  own = 1,       // 县级平衡: the county's own stock
  pool = 2,      // 市级统筹: a request to the pool
  purchase = 3,  // bought from another county of the city
  outside = 4,   // 跨市调剂: bought from outside the city
};
BOOST_DESCRIBE_ENUM(Tier, own, pool, purchase, outside)
constexpr bool exists(Tier t) { return t >= Tier::own && t <= Tier::outside; }

/// What a county keeps for its own projects.
struct OwnNeed {
  Quantity quantity;
  std::string document;
};
BOOST_DESCRIBE_STRUCT(OwnNeed, (), (quantity, document))

/// The bureau certifies that a buyer lacks so much.
struct Gap {
  GapId id;
  District participant;
  Instrument instrument;
  Quantity quantity;
  Day from, until;
  std::string document;
  bool revoked;
  Period period() const { return {from, until}; }
};
BOOST_DESCRIBE_STRUCT(Gap, (), (id, participant, instrument, quantity, from, until, document, revoked))

/// One filling of a balance.
struct Fill {
  Sequence number;
  Tier tier;
  Components amount;
  std::string reason;  // why an earlier tier was skipped, where one was
  std::string document;
  std::optional<Rate> price = {};  // from outside: of its component
};
BOOST_DESCRIBE_STRUCT(Fill, (), (number, tier, amount, reason, document, price))

struct Balance {
  BalanceId id;
  District county;
  std::string project;
  std::optional<RequestClass> purpose;  // none: not one of H66-7.3, so not from the pool
  Components need, filled;
  std::optional<uint8_t> lowest_grade;
  Day deadline;
  std::string document;
  bool open;
  std::vector<Fill> fills;
};
BOOST_DESCRIBE_STRUCT(Balance, (),
                      (id, county, project, purpose, need, filled, lowest_grade, deadline, document, open, fills))

struct Needs {
  std::map<std::tuple<District, Instrument>, OwnNeed> own;
  std::map<GapId, Gap> gaps;
  std::map<BalanceId, Balance> balances;

  Quantity own_need(District d, Instrument i) const {
    const auto at = own.find({d, i});
    return at == own.end() ? Quantity{} : at->second.quantity;
  }
};
BOOST_DESCRIBE_STRUCT(Needs, (), (own, gaps, balances))

}  // namespace landex::clearing
