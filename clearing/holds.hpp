// holds.hpp: what is earmarked for an order or a deal. A hold is opened once, spent in parts, and resolved once: what
// is left goes back to its owner. The held purse of a participant is always the sum of its holds (checked in the
// engine).
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <cassert>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "matching/types/district.hpp"
#include "matching/types/instrument.hpp"
#include "matching/types/money.hpp"
#include "matching/types/quantity.hpp"

namespace landex::clearing {

/// A deal holds for both sides, so a hold is named by what it is for and whose it is.
struct HoldKey {
  uint64_t purpose;  // number of the order or deal
  District owner;
  friend auto operator<=>(const HoldKey&, const HoldKey&) = default;
};
BOOST_DESCRIBE_STRUCT(HoldKey, (), (purpose, owner))

struct Hold {
  Fen money;
  std::array<Quantity, kInstruments.size()> land;
  bool empty() const {
    for (const Quantity q : land)
      if (q != Quantity{}) return false;
    return money == Fen{};
  }
};
BOOST_DESCRIBE_STRUCT(Hold, (), (money, land))

class Holds {
 public:
  void add(HoldKey key, Fen money) { holds_[key].money += money; }
  void add(HoldKey key, Instrument i, Quantity q) { holds_[key].land[index_of(i)] += q; }

  /// Part of a hold is used for what it was meant for. Spending more than is held means that we are wrong.
  void spend(HoldKey key, Fen money) {
    auto& h = holds_.at(key);
    h.money -= money;
    assert(h.money >= Fen{});
    forget_if_empty(key, h);
  }
  void spend(HoldKey key, Instrument i, Quantity q) {
    auto& h = holds_.at(key);
    h.land[index_of(i)] -= q;
    assert(h.land[index_of(i)] >= Quantity{});
    forget_if_empty(key, h);
  }
  /// What is left; an empty hold where nothing is.
  Hold left(HoldKey key) const {
    const auto at = holds_.find(key);
    return at == holds_.end() ? Hold{} : at->second;
  }
  const std::map<HoldKey, Hold>& all() const { return holds_; }

 private:
  void forget_if_empty(HoldKey key, const Hold& h) {
    if (h.empty()) holds_.erase(key);
  }
  std::map<HoldKey, Hold> holds_;
  BOOST_DESCRIBE_CLASS(Holds, (), (), (), (holds_))
};

}  // namespace landex::clearing
