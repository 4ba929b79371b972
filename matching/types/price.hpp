// price.hpp: what land costs. Two types, because they round differently:
//   Price  what orders and deals use: whole ticks of 0.01 万元/亩 (100 yuan a mu), or of 1 fen per kg. A trade is
//   exact. Rate   what is published, averaged or quoted: 1 yuan a mu, or 1 fen per kg. Rounded by name, never by
//   accident.
#pragma once
#include <optional>

#include "matching/types/instrument.hpp"
#include "matching/types/money.hpp"
#include "matching/types/quantity.hpp"

namespace landex {

class Price {
 public:
  using Raw = int64_t;
  constexpr Price() = default;
  static constexpr Price ticks(int64_t n) { return Price{n}; }
  static constexpr Price from_raw(int64_t n) { return Price{n}; }
  constexpr int64_t raw() const { return ticks_; }
  friend constexpr bool operator==(Price, Price) = default;
  friend constexpr auto operator<=>(Price, Price) = default;

 private:
  constexpr explicit Price(int64_t n) : ticks_{n} {}
  int64_t ticks_ = 0;
};

class Rate {
 public:
  using Raw = int64_t;
  constexpr Rate() = default;
  static constexpr Rate yuan_per_mu(int64_t n) { return Rate{n}; }
  static constexpr Rate fen_per_kg(int64_t n) { return Rate{n}; }
  static constexpr Rate from_raw(int64_t n) { return Rate{n}; }
  constexpr int64_t raw() const { return value_; }
  friend constexpr bool operator==(Rate, Rate) = default;
  friend constexpr auto operator<=>(Rate, Rate) = default;

 private:
  constexpr explicit Rate(int64_t n) : value_{n} {}
  int64_t value_ = 0;
};

/// How many Rate units one tick has: 100 yuan a mu, or 1 fen per kg.
constexpr int64_t rate_per_tick(Instrument i) { return counted_in_kg(i) ? 1 : 100; }

/// Money for `quantity` at `price`, in fen. Exact, no division: 0.0001 mu at one tick of 100 yuan a mu is one fen, and
/// so is 1 kg at one fen per kg. 1 mu at 20.00 万元/亩 = 10 000 × 2 000 fen.
constexpr Fen consideration(Quantity quantity, Price price) {
  return Fen::fen(checked_mul(quantity.raw(), price.raw()));
}

static_assert(rate_per_tick(Instrument::linkage) == 100 && rate_per_tick(Instrument::supplementary_capacity) == 1);

/// The price that a quoted rate names, if it falls on a tick.
constexpr std::optional<Price> on_tick(Instrument i, Rate rate) {
  if (counted_in_kg(i)) return Price::ticks(rate.raw());
  if (rate.raw() % 100 != 0) return std::nullopt;  // a constant, so that no division is made
  return Price::ticks(rate.raw() / 100);
}

constexpr Rate rate_of(Instrument i, Price price) { return Rate::from_raw(checked_mul(price.raw(), rate_per_tick(i))); }

/// A published rate as a floor: the first tick that is not below it. 20.0050 万元/亩 → 20.01. `rate` is not negative.
constexpr Price floor_price(Instrument i, Rate rate) {
  const int64_t per = rate_per_tick(i);
  return Price::ticks(rate.raw() / per + (rate.raw() % per != 0 ? 1 : 0));
}

/// A published rate as a payable: rounded half up to the fen. Neither argument is negative.
constexpr Fen payable(Instrument i, Quantity quantity, Rate rate) {
  const int64_t product = checked_mul(quantity.raw(), rate.raw());  // kg × fen, or 0.0001 mu × yuan = 1/100 fen
  if (counted_in_kg(i)) return Fen::fen(product);
  return Fen::fen(checked_add(product, 50) / 100);
}

}  // namespace landex
