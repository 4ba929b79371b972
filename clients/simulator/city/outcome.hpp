// outcome.hpp: what one simulated year comes to: one number for each measure, a row for each unit, who paid whom, and
// the path of each instrument session by session. Plain data; the lists are closed, append only, and are the columns of
// every table and chart (names, units and words beside them).
// A measure that the run cannot know (a mean price without a trade) is NaN, and an empty cell in tables: never 0.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <string_view>
#include <vector>

#include "matching/types/district.hpp"
#include "matching/types/instrument.hpp"

namespace landex::simulator {

enum class Measure : uint8_t {
  // price of supplementary farmland (area), wan yuan/mu
  mean_price,  // weighted by area
  last_price,
  price_sd,       // of the sessions' mean prices
  at_floor,       // share of sessions with a trade whose mean price on the floor route is the floor
  at_ceiling,     // share of sessions with a trade whose mean price is what land costs outside the city, or more
  linkage_price,  // weighted by area
  // quantity, mu
  volume,  // supplementary area that changed hands between units for money
  linkage_volume,
  need,    // that projects had
  filled,  // of the need
  unmet,
  own_used,      // filled from own stock (H66-7.1, first tier)
  pool_used,     // from the city's pool
  bought_used,   // bought within the city
  outside_used,  // bought outside the city (third tier)
  pool_in,       // pooled in the year
  pool_left,     // in the pool at the end
  unsold,        // held at the end, not needed, at a cost below the last price
  fill_rate,     // filled / need
  linked_done,   // linked projects that got both indicators, share of those that needed both
  // efficiency of the market in supplementary area
  max_surplus,  // wan yuan: all gains from trade that there were
  surplus,      // wan yuan: realised
  efficiency,   // surplus / max_surplus
  missed,       // share lost because a good trade was not made
  wrong,        // share lost because a wrong one was made
  buyers_surplus,
  sellers_surplus,
  // money, wan yuan
  turnover,
  mountain4_income,  // sales, pool payments and advances of the mountain-4, less what they bought and repaid
  city_paid,         // by the city for the pool, advances among it, net of what projects paid and what was repaid
  // distribution
  gini,         // of the units' net income
  hhi,          // of sellers by area sold, 0 … 1
  top2,         // share of area sold by the two largest sellers
  bottom_half,  // share of area bought by the half of the units that bought least
  // the machine
  commands,
  orders,
  trades,
  refused,
};
BOOST_DESCRIBE_ENUM(Measure, mean_price, last_price, price_sd, at_floor, at_ceiling, linkage_price, volume,
                    linkage_volume, need, filled, unmet, own_used, pool_used, bought_used, outside_used, pool_in,
                    pool_left, unsold, fill_rate, linked_done, max_surplus, surplus, efficiency, missed, wrong,
                    buyers_surplus, sellers_surplus, turnover, mountain4_income, city_paid, gini, hhi, top2,
                    bottom_half, commands, orders, trades, refused)
inline constexpr size_t kMeasures = 38;
constexpr size_t index_of(Measure m) { return static_cast<size_t>(m); }

struct MeasureFacts {
  Measure measure;
  std::string_view unit;  // "wan yuan/mu", "mu", "1" …
  bool share;             // 0 … 1, shown in per cent
  std::string_view zh, en;
};
const MeasureFacts& facts_of(Measure m);
std::string_view name_of(Measure m);

/// One unit's year: mu and wan yuan.
struct UnitOutcome {
  District district;
  double need = 0, filled = 0, unmet = 0, bought = 0, sold = 0, filed = 0, pooled = 0, unsold = 0;
  double paid = 0, received = 0, pool_received = 0, advance = 0, surplus = 0;
};

/// One instrument's session. NaN where nothing traded or no price stands.
struct SessionOutcome {
  // outside_price: what a mu costs outside the city, premium included: the ceiling of what projects pay (at_ceiling).
  uint32_t session;  // 1 …
  Instrument instrument;
  double mean_price, volume, bid, ask, floor, outside_price;
};

struct Outcome {
  std::array<double, kMeasures> measures{};
  std::vector<UnitOutcome> units;        // by code; the city last
  std::vector<int64_t> transfers;        // fen, [from × units + to], in the order of `units`
  std::vector<SessionOutcome> sessions;  // by session, instrument
  double operator[](Measure m) const { return measures[index_of(m)]; }
  double& operator[](Measure m) { return measures[index_of(m)]; }
};

}  // namespace landex::simulator
