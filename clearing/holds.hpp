// holds.hpp: what is earmarked for a deal. A hold is opened once, spent in parts, and resolved once: what is left goes
// back to its owner. What an order holds is written nowhere but in the order: it is what the rest of it may cost. The
// held purse of a participant is always the sum over its resting orders and its holds (the engine's audit).
#pragma once
#include <boost/describe.hpp>
#include <cassert>
#include <cstdint>
#include <map>

#include "clearing/assets.hpp"
#include "matching/types/district.hpp"

namespace landex::clearing {

/// A deal holds for both sides, so a hold is named by what it is for and whose it is.
struct HoldKey {
  uint64_t purpose;  // number of the deal, the bid or the auction
  District owner;
  friend auto operator<=>(const HoldKey&, const HoldKey&) = default;
};
BOOST_DESCRIBE_STRUCT(HoldKey, (), (purpose, owner))

class Holds {
 public:
  void add(HoldKey key, Fen money) { holds_[key].money += money; }
  void add(HoldKey key, Instrument i, Quantity q) { holds_[key].of(i) += q; }

  /// Part of a hold is used for what it was meant for. Spending more than is held means that we are wrong.
  void spend(HoldKey key, Fen money) {
    auto& h = holds_.at(key);
    h.money -= money;
    assert(h.money >= Fen{});
    forget_if_empty(key, h);
  }
  void spend(HoldKey key, Instrument i, Quantity q) {
    auto& h = holds_.at(key);
    h.of(i) -= q;
    assert(h.of(i) >= Quantity{});
    forget_if_empty(key, h);
  }
  Fen money(HoldKey key) const {
    const auto at = holds_.find(key);
    return at == holds_.end() ? Fen{} : at->second.money;
  }
  const std::map<HoldKey, Assets>& all() const { return holds_; }

 private:
  void forget_if_empty(HoldKey key, const Assets& h) {
    if (h.empty()) holds_.erase(key);
  }
  std::map<HoldKey, Assets> holds_;
  BOOST_DESCRIBE_CLASS(Holds, (), (), (), (holds_))
};

}  // namespace landex::clearing
