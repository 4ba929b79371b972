// statistics.hpp: what one instrument did on one day, and the price it closes at. All exact: sums are 128 bits wide,
// because the same money may change hands any number of times a day (1 024 times all that may exist would overflow 64
// bits), and the one division rounds by name.
// Invariant: `prices` is there exactly when there was a trade. Which trades are counted is the caller's choice: those
// of calls and of the continuous book; negotiated deals do not make a close. Bounded, no allocation. Pure.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <optional>

#include "matching/types/bounds.hpp"
#include "matching/types/day.hpp"
#include "matching/types/trade.hpp"

namespace landex::matching {

__extension__ using Wide = unsigned __int128;

/// A sum of amounts that are not negative. 2^64 trades of kMaxMoney stay below 2^117.
struct WideTotal {
  uint64_t high = 0, low = 0;  // two halves, so that the canonical encoding can write it
  constexpr void add(int64_t amount) {
    assert(amount >= 0);
    const auto a = static_cast<uint64_t>(amount);
    low += a;
    high += low < a ? 1 : 0;
  }
  constexpr Wide value() const { return Wide{high} << 64 | low; }
  /// As a Quantity or Fen; nothing if it is larger than one message can tell exactly.
  template <class T>
  constexpr std::optional<T> as() const {
    if (value() > static_cast<Wide>(kLargestExact)) return std::nullopt;
    return T::from_raw(static_cast<int64_t>(low));
  }
  friend constexpr bool operator==(const WideTotal&, const WideTotal&) = default;
};
BOOST_DESCRIBE_STRUCT(WideTotal, (), (high, low))

/// Quantity and the money for it. Their quotient is a price in ticks: 0.0001 mu (or 1 kg) at one tick is one fen.
struct Turnover {
  WideTotal quantity, fen;
  friend constexpr bool operator==(const Turnover&, const Turnover&) = default;
};
BOOST_DESCRIBE_STRUCT(Turnover, (), (quantity, fen))

struct DayPrices {
  Price open, high, low, last;
  Instant last_at;
  friend constexpr bool operator==(const DayPrices&, const DayPrices&) = default;
};
BOOST_DESCRIBE_STRUCT(DayPrices, (), (open, high, low, last, last_at))

inline constexpr uint32_t kMostClosingMinutes = 60;

/// What traded within one minute of the clock. A slot whose minute has passed is used again.
struct MinuteSlot {
  int64_t minute = 0;  // since 1970-01-01 UTC
  Turnover traded;
};
BOOST_DESCRIBE_STRUCT(MinuteSlot, (), (minute, traded))

struct DayStatistics {
  std::optional<DayPrices> prices;
  uint64_t trades = 0;
  Turnover traded;
  std::array<MinuteSlot, kMostClosingMinutes> minutes;

  /// Quantity and price are positive; `at` does not go back.
  void add_trade(Instant at, Quantity quantity, Price price);

  /// Of the clock minute of the last trade and of those before it, `count` in all (1 to kMostClosingMinutes).
  Turnover last_minutes(uint32_t count) const;
};
BOOST_DESCRIBE_STRUCT(DayStatistics, (), (prices, trades, traded, minutes))

/// fen / quantity to the nearest tick, half a tick up. `t.quantity` is not 0.
Price average_rounded_half_up(const Turnover& t);

/// The quantity-weighted average of the day's trades, as on the national carbon market; or, with `last_minutes`, of
/// those of the last minutes that traded. They are counted back from the last trade, so there always is one. Without a
/// trade it is the previous close; without that, nothing.
std::optional<Price> closing_price(const DayStatistics& day, std::optional<Price> previous_close,
                                   std::optional<uint32_t> last_minutes);

/// How much more one side wants than the other: excess / total, both exact; 0 / 0 for an empty book.
struct Imbalance {
  Quantity excess;  // positive: more is bid than asked
  Quantity total;   // of both sides
  friend constexpr bool operator==(const Imbalance&, const Imbalance&) = default;
};
BOOST_DESCRIBE_STRUCT(Imbalance, (), (excess, total))

/// No overflow: asks are held land, at most kMaxIssued; bids hold a fen or more for each unit, at most kMaxMoney.
constexpr Imbalance imbalance_of(Quantity bids, Quantity asks) { return {.excess = bids - asks, .total = bids + asks}; }

}  // namespace landex::matching
