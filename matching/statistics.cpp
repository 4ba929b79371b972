#include "matching/statistics.hpp"

#include <algorithm>
#include <cassert>

namespace landex::matching {
namespace {

int64_t minute_of(Instant at) { return at.us / 60'000'000; }

void add_to(Turnover& t, Quantity quantity, Fen fen) {
  t.quantity.add(quantity.raw());
  t.fen.add(fen.raw());
}

void add_to(WideTotal& sum, const WideTotal& part) {
  const Wide total = sum.value() + part.value();
  sum = {.high = static_cast<uint64_t>(total >> 64), .low = static_cast<uint64_t>(total)};
}

}  // namespace

void DayStatistics::add_trade(Instant at, Quantity quantity, Price price) {
  assert(quantity.raw() > 0 && price.raw() > 0 && at.us >= 0);
  assert(!prices || prices->last_at <= at);
  if (prices)
    prices = DayPrices{.open = prices->open,
                       .high = std::max(prices->high, price),
                       .low = std::min(prices->low, price),
                       .last = price,
                       .last_at = at};
  else
    prices = DayPrices{.open = price, .high = price, .low = price, .last = price, .last_at = at};

  const Fen fen = consideration(quantity, price);
  ++trades;
  add_to(traded, quantity, fen);

  const int64_t minute = minute_of(at);
  MinuteSlot& slot = minutes[static_cast<size_t>(minute) % minutes.size()];
  if (slot.minute != minute) slot = MinuteSlot{.minute = minute, .traded = {}};
  add_to(slot.traded, quantity, fen);
}

Turnover DayStatistics::last_minutes(uint32_t count) const {
  assert(1 <= count && count <= kMostClosingMinutes);
  Turnover sum;
  if (!prices) return sum;
  const int64_t before = minute_of(prices->last_at) - int64_t{count};
  for (const MinuteSlot& m : minutes) {
    if (m.minute <= before) continue;
    add_to(sum.quantity, m.traded.quantity);
    add_to(sum.fen, m.traded.fen);
  }
  return sum;
}

Price average_rounded_half_up(const Turnover& t) {
  const Wide quantity = t.quantity.value();
  assert(quantity > 0);
  return Price::ticks(static_cast<int64_t>((2 * t.fen.value() + quantity) / (2 * quantity)));
}

std::optional<Price> closing_price(const DayStatistics& day, std::optional<Price> previous_close,
                                   std::optional<uint32_t> last_minutes) {
  if (!day.prices) return previous_close;
  const Price close = average_rounded_half_up(last_minutes ? day.last_minutes(*last_minutes) : day.traded);
  assert(day.prices->low <= close && close <= day.prices->high);
  return close;
}

}  // namespace landex::matching
