// assets.hpp: money and land side by side: what one purse has, what one deal holds, what all purses sum to.
#pragma once
#include <array>
#include <boost/describe.hpp>

#include "matching/types/instrument.hpp"
#include "matching/types/money.hpp"
#include "matching/types/quantity.hpp"

namespace landex::clearing {

struct Assets {
  Fen money;
  std::array<Quantity, kInstruments.size()> land;

  Quantity& of(Instrument i) { return land[landex::index_of(i)]; }
  Quantity of(Instrument i) const { return land[landex::index_of(i)]; }
  bool empty() const { return *this == Assets{}; }
  Assets& operator+=(const Assets& more) {
    money += more.money;
    for (const Instrument i : kInstruments) of(i) += more.of(i);
    return *this;
  }
  friend bool operator==(const Assets&, const Assets&) = default;
};
BOOST_DESCRIBE_STRUCT(Assets, (), (money, land))

}  // namespace landex::clearing
